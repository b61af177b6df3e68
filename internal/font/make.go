package font

import "encoding/binary"

// maxMade bounds the glyphs of our own making in one face.
const maxMade = 64

// blanks are the spaces that HarfBuzz, and so LibreOffice, makes of the
// plain space: a share of the em, or as noted.
var blanks = []struct {
	r   rune
	num int
	den int // of the em; 0: of the plain space
}{
	{0x00A0, 1, 0},
	{0x2000, 1, 2}, {0x2001, 1, 1}, {0x2002, 1, 2}, {0x2003, 1, 1},
	{0x2004, 1, 3}, {0x2005, 1, 4}, {0x2006, 1, 6},
	{0x2009, 1, 5}, {0x200A, 1, 16}, {0x205F, 4, 18}, {0x3000, 1, 1},
}

// make adds glyphs for characters that school papers need and the face lacks.
// The advances of ☐ ☑ ☒ ✓ ✔ are those of DejaVu Sans, which LibreOffice takes
// for them on a common machine, and so is that of ₽ where the letter Р is
// not wider.
func (f *Face) make() {
	if f.numGlyphs+maxMade > 0xFFFF {
		return
	}
	em := f.unitsPerEm
	space := f.Advance(f.Glyph(' '))
	for _, b := range blanks {
		width := space
		if b.den != 0 {
			width = em * b.num / b.den
		}
		f.add(b.r, width, nil)
	}
	f.add(0x2007, f.Advance(f.Glyph('0')), nil)
	f.add(0x2008, f.Advance(f.Glyph('.')), nil)
	f.add(0x202F, space/2, nil)
	for _, r := range []rune{0x200B, 0x200C, 0x200D, 0x2060, 0xFEFF, 0x200E, 0x200F} {
		f.add(r, 0, nil)
	}
	f.alias(0x2010, '-')
	f.alias(0x2011, 0x2010)
	f.alias(0x00AD, '-')
	f.alias(0x2212, 0x2013)
	f.alias(0x02BC, 0x2019)
	f.alias(0x2015, 0x2014)
	f.marks()
	f.rouble()
	f.boxes()
}

// marks makes combining marks that the face lacks of its spacing ones; where
// they stand over a letter is for MarkShift to say.
func (f *Face) marks() {
	for _, m := range []struct{ combining, spacing rune }{
		{0x0300, '`'}, {0x0301, '´'}, {0x0302, 'ˆ'}, {0x0303, '˜'}, {0x0304, '¯'}, {0x0306, '˘'}, {0x0307, '˙'}, {0x0308, '¨'}, {0x030A, '˚'}, {0x030C, 'ˇ'},
	} {
		glyph := f.Glyph(m.spacing)
		if f.Glyph(m.combining) != 0 || glyph == 0 {
			continue
		}
		if box, ok := f.box(glyph); ok {
			f.add(m.combining, 0, compositeOf(box, part{glyph, 0}))
		}
	}
}

// box returns the box around a glyph: left, bottom, right, top; not ok for a
// blank.
func (f *Face) box(glyph uint16) (box [4]int, ok bool) {
	if int(glyph) >= f.numGlyphs+len(f.made) {
		return box, false
	}
	defer func() {
		if recover() != nil { // a damaged charstring, of which Subset tells
			ok = false
		}
	}()
	o := table(f.outline(glyph))
	if len(o) < 10 {
		return box, false
	}
	for i := range box {
		box[i] = o.i16(2 + 2*i)
	}
	return box, true
}

// MarkShift returns by how much a combining mark that follows a letter is to
// be moved, in font units to the right and up, to stand over the middle of
// the letter and clear of it. It is the way of HarfBuzz for faces without
// anchors.
func (f *Face) MarkShift(letter, mark uint16) (dx, dy int) {
	base, ok1 := f.box(letter)
	over, ok2 := f.box(mark)
	if !ok1 || !ok2 {
		return 0, 0
	}
	// A glyph is drawn with its left edge at its side bearing.
	letterMiddle := int(f.bearings[letter]) + (base[2]-base[0])/2
	markMiddle := int(f.bearings[mark]) + (over[2]-over[0])/2
	dx = letterMiddle - f.Advance(letter) - markMiddle
	gap := f.unitsPerEm / 16
	if (over[1]+over[3])/2 > f.xHeight/2 {
		return dx, base[3] + gap - over[1]
	}
	if over[3] <= 0 {
		return dx, min(0, base[1]-gap-over[3])
	}
	return dx, 0
}

// alias lets a missing character be drawn as another one.
func (f *Face) alias(r, as rune) {
	if f.Glyph(r) == 0 && f.Glyph(as) != 0 {
		f.setGlyph(r, f.Glyph(as))
	}
}

// add makes a glyph for a character that the face lacks.
func (f *Face) add(r rune, advance int, outline []byte) {
	if f.Glyph(r) == 0 {
		f.setGlyph(r, f.addGlyph(advance, outline))
	}
}

// addGlyph appends a glyph of our making and returns its number.
func (f *Face) addGlyph(advance int, outline []byte) uint16 {
	glyph := uint16(f.numGlyphs + len(f.made))
	bearing := int16(0)
	if len(outline) >= 10 {
		bearing = int16(binary.BigEndian.Uint16(outline[2:]))
	}
	f.made = append(f.made, outline)
	f.advances = append(f.advances, uint16(min(max(advance, 0), 0xFFFF)))
	f.bearings = append(f.bearings, bearing)
	return glyph
}

// rouble makes ₽ of the letter Р and two strokes that cross its stem. The
// lower edge of the bowl stands at about two fifths of the height of the
// letter in every common face.
func (f *Face) rouble() {
	letter := f.Glyph('Р')
	if letter == 0 {
		letter = f.Glyph('P')
	}
	if f.Glyph('₽') != 0 || letter == 0 {
		return
	}
	o := f.outline(letter)
	if len(o) < 10 {
		return
	}
	left, right, top := table(o).i16(2), table(o).i16(6), table(o).i16(8)
	if right <= left || top <= 0 {
		return
	}
	em := f.unitsPerEm
	thick := em * 34 / 1000
	if !f.serif {
		thick = em * 70 / 1000
	}
	if f.bold {
		thick = thick * 3 / 2
	}
	// The bars stick out to the left, so the letter moves right by as much.
	stick := em * 45 / 1000
	advance := max(em*636/1000, f.Advance(letter)+stick)
	middle := left + (right-left)*45/100
	bars := outlineOf(
		rectangle(left-stick, top*42/100-thick/2, middle, thick),
		rectangle(left-stick, top*22/100-thick/2, left+(right-left)*70/100, thick),
	)
	bar := f.addGlyph(advance, bars)
	shift := stick/2 + max(0, (advance-f.Advance(letter))/2)
	f.add('₽', advance, compositeOf([4]int{left - stick + shift, 0, right + shift, top}, part{letter, shift}, part{bar, shift}))
}

// boxes makes the ballot boxes, the tick, and the bullets that Word takes
// from Wingdings.
func (f *Face) boxes() {
	em := f.unitsPerEm
	at := func(x, y int) point { return point{x * em / 1000, y * em / 1000} }
	scaled := func(corners ...int) (c contour) {
		for i := 0; i < len(corners); i += 2 {
			c = append(c, at(corners[i], corners[i+1]))
		}
		return c
	}
	// Clockwise is ink, counter-clockwise is a hole.
	outer := scaled(90, -60, 90, 660, 806, 660, 806, -60)
	hole := scaled(140, -10, 756, -10, 756, 610, 140, 610)
	tick := scaled(230, 300, 290, 350, 410, 200, 640, 540, 700, 500, 415, 80)
	cross := []contour{
		scaled(240, 140, 600, 500, 650, 450, 290, 90),
		scaled(240, 460, 290, 510, 656, 144, 606, 94),
	}
	ballot := em * 1836 / 2048
	f.add('☐', ballot, outlineOf(outer, hole))
	f.add('☑', ballot, outlineOf(outer, hole, tick))
	f.add('☒', ballot, outlineOf(append([]contour{outer, hole}, cross...)...))
	big := scaled(90, 300, 170, 370, 330, 170, 660, 700, 740, 660, 340, 20)
	f.add('✓', em*1716/2048, outlineOf(big))
	f.add('✔', em*1716/2048, outlineOf(scaled(80, 300, 200, 400, 340, 220, 640, 720, 760, 640, 350, 0)))
	f.add('✗', em*1716/2048, outlineOf(scaled(140, 40, 620, 700, 700, 650, 220, -10), scaled(140, 640, 220, 700, 700, 50, 620, -10)))
	f.add('➢', em*1716/2048, outlineOf(scaled(60, 640, 780, 330, 60, 20, 240, 330), scaled(150, 560, 300, 360, 620, 360)[:3]))
	f.add('❖', em*896/1000, outlineOf(
		scaled(419, 730, 574, 575, 419, 420, 264, 575), scaled(419, 240, 574, 85, 419, -70, 264, 85),
		scaled(174, 485, 329, 330, 174, 175, 19, 330), scaled(664, 485, 819, 330, 664, 175, 509, 330)))
	square := func(r rune, side, advance int, hollow bool) {
		low := 330 - side/2
		x := (advance - side) / 2
		contours := []contour{scaled(x, low, x, low+side, x+side, low+side, x+side, low)}
		if hollow {
			contours = append(contours, scaled(x+50, low+50, x+side-50, low+50, x+side-50, low+side-50, x+50, low+side-50))
		}
		f.add(r, em*advance/1000, outlineOf(contours...))
	}
	square('■', 604, 770, false)
	square('□', 604, 770, true)
	square('▪', 354, 604, false)
	square('▫', 354, 604, true)
	diamond := func(r rune, half int) {
		f.add(r, em*770/1000, outlineOf(scaled(385, 330+half, 385+half, 330, 385, 330-half, 385-half, 330)))
	}
	diamond('◆', 340)
	diamond('♦', 340)
	circle := func(r rune, radius, advance int, hollow bool) {
		middle := at(advance/2, 330)
		contours := []contour{disc(middle, radius*em/1000, false)}
		if hollow {
			contours = append(contours, disc(middle, (radius-50)*em/1000, true))
		}
		f.add(r, em*advance/1000, outlineOf(contours...))
	}
	circle('●', 300, 770, false)
	circle('○', 300, 770, true)
	circle('◦', 160, 590, true)
	circle('•', 170, 590, false)
	arrow := scaled(60, 310, 60, 370, 720, 370, 720, 310)
	f.add('→', em*1716/2048, outlineOf(arrow, scaled(560, 560, 790, 340, 560, 120, 520, 160, 700, 340, 520, 520)))
}

// point is a corner of an outline in font units; contour a closed polygon.
type (
	point   struct{ x, y int }
	contour []point
)

func rectangle(left, bottom, right, height int) contour {
	return contour{{left, bottom}, {left, bottom + height}, {right, bottom + height}, {right, bottom}}
}

// disc returns a circle as 24 corners, clockwise unless reversed.
func disc(middle point, radius int, reversed bool) contour {
	// cos of 0, 15, … 90 degrees in thousandths
	cos := [...]int{1000, 966, 866, 707, 500, 259, 0}
	unit := func(step int) (x, y int) {
		step = (step%24 + 24) % 24
		k := step % 6
		x, y = cos[k], cos[6-k]
		for range step / 6 {
			x, y = -y, x
		}
		return x, y
	}
	var c contour
	for i := range 24 {
		step := -i
		if reversed {
			step = i
		}
		x, y := unit(step)
		c = append(c, point{middle.x + x*radius/1000, middle.y + y*radius/1000})
	}
	return c
}

// outlineOf writes polygons as a simple glyph without instructions.
//
// OpenType 1.9, glyf, «Simple Glyph Description».
func outlineOf(contours ...contour) []byte {
	be := binary.BigEndian
	box := [4]int{1 << 14, 1 << 14, -1 << 14, -1 << 14}
	var points contour
	var ends []int
	for _, c := range contours {
		for _, p := range c {
			box = [4]int{min(box[0], p.x), min(box[1], p.y), max(box[2], p.x), max(box[3], p.y)}
		}
		points = append(points, c...)
		ends = append(ends, len(points)-1)
	}
	b := be.AppendUint16(nil, uint16(len(contours)))
	for _, v := range box {
		b = be.AppendUint16(b, uint16(v))
	}
	for _, end := range ends {
		b = be.AppendUint16(b, uint16(end))
	}
	b = be.AppendUint16(b, 0)
	for range points {
		b = append(b, 1) // on the curve, coordinates as words
	}
	last := point{}
	for _, p := range points {
		b = be.AppendUint16(b, uint16(p.x-last.x))
		last = p
	}
	last = point{}
	for _, p := range points {
		b = be.AppendUint16(b, uint16(p.y-last.y))
		last = p
	}
	return b
}

// part is a glyph within a composite, moved to the right.
type part struct {
	glyph uint16
	shift int
}

// compositeOf writes a glyph that lays parts over one another.
//
// OpenType 1.9, glyf, «Composite Glyph Description».
func compositeOf(box [4]int, parts ...part) []byte {
	const argsAreWords, argsAreXY, moreParts = 0x0001, 0x0002, 0x0020
	be := binary.BigEndian
	b := be.AppendUint16(nil, 0xFFFF)
	for _, v := range box {
		b = be.AppendUint16(b, uint16(v))
	}
	for i, p := range parts {
		flags := uint16(argsAreWords | argsAreXY)
		if i < len(parts)-1 {
			flags |= moreParts
		}
		b = be.AppendUint16(b, flags)
		b = be.AppendUint16(b, p.glyph)
		b = be.AppendUint16(b, uint16(p.shift))
		b = be.AppendUint16(b, 0)
	}
	return b
}
