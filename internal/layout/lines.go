package layout

import (
	"math"

	"nastavnik/internal/unit"
	"nastavnik/internal/wml"
)

// line is one line of a paragraph. from, end and vis are indices into
// para.chars: vis is behind the last visible character, end behind the blanks
// or the break that follow it.
type line struct {
	from, end, vis int32
	frags          []frag
	pre            twip // room above that is not there at the top of a page
	ascent, height twip
	forced         bool // ended by a line break
	clear          bool // the next line goes below the floats
	skip           twip // room left above to get past a float
	beside         bool // stands right of the line before, a float between them
	notes          []*wml.Note
}

// frag is a stretch of a line drawn as one text, or a leader, or an object.
type frag struct {
	from, to int32 // in para.chars
	x, w     px    // x from the left edge of the column
	span     uint16
	leader   wml.Leader
	hyphen   bool
	rtl      bool // drawn backwards
}

// tabAt is a tab of the line being made: the text before it ends at x0, the
// text behind it begins at x1.
type tabAt struct {
	at     int
	x0, x1 px
	leader wml.Leader
}

// breaker makes the lines of one paragraph.
type breaker struct {
	e       *engine
	p       *para
	width   px // of the column
	tabs    []tabAt
	pending *pendingTab
}

// pendingTab is a right or centre tab, or one past the margin, whose text is being
// read.
type pendingTab struct {
	align wml.Align
	stop  px
	tab   int // in breaker.tabs
}

// lines returns the paragraph's lines in a column of the width; they are
// remembered until another width is asked for.
func (e *engine) lines(p *para, width twip) []line {
	if p.lines != nil && p.width == width {
		return p.lines
	}
	e.flatten(p)
	p.lines, p.frags = nil, nil // old ones may stand on a page already
	b := breaker{e: e, p: p, width: toPx(width)}
	n := len(p.chars)
	if n == 0 {
		p.lines = append(p.lines, e.emptyLine(p))
	}
	for at := 0; at < n; {
		l := b.line(at, 0, b.width)
		p.lines = append(p.lines, l)
		at = int(l.end)
		if at == n && l.forced {
			p.lines = append(p.lines, e.emptyLineAt(p, n))
		}
	}
	p.width = width
	p.tail = e.space(p, p.lines)
	return p.lines
}

func (e *engine) emptyLine(p *para) line { return e.emptyLineAt(p, 0) }

func (e *engine) emptyLineAt(p *para, at int) line {
	m := e.mark(p)
	return line{from: int32(at), end: int32(at), vis: int32(at),
		ascent: m.ascent, height: m.ascent + m.descent}
}

// space applies line spacing: each line's extra room goes above it, except
// for the first line; what belongs below the last one is returned.
func (e *engine) space(p *para, lines []line) (tail twip) {
	for i := range lines {
		t := e.spaceLine(p, &lines[i], i == 0)
		if i == len(lines)-1 {
			tail = t
		}
	}
	return tail
}

// spaceLine applies line spacing to one line and returns its extra room.
func (e *engine) spaceLine(p *para, l *line, first bool) (extra twip) {
	v := p.props.Line
	percent := twip(100)
	if p.props.LineRule == wml.LineAuto {
		percent = max(50, proportion(v))
	}
	if percent > 100 {
		text := l.height
		if o := e.objectHeight(p, l); o > 0 { // pictures are not spread
			text = min(text, o)
		}
		extra = text * (percent - 100) / 100
	}
	switch {
	case p.grid > 0: // nothing but percentages counts on a grid of lines
		h := (l.height + p.grid - 1) / p.grid * p.grid
		l.ascent, l.height = l.ascent+(h-l.height)/2, h
		if !first {
			l.pre = h * (percent - 100) / 100
		}
		return extra
	case p.props.LineRule == wml.LineExact:
		if v > 0 {
			l.height, l.ascent = v, 4*v/5
		}
	case p.props.LineRule == wml.LineAtLeast:
		if l.height < v {
			l.ascent, l.height = l.ascent+v-l.height, v
		}
	case percent < 100:
		h := l.height * percent / 100
		l.ascent -= l.height - h
		if first {
			l.ascent = 4 * h / 5
		}
		l.height = h
	case !first:
		l.pre = extra
	}
	return extra
}

// proportion returns line spacing in per cent as LibreOffice 7.4 rounds it on
// import: 240 is 100.
func proportion(line twip) twip {
	if line <= 0 {
		return 100
	}
	return twip(100 * round(float64(line)*127/72) / 423)
}

// objectHeight returns the height of the text in a line with a picture, 0
// when there is no picture in it.
func (e *engine) objectHeight(p *para, l *line) twip {
	found := false
	asc, desc := twip(0), twip(0)
	for i := range l.frags {
		s := &p.spans[l.frags[i].span]
		if s.obj != nil {
			found = true
		} else if s.look != nil {
			asc, desc = max(asc, s.look.ascent), max(desc, s.look.descent)
		}
	}
	if !found {
		return 0
	}
	if asc+desc == 0 {
		m := e.mark(p)
		return m.ascent + m.descent
	}
	return asc + desc
}

// line makes the line that begins at the character from, between x0 and x1 of
// the column. It always takes at least one character.
func (b *breaker) line(from int, x0, x1 px) line { return b.lineIn(from, x0, x1, false, false) }

// lineIn does the same beside a float: indents says that the paragraph's
// indents count from x0, whole that the line stays empty when no word fits in.
func (b *breaker) lineIn(from int, x0, x1 px, indents, whole bool) line {
	p := b.p
	chars := p.chars
	n := len(chars)
	first := from == 0 && p.first
	indent := p.props.Left
	if first {
		indent += p.props.First
	}
	left := toPx(indent)
	if indents {
		left += x0
	} else if x0 > 0 && left < x0 {
		left = x0
	}
	right := b.width - toPx(p.props.Right)
	if x1 < b.width { // a float stands there; else text may go past the column
		right = min(right, x1)
	}
	if right < left+perTwip*20 { // no room at all: take what there is, never loop
		right = max(right, left+perTwip*20)
	}
	if first && p.src.Label != nil {
		left += b.labelShift(left)
	}
	if p.inCell && len(p.props.Tabs) == 1 && p.props.Tabs[0].Align == wml.AlignDecimal {
		// a cell's only stop, a decimal one, holds for text without a tab too
		left = max(left, toPx(p.props.Tabs[0].Pos)-b.decimal(from))
	}
	start := left
	b.tabs = b.tabs[:0]
	b.pending = nil
	cur, limit := left, right
	best, bestTabs := -1, 0
	full := -1 // behind blanks of which one did not fit
	end, forced, clearFloats := n, false, false
loop:
	for j := from; j < n; j++ {
		c := &chars[j]
		if c.cut {
			cur = cur.whole()
		}
		if c.brk && j > from {
			ok := true
			if chars[j-1].kind == charSoft {
				hyphen := p.spans[chars[j-1].span].look.advances.of('-')
				ok = cur+hyphen <= limit
			}
			if c.r == '/' {
				// ICU breaks behind a slash, and LibreOffice then goes back to the
				// blank before it; a slash that does not fit has no such luck
				ok = cur+px(c.w) <= limit
			}
			if ok {
				best, bestTabs = j, len(b.tabs)
			}
		}
		switch c.kind {
		case charBreak:
			end, forced = j+1, true
			clearFloats = p.spans[c.span].clear
			break loop
		case charTab, charLabelTab:
			cur = b.settle(cur)
			next, limitNow, ok := b.tab(j, cur, left, right, c.kind == charLabelTab)
			if !ok {
				end = j
				if j == from { // nowhere to go: it fills the line
					end = j + 1
					b.tabs = append(b.tabs, tabAt{at: j, x0: cur, x1: max(cur, right)})
				}
				break loop
			}
			cur, limit = next, limitNow
			continue
		case charBlank:
			if cur += px(c.w); cur > limit {
				full = j + 1
			}
			continue
		case charSoft, charHidden, charNote:
			continue
		}
		w := px(c.w)
		if c.kind == charObject {
			w = b.objectWidth(c)
			c.w = int32(w)
		}
		room, need := limit, cur+w
		if l := p.spans[c.span].look; c.kind == charText && l != nil {
			room -= b.slant(l)
			need -= l.spacing // that behind the last character does not count
		}
		if need > room && !b.rounds(from, j, need, room) {
			switch {
			case full == j && j > from: // LibreOffice asks no rules then
				end = j
			case b.cuts(from, max(best, from), j):
				if end = j; isHard(c.r) {
					end++ // hangs
				}
			case best > from:
				end = best
				if n := len(b.tabs); n > 0 && b.tabs[n-1].at == best-1 && b.pending != nil && best-1 > from {
					end, bestTabs = best-1, n-1 // a tab goes with the text that it aligns
				}
				if bestTabs < len(b.tabs) {
					b.tabs = b.tabs[:bestTabs]
				}
			case whole:
				return line{from: int32(from), end: int32(from)}
			default:
				end = max(j, from+1)
			}
			break loop
		}
		cur += w
	}
	if b.pending != nil && b.pending.tab >= len(b.tabs) {
		b.pending = nil
	}
	return b.finish(from, end, start, right, forced, clearFloats)
}

// cuts reports whether a line that is full at the character j is cut there,
// though it may end at best: when a no-break space or hyphen stands between,
// and nothing in the line before it at which LibreOffice thinks it worth while
// to go back, that is, no blank and no object (SwBlankPortion::MayUnderflow).
func (b *breaker) cuts(from, best, j int) bool {
	chars := b.p.chars
	at := j
	for at >= best && !isHard(chars[at].r) {
		at--
	}
	if at < best {
		return false
	}
	for at--; at > from; at-- {
		if k := chars[at].kind; k == charBlank || k == charObject || k == charNote {
			return false
		}
	}
	return true
}

func isHard(r rune) bool { return r == noBreak || r == 0x2011 }

// rounds reports whether the portion that ends with the character j, at the
// place end, fits below the limit once its width is rounded to twips. Of a
// portion of narrow characters LibreOffice looks first for the character at
// which it must be cut, and finds it; of others, wider than half their height
// on average, it first measures the whole.
func (b *breaker) rounds(from, j int, end, limit px) bool {
	chars := b.p.chars
	lk := b.p.spans[chars[j].span].look
	if end.whole() > limit || lk == nil || j+1 < len(chars) && !chars[j+1].cut {
		return false
	}
	w, n := px(0), px(0)
	for k := j; k >= from; k-- {
		w += px(chars[k].w)
		n++
		if chars[k].cut {
			break
		}
	}
	return 2*(limit-end+w) > n*toPx(lk.ascent+lk.descent)
}

// slant returns the room that LibreOffice keeps free behind slanted text in
// documents of compatibility mode 15: a twelfth of its height.
func (b *breaker) slant(l *look) px {
	if l == nil || !l.props.Italic || b.e.doc.Settings.Compat < 15 {
		return 0
	}
	return toPx((l.ascent + l.descent) / 12)
}

// labelShift returns how far a label that is right-aligned or centred at its
// place stands to the left of it.
func (b *breaker) labelShift(left px) px {
	l := b.p.src.Label
	if l.Align != wml.AlignRight && l.Align != wml.AlignCenter {
		return 0
	}
	w := px(0)
	for i := range b.p.chars {
		c := &b.p.chars[i]
		if !b.p.spans[c.span].label || c.kind == charLabelTab {
			break
		}
		w += px(c.w)
	}
	if l.Align == wml.AlignCenter {
		w /= 2
	}
	return -w
}

// settle ends the text of a pending tab at cur and returns where it now ends.
func (b *breaker) settle(cur px) px {
	if b.pending == nil {
		return cur
	}
	t := &b.tabs[b.pending.tab]
	w := cur - t.x1
	shift := b.pending.stop - t.x1 - w
	switch b.pending.align {
	case wml.AlignCenter:
		shift = b.pending.stop - t.x1 - w/2
	case wml.AlignLeft:
		shift = b.pending.stop - t.x1
	}
	b.pending = nil
	shift = max(0, shift)
	t.x1 += shift
	return cur + shift
}

// tab places the tab at the character j, cur being where the text before it
// ends. It returns where the text behind it begins and how far that may go;
// ok is false when the tab does not fit and belongs to the next line.
//
// As LibreOffice has it, a tab that would end at the margin or behind it goes to
// the next line, unless the stop is one of the paragraph's own; text behind such a
// stop is broken as if the tab took no room, and moved to the stop then.
func (b *breaker) tab(j int, cur, left, right px, label bool) (x, limit px, ok bool) {
	p := b.p
	t := tabAt{at: j, x0: cur, x1: cur}
	if pt := p.spans[p.chars[j].span].tab; pt != nil && pt.Align != wml.AlignLeft {
		stop := right
		if pt.Align == wml.AlignCenter {
			stop = (left + right) / 2
			if pt.FromMargin {
				stop = b.width / 2
			}
		} else if pt.FromMargin {
			stop = b.width
		}
		b.tabs = append(b.tabs, t)
		b.pending = &pendingTab{pt.Align, stop, len(b.tabs) - 1}
		return cur, max(right, stop), true
	}
	best := tabStop{pos: -1}
	for _, s := range p.props.Tabs {
		if s.Align != wml.AlignBar && toPx(s.Pos) > cur {
			best = tabStop{toPx(s.Pos), s.Align, s.Leader, true}
			break
		}
	}
	if indent := toPx(p.props.Left); indent > cur && (best.pos < 0 || indent < best.pos) {
		best = tabStop{pos: indent}
	}
	if l := p.src.Label; label && l.Tab > 0 && toPx(l.Tab) > cur && (best.pos < 0 || toPx(l.Tab) < best.pos) {
		best = tabStop{pos: toPx(l.Tab)}
	}
	if best.pos < 0 {
		step := toPx(b.e.doc.Settings.DefaultTab)
		best = tabStop{pos: px(floorDiv(int64(cur), int64(step))+1) * step}
	}
	t.leader = best.leader
	end := right // of the text behind a tab that is placed once that text is known
	if best.pos > right {
		end = b.width
	}
	if !label && cur+perTwip >= right && cur <= right {
		return cur, right, false
	}
	if best.align == wml.AlignLeft {
		over := b.e.doc.Settings.Compat < 15 // text may go past the margin
		switch {
		case label:
		case best.pos > right && (best.custom || !over && cur > right):
			if !over && best.pos-left >= b.width {
				return cur, right, false
			}
			if !over {
				end = cur + b.width - best.pos
			}
			b.tabs = append(b.tabs, t)
			b.pending = &pendingTab{wml.AlignLeft, best.pos, len(b.tabs) - 1}
			return cur, end, true
		case best.pos >= right && (!best.custom && j+1 < len(p.chars) || best.pos-left < b.width):
			return cur, right, false
		}
		t.x1 = best.pos
		b.tabs = append(b.tabs, t)
		return best.pos, max(right, best.pos), true
	}
	if best.align == wml.AlignDecimal {
		best.pos -= b.decimal(j + 1)
		if best.pos <= cur {
			best.pos = cur
		}
		t.x1 = best.pos
		b.tabs = append(b.tabs, t)
		return best.pos, end, true
	}
	b.tabs = append(b.tabs, t)
	b.pending = &pendingTab{best.align, best.pos, len(b.tabs) - 1}
	return cur, end, true
}

type tabStop struct {
	pos    px
	align  wml.Align
	leader wml.Leader
	custom bool
}

// decimal returns the width of the text from the character at up to its
// decimal point.
func (b *breaker) decimal(at int) (w px) {
	for i := at; i < len(b.p.chars); i++ {
		c := &b.p.chars[i]
		if c.kind == charTab || c.kind == charBreak || c.r == ',' || c.r == '.' {
			break
		}
		w += px(c.w)
	}
	return w
}

// finish aligns the line and makes its frags.
func (b *breaker) finish(from, end int, left, right px, forced, clearFloats bool) line {
	p := b.p
	chars := p.chars
	stop := end // behind the last character that is drawn or is a hanging blank
	if forced {
		stop--
	}
	vis := stop
	for vis > from && (chars[vis-1].kind == charBlank || chars[vis-1].kind == charHidden || chars[vis-1].kind == charNote) {
		vis--
	}
	hyphen := !forced && end < len(chars) && vis > from && chars[vis-1].kind == charSoft

	// where each stretch between tabs begins and the line ends
	endX := left
	at, lastTab := from, -1
	for k := range b.tabs {
		t := &b.tabs[k]
		if t.at >= end {
			b.tabs = b.tabs[:k]
			break
		}
		lastTab = t.at
		endX, at = t.x1, t.at+1
	}
	textStart := endX
	for i := at; i < vis; i++ {
		if chars[i].cut {
			endX = endX.whole()
		}
		endX += px(chars[i].w)
	}
	endX = endX.whole()
	if b.pending != nil && len(b.tabs) > 0 && b.pending.tab == len(b.tabs)-1 {
		last := endX // the blanks behind it stand before the stop too
		for i := vis; i < stop; i++ {
			last += px(chars[i].w)
		}
		last = last.whole()
		moved := b.settle(last) - last
		textStart += moved
		endX += moved
	}
	if vis > from && p.spans[chars[vis-1].span].look != nil && chars[vis-1].kind == charText {
		endX -= p.spans[chars[vis-1].span].look.spacing
	}
	if hyphen {
		endX += p.spans[chars[vis-1].span].look.advances.of('-')
	}

	if vis > from && chars[vis-1].kind == charText && (forced || end == len(chars)) {
		endX += b.slant(p.spans[chars[vis-1].span].look)
	}
	if p.inCell && end == len(chars) { // in cells LibreOffice lets no-break spaces hang too
		for i := vis - 1; i >= at && chars[i].r == noBreak; i-- {
			endX -= px(chars[i].w)
		}
	}
	shift, blanks := px(0), 0
	slack := right - endX
	switch p.props.Align {
	case wml.AlignCenter:
		if lastTab < 0 || slack > 0 {
			shift = slack / 2
		}
	case wml.AlignRight:
		if lastTab < 0 || slack > 0 {
			shift = slack
		}
	case wml.AlignBoth, wml.AlignDistribute:
		last := end >= len(chars) || forced && b.e.doc.Settings.DoNotExpandBreak
		if (!last || p.props.Align == wml.AlignDistribute) && slack > 0 {
			for i := at; i < vis; i++ {
				if chars[i].kind == charBlank {
					blanks++
				}
			}
			slack -= p.shortfall(at, vis, slack, blanks)
		}
	}
	if lastTab >= 0 && shift < 0 {
		shift = 0
	}

	l := line{from: int32(from), end: int32(end), vis: int32(vis), forced: forced, clear: clearFloats}
	mark := len(p.frags)
	b.frags(&l, from, stop, left+shift, shift, textStart, slack, blanks, lastTab)
	l.frags = p.frags[mark:len(p.frags):len(p.frags)]
	if hyphen && len(l.frags) > 0 {
		l.frags[len(l.frags)-1].hyphen = true
	}
	if p.rtl || p.props.RTL {
		b.reorder(&l, stop)
	}
	b.measure(&l, stop)
	return l
}

// flush is how far right of LibreOffice's place we set a word so that the line
// ends at the margin, in thousandths of a twip.
const flush = 18_000

// shortfall returns how much of the slack is left at the right end of a line,
// the rest being shared out among its blanks.
//
// LibreOffice's PDF falls short of the margin by up to 1.5 pt. It adds whole
// twips to each blank of a portion, half of them before it, and begins the
// next portion where it belongs. It ends each character at a whole tenth of a
// point, and writes what the character is wider or narrower than that in whole
// thousandths of an em: x + 0.5, cut off, so that wider ones come out too
// short. Computed so, its words are where they stand in the PDF to 0.01 pt.
// We end lines at the margin, but do not stray further than flush from that.
func (p *para) shortfall(from, vis int, slack px, blanks int) px {
	if blanks == 0 {
		return 0
	}
	n := int64(blanks)
	all := int64(slack / perTwip)
	add := all / n
	half := add / 2
	if lk := p.spans[p.chars[vis-1].span].look; lk == nil || (all-add*n)*1000+int64(vis-from)*int64(lk.size)*16/25 <= flush {
		return 0 // it cannot be that much
	}
	given := int64(0)           // by LibreOffice to the portions before, in twips
	var x, w, spaced, own int64 // of the portion: its width as written, in thousandths of a twip; natural, in px; what blanks add, in twips; blanks
	seen, short := int64(0), int64(0)
	for i := from; i < vis; i++ {
		c := &p.chars[i]
		if c.cut {
			given += own * (all * 100 / n) / 100
			x, w, spaced, own = 0, 0, 0, 0
		}
		if c.kind == charText && own > 0 && p.chars[i-1].kind == charBlank {
			even := (w*1000+seen*int64(slack)*1000/n)/int64(perTwip) - given*1000
			short = max(short, (even-x-flush)*n/seen)
		}
		before := (int64(px(w).whole()/perTwip) + spaced) / 2
		w += int64(c.w)
		if c.kind == charBlank {
			if w == int64(c.w) { // no character before it to take a half
				spaced += half
			}
			spaced += add - half
			own++
			seen++
		} else if i+1 < vis && p.chars[i+1].kind == charBlank {
			spaced += half
		}
		lk := p.spans[c.span].look
		if lk == nil || c.w == 0 {
			continue
		}
		size := int64(lk.size)
		step := (int64(px(w).whole()/perTwip)+spaced)/2 - before // tenths of a point
		native := (int64(c.w)*2000/int64(perTwip) + size) / (2 * size)
		x += (native - (native*size*2-step*4000+size)/(2*size)) * size
	}
	return px(short * int64(perTwip) / 1000)
}

// frags appends the frags of the line. Characters of one span go together;
// in a stretched line each word with its blanks is one.
func (b *breaker) frags(l *line, from, stop int, x, shift, textStart, slack px, blanks, lastTab int) {
	p := b.p
	chars := p.chars
	open := -1 // index of the frag being made
	tab, seen := 0, 0
	w := px(0) // of the portion so far
	for i := from; i < stop; i++ {
		c := &chars[i]
		if c.cut {
			x += w.whole() - w
			w = 0
		}
		switch c.kind {
		case charTab, charLabelTab:
			t := b.tabs[tab]
			tab++
			end := t.x1
			if tab == len(b.tabs) {
				end = textStart
			}
			end += shift
			p.frags = append(p.frags, frag{from: int32(i), to: int32(i + 1), x: x, w: end - x, span: c.span, leader: t.leader})
			x, w, open = end, 0, -1
			continue
		case charSoft:
			if i == int(l.vis)-1 && l.end < int32(len(chars)) && !l.forced {
				break // visible at the line's end: stays with its word
			}
			open = -1
			continue
		case charHidden:
			open = -1
			continue
		case charNote:
			l.notes = append(l.notes, p.spans[c.span].note)
			open = -1
			continue
		case charObject:
			p.frags = append(p.frags, frag{from: int32(i), to: int32(i + 1), x: x, w: px(c.w), span: c.span})
			x, open = x+px(c.w), -1
			continue
		}
		if open >= 0 && (p.frags[open].span != c.span ||
			blanks > 0 && i > lastTab+1 && c.kind != charBlank && chars[i-1].kind == charBlank) {
			open = -1
		}
		if open < 0 {
			p.frags = append(p.frags, frag{from: int32(i), to: int32(i), x: x, span: c.span})
			open = len(p.frags) - 1
		}
		f := &p.frags[open]
		f.to = int32(i + 1)
		f.w += px(c.w)
		w += px(c.w)
		x += px(c.w)
		if blanks > 0 && i > lastTab && c.kind == charBlank && i < int(l.vis) {
			// the slack is shared out so that the last word ends at the margin
			x += slack*px(seen+1)/px(blanks) - slack*px(seen)/px(blanks)
			seen++
		}
	}
}

// measure finds the height of the line. In the first line of a paragraph a
// stretch of blanks and tabs only does not raise it, unless there is nothing
// else; in the other lines LibreOffice 7.4 looks at the wrong place of the
// text, and it does.
func (b *breaker) measure(l *line, stop int) {
	p := b.p
	take := func(blank bool) {
		for i := range l.frags {
			f := &l.frags[i]
			s := &p.spans[f.span]
			if s.obj != nil {
				asc := b.objectAscent(s.obj)
				l.ascent = max(l.ascent, asc)
				if s.obj.Rule {
					lk := b.e.mark(p)
					l.ascent, l.height = max(l.ascent, lk.ascent), max(l.height, lk.descent)
				}
				continue
			}
			if s.look == nil {
				continue
			}
			if !blank && l.from == 0 && b.isBlank(f) {
				continue
			}
			l.ascent, l.height = max(l.ascent, s.look.ascent), max(l.height, s.look.descent)
		}
	}
	take(false)
	if l.ascent == 0 && l.from == 0 && len(l.frags) > 0 {
		// blanks and tabs only: as high as the paragraph's style, whatever they are
		lk := b.e.look(p.src.Base)
		l.ascent, l.height = lk.ascent, lk.descent
	}
	if l.ascent == 0 && l.height == 0 {
		take(true)
	}
	if l.ascent == 0 && l.height == 0 {
		lk := b.e.mark(p)
		if int(l.from) < len(p.chars) {
			if s := p.spans[p.chars[l.from].span]; s.look != nil {
				lk = s.look
			}
		}
		l.ascent, l.height = lk.ascent, lk.descent
	}
	l.height += l.ascent
}

func (b *breaker) isBlank(f *frag) bool {
	for i := f.from; i < f.to; i++ {
		if k := b.p.chars[i].kind; k != charBlank && k != charTab && k != charLabelTab {
			return false
		}
	}
	return true
}

func emuTwip(v unit.EMU) twip {
	return twip(floorDiv(int64(v)*2+int64(unit.PerTwip), 2*int64(unit.PerTwip)))
}

// objectWidth returns the advance of an inline drawing.
func (b *breaker) objectWidth(c *char) px {
	d := b.p.spans[c.span].obj
	if d.RelWidth > 0 && d.Width == 0 {
		return b.width - toPx(b.p.props.Left+b.p.props.Right)
	}
	w, _ := drawingSize(d)
	return toPx(emuTwip(w + d.Dist.Left + d.Dist.Right))
}

func (b *breaker) objectAscent(d *wml.Drawing) twip {
	_, h := drawingSize(d)
	return emuTwip(h + d.Dist.Top + d.Dist.Bottom)
}

// drawingSize returns the size of the box that an inline drawing takes: turned
// by a quarter its sides change places, from 45 degrees on as in LibreOffice.
func drawingSize(d *wml.Drawing) (w, h unit.EMU) {
	if a := math.Mod(d.Rotate+360, 180); a >= 45 && a < 135 {
		return d.Height, d.Width
	}
	return d.Width, d.Height
}
