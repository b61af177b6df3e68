package generate

import (
	"io/fs"
	"slices"
	"strings"

	"nastavnik/internal/catalog"
	"nastavnik/internal/diag"
	"nastavnik/internal/docx"
	"nastavnik/internal/fill"
)

// needed are the details without which a paper is not valid, with the names
// by which a template may print each.
var needed = []struct {
	what, example string
	names         []string
}{
	{"номера документа", "{{ doc.number }}", []string{"doc.number", "doc.number_line", "doc.ref"}},
	{"даты документа", "{{ doc.date.long }}", []string{"doc.date", "doc.ref"}},
}

// OwnProblems are the warnings of the user's own template for a document: what
// reading it found, and which needed detail it lost that the built-in one
// prints. It is empty for a built-in template and for one that does not
// compile, which is told otherwise.
func (e *Engine) OwnProblems(id string) diag.List { return e.template(id).problems }

func (e *Engine) ownProblems(id string, own *fill.Template) diag.List {
	if e.own == nil {
		return nil
	}
	if _, err := fs.Stat(e.own, id+".docx"); err != nil {
		return nil
	}
	problems := slices.Clone(own.Warnings())
	for _, p := range problems {
		if p.Place.File == "" {
			p.Place.File = id + ".docx"
		}
	}
	builtin, err := e.builtin(id)
	if err != nil {
		return problems // an own document that replaces none
	}
	for _, n := range needed {
		if prints(builtin, n.names) && !prints(own, n.names) {
			problems.Warn(diag.Place{File: id + ".docx"}, "в своём шаблоне нет %s, во встроенном есть", n.what).Hint = "впишите " + n.example
		}
	}
	return problems
}

// builtin compiles the built-in template of a document.
func (e *Engine) builtin(id string) (*fill.Template, error) {
	open := func(name string) (*docx.Package, error) {
		b, err := fs.ReadFile(e.templates, name+".docx")
		if err != nil {
			return nil, err
		}
		return docx.Open(b)
	}
	pkg, err := open(id)
	if err != nil {
		return nil, err
	}
	return fill.Compile(pkg, fill.Options{Name: id, Env: &catalog.View{}, Blocks: func(name string) (*docx.Package, error) {
		return open("blocks/" + name)
	}})
}

// prints reports whether a template prints one of the names or a part of it.
func prints(t *fill.Template, names []string) bool {
	return slices.ContainsFunc(t.Fields(), func(field string) bool {
		return slices.ContainsFunc(names, func(name string) bool { return field == name || strings.HasPrefix(field, name+".") })
	})
}
