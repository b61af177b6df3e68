package generate

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"strings"

	"nastavnik/internal/catalog"
	"nastavnik/internal/diag"
	"nastavnik/internal/fill"
	"nastavnik/internal/pdf"
	"nastavnik/internal/pdfform"
)

// form is a fillable PDF of the user's that stands for a document: <id>.pdf
// in the folder of --templates, filled where the names of its fields are
// those of catalog.View («director.name.dat»).
type form struct {
	name  string
	bytes []byte
	lines map[string]*fill.Line // by the names of fields that are known

	problems diag.List // fields that nothing fills
}

// form returns the user's form for a document, nil when there is none, or
// when a DOCX of the same name wins.
func (e *Engine) form(id string) (*form, error) {
	if e.own == nil {
		return nil, nil
	}
	if _, err := fs.Stat(e.own, id+".docx"); err == nil {
		return nil, nil
	}
	b, err := fs.ReadFile(e.own, id+".pdf")
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	f := &form{name: id + ".pdf", bytes: b, lines: map[string]*fill.Line{}}
	opened, err := pdfform.Open(b)
	if err != nil {
		return nil, placeIn(f.name, err)
	}
	for _, field := range opened.Fields() {
		if !field.Fillable() {
			continue
		}
		// An empty value leaves the field empty, without a line for the pen.
		line, err := fill.CompileLine(f.name, "{{ "+field.Name+" | opt }}", &catalog.View{})
		if err == nil {
			f.lines[field.Name] = line
			continue
		}
		at := diag.Place{File: f.name, In: fmt.Sprintf("страница %d, поле «%s»", field.Page, field.Name)}
		problem := f.problems.Warn(at, "нет данных с таким именем, поле останется пустым")
		problem.Hint = "имена: nastavnik fields"
		var list diag.List
		if errors.As(err, &list) && len(list) > 0 && list[0].Hint != "" {
			problem.Hint = list[0].Hint
		}
	}
	return f, nil
}

// FormProblems tells the fields of the user's form for a document that no
// name of the dictionary fills; nothing when there is no form.
func (e *Engine) FormProblems(id string) diag.List {
	if t := e.template(id); t.form != nil {
		return t.form.problems
	}
	return nil
}

// placeIn names the file of a problem that has none.
func placeIn(name string, err error) error {
	var problem *diag.Problem
	if errors.As(err, &problem) && problem.Place.File == "" {
		told := *problem
		told.Place.File = name
		return &told
	}
	return err
}

// paper fills the form. Its paper is a PDF alone, whatever formats are wanted;
// in a draft and in a joined file its fields are part of the page.
func (f *form) paper(e *Engine, job catalog.Job, want Want) (*Paper, error) {
	opened, err := pdfform.Open(f.bytes) // a Form serves one worker
	if err != nil {
		return nil, placeIn(f.name, err)
	}
	var out bytes.Buffer
	var failed error
	result, problems := opened.Fill(&out, pdfform.Options{Fonts: e.fonts, Value: func(name string) (any, bool) {
		line := f.lines[name]
		if line == nil {
			return nil, false
		}
		text, err := line.Text(job.View)
		if err != nil {
			failed = errors.Join(failed, err)
		}
		return strings.TrimSpace(text), true
	}})
	for _, problem := range problems {
		problem.Place.File = f.name
	}
	if failed != nil {
		return nil, failed
	}
	if problems.Failed() {
		return nil, problems
	}
	p := &Paper{PDF: out.Bytes(), Pages: opened.PageCount(), Blanks: result.Empty, Problems: append(problems, f.problems...)}
	if want.Layout || want.Watermark != "" {
		if p.Layout, err = pdf.Foreign(job.Title(), p.PDF); err != nil {
			return nil, placeIn(f.name, err)
		}
	}
	if want.Watermark != "" {
		p.PDF, err = e.Draw(p.Layout, want, &p.Problems)
	}
	return p, err
}
