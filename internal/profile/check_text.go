package profile

import (
	"fmt"
	"math"
	"reflect"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"nastavnik/internal/pattern"
	"nastavnik/internal/russian"
)

// figures checks numbers that no other rule looks at.
func (c *checker) figures() {
	if a := c.Payment.Amount; a != nil && (*a < 0 || c.Payment.Mode == "percent" && *a > 300) {
		c.fail("E04", "payment.amount", "", "размер оплаты %v не бывает таким", *a)
	}
	o := &c.Output
	if o.FontSize != nil && (*o.FontSize < 12 || *o.FontSize > 14) {
		c.fail("E04", "output.font_size", "по ГОСТ Р 7.0.97 – 12, 13 или 14", "кегль %v вне пределов 12–14", *o.FontSize)
	}
	if o.LineSpacing != nil && (*o.LineSpacing < 1 || *o.LineSpacing > 2) {
		c.fail("E04", "output.line_spacing", "обычно 1 или 1.5", "межстрочный интервал %v вне пределов 1–2", *o.LineSpacing)
	}
	if n := len(o.Margins); n > 0 && n != 4 {
		c.fail("E04", "output.margins", "пишите четыре числа в мм: [30, 10, 20, 20] – левое, правое, верхнее, нижнее", "полей %d, а нужно четыре", n)
	}
	for i, mm := range o.Margins {
		if mm < 5 || mm > 60 {
			c.fail("E04", fmt.Sprintf("output.margins[%d]", i), "поля пишут в миллиметрах", "поле %v мм вне пределов 5–60", mm)
		}
	}
	for _, n := range []struct {
		key string
		n   *int
	}{{"mentees_per_mentor", c.Limits.MenteesPerMentor}, {"group_size", c.Limits.GroupSize}} {
		if n.n != nil && *n.n < 1 {
			c.fail("E04", "limits."+n.key, "", "предел меньше одного: %d", *n.n)
		}
	}
	for i, a := range c.Indicators {
		c.need(fmt.Sprintf("indicators[%d].title", i), a.Title, "показатель", `title = "Доля педагогов со стажем до 3 лет, имеющих наставника"`)
	}
	c.monitoring()
}

func (c *checker) monitoring() {
	m := &c.Monitoring
	if s := m.Satisfied; s != nil && (*s < 0 || *s > 1) {
		c.fail("E04", "monitoring.satisfied", "доля от 0 до 1: девять из десяти – 0.9", "доля довольных %v", *s)
	} else if s != nil && m.N != nil && !reachable(*s*100, *m.N) {
		c.warn("W35", "monitoring.satisfied", "пересчитайте", "доля %v невозможна, когда опрошено %d", *s, *m.N)
	}
	for i, r := range m.Rounds {
		at := fmt.Sprintf("monitoring.rounds[%d]", i)
		answers, total := orElse(r.Answers, -1), orElse(r.Total, -1)
		if total >= 0 && answers > total {
			c.warn("W35", at+".answers", "пересчитайте", "ответили %d из %d", answers, total)
		}
		if s := orElse(r.Satisfied, -1); answers >= 0 && s > answers {
			c.warn("W35", at+".satisfied", "пересчитайте", "довольны %d, а ответили %d", s, answers)
		}
	}
	sizes := c.participants()
	if m.N != nil {
		sizes = []int{*m.N}
	}
	for i, d := range m.Difficulties {
		at := fmt.Sprintf("monitoring.difficulties[%d]", i)
		c.need(at+".title", d.Title, "затруднение", `title = "взаимодействие с обучающимися"`)
		switch p := d.Percent; {
		case p == nil:
		case *p < 0 || *p > 100:
			c.fail("E04", at+".percent", "от 0 до 100", "процент %v", *p)
		case len(sizes) > 0 && !slices.ContainsFunc(sizes, func(n int) bool { return reachable(*p, n) }):
			c.warn("W35", at+".percent", "пересчитайте или впишите monitoring.n – сколько человек опрошено", "%v %% невозможны, когда людей %s", *p, list(sizes))
		}
	}
	for i, t := range m.Tables {
		for k, row := range t.Rows {
			if len(row) != len(t.Columns) {
				c.fail("E04", fmt.Sprintf("monitoring.tables[%d].rows[%d]", i, k), "", "в строке таблицы %d ячеек, а столбцов %d", len(row), len(t.Columns))
			}
		}
	}
}

// reachable reports whether some k of n people make p per cent, rounded to
// the whole.
func reachable(p float64, n int) bool {
	if n <= 0 {
		return true
	}
	k := math.Round(p * float64(n) / 100)
	for _, k := range []float64{k - 1, k, k + 1} {
		if k >= 0 && k <= float64(n) && math.Abs(k*100/float64(n)-p) <= 0.51 {
			return true
		}
	}
	return false
}

// participants are the counts of people that a share may be taken of:
// mentors, mentees and both together; none when a class or group is not
// listed by name.
func (c *checker) participants() []int {
	mentors, mentees, both := map[string]bool{}, map[string]bool{}, map[string]bool{}
	for i := range c.Pairs {
		p := &c.Pairs[i]
		if len(p.Mentees) == 0 {
			return nil
		}
		for _, id := range p.Mentors {
			mentors[id], both[id] = true, true
		}
		for _, id := range p.Mentees {
			mentees[id], both[id] = true, true
		}
	}
	var sizes []int
	for _, n := range []int{len(mentees), len(mentors), len(both)} {
		if n > 0 && !slices.Contains(sizes, n) {
			sizes = append(sizes, n)
		}
	}
	return sizes
}

func list(numbers []int) string {
	words := make([]string, len(numbers))
	for i, n := range numbers {
		words[i] = strconv.Itoa(n)
	}
	return strings.Join(words, " или ")
}

// prose is a free text of the profile.
type prose struct {
	path, text string
	public     bool // goes to a paper for the site
	section    string
}

// words checks free texts: W15–W18, W34, W35.
func (c *checker) words() {
	names := c.ownNames()
	sizes := c.participants()
	for _, t := range c.allProse() {
		c.yearsIn(t)
		c.actsIn(t)
		c.lettersIn(t.path, t.text)
		c.schoolsIn(t, names)
		if t.public {
			c.privateIn(t)
		}
		c.percentsIn(t, sizes)
	}
	c.letterhead()
	o := &c.School.School
	c.lettersIn("school.name_full", o.NameFull)
	c.lettersIn("school.name_short", o.NameShort)
	c.lettersIn("school.address", o.Address)
	for i, p := range c.Partners {
		c.lettersIn(fmt.Sprintf("partners[%d].name", i), p.Name)
	}
	for i, p := range c.People {
		c.lettersIn(fmt.Sprintf("people[%d].position", i), p.Position)
	}
	c.actsOutOfTime()
}

// notProse are keys whose values are codes, names of people or addresses.
var notProse = map[string]bool{"id": true, "person": true, "form": true, "chair": true, "secretary": true, "pair": true,
	"old_mentor": true, "new_mentor": true, "number": true, "section_url": true, "urls": true, "published": true,
	"committee": true, "signer": true, "executor": true, "emblem": true, "language": true, "mentors": true, "mentees": true,
	"role_models": true, "role_model": true, "kinds": true, "replaced_by": true, "org": true, "contact_phone": true,
	"responsible": true, "phone_public": true, "email_public": true, "since": true, "present_list": true, "mentee_class": true,
	"avg": true, "time": true, "alt": true}

// allProse are the free texts in the order of the file's types.
func (c *checker) allProse() []prose {
	public := map[string]bool{"forms": true, "roadmap": true, "program": true, "report": true, "event": true,
		"site": true, "monitoring": true, "letterhead": true, "indicators": true}
	internal := map[string]bool{"order_curator": true, "order_pairs": true, "order_change": true, "order_awards": true}
	var texts []prose
	root := reflect.ValueOf(c.School).Elem()
	s := shapes()[root.Type()]
	for _, key := range []string{"letterhead", "curator", "forms", "mentors", "mentees", "pairs", "minutes", "roadmap", "program",
		"docs", "changes", "payment", "limits", "indicators", "monitoring", "report", "event", "awards", "site"} {
		walkText(root.Field(s.fields[s.byKey[key]].index), key, func(path, text string) {
			t := prose{path, text, public[key], key}
			if key == "docs" {
				id, _, _ := strings.Cut(strings.TrimPrefix(path, "docs."), ".")
				t.public = strings.HasPrefix(id, "order_") && !internal[id]
			}
			texts = append(texts, t)
		})
	}
	return texts
}

func walkText(v reflect.Value, path string, visit func(path, text string)) {
	switch v.Kind() {
	case reflect.Pointer:
		if !v.IsNil() {
			walkText(v.Elem(), path, visit)
		}
	case reflect.String:
		if v.Len() > 0 {
			visit(path, v.String())
		}
	case reflect.Slice:
		for i := range v.Len() {
			walkText(v.Index(i), element(path, i), visit)
		}
	case reflect.Map:
		keys := v.MapKeys()
		slices.SortFunc(keys, func(a, b reflect.Value) int { return strings.Compare(a.String(), b.String()) })
		for _, k := range keys {
			walkText(v.MapIndex(k), join(path, k.String()), visit)
		}
	case reflect.Struct:
		s := shapes()[v.Type()]
		if s == nil {
			return
		}
		for _, f := range s.fields {
			if f.enum == nil && !notProse[f.key] {
				walkText(v.Field(f.index), join(path, f.key), visit)
			}
		}
	}
}

var (
	yearPair   = pattern.New(`(20\d\d)\s*[-–—/]\s*(20\d\d|\d\d)(\D|$)`)
	singleYear = pattern.New(`(^|[^\d.№/-])(20\d\d)([^\d/-]|$)`)
	sinceYear  = pattern.New(`(?i)(^|[^\p{L}])(с|к|до|от|после|начиная с)\s+$`)
)

// yearsIn looks for years of another school year, W15: the slip of papers
// that were copied from last year's.
func (c *checker) yearsIn(t prose) {
	first, ok := c.FirstYear()
	if !ok {
		return
	}
	from, to := first, first+1
	for _, f := range c.Forms { // a programme of several years speaks of all of them
		for _, d := range []Date{f.Start, f.End} {
			if !d.IsZero() {
				from, to = min(from, d.Year), max(to, d.Year)
			}
		}
	}
	if t.section == "report" || t.section == "monitoring" || t.section == "indicators" || t.section == "program" {
		from, to = from-1, to+1 // what was before, and what is planned
	}
	if strings.HasPrefix(t.path, "report.achievements") || strings.HasPrefix(t.path, "mentors") {
		return // history
	}
	rest := t.text
	for _, m := range yearPair.FindAllStringSubmatch(t.text, -1) {
		a, _ := strconv.Atoi(m[1])
		b, _ := strconv.Atoi(m[2])
		if b < 100 {
			b += a / 100 * 100
		}
		rest = strings.Replace(rest, m[1], "", 1)
		rest = strings.Replace(rest, m[2], "", 1)
		if b == a+1 && a != first && (a < from || b > to || t.section == "roadmap" || t.section == "event") {
			c.warn("W15", t.path, "возможно, "+c.SchoolYear+"; проверьте, не осталось ли это от другого года", "%s: в тексте %s–%d, а учебный год %s", named(t.path), m[1], b, c.SchoolYear)
		}
	}
	if strings.Contains(strings.ToLower(t.text), "приказ") || strings.Contains(t.text, "№") {
		return // a date of an act
	}
	if t.section == "report" {
		return // a report tells of other years, too
	}
	for _, m := range singleYear.FindAllStringSubmatchIndex(rest, -1) {
		y, _ := strconv.Atoi(rest[m[4]:m[5]])
		history := sinceYear.MatchString(rest[:m[4]]) // «с 2021 года», «к 2030 году»
		if !history && (y < from && y > from-nearYears || y > to && y < to+nearYears) {
			c.warn("W15", t.path, "проверьте, не осталось ли это от другого года", "%s: в тексте %d год, а учебный год %s", named(t.path), y, c.SchoolYear)
			return
		}
	}
}

// nearYears is how far a year left over from another paper may lie; strategies
// speak of years further off.
const nearYears = 5

// slips are misspelt citations, W16.
var slips = []struct {
	re   *pattern.Pattern
	text string
	hint string
}{
	{pattern.New(`P-145`), "в «Р-145» латинская буква P", "наберите русскую Р: Р-145"},
	{pattern.New(`\b145-[рР]`), "номер распоряжения Минпросвещения России – Р-145, а не 145-р", "пишите № Р-145"},
	{pattern.New(`[РP]-14(\D|$)`), "номер распоряжения обрезан: Р-14", "распоряжение Минпросвещения России от 25.12.2019 № Р-145"},
	{pattern.New(`24(\.12\.|\s+декабря\s+)2019[^.]{0,40}[РP]-145`), "дата распоряжения № Р-145 – 25 декабря 2019 г., а не 24", "от 25.12.2019 № Р-145"},
	{pattern.New(`(?i)постановлени[а-яё]*[^.]{0,60}[РP]-145`), "№ Р-145 – распоряжение, а не постановление", "распоряжение Минпросвещения России от 25.12.2019 № Р-145"},
	{pattern.New(`358\.1`), "статья о наставничестве в Трудовом кодексе – 351.8, а не 358.1", "пишите ст. 351.8 ТК РФ"},
}

func (c *checker) actsIn(t prose) {
	for _, s := range slips {
		if s.re.MatchString(t.text) {
			c.warn("W16", t.path, s.hint, "%s: %s", named(t.path), s.text)
		}
	}
	if first, ok := c.FirstYear(); ok && strings.Contains(t.text, "351.8") && before(Date{Year: first + 1, Month: 8, Day: 31}, labourFrom) {
		c.warn("W16", t.path, "ст. 351.8 ТК РФ действует с 01.03.2025", "%s: в бумагах %s года ссылка на ст. 351.8 ТК РФ", named(t.path), c.SchoolYear)
	}
}

// actsOutOfTime are the profile's own acts that no paper of the year may
// cite, W16.
func (c *checker) actsOutOfTime() {
	first, ok := c.FirstYear()
	if !ok {
		return
	}
	for i, a := range c.Acts {
		from := a.CiteFrom
		if from.IsZero() {
			from = a.Date
		}
		at := fmt.Sprintf("acts[%d]", i)
		switch {
		case a.Drop:
		case before(Date{Year: first + 1, Month: 8, Day: 31}, from):
			c.warn("W16", at+".date", "проверьте дату акта", "акт %q действует с %s, позже учебного года %s", a.ID, from.Short(), c.SchoolYear)
		case before(a.CiteTo, Date{Year: first, Month: 6, Day: 1}):
			c.warn("W16", at+".cite_to", "уберите акт или поправьте срок", "акт %q утратил силу %s, до учебного года %s", a.ID, a.CiteTo.Short(), c.SchoolYear)
		}
	}
}

// lettersIn looks for letters that only look right, W17.
func (c *checker) lettersIn(path, text string) { c.lettersOf(path, text, "") }

func (c *checker) lettersOf(path, text, language string) {
	found := russian.Homoglyphs(text, language)
	if len(found) == 0 {
		return
	}
	f := found[0]
	hint := "наберите слово заново"
	if f.Right != 0 {
		hint += ": " + russian.Mend(f.Word, language)
	}
	what := "знак"
	switch {
	case unicode.Is(unicode.Latin, f.Got):
		what = "латинская буква"
	case unicode.Is(unicode.Cyrillic, f.Got):
		what = "буква"
	case unicode.IsDigit(f.Got):
		what = "цифра"
	}
	c.warn("W17", path, hint, "%s: в слове %q не та буква: %s %c (U+%04X)", named(path), f.Word, what, f.Got, f.Got)
}

// letterhead checks the second language's letters, W17: Ө for Ӧ and the like.
func (c *checker) letterhead() {
	if c.Letterhead.FixHomoglyphs {
		return
	}
	for i, line := range c.Letterhead.Lines {
		c.lettersOf(fmt.Sprintf("letterhead.lines[%d].alt", i), line.Alt, c.Letterhead.Language)
	}
}

var (
	quotedSchool   = pattern.New(`«([^«»]*(?:школа|СОШ|ООШ|НОШ|гимназия|лицей)[^«»]*)»`)
	numberedSchool = pattern.New(`(?i)(?:школ[аыеуой]+|гимнази[яиею]+|лице[йяюем]+|СОШ|ООШ)\s*№\s*(\d+)`)
)

// ownNames are the names that a school's texts may use.
func (c *checker) ownNames() string {
	o := &c.School.School
	names := []string{o.NameFull, o.NameShort, o.NameShortGen, o.NameShortPre, c.Founder.Name}
	for _, p := range c.Partners {
		names = append(names, p.Name, p.NameShort)
	}
	for _, line := range c.Letterhead.Lines {
		names = append(names, line.Ru)
	}
	return strings.ToLower(strings.Join(names, "\n"))
}

// schoolsIn looks for another school's name or number, W18.
func (c *checker) schoolsIn(t prose, own string) {
	if t.section == "letterhead" || strings.HasPrefix(t.path, "report.achievements") || own == "" {
		return
	}
	for _, m := range quotedSchool.FindAllStringSubmatch(t.text, -1) {
		if !strings.Contains(own, strings.ToLower(m[1])) && len([]rune(m[1])) < 80 {
			c.warn("W18", t.path, "проверьте, не осталось ли это от чужой бумаги", "%s: названа другая школа: «%s»", named(t.path), m[1])
		}
	}
	for _, m := range numberedSchool.FindAllStringSubmatch(t.text, -1) {
		if !regexp.MustCompile(`№\s*` + m[1] + `(\D|$)`).MatchString(own) {
			c.warn("W18", t.path, "проверьте, не осталось ли это от чужой бумаги", "%s: названа школа № %s, а в наименовании этого номера нет", named(t.path), m[1])
		}
	}
}

// privateWords are what a public paper must not say of a person, W34.
var privateWords = []struct {
	re   *pattern.Pattern
	word string
}{
	{pattern.New(`(?i)состо(ит|ят|ящ[а-яё]+)\s+на\s+уч[её]те`), "состоит на учёте"},
	{pattern.New(`(^|[^\p{L}])ПДН([^\p{L}]|$)`), "ПДН"},
	{pattern.New(`(^|[^\p{L}])КДН`), "КДН"},
	{pattern.New(`(^|[^\p{L}])ОВЗ([^\p{L}]|$)`), "ОВЗ"},
	{pattern.New(`(?i)(^|[^\p{L}])инвалид`), "инвалид"},
	{pattern.New(`(?i)(^|[^\p{L}])опек[аиуой]`), "опека"},
}

func (c *checker) privateIn(t prose) {
	for _, w := range privateWords {
		if w.re.MatchString(t.text) {
			c.warn("W34", t.path, "перенесите в private_note: она не печатается", "%s: в тексте для открытой бумаги сказано «%s»", named(t.path), w.word)
			return
		}
	}
}

var (
	percentIn = pattern.New(`(\d+(?:[.,]\d+)?)\s*%`)
	peopleIn  = pattern.New(`(?i)(\d+)\s+(?:наставн|наставля|педагог|учител|человек|участник|обучающ|молод|пар)`)
	aboutUs   = pattern.New(`(?i)наставн|наставля|участник`)
)

// percentsIn looks for shares that the stated number of people cannot make,
// W35: 98 % of five.
func (c *checker) percentsIn(t prose, sizes []int) {
	if !aboutUs.MatchString(t.text) {
		return
	}
	of := slices.Clone(sizes)
	for _, m := range peopleIn.FindAllStringSubmatch(t.text, -1) {
		if n, _ := strconv.Atoi(m[1]); n > 0 {
			of = append(of, n)
		}
	}
	if len(of) == 0 {
		return
	}
	for _, m := range percentIn.FindAllStringSubmatch(t.text, -1) {
		p, err := strconv.ParseFloat(strings.Replace(m[1], ",", ".", 1), 64)
		if err == nil && p <= 100 && !slices.ContainsFunc(of, func(n int) bool { return reachable(p, n) }) {
			slices.Sort(of)
			c.warn("W35", t.path, "пересчитайте или напишите «n из N»", "%s: %s %% невозможны, когда людей %s", named(t.path), m[1], list(slices.Compact(of)))
			return
		}
	}
}

// district checks a municipal profile.
func (c *checker) district(m *Municipality) {
	c.Format, c.School.Kind = m.Format, m.Kind
	c.top()
	if m.Kind != "municipality" {
		c.fail("E03", "kind", `впишите kind = "municipality"`, "нет обязательного ключа kind: вид профиля")
	}
	d := &m.Municipality
	c.need("municipality.id", d.ID, "код муниципалитета", `id = "maima"`)
	if d.ID != "" && !slug.MatchString(d.ID) {
		c.fail("E04", "municipality.id", "2–40 знаков: строчные латинские буквы, цифры, дефис", "код муниципалитета %q не годится для имени папки", d.ID)
	}
	c.need("municipality.name", d.Name, "муниципалитет", `name = "муниципальное образование «Майминский район»"`)
	c.need("municipality.name_short", d.NameShort, "муниципалитет, кратко", `name_short = "МО «Майминский район»"`)
	c.need("authority.name", m.Authority.Name, "орган управления образованием", `name = "Управление образования администрации …"`)
	people := c.personIDs()
	if c.need("authority.head", m.Authority.Head, "начальник", `head = "head" – код человека из [[people]]`) {
		c.ref("authority.head", m.Authority.Head, people, "человек", "people")
	}
	if c.need("coordinator.person", m.Coordinator.Person, "муниципальный координатор", `[coordinator] person = "coord" – код человека из [[people]]`) {
		c.ref("coordinator.person", m.Coordinator.Person, people, "человек", "people")
	}
	c.quotes("municipality.name", d.Name)
	c.quotes("authority.name", m.Authority.Name)
	c.phone("authority.phone", m.Authority.Phone, true)
	c.email("authority.email", m.Authority.Email)
	c.url("authority.site", m.Authority.Site)
	c.phone("coordinator.phone_public", m.Coordinator.PhonePublic, true)
	for i := range c.People {
		c.person(i, &c.People[i])
	}
	c.namesakes()
	c.duplicates()
	c.group()
	c.acts()
	c.actsOutOfTime()
	for _, id := range c.docIDs() {
		c.document("docs."+id, id)
	}
	c.papers()
	c.schools(m)
	for i, t := range m.Training {
		at := fmt.Sprintf("training[%d]", i)
		c.notNegative(at+".count", t.Count)
		if t.Count != nil && t.CountOffline != nil && *t.CountOffline > *t.Count {
			c.fail("E04", at+".count_offline", "", "очно обучены %d из %d", *t.CountOffline, *t.Count)
		}
	}
	for i, e := range m.Events {
		c.need(fmt.Sprintf("events[%d].title", i), e.Title, "мероприятие", `title = "Установочный семинар"`)
	}
}

// schools checks the list of schools as a whole.
func (c *checker) schools(m *Municipality) {
	if len(m.SchoolPaths) == 0 && !c.hidden {
		c.fail("E03", "schools", `впишите schools = ["schools/первая.toml"] – латиницей, путь от этого файла`, "в районе нет ни одной школы")
	}
	seen := map[string]int{}
	for i, path := range m.SchoolPaths {
		if first, found := seen[path]; found {
			c.fail("E06", fmt.Sprintf("schools[%d]", i), "уберите одну строку", "файл %q уже в списке, строка %d", path, c.Place(fmt.Sprintf("schools[%d]", first)).Line)
		}
		seen[path] = i
	}
	ids, names := map[string]int{}, map[string]int{}
	complete := true
	var all []string
	for i, site := range m.Sites {
		s := site.School
		if s == nil {
			complete = false
			continue
		}
		all = append(all, s.School.ID)
		at := fmt.Sprintf("schools[%d]", i)
		if first, found := ids[s.School.ID]; found && s.School.ID != "" && site.Path != m.Sites[first].Path {
			c.fail("E06", at, "дайте каждой школе свой id", "код школы %q уже у %s", s.School.ID, m.Sites[first].Path)
		} else {
			ids[s.School.ID] = i
		}
		if first, found := names[s.School.NameShort]; found && s.School.NameShort != "" && site.Path != m.Sites[first].Path {
			c.warn("W18", at, "проверьте, не скопирован ли файл", "краткое наименование %s уже у %s", s.School.NameShort, m.Sites[first].Path)
		} else {
			names[s.School.NameShort] = i
		}
		if s.SchoolYear != "" && m.SchoolYear != "" && s.SchoolYear != m.SchoolYear {
			c.warn("W15", at, "проверьте учебный год", "у школы %s учебный год %s, а у района %s", s.School.NameShort, s.SchoolYear, m.SchoolYear)
		}
	}
	refer := func(path, id string) {
		if complete && id != "" {
			c.ref(path, id, all, "школа", "schools")
		}
	}
	for i, a := range m.Achievements {
		refer(fmt.Sprintf("achievements[%d].school", i), a.School)
	}
	for i, s := range m.SiteChecks {
		refer(fmt.Sprintf("site_checks[%d].school", i), s.School)
		c.url(fmt.Sprintf("site_checks[%d].url", i), s.URL)
		for _, id := range sortedKeys(s.Docs) {
			c.document(fmt.Sprintf("site_checks[%d].docs.%s", i, id), id)
		}
	}
}

func sortedKeys[V any](m map[string]V) []string {
	keys := make([]string, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys
}
