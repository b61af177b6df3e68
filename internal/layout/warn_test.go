package layout

import (
	"testing"

	"nastavnik/internal/docx"
	"nastavnik/internal/wml"
)

// told lays the body out and returns all warnings, reading's and layout's.
func told(t *testing.T, body string) (list []string) {
	t.Helper()
	pkg, err := docx.Open(packed(t, body))
	if err != nil {
		t.Fatal(err)
	}
	doc, problems := wml.Parse(pkg)
	_, more := Pages(doc, Options{Fonts: testFonts(t)})
	for _, p := range append(problems, more...) {
		if p.Hint == "" {
			t.Errorf("%v: no hint", p)
		}
		list = append(list, p.Error())
	}
	return list
}

// TestWarningPlaces: each warning says page and paragraph or cell, once a
// cause, and how many more there are.
func TestWarningPlaces(t *testing.T) {
	odd := func(font, text string) string {
		return `<w:p><w:r><w:rPr><w:rFonts w:ascii="` + font + `" w:hAnsi="` + font + `"/></w:rPr><w:t>` + text + `</w:t></w:r></w:p>`
	}
	cell := func(content string) string { return `<w:tc><w:tcPr/>` + content + `</w:tc>` }
	row := func(a, b string) string { return `<w:tr>` + cell(a) + cell(b) + `</w:tr>` }
	table := `<w:tbl><w:tblPr/><w:tblGrid><w:gridCol w:w="4000"/><w:gridCol w:w="4000"/></w:tblGrid>` +
		row(par("x", ""), odd("Nosuch", "y")) + row(odd("Nosuch", "y"), par("x", "")) + `</w:tbl>`
	box := `<w:p><w:r><w:pict><v:rect xmlns:v="urn:schemas-microsoft-com:vml" style="width:100pt;height:50pt"><v:textbox><w:txbxContent>` +
		odd("Nosuch", "y") + `</w:txbxContent></v:textbox></v:rect></w:pict></w:r></w:p>`
	const font = `шрифта «Nosuch» нет, взят Liberation Serif: строки могут разойтись`
	for _, c := range []struct{ name, body, want string }{
		{"a font, by page and paragraph", par("x", "") + par("x", `<w:pageBreakBefore/>`) + odd("Nosuch", "y"), "страница 2, абзац 3: " + font},
		{"two paragraphs are told once", odd("Nosuch", "y") + odd("Nosuch", "z"), "страница 1, абзац 1: " + font + "; всего таких абзацев: 2"},
		{"by cell", table + par("", ""), "страница 1, таблица 1, строка 1, столбец 2: " + font + "; всего таких абзацев: 2"},
		{"in a text box", box, "страница 1, надпись, абзац 1: " + font},
		{"a character", par("x", "") + par("\U0010FFFD", `<w:pageBreakBefore/>`), "страница 2, абзац 2: ни в одном шрифте нет знака «\U0010FFFD» (U+10FFFD), вместо него пустое место"},
		{"characters in one breath", par("\U0010FFF0\U0010FFF1", "") + par("\U0010FFF1\U0010FFF2\U0010FFF3\U0010FFF4\U0010FFF5\U0010FFF6\U0010FFF7", ""),
			"страница 1, абзац 1: ни в одном шрифте нет знаков «\U0010FFF0» (U+10FFF0), «\U0010FFF1» (U+10FFF1), «\U0010FFF2» (U+10FFF2), «\U0010FFF3» (U+10FFF3), «\U0010FFF4» (U+10FFF4), «\U0010FFF5» (U+10FFF5) и ещё 2, вместо них пустые места; всего таких абзацев: 2"},
		{"what only Word can draw", par("x", "") + `<w:p><w:r><w:ruby/></w:r></w:p>`, "абзац 2: подстрочные пояснения (ruby) показаны без пояснений"},
	} {
		list := told(t, c.body)
		if len(list) != 1 || list[0] != c.want {
			t.Errorf("%s: got %q, want %q", c.name, list, c.want)
		}
	}
}

// TestCutOff: text that its box is too low for is told.
func TestCutOff(t *testing.T) {
	lines := par("первая", "") + par("вторая", "") + par("третья", "")
	box := `<w:p><w:r><w:pict><v:rect xmlns:v="urn:schemas-microsoft-com:vml" style="width:100pt;height:25pt"><v:textbox inset="0,0,0,0"><w:txbxContent>` +
		lines + `</w:txbxContent></v:textbox></v:rect></w:pict></w:r></w:p>`
	row := `<w:tbl><w:tblPr/><w:tblGrid><w:gridCol w:w="4000"/></w:tblGrid><w:tr><w:trPr><w:trHeight w:val="400" w:hRule="exact"/></w:trPr><w:tc>` + lines + `</w:tc></w:tr></w:tbl>` + par("", "")
	for _, c := range []struct{ name, body, want string }{
		{"a text box", box, "страница 1, надпись, абзац 3: текст не помещается в надпись, конец не показан"},
		{"an exact row", row, "страница 1, таблица 1, строка 1, столбец 1: текст не помещается в строку таблицы с точной высотой, конец не показан"},
	} {
		if list := told(t, c.body); len(list) != 1 || list[0] != c.want {
			t.Errorf("%s: got %q, want %q", c.name, list, c.want)
		}
	}
}
