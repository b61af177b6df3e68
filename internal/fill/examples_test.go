package fill_test

import (
	"bytes"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"nastavnik/internal/docx"
	"nastavnik/internal/fill"
)

var update = flag.Bool("update", false, "write the templates and the goldens of testdata anew")

// styles, numbers and settings of the examples: a document that Word would
// have written, as far as the schema asks.
const (
	exampleStyles = `<w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii="Times New Roman" w:hAnsi="Times New Roman" w:cs="Times New Roman"/><w:sz w:val="24"/><w:lang w:val="ru-RU"/></w:rPr></w:rPrDefault><w:pPrDefault/></w:docDefaults>` +
		`<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style>` +
		`<w:style w:type="paragraph" w:styleId="Heading1"><w:name w:val="heading 1"/><w:basedOn w:val="Normal"/><w:next w:val="Normal"/><w:pPr><w:keepNext/><w:outlineLvl w:val="0"/></w:pPr><w:rPr><w:b/></w:rPr></w:style>` +
		`<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/><w:tblPr><w:tblInd w:w="0" w:type="dxa"/></w:tblPr></w:style>` +
		`<w:style w:type="table" w:styleId="TableGrid"><w:name w:val="Table Grid"/><w:basedOn w:val="TableNormal"/><w:tblPr><w:tblBorders><w:top w:val="single" w:sz="4" w:space="0" w:color="auto"/><w:left w:val="single" w:sz="4" w:space="0" w:color="auto"/><w:bottom w:val="single" w:sz="4" w:space="0" w:color="auto"/><w:right w:val="single" w:sz="4" w:space="0" w:color="auto"/><w:insideH w:val="single" w:sz="4" w:space="0" w:color="auto"/><w:insideV w:val="single" w:sz="4" w:space="0" w:color="auto"/></w:tblBorders></w:tblPr></w:style>`
	exampleNumbering = `<w:abstractNum w:abstractNumId="0"><w:nsid w:val="1A2B3C4D"/><w:multiLevelType w:val="multilevel"/><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/><w:lvlJc w:val="left"/><w:pPr><w:ind w:left="709" w:hanging="354"/></w:pPr></w:lvl><w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1.%2."/><w:lvlJc w:val="left"/><w:pPr><w:ind w:left="1063" w:hanging="354"/></w:pPr></w:lvl></w:abstractNum>` +
		`<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num><w:num w:numId="2"><w:abstractNumId w:val="0"/></w:num>`
	exampleSettings = `<w:compat><w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="14"/></w:compat>`
	portrait        = `<w:sectPr><w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="1134" w:right="567" w:bottom="1134" w:left="1701" w:header="709" w:footer="709" w:gutter="0"/></w:sectPr>`
	landscape       = `<w:sectPr><w:pgSz w:w="16838" w:h="11906" w:orient="landscape"/><w:pgMar w:top="1701" w:right="1134" w:bottom="567" w:left="1134" w:header="709" w:footer="709" w:gutter="0"/></w:sectPr>`
)

func heading(text string) string { return pp(`<w:pStyle w:val="Heading1"/>`, text) }

// grid is table with borders.
func grid(rows ...string) string {
	t := strings.Replace(table(rows...), "<w:tblPr/>", `<w:tblPr><w:tblStyle w:val="TableGrid"/><w:tblW w:w="0" w:type="auto"/></w:tblPr>`, 1)
	return t
}

// row makes a row of cells, each a text or XML; what stands before a ¦ is its
// properties.
func row(cells ...string) string {
	var b strings.Builder
	b.WriteString("<w:tr>")
	for _, c := range cells {
		props, text, found := strings.Cut(c, "¦")
		if !found {
			props, text = "", c
		}
		if !strings.HasPrefix(text, "<") {
			text = p(text)
		}
		b.WriteString("<w:tc><w:tcPr>" + props + "</w:tcPr>" + text + "</w:tc>")
	}
	return b.String() + "</w:tr>"
}

// tableOf makes a table of rows over columns.
func tableOf(columns int, rows ...string) string {
	return `<w:tbl><w:tblPr><w:tblStyle w:val="TableGrid"/><w:tblW w:w="0" w:type="auto"/></w:tblPr><w:tblGrid>` +
		strings.Repeat(`<w:gridCol w:w="2200"/>`, columns) + `</w:tblGrid>` + strings.Join(rows, "") + `</w:tbl>`
}

func box(text string) string {
	content := "<w:txbxContent>" + p(text) + "</w:txbxContent>"
	return `<w:p><w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent cx="2400000" cy="600000"/><wp:docPr id="1" name="Надпись 1"/><a:graphic><a:graphicData uri="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"><wps:wsp><wps:cNvSpPr txBox="1"/><wps:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="2400000" cy="600000"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom></wps:spPr><wps:txbx>` +
		content + `</wps:txbx><wps:bodyPr/></wps:wsp></a:graphicData></a:graphic></wp:inline></w:drawing></mc:Choice><mc:Fallback><w:pict><v:shape style="width:189pt;height:47pt"><v:textbox>` +
		content + `</v:textbox></v:shape></w:pict></mc:Fallback></mc:AlternateContent></w:r></w:p>`
}

func reference(before, id, after string) string {
	run := func(s string) string { return `<w:r><w:t xml:space="preserve">` + s + `</w:t></w:r>` }
	return "<w:p>" + run(before) + `<w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:footnoteReference w:id="` + id + `"/></w:r>` + run(after) + "</w:p>"
}

const exampleNotes = `<w:footnote w:type="separator" w:id="-1"><w:p><w:r><w:separator/></w:r></w:p></w:footnote><w:footnote w:type="continuationSeparator" w:id="0"><w:p><w:r><w:continuationSeparator/></w:r></w:p></w:footnote>`

// examples are templates that use the engine hard; testdata holds them as
// files and what they give.
var examples = []struct {
	name  string
	body  string
	parts []string
}{
	{"01-order", p("{{ school.", "name }}") + heading("ПРИКАЗ") + p("от {{ blank 10 }} № ", "{", "{ blank 6 }", "}") +
		item("1", "Назначить куратором {{ director.name.dat }}, тел. {{ director.phone }}.") + item("1", "Закрепить пары:") +
		grid("№ ¦ Наставник ¦ Наставляемый", "{{#each pairs as x}}{{ loop.index }} ¦ {{ x.mentor.name.nom }}, {{ x.mentor.class }} ¦ {{ x.mentee.name.nom }}{{/each}}") +
		item("1", "Контроль оставляю за собой.") + portrait, nil},
	{"02-lists-restart", p("{{#each pairs as x}}") + heading("{{ x.mentor.name.nom }}") + p("{{#if x.mentor.goals}}") + p("Цели:") + p("{{#each x.mentor.goals as g}}") +
		item("1", "{{ g }}") + p("{{/each}}") + p("{{else}}") + p("Целей нет.") + p("{{/if}}") + p("{{/each}}") + portrait, nil},
	{"03-columns", tableOf(3, row("Наставник", "{{#each months as m}}{{ m }}", "Часов"),
		row("{{#each pairs as x}}{{ x.mentor.name.nom }}", "{{ loop.index }}{{/each}}", "{{ x.mentor.hours }}{{/each}}"),
		row("Итого", "", "{{ sum(pairs, .mentor.hours) }}")) + portrait, nil},
	{"04-columns-from-one-cell", tableOf(2, row(`<w:gridSpan w:val="2"/>¦Занятия`), row("Наставник", "{{#each months as m @col}}{{ m }}{{/each}}"),
		row("{{#each pairs as x}}{{ x.mentor.name.nom }}", "{{ m }}{{/each}}")) + portrait, nil},
	{"05-merge-down", tableOf(3, row("Класс", "Наставник", "Цель"),
		row(`{{#each groupBy(sortBy(pairs, .mentor.class), .mentor.class) as g}}{{#each g.items as x}}{{ g.key | merge }}`, "{{ x.mentor.name.nom }}", "{{ x.mentor.goals | join(\"; \") | opt }}{{/each}}{{/each}}")) + portrait, nil},
	{"06-merge-below-loop", tableOf(2, row(`<w:vMerge w:val="restart"/>¦{{#each pairs as x}}Пары`, "{{ x.mentor.name.nom }}{{/each}}"), row(`<w:vMerge/>¦`, "Всего: {{ pairs | count }}")) + portrait, nil},
	{"07-merge-across", tableOf(2, row("Класс", "{{#each pairs as x}}{{ x.mentor.class | hmerge }}"), row("Наставник", "{{ x.mentor.name.nom }}{{/each}}")) + portrait, nil},
	{"08-conditions", grid("Поле ¦ Значение", "{{#if director.phone}}Телефон ¦ {{ director.phone }}{{/if}}", "{{#if school.open}}Открыта ¦ да", "{{else}}Закрыта ¦ да{{/if}}", "Девиз ¦ {{ school.motto }}") +
		p("Куратор{{#if director.phone}} (тел. {{ director.phone }}){{/if}}: {{ director.name.nom }}.") + p("{{#if school.motto}}Девиз: {{ school.motto }}{{/if}}") + p("конец") + portrait, nil},
	{"09-nested-tables", tableOf(2, row("{{#each pairs as x}}{{ x.mentor.name.nom }}", tableOf(1, row("{{#each x.mentor.goals as g @row}}{{ g }}{{/each}}"))+p("")+p("{{/each}}"))) + portrait, nil},
	{"10-sections", p("{{#each pairs as x}}") + p("Лист {{ x.mentor.name.nom }}") + pp(landscape, "{{/each}}") + p("{{#if not pairs}}") + pp(landscape, "не бывает") + p("{{/if}}") + p("последний лист") + portrait, nil},
	{"11-page-per-pass", p("{{#each pairs as x @page}}") + heading("БЛАГОДАРНОСТЬ") + p("{{ x.mentor.name.dat }}") + p("{{/each}}") + portrait, nil},
	{"12-headers", p("{{ director.name.nom }}") + strings.Replace(portrait, "<w:sectPr>", `<w:sectPr><w:headerReference w:type="default" r:id="rIdH"/><w:footerReference w:type="default" r:id="rIdF"/>`, 1),
		[]string{"header1", p("{{ school.name }}") + p("{{ image school.emblem width=15mm }}"), "footer1", grid("{{#each months as m}}{{ m }} ¦ {{ loop.index }}{{/each}}") + p("")}},
	{"13-footnotes", p("{{#each pairs as x}}") + reference("{{ x.mentor.name.nom }}", "1", " и другие") + p("{{/each}}") + reference("Общая", "2", ".") + portrait,
		[]string{"footnotes", exampleNotes + `<w:footnote w:id="1">` + p("Класс {{ x.mentor.class }}{{#if x.mentor.goals}}, цели: {{ x.mentor.goals }}{{/if}}.") + `</w:footnote><w:footnote w:id="2">` + p("По данным: {{ school.name }}.") + `</w:footnote>`}},
	{"14-text-boxes", box("{{ school.name }}") + p("{{#each pairs as x}}") + box("{{ x.mentor.name.nom }}{{#if loop.last}} — последний{{/if}}") + p("{{/each}}") + portrait, nil},
	{"15-controls", `<w:sdt><w:sdtPr><w:alias w:val="Школа"/><w:id w:val="77"/></w:sdtPr><w:sdtContent>` + p("{{ school.name }}") + `</w:sdtContent></w:sdt>` + p("{{#each pairs as x}}") +
		`<w:sdt><w:sdtPr><w:alias w:val="Пара"/><w:id w:val="78"/></w:sdtPr><w:sdtContent>` + p("{{ x.mentor.name.nom }}") + `</w:sdtContent></w:sdt>` + p("{{/each}}") +
		`<w:p><w:r><w:t xml:space="preserve">Сайт: </w:t></w:r><w:hyperlink w:anchor="top"><w:r><w:t>{{ school.</w:t></w:r><w:r><w:t>name }}</w:t></w:r></w:hyperlink></w:p>` + portrait, nil},
	{"16-images", grid("Знак ¦ Кто", "{{#each pairs as x}}{{ image school.emblem width=10mm }} ¦ {{ x.mentor.name.nom }}{{/each}}") + p("{{ image school.emblem height=15mm }}") + portrait, nil},
	{"17-includes", p("{{> head}}") + p("{{#each pairs as x}}") + p("{{> pair}}") + p("{{/each}}") + portrait, nil},
	{"18-values", p("{{ lines(pairs[0].mentor.goals) }}") + p("{{ months }}; {{ months | join(\" / \") }}") + p("{{ director.hours + 12.5 }}; {{ school.open }}") +
		p("{{ len(pairs) | counted \"пара\", \"пары\", \"пар\" }}; {{ pairs[0].mentor.name.nom | upper }}; {{ months[0] | cap }}") + p("{{ pairs[0].mentor.hours > 10 ? «много» : «мало» }}") + portrait, nil},
	{"19-revisions", `<w:p><w:ins w:id="1" w:author="Автор" w:date="2026-01-01T00:00:00Z"><w:r><w:t>{{ school.name }}</w:t></w:r></w:ins><w:del w:id="2" w:author="Автор" w:date="2026-01-01T00:00:00Z"><w:r><w:delText>старое</w:delText></w:r></w:del></w:p>` + portrait, nil},
	{"20-inline", p("Наставники: {{#each pairs as x}}{{#if loop.index > 1}}{{#if loop.last}} и {{else}}, {{/if}}{{/if}}{{ x.mentor.name.nom }}{{else}}нет{{/each}}; без целей: {{#each filter(pairs, not .mentor.goals) as x}}{{ x.mentor.name.nom }}{{/each}}.") +
		p("{{#each none as x}}{{ x.mentor.name.nom }}{{/each}}") + p("после") + portrait, nil},
	{"21-groups", p("{{#each groupBy(sortBy(pairs, .mentor.class), .mentor.class) as g}}") + heading("{{ g.key }} класс: {{ len(g.items) }}, часов {{ sum(g.items, .mentor.hours) }}") + p("{{#each sortBy(g.items, .mentor.name.nom, \"desc\") as x}}") +
		item("1", "{{ x.mentor.name.nom }}") + p("{{/each}}") + p("{{/each}}") + portrait, nil},
	{"22-many-blocks", tableOf(2, row("{{#each pairs as x}}{{ x.mentor.name.nom }}: {{#each x.mentor.goals as g}}{{ g }}; {{/each}}{{#if x.mentor.hours > 6}}часто{{/if}}", "{{#if x.mentee.goals}}{{#each x.mentee.goals as g}}{{ g }}{{/each}}{{else}}—{{/if}}{{/each}}")) +
		tableOf(1, row("{{#if director.phone @row}}тел. {{ director.phone }}{{/if}}"), row("{{#each months as m @row}}{{ m }}{{/each}}")) + p("{{#each months as m @p}}{{ m }}{{/each}}") + portrait, nil},
	{"23-empty", p("до") + grid("{{#each none as x}}{{ x.mentor.name.nom }} ¦ {{ x.mentee.name.nom }}{{/each}}") + grid("Кто ¦ Кого", "{{#each none as x}}а ¦ б", "{{else}}нет ¦ нет{{/each}}") +
		grid("{{#each none as x}}а{{/each}} ¦ {{ director.phone | opt }}") + p("{{#each none as x}}") + p("не бывает") + p("{{else}}") + p("пар нет") + p("{{/each}}") + portrait, nil},
	{"24-quotes", p("{{\u00a0school.\u00adname\u00a0}}") + p("{{#if pairs[0].mentor.class = “10А” и не director.phone}}да{{else}}нет{{/if}}") + p("{{ director.phone | default «не указан» }}") + p("{{ “а” + „б“ }}") + portrait, nil},
	{"25-bookmarks", p("{{#each pairs as x}}") + `<w:p><w:bookmarkStart w:id="3" w:name="pair"/><w:r><w:t>{{ x.mentor.name.nom }}</w:t></w:r><w:bookmarkEnd w:id="3"/></w:p>` + p("{{/each}}") + portrait, nil},
	{"26-numbered-clauses", p("{{#each pairs as x}}") + item("1", "Закрепить: {{ x.mentor.name.nom }}.") + pp(`<w:numPr><w:ilvl w:val="1"/><w:numId w:val="1"/></w:numPr>`, "Срок: {{ x.mentor.hours }} ч.") + p("{{/each}}") + item("1", "Контроль.") + portrait, nil},
}

// exampleBlocks are what 17-includes includes.
func exampleBlocks(t testing.TB) func(string) (*docx.Package, error) {
	return func(name string) (*docx.Package, error) {
		switch name {
		case "head":
			pkg := document(t, p("{{ image school.emblem width=12mm }}")+pp(`<w:pStyle w:val="Letterhead"/>`, "{{ school.name }}")+portrait,
				"styles", exampleStyles+`<w:style w:type="paragraph" w:customStyle="1" w:styleId="Letterhead"><w:name w:val="Letterhead"/><w:basedOn w:val="Normal"/><w:pPr><w:jc w:val="center"/></w:pPr></w:style>`)
			return pkg, nil
		case "pair":
			return document(t, heading("Пара {{ loop.index }}")+item("1", "{{ x.mentor.name.nom }}")+item("1", "{{ x.mentee.name.nom }}")+portrait,
				"styles", exampleStyles, "numbering", exampleNumbering), nil
		}
		return nil, nil
	}
}

// build makes the template of an example.
func build(t testing.TB, i int) []byte {
	e := examples[i]
	pkg := document(t, e.body, append([]string{"styles", exampleStyles, "numbering", exampleNumbering, "settings", exampleSettings}, e.parts...)...)
	tree, err := pkg.Main().Tree()
	if err != nil {
		t.Fatal(err)
	}
	for n := range tree.Walk() {
		for _, ref := range [][3]string{{"w:headerReference", "header1", "rIdH"}, {"w:footerReference", "footer1", "rIdF"}} {
			if n.Name == ref[0] && n.Attr("r:id") == ref[2] {
				n.SetAttr("r:id", pkg.AddRel(pkg.Main(), docx.RelType(strings.TrimRight(ref[1], "1")), "word/"+ref[1]+".xml", false))
			}
		}
	}
	b, err := pkg.Bytes()
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// fillExample returns what an example gives.
func fillExample(t testing.TB, template []byte) ([]byte, fill.Result) {
	pkg, err := docx.Open(template)
	if err != nil {
		t.Fatal(err)
	}
	d := sample()
	d.School.Emblem = square(t)
	tmpl, err := fill.Compile(pkg, fill.Options{Name: "пример.docx", Env: d, Blocks: exampleBlocks(t)})
	if err != nil {
		t.Fatalf("Compile: %v", err)
	}
	var b bytes.Buffer
	result, err := tmpl.Render(&b, d)
	if err != nil {
		t.Fatalf("Render: %v", err)
	}
	return b.Bytes(), result
}

func TestExamples(t *testing.T) {
	for i, e := range examples {
		t.Run(e.name, func(t *testing.T) {
			file := filepath.Join("testdata", e.name)
			if *update {
				if err := os.WriteFile(file+".docx", build(t, i), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			template, err := os.ReadFile(file + ".docx")
			if err != nil {
				t.Fatal(err)
			}
			filled, result := fillExample(t, template)
			got := show(t, filled)
			for _, b := range result.Blanks {
				got += "черта: " + b.Key + " — " + b.Place.In + "\n"
			}
			pkg, _ := docx.Open(filled)
			for _, kind := range []string{"header", "footer", "footnotes"} {
				for _, part := range pkg.Related(pkg.Main(), kind) {
					tree, err := part.Tree()
					if err != nil {
						t.Fatal(err)
					}
					var b strings.Builder
					if kind == "footnotes" {
						for note := range tree.Root().All("w:footnote") {
							b.WriteString(note.Attr("w:id") + ": ")
							showBlocks(&b, note, "\n")
						}
					} else {
						showBlocks(&b, tree.Root(), "\n")
					}
					got += "--- " + kind + "\n" + b.String()
				}
			}
			if *update {
				if err := os.WriteFile(file+".txt", []byte(got), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(file + ".txt")
			if err != nil {
				t.Fatal(err)
			}
			if got != string(want) {
				t.Errorf("got:\n%s\nwant:\n%s", got, want)
			}
		})
	}
}

// TestTorn tears every run of every example into pieces of one to five
// characters, with what Word puts between them, and wants the same text.
func TestTorn(t *testing.T) {
	for i, e := range examples {
		t.Run(e.name, func(t *testing.T) {
			whole, _ := fillExample(t, build(t, i))
			pkg, err := docx.Open(build(t, i))
			if err != nil {
				t.Fatal(err)
			}
			seed := uint32(i)
			for _, part := range pkg.Parts() {
				if !strings.Contains(part.ContentType, "wordprocessingml") || strings.Contains(part.ContentType, "settings") {
					continue
				}
				tree, err := part.Tree()
				if err != nil {
					t.Fatal(err)
				}
				tear(tree, &seed)
			}
			b, err := pkg.Bytes()
			if err != nil {
				t.Fatal(err)
			}
			torn, _ := fillExample(t, b)
			if got, want := show(t, torn), show(t, whole); got != want {
				t.Errorf("got:\n%s\nwant:\n%s", got, want)
			}
		})
	}
}

func tear(n *docx.Node, seed *uint32) {
	var children []*docx.Node
	for _, c := range n.Children {
		tear(c, seed)
		text := c.Child("w:t")
		if c.Name != "w:r" || text == nil {
			children = append(children, c)
			continue
		}
		for r := []rune(text.Text()); len(r) > 0; {
			*seed = *seed*1664525 + 1013904223
			size := min(len(r), 1+int(*seed>>16)%5)
			piece := docx.NewElement("w:r", "w:rsidR", "00AB12CD")
			if props := c.Child("w:rPr"); props != nil {
				piece.Add(props.Clone())
			}
			if *seed>>20%4 == 0 {
				piece.Add(docx.NewElement("w:lastRenderedPageBreak"))
			}
			children = append(children, piece.Add(docx.NewElement("w:t", "xml:space", "preserve").Add(docx.NewText(string(r[:size])))))
			if *seed>>22%3 == 0 {
				children = append(children, docx.NewElement("w:proofErr", "w:type", "spellStart"))
			}
			r = r[size:]
		}
	}
	n.Children = children
}
