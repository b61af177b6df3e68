package fill

import (
	"bytes"
	"slices"
	"strconv"
	"strings"

	"nastavnik/internal/docx"
)

// opcode says what an operation does when a template is rendered.
type opcode uint8

const (
	opText     opcode = iota // write lit
	opTable                  // write lit, which begins a table
	opValue                  // write the value of expr
	opBlank                  // write a line of n underscores
	opImage                  // write a picture
	opSwap                   // write the relationship of a picture in the place of another
	opEach                   // body for each element of expr; alt for none
	opIf                     // body when expr holds, else alt
	opVisible                // what follows shows on paper
	opVanish                 // body, unless nothing in it showed
	opWrap                   // head, body, lit; nothing at all when body wrote nothing
	opHold                   // head, body, lit; filler when a paragraph is missing at the end
	opID                     // a fresh number of a drawing
	opMark                   // bookmark slot begins once more
	opBookmark               // the number of bookmark slot; the first pass keeps n
	opName                   // a suffix that makes the name of bookmark slot unique
	opNum                    // the number of list slot
	opLater                  // lit, except in the first pass of the loop
	opRow                    // a row of a table begins
	opMerge                  // body, or alt when the key is that of the row above
	opWidth                  // n divided by the length of expr
	opRun                    // w:gridSpan of merged columns
	opSpan                   // n columns, widened by the loops over columns
	opNote                   // body is the text of a note, for the part of notes slot
	opNoteID                 // the number of the note written last
	opLanguage               // the language that expr names, or Russian
)

// op is one operation. Ops are made by Compile and never change.
type op struct {
	do     opcode
	lit    []byte
	filler []byte
	expr   *expression
	p      *placeholder
	head   []op
	body   []op
	alt    []op
	exprs  []*expression
	slot   int
	n      int64
	lists  []list      // restarted by each pass of a loop
	across *expression // elements of a loop over columns that are equal in it share a cell
	mode   mode
	part   *partPlan
}

// mode is where a value stands.
type mode uint8

const (
	modeText    mode = iota // w:t: a line break is w:br
	modeDrawing             // a:t
	modePlain               // properties of the file
	modeAttribute
)

// list is a numbered list that begins anew in each pass.
type list struct {
	num  int // w:numId in the template
	slot int
}

// emitter flattens one part to operations.
type emitter struct {
	c      *compiler
	plan   *partPlan
	scope  *scope
	depth  int // loops around
	parent map[*docx.Node]*docx.Node
	hot    map[*docx.Node]bool // nodes with something to fill below

	ops []op
	lit []byte

	vanish    bool        // inside a paragraph that goes when nothing shows
	breakPage bool        // the next paragraph begins a page in later passes
	column    *expression // the list whose elements share the width of a column
	lists     map[int]int // numId to slot
	bookmarks map[string]int
}

// markHot marks the ancestors of markers and blocks.
func (e *emitter) markHot(n *docx.Node) {
	for ; n != nil && !e.hot[n]; n = e.parent[n] {
		e.hot[n] = true
	}
}

func (e *emitter) flush() {
	if len(e.lit) == 0 {
		return
	}
	do := opText
	if bytes.HasPrefix(e.lit, []byte("<w:tbl>")) || bytes.HasPrefix(e.lit, []byte("<w:tbl ")) {
		do = opTable
	}
	e.ops = append(e.ops, op{do: do, lit: bytes.Clone(e.lit)})
	e.lit = e.lit[:0]
}

func (e *emitter) add(o op) {
	e.flush()
	e.ops = append(e.ops, o)
}

// nested returns the operations that write makes.
func (e *emitter) nested(write func()) []op {
	ops, lit := e.ops, e.lit
	e.ops, e.lit = nil, nil
	write()
	e.flush()
	made := e.ops
	e.ops, e.lit = ops, lit
	return made
}

func (e *emitter) children(n *docx.Node) {
	for _, c := range n.Children {
		e.node(c)
	}
}

// node writes a node of the tree.
func (e *emitter) node(n *docx.Node) {
	switch n.Kind {
	case docx.Document:
		e.children(n)
		return
	case docx.Element:
	default:
		switch n.Name {
		case markerName:
			e.marker(n)
		case blockName:
			e.block(n)
		case controlName: // its problem was reported
		case runName:
			e.add(op{do: opRun})
		case branchName:
			e.children(n)
		default:
			e.lit = n.AppendTo(e.lit)
		}
		return
	}
	if !e.hot[n] && e.depth == 0 && e.column == nil {
		e.lit = n.AppendTo(e.lit)
		return
	}
	switch n.Name {
	case "w:p":
		e.paragraph(n)
	case "w:tbl":
		column := e.column
		e.column = nil
		e.add(op{do: opRow})
		e.wrap(n, "w:tr")
		e.column = column
	case "w:tr":
		e.add(op{do: opRow})
		e.wrap(e.bare(n), "w:tc")
	case "w:tc":
		e.cell(n)
	case "w:txbxContent", "w:hdr", "w:ftr", "w:footnote", "w:endnote":
		e.hold(n)
	case "w:sdt":
		e.control(n)
	case "w:r":
		e.run(n)
	case "w:numId":
		if slot, ok := e.lists[number(n.Attr("w:val"), -1)]; ok {
			e.attr(n, "w:val", op{do: opNum, slot: slot})
			return
		}
		e.element(n)
	case "wp:docPr":
		if e.depth > 0 {
			e.c.attrs[n] = append(slices.Clone(e.c.attrs[n]), attribute{name: "id", ops: []attributeOp{{fresh: true}}})
			e.element(n)
			e.c.attrs[n] = e.c.attrs[n][:len(e.c.attrs[n])-1]
			return
		}
		e.element(n)
	case "wp:inline", "wp:anchor":
		e.element(e.bare(n))
	case "w:bookmarkStart", "w:bookmarkEnd":
		e.bookmark(n)
	case "w:footnoteReference", "w:endnoteReference":
		e.noteReference(n)
	case "w:gridCol":
		e.width(n, "w:w")
	case "w:tcW":
		if t := n.Attr("w:type"); t == "" || t == "dxa" || t == "pct" {
			e.width(n, "w:w")
			return
		}
		e.element(n)
	default:
		e.element(n)
	}
}

// element writes a start tag, the children and the end tag.
func (e *emitter) element(n *docx.Node) {
	if attrs := e.c.attrs[n]; attrs != nil {
		e.attributes(n, attrs)
		return
	}
	if len(n.Children) == 0 {
		e.lit = n.AppendTo(e.lit)
		return
	}
	e.lit = n.AppendOpen(e.lit, false)
	e.children(n)
	e.lit = n.AppendEnd(e.lit)
}

// run writes a run, in the language that a placeholder in it asks for.
func (e *emitter) run(n *docx.Node) {
	x := e.language(n)
	if x == nil {
		e.element(n)
		return
	}
	e.lit = n.AppendOpen(e.lit, false)
	look := docx.NewElement("w:rPr")
	if own := n.Child("w:rPr"); own != nil {
		look.Children = slices.DeleteFunc(slices.Clone(own.Children), func(c *docx.Node) bool { return c.Name == "w:lang" })
	}
	e.lit = look.AppendOpen(e.lit, false)
	for _, c := range look.Children {
		e.lit = c.AppendTo(e.lit)
	}
	e.attr(docx.NewElement("w:lang", "w:val", ""), "w:val", op{do: opLanguage, expr: x})
	e.lit = look.AppendEnd(e.lit)
	for _, c := range n.Children {
		if c.Name != "w:rPr" {
			e.node(c)
		}
	}
	e.lit = n.AppendEnd(e.lit)
}

// language returns what gives the language of a run, nil when nothing does.
func (e *emitter) language(n *docx.Node) *expression {
	if !e.hot[n] {
		return nil
	}
	for d := range n.Walk() {
		for _, c := range d.Children {
			if p := e.c.markers[c]; p != nil && p.language.text != "" {
				asks := *p
				asks.expr = p.language
				return e.c.compileExpr(&asks, e.scope)
			}
		}
	}
	return nil
}

// bare returns n without the identifiers that must not be repeated; Word makes
// new ones.
func (e *emitter) bare(n *docx.Node) *docx.Node {
	if e.depth == 0 {
		return n
	}
	for _, name := range []string{"w14:paraId", "w14:textId", "wp14:anchorId", "wp14:editId"} {
		if n.HasAttr(name) {
			c := *n
			c.RemoveAttr("w14:paraId")
			c.RemoveAttr("w14:textId")
			c.RemoveAttr("wp14:anchorId")
			c.RemoveAttr("wp14:editId")
			if e.hot[n] {
				e.hot[&c] = true
			}
			return &c
		}
	}
	return n
}

// hole stands for the value of an attribute until the tag is cut there.
const hole = "fill-hole-7f3a"

// attr writes n with an operation as the value of an attribute.
func (e *emitter) attr(n *docx.Node, name string, o op) {
	c := *n
	c.SetAttr(name, hole)
	start := len(e.lit)
	e.lit = c.AppendOpen(e.lit, len(n.Children) == 0)
	at := start + bytes.Index(e.lit[start:], []byte(hole))
	after := bytes.Clone(e.lit[at+len(hole):])
	e.lit = e.lit[:at]
	e.add(o)
	e.lit = append(e.lit, after...)
	if len(n.Children) > 0 {
		e.children(n)
		e.lit = n.AppendEnd(e.lit)
	}
}

// paragraph writes a paragraph; one that holds only conditional things
// vanishes when none of them shows.
func (e *emitter) paragraph(n *docx.Node) {
	n = e.bare(n)
	write := func() {
		e.lit = n.AppendOpen(e.lit, false)
		if e.breakPage {
			e.breakPage = false
			e.pageBreakBefore(n)
		} else {
			e.children(n)
		}
		e.lit = n.AppendEnd(e.lit)
	}
	if len(n.Children) == 0 && !e.breakPage {
		e.lit = n.AppendTo(e.lit)
		return
	}
	if e.vanish || !e.vanishes(n) {
		write()
		return
	}
	e.vanish = true
	body := e.nested(write)
	e.vanish = false
	e.add(op{do: opVanish, body: body})
}

// vanishes reports whether a paragraph holds conditional things and nothing
// else that shows.
func (e *emitter) vanishes(n *docx.Node) bool {
	if !e.hot[n] || n.Path("w:pPr", "w:sectPr") != nil {
		return false
	}
	for c := range n.Elements() {
		if c.Name == "w:bookmarkStart" || c.Name == "w:bookmarkEnd" {
			return false
		}
	}
	conditional := false
	return !e.certain(n, &conditional) && conditional
}

// certain reports whether something in n shows whatever the data are.
func (e *emitter) certain(n *docx.Node, conditional *bool) bool {
	for _, c := range n.Children {
		switch {
		case c.Name == blockName:
			*conditional = true
		case c.Name == markerName:
			if p := e.c.markers[c]; !p.opt || p.kind != kindValue {
				return true
			}
			*conditional = true
		case c.Kind == docx.Element && e.hot[c]:
			if e.certain(c, conditional) {
				return true
			}
		case c.Kind == docx.Text && (n.Name == "w:t" || n.Name == "a:t"):
			if strings.TrimFunc(c.Text(), blankRune) != "" {
				return true
			}
		case c.Kind == docx.Element && !isProps(c):
			one := &docx.Node{Kind: docx.Other, Name: branchName, Children: []*docx.Node{c}}
			if prints(one) {
				return true
			}
		}
	}
	return false
}

// pageBreakBefore writes the children of a paragraph with w:pageBreakBefore in
// its properties in all passes but the first. In w:pPr it stands after the
// style and the two keeps (17.3.1.26 pPr).
func (e *emitter) pageBreakBefore(n *docx.Node) {
	mark := op{do: opLater, lit: []byte("<w:pageBreakBefore/>")}
	props := n.Child("w:pPr")
	if props == nil {
		e.add(op{do: opLater, lit: []byte("<w:pPr><w:pageBreakBefore/></w:pPr>")})
		e.children(n)
		return
	}
	for _, c := range n.Children {
		if c != props {
			e.node(c)
			continue
		}
		e.lit = props.AppendOpen(e.lit, false)
		done := props.Child("w:pageBreakBefore") != nil
		for _, prop := range props.Children {
			if !done && prop.Name != "w:pStyle" && prop.Name != "w:keepNext" && prop.Name != "w:keepLines" {
				e.add(mark)
				done = true
			}
			e.node(prop)
		}
		if !done {
			e.add(mark)
		}
		e.lit = props.AppendEnd(e.lit)
	}
}

// wrap writes a table or a row, which goes altogether when no row or cell is
// left in it.
func (e *emitter) wrap(n *docx.Node, child string) {
	certain := false
	for _, c := range n.Children {
		if c.Name == child || c.Name == "w:sdt" || c.Name == "w:customXml" {
			certain = true
		}
	}
	if certain {
		e.element(n)
		return
	}
	var head, body []op
	head = e.nested(func() {
		e.lit = n.AppendOpen(e.lit, false)
		for _, c := range n.Children {
			if c.Kind == docx.Element {
				e.node(c)
			}
		}
	})
	body = e.nested(func() {
		for _, c := range n.Children {
			if c.Kind != docx.Element {
				e.node(c)
			}
		}
	})
	e.add(op{do: opWrap, head: head, body: body, lit: n.AppendEnd(nil)})
}

// hold writes what must end with a paragraph: a cell, a header, a text box, a
// note (17.4.65 tc: «at least one block-level element», and Word wants a
// paragraph last).
func (e *emitter) hold(n *docx.Node) {
	if last := lastBlock(n); !e.hot[n] || last != nil && last.Name == "w:p" && !(e.hot[last] && e.vanishes(last)) {
		e.element(n)
		return
	}
	head := e.nested(func() {
		e.lit = n.AppendOpen(e.lit, false)
		for _, c := range n.Children {
			if c.Name == "w:tcPr" {
				e.node(c)
			}
		}
	})
	body := e.nested(func() {
		for _, c := range n.Children {
			if c.Name != "w:tcPr" {
				e.node(c)
			}
		}
	})
	e.add(op{do: opHold, head: head, body: body, lit: n.AppendEnd(nil), filler: e.filler(n)})
}

// filler is an empty paragraph with the look of the first that stood in n; a
// number or a section break it has not.
func (e *emitter) filler(n *docx.Node) []byte {
	b := []byte("<w:p>")
	if props := e.c.fillers[n]; props != nil {
		look := *props
		look.Children = slices.DeleteFunc(slices.Clone(props.Children), func(c *docx.Node) bool {
			return c.Name == "w:numPr" || c.Name == "w:sectPr"
		})
		b = look.AppendTo(b)
	}
	return append(b, "</w:p>"...)
}

func lastBlock(n *docx.Node) *docx.Node {
	for _, c := range slices.Backward(n.Children) {
		switch c.Name {
		case "w:p", "w:tbl", "w:sdt", blockName:
			return c
		}
	}
	return nil
}

// control writes a content control: in a loop without its identifier, and
// without the binding by which Word would put the template's text back.
func (e *emitter) control(n *docx.Node) {
	c := *n
	c.Children = slices.Clone(n.Children)
	for i, child := range c.Children {
		if child.Name == "w:sdtPr" {
			props := *child
			props.Children = slices.DeleteFunc(slices.Clone(child.Children), func(p *docx.Node) bool {
				switch p.Name {
				case "w:id":
					return e.depth > 0
				case "w:dataBinding", "w15:dataBinding", "w:showingPlcHdr", "w:placeholder":
					return e.hot[n]
				}
				return false
			})
			c.Children[i] = &props
		}
	}
	e.element(&c)
}

// bookmark writes the start or the end of a bookmark. In a loop every pass
// but the first gets a number and a name of its own; one that only begins or
// only ends in the loop is left out.
func (e *emitter) bookmark(n *docx.Node) {
	if e.depth == 0 {
		e.element(n)
		return
	}
	id := n.Attr("w:id")
	slot, known := e.bookmarks[id]
	if !known {
		return
	}
	if n.Name == "w:bookmarkEnd" {
		e.attr(n, "w:id", op{do: opBookmark, slot: slot, n: int64(number(id, 0))})
		return
	}
	e.add(op{do: opMark, slot: slot})
	c := *n
	name := []rune(n.Attr("w:name"))
	c.SetAttr("w:name", string(name[:min(len(name), 32)])+hole+"2") // 40 characters at most
	start := len(e.lit)
	c.SetAttr("w:id", hole)
	e.lit = c.AppendOpen(e.lit, true)
	tag := bytes.Clone(e.lit[start:])
	e.lit = e.lit[:start]
	for len(tag) > 0 {
		at := bytes.Index(tag, []byte(hole))
		if at < 0 {
			e.lit = append(e.lit, tag...)
			break
		}
		e.lit = append(e.lit, tag[:at]...)
		tag = tag[at+len(hole):]
		if bytes.HasPrefix(tag, []byte("2")) && !bytes.HasPrefix(tag, []byte(`"`)) {
			tag = tag[1:]
			e.add(op{do: opName, slot: slot})
		} else {
			e.add(op{do: opBookmark, slot: slot, n: int64(number(id, 0))})
		}
	}
}

// marker writes a value, a picture or a line.
func (e *emitter) marker(n *docx.Node) {
	if opens := e.c.spanOf[n]; opens != nil {
		o := op{do: opSpan, n: int64(number(n.Children[0].Attr("w:val"), 1))}
		for _, open := range opens {
			if x := e.c.compileExpr(open, e.scope); x != nil {
				o.exprs = append(o.exprs, x)
			}
		}
		e.attr(n.Children[0], "w:val", o)
		return
	}
	p := e.c.markers[n]
	around := e.parent[n]
	m := modeText
	if around != nil && around.Name == "a:t" {
		m = modeDrawing
	} else if around == nil || around.Name != "w:t" {
		m = modePlain
	}
	switch p.kind {
	case kindBlank:
		e.add(op{do: opBlank, n: int64(p.width), p: p, mode: m})
	case kindImage:
		e.image(p, m)
	case kindValue:
		x := e.c.compileExpr(p, e.scope)
		if x == nil {
			return
		}
		if !x.shape.prints() {
			e.c.notText(p, x.shape)
			return
		}
		e.add(op{do: opValue, expr: x, p: p, mode: m})
	}
}

// notText reports a value that has no text, with the fields it has.
func (c *compiler) notText(p *placeholder, s *shape) {
	wrong := c.problems.Add(p.place, "«%s» нельзя напечатать: это %s", p.expr.text, s.about)
	switch {
	case s.form == formList:
		wrong.Hint = "напишите «{{#each " + p.expr.text + " as x}} … {{/each}}»"
	case s.field("nom") != nil:
		wrong.Hint = "укажите падеж: «" + p.expr.text + ".nom», «" + p.expr.text + ".gen»; есть " + listed(s.names)
	default:
		wrong.Hint = "есть " + listed(s.names)
	}
}

// block writes a loop or a condition.
func (e *emitter) block(n *docx.Node) {
	b := e.c.blocks[n]
	if b.open.kind == kindEach {
		e.each(b)
	} else {
		e.condition(b, n.Children, append([]*placeholder{b.open}, b.elses...))
	}
}

// branch returns the operations of a branch.
func (e *emitter) branch(n *docx.Node) []op {
	return e.nested(func() {
		if e.vanish {
			conditional := false
			if e.certain(n, &conditional) {
				e.add(op{do: opVisible})
			}
		}
		e.children(n)
	})
}

func (e *emitter) condition(b *block, branches []*docx.Node, heads []*placeholder) {
	if len(heads) == 0 {
		return
	}
	p := heads[0]
	if p.kind == kindElse {
		e.flush()
		e.ops = append(e.ops, e.branch(branches[0])...)
		return
	}
	x := e.c.compileExpr(p, e.scope)
	body := e.branch(branches[0])
	alt := e.nested(func() { e.condition(b, branches[1:], heads[1:]) })
	if x != nil {
		e.add(op{do: opIf, expr: x, p: p, body: body, alt: alt})
	}
}

func (e *emitter) each(b *block) {
	p := b.open
	x := e.c.compileExpr(p, e.scope)
	elem := anyShape
	if x != nil && x.isPath && x.shape.form == formAny {
		e.c.touch(x.path)
	}
	if x != nil {
		switch x.shape.form {
		case formList, formBoth:
			elem = orAny(x.shape.elem)
		case formAny:
		default:
			e.c.problems.Add(p.place, "«%s» — не список, а %s", p.expr.text, x.shape.about).Hint = "цикл «{{#each}}» идёт по списку"
			x = nil
		}
	}
	outer, column, lists, bookmarks := e.scope, e.column, e.lists, e.bookmarks
	e.c.slots++
	slot := e.c.slots - 1
	o := op{do: opEach, expr: x, p: p, slot: slot}
	body, other := b.node.Children[0], (*docx.Node)(nil)
	if len(b.node.Children) > 1 {
		other = b.node.Children[1]
	}
	e.scope = &scope{outer: outer, name: p.name, shape: elem, slot: slot, loop: true}
	if x != nil && x.path != "" {
		e.scope.path = x.path + "[]"
	}
	e.depth++
	if b.column {
		e.column = x
		for _, c := range body.Children {
			if p := e.marked(c, func(p *placeholder) bool { return p.hmerge }); p != nil {
				o.across = e.c.compileExpr(p, e.scope)
			}
		}
	} else {
		o.lists = e.restarts(b, body)
	}
	e.bookmarks = e.bookmarkSlots(body)
	o.body = e.nested(func() {
		if p.newPage {
			e.newPage(body)
		}
		e.flush()
		e.ops = append(e.ops, e.branch(body)...)
	})
	e.depth--
	e.scope, e.column, e.lists, e.bookmarks = outer, column, lists, bookmarks
	if other != nil {
		o.alt = e.branch(other)
	}
	if x != nil {
		e.add(o)
	}
	e.breakPage = false
}

// newPage makes every pass but the first begin a page: by its first paragraph,
// or by a paragraph of its own before a table.
func (e *emitter) newPage(body *docx.Node) {
	for _, c := range body.Children {
		switch c.Name {
		case "w:p":
			e.breakPage = true
			return
		case "w:tbl", "w:sdt", blockName:
			e.add(op{do: opLater, lit: []byte(`<w:p><w:r><w:br w:type="page"/></w:r></w:p>`)})
			return
		}
	}
}

// bookmarkSlots gives the bookmarks that begin and end in n slots of their own.
func (e *emitter) bookmarkSlots(n *docx.Node) map[string]int {
	starts, slots := map[string]bool{}, map[string]int{}
	for id := range e.bookmarks {
		slots[id] = e.bookmarks[id]
	}
	var walk func(n *docx.Node)
	walk = func(n *docx.Node) {
		for _, c := range n.Children {
			switch c.Name {
			case "w:bookmarkStart":
				starts[c.Attr("w:id")] = true
			case "w:bookmarkEnd":
				if id := c.Attr("w:id"); starts[id] {
					slots[id] = e.c.bookmarkSlots
					e.c.bookmarkSlots++
				}
			default:
				walk(c)
			}
		}
	}
	walk(n)
	return slots
}

func number(s string, otherwise int) int {
	n, err := strconv.Atoi(s)
	if err != nil || n < 0 || n > 1<<30 {
		return otherwise
	}
	return n
}
