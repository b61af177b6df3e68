package check

import (
	"regexp"
	"strings"
	"time"

	"nastavnik/internal/profile"
	"nastavnik/internal/russian"
)

// ForSchool returns what a profile tells of a school's papers: its names, the
// school year, who signs, the second language, its own acts and the names of
// the other schools of its district.
func ForSchool(s *profile.School) Options {
	o := Options{School: School{Full: s.School.NameFull, Short: s.School.NameShort}}
	for _, name := range []string{s.School.NameShortGen, s.School.NameShortPre} {
		if name != "" {
			o.School.Also = append(o.School.Also, name)
		}
	}
	if year, ok := s.FirstYear(); ok {
		o.Year = year
	}
	if p := s.Person(s.School.Director); p != nil {
		post := "Директор"
		if s.School.Acting {
			post = "И. о. директора"
		}
		person := russian.Person{Last: p.Last, First: p.First, Middle: p.Middle}
		o.Officials = []Official{{Post: post, Signature: person.Signature()}}
	}
	if s.Letterhead.Language != "" {
		o.Langs = []string{s.Letterhead.Language}
	}
	for _, a := range s.Acts {
		if a.Number == "" || a.Date.IsZero() {
			continue
		}
		kind := kindOfAct(firstWord(strings.TrimSpace(a.Kind)))
		o.Acts = append(o.Acts, Known{Kind: kind, Body: stemPattern(a.Issuer), Number: a.Number, Title: titlePattern(a.Title),
			Date: time.Date(a.Date.Year, time.Month(a.Date.Month), a.Date.Day, 0, 0, 0, 0, time.UTC), Name: a.Kind})
	}
	if s.District != nil {
		for _, other := range s.District.Schools {
			if other.School.NameShort != "" && other.School.NameShort != s.School.NameShort {
				o.Others = append(o.Others, other.School.NameShort)
			}
		}
	}
	return o
}

// stemPattern makes a pattern of an issuer's name in any case: the stems of
// its first three words.
func stemPattern(name string) string {
	var parts []string
	for _, w := range strings.FieldsFunc(strings.ToLower(name), func(c rune) bool { return !isWord(c) }) {
		if r := []rune(w); len(r) > 5 {
			w = string(r[:len(r)-2])
		}
		if len([]rune(w)) > 2 {
			parts = append(parts, regexp.QuoteMeta(w)+`\p{L}*`)
		}
		if len(parts) == 3 {
			break
		}
	}
	return strings.Join(parts, `.{1,12}`)
}

func titlePattern(title string) string {
	if title == "" {
		return ""
	}
	return "^" + regexp.QuoteMeta(strings.ToLower(strings.Trim(title, "«» ")))
}
