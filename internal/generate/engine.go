package generate

import (
	"bytes"
	"crypto/sha256"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"sync"

	"nastavnik/internal/catalog"
	"nastavnik/internal/diag"
	"nastavnik/internal/docx"
	"nastavnik/internal/fill"
	"nastavnik/internal/font"
	"nastavnik/internal/layout"
	"nastavnik/internal/page"
	"nastavnik/internal/pdf"
	"nastavnik/internal/wml"
)

// Engine is what all papers of a run share. It is safe for concurrent use.
type Engine struct {
	Library *catalog.Library

	templates fs.FS // the built-in documents and blocks
	own       fs.FS // the user's, which win; nil when none
	fonts     *font.Set
	subsets   *pdf.Cache
	filled    docx.Cache // what papers of one template have alike
	scratch   sync.Pool  // of *bytes.Buffer, in which a PDF grows

	mu       sync.Mutex
	compiled map[string]*template
}

// template is a document compiled at its first use.
type template struct {
	once sync.Once
	fill *fill.Template
	form *form // in place of fill: the user's fillable PDF
	err  error

	problems diag.List // warnings of the user's own template
}

// Setup is where an engine takes its parts from.
type Setup struct {
	Templates fs.FS     // the folder templates, embedded
	Own       fs.FS     // the folder of --templates; nil when none
	Fonts     *font.Set // faces, shared with other engines
}

// New reads the catalog. Templates are compiled when they are first needed.
func New(s Setup) (*Engine, error) {
	library, err := catalog.Open(s.Templates)
	if err != nil {
		return nil, err
	}
	return &Engine{Library: library, templates: s.Templates, own: s.Own, fonts: s.Fonts,
		subsets: new(pdf.Cache), compiled: map[string]*template{}}, nil
}

// Fingerprint is the hash of everything besides profiles that decides the
// bytes of papers: the templates, built-in and own, and the library's data.
// The program itself is added by the caller, who knows its version.
func (e *Engine) Fingerprint() ([32]byte, error) {
	h := sha256.New()
	for _, fsys := range []fs.FS{e.templates, e.own} {
		if fsys == nil {
			continue
		}
		err := fs.WalkDir(fsys, ".", func(name string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() {
				return err
			}
			b, err := fs.ReadFile(fsys, name)
			fmt.Fprintf(h, "%s %d\n", name, len(b))
			h.Write(b)
			return err
		})
		if err != nil {
			return [32]byte{}, err
		}
	}
	return [32]byte(h.Sum(nil)), nil
}

// open reads a template or block, the user's before the built-in one; name is
// «order_pairs» or «blocks/letterhead».
func (e *Engine) open(name string) (*docx.Package, string, error) {
	if e.own != nil {
		b, err := fs.ReadFile(e.own, name+".docx")
		if err == nil {
			p, err := docx.Open(b)
			return p, path.Base(name) + ".docx", err
		}
		if !errors.Is(err, fs.ErrNotExist) {
			return nil, "", err
		}
	}
	b, err := fs.ReadFile(e.templates, name+".docx")
	if err != nil {
		return nil, "", err
	}
	p, err := docx.Open(b)
	return p, path.Base(name) + ".docx", err
}

// Template compiles a document's template against the names of catalog.View,
// once. Its error is a diag.List when the template is at fault.
//
// It is nil without an error where a fillable PDF of the user's stands for
// the document.
func (e *Engine) Template(id string) (*fill.Template, error) {
	t := e.template(id)
	return t.fill, t.err
}

func (e *Engine) template(id string) *template {
	e.mu.Lock()
	t := e.compiled[id]
	if t == nil {
		t = &template{}
		e.compiled[id] = t
	}
	e.mu.Unlock()
	t.once.Do(func() {
		var err error
		if t.form, err = e.form(id); err != nil || t.form != nil {
			if err != nil {
				t.err = &TemplateError{err}
			}
			return
		}
		pkg, name, err := e.open(id)
		if err != nil {
			t.err = &TemplateError{placed(err, id+".docx")}
			return
		}
		t.fill, err = fill.Compile(pkg, fill.Options{
			Name: name,
			Env:  &catalog.View{},
			Blocks: func(name string) (*docx.Package, error) {
				p, _, err := e.open("blocks/" + name)
				return p, err
			},
		})
		if err != nil {
			t.err = &TemplateError{err}
			return
		}
		t.problems = e.ownProblems(id, t.fill)
	})
	return t
}

// placed names the file of a problem that does not say it.
func placed(err error, file string) error {
	if problem := (*diag.Problem)(nil); errors.As(err, &problem) && problem.Place.File == "" {
		problem.Place.File = file
	}
	return err
}

// TemplateError says that a template is at fault, not the profile.
type TemplateError struct{ err error }

func (e *TemplateError) Error() string { return e.err.Error() }
func (e *TemplateError) Unwrap() error { return e.err }

// Paper is a filled document in the formats asked for.
type Paper struct {
	DOCX     []byte
	PDF      []byte
	Pages    int
	Blanks   []string // what was left for the pen, in words
	Problems diag.List
	Layout   *page.Document // nil unless asked for
}

// Want says what to make of a paper.
type Want struct {
	PDF       bool
	Watermark string
	Layout    bool // keep the pages, for a joined file
	Level     pdf.Level
}

// Paper fills the job's template and, when asked, lays it out.
func (e *Engine) Paper(job catalog.Job, want Want) (*Paper, error) {
	t := e.template(job.Document.ID)
	if t.err != nil {
		return nil, t.err
	}
	if t.form != nil {
		return t.form.paper(e, job, want)
	}
	var filled bytes.Buffer
	result, err := t.fill.Render(&filled, job.View)
	if err != nil {
		return nil, err
	}
	p := &Paper{DOCX: filled.Bytes(), Problems: result.Warnings}
	for _, b := range result.Blanks {
		if name := meaning(b.Key); name != "" {
			p.Blanks = append(p.Blanks, name)
		}
	}
	if !want.PDF && !want.Layout && !t.fill.PageReferences() {
		return p, nil
	}
	pages, problems, err := e.Pages(p.DOCX)
	p.Problems = append(p.Problems, problems...)
	if err != nil {
		return nil, err
	}
	if p.DOCX, err = fill.Renumber(p.DOCX, pages.PageNumbers); err != nil {
		return nil, err
	}
	p.Pages = len(pages.Pages)
	if want.Layout {
		p.Layout = pages
	}
	if !want.PDF {
		return p, nil
	}
	p.PDF, err = e.Draw(pages, want, &p.Problems)
	return p, err
}

// Pages lays a DOCX out.
func (e *Engine) Pages(b []byte) (*page.Document, diag.List, error) {
	pkg, err := e.filled.Open(b)
	if err != nil {
		return nil, nil, err
	}
	doc, problems := wml.Parse(pkg)
	pages, more := layout.Pages(doc, layout.Options{Fonts: e.fonts})
	return pages, append(problems, more...), nil
}

// Draw writes pages as PDF; warnings takes what could not be drawn.
func (e *Engine) Draw(pages *page.Document, want Want, warnings *diag.List) ([]byte, error) {
	out, ok := e.scratch.Get().(*bytes.Buffer)
	if !ok {
		out = new(bytes.Buffer)
	}
	defer e.scratch.Put(out)
	out.Reset()
	o := pdf.Options{Watermark: want.Watermark, Level: want.Level, Cache: e.subsets, Warnings: warnings}
	if o.Watermark != "" {
		o.WatermarkFace = e.fonts.Face("Arial", true, false).Face
	}
	err := pdf.Write(out, pages, o)
	return bytes.Clone(out.Bytes()), err
}
