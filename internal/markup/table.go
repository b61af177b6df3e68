package markup

import (
	"regexp"
	"strconv"
	"strings"

	"github.com/yuin/goldmark/ast"
	east "github.com/yuin/goldmark/extension/ast"
)

// mergeCell alone in a cell goes on with the cell above.
const mergeCell = "^"

var (
	controlTags = regexp.MustCompile(controlTag)

	cellNumber = regexp.MustCompile(`^\d+\)[ \x{00A0}]`)
	cellDash   = regexp.MustCompile(`^[-–][ \x{00A0}]`)
)

// tableLook is what the ::: table div around says.
type tableLook struct {
	border, head, numbers, split bool
	heads, size                  int
	pad                          float64 // mm above and below the text
	valign                       string
}

func (c *compiler) tableLook() tableLook {
	l := tableLook{border: true, head: true, heads: 1, size: 12, pad: 0.4}
	number := func(key string, into *int) {
		v, ok := c.look[key]
		if !ok {
			return
		}
		n, err := strconv.Atoi(v)
		if err != nil {
			c.fail("%s=%s: нужно целое число", key, v)
			return
		}
		*into = n
	}
	number("head", &l.heads)
	number("size", &l.size)
	if v, ok := c.look["pad"]; ok {
		pad, err := strconv.ParseFloat(v, 64)
		if err != nil || pad < 0 {
			c.fail("pad=%s: нужно число миллиметров", v)
		}
		l.pad = max(0, pad)
	}
	if _, ok := c.look["noborder"]; ok {
		l.border = false
	}
	if _, ok := c.look["nohead"]; ok {
		l.head, l.heads = false, 0
	}
	_, l.numbers = c.look["colnumbers"]
	_, l.split = c.look["split"]
	l.valign = c.look["valign"]
	if l.size != 12 && l.size != 11 && l.size != 10 {
		c.fail("size=%d: в таблице кегль 12, 11 или 10", l.size)
	}
	return l
}

// styleOf returns the paragraph style of a cell.
func (l tableLook) styleOf(head bool) string {
	style := "TableText"
	if head {
		style = "TableHead"
	}
	if l.size != 12 {
		style += itoa(l.size)
	}
	return style
}

// table compiles a pipe table. Widths go by the dashes of the delimiter row,
// or by widths= of the div around; empty cells are taken by the one before.
func (c *compiler) table(n *east.Table, src []byte) {
	look := c.tableLook()
	outerLook := c.look
	_, keep := c.look["keep"]
	widths := c.look["widths"]
	c.look = nil
	defer func() { c.look = outerLook }()

	columns := len(n.Alignments)
	t := &table{border: look.border, padV: mm(look.pad), keepNext: keep || c.keep}
	if look.border {
		t.pad = 85
	}
	if widths != "" {
		t.widths = c.shares(widths, columns)
	} else {
		t.widths = share(c.width, dashes(n, src, columns))
	}
	for r := n.FirstChild(); r != nil; r = r.NextSibling() {
		head := len(t.rows) < look.heads
		one := row{head: head, split: look.split}
		column := 0
		for cellNode := r.FirstChild(); cellNode != nil; cellNode = cellNode.NextSibling() {
			runs := c.inlines(cellNode, src)
			text := strings.TrimSpace(plain(runs))
			if text == "" {
				if len(one.cells) == 0 {
					c.fail("строка таблицы начинается с пустой ячейки").Hint = "пустая для ручки: _, продолжение верхней: ^"
					break
				}
				one.cells[len(one.cells)-1].span++
				column++
				continue
			}
			made := cell{span: 1, valign: look.valign}
			if head {
				made.valign = "center"
			}
			switch controlTags.ReplaceAllString(text, "") {
			case "_":
				runs = []run{{text: strings.Join(controlTags.FindAllString(text, -1), "")}}
				if runs[0].text == "" {
					runs = nil
				}
			case mergeCell:
				runs, made.merge = nil, "continue"
				c.merge(t, column)
			}
			align := ""
			switch n.Alignments[column] {
			case east.AlignCenter:
				align = "center"
			case east.AlignRight:
				align = "right"
			}
			if head {
				align = ""
			}
			made.blocks = c.cell(runs, look.styleOf(head), align, t.widths[column]-2*t.pad)
			one.cells = append(one.cells, made)
			column++
		}
		if columns > 1 && len(one.cells) == 1 && !head {
			keepCells(one.cells) // the title of the rows below
		}
		t.rows = append(t.rows, one)
		if look.numbers && len(t.rows) == look.heads {
			t.rows = append(t.rows, columnNumbers(columns, look))
			look.heads++
		}
	}
	if t.keepNext {
		t.keepNext = c.keep // with what follows, only inside a kept stretch
		t.hold(t.keepNext)
	}
	c.add(t)
}

// merge marks the cell above column in the last row as the top of a merge.
func (c *compiler) merge(t *table, column int) {
	if len(t.rows) == 0 {
		c.fail("в первой строке нечего продолжать знаком ^")
		return
	}
	at := 0
	for i := range t.rows[len(t.rows)-1].cells {
		above := &t.rows[len(t.rows)-1].cells[i]
		if at == column {
			if above.merge == "" {
				above.merge = "restart"
			}
			return
		}
		at += above.span
	}
	c.fail("над знаком ^ нет ячейки той же ширины")
}

func columnNumbers(columns int, look tableLook) row {
	r := row{head: true}
	for i := range columns {
		p := &paragraph{style: look.styleOf(true), runs: []run{{text: itoa(i + 1)}}}
		r.cells = append(r.cells, cell{span: 1, valign: "center", blocks: []block{p}})
	}
	return r
}

// hold keeps the rows of a table on one page, and with what follows when asked.
func (t *table) hold(next bool) {
	for i, r := range t.rows {
		if i < len(t.rows)-1 || next {
			keepCells(r.cells)
		}
	}
}

// free lets the last row of a table part from what follows.
func (t *table) free() {
	if n := len(t.rows); n > 0 {
		for _, one := range t.rows[n-1].cells {
			for _, b := range one.blocks {
				if p, ok := b.(*paragraph); ok {
					p.keepNext = false
				}
			}
		}
	}
}

func keepCells(cells []cell) {
	for _, one := range cells {
		for _, b := range one.blocks {
			if p, ok := b.(*paragraph); ok {
				p.keepNext = true
			}
		}
	}
}

// dashes reads the relative widths of columns from the delimiter row, as
// pandoc does.
func dashes(n *east.Table, src []byte, columns int) []float64 {
	parts := make([]float64, columns)
	for i := range parts {
		parts[i] = 1
	}
	header := n.FirstChild()
	if header == nil || header.Lines() == nil {
		return parts
	}
	stop := 0
	ast.Walk(header, func(node ast.Node, entering bool) (ast.WalkStatus, error) {
		if t, ok := node.(*ast.Text); ok {
			stop = max(stop, t.Segment.Stop)
		}
		return ast.WalkContinue, nil
	})
	rest := string(src[stop:])
	_, rest, _ = strings.Cut(rest, "\n")
	line, _, _ := strings.Cut(rest, "\n")
	line = strings.Trim(strings.TrimSpace(line), "|")
	for i, word := range strings.Split(line, "|") {
		if i < columns {
			parts[i] = float64(max(1, strings.Count(word, "-")))
		}
	}
	return parts
}

// cell splits the runs of a cell at <br> into paragraphs; a paragraph that
// begins with «1) » or «– » is an item of a list of its own cell.
func (c *compiler) cell(runs []run, style, align string, width int) []block {
	list := 0
	blocks := c.within(width, func() {
		for _, piece := range splitRuns(runs) {
			p := &paragraph{style: style, align: align, runs: piece}
			text := plain(piece)
			switch {
			case controlLine.MatchString(text):
				p.control, p.style, p.align = true, style, ""
			case cellNumber.MatchString(text):
				if list == 0 {
					list = c.newNum(listCellParen, 1)
				}
				p.num = list
				p.runs = trimRuns(piece, cellNumber)
			case cellDash.MatchString(text):
				p.num = c.cellDash()
				p.runs = trimRuns(piece, cellDash)
			}
			c.add(p)
		}
	})
	return blocks
}

func (c *compiler) cellDash() int {
	for i, n := range c.nums {
		if n.list == listCellDash {
			return i + 1
		}
	}
	return c.newNum(listCellDash, 1)
}

// splitRuns cuts runs at breaks and trims the blanks around each piece.
func splitRuns(runs []run) [][]run {
	pieces := [][]run{nil}
	for _, r := range runs {
		for i, part := range strings.Split(r.text, string(breakMark)) {
			if i > 0 {
				pieces = append(pieces, nil)
			}
			last := len(pieces) - 1
			if len(pieces[last]) == 0 {
				part = strings.TrimLeft(part, " ")
			}
			if part != "" {
				r.text = part
				pieces[last] = append(pieces[last], r)
			}
		}
	}
	for _, piece := range pieces {
		if n := len(piece); n > 0 {
			piece[n-1].text = strings.TrimRight(piece[n-1].text, " ")
		}
	}
	return pieces
}

func trimRuns(runs []run, prefix *regexp.Regexp) []run {
	runs[0].text = prefix.ReplaceAllString(runs[0].text, "")
	return runs
}
