package layout

import (
	"nastavnik/internal/page"
	"nastavnik/internal/unit"
	"nastavnik/internal/wml"
)

// dropCap makes a floating box of the letters of a drop cap (17.3.1.11), beside
// the first lines of the paragraph next. As in LibreOffice 7.4 they are as high
// as those lines, from the top of the first to the base line of the last,
// whatever size the file says; nil when there is nothing to draw.
func (e *engine) dropCap(f *wml.Frame, cap, next *wml.Paragraph) *wml.Drawing {
	text := cap.Text()
	var props *wml.RunProps
	for i := range cap.Runs {
		if cap.Runs[i].Kind == wml.TextRun {
			props = cap.Runs[i].Props
			break
		}
	}
	if text == "" || props == nil {
		return nil
	}
	body := e.look(next.Mark)
	if len(next.Runs) > 0 && next.Runs[0].Props != nil {
		body = e.look(next.Runs[0].Props)
	}
	height := body.ascent + body.descent
	count := twip(min(max(f.Lines, 1), 10))
	high := height * count
	if next.Props.LineRule == wml.LineAuto {
		high += height * twip(max(0, proportion(next.Props.Line)-100)) / 100 * (count - 1)
	} else if next.Props.Line > 0 {
		high = next.Props.Line * count
	}
	face := e.fonts.Face(props.Font, props.Bold, props.Italic).Face
	if face.CapHeight() <= 0 || high <= body.descent {
		return nil
	}
	drop := high - body.descent // from the top to the base line
	size := drop * twip(face.UnitsPerEm()) / twip(face.CapHeight())
	own := *props
	own.Size, own.Position, own.VertAlign = unit.HalfPoint(size/10), 0, wml.Baseline
	width := twip(0)
	for _, r := range text {
		width += twip(face.Advance(face.Glyph(r))) * size / twip(face.UnitsPerEm())
	}
	p := &wml.Paragraph{Props: &wml.ParaProps{LineRule: wml.LineExact, Line: drop * 5 / 4, Shade: wml.Auto}, Mark: &own, Base: &own,
		Place: cap.Place, Runs: []wml.Run{{Text: text, Props: &own}}}
	// Behind, so that it is read before the rest of its word.
	d := &wml.Drawing{Wrap: wml.WrapSquare, Behind: true, Frame: true, Fill: wml.Auto, Line: wml.Auto, HFrom: "column", VFrom: "paragraph",
		Width: (width + f.HSpace).EMU(), Height: (high - 1).EMU(), Blocks: []wml.Block{p}}
	if f.DropCap == "margin" {
		d.Wrap, d.X = wml.WrapNone, -d.Width
	}
	return d
}

// placeCap makes the box of a drop cap: its letters belong to the paragraph.
func (e *engine) placeCap(p *para, d *wml.Drawing) {
	if p.boxes == nil {
		p.boxes = map[*wml.Drawing]*boxBox{}
	}
	b := &boxBox{el: page.Artifact, blocks: e.blocks(d.Blocks, page.Artifact, false)}
	for _, letters := range b.blocks {
		letters.para.el = p.el
	}
	p.boxes[d] = b
	p.floats = append(p.floats, d)
}
