package layout

import (
	"slices"

	"nastavnik/internal/wml"
)

// whole is the width of a table in the unit in which LibreOffice keeps the
// edges of its columns.
const whole = 10000

// columnEdges returns the edges of the cells of all rows of a table: grid in
// ten-thousandths of the table, ascending, from 0 to whole, and for each row
// the indices into it of its cells' edges, one more than it has cells with
// those that w:gridBefore and w:gridAfter leave out.
//
// Each row has its own: w:tblGrid where the row's cells add up to it, else the
// widths of its cells (LibreOffice 7.4; it never fits columns to their text).
func columnEdges(t *wml.Table) (grid []int, rows [][]int) {
	places := make([][]int, len(t.Rows))
	grid = []int{0, whole}
	for i, row := range t.Rows {
		places[i] = rowEdges(t, row)
		grid = append(grid, places[i]...)
	}
	slices.Sort(grid)
	grid = slices.Compact(grid)
	rows = make([][]int, len(t.Rows))
	for i, edges := range places {
		rows[i] = make([]int, len(edges))
		for k, at := range edges {
			rows[i][k], _ = slices.BinarySearch(grid, at)
		}
	}
	return grid, rows
}

// rowEdges returns the edges of a row's cells, places left out included.
func rowEdges(t *wml.Table, row *wml.Row) []int {
	n := row.Before + len(row.Cells) + row.After
	edges := make([]int, 0, n+1)
	spans := gridSpans(row)
	if sum(spans) == len(t.Grid) {
		edges = gridEdges(edges, t.Grid, spans)
	} else if widths, ok := cellWidths(t, row, spans); ok {
		edges = widthEdges(edges, t, widths, spans)
	}
	edges = append(edges, whole)
	if len(edges) != n+1 || !slices.IsSorted(edges) {
		edges = edges[:0]
		for k := range n + 1 {
			edges = append(edges, whole*k/max(n, 1))
		}
	}
	return edges
}

// gridSpans returns how many columns of the grid each cell of a row takes.
func gridSpans(row *wml.Row) []int {
	var spans []int
	for range row.Before {
		spans = append(spans, 1)
	}
	for _, c := range row.Cells {
		spans = append(spans, c.Span)
	}
	for range row.After {
		spans = append(spans, 1)
	}
	return spans
}

func sum[T ~int | ~int64](list []T) (s T) {
	for _, v := range list {
		s += v
	}
	return s
}

// gridEdges appends the left edges of cells that take so many columns.
func gridEdges(edges []int, grid []twip, spans []int) []int {
	full := int64(sum(grid))
	if full == 0 {
		return edges
	}
	at, left := 0, twip(0)
	for _, span := range spans {
		edges = append(edges, int(floorDiv(2*whole*int64(left)+full, 2*full)))
		left += sum(grid[at : at+span])
		at += span
	}
	return edges
}

// cellWidths returns the widths that a row's cells state, in twips, where they
// decide: always in a table of fixed layout, else when there are as many as
// columns, or more columns than the grid has.
func cellWidths(t *wml.Table, row *wml.Row, spans []int) (widths []int, ok bool) {
	for _, c := range row.Cells {
		switch c.Width.Kind {
		case wml.MeasureUnset:
		case wml.MeasureAuto:
			widths = append(widths, -1)
		case wml.MeasurePercent:
			widths = append(widths, 0)
		default:
			widths = append(widths, c.Width.Value)
		}
	}
	if len(widths) == 0 {
		return nil, false
	}
	return widths, t.Fixed || !incomplete(t, widths, spans) || sum(spans) > len(t.Grid)
}

// incomplete reports whether a row of cells of those widths does not go by the
// grid in a table of automatic layout.
func incomplete(t *wml.Table, widths, spans []int) bool {
	return !t.Fixed && len(widths) != sum(spans)
}

// widthEdges appends the left edges of cells by their own widths.
func widthEdges(edges []int, t *wml.Table, widths, spans []int) []int {
	full := int(sum(t.Grid))
	last := len(widths) - 1
	if incomplete(t, widths, spans) || full == 0 {
		full = sum(widths)
		if incomplete(t, widths, spans) && len(spans) == len(widths) && last > 0 {
			// the last cell is at least as wide by its span as the one before
			full += max(0, widths[last-1]/spans[last-1]*spans[last]-widths[last])
		}
	}
	left := 0
	for _, w := range widths {
		at := 0
		if full > 0 {
			at = left * whole / full
		}
		edges = append(edges, at)
		left += w
	}
	return edges
}

// scale lays the columns out in a region of the width.
//
// LibreOffice cuts the edges off to twips of the width that the table is to
// have, or to 65535ths when that is a share of the region, and then, when a
// centred table comes out a twip wider, to that width.
func (t *tableBox) scale(width twip) {
	const relative twip = 65535
	total, share := tableWidth(t.src, width, t.nested)
	model := total
	if share {
		model = relative
	}
	if t.src.Align == wml.AlignCenter {
		total = width - (width-total)/2*2
	}
	t.edges = make([]twip, len(t.grid))
	for i, at := range t.grid {
		t.edges[i] = twip(at) * model / whole * total / max(model, 1)
	}
}

// tableWidth returns the width of the table in a region: w:tblW, in twips or as
// whole per cents of the region, else that of the grid, but not less than the last
// row's cells when they do not go by it. A nested table that states none, and one
// without a grid, is as wide as the region. share says that the width follows the
// region's.
func tableWidth(t *wml.Table, width twip, nested bool) (w twip, share bool) {
	switch t.Width.Kind {
	case wml.MeasurePercent:
		if share := twip(t.Width.Value / 50); share > 0 {
			return width * min(share, 100) / 100, true
		}
	case wml.MeasureTwips:
		w = twip(t.Width.Value)
	case wml.MeasureUnset:
		if nested {
			return width, true
		}
	}
	if w <= 0 {
		w = roundUp(sum(t.Grid))
	}
	if n := len(t.Rows); n > 0 {
		spans := gridSpans(t.Rows[n-1])
		if widths, ok := cellWidths(t, t.Rows[n-1], spans); ok && sum(spans) != len(t.Grid) && incomplete(t, widths, spans) {
			w = max(w, roundUp(twip(sum(widths))))
		}
	}
	if w <= 0 {
		return width, true
	}
	return w, false
}

// roundUp returns a width that LibreOffice added up and rounded up to
// hundredths of a millimetre, in twips again: the same or one more.
func roundUp(w twip) twip {
	mm := (int64(w)*127 + 71) / 72
	return twip(floorDiv(2*mm*72+127, 2*127))
}
