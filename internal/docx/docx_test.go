package docx_test

import (
	"archive/zip"
	"bytes"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"nastavnik/internal/docx"
)

// corpus returns the files of a folder of the shared corpus, or skips.
func corpus(t testing.TB, set string) []string {
	t.Helper()
	root := os.Getenv("NASTAVNIK_SHARED")
	if root == "" {
		root = filepath.Join("..", "..", "..", "shared")
	}
	var files []string
	for _, ext := range []string{"*.docx", "*.dotx", "*.docm", "*.dotm"} {
		found, _ := filepath.Glob(filepath.Join(root, "corpus", set, ext))
		files = append(files, found...)
	}
	if len(files) == 0 {
		t.Skipf("no corpus in %s; set NASTAVNIK_SHARED", root)
	}
	return files
}

func read(t testing.TB, name string) []byte {
	t.Helper()
	b, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// isXML reports whether a part should be well-formed XML in UTF-8.
func isXML(p *docx.Part, b []byte) bool {
	return (strings.HasSuffix(p.ContentType, "xml") || strings.HasSuffix(p.Name, ".rels") ||
		strings.HasSuffix(p.Name, ".xml")) && bytes.HasPrefix(bytes.TrimPrefix(b, []byte("\ufeff")), []byte("<"))
}

// TestLaw holds write(parse(b)) == b over every XML part of every file of the
// corpus, and that a package written again has the same parts in the same
// bytes.
func TestLaw(t *testing.T) {
	parts := 0
	for _, name := range corpus(t, "open") {
		b := read(t, name)
		pkg, err := docx.Open(b)
		if err != nil {
			t.Errorf("%s: %v", filepath.Base(name), err)
			continue
		}
		for _, part := range pkg.Parts() {
			want, err := part.Bytes()
			if err != nil {
				t.Errorf("%s: %v", filepath.Base(name), err)
				continue
			}
			if !isXML(part, want) {
				continue
			}
			parts++
			tree, err := docx.ParseXML(want)
			if err != nil {
				t.Errorf("%s: %s: %v", filepath.Base(name), part.Name, err)
				continue
			}
			if got := tree.AppendTo(nil); !bytes.Equal(got, want) {
				t.Errorf("%s: %s differs after parse and write", filepath.Base(name), part.Name)
			}
			if _, err := part.Tree(); err != nil {
				t.Errorf("%s: Tree: %v", filepath.Base(name), err)
			}
		}
		written, err := pkg.Bytes()
		if err != nil {
			t.Errorf("%s: %v", filepath.Base(name), err)
			continue
		}
		if again, _ := pkg.Bytes(); !bytes.Equal(written, again) {
			t.Errorf("%s: two writes differ", filepath.Base(name))
		}
		sameParts(t, filepath.Base(name), b, written)
	}
	t.Logf("%d XML parts", parts)
	if parts < 1000 {
		t.Errorf("got %d parts, want the whole corpus, over 1000", parts)
	}
}

// sameParts compares two zips entry by entry with archive/zip.
func sameParts(t *testing.T, name string, a, b []byte) {
	t.Helper()
	entries := func(b []byte) map[string]string {
		r, err := zip.NewReader(bytes.NewReader(b), int64(len(b)))
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		all := map[string]string{}
		for _, f := range r.File {
			if strings.HasSuffix(f.Name, "/") {
				continue
			}
			rc, err := f.Open()
			if err != nil {
				t.Fatalf("%s: %s: %v", name, f.Name, err)
			}
			content, err := io.ReadAll(rc)
			if err != nil {
				t.Fatalf("%s: %s: %v", name, f.Name, err)
			}
			all[strings.ReplaceAll(f.Name, `\`, "/")] = string(content)
		}
		return all
	}
	was, now := entries(a), entries(b)
	for part, content := range was {
		if now[part] != content {
			t.Errorf("%s: %s is not the same after writing", name, part)
		}
	}
	if len(was) != len(now) {
		t.Errorf("%s: got %d parts, want %d", name, len(now), len(was))
	}
}

// TestHostile opens every hostile file: it is refused with the sentence of the
// table, or all of it is read within the limits.
func TestHostile(t *testing.T) {
	refusals := map[string]string{
		"opc-main-part-absent":               "нет главной части word/document.xml",
		"opc-no-content-types":               "нет части [Content_Types].xml",
		"opc-no-root-rels":                   "не указана главная часть",
		"up-Open-XML-SDK__docum":             "защищён паролем",
		"up-poi__517626e815e0af":             "повреждён или обрезан",
		"up-poi__bug53475":                   "защищён паролем",
		"up-poi__minimized-POIXWPFFuzzer-4":  "повреждён или обрезан",
		"up-poi__minimized-POIXWPFFuzzer-60": "повреждён или обрезан",
		"up-poi__minimized-POIXWPFFuzzer-67": "не распаковывается",
		"up-poi__stress025":                  "не документ Word",
		"up-poi__k_acme":                     "документ Word 97–2003 (.doc)",
		"up-pydocx__missing":                 "нет части [Content_Types].xml",
		"up-tika__protected":                 "защищён паролем",
		"up-tika__testWORD_prot":             "защищён паролем",
		"up-tika__testWORD_trun":             "повреждён или обрезан",
		"xml-altcontent":                     "слишком глубокая вложенность",
		"xml-attributes":                     "слишком много атрибутов",
		"xml-billion":                        "DOCTYPE",
		"xml-deep":                           "слишком глубокая вложенность",
		"xml-doctype":                        "DOCTYPE",
		"xml-empty":                          "часть пуста",
		"xml-external":                       "DOCTYPE",
		"xml-invalid":                        "недопустимый символ",
		"xml-long-word":                      "сжата больше чем в 100 раз",
		"xml-mismatched":                     "тег <w:r> закрыт тегом </w:p>",
		"xml-paragraphs":                     "сжата больше чем в 100 раз",
		"xml-quadratic":                      "DOCTYPE",
		"xml-runs":                           "сжата больше чем в 100 раз",
		"xml-unclosed":                       "закрыт тегом",
		"xml-wrong":                          "не документ Word",
		"xml-xxe":                            "DOCTYPE",
		"zip-bomb-part":                      "больше 50 МБ",
		"zip-bomb-unref":                     "больше 50 МБ",
		"zip-empty-archive":                  "архив пуст",
		"zip-empty-file":                     "файл пуст",
		"zip-method":                         "неизвестным способом",
		"zip-rtf":                            "документ RTF",
		"zip-size-lies":                      "больше 50 МБ",
		"zip-truncated":                      "повреждён или обрезан",
	}
	for _, path := range corpus(t, "hostile") {
		name := filepath.Base(path)
		pkg, err := docx.Open(read(t, path))
		if err == nil {
			for _, part := range pkg.Parts() {
				if _, e := part.Bytes(); e != nil {
					err = e
				}
			}
		}
		want := ""
		for prefix, sentence := range refusals {
			if strings.HasPrefix(name, prefix) {
				want = sentence
			}
		}
		switch {
		case want == "" && err != nil:
			t.Errorf("%s: got %v, want it open", name, err)
		case want != "" && (err == nil || !strings.Contains(err.Error(), want)):
			t.Errorf("%s: got %v, want %q", name, err, want)
		}
	}
}

func TestEncodings(t *testing.T) {
	for _, b := range []string{
		"\xff\xfe<\x00a\x00>\x00\x3a\x04<\x00/\x00a\x00>\x00",
		"\xfe\xff\x00<\x00a\x00>\x04\x3a\x00<\x00/\x00a\x00>",
		`<?xml version="1.0" encoding="windows-1251"?><a>b</a>`,
		"\ufeff<a>к</a>",
		`<x:a x:b="1"/>`,
	} {
		tree, err := docx.ParseXML([]byte(b))
		if err != nil {
			t.Errorf("%q: %v", b, err)
			continue
		}
		if got := string(tree.AppendTo(nil)); got != b {
			t.Errorf("got %q, want %q", got, b)
		}
	}
	for _, b := range []string{
		"<?xml version=\"1.0\" encoding=\"windows-1251\"?><a>\xea</a>", "<?xml version=\"1.0\" encoding=\"windows-1251\"?><a>к</a>",
		"\xff\xfe<\x00a\x00/\x00>\x00\x00\xd8", "<a>\x01</a>", "<a>&nbsp;</a>", "<a b=1/>", "<a/><b/>", "a", "",
	} {
		if _, err := docx.ParseXML([]byte(b)); err == nil {
			t.Errorf("%q: got no refusal", b)
		}
	}
}

func FuzzParseXML(f *testing.F) {
	for _, s := range []string{
		"<a/>", `<?xml version="1.0"?><w:p xmlns:w="u"><w:t xml:space='preserve' > a&amp;b </w:t ></w:p>`,
		"\ufeff<a b = 'x>y'><!-- c --><![CDATA[<]]></a>\n", "<a>&#x41;&#66;</a>", "<a><b></a></b>", "<!DOCTYPE a><a/>",
		`<a xmlns="u"><b xmlns=""/></a>`, "<a b='1' b='2'/>", "<a\n\tb='&lt;'\n/>",
	} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		tree, err := docx.ParseXML(b)
		if err != nil {
			return
		}
		if got := tree.AppendTo(nil); !bytes.Equal(got, b) {
			t.Errorf("got %q, want %q", got, b)
		}
		// Composing every tag anew changes spelling, never meaning.
		before := tree.Root().Text()
		for n := range tree.Walk() {
			n.SetAttr("fuzz", "<&\">")
			n.RemoveAttr("fuzz")
		}
		again, err := docx.ParseXML(tree.AppendTo(nil))
		if err != nil {
			t.Fatalf("composed: %v\n%s", err, tree.AppendTo(nil))
		}
		if got := again.Root().Text(); got != before {
			t.Errorf("text: got %q, want %q", got, before)
		}
	})
}

func FuzzOpen(f *testing.F) {
	pkg := docx.New()
	main := pkg.Put("word/document.xml", docx.MainType, []byte(`<w:document xmlns:w="`+docx.Namespace("w")+`"><w:body/></w:document>`))
	pkg.AddRel(nil, docx.RelType("officeDocument"), main.Name, false)
	b, err := pkg.Bytes()
	if err != nil {
		f.Fatal(err)
	}
	f.Add(b)
	f.Fuzz(func(t *testing.T, b []byte) {
		pkg, err := docx.Open(b)
		if err != nil {
			return
		}
		for _, part := range pkg.Parts() {
			part.Tree()
			pkg.Rels(part)
		}
		out, err := pkg.Bytes()
		if err != nil {
			return // a part that does not unpack, changed
		}
		if _, err := docx.Open(out); err != nil {
			t.Errorf("what was written does not open: %v", err)
		}
	})
}

func BenchmarkParseXML(b *testing.B) {
	text := []byte(`<?xml version="1.0"?><w:document xmlns:w="` + docx.Namespace("w") + `" xmlns:r="` + docx.Namespace("r") + `"><w:body>` +
		strings.Repeat(`<w:p w:rsidR="00A77B3E"><w:pPr><w:spacing w:line="360" w:lineRule="auto"/><w:jc w:val="both"/></w:pPr><w:r><w:rPr><w:rFonts w:ascii="Times New Roman" w:hAnsi="Times New Roman"/><w:sz w:val="28"/></w:rPr><w:t xml:space="preserve">Назначить куратором наставничества работника школы </w:t></w:r></w:p>`, 90) +
		`</w:body></w:document>`)
	b.SetBytes(int64(len(text)))
	b.ReportAllocs()
	for b.Loop() {
		if _, err := docx.ParseXML(text); err != nil {
			b.Fatal(err)
		}
	}
}
