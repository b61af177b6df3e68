package check

import (
	"bytes"
	"testing"

	"nastavnik/fonts"
	"nastavnik/internal/font"
	"nastavnik/internal/page"
	"nastavnik/internal/pdf"
	"nastavnik/internal/pdfread"
	"nastavnik/internal/unit"
)

const pt = unit.EMU(12700)

// laid is a document of pages with one line an element, from the top.
func laid(t *testing.T, pages ...[]string) *page.Document {
	t.Helper()
	set, err := font.Open(fonts.FS)
	if err != nil {
		t.Fatal(err)
	}
	face := set.Face("Times New Roman", false, false).Face
	doc := &page.Document{Title: "Приказ", Lang: "ru-RU", Elements: []page.Element{{Role: page.RoleDocument, Parent: -1}}}
	for _, lines := range pages {
		p := page.Page{Width: 595 * pt, Height: 842 * pt}
		for i, s := range lines {
			doc.Elements = append(doc.Elements, page.Element{Role: page.RoleP})
			var width unit.EMU
			for _, c := range s {
				width += unit.EMU(face.Advance(face.Glyph(c))) * 14 * pt / unit.EMU(face.UnitsPerEm())
			}
			p.Items = append(p.Items, &page.Text{X: 57 * pt, Y: pt * unit.EMU(70+20*i), Width: width, Face: face, Size: 14 * pt, Text: s, Element: len(doc.Elements) - 1})
		}
		doc.Pages = append(doc.Pages, p)
	}
	return doc
}

func TestPages(t *testing.T) {
	const sign = "Директор ____________ А. И. Указкин"
	long := []string{"Первая строка текста.", "Вторая строка.", sign}
	if list := Pages("a", laid(t, long, long)); len(list) > 0 {
		t.Errorf("false alarms: %v", list)
	}
	outside := laid(t, long)
	outside.Pages[0].Items[0].(*page.Text).X = 590 * pt
	over := laid(t, long)
	over.Pages[0].Items[1].(*page.Text).Y = over.Pages[0].Items[0].(*page.Text).Y
	sealed := laid(t, []string{"Первая строка.", "МП"})
	sealed.Pages[0].Items[1].(*page.Text).Y = sealed.Pages[0].Items[0].(*page.Text).Y
	numbered := laid(t, long)
	numbered.Pages[0].Items = append(numbered.Pages[0].Items, &page.Text{X: 295 * pt, Y: 40 * pt, Width: 7 * pt, Size: 14 * pt,
		Face: numbered.Pages[0].Items[0].(*page.Text).Face, Text: "1", Element: page.Artifact})
	torn := laid(t, []string{"длительност", "ь"})
	for i := range torn.Elements[1:] {
		torn.Elements[i+1].Role = page.RoleTD
	}
	torn.Pages[0].Items[1].(*page.Text).Element = 1
	headed := laid(t, long, long)
	headed.Elements[3].Role = page.RoleH2
	for _, tt := range []struct {
		code string
		doc  *page.Document
	}{
		{"P11", laid(t, long, []string{sign})},
		{"P11", laid(t, long, []string{"Одна строка.", sign})},
		{"P12", headed},
		{"P15", outside},
		{"P15", over},
		{"P19", torn},
		{"H25", sealed},
		{"P18", numbered},
		{"L04", laid(t, []string{"漢 согласен"})},
	} {
		if list := Pages("a", tt.doc); len(finds(list, tt.code)) == 0 {
			t.Errorf("%s is silent; said %v", tt.code, list)
		}
	}
}

func TestPDF(t *testing.T) {
	doc := laid(t, []string{"Приказ о наставничестве", "Ученик 8 класса Циркуль П. О. выступил."})
	var b bytes.Buffer
	if err := pdf.Write(&b, doc, pdf.Options{}); err != nil {
		t.Fatal(err)
	}
	if list := PDF("prikaz.pdf", b.Bytes(), Options{}); len(list) > 0 {
		t.Errorf("false alarms on our own file: %v", list)
	}
	if list := PDF("Приказ.pdf", b.Bytes(), Options{Public: true}); len(finds(list, "W06")) != 1 || len(finds(list, "D01")) != 1 {
		t.Errorf("got %v, want W06 and D01", list)
	}
	for _, tt := range []struct {
		code   string
		change func(root pdfread.Dict)
	}{
		{"W02", func(root pdfread.Dict) { delete(root, "MarkInfo") }},
		{"W02", func(root pdfread.Dict) { delete(root, "StructTreeRoot") }},
		{"W03", func(root pdfread.Dict) { delete(root, "Lang") }},
		{"W03", func(root pdfread.Dict) { root["Lang"] = pdfread.String("en-US") }},
		{"W04", func(root pdfread.Dict) { delete(root, "ViewerPreferences") }},
		{"W05", func(root pdfread.Dict) { delete(root, "Metadata") }},
		{"W11", func(root pdfread.Dict) { delete(root, "OutputIntents") }},
	} {
		f, err := pdfread.Open(b.Bytes())
		if err != nil {
			t.Fatal(err)
		}
		root := pdfread.Dict{}
		for k, v := range f.Catalog() {
			root[k] = v
		}
		tt.change(root)
		u := f.NewUpdate()
		u.Set(f.Trailer["Root"].(pdfread.Ref), root)
		if list := PDF("a.pdf", u.Bytes(), Options{}); len(finds(list, tt.code)) == 0 {
			t.Errorf("%s is silent; said %v", tt.code, list)
		}
	}
	var draft bytes.Buffer
	if err := pdf.Write(&draft, doc, pdf.Options{Watermark: "ПРОЕКТ"}); err != nil {
		t.Fatal(err)
	}
	if list := PDF("a.pdf", draft.Bytes(), Options{Public: true}); len(finds(list, "W08")) != 1 {
		t.Errorf("got %v, want W08 for a draft", list)
	}
	var blank bytes.Buffer
	if err := pdf.Write(&blank, &page.Document{Title: "Скан", Lang: "ru-RU", Pages: []page.Page{{Width: 595 * pt, Height: 842 * pt}}}, pdf.Options{}); err != nil {
		t.Fatal(err)
	}
	if list := PDF("a.pdf", blank.Bytes(), Options{}); len(finds(list, "W01")) != 1 {
		t.Errorf("got %v, want W01 for a file without text", list)
	}
	if list := PDF("a.pdf", []byte("%PDF-1.4\ntrailer <</Encrypt 5 0 R>>"), Options{}); len(finds(list, "W10")) != 1 {
		t.Errorf("got %v, want W10 for an encrypted file", list)
	}
}
