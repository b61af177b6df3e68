package site

import (
	"bytes"
	"context"
	"fmt"
	"html/template"
	"os"
	"path/filepath"
	"strings"
	"sync"

	"nastavnik/internal/diag"
	"nastavnik/internal/docx"
	"nastavnik/internal/generate"
	"nastavnik/internal/profile"
	"nastavnik/internal/russian"
	"nastavnik/internal/wml"
)

// Status of the papers on the site.
type Status string

const (
	Draft  Status = "draft"  // «ПРОЕКТ» under the text
	Public Status = "public" // «ПУБЛИЧНАЯ КОПИЯ» under the text
	Signed Status = "signed" // as signed: nothing under the text
)

// Statuses are what a user may ask for.
var Statuses = []Status{Draft, Public, Signed}

var watermarks = map[Status]string{Draft: "ПРОЕКТ", Public: "ПУБЛИЧНАЯ КОПИЯ", Signed: ""}

// Options of the public set.
type Options struct {
	generate.Options
	Status Status

	// ItemProp gives a document's link the mark of the section «Сведения об
	// образовательной организации»: document id → itemprop. nil marks none.
	ItemProp map[string]string
}

// paper is a public paper as the index lists it.
type paper struct {
	ID       string
	Title    string
	Heading  string
	Details  string // «от 01.09.2026 № 84-ОД», or nothing
	PDF      string // file names, relative to the index
	HTML     string
	Size     string // «42 КБ»
	Pages    string // «3 страницы»
	ItemProp string
	body     template.HTML
}

// school is an entry of the district's index.
type school struct {
	Title, Folder string
	Papers        int
}

// Build makes the public set of all targets and, for more than one, the index
// over them. A target whose finished bytes tell what they must not fails with
// a *LeakError, and nothing of it is written.
func Build(ctx context.Context, e *generate.Engine, targets []generate.Target, o Options, progress generate.Progress) ([]*generate.Result, error) {
	o.Public, o.PDF, o.DOCX = true, true, false
	o.Watermark = watermarks[o.Status]
	if len(o.IDs) == 0 {
		o.IDs = []string{"site", "municipal"}
	}
	b := &builder{options: o, schools: map[string]school{}}
	o.After = b.after
	results := e.Run(ctx, targets, o.Options, progress)
	if o.DryRun || len(targets) < 2 || ctx.Err() != nil {
		return results, nil
	}
	return results, b.writeIndex(results)
}

// builder gathers the schools of a run for their common index.
type builder struct {
	options Options

	mu      sync.Mutex
	schools map[string]school // by id
}

// after makes the pages of one target and reads everything back.
func (b *builder) after(loaded generate.Loaded, made []generate.Made) ([]generate.File, error) {
	var papers []paper
	var files []generate.File
	var main template.HTML
	for _, m := range made {
		body, err := twin(m.Paper.DOCX)
		if err != nil {
			return nil, err
		}
		d := m.Job.View.Doc
		p := paper{ID: d.ID, Title: m.Job.Title(), Heading: strings.TrimSpace(d.Heading), PDF: m.Name + ".pdf", HTML: m.Name + ".html",
			Size: size(len(m.Paper.PDF)), Pages: pages(m.Paper.Pages), ItemProp: b.options.ItemProp[d.ID], body: body}
		if d.Known {
			p.Details = d.Ref
		}
		if d.ID == "site_page" {
			main = body
		}
		papers = append(papers, p)
	}
	title, name := names(loaded)
	for _, p := range papers {
		page, err := render("paper", pageData{Title: p.Title, School: title, Paper: p, Body: p.body})
		if err != nil {
			return nil, err
		}
		files = append(files, generate.File{Name: p.HTML, Doc: p.ID, Data: page})
	}
	index, err := render("index", pageData{Title: "Наставничество", School: title, Body: main, Papers: papers, Status: b.options.Status})
	if err != nil {
		return nil, err
	}
	files = append(files, generate.File{Name: "index.html", Doc: "index", Data: index})

	secrets := secretsOf(loaded)
	if leaks := verify(secrets, made, files); len(leaks) > 0 {
		return nil, &LeakError{School: title, Leaks: leaks}
	}
	b.mu.Lock()
	b.schools[name] = school{Title: title, Papers: len(papers)}
	b.mu.Unlock()
	return files, nil
}

func names(loaded generate.Loaded) (title, id string) {
	if loaded.District != nil {
		return loaded.District.Authority.Name, loaded.District.Municipality.ID
	}
	return loaded.School.School.NameShort, loaded.School.School.ID
}

// writeIndex writes the page over all schools of a run, in the order of the
// targets. A school that was up to date stands in it too.
func (b *builder) writeIndex(results []*generate.Result) error {
	var list []school
	for _, r := range results {
		if r.Failed() || r.Folder == "" {
			continue
		}
		list = append(list, school{Title: r.Title, Folder: filepath.Base(r.Folder) + "/index.html", Papers: r.Papers})
	}
	page, err := render("district", pageData{Title: "Наставничество в школах", Schools: list})
	if err != nil {
		return err
	}
	name := filepath.Join(b.options.Out, "index.html")
	if old, err := os.ReadFile(name); err == nil {
		if bytes.Equal(old, page) {
			return nil
		}
		if !bytes.Contains(old, []byte(mark)) && !b.options.Force {
			return &diag.Problem{Place: diag.Place{File: name}, Text: "файл не этой программы и не тронут", Hint: "переписать – ключ --force"}
		}
	}
	beside := name + ".tmp"
	if err := os.WriteFile(beside, page, 0o644); err != nil {
		os.Remove(beside)
		return err
	}
	return os.Rename(beside, name)
}

// twin turns a filled DOCX into the body of an HTML page.
func twin(b []byte) (template.HTML, error) {
	pkg, err := docx.Open(b)
	if err != nil {
		return "", err
	}
	doc, _ := wml.Parse(pkg)
	var out strings.Builder
	tables := 0
	for _, s := range doc.Sections {
		write(&out, s.Blocks, &tables)
	}
	return template.HTML(out.String()), nil
}

func size(n int) string { return fmt.Sprintf("%d\u00a0КБ", (n+1023)/1024) }

func pages(n int) string {
	return russian.Count(n, "страница", "страницы", "страниц")
}

// LeakError says that finished papers tell what they must not.
type LeakError struct {
	School string
	Leaks  []Leak
}

// Leak is one place where personal data got into a public file.
type Leak struct {
	File string
	What string // «имя ученика», not the name itself: the message may be passed on
}

func (e *LeakError) Error() string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s: в публичных файлах найдены персональные данные, ничего не записано", e.School)
	for _, l := range e.Leaks {
		fmt.Fprintf(&b, "\n    %s: %s", l.File, l.What)
	}
	return b.String()
}

// peopleOf are all people of a target.
func peopleOf(loaded generate.Loaded) []*profile.School {
	if loaded.District != nil {
		return loaded.District.Schools
	}
	return []*profile.School{loaded.School}
}
