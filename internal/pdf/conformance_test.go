package pdf_test

import (
	"bytes"
	"path/filepath"
	"testing"

	"nastavnik/fonts"
	"nastavnik/internal/docx"
	"nastavnik/internal/font"
	"nastavnik/internal/layout"
	"nastavnik/internal/page"
	"nastavnik/internal/pdf"
	"nastavnik/internal/pdfcheck"
	"nastavnik/internal/pdfread"
	"nastavnik/internal/wml"
	"nastavnik/templates"
)

// TestConformance holds our papers and real documents to all conditions of
// PDF/A and PDF/UA that a machine can judge; package pdfcheck lists them.
func TestConformance(t *testing.T) {
	check := func(name string, doc *page.Document, o pdf.Options) {
		var out bytes.Buffer
		if err := pdf.Write(&out, doc, o); err != nil {
			t.Errorf("%s: %v", name, err)
			return
		}
		f, err := pdfread.Open(out.Bytes())
		if err != nil {
			t.Errorf("%s: %v", name, err)
			return
		}
		for _, fault := range pdfcheck.Check(f) {
			t.Errorf("%s: %s", name, fault)
		}
	}
	for name, o := range variants {
		check(name, sample(t), o)
	}
	layTemplates(t, corpusStep, func(name string, doc *page.Document) { check(name, doc, pdf.Options{}) })
	corpus(t, func(name string, doc *page.Document) { check(name, doc, pdf.Options{}) })
}

// layTemplates visits each step-th file of the templates, laid out.
func layTemplates(t *testing.T, step int, visit func(name string, doc *page.Document)) {
	t.Helper()
	set, err := font.Open(fonts.FS)
	if err != nil {
		t.Fatal(err)
	}
	entries, err := templates.FS.ReadDir(".")
	if err != nil {
		t.Fatal(err)
	}
	for i, e := range entries {
		if filepath.Ext(e.Name()) != ".docx" || i%step != 0 {
			continue
		}
		data, err := templates.FS.ReadFile(e.Name())
		if err != nil {
			t.Fatal(err)
		}
		pkg, err := docx.Open(data)
		if err != nil {
			t.Fatal(err)
		}
		parsed, _ := wml.Parse(pkg)
		doc, _ := layout.Pages(parsed, layout.Options{Fonts: set})
		visit(e.Name(), doc)
	}
}
