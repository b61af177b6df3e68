package fill

import (
	"cmp"
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strings"
	"sync"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/expr-lang/expr"
	"github.com/expr-lang/expr/ast"

	"nastavnik/internal/russian"
)

// function is one that templates may call or pipe into, with what it is for.
type function struct {
	about string
	types []any
	call  func(args ...any) (any, error)
	list  bool // returns a list of the same elements as its first argument
}

// functionTable has our functions; those of the evaluator that templates may
// use stay under their own names (len, filter, map, sum, min, max, upper …).
var functionTable = map[string]function{
	"upper": {about: "большие буквы", types: []any{new(func(any) string)}, call: textFunction(strings.ToUpper)},
	"lower": {about: "маленькие буквы", types: []any{new(func(any) string)}, call: textFunction(strings.ToLower)},
	"trim":  {about: "без пробелов по краям", types: []any{new(func(any) string)}, call: textFunction(strings.TrimSpace)},
	"cap":   {about: "первая буква большая", types: []any{new(func(any) string)}, call: textFunction(capital)},
	"quote": {about: "в кавычках «»", types: []any{new(func(any) string)}, call: textFunction(func(s string) string { return "«" + s + "»" })},
	"nbsp":  {about: "неразрывные пробелы вместо обычных", types: []any{new(func(any) string)}, call: textFunction(func(s string) string { return strings.ReplaceAll(s, " ", "\u00a0") })},
	"join":  {about: "список через запятую или через данный знак", types: []any{new(func(any) string), new(func(any, string) string)}, call: joinFunction(", ")},
	"lines": {about: "список, каждый с новой строки", types: []any{new(func(any) string)}, call: joinFunction("\n")},
	"default": {about: "другое значение вместо пустого", types: []any{new(func(any, any) any)}, call: func(args ...any) (any, error) {
		if empty(reflect.ValueOf(args[0])) {
			return args[1], nil
		}
		return args[0], nil
	}},
	"plural": {about: "слово при числе: plural(n, \"пара\", \"пары\", \"пар\")", types: []any{new(func(any, string, string, string) string)},
		call: func(args ...any) (any, error) {
			return russian.Plural(integer(args[0]), args[1].(string), args[2].(string), args[3].(string)), nil
		}},
	"counted": {about: "число со словом: «5 пар»", types: []any{new(func(any, string, string, string) string)},
		call: func(args ...any) (any, error) {
			n := integer(args[0])
			return russian.Count(n, args[1].(string), args[2].(string), args[3].(string)), nil
		}},
	"long":      {about: "дата словами: «1 сентября 2026 г.»", types: []any{new(func(any) (string, error))}, call: dateFunction(russian.Date.Long)},
	"short":     {about: "дата числами: «01.09.2026»", types: []any{new(func(any) (string, error))}, call: dateFunction(russian.Date.Short)},
	"year":      {about: "год даты", types: []any{new(func(any) (string, error))}, call: dateFunction(func(d russian.Date) string { return fmt.Sprint(d.Year) })},
	"gen":       caseFunction(russian.Gen),
	"dat":       caseFunction(russian.Dat),
	"acc":       caseFunction(russian.Acc),
	"ins":       caseFunction(russian.Ins),
	"pre":       caseFunction(russian.Pre),
	"initials":  {about: "«Петров И. И.» из полного имени", types: []any{new(func(any) string)}, call: textFunction(func(s string) string { return russian.ParseName(s).Short().Nom() })},
	"signature": {about: "«И. И. Петров» из полного имени", types: []any{new(func(any) string)}, call: textFunction(func(s string) string { return russian.ParseName(s).Signature() })},
	"words": {about: "число словами", types: []any{new(func(any) string)}, call: func(args ...any) (any, error) {
		return russian.Words(integer(args[0]), russian.Masculine, russian.Nom), nil
	}},

	// These stand for what templates write otherwise; see patcher.
	"_truth": {types: []any{new(func(any) bool)}, call: func(args ...any) (any, error) { return truth(reflect.ValueOf(args[0])), nil }},
	"_form":  {types: []any{new(func(any, string) any)}, call: textForm},
	"_sort":  {types: []any{new(func(any, any) []any), new(func(any, any, string) []any)}, call: sortByKeys, list: true},
	"_group": {types: []any{new(func(any, any) []any)}, call: groupByKeys},
}

// functions are the evaluator's options: our functions, and without those of
// its own that read the clock or clash with ours.
var functions = sync.OnceValue(func() []expr.Option {
	var options []expr.Option
	for _, name := range []string{"now", "date", "duration", "timezone", "join", "upper", "lower", "trim", "fromJSON", "toJSON", "toBase64", "fromBase64"} {
		options = append(options, expr.DisableBuiltin(name))
	}
	for _, name := range slices.Sorted(maps.Keys(functionTable)) {
		f := functionTable[name]
		options = append(options, expr.Function(name, f.call, f.types...))
	}
	return options
})

// Functions returns the names of the functions that templates may call, in
// order.
func Functions() []string { return functionNames() }

// functionNames are what a template may call, for «возможно».
func functionNames() []string {
	names := []string{"len", "count", "sum", "filter", "map", "sortBy", "groupBy", "first", "last",
		"replace", "round", "min", "max", "mean", "reverse", "uniq", "take", "any", "all", "none", "find"}
	for name := range functionTable {
		if name[0] != '_' {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	return names
}

// patcher makes the evaluator kinder: a condition may be any value, count
// without a condition is the length, lists are sorted as Russian is and
// grouped in order, methods are called without brackets.
type patcher struct{}

func (*patcher) Visit(node *ast.Node) {
	switch n := (*node).(type) {
	case *ast.BuiltinNode:
		if len(n.Arguments) > 1 {
			if p, ok := n.Arguments[1].(*ast.PredicateNode); ok && slices.Contains(conditional, n.Name) {
				p.Node = asTruth(p.Node)
			}
		}
		switch {
		case n.Name == "count" && len(n.Arguments) == 1:
			n.Name = "len"
		case (n.Name == "sortBy" || n.Name == "groupBy") && len(n.Arguments) > 1:
			keys := &ast.BuiltinNode{Name: "map", Arguments: []ast.Node{n.Arguments[0], n.Arguments[1]}}
			keys.SetLocation(n.Location())
			name := "_sort"
			if n.Name == "groupBy" {
				name = "_group"
			}
			ast.Patch(node, call(name, append([]ast.Node{n.Arguments[0], keys}, n.Arguments[2:]...)...))
		}
	case *ast.UnaryNode:
		if n.Operator == "not" || n.Operator == "!" {
			n.Node = asTruth(n.Node)
		}
	case *ast.BinaryNode:
		switch n.Operator {
		case "and", "or", "&&", "||":
			n.Left, n.Right = asTruth(n.Left), asTruth(n.Right)
		}
	case *ast.ConditionalNode:
		n.Cond = asTruth(n.Cond)
	case *ast.MemberNode:
		name, ok := n.Property.(*ast.StringNode)
		if !ok || n.Method {
			return
		}
		t := n.Node.Type()
		for t.Kind() == reflect.Pointer {
			t = t.Elem()
		}
		if textForms[name.Value] != nil && (t.Kind() == reflect.Interface || t.Kind() == reflect.String || t == timeType) {
			ast.Patch(node, call("_form", n.Node, &ast.StringNode{Value: name.Value}))
			return
		}
		if t.Kind() == reflect.Interface {
			return
		}
		if f := shapeOfType(t).field(name.Value); f != nil && f.method != "" {
			method := &ast.MemberNode{Node: n.Node, Property: &ast.StringNode{Value: f.method}, Method: true}
			method.SetLocation(n.Location())
			ast.Patch(node, &ast.CallNode{Callee: method})
		}
	}
}

// conditional are the functions whose predicate is a condition.
var conditional = []string{"filter", "all", "any", "none", "one", "find", "findIndex", "findLast", "findLastIndex", "count"}

func asTruth(n ast.Node) ast.Node {
	if n.Type().Kind() == reflect.Bool {
		return n
	}
	if c, ok := n.(*ast.CallNode); ok {
		if name, ok := c.Callee.(*ast.IdentifierNode); ok && name.Value == "_truth" {
			return n
		}
	}
	c := call("_truth", n)
	c.SetLocation(n.Location())
	return c
}

func call(name string, arguments ...ast.Node) *ast.CallNode {
	return &ast.CallNode{Callee: &ast.IdentifierNode{Value: name}, Arguments: arguments}
}

// group is one entry of groupBy.
type group struct {
	Key   any   `expr:"key"`
	Items []any `expr:"items"`
}

func groupByKeys(args ...any) (any, error) {
	list, keys, err := pairwise(args)
	if err != nil {
		return nil, err
	}
	var groups []any
	for i, key := range keys {
		at := slices.IndexFunc(groups, func(g any) bool { return compare(g.(*group).Key, key) == 0 })
		if at < 0 {
			at = len(groups)
			groups = append(groups, &group{Key: key})
		}
		g := groups[at].(*group)
		g.Items = append(g.Items, list[i])
	}
	return groups, nil
}

func sortByKeys(args ...any) (any, error) {
	list, keys, err := pairwise(args)
	if err != nil {
		return nil, err
	}
	order := make([]int, len(list))
	for i := range order {
		order[i] = i
	}
	descending := len(args) > 2 && args[2] == "desc"
	slices.SortStableFunc(order, func(a, b int) int {
		if descending {
			a, b = b, a
		}
		return compare(keys[a], keys[b])
	})
	sorted := make([]any, len(list))
	for i, at := range order {
		sorted[i] = list[at]
	}
	return sorted, nil
}

// pairwise returns a list and the key of each element, of equal lengths.
func pairwise(args []any) (list, keys []any, err error) {
	list, keys = elements(args[0]), elements(args[1])
	if len(list) != len(keys) {
		return nil, nil, fmt.Errorf("invalid argument for sortBy")
	}
	return list, keys, nil
}

// elements returns the elements of a list; structs by their address, so that
// they are not copied.
func elements(x any) []any {
	if list, ok := x.([]any); ok {
		return list
	}
	v := deref(reflect.ValueOf(x), false)
	if !v.IsValid() || v.Kind() != reflect.Slice && v.Kind() != reflect.Array {
		return nil
	}
	list := make([]any, v.Len())
	for i := range list {
		list[i] = interfaceOf(v.Index(i))
	}
	return list
}

// compare orders numbers by size, dates by time, and text as a Russian list
// is ordered: ё as е, case last, digits by their number («9 класс» before «10
// класс»). What is empty comes last.
func compare(a, b any) int {
	va, vb := deref(reflect.ValueOf(a), false), deref(reflect.ValueOf(b), false)
	if ea, eb := empty(va), empty(vb); ea || eb {
		return cmp.Compare(boolInt(ea), boolInt(eb))
	}
	if ta, ok := va.Interface().(time.Time); ok {
		if tb, ok := vb.Interface().(time.Time); ok {
			return ta.Compare(tb)
		}
	}
	na, oka := float(va)
	nb, okb := float(vb)
	if oka && okb {
		return cmp.Compare(na, nb)
	}
	sa, _ := appendValue(nil, va)
	sb, _ := appendValue(nil, vb)
	return compareText(string(sa), string(sb))
}

func boolInt(b bool) int {
	if b {
		return 1
	}
	return 0
}

func float(v reflect.Value) (float64, bool) {
	switch {
	case v.CanInt():
		return float64(v.Int()), true
	case v.CanUint():
		return float64(v.Uint()), true
	case v.CanFloat():
		return v.Float(), true
	}
	return 0, false
}

func compareText(a, b string) int {
	x, y := []rune(a), []rune(b)
	i, j := 0, 0
	for i < len(x) && j < len(y) {
		if unicode.IsDigit(x[i]) && unicode.IsDigit(y[j]) {
			m, n := 0, 0
			for ; i < len(x) && unicode.IsDigit(x[i]); i++ {
				m = m*10 + int(x[i]-'0')
			}
			for ; j < len(y) && unicode.IsDigit(y[j]); j++ {
				n = n*10 + int(y[j]-'0')
			}
			if m != n {
				return cmp.Compare(m, n)
			}
			continue
		}
		if d := cmp.Compare(weight(x[i]), weight(y[j])); d != 0 {
			return d
		}
		i++
		j++
	}
	return cmp.Or(cmp.Compare(len(x)-i, len(y)-j), strings.Compare(a, b))
}

// weight is the place of a letter in the alphabet, where ё counts as е.
func weight(r rune) rune {
	switch r = unicode.ToLower(r); r {
	case 'ё':
		return 'е'
	case ' ', '\u00a0', '-':
		return 0
	}
	return r
}

func textFunction(f func(string) string) func(...any) (any, error) {
	return func(args ...any) (any, error) {
		s, _ := appendValue(nil, reflect.ValueOf(args[0]))
		if len(s) == 0 {
			return "", nil
		}
		return f(string(s)), nil
	}
}

func capital(s string) string {
	r, size := utf8.DecodeRuneInString(s)
	return string(unicode.ToUpper(r)) + s[size:]
}

func joinFunction(separator string) func(...any) (any, error) {
	return func(args ...any) (any, error) {
		sep := separator
		if len(args) > 1 {
			sep = args[1].(string)
		}
		var b []byte
		for _, x := range elements(args[0]) {
			if empty(reflect.ValueOf(x)) {
				continue
			}
			if len(b) > 0 {
				b = append(b, sep...)
			}
			b, _ = appendValue(b, reflect.ValueOf(x))
		}
		return string(b), nil
	}
}

func integer(x any) int {
	v := deref(reflect.ValueOf(x), false)
	if n, ok := float(v); ok {
		return int(n)
	}
	if v.IsValid() && (v.Kind() == reflect.Slice || v.Kind() == reflect.Array) {
		return v.Len()
	}
	return 0
}

// dateFunction takes a date, or text such as 2026-09-01 or 01.09.2026.
func dateFunction(f func(russian.Date) string) func(...any) (any, error) {
	return func(args ...any) (any, error) {
		v := reflect.ValueOf(args[0])
		if empty(v) {
			return "", nil
		}
		switch d := deref(v, false).Interface().(type) {
		case time.Time:
			return f(russian.DateOf(d)), nil
		case russian.Date:
			return f(d), nil
		}
		s, _ := appendValue(nil, v)
		d, err := russian.ParseDate(string(s))
		if err != nil {
			return nil, fmt.Errorf("«%s» — не дата", s)
		}
		return f(d), nil
	}
}

// caseFunction declines the name of a person, or, when the second argument
// says "post" or "org", a post or an organisation.
func caseFunction(c russian.Case) function {
	return function{
		about: c.String() + " падеж имени; должности: " + c.Key() + "(x, \"post\"); организации: " + c.Key() + "(x, \"org\")",
		types: []any{new(func(any) string), new(func(any, string) string)},
		call: func(args ...any) (any, error) {
			text, _ := appendValue(nil, reflect.ValueOf(args[0]))
			s := string(text)
			if strings.TrimSpace(s) == "" {
				return "", nil
			}
			kind := "name"
			if len(args) > 1 {
				kind = args[1].(string)
			}
			switch kind {
			case "name", "m", "f":
				return russian.Decline(s, russian.ParseGender(kind))[c], nil
			case "post":
				return russian.Post(s, russian.Unknown)[c], nil
			case "org":
				return russian.Org(s)[c], nil
			}
			return nil, fmt.Errorf("«%s»: есть \"name\", \"m\", \"f\", \"post\" и \"org\"", kind)
		}}
}
