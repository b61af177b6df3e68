package catalog

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"nastavnik/internal/profile"
	"nastavnik/internal/russian"
)

// noData stands where a school gave no number: never 0.
const noData = "нет данных"

// noMark says that a school told of no such paper.
const noMark = "–"

// MunicipalDocs are the columns of the monitoring of documents, in order.
var MunicipalDocs = [...]struct{ ID, Title string }{
	{"order_launch", "Приказ о внедрении"}, {"regulation", "Положение"}, {"roadmap", "Дорожная карта"}, {"program", "Программа"},
	{"order_curator", "Куратор и наставники"}, {"order_pairs", "Закрепление пар"},
}

// PlanMunicipality says which papers a district's profile gives. Its schools
// have been read already; one whose profile has errors stands with «нет данных»,
// for half of it may be missing.
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
	// The day of the report may stand with the report.
	if own := m.Docs["mun_report"]; own.Date.IsZero() && !m.Report.Date.IsZero() {
		own.Date = m.Report.Date
		office.Docs = maps.Clone(m.Docs)
		if office.Docs == nil {
			office.Docs = map[string]profile.Document{}
		}
		office.Docs["mun_report"] = own
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
		Report: MunReport{Title: text(m.Report.Title), Date: dateOf(m.Report.Date), Occasion: text(m.Report.Occasion), Intro: sentence(m.Report.Intro),
			Problems: items(m.Report.Problems), Plans: items(m.Report.Plans), Region: sentences(m.Report.RegionFacts)},
	}
	for _, f := range b.view.Forms {
		out.FormTitles = append(out.FormTitles, f.Title)
	}
	out.FormTotals = make([]FormTotal, len(b.view.Forms))
	for i, f := range b.view.Forms {
		out.FormTotals[i].Form = f.Title
	}
	for i, listed := range m.Sites {
		s := MunSchool{N: i + 1, Missing: true, Name: listed.Path, Mentors: noData, Mentees: noData, Pairs: noData, Consents: noData}
		for range out.FormTitles {
			s.Marks = append(s.Marks, noData)
		}
		for range MunicipalDocs {
			s.Docs = append(s.Docs, noData)
		}
		if listed.School != nil && listed.School.School.NameShort != "" {
			s.Name = text(listed.School.School.NameShort)
		}
		if listed.School != nil && !listed.Problems.Failed() {
			s = b.munSchool(listed.School, public, out.FormTotals)
			s.N = i + 1
		}
		out.Schools = append(out.Schools, s)
	}
	out.Totals = totals(out.Schools)
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
	n := 0
	for i := range out.Schools {
		s := &out.Schools[i]
		s.SiteMark = siteMark(m, listedID(m.Sites[i].School), s.SiteURL)
		for j := range s.PairRows {
			n++
			s.PairRows[j].N, s.PairRows[j].School = n, s.Name
		}
	}
	out.Plan = b.municipalPlan(m)
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
		out.Events = append(out.Events, MunEvent{Date: dateOf(e.Date), Title: inner(strings.TrimRight(text(e.Title), ".")), Place: text(e.Place),
			Mode: text(e.Mode), Topics: innerItems(e.Topics), Audience: text(e.Audience)})
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
	if v.Counts.Known { // who works in two forms is one
		mentors, mentees = min(mentors, v.Counts.Mentors), min(mentees, v.Counts.Mentees)
	}
	out.pairs, out.mentors, out.mentees = pairs, mentors, mentees
	if peopleKnown {
		out.Mentors, out.Mentees = russian.Group(mentors), russian.Group(mentees)
	}
	for _, d := range MunicipalDocs {
		mark := sb.mark(d.ID)
		if mark == noMark {
			out.Lacking = append(out.Lacking, inner(d.Title))
		}
		out.Docs = append(out.Docs, mark)
	}
	out.Consents = consentsOf(v.Mentors)
	var partners []string
	for _, p := range v.Partners {
		partners = append(partners, p.Name.Nom)
	}
	out.Partners = strings.Join(partners, ", ")
	for _, f := range v.Forms {
		if line := f.models(); line != "" {
			out.Models = append(out.Models, line)
		}
	}
	for _, p := range v.Pairs {
		order := p.Order.Text
		if !p.Order.Date.Known && p.Order.Number == "" {
			order = ""
		}
		out.PairRows = append(out.PairRows, MunPair{Mentor: adultsOrCount(p.Mentors, 0), Mentee: menteesOf(p),
			Form: p.FormTitle, Period: p.Period, Order: order})
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
		return noMark
	case own.Number == "":
		return "+ от" + nbsp + own.Date.Short()
	case own.Date.IsZero():
		return "+ №" + nbsp + own.Number
	}
	return "+ №" + nbsp + own.Number + " от" + nbsp + own.Date.Short()
}

// consentsOf says of how many mentors the profile knows a consent.
func consentsOf(mentors []Participant) string {
	given := 0
	for _, m := range mentors {
		if m.Consent.Known {
			given++
		}
	}
	switch given {
	case 0:
		return noMark
	case len(mentors):
		return "+"
	}
	return fmt.Sprintf("%d из%s%d", given, nbsp, len(mentors))
}

func listedID(s *profile.School) string {
	if s == nil {
		return ""
	}
	return s.School.ID
}

// siteMark says whether a school's site has the section: as the last check
// found, otherwise as the school tells.
func siteMark(m *profile.Municipality, school, url string) string {
	mark := noData
	if url != "" {
		mark = "+"
	}
	for _, c := range m.SiteChecks {
		if c.School == school && school != "" && c.Section != "" {
			mark = noMark
			if strings.HasPrefix(strings.ToLower(c.Section), "да") || strings.HasPrefix(c.Section, "+") || strings.HasPrefix(strings.ToLower(c.Section), "есть") {
				mark = "+"
			}
		}
	}
	return mark
}

// models tells in a line what a school has made of a form of its own: its
// programme and which class helps which; "" when nothing.
func (f Form) models() string {
	var parts []string
	if f.ProgramTitle != "" {
		parts = append(parts, "программа «"+f.ProgramTitle+"»")
	}
	seen := map[string]bool{}
	add := func(model, who string) {
		part := "«" + model + "»"
		if model == "" {
			part = who
		} else {
			part += " (" + who + ")"
		}
		if !seen[part] {
			seen[part] = true
			parts = append(parts, part)
		}
	}
	for _, p := range f.Pairs {
		if who := p.classes(); who != "" {
			add(p.RoleModel, who)
		}
	}
	if len(parts) == 0 {
		return ""
	}
	return f.Title + " – " + strings.Join(parts, "; ")
}

// classes tells which class helps which: «10 класс → 5 класс», for pupils.
func (p Pair) classes() string {
	from, to := "", p.Class
	for _, m := range p.Mentors {
		from = m.Class
	}
	if to == "" {
		for _, m := range p.Mentees {
			to = m.Class
		}
	}
	if from == "" || to == "" {
		return ""
	}
	return from + nbsp + "класс – " + to + nbsp + "класс"
}

func innerItems(list []string) []string {
	out := items(list)
	for i, s := range out {
		out[i] = inner(s)
	}
	return out
}

// municipalPlan is the district's roadmap: the usual work of the year and the
// district's own events and courses, in the order of their days.
func (b *builder) municipalPlan(m *profile.Municipality) []PlanRow {
	type dated struct {
		at  profile.Date
		row PlanRow
	}
	c := b.view.Calendar
	day := func(month, day int) profile.Date { return b.inYear(month, day) }
	until := func(d Date) string { return "до " + d.Long }
	month := func(name string, of profile.Date) string { return fmt.Sprintf("%s %d%sг.", name, of.Year, nbsp) }
	head := b.view.Director.Titles.Nom
	coordinator, group := "муниципальный координатор", "рабочая группа"
	if len(b.view.Group) == 0 {
		group = coordinator
	}
	rows := []dated{
		{day(11, 30), PlanRow{When: fmt.Sprintf("сентябрь%s– ноябрь %d%sг.", nbsp, b.first, nbsp), Action: "Обучение кураторов и наставников", Who: coordinator, Result: "Кураторы прошли курсы или семинары"}},
		{c.BasesUntil.Day, PlanRow{When: until(c.BasesUntil), Action: "Утверждение площадками положения, дорожной карты и программы", Who: "руководители площадок", Result: "Документы утверждены и размещены на сайтах"}},
		{c.PairsUntil.Day, PlanRow{When: until(c.PairsUntil), Action: "Закрепление пар и групп на площадках", Who: "руководители площадок", Result: "Изданы приказы о закреплении"}},
		{day(12, 31), PlanRow{When: month("декабрь", day(12, 1)), Action: "Проверка документов и разделов «Наставничество» на сайтах", Who: coordinator, Result: "Справка с замечаниями и сроками устранения"}},
		{c.MidMonitoring.Day, PlanRow{When: until(c.MidMonitoring), Action: "Промежуточный мониторинг работы пар", Who: "кураторы площадок", Result: "Сведения о работе пар собраны"}},
		{day(4, 30), PlanRow{When: month("апрель", day(4, 1)), Action: "Муниципальный конкурс практик наставничества, педагогические чтения", Who: group, Result: "Лучшие практики отобраны"}},
		{day(5, 30), PlanRow{When: month("май", day(5, 1)), Action: "Итоговая проверка документов и сайтов площадок", Who: coordinator, Result: "Итоговая справка"}},
		{day(5, 31), PlanRow{When: fmt.Sprintf("май%s– июнь %d%sг.", nbsp, b.first+1, nbsp), Action: "Поощрение наставников и кураторов", Who: head, Result: "Наставники отмечены"}},
		{c.ReportUntil.Day, PlanRow{When: until(c.ReportUntil), Action: "Сводный отчёт и публикация практик", Who: coordinator, Result: "Отчёт опубликован, задачи на следующий год названы"}},
	}
	if c.MentorDay.Known {
		rows = append(rows, dated{c.MentorDay.Day, PlanRow{When: c.MentorDay.Long, Action: "День наставника: встреча лучших наставников района", Who: group, Result: "Опыт наставников представлен"}})
	}
	if order := b.view.Docs.MunOrder.Date; order.Known {
		rows = append(rows, dated{order.Day, PlanRow{When: order.Long, Action: "Издание приказа о площадках, рабочей группе и координаторе", Who: head, Result: "Площадки определены, координатор назначен"}})
	} else {
		rows = append(rows, dated{c.Start.Day, PlanRow{When: until(c.Start), Action: "Издание приказа о площадках, рабочей группе и координаторе", Who: head, Result: "Площадки определены, координатор назначен"}})
	}
	seminar := false
	for _, e := range m.Events {
		row := PlanRow{When: dateOf(e.Date).Long, Action: upper(strings.TrimRight(text(e.Title), ".")), Who: coordinator, Result: "Участники: " + inner(text(e.Audience))}
		if e.Audience == "" {
			row.Result = "Мероприятие проведено"
			if len(e.Topics) > 0 {
				row.Result = "Рассмотрены вопросы: " + strings.Join(innerItems(e.Topics), "; ")
			}
		}
		if e.Place != "" {
			row.Action += " (" + text(e.Place) + ")"
		}
		at := e.Date
		if at.IsZero() { // the year's seminar opens it
			row.When, at = month("сентябрь", day(9, 1)), day(9, 2)
		}
		seminar = seminar || strings.Contains(strings.ToLower(e.Title), "семинар")
		rows = append(rows, dated{at, row})
	}
	if !seminar {
		rows = append(rows, dated{day(9, 2), PlanRow{When: month("сентябрь", day(9, 1)), Action: "Установочный семинар для руководителей и кураторов площадок", Who: coordinator, Result: "Участники знают порядок внедрения и сроки"}})
	}
	courses := 0
	for _, t := range m.Training {
		if t.Topic == "" {
			continue
		}
		row := PlanRow{When: text(t.When), Action: "Курсы «" + strings.Trim(text(t.Topic), "«»") + "»", Who: text(t.Org), Result: "Обучены " + inner(text(t.Audience))}
		if t.Audience == "" {
			row.Result = "Кураторы прошли курсы"
		}
		if courses++; courses == 1 {
			rows[0].row = row
			continue
		}
		rows = append(rows, dated{day(11, 30), row})
	}
	slices.SortStableFunc(rows, func(a, b dated) int { return compare(a.at, b.at) })
	rows = append(rows, dated{row: PlanRow{When: "в течение года", Action: "Методическая помощь площадкам: консультации, выезды, открытые встречи", Who: group, Result: "Затруднения площадок сняты"}})
	var out []PlanRow
	for i, r := range rows {
		r.row.N = i + 1
		out = append(out, r.row)
	}
	return out
}

// menteesOf names the grown-up mentees and counts the children; a class whose
// number the profile does not tell stands as a class.
func menteesOf(p Pair) string {
	names := adultsOrCount(p.Mentees, p.Size-len(p.Mentees))
	if names == "" && p.Class != "" {
		return "обучающиеся " + p.Class + nbsp + "класса"
	}
	return names
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

func totals(schools []MunSchool) MunTotals {
	t := MunTotals{Schools: len(schools)}
	for _, s := range schools {
		if s.Pairs == noData {
			continue
		}
		t.Given++
		t.Pairs += s.pairs
		t.Mentors += s.mentors
		t.Mentees += s.mentees
	}
	t.PairsText = fmt.Sprintf("%s по данным %d%s%s", russian.Count(t.Pairs, "пара", "пары", "пар"), t.Given, nbsp,
		russian.Plural(t.Given, "школы", "школ", "школ"))
	if t.Given < t.Schools {
		t.PairsText += fmt.Sprintf(" из%s%d", nbsp, t.Schools)
	}
	return t
}
