package layout

import (
	"nastavnik/internal/wml"
)

// far is below every page.
const far twip = 1 << 40

// region is what fill fills: a column of a page, a cell, a head, a text box.
type region struct {
	x, w        twip
	top, bottom twip
	keepTop     bool       // the first paragraph's space before counts
	partial     bool       // something stands above: rather place nothing than too much
	prev        *block     // what stands right above, its space after not yet counted
	extra       twip       // proportional spacing below prev
	page        *pageState // nil where no notes count
	floats      *floats    // nil where none count
}

// pos is a place in the flow of a section: the block, the line or row in it,
// and what is left of a row that was cut.
type pos struct {
	block, item int
	rest        *rowBox
}

// state says why fill stopped.
type state uint8

const (
	stateDone    state = iota // nothing is left
	stateFull                 // the region is
	stateColumn               // at a column break
	statePage                 // at a page break
	stateRestart              // a float came up that the lines above must heed
)

// stack is what fill put into a region.
type stack struct {
	items []placed
	end   twip // below the last item with its space after and spacing
	notes []*noteBox

	carry  *noteBox // the rest of a note that was cut, for the next page
	bottom twip     // below the last item
	last   *block   // the last one placed whole
	extra  twip     // proportional spacing below it
}

// placed is a line or a row with its place in the region's coordinates.
type placed struct {
	x, y, w twip // x and w of the column; y of the top of the line or row
	para    *para
	line    *line
	index   int // of the line in its paragraph
	count   int // of lines in the paragraph
	table   *tableBox
	row     *rowBox
	repeat  bool // a repeated head row
}

func (p *placed) height() twip {
	if p.line != nil {
		return p.line.height
	}
	return p.row.height
}

// candidate is a place where the region may be broken.
type candidate struct {
	at    pos
	items int
	notes int
	y     twip
}

// Levels of candidates: a rule is given up only when nothing else is left.
const (
	levelFree  = iota
	levelKeep  // breaks keep with next
	levelWhole // breaks keep lines together
	levelAny   // leaves a widow or an orphan, parts a head row from its table
	levels
)

type filler struct {
	e     *engine
	r     region
	out   stack
	y     twip
	extra twip // proportional spacing below the last line
	prev  *block
	cands [levels]candidate
}

// fill stacks blocks from a place on into the region until it is full, a
// break comes or nothing is left; next is where to go on. It always places
// something, if need be more than fits.
//
// The break falls at the last place where no rule forbids it: not between a
// paragraph that keeps with the next and that one, not inside lines kept
// together, and with at least two lines on both sides. When the region holds
// no such place, the rules are given up in that order.
func (e *engine) fill(blocks []*block, at pos, r region) (out stack, next pos, st state) {
	f := &filler{e: e, r: r, y: r.top, prev: r.prev, extra: r.extra}
	next, st = f.run(blocks, at)
	f.out.bottom, f.out.last, f.out.extra = f.y, f.prev, f.extra
	if st == stateDone {
		f.out.end = f.y + f.extra
		if f.prev != nil && f.prev.para != nil {
			f.out.end += f.e.after(f.prev.para)
		}
	} else {
		f.out.end = f.y
	}
	return f.out, next, st
}

func (f *filler) run(blocks []*block, at pos) (pos, state) {
	for i := at.block; i < len(blocks); i++ {
		b := blocks[i]
		start := pos{block: i}
		if i == at.block {
			start = at
		} else if b.brk == breakPage {
			return start, statePage
		} else if b.brk == breakColumn {
			return start, stateColumn
		}
		var next pos
		st := stateDone
		if b.para != nil {
			next, st = f.paragraph(b, start)
		} else {
			next, st = f.table(b, start)
		}
		if st != stateDone {
			return next, st
		}
		f.prev = b
	}
	return pos{block: len(blocks)}, stateDone
}

// gap returns the room between the block before and b.
func (f *filler) gap(b *block) twip {
	before := twip(0)
	if b.para != nil {
		before = f.e.before(b.para)
	}
	if f.prev == nil {
		if !f.r.keepTop {
			return 0
		}
		return before
	}
	after := twip(0)
	sum := f.e.doc.Settings.SumParagraphSpaces
	if p := f.prev.para; p != nil {
		after = f.e.after(p)
		if c := b.para; c != nil && p.src.StyleID == c.src.StyleID &&
			(!sum || p.props.Contextual && c.props.Contextual) { // sums give up both or none
			if p.props.Contextual {
				after = 0
			}
			if c.props.Contextual {
				before = 0
			}
		}
		if c := b.para; c != nil && p.src.Label != nil && c.src.Label != nil && p.src.Label.List == c.src.Label.List {
			if p.props.AfterAuto {
				after = 0
			}
			if c.props.BeforeAuto {
				before = 0
			}
		}
	}
	if sum {
		return before + after + f.extra
	}
	return max(before, after) + f.extra
}

// autoSpace is what w:beforeAutospacing stands for: 14 pt, as between paragraphs
// of HTML, or 5 pt without that.
func (e *engine) autoSpace() twip {
	if e.doc.Settings.SumParagraphSpaces {
		return 100
	}
	return 280
}

func (e *engine) before(p *para) twip {
	switch {
	case !p.props.BeforeAuto:
		return p.props.Before
	case p.opens && !e.doc.Settings.SumParagraphSpaces:
		return 0
	}
	return e.autoSpace()
}

func (e *engine) after(p *para) twip {
	switch {
	case !p.props.AfterAuto:
		return p.props.After
	case p.closes && !e.doc.Settings.SumParagraphSpaces:
		return 0
	}
	return e.autoSpace()
}

func (f *filler) paragraph(b *block, at pos) (pos, state) {
	p := b.para
	gap := twip(0)
	if at.item == 0 {
		gap = f.gap(b) + p.top
	}
	f.e.flatten(p)
	if f.r.floats != nil && len(p.floats) > 0 && at.item == 0 {
		if (len(f.out.items) > 0 || f.r.partial) && f.y+gap+f.e.lines(p, f.r.w)[0].height > f.r.bottom {
			f.offer(f.lineLevel(p, 0, 1), at)
			return f.cut(at)
		}
		p.anchored = f
		restart, full := f.e.anchorFloats(p, f.r, f.y+gap, f.y, len(f.out.items) == 0 && !f.r.partial)
		if restart {
			return pos{}, stateRestart
		}
		if full {
			f.offer(f.lineLevel(p, 0, 1), at)
			return f.cut(at)
		}
	}
	var lines []line
	if f.r.floats != nil && f.r.floats.wraps(f.r, f.y) || at.item > 0 && p.width != f.r.w {
		lines = f.wrapped(p, at.item, f.y, gap)
	} else {
		lines = f.e.lines(p, f.r.w)
	}
	n := len(lines)
	for i := at.item; i < n; i++ {
		l := &lines[i]
		top := f.y + l.skip
		if i > at.item {
			top += l.pre
		} else {
			top += gap
		}
		if l.beside && len(f.out.items) > 0 {
			top = f.out.items[len(f.out.items)-1].y
		}
		below := max(top+l.height, f.y)
		if i == n-1 {
			below += p.bottom
		}
		if !l.beside {
			f.offer(f.lineLevel(p, i, n), pos{block: at.block, item: i})
		}
		if below > f.bottom(f.notesHeight(p, l.notes)) && (len(f.out.items) > 0 || f.r.partial) {
			if part, rest := f.cutNote(p, l, below); part != nil && !l.beside && f.lineLevel(p, i+1, n) == levelFree {
				f.out.items = append(f.out.items, placed{x: f.r.x, y: top, w: f.r.w, para: p, line: l, index: i, count: n})
				f.takeNotes(p, l.notes[:len(l.notes)-1])
				f.out.notes, f.out.carry = append(f.out.notes, part), rest
				f.y = below
				next := pos{block: at.block, item: i + 1}
				if i == n-1 {
					next = pos{block: at.block + 1}
				}
				return next, stateFull
			}
			if c := f.cands[levelKeep]; f.guessed(b) && c.at == (pos{block: at.block}) && c.items > f.cands[levelFree].items {
				f.cands[levelFree] = c
			}
			return f.cut(at)
		}
		f.out.items = append(f.out.items, placed{x: f.r.x, y: top, w: f.r.w, para: p, line: l, index: i, count: n})
		f.takeNotes(p, l.notes)
		f.y = below
	}
	f.extra = p.tail
	return pos{}, stateDone
}

// lineLevel says which rule a break before line i of n would give up.
func (f *filler) lineLevel(p *para, i, n int) int {
	if i == 0 {
		if f.prev != nil && f.keepsNext(f.prev) {
			return levelKeep
		}
		return levelFree
	}
	switch {
	case p.props.KeepLines:
		return levelWhole
	case p.props.WidowControl && (i < 2 || n-i < 2):
		return levelAny
	case p.props.KeepNext:
		return levelKeep
	}
	return levelFree
}

// guessed reports whether LibreOffice, when it guessed the pages, ended this
// one before the paragraph: then what keeps with it does not move.
func (f *filler) guessed(b *block) bool {
	return b.guess > 0 && f.r.page != nil && b.guess == f.r.page.index+1
}

// keepsNext reports whether a block holds on to the one after it: a paragraph
// by its own word, a table by its last row. But LibreOffice takes a single row
// that cannot be split for a table that cannot, and does not ask its text.
func (f *filler) keepsNext(b *block) bool {
	if b.para != nil {
		return b.para.props.KeepNext
	}
	if t := f.e.tables[b.table]; b.table != nil && t != nil && len(t.rows) > 0 && (len(t.rows) > 1 || !t.rows[0].cantSplit) {
		return t.rows[len(t.rows)-1].keepNext
	}
	return false
}

// offer notes a place where the region may end, before what comes next.
func (f *filler) offer(level int, at pos) {
	f.cands[level] = candidate{at: at, items: len(f.out.items), notes: len(f.out.notes), y: f.y}
}

// cut ends the region at the best place noted, before the block at start when
// nothing of it may stay.
func (f *filler) cut(start pos) (pos, state) {
	best := candidate{at: start, y: f.r.top}
	for level := range levels {
		for l := 0; l <= level; l++ {
			if c := f.cands[l]; c.items > best.items {
				best = c
			}
		}
		if best.items > 0 {
			break
		}
	}
	f.out.items = f.out.items[:best.items]
	f.out.notes = f.out.notes[:best.notes]
	f.y = best.y
	f.dropFloats()
	return best.at, stateFull
}

func (f *filler) table(b *block, at pos) (pos, state) {
	t := f.e.layTable(b, f.r.w)
	if len(t.rows) == 0 {
		return pos{}, stateDone
	}
	place := func(row *rowBox, repeat bool) {
		f.out.items = append(f.out.items, placed{x: f.r.x, y: f.y, w: f.r.w, table: t, row: row, repeat: repeat})
		f.y += row.height
		f.out.notes = append(f.out.notes, row.notes...)
	}
	if at.item == 0 && at.rest == nil {
		gap := f.gap(b)
		f.offer(f.lineLevel(nil, 0, 0), at)
		f.y += gap
		if f.r.floats != nil {
			f.y = f.r.floats.belowFor(t, f.r, f.y)
		}
	} else if t.header > 0 && at.item >= t.header && f.headFits(t, at) {
		for _, row := range t.rows[:t.header] {
			place(row, true)
		}
	}
	for i := at.item; i < len(t.rows); i++ {
		row := t.rows[i]
		rest := i == at.item && at.rest != nil
		if rest {
			row = at.rest
		}
		here := pos{block: at.block, item: i}
		if rest {
			here.rest = row
		}
		if i > 0 && (i > at.item) {
			f.offer(t.rowLevel(i), here)
		}
		if bottom := f.bottom(f.rowNotes(row)); f.y+row.height+row.bottom > bottom {
			room := bottom - f.y
			alone := f.onlyHead(t) && !f.r.partial
			if (!row.cantSplit || alone || f.tooTall(row)) && i >= t.header {
				if part, left := row.split(room, alone); part != nil {
					place(part, false)
					return t.carry(f.out.items, pos{block: at.block, item: i, rest: left}), stateFull
				}
			}
			if !alone || f.r.partial && len(f.out.items) == 0 {
				items := f.out.items
				next, st := f.cut(at)
				if len(f.out.items) > 0 || f.r.partial {
					if next.block == at.block {
						next = t.carry(f.out.items, next)
					}
					return next, st
				}
				f.out.items = items
			}
		}
		place(row, false)
		if row.forced && i+1 < len(t.rows) {
			return pos{block: at.block, item: i + 1}, stateFull
		}
	}
	f.y += t.rows[len(t.rows)-1].bottom
	f.extra = 0
	return pos{}, stateDone
}

// tooTall reports whether the row is higher than a page: then it is cut where
// it stands, whatever its w:cantSplit says. Found by experiment; a repeated
// head does not count.
func (f *filler) tooTall(row *rowBox) bool {
	room := f.r.bottom - f.r.top
	if f.r.page != nil {
		room = f.r.page.bottom - f.r.page.top
	}
	return row.height+row.bottom > room
}

// onlyHead reports whether nothing but head rows of the table stands in the
// region.
func (f *filler) onlyHead(t *tableBox) bool {
	for i := range f.out.items {
		it := &f.out.items[i]
		if it.table != t || !it.repeat && it.row.index >= t.header {
			return false
		}
	}
	return true
}

// headFits reports whether the repeated head leaves room for a row below it.
func (f *filler) headFits(t *tableBox, at pos) bool {
	h := twip(0)
	for _, row := range t.rows[:t.header] {
		h += row.height
	}
	return f.y+h+t.rows[at.item].height/4 < f.r.bottom && h < (f.r.bottom-f.r.top)/2
}

// bottom returns how far down text may go above notes of that height: they stand
// at the foot of the page, though balanced columns end higher.
func (f *filler) bottom(notes twip) twip {
	if f.r.page == nil {
		return f.r.bottom - notes
	}
	return min(f.r.bottom, f.r.page.bottom-notes)
}

// notesHeight returns the room that the notes taken so far and these need.
func (f *filler) notesHeight(p *para, notes []*wml.Note) twip {
	if f.r.page == nil || len(notes) == 0 && len(f.out.notes) == 0 && len(f.r.page.notes) == 0 {
		return 0
	}
	h := f.e.notesHeight(f.r.page, f.out.notes)
	any := h > 0
	for _, n := range notes {
		if box := p.notes[n]; box != nil {
			if !any {
				h, any = noteSeparator, true
			}
			h += f.e.noteHeight(f.r.page, box)
		}
	}
	return h
}

// cutNote cuts the last note of a line that would end at below so that its
// first lines fit the page; nil when there is no note or no room for any.
func (f *filler) cutNote(p *para, l *line, below twip) (part, rest *noteBox) {
	if f.r.page == nil || len(l.notes) == 0 {
		return nil, nil
	}
	box := p.notes[l.notes[len(l.notes)-1]]
	if box == nil {
		return nil, nil
	}
	others := f.notesHeight(p, l.notes[:len(l.notes)-1])
	if others == 0 {
		others = noteSeparator
	}
	f.e.noteHeight(f.r.page, box)
	return box.cut(f.bottom(others) - below)
}

// cut cuts the note at the height; nil when nothing fits or all does. At
// least two lines stay, one may go on alone.
func (n *noteBox) cut(room twip) (part, rest *noteBox) {
	items := n.laid.items
	k := 0
	for k < len(items) && items[k].y+items[k].height() <= room {
		k++
	}
	if k == len(items) || k < 2 {
		return nil, nil
	}
	up, down := *n, *n
	first, second := *n.laid, *n.laid
	first.items, first.end = items[:k:k], items[k-1].y+items[k-1].height()
	shift := items[k].y
	second.items = make([]placed, len(items)-k)
	for j, it := range items[k:] {
		it.y -= shift
		second.items[j] = it
	}
	second.end -= shift
	up.laid, down.laid = &first, &second
	return &up, &down
}

func (f *filler) rowNotes(row *rowBox) twip {
	if f.r.page == nil || len(row.notes) == 0 && len(f.out.notes) == 0 && len(f.r.page.notes) == 0 {
		return 0
	}
	all := append(f.out.notes[:len(f.out.notes):len(f.out.notes)], row.notes...)
	return f.e.notesHeight(f.r.page, all)
}

func (f *filler) takeNotes(p *para, notes []*wml.Note) {
	for _, n := range notes {
		if box := p.notes[n]; box != nil {
			f.out.notes = append(f.out.notes, box)
		}
	}
}

// noteSeparator is the room of the short rule above the notes.
const noteSeparator twip = 57 + 57 + 10

// notesHeight returns the height of the notes that stand on the page already
// and of more, with their rule; 0 when there are none.
func (e *engine) notesHeight(ps *pageState, more []*noteBox) twip {
	if len(ps.notes)+len(more) == 0 {
		return 0
	}
	h := noteSeparator
	for _, n := range ps.notes {
		h += e.noteHeight(ps, n)
	}
	for _, n := range more {
		h += e.noteHeight(ps, n)
	}
	return h
}

func (e *engine) noteHeight(ps *pageState, n *noteBox) twip {
	w := ps.right - ps.left
	if n.laid == nil || n.width != w {
		s, _, _ := e.fill(n.blocks, pos{}, region{w: w, bottom: far, keepTop: true, floats: localFloats()})
		n.laid, n.width = &s, w
	}
	return n.laid.end
}
