package fill_test

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"nastavnik/internal/diag"
	"nastavnik/internal/docx"
	"nastavnik/internal/fill"
)

// FuzzPlaceholder types any text into a paragraph torn at any place: Compile
// says what is wrong, or the result opens and has no braces of its own.
func FuzzPlaceholder(f *testing.F) {
	for _, s := range []string{
		"{{ school.name }}", "{{#each pairs as x}}{{ x.mentor.name.nom | upper }}{{/each}}", "{{#if a}}{{else if b}}{{else}}{{/if}}",
		"{{ image school.emblem width=20mm }}", "{{ blank 12 }}", "{{> x}}", "{{ a | blank 3 | opt }}", "{{ “а” + «б» }}", "{{ 1..3 }}",
		"{{ pairs[0].mentor?.name }}", "{{ {a: 1}.a }}", "{{#unless x}}{{/unless}}", "}}{{", "{{{{}}}}", "{{ map(pairs, .mentor.name.nom) | join \"; \" }}",
		"{{#each sortBy(pairs, .mentor.hours, \"desc\") as x @row}}{{/each}}", "{{ director.hours ≥ 3 ? \"да\" : 'нет' }}",
	} {
		f.Add(s, 5)
	}
	f.Fuzz(func(t *testing.T, text string, at int) {
		if at < 0 || at > len(text) {
			at = 0
		}
		body := p("до") + p(text[:at], text[at:]) + table(strings.ReplaceAll(text, "¦", "")+"¦"+text[at:]) + p("после")
		check(t, func() *docx.Package { return document(t, body) })
	})
}

// FuzzFill takes the body of a document.
func FuzzFill(f *testing.F) {
	for _, s := range []string{
		p("{{ school.name }}"), table("{{#each pairs as x}}{{ x.mentor.class | merge }} ¦ {{ x.mentor.name.nom }}{{/each}}"),
		table("Кто ¦ {{#each months as m}}{{ m }}", "{{#each pairs as x}}{{ x.mentor.name.nom }} ¦ {{ m }}{{/each}}{{/each}}"),
		p("{{#each pairs as x @page}}") + item("1", "{{ x.mentor.name.nom }}") + p("{{/each}}"),
		`<w:p><w:ins><w:r><w:t>{{ school</w:t></w:r></w:ins><w:r><w:t>.name }}</w:t></w:r></w:p>`,
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, body string) {
		if _, err := docx.ParseXML(wordXML("document", "<w:body>"+body+"</w:body>")); err != nil {
			return
		}
		check(t, func() *docx.Package { return document(t, body, "numbering", numbering) })
	})
}

// check compiles and renders: errors are diag.Lists with a text, and what
// comes out is a package with well-formed parts; so is a copy with comments.
func check(t *testing.T, open func() *docx.Package) {
	t.Helper()
	tmpl, err := fill.Compile(open(), fill.Options{Name: "x", Env: sample()})
	if err != nil {
		if l, ok := err.(diag.List); !ok || len(l) == 0 || l[0].Text == "" {
			t.Fatalf("got %T %v, want a list of problems", err, err)
		}
		report, _ := fill.Check(open(), fill.Options{Name: "x", Env: sample()})
		marked, _, err := fill.Mark(open(), report)
		if err != nil {
			t.Fatal(err)
		}
		wellFormed(t, marked)
		return
	}
	var b bytes.Buffer
	if _, err := tmpl.Render(&b, sample()); err != nil {
		if _, ok := err.(diag.List); !ok || b.Len() > 0 {
			t.Fatalf("got %T %v and %d bytes, want a list of problems and none", err, err, b.Len())
		}
		return
	}
	wellFormed(t, b.Bytes())
}

func wellFormed(t *testing.T, b []byte) {
	t.Helper()
	pkg, err := docx.Open(b)
	if err != nil {
		t.Fatal(err)
	}
	for _, part := range pkg.Parts() {
		if _, err := part.Tree(); err != nil {
			t.Fatal(err)
		}
	}
}

// TestCorpus compiles every file of the corpus, most of them templates of
// other engines, without a schema: no panic, and a file without placeholders
// comes out part for part as it went in.
func TestCorpus(t *testing.T) {
	root := os.Getenv("NASTAVNIK_SHARED")
	if root == "" {
		root = filepath.Join("..", "..", "..", "shared")
	}
	var files []string
	for _, set := range []string{"open", "hostile"} {
		found, _ := filepath.Glob(filepath.Join(root, "corpus", set, "*.do*"))
		files = append(files, found...)
	}
	if len(files) == 0 {
		t.Skipf("no corpus in %s; set NASTAVNIK_SHARED", root)
	}
	same, filled := 0, 0
	for _, file := range files {
		b, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		pkg, err := docx.Open(b)
		if err != nil {
			continue // TestHostile of docx says which
		}
		tmpl, err := fill.Compile(pkg, fill.Options{Name: filepath.Base(file)})
		if err != nil {
			if _, ok := err.(diag.List); !ok {
				t.Errorf("%s: got %T, want a list", filepath.Base(file), err)
			}
			continue
		}
		var out bytes.Buffer
		if _, err := tmpl.Render(&out, map[string]any{}); err != nil {
			if _, ok := err.(diag.List); !ok {
				t.Errorf("%s: %T %v", filepath.Base(file), err, err)
			}
			continue
		}
		again, err := docx.Open(out.Bytes())
		if err != nil {
			t.Errorf("%s: the result does not open: %v", filepath.Base(file), err)
			continue
		}
		if len(tmpl.Warnings()) == 0 || !strings.Contains(tmpl.Warnings()[len(tmpl.Warnings())-1].Text, "ни одной метки") {
			filled++
			continue
		}
		same++
		original, _ := docx.Open(b)
		for _, part := range original.Parts() {
			want, err := part.Bytes()
			if err != nil {
				continue
			}
			now := again.Part(part.Name)
			if now == nil {
				t.Errorf("%s: part %s is gone", filepath.Base(file), part.Name)
				continue
			}
			got, _ := now.Bytes()
			if !bytes.Equal(got, want) && !strings.Contains(part.Name, "settings.xml") { // a template on the author's disk is left out
				t.Errorf("%s: part %s changed", filepath.Base(file), part.Name)
			}
		}
	}
	t.Logf("%d files without placeholders, %d filled, of %d", same, filled, len(files))
	if same < 30 {
		t.Errorf("got %d files without placeholders, want at least 30", same)
	}
}
