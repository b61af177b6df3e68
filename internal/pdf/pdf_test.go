package pdf_test

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"

	"nastavnik/internal/diag"
	"nastavnik/internal/page"
	"nastavnik/internal/pdf"
	"nastavnik/internal/pdfread"
	"nastavnik/internal/unit"
)

func write(t testing.TB, doc *page.Document, o pdf.Options) []byte {
	t.Helper()
	var warnings diag.List
	o.Warnings = &warnings
	var b bytes.Buffer
	if err := pdf.Write(&b, doc, o); err != nil {
		t.Fatal(err)
	}
	if len(warnings) > 0 {
		t.Fatal(warnings)
	}
	return b.Bytes()
}

func read(t testing.TB, data []byte) *pdfread.File {
	t.Helper()
	f, err := pdfread.Open(data)
	if err != nil {
		t.Fatal(err)
	}
	return f
}

var word = pdf.Attachment{
	Name: "Приказ № 1.docx", MIME: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
	Data: []byte("PK the document"), Source: true,
}

var variants = map[string]pdf.Options{
	"A-2a":       {},
	"A-1b":       {Level: pdf.LevelA1b},
	"attachment": {Attachments: []pdf.Attachment{word}},
	"watermark":  {Watermark: "ОБРАЗЕЦ"},
	"cache":      {Cache: &pdf.Cache{}},
}

// TestSameBytes writes everything twice, the second time from another copy of
// the document and with warm caches.
func TestSameBytes(t *testing.T) {
	for name, o := range variants {
		first, second := write(t, sample(t), o), write(t, sample(t), o)
		if !bytes.Equal(first, second) {
			t.Errorf("%s: two runs differ", name)
		}
		if o.Cache != nil && !bytes.Equal(first, write(t, sample(t), pdf.Options{})) {
			t.Errorf("%s: the cache changes the file", name)
		}
	}
}

// TestConcurrent writes from many goroutines over one cache and one set of
// faces; run with -race.
func TestConcurrent(t *testing.T) {
	docs := []*page.Document{sample(t), prosePages(t, 2)}
	want := [][]byte{write(t, docs[0], pdf.Options{}), write(t, docs[1], pdf.Options{})}
	cache := &pdf.Cache{}
	var group sync.WaitGroup
	for i := range 8 {
		group.Go(func() {
			for k := range 4 {
				n := (i + k) % 2
				var b bytes.Buffer
				if err := pdf.Write(&b, docs[n], pdf.Options{Cache: cache}); err != nil || !bytes.Equal(b.Bytes(), want[n]) {
					t.Errorf("goroutine %d: %v, or other bytes", i, err)
				}
			}
		})
	}
	group.Wait()
}

// TestAfterOtherBytes wants offsets counted from the file's start, not from
// the start of the buffer.
func TestAfterOtherBytes(t *testing.T) {
	b := bytes.NewBufferString("before")
	if err := pdf.Write(b, sample(t), pdf.Options{}); err != nil {
		t.Fatal(err)
	}
	if got := b.Bytes()[len("before"):]; !bytes.Equal(got, write(t, sample(t), pdf.Options{})) {
		t.Error("the file depends on what stands before it")
	}
}

// TestReadBack wants the very characters back, those of our own glyphs, the
// soft hyphen and the non-breaking hyphen among them.
func TestReadBack(t *testing.T) {
	for name, o := range variants {
		f := read(t, write(t, sample(t), o))
		pages := f.Pages()
		if len(pages) != 2 {
			t.Fatalf("%s: got %d pages, want 2", name, len(pages))
		}
		if got := fmt.Sprint(pages[0].MediaBox); got != "[0 0 595.28 841.89]" {
			t.Errorf("%s: page is %s", name, got)
		}
		text := f.PageText(pages[0]) + "\n" + f.PageText(pages[1])
		for _, want := range []string{
			"назначить кураторами", "Смотри сайт школы в разделе «Наставничество».", "☑ 5 000 ₽.",
			"настав\u00AD\n", "Р\u2011145 и АVA", "Сноска.",
		} {
			if !strings.Contains(text, want) {
				t.Errorf("%s: %q is not in %q", name, want, text)
			}
		}
		if got := strings.Contains(text, "ОБРАЗЕЦ"); got != (o.Watermark != "") {
			t.Errorf("%s: watermark is there: %v", name, got)
		}
	}
}

// TestMarks wants a stress mark over its letter and the word read whole.
func TestMarks(t *testing.T) {
	s := newSheet(t)
	e := s.element(page.Element{Role: page.RoleP})
	face := s.set.Face("Times New Roman", false, false).Face
	s.put(&page.Text{X: mm, Y: 20 * mm, Face: face, Size: 12 * unit.PerPoint, Text: "замо́к", Element: e})
	s.put(&page.Text{X: mm, Y: 30 * mm, Face: face, Size: 12 * unit.PerPoint, Text: "\uF0B7", Element: e})
	f := read(t, write(t, s.doc, pdf.Options{}))
	if got := f.PageText(f.Pages()[0]); got != "замо́к\n\uFFFD" {
		t.Errorf("got %q", got)
	}
	data, err := f.Decode(f.Resolve(f.Pages()[0].Dict["Contents"]).(*pdfread.Stream))
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"/Span<</ActualText", " Ts[(", "\xFF\xFD"} {
		if !bytes.Contains(data, []byte(want)) {
			t.Errorf("%q is not in %q", want, data)
		}
	}
	dx, dy := face.MarkShift(face.Glyph('о'), face.Glyph(0x0301))
	if dx >= 0 || dy >= 0 {
		t.Errorf("the acute moves by %d, %d: want it left over the letter and down to it", dx, dy)
	}
}

// TestPlaces wants a piece where layout put it, to a hundredth of a point.
func TestPlaces(t *testing.T) {
	s := newSheet(t)
	e := s.element(page.Element{Role: page.RoleP})
	face := s.set.Face("Arial", false, false).Face
	var want []string
	for i := range 50 {
		x, y := unit.EMU(i)*12345*7, unit.EMU(i)*54321*3
		s.put(&page.Text{X: x, Y: y, Face: face, Size: 11 * unit.PerPoint, Text: "а", Element: e})
		want = append(want, fmt.Sprintf("%.2f %.2f", x.Points(), (297*mm-y).Points()))
	}
	f := read(t, write(t, s.doc, pdf.Options{}))
	for i, p := range f.Pieces(f.Pages()[0]) {
		if got := fmt.Sprintf("%.2f %.2f", p.X, p.Y); got != want[i] || p.Size != 11 {
			t.Errorf("piece %d: got %s in %g pt, want %s", i, got, p.Size, want[i])
		}
	}
}

// TestStructure reads the tree as a screen reader does.
func TestStructure(t *testing.T) {
	f := read(t, write(t, sample(t), pdf.Options{}))
	root := f.Dict(f.Catalog()["StructTreeRoot"])
	var b strings.Builder
	var walk func(o pdfread.Object, depth int)
	walk = func(o pdfread.Object, depth int) {
		d := f.Dict(o)
		if d == nil || d["S"] == nil {
			return
		}
		fmt.Fprintf(&b, "%s%s", strings.Repeat(" ", depth), f.Name(d["S"]))
		if alt := f.Text(d["Alt"]); alt != "" {
			fmt.Fprintf(&b, " (%s)", alt)
		}
		if a := f.Dict(d["A"]); a["Scope"] != nil {
			fmt.Fprintf(&b, " %s", a["Scope"])
		}
		b.WriteByte('\n')
		kids := f.Array(d["K"])
		if kids == nil {
			kids = pdfread.Array{d["K"]}
		}
		for _, kid := range kids {
			walk(kid, depth+1)
		}
	}
	walk(root["K"], 0)
	want := `Document
 Figure (Эмблема школы)
 H1
 P
 P
  Link (Сайт школы)
 L
  LI
   Lbl
   LBody
  LI
   Lbl
   LBody
 Table
  THead
   TR
    TH Column
     P
    TH Column
     P
  TBody
   TR
    TD
     P
    TD
     P
   TR
    TD
     P
    TD
   TR
    TD
    TD
 H2
 P
 Note
 Figure (Фотография)
 Figure (Чертёж)
 Link
`
	if got := b.String(); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}

	// Each marked content sequence of each page is in the parent tree.
	nums := f.Array(f.Dict(root["ParentTree"])["Nums"])
	entries := map[int]pdfread.Object{}
	for i := 0; i+1 < len(nums); i += 2 {
		entries[nums[i].(int)] = nums[i+1]
	}
	for i, p := range f.Pages() {
		if got := f.Int(p.Dict["StructParents"]); got != i || len(f.Array(entries[i])) == 0 {
			t.Errorf("page %d: StructParents %d with %d elements", i, got, len(f.Array(entries[i])))
		}
		for _, a := range f.Array(p.Dict["Annots"]) {
			d := f.Dict(a)
			if element := f.Dict(entries[f.Int(d["StructParent"])]); f.Name(element["S"]) != "Link" {
				t.Errorf("annotation %v stands in %v, want Link", a, element)
			}
			if f.Text(d["Contents"]) == "" {
				t.Errorf("annotation %v says nothing", a)
			}
		}
	}
}

// TestHeadingLevels wants levels that go down one at a time.
func TestHeadingLevels(t *testing.T) {
	s := newSheet(t)
	h := func(level int) page.Role { return page.RoleH1 + page.Role(level-1) }
	for _, level := range []int{2, 2, 4, 3, 4, 1, 6, 2} {
		s.paragraph(h(level), 0, true, "Глава")
	}
	before := s.doc.Elements[1].Role
	f := read(t, write(t, s.doc, pdf.Options{}))
	var got []string
	for _, kid := range f.Array(f.Dict(f.Dict(f.Catalog()["StructTreeRoot"])["K"])["K"]) {
		got = append(got, string(f.Name(f.Dict(kid)["S"])))
	}
	if want := "H1 H1 H2 H2 H3 H1 H2 H2"; strings.Join(got, " ") != want {
		t.Errorf("got %v, want %s", got, want)
	}
	if s.doc.Elements[1].Role != before {
		t.Error("the document was changed")
	}
}

func TestCatalog(t *testing.T) {
	f := read(t, write(t, sample(t), pdf.Options{Attachments: []pdf.Attachment{word}}))
	c := f.Catalog()
	if f.Text(c["Lang"]) != "ru-RU" || f.Dict(c["MarkInfo"])["Marked"] != true || f.Dict(c["ViewerPreferences"])["DisplayDocTitle"] != true {
		t.Errorf("catalog: %v", c)
	}
	outline := f.Dict(f.Dict(c["Outlines"])["First"])
	if f.Text(outline["Title"]) != "Приказ" || f.Text(f.Dict(outline["First"])["Title"]) != "Приложение" || f.Int(outline["Count"]) != 1 {
		t.Errorf("outline: %v", outline)
	}
	spec := f.Dict(f.Array(c["AF"])[0])
	file := f.Resolve(f.Dict(spec["EF"])["F"]).(*pdfread.Stream)
	data, err := f.Decode(file)
	if err != nil || string(data) != string(word.Data) || f.Text(spec["UF"]) != word.Name || f.Name(spec["AFRelationship"]) != "Source" {
		t.Errorf("attachment: %v %q %v", spec, data, err)
	}
	metadata := string(f.Resolve(c["Metadata"]).(*pdfread.Stream).Raw)
	for _, want := range []string{"<pdfaid:part>3</pdfaid:part>", "<pdfuaid:part>1</pdfuaid:part>", "Приказ «О наставничестве»"} {
		if !strings.Contains(metadata, want) {
			t.Errorf("metadata lacks %s", want)
		}
	}
	uri := ""
	for _, a := range f.Array(f.Pages()[0].Dict["Annots"]) {
		s, _ := f.Resolve(f.Dict(f.Dict(a)["A"])["URI"]).(pdfread.String)
		uri = string(s)
	}
	if !strings.HasPrefix(uri, "https://%D1%88") || strings.ContainsFunc(uri, func(r rune) bool { return r > 0x7E }) {
		t.Errorf("URI: %q", uri)
	}
}

// TestA1b wants nothing that PDF 1.4 does not know.
func TestA1b(t *testing.T) {
	data := write(t, sample(t), pdf.Options{Level: pdf.LevelA1b, Attachments: []pdf.Attachment{word}})
	for _, forbidden := range []string{"/ObjStm", "/XRef", "/SMask", "/EmbeddedFile"} {
		if bytes.Contains(data, []byte(forbidden)) {
			t.Errorf("%s is there", forbidden)
		}
	}
	if !bytes.HasPrefix(data, []byte("%PDF-1.4")) || !bytes.Contains(data, []byte("/CIDSet")) {
		t.Error("not the shape of PDF/A-1")
	}
}

func TestLabels(t *testing.T) {
	s := newSheet(t)
	s.doc.Pages[0].Label = "i"
	for _, label := range []string{"ii", "1", "2", "", "10"} {
		s.newPage(label)
	}
	f := read(t, write(t, s.doc, pdf.Options{}))
	var b []byte
	b = pdfread.Append(b, f.Dict(f.Catalog()["PageLabels"]))
	if want := "<</Nums [0 <</P (i)>> 1 <</P (ii)>> 2 <</S /D/St 1>> 4 <</S /D/St 5>> 5 <</S /D/St 10>>]>>"; string(b) != want {
		t.Errorf("got %s, want %s", b, want)
	}
}

// TestDamagedPicture is told and does not stop the document.
func TestDamagedPicture(t *testing.T) {
	good := emblem(t)
	for name, data := range map[string][]byte{
		"empty": nil, "no picture": []byte("<svg/>"), "cut PNG": good[:len(good)/2], "cut palette": drawing(t)[:100], "cut JPEG": photo(t)[:300],
	} {
		s := newSheet(t)
		s.put(&page.Image{X: mm, Y: mm, Width: mm, Height: mm, Data: data, Element: page.Artifact})
		var warnings diag.List
		var b bytes.Buffer
		if err := pdf.Write(&b, s.doc, pdf.Options{Warnings: &warnings}); err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if len(warnings) != 1 || warnings[0].Place.In != "страница 1" || warnings[0].Hint == "" {
			t.Errorf("%s: got warnings %v", name, warnings)
		}
		read(t, b.Bytes())
	}
}

// TestLinkAreas makes one annotation of the areas of a link on a line, with
// the words of a link into the document.
func TestLinkAreas(t *testing.T) {
	doc := sample(t)
	doc.Elements = append(doc.Elements, page.Element{Role: page.RoleLink, Parent: 0})
	element := len(doc.Elements) - 1
	face := doc.Pages[0].Items[1].(*page.Text).Face
	second := &doc.Pages[1]
	before := len(second.Items)
	for i, word := range []string{"Цель", "4"} {
		x := 30*mm + unit.EMU(i)*100*mm
		for _, y := range []unit.EMU{200 * mm, 210 * mm}[:2-i] { // the title takes two lines
			second.Items = append(second.Items,
				&page.Text{X: x, Y: y, Width: 10 * mm, Size: 12 * unit.PerPoint, Face: face, Text: word, Element: element},
				&page.Link{X: x, Y: y - 4*mm, Width: 10 * mm, Height: 5 * mm, Page: 0, Element: element})
		}
	}
	// The number stands on the first line of the two, behind the second.
	second.Items[before+2], second.Items[before+4] = second.Items[before+4], second.Items[before+2]
	second.Items[before+3], second.Items[before+5] = second.Items[before+5], second.Items[before+3]
	f := read(t, write(t, doc, pdf.Options{}))
	var said []string
	for _, o := range f.Array(f.Pages()[1].Dict["Annots"]) {
		d := f.Dict(o)
		said = append(said, f.Text(d["Contents"]))
	}
	if want := []string{"Переход внутри документа", "Цель 4 Цель", "Цель 4 Цель"}; !slices.Equal(said, want) {
		t.Errorf("got %q, want %q", said, want)
	}
}

// TestLongStrings keeps to the longest string that an archive takes.
func TestLongStrings(t *testing.T) {
	doc := sample(t)
	doc.Title = strings.Repeat("Приказ 𝄞 ", 9000)
	doc.Pages[1].Items = append(doc.Pages[1].Items, &page.Link{URI: "https://example.org/" + strings.Repeat("x", 40_000), Element: page.Artifact})
	var list diag.List
	var b bytes.Buffer
	if err := pdf.Write(&b, doc, pdf.Options{Warnings: &list}); err != nil {
		t.Fatal(err)
	}
	f := read(t, b.Bytes())
	if len(list) != 1 || !strings.Contains(list[0].Text, "ссылка длиной 40020") {
		t.Errorf("got %v, want a warning of the link", list)
	}
	f.Objects(func(r pdfread.Ref, o pdfread.Object) {
		d, _ := o.(pdfread.Dict)
		for key, value := range d {
			if s, ok := value.(pdfread.String); ok && len(s) > 32767 {
				t.Errorf("%s of object %d has %d bytes", key, r.Number, len(s))
			}
		}
	})
}

// TestJoin puts two documents behind one another: pages, bookmarks, elements
// and links move along, and the fonts are there once.
func TestJoin(t *testing.T) {
	one := sample(t)
	joined := pdf.Join([]pdf.Part{{"Первый", one}, {"Второй", one}}, pdf.Joining{Title: "Все вместе", Copies: []int{1, 2}})
	data := write(t, joined, pdf.Options{})
	f := read(t, data)
	if got := len(f.Pages()); got != 6 {
		t.Errorf("got %d pages, want 6", got)
	}
	if single := write(t, one, pdf.Options{}); len(data) > 2*len(single) {
		t.Errorf("got %d bytes for three copies, one has %d", len(data), len(single))
	}
	last := f.Pages()[5]
	d := f.Dict(f.Array(last.Dict["Annots"])[0])
	if got, want := f.Array(d["Dest"])[0], f.Pages()[4].Ref; got != want {
		t.Errorf("link of the third copy leads to %v, want %v", got, want)
	}
	text := one.Pages[0].Items[1].(*page.Text)
	if text.Element != 2 {
		t.Errorf("Join changed its input: element %d", text.Element)
	}
	// Of many bookmarks those of the first level are shown; the back of a sheet
	// that nothing stands on is left white.
	var many []pdf.Part
	for range 20 {
		many = append(many, pdf.Part{Title: "Ещё", Document: one})
	}
	set := read(t, write(t, pdf.Join(append(many, pdf.Part{Title: "Лист", Document: &page.Document{Pages: one.Pages[:1], Elements: one.Elements}}), pdf.Joining{Duplex: true}), pdf.Options{Watermark: "ПРОЕКТ"}))
	outline := set.Dict(set.Catalog()["Outlines"])
	if got, first := set.Int(outline["Count"]), set.Int(set.Dict(outline["First"])["Count"]); got != 21 || first != -1 {
		t.Errorf("outline: got %d entries shown and %d under the first, want 21 and -1", got, first)
	}
	if got := set.PageText(set.Pages()[41]); got != "" || !strings.Contains(set.PageText(set.Pages()[40]), "ПРОЕКТ") {
		t.Errorf("the empty page has %q, and that before it no watermark", got)
	}
	duplex := pdf.Join([]pdf.Part{{"", &page.Document{Pages: one.Pages[:1], Elements: one.Elements}}, {"", one}}, pdf.Joining{Duplex: true})
	if got := len(duplex.Pages); got != 4 {
		t.Errorf("duplex: got %d pages, want 4", got)
	}
}

// TestNothing writes a document without pages' content or elements.
func TestNothing(t *testing.T) {
	f := read(t, write(t, &page.Document{Pages: []page.Page{{Width: 210 * mm, Height: 297 * mm}}}, pdf.Options{Watermark: "ПРОЕКТ"}))
	if len(f.Pages()) != 1 {
		t.Error("the page is lost")
	}
}

// prosePages is what a run writes most: pages of text in two faces.
func prosePages(t testing.TB, pages int) *page.Document {
	s := newSheet(t)
	for i := range pages {
		if i > 0 {
			s.newPage("")
		}
		s.paragraph(page.RoleH1, 0, true, "ПОЛОЖЕНИЕ о наставничестве, раздел "+fmt.Sprint(i+1))
		for range 9 {
			s.paragraph(page.RoleP, 0, false, prose)
		}
	}
	return s.doc
}

func BenchmarkWrite(b *testing.B) {
	for _, pages := range []int{1, 10} {
		for _, cached := range []bool{false, true} {
			b.Run(fmt.Sprintf("pages=%d/cache=%v", pages, cached), func(b *testing.B) {
				doc := prosePages(b, pages)
				o := pdf.Options{}
				if cached {
					o.Cache = &pdf.Cache{}
				}
				var out bytes.Buffer
				b.ReportAllocs()
				for b.Loop() {
					out.Reset()
					if err := pdf.Write(&out, doc, o); err != nil {
						b.Fatal(err)
					}
				}
				b.ReportMetric(float64(out.Len()), "bytes/file")
			})
		}
	}
}
