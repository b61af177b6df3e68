package pdfform_test

import (
	"bytes"
	"flag"
	"fmt"
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"nastavnik/fonts"
	"nastavnik/internal/diag"
	"nastavnik/internal/font"
	"nastavnik/internal/page"
	"nastavnik/internal/pdf"
	"nastavnik/internal/pdfcheck"
	"nastavnik/internal/pdfform"
	"nastavnik/internal/pdfread"
	"nastavnik/internal/unit"
)

var update = flag.Bool("update", false, "write testdata/anketa.pdf anew")

func faces(t testing.TB) *font.Set {
	t.Helper()
	set, err := font.Open(fonts.FS)
	if err != nil {
		t.Fatal(err)
	}
	return set
}

// builder puts fields onto a page that package pdf wrote.
type builder struct {
	u      *pdfread.Update
	page   pdfread.Ref
	annots pdfread.Array
	fields pdfread.Array
	y      float64
	indent float64 // of a button without a name of its own
}

// widget adds a field with one widget, below the last.
func (b *builder) widget(height float64, d pdfread.Dict) pdfread.Ref {
	b.y -= height + 8
	d["Type"], d["Subtype"], d["F"], d["P"] = pdfread.Name("Annot"), pdfread.Name("Widget"), 4, b.page
	d["Rect"] = pdfread.Array{250, b.y, 520, b.y + height}
	if d["AP"] != nil { // a button
		left := 250.0
		if d["T"] == nil {
			left += b.indent
		}
		d["Rect"] = pdfread.Array{left, b.y + 4, left + 12, b.y + 16}
	}
	if d["MK"] == nil {
		d["MK"] = pdfread.Dict{"BC": pdfread.Array{0.4}, "BG": pdfread.Array{0.95, 0.95, 1}}
	}
	r := b.u.Add(d)
	b.annots = append(b.annots, r)
	return r
}

func (b *builder) field(height float64, d pdfread.Dict) pdfread.Ref {
	r := b.widget(height, d)
	b.fields = append(b.fields, r)
	return r
}

// button returns the appearances of a check box or radio button.
func (b *builder) button(on string) pdfread.Dict {
	stream := func(content string) pdfread.Ref {
		return b.u.Add(&pdfread.Stream{
			Dict: pdfread.Dict{"Type": pdfread.Name("XObject"), "Subtype": pdfread.Name("Form"), "BBox": pdfread.Array{0, 0, 12, 12}},
			Raw:  []byte(content),
		})
	}
	return pdfread.Dict{"N": pdfread.Dict{
		pdfread.Name(on): stream("0 0 12 12 re S 2 2 m 10 10 l 2 10 m 10 2 l S"), "Off": stream("0 0 12 12 re S"),
	}}
}

// anketa makes the sample form, a mentor's questionnaire.
func anketa(t testing.TB) []byte {
	set := faces(t)
	doc := &page.Document{
		Title: "Анкета наставника", Lang: "ru-RU",
		Elements: []page.Element{{Role: page.RoleDocument, Parent: -1}},
		Pages:    []page.Page{{Width: 210 * unit.PerMM, Height: 297 * unit.PerMM}},
	}
	y := 842.0 - 60
	for i, label := range []string{"АНКЕТА НАСТАВНИКА", "Организация", "Фамилия, имя, отчество", "О себе", "Телефон", "Согласие", "Пол", "Форма наставничества", "Направления", "Стаж, лет", "Отметка сбоку"} {
		role := page.RoleP
		if i == 0 {
			role = page.RoleH1
		}
		doc.Elements = append(doc.Elements, page.Element{Role: role, Parent: 0})
		doc.Pages[0].Items = append(doc.Pages[0].Items, &page.Text{
			X: 60 * unit.PerPoint, Y: unit.EMU((842 - y) * float64(unit.PerPoint)), Size: 12 * unit.PerPoint,
			Face: set.Face("Times New Roman", i == 0, false).Face, Text: label, Element: len(doc.Elements) - 1,
		})
		y -= []float64{38, 28, 28, 68, 28, 28, 28, 28, 68, 28, 0}[i]
	}
	var base bytes.Buffer
	if err := pdf.Write(&base, doc, pdf.Options{}); err != nil {
		t.Fatal(err)
	}
	f, err := pdfread.Open(base.Bytes())
	if err != nil {
		t.Fatal(err)
	}
	p := f.Pages()[0]
	b := &builder{u: f.NewUpdate(), page: p.Ref, y: 842 - 72}
	text, button, choice := pdfread.Name("Tx"), pdfread.Name("Btn"), pdfread.Name("Ch")
	name := func(s string) pdfread.Object { return pdfread.TextString(s) }

	school := b.u.Add(pdfread.Dict{})
	short := b.widget(20, pdfread.Dict{"FT": text, "T": name("name_short"), "Parent": school, "TU": name("Организация")})
	b.u.Set(school, pdfread.Dict{"T": name("school"), "Kids": pdfread.Array{short}})
	b.fields = append(b.fields, school)
	b.field(20, pdfread.Dict{"FT": text, "T": name("наставник"), "DA": name("/TiRo 0 Tf 0 0 0.5 rg"), "Q": 1, "Ff": 2})
	b.field(60, pdfread.Dict{"FT": text, "T": name("о себе"), "Ff": 1 << 12, "DA": name("/TiRo 12 Tf 0 g")})
	b.field(20, pdfread.Dict{"FT": text, "T": name("телефон"), "Ff": 1 << 24, "MaxLen": 11, "DA": name("/Cour 0 Tf 0 g")})
	b.field(20, pdfread.Dict{"FT": button, "T": name("согласие"), "AP": b.button("Да"), "AS": pdfread.Name("Off")})
	sex := b.u.Add(pdfread.Dict{})
	female := b.widget(20, pdfread.Dict{"Parent": sex, "AP": b.button("ж"), "AS": pdfread.Name("Off")})
	b.y, b.indent = b.y+28, 40
	male := b.widget(20, pdfread.Dict{"Parent": sex, "AP": b.button("м"), "AS": pdfread.Name("Off")})
	b.u.Set(sex, pdfread.Dict{"FT": button, "T": name("пол"), "Ff": 1 << 15, "Kids": pdfread.Array{female, male}})
	b.fields = append(b.fields, sex)
	b.field(20, pdfread.Dict{"FT": choice, "T": name("форма"), "Ff": 1 << 17, "Opt": pdfread.Array{
		pdfread.Array{name("tt"), name("учитель — учитель")}, pdfread.Array{name("ts"), name("учитель — ученик")}}})
	b.field(60, pdfread.Dict{"FT": choice, "T": name("направления"), "Ff": 1 << 21, "Opt": pdfread.Array{name("предметное"), name("воспитание"), name("цифровые навыки")}})
	b.field(20, pdfread.Dict{"FT": text, "T": name("стаж"), "Q": 2, "MaxLen": 2})
	b.field(40, pdfread.Dict{"FT": text, "T": name("сбоку"), "MK": pdfread.Dict{"R": 90, "BC": pdfread.Array{0}}})
	b.field(20, pdfread.Dict{"FT": pdfread.Name("Sig"), "T": name("подпись")})

	d := pdfread.Dict{}
	for k, v := range p.Dict {
		d[k] = v
	}
	d["Annots"] = b.annots
	b.u.Set(p.Ref, d)
	catalog := pdfread.Dict{}
	for k, v := range f.Catalog() {
		catalog[k] = v
	}
	catalog["AcroForm"] = pdfread.Dict{
		"Fields": b.fields, "DA": name("/Helv 0 Tf 0 g"), "NeedAppearances": true,
		"DR": pdfread.Dict{"Font": pdfread.Dict{
			"Helv": pdfread.Dict{"Type": pdfread.Name("Font"), "Subtype": pdfread.Name("Type1"), "BaseFont": pdfread.Name("Helvetica")},
			"TiRo": pdfread.Dict{"Type": pdfread.Name("Font"), "Subtype": pdfread.Name("Type1"), "BaseFont": pdfread.Name("Times-Roman")},
		}},
	}
	b.u.Set(f.Trailer["Root"].(pdfread.Ref), catalog)
	return b.u.Bytes()
}

func TestSample(t *testing.T) {
	path := filepath.Join("testdata", "anketa.pdf")
	made := anketa(t)
	if *update {
		if err := os.MkdirAll("testdata", 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, made, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	kept, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if got, want := fieldLines(t, kept), fieldLines(t, made); got != want {
		t.Errorf("testdata/anketa.pdf has other fields than this test makes, run with -update: got\n%s\nwant\n%s", got, want)
	}
}

var answers = map[string]any{
	"school.name_short": "МБОУ «СОШ № 1» с. Өскөн",
	"наставник":         "Ёлкина Щукаря Ильинична",
	"о себе":            "Работаю в школе двадцать лет.\nВеду математику в пятых — одиннадцатых классах и кружок робототехники.",
	"телефон":           "89001234567",
	"согласие":          true,
	"пол":               "ж",
	"форма":             "учитель — учитель",
	"направления":       []string{"предметное", "цифровые навыки"},
	"стаж":              20,
	"сбоку":             "№ 7",
}

func fill(t testing.TB, form []byte, values map[string]any, flatten bool) ([]byte, pdfform.Result, diag.List) {
	t.Helper()
	f, err := pdfform.Open(form)
	if err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	result, problems := f.Fill(&b, pdfform.Options{Fonts: faces(t), Flatten: flatten, Value: func(name string) (any, bool) {
		v, ok := values[name]
		return v, ok
	}})
	return b.Bytes(), result, problems
}

// fieldLines returns a line for each field of a form.
func fieldLines(t *testing.T, form []byte) string {
	t.Helper()
	f, err := pdfform.Open(form)
	if err != nil {
		t.Fatal(err)
	}
	var lines []string
	for _, field := range f.Fields() {
		line := fmt.Sprintf("%d %s: %s", field.Page, field.Name, field.Kind)
		for _, o := range field.Options {
			line += " " + o.Export
		}
		lines = append(lines, line)
	}
	return strings.Join(lines, "\n")
}

func TestFields(t *testing.T) {
	got := fieldLines(t, anketa(t))
	want := []string{
		"1 school.name_short: текст", "1 наставник: текст", "1 о себе: текст", "1 телефон: текст",
		"1 согласие: флажок Да", "1 пол: переключатель ж м", "1 форма: список с выбором tt ts",
		"1 направления: список предметное воспитание цифровые навыки", "1 стаж: текст", "1 сбоку: текст", "1 подпись: подпись",
	}
	if want := strings.Join(want, "\n"); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

// TestFill reads the values back from the fields and from what they show.
func TestFill(t *testing.T) {
	form := anketa(t)
	out, result, problems := fill(t, form, answers, false)
	if len(problems) > 0 || result.Filled != len(answers) || len(result.Empty)+len(result.Unknown) > 0 {
		t.Fatalf("got %+v, %v", result, problems)
	}
	if !bytes.HasPrefix(out, form) {
		t.Error("the original does not stand before the update")
	}
	again, _, _ := fill(t, form, answers, false)
	if !bytes.Equal(out, again) {
		t.Error("two runs differ")
	}
	f, err := pdfform.Open(out)
	if err != nil {
		t.Fatal(err)
	}
	values := map[string]string{}
	for _, field := range f.Fields() {
		values[field.Name] = field.Value
	}
	for name, want := range map[string]string{
		"school.name_short": "МБОУ «СОШ № 1» с. Өскөн", "согласие": "Да", "пол": "ж", "форма": "tt", "стаж": "20",
		"о себе": answers["о себе"].(string),
	} {
		if values[name] != want {
			t.Errorf("%s: got %q, want %q", name, values[name], want)
		}
	}
	file, err := pdfread.Open(out)
	if err != nil {
		t.Fatal(err)
	}
	if text := file.PageText(file.Pages()[0]); !strings.Contains(text, "Ёлкина Щукаря Ильинична") {
		t.Errorf("a reader of the page does not see the value: %s", text)
	}
	if acro := file.Dict(file.Catalog()["AcroForm"]); acro["NeedAppearances"] != nil {
		t.Error("NeedAppearances is still there")
	}
}

// TestFlatten wants the shown text in the page itself, and no field left.
func TestFlatten(t *testing.T) {
	out, _, problems := fill(t, anketa(t), answers, true)
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	if _, err := pdfform.Open(out); err == nil || !strings.Contains(err.Error(), "нет полей") {
		t.Errorf("fields after flattening: %v", err)
	}
	f, err := pdfread.Open(out)
	if err != nil {
		t.Fatal(err)
	}
	if bytes.Contains(out, []byte("/AcroForm")) || bytes.Contains(out, []byte("/Widget")) {
		t.Error("the fields are still in the bytes of the file")
	}
	text := f.PageText(f.Pages()[0])
	for _, want := range []string{"АНКЕТА НАСТАВНИКА", "МБОУ «СОШ № 1» с. Өскөн", "Ёлкина Щукаря Ильинична", "Работаю в школе", "учитель — учитель", "цифровые навыки", "№ 7", "20"} {
		if !strings.Contains(text, want) {
			t.Errorf("%q is not on the page:\n%s", want, text)
		}
	}
	if strings.Contains(text, "воспитание") {
		t.Error("an entry that was not chosen is shown")
	}
}

// tagged makes the sample form one that keeps PDF/A and PDF/UA: each field is
// named in words, has an appearance and stands in an element Form.
func tagged(t *testing.T) []byte {
	f, err := pdfread.Open(anketa(t))
	if err != nil {
		t.Fatal(err)
	}
	u := f.NewUpdate()
	p := f.Pages()[0]
	root := f.Catalog()["StructTreeRoot"].(pdfread.Ref)
	tree := maps.Clone(f.Dict(root))
	document := tree["K"].(pdfread.Ref)
	top := maps.Clone(f.Dict(document))
	kids, nums := slices.Clone(f.Array(top["K"])), slices.Clone(f.Array(f.Dict(tree["ParentTree"])["Nums"]))
	next := f.Int(tree["ParentTreeNextKey"])
	for i, o := range f.Array(p.Dict["Annots"]) {
		w := maps.Clone(f.Dict(o))
		element := u.Add(pdfread.Dict{"S": pdfread.Name("Form"), "P": document, "Pg": p.Ref, "K": pdfread.Dict{"Type": pdfread.Name("OBJR"), "Obj": o}})
		kids, nums = append(kids, element), append(nums, next+i, element)
		w["StructParent"] = next + i
		if w["T"] != nil {
			w["TU"] = pdfread.TextString("Поле " + f.Text(w["T"]))
		}
		if w["AP"] == nil {
			w["AP"] = pdfread.Dict{"N": u.Add(&pdfread.Stream{Dict: pdfread.Dict{"Type": pdfread.Name("XObject"), "Subtype": pdfread.Name("Form"), "BBox": pdfread.Array{0, 0, 9, 9}}})}
		}
		u.Set(o.(pdfread.Ref), w)
	}
	top["K"] = kids
	u.Set(document, top)
	tree["ParentTree"] = u.Add(pdfread.Dict{"Nums": nums})
	u.Set(root, tree)
	catalog := maps.Clone(f.Catalog())
	acro := maps.Clone(f.Dict(catalog["AcroForm"]))
	delete(acro, "NeedAppearances")
	catalog["AcroForm"] = acro
	u.Set(f.Trailer["Root"].(pdfread.Ref), catalog)
	for _, o := range f.Array(acro["Fields"]) {
		if d := f.Dict(o); d["Kids"] != nil {
			d = maps.Clone(d)
			d["TU"] = pdfread.TextString("Поле " + f.Text(d["T"]))
			u.Set(o.(pdfread.Ref), d)
		}
	}
	return u.Bytes()
}

// TestConformance fills a form that keeps PDF/A-2a and PDF/UA-1: it keeps
// them, flattened or not.
func TestConformance(t *testing.T) {
	form := tagged(t)
	for _, flatten := range []bool{false, true} {
		out, _, problems := fill(t, form, answers, flatten)
		if len(problems) > 0 {
			t.Fatal(problems)
		}
		f, err := pdfread.Open(out)
		if err != nil {
			t.Fatal(err)
		}
		for _, fault := range pdfcheck.Check(f) {
			t.Errorf("flatten %v: %s", flatten, fault)
		}
	}
}

// changed returns the sample form with its first object of a field or form
// dictionary changed.
func changed(t *testing.T, change func(f *pdfread.File, acro pdfread.Dict, field pdfread.Dict)) []byte {
	f, err := pdfread.Open(anketa(t))
	if err != nil {
		t.Fatal(err)
	}
	u := f.NewUpdate()
	catalog := maps.Clone(f.Catalog())
	acro := maps.Clone(f.Dict(catalog["AcroForm"]))
	ref := f.Array(acro["Fields"])[1].(pdfread.Ref)
	field := maps.Clone(f.Dict(ref))
	change(f, acro, field)
	catalog["AcroForm"] = acro
	catalog["Perms"] = pdfread.Dict{"UR3": pdfread.Dict{}} // rights of Adobe Reader
	u.Set(f.Trailer["Root"].(pdfread.Ref), catalog)
	u.Set(ref, field)
	return u.Bytes()
}

// TestForeignParts fills forms with what is not filled: a dynamic twin and a
// script are told, a signed form is refused, a password stays empty.
func TestForeignParts(t *testing.T) {
	for _, c := range []struct {
		name   string
		change func(f *pdfread.File, acro, field pdfread.Dict)
		want   string
		fails  bool
	}{
		{"XFA beside the fields", func(_ *pdfread.File, acro, _ pdfread.Dict) { acro["XFA"] = pdfread.Array{} }, "часть XFA убрана", false},
		{"a script", func(_ *pdfread.File, _, field pdfread.Dict) {
			field["AA"] = pdfread.Dict{"C": pdfread.Dict{"S": pdfread.Name("JavaScript")}}
		}, "поле «наставник»: значение вычисляет сценарий", false},
		{"a signature", func(_ *pdfread.File, _, field pdfread.Dict) {
			field["FT"], field["V"] = pdfread.Name("Sig"), pdfread.Dict{"Type": pdfread.Name("Sig")}
		}, "уже подписана", true},
		{"a password", func(_ *pdfread.File, _, field pdfread.Dict) { field["Ff"] = 1 << 13 }, "", false},
	} {
		out, result, problems := fill(t, changed(t, c.change), map[string]any{"наставник": "Иванов"}, false)
		told := problems.Error()
		if problems.Failed() != c.fails || !strings.Contains(told, c.want) || c.want == "" && told != "" {
			t.Errorf("%s: got %v", c.name, problems)
		}
		if c.fails != (len(out) == 0) || c.name == "a password" && result.Filled != 0 {
			t.Errorf("%s: got %d bytes, %+v", c.name, len(out), result)
		}
		if f, err := pdfread.Open(out); err == nil && (f.Dict(f.Catalog()["AcroForm"])["XFA"] != nil || f.Catalog()["Perms"] != nil) {
			t.Errorf("%s: XFA or the rights are still there", c.name)
		}
	}
}

func TestProblems(t *testing.T) {
	for _, c := range []struct {
		field string
		value any
		want  string
	}{
		{"телефон", "8 900 123 45 67 доб. 5", "страница 1, поле «телефон»: текст длиннее поля"},
		{"пол", "средний", "нет положения «средний»"},
		{"форма", "ученик — ученик", "в списке нет «ученик — ученик»"},
		{"направления", []string{"пение", "предметное"}, "в списке нет «пение»"},
		{"согласие", "может быть", "флажок не понимает"},
		{"стаж", struct{}{}, "нельзя вписать"},
		{"стаж", 100, "текст длиннее поля: 3 знаков при 2"},
	} {
		out, _, problems := fill(t, anketa(t), map[string]any{c.field: c.value}, false)
		if len(problems) != 1 || !problems.Failed() || !strings.Contains(problems[0].Error(), c.want) {
			t.Errorf("%s = %v: got %v, want %q", c.field, c.value, problems, c.want)
		}
		if len(out) > 0 {
			t.Errorf("%s = %v: something was written", c.field, c.value)
		}
	}
	_, result, problems := fill(t, anketa(t), map[string]any{"о себе": strings.Repeat("Очень длинный рассказ о себе и своей работе. ", 60), "наставник": " "}, false)
	if problems.Failed() || len(problems) != 1 || !strings.Contains(problems[0].Text, "не помещается") {
		t.Errorf("too long a text: got %v", problems)
	}
	if strings.Join(result.Empty, "") != "наставник" || len(result.Unknown) != 8 {
		t.Errorf("got %+v", result)
	}
}

func TestCheck(t *testing.T) {
	f, err := pdfform.Open(anketa(t))
	if err != nil {
		t.Fatal(err)
	}
	problems := f.Check([]string{"school.name_short", "наставники", "о себе", "телефон", "согласие", "пол", "форма", "направления", "сбоку"})
	if len(problems) != 2 || problems[0].Hint != "похоже на «наставники»" || problems[1].Hint != "" || problems.Failed() {
		t.Errorf("got %v", problems)
	}
}

func TestRefusals(t *testing.T) {
	var b bytes.Buffer
	if err := pdf.Write(&b, &page.Document{Pages: []page.Page{{Width: 210 * unit.PerMM, Height: 297 * unit.PerMM}}}, pdf.Options{}); err != nil {
		t.Fatal(err)
	}
	if _, err := pdfform.Open(b.Bytes()); err == nil || !strings.Contains(err.Error(), "нет полей") {
		t.Errorf("no form: got %v", err)
	}
	if _, err := pdfform.Open([]byte("%PDF-1.4 nonsense")); err == nil {
		t.Error("nonsense: no error")
	}
}

// TestMutations fills damaged forms: any result but a panic or a hang.
func TestMutations(t *testing.T) {
	form, set := anketa(t), faces(t)
	count := 250
	if testing.Short() {
		count = 60
	}
	for i := range count {
		random := rand.New(rand.NewPCG(3, uint64(i)))
		data := bytes.Clone(form)
		for range 1 + random.IntN(40) {
			data[len(data)-1-random.IntN(9000)] = byte(random.Uint32())
		}
		f, err := pdfform.Open(data)
		if err != nil {
			continue
		}
		var b bytes.Buffer
		f.Fill(&b, pdfform.Options{Fonts: set, Flatten: i%2 == 0, Value: func(name string) (any, bool) {
			v, ok := answers[name]
			return v, ok
		}})
	}
}

func FuzzFill(f *testing.F) {
	f.Add(anketa(f))
	set := faces(f)
	f.Fuzz(func(_ *testing.T, data []byte) {
		form, err := pdfform.Open(data)
		if err != nil {
			return
		}
		for _, flatten := range []bool{false, true} {
			var b bytes.Buffer
			form.Fill(&b, pdfform.Options{Fonts: set, Flatten: flatten, Value: func(name string) (any, bool) {
				v, ok := answers[name]
				return v, ok
			}})
		}
	})
}
