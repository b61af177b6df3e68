package font_test

import (
	"bufio"
	"encoding/binary"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"runtime/metrics"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"nastavnik/fonts"
	"nastavnik/internal/font"
)

func open(t testing.TB) *font.Set {
	t.Helper()
	set, err := font.Open(fonts.FS)
	if err != nil {
		t.Fatal(err)
	}
	if skipped := set.Skipped(); len(skipped) > 0 {
		t.Fatal(skipped)
	}
	return set
}

// TestMetrics holds the numbers from which layout.md's formulas start.
func TestMetrics(t *testing.T) {
	set := open(t)
	for _, c := range []struct {
		family                               string
		bold, italic                         bool
		name                                 string
		unitsPerEm, ascent, descent, lineGap int
		substituted                          bool
	}{
		{"Times New Roman", false, false, "LiberationSerif", 2048, 1825, 443, 87, false},
		{"times new roman", true, true, "LiberationSerif-BoldItalic", 2048, 1825, 443, 87, false},
		{"Liberation Serif", true, false, "LiberationSerif-Bold", 2048, 1825, 443, 87, false},
		{"Arial", false, false, "LiberationSans", 2048, 1854, 434, 67, false},
		{"Courier New", false, true, "LiberationMono-Italic", 2048, 1705, 615, 0, false},
		{"Calibri", false, false, "Carlito", 2048, 1536, 512, 452, false},
		{"Cambria", false, false, "Caladea-Regular", 1000, 900, 250, 0, false},
		{"Times New Roman KZ", false, false, "LiberationSerif", 2048, 1825, 443, 87, false},
		{"Arial Cyr", true, false, "LiberationSans-Bold", 2048, 1854, 434, 67, false},
		{"Arial Narrow", false, false, "LiberationSans", 2048, 1854, 434, 67, true},
		{"Verdana", false, false, "LiberationSans", 2048, 1854, 434, 67, true},
		{"Georgia", false, false, "LiberationSerif", 2048, 1825, 443, 87, true},
		{"Нет такого", false, false, "LiberationSerif", 2048, 1825, 443, 87, true},
	} {
		m := set.Face(c.family, c.bold, c.italic)
		f := m.Face
		got := []any{f.PostScriptName(), f.UnitsPerEm(), f.Ascent(), f.Descent(), f.LineGap(), m.Substituted, m.Skew, m.Embolden, f.Bold(), f.Italic()}
		want := []any{c.name, c.unitsPerEm, c.ascent, c.descent, c.lineGap, c.substituted, false, false, c.bold, c.italic}
		if !slices.Equal(got, want) {
			t.Errorf("%s: got %v, want %v", c.family, got, want)
		}
	}
}

// TestSchoolCharacters wants every character of the list of school papers in
// each Liberation face, those of our own making among them.
func TestSchoolCharacters(t *testing.T) {
	set := open(t)
	file, err := os.Open(shared(t, "gost/codepoints.txt"))
	if err != nil {
		t.Skip("the list of characters is not here: ", err)
	}
	defer file.Close()
	var runes []rune
	for lines := bufio.NewScanner(file); lines.Scan(); {
		var r rune
		if _, err := fmt.Sscanf(lines.Text(), "U+%X", &r); err == nil {
			runes = append(runes, r)
		}
	}
	if len(runes) < 250 {
		t.Fatalf("got %d characters, want the whole list", len(runes))
	}
	runes = append(runes, '₽', '☐', '☑', '☒', '✓', '✔', '➢', '❖', '▪', '●', '○', '■', '□', '→', 0x2011, 0x202F, 0x2009, 0x200B)
	for _, family := range []string{"Liberation Serif", "Liberation Sans", "Liberation Mono"} {
		for style := range 4 {
			f := set.Face(family, style&1 != 0, style&2 != 0).Face
			var missing []string
			for _, r := range runes {
				if f.Glyph(r) == 0 {
					missing = append(missing, fmt.Sprintf("%U %c", r, r))
				}
			}
			if missing != nil {
				t.Errorf("%s lacks %v", f.PostScriptName(), missing)
			}
		}
	}
	serif := set.Face("Times New Roman", false, false).Face
	for _, c := range []struct {
		r    rune
		want int
	}{{' ', 512}, {0x00A0, 512}, {0x202F, 410}, {0x2011, serif.Advance(serif.Glyph('-'))}, {0x200B, 0}, {'№', serif.Advance(serif.Glyph('№'))}} {
		if got := serif.Advance(serif.Glyph(c.r)); got != c.want {
			t.Errorf("%U: advance got %d, want %d", c.r, got, c.want)
		}
	}
}

func TestFallback(t *testing.T) {
	set := open(t)
	cambria := set.Face("Cambria", true, false).Face
	if got := set.Fallback(cambria, true, false, 'Ж'); got == nil || got.PostScriptName() != "LiberationSerif-Bold" {
		t.Errorf("Ж in Cambria bold: got %v, want Liberation Serif Bold", got)
	}
	if got := set.Fallback(cambria, true, false, 'A'); got != cambria {
		t.Errorf("A in Cambria bold: got %v, want itself", got)
	}
	if got := set.Fallback(cambria, false, false, '漢'); got != nil {
		t.Errorf("漢: got %v, want nobody", got.PostScriptName())
	}
}

func TestKern(t *testing.T) {
	f := open(t).Face("Times New Roman", false, false).Face
	for _, c := range []struct {
		left, right rune
		negative    bool
	}{{'A', 'V', true}, {'V', 'A', true}, {'T', 'o', true}, {'н', 'н', false}, {'H', 'H', false}} {
		if got := f.Kern(f.Glyph(c.left), f.Glyph(c.right)); got < 0 != c.negative {
			t.Errorf("%c%c: got %d, want negative %v", c.left, c.right, got, c.negative)
		}
	}
}

func TestSymbol(t *testing.T) {
	for _, c := range []struct {
		family string
		code   rune
		want   rune
	}{{"Symbol", 0xF0B7, '•'}, {"Wingdings", 0xF0A8, '□'}, {"Wingdings", 0xFE, '☑'}, {"wingdings 2", 0xF052, '☑'}, {"Arial", 0xF0B7, 0xF0B7}} {
		if got, _ := font.Symbol(c.family, c.code); got != c.want {
			t.Errorf("%s %U: got %c, want %c", c.family, c.code, got, c.want)
		}
	}
}

// TestSubset parses nothing back, for a subset has no cmap; it checks the
// slots, the closure over parts of composites and the file's checksum.
func TestSubset(t *testing.T) {
	set := open(t)
	runes := []rune(" -.АЁабвгйё№₽‑☐漢")
	slices.Sort(runes)
	for _, family := range []string{"Liberation Serif", "Carlito", "Caladea"} {
		f := set.Face(family, false, false).Face
		s, err := f.Subset(runes)
		if err != nil {
			t.Fatal(err)
		}
		if len(s.Widths) < len(runes)+1 {
			t.Errorf("%s: got %d slots, want at least %d", family, len(s.Widths), len(runes)+1)
		}
		for i, r := range runes {
			if got, want := s.Widths[i+1], f.Advance(f.Glyph(r)); got != want {
				t.Errorf("%s: width of %c got %d, want %d", family, r, got, want)
			}
		}
		var sum uint32
		for i := 0; i+4 <= len(s.Program); i += 4 {
			sum += uint32(s.Program[i])<<24 | uint32(s.Program[i+1])<<16 | uint32(s.Program[i+2])<<8 | uint32(s.Program[i+3])
		}
		if sum != 0xB1B0AFBA || len(s.Program)%4 != 0 {
			t.Errorf("%s: checksum of the file got %X, want B1B0AFBA", family, sum)
		}
		again, _ := f.Subset(runes)
		if string(again.Program) != string(s.Program) {
			t.Errorf("%s: two subsets differ", family)
		}
	}
}

// TestMutatedFonts damages fonts in 4,000 ways: an error or a face that can
// be used, never a panic. Each takes less than 5 s, and reserves less than
// 300 MB even when nothing of it were freed again.
func TestMutatedFonts(t *testing.T) {
	count := 4000
	if testing.Short() {
		count = 400
	}
	runes := []rune("  №АБВабвё₽☑")
	slices.Sort(runes)
	runes = slices.Compact(runes)
	names := []string{"LiberationSerif-Regular.ttf", "Carlito-Regular.ttf", "Caladea-Italic.ttf"}
	refused := 0
	var longest time.Duration
	largest := uint64(0)
	reserved := []metrics.Sample{{Name: "/gc/heap/allocs:bytes"}}
	for i := range count {
		metrics.Read(reserved)
		before, start := reserved[0].Value.Uint64(), time.Now()
		random := rand.New(rand.NewPCG(1, uint64(i)))
		data, err := fonts.FS.ReadFile(names[i%len(names)])
		if err != nil {
			t.Fatal(err)
		}
		mutate(data, random)
		if f, err := font.Parse(data); err != nil {
			refused++
			if !strings.Contains(err.Error(), "шрифт «") {
				t.Fatalf("mutation %d: the error does not name the font: %v", i, err)
			}
		} else {
			f.Subset(runes)
			for _, r := range runes {
				f.Kern(f.Glyph('А'), f.Glyph(r))
				f.Advance(f.Glyph(r))
			}
		}
		metrics.Read(reserved)
		took, size := time.Since(start), reserved[0].Value.Uint64()-before
		if took > 5*time.Second || size > 300<<20 {
			t.Errorf("mutation %d: %v, %d MB", i, took, size>>20)
		}
		longest, largest = max(longest, took), max(largest, size)
	}
	t.Logf("%d fonts, at most %v and %d MB each", count, longest, largest>>20)
	if refused == 0 || refused == count {
		t.Errorf("%d of %d refused: the mutations test nothing", refused, count)
	}
}

// mutate changes single bytes, mostly in the directory and table heads, cuts
// the end off, or copies one stretch over another.
func mutate(data []byte, random *rand.Rand) {
	switch random.IntN(5) {
	case 0:
		clear(data[random.IntN(len(data)):])
	case 1:
		n := 1 + random.IntN(2000)
		from, to := random.IntN(len(data)-n), random.IntN(len(data)-n)
		copy(data[to:to+n], data[from:from+n])
	case 2:
		for range 1 + random.IntN(8) {
			data[random.IntN(300)] = byte(random.Uint32())
		}
	default:
		for range 1 + random.IntN(400) {
			data[random.IntN(len(data))] = byte(random.Uint32())
		}
	}
}

func BenchmarkOpen(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		set := open(b)
		set.Face("Times New Roman", false, false)
		set.Face("Times New Roman", true, false)
	}
}

func BenchmarkSubset(b *testing.B) {
	f := open(b).Face("Times New Roman", false, false).Face
	runes := []rune(" ,-.0123456789АБВГДЕЖЗИКЛМНОПРСТабвгдежзийклмнопрстуфхцчшщъыьэюя№«»")
	slices.Sort(runes)
	b.ReportAllocs()
	for b.Loop() {
		if _, err := f.Subset(runes); err != nil {
			b.Fatal(err)
		}
	}
}

// shared returns a path in the folder of shared specifications beside the
// repository.
func shared(t testing.TB, name string) string {
	dir := os.Getenv("NASTAVNIK_SHARED")
	if dir == "" {
		dir = filepath.Join("..", "..", "..", "shared")
	}
	return filepath.Join(dir, filepath.FromSlash(name))
}

func FuzzParse(f *testing.F) {
	for _, name := range []string{"Caladea-Regular.ttf", "LiberationMono-Italic.ttf"} {
		data, err := fonts.FS.ReadFile(name)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(data)
	}
	runes := []rune(" АБ₽☑")
	slices.Sort(runes)
	f.Fuzz(func(t *testing.T, data []byte) {
		face, err := font.Parse(data)
		if err != nil {
			return
		}
		face.Subset(runes)
		for _, r := range runes {
			g := face.Glyph(r)
			face.Kern(g, g)
			face.MarkShift(g, g)
		}
	})
}

// TestUserFaces wants the user's own faces before the embedded ones, and the
// files that cannot be used told, not fatal.
func TestUserFaces(t *testing.T) {
	mono, err := fonts.FS.ReadFile("LiberationMono-Regular.ttf")
	if err != nil {
		t.Fatal(err)
	}
	forbidden := slices.Clone(mono)
	i := strings.Index(string(forbidden[:400]), "OS/2")
	offset := int(forbidden[i+8])<<24 | int(forbidden[i+9])<<16 | int(forbidden[i+10])<<8 | int(forbidden[i+11])
	forbidden[offset+9] = 2 // fsType: restricted licence
	whole := slices.Clone(mono)
	whole[offset+8] = 1 // no subsets
	set := open(t)
	before := set.Face("Liberation Mono", false, false).Face
	err = set.Add(fstest.MapFS{
		"a/mono.TTF":  {Data: mono},
		"b/bad.ttf":   {Data: []byte("not a font at all")},
		"c/cff.otf":   {Data: append([]byte("OTTO\x00\x01"), make([]byte, 40)...)},
		"d/shut.ttf":  {Data: forbidden},
		"d/whole.ttf": {Data: whole},
		"readme.txt":  {Data: []byte("x")},
		"e/empty.ttf": {Data: nil},
	})
	if err != nil {
		t.Fatal(err)
	}
	if after := set.Face("Liberation Mono", false, false).Face; after == before {
		t.Error("the embedded face is still taken")
	}
	told := set.Skipped().Error()
	for _, want := range []string{"b/bad.ttf", "c/cff.otf: шрифт не взят: в шрифте нет контуров", "d/shut.ttf: шрифт не взят: правообладатель запретил", "d/whole.ttf: шрифт не взят: правообладатель запретил", "e/empty.ttf"} {
		if !strings.Contains(told, want) {
			t.Errorf("%q is not told: %s", want, told)
		}
	}
	if err := open(t).Add(fstest.MapFS{"x.ttf": {Data: []byte("nothing")}}); err == nil {
		t.Error("a folder without any usable face is no error")
	}
	m := set.Face("Caladea", true, true)
	if m.Skew || m.Embolden || m.Substituted {
		t.Errorf("Caladea bold italic: got %+v", m)
	}
	only, err := font.Open(fstest.MapFS{"m.ttf": {Data: mono}})
	if err != nil {
		t.Fatal(err)
	}
	if m := only.Face("Arial", true, true); m.Face == nil || !m.Skew || !m.Embolden || !m.Substituted {
		t.Errorf("Arial bold italic of one upright mono: got %+v", m)
	}
}

// TestCollection takes both faces out of a .ttc file.
func TestCollection(t *testing.T) {
	be := binary.BigEndian
	out := append([]byte("ttcf"), 0, 1, 0, 0, 0, 0, 0, 2, 0, 0, 0, 0, 0, 0, 0, 0)
	for i, name := range []string{"LiberationMono-Regular.ttf", "LiberationMono-Bold.ttf"} {
		data, err := fonts.FS.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		data = slices.Clone(data)
		start := len(out)
		be.PutUint32(out[12+4*i:], uint32(start))
		for k := range int(be.Uint16(data[4:])) { // places count from the start of the collection
			at := 12 + 16*k + 8
			be.PutUint32(data[at:], be.Uint32(data[at:])+uint32(start))
		}
		out = append(out, data...)
	}
	set, err := font.Open(fstest.MapFS{"mono.ttc": {Data: out}})
	if err != nil {
		t.Fatal(err)
	}
	for _, bold := range []bool{false, true} {
		m := set.Face("Courier New", bold, false)
		if m.Substituted || m.Embolden || m.Face.Bold() != bold {
			t.Errorf("bold %v: got %s", bold, m.Face.PostScriptName())
		}
		if _, err := m.Face.Subset([]rune("Яя")); err != nil {
			t.Error(err)
		}
	}
}
