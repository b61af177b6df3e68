package fill

import (
	"cmp"
	"fmt"
	"math"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"
	"unicode"
	"unicode/utf8"

	"nastavnik/internal/russian"
)

// shape is what is known of a value before there is one: from a Go type, or
// from data when there is no schema.
type shape struct {
	form   form
	typ    reflect.Type // nil when the shape comes from data
	elem   *shape       // of a list
	names  []string     // of the fields, in order
	fields map[string]*field
	about  string // the noun for messages: «список», «дата»
}

type form uint8

const (
	formAny    form = iota // nothing is known
	formScalar             // prints
	formRecord             // has fields, does not print
	formBoth               // has fields and prints (a Stringer)
	formList
)

type field struct {
	name   string
	about  string // what a person calls it, from the tag «ru»
	shape  *shape
	index  []int  // of a Go struct field
	method string // of a Go method without arguments
}

var anyShape = &shape{form: formAny, about: "значение"}

// prints reports whether a value of the shape may stand in the text.
func (s *shape) prints() bool {
	switch s.form {
	case formRecord:
		return false
	case formList:
		return s.elem == nil || s.elem.form == formScalar || s.elem.form == formBoth || s.elem.form == formAny
	}
	return true
}

// field returns the field of that name, nil when there is none.
func (s *shape) field(name string) *field { return s.fields[name] }

var (
	stringerType = reflect.TypeFor[fmt.Stringer]()
	timeType     = reflect.TypeFor[time.Time]()
	bytesType    = reflect.TypeFor[[]byte]()
)

// shapes remembers the shapes of Go types; types refer to themselves.
var shapes struct {
	sync.Mutex
	byType map[reflect.Type]*shape
}

func shapeOfType(t reflect.Type) *shape {
	shapes.Lock()
	defer shapes.Unlock()
	if shapes.byType == nil {
		shapes.byType = map[reflect.Type]*shape{}
	}
	return typeShape(t)
}

func typeShape(t reflect.Type) *shape {
	for t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	if known := shapes.byType[t]; known != nil {
		return known
	}
	s := &shape{typ: t, about: "значение"}
	shapes.byType[t] = s
	stringer := t.Implements(stringerType) || reflect.PointerTo(t).Implements(stringerType)
	switch t.Kind() {
	case reflect.Interface:
		s.form, s.typ = formAny, nil
		return s
	case reflect.Map:
		if t.Elem().Kind() == reflect.Interface || t.Key().Kind() != reflect.String {
			s.form, s.typ = formAny, nil
			return s
		}
		s.form = formAny
		return s
	case reflect.Slice, reflect.Array:
		if t == bytesType {
			s.form, s.about = formScalar, "рисунок"
			return s
		}
		s.form, s.about = formList, "список"
		if stringer { // russian.Forms
			s.form = formBoth
			s.methods(t)
		}
		s.elem = typeShape(t.Elem())
		return s
	case reflect.Struct:
		if t == timeType {
			s.form, s.about = formScalar, "дата"
			return s
		}
		s.form, s.about = formRecord, "набор полей"
		if stringer {
			s.form = formBoth
		}
		s.fields = map[string]*field{}
		s.structFields(t, nil)
		s.methods(t)
		return s
	}
	s.form = formScalar
	s.fields = map[string]*field{}
	s.methods(t)
	return s
}

// structFields adds the fields of t, those of embedded structs among them.
func (s *shape) structFields(t reflect.Type, prefix []int) {
	for i := range t.NumField() {
		f := t.Field(i)
		name := f.Tag.Get("expr")
		index := append(slices.Clone(prefix), i)
		if f.Anonymous && name == "" && f.Type.Kind() == reflect.Struct {
			s.structFields(f.Type, index)
			continue
		}
		if !f.IsExported() || name == "-" {
			continue
		}
		s.add(&field{name: cmp.Or(name, f.Name), about: f.Tag.Get("ru"), shape: typeShape(f.Type), index: index})
	}
}

// methods adds the methods without arguments that return one printable value,
// under their names with a small first letter: date.Long is «long».
func (s *shape) methods(t reflect.Type) {
	p := reflect.PointerTo(t)
	for i := range p.NumMethod() {
		m := p.Method(i)
		if m.Type.NumIn() != 1 || m.Type.NumOut() != 1 || m.Name == "String" || m.Name == "GoString" {
			continue
		}
		r, size := utf8.DecodeRuneInString(m.Name)
		name := string(unicode.ToLower(r)) + m.Name[size:]
		if s.fields[name] == nil {
			s.add(&field{name: name, shape: typeShape(m.Type.Out(0)), method: m.Name})
		}
	}
}

func (s *shape) add(f *field) {
	if s.fields == nil {
		s.fields = map[string]*field{}
	}
	if s.fields[f.name] == nil {
		s.names = append(s.names, f.name)
	}
	s.fields[f.name] = f
}

// shapeOfData describes data that came without a schema. The elements of a
// list share one shape with the fields of all of them.
func shapeOfData(v reflect.Value) *shape {
	for v.Kind() == reflect.Interface || v.Kind() == reflect.Pointer {
		if v.IsNil() {
			return anyShape
		}
		v = v.Elem()
	}
	switch {
	case !v.IsValid():
		return anyShape
	case v.Kind() == reflect.Map && v.Type().Key().Kind() == reflect.String:
		s := &shape{form: formRecord, about: "набор полей"}
		keys := v.MapKeys()
		slices.SortFunc(keys, func(a, b reflect.Value) int { return strings.Compare(a.String(), b.String()) })
		for _, k := range keys {
			s.add(&field{name: k.String(), shape: shapeOfData(v.MapIndex(k))})
		}
		return s
	case (v.Kind() == reflect.Slice || v.Kind() == reflect.Array) && v.Type() != bytesType:
		elem := v.Type().Elem()
		if k := elem.Kind(); k == reflect.Struct || k == reflect.Pointer {
			return shapeOfType(v.Type())
		}
		s := &shape{form: formList, about: "список"}
		for i := range v.Len() {
			s.elem = merge(s.elem, shapeOfData(v.Index(i)))
		}
		if s.elem == nil {
			s.elem = anyShape
		}
		return s
	}
	return shapeOfType(v.Type())
}

// merge returns a shape with the fields of both.
func merge(a, b *shape) *shape {
	switch {
	case a == nil || a == anyShape:
		return b
	case b == nil || b == anyShape:
		return a
	case a.form != b.form || a.typ != b.typ:
		return anyShape
	case a.form == formList && a.typ == nil:
		return &shape{form: formList, about: a.about, elem: merge(a.elem, b.elem)}
	case a.form != formRecord || a.typ != nil:
		return a
	}
	both := &shape{form: formRecord, about: a.about}
	for _, from := range []*shape{a, b} {
		for _, name := range from.names {
			f := *from.fields[name]
			if known := both.fields[name]; known != nil {
				f.shape = merge(known.shape, f.shape)
			}
			both.add(&f)
		}
	}
	return both
}

// step is one dot of a path.
type step struct {
	index  []int  // a field of a struct
	method string // a method
	key    string // a key of a map, or a form of a text
}

// follow returns the value behind a step, the zero Value when it is not there.
func follow(v reflect.Value, st *step) reflect.Value {
	v = deref(v, st.method != "")
	if !v.IsValid() {
		return v
	}
	switch {
	case st.method != "":
		if v.CanAddr() {
			v = v.Addr()
		} else if v.Kind() != reflect.Interface && v.Kind() != reflect.Pointer {
			p := reflect.New(v.Type())
			p.Elem().Set(v)
			v = p
		}
		m := v.MethodByName(st.method)
		if !m.IsValid() {
			return reflect.Value{}
		}
		return m.Call(nil)[0]
	case st.index != nil && v.Kind() == reflect.Struct:
		for _, i := range st.index {
			if v = deref(v, false); !v.IsValid() {
				return v
			}
			v = v.Field(i)
		}
		return v
	case v.Kind() == reflect.Map:
		if m, ok := v.Interface().(map[string]any); ok { // no copy of the value
			return reflect.ValueOf(m[st.key])
		}
		return v.MapIndex(reflect.ValueOf(st.key).Convert(v.Type().Key()))
	case v.Type() == timeType && dateForms[st.key] != nil:
		return reflect.ValueOf(dateForms[st.key](russian.DateOf(v.Interface().(time.Time))))
	case v.Kind() == reflect.Struct:
		if f := shapeOfType(v.Type()).field(st.key); f != nil {
			return follow(v, &step{index: f.index, method: f.method})
		}
	case v.Kind() == reflect.String && textForms[st.key] != nil && strings.TrimSpace(v.String()) != "":
		return reflect.ValueOf(textForms[st.key](v.String()))
	}
	return reflect.Value{}
}

// deref follows pointers and interfaces; keepNil is for methods of pointers.
func deref(v reflect.Value, keepNil bool) reflect.Value {
	for v.Kind() == reflect.Interface || v.Kind() == reflect.Pointer {
		if v.IsNil() {
			return reflect.Value{}
		}
		v = v.Elem()
	}
	return v
}

// empty reports whether a value is missing: nil, "", a list of none, a zero
// date. Numbers and truth values never are.
func empty(v reflect.Value) bool {
	v = deref(v, false)
	if !v.IsValid() {
		return true
	}
	switch v.Kind() {
	case reflect.String:
		return strings.TrimSpace(v.String()) == ""
	case reflect.Slice, reflect.Map, reflect.Array:
		return v.Len() == 0
	case reflect.Struct:
		if z, ok := interfaceOf(v).(interface{ IsZero() bool }); ok {
			return z.IsZero()
		}
		if s, ok := interfaceOf(v).(fmt.Stringer); ok {
			return s.String() == ""
		}
		return v.IsZero()
	}
	return false
}

// interfaceOf returns v as an interface, its address where it has one, so that
// nothing is copied and the methods of pointers are there.
func interfaceOf(v reflect.Value) any {
	if v.Kind() == reflect.Struct && v.CanAddr() {
		return v.Addr().Interface()
	}
	return v.Interface()
}

// truth reports what a condition means by a value: what is empty, zero or
// false is not so.
func truth(v reflect.Value) bool {
	v = deref(v, false)
	if !v.IsValid() {
		return false
	}
	switch {
	case v.Kind() == reflect.Bool:
		return v.Bool()
	case v.CanInt():
		return v.Int() != 0
	case v.CanUint():
		return v.Uint() != 0
	case v.CanFloat():
		return v.Float() != 0
	}
	return !empty(v)
}

// appendValue writes a value as Russian text: numbers with a decimal comma,
// dates as 31.08.2026, lists with commas. ok is false for what has no text.
func appendValue(b []byte, v reflect.Value) (_ []byte, ok bool) {
	v = deref(v, false)
	if !v.IsValid() {
		return b, true
	}
	switch {
	case v.Type() == timeType:
		return appendTime(b, v.Interface().(time.Time)), true
	case v.Kind() == reflect.String && v.Type().NumMethod() == 0:
		return append(b, v.String()...), true
	case v.Type().NumMethod() > 0:
		if s, ok := v.Interface().(fmt.Stringer); ok {
			return append(b, s.String()...), true
		}
	}
	switch {
	case v.Kind() == reflect.Bool:
		if v.Bool() {
			return append(b, "да"...), true
		}
		return append(b, "нет"...), true
	case v.CanInt():
		return strconv.AppendInt(b, v.Int(), 10), true
	case v.CanUint():
		return strconv.AppendUint(b, v.Uint(), 10), true
	case v.CanFloat():
		x := v.Float()
		if math.IsNaN(x) || math.IsInf(x, 0) {
			return b, false
		}
		if math.Abs(x) < 1e9 {
			x = math.Round(x*1e6) / 1e6 // 0,1 + 0,2 is 0,3
		}
		at := len(b)
		b = strconv.AppendFloat(b, x, 'f', -1, 64)
		if dot := slices.Index(b[at:], '.'); dot >= 0 {
			b[at+dot] = ','
		}
		return b, true
	}
	if s, ok := interfaceOf(v).(fmt.Stringer); ok { // of a pointer
		return append(b, s.String()...), true
	}
	if v.Kind() == reflect.String {
		return append(b, v.String()...), true
	}
	if v.Kind() == reflect.Slice || v.Kind() == reflect.Array {
		for i := range v.Len() {
			if i > 0 {
				b = append(b, ", "...)
			}
			if b, ok = appendValue(b, v.Index(i)); !ok {
				return b, false
			}
		}
		return b, true
	}
	return b, false
}

func appendTime(b []byte, t time.Time) []byte {
	if t.IsZero() {
		return b
	}
	if h, m, s := t.Clock(); h == 0 && m == 0 && s == 0 {
		return t.AppendFormat(b, "02.01.2006")
	}
	return t.AppendFormat(b, "02.01.2006 15:04")
}
