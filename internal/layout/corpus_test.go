package layout

import (
	"bufio"
	"compress/gzip"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"nastavnik/fonts"
	"nastavnik/internal/docx"
	"nastavnik/internal/font"
	"nastavnik/internal/page"
	"nastavnik/internal/wml"
)

// shared returns a place in the reference corpus, or skips.
func shared(t testing.TB, elem ...string) string {
	t.Helper()
	root := os.Getenv("NASTAVNIK_SHARED")
	if root == "" {
		root = filepath.Join("..", "..", "..", "shared")
	}
	name := filepath.Join(append([]string{root}, elem...)...)
	if _, err := os.Stat(name); err != nil {
		t.Skipf("no corpus at %s: set NASTAVNIK_SHARED", name)
	}
	return name
}

// testFonts opens the fonts of the program.
func testFonts(t testing.TB) *font.Set {
	t.Helper()
	set, err := font.Open(fonts.FS)
	if err != nil {
		t.Fatal(err)
	}
	return set
}

func openDoc(t testing.TB, name string) *wml.Document {
	t.Helper()
	data, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	pkg, err := docx.Open(data)
	if err != nil {
		t.Fatal(err)
	}
	doc, _ := wml.Parse(pkg)
	return doc
}

// visual is a line as an eye sees it: all words of one height on a page.
type visual struct {
	page int
	y    float64 // of the middle, in points
	h    float64
	x    float64
	text string
}

type word struct {
	x, y, h float64
	text    string
}

// visuals groups words into lines as tools/fidelity.py does.
func visuals(pageNo int, words []word) []visual {
	slices.SortStableFunc(words, func(a, b word) int {
		if a.y != b.y {
			return cmpFloat(a.y, b.y)
		}
		return cmpFloat(a.x, b.x)
	})
	type group struct {
		y, h  float64
		words []word
	}
	var groups []*group
words:
	for _, w := range words {
		for k := len(groups) - 1; k >= max(0, len(groups)-3); k-- {
			if g := groups[k]; math.Abs(g.y-w.y) < 0.4*math.Min(w.h, g.h) {
				g.words = append(g.words, w)
				continue words
			}
		}
		groups = append(groups, &group{w.y, w.h, []word{w}})
	}
	var out []visual
	for _, g := range groups {
		slices.SortStableFunc(g.words, func(a, b word) int { return cmpFloat(a.x, b.x) })
		var b strings.Builder
		for _, w := range g.words {
			b.WriteString(w.text)
		}
		out = append(out, visual{pageNo, g.y, g.h, g.words[0].x, b.String()})
	}
	return out
}

func cmpFloat(a, b float64) int {
	switch {
	case a < b:
		return -1
	case a > b:
		return 1
	}
	return 0
}

// bare drops what poppler's text and ours may differ in.
func bare(s string) string {
	return strings.Map(func(r rune) rune {
		switch r {
		case ' ', '\t', 0xa0, 0x202f, 0x2009, 0xad, 0x200b, 0x2060, 0xfeff:
			return -1
		case 0x2002, 0x2003, '•', '▪', '□', '■', '●', '○', '◆', '❖', '➢', '✓', '☐', '☑', '☒', '◻':
			return -1 // blanks of form fields; bullets, which poppler may not read back
		case 0x2011, 0x2010:
			return '-'
		}
		if r >= 0xe000 && r < 0xf900 {
			return -1
		}
		return r
	}, s)
}

// ourLines returns the visual lines of each page laid out.
func ourLines(doc *page.Document) (pages [][]visual) {
	for i := range doc.Pages {
		var words []word
		for _, it := range doc.Pages[i].Items {
			t, ok := it.(*page.Text)
			if !ok {
				continue
			}
			if s := bare(t.Text); s != "" {
				// poppler's box of a font without ascent and descent, as
				// LibreOffice writes them: 0.95 and 0.35 of the size
				h := t.Size.Points() * 1.3
				words = append(words, word{t.X.Points(), t.Y.Points() - 0.3*t.Size.Points(), h, s})
			}
		}
		pages = append(pages, visuals(i+1, words))
	}
	return pages
}

// refLines reads the lines that LibreOffice made of a corpus file.
func refLines(t testing.TB, name string) (pages [][]visual) {
	t.Helper()
	f, err := os.Open(name)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	z, err := gzip.NewReader(f)
	if err != nil {
		t.Fatal(err)
	}
	var words [][]word
	scan := bufio.NewScanner(z)
	scan.Buffer(nil, 1<<24)
	for scan.Scan() {
		line := scan.Text()
		if strings.HasPrefix(line, "# page ") {
			words = append(words, nil)
			continue
		}
		f := strings.Split(line, "\t")
		if len(f) < 6 || strings.HasPrefix(line, "#") || f[0] == "page" {
			continue
		}
		n := func(i int) float64 { v, _ := strconv.ParseFloat(f[i], 64); return v }
		p := int(n(0))
		for len(words) < p {
			words = append(words, nil)
		}
		if s := bare(f[5]); s != "" {
			words[p-1] = append(words[p-1], word{n(1), (n(2) + n(4)) / 2, n(4) - n(2), s})
		}
	}
	for i, w := range words {
		pages = append(pages, visuals(i+1, w))
	}
	return pages
}

// agreement of two layouts.
type agreement struct {
	pages, refPages int
	lines, same     int     // of the reference; with the same text on the same page
	placed          int     // of the same ones, within 1 pt in height
	dy              float64 // largest difference of the same ones
	missing         []visual
	extra           []visual
	moved           []visual
}

func agree(ours, ref [][]visual) (a agreement) {
	a.pages, a.refPages = len(ours), len(ref)
	for i, lines := range ref {
		used := map[int]bool{}
		for _, l := range lines {
			a.lines++
			found, best := -1, math.Inf(1)
			if i < len(ours) {
				for k, o := range ours[i] {
					if d := math.Abs(o.y - l.y); !used[k] && o.text == l.text && d < best {
						found, best = k, d
					}
				}
			}
			if found < 0 {
				a.missing = append(a.missing, l)
				continue
			}
			used[found] = true
			a.same++
			a.dy = math.Max(a.dy, best)
			if best <= 1.5 {
				a.placed++
			} else {
				l.text += fmt.Sprintf(" [%+.1f]", ours[i][found].y-l.y)
				a.moved = append(a.moved, l)
			}
		}
		if i < len(ours) {
			for k, o := range ours[i] {
				if !used[k] {
					a.extra = append(a.extra, o)
				}
			}
		}
	}
	return a
}

// TestCorpusFit holds the files whose fonts are at hand against LibreOffice's
// lines of them. The floors only rise.
func TestCorpusFit(t *testing.T) {
	list, err := os.ReadFile(shared(t, "corpus", "open", "fit.lst"))
	if err != nil {
		t.Fatal(err)
	}
	compare(t, strings.Fields(string(list)), "ref", 0.95, 0.91)
}

// TestCorpusTwins does the same for files in Calibri and Cambria, which
// LibreOffice set in Carlito and Caladea.
func TestCorpusTwins(t *testing.T) {
	files, _ := filepath.Glob(filepath.Join(shared(t, "corpus", "open", "ref-crosextra"), "*.tsv.gz"))
	var names []string
	for _, f := range files {
		names = append(names, strings.TrimSuffix(filepath.Base(f), ".tsv.gz"))
	}
	compare(t, names, "ref-crosextra", 0.99, 0.85)
}

// compare lays the files out and logs a table of their agreement with
// LibreOffice's lines in the folder ref; less than the floors is an error.
func compare(t *testing.T, names []string, ref string, floorPages, floorLines float64) {
	set := testFonts(t)
	only := os.Getenv("LAYOUT_ONLY")
	var files, samePages, lines, same int
	for _, name := range names {
		if only != "" && !strings.Contains(name, only) {
			continue
		}
		doc := openDoc(t, shared(t, "corpus", "open", name))
		out, problems := Pages(doc, Options{Fonts: set})
		for _, p := range problems {
			if strings.Contains(p.Text, "внутренняя") {
				t.Errorf("%s: %v", name, p)
			}
		}
		a := agree(ourLines(out), refLines(t, shared(t, "corpus", "open", ref, name+".tsv.gz")))
		files++
		if a.pages == a.refPages {
			samePages++
		}
		lines += a.lines
		same += a.placed
		t.Logf("%-70.70s pages %2d/%2d lines %4d same %5.1f%% placed %5.1f%% dy %.2f", name, a.pages, a.refPages, a.lines,
			share(a.same, a.lines), share(a.placed, a.lines), a.dy)
		if only == "" {
			continue
		}
		for _, l := range a.missing {
			t.Logf("  ref  p%d y%.1f x%.1f h%.1f %s", l.page, l.y, l.x, l.h, l.text)
		}
		for _, l := range a.moved {
			t.Logf("  move p%d y%.1f x%.1f h%.1f %s", l.page, l.y, l.x, l.h, l.text)
		}
		for _, l := range a.extra {
			t.Logf("  ours p%d y%.1f x%.1f h%.1f %s", l.page, l.y, l.x, l.h, l.text)
		}
	}
	t.Logf("files %d, page counts equal %.1f%%, lines placed %.2f%% of %d", files, share(samePages, files), share(same, lines), lines)
	if only == "" && (share(samePages, files) < 100*floorPages || share(same, lines) < 100*floorLines) {
		t.Errorf("below the floor of %.0f%% page counts and %.0f%% lines", 100*floorPages, 100*floorLines)
	}
}

func share(a, b int) float64 {
	if b == 0 {
		return 100
	}
	return 100 * float64(a) / float64(b)
}
