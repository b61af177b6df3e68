package font

import (
	"encoding/binary"
	"fmt"
	"slices"
	"strings"
	"unicode/utf16"

	"nastavnik/internal/diag"
)

// table reads big-endian numbers; a place outside it panics, which Parse
// turns into its error.
type table []byte

func (t table) u16(at int) int { return int(binary.BigEndian.Uint16(t[at:])) }
func (t table) i16(at int) int { return int(int16(binary.BigEndian.Uint16(t[at:]))) }
func (t table) u32(at int) int { return int(binary.BigEndian.Uint32(t[at:])) }

// damage is what parsing panics with when it can say more than «damaged».
type damage string

const (
	versionTrueType   = 0x00010000
	versionApple      = 0x74727565 // «true»
	versionPostScript = 0x4F54544F // «OTTO»
	versionCollection = 0x74746366 // «ttcf»
)

// Parse reads a face from the bytes of a .ttf or .otf file, or the first face of a
// .ttc; data is kept and must not change. The error is a *diag.Problem in
// which the font is named, as far as its name could be read.
func Parse(data []byte) (*Face, error) { return parse(data, 0) }

// parse reads the face with the given index of a collection, or the only one.
func parse(data []byte, index int) (f *Face, err error) {
	name := ""
	defer func() {
		if r := recover(); r != nil {
			text := "файл повреждён"
			if d, ok := r.(damage); ok {
				text = string(d)
			}
			if name == "" {
				name = "без имени"
			}
			f, err = nil, &diag.Problem{
				Text: fmt.Sprintf("шрифт «%s»: %s", name, text),
				Hint: "нужен исправный файл .ttf или .otf",
			}
		}
	}()

	f = &Face{tables: directory(data, index)}
	if t := f.tables["name"]; t != nil {
		f.names = readNames(t)
		name = f.names.full
	}
	needed := []string{"head", "hhea", "hmtx", "maxp", "cmap", "glyf", "loca"}
	if f.tables["CFF "] != nil {
		needed = needed[:5]
	}
	for _, tag := range needed {
		if f.tables[tag] == nil {
			panic(damage("нет таблицы " + tag))
		}
	}
	f.readMetrics()
	f.readAdvances()
	if t := f.tables["CFF "]; t != nil {
		if f.cff = readCFF(t); f.cff.glyphs.count < f.numGlyphs {
			panic(damage("в шрифте нет контуров для всех знаков"))
		}
	} else {
		f.readOffsets()
	}
	f.readCoverage()
	if f.names.postScript == "" {
		f.names.postScript = "Font"
	}
	f.make()
	f.readLigatures()
	return f, nil
}

// directory returns the tables of the face with the given index.
//
// OpenType 1.9, «Organization of an OpenType Font».
func directory(data []byte, index int) map[string][]byte {
	d := table(data)
	at := 0
	version := d.u32(0)
	if version == versionCollection {
		if index >= d.u32(8) {
			panic(damage("в файле меньше шрифтов"))
		}
		at = d.u32(12 + 4*index)
		version = d.u32(at)
	}
	switch version {
	case versionTrueType, versionApple, versionPostScript:
	default:
		panic(damage("это не шрифт TrueType или OpenType"))
	}
	tables := map[string][]byte{}
	for i := range d.u16(at + 4) {
		entry := d[at+12+16*i:]
		start, length := entry.u32(8), entry.u32(12)
		tables[string(entry[:4])] = data[start : start+length : start+length]
	}
	return tables
}

// names are what a face is called.
type names struct {
	family     string
	full       string
	postScript string
	all        []string // families by which it may be asked for: IDs 1 and 16 in all languages
	style      string   // ID 2
}

// readNames reads the name table; the English Windows names win.
func readNames(t table) (n names) {
	storage := t.u16(4)
	rank := map[int]int{}
	for i := range t.u16(2) {
		record := t[6+12*i:]
		platform, encoding, language, id := record.u16(0), record.u16(2), record.u16(4), record.u16(6)
		if id != 1 && id != 2 && id != 4 && id != 6 && id != 16 {
			continue
		}
		start := storage + record.u16(10)
		raw := t[start : start+record.u16(8)]
		var text string
		better := 1
		switch {
		case platform == 3 && (encoding == 1 || encoding == 0 || encoding == 10):
			units := make([]uint16, len(raw)/2)
			for k := range units {
				units[k] = uint16(raw.u16(2 * k))
			}
			text = string(utf16.Decode(units))
			better = 2
			if language == 0x409 {
				better = 3
			}
		case platform == 1 && encoding == 0 && isASCII(raw):
			text = string(raw)
		default:
			continue
		}
		text = strings.TrimSpace(text)
		if text == "" {
			continue
		}
		if id == 1 || id == 16 {
			if low := strings.ToLower(text); !slices.Contains(n.all, low) {
				n.all = append(n.all, low)
			}
		}
		if better <= rank[id] {
			continue
		}
		rank[id] = better
		switch id {
		case 1:
			n.family = text
		case 2:
			n.style = text
		case 4:
			n.full = text
		case 6:
			n.postScript = cleanName(text)
		}
	}
	if n.family == "" && len(n.all) > 0 {
		n.family = n.all[0]
	}
	if n.full == "" {
		n.full = n.family
	}
	if n.postScript == "" {
		n.postScript = cleanName(n.full)
	}
	return n
}

func isASCII(b []byte) bool {
	return !slices.ContainsFunc(b, func(c byte) bool { return c >= 0x80 || c < 0x20 })
}

// cleanName keeps what may stand in a PDF name without escapes.
func cleanName(s string) string {
	return strings.Map(func(r rune) rune {
		if r > ' ' && r < 0x7F && !strings.ContainsRune("()<>[]{}/%#+", r) {
			return r
		}
		return -1
	}, s)
}

// readMetrics reads head, hhea, maxp, OS/2 and post.
func (f *Face) readMetrics() {
	head, hhea := table(f.tables["head"]), table(f.tables["hhea"])
	f.unitsPerEm = head.u16(18)
	if f.unitsPerEm < 16 || f.unitsPerEm > 16384 {
		panic(damage("неверный размер кегельной площадки"))
	}
	for i := range f.bbox {
		f.bbox[i] = head.i16(36 + 2*i)
	}
	style := head.u16(44)
	f.bold, f.italic = style&1 != 0, style&2 != 0
	f.numGlyphs = table(f.tables["maxp"]).u16(4)
	f.ascent, f.descent, f.lineGap = hhea.i16(4), -hhea.i16(6), hhea.i16(8)
	f.weight = 400
	if f.bold {
		f.weight = 700
	}
	em := f.unitsPerEm
	f.strike, f.strikeSize = em*26/100, em/20
	f.underline, f.underlineSize = -em/10, em/20
	f.capHeight, f.xHeight = em*7/10, em/2
	f.serif = !strings.Contains(strings.ToLower(f.names.family), "sans")

	if os2 := table(f.tables["OS/2"]); len(os2) >= 78 {
		f.weight = os2.u16(4)
		f.strikeSize, f.strike = os2.i16(26), os2.i16(28)-os2.i16(26)/2
		if class := os2.i16(30) >> 8; class != 0 {
			f.serif = class >= 1 && class <= 7
		}
		if panose := os2[32:]; panose[0] == 2 && panose[1] > 1 {
			f.serif = panose[1] < 11
		}
		selection := os2.u16(62)
		f.italic = f.italic || selection&1 != 0
		f.bold = f.bold || selection&0x20 != 0
		typoAscent, typoDescent := os2.i16(68), -os2.i16(70)
		switch {
		case f.ascent+f.descent == 0:
			f.ascent, f.descent, f.lineGap = os2.u16(74), os2.u16(76), 0
		case selection&0x80 != 0 && typoAscent+typoDescent != 0:
			f.ascent, f.descent, f.lineGap = typoAscent, typoDescent, os2.i16(72)
		}
		if os2.u16(0) >= 2 && len(os2) >= 90 {
			f.xHeight, f.capHeight = os2.i16(86), os2.i16(88)
		}
	}
	if f.ascent+f.descent <= 0 {
		f.ascent, f.descent, f.lineGap = em*8/10, em*2/10, 0
	}
	if post := table(f.tables["post"]); len(post) >= 16 {
		f.angle = post.i16(4)
		f.underlineSize = post.i16(10)
		f.underline = post.i16(8)
		f.fixed = post.u32(12) != 0
	}
}

// readAdvances reads hmtx.
func (f *Face) readAdvances() {
	t := table(f.tables["hmtx"])
	long := table(f.tables["hhea"]).u16(34)
	if long == 0 || f.numGlyphs == 0 {
		panic(damage("в шрифте нет знаков"))
	}
	f.advances = make([]uint16, f.numGlyphs, f.numGlyphs+maxMade)
	f.bearings = make([]int16, f.numGlyphs, f.numGlyphs+maxMade)
	for g := range f.numGlyphs {
		if g < long {
			f.advances[g], f.bearings[g] = uint16(t.u16(4*g)), int16(t.i16(4*g+2))
		} else {
			f.advances[g] = f.advances[long-1]
			if at := 4*long + 2*(g-long); at+2 <= len(t) {
				f.bearings[g] = int16(t.i16(at))
			}
		}
	}
}

// readOffsets reads loca.
func (f *Face) readOffsets() {
	t := table(f.tables["loca"])
	f.offsets = make([]uint32, f.numGlyphs+1)
	long := table(f.tables["head"]).u16(50) == 1
	last := 0
	for g := range f.offsets {
		at := 0
		if long {
			at = t.u32(4 * g)
		} else {
			at = 2 * t.u16(2*g)
		}
		if at < last || at > len(f.tables["glyf"]) {
			panic(damage("повреждена таблица loca"))
		}
		last = at
		f.offsets[g] = uint32(at)
	}
}

// readCoverage reads the best Unicode subtable of cmap: format 12 or 4, or
// the symbol table, whose characters are found at U+F020 and at U+0020 alike.
func (f *Face) readCoverage() {
	t := table(f.tables["cmap"])
	best, bestRank, symbol := table(nil), 0, false
	for i := range t.u16(2) {
		record := t[4+8*i:]
		platform, encoding := record.u16(0), record.u16(2)
		sub := t[record.u32(4):]
		rank := 0
		switch format := sub.u16(0); {
		case format == 12 && (platform == 3 && encoding == 10 || platform == 0):
			rank = 4
		case format == 4 && platform == 3 && encoding == 1:
			rank = 3
		case format == 4 && platform == 0:
			rank = 2
		case format == 4 && platform == 3 && encoding == 0:
			rank = 1
		}
		if rank > bestRank {
			best, bestRank, symbol = sub, rank, rank == 1
		}
	}
	switch {
	case bestRank == 0:
		panic(damage("нет таблицы знаков Unicode"))
	case bestRank == 4:
		f.readCoverage12(best)
	default:
		f.readCoverage4(best)
	}
	if page := f.pages[0xF0]; symbol && page != nil && f.pages[0] == nil {
		f.pages[0] = page
	}
}

func (f *Face) readCoverage4(t table) {
	n := t.u16(6) / 2
	last := -1
	for k := range n {
		end, start := t.u16(14+2*k), t.u16(16+2*n+2*k)
		delta, offset := t.u16(16+4*n+2*k), t.u16(16+6*n+2*k)
		if start <= last && start != 0xFFFF || end < start {
			panic(damage("повреждена таблица cmap"))
		}
		last = end
		for c := start; c <= end && c < 0xFFFF; c++ {
			g := c
			if offset != 0 {
				if g = t.u16(16 + 6*n + 2*k + offset + 2*(c-start)); g == 0 {
					continue
				}
			}
			if g = (g + delta) & 0xFFFF; g != 0 && g < f.numGlyphs {
				f.setGlyph(rune(c), uint16(g))
			}
		}
	}
}

func (f *Face) readCoverage12(t table) {
	last := -1
	for k := range t.u32(12) {
		start, end, g := t.u32(16+12*k), t.u32(20+12*k), t.u32(24+12*k)
		if start <= last || end < start || end > 0x10FFFF {
			panic(damage("повреждена таблица cmap"))
		}
		last = end
		for c := start; c <= end && g < f.numGlyphs; c, g = c+1, g+1 {
			if g != 0 {
				f.setGlyph(rune(c), uint16(g))
			}
		}
	}
}
