package pdf_test

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"nastavnik/fonts"
	"nastavnik/internal/diag"
	"nastavnik/internal/docx"
	"nastavnik/internal/font"
	"nastavnik/internal/layout"
	"nastavnik/internal/page"
	"nastavnik/internal/pdf"
	"nastavnik/internal/pdfread"
	"nastavnik/internal/wml"
)

// corpus calls visit for each real DOCX that can be opened, laid out.
func corpus(t testing.TB, visit func(name string, doc *page.Document)) {
	t.Helper()
	shared := os.Getenv("NASTAVNIK_SHARED")
	if shared == "" {
		shared = filepath.Join("..", "..", "..", "shared")
	}
	names, _ := filepath.Glob(filepath.Join(shared, "corpus", "open", "*.docx"))
	if len(names) == 0 {
		t.Skip("the corpus is not here: set NASTAVNIK_SHARED")
	}
	set, err := font.Open(fonts.FS)
	if err != nil {
		t.Fatal(err)
	}
	for i, name := range names {
		if i%corpusStep != 0 {
			continue
		}
		b, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		pkg, err := docx.Open(b)
		if err != nil {
			continue // package docx has tests of its own for what it refuses
		}
		parsed, _ := wml.Parse(pkg)
		doc, _ := layout.Pages(parsed, layout.Options{Fonts: set})
		visit(filepath.Base(name), doc)
	}
}

// TestRealFiles writes real documents: no error, and the text of each page is
// read back as layout set it.
func TestRealFiles(t *testing.T) {
	cache := &pdf.Cache{}
	written := 0
	corpus(t, func(name string, doc *page.Document) {
		var warnings diag.List
		var out bytes.Buffer
		if err := pdf.Write(&out, doc, pdf.Options{Cache: cache, Warnings: &warnings}); err != nil {
			t.Errorf("%s: %v", name, err)
			return
		}
		for _, w := range warnings {
			t.Logf("%s: %s", name, w)
		}
		f, err := pdfread.Open(out.Bytes())
		if err != nil {
			t.Errorf("%s: %v", name, err)
			return
		}
		pages := f.Pages()
		if len(pages) != len(doc.Pages) {
			t.Errorf("%s: got %d pages, want %d", name, len(pages), len(doc.Pages))
			return
		}
		for i, p := range pages {
			got, want := strings.ReplaceAll(f.PageText(p), "\n", ""), setText(&doc.Pages[i])
			if got != want {
				t.Errorf("%s: page %d: got %q, want %q", name, i+1, got, want)
				break
			}
		}
		written++
	})
	if written == 0 {
		t.Error("nothing was written")
	}
}

// setText returns the characters of a page that can be drawn.
func setText(p *page.Page) string {
	var b strings.Builder
	for _, item := range p.Items {
		text, ok := item.(*page.Text)
		if !ok || text.Face == nil {
			continue
		}
		runes := []rune(text.Text)
		for i, r := range runes {
			if r >= 0xE000 && r <= 0xF8FF {
				r = 0xFFFD
			}
			if text.Hyphen && i == len(runes)-1 && (r == '-' || r == 0x2010) {
				r = 0x00AD
			}
			if r >= 0x20 && (r < 0x7F || r > 0x9F) && r != 0xFEFF && r != 0xFFFE && r != 0xFFFF {
				b.WriteRune(r)
			}
		}
	}
	return b.String()
}
