package profile

import (
	"fmt"
	"slices"
	"strings"

	"nastavnik/internal/diag"
	"nastavnik/internal/russian"
)

// roles says who may stand on each side of a form of the library.
type roles struct {
	mentor, mentee []string // kinds of people
	say            string
}

// formRoles follows the domain specification, E25. A graduate may teach where
// a student may; an employee of a partner may stand for an outsider.
func formRoles(form string) (roles, bool) {
	const staff, pupil, student, external, graduate = "staff", "pupil", "student", "external", "graduate"
	switch form {
	case "pupil_pupil":
		return roles{[]string{pupil}, []string{pupil}, "обе стороны – обучающиеся"}, true
	case "teacher_teacher", "ped_ped", "head_ped":
		return roles{[]string{staff}, []string{staff}, "обе стороны – работники школы"}, true
	case "student_pupil":
		return roles{[]string{student, graduate}, []string{pupil}, "студент и обучающийся"}, true
	case "employer_pupil":
		return roles{[]string{external}, []string{pupil}, "сотрудник партнёра и обучающийся"}, true
	case "employer_student":
		return roles{[]string{staff, external}, []string{student}, "работник школы или партнёра и студент"}, true
	case "employer_pedstudent":
		return roles{[]string{staff}, []string{student}, "работник школы и студент"}, true
	case "prof_young":
		return roles{[]string{external}, []string{staff}, "преподаватель вуза или колледжа и педагог школы"}, true
	case "partner_ped":
		return roles{[]string{external}, []string{staff}, "специалист партнёра и педагог школы"}, true
	}
	return roles{}, false
}

// labour reports whether both sides of a form are employees of one employer,
// so that art. 351.8 of the Labour Code applies from 01.03.2025.
func (s *School) labour(form string) bool {
	switch form {
	case "teacher_teacher", "ped_ped", "head_ped":
		return true
	}
	f := s.Form(form)
	return f != nil && f.Labour != nil && *f.Labour
}

// withPupils are the forms of Р-145 in which pupils take part.
func withPupils(form string) bool {
	return form == "pupil_pupil" || form == "student_pupil" || form == "employer_pupil"
}

func (c *checker) forms() {
	if len(c.Forms) == 0 && !c.hidden {
		c.fail("E03", "forms", `добавьте раздел [[forms]] с ключом id = "ped_ped"`, "не выбрана ни одна форма наставничества")
	}
	for i := range c.Forms {
		f := &c.Forms[i]
		at := fmt.Sprintf("forms[%d]", i)
		if !c.need(at+".id", f.ID, "код формы", `id = "ped_ped"`) {
			continue
		}
		if strings.HasPrefix(f.ID, "custom-") {
			c.need(at+".title", f.Title, "название своей формы", `title = "учитель – ученик"`)
			c.need(at+".goal", f.Goal, "цель своей формы", `goal = "…"`)
		} else if !slices.Contains(FormIDs[:], f.ID) {
			hint := "можно: " + strings.Join(FormIDs[:], ", ") + " или custom-…"
			if near := diag.Nearest(f.ID, FormIDs[:]); near != "" {
				hint = "возможно, \"" + near + "\""
			}
			c.fail("E04", at+".id", hint, "неизвестная форма наставничества %q", f.ID)
		}
		c.kinds(at, f.Kinds)
		c.span(at+".end", f.Start, f.End, "срок формы")
		for _, n := range []struct {
			key string
			n   *int
		}{{"mentors_count", f.MentorsCount}, {"mentees_count", f.MenteesCount}, {"pairs_count", f.PairsCount}} {
			c.notNegative(at+"."+n.key, n.n)
		}
	}
}

func (c *checker) kinds(at string, kinds []string) {
	for i, k := range kinds {
		if !slices.Contains(KindIDs[:], k) {
			hint := "можно: " + strings.Join(KindIDs[:], ", ")
			if near := diag.Nearest(k, KindIDs[:]); near != "" {
				hint = "возможно, \"" + near + "\""
			}
			c.fail("E04", fmt.Sprintf("%s.kinds[%d]", at, i), hint, "неизвестный вид наставничества %q", k)
		}
	}
}

func (c *checker) pairs() {
	if len(c.Pairs) == 0 && !c.hidden {
		counted := slices.ContainsFunc(c.Forms, func(f Form) bool { return f.PairsCount != nil || f.MentorsCount != nil })
		if !counted {
			c.warn("W29", "pairs", "добавьте разделы [[pairs]]", "в профиле нет ни одной пары: бумаги о парах не будут сделаны")
		}
	}
	for i := range c.Pairs {
		c.pair(i, &c.Pairs[i])
	}
	c.together()
	c.counts()
	c.papersOfLabour()
	for i := range c.Changes {
		c.change(i, &c.Changes[i])
	}
}

func (c *checker) pair(i int, p *Pair) {
	at := fmt.Sprintf("pairs[%d]", i)
	if c.need(at+".id", p.ID, "код пары", `id = "p1"`) && !idShape.MatchString(p.ID) {
		c.fail("E04", at+".id", "латинские буквы, цифры, дефис", "код пары %q написан неверно", p.ID)
	}
	c.need(at+".form", p.Form, "форма пары "+p.ID, `form = "ped_ped"`)
	c.kinds(at, p.Kinds)
	if len(p.Mentors) == 0 && !c.hidden && !c.misreadAny(at+".mentors") {
		c.fail("E03", at, `впишите mentors = ["m1"]`, "в паре %s нет наставника", p.ID)
	}
	if len(p.Mentees) == 0 && p.MenteeClass == "" && p.MenteesCount == nil && !c.hidden && !c.misreadAny(at+".mentees") {
		c.fail("E03", at, `впишите mentees = ["y1"] или mentee_class = "5А"`, "в паре %s нет наставляемых", p.ID)
	}
	if p.MenteeClass != "" {
		c.class(at+".mentee_class", p.MenteeClass)
	}
	if n := p.MenteesCount; n != nil && (*n < 1 || len(p.Mentees) > 0 && *n != len(p.Mentees)) {
		c.fail("E04", at+".mentees_count", "уберите mentees_count, когда наставляемые перечислены", "число наставляемых %d не сходится со списком: %d", *n, len(p.Mentees))
	}
	for k, id := range p.Mentees {
		if slices.Contains(p.Mentors, id) {
			c.fail("E20", fmt.Sprintf("%s.mentees[%d]", at, k), "исправьте одну из сторон", "в паре %s наставник и наставляемый – один человек: %s", p.ID, c.who(id))
		}
	}
	c.ends(at, p)
	c.sides(at, p)
	c.ages(at, p)
	for k, m := range p.Meetings {
		if !m.Date.IsZero() && (before(m.Date, p.Start) || before(p.End, m.Date) || before(p.Ended, m.Date)) {
			c.warn("W11", fmt.Sprintf("%s.meetings[%d].date", at, k), "проверьте дату встречи или срок пары", "встреча %s вне срока пары %s", m.Date.Short(), p.ID)
		}
	}
}

// misreadAny reports a key that the file gives, though its value was not taken.
func (c *checker) misreadAny(path string) bool { return c.places.has(path) && c.misread(path) }

// who names a person by id in messages.
func (c *checker) who(id string) string {
	if p := c.Person(id); p != nil {
		return p.short()
	}
	return id
}

// ends checks the days of a pair and what a pair that ended must tell.
func (c *checker) ends(at string, p *Pair) {
	c.span(at+".end", p.Start, p.End, "срок пары "+p.ID)
	if f := c.Form(p.Form); f != nil {
		if before(p.Start, f.Start) {
			c.warn("W11", at+".start", "срок пары лежит внутри срока формы", "пара %s начинается %s, раньше своей формы (%s)", p.ID, p.Start.Short(), f.Start.Short())
		}
		if before(f.End, p.End) {
			c.warn("W11", at+".end", "срок пары лежит внутри срока формы", "пара %s кончается %s, позже своей формы (%s)", p.ID, p.End.Short(), f.End.Short())
		}
	}
	if first, ok := c.FirstYear(); ok {
		if !p.Start.IsZero() && before(Date{Year: first + 1, Month: 8, Day: 31}, p.Start) {
			c.warn("W11", at+".start", "проверьте год", "пара %s начинается %s, после учебного года %s", p.ID, p.Start.Short(), c.SchoolYear)
		}
		if f := c.Form(p.Form); !p.End.IsZero() && (before(p.End, Date{Year: first, Month: 6, Day: 1}) || before(Date{Year: first + 1, Month: 9, Day: 1}, p.End) && (f == nil || before(f.End, p.End) || f.End.IsZero())) {
			c.warn("W11", at+".end", "если пара работает несколько лет, укажите срок у формы", "пара %s кончается %s, вне учебного года %s", p.ID, p.End.Short(), c.SchoolYear)
		}
	}
	over := p.Status == "ended" || p.Status == "replaced"
	switch {
	case over && p.Ended.IsZero():
		c.need(at+".ended", "", "дата прекращения пары "+p.ID, "ended = 2027-01-15")
	case !over && !p.Ended.IsZero():
		c.warn("W12", at+".ended", `впишите status = "ended" или уберите дату`, "у пары %s есть дата прекращения, а состояние – действует", p.ID)
	case before(p.Ended, p.Start):
		c.fail("E10", at+".ended", "", "пара %s прекращена %s, раньше своего начала %s", p.ID, p.Ended.Short(), p.Start.Short())
	}
	if over {
		c.need(at+".end_reason", p.EndReason, "причина прекращения пары "+p.ID, `end_reason = "refusal"`)
	}
	if p.Status == "replaced" {
		c.need(at+".replaced_by", p.ReplacedBy, "какой парой заменена пара "+p.ID, `replaced_by = "p2a"`)
	}
}

// sides checks who stands on each side, E25.
func (c *checker) sides(at string, p *Pair) {
	want, known := formRoles(p.Form)
	if !known {
		return
	}
	network := slices.Contains(p.Kinds, "network")
	if f := c.Form(p.Form); f != nil && len(p.Kinds) == 0 {
		network = network || slices.Contains(f.Kinds, "network")
	}
	check := func(ids, kinds []string, key, side string) {
		for k, id := range ids {
			person := c.Person(id)
			if person == nil || person.Kind == "" || slices.Contains(kinds, person.Kind) {
				continue
			}
			path := fmt.Sprintf("%s.%s[%d]", at, key, k)
			switch {
			case p.Form == "employer_pupil" && key == "mentors" && person.Kind == "staff" && person.Org != "":
			case c.labour(p.Form) && key == "mentors" && person.Kind == "external":
				if !network {
					c.warn("E25", path, `возьмите форму partner_ped («социальный партнёр – педагог») или впишите kinds = ["network"]`,
						"наставник %s в паре %s не работает в школе", person.short(), p.ID)
				}
			default:
				c.fail("E25", path, "в этой форме "+want.say, "%s %s в паре %s не подходит к форме %s: %s", side, person.short(), p.ID, p.Form, kindRu(person.Kind))
			}
		}
	}
	check(p.Mentors, want.mentor, "mentors", "наставник")
	check(p.Mentees, want.mentee, "mentees", "наставляемый")
	if p.MenteeClass != "" && !slices.Contains(want.mentee, "pupil") {
		c.fail("E25", at+".mentee_class", "в этой форме "+want.say, "класс %s не может быть наставляемым в форме %s", p.MenteeClass, p.Form)
	}
}

func kindRu(kind string) string {
	switch kind {
	case "staff":
		return "работник школы"
	case "pupil":
		return "обучающийся"
	case "student":
		return "студент"
	case "external":
		return "человек со стороны"
	case "graduate":
		return "выпускник"
	case "parent":
		return "родитель"
	}
	return kind
}

// ages checks W26, W27, W28 and W30 of a pair.
func (c *checker) ages(at string, p *Pair) {
	on := c.on
	side := func(ids []string, key string) {
		for k, id := range ids {
			person := c.Person(id)
			if person == nil {
				continue
			}
			path := fmt.Sprintf("%s.%s[%d]", at, key, k)
			if years, ok := person.AgeOn(on); ok && person.Kind == "pupil" && withPupils(p.Form) && (years < 10 || years > 19) {
				c.warn("W27", path, "методология целевой модели говорит об обучающихся 10–19 лет; бумаги будут сделаны", "%s: %s на %s", person.short(), russian.Count(years, "год", "года", "лет"), on.Short())
			}
			if p.Active() && person.Kind == "pupil" && person.Minor(on) && person.Representative == nil {
				c.warn("W30", path, `впишите representative = { last = "…", first = "…", middle = "…", relation = "мать" }`,
					"%s несовершеннолетний, а законный представитель не указан: в согласиях будет пустая строка", person.short())
			}
		}
	}
	side(p.Mentors, "mentors")
	side(p.Mentees, "mentees")
	if n := classNumber(p.MenteeClass); n > 0 && n < 4 && withPupils(p.Form) {
		c.warn("W27", at+".mentee_class", "методология целевой модели говорит об обучающихся 10–19 лет; бумаги будут сделаны", "наставляемые – %s класс, моложе 10 лет", p.MenteeClass)
	}
	for k, id := range p.Mentors {
		mentor := c.Person(id)
		if mentor == nil {
			continue
		}
		path := fmt.Sprintf("%s.mentors[%d]", at, k)
		c.criteria(path, mentor, p)
		if mentor.Kind != "pupil" {
			continue
		}
		younger := slices.ContainsFunc(p.Mentees, func(id string) bool {
			mentee := c.Person(id)
			if mentee == nil || mentee.Kind != "pupil" {
				return false
			}
			a, b := classNumber(mentor.Class), classNumber(mentee.Class)
			if a > 0 && b > 0 && a != b {
				return a < b
			}
			return p.RoleModel != "equal" && a != b && before(mentee.Birth, mentor.Birth)
		})
		if n := classNumber(p.MenteeClass); n > 0 && classNumber(mentor.Class) > 0 && classNumber(mentor.Class) < n {
			younger = true
		}
		if younger {
			c.warn("W26", path, "проверьте, кто в паре наставник", "наставник %s младше наставляемого в паре %s", mentor.short(), p.ID)
		}
	}
}

// criteria compares a mentor with what the school itself asks of mentors.
func (c *checker) criteria(path string, mentor *Person, p *Pair) {
	if mentor.Kind != "staff" || !c.labour(p.Form) {
		return
	}
	if need := c.Limits.MentorExperienceYears; need != nil && mentor.Experience != nil && *mentor.Experience < *need {
		c.warn("W28", path, "смените наставника или порог mentor_experience_years", "наставник %s: стаж %d, а школа требует не меньше %d", mentor.short(), *mentor.Experience, *need)
	}
	f := c.Form(p.Form)
	if f == nil || mentor.Category != "нет" && mentor.Category != "соответствие" {
		return
	}
	for _, criterion := range f.MentorCriteria {
		if low := strings.ToLower(criterion); strings.Contains(low, "категори") && (strings.Contains(low, "перв") || strings.Contains(low, "высш")) {
			c.warn("W28", path, "проверьте категорию или критерии отбора", "наставник %s: категория %q, а критерий школы – %q", mentor.short(), mentor.Category, criterion)
		}
	}
}

// together checks W21–W24: what pairs say of one another.
func (c *checker) together() {
	type couple struct{ mentor, mentee string }
	seen := map[couple]map[string]int{} // form → index of the pair
	load := map[string][]string{}       // mentor → mentees of individual pairs
	first := map[string]string{}        // mentor → path of the first such pair
	staff := map[string]bool{}
	mentors := map[[2]string]map[string]bool{} // {form, mentee} → mentors
	var order []string
	for i := range c.Pairs {
		p := &c.Pairs[i]
		if !p.Active() {
			continue
		}
		at := fmt.Sprintf("pairs[%d]", i)
		size := len(p.Mentees)
		if p.MenteesCount != nil {
			size = max(size, *p.MenteesCount)
		}
		if limit := orElse(c.Limits.GroupSize, 10); size > limit {
			c.warn("W23", at, "разделите группу или поднимите limits.group_size", "в группе %s – %s, а предел %d", p.ID, russian.Count(size, "наставляемый", "наставляемых", "наставляемых"), limit)
		}
		reverse := slices.Contains(p.Kinds, "reverse")
		for _, a := range p.Mentors {
			for _, b := range p.Mentees {
				if j, again := seen[couple{a, b}][p.Form]; again {
					c.warn("W21", at, "оставьте одну пару", "%s и %s уже в паре %s той же формы", c.who(a), c.who(b), c.Pairs[j].ID)
				}
				for _, j := range seen[couple{b, a}] {
					if !reverse && !slices.Contains(c.Pairs[j].Kinds, "reverse") {
						c.warn("W22", at, `для реверсивного наставничества впишите kinds = ["reverse"]`, "взаимная пара: %s и %s наставляют друг друга (пара %s)", c.who(a), c.who(b), c.Pairs[j].ID)
					}
				}
				if seen[couple{a, b}] == nil {
					seen[couple{a, b}] = map[string]int{}
				}
				seen[couple{a, b}][p.Form] = i
				key := [2]string{p.Form, b}
				if mentors[key] == nil {
					mentors[key] = map[string]bool{}
				}
				mentors[key][a] = true
				if len(mentors[key]) == 2 {
					c.warn("W24", at, "так можно, если это задумано", "несколько наставников в форме %s: наставляемый %s", p.Form, c.who(b))
					mentors[key]["\x00"] = true // told once
				}
			}
			if len(p.Mentees) == 1 {
				if _, found := first[a]; !found {
					first[a] = at
					order = append(order, a)
				}
				if !slices.Contains(load[a], p.Mentees[0]) {
					load[a] = append(load[a], p.Mentees[0])
				}
				staff[a] = staff[a] || c.labour(p.Form)
			}
		}
	}
	for _, mentor := range order {
		limit := 3
		if staff[mentor] {
			limit = 2
		}
		limit = orElse(c.Limits.MenteesPerMentor, limit)
		if n := len(load[mentor]); n > limit {
			c.warn("W23", first[mentor], "передайте часть наставляемых другому или поднимите limits.mentees_per_mentor",
				"наставник %s: %s, а предел %d", c.who(mentor), russian.Count(n, "наставляемый", "наставляемых", "наставляемых"), limit)
		}
	}
}

func orElse(n *int, otherwise int) int {
	if n != nil {
		return *n
	}
	return otherwise
}

// counts compares the totals a form states with the pairs listed, W29.
func (c *checker) counts() {
	for i := range c.Forms {
		f := &c.Forms[i]
		pairs, mentors, mentees := 0, map[string]bool{}, map[string]bool{}
		open := false // a class or a bare number: mentees are not all listed
		for k := range c.Pairs {
			p := &c.Pairs[k]
			if p.Form != f.ID || p.Status == "replaced" {
				continue
			}
			pairs++
			for _, id := range p.Mentors {
				mentors[id] = true
			}
			for _, id := range p.Mentees {
				mentees[id] = true
			}
			open = open || len(p.Mentees) == 0
			if slices.Contains(p.Kinds, "network") { // an outsider is not counted among the school's mentors
				for _, id := range p.Mentors {
					if person := c.Person(id); person != nil && person.Kind == "external" {
						delete(mentors, id)
					}
				}
			}
		}
		if pairs == 0 {
			continue
		}
		for _, total := range []struct {
			key, what string
			stated    *int
			listed    int
			skip      bool
		}{{"pairs_count", "пар", f.PairsCount, pairs, false}, {"mentors_count", "наставников", f.MentorsCount, len(mentors), false},
			{"mentees_count", "наставляемых", f.MenteesCount, len(mentees), open}} {
			if total.stated != nil && !total.skip && *total.stated != total.listed {
				c.warn("W29", fmt.Sprintf("forms[%d].%s", i, total.key), "исправьте число или список пар; ключ можно убрать",
					"в форме %s %s указано %d, а в парах – %d", f.ID, total.what, *total.stated, total.listed)
			}
		}
	}
}

var labourFrom = Date{Year: 2025, Month: 3, Day: 1}

// papersOfLabour tells in one sentence each what art. 351.8 of the Labour
// Code asks for and the profile does not have, W31.
func (c *checker) papersOfLabour() {
	if c.LabourMode == "none" || c.LabourMode == "in_contract" {
		return
	}
	var noConsent, noAddendum []string
	told := map[string]bool{}
	at := ""
	for i := range c.Pairs {
		p := &c.Pairs[i]
		start := p.Start
		if start.IsZero() {
			start = c.on
		}
		if !p.Active() || !c.labour(p.Form) || start.IsZero() || before(start, labourFrom) {
			continue
		}
		for _, id := range p.Mentors {
			person := c.Person(id)
			if person == nil || person.Kind != "staff" || told[id] {
				continue
			}
			told[id] = true
			if at == "" {
				at = fmt.Sprintf("pairs[%d]", i)
			}
			m := c.Mentor(id)
			if m == nil || m.Consent.Date.IsZero() {
				noConsent = append(noConsent, person.short())
			}
			if m == nil || m.Addendum.Date.IsZero() && m.Addendum.Number == "" {
				noAddendum = append(noAddendum, person.short())
			}
		}
	}
	const law = "ст. 351.8 ТК РФ, с 01.03.2025; бланки будут в комплекте, даты впишите в [[mentors]]"
	if len(noConsent) > 0 {
		c.warn("W31", at, law, "нет даты письменного согласия наставника: %s", someOf(noConsent))
	}
	if len(noAddendum) > 0 {
		c.warn("W31", at, law, "нет дополнительного соглашения к трудовому договору: %s", someOf(noAddendum))
	}
	if at != "" && c.Payment.Mode == "" {
		c.warn("W31", at, `впишите [payment] mode = "fixed", "percent", "points" или "none"`, "не указано, как оплачивается работа наставника (ст. 351.8 ТК РФ)")
	}
}

// someOf lists up to five names and counts the rest.
func someOf(names []string) string {
	if len(names) <= 5 {
		return strings.Join(names, ", ")
	}
	return fmt.Sprintf("%s и ещё %d", strings.Join(names[:5], ", "), len(names)-5)
}

func (c *checker) change(i int, h *Change) {
	at := fmt.Sprintf("changes[%d]", i)
	if h.Date.IsZero() {
		c.need(at+".date", "", "дата изменения", "date = 2026-11-16")
	}
	c.need(at+".pair", h.Pair, "какая пара меняется", `pair = "p2"`)
	if h.Mode == "replace" || h.Mode == "" {
		if h.OldMentor != "" && h.OldMentor == h.NewMentor {
			c.fail("E20", at+".new_mentor", "", "новый наставник – тот же, что прежний: %s", c.who(h.NewMentor))
		}
	}
	if h.Reason != "refusal" && h.Reason != "cancelled" || h.NoticeDate.IsZero() || h.Date.IsZero() {
		return
	}
	if n := c.WorkingDaysBetween(h.NoticeDate, h.Date); n < 3 {
		c.fail("E32", at+".notice_date", "перенесите дату изменения или предупредите раньше",
			"о прекращении предупреждают не менее чем за три рабочих дня (ст. 351.8 ТК РФ), а между %s и %s их %d", h.NoticeDate.Short(), h.Date.Short(), max(0, n))
	}
}

// WorkingDaysBetween counts the working days after one day and before
// another, both not counted: Monday to Friday, without the public holidays of
// the law and the profile's own.
func (s *School) WorkingDaysBetween(from, to Date) int {
	n := 0
	for d := from.AddDays(1); before(d, to) && n < 1000; d = d.AddDays(1) {
		if s.Working(d) {
			n++
		}
	}
	return n
}

// Working reports whether a day is neither a weekend nor a holiday.
func (s *School) Working(d Date) bool {
	return d.Weekday() != 0 && d.Weekday() != 6 && !s.Holiday(d)
}

// Holiday reports a public holiday: those of art. 112 of the Labour Code and
// the profile's own, which hold the days that the government moves each year.
func (s *School) Holiday(d Date) bool {
	switch d.Month*100 + d.Day {
	case 101, 102, 103, 104, 105, 106, 107, 108, 223, 308, 501, 509, 612, 1104:
		return true
	}
	return slices.Contains(s.Holidays, d)
}
