package generate

import (
	"reflect"
	"strings"
	"sync"

	"nastavnik/internal/catalog"
)

// meaning says in Russian what a name of a template stands for, from the
// dictionary of fields: «телефон» for «person.phone | blank 20». It is "" for
// what is no name, such as a line for the pen written out.
func meaning(key string) string {
	key, _, _ = strings.Cut(key, "|")
	key = strings.TrimSpace(key)
	if key == "" || strings.ContainsAny(key, " (?\"") {
		return ""
	}
	path := strings.Split(key, ".")
	if ru := follow(reflect.TypeFor[catalog.View](), path); ru != "" {
		return ru
	}
	// A loop's variable: the rest of its path fits some type of the view.
	for _, t := range viewTypes() {
		if ru := follow(t, path[1:]); ru != "" {
			return ru
		}
	}
	return ""
}

// follow walks a path of names from a type and returns the meaning of the
// last; forms of a name (dat, short) take the meaning of what they are of.
func follow(t reflect.Type, path []string) string {
	said := ""
	for _, name := range path {
		f, found := fieldOf(t, name)
		if !found {
			return ""
		}
		switch f.Type {
		case reflect.TypeFor[string](), reflect.TypeFor[bool](), reflect.TypeFor[int]():
			if t == reflect.TypeFor[catalog.Cases]() || t == reflect.TypeFor[catalog.Name]() || t == reflect.TypeFor[catalog.Date]() || t == reflect.TypeFor[catalog.Ref]() {
				return said
			}
		}
		if t == reflect.TypeFor[catalog.Name]() {
			return said
		}
		said = plainMeaning(f)
		t = f.Type
	}
	return said
}

// plainMeaning is a field's meaning without its example after a colon.
func plainMeaning(f reflect.StructField) string {
	ru, _, _ := strings.Cut(f.Tag.Get("ru"), ":")
	return ru
}

func fieldOf(t reflect.Type, name string) (reflect.StructField, bool) {
	if t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	if t.Kind() != reflect.Struct {
		return reflect.StructField{}, false
	}
	for i := range t.NumField() {
		f := t.Field(i)
		if f.Anonymous {
			if inner, found := fieldOf(f.Type, name); found {
				return inner, true
			}
		}
		if f.Tag.Get("expr") == name {
			return f, true
		}
	}
	return reflect.StructField{}, false
}

// viewTypes are the types of the view's tables, those that papers loop over
// most first: where one name stands for two things the first counts.
var viewTypes = sync.OnceValue(func() []reflect.Type {
	var list []reflect.Type
	seen := map[reflect.Type]bool{}
	var walk func(t reflect.Type)
	walk = func(t reflect.Type) {
		for t.Kind() == reflect.Slice || t.Kind() == reflect.Pointer {
			t = t.Elem()
		}
		if t.Kind() != reflect.Struct || seen[t] {
			return
		}
		seen[t] = true
		list = append(list, t)
		for i := range t.NumField() {
			walk(t.Field(i).Type)
		}
	}
	for _, t := range []reflect.Type{reflect.TypeFor[catalog.Person](), reflect.TypeFor[catalog.Pair](), reflect.TypeFor[catalog.Participant](), reflect.TypeFor[catalog.View]()} {
		walk(t)
	}
	return list
})
