package catalog

import (
	"slices"
	"strconv"
	"strings"

	"nastavnik/internal/profile"
	"nastavnik/internal/russian"
)

// addForms joins the library's forms with the profile's changes.
func (b *builder) addForms() {
	var kinds []string
	for i := range b.school.Forms {
		f := b.form(&b.school.Forms[i])
		b.view.Forms = append(b.view.Forms, f)
		kinds = append(kinds, b.school.Forms[i].Kinds...)
	}
	for _, p := range b.school.Pairs {
		kinds = append(kinds, p.Kinds...)
	}
	if len(kinds) == 0 {
		kinds = []string{"traditional"}
		if slices.ContainsFunc(b.school.Pairs, func(p profile.Pair) bool { return isGroup(&p) }) {
			kinds = append(kinds, "group")
		}
	}
	b.view.Kinds = b.kindsOf(kinds)
}

// kindsOf returns the kinds of these ids in the order of the library, each once.
func (b *builder) kindsOf(ids []string) []Kind {
	var out []Kind
	for _, id := range profile.KindIDs {
		if slices.Contains(ids, id) {
			out = append(out, b.library.kinds[id])
		}
	}
	return out
}

func (b *builder) form(own *profile.Form) Form {
	lib := b.library.forms[own.ID]
	if lib == nil {
		lib = &libraryForm{Title: own.ID, Minors: own.Minors,
			Labour: own.Labour != nil && *own.Labour, Staff: len(own.Minors) == 0}
	}
	pick := func(own, library string) string {
		if own != "" {
			return strings.TrimRight(text(own), ".")
		}
		return b.word(library)
	}
	list := func(own, library, extra []string) []string {
		if len(own) == 0 {
			own = b.wordList(library)
		}
		return items(append(slices.Clone(own), extra...))
	}
	plain := pick(own.Title, lib.Title)
	title := "«" + plain + "»"
	if strings.Contains(plain, "«") {
		title = plain
		plain = strings.Trim(plain, "«»")
	}
	f := Form{
		ID: own.ID, Title: title, Plain: plain, ProgramTitle: strings.Trim(text(own.ProgramTitle), "«»"),
		Mentor: pick(own.MentorText, lib.Mentor), Mentee: pick(own.MenteeText, lib.Mentee), Goal: pick(own.Goal, lib.Goal),
		Tasks: list(own.Tasks, lib.Tasks, own.ExtraTasks), Results: list(own.Results, lib.Results, own.ExtraResults),
		Activities: list(own.Activities, lib.Activities, own.ExtraActivities), Criteria: list(own.MentorCriteria, lib.Criteria, nil),
		Duties: b.wordList(lib.Duties), Growth: b.word(lib.Growth), Kinds: b.kindsOf(own.Kinds),
		Start: dateOf(own.Start), End: dateOf(own.End), Period: period(own.Start, own.End),
		Labour: lib.Labour, StaffForm: lib.Staff, Minors: len(lib.Minors) > 0, MinorMentors: slices.Contains(lib.Minors, "mentor"),
		Outsiders: lib.Outsiders,
	}
	if own.Labour != nil {
		f.Labour = *own.Labour
	}
	for i, row := range lib.Plan {
		f.Plan = append(f.Plan, PlanRow{N: i + 1, When: row.When, Task: b.word(row.Task), Action: b.word(row.Action), Result: b.word(row.Result), Who: "наставник"})
	}
	models := own.RoleModels
	if len(models) == 0 {
		for _, m := range lib.RoleModels {
			models = append(models, m.ID)
		}
	}
	for _, id := range models {
		f.RoleModels = append(f.RoleModels, b.roleModel(lib, id))
	}
	for _, i := range lib.Indicators {
		f.Indicators = append(f.Indicators, Indicator{Title: b.word(i.Title), Unit: i.Unit})
	}
	return f
}

// roleModel returns the library's role model of this id, or the words of the
// profile as a model of the school's own.
func (b *builder) roleModel(f *libraryForm, id string) RoleModel {
	for _, m := range f.RoleModels {
		if m.ID == id {
			return RoleModel{Title: b.word(m.Title), Use: b.word(m.Use)}
		}
	}
	return RoleModel{Title: strings.Trim(text(id), "«»")}
}

func period(from, to profile.Date) string {
	if from.IsZero() || to.IsZero() {
		return ""
	}
	return from.Short() + nbsp + "– " + to.Short()
}

func term(from, to profile.Date) string {
	start, end := dateOf(from), dateOf(to)
	return "с" + nbsp + start.Quoted + " по" + nbsp + end.Quoted
}

// isGroup reports whether a pair is a group: a class, or more than one person
// on a side.
func isGroup(p *profile.Pair) bool {
	return p.MenteeClass != "" || len(p.Mentees) > 1 || len(p.Mentors) > 1 || count(p.MenteesCount) > 1
}

// addPairs builds every pair and sorts out those that work.
func (b *builder) addPairs() {
	for i := range b.school.Pairs {
		p := b.pair(&b.school.Pairs[i])
		p.N = i + 1
		p.Code = "П-" + pad(i+1)
		b.view.AllPairs = append(b.view.AllPairs, p)
	}
	// Pairs of one form stand together, in the order of the forms.
	for _, f := range b.view.Forms {
		for _, p := range b.view.AllPairs {
			if p.FormID == f.ID && p.Active {
				p.N = len(b.view.Pairs) + 1
				b.view.Pairs = append(b.view.Pairs, p)
			}
		}
	}
}

func pad(n int) string {
	if n < 10 {
		return "0" + strconv.Itoa(n)
	}
	return strconv.Itoa(n)
}

var statuses = map[string]string{"": "действует", "active": "действует", "paused": "приостановлена", "ended": "завершена", "replaced": "наставник заменён"}

var endReasons = map[string]string{
	"refusal": "отказ наставника", "cancelled": "отмена поручения", "dismissed": "увольнение", "transfer": "перевод",
	"left": "выбытие обучающегося", "goal_reached": "достижение цели", "incompatibility": "несложившиеся отношения", "other": "другое",
}

var schedules = map[string]string{
	"weekly": "один раз в неделю", "biweekly": "один раз в две недели", "monthly": "один раз в месяц",
}

func (b *builder) pair(own *profile.Pair) Pair {
	form := b.formByID(own.Form)
	p := Pair{
		ID: own.ID, FormID: own.Form, FormTitle: form.Title, Group: isGroup(own),
		Class: classOf(own.MenteeClass), Direction: text(own.Direction), Place: text(own.Place), Format: text(own.Format),
		Start: dateOf(own.Start), End: dateOf(own.End), Period: period(own.Start, own.End), Term: term(own.Start, own.End),
		Active: own.Active(), Continues: own.Active() && compare(own.End, profile.Date{Year: b.first + 1, Month: 8, Day: 31}) > 0, Status: statuses[own.Status], Ended: dateOf(own.Ended), EndReason: endReasons[own.EndReason],
		Goal: strings.TrimRight(text(own.Goal), "."), Request: strings.TrimRight(text(own.Request), "."),
		Duties: form.Duties, StaffForm: form.StaffForm,
	}
	if p.Direction == "" {
		p.Direction = text(own.Topic)
	}
	p.Order = b.orderOf(own)
	p.Schedule = schedules[own.Schedule]
	if p.Schedule == "" {
		p.Schedule = text(own.Schedule)
	}
	p.Word = Cases{"пара", "пары", "паре", "пару", "парой", "паре"}
	if p.Group {
		p.Word = Cases{"группа", "группы", "группе", "группу", "группой", "группе"}
	}
	stated := b.school.Form(own.Form)
	roleModel := own.RoleModel
	if roleModel == "" && stated != nil && len(stated.RoleModels) == 1 {
		roleModel = stated.RoleModels[0]
	}
	if lib := b.library.forms[own.Form]; lib != nil && roleModel != "" {
		model := b.roleModel(lib, roleModel)
		p.RoleModel = model.Title
		if p.Direction == "" {
			p.Direction, _, _ = strings.Cut(model.Use, " (")
		}
	} else {
		p.RoleModel = strings.Trim(text(roleModel), "«»")
	}
	var kinds []string
	for _, k := range b.kindsOf(pairKinds(own, stated)) {
		kinds = append(kinds, k.Title)
	}
	p.Kinds = strings.Join(kinds, ", ")

	for _, id := range own.Mentors {
		p.Mentors = append(p.Mentors, b.person(id))
	}
	for _, id := range own.Mentees {
		p.Mentees = append(p.Mentees, b.person(id))
	}
	if len(p.Mentors) > 0 {
		p.Mentor = p.Mentors[0]
	}
	if len(p.Mentees) > 0 {
		p.Mentee = p.Mentees[0]
	}
	p.MentorNames, p.MentorWho = namesOf(p.Mentors)
	p.MenteeNames, p.MenteeWho = namesOf(p.Mentees)
	if p.Class != "" {
		class := Cases{"обучающиеся", "обучающихся", "обучающимся", "обучающихся", "обучающимися", "обучающихся"}.plus(" ", fixed(p.Class+nbsp+"класса"))
		p.MenteeNames, p.MenteeWho = p.MenteeNames.plus(", ", class), p.MenteeWho.plus(", ", class)
	}
	p.Size = len(p.Mentees)
	if own.MenteesCount != nil {
		p.Size = *own.MenteesCount
	}
	p.ManyMentors, p.ManyMentees = len(p.Mentors) > 1, p.Size > 1 || p.Class != ""
	p.duties = p.Duties
	if p.ManyMentees {
		p.Duties = ofMany(p.Duties)
	}
	p.Title = shortList(p.Mentors) + nbsp + "– " + shortList(p.Mentees)
	if len(p.Mentees) == 0 {
		p.ManyMentors, p.ManyMentees = len(p.Mentors) > 1, p.Size > 1 || p.Class != ""
		p.Title = shortList(p.Mentors) + nbsp + "– " + strings.TrimSpace(p.Class+" класс")
	}

	staff := func(list []Person) bool {
		return len(list) > 0 && !slices.ContainsFunc(list, func(m Person) bool { return !m.Staff })
	}
	p.Labour = form.Labour && staff(p.Mentors) && staff(p.Mentees) && compare(b.citation, labourFrom) >= 0 && b.school.LabourMode != "none"
	minor := func(m Person) bool { return m.Minor }
	p.Minors = slices.ContainsFunc(p.Mentors, minor) || slices.ContainsFunc(p.Mentees, minor) || p.Class != ""
	junior := func(m Person) bool { return m.Junior }
	p.Plain = slices.ContainsFunc(p.Mentees, junior) || gradeOf(own.MenteeClass) > 0 && gradeOf(own.MenteeClass) <= 6

	for i, row := range own.Plan {
		p.Plan = append(p.Plan, PlanRow{N: i + 1, When: text(row.When), Task: text(row.Task), Action: text(row.Action),
			Result: text(row.Result), Done: text(row.Done), Who: "наставник"})
	}
	if len(p.Plan) == 0 {
		p.Plan = b.planWithin(form.Plan, own)
	}
	p.Meetings, p.Held = b.meetings(own)
	for _, m := range own.Metrics {
		p.Metrics = append(p.Metrics, metric(m.Title, m.Unit, m.Before, m.After))
	}
	return p
}

// pairKinds are the kinds of mentoring of a pair: its own, its form's when
// that is one, otherwise by the number of people where the form says nothing.
func pairKinds(own *profile.Pair, form *profile.Form) []string {
	switch {
	case len(own.Kinds) > 0:
		return own.Kinds
	case form != nil && len(form.Kinds) == 1:
		return form.Kinds
	case form != nil && len(form.Kinds) > 1:
		return nil
	case isGroup(own):
		return []string{"group"}
	}
	return []string{"traditional"}
}

var manyMentees = strings.NewReplacer("приглашать его", "приглашать их",
	"наставляемому", "наставляемым", "наставляемого", "наставляемых", "наставляемым", "наставляемыми",
	"(занятия) студента", "(занятия) студентов", "студентом", "студентами", "выпускника", "выпускников",
	"передать педагогу", "передать педагогам")

// ofMany speaks of several mentees: «посещать уроки наставляемых».
func ofMany(duties []string) []string {
	out := make([]string, len(duties))
	for i, d := range duties {
		out[i] = manyMentees.Replace(d)
	}
	return out
}

// orderOf is the order that made a pair: the common one, or that of a change
// which brought the pair in.
func (b *builder) orderOf(own *profile.Pair) Ref {
	for _, c := range b.school.Changes {
		old := b.school.Pair(c.Pair)
		if c.Mode == "add" && c.Pair == own.ID || old != nil && old.ReplacedBy == own.ID && own.ID != "" {
			return refOf(c.Order.Date, c.Order.Number)
		}
	}
	common := b.school.Docs["order_pairs"]
	return refOf(common.Date, common.Number)
}

func (b *builder) formByID(id string) Form {
	for _, f := range b.view.Forms {
		if f.ID == id {
			return f
		}
	}
	return Form{}
}

// namesOf joins people case by case: names alone, and names with posts.
func namesOf(list []Person) (names, who Cases) {
	for _, p := range list {
		names = names.plus(", ", Cases{p.Name.Nom, p.Name.Gen, p.Name.Dat, p.Name.Acc, p.Name.Ins, p.Name.Pre})
		who = who.plus(", ", p.Who)
	}
	return names, who
}

func shortList(list []Person) string {
	var names []string
	for _, p := range list {
		names = append(names, p.Name.Short.Nom)
	}
	return strings.Join(names, ", ")
}

var monthNumbers = func() map[string]int {
	m := map[string]int{}
	for i, name := range monthNames {
		m[name] = i + 1
	}
	return m
}()

// planWithin keeps the rows of a form's plan that fall into the pair's period.
// The acquaintance and the summing-up stay, moved into its first and its last
// month.
func (b *builder) planWithin(rows []PlanRow, own *profile.Pair) []PlanRow {
	var out []PlanRow
	for i, row := range rows {
		words := strings.Fields(strings.ReplaceAll(row.When, "–", " "))
		first, last := monthNumbers[words[0]], monthNumbers[words[len(words)-1]]
		// A pair of several years lives through all the months of the year.
		if !own.Start.IsZero() {
			end := b.inYear(last, 28)
			if compare(end, own.Start) < 0 {
				if i > 0 || own.Start.Year > b.first+1 {
					continue
				}
				row.When = monthNames[own.Start.Month-1]
				first = own.Start.Month
			}
		}
		if !own.End.IsZero() {
			start := b.inYear(first, 1)
			if compare(start, own.End) > 0 {
				if i < len(rows)-1 || own.End.Year < b.first {
					continue
				}
				row.When = monthNames[own.End.Month-1]
			}
		}
		row.N = len(out) + 1
		out = append(out, row)
	}
	return out
}

// meetings returns the meetings held, otherwise the planned dates by the
// schedule: weekly and rarer, never on a weekend, a holiday or in vacations.
func (b *builder) meetings(own *profile.Pair) ([]Meeting, string) {
	var out []Meeting
	for i, m := range own.Meetings {
		length := ""
		if m.Minutes != nil {
			length = russian.Group(*m.Minutes) + nbsp + "мин"
		}
		out = append(out, Meeting{N: i + 1, Planned: dateOf(m.Date), Date: dateOf(m.Date), Topic: text(m.Topic), Length: length, Note: text(m.Note)})
	}
	if len(out) > 0 {
		return out, russian.Group(len(out))
	}
	step := map[string]int{"weekly": 7, "biweekly": 14, "monthly": 28}[own.Schedule]
	if step == 0 || own.Start.IsZero() || own.End.IsZero() {
		return nil, ""
	}
	end := own.End
	if last := b.inYear(5, 31); compare(end, last) > 0 {
		end = last
	}
	if !own.Ended.IsZero() && compare(own.Ended, end) < 0 {
		end = own.Ended
	}
	start := own.Start
	if first := b.inYear(9, 1); compare(start, first) < 0 {
		start = first
	}
	for d := start; compare(d, end) <= 0 && len(out) < 60; d = d.AddDays(step) {
		at := d
		for i := 0; i < 5 && freeDay(at, b.school.Holidays); i++ {
			at = at.AddDays(1)
		}
		if b.vacation(at) || freeDay(at, b.school.Holidays) || compare(at, end) > 0 {
			continue
		}
		out = append(out, Meeting{N: len(out) + 1, Planned: dateOf(at)})
	}
	return out, ""
}

// vacation reports whether a day falls into the usual school holidays.
func (b *builder) vacation(d profile.Date) bool {
	for _, v := range [...][2]profile.Date{
		{b.inYear(10, 26), b.inYear(11, 4)},
		{b.inYear(12, 30), b.inYear(1, 9)},
		{b.inYear(3, 24), b.inYear(3, 31)},
	} {
		if compare(d, v[0]) >= 0 && compare(d, v[1]) <= 0 {
			return true
		}
	}
	return false
}

func metric(title, unit string, before, after *float64) Metric {
	m := Metric{Title: text(title), Unit: unit, Before: number(before), After: number(after)}
	if before != nil && after != nil {
		d := float64(int64((*after-*before)*1000+sign(*after-*before)*0.5)) / 1000
		m.Change = number(&d)
		if d > 0 {
			m.Change = "+" + m.Change
		}
		m.Change = strings.Replace(m.Change, "-", "–", 1)
	}
	return m
}

func sign(f float64) float64 {
	if f < 0 {
		return -1
	}
	return 1
}

// addTypes adds the types of a mentor («консультант») that the form does not
// name yet.
func (f *Form) addTypes(m *profile.Mentor) {
	if m == nil {
		return
	}
	for _, t := range items(m.MentorType) {
		if t = "наставник-" + strings.TrimPrefix(t, "наставник-"); !slices.Contains(f.MentorTypes, t) {
			f.MentorTypes = append(f.MentorTypes, t)
		}
	}
}

// addAges notes who of a pair learns in grades 1–4 and who does not.
func (f *Form) addAges(p Pair) {
	for _, m := range p.Mentors {
		f.LittleMentors, f.OlderMentors = f.LittleMentors || m.Little, f.OlderMentors || !m.Little
	}
	for _, m := range p.Mentees {
		f.LittleMentees, f.OlderMentees = f.LittleMentees || m.Little, f.OlderMentees || !m.Little
	}
	if p.Class != "" {
		little := gradeOf(p.Class) <= 4
		f.LittleMentees, f.OlderMentees = f.LittleMentees || little, f.OlderMentees || !little
	}
}

// countForms counts the participants of each form once the pairs are known;
// a form whose pairs the profile does not list takes its stated numbers.
func (b *builder) countForms(forms []Form, pairs []Pair) {
	for i := range forms {
		f := &forms[i]
		own := b.school.Form(f.ID)
		mentors, mentees := map[string]bool{}, map[string]bool{}
		groups := 0
		for _, p := range pairs {
			if p.FormID != f.ID {
				continue
			}
			f.Pairs = append(f.Pairs, p)
			for _, m := range p.Mentors {
				mentors[m.ID] = true
				f.addTypes(b.school.Mentor(m.ID))
			}
			for _, m := range p.Mentees {
				mentees[m.ID] = true
			}
			groups += max(0, p.Size-len(p.Mentees))
			f.addAges(p)
		}
		if len(f.Pairs) == 0 {
			f.OlderMentors, f.OlderMentees = true, true
		}
		f.PairsCount, f.Mentors, f.Mentees = len(f.Pairs), len(mentors), len(mentees)+groups
		f.Counted = len(f.Pairs) > 0
		for _, given := range []struct {
			stated *int
			to     *int
		}{{own.PairsCount, &f.PairsCount}, {own.MentorsCount, &f.Mentors}, {own.MenteesCount, &f.Mentees}} {
			if given.stated != nil && (len(f.Pairs) == 0 || given.to != &f.PairsCount) {
				*given.to = *given.stated
				f.Counted = true
			}
		}
	}
}
