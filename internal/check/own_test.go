package check

import (
	"bytes"
	"fmt"
	"io/fs"
	"path"
	"testing"

	"nastavnik/internal/catalog"
	"nastavnik/internal/diag"
	"nastavnik/internal/docx"
	"nastavnik/internal/fill"
	"nastavnik/internal/profile"
	"nastavnik/internal/wml"
	"nastavnik/samples"
	"nastavnik/templates"
)

// printer fills the built-in templates, as generate does.
type printer struct {
	t       testing.TB
	library *catalog.Library
	ready   map[string]*fill.Template
}

func openTemplate(name string) (*docx.Package, error) {
	b, err := fs.ReadFile(templates.FS, name+".docx")
	if err != nil {
		return nil, err
	}
	return docx.Open(b)
}

func (p *printer) template(id string) *fill.Template {
	if p.ready[id] == nil {
		pkg, err := openTemplate(id)
		if err == nil {
			p.ready[id], err = fill.Compile(pkg, fill.Options{Name: id, Env: &catalog.View{}, Blocks: func(name string) (*docx.Package, error) {
				return openTemplate("blocks/" + name)
			}})
		}
		if err != nil {
			p.t.Logf("%s: %v", id, err)
			return nil
		}
	}
	return p.ready[id]
}

// papers fills every document that the school's profile gives.
func (p *printer) papers(s *profile.School) []*Paper {
	set, err := p.library.Plan(s, catalog.Selection{IDs: []string{"all"}})
	if err != nil {
		p.t.Fatal(err)
	}
	var out []*Paper
	last := ""
	for _, job := range set.Jobs {
		t := p.template(job.Document.ID)
		if t == nil || job.Document.ID == last {
			continue // one paper of a kind tells enough
		}
		last = job.Document.ID
		var b bytes.Buffer
		if _, err := t.Render(&b, job.View); err != nil {
			p.t.Errorf("%s: %v", job.Document.ID, err)
			continue
		}
		pkg, err := docx.Open(b.Bytes())
		if err != nil {
			p.t.Errorf("%s: %v", job.Document.ID, err)
			continue
		}
		doc, _ := wml.Parse(pkg)
		out = append(out, FromWord(job.Document.ID+" "+job.Suffix, pkg, doc))
	}
	return out
}

// TestOwnPapers holds every paper of every sample against every rule.
func TestOwnPapers(t *testing.T) {
	library, err := catalog.Open(templates.FS)
	if err != nil {
		t.Fatal(err)
	}
	p := &printer{t, library, map[string]*fill.Template{}}
	for _, name := range []string{"demo-2026/school.toml", "002-sargat/school.toml", "003-gymnasium144/school.toml", "004-zakharvan/school.toml"} {
		s, list := profile.LoadFS(samples.FS, name)
		if s == nil {
			t.Errorf("%s: %v", name, list)
			continue
		}
		o := ForSchool(s)
		papers := p.papers(s)
		var found diag.List
		for _, paper := range papers {
			found = append(found, Read(paper, o)...)
		}
		found = append(found, Set(papers, o)...)
		for _, f := range found {
			fmt.Println(path.Dir(name), f.Level, f.Format())
		}
		t.Logf("%s: %d papers, %d finds", name, len(papers), len(found))
	}
}
