package profile

import (
	"errors"
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"time"
)

// Date is a day of the calendar; the zero Date is «not given».
type Date struct{ Year, Month, Day int }

// IsZero reports whether the date is not given.
func (d Date) IsZero() bool { return d == Date{} }

// String writes «01.09.2026», or nothing for the zero Date.
func (d Date) String() string {
	if d.IsZero() {
		return ""
	}
	return fmt.Sprintf("%02d.%02d.%04d", d.Day, d.Month, d.Year)
}

// Compare orders dates: negative when d is before e.
func (d Date) Compare(e Date) int {
	return (d.Year-e.Year)*10000 + (d.Month-e.Month)*100 + d.Day - e.Day
}

// Time returns the day's midnight, UTC.
func (d Date) Time() time.Time {
	return time.Date(d.Year, time.Month(d.Month), d.Day, 0, 0, 0, 0, time.UTC)
}

// Weekday returns the day of the week.
func (d Date) Weekday() time.Weekday { return d.Time().Weekday() }

// Add returns the day n days later.
func (d Date) Add(n int) Date { return dateOf(d.Time().AddDate(0, 0, n)) }

func dateOf(t time.Time) Date { return Date{t.Year(), int(t.Month()), t.Day()} }

// Years of dates a profile may speak of: people born before 1900 and papers
// after 2100 are slips of the keyboard.
const firstYear, lastYear = 1900, 2100

var (
	errDateShape = errors.New("дату пишут 2026-09-01 или \"01.09.2026\"")
	errNoSuchDay = errors.New("такого дня в календаре нет")
	errYear      = errors.New("год должен быть от 1900 до 2100")

	dateForms = []*regexp.Regexp{
		regexp.MustCompile(`^(?P<d>\d{1,2})\.(?P<m>\d{1,2})\.(?P<y>\d{4})(?:\s*г\.?)?$`),
		regexp.MustCompile(`^(?P<y>\d{4})-(?P<m>\d{1,2})-(?P<d>\d{1,2})$`),
		regexp.MustCompile(`^(?P<d>\d{1,2})\s+(?P<name>[а-яё]+)\s+(?P<y>\d{4})(?:\s*(?:г\.?|года))?$`),
	}
	monthsGen = []string{"января", "февраля", "марта", "апреля", "мая", "июня",
		"июля", "августа", "сентября", "октября", "ноября", "декабря"}
)

// ParseDate reads «01.09.2026», «2026-09-01» or «1 сентября 2026 г.». The
// error is a Russian phrase: what is wrong or how to write.
func ParseDate(s string) (Date, error) { return parseDate(s) }

func parseDate(s string) (Date, error) {
	s = strings.ToLower(strings.TrimSpace(strings.ReplaceAll(s, "\u00A0", " ")))
	for _, re := range dateForms {
		m := re.FindStringSubmatch(s)
		if m == nil {
			continue
		}
		var d Date
		for i, name := range re.SubexpNames() {
			n, _ := strconv.Atoi(m[i])
			switch name {
			case "d":
				d.Day = n
			case "m":
				d.Month = n
			case "y":
				d.Year = n
			case "name":
				for k, month := range monthsGen {
					if month == m[i] {
						d.Month = k + 1
					}
				}
				if d.Month == 0 {
					return Date{}, errDateShape
				}
			}
		}
		return d, d.check()
	}
	return Date{}, errDateShape
}

// check reports a day that is not in the calendar, or a year far away.
func (d Date) check() error {
	if d.Month < 1 || d.Month > 12 || dateOf(d.Time()) != d {
		return errNoSuchDay
	}
	if d.Year < firstYear || d.Year > lastYear {
		return errYear
	}
	return nil
}
