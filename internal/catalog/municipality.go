package catalog

import (
	"fmt"
	"strings"

	"nastavnik/internal/profile"
	"nastavnik/internal/russian"
)

// noData stands where a school gave no number: never 0.
const noData = "нет данных"

// MunicipalDocs are the columns of the monitoring of documents, in order.
var MunicipalDocs = [...]struct{ ID, Title string }{
	{"order_launch", "Приказ о внедрении"}, {"regulation", "Положение"}, {"roadmap", "Дорожная карта"}, {"program", "Программа"},
	{"order_curator", "Куратор и наставники"}, {"order_pairs", "Закрепление пар"},
}

// PlanMunicipality says which papers a district's profile gives. Its schools
// have been read already; one that could not be read stands with «нет данных».
func (l *Library) PlanMunicipality(m *profile.Municipality, sel Selection) (Set, error) {
	b := l.district(m, sel.Public)
	b.view.Letterhead.Emblem = sel.Emblem
	var set Set
	for _, d := range l.Documents {
		if _, wanted := sel.wants(d); !wanted || d.Per != "municipality" || sel.Public && d.Audience != "public" {
			continue
		}
		if own, named := m.Docs[d.ID]; named && own.Include != nil && !*own.Include {
			set.Skipped = append(set.Skipped, Skipped{d, "выключен в профиле: docs." + d.ID + ".include = false"})
			continue
		}
		v := b.view
		why, err := d.applies(&v)
		if err != nil {
			return Set{}, err
		}
		if why != "" {
			set.Skipped = append(set.Skipped, Skipped{d, why})
			continue
		}
		if err := b.complete(d, &v); err != nil {
			return Set{}, err
		}
		set.Jobs = append(set.Jobs, Job{Document: d, View: &v, Signers: b.signers(d, &v)})
	}
	b.view.Docs.mark(set.Jobs)
	return set, nil
}

// district builds the view of a district's papers. The builder works over a
// school that stands for the authority: its people, acts and documents.
func (l *Library) district(m *profile.Municipality, public bool) *builder {
	office := &profile.School{
		SchoolYear: m.SchoolYear, CitationDate: m.CitationDate, People: m.People, Acts: m.Acts, Calendar: m.Calendar,
		Holidays: m.Holidays, Docs: m.Docs, Letterhead: m.Letterhead, Founder: m.Founder, Output: m.Output,
		School: profile.Org{ID: m.Municipality.ID, NameFull: m.Authority.Name, NameShort: m.Authority.NameShort, NameShortGen: m.Authority.NameGen,
			Director: m.Authority.Head, Locality: m.Authority.Locality, Address: m.Authority.Address, Phone: m.Authority.Phone,
			Email: m.Authority.Email, Site: m.Authority.Site, Region: m.Municipality.Region},
		Curator:      m.Coordinator,
		WorkingGroup: m.WorkingGroup,
	}
	if office.School.NameShort == "" {
		office.School.NameShort = m.Authority.Name
	}
	// The district cites what any of its schools may: it is about all forms.
	seen := map[string]bool{}
	for _, s := range m.Schools {
		for _, f := range s.Forms {
			if !seen[f.ID] {
				seen[f.ID] = true
				office.Forms = append(office.Forms, profile.Form{ID: f.ID, Title: f.Title, Minors: f.Minors, Labour: f.Labour})
			}
		}
	}
	b := newBuilder(l, office, public)
	b.view.Municipality = b.municipality(m, public)
	return b
}

func (b *builder) municipality(m *profile.Municipality, public bool) Municipality {
	name := orgCases(m.Municipality.Name).over(profile.Cases{Gen: text(m.Municipality.NameGen), Pre: text(m.Municipality.NamePre)})
	out := Municipality{
		Name: name, NameShort: text(m.Municipality.NameShort), Region: text(m.Municipality.Region),
		Authority:      orgCases(m.Authority.Name),
		AuthorityShort: text(m.Authority.NameShort),
		Head:           b.view.Director, Coordinator: b.view.Curator, CoordinatorSince: dateOf(m.Coordinator.Since), Group: b.view.Group,
		Report: MunReport{Title: text(m.Report.Title), Date: dateOf(m.Report.Date), Occasion: text(m.Report.Occasion), Intro: text(m.Report.Intro),
			Problems: items(m.Report.Problems), Plans: items(m.Report.Plans), Region: texts(m.Report.RegionFacts)},
	}
	for _, f := range b.view.Forms {
		out.FormTitles = append(out.FormTitles, f.Title)
	}
	out.FormTotals = make([]FormTotal, len(b.view.Forms))
	for i, f := range b.view.Forms {
		out.FormTotals[i].Form = f.Title
	}
	for i, listed := range m.Sites {
		s := MunSchool{N: i + 1, Missing: true, Name: listed.Path, Mentors: noData, Mentees: noData, Pairs: noData}
		for range out.FormTitles {
			s.Marks = append(s.Marks, noData)
		}
		for range MunicipalDocs {
			s.Docs = append(s.Docs, noData)
		}
		if listed.School != nil {
			s = b.munSchool(listed.School, public, out.FormTotals)
			s.N = i + 1
		}
		out.Schools = append(out.Schools, s)
	}
	out.Totals = totals(out.Schools, m)
	names := map[string]string{}
	for _, s := range m.Schools {
		names[s.School.ID] = text(s.School.NameShort)
	}
	for _, s := range m.Schools {
		for _, a := range s.Report.Achievements {
			row := newBuilderPeople(b.library, s, public).achievement(a)
			row.School = names[s.School.ID]
			out.Achievements = append(out.Achievements, row)
		}
	}
	for _, a := range m.Achievements {
		row := b.achievement(a)
		row.School = names[a.School]
		if row.School == "" {
			row.School = text(a.School)
		}
		out.Achievements = append(out.Achievements, row)
	}
	b.addEvents(m, names, &out)
	for i := range out.Schools {
		for j := range out.Schools[i].PairRows {
			out.Schools[i].PairRows[j].School = out.Schools[i].Name
		}
	}
	return out
}

// newBuilderPeople is a builder that only looks people up.
func newBuilderPeople(l *Library, s *profile.School, public bool) *builder {
	return &builder{library: l, school: s, people: map[string]Person{}, public: public,
		first: startYear(s.SchoolYear), citation: profile.Date{Year: startYear(s.SchoolYear), Month: 9, Day: 1}}
}

func (b *builder) addEvents(m *profile.Municipality, names map[string]string, out *Municipality) {
	for _, t := range m.Training {
		row := Training{Org: text(t.Org), Topic: strings.Trim(text(t.Topic), "«»"), Mode: text(t.Mode), When: text(t.When), Audience: text(t.Audience)}
		if t.Hours != nil {
			row.Hours = number(t.Hours) + nbsp + russian.Plural(int(*t.Hours), "час", "часа", "часов")
		}
		row.Count, row.Offline = counted(t.Count), counted(t.CountOffline)
		out.Training = append(out.Training, row)
	}
	for _, e := range m.Events {
		out.Events = append(out.Events, MunEvent{Date: dateOf(e.Date), Title: strings.TrimRight(text(e.Title), "."), Place: text(e.Place),
			Mode: text(e.Mode), Topics: items(e.Topics), Audience: text(e.Audience)})
	}
	for _, c := range m.SiteChecks {
		section := text(c.Section)
		out.SiteChecks = append(out.SiteChecks, SiteCheck{School: names[c.School], Date: dateOf(c.Date), URL: c.URL, Section: section, Note: text(c.Note)})
	}
}

func counted(n *int) string {
	if n == nil {
		return ""
	}
	return russian.Group(*n)
}

// munSchool is a school as the district sees it; totals counts its forms.
func (b *builder) munSchool(s *profile.School, public bool, formTotals []FormTotal) MunSchool {
	sb := newBuilder(b.library, s, public)
	v := &sb.view
	out := MunSchool{Name: v.School.NameShort.Nom, School: v.School, Director: v.Director, Curator: v.Curator, Forms: v.Forms,
		Mentors: noData, Mentees: noData, Pairs: noData, Practice: v.Report.Practice, Rows: v.Pairs, SiteURL: v.Site.SectionURL,
		Difficulties: v.Monitoring.Difficulties}
	var titles, terms []string
	pairs, mentors, mentees := 0, 0, 0
	pairsKnown, peopleKnown := false, false
	for i, all := range b.view.Forms {
		mark := "–"
		for _, f := range v.Forms {
			if f.ID != all.ID {
				continue
			}
			mark = "+"
			titles = append(titles, f.Title)
			formTotals[i].Schools++
			if f.Counted {
				formTotals[i].Pairs += f.PairsCount
				pairs += f.PairsCount
				mentors += f.Mentors
				mentees += f.Mentees
				pairsKnown = pairsKnown || f.PairsCount > 0
				peopleKnown = peopleKnown || f.Mentors > 0
			}
			if f.Period != "" {
				terms = append(terms, f.Period)
			}
		}
		out.Marks = append(out.Marks, mark)
	}
	out.FormTitles = strings.Join(titles, ", ")
	out.Term = strings.Join(terms, "; ")
	if pairsKnown {
		out.Pairs = russian.Group(pairs)
	}
	if peopleKnown {
		out.Mentors, out.Mentees = russian.Group(mentors), russian.Group(mentees)
	}
	for _, d := range MunicipalDocs {
		out.Docs = append(out.Docs, sb.mark(d.ID))
	}
	for _, p := range v.Pairs {
		out.PairRows = append(out.PairRows, MunPair{Mentor: adultsOrCount(p.Mentors, 0), Mentee: adultsOrCount(p.Mentees, p.Size-len(p.Mentees)),
			Form: p.FormTitle, Period: p.Period, Order: v.Docs.OrderPairs.Ref})
	}
	return out
}

// mark says whether a school has a document: «+ № 84-ОД от 01.09.2026»; one
// approved by an order counts with the order's date and number.
func (b *builder) mark(id string) string {
	own := b.school.Docs[id]
	if d := b.library.Document(id); d != nil && own.Date.IsZero() && own.Number == "" && d.AnnexOf != "" {
		own = b.school.Docs[d.AnnexOf]
	}
	switch {
	case own.Date.IsZero() && own.Number == "":
		return "–"
	case own.Number == "":
		return "+ от" + nbsp + own.Date.Short()
	case own.Date.IsZero():
		return "+ №" + nbsp + own.Number
	}
	return "+ №" + nbsp + own.Number + " от" + nbsp + own.Date.Short()
}

// adultsOrCount names adults and counts children.
func adultsOrCount(list []Person, more int) string {
	var names []string
	children := max(0, more)
	for _, p := range list {
		if p.Pupil || p.Minor {
			children++
			continue
		}
		names = append(names, p.Name.Nom)
	}
	if children > 0 {
		names = append(names, russian.Count(children, "обучающийся", "обучающихся", "обучающихся"))
	}
	return strings.Join(names, ", ")
}

func totals(schools []MunSchool, m *profile.Municipality) MunTotals {
	t := MunTotals{Schools: len(schools)}
	for _, s := range schools {
		if s.Pairs == noData {
			continue
		}
		t.Given++
		for _, f := range s.Forms {
			if f.Counted {
				t.Pairs += f.PairsCount
				t.Mentors += f.Mentors
				t.Mentees += f.Mentees
			}
		}
	}
	t.PairsText = fmt.Sprintf("%s по данным %d%s%s", russian.Count(t.Pairs, "пара", "пары", "пар"), t.Given, nbsp,
		russian.Plural(t.Given, "школы", "школ", "школ"))
	if t.Given < t.Schools {
		t.PairsText += fmt.Sprintf(" из%s%d", nbsp, t.Schools)
	}
	return t
}
