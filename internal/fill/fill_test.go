package fill_test

import (
	"bytes"
	"fmt"
	"strings"
	"testing"
	"time"

	"nastavnik/internal/docx"
	"nastavnik/internal/fill"
)

// document makes a package around the XML of a body; what parts adds is a
// part name and its XML in turn, related to the body by its file name.
func document(t testing.TB, body string, parts ...string) *docx.Package {
	t.Helper()
	pkg := docx.New()
	main := pkg.Put("word/document.xml", docx.MainType, wordXML("document", "<w:body>"+body+"</w:body>"))
	pkg.AddRel(nil, docx.RelType("officeDocument"), main.Name, false)
	for i := 0; i+1 < len(parts); i += 2 {
		kind := strings.TrimRight(parts[i], "0123456789")
		root := map[string]string{"header": "hdr", "footer": "ftr"}[kind]
		if root == "" {
			root = kind
		}
		part := pkg.Put("word/"+parts[i]+".xml",
			"application/vnd.openxmlformats-officedocument.wordprocessingml."+kind+"+xml", wordXML(root, parts[i+1]))
		pkg.AddRel(main, docx.RelType(kind), part.Name, false)
	}
	b, err := pkg.Bytes()
	if err != nil {
		t.Fatal(err)
	}
	opened, err := docx.Open(b)
	if err != nil {
		t.Fatal(err)
	}
	return opened
}

func wordXML(root, content string) []byte {
	var b strings.Builder
	b.WriteString(`<?xml version="1.0" encoding="UTF-8" standalone="yes"?>` + "\n<w:" + root)
	for _, prefix := range []string{"w", "r", "wp", "a", "pic", "mc", "w14", "v", "wps"} {
		fmt.Fprintf(&b, ` xmlns:%s="%s"`, prefix, docx.Namespace(prefix))
	}
	return []byte(b.String() + ` mc:Ignorable="w14">` + content + "</w:" + root + ">")
}

// p makes a paragraph with each text in a run of its own.
func p(texts ...string) string { return pp("", texts...) }

// pp is p with paragraph properties.
func pp(props string, texts ...string) string {
	var b strings.Builder
	b.WriteString("<w:p>")
	if props != "" {
		b.WriteString("<w:pPr>" + props + "</w:pPr>")
	}
	for _, text := range texts {
		b.WriteString(`<w:r><w:t xml:space="preserve">` + string(docx.AppendEscaped(nil, text)) + "</w:t></w:r>")
	}
	return b.String() + "</w:p>"
}

// table makes a table of rows with cells of 2000 twips; cells are divided by ¦.
// A cell that begins with < is XML.
func table(rows ...string) string {
	var b strings.Builder
	b.WriteString("<w:tbl><w:tblPr/><w:tblGrid>")
	for range strings.Split(rows[0], "¦") {
		b.WriteString(`<w:gridCol w:w="2000"/>`)
	}
	b.WriteString("</w:tblGrid>")
	for _, row := range rows {
		b.WriteString("<w:tr>")
		for _, cell := range strings.Split(row, "¦") {
			cell = strings.TrimSpace(cell)
			if !strings.HasPrefix(cell, "<") {
				cell = p(cell)
			}
			b.WriteString(`<w:tc><w:tcPr><w:tcW w:w="2000" w:type="dxa"/></w:tcPr>` + cell + "</w:tc>")
		}
		b.WriteString("</w:tr>")
	}
	return b.String() + "</w:tbl>"
}

// show writes the text of a filled package: a line a paragraph, a row as
// «| a | b |», what is not text as «[break]», «[image]», «[vMerge]».
func show(t testing.TB, filled []byte) string {
	t.Helper()
	pkg, err := docx.Open(filled)
	if err != nil {
		t.Fatalf("the result does not open: %v", err)
	}
	tree, err := pkg.Main().Tree()
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	showBlocks(&b, tree.Root().Child("w:body"), "\n")
	return b.String()
}

func showBlocks(b *strings.Builder, n *docx.Node, end string) {
	for c := range n.Elements() {
		switch c.Name {
		case "w:p":
			showRuns(b, c)
			b.WriteString(end)
		case "w:tbl":
			for row := range c.All("w:tr") {
				b.WriteString("|")
				for cell := range row.All("w:tc") {
					b.WriteString(" ")
					if m := cell.Path("w:tcPr", "w:vMerge"); m != nil && m.Attr("w:val") == "" {
						b.WriteString("[vMerge]")
					}
					if span := cell.Path("w:tcPr", "w:gridSpan").Attr("w:val"); span != "" {
						b.WriteString("[span " + span + "]")
					}
					var inner strings.Builder
					showBlocks(&inner, cell, "/")
					b.WriteString(strings.TrimSuffix(inner.String(), "/") + " |")
				}
				b.WriteString(end)
			}
		case "w:sdt", "w:sdtContent":
			showBlocks(b, c, end)
		}
	}
}

func showRuns(b *strings.Builder, n *docx.Node) {
	for c := range n.Elements() {
		switch c.Name {
		case "w:t":
			b.WriteString(c.Text())
		case "w:br":
			b.WriteString("[break]")
		case "w:tab":
			b.WriteString("[tab]")
		case "w:drawing":
			b.WriteString("[image]")
		case "w:pageBreakBefore":
			b.WriteString("[page]")
		case "w:sectPr":
			b.WriteString("[section]")
		case "w:numId":
			b.WriteString("[list " + c.Attr("w:val") + "]")
		case "w:footnoteReference":
			b.WriteString("[note " + c.Attr("w:id") + "]")
		default:
			showRuns(b, c)
		}
	}
}

// render fills a body with data, whose types are the schema.
func render(t testing.TB, pkg *docx.Package, data any) (string, fill.Result) {
	t.Helper()
	tmpl, err := fill.Compile(pkg, fill.Options{Name: "шаблон.docx", Env: data})
	if err != nil {
		t.Fatalf("Compile: %v", err)
	}
	var b bytes.Buffer
	res, err := tmpl.Render(&b, data)
	if err != nil {
		t.Fatalf("Render: %v", err)
	}
	return show(t, b.Bytes()), res
}

type name struct {
	Nom string `expr:"nom" ru:"именительный падеж"`
	Dat string `expr:"dat" ru:"дательный падеж"`
}

type person struct {
	Name  name     `expr:"name" ru:"имя"`
	Phone string   `expr:"phone" ru:"телефон"`
	Class string   `expr:"class" ru:"класс"`
	Goals []string `expr:"goals"`
	Hours int      `expr:"hours"`
}

type pair struct {
	Mentor person `expr:"mentor"`
	Mentee person `expr:"mentee"`
}

type school struct {
	Name   string `expr:"name" ru:"название"`
	Motto  string `expr:"motto" ru:"девиз"`
	Emblem []byte `expr:"emblem"`
	Open   bool   `expr:"open"`
}

type data struct {
	School school   `expr:"school" ru:"школа"`
	Boss   person   `expr:"director" ru:"директор"`
	Pairs  []pair   `expr:"pairs" ru:"пары"`
	None   []pair   `expr:"none"`
	Months []string `expr:"months"`
}

func sample() *data {
	person := func(nom, dat, class string, hours int, goals ...string) person {
		return person{Name: name{nom, dat}, Class: class, Hours: hours, Goals: goals}
	}
	return &data{
		School: school{Name: "Школа № 7 «Росток» & Ко", Open: true},
		Boss:   person("Орлова А. П.", "Орловой А. П.", "", 0),
		Pairs: []pair{
			{person("Белов", "Белову", "10А", 12, "вести дневник", "читать"), person("Ёлкина", "Ёлкиной", "9Б", 1)},
			{person("Зуев", "Зуеву", "10А", 5), person("Ершов", "Ершову", "9Б", 2, "считать")},
			{person("Авдеев", "Авдееву", "9Б", 7, "писать"), person("Жук", "Жуку", "10А", 3)},
		},
		Months: []string{"сентябрь", "октябрь", "ноябрь"},
	}
}

// TestTextForms declines plain texts of data without a schema.
func TestTextForms(t *testing.T) {
	env := map[string]any{"on": time.Date(2026, 8, 31, 0, 0, 0, 0, time.UTC), "text": "2026-08-31", "director": map[string]any{"name": "Иванова Мария Петровна", "post": "директор школы", "phone": ""},
		"org": "МБОУ «Средняя школа № 7»", "people": []any{map[string]any{"name": "Белов Пётр Ильич"}, map[string]any{"name": map[string]any{"dat": "кому-то"}}}}
	for text, want := range map[string]string{
		"{{ director.name.dat }}, {{ director.post.ins }}":         "Ивановой Марии Петровне, директором школы\n",
		"{{ director.name.short }}; {{ director.name.signature }}": "Иванова\u00a0М.\u00a0П.; М.\u00a0П.\u00a0Иванова\n",
		"{{ org.gen }}": "МБОУ «Средняя школа № 7»\n",
		"{{ on.long }} {{ on.short }} {{ on }} {{ text.long | upper }} {{ text.short }}": "31\u00a0августа\u00a02026\u00a0г. 31.08.2026 31.08.2026 31\u00a0АВГУСТА\u00a02026\u00a0Г. 31.08.2026\n",
		"{{ director.phone.dat }}":                               "____________\n",
		"{{ director.name.gen | upper }}":                        "ИВАНОВОЙ МАРИИ ПЕТРОВНЫ\n",
		"{{#each people as x}}{{ x.name.dat | cap }}; {{/each}}": "Белову Петру Ильичу; Кому-то; \n",
		"{{#each people as x}}{{ x.name.dat }}; {{/each}}":       "Белову Петру Ильичу; кому-то; \n",
	} {
		if got, _ := render(t, document(t, p(text)), env); got != want {
			t.Errorf("%s: got %q, want %q", text, got, want)
		}
	}
}

func TestFill(t *testing.T) {
	tests := []struct {
		name string
		body string
		want string
	}{
		{"a value", p("Школа: {{ school.name }}."), "Школа: Школа № 7 «Росток» & Ко.\n"},
		{"torn across runs", p("от {", "{ direc", "tor.na", "me.dat }", "} лично"), "от Орловой А. П. лично\n"},
		{"non-breaking spaces and soft hyphens inside", p("{{\u00a0director.\u00adname.dat\u00a0}}"), "Орловой А. П.\n"},
		{"two in one run", p("{{ director.name.nom }}/{{ director.name.dat }}"), "Орлова А. П./Орловой А. П.\n"},
		{"a full stop is not doubled", p("{{ director.name.dat }}. Да"), "Орловой А. П. Да\n"},
		{"nor behind a condition", p("{{ director.name.dat }}{{#if director.phone}}, тел.{{/if}}. Да"), "Орловой А. П. Да\n"},
		{"dots after it stay", p("{{ director.name.dat }}..."), "Орловой А. П....\n"},
		{"a missing value is a line for the pen", p("тел. {{ director.phone }}"), "тел. ____________\n"},
		{"with a width of its own", p("тел. {{ director.phone | blank 5 }}"), "тел. _____\n"},
		{"or nothing", p("тел.{{ director.phone | opt }}"), "тел.\n"},
		{"a paragraph of an empty value vanishes", p("а") + p("{{ director.phone | opt }}") + p("б"), "а\nб\n"},
		{"a line for the pen", p("дата {{ blank 3 }}"), "дата ___\n"},
		{"a loop over paragraphs", p("до") + p("{{#each pairs as x}}") + p("{{ x.mentor.name.nom }}") + p("{{/each}}") + p("после"),
			"до\nБелов\nЗуев\nАвдеев\nпосле\n"},
		{"a loop inside a paragraph", p("Наставники: {{#each pairs as x}}{{ x.mentor.name.nom }}{{#if not loop.last}}, {{/if}}{{/each}}."),
			"Наставники: Белов, Зуев, Авдеев.\n"},
		{"a loop from the start of a paragraph to the end of another", p("{{#each pairs as x}}{{ loop.index }}. {{ x.mentor.name.nom }}") + p("— {{ x.mentee.name.nom }}{{/each}}"),
			"1. Белов\n— Ёлкина\n2. Зуев\n— Ершов\n3. Авдеев\n— Жук\n"},
		{"a loop that opens behind text and closes before text", p("Список:{{#each pairs as x}}") + p("– {{ x.mentor.name.nom }}") + p("{{/each}}Всего {{ len(pairs) }}"),
			"Список:\n– Белов\n– Зуев\n– Авдеев\nВсего 3\n"},
		{"closing and opening in one paragraph", p("{{#if school.open}}") + p("да") + p("{{/if}}{{#each months as m}}") + p("{{ m }}") + p("{{/each}}"), "да\nсентябрь\nоктябрь\nноябрь\n"},
		{"two blocks opened in one paragraph", p("{{#each pairs as x}}{{#if x.mentor.goals}}") + p("{{ x.mentor.name.nom }}") + p("{{/if}}{{/each}}"), "Белов\nАвдеев\n"},
		{"a row condition inside a row loop", table("{{#each pairs as x}}{{#if x.mentor.goals}}{{ x.mentor.name.nom }} ¦ {{ x.mentor.class }}{{/if}}{{/each}}"), "| Белов | 10А |\n| Авдеев | 9Б |\n"},
		{"two rows a pass", table("{{#each pairs as x}}{{ x.mentor.name.nom }} ¦ а", "{{ x.mentee.name.nom }} ¦ б{{/each}}"),
			"| Белов | а |\n| Ёлкина | б |\n| Зуев | а |\n| Ершов | б |\n| Авдеев | а |\n| Жук | б |\n"},
		{"an else row", table("{{#each none as x}}{{ x.mentor.name.nom }} ¦ а", "{{else}}нет ¦ пар{{/each}}"), "| нет | пар |\n"},
		{"a conditional column", table("Кто ¦ {{#if school.open}}Часов ¦ Класс", "{{#each pairs as x}}{{ x.mentor.name.nom }} ¦ {{ x.mentor.hours }}{{/if}} ¦ {{ x.mentor.class }}{{/each}}"),
			"| Кто | Часов | Класс |\n| Белов | 12 | 10А |\n| Зуев | 5 | 10А |\n| Авдеев | 7 | 9Б |\n"},
		{"a column that no condition keeps", table("Кто ¦ {{#if director.phone}}Телефон ¦ Класс", "{{#each pairs as x}}{{ x.mentor.name.nom }} ¦ {{ x.mentor.phone }}{{/if}} ¦ {{ x.mentor.class }}{{/each}}"),
			"| Кто | Класс |\n| Белов | 10А |\n| Зуев | 10А |\n| Авдеев | 9Б |\n"},
		{"a loop around a whole table and its heading", p("{{#each months as m}}") + p("{{ m }}") + table("Кто", "{{#each pairs as x @row}}{{ x.mentor.name.nom }}{{/each}}") + p("{{/each}}"),
			"сентябрь\n| Кто |\n| Белов |\n| Зуев |\n| Авдеев |\nоктябрь\n| Кто |\n| Белов |\n| Зуев |\n| Авдеев |\nноябрь\n| Кто |\n| Белов |\n| Зуев |\n| Авдеев |\n"},
		{"else of an empty loop", p("{{#each none as x}}") + p("x") + p("{{else}}") + p("нет пар") + p("{{/each}}"), "нет пар\n"},
		{"a loop over rows", table("№ ¦ Кто", "{{#each pairs as x}}{{ loop.index }} ¦ {{ x.mentor.name.nom }}{{/each}}"),
			"| № | Кто |\n| 1 | Белов |\n| 2 | Зуев |\n| 3 | Авдеев |\n"},
		{"rows between control rows", table("Кто ¦ Кого", "{{#each pairs as x}} ¦ ", "{{ x.mentor.name.nom }} ¦ {{ x.mentee.name.nom }}", "{{/each}} ¦ "),
			"| Кто | Кого |\n| Белов | Ёлкина |\n| Зуев | Ершов |\n| Авдеев | Жук |\n"},
		{"a table without rows goes", p("а") + table("{{#each none as x}}x ¦ y{{/each}}") + p("б"), "а\nб\n"},
		{"tables that meet stay two", p("{{#each pairs as x}}") + table("{{ x.mentor.name.nom }}") + p("{{/each}}"), "| Белов |\n\n| Зуев |\n\n| Авдеев |\n"},
		{"behind a vanished paragraph too", table("а") + p("{{ director.phone | opt }}") + table("б"), "| а |\n\n| б |\n"},
		{"a condition on a row", table("а ¦ б", "{{#if director.phone}}тел ¦ {{ director.phone }}{{/if}}"), "| а | б |\n"},
		{"a condition on paragraphs", p("{{#if school.open}}") + p("да") + p("{{else}}") + p("нет") + p("{{/if}}"), "да\n"},
		{"else if", p("{{#if director.hours > 5}}много{{else if director.hours == 0}}ноль{{else}}мало{{/if}}"), "ноль\n"},
		{"a false condition leaves no empty line", p("а") + p("{{#if director.phone}}тел. {{ director.phone }}{{/if}}") + p("б"), "а\nб\n"},
		{"a cell keeps a paragraph", table("{{#if director.phone}}x{{/if}} ¦ y"), "|  | y |\n"},
		{"nested loops in a cell", table("{{#each pairs as x}}{{ x.mentor.name.nom }} ¦ <w:p><w:r><w:t>{{#each x.mentor.goals as g}}</w:t></w:r></w:p><w:p><w:r><w:t>– {{ g }}</w:t></w:r></w:p><w:p><w:r><w:t>{{/each}}{{/each}}</w:t></w:r></w:p>"),
			"| Белов | – вести дневник/– читать |\n| Зуев |  |\n| Авдеев | – писать |\n"},
		{"a loop over columns", table("Кто ¦ {{#each months as m}}{{ m }} ¦ Итог", "x ¦ {{ loop.index }}{{/each}} ¦ y"),
			"| Кто | сентябрь | октябрь | ноябрь | Итог |\n| x | 1 | 2 | 3 | y |\n"},
		{"columns and rows together", table("Кто ¦ {{#each months as m}}{{ m }}", "{{#each pairs as x}}{{ x.mentor.name.nom }} ¦ {{ x.mentor.hours }}{{/each}}{{/each}}"),
			"| Кто | сентябрь | октябрь | ноябрь |\n| Белов | 12 | 12 | 12 |\n| Зуев | 5 | 5 | 5 |\n| Авдеев | 7 | 7 | 7 |\n"},
		{"count and sum", p("{{ pairs | count }} и {{ sum(pairs, .mentor.hours) }}"), "3 и 24\n"},
		{"sorted as Russian is", p("{{#each sortBy(pairs, .mentee.name.nom) as x}}{{ x.mentee.name.nom }} {{/each}}"), "Ёлкина Ершов Жук \n"},
		{"grouped", p("{{#each groupBy(pairs, .mentor.class) as g}}{{ g.key }}: {{#each g.items as x}}{{ x.mentor.name.nom }} {{/each}}; {{/each}}"),
			"10А: Белов Зуев ; 9Б: Авдеев ; \n"},
		{"cells merged down", table("{{#each sortBy(pairs, .mentor.class) as x}}{{ x.mentor.class | merge }} ¦ {{ x.mentor.name.nom }}{{/each}}"),
			"| 9Б | Авдеев |\n| 10А | Белов |\n| [vMerge] | Зуев |\n"},
		{"cells merged across", table("Кто ¦ {{#each pairs as x}}{{ x.mentor.class | hmerge }}", "а ¦ {{ x.mentor.name.nom }}{{/each}}"),
			"| Кто | [span 2]10А | 9Б |\n| а | Белов | Зуев | Авдеев |\n"},
		{"a heading over looped columns widens", `<w:tbl><w:tblPr/><w:tblGrid><w:gridCol w:w="2000"/><w:gridCol w:w="3000"/></w:tblGrid>` +
			`<w:tr><w:tc><w:tcPr><w:gridSpan w:val="2"/></w:tcPr>` + p("Сводка") + `</w:tc></w:tr>` +
			`<w:tr><w:tc>` + p("Кто") + `</w:tc><w:tc>` + p("{{#each months as m @col}}{{ m }}{{/each}}") + `</w:tc></w:tr></w:tbl>`,
			"| [span 4]Сводка |\n| Кто | сентябрь | октябрь | ноябрь |\n"},
		{"a merge that goes on below the loop", `<w:tbl><w:tblPr/><w:tblGrid><w:gridCol w:w="2000"/><w:gridCol w:w="3000"/></w:tblGrid>` +
			`<w:tr><w:tc><w:tcPr><w:vMerge w:val="restart"/></w:tcPr>` + p("{{#each pairs as x}}Все") + `</w:tc><w:tc>` + p("{{ x.mentor.name.nom }}{{/each}}") + `</w:tc></w:tr>` +
			`<w:tr><w:tc><w:tcPr><w:vMerge/></w:tcPr>` + p("") + `</w:tc><w:tc>` + p("итого") + `</w:tc></w:tr></w:tbl>`,
			"| Все | Белов |\n| [vMerge] | Зуев |\n| [vMerge] | Авдеев |\n| [vMerge] | итого |\n"},
		{"smart quotes and a single equals sign", p("{{#if pairs[0].mentor.class = “10А”}}да{{/if}}"), "да\n"},
		{"a plural", p(`{{ len(pairs) | counted "пара", "пары", "пар" }}`), "3\u00a0пары\n"},
		{"a line break in a value", p(`{{ lines(pairs[0].mentor.goals) }}`), "вести дневник[break]читать\n"},
		{"a list prints with commas", p("{{ months }}"), "сентябрь, октябрь, ноябрь\n"},
		{"a page for each pass", p("{{#each pairs as x @page}}") + p("{{ x.mentor.name.nom }}") + p("{{/each}}"), "Белов\n[page]Зуев\n[page]Авдеев\n"},
		{"unless", p("{{#unless director.phone}}нет телефона{{/unless}}"), "нет телефона\n"},
		{"the outer loop", p("{{#each pairs as x}}{{#each x.mentor.goals as g}}{{ loop.parent.index }}.{{ loop.index }} {{/each}}{{/each}}"), "1.1 1.2 3.1 \n"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			got, _ := render(t, document(t, test.body), sample())
			if got != test.want {
				t.Errorf("got:\n%s\nwant:\n%s", got, test.want)
			}
		})
	}
}
