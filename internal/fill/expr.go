package fill

import (
	"cmp"
	"errors"
	"fmt"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"sync"
	"unicode"

	"github.com/expr-lang/expr/ast"
	"github.com/expr-lang/expr/checker"
	bytecode "github.com/expr-lang/expr/compiler"
	"github.com/expr-lang/expr/conf"
	"github.com/expr-lang/expr/file"
	"github.com/expr-lang/expr/optimizer"
	"github.com/expr-lang/expr/parser"
	"github.com/expr-lang/expr/types"
	"github.com/expr-lang/expr/vm"

	"nastavnik/internal/diag"
)

// expression is compiled: a path of names, which costs no allocation, or a
// program of the evaluator.
type expression struct {
	shape *shape

	// A path begins at a loop variable, at the loop, or at the data.
	slot    int // of the variable; -1: the data
	isLoop  bool
	isPath  bool
	steps   []step
	program *vm.Program
	p       *placeholder
	path    string // in the data: "pairs[].mentor.name"; "" when not known
}

// scope is the names that one place of the template sees.
type scope struct {
	outer *scope
	name  string
	shape *shape
	slot  int
	loop  bool   // a loop begins here, so «loop» means it
	path  string // in the data, with [] for an element of a list; "" when not known
}

// Loop is what a template knows of the loop it is in.
type Loop struct {
	Index  int   `expr:"index" ru:"номер прохода с 1"`
	Index0 int   `expr:"index0" ru:"номер прохода с 0"`
	First  bool  `expr:"first" ru:"первый проход"`
	Last   bool  `expr:"last" ru:"последний проход"`
	Count  int   `expr:"count" ru:"сколько всего проходов"`
	Parent *Loop `expr:"parent" ru:"внешний цикл"`
}

// lookup returns the scope that binds a name, nil when none does.
func (s *scope) lookup(name string) *scope {
	for ; s != nil; s = s.outer {
		if s.name == name {
			return s
		}
	}
	return nil
}

func (s *scope) inLoop() bool {
	for ; s != nil; s = s.outer {
		if s.loop {
			return true
		}
	}
	return false
}

// names returns every name in sight.
func (c *compiler) names(s *scope) []string {
	var names []string
	for at := s; at != nil; at = at.outer {
		names = append(names, at.name)
	}
	if s.inLoop() {
		names = append(names, "loop")
	}
	return append(names, c.env.names...)
}

var literals = []string{"true", "false", "nil", "not", "and", "or", "in", "let", "if", "else"}

// isPath reports whether s is names divided by points: «director.name.dat».
func isPath(s string) bool {
	for name := range strings.SplitSeq(s, ".") {
		for i, c := range name {
			if c != '_' && !unicode.IsLetter(c) && (i == 0 || !unicode.IsNumber(c)) {
				return false
			}
		}
		if name == "" {
			return false
		}
	}
	return true
}

// compileExpr compiles the expression of p; nil when it is wrong, which it
// then has reported.
func (c *compiler) compileExpr(p *placeholder, s *scope) *expression {
	if p.expr.text == "" {
		return nil
	}
	if isPath(p.expr.text) && !slices.Contains(literals, p.expr.text) {
		return c.compilePath(p, s)
	}
	return c.compileProgram(p, s)
}

// compilePath resolves names joined by dots.
func (c *compiler) compilePath(p *placeholder, s *scope) *expression {
	names := strings.Split(p.expr.text, ".")
	e := &expression{p: p, isPath: true, slot: -1, shape: c.env}
	at := 0 // rune offset of the name in the expression
	dotted := ""
	switch bound := s.lookup(names[0]); {
	case bound != nil:
		e.slot, e.shape, e.path = bound.slot, bound.shape, bound.path
		dotted = names[0]
		at = len([]rune(names[0])) + 1
		names = names[1:]
	case names[0] == "loop" && s.inLoop():
		e.isLoop, e.shape = true, shapeOfType(reflect.TypeFor[Loop]())
		dotted = names[0]
		at = len("loop.")
		names = names[1:]
	}
	for _, name := range names {
		if dotted != "" && e.shape.form == formAny {
			e.steps = append(e.steps, step{key: name})
		} else if f := e.shape.field(name); f != nil {
			e.steps = append(e.steps, step{index: f.index, method: f.method, key: f.name})
			e.shape = f.shape
		} else if e.shape.form == formAny || dotted != "" && c.loose && e.shape.hasForm(name) {
			e.steps = append(e.steps, step{key: name})
		} else {
			c.unknown(p, at, name, dotted, e.shape, s)
			return nil
		}
		if e.shape.form == formAny {
			e.shape = anyShape
		}
		if !e.isLoop && (e.slot < 0 || e.path != "") {
			e.path = strings.TrimPrefix(e.path+"."+name, ".")
		}
		dotted = strings.TrimPrefix(dotted+"."+name, ".")
		at += len([]rune(name)) + 1
	}
	if p.kind != kindEach {
		c.touch(e.path)
	}
	return e
}

// unknown reports a name that is not there. at is its rune offset in the
// expression, of what path it was asked, and in is that path's shape.
func (c *compiler) unknown(p *placeholder, at int, name, of string, in *shape, s *scope) {
	place := p.place
	if at < len(p.expr.at) {
		place = p.problemAt(p.expr.at[at], len([]rune(name)))
	}
	var wrong *diag.Problem
	if of == "" {
		wrong = c.problems.Add(place, "нет поля «%s»", name)
	} else if len(in.names) == 0 {
		wrong = c.problems.Add(place, "у «%s» нет поля «%s»: это %s", of, name, in.about)
	} else {
		wrong = c.problems.Add(place, "у «%s» нет поля «%s»", of, name)
	}
	candidates := in.names
	if of == "" {
		candidates = c.names(s)
	}
	near := diag.Nearest(name, candidates)
	switch {
	case near != "" && of != "":
		wrong.Hint = "возможно, «" + of + "." + near + "»"
	case near != "":
		rest := ""
		if text := string([]rune(p.expr.text)); strings.HasPrefix(text, name+".") && isPath(text) {
			rest = c.mend(near, strings.Split(text, ".")[1:], s)
		}
		wrong.Hint = "возможно, «" + near + rest + "»"
	default:
		if path := c.findName(name, s); path != "" {
			wrong.Hint = "возможно, «" + path + "»"
		} else if of != "" && len(in.names) > 0 {
			wrong.Hint = "есть " + listed(in.names)
		} else if all := c.names(s); len(all) > 0 {
			wrong.Hint = "есть " + listed(all)
		}
	}
}

// mend returns the rest of a path after a corrected first name, as far as it
// exists.
func (c *compiler) mend(first string, rest []string, s *scope) string {
	at := c.env
	if bound := s.lookup(first); bound != nil {
		at = bound.shape
	} else if f := at.field(first); f != nil {
		at = f.shape
	}
	said := ""
	for _, name := range rest {
		f := at.field(name)
		if f == nil {
			if near := diag.Nearest(name, at.names); near != "" {
				f = at.field(near)
			}
		}
		if f == nil {
			return said
		}
		said += "." + f.name
		at = f.shape
	}
	return said
}

// findName returns the shortest path in the schema that ends with name or
// nearly so, "" when there is none.
func (c *compiler) findName(name string, s *scope) string {
	type place struct {
		path  string
		shape *shape
		depth int
	}
	queue := []place{{"", c.env, 0}}
	for at := s; at != nil; at = at.outer {
		queue = append(queue, place{at.name + ".", at.shape, 1})
	}
	seen := map[*shape]bool{}
	for len(queue) > 0 {
		at := queue[0]
		queue = queue[1:]
		if seen[at.shape] || at.depth > 4 {
			continue
		}
		seen[at.shape] = true
		if at.shape.field(name) != nil {
			return at.path + name
		}
		for _, n := range at.shape.names {
			if f := at.shape.fields[n]; f.shape.form == formRecord || f.shape.form == formBoth {
				queue = append(queue, place{at.path + n + ".", f.shape, at.depth + 1})
			}
		}
	}
	return ""
}

// listed names a few of many.
func listed(names []string) string {
	const some = 12
	if len(names) > some {
		return "«" + strings.Join(names[:some], "», «") + "» и ещё " + fmt.Sprint(len(names)-some)
	}
	return "«" + strings.Join(names, "», «") + "»"
}

// compileProgram compiles what is more than a path, by the steps of
// expr.Compile; between parsing and checking it names what is not there.
func (c *compiler) compileProgram(p *placeholder, s *scope) *expression {
	config := c.config(s)
	tree, err := parser.ParseWithConfig(p.expr.text, config)
	if err != nil {
		c.exprError(p, err)
		return nil
	}
	before := len(c.problems)
	shaper := &shaper{c: c, p: p, scope: s}
	e := &expression{p: p, shape: shaper.shape(tree.Node)}
	if len(c.problems) > before {
		return nil
	}
	if _, err = new(checker.Checker).PatchAndCheck(tree, config); err == nil {
		err = optimizer.Optimize(&tree.Node, config)
	}
	if err == nil {
		e.program, err = bytecode.Compile(tree, config)
	}
	if err != nil {
		c.exprError(p, err)
		return nil
	}
	c.evaluates = true
	return e
}

// maxExprNodes is how many nodes an expression may have.
const maxExprNodes = 500

// config is what the evaluator must know of a scope; expressions of one scope
// share it.
func (c *compiler) config(s *scope) *conf.Config {
	if known := c.configs[s]; known != nil {
		return known
	}
	config := conf.New(c.types(s))
	for _, option := range functions() {
		option(config)
	}
	for name := range config.Disabled {
		delete(config.Builtins, name)
	}
	config.MaxNodes = maxExprNodes
	config.Visitors = append(config.Visitors, &patcher{})
	config.Check()
	c.configs[s] = config
	return config
}

// types gives the evaluator the types of the names in scope; what comes from
// data without a schema may be anything.
func (c *compiler) types(s *scope) types.Map {
	m := types.Map{}
	typed := func(sh *shape) types.Type {
		if sh.typ == nil {
			return types.Any
		}
		if sh.typ.Kind() == reflect.Struct {
			return types.TypeOf(reflect.New(sh.typ).Interface())
		}
		return types.TypeOf(reflect.Zero(sh.typ).Interface())
	}
	for _, name := range c.env.names {
		m[name] = typed(c.env.fields[name].shape)
	}
	if c.env.form == formAny {
		m[types.Extra] = types.Any
	}
	var bound []*scope
	for at := s; at != nil; at = at.outer {
		bound = append(bound, at)
	}
	for _, at := range slices.Backward(bound) { // the inner hide the outer
		m[at.name] = typed(at.shape)
	}
	if s.inLoop() {
		m["loop"] = types.TypeOf(&Loop{})
	}
	return m
}

// exprError reports an error of the evaluator in Russian, at its place.
func (c *compiler) exprError(p *placeholder, err error) {
	at, message := 0, err.Error()
	var wrong *file.Error
	if errors.As(err, &wrong) {
		at, message = wrong.From, wrong.Message
	}
	text, hint := translate(message)
	if text == "" {
		text, hint = "выражение написано с ошибкой", "как пишут выражения: nastavnik help templates"
	}
	place := p.place
	if at < len(p.expr.at) {
		place = p.problemAt(p.expr.at[at], 1)
	}
	c.problems.Add(place, "%s", text).Hint = hint
}

// translation is a message of the evaluator in Russian; $1 and $2 in it are
// what the pattern caught.
type translation struct {
	pattern    *regexp.Regexp
	text, hint string
}

// translations are compiled when a message first needs one.
var translations = sync.OnceValue(func() []translation {
	return []translation{
		{regexp.MustCompile(`^unknown name (.+)$`), "нет поля или функции «$1»", ""},
		{regexp.MustCompile(`^type .* has no field (.+)$`), "нет поля «$1»", ""},
		{regexp.MustCompile(`^unexpected token EOF`), "выражение не закончено", "проверьте скобки и кавычки"},
		{regexp.MustCompile(`^unexpected token \w+\("(.*)"\)`), "лишнее «$1» в выражении", "имя поля пишется без пробелов; части имени разделяет точка"},
		{regexp.MustCompile(`^unexpected token`), "выражение написано с ошибкой", ""},
		{regexp.MustCompile(`^unrecognized character`), "непонятный знак в выражении", ""},
		{regexp.MustCompile(`^literal not terminated`), "кавычка не закрыта", ""},
		{regexp.MustCompile(`^invalid operation: (\S+) \(mismatched types (\S+) and (\S+)\)`), "действие «$1» не подходит к этим значениям ($2 и $3)", "число сравнивают с числом, текст с текстом в кавычках"},
		{regexp.MustCompile(`^not enough arguments (?:to call|for) (\S+)`), "функции «$1» не хватает значений", ""},
		{regexp.MustCompile(`^too many arguments (?:to call|for) (\S+)`), "функции «$1» дали лишние значения", ""},
		{regexp.MustCompile(`^cannot use .* as argument .* to call (\S+)`), "функция «$1» не принимает такое значение", ""},
		{regexp.MustCompile(`^builtin (\S+) takes only`), "функция «$1» работает только со списком", ""},
		{regexp.MustCompile(`^invalid argument for (\S+)`), "функция «$1» не принимает такое значение", ""},
		{regexp.MustCompile(`^index out of range`), "в списке нет элемента с таким номером", "сначала спросите, есть ли он: «{{#if len(список) > 0}}»"},
		{regexp.MustCompile(`^invalid operation: \S+ (\S+) \S+$`), "действие «$1» не подходит к этим значениям", "число сравнивают с числом, текст с текстом в кавычках"},
		{regexp.MustCompile(`^invalid operation: (\S+)`), "действие «$1» не подходит к этому значению", ""},
		{regexp.MustCompile(`division by zero`), "деление на ноль", ""},
		{regexp.MustCompile(`(?s)^«.*$`), "$0", ""},
		{regexp.MustCompile(`memory budget exceeded`), "выражение требует слишком много памяти", ""},
		{regexp.MustCompile(`(?s)^cannot fetch (\S+) from <nil>`), "нет значения, у которого спрашивают «$1»", "поставьте вопрос перед точкой: «a?.b»"},
	}
})

// translate puts a message into Russian; text is "" for one that it does not
// know.
func translate(message string) (text, hint string) {
	for _, t := range translations() {
		if m := t.pattern.FindStringSubmatchIndex(message); m != nil {
			return typeNames.Replace(string(t.pattern.ExpandString(nil, t.text, message, m))), t.hint
		}
	}
	return "", ""
}

// typeNames are the evaluator's types as a message of mismatched ones says them.
var typeNames = strings.NewReplacer("(string ", "(текст ", " string)", " текст)", "(int ", "(число ", " int)", " число)",
	"(float64 ", "(число ", " float64)", " число)", "(bool ", "(да или нет ", " bool)", " да или нет)", "(nil ", "(пусто ", " nil)", " пусто)")

// shaper follows the types through an expression, to know what a loop over it
// yields and to name what is not there.
type shaper struct {
	c      *compiler
	p      *placeholder
	scope  *scope
	within bool     // inside a longer path
	items  []*shape // what «.» and «#» mean in the predicates around
}

func (w *shaper) shape(n ast.Node) *shape {
	switch n := n.(type) {
	case *ast.IdentifierNode:
		if bound := w.scope.lookup(n.Value); bound != nil {
			w.touch(n)
			return bound.shape
		}
		if n.Value == "loop" && w.scope.inLoop() {
			return shapeOfType(reflect.TypeFor[Loop]())
		}
		if f := w.c.env.field(n.Value); f != nil {
			w.touch(n)
			return f.shape
		}
		if w.c.env.form != formAny || strings.HasPrefix(n.Value, "$") {
			w.c.unknown(w.p, n.Location().From, n.Value, "", w.c.env, w.scope)
		}
		return anyShape
	case *ast.PointerNode:
		if len(w.items) > 0 && n.Name == "" {
			return w.items[len(w.items)-1]
		}
		return anyShape
	case *ast.MemberNode:
		whole := w.within
		w.within = true // only the longest path is used
		of := w.shape(n.Node)
		w.within = whole
		name, literal := n.Property.(*ast.StringNode)
		if !literal {
			w.shape(n.Property)
			if of.form == formList {
				return orAny(of.elem)
			}
			return anyShape
		}
		if f := of.field(name.Value); f != nil {
			w.touch(n)
			return f.shape
		}
		if w.c.loose && of.hasForm(name.Value) {
			w.touch(n)
			return &shape{form: formScalar, about: "значение"}
		}
		if of.form != formAny && !n.Method {
			w.c.unknown(w.p, name.Location().From, name.Value, strings.TrimPrefix(n.Node.String(), "#."), of, w.scope)
		}
		return anyShape
	case *ast.ChainNode:
		return w.shape(n.Node)
	case *ast.BuiltinNode:
		return w.builtin(n)
	case *ast.CallNode:
		shapes := w.shapes(n.Arguments)
		if name, ok := n.Callee.(*ast.IdentifierNode); ok {
			if _, known := functionTable[name.Value]; !known && w.scope.lookup(name.Value) == nil {
				wrong := w.c.problems.Add(w.p.problemAt(w.p.expr.at[min(n.Location().From, len(w.p.expr.at)-1)], len([]rune(name.Value))),
					"нет функции «%s»", name.Value)
				if near := diag.Nearest(name.Value, functionNames()); near != "" {
					wrong.Hint = "возможно, «" + near + "»"
				} else {
					wrong.Hint = "список функций: nastavnik help templates"
				}
				return anyShape
			}
			if functionTable[name.Value].list && len(shapes) > 0 {
				return shapes[0]
			}
			return &shape{form: formScalar, about: "значение"}
		}
		w.shape(n.Callee)
		return anyShape
	case *ast.ConditionalNode:
		w.shape(n.Cond)
		a, b := w.shape(n.Exp1), w.shape(n.Exp2)
		if a.form == formAny {
			return b
		}
		return a
	case *ast.BinaryNode:
		a, b := w.shape(n.Left), w.shape(n.Right)
		switch n.Operator {
		case "??":
			return merge(a, b)
		case "..":
			return &shape{form: formList, about: "список", elem: shapeOfType(reflect.TypeFor[int]())}
		}
		return &shape{form: formScalar, about: "значение"}
	case *ast.SliceNode:
		return w.shape(n.Node)
	case *ast.UnaryNode:
		w.shape(n.Node)
	case *ast.PredicateNode:
		return w.shape(n.Node)
	case *ast.ArrayNode:
		list := &shape{form: formList, about: "список"}
		for _, sh := range w.shapes(n.Nodes) {
			list.elem = merge(list.elem, sh)
		}
		list.elem = orAny(list.elem)
		return list
	case *ast.MapNode, *ast.VariableDeclaratorNode, *ast.SequenceNode:
		return anyShape
	}
	return &shape{form: formScalar, about: "значение"}
}

// touch notes a path of names as used, unless it is part of a longer one.
func (w *shaper) touch(n ast.Node) {
	path := n.String()
	if w.within || !isPath(path) {
		return
	}
	first, rest, dotted := strings.Cut(path, ".")
	if bound := w.scope.lookup(first); bound != nil {
		if bound.path == "" {
			return
		}
		path = bound.path
		if dotted {
			path += "." + rest
		}
	}
	w.c.touch(path)
}

func orAny(s *shape) *shape { return cmp.Or(s, anyShape) }

func (w *shaper) shapes(nodes []ast.Node) []*shape {
	all := make([]*shape, len(nodes))
	for i, n := range nodes {
		all[i] = w.shape(n)
	}
	return all
}

// builtin follows a list through filter, map, sortBy and their like.
func (w *shaper) builtin(n *ast.BuiltinNode) *shape {
	if len(n.Arguments) == 0 {
		return anyShape
	}
	list := w.shape(n.Arguments[0])
	inner := anyShape
	for _, argument := range n.Arguments[1:] {
		if predicate, ok := argument.(*ast.PredicateNode); ok {
			elem := anyShape
			if list.form == formList {
				elem = orAny(list.elem)
			}
			w.items = append(w.items, elem)
			inner = w.shape(predicate)
			w.items = w.items[:len(w.items)-1]
		} else {
			w.shape(argument)
		}
	}
	switch n.Name {
	case "filter", "sortBy", "sort", "reverse", "uniq", "take", "concat":
		return list
	case "map":
		return &shape{form: formList, about: "список", elem: inner}
	case "groupBy":
		g := &shape{form: formRecord, about: "группа"}
		g.add(&field{name: "key", shape: inner})
		g.add(&field{name: "items", shape: list})
		return &shape{form: formList, about: "список", elem: g}
	case "find", "findLast", "first", "last":
		if list.form == formList {
			return orAny(list.elem)
		}
		return anyShape
	case "flatten", "keys", "values", "toPairs", "get", "reduce", "max", "min", "split", "fromJSON":
		return anyShape
	}
	return &shape{form: formScalar, about: "значение"}
}
