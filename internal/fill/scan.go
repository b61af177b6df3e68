package fill

import (
	"fmt"
	"iter"
	"slices"
	"strings"
	"unicode"

	"nastavnik/internal/diag"
	"nastavnik/internal/docx"
)

// scanner reads one part: it joins the text of each paragraph, finds the
// placeholders, and puts a marker node where each stood, so that the tree
// holds text, markers and nothing torn.
type scanner struct {
	c      *compiler
	part   *docx.Part
	story  string // «верхний колонтитул», "" for the body
	parent map[*docx.Node]*docx.Node

	heading   string
	paragraph int
	tables    int
	cells     []cell   // the tables around, outermost first
	blocks    []string // the includes around
	fitTo     int      // the width that the innermost of them was fitted to, in twips
	at        int      // number of the paragraph in its part
	list      *story
}

// cell is a place in a table as a person counts; nested counts the tables
// inside the cell.
type cell struct{ table, row, column, nested int }

// story is one flow of text with its placeholders in order; text boxes and
// notes are flows of their own, so that a block cannot leave them.
type story struct {
	placeholders []*placeholder
	tables       []*docx.Node // with placeholders in them, outermost first
}

// Names of marker and block nodes, which stand in the tree between scan and
// emit.
const (
	markerName  = "fill:marker"  // prints: a value, a picture, a line
	controlName = "fill:control" // opens, closes or divides a block
	blockName   = "fill:block"
	branchName  = "fill:branch"
)

func isMarker(n *docx.Node) bool {
	return n.Kind == docx.Other && (n.Name == markerName || n.Name == controlName)
}

// where says the place of the current paragraph.
func (s *scanner) where() string {
	var said []string
	for _, b := range s.blocks {
		said = append(said, "блок «"+b+"»")
	}
	if s.story != "" {
		said = append(said, s.story)
	}
	if s.heading != "" {
		said = append(said, "раздел «"+s.heading+"»")
	}
	for i, c := range s.cells {
		inner := ""
		if i > 0 {
			inner = "вложенная "
		}
		said = append(said, fmt.Sprintf("%sтаблица %d, строка %d, столбец %d", inner, c.table, c.row, c.column))
	}
	if len(s.cells) == 0 {
		said = append(said, fmt.Sprintf("абзац %d", s.paragraph))
	}
	return strings.Join(said, ", ")
}

// blockContent scans the paragraphs and tables of n, which holds blocks.
func (s *scanner) blockContent(n *docx.Node) {
	var children []*docx.Node // nil while nothing is replaced
	for i := 0; i < len(n.Children); i++ {
		c := n.Children[i]
		if c.Kind != docx.Element {
			if children != nil {
				children = append(children, c)
			}
			continue
		}
		s.parent[c] = n
		keep := []*docx.Node{c}
		switch c.Name {
		case "w:p":
			keep = s.readParagraph(c)
			if props := c.Child("w:pPr"); props != nil && s.c.fillers[n] == nil {
				s.c.fillers[n] = props
			}
		case "w:tbl":
			s.table(c)
		case "w:sdt":
			if content := c.Child("w:sdtContent"); content != nil {
				s.parent[content] = c
				s.blockContent(content)
			}
		case "w:sectPr", "w:tcPr", "w:sdtPr", "w:bookmarkStart", "w:bookmarkEnd", "w:proofErr":
		default: // w:customXml, mc:AlternateContent, w:altChunk
			s.blockContent(c)
		}
		before := n.Children[:i]
		if children != nil {
			before = children
		}
		if joinSection(before, keep) {
			keep = keep[1:]
		}
		if children == nil && (len(keep) != 1 || keep[0] != c) {
			children = slices.Clone(n.Children[:i])
		}
		if children != nil {
			for _, k := range keep {
				s.parent[k] = n
			}
			children = append(children, keep...)
		}
	}
	if children != nil {
		n.Children = children
	}
}

// table scans the rows of a table.
func (s *scanner) table(t *docx.Node) {
	number := 0
	if len(s.cells) == 0 {
		s.tables++
		number = s.tables
	} else {
		around := &s.cells[len(s.cells)-1]
		around.nested++
		number = around.nested
	}
	before, at := len(s.list.placeholders), len(s.list.tables)
	s.cells = append(s.cells, cell{table: number})
	s.rows(t)
	s.cells = s.cells[:len(s.cells)-1]
	if len(s.list.placeholders) > before {
		s.list.tables = slices.Insert(s.list.tables, at, t)
	}
}

// rows scans the rows in n: a table, or a content control around rows. A row
// that holds only control placeholders gives way to them.
func (s *scanner) rows(n *docx.Node) {
	for i := 0; i < len(n.Children); i++ {
		c := n.Children[i]
		if c.Kind != docx.Element {
			continue
		}
		s.parent[c] = n
		switch c.Name {
		case "w:tr":
			s.cells[len(s.cells)-1].row++
			s.cells[len(s.cells)-1].column = 0
			before := len(s.list.placeholders)
			s.rowCells(c)
			if markers := onlyMarkers(c); len(s.list.placeholders) > before && markers != nil {
				for _, m := range markers {
					s.parent[m] = n
				}
				n.Children = slices.Replace(n.Children, i, i+1, markers...)
				i += len(markers) - 1
			}
		case "w:sdt":
			if content := c.Child("w:sdtContent"); content != nil {
				s.parent[content] = c
				s.rows(content)
			}
		case "w:customXml", "w:ins":
			s.rows(c)
		}
	}
}

// rowCells scans the cells in n: a row, or a content control around cells.
func (s *scanner) rowCells(n *docx.Node) {
	for c := range n.Elements() {
		s.parent[c] = n
		switch c.Name {
		case "w:tc":
			at := &s.cells[len(s.cells)-1]
			at.column++
			at.nested = 0
			s.blockContent(c)
		case "w:sdt":
			if content := c.Child("w:sdtContent"); content != nil {
				s.parent[content] = c
				s.rowCells(content)
			}
		case "w:customXml":
			s.rowCells(c)
		}
	}
}

// onlyMarkers returns the markers of n in order when it holds control
// placeholders and nothing that prints, nil otherwise.
func onlyMarkers(n *docx.Node) []*docx.Node {
	var markers []*docx.Node
	for leaf := range leaves(n) {
		if leaf.Name != controlName {
			return nil
		}
		markers = append(markers, leaf)
	}
	if n.Name == "w:p" && n.Path("w:pPr", "w:sectPr") != nil {
		return nil
	}
	return markers
}

// prints reports whether anything in n shows on paper by itself.
func prints(n *docx.Node) bool {
	for leaf := range leaves(n) {
		if leaf.Name != controlName {
			return true
		}
	}
	return false
}

// leaves yields in order what shows on paper (text that is not blank, values,
// pictures, fields, page breaks) and the markers of control placeholders.
func leaves(n *docx.Node) iter.Seq[*docx.Node] {
	return func(yield func(*docx.Node) bool) { walkLeaves(n, yield) }
}

func walkLeaves(n *docx.Node, yield func(*docx.Node) bool) bool {
	for _, c := range n.Children {
		more := true
		switch c.Kind {
		case docx.Other: // a marker, a block, a comment
			if isMarker(c) {
				more = yield(c)
			} else {
				more = walkLeaves(c, yield)
			}
		case docx.Text, docx.CData:
			if (n.Name == "w:t" || n.Name == "a:t" || n.Name == branchName) && strings.TrimFunc(c.Text(), blankRune) != "" {
				more = yield(c)
			}
		case docx.Element:
			switch c.Name {
			case "w:drawing", "w:pict", "w:object", "w:sym", "w:fldChar", "w:fldSimple", "w:footnoteReference",
				"w:endnoteReference", "w:ptab", "m:oMath", "m:oMathPara", "mc:AlternateContent", "w:pgNum", "w:altChunk":
				more = yield(c)
			case "w:br":
				if t := c.Attr("w:type"); t == "page" || t == "column" {
					more = yield(c)
				}
			case "w:pPr", "w:rPr", "w:tcPr", "w:trPr", "w:tblPr", "w:sdtPr", "w:del", "w:moveFrom":
			default:
				more = walkLeaves(c, yield)
			}
		}
		if !more {
			return false
		}
	}
	return true
}

func blankRune(r rune) bool { return unicode.IsSpace(r) || invisible(r) }

// piece is a stretch of a paragraph's text.
type piece struct {
	node *docx.Node // w:t, or the element that stands for one character
	text bool       // node is w:t
	from int        // offset of its first rune
}

// gathered is the text of a paragraph with the nodes that it came from.
type gathered struct {
	runes  []rune
	pieces []piece
	boxes  []*docx.Node // what may hold text boxes
	spots  bool         // a field instruction holds braces
}

// object stands in the joined text for what is no text.
const object = '\ufffc'

func (s *scanner) gather(n *docx.Node, g *gathered) {
	for c := range n.Elements() {
		s.parent[c] = n
		switch c.Name {
		case "w:t", "a:t":
			g.pieces = append(g.pieces, piece{c, true, len(g.runes)})
			g.runes = append(g.runes, []rune(c.Text())...)
		case "w:tab":
			s.stand(c, '\t', g)
		case "w:br", "w:cr", "a:br":
			s.stand(c, '\n', g)
		case "w:noBreakHyphen":
			s.stand(c, '-', g)
		case "w:softHyphen":
			s.stand(c, '\u00ad', g)
		case "w:lastRenderedPageBreak": // no character, even between two braces
			g.pieces = append(g.pieces, piece{c, false, len(g.runes)})
		case "w:drawing", "w:pict", "w:object", "mc:AlternateContent":
			s.stand(c, object, g)
			g.boxes = append(g.boxes, c)
		case "w:fldChar", "w:sym", "w:footnoteReference", "w:endnoteReference", "w:ptab", "m:oMath", "m:oMathPara":
			s.stand(c, object, g)
		case "w:instrText":
			g.spots = g.spots || strings.Contains(c.Text(), "{{")
			s.stand(c, object, g)
		case "w:rPr", "w:pPr", "w:sdtPr", "w:del", "w:moveFrom", "w:sdtEndPr", "a:rPr", "a:pPr", "a:endParaRPr",
			"w:proofErr", "w:bookmarkStart", "w:bookmarkEnd":
		default: // w:r, w:hyperlink, w:ins, w:smartTag, w:sdt, w:sdtContent, w:fldSimple
			s.gather(c, g)
		}
	}
}

func (s *scanner) stand(n *docx.Node, r rune, g *gathered) {
	g.pieces = append(g.pieces, piece{n, false, len(g.runes)})
	g.runes = append(g.runes, r)
}

// readParagraph finds the placeholders of a paragraph and returns what stands
// in its place: the paragraph itself, an included block, or, when it holds
// control placeholders alone, those.
func (s *scanner) readParagraph(p *docx.Node) []*docx.Node {
	var g gathered
	s.gather(p, &g)
	if n, known := s.c.numbers[p]; known {
		s.at = n
	}
	if len(s.cells) == 0 {
		s.paragraph++
	}
	if title := s.headingText(p, g.runes); title != "" {
		s.heading = title
	}
	before := len(s.list.placeholders)
	s.find(&g)
	for _, box := range g.boxes {
		s.boxes(box)
	}
	if g.spots {
		s.c.problems.Add(s.place(g.runes, 0, 1), "метка внутри кода поля Word").Hint =
			"уберите поле (Ctrl+Shift+F9) и наберите метку обычным текстом"
	}
	found := s.list.placeholders[before:]
	if len(found) == 0 {
		return []*docx.Node{p}
	}
	if found[0].kind == kindInclude && len(found) == 1 && onlyIncludes(p) {
		s.list.placeholders = s.list.placeholders[:before]
		return s.include(found[0], p)
	}
	for _, f := range found {
		if f.kind == kindInclude {
			s.c.problems.Add(f.place, "блок «%s» вставлен в середину абзаца", f.name).Hint = "поставьте метку в отдельный абзац"
		}
	}
	if p.Name == "w:p" {
		if markers := s.explode(p); markers != nil {
			return markers
		}
	}
	return []*docx.Node{p}
}

// onlyIncludes reports whether an include stands alone in its paragraph.
func onlyIncludes(p *docx.Node) bool {
	count := 0
	for n := range p.Walk() {
		if n.Name == "w:t" {
			for _, c := range n.Children {
				if isMarker(c) {
					count++
				} else if strings.TrimFunc(c.Text(), blankRune) != "" {
					return false
				}
			}
		}
	}
	return count == 1
}

// explode returns the markers of a paragraph that holds only control
// placeholders, with its bookmarks and its section break; nil when it holds
// more. The section break goes to the paragraph before, where there is one.
func (s *scanner) explode(p *docx.Node) []*docx.Node {
	section := p.Path("w:pPr", "w:sectPr")
	if section != nil {
		props := p.Child("w:pPr")
		props.Children = slices.DeleteFunc(props.Children, func(n *docx.Node) bool { return n == section })
	}
	markers := onlyMarkers(p)
	if markers == nil {
		if section != nil {
			p.Child("w:pPr").Add(section)
		}
		return nil
	}
	var nodes []*docx.Node
	if section != nil {
		kept := docx.NewElement("w:p").Add(docx.NewElement("w:pPr").Add(section))
		nodes = append(nodes, kept)
	}
	for _, c := range p.Children {
		if c.Name == "w:bookmarkStart" || c.Name == "w:bookmarkEnd" {
			nodes = append(nodes, c)
		}
	}
	return append(nodes, markers...)
}

// joinSection moves a section break that explode kept alone into the paragraph
// before, when that has none, so that no empty paragraph is left.
func joinSection(before, keep []*docx.Node) bool {
	if len(keep) == 0 || len(before) == 0 || keep[0].Tag() != "w:p" || len(keep[0].Children) != 1 {
		return false
	}
	section := keep[0].Path("w:pPr", "w:sectPr")
	last := before[len(before)-1]
	if section == nil || last.Name != "w:p" || last.Path("w:pPr", "w:sectPr") != nil || len(keep[0].Child("w:pPr").Children) != 1 || len(keep) < 2 {
		return false
	}
	props := last.Child("w:pPr")
	if props == nil {
		props = docx.NewElement("w:pPr")
		last.Children = slices.Insert(last.Children, 0, props)
	}
	props.Add(section)
	return true
}

// headingText returns the text of a heading, "" for other paragraphs.
func (s *scanner) headingText(p *docx.Node, text []rune) string {
	props := p.Child("w:pPr")
	if props.Path("w:outlineLvl") == nil && !s.c.headings[props.Child("w:pStyle").Attr("w:val")] {
		return ""
	}
	title := strings.Join(strings.Fields(strings.ReplaceAll(string(text), string(object), "")), " ")
	if r := []rune(title); len(r) > 60 {
		title = string(r[:59]) + "…"
	}
	return title
}

// find replaces the placeholders in the gathered text by markers.
func (s *scanner) find(g *gathered) {
	type span struct {
		from, to int
		node     *docx.Node
	}
	var spans []span
	for i := 0; i+1 < len(g.runes); {
		switch {
		case g.runes[i] == '}' && g.runes[i+1] == '}':
			s.c.problems.Add(s.place(g.runes, i, 2), "закрывающие скобки «}}» без открывающих «{{»").Hint =
				"метка должна целиком стоять в одном абзаце"
			i += 2
			continue
		case g.runes[i] != '{' || g.runes[i+1] != '{':
			i++
			continue
		}
		end := endOf(g.runes, i+2)
		if end < 0 {
			s.c.problems.Add(s.place(g.runes, i, 2), "метка не закрыта: нет «}}» до конца абзаца").Hint =
				"поставьте «}}» в том же абзаце"
			i += 2
			continue
		}
		raw := g.runes[i+2 : end-2]
		place := s.place(g.runes, i, end-i)
		if at := slices.Index(raw, object); at >= 0 {
			s.c.problems.Add(place, "внутри метки стоит рисунок, поле или сноска").Hint = "наберите метку заново обычным текстом"
			i = end
			continue
		}
		p, wrong := parsePlaceholder(raw)
		if wrong != nil {
			place.Caret += 2 + wrong.at
			place.Width = max(1, wrong.width)
			s.c.problems.Add(place, "%s", wrong.text).Hint = wrong.hint
			i = end
			continue
		}
		p.place, p.order = place, s.c.nextOrder()
		p.node = &docx.Node{Kind: docx.Other, Name: markerName}
		if p.kind.control() {
			p.node.Name = controlName
		}
		s.c.markers[p.node] = p
		s.list.placeholders = append(s.list.placeholders, p)
		spans = append(spans, span{i, end, p.node})
		i = end
	}
	if len(spans) == 0 {
		return
	}
	for i, piece := range g.pieces {
		end := len(g.runes)
		if i+1 < len(g.pieces) {
			end = g.pieces[i+1].from
		}
		if !piece.text {
			for _, sp := range spans {
				if piece.from >= sp.from && piece.from < sp.to {
					s.remove(piece.node)
					break
				}
			}
			continue
		}
		var children []*docx.Node
		at := piece.from
		touched := false
		for _, sp := range spans {
			if sp.to <= piece.from || sp.from >= end {
				continue
			}
			touched = true
			if sp.from > at {
				children = append(children, docx.NewText(string(g.runes[at:sp.from])))
			}
			if sp.from >= piece.from {
				children = append(children, sp.node)
				s.parent[sp.node] = piece.node
			}
			at = max(at, min(sp.to, end))
		}
		if !touched {
			continue
		}
		if at < end {
			children = append(children, docx.NewText(string(g.runes[at:end])))
		}
		if len(children) == 0 {
			s.remove(piece.node)
			continue
		}
		piece.node.Children = children
		if piece.node.Name == "w:t" && !piece.node.HasAttr("xml:space") {
			piece.node.SetAttr("xml:space", "preserve")
		}
	}
}

// endOf returns the offset after the «}}» that ends a placeholder, -1 when
// another begins first or none ends it. Braces inside a string do not count.
func endOf(runes []rune, from int) int {
	first := -1
	closing := ""
	for i := from; i+1 < len(runes); i++ {
		r := runes[i]
		if r == '}' && runes[i+1] == '}' {
			if closing == "" {
				return i + 2
			}
			if first < 0 {
				first = i + 2
			}
		}
		switch {
		case r == '{' && runes[i+1] == '{':
			return first
		case closing != "" && strings.ContainsRune(closing, r):
			closing = ""
		case closing == "" && quotes[r] != "":
			closing = quotes[r]
		}
	}
	return first
}

// remove takes an emptied text element out of its run, and the run with it
// when nothing is left there.
func (s *scanner) remove(n *docx.Node) {
	for {
		parent := s.parent[n]
		if parent == nil {
			return
		}
		parent.Children = slices.DeleteFunc(parent.Children, func(c *docx.Node) bool { return c == n })
		if parent.Name != "w:r" && parent.Name != "a:r" {
			return
		}
		for _, c := range parent.Children {
			if c.Kind == docx.Element && c.Name != "w:rPr" && c.Name != "a:rPr" || isMarker(c) {
				return
			}
		}
		n = parent
	}
}

// window is how many runes of the paragraph a message shows on each side.
const window = 30

// place returns the place of runes [from, from+width) of a paragraph, with the
// words around.
func (s *scanner) place(text []rune, from, width int) diag.Place {
	start, end := max(0, from-window), min(len(text), from+width+window)
	around := make([]rune, 0, end-start+2)
	caret := from - start
	if start > 0 {
		around = append(around, '…')
		caret++
	}
	for _, r := range text[start:end] {
		if unicode.IsSpace(r) || r == object || invisible(r) {
			r = ' '
		}
		around = append(around, r)
	}
	if end < len(text) {
		around = append(around, '…')
	}
	place := diag.Place{File: s.c.name, In: s.where(), Around: string(around), Caret: caret, Width: width}
	if key := placeKey(place); s.c.orders[key] == 0 {
		s.c.orders[key] = s.c.nextOrder()
		s.c.spots[key] = spot{s.part, s.at}
	}
	return place
}

// boxes scans the text boxes under n; a drawing and its fallback hold the same
// text, and both are filled.
func (s *scanner) boxes(n *docx.Node) {
	for c := range n.Elements() {
		s.parent[c] = n
		switch c.Name {
		case "w:txbxContent":
			inner := *s
			inner.list = &story{}
			inner.story = strings.TrimPrefix(s.where()+", надпись", ", ")
			inner.heading, inner.cells, inner.paragraph, inner.blocks = "", nil, 0, nil
			inner.tables = 0
			inner.blockContent(c)
			s.c.stories = append(s.c.stories, storyIn{inner.list, c})
		case "a:p":
			s.readParagraph(c)
		default:
			s.boxes(c)
		}
	}
}
