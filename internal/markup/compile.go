package markup

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	east "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/text"

	"nastavnik/internal/diag"
)

// compiler walks the divs of one source and gathers blocks into sections.
type compiler struct {
	file     string
	front    Front
	problems diag.List
	hider    hider
	line     int // of the piece at work

	sections []*section
	base     *section // a section's settings outside of section divs
	out      *[]block // where blocks go: a section, a cell or a footer
	width    int      // of out, in twips

	style     string            // of plain paragraphs; "" is the body text
	look      map[string]string // attributes of the innermost style div
	keep      bool
	pageBreak bool // the next paragraph opens a page
	flush     bool // inside a cell or a column: no first-line indent
	footers   [][]block

	nums     []num // numbering instances; numId is the index plus 1
	chapters int   // numId of numbered sections, 0 before the first
	annex    bool  // inside an annex: its title stands in the middle
	numbered bool  // past a numbered section: clauses hang on it
	clauses  int   // numId of the running list of clauses
}

// num is one w:num over one of the abstract lists.
type num struct {
	list  int // of the constants below
	start int // of its first level
}

// The abstract lists of the house style, in the order of numberingXML.
const (
	listChapters  = iota // 1. section, 1.1. clause, 1.1.1.
	listClauses          // 1. clause, 1.1., 1.1.1.
	listDash             // –
	listParen            // 1) in the text
	listCellParen        // 1) in a table
	listCellDash         // – in a table
)

var markdown = goldmark.New(goldmark.WithExtensions(extension.Table)).Parser()

func (c *compiler) fail(format string, args ...any) *diag.Problem {
	return c.problems.Add(diag.Place{File: c.file, Line: c.line}, format, args...)
}

// compile turns the divs into sections.
func (c *compiler) compile(s source) {
	c.file, c.front = s.file, s.front
	c.base = &section{landscape: s.front.Page.Landscape, left: s.front.Page.Margin}
	c.open(section{landscape: s.front.Page.Landscape, left: s.front.Page.Margin, plainTop: true})
	c.divs(s.body)
	c.sections = slices.DeleteFunc(c.sections, func(s *section) bool { return len(s.blocks) == 0 })
	for i, s := range c.sections {
		settle(&s.blocks, i == len(c.sections)-1)
	}
}

// open begins a section; blocks go there from now on.
func (c *compiler) open(s section) {
	if n := len(c.sections); n > 0 && len(c.sections[n-1].blocks) == 0 {
		s.plainTop = s.plainTop || n == 1
		c.sections = c.sections[:n-1]
	}
	c.sections = append(c.sections, &s)
	c.out, c.width = &s.blocks, s.textWidth()
}

func (c *compiler) add(b block) { *c.out = append(*c.out, b) }

// within runs f with blocks going to a container of its own.
func (c *compiler) within(width int, f func()) (blocks []block) {
	out, outer, flush := c.out, c.width, c.flush
	c.out, c.width = &blocks, width
	f()
	c.out, c.width, c.flush = out, outer, flush
	settle(&blocks, true)
	return blocks
}

func (c *compiler) divs(list []*div) {
	for _, d := range list {
		if d.name == "" {
			c.text(d)
		} else {
			c.div(d)
		}
	}
}

// divStyles maps a div's name to the paragraph style of the house.
var divStyles = map[string]string{
	"noindent": "BodyFlush", "command": "Command", "left": "BodyLeft", "center": "BodyCenter", "right": "BodyRight",
	"caption": "Caption", "tablecaption": "TableCaption", "subtitle": "Subtitle", "title": "Title",
	"letterhead": "Letterhead", "founder": "LetterheadFounder", "name": "LetterheadName",
	"data": "LetterheadData", "kind": "LetterheadKind",
	"requisite": "Requisite", "approval": "Approval", "annexmark": "AnnexMark", "signature": "Signature",
	"executor": "Executor", "small": "TableText", "tabletext": "TableText",
	"award-kind": "AwardKind", "award-name": "AwardName", "award-text": "AwardText", "body": "BodyText",
}

// divAttrs are the attributes that a style div may have.
var divAttrs = []string{"left", "right", "first", "before", "after", "size", "bold", "align", "keep", "line"}

func (c *compiler) div(d *div) {
	c.line = d.line
	if style, ok := divStyles[d.name]; ok {
		c.check(d, divAttrs...)
		outerStyle, outerLook, outerKeep := c.style, c.look, c.keep
		c.style, c.look, c.keep = style, d.attrs, c.keep || d.has("keep")
		c.divs(d.inner)
		c.style, c.look, c.keep = outerStyle, outerLook, outerKeep
		return
	}
	switch d.name {
	case "landscape", "portrait", "annex", "titlepage":
		c.check(d, "landscape", "margin", "continue")
		c.sectionDiv(d)
	case "footer":
		c.check(d)
		c.footers = append(c.footers, c.within(c.width, func() {
			outer := c.style
			c.style = "Footer"
			c.divs(d.inner)
			c.style = outer
		}))
	case "keep":
		c.check(d)
		outer := c.keep
		c.keep = true
		from := len(*c.out)
		c.divs(d.inner)
		c.keep = outer
		if !outer {
			release((*c.out)[from:])
		}
	case "pagebreak":
		c.check(d)
		c.pageBreak = true
	case "columns":
		c.check(d, "widths", "valign", "keep", "line")
		c.columns(d)
	case "frame":
		c.check(d)
		c.frame(d)
	case "sign":
		c.check(d, "captions")
		c.sign(d)
	case "list":
		c.check(d)
		chapters, clauses := c.numbered, c.clauses
		c.numbered, c.clauses = false, 0
		c.divs(d.inner)
		c.numbered, c.clauses = chapters, clauses
	case "table":
		c.check(d, "widths", "size", "noborder", "nohead", "head", "keep", "colnumbers", "split", "pad", "valign")
		c.look = d.attrs
		c.divs(d.inner)
		c.look = nil
	default:
		names := []string{"landscape", "portrait", "annex", "titlepage", "footer", "keep", "pagebreak", "columns", "frame", "sign", "list", "table"}
		for name := range divStyles {
			names = append(names, name)
		}
		slices.Sort(names)
		p := c.fail("нет раздела ::: %s", d.name)
		if near := diag.Nearest(d.name, names); near != "" {
			p.Hint = "похоже на " + near
		}
	}
}

func (c *compiler) check(d *div, allowed ...string) {
	for key := range d.attrs {
		if !slices.Contains(allowed, key) {
			c.fail("у ::: %s нет свойства %s", d.name, key).Hint = "бывает: " + strings.Join(allowed, ", ")
		}
	}
}

// release lets the last block of a kept stretch part from what follows.
func release(blocks []block) {
	for i := len(blocks) - 1; i >= 0; i-- {
		p, ok := blocks[i].(*paragraph)
		if !ok {
			t := blocks[i].(*table)
			t.keepNext = false
			t.free()
			return
		}
		if !p.control {
			p.keepNext = false
			return
		}
	}
}

// sectionDiv opens a section of its own and goes back to the document's after.
func (c *compiler) sectionDiv(d *div) {
	if !c.atTop() {
		c.fail("::: %s стоит внутри другого раздела", d.name)
		return
	}
	s := section{landscape: c.base.landscape, left: c.base.left}
	switch d.name {
	case "landscape":
		s.landscape = true
	case "portrait":
		s.landscape = false
	case "annex":
		s.landscape = d.has("landscape")
		s.restart = !d.has("continue")
		c.annex, c.numbered, c.chapters, c.clauses = true, false, 0, 0
	case "titlepage":
		s.plainTop = true
	}
	if d.has("margin") {
		s.left = c.number(d, "margin")
	}
	c.open(s)
	footers := len(c.footers)
	c.divs(d.inner)
	if len(c.footers) > footers {
		c.sections[len(c.sections)-1].footer = "rIdFooter" + itoa(len(c.footers))
	}
	c.annex = false
	c.open(section{landscape: c.base.landscape, left: c.base.left})
}

func (c *compiler) atTop() bool {
	return len(c.sections) > 0 && c.out == &c.sections[len(c.sections)-1].blocks
}

// number reads a whole attribute; a bad one is reported and taken as 0.
func (c *compiler) number(d *div, key string) int {
	n, err := strconv.Atoi(d.attrs[key])
	if err != nil {
		c.fail("%s=%s: нужно целое число", key, d.attrs[key])
	}
	return n
}

// widths shares the width in the proportions of a comma-separated list; the
// last column takes what rounding left.
func (c *compiler) shares(list string, n int) []int {
	var parts []float64
	for word := range strings.SplitSeq(list, ",") {
		v, err := strconv.ParseFloat(word, 64)
		if err != nil || v <= 0 {
			c.fail("widths=%s: нужны числа через запятую без пробелов", list)
			v = 1
		}
		parts = append(parts, v)
	}
	if n > 0 && len(parts) != n {
		c.fail("widths=%s: столбцов %d", list, n)
		parts = slices.Repeat([]float64{1}, n)
	}
	return share(c.width, parts)
}

func share(width int, parts []float64) []int {
	total := 0.0
	for _, v := range parts {
		total += v
	}
	widths := make([]int, len(parts))
	rest := width
	for i, v := range parts {
		widths[i] = int(float64(width)*v/total + 0.5)
		if i == len(parts)-1 {
			widths[i] = rest
		}
		rest -= widths[i]
	}
	return widths
}

// columns makes a borderless table of one row whose cells are the ::: column
// divs inside; it never tears over a page.
func (c *compiler) columns(d *div) {
	var parts []*div
	for _, inner := range d.inner {
		switch {
		case inner.name == "column":
			parts = append(parts, inner)
		default:
			c.line = inner.line
			c.fail("внутри ::: columns бывает только ::: column")
		}
	}
	if len(parts) == 0 {
		return
	}
	list := d.attrs["widths"]
	if list == "" {
		list = strings.TrimSuffix(strings.Repeat("1,", len(parts)), ",")
	}
	t := &table{widths: c.shares(list, len(parts)), keepNext: c.keep || d.has("keep"), gap: mm(2)}
	r := row{}
	for i, part := range parts {
		c.check(part, "align", "line")
		one := cell{span: 1, valign: d.attrs["valign"], border: part.attrs["line"]}
		one.blocks = c.within(t.widths[i]-t.gap, func() {
			c.flush = true
			look := c.look
			if part.has("align") {
				c.look = map[string]string{"align": part.attrs["align"]}
			}
			c.divs(part.inner)
			c.look = look
		})
		r.cells = append(r.cells, one)
	}
	t.rows = []row{r}
	c.add(t)
}

// frame makes one cell with a double rule that fills the page between the
// margins; what stands in it is centred upright.
func (c *compiler) frame(d *div) {
	if !c.atTop() {
		c.fail("::: frame стоит внутри другого раздела")
		return
	}
	pad := mm(8)
	s := c.sections[len(c.sections)-1]
	s.even = true
	c.width = s.textWidth()
	height := s.textHeight() - 120
	t := &table{widths: []int{c.width}, frame: true, pad: pad, padV: mm(4)}
	inner := c.within(c.width-2*pad, func() {
		c.flush = true
		c.divs(d.inner)
	})
	t.rows = []row{{height: height, cells: []cell{{span: 1, valign: "center", blocks: inner}}}}
	c.add(t)
}

// signWidths returns the columns of a signature: who signs, a gap, the line for
// the pen, a gap, initials and surname. In a narrow column who signs takes a
// row above the line.
func signWidths(width int) (widths []int, narrow bool) {
	gap, name := mm(3), mm(57)
	if width < mm(120) {
		name = min(name, width*11/20)
		return []int{width - gap - name, gap, name}, true
	}
	line := mm(35)
	return []int{width - 2*gap - line - name, gap, line, gap, name}, false
}

// sign makes the signatures of a paper: one a line, «who | name», in one table
// that neither tears nor leaves the text before it. A line of control tags
// becomes a row that vanishes.
func (c *compiler) sign(d *div) {
	widths, narrow := signWidths(c.width)
	t := &table{widths: widths, sign: true}
	gap := 480
	for _, part := range d.inner {
		if part.name != "" {
			c.line = part.line
			c.fail("внутри ::: sign бывают только строки «кто | имя»")
			continue
		}
		lint(c.file, part.line, part.text, &c.problems)
		for i, line := range strings.Split(strings.TrimSuffix(part.text, "\n"), "\n") {
			c.line = part.line + i
			if strings.TrimSpace(line) == "" {
				continue
			}
			if controlLine.MatchString(line) {
				p := &paragraph{style: "Signature", control: true, runs: []run{{text: strings.TrimSpace(line)}}}
				t.rows = append(t.rows, row{cells: []cell{{span: len(t.widths), blocks: []block{p}}}})
				gap = 300 // the row below may be repeated
				continue
			}
			who, name, ok := strings.Cut(typography(c.hider.hide(line)), "|")
			if !ok {
				c.fail("подпись пишется «кто | имя»")
				continue
			}
			who, name = strings.TrimSpace(c.hider.show(who)), strings.TrimSpace(c.hider.show(name))
			if narrow {
				t.rows = append(t.rows, textRow("Signature", gap, who), textRow("Signature", 240, "", "", name))
				t.rows[len(t.rows)-2].cells[0].span = len(widths)
			} else {
				t.rows = append(t.rows, textRow("Signature", gap, who, "", "", "", name))
			}
			last := &t.rows[len(t.rows)-1]
			last.cells[len(last.cells)-3].border = "bottom"
			gap = 300
			if d.has("captions") {
				texts := []string{"", "", "(подпись)", "", "(инициалы, фамилия)"}
				t.rows = append(t.rows, textRow("Caption", 0, texts[5-len(widths):]...))
			}
		}
	}
	t.hold(false)
	c.add(t)
}

// textRow makes a row of plain cells; before is the space above the first, in
// twips.
func textRow(style string, before int, texts ...string) row {
	r := row{}
	for i, text := range texts {
		p := &paragraph{style: style}
		if text != "" {
			p.runs = []run{{text: text}}
		}
		if i == 0 && before > 0 {
			p.before = &before
		}
		r.cells = append(r.cells, cell{span: 1, valign: "bottom", blocks: []block{p}})
	}
	return r
}

// text compiles one stretch of Markdown.
func (c *compiler) text(d *div) {
	lint(c.file, d.line, d.text, &c.problems)
	var lines []string
	for line := range strings.SplitSeq(d.text, "\n") {
		if controlLine.MatchString(line) {
			lines = append(lines, "", line, "")
		} else {
			lines = append(lines, line)
		}
	}
	src := []byte(typography(c.hider.hide(strings.Join(lines, "\n"))))
	c.line = d.line
	root := markdown.Parse(text.NewReader(src))
	c.blocks(root, src, 0, nil)
}

// listState is what a list needs to go on after a stretch of control tags.
type listState struct {
	num   int
	list  *ast.List
	level int
}

// blocks compiles the block children of a node. depth counts the ordered lists
// around it; up is the innermost of them.
func (c *compiler) blocks(n ast.Node, src []byte, depth int, up *listState) {
	var last *listState // of the list before, while only control tags followed
	for child := n.FirstChild(); child != nil; child = child.NextSibling() {
		switch child := child.(type) {
		case *ast.Heading:
			c.heading(child, src)
			last = nil
		case *ast.Paragraph, *ast.TextBlock:
			p := c.paragraph(c.inlines(child, src))
			c.add(p)
			if !p.control {
				last = nil
			}
		case *ast.List:
			last = c.list(child, src, depth, up, last)
		case *east.Table:
			c.table(child, src)
			last = nil
		case *ast.CodeBlock:
			c.fail("строка с отступом в четыре пробела").Hint = "вложенный пункт отступает на ширину номера: три пробела"
		default:
			c.fail("разметка %s не поддерживается", child.Kind())
		}
	}
}

func (c *compiler) heading(h *ast.Heading, src []byte) {
	runs := c.inlines(h, src)
	p := &paragraph{runs: runs}
	switch h.Level {
	case 1:
		p.style = "Title"
		if c.annex {
			p.style = "AnnexTitle"
		}
	case 2:
		p.style = "Heading1"
		if len(runs) > 0 && strings.HasSuffix(runs[len(runs)-1].text, "{-}") {
			runs[len(runs)-1].text = strings.TrimSpace(strings.TrimSuffix(runs[len(runs)-1].text, "{-}"))
			break
		}
		if c.chapters == 0 {
			c.chapters = c.newNum(listChapters, 1)
		}
		p.num, c.numbered = c.chapters, true
	case 3:
		p.style = "Heading2"
	default:
		c.fail("заголовок уровня %d: бывает #, ## и ###", h.Level)
	}
	c.dress(p)
	c.add(p)
}

func (c *compiler) newNum(list, start int) int {
	c.nums = append(c.nums, num{list, start})
	return len(c.nums)
}

// list compiles a list. last is the list before it, when only control tags
// stand between: then the numbering goes on.
func (c *compiler) list(l *ast.List, src []byte, depth int, up, last *listState) *listState {
	state := &listState{list: l}
	same := last != nil && last.list.Marker == l.Marker
	style := "ListNumber"
	inner := depth
	switch {
	case !l.IsOrdered():
		style = "ListBullet"
		state.num = c.dash()
		if up != nil && !up.list.IsOrdered() {
			state.level = min(up.level+1, 2)
		}
	case l.Marker == ')':
		state.num = c.newNumUnless(same, last, listParen, l.Start)
		if up != nil && up.list.IsOrdered() && up.list.Marker == ')' {
			state.level = min(up.level+1, 2)
		}
	case up != nil && up.list.IsOrdered() && up.list.Marker == '.':
		state.num, state.level = up.num, up.level+1
		inner++
	case c.numbered:
		state.num, state.level = c.chapters, 1
		inner++
	default:
		switch {
		case same:
			state.num = last.num
		case l.Start != 1 && c.clauses != 0:
			state.num = c.clauses
		default:
			state.num = c.newNum(listClauses, l.Start)
		}
		c.clauses = state.num
		inner++
	}
	if state.level > 3 {
		c.fail("больше четырёх уровней нумерации")
		state.level = 3
	}
	for item := l.FirstChild(); item != nil; item = item.NextSibling() {
		if first := item.FirstChild(); first != nil {
			if first.Kind() != ast.KindTextBlock && first.Kind() != ast.KindParagraph {
				c.fail("пункт списка начинается не с текста")
				continue
			}
			p := &paragraph{style: style, num: state.num, level: state.level, runs: c.inlines(first, src)}
			c.dress(p)
			c.add(p)
			rest := ast.NewListItem(0)
			for next := first.NextSibling(); next != nil; {
				after := next.NextSibling()
				rest.AppendChild(rest, next)
				next = after
			}
			c.blocks(rest, src, inner, state)
		}
	}
	return state
}

func (c *compiler) newNumUnless(same bool, last *listState, list, start int) int {
	if same {
		return last.num
	}
	return c.newNum(list, start)
}

// dash returns the one numbering of dash lists: a dash needs no restart.
func (c *compiler) dash() int {
	for i, n := range c.nums {
		if n.list == listDash {
			return i + 1
		}
	}
	return c.newNum(listDash, 1)
}

var penOnly = regexp.MustCompile(`^_{3,}$`)

// paragraph makes a plain paragraph in the style of the div around.
func (c *compiler) paragraph(runs []run) *paragraph {
	p := &paragraph{style: "BodyText", runs: runs}
	if c.flush {
		p.style = "BodyLeft"
	}
	if c.style != "" {
		p.style = c.style
	}
	text := plain(runs)
	if m := includeLine.FindStringSubmatch(text); m != nil {
		p.include, p.control, p.style = m[1], true, "Normal"
	} else if controlLine.MatchString(text) {
		p.control, p.style = true, "Normal"
	}
	if p.control {
		return p
	}
	if penOnly.MatchString(text) {
		p.runs = []run{{text: string(tabMark) + c.penEnd()}}
		p.tabs = []tabStop{{c.width, "right", "underscore"}}
		zero := 0
		p.first = &zero
	} else if strings.ContainsRune(text, tabMark) {
		c.setTab(p)
	}
	c.dress(p)
	return p
}

// penEnd is what stands behind a pen line: in a cell LibreOffice draws the
// leader of a tab only when ink follows it.
func (c *compiler) penEnd() string {
	if c.atTop() {
		return ""
	}
	return "_"
}

// setTab gives a paragraph with a tab its stop at the right margin: «text ⇥
// text» pushes apart, «text ⇥____» draws a pen line up to the margin.
func (c *compiler) setTab(p *paragraph) {
	leader := ""
	for i := range p.runs {
		s := p.runs[i].text
		s = regexp.MustCompile(`[ \x{00A0}]*⇥[ \x{00A0}]*`).ReplaceAllString(s, string(tabMark))
		if cut := regexp.MustCompile(`⇥_{3,}`); cut.MatchString(s) {
			s = cut.ReplaceAllString(s, string(tabMark)+c.penEnd())
			leader = "underscore"
		}
		p.runs[i].text = s
	}
	p.tabs = []tabStop{{c.width, "right", leader}}
	if p.style == "BodyText" || p.style == "BodyFlush" {
		p.align = "left" // a justified line would stretch after the tab
	}
}

// dress gives a paragraph the direct settings of the div around.
func (c *compiler) dress(p *paragraph) {
	if c.pageBreak {
		p.pageBreak, c.pageBreak = true, false
	}
	if c.keep {
		p.keepNext = true
	}
	number := func(key string, scale func(float64) int) *int {
		value, ok := c.look[key]
		if !ok {
			return nil
		}
		v, err := strconv.ParseFloat(value, 64)
		if err != nil {
			c.fail("%s=%s: нужно число", key, value)
			return nil
		}
		n := scale(v)
		return &n
	}
	points := func(v float64) int { return int(v*20 + 0.5) }
	p.before, p.after = number("before", points), number("after", points)
	if v := number("left", mm); v != nil {
		p.left = v
	}
	if v := number("right", mm); v != nil {
		p.right = v
	}
	if v := number("first", mm); v != nil {
		p.first = v
	}
	if v, ok := c.look["size"]; ok && p.style != "TableText" && p.style != "TableHead" {
		size, err := strconv.ParseFloat(v, 64)
		if err != nil {
			c.fail("size=%s: нужно число", v)
		}
		p.size = int(size * 2)
	}
	if _, ok := c.look["bold"]; ok {
		p.bold = true
	}
	if p.style == "AnnexMark" && p.left == nil {
		left := c.width - mm(80) // the right block of 80 mm, as wide as approvals
		p.left = &left
	}
	if v := c.look["align"]; v != "" {
		p.align = v
	}
	if v := c.look["line"]; v != "" {
		p.line = v
	}
}

// settle finishes a container: a signature keeps the text before it, a ruled
// table has air around it, and a table never ends a container nor touches
// another one.
func settle(blocks *[]block, end bool) {
	list := *blocks
	for i, b := range list {
		p, ok := b.(*paragraph)
		t, _ := b.(*table)
		if ok && strings.HasPrefix(p.include, "signature") || t != nil && t.sign {
			hold(list[:i])
		}
	}
	leadIns(list)
	var out []block
	for i, b := range list {
		out = append(out, b)
		t, ok := b.(*table)
		if !ok {
			continue
		}
		if t.border {
			air(list[:i], list[i+1:])
		}
		next := i + 1
		if next == len(list) && end || next < len(list) && isTable(list[next]) ||
			next < len(list) && isControl(list[next]) {
			after := &paragraph{style: "AfterTable", keepNext: t.keepNext}
			if gap := 120; t.border && next < len(list) {
				after.after = &gap
			}
			out = append(out, after)
		}
	}
	if len(out) == 0 && end {
		out = append(out, &paragraph{style: "Normal"})
	}
	*blocks = out
}

func isTable(b block) bool { _, ok := b.(*table); return ok }

func isControl(b block) bool { p, ok := b.(*paragraph); return ok && p.control }

// leadIns keeps a phrase that ends with a colon with the list or the table that
// it opens.
func leadIns(list []block) {
	for i, b := range list {
		p, ok := b.(*paragraph)
		if !ok || !strings.HasSuffix(strings.TrimSpace(controlTags.ReplaceAllString(plain(p.runs), "")), ":") {
			continue
		}
		for _, next := range list[i+1:] {
			if n, ok := next.(*paragraph); ok && n.control {
				continue
			} else if !ok || n.num > 0 {
				p.keepNext = true
			}
			break
		}
	}
}

// oneLine is how many characters surely fill no second line of body text.
const oneLine = 75

// hold keeps the last text before a signature with it: two lines at least, so
// of a last paragraph of one line the one before it too. What stands between
// control tags may be left out, so of each branch that may come last three
// paragraphs are held but do not count.
func hold(before []block) {
	held, depth, left := false, 0, 0
	for i := len(before) - 1; i >= 0; i-- {
		switch b := before[i].(type) {
		case *paragraph:
			switch tags := plain(b.runs); {
			case b.control:
				outside := depth == 0
				depth = max(0, depth+strings.Count(tags, "{{/")-strings.Count(tags, "{{#"))
				if outside || depth == 1 && strings.Contains(tags, "{{else") {
					left = 3
				}
			case depth > 0:
				b.keepNext = b.keepNext || left > 0
				left--
			default:
				b.keepNext = true
				if held || utf8.RuneCountInString(sure(tags)) > oneLine {
					return
				}
				held = true
			}
		case *table:
			if depth > 0 {
				left = 0
				continue
			}
			if n := len(b.rows); n > 0 {
				b.keepNext = true
				keepCells(b.rows[n-1].cells)
			}
			return
		}
	}
}

var maybe = regexp.MustCompile(`\{\{#(?:if|each).*?\{\{/(?:if|each)\}\}|\{\{[^{}]*\}\}`)

// sure returns of a text with placeholders what is printed in any case.
func sure(text string) string { return maybe.ReplaceAllString(text, "") }

// air sets 6 pt between a ruled table and the text on both sides.
func air(before, after []block) {
	gap := 120
	for i := len(before) - 1; i >= 0; i-- {
		p, ok := before[i].(*paragraph)
		if !ok {
			break
		}
		if p.control {
			continue
		}
		if p.after == nil && !strings.HasSuffix(p.style, "Title") && p.style != "TableCaption" && p.style != "Heading1" {
			p.after = &gap
		}
		break
	}
	for _, b := range after {
		p, ok := b.(*paragraph)
		if !ok {
			break
		}
		if p.control {
			continue
		}
		if p.before == nil && !strings.HasPrefix(p.style, "Heading") && !strings.HasSuffix(p.style, "Title") {
			p.before = &gap
		}
		break
	}
}
