package fill

import (
	"strconv"

	"nastavnik/internal/docx"
)

// pageWidth returns the width of the text where p stands, in twips: that of the
// section whose properties come next in the body. It is 0 in headers, cells
// and wherever no section says.
func (s *scanner) pageWidth(p *docx.Node) int {
	body := s.parent[p]
	if body == nil || body.Name != "w:body" {
		return s.fitTo // inside a block, what the block was fitted to
	}
	passed := false
	for _, n := range body.Children {
		passed = passed || n == p
		if !passed {
			continue
		}
		section := n.Path("w:pPr", "w:sectPr")
		if n.Name == "w:sectPr" {
			section = n
		}
		if section != nil {
			return textWidth(section)
		}
	}
	return 0
}

// textWidth returns the width between the margins in twips, 0 when the section
// does not say it.
func textWidth(section *docx.Node) int {
	size, margins := section.Child("w:pgSz"), section.Child("w:pgMar")
	width := number(size.Attr("w:w"), 0) - number(margins.Attr("w:left"), 0) -
		number(margins.Attr("w:right"), 0) - number(margins.Attr("w:gutter"), 0)
	return max(0, width)
}

// fit makes the contents of a block, drawn for a page of from twips between
// the margins, at home on one of to: tables that fill the width go on filling
// it, stops at the right margin stay there, and what stands in the right half
// keeps its distance from the right margin. So one letterhead serves lying
// sheets and both left margins.
func fit(nodes []*docx.Node, from, to int) {
	if from <= 0 || to <= 0 || from == to {
		return
	}
	for _, n := range nodes {
		switch n.Name {
		case "w:tbl":
			total := 0
			for col := range n.Child("w:tblGrid").All("w:gridCol") {
				total += number(col.Attr("w:w"), 0)
			}
			if near(total, from) {
				scaleTable(n, from, to)
			}
		case "w:p":
			props := n.Child("w:pPr")
			for tab := range props.Child("w:tabs").All("w:tab") {
				if near(number(tab.Attr("w:pos"), 0), from) {
					tab.SetAttr("w:pos", strconv.Itoa(to))
				}
			}
			if indent := props.Child("w:ind"); number(indent.Attr("w:left"), 0) >= from/2 {
				indent.SetAttr("w:left", strconv.Itoa(max(0, number(indent.Attr("w:left"), 0)+to-from)))
			}
		}
	}
}

// near reports whether two widths differ by less than a millimetre or so.
func near(a, b int) bool { return a > b-60 && a < b+60 }

// scaleTable scales every width in a table, those of tables inside included.
func scaleTable(t *docx.Node, from, to int) {
	scale := func(n *docx.Node) {
		if n.Attr("w:type") == "pct" || n.Attr("w:type") == "auto" {
			return
		}
		if w := number(n.Attr("w:w"), 0); w > 0 {
			n.SetAttr("w:w", strconv.Itoa((w*to+from/2)/from))
		}
	}
	for n := range t.Walk() {
		switch n.Name {
		case "w:gridCol", "w:tblW", "w:tcW":
			scale(n)
		}
	}
}
