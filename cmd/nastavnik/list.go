package main

import (
	"encoding/json"
	"fmt"
	"reflect"
	"strings"

	"nastavnik/internal/catalog"
	"nastavnik/internal/diag"
	"nastavnik/templates"
)

// perWords say for whom a document is made.
var perWords = map[string]string{
	"school": "школа", "pair": "пара", "mentor": "наставник", "mentee": "наставляемый", "adult": "взрослый", "minor": "ребёнок",
	"participant": "участник", "form": "форма", "partner": "партнёр", "award": "поощрение", "change": "изменение", "municipality": "район",
}

// listCommand prints the documents of the catalog.
func listCommand(p process, args []string) int {
	flags := newFlags("list")
	asJSON := flags.Bool("json", false, "строки JSON для программ")
	if code, on := parse(p, flags, args); !on {
		return code
	}
	library, err := catalog.Open(templates.FS)
	if err != nil {
		tellError(p.talk, err)
		return exitBug
	}
	for _, d := range library.Documents {
		if *asJSON {
			b, _ := json.Marshal(map[string]any{"number": d.Number, "id": d.ID, "title": d.Title, "per": d.Per, "audience": d.Audience, "presets": d.Presets})
			fmt.Fprintf(p.out, "%s\n", b)
			continue
		}
		fmt.Fprintf(p.out, "%2d  %-18s %-12s %s\n", d.Number, d.ID, perWords[d.Per], d.Title)
	}
	if !*asJSON {
		fmt.Fprintf(p.out, "\nНаборы (--docs): %s, pair:КОД\n", strings.Join(catalog.Presets[:], ", "))
	}
	return exitDone
}

// fieldsCommand prints the dictionary of names that templates may use, made of
// the same types that templates are checked against.
func fieldsCommand(p process, args []string) int {
	flags := newFlags("fields")
	asJSON := flags.Bool("json", false, "строки JSON для программ")
	if code, on := parse(p, flags, args); !on {
		return code
	}
	view := reflect.TypeFor[catalog.View]()
	wanted := flags.Args()
	var names []string
	found := false
	for i := range view.NumField() {
		f := view.Field(i)
		name := f.Tag.Get("expr")
		names = append(names, name)
		if len(wanted) > 0 && wanted[0] != name {
			continue
		}
		found = true
		printField(p, *asJSON, name, f.Type, f.Tag.Get("ru"), len(wanted) > 0, 0)
	}
	if !found {
		fmt.Fprintf(p.talk, "ошибка: нет раздела %q\n", wanted[0])
		if near := diag.Nearest(wanted[0], names); near != "" {
			fmt.Fprintf(p.talk, "  подсказка: возможно, %s\n", near)
		}
		return exitUsage
	}
	if len(wanted) == 0 && !*asJSON {
		fmt.Fprintln(p.out, "\nПодробно о разделе: nastavnik fields РАЗДЕЛ, например nastavnik fields pair")
	}
	return exitDone
}

// printField prints a name, its kind and meaning; a section asked for by name
// with all that it holds, three levels deep.
func printField(p process, asJSON bool, path string, t reflect.Type, meaning string, deep bool, depth int) {
	list := t.Kind() == reflect.Slice
	if list || t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	if asJSON {
		b, _ := json.Marshal(map[string]any{"name": path, "list": list, "meaning": meaning})
		fmt.Fprintf(p.out, "%s\n", b)
	} else {
		mark := ""
		if list {
			mark = " (список)"
		}
		fmt.Fprintf(p.out, "%-34s %s%s\n", strings.Repeat("  ", depth)+path, meaning, mark)
	}
	if !deep && !asJSON || t.Kind() != reflect.Struct || depth >= 3 {
		return
	}
	for i := range t.NumField() {
		f := t.Field(i)
		if f.Anonymous {
			for j := range f.Type.NumField() {
				inner := f.Type.Field(j)
				printField(p, asJSON, path+"."+inner.Tag.Get("expr"), inner.Type, inner.Tag.Get("ru"), deep, depth+1)
			}
			continue
		}
		name := f.Tag.Get("expr")
		if name == "" || name == "-" {
			continue
		}
		printField(p, asJSON, path+"."+name, f.Type, f.Tag.Get("ru"), deep && depth < 2, depth+1)
	}
}
