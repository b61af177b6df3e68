package markup

import (
	"bytes"
	"regexp"
	"strings"
	"testing"

	"nastavnik/internal/docx"
)

const front = "+++\ntitle = \"Проба\"\nkind = \"приказ\"\n+++\n"

// body compiles a source and returns the XML between the tags of w:body.
func body(t *testing.T, text string) string {
	t.Helper()
	p, err := Compile("test.md", []byte(front+text))
	if err != nil {
		t.Fatal(err)
	}
	b, err := p.Main().Bytes()
	if err != nil {
		t.Fatal(err)
	}
	_, xml, _ := strings.Cut(string(b), "<w:body>")
	xml, _, _ = strings.Cut(xml, "</w:body>")
	return xml
}

var (
	paragraphXML = regexp.MustCompile(`<w:p>.*?</w:p>`)
	styleXML     = regexp.MustCompile(`<w:pStyle w:val="(\w+)"/>`)
	numXML       = regexp.MustCompile(`<w:ilvl w:val="(\d)"/><w:numId w:val="(\d+)"/>`)
	textXML      = regexp.MustCompile(`<w:t xml:space="preserve">([^<]*)</w:t>|<w:(tab|br)/>`)
)

// outline writes a paragraph a line: style, numbering «id.level», text.
func outline(xml string) string {
	var b strings.Builder
	for _, p := range paragraphXML.FindAllString(xml, -1) {
		style := "Normal"
		if m := styleXML.FindStringSubmatch(p); m != nil {
			style = m[1]
		}
		b.WriteString(style)
		if m := numXML.FindStringSubmatch(p); m != nil {
			b.WriteString(" " + m[2] + "." + m[1])
		}
		for i, m := range textXML.FindAllStringSubmatch(p, -1) {
			if i == 0 {
				b.WriteString(" ")
			}
			b.WriteString(strings.ReplaceAll(m[1], "\u00a0", "~"))
			if m[2] != "" {
				b.WriteString("<" + m[2] + ">")
			}
		}
		b.WriteByte('\n')
	}
	return b.String()
}

func TestParagraphs(t *testing.T) {
	tests := []struct{ name, source, want string }{
		{"plain text is body text", "Текст\nв две строки.", "BodyText Текст в две строки.\n"},
		{"a placeholder passes through untouched", `Дано {{ a.b | blank 20 }} и {{ x == "_y_" ? "*" : "**" }}.`,
			`BodyText Дано {{ a.b | blank 20 }} и {{ x == "_y_" ? "*" : "**" }}.` + "\n"},
		{"a control line is a paragraph of its own", "Текст:\n{{#each a as b}}\nещё\n{{/each}}",
			"BodyText Текст:\nNormal {{#each a as b}}\nBodyText ещё\nNormal {{/each}}\n"},
		{"clauses of an order", "1. Раз\n   1. раз-раз\n   2. раз-два\n2. Два",
			"ListNumber 1.0 Раз\nListNumber 1.1 раз-раз\nListNumber 1.1 раз-два\nListNumber 1.0 Два\n"},
		{"clauses of a section hang on its number", "## Общее\n\n1. Раз\n   1. раз-раз\n\n## Цель\n\n1. Два",
			"Heading1 1.0 Общее\nListNumber 1.1 Раз\nListNumber 1.2 раз-раз\nHeading1 1.0 Цель\nListNumber 1.1 Два\n"},
		{"a section without a number", "## Вид {-}\n\n1. Раз", "Heading1 Вид\nListNumber 1.0 Раз\n"},
		{"a list begun anew restarts", "1. Раз\n\nТекст\n\n1. Два", "ListNumber 1.0 Раз\nBodyText Текст\nListNumber 2.0 Два\n"},
		{"a list begun by 2 goes on", "1. Раз\n\nТекст\n\n2. Два", "ListNumber 1.0 Раз\nBodyText Текст\nListNumber 1.0 Два\n"},
		{"a loop does not break a list", "1. Раз\n{{#each a as b}}\n1. {{ b }}\n{{/each}}\n1. Три",
			"ListNumber 1.0 Раз\nNormal {{#each a as b}}\nListNumber 1.0 {{ b }}\nNormal {{/each}}\nListNumber 1.0 Три\n"},
		{"a loop inside a clause", "1. Раз:\n   {{#each a as b}}\n   1. {{ b }};\n   {{/each}}\n2. Два",
			"ListNumber 1.0 Раз:\nNormal {{#each a as b}}\nListNumber 1.1 {{ b }};\nNormal {{/each}}\nListNumber 1.0 Два\n"},
		{"dashes nest", "- раз\n  - два", "ListBullet 1.0 раз\nListBullet 1.1 два\n"},
		{"each list with brackets is its own", "1) раз\n2) два\n\nТекст\n\n1) три",
			"ListNumber 1.0 раз\nListNumber 1.0 два\nBodyText Текст\nListNumber 2.0 три\n"},
		{"stars close before a control tag", "**А.**{{#if x}} б{{/if}} **{{#if x}}в{{/if}}**", "BodyText А.{{#if x}} б{{/if}} {{#if x}}в{{/if}}\n"},
		{"a div names a style", "::: command\nПРИКАЗЫВАЮ:\n:::", "Command ПРИКАЗЫВАЮ:\n"},
		{"no-break spaces", "по ст. 30 закона № 273-ФЗ от 1 мая – в г. Усинск, {{ x }} г.",
			"BodyText по ст.~30~закона №~273-ФЗ от 1~мая~– в г.~Усинск, {{ x }}~г.\n"},
		{"a tab and a pen line", "Дата ⇥ № 5\n\nАдрес: ⇥____\n\n____", "BodyText Дата<tab>№~5\nBodyText Адрес:<tab>\nBodyText <tab>\n"},
		{"cells hold lists of their own", "| А | Б |\n|--|--|\n| 1) раз<br>2) два | – тире |\n| 1) три | – |",
			"TableHead А\nTableHead Б\nTableText 1.0 раз\nTableText 1.0 два\nTableText 2.0 тире\nTableText 3.0 три\nTableText –\nAfterTable\n"},
		{"a number sign alone in a cell takes no blank", "| № | Б |\n|--|--|\n| № 1 | б |",
			"TableHead №\nTableHead Б\nTableText №~1\nTableText б\nAfterTable\n"},
		{"an underscore is a cell for the pen", "| А | Б |\n|--|--|\n| _ | _{{/each}} |",
			"TableHead А\nTableHead Б\nTableText\nTableText {{/each}}\nAfterTable\n"},
		{"an annex numbers anew", "1. Раз\n\n::: annex\n# Список\n\n1. Два\n:::",
			"ListNumber 1.0 Раз\nAnnexTitle Список\nListNumber 2.0 Два\n"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if got := outline(body(t, test.source)); got != test.want {
				t.Errorf("got\n%swant\n%s", got, test.want)
			}
		})
	}
}

func TestTables(t *testing.T) {
	tests := []struct {
		name, source string
		want         []string
	}{
		{"widths go by the dashes and fill the text width", "| А | Б |\n|-|---|\n| а | б |",
			[]string{`<w:tblW w:w="9638" w:type="dxa"/>`, `<w:gridCol w:w="2410"/><w:gridCol w:w="7228"/>`}},
		{"empty cells are taken by the one before", "| А | Б | В |\n|-|-|-|\n| весь ряд |||",
			[]string{`<w:tcW w:w="9638" w:type="dxa"/><w:gridSpan w:val="3"/>`}},
		{"a head repeats and rows do not tear", "| А |\n|-|\n| а |", []string{`<w:cantSplit/><w:tblHeader/>`}},
		{"^ goes on with the cell above", "| А | Б |\n|-|-|\n| а | б |\n| ^ | в |",
			[]string{`<w:vMerge w:val="restart"/>`, `<w:vMerge/>`}},
		{"columns are numbered when asked", "::: table colnumbers\n| А | Б |\n|-|-|\n| а | б |\n:::",
			[]string{`>1</w:t>`, `>2</w:t>`}},
		{"the text before a signature stays with it", "Последний абзац.\n\n{{> signature}}",
			[]string{`<w:pStyle w:val="BodyText"/><w:keepNext/>`}},
		{"a phrase with a colon stays with its list", "Надо:\n\n- раз", []string{`<w:pStyle w:val="BodyText"/><w:keepNext/>`}},
		{"a title row stays with its rows", "| А | Б |\n|-|-|\n| **Этап** ||\n| а | б |",
			[]string{`<w:pStyle w:val="TableText"/><w:keepNext/></w:pPr><w:r><w:rPr><w:b/>`}},
		{"signatures stand in one table that does not tear", "::: sign\nДиректор | Н. С. Учебная\n:::",
			[]string{`<w:cantSplit/>`, `<w:tcBorders><w:bottom w:val="single"`, "Н.\u00a0С.\u00a0Учебная"}},
		{"in a narrow column who signs stands above", "::: columns\n::: column\n::: sign\nДиректор | Учебная\n:::\n:::\n::: column\nб\n:::\n:::",
			[]string{`<w:gridSpan w:val="3"/><w:vAlign w:val="bottom"/></w:tcPr><w:p><w:pPr><w:pStyle w:val="Signature"/><w:keepNext/>`}},
		{"columns have no rules and a gap", "::: columns widths=1,3\n::: column\nа\n:::\n::: column\nб\n:::\n:::",
			[]string{`<w:gridCol w:w="2410"/><w:gridCol w:w="7228"/>`, `<w:right w:w="113" w:type="dxa"/>`}},
		{"a frame fills the page evenly", "::: frame\nа\n:::",
			[]string{`<w:top w:val="double"`, `w:hRule="exact"`, `<w:pgMar w:top="1134" w:right="1134" w:bottom="1134" w:left="1134"`}},
		{"a mark of an annex stands 80 mm from the right", "::: annexmark\nПриложение\n:::", []string{`<w:ind w:left="5103"/>`}},
		{"ink after a pen line in a cell", "::: columns\n::: column\n____\n:::\n:::", []string{`<w:tab/><w:t xml:space="preserve">_</w:t>`}},
		{"a title page has a foot", "::: titlepage\nа\n::: footer\nг. Усинск\n:::\n:::\n\nб", []string{`<w:footerReference w:type="first"`}},
		{"a break before a page", "а\n\n::: pagebreak\n\nб", []string{`<w:pageBreakBefore/>`}},
		{"a lying section", "Раз\n\n::: landscape\nДва\n:::", []string{`w:orient="landscape"`}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			got := body(t, test.source)
			for _, want := range test.want {
				if !strings.Contains(got, want) {
					t.Errorf("got %s\nwithout %s", got, want)
				}
			}
		})
	}
}

func TestProblems(t *testing.T) {
	tests := []struct{ name, source, want string }{
		{"a straight quote", `Школа "Лидер"`, "test.md:5: прямая кавычка"},
		{"a hyphen for a dash", "Слово - дело", "test.md:5: дефис вместо тире"},
		{"doubled blanks", "Слово  дело", "test.md:5: два пробела"},
		{"an unknown div", "::: sigature\nх\n:::", "похоже на signature"},
		{"an open div", "::: keep\nх", "test.md:5: раздел ::: keep не закрыт"},
		{"stars that mark nothing", "**а.**б", "звёздочки ** ничего не выделяют"},
		{"a link", "[а](б)", "разметка Link не поддерживается"},
		{"a row that begins empty", "| А | Б |\n|-|-|\n| | б |", "начинается с пустой ячейки"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			_, err := Compile("test.md", []byte(front+test.source))
			if err == nil || !strings.Contains(err.Error(), test.want) {
				t.Errorf("got %v, want %q", err, test.want)
			}
		})
	}
}

// TestSame compiles twice and reads the result back as a package.
func TestSame(t *testing.T) {
	source := []byte(front + "# О\n\n1. Раз\n\n| А | Б |\n|-|-|\n| а | б |\n\n::: annex landscape\n# П\n\nТекст\n:::")
	one, err := CompileBytes("test.md", source)
	if err != nil {
		t.Fatal(err)
	}
	two, err := CompileBytes("test.md", source)
	if err != nil || !bytes.Equal(one, two) {
		t.Errorf("the same source gave different bytes, %v", err)
	}
	p, err := docx.Open(one)
	if err != nil {
		t.Fatal(err)
	}
	for _, kind := range []string{"styles", "numbering", "settings", "header"} {
		if len(p.Related(p.Main(), kind)) != 1 {
			t.Errorf("no part of kind %s", kind)
		}
	}
}

func FuzzCompile(f *testing.F) {
	f.Add("# О\n\n1. Раз {{ a | b }}\n\n| А | Б |\n|-|-|\n| а | б |\n")
	f.Add("::: annex\n::: keep\n- а\n  1. б\n:::\n:::\n{{> signature}}")
	f.Add("::: columns\n::: column\n____\n:::\n:::\n⇥__ \ufffe")
	f.Fuzz(func(t *testing.T, text string) {
		p, err := Compile("test.md", []byte(front+text))
		if err != nil {
			return
		}
		b, err := p.Main().Bytes()
		if err != nil {
			t.Fatal(err)
		}
		if _, err := docx.ParseXML(b); err != nil {
			t.Errorf("not well-formed: %v", err)
		}
	})
}
