package main

import (
	"bytes"
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"nastavnik/internal/docx"
	"nastavnik/internal/fill"
)

// wordFile writes a DOCX whose paragraphs are the texts.
func wordFile(t *testing.T, name string, texts ...string) string {
	t.Helper()
	pkg := docx.New()
	var b strings.Builder
	b.WriteString(`<w:document xmlns:w="` + docx.Namespace("w") + `"><w:body>`)
	for _, text := range texts {
		b.WriteString("<w:p><w:r><w:t>" + string(docx.AppendEscaped(nil, text)) + "</w:t></w:r></w:p>")
	}
	b.WriteString(`<w:sectPr><w:pgSz w:w="11906" w:h="16838"/></w:sectPr></w:body></w:document>`)
	main := pkg.Put("word/document.xml", docx.MainType, []byte(b.String()))
	pkg.AddRel(nil, docx.RelType("officeDocument"), main.Name, false)
	packed, err := pkg.Bytes()
	if err != nil {
		t.Fatal(err)
	}
	writeFile(t, name, string(packed))
	return name
}

func writeFile(t *testing.T, name, content string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(name, []byte(content), 0o644); err != nil {
		t.Fatal(err)
	}
}

// textOf returns the text of a DOCX, a line a paragraph.
func textOf(t *testing.T, name string) string {
	t.Helper()
	b, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	pkg, err := docx.Open(b)
	if err != nil {
		t.Fatal(err)
	}
	tree, err := pkg.Main().Tree()
	if err != nil {
		t.Fatal(err)
	}
	var lines []string
	for n := range tree.Walk() {
		if n.Name == "w:p" {
			lines = append(lines, n.Text())
		}
	}
	return strings.Join(lines, "\n")
}

// fillRun runs the command in an empty folder's sense: paths are absolute.
func fillRun(t *testing.T, in string, args ...string) (out, talk string, code int) {
	t.Helper()
	var o, e bytes.Buffer
	code = fillCommand(process{strings.NewReader(in), &o, &e, context.Background()}, args)
	return o.String(), e.String(), code
}

const fillData = `
title = "Справка"
name = "Иванова Мария Петровна"
date = 2026-09-01
rate = 12.5
phone = ""
[[pairs]]
mentor = "Белов Пётр Ильич"
[[pairs]]
mentor = "Зуев Олег Олегович"
class = "9Б"
`

func TestFillCommand(t *testing.T) {
	dir := t.TempDir()
	at := func(name string) string { return filepath.Join(dir, name) }
	template := wordFile(t, at("t.docx"), "{{ title }}: {{ name | dat }}, {{ date | long }}, {{ rate }}, тел. {{ phone }}", "{{#each pairs as x}}{{ x.mentor | initials }} {{/each}}")
	writeFile(t, at("d.toml"), fillData)
	want := "Справка: Ивановой Марии Петровне, 1\u00a0сентября\u00a02026\u00a0г., 12,5, тел. ____________\nБелов\u00a0П.\u00a0И. Зуев\u00a0О.\u00a0О. "

	_, talk, code := fillRun(t, "", template, at("d.toml"), "-o", at("out.docx"))
	if code != exitDone || !strings.Contains(talk, "на их месте черта: phone") {
		t.Fatalf("got %d: %s", code, talk)
	}
	if got := textOf(t, at("out.docx")); got != want {
		t.Errorf("got %q, want %q", got, want)
	}

	in := `{"title": "Справка", "name": "Иванова Мария Петровна", "date": "2026-09-01", "rate": 12.5, "phone": null, "pairs": [{"mentor": "Белов Пётр Ильич"}, {"mentor": "Зуев Олег Олегович"}]}`
	if _, talk, code := fillRun(t, in, template, "-", "-o", at("json.docx")); code != exitDone {
		t.Fatalf("JSON: got %d: %s", code, talk)
	} else if got := textOf(t, at("json.docx")); got != want {
		t.Errorf("JSON: got %q, want %q", got, want)
	}

	if out, talk, code := fillRun(t, "", template, at("d.toml"), "-o", at("out.pdf")); code != exitDone || !strings.Contains(out, "out.pdf") {
		t.Errorf("PDF: got %d: %s", code, talk)
	} else if b, _ := os.ReadFile(at("out.pdf")); !bytes.HasPrefix(b, []byte("%PDF")) {
		t.Error("PDF: it is none")
	}
}

func TestFillEach(t *testing.T) {
	dir := t.TempDir()
	at := func(name string) string { return filepath.Join(dir, name) }
	template := wordFile(t, at("t.docx"), "{{ mentor | gen }}: {{ class }} {{ title }}")
	writeFile(t, at("d.toml"), fillData)
	_, talk, code := fillRun(t, "", template, at("d.toml"), "--each", "pairs", "--name", "Справка {{ title }}/{{ mentor }}.docx", "-o", at("out"))
	if code != exitDone {
		t.Fatalf("got %d: %s", code, talk)
	}
	if got, want := textOf(t, at("out/Справка Справка_Зуев Олег Олегович.docx")), "Зуева Олега Олеговича: 9Б Справка"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	if got := textOf(t, at("out/Справка Справка_Белов Пётр Ильич.docx")); !strings.Contains(got, ": ____________ Справка") {
		t.Errorf("got %q, want a line for the missing class", got)
	}
	if _, talk, code := fillRun(t, "", template, at("d.toml"), "--each", "pirs", "--name", "a.docx", "-o", at("out")); code != exitData || !strings.Contains(talk, "возможно, pairs") {
		t.Errorf("got %d: %s", code, talk)
	}
}

func TestFillRefusals(t *testing.T) {
	dir := t.TempDir()
	at := func(name string) string { return filepath.Join(dir, name) }
	good := wordFile(t, at("good.docx"), "{{ title }}")
	writeFile(t, at("d.toml"), fillData)
	writeFile(t, at("bad.toml"), "title = \"а\nname")
	writeFile(t, at("deep.toml"), "x = "+strings.Repeat("[", 100)+strings.Repeat("]", 100))
	writeFile(t, at("bad.json"), `{"title": "а",}`)
	writeFile(t, at("list.json"), `[1]`)
	writeFile(t, at("rtf.docx"), `{\rtf1}`)
	writeFile(t, at("file.toml"), `title = "а"`)
	tests := []struct {
		name string
		args []string
		code int
		said string
	}{
		{"a misspelt name", []string{wordFile(t, at("t1.docx"), "От {{ titel }}"), at("d.toml"), "-o", at("o.docx")}, exitTemplate, "t1.docx: абзац 1: нет поля «titel»"},
		{"a value in the middle of its list", []string{wordFile(t, at("t2.docx"), "{{ pairs }}"), at("d.toml"), "-o", at("o.docx")}, exitTemplate, "нельзя напечатать: это список"},
		{"broken TOML", []string{good, at("bad.toml"), "-o", at("o.docx")}, exitData, "bad.toml:1:"},
		{"deep TOML", []string{good, at("deep.toml"), "-o", at("o.docx")}, exitRefused, "вложенность"},
		{"broken JSON", []string{good, at("bad.json"), "-o", at("o.docx")}, exitData, "bad.json:1:15: ошибка в записи JSON"},
		{"a list for data", []string{good, at("list.json"), "-o", at("o.docx")}, exitData, "объектом"},
		{"RTF", []string{at("rtf.docx"), at("d.toml"), "-o", at("o.docx")}, exitTemplate, "rtf.docx: это не документ .docx, а документ RTF"},
		{"no template", []string{at("none.docx"), at("d.toml"), "-o", at("o.docx")}, exitTemplate, "файл не найден"},
		{"no data", []string{good, at("none.toml"), "-o", at("o.docx")}, exitData, "файл не найден"},
		{"nothing named", []string{}, exitUsage, "не назван шаблон"},
		{"no output", []string{good, at("d.toml")}, exitUsage, "нужен ключ -o"},
		{"over the template", []string{good, at("d.toml"), "-o", good}, exitWrite, "поверх шаблона"},
		{"into a folder that is a file", []string{good, at("d.toml"), "-o", at("file.toml/o.docx")}, exitWrite, "на этом месте файл"},
		{"a picture outside", []string{wordFile(t, at("t3.docx"), "{{ image title }}"), at("file.toml"), "-o", at("o.docx")}, exitTemplate, "рисунок «а» не читается"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			_, talk, code := fillRun(t, "", test.args...)
			if code != test.code || !strings.Contains(talk, test.said) {
				t.Errorf("got %d: %s\nwant %d and %q", code, talk, test.code, test.said)
			}
			if _, err := os.Stat(at("o.docx")); err == nil {
				t.Error("something was written")
			}
		})
	}
}

func TestFillCheck(t *testing.T) {
	dir := t.TempDir()
	template := wordFile(t, filepath.Join(dir, "t.docx"), "{{ title }} {{ x }}")
	data := filepath.Join(dir, "d.toml")
	writeFile(t, data, fillData)
	out, _, code := fillRun(t, "", template, data, "--check", "--json")
	var report struct {
		Problems []struct {
			Level, Text, Hint string
			Place             struct{ In string }
		}
	}
	if err := json.Unmarshal([]byte(out), &report); err != nil || code != exitTemplate || len(report.Problems) != 1 || report.Problems[0].Place.In != "абзац 1" {
		t.Errorf("got %d %v: %s", code, err, out)
	}
	marked := filepath.Join(dir, "marked.docx")
	if _, talk, code := fillRun(t, "", template, data, "--mark", marked); code != exitTemplate || !strings.Contains(talk, "примечаний 1") {
		t.Errorf("mark: got %d: %s", code, talk)
	} else if b, err := os.ReadFile(marked); err != nil || !bytes.Contains(b, []byte("word/comments.xml")) {
		t.Errorf("mark: got %v, want comments", err)
	}
	template = wordFile(t, filepath.Join(dir, "t.docx"), "{{ title }} {{#each pairs as x}}{{ x.mentor }}{{/each}}")
	out, _, code = fillRun(t, "", template, data, "--unused")
	if code != exitDone || !strings.Contains(out, "не используется: pairs[].class\n") || strings.Contains(out, "mentor") {
		t.Errorf("got %d: %s", code, out)
	}
}

// TestTemplatesTopic holds the help to the functions that there are.
func TestTemplatesTopic(t *testing.T) {
	for _, name := range fill.Functions() {
		if !strings.Contains(templatesTopic, " "+name+" ") && !strings.Contains(templatesTopic, name+"(") && !strings.Contains(templatesTopic, " "+name+"\n") {
			t.Errorf("help templates does not name the function %s", name)
		}
	}
}
