package fill

import (
	"slices"

	"nastavnik/internal/docx"
)

// block is a loop or a condition with its branches: the body and the else of
// a loop; each condition with its body, and the last else.
type block struct {
	open  *placeholder
	elses []*placeholder
	close *placeholder

	node   *docx.Node // in the tree once it is lifted; its children are the branches
	column bool       // one of the pieces of a column loop, one for each row
}

// names are the two kinds of blocks as their authors write them.
func (p *placeholder) blockName() string {
	if p.kind == kindEach {
		return "each"
	}
	return "if"
}

// closes reports whether p may close open: {{/each}}, {{/if}}, {{/}} or the
// name of the list or of the variable.
func (p *placeholder) closes(open *placeholder) bool {
	switch p.name {
	case "", open.blockName():
		return true
	case "unless":
		return open.kind == kindIf
	}
	return open.kind == kindEach && (p.name == open.name || p.name == open.expr.text)
}

// pair matches the blocks of a story in order, column loops first, and reports
// what is left open, closes nothing or crosses.
func (c *compiler) pair(st *story, parent map[*docx.Node]*docx.Node) []*block {
	taken := map[*placeholder]bool{}
	for _, t := range st.tables {
		c.columns(t, taken, parent)
	}
	var stack, done []*block
	for _, p := range st.placeholders {
		if taken[p] {
			continue
		}
		var top *block
		if len(stack) > 0 {
			top = stack[len(stack)-1]
		}
		switch p.kind {
		case kindEach, kindIf:
			b := &block{open: p}
			stack = append(stack, b)
			done = append(done, b)
		case kindElse, kindElseIf:
			switch {
			case top == nil:
				c.problems.Add(p.place, "«%s» вне блока", p.braces()).Hint = "перед ней нужна «{{#if …}}» или «{{#each …}}»"
			case top.open.kind == kindEach && p.kind == kindElseIf:
				c.problems.Add(p.place, "«%s» внутри «%s»", p.braces(), top.open.braces()).Hint = "в цикле можно написать только «{{else}}»: это для пустого списка"
			case len(top.elses) > 0 && top.elses[len(top.elses)-1].kind == kindElse:
				c.problems.Add(p.place, "«%s» после «{{else}}»", p.braces()).Hint = "«{{else}}» должна быть одна и последней"
			default:
				top.elses = append(top.elses, p)
			}
		case kindEnd:
			at := len(stack) - 1
			for at >= 0 && !p.closes(stack[at].open) {
				at--
			}
			if at < 0 {
				wrong := c.problems.Add(p.place, "«%s» ничего не закрывает", p.braces())
				if top != nil {
					wrong.Hint = "открыта «" + top.open.braces() + "» (" + top.open.place.In + "): её закрывает «{{/" + top.open.blockName() + "}}»"
				} else {
					wrong.Hint = "перед ней нет открывающей метки"
				}
				continue
			}
			for _, crossed := range stack[at+1:] {
				c.problems.Add(crossed.open.place, "«%s» не закрыта до «%s»", crossed.open.braces(), p.braces()).Hint =
					"блоки пересекаются: сначала закройте «{{/" + crossed.open.blockName() + "}}», потом «" + p.braces() + "» (" + p.place.In + ")"
				done = slices.DeleteFunc(done, func(b *block) bool { return b == crossed })
			}
			stack[at].close = p
			stack = stack[:at]
		}
	}
	for _, b := range stack {
		c.problems.Add(b.open.place, "«%s» не закрыта", b.open.braces()).Hint = "поставьте «{{/" + b.open.blockName() + "}}» там, где блок кончается"
		done = slices.DeleteFunc(done, func(d *block) bool { return d == b })
	}
	return done
}

// gridCell is a cell with its place in the grid.
type gridCell struct {
	node   *docx.Node
	column int // first grid column
	span   int
	opens  []*placeholder // left open in the cell
	closes []*placeholder // closing what was opened before it
	whole  []*placeholder // @col loops that open and close in the cell
}

// columns finds the column loops of a table, puts a block around the cell of
// each row and around the column of the grid, and marks their placeholders as
// taken. A column loop opens in the first row that opens any and closes in the
// last that closes any, in the same column; or its author wrote @col.
func (c *compiler) columns(t *docx.Node, taken map[*placeholder]bool, parent map[*docx.Node]*docx.Node) {
	var rows [][]gridCell
	for row := range tableRows(t) {
		rows = append(rows, c.gridRow(row))
	}
	for _, row := range rows {
		for _, cell := range row {
			for _, open := range cell.whole {
				for leaf := range leaves(cell.node) { // its own end is the next one that closes it
					p := c.markers[leaf]
					if p != nil && p.kind == kindEnd && p.order > open.order && p.closes(open) && !taken[p] {
						taken[open], taken[p] = true, true
						c.columnBlock(t, cell.column, rows, open, p, parent)
						break
					}
				}
			}
		}
	}
	// The rows above the one that opens are headings.
	at := slices.IndexFunc(rows, func(row []gridCell) bool {
		return slices.ContainsFunc(row, func(cell gridCell) bool { return len(cell.opens) > 0 })
	})
	end := len(rows) - 1 // the rows below the one that closes are totals
	for end > at && !slices.ContainsFunc(rows[end], func(cell gridCell) bool { return len(cell.closes) > 0 }) {
		end--
	}
	if at < 0 {
		return
	}
	first, last := rows[at], rows[end]
	for i := range first {
		for _, open := range leftOpen(first, i) {
			if open.level != levelColumn && (open.level != levelAuto || len(first) < 2) {
				continue
			}
			var ends *placeholder
			for _, cell := range last {
				if cell.column != first[i].column || at == end {
					continue
				}
				for _, p := range cell.closes {
					if p.closes(open) && !taken[p] {
						ends = p
					}
				}
			}
			if ends != nil {
				taken[open], taken[ends] = true, true
				c.columnBlock(t, first[i].column, rows, open, ends, parent)
			}
		}
	}
}

// leftOpen returns what cell i of a row leaves open and no later cell of the
// row closes.
func leftOpen(row []gridCell, i int) []*placeholder {
	open := slices.Clone(row[i].opens)
	depth := 0
	for _, cell := range row[i+1:] {
		for range cell.closes {
			if depth > 0 {
				depth--
			} else if len(open) > 0 {
				open = open[:len(open)-1]
			}
		}
		depth += len(cell.opens)
	}
	return open
}

func (c *compiler) gridRow(row *docx.Node) []gridCell {
	var cells []gridCell
	column := number(row.Path("w:trPr", "w:gridBefore").Attr("w:val"), 0)
	for tc := range rowCells(row) {
		span := number(tc.Path("w:tcPr", "w:gridSpan").Attr("w:val"), 1)
		cell := gridCell{node: tc, column: column, span: max(1, min(span, 63))}
		column += cell.span
		for leaf := range leaves(tc) {
			p := c.markers[leaf]
			if p == nil {
				continue
			}
			switch p.kind {
			case kindEach, kindIf:
				cell.opens = append(cell.opens, p)
			case kindEnd:
				if at := len(cell.opens) - 1; at >= 0 {
					if cell.opens[at].level == levelColumn {
						cell.whole = append(cell.whole, cell.opens[at])
					}
					cell.opens = cell.opens[:at]
				} else {
					cell.closes = append(cell.closes, p)
				}
			}
		}
		cells = append(cells, cell)
	}
	return cells
}

// columnBlock wraps column number column of the grid and of every row.
func (c *compiler) columnBlock(t *docx.Node, column int, rows [][]gridCell, open, ends *placeholder, parent map[*docx.Node]*docx.Node) {
	remove(open.node, parent)
	remove(ends.node, parent)
	at := 0
	for grid := range t.Child("w:tblGrid").All("w:gridCol") {
		if at == column {
			parent[grid] = t.Child("w:tblGrid")
			c.wrapColumn(grid, open, parent)
			break
		}
		at++
	}
	for _, row := range rows {
		for _, cell := range row {
			switch {
			case cell.column == column && cell.span == 1:
				c.wrapColumn(cell.node, open, parent)
			case cell.column <= column && column < cell.column+cell.span:
				c.spans[cell.node] = append(c.spans[cell.node], open)
			}
		}
	}
}

func (c *compiler) wrapColumn(n *docx.Node, open *placeholder, parent map[*docx.Node]*docx.Node) {
	around := parent[n]
	branch := &docx.Node{Kind: docx.Other, Name: branchName, Children: []*docx.Node{n}}
	node := &docx.Node{Kind: docx.Other, Name: blockName, Children: []*docx.Node{branch}}
	at := slices.Index(around.Children, n)
	around.Children = slices.Replace(slices.Clone(around.Children), at, at+1, node)
	parent[node], parent[branch], parent[n] = around, node, branch
	c.blocks[node] = &block{open: open, node: node, column: true}
}

// tableRows yields the rows of a table, those in content controls too.
func tableRows(n *docx.Node) func(func(*docx.Node) bool) {
	return inControls(n, "w:tr")
}

func rowCells(n *docx.Node) func(func(*docx.Node) bool) {
	return inControls(n, "w:tc")
}

func inControls(n *docx.Node, name string) func(func(*docx.Node) bool) {
	return func(yield func(*docx.Node) bool) { walkControls(n, name, yield) }
}

func walkControls(n *docx.Node, name string, yield func(*docx.Node) bool) bool {
	for _, c := range slices.Clone(n.Children) {
		switch c.Name {
		case name:
			if !yield(c) {
				return false
			}
		case "w:sdt", "w:sdtContent", "w:customXml", blockName, branchName:
			if !walkControls(c, name, yield) {
				return false
			}
		}
	}
	return true
}
