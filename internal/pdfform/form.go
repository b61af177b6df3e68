package pdfform

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"nastavnik/internal/diag"
	"nastavnik/internal/pdfread"
)

// Kind is what a field takes.
type Kind uint8

const (
	Text   Kind = iota
	Check       // a box that is ticked or not
	Radio       // one of some buttons
	Combo       // one of a list, or typed in
	List        // one or more of a list
	Button      // does something; never filled
	Sign        // a digital signature; never filled
)

// String returns the Russian name of the kind.
func (k Kind) String() string {
	return [...]string{"текст", "флажок", "переключатель", "список с выбором", "список", "кнопка", "подпись"}[k]
}

// Field is a field of a form.
type Field struct {
	Name     string // full, parts joined by dots
	Title    string // what a reader's tool tip says, often empty
	Kind     Kind
	Options  []Option // of a list; states of buttons
	Value    string
	Page     int // from 1; 0 when it stands on none
	MaxLen   int // characters; 0 is no limit
	Lines    bool
	Comb     bool // MaxLen equal cells
	Required bool
	Editable bool // a combo box that takes other values
	Several  bool // a list of which more than one may be chosen

	signed   bool // a signature that was given
	scripted bool // a script computes its value
	secret   bool // a password
	ref      pdfread.Ref
	dict     pdfread.Dict
	look     string // DA: font, size and colour
	align    int    // Q: 0 left, 1 centre, 2 right
	widgets  []widget
}

// Option is an entry of a list, or a state of a button.
type Option struct{ Export, Display string }

// widget is a place where a field shows.
type widget struct {
	ref   pdfread.Ref
	dict  pdfread.Dict
	page  int // index
	state string
}

// Form is an open form. It is not safe for concurrent use.
type Form struct {
	file   *pdfread.File
	acro   pdfread.Dict
	pages  []pdfread.Page
	onPage map[pdfread.Ref]int // widget → index of its page
	fields []*Field
}

const (
	flagRequired  = 1 << 1
	flagMultiline = 1 << 12
	flagSecret    = 1 << 13
	flagComb      = 1 << 24
	flagRadio     = 1 << 15
	flagPush      = 1 << 16
	flagCombo     = 1 << 17
	flagEdit      = 1 << 18
	flagSeveral   = 1 << 21
)

// maxFields bounds a form, maxLevels the parts of a field's name.
const (
	maxFields = 10_000
	maxLevels = 16
)

// Open reads the fields of a form. Errors are *diag.Problem without a place.
func Open(data []byte) (form *Form, err error) {
	defer func() {
		if r := recover(); r != nil {
			form, err = nil, &diag.Problem{Text: "форма PDF повреждена", Hint: "пересохраните её в программе, где она была сделана"}
		}
	}()
	file, err := pdfread.Open(data)
	if err != nil {
		return nil, err
	}
	f := &Form{file: file, acro: file.Dict(file.Catalog()["AcroForm"]), pages: file.Pages(), onPage: map[pdfread.Ref]int{}}
	roots := file.Array(f.acro["Fields"])
	if len(roots) == 0 {
		if f.acro["XFA"] != nil {
			return nil, &diag.Problem{Text: "форма XFA не поддерживается", Hint: "сохраните её как обычную форму PDF (AcroForm)"}
		}
		return nil, &diag.Problem{Text: "в файле PDF нет полей для заполнения", Hint: "сделайте поля в LibreOffice Writer или Acrobat и сохраните как форму PDF"}
	}
	for i, p := range f.pages {
		for _, o := range file.Array(p.Dict["Annots"]) {
			if r, ok := o.(pdfread.Ref); ok {
				f.onPage[r] = i
			}
		}
	}
	seen := map[pdfread.Ref]bool{}
	for _, o := range roots {
		f.walk(o, inherited{look: file.Resolve(f.acro["DA"]), align: file.Resolve(f.acro["Q"])}, seen, 0)
	}
	return f, nil
}

// inherited is what a field takes over from those above it.
type inherited struct {
	name               string
	kind               pdfread.Name
	flags              int
	value, look, align pdfread.Object
	options, maxLen    pdfread.Object
}

// walk gathers terminal fields: those whose kids are widgets without names.
func (f *Form) walk(o pdfread.Object, above inherited, seen map[pdfread.Ref]bool, depth int) {
	ref, isRef := o.(pdfread.Ref)
	d := f.file.Dict(o)
	if d == nil || !isRef || seen[ref] || depth > maxLevels || len(f.fields) >= maxFields {
		return
	}
	seen[ref] = true
	if part := f.file.Text(d["T"]); part != "" {
		if above.name != "" {
			above.name += "."
		}
		above.name += part
	}
	take := func(to *pdfread.Object, key pdfread.Name) {
		if v := f.file.Resolve(d[key]); v != nil {
			*to = v
		}
	}
	take(&above.value, "V")
	take(&above.look, "DA")
	take(&above.align, "Q")
	take(&above.options, "Opt")
	take(&above.maxLen, "MaxLen")
	if kind := f.file.Name(d["FT"]); kind != "" {
		above.kind = kind
	}
	if d["Ff"] != nil {
		above.flags = f.file.Int(d["Ff"])
	}
	kids := f.file.Array(d["Kids"])
	named := slices.ContainsFunc(kids, func(kid pdfread.Object) bool { return f.file.Dict(kid)["T"] != nil })
	if named {
		for _, kid := range kids {
			f.walk(kid, above, seen, depth+1)
		}
		return
	}
	f.add(ref, d, kids, above)
}

// add makes a terminal field.
func (f *Form) add(ref pdfread.Ref, d pdfread.Dict, kids pdfread.Array, in inherited) {
	field := &Field{
		Name: in.name, Title: f.file.Text(d["TU"]), ref: ref, dict: d,
		Required: in.flags&flagRequired != 0,
		Lines:    in.flags&flagMultiline != 0,
		Editable: in.flags&flagEdit != 0,
		Several:  in.flags&flagSeveral != 0,
		MaxLen:   max(0, f.file.Int(in.maxLen)),
		align:    f.file.Int(in.align),
		scripted: f.file.Dict(d["AA"])["C"] != nil,
	}
	if look, ok := in.look.(pdfread.String); ok {
		field.look = string(look)
	}
	field.Comb = in.flags&flagComb != 0 && field.MaxLen > 0 && !field.Lines
	switch in.kind {
	case "Tx":
		field.Kind = Text
		field.secret = in.flags&flagSecret != 0
	case "Btn":
		switch {
		case in.flags&flagPush != 0:
			field.Kind = Button
		case in.flags&flagRadio != 0:
			field.Kind = Radio
		default:
			field.Kind = Check
		}
	case "Ch":
		field.Kind = List
		if in.flags&flagCombo != 0 {
			field.Kind = Combo
		}
	case "Sig":
		field.Kind = Sign
	default:
		return
	}
	switch value := in.value.(type) {
	case pdfread.String:
		field.Value = value.Text()
	case pdfread.Name:
		field.Value = string(value)
	case pdfread.Dict:
		field.signed = field.Kind == Sign
	case *pdfread.Stream:
		if data, err := f.file.Decode(value); err == nil {
			field.Value = pdfread.String(data).Text()
		}
	}
	if len(kids) == 0 {
		kids = pdfread.Array{ref}
	}
	for _, kid := range kids {
		r, ok := kid.(pdfread.Ref)
		w := f.file.Dict(kid)
		if !ok || f.file.Name(w["Subtype"]) != "Widget" {
			continue
		}
		page, found := f.onPage[r]
		if !found {
			page = f.pageOf(w)
		}
		if field.Page == 0 && page >= 0 {
			field.Page = page + 1
		}
		field.widgets = append(field.widgets, widget{ref: r, dict: w, page: page, state: f.onState(w)})
	}
	f.readOptions(field, in.options)
	f.fields = append(f.fields, field)
}

func (f *Form) pageOf(w pdfread.Dict) int {
	r, ok := w["P"].(pdfread.Ref)
	if !ok {
		return -1
	}
	return slices.IndexFunc(f.pages, func(p pdfread.Page) bool { return p.Ref == r })
}

// onState returns the name of a button's state that is not Off.
func (f *Form) onState(w pdfread.Dict) string {
	var states []string
	for state := range f.file.Dict(f.file.Dict(w["AP"])["N"]) {
		if state != "Off" {
			states = append(states, string(state))
		}
	}
	if len(states) == 0 {
		return ""
	}
	return slices.Min(states)
}

func (f *Form) readOptions(field *Field, options pdfread.Object) {
	list := f.file.Array(options)
	switch field.Kind {
	case Check, Radio:
		for i, w := range field.widgets {
			if w.state == "" {
				continue
			}
			option := Option{w.state, unescaped(w.state)}
			if i < len(list) {
				option.Display = f.file.Text(list[i])
			}
			if !slices.Contains(field.Options, option) {
				field.Options = append(field.Options, option)
			}
		}
	case Combo, List:
		for _, o := range list {
			if pair := f.file.Array(o); len(pair) == 2 {
				field.Options = append(field.Options, Option{f.file.Text(pair[0]), f.file.Text(pair[1])})
			} else {
				text := f.file.Text(o)
				field.Options = append(field.Options, Option{text, text})
			}
		}
	}
}

// unescaped undoes the escapes of a name that some programs write twice.
func unescaped(name string) string {
	var b []byte
	for i := 0; i < len(name); i++ {
		if name[i] == '#' && i+2 < len(name) {
			if v, err := strconv.ParseUint(name[i+1:i+3], 16, 8); err == nil {
				b = append(b, byte(v))
				i += 2
				continue
			}
		}
		b = append(b, name[i])
	}
	if !utf8.Valid(b) {
		return name
	}
	return string(b)
}

// Fields returns the fields in the order of the form.
func (f *Form) Fields() []Field {
	list := make([]Field, len(f.fields))
	for i, field := range f.fields {
		list[i] = *field
	}
	return list
}

// PageCount returns the number of pages of the form.
func (f *Form) PageCount() int { return len(f.pages) }

// Fillable reports whether a field takes a value; a password is not for a
// file, which keeps it readable (ISO 32000-1, 12.7.4.3).
func (f *Field) Fillable() bool { return f.Kind != Button && f.Kind != Sign && !f.secret }

// place says where a field stands, as a person sees it.
func (f *Field) place() diag.Place {
	in := fmt.Sprintf("поле «%s»", f.Name)
	if f.Page > 0 {
		in = fmt.Sprintf("страница %d, %s", f.Page, in)
	}
	return diag.Place{In: in}
}

// Check compares the names of the fields with the names that data can have: a
// field that nothing can fill is a warning with the nearest name, for a form
// may leave places for the pen.
func (f *Form) Check(names []string) diag.List {
	var problems diag.List
	known := map[string]bool{}
	for _, name := range names {
		known[name] = true
	}
	for _, field := range f.fields {
		if !field.Fillable() || known[field.Name] {
			continue
		}
		p := problems.Warn(field.place(), "нет данных с таким именем, поле останется пустым")
		if near := diag.Nearest(field.Name, names); near != "" {
			p.Hint = fmt.Sprintf("похоже на «%s»", near)
		}
	}
	return problems
}

// export returns the option that a value names, by its export value or by
// what is shown, case and blanks aside.
func (f *Field) export(value string) (Option, bool) {
	value = strings.TrimSpace(value)
	for _, o := range f.Options {
		if o.Export == value || o.Display == value {
			return o, true
		}
	}
	for _, o := range f.Options {
		if strings.EqualFold(strings.TrimSpace(o.Display), value) {
			return o, true
		}
	}
	return Option{}, false
}

func (f *Field) displays() []string {
	var list []string
	for _, o := range f.Options {
		list = append(list, o.Display)
	}
	return list
}
