package profile

import "nastavnik/internal/diag"

// find looks an entry up by its id and returns nil when there is none.
func find[T any](list []T, id string, key func(*T) string) *T {
	for i := range list {
		if key(&list[i]) == id && id != "" {
			return &list[i]
		}
	}
	return nil
}

// Person returns the person of this id, nil when there is none. Those that
// the district lends are among them.
func (s *School) Person(id string) *Person {
	return find(s.People, id, func(p *Person) string { return p.ID })
}

// Form returns the chosen form of this id, nil when there is none.
func (s *School) Form(id string) *Form {
	return find(s.Forms, id, func(f *Form) string { return f.ID })
}

// Pair returns the pair of this id, nil when there is none.
func (s *School) Pair(id string) *Pair {
	return find(s.Pairs, id, func(p *Pair) string { return p.ID })
}

// Partner returns the partner of this id, nil when there is none.
func (s *School) Partner(id string) *Partner {
	return find(s.Partners, id, func(p *Partner) string { return p.ID })
}

// Act returns the act of this id, nil when there is none.
func (s *School) Act(id string) *Act {
	return find(s.Acts, id, func(a *Act) string { return a.ID })
}

// Mentor returns what [[mentors]] says of a person, nil when nothing.
func (s *School) Mentor(person string) *Mentor {
	return find(s.Mentors, person, func(m *Mentor) string { return m.Person })
}

// Mentee returns what [[mentees]] says of a person, nil when nothing.
func (s *School) Mentee(person string) *Mentee {
	return find(s.Mentees, person, func(m *Mentee) string { return m.Person })
}

// Person returns the district's person of this id, nil when there is none.
func (m *Municipality) Person(id string) *Person {
	return find(m.People, id, func(p *Person) string { return p.ID })
}

// School returns the district's school of this id, nil when there is none
// or its file could not be read.
func (m *Municipality) School(id string) *School {
	for _, s := range m.Schools {
		if s.School.ID == id {
			return s
		}
	}
	return nil
}

// Place returns where a key stands: «people[3].last», «school.inn». A key
// that the file does not have stands at the nearest table around it, and in
// the end at the file as a whole.
func (s *School) Place(path string) diag.Place { return s.places.at(path) }

// Place returns where a key of a district's profile stands; see School.Place.
func (m *Municipality) Place(path string) diag.Place { return m.places.at(path) }
