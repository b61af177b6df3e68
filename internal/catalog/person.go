package catalog

import (
	"strconv"
	"strings"
	"unicode/utf8"

	"nastavnik/internal/profile"
	"nastavnik/internal/russian"
)

// nameOf puts a name into every form that papers use; forms that the profile
// gives win over the rules of grammar.
func nameOf(p russian.Person, own profile.Cases) Name {
	full := casesOf(p.Full()).over(own)
	short := casesOf(p.Short())
	// An own form of the whole name changes the surname in the short one too.
	initials := strings.TrimPrefix(p.Signature(), "")
	if at := strings.LastIndex(initials, nbsp+p.Last); at >= 0 {
		initials = initials[:at]
		for _, form := range []struct {
			own string
			to  *string
		}{{own.Gen, &short.Gen}, {own.Dat, &short.Dat}, {own.Acc, &short.Acc}, {own.Ins, &short.Ins}, {own.Pre, &short.Pre}} {
			if form.own != "" {
				*form.to = strings.Join(strings.Fields(form.own)[:surnameWords(p.Last, form.own)], " ") + nbsp + initials
			}
		}
	}
	call := strings.TrimSpace(p.First + " " + p.Middle)
	return Name{Nom: full.Nom, Gen: full.Gen, Dat: full.Dat, Acc: full.Acc, Ins: full.Ins, Pre: full.Pre,
		Short: short, Sign: p.Signature(), Call: call}
}

// surnameWords is how many words of a full name belong to the surname.
func surnameWords(last, full string) int {
	return min(len(strings.Fields(last)), len(strings.Fields(full)))
}

// person turns an entry of [[people]] into what papers say of it on a date.
func (b *builder) person(id string) Person {
	if p, known := b.people[id]; known {
		return p
	}
	entry := b.school.Person(id)
	if entry == nil {
		return Person{}
	}
	p := b.personOf(entry)
	b.people[id] = p
	return p
}

func gender(sex string, last, first, middle string) russian.Gender {
	if g := russian.ParseGender(sex); g != russian.Unknown {
		return g
	}
	return russian.GuessGender(last, first, middle)
}

func (b *builder) personOf(e *profile.Person) Person {
	g := gender(e.Sex, e.Last, e.First, e.Middle)
	p := Person{
		ID: e.ID, Known: true,
		Name:     nameOf(russian.Person{Last: e.Last, First: e.First, Middle: e.Middle, Gender: g, Indeclinable: e.Indeclinable}, e.Cases),
		Female:   g == russian.Feminine,
		Kind:     e.Kind,
		Staff:    e.Kind == "staff",
		Pupil:    e.Kind == "pupil",
		Class:    classOf(e.Class),
		Phone:    text(e.Phone),
		Email:    e.Email,
		Birth:    dateOf(e.Birth),
		Publish:  e.Publish,
		Contract: refOf(e.Contract.Date, e.Contract.Number),
	}
	if e.Category != "нет" {
		p.Category = e.Category
	}
	if e.Experience != nil {
		p.Experience = russian.Count(*e.Experience, "год", "года", "лет")
		if *e.Experience == 0 {
			p.Experience = "менее года"
		}
	}
	if partner := b.school.Partner(e.Org); partner != nil {
		p.Org = text(partner.NameShort)
		if p.Org == "" {
			p.Org = text(partner.Name)
		}
	}

	p.Position = b.positionOf(e, p, g)
	p.Title, p.Titles = upper(p.Position.Nom), p.Position.upper()
	switch {
	case p.Pupil:
		p.Place = p.Position.Nom
		if p.Class != "" {
			p.Place = p.Class + nbsp + "класс"
		}
	case p.Org != "" && e.Kind != "staff":
		p.Place = strings.TrimPrefix(p.Position.Nom+", "+p.Org, ", ")
	default:
		p.Place = p.Position.Nom
	}
	who := p.Position
	if p.Org != "" && !p.Staff {
		who = who.plus(" ", fixed("("+p.Org+")"))
	}
	p.Who = who.plus(" ", Cases{p.Name.Nom, p.Name.Gen, p.Name.Dat, p.Name.Acc, p.Name.Ins, p.Name.Pre})
	p.WhoShort = who.plus(" ", p.Name.Short)

	b.ageOf(e, &p)
	if r := e.Representative; r != nil {
		rg := gender(r.Sex, r.Last, r.First, r.Middle)
		p.Parent = Parent{Known: true, Name: nameOf(russian.Person{Last: r.Last, First: r.First, Middle: r.Middle, Gender: rg, Indeclinable: r.Indeclinable}, r.Cases),
			Relation: r.Relation, Female: rg == russian.Feminine}
	}
	if b.public && !p.Publish && !b.official(e.ID) {
		p = hidden(p)
	}
	return p
}

// heads reports whether a post is that of a school's head.
func (b *builder) heads(post string) bool {
	post = strings.ToLower(post)
	for _, head := range [...]string{"директор", "начальник", "ректор", "руководитель"} {
		if strings.HasPrefix(post, head) {
			return true
		}
	}
	return b.school.School.Type == "kindergarten" && strings.HasPrefix(post, "заведующ")
}

// positionOf returns the post of a grown-up, or «обучающийся 9 «А» класса».
func (b *builder) positionOf(e *profile.Person, p Person, g russian.Gender) Cases {
	switch {
	case e.ID == b.school.School.Director && b.school.School.Acting && !strings.HasPrefix(e.Position, "исполн"):
		post := e.Position
		if !b.heads(post) { // a deputy acts for the head, not for himself
			post = "директор"
			if b.school.School.Type == "kindergarten" {
				post = "заведующий"
			}
		}
		return casesOf(russian.Post("исполняющий обязанности "+casesOf(russian.Post(post, g)).Gen, russian.Masculine))
	case e.Position != "":
		return casesOf(russian.Post(text(e.Position), g)).over(e.PositionCases)
	case e.Kind == "pupil":
		c := Cases{"обучающийся", "обучающегося", "обучающемуся", "обучающегося", "обучающимся", "обучающемся"}
		if p.Female {
			c = Cases{"обучающаяся", "обучающейся", "обучающейся", "обучающуюся", "обучающейся", "обучающейся"}
		}
		if p.Class == "" {
			return c
		}
		return c.plus(" ", fixed(p.Class+nbsp+"класса"))
	case e.Kind == "student":
		if p.Female {
			return Cases{"студентка", "студентки", "студентке", "студентку", "студенткой", "студентке"}
		}
		return Cases{"студент", "студента", "студенту", "студента", "студентом", "студенте"}
	case e.Kind == "graduate":
		if p.Female {
			return Cases{"выпускница", "выпускницы", "выпускнице", "выпускницу", "выпускницей", "выпускнице"}
		}
		return Cases{"выпускник", "выпускника", "выпускнику", "выпускника", "выпускником", "выпускнике"}
	}
	return Cases{}.over(e.PositionCases)
}

// ageOf decides on the day for which the view is made: a pupil without a
// birth date is a minor, of the age usual in the class.
func (b *builder) ageOf(e *profile.Person, p *Person) {
	grade := gradeOf(e.Class)
	age := 0
	switch {
	case !e.Birth.IsZero():
		age = b.citation.Years(e.Birth)
	case e.Kind == "pupil":
		age = min(grade+6, 17)
	default:
		age = 18
	}
	p.Minor = age < 18
	p.Over14 = age >= 14
	p.Junior = e.Kind == "pupil" && grade > 0 && grade <= 6
	p.Little = e.Kind == "pupil" && grade > 0 && grade <= 4
}

// gradeOf is the number of a class: 9 for «9А», 0 when there is none.
func gradeOf(class string) int {
	n, _ := strconv.Atoi(strings.TrimRightFunc(class, func(r rune) bool { return r < '0' || r > '9' }))
	return n
}

// classOf writes a class as papers do: «9 «А»».
func classOf(class string) string {
	digits := strings.TrimRightFunc(class, func(r rune) bool { return r < '0' || r > '9' })
	letter := strings.Trim(class[len(digits):], " «»\"")
	if letter == "" || utf8.RuneCountInString(letter) > 2 {
		return class
	}
	return digits + nbsp + "«" + letter + "»"
}

// official reports whether a person stands in public papers by office.
func (b *builder) official(id string) bool {
	return id == b.school.School.Director || id == b.school.Curator.Person
}

// hidden keeps of a person what a public paper may say: a child is «обучающийся»,
// a grown-up is the post.
func hidden(p Person) Person {
	c := p.Position
	if p.Pupil {
		c = Cases{"обучающийся", "обучающегося", "обучающемуся", "обучающегося", "обучающимся", "обучающемся"}
	}
	if c.Nom == "" {
		c = Cases{"участник", "участника", "участнику", "участника", "участником", "участнике"}
	}
	return Person{ID: p.ID, Known: true, Female: p.Female, Kind: p.Kind, Staff: p.Staff, Pupil: p.Pupil,
		Name:     Name{Nom: c.Nom, Gen: c.Gen, Dat: c.Dat, Acc: c.Acc, Ins: c.Ins, Pre: c.Pre, Short: c, Sign: c.Nom, Call: c.Nom},
		Position: c, Who: c, WhoShort: c, Title: upper(c.Nom), Titles: c.upper(), Place: c.Nom,
		Minor: p.Minor, Over14: p.Over14, Junior: p.Junior,
		Birth: dateOf(profile.Date{}), Contract: refOf(profile.Date{}, "")}
}

// freePerson makes a person of a name written in the profile as plain text:
// «Шаблонов Виктор Ильич».
func freePerson(name, position string) (Name, Cases, bool) {
	words := strings.Fields(name)
	for len(words) < 3 {
		words = append(words, "")
	}
	g := russian.GuessGender(words[0], words[1], words[2])
	return nameOf(russian.Person{Last: words[0], First: words[1], Middle: words[2], Gender: g}, profile.Cases{}), casesOf(russian.Post(text(position), g)), g == russian.Feminine
}

// postCases declines a post or another noun phrase.
func postCases(s string) Cases { return casesOf(russian.Post(s, russian.Unknown)) }
