package layout

import (
	"cmp"
	"math"
	"slices"
	"strings"

	"nastavnik/internal/page"
	"nastavnik/internal/unit"
	"nastavnik/internal/wml"
)

// canvas gathers the items of a page.
type canvas struct {
	e           *engine
	ps          *pageState
	head        bool // of a head or foot: all is artifact
	front       []page.Item
	under, over []layer   // floating drawings behind and before the text
	ground      wml.Color // behind the text; Auto is paper

	frame // in which things are drawn
}

func (c *canvas) fill(x, y, w, h unit.EMU, color wml.Color) {
	if color == wml.Auto || w <= 0 || h <= 0 {
		return
	}
	if !c.upright() {
		f := &page.Fill{Color: page.Color(color), Element: page.Artifact}
		for _, corner := range [...][2]unit.EMU{{x, y}, {x + w, y}, {x + w, y + h}, {x, y + h}} {
			px, py := c.at(corner[0], corner[1])
			f.Points = append(f.Points, page.Point{X: px, Y: py})
		}
		c.front = append(c.front, f)
		return
	}
	x0, y0 := c.at(x, y)
	x1, y1 := c.at(x+w, y+h)
	c.front = append(c.front, &page.Fill{X: min(x0, x1), Y: min(y0, y1), Width: max(x0, x1) - min(x0, x1),
		Height: max(y0, y1) - min(y0, y1), Color: page.Color(color), Element: page.Artifact})
}

func (c *canvas) rule(x0, y0, x1, y1, width unit.EMU, color page.Color, dash []unit.EMU, el int) {
	x0, y0 = c.at(x0, y0)
	x1, y1 = c.at(x1, y1)
	c.front = append(c.front, &page.Rule{X1: x0, Y1: y0, X2: x1, Y2: y1, Width: max(width, 1270), Color: color, Dash: dash, Element: el})
}

// border draws one side of a box; the places are those of its middle.
func (c *canvas) border(b wml.Border, x0, y0, x1, y1 twip, el int) {
	c.borderEMU(b, x0.EMU(), y0.EMU(), x1.EMU(), y1.EMU(), el)
}

func (c *canvas) borderEMU(b wml.Border, x0, y0, x1, y1 unit.EMU, el int) {
	if !b.Visible() {
		return
	}
	w := b.Width.EMU()
	color := page.Color(0)
	if b.Color != wml.Auto {
		color = page.Color(b.Color)
	}
	var dash []unit.EMU
	switch b.Style {
	case wml.BorderDotted:
		dash = []unit.EMU{w, w}
	case wml.BorderDashed:
		dash = []unit.EMU{4 * w, 3 * w}
	case wml.BorderDouble, wml.BorderTriple:
		dx, dy := unit.EMU(0), w
		if x0 == x1 {
			dx, dy = w, 0
		}
		c.rule(x0-dx, y0-dy, x1-dx, y1-dy, w, color, nil, el)
		c.rule(x0+dx, y0+dy, x1+dx, y1+dy, w, color, nil, el)
		if b.Style == wml.BorderDouble {
			return
		}
	}
	c.rule(x0, y0, x1, y1, w, color, dash, el)
}

// drawStack draws what fill stacked, moved by dx and dy.
func (e *engine) drawStack(c *canvas, s *stack, dx, dy twip) {
	if e.depth++; e.depth > 60 {
		e.depth--
		return
	}
	defer func() { e.depth-- }()
	for i := 0; i < len(s.items); {
		it := &s.items[i]
		j := i + 1
		if it.line != nil {
			for j < len(s.items) && s.items[j].para == it.para {
				j++
			}
			e.drawPara(c, s.items[i:j], dx, dy)
		} else {
			for j < len(s.items) && s.items[j].table == it.table {
				j++
			}
			e.drawRows(c, s.items[i:j], dx, dy)
		}
		i = j
	}
}

// drawPara draws the lines of one paragraph that stand in one region.
func (e *engine) drawPara(c *canvas, lines []placed, dx, dy twip) {
	p := lines[0].para
	if p.told != nil {
		p.drawnOn(c.ps)
	}
	first, last := &lines[0], &lines[len(lines)-1]
	top, bottom := first.y+dy, last.y+last.line.height+dy
	x0 := first.x + dx + p.props.Left + min(0, p.props.First)
	if p.props.First < 0 {
		x0 = first.x + dx + p.props.Left + p.props.First
	}
	x1 := first.x + dx + first.w - p.props.Right
	whole := last.index == last.count-1
	if first.index == 0 {
		top -= p.top
	}
	if whole {
		bottom += p.bottom
	}
	ground := c.ground
	if p.props.Shade != wml.Auto {
		c.fill(x0.EMU()-p.props.Lft.Space.EMU(), top.EMU(), (x1-x0).EMU()+p.props.Lft.Space.EMU()+p.props.Rgt.Space.EMU(), (bottom - top).EMU(), p.props.Shade)
		c.ground = p.props.Shade
	}
	if hasBorder(p.props) {
		e.paraBorders(c, p, x0, x1, top, bottom, first.index == 0, whole)
	}
	if !p.seen && first.index == 0 && p.first {
		p.seen = !c.head
		e.reached(c, p, top)
	}
	if first.index == 0 {
		for k := range p.floats {
			e.drawFloat(c, p, k, first, dx, dy)
		}
	}
	for i := range lines {
		e.drawLine(c, &lines[i], dx, dy)
	}
	c.ground = ground
}

func (e *engine) paraBorders(c *canvas, p *para, x0, x1, top, bottom twip, begins, ends bool) {
	pr := p.props
	l, r := x0-pr.Lft.Space-borderWidth(pr.Lft)/2, x1+pr.Rgt.Space+borderWidth(pr.Rgt)/2
	if begins {
		if !p.joined {
			y := top + borderWidth(pr.Top)/2
			c.border(pr.Top, l, y, r, y, page.Artifact)
		} else {
			y := top + borderWidth(pr.Between)/2
			c.border(pr.Between, l, y, r, y, page.Artifact)
		}
	}
	if ends && !p.joins {
		y := bottom - borderWidth(pr.Bottom)/2
		c.border(pr.Bottom, l, y, r, y, page.Artifact)
	}
	c.border(pr.Lft, l, top, l, bottom, page.Artifact)
	c.border(pr.Rgt, r, top, r, bottom, page.Artifact)
}

// reached notes the bookmarks and the outline entry of a paragraph.
func (e *engine) reached(c *canvas, p *para, top twip) {
	if c.head {
		return
	}
	for _, name := range p.src.Anchors {
		if _, twice := e.anchors[name]; !twice {
			e.anchors[name] = target{c.ps.index, top.EMU()}
		}
	}
	if level := p.src.Outline(); level > 0 {
		title := strings.Join(strings.Fields(p.src.Text()), " ")
		if title == "" {
			return
		}
		if l := p.src.Label; l != nil && l.Text != "" && !l.Bullet {
			title = l.Text + " " + title
		}
		e.out.Bookmarks = append(e.out.Bookmarks, page.Bookmark{Title: title, Level: level, Page: c.ps.index, Y: top.EMU()})
	}
}

// newText returns a text of the slab: texts are many, and live as long as
// their page. Slabs grow, for half of all papers have one page.
func (e *engine) newText() *page.Text {
	if len(e.texts) == 0 {
		e.slab = min(2*e.slab+32, 256)
		e.texts = make([]page.Text, e.slab)
	}
	t := &e.texts[0]
	e.texts = e.texts[1:]
	return t
}

func (e *engine) drawLine(c *canvas, it *placed, dx, dy twip) {
	p, l := it.para, it.line
	if len(l.frags) == 0 {
		return
	}
	base := it.y + dy + l.ascent
	x0 := (it.x + dx).EMU()
	for i := range l.frags {
		f := &l.frags[i]
		s := &p.spans[f.span]
		x := x0 + f.x.emu()
		el := s.el
		if c.head {
			el = page.Artifact
		}
		switch {
		case s.obj != nil:
			e.drawInline(c, p, s.obj, x, base.EMU(), f)
			continue
		case s.look == nil:
			continue
		}
		if k := p.chars[f.from].kind; k == charTab || k == charLabelTab {
			e.drawTab(c, s, f, x, base, l)
			continue
		}
		e.drawText(c, p, s, f, x, base, int(l.vis), el)
	}
}

func (e *engine) drawText(c *canvas, p *para, s *span, f *frag, x unit.EMU, base twip, vis, el int) {
	lk := s.look
	end := len(p.text)
	if int(f.to) < len(p.chars) {
		end = int(p.chars[f.to].off)
	}
	text := p.text[p.chars[f.from].off:end]
	if f.rtl {
		text = backwards(text)
	}
	y := (base - lk.raise).EMU()
	width := f.w.emu()
	if f.hyphen {
		width += lk.advances.of('-').emu()
	}
	ink := width // without the blanks that hang behind the line
	if int(f.to) > vis {
		hang := px(0)
		for k := max(vis, int(f.from)); k < int(f.to); k++ {
			hang += px(p.chars[k].w)
		}
		ink -= hang.emu()
	}
	if lk.props.Shade != wml.Auto && ink > 0 {
		c.fill(x, (base - lk.ascent).EMU(), ink, (lk.ascent + lk.descent).EMU(), lk.props.Shade)
	}
	color := lk.color
	if lk.auto {
		ground := c.ground
		if lk.props.Shade != wml.Auto {
			ground = lk.props.Shade
		}
		if isDark(ground) {
			color = page.White
		}
	}
	t := e.newText()
	*t = page.Text{Width: width, Face: lk.face, Size: lk.size.EMU(), Text: text, Color: color, Kern: lk.kern, Ligate: lk.ligates(),
		Spacing: lk.spacing.emu(), Rotate: c.degrees(), Skew: lk.skew, Embolden: lk.embolden, Element: el, Hyphen: f.hyphen}
	if lk.scale != 100 { // no face is stretched: its letters are spread instead
		natural := px(0)
		for k := f.from; k < f.to; k++ {
			natural += lk.advances.of(p.chars[k].r)
		}
		if n := px(f.to - f.from); n > 0 {
			t.Spacing = ((f.w - natural) / n).emu()
		}
	}
	t.X, t.Y = c.at(x, y)
	c.front = append(c.front, t)
	e.decorate(c, lk, x, ink, base, color, el)
	if s.link != nil && !c.head {
		e.drawLink(c, s, x, ink, base, el)
	}
}

// decorate draws underline and strike.
func (e *engine) decorate(c *canvas, lk *look, x, w unit.EMU, base twip, color page.Color, el int) {
	pr := lk.props
	if w <= 0 || pr.Underline == wml.UnderlineNone && !pr.Strike && !pr.DoubleStrike && !pr.Border.Visible() {
		return
	}
	em := unit.EMU(lk.face.UnitsPerEm())
	size := lk.size.EMU()
	thick := max(size*unit.EMU(lk.face.UnderlineThickness())/em, 3175)
	if pr.Underline != wml.UnderlineNone {
		y := base.EMU() - size*unit.EMU(lk.face.UnderlinePosition())/em
		if lk.raise < 0 {
			y -= lk.raise.EMU()
		}
		uc := color
		if pr.UnderlineColor != wml.Auto {
			uc = page.Color(pr.UnderlineColor)
		}
		var dash []unit.EMU
		switch pr.Underline {
		case wml.UnderlineThick:
			thick *= 2
		case wml.UnderlineDotted:
			dash = []unit.EMU{thick, thick}
		case wml.UnderlineDashed:
			dash = []unit.EMU{4 * thick, 3 * thick}
		case wml.UnderlineDouble:
			c.rule(x, y+2*thick, x+w, y+2*thick, thick, uc, nil, el)
		}
		c.rule(x, y, x+w, y, thick, uc, dash, el)
	}
	strike := base.EMU() - lk.raise.EMU() - size*unit.EMU(lk.face.StrikePosition())/em
	switch {
	case pr.DoubleStrike:
		c.rule(x, strike-thick, x+w, strike-thick, thick, color, nil, el)
		c.rule(x, strike+thick, x+w, strike+thick, thick, color, nil, el)
	case pr.Strike:
		c.rule(x, strike, x+w, strike, thick, color, nil, el)
	}
	if pr.Border.Visible() {
		top, bottom := (base - lk.ascent).EMU(), (base + lk.descent).EMU()
		c.borderEMU(pr.Border, x, top, x+w, top, page.Artifact)
		c.borderEMU(pr.Border, x, bottom, x+w, bottom, page.Artifact)
		c.borderEMU(pr.Border, x, top, x, bottom, page.Artifact)
		c.borderEMU(pr.Border, x+w, top, x+w, bottom, page.Artifact)
	}
}

// isDark is LibreOffice's measure of a ground on which automatic text is white.
func isDark(c wml.Color) bool {
	if c == wml.Auto {
		return false
	}
	r, g, b := int(c>>16&255), int(c>>8&255), int(c&255)
	return (b*29+g*151+r*76)>>8 <= 62
}

func (e *engine) drawLink(c *canvas, s *span, x, w unit.EMU, base twip, el int) {
	link := &page.Link{URI: s.link.URI, Alt: s.link.Tip, Element: el}
	top, bottom := (base - s.look.ascent).EMU(), (base + s.look.descent).EMU()
	ax, ay := c.at(x, top)
	bx, by := c.at(x+w, bottom)
	link.X, link.Y, link.Width, link.Height = min(ax, bx), min(ay, by), max(ax, bx)-min(ax, bx), max(ay, by)-min(ay, by)
	if link.Width <= 0 {
		return
	}
	if link.URI == "" {
		if s.link.Anchor == "" {
			return
		}
		e.links = append(e.links, pendingLink{link, s.link.Anchor})
	} else if s.link.Anchor != "" {
		link.URI += "#" + s.link.Anchor
	}
	c.front = append(c.front, link)
}

// drawTab draws the leader of a tab, and the underline that runs through it.
func (e *engine) drawTab(c *canvas, s *span, f *frag, x unit.EMU, base twip, l *line) {
	w := f.w.emu()
	if f.leader == wml.LeaderNone || w <= 0 {
		if f.from < l.vis {
			e.decorate(c, s.look, x, w, base, s.look.color, page.Artifact)
		}
		return
	}
	r := map[wml.Leader]rune{wml.LeaderDot: '.', wml.LeaderHyphen: '-', wml.LeaderUnderscore: '_', wml.LeaderMiddleDot: '·'}[f.leader]
	step := s.look.advances.of(r) + s.look.spacing
	if step <= 0 {
		return
	}
	// Of underscores LibreOffice writes one more than fit and draws them together
	// to the width of the tab, so that a pen line ends at its stop.
	n, squeeze := int(f.w/step), unit.EMU(0)
	if f.leader == wml.LeaderUnderscore {
		n++
		squeeze = (w - (px(n) * step).emu()) / unit.EMU(n)
	}
	if n < 1 || n > 10000 {
		return
	}
	t := e.newText()
	*t = page.Text{Width: w, Face: s.look.face, Size: s.look.size.EMU(), Text: strings.Repeat(string(r), n),
		Color: s.look.color, Spacing: s.look.spacing.emu() + squeeze, Rotate: c.degrees(), Element: page.Artifact}
	t.X, t.Y = c.at(x, base.EMU())
	c.front = append(c.front, t)
}

// box returns the box of a drawing, made at need in heads.
func (e *engine) box(p *para, d *wml.Drawing) *boxBox {
	if b := p.boxes[d]; b != nil {
		return b
	}
	b := &boxBox{el: page.Artifact, blocks: e.blocks(d.Blocks, page.Artifact, false)}
	if p.boxes == nil {
		p.boxes = map[*wml.Drawing]*boxBox{}
	}
	p.boxes[d] = b
	return b
}

// drawInline draws a drawing that stands in a line, on the base line.
func (e *engine) drawInline(c *canvas, p *para, d *wml.Drawing, x, base unit.EMU, f *frag) {
	w, h := drawingSize(d)
	if d.RelWidth > 0 && w == 0 {
		w = f.w.emu()
	}
	if d.Rotate != 0 { // the box of the drawing as it is before it is turned
		x, base = x+(w-d.Width)/2, base-(h-d.Height)/2
		w, h = d.Width, d.Height
	}
	e.drawDrawing(c, p, d, x+d.Dist.Left, base-h-d.Dist.Bottom, w, h)
}

// drawFloat draws floating drawing k of the paragraph, which begins at it.
func (e *engine) drawFloat(c *canvas, p *para, k int, it *placed, dx, dy twip) {
	d := p.floats[k]
	w, h := e.size(p, d, c.ps)
	x, y := e.position(d, c.ps, w, h, it.x+dx, it.w, it.y+dy, it.y+dy+lineTop(p.lines, p, k))
	if f := c.ps.floats.seen[d]; f != nil {
		x, y = f.x, f.y
	} else if at, ok := p.hung[d]; ok {
		x, y = (it.x+dx).EMU()+at.X, (it.y-it.line.skip+dy).EMU()+at.Y
	}
	front := c.front
	c.front = nil
	e.drawDrawing(c, p, d, x, y, w, h)
	layer := layer{d.Z, c.front}
	c.front = front
	if d.Behind {
		c.under = append(c.under, layer)
	} else {
		c.over = append(c.over, layer)
	}
}

// layer is the items of one floating drawing and its order.
type layer struct {
	z     int
	items []page.Item
}

// items returns all that was drawn, what lies behind first.
func (c *canvas) items(to []page.Item) []page.Item {
	byZ := func(a, b layer) int { return cmp.Compare(a.z, b.z) }
	slices.SortStableFunc(c.under, byZ)
	slices.SortStableFunc(c.over, byZ)
	for _, l := range c.under {
		to = append(to, l.items...)
	}
	to = append(to, c.front...)
	for _, l := range c.over {
		to = append(to, l.items...)
	}
	return to
}

// drawDrawing draws a picture, shape, text box or group into its rectangle.
func (e *engine) drawDrawing(c *canvas, p *para, d *wml.Drawing, x, y, w, h unit.EMU) {
	if e.depth++; e.depth > 60 {
		e.depth--
		return
	}
	defer func() { e.depth-- }()
	b := e.box(p, d)
	el := b.el
	if c.head {
		el = page.Artifact
	}
	if d.AutoFit && len(b.blocks) > 0 && d.TextRotate == 0 {
		text := e.boxText(b, max(emuTwip(w-d.Inset.Left-d.Inset.Right), 20))
		if need := text.end.EMU() + d.Inset.Top + d.Inset.Bottom; need > h || need > 0 && !d.GrowOnly {
			h = need
		}
	}
	if d.Rotate != 0 {
		old := c.frame
		c.frame = old.about(x+w/2, y+h/2, d.Rotate)
		defer func() { c.frame = old }()
	}
	ground := c.ground
	if d.Image != nil {
		px, py := c.at(x+w/2, y+h/2)
		c.front = append(c.front, &page.Image{X: px - w/2, Y: py - h/2, Width: w, Height: h, Data: d.Image,
			Rotate: int(math.Round(c.angle)), FlipH: d.FlipH, FlipV: d.FlipV, Crop: d.Crop, Element: el})
	}
	if d.Words != nil {
		e.drawWords(c, p, d, x, y, w, h, el)
		return
	}
	in := e.drawShape(c, p, d, x, y, w, h, shapeElement(el, d))
	if d.Fill != wml.Auto {
		c.ground = d.Fill
	}
	if len(b.blocks) > 0 {
		e.drawBoxText(c, d, b, in)
	}
	c.ground = ground
	for _, child := range d.Children {
		e.drawDrawing(c, p, child, x+child.ChildX, y+child.ChildY, child.Width, child.Height)
	}
}

// shapeElement is the element of a shape's outline: decoration round a picture
// and round text.
func shapeElement(el int, d *wml.Drawing) int {
	if d.Image != nil || len(d.Blocks) > 0 {
		return page.Artifact
	}
	return el
}

// cutOff tells of text that is not drawn because its box is too low.
func (e *engine) cutOff(c *canvas, items []placed, text, hint string) {
	for i := range items {
		if p := items[i].para; p != nil && p.text != "" {
			e.warn(text, p, text, hint)
			p.drawnOn(c.ps)
			return
		}
	}
}

// drawBoxText draws the text of a box into the rectangle in: left, top, right,
// bottom.
func (e *engine) drawBoxText(c *canvas, d *wml.Drawing, b *boxBox, in [4]unit.EMU) {
	x, y := in[0]+d.Inset.Left, in[1]+d.Inset.Top
	w, h := in[2]-d.Inset.Right-x, in[3]-d.Inset.Bottom-y
	if d.TextRotate != 0 { // the text runs along the height
		old := c.frame
		if d.TextRotate == 90 {
			c.frame = old.moved(x, y+h, -90)
		} else {
			c.frame = old.moved(x+w, y, 90)
		}
		defer func() { c.frame = old }()
		x, y, w, h = 0, 0, h, w
	}
	text := e.boxText(b, max(emuTwip(w), 20))
	room := h - text.end.EMU()
	switch d.TextVAlign {
	case wml.VAlignCenter:
		y += max(0, room/2)
	case wml.VAlignBottom:
		y += max(0, room)
	}
	if !d.AutoFit { // what does not fit into the box is cut off
		fits := *text
		for k := range fits.items {
			if fits.items[k].y.EMU() >= h && k > 0 {
				e.cutOff(c, fits.items[k:], "текст не помещается в надпись, конец не показан", "увеличьте надпись")
				fits.items = fits.items[:k]
				break
			}
		}
		text = &fits
	}
	e.drawStack(c, text, emuTwip(x), emuTwip(y))
}

// drawRows draws the rows of one table that stand in one region.
func (e *engine) drawRows(c *canvas, rows []placed, dx, dy twip) {
	t := rows[0].table
	x := rows[0].x + dx + t.left
	for i := range rows {
		it := &rows[i]
		y := it.y + dy
		whole := c.head
		c.head = c.head || it.repeat
		for _, cell := range it.row.cells {
			e.drawCell(c, t, it.row, cell, x, y, i, rows)
		}
		c.head = whole
	}
	for i := range rows {
		e.drawRules(c, t, rows, i, x, dy)
	}
}

func (e *engine) drawCell(c *canvas, t *tableBox, row *rowBox, cell *cellBox, x, y twip, i int, rows []placed) {
	last := len(t.edges) - 1
	x0, x1 := x+t.edges[min(cell.from, last)], x+t.edges[min(cell.to, last)]
	m := cell.src.Margins
	shade := cell.src.Shade
	if cell.merged {
		shade = cell.start.src.Shade
	}
	ground := c.ground
	if shade != wml.Auto {
		c.fill(x0.EMU(), y.EMU(), (x1 - x0).EMU(), row.height.EMU(), shade)
		c.ground = shade
	}
	if !cell.merged && len(cell.content.items) > 0 {
		height, cut := row.height, row.part
		for k := 1; k < cell.rows; k++ {
			if i+k >= len(rows) || rows[i+k].row.index != row.index+k {
				cut = true // the merge goes on on the next page
				break
			}
			height += rows[i+k].row.height
		}
		room := height - row.top - m.Top - m.Bottom
		if cell.src.Rotate != 0 {
			e.drawRotated(c, cell, x0, x1, y+row.top+m.Top, room)
		} else {
			top := y + row.top + m.Top
			switch { // the first part of a row that is cut begins at the top
			case cut:
			case cell.src.VAlign == wml.VAlignCenter:
				top += max(0, (room-cell.height)/2)
			case cell.src.VAlign == wml.VAlignBottom:
				top += max(0, room-cell.height)
			}
			content := cell.content
			if row.src.HeightRule == wml.LineExact && cell.rows == 1 { // what lies below the row is cut off
				for k := range content.items {
					if it := &content.items[k]; it.y+it.height()*6/10 > height-row.top-m.Top {
						e.cutOff(c, content.items[k:], "текст не помещается в строку таблицы с точной высотой, конец не показан", "в свойствах строки выберите высоту «Минимум»")
						content.items = content.items[:k]
						break
					}
				}
			}
			e.drawStack(c, &content, x0+m.Left, top)
		}
	}
	c.ground = ground
}

// drawRotated draws the text of a cell that runs upwards or downwards; its
// lines were made as long as the row is high.
func (e *engine) drawRotated(c *canvas, cell *cellBox, x0, x1, top, room twip) {
	s := &cell.content
	across := x1 - x0
	shift := twip(0)
	switch cell.src.VAlign {
	case wml.VAlignCenter:
		shift = max(0, (across-s.end)/2)
	case wml.VAlignBottom:
		shift = max(0, across-s.end)
	}
	old := c.frame
	if cell.src.Rotate == 90 {
		c.frame = old.moved((x0 + shift).EMU(), (top + room).EMU(), -90)
	} else {
		c.frame = old.moved((x1 - shift).EMU(), top.EMU(), 90)
	}
	e.drawStack(c, s, 0, 0)
	c.frame = old
}

// drawRules draws the rules above row i of rows and, for the last row, below
// it, and those at the sides of its cells.
func (e *engine) drawRules(c *canvas, t *tableBox, rows []placed, i int, x, dy twip) {
	it := &rows[i]
	row := it.row
	y := it.y + dy
	last := len(t.edges) - 1
	above := func(g int) wml.Border { return t.edgeBorder(row.index, g) }
	if i > 0 && rows[i-1].row.index != row.index-1 { // below a repeated head
		above = func(g int) wml.Border {
			b := t.edgeBorder(row.index, g)
			if up := t.cellAt(rows[i-1].row.index, g); up != nil {
				b = stronger(b, up.src.Bottom)
			}
			return b
		}
	}
	e.horizontal(c, t, x, y, row, above, -1)
	if i == len(rows)-1 {
		e.horizontal(c, t, x, y+row.height, row, func(g int) wml.Border {
			if cell := t.cellAt(row.index, g); cell != nil && (cell.rows > 1 || cell.merged) {
				b := cell.src.Bottom
				if !b.Visible() && cell.start != nil {
					b = cell.start.src.Bottom
				}
				if b.Visible() {
					return b
				}
			}
			if row.index+1 < len(t.rows) {
				return t.edgeBorder(row.index+1, g)
			}
			if cell := t.cellAt(row.index, g); cell != nil {
				return cell.src.Bottom
			}
			return wml.Border{}
		}, 1)
	}
	bottom := y + row.height
	if i == len(rows)-1 {
		bottom += row.bottom
	} else if i+1 < len(rows) {
		bottom += rows[i+1].row.top / 2
	}
	for k, cell := range row.cells {
		left := cell.src.Left
		if k > 0 {
			left = stronger(row.cells[k-1].src.Right, left)
		}
		xl := x + t.edges[min(cell.from, last)]
		c.border(left, xl, y, xl, bottom, page.Artifact)
		if k == len(row.cells)-1 {
			xr := x + t.edges[min(cell.to, last)]
			c.border(cell.src.Right, xr, y, xr, bottom, page.Artifact)
		}
	}
}

// horizontal draws the rule at y over the row's cells, neighbouring stretches
// with the same border as one.
func (e *engine) horizontal(c *canvas, t *tableBox, x, y twip, row *rowBox, border func(g int) wml.Border, side int) {
	if len(row.cells) == 0 {
		return
	}
	last := len(t.edges) - 1
	from, to := row.cells[0].from, min(row.cells[len(row.cells)-1].to, last)
	for g := from; g < to; {
		b := border(g)
		h := g + 1
		for h < to && border(h) == b {
			h++
		}
		if b.Visible() {
			mid := y.EMU() + borderWidth(b).EMU()/2
			half := borderWidth(b).EMU() / 2
			c.borderEMU(b, (x+t.edges[g]).EMU()-half, mid, (x+t.edges[h]).EMU()+half, mid, page.Artifact)
		}
		g = h
	}
}
