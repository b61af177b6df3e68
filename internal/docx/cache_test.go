package docx_test

import (
	"bytes"
	"sync"
	"testing"

	"nastavnik/internal/docx"
)

// paper makes the bytes of a package whose main part says text; its styles are
// always the same.
func paper(t testing.TB, text string) []byte {
	p := docx.New()
	const w = `xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"`
	main := p.Put("word/document.xml", docx.MainType, []byte(`<w:document `+w+`><w:body><w:p><w:r><w:t>`+text+`</w:t></w:r></w:p></w:body></w:document>`))
	p.AddRel(nil, docx.RelType("officeDocument"), "word/document.xml", false)
	p.Put("word/styles.xml", "application/vnd.openxmlformats-officedocument.wordprocessingml.styles+xml", []byte(`<w:styles `+w+`><w:style w:styleId="a"/></w:styles>`))
	p.AddRel(main, docx.RelType("styles"), "word/styles.xml", false)
	b, err := p.Bytes()
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// stylesOf opens a paper and returns it with the tree of its styles.
func stylesOf(t testing.TB, c *docx.Cache, b []byte) (*docx.Package, *docx.Node) {
	p, err := c.Open(b)
	if err != nil {
		t.Fatal(err)
	}
	tree, err := p.Part("word/styles.xml").Peek()
	if err != nil {
		t.Fatal(err)
	}
	return p, tree
}

func TestCacheSharesWhatIsAlike(t *testing.T) {
	var c docx.Cache
	stylesOf(t, &c, paper(t, "1"))
	two, second := stylesOf(t, &c, paper(t, "2"))
	three, third := stylesOf(t, &c, paper(t, "3"))
	if second != third {
		t.Error("styles met for the third time were parsed again")
	}
	a, _ := two.Main().Peek()
	b, _ := three.Main().Peek()
	if a == b || a.Root().Child("w:body").Child("w:p").Child("w:r").Child("w:t").Text() != "2" {
		t.Error("papers share what differs")
	}
}

// TestCacheKeepsItsTrees changes a package in every way that reaches shared
// parts; the next one must not see it.
func TestCacheKeepsItsTrees(t *testing.T) {
	var c docx.Cache
	for range 3 {
		stylesOf(t, &c, paper(t, "1"))
	}
	p, _ := stylesOf(t, &c, paper(t, "2"))
	tree, err := p.Part("word/styles.xml").Tree()
	if err != nil {
		t.Fatal(err)
	}
	tree.Root().Child("w:style").SetAttr("w:styleId", "changed")
	p.DeclareDefault("png", "image/png")
	p.Put("word/footer1.xml", "application/vnd.openxmlformats-officedocument.wordprocessingml.footer+xml", []byte("<a/>"))
	p.AddRel(p.Main(), docx.RelType("footer"), "word/footer1.xml", false)
	p.Remove(p.Part("word/styles.xml"))

	b := paper(t, "3")
	next, styles := stylesOf(t, &c, b)
	if id := styles.Root().Child("w:style").Attr("w:styleId"); id != "a" {
		t.Errorf("got style %q, want a", id)
	}
	if got := next.Part("word/styles.xml").ContentType; got == "" || len(next.Rels(next.Main())) != 1 {
		t.Errorf("got type %q and relationships %v, want those of the file", got, next.Rels(next.Main()))
	}
	got, err := next.Bytes()
	if err != nil || !bytes.Equal(got, b) {
		t.Errorf("a package opened by the cache is not written as it was: %v", err)
	}
}

func TestCacheInManyGoroutines(t *testing.T) {
	var c docx.Cache
	var all sync.WaitGroup
	for i := range 8 {
		b := paper(t, string(rune('a'+i%3)))
		all.Go(func() {
			for range 20 {
				p, err := c.Open(b)
				if err != nil {
					t.Error(err)
					return
				}
				for _, name := range []string{"word/styles.xml", "word/document.xml"} {
					if tree, err := p.Part(name).Peek(); err != nil || tree.Root().Name == "" {
						t.Error(name, err)
					}
				}
				if tree, err := p.Part("word/styles.xml").Tree(); err != nil {
					t.Error(err)
				} else {
					tree.Root().Child("w:style").SetAttr("w:styleId", "mine")
				}
			}
		})
	}
	all.Wait()
}
