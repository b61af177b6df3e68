package fill

import (
	"nastavnik/internal/diag"
	"nastavnik/internal/docx"
)

// Options of Compile. The zero Options compile without a schema: any name may
// stand, and what is missing is found when rendering.
type Options struct {
	Name string // of the template, for messages

	// Env is the schema: a Go value, or a map of names to Go values. Only its
	// types count, except that maps and lists of maps are described by what
	// they hold. Fields are named by the tag `expr:"name"`; fields and methods
	// without arguments are reached by a dot. nil means no schema.
	Env any

	// Blocks finds the package that {{> name}} includes; nil when there is none.
	Blocks func(name string) (*docx.Package, error)

	// Image reads the picture that a text value names. Pictures may also come
	// as bytes. nil: no files are read.
	Image func(name string) ([]byte, error)
}

// Template is a compiled package. It is immutable and safe for concurrent use.
type Template struct {
	name     string
	env      *shape
	plans    []*partPlan // in the order of the zip
	warnings diag.List
	fields   []string

	pageReferences bool // PAGEREF in the main part

	evaluates     bool // some expression needs the evaluator
	slots         int
	lists         int
	bookmarkSlots int
	mergeSlots    int
	firstID       int // of drawings in copies
	firstBookmark int
	numbering     *numberingPlan
	notes         []*notesPlan
	image         func(name string) ([]byte, error)
}

// partPlan is what becomes of one part.
type partPlan struct {
	part *docx.Part
	ops  []op // nil: copied as it is

	notes    int       // 1 + index in Template.notes, 0 for other parts
	relsOf   *partPlan // the part whose pictures these relationships are for
	relsHead []byte
	tail     []byte
}

// Compile reads the placeholders of a package, which belongs to the Template
// from then on. Every mistake is found at once: the error is a diag.List.
func Compile(pkg *docx.Package, o Options) (*Template, error) {
	c, t := compile(pkg, o)
	problems := c.sorted()
	if problems.Failed() {
		return nil, problems
	}
	t.warnings = problems
	t.pageReferences = hasPageReferences(pkg)
	t.forget()
	return t, nil
}

// forget drops the trees from which the template was compiled: of a part that
// is written anew its name will do, of another its packed bytes.
func (t *Template) forget() {
	for _, plan := range t.plans {
		if plan.ops != nil || plan.notes > 0 {
			plan.part = &docx.Part{Name: plan.part.Name}
		} else {
			plan.part.Forget()
		}
	}
	for _, n := range t.notes {
		n.notes, n.parent, n.hot = nil, nil, nil
	}
}

// compile returns the compiler with all problems, and the template, which is
// whole when none of them is an error.
func compile(pkg *docx.Package, o Options) (*compiler, *Template) {
	c := newCompiler(o)
	c.pkg = pkg
	c.hazards()
	if c.problems.Failed() {
		return c, nil
	}
	t := c.template()
	for _, plan := range t.plans {
		if plan.ops != nil || plan.notes > 0 {
			continue
		}
		if err := plan.part.Freeze(); err != nil {
			c.problems.Add(diag.Place{File: c.name}, "%v", err)
		}
	}
	return c, t
}

// Warnings returns what Compile noticed and nobody need mend.
func (t *Template) Warnings() diag.List { return t.warnings }

// Fields returns the paths of the data that the template uses, in order:
// "director.name.dat", "pairs[].mentor.name". A path stands for all below it.
func (t *Template) Fields() []string { return t.fields }
