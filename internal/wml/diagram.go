package wml

import (
	"strings"

	"nastavnik/internal/docx"
	"nastavnik/internal/unit"
)

// This file reads what DrawingML draws outside of the document's own text:
// the shapes that Word keeps of a SmartArt diagram ([MS-ODRAWXML] 2.4) and the
// text in them, whose paragraphs are a:p, not w:p.

// diagram reads the shapes of a SmartArt diagram into the drawing; it reports
// false when the file keeps none.
func (p *parser) diagram(d *Drawing, n *docx.Node) bool {
	data := p.relatedTree(n.Attr("r:dm"))
	id := ""
	for ext := range data.Child("dgm:extLst").All("a:ext") {
		if m := ext.Child("dsp:dataModelExt"); m != nil {
			id = m.Attr("relId")
		}
	}
	root := p.relatedTree(id)
	for sp := range root.Child("dsp:spTree").All("dsp:sp") {
		if len(d.Children) >= 1000 {
			break
		}
		spPr := sp.Child("dsp:spPr")
		child := &Drawing{Fill: Auto, Line: Auto, Wrap: WrapNone}
		child.placeAt(spPr.Child("a:xfrm"))
		p.shapeProps(child, spPr)
		style := sp.Child("dsp:style")
		p.styleOf(child, style, spPr)
		d.Children = append(d.Children, child)
		body := sp.Child("dsp:txBody")
		color, _ := p.drawingColor(style.Child("a:fontRef"))
		blocks := p.drawingText(body, color)
		if blocks == nil {
			continue
		}
		text := &Drawing{Fill: Auto, Line: Auto, Wrap: WrapNone, Blocks: blocks}
		text.placeAt(spPr.Child("a:xfrm"))
		if x := sp.Child("dsp:txXfrm"); x != nil {
			text.placeAt(x)
			text.turn(x)
		}
		text.bodyProps(body.Child("a:bodyPr"))
		d.Children = append(d.Children, text)
	}
	return len(d.Children) > 0
}

// relatedTree returns the root of the part behind a relationship of the part
// being read, nil when there is none.
func (p *parser) relatedTree(id string) *docx.Node {
	r, ok := p.rel(id)
	if !ok || r.External {
		return nil
	}
	part := p.pkg.Part(r.Target)
	if part == nil {
		return nil
	}
	return p.tree(part)
}

// placeAt reads a:off and a:ext.
func (d *Drawing) placeAt(x *docx.Node) {
	off, ext := x.Child("a:off"), x.Child("a:ext")
	d.ChildX, d.ChildY = emu(off.Attr("x")), emu(off.Attr("y"))
	d.Width, d.Height = max(0, emu(ext.Attr("cx"))), max(0, emu(ext.Attr("cy")))
}

// drawingText reads the paragraphs of a text body of DrawingML; color is that
// of its text where it says none, Auto for black on light and white on dark.
// It is nil when the body holds no text.
func (p *parser) drawingText(body *docx.Node, color Color) (blocks []Block) {
	some := false
	for n := range body.All("a:p") {
		pPr := n.Child("a:pPr")
		para := p.plainParagraph()
		para.Props.Align = align(map[string]string{"ctr": "center", "r": "right", "just": "both"}[pPr.Attr("algn")], false)
		if pct := pPr.Path("a:lnSpc", "a:spcPct"); pct != nil {
			para.Props.Line = unit.Twip(240 * percent(pct.Attr("val")))
		}
		if after := pPr.Path("a:spcAft", "a:spcPts"); after != nil {
			para.Props.After = unit.Twip(number(after.Attr("val")) / 5)
		}
		for r := range n.Elements() {
			props := *para.Mark
			props.Color = color
			p.drawingRun(&props, r.Child("a:rPr"))
			switch r.Name {
			case "a:r", "a:fld":
				if text := r.Child("a:t").Text(); text != "" {
					some = some || strings.TrimSpace(text) != ""
					para.Runs = append(para.Runs, Run{Text: text, Props: p.styles.intern(props)})
				}
			case "a:br":
				para.Runs = append(para.Runs, Run{Kind: LineBreak, Props: p.styles.intern(props)})
			}
		}
		if len(para.Runs) > 0 {
			para.Mark = para.Runs[0].Props
		}
		if len(blocks) < 1000 {
			blocks = append(blocks, para)
		}
	}
	if !some {
		return nil
	}
	return blocks
}

// plainParagraph is an empty paragraph of 18 pt in the default face, as
// DrawingML has it, without space around.
func (p *parser) plainParagraph() *Paragraph {
	props := p.styles.defaultRun()
	props.Size, props.Color = 36, Auto
	mark := p.styles.intern(props)
	return &Paragraph{Props: &ParaProps{Shade: Auto, Line: 240}, Mark: mark, Base: mark, Place: p.place().In}
}

// drawingRun folds a:rPr into the properties.
func (p *parser) drawingRun(props *RunProps, n *docx.Node) {
	if n == nil {
		return
	}
	if v := number(n.Attr("sz")); v > 0 {
		props.Size = unit.HalfPoint(min(max(v/50, 2), 800))
	}
	if v := n.Attr("b"); v != "" {
		props.Bold = isOn(v)
	}
	if v := n.Attr("i"); v != "" {
		props.Italic = isOn(v)
	}
	if f := n.Child("a:solidFill"); f != nil {
		props.Color, _ = p.drawingColor(f)
	}
	if face := n.Child("a:latin").Attr("typeface"); face != "" && face[0] != '+' {
		props.Font = face
	}
}
