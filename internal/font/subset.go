package font

import (
	"encoding/binary"
	"fmt"
	"slices"

	"nastavnik/internal/diag"
)

// Subset is a font program that shows some characters of a face.
//
// Slot 0 is the missing glyph; slot i from 1 shows Runes[i-1]. Each character
// has a slot of its own, even where two look alike, so that the text of a PDF
// is read back as it was written. A character that the face lacks is drawn as
// the missing glyph and is still read back right. Slots behind those of the
// characters are parts of composite glyphs.
type Subset struct {
	Program []byte // TrueType without cmap, name and post
	Runes   []rune // sorted
	Widths  []int  // advance of each slot in font units, parts included
}

// Subset makes the font program for the given characters, which must be
// sorted and without repeats.
//
// Kept are cvt, fpgm and prep, which the instructions of the glyphs need.
func (f *Face) Subset(runes []rune) (s *Subset, err error) {
	defer func() {
		if r := recover(); r != nil {
			s, err = nil, &diag.Problem{
				Text: fmt.Sprintf("шрифт «%s»: повреждены контуры знаков", f.names.full),
				Hint: "нужен исправный файл .ttf или .otf",
			}
		}
	}()
	b := builder{face: f, glyphs: make([]uint16, 1, len(runes)+16), parts: map[uint16]uint16{}}
	for _, r := range runes {
		b.glyphs = append(b.glyphs, f.Glyph(r))
	}
	program := b.program()
	s = &Subset{Program: program, Runes: runes, Widths: make([]int, len(b.glyphs))}
	for i, g := range b.glyphs {
		s.Widths[i] = f.Advance(g)
	}
	return s, nil
}

// builder collects the glyphs of a subset; parts of composites join while
// outlines are written.
type builder struct {
	face   *Face
	glyphs []uint16          // glyph of the face in each slot
	parts  map[uint16]uint16 // glyph of the face → slot, for parts
}

func (b *builder) slot(glyph uint16) uint16 {
	if slot, found := b.parts[glyph]; found {
		return slot
	}
	slot := uint16(len(b.glyphs))
	b.glyphs = append(b.glyphs, glyph)
	b.parts[glyph] = slot
	return slot
}

// outlines returns glyf and the long form of loca.
func (b *builder) outlines() (glyf, loca []byte) {
	be := binary.BigEndian
	size := 0
	for _, g := range b.glyphs {
		size += len(b.face.outline(g)) + 3
	}
	glyf = make([]byte, 0, size+1024)
	loca = make([]byte, 0, 4*len(b.glyphs)+64)
	for i := 0; i < len(b.glyphs); i++ {
		loca = be.AppendUint32(loca, uint32(len(glyf)))
		at := len(glyf)
		glyf = append(glyf, b.face.outline(b.glyphs[i])...)
		if d := glyf[at:]; len(d) >= 10 && d[0] >= 0x80 {
			b.renumber(d)
		}
		for len(glyf)%4 != 0 {
			glyf = append(glyf, 0)
		}
	}
	return glyf, be.AppendUint32(loca, uint32(len(glyf)))
}

// renumber puts slots in place of the glyph numbers of a composite.
func (b *builder) renumber(d []byte) {
	const (
		argsAreWords = 0x0001
		oneScale     = 0x0008
		moreParts    = 0x0020
		twoScales    = 0x0040
		matrix       = 0x0080
	)
	be := binary.BigEndian
	for p := 10; ; {
		flags, glyph := be.Uint16(d[p:]), be.Uint16(d[p+2:])
		if int(glyph) >= b.face.numGlyphs+len(b.face.made) {
			panic(damage("составной знак ссылается на несуществующий"))
		}
		be.PutUint16(d[p+2:], b.slot(glyph))
		p += 6
		if flags&argsAreWords != 0 {
			p += 2
		}
		switch {
		case flags&oneScale != 0:
			p += 2
		case flags&twoScales != 0:
			p += 4
		case flags&matrix != 0:
			p += 8
		}
		if flags&moreParts == 0 {
			return
		}
	}
}

// program writes the tables. hmtx holds every slot, so numberOfHMetrics is
// their count.
func (b *builder) program() []byte {
	be, f := binary.BigEndian, b.face
	glyf, loca := b.outlines()
	hmtx := make([]byte, 0, 4*len(b.glyphs))
	for i, g := range b.glyphs {
		bearing := uint16(f.bearings[g])
		if at := be.Uint32(loca[4*i:]); f.cff != nil && at < be.Uint32(loca[4*i+4:]) {
			bearing = be.Uint16(glyf[at+2:]) // TrueType draws from its bearing, PostScript from the origin
		}
		hmtx = be.AppendUint16(hmtx, f.advances[g])
		hmtx = be.AppendUint16(hmtx, bearing)
	}
	head := slices.Clone(f.tables["head"])
	hhea := slices.Clone(f.tables["hhea"])
	maxp := slices.Clone(f.tables["maxp"])
	if f.cff != nil {
		maxp = trueTypeLimits()
	}
	be.PutUint32(head[8:], 0)
	be.PutUint16(head[50:], 1) // long loca
	be.PutUint16(hhea[34:], uint16(len(b.glyphs)))
	be.PutUint16(maxp[4:], uint16(len(b.glyphs)))
	if len(maxp) >= 32 { // our own glyphs may exceed the limits of a small font
		for _, limit := range []struct{ at, least int }{{6, 128}, {8, 8}, {28, 4}, {30, 2}} {
			if int(be.Uint16(maxp[limit.at:])) < limit.least {
				be.PutUint16(maxp[limit.at:], uint16(limit.least))
			}
		}
	}
	type entry struct {
		tag  string
		data []byte
	}
	entries := []entry{
		{"cvt ", f.tables["cvt "]}, {"fpgm", f.tables["fpgm"]}, {"glyf", glyf},
		{"head", head}, {"hhea", hhea}, {"hmtx", hmtx}, {"loca", loca},
		{"maxp", maxp}, {"prep", f.tables["prep"]},
	}
	entries = slices.DeleteFunc(entries, func(e entry) bool { return e.data == nil })

	n := len(entries)
	selector := 0
	for 2<<selector <= n {
		selector++
	}
	size := 12 + 16*n
	for _, e := range entries {
		size += (len(e.data) + 3) &^ 3
	}
	out := make([]byte, 0, size)
	out = be.AppendUint32(out, versionTrueType)
	for _, v := range []int{n, 16 << selector, selector, 16*n - 16<<selector} {
		out = be.AppendUint16(out, uint16(v))
	}
	offset, headAt := 12+16*n, 0
	for _, e := range entries {
		if e.tag == "head" {
			headAt = offset
		}
		out = append(out, e.tag...)
		out = be.AppendUint32(out, checksum(e.data))
		out = be.AppendUint32(out, uint32(offset))
		out = be.AppendUint32(out, uint32(len(e.data)))
		offset += (len(e.data) + 3) &^ 3
	}
	for _, e := range entries {
		out = append(out, e.data...)
		for len(out)%4 != 0 {
			out = append(out, 0)
		}
	}
	be.PutUint32(out[headAt+8:], 0xB1B0AFBA-checksum(out))
	return out
}

// trueTypeLimits returns a maxp table for outlines that were PostScript's,
// which has none of the limits of TrueType.
func trueTypeLimits() []byte {
	be := binary.BigEndian
	maxp := make([]byte, 32)
	be.PutUint32(maxp, versionTrueType)
	for _, at := range []int{6, 10} { // points
		be.PutUint16(maxp[at:], maxPoints)
	}
	for _, at := range []int{8, 12} { // contours
		be.PutUint16(maxp[at:], 1000)
	}
	be.PutUint16(maxp[14:], 2) // zones
	return maxp
}

// checksum adds the big-endian words of b, which is padded with zeros.
func checksum(b []byte) (sum uint32) {
	for ; len(b) >= 4; b = b[4:] {
		sum += binary.BigEndian.Uint32(b)
	}
	var rest [4]byte
	copy(rest[:], b)
	return sum + binary.BigEndian.Uint32(rest[:])
}
