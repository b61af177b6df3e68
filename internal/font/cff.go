package font

import "math"

// cff is the outlines of an OpenType face with PostScript outlines. A glyph is
// turned into a TrueType one when it is asked for: its cubic curves into
// quadratic ones that stay within half a unit, its hints dropped. So the rest
// of this package, and the PDF, know one kind of outlines.
//
// Adobe Technical Notes 5176 (CFF) and 5177 (Type 2 charstrings). Not read:
// the arithmetic operators, which no font maker writes, and accents put
// together by endchar.
type cff struct {
	glyphs  index
	global  index
	private []index // local subroutines of each font dictionary
	choice  []byte  // FDSelect; nil when there is one dictionary
}

// index is an INDEX: count, and where its parts stand in data.
type index struct {
	count   int
	size    int // bytes of an offset
	offsets table
	data    table
}

// readIndex reads an INDEX at a place, and returns what follows it.
func readIndex(t table, at int) (x index, next int) {
	x.count = t.u16(at)
	if x.count == 0 {
		return x, at + 2
	}
	x.size = int(t[at+2])
	if x.size < 1 || x.size > 4 {
		panic(damage("повреждены контуры PostScript"))
	}
	x.offsets = t[at+3 : at+3+(x.count+1)*x.size]
	x.data = t[at+3+(x.count+1)*x.size-1:]
	return x, at + 3 + (x.count+1)*x.size - 1 + x.offset(x.count)
}

func (x *index) offset(i int) (v int) {
	for _, b := range x.offsets[i*x.size : (i+1)*x.size] {
		v = v<<8 | int(b)
	}
	return v
}

// at returns part i; one that is not there panics, as all damage does.
func (x *index) at(i int) table {
	if i < 0 || i >= x.count {
		panic(damage("повреждены контуры PostScript"))
	}
	return x.data[x.offset(i):x.offset(i+1)]
}

// readCFF reads the table.
func readCFF(t table) *cff {
	_, at := readIndex(t, int(t[2])) // names
	tops, at := readIndex(t, at)
	_, at = readIndex(t, at) // strings
	c := &cff{}
	c.global, _ = readIndex(t, at)
	top := readDict(tops.at(0))
	if kind := top[1206]; len(kind) == 1 && kind[0] != 2 {
		panic(damage("контуры PostScript вида 1 не поддерживаются"))
	}
	c.glyphs, _ = readIndex(t, one(top[17]))
	if dicts := top[1236]; dicts != nil {
		list, _ := readIndex(t, one(dicts))
		for i := range list.count {
			c.private = append(c.private, subroutines(t, readDict(list.at(i))))
		}
		c.choice = readChoice(t, one(top[1237]), c.glyphs.count)
		return c
	}
	c.private = []index{subroutines(t, top)}
	return c
}

func one(operands []int) int {
	if len(operands) == 0 {
		panic(damage("повреждены контуры PostScript"))
	}
	return operands[0]
}

// subroutines reads the local ones, which Private of a dictionary names.
func subroutines(t table, dict map[int][]int) (x index) {
	private := dict[18]
	if len(private) != 2 {
		return x
	}
	inner := readDict(t[private[1] : private[1]+private[0]])
	if at := inner[19]; len(at) == 1 {
		x, _ = readIndex(t, private[1]+at[0])
	}
	return x
}

// readDict reads a DICT: operands by operator, those behind 12 as 1200 + the
// second byte. Reals, of which none is needed here, are 0.
func readDict(t table) map[int][]int {
	dict := map[int][]int{}
	var operands []int
	for i := 0; i < len(t); {
		b := int(t[i])
		i++
		switch {
		case b == 12:
			dict[1200+int(t[i])] = operands
			operands = nil
			i++
		case b <= 21:
			dict[b] = operands
			operands = nil
		case b == 28:
			operands = append(operands, t.i16(i))
			i += 2
		case b == 29:
			operands = append(operands, int(int32(t.u32(i))))
			i += 4
		case b == 30:
			for t[i]&0x0F != 0x0F && t[i]>>4 != 0x0F {
				i++
			}
			i++
			operands = append(operands, 0)
		case b <= 246:
			operands = append(operands, b-139)
		case b <= 250:
			operands = append(operands, (b-247)*256+int(t[i])+108)
			i++
		case b <= 254:
			operands = append(operands, -(b-251)*256-int(t[i])-108)
			i++
		}
	}
	return dict
}

// readChoice reads FDSelect as a dictionary for each glyph.
func readChoice(t table, at, glyphs int) []byte {
	choice := make([]byte, glyphs)
	if t[at] == 0 {
		copy(choice, t[at+1:at+1+glyphs])
		return choice
	}
	for i := range t.u16(at + 1) {
		range3 := t[at+3+3*i:]
		for g := range3.u16(0); g < min(range3.u16(3), glyphs); g++ {
			choice[g] = range3[2]
		}
	}
	return choice
}

// outline returns a glyph as a simple TrueType glyph; empty for a blank.
func (c *cff) outline(glyph int) []byte {
	p := pen{c: c}
	if c.choice == nil {
		p.local = c.private[0]
	} else if d := int(c.choice[glyph]); d < len(c.private) {
		p.local = c.private[d]
	}
	p.run(c.glyphs.at(glyph), 0)
	p.close()
	return p.glyph()
}

// pen runs a charstring.
type pen struct {
	c        *cff
	local    index
	stack    []float64
	hints    int
	begun    bool // the width, if any, has been taken off the stack
	ended    bool
	steps    int
	x, y     float64
	contours [][]curvePoint
	open     []curvePoint
}

// curvePoint is a point of a quadratic outline.
type curvePoint struct {
	x, y float64
	off  bool // a control point
}

// maxSteps bounds the operators of a glyph, maxPoints its points.
const (
	maxSteps  = 100_000
	maxPoints = 10_000
)

func (p *pen) run(t table, depth int) {
	if depth > 10 {
		panic(damage("повреждены контуры PostScript"))
	}
	for i := 0; i < len(t) && !p.ended; {
		if p.steps++; p.steps > maxSteps {
			panic(damage("повреждены контуры PostScript"))
		}
		b := int(t[i])
		i++
		switch {
		case b == 28:
			p.push(float64(t.i16(i)))
			i += 2
		case b == 255:
			p.push(float64(int32(t.u32(i))) / 65536)
			i += 4
		case b >= 251:
			p.push(float64(-(b-251)*256 - int(t[i]) - 108))
			i++
		case b >= 247:
			p.push(float64((b-247)*256 + int(t[i]) + 108))
			i++
		case b >= 32:
			p.push(float64(b - 139))
		case b == 10:
			p.call(&p.local, depth)
		case b == 29:
			p.call(&p.c.global, depth)
		case b == 11:
			return
		case b == 12:
			p.flex(int(t[i]))
			i++
		case b == 19 || b == 20: // a mask: the vertical hints may stand before it unnamed
			p.stems()
			i += (p.hints + 7) / 8
		default:
			p.operator(b)
		}
	}
}

func (p *pen) push(v float64) {
	if len(p.stack) == 513 {
		panic(damage("повреждены контуры PostScript"))
	}
	p.stack = append(p.stack, v)
}

// call runs a subroutine; its number is shifted by how many there are.
func (p *pen) call(x *index, depth int) {
	n := len(p.stack) - 1
	bias := 107
	if x.count >= 33900 {
		bias = 32768
	} else if x.count >= 1240 {
		bias = 1131
	}
	number := int(p.stack[n]) + bias
	p.stack = p.stack[:n]
	p.run(x.at(number), depth+1)
}

func (p *pen) stems() {
	p.begun = true
	p.hints += len(p.stack) / 2
	p.stack = p.stack[:0]
}

// operator runs an operator of one byte and empties the stack.
func (p *pen) operator(op int) {
	s := p.stack
	switch op {
	case 1, 3, 18, 23:
		p.stems()
	case 21, 22, 4: // rmoveto, hmoveto, vmoveto
		n := 1
		if op == 21 {
			n = 2
		}
		if !p.begun && len(s) > n {
			s = s[1:]
		}
		p.begun = true
		p.close()
		switch op {
		case 21:
			p.move(s[0], s[1])
		case 22:
			p.move(s[0], 0)
		case 4:
			p.move(0, s[0])
		}
		p.open = append(p.open, curvePoint{p.x, p.y, false})
	case 5: // rlineto
		for ; len(s) >= 2; s = s[2:] {
			p.line(s[0], s[1])
		}
	case 6, 7: // hlineto, vlineto
		for i, v := range s {
			if (op == 6) == (i%2 == 0) {
				p.line(v, 0)
			} else {
				p.line(0, v)
			}
		}
	case 8: // rrcurveto
		for ; len(s) >= 6; s = s[6:] {
			p.curve(s[0], s[1], s[2], s[3], s[4], s[5])
		}
	case 24: // rcurveline
		for ; len(s) >= 8; s = s[6:] {
			p.curve(s[0], s[1], s[2], s[3], s[4], s[5])
		}
		p.line(s[0], s[1])
	case 25: // rlinecurve
		for ; len(s) >= 8; s = s[2:] {
			p.line(s[0], s[1])
		}
		p.curve(s[0], s[1], s[2], s[3], s[4], s[5])
	case 26: // vvcurveto
		dx := 0.0
		if len(s)%4 == 1 {
			dx, s = s[0], s[1:]
		}
		for ; len(s) >= 4; s = s[4:] {
			p.curve(dx, s[0], s[1], s[2], 0, s[3])
			dx = 0
		}
	case 27: // hhcurveto
		dy := 0.0
		if len(s)%4 == 1 {
			dy, s = s[0], s[1:]
		}
		for ; len(s) >= 4; s = s[4:] {
			p.curve(s[0], dy, s[1], s[2], s[3], 0)
			dy = 0
		}
	case 30, 31: // vhcurveto, hvcurveto
		across := op == 31
		for ; len(s) >= 4; s = s[4:] {
			last := 0.0
			if len(s) == 5 {
				last = s[4]
			}
			if across {
				p.curve(s[0], 0, s[1], s[2], last, s[3])
			} else {
				p.curve(0, s[0], s[1], s[2], s[3], last)
			}
			across = !across
		}
	case 14:
		p.ended = true
	}
	p.stack = p.stack[:0]
}

// flex runs the operators of two bytes that draw: two curves in a row.
func (p *pen) flex(op int) {
	s := p.stack
	switch op {
	case 35:
		p.curve(s[0], s[1], s[2], s[3], s[4], s[5])
		p.curve(s[6], s[7], s[8], s[9], s[10], s[11])
	case 34:
		p.curve(s[0], 0, s[1], s[2], s[3], 0)
		p.curve(s[4], 0, s[5], -s[2], s[6], 0)
	case 36:
		p.curve(s[0], s[1], s[2], s[3], s[4], 0)
		p.curve(s[5], 0, s[6], s[7], s[8], -(s[1] + s[3] + s[7]))
	case 37:
		dx, dy := s[0]+s[2]+s[4]+s[6]+s[8], s[1]+s[3]+s[5]+s[7]+s[9]
		p.curve(s[0], s[1], s[2], s[3], s[4], s[5])
		if math.Abs(dx) > math.Abs(dy) {
			p.curve(s[6], s[7], s[8], s[9], s[10], -dy)
		} else {
			p.curve(s[6], s[7], s[8], s[9], -dx, s[10])
		}
	default:
		panic(damage("знак с вычислениями в контурах не поддерживается"))
	}
	p.stack = p.stack[:0]
}

func (p *pen) move(dx, dy float64) { p.x, p.y = p.x+dx, p.y+dy }

func (p *pen) add(x, y float64, off bool) {
	if len(p.open) > maxPoints {
		panic(damage("повреждены контуры PostScript"))
	}
	p.open = append(p.open, curvePoint{x, y, off})
}

func (p *pen) line(dx, dy float64) {
	p.move(dx, dy)
	p.add(p.x, p.y, false)
}

// curve draws a cubic curve; its numbers are the steps from point to point.
func (p *pen) curve(ax, ay, bx, by, cx, cy float64) {
	x0, y0 := p.x, p.y
	x1, y1 := x0+ax, y0+ay
	x2, y2 := x1+bx, y1+by
	p.x, p.y = x2+cx, y2+cy
	p.quadratic([8]float64{x0, y0, x1, y1, x2, y2, p.x, p.y}, 0)
}

// quadratic adds a cubic curve as quadratic ones. One that has the same ends
// and the mean of both ways to its control point is off by √3/36 of the third
// difference at most; if that is more than half a unit the curve is halved.
func (p *pen) quadratic(c [8]float64, depth int) {
	dx, dy := c[6]-3*c[4]+3*c[2]-c[0], c[7]-3*c[5]+3*c[3]-c[1]
	if math.Hypot(dx, dy)*math.Sqrt(3)/36 <= 0.5 || depth == 6 {
		p.add((3*(c[2]+c[4])-c[0]-c[6])/4, (3*(c[3]+c[5])-c[1]-c[7])/4, true)
		p.add(c[6], c[7], false)
		return
	}
	var left, right [8]float64
	for k := range 2 {
		a, b, d, e := c[k], c[2+k], c[4+k], c[6+k]
		ab, bd, de := (a+b)/2, (b+d)/2, (d+e)/2
		abd, bde := (ab+bd)/2, (bd+de)/2
		middle := (abd + bde) / 2
		left[k], left[2+k], left[4+k], left[6+k] = a, ab, abd, middle
		right[k], right[2+k], right[4+k], right[6+k] = middle, bde, de, e
	}
	p.quadratic(left, depth+1)
	p.quadratic(right, depth+1)
}

// close ends a contour. PostScript's ink lies to the left of it, TrueType's to
// the right, so it is turned round: glyphs of our making lie over it.
func (p *pen) close() {
	points := p.open
	p.open = nil
	if n := len(points); n > 1 && points[n-1].x == points[0].x && points[n-1].y == points[0].y {
		points = points[:n-1]
	}
	if len(points) < 2 {
		return
	}
	turned := make([]curvePoint, len(points))
	for i, point := range points {
		turned[(len(points)-i)%len(points)] = point
	}
	p.contours = append(p.contours, turned)
}

// glyph writes the contours as a simple glyph.
//
// OpenType 1.9, glyf, «Simple Glyph Description».
func (p *pen) glyph() []byte {
	if len(p.contours) == 0 {
		return nil
	}
	round := func(v float64) int {
		if v > 16000 || v < -16000 {
			panic(damage("повреждены контуры PostScript"))
		}
		return int(math.Floor(v + 0.5))
	}
	var xs, ys, flags []byte
	var ends table
	box := [4]int{1 << 14, 1 << 14, -1 << 14, -1 << 14}
	lastX, lastY, n := 0, 0, 0
	word := func(b []byte, v int) []byte { return append(b, byte(v>>8), byte(v)) }
	// step writes a coordinate in one byte or two, or none when it stays.
	step := func(out []byte, d int, short, same byte) ([]byte, byte) {
		switch {
		case d == 0:
			return out, same
		case d > 0 && d < 256:
			return append(out, byte(d)), short | same
		case d < 0 && d > -256:
			return append(out, byte(-d)), short
		}
		return word(out, d), 0
	}
	for _, c := range p.contours {
		for _, point := range c {
			x, y := round(point.x), round(point.y)
			box = [4]int{min(box[0], x), min(box[1], y), max(box[2], x), max(box[3], y)}
			var fx, fy byte
			xs, fx = step(xs, x-lastX, 2, 16)
			ys, fy = step(ys, y-lastY, 4, 32)
			on := byte(1)
			if point.off {
				on = 0
			}
			flags = append(flags, on|fx|fy)
			lastX, lastY = x, y
		}
		n += len(c)
		ends = word(ends, n-1)
	}
	if n > 0xFFFF {
		panic(damage("повреждены контуры PostScript"))
	}
	b := word(nil, len(p.contours))
	for _, v := range box {
		b = word(b, v)
	}
	b = append(b, ends...)
	b = word(b, 0)
	return append(append(append(b, flags...), xs...), ys...)
}
