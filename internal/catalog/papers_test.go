package catalog

import (
	"slices"
	"strings"
	"testing"

	"nastavnik/internal/profile"
)

// job returns the only job of a document in the whole set of a school.
func job(t *testing.T, s *profile.School, id string) Job {
	t.Helper()
	set, err := library(t).Plan(s, Selection{IDs: []string{id}})
	if err != nil {
		t.Fatal(err)
	}
	if len(set.Jobs) != 1 {
		t.Fatalf("got %d papers of %s, want 1", len(set.Jobs), id)
	}
	return set.Jobs[0]
}

// A notice carries the day on which it was handed over, not that of the order
// that follows it, and is signed by the side that gives it.
func TestNotice(t *testing.T) {
	s := school(t, "demo-2026/school.toml")
	v := job(t, s, "notice_end").View
	if got, want := v.Doc.Date.Short, "10.11.2026"; got != want {
		t.Errorf("date: got %s, want %s", got, want)
	}
	if got, want := v.Doc.Signer.ID, "m2"; got != want {
		t.Errorf("a worker's refusal: signer %s, want %s", got, want)
	}
	if got, want := job(t, s, "order_change").View.Doc.Ref, "от\u00a013.11.2026 №\u00a0118-ОД"; got != want {
		t.Errorf("the order: got %s, want %s", got, want)
	}
	s.Changes[0].Reason = "cancelled"
	if got, want := job(t, s, "notice_end").View.Doc.Signer.ID, "dir"; got != want {
		t.Errorf("the employer's notice: signer %s, want %s", got, want)
	}
}

// An addendum names only mentees who are employees of the school.
func TestAddendumMentees(t *testing.T) {
	s := school(t, "demo-2026/school.toml")
	s.Pairs = append(s.Pairs, profile.Pair{ID: "x", Form: "employer_pedstudent", Mentors: []string{"m1"}, Mentees: []string{"e3"}})
	set, err := library(t).Plan(s, Selection{IDs: []string{"addendum", "consent_mentor"}})
	if err != nil {
		t.Fatal(err)
	}
	want := map[string]string{
		"addendum":       "Параграфовой Алины Игоревны",
		"consent_mentor": "Параграфовой Алины Игоревны, Переменкина Егора Львовича",
	}
	for _, j := range set.Jobs {
		if got := j.View.Person.Others.Gen; j.View.Person.ID == "m1" && got != want[j.Document.ID] {
			t.Errorf("%s: got %s, want %s", j.Document.ID, got, want[j.Document.ID])
		}
	}
}

// The copy of an order for the site leaves out the list of those acquainted.
func TestPublicAcquaintance(t *testing.T) {
	for _, public := range []bool{false, true} {
		set, err := library(t).Plan(school(t, "demo-2026/school.toml"), Selection{IDs: []string{"order_group"}, Public: public})
		if err != nil {
			t.Fatal(err)
		}
		if got := len(set.Jobs[0].View.Ack) == 0; got != public {
			t.Errorf("public %v: no list %v", public, got)
		}
	}
}

// A form tells the types of its mentors, each once.
func TestMentorTypes(t *testing.T) {
	v := &newBuilder(library(t), school(t, "001-onguday/schools/inya.toml"), false).view
	if got, want := strings.Join(v.Forms[0].MentorTypes, ", "), "наставник-консультант, наставник-предметник"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

// Everybody whose line stands in a paper is among its signers.
func TestSigners(t *testing.T) {
	for _, test := range []struct {
		ids  []string
		doc  string
		want []string
	}{
		{[]string{"agreement", "pair:p3"}, "agreement",
			[]string{"Звонкова Полина Романовна", "Мелков Тимур Олегович", "Звонкова Ольга Павловна", "Мелков Олег Ильич", "Журналова Тамара Сергеевна"}},
		{[]string{"partner_agreement"}, "partner_agreement", []string{"Учебная Нина Саввична", "Шаблонов Виктор Ильич"}},
		{[]string{"notice_end"}, "notice_end", []string{"Дополненко Игорь Львович"}},
		{[]string{"pair:p4"}, "consent_parent", []string{"Переменкина Любовь Фоминична", "Переменкин Егор Львович"}},
	} {
		set, err := library(t).Plan(school(t, "demo-2026/school.toml"), Selection{IDs: test.ids})
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, j := range set.Jobs {
			if j.Document.ID == test.doc && (test.doc != "agreement" || j.View.Pair.ID == "p3") {
				for _, p := range j.Signers {
					got = append(got, p.Name.Nom)
				}
			}
		}
		if !slices.Equal(got, test.want) {
			t.Errorf("%s: got %v, want %v", test.doc, got, test.want)
		}
	}
}

// Two mentors of one mentee are a group, but the mentee is one.
func TestMany(t *testing.T) {
	s := school(t, "demo-2026/school.toml")
	s.Pairs[0].Mentors = []string{"m1", "m3"}
	p := newBuilder(library(t), s, false).view.AllPairs[0]
	if !p.Group || !p.ManyMentors || p.ManyMentees {
		t.Errorf("got group %v, mentors %v, mentees %v, want true, true, false", p.Group, p.ManyMentors, p.ManyMentees)
	}
}

// An agreement with a partner takes its date and number from the partner.
func TestPartnerAgreement(t *testing.T) {
	v := job(t, school(t, "demo-2026/school.toml"), "partner_agreement").View
	if got, want := v.Doc.Ref, "от\u00a010.09.2026 №\u00a03"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	if got, want := v.Partner.HeadTitle, "Директор"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

// A post in a petition begins with a capital, and a pair whose time runs on
// after the school year is told from those that end.
func TestTitlesAndContinues(t *testing.T) {
	s := school(t, "demo-2026/school.toml")
	s.Pairs[0].End = profile.Date{Year: 2028, Month: 5, Day: 31}
	v := &newBuilder(library(t), s, false).view
	if got, want := v.Director.Titles.Dat, "Директору"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	if !v.AllPairs[0].Continues || v.AllPairs[2].Continues {
		t.Errorf("continues: got %v and %v, want true and false", v.AllPairs[0].Continues, v.AllPairs[2].Continues)
	}
}

// TestOnDate holds the orders of September to the pairs of September: the
// mentor whom an order of November brought in stands in neither.
func TestOnDate(t *testing.T) {
	tests := []struct {
		name string
		date profile.Date
		want string // the mentors, in order
	}{
		{"before the change", profile.Date{Year: 2026, Month: 9, Day: 11}, "m1 m2 e1 x1"},
		{"without a date the year's beginning", profile.Date{}, "m1 m2 e1 x1"},
		{"after the order of the change", profile.Date{Year: 2026, Month: 11, Day: 16}, "m1 m3 e1 x1"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			s := school(t, "demo-2026/school.toml")
			order := s.Docs["order_pairs"]
			order.Date = test.date
			s.Docs["order_pairs"] = order
			view := job(t, s, "order_pairs").View
			var mentors, pairs []string
			for _, m := range view.Mentors {
				mentors = append(mentors, m.ID)
			}
			for _, f := range view.Forms {
				for _, p := range f.Pairs {
					pairs = append(pairs, p.Mentor.ID)
				}
			}
			if got := strings.Join(mentors, " "); got != test.want {
				t.Errorf("got mentors %s, want %s", got, test.want)
			}
			if got := strings.Join(pairs, " "); got != test.want {
				t.Errorf("got mentors of pairs %s, want %s", got, test.want)
			}
		})
	}
}
