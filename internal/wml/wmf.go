package wml

import (
	"bytes"
	"math"

	"golang.org/x/text/encoding/charmap"
)

// wmf plays the records of a WMF; its lengths are counted in words.
func (m *metafile) wmf(data []byte) {
	m.right, m.bottom = 1, 1 // the window is shown in the whole box
	if data[0] == 0xD7 {
		side := func(at int) float64 { return float64(int16(m.le.Uint16(data[at:]))) }
		m.dc.wox, m.dc.woy, m.dc.wex, m.dc.wey = side(6), side(8), side(10)-side(6), side(12)-side(8)
		data = data[22:]
	}
	data = data[18:]
	for count := 0; len(data) >= 6 && count < maxRecords; count++ {
		size := int64(m.le.Uint32(data)) * 2
		if size < 6 || size > int64(len(data)) {
			return
		}
		m.wmfRecord(m.le.Uint16(data[4:]), data[6:size])
		data = data[size:]
	}
}

func (m *metafile) wmfRecord(kind uint16, r []byte) {
	short := func(i int) float64 { return float64(int16(m.le.Uint16(r[2*i:]))) }
	word := func(i int) uint32 { return m.le.Uint32(r[2*i:]) }
	places := func(at, count int) (list []float64) {
		for i := range 2 * count {
			list = append(list, short(at+i))
		}
		return list
	}
	create := func(object any) { // takes the lowest handle that is free
		for h := uint32(0); h < 10_000; h++ {
			if m.objects[h] == nil {
				m.objects[h] = object
				return
			}
		}
	}
	c := &m.dc
	switch kind {
	case 0x020B:
		c.woy, c.wox = short(0), short(1)
	case 0x020C:
		c.wey, c.wex = short(0), short(1)
	case 0x001E:
		m.save()
	case 0x0127:
		m.restore(int(int16(m.le.Uint16(r))))
	case 0x0209:
		c.textColor = colorRef(word(0))
	case 0x012E:
		c.align = uint32(m.le.Uint16(r))
	case 0x0214:
		c.y, c.x = short(0), short(1)
	case 0x0213:
		m.poly([]float64{short(1), short(0)}, false, false, true)
		m.draw(false, true)
	case 0x02FA:
		create(pen(uint32(m.le.Uint16(r)), short(1), word(3)))
	case 0x02FC:
		create(brush(uint32(m.le.Uint16(r)), word(1)))
	case 0x02FB:
		face, _, _ := bytes.Cut(r[18:], []byte{0})
		name, _ := charmap.Windows1251.NewDecoder().String(string(face))
		create(metaFont{height: math.Abs(short(0)), turn: short(2) / 10, bold: short(4) >= 600, italic: r[10] != 0, face: name})
	case 0x00F7, 0x01F9, 0x06FF, 0x0142: // palettes, patterns and regions take handles too
		create(struct{}{})
	case 0x012D:
		m.choose(uint32(m.le.Uint16(r)))
	case 0x01F0:
		delete(m.objects, uint32(m.le.Uint16(r)))
	case 0x0325:
		m.poly(places(1, int(short(0))), false, false, false)
		m.draw(false, true)
	case 0x0324:
		m.poly(places(1, int(short(0))), false, true, false)
		m.draw(true, true)
	case 0x0538:
		n := int(short(0))
		at := 1 + n
		for i := range n {
			k := int(short(1 + i))
			m.poly(places(at, k), false, true, false)
			at += 2 * k
		}
		m.draw(true, true)
	case 0x041B, 0x061C:
		if kind == 0x061C {
			r = r[4:]
		}
		m.rectangle(short(3), short(2), short(1), short(0))
		m.draw(true, true)
	case 0x0418:
		m.ellipse(short(3), short(2), short(1), short(0))
		m.draw(true, true)
	case 0x0521:
		n := int(short(0))
		text, _ := charmap.Windows1251.NewDecoder().String(string(r[2:][:n]))
		at := 1 + (n+1)/2
		m.text(text, short(at+1), short(at))
	case 0x0A32:
		n, at := int(short(2)), 8
		if short(3) != 0 {
			at += 8 // a rectangle to clip or fill
		}
		text, _ := charmap.Windows1251.NewDecoder().String(string(r[at:][:n]))
		x, y := short(1), short(0)
		if c.align&1 != 0 {
			x, y = c.x, c.y
		}
		m.text(text, x, y)
	case 0x0F43, 0x0B41: // StretchDIB, DIBStretchBlt
		at := 11
		if kind == 0x0B41 {
			at = 10
		}
		if len(r) > 2*at+40 {
			dib := r[2*at:]
			m.bitmap(word(0), dib, dib[dibHeader(dib):], short(at-1), short(at-2), short(at-3), short(at-4))
		}
	case 0x061D: // PatBlt
		if word(0) == copyPattern {
			m.rectangle(short(5), short(4), short(5)+short(3), short(4)+short(2))
			m.draw(true, false)
		}
	}
}
