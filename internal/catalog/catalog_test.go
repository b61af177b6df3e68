package catalog

import (
	"os"
	"path/filepath"
	"slices"
	"testing"

	"nastavnik/internal/profile"
)

func library(t *testing.T) *Library {
	t.Helper()
	l, err := Open(os.DirFS("../../templates"))
	if err != nil {
		t.Fatal(err)
	}
	return l
}

func school(t *testing.T, name string) *profile.School {
	t.Helper()
	s, problems := profile.Load(filepath.Join("../../samples", name))
	if problems.Failed() {
		t.Fatal(problems.Err())
	}
	return s
}

func ids(set Set) []string {
	var out []string
	for _, j := range set.Jobs {
		out = append(out, j.Document.ID)
	}
	return out
}

func TestPlan(t *testing.T) {
	l := library(t)
	for _, name := range []string{"demo-2026/school.toml", "004-zakharvan/school.toml", "002-sargat/school.toml", "003-gymnasium144/school.toml"} {
		set, err := l.Plan(school(t, name), Selection{})
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		for _, id := range []string{"minutes", "order_launch", "regulation", "roadmap"} {
			if !slices.Contains(ids(set), id) {
				t.Errorf("%s: no %s among %v", name, id, ids(set))
			}
		}
	}
}

// Acts stand only in documents that their dates and scopes allow.
func TestActsByDate(t *testing.T) {
	l := library(t)
	has := func(s *profile.School, doc, act string) bool {
		v := newBuilder(l, s, false).view.docByID(doc)
		return slices.ContainsFunc(v.Acts, func(a Act) bool { return a.ID == act })
	}
	demo, old := school(t, "demo-2026/school.toml"), school(t, "002-sargat/school.toml")
	for _, c := range []struct {
		name   string
		school *profile.School
		doc    string
		act    string
		want   bool
	}{
		{"the labour code's article from 2025", demo, "regulation", "tk3518", true},
		{"and not before", old, "regulation", "tk3518", false},
		{"the concept of 2025", demo, "order_launch", "rp1264", true},
		{"and not before it", old, "order_launch", "rp1264", false},
		{"the letter on teachers is not cited before its day", old, "order_launch", "az1128", false},
		{"a decree that is no longer cited", demo, "order_launch", "ukaz204", false},
		{"the methodology where children take part", demo, "order_launch", "r145", true},
	} {
		if got := has(c.school, c.doc, c.act); got != c.want {
			t.Errorf("%s: %s cites %s: got %t, want %t", c.name, c.doc, c.act, got, c.want)
		}
	}
}

func TestPreamble(t *testing.T) {
	got := preamble([]Act{
		{Level: "federal", FullIns: "Федеральным законом № 1"},
		{Level: "regional", Full: "приказ", FullGen: "приказа Министерства № 2"},
		{Level: "federal", Letter: true, FullGen: "письма № 3"},
	}, "full")
	want := "В соответствии с Федеральным законом № 1, во исполнение приказа Министерства № 2, с учётом письма № 3"
	if got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestWorkdays(t *testing.T) {
	notice := profile.Date{Year: 2026, Month: 11, Day: 12} // Thursday
	if got, want := afterWorkdays(notice, 3, nil), (profile.Date{Year: 2026, Month: 11, Day: 17}); got != want {
		t.Errorf("three working days after %v: got %v, want %v", notice, got, want)
	}
	sunday := profile.Date{Year: 2026, Month: 11, Day: 15}
	if got, want := workday(sunday, []profile.Date{{Year: 2026, Month: 11, Day: 13}}), notice; got != want {
		t.Errorf("workday before a Sunday and a holiday: got %v, want %v", got, want)
	}
}

// Look-alike letters of the second language are mended when the profile asks.
func TestMendedLetterhead(t *testing.T) {
	s := school(t, "004-zakharvan/school.toml")
	s.Letterhead.Lines = []profile.LetterLine{{Ru: "ШКОЛА", Alt: "ЙӨЗӨС ВЕЛӨДАНIН"}}
	s.Letterhead.FixHomoglyphs = true
	if got, want := newBuilder(library(t), s, false).view.Letterhead.Lines[0].Alt, "ЙӦЗӦС ВЕЛӦДАНІН"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	s.Letterhead.FixHomoglyphs = false
	if got := newBuilder(library(t), s, false).view.Letterhead.Lines[0].Alt; got != "ЙӨЗӨС ВЕЛӨДАНIН" {
		t.Errorf("letters were changed unasked: %q", got)
	}
}
