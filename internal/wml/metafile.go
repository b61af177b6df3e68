package wml

import (
	"bytes"
	"compress/gzip"
	"encoding/binary"
	"io"
	"math"
	"strings"

	"nastavnik/internal/unit"
)

// This file plays Windows metafiles, WMF and EMF ([MS-WMF], [MS-EMF]): lines,
// curves, areas, texts and bitmaps become shapes. Left out are clipping, raster
// operations, hatches and EMF+, whose files hold plain records too.

// maxRecords bounds a metafile.
const maxRecords = 50_000

// metafile is the state of one being played into the box of a drawing.
type metafile struct {
	p       *parser
	d       *Drawing
	le      binary.ByteOrder
	objects map[uint32]any // pens, brushes and fonts by handle
	dc      deviceContext
	saved   []deviceContext
	path    []GeometryStep
	inPath  bool
	shapes  int

	left, top, right, bottom float64 // of the picture, in device units
}

// deviceContext is what SaveDC saves.
type deviceContext struct {
	world              [6]float64 // x' = ax + cy + e, y' = bx + dy + f
	wox, woy, wex, wey float64    // window: origin and extent
	vox, voy, vex, vey float64    // viewport
	scaled             bool       // by the map mode: extents count
	pen                metaPen
	brush              metaBrush
	font               metaFont
	textColor          Color
	align              uint32
	x, y               float64 // current position
}

type metaPen struct {
	color Color // Auto: none
	width float64
	dash  []float64
}

type metaBrush struct{ color Color }

type metaFont struct {
	height       float64 // of the em
	turn         float64 // degrees counter-clockwise
	bold, italic bool
	face         string
}

// isMetafile reports whether data is a WMF or EMF.
func isMetafile(data []byte) bool { return isEMF(data) || isWMF(data) }

func isEMF(data []byte) bool {
	return len(data) > 88 && data[0] == 1 && string(data[40:44]) == " EMF"
}

func isWMF(data []byte) bool {
	return len(data) > 40 && (bytes.HasPrefix(data, []byte{0xD7, 0xCD, 0xC6, 0x9A}) || bytes.HasPrefix(data, []byte{1, 0, 9, 0}))
}

// unzipped returns data, unpacked when it is an EMZ or WMZ.
func unzipped(data []byte) []byte {
	if !bytes.HasPrefix(data, []byte{0x1F, 0x8B}) {
		return data
	}
	z, err := gzip.NewReader(bytes.NewReader(data))
	if err != nil {
		return data
	}
	out, _ := io.ReadAll(io.LimitReader(z, 32<<20))
	return out
}

// playMetafile draws the metafile into the drawing's box, as its members; it
// reports false when nothing came of it. A broken record ends it.
func (p *parser) playMetafile(d *Drawing, data []byte) (ok bool) {
	m := &metafile{p: p, d: d, le: binary.LittleEndian, objects: map[uint32]any{}}
	m.dc = deviceContext{world: [6]float64{1, 0, 0, 1, 0, 0}, wex: 1, wey: 1, vex: 1, vey: 1,
		brush: metaBrush{0xFFFFFF}, font: metaFont{height: 12, face: "Arial"}}
	defer func() {
		if recover() != nil { // a length beyond the data
			d.Picture = len(d.Children) > 0
			ok = d.Picture
		}
	}()
	if isEMF(data) {
		m.emf(data)
	} else {
		m.wmf(data)
	}
	d.Picture = len(d.Children) > 0
	return d.Picture
}

// device turns a logical place into one of the device.
func (m *metafile) device(x, y float64) (float64, float64) {
	c := &m.dc
	x, y = c.world[0]*x+c.world[2]*y+c.world[4], c.world[1]*x+c.world[3]*y+c.world[5]
	return (x-c.wox)*c.vex/c.wex + c.vox, (y-c.woy)*c.vey/c.wey + c.voy
}

// box turns a logical place into one of the drawing's box, in EMU.
func (m *metafile) box(x, y float64) (float64, float64) {
	x, y = m.device(x, y)
	return (x - m.left) / (m.right - m.left) * float64(m.d.Width), (y - m.top) / (m.bottom - m.top) * float64(m.d.Height)
}

// length turns a logical length into EMU.
func (m *metafile) length(v float64) float64 {
	x0, y0 := m.box(0, 0)
	x1, y1 := m.box(0, v)
	return math.Hypot(x1-x0, y1-y0)
}

func (m *metafile) step(kind byte, places ...float64) {
	s := GeometryStep{Kind: kind}
	for i := 0; i+1 < len(places); i += 2 {
		x, y := m.box(places[i], places[i+1])
		for _, v := range [2]float64{x, y} {
			if math.IsNaN(v) || math.Abs(v) > maxEMU {
				v = 0
			}
			s.Args = append(s.Args, itoa(int(math.Round(v))))
		}
	}
	if len(m.path) < maxSteps {
		m.path = append(m.path, s)
	}
}

// draw ends an outline: fills and strokes it unless a path is being made.
func (m *metafile) draw(fill, stroke bool) {
	if m.inPath {
		return
	}
	path := m.path
	m.path = nil
	fill, stroke = fill && m.dc.brush.color != Auto, stroke && m.dc.pen.color != Auto
	if len(path) < 2 || !fill && !stroke {
		return
	}
	s := &Drawing{Fill: Auto, Line: Auto, Wrap: WrapNone, Width: m.d.Width, Height: m.d.Height,
		Geometry: &Geometry{Paths: []Outline{{Width: int(m.d.Width), Height: int(m.d.Height), Steps: path}}}}
	if fill {
		s.Fill = m.dc.brush.color
	}
	if stroke {
		s.Line, s.Dash = m.dc.pen.color, m.dc.pen.dash
		s.LineWidth = unit.EMU(min(m.length(m.dc.pen.width), 1e6))
	}
	m.add(s)
}

func (m *metafile) add(s *Drawing) {
	if m.shapes++; m.shapes <= 5000 {
		m.d.Children = append(m.d.Children, s)
	}
}

// poly draws a line or area through the places; curves takes three for each
// Bézier curve, and from says that it begins at the current position.
func (m *metafile) poly(places []float64, curves, closed, from bool) {
	if len(places) < 2 {
		return
	}
	rest := places
	if from {
		if !m.inPath || len(m.path) == 0 {
			m.step('M', m.dc.x, m.dc.y)
		}
	} else {
		m.step('M', places[0], places[1])
		rest = places[2:]
	}
	if curves {
		for ; len(rest) >= 6; rest = rest[6:] {
			m.step('C', rest[:6]...)
		}
	} else {
		for ; len(rest) >= 2; rest = rest[2:] {
			m.step('L', rest[:2]...)
		}
	}
	if closed {
		m.step('Z')
	}
	if from {
		m.dc.x, m.dc.y = places[len(places)-2], places[len(places)-1]
	}
}

func (m *metafile) rectangle(l, t, r, b float64) {
	m.poly([]float64{l, t, r, t, r, b, l, b}, false, true, false)
}

func (m *metafile) ellipse(l, t, r, b float64) {
	const k = 0.5523 // of the half axis: where a quarter's control points stand
	cx, cy, rx, ry := (l+r)/2, (t+b)/2, (r-l)/2, (b-t)/2
	m.poly([]float64{r, cy, r, cy + k*ry, cx + k*rx, b, cx, b, cx - k*rx, b, l, cy + k*ry, l, cy,
		l, cy - k*ry, cx - k*rx, t, cx, t, cx + k*rx, t, r, cy - k*ry, r, cy}, true, true, false)
}

// text draws a string at the logical place.
func (m *metafile) text(s string, x, y float64) {
	s = strings.TrimRight(s, " \x00")
	size := m.length(m.dc.font.height)
	if s == "" || size < 6350 {
		return
	}
	px, py := m.box(x, y)
	bx, by := px, py
	para := m.p.plainParagraph()
	props := *para.Mark
	props.Size = unit.HalfPoint(max(2, min(math.Round(size/6350), 800)))
	props.Font, props.Bold, props.Italic, props.Color = m.dc.font.face, m.dc.font.bold, m.dc.font.italic, m.dc.textColor
	para.Mark = m.p.styles.intern(props)
	para.Base, para.Runs = para.Mark, []Run{{Text: s, Props: para.Mark}}
	width := size * float64(len([]rune(s))+1) * 1.2
	const ascent, descent = 0.9, 0.22 // of common faces
	switch m.dc.align & 24 {
	case 24:
		by -= ascent * size
	case 8:
		by -= (ascent + descent) * size
	}
	switch m.dc.align & 6 {
	case 2:
		para.Props.Align, bx = AlignRight, bx-width
	case 6:
		para.Props.Align, bx = AlignCenter, bx-width/2
	}
	height := 2 * size
	if turn := m.dc.font.turn; turn != 0 { // about the place, while a drawing turns about its middle
		sin, cos := math.Sincos(-turn * math.Pi / 180)
		dx, dy := px-bx-width/2, py-by-height/2
		bx, by = px-(cos*dx-sin*dy)-width/2, py-(sin*dx+cos*dy)-height/2
	}
	m.add(&Drawing{Fill: Auto, Line: Auto, Wrap: WrapNone, ChildX: unit.EMU(bx), ChildY: unit.EMU(by),
		Width: unit.EMU(width), Height: unit.EMU(height), Rotate: -m.dc.font.turn, Blocks: []Block{para}})
}

// Raster operations that are heeded. Icons are drawn in two steps: a mask cuts
// them out, then they are laid into the hole.
const (
	copyPattern = 0xF00021
	andSource   = 0x8800C6 // white leaves what is below
	orSource    = 0xEE0086 // black does
	xorSource   = 0x660046 // as well
	blend       = 1        // not one of Windows': by its own transparency
)

// bitmap draws a device-independent bitmap into the logical rectangle by a
// raster operation; bits is where its dots begin, after its header and palette.
func (m *metafile) bitmap(how uint32, header, bits []byte, x, y, w, h float64) {
	img := decodeDIB(header, bits, how)
	if img == nil {
		return
	}
	data, err := encodePNG(img)
	if err != nil {
		return
	}
	x0, y0 := m.box(x, y)
	x1, y1 := m.box(x+w, y+h)
	m.add(&Drawing{Fill: Auto, Line: Auto, Wrap: WrapNone, Image: data, ChildX: unit.EMU(min(x0, x1)), ChildY: unit.EMU(min(y0, y1)),
		Width: unit.EMU(math.Abs(x1 - x0)), Height: unit.EMU(math.Abs(y1 - y0)), FlipV: y1 < y0})
}

// colorRef turns 0x00BBGGRR into a colour.
func colorRef(v uint32) Color { return Color(v&255<<16 | v>>8&255<<8 | v>>16&255) }

// pen makes a pen of a style: 5 is none.
func pen(style uint32, width float64, c uint32) metaPen {
	p := metaPen{color: colorRef(c), width: width}
	switch style & 15 {
	case 1:
		p.dash = dashes["dash"]
	case 2:
		p.dash = dashes["sysDot"]
	case 3, 4:
		p.dash = dashes["dashDot"]
	case 5:
		p.color = Auto
	}
	return p
}

// brush makes a brush of a style: 1 is none, hatches are their colour.
func brush(style, c uint32) metaBrush {
	if style == 1 {
		return metaBrush{Auto}
	}
	return metaBrush{colorRef(c)}
}

// choose selects an object, one of the stock when the handle's top bit is set.
func (m *metafile) choose(handle uint32) {
	object := m.objects[handle]
	switch handle {
	case 0x80000000, 0x80000001, 0x80000002, 0x80000003, 0x80000004:
		object = metaBrush{[...]Color{0xFFFFFF, 0xC0C0C0, 0x808080, 0x404040, 0}[handle&7]}
	case 0x80000005:
		object = metaBrush{Auto}
	case 0x80000006:
		object = metaPen{color: 0xFFFFFF}
	case 0x80000007:
		object = metaPen{}
	case 0x80000008:
		object = metaPen{color: Auto}
	}
	switch o := object.(type) {
	case metaPen:
		m.dc.pen = o
	case metaBrush:
		m.dc.brush = o
	case metaFont:
		m.dc.font = o
	}
}

func (m *metafile) save() {
	if len(m.saved) < 1000 {
		m.saved = append(m.saved, m.dc)
	}
}

// restore goes back to a saved context: -1 is the last one, 1 the first.
func (m *metafile) restore(n int) {
	if n < 0 {
		n += len(m.saved)
	} else {
		n--
	}
	if n >= 0 && n < len(m.saved) {
		m.dc, m.saved = m.saved[n], m.saved[:n]
	}
}
