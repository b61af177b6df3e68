package pdfform

import (
	"bytes"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"nastavnik/internal/diag"
	"nastavnik/internal/font"
	"nastavnik/internal/pdfread"
)

// Options of filling.
type Options struct {
	Fonts   *font.Set
	Flatten bool // values become part of the pages, fields vanish

	// Value returns the value of a field by its name: a string, a bool, a
	// number, a []string for a list, or anything with String(). It is false
	// for a name that the data does not know; such fields stay as they are.
	Value func(name string) (any, bool)
}

// Result says what became of the fields.
type Result struct {
	Filled  int
	Empty   []string // known to the data, but without a value: left for the pen
	Unknown []string // not known to the data
}

// Fill appends the filled form to w.
//
// Values that a field cannot take are *diag.Problem in the list, all at once,
// and nothing is written; text that had to be set very small is a warning.
func (f *Form) Fill(w *bytes.Buffer, o Options) (result Result, problems diag.List) {
	before := w.Len()
	defer func() {
		if r := recover(); r != nil {
			w.Truncate(before)
			problems.Add(diag.Place{}, "форма PDF повреждена").Hint = "пересохраните её в программе, где она была сделана"
		}
	}()
	p := &painter{form: f, fonts: o.Fonts, update: f.file.NewUpdate(), dicts: map[pdfread.Ref]pdfread.Dict{}}
	f.warn(&problems)
	for _, field := range f.fields {
		if field.signed {
			problems.Add(field.place(), "форма уже подписана, заполнение сделало бы подпись недействительной").Hint = "возьмите неподписанный бланк"
		}
		if !field.Fillable() {
			continue
		}
		value, known := o.Value(field.Name)
		if !known {
			result.Unknown = append(result.Unknown, field.Name)
			continue
		}
		before := len(problems)
		filled := f.set(p, field, value, &problems)
		if filled {
			result.Filled++
		} else if len(problems) == before {
			result.Empty = append(result.Empty, field.Name)
		}
	}
	if problems.Failed() {
		return result, problems
	}
	if err := p.finish(&problems); err != nil {
		problems = append(problems, asProblem(err))
		return result, problems
	}
	f.writeForm(p, o.Flatten)
	w.Write(p.update.Bytes())
	return result, problems
}

// warn tells what of the form stays behind its values: a dynamic twin of its
// fields, and scripts, which nobody runs here.
func (f *Form) warn(problems *diag.List) {
	if f.acro["XFA"] != nil {
		problems.Warn(diag.Place{}, "форма двойная, XFA и обычная: заполнены обычные поля, часть XFA убрана").Hint = "проверьте, что на страницах все поля"
	}
	for _, field := range f.fields {
		if field.scripted {
			problems.Warn(field.place(), "значение вычисляет сценарий формы, а здесь он не выполняется").Hint = "впишите готовое значение в данные или откройте форму в Acrobat"
		}
	}
}

func asProblem(err error) *diag.Problem {
	if p, ok := err.(*diag.Problem); ok {
		return p
	}
	return &diag.Problem{Text: err.Error()}
}

// set gives a field its value; false when there is none.
func (f *Form) set(p *painter, field *Field, value any, problems *diag.List) bool {
	switch field.Kind {
	case Check:
		return f.setCheck(p, field, value, problems)
	case Radio:
		return f.setRadio(p, field, value, problems)
	case List:
		if several, ok := value.([]string); ok && len(several) != 1 {
			return f.setSeveral(p, field, several, problems)
		}
	}
	text, ok := asText(value)
	if !ok {
		problems.Add(field.place(), "значение вида %T нельзя вписать в поле «%s»", value, field.Kind)
		return false
	}
	text = strings.ReplaceAll(strings.ReplaceAll(text, "\r\n", "\n"), "\r", "\n")
	if !field.Lines {
		text = strings.Join(strings.Fields(strings.ReplaceAll(text, "\n", " ")), " ")
	}
	if strings.TrimSpace(text) == "" {
		return false
	}
	shown := text
	if field.Kind == Combo || field.Kind == List {
		option, found := field.export(text)
		switch {
		case found:
			text, shown = option.Export, option.Display
		case field.Kind == List || !field.Editable:
			problem := problems.Add(field.place(), "в списке нет «%s»", text)
			problem.Hint = "можно выбрать: " + strings.Join(field.displays(), "; ")
			return false
		}
	}
	if n := utf8.RuneCountInString(text); field.MaxLen > 0 && n > field.MaxLen {
		problems.Add(field.place(), "текст длиннее поля: %d знаков при %d возможных: «%s»", n, field.MaxLen, text)
		return false
	}
	p.change(field, pdfread.TextString(text))
	for i := range field.widgets {
		p.text(field, &field.widgets[i], shown)
	}
	return true
}

// asText returns a value as it is written in a paper.
func asText(value any) (string, bool) {
	switch v := value.(type) {
	case nil:
		return "", true
	case string:
		return v, true
	case bool:
		if v {
			return "да", true
		}
		return "нет", true
	case int:
		return strconv.Itoa(v), true
	case int64:
		return strconv.FormatInt(v, 10), true
	case float64:
		return strings.Replace(strconv.FormatFloat(v, 'f', -1, 64), ".", ",", 1), true
	case []string:
		return strings.Join(v, "\n"), true
	case time.Time: // a date of TOML
		return v.Format("02.01.2006"), true
	case fmt.Stringer:
		return v.String(), true
	}
	return "", false
}

// truths are words that tick a box or leave it empty.
var truths = map[string]bool{
	"да": true, "yes": true, "true": true, "1": true, "on": true, "x": true, "х": true, "v": true, "+": true,
	"нет": false, "no": false, "false": false, "0": false, "off": false, "-": false,
}

func (f *Form) setCheck(p *painter, field *Field, value any, problems *diag.List) bool {
	ticked, known := value.(bool)
	state := ""
	if !known {
		text, _ := asText(value)
		if strings.TrimSpace(text) == "" {
			return false
		}
		if option, found := field.export(text); found {
			ticked, known, state = true, true, option.Export
		} else if ticked, known = truths[strings.ToLower(strings.TrimSpace(text))]; !known {
			problems.Add(field.place(), "флажок не понимает «%s»", text).Hint = "нужно true или false"
			return false
		}
	}
	if ticked && state == "" {
		state = "Yes"
		if len(field.Options) > 0 {
			state = field.Options[0].Export
		}
	}
	f.setState(p, field, state)
	return true
}

func (f *Form) setRadio(p *painter, field *Field, value any, problems *diag.List) bool {
	text, ok := asText(value)
	if strings.TrimSpace(text) == "" {
		return false
	}
	option, found := field.export(text)
	if !ok || !found {
		problem := problems.Add(field.place(), "у переключателя нет положения «%s»", text)
		problem.Hint = "можно выбрать: " + strings.Join(field.displays(), "; ")
		return false
	}
	f.setState(p, field, option.Export)
	return true
}

// setState turns the buttons of a field to a state, «» being Off.
func (f *Form) setState(p *painter, field *Field, state string) {
	name := pdfread.Name("Off")
	if state != "" {
		name = pdfread.Name(state)
	}
	p.change(field, name)
	for i := range field.widgets {
		w := &field.widgets[i]
		p.button(field, w, state)
	}
}

// setSeveral chooses entries of a list box; V holds their export values, I
// their places.
func (f *Form) setSeveral(p *painter, field *Field, values []string, problems *diag.List) bool {
	if len(values) == 0 {
		return false
	}
	if !field.Several {
		problems.Add(field.place(), "в этом списке можно выбрать только одно, а значений %d", len(values))
		return false
	}
	var exports, places pdfread.Array
	var shown []string
	for i, o := range field.Options {
		if slices.ContainsFunc(values, func(v string) bool { return v == o.Export || v == o.Display }) {
			exports, places, shown = append(exports, pdfread.TextString(o.Export)), append(places, i), append(shown, o.Display)
		}
	}
	for _, v := range values {
		if _, found := field.export(v); !found {
			problems.Add(field.place(), "в списке нет «%s»", v).Hint = "можно выбрать: " + strings.Join(field.displays(), "; ")
			return false
		}
	}
	p.change(field, exports)
	d := p.dict(field.ref, field.dict)
	d["I"] = places
	for i := range field.widgets {
		p.text(field, &field.widgets[i], strings.Join(shown, "\n"))
	}
	return true
}

// writeForm writes the form dictionary: no reader need make appearances of
// its own, and none may take the values from XFA.
func (f *Form) writeForm(p *painter, flatten bool) {
	catalog := clone(f.file.Catalog())
	root, _ := f.file.Trailer["Root"].(pdfread.Ref)
	// Rights that a maker granted to Adobe Reader by a signature over the file
	// are void now, and Reader would say so each time it opens the form.
	delete(catalog, "Perms")
	defer p.update.Set(root, catalog)
	if flatten {
		f.flatten(p)
		p.update.Anew()
		delete(catalog, "AcroForm")
		return
	}
	acro := clone(f.acro)
	delete(acro, "NeedAppearances")
	delete(acro, "XFA")
	if r, ok := f.file.Catalog()["AcroForm"].(pdfread.Ref); ok {
		p.update.Set(r, acro)
		return
	}
	catalog["AcroForm"] = acro
}

func clone(d pdfread.Dict) pdfread.Dict {
	c := pdfread.Dict{}
	for k, v := range d {
		c[k] = v
	}
	return c
}

// appearance returns the normal appearance of a widget in its present state.
func (f *Form) appearance(p *painter, d pdfread.Dict) (pdfread.Ref, *pdfread.Stream) {
	get := func(o pdfread.Object) pdfread.Object {
		if r, ok := o.(pdfread.Ref); ok {
			return p.update.Get(r)
		}
		return o
	}
	ap, _ := get(d["AP"]).(pdfread.Dict)
	normal := ap["N"]
	if states, ok := get(normal).(pdfread.Dict); ok {
		normal = states[f.file.Name(d["AS"])]
	}
	ref, _ := normal.(pdfread.Ref)
	stream, _ := get(normal).(*pdfread.Stream)
	return ref, stream
}

// placing writes the operators that lay an appearance onto its rectangle.
func (f *Form) placing(d pdfread.Dict, s *pdfread.Stream, name string) string {
	m, ok := f.file.Placing(f.rectangle(d["Rect"]), s)
	if !ok {
		return ""
	}
	return fmt.Sprintf("q %s 0 0 %s %s %s cm /%s Do Q\n", number(m[0]), number(m[3]), number(m[4]), number(m[5]), name)
}

// rectangle returns left, bottom, right, top.
func (f *Form) rectangle(o pdfread.Object) (r [4]float64) {
	r, _ = f.file.Box(o)
	return r
}

// number writes a number with at most three digits behind the point.
func number(v float64) string {
	s := strconv.FormatFloat(v, 'f', 3, 64)
	s = strings.TrimRight(strings.TrimRight(s, "0"), ".")
	if s == "-0" || s == "" {
		return "0"
	}
	return s
}
