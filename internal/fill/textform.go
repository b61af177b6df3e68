package fill

import (
	"fmt"
	"reflect"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"nastavnik/internal/russian"
)

// textForms are the properties that every text has where data come without a
// schema, so that «{{ director.dat }}» works for a plain name too: the cases,
// and the short forms of a person's name.
var textForms = map[string]func(string) string{
	"nom":       func(s string) string { return s },
	"gen":       func(s string) string { return decline(s)[russian.Gen] },
	"dat":       func(s string) string { return decline(s)[russian.Dat] },
	"acc":       func(s string) string { return decline(s)[russian.Acc] },
	"ins":       func(s string) string { return decline(s)[russian.Ins] },
	"pre":       func(s string) string { return decline(s)[russian.Pre] },
	"short":     shortForm,
	"long":      longForm,
	"initials":  func(s string) string { return russian.ParseName(s).Initials() },
	"signature": func(s string) string { return russian.ParseName(s).Signature() },
}

// dateForms are the properties of a date.
var dateForms = map[string]func(russian.Date) string{"long": russian.Date.Long, "short": russian.Date.Short}

// hasForm reports whether name is a form of texts or dates of this shape.
func (s *shape) hasForm(name string) bool {
	if s.typ == timeType {
		return dateForms[name] != nil
	}
	return textForms[name] != nil && s.form == formScalar && s.typ != nil && s.typ.Kind() == reflect.String
}

// shortForm is «31.08.2026» of a date, «Петров И. И.» of a name.
func shortForm(s string) string {
	if d, err := russian.ParseDate(s); err == nil {
		return d.Short()
	}
	return russian.ParseName(s).Short().Nom()
}

// longForm is «31 августа 2026 г.» of a date; another text stays.
func longForm(s string) string {
	if d, err := russian.ParseDate(s); err == nil {
		return d.Long()
	}
	return s
}

// decline declines a text as what it looks like: words that all begin with a
// capital are a person's name, a text with quotation marks or a capital first
// is an organisation, any other is a post.
func decline(s string) russian.Forms {
	words := strings.Fields(s)
	name := len(words) > 0 && len(words) <= 4
	for _, w := range words {
		r, _ := utf8.DecodeRuneInString(w)
		name = name && unicode.IsUpper(r) && w != strings.ToUpper(w) || name && strings.HasSuffix(w, ".")
	}
	first, _ := utf8.DecodeRuneInString(s)
	switch {
	case name && !strings.ContainsAny(s, "«»\"№0123456789"):
		return russian.Decline(s, russian.Unknown)
	case strings.ContainsAny(s, "«\"") || unicode.IsUpper(first):
		return russian.Org(s)
	}
	return russian.Post(s, russian.Unknown)
}

// textForm is the function behind a property of a value whose kind only the
// data tell: of a set of fields it is the field, of a text the form.
func textForm(args ...any) (any, error) {
	name := args[1].(string)
	v := deref(reflect.ValueOf(args[0]), false)
	switch {
	case !v.IsValid():
		return nil, nil
	case v.Type() == timeType && dateForms[name] != nil:
		return dateForms[name](russian.DateOf(v.Interface().(time.Time))), nil
	case v.Kind() == reflect.String:
		if s := v.String(); strings.TrimSpace(s) != "" {
			return textForms[name](s), nil
		}
		return "", nil
	}
	if field := follow(v, &step{key: name}); field.IsValid() {
		return interfaceOf(field), nil
	}
	return nil, fmt.Errorf("cannot fetch %s from <nil>", name)
}
