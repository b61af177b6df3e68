package profile

import (
	"fmt"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"nastavnik/internal/pattern"
	"nastavnik/internal/russian"
)

// short names a person in messages: «Указкин А. Э. ("m1")».
func (p *Person) short() string {
	name := strings.TrimSpace(p.Last)
	for _, part := range []string{p.First, p.Middle} {
		if r := firstRune(part); r != utf8.RuneError {
			name += "\u00A0" + string(r) + "."
		}
	}
	name = strings.Trim(name, "\u00A0")
	if name == "" {
		return strconv.Quote(p.ID)
	}
	return name + " (" + p.ID + ")"
}

func firstRune(s string) rune {
	r, _ := utf8.DecodeRuneInString(s)
	return r
}

func isLower(r rune) bool { return unicode.IsLower(r) }

var (
	classShape = pattern.New(`^(1[01]|[1-9])\s?[-–]?\s?[«"]?[А-ЯЁа-яё]?[»"]?$`)
	nameShape  = pattern.New(`^[\p{Cyrillic}][\p{Cyrillic}\s'’.()-]*$`)
	initial    = pattern.New(`^\p{Lu}\.?$`)
)

func (c *checker) people() {
	if len(c.People) == 0 && !c.hidden {
		c.fail("E03", "people", "добавьте раздел [[people]] с директором и куратором", "в профиле нет ни одного человека")
	}
	for i := range c.People {
		c.person(i, &c.People[i])
	}
	c.namesakes()
	for i, m := range c.Mentors {
		at := fmt.Sprintf("mentors[%d]", i)
		c.need(at+".person", m.Person, "наставник", `person = "m1" – код человека из [[people]]`)
		if m.HoursWeek != nil && (*m.HoursWeek < 0 || *m.HoursWeek > 40) {
			c.fail("E04", at+".hours_week", "", "часов в неделю от 0 до 40, а стоит %v", *m.HoursWeek)
		}
	}
	for i, m := range c.Mentees {
		c.need(fmt.Sprintf("mentees[%d].person", i), m.Person, "наставляемый", `person = "y1" – код человека из [[people]]`)
	}
	for i, p := range c.Partners {
		at := fmt.Sprintf("partners[%d]", i)
		c.need(at+".id", p.ID, "код партнёра", `id = "farm"`)
		if c.need(at+".name", p.Name, "наименование партнёра", `name = "ООО «Примерное хозяйство»"`) {
			c.quotes(at+".name", p.Name)
		}
	}
}

func (c *checker) person(i int, p *Person) {
	at := fmt.Sprintf("people[%d].", i)
	if c.need(at+"id", p.ID, "код человека", `id = "m1"`) && !idShape.MatchString(p.ID) {
		c.fail("E04", at+"id", "латинские буквы, цифры, дефис", "код человека %q написан неверно", p.ID)
	}
	who := p.short()
	c.need(at+"last", p.Last, "фамилия человека "+who, `last = "Указкин"`)
	c.need(at+"first", p.First, "имя человека "+who, `first = "Аржан"`)
	for _, part := range []struct{ key, value, ru string }{{"last", p.Last, "фамилия"}, {"first", p.First, "имя"}, {"middle", p.Middle, "отчество"}} {
		c.namePart(at+part.key, part.value, part.ru)
	}
	if p.Representative != nil {
		r := p.Representative
		c.need(at+"representative.last", r.Last, "фамилия представителя: "+who, `representative = { last = "Звонкова", first = "Ольга", middle = "Павловна", relation = "мать" }`)
		c.need(at+"representative.first", r.First, "имя представителя: "+who, `first = "Ольга"`)
		for _, part := range []struct{ key, value, ru string }{{"last", r.Last, "фамилия"}, {"first", r.First, "имя"}, {"middle", r.Middle, "отчество"}} {
			c.namePart(at+"representative."+part.key, part.value, part.ru)
		}
		c.sex(at+"representative", r.Sex, r.Last, r.First, r.Middle, "представитель, "+who)
		c.cases(at+"representative", r.Cases, russian.Person{Last: r.Last, First: r.First, Middle: r.Middle,
			Gender: russian.ParseGender(r.Sex), Indeclinable: r.Indeclinable})
	}
	c.sex(strings.TrimSuffix(at, "."), p.Sex, p.Last, p.First, p.Middle, who)
	c.cases(strings.TrimSuffix(at, "."), p.Cases, russian.Person{Last: p.Last, First: p.First, Middle: p.Middle,
		Gender: russian.ParseGender(p.Sex), Indeclinable: p.Indeclinable})
	if !c.need(at+"kind", p.Kind, "кто это, "+who, `kind = "staff" – staff, pupil, student, external, graduate, parent`) {
		return
	}
	switch p.Kind {
	case "staff", "external":
		if c.need(at+"position", p.Position, "должность, "+who, `position = "учитель математики"`) {
			if r := firstRune(p.Position); unicode.IsUpper(r) && !strings.Contains(strings.SplitN(p.Position, " ", 2)[0], ".") && !capitals(strings.SplitN(p.Position, " ", 2)[0]) {
				c.warn("W09", at+"position", "должность пишут с маленькой буквы: "+lowerFirst(p.Position), "должность с большой буквы: %s", p.Position)
			}
		}
	case "pupil":
		if c.need(at+"class", p.Class, "класс, "+who, `class = "7А"`) {
			c.class(at+"class", p.Class)
		}
	}
	if p.Kind == "external" || p.Kind == "student" && c.School.School.Type != "college" {
		c.need(at+"org", p.Org, "организация, "+who, `org = "college" – код из [[partners]]`)
	}
	if p.Class != "" && p.Kind != "pupil" {
		c.warn("W09", at+"class", `класс бывает у kind = "pupil"`, "%s: указан класс, а это не обучающийся", who)
	}
	if p.Experience != nil && (*p.Experience < 0 || *p.Experience > 60) {
		c.fail("E04", at+"experience", "", "стаж от 0 до 60 лет, а стоит %d", *p.Experience)
	}
	c.phone(at+"phone", p.Phone, false)
	c.email(at+"email", p.Email)
}

func (c *checker) class(path, class string) {
	if latin := cyrillic(class); !classShape.MatchString(class) && classShape.MatchString(latin) {
		c.warn("W17", path, "наберите русскую букву: \""+latin+"\"", "в классе %q латинская буква", class)
	} else if !classShape.MatchString(class) {
		c.fail("E04", path, `пишите "7А", "10", "7 «А»"`, "класс %q написан неверно", class)
	}
}

// namePart checks a surname, first name or patronymic.
func (c *checker) namePart(path, s, ru string) {
	if blank(s) {
		return
	}
	switch {
	case !nameShape.MatchString(s):
		if fixed := cyrillic(s); nameShape.MatchString(fixed) {
			c.warn("W17", path, "наберите заново русскими буквами: "+fixed, "%s %q: есть латинские буквы, похожие на русские", ru, s)
			return
		}
		c.fail("E04", path, "в именах – русские буквы, дефис и пробел", "%s %q: есть посторонние знаки", ru, s)
	case initial.MatchString(s):
		c.warn("W09", path, "впишите полностью: из инициала падеж не построить", "%s %q – только инициал", ru, s)
	case capitals(s) && utf8.RuneCountInString(s) > 1:
		c.warn("W09", path, "пишите "+titleCase(s), "%s %q набрано заглавными", ru, s)
	case isLower(firstRune(s)):
		c.warn("W09", path, "пишите с большой буквы", "%s %q с маленькой буквы", ru, s)
	}
}

// sex reports a sex that is neither given nor to be guessed, or that the
// patronymic contradicts.
func (c *checker) sex(at, sex, last, first, middle, who string) {
	if blank(last) || blank(first) {
		return
	}
	guess := russian.GuessGender(cyrillic(last), cyrillic(first), cyrillic(middle))
	switch {
	case sex == "" && guess == russian.Unknown:
		c.fail("E03", at, `впишите sex = "m" или sex = "f": без этого не выбрать падежи и обращение`, "пол не указан и по имени не виден: %s", who)
	case sex != "" && middle != "":
		byMiddle := russian.GuessGender("", "", middle)
		if byMiddle == russian.Masculine && sex == "f" || byMiddle == russian.Feminine && sex == "m" {
			c.warn("W09", at+".sex", "проверьте пол и отчество", "%s: пол не подходит к отчеству %q", who, middle)
		}
	}
}

// cases asks to look at a name whose spelling does not decide how it
// declines, unless the profile gives its forms.
func (c *checker) cases(at string, own Cases, who russian.Person) {
	if own != (Cases{}) || who.Gender == russian.Unknown && russian.GuessGender(who.Last, who.First, who.Middle) == russian.Unknown {
		return
	}
	for _, d := range who.Doubts() {
		p := c.list.Note(c.Place(at+".last"), "проверьте падеж: %s", d)
		p.Code, p.Hint = "I41", `если нужна другая форма, впишите cases = { gen = "…", dat = "…", acc = "…", ins = "…", pre = "…" } или indeclinable = true`
	}
}

func capitals(s string) bool {
	return s == strings.ToUpper(s) && strings.ContainsFunc(s, unicode.IsLetter)
}

func titleCase(s string) string {
	up := true
	return strings.Map(func(r rune) rune {
		was := up
		up = r == '-' || r == ' '
		if was {
			return unicode.ToUpper(r)
		}
		return unicode.ToLower(r)
	}, s)
}

func lowerFirst(s string) string {
	r, n := utf8.DecodeRuneInString(s)
	return string(unicode.ToLower(r)) + s[n:]
}

// cyrillic puts Latin letters that look Russian into Russian ones when the
// text has Russian letters besides; a wholly Latin word stays.
func cyrillic(s string) string {
	if !strings.ContainsFunc(s, func(r rune) bool { return r > unicode.MaxASCII }) && !strings.ContainsAny(s, "0123456789") {
		return s
	}
	return toCyrillic.Replace(s)
}

var toCyrillic = strings.NewReplacer("a", "а", "e", "е", "o", "о", "p", "р", "c", "с", "y", "у", "x", "х", "k", "к", "m", "м", "t", "т",
	"A", "А", "B", "В", "E", "Е", "K", "К", "M", "М", "H", "Н", "O", "О", "P", "Р", "C", "С", "T", "Т", "X", "Х", "Y", "У")

// namesakes are two people with one full name and nothing to tell them by.
func (c *checker) namesakes() {
	seen := map[string]int{}
	for i := range c.People {
		p := &c.People[i]
		name := strings.ReplaceAll(strings.ToLower(strings.Join([]string{p.Last, p.First, p.Middle}, " ")), "ё", "е")
		if blank(name) {
			continue
		}
		first, found := seen[name]
		if !found {
			seen[name] = i
			continue
		}
		q := &c.People[first]
		if (p.Birth.IsZero() || p.Birth == q.Birth) && (p.Class == "" || p.Class == q.Class) && p.Kind == q.Kind {
			c.warn("W07", fmt.Sprintf("people[%d].last", i), "если это разные люди, добавьте birth или class; если один – оставьте одну запись",
				"полный тёзка: %s и строка %d", p.short(), c.Place(fmt.Sprintf("people[%d].last", first)).Line)
		}
	}
}

// AgeOn returns a person's full years on a day; ok is false when neither the
// birth date nor the class tells. By the class it is the usual age of its
// pupils: the first class is seven.
func (p *Person) AgeOn(d Date) (years int, ok bool) {
	if !p.Birth.IsZero() && !d.IsZero() {
		years = d.Year - p.Birth.Year
		if d.Month*100+d.Day < p.Birth.Month*100+p.Birth.Day {
			years--
		}
		return years, true
	}
	if n := classNumber(p.Class); n > 0 {
		return n + 6, true
	}
	return 0, false
}

// Minor reports whether a person is under eighteen on a day. A pupil whose
// birth date is not known is taken for a minor.
func (p *Person) Minor(on Date) bool {
	if p.Birth.IsZero() {
		return p.Kind == "pupil"
	}
	years, _ := p.AgeOn(on)
	return years < 18
}

func classNumber(class string) int {
	n, _ := strconv.Atoi(strings.TrimRightFunc(class, func(r rune) bool { return !unicode.IsDigit(r) }))
	return n
}

func (c *checker) contacts() {
	o := &c.School.School
	c.phone("school.phone", o.Phone, true)
	c.email("school.email", o.Email)
	c.url("school.site", o.Site)
	c.phone("curator.phone_public", c.Curator.PhonePublic, true)
	c.email("curator.email_public", c.Curator.EmailPublic)
	c.url("site.section_url", c.Site.SectionURL)
	c.phone("site.contact_phone", c.Site.ContactPhone, true)
	for i, u := range c.Site.URLs {
		c.url(fmt.Sprintf("site.urls[%d]", i), u)
	}
}

// phone checks the count of digits: 11 with 7 or 8 first, 10, or a local
// number of 5–7, which a public paper had better not have.
func (c *checker) phone(path, s string, public bool) {
	if blank(s) {
		return
	}
	number, _, _ := strings.Cut(strings.ToLower(s), "доб")
	digits := strings.Map(func(r rune) rune {
		if r >= '0' && r <= '9' {
			return r
		}
		return -1
	}, number)
	other := strings.ContainsFunc(number, func(r rune) bool {
		return !unicode.IsDigit(r) && !unicode.IsSpace(r) && !strings.ContainsRune("+()-–—‑.,;", r)
	})
	switch n := len(digits); {
	case n == 11 && (digits[0] == '7' || digits[0] == '8') && !other, n == 10 && !other, n > 11 && n%11 == 0:
	case n >= 5 && n <= 7 && !other:
		if public {
			p := c.list.Note(c.Place(path), "местный номер без кода города: %s", s)
			p.Code, p.Hint = "W09", "из другого города по нему не дозвониться"
		}
	default:
		c.warn("W09", path, "пишите +7 (900) 000-00-00", "телефон %q: цифр %d, нужно 11", s, n)
	}
}

var (
	emailShape = pattern.New(`^[^\s@<>"]+@[^\s@<>".]+(\.[^\s@<>".]+)+$`)
	urlShape   = pattern.New(`^(https?://)?[\p{L}\p{N}-]+(\.[\p{L}\p{N}-]+)+(:\d+)?(/\S*)?$`)
)

func (c *checker) email(path, s string) {
	if !blank(s) && !emailShape.MatchString(s) {
		c.warn("W09", path, "пишите school@example.org", "адрес почты %q написан неверно", s)
	}
}

func (c *checker) url(path, s string) {
	if !blank(s) && !urlShape.MatchString(s) {
		c.warn("W09", path, "пишите https://school.example.org", "адрес сайта %q написан неверно", s)
	}
}

// requisites checks what has check digits.
func (c *checker) requisites() {
	o := &c.School.School
	c.digits("school.inn", o.INN, "ИНН", ValidINN, "10 цифр")
	c.digits("school.ogrn", o.OGRN, "ОГРН", ValidOGRN, "13 цифр")
	c.digits("school.okpo", o.OKPO, "ОКПО", ValidOKPO, "8 цифр")
	c.digits("school.kpp", o.KPP, "КПП", kppShape.MatchString, "9 знаков")
	for i, p := range c.Partners {
		c.digits(fmt.Sprintf("partners[%d].inn", i), p.INN, "ИНН", ValidINN, "10 или 12 цифр")
	}
}

var kppShape = pattern.New(`^\d{4}[0-9A-Z]{2}\d{3}$`)

func (c *checker) digits(path, s, what string, valid func(string) bool, shape string) {
	if blank(s) || valid(s) {
		return
	}
	c.fail("E08", path, what+" – "+shape+" с проверочной цифрой; сверьте со свидетельством", "%s %q с ошибкой", what, s)
}

// ValidINN reports whether the check digits of a tax number agree: ten digits
// for an organisation, twelve for a person.
func ValidINN(s string) bool {
	digit := func(weights ...int) byte { return '0' + byte(weighted(s, weights)%11%10) }
	switch {
	case !onlyDigits(s):
		return false
	case len(s) == 10:
		return s[9] == digit(2, 4, 10, 3, 5, 9, 4, 6, 8)
	case len(s) == 12:
		return s[10] == digit(7, 2, 4, 10, 3, 5, 9, 4, 6, 8) && s[11] == digit(3, 7, 2, 4, 10, 3, 5, 9, 4, 6, 8)
	}
	return false
}

// ValidOGRN reports whether the thirteenth digit agrees with the rest.
func ValidOGRN(s string) bool {
	if len(s) != 13 || !onlyDigits(s) {
		return false
	}
	n, _ := strconv.ParseInt(s[:12], 10, 64)
	return s[12] == '0'+byte(n%11%10)
}

// ValidOKPO reports whether the eighth digit agrees with the rest.
func ValidOKPO(s string) bool {
	if len(s) != 8 || !onlyDigits(s) {
		return false
	}
	check := weighted(s, []int{1, 2, 3, 4, 5, 6, 7}) % 11
	if check == 10 {
		check = weighted(s, []int{3, 4, 5, 6, 7, 8, 9}) % 11 % 10
	}
	return s[7] == '0'+byte(check)
}

// weighted sums the digits of s, one a weight.
func weighted(s string, weights []int) int {
	sum := 0
	for i, w := range weights {
		sum += int(s[i]-'0') * w
	}
	return sum
}

func onlyDigits(s string) bool {
	return s != "" && !strings.ContainsFunc(s, func(r rune) bool { return r < '0' || r > '9' })
}
