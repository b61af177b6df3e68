package russian

import (
	"fmt"
	"strconv"
	"strings"
	"time"
)

// Date is a day of the calendar. The zero Date is no date.
type Date struct {
	Year, Month, Day int
}

var (
	months      = [...]string{"", "январь", "февраль", "март", "апрель", "май", "июнь", "июль", "август", "сентябрь", "октябрь", "ноябрь", "декабрь"}
	monthsOf    = [...]string{"", "января", "февраля", "марта", "апреля", "мая", "июня", "июля", "августа", "сентября", "октября", "ноября", "декабря"}
	weekdays    = [...]string{"воскресенье", "понедельник", "вторник", "среда", "четверг", "пятница", "суббота"}
	quarterRome = [...]string{"", "I", "II", "III", "IV"}
)

// DateOf returns the day of t in its own time zone.
func DateOf(t time.Time) Date {
	y, m, d := t.Date()
	return Date{y, int(m), d}
}

// ParseDate reads «2026-09-01», «01.09.2026» and «1 сентября 2026 г.». It
// fails when the day is not in the calendar; the error is a lower case
// Russian text without a full stop.
func ParseDate(s string) (Date, error) {
	var d Date
	fields := strings.FieldsFunc(s, func(r rune) bool { return isSpace(r) })
	var err error
	switch {
	case len(fields) >= 3:
		d.Day, err = strconv.Atoi(fields[0])
		for m := 1; m <= 12; m++ {
			if strings.EqualFold(fields[1], monthsOf[m]) {
				d.Month = m
			}
		}
		if err == nil {
			d.Year, err = strconv.Atoi(fields[2])
		}
	case strings.Count(s, ".") == 2:
		p := strings.Split(strings.TrimSpace(s), ".")
		d, err = dateOf(p[2], p[1], p[0])
	case strings.Count(s, "-") == 2:
		p := strings.Split(strings.TrimSpace(s), "-")
		d, err = dateOf(p[0], p[1], p[2])
	default:
		err = strconv.ErrSyntax
	}
	if err != nil {
		return Date{}, fmt.Errorf("не понята дата %q, нужно вроде 01.09.2026", s)
	}
	if !d.Valid() {
		return Date{}, fmt.Errorf("в календаре нет дня %q", s)
	}
	return d, nil
}

func dateOf(year, month, day string) (d Date, err error) {
	for _, f := range []struct {
		to   *int
		text string
		len  int
	}{{&d.Year, year, 4}, {&d.Month, month, 2}, {&d.Day, day, 2}} {
		if len(f.text) > f.len || len(f.text) == 0 {
			return d, strconv.ErrSyntax
		}
		if *f.to, err = strconv.Atoi(f.text); err != nil {
			return d, err
		}
	}
	return d, nil
}

// Valid reports whether the day is in the calendar, from the year 1 on.
func (d Date) Valid() bool {
	return d.Year > 0 && d.Year < 10000 && DateOf(d.Time()) == d
}

// IsZero reports that there is no date.
func (d Date) IsZero() bool { return d == Date{} }

// Time returns the midnight, UTC, at which the day begins.
func (d Date) Time() time.Time {
	return time.Date(d.Year, time.Month(d.Month), d.Day, 0, 0, 0, 0, time.UTC)
}

// AddDays returns the day n days later.
func (d Date) AddDays(n int) Date { return DateOf(d.Time().AddDate(0, 0, n)) }

// Before reports whether d is an earlier day than e.
func (d Date) Before(e Date) bool { return d.Time().Before(e.Time()) }

// Weekday returns 0 for Sunday to 6 for Saturday.
func (d Date) Weekday() time.Weekday { return d.Time().Weekday() }

// WeekdayName returns «понедельник».
func (d Date) WeekdayName() string { return weekdays[d.Weekday()] }

// String is Long.
func (d Date) String() string { return d.Long() }

// Long writes «31 августа 2023 г.» with no-break spaces; nothing for no date.
func (d Date) Long() string {
	if d.IsZero() {
		return ""
	}
	return d.DayMonth() + nbsp + strconv.Itoa(d.Year) + nbsp + "г."
}

// LongGenitive writes «31 августа 2023 года».
func (d Date) LongGenitive() string {
	if d.IsZero() {
		return ""
	}
	return d.DayMonth() + nbsp + strconv.Itoa(d.Year) + nbsp + "года"
}

// Quoted writes «„31“ августа 2023 г.» with outer quotes, as contracts have
// it.
func (d Date) Quoted() string {
	if d.IsZero() {
		return ""
	}
	return "«" + strconv.Itoa(d.Day) + "»" + nbsp + monthsOf[d.Month] + nbsp + strconv.Itoa(d.Year) + nbsp + "г."
}

// DayMonth writes «31 августа».
func (d Date) DayMonth() string {
	if d.IsZero() {
		return ""
	}
	return strconv.Itoa(d.Day) + nbsp + monthsOf[d.Month]
}

// Short writes «31.08.2023».
func (d Date) Short() string {
	if d.IsZero() {
		return ""
	}
	return fmt.Sprintf("%02d.%02d.%04d", d.Day, d.Month, d.Year)
}

// ISO writes «2023-08-31».
func (d Date) ISO() string {
	if d.IsZero() {
		return ""
	}
	return fmt.Sprintf("%04d-%02d-%02d", d.Year, d.Month, d.Day)
}

// Words writes the date in words, in the nominative: «тридцать первое августа
// две тысячи двадцать третьего года».
func (d Date) Words() string {
	if d.IsZero() {
		return ""
	}
	return Ordinal(d.Day, Neuter, Nom) + " " + monthsOf[d.Month] + " " +
		Ordinal(d.Year, Masculine, Gen) + " года"
}

// Quarter returns 1 to 4.
func (d Date) Quarter() int { return (d.Month + 2) / 3 }

// QuarterName writes «III квартал 2026 г.».
func (d Date) QuarterName() string {
	if d.IsZero() {
		return ""
	}
	return quarterRome[d.Quarter()] + nbsp + "квартал " + strconv.Itoa(d.Year) + nbsp + "г."
}

// MonthYear writes «сентябрь 2026 г.».
func (d Date) MonthYear() string {
	if d.IsZero() {
		return ""
	}
	return months[d.Month] + nbsp + strconv.Itoa(d.Year) + nbsp + "г."
}

// Month returns the name of month m, from 1 to 12, in six cases.
func Month(m int) Forms {
	if m < 1 || m > 12 {
		return Forms{}
	}
	name, genitive := months[m], monthsOf[m]
	stem := genitive[:len(genitive)-2]
	ends := &endsSoft
	if strings.HasSuffix(genitive, "а") {
		ends = &endsHard
	}
	switch m {
	case 1, 2, 9, 10, 11, 12:
		ends = &endsSoftYo // ends under stress
	}
	return compose([]piece{{text: name, pat: pattern{cut: uint8(len(name) - len(stem)), ends: ends, accNom: true}}})
}

// Range writes «с 1 сентября 2026 г. по 31 мая 2027 г.»; a year that both
// ends share is said once, and an end that is missing is left out.
func Range(from, to Date) string {
	switch {
	case from.IsZero() && to.IsZero():
		return ""
	case to.IsZero():
		return "с" + nbsp + from.Long()
	case from.IsZero():
		return "по" + nbsp + to.Long()
	case from == to:
		return from.Long()
	case from.Year == to.Year:
		return "с" + nbsp + from.DayMonth() + " по" + nbsp + to.Long()
	}
	return "с" + nbsp + from.Long() + " по" + nbsp + to.Long()
}

// Years returns the full years from birth to the day d.
func (d Date) Years(birth Date) int {
	n := d.Year - birth.Year
	if d.Month < birth.Month || d.Month == birth.Month && d.Day < birth.Day {
		n--
	}
	return n
}

// SchoolYear is the school year that begins on 1 September of the year.
type SchoolYear int

// SchoolYearOf returns the school year of the day; August belongs to the one
// that it prepares.
func SchoolYearOf(d Date) SchoolYear {
	if d.Month >= 8 {
		return SchoolYear(d.Year)
	}
	return SchoolYear(d.Year - 1)
}

// ParseSchoolYear reads «2026/2027», «2026-2027», «2026–2027» and «2026/27»;
// the second year must be the next one.
func ParseSchoolYear(s string) (SchoolYear, error) {
	first, second, found := strings.Cut(strings.NewReplacer("-", "/", "–", "/", " ", "").Replace(s), "/")
	a, err1 := strconv.Atoi(first)
	b, err2 := strconv.Atoi(second)
	if !found || err1 != nil || err2 != nil || len(first) != 4 || len(second) != 4 && len(second) != 2 {
		return 0, fmt.Errorf("не понят учебный год %q, нужно вроде 2026/2027", s)
	}
	if b != a+1 && (len(second) != 2 || b != (a+1)%100) {
		return 0, fmt.Errorf("в учебном году %q второй год не следует за первым", s)
	}
	return SchoolYear(a), nil
}

// String writes «2026/2027».
func (y SchoolYear) String() string {
	return strconv.Itoa(int(y)) + "/" + strconv.Itoa(int(y)+1)
}

// Start returns 1 September, and End 31 August of the next year.
func (y SchoolYear) Start() Date { return Date{int(y), 9, 1} }
func (y SchoolYear) End() Date   { return Date{int(y) + 1, 8, 31} }

// Phrase writes «2026/2027 учебный год» in six cases.
func (y SchoolYear) Phrase() Forms {
	f := Forms{"учебный год", "учебного года", "учебному году", "учебный год", "учебным годом", "учебном году"}
	for c := range f {
		f[c] = y.String() + nbsp + f[c]
	}
	return f
}

// Class writes a class in six cases: «7 «А» класс», «7 «А» класса»; letter
// may be empty.
func Class(number int, letter string) Forms {
	head := strconv.Itoa(number) + nbsp
	if letter != "" {
		head += "«" + letter + "»" + nbsp
	}
	f := Forms{"класс", "класса", "классу", "класс", "классом", "классе"}
	for c := range f {
		f[c] = head + f[c]
	}
	return f
}
