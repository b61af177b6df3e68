package wml

import (
	"strconv"
	"strings"

	"nastavnik/internal/docx"
	"nastavnik/internal/unit"
)

// maxTwip bounds every length read: Word's own limit is 31680 twips (22
// inches); what is far beyond is a broken or malicious file.
const maxTwip = 1 << 20

// number reads a decimal integer, fraction cut off; 0 when it is none.
func number(s string) int {
	if n, err := strconv.Atoi(s); err == nil {
		return max(-1<<30, min(1<<30, n))
	}
	if f, err := strconv.ParseFloat(strings.TrimSpace(s), 64); err == nil && f > -1<<30 && f < 1<<30 {
		return int(f)
	}
	return 0
}

// twips reads ST_TwipsMeasure or ST_SignedTwipsMeasure: a plain number of
// twips, or a number with a unit as the strict form allows (17.18.81).
func twips(s string) unit.Twip {
	if n, err := strconv.Atoi(s); err == nil {
		return unit.Twip(max(-maxTwip, min(maxTwip, n)))
	}
	return unit.Twip(max(-maxTwip, min(maxTwip, points(s, 1.0/20)*20)))
}

// points reads a length with a unit («2.5cm», «12pt») in points; a number
// without one counts bare points each.
func points(s string, bare float64) float64 {
	s = strings.TrimSpace(s)
	end := len(s)
	for end > 0 && (s[end-1] < '0' || s[end-1] > '9') && s[end-1] != '.' {
		end--
	}
	f, err := strconv.ParseFloat(s[:end], 64)
	if err != nil || f != f || f > 1e9 || f < -1e9 {
		return 0
	}
	switch strings.TrimSpace(s[end:]) {
	case "pt":
		return f
	case "in":
		return f * 72
	case "cm":
		return f * 72 / 2.54
	case "mm":
		return f * 72 / 25.4
	case "pc", "pi":
		return f * 12
	case "px":
		return f * 0.75
	case "emu":
		return f / 12700
	}
	return f * bare
}

// attrTwips reads the first of the attributes that is there.
func attrTwips(n *docx.Node, names ...string) (unit.Twip, bool) {
	for _, name := range names {
		if n.HasAttr(name) {
			return twips(n.Attr(name)), true
		}
	}
	return 0, false
}

// on reads CT_OnOff: present without w:val is true (17.17.4).
func on(n *docx.Node) bool {
	switch n.Attr("w:val") {
	case "0", "false", "off":
		return false
	}
	return true
}

// color reads ST_HexColor; «auto» and what is broken is Auto.
func color(s string) Color {
	if len(s) == 7 && s[0] == '#' {
		s = s[1:]
	}
	if len(s) != 6 {
		return Auto
	}
	v, err := strconv.ParseUint(s, 16, 32)
	if err != nil {
		return Auto
	}
	return Color(v)
}

// highlights are the colours of ST_HighlightColor (17.18.40).
var highlights = map[string]Color{
	"black": 0x000000, "blue": 0x0000FF, "cyan": 0x00FFFF, "green": 0x00FF00,
	"magenta": 0xFF00FF, "red": 0xFF0000, "yellow": 0xFFFF00, "white": 0xFFFFFF,
	"darkBlue": 0x000080, "darkCyan": 0x008080, "darkGreen": 0x008000,
	"darkMagenta": 0x800080, "darkRed": 0x800000, "darkYellow": 0x808000,
	"darkGray": 0x808080, "lightGray": 0xC0C0C0,
}

// shade reads CT_Shd: the fill, mixed with the pattern's colour by its share.
func shade(n *docx.Node) Color {
	fill, share := color(n.Attr("w:fill")), 0
	switch val := n.Attr("w:val"); {
	case val == "clear" || val == "nil" || val == "":
	case val == "solid":
		share = 1000
	case strings.HasPrefix(val, "pct"):
		share = number(val[3:]) * 10
		switch val { // 17.18.78: these two stand for halves
		case "pct12", "pct37", "pct62", "pct87":
			share += 5
		}
	default:
		share = 500
	}
	if share <= 0 || share > 1000 {
		return fill
	}
	fore := color(n.Attr("w:color"))
	if fore == Auto {
		fore = 0
	}
	if fill == Auto {
		fill = 0xFFFFFF
	}
	mix := func(shift uint) Color {
		f, b := int(fore>>shift&255), int(fill>>shift&255)
		return Color((f*share+b*(1000-share))/1000) << shift
	}
	return mix(16) | mix(8) | mix(0)
}

// border reads CT_Border. Width is at least a quarter of a point when drawn.
func border(n *docx.Node) Border {
	b := Border{Width: unit.EighthPoint(max(0, min(number(n.Attr("w:sz")), 96*8))),
		Space: unit.Twip(max(0, min(number(n.Attr("w:space")), 31*20))) * 20, Color: color(n.Attr("w:color"))}
	switch n.Attr("w:val") {
	case "nil", "none", "":
		return Border{Style: BorderNil}
	case "double", "thinThickSmallGap", "thickThinSmallGap", "thinThickMediumGap", "thickThinMediumGap",
		"thinThickLargeGap", "thickThinLargeGap", "doubleWave":
		b.Style = BorderDouble
	case "triple", "thinThickThinSmallGap", "thinThickThinMediumGap", "thinThickThinLargeGap":
		b.Style = BorderTriple
	case "dotted":
		b.Style = BorderDotted
	case "dashed", "dashSmallGap", "dotDash", "dotDotDash", "dashDotStroked":
		b.Style = BorderDashed
	case "thick":
		b.Style = BorderThick
	case "wave":
		b.Style = BorderWave
	default:
		b.Style = BorderSingle
	}
	if b.Width == 0 {
		b.Width = 2
	}
	return b
}

// align reads ST_Jc for a paragraph; rtl swaps the sides.
func align(s string, rtl bool) Align {
	switch s {
	case "center":
		return AlignCenter
	case "right", "end":
		if rtl {
			return AlignLeft
		}
		return AlignRight
	case "both", "lowKashida", "mediumKashida", "highKashida":
		return AlignBoth
	case "distribute", "thaiDistribute":
		return AlignDistribute
	}
	if rtl && (s == "left" || s == "start") {
		return AlignRight
	}
	return AlignLeft
}

func valign(s string) VAlign {
	switch s {
	case "center":
		return VAlignCenter
	case "bottom":
		return VAlignBottom
	case "both":
		return VAlignBoth
	}
	return VAlignTop
}

func measure(n *docx.Node) Measure {
	w := n.Attr("w:w")
	switch n.Attr("w:type") {
	case "pct":
		if p, ok := strings.CutSuffix(w, "%"); ok {
			return Measure{MeasurePercent, int(points(p, 1) * 50)}
		}
		return Measure{MeasurePercent, number(w)}
	case "dxa", "":
		if p, ok := strings.CutSuffix(w, "%"); ok {
			return Measure{MeasurePercent, int(points(p, 1) * 50)}
		}
		return Measure{MeasureTwips, int(twips(w))}
	}
	return Measure{Kind: MeasureAuto}
}
