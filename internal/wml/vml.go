package wml

import (
	"math"
	"strings"

	"nastavnik/internal/docx"
	"nastavnik/internal/unit"
)

// vml reads a VML shape, the drawings of Word up to 2007 (ISO/IEC 29500-4,
// 19.1); in a group its places are the group's units. Hidden shapes are nil.
func (p *parser) vml(n *docx.Node, grouped bool) *Drawing {
	style := cssMap(n.Attr("style"))
	if style["visibility"] == "hidden" || style["display"] == "none" {
		return nil
	}
	d := &Drawing{Fill: Auto, Line: Auto, Wrap: WrapInline, Alt: strings.TrimSpace(n.Attr("alt"))}
	d.vmlPlace(style, grouped)
	d.vmlShape(n)
	if isTrue(n.Attr("o:hr")) {
		d.Wrap, d.Shape, d.Fill = WrapInline, "rect", vmlColor(n.Attr("fillcolor"), 0x808080)
		d.RelWidth, d.RelWFrom, d.Rule = 1, "margin", true
		if d.Height == 0 {
			d.Height = 19050
		}
		return d
	}
	if n.Name != "v:group" && n.Child("v:imagedata") == nil && (d.Shape != "" || d.Geometry != nil || n.Child("v:textbox") != nil || n.Child("v:textpath") != nil) {
		d.vmlPaint(n)
	}
	if n.Name == "v:line" {
		d.lineEnds(n.Attr("from"), n.Attr("to"), grouped)
	}
	for c := range n.Elements() {
		switch c.Name {
		case "v:imagedata":
			p.vmlImage(d, c)
		case "v:textpath":
			d.vmlWords(c)
		case "v:textbox":
			p.vmlText(d, c)
		case "w10:wrap":
			d.vmlWrap(c)
		}
	}
	switch {
	case n.Name == "v:group":
		p.vmlGroup(d, n)
	case d.Shape == "" && d.Geometry == nil && d.Words == nil && n.Child("v:imagedata") == nil && n.Child("v:textbox") == nil:
		p.warn("vml", "фигура не показана, оставлено место", asPicture)
	}
	if style["v-text-anchor"] == "middle" {
		d.TextVAlign = VAlignCenter
	}
	return d
}

// isTrue reads a VML boolean that is false when absent.
func isTrue(s string) bool { return s == "t" || s == "true" }

// vmlPlace reads size and place from the style attribute.
func (d *Drawing) vmlPlace(style map[string]string, grouped bool) {
	length := func(name string) unit.EMU {
		return unit.EMU(max(-maxEMU, min(maxEMU, points(style[name], 1)*12700)))
	}
	d.Width, d.Height = max(0, length("width")), max(0, length("height"))
	d.Dist.Left, d.Dist.Right = 114300, 114300 // in a line too, as in LibreOffice
	if style["position"] == "absolute" || style["position"] == "relative" {
		d.Wrap = WrapNone
		d.X, d.Y = length("margin-left")+length("left"), length("margin-top")+length("top")
		d.HFrom = vmlFrom(style["mso-position-horizontal-relative"], "column")
		d.VFrom = vmlFrom(style["mso-position-vertical-relative"], "paragraph")
		if a := style["mso-position-horizontal"]; a != "absolute" {
			d.HAlign = a
		}
		if a := style["mso-position-vertical"]; a != "absolute" {
			d.VAlign = a
		}
		d.Z = number(style["z-index"])
		d.Behind = d.Z < 0
	}
	if grouped {
		d.ChildX, d.ChildY = unit.EMU(number(style["left"])), unit.EMU(number(style["top"]))
		d.Width, d.Height = unit.EMU(number(style["width"])), unit.EMU(number(style["height"]))
	}
	if r, ok := strings.CutSuffix(style["rotation"], "fd"); ok {
		d.Rotate = math.Mod(float64(number(r))/65536, 360)
	} else if r != "" {
		d.Rotate = math.Mod(points(r, 1), 360)
	}
	d.FlipH, d.FlipV = strings.Contains(style["flip"], "x"), strings.Contains(style["flip"], "y")
}

// vmlPaint reads fill and stroke; both are on unless switched off.
func (d *Drawing) vmlPaint(n *docx.Node) {
	if f := n.Attr("filled"); (f == "" || isTrue(f)) && d.Shape != "line" {
		d.Fill = vmlColor(n.Attr("fillcolor"), 0xFFFFFF)
		d.FillClear = vmlClear(n.Child("v:fill").Attr("opacity"))
		if f := n.Child("v:fill").Attr("on"); f != "" && !isTrue(f) {
			d.Fill = Auto
		}
	}
	if f := n.Attr("stroked"); f == "" || isTrue(f) {
		d.Line, d.LineWidth = vmlColor(n.Attr("strokecolor"), 0), 9525
		if w := n.Attr("strokeweight"); w != "" {
			d.LineWidth = unit.EMU(max(0, min(1e7, points(w, 1)*12700)))
		}
		d.vmlStroke(n.Child("v:stroke"))
	}
}

// vmlStroke reads v:stroke: dashes and arrow heads.
func (d *Drawing) vmlStroke(n *docx.Node) {
	if on := n.Attr("on"); on != "" && !isTrue(on) {
		d.Line = Auto
	}
	switch style := strings.ToLower(n.Attr("dashstyle")); style {
	case "", "solid":
	case "shortdash":
		d.Dash = dashes["sysDash"]
	case "shortdot":
		d.Dash = dashes["sysDot"]
	case "longdash":
		d.Dash = dashes["lgDash"]
	default: // «dash», «dashdot», or numbers: «1 1»
		for name, list := range dashes {
			if strings.ToLower(name) == style {
				d.Dash = list
			}
		}
		if f := strings.Fields(style); d.Dash == nil && len(f) > 1 && len(f) < 9 {
			for _, s := range f {
				d.Dash = append(d.Dash, float64(max(1, min(20, number(s)))))
			}
		}
	}
	size := map[string]float64{"narrow": 2, "short": 2, "wide": 5, "long": 5}
	arrow := func(kind, width, length string) Arrow {
		name := map[string]string{"block": "triangle", "classic": "stealth", "open": "arrow", "diamond": "diamond", "oval": "oval"}[strings.ToLower(n.Attr(kind))]
		if name == "" {
			return Arrow{}
		}
		a := Arrow{Kind: name, Width: 3, Length: 3}
		if v := size[strings.ToLower(n.Attr(width))]; v > 0 {
			a.Width = v
		}
		if v := size[strings.ToLower(n.Attr(length))]; v > 0 {
			a.Length = v
		}
		return a
	}
	d.Head = arrow("startarrow", "startarrowwidth", "startarrowlength")
	d.Tail = arrow("endarrow", "endarrowwidth", "endarrowlength")
}

// vmlClear reads opacity, «.5», «50%» or «32768f», as per cent of transparency.
func vmlClear(s string) uint8 {
	opacity := 1.0
	if v, ok := strings.CutSuffix(s, "f"); ok {
		opacity = float64(number(v)) / 65536
	} else if v, ok := strings.CutSuffix(s, "%"); ok {
		opacity = points(v, 1) / 100
	} else if s != "" {
		opacity = points(s, 1)
	}
	return uint8(100 - 100*max(0, min(1, opacity)) + 0.5)
}

// vmlWords reads v:textpath, the text of WordArt.
func (d *Drawing) vmlWords(n *docx.Node) {
	text := strings.TrimSpace(n.Attr("string"))
	if text == "" {
		return
	}
	style := cssMap(n.Attr("style"))
	d.Words = &Words{Text: text, Font: strings.Trim(style["font-family"], `"' `), Bold: style["font-weight"] == "bold", Italic: style["font-style"] == "italic"}
	if d.Words.Font == "" {
		d.Words.Font = "Arial"
	}
	d.Shape, d.Geometry = "", nil
}

// vmlShapes are the numbers of the preset forms of VML (MSOSPT) by their names
// in DrawingML; 75 is a picture and 202 a text box.
var vmlShapes = map[int]string{1: "rect", 2: "roundRect", 3: "ellipse", 4: "diamond", 5: "triangle", 6: "rtTriangle",
	7: "parallelogram", 8: "trapezoid", 9: "hexagon", 10: "octagon", 11: "plus", 12: "star5", 13: "rightArrow", 15: "homePlate",
	16: "cube", 20: "line", 21: "plaque", 22: "can", 23: "donut", 32: "straightConnector1", 33: "bentConnector2", 34: "bentConnector3",
	37: "curvedConnector2", 38: "curvedConnector3", 55: "chevron", 56: "pentagon", 61: "wedgeRectCallout", 62: "wedgeRoundRectCallout",
	63: "wedgeEllipseCallout", 64: "wave", 65: "foldedCorner", 66: "leftArrow", 67: "downArrow", 68: "upArrow", 69: "leftRightArrow",
	70: "upDownArrow", 75: "rect", 85: "leftBracket", 86: "rightBracket", 87: "leftBrace", 88: "rightBrace", 109: "flowChartProcess",
	110: "flowChartDecision", 111: "flowChartInputOutput", 112: "flowChartPredefinedProcess", 113: "flowChartInternalStorage",
	114: "flowChartDocument", 115: "flowChartMultidocument", 116: "flowChartTerminator", 117: "flowChartPreparation",
	118: "flowChartManualInput", 119: "flowChartManualOperation", 120: "flowChartConnector", 121: "flowChartPunchedCard",
	122: "flowChartPunchedTape", 123: "flowChartSummingJunction", 124: "flowChartOr", 125: "flowChartCollate", 126: "flowChartSort",
	127: "flowChartExtract", 128: "flowChartMerge", 130: "flowChartOnlineStorage", 132: "flowChartMagneticDisk", 133: "flowChartMagneticDrum",
	134: "flowChartDisplay", 135: "flowChartDelay", 176: "flowChartAlternateProcess", 177: "flowChartOffpageConnector",
	185: "bracketPair", 186: "bracePair", 187: "star4", 202: "rect"}

// vmlShape finds the form: by the element, by the number at the end of the
// type («#_x0000_t32»), or by the path.
func (d *Drawing) vmlShape(n *docx.Node) {
	switch n.Name {
	case "v:rect":
		d.Shape = "rect"
	case "v:oval":
		d.Shape = "ellipse"
	case "v:line":
		d.Shape = "line"
	case "v:roundrect":
		d.Shape = "roundRect"
		if f, ok := strings.CutSuffix(n.Attr("arcsize"), "f"); ok {
			d.Adjust = map[string]int{"adj": number(f) * 100000 / 65536}
		} else if v := points(f, 1); v > 0 && v <= 1 {
			d.Adjust = map[string]int{"adj": int(v * 100000)}
		}
	case "v:shape":
		typ := n.Attr("type")
		if i := strings.LastIndex(typ, "_t"); i >= 0 {
			d.Shape = vmlShapes[number(typ[i+2:])]
		}
		if path := n.Attr("path"); d.Shape == "" && path != "" {
			d.Geometry = vmlGeometry(path, n.Attr("coordsize"))
		}
		if v := n.Attr("adj"); v != "" && (d.Shape == "bentConnector3" || d.Shape == "triangle") {
			first, _, _ := strings.Cut(v, ",")
			d.Adjust = map[string]int{"adj": number(first) * 100000 / 21600}
			d.Adjust["adj1"] = d.Adjust["adj"]
		}
	}
}

func (p *parser) vmlImage(d *Drawing, n *docx.Node) {
	if id := n.Attr("r:id"); id != "" {
		if p.showPicture(d, id); d.Image == nil && len(d.Children) == 0 {
			d.missing()
		}
	}
	if d.Alt == "" {
		d.Alt = strings.TrimSpace(n.Attr("o:title"))
	}
	if d.Wrap == WrapInline {
		d.Dist.Left, d.Dist.Right = 0, 0
	}
	for i, side := range []string{"cropleft", "croptop", "cropright", "cropbottom"} {
		if v, ok := strings.CutSuffix(n.Attr(side), "f"); ok {
			d.Crop[i] = float64(number(v)) / 65536
		}
	}
}

func (p *parser) vmlText(d *Drawing, n *docx.Node) {
	d.Inset.Left, d.Inset.Right, d.Inset.Top, d.Inset.Bottom = 91440, 91440, 45720, 45720
	sides := []*unit.EMU{&d.Inset.Left, &d.Inset.Top, &d.Inset.Right, &d.Inset.Bottom}
	for i, s := range strings.Split(n.Attr("inset"), ",") {
		if i < 4 && strings.TrimSpace(s) != "" {
			*sides[i] = unit.EMU(max(0, min(1e8, points(s, 1.0/12700)*12700)))
		}
	}
	style := cssMap(n.Attr("style"))
	d.AutoFit, d.GrowOnly = style["mso-fit-shape-to-text"] == "t", true
	switch {
	case style["mso-layout-flow-alt"] == "bottom-to-top":
		d.TextRotate = 90
	case strings.HasPrefix(style["layout-flow"], "vertical"):
		d.TextRotate = 270
	}
	if text := n.Child("w:txbxContent"); text != nil {
		d.Blocks = p.otherStory(p.boxName(), p.part, text)
	}
}

func (d *Drawing) vmlWrap(n *docx.Node) {
	switch n.Attr("type") {
	case "square", "tight", "through":
		d.Wrap, d.WrapSide = WrapSquare, n.Attr("side")
	case "topAndBottom":
		d.Wrap = WrapTopBottom
	}
	if from := n.Attr("anchorx"); from != "" {
		d.HFrom = vmlFrom(from, d.HFrom)
	}
	if from := n.Attr("anchory"); from != "" {
		d.VFrom = vmlFrom(from, d.VFrom)
	}
}

func (p *parser) vmlGroup(d *Drawing, n *docx.Node) {
	if p.depth++; p.depth > maxNesting {
		p.depth--
		return
	}
	defer func() { p.depth-- }()
	pair := func(s string) (x, y float64) {
		a, b, _ := strings.Cut(s, ",")
		return float64(number(strings.TrimSpace(a))), float64(number(strings.TrimSpace(b)))
	}
	ox, oy := pair(n.Attr("coordorigin"))
	cx, cy := pair(n.Attr("coordsize"))
	if cx <= 0 {
		cx = 1000
	}
	if cy <= 0 {
		cy = 1000
	}
	sx, sy := float64(d.Width)/cx, float64(d.Height)/cy
	for c := range n.Elements() {
		switch c.Name {
		case "v:shape", "v:rect", "v:roundrect", "v:oval", "v:line", "v:group", "v:polyline":
		default:
			continue
		}
		child := p.vml(c, true)
		if child == nil || len(d.Children) >= 1000 {
			continue
		}
		child.ChildX = unit.EMU((float64(child.ChildX) - ox) * sx)
		child.ChildY = unit.EMU((float64(child.ChildY) - oy) * sy)
		child.Width = unit.EMU(float64(child.Width) * sx)
		child.Height = unit.EMU(float64(child.Height) * sy)
		d.Children = append(d.Children, child)
	}
	d.flipChildren()
}

// lineEnds gives v:line the box between its two ends; in a group they are in
// the group's units.
func (d *Drawing) lineEnds(from, to string, grouped bool) {
	scale := 12700.0
	if grouped {
		scale = 1
	}
	end := func(s string) (x, y float64) {
		a, b, _ := strings.Cut(s, ",")
		return points(a, 1) * scale, points(b, 1) * scale
	}
	x1, y1 := end(from)
	x2, y2 := end(to)
	d.FlipH, d.FlipV = x2 < x1, y2 < y1
	d.X, d.Y = d.X+unit.EMU(min(x1, x2)), d.Y+unit.EMU(min(y1, y2))
	d.ChildX, d.ChildY = unit.EMU(min(x1, x2)), unit.EMU(min(y1, y2))
	d.Width, d.Height = unit.EMU(math.Abs(x2-x1)), unit.EMU(math.Abs(y2-y1))
}

func vmlFrom(s, otherwise string) string {
	switch s {
	case "page", "margin", "column", "paragraph", "line", "character":
		return s
	case "text":
		return otherwise
	case "char":
		return "character"
	case "":
		return otherwise
	}
	if strings.HasSuffix(s, "-margin-area") {
		return strings.TrimSuffix(s, "-margin-area") + "Margin"
	}
	return otherwise
}

// vmlColor reads a VML colour: «#4472c4 [3204]», «white».
func vmlColor(s string, otherwise Color) Color {
	s, _, _ = strings.Cut(strings.TrimSpace(s), " ")
	if s == "" {
		return otherwise
	}
	if len(s) == 4 && s[0] == '#' {
		s = "#" + strings.Repeat(s[1:2], 2) + strings.Repeat(s[2:3], 2) + strings.Repeat(s[3:4], 2)
	}
	if c := color(s); c != Auto {
		return c
	}
	if c, ok := presetColors[s]; ok {
		return c
	}
	if c, ok := highlights[s]; ok {
		return c
	}
	return otherwise
}

// cssMap splits a style attribute.
func cssMap(s string) map[string]string {
	m := map[string]string{}
	for _, item := range strings.Split(s, ";") {
		if k, v, ok := strings.Cut(item, ":"); ok && len(m) < 100 {
			m[strings.ToLower(strings.TrimSpace(k))] = strings.TrimSpace(v)
		}
	}
	return m
}
