package catalog

import (
	"fmt"
	"math"
	"strconv"
	"strings"
	"time"

	"nastavnik/internal/profile"
	"nastavnik/internal/russian"
)

// nbsp stands where a line must not break.
const nbsp = "\u00a0"

// Room for the pen, as wide as what is written there.
const (
	blankDate   = "«____»" + nbsp + "_______________" + nbsp + "20___" + nbsp + "г."
	blankNumber = "№" + nbsp + "______"
)

var months = [...]string{"января", "февраля", "марта", "апреля", "мая", "июня",
	"июля", "августа", "сентября", "октября", "ноября", "декабря"}

var monthNames = [...]string{"январь", "февраль", "март", "апрель", "май", "июнь",
	"июль", "август", "сентябрь", "октябрь", "ноябрь", "декабрь"}

// dateOf writes a date in every form that papers use.
func dateOf(d profile.Date) Date {
	if d.IsZero() {
		return Date{Line: blankDate, Quoted: blankDate}
	}
	long := fmt.Sprintf("%d%s%s%s%d%sг.", d.Day, nbsp, months[d.Month-1], nbsp, d.Year, nbsp)
	short := d.String()
	return Date{Known: true, Short: short, Long: long, Line: short, Quoted: long, Day: d}
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

// number writes a number as papers do: a decimal comma, no-break spaces
// between thousands from 10 000 on, and nothing for nil.
func number(f *float64) string {
	if f == nil {
		return ""
	}
	if *f == math.Trunc(*f) {
		return thousands(int(*f))
	}
	return strings.Replace(strconv.FormatFloat(*f, 'f', -1, 64), ".", ",", 1)
}

func thousands(n int) string {
	s := strconv.Itoa(n)
	if n < 10000 {
		return s
	}
	var b strings.Builder
	for i, r := range s {
		if i > 0 && (len(s)-i)%3 == 0 {
			b.WriteString(nbsp)
		}
		b.WriteRune(r)
	}
	return b.String()
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

// workday moves a date back to the nearest weekday that is no holiday.
func workday(d profile.Date, holidays []profile.Date) profile.Date {
	for {
		t := timeOf(d)
		if !freeDay(t, holidays) {
			return d
		}
		d = day(t.AddDate(0, 0, -1))
	}
}

func timeOf(d profile.Date) time.Time {
	return time.Date(d.Year, time.Month(d.Month), d.Day, 0, 0, 0, 0, time.UTC)
}

func freeDay(t time.Time, holidays []profile.Date) bool {
	if t.Weekday() == time.Saturday || t.Weekday() == time.Sunday {
		return true
	}
	for _, h := range holidays {
		if h == day(t) {
			return true
		}
	}
	return false
}

// afterWorkdays returns the n-th working day after the day of a notice: the
// first on which mentoring may end (ст. 351.8 ТК РФ: «не менее чем за три
// рабочих дня»).
func afterWorkdays(d profile.Date, n int, holidays []profile.Date) profile.Date {
	t := timeOf(d)
	for n > 0 {
		t = t.AddDate(0, 0, 1)
		if !freeDay(t, holidays) {
			n--
		}
	}
	return day(t)
}

// years is the whole number of years from birth to a day.
func years(birth, on profile.Date) int {
	n := on.Year - birth.Year
	if on.Month < birth.Month || on.Month == birth.Month && on.Day < birth.Day {
		n--
	}
	return n
}

// orgCases declines the name of an organisation.
func orgCases(name string) Cases {
	if name == "" {
		return Cases{}
	}
	return casesOf(russian.Org(text(name)))
}
