package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"path/filepath"
	"slices"
	"strings"

	"nastavnik/internal/diag"
	"nastavnik/internal/fill"
	"nastavnik/internal/pdfform"
)

func init() { topics["forms"] = formsTopic }

// formsTopic explains how PDF forms are made and filled.
const formsTopic = `Формы PDF

Бланк, который прислали в виде PDF с полями для заполнения (например, анкета
или заявление района), заполняется теми же данными, что и шаблоны Word.

Имя поля – имя значения
  director.name.dat, school.name_short      как в метках шаблонов, без скобок;
                                            имена: nastavnik fields
  Поля без таких имён остаются пустыми и называются в предупреждениях.

Что заполняется
  текст              слова или число; дата из TOML – как 01.09.2026
  текст в строках    переносится по словам; длинный набирается мельче
  клетки по знаку    по знаку в клетке
  флажок             true или false, «да» или «нет»
  переключатель      имя положения или подпись рядом с ним
  список             строка списка; в списке с несколькими – список строк
  Кнопки, пароли и электронные подписи остаются как есть.

Команды
  nastavnik fill ФОРМА.pdf ДАННЫЕ.toml --check         поля формы и чего нет в данных
  nastavnik fill ФОРМА.pdf ДАННЫЕ.toml -o ГОТОВО.pdf   заполнить
      --flatten   вписать значения в страницы: править поля будет нельзя
      --each пары --name "Анкета {{ имя }}.pdf" -o ПАПКА   по файлу на запись
  nastavnik generate … --templates ПАПКА
      файл ПАПКА/minutes.pdf заменит шаблон документа minutes; получится PDF,
      какой бы формат ни был назван, и войдёт в файл для печати (--print)

Как сделать форму: LibreOffice Writer, «Вид – Панели инструментов – Элементы
управления»; имя поля – в свойствах элемента; «Экспорт в PDF» с галочкой
«Создать форму PDF». Зашифрованный файл и форму XFA пересохраните без защиты
как обычную форму; подписанная форма не заполняется. Сценарии формы (поля,
которые считаются сами) не выполняются, и о них сказано.
`

// form fills a fillable PDF, once or for each record of the data: a field
// takes the value whose name it bears, parts of the name joined by dots.
func (f *filler) form(records []map[string]any, o formOptions) int {
	b, err := readInput(f.template)
	if err != nil {
		tellError(f.talk, err)
		return exitTemplate
	}
	form, err := pdfform.Open(b)
	if err != nil {
		tellError(f.talk, placed(err, f.template))
		return exitTemplate
	}
	if f.faces, err = openFonts(f.fonts); err != nil {
		tellError(f.talk, err)
		return exitData
	}
	if o.check {
		return f.checkForm(form, records, o.asJSON)
	}
	name := func(map[string]any) (string, error) { return o.out, nil }
	if o.name != "" {
		line, err := fill.CompileLine("--name", o.name, f.options.Env)
		if err != nil {
			tellError(f.talk, err)
			return exitUsage
		}
		taken := map[string]bool{}
		name = func(record map[string]any) (string, error) {
			text, err := line.Text(record)
			return filepath.Join(o.out, freeName(safeName(text), taken)), err
		}
	}
	done, worst := 0, exitDone
	for i, record := range records {
		if f.ctx.Err() != nil {
			return exitInterrupted
		}
		path, err := name(record)
		if err == nil && path != "-" {
			switch {
			case !strings.EqualFold(filepath.Ext(path), ".pdf"):
				err = &diag.Problem{Place: diag.Place{File: path}, Text: "форма PDF заполняется в файл .pdf"}
			case sameFile(path, f.template):
				err = &diag.Problem{Place: diag.Place{File: path}, Text: "документ записался бы поверх формы", Hint: "назовите другой файл"}
			}
		}
		var filled []byte
		if err == nil {
			filled, err = f.fillForm(form, record, path, o.flatten)
		}
		if err != nil {
			if len(records) > 1 {
				fmt.Fprintf(f.talk, "запись %d:\n", i+1)
			}
			tellError(f.talk, err)
			worst = exitData
			continue
		}
		if path == "-" {
			f.out.Write(filled)
			return exitDone
		}
		if err := save(path, filled); err != nil {
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

// formOptions are the flags of fill that a form understands.
type formOptions struct {
	out, name     string
	check, asJSON bool
	flatten       bool
}

func (f *filler) fillForm(form *pdfform.Form, record map[string]any, path string, flatten bool) ([]byte, error) {
	var b bytes.Buffer
	result, problems := form.Fill(&b, pdfform.Options{Fonts: f.faces, Flatten: flatten, Value: func(name string) (any, bool) {
		return lookUp(record, name)
	}})
	for _, problem := range problems {
		problem.Place.File = f.template
	}
	if problems.Failed() {
		return nil, problems
	}
	tell(f.talk, problems)
	if len(result.Empty) > 0 {
		fmt.Fprintf(f.talk, "%s: пустые поля: %s\n", path, strings.Join(result.Empty, ", "))
	}
	if len(result.Unknown) > 0 {
		fmt.Fprintf(f.talk, "%s: в данных нет полей: %s\n", path, strings.Join(result.Unknown, ", "))
	}
	return b.Bytes(), nil
}

// lookUp finds a value by its name as it stands, or by the parts of the name
// between its dots.
func lookUp(data map[string]any, name string) (any, bool) {
	if v, found := data[name]; found {
		return formValue(v), true
	}
	first, rest, dotted := strings.Cut(name, ".")
	if inner, ok := data[first].(map[string]any); ok && dotted {
		return lookUp(inner, rest)
	}
	return nil, false
}

// formValue turns lists of the data into lists of words.
func formValue(v any) any {
	list, ok := v.([]any)
	if !ok {
		return v
	}
	words := make([]string, len(list))
	for i, entry := range list {
		words[i] = fmt.Sprint(entry)
	}
	return words
}

// checkForm lists the fields of a form, tells those without data, and those
// that cannot take the value that a record has for them.
func (f *filler) checkForm(form *pdfform.Form, records []map[string]any, asJSON bool) int {
	problems := form.Check(valueNames(f.options.Env.(map[string]any), ""))
	seen := map[string]bool{}
	for _, record := range records {
		var nothing bytes.Buffer
		_, more := form.Fill(&nothing, pdfform.Options{Fonts: f.faces, Value: func(name string) (any, bool) { return lookUp(record, name) }})
		for _, problem := range more {
			if told := problem.Error(); !seen[told] {
				seen[told] = true
				problems = append(problems, problem)
			}
		}
	}
	for _, problem := range problems {
		problem.Place.File = f.template
	}
	for _, field := range form.Fields() {
		if !field.Fillable() {
			continue
		}
		var options []string
		for _, o := range field.Options {
			options = append(options, o.Display)
		}
		if asJSON {
			line, _ := json.Marshal(map[string]any{"name": field.Name, "title": field.Title, "kind": field.Kind.String(), "page": field.Page,
				"options": options, "max": field.MaxLen, "required": field.Required})
			fmt.Fprintf(f.out, "%s\n", line)
			continue
		}
		fmt.Fprintf(f.out, "%-30s %-22s %s\n", field.Name, field.Kind, strings.Join(options, "; "))
	}
	tell(f.talk, problems)
	if problems.Failed() {
		return exitData
	}
	return exitDone
}

// valueNames returns the names of all values, parts joined by dots.
func valueNames(data map[string]any, before string) (names []string) {
	for name, v := range data {
		if inner, ok := v.(map[string]any); ok {
			names = append(names, valueNames(inner, before+name+".")...)
			continue
		}
		names = append(names, before+name)
	}
	slices.Sort(names)
	return names
}
