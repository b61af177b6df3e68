package roster

import (
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"nastavnik/internal/diag"
	"nastavnik/internal/profile"
)

// key is a full name for comparing: ё as е, small letters.
func (p *Person) key() string { return nameKey(p.Last, p.First, p.Middle) }

func nameKey(last, first, middle string) string {
	return normal(last + " " + first + " " + middle)
}

// fits reports whether a person may be the one that initials name.
func fits(short, full *profile.Person) bool {
	initial := func(a, b string) bool {
		if a == "" || b == "" {
			return a == ""
		}
		x, _ := utf8.DecodeRuneInString(normal(a))
		y, _ := utf8.DecodeRuneInString(normal(b))
		return x == y
	}
	return normal(short.Last) == normal(full.Last) && initial(short.First, full.First) && initial(short.Middle, full.Middle)
}

// differ reports two people of one name who cannot be one person.
func differ(a, b *profile.Person) bool {
	return !a.Birth.IsZero() && !b.Birth.IsZero() && a.Birth != b.Birth ||
		a.Class != "" && b.Class != "" && a.Class != b.Class && classDigits(a.Class) != classDigits(b.Class)
}

func classDigits(class string) string { return onlyDigits(class) }

// add takes a person into the roster, or joins what it says to the same
// person met before, and returns the one that stays.
func (r *Roster) add(p *Person) *Person {
	if p.initials {
		return r.byInitials(p)
	}
	for _, q := range r.byName[p.key()] {
		if q == p {
			return q
		}
		if !differ(&p.Person, &q.Person) {
			join(&q.Person, &p.Person)
			return q
		}
	}
	return r.keep(p)
}

func (r *Roster) keep(p *Person) *Person {
	r.People = append(r.People, p)
	r.byName[p.key()] = append(r.byName[p.key()], p)
	last := normal(p.Last)
	r.byLast[last] = append(r.byLast[last], p)
	return p
}

func (r *Roster) byInitials(p *Person) *Person {
	var found []*Person
	for _, q := range r.byLast[normal(p.Last)] {
		if q == p {
			return q
		}
		if fits(&p.Person, &q.Person) && !differ(&p.Person, &q.Person) {
			found = append(found, q)
		}
	}
	if len(found) == 1 {
		join(&found[0].Person, &p.Person)
		return found[0]
	}
	return r.keep(p)
}

// join fills the empty fields of a person from another record of the same.
func join(to, from *profile.Person) {
	text := func(a *string, b string) {
		if *a == "" {
			*a = b
		}
	}
	text(&to.Middle, from.Middle)
	text(&to.Sex, from.Sex)
	text(&to.Kind, from.Kind)
	text(&to.Position, from.Position)
	text(&to.Class, from.Class)
	text(&to.Org, from.Org)
	text(&to.Category, from.Category)
	text(&to.Phone, from.Phone)
	text(&to.Email, from.Email)
	text(&to.Contract.Number, from.Contract.Number)
	if to.Contract.Date.IsZero() {
		to.Contract.Date = from.Contract.Date
	}
	if to.Birth.IsZero() {
		to.Birth = from.Birth
	}
	if to.Experience == nil {
		to.Experience = from.Experience
	}
	if to.Representative == nil {
		to.Representative = from.Representative
	}
}

// settle joins the people of pairs, gives pairs their form and tells what
// only the whole list shows.
func (r *Roster) settle(o Options) {
	for _, p := range r.Pairs { // full names first, so that initials find them
		for _, side := range [][]*Person{p.Mentors, p.Mentees} {
			for i, person := range side {
				if !person.initials {
					side[i] = r.add(person)
				}
			}
		}
	}
	for _, p := range r.Pairs {
		for _, side := range [][]*Person{p.Mentors, p.Mentees} {
			for i, person := range side {
				if person.initials {
					side[i] = r.byInitials(person)
				}
			}
		}
	}
	old := registerOf(o.Old)
	r.outsiders(old)
	r.whoTheyAre(old)
	r.initialsOnly(old)
	kept := r.Pairs[:0]
	for _, p := range r.Pairs {
		r.formOf(p, o)
		same := slices.ContainsFunc(p.Mentees, func(q *Person) bool { return slices.Contains(p.Mentors, q) })
		if same {
			r.failRow(p.at, "наставник и наставляемый – один человек: %s", p.Mentors[0].full())
		}
		broken := func(q *Person) bool { return len(r.bad[q.at]) > 0 && q.at == p.at }
		if len(r.bad[p.at]) > 0 || slices.ContainsFunc(p.Mentors, broken) || slices.ContainsFunc(p.Mentees, broken) {
			continue
		}
		kept = append(kept, p)
	}
	r.Pairs = kept
	r.People = slices.DeleteFunc(r.People, func(p *Person) bool { return len(r.bad[p.at]) > 0 })
	r.twicePaired()
	for i := range r.Lists {
		if r.Lists[i].Rows == 0 {
			r.Problems.Warn(diag.Place{File: r.Book.Name, In: "лист «" + r.Lists[i].Sheet.Name + "»"}, "под заголовком нет ни одной строки")
		}
	}
}

func (p *Person) full() string {
	return strings.Join(strings.Fields(p.Last+" "+p.First+" "+p.Middle), " ")
}

func (r *Roster) failRow(at rowID, format string, args ...any) *diag.Problem {
	text := fmt.Sprintf(format, args...)
	r.bad[at] = append(r.bad[at], text)
	return r.Problems.Add(diag.Place{File: r.Book.Name, In: fmt.Sprintf("лист «%s», строка %d", at.sheet, at.row)}, "%s", text)
}

// outsiders are those whom the form of their pair shows to be no employees of
// the school, whatever their post.
func (r *Roster) outsiders(old register) {
	for _, p := range r.Pairs {
		mentor, mentee := "", ""
		switch p.Form {
		case "employer_pupil", "partner_ped", "prof_young":
			mentor = "external"
		case "student_pupil":
			mentor = "student"
		case "employer_student", "employer_pedstudent":
			mentee = "student"
		}
		for _, side := range []struct {
			people []*Person
			kind   string
		}{{p.Mentors, mentor}, {p.Mentees, mentee}} {
			for _, q := range side.people {
				if side.kind != "" && (q.Kind == "" || q.Kind == "staff") && old.known(&q.Person) == nil {
					q.Kind = side.kind
				}
			}
		}
	}
}

// whoTheyAre looks people up in the profile and tells of those whose kind
// nothing shows.
func (r *Roster) whoTheyAre(old register) {
	for _, p := range r.People {
		if q := old.known(&p.Person); q != nil {
			if p.Kind == "" {
				p.Kind = q.Kind
			}
			if p.initials {
				p.Last, p.First, p.Middle, p.initials = q.Last, q.First, q.Middle, false
			}
			continue
		}
		if p.Kind == "" && !p.initials {
			r.failRow(p.at, "%s: не видно, кто это – нет ни должности, ни класса", p.full()).Hint = "добавьте столбец «Должность», «Класс» или «Кто это»"
		}
		if p.Kind == "external" && p.Org == "" && !p.initials {
			r.failRow(p.at, "%s: не указана организация", p.full()).Hint = "добавьте столбец «Организация»: человек не из школы представляет партнёра"
		}
	}
}

// register is the people of a profile by surname.
type register map[string][]*profile.Person

func registerOf(s *profile.School) register {
	r := register{}
	if s != nil {
		for i := range s.People {
			p := &s.People[i]
			r[normal(p.Last)] = append(r[normal(p.Last)], p)
		}
	}
	return r
}

// known finds a person in a profile, nil when there is none or several.
func (r register) known(p *profile.Person) *profile.Person {
	var found *profile.Person
	for _, q := range r[normal(p.Last)] {
		full := nameKey(q.Last, q.First, q.Middle) == nameKey(p.Last, p.First, p.Middle)
		if (full || strings.Contains(p.First, ".") && fits(p, q)) && !differ(p, q) {
			if found != nil {
				return nil
			}
			found = q
		}
	}
	return found
}

// initialsOnly tells of people named by initials whom no list names in full.
func (r *Roster) initialsOnly(old register) {
	for _, p := range r.People {
		if p.initials && old.known(&p.Person) == nil {
			r.failRow(p.at, "%s: имя не полное, а полного нет ни в списках, ни в профиле", p.full()).Hint = "впишите имя и отчество: из инициала падеж не построить"
		}
	}
}

// formOf chooses the form of a pair by who stands in it, when no column says.
func (r *Roster) formOf(p *Pair, o Options) {
	if p.Form != "" || len(p.Mentors) == 0 {
		return
	}
	mentor, mentee := p.Mentors[0].Kind, "pupil"
	if len(p.Mentees) > 0 {
		mentee = p.Mentees[0].Kind
	}
	staff := "ped_ped" // from 2021-12-21; before, the form of the methodology
	if o.Year != "" && o.Year < "2021-2022" {
		staff = "teacher_teacher"
	}
	if o.Old != nil && o.Old.Form("ped_ped") == nil && o.Old.Form("teacher_teacher") != nil {
		staff = "teacher_teacher"
	}
	switch mentor + " " + mentee {
	case "staff staff":
		p.Form = staff
	case "pupil pupil":
		p.Form = "pupil_pupil"
	case "student pupil", "graduate pupil":
		p.Form = "student_pupil"
	case "external pupil":
		p.Form = "employer_pupil"
	case "staff student", "external student":
		p.Form = "employer_student"
	case "external staff":
		p.Form = "partner_ped"
	default:
		hint := "добавьте столбец «Форма»"
		if mentor == "staff" && mentee == "pupil" {
			hint = "формы «учитель – ученик» в методологии нет; свою назовите в столбце «Форма»: custom-teacher-pupil"
		}
		r.failRow(p.at, "не видно, какая это форма наставничества").Hint = hint
	}
}

// twicePaired warns of a mentee in two pairs and of a pair that stands twice.
func (r *Roster) twicePaired() {
	seen := map[*Person]*Pair{}
	for _, p := range r.Pairs {
		for _, q := range p.Mentees {
			if before := seen[q]; before != nil && before.Form == p.Form {
				r.Problems.Warn(diag.Place{File: r.Book.Name, In: fmt.Sprintf("лист «%s», строка %d", p.at.sheet, p.at.row)},
					"наставляемый %s уже в паре строки %d", q.full(), before.at.row)
			}
			seen[q] = p
		}
	}
}
