package layout

import (
	"math"

	"nastavnik/internal/page"
	"nastavnik/internal/unit"
	"nastavnik/internal/wml"
)

// drawShape draws the outlines and ground of a shape in the box and returns
// the box of the text in it.
func (e *engine) drawShape(c *canvas, p *para, d *wml.Drawing, x, y, w, h unit.EMU, el int) (text [4]unit.EMU) {
	text = [4]unit.EMU{x, y, x + w, y + h}
	if d.Fill == wml.Auto && d.Line == wml.Auto && (d.Shape == "" || d.Shape == "rect") && d.Geometry == nil {
		return text
	}
	f, known := figureOf(d, w, h)
	if !known && (d.Fill != wml.Auto || d.Line != wml.Auto) {
		e.warn("shape "+d.Shape, p, "фигура «"+d.Shape+"» показана прямоугольником", "замените фигуру картинкой")
		p.drawnOn(c.ps)
	}
	for _, o := range f.outlines {
		out := &page.Path{Filled: o.filled && d.Fill != wml.Auto, Stroked: o.lined && d.Line != wml.Auto,
			Width: max(d.LineWidth, 3175), Clear: d.FillClear, Element: el}
		if out.Filled {
			out.Fill = page.Color(d.Fill)
		} else {
			out.Clear = d.LineClear
		}
		if !out.Filled && !out.Stroked || len(o.steps) == 0 {
			continue
		}
		for i := range o.steps {
			s := &o.steps[i]
			for _, pt := range []*page.Point{&s.To, &s.C1, &s.C2} {
				pt.X, pt.Y = c.at(x+pt.X, y+pt.Y)
			}
		}
		var heads []page.Item
		if out.Stroked {
			out.Color = page.Color(d.Line)
			for _, length := range d.Dash {
				out.Dash = append(out.Dash, unit.EMU(length*float64(out.Width)))
			}
			if o.steps[len(o.steps)-1].Kind != page.Close {
				heads = arrowHeads(o.steps, d, out)
			}
		}
		out.Steps = o.steps
		c.front = append(c.front, out)
		c.front = append(c.front, heads...)
	}
	for i := range text {
		text[i] = f.text[i] + [2]unit.EMU{x, y}[i%2]
	}
	return text
}

// arrowBase is the width by which arrow heads of thinner lines are measured,
// 0.7 mm as in LibreOffice.
const arrowBase unit.EMU = 25200

// arrowHeads returns the heads at the ends of an open line, whose ends it draws
// back under them.
func arrowHeads(steps []page.Step, d *wml.Drawing, line *page.Path) (items []page.Item) {
	last := len(steps) - 1
	if last < 1 {
		return nil
	}
	base := float64(max(line.Width, arrowBase))
	// how the line arrives at its ends: from the point before
	after, before := steps[1].To, steps[last-1].To
	if steps[1].Kind == page.Curve {
		after = steps[1].C1
	}
	if steps[last].Kind == page.Curve {
		before = steps[last].C2
	}
	for _, end := range []struct {
		arrow wml.Arrow
		tip   *page.Point
		from  page.Point
	}{{d.Head, &steps[0].To, after}, {d.Tail, &steps[last].To, before}} {
		if end.arrow.Kind == "" {
			continue
		}
		dx, dy := float64(end.tip.X-end.from.X), float64(end.tip.Y-end.from.Y)
		far := math.Hypot(dx, dy)
		if far == 0 {
			continue
		}
		dx, dy = dx/far, dy/far
		length, half := end.arrow.Length*base, end.arrow.Width*base/2
		tip := *end.tip
		// along is how far behind the tip, aside how far to its right
		at := func(along, aside float64) page.Point {
			return page.Point{X: tip.X - unit.EMU(dx*along+dy*aside), Y: tip.Y - unit.EMU(dy*along-dx*aside)}
		}
		var points []page.Point
		back := 0.0
		switch end.arrow.Kind {
		case "arrow":
			head := *line
			head.Filled, head.Dash = false, nil
			head.Steps = []page.Step{{Kind: page.Move, To: at(length, half)}, {Kind: page.Line, To: tip}, {Kind: page.Line, To: at(length, -half)}}
			items = append(items, &head)
			continue
		case "stealth":
			points, back = []page.Point{tip, at(length, half), at(length*0.6, 0), at(length, -half)}, length*0.5
		case "diamond":
			points = []page.Point{at(-length/2, 0), at(0, half), at(length/2, 0), at(0, -half)}
		case "oval":
			for i := range 24 {
				sin, cos := math.Sincos(float64(i) * math.Pi / 12)
				points = append(points, at(length/2*cos, half*sin))
			}
		default:
			points, back = []page.Point{tip, at(length, half), at(length, -half)}, length*0.8
		}
		items = append(items, &page.Fill{Points: points, Color: line.Color, Element: line.Element})
		if back < far {
			*end.tip = at(back, 0)
		}
	}
	return items
}

// drawWords draws WordArt: text stretched to fill the box.
func (e *engine) drawWords(c *canvas, p *para, d *wml.Drawing, x, y, w, h unit.EMU, el int) {
	m := e.fonts.Face(d.Words.Font, d.Words.Bold, d.Words.Italic)
	color := d.Fill
	if color == wml.Auto {
		color = max(d.Line, 0)
	}
	if m.Substituted {
		e.reading = p
		e.substituted(d.Words.Font, m.Face)
		p.drawnOn(c.ps)
	}
	natural := 0
	for _, r := range d.Words.Text {
		natural += m.Face.Advance(m.Face.Glyph(r))
	}
	em := m.Face.UnitsPerEm()
	height := m.Face.Ascent() + m.Face.Descent()
	if natural == 0 || height <= 0 || w <= 0 || h <= 0 {
		return
	}
	size := h * unit.EMU(em) / unit.EMU(height)
	width := size * unit.EMU(natural) / unit.EMU(em)
	t := &page.Text{Width: w, Face: m.Face, Size: size, Text: d.Words.Text, Color: page.Color(color), Rotate: c.degrees(),
		Stretch: int(100 * w / max(width, 1)), Skew: m.Skew, Embolden: m.Embolden, Clear: d.FillClear, Element: el}
	t.X, t.Y = c.at(x, y+size*unit.EMU(m.Face.Ascent())/unit.EMU(em))
	c.front = append(c.front, t)
}
