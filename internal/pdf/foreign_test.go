package pdf_test

import (
	"bytes"
	"math/rand/v2"
	"strings"
	"testing"

	"nastavnik/internal/diag"
	"nastavnik/internal/page"
	"nastavnik/internal/pdf"
	"nastavnik/internal/pdfcheck"
	"nastavnik/internal/pdfread"
	"nastavnik/internal/unit"
)

// TestForeign joins our pages with those of another PDF, one of them turned:
// text, size and order are as they were, and the whole claims nothing.
func TestForeign(t *testing.T) {
	other, err := pdfread.Open(write(t, sample(t), pdf.Options{}))
	if err != nil {
		t.Fatal(err)
	}
	first := other.Pages()[0]
	d := pdfread.Dict{}
	for k, v := range first.Dict {
		d[k] = v
	}
	d["Rotate"] = 90
	u := other.NewUpdate()
	u.Set(first.Ref, d)

	foreign, err := pdf.Foreign("Анкета", u.Bytes())
	if err != nil {
		t.Fatal(err)
	}
	joined := write(t, pdf.Join([]pdf.Part{{Title: "Приказ", Document: sample(t)}, {Title: "Анкета", Document: foreign}}, pdf.Joining{Title: "Всё"}), pdf.Options{})
	f, err := pdfread.Open(joined)
	if err != nil {
		t.Fatal(err)
	}
	pages := f.Pages()
	if len(pages) != 4 {
		t.Fatalf("got %d pages, want 4", len(pages))
	}
	for i, want := range []float64{595, 595, 842, 595} {
		if got := pages[i].MediaBox[2]; got < want-1 || got > want+1 {
			t.Errorf("page %d is %.0f points wide, want %.0f", i+1, got, want)
		}
	}
	for i := range 2 {
		if ours, theirs := letters(f, pages[i]), letters(f, pages[i+2]); ours != theirs || len(ours) < 20 {
			t.Errorf("page %d: got %q, want %q", i+3, theirs, ours)
		}
	}
	if claim := pdfcheck.Claims(f); claim != (pdfcheck.Claim{}) {
		t.Errorf("a file with pages of others claims %+v", claim)
	}
	for _, fault := range pdfcheck.Check(f) {
		// The sequences of the other file stand within the figure of its page.
		if !strings.HasPrefix(fault.Clause, "UA 7.") && fault.Clause != "A 6.6.4" && fault.Clause != "UA 5" {
			t.Error(fault)
		}
	}

	for range 5 {
		if again := write(t, foreign, pdf.Options{}); !bytes.Equal(again, write(t, foreign, pdf.Options{})) {
			t.Fatal("two runs differ")
		}
	}
	// The watermark lies over a page that may cover what is under it.
	draft, err := pdfread.Open(write(t, foreign, pdf.Options{Watermark: "ПРОЕКТ", WatermarkFace: newSheet(t).set.Face("Arial", true, false).Face}))
	if err != nil {
		t.Fatal(err)
	}
	p := draft.Pages()[0]
	content := string(draft.Content(p))
	if strings.Index(content, "/Multiply gs") < strings.Index(content, " Do") || draft.Dict(p.Resources["ExtGState"])["Multiply"] == nil {
		t.Errorf("no watermark over the page: %.300s", content)
	}

	var list diag.List
	damaged := &page.Document{Pages: []page.Page{{Width: 210 * mm, Height: 297 * mm, Items: []page.Item{
		&page.Foreign{Width: 210 * mm, Height: 297 * mm, Data: []byte("%PDF-"), Element: page.Artifact},
		&page.Foreign{Width: unit.EMU(1), Data: u.Bytes(), Page: 7, Element: page.Artifact},
	}}}}
	var b bytes.Buffer
	if err := pdf.Write(&b, damaged, pdf.Options{Warnings: &list}); err != nil || len(list) != 2 {
		t.Errorf("damaged pages: got %v and %v, want two warnings", err, list)
	}
}

// TestForeignDamaged joins damaged files: whatever comes of them, the whole can
// be opened and has a page for each of theirs.
func TestForeignDamaged(t *testing.T) {
	data := write(t, sample(t), pdf.Options{Level: pdf.LevelA1b})
	for i := range 60 {
		random := rand.New(rand.NewPCG(7, uint64(i)))
		spoiled := bytes.Clone(data)
		for range 1 + random.IntN(30) {
			spoiled[random.IntN(len(spoiled))] = byte(random.Uint32())
		}
		doc, err := pdf.Foreign("x", spoiled)
		if err != nil || len(doc.Pages) == 0 {
			continue
		}
		var b bytes.Buffer
		if err := pdf.Write(&b, doc, pdf.Options{}); err != nil {
			t.Errorf("%d: %v", i, err)
			continue
		}
		if f, err := pdfread.Open(b.Bytes()); err != nil || len(f.Pages()) != len(doc.Pages) {
			t.Errorf("%d: %v", i, err)
		}
	}
}

func letters(f *pdfread.File, p pdfread.Page) string {
	return strings.Join(strings.Fields(f.PageText(p)), "")
}
