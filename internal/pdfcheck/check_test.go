package pdfcheck_test

import (
	"bytes"
	"image"
	"image/color"
	"image/png"
	"maps"
	"slices"
	"strings"
	"testing"

	"nastavnik/fonts"
	"nastavnik/internal/font"
	"nastavnik/internal/page"
	"nastavnik/internal/pdf"
	"nastavnik/internal/pdfcheck"
	"nastavnik/internal/pdfread"
	"nastavnik/internal/unit"
)

const pt = unit.PerPoint

// sample writes a page that has one of everything that is judged.
func sample(t testing.TB, o pdf.Options) []byte {
	t.Helper()
	set, err := font.Open(fonts.FS)
	if err != nil {
		t.Fatal(err)
	}
	face := set.Face("Times New Roman", false, false).Face
	doc := &page.Document{Title: "Приказ", Author: "Школа", Lang: "ru-RU", Elements: []page.Element{{Role: page.RoleDocument, Parent: -1}}}
	doc.Pages = []page.Page{{Width: 595 * pt, Height: 842 * pt, Label: "1"}}
	y := 50 * pt
	put := func(item page.Item) { doc.Pages[0].Items = append(doc.Pages[0].Items, item) }
	element := func(role page.Role, parent int) int {
		doc.Elements = append(doc.Elements, page.Element{Role: role, Parent: parent})
		return len(doc.Elements) - 1
	}
	line := func(e int, text string) {
		y += 20 * pt
		put(&page.Text{X: 60 * pt, Y: y, Width: 300 * pt, Face: face, Size: 12 * pt, Text: text, Element: e})
	}
	line(page.Artifact, "1")
	line(element(page.RoleH1, 0), "Приказ")
	line(element(page.RoleH2, 0), "О наставниках")
	list := element(page.RoleL, 0)
	item := element(page.RoleLI, list)
	line(element(page.RoleLbl, item), "1.")
	line(element(page.RoleLBody, item), "Назначить.")
	table := element(page.RoleTable, 0)
	for _, role := range []page.Role{page.RoleTH, page.RoleTD} {
		row := element(page.RoleTR, table)
		for range 2 {
			cell := element(role, row)
			doc.Elements[cell].Scope = page.ScopeColumn
			line(element(page.RoleP, cell), "Ячейка")
		}
	}
	line(element(page.RoleNote, 0), "Сноска.")
	link := element(page.RoleLink, element(page.RoleP, 0))
	line(link, "Сайт")
	put(&page.Link{X: 60 * pt, Y: y - 10*pt, Width: 40 * pt, Height: 12 * pt, URI: "https://example.org/", Alt: "Сайт школы", Element: link})
	figure := element(page.RoleFigure, 0)
	doc.Elements[figure].Alt = "Эмблема"
	put(&page.Image{X: 60 * pt, Y: 500 * pt, Width: 40 * pt, Height: 40 * pt, Data: emblem(t), Element: figure})
	put(&page.Rule{X1: 60 * pt, Y1: 600 * pt, X2: 90 * pt, Y2: 600 * pt, Width: pt, Color: 0xC00000, Element: page.Artifact})
	var b bytes.Buffer
	if err := pdf.Write(&b, doc, o); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func emblem(t testing.TB) []byte {
	m := image.NewNRGBA(image.Rect(0, 0, 20, 20))
	for i := range 20 {
		m.Set(i, i, color.NRGBA{200, 0, byte(10 * i), byte(10 * i)})
	}
	var b bytes.Buffer
	if err := png.Encode(&b, m); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func check(t testing.TB, data []byte) []pdfcheck.Fault {
	t.Helper()
	f, err := pdfread.Open(data)
	if err != nil {
		t.Fatal(err)
	}
	return pdfcheck.Check(f)
}

// TestOwnFiles wants no fault in what this program writes.
func TestOwnFiles(t *testing.T) {
	inner := sample(t, pdf.Options{})
	for name, o := range map[string]pdf.Options{
		"plain": {}, "A-1b": {Level: pdf.LevelA1b}, "watermark": {Watermark: "ПРОЕКТ"},
		"attachment": {Attachments: []pdf.Attachment{{Name: "Приказ.pdf", MIME: "application/pdf", Data: inner, Source: true}}},
	} {
		for _, fault := range check(t, sample(t, o)) {
			t.Errorf("%s: %s", name, fault)
		}
	}
}

// edit is a file under change.
type edit struct {
	t *testing.T
	f *pdfread.File
	u *pdfread.Update
}

// with changes the first object, in the order of numbers, for which is holds.
func (e *edit) with(is func(pdfread.Dict) bool, change func(pdfread.Dict)) {
	e.t.Helper()
	done := false
	e.f.Objects(func(r pdfread.Ref, o pdfread.Object) {
		d := e.f.Dict(o)
		if done || d == nil || !is(d) {
			return
		}
		done = true
		d = maps.Clone(d)
		change(d)
		if s, ok := o.(*pdfread.Stream); ok {
			e.u.Set(r, &pdfread.Stream{Dict: d, Raw: s.Raw})
		} else {
			e.u.Set(r, d)
		}
	})
	if !done {
		e.t.Fatal("no such object in the sample")
	}
}

func has(key, value pdfread.Name) func(pdfread.Dict) bool {
	return func(d pdfread.Dict) bool { return d[key] == pdfread.Object(value) }
}

// set puts an entry into the first object whose key has the value; nil takes
// it away.
func set(key, value, entry pdfread.Name, to pdfread.Object) func(*edit) {
	return func(e *edit) {
		e.with(has(key, value), func(d pdfread.Dict) {
			d[entry] = to
			if to == nil {
				delete(d, entry)
			}
		})
	}
}

// content replaces text in the content of the page.
func content(old, new string) func(*edit) {
	return func(e *edit) {
		p := e.f.Pages()[0]
		data := e.f.Content(p)
		if !bytes.Contains(data, []byte(old)) {
			e.t.Fatalf("the content has no %q: %s", old, data)
		}
		e.u.Set(p.Dict["Contents"].(pdfread.Ref), &pdfread.Stream{Dict: pdfread.Dict{}, Raw: bytes.Replace(data, []byte(old), []byte(new), 1)})
	}
}

// resource adds a resource to the page.
func resource(kind, name pdfread.Name, o pdfread.Object) func(*edit) {
	return func(e *edit) {
		p := e.f.Pages()[0]
		d := maps.Clone(p.Resources)
		d[kind] = pdfread.Dict{name: o}
		e.u.Set(p.Dict["Resources"].(pdfread.Ref), d)
	}
}

// metadata replaces text in the packet.
func metadata(old, new string) func(*edit) {
	return func(e *edit) {
		s := e.f.Resolve(e.f.Catalog()["Metadata"]).(*pdfread.Stream)
		if !bytes.Contains(s.Raw, []byte(old)) {
			e.t.Fatalf("the metadata have no %q", old)
		}
		e.u.Set(e.f.Catalog()["Metadata"].(pdfread.Ref), &pdfread.Stream{Dict: s.Dict, Raw: bytes.Replace(s.Raw, []byte(old), []byte(new), 1)})
	}
}

func annotation(change func(pdfread.Dict)) func(*edit) {
	return func(e *edit) { e.with(has("Subtype", "Link"), change) }
}

func both(changes ...func(*edit)) func(*edit) {
	return func(e *edit) {
		for _, change := range changes {
			change(e)
		}
	}
}

var (
	catalog = pdfread.Name("Catalog")
	dict    = func(pairs ...any) pdfread.Dict {
		d := pdfread.Dict{}
		for i := 0; i < len(pairs); i += 2 {
			d[pdfread.Name(pairs[i].(string))] = pairs[i+1]
		}
		return d
	}
	name = func(s string) pdfread.Name { return pdfread.Name(s) }
)

// TestConditions breaks every condition in turn: the fault is found, by its
// clause.
func TestConditions(t *testing.T) {
	data := sample(t, pdf.Options{})
	form := func(field pdfread.Dict) func(*edit) {
		return func(e *edit) {
			set("Type", catalog, "AcroForm", pdfread.Dict{"Fields": pdfread.Array{e.u.Add(field)}})(e)
		}
	}
	stream := func(d pdfread.Dict) func(*edit) {
		return func(e *edit) { e.u.Add(&pdfread.Stream{Dict: d, Raw: []byte("x")}) }
	}
	xobject := func(d pdfread.Dict, raw string) func(*edit) {
		return func(e *edit) { resource("XObject", "I1", e.u.Add(&pdfread.Stream{Dict: d, Raw: []byte(raw)}))(e) }
	}
	tests := []struct {
		clause string
		name   string
		change func(*edit)
	}{
		{"A 6.1.7.1", "a stream in another file", stream(dict("F", pdfread.String("x")))},
		{"A 6.1.7.2", "LZW", stream(dict("Filter", name("LZWDecode")))},
		{"A 6.1.8", "a name in another encoding", set("Type", catalog, "X", pdfread.Name("\xFF\xFE"))},
		{"A 6.1.12", "a permission", set("Type", catalog, "Perms", dict("UR", dict()))},
		{"A 6.1.13", "a long name", set("Type", catalog, "X", pdfread.Name(strings.Repeat("n", 128)))},
		{"A 6.1.13", "a long string", set("Type", catalog, "X", pdfread.String(strings.Repeat("n", 32768)))},
		{"A 6.1.13", "a large number", set("Type", catalog, "X", 1<<40)},
		{"A 6.1.13", "a large page", set("Type", "Page", "MediaBox", pdfread.Array{0, 0, 595, 20000})},
		{"A 6.1.13", "q within q", content("BT\n", strings.Repeat("q ", 29)+strings.Repeat("Q ", 29)+"BT\n")},
		{"A 6.2.2", "an unknown operator", content("BT\n", "zz BT\n")},
		{"A 6.2.2", "q without Q", content("BT\n", "q BT\n")},
		{"A 6.2.2", "a picture that is not there", content("/I1", "/I9")},
		{"A 6.2.3", "two profiles", set("Type", catalog, "OutputIntents", pdfread.Array{dict("DestOutputProfile", 1), dict("DestOutputProfile", 2)})},
		{"A 6.2.4.3", "no intent", set("Type", catalog, "OutputIntents", nil)},
		{"A 6.2.4.3", "CMYK", content("BT\n", "0 0 0 1 k BT\n")},
		{"A 6.2.5", "a transfer function", both(content("BT\n", "/G gs BT\n"), resource("ExtGState", "G", dict("TR", name("Identity"))))},
		{"A 6.2.6", "a rendering intent", content("BT\n", "/Beautiful ri BT\n")},
		{"A 6.2.8", "interpolation", set("Subtype", "Image", "Interpolate", true)},
		{"A 6.2.9", "a reference", stream(dict("Subtype", name("Form"), "Ref", dict()))},
		{"A 6.2.10", "a blend mode", both(content("BT\n", "/G gs BT\n"), resource("ExtGState", "G", dict("BM", name("Burn"))))},
		{"A 6.2.10", "transparency without an intent", set("Type", catalog, "OutputIntents", nil)},
		{"A 6.2.11.2", "a font without a type", set("Subtype", "Type0", "Type", nil)},
		{"A 6.2.11.3", "no CIDToGIDMap", set("Subtype", "CIDFontType2", "CIDToGIDMap", nil)},
		{"A 6.2.11.3", "no CMap", set("Subtype", "Type0", "Encoding", nil)},
		{"A 6.2.11.4", "a font that is not embedded", set("Type", "FontDescriptor", "FontFile2", nil)},
		{"A 6.2.11.4", "a CIDSet with holes", func(e *edit) {
			set("Type", "FontDescriptor", "CIDSet", e.u.Add(&pdfread.Stream{Dict: pdfread.Dict{}, Raw: []byte{0x80}}))(e)
		}},
		{"A 6.2.11.5", "widths", set("Subtype", "CIDFontType2", "W", pdfread.Array{0, 500, 500})},
		{"A 6.2.11.6", "an encoding", both(content("BT\n", "/F 9 Tf BT\n"), func(e *edit) {
			program := e.u.Add(&pdfread.Stream{Dict: pdfread.Dict{}, Raw: []byte("x")})
			resource("Font", "F", dict("Type", name("Font"), "Subtype", name("TrueType"), "BaseFont", name("X"), "FontDescriptor", dict("Flags", 4, "FontFile2", program), "Encoding", name("X")))(e)
		})},
		{"A 6.2.11.7", "a character that is not read back", set("Subtype", "Type0", "ToUnicode", nil)},
		{"A 6.2.11.8", "glyph 0", content(")Tj", "\\000\\000)Tj")},
		{"A 6.3.1", "a film", annotation(func(d pdfread.Dict) { d["Subtype"] = name("Movie") })},
		{"A 6.3.2", "a hidden link", annotation(func(d pdfread.Dict) { d["F"] = 2 })},
		{"A 6.3.3", "no appearance", annotation(func(d pdfread.Dict) { d["Subtype"] = name("Square") })},
		{"A 6.4.1", "appearances of the reader", set("Type", catalog, "AcroForm", dict("NeedAppearances", true))},
		{"A 6.4.2", "XFA", set("Type", catalog, "AcroForm", dict("XFA", pdfread.Array{}))},
		{"A 6.5.1", "a script", annotation(func(d pdfread.Dict) { d["A"] = dict("S", name("JavaScript")) })},
		{"A 6.5.1", "a named action", annotation(func(d pdfread.Dict) { d["A"] = dict("S", name("Named"), "N", name("Print")) })},
		{"A 6.5.2", "an event", set("Type", catalog, "AA", dict())},
		{"A 6.6.2", "no metadata", set("Type", catalog, "Metadata", nil)},
		{"A 6.6.2", "packed metadata", set("Type", "Metadata", "Filter", name("FlateDecode"))},
		{"A 6.6.2", "an unknown schema", metadata("<dc:format>", `<x:y xmlns:x="urn:x">1</x:y><dc:format>`)},
		{"A 6.6.2", "bytes in the packet", metadata("begin=", "bytes='1' begin=")},
		{"A 6.6.3", "another title", metadata("Приказ", "Другой")},
		{"A 6.6.4", "another part", metadata("part>2", "part>7")},
		{"A 6.7.2", "not marked", set("Type", catalog, "MarkInfo", nil)},
		{"A 6.7.3", "no tree", set("Type", catalog, "StructTreeRoot", nil)},
		{"A 6.7.3", "an unknown role", set("S", "H1", "S", name("Heading"))},
		{"A 6.7.3", "a standard role that means another", set("Type", "StructTreeRoot", "RoleMap", dict("P", name("H1")))},
		{"A 6.7.3", "roles in a circle", set("Type", "StructTreeRoot", "RoleMap", dict("X", name("Y"), "Y", name("X")))},
		{"A 6.7.4", "a language", set("Type", catalog, "Lang", pdfread.String("ru_RU"))},
		{"A 6.8", "a DOCX in A-2", func(e *edit) {
			file := e.u.Add(&pdfread.Stream{Dict: pdfread.Dict{}, Raw: []byte("PK")})
			spec := e.u.Add(dict("F", pdfread.String("a"), "UF", pdfread.String("a"), "EF", dict("F", file)))
			set("Type", catalog, "Names", dict("EmbeddedFiles", dict("Names", pdfread.Array{pdfread.String("a"), spec})))(e)
		}},
		{"A 6.9", "layers", set("Type", catalog, "OCProperties", dict("D", dict()))},
		{"A 6.10", "other presentations", set("Type", catalog, "Names", dict("AlternatePresentations", dict()))},
		{"A 6.11", "requirements", set("Type", catalog, "Requirements", pdfread.Array{})},
		{"UA 5", "no claim", metadata("<pdfuaid:part>1", "<pdfuaid:part>2")},
		{"UA 7.1", "content of nobody", content("/H1<</MCID 0>>BDC\n", "/H1 BMC\n")},
		{"UA 7.1", "an artifact in content", content("/H1<</MCID 0>>BDC\n", "/H1<</MCID 0>>BDC /Artifact BMC EMC\n")},
		{"UA 7.1", "EMC too many", content("EMC\n", "EMC EMC\n")},
		{"UA 7.1", "a sequence across text", content("ET\n", "/Span BMC ET\n")},
		{"UA 7.1", "the name of the file is shown", set("Type", catalog, "ViewerPreferences", nil)},
		{"UA 7.1", "no title", metadata("Приказ", "")},
		{"UA 7.1", "suspects", set("Type", catalog, "MarkInfo", dict("Marked", true, "Suspects", true))},
		{"UA 7.2", "no language", set("Type", catalog, "Lang", nil)},
		{"UA 7.2", "another parent", set("S", "H1", "P", pdfread.Ref{Number: 1})},
		{"UA 7.2", "content told twice", content("MCID 1>", "MCID 0>")},
		{"UA 7.2", "a row outside of a table", set("S", "L", "S", name("TR"))},
		{"UA 7.2", "no parents", set("Type", "StructTreeRoot", "ParentTree", nil)},
		{"UA 7.3", "a figure without words", set("S", "Figure", "Alt", nil)},
		{"UA 7.4", "a level skipped", set("S", "H2", "S", name("H3"))},
		{"UA 7.4", "begins at the second level", set("S", "H1", "S", name("P"))},
		{"UA 7.5", "a head without scope", set("S", "TH", "A", nil)},
		{"UA 7.5", "a wide cell", set("S", "TD", "A", dict("O", name("Table"), "ColSpan", 3))},
		{"UA 7.7", "a formula without words", set("S", "H2", "S", name("Formula"))},
		{"UA 7.9", "a note without an ID", set("S", "Note", "ID", nil)},
		{"UA 7.11", "an attachment with one name", func(e *edit) {
			set("Type", catalog, "Names", dict("EmbeddedFiles", dict("Names", pdfread.Array{pdfread.String("a"), e.u.Add(dict("F", pdfread.String("a")))})))(e)
		}},
		{"UA 7.18.1", "a note of nobody", annotation(func(d pdfread.Dict) { d["Subtype"] = name("Text"); delete(d, "Contents") })},
		{"UA 7.18.3", "tab order", set("Type", "Page", "Tabs", name("R"))},
		{"UA 7.18.4", "a field without a name", form(dict("FT", name("Tx"), "T", pdfread.String("x")))},
		{"UA 7.18.5", "a link without words", annotation(func(d pdfread.Dict) { delete(d, "Contents") })},
		{"UA 7.18.5", "a link in a paragraph", set("S", "Link", "S", name("P"))},
		{"A 6.2.2", "a form without resources", xobject(dict("Subtype", name("Form")), "/F1 9 Tf")},
	}
	tried := map[string]bool{}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			f, err := pdfread.Open(data)
			if err != nil {
				t.Fatal(err)
			}
			e := &edit{t, f, f.NewUpdate()}
			tt.change(e)
			faults := check(t, e.u.Bytes())
			if !slices.ContainsFunc(faults, func(f pdfcheck.Fault) bool { return f.Clause == tt.clause }) {
				t.Errorf("no fault of %s; got %v", tt.clause, faults)
			}
		})
		tried[tt.clause] = true
	}
	for _, raw := range []struct {
		clause   string
		old, new string
	}{
		{"A 6.1.2", "%PDF-1.7", "%PDF-1.9"},
		{"A 6.1.2", "\xE2\xE3\xCF\xD3", "abcd"},
		{"A 6.1.3", "%%EOF\n", "%%EOF\nmore"},
		{"A 6.1.7.1", "/Length ", "/Length 1"},
	} {
		if !slices.ContainsFunc(check(t, bytes.Replace(data, []byte(raw.old), []byte(raw.new), 1)), func(f pdfcheck.Fault) bool { return f.Clause == raw.clause }) {
			t.Errorf("%q: no fault of %s", raw.new, raw.clause)
		}
		tried[raw.clause] = true
	}
	for _, c := range pdfcheck.Conditions() {
		if !tried[c.Clause] {
			t.Errorf("no test breaks %s: %s", c.Clause, c.Asks)
		}
	}
}

// TestDamaged judges damaged files: any faults, but no panic and no hang.
func TestDamaged(t *testing.T) {
	data := sample(t, pdf.Options{Level: pdf.LevelA1b})
	for at := 0; at < len(data); at += 211 {
		damaged := bytes.Clone(data)
		damaged[at] ^= byte(at)
		if f, err := pdfread.Open(damaged); err == nil {
			pdfcheck.Check(f)
		}
	}
}

// TestFormsWithinForms judges a page whose form draws itself: it ends.
func TestFormsWithinForms(t *testing.T) {
	f, err := pdfread.Open(sample(t, pdf.Options{}))
	if err != nil {
		t.Fatal(err)
	}
	e := &edit{t, f, f.NewUpdate()}
	ref := e.u.Add(pdfread.Dict{})
	resource("XObject", "I1", ref)(e)
	d := pdfread.Dict{"Subtype": name("Form"), "BBox": pdfread.Array{0, 0, 9, 9}, "Resources": pdfread.Dict{"XObject": pdfread.Dict{"I1": ref}}}
	e.u.Set(ref, &pdfread.Stream{Dict: d, Raw: []byte(strings.Repeat("/I1 Do ", 300))})
	check(t, e.u.Bytes())
}

func FuzzCheck(f *testing.F) {
	f.Add(sample(f, pdf.Options{Level: pdf.LevelA1b}))
	f.Fuzz(func(_ *testing.T, data []byte) {
		if file, err := pdfread.Open(data); err == nil {
			pdfcheck.Check(file)
		}
	})
}
