package check

import (
	"bytes"
	"io/fs"
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
			p.t.Errorf("%s: %v", id, err)
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
	return p.fill(set)
}

func (p *printer) fill(set catalog.Set) []*Paper {
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

// judge fails the test for every error and warning found.
func (p *printer) judge(name string, found diag.List) {
	for _, f := range found {
		if f.Level != diag.Info {
			p.t.Errorf("%s: %s", name, f.Format())
		}
	}
}

// TestOwnPapers holds the papers of every sample against every rule: what our
// own check would tell a school about our own papers is our mistake.
func TestOwnPapers(t *testing.T) {
	if testing.Short() {
		t.Skip("fills and reads some 150 papers")
	}
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
		if len(papers) < 20 {
			t.Errorf("%s: only %d papers", name, len(papers))
		}
		var found diag.List
		for _, paper := range papers {
			found = append(found, Read(paper, o)...)
		}
		p.judge(name, append(found, Set(papers, o)...))
	}
	m, list := profile.LoadMunicipalityFS(samples.FS, "000-maima/municipality.toml")
	if m == nil {
		t.Fatal(list)
	}
	set, err := library.PlanMunicipality(m, catalog.Selection{IDs: []string{"all"}})
	if err != nil {
		t.Fatal(err)
	}
	papers := p.fill(set)
	if len(papers) < 4 {
		t.Errorf("the district has only %d papers", len(papers))
	}
	for _, paper := range papers {
		p.judge("000-maima", Read(paper, Options{}))
	}
}
