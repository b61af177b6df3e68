package catalog

import (
	"fmt"
	"slices"
	"strings"

	"nastavnik/internal/profile"
)

// Set is the documents of one school, or of a district, that a run makes.
type Set struct {
	Jobs    []Job
	Skipped []Skipped
}

// Job is one document to fill: a template, the view it is filled from, and
// the words that tell its file from others of the same template.
type Job struct {
	Document *Document
	View     *View
	Suffix   string // «Указкин А. Э.»; "" when there is one such document
	Signers  []Person
}

// Title names the job in lists and file names: «Согласие …, Указкин А. Э.».
func (j Job) Title() string {
	if j.Suffix == "" {
		return j.Document.Title
	}
	return j.Document.Title + " – " + j.Suffix
}

// FileTitle is Title for a file name: short, so that the suffix is not cut off.
func (j Job) FileTitle() string {
	title := j.Document.File
	if title == "" {
		title = j.Document.Title
	}
	if j.Suffix == "" {
		return title
	}
	return title + " – " + j.Suffix
}

// Skipped is a document that does not apply, and why.
type Skipped struct {
	Document *Document
	Reason   string
}

// Selection says which documents a run makes.
type Selection struct {
	IDs    []string // of documents or presets; empty is every document that applies
	Public bool     // the public copies, without personal data
	Emblem []byte   // the picture that letterhead.emblem of the profile names
}

// Presets are the names that stand for several documents, besides pair:ID.
var Presets = [...]string{"all", "typical", "start", "consents", "year_end", "site", "change", "municipal"}

// Names are all that Selection.IDs may hold, for messages.
func (l *Library) Names() []string {
	names := slices.Clone(Presets[:])
	for _, d := range l.Documents {
		names = append(names, d.ID)
	}
	return names
}

// wants returns the pair that a selection narrows to ("" for all) and whether
// the document is asked for.
func (s Selection) wants(d *Document) (pair string, wanted bool) {
	if len(s.IDs) == 0 {
		return "", true
	}
	for _, id := range s.IDs {
		if p, found := strings.CutPrefix(id, "pair:"); found && slices.Contains(d.Presets, "pair") {
			return p, true
		}
		if id == d.ID || id == "all" || slices.Contains(d.Presets, id) {
			return "", true
		}
	}
	return "", false
}

// Plan says which documents a school's profile gives: one job for each paper,
// and the reason for each document that does not apply.
func (l *Library) Plan(s *profile.School, sel Selection) (Set, error) {
	b := newBuilder(l, s, sel.Public)
	b.view.Letterhead.Emblem = sel.Emblem
	var set Set
	for _, d := range l.Documents {
		pair, wanted := sel.wants(d)
		if !wanted || d.Per == "municipality" || sel.Public && d.Audience != "public" {
			continue
		}
		if own, named := s.Docs[d.ID]; named && own.Include != nil && !*own.Include {
			set.Skipped = append(set.Skipped, Skipped{d, "выключен в профиле: docs." + d.ID + ".include = false"})
			continue
		}
		views := b.views(d, pair)
		if len(views) == 0 {
			set.Skipped = append(set.Skipped, Skipped{d, nobody[d.Per]})
			continue
		}
		reason := ""
		for _, v := range views {
			why, err := d.applies(v)
			if err != nil {
				return Set{}, err
			}
			if why != "" {
				if reason != "-" {
					reason = why
				}
				continue
			}
			if err := b.complete(d, v); err != nil {
				return Set{}, err
			}
			set.Jobs = append(set.Jobs, Job{Document: d, View: v, Suffix: suffix(d, v), Signers: b.signers(d, v)})
			reason = "-"
		}
		if reason != "-" {
			set.Skipped = append(set.Skipped, Skipped{d, reason})
		}
	}
	b.view.Docs.mark(set.Jobs)
	return set, nil
}

// mark marks the documents that the set makes.
func (d *Docs) mark(jobs []Job) {
	for _, j := range jobs {
		if doc := d.byID(j.Document.ID); doc != nil {
			doc.Made = true
		}
	}
}

// nobody says why a document made for each of somebody has nobody.
var nobody = map[string]string{
	"pair": "в профиле нет действующих пар", "mentor": "в профиле нет наставников", "mentee": "в профиле нет взрослых наставляемых",
	"adult": "в профиле нет взрослых участников по именам", "minor": "в профиле нет несовершеннолетних участников по именам",
	"participant": "в профиле нет участников по именам", "form": "в профиле нет форм наставничества",
	"partner": "в профиле нет организаций-партнёров", "award": "в профиле нет поощрений ([[awards]])",
	"change": "в профиле нет изменений состава пар ([[changes]])",
}

// views returns a view for each paper of a document; narrowed to one pair
// when pair is not "".
func (b *builder) views(d *Document, pair string) []*View {
	var out []*View // a View is large
	add := func(set func(v *View)) {
		v := new(View)
		*v = b.view
		set(v)
		out = append(out, v)
	}
	inPair := func(p *Pair) bool { return pair == "" || p.ID == pair }
	of := func(p Participant) bool { return slices.ContainsFunc(p.Pairs, func(x Pair) bool { return inPair(&x) }) }
	people := func(list []Participant, fits func(p Participant) bool) {
		for _, p := range list {
			if (len(p.Pairs) == 0 && pair == "" || of(p)) && p.Name.Nom != "" && fits(p) {
				add(func(v *View) { v.Person = p; v.Pair = firstPair(p) })
			}
		}
	}
	anybody := func(Participant) bool { return true }
	switch d.Per {
	case "school":
		add(func(*View) {})
	case "pair":
		for _, p := range b.view.AllPairs {
			if (p.Active || p.ID == pair) && inPair(&p) {
				add(func(v *View) { v.Pair = p; v.Form = b.formByID(p.FormID) })
			}
		}
	case "mentor":
		people(b.view.Mentors, anybody)
	case "mentee":
		people(b.view.Mentees, func(p Participant) bool { return !p.Minor })
	case "adult":
		people(b.everybody(), func(p Participant) bool { return !p.Minor })
	case "minor":
		people(b.everybody(), func(p Participant) bool { return p.Minor })
	case "participant":
		people(b.everybody(), anybody)
	case "form":
		for _, f := range b.view.Forms {
			add(func(v *View) { v.Form = f })
		}
	case "partner":
		for _, p := range b.view.Partners {
			add(func(v *View) { v.Partner = p })
		}
	case "award":
		for _, a := range b.view.Awards {
			add(func(v *View) { v.Award = a })
		}
	case "change":
		for i := range b.school.Changes {
			c := b.change(&b.school.Changes[i])
			if inPair(&c.Pair) || inPair(&c.NewPair) {
				add(func(v *View) { v.Change = c; v.Pair = c.NewPair })
			}
		}
	}
	return out
}

func firstPair(p Participant) Pair {
	for _, pair := range p.Pairs {
		if pair.Active {
			return pair
		}
	}
	if len(p.Pairs) > 0 {
		return p.Pairs[0]
	}
	return Pair{}
}

// everybody is each participant once, a mentor who is also a mentee as a mentor.
func (b *builder) everybody() []Participant {
	list := slices.Clone(b.view.Mentors)
	for _, p := range b.view.Mentees {
		if !slices.ContainsFunc(list, func(x Participant) bool { return x.ID == p.ID }) {
			list = append(list, p)
		}
	}
	return list
}

// complete fills what belongs to one document: its own entry, the heading,
// the list of those acquainted.
func (b *builder) complete(d *Document, v *View) error {
	v.Doc = v.docByID(d.ID)
	if v.Doc.ID == "" {
		v.Doc = b.doc(d)
	}
	if d.OnDate {
		b.onDate(v, v.Doc.Date.Day)
	}
	switch d.Per {
	case "change":
		b.dated(d, v, v.Change.Order)
		if d.ID == "notice_end" {
			b.noticed(d, v)
		}
	case "partner":
		b.dated(d, v, v.Partner.Agreement)
	case "mentor":
		if d.ID == "addendum" {
			v.Person = v.Person.within(func(p Pair) bool { return p.Labour })
			b.dated(d, v, v.Person.Addendum)
		}
		if d.ID == "consent_mentor" {
			b.dated(d, v, Ref{Date: v.Person.Consent})
		}
	}
	if (d.Signer == "person" || d.Signer == "mentor") && d.Per != "change" {
		v.Doc.Signer = v.Person.Person
		if d.Per == "pair" {
			v.Doc.Signer = v.Pair.Mentor
		}
	}
	v.Ack = b.acquainted(d, v)
	if v.Doc.Heading == "" {
		heading, err := d.headingOf(v)
		if err != nil {
			return err
		}
		v.Doc.Heading = heading
	}
	return nil
}

// noticed gives a notice its own day, not that of the order which follows it,
// and its signer: the worker who refuses, or the director who cancels.
func (b *builder) noticed(d *Document, v *View) {
	own := v.docByID(d.ID)
	own.Acts, own.Preamble = nil, ""
	own.Signer = v.Director
	if v.Change.ByWorker {
		own.Signer = v.Change.Old
	}
	b.cite(d, &own, v.Change.Notice.Day)
	v.Doc = own
	b.dated(d, v, Ref{Date: v.Change.Notice, Number: own.Number})
}

// dated gives a document the date and number that the profile keeps elsewhere
// than in [docs].
func (b *builder) dated(d *Document, v *View, r Ref) {
	if !r.Date.Known && r.Number == "" {
		return
	}
	v.Doc.Date, v.Doc.Number = r.Date, r.Number
	v.Doc.NumberLine, v.Doc.Ref = numberLine(r.Number), refOf(r.Date.Day, r.Number).Text
	v.Doc.Known = r.Date.Known && r.Number != ""
	v.Doc.Acts, v.Doc.Preamble = nil, ""
	b.cite(d, &v.Doc, r.Date.Day)
}

// suffix tells papers of one template apart in file names.
func suffix(d *Document, v *View) string {
	switch d.Per {
	case "pair":
		return v.Pair.Title
	case "mentor", "mentee", "adult", "minor", "participant":
		return v.Person.Name.Short.Nom
	case "form":
		return v.Form.Plain
	case "partner":
		return v.Partner.NameShort
	case "award":
		if v.Award.IsOrg {
			return v.Award.OrgShort
		}
		return v.Award.Person.Name.Short.Nom
	case "change":
		return strings.TrimPrefix(v.Change.Date.Short+" "+v.Change.Pair.Title, " ")
	}
	return ""
}

// signers are the people who sign a paper, in order.
func (b *builder) signers(d *Document, v *View) []Person {
	var out []Person
	add := func(list ...Person) {
		for _, p := range list {
			if p.Name.Nom != "" && !slices.ContainsFunc(out, func(x Person) bool { return x.Name.Nom == p.Name.Nom }) {
				out = append(out, p)
			}
		}
	}
	if d.Signer != "none" {
		add(v.Doc.Signer)
	}
	for _, part := range d.Signs {
		switch part {
		case "curator":
			add(v.Curator)
		case "secretary":
			add(v.Minutes.Secretary)
		case "mentors":
			add(v.Pair.Mentors...)
		case "mentees":
			add(v.Pair.Mentees...)
		case "parents":
			children := []Person{v.Person.Person}
			if d.Per == "pair" {
				children = append(slices.Clone(v.Pair.Mentors), v.Pair.Mentees...)
			}
			for _, child := range children {
				if child.Minor && child.Parent.Known {
					add(parentPerson(child))
				}
			}
		case "partner":
			add(Person{Known: v.Partner.Head.Nom != "", Name: v.Partner.Head, Female: v.Partner.HeadFemale,
				Position: v.Partner.HeadPosition, Place: v.Partner.NameShort})
		case "person":
			if !v.Person.Minor || v.Person.Over14 {
				add(v.Person.Person)
			}
		case "members":
			for _, m := range v.Group {
				add(m.Person)
			}
		}
	}
	add(v.Ack...)
	return out
}

func parentPerson(child Person) Person {
	return Person{Known: true, Name: child.Parent.Name, Female: child.Parent.Female,
		Place: fmt.Sprintf("%s (%s)", child.Parent.Relation, child.Name.Short.Nom)}
}

// change builds a change of the composition of pairs.
func (b *builder) change(own *profile.Change) Change {
	c := Change{Mode: own.Mode, Date: dateOf(own.Date), Order: refOf(own.Order.Date, own.Order.Number), Notice: dateOf(own.NoticeDate),
		ReasonID: own.Reason, ByWorker: own.Reason == "refusal", Old: b.person(own.OldMentor), New: b.person(own.NewMentor)}
	c.Reason = endReasons[own.Reason]
	for _, p := range b.view.AllPairs {
		if p.ID == own.Pair {
			c.Pair, c.NewPair = p, p
		}
	}
	if old := b.school.Pair(own.Pair); old != nil && old.ReplacedBy != "" {
		for _, p := range b.view.AllPairs {
			if p.ID == old.ReplacedBy {
				c.NewPair = p
			}
		}
	}
	if !c.Old.Known {
		c.Old = c.Pair.Mentor
	}
	c.Labour = c.Pair.Labour
	if !own.NoticeDate.IsZero() {
		c.Earliest = dateOf(afterWorkdays(own.NoticeDate, 3, b.school.Holidays))
	} else {
		c.Earliest = dateOf(profile.Date{})
	}
	c.OldAddendum = refOf(profile.Date{}, "")
	if m := b.school.Mentor(c.Old.ID); m != nil {
		c.OldAddendum = refOf(m.Addendum.Date, m.Addendum.Number)
	}
	return c
}

// Asks reports whether a selection asks for the document of this id.
func (l *Library) Asks(sel Selection, id string) bool {
	d := l.Document(id)
	if d == nil {
		return len(sel.IDs) == 0
	}
	_, wanted := sel.wants(d)
	return wanted
}
