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
	d.Shape = map[string]string{"v:rect": "rect", "v:roundrect": "roundRect", "v:oval": "ellipse", "v:line": "line"}[n.Name]
	if typ := n.Attr("type"); strings.HasSuffix(typ, "_t202") || strings.HasSuffix(typ, "_t75") {
		d.Shape = "rect"
	} else if strings.HasSuffix(typ, "_t32") {
		d.Shape = "line"
	}
	if isTrue(n.Attr("o:hr")) {
		d.Wrap, d.Shape, d.Fill = WrapInline, "rect", vmlColor(n.Attr("fillcolor"), 0x808080)
		d.RelWidth, d.RelWFrom, d.Rule = 1, "margin", true
		if d.Height == 0 {
			d.Height = 19050
		}
		return d
	}
	if n.Name != "v:group" && n.Child("v:imagedata") == nil && (d.Shape != "" || n.Child("v:textbox") != nil) {
		d.vmlPaint(n)
	}
	if n.Name == "v:line" {
		d.lineEnds(n.Attr("from"), n.Attr("to"))
	}
	for c := range n.Elements() {
		switch c.Name {
		case "v:imagedata":
			p.vmlImage(d, c)
		case "v:textpath":
			if s := c.Attr("string"); s != "" {
				p.warn("wordart", "фигурный текст (WordArt) не показан: «"+s+"»", "замените надпись картинкой")
				d.Fill, d.Line = Auto, Auto
			}
		case "v:textbox":
			p.vmlText(d, c)
		case "w10:wrap":
			d.vmlWrap(c)
		}
	}
	if n.Name == "v:group" {
		p.vmlGroup(d, n)
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
		d.Dist.Left, d.Dist.Right = 114300, 114300
	}
	if grouped {
		d.ChildX, d.ChildY = unit.EMU(number(style["left"])), unit.EMU(number(style["top"]))
		d.Width, d.Height = unit.EMU(number(style["width"])), unit.EMU(number(style["height"]))
	}
	if r := style["rotation"]; r != "" && !strings.HasSuffix(r, "fd") {
		d.Rotate = math.Mod(points(r, 1), 360)
	}
}

// vmlPaint reads fill and stroke; both are on unless switched off.
func (d *Drawing) vmlPaint(n *docx.Node) {
	if f := n.Attr("filled"); (f == "" || isTrue(f)) && d.Shape != "line" {
		d.Fill = vmlColor(n.Attr("fillcolor"), 0xFFFFFF)
	}
	if f := n.Attr("stroked"); f == "" || isTrue(f) {
		d.Line, d.LineWidth = vmlColor(n.Attr("strokecolor"), 0), 9525
		if w := n.Attr("strokeweight"); w != "" {
			d.LineWidth = unit.EMU(max(0, min(1e7, points(w, 1)*12700)))
		}
	}
}

func (p *parser) vmlImage(d *Drawing, n *docx.Node) {
	if id := n.Attr("r:id"); id != "" {
		d.Image = p.image(id).data
	}
	if d.Alt == "" {
		d.Alt = strings.TrimSpace(n.Attr("o:title"))
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
	d.AutoFit = cssMap(n.Attr("style"))["mso-fit-shape-to-text"] == "t"
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
		case "v:shape", "v:rect", "v:roundrect", "v:oval", "v:line", "v:group":
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
}

// lineEnds gives v:line the box between its two ends.
func (d *Drawing) lineEnds(from, to string) {
	end := func(s string) (x, y float64) {
		a, b, _ := strings.Cut(s, ",")
		return points(a, 1) * 12700, points(b, 1) * 12700
	}
	x1, y1 := end(from)
	x2, y2 := end(to)
	d.FlipH, d.FlipV = x2 < x1, y2 < y1
	d.X, d.Y = d.X+unit.EMU(min(x1, x2)), d.Y+unit.EMU(min(y1, y2))
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
	if c, ok := highlights[s]; ok {
		return c
	}
	switch s {
	case "gray":
		return 0x808080
	case "silver":
		return 0xC0C0C0
	case "navy":
		return 0x000080
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
