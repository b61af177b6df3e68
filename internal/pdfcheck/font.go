package pdfcheck

import (
	"encoding/binary"
	"fmt"
	"strings"

	"nastavnik/internal/pdfread"
)

// usedFont is a font with the codes that were shown in it.
type usedFont struct {
	name    string
	dict    pdfread.Dict
	page    int // of its first use
	wide    bool
	unicode map[int]string
	codes   map[int]bool // shown, told by ActualText or not
	visible bool         // shown in a mode that draws
}

// fontOf returns the record of a font resource.
func (c *checker) fontOf(o pdfread.Object, page int) *usedFont {
	d := c.f.Dict(o)
	if d == nil {
		return nil
	}
	key := fmt.Sprintf("%p", d)
	if ref, ok := o.(pdfread.Ref); ok {
		key = fmt.Sprint(ref)
	}
	u := c.fontsOf[key]
	if u == nil {
		u = &usedFont{name: string(c.f.Name(d["BaseFont"])), dict: d, page: page, wide: c.f.Name(d["Subtype"]) == "Type0",
			unicode: c.f.ToUnicode(d), codes: map[int]bool{}}
		c.fontsOf[key] = u
		c.fontList = append(c.fontList, u)
	}
	return u
}

// show notes the codes that an operator shows, and judges how they are read
// back.
func (r *reader) show(o pdfread.Object, resources pdfread.Dict) {
	r.outside()
	u := r.state.font
	if u == nil {
		r.say("A 6.2.2", r.page, "текст без шрифта")
		return
	}
	if r.state.rendering != 3 && r.state.rendering != 7 {
		u.visible = true
		if r.state.rendering != 1 && r.state.rendering != 5 {
			r.device(r.state.fill, resources)
		}
	}
	told := len(r.open) > 0 && r.open[len(r.open)-1].told
	parts, _ := o.(pdfread.Array)
	if s, ok := o.(pdfread.String); ok {
		parts = pdfread.Array{s}
	}
	for _, part := range parts {
		s, ok := part.(pdfread.String)
		if !ok {
			continue
		}
		step := 1
		if u.wide {
			step = 2
		}
		for i := 0; i+step <= len(s); i += step {
			code := int(s[i])
			if u.wide {
				code = code<<8 | int(s[i+1])
			}
			u.codes[code] = true
			r.readable(u, code, told)
		}
	}
}

// readable judges that a code says a character (ISO 19005-2, 6.2.11.7.2 and
// 6.2.11.7.3; ISO 14289-1, 7.21.7).
func (r *reader) readable(u *usedFont, code int, told bool) {
	if r.claim.Level == "B" && !r.ua() {
		return
	}
	text, ok := u.unicode[code]
	if !ok {
		if !told && (u.wide || u.dict["Encoding"] == nil && u.unicode == nil && r.symbolic(u)) {
			r.say("A 6.2.11.7", r.page, "знак %d шрифта %s не читается обратно", code, u.name)
		}
		return
	}
	for _, c := range text {
		switch {
		case c == 0 || c == 0xFEFF || c == 0xFFFE:
			r.say("A 6.2.11.7", r.page, "знак %d шрифта %s читается как U+%04X", code, u.name, c)
		case !told && r.levelA() && (c >= 0xE000 && c <= 0xF8FF || c >= 0xF0000):
			r.say("A 6.2.11.7", r.page, "знак частного использования U+%04X ничем не объяснён", c)
		}
	}
}

func (c *checker) symbolic(u *usedFont) bool {
	return c.f.Int(c.f.Dict(u.dict["FontDescriptor"])["Flags"])&4 != 0
}

// fonts judges the fonts that were used.
func (c *checker) fonts() {
	for _, u := range c.fontList {
		c.font(u)
	}
}

func (c *checker) font(u *usedFont) {
	f := c.f
	kind := f.Name(u.dict["Subtype"])
	if f.Name(u.dict["Type"]) != "Font" || kind == "" || u.name == "" && kind != "Type3" {
		c.say("A 6.2.11.2", u.page, "у шрифта нет вида или имени")
	}
	if kind == "Type3" {
		return
	}
	d := u.dict
	if u.wide {
		list := f.Array(d["DescendantFonts"])
		if len(list) != 1 {
			c.say("A 6.2.11.2", u.page, "шрифт %s без CIDFont", u.name)
			return
		}
		d = f.Dict(list[0])
		c.cidFont(u, d)
	}
	descriptor := f.Dict(d["FontDescriptor"])
	var program *pdfread.Stream
	for _, key := range []pdfread.Name{"FontFile", "FontFile2", "FontFile3"} {
		if s, ok := f.Resolve(descriptor[key]).(*pdfread.Stream); ok {
			program = s
		}
	}
	if program == nil {
		if u.visible {
			c.say("A 6.2.11.4", u.page, "шрифт %s не внедрён", u.name)
		}
		return
	}
	if kind == "TrueType" {
		encoding := f.Name(u.dict["Encoding"])
		if inner := f.Dict(u.dict["Encoding"]); inner != nil {
			encoding = f.Name(inner["BaseEncoding"])
		}
		symbolic := f.Int(descriptor["Flags"])&4 != 0
		if symbolic && u.dict["Encoding"] != nil || !symbolic && encoding != "WinAnsiEncoding" && encoding != "MacRomanEncoding" {
			c.say("A 6.2.11.6", u.page, "кодировка шрифта %s", u.name)
		}
	}
	if u.wide && descriptor["FontFile2"] != nil {
		data, err := f.Decode(program)
		if err != nil {
			c.say("A 6.2.11.4", u.page, "программа шрифта %s не читается: %v", u.name, err)
			return
		}
		c.trueType(u, d, descriptor, data)
	}
}

// cidFont judges how a Type0 font and its CIDFont fit (6.2.11.3).
func (c *checker) cidFont(u *usedFont, d pdfread.Dict) {
	f := c.f
	info := f.Dict(d["CIDSystemInfo"])
	encoding := f.Name(u.dict["Encoding"])
	if stream := f.Dict(u.dict["Encoding"]); stream != nil {
		own := f.Dict(stream["CIDSystemInfo"])
		if f.Text(own["Registry"]) != f.Text(info["Registry"]) || f.Text(own["Ordering"]) != f.Text(info["Ordering"]) {
			c.say("A 6.2.11.3", u.page, "CMap и шрифт %s из разных собраний знаков", u.name)
		}
	} else if encoding == "" {
		c.say("A 6.2.11.3", u.page, "у шрифта %s нет CMap", u.name)
	}
	if info == nil || f.Name(d["Type"]) != "Font" || f.Name(d["BaseFont"]) == "" {
		c.say("A 6.2.11.3", u.page, "шрифт %s без порядка знаков или имени", u.name)
	}
	if f.Name(d["Subtype"]) != "CIDFontType2" {
		return
	}
	if _, stream := f.Resolve(d["CIDToGIDMap"]).(*pdfread.Stream); !stream && f.Name(d["CIDToGIDMap"]) != "Identity" {
		c.say("A 6.2.11.3", u.page, "у шрифта %s нет CIDToGIDMap", u.name)
	}
}

// trueType holds the codes of a Type0 font against its TrueType program:
// widths, glyph 0, and a CIDSet where there is one. Only Identity encodings
// are followed.
func (c *checker) trueType(u *usedFont, d, descriptor pdfread.Dict, data []byte) {
	f := c.f
	program, ok := readProgram(data)
	if !ok {
		c.say("A 6.2.11.4", u.page, "программа шрифта %s повреждена", u.name)
		return
	}
	var toGlyph []byte
	if s, ok := f.Resolve(d["CIDToGIDMap"]).(*pdfread.Stream); ok {
		toGlyph, _ = f.Decode(s)
	}
	if !strings.HasPrefix(string(f.Name(u.dict["Encoding"])), "Identity-") {
		return
	}
	glyph := func(cid int) int {
		if toGlyph == nil {
			return cid
		}
		if 2*cid+1 < len(toGlyph) {
			return int(binary.BigEndian.Uint16(toGlyph[2*cid:]))
		}
		return 0
	}
	widths := c.widths(d)
	usual := 1000.0
	if v, ok := f.Number(d["DW"]); ok {
		usual = v
	}
	for code := range u.codes {
		g := glyph(code)
		if g == 0 || g >= program.glyphs {
			c.say("A 6.2.11.8", u.page, "шрифт %s рисует знак, которого в нём нет", u.name)
			continue
		}
		want, given := program.width(g), usual
		if v, ok := widths[code]; ok {
			given = v
		}
		if want-given > 1 || given-want > 1 {
			c.say("A 6.2.11.5", u.page, "шрифт %s: ширина знака %d в файле %.1f, в шрифте %.1f", u.name, code, given, want)
		}
	}
	if s, ok := f.Resolve(descriptor["CIDSet"]).(*pdfread.Stream); ok {
		set, _ := f.Decode(s)
		for code := range program.glyphs {
			if toGlyph == nil && (code/8 >= len(set) || set[code/8]&(0x80>>(code%8)) == 0) {
				c.say("A 6.2.11.4", u.page, "CIDSet шрифта %s называет не все знаки", u.name)
				break
			}
		}
	}
}

// widths reads W of a CIDFont.
func (c *checker) widths(d pdfread.Dict) map[int]float64 {
	f := c.f
	widths := map[int]float64{}
	w := f.Array(d["W"])
	for i := 0; i+1 < len(w); {
		first := f.Int(w[i])
		if list := f.Array(w[i+1]); list != nil {
			for k, o := range list {
				widths[first+k], _ = f.Number(o)
			}
			i += 2
			continue
		}
		if i+2 >= len(w) {
			break
		}
		v, _ := f.Number(w[i+2])
		for code := first; code <= min(f.Int(w[i+1]), first+0xFFFF); code++ {
			widths[code] = v
		}
		i += 3
	}
	return widths
}

// program is what is judged of a TrueType font program.
type program struct {
	glyphs, long, em int
	hmtx             []byte
}

// width returns the advance of a glyph in thousandths of the em.
func (p *program) width(g int) float64 {
	g = min(g, p.long-1)
	return float64(binary.BigEndian.Uint16(p.hmtx[4*g:])) * 1000 / float64(p.em)
}

// readProgram reads the tables of a font program.
func readProgram(data []byte) (p program, ok bool) {
	if len(data) < 12 {
		return p, false
	}
	tables := map[string][]byte{}
	for i := range int(binary.BigEndian.Uint16(data[4:])) {
		at := 12 + 16*i
		if at+16 > len(data) {
			return p, false
		}
		start, length := uint64(binary.BigEndian.Uint32(data[at+8:])), uint64(binary.BigEndian.Uint32(data[at+12:]))
		if start+length > uint64(len(data)) {
			return p, false
		}
		tables[string(data[at:at+4])] = data[start : start+length]
	}
	head, hhea, maxp := tables["head"], tables["hhea"], tables["maxp"]
	if len(head) < 54 || len(hhea) < 36 || len(maxp) < 6 || tables["glyf"] == nil || tables["loca"] == nil {
		return p, false
	}
	p.em, p.long, p.glyphs = int(binary.BigEndian.Uint16(head[18:])), int(binary.BigEndian.Uint16(hhea[34:])), int(binary.BigEndian.Uint16(maxp[4:]))
	p.hmtx = tables["hmtx"]
	return p, p.em > 0 && p.long > 0 && len(p.hmtx) >= 4*p.long
}
