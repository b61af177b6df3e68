package pdf

import (
	"math"
	"strings"

	"nastavnik/internal/font"
	"nastavnik/internal/page"
	"nastavnik/internal/unit"
)

// content is the content stream of one page under construction, with the
// state of the reader's machine as far as it spares writing.
type content struct {
	d      *document
	number int // index of the page
	height unit.EMU
	out    syntax

	marks       []int // element of each marked content sequence
	annotations []int
	pending     *page.Link // of which more may follow on the same line
	open        int        // element whose sequence is open, page.Artifact, or closed
	decoration  decoration

	inText   bool
	x, y     int64 // start of the line that Td moves from, in hundredths of a point
	turned   bool  // the text matrix is not upright
	face     *usage
	size     unit.EMU
	spacing  unit.EMU
	fill     page.Color
	stroke   page.Color
	rendered int // text rendering mode
	width    unit.EMU
	dashed   bool
	clear    uint8 // per cent of transparency
}

// closed is the value of content.open when no sequence is open.
const closed = -2

// decoration is the kind of an artifact (ISO 32000-1, 14.8.2.2.2).
type decoration uint8

const (
	layoutArtifact decoration = iota
	headerArtifact
	footerArtifact
	watermarkArtifact
)

func (c *content) reset(d *document, number int) {
	*c = content{
		d: d, number: number, height: d.doc.Pages[number].Height,
		out: c.out[:0], open: closed,
	}
	c.stroke, c.width = 0, unit.PerPoint
}

func (c *content) close() {
	c.endText()
	c.endMark()
	c.flushLink()
}

// draw writes one item.
func (c *content) draw(item page.Item) {
	switch item := item.(type) {
	case *page.Text:
		kind := headerArtifact
		if item.Y > c.height/2 {
			kind = footerArtifact
		}
		c.mark(item.Element, kind)
		c.text(item)
	case *page.Rule:
		c.mark(ownContent(c.d.elements, item.Element), layoutArtifact)
		c.rule(item)
	case *page.Fill:
		c.mark(ownContent(c.d.elements, item.Element), layoutArtifact)
		c.area(item)
	case *page.Path:
		c.mark(ownContent(c.d.elements, item.Element), layoutArtifact)
		c.path(item)
	case *page.Image:
		c.mark(item.Element, layoutArtifact)
		c.image(item)
	case *page.Foreign:
		c.mark(item.Element, layoutArtifact)
		c.foreign(item)
	case *page.Link:
		c.extend(item)
	}
}

// ownContent keeps rules and fills out of elements that may hold only other
// elements: the border of a row is decoration.
func ownContent(elements []page.Element, element int) int {
	if element < 0 || element >= len(elements) {
		return page.Artifact
	}
	switch elements[element].Role {
	case page.RoleDocument, page.RoleSect, page.RoleDiv, page.RoleTable, page.RoleTHead,
		page.RoleTBody, page.RoleTR, page.RoleTH, page.RoleTD, page.RoleL, page.RoleLI, page.RoleTOC, page.RoleTOCI:
		return page.Artifact
	}
	return element
}

// mark opens the marked content sequence in which the element's content
// stands, or an artifact of the given kind, unless it is open.
func (c *content) mark(element int, kind decoration) {
	if element < 0 || element >= len(c.d.elements) {
		element = page.Artifact
	}
	if element == c.open && (element != page.Artifact || kind == c.decoration) {
		return
	}
	c.endText()
	c.endMark()
	c.open, c.decoration = element, kind
	if element == page.Artifact {
		c.out.put([...]string{
			"/Artifact<</Type/Layout>>BDC\n",
			"/Artifact<</Type/Pagination/Subtype/Header/Attached[/Top]>>BDC\n",
			"/Artifact<</Type/Pagination/Subtype/Footer/Attached[/Bottom]>>BDC\n",
			"/Artifact<</Type/Pagination/Subtype/Watermark>>BDC\n",
		}[kind])
		return
	}
	c.out.put("/")
	c.out.put(c.d.elements[element].Role.String())
	c.out.key("<</MCID", len(c.marks))
	c.out.put(">>BDC\n")
	c.d.tree.content(element, c.number, len(c.marks))
	c.marks = append(c.marks, element)
}

func (c *content) endMark() {
	if c.open != closed {
		c.out.put("EMC\n")
		c.open = closed
	}
}

func (c *content) endText() {
	if c.inText {
		c.out.put("ET\n")
		c.inText = false
	}
}

// place writes x and y of the page's upper left system as PDF has them.
func (c *content) place(x, y unit.EMU) {
	c.out.points(x)
	c.out.put(" ")
	c.out.points(c.height - y)
	c.out.put(" ")
}

func (c *content) setFill(color page.Color) {
	if color != c.fill {
		c.fill = color
		c.color(color, " g\n", " rg\n")
	}
}

func (c *content) setStroke(color page.Color) {
	if color != c.stroke {
		c.stroke = color
		c.color(color, " G\n", " RG\n")
	}
}

func (c *content) color(color page.Color, grey, rgb string) {
	part := func(shift uint) {
		v := int64(color >> shift & 0xFF)
		c.out.thousandths((v*1000 + 127) / 255)
	}
	if r, g, b := color>>16&0xFF, color>>8&0xFF, color&0xFF; r == g && g == b {
		part(0)
		c.out.put(grey)
		return
	}
	part(16)
	c.out.put(" ")
	part(8)
	c.out.put(" ")
	part(0)
	c.out.put(rgb)
}

// text writes one piece of a line.
func (c *content) text(t *page.Text) {
	u := c.d.faces.of[t.Face]
	if u == nil || t.Text == "" {
		return
	}
	if !c.inText {
		c.out.put("BT\n")
		c.inText, c.x, c.y, c.turned = true, 0, 0, false
	}
	if u != c.face || t.Size != c.size {
		c.face, c.size = u, t.Size
		c.out.put("/F")
		c.out.int(u.number)
		c.out.put(" ")
		c.out.points(t.Size)
		c.out.put(" Tf\n")
	}
	if t.Spacing != c.spacing {
		c.spacing = t.Spacing
		c.out.points(t.Spacing)
		c.out.put(" Tc\n")
	}
	c.setFill(c.seen(t.Color, t.Clear))
	if t.Clear != 0 {
		c.setClear(t.Clear)
		defer c.setClear(0)
	}
	mode := 0
	if t.Embolden {
		mode = 2
		c.setStroke(t.Color)
		c.setWidth(t.Size / 30)
		c.setDash(nil)
	}
	if mode != c.rendered {
		c.rendered = mode
		c.out.int(mode)
		c.out.put(" Tr\n")
	}
	x, y := hundredths(t.X), hundredths(c.height-t.Y)
	if turned := t.Rotate != 0 || t.Skew || t.Stretch != 0; turned || c.turned {
		c.matrix(t)
		c.turned = turned
		c.out.hundredths(x)
		c.out.put(" ")
		c.out.hundredths(y)
		c.out.put(" Tm\n")
	} else {
		c.out.hundredths(x - c.x)
		c.out.put(" ")
		c.out.hundredths(y - c.y)
		c.out.put(" Td")
	}
	c.x, c.y = x, y
	if !hasMark(t.Text) {
		c.show(t, u, false)
		return
	}
	// Readers tear a word at a mark that was moved over its letter: they are
	// told the word. Characters of private use say nothing to anybody, and
	// PDF/A wants them said (ISO 19005-2, 6.2.11.7.3).
	c.out.put(" /Span<</ActualText")
	c.out.text(strings.Map(func(r rune) rune {
		if isPrivate(r) {
			return '\uFFFD'
		}
		return r
	}, t.Text))
	c.out.put(">>BDC ")
	c.show(t, u, true)
	c.out.put("EMC\n")
}

// matrix writes the first four numbers of the text matrix; the slant is that
// of 12 degrees.
func (c *content) matrix(t *page.Text) {
	switch {
	case t.Rotate%90 != 0 || t.Stretch != 0:
		sin, cos := math.Sincos(float64(t.Rotate) * math.Pi / 180)
		stretch, slant := 1.0, 0.0
		if t.Stretch != 0 {
			stretch = float64(t.Stretch) / 100
		}
		if t.Skew {
			slant = .21
		}
		for _, v := range [4]float64{cos * stretch, sin * stretch, slant*cos - sin, slant*sin + cos} {
			c.out.tenthousandths(int64(math.Round(v * 10000)))
			c.out.put(" ")
		}
	case t.Rotate == 90 && t.Skew:
		c.out.put("0 1 -1 .21 ")
	case t.Rotate == 90:
		c.out.put("0 1 -1 0 ")
	case t.Rotate == 180:
		c.out.put("-1 0 0 -1 ")
	case t.Rotate == 270 && t.Skew:
		c.out.put("0 -1 1 -.21 ")
	case t.Rotate == 270:
		c.out.put("0 -1 1 0 ")
	case t.Skew:
		c.out.put("1 0 .21 1 ")
	default:
		c.out.put("1 0 0 1 ")
	}
}

// show writes the characters as slots of the subset, kerned when asked for;
// marks is what hasMark says of them.
func (c *content) show(t *page.Text, u *usage, marks bool) {
	text := t.Text
	if t.Hyphen {
		text = softHyphen(text)
	}
	if t.Ligate {
		text = t.Face.Ligate(text)
	}
	if !t.Kern && !marks {
		c.out = append(c.out, '(')
		for _, r := range text {
			if slot := u.slot(r); slot != 0 {
				c.out = appendEscaped(c.out, byte(slot>>8))
				c.out = appendEscaped(c.out, byte(slot))
			}
		}
		c.out.put(")Tj\n")
		return
	}
	c.out.put("[(")
	left := uint16(0)
	for _, r := range text {
		slot := u.slot(r)
		if slot == 0 {
			continue
		}
		glyph := t.Face.Glyph(r)
		if isMark(r) && left != 0 {
			c.combine(t, left, glyph, slot)
			continue
		}
		if t.Kern && left != 0 {
			c.shift(t.Face.Kern(left, glyph), t.Face)
		}
		left = glyph
		c.out = appendEscaped(c.out, byte(slot>>8))
		c.out = appendEscaped(c.out, byte(slot))
	}
	c.out.put(")]TJ\n")
}

// shift moves the pen within TJ by font units.
func (c *content) shift(units int, f *font.Face) {
	if units == 0 {
		return
	}
	c.out.put(")")
	c.out.hundredths(int64(math.Round(float64(-units) * 100000 / float64(f.UnitsPerEm()))))
	c.out.put("(")
}

// combine draws a combining mark over the letter before it.
func (c *content) combine(t *page.Text, letter, mark, slot uint16) {
	dx, dy := t.Face.MarkShift(letter, mark)
	c.shift(dx, t.Face)
	rise := func(units int) {
		if dy != 0 {
			c.out.put(")]TJ ")
			c.out.points(t.Size * unit.EMU(units) / unit.EMU(t.Face.UnitsPerEm()))
			c.out.put(" Ts[(")
		}
	}
	rise(dy)
	c.out = appendEscaped(c.out, byte(slot>>8))
	c.out = appendEscaped(c.out, byte(slot))
	rise(0)
	c.shift(-dx, t.Face)
}

// isMark reports whether a character stands over or under the one before it.
func isMark(r rune) bool { return r >= 0x0300 && r <= 0x036F || r >= 0x0483 && r <= 0x0487 }

func isPrivate(r rune) bool { return r >= 0xE000 && r <= 0xF8FF || r >= 0xF0000 }

// hasMark reports whether text holds combining marks, or characters of
// private use, which are as rare.
func hasMark(text string) bool {
	for i := range len(text) {
		// The bytes that such characters begin with; most text has none.
		if c := text[i]; c == 0xCC || c == 0xCD || c == 0xD2 || c >= 0xEE {
			return strings.ContainsFunc(text, func(r rune) bool { return isMark(r) || isPrivate(r) })
		}
	}
	return false
}

// softHyphen makes the hyphen at the end of text a soft one, so that the torn
// word is read back whole.
func softHyphen(text string) string {
	runes := []rune(text)
	for i := len(runes) - 1; i >= 0; i-- {
		switch runes[i] {
		case ' ':
		case '-', 0x2010, 0x00AD:
			runes[i] = 0x00AD
			return string(runes)
		default:
			return text
		}
	}
	return text
}

func (c *content) setWidth(width unit.EMU) {
	if width != c.width {
		c.width = width
		c.out.points(width)
		c.out.put(" w\n")
	}
}

func (c *content) setDash(dash []unit.EMU) {
	if len(dash) == 0 && !c.dashed {
		return
	}
	c.dashed = len(dash) > 0
	c.out.put("[")
	for _, length := range dash {
		c.out.points(length)
		c.out.put(" ")
	}
	c.out.put("]0 d\n")
}

func (c *content) rule(r *page.Rule) {
	c.endText()
	c.setStroke(r.Color)
	c.setWidth(r.Width)
	c.setDash(r.Dash)
	c.place(r.X1, r.Y1)
	c.out.put("m ")
	c.place(r.X2, r.Y2)
	c.out.put("l S\n")
}

func (c *content) area(f *page.Fill) {
	c.endText()
	c.setFill(f.Color)
	if len(f.Points) == 0 {
		c.place(f.X, f.Y+f.Height)
		c.out.points(f.Width)
		c.out.put(" ")
		c.out.points(f.Height)
		c.out.put(" re f\n")
		return
	}
	for i, p := range f.Points {
		c.place(p.X, p.Y)
		c.out.put([...]string{"m ", "l "}[min(i, 1)])
	}
	c.out.put("h f\n")
}

// path draws an outline. Its ends are cut off square and its corners mitred,
// as those of rules.
func (c *content) path(p *page.Path) {
	if len(p.Steps) == 0 || !p.Filled && !p.Stroked {
		return
	}
	c.endText()
	c.setClear(p.Clear)
	if p.Filled {
		c.setFill(c.seen(p.Fill, p.Clear))
	}
	if p.Stroked {
		c.setStroke(c.seen(p.Color, p.Clear))
		c.setWidth(p.Width)
		c.setDash(p.Dash)
	}
	for _, s := range p.Steps {
		switch s.Kind {
		case page.Move:
			c.place(s.To.X, s.To.Y)
			c.out.put("m ")
		case page.Line:
			c.place(s.To.X, s.To.Y)
			c.out.put("l ")
		case page.Curve:
			c.place(s.C1.X, s.C1.Y)
			c.place(s.C2.X, s.C2.Y)
			c.place(s.To.X, s.To.Y)
			c.out.put("c ")
		case page.Close:
			c.out.put("h ")
		}
	}
	switch {
	case p.Filled && p.Stroked:
		c.out.put("B\n")
	case p.Filled:
		c.out.put("f\n")
	default:
		c.out.put("S\n")
	}
	c.setClear(0)
}

// seen returns a colour that is partly transparent as it is drawn: itself, or,
// where the level knows no transparency, as it looks on white.
func (c *content) seen(color page.Color, clear uint8) page.Color {
	if !c.d.plain || clear == 0 || clear > 100 {
		return color
	}
	part := func(shift uint) page.Color {
		v := uint32(color >> shift & 0xFF)
		return page.Color((v*uint32(100-clear)+255*uint32(clear)+50)/100) << shift
	}
	return part(16) | part(8) | part(0)
}

// setClear sets the transparency, in per cent; level A-1 has none.
func (c *content) setClear(percent uint8) {
	if c.d.plain || percent == c.clear || percent > 100 {
		return
	}
	c.clear = percent
	c.d.clear[percent] = true
	c.out.put("/T")
	c.out.int(int(percent))
	c.out.put(" gs\n")
}

func (c *content) image(m *page.Image) {
	c.endText()
	// A picture of which a part is shown is larger than its box.
	width, height := m.Width, m.Height
	left, top, right, bottom := m.Crop[0], m.Crop[1], m.Crop[2], m.Crop[3]
	cropped := m.Crop != [4]float64{} && left+right < 1 && top+bottom < 1
	if cropped {
		width = unit.EMU(float64(width) / (1 - left - right))
		height = unit.EMU(float64(height) / (1 - top - bottom))
	}
	number, err := c.d.images.load(c.d, m.Data, width, height)
	if err != nil {
		text := "рисунок не нарисован"
		if m.Element >= 0 && m.Element < len(c.d.elements) && c.d.elements[m.Element].Alt != "" {
			text = "рисунок «" + c.d.elements[m.Element].Alt + "» не нарисован"
		}
		c.d.warn(c.number, "вставьте рисунок заново, в формате PNG или JPEG", "%s: %s", text, err)
		c.frame(m.X, m.Y, m.Width, m.Height)
		return
	}
	c.out.put("q ")
	turn := func(degrees int) { // clockwise about the middle
		if degrees%360 == 0 {
			return
		}
		sin, cos := math.Sincos(-float64(degrees) * math.Pi / 180)
		x, y := (m.X + m.Width/2).Points(), (c.height - m.Y - m.Height/2).Points()
		for _, v := range [6]float64{cos, sin, -sin, cos, x - x*cos + y*sin, y - x*sin - y*cos} {
			c.out.tenthousandths(int64(math.Round(v * 10000)))
			c.out.put(" ")
		}
		c.out.put("cm ")
	}
	turn(m.Rotate)
	if m.FlipH || m.FlipV { // about the middle
		sx, sy, dx, dy := int64(1), int64(1), int64(0), int64(0)
		if m.FlipH {
			sx, dx = -1, hundredths(2*m.X+m.Width)
		}
		if m.FlipV {
			sy, dy = -1, hundredths(2*(c.height-m.Y)-m.Height)
		}
		c.out.int(int(sx))
		c.out.put(" 0 0 ")
		c.out.int(int(sy))
		c.out.put(" ")
		c.out.hundredths(dx)
		c.out.put(" ")
		c.out.hundredths(dy)
		c.out.put(" cm ")
	}
	x, y := m.X, m.Y
	if cropped {
		c.place(x, y+m.Height)
		c.out.points(m.Width)
		c.out.put(" ")
		c.out.points(m.Height)
		c.out.put(" re W n ")
		x -= unit.EMU(float64(width) * left)
		y -= unit.EMU(float64(height) * top)
	}
	c.out.points(width)
	c.out.put(" 0 0 ")
	c.out.points(height)
	c.out.put(" ")
	c.place(x, y+height)
	c.out.put("cm/I")
	c.out.int(number)
	c.out.put(" Do Q\n")
}

// frame draws an empty box in the place of a picture.
func (c *content) frame(x, y, width, height unit.EMU) {
	c.setStroke(0x808080)
	c.setWidth(unit.PerPoint / 2)
	c.setDash(nil)
	c.place(x, y+height)
	c.out.points(width)
	c.out.put(" ")
	c.out.points(height)
	c.out.put(" re S\n")
}

// extend takes in the area of a link. Areas of one link on one line, such as
// the title, the leader and the number of an entry in a table of contents, are
// one annotation: each is a stop for those who go by the keyboard.
func (c *content) extend(l *page.Link) {
	p := c.pending
	if p != nil && p.Element == l.Element && l.Element >= 0 && p.URI == l.URI && p.Page == l.Page && p.ToY == l.ToY && p.Alt == l.Alt &&
		l.X >= p.X && l.Y < p.Y+p.Height && p.Y < l.Y+l.Height {
		bottom := max(p.Y+p.Height, l.Y+l.Height)
		p.Width, p.Y = max(p.X+p.Width, l.X+l.Width)-p.X, min(p.Y, l.Y)
		p.Height = bottom - p.Y
		return
	}
	c.flushLink()
	area := *l
	c.pending = &area
}

func (c *content) flushLink() {
	if c.pending != nil {
		c.link(c.pending)
		c.pending = nil
	}
}

// linkText returns the words of a link on this page, for a link into the
// document has no address to be told.
func (c *content) linkText(element int) string {
	var b strings.Builder
	var last *page.Text
	for _, item := range c.d.doc.Pages[c.number].Items {
		if t, ok := item.(*page.Text); ok && t.Element == element {
			if last != nil && (t.Y != last.Y || t.X-last.X-last.Width > t.Size/8) {
				b.WriteByte(' ')
			}
			b.WriteString(t.Text)
			last = t
		}
	}
	words := strings.Join(strings.Fields(b.String()), " ")
	if words == "" || element < 0 {
		return "Переход внутри документа"
	}
	return words
}

// link writes a link annotation; the reader draws nothing for it.
//
// ISO 14289-1, 7.18.5: it stands in an element Link and says where it leads.
func (c *content) link(l *page.Link) {
	d := c.d
	if l.URI == "" && (l.Page < 0 || l.Page >= len(d.pages)) {
		return
	}
	uri := asciiURI(l.URI)
	if len(uri) > maxText {
		d.warn(c.number, "сократите её", "ссылка длиной %d знаков не работает", len(uri))
		return
	}
	element := d.linkElement(l)
	annotation := d.alloc()
	c.annotations = append(c.annotations, annotation)
	d.tree.annotation(element, c.number, annotation)
	alt := l.Alt
	if alt == "" {
		alt = l.URI
	}
	if alt == "" {
		alt = c.linkText(l.Element)
	}
	var s syntax
	s.put("<</Type/Annot/Subtype/Link/F 4/Border[0 0 0]/Rect[")
	for _, v := range [4]unit.EMU{l.X, c.height - l.Y - l.Height, l.X + l.Width, c.height - l.Y} {
		s.points(v)
		s.put(" ")
	}
	s.put("]/Contents")
	s.text(alt)
	s.key("/StructParent", len(d.pages)+len(d.links))
	if l.URI != "" {
		s.put("/A<</S/URI/URI")
		s.literal([]byte(uri))
		s.put(">>")
	} else {
		s.put("/Dest")
		d.destination(&s, l.Page, l.ToY)
	}
	s.put(">>")
	d.object(annotation, s)
	d.links = append(d.links, element)
}

// linkElement returns the element Link of l, a new one when layout gave none.
func (d *document) linkElement(l *page.Link) int {
	if l.Element >= 0 && l.Element < len(d.elements) && d.elements[l.Element].Role == page.RoleLink {
		return l.Element
	}
	parent := 0
	if l.Element > 0 && l.Element < len(d.elements) {
		parent = l.Element
	}
	d.elements = append(d.elements[:len(d.elements):len(d.elements)], page.Element{Role: page.RoleLink, Parent: parent, Alt: l.Alt})
	d.tree.add(d.elements)
	return len(d.elements) - 1
}

// destination writes a place on a page.
func (d *document) destination(s *syntax, number int, y unit.EMU) {
	s.put("[")
	s.ref(d.pages[number])
	s.put("/XYZ 0 ")
	s.points(d.doc.Pages[number].Height - y)
	s.put(" 0]")
}

// asciiURI escapes what a URI may not hold (ISO 32000-1, 12.6.4.7).
func asciiURI(uri string) string {
	const digits = "0123456789ABCDEF"
	var b []byte
	for i := range len(uri) {
		if c := uri[i]; c > ' ' && c < 0x7F && c != '<' && c != '>' && c != '"' {
			b = append(b, c)
		} else {
			b = append(b, '%', digits[c>>4], digits[c&15])
		}
	}
	return string(b)
}

// watermark lays the words of Options.Watermark slanting across the page, in
// a light grey under all else; over it when state names a graphics state in
// which grey darkens what is there.
func (c *content) watermark(state string) {
	words, face := c.d.options.Watermark, c.d.options.WatermarkFace
	u := c.d.faces.of[face]
	if words == "" || u == nil {
		return
	}
	c.mark(page.Artifact, watermarkArtifact)
	p := &c.d.doc.Pages[c.number]
	width, height := p.Width.Points(), p.Height.Points()
	diagonal := math.Hypot(width, height)
	natural := 0
	for _, r := range words {
		natural += face.Advance(face.Glyph(r))
	}
	if natural == 0 {
		return
	}
	em := float64(face.UnitsPerEm())
	size := min(0.62*diagonal*em/float64(natural), 160)
	sin, cos := height/diagonal, width/diagonal
	along, across := float64(natural)*size/em/2, float64(face.CapHeight())*size/em/2
	x := width/2 - along*cos + across*sin
	y := height/2 - along*sin - across*cos
	c.out.put("q ")
	c.out.put(state)
	c.out.put(".88 g BT /F")
	c.out.int(u.number)
	c.out.put(" ")
	c.out.hundredths(int64(math.Round(size * 100)))
	c.out.put(" Tf ")
	for _, v := range [6]float64{cos, sin, -sin, cos, x, y} {
		c.out.tenthousandths(int64(math.Round(v * 10000)))
		c.out.put(" ")
	}
	c.out.put("Tm")
	c.show(&page.Text{Text: words, Face: face}, u, hasMark(words))
	c.out.put("ET Q\n")
}

// thousandths writes n/1000, tenthousandths n/10000.
func (s *syntax) thousandths(n int64)    { s.decimal(n, 1000) }
func (s *syntax) tenthousandths(n int64) { s.decimal(n, 10000) }

func (s *syntax) decimal(n, scale int64) {
	if n < 0 {
		*s = append(*s, '-')
		n = -n
	}
	s.int(int(n / scale))
	rest := n % scale
	if rest == 0 {
		return
	}
	*s = append(*s, '.')
	for rest > 0 {
		scale /= 10
		*s = append(*s, byte('0'+rest/scale))
		rest %= scale
	}
}
