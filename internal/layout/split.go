package layout

import (
	"cmp"

	"nastavnik/internal/wml"
)

// split cuts the row so that its first part is no higher than room; nil when
// no cell's text may be cut there. alone says that the row stands at the top
// of its page and must be cut somehow.
func (row *rowBox) split(room twip, alone bool) (part, rest *rowBox) {
	if row.src.HeightRule == wml.LineExact && !alone {
		return nil, nil
	}
	p, r := *row, *row
	p.part, r.part = true, false
	p.cells, r.cells, p.notes, r.notes = nil, nil, nil, nil
	p.height, r.height = row.top, row.top
	moved := false
	for _, c := range row.cells {
		if c.merged || c.rows > 1 || c.src.Rotate != 0 {
			p.cells, r.cells = append(p.cells, c), append(r.cells, emptied(c))
			continue
		}
		up, down := row.splitCell(c, room, alone)
		if up == nil {
			return nil, nil
		}
		moved = moved || len(down.content.items) > 0
		p.cells, r.cells = append(p.cells, up), append(r.cells, down)
		m := c.src.Margins
		p.height = max(p.height, row.top+m.Top+up.height+m.Bottom)
		r.height = max(r.height, row.top+m.Top+down.height+m.Bottom)
	}
	if !moved {
		return nil, nil
	}
	if row.src.HeightRule == wml.LineAtLeast {
		r.height = max(r.height, min(row.src.Height-p.height, row.src.Height))
	}
	for _, n := range row.notes {
		if holdsNote(p.cells, n) {
			p.notes = append(p.notes, n)
		} else {
			r.notes = append(r.notes, n)
		}
	}
	return &p, &r
}

// splitCell cuts the text of a cell where the row is to be no higher than
// room, a nested table inside one of its rows if need be. It returns nil when
// not even the first line fits and the row need not be cut.
func (row *rowBox) splitCell(c *cellBox, room twip, alone bool) (up, down *cellBox) {
	items := c.content.items
	// what the row needs beside its text up to an item
	beside := row.top + c.src.Margins.Top + c.src.Margins.Bottom + row.bottom
	k := 0
	for k < len(items) && beside+items[k].y+items[k].height() <= room {
		k++
	}
	if k > 0 && k == len(items) && items[k-1].para != nil && beside+items[k-1].y+items[k-1].height()+items[k-1].para.tail > room {
		k-- // what proportional spacing adds below the text must fit too
	}
	for k > 0 && k < len(items) && !legalCut(items, k) {
		k--
	}
	if k < len(items) && items[k].row != nil && !items[k].row.cantSplit && !items[k].repeat {
		nested := items[k].row
		if part, rest := nested.split(room-beside-items[k].y-nested.bottom, false); part != nil {
			return c.cutNested(k, part, rest)
		}
	}
	if k == 0 && len(items) > 0 {
		if !alone {
			return nil, nil
		}
		k = 1
	}
	return c.cut(k)
}

// cut parts the cell's text before item k.
func (c *cellBox) cut(k int) (up, down *cellBox) {
	items := c.content.items
	first, second := *c, *c
	first.content.items, second.content.items = items[:k:k], nil
	first.content.notes, second.content.notes = nil, nil
	if k == len(items) {
		second.height = 0
		return &first, &second
	}
	first.height = 0
	if k > 0 {
		first.height = items[k-1].y + items[k-1].height()
	}
	shift := items[k].y
	if items[k].line != nil { // LibreOffice repeats the space before
		shift -= items[k].para.props.Before
	}
	second.content.items = lifted(items[k:], shift)
	second.height = c.height - shift
	return &first, &second
}

// cutNested parts the cell's text inside item k, a row of a nested table that
// was cut into part and rest.
func (c *cellBox) cutNested(k int, part, rest *rowBox) (up, down *cellBox) {
	items := c.content.items
	first, second := *c, *c
	first.content.notes, second.content.notes = nil, nil
	above := items[k]
	above.row = part
	first.content.items = append(items[:k:k], above)
	first.height = above.y + part.height + part.bottom
	// the parts together are higher than the row was
	shift := above.y + items[k].row.height - rest.height
	second.content.items = lifted(items[k:], shift)
	second.content.items[0].row, second.content.items[0].y = rest, 0
	second.height = c.height - shift
	return &first, &second
}

// lifted returns the items moved up by shift.
func lifted(items []placed, shift twip) []placed {
	out := make([]placed, len(items))
	for i, it := range items {
		it.y -= shift
		out[i] = it
	}
	return out
}

// carry moves what a vertical merge holds beyond the rows placed to the row
// where the table goes on; items end with the rows of this table placed.
func (t *tableBox) carry(items []placed, next pos) pos {
	if next.item >= len(t.rows) {
		return next
	}
	row := t.rows[next.item]
	if next.rest != nil {
		row = next.rest
	}
	for j, c := range row.cells {
		start := c.start
		if !c.merged {
			if next.rest == nil || c.rows < 2 {
				continue
			}
			start = cmp.Or(c.whole, c) // the merge begins in the row that was cut
		}
		it, n, height := t.holder(items, start)
		if it == nil {
			continue
		}
		left := start.rows - (next.item - it.row.index)
		if down := cutMerge(it, n, height); down != nil {
			own := *row
			own.cells = append([]*cellBox(nil), row.cells...)
			down.rows, down.carried = max(1, left), start
			own.cells[j] = down
			row, next.rest = &own, &own
		}
	}
	return next
}

// holder finds the row placed last in which the text of a merge stands: the
// row, the index of the cell in it and the height from its top to the end of
// the rows placed; nil when there is none.
func (t *tableBox) holder(items []placed, start *cellBox) (it *placed, n int, height twip) {
	for k := len(items) - 1; k >= 0 && items[k].table == t && !items[k].repeat; k-- {
		height += items[k].row.height
		for n, x := range items[k].row.cells {
			if x == start || x.carried == start || start.carried != nil && x.carried == start.carried {
				return &items[k], n, height
			}
		}
	}
	return nil, 0, 0
}

// cutMerge cuts the text of cell n of a placed row, which starts a vertical
// merge, at the height of the rows placed; nil when all of it fits.
func cutMerge(it *placed, n int, height twip) *cellBox {
	c := it.row.cells[n]
	items := c.content.items
	beside := it.row.top + c.src.Margins.Top + c.src.Margins.Bottom
	k := 0
	for k < len(items) && beside+items[k].y+items[k].height() <= height {
		k++
	}
	if k == len(items) || k == 0 && c.carried != nil {
		return nil
	}
	up, down := c.cut(k)
	row := *it.row
	row.cells = append([]*cellBox(nil), row.cells...)
	row.cells[n] = up
	it.row = &row
	return down
}

// emptied returns the cell without its text.
func emptied(c *cellBox) *cellBox {
	x := *c
	x.content, x.whole = stack{}, c
	return &x
}

func holdsNote(cells []*cellBox, n *noteBox) bool {
	for _, c := range cells {
		for i := range c.content.items {
			it := &c.content.items[i]
			if it.line == nil {
				continue
			}
			for _, note := range it.line.notes {
				if it.para.notes[note] == n {
					return true
				}
			}
		}
	}
	return false
}

// legalCut reports whether a cell's text may be cut before item k. In cells
// LibreOffice heeds neither widows nor orphans; Word does.
func legalCut(items []placed, k int) bool {
	it := &items[k]
	if it.line == nil {
		return true
	}
	if it.index == 0 {
		prev := items[k-1].para
		return prev == nil || !prev.props.KeepNext
	}
	return !it.para.props.KeepLines
}
