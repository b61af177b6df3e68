package layout

import (
	"fmt"

	"nastavnik/internal/diag"
	"nastavnik/internal/page"
	"nastavnik/internal/wml"
)

// pageState is a page while it is filled. All its lengths are from the sheet's
// upper left corner.
type pageState struct {
	section *section
	index   int // in the document
	number  int // as counted for PAGE
	label   string
	first   bool // of its section

	left, right, top, bottom twip   // of the text area
	end                      twip   // where the text on it ends so far
	last                     *block // what ends there, its space after not counted
	extra                    twip   // proportional spacing below it

	notes  []*noteBox
	carry  *noteBox // the rest of a note, for the next page
	floats floats
	drawn  canvas
	rules  []page.Item // between columns
}

// column is a column of the page's text area.
type column struct{ x, w twip }

// flow fills page after page with the sections.
func (e *engine) flow() {
	var ps *pageState
	for i, sec := range e.sections {
		var next *wml.Section
		if i+1 < len(e.sections) {
			next = e.sections[i+1].src
		}
		if ps != nil && sec.src.Type == wml.Continuous && sameSheet(ps.section.src, sec.src) {
			ps.section = sec
			ps.left, ps.right = e.margins(sec.src, ps.number)
		} else {
			ps = e.newPage(sec, ps, true)
			ps.end = ps.top
		}
		ps = e.flowSection(sec, ps, next)
		if len(e.out.Pages) >= e.max {
			break
		}
	}
	if len(e.endnotes) > 0 && len(e.out.Pages) < e.max {
		ps = e.flowEndnotes(ps)
	}
	e.closePage(ps)
	if len(e.out.Pages) >= e.max {
		e.problems.Add(diag.Place{In: fmt.Sprintf("страница %d", e.max)}, "документ длиннее %d страниц, вёрстка остановлена", e.max).Hint =
			"разделите документ"
	}
}

// flowEndnotes sets the endnotes behind the document: on a page of their own
// with margins of 2 cm and no head or foot, as LibreOffice 7.4 does.
func (e *engine) flowEndnotes(ps *pageState) *pageState {
	const margin twip = 1134
	old := ps.section.src
	sec := &section{index: ps.section.index, blocks: e.endnotes, src: &wml.Section{Width: old.Width, Height: old.Height,
		Top: margin, Right: margin, Bottom: margin, Left: margin, PageNumbers: wml.PageNumbers{Format: old.PageNumbers.Format},
		Columns: []wml.Column{{Width: old.Width - 2*margin}}}}
	ps = e.newPage(sec, ps, true)
	ps.end = ps.top
	return e.flowSection(sec, ps, nil)
}

func sameSheet(a, b *wml.Section) bool {
	return a.Width == b.Width && a.Height == b.Height
}

// flowSection places the section from ps.end on and returns its last page.
func (e *engine) flowSection(sec *section, ps *pageState, next *wml.Section) *pageState {
	at := pos{}
	keepTop := true
	start := ps.end
	for {
		e.pageState = ps
		cols := e.columns(sec.src, ps)
		bottom := ps.bottom
		partial := start > ps.top
		prev, extra := ps.last, ps.extra
		if partial && len(cols) > 1 && at.block < len(sec.blocks) {
			// the columns begin together, below the space of the first paragraph
			f := filler{e: e, r: region{keepTop: keepTop}, prev: prev, extra: extra}
			start += f.gap(sec.blocks[at.block])
			prev, extra, keepTop = nil, 0, false
			if start >= bottom {
				ps = e.newPage(sec, ps, false)
				start = ps.top
				continue
			}
		}
		if len(cols) > 1 && e.balanced(next) && at.block < len(sec.blocks) {
			bottom = e.balance(sec, ps, at, cols, start, keepTop)
		}
		end := start
		var st state
		for c := 0; c < len(cols); {
			r := region{x: cols[c].x, w: cols[c].w, top: start, bottom: bottom, keepTop: keepTop, page: ps, floats: &ps.floats,
				partial: partial, prev: prev, extra: extra}
			var s stack
			var to pos
			s, to, st = e.fill(sec.blocks, at, r)
			if st == stateRestart {
				continue // each time one more float is known, so this ends
			}
			e.drawStack(&ps.drawn, &s, 0, 0)
			ps.notes = append(ps.notes, s.notes...)
			if s.carry != nil {
				ps.carry = s.carry
			}
			end = max(end, s.bottom)
			ps.last, ps.extra = s.last, s.extra
			at = to
			if st == stateDone || st == statePage {
				break
			}
			keepTop = st == stateColumn
			if c++; c < len(cols) {
				prev, extra = nil, 0
			}
		}
		if sec.src.ColumnLine && len(cols) > 1 {
			e.columnRules(ps, cols, start, end)
		}
		ps.end = end
		if st == stateDone {
			return ps
		}
		if len(e.out.Pages) >= e.max {
			return ps
		}
		keepTop = st == statePage || st == stateColumn
		ps = e.newPage(sec, ps, false)
		start = ps.top
	}
}

func (e *engine) columns(s *wml.Section, ps *pageState) []column {
	if len(s.Columns) < 2 {
		return []column{{ps.left, ps.right - ps.left}}
	}
	cols := make([]column, 0, len(s.Columns))
	x := ps.left
	for _, c := range s.Columns {
		cols = append(cols, column{x, c.Width})
		x += c.Width + c.Space
	}
	return cols
}

func (e *engine) columnRules(ps *pageState, cols []column, top, bottom twip) {
	for i := 1; i < len(cols); i++ {
		x := (cols[i-1].x + cols[i-1].w + cols[i].x) / 2
		ps.rules = append(ps.rules, &page.Rule{X1: x.EMU(), X2: x.EMU(), Y1: top.EMU(), Y2: bottom.EMU(), Width: 6350, Element: page.Artifact})
	}
}

// balanced reports whether the columns of a section are made equally long:
// those of one that a continuous one follows.
func (e *engine) balanced(next *wml.Section) bool {
	if e.doc.Settings.NoColumnBalance {
		return false
	}
	return next != nil && next.Type == wml.Continuous
}

// balance returns the least bottom at which what is left of the section fits
// into the columns; the page's bottom when it does not fit at all.
func (e *engine) balance(sec *section, ps *pageState, at pos, cols []column, top twip, keepTop bool) twip {
	fits := func(bottom twip) bool {
		here, keep := at, keepTop
		for _, c := range cols {
			s, to, st := e.fill(sec.blocks, here, region{x: c.x, w: c.w, top: top, bottom: bottom, keepTop: keep, partial: true})
			for i := range s.items {
				if s.items[i].y+s.items[i].height() > bottom {
					return false // something higher than the column was forced in
				}
			}
			if st == stateDone {
				return true
			}
			if st != stateFull && st != stateColumn {
				return false
			}
			here, keep = to, st == stateColumn
		}
		return false
	}
	lo, hi := top, ps.bottom-e.notesHeight(ps, nil)
	if !fits(hi) {
		return ps.bottom
	}
	for hi-lo > 5 {
		mid := (lo + hi) / 2
		if fits(mid) {
			hi = mid
		} else {
			lo = mid
		}
	}
	return hi
}

// margins returns the sides of the text area on the page of that number.
func (e *engine) margins(s *wml.Section, number int) (left, right twip) {
	l, r := s.Left, s.Right
	if !e.doc.Settings.GutterAtTop {
		l += s.Gutter
	}
	if e.doc.Settings.MirrorMargins && number%2 == 0 {
		l, r = r, l
	}
	left, right = l, s.Width-r
	if right < left+240 {
		right = left + 240
	}
	return left, right
}

// newPage ends the page before and begins one of the section.
func (e *engine) newPage(sec *section, before *pageState, first bool) *pageState {
	s := sec.src
	number := 1
	if before != nil {
		e.closePage(before)
		number = before.number + 1
	}
	if first && s.PageNumbers.Restart {
		number = s.PageNumbers.Start
	}
	if first && before != nil && (s.Type == wml.OddPage && number%2 == 0 || s.Type == wml.EvenPage && number%2 == 1) && !s.PageNumbers.Restart {
		number++ // the blank sheet between is counted, not drawn
	}
	ps := &pageState{section: sec, index: len(e.out.Pages), number: number, first: first,
		label: wml.FormatNumber(number, s.PageNumbers.Format)}
	ps.left, ps.right = e.margins(s, number)
	ps.drawn = canvas{ground: wml.Auto, e: e, ps: ps}
	if before != nil && before.carry != nil {
		ps.notes = append(ps.notes, before.carry)
	}
	e.out.Pages = append(e.out.Pages, page.Page{Width: s.Width.EMU(), Height: s.Height.EMU()})
	e.states = append(e.states, ps)
	e.pageState = ps

	ps.top, ps.bottom = s.Top, s.Height-s.Bottom
	if s.Top < 0 {
		ps.top = -s.Top
	} else if head := e.head(ps, false); head != nil {
		ps.top = max(ps.top, s.Header+head.stack.end)
		e.headFloats(ps, head, s.Header)
	}
	if s.Bottom < 0 {
		ps.bottom = s.Height + s.Bottom
	} else if foot := e.head(ps, true); foot != nil {
		ps.bottom = min(ps.bottom, s.Height-s.Footer-foot.stack.end)
		e.headFloats(ps, foot, s.Height-s.Footer-foot.stack.end)
	}
	if e.doc.Settings.GutterAtTop {
		ps.top += s.Gutter
	}
	e.snap(ps)
	if ps.bottom < ps.top+240 { // heads taller than the sheet
		ps.top = min(ps.top, s.Height/2)
		ps.bottom = max(ps.bottom, ps.top+240)
	}
	return ps
}

// snap fits the text area to the grid of lines: as many whole lines as it holds,
// in its middle unless the document has footnotes.
func (e *engine) snap(ps *pageState) {
	s := ps.section.src
	if s.LineGrid <= 0 {
		return
	}
	room := max(0, ps.bottom-ps.top)
	lines := min(room, max(0, s.Height-s.Top-s.Bottom)) / s.LineGrid * s.LineGrid
	if !e.footnotes {
		ps.top += (room - lines) / 2
	}
	ps.bottom = ps.top + lines
}

// closePage draws the notes of a finished page.
func (e *engine) closePage(ps *pageState) {
	if ps == nil || len(ps.notes) == 0 {
		return
	}
	y := ps.bottom - e.notesHeight(ps, nil)
	width := (ps.right - ps.left) / 4
	rule := (y + 57 + 5).EMU()
	ps.drawn.front = append(ps.drawn.front, &page.Rule{X1: ps.left.EMU(), X2: (ps.left + width).EMU(), Y1: rule, Y2: rule, Width: 6350, Element: page.Artifact})
	y += noteSeparator
	for _, n := range ps.notes {
		e.noteHeight(ps, n)
		e.drawStack(&ps.drawn, n.laid, ps.left, y)
		y += n.laid.end
	}
}

// headKey names a head that may serve several pages: one without fields has
// no label.
type headKey struct {
	story *wml.Story
	label string
	total int
	width twip
}

type headBox struct {
	stack stack
}

// story returns the head or foot that the page shows, nil for none.
func (e *engine) story(ps *pageState, foot bool) *wml.Story {
	set := &ps.section.src.Headers
	if foot {
		set = &ps.section.src.Footers
	}
	kind := wml.Default
	switch {
	case ps.section.src.TitlePage && ps.first:
		kind = wml.First
	case e.doc.Settings.EvenAndOdd && ps.number%2 == 0:
		kind = wml.Even
	}
	return set[kind]
}

// head lays out the page's head or foot; nil when it has none.
func (e *engine) head(ps *pageState, foot bool) *headBox {
	story := e.story(ps, foot)
	if story == nil || len(story.Blocks) == 0 {
		return nil
	}
	key := headKey{story: story, width: ps.right - ps.left}
	if hasFields(story) {
		key.label, key.total = ps.label, e.total
	}
	if box := e.heads[key]; box != nil {
		return box
	}
	used, guess := e.totalUsed, e.totalGuess
	if e.total > 0 {
		e.totalGuess = e.total
	}
	e.grid = ps.section.src.LineGrid
	blocks := e.blocks(story.Blocks, page.Artifact, false)
	s, _, _ := e.fill(blocks, pos{}, region{w: key.width, bottom: far, keepTop: true})
	e.totalUsed, e.totalGuess = used, guess
	box := &headBox{s}
	e.heads[key] = box
	return box
}

func hasFields(s *wml.Story) bool {
	for p := range wml.Paragraphs(s.Blocks) {
		for i := range p.Runs {
			if p.Runs[i].Kind == wml.FieldRun {
				return true
			}
		}
	}
	return false
}

// finishHeads draws the heads and feet once the number of pages is known, and
// puts the items of each page in order: what lies behind the text first.
func (e *engine) finishHeads() {
	e.total = len(e.out.Pages)
	for _, ps := range e.states {
		e.pageState = ps
		s := ps.section.src
		c := canvas{ground: wml.Auto, e: e, ps: ps, head: true}
		if h := e.head(ps, false); h != nil {
			e.drawStack(&c, &h.stack, ps.left, s.Header)
		}
		if f := e.head(ps, true); f != nil {
			e.drawStack(&c, &f.stack, ps.left, s.Height-s.Footer-f.stack.end)
		}
		p := &e.out.Pages[ps.index]
		p.Label = ps.label
		items := make([]page.Item, 0, 4+len(c.front)+len(ps.drawn.front))
		if e.doc.Settings.HasBackground {
			items = append(items, &page.Fill{Width: p.Width, Height: p.Height, Color: page.Color(e.doc.Settings.Background), Element: page.Artifact})
		}
		items = e.pageBorders(items, ps)
		p.Items = append(ps.drawn.items(c.items(items)), ps.rules...)
	}
}

// pageBorders draws w:pgBorders.
func (e *engine) pageBorders(items []page.Item, ps *pageState) []page.Item {
	s := ps.section.src
	b := s.Borders
	if b == nil || b.NotFirst && ps.first || b.OnlyFirst && !ps.first {
		return items
	}
	var x0, y0, x1, y1 twip
	if b.FromText {
		x0, x1 = ps.left-b.Left.Space, ps.right+b.Right.Space
		y0, y1 = s.Top-b.Top.Space, s.Height-s.Bottom+b.Bottom.Space
	} else {
		x0, x1 = b.Left.Space, s.Width-b.Right.Space
		y0, y1 = b.Top.Space, s.Height-b.Bottom.Space
	}
	c := canvas{ground: wml.Auto, e: e, ps: ps}
	c.border(b.Top, x0, y0, x1, y0, page.Artifact)
	c.border(b.Bottom, x0, y1, x1, y1, page.Artifact)
	c.border(b.Left, x0, y0, x0, y1, page.Artifact)
	c.border(b.Right, x1, y0, x1, y1, page.Artifact)
	return append(items, c.front...)
}
