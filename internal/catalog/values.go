package catalog

import (
	"cmp"
	"math"
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"nastavnik/internal/profile"
	"nastavnik/internal/russian"
)

// nbsp stands where a line must not break.
const nbsp = "\u00a0"

// Room for the pen, as wide as what is written there.
const (
	blankDate   = "«___»" + nbsp + "__________" + nbsp + "20___" + nbsp + "г."
	blankNumber = "№" + nbsp + "______"
)

var monthNames = [...]string{"январь", "февраль", "март", "апрель", "май", "июнь",
	"июль", "август", "сентябрь", "октябрь", "ноябрь", "декабрь"}

// dateOf writes a date in every form that papers use.
func dateOf(d profile.Date) Date {
	if d.IsZero() {
		return Date{Line: blankDate, Quoted: blankDate}
	}
	return Date{Known: true, Short: d.Short(), Long: d.Long(), Line: d.Short(), Quoted: d.Long(), Day: d}
}

// refOf writes a paper's date and number, or leaves room for what is unknown.
func refOf(d profile.Date, number string) Ref {
	date := dateOf(d)
	return Ref{
		Known:  date.Known && number != "",
		Date:   date,
		Number: number,
		Text:   "от" + nbsp + date.Line + " " + numberLine(number),
	}
}

func numberLine(number string) string {
	if number == "" {
		return blankNumber
	}
	return "№" + nbsp + number
}

func casesOf(f russian.Forms) Cases {
	return Cases{Nom: f[russian.Nom], Gen: f[russian.Gen], Dat: f[russian.Dat],
		Acc: f[russian.Acc], Ins: f[russian.Ins], Pre: f[russian.Pre]}
}

// fixed is a text that does not decline.
func fixed(s string) Cases { return Cases{s, s, s, s, s, s} }

// over replaces the forms that the profile gives itself.
func (c Cases) over(own profile.Cases) Cases {
	for _, form := range []struct {
		own string
		to  *string
	}{{own.Nom, &c.Nom}, {own.Gen, &c.Gen}, {own.Dat, &c.Dat}, {own.Acc, &c.Acc}, {own.Ins, &c.Ins}, {own.Pre, &c.Pre}} {
		if form.own != "" {
			*form.to = form.own
		}
	}
	return c
}

// plus joins two texts case by case with sep; an empty one leaves the other.
func (c Cases) plus(sep string, d Cases) Cases {
	if c.Nom == "" {
		return d
	}
	if d.Nom == "" {
		return c
	}
	return Cases{c.Nom + sep + d.Nom, c.Gen + sep + d.Gen, c.Dat + sep + d.Dat,
		c.Acc + sep + d.Acc, c.Ins + sep + d.Ins, c.Pre + sep + d.Pre}
}

// upper writes the first letter as a capital.
func upper(s string) string {
	for i, r := range s {
		return strings.ToUpper(string(r)) + s[i+len(string(r)):]
	}
	return s
}

// upper writes each case with a capital first letter.
func (c Cases) upper() Cases {
	return Cases{upper(c.Nom), upper(c.Gen), upper(c.Dat), upper(c.Acc), upper(c.Ins), upper(c.Pre)}
}

// number writes a number as papers do, and nothing for nil.
func number(f *float64) string {
	if f == nil {
		return ""
	}
	if *f == math.Trunc(*f) {
		return russian.Group(int(*f))
	}
	return russian.Decimal(*f)
}

func count(n *int) int {
	if n == nil {
		return 0
	}
	return *n
}

// text prepares a text of the profile for printing: quotes, dashes, no-break
// spaces.
func text(s string) string { return russian.Typography(strings.TrimSpace(s)) }

func texts(list []string) []string {
	out := make([]string, 0, len(list))
	for _, s := range list {
		if s = text(s); s != "" {
			out = append(out, s)
		}
	}
	return out
}

// items prepares the points of a list that follows a colon: without a full
// stop or a semicolon at the end, which the template sets.
func items(list []string) []string {
	out := texts(list)
	for i, s := range out {
		out[i] = strings.TrimRight(s, ".;")
	}
	return out
}

// sentences prepares texts that stand as paragraphs: each ends as a sentence.
func sentences(list []string) []string {
	out := texts(list)
	for i, s := range out {
		out[i] = sentence(s)
	}
	return out
}

// sentence is a text with a full stop, unless it has an end of its own.
func sentence(s string) string {
	s = strings.TrimRight(text(s), ";, ")
	if s == "" || strings.ContainsAny(s[len(s)-1:], ".!?:") || strings.HasSuffix(s, "…") {
		return s
	}
	return s + "."
}

// inner writes a title as it stands inside a sentence: with a small first
// letter, unless an abbreviation or a name of a thing in quotes begins it.
func inner(s string) string {
	first, size := utf8.DecodeRuneInString(s)
	second, _ := utf8.DecodeRuneInString(s[size:])
	if !unicode.IsUpper(first) || unicode.IsUpper(second) {
		return s
	}
	return string(unicode.ToLower(first)) + s[size:]
}

// workday moves a date back to the nearest weekday that is no holiday.
func workday(d profile.Date, holidays []profile.Date) profile.Date {
	for freeDay(d, holidays) {
		d = d.AddDays(-1)
	}
	return d
}

func freeDay(d profile.Date, holidays []profile.Date) bool {
	return d.Weekday() == time.Saturday || d.Weekday() == time.Sunday || slices.Contains(holidays, d)
}

// compare orders dates: negative when a is before b.
func compare(a, b profile.Date) int {
	return cmp.Or(cmp.Compare(a.Year, b.Year), cmp.Compare(a.Month, b.Month), cmp.Compare(a.Day, b.Day))
}

// afterWorkdays returns the n-th working day after the day of a notice: the
// first on which mentoring may end (ст. 351.8 ТК РФ: «не менее чем за три
// рабочих дня»).
func afterWorkdays(d profile.Date, n int, holidays []profile.Date) profile.Date {
	for n > 0 {
		d = d.AddDays(1)
		if !freeDay(d, holidays) {
			n--
		}
	}
	return d
}

// orgCases declines the name of an organisation.
func orgCases(name string) Cases {
	if name == "" {
		return Cases{}
	}
	return casesOf(russian.Org(text(name)))
}
