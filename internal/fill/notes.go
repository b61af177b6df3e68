package fill

import (
	"strconv"

	"nastavnik/internal/docx"
)

// notesPlan is a part of footnotes or endnotes whose notes are written by
// their references: each time a reference is written, its note is written too,
// with the names that the place of the reference sees, under a number of its
// own. A note that nothing refers to any more goes.
type notesPlan struct {
	plan   *partPlan
	first  int // number of the first note
	head   []byte
	tail   []byte
	notes  map[string]*docx.Node // by id
	parent map[*docx.Node]*docx.Node
	hot    map[*docx.Node]bool
	ref    string // name of the referring element
}

// noteOut collects the notes of one part.
type noteOut struct {
	out   []byte
	count int
}

// prepareNotes finds the parts of notes that must be written by reference:
// those with placeholders, and those with a note in a loop.
func (c *compiler) prepareNotes(t *Template, scanned []*scannedPart) {
	for _, s := range scanned {
		root := s.tree.Root()
		ref := map[string]string{"w:footnotes": "w:footnoteReference", "w:endnotes": "w:endnoteReference"}[root.Name]
		if ref == "" || !c.hasMarkers(s) && !c.referredInLoops(scanned, ref) {
			continue
		}
		n := &notesPlan{plan: t.plan(s.part), notes: map[string]*docx.Node{}, parent: s.parent, ref: ref, hot: map[*docx.Node]bool{}}
		n.head = root.AppendOpen(nil, false)
		for note := range root.Elements() {
			id := note.Attr("w:id")
			if kind := note.Attr("w:type"); kind != "" && kind != "normal" {
				n.head = note.AppendTo(n.head)
				n.first = max(n.first, number(id, 0)+1)
				continue
			}
			n.notes[id] = note
		}
		n.first = max(n.first, 1)
		n.tail = root.AppendEnd(nil)
		var before []byte
		for _, k := range s.tree.Children {
			if k == root {
				break
			}
			before = k.AppendTo(before)
		}
		n.head = append(before, n.head...)
		c.notes = append(c.notes, n)
	}
}

func (c *compiler) hasMarkers(s *scannedPart) bool {
	for n := range c.markers {
		if inPart(n, s) {
			return true
		}
	}
	return false
}

func (c *compiler) referredInLoops(scanned []*scannedPart, ref string) bool {
	for n := range c.blocks {
		if c.blocks[n].open.kind != kindEach {
			continue
		}
		if refersIn(n, ref) {
			return true
		}
	}
	return false
}

func refersIn(n *docx.Node, ref string) bool {
	for _, c := range n.Children {
		if c.Name == ref || refersIn(c, ref) {
			return true
		}
	}
	return false
}

// markNotes makes the emitter stop at the references to such notes.
func (c *compiler) markNotes(e *emitter, s *scannedPart) {
	for _, n := range c.notes {
		if n.plan == e.plan {
			continue
		}
		for d := range s.parent {
			if d.Name == n.ref {
				e.markHot(d)
			}
		}
	}
}

// notesPart gives the part of such notes its operations: one that writes what
// the references collected.
func (c *compiler) notesPart(e *emitter, s *scannedPart) bool {
	for i, n := range c.notes {
		if n.plan != e.plan {
			continue
		}
		n.hot = e.hot
		n.plan.notes = i + 1
		return true
	}
	return false
}

// noteReference writes a reference with its note.
func (e *emitter) noteReference(n *docx.Node) {
	for i, plan := range e.c.notes {
		note := plan.notes[n.Attr("w:id")]
		if plan.ref != n.Name || note == nil || plan.plan == e.plan {
			continue
		}
		if len(plan.hot) == 0 {
			for m := range e.c.markers {
				if plan.parent[m] != nil {
					for at := m; at != nil && !plan.hot[at]; at = plan.parent[at] {
						plan.hot[at] = true
					}
				}
			}
			for m := range e.c.blocks {
				if plan.parent[m] != nil {
					for at := m; at != nil && !plan.hot[at]; at = plan.parent[at] {
						plan.hot[at] = true
					}
				}
			}
		}
		parent, hot, depth := e.parent, e.hot, e.depth
		e.parent, e.hot = plan.parent, plan.hot
		e.depth++ // a copy: identifiers are its own
		body := e.nested(func() {
			e.attr(&docx.Node{Kind: docx.Element, Name: note.Name, Attrs: note.Attrs}, "w:id", op{do: opNoteID, slot: i})
			e.lit = e.lit[:len(e.lit)-len("/>")]
			e.lit = append(e.lit, '>')
			e.children(note)
			e.lit = note.AppendEnd(e.lit)
		})
		e.parent, e.hot, e.depth = parent, hot, depth
		e.add(op{do: opNote, slot: i, body: body})
		e.attr(n, "w:id", op{do: opNoteID, slot: i})
		return
	}
	e.element(n)
}

// note writes the text of a note to its part.
func (r *run) note(o *op) {
	n := &r.notes[o.slot]
	out := r.out
	r.out = n.out
	n.count++
	r.exec(o.body)
	n.out = r.out
	r.out = out
}

// noteID writes the number of the note that was written last.
func (r *run) noteID(o *op) {
	r.out = strconv.AppendInt(r.out, int64(r.t.notes[o.slot].first+r.notes[o.slot].count-1), 10)
}
