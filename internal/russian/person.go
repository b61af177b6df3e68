package russian

import "strings"

// nbsp is the no-break space, U+00A0.
const nbsp = "\u00a0"

// Person is a name as documents know it. First and Middle may be empty, and
// may be initials, which do not decline. When Gender is Unknown it is guessed.
type Person struct {
	Last, First, Middle string
	Gender              Gender
	Indeclinable        bool // the bearer says that the surname does not change
}

// sex returns the gender given or guessed.
func (p Person) sex() Gender {
	if p.Gender != Unknown {
		return p.Gender
	}
	return GuessGender(p.Last, p.First, p.Middle)
}

// String returns «Фамилия Имя Отчество» in the nominative.
func (p Person) String() string {
	return strings.Join(strings.Fields(p.Last+" "+p.First+" "+p.Middle), " ")
}

// Full returns «Фамилия Имя Отчество» in six cases.
func (p Person) Full() Forms {
	var space [12]piece
	g := p.sex()
	pieces := p.appendSurname(space[:0], g)
	pieces = appendName(pieces, p.First, firstPart, g)
	pieces = appendName(pieces, p.Middle, middlePart, g)
	return compose(pieces)
}

// Surname returns the surname in six cases.
func (p Person) Surname() Forms {
	var space [8]piece
	return compose(p.appendSurname(space[:0], p.sex()))
}

// FirstName returns the first name in six cases.
func (p Person) FirstName() Forms {
	var space [8]piece
	return compose(appendName(space[:0], p.First, firstPart, p.sex()))
}

// Patronymic returns the patronymic in six cases.
func (p Person) Patronymic() Forms {
	var space [8]piece
	return compose(appendName(space[:0], p.Middle, middlePart, p.sex()))
}

// NamePatronymic returns «Имя Отчество», as people are addressed, in six
// cases.
func (p Person) NamePatronymic() Forms {
	var space [12]piece
	g := p.sex()
	pieces := appendName(space[:0], p.First, firstPart, g)
	return compose(appendName(pieces, p.Middle, middlePart, g))
}

// Initials returns «И. И.» with a no-break space, «А.-М. И.» for a double
// name.
func (p Person) Initials() string {
	first, middle := initials(p.First), initials(p.Middle)
	if first == "" || middle == "" {
		return first + middle
	}
	return first + nbsp + middle
}

// Short returns «Петров И. И.» in six cases, with no-break spaces.
func (p Person) Short() Forms {
	var space [8]piece
	pieces := p.appendSurname(space[:0], p.sex())
	if in := p.Initials(); in != "" {
		pieces = append(pieces, piece{text: nbsp}, piece{text: in})
	}
	return compose(pieces)
}

// Signature returns «И. И. Петров» with no-break spaces, as under a paper.
func (p Person) Signature() string {
	if in := p.Initials(); in != "" {
		return in + nbsp + p.Last
	}
	return p.Last
}

// SignatureForms is Signature in six cases: «И. И. Петрову».
func (p Person) SignatureForms() Forms {
	var space [8]piece
	pieces := space[:0]
	if in := p.Initials(); in != "" {
		pieces = append(pieces, piece{text: in}, piece{text: nbsp})
	}
	var room [8]piece
	return compose(append(pieces, p.appendSurname(room[:0], p.sex())...))
}

func (p Person) appendSurname(pieces []piece, g Gender) []piece {
	if p.Indeclinable {
		return append(pieces, piece{text: p.Last})
	}
	return appendName(pieces, p.Last, surnamePart, g)
}

// initials returns «И.» for «Иван», «А.-М.» for «Анна-Мария», «Р.» for
// «Рашид кызы»; initials stay as they are.
func initials(s string) string {
	s = strings.TrimSpace(s)
	if s == "" || strings.Contains(s, ".") {
		return s
	}
	s, _, _ = strings.Cut(s, " ")
	var b strings.Builder
	for i, part := range strings.Split(s, "-") {
		if part == "" || isParticleOfPatronymic(part) {
			continue
		}
		if i > 0 {
			b.WriteByte('-')
		}
		for _, r := range part {
			b.WriteRune(r)
			break
		}
		b.WriteByte('.')
	}
	return b.String()
}

func isParticleOfPatronymic(s string) bool {
	switch strings.ToLower(s) {
	case "оглы", "кызы", "гызы", "улы", "уулу", "оол":
		return true
	}
	return false
}
