package fill

import (
	"slices"
	"strconv"
	"strings"

	"nastavnik/internal/docx"
)

// numberingPlan is the numbering part with a gap for the lists that loops
// begin anew.
type numberingPlan struct {
	plan       int // index in Template.plans
	head, tail []byte
	next       int            // first free w:numId
	bodies     map[int][]byte // contents of w:num for a copy, by w:numId
}

// clone is a list begun anew.
type clone struct{ num, of int }

// countNumbering counts how many paragraphs use each list directly, and reads
// the lists.
func (c *compiler) countNumbering(scanned []*scannedPart) {
	for _, s := range scanned {
		countLists(s.tree, c.usedNums)
	}
	parts := c.pkg.Related(c.pkg.Main(), "numbering")
	if len(parts) == 0 {
		return
	}
	if tree, err := parts[0].Peek(); err == nil {
		c.numbering = readNumbering(tree.Root())
		c.numbering.plan = slices.Index(c.pkg.Ordered(), parts[0])
	}
}

func countLists(n *docx.Node, counts map[int]int) {
	for _, c := range n.Children {
		if c.Name == "w:p" {
			if num := listOf(c); num > 0 {
				counts[num]++
			}
		}
		countLists(c, counts)
	}
}

// listOf returns the list that a paragraph names itself, 0 when it does not.
func listOf(p *docx.Node) int {
	return number(p.Path("w:pPr", "w:numPr", "w:numId").Attr("w:val"), 0)
}

// readNumbering finds where w:num elements go, and what a copy of each holds:
// its abstract list and, for every level, the number to begin with.
func readNumbering(root *docx.Node) *numberingPlan {
	p := &numberingPlan{next: 1, bodies: map[int][]byte{}}
	last := -1
	abstract := map[string]*docx.Node{}
	for i, n := range root.Children {
		switch n.Name {
		case "w:abstractNum":
			abstract[n.Attr("w:abstractNumId")] = n
			last = i
		case "w:num":
			last = i
			id := number(n.Attr("w:numId"), 0)
			p.next = max(p.next, id+1)
			p.bodies[id] = copyOfList(n, abstract)
		}
	}
	p.head = root.AppendOpen(nil, false)
	for _, n := range root.Children[:last+1] {
		p.head = n.AppendTo(p.head)
	}
	for _, n := range root.Children[last+1:] {
		p.tail = n.AppendTo(p.tail)
	}
	p.tail = root.AppendEnd(p.tail)
	return p
}

// copyOfList returns the contents of a w:num that begins the list of num anew:
// w:lvlOverride with w:startOverride for each level (17.9.26 startOverride).
func copyOfList(num *docx.Node, abstract map[string]*docx.Node) []byte {
	id := num.Child("w:abstractNumId")
	b := id.AppendTo(nil)
	starts := map[string]string{}
	var levels []string
	for lvl := range abstract[id.Attr("w:val")].All("w:lvl") {
		level := lvl.Attr("w:ilvl")
		levels = append(levels, level)
		starts[level] = strconv.Itoa(number(lvl.Child("w:start").Attr("w:val"), 1))
	}
	if len(levels) == 0 { // numStyleLink: the levels stand elsewhere
		for i := range 9 {
			levels = append(levels, strconv.Itoa(i))
			starts[strconv.Itoa(i)] = "1"
		}
	}
	own := map[string]*docx.Node{}
	for o := range num.All("w:lvlOverride") {
		level := o.Attr("w:ilvl")
		own[level] = o.Child("w:lvl")
		if s := o.Child("w:startOverride"); s != nil {
			starts[level] = strconv.Itoa(number(s.Attr("w:val"), 1))
		} else if s := o.Path("w:lvl", "w:start"); s != nil {
			starts[level] = strconv.Itoa(number(s.Attr("w:val"), 1))
		}
	}
	for _, level := range levels {
		o := docx.NewElement("w:lvlOverride", "w:ilvl", level)
		o.Add(docx.NewElement("w:startOverride", "w:val", starts[level]))
		if lvl := own[level]; lvl != nil {
			o.Add(lvl)
		}
		b = o.AppendTo(b)
	}
	return b
}

// restarts decides which lists begin anew in each pass of a block. A list
// does when all of it stands in the body and something else of the body comes
// before its first paragraph, so that it read as a list of that pass; the
// list that the passes themselves make goes on. @restart and @continue decide
// otherwise. It gives the lists slots, in force while the body is written.
func (e *emitter) restarts(b *block, body *docx.Node) []list {
	how := b.open.numbering
	if e.c.numbering == nil || how == numberingContinue {
		return nil
	}
	counts := map[int]int{}
	countLists(body, counts)
	var nums []int
	for num, n := range counts {
		if n == e.c.usedNums[num] && e.c.numbering.bodies[num] != nil &&
			(how == numberingRestart || beginsLater(body, num)) {
			nums = append(nums, num)
		}
	}
	if len(nums) == 0 {
		return nil
	}
	slices.Sort(nums)
	slots := map[int]int{}
	for num, slot := range e.lists {
		slots[num] = slot
	}
	var lists []list
	for _, num := range nums {
		slots[num] = e.c.lists
		lists = append(lists, list{num, e.c.lists})
		e.c.lists++
	}
	e.lists = slots
	return lists
}

// beginsLater reports whether a list that stands in n reads as one of its own.
// Among paragraphs, something else must come first; among the cells of rows,
// it must hold more than one paragraph, or stand in a loop of its own.
func beginsLater(n *docx.Node, num int) bool {
	for _, c := range n.Children {
		switch c.Name {
		case "w:p":
			return listOf(c) != num && contains(n, num)
		case "w:tbl":
			return true
		case "w:tr", "w:tc":
			counts := map[int]int{}
			countLists(n, counts)
			return counts[num] > 1 || inInnerLoop(n, num)
		case blockName, branchName, "w:sdt", "w:sdtContent":
			if contains(c, num) {
				return beginsLater(c, num)
			}
			if strings.HasPrefix(c.Name, "w:") || prints(c) {
				return true
			}
		}
	}
	return false
}

func contains(n *docx.Node, num int) bool {
	counts := map[int]int{}
	countLists(n, counts)
	return counts[num] > 0
}

// inInnerLoop reports whether the list stands in a block inside a cell of n.
func inInnerLoop(n *docx.Node, num int) bool {
	for d := range n.Walk() {
		if d.Name != "w:tc" {
			continue
		}
		for _, c := range d.Children {
			if c.Name == blockName && contains(c, num) {
				return true
			}
		}
	}
	return false
}

// restart begins a list anew: the first time it is the template's own.
func (r *run) restart(l list) {
	if !r.fresh[l.slot] {
		r.fresh[l.slot] = true
		r.nums[l.slot] = l.num
		return
	}
	r.nums[l.slot] = -l.num
}

// list returns the number of a list in the pass that is written. A copy is
// made when its first paragraph is.
func (r *run) list(slot int) int {
	if n := r.nums[slot]; n < 0 {
		r.nums[slot] = r.t.numbering.next + len(r.clones)
		r.clones = append(r.clones, clone{r.nums[slot], -n})
	}
	return r.nums[slot]
}

// numberingPart writes the numbering part with the lists begun anew.
func (r *run) numberingPart(b []byte) []byte {
	p := r.t.numbering
	b = append(b, p.head...)
	for _, c := range r.clones {
		b = append(b, `<w:num w:numId="`...)
		b = strconv.AppendInt(b, int64(c.num), 10)
		b = append(b, `">`...)
		b = append(b, p.bodies[c.of]...)
		b = append(b, "</w:num>"...)
	}
	return append(b, p.tail...)
}
