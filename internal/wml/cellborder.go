package wml

import "nastavnik/internal/docx"

// The sides of a box of borders.
const (
	topSide = iota
	leftSide
	bottomSide
	rightSide
	insideH
	insideV
)

// cellSides are the borders that a cell is given: by its table, by the
// conditions of the table style and by itself.
type cellSides struct{ table, style, own [6]Border }

// addStyle folds borders of a condition in. A first row with a line below it
// has no inner lines of weaker conditions, and so on at the other sides.
func (c *cellSides) addStyle(bit condition, n *docx.Node) {
	var add [6]Border
	applyBorders(&add, n)
	for _, edge := range [...]struct {
		bit          condition
		side, inside int
	}{{firstRow, bottomSide, insideH}, {lastRow, topSide, insideH}, {lastCol, rightSide, insideV}, {firstCol, leftSide, insideV}} {
		if bit == edge.bit && add[edge.side].set() {
			c.style[edge.inside] = Border{}
		}
	}
	for k, b := range add {
		if b.set() {
			c.style[k] = b
		}
	}
}

// set reports whether the side was said to be anything, be it none.
func (b Border) set() bool { return b.Style != BorderUnset }

// frameCells gives the cells of a table their borders, as LibreOffice weighs
// what sides says of each.
//
// Word parts from it where a band has no inner lines: those between two bands it
// draws, LibreOffice does not.
func frameCells(t *Table, sides [][]cellSides) {
	lone := len(t.Rows) == 1
	for i, row := range t.Rows {
		for k, cell := range row.Cells {
			c := &sides[i][k]
			if lone {
				c.table[insideH] = Border{}
			}
			if len(row.Cells) == 1 && (lone || oneColumn(t.Rows[i:])) {
				c.table[insideV] = Border{}
			}
			got := c.merge()
			through := false
			if cell.VMerge == MergeStart {
				last, bottom := t.mergeEnd(i, k)
				if last > i {
					got[bottomSide] = sides[last][bottom].own[bottomSide]
				}
				through = last == len(t.Rows)-1
			}
			c.fill(&got, i == 0, i == len(t.Rows)-1, k == 0, k == len(row.Cells)-1, through)
			cell.Top, cell.Left, cell.Bottom, cell.Right = got[topSide], got[leftSide], got[bottomSide], got[rightSide]
		}
	}
}

func oneColumn(rows []*Row) bool {
	for _, row := range rows {
		if len(row.Cells) > 1 {
			return false
		}
	}
	return true
}

// merge weighs the cell's own borders against the style's. One that is taken
// away where the style or the table has a line leaves the table's.
func (c *cellSides) merge() [6]Border {
	got := c.style
	for k, own := range c.own[:insideH] {
		switch style := c.style[k]; {
		case !own.set():
		case style.set() && !own.Visible() && (style.Visible() || c.table[k].Visible()):
			got[k] = Border{}
		default:
			got[k] = own
		}
	}
	return got
}

// fill gives the sides that are open yet the table's borders at its edges and
// the inner ones elsewhere; through says that the cell is merged down to the
// table's end.
func (c *cellSides) fill(got *[6]Border, firstRow, lastRow, firstCol, lastCol, through bool) {
	h, v := got[insideH], got[insideV]
	if !h.set() {
		h = c.table[insideH]
	}
	if !v.set() {
		v = c.table[insideV]
	}
	side := func(k int, outer bool, inner Border) {
		if outer && !got[k].set() {
			got[k] = c.table[k]
		}
		if !got[k].set() {
			got[k] = inner
		}
	}
	side(leftSide, firstCol, inner(v, !firstCol))
	side(rightSide, lastCol, inner(v, !lastCol))
	side(topSide, firstRow, inner(h, !firstRow))
	side(bottomSide, lastRow || through, inner(h, !lastRow && !(firstRow && through)))
}

func inner(b Border, holds bool) Border {
	if holds {
		return b
	}
	return Border{}
}

// mergeEnd returns the last row of the vertical merge that begins in cell k of
// row i, and the index of its cell there.
func (t *Table) mergeEnd(i, k int) (row, cell int) {
	column := t.Rows[i].column(k)
	row, cell = i, k
	for j := i + 1; j < len(t.Rows); j++ {
		n := t.Rows[j].cellAt(column)
		if n < 0 || t.Rows[j].Cells[n].VMerge != MergeContinue {
			break
		}
		row, cell = j, n
	}
	return row, cell
}

// column returns the grid column in which cell k begins.
func (r *Row) column(k int) int {
	column := r.Before
	for _, c := range r.Cells[:k] {
		column += c.Span
	}
	return column
}

// cellAt returns the index of the cell over a grid column, -1 for none.
func (r *Row) cellAt(column int) int {
	at := r.Before
	for k, c := range r.Cells {
		if at <= column && column < at+c.Span {
			return k
		}
		at += c.Span
	}
	return -1
}
