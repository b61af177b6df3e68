package fill

import (
	"slices"

	"nastavnik/internal/docx"
)

// width writes an element whose width a loop over columns shares out.
func (e *emitter) width(n *docx.Node, name string) {
	w := number(n.Attr(name), -1)
	if e.column == nil || w < 0 {
		e.element(n)
		return
	}
	e.attr(n, name, op{do: opWidth, expr: e.column, n: int64(w)})
}

// cell writes a cell: its span over looped columns, its merge with the cell
// above.
func (e *emitter) cell(n *docx.Node) {
	if opens := e.c.spans[n]; len(opens) > 0 {
		n = e.spanned(n, opens)
	}
	if e.column != nil && e.marked(n, func(p *placeholder) bool { return p.hmerge }) != nil {
		n = e.withRun(n)
	}
	merge := e.marked(n, func(p *placeholder) bool { return p.merge })
	if merge == nil && !e.mergesOn(n) {
		e.hold(n)
		return
	}
	var key *expression
	loops := e.depth - 1
	if merge != nil {
		key = e.c.compileExpr(merge, e.scope)
		loops = e.loopsOf(key)
	}
	above := e.withMerge(n, true)
	body := e.nested(func() { e.hold(e.withMerge(n, false)) })
	alt := e.nested(func() {
		e.lit = above.AppendOpen(e.lit, false)
		e.node(above.Child("w:tcPr"))
		e.lit = append(e.lit, e.filler(n)...)
		e.lit = above.AppendEnd(e.lit)
	})
	e.c.mergeSlots++
	e.add(op{do: opMerge, expr: key, body: body, alt: alt, slot: e.c.mergeSlots - 1, n: int64(loops)})
}

// marked returns the first placeholder of a kind in a cell, nil when none is.
func (e *emitter) marked(n *docx.Node, is func(*placeholder) bool) *placeholder {
	if !e.hot[n] {
		return nil
	}
	for leaf := range leaves(n) {
		if p := e.c.markers[leaf]; p != nil && is(p) {
			return p
		}
	}
	return nil
}

// mergesOn reports whether a cell of a looped row begins a merge that goes on
// below the loop: in every pass but the first it goes on too.
func (e *emitter) mergesOn(n *docx.Node) bool {
	if merge := n.Path("w:tcPr", "w:vMerge"); e.depth == 0 || merge.Attr("w:val") != "restart" {
		return false
	}
	row := e.parent[n]
	for row != nil && row.Name != "w:tr" {
		row = e.parent[row]
	}
	branch := e.parent[row]
	if branch == nil || branch.Name != branchName {
		return false
	}
	block := e.parent[branch]
	around := e.parent[block]
	at := slices.Index(around.Children, block)
	column := -1
	for _, cell := range e.c.gridRow(row) {
		if cell.node == n {
			column = cell.column
		}
	}
	for _, below := range around.Children[at+1:] {
		if below.Name != "w:tr" {
			continue
		}
		for _, cell := range e.c.gridRow(below) {
			merge := cell.node.Path("w:tcPr", "w:vMerge")
			if cell.column == column && merge != nil && merge.Attr("w:val") != "restart" {
				return true
			}
		}
		break
	}
	return false
}

// runName is a node in w:tcPr that becomes w:gridSpan when columns are merged.
const runName = "fill:run"

// withRun returns a cell with a place for w:gridSpan in its properties.
func (e *emitter) withRun(n *docx.Node) *docx.Node {
	c := *n
	props := docx.NewElement("w:tcPr")
	if old := n.Child("w:tcPr"); old != nil {
		copied := *old
		props = &copied
	}
	at := 0
	for i, prop := range props.Children {
		if prop.Name == "w:cnfStyle" || prop.Name == "w:tcW" {
			at = i + 1
		}
	}
	props.Children = slices.Insert(slices.Clone(props.Children), at, &docx.Node{Kind: docx.Other, Name: runName})
	c.Children = []*docx.Node{props}
	for _, child := range n.Children {
		if child.Name != "w:tcPr" {
			c.Children = append(c.Children, child)
		}
	}
	e.hot[&c], e.hot[props] = true, true
	e.c.fillers[&c] = e.c.fillers[n]
	e.parent[&c] = e.parent[n]
	return &c
}

// loopsOf returns how many loops, from the outermost, tell one value of a
// merge from the next: those around the variable it begins with, unless that
// is the variable of the innermost loop.
func (e *emitter) loopsOf(x *expression) int {
	if x == nil || x.slot < 0 {
		return 0
	}
	innermost, loops, found := true, 0, false
	for s := e.scope; s != nil; s = s.outer {
		if !s.loop {
			continue
		}
		if s.slot == x.slot {
			if innermost {
				return 0
			}
			found = true
		}
		if found {
			loops++
		}
		innermost = false
	}
	return loops
}

// withMerge returns a cell with w:vMerge in its properties, at its place in
// the sequence (17.4.66 tcPr).
func (e *emitter) withMerge(n *docx.Node, goesOn bool) *docx.Node {
	c := *n
	props := docx.NewElement("w:tcPr")
	if old := n.Child("w:tcPr"); old != nil {
		copied := *old
		props = &copied
		if e.hot[old] {
			e.hot[props] = true
		}
	}
	mark := docx.NewElement("w:vMerge")
	if !goesOn {
		mark.SetAttr("w:val", "restart")
	}
	at := 0
	props.Children = slices.DeleteFunc(slices.Clone(props.Children), func(n *docx.Node) bool { return n.Name == "w:vMerge" })
	for i, prop := range props.Children {
		switch prop.Name {
		case "w:cnfStyle", "w:tcW", "w:gridSpan", "w:hMerge":
			at = i + 1
		}
	}
	props.Children = slices.Insert(props.Children, at, mark)
	c.Children = []*docx.Node{props}
	for _, child := range n.Children {
		if child.Name != "w:tcPr" {
			c.Children = append(c.Children, child)
		}
	}
	e.hot[&c] = true
	e.c.fillers[&c] = e.c.fillers[n]
	return &c
}

// spanned returns a cell whose gridSpan is computed.
func (e *emitter) spanned(n *docx.Node, opens []*placeholder) *docx.Node {
	c := *n
	c.Children = slices.Clone(n.Children)
	e.hot[&c] = true
	for i, child := range c.Children {
		if child.Name != "w:tcPr" {
			continue
		}
		props := *child
		props.Children = slices.Clone(child.Children)
		e.hot[&props] = true
		c.Children[i] = &props
		for j, prop := range props.Children {
			if prop.Name == "w:gridSpan" {
				span := *prop
				e.hot[&span] = true
				props.Children[j] = &docx.Node{Kind: docx.Other, Name: markerName, Children: []*docx.Node{&span}}
				e.c.spanOf[props.Children[j]] = opens
			}
		}
	}
	e.c.fillers[&c] = e.c.fillers[n]
	return &c
}
