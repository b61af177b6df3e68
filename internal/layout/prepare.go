package layout

import (
	"strings"

	"nastavnik/internal/page"
	"nastavnik/internal/wml"
)

// breakKind is what must happen before a block.
type breakKind uint8

const (
	breakNone breakKind = iota
	breakColumn
	breakPage
)

// block is a paragraph or a table made ready for the flow.
type block struct {
	para  *para
	table *wml.Table
	el    int       // of a table
	brk   breakKind // before the block
	guess int       // how many pages come before it by LibreOffice's guess, if it begins one; else 0
}

// prepare makes the blocks of all sections and the tree of elements, in
// reading order. Heads and feet are artifacts and have no elements.
func (e *engine) prepare() {
	e.out.Elements = append(e.out.Elements, page.Element{Role: page.RoleDocument, Parent: -1})
	for i, s := range e.doc.Sections {
		sec := &section{src: s, index: i}
		e.textHeight = s.Height - max(s.Top, -s.Top) - max(s.Bottom, -s.Bottom)
		e.textWidth = s.Width - s.Left - s.Right - s.Gutter
		e.grid = s.LineGrid
		sec.blocks = e.blocks(s.Blocks, 0, true)
		e.sections = append(e.sections, sec)
	}
}

func (e *engine) element(el page.Element) int {
	if el.Parent < 0 {
		return page.Artifact
	}
	e.out.Elements = append(e.out.Elements, el)
	return len(e.out.Elements) - 1
}

// list is an open list of the structure tree.
type list struct{ el, item, body, level, id int }

// structure remembers where in the tree the next paragraph goes.
type structure struct {
	parent int
	lists  []list
	toc    int
	first  bool // the paragraph is the first of its section
}

// blocks makes the blocks of one flow below the element parent; Artifact
// makes no elements. Page breaks count in the body only.
func (e *engine) blocks(src []wml.Block, parent int, body bool) []*block {
	if e.depth++; e.depth > 60 {
		e.depth--
		return nil
	}
	defer func() { e.depth-- }()
	s := &structure{parent: parent}
	out := make([]*block, 0, len(src))
	pending := breakNone
	var frames []*wml.Drawing // text frames that the next paragraph anchors
	var initial *wml.Drawing  // its drop cap
	for i := 0; i < len(src); i++ {
		b := src[i]
		switch b := b.(type) {
		case *wml.Paragraph:
			if b.SectionEnd && i > 0 {
				continue // LibreOffice gives it no room
			}
			if allHidden(b) || b.Mark.Hidden && i+1 < len(src) && !hasContent(b) && b.Label == nil {
				continue
			}
			if f := b.Props.Frame; f != nil && i+1 < len(src) {
				if next, ok := src[i+1].(*wml.Paragraph); ok && f.DropCap != "" && f.DropCap != "none" {
					initial = e.dropCap(f, b, next)
					continue
				}
				n := i + 1
				for n < len(src) && sameFrame(src[n], f) {
					n++
				}
				if followedByParagraph(src[n:]) {
					frames = append(frames, textFrame(f, src[i:n]))
					i = n - 1
					continue
				}
			}
			s.first = body && i == 0
			parts, after := e.paragraph(b, s, body)
			if initial != nil {
				e.placeCap(parts[0], initial)
				initial = nil
			}
			if len(frames) > 0 {
				p := parts[0]
				p.floats = append(p.floats, frames...)
				if s.parent >= 0 {
					for _, d := range frames {
						e.placeDrawing(p, d, s.parent)
					}
				}
				frames = nil
			}
			for _, p := range parts {
				blk := &block{para: p, brk: max(pending, p.brk)}
				if body && p.props.PageBreakBefore && blk.brk == breakNone && p.first {
					blk.brk = breakPage
				}
				pending = breakNone
				out = append(out, blk)
			}
			pending = max(pending, after)
		case *wml.Table:
			s.lists, s.toc = nil, 0
			if body && e.floating(b) && followedByParagraph(src[i+1:]) && !e.tooHigh(b) {
				frames = append(frames, e.tableFrame(b))
				continue
			}
			blk := &block{table: b, brk: pending}
			pending = breakNone
			if parent >= 0 {
				role := page.RoleTable
				if placing(b) {
					role = page.RoleDiv
				}
				blk.el = e.element(page.Element{Role: role, Parent: parent, Alt: b.Caption})
			} else {
				blk.el = page.Artifact
			}
			if body {
				// the elements of cells must follow in reading order
				e.tables[b] = e.newTable(b, blk.el)
			}
			out = append(out, blk)
		}
	}
	joinBorders(out)
	if len(out) > 0 && out[0].para != nil && (!body || len(e.sections) == 0) {
		out[0].para.opens = true
	}
	return out
}

// followedByParagraph reports whether a paragraph that can anchor a frame
// comes next, or after other frames and tables.
func followedByParagraph(src []wml.Block) bool {
	for _, b := range src {
		if p, ok := b.(*wml.Paragraph); ok && p.Props.Frame == nil && !p.SectionEnd && !allHidden(p) && !p.Mark.Hidden {
			return true
		}
	}
	return false
}

// floating reports whether text runs around the table: when w:tblpPr says so
// and leaves room for text beside it. LibreOffice 7.4 lets others stand in the
// flow, where they may break over pages.
func (e *engine) floating(t *wml.Table) bool {
	if t.Float == nil || t.Width.Kind == wml.MeasurePercent {
		return false
	}
	w, _ := tableWidth(t, e.textWidth, false)
	return w+t.Float.Left+t.Float.Right+minBeside <= e.textWidth
}

// tooHigh reports whether a table is higher than the text of a page: then it is
// set in the flow, where it breaks over pages. Word breaks a floating one;
// LibreOffice 7.4 loses what does not fit.
func (e *engine) tooHigh(t *wml.Table) bool {
	b := &block{table: t, el: page.Artifact}
	box := e.newTable(t, page.Artifact)
	e.tables[t] = box
	defer delete(e.tables, t)
	e.layTable(b, e.textWidth)
	height := twip(0)
	for _, row := range box.rows {
		height += row.height
	}
	return height > e.textHeight
}

// tableFrame makes a floating box of a table; its edge stands left of the place
// stated by the cells' margin.
func (e *engine) tableFrame(t *wml.Table) *wml.Drawing {
	f := t.Float
	own := *t
	own.Float, own.Indent, own.Align = nil, 0, wml.AlignLeft
	if e.doc.Settings.Compat < 15 {
		own.Indent = t.Margins.Left
	} else if len(t.Rows) > 0 && len(t.Rows[0].Cells) > 0 {
		own.Indent = -borderWidth(t.Rows[0].Cells[0].Left) / 2
	}
	width, _ := tableWidth(t, e.textWidth, false)
	d := &wml.Drawing{Wrap: wml.WrapSquare, Fill: wml.Auto, Line: wml.Auto, AutoFit: true, Fly: true, Width: width.EMU(),
		HAlign: f.XAlign, VAlign: f.YAlign, X: (f.X - t.Margins.Left).EMU(), Y: f.Y.EMU(), Blocks: []wml.Block{&own}}
	anchor(d, f.HAnchor, f.VAnchor)
	d.Dist.Left, d.Dist.Right = f.Left.EMU(), f.Right.EMU()
	d.Dist.Top, d.Dist.Bottom = f.Top.EMU(), f.Bottom.EMU()
	return d
}

// anchor says what the place of a floating table or text frame is counted from
// (w:horzAnchor and w:vertAnchor, w:hAnchor and w:vAnchor): the text, unless it
// names the page or the margin.
func anchor(d *wml.Drawing, horizontal, vertical string) {
	d.HFrom, d.VFrom = "column", "paragraph"
	if horizontal == "page" || horizontal == "margin" {
		d.HFrom = horizontal
	}
	if vertical == "page" || vertical == "margin" {
		d.VFrom = vertical
	}
	if d.VAlign == "inline" {
		d.VAlign = ""
	}
}

// sameFrame reports whether the block stands in the same text frame.
func sameFrame(b wml.Block, f *wml.Frame) bool {
	p, ok := b.(*wml.Paragraph)
	return ok && p.Props.Frame != nil && *p.Props.Frame == *f
}

// textFrame makes a floating text box of the paragraphs of a w:framePr.
func textFrame(f *wml.Frame, src []wml.Block) *wml.Drawing {
	d := &wml.Drawing{Wrap: wml.WrapSquare, Fill: wml.Auto, Line: wml.Auto, AutoFit: true,
		Width: f.Width.EMU(), Height: f.Height.EMU(),
		HAlign: f.XAlign, VAlign: f.YAlign, X: f.X.EMU(), Y: f.Y.EMU(), Frame: true, Fly: true}
	if f.HeightExact {
		d.AutoFit = false
	}
	anchor(d, f.HAnchor, f.VAnchor)
	switch f.Wrap {
	case "none", "through":
		d.Wrap = wml.WrapNone
	case "notBeside":
		d.Wrap = wml.WrapTopBottom
	}
	d.Dist.Left, d.Dist.Right = f.HSpace.EMU(), f.HSpace.EMU()
	d.Dist.Top, d.Dist.Bottom = f.VSpace.EMU(), f.VSpace.EMU()
	for _, b := range src {
		p := *b.(*wml.Paragraph)
		props := *p.Props
		props.Frame = nil
		p.Props = &props
		d.Blocks = append(d.Blocks, &p)
	}
	return d
}

// paragraph makes the boxes of one paragraph: several when page or column
// breaks stand in it. after is the break that the next block begins with.
func (e *engine) paragraph(src *wml.Paragraph, s *structure, body bool) (parts []*para, after breakKind) {
	runs := src.Runs
	first := &para{src: src, props: src.Props, first: true, el: page.Artifact, labelEl: page.Artifact}
	if src.Props.SnapToGrid {
		first.grid = e.grid
	}
	e.place(first, s)
	start, current := 0, first
	visible := false
	for i := range runs {
		r := &runs[i]
		if r.Kind != wml.PageBreak && r.Kind != wml.ColumnBreak {
			if r.Kind != wml.BookmarkRun && (r.Kind != wml.TextRun || r.Text != "") {
				visible = true
			}
			continue
		}
		if !body {
			continue
		}
		kind := breakPage
		if r.Kind == wml.ColumnBreak {
			kind = breakColumn
		}
		rest := hasVisible(runs[i+1:])
		switch {
		case !visible && rest && !(s.first && len(parts) == 0): // the break is the first thing: it moves the paragraph
			current.brk = max(current.brk, kind)
			start = i + 1
		case rest:
			current.runs = runs[start:i]
			parts = append(parts, current)
			current = &para{src: src, props: src.Props, grid: first.grid, el: first.el, labelEl: page.Artifact, brk: kind}
			start, visible = i+1, false
		case kind == breakColumn || e.doc.Settings.SplitPageBreak:
			// the paragraph's mark stands behind the break
			if !visible && !s.first {
				current.brk = max(current.brk, kind)
				start = i + 1
				continue
			}
			current.runs = runs[start:i]
			parts = append(parts, current)
			current = &para{src: src, props: src.Props, grid: first.grid, el: first.el, labelEl: page.Artifact, brk: kind}
			start, visible = i+1, false
		default:
			current.runs = runs[start:i]
			if i+1 < len(runs) { // another break or an anchor behind it
				for _, x := range runs[i+1:] {
					if x.Kind == wml.PageBreak {
						kind = breakPage
					}
				}
			}
			return append(parts, current), kind
		}
	}
	current.runs = runs[start:]
	return append(parts, current), breakNone
}

func hasVisible(runs []wml.Run) bool {
	for i := range runs {
		switch r := &runs[i]; r.Kind {
		case wml.PageBreak, wml.ColumnBreak, wml.BookmarkRun:
		case wml.TextRun:
			if r.Text != "" {
				return true
			}
		default:
			return true
		}
	}
	return false
}

// place gives the paragraph its elements: a heading by its outline level, an
// item of a list by its label, an entry of a table of contents by its style.
// An empty paragraph has none: it would be noise to a listener.
func (e *engine) place(p *para, s *structure) {
	if s.parent < 0 {
		return
	}
	src := p.src
	empty := !hasContent(src)
	name := strings.ToLower(src.StyleName)
	switch {
	case empty && (src.Label == nil || src.Label.Text == ""):
		return
	case src.Props.Outline > 0:
		s.lists, s.toc = nil, 0
		role := page.RoleH1 + page.Role(min(src.Props.Outline, 6)-1)
		p.el = e.element(page.Element{Role: role, Parent: s.parent})
		p.labelEl = p.el
	case strings.HasPrefix(name, "toc ") && name != "toc heading":
		s.lists = nil
		if s.toc == 0 {
			s.toc = e.element(page.Element{Role: page.RoleTOC, Parent: s.parent})
		}
		p.el = e.element(page.Element{Role: page.RoleTOCI, Parent: s.toc})
		p.labelEl = p.el
	case src.Label != nil && src.Label.Text != "":
		s.toc = 0
		e.placeItem(p, s)
	default:
		s.lists, s.toc = nil, 0
		role := page.RoleP
		if name == "caption" {
			role = page.RoleCaption
		}
		p.el = e.element(page.Element{Role: role, Parent: s.parent})
		p.labelEl = p.el
	}
	for i := range src.Runs {
		e.placeRun(p, &src.Runs[i])
	}
}

func hasContent(p *wml.Paragraph) bool {
	for i := range p.Runs {
		switch r := &p.Runs[i]; r.Kind {
		case wml.TextRun, wml.FieldRun, wml.NoteRun:
			if strings.TrimSpace(r.Text) != "" && !r.Props.Hidden {
				return true
			}
		case wml.DrawingRun:
			return true
		}
	}
	return false
}

// allHidden reports whether the paragraph has text and all of it is hidden:
// then it takes no room, whatever its mark says.
func allHidden(p *wml.Paragraph) bool {
	some := false
	for i := range p.Runs {
		switch r := &p.Runs[i]; {
		case r.Kind == wml.BookmarkRun:
		case r.Props == nil || !r.Props.Hidden:
			return false
		default:
			some = true
		}
	}
	return some
}

// placeItem opens and closes lists until the paragraph is an item of the
// innermost one.
func (e *engine) placeItem(p *para, s *structure) {
	l := p.src.Label
	for n := len(s.lists); n > 0; n = len(s.lists) {
		top := s.lists[n-1]
		if top.level < l.Level || top.level == l.Level && top.id == l.List {
			break
		}
		s.lists = s.lists[:n-1]
	}
	n := len(s.lists)
	if n == 0 || s.lists[n-1].level < l.Level {
		parent := s.parent
		if n > 0 {
			parent = s.lists[n-1].body
		}
		el := e.element(page.Element{Role: page.RoleL, Parent: parent, Ordered: !l.Bullet})
		s.lists = append(s.lists, list{el: el, level: l.Level, id: l.List})
		n++
	}
	top := &s.lists[n-1]
	top.item = e.element(page.Element{Role: page.RoleLI, Parent: top.el})
	p.labelEl = e.element(page.Element{Role: page.RoleLbl, Parent: top.item})
	top.body = e.element(page.Element{Role: page.RoleLBody, Parent: top.item})
	p.el = top.body
}

// placeRun makes the elements of what stands in a paragraph.
func (e *engine) placeRun(p *para, r *wml.Run) {
	if r.Link != nil {
		if p.links == nil {
			p.links = map[*wml.Link]int{}
		}
		if _, ok := p.links[r.Link]; !ok {
			p.links[r.Link] = e.element(page.Element{Role: page.RoleLink, Parent: p.el, Alt: r.Link.Tip})
		}
	}
	if r.Note != nil {
		if p.notes == nil {
			p.notes = map[*wml.Note]*noteBox{}
		}
		el := e.element(page.Element{Role: page.RoleNote, Parent: p.el})
		box := &noteBox{src: r.Note, blocks: e.blocks(r.Note.Blocks, el, false)}
		if r.Note.End {
			e.endnotes = append(e.endnotes, box.blocks...)
		} else {
			p.notes[r.Note] = box
			e.footnotes = true
		}
	}
	if r.Drawing != nil {
		e.placeDrawing(p, r.Drawing, p.el)
	}
}

func (e *engine) placeDrawing(p *para, d *wml.Drawing, parent int) {
	if e.depth++; e.depth > 60 {
		e.depth--
		return
	}
	defer func() { e.depth-- }()
	if p.boxes == nil {
		p.boxes = map[*wml.Drawing]*boxBox{}
	}
	b := &boxBox{el: page.Artifact}
	if len(d.Blocks) > 0 {
		div := e.element(page.Element{Role: page.RoleDiv, Parent: parent})
		b.blocks = e.blocks(d.Blocks, div, false)
	} else if len(d.Children) == 0 && (d.Image != nil || d.Alt != "") {
		b.el = e.element(page.Element{Role: page.RoleFigure, Parent: parent, Alt: d.Alt})
	}
	p.boxes[d] = b
	if d.Picture || d.Alt != "" && len(d.Children) > 0 && !hasWords(d) {
		b.el = e.element(page.Element{Role: page.RoleFigure, Parent: parent, Alt: d.Alt})
		e.placeStrokes(p, d, b.el)
		return
	}
	for _, c := range d.Children {
		e.placeDrawing(p, c, parent)
	}
}

// hasWords reports whether text stands in the members of a group.
func hasWords(d *wml.Drawing) bool {
	for _, c := range d.Children {
		if len(c.Blocks) > 0 || hasWords(c) {
			return true
		}
	}
	return false
}

// placeStrokes makes the members of a drawing parts of one figure.
func (e *engine) placeStrokes(p *para, d *wml.Drawing, el int) {
	for _, c := range d.Children {
		box := &boxBox{el: el, blocks: e.blocks(c.Blocks, page.Artifact, false)}
		for _, words := range box.blocks {
			if words.para != nil {
				words.para.el = el
			}
		}
		p.boxes[c] = box
		e.placeStrokes(p, c, el)
	}
}

// noteBox is a footnote made ready.
type noteBox struct {
	src    *wml.Note
	blocks []*block
	laid   *stack // for the width in which it was laid out
	width  twip
}

// boxBox is a drawing made ready: its element, and the text in it.
type boxBox struct {
	el     int
	blocks []*block
	laid   *stack
	width  twip
}

// joinBorders lets neighbouring paragraphs with the same borders and indents
// share one box (17.3.1.24).
func joinBorders(blocks []*block) {
	for i, b := range blocks {
		p := b.para
		if p == nil || !hasBorder(p.props) {
			continue
		}
		p.top, p.bottom = borderRoom(p.props.Top), borderRoom(p.props.Bottom)
		if i > 0 && blocks[i-1].para != nil && sameBox(blocks[i-1].para.props, p.props) {
			p.joined = true
			blocks[i-1].para.joins = true
			blocks[i-1].para.bottom = 0
			p.top = borderRoom(p.props.Between)
		}
	}
}

func hasBorder(p *wml.ParaProps) bool {
	return p.Top.Visible() || p.Bottom.Visible() || p.Lft.Visible() || p.Rgt.Visible() || p.Between.Visible()
}

func borderRoom(b wml.Border) twip {
	if !b.Visible() {
		return 0
	}
	return borderWidth(b) + b.Space
}

// borderWidth returns the thickness of a whole border in twips: a double one
// is three single ones thick.
func borderWidth(b wml.Border) twip {
	if !b.Visible() {
		return 0
	}
	w := (twip(b.Width)*5 + 1) / 2
	switch b.Style {
	case wml.BorderDouble:
		w *= 3
	case wml.BorderTriple:
		w *= 5
	}
	return w
}

func sameBox(a, b *wml.ParaProps) bool {
	return a.Top == b.Top && a.Bottom == b.Bottom && a.Lft == b.Lft && a.Rgt == b.Rgt && a.Between == b.Between &&
		a.Left == b.Left && a.Right == b.Right
}
