package layout

import (
	"slices"

	"nastavnik/internal/page"
	"nastavnik/internal/wml"
)

// tableBox is a table made ready, and laid out for a width.
type tableBox struct {
	src    *wml.Table
	el     int
	rows   []*rowBox
	header int    // rows at the top that are repeated
	grid   []int  // edges of the columns of all rows, in ten-thousandths of the table
	edges  []twip // the same from the table's left edge
	left   twip   // of the table's left edge in its region
	width  twip   // of the region it was laid out for; -1: not yet
	nested bool
}

// rowBox is a row, or a part of one cut by the end of a page.
type rowBox struct {
	src       *wml.Row
	index     int
	cells     []*cellBox
	top       twip // thickness of the rule above, part of height
	bottom    twip // thickness of the rule below, not part of height
	height    twip
	header    bool
	cantSplit bool
	keepNext  bool
	forced    bool
	part      bool // the first part of a row that was cut
	notes     []*noteBox
}

// cellBox is a cell: a vertical merge is one cell with its row span.
type cellBox struct {
	src      *wml.Cell
	el       int
	from, to int  // edges of the grid
	rows     int  // spanned
	merged   bool // goes on from the row above: nothing of its own
	blocks   []*block
	content  stack
	height   twip     // of the content
	start    *cellBox // of the merge
	whole    *cellBox // of an emptied cell: the one with the text
	carried  *cellBox // the start of the merge that this one goes on with on a new page
}

// placing reports whether a table only places what is in it side by side, as a
// signature or a letterhead does: no head row, and no line between its columns;
// or frames it, with one cell. A screen reader is not to announce it as a table
// (ISO 14289-1, 7.5).
func placing(t *wml.Table) bool {
	if len(t.Rows) == 1 && len(t.Rows[0].Cells) == 1 && !t.Rows[0].Header {
		return true
	}
	for _, r := range t.Rows {
		if r.Header {
			return false
		}
		for _, c := range r.Cells {
			if c.Left.Visible() || c.Right.Visible() {
				return false
			}
		}
	}
	return true
}

// newTable makes the boxes of a table and the elements of its cells.
func (e *engine) newTable(t *wml.Table, el int) *tableBox {
	b := &tableBox{src: t, el: el, width: -1}
	for b.header < len(t.Rows) && t.Rows[b.header].Header {
		b.header++
	}
	if b.header == len(t.Rows) {
		b.header = 0 // a table of heads only repeats nothing
	}
	m := tableMaker{e: e, table: b}
	b.grid, m.edges = columnEdges(t)
	m.frame = el >= 0 && e.out.Elements[el].Role == page.RoleDiv
	parent := el
	if b.header > 0 && el >= 0 {
		parent = e.element(page.Element{Role: page.RoleTHead, Parent: el})
	}
	for i := range t.Rows {
		if i == b.header && i > 0 && el >= 0 {
			parent = e.element(page.Element{Role: page.RoleTBody, Parent: el})
		}
		b.rows = append(b.rows, m.row(i, parent))
	}
	if el < 0 || m.frame {
		return b
	}
	columns := 0
	for _, end := range m.ends {
		columns = max(columns, end.col)
	}
	for _, end := range m.ends {
		m.fill(end.el, columns-end.col)
	}
	for _, row := range b.rows {
		for _, c := range row.cells {
			if c.el >= 0 && c.rows > 1 {
				e.out.Elements[c.el].RowSpan = c.rows
			}
		}
	}
	return b
}

// tableMaker is the state of newTable.
type tableMaker struct {
	e     *engine
	table *tableBox
	frame bool       // only places what is in it
	edges [][]int    // of the cells of each row, indices into table.grid
	open  []*cellBox // vertical merges that go on
	ends  []rowEnd
}

// rowEnd is the element of a row and the grid column behind its last cell.
type rowEnd struct{ el, col int }

// fill puts an empty cell into a row that begins or ends some grid columns
// away from the table's edge: a listener counts columns, and every row must
// have as many (ISO 14289-1, 7.5).
func (m *tableMaker) fill(row, columns int) {
	if row >= 0 && columns > 0 && !m.frame {
		m.e.element(page.Element{Role: page.RoleTD, Parent: row, ColSpan: columns})
	}
}

// row makes row i and its cells below the element parent.
func (m *tableMaker) row(i, parent int) *rowBox {
	src := m.table.src.Rows[i]
	row := &rowBox{src: src, index: i, header: i < m.table.header, cantSplit: src.CantSplit}
	tr := page.Artifact
	if m.table.el >= 0 {
		role := page.RoleTR
		if m.frame {
			role = page.RoleDiv
		}
		tr = m.e.element(page.Element{Role: role, Parent: parent})
	}
	m.fill(tr, src.Before)
	edges, col := m.edges[i], src.Before
	for k, c := range src.Cells {
		k += src.Before
		row.cells = append(row.cells, m.cell(row, c, edges[k], edges[k+1], tr))
		col += c.Span
	}
	m.open = slices.DeleteFunc(m.open, func(start *cellBox) bool {
		return !slices.ContainsFunc(row.cells, func(c *cellBox) bool { return c == start || c.start == start })
	})
	m.ends = append(m.ends, rowEnd{tr, col})
	if len(row.cells) > 0 && len(row.cells[0].blocks) > 0 {
		if p := row.cells[0].blocks[0].para; p != nil {
			row.keepNext = p.props.KeepNext
		}
	}
	return row
}

// near is how far apart, in ten-thousandths of the table, LibreOffice takes the
// left edges of two cells for the same.
const near = 20

// cell makes a cell between two edges of the grid, or goes on with a merge from
// above that begins at the same place; how wide that is does not matter.
func (m *tableMaker) cell(row *rowBox, src *wml.Cell, from, to, tr int) *cellBox {
	cell := &cellBox{src: src, el: page.Artifact, from: from, to: to, rows: 1}
	if src.VMerge != wml.MergeNone {
		at := slices.IndexFunc(m.open, func(c *cellBox) bool {
			d := m.table.grid[c.from] - m.table.grid[from]
			return -near < d && d < near
		})
		if src.VMerge == wml.MergeContinue && at >= 0 {
			start := m.open[at]
			start.rows++
			cell.merged, cell.start = true, start
			return cell
		}
		if at >= 0 {
			m.open[at] = cell
		} else {
			m.open = append(m.open, cell)
		}
	}
	if tr >= 0 {
		role, scope, span := page.RoleTD, page.ScopeNone, src.Span
		switch {
		case m.frame:
			role, span = page.RoleDiv, 0
		case row.header:
			role, scope = page.RoleTH, page.ScopeColumn
		case m.table.header == 0 && from == 0 && len(row.src.Cells) > 1:
			role, scope = page.RoleTH, page.ScopeRow // names what stands beside it
		}
		cell.el = m.e.element(page.Element{Role: role, Scope: scope, Parent: tr, ColSpan: span})
	}
	cell.blocks = collapse(m.e.blocks(src.Blocks, cell.el, false))
	if n := len(cell.blocks); n > 0 && cell.blocks[n-1].para != nil {
		last := cell.blocks[n-1].para
		last.closes = last.src.Label == nil
	}
	for _, b := range cell.blocks {
		if b.table != nil && m.e.tables[b.table] == nil {
			nested := m.e.newTable(b.table, b.el)
			nested.nested = true
			m.e.tables[b.table] = nested
		}
	}
	return cell
}

// collapse drops the empty paragraph that must follow a nested table at the
// end of a cell; LibreOffice and Word give it no room.
func collapse(blocks []*block) []*block {
	for _, b := range blocks {
		if b.para != nil {
			b.para.inCell = true
		}
	}
	n := len(blocks)
	if n < 2 || blocks[n-2].table == nil || blocks[n-1].para == nil {
		return blocks
	}
	if p := blocks[n-1].para; len(p.runs) == 0 && len(p.floats) == 0 && p.src.Label == nil {
		return blocks[:n-1]
	}
	return blocks
}

// rowLevel says which rule a break before row i would give up.
func (t *tableBox) rowLevel(i int) int {
	switch {
	case i <= t.header && t.header > 0:
		return levelAny
	case t.rows[i-1].keepNext:
		return levelKeep
	}
	return levelFree
}

// layTable lays the block's table out in a region of the width.
func (e *engine) layTable(b *block, width twip) *tableBox {
	t := e.tables[b.table]
	if t == nil {
		t = e.newTable(b.table, b.el)
		e.tables[b.table] = t
	}
	if t.width == width {
		return t
	}
	if e.depth++; e.depth > 60 {
		e.depth--
		t.rows = nil
		return t
	}
	defer func() { e.depth-- }()
	t.width = width
	t.scale(width)
	t.place(e.doc.Settings.Compat, width)
	for i, row := range t.rows {
		row.top = t.ruleAbove(i)
		row.bottom = t.ruleBelow(i)
		for _, c := range row.cells {
			if !c.merged {
				e.layCell(t, c, row)
			}
		}
	}
	for i, row := range t.rows {
		t.rowHeight(i, row)
	}
	return t
}

// place finds the table's left edge, the middle of its left rule. Up to
// compatibility mode 14 the text of the first column stands at the margin;
// from 15 on, and in nested tables, the outer edge of the rule does.
func (t *tableBox) place(compat int, width twip) {
	total := t.edges[len(t.edges)-1]
	switch t.src.Align {
	case wml.AlignCenter:
		t.left = (width - total) / 2
	case wml.AlignRight:
		t.left = width - total
	default:
		t.left = t.src.Indent
		if compat < 15 && !t.nested {
			t.left -= t.src.Margins.Left
		} else if len(t.rows) > 0 && len(t.rows[0].cells) > 0 {
			t.left += borderWidth(t.rows[0].cells[0].src.Left) / 2
		}
	}
}

// cellAt returns the cell of row i that covers grid column g, or nil.
func (t *tableBox) cellAt(i, g int) *cellBox {
	if i < 0 || i >= len(t.rows) {
		return nil
	}
	for _, c := range t.rows[i].cells {
		if c.from <= g && g < c.to {
			return c
		}
	}
	return nil
}

// edgeBorder returns the border between rows i-1 and i over grid column g:
// the stronger of the two cells'; none inside a merge.
func (t *tableBox) edgeBorder(i, g int) wml.Border {
	above, below := t.cellAt(i-1, g), t.cellAt(i, g)
	if above != nil && below != nil && below.merged && (below.start == above || below.start == above.start) {
		return wml.Border{}
	}
	var b wml.Border
	if above != nil {
		b = above.src.Bottom
		if above.start != nil && !b.Visible() {
			b = above.start.src.Bottom
		}
	}
	if below != nil {
		b = stronger(b, below.src.Top)
	}
	return b
}

func stronger(a, b wml.Border) wml.Border {
	if !b.Visible() || a.Visible() && borderWidth(a) >= borderWidth(b) {
		return a
	}
	return b
}

// ruleAbove returns the thickness of the thickest rule above row i.
func (t *tableBox) ruleAbove(i int) (w twip) {
	for _, c := range t.rows[i].cells {
		for g := c.from; g < c.to; g++ {
			w = max(w, borderWidth(t.edgeBorder(i, g)))
		}
	}
	return w
}

// ruleBelow returns the thickness of the rule below row i where the table is
// broken or ends there.
func (t *tableBox) ruleBelow(i int) (w twip) {
	if i+1 < len(t.rows) {
		return t.ruleAbove(i + 1)
	}
	for _, c := range t.rows[i].cells {
		w = max(w, borderWidth(c.src.Bottom))
	}
	return w
}

// cellWidth returns the width of the text in a cell.
func (t *tableBox) cellWidth(c *cellBox) twip {
	w := t.edges[min(c.to, len(t.edges)-1)] - t.edges[min(c.from, len(t.edges)-1)]
	return max(w-c.src.Margins.Left-c.src.Margins.Right, 20)
}

func (e *engine) layCell(t *tableBox, c *cellBox, row *rowBox) {
	w := t.cellWidth(c)
	if c.src.Rotate != 0 {
		w = row.src.Height - c.src.Margins.Top - c.src.Margins.Bottom
		if row.src.HeightRule == wml.LineAuto || w < 200 {
			w = max(w, e.longestLine(c.blocks))
		}
	}
	fs := localFloats()
	s, _, _ := e.fill(c.blocks, pos{}, region{w: w, bottom: far, keepTop: true, floats: fs})
	s.end = max(s.end, fs.low) // the cell holds its floats
	c.content = s
	c.height = s.end
	if c.src.Rotate != 0 {
		c.height = w
	}
	row.notes = append(row.notes, s.notes...)
}

// longestLine returns the width of the longest paragraph set in one line.
func (e *engine) longestLine(blocks []*block) (w twip) {
	for _, b := range blocks {
		if b.para == nil {
			continue
		}
		e.flatten(b.para)
		sum := px(0)
		for i := range b.para.chars {
			sum += px(b.para.chars[i].w)
		}
		w = max(w, twip(sum/perTwip)+1+b.para.props.Left+max(0, b.para.props.First)+b.para.props.Right)
	}
	return min(w, 10000)
}

// rowHeight finds the height of row i with the rule above it: as
// LibreOffice 7.4 reads w:trHeight, the rule counts into the stated height.
func (t *tableBox) rowHeight(i int, row *rowBox) {
	h := twip(0)
	for _, c := range row.cells {
		m := c.src.Margins
		switch {
		case c.merged:
			// what the merged cell needs beyond the rows before goes here
			if s := c.start; i == t.startRow(s, i)+s.rows-1 {
				need := s.height + s.src.Margins.Top + s.src.Margins.Bottom
				for k := i - s.rows + 1; k < i; k++ {
					need -= t.rows[k].height
				}
				// the rule above the first row belongs to the span once
				need += t.rows[i-s.rows+1].top
				h = max(h, need-row.top)
			}
		case c.rows == 1:
			h = max(h, m.Top+c.height+m.Bottom)
		default:
			h = max(h, m.Top+m.Bottom)
		}
	}
	h += row.top
	switch row.src.HeightRule {
	case wml.LineExact:
		h = row.src.Height
	case wml.LineAtLeast:
		h = max(h, row.src.Height)
	}
	row.height = max(h, 1)
}

// startRow returns the row in which the merge of c begins, looking up from i.
func (t *tableBox) startRow(c *cellBox, i int) int {
	for k := i; k >= 0; k-- {
		for _, x := range t.rows[k].cells {
			if x == c {
				return k
			}
		}
	}
	return i
}
