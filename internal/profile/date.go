package profile

import (
	"errors"
	"strings"

	"nastavnik/internal/pattern"
	"nastavnik/internal/russian"
)

// Date is a day of the calendar; the zero Date is «not given».
type Date = russian.Date

// before reports whether a is an earlier day than b; false when either is
// not given.
func before(a, b Date) bool {
	return !a.IsZero() && !b.IsZero() && dayNumber(a) < dayNumber(b)
}

// dayNumber orders days; it is no count of days.
func dayNumber(d Date) int { return d.Year*10000 + d.Month*100 + d.Day }

// Years of dates a profile may speak of: people born before 1900 and papers
// after 2100 are slips of the keyboard.
const firstYear, lastYear = 1900, 2100

var (
	errDateShape = errors.New("дату пишут 2026-09-01 или \"01.09.2026\"")
	errNoSuchDay = errors.New("такого дня в календаре нет")
	errYear      = errors.New("год должен быть от 1900 до 2100")
)

// parseDate reads «01.09.2026», «2026-09-01» or «1 сентября 2026 г.» and
// says in Russian what is wrong with any other.
func parseDate(s string) (Date, error) {
	d, err := russian.ParseDate(strings.TrimSuffix(strings.TrimSpace(s), "г."))
	switch {
	case err == nil:
		return d, checkDate(d)
	case dateShape.MatchString(strings.TrimSpace(s)):
		return Date{}, errNoSuchDay
	}
	return Date{}, errDateShape
}

// checkDate reports a day that is not in the calendar, or a year far away.
func checkDate(d Date) error {
	if !d.Valid() {
		return errNoSuchDay
	}
	if d.Year < firstYear || d.Year > lastYear {
		return errYear
	}
	return nil
}

// dateShape is what looks like a date, whether the day exists or not.
var dateShape = pattern.New(`^(\d{1,2}\.\d{1,2}\.\d{4}|\d{4}-\d{1,2}-\d{1,2}|\d{1,2}\s+\p{L}+\s+\d{4})`)
