package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"nastavnik/fonts"
	"nastavnik/internal/catalog"
	"nastavnik/internal/check"
	"nastavnik/internal/diag"
	"nastavnik/internal/docx"
	"nastavnik/internal/fill"
	"nastavnik/internal/font"
	"nastavnik/internal/generate"
	"nastavnik/internal/layout"
	"nastavnik/internal/profile"
	"nastavnik/internal/russian"
	"nastavnik/internal/wml"
	"nastavnik/templates"
)

// checker reads what it is given and tells what is wrong; it writes nothing.
type checker struct {
	p       process
	options check.Options
	asJSON  bool
	unused  bool
	fonts   *font.Set

	sets     map[string][]*check.Paper // finished papers by folder
	papers   int
	profiles int
	errors   [2]int // of data, of templates
	refused  bool   // something is dangerous
	warnings int
	notes    int
}

// checkCommand checks profiles (.toml), templates (--templates) and finished
// papers (.docx, .pdf, .txt). A folder stands for all of these in it. Papers of one
// folder are also held against each other, and against the profile when one
// is named before them.
func checkCommand(p process, args []string) int {
	flags := newFlags("check")
	dir := flags.String("templates", "", "проверить шаблоны из `папки` (без профиля – только их)")
	asJSON := flags.Bool("json", false, "строки JSON для программ")
	unused := flags.Bool("unused", false, "назвать имена (nastavnik fields), которых нет ни в одном шаблоне")
	issued := flags.Bool("issued", false, "документы подписаны и выданы: пустые линии – ошибки")
	public := flags.Bool("public", false, "документы – для сайта: личные данные – ошибки")
	every := flags.Bool("every", false, "показать каждое место, не складывая одинаковые")
	rules := flags.Bool("rules", false, "перечислить правила для готовых документов")
	if code, on := parse(p, flags, args); !on {
		return code
	}
	if *rules {
		return listRules(p, *asJSON)
	}
	c := &checker{p: p, asJSON: *asJSON, unused: *unused, sets: map[string][]*check.Paper{}}
	c.options = check.Options{Issued: *issued, Public: *public, Every: *every}
	names := flags.Args()
	if *dir != "" || len(names) == 0 {
		if code := c.templates(*dir); code != exitDone {
			return code
		}
	}
	for _, name := range names {
		if err := c.path(name, true); err != nil {
			c.tell(diag.List{&diag.Problem{Place: diag.Place{File: name}, Text: plainOf(err)}}, 0)
		}
	}
	for _, folder := range sortedKeys(c.sets) {
		if papers := c.sets[folder]; len(papers) > 1 {
			c.tell(check.Set(papers, c.options), 0)
		}
	}
	return c.finish()
}

// plainOf is an error in words, without the path that its place tells.
func plainOf(err error) string {
	var path *fs.PathError
	if errors.As(err, &path) {
		return strings.TrimPrefix(plain(err), path.Path+": ")
	}
	return plain(err)
}

func sortedKeys[V any](m map[string]V) []string {
	keys := make([]string, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys
}

// path checks a file, or what a folder holds: its papers and profiles, and
// those of the folders in it. A file that is neither is told only when it was
// named by itself.
func (c *checker) path(name string, named bool) error {
	info, err := os.Stat(name)
	if err != nil {
		return err
	}
	if info.IsDir() {
		entries, err := os.ReadDir(name)
		if err != nil {
			return err
		}
		// Profiles first: they tell the names that the papers must have.
		slices.SortStableFunc(entries, func(a, b os.DirEntry) int {
			return rank(a.Name()) - rank(b.Name())
		})
		for _, e := range entries {
			if strings.HasPrefix(e.Name(), ".") || strings.HasPrefix(e.Name(), "~$") {
				continue
			}
			if err := c.path(filepath.Join(name, e.Name()), false); err != nil {
				return err
			}
		}
		return nil
	}
	switch strings.ToLower(filepath.Ext(name)) {
	case ".toml":
		return c.profile(name)
	case ".docx", ".docm", ".dotx":
		return c.document(name)
	case ".pdf":
		b, err := os.ReadFile(name)
		if err != nil {
			return err
		}
		c.papers++
		c.tell(check.PDF(name, b, c.options), 0)
		return nil
	case ".txt", ".md":
		return c.text(name)
	}
	if named {
		c.tell(diag.List{&diag.Problem{Place: diag.Place{File: name}, Text: "этот вид файла не проверяется",
			Hint: "профиль .toml, документ .docx или .pdf, текст .txt"}}, 0)
	}
	return nil
}

func rank(name string) int {
	if strings.HasSuffix(name, ".toml") {
		return 0
	}
	return 1
}

// profile checks a school's or a district's profile; the papers named after
// it are held against it.
func (c *checker) profile(name string) error {
	b, err := readInput(name)
	if err != nil {
		return err
	}
	c.profiles++
	if profile.IsMunicipality(b) {
		m, list := profile.LoadMunicipality(name) // checked already
		if m != nil {
			for _, site := range m.Sites {
				list = append(list, site.Problems...)
			}
		}
		c.tell(list, 0)
		return nil
	}
	s, list := profile.Load(name)
	if s != nil {
		o := check.ForSchool(s)
		o.Issued, o.Public, o.Every = c.options.Issued, c.options.Public, c.options.Every
		c.options = o
	}
	c.tell(list, 0)
	return nil
}

// document checks a finished DOCX as it reads and as it is laid out.
func (c *checker) document(name string) error {
	b, err := os.ReadFile(name)
	if err != nil {
		return err
	}
	c.papers++
	pkg, err := docx.Open(b)
	if err != nil {
		c.tell(problemsOf(name, err), 0)
		return nil
	}
	doc, _ := wml.Parse(pkg)
	paper := check.FromWord(name, pkg, doc)
	c.sets[filepath.Dir(name)] = append(c.sets[filepath.Dir(name)], paper)
	c.tell(check.Read(paper, c.options), 0)
	if c.fonts == nil {
		if c.fonts, err = font.Open(fonts.FS); err != nil {
			return err
		}
	}
	pages, problems := layout.Pages(doc, layout.Options{Fonts: c.fonts})
	for _, p := range problems {
		if p.Place.File == "" {
			p.Place.File = name
		}
	}
	c.tell(problems, 0)
	if pages != nil {
		c.tell(check.Pages(name, pages), 0)
	}
	return nil
}

func (c *checker) text(name string) error {
	b, err := os.ReadFile(name)
	if err != nil {
		return err
	}
	c.papers++
	paper := check.FromText(name, string(b))
	c.sets[filepath.Dir(name)] = append(c.sets[filepath.Dir(name)], paper)
	c.tell(check.Read(paper, c.options), 0)
	return nil
}

// problemsOf makes a list of any error, its place the file.
func problemsOf(name string, err error) diag.List {
	var list diag.List
	var problem *diag.Problem
	switch {
	case errors.As(err, &list):
	case errors.As(err, &problem):
		list = diag.List{problem}
	default:
		list = diag.List{&diag.Problem{Text: plainOf(err)}}
	}
	for _, p := range list {
		if p.Place.File == "" {
			p.Place.File = name
		}
	}
	return list
}

// templates compiles every document's template, the user's folder dir before
// the built-in ones; dir "" checks the built-in ones alone.
func (c *checker) templates(dir string) int {
	setup := generate.Setup{Templates: templates.FS}
	if dir != "" {
		info, err := os.Stat(dir)
		if err == nil && !info.IsDir() {
			err = fmt.Errorf("%s: это файл, а не папка", dir)
		}
		if err != nil {
			tellError(c.p.talk, err)
			return exitTemplate
		}
		setup.Own = os.DirFS(dir)
	}
	engine, err := generate.New(setup)
	if err != nil {
		tellError(c.p.talk, err)
		return exitTemplate
	}
	for _, d := range engine.Library.Documents {
		if _, err := engine.Template(d.ID); err != nil {
			c.tell(problemsOf(d.ID+".docx", err), 1)
		}
		c.tell(engine.FormProblems(d.ID), 1)
		c.tell(engine.OwnProblems(d.ID), 1)
	}
	if c.unused {
		c.unusedNames(engine.Library, setup)
	}
	if dir == "" {
		return exitDone
	}
	entries, err := os.ReadDir(dir)
	if err != nil {
		tellError(c.p.talk, err)
		return exitTemplate
	}
	var ids []string
	for _, d := range engine.Library.Documents {
		ids = append(ids, d.ID)
	}
	for _, e := range entries {
		ext := filepath.Ext(e.Name())
		id, found := strings.TrimSuffix(e.Name(), ext), ext == ".docx" || ext == ".pdf"
		if !found || strings.HasPrefix(id, "~$") || slices.Contains(ids, id) {
			continue
		}
		hint := "имена документов – nastavnik list"
		if near := diag.Nearest(id, ids); near != "" {
			hint = "возможно, " + near + ext
		}
		c.tell(diag.List{&diag.Problem{Level: diag.Warning, Place: diag.Place{File: e.Name()}, Text: "документа с таким именем нет, шаблон не будет взят", Hint: hint}}, 1)
	}
	return exitDone
}

// unusedNames tells which names of the dictionary no template prints: those
// that every template leaves out, by themselves or with what they stand in.
func (c *checker) unusedNames(library *catalog.Library, setup generate.Setup) {
	open := func(name string) (*docx.Package, error) {
		if setup.Own != nil {
			if b, err := fs.ReadFile(setup.Own, name+".docx"); err == nil {
				return docx.Open(b)
			}
		}
		b, err := fs.ReadFile(setup.Templates, name+".docx")
		if err != nil {
			return nil, err
		}
		return docx.Open(b)
	}
	var left []map[string]bool // of each template
	all := map[string]bool{}
	for _, d := range library.Documents {
		pkg, err := open(d.ID)
		if err != nil {
			continue // told before
		}
		report, _ := fill.Check(pkg, fill.Options{Name: d.ID, Env: &catalog.View{}, Blocks: func(name string) (*docx.Package, error) { return open("blocks/" + name) }})
		own := map[string]bool{}
		for _, name := range report.Unused {
			own[name], all[name] = true, true
		}
		left = append(left, own)
	}
	for _, name := range sortedKeys(all) {
		nowhere := !slices.ContainsFunc(left, func(own map[string]bool) bool {
			for at := name; ; {
				if own[at] {
					return false
				}
				dot := strings.LastIndexByte(at, '.')
				if dot < 0 {
					return true
				}
				at = at[:dot]
			}
		})
		if nowhere && strings.Count(name, ".") < 2 { // forms of a form say nothing
			c.tell(diag.List{&diag.Problem{Level: diag.Info, Text: "нет ни в одном шаблоне: " + name}}, 1)
		}
	}
}

// tell prints problems to standard output, for they are the result; kind is 0
// for data and 1 for templates.
func (c *checker) tell(list diag.List, kind int) {
	for _, p := range list {
		switch p.Level {
		case diag.Error:
			c.errors[kind]++
			c.refused = c.refused || p.Code == docx.Safety || p.Code == profile.CodeLimit
		case diag.Warning:
			c.warnings++
		default:
			c.notes++
		}
		if c.asJSON {
			b, _ := json.Marshal(struct {
				Level string `json:"level"`
				*diag.Problem
			}{[...]string{"error", "warning", "info"}[p.Level], p})
			fmt.Fprintf(c.p.out, "%s\n", b)
			continue
		}
		fmt.Fprintf(c.p.out, "%s: %s\n", p.Level, p.Format())
	}
}

// finish sums up on the talk stream and returns the exit code.
func (c *checker) finish() int {
	var done []string
	if c.profiles > 0 {
		done = append(done, russian.Count(c.profiles, "профиль", "профиля", "профилей"))
	}
	if c.papers > 0 {
		done = append(done, russian.Count(c.papers, "документ", "документа", "документов"))
	}
	if len(done) == 0 {
		done = append(done, "шаблоны")
	}
	errs := c.errors[0] + c.errors[1]
	if !c.asJSON {
		fmt.Fprintf(c.p.talk, "проверено: %s; %s, %s, %s\n", strings.Join(done, ", "),
			russian.Count(errs, "ошибка", "ошибки", "ошибок"),
			russian.Count(c.warnings, "предупреждение", "предупреждения", "предупреждений"),
			russian.Count(c.notes, "заметка", "заметки", "заметок"))
	}
	switch {
	case c.refused:
		return exitRefused
	case c.errors[0] > 0:
		return exitData
	case c.errors[1] > 0:
		return exitTemplate
	}
	return exitDone
}

// listRules prints the rules for finished papers.
func listRules(p process, asJSON bool) int {
	for _, r := range check.Rules() {
		if asJSON {
			b, _ := json.Marshal(map[string]string{"code": r.Code, "level": r.Level.String(), "rule": r.Name})
			fmt.Fprintf(p.out, "%s\n", b)
			continue
		}
		fmt.Fprintf(p.out, "%s  %-15s %s\n", r.Code, r.Level, r.Name)
	}
	return exitDone
}
