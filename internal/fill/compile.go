package fill

import (
	"bytes"
	"cmp"
	"reflect"
	"slices"
	"strings"

	"github.com/expr-lang/expr/conf"

	"nastavnik/internal/diag"
	"nastavnik/internal/docx"
)

// compiler holds what Compile collects.
type compiler struct {
	name     string
	opts     Options
	pkg      *docx.Package
	env      *shape
	loose    bool // the names come from data, so a text has its forms
	problems diag.List

	headings  map[string]bool // ids of styles with an outline level
	markers   map[*docx.Node]*placeholder
	attrs     map[*docx.Node][]attribute
	blocks    map[*docx.Node]*block
	spans     map[*docx.Node][]*placeholder // cells that looped columns widen
	spanOf    map[*docx.Node][]*placeholder
	fillers   map[*docx.Node]*docx.Node // w:pPr of the first paragraph in a cell and the like
	stories   []storyIn
	order     int
	orders    map[string]int          // of a place, by its words
	spots     map[string]spot         // of a place, by its words
	numbers   map[*docx.Node]int      // of each paragraph in its part, from 0
	configs   map[*scope]*conf.Config // of the evaluator
	touched   map[string]bool
	needRels  map[*partPlan]bool
	including []string

	evaluates     bool
	slots         int
	lists         int
	bookmarkSlots int
	mergeSlots    int
	numbering     *numberingPlan
	notes         []*notesPlan
	usedNums      map[int]int
}

// storyIn is a story with the node that holds it.
type storyIn struct {
	list *story
	node *docx.Node
}

func (c *compiler) nextOrder() int { c.order++; return c.order }

// touch notes that the template uses a path of the data and all below it.
func (c *compiler) touch(path string) {
	if path != "" {
		c.touched[path] = true
	}
}

func newCompiler(o Options) *compiler {
	c := &compiler{name: o.Name, opts: o, env: anyShape,

		headings: map[string]bool{}, markers: map[*docx.Node]*placeholder{},
		attrs: map[*docx.Node][]attribute{}, blocks: map[*docx.Node]*block{},
		spans: map[*docx.Node][]*placeholder{}, spanOf: map[*docx.Node][]*placeholder{}, fillers: map[*docx.Node]*docx.Node{},
		touched: map[string]bool{}, configs: map[*scope]*conf.Config{}, orders: map[string]int{}, spots: map[string]spot{}, numbers: map[*docx.Node]int{}, needRels: map[*partPlan]bool{}, usedNums: map[int]int{}}
	if o.Env != nil {
		c.env = envShape(o.Env)
		c.loose = c.env.typ == nil
	}
	return c
}

// envShape describes the schema.
func envShape(env any) *shape {
	v := reflect.ValueOf(env)
	if v.Kind() == reflect.Map {
		return shapeOfData(v)
	}
	return shapeOfType(v.Type())
}

// placeKey tells places of a text apart.
func placeKey(p diag.Place) string { return p.In + "\x00" + p.Around }

// sorted returns the problems in the order of the text, each once; those
// without a place in it come first.
func (c *compiler) sorted() diag.List {
	for _, p := range c.problems {
		p.Place.File = cmp.Or(p.Place.File, c.name)
	}
	slices.SortStableFunc(c.problems, func(a, b *diag.Problem) int {
		return cmp.Compare(c.orders[placeKey(a.Place)], c.orders[placeKey(b.Place)])
	})
	seen := map[diag.Problem]bool{}
	return slices.DeleteFunc(c.problems, func(p *diag.Problem) bool {
		dup := seen[*p]
		seen[*p] = true
		return dup
	})
}

// storyKinds are the parts that hold stories, by relationship, with what a person calls
// them.
var storyKinds = []struct{ kind, name string }{
	{"header", "верхний колонтитул"}, {"footer", "нижний колонтитул"},
	{"footnotes", "сноски"}, {"endnotes", "концевые сноски"},
}

// template compiles every part.
func (c *compiler) template() *Template {
	main := c.pkg.Main()
	c.readHeadings(main)
	scanned := c.storyParts()
	c.leftovers(scanned)
	if slices.ContainsFunc(scanned, func(s *scannedPart) bool { return braces(s.tree) }) {
		c.acceptRevisions(scanned)
	}
	for _, s := range scanned {
		c.scan(s)
	}
	for _, s := range scanned {
		c.structure(s)
	}
	t := &Template{name: c.name, env: c.env, image: c.opts.Image}
	for _, part := range c.pkg.Ordered() {
		t.plans = append(t.plans, &partPlan{part: part})
	}
	if len(c.markers) == 0 && len(c.attrs) == 0 && !c.problems.Failed() && !c.propertiesHold() {
		c.problems.Warn(diag.Place{File: c.name}, "в шаблоне нет ни одной метки").Hint = "метка пишется так: «{{ school.name }}»"
		return t
	}
	c.renumber(scanned)
	c.countNumbering(scanned)
	c.prepareNotes(t, scanned)
	for _, s := range scanned {
		c.emitPart(t.plan(s.part), s)
	}
	c.properties(t)
	c.finish(t)
	return t
}

func (t *Template) plan(part *docx.Part) *partPlan {
	for _, p := range t.plans {
		if p.part == part {
			return p
		}
	}
	return nil
}

// scannedPart is a part between scan and emit.
type scannedPart struct {
	part   *docx.Part
	tree   *docx.Node
	parent map[*docx.Node]*docx.Node
	story  string
	list   []storyIn
}

// storyParts returns the parts that hold text: the body, headers, footers and
// notes.
func (c *compiler) storyParts() []*scannedPart {
	var list []*scannedPart
	add := func(part *docx.Part, name string) {
		tree, err := part.Tree()
		if err != nil {
			c.problems = append(c.problems, err.(*diag.Problem))
			return
		}
		c.numberParagraphs(tree)
		list = append(list, &scannedPart{part: part, tree: tree, story: name, parent: map[*docx.Node]*docx.Node{}})
	}
	main := c.pkg.Main()
	add(main, "")
	for _, k := range storyKinds {
		parts := c.pkg.Related(main, k.kind)
		for i, part := range parts {
			name := k.name
			if len(parts) > 1 {
				name += " " + itoa(i+1)
			}
			add(part, name)
		}
	}
	return list
}

// braces reports whether the joined text of a part holds «{{» or «}}».
func braces(tree *docx.Node) bool {
	var b strings.Builder
	for n := range tree.Walk() {
		switch n.Name {
		case "w:t", "a:t":
			b.WriteString(n.Text())
		case "w:p":
			b.WriteByte('\n')
		}
	}
	return strings.Contains(b.String(), "{{") || strings.Contains(b.String(), "}}")
}

// scan finds the placeholders of one part.
func (c *compiler) scan(s *scannedPart) {
	scan := &scanner{c: c, part: s.part, story: s.story, parent: s.parent, list: &story{}}
	c.stories = nil
	root := s.tree.Root()
	switch root.Name {
	case "w:document":
		if body := root.Child("w:body"); body != nil {
			s.parent[body] = root
			scan.blockContent(body)
			c.stories = append(c.stories, storyIn{scan.list, body})
		}
	case "w:footnotes", "w:endnotes":
		i := 0
		for note := range root.Elements() {
			if note.HasAttr("w:type") && note.Attr("w:type") != "normal" {
				continue
			}
			i++
			s.parent[note] = root
			one := *scan
			one.list, one.paragraph, one.tables = &story{}, 0, 0
			one.story = noteNames[root.Name] + " " + itoa(i)
			one.blockContent(note)
			c.stories = append(c.stories, storyIn{one.list, note})
		}
	default:
		scan.blockContent(root)
		c.stories = append(c.stories, storyIn{scan.list, root})
	}
	s.list = c.stories
	c.scanAttributes(root, scan)
}

var noteNames = map[string]string{"w:footnotes": "сноска", "w:endnotes": "концевая сноска"}

// structure pairs and lifts the blocks of a part.
func (c *compiler) structure(s *scannedPart) {
	for _, in := range s.list {
		for _, b := range c.pair(in.list, s.parent) {
			c.lift(b, s.parent)
		}
	}
}

// emitPart flattens a part that holds something to fill.
func (c *compiler) emitPart(plan *partPlan, s *scannedPart) {
	e := &emitter{c: c, plan: plan, parent: s.parent, hot: map[*docx.Node]bool{}}
	for n := range c.markers {
		if inPart(n, s) {
			e.markHot(n)
		}
	}
	for n := range c.blocks {
		if inPart(n, s) {
			e.markHot(n)
		}
	}
	for n := range c.spans {
		if inPart(n, s) {
			e.markHot(n)
		}
	}
	for n := range c.attrs {
		if inPart(n, s) {
			e.markHot(n)
		}
	}
	c.markNotes(e, s)
	if len(e.hot) == 0 {
		return
	}
	if root := s.tree.Root(); strings.HasPrefix(root.Name, "w:") && !root.Declare("w") {
		c.problems.Add(diag.Place{File: c.name}, "часть %s записана необычным образом", s.part.Name).Hint =
			"откройте файл в Word и сохраните его заново"
	}
	if c.notesPart(e, s) {
		return
	}
	e.node(s.tree)
	e.flush()
	plan.ops = e.ops
}

// inPart reports whether a marker or a block stands in the tree of a part.
func inPart(n *docx.Node, s *scannedPart) bool { return s.parent[n] != nil }

// readHeadings finds the styles that mark headings: those with an outline
// level, and those based on them.
func (c *compiler) readHeadings(main *docx.Part) {
	for _, part := range c.pkg.Related(main, "styles") {
		tree, err := part.Peek()
		if err != nil {
			continue
		}
		based := map[string]string{}
		for style := range tree.Root().All("w:style") {
			id := style.Attr("w:styleId")
			if lvl := style.Path("w:pPr", "w:outlineLvl"); lvl != nil && lvl.Attr("w:val") != "9" {
				c.headings[id] = true
			}
			based[id] = style.Child("w:basedOn").Attr("w:val")
		}
		for id := range based {
			for at, steps := based[id], 0; at != "" && steps < 20; at, steps = based[at], steps+1 {
				if c.headings[at] {
					c.headings[id] = true
				}
			}
		}
	}
}

// leftovers reports braces where placeholders cannot be filled: in charts,
// diagrams and comments.
func (c *compiler) leftovers(scanned []*scannedPart) {
	read := map[*docx.Part]bool{}
	for _, s := range scanned {
		read[s.part] = true
	}
	for _, part := range c.pkg.Parts() {
		kind, said := unfilled(part.Name)
		if read[part] || !said {
			continue
		}
		b, err := part.Bytes()
		if err != nil || !bytes.Contains(b, []byte("{{")) {
			continue
		}
		c.problems.Add(diag.Place{File: c.name, In: kind + " (" + part.Name + ")"}, "метки здесь не заполняются").Hint =
			"перенесите метку в текст документа"
	}
}

// unfilled names the kinds of parts whose text is not filled.
func unfilled(name string) (string, bool) {
	for _, k := range []struct{ dir, name string }{
		{"word/charts/", "диаграмма"}, {"word/diagrams/", "рисунок SmartArt"}, {"word/glossary/", "экспресс-блок"},
	} {
		if strings.HasPrefix(name, k.dir) && !strings.Contains(name, "_rels") {
			return k.name, true
		}
	}
	return "", false
}
