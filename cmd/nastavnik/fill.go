package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/BurntSushi/toml"

	"nastavnik/internal/diag"
	"nastavnik/internal/docx"
	"nastavnik/internal/fill"
	"nastavnik/internal/font"
	"nastavnik/internal/layout"
	"nastavnik/internal/pdf"
	"nastavnik/internal/profile"
	"nastavnik/internal/wml"
)

func init() {
	usages["fill"] = "nastavnik fill ШАБЛОН.{docx,pdf} ДАННЫЕ.{toml,json} -o ДОКУМЕНТ.{docx,pdf}"
	topics["templates"] = templatesTopic
}

// filler fills any template with any data.
type filler struct {
	process
	template string
	data     map[string]any
	options  fill.Options
	fonts    string // the user's own
	faces    *font.Set
}

// fillCommand fills a template with data of any shape, once or for each entry
// of a list; the types come from the data.
func fillCommand(p process, args []string) int {
	flags := newFlags("fill")
	out := flags.StringP("output", "o", "", "куда записать: `файл` .docx или .pdf, «-» – в стандартный вывод; с --each – папка")
	each := flags.String("each", "", "`список` из данных: по документу на каждую его запись")
	name := flags.String("name", "", "имя файла для --each, `текст` с метками: «Справка {{ name }}.docx»")
	only := flags.Bool("check", false, "только проверить шаблон по данным, ничего не записывать")
	unused := flags.Bool("unused", false, "назвать данные, которых нет в шаблоне")
	mark := flags.String("mark", "", "проверить и записать в `файл` копию шаблона с ошибками в примечаниях Word")
	asJSON := flags.Bool("json", false, "результат проверки – в JSON")
	fontDir := flags.String("font-dir", "", "`папка` своих шрифтов для PDF")
	flatten := flags.Bool("flatten", false, "форма PDF: вписать значения в страницы, поля убрать")
	if code, on := parse(p, flags, args); !on {
		return code
	}
	rest := flags.Args()
	*only = *only || *unused || *mark != ""
	wrong := ""
	switch {
	case len(rest) == 0:
		wrong = "не назван шаблон"
	case len(rest) == 1:
		wrong = "не названы данные"
	case len(rest) > 2:
		wrong = fmt.Sprintf("лишнее слово %q", rest[2])
	case *out == "" && !*only:
		wrong = "не сказано, куда записать: нужен ключ -o"
	case *each == "" && *name != "":
		wrong = "ключ --name действует вместе с --each"
	case *each != "" && *name == "" && !*only:
		wrong = "с --each нужно имя файла: --name 'Справка {{ name }}.docx'"
	}
	if wrong != "" {
		fmt.Fprintf(p.talk, "ошибка: %s\n  подсказка: nastavnik help fill\n", wrong)
		return exitUsage
	}
	data, err := readData(p, rest[1])
	if err != nil {
		tellError(p.talk, err)
		return dataCode(err)
	}
	f := &filler{process: p, template: rest[0], data: data, fonts: *fontDir}
	f.options = fill.Options{Name: filepath.Base(rest[0]), Env: data, Blocks: f.block, Image: imagesBeside(rest[1])}
	records := []map[string]any{data}
	if *each != "" {
		if records, err = f.records(*each); err != nil {
			tellError(p.talk, err)
			return exitData
		}
		f.options.Env = f.example(records)
	}
	if strings.EqualFold(filepath.Ext(f.template), ".pdf") {
		return f.form(records, formOptions{out: *out, name: *name, check: *only || *unused, asJSON: *asJSON, flatten: *flatten})
	}
	pkg, err := f.open()
	if err != nil {
		tellError(p.talk, err)
		return templateCode(err)
	}
	if *only {
		return f.check(pkg, *unused, *asJSON, *mark)
	}
	t, err := fill.Compile(pkg, f.options)
	if err != nil {
		tellError(p.talk, err)
		return templateCode(err)
	}
	tell(p.talk, t.Warnings())
	if *each != "" {
		return f.batch(t, records, *out, *name)
	}
	return f.one(t, data, *out)
}

// check tells what Check finds, and writes it into a copy of the template when
// mark names one.
func (f *filler) check(pkg *docx.Package, unused, asJSON bool, mark string) int {
	report, problems := fill.Check(pkg, f.options)
	if mark != "" {
		if code := f.mark(report, mark); code != exitDone {
			return code
		}
	}
	if !unused {
		report.Unused = nil
	}
	if asJSON {
		enc := json.NewEncoder(f.out)
		enc.SetEscapeHTML(false)
		enc.Encode(report)
	} else {
		tell(f.talk, problems)
		for _, path := range report.Unused {
			fmt.Fprintf(f.out, "не используется: %s\n", path)
		}
		if !problems.Failed() {
			fmt.Fprintf(f.talk, "%s: ошибок нет\n", f.options.Name)
		}
	}
	if problems.Failed() {
		return templateCode(problems)
	}
	return exitDone
}

// mark writes a copy of the template with the problems as comments.
func (f *filler) mark(report fill.Report, name string) int {
	if sameFile(name, f.template) {
		fmt.Fprintln(f.talk, "ошибка: копия записалась бы поверх шаблона\n  подсказка: назовите другой файл")
		return exitWrite
	}
	pkg, err := f.open() // anew: Check changed the first
	if err != nil {
		tellError(f.talk, err)
		return templateCode(err)
	}
	b, marked, err := fill.Mark(pkg, report)
	if err == nil {
		err = save(name, b)
	}
	if err != nil {
		tellError(f.talk, err)
		return exitWrite
	}
	fmt.Fprintf(f.talk, "%s: примечаний %d\n", name, marked)
	return exitDone
}

// one fills the template once.
func (f *filler) one(t *fill.Template, data map[string]any, out string) int {
	if out != "-" && sameFile(out, f.template) {
		fmt.Fprintln(f.talk, "ошибка: документ записался бы поверх шаблона\n  подсказка: назовите другой файл")
		return exitWrite
	}
	b, err := f.render(t, data, out)
	if err != nil {
		tellError(f.talk, err)
		return templateCode(err)
	}
	if out == "-" {
		f.out.Write(b)
		return exitDone
	}
	if err := save(out, b); err != nil {
		tellError(f.talk, err)
		return exitWrite
	}
	fmt.Fprintln(f.out, out)
	return exitDone
}

// batch fills the template for each record. A record that fails does not stop
// the others.
func (f *filler) batch(t *fill.Template, records []map[string]any, dir, name string) int {
	if ext := strings.ToLower(filepath.Ext(name)); ext != ".docx" && ext != ".pdf" {
		fmt.Fprintf(f.talk, "ошибка: имя файла «%s» должно кончаться на .docx или .pdf\n", name)
		return exitUsage
	}
	line, err := fill.CompileLine("--name", name, f.options.Env)
	if err != nil {
		tellError(f.talk, err)
		return exitUsage
	}
	done, worst := 0, exitDone
	taken := map[string]bool{}
	for i, record := range records {
		if f.ctx.Err() != nil {
			return exitInterrupted
		}
		text, err := line.Text(record)
		var b []byte
		if err == nil {
			b, err = f.render(t, record, name)
		}
		if err != nil {
			fmt.Fprintf(f.talk, "запись %d:\n", i+1)
			tellError(f.talk, err)
			worst = templateCode(err)
			continue
		}
		path := filepath.Join(dir, freeName(safeName(text), taken))
		if err := save(path, b); err != nil {
			tellError(f.talk, err)
			return exitWrite
		}
		done++
		fmt.Fprintln(f.out, path)
	}
	if worst != exitDone && done > 0 {
		return exitPartly
	}
	return worst
}

// render returns a document: a PDF when the name of the file says so.
func (f *filler) render(t *fill.Template, data map[string]any, name string) ([]byte, error) {
	var filled bytes.Buffer
	result, err := t.Render(&filled, data)
	if err != nil {
		return nil, err
	}
	tell(f.talk, result.Warnings)
	if n := len(result.Blanks); n > 0 {
		var keys []string
		for _, b := range result.Blanks {
			if !slices.Contains(keys, b.Key) {
				keys = append(keys, b.Key)
			}
		}
		fmt.Fprintf(f.talk, "%s: нет значений, на их месте черта: %s\n", name, strings.Join(keys, ", "))
	}
	asPDF := strings.EqualFold(filepath.Ext(name), ".pdf")
	if !asPDF && !t.PageReferences() {
		return filled.Bytes(), nil
	}
	if f.faces == nil {
		if f.faces, err = openFonts(f.fonts); err != nil {
			return nil, err
		}
	}
	pkg, err := docx.Open(filled.Bytes())
	if err != nil {
		return nil, err
	}
	doc, problems := wml.Parse(pkg)
	pages, more := layout.Pages(doc, layout.Options{Fonts: f.faces})
	problems = append(problems, more...)
	for _, problem := range problems {
		problem.Place.File = name
	}
	if !asPDF { // what layout cannot draw is none of a Word file's concern
		return fill.Renumber(filled.Bytes(), pages.PageNumbers)
	}
	if problems.Failed() {
		return nil, problems
	}
	tell(f.talk, problems)
	var b bytes.Buffer
	var warnings diag.List
	err = pdf.Write(&b, pages, pdf.Options{Warnings: &warnings})
	for _, w := range warnings {
		w.Place.File = name
	}
	tell(f.talk, warnings)
	if err != nil {
		return nil, err
	}
	return b.Bytes(), nil
}

// open reads the template.
func (f *filler) open() (*docx.Package, error) {
	b, err := readInput(f.template)
	if err != nil {
		return nil, err
	}
	pkg, err := docx.Open(b)
	if err != nil {
		return nil, placed(err, f.template)
	}
	return pkg, nil
}

// block finds the package of {{> name}} beside the template, or in the folder
// blocks there.
func (f *filler) block(name string) (*docx.Package, error) {
	if !filepath.IsLocal(name) || strings.ContainsAny(name, `/\`) {
		return nil, nil
	}
	for _, dir := range []string{"blocks", "."} {
		b, err := readInput(filepath.Join(filepath.Dir(f.template), dir, name+".docx"))
		if errors.Is(err, os.ErrNotExist) {
			continue
		}
		if err != nil {
			return nil, errors.New(plain(err))
		}
		return docx.Open(b)
	}
	return nil, nil
}

// records returns the entries of a list in the data, each with the rest of the
// data around it; the fields of the entry stand before it, and «it» is the
// entry.
func (f *filler) records(path string) ([]map[string]any, error) {
	var at any = f.data
	for name := range strings.SplitSeq(path, ".") {
		m, ok := at.(map[string]any)
		if !ok || m[name] == nil {
			problem := &diag.Problem{Text: fmt.Sprintf("в данных нет списка %q", path)}
			if near := diag.Nearest(name, slices.Collect(maps.Keys(m))); near != "" {
				problem.Hint = "возможно, " + near
			}
			return nil, problem
		}
		at = m[name]
	}
	var entries []any
	switch list := at.(type) {
	case []any:
		entries = list
	case []map[string]any:
		for _, m := range list {
			entries = append(entries, m)
		}
	default:
		return nil, &diag.Problem{Text: fmt.Sprintf("%q в данных – не список", path)}
	}
	if len(entries) == 0 {
		return nil, &diag.Problem{Text: fmt.Sprintf("список %q пуст", path)}
	}
	var records []map[string]any
	for _, entry := range entries {
		record := maps.Clone(f.data)
		if fields, ok := entry.(map[string]any); ok {
			maps.Copy(record, fields)
		}
		record["it"] = entry
		records = append(records, record)
	}
	return records, nil
}

// example has every name that any of the records has.
func (f *filler) example(records []map[string]any) map[string]any {
	all := map[string]any{}
	for _, r := range slices.Backward(records) {
		maps.Copy(all, r)
	}
	return all
}

// imagesBeside reads pictures from the folder of the data, and from nowhere
// else.
func imagesBeside(data string) func(string) ([]byte, error) {
	if data == "-" {
		return nil
	}
	return func(name string) ([]byte, error) {
		root, err := os.OpenRoot(filepath.Dir(data))
		if err != nil {
			return nil, errors.New(plain(err))
		}
		defer root.Close()
		b, err := root.ReadFile(filepath.FromSlash(name))
		if err != nil {
			return nil, errors.New(plain(err))
		}
		return b, nil
	}
}

// readData reads TOML or JSON; «-» is the standard input, whose first sign
// tells which.
func readData(p process, name string) (map[string]any, error) {
	var b []byte
	var err error
	if name == "-" {
		b, err = io.ReadAll(io.LimitReader(p.in, maxRead))
	} else {
		b, err = readInput(name)
	}
	if err != nil {
		return nil, err
	}
	b, wrong := profile.Guard(name, b)
	if wrong != nil {
		return nil, wrong
	}
	data := map[string]any{}
	trimmed := bytes.TrimSpace(b)
	if strings.EqualFold(filepath.Ext(name), ".json") || bytes.HasPrefix(trimmed, []byte("{")) {
		return data, readJSON(name, b, &data)
	}
	var syntax toml.ParseError
	if _, err := toml.Decode(string(b), &data); errors.As(err, &syntax) {
		at := diag.Place{File: name, Line: syntax.Position.Line, Col: syntax.Position.Col}
		at.Around = lineOf(b, at.Line)
		at.Caret = max(0, at.Col-1)
		return nil, &diag.Problem{Place: at, Text: "ошибка в записи TOML", Hint: "проверьте кавычки, скобки и знак «=»; строка пишется в кавычках"}
	} else if err != nil {
		return nil, &diag.Problem{Place: diag.Place{File: name}, Text: "ошибка в записи TOML"}
	}
	return data, nil
}

// readJSON reads an object; numbers stay whole when they are.
func readJSON(name string, b []byte, data *map[string]any) error {
	dec := json.NewDecoder(bytes.NewReader(b))
	dec.UseNumber()
	err := dec.Decode(data)
	if err == nil {
		if dec.More() {
			return &diag.Problem{Place: diag.Place{File: name}, Text: "после данных JSON стоит что-то ещё"}
		}
		*data = numbers(*data).(map[string]any)
		return nil
	}
	at := diag.Place{File: name}
	var syntax *json.SyntaxError
	var kind *json.UnmarshalTypeError
	switch {
	case errors.As(err, &kind):
		return &diag.Problem{Place: at, Text: "данные JSON должны быть объектом в фигурных скобках"}
	case errors.As(err, &syntax):
		before := b[:min(int(syntax.Offset), len(b))]
		at.Line = 1 + bytes.Count(before, []byte("\n"))
		at.Around = lineOf(b, at.Line)
		at.Col = max(1, len([]rune(string(before[bytes.LastIndexByte(before, '\n')+1:]))))
		at.Caret = at.Col - 1
	}
	return &diag.Problem{Place: at, Text: "ошибка в записи JSON", Hint: "проверьте кавычки, запятые и скобки"}
}

// lineOf returns a line of text, for the words around a mistake.
func lineOf(b []byte, number int) string {
	for i, line := range bytes.Split(b, []byte("\n")) {
		if i == number-1 {
			return strings.TrimRight(strings.ReplaceAll(string(line), "\t", " "), "\r")
		}
	}
	return ""
}

// numbers turns the numbers of JSON into int64 where they are whole, else into
// float64.
func numbers(x any) any {
	switch x := x.(type) {
	case map[string]any:
		for k, v := range x {
			x[k] = numbers(v)
		}
	case []any:
		for i, v := range x {
			x[i] = numbers(v)
		}
	case json.Number:
		if n, err := x.Int64(); err == nil {
			return n
		}
		n, _ := x.Float64()
		return n
	}
	return x
}

// templateCode is the exit code of a failed template.
func templateCode(err error) int {
	var list diag.List
	var problem *diag.Problem
	switch {
	case errors.As(err, &list):
		for _, p := range list {
			if p.Level == diag.Error && p.Code == docx.Safety {
				return exitRefused
			}
		}
	case errors.As(err, &problem) && problem.Code == docx.Safety:
		return exitRefused
	}
	return exitTemplate
}

// dataCode is the exit code of data that cannot be read.
func dataCode(err error) int {
	var problem *diag.Problem
	if errors.As(err, &problem) && problem.Code == profile.CodeLimit {
		return exitRefused
	}
	return exitData
}

func sameFile(a, b string) bool {
	x, errA := os.Stat(a)
	y, errB := os.Stat(b)
	return errA == nil && errB == nil && os.SameFile(x, y)
}

// maxName is how many bytes a file name may take on every system.
const maxName = 200

// safeName makes a name that every system can write: no separators, no
// trailing dots, not too long.
func safeName(s string) string {
	s = strings.Map(func(r rune) rune {
		if r < ' ' || strings.ContainsRune(`/\:*?"<>|`, r) {
			return '_'
		}
		return r
	}, s)
	ext := filepath.Ext(s)
	base := strings.TrimRight(strings.TrimSpace(strings.TrimSuffix(s, ext)), ". ")
	for len(base)+len(ext) > maxName {
		r := []rune(base)
		base = string(r[:len(r)-1])
	}
	if base == "" {
		base = "документ"
	}
	return base + ext
}

// freeName adds a number to a name that was taken in this run.
func freeName(name string, taken map[string]bool) string {
	ext := filepath.Ext(name)
	free := name
	for i := 2; taken[strings.ToLower(free)]; i++ {
		free = fmt.Sprintf("%s (%d)%s", strings.TrimSuffix(name, ext), i, ext)
	}
	taken[strings.ToLower(free)] = true
	return free
}
