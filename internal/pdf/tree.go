package pdf

import (
	"slices"

	"nastavnik/internal/page"
	"nastavnik/internal/unit"
)

// tree orders what each structure element holds: its child elements as they
// stand in the document, and between them its own content as it was drawn.
//
// An element without content is dropped, unless it is part of a table: an
// empty paragraph says nothing to a listener, an empty cell does.
type tree struct {
	elements []page.Element
	kids     [][]kid
	children [][]int // child elements of each, in order
	next     []int   // per element: children before this one are attached
	written  []bool  // the element has content, or a place in a table that has
	attached []bool
}

// kid is a child element, a marked content sequence or an annotation.
type kid struct {
	element    int // when ≥ 0
	page       int
	mcid       int // when annotation is 0
	annotation int
}

// newTree returns the tree of a document, of which nothing is drawn yet.
func newTree(elements []page.Element, doc *page.Document) *tree {
	t := &tree{}
	t.add(elements)
	for i := range doc.Pages {
		for _, item := range doc.Pages[i].Items {
			switch item := item.(type) {
			case *page.Text:
				t.write(item.Element)
			case *page.Image:
				t.write(item.Element)
			case *page.Foreign:
				t.write(item.Element)
			case *page.Rule:
				t.write(ownContent(elements, item.Element))
			case *page.Fill:
				t.write(ownContent(elements, item.Element))
			case *page.Path:
				t.write(ownContent(elements, item.Element))
			case *page.Link:
				t.write(item.Element)
			}
		}
	}
	for i := range elements {
		switch elements[i].Role {
		case page.RoleTHead, page.RoleTBody, page.RoleTR, page.RoleTH, page.RoleTD:
			if i > 0 && t.written[t.parent(i)] {
				t.written[i] = true
			}
		}
	}
	return t
}

// headings returns the elements with the levels of headings made to go down
// one at a time: a document may begin with «heading 2», or go from 1 to 3, and
// a listener would look for what is not there. Headings that stood on one
// level stay on one. Each Sect begins anew, for it is a document of a joined
// file. The elements that were handed in are not changed.
//
// ISO 14289-1, 7.4.2.
func headings(elements []page.Element) []page.Element {
	changed := false
	var open []page.Role // levels as the document has them
	for i := range elements {
		role := elements[i].Role
		if role == page.RoleSect {
			open = open[:0]
		}
		if role < page.RoleH1 || role > page.RoleH6 {
			continue
		}
		for len(open) > 0 && open[len(open)-1] >= role {
			open = open[:len(open)-1]
		}
		open = append(open, role)
		if level := page.RoleH1 + page.Role(len(open)-1); level != role {
			if !changed {
				elements, changed = slices.Clone(elements), true
			}
			elements[i].Role = level
		}
	}
	return elements
}

// add takes in the elements behind those that the tree knows.
func (t *tree) add(elements []page.Element) {
	from := len(t.elements)
	t.elements = elements
	grown := len(elements) - from
	t.kids = append(t.kids, make([][]kid, grown)...)
	t.children = append(t.children, make([][]int, grown)...)
	t.next = append(t.next, make([]int, grown)...)
	t.written = append(t.written, make([]bool, grown)...)
	t.attached = append(t.attached, make([]bool, grown)...)
	if from == 0 { // all lists of children lie in one
		counts, at := make([]int, len(elements)), 0
		for i := 1; i < len(elements); i++ {
			counts[t.parent(i)]++
		}
		all := make([]int, len(elements))
		for i, n := range counts {
			t.children[i] = all[at : at : at+n]
			at += n
		}
	}
	for i := max(from, 1); i < len(elements); i++ {
		parent := t.parent(i)
		t.children[parent] = append(t.children[parent], i)
	}
	t.attached[0], t.written[0] = true, true
}

// parent returns the parent of element i > 0; the root when it has a wrong one.
func (t *tree) parent(i int) int {
	if p := t.elements[i].Parent; p >= 0 && p < i {
		return p
	}
	return 0
}

// write notes that the element and those around it have content.
func (t *tree) write(i int) {
	for i > 0 && i < len(t.elements) && !t.written[i] {
		t.written[i] = true
		i = t.parent(i)
	}
}

// attach puts the element behind what its parent holds so far, its elder
// siblings before it.
func (t *tree) attach(i int) {
	if t.attached[i] {
		return
	}
	t.write(i)
	p := t.parent(i)
	t.attach(p)
	t.attachChildren(p, i)
}

// attachChildren attaches the children of p up to the element last.
func (t *tree) attachChildren(p, last int) {
	children := t.children[p]
	for ; t.next[p] < len(children) && children[t.next[p]] <= last; t.next[p]++ {
		if child := children[t.next[p]]; t.written[child] {
			t.attached[child] = true
			t.kids[p] = append(t.kids[p], kid{element: child})
		}
	}
}

// content puts a marked content sequence into an element.
func (t *tree) content(i, pageNumber, mcid int) {
	t.attach(i)
	t.kids[i] = append(t.kids[i], kid{element: -1, page: pageNumber, mcid: mcid})
}

// annotation puts an annotation into an element.
func (t *tree) annotation(i, pageNumber, object int) {
	t.attach(i)
	t.kids[i] = append(t.kids[i], kid{element: -1, page: pageNumber, annotation: object})
}

// complete attaches what has no content of its own and stands behind all that
// has, such as the last empty cells of a row.
func (t *tree) complete() {
	for i := range t.elements {
		if t.attached[i] {
			t.attachChildren(i, len(t.elements))
		}
	}
}

// writeStructure writes the structure tree and returns its root's number.
//
// ISO 32000-1, 14.7.2 and 14.7.4.4; ISO 14289-1, 7.5 (Scope), 7.9 (ID of a Note).
func (d *document) writeStructure() int {
	root := d.alloc()
	d.tree.complete()
	written := d.tree.attached
	refs := make([]int, len(d.elements))
	for i := range d.elements {
		if written[i] {
			refs[i] = d.alloc()
		}
	}
	boxes := d.figureBoxes()
	var notes []int
	var s syntax // used again for each element
	for i := range d.elements {
		if !written[i] {
			continue
		}
		parent := root
		if i > 0 {
			parent = refs[d.tree.parent(i)]
		}
		if d.elements[i].Role == page.RoleNote {
			notes = append(notes, i)
		}
		s = d.element(s[:0], i, parent, len(notes), refs, boxes[i])
		d.object(refs[i], s)
	}

	// The parent tree: for each page the elements of its sequences, for each
	// annotation its element.
	parents := d.alloc()
	s = nil
	s.put("<</Nums[")
	var l syntax
	for i, marks := range d.parents {
		list := d.alloc()
		l = l[:0]
		l.put("[")
		for _, element := range marks {
			l.ref(refs[element])
			l.put(" ")
		}
		l.put("]")
		d.object(list, l)
		s.int(i)
		s.put(" ")
		s.ref(list)
		s.put(" ")
	}
	for i, element := range d.links {
		s.int(len(d.pages) + i)
		s.put(" ")
		s.ref(refs[element])
		s.put(" ")
	}
	s.put("]>>")
	d.object(parents, s)

	s = nil
	s.put("<</Type/StructTreeRoot/K ")
	s.ref(refs[0])
	s.put("/ParentTree ")
	s.ref(parents)
	s.key("/ParentTreeNextKey", len(d.pages)+len(d.links))
	if len(notes) > 0 {
		s.put("/IDTree<</Limits[")
		s.text(noteID(1))
		s.text(noteID(len(notes)))
		s.put("]/Names[")
		for k, i := range notes {
			s.text(noteID(k + 1))
			s.ref(refs[i])
			s.put(" ")
		}
		s.put("]>>")
	}
	s.put(">>")
	d.object(root, s)
	return root
}

// noteID returns the identifier of the n-th note; all are equally long, so
// that their order as strings is that of their numbers.
func noteID(n int) string {
	digits := []byte("note00000")
	for i := len(digits) - 1; n > 0; i-- {
		digits[i] = byte('0' + n%10)
		n /= 10
	}
	return string(digits)
}

// element appends the object of one structure element to s; notes counts the
// notes up to it.
func (d *document) element(s syntax, i, parent, notes int, refs []int, box *[4]unit.EMU) syntax {
	e := &d.elements[i]
	s.put("<</S/")
	s.put(e.Role.String())
	s.put("/P ")
	s.ref(parent)
	kids := d.tree.kids[i]
	home := -1 // the page of the first own content
	for _, k := range kids {
		if k.element < 0 {
			home = k.page
			s.put("/Pg ")
			s.ref(d.pages[home])
			break
		}
	}
	if len(kids) > 0 {
		s.put("/K")
		if len(kids) > 1 {
			s.put("[")
		} else {
			s.put(" ")
		}
		for k := range kids {
			if k > 0 {
				s.put(" ")
			}
			d.kid(&s, &kids[k], home, refs)
		}
		if len(kids) > 1 {
			s.put("]")
		}
	}
	if alt := e.Alt; alt != "" || e.Role == page.RoleFigure {
		if alt == "" {
			alt = "Рисунок"
		}
		s.put("/Alt")
		s.text(alt)
	}
	if e.Lang != "" {
		s.put("/Lang")
		s.text(e.Lang)
	}
	switch e.Role {
	case page.RoleNote:
		s.put("/ID")
		s.text(noteID(notes))
	case page.RoleTH, page.RoleTD:
		var a syntax
		if e.Role == page.RoleTH {
			a.put([...]string{"/Scope/Column", "/Scope/Column", "/Scope/Row"}[min(e.Scope, 2)])
		}
		if e.ColSpan > 1 {
			a.key("/ColSpan", e.ColSpan)
		}
		if e.RowSpan > 1 {
			a.key("/RowSpan", e.RowSpan)
		}
		if len(a) > 0 {
			s.put("/A<</O/Table")
			s = append(s, a...)
			s.put(">>")
		}
	case page.RoleL:
		if e.Ordered {
			s.put("/A<</O/List/ListNumbering/Decimal>>")
		} else {
			s.put("/A<</O/List/ListNumbering/Disc>>")
		}
	case page.RoleFigure:
		if box != nil {
			s.put("/A<</O/Layout/Placement/Block/BBox[")
			for _, v := range box {
				s.points(v)
				s.put(" ")
			}
			s.put("]>>")
		}
	}
	s.put(">>")
	return s
}

// kid writes one entry of K.
func (d *document) kid(s *syntax, k *kid, home int, refs []int) {
	switch {
	case k.element >= 0:
		s.ref(refs[k.element])
	case k.annotation != 0:
		s.put("<</Type/OBJR/Obj ")
		s.ref(k.annotation)
		if k.page != home {
			s.put("/Pg ")
			s.ref(d.pages[k.page])
		}
		s.put(">>")
	case k.page == home:
		s.int(k.mcid)
	default:
		s.put("<</Type/MCR/Pg ")
		s.ref(d.pages[k.page])
		s.key("/MCID", k.mcid)
		s.put(">>")
	}
}

// pathBox returns the box around the points of a path.
func pathBox(p *page.Path, height unit.EMU) (b [4]unit.EMU) {
	for i, s := range p.Steps {
		if s.Kind == page.Close {
			continue
		}
		at := [4]unit.EMU{s.To.X, height - s.To.Y, s.To.X, height - s.To.Y}
		if i == 0 {
			b = at
		}
		b = [4]unit.EMU{min(b[0], at[0]), min(b[1], at[1]), max(b[2], at[2]), max(b[3], at[3])}
	}
	return b
}

// figureBoxes returns, per element, the box around its pictures: left, bottom,
// right, top in PDF's directions.
func (d *document) figureBoxes() map[int]*[4]unit.EMU {
	boxes := map[int]*[4]unit.EMU{}
	for i := range d.doc.Pages {
		height := d.doc.Pages[i].Height
		for _, item := range d.doc.Pages[i].Items {
			var b [4]unit.EMU
			element := page.Artifact
			switch item := item.(type) {
			case *page.Image:
				element = item.Element
				b = [4]unit.EMU{item.X, height - item.Y - item.Height, item.X + item.Width, height - item.Y}
			case *page.Foreign:
				element = item.Element
				b = [4]unit.EMU{item.X, height - item.Y - item.Height, item.X + item.Width, height - item.Y}
			case *page.Path:
				element, b = item.Element, pathBox(item, height)
			}
			if element < 0 {
				continue
			}
			if old := boxes[element]; old != nil {
				*old = [4]unit.EMU{min(b[0], old[0]), min(b[1], old[1]), max(b[2], old[2]), max(b[3], old[3])}
			} else {
				first := b
				boxes[element] = &first
			}
		}
	}
	return boxes
}
