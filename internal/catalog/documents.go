package catalog

import (
	"reflect"
	"slices"
	"strings"
	"sync"

	"nastavnik/internal/profile"
)

// docFields are the fields of Docs by the document's id.
var docFields = sync.OnceValue(func() map[string]int {
	fields := map[string]int{}
	t := reflect.TypeFor[Docs]()
	for i := range t.NumField() {
		fields[t.Field(i).Tag.Get("expr")] = i
	}
	return fields
})

// byID returns the document of this id, nil when the catalog has none.
func (d *Docs) byID(id string) *Doc {
	i, known := docFields()[id]
	if !known {
		return nil
	}
	return reflect.ValueOf(d).Elem().Field(i).Addr().Interface().(*Doc)
}

// addDocs fills View.Docs: the date, number and references of every document
// of the catalog, whether this set makes it or not. All views share them.
func (b *builder) addDocs() {
	b.view.Docs = new(Docs)
	for _, d := range b.library.Documents {
		if doc := b.view.Docs.byID(d.ID); doc != nil {
			*doc = b.doc(d)
		}
	}
}

// docByID returns the document of this id in View.Docs.
func (v *View) docByID(id string) Doc {
	if doc := v.Docs.byID(id); doc != nil {
		return *doc
	}
	return Doc{}
}

// doc describes a document of the school from the catalog and the profile.
func (b *builder) doc(d *Document) Doc {
	own := b.school.Docs[d.ID]
	date, num := own.Date, own.Number
	if d.ID == "minutes" || d.ID == "minutes_extract" {
		if date.IsZero() {
			date = b.school.Minutes.Date
		}
		if num == "" {
			num = b.school.Minutes.Number
		}
	}
	out := Doc{
		ID: d.ID, Title: d.Title, Kind: kindCases(d.Kind), KindCaps: strings.ToUpper(d.Kind),
		Date: dateOf(date), Number: num, NumberLine: numberLine(num), Ref: refOf(date, num).Text,
		Known: !date.IsZero() && num != "", Supersedes: refOf(own.Supersedes.Date, own.Supersedes.Number),
		ExtraPoints: texts(own.ExtraPoints), Public: b.public,
		Signer: b.signer(d, own), Executor: b.person(own.Executor), AckMode: b.school.Output.Ack,
	}
	out.Supersedes.Known = !own.Supersedes.Date.IsZero() || own.Supersedes.Number != ""
	if out.AckMode == "" {
		out.AckMode = "list"
	}
	if own.Title != "" {
		out.Heading = text(own.Title)
	}
	if d.AnnexOf != "" {
		by := b.school.Docs[d.AnnexOf]
		out.By = refOf(by.Date, by.Number)
	}
	b.cite(d, &out, date)
	return out
}

// cite adds the acts that a document may cite on its date; a paper without a
// date takes the day of the school's citation_date.
func (b *builder) cite(d *Document, out *Doc, date profile.Date) {
	if date.IsZero() && d.AnnexOf != "" {
		date = b.school.Docs[d.AnnexOf].Date
	}
	if date.IsZero() {
		date = b.citation
	}
	out.CitesLabour = b.view.Labour.Applies && compare(date, labourFrom) >= 0
	for _, a := range b.cited(d, date) {
		// A district's own order stands among the acts that its schools cite;
		// it does not cite itself.
		if a.Level == "municipal" && out.Number != "" && a.Number == out.Number && a.Date == out.Date.Day {
			continue
		}
		out.Acts = append(out.Acts, a.view())
	}
	out.Preamble = preamble(out.Acts, d.Cite)
}

func kindCases(kind string) Cases {
	if kind == "" {
		return Cases{}
	}
	return postCases(kind)
}

func (b *builder) signer(d *Document, own profile.Document) Person {
	if own.Signer != "" {
		return b.person(own.Signer)
	}
	switch d.Signer {
	case "curator":
		return b.view.Curator
	case "chair":
		return b.view.Minutes.Chair
	case "none", "person", "mentor":
		return Person{}
	}
	return b.view.Director
}

// published are the documents that the site page lists.
func (b *builder) published() []Doc {
	var out []Doc
	for _, id := range b.school.Site.Published {
		if d := b.view.docByID(id); d.ID != "" {
			out = append(out, d)
		}
	}
	return out
}

// acquainted are the employees who sign that they have read a document, each
// once, in the order in which the catalog names their parts. A copy for the
// site has no such list.
func (b *builder) acquainted(d *Document, v *View) []Person {
	if b.public {
		return nil
	}
	var out []Person
	add := func(p Person) {
		if p.Known && p.Staff && p.ID != b.school.School.Director &&
			!slices.ContainsFunc(out, func(x Person) bool { return x.ID == p.ID }) {
			out = append(out, p)
		}
	}
	for _, part := range d.Ack {
		switch part {
		case "curator":
			add(v.Curator)
		case "group":
			for _, m := range v.Group {
				add(m.Person)
			}
		case "mentors":
			for _, m := range v.Mentors {
				if m.Status != "завершено" {
					add(m.Person)
				}
			}
		case "mentees":
			for _, m := range v.Mentees {
				if m.Status != "завершено" {
					add(m.Person)
				}
			}
		case "committee":
			for _, p := range v.Event.Committee {
				add(p)
			}
		case "site":
			add(v.Site.Responsible)
		case "supply":
			add(b.person(b.school.School.ResponsibleSupply))
		case "change":
			add(v.Change.Old)
			add(v.Change.New)
			for _, p := range v.Change.NewPair.Mentees {
				add(p)
			}
		case "awarded":
			for _, a := range v.Awards {
				add(a.Person)
			}
		}
	}
	return out
}
