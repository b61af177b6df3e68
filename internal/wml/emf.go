package wml

import (
	"encoding/binary"
	"math"
	"unicode/utf16"
)

// emf plays the records of an EMF.
func (m *metafile) emf(data []byte) {
	for count := 0; len(data) >= 8 && count < maxRecords; count++ {
		size := m.le.Uint32(data[4:])
		if size < 8 || int64(size) > int64(len(data)) {
			return
		}
		m.emfRecord(m.le.Uint32(data), data[:size])
		data = data[size:]
	}
}

func (m *metafile) emfRecord(kind uint32, r []byte) {
	long := func(at int) float64 { return float64(int32(m.le.Uint32(r[at:]))) }
	word := func(at int) uint32 { return m.le.Uint32(r[at:]) }
	float := func(at int) float64 { return float64(math.Float32frombits(m.le.Uint32(r[at:]))) }
	// places reads count points at an offset, of 16 or 32 bits
	places := func(at int, count uint32, short bool) (list []float64) {
		for i := 0; i < 2*int(min(count, 100_000)); i++ {
			if short {
				list = append(list, float64(int16(m.le.Uint16(r[at+2*i:]))))
			} else {
				list = append(list, long(at+4*i))
			}
		}
		return list
	}
	c := &m.dc
	switch kind {
	case 1: // header: the frame in hundredths of a millimetre
		sx, sy := long(72)/long(80)/100, long(76)/long(84)/100
		m.left, m.top, m.right, m.bottom = long(24)*sx, long(28)*sy, long(32)*sx, long(36)*sy
	case 9:
		if c.scaled {
			c.wex, c.wey = long(8), long(12)
			if c.vex == 1 && c.vey == 1 { // no viewport: into the whole box
				c.vex, c.vey = m.right-m.left, m.bottom-m.top
			}
		}
	case 10:
		c.wox, c.woy = long(8), long(12)
	case 11:
		if c.scaled {
			c.vex, c.vey = long(8), long(12)
		}
	case 12:
		c.vox, c.voy = long(8), long(12)
	case 17:
		c.scaled = word(8) >= 7
	case 22:
		c.align = word(8)
	case 24:
		c.textColor = colorRef(word(8))
	case 27:
		c.x, c.y = long(8), long(12)
		if m.inPath {
			m.step('M', c.x, c.y)
		}
	case 33:
		m.save()
	case 34:
		m.restore(int(int32(word(8))))
	case 35, 36:
		w := [6]float64{float(8), float(12), float(16), float(20), float(24), float(28)}
		o := c.world
		switch mode := kind; {
		case mode == 35 || word(32) == 4:
			c.world = w
		case word(32) == 1:
			c.world = [6]float64{1, 0, 0, 1, 0, 0}
		case word(32) == 2: // w first
			c.world = multiply(w, o)
		case word(32) == 3:
			c.world = multiply(o, w)
		}
	case 37:
		m.choose(word(8))
	case 38:
		m.objects[word(8)] = pen(word(12), long(16), word(24))
	case 39:
		m.objects[word(8)] = brush(word(12), word(16))
	case 40:
		delete(m.objects, word(8))
	case 42:
		m.ellipse(long(8), long(12), long(16), long(20))
		m.draw(true, true)
	case 43, 44:
		m.rectangle(long(8), long(12), long(16), long(20))
		m.draw(true, true)
	case 54:
		m.poly([]float64{long(8), long(12)}, false, false, true)
		m.draw(false, true)
	case 59:
		m.inPath, m.path = true, nil
	case 60:
		m.inPath = false
	case 61:
		m.step('Z')
	case 62:
		m.draw(true, false)
	case 63:
		m.draw(true, true)
	case 64:
		m.draw(false, true)
	case 67: // clipping to a path is left out
		m.path = nil
	case 81: // StretchDIBits
		m.bitmap(word(68), r[word(48):][:word(52)], r[word(56):][:word(60)], long(24), long(28), long(72), long(76))
	case 76, 77, 114: // BitBlt, StretchBlt, AlphaBlend: with a bitmap, or a brush over an area
		if at := word(84); at > 0 && word(88) > 0 {
			how := word(40)
			if kind == 114 {
				how = blend
			}
			m.bitmap(how, r[at:][:word(88)], r[word(92):][:word(96)], long(24), long(28), long(32), long(36))
		} else if word(40) == copyPattern {
			m.rectangle(long(24), long(28), long(24)+long(32), long(28)+long(36))
			m.draw(true, false)
		}
	case 82:
		height := math.Abs(long(12))
		if long(12) > 0 { // of the cell, not of the em
			height *= 0.87
		}
		m.objects[word(8)] = metaFont{height: height, turn: long(20) / 10, bold: long(28) >= 600, italic: r[32] != 0, face: wide(r[40 : 40+64])}
	case 84:
		n, at := word(44), word(48)
		m.text(wide(r[at:][:2*n]), long(36), long(40))
	case 95:
		m.objects[word(8)] = pen(word(28), long(32), word(40))
	case 2, 85:
		m.poly(places(28, word(24), kind > 80), true, false, false)
		m.draw(false, true)
	case 3, 86:
		m.poly(places(28, word(24), kind > 80), false, true, false)
		m.draw(true, true)
	case 4, 87:
		m.poly(places(28, word(24), kind > 80), false, false, false)
		m.draw(false, true)
	case 5, 88:
		m.poly(places(28, word(24), kind > 80), true, false, true)
		m.draw(false, true)
	case 6, 89:
		m.poly(places(28, word(24), kind > 80), false, false, true)
		m.draw(false, true)
	case 7, 8, 90, 91:
		closed := kind == 8 || kind == 91
		size := 8
		if kind > 80 {
			size = 4
		}
		at := 32 + 4*int(word(24))
		for i := range int(word(24)) {
			n := word(32 + 4*i)
			m.poly(places(at, n, kind > 80), false, closed, false)
			at += size * int(n)
		}
		m.draw(closed, true)
	}
}

// multiply returns the transform that does a, then b.
func multiply(a, b [6]float64) [6]float64 {
	return [6]float64{a[0]*b[0] + a[1]*b[2], a[0]*b[1] + a[1]*b[3], a[2]*b[0] + a[3]*b[2], a[2]*b[1] + a[3]*b[3],
		a[4]*b[0] + a[5]*b[2] + b[4], a[4]*b[1] + a[5]*b[3] + b[5]}
}

// wide reads UTF-16 up to a zero.
func wide(b []byte) string {
	var units []uint16
	for ; len(b) >= 2; b = b[2:] {
		v := binary.LittleEndian.Uint16(b)
		if v == 0 {
			break
		}
		units = append(units, v)
	}
	return string(utf16.Decode(units))
}
