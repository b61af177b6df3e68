package fill_test

import (
	"encoding/json"
	"strings"
	"testing"

	"nastavnik/internal/diag"
	"nastavnik/internal/docx"
	"nastavnik/internal/fill"
)

// problems compiles a body and returns what is wrong with it.
func problems(t *testing.T, pkg *docx.Package) diag.List {
	t.Helper()
	_, err := fill.Compile(pkg, fill.Options{Name: "шаблон.docx", Env: sample()})
	if err == nil {
		return nil
	}
	return err.(diag.List)
}

func TestProblems(t *testing.T) {
	heading := pp(`<w:outlineLvl w:val="0"/>`, "Общие положения")
	tests := []struct {
		name string
		body string
		want []string // each must be in the text of the list
	}{
		{"a misspelt name", heading + p("От {{ director.name.dtt }} лично"), []string{
			`шаблон.docx: раздел «Общие положения», абзац 2: у «director.name» нет поля «dtt»`,
			"    От {{ director.name.dtt }} лично\n" + strings.Repeat(" ", 4+20) + "^^^",
			"возможно, «director.name.dat»"}},
		{"a misspelt first name", p("{{ direktor.name.nom }}"), []string{"нет поля «direktor»", "возможно, «director.name.nom»"}},
		{"a name from elsewhere", p("{{ emblem }}"), []string{"нет поля «emblem»", "возможно, «school.emblem»"}},
		{"not closed", p("Приказ № {{ order от") + p("Последний абзац"), []string{"абзац 1: метка не закрыта"}},
		{"not opened", p("Приказ }} от"), []string{"«}}» без открывающих"}},
		{"a loop not closed", table("{{#each pairs as x}}{{ x.mentor.name.nom }}"), []string{"таблица 1, строка 1, столбец 1: «{{#each pairs as x}}» не закрыта"}},
		{"a stray end", p("а{{/each}}"), []string{"«{{/each}}» ничего не закрывает"}},
		{"crossed blocks", p("{{#each pairs as x}}{{#if x}}а{{/each}}{{/if}}"), []string{"«{{#if x}}» не закрыта до «{{/each}}»", "блоки пересекаются", "«{{/if}}» ничего не закрывает"}},
		{"a loop out of a table", table("{{#each pairs as x}}а") + p("{{/each}}"), []string{"стоит в таблице, а другой конец блока — вне её"}},
		{"half a paragraph", p("а {{#if school.open}} б") + p("в {{/if}} г"), []string{"стоит в середине абзаца"}},
		{"an unknown function", p("{{ director.name.nom | uper }}"), []string{"нет функции «uper»", "возможно, «upper»"}},
		{"a case is missing", p("{{ director.name }}"), []string{"«director.name» нельзя напечатать", "укажите падеж: «director.name.nom»"}},
		{"a case of a plain text", p("{{ school.name.gen }}"), []string{"у «school.name» нет поля «gen»"}},
		{"a list in the text", p("{{ pairs }}"), []string{"«pairs» нельзя напечатать: это список", "{{#each pairs as x}}"}},
		{"a loop over text", p("{{#each school.name as x}}{{/each}}"), []string{"не список"}},
		{"a name in a loop", p("{{#each pairs as x}}{{ x.mentr.name.nom }}{{/each}}"), []string{"у «x» нет поля «mentr»", "возможно, «x.mentor»"}},
		{"a name in a predicate", p("{{ sum(pairs, .mentor.houers) }}"), []string{"нет поля «houers»", "возможно, «"}},
		{"a variable after its loop", p("{{#each pairs as x}}{{/each}}{{ x.mentor.name.nom }}"), []string{"нет поля «x»"}},
		{"types that do not compare", p("{{#if director.hours > “5”}}а{{/if}}"), []string{"действие «>» не подходит"}},
		{"reading the environment", p("{{ env.PATH }}") + p("{{ readFile('/etc/passwd') }}") + p("{{ $env }}"), []string{"нет поля «env»", "нет функции «readFile»"}},
		{"types that do not add", p("{{ school.name + 5 }}"), []string{"действие «+» не подходит к этим значениям (текст и число)"}},
		{"a pipe to nothing", p("{{ school.name | }}"), []string{"после «|» нет функции"}},
		{"a call of a text", p("{{ school.name(1) }}"), []string{"выражение написано с ошибкой"}},
		{"an unfinished expression", p("{{ 2 + }}"), []string{"выражение не закончено"}},
		{"an unknown block", p("{{#eech pairs as x}}"), []string{"неизвестная метка «#eech»", "возможно, «{{#each …}}»"}},
		{"an include without blocks", p("{{> stamp}}"), []string{"блок «stamp» не найден"}},
		{"empty braces", p("{{ }}"), []string{"пустые скобки"}},
		{"all at once", p("{{ a }}") + p("{{ b }}") + p("{{/if}}"), []string{"нет поля «a»", "нет поля «b»", "ничего не закрывает"}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			got := problems(t, document(t, test.body)).Error()
			for _, want := range test.want {
				if !strings.Contains(got, want) {
					t.Errorf("got:\n%s\nwant:\n%s", got, want)
				}
			}
		})
	}
}

// TestOrder holds the problems to the order of the text, whichever step found
// them.
func TestOrder(t *testing.T) {
	got := problems(t, document(t, p("{{ a }}")+p("{{ b")+table("{{ c }}")+p("{{#if d}}")+p("{{ e }}")))
	var said []string
	for _, p := range got {
		said = append(said, p.Place.In)
	}
	if order := strings.Join(said, "; "); order != "абзац 1; абзац 2; таблица 1, строка 1, столбец 1; абзац 3; абзац 4" {
		t.Errorf("got %s\n%v", order, got)
	}
}

func TestCheck(t *testing.T) {
	body := p("{{ school.name }}") + p("{{#each pairs as x}}") + p("{{ x.mentor.name.dat }}, {{ x.mentee.hours * 2 }}, {{ director.name.nom | upper }}") + p("{{/each}}")
	report, problems := fill.Check(document(t, body), fill.Options{Name: "шаблон.docx", Env: sample()})
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	if got, want := strings.Join(report.Fields, " "), "director.name.nom pairs[].mentee.hours pairs[].mentor.name.dat school.name"; got != want {
		t.Errorf("fields: got %s, want %s", got, want)
	}
	unused := strings.Join(report.Unused, " ")
	for _, want := range []string{"months", "director.phone", "pairs[].mentor.name.nom", "school.motto"} {
		if !strings.Contains(unused, want) {
			t.Errorf("unused: got %s, want %s in it", unused, want)
		}
	}
	for _, unwanted := range []string{"school.name", "director.name.nom", "pairs[].mentee.hours"} {
		for _, u := range report.Unused {
			if u == unwanted {
				t.Errorf("unused: got %s in it", u)
			}
		}
	}
	report, _ = fill.Check(document(t, p("{{ x }}")), fill.Options{Name: "шаблон.docx", Env: sample()})
	b, err := json.Marshal(report)
	if err != nil || !strings.Contains(string(b), `"level":"ошибка","place":{"file":"шаблон.docx","in":"абзац 1"`) {
		t.Errorf("got %s %v", b, err)
	}
}

func TestMark(t *testing.T) {
	body := func() *docx.Package {
		return document(t, p("хорошо {{ school.name }}")+p("плохо {{ shool.name }}")+table("{{ c }}¦{{ d")+p("{{ e }}, {{ f }}"))
	}
	report, problems := fill.Check(body(), fill.Options{Name: "шаблон.docx", Env: sample()})
	if len(problems) != 5 {
		t.Fatalf("got %d problems, want 5:\n%v", len(problems), problems)
	}
	b, marked, err := fill.Mark(body(), report)
	if err != nil || marked != 5 {
		t.Fatalf("got %d comments, %v; want 5", marked, err)
	}
	pkg, err := docx.Open(b)
	if err != nil {
		t.Fatal(err)
	}
	has(t, partText(t, pkg, "word/document.xml"), `<w:p><w:commentRangeStart w:id="0"/><w:r><w:t xml:space="preserve">плохо {{ shool.name }}</w:t></w:r><w:commentRangeEnd w:id="0"/><w:r><w:commentReference w:id="0"/></w:r></w:p>`,
		`<w:commentRangeStart w:id="4"/>`)
	comments, _ := pkg.Part("word/comments.xml").Bytes()
	has(t, string(comments), "Нет поля «shool».", "Подсказка: возможно, «school.name».", "Метка не закрыта")
}
