package fill

import (
	"bytes"
	"hash/fnv"
	"path"
	"slices"
	"strconv"
	"strings"

	"nastavnik/internal/diag"
	"nastavnik/internal/docx"
)

// maxIncludes is how deep blocks may include blocks.
const maxIncludes = 8

// include returns the contents of a block in the place of the paragraph p that
// names it, with the styles, lists and pictures that they need brought over.
// The scanner goes on through them, so a block sees the names around it.
func (s *scanner) include(f *placeholder, p *docx.Node) []*docx.Node {
	c := s.c
	refuse := func(hint, format string, args ...any) []*docx.Node {
		c.problems.Add(f.place, format, args...).Hint = hint
		return []*docx.Node{p}
	}
	if slices.Contains(c.including, f.name) || len(c.including) == maxIncludes {
		return refuse("", "блок «%s» вставляет сам себя: %s", f.name, strings.Join(append(c.including, f.name), " → "))
	}
	if c.opts.Blocks == nil {
		return refuse("", "блок «%s» не найден: здесь нет блоков", f.name)
	}
	pkg, err := c.opts.Blocks(f.name)
	if err != nil {
		if wrong, ok := err.(*diag.Problem); ok {
			return refuse(wrong.Hint, "блок «%s»: %s", f.name, wrong.Text)
		}
		return refuse("", "блок «%s»: %v", f.name, err)
	}
	if pkg == nil {
		return refuse("", "нет блока «%s»", f.name)
	}
	tree, err := pkg.Main().Tree()
	if err != nil {
		return refuse("", "блок «%s»: %v", f.name, err)
	}
	var nodes []*docx.Node
	for _, n := range tree.Root().Child("w:body").Children {
		if n.Kind == docx.Element && n.Name != "w:sectPr" {
			nodes = append(nodes, n.Clone())
		}
	}
	width := s.pageWidth(p)
	fit(nodes, textWidth(tree.Root().Child("w:body").Child("w:sectPr")), width)
	g := &graft{s: s, from: pkg, root: tree.Root(), ids: map[string]string{}, nums: map[string]string{}}
	for _, n := range nodes {
		g.bring(n)
	}
	c.including = append(c.including, f.name)
	inner := *s
	inner.blocks = append(slices.Clone(s.blocks), f.name)
	inner.paragraph = 0 // s.at stays: a problem in a block is marked where the block is included
	inner.fitTo = width
	holder := &docx.Node{Kind: docx.Element, Name: "w:body", Children: nodes}
	inner.blockContent(holder)
	s.heading, s.tables = inner.heading, inner.tables
	c.including = c.including[:len(c.including)-1]
	return holder.Children
}

// graft carries nodes from one package to another.
type graft struct {
	s    *scanner
	from *docx.Package
	root *docx.Node        // of the part they come from
	ids  map[string]string // relationships
	nums map[string]string // lists
}

// bring mends what in n points to its own package, and declares its prefixes.
func (g *graft) bring(n *docx.Node) {
	g.namespaces(n)
	for d := range n.Walk() {
		for _, a := range slices.Clone(d.Attrs) {
			if a.Name == "w14:paraId" || a.Name == "w14:textId" { // the next inclusion has them too
				d.RemoveAttr(a.Name)
			}
			if strings.HasPrefix(a.Name, "r:") && a.Value != "" {
				d.SetAttr(a.Name, g.relationship(a.Value))
			}
		}
		switch d.Name {
		case "w:pStyle", "w:rStyle", "w:tblStyle":
			g.style(d.Attr("w:val"), map[string]bool{})
		case "w:numId":
			if id := d.Attr("w:val"); id != "0" && id != "" {
				d.SetAttr("w:val", g.list(id))
			}
		}
	}
	g.dropNotes(n)
}

// dropNotes takes out references to notes, whose texts stay in the block, and
// bookmarks, whose names every inclusion would repeat.
func (g *graft) dropNotes(n *docx.Node) {
	n.Children = slices.DeleteFunc(n.Children, func(c *docx.Node) bool {
		switch c.Name {
		case "w:footnoteReference", "w:endnoteReference", "w:commentReference", "w:commentRangeStart", "w:commentRangeEnd",
			"w:bookmarkStart", "w:bookmarkEnd":
			return true
		}
		return false
	})
	for c := range n.Elements() {
		g.dropNotes(c)
	}
}

// namespaces declares on the root of the target, or on n itself, the prefixes
// that n is written with.
func (g *graft) namespaces(n *docx.Node) {
	target, err := g.s.part.Tree()
	if err != nil {
		return
	}
	root := target.Root()
	bound := map[string]string{}
	for _, a := range g.root.Attrs {
		if prefix, is := strings.CutPrefix(a.Name, "xmlns:"); is {
			bound[prefix] = a.Value
		}
	}
	ignorable := strings.Fields(g.root.Attr("mc:Ignorable"))
	for _, prefix := range n.Prefixes() {
		uri, known := bound[prefix]
		if !known {
			continue // declared below n
		}
		switch here := root.Attr("xmlns:" + prefix); here {
		case uri:
		case "":
			root.SetAttr("xmlns:"+prefix, uri)
		default:
			n.SetAttr("xmlns:"+prefix, uri)
		}
		if slices.Contains(ignorable, prefix) && root.Attr("xmlns:"+prefix) == uri {
			if now := strings.Fields(root.Attr("mc:Ignorable")); !slices.Contains(now, prefix) && root.Declare("mc") {
				root.SetAttr("mc:Ignorable", strings.Join(append(now, prefix), " "))
			}
		}
	}
}

// relationship returns the id in the target of a relationship of the block,
// and copies the part behind it.
func (g *graft) relationship(id string) string {
	if known, ok := g.ids[id]; ok {
		return known
	}
	for _, r := range g.from.Rels(g.from.Main()) {
		if r.ID != id {
			continue
		}
		target := r.Target
		if !r.External {
			part := g.from.Part(r.Target)
			if part == nil {
				return id
			}
			target = g.part(part, map[*docx.Part]string{})
		}
		g.ids[id] = g.s.c.pkg.AddRel(g.s.part, r.Type, target, r.External)
		return g.ids[id]
	}
	return id
}

// part copies a part with all that it points to, and returns its new name.
// The same bytes are copied once.
func (g *graft) part(part *docx.Part, seen map[*docx.Part]string) string {
	if name, ok := seen[part]; ok {
		return name
	}
	pkg := g.s.c.pkg
	b, err := part.Bytes()
	if err != nil {
		g.s.c.problems.Add(diag.Place{File: g.s.c.name}, "блок: часть %s не читается", part.Name)
		return part.Name
	}
	ext := path.Ext(part.Name)
	base := strings.TrimSuffix(part.Name, ext)
	name := part.Name
	for i := 2; ; i++ {
		there := pkg.Part(name)
		if there == nil {
			break
		}
		if now, err := there.Bytes(); err == nil && bytes.Equal(now, b) {
			seen[part] = name
			return name
		}
		name = base + "_" + strconv.Itoa(i) + ext
	}
	seen[part] = name
	copied := pkg.Put(name, part.ContentType, b)
	for _, r := range g.from.Rels(part) {
		target := r.Target
		if !r.External {
			if to := g.from.Part(r.Target); to != nil {
				target = g.part(to, seen)
			}
		}
		pkg.AddRel(copied, r.Type, target, r.External)
	}
	return name
}

// style adds a style of the block, with those it is based on, when the target
// has none of that id.
func (g *graft) style(id string, seen map[string]bool) {
	if id == "" || seen[id] {
		return
	}
	seen[id] = true
	source, target := stylesOf(g.from), stylesOf(g.s.c.pkg)
	if source == nil || target == nil || findStyle(target, id) != nil {
		return
	}
	style := findStyle(source, id)
	if style == nil {
		return
	}
	copied := style.Clone()
	copied.RemoveAttr("w:default")
	for _, n := range slices.Clone(copied.Children) {
		switch n.Name {
		case "w:basedOn", "w:next", "w:link":
			g.style(n.Attr("w:val"), seen)
		}
	}
	for d := range copied.Walk() {
		if d.Name == "w:numId" && d.Attr("w:val") != "0" {
			d.SetAttr("w:val", g.list(d.Attr("w:val")))
		}
	}
	target.Add(copied)
	if copied.Path("w:pPr", "w:outlineLvl") != nil {
		g.s.c.headings[id] = true
	}
}

func stylesOf(pkg *docx.Package) *docx.Node {
	for _, part := range pkg.Related(pkg.Main(), "styles") {
		if tree, err := part.Tree(); err == nil {
			return tree.Root()
		}
	}
	return nil
}

func findStyle(styles *docx.Node, id string) *docx.Node {
	for s := range styles.All("w:style") {
		if s.Attr("w:styleId") == id {
			return s
		}
	}
	return nil
}

// list copies a list of the block and returns its id in the target. Each
// inclusion has lists of its own, so that their numbers begin anew.
func (g *graft) list(id string) string {
	if known, ok := g.nums[id]; ok {
		return known
	}
	g.nums[id] = id
	source := numberingOf(g.from, false)
	if source == nil {
		return id
	}
	var num, abstract *docx.Node
	for n := range source.All("w:num") {
		if n.Attr("w:numId") == id {
			num = n
		}
	}
	for n := range source.All("w:abstractNum") {
		if n.Attr("w:abstractNumId") == num.Child("w:abstractNumId").Attr("w:val") {
			abstract = n
		}
	}
	if num == nil || abstract == nil {
		return id
	}
	target := numberingOf(g.s.c.pkg, true)
	maxNum, maxAbstract, lastAbstract := 0, -1, 0
	for i, n := range target.Children {
		switch n.Name {
		case "w:num":
			maxNum = max(maxNum, number(n.Attr("w:numId"), 0))
		case "w:abstractNum":
			maxAbstract = max(maxAbstract, number(n.Attr("w:abstractNumId"), 0))
			lastAbstract = i + 1
		}
	}
	newID, newAbstract := strconv.Itoa(maxNum+1), strconv.Itoa(maxAbstract+1)
	a := abstract.Clone()
	a.SetAttr("w:abstractNumId", newAbstract)
	if nsid := a.Child("w:nsid"); nsid != nil { // Word joins lists of one nsid
		sum := fnv.New32a()
		sum.Write([]byte(nsid.Attr("w:val") + newAbstract))
		nsid.SetAttr("w:val", strings.ToUpper(leading(strconv.FormatUint(uint64(sum.Sum32()), 16), 8)))
	}
	for d := range a.Walk() {
		if d.Name == "w:pStyle" {
			g.style(d.Attr("w:val"), map[string]bool{})
		}
	}
	target.Children = slices.Insert(target.Children, lastAbstract, a)
	n := num.Clone()
	n.SetAttr("w:numId", newID)
	n.Child("w:abstractNumId").SetAttr("w:val", newAbstract)
	at := len(target.Children)
	for i, c := range target.Children {
		if c.Name == "w:num" || c.Name == "w:abstractNum" {
			at = i + 1
		}
	}
	target.Children = slices.Insert(target.Children, at, n)
	g.nums[id] = newID
	return newID
}

func leading(s string, width int) string {
	return strings.Repeat("0", max(0, width-len(s))) + s
}

// numberingOf returns the root of the numbering part; create makes one.
func numberingOf(pkg *docx.Package, create bool) *docx.Node {
	for _, part := range pkg.Related(pkg.Main(), "numbering") {
		if tree, err := part.Tree(); err == nil {
			return tree.Root()
		}
	}
	if !create {
		return nil
	}
	const contentType = "application/vnd.openxmlformats-officedocument.wordprocessingml.numbering+xml"
	part := pkg.Put("word/numbering.xml", contentType,
		[]byte(`<?xml version="1.0" encoding="UTF-8" standalone="yes"?>`+"\n"+`<w:numbering xmlns:w="`+docx.Namespace("w")+`"/>`))
	pkg.AddRel(pkg.Main(), docx.RelType("numbering"), part.Name, false)
	tree, _ := part.Tree() // well-formed
	return tree.Root()
}
