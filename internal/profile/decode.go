package profile

import (
	"cmp"
	"fmt"
	"math"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"

	"nastavnik/internal/diag"
	"nastavnik/internal/russian"
)

// decoder puts the parser's values into the types of types.go. Every unknown
// key and wrong type is told; what is wrong stays empty.
type decoder struct {
	src  *source
	at   *outline
	list *diag.List
	root reflect.Type
}

// decode fills root, a *School or *Municipality, and returns the places of all
// that stands in the file.
func decode(src *source, values map[string]any, root any, list *diag.List) *places {
	d := &decoder{src, scan(src.text), list, reflect.TypeOf(root).Elem()}
	d.table(reflect.ValueOf(root).Elem(), values, "")
	return &places{src: src}
}

// valuePlace is where the value of a key stands.
func (d *decoder) valuePlace(path string) diag.Place {
	it, found := d.at.item(path)
	if !found {
		return diag.Place{File: d.src.name}
	}
	return d.src.place(it.value)
}

func (d *decoder) wrong(path, hint, format string, args ...any) {
	p := d.list.Add(d.valuePlace(path), format, args...)
	p.Code, p.Hint = "E04", hint
}

func (d *decoder) table(dst reflect.Value, values map[string]any, path string) {
	s := shapes()[dst.Type()]
	for _, key := range d.inOrder(values, path) {
		i, known := s.byKey[key]
		if !known {
			d.unknown(s, key, join(path, key))
			continue
		}
		f := &s.fields[i]
		d.value(dst.Field(f.index), values[key], join(path, key), f)
	}
}

// inOrder returns the keys of a table as they stand in the file.
func (d *decoder) inOrder(values map[string]any, path string) []string {
	keys := make([]string, 0, len(values))
	for key := range values {
		keys = append(keys, key)
	}
	where := func(key string) int {
		if i, found := d.at.first[join(path, key)]; found {
			return i
		}
		return math.MaxInt
	}
	slices.SortFunc(keys, func(a, b string) int {
		return cmp.Or(cmp.Compare(where(a), where(b)), cmp.Compare(a, b))
	})
	return keys
}

func (d *decoder) unknown(s *shape, key, path string) {
	what := "ключ"
	it, found := d.at.item(path)
	if !found {
		it, found = d.at.item(path + "[0]")
	}
	if found && it.kind != itemValue {
		what = "раздел"
	}
	place := diag.Place{File: d.src.name}
	if found {
		place = d.src.place(it.key)
	}
	in := ""
	if s.table != "" {
		in = " в разделе [" + s.table + "]"
	}
	p := d.list.Add(place, "неизвестный %s %q%s", what, key, in)
	p.Code = "E02"
	switch near, tables := diag.Nearest(key, s.keys()), tablesWith(key, s.table, d.root); {
	case near != "":
		p.Hint = fmt.Sprintf("возможно, %s (%s)", near, s.fields[s.byKey[near]].ru)
	case nonLatin(key):
		p.Hint = hintLatin(key)
	case len(tables) > 0:
		where := "в начале файла, до первого раздела"
		if tables[0] != "" {
			where = "в разделе [" + tables[0] + "]"
		}
		p.Hint = fmt.Sprintf("такой ключ стоит %s; ключ относится к разделу, под заголовком которого написан", where)
	case otherRoot(d.root, key) && s.table == "":
		p.Hint = "это раздел другого вида профиля: муниципального или школьного (kind = \"municipality\")"
	case len(s.fields) <= 14:
		p.Hint = "здесь бывают: " + strings.Join(s.keys(), ", ")
	default:
		if near := diag.Nearest(key, allKeys()); near != "" {
			p.Hint = fmt.Sprintf("возможно, %s из другого раздела", near)
		} else {
			p.Hint = "удалите его; все ключи с пояснениями – в профиле, который делает «nastavnik init»"
		}
	}
}

func otherRoot(root reflect.Type, key string) bool {
	for _, t := range []reflect.Type{reflect.TypeFor[School](), reflect.TypeFor[Municipality]()} {
		if _, found := shapes()[t].byKey[key]; found && t != root {
			return true
		}
	}
	return false
}

var (
	dateType = reflect.TypeFor[Date]()
	doneType = reflect.TypeFor[[]Done]()
)

func (d *decoder) value(dst reflect.Value, raw any, path string, f *field) {
	switch {
	case dst.Type() == dateType:
		d.date(dst, raw, path, f)
		return
	case dst.Type() == doneType:
		dst.Set(reflect.ValueOf(d.done(raw, path, f)))
		return
	}
	switch dst.Kind() {
	case reflect.Pointer:
		before := len(*d.list)
		v := reflect.New(dst.Type().Elem())
		d.value(v.Elem(), raw, path, f)
		if len(*d.list) == before || dst.Type().Elem().Kind() == reflect.Struct {
			dst.Set(v)
		}
	case reflect.String:
		d.text(dst, raw, path, f)
	case reflect.Bool:
		if b, ok := raw.(bool); ok {
			dst.SetBool(b)
			return
		}
		d.wrong(path, "«да» пишут true, «нет» – false, без кавычек", "%s: нужно true или false, а стоит %s", f.ru, kindOf(raw))
	case reflect.Int:
		d.whole(dst, raw, path, f)
	case reflect.Float64:
		switch v := raw.(type) {
		case int64:
			dst.SetFloat(float64(v))
		case float64:
			if math.IsNaN(v) || math.IsInf(v, 0) {
				d.wrong(path, "", "%s: это не число", f.ru)
				return
			}
			dst.SetFloat(v)
		default:
			d.wrong(path, "пишите без кавычек, дробь через точку: 1.5", "%s: нужно число, а стоит %s", f.ru, kindOf(raw))
		}
	case reflect.Struct:
		values, ok := raw.(map[string]any)
		if !ok {
			d.wrong(path, d.tableHint(dst.Type(), path), "%s: нужен раздел с ключами, а стоит %s", f.ru, kindOf(raw))
			return
		}
		d.table(dst, values, path)
	case reflect.Slice:
		d.slice(dst, raw, path, f)
	case reflect.Map:
		values, ok := raw.(map[string]any)
		if !ok {
			d.wrong(path, "", "%s: нужен раздел с ключами, а стоит %s", f.ru, kindOf(raw))
			return
		}
		dst.Set(reflect.MakeMapWithSize(dst.Type(), len(values)))
		for _, key := range d.inOrder(values, path) {
			v := reflect.New(dst.Type().Elem()).Elem()
			d.value(v, values[key], join(path, key), &field{key: key, ru: f.ru + ", " + key})
			dst.SetMapIndex(reflect.ValueOf(key), v)
		}
	default:
		panic("profile: no decoder for " + dst.Type().String())
	}
}

func (d *decoder) tableHint(t reflect.Type, path string) string {
	if s := shapes()[t]; s != nil {
		return fmt.Sprintf("пишите в фигурных скобках { %s = … } или разделом [%s]", s.fields[0].key, path)
	}
	return ""
}

func (d *decoder) date(dst reflect.Value, raw any, path string, f *field) {
	var date Date
	var err error
	switch v := raw.(type) {
	case time.Time:
		if zone := v.Location().String(); zone != "date-local" {
			d.wrong(path, "оставьте день без времени: "+v.Format("2006-01-02"), "%s: нужна дата без времени", f.ru)
			return
		}
		date = russian.DateOf(v)
		err = checkDate(date)
	case string:
		if blank(v) {
			return
		}
		date, err = parseDate(v)
	default:
		err = errDateShape
	}
	if err != nil {
		if err == errDateShape {
			d.wrong(path, err.Error(), "%s: дата не читается", f.ru)
		} else {
			d.wrong(path, "проверьте день, месяц и год", "%s: %s", f.ru, err)
		}
		return
	}
	dst.Set(reflect.ValueOf(date))
}

func (d *decoder) whole(dst reflect.Value, raw any, path string, f *field) {
	switch v := raw.(type) {
	case int64:
		if v < math.MinInt32 || v > math.MaxInt32 {
			d.wrong(path, "", "%s: число слишком велико", f.ru)
			return
		}
		dst.SetInt(v)
	case string:
		hint := "нужно число цифрами, без кавычек"
		if _, err := strconv.Atoi(v); err == nil {
			hint = "пишите без кавычек: " + f.key + " = " + v
		}
		d.wrong(path, hint, "%s: нужно целое число, а стоит текст", f.ru)
	default:
		d.wrong(path, "", "%s: нужно целое число, а стоит %s", f.ru, kindOf(raw))
	}
}

func (d *decoder) text(dst reflect.Value, raw any, path string, f *field) {
	var s string
	switch v := raw.(type) {
	case string:
		s = d.clean(v, path, f)
		if f.key == "number" {
			s = strings.TrimSpace(strings.TrimPrefix(s, "№")) // papers put it themselves
		}
	case int64:
		d.wrong(path, fmt.Sprintf("возьмите в кавычки: %s = \"%d\"", f.key, v), "%s: нужен текст, а стоит число", f.ru)
		return
	default:
		d.wrong(path, "пишите текст в кавычках", "%s: нужен текст, а стоит %s", f.ru, kindOf(raw))
		return
	}
	if f.enum != nil && s != "" && !slices.Contains(f.enum, s) {
		hint := "можно: " + strings.Join(f.enum, ", ")
		if near := diag.Nearest(s, f.enum); near != "" {
			hint = "возможно, \"" + near + "\"; " + hint
		}
		d.wrong(path, hint, "%s: неизвестное значение %q", f.ru, s)
		return
	}
	dst.SetString(s)
}

func (d *decoder) slice(dst reflect.Value, raw any, path string, f *field) {
	var list []any
	elem := dst.Type().Elem()
	switch v := raw.(type) {
	case []any:
		list = v
	case []map[string]any:
		for _, m := range v {
			list = append(list, m)
		}
	case map[string]any:
		if elem.Kind() == reflect.Struct {
			d.wrong(path, fmt.Sprintf("пишите заголовок в двойных скобках: [[%s]]", path), "%s: это список, а стоит один раздел", f.ru)
			return
		}
		list = []any{v}
	default:
		list = []any{raw} // one value where a list may stand
	}
	dst.Set(reflect.MakeSlice(dst.Type(), 0, len(list)))
	for i, raw := range list {
		v := reflect.New(elem).Elem()
		p := element(path, i)
		if _, found := d.at.item(p); !found {
			p = path
		}
		d.value(v, raw, p, f)
		dst.Set(reflect.Append(dst, v))
	}
}

// done reads report.done: a list of strings or of tables, or a table whose
// keys say when.
func (d *decoder) done(raw any, path string, f *field) []Done {
	var list []Done
	switch v := raw.(type) {
	case map[string]any:
		for _, key := range d.inOrder(v, path) {
			texts := []string{}
			d.slice(reflect.ValueOf(&texts).Elem(), v[key], join(path, key), f)
			for _, text := range texts {
				list = append(list, Done{key, text})
			}
		}
		return list
	case []map[string]any:
		for i, m := range v {
			var one Done
			d.table(reflect.ValueOf(&one).Elem(), m, element(path, i))
			list = append(list, one)
		}
		return list
	case []any:
		for i, raw := range v {
			var one Done
			p := element(path, i)
			if m, ok := raw.(map[string]any); ok {
				d.table(reflect.ValueOf(&one).Elem(), m, p)
			} else {
				d.text(reflect.ValueOf(&one.Text).Elem(), raw, p, f)
			}
			list = append(list, one)
		}
		return list
	}
	var one Done
	d.text(reflect.ValueOf(&one.Text).Elem(), raw, path, f)
	return append(list, one)
}

// clean makes a value fit for a document: spaces at its ends go, letters
// written as two signs (й as и and a breve, the way of macOS) become one,
// and signs without a face are dropped with a warning. A control character is
// an error, for Word does not open a file that holds one.
func (d *decoder) clean(s, path string, f *field) string {
	s = compose.Replace(strings.ReplaceAll(s, "\r\n", "\n"))
	dropped := rune(0)
	s = strings.Map(func(r rune) rune {
		switch {
		case r == '\n' || r == '\t' || r == 0xAD:
			return r
		case unicode.IsControl(r) || r == 0xFFFE || r == 0xFFFF:
			d.wrong(path, "наберите это место заново", "%s: управляющий знак U+%04X", f.ru, r)
			return -1
		case invisible(r):
			dropped = r
			return -1
		}
		return r
	}, s)
	if dropped != 0 {
		p := d.list.Warn(d.valuePlace(path), "%s: невидимый знак U+%04X удалён", f.ru, dropped)
		p.Code, p.Hint = "W17", "так бывает при копировании; наберите это место заново"
	}
	return strings.TrimSpace(s)
}

// invisible reports zero-width and direction signs, which a paper never needs.
func invisible(r rune) bool {
	switch {
	case r >= 0x200B && r <= 0x200F, r >= 0x202A && r <= 0x202E, r >= 0x2060 && r <= 0x206F, r == 0xFEFF:
		return true
	}
	return false
}

// compose joins the letters of Russia's alphabets that may come decomposed.
var compose = strings.NewReplacer("и\u0306", "й", "И\u0306", "Й", "е\u0308", "ё", "Е\u0308", "Ё",
	"о\u0308", "ӧ", "О\u0308", "Ӧ", "у\u0308", "ӱ", "У\u0308", "Ӱ", "а\u0308", "ӓ", "А\u0308", "Ӓ",
	"ы\u0308", "ӹ", "Ы\u0308", "Ӹ", "а\u0306", "ӑ", "А\u0306", "Ӑ", "е\u0306", "ӗ", "Е\u0306", "Ӗ")

// blank reports a value that says nothing: spaces or dashes only.
func blank(s string) bool { return strings.Trim(s, " \t\n\u00A0\u202F-–—_.") == "" }

// kindOf names a value's type in Russian.
func kindOf(raw any) string {
	switch raw.(type) {
	case string:
		return "текст"
	case int64, float64:
		return "число"
	case bool:
		return "true или false"
	case time.Time:
		return "дата"
	case []any, []map[string]any:
		return "список"
	case map[string]any:
		return "раздел"
	}
	return "другое"
}
