package fill

import (
	"slices"

	"nastavnik/internal/docx"
)

// remove takes a marker out of the tree, with the text element and the run
// that it leaves empty.
func remove(n *docx.Node, parent map[*docx.Node]*docx.Node) {
	for {
		around := parent[n]
		if around == nil {
			return
		}
		around.Children = slices.DeleteFunc(slices.Clone(around.Children), func(c *docx.Node) bool { return c == n })
		switch around.Name {
		case "w:t", "w:r", "a:t", "a:r":
			if hasContent(around) {
				return
			}
		default:
			return
		}
		n = around
	}
}

// hasContent reports whether a run or a text element holds more than its
// properties.
func hasContent(n *docx.Node) bool {
	for _, c := range n.Children {
		if !isProps(c) {
			return true
		}
	}
	return false
}

func isProps(n *docx.Node) bool {
	switch n.Name {
	case "w:rPr", "w:pPr", "w:sdtPr", "w:sdtEndPr", "a:rPr", "a:pPr", "w:tcPr", "w:trPr", "w:tblPr":
		return true
	}
	return n.Kind == docx.Text && n.Text() == ""
}

// lift moves a block to the level that its ends mean and puts it into the
// tree as a node with a branch for each part.
func (c *compiler) lift(b *block, parent map[*docx.Node]*docx.Node) {
	marks := append(append([]*placeholder{b.open}, b.elses...), b.close)
	around := c.level(b, marks, parent)
	if around == nil {
		return
	}
	inline := isInline(around, parent)
	type cut struct{ end, start int }
	cuts := make([]cut, len(marks))
	if inline {
		for _, m := range marks {
			split(m.node, around, parent)
		}
	}
	for i, m := range marks {
		child := m.node
		for parent[child] != around {
			child = parent[child]
		}
		at := slices.Index(around.Children, child)
		switch {
		case child == m.node:
			cuts[i] = cut{at, at + 1}
			continue
		case child.Name == "w:tbl":
			c.problems.Add(m.place, "«%s» стоит в таблице, а другой конец блока — вне её", m.braces()).Hint =
				"поставьте обе метки в одну таблицу или обе вне таблицы (" + other(marks, i).place.In + ")"
			return
		}
		before, after := edges(child, m.node)
		if child.Name == "w:tr" && len(b.elses) > 0 && i > 0 && i < len(marks)-1 && !before && !after {
			c.problems.Add(m.place, "«%s» стоит в середине строки таблицы", m.braces()).Hint = "поставьте её в начало или в конец строки таблицы"
			return
		}
		opening := i < len(marks)-1
		switch {
		case child.Name == "w:tr" && i == 0, opening && before:
			cuts[i] = cut{at, at}
		case child.Name == "w:tr" && i == len(marks)-1, after:
			cuts[i] = cut{at + 1, at + 1}
		case before:
			cuts[i] = cut{at, at}
		default:
			c.problems.Add(m.place, "«%s» стоит в середине абзаца, а другой конец блока — в другом абзаце", m.braces()).Hint =
				"поставьте обе метки в один абзац или каждую в отдельный (" + other(marks, i).place.In + ")"
			return
		}
	}
	node := &docx.Node{Kind: docx.Other, Name: blockName}
	parent[node] = around
	for i := range len(marks) - 1 {
		from, to := cuts[i].start, cuts[i+1].end
		branch := &docx.Node{Kind: docx.Other, Name: branchName}
		if from < to {
			branch.Children = slices.Clone(around.Children[from:to])
		}
		for _, n := range branch.Children {
			parent[n] = branch
		}
		parent[branch] = node
		node.Children = append(node.Children, branch)
	}
	first, last := cuts[0].end, max(cuts[0].end, cuts[len(cuts)-1].start)
	around.Children = slices.Replace(slices.Clone(around.Children), first, last, node)
	for _, m := range marks {
		if parent[m.node] != around {
			remove(m.node, parent)
		}
	}
	b.node = node
	c.blocks[node] = b
}

func other(marks []*placeholder, i int) *placeholder {
	if i == 0 {
		return marks[len(marks)-1]
	}
	return marks[0]
}

// level returns the node whose children the block repeats or drops.
func (c *compiler) level(b *block, marks []*placeholder, parent map[*docx.Node]*docx.Node) *docx.Node {
	around := common(marks, parent)
	if around == nil {
		c.problems.Add(b.open.place, "«%s» и «%s» стоят в разных частях документа", b.open.braces(), b.close.braces())
		return nil
	}
	climb := func(names ...string) bool {
		for n := around; n != nil; n = parent[n] {
			if slices.Contains(names, n.Name) {
				around = parent[n]
				return true
			}
		}
		return false
	}
	switch b.open.level {
	case levelRow:
		if real(around, parent).Name != "w:tbl" && !climb("w:tr") {
			c.problems.Add(b.open.place, "«%s» с указанием @row стоит вне таблицы", b.open.braces())
			return nil
		}
		return around
	case levelColumn:
		c.problems.Add(b.open.place, "«%s» с указанием @col: столбец не найден", b.open.braces()).Hint =
			"откройте цикл в первой строке таблицы и закройте в том же столбце последней"
		return nil
	case levelParagraph:
		if isInline(around, parent) {
			climb("w:p")
		}
		return around
	}
	switch real(around, parent).Name {
	case "w:t", "w:r":
		climb("w:r")
	case "a:t", "a:r":
		climb("a:r")
	case "w:tr":
		for _, m := range marks {
			if parent[m.node] != around {
				climb("w:tr")
				break
			}
		}
	}
	return around
}

// real returns the nearest element of the document at or above n.
func real(n *docx.Node, parent map[*docx.Node]*docx.Node) *docx.Node {
	for n != nil && (n.Name == branchName || n.Name == blockName) {
		n = parent[n]
	}
	return n
}

// isInline reports whether n holds runs rather than paragraphs or rows.
func isInline(n *docx.Node, parent map[*docx.Node]*docx.Node) bool {
	for n != nil {
		switch n.Name {
		case "w:p", "a:p", "w:r":
			return true
		case "w:body", "w:tc", "w:tr", "w:tbl", "w:txbxContent", "w:hdr", "w:ftr", "w:footnote", "w:endnote":
			return false
		}
		n = parent[n]
	}
	return false
}

// common returns the lowest node above all marks.
func common(marks []*placeholder, parent map[*docx.Node]*docx.Node) *docx.Node {
	path := func(n *docx.Node) []*docx.Node {
		var p []*docx.Node
		for n = parent[n]; n != nil; n = parent[n] {
			p = append(p, n)
		}
		slices.Reverse(p)
		return p
	}
	shared := path(marks[0].node)
	for _, m := range marks[1:] {
		p := path(m.node)
		i := 0
		for i < len(p) && i < len(shared) && p[i] == shared[i] {
			i++
		}
		shared = shared[:i]
	}
	if len(shared) == 0 {
		return nil
	}
	return shared[len(shared)-1]
}

// edges reports whether nothing prints in n before the marker, and whether
// nothing does after it.
func edges(n, marker *docx.Node) (before, after bool) {
	before, after = true, true
	seen := false
	for leaf := range leaves(n) {
		switch {
		case leaf == marker:
			seen = true
		case leaf.Name == controlName:
		case seen:
			after = false
		default:
			before = false
		}
	}
	return before, after
}

// split divides the nodes between marker and around, so that marker becomes a
// child of around. The halves keep the properties; an empty half goes.
func split(marker, around *docx.Node, parent map[*docx.Node]*docx.Node) {
	for parent[marker] != around {
		n := parent[marker]
		above := parent[n]
		at := slices.Index(n.Children, marker)
		left, right := n.Children[:at], n.Children[at+1:]
		second := *n // the same tag and attributes
		second.Children = nil
		for _, c := range left {
			if isProps(c) && c.Kind == docx.Element {
				second.Children = append(second.Children, c)
			}
		}
		second.Children = append(second.Children, right...)
		n.Children = slices.Clone(left)
		halves := []*docx.Node{marker}
		if hasContent(n) {
			halves = []*docx.Node{n, marker}
		}
		if hasContent(&second) {
			halves = append(halves, &second)
			for _, c := range second.Children {
				parent[c] = &second
			}
			parent[&second] = above
		}
		parent[marker] = above
		i := slices.Index(above.Children, n)
		above.Children = slices.Replace(slices.Clone(above.Children), i, i+1, halves...)
	}
}
