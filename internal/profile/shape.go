package profile

import (
	"reflect"
	"slices"
	"strings"
	"sync"

	"nastavnik/internal/diag"
)

// shape is what a table of the profile may hold: the fields of a Go struct.
type shape struct {
	table  string // where it stands: «school», «pairs.plan»; empty for the top
	fields []field
	byKey  map[string]int
}

// field is one key of a table.
type field struct {
	key   string
	ru    string
	enum  []string // allowed words; nil when any
	index int      // in the Go struct
}

func (s *shape) keys() []string {
	keys := make([]string, len(s.fields))
	for i, f := range s.fields {
		keys[i] = f.key
	}
	return keys
}

// shapes are those of every struct that School or Municipality reaches.
var shapes = sync.OnceValue(func() map[reflect.Type]*shape {
	all := map[reflect.Type]*shape{}
	addShape(all, reflect.TypeFor[School](), "")
	addShape(all, reflect.TypeFor[Municipality](), "")
	return all
})

func addShape(all map[reflect.Type]*shape, t reflect.Type, table string) {
	for t.Kind() == reflect.Slice || t.Kind() == reflect.Pointer || t.Kind() == reflect.Map {
		t = t.Elem()
	}
	if t.Kind() != reflect.Struct || t == reflect.TypeFor[Date]() || all[t] != nil {
		return
	}
	s := &shape{table: table, byKey: map[string]int{}}
	all[t] = s
	for i := range t.NumField() {
		f := t.Field(i)
		key := f.Tag.Get("toml")
		if key == "" || key == "-" {
			continue
		}
		s.byKey[key] = len(s.fields)
		s.fields = append(s.fields, field{key, f.Tag.Get("ru"), words(f.Tag.Get("enum")), i})
		addShape(all, f.Type, join(table, key))
	}
}

func words(enum string) []string {
	switch {
	case enum == "":
		return nil
	case strings.Contains(enum, "|"):
		return strings.Split(enum, "|")
	}
	return strings.Fields(enum)
}

// allKeys are the keys of all tables, each once, in order.
func allKeys() []string {
	var keys []string
	for _, s := range shapes() {
		keys = append(keys, s.keys()...)
	}
	slices.Sort(keys)
	return slices.Compact(keys)
}

// keyByRussian returns the key whose Russian name is nearest to a word that a
// person wrote instead of it, or "".
func keyByRussian(word string) string {
	word = strings.ToLower(strings.NewReplacer("_", " ", "-", " ", `"`, "").Replace(strings.TrimSpace(word)))
	names := map[string]string{"название": "name_full", "наименование": "name_full", "полное название": "name_full",
		"краткое название": "name_short", "директор": "director", "год": "school_year", "имя": "first",
		"тип": "type", "адрес": "address", "должность": "position", "класс": "class", "роль": "role"}
	for _, s := range shapes() {
		for _, f := range s.fields {
			name := strings.ToLower(f.ru)
			if old, found := names[name]; !found || f.key < old { // one answer, whatever the map's order
				names[name] = f.key
			}
		}
	}
	candidates := make([]string, 0, len(names))
	for name := range names {
		candidates = append(candidates, name)
	}
	slices.Sort(candidates)
	return names[diag.Nearest(word, candidates)]
}

// tablesWith are the tables, other than the one given, that know a key.
func tablesWith(key, except string, root reflect.Type) []string {
	var tables []string
	for _, s := range reach(root) {
		if _, found := s.byKey[key]; found && s.table != except {
			tables = append(tables, s.table)
		}
	}
	slices.Sort(tables)
	return tables
}

// reach returns the shapes that a root type reaches, in order of fields.
func reach(root reflect.Type) []*shape {
	var list []*shape
	seen := map[reflect.Type]bool{}
	var walk func(t reflect.Type)
	walk = func(t reflect.Type) {
		for t.Kind() == reflect.Slice || t.Kind() == reflect.Pointer || t.Kind() == reflect.Map {
			t = t.Elem()
		}
		s := shapes()[t]
		if s == nil || seen[t] {
			return
		}
		seen[t] = true
		list = append(list, s)
		for _, f := range s.fields {
			walk(t.Field(f.index).Type)
		}
	}
	walk(root)
	return list
}

// Keys are the keys that a school's profile may have, each with its table:
// «school.inn», «pairs.plan.when»; in the order of the types.
func Keys() []string {
	var keys []string
	for _, s := range reach(reflect.TypeFor[School]()) {
		for _, f := range s.fields {
			keys = append(keys, join(s.table, f.key))
		}
	}
	return keys
}
