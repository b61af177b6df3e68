package pdfread

import (
	"math"
	"strings"
	"unicode/utf16"
)

// Piece is text that one operator shows.
type Piece struct {
	X, Y float64 // start of the base line in points from the lower left corner
	Size float64 // of the font, in points
	Font string  // its BaseFont
	Text string
}

// PageText returns the text of a page in the order of its content: a line break
// where the base line moves, nothing where it does not.
func (f *File) PageText(p Page) string {
	var b strings.Builder
	last := math.Inf(1)
	for i, piece := range f.Pieces(p) {
		if i > 0 && math.Abs(piece.Y-last) > 1 {
			b.WriteByte('\n')
		}
		last = piece.Y
		b.WriteString(piece.Text)
	}
	return b.String()
}

// Pieces returns the text of a page with its places, and behind it what its
// annotations show, such as the values of a form's fields.
func (f *File) Pieces(p Page) []Piece {
	budget := maxOperators
	m := machine{f: f, fonts: map[Name]*reader{}, ctm: identity, budget: &budget}
	m.run(f.Content(p), p.Resources, 0)
	for _, o := range f.Array(p.Dict["Annots"]) {
		look, placing, ok := f.Appearance(f.Dict(o))
		if s, _ := f.Resolve(look).(*Stream); ok && len(m.pieces) < maxPieces {
			m.ctm = placing
			m.form(s, p.Resources, 0)
		}
	}
	return m.pieces
}

// Appearance returns what an annotation shows on paper in its present state, a
// *Stream or a reference to one, and the transformation that lays it onto its
// place; false when it shows nothing, is hidden, or is a link or a note that
// opens.
func (f *File) Appearance(a Dict) (look Object, placing [6]float64, ok bool) {
	const hidden, printed, noView = 1 << 1, 1 << 2, 1 << 5
	flags := f.Int(a["F"])
	if kind := f.Name(a["Subtype"]); kind == "Popup" || kind == "Link" || flags&hidden != 0 || flags&(printed|noView) == noView {
		return nil, placing, false
	}
	look = f.Dict(a["AP"])["N"]
	s, ok := f.Resolve(look).(*Stream)
	if !ok {
		look = f.Dict(look)[f.Name(a["AS"])]
		if s, ok = f.Resolve(look).(*Stream); !ok {
			return nil, placing, false
		}
	}
	rect, _ := f.Box(a["Rect"])
	placing, ok = f.Placing(rect, s)
	return look, placing, ok
}

// Content returns the content of a page, its streams joined; those that cannot
// be decoded are left out.
func (f *File) Content(p Page) []byte {
	var data []byte
	contents := f.Array(p.Dict["Contents"])
	if contents == nil {
		contents = Array{p.Dict["Contents"]}
	}
	for _, o := range contents {
		if s, ok := f.Resolve(o).(*Stream); ok {
			if part, err := f.Decode(s); err == nil {
				data = append(append(data, part...), '\n')
			}
		}
	}
	return data
}

// matrix is the six numbers of a transformation.
type matrix [6]float64

var identity = matrix{1, 0, 0, 1, 0, 0}

// times returns first m, then n.
func (m matrix) times(n matrix) matrix {
	return matrix{
		m[0]*n[0] + m[1]*n[2], m[0]*n[1] + m[1]*n[3],
		m[2]*n[0] + m[3]*n[2], m[2]*n[1] + m[3]*n[3],
		m[4]*n[0] + m[5]*n[2] + n[4], m[4]*n[1] + m[5]*n[3] + n[5],
	}
}

// machine runs a content stream as far as text is concerned.
type machine struct {
	f      *File
	fonts  map[Name]*reader
	pieces []Piece
	budget *int // operators of forms that may still be run

	ctm, line matrix
	leading   float64
	font      *reader
	size      float64
	saved     []matrix

	// told holds, for each open marked content sequence, whether its text was
	// said by ActualText, so that what is shown in it does not count.
	told []bool
}

// maxPieces bounds the text of a page, maxOperators what is run in its forms:
// some that draw themselves many times over would go on for ever.
const (
	maxPieces    = 1 << 18
	maxOperators = 1 << 19
)

func (m *machine) run(data []byte, resources Dict, depth int) {
	if depth > 8 {
		return
	}
	m.line = identity
	Operators(data, func(name string, operands []Object) bool {
		if depth > 0 {
			*m.budget--
		}
		m.operator(name, operands, resources, depth)
		return len(m.pieces) < maxPieces && *m.budget > 0
	})
}

func (m *machine) operator(name string, stack []Object, resources Dict, depth int) {
	numbers := func(n int) []float64 {
		v := make([]float64, n)
		for i := range v {
			if k := len(stack) - n + i; k >= 0 {
				v[i], _ = m.f.Number(stack[k])
			}
		}
		return v
	}
	last := func() Object {
		if len(stack) == 0 {
			return nil
		}
		return stack[len(stack)-1]
	}
	move := func(x, y float64) { m.line = matrix{1, 0, 0, 1, x, y}.times(m.line) }
	switch name {
	case "q":
		if len(m.saved) < 256 {
			m.saved = append(m.saved, m.ctm)
		}
	case "Q":
		if n := len(m.saved); n > 0 {
			m.ctm, m.saved = m.saved[n-1], m.saved[:n-1]
		}
	case "cm":
		m.ctm = matrix(numbers(6)).times(m.ctm)
	case "BT":
		m.line = identity
	case "Tf":
		if len(stack) >= 2 {
			font, _ := stack[len(stack)-2].(Name)
			m.font = m.reader(font, resources)
			m.size = numbers(1)[0]
		}
	case "TL":
		m.leading = numbers(1)[0]
	case "Td":
		v := numbers(2)
		move(v[0], v[1])
	case "TD":
		v := numbers(2)
		m.leading = -v[1]
		move(v[0], v[1])
	case "Tm":
		m.line = matrix(numbers(6))
	case "T*":
		move(0, -m.leading)
	case "Tj":
		m.show(last())
	case "'", "\"":
		move(0, -m.leading)
		m.show(last())
	case "TJ":
		m.show(last())
	case "BMC", "BDC":
		if len(m.told) > 1<<12 {
			m.told = m.told[:1]
		}
		m.told = append(m.told, m.silent())
		if name == "BMC" {
			return
		}
		properties := m.f.Dict(last())
		if n, ok := last().(Name); ok {
			properties = m.f.Dict(m.f.Dict(resources["Properties"])[n])
		}
		if actual, ok := m.f.Resolve(properties["ActualText"]).(String); ok && !m.silent() {
			m.note(actual.Text())
			m.told[len(m.told)-1] = true
		}
	case "EMC":
		if n := len(m.told); n > 0 {
			m.told = m.told[:n-1]
		}
	case "Do":
		n, _ := last().(Name)
		s, ok := m.f.Resolve(m.f.Dict(resources["XObject"])[n]).(*Stream)
		if !ok || m.f.Name(s.Dict["Subtype"]) != "Form" {
			return
		}
		m.form(s, resources, depth)
	}
}

// form runs a form, with the resources around it when it has none of its own.
func (m *machine) form(s *Stream, resources Dict, depth int) {
	data, err := m.f.Decode(s)
	if err != nil {
		return
	}
	*m.budget -= len(data) / 16 // to unpack it costs as well
	inner := m.f.Dict(s.Dict["Resources"])
	if inner == nil {
		inner = resources
	}
	form := machine{f: m.f, fonts: map[Name]*reader{}, ctm: m.ctm, budget: m.budget}
	if a := m.f.Array(s.Dict["Matrix"]); len(a) == 6 {
		var own matrix
		for i := range own {
			own[i], _ = m.f.Number(a[i])
		}
		form.ctm = own.times(m.ctm)
	}
	form.run(data, inner, depth+1)
	m.pieces = append(m.pieces, form.pieces...)
}

// show notes a piece of text: a string, or an array of strings and shifts.
func (m *machine) show(o Object) {
	if m.font == nil || m.silent() {
		return
	}
	var b strings.Builder
	switch o := o.(type) {
	case String:
		m.font.decode(&b, o)
	case Array:
		for _, part := range o {
			if s, ok := part.(String); ok {
				m.font.decode(&b, s)
			} else if shift, ok := m.f.Number(part); ok && shift < -200 {
				b.WriteByte(' ')
			}
		}
	}
	m.note(b.String())
}

// silent reports whether ActualText has said what is being shown.
func (m *machine) silent() bool { return len(m.told) > 0 && m.told[len(m.told)-1] }

// note adds a piece of text at the present place.
func (m *machine) note(text string) {
	at := m.line.times(m.ctm)
	scale := math.Hypot(at[2], at[3])
	font := ""
	if m.font != nil {
		font = m.font.name
	}
	m.pieces = append(m.pieces, Piece{at[4], at[5], m.size * scale, font, text})
}

// reader turns the codes of a font into characters.
type reader struct {
	name     string
	wide     bool // codes of two bytes
	unicode  map[int]string
	encoding func(byte) rune
}

// ToUnicode returns what the codes of a font say, by its CMap ToUnicode; nil
// when it has none that can be read.
func (f *File) ToUnicode(font Dict) map[int]string {
	s, ok := f.Resolve(font["ToUnicode"]).(*Stream)
	if !ok {
		return nil
	}
	data, err := f.Decode(s)
	if err != nil {
		return nil
	}
	r := reader{unicode: map[int]string{}}
	r.readUnicode(data)
	return r.unicode
}

func (m *machine) reader(name Name, resources Dict) *reader {
	if r, ok := m.fonts[name]; ok {
		return r
	}
	font := m.f.Dict(m.f.Dict(resources["Font"])[name])
	r := &reader{
		name: string(m.f.Name(font["BaseFont"])), wide: m.f.Name(font["Subtype"]) == "Type0",
		unicode: map[int]string{}, encoding: winAnsi,
	}
	if told := m.f.ToUnicode(font); told != nil {
		r.unicode = told
	}
	m.fonts[name] = r
	return r
}

func (r *reader) decode(b *strings.Builder, s String) {
	step := 1
	if r.wide {
		step = 2
	}
	for i := 0; i+step <= len(s); i += step {
		code := int(s[i])
		if r.wide {
			code = code<<8 | int(s[i+1])
		}
		if t, ok := r.unicode[code]; ok {
			b.WriteString(t)
		} else if !r.wide {
			b.WriteRune(r.encoding(s[i]))
		} else {
			b.WriteRune('\uFFFD')
		}
	}
}

// winAnsi is Windows-1252, the encoding of most simple fonts.
func winAnsi(c byte) rune {
	const high = "€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008DŽ\u008F\u0090‘’“”•–—˜™š›œ\u009DžŸ"
	if c >= 0x80 && c < 0xA0 {
		return []rune(high)[c-0x80]
	}
	return rune(c)
}

// readUnicode reads bfchar and bfrange of a ToUnicode CMap.
func (r *reader) readUnicode(data []byte) {
	code := func(s String) (n int) {
		for _, c := range s {
			n = n<<8 | int(c)
		}
		return n
	}
	text := func(s String, add int) string {
		var units []uint16
		for i := 0; i+1 < len(s); i += 2 {
			units = append(units, uint16(s[i])<<8|uint16(s[i+1]))
		}
		if n := len(units); n > 0 {
			units[n-1] += uint16(add)
		}
		return string(utf16.Decode(units))
	}
	l := lexer{b: data}
	var operands []Object
	for {
		switch o := l.object(0).(type) {
		case end:
			return
		case keyword:
			switch o {
			case "endbfchar":
				for i := 0; i+1 < len(operands); i += 2 {
					from, ok1 := operands[i].(String)
					to, ok2 := operands[i+1].(String)
					if ok1 && ok2 {
						r.unicode[code(from)] = text(to, 0)
					}
				}
			case "endbfrange":
				for i := 0; i+2 < len(operands); i += 3 {
					from, ok1 := operands[i].(String)
					to, ok2 := operands[i+1].(String)
					if !ok1 || !ok2 || code(to)-code(from) > 0xFFFF {
						continue
					}
					for n := code(from); n <= code(to); n++ {
						switch target := operands[i+2].(type) {
						case String:
							r.unicode[n] = text(target, n-code(from))
						case Array:
							if k := n - code(from); k < len(target) {
								if s, ok := target[k].(String); ok {
									r.unicode[n] = text(s, 0)
								}
							}
						}
					}
				}
			}
			operands = operands[:0]
		default:
			operands = append(operands, o)
		}
	}
}
