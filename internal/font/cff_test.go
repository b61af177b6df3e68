package font

import (
	"encoding/binary"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"nastavnik/fonts"
)

// charstring writes numbers and operators: «100 20 rmoveto».
func charstring(text string) (b []byte) {
	codes := map[string][]byte{
		"hstem": {1}, "vmoveto": {4}, "rlineto": {5}, "hlineto": {6}, "vlineto": {7}, "rrcurveto": {8}, "callsubr": {10}, "return": {11},
		"endchar": {14}, "hstemhm": {18}, "hintmask": {19, 0xFF}, "rmoveto": {21}, "hmoveto": {22}, "rcurveline": {24}, "rlinecurve": {25},
		"vvcurveto": {26}, "hhcurveto": {27}, "callgsubr": {29}, "vhcurveto": {30}, "hvcurveto": {31},
		"hflex": {12, 34}, "flex": {12, 35}, "hflex1": {12, 36}, "flex1": {12, 37}, "sqrt": {12, 26},
	}
	for _, word := range strings.Fields(text) {
		if code, ok := codes[word]; ok {
			b = append(b, code...)
			continue
		}
		var n int
		if _, err := fmt.Sscan(word, &n); err != nil {
			panic(word)
		}
		switch {
		case n >= -107 && n <= 107:
			b = append(b, byte(n+139))
		case n > 107 && n <= 1131:
			b = append(b, byte((n-108)>>8+247), byte(n-108))
		default:
			b = append(b, 28, byte(n>>8), byte(n))
		}
	}
	return b
}

// indexOf writes an INDEX.
func indexOf(parts ...[]byte) []byte {
	b := binary.BigEndian.AppendUint16(nil, uint16(len(parts)))
	if len(parts) == 0 {
		return b
	}
	b = append(b, 4)
	at := uint32(1)
	for _, p := range parts {
		b = binary.BigEndian.AppendUint32(b, at)
		at += uint32(len(p))
	}
	return append(binary.BigEndian.AppendUint32(b, at), slices.Concat(parts...)...)
}

// cffOf writes a CFF table; cid makes it one of two font dictionaries, of
// which the second is that of all glyphs.
func cffOf(glyphs [][]byte, local, global []byte, cid bool) []byte {
	number := func(n int) []byte { return binary.BigEndian.AppendUint32([]byte{29}, uint32(n)) }
	private := slices.Concat([]byte{139 + 2, 19}) // Subrs behind it
	build := func(strings, private1, dicts, choice int) []byte {
		top := slices.Concat(number(strings), []byte{17})
		if cid {
			top = append(top, slices.Concat([]byte{139, 139, 139, 12, 30}, number(dicts), []byte{12, 36}, number(choice), []byte{12, 37})...)
		} else {
			top = append(top, slices.Concat(number(len(private)), number(private1), []byte{18})...)
		}
		head := slices.Concat([]byte{1, 0, 4, 4}, indexOf([]byte("Test")), indexOf(top), indexOf(), indexOf(global))
		return head
	}
	start := len(build(0, 0, 0, 0))
	chars := indexOf(glyphs...)
	privateAt := start + len(chars)
	subrs := indexOf(local)
	dictsAt := privateAt + len(private) + len(subrs)
	dicts := indexOf([]byte{}, slices.Concat(number(len(private)), number(privateAt), []byte{18}))
	choiceAt := dictsAt + len(dicts)
	choice := []byte{3, 0, 1, 0, 0, 1, byte(len(glyphs) >> 8), byte(len(glyphs))}
	return slices.Concat(build(start, privateAt, dictsAt, choiceAt), chars, private, subrs, dicts, choice)
}

// points reads a simple glyph: «x,y» on the curve, «x,y~» off it, contours
// apart by «|».
func points(b []byte) string {
	if len(b) == 0 {
		return ""
	}
	t := table(b)
	n := t.u16(0)
	var ends []int
	for i := range n {
		ends = append(ends, t.u16(10+2*i))
	}
	at := 10 + 2*n + 2
	count := ends[n-1] + 1
	flags := t[at : at+count]
	at += count
	read := func(short, same byte) []int {
		values, v := make([]int, count), 0
		for i, f := range flags {
			switch {
			case f&short != 0 && f&same != 0:
				v += int(t[at])
				at++
			case f&short != 0:
				v -= int(t[at])
				at++
			case f&same == 0:
				v += t.i16(at)
				at += 2
			}
			values[i] = v
		}
		return values
	}
	xs, ys := read(2, 16), read(4, 32)
	var words []string
	for i := range count {
		word := fmt.Sprintf("%d,%d", xs[i], ys[i])
		if flags[i]&1 == 0 {
			word += "~"
		}
		words = append(words, word)
		if slices.Contains(ends, i) && i < count-1 {
			words = append(words, "|")
		}
	}
	return strings.Join(words, " ")
}

// TestCharstrings turns PostScript outlines into TrueType ones, operator by
// operator; contours come out turned round.
func TestCharstrings(t *testing.T) {
	const bow = "0 20 20 20 20 0" // its middle is at 12.5, 27.5
	for _, c := range []struct{ name, in, want string }{
		{"a square, with a width", "500 10 20 rmoveto 30 40 -30 hlineto endchar", "10,20 10,60 40,60 40,20"},
		{"a square, the width before a hint", "500 10 20 hstem 10 hmoveto 30 hlineto 40 vlineto endchar", "10,0 40,40 40,0"},
		{"a mask behind unnamed hints", "1 2 hstemhm 3 4 hintmask 10 vmoveto 5 5 rlineto 5 -5 rlineto endchar", "0,10 10,10 5,15"},
		{"two contours", "0 hmoveto 9 9 9 -9 rlineto 20 vmoveto 9 9 9 -9 rlineto endchar", "0,0 18,0 9,9 | 18,20 36,20 27,29"},
		{"a curve", "0 hmoveto " + bow + " rrcurveto endchar", "0,0 40,40 24,39~ 13,28 1,16~"},
		{"vvcurveto", "0 hmoveto 0 0 20 20 0 vvcurveto endchar", "0,0 20,20 19,19~ 10,10 1,1~"},
		{"hhcurveto", "0 hmoveto 20 20 20 20 hhcurveto endchar", "0,0 60,20 45,19~ 30,10 15,1~"},
		{"hvcurveto", "0 hmoveto 20 0 0 20 hvcurveto endchar", "0,0 20,20 21,6~ 18,3 14,-1~"},
		{"vhcurveto with a last step", "0 hmoveto 20 0 0 20 4 vhcurveto endchar", "0,0 20,24 6,22~ 3,18 -1,14~"},
		{"rcurveline", "0 hmoveto " + bow + " 5 6 rcurveline endchar", "0,0 45,46 40,40 24,39~ 13,28 1,16~"},
		{"rlinecurve", "0 hmoveto 5 6 " + bow + " rlinecurve endchar", "0,0 45,46 29,45~ 18,34 6,22~ 5,6"},
		{"hflex", "0 hmoveto 10 10 4 10 10 10 10 hflex endchar", "0,0 60,0 45,2~ 30,4 15,2~"},
		{"flex", "0 hmoveto 10 0 10 4 10 0 10 0 10 -4 10 0 50 flex endchar", "0,0 60,0 45,2~ 30,4 15,2~"},
		{"subroutines", "-107 callsubr -107 callgsubr endchar", "1,2 5,2 5,9"},
		{"a blank", "endchar", ""},
	} {
		for _, cid := range []bool{false, true} {
			glyphs := [][]byte{charstring("endchar"), charstring(c.in)}
			font := readCFF(cffOf(glyphs, charstring("1 2 rmoveto return"), charstring("4 7 rlineto -7 vlineto endchar"), cid))
			got := points(font.outline(1))
			if got != c.want {
				t.Errorf("%s, cid %v: got %s, want %s", c.name, cid, got, c.want)
			}
		}
	}
}

// TestCurves holds a large curve to half a unit: points of the quadratic
// pieces stand on the cubic.
func TestCurves(t *testing.T) {
	font := readCFF(cffOf([][]byte{charstring("0 hmoveto 0 552 448 448 552 0 rrcurveto endchar")}, nil, nil, false))
	words := strings.Fields(points(font.outline(0)))
	if len(words) < 7 || len(words) > 20 {
		t.Errorf("a quarter of a circle has %d points", len(words))
	}
	for _, word := range words {
		var x, y float64
		if fmt.Sscanf(word, "%g,%g", &x, &y); strings.HasSuffix(word, "~") || y == 0 {
			continue
		}
		if r := (1000-x)*(1000-x) + y*y; r < 998*998 || r > 1002*1002 {
			t.Errorf("%s is not on the circle", word)
		}
	}
}

// openType makes a face with PostScript outlines of a TrueType one: every
// glyph is the same triangle.
func openType(t testing.TB) []byte {
	data, err := fonts.FS.ReadFile("Caladea-Regular.ttf")
	if err != nil {
		t.Fatal(err)
	}
	tables := directory(data, 0)
	glyphs := make([][]byte, table(tables["maxp"]).u16(4))
	for i := range glyphs {
		glyphs[i] = charstring("10 hmoveto 300 500 300 -500 rlineto endchar")
	}
	out := append([]byte("OTTO"), 0, 8, 0, 0, 0, 0, 0, 0)
	at := 12 + 16*8
	var body []byte
	for _, tag := range []string{"CFF ", "OS/2", "cmap", "head", "hhea", "hmtx", "maxp", "name"} {
		part := tables[tag]
		if tag == "CFF " {
			part = cffOf(glyphs, nil, nil, false)
		}
		out = append(append(out, tag...), 0, 0, 0, 0)
		out = binary.BigEndian.AppendUint32(out, uint32(at+len(body)))
		out = binary.BigEndian.AppendUint32(out, uint32(len(part)))
		body = append(body, part...)
	}
	return append(out, body...)
}

// TestOpenType makes subsets of a face with PostScript outlines: a TrueType
// program with the outlines of the characters and those of our making.
func TestOpenType(t *testing.T) {
	f, err := Parse(openType(t))
	if err != nil {
		t.Fatal(err)
	}
	s, err := f.Subset([]rune("A☑"))
	if err != nil {
		t.Fatal(err)
	}
	tables := directory(s.Program, 0)
	glyf, loca := table(tables["glyf"]), table(tables["loca"])
	if got, want := points(glyf[loca.u32(4):loca.u32(8)]), "10,0 610,0 310,500"; got != want {
		t.Errorf("A: got %s, want %s", got, want)
	}
	if got := table(tables["hmtx"]).i16(4 + 2); got != 10 {
		t.Errorf("A: got bearing %d, want its left edge 10", got)
	}
	if loca.u32(12)-loca.u32(8) < 40 {
		t.Error("☑ has no outline")
	}
	// Damaged outlines: an error or another picture, but no panic and no hang.
	data := openType(t)
	for i := range 400 {
		random := rand.New(rand.NewPCG(11, uint64(i)))
		spoiled := slices.Clone(data)
		for range 1 + random.IntN(8) {
			spoiled[12+random.IntN(8000)] = byte(random.Uint32())
		}
		if f, err := Parse(spoiled); err == nil {
			f.Subset([]rune("AБ"))
			f.MarkShift(f.Glyph('A'), f.Glyph('B'))
		}
	}
}

// FuzzCharstring runs any bytes as a glyph: an outline or a panic of damage,
// which Subset turns into an error, but no hang.
func FuzzCharstring(f *testing.F) {
	f.Add(charstring("500 10 20 rmoveto 30 40 -30 hlineto endchar"))
	f.Add(charstring("0 hmoveto 10 0 10 4 10 0 10 0 10 -4 10 0 50 flex 1 2 hstemhm 3 4 hintmask -107 callsubr endchar"))
	f.Fuzz(func(t *testing.T, glyph []byte) {
		font := readCFF(cffOf([][]byte{glyph}, glyph, glyph, false))
		defer func() { recover() }()
		if outline := font.outline(0); len(outline) > 0 {
			points(outline)
		}
	})
}
