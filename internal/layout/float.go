package layout

import (
	"nastavnik/internal/page"
	"nastavnik/internal/unit"
	"nastavnik/internal/wml"
)

// float is a drawing that text runs around, with its distances; on the page.
type float struct {
	d              *wml.Drawing
	p              *para // in which it is anchored
	above          bool  // lines above its paragraph heed it too
	x0, y0, x1, y1 twip
	x, y           unit.EMU // of the drawing itself
}

// floats are those of a page, or of a cell, a head or a box, which has its own.
type floats struct {
	list []float
	seen map[*wml.Drawing]*float

	low twip // where the lowest ends

	// local ones have their places from the region's corner; only those whose
	// place is told from their paragraph are among them.
	local bool
}

// localFloats returns the floats of a region inside another.
func localFloats() *floats { return &floats{local: true} }

// minBeside is the least room in which LibreOffice sets text beside a float.
const minBeside twip = 567

// wraps reports whether a float stands in the region at y or below.
func (fs *floats) wraps(r region, y twip) bool {
	for i := range fs.list {
		f := &fs.list[i]
		if f.y1 > y && f.x0 < r.x+r.w && f.x1 > r.x && f.y0 < r.bottom {
			return true
		}
	}
	return false
}

// stretch is a room for text, from x0 to x1 of the region's left edge. Behind a
// float that covers the left edge the paragraph's indents begin at x0.
type stretch struct {
	x0, x1 twip
	indent bool
}

// free returns the rooms for a line between y0 and y1, from left to right.
// When there is none, below is where to look again, otherwise 0.
func (fs *floats) free(r region, y0, y1 twip) (rooms []stretch, below twip) {
	rooms = append(rooms, stretch{x1: r.w})
	for i := range fs.list {
		f := &fs.list[i]
		if f.y1 <= y0 || f.y0 >= y1 || f.x0 >= r.x+r.w || f.x1 <= r.x {
			continue
		}
		if f.d.Wrap == wml.WrapTopBottom {
			return nil, f.y1
		}
		var left []stretch
		x0, x1 := f.x0-r.x, f.x1-r.x
		side := f.d.WrapSide
		if side == "largest" {
			side = "left"
			if r.w-x1 > x0 {
				side = "right"
			}
		}
		for _, s := range rooms {
			a, b := stretch{s.x0, min(s.x1, x0), s.indent}, stretch{max(s.x0, x1), s.x1, s.indent}
			if x1 > s.x0 {
				b.indent = x0 <= 0 || side == "right" || s.indent && x0 <= s.x0
			}
			if a.x1-a.x0 >= minBeside && side != "right" {
				left = append(left, a)
			}
			if b.x1-b.x0 >= minBeside && side != "left" {
				left = append(left, b)
			}
		}
		if len(left) == 0 {
			return nil, f.y1
		}
		rooms = left
	}
	return rooms, 0
}

// wrapped breaks the paragraph from line item on around the floats of the
// page; y is where the text before it ends and gap the room between. Lines
// before item stay.
func (f *filler) wrapped(p *para, item int, y, gap twip) []line {
	e := f.e
	at := 0
	var lines []line
	if item > 0 && item < len(p.lines) {
		at = int(p.lines[item].from)
		lines = append(lines, p.lines[:item]...)
	} else {
		item = 0
	}
	b := breaker{e: e, p: p, width: toPx(f.r.w)}
	p.frags = nil
	n := len(p.chars)
	height := e.mark(p).ascent + e.mark(p).descent
	if n > 0 && at < n {
		if lk := p.spans[p.chars[at].span].look; lk != nil {
			height = lk.ascent + lk.descent
		}
	}
	fs := f.r.floats
	add := func(l line, skip twip) {
		p.tail = e.spaceLine(p, &l, len(lines) == 0)
		l.skip = skip
		if len(lines) > item {
			gap = l.pre
		}
		if !l.beside {
			y += skip + gap + l.height
		}
		lines = append(lines, l)
	}
	if n == 0 {
		skip := twip(0)
		if fs != nil { // an empty line stands even where a float leaves no room
			if _, below := fs.free(f.r, y+gap, y+gap+height); below > 0 && fs.topBottom(f.r, y+gap, y+gap+height) {
				skip = below - y
			}
		}
		add(e.emptyLine(p), skip)
		p.lines, p.width = lines, -1
		return lines
	}
	extra := twip(0) // room that no word fitted in beside floats
	for at < n {
		rooms, skip := []stretch{{x1: f.r.w}}, extra
		if fs != nil {
			for range 50 {
				top := y + skip + gap
				if len(lines) > item {
					top = y + skip // what spacing adds is not known yet
				}
				free, below := fs.free(f.r, top, top+height)
				if below == 0 {
					rooms = free
					break
				}
				skip = below - y
			}
		}
		begun := false
		for _, room := range rooms {
			if at >= n {
				break
			}
			narrow := room.x0 > 0 || room.x1 < f.r.w
			l := b.lineIn(at, toPx(room.x0), toPx(room.x1), room.indent, narrow)
			if int(l.end) == at {
				continue // no word fits in
			}
			l.beside, begun = begun, true
			at = int(l.end)
			add(l, skip)
			if l.forced {
				break
			}
		}
		if !begun { // text goes on below the float that ends first
			top := y + skip + gap
			if len(lines) > item {
				top = y + skip
			}
			extra = skip + max(1, fs.nextEnd(f.r, top, top+height)-top)
			continue
		}
		extra = 0
		if last := lines[len(lines)-1]; at == n && last.forced {
			add(e.emptyLineAt(p, n), 0)
		}
	}
	p.lines, p.width = lines, -1
	return lines
}

// nextEnd returns where the first of the floats between y0 and y1 of the region
// ends.
func (fs *floats) nextEnd(r region, y0, y1 twip) twip {
	end := far
	for i := range fs.list {
		if f := &fs.list[i]; f.y1 > y0 && f.y0 < y1 && f.x0 < r.x+r.w && f.x1 > r.x {
			end = min(end, f.y1)
		}
	}
	return end
}

// belowFor returns where a table that would begin at y of the region begins:
// LibreOffice sets none beside a float that stands over its columns. Beside
// one that is aligned it makes the table narrower, which we do not.
func (fs *floats) belowFor(t *tableBox, r region, y twip) twip {
	height := twip(0)
	for _, row := range t.rows {
		height += row.height
	}
	left := r.x + t.left
	right := left + t.edges[len(t.edges)-1]
	for range len(fs.list) {
		end := y
		for i := range fs.list {
			f := &fs.list[i]
			if f.y1 > y && f.y0 < y+height && f.x0 < right && f.x1 > left &&
				(f.d.Wrap == wml.WrapTopBottom || f.d.HAlign == "" && f.d.WrapSide != "left") {
				end = max(end, f.y1)
			}
		}
		if end == y {
			break
		}
		y = end
	}
	return y
}

// headFloats puts the floats of a head or foot, which begins at y, among those
// of the page: the body's text runs around them, its own does not.
func (e *engine) headFloats(ps *pageState, head *headBox, y twip) {
	for i := range head.stack.items {
		it := &head.stack.items[i]
		if it.para == nil || it.index > 0 {
			continue
		}
		for _, d := range it.para.floats {
			if d.Wrap != wml.WrapSquare && d.Wrap != wml.WrapTopBottom {
				continue
			}
			w, h := e.size(it.para, d, ps)
			x, top := e.position(d, ps, w, h, ps.left, ps.right-ps.left, y+it.y, y+it.y)
			ps.floats.list = append(ps.floats.list, float{d: d, p: it.para, above: true, x: x, y: top,
				x0: emuTwip(x - d.Dist.Left), x1: emuTwip(x + w + d.Dist.Right),
				y0: emuTwip(top - d.Dist.Top), y1: emuTwip(top + h + d.Dist.Bottom)})
		}
	}
}

// topBottom reports whether a float that no text stands beside is between y0
// and y1 of the region.
func (fs *floats) topBottom(r region, y0, y1 twip) bool {
	for i := range fs.list {
		f := &fs.list[i]
		if f.d.Wrap == wml.WrapTopBottom && f.y1 > y0 && f.y0 < y1 && f.x0 < r.x+r.w && f.x1 > r.x {
			return true
		}
	}
	return false
}

// anchorFloats places the paragraph's floating drawings on the page; begin is the
// top of its first line. It reports whether one reaches into lines that stand
// in the region already, above top.
//
// Shapes stand where they are said to. Pictures may reach into the margin, and
// are pushed up to stay on the sheet; tables stay above the text's bottom. full
// says that a table does not fit there, or that a picture would be pushed above
// its own paragraph: then this one, unless it is the first of the page, must go
// to the next one.
func (e *engine) anchorFloats(p *para, r region, begin, top twip, first bool) (restart, full bool) {
	fs, ps := r.floats, r.page
	if ps == nil {
		ps = e.pageState
	}
	if ps == nil {
		return false, false
	}
	for k, d := range p.floats {
		wraps := d.Wrap == wml.WrapSquare || d.Wrap == wml.WrapTopBottom
		if fs.seen[d] != nil || !wraps && !(fs.local && d.Fly && !d.Behind) || fs.local && !d.Fly && !besideText(d) {
			continue
		}
		w, h := e.size(p, d, ps)
		own, y, line := *d, begin, begin
		if fs.local { // LibreOffice keeps a picture in its cell, wherever it is anchored
			own.HFrom = "column"
			if !besideText(&own) {
				own.VFrom, y = "paragraph", r.top
			}
		}
		if d.VFrom == "line" {
			line += lineTop(e.lines(p, r.w), p, k)
		}
		x, yy := e.position(&own, ps, w, h, r.x, r.w, y, line)
		f := float{d: d, p: p, x: x, y: yy,
			x0: emuTwip(x - d.Dist.Left), x1: emuTwip(x + w + d.Dist.Right),
			y0: emuTwip(yy - d.Dist.Top), y1: emuTwip(yy + h + d.Dist.Bottom)}
		if d.Fly && !fs.local && (d.VFrom == "paragraph" || d.VFrom == "line") && d.VAlign == "" {
			table := len(d.Blocks) > 0 && !d.Frame
			bottom := ps.section.src.Height
			if table {
				bottom = ps.bottom
			}
			if over := f.y1 - emuTwip(d.Dist.Bottom) - bottom; over > 0 {
				if (table || f.y0-over < y) && !first {
					return false, true
				}
				over = min(over, max(0, f.y0-ps.top))
				f.y0, f.y1, f.y = f.y0-over, f.y1-over, f.y-over.EMU()
			}
		}
		if f.y0 < top && f.y1 > r.top && f.x0 < r.x+r.w && f.x1 > r.x {
			restart, f.above = !fs.local, true
		}
		if wraps {
			fs.list = append(fs.list, f)
		}
		fs.low = max(fs.low, f.y1)
		if fs.seen == nil {
			fs.seen = map[*wml.Drawing]*float{}
		}
		fs.seen[d] = &f
		if fs.local {
			if p.hung == nil {
				p.hung = map[*wml.Drawing]page.Point{}
			}
			p.hung[d] = page.Point{X: x - r.x.EMU(), Y: f.y - begin.EMU()}
		}
	}
	return restart, false
}

// besideText reports whether the place of a float is told from its paragraph.
func besideText(d *wml.Drawing) bool {
	switch d.HFrom {
	case "page", "margin", "leftMargin", "rightMargin", "insideMargin", "outsideMargin":
		return false
	}
	return d.VFrom == "paragraph" || d.VFrom == "line"
}

// dropFloats forgets the floats of paragraphs that went to the next page after
// all, but for those that lines on this page stand around already.
func (f *filler) dropFloats() {
	fs := f.r.floats
	if fs == nil || len(fs.list) == 0 {
		return
	}
	placed := map[*para]bool{}
	for i := range f.out.items {
		placed[f.out.items[i].para] = true
	}
	kept := fs.list[:0]
	for _, fl := range fs.list {
		if fl.above || fl.p.anchored != f || placed[fl.p] {
			kept = append(kept, fl)
		} else {
			delete(fs.seen, fl.d)
		}
	}
	fs.list = kept
}

// size returns the size of a floating drawing of the paragraph, shares of the
// page worked out and boxes that grow with their text grown.
func (e *engine) size(p *para, d *wml.Drawing, ps *pageState) (w, h unit.EMU) {
	w, h = d.Width, d.Height
	if d.Frame && w == 0 {
		w = (e.longestLine(e.box(p, d).blocks)).EMU()
	}
	s := ps.section.src
	if d.RelWidth > 0 {
		base := ps.right - ps.left
		if d.RelWFrom == "page" {
			base = s.Width
		}
		w = unit.EMU(float64(base.EMU()) * d.RelWidth)
	}
	if d.RelHeight > 0 {
		base := s.Height - s.Top - s.Bottom
		if d.RelHFrom == "page" {
			base = s.Height
		}
		h = unit.EMU(float64(base.EMU()) * d.RelHeight)
	}
	if b := e.box(p, d); d.AutoFit && len(b.blocks) > 0 {
		text := e.boxText(b, max(emuTwip(w-d.Inset.Left-d.Inset.Right), 20)).end.EMU() + d.Inset.Top + d.Inset.Bottom
		if d.Frame || d.GrowOnly {
			h = max(h, text)
		} else {
			h = text
		}
	}
	return w, h
}

// lineTop returns how far below the paragraph's first line the line begins in
// which float k is anchored.
func lineTop(lines []line, p *para, k int) (top twip) {
	if k >= len(p.at) {
		return 0
	}
	for i := range lines {
		if i > 0 {
			top += lines[i].pre + lines[i].skip
		}
		if p.at[k] < lines[i].end {
			break
		}
		if i+1 < len(lines) && !lines[i+1].beside {
			top += lines[i].height
		}
	}
	return top
}

// boxText lays out the text of a box in the width, once.
func (e *engine) boxText(b *boxBox, width twip) *stack {
	if b.laid == nil || b.width != width {
		s, _, _ := e.fill(b.blocks, pos{}, region{w: width, bottom: far, keepTop: true, floats: localFloats()})
		b.laid, b.width = &s, width
	}
	return b.laid
}

// position returns the upper left corner of a floating drawing of the size w
// by h on the page: colX and colW are its column, para the top of its paragraph's first line,
// line that of the line it is anchored in.
func (e *engine) position(d *wml.Drawing, ps *pageState, w, h unit.EMU, colX, colW, para, line twip) (x, y unit.EMU) {
	s := ps.section.src
	span := func(from string) (twip, twip) {
		switch from {
		case "page":
			return 0, s.Width
		case "margin":
			return ps.left, ps.right
		case "leftMargin", "insideMargin":
			return 0, ps.left
		case "rightMargin", "outsideMargin":
			return ps.right, s.Width
		}
		return colX, colX + colW
	}
	a, b := span(d.HFrom)
	// LibreOffice keeps the distance of text between an aligned shape and the
	// margin, of pictures it drops it; Word drops it always.
	var left, right unit.EMU
	if !d.Fly || d.Blocks != nil && !d.Frame {
		left, right = d.Dist.Left, d.Dist.Right
	}
	switch d.HAlign {
	case "left", "inside":
		x = a.EMU() + left
	case "right", "outside":
		x = b.EMU() - w - right
	case "center":
		x = (a.EMU() + b.EMU() - w + left - right) / 2
	default:
		x = a.EMU() + d.X
		if d.HPercent != 0 {
			x = a.EMU() + (b-a).EMU()*unit.EMU(d.HPercent)/100000
		}
	}
	top, bottom := para, para
	switch d.VFrom {
	case "page":
		top, bottom = 0, s.Height
	case "margin":
		top, bottom = max(s.Top, -s.Top), s.Height-max(s.Bottom, -s.Bottom)
	case "topMargin":
		top, bottom = 0, s.Top
	case "bottomMargin":
		top, bottom = s.Height-s.Bottom, s.Height
	case "line":
		top, bottom = line, line
	}
	switch d.VAlign {
	case "top", "inside":
		y = top.EMU()
	case "bottom", "outside":
		y = bottom.EMU() - h
	case "center":
		y = (top.EMU() + bottom.EMU() - h) / 2
	default:
		y = top.EMU() + d.Y
		if d.VPercent != 0 {
			y = top.EMU() + (bottom-top).EMU()*unit.EMU(d.VPercent)/100000
		}
	}
	if d.Fly {
		x = max(0, min(x, s.Width.EMU()-w))
	}
	return x, y
}
