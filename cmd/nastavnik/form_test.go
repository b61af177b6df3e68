package main

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"nastavnik/internal/pdfform"
)

const formData = `
"наставник" = "Ёлкина Щука Ильинична"
"согласие" = true
"пол" = "ж"
"направления" = ["предметное"]
"сбоку" = 2026-09-01
"стаж" = 20
[school]
name_short = "МБОУ «СОШ № 1»"
[[пары]]
"пол" = "м"
[[пары]]
"пол" = "ж"
`

// TestFillForm fills a PDF form as the program does.
func TestFillForm(t *testing.T) {
	dir := t.TempDir()
	form := filepath.Join("..", "..", "internal", "pdfform", "testdata", "anketa.pdf")
	data := filepath.Join(dir, "данные.toml")
	write := func(text string) {
		if err := os.WriteFile(data, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	call := func(args ...string) (out, talk string, code int) {
		var o, e bytes.Buffer
		code = fillCommand(process{strings.NewReader(""), &o, &e, context.Background()}, append([]string{form, data}, args...))
		return o.String(), e.String(), code
	}
	value := func(path, name string) string {
		b, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		f, err := pdfform.Open(b)
		if err != nil {
			t.Fatal(err)
		}
		for _, field := range f.Fields() {
			if field.Name == name {
				return field.Value
			}
		}
		return "no such field"
	}
	write(strings.ReplaceAll(formData, "[[пары]]", `[["пары"]]`))
	filled := filepath.Join(dir, "анкета.pdf")

	out, talk, code := call("-o", filled)
	if code != exitDone || !strings.Contains(out, "анкета.pdf") || !strings.Contains(talk, "в данных нет полей: о себе, телефон, форма") {
		t.Errorf("got code %d, %q, %q", code, out, talk)
	}
	for name, want := range map[string]string{"school.name_short": "МБОУ «СОШ № 1»", "сбоку": "01.09.2026", "стаж": "20", "согласие": "Да", "пол": "ж"} {
		if got := value(filled, name); got != want {
			t.Errorf("%s: got %q, want %q", name, got, want)
		}
	}

	if _, talk, code := call("-o", filled, "--flatten"); code != exitDone {
		t.Errorf("--flatten: got code %d, %q", code, talk)
	}
	b, err := os.ReadFile(filled)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := pdfform.Open(b); err == nil {
		t.Error("--flatten left fields")
	}

	if out, talk, code := call("--each", "пары", "--name", "Анкета {{ пол }}.pdf", "-o", dir); code != exitDone || strings.Count(out, "\n") != 2 {
		t.Errorf("--each: got code %d, %q, %q", code, out, talk)
	}
	if got := value(filepath.Join(dir, "Анкета м.pdf"), "пол"); got != "м" {
		t.Errorf("--each: got %q, want м", got)
	}

	out, talk, code = call("--check")
	if code != exitDone || !strings.Contains(out, "school.name_short") || !strings.Contains(talk, "поле «телефон»: нет данных") {
		t.Errorf("--check: got code %d, %q, %q", code, out, talk)
	}

	if _, talk, code := call("-o", filepath.Join(dir, "x.docx")); code != exitData || !strings.Contains(talk, "в файл .pdf") {
		t.Errorf("a form into .docx: got code %d, %q", code, talk)
	}
	write(`"пол" = "иное"`)
	if _, talk, code := call("-o", filepath.Join(dir, "bad.pdf")); code != exitData || !strings.Contains(talk, "нет положения «иное»") {
		t.Errorf("a wrong value: got code %d, %q", code, talk)
	}
	if _, talk, code := call("--check"); code != exitData || !strings.Contains(talk, "нет положения «иное»") {
		t.Errorf("a wrong value, --check: got code %d, %q", code, talk)
	}
	if _, err := os.Stat(filepath.Join(dir, "bad.pdf")); err == nil {
		t.Error("a wrong value: a file was written")
	}
}
