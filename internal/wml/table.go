package wml

import (
	"nastavnik/internal/docx"
)

// Limits of one table; Word allows 63 columns (32767 rows in practice).
const (
	maxColumns = 255
	maxRows    = 100000
)

// condition is a bit of ST_TblStyleOverrideType, weakest first as LibreOffice
// has them. By 17.7.6 columns win over rows; in Word a head row looks like one in
// its first column too.
type condition uint16

const (
	band2Horz condition = 1 << iota
	band1Horz
	band2Vert
	band1Vert
	lastCol
	firstCol
	lastRow
	firstRow
	swCell
	seCell
	nwCell
	neCell
	conditions = iota
)

var conditionNames = [conditions]string{"band2Horz", "band1Horz", "band2Vert", "band1Vert",
	"lastCol", "firstCol", "lastRow", "firstRow", "swCell", "seCell", "nwCell", "neCell"}

// lookKey names a tableLook: the same style and conditions share one.
type lookKey struct {
	style string
	set   condition
}

// tableReader is what holds for one table while its rows are read.
type tableReader struct {
	style   string
	chain   []*style
	flags   condition // which conditions w:tblLook lets in
	bandRow int
	bandCol int
	borders [6]Border // top, left, bottom, right, insideH, insideV
	margins Margins
	shade   Color
	outer   *tableLook
	sides   [][]cellSides // of the cells read so far
}

// table reads w:tbl, nil when it has no rows.
func (p *parser) table(n *docx.Node) *Table {
	oldStory := p.story
	if p.story.name == "" && p.story.table == "" {
		p.tables++
		p.story.table = "таблица " + itoa(p.tables)
	} else if p.story.table == "" {
		p.story.table = "таблица"
	} else {
		p.story.table += ", вложенная таблица"
	}
	where := p.story.table
	defer func() {
		// open fields and the paragraphs counted go on behind the table
		p.story.table, p.story.look = oldStory.table, oldStory.look
	}()
	tblPr := n.Child("w:tblPr")
	t := &Table{Place: p.place().In}
	r := &tableReader{margins: Margins{Left: 108, Right: 108}, shade: Auto, bandRow: 1, bandCol: 1, outer: oldStory.look}
	st := p.styles.find(tblPr.Child("w:tblStyle").Attr("w:val"), "table")
	if st != nil {
		t.StyleID, r.style, r.chain = st.id, st.id, p.styles.chain(st)
	}
	for _, st := range r.chain {
		p.applyTable(t, r, st.node.Child("w:tblPr"))
		if s := st.node.Path("w:tcPr", "w:shd"); s != nil {
			r.shade = shade(s)
		}
	}
	t.Indent, t.Width = 0, Measure{} // w:tblW of a style has no effect (17.4.63); w:tblInd below
	for _, st := range r.chain {
		if i := st.node.Path("w:tblPr", "w:tblInd"); i != nil && i.Attr("w:type") != "pct" {
			t.Indent = twips(i.Attr("w:w"))
		}
	}
	p.applyTable(t, r, tblPr)
	r.flags = tableFlags(tblPr.Child("w:tblLook"))
	t.Margins = r.margins
	for c := range n.Child("w:tblGrid").All("w:gridCol") {
		if len(t.Grid) < maxColumns {
			t.Grid = append(t.Grid, max(0, twips(c.Attr("w:w"))))
		}
	}
	var rows []*docx.Node
	collect(n, "w:tr", 0, &rows)
	for i, row := range rows {
		if i >= maxRows {
			p.warn("rows", "слишком длинная таблица, конец пропущен", "разделите таблицу")
			break
		}
		p.story.table = where + ", строка " + itoa(i+1)
		t.Rows = append(t.Rows, p.row(t, r, row, i, len(rows)))
	}
	if len(t.Rows) == 0 {
		return nil
	}
	frameCells(t, r.sides)
	return t
}

// collect gathers the elements of that name below n through content controls
// and the like, deleted ones left out.
func collect(n *docx.Node, name string, depth int, into *[]*docx.Node) {
	if n == nil || depth > maxNesting {
		return
	}
	for c := range n.Elements() {
		switch c.Name {
		case name:
			if c.Path("w:trPr", "w:del") == nil && c.Path("w:tcPr", "w:cellDel") == nil {
				*into = append(*into, c)
			}
		case "w:sdt":
			collect(c.Child("w:sdtContent"), name, depth+1, into)
		case "w:customXml", "w:ins", "w:smartTag":
			collect(c, name, depth+1, into)
		case "mc:AlternateContent":
			collect(alternative(c), name, depth+1, into)
		}
	}
}

// applyTable folds w:tblPr or w:tblPrEx into the table.
func (p *parser) applyTable(t *Table, r *tableReader, n *docx.Node) {
	for c := range n.Elements() {
		switch c.Name {
		case "w:tblW":
			t.Width = measure(c)
		case "w:jc":
			t.Align = align(c.Attr("w:val"), t.RTL)
		case "w:tblInd":
			if c.Attr("w:type") != "pct" {
				t.Indent = twips(c.Attr("w:w"))
			}
		case "w:tblLayout":
			t.Fixed = c.Attr("w:type") == "fixed"
		case "w:bidiVisual":
			t.RTL = on(c)
		case "w:tblCellSpacing":
			t.Spacing = max(0, twips(c.Attr("w:w")))
		case "w:tblCellMar":
			applyMargins(&r.margins, c)
		case "w:tblBorders":
			applyBorders(&r.borders, c)
		case "w:shd":
			r.shade = shade(c)
		case "w:tblStyleRowBandSize":
			r.bandRow = max(1, number(c.Attr("w:val")))
		case "w:tblStyleColBandSize":
			r.bandCol = max(1, number(c.Attr("w:val")))
		case "w:tblCaption":
			t.Caption = c.Attr("w:val")
		case "w:tblDescription":
			if t.Caption == "" {
				t.Caption = c.Attr("w:val")
			}
		case "w:tblpPr":
			f := &TableFloat{HAnchor: c.Attr("w:horzAnchor"), VAnchor: c.Attr("w:vertAnchor"),
				X: twips(c.Attr("w:tblpX")), Y: twips(c.Attr("w:tblpY")),
				XAlign: c.Attr("w:tblpXSpec"), YAlign: c.Attr("w:tblpYSpec"),
				Left: twips(c.Attr("w:leftFromText")), Right: twips(c.Attr("w:rightFromText")),
				Top: twips(c.Attr("w:topFromText")), Bottom: twips(c.Attr("w:bottomFromText"))}
			t.Float = f
		}
	}
}

func applyMargins(m *Margins, n *docx.Node) {
	for c := range n.Elements() {
		v := max(0, twips(c.Attr("w:w")))
		switch c.Name {
		case "w:top":
			m.Top = v
		case "w:left", "w:start":
			m.Left = v
		case "w:bottom":
			m.Bottom = v
		case "w:right", "w:end":
			m.Right = v
		}
	}
}

// applyBorders overwrites the sides that n names: top, left, bottom, right,
// insideH, insideV.
func applyBorders(b *[6]Border, n *docx.Node) {
	for c := range n.Elements() {
		switch c.Name {
		case "w:top":
			b[0] = border(c)
		case "w:left", "w:start":
			b[1] = border(c)
		case "w:bottom":
			b[2] = border(c)
		case "w:right", "w:end":
			b[3] = border(c)
		case "w:insideH":
			b[4] = border(c)
		case "w:insideV":
			b[5] = border(c)
		}
	}
}

// tableFlags reads w:tblLook: the conditions that are not switched off.
func tableFlags(n *docx.Node) condition {
	var f condition
	bits := 0
	if v := n.Attr("w:val"); v != "" {
		for _, c := range v {
			d := 0
			switch {
			case c >= '0' && c <= '9':
				d = int(c - '0')
			case c >= 'a' && c <= 'f':
				d = int(c-'a') + 10
			case c >= 'A' && c <= 'F':
				d = int(c-'A') + 10
			}
			bits = (bits<<4 | d) & 0xFFFF
		}
	}
	flag := func(name string, bit int) bool {
		if n.HasAttr(name) {
			return isOn(n.Attr(name))
		}
		return bits&bit != 0
	}
	if flag("w:firstRow", 0x20) {
		f |= firstRow
	}
	if flag("w:lastRow", 0x40) {
		f |= lastRow
	}
	if flag("w:firstColumn", 0x80) {
		f |= firstCol
	}
	if flag("w:lastColumn", 0x100) {
		f |= lastCol
	}
	if !flag("w:noHBand", 0x200) {
		f |= band1Horz | band2Horz
	}
	if !flag("w:noVBand", 0x400) {
		f |= band1Vert | band2Vert
	}
	return f
}

// conditionsOf returns what holds for cell k of n in row i of rows.
//
// LibreOffice counts cells, not grid columns, gives each cell one condition of
// its row and one of its column, and takes every head row for a first one.
func (r *tableReader) conditionsOf(i, rows int, head bool, k, n int) (c condition) {
	switch {
	case i == 0:
		c = r.flags & firstRow
	case i == rows-1:
		c = r.flags & lastRow
	case head:
		c = firstRow
	}
	if c == 0 {
		c = band(r.flags, firstRow, band1Horz, band2Horz, i, r.bandRow)
	}
	column := condition(0)
	switch k {
	case 0:
		column = r.flags & firstCol
	case n - 1:
		column = r.flags & lastCol
	}
	if column == 0 {
		column = band(r.flags, firstCol, band1Vert, band2Vert, k, r.bandCol)
	}
	c |= column
	for _, corner := range [...]struct{ bit, of condition }{
		{neCell, firstRow | lastCol}, {nwCell, firstRow | firstCol}, {seCell, lastRow | lastCol}, {swCell, lastRow | firstCol}} {
		if c == corner.of {
			c |= corner.bit
		}
	}
	return c
}

// band returns the band in which row or cell at stands, bands of that size, when
// flags let it in; those behind a first one begin to count there.
func band(flags, first, odd, even condition, at, size int) condition {
	if flags&odd == 0 {
		return 0
	}
	if flags&first != 0 {
		at--
	}
	if at < 0 || at/size%2 == 0 {
		return odd
	}
	return even
}

// look returns the paragraph and run formatting of a table style under the
// conditions, nil when there is no table style.
func (p *parser) look(r *tableReader, set condition) *tableLook {
	if len(r.chain) == 0 {
		return nil
	}
	key := lookKey{r.style, set}
	if l, ok := p.looks[key]; ok {
		return l
	}
	l := &tableLook{}
	add := func(n *docx.Node) {
		if pPr := n.Child("w:pPr"); pPr != nil {
			l.pPr = append(l.pPr, pPr)
		}
		if rPr := n.Child("w:rPr"); rPr != nil {
			l.rPr = append(l.rPr, rPr)
		}
	}
	for _, st := range r.chain {
		add(st.node)
	}
	r.eachCondition(set, func(_ condition, n *docx.Node) { add(n) })
	if len(l.pPr)+len(l.rPr) == 0 {
		l = nil
	}
	if p.looks == nil {
		p.looks = map[lookKey]*tableLook{}
	}
	p.looks[key] = l
	return l
}

// eachCondition yields the w:tblStylePr that hold, weakest first.
func (r *tableReader) eachCondition(set condition, yield func(condition, *docx.Node)) {
	if set == 0 {
		return
	}
	for i, name := range conditionNames {
		bit := condition(1) << i
		if set&bit == 0 {
			continue
		}
		for _, st := range r.chain {
			for n := range st.node.All("w:tblStylePr") {
				if n.Attr("w:type") == name {
					yield(bit, n)
				}
			}
		}
	}
}

// row reads w:tr, row i of n.
func (p *parser) row(t *Table, r *tableReader, n *docx.Node, i, count int) *Row {
	row := &Row{Align: t.Align}
	trPr := n.Child("w:trPr")
	for c := range trPr.Elements() {
		switch c.Name {
		case "w:trHeight":
			row.Height = max(0, twips(c.Attr("w:val")))
			switch c.Attr("w:hRule") {
			case "exact":
				row.HeightRule = LineExact
			case "auto":
				row.HeightRule = LineAuto
				row.Height = 0
			default: // as Word reads it ([MS-OI29500] 2.1.180)
				row.HeightRule = LineAtLeast
			}
		case "w:tblHeader":
			row.Header = on(c)
		case "w:cantSplit":
			row.CantSplit = on(c)
		case "w:gridBefore":
			row.Before = min(max(0, number(c.Attr("w:val"))), maxColumns)
		case "w:gridAfter":
			row.After = min(max(0, number(c.Attr("w:val"))), maxColumns)
		case "w:wBefore":
			row.WidthBefore = max(0, twips(c.Attr("w:w")))
		case "w:jc":
			row.Align = align(c.Attr("w:val"), t.RTL)
		}
	}
	own := *r // exceptions of this row
	if ex := n.Child("w:tblPrEx"); ex != nil {
		scratch := *t
		p.applyTable(&scratch, &own, ex)
	}
	var cells []*docx.Node
	collect(n, "w:tc", 0, &cells)
	where := p.story.table
	r.sides = append(r.sides, make([]cellSides, 0, len(cells)))
	row.Cells = make([]*Cell, 0, len(cells))
	col := row.Before
	for k, c := range cells {
		tcPr := c.Child("w:tcPr")
		span := 1
		if g := tcPr.Child("w:gridSpan"); g != nil {
			span = min(max(1, number(g.Attr("w:val"))), maxColumns)
		}
		if hm := tcPr.Child("w:hMerge"); hm != nil && hm.Attr("w:val") != "restart" && len(row.Cells) > 0 {
			last := row.Cells[len(row.Cells)-1]
			last.Span += span
			col += span
			continue
		}
		if col+span > maxColumns {
			break
		}
		p.story.table = where + ", столбец " + itoa(len(row.Cells)+1)
		set := r.conditionsOf(i, count, row.Header, row.Before+k, row.Before+len(cells)+row.After)
		cell, sides := p.cell(&own, c, set, span)
		row.Cells = append(row.Cells, cell)
		r.sides[i] = append(r.sides[i], sides)
		col += span
	}
	return row
}

// cell reads w:tc under the conditions.
func (p *parser) cell(r *tableReader, n *docx.Node, set condition, span int) (*Cell, cellSides) {
	tcPr := n.Child("w:tcPr")
	cell := &Cell{Span: span, Margins: r.margins, Shade: r.shade}
	sides := cellSides{table: r.borders}
	r.eachCondition(set, func(bit condition, n *docx.Node) {
		for _, b := range []*docx.Node{n.Path("w:tblPr", "w:tblBorders"), n.Path("w:tcPr", "w:tcBorders")} {
			if b != nil {
				sides.addStyle(bit, b)
			}
		}
		p.applyCell(cell, n.Child("w:tcPr"))
	})
	p.applyCell(cell, tcPr)
	applyBorders(&sides.own, tcPr.Child("w:tcBorders"))
	p.story.look = p.look(r, set)
	p.blocks(n, func(b Block, _ *docx.Node) { cell.Blocks = append(cell.Blocks, b) })
	return cell, sides
}

// applyCell folds w:tcPr into the cell, borders left out.
func (p *parser) applyCell(cell *Cell, tcPr *docx.Node) {
	for c := range tcPr.Elements() {
		switch c.Name {
		case "w:tcW":
			cell.Width = measure(c)
		case "w:vMerge":
			cell.VMerge = MergeContinue
			if c.Attr("w:val") == "restart" {
				cell.VMerge = MergeStart
			}
		case "w:vAlign":
			cell.VAlign = valign(c.Attr("w:val"))
		case "w:shd":
			cell.Shade = shade(c)
		case "w:noWrap":
			cell.NoWrap = on(c)
		case "w:tcMar":
			applyMargins(&cell.Margins, c)
		case "w:textDirection":
			switch c.Attr("w:val") {
			case "btLr":
				cell.Rotate = 90
			case "tbRl", "tbRlV", "rl":
				cell.Rotate = 270
			}
		}
	}
}
