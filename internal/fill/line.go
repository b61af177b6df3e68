package fill

import (
	"strings"

	"nastavnik/internal/diag"
)

// Line is a compiled text of one line with values in it, such as the name of a
// file: «Приказ {{ number }}.docx».
type Line struct {
	t   *Template
	ops []op
}

// CompileLine reads the placeholders of a text; only values may stand in it.
// name is what messages call it. The error is a diag.List.
func CompileLine(name, text string, env any) (*Line, error) {
	c := newCompiler(Options{Name: name, Env: env})
	l := &Line{t: &Template{name: name, env: c.env}}
	for rest := []rune(text); len(rest) > 0; {
		at := strings.Index(string(rest), "{{")
		if at < 0 {
			l.ops = append(l.ops, op{do: opText, lit: []byte(string(rest))})
			break
		}
		before := []rune(string(rest)[:at])
		l.ops = append(l.ops, op{do: opText, lit: []byte(string(before))})
		end := endOf(rest, len(before)+2)
		place := diag.Place{File: name, Around: text, Caret: len([]rune(text)) - len(rest) + len(before), Width: 2}
		if end < 0 {
			c.problems.Add(place, "метка не закрыта: нет «}}»")
			break
		}
		raw := rest[len(before)+2 : end-2]
		rest = rest[end:]
		place.Width = len(raw) + 4
		p, wrong := parsePlaceholder(raw)
		if wrong != nil || p.kind != kindValue {
			problem := c.problems.Add(place, "здесь можно только вставить значение")
			if wrong != nil {
				problem.Text, problem.Hint = wrong.text, wrong.hint
			}
			continue
		}
		p.place = place
		if x := c.compileExpr(p, nil); x != nil {
			if !x.shape.prints() {
				c.notText(p, x.shape)
			}
			l.ops = append(l.ops, op{do: opValue, expr: x, p: p})
		}
	}
	l.t.evaluates = c.evaluates
	if c.problems.Failed() {
		return nil, c.sorted()
	}
	return l, nil
}

// Text returns the line with the values of data; missing ones are left out.
func (l *Line) Text(data any) (string, error) {
	r := &run{}
	r.begin(l.t, data)
	for i := range l.ops {
		o := &l.ops[i]
		if o.do == opText {
			r.out = append(r.out, o.lit...)
			continue
		}
		v, ok := r.eval(o.expr)
		if !ok {
			return "", r.failed
		}
		r.out, _ = appendValue(r.out, deref(v, false))
	}
	return string(r.out), nil
}
