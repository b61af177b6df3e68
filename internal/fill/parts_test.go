package fill_test

import (
	"bytes"
	"image"
	"image/color"
	"image/png"
	"strings"
	"testing"

	"nastavnik/internal/docx"
	"nastavnik/internal/fill"
)

// fillParts renders a package and returns it opened.
func fillParts(t *testing.T, pkg *docx.Package, o fill.Options) *docx.Package {
	t.Helper()
	o.Name, o.Env = "шаблон.docx", sample()
	tmpl, err := fill.Compile(pkg, o)
	if err != nil {
		t.Fatalf("Compile: %v", err)
	}
	d := sample()
	d.School.Emblem = square(t)
	var b bytes.Buffer
	if _, err := tmpl.Render(&b, d); err != nil {
		t.Fatalf("Render: %v", err)
	}
	filled, err := docx.Open(b.Bytes())
	if err != nil {
		t.Fatal(err)
	}
	return filled
}

func partText(t *testing.T, pkg *docx.Package, name string) string {
	t.Helper()
	part := pkg.Part(name)
	if part == nil {
		t.Fatalf("no part %s", name)
	}
	b, err := part.Bytes()
	if err != nil {
		t.Fatal(err)
	}
	if _, err := docx.ParseXML(b); err != nil {
		t.Fatalf("%s: %v\n%s", name, err, b)
	}
	_, after, _ := strings.Cut(string(b), "Ignorable=\"w14\">")
	return after
}

func square(t testing.TB) []byte {
	t.Helper()
	img := image.NewGray(image.Rect(0, 0, 200, 100))
	img.Set(3, 3, color.White)
	var b bytes.Buffer
	if err := png.Encode(&b, img); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func has(t *testing.T, text string, want ...string) {
	t.Helper()
	for _, w := range want {
		if !strings.Contains(text, w) {
			t.Errorf("got:\n%s\nwant in it: %s", text, w)
		}
	}
}

func hasNot(t *testing.T, text string, unwanted ...string) {
	t.Helper()
	for _, w := range unwanted {
		if strings.Contains(text, w) {
			t.Errorf("got:\n%s\nunwanted in it: %s", text, w)
		}
	}
}

func TestHeadersAndNotes(t *testing.T) {
	ref := `<w:p><w:r><w:t>{{#each pairs as x}}{{ x.mentor.name.nom }}</w:t></w:r><w:r><w:footnoteReference w:id="2"/></w:r><w:r><w:t xml:space="preserve"> {{/each}}</w:t></w:r></w:p>`
	notes := `<w:footnote w:type="separator" w:id="-1">` + p("") + `</w:footnote><w:footnote w:type="continuationSeparator" w:id="0">` + p("") +
		`</w:footnote><w:footnote w:id="2">` + p("часов: {{ x.mentor.hours }}") + `</w:footnote><w:footnote w:id="3">` + p("никто не ссылается") + `</w:footnote>`
	pkg := fillParts(t, document(t, ref, "header1", p("{{ school.name }}"), "footer1", p("{{ director.name.nom }}"), "footnotes", notes), fill.Options{})
	has(t, partText(t, pkg, "word/header1.xml"), "Школа № 7")
	has(t, partText(t, pkg, "word/footer1.xml"), "Орлова А. П.")
	body := partText(t, pkg, "word/document.xml")
	has(t, body, `<w:footnoteReference w:id="1"/>`, `<w:footnoteReference w:id="2"/>`, `<w:footnoteReference w:id="3"/>`)
	has(t, partText(t, pkg, "word/footnotes.xml"), `<w:footnote w:id="1">`, "часов: 12", "часов: 5", "часов: 7", `w:type="separator"`)
	hasNot(t, partText(t, pkg, "word/footnotes.xml"), "никто не ссылается")
}

func TestTextBoxes(t *testing.T) {
	box := func(text string) string { return "<w:txbxContent>" + p(text) + "</w:txbxContent>" }
	body := `<w:p><w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wp:inline><wp:docPr id="7" name="x"/><a:graphic><wps:txbx>` +
		box("{{ school.name }}") + `</wps:txbx></a:graphic></wp:inline></w:drawing></mc:Choice><mc:Fallback><w:pict><v:shape><v:textbox>` +
		box("{{ school.name }}") + `</v:textbox></v:shape></w:pict></mc:Fallback></mc:AlternateContent></w:r></w:p>`
	pkg := fillParts(t, document(t, body), fill.Options{})
	text := partText(t, pkg, "word/document.xml")
	if n := strings.Count(text, "Школа № 7"); n != 2 {
		t.Errorf("got %d text boxes filled, want 2:\n%s", n, text)
	}
	// In a loop the box sees the loop's name, and its drawing has a number of its own.
	looped := p("{{#each pairs as x}}") + strings.ReplaceAll(body, "school.name", "x.mentor.name.nom") + p("{{/each}}")
	text = partText(t, fillParts(t, document(t, looped), fill.Options{}), "word/document.xml")
	has(t, text, "Белов", "Зуев", `<wp:docPr id="8"`, `<wp:docPr id="9"`, `<wp:docPr id="10"`)
	hasNot(t, text, `<wp:docPr id="7"`)
}

func TestControlsAndLinks(t *testing.T) {
	body := `<w:sdt><w:sdtPr><w:id w:val="5"/><w:dataBinding w:xpath="/x"/></w:sdtPr><w:sdtContent>` + p("{{ school.name }}") + `</w:sdtContent></w:sdt>` +
		`<w:p><w:hyperlink r:id="rId9"><w:r><w:t>{{ director.</w:t></w:r><w:r><w:t>name.nom }}</w:t></w:r></w:hyperlink></w:p>`
	text := partText(t, fillParts(t, document(t, body), fill.Options{}), "word/document.xml")
	has(t, text, "Школа № 7", "Орлова А. П.", `<w:id w:val="5"/>`)
	hasNot(t, text, "dataBinding")
}

func TestAttributes(t *testing.T) {
	picture := func(id string) string {
		return `<w:p><w:r><w:drawing><wp:inline><wp:docPr id="` + id + `" name="x" descr="Эмблема: {{ school.name }} &quot;{{ director.name.nom }}&quot;"/></wp:inline></w:drawing></w:r></w:p>`
	}
	body := picture("7") + picture("7") + p("{{#each pairs as x}}") + strings.ReplaceAll(picture("9"), "director", "x.mentor") + p("{{/each}}")
	text := partText(t, fillParts(t, document(t, body), fill.Options{}), "word/document.xml")
	has(t, text, `<wp:docPr id="7" name="x" descr="Эмблема: Школа № 7 «Росток» &amp; Ко &quot;Орлова А. П.&quot;"/>`, `id="10"`, `id="11"`, `id="12"`, `id="13"`, `&quot;Авдеев&quot;`)
	wrong := problems(t, document(t, `<w:p><w:r><w:drawing><wp:inline><wp:docPr id="1" name="{{ school.name }}"/></wp:inline></w:drawing></w:r></w:p>`))
	if len(wrong) != 1 || !strings.Contains(wrong.Error(), "свойство name: метки здесь не заполняются") {
		t.Errorf("got %v, want a problem", wrong)
	}
}

func TestIdentifiersInLoops(t *testing.T) {
	body := p("{{#each pairs as x}}") +
		`<w:p w14:paraId="11111111"><w:bookmarkStart w:id="4" w:name="pair"/><w:r><w:t>{{ x.mentor.name.nom }}</w:t></w:r><w:bookmarkEnd w:id="4"/></w:p>` +
		p("{{/each}}")
	text := partText(t, fillParts(t, document(t, body), fill.Options{}), "word/document.xml")
	hasNot(t, text, "paraId")
	for _, name := range []string{`w:name="pair"`, `w:name="pair_1"`, `w:name="pair_2"`, `w:id="4"`, `w:id="5"`, `w:id="6"`} {
		if strings.Count(text, "<w:bookmarkStart") != 3 || strings.Count(text, name) == 0 {
			t.Errorf("got:\n%s\nwant %s", text, name)
		}
	}
}

const numbering = `<w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:start w:val="3"/><w:numFmt w:val="decimal"/></w:lvl></w:abstractNum>` +
	`<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num><w:num w:numId="2"><w:abstractNumId w:val="0"/></w:num>`

func item(num, text string) string {
	return pp(`<w:numPr><w:ilvl w:val="0"/><w:numId w:val="`+num+`"/></w:numPr>`, text)
}

func TestNumbering(t *testing.T) {
	tests := []struct {
		name string
		body string
		want string
	}{
		{"a list under a heading begins anew", p("{{#each pairs as x}}") + p("{{ x.mentor.name.nom }}") + item("1", "а") + item("1", "б") + p("{{/each}}"),
			"Белов\n[list 1]а\n[list 1]б\nЗуев\n[list 3]а\n[list 3]б\nАвдеев\n[list 4]а\n[list 4]б\n"},
		{"the list of the passes goes on", p("{{#each pairs as x}}") + item("1", "{{ x.mentor.name.nom }}") + p("{{/each}}"),
			"[list 1]Белов\n[list 1]Зуев\n[list 1]Авдеев\n"},
		{"a list used outside goes on", item("1", "а") + p("{{#each pairs as x}}") + p("x") + item("1", "б") + p("{{/each}}"),
			"[list 1]а\nx\n[list 1]б\nx\n[list 1]б\nx\n[list 1]б\n"},
		{"unless told to restart", p("{{#each pairs as x @restart}}") + item("1", "{{ x.mentor.name.nom }}") + p("{{/each}}"),
			"[list 1]Белов\n[list 3]Зуев\n[list 4]Авдеев\n"},
		{"or to go on", p("{{#each pairs as x @continue}}") + p("x") + item("1", "а") + p("{{/each}}"),
			"x\n[list 1]а\nx\n[list 1]а\nx\n[list 1]а\n"},
		{"the list of a cell begins anew", table("{{#each pairs as x}}{{ x.mentor.name.nom }} ¦ " + p("{{#each x.mentor.goals as g}}") + item("2", "{{ g }}") + p("{{/each}}{{/each}}")),
			"| Белов | [list 2]вести дневник/[list 2]читать |\n| Зуев |  |\n| Авдеев | [list 3]писать |\n"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			pkg := document(t, test.body, "numbering", numbering)
			got, _ := render(t, pkg, sample())
			if got != test.want {
				t.Errorf("got:\n%s\nwant:\n%s", got, test.want)
			}
		})
	}
	text := partText(t, fillParts(t, document(t, tests[0].body, "numbering", numbering), fill.Options{}), "word/numbering.xml")
	has(t, text, `<w:num w:numId="3"><w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="3"/></w:lvlOverride></w:num>`)
}

func TestImages(t *testing.T) {
	body := p("{{ image school.emblem width=20mm }}") + p("{{#each pairs as x}}") + p("{{ image school.emblem height=10mm }}") + p("{{/each}}")
	pkg := fillParts(t, document(t, body, "header1", p("{{ image school.emblem }}")), fill.Options{})
	text := partText(t, pkg, "word/document.xml")
	has(t, text, `<wp:extent cx="720000" cy="360000"/>`, `r:embed="rIdFill1"`)
	if n := strings.Count(text, "<w:drawing>"); n != 4 {
		t.Errorf("got %d pictures, want 4", n)
	}
	if pkg.Part("word/media/fill1.png") == nil || pkg.Part("word/media/fill2.png") != nil {
		t.Error("the picture must be one part")
	}
	for _, part := range []string{"word/document.xml", "word/header1.xml"} {
		if got := pkg.Related(pkg.Part(part), "image"); len(got) != 1 || got[0].Name != "word/media/fill1.png" || got[0].ContentType != "image/png" {
			t.Errorf("%s: got %v, want one related picture", part, got)
		}
	}
}

// TestSwap puts pictures from the data into frames of the template.
func TestSwap(t *testing.T) {
	frame := func(expr string) string {
		return `<w:p><w:r><w:drawing><wp:anchor><wp:extent cx="5" cy="5"/><wp:docPr id="3" name="x" descr="{{ image ` + expr + ` }}"/><a:graphic><a:graphicData><pic:pic><pic:blipFill><a:blip r:embed="rIdOld"/></pic:blipFill></pic:pic></a:graphicData></a:graphic></wp:anchor></w:drawing></w:r></w:p>`
	}
	pkg := fillParts(t, document(t, frame("school.emblem")+p("{{#each pairs as x}}")+frame("x.mentor.phone")+p("{{/each}}")), fill.Options{})
	text := partText(t, pkg, "word/document.xml")
	has(t, text, `<wp:docPr id="3" name="x" descr=""/>`, `<a:blip r:embed="rIdFill1"/>`)
	if n := strings.Count(text, `<a:blip r:embed="rIdOld"/>`); n != 3 {
		t.Errorf("got %d old pictures, want the 3 that no data replace:\n%s", n, text)
	}
	if got := pkg.Related(pkg.Main(), "image"); len(got) != 1 || got[0].Name != "word/media/fill1.png" {
		t.Errorf("got %v, want the new picture related", got)
	}
}

func TestSections(t *testing.T) {
	body := p("{{#each pairs as x}}") + p("{{ x.mentor.name.nom }}") +
		pp(`<w:sectPr><w:pgSz w:w="16838" w:h="11906" w:orient="landscape"/></w:sectPr>`, "{{/each}}") + p("конец") + `<w:sectPr><w:pgSz w:w="11906" w:h="16838"/></w:sectPr>`
	got, _ := render(t, document(t, body), sample())
	want := "[section]Белов\n[section]Зуев\n[section]Авдеев\nконец\n"
	if got != want {
		t.Errorf("got:\n%s\nwant:\n%s", got, want)
	}
}

func TestTitle(t *testing.T) {
	pkg := document(t, p("{{ school.name }}"))
	core := pkg.Put("docProps/core.xml", "application/vnd.openxmlformats-package.core-properties+xml",
		[]byte(`<cp:coreProperties xmlns:cp="`+docx.Namespace("cp")+`" xmlns:dc="`+docx.Namespace("dc")+`"><dc:title>Приказ: {{ school.name }}</dc:title><dc:subject>{{ director.phone }}</dc:subject></cp:coreProperties>`))
	pkg.AddRel(nil, "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties", core.Name, false)
	b, _ := fillParts(t, pkg, fill.Options{}).Part("docProps/core.xml").Bytes()
	has(t, string(b), "<dc:title>Приказ: Школа № 7 «Росток» &amp; Ко</dc:title>", "<dc:subject></dc:subject>")
}

func TestInclude(t *testing.T) {
	block := func() *docx.Package {
		pkg := document(t, pp(`<w:pStyle w:val="Stamp"/>`, "УТВЕРЖДАЮ {{ director.name.nom }}")+item("1", "{{ x.mentor.name.nom }}")+
			`<w:p><w:r><w:drawing><wp:inline><a:graphic><a:graphicData><pic:pic><pic:blipFill><a:blip r:embed="rId7"/></pic:blipFill></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r></w:p><w:sectPr/>`,
			"styles", `<w:style w:type="paragraph" w:styleId="Base"><w:name w:val="Base"/></w:style><w:style w:type="paragraph" w:styleId="Stamp"><w:name w:val="Stamp"/><w:basedOn w:val="Base"/></w:style>`,
			"numbering", numbering)
		img := pkg.Put("word/media/image1.png", "image/png", square(t))
		id := pkg.AddRel(pkg.Main(), docx.RelType("image"), img.Name, false)
		tree, _ := pkg.Main().Tree()
		for n := range tree.Walk() {
			if n.Name == "a:blip" {
				n.SetAttr("r:embed", id)
			}
		}
		return pkg
	}
	host := document(t, p("{{#each pairs as x}}")+p("{{> stamp}}")+p("{{/each}}"),
		"styles", `<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style>`, "numbering", numbering)
	pkg := fillParts(t, host, fill.Options{Blocks: func(name string) (*docx.Package, error) {
		if name == "stamp" {
			return block(), nil
		}
		return nil, nil
	}})
	text := partText(t, pkg, "word/document.xml")
	has(t, text, "УТВЕРЖДАЮ Орлова А. П.", "Белов", "Авдеев", `<w:numId w:val="3"/>`)
	has(t, partText(t, pkg, "word/styles.xml"), `w:styleId="Stamp"`, `w:styleId="Base"`)
	has(t, partText(t, pkg, "word/numbering.xml"), `<w:abstractNum w:abstractNumId="1">`, `<w:num w:numId="3"><w:abstractNumId w:val="1"/>`)
	if got := pkg.Related(pkg.Main(), "image"); len(got) != 1 {
		t.Errorf("got %d related pictures, want 1", len(got))
	}
}

// TestIncludeFits holds a block drawn for 9 638 twips between the margins to
// the width of the page that it is put on.
func TestIncludeFits(t *testing.T) {
	page := func(width string) string {
		return `<w:sectPr><w:pgSz w:w="` + width + `" w:h="16838"/><w:pgMar w:top="1134" w:right="567" w:bottom="1134" w:left="1701"/></w:sectPr>`
	}
	grid := `<w:tblPr><w:tblW w:w="9638" w:type="dxa"/></w:tblPr><w:tblGrid><w:gridCol w:w="4819"/><w:gridCol w:w="4819"/></w:tblGrid>` +
		`<w:tr><w:tc><w:tcPr><w:tcW w:w="9638" w:type="dxa"/><w:gridSpan w:val="2"/></w:tcPr><w:p/></w:tc></w:tr>`
	block := pp(`<w:tabs><w:tab w:val="right" w:pos="9638"/></w:tabs>`, "дата") + pp(`<w:ind w:left="5102"/>`, "гриф") +
		pp(`<w:ind w:left="709"/>`, "абзац") + `<w:tbl>` + grid + `</w:tbl>` + `<w:p/>` + page("11906")
	blocks := func(string) (*docx.Package, error) { return document(t, block), nil }

	// the first section is 12 268 twips wide, the second 9 638
	host := document(t, p("{{> head}}")+pp(page("14536"), "а")+p("{{> head}}")+page("11906"))
	text := partText(t, fillParts(t, host, fill.Options{Blocks: blocks}), "word/document.xml")
	first, second, _ := strings.Cut(text, ">а<")
	has(t, first, `<w:tab w:val="right" w:pos="12268"/>`, `<w:ind w:left="7732"/>`, `<w:ind w:left="709"/>`,
		`<w:tblW w:w="12268" w:type="dxa"/>`, `<w:gridCol w:w="6134"/>`, `<w:tcW w:w="12268" w:type="dxa"/>`)
	has(t, second, `<w:tab w:val="right" w:pos="9638"/>`, `<w:ind w:left="5102"/>`, `<w:tblW w:w="9638" w:type="dxa"/>`)
}

func TestLanguage(t *testing.T) {
	run := `<w:p><w:r><w:rPr><w:b/><w:lang w:val="ru-RU"/></w:rPr><w:t>{{ director.name.nom | lang school.language }}</w:t></w:r></w:p>`
	for code, want := range map[string]string{"kv": "kv", "": "ru-RU", `"/><`: "ru-RU"} {
		data := map[string]any{"director": map[string]any{"name": map[string]any{"nom": "Велӧдысь"}}, "school": map[string]any{"language": code}}
		template, err := fill.Compile(document(t, run), fill.Options{})
		if err != nil {
			t.Fatal(err)
		}
		var b bytes.Buffer
		if _, err := template.Render(&b, data); err != nil {
			t.Fatal(err)
		}
		pkg, err := docx.Open(b.Bytes())
		if err != nil {
			t.Fatal(err)
		}
		has(t, partText(t, pkg, "word/document.xml"), `<w:rPr><w:b/><w:lang w:val="`+want+`"/></w:rPr><w:t`, "Велӧдысь")
	}
}

func TestIncludeItself(t *testing.T) {
	_, err := fill.Compile(document(t, p("{{> a}}")), fill.Options{Blocks: func(string) (*docx.Package, error) {
		return document(t, p("{{> a}}")), nil
	}})
	if err == nil || !strings.Contains(err.Error(), "вставляет сам себя") {
		t.Errorf("got %v, want a refusal", err)
	}
}

func TestRevisions(t *testing.T) {
	body := `<w:p><w:ins w:author="Кто-то"><w:r><w:t>{{ school.name }}</w:t></w:r></w:ins><w:del w:author="Кто-то"><w:r><w:delText>лишнее</w:delText></w:r></w:del>` +
		`<w:commentRangeStart w:id="0"/><w:r><w:t xml:space="preserve"> да</w:t></w:r><w:commentRangeEnd w:id="0"/><w:r><w:commentReference w:id="0"/></w:r></w:p>` +
		`<w:p><w:pPr><w:rPr><w:del w:author="Кто-то"/></w:rPr></w:pPr><w:r><w:t>один </w:t></w:r></w:p>` + p("абзац")
	pkg := document(t, body, "comments", `<w:comment w:id="0" w:author="Кто-то">`+p("?")+"</w:comment>")
	tmpl, err := fill.Compile(pkg, fill.Options{Name: "шаблон.docx", Env: sample()})
	if err != nil {
		t.Fatal(err)
	}
	if w := tmpl.Warnings(); len(w) != 1 || !strings.Contains(w[0].Text, "неприменённые правки") {
		t.Errorf("got warnings %v, want one of revisions", w)
	}
	var b bytes.Buffer
	if _, err := tmpl.Render(&b, sample()); err != nil {
		t.Fatal(err)
	}
	if got, want := show(t, b.Bytes()), "Школа № 7 «Росток» & Ко да\nодин абзац\n"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	if strings.Contains(b.String(), "comments.xml") {
		t.Error("the comments are still there")
	}
}

func TestWithoutPlaceholders(t *testing.T) {
	pkg := document(t, p("просто текст"))
	before := partText(t, pkg, "word/document.xml")
	tmpl, err := fill.Compile(pkg, fill.Options{Name: "шаблон.docx", Env: sample()})
	if err != nil {
		t.Fatal(err)
	}
	if w := tmpl.Warnings(); len(w) != 1 || !strings.Contains(w[0].Text, "ни одной метки") {
		t.Errorf("got %v, want a warning", w)
	}
	var b bytes.Buffer
	if _, err := tmpl.Render(&b, sample()); err != nil {
		t.Fatal(err)
	}
	filled, _ := docx.Open(b.Bytes())
	if after := partText(t, filled, "word/document.xml"); after != before {
		t.Errorf("got %q, want %q", after, before)
	}
}

func TestHostileValues(t *testing.T) {
	d := sample()
	d.School.Name = "{{ director }} ]]> <w:p/> \x00\x01 😀 \u202eabc\u202c \r\n конец \xff"
	got, res := render(t, document(t, p("{{ school.name }}")), d)
	if want := "{{ director }} ]]> <w:p/>  😀 \u202eabc\u202c [break] конец \n"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	if len(res.Warnings) != 1 {
		t.Errorf("got %v, want one warning of characters left out", res.Warnings)
	}
}

// TestRunErrors holds mistakes that only the data show to Russian and to their
// places.
func TestRunErrors(t *testing.T) {
	env := map[string]any{"name": "Иван", "nothing": nil, "list": []any{}, "n": 5, "m": map[string]any{"x": 1}}
	for text, want := range map[string]string{
		"{{ name > 5 ? 1 : 2 }}":                        "действие «>» не подходит",
		"{{ list[3] }}":                                 "нет элемента с таким номером",
		"{{ n / 0 }}":                                   "нельзя напечатать",
		"{{ nothing.x + 1 }}":                           "нет значения, у которого спрашивают",
		"{{ sum(map([nothing], #)) }}":                  "действие «+» не подходит",
		"{{ name | long }}":                             "«Иван» — не дата",
		"{{ name | required }}{{ nothing | required }}": "не заполнено «nothing»",
		"{{#each n as x}}{{/each}}":                     "не список",
	} {
		tmpl, err := fill.Compile(document(t, p(text)), fill.Options{Name: "шаблон.docx"})
		if err == nil {
			var b bytes.Buffer
			_, err = tmpl.Render(&b, env)
		}
		if err == nil || !strings.Contains(err.Error(), "шаблон.docx: абзац 1: ") || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: got %v, want %s", text, err, want)
		}
	}
	for text, want := range map[string]string{"{{ nothing | upper }}": "____________\n", "{{ n / 3 }} {{ 0.1 + 0.2 }}": "1,666667 0,3\n", "{{ n * 2 }}": "10\n"} {
		if got, _ := render(t, document(t, p(text)), env); got != want {
			t.Errorf("%s: got %q, want %q", text, got, want)
		}
	}
}

func TestBlanks(t *testing.T) {
	_, res := render(t, document(t, p("{{ director.phone }}")+p("{{#each pairs as x}}{{ x.mentee.phone }}{{/each}}")), sample())
	if len(res.Blanks) != 4 || res.Blanks[0].Key != "director.phone" || res.Blanks[1].Place.In != "абзац 2" {
		t.Errorf("got %+v, want four blanks with their places", res.Blanks)
	}
}

func TestBudget(t *testing.T) {
	for _, body := range []string{
		p("{{#each 1..100000 as a}}{{#each 1..100000 as b}}x{{/each}}{{/each}}"),
		p(`{{ repeat("а", 1000000000) }}`),
		p("{{#each 1..1000000000 as a}}x{{/each}}"),
	} {
		tmpl, err := fill.Compile(document(t, body), fill.Options{Env: sample()})
		if err != nil {
			continue
		}
		var b bytes.Buffer
		if _, err = tmpl.Render(&b, sample()); err == nil || b.Len() > 0 {
			t.Errorf("%s: got no refusal", body)
		}
	}
}

// TestSameBytes renders twice, and from several goroutines.
func TestSameBytes(t *testing.T) {
	tmpl, err := fill.Compile(document(t, p("{{#each pairs as x}}{{ x.mentor.name.nom }} {{ len(pairs) }}{{/each}}")), fill.Options{Env: sample()})
	if err != nil {
		t.Fatal(err)
	}
	var first bytes.Buffer
	if _, err := tmpl.Render(&first, sample()); err != nil {
		t.Fatal(err)
	}
	done := make(chan []byte)
	for range 8 {
		go func() {
			var b bytes.Buffer
			tmpl.Render(&b, sample())
			done <- b.Bytes()
		}()
	}
	for range 8 {
		if got := <-done; !bytes.Equal(got, first.Bytes()) {
			t.Error("two renderings differ")
		}
	}
}
