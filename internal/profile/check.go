package profile

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"nastavnik/internal/diag"
	"nastavnik/internal/pattern"
)

// Check applies the rules of the domain specification, 4.5, to a school's
// profile: E03, E05–E10, W07, W09, W11–W18, E20–W31, E32, W34–W36, in order
// of lines. Unknown keys, syntax and types are told when the file is read;
// W33, W37 and I40 belong to finished papers.
func Check(s *School) diag.List {
	c := &checker{School: s, on: s.CitationDay()}
	c.top()
	c.organisation()
	c.people()
	c.references()
	c.duplicates()
	c.forms()
	c.pairs()
	c.papers()
	c.figures()
	c.words()
	c.list.Sort()
	return c.list
}

// CheckMunicipality applies the rules to a district's own profile, and those
// that need all its schools at once.
func CheckMunicipality(m *Municipality) diag.List {
	c := &checker{School: m.asSchool()}
	c.on = c.CitationDay()
	c.district(m)
	c.list.Sort()
	return c.list
}

// asSchool shows a district's people, acts and dates to rules made for a
// school.
func (m *Municipality) asSchool() *School {
	return &School{SchoolYear: m.SchoolYear, CitationDate: m.CitationDate, People: m.People, Acts: m.Acts,
		Calendar: m.Calendar, Docs: m.Docs, Holidays: m.Holidays, Founder: m.Founder, Letterhead: m.Letterhead,
		WorkingGroup: m.WorkingGroup, Output: m.Output, Payment: m.Payment, places: m.places, hidden: m.hidden}
}

// checker holds one school while the rules look at it.
type checker struct {
	*School
	list diag.List
	on   Date // the day on which ages are taken
}

// CitationDay returns the day on which undated papers cite acts and ages are
// taken: citation_date, or 1 September of the school year. It is zero when
// the year is not readable.
func (s *School) CitationDay() Date {
	if !s.CitationDate.IsZero() {
		return s.CitationDate
	}
	if first, ok := s.FirstYear(); ok {
		return Date{Year: first, Month: 9, Day: 1}
	}
	return Date{}
}

// FirstYear returns the calendar year in which the school year begins.
func (s *School) FirstYear() (int, bool) {
	m := schoolYear.FindStringSubmatch(s.SchoolYear)
	if m == nil {
		return 0, false
	}
	first, _ := strconv.Atoi(m[1])
	second, _ := strconv.Atoi(m[2])
	return first, second == first+1 && first >= firstYear && second <= lastYear
}

var (
	schoolYear = pattern.New(`^(\d{4})-(\d{4})$`)
	slug       = pattern.New(`^[a-z0-9-]{2,40}$`)
	idShape    = pattern.New(`^[A-Za-z0-9_.-]{1,40}$`)
)

func (c *checker) fail(code, path, hint, format string, args ...any) {
	p := c.list.Add(c.Place(path), format, args...)
	p.Code, p.Hint = code, hint
}

func (c *checker) warn(code, path, hint, format string, args ...any) {
	p := c.list.Warn(c.Place(path), format, args...)
	p.Code, p.Hint = code, hint
}

// need reports a required value that is not given, E03. what names it in
// Russian, example is a line to write.
func (c *checker) need(path, value, what, example string) bool {
	if !blank(value) {
		return true
	}
	switch {
	case c.places.has(path):
		if value == "" && c.misread(path) {
			return false // its type was wrong, which is told already
		}
		c.fail("E03", path, "впишите: "+example, "%s: пусто (%s)", what, named(path))
	case !c.hidden:
		c.fail("E03", path, "впишите: "+example, "нет обязательного ключа %s: %s", named(path), what)
	}
	return false
}

// named writes a path for a person: which entry of a list it is the place
// tells, so «people[2].last» is «people.last».
func named(path string) string { return indexes.ReplaceAllString(path, "") }

var indexes = pattern.New(`\[\d+\]`)

// misread reports whether the file gives something at path that is not an
// empty string, though the value was not taken.
func (c *checker) misread(path string) bool {
	return len(strings.Trim(c.written(path), `"' `)) > 0
}

// written is the value at path as the file has it, "" when it has none.
func (c *checker) written(path string) string {
	src, at, found := c.places.find(path)
	if !found {
		return ""
	}
	return strings.TrimSpace(string(src.text[at.start:at.end]))
}

func (c *checker) top() {
	given := c.places.has("format")
	written := given && c.written("format") == "0" // otherwise its type was wrong, which is told already
	if c.Format != 1 && (c.Format != 0 || written || !given && !c.hidden) {
		if c.Format == 0 && !given {
			c.fail("E03", "format", "впишите первой строкой: format = 1", "нет обязательного ключа format: версия формата профиля")
		} else {
			c.fail("E04", "format", "эта программа понимает format = 1", "неизвестная версия формата профиля: %d", c.Format)
		}
	}
	c.year()
}

func (c *checker) year() {
	if !c.need("school_year", c.SchoolYear, "учебный год", `school_year = "2026-2027"`) {
		return
	}
	if _, ok := c.FirstYear(); !ok {
		c.fail("E10", "school_year", `пишите два соседних года: school_year = "2026-2027"`, "учебный год %q написан неверно", c.SchoolYear)
	}
}

func (c *checker) organisation() {
	const nameExample = `name_full = "Муниципальное бюджетное общеобразовательное учреждение «Образцовская средняя общеобразовательная школа»"`
	o := &c.School.School
	if c.need("school.name_full", o.NameFull, "полное наименование школы", nameExample) {
		c.quotes("school.name_full", o.NameFull)
		if r := firstRune(o.NameFull); isLower(r) {
			c.warn("W09", "school.name_full", "наименование пишут как в уставе, с большой буквы", "полное наименование начинается с маленькой буквы")
		}
	}
	if c.need("school.name_short", o.NameShort, "краткое наименование школы", `name_short = "МБОУ «Образцовская СОШ»"`) {
		c.quotes("school.name_short", o.NameShort)
		if n := len([]rune(o.NameShort)); n > 80 {
			c.fail("E04", "school.name_short", "возьмите краткое наименование из устава", "краткое наименование длиннее 80 знаков: %d", n)
		}
	}
	if o.ID != "" && !slug.MatchString(o.ID) {
		c.fail("E04", "school.id", `2–40 знаков: строчные латинские буквы, цифры, дефис, например "obrazcovo"`, "код школы %q не годится для имени папки", o.ID)
	}
	c.need("school.director", o.Director, "руководитель", `director = "dir" – код человека из [[people]]`)
	c.need("curator.person", c.Curator.Person, "куратор", `[curator] person = "cur" – код человека из [[people]]`)
	c.requisites()
	c.contacts()
	for _, count := range []struct {
		path string
		n    *int
	}{{"school.pupils_total", o.PupilsTotal}, {"school.pupils_10_19", o.Pupils1019},
		{"school.teachers_total", o.TeachersTotal}, {"school.teachers_young", o.TeachersYoung}} {
		c.notNegative(count.path, count.n)
	}
	part := func(path string, part, whole *int, what string) {
		if part != nil && whole != nil && *part > *whole {
			c.fail("E04", path, "проверьте оба числа", "%s: часть больше целого, %d из %d", what, *part, *whole)
		}
	}
	part("school.pupils_10_19", o.Pupils1019, o.PupilsTotal, "обучающиеся 10–19 лет")
	part("school.teachers_young", o.TeachersYoung, o.TeachersTotal, "молодые педагоги")
}

func (c *checker) notNegative(path string, n *int) {
	if n != nil && *n < 0 {
		c.fail("E04", path, "", "число меньше нуля: %d", *n)
	}
}

// quotes reports unbalanced guillemets.
func (c *checker) quotes(path, s string) {
	depth := 0
	for _, r := range s {
		switch r {
		case '«', '„':
			depth++
		case '»', '“':
			depth--
		}
		if depth < 0 {
			break
		}
	}
	if depth != 0 {
		c.fail("E04", path, "у каждой « должна быть своя »", "кавычки не закрыты: %s", s)
	}
}

// ref reports a reference to nothing, E05. ids are what it may name.
func (c *checker) ref(path, id string, ids []string, what, table string) bool {
	if id == "" || slices.Contains(ids, id) {
		return true
	}
	if c.hidden && len(ids) < c.entries(table) || c.hidden && len(ids) == 0 {
		return false // the id may stand in a line that could not be read
	}
	hint := "в профиле нет ни одной записи [[" + table + "]]"
	if near := diag.Nearest(id, ids); near != "" {
		hint = "возможно, \"" + near + "\""
	} else if len(ids) > 0 {
		hint = "есть: " + strings.Join(ids[:min(12, len(ids))], ", ")
		if len(ids) > 12 {
			hint += " …"
		}
	}
	c.fail("E05", path, hint, "%s %q не найден в [[%s]]", what, id, table)
	return false
}

// entries counts the entries of a list, those without an id too.
func (c *checker) entries(table string) int {
	switch table {
	case "people":
		return len(c.People)
	case "partners":
		return len(c.Partners)
	case "forms":
		return len(c.Forms)
	case "pairs":
		return len(c.Pairs)
	}
	return 0
}

// word is ref for a value that may be a person's id or plain words: only
// what looks like an id must be one.
func (c *checker) word(path, value string, ids []string) {
	if lowerID.MatchString(value) {
		c.ref(path, value, ids, "человек", "people")
	}
}

// actingPost is a post that says by itself that somebody stands in.
var actingPost = pattern.New(`(?i)^(и\.\s?о\.|врио|исполняющ)`)

var lowerID = pattern.New(`^[a-z][a-z0-9_-]*$`)

func idsOf[T any](list []T, key func(*T) string) []string {
	ids := make([]string, 0, len(list))
	for i := range list {
		if id := key(&list[i]); id != "" {
			ids = append(ids, id)
		}
	}
	return ids
}

func (c *checker) personIDs() []string {
	return idsOf(c.People, func(p *Person) string { return p.ID })
}
func (c *checker) partnerIDs() []string {
	return idsOf(c.Partners, func(p *Partner) string { return p.ID })
}
func (c *checker) formIDs() []string { return idsOf(c.Forms, func(f *Form) string { return f.ID }) }
func (c *checker) pairIDs() []string { return idsOf(c.Pairs, func(p *Pair) string { return p.ID }) }

func (c *checker) references() {
	people, partners, forms, pairs := c.personIDs(), c.partnerIDs(), c.formIDs(), c.pairIDs()
	person := func(path, id string) bool { return c.ref(path, id, people, "человек", "people") }

	o := &c.School.School
	if person("school.director", o.Director) {
		p := c.Person(o.Director)
		if p != nil && p.Kind != "" && p.Kind != "staff" {
			c.fail("E25", "school.director", `kind = "staff"`, "директор %s записан не сотрудником", p.short())
		}
		if p != nil && o.Acting && actingPost.MatchString(p.Position) {
			c.warn("W09", "school.acting", `пишите position = "директор": «исполняющий обязанности» добавит acting = true`, "исполнение обязанностей сказано дважды: %s и acting = true", p.Position)
		}
	}
	person("school.responsible_supply", o.ResponsibleSupply)
	if person("curator.person", c.Curator.Person) {
		if p := c.Person(c.Curator.Person); p != nil && (p.Kind == "pupil" || p.Kind == "parent") {
			c.fail("E25", "curator.person", "куратор – сотрудник школы", "куратором назначен %s, он не сотрудник", p.short())
		}
	}
	c.word("founder.head", c.Founder.Head, people)
	c.group()
	for i, p := range c.People {
		c.ref(fmt.Sprintf("people[%d].org", i), p.Org, partners, "партнёр", "partners")
	}
	for i, m := range c.Mentors {
		person(fmt.Sprintf("mentors[%d].person", i), m.Person)
	}
	for i, m := range c.Mentees {
		person(fmt.Sprintf("mentees[%d].person", i), m.Person)
	}
	for i, p := range c.Pairs {
		at := fmt.Sprintf("pairs[%d].", i)
		c.ref(at+"form", p.Form, forms, "форма", "forms")
		for k, id := range p.Mentors {
			person(fmt.Sprintf("%smentors[%d]", at, k), id)
		}
		for k, id := range p.Mentees {
			person(fmt.Sprintf("%smentees[%d]", at, k), id)
		}
		c.ref(at+"replaced_by", p.ReplacedBy, pairs, "пара", "pairs")
	}
	for i, h := range c.Changes {
		at := fmt.Sprintf("changes[%d].", i)
		c.ref(at+"pair", h.Pair, pairs, "пара", "pairs")
		person(at+"old_mentor", h.OldMentor)
		person(at+"new_mentor", h.NewMentor)
	}
	person("minutes.chair", c.Minutes.Chair)
	person("minutes.secretary", c.Minutes.Secretary)
	for i, who := range c.Minutes.PresentList {
		c.word(fmt.Sprintf("minutes.present_list[%d]", i), who, people)
	}
	for i, item := range c.Minutes.Agenda {
		at := fmt.Sprintf("minutes.agenda[%d].", i)
		c.word(at+"speaker", item.Speaker, people)
		for k, d := range item.Discussed {
			c.word(fmt.Sprintf("%sdiscussed[%d].person", at, k), d.Person, people)
		}
	}
	for i, n := range c.Minutes.ExtractItems {
		if n < 1 || len(c.Minutes.Agenda) > 0 && n > len(c.Minutes.Agenda) {
			c.fail("E05", fmt.Sprintf("minutes.extract_items[%d]", i), fmt.Sprintf("вопросы повестки считаются с 1, их %d", len(c.Minutes.Agenda)),
				"для выписки назван вопрос %d, которого нет", n)
		}
	}
	for i, stage := range c.Roadmap.Stages {
		for k, e := range stage.Events {
			c.word(fmt.Sprintf("roadmap.stages[%d].events[%d].responsible", i, k), e.Responsible, people)
		}
	}
	for _, id := range c.docIDs() {
		at := "docs." + id
		if !slices.Contains(DocumentIDs[:], id) {
			hint := "список документов даёт «nastavnik list»"
			if near := diag.Nearest(id, DocumentIDs[:]); near != "" {
				hint = "возможно, " + near
			}
			c.fail("E05", at, hint, "документа %q нет", id)
		}
		person(at+".signer", c.Docs[id].Signer)
		person(at+".executor", c.Docs[id].Executor)
	}
	for i, a := range c.Awards {
		at := fmt.Sprintf("awards[%d].", i)
		person(at+"person", a.Person)
		c.ref(at+"org", a.Org, partners, "партнёр", "partners")
		if a.Person == "" && a.Org == "" && !c.hidden {
			c.fail("E03", fmt.Sprintf("awards[%d]", i), `впишите person = "код" или org = "код"`, "поощрение: не сказано, кому")
		}
	}
	for i, id := range c.Event.Committee {
		person(fmt.Sprintf("event.committee[%d]", i), id)
	}
	person("site.responsible", c.Site.Responsible)
	for i, id := range c.Site.Published {
		c.document(fmt.Sprintf("site.published[%d]", i), id)
	}
	for i, a := range c.Report.Achievements {
		c.word(fmt.Sprintf("report.achievements[%d].who", i), a.Who, people)
	}
	for i, r := range c.Monitoring.Rounds {
		c.ref(fmt.Sprintf("monitoring.rounds[%d].form", i), r.Form, forms, "форма", "forms")
	}
	c.acts()
}

func (c *checker) document(path, id string) {
	if !slices.Contains(DocumentIDs[:], id) {
		hint := "список документов даёт «nastavnik list»"
		if near := diag.Nearest(id, DocumentIDs[:]); near != "" {
			hint = "возможно, \"" + near + "\""
		}
		c.fail("E05", path, hint, "документа %q нет", id)
	}
}

func (c *checker) group() {
	for i, m := range c.WorkingGroup.Members {
		at := fmt.Sprintf("working_group.members[%d]", i)
		if c.need(at+".person", m.Person, "член рабочей группы", `{ person = "dir", role = "руководитель" }`) {
			c.ref(at+".person", m.Person, c.personIDs(), "человек", "people")
		}
	}
}

func (c *checker) acts() {
	for i, a := range c.Acts {
		at := fmt.Sprintf("acts[%d]", i)
		if !c.need(at+".id", a.ID, "код акта", `id = "region557"`) || a.Drop {
			continue
		}
		c.need(at+".level", a.Level, "уровень акта", `level = "regional"`)
		c.need(at+".kind", a.Kind, "вид акта", `kind = "приказ"`)
		c.need(at+".number", a.Number, "номер акта", `number = "557"`)
		if a.Date.IsZero() {
			c.need(at+".date", "", "дата акта", "date = 2020-06-30")
		}
		for k, id := range a.UseIn {
			if id != "all" {
				c.document(fmt.Sprintf("%s.use_in[%d]", at, k), id)
			}
		}
		c.span(at+".cite_to", a.CiteFrom, a.CiteTo, "срок цитирования акта")
	}
}

// span reports an end that is not after its beginning, E10. path is the
// end's.
func (c *checker) span(path string, start, end Date, what string) {
	if !start.IsZero() && !end.IsZero() && !before(start, end) {
		c.fail("E10", path, "проверьте день, месяц и год обеих дат", "%s: окончание %s не позже начала %s", what, end.Short(), start.Short())
	}
}

// docIDs are the documents that the profile speaks of, in order.
func (c *checker) docIDs() []string {
	ids := make([]string, 0, len(c.Docs))
	for id := range c.Docs {
		ids = append(ids, id)
	}
	slices.Sort(ids)
	return ids
}

func (c *checker) duplicates() {
	twice := func(table string, n int, id func(int) string, key string) {
		seen := map[string]int{}
		for i := range n {
			switch first, found := seen[id(i)]; {
			case id(i) == "":
			case found:
				c.fail("E06", fmt.Sprintf("%s[%d].%s", table, i, key), "дайте каждой записи свой код",
					"код %q уже есть в строке %d", id(i), c.Place(fmt.Sprintf("%s[%d].%s", table, first, key)).Line)
			default:
				seen[id(i)] = i
			}
		}
	}
	twice("people", len(c.People), func(i int) string { return c.People[i].ID }, "id")
	twice("partners", len(c.Partners), func(i int) string { return c.Partners[i].ID }, "id")
	twice("forms", len(c.Forms), func(i int) string { return c.Forms[i].ID }, "id")
	twice("mentors", len(c.Mentors), func(i int) string { return c.Mentors[i].Person }, "person")
	twice("mentees", len(c.Mentees), func(i int) string { return c.Mentees[i].Person }, "person")
	twice("pairs", len(c.Pairs), func(i int) string { return c.Pairs[i].ID }, "id")
	twice("acts", len(c.Acts), func(i int) string { return c.Acts[i].ID }, "id")
	twice("indicators", len(c.Indicators), func(i int) string { return c.Indicators[i].ID }, "id")
}
