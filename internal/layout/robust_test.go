package layout

import (
	"bytes"
	"fmt"
	"math/rand"
	"os"
	"path/filepath"
	"regexp"
	gauges "runtime/metrics"
	"strings"
	"testing"
	"time"

	"nastavnik/internal/docx"
	"nastavnik/internal/font"
	"nastavnik/internal/pdf"
	"nastavnik/internal/wml"
)

// seeds are documents to spoil: one of our own, and small ones of the corpus
// when it is there.
func seeds(t *testing.T) [][]byte {
	list := [][]byte{paper(t, 1)}
	root := os.Getenv("NASTAVNIK_SHARED")
	if root == "" {
		root = filepath.Join("..", "..", "..", "shared")
	}
	files, _ := filepath.Glob(filepath.Join(root, "corpus", "open", "*.docx"))
	for _, name := range files {
		if b, err := os.ReadFile(name); err == nil && len(b) < 60_000 {
			list = append(list, b)
		}
	}
	return list
}

var digits = regexp.MustCompile(`"-?\d+"`)

// numbers are put in place of others: edges at which lengths break.
var numbers = []string{"0", "-1", "1", "2147483647", "-2147483648", "99999999999", "31680", "-31680", "65536", "240", "", "1e9", "12pt", "-5"}

// spoil changes the XML part at random: numbers, single elements, stretches.
func spoil(rng *rand.Rand, xml string) string {
	for range 1 + rng.Intn(6) {
		switch rng.Intn(4) {
		case 0, 1: // a number
			if all := digits.FindAllStringIndex(xml, 2000); len(all) > 0 {
				at := all[rng.Intn(len(all))]
				xml = xml[:at[0]] + `"` + numbers[rng.Intn(len(numbers))] + `"` + xml[at[1]:]
			}
		case 2: // an element without children goes
			if i := strings.Index(xml[rng.Intn(len(xml)):], "/>"); i > 0 {
				end := i + 2
				if start := strings.LastIndex(xml[:i], "<"); start >= 0 {
					xml = xml[:start] + xml[end:]
				}
			}
		case 3: // a paragraph, row or cell is doubled
			tag := []string{"w:p", "w:tr", "w:tc", "w:tbl", "w:sectPr"}[rng.Intn(5)]
			start := strings.Index(xml, "<"+tag+">")
			end := strings.Index(xml, "</"+tag+">")
			if start >= 0 && end > start {
				end += len(tag) + 3
				xml = xml[:end] + xml[start:end] + xml[end:]
			}
		}
	}
	return xml
}

// damage changes bytes of the file itself, its directory and packed parts.
func damage(rng *rand.Rand, b []byte) []byte {
	b = bytes.Clone(b)
	for range 1 + rng.Intn(20) {
		b[rng.Intn(len(b))] = byte(rng.Int())
	}
	if rng.Intn(4) == 0 {
		b = b[:rng.Intn(len(b))]
	}
	return b
}

// TestSpoiled makes PDFs of spoiled documents: none may panic, take more than
// 5 s or come out without a page, and the memory of all that lives at one time
// stays below 300 MB. NASTAVNIK_LONG=1 tries 4,000 of them.
func TestSpoiled(t *testing.T) {
	count := 250
	if testing.Short() {
		count = 50
	}
	if os.Getenv("NASTAVNIK_LONG") != "" {
		count = 4000
	}
	list := seeds(t)
	set := testFonts(t)
	peak := watchHeap()
	rng := rand.New(rand.NewSource(1))
	refused, longest := 0, time.Duration(0)
	for i := range count {
		b := list[rng.Intn(len(list))]
		damaged := i%4 == 3
		if damaged {
			b = damage(rng, b)
		}
		pkg, err := docx.Open(b)
		if err != nil {
			refused++
			continue
		}
		names := []string{"word/document.xml", "word/styles.xml", "word/numbering.xml"}
		if rng.Intn(3) > 0 {
			names = names[:1]
		}
		for _, name := range names {
			part := pkg.Part(name)
			if part == nil || damaged {
				continue
			}
			b, err := part.Bytes()
			if err != nil || len(b) == 0 {
				continue
			}
			pkg.Put(name, part.ContentType, []byte(spoil(rng, string(b))))
		}
		done := make(chan string, 1)
		start := time.Now()
		go func() { done <- toPDF(pkg, set) }()
		select {
		case msg := <-done:
			if msg != "" {
				save(t, pkg, i)
				t.Errorf("document %d: %s", i, msg)
			}
		case <-time.After(5 * time.Second):
			save(t, pkg, i)
			t.Fatalf("document %d hangs", i)
		}
		longest = max(longest, time.Since(start))
	}
	if refused == count {
		t.Error("all refused: nothing was tried")
	}
	most := peak()
	t.Logf("%d documents, %d refused, at most %v each and %d MB", count, refused, longest, most>>20)
	if most > 300<<20 {
		t.Errorf("got %d MB of memory, want at most 300", most>>20)
	}
}

// toPDF goes all the way from a package to a PDF and says what is wrong with
// the program, "" for nothing.
func toPDF(pkg *docx.Package, set *font.Set) string {
	doc, problems := wml.Parse(pkg)
	out, more := Pages(doc, Options{Fonts: set, MaxPages: 300})
	for _, p := range append(problems, more...) {
		if strings.Contains(p.Text, "внутренняя") {
			return p.Text
		}
	}
	if len(out.Pages) == 0 {
		return "no page"
	}
	var b bytes.Buffer
	if err := pdf.Write(&b, out, pdf.Options{}); err != nil {
		return err.Error()
	}
	return ""
}

// watchHeap looks at the memory in use, the dead not yet collected included,
// until the function that it returns asks for the most.
func watchHeap() (peak func() uint64) {
	stop, most := make(chan bool), make(chan uint64)
	go func() {
		use := []gauges.Sample{{Name: "/memory/classes/heap/objects:bytes"}}
		top := uint64(0)
		for {
			gauges.Read(use)
			top = max(top, use[0].Value.Uint64())
			select {
			case <-stop:
				most <- top
				return
			case <-time.After(2 * time.Millisecond):
			}
		}
	}()
	return func() uint64 {
		close(stop)
		return <-most
	}
}

// save keeps a document that failed, for a look at it.
func save(t *testing.T, pkg *docx.Package, i int) {
	if b, err := pkg.Bytes(); err == nil {
		name := filepath.Join(os.TempDir(), fmt.Sprintf("spoiled-%d.docx", i))
		if os.WriteFile(name, b, 0o644) == nil {
			t.Log("kept as", name)
		}
	}
}

// TestCorpusWhole lays out every file of the corpus, hostile ones too.
func TestCorpusWhole(t *testing.T) {
	set := testFonts(t)
	for _, dir := range []string{"open", "hostile"} {
		files, _ := filepath.Glob(filepath.Join(shared(t, "corpus", dir), "*.docx"))
		for _, name := range files {
			b, err := os.ReadFile(name)
			if err != nil || testing.Short() && len(b) > 200_000 {
				continue
			}
			pkg, err := docx.Open(b)
			if err != nil {
				continue
			}
			start := time.Now()
			doc, problems := wml.Parse(pkg)
			out, more := Pages(doc, Options{Fonts: set})
			for _, p := range append(problems, more...) {
				if strings.Contains(p.Text, "внутренняя") {
					t.Errorf("%s: %s", filepath.Base(name), p.Text)
				}
			}
			if len(out.Pages) == 0 {
				t.Errorf("%s: no page", filepath.Base(name))
			}
			if took := time.Since(start); took > 3*time.Second {
				t.Logf("%s: %v, %d pages", filepath.Base(name), took.Round(time.Millisecond), len(out.Pages))
			}
		}
	}
}

// FuzzPages lays out any document.xml: whatever it holds, there is a page and
// no panic behind it.
func FuzzPages(f *testing.F) {
	f.Add(`<w:p><w:r><w:t>а</w:t></w:r></w:p>`)
	f.Add(`<w:tbl><w:tblGrid><w:gridCol w:w="1"/></w:tblGrid><w:tr><w:tc><w:tcPr><w:vMerge/></w:tcPr><w:p/></w:tc></w:tr></w:tbl>`)
	f.Add(`<w:p><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr><w:ind w:left="-99999"/></w:pPr><w:r><w:tab/><w:br w:type="column"/></w:r></w:p>`)
	f.Add(`<w:p><w:pPr><w:framePr w:w="1"/></w:pPr></w:p><w:p><w:pPr><w:sectPr><w:cols w:num="9"/><w:type w:val="continuous"/></w:sectPr></w:pPr></w:p>`)
	set := testFonts(f)
	f.Fuzz(func(t *testing.T, body string) {
		pkg := docx.New()
		pkg.Put("word/document.xml", "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml",
			[]byte(`<w:document `+testNS+`><w:body>`+body+`</w:body></w:document>`))
		pkg.AddRel(nil, docx.RelType("officeDocument"), "word/document.xml", false)
		doc, problems := wml.Parse(pkg)
		out, more := Pages(doc, Options{Fonts: set, MaxPages: 50})
		for _, p := range append(problems, more...) {
			if strings.Contains(p.Text, "внутренняя") {
				t.Fatal(p)
			}
		}
		if len(out.Pages) == 0 {
			t.Fatal("no page")
		}
	})
}
