package fill

import (
	"slices"

	"nastavnik/internal/diag"
	"nastavnik/internal/docx"
)

// revise accepts the tracked changes of a part and takes out its comments, so
// that no reviewer's name goes into a signed paper. It reports whether there
// were any.
func revise(n *docx.Node) bool {
	found := false
	var children []*docx.Node // nil while nothing changed
	for i, c := range n.Children {
		keep := []*docx.Node{c}
		if c.Kind == docx.Element {
			switch c.Name {
			case "w:ins", "w:moveTo":
				found = true
				keep = c.Children
				if n.Name == "w:rPr" || n.Name == "w:trPr" { // a mark, not a holder
					keep = nil
				}
			case "w:del", "w:moveFrom",
				"w:rPrChange", "w:pPrChange", "w:sectPrChange", "w:tblPrChange", "w:tblPrExChange", "w:trPrChange",
				"w:tcPrChange", "w:tblGridChange", "w:numberingChange", "w:cellIns", "w:cellDel", "w:cellMerge",
				"w:moveFromRangeStart", "w:moveFromRangeEnd", "w:moveToRangeStart", "w:moveToRangeEnd",
				"w:customXmlInsRangeStart", "w:customXmlInsRangeEnd", "w:customXmlDelRangeStart", "w:customXmlDelRangeEnd",
				"w:commentRangeStart", "w:commentRangeEnd", "w:commentReference":
				found = true
				keep = nil
			case "w:tr":
				if c.Path("w:trPr", "w:del") != nil {
					found = true
					keep = nil
				}
			}
		}
		if len(keep) != 1 || keep[0] != c {
			if children == nil {
				children = slices.Clone(n.Children[:i])
			}
		}
		if children != nil {
			children = append(children, keep...)
		}
	}
	if children != nil {
		n.Children = children
		return revise(n) || found // what was unwrapped may hold more
	}
	for i := 0; i < len(n.Children); i++ {
		c := n.Children[i]
		if c.Kind != docx.Element {
			continue
		}
		deleted := c.Name == "w:p" && (c.Path("w:pPr", "w:rPr", "w:del") != nil || c.Path("w:pPr", "w:rPr", "w:moveFrom") != nil)
		if revise(c) {
			found = true
		}
		if deleted {
			found = true
			i -= joinNext(n, i)
		}
	}
	return found
}

// joinNext joins paragraph i, whose mark was deleted, with the one after it,
// which keeps its properties. It returns by how much the children shrank.
func joinNext(n *docx.Node, i int) int {
	p := n.Children[i]
	var content []*docx.Node
	for _, c := range p.Children {
		if c.Name != "w:pPr" {
			content = append(content, c)
		}
	}
	at := i + 1
	for at < len(n.Children) && n.Children[at].Kind != docx.Element {
		at++
	}
	if at == len(n.Children) || n.Children[at].Name != "w:p" {
		return 0 // a table or the end follows: the paragraph stays
	}
	next := n.Children[at]
	where := 0
	if next.Child("w:pPr") != nil {
		where = slices.Index(next.Children, next.Child("w:pPr")) + 1
	}
	next.Children = slices.Insert(next.Children, where, content...)
	n.Children = slices.Delete(n.Children, i, i+1)
	return 1
}

// acceptRevisions revises the parts that are filled and drops the comments.
func (c *compiler) acceptRevisions(parts []*scannedPart) {
	found := false
	for _, s := range parts {
		if revise(s.tree) {
			found = true
		}
	}
	for _, kind := range []string{"comments", "commentsExtended", "commentsIds", "commentsExtensible", "people"} {
		for _, r := range slices.Clone(c.pkg.Rels(c.pkg.Main())) {
			if r.Kind != kind || r.External {
				continue
			}
			c.pkg.RemoveRel(c.pkg.Main(), r.ID)
			if part := c.pkg.Part(r.Target); part != nil {
				c.pkg.Remove(part)
			}
			found = found || kind == "comments"
		}
	}
	if found {
		c.problems.Warn(diag.Place{File: c.name}, "в шаблоне есть неприменённые правки или примечания").Hint =
			"правки приняты, примечания убраны; в Word: «Рецензирование → Принять все»"
	}
}
