package pdf

import (
	"crypto/sha256"
	"math/bits"
	"slices"
	"unicode/utf16"

	"nastavnik/internal/font"
	"nastavnik/internal/page"
)

// faces are the faces that a document uses, in the order of their first use.
type faces struct {
	of    map[*font.Face]*usage
	order []*usage
}

// usage is the characters of one face in one document.
type usage struct {
	face   *font.Face
	object int // the Type0 font
	number int // /F1 and so on

	pages  [256]*[4]uint64 // characters of the Basic Multilingual Plane by high byte
	astral map[rune]bool
	runes  []rune // sorted, once collected
	slots  [256]*[256]uint16
	far    map[rune]uint16
}

// drawable reports whether a character can stand in a PDF/A: U+0000, U+FEFF
// and U+FFFE may not be read back (ISO 19005-2, 6.2.11.7.2), and control
// characters have no place in finished text.
func drawable(r rune) bool {
	return r >= 0x20 && (r < 0x7F || r > 0x9F) && r != 0xFEFF && r != 0xFFFE && r != 0xFFFF
}

func (u *usage) use(r rune) {
	if !drawable(r) {
		return
	}
	if r>>16 != 0 {
		if u.astral == nil {
			u.astral = map[rune]bool{}
		}
		u.astral[r] = true
		return
	}
	set := u.pages[r>>8]
	if set == nil {
		set = new([4]uint64)
		u.pages[r>>8] = set
	}
	set[r>>6&3] |= 1 << (r & 63)
}

// slot returns the code of a character in the subset, 0 when it is not drawn.
func (u *usage) slot(r rune) uint16 {
	if r>>16 != 0 {
		return u.far[r]
	}
	if slots := u.slots[r>>8]; slots != nil {
		return slots[r&0xFF]
	}
	return 0
}

// collect finds all characters of the document, so that a subset depends on
// their set alone and not on their order.
func (f *faces) collect(doc *page.Document, o Options) {
	f.of = map[*font.Face]*usage{}
	if o.Watermark != "" && o.WatermarkFace != nil {
		u := f.add(o.WatermarkFace)
		for _, r := range o.Watermark {
			u.use(r)
		}
	}
	for i := range doc.Pages {
		for _, item := range doc.Pages[i].Items {
			t, ok := item.(*page.Text)
			if !ok || t.Face == nil {
				continue
			}
			u := f.of[t.Face]
			if u == nil {
				u = f.add(t.Face)
			}
			text := t.Text
			if t.Ligate {
				text = t.Face.Ligate(text)
			}
			for _, r := range text {
				u.use(r)
			}
			if t.Hyphen {
				u.use(0x00AD)
			}
		}
	}
	for _, u := range f.order {
		u.sort()
	}
}

func (f *faces) add(face *font.Face) *usage {
	u := &usage{face: face, number: len(f.order) + 1}
	f.of[face] = u
	f.order = append(f.order, u)
	return u
}

// sort lists the characters and numbers their slots from 1.
func (u *usage) sort() {
	for high, set := range u.pages {
		if set == nil {
			continue
		}
		slots := new([256]uint16)
		u.slots[high] = slots
		for word, mask := range set {
			for ; mask != 0; mask &= mask - 1 {
				low := word<<6 + bits.TrailingZeros64(mask)
				u.runes = append(u.runes, rune(high<<8+low))
				slots[low] = uint16(len(u.runes))
			}
		}
	}
	if len(u.astral) > 0 {
		u.far = map[rune]uint16{}
		near := len(u.runes)
		for r := range u.astral {
			u.runes = append(u.runes, r)
		}
		slices.Sort(u.runes[near:])
		for i, r := range u.runes[near:] {
			u.far[r] = uint16(near + i + 1)
		}
	}
}

func (f *faces) allocate(o *objects) {
	for _, u := range f.order {
		u.object = o.alloc()
	}
}

// Font is the subset of a face, ready to be put into a file. Code i of
// Identity-H from 1 shows the i-th character.
type Font struct {
	Name    string  // of the subset: «ABCDEF+LiberationSerif»
	Program []byte  // TrueType, deflated
	Length  int     // of Program before that
	Unicode []byte  // the CMap ToUnicode, deflated
	Widths  []int64 // of each code from 0, in hundredths of a thousandth of the em
}

func (f *faces) write(o *objects, cache *Cache) error {
	for _, u := range f.order {
		p, err := cache.font(u)
		if err != nil {
			return err
		}
		p.write(o, u)
	}
	return nil
}

// PackFont makes the subset of a face for characters that are sorted and
// without repeats. The error is a *diag.Problem that names the font.
func PackFont(face *font.Face, runes []rune) (*Font, error) {
	subset, err := face.Subset(runes)
	if err != nil {
		return nil, err
	}
	d := newDeflater()
	defer d.free()
	p := &Font{
		Name:    tag(subset.Program) + "+" + face.PostScriptName(),
		Program: slices.Clone(d.deflate(subset.Program)), Length: len(subset.Program),
		Widths: make([]int64, len(subset.Widths)),
	}
	p.Unicode = slices.Clone(d.deflate(toUnicode(face, runes)))
	for i, advance := range subset.Widths {
		p.Widths[i] = thousandth(advance*100, face)
	}
	return p, nil
}

// thousandth turns font units into thousandths of the em, rounded.
func thousandth(units int, f *font.Face) int64 {
	em := int64(f.UnitsPerEm())
	n := int64(units) * 1000
	if n < 0 {
		return -((-n + em/2) / em)
	}
	return (n + em/2) / em
}

// tag returns the six letters that mark a subset (ISO 32000-1, 9.6.4).
func tag(program []byte) string {
	sum := sha256.Sum256(program)
	letters := make([]byte, 6)
	for i := range letters {
		letters[i] = 'A' + sum[i]%26
	}
	return string(letters)
}

// toUnicode writes the CMap that reads slots back as characters, at most 100
// in a block (ISO 32000-1, 9.10.3).
func toUnicode(face *font.Face, runes []rune) []byte {
	s := make(syntax, 0, 512+20*len(runes))
	s.put("/CIDInit/ProcSet findresource begin\n12 dict begin\nbegincmap\n" +
		"/CIDSystemInfo<</Registry(Adobe)/Ordering(UCS)/Supplement 0>>def\n" +
		"/CMapName/Adobe-Identity-UCS def\n/CMapType 2 def\n" +
		"1 begincodespacerange\n<0000><FFFF>\nendcodespacerange\n")
	for from := 0; from < len(runes); from += 100 {
		block := runes[from:min(from+100, len(runes))]
		s.int(len(block))
		s.put(" beginbfchar\n")
		for i, r := range block {
			s.put("<")
			s.hex(from + i + 1)
			s.put("><")
			for _, r := range face.Letters(r) {
				if high, low := utf16.EncodeRune(r); r >= 0x10000 {
					s.hex(int(high))
					s.hex(int(low))
				} else {
					s.hex(int(r))
				}
			}
			s.put(">\n")
		}
		s.put("endbfchar\n")
	}
	s.put("endcmap\nCMapName currentdict/CMap defineresource pop\nend\nend")
	return s
}

// write writes the objects of a font (ISO 32000-1, 9.7 and 9.8).
func (p *Font) write(o *objects, u *usage) {
	f := u.face
	descendant, descriptor, file, unicode := o.alloc(), o.alloc(), o.alloc(), o.alloc()
	var s syntax
	s.put("<</Type/Font/Subtype/Type0/BaseFont/" + p.Name + "/Encoding/Identity-H/DescendantFonts[")
	s.ref(descendant)
	s.put("]/ToUnicode ")
	s.ref(unicode)
	s.put(">>")
	o.object(u.object, s)

	s = nil
	s.put("<</Type/Font/Subtype/CIDFontType2/BaseFont/" + p.Name +
		"/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>/CIDToGIDMap/Identity/FontDescriptor ")
	s.ref(descriptor)
	s.put("/W[0[")
	for _, width := range p.Widths {
		s.hundredths(width)
		s.put(" ")
	}
	s.put("]]>>")
	o.object(descendant, s)

	s = nil
	s.put("<</Type/FontDescriptor/FontName/" + p.Name)
	s.key("/Flags", FontFlags(f))
	s.put("/FontBBox[")
	for _, v := range f.Bounds() {
		s.int(int(thousandth(v, f)))
		s.put(" ")
	}
	s.key("]/ItalicAngle", f.ItalicAngle())
	s.key("/Ascent", int(thousandth(f.Ascent(), f)))
	s.key("/Descent", -int(thousandth(f.Descent(), f)))
	s.key("/CapHeight", int(thousandth(f.CapHeight(), f)))
	s.key("/StemV", StemV(f))
	s.put("/FontFile2 ")
	s.ref(file)
	if o.plain { // ISO 19005-1, 6.3.5; needless from A-2 on
		set := o.alloc()
		s.put("/CIDSet ")
		s.ref(set)
		bitmap := make([]byte, (len(p.Widths)+7)/8)
		for i := range p.Widths {
			bitmap[i/8] |= 0x80 >> (i % 8)
		}
		o.stream(set, nil, bitmap)
	}
	s.put(">>")
	o.object(descriptor, s)

	var dict syntax
	dict.key("/Length1", p.Length)
	o.packed(file, dict, p.Program)
	o.packed(unicode, nil, p.Unicode)
}

// FontFlags returns the flags of a font descriptor (ISO 32000-1, 9.8.2).
func FontFlags(f *font.Face) int {
	const fixed, serif, symbolic, italic = 1, 2, 4, 64
	flags := symbolic
	if f.FixedPitch() {
		flags |= fixed
	}
	if f.Serif() {
		flags |= serif
	}
	if f.Italic() {
		flags |= italic
	}
	return flags
}

// StemV returns the likely width of a stem in thousandths of the em.
func StemV(f *font.Face) int { return 50 + max(0, f.Weight()-300)*3/10 }
