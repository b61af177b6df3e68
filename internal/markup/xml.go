package markup

import (
	"fmt"
	"strconv"
	"strings"
)

func itoa(n int) string { return strconv.Itoa(n) }

// twips of a millimetre length, rounded.
func mm(v float64) int { return int(v*1440/25.4 + 0.5) }

// paragraph is a w:p to be written. Lengths are twips. Pointers tell a direct
// setting from the style's.
type paragraph struct {
	style               string
	runs                []run
	num, level          int // num 0: no numbering
	keepNext, keepLines bool
	pageBreak           bool
	before, after       *int
	left, right, first  *int // first: w:firstLine, or w:hanging when negative
	align               string
	tabs                []tabStop
	size                int    // half points; 0: the style's
	bold                bool   // the whole paragraph
	line                string // "bottom", "top", "box": a rule along the edge
	control             bool   // holds control tags only and vanishes when filled
	include             string // the block's name, when it holds {{> name}} only
	section             *section
}

type tabStop struct {
	at     int
	align  string // left, right, center
	leader string // "" or underscore
}

// table is a w:tbl to be written. widths are twips and sum to the text width.
type table struct {
	widths   []int
	rows     []row
	border   bool
	frame    bool // a double rule around, for certificates
	pad      int  // left and right cell margin
	gap      int  // more of a right margin, between columns without rules
	padV     int  // top and bottom cell margin
	keepNext bool // the whole table stays with what follows
	sign     bool // signatures: stays with what stands before
}

type row struct {
	cells  []cell
	head   bool
	split  bool // may tear over a page
	height int  // exact, 0: by content
	atBest int  // at least, 0: by content
}

type cell struct {
	blocks []block
	span   int    // columns, at least 1
	merge  string // "", "restart", "continue"
	valign string
	border string // "bottom": a pen line of its own
}

// block is a *paragraph or a *table.
type block interface{ write(w *writer) }

// writer gathers XML; it cannot fail.
type writer struct{ b strings.Builder }

func (w *writer) raw(s string) { w.b.WriteString(s) }

func (w *writer) f(format string, args ...any) { fmt.Fprintf(&w.b, format, args...) }

var escape = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;")

// write writes the children of w:pPr in the order of CT_PPr.
func (p *paragraph) write(w *writer) {
	w.raw("<w:p><w:pPr>")
	if p.style != "" && p.style != "Normal" {
		w.f(`<w:pStyle w:val="%s"/>`, p.style)
	}
	if p.keepNext {
		w.raw("<w:keepNext/>")
	}
	if p.keepLines {
		w.raw("<w:keepLines/>")
	}
	if p.pageBreak {
		w.raw("<w:pageBreakBefore/>")
	}
	if p.num > 0 {
		w.f(`<w:numPr><w:ilvl w:val="%d"/><w:numId w:val="%d"/></w:numPr>`, p.level, p.num)
	}
	if p.line != "" {
		w.f(`<w:pBdr><w:%s w:val="single" w:sz="4" w:space="1" w:color="auto"/></w:pBdr>`, p.line)
	}
	if len(p.tabs) > 0 {
		w.raw("<w:tabs>")
		for _, t := range p.tabs {
			leader := ""
			if t.leader != "" {
				leader = ` w:leader="` + t.leader + `"`
			}
			w.f(`<w:tab w:val="%s"%s w:pos="%d"/>`, t.align, leader, t.at)
		}
		w.raw("</w:tabs>")
	}
	if p.before != nil || p.after != nil {
		w.raw("<w:spacing")
		attr(w, "before", p.before)
		attr(w, "after", p.after)
		w.raw("/>")
	}
	if p.left != nil || p.right != nil || p.first != nil {
		w.raw("<w:ind")
		attr(w, "left", p.left)
		attr(w, "right", p.right)
		if p.first != nil && *p.first < 0 {
			hanging := -*p.first
			attr(w, "hanging", &hanging)
		} else {
			attr(w, "firstLine", p.first)
		}
		w.raw("/>")
	}
	if p.align != "" {
		w.f(`<w:jc w:val="%s"/>`, p.align)
	}
	look := p.look(run{})
	if look != "" {
		w.raw("<w:rPr>" + look + "</w:rPr>")
	}
	if p.section != nil {
		p.section.write(w)
	}
	w.raw("</w:pPr>")
	for _, r := range p.runs {
		p.writeRun(w, r)
	}
	w.raw("</w:p>")
}

func attr(w *writer, name string, v *int) {
	if v != nil {
		w.f(` w:%s="%d"`, name, *v)
	}
}

// look returns the children of w:rPr.
func (p *paragraph) look(r run) string {
	var b strings.Builder
	if r.bold || p.bold {
		b.WriteString("<w:b/><w:bCs/>")
	}
	if r.italic {
		b.WriteString("<w:i/><w:iCs/>")
	}
	if p.size > 0 {
		fmt.Fprintf(&b, `<w:sz w:val="%d"/><w:szCs w:val="%d"/>`, p.size, p.size)
	}
	return b.String()
}

func (p *paragraph) writeRun(w *writer, r run) {
	w.raw("<w:r>")
	if look := p.look(r); look != "" {
		w.raw("<w:rPr>" + look + "</w:rPr>")
	}
	text := r.text
	for text != "" {
		i := strings.IndexAny(text, string(tabMark)+string(breakMark))
		piece := text
		if i >= 0 {
			piece = text[:i]
		}
		if piece != "" {
			w.raw(`<w:t xml:space="preserve">` + escape.Replace(piece) + "</w:t>")
		}
		if i < 0 {
			break
		}
		if strings.HasPrefix(text[i:], string(tabMark)) {
			w.raw("<w:tab/>")
			text = text[i+len(string(tabMark)):]
		} else {
			w.raw("<w:br/>")
			text = text[i+len(string(breakMark)):]
		}
	}
	w.raw("</w:r>")
}

func sum(v []int) (total int) {
	for _, n := range v {
		total += n
	}
	return total
}

// write writes a table of fixed layout whose outer rules stand on the margins:
// in compatibility mode 14 the first text stands at the margin plus w:tblInd,
// so w:tblInd is the cell margin.
func (t *table) write(w *writer) {
	w.raw("<w:tbl><w:tblPr>")
	if t.border {
		w.raw(`<w:tblStyle w:val="TableGrid"/>`)
	}
	w.f(`<w:tblW w:w="%d" w:type="dxa"/><w:tblInd w:w="%d" w:type="dxa"/>`, sum(t.widths), t.pad)
	if t.frame {
		w.raw("<w:tblBorders>")
		for _, side := range []string{"top", "left", "bottom", "right"} {
			w.f(`<w:%s w:val="double" w:sz="12" w:space="0" w:color="auto"/>`, side)
		}
		w.raw("</w:tblBorders>")
	}
	w.raw(`<w:tblLayout w:type="fixed"/><w:tblCellMar>`)
	for _, side := range []struct {
		name string
		pad  int
	}{{"top", t.padV}, {"left", t.pad}, {"bottom", t.padV}, {"right", t.pad + t.gap}} {
		w.f(`<w:%s w:w="%d" w:type="dxa"/>`, side.name, side.pad)
	}
	w.raw(`</w:tblCellMar></w:tblPr><w:tblGrid>`)
	for _, width := range t.widths {
		w.f(`<w:gridCol w:w="%d"/>`, width)
	}
	w.raw("</w:tblGrid>")
	for _, r := range t.rows {
		r.write(w, t.widths)
	}
	w.raw("</w:tbl>")
}

func (r row) write(w *writer, widths []int) {
	w.raw("<w:tr><w:trPr>")
	if !r.split {
		w.raw("<w:cantSplit/>")
	}
	switch {
	case r.height > 0:
		w.f(`<w:trHeight w:val="%d" w:hRule="exact"/>`, r.height)
	case r.atBest > 0:
		w.f(`<w:trHeight w:val="%d" w:hRule="atLeast"/>`, r.atBest)
	}
	if r.head {
		w.raw("<w:tblHeader/>")
	}
	w.raw("</w:trPr>")
	column := 0
	for _, c := range r.cells {
		end := min(column+c.span, len(widths))
		w.f(`<w:tc><w:tcPr><w:tcW w:w="%d" w:type="dxa"/>`, sum(widths[column:end]))
		if c.span > 1 {
			w.f(`<w:gridSpan w:val="%d"/>`, c.span)
		}
		switch c.merge {
		case "restart":
			w.raw(`<w:vMerge w:val="restart"/>`)
		case "continue":
			w.raw("<w:vMerge/>")
		}
		if c.border != "" {
			w.f(`<w:tcBorders><w:%s w:val="single" w:sz="4" w:space="0" w:color="auto"/></w:tcBorders>`, c.border)
		}
		if c.valign != "" {
			w.f(`<w:vAlign w:val="%s"/>`, c.valign)
		}
		w.raw("</w:tcPr>")
		for _, b := range c.blocks {
			b.write(w)
		}
		w.raw("</w:tc>")
		column = end
	}
	w.raw("</w:tr>")
}

// section is the paper under a stretch of blocks. Lengths are millimetres.
type section struct {
	landscape bool
	even      bool // 20 mm on every side, for a framed sheet
	left      int
	restart   bool   // page numbers begin at 1 again and the first page shows none
	plainTop  bool   // the first page shows no number
	header    string // relationship ids; "" for none
	footer    string // of the first page
	blocks    []block
}

// Page geometry of A4 in twips; ГОСТ Р 7.0.97-2025, section 3: at least 20 mm
// on the left, top and bottom, 10 on the right; 30 on the binding edge of
// papers kept for more than ten years, which is the top edge of a lying sheet.
const (
	pageShort, pageLong = 11906, 16838
	margin10, margin20  = 567, 1134
)

func (s *section) margins() (top, right, bottom, left int) {
	switch {
	case s.even:
		return margin20, margin20, margin20, margin20
	case s.landscape:
		return mm(float64(s.left)), margin10, margin20, margin20
	}
	return margin20, margin10, margin20, mm(float64(s.left))
}

// textWidth is the width between the margins, in twips.
func (s *section) textWidth() int {
	_, right, _, left := s.margins()
	if s.landscape {
		return pageLong - left - right
	}
	return pageShort - left - right
}

// textHeight is the height between the margins, in twips.
func (s *section) textHeight() int {
	top, _, bottom, _ := s.margins()
	if s.landscape {
		return pageShort - top - bottom
	}
	return pageLong - top - bottom
}

func (s *section) write(w *writer) {
	w.raw("<w:sectPr>")
	if s.header != "" {
		w.f(`<w:headerReference w:type="default" r:id="%s"/>`, s.header)
	}
	if s.footer != "" {
		w.f(`<w:footerReference w:type="first" r:id="%s"/>`, s.footer)
	}
	w.raw(`<w:type w:val="nextPage"/>`)
	if s.landscape {
		w.f(`<w:pgSz w:w="%d" w:h="%d" w:orient="landscape"/>`, pageLong, pageShort)
	} else {
		w.f(`<w:pgSz w:w="%d" w:h="%d"/>`, pageShort, pageLong)
	}
	top, right, bottom, left := s.margins()
	w.f(`<w:pgMar w:top="%d" w:right="%d" w:bottom="%d" w:left="%d" w:header="%d" w:footer="%d" w:gutter="0"/>`,
		top, right, bottom, left, margin10, margin10)
	if s.restart {
		w.raw(`<w:pgNumType w:start="1"/>`)
	}
	w.raw(`<w:cols w:space="708"/>`)
	if s.plainTop || s.restart || s.footer != "" {
		w.raw("<w:titlePg/>")
	}
	w.raw("</w:sectPr>")
}
