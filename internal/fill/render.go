package fill

import (
	"bytes"
	"errors"
	"fmt"
	"reflect"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"unicode/utf8"

	"github.com/expr-lang/expr/vm"

	"nastavnik/internal/diag"
	"nastavnik/internal/docx"
)

// Limits of one rendering.
const (
	maxPasses = 1_000_000 // of all loops together
	maxOutput = 50 << 20  // bytes of one part
	maxNested = 16        // loops in loops
)

// Blank is a value that was missing: a line for the pen was printed.
type Blank struct {
	Key   string     `json:"key"` // as the template names it
	Place diag.Place `json:"place"`
}

// Result is what a rendering tells besides the document.
type Result struct {
	Blanks   []Blank
	Warnings diag.List
}

// run is the state of one rendering; it is used again for the next.
type run struct {
	t    *Template
	out  []byte
	data reflect.Value
	vars []reflect.Value
	loop []Loop
	at   []*Loop // the loops around, outermost first

	env     map[string]any
	machine vm.VM

	visible int
	dot     int // length of out after a value that ends with a full stop
	passes  int
	wide    int // columns that the cell being written spans, 0 for one
	rows    int
	merges  []merged
	nums    []int  // by list slot; negative: a copy of that list, not made yet
	fresh   []bool // lists that were begun
	clones  []clone
	marks   []int // by bookmark slot: 0 before its first pass, -1 in it, then a number
	marked  int   // bookmarks that were given numbers
	drawing int
	notes   []noteOut
	images  images

	parts    [][]byte
	archive  docx.Archive
	scratch  []byte
	blanks   []Blank
	warnings diag.List
	warned   map[*placeholder]bool
	failed   diag.List
}

// merged is the cell that an opMerge wrote last.
type merged struct {
	key string
	row int
}

var runs = sync.Pool{New: func() any { return &run{} }}

// Render writes the filled package to w. Nothing is written when it fails; the
// error is a diag.List. data has the shape of Options.Env.
func (t *Template) Render(w *bytes.Buffer, data any) (Result, error) {
	r := runs.Get().(*run)
	defer runs.Put(r)
	r.begin(t, data)
	for i, plan := range t.plans {
		if plan.ops == nil {
			continue
		}
		r.out, r.dot = r.parts[i][:0], 0
		r.exec(plan.ops)
		r.parts[i] = r.out
		if len(r.failed) > 0 {
			return r.result(), r.failed
		}
	}
	r.archive.Reset()
	for i, plan := range t.plans {
		switch {
		case plan.ops != nil:
			r.archive.Write(plan.part.Name, r.parts[i])
		case r.rewrite(i, plan):
			r.archive.Write(plan.part.Name, r.parts[i])
		default:
			r.archive.Copy(plan.part)
		}
	}
	r.images.write(&r.archive)
	w.Write(r.archive.Close())
	return r.result(), nil
}

func (r *run) result() Result {
	res := Result{Blanks: r.blanks, Warnings: r.warnings}
	r.blanks, r.warnings = nil, nil
	return res
}

// begin readies r for a rendering, keeping its memory.
func (r *run) begin(t *Template, data any) {
	r.t = t
	r.data = deref(reflect.ValueOf(data), false)
	r.vars = resize(r.vars, t.slots)
	r.merges = resize(r.merges, t.mergeSlots)
	r.nums = resize(r.nums, t.lists)
	r.fresh = resize(r.fresh, t.lists)
	r.marks = resize(r.marks, t.bookmarkSlots)
	if len(r.parts) < len(t.plans) {
		r.parts = append(r.parts, make([][]byte, len(t.plans)-len(r.parts))...)
	}
	if r.loop == nil {
		r.loop = make([]Loop, maxNested)
	}
	r.at = r.at[:0]
	r.visible, r.passes, r.rows, r.wide = 0, 0, 0, 0
	r.drawing, r.marked = t.firstID, 0
	r.clones = r.clones[:0]
	for len(r.notes) < len(t.notes) {
		r.notes = append(r.notes, noteOut{})
	}
	for i := range r.notes {
		r.notes[i] = noteOut{out: r.notes[i].out[:0]}
	}
	r.blanks, r.warnings, r.failed, r.warned = nil, nil, nil, nil
	r.images.begin()
	r.env = nil
	if t.evaluates {
		r.env = make(map[string]any, 16)
		switch {
		case r.data.Kind() == reflect.Map:
			for it := r.data.MapRange(); it.Next(); {
				if it.Key().Kind() == reflect.String {
					r.env[it.Key().String()] = it.Value().Interface()
				}
			}
		case r.data.Kind() == reflect.Struct:
			for _, name := range t.env.names {
				f := t.env.fields[name]
				if v := follow(r.data, &step{index: f.index, method: f.method, key: name}); v.IsValid() {
					r.env[name] = interfaceOf(v)
				}
			}
		}
	}
}

// resize returns s with n zero elements.
func resize[T any](s []T, n int) []T {
	if cap(s) < n {
		return make([]T, n)
	}
	s = s[:n]
	clear(s)
	return s
}

// fail ends the rendering.
func (r *run) fail(p *placeholder, code, format string, args ...any) *diag.Problem {
	wrong := r.failed.Add(p.place, format, args...)
	wrong.Code = code
	wrong.Place.File = r.t.name
	return wrong
}

func (r *run) exec(ops []op) {
	for i := range ops {
		o := &ops[i]
		switch o.do {
		case opTable:
			if bytes.HasSuffix(r.out, []byte("</w:tbl>")) {
				r.out = append(r.out, between...)
			}
			r.out = append(r.out, o.lit...)
		case opText:
			if r.dot > 0 && r.dot == len(r.out) {
				r.afterDot(o.lit)
			} else {
				r.out = append(r.out, o.lit...)
			}
		case opValue:
			r.value(o)
		case opBlank:
			r.pen(o.n)
		case opImage:
			r.image(o)
		case opSwap:
			r.swap(o)
		case opEach:
			r.each(o)
		case opIf:
			v, ok := r.eval(o.expr)
			if !ok {
				return
			}
			if truth(v) {
				r.exec(o.body)
			} else {
				r.exec(o.alt)
			}
		case opVisible:
			r.visible++
		case opVanish:
			start, shown := len(r.out), r.visible
			r.exec(o.body)
			if r.visible == shown {
				r.out = r.out[:start]
			}
		case opWrap:
			start := len(r.out)
			r.exec(o.head)
			inside := len(r.out)
			r.exec(o.body)
			if len(r.out) == inside {
				r.out = r.out[:start]
			} else {
				r.out = append(r.out, o.lit...)
			}
		case opHold:
			r.exec(o.head)
			inside := len(r.out)
			r.exec(o.body)
			if written := r.out[inside:]; !endsParagraph(written) {
				r.out = append(r.out, o.filler...)
			}
			r.out = append(r.out, o.lit...)
		case opID:
			r.drawing++
			r.out = strconv.AppendInt(r.out, int64(r.drawing), 10)
		case opMark:
			r.begins(o.slot)
		case opBookmark:
			r.out = strconv.AppendInt(r.out, int64(r.bookmark(o)), 10)
		case opName:
			if n := r.marks[o.slot]; n > 0 {
				r.out = append(r.out, '_')
				r.out = strconv.AppendInt(r.out, int64(n), 10)
			}
		case opNum:
			r.out = strconv.AppendInt(r.out, int64(r.list(o.slot)), 10)
		case opLater:
			if n := len(r.at); n > 0 && r.at[n-1].Index > 1 {
				r.out = append(r.out, o.lit...)
			}
		case opRow:
			r.rows++
		case opMerge:
			r.merge(o)
		case opWidth:
			n := int64(1)
			if v, ok := r.eval(o.expr); ok {
				n = int64(max(1, lengthOf(v)))
			}
			r.out = strconv.AppendInt(r.out, max(1, o.n*int64(max(1, r.wide))/n), 10)
		case opRun:
			if r.wide > 1 {
				r.out = append(r.out, `<w:gridSpan w:val="`...)
				r.out = strconv.AppendInt(r.out, int64(r.wide), 10)
				r.out = append(r.out, `"/>`...)
			}
		case opSpan:
			span := o.n
			for _, x := range o.exprs {
				if v, ok := r.eval(x); ok {
					span += int64(lengthOf(v) - 1)
				}
			}
			r.out = strconv.AppendInt(r.out, max(1, span), 10)
		case opNote:
			r.note(o)
		case opNoteID:
			r.noteID(o)
		case opLanguage:
			code := ""
			if v, ok := r.eval(o.expr); ok && !empty(v) && deref(v, false).Kind() == reflect.String {
				code = deref(v, false).String()
			}
			if !languageCode().MatchString(code) {
				code = "ru-RU"
			}
			r.out = append(r.out, code...)
		}
		if len(r.failed) > 0 {
			return
		}
	}
	if len(r.out) > maxOutput && len(r.failed) == 0 {
		r.failed.Add(diag.Place{File: r.t.name}, "документ получается больше %d МБ", maxOutput>>20).Code = docx.Safety
	}
}

// languageCode is a tag of BCP 47, near enough: «kv», «alt», «tt-RU».
var languageCode = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`^[A-Za-z]{2,8}(-[A-Za-z0-9]{2,8})*$`) })

// between stands between two tables that a loop or a vanished paragraph brought
// together, which Word would show as one: a paragraph of one point.
const between = `<w:p><w:pPr><w:spacing w:before="0" w:after="0" w:line="20" w:lineRule="exact"/><w:rPr><w:sz w:val="2"/><w:szCs w:val="2"/></w:rPr></w:pPr></w:p>`

// endsParagraph reports whether b ends with a paragraph, as a cell must.
func endsParagraph(b []byte) bool {
	return bytes.HasSuffix(b, []byte("</w:p>")) || bytes.HasSuffix(b, []byte("<w:p/>")) ||
		bytes.HasSuffix(b, []byte("</w:sdt>")) && bytes.Contains(b, []byte("<w:p"))
}

func lengthOf(v reflect.Value) int {
	v = deref(v, false)
	if v.IsValid() && (v.Kind() == reflect.Slice || v.Kind() == reflect.Array || v.Kind() == reflect.Map) {
		return v.Len()
	}
	return 1
}

// begins gives a bookmark its number for one more pass.
func (r *run) begins(slot int) {
	if r.marks[slot] == 0 {
		r.marks[slot] = -1
		return
	}
	r.marked++
	r.marks[slot] = r.marked
}

// bookmark returns the number of a bookmark: the template's own in its first
// pass, fresh ones after.
func (r *run) bookmark(o *op) int {
	if n := r.marks[o.slot]; n > 0 {
		return r.t.firstBookmark + n
	}
	return int(o.n)
}

// each runs the body of a loop.
func (r *run) each(o *op) {
	v, ok := r.eval(o.expr)
	if !ok {
		return
	}
	v = deref(v, false)
	if v.IsValid() && v.Kind() == reflect.Map {
		v = reflect.ValueOf(entries(v))
	}
	if !v.IsValid() || v.Kind() == reflect.String && v.Len() == 0 {
		r.exec(o.alt)
		return
	}
	if v.Kind() != reflect.Slice && v.Kind() != reflect.Array {
		r.fail(o.p, "", "«%s» — не список", o.p.expr.text).Hint = "цикл «{{#each}}» идёт по списку"
		return
	}
	count := v.Len()
	if count == 0 {
		r.exec(o.alt)
		return
	}
	depth := len(r.at)
	if depth == len(r.loop) {
		r.fail(o.p, docx.Safety, "циклов друг в друге больше %d", maxNested)
		return
	}
	loop := &r.loop[depth]
	*loop = Loop{Count: count}
	if depth > 0 {
		loop.Parent = r.at[depth-1]
	}
	r.at = append(r.at, loop)
	var outer, outerLoop any
	var had, hadLoop bool
	if r.env != nil {
		outer, had = r.env[o.p.name]
		outerLoop, hadLoop = r.env["loop"]
		r.env["loop"] = loop
	}
	wide := r.wide
	for i, n := 0, 1; i < count; i += n {
		if r.passes++; r.passes > maxPasses {
			r.fail(o.p, docx.Safety, "проходов цикла больше %d", maxPasses)
			break
		}
		loop.Index, loop.Index0, loop.First, loop.Last = i+1, i, i == 0, i == count-1
		elem := v.Index(i)
		r.bind(o, elem)
		if o.across != nil {
			n = r.alike(o, v, i)
			r.wide = n
			r.bind(o, elem)
		}
		for _, l := range o.lists {
			r.restart(l)
		}
		r.exec(o.body)
		if len(r.failed) > 0 || len(r.out) > maxOutput {
			break
		}
	}
	r.wide = wide
	r.at = r.at[:depth]
	if r.env != nil {
		restore(r.env, o.p.name, outer, had)
		restore(r.env, "loop", outerLoop, hadLoop)
	}
}

// bind gives the variable of a loop its value.
func (r *run) bind(o *op, elem reflect.Value) {
	r.vars[o.slot] = elem
	if r.env != nil {
		r.env[o.p.name] = interfaceOf(elem)
	}
}

// alike returns how many elements from i on have the same key as it.
func (r *run) alike(o *op, list reflect.Value, i int) int {
	first, n := "", 0
	for ; i+n < list.Len(); n++ {
		r.bind(o, list.Index(i+n))
		v, ok := r.eval(o.across)
		if !ok {
			return max(1, n)
		}
		key, _ := appendValue(nil, v)
		if n == 0 {
			first = string(key)
		} else if string(key) != first {
			break
		}
	}
	return n
}

func restore(env map[string]any, name string, value any, had bool) {
	if had {
		env[name] = value
	} else {
		delete(env, name)
	}
}

// eval returns the value of an expression; ok is false when it failed.
func (r *run) eval(x *expression) (v reflect.Value, ok bool) {
	if !x.isPath {
		result, err := r.machine.Run(x.program, r.env)
		if err != nil {
			r.evalError(x.p, err)
			return v, false
		}
		return reflect.ValueOf(result), true
	}
	steps := x.steps
	switch {
	case x.isLoop:
		v = reflect.ValueOf(r.at[len(r.at)-1])
	case x.slot >= 0:
		v = r.vars[x.slot]
	default:
		v = r.data
	}
	for i := range steps {
		v = follow(v, &steps[i])
	}
	return v, true
}

func (r *run) evalError(p *placeholder, err error) {
	message := err.Error()
	var located interface{ Unwrap() error }
	if errors.As(err, &located) && located.Unwrap() != nil {
		message = located.Unwrap().Error()
	}
	message, _, _ = strings.Cut(message, " (1:")
	text, hint := translate(message)
	if text == "" {
		text, hint = "выражение не вычисляется", "возможно, в данных нет нужного значения или оно другого вида"
	}
	r.fail(p, "", "«%s»: %s", p.expr.text, text).Hint = hint
}

// value writes a value as text, or a line for the pen when it is missing.
func (r *run) value(o *op) {
	v, ok := r.eval(o.expr)
	if !ok {
		return
	}
	if empty(v) {
		r.missing(o)
		return
	}
	v = deref(v, false)
	if v.Kind() == reflect.String {
		r.text(v.String(), o)
	} else {
		r.scratch, ok = appendValue(r.scratch[:0], v)
		if !ok {
			r.fail(o.p, "", "«%s» нельзя напечатать: это не текст и не число", o.p.expr.text).Hint =
				"список печатает «{{#each}}», у набора полей нужно имя поля"
			return
		}
		r.text(string(r.scratch), o)
	}
	if n := len(r.out); n > 0 && r.out[n-1] == '.' {
		r.dot = n
	}
	r.visible++
}

// afterDot writes the text behind a value that ends with a full stop, without
// a full stop of its own: «… 1 сентября 2026 г.» ends the sentence already. The
// text may begin with tags, as long as the paragraph goes on.
func (r *run) afterDot(lit []byte) {
	at := 0
	for at < len(lit) && lit[at] == '<' {
		end := bytes.IndexByte(lit[at:], '>')
		tag := lit[at : at+end+1]
		if end < 0 || bytes.HasPrefix(tag, []byte("</w:p>")) || bytes.HasPrefix(tag, []byte("<w:br")) || bytes.HasPrefix(tag, []byte("<w:tab")) {
			r.out = append(r.out, lit...)
			return
		}
		at += end + 1
	}
	r.out = append(r.out, lit[:at]...)
	switch {
	case at == len(lit):
		r.dot = len(r.out)
		return
	case lit[at] == '.' && (at+1 == len(lit) || lit[at+1] != '.'):
		at++
	}
	r.out = append(r.out, lit[at:]...)
}

// missing prints what stands for a value that is not there.
func (r *run) missing(o *op) {
	switch {
	case o.p.opt:
		return
	case o.p.required:
		r.fail(o.p, "", "не заполнено «%s»", o.p.expr.text)
		return
	}
	place := o.p.place
	place.File = r.t.name
	r.blanks = append(r.blanks, Blank{Key: o.p.expr.text, Place: place})
	if o.mode != modePlain && o.mode != modeAttribute {
		r.pen(int64(o.p.width))
	}
}

// pen writes a line of n underscores for the pen.
func (r *run) pen(n int64) {
	for range n {
		r.out = append(r.out, '_')
	}
	r.visible++
}

// text writes a value where it stands: escaped, a line break as w:br, a tab as
// w:tab. What XML cannot hold (control characters, broken UTF-8) is left out
// with a warning.
func (r *run) text(s string, o *op) {
	if !utf8.ValidString(s) {
		s = strings.ToValidUTF8(s, "")
		r.dropped(o)
	}
	from := 0
	for i := 0; i < len(s); i++ {
		c := s[i]
		if !watched[c] {
			continue
		}
		as, size := "", 1
		switch {
		case c == '&':
			as = "&amp;"
		case c == '<':
			as = "&lt;"
		case c == '>':
			as = "&gt;"
		case c == '"':
			if o.mode != modeAttribute {
				continue
			}
			as = "&quot;"
		case c == '\n', c == '\r', c == '\v', strings.HasPrefix(s[i:], "\u2028"):
			switch {
			case strings.HasPrefix(s[i:], "\r\n"):
				size = 2
			case c >= utf8.RuneSelf:
				size = 3
			}
			as = " "
			if o.mode == modeText {
				as = `</w:t><w:br/><w:t xml:space="preserve">`
			}
		case c == '\t':
			as = " "
			if o.mode == modeText {
				as = `</w:t><w:tab/><w:t xml:space="preserve">`
			}
		case c < ' ', c == 0x7f:
			r.dropped(o)
		case strings.HasPrefix(s[i:], "\ufffe"), strings.HasPrefix(s[i:], "\uffff"):
			size = 3
			r.dropped(o)
		default:
			continue
		}
		r.out = append(append(r.out, s[from:i]...), as...)
		i += size - 1
		from = i + 1
	}
	r.out = append(r.out, s[from:]...)
}

// watched has the bytes that begin what text does not write as it is.
var watched = func() (table [256]bool) {
	for c := range ' ' {
		table[c] = true
	}
	for _, c := range []byte("&<>\"\x7f\xe2\xef") { // the last two begin U+2028, U+FFFE and U+FFFF
		table[c] = true
	}
	return table
}()

func (r *run) dropped(o *op) {
	r.warn(o.p, "в значении «"+o.p.expr.text+"» есть недопустимые знаки, они убраны")
}

// warn warns once for each placeholder.
func (r *run) warn(p *placeholder, text string) {
	if r.warned[p] {
		return
	}
	if r.warned == nil {
		r.warned = map[*placeholder]bool{}
	}
	r.warned[p] = true
	r.warnings.Warn(p.place, "%s", text).Place.File = r.t.name
}

// merge writes a cell that goes on with the one above when their keys are
// equal.
func (r *run) merge(o *op) {
	key := r.scratch[:0]
	if o.expr != nil {
		v, ok := r.eval(o.expr)
		if !ok {
			return
		}
		key, _ = appendValue(key, v)
	}
	for _, l := range r.at[:min(int(o.n), len(r.at))] {
		key = append(key, 0)
		key = strconv.AppendInt(key, int64(l.Index), 10)
	}
	m := &r.merges[o.slot]
	goesOn := m.row > 0 && m.row == r.rows-1 && m.key == string(key)
	if !goesOn {
		m.key = string(key)
	}
	m.row = r.rows
	r.scratch = key
	if goesOn {
		r.exec(o.alt)
	} else {
		r.exec(o.body)
	}
}

// entries lists a map in the order of its keys.
func entries(m reflect.Value) []any {
	var list []any
	for it := m.MapRange(); it.Next(); {
		list = append(list, &group{Key: it.Key().Interface(), Items: elements(it.Value().Interface())})
	}
	sortEntries(list)
	return list
}

// sortEntries orders groups by their keys.
func sortEntries(list []any) {
	sorted, _ := sortByKeys(list, keysOf(list))
	copy(list, sorted.([]any))
}

func keysOf(list []any) []any {
	keys := make([]any, len(list))
	for i, g := range list {
		keys[i] = g.(*group).Key
	}
	return keys
}

func itoa(n int) string { return fmt.Sprint(n) }
