package catalog

import (
	"bytes"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"
	"time"

	"github.com/BurntSushi/toml"
	"github.com/expr-lang/expr"
	"github.com/expr-lang/expr/vm"

	"nastavnik/internal/profile"
)

// Library is what the program knows before it reads a profile: the documents,
// the acts, the forms of mentoring, the roadmaps. It is read once and never
// changes.
type Library struct {
	Documents []*Document // by number

	acts    []act
	forms   map[string]*libraryForm
	kinds   map[string]Kind
	presets map[string][]presetStage
}

// Document is a document of the catalog: the front matter of its template.
type Document struct {
	ID       string      `toml:"-"`
	Number   int         `toml:"number"`
	Title    string      `toml:"title"`
	File     string      `toml:"file"` // the title as file names have it; Title when ""
	Heading  string      `toml:"heading"`
	Kind     string      `toml:"kind"`
	Journal  string      `toml:"journal"`
	Audience string      `toml:"audience"`
	Per      string      `toml:"per"`
	Signer   string      `toml:"signer"`
	Signs    []string    `toml:"signs"`
	Ack      []string    `toml:"ack"`
	Presets  []string    `toml:"presets"`
	Cites    []string    `toml:"cites"`
	Cite     string      `toml:"cite"`
	AnnexOf  string      `toml:"annex_of"`
	OnDate   bool        `toml:"on_date"` // the pairs, mentors and mentees of its own day
	When     []Condition `toml:"when"`
	Undated  bool        `toml:"undated"` // no date or number of its own, as surveys

	heading []segment
}

// Condition is a claim about the View without which a document is not made.
type Condition struct {
	If   string `toml:"if"`
	Else string `toml:"else"` // the reason that the user is told

	program *vm.Program
}

type act struct {
	ID         string       `toml:"id"`
	Level      string       `toml:"level"`
	Date       profile.Date `toml:"-"`
	Number     string       `toml:"number"`
	Title      string       `toml:"title"`
	Nom        string       `toml:"nom"`
	Gen        string       `toml:"gen"`
	Ins        string       `toml:"ins"`
	FullNom    string       `toml:"full_nom"`
	FullGen    string       `toml:"full_gen"`
	FullIns    string       `toml:"full_ins"`
	ShortNom   string       `toml:"short_nom"`
	ShortGen   string       `toml:"short_gen"`
	ShortIns   string       `toml:"short_ins"`
	Letter     bool         `toml:"letter"`
	CiteFrom   profile.Date `toml:"-"`
	CiteTo     profile.Date `toml:"-"`
	StaffUntil profile.Date `toml:"-"`
	Scope      string       `toml:"scope"`

	RawDate       time.Time `toml:"date"`
	RawCiteFrom   time.Time `toml:"cite_from"`
	RawCiteTo     time.Time `toml:"cite_to"`
	RawStaffUntil time.Time `toml:"staff_until"`

	useIn []string // of a profile's act: document ids or «all»
}

type libraryForm struct {
	ID         string   `toml:"id"`
	Title      string   `toml:"title"`
	Source     string   `toml:"source"`
	Staff      bool     `toml:"staff"`
	Labour     bool     `toml:"labour"`
	Minors     []string `toml:"minors"`
	Outsiders  bool     `toml:"outsiders"`
	Mentor     string   `toml:"mentor"`
	Mentee     string   `toml:"mentee"`
	Goal       string   `toml:"goal"`
	Tasks      []string `toml:"tasks"`
	Results    []string `toml:"results"`
	Activities []string `toml:"activities"`
	Criteria   []string `toml:"mentor_criteria"`
	Duties     []string `toml:"duties"`
	Growth     string   `toml:"growth"`
	Plan       []struct {
		When, Task, Action, Result string
	} `toml:"plan"`
	RoleModels []struct {
		ID, Title, Use string
	} `toml:"role_models"`
	Indicators []struct {
		ID, Title, Unit string
	} `toml:"indicators"`
}

type presetStage struct {
	Title  string `toml:"title"`
	Task   string `toml:"task"`
	Events []struct {
		Title       string   `toml:"title"`
		Content     []string `toml:"content"`
		Result      []string `toml:"result"`
		When        string   `toml:"when"`
		Responsible string   `toml:"responsible"`
		If          string   `toml:"if"`
	} `toml:"events"`
}

// Open reads the library from the folder of templates: acts.toml, forms.toml,
// roadmap.toml and the front matter of src/*.md. Its errors are our own
// mistakes, since the folder is embedded.
func Open(fsys fs.FS) (*Library, error) {
	l := &Library{forms: map[string]*libraryForm{}, kinds: map[string]Kind{}, presets: map[string][]presetStage{}}

	var acts struct{ Acts []act }
	if err := decode(fsys, "acts.toml", &acts); err != nil {
		return nil, err
	}
	l.acts = acts.Acts
	for i := range l.acts {
		a := &l.acts[i]
		a.Date, a.CiteFrom, a.CiteTo, a.StaffUntil = day(a.RawDate), day(a.RawCiteFrom), day(a.RawCiteTo), day(a.RawStaffUntil)
	}

	var forms struct {
		Forms []*libraryForm
		Kinds []struct{ ID, Title, Use string }
	}
	if err := decode(fsys, "forms.toml", &forms); err != nil {
		return nil, err
	}
	for _, f := range forms.Forms {
		l.forms[f.ID] = f
	}
	for _, k := range forms.Kinds {
		l.kinds[k.ID] = Kind{Title: k.Title, Text: k.Use}
	}

	var roadmap struct {
		Presets []struct {
			ID     string
			Stages []presetStage
		}
	}
	if err := decode(fsys, "roadmap.toml", &roadmap); err != nil {
		return nil, err
	}
	for _, p := range roadmap.Presets {
		l.presets[p.ID] = p.Stages
	}

	sources, err := fs.Glob(fsys, "src/*.md")
	if err != nil {
		return nil, err
	}
	for _, name := range sources {
		d, err := readDocument(fsys, name)
		if err != nil {
			return nil, err
		}
		l.Documents = append(l.Documents, d)
	}
	slices.SortFunc(l.Documents, func(a, b *Document) int { return a.Number - b.Number })
	return l, nil
}

// Document returns the document of this id, nil when there is none.
func (l *Library) Document(id string) *Document {
	for _, d := range l.Documents {
		if d.ID == id {
			return d
		}
	}
	return nil
}

func decode(fsys fs.FS, name string, into any) error {
	b, err := fs.ReadFile(fsys, name)
	if err != nil {
		return err
	}
	if _, err := toml.Decode(string(b), into); err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	return nil
}

// day returns the date of a TOML local date; the zero time is the zero Date.
func day(t time.Time) profile.Date {
	if t.IsZero() {
		return profile.Date{}
	}
	return profile.Date{Year: t.Year(), Month: int(t.Month()), Day: t.Day()}
}

func readDocument(fsys fs.FS, name string) (*Document, error) {
	b, err := fs.ReadFile(fsys, name)
	if err != nil {
		return nil, err
	}
	front, err := frontMatter(b)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	d := &Document{ID: strings.TrimSuffix(path.Base(name), ".md"), Per: "school", Audience: "internal", Cite: "full"}
	if _, err := toml.Decode(front, d); err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	for i := range d.When {
		c := &d.When[i]
		if c.program, err = expr.Compile(c.If, expr.Env(&View{}), expr.AsBool()); err != nil {
			return nil, fmt.Errorf("%s: when: %w", name, err)
		}
	}
	if d.heading, err = segments(d.Heading); err != nil {
		return nil, fmt.Errorf("%s: heading: %w", name, err)
	}
	return d, nil
}

// frontMatter returns the TOML between the first two lines of «+++».
func frontMatter(b []byte) (string, error) {
	rest, found := bytes.CutPrefix(b, []byte("+++\n"))
	if !found {
		return "", fmt.Errorf("no front matter")
	}
	front, _, found := bytes.Cut(rest, []byte("\n+++\n"))
	if !found {
		return "", fmt.Errorf("front matter is not closed by +++")
	}
	return string(front), nil
}

// segment is a piece of a heading: literal text or an expression.
type segment struct {
	text    string
	program *vm.Program
}

func segments(s string) ([]segment, error) {
	var list []segment
	for s != "" {
		text, rest, found := strings.Cut(s, "{{")
		if text != "" {
			list = append(list, segment{text: text})
		}
		if !found {
			break
		}
		code, after, found := strings.Cut(rest, "}}")
		if !found {
			return nil, fmt.Errorf("«{{» is not closed: %s", s)
		}
		program, err := expr.Compile(strings.TrimSpace(code), expr.Env(&View{}))
		if err != nil {
			return nil, err
		}
		list = append(list, segment{program: program})
		s = after
	}
	return list, nil
}

// headingOf evaluates the heading of a document over its view.
func (d *Document) headingOf(v *View) (string, error) {
	if len(d.heading) == 0 {
		return d.Title, nil
	}
	var b strings.Builder
	for _, s := range d.heading {
		if s.program == nil {
			b.WriteString(s.text)
			continue
		}
		value, err := expr.Run(s.program, v)
		if err != nil {
			return "", fmt.Errorf("%s: heading: %w", d.ID, err)
		}
		fmt.Fprint(&b, value)
	}
	return b.String(), nil
}

// applies returns "" when every condition of the document holds, otherwise
// the reason why it is not made.
func (d *Document) applies(v *View) (string, error) {
	for _, c := range d.When {
		holds, err := expr.Run(c.program, v)
		if err != nil {
			return "", fmt.Errorf("%s: when: %w", d.ID, err)
		}
		if holds != true {
			return c.Else, nil
		}
	}
	return "", nil
}
