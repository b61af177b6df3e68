package roster

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"nastavnik/internal/diag"
	"nastavnik/internal/profile"
	"nastavnik/internal/russian"
)

// Changes is what a merge did to a profile, for the person to see.
type Changes struct {
	NewPeople, NewPairs, NewForms, NewPartners []string
	Filled                                     []string  // «Указкин А. Э.: стаж»
	Kept                                       diag.List // where the profile says another thing than the list; the profile stays
	Same                                       int       // people and pairs that the profile has already
}

// Empty reports that the profile has everything.
func (c *Changes) Empty() bool {
	return len(c.NewPeople)+len(c.NewPairs)+len(c.NewForms)+len(c.NewPartners)+len(c.Filled) == 0
}

// merger puts a roster into the text of a profile.
type merger struct {
	r        *Roster
	s        *profile.School // nil for a file of the list alone
	e        *profile.Editor
	names    register
	changes  Changes
	ids      map[string]bool // taken by people
	idOf     map[*Person]string
	partners map[string]string // by name
	taken    map[string]bool   // by partners
}

// Merge returns a profile's text with the people and pairs of a roster. text
// is the file's bytes and s what they say; both may be empty. Comments, order
// and everything else of the text stay. What the profile says already wins;
// empty keys are filled.
func (r *Roster) Merge(name string, text []byte, s *profile.School) ([]byte, *Changes, error) {
	e, list := profile.NewEditor(name, text)
	if err := list.Err(); err != nil {
		return nil, nil, err
	}
	m := &merger{r: r, s: s, e: e, names: registerOf(s), ids: map[string]bool{}, idOf: map[*Person]string{}, partners: map[string]string{}, taken: map[string]bool{}}
	if m.s == nil {
		m.s = &profile.School{}
	}
	for _, p := range m.s.People {
		m.ids[p.ID] = true
	}
	for _, p := range m.s.Partners {
		m.taken[p.ID] = true
		m.partners[normal(p.Name)], m.partners[normal(p.NameShort)] = p.ID, p.ID
	}
	delete(m.partners, "")
	for _, p := range r.People {
		if err := m.person(p); err != nil {
			return nil, nil, err
		}
	}
	if err := m.forms(); err != nil {
		return nil, nil, err
	}
	if err := m.pairs(); err != nil {
		return nil, nil, err
	}
	b, err := e.Bytes()
	return b, &m.changes, err
}

// fresh returns an id that is not taken: base, base2, base3.
func fresh(base string, taken map[string]bool) string {
	if base == "" {
		base = "x"
	}
	base = strings.Trim(base[:min(len(base), 30)], "-")
	id := base
	for n := 2; taken[id]; n++ {
		id = base + strconv.Itoa(n)
	}
	taken[id] = true
	return id
}

func (m *merger) partner(name string) (string, error) {
	if id, found := m.partners[normal(name)]; found {
		return id, nil
	}
	short := name
	if _, quoted, found := strings.Cut(name, "«"); found {
		short, _, _ = strings.Cut(quoted, "»")
	}
	id := fresh(profile.Latin(short), m.taken)
	m.partners[normal(name)] = id
	m.changes.NewPartners = append(m.changes.NewPartners, name)
	return id, m.e.Append("partners", []profile.KV{{Key: "id", Value: id}, {Key: "name", Value: name}})
}

func (m *merger) person(p *Person) error {
	if old := m.names.known(&p.Person); old != nil {
		m.idOf[p] = old.ID
		return m.fill(old, p)
	}
	org := ""
	if p.Org != "" && (p.Kind == "external" || p.Kind == "student") {
		id, err := m.partner(p.Org)
		if err != nil {
			return err
		}
		org = id
	}
	id := fresh(profile.Latin(p.Last), m.ids)
	m.idOf[p] = id
	keys := []profile.KV{{Key: "id", Value: id}, {Key: "last", Value: p.Last}, {Key: "first", Value: p.First}}
	text := func(key, value string) {
		if value != "" {
			keys = append(keys, profile.KV{Key: key, Value: value})
		}
	}
	text("middle", p.Middle)
	if russian.GuessGender(p.Last, p.First, p.Middle) == russian.Unknown {
		text("sex", p.Sex)
	}
	text("kind", p.Kind)
	text("position", p.Position)
	text("class", p.Class)
	if !p.Birth.IsZero() {
		keys = append(keys, profile.KV{Key: "birth", Value: p.Birth})
	}
	text("org", org)
	text("category", p.Category)
	if p.Experience != nil {
		keys = append(keys, profile.KV{Key: "experience", Value: *p.Experience})
	}
	if c := contract(p); len(c) > 0 {
		keys = append(keys, profile.KV{Key: "contract", Value: c})
	}
	text("phone", p.Phone)
	text("email", p.Email)
	if p.Representative != nil {
		keys = append(keys, profile.KV{Key: "representative", Value: representative(p)})
	}
	m.changes.NewPeople = append(m.changes.NewPeople, p.full())
	return m.e.Append("people", keys)
}

func contract(p *Person) []profile.KV {
	var c []profile.KV
	if p.Contract.Number != "" {
		c = append(c, profile.KV{Key: "number", Value: p.Contract.Number})
	}
	if !p.Contract.Date.IsZero() {
		c = append(c, profile.KV{Key: "date", Value: p.Contract.Date})
	}
	return c
}

func representative(p *Person) []profile.KV {
	r := p.Representative
	keys := []profile.KV{{Key: "last", Value: r.Last}, {Key: "first", Value: r.First}}
	if r.Middle != "" {
		keys = append(keys, profile.KV{Key: "middle", Value: r.Middle})
	}
	if r.Relation != "" {
		keys = append(keys, profile.KV{Key: "relation", Value: r.Relation})
	}
	return keys
}

// fill adds to a person of the profile what only the list knows.
func (m *merger) fill(old *profile.Person, p *Person) error {
	i := slices.IndexFunc(m.s.People, func(q profile.Person) bool { return q.ID == old.ID })
	at := fmt.Sprintf("people[%d]", i)
	if !m.e.Has(at) { // lent by the district: its file is not ours to change
		m.changes.Same++
		return nil
	}
	before := len(m.changes.Filled)
	var failed error
	set := func(key string, value any) {
		if err := m.e.Set(at+"."+key, value); err != nil {
			failed = err
			return
		}
		m.changes.Filled = append(m.changes.Filled, p.full()+": "+fieldRu(key))
	}
	text := func(key, was, is string) {
		switch {
		case is == "" || normal(was) == normal(is):
		case was == "":
			set(key, is)
		default:
			m.changes.Kept.Note(diag.Place{File: m.r.Book.Name, In: fmt.Sprintf("лист «%s», строка %d", p.at.sheet, p.at.row)},
				"%s: %s в списке %q, в профиле %q; оставлено как в профиле", p.full(), fieldRu(key), is, was)
		}
	}
	text("position", old.Position, p.Position)
	text("class", old.Class, p.Class)
	text("category", old.Category, p.Category)
	if onlyDigits(old.Phone) != onlyDigits(p.Phone) {
		text("phone", old.Phone, p.Phone)
	}
	text("email", old.Email, p.Email)
	switch {
	case p.Birth.IsZero() || p.Birth == old.Birth:
	case old.Birth.IsZero():
		set("birth", p.Birth)
	}
	switch {
	case p.Experience == nil:
	case old.Experience == nil:
		set("experience", *p.Experience)
	case *old.Experience != *p.Experience:
		text("experience", strconv.Itoa(*old.Experience), strconv.Itoa(*p.Experience))
	}
	if c := contract(p); len(c) > 0 && old.Contract == (profile.DateNumber{}) {
		set("contract", c)
	}
	if p.Representative != nil && old.Representative == nil {
		set("representative", representative(p))
	}
	if len(m.changes.Filled) == before {
		m.changes.Same++
	}
	return failed
}

// forms adds the forms that pairs need and the profile has not chosen.
func (m *merger) forms() error {
	chosen := map[string]bool{}
	for _, f := range m.s.Forms {
		chosen[f.ID] = true
	}
	for _, p := range m.r.Pairs {
		if chosen[p.Form] {
			continue
		}
		chosen[p.Form] = true
		m.changes.NewForms = append(m.changes.NewForms, p.Form)
		if err := m.e.Append("forms", []profile.KV{{Key: "id", Value: p.Form}}); err != nil {
			return err
		}
	}
	return nil
}

func (m *merger) pairs() error {
	ids := map[string]bool{}
	have := map[string]bool{}
	for _, p := range m.s.Pairs {
		ids[p.ID] = true
		have[pairKey(p.Form, p.Mentors, p.Mentees, p.MenteeClass)] = true
	}
	next := len(m.s.Pairs) + 1
	for _, p := range m.r.Pairs {
		var mentors, mentees []string
		for _, q := range p.Mentors {
			mentors = append(mentors, m.idOf[q])
		}
		for _, q := range p.Mentees {
			mentees = append(mentees, m.idOf[q])
		}
		k := pairKey(p.Form, mentors, mentees, p.MenteeClass)
		if have[k] {
			m.changes.Same++
			continue
		}
		have[k] = true
		for ids["p"+strconv.Itoa(next)] {
			next++
		}
		id := "p" + strconv.Itoa(next)
		ids[id] = true
		keys := []profile.KV{{Key: "id", Value: id}, {Key: "form", Value: p.Form}, {Key: "mentors", Value: mentors}}
		if len(mentees) > 0 {
			keys = append(keys, profile.KV{Key: "mentees", Value: mentees})
		}
		for _, f := range []struct{ key, value string }{{"mentee_class", p.MenteeClass}, {"role_model", p.RoleModel}, {"direction", p.Direction}, {"topic", p.Topic}} {
			if f.value != "" {
				keys = append(keys, profile.KV{Key: f.key, Value: f.value})
			}
		}
		if !p.Start.IsZero() {
			keys = append(keys, profile.KV{Key: "start", Value: p.Start})
		}
		if !p.End.IsZero() {
			keys = append(keys, profile.KV{Key: "end", Value: p.End})
		}
		for _, f := range []struct{ key, value string }{{"schedule", p.Schedule}, {"request", p.Request}, {"goal", p.Goal}} {
			if f.value != "" {
				keys = append(keys, profile.KV{Key: f.key, Value: f.value})
			}
		}
		m.changes.NewPairs = append(m.changes.NewPairs, p.title())
		if err := m.e.Append("pairs", keys); err != nil {
			return err
		}
	}
	return nil
}

// title names a pair for a person: «Указкин А. Э. – Параграфова А. И.».
func (p *Pair) title() string {
	names := func(list []*Person) string {
		var words []string
		for _, q := range list {
			words = append(words, russian.Person{Last: q.Last, First: q.First, Middle: q.Middle}.Short().Nom())
		}
		return strings.Join(words, ", ")
	}
	mentees := names(p.Mentees)
	if mentees == "" {
		mentees = p.MenteeClass + " класс"
	}
	return names(p.Mentors) + " – " + mentees
}

func pairKey(form string, mentors, mentees []string, class string) string {
	a, b := slices.Sorted(slices.Values(mentors)), slices.Sorted(slices.Values(mentees))
	return form + "|" + strings.Join(a, ",") + "|" + strings.Join(b, ",") + "|" + class
}

// String tells of a pair in one line: who, in which form, when.
func (p *Pair) String() string {
	s := p.title()
	if p.Form != "" {
		s += "; " + formRu(p.Form, nil)
	}
	switch {
	case !p.Start.IsZero() && !p.End.IsZero():
		s += "; " + p.Start.Short() + " – " + p.End.Short()
	case !p.Start.IsZero():
		s += "; с " + p.Start.Short()
	}
	return s
}
