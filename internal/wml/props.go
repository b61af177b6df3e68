package wml

import (
	"cmp"
	"slices"
	"strings"

	"nastavnik/internal/docx"
	"nastavnik/internal/unit"
)

// maxFont bounds font sizes, Word's own limit (17.3.2.38 with [MS-OI29500]).
const maxFont unit.HalfPoint = 3276

// applyRun folds w:rPr into props, child by child in the order of the text.
// Toggles are set as said here; the mixing of styles is chain's matter.
func (s *styles) applyRun(props *RunProps, rPr *docx.Node) {
	for n := range rPr.Elements() {
		switch n.Name {
		case "w:rFonts":
			s.applyFonts(props, n)
		case "w:b":
			props.Bold = on(n)
		case "w:i":
			props.Italic = on(n)
		case "w:caps":
			props.Caps = on(n)
		case "w:smallCaps":
			props.SmallCaps = on(n)
		case "w:strike":
			props.Strike = on(n)
		case "w:dstrike":
			props.DoubleStrike = on(n)
		case "w:vanish":
			props.Hidden = on(n)
		case "w:webHidden", "w:specVanish":
		case "w:outline":
			props.Outline = on(n)
		case "w:emboss":
			props.Emboss = on(n)
		case "w:imprint":
			props.Imprint = on(n)
		case "w:rtl":
			props.RTL = on(n)
		case "w:sz":
			if v := unit.HalfPoint(number(n.Attr("w:val"))); v > 0 {
				props.Size = min(v, maxFont)
			} else if pt := points(n.Attr("w:val"), 0); pt > 0 {
				props.Size = min(unit.HalfPoint(pt*2), maxFont)
			}
		case "w:color":
			props.Color = color(n.Attr("w:val"))
		case "w:highlight":
			if c, ok := highlights[n.Attr("w:val")]; ok {
				props.Shade = c
			} else {
				props.Shade = Auto
			}
		case "w:shd":
			if rPr.Child("w:highlight") == nil {
				props.Shade = shade(n)
			}
		case "w:u":
			props.Underline = underline(n.Attr("w:val"))
			props.UnderlineColor = color(n.Attr("w:color"))
		case "w:spacing":
			props.Spacing = max(-2000, min(2000, twips(n.Attr("w:val"))))
		case "w:position":
			props.Position = unit.HalfPoint(max(-3168, min(3168, number(n.Attr("w:val")))))
		case "w:w":
			if v := number(strings.TrimSuffix(n.Attr("w:val"), "%")); v >= 1 && v <= 600 {
				props.Scale = v
			}
		case "w:kern":
			props.Kern = unit.HalfPoint(max(0, number(n.Attr("w:val"))))
		case "w:vertAlign":
			switch n.Attr("w:val") {
			case "superscript":
				props.VertAlign = Superscript
			case "subscript":
				props.VertAlign = Subscript
			default:
				props.VertAlign = Baseline
			}
		case "w:lang":
			if v := n.Attr("w:val"); v != "" {
				props.Lang = v
			}
		case "w:bdr":
			props.Border = border(n)
		}
	}
}

// applyFonts folds w:rFonts into props. As LibreOffice does, w:ascii serves
// all letters that are neither East Asian nor complex, and w:hAnsi none.
func (s *styles) applyFonts(props *RunProps, n *docx.Node) {
	pick := func(into *string, theme, name string) {
		if f := s.themeFont(n.Attr(theme)); f != "" {
			*into = f
		} else if v := n.Attr(name); v != "" {
			*into = v
		}
	}
	pick(&props.Font, "w:asciiTheme", "w:ascii")
	pick(&props.FontEA, "w:eastAsiaTheme", "w:eastAsia")
	pick(&props.FontCS, "w:cstheme", "w:cs")
}

func underline(s string) Underline {
	switch s {
	case "", "none":
		return UnderlineNone
	case "double", "wavyDouble":
		return UnderlineDouble
	case "thick":
		return UnderlineThick
	case "dotted", "dottedHeavy":
		return UnderlineDotted
	case "dash", "dashedHeavy", "dashLong", "dashLongHeavy", "dotDash", "dashDotHeavy", "dotDotDash", "dashDotDotHeavy":
		return UnderlineDashed
	case "wave", "wavyHeavy":
		return UnderlineWave
	case "words":
		return UnderlineWords
	}
	return UnderlineSingle
}

// applyPara folds w:pPr into props. Tabs gather; a cleared stop goes.
func (s *styles) applyPara(props *ParaProps, pPr *docx.Node) {
	for n := range pPr.Elements() {
		switch n.Name {
		case "w:keepNext":
			props.KeepNext = on(n)
		case "w:keepLines":
			props.KeepLines = on(n)
		case "w:pageBreakBefore":
			props.PageBreakBefore = on(n)
		case "w:widowControl":
			props.WidowControl = on(n)
		case "w:suppressAutoHyphens":
			props.NoHyphens = on(n)
		case "w:contextualSpacing":
			props.Contextual = on(n)
		case "w:mirrorIndents":
			props.MirrorIndents = on(n)
		case "w:snapToGrid":
			props.SnapToGrid = on(n)
		case "w:bidi":
			if rtl := on(n); rtl != props.RTL {
				props.RTL = rtl
				switch props.Align { // text begins at the other side
				case AlignLeft:
					props.Align = AlignRight
				case AlignRight:
					props.Align = AlignLeft
				}
			}
		case "w:outlineLvl":
			if v := number(n.Attr("w:val")); v >= 0 && v < 9 && n.HasAttr("w:val") {
				props.Outline = v + 1
			} else {
				props.Outline = 0
			}
		case "w:jc":
			props.Align = align(n.Attr("w:val"), props.RTL)
		case "w:spacing":
			applySpacing(props, n)
		case "w:ind":
			applyIndent(props, n)
		case "w:shd":
			props.Shade = shade(n)
		case "w:tabs":
			applyTabs(props, n)
		case "w:pBdr":
			for side := range n.Elements() {
				switch b := border(side); side.Name {
				case "w:top":
					props.Top = b
				case "w:bottom":
					props.Bottom = b
				case "w:left", "w:start":
					props.Lft = b
				case "w:right", "w:end":
					props.Rgt = b
				case "w:between":
					props.Between = b
				}
			}
		case "w:framePr":
			props.Frame = frame(n, props.Frame)
		}
	}
}

func applySpacing(props *ParaProps, n *docx.Node) {
	if v, ok := attrTwips(n, "w:before"); ok {
		props.Before, props.BeforeAuto = max(0, v), false
	}
	if v, ok := attrTwips(n, "w:after"); ok {
		props.After, props.AfterAuto = max(0, v), false
	}
	if n.HasAttr("w:beforeAutospacing") {
		props.BeforeAuto = isOn(n.Attr("w:beforeAutospacing"))
	}
	if n.HasAttr("w:afterAutospacing") {
		props.AfterAuto = isOn(n.Attr("w:afterAutospacing"))
	}
	if v, ok := attrTwips(n, "w:line"); ok {
		props.Line = v
		props.LineRule = lineRule(n)
		if v < 0 { // a negative value is an exact one, as Word reads it
			props.Line, props.LineRule = -v, LineExact
		}
	} else if n.HasAttr("w:lineRule") { // LibreOffice takes single spacing then
		props.Line, props.LineRule = 240, lineRule(n)
	}
}

func lineRule(n *docx.Node) LineRule {
	switch n.Attr("w:lineRule") {
	case "exact":
		return LineExact
	case "atLeast":
		return LineAtLeast
	}
	return LineAuto
}

func isOn(s string) bool { return s != "0" && s != "false" && s != "off" }

func applyIndent(props *ParaProps, n *docx.Node) {
	if v, ok := attrTwips(n, "w:left", "w:start"); ok {
		props.Left = v
	}
	if v, ok := attrTwips(n, "w:right", "w:end"); ok {
		props.Right = v
	}
	if v, ok := attrTwips(n, "w:firstLine"); ok {
		props.First = v
	}
	if v, ok := attrTwips(n, "w:hanging"); ok { // hanging wins (17.3.1.12)
		props.First = -v
	}
}

// applyTabs makes a new slice each time: styles share theirs.
func applyTabs(props *ParaProps, n *docx.Node) {
	tabs := slices.Clone(props.Tabs)
	for t := range n.All("w:tab") {
		pos, _ := attrTwips(t, "w:pos")
		tabs = slices.DeleteFunc(tabs, func(tab Tab) bool { return tab.Pos == pos })
		tab := Tab{Pos: pos}
		switch t.Attr("w:val") {
		case "clear":
			continue
		case "center":
			tab.Align = AlignCenter
		case "right", "end":
			tab.Align = AlignRight
		case "decimal":
			tab.Align = AlignDecimal
		case "bar":
			tab.Align = AlignBar
		}
		switch t.Attr("w:leader") {
		case "dot":
			tab.Leader = LeaderDot
		case "hyphen":
			tab.Leader = LeaderHyphen
		case "underscore", "heavy":
			tab.Leader = LeaderUnderscore
		case "middleDot":
			tab.Leader = LeaderMiddleDot
		}
		if len(tabs) < 256 {
			tabs = append(tabs, tab)
		}
	}
	slices.SortStableFunc(tabs, func(a, b Tab) int { return cmp.Compare(a.Pos, b.Pos) })
	props.Tabs = tabs
}

func frame(n *docx.Node, old *Frame) *Frame {
	f := &Frame{HAnchor: "text", VAnchor: "text"}
	if old != nil {
		*f = *old
	}
	for _, a := range n.Attrs {
		switch a.Name {
		case "w:w":
			f.Width = twips(a.Value)
		case "w:h":
			f.Height = twips(a.Value)
		case "w:hRule":
			f.HeightExact = a.Value == "exact"
		case "w:hAnchor":
			f.HAnchor = a.Value
		case "w:vAnchor":
			f.VAnchor = a.Value
		case "w:x":
			f.X = twips(a.Value)
		case "w:y":
			f.Y = twips(a.Value)
		case "w:xAlign":
			f.XAlign = a.Value
		case "w:yAlign":
			f.YAlign = a.Value
		case "w:hSpace":
			f.HSpace = twips(a.Value)
		case "w:vSpace":
			f.VSpace = twips(a.Value)
		case "w:wrap":
			f.Wrap = a.Value
		case "w:dropCap":
			f.DropCap = a.Value
		case "w:lines":
			f.Lines = number(a.Value)
		}
	}
	return f
}
