package catalog

import (
	"fmt"
	"strings"
	"testing"

	"nastavnik/internal/profile"
)

func TestSeveral(t *testing.T) {
	government := "распоряжением Правительства Российской Федерации от" + nbsp
	for _, c := range []struct {
		name string
		acts []string
		want string
	}{
		{"one", []string{government + "31.12.2019"}, government + "31.12.2019"},
		{"two of one kind", []string{government + "31.12.2019 № 3273-р", government + "21.05.2025 № 1264-р"},
			"распоряжениями Правительства Российской Федерации от" + nbsp + "31.12.2019 № 3273-р и от" + nbsp + "21.05.2025 № 1264-р"},
		{"three of one kind", []string{"приказа отдела от" + nbsp + "1", "приказа отдела от" + nbsp + "2", "приказа отдела от" + nbsp + "3"},
			"приказов отдела от" + nbsp + "1, от" + nbsp + "2 и от" + nbsp + "3"},
		{"two issuers", []string{"приказа отдела от" + nbsp + "1", "приказа управления от" + nbsp + "2"},
			"приказа отдела от" + nbsp + "1, приказа управления от" + nbsp + "2"},
		{"no date", []string{"статьёй 351.8", "приказом отдела"}, "статьёй 351.8, приказом отдела"},
	} {
		if got := several(c.acts); got != c.want {
			t.Errorf("%s: got %q, want %q", c.name, got, c.want)
		}
	}
}

func TestOneYear(t *testing.T) {
	for _, c := range [][2]string{
		{"сентябрь" + nbsp + "2026" + nbsp + "г. – октябрь" + nbsp + "2026" + nbsp + "г.", "сентябрь" + nbsp + "– октябрь" + nbsp + "2026" + nbsp + "г."},
		{"октябрь" + nbsp + "2026" + nbsp + "г. – май" + nbsp + "2027" + nbsp + "г.", "октябрь" + nbsp + "2026" + nbsp + "г. – май" + nbsp + "2027" + nbsp + "г."},
		{"до 25.09.2026", "до 25.09.2026"},
	} {
		if got := oneYear(c[0]); got != c[1] {
			t.Errorf("got %q, want %q", got, c[1])
		}
	}
}

// The library's texts speak of a college, a lyceum, a gymnasium as such, and
// no brace is left where a word was meant.
func TestSchoolWord(t *testing.T) {
	l := library(t)
	for kind, word := range map[string]string{"college": "колледж", "gymnasium": "гимнази", "lyceum": "лице", "sosh": "школ"} {
		s := school(t, "demo-2026/school.toml")
		s.School.Type = kind
		for _, id := range profile.FormIDs {
			if s.Form(id) == nil {
				s.Forms = append(s.Forms, profile.Form{ID: id})
			}
		}
		v := newBuilder(l, s, false).view
		text := fmt.Sprint(v.Forms, v.Roadmap, v.Kinds)
		for _, slot := range []string{"{школа}", "{школы}", "{школе}", "{школу}", "{школой}", "{heads}"} {
			if strings.Contains(text, slot) {
				t.Errorf("%s: %s is left", kind, slot)
			}
		}
		if !strings.Contains(text, word) {
			t.Errorf("%s: no %q", kind, word)
		}
		if kind == "college" && (strings.Contains(text, "в школе") || strings.Contains(text, "классные руководители")) {
			t.Error("a college is called a school")
		}
	}
}

// A deputy who acts for the director signs as acting director.
func TestActing(t *testing.T) {
	l := library(t)
	for _, c := range [][2]string{
		{"директор", "исполняющий обязанности директора"},
		{"директор школы", "исполняющий обязанности директора школы"},
		{"заместитель директора по учебной работе", "исполняющий обязанности директора"},
		{"учитель физики", "исполняющий обязанности директора"},
	} {
		s := school(t, "demo-2026/school.toml")
		s.School.Acting = true
		s.Person(s.School.Director).Position = c[0]
		if got := newBuilder(l, s, false).view.Director.Position.Nom; got != c[1] {
			t.Errorf("%s: got %q, want %q", c[0], got, c[1])
		}
	}
}

// A pair that begins in November still gets acquainted, one that ends in
// December still sums up.
func TestPlanWithin(t *testing.T) {
	b := newBuilder(library(t), school(t, "demo-2026/school.toml"), false)
	rows := []PlanRow{{When: "сентябрь", Task: "знакомство"}, {When: "октябрь"}, {When: "ноябрь"}, {When: "декабрь"}, {When: "май", Task: "итог"}}
	got := b.planWithin(rows, &profile.Pair{Start: profile.Date{Year: 2026, Month: 11, Day: 16}, End: profile.Date{Year: 2026, Month: 12, Day: 25}})
	var when []string
	for i, r := range got {
		when = append(when, r.When)
		if r.N != i+1 {
			t.Errorf("row %d is numbered %d", i+1, r.N)
		}
	}
	if want := "ноябрь ноябрь декабрь декабрь"; strings.Join(when, " ") != want || got[0].Task != "знакомство" || got[3].Task != "итог" {
		t.Errorf("got %v, want %s", when, want)
	}
}

func TestDutiesOfMany(t *testing.T) {
	got := ofMany([]string{"посещать уроки наставляемого, приглашать его на свои уроки и разбирать их вместе", "встречаться с наставляемым в школе", "помогать наставляемому"})
	want := "[посещать уроки наставляемых, приглашать их на свои уроки и разбирать их вместе встречаться с наставляемыми в школе помогать наставляемым]"
	if fmt.Sprint(got) != want {
		t.Errorf("got %v, want %s", got, want)
	}
}
