package site

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"nastavnik/fonts"
	"nastavnik/internal/font"
	"nastavnik/internal/generate"
	"nastavnik/internal/profile"
	"nastavnik/samples"
	"nastavnik/templates"
)

func engine(t *testing.T) *generate.Engine {
	t.Helper()
	faces, err := font.Open(fonts.FS)
	if err != nil {
		t.Fatal(err)
	}
	e, err := generate.New(generate.Setup{Templates: templates.FS, Fonts: faces})
	if err != nil {
		t.Fatal(err)
	}
	return e
}

// target is the demo school, changed by change.
func target(change func(s *profile.School)) generate.Target {
	return generate.Target{Name: samples.Demo, Load: func() generate.Loaded {
		s, problems := profile.LoadFS(samples.FS, samples.Demo)
		change(s)
		return generate.Loaded{School: s, Problems: problems}
	}}
}

func build(t *testing.T, change func(s *profile.School), ids ...string) (*generate.Result, string) {
	t.Helper()
	out := t.TempDir()
	o := Options{Status: Public}
	o.Out, o.IDs = out, ids
	results, err := Build(context.Background(), engine(t), []generate.Target{target(change)}, o, nil)
	if err != nil {
		t.Fatal(err)
	}
	return results[0], out
}

func unchanged(*profile.School) {}

func TestPublicSet(t *testing.T) {
	r, _ := build(t, unchanged)
	if r.Failed() {
		t.Fatal(r.Err, r.Problems.Err())
	}
	index, err := os.ReadFile(filepath.Join(r.Folder, "index.html"))
	if err != nil {
		t.Fatal(err)
	}
	page := string(index)
	for _, want := range []string{`<html lang="ru">`, "Приказ о внедрении", `href="03-prikaz-o-vnedrenii.pdf"`, `href="03-prikaz-o-vnedrenii.html"`, "от\u00a001.09.2026 №\u00a084-ОД", "КБ"} {
		if !strings.Contains(page, want) {
			t.Errorf("index.html lacks %q", want)
		}
	}
	for _, never := range []string{"http://", "src=", "@import", "url(", "order_pairs", "11-prikaz"} {
		if strings.Contains(page, never) {
			t.Errorf("index.html holds %q", never)
		}
	}
	// D-09: the mentor who consented by name, the one who did not never.
	twin, _ := os.ReadFile(filepath.Join(r.Folder, "08-dorozhnaia-karta.html"))
	if !strings.Contains(string(twin), `<th scope="col">`) {
		t.Error("the roadmap's twin has no header cells")
	}
}

func TestLeakStops(t *testing.T) {
	cases := []struct {
		name   string
		change func(s *profile.School)
		what   string
	}{
		{"a child's surname in free text", func(s *profile.School) {
			s.Report.Practice = "Пара Звонковой и Мелкова поставила спектакль."
		}, "имя ребёнка"},
		{"a parent's name", func(s *profile.School) {
			s.Report.Practice = "Спасибо Ольге Павловне Звонковой."
		}, "имя родителя"},
		{"a grown-up without consent", func(s *profile.School) { s.Report.Practice = "Наставник – Глобус М. П." }, "имя взрослого без согласия на публикацию"},
		{"a private telephone", func(s *profile.School) {
			s.People[1].Phone = "8 (913) 123-45-67"
			s.Report.Practice = "Звоните: +7 913 123 45 67."
		}, "личный телефон"},
		{"a birth date", func(s *profile.School) { s.Report.Practice = "Родилась 5 марта 2011 г." }, "дата рождения"},
		{"a private note", func(s *profile.School) {
			s.People[9].PrivateNote = "состоит на учёте"
			s.Report.Practice = "Ученик состоит на учёте."
		}, "закрытая заметка"},
	}
	for _, c := range cases {
		r, out := build(t, c.change, "school_report")
		var leak *LeakError
		if !errors.As(r.Err, &leak) {
			t.Errorf("%s: got %v, want a leak", c.name, r.Err)
			continue
		}
		found := false
		for _, l := range leak.Leaks {
			found = found || l.What == c.what
		}
		if !found {
			t.Errorf("%s: got %v, want %q", c.name, leak.Leaks, c.what)
		}
		if strings.Contains(leak.Error(), "Мелков") {
			t.Errorf("%s: the message repeats the name", c.name)
		}
		left, _ := filepath.Glob(filepath.Join(out, "demo", "*"))
		if len(left) > 0 {
			t.Errorf("%s: %v is left", c.name, left)
		}
	}
}

func TestNoFalseAlarm(t *testing.T) {
	// Указкин has consented; «доска» and «мелков» are school things; the
	// school's own telephone is public.
	r, _ := build(t, func(s *profile.School) {
		s.Report.Practice = "Наставник Указкин Аржан Эркеменович провёл урок у доски, купили пять коробок мелков. Телефон школы: +7 (900) 000-00-00."
	}, "school_report")
	if r.Failed() {
		t.Errorf("a false alarm: %v", r.Err)
	}
}

func TestHolds(t *testing.T) {
	for _, c := range []struct {
		text, words string
		want        bool
	}{
		{"пара Мелков Т.О. и другие", "Мелков", true},
		{"Мелковский переулок", "Мелков", false},
		{"подМелков", "Мелков", false},
		{"Мелков", "Мелков", true},
	} {
		if got := holds(c.text, c.words); got != c.want {
			t.Errorf("holds(%q, %q): got %t, want %t", c.text, c.words, got, c.want)
		}
	}
}
