package diag

import (
	"strings"
	"testing"
)

func TestPlace(t *testing.T) {
	for _, c := range []struct {
		place Place
		want  string
	}{
		{Place{}, ""},
		{Place{File: "profile.toml"}, "profile.toml"},
		{Place{File: "profile.toml", Line: 12}, "profile.toml:12"},
		{Place{File: "profile.toml", Line: 12, Col: 3}, "profile.toml:12:3"},
		{Place{File: "справка.docx", In: "таблица 2, строка 3"}, "справка.docx: таблица 2, строка 3"},
		{Place{In: "абзац 4"}, "абзац 4"},
	} {
		if got := c.place.String(); got != c.want {
			t.Errorf("%+v: got %q, want %q", c.place, got, c.want)
		}
	}
}

func TestFormat(t *testing.T) {
	p := &Problem{Code: "E05", Text: "нет ключа «клас»", Hint: "возможно, «класс»",
		Place: Place{File: "справка.docx", Around: "… {{ клас }} …", Caret: 5, Width: 4}}
	want := "справка.docx: нет ключа «клас» [E05]\n    … {{ клас }} …\n         ^^^^\n  подсказка: возможно, «класс»"
	if got := p.Format(); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	p.Place.Caret = 99 // past the end: under the last letter's right
	if got := strings.Split(p.Format(), "\n")[2]; len([]rune(got)) > 4+14+4 {
		t.Errorf("the caret stands outside the words: %q", got)
	}
}

func TestList(t *testing.T) {
	var list List
	if list.Err() != nil || list.Failed() {
		t.Error("an empty list is an error")
	}
	list.Warn(Place{File: "b", Line: 2}, "второе")
	if list.Err() != nil {
		t.Error("a warning stops")
	}
	list.Add(Place{File: "a", Line: 9}, "третье %d", 3)
	list.Note(Place{File: "a", Line: 1}, "первое")
	if list.Err() == nil {
		t.Error("an error does not stop")
	}
	list.Sort()
	var texts []string
	for _, p := range list {
		texts = append(texts, p.Text)
	}
	if got, want := strings.Join(texts, ", "), "первое, третье 3, второе"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

func TestNearest(t *testing.T) {
	names := []string{"order_pairs", "order_plan", "minutes", "name_short", "школа"}
	for _, c := range []struct{ name, want string }{
		{"order_pair", "order_pairs"},
		{"nmae_short", "name_short"}, // two neighbours swapped count once
		{"Minutes", "minutes"},
		{"шкала", "школа"},
		{"regulation", ""},
		{"", ""},
	} {
		if got := Nearest(c.name, names); got != c.want {
			t.Errorf("Nearest(%q): got %q, want %q", c.name, got, c.want)
		}
	}
}
