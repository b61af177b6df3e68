package profile

import "fmt"

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
