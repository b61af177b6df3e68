package fill

import (
	"bytes"
	"slices"
	"strings"

	"nastavnik/internal/diag"
	"nastavnik/internal/docx"
)

// propertyNames are the properties of the file as Word names them.
var propertyNames = map[string]string{
	"dc:title": "название", "dc:subject": "тема", "dc:creator": "автор", "cp:keywords": "ключевые слова",
	"dc:description": "примечания", "cp:category": "категория", "ep:Company": "организация", "ep:Manager": "руководитель",
}

// propertyParts returns the parts with the properties of the file that hold
// braces.
func (c *compiler) propertyParts() []*docx.Part {
	var parts []*docx.Part
	for _, kind := range []string{"core-properties", "extended-properties", "custom-properties"} {
		for _, part := range c.pkg.Related(nil, kind) {
			if b, err := part.Bytes(); err == nil && bytes.Contains(b, []byte("{{")) {
				parts = append(parts, part)
			}
		}
	}
	return parts
}

// propertiesHold reports whether a property holds a placeholder.
func (c *compiler) propertiesHold() bool { return len(c.propertyParts()) > 0 }

// properties compiles the placeholders in the title, the author and the other
// properties of the file: values only.
func (c *compiler) properties(t *Template) {
	for _, part := range c.propertyParts() {
		tree, err := part.Tree()
		if err != nil {
			continue // Word would mend it; nothing is lost by leaving it
		}
		s := &scannedPart{part: part, tree: tree, parent: map[*docx.Node]*docx.Node{}}
		for n := range tree.Walk() {
			for _, child := range n.Children {
				s.parent[child] = n
			}
		}
		for n := range tree.Walk() {
			if len(n.Children) == 1 && n.Children[0].Kind == docx.Text {
				c.property(n, s)
			}
		}
		c.emitPart(t.plan(part), s)
	}
}

// property replaces the placeholders in the text of one property.
func (c *compiler) property(n *docx.Node, s *scannedPart) {
	text := []rune(n.Text())
	name := propertyNames[n.Name]
	if name == "" {
		name = n.Tag()
	}
	scan := &scanner{c: c, part: s.part, parent: s.parent, story: "свойства документа: " + name, list: &story{}}
	// The text is laid out as a paragraph of one run, which find can cut.
	holder := docx.NewElement("w:t")
	holder.Children = n.Children
	g := &gathered{runes: text, pieces: []piece{{holder, true, 0}}}
	scan.find(g)
	for _, p := range scan.list.placeholders {
		if p.kind != kindValue {
			c.problems.Add(p.place, "«%s»: в свойствах документа можно только вставить значение", p.braces())
		}
	}
	n.Children = holder.Children
	for _, child := range n.Children {
		s.parent[child] = n
	}
}

// hazards refuses a package that must not become a paper, and takes out what
// may go quietly.
func (c *compiler) hazards() {
	for _, p := range c.pkg.Hazards() {
		p.Place.File = c.name
		c.problems = append(c.problems, p)
	}
	if err := c.pkg.Verify(); err != nil {
		c.problems = append(c.problems, err.(*diag.Problem))
	}
	if c.problems.Failed() {
		return
	}
	if strings.Contains(c.pkg.Main().ContentType, "template") {
		c.problems.Add(diag.Place{File: c.name}, "это не документ .docx, а шаблон Word (.dotx)").Hint =
			"в Word выберите «Сохранить как → Документ Word (.docx)»"
	}
	if tree, err := c.pkg.Main().Peek(); err == nil && tree.Root().IsStrict() {
		c.problems.Add(diag.Place{File: c.name}, "документ сохранён в строгом виде (Strict Open XML)").Hint =
			"в Word выберите «Сохранить как → Документ Word (.docx)», не «Strict»"
	}
	c.pkg.Strip()
	told := map[string]bool{}
	for _, part := range append([]*docx.Part{nil}, c.pkg.Parts()...) {
		for _, r := range c.pkg.Rels(part) {
			if !r.External && r.Target != "" && r.Target != "NULL" && c.pkg.Part(r.Target) == nil && !told[r.Target] && required[r.Kind] {
				told[r.Target] = true
				c.problems.Add(diag.Place{File: c.name}, "файл повреждён: в нём нет части %s", r.Target).Hint =
					"откройте файл в Word и сохраните его заново"
			}
		}
	}
}

// required are the kinds of parts without which Word does not open a file.
var required = map[string]bool{"styles": true, "numbering": true, "header": true, "footer": true, "settings": true,
	"footnotes": true, "endnotes": true, "image": true, "fontTable": true, "theme": true}

// finish collects what rendering needs to know of the whole package.
func (c *compiler) finish(t *Template) {
	t.evaluates, t.slots, t.lists = c.evaluates, c.slots, c.lists
	t.bookmarkSlots, t.mergeSlots, t.notes = c.bookmarkSlots, c.mergeSlots, c.notes
	t.numbering = c.numbering
	c.freeNumbers(t)
	for _, plan := range slices.Clone(t.plans) {
		if !c.needRels[plan] {
			continue
		}
		rels := t.plan(c.pkg.EnsureRels(plan.part))
		if rels == nil { // made just now
			rels = &partPlan{part: c.pkg.EnsureRels(plan.part)}
			t.plans = append(t.plans, rels)
		}
		rels.relsOf = plan
		tree, err := rels.part.Peek()
		if err != nil {
			continue
		}
		root := tree.Root()
		for _, n := range tree.Children {
			if n == root {
				break
			}
			rels.relsHead = n.AppendTo(rels.relsHead)
		}
		rels.relsHead = root.AppendOpen(rels.relsHead, false)
		for _, n := range root.Children {
			rels.relsHead = n.AppendTo(rels.relsHead)
		}
		rels.tail = root.AppendEnd(nil)
	}
	for path := range c.touched {
		t.fields = append(t.fields, path)
	}
	slices.Sort(t.fields)
}

// freeNumbers finds the first numbers that no drawing and no bookmark has.
func (c *compiler) freeNumbers(t *Template) {
	for _, part := range c.pkg.Parts() {
		if !strings.Contains(part.ContentType, "wordprocessingml") || strings.Contains(part.ContentType, "styles") {
			continue
		}
		tree, err := part.Peek()
		if err != nil {
			continue
		}
		walkAll(tree, func(n *docx.Node) {
			switch n.Name {
			case "wp:docPr", "pic:cNvPr":
				t.firstID = max(t.firstID, number(n.Attr("id"), 0))
			case "w:bookmarkStart":
				t.firstBookmark = max(t.firstBookmark, number(n.Attr("w:id"), 0))
			}
		})
	}
}

// walkAll visits every node, those inside blocks too.
func walkAll(n *docx.Node, visit func(*docx.Node)) {
	visit(n)
	for _, c := range n.Children {
		walkAll(c, visit)
	}
}

// rewrite makes the parts that change though they hold no placeholder: the
// numbering, the notes, the relationships to pictures.
func (r *run) rewrite(i int, plan *partPlan) bool {
	switch {
	case plan.notes > 0:
		n := r.t.notes[plan.notes-1]
		r.parts[i] = append(append(append(r.parts[i][:0], n.head...), r.notes[plan.notes-1].out...), n.tail...)
		return true
	case r.t.numbering != nil && r.t.numbering.plan == i && len(r.clones) > 0:
		r.parts[i] = r.numberingPart(r.parts[i][:0])
		return true
	case plan.relsOf != nil && len(r.images.rels[plan.relsOf]) > 0:
		r.parts[i] = r.relsPart(r.parts[i][:0], plan, plan.relsOf)
		return true
	}
	return false
}
