package profile

import (
	_ "embed"
	"fmt"
	"nastavnik/internal/pattern"
)

// starter is a profile for a new school: what is needed stands in some thirty
// lines, all else is switched off by «#» with its explanation. It is valid as
// it is, and stays so with every setting switched on.
//
//go:embed starter.toml
var starter string

// starterYear matches the school year and the days of it in the starter.
var starterYear = pattern.New(`\b(2026|2027)-(2027|\d\d-\d\d)\b`)

// Starter returns the commented profile of a new school for a school year
// such as «2026-2027», whose days move with it; an empty year is the
// starter's own. ok is false when the year is written wrongly.
func Starter(year string) (text []byte, ok bool) {
	if year == "" {
		return []byte(starter), true
	}
	first, ok := (&School{SchoolYear: yearHyphen(year)}).FirstYear()
	if !ok {
		return nil, false
	}
	return []byte(starterYear.ReplaceAllStringFunc(starter, func(s string) string {
		m := starterYear.FindStringSubmatch(s)
		switch {
		case m[2] == "2027":
			return fmt.Sprintf("%d-%d", first, first+1)
		case m[1] == "2026":
			return fmt.Sprintf("%d-%s", first, m[2])
		}
		return fmt.Sprintf("%d-%s", first+1, m[2])
	})), true
}
