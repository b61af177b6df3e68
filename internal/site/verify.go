package site

import (
	"fmt"
	"slices"
	"strings"
	"unicode"

	"nastavnik/internal/generate"
	"nastavnik/internal/pdfread"
	"nastavnik/internal/profile"
	"nastavnik/internal/russian"
)

// secret is a text that no public file may hold.
type secret struct {
	what   string // for the message: «имя ребёнка», never the name
	text   string // folded as fold does; digits only for telephones
	digits bool
}

// secretsOf gathers what a target's profile knows and a site must not tell:
// the names of children and their parents, of grown-ups without consent,
// telephones and addresses that are not for publication, birth dates, private
// notes.
func secretsOf(loaded generate.Loaded) []secret {
	g := &gatherer{public: map[string]bool{}}
	var staff []profile.Person
	if m := loaded.District; m != nil {
		g.allow(m.Coordinator.PhonePublic, m.Coordinator.EmailPublic, m.Authority.Phone, m.Authority.Email)
		staff = m.People
		g.officials(m.People, m.Authority.Head, m.Coordinator.Person)
	}
	for _, s := range peopleOf(loaded) {
		g.allow(s.Curator.PhonePublic, s.Curator.EmailPublic, s.School.Phone, s.School.Email, s.Site.ContactPhone)
		g.officials(s.People, s.School.Director, s.Curator.Person)
	}
	for i := range staff {
		g.person(&staff[i], loaded.District.Authority.Head, loaded.District.Coordinator.Person)
	}
	for _, s := range peopleOf(loaded) {
		for i := range s.People {
			g.person(&s.People[i], s.School.Director, s.Curator.Person)
		}
	}
	return g.list
}

// gatherer collects secrets; public holds what may be told all the same.
type gatherer struct {
	list   []secret
	public map[string]bool
}

func (g *gatherer) allow(texts ...string) {
	for _, t := range texts {
		g.public[fold(t)] = true
		g.public[digitsOf(t)] = true
	}
}

// officials may be named: the head and the curator, and those who consented.
func (g *gatherer) officials(people []profile.Person, ids ...string) {
	for i := range people {
		p := &people[i]
		if slices.Contains(ids, p.ID) || p.Publish && p.Kind != "pupil" {
			for _, form := range nameForms(p.Last, p.First, p.Middle, p.Sex) {
				g.public[form] = true
			}
			for _, form := range surnameForms(p.Last, p.First, p.Middle, p.Sex) {
				g.public[form] = true
			}
		}
	}
}

func (g *gatherer) add(what, text string) {
	if text = fold(text); len([]rune(text)) >= 4 && !g.public[text] {
		g.list = append(g.list, secret{what: what, text: text})
	}
}

func (g *gatherer) person(p *profile.Person, officials ...string) {
	official := slices.Contains(officials, p.ID)
	child := p.Kind == "pupil"
	switch {
	case child:
		g.names("имя ребёнка", p.Last, p.First, p.Middle, p.Sex, true)
	case !official && !p.Publish:
		g.names("имя взрослого без согласия на публикацию", p.Last, p.First, p.Middle, p.Sex, false)
	}
	if r := p.Representative; r != nil {
		g.names("имя родителя", r.Last, r.First, r.Middle, r.Sex, true)
	}
	if d := digitsOf(p.Phone); len(d) >= 6 && !g.public[d] {
		g.list = append(g.list, secret{what: "личный телефон", text: d, digits: true})
	}
	if p.Email != "" {
		g.add("личная почта", p.Email)
	}
	if !p.Birth.IsZero() {
		g.add("дата рождения", p.Birth.Short())
		g.add("дата рождения", p.Birth.Long())
	}
	g.add("закрытая заметка", p.PrivateNote)
}

// names forbids a name in all its forms; alone also the bare surname, which
// tells a child in a small school.
func (g *gatherer) names(what, last, first, middle, sex string, alone bool) {
	for _, form := range nameForms(last, first, middle, sex) {
		g.add(what, form)
	}
	if alone {
		for _, form := range surnameForms(last, first, middle, sex) {
			g.add(what, form)
		}
	}
}

func personOf(last, first, middle, sex string) russian.Person {
	gender := russian.ParseGender(sex)
	if gender == russian.Unknown {
		gender = russian.GuessGender(last, first, middle)
	}
	return russian.Person{Last: last, First: first, Middle: middle, Gender: gender}
}

// nameForms are the whole name, the surname with the first name, and the
// surname with initials before and after, in every case.
func nameForms(last, first, middle, sex string) []string {
	p := personOf(last, first, middle, sex)
	var out []string
	add := func(s string) {
		if s = fold(s); s != "" && !slices.Contains(out, s) {
			out = append(out, s)
		}
	}
	full, short, surname, name := p.Full(), p.Short(), p.Surname(), p.FirstName()
	for c := range full {
		add(full[c])
		add(short[c])
		add(surname[c] + " " + name[c])
		if initials, found := strings.CutPrefix(fold(short[c]), fold(surname[c])); found {
			add(initials + " " + surname[c])
		}
	}
	return out
}

func surnameForms(last, first, middle, sex string) []string {
	p := personOf(last, first, middle, sex)
	var out []string
	for _, form := range p.Surname() {
		// The capital stays: «Мелков» is a name, «мелков» is chalk.
		if form = spaces(form); len([]rune(form)) >= 4 && !slices.Contains(out, form) {
			out = append(out, form)
		}
	}
	return out
}

// fold makes texts comparable: one kind of blank, none between initials.
func fold(s string) string {
	s = spaces(s)
	return strings.ReplaceAll(s, ". ", ".")
}

// spaces turns every run of blanks into one space, and drops soft hyphens.
func spaces(s string) string {
	s = strings.ReplaceAll(s, "\u00ad", "")
	return strings.Join(strings.FieldsFunc(s, unicode.IsSpace), " ")
}

func digitsOf(s string) string {
	var b strings.Builder
	for _, r := range s {
		if r >= '0' && r <= '9' {
			b.WriteRune(r)
		}
	}
	d := b.String()
	if len(d) == 11 && (d[0] == '7' || d[0] == '8') {
		d = d[1:]
	}
	return d
}

// verify reads every finished file back and looks for each secret.
func verify(secrets []secret, made []generate.Made, files []generate.File) []Leak {
	var leaks []Leak
	look := func(name, text string) {
		for _, what := range search(secrets, text) {
			leak := Leak{File: name, What: what}
			if !slices.Contains(leaks, leak) {
				leaks = append(leaks, leak)
			}
		}
	}
	for _, m := range made {
		name := m.Name + ".pdf"
		text, err := pdfText(m.Paper.PDF)
		if err != nil {
			leaks = append(leaks, Leak{File: name, What: "файл не удалось прочитать для проверки: " + err.Error()})
			continue
		}
		look(name, text)
		look(name, name)
	}
	for _, f := range files {
		look(f.Name, htmlText(string(f.Data)))
	}
	return leaks
}

// search returns what secrets a text holds.
func search(secrets []secret, text string) []string {
	folded := fold(text)
	digits := phoneDigits(text)
	var found []string
	for _, s := range secrets {
		hit := false
		if s.digits {
			hit = strings.Contains(digits, s.text)
		} else {
			hit = holds(folded, s.text)
		}
		if hit && !slices.Contains(found, s.what) {
			found = append(found, s.what)
		}
	}
	return found
}

// holds reports whether text has the words as whole words.
func holds(text, words string) bool {
	for from := 0; ; {
		at := strings.Index(text[from:], words)
		if at < 0 {
			return false
		}
		at += from
		end := at + len(words)
		if !letterBefore(text, at) && !letterAfter(text, end) {
			return true
		}
		from = at + 1
	}
}

func letterBefore(s string, at int) bool {
	r := []rune(s[max(0, at-4):at])
	return len(r) > 0 && unicode.IsLetter(r[len(r)-1])
}

func letterAfter(s string, at int) bool {
	for _, r := range s[at:] {
		return unicode.IsLetter(r)
	}
	return false
}

// phoneDigits keeps the digits of a text; what no telephone has inside stays
// as a gap, so that two numbers never run together.
func phoneDigits(s string) string {
	var b strings.Builder
	for _, r := range s {
		switch {
		case r >= '0' && r <= '9':
			b.WriteRune(r)
		case strings.ContainsRune(" \u00a0()-–+\u2011", r):
		default:
			b.WriteByte(' ')
		}
	}
	return b.String()
}

// pdfText is everything that a reader or a program may find in a PDF: the text
// of its pages in both orders, every text string of its objects (metadata,
// bookmarks, alternative texts, links), its XMP and attachments.
func pdfText(b []byte) (string, error) {
	f, err := pdfread.Open(b)
	if err != nil {
		return "", err
	}
	var out strings.Builder
	for _, p := range f.Pages() {
		for _, piece := range f.Pieces(p) {
			out.WriteString(piece.Text + " ")
		}
		out.WriteByte('\n')
		out.WriteString(f.PageText(p) + "\n")
	}
	f.Objects(func(_ pdfread.Ref, o pdfread.Object) {
		gatherStrings(&out, o)
		if s, isStream := o.(*pdfread.Stream); isStream {
			if name := f.Name(s.Dict["Type"]); name == "Metadata" || name == "EmbeddedFile" {
				if data, err := f.Decode(s); err == nil {
					out.Write(data)
					out.WriteByte('\n')
				}
			}
		}
	})
	return out.String(), nil
}

// gatherStrings gathers the text strings of an object and of all that it holds.
func gatherStrings(b *strings.Builder, o pdfread.Object) {
	switch o := o.(type) {
	case pdfread.String:
		fmt.Fprintln(b, o.Text())
	case pdfread.Array:
		for _, item := range o {
			gatherStrings(b, item)
		}
	case pdfread.Dict:
		for _, item := range o {
			gatherStrings(b, item)
		}
	case *pdfread.Stream:
		gatherStrings(b, o.Dict)
	}
}

// htmlText is a page without its tags, with the values of its attributes.
func htmlText(s string) string {
	var b strings.Builder
	in := false
	for _, r := range s {
		switch {
		case r == '<':
			in = true
			b.WriteByte(' ')
		case r == '>':
			in = false
			b.WriteByte(' ')
		case in && (r == '"' || r == '='):
			b.WriteByte(' ')
		default:
			b.WriteRune(r)
		}
	}
	return strings.NewReplacer("&amp;", "&", "&#34;", `"`, "&#39;", "'", "&lt;", "<", "&gt;", ">").Replace(b.String())
}
