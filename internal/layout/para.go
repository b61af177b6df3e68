package layout

import (
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"nastavnik/internal/diag"
	"nastavnik/internal/page"
	"nastavnik/internal/wml"
)

// para is a paragraph, or the part of one between page breaks.
type para struct {
	src     *wml.Paragraph
	props   *wml.ParaProps
	runs    []wml.Run
	first   bool // the paragraph's first part: it has the label
	el      int
	labelEl int
	links   map[*wml.Link]int
	notes   map[*wml.Note]*noteBox
	boxes   map[*wml.Drawing]*boxBox
	brk     breakKind

	grid          twip // pitch of the page's grid of lines, 0 when it does not hold
	top, bottom   twip // room for borders
	inCell        bool
	opens, closes bool // the first of the document, a cell or a box, the last of a cell
	joined, joins bool // shares its box with the paragraph before, after

	ready  bool
	rtl    bool   // some of it is written from right to left
	text   string // caps applied; label included
	chars  []char
	spans  []span
	floats []*wml.Drawing // anchored in it
	at     []int32        // in chars, of the first floats; 0 of the others

	anchored *filler                     // that placed them
	hung     map[*wml.Drawing]page.Point // of local ones: from the column and the first line

	width twip // of the column for which lines was made
	lines []line
	frags []frag
	tail  twip // what proportional spacing adds after the last line
	seen  bool // drawn: its bookmarks are known
	told  []*diag.Problem
}

// char is one character or object of a paragraph.
type char struct {
	r    rune
	off  int32 // of its first byte in para.text
	w    int32 // advance in px
	span uint16
	kind charKind
	brk  bool // a line may end before it
	cut  bool // it begins a portion
}

type charKind uint8

const (
	charText charKind = iota
	charBlank
	charTab
	charLabelTab // behind a label
	charBreak
	charSoft   // soft hyphen
	charHidden // zero width
	charObject // inline drawing
	charNote   // footnote anchor, zero width
)

// span is a stretch of characters that are drawn alike.
type span struct {
	look  *look
	el    int
	link  *wml.Link
	label bool
	obj   *wml.Drawing
	note  *wml.Note
	tab   *wml.PTab
	clear bool
}

// maxChars bounds a paragraph: an hour's reading.
const maxChars = 4_000_000

// flatten turns the paragraph's runs into characters.
func (e *engine) flatten(p *para) {
	if p.ready {
		return
	}
	p.ready = true
	e.reading = p
	bytes, runes := 0, len(p.runs)
	for i := range p.runs {
		bytes += len(p.runs[i].Text)
		runes += utf8.RuneCountInString(p.runs[i].Text)
	}
	if l := p.src.Label; l != nil && p.first {
		bytes += len(l.Text) + 1
		runes += len(l.Text) + 1
	}
	f := flattener{e: e, p: p}
	f.text.Grow(bytes)
	p.chars = make([]char, 0, runes)
	if l := p.src.Label; l != nil && p.first {
		f.label(l)
	}
	for i := range p.runs {
		f.run(&p.runs[i])
	}
	p.text = f.text.String()
	p.ligate()
	var before, a rune // a: the character before; before: the last one that is no blank
	inWord := false    // the character right before is a letter or digit
	for i := range p.chars {
		c := &p.chars[i]
		b := c.r
		word := isWord(b)
		if inWord && word && c.span == p.chars[i-1].span { // nothing may part them
			a, before = b, b
			continue
		}
		inWord = word
		c.cut = i == 0 || alone(b) || alone(p.chars[i-1].r) || c.span != p.chars[i-1].span && p.spans[c.span].parts(&p.spans[p.chars[i-1].span])
		if i > 0 && !p.spans[p.chars[i-1].span].label { // a label never ends a line
			c.brk = breakAllowed(before, a, b)
			if c.kind == charObject || p.chars[i-1].kind == charObject {
				c.brk = c.kind != charBlank && a != noBreak && b != noBreak && !isClosing(b)
			}
		}
		if c.kind == charNote || c.kind == charHidden && c.r != 0x200b {
			continue
		}
		a = b
		if b != ' ' {
			before = b
		}
	}
}

// alone reports whether the character is always a portion of its own.
func alone(r rune) bool {
	switch r {
	case noBreak, 0x2011, 0xad, 0x200b, 0x2060:
		return true
	}
	return false
}

// parts reports whether a portion ends between spans a and s that stand side
// by side: not where only the face changes, for want of a character.
func (s *span) parts(a *span) bool {
	return s.look == nil || a.look == nil || s.look.props != a.look.props || s.link != a.link || s.label != a.label || s.obj != a.obj
}

// flattener is the state of flatten.
type flattener struct {
	e    *engine
	p    *para
	text strings.Builder
	last rune
	lk   *look // of the last character, for kerning
}

func (f *flattener) span(s span) uint16 {
	if n := len(f.p.spans); n > 0 && f.p.spans[n-1] == s {
		return uint16(n - 1)
	}
	if len(f.p.spans) >= 65000 {
		return uint16(len(f.p.spans) - 1)
	}
	f.p.spans = append(f.p.spans, s)
	return uint16(len(f.p.spans) - 1)
}

func (f *flattener) label(l *wml.Label) {
	s := span{look: f.e.look(l.Props), el: f.p.labelEl, label: true}
	if l.Text == "•" && l.Props.Font == wml.SymbolFont {
		s.look = f.e.bullet(s.look)
	}
	f.string(l.Text, s, l.Props)
	switch l.Suffix {
	case wml.SuffixTab:
		s.el = f.p.labelEl
		f.add(char{r: '\t', span: f.span(s), kind: charLabelTab})
	case wml.SuffixSpace:
		f.string(" ", s, l.Props)
	}
}

func (f *flattener) run(r *wml.Run) {
	if r.Props != nil && r.Props.Hidden {
		return
	}
	s := span{el: f.p.el, link: r.Link}
	if r.Props != nil {
		s.look = f.e.look(r.Props)
	}
	if el, ok := f.p.links[r.Link]; ok {
		s.el = el
	}
	switch r.Kind {
	case wml.TextRun:
		f.string(r.Text, s, r.Props)
	case wml.FieldRun:
		f.string(f.e.fieldText(r), s, r.Props)
	case wml.NoteRun:
		f.string(r.Text, s, r.Props)
		if !r.Note.End {
			s.note = r.Note
			f.add(char{r: 0x2060, span: f.span(s), kind: charNote})
		}
	case wml.TabRun:
		f.add(char{r: '\t', span: f.span(s), kind: charTab})
	case wml.PositionTab:
		s.tab = r.PTab
		f.add(char{r: '\t', span: f.span(s), kind: charTab})
	case wml.LineBreak:
		s.clear = r.Clear
		f.add(char{r: '\n', span: f.span(s), kind: charBreak})
	case wml.DrawingRun:
		if r.Drawing.Wrap != wml.WrapInline {
			for len(f.p.at) < len(f.p.floats) {
				f.p.at = append(f.p.at, 0)
			}
			f.p.floats, f.p.at = append(f.p.floats, r.Drawing), append(f.p.at, int32(len(f.p.chars)))
			return
		}
		s.obj = r.Drawing
		f.add(char{r: 0xfffc, span: f.span(s), kind: charObject})
	}
}

func (f *flattener) add(c char) {
	if len(f.p.chars) >= maxChars {
		return
	}
	c.off = int32(f.text.Len())
	f.p.chars = append(f.p.chars, c)
	f.last, f.lk = 0, nil
}

// string adds text, letter by letter in the look and face it needs.
func (f *flattener) string(text string, s span, props *wml.RunProps) {
	base := s.look
	small := (*look)(nil)
	if props.SmallCaps && !props.Caps {
		small = f.e.smallCaps(base)
	}
	index := f.span(s)
	current := base
	done := 0 // so much of text is in f.text; stretches that stay as they are go together
	for i, r := range text {
		if len(f.p.chars) >= maxChars {
			text = text[:i]
			break
		}
		lk := base
		off := f.text.Len() + i - done
		switch {
		case r < 0x20 && r != '\t':
			f.text.WriteString(text[done:i])
			done = i + 1
			continue
		case props.Caps || small != nil:
			up := unicode.ToUpper(r)
			if up == r {
				break
			}
			f.text.WriteString(text[done:i])
			f.text.WriteRune(up)
			done = i + utf8.RuneLen(r)
			if r = up; !props.Caps {
				lk = small
			}
		}
		c := char{r: r, kind: charText, off: int32(off)}
		switch r {
		case ' ':
			c.kind = charBlank
		case '\u00ad':
			c.kind = charSoft
		case 0x200b, 0x200c, 0x200d, 0x2060, 0xfeff, 0x200e, 0x200f:
			c.kind = charHidden
		case '\t':
			c.kind = charTab
		default:
			if r >= 0x0590 && isRTL(r) {
				f.p.rtl = true
				if r >= 0x0600 && r < 0x0780 {
					f.e.warn("arabic", f.p, "арабские буквы показаны порознь", "вставьте этот текст картинкой")
				}
			}
			if lk.face.Glyph(r) == 0 {
				lk = f.e.forRune(lk, r)
			}
		}
		if lk != current {
			s.look, current = lk, lk
			index = f.span(s)
		}
		c.span = index
		if c.kind == charText || c.kind == charBlank {
			w := lk.advances.of(r)
			if lk.scale != 100 {
				w = w * px(lk.scale) / 100
			}
			c.w = int32(w + lk.spacing)
			if lk.kern && f.lk == lk && f.last != 0 {
				f.kern(lk, f.last, r)
			}
			f.last, f.lk = r, lk
		} else {
			f.last = 0
		}
		f.p.chars = append(f.p.chars, c)
	}
	f.text.WriteString(text[done:])
}

// ligate gives the first letter of a ligature the width of the whole and the
// others none; a line does not end inside a word.
func (p *para) ligate() {
	for i := 0; i < len(p.chars); {
		c := &p.chars[i]
		l := p.spans[c.span].look
		end := i + 1
		for end < len(p.chars) && p.chars[end].span == c.span {
			end++
		}
		if c.kind == charText && l != nil && l.ligates() {
			stop := len(p.text)
			if end < len(p.chars) {
				stop = int(p.chars[end].off)
			}
			p.ligateSpan(l, i, end, stop)
		}
		i = end
	}
}

// ligateSpan does it for the characters from i to end of one look; their text
// ends at stop.
func (p *para) ligateSpan(l *look, i, end, stop int) {
	for i < end {
		if p.chars[i].r >= utf8.RuneSelf { // joined are letters of ASCII
			i++
			continue
		}
		r, n := l.face.Ligature(p.text[p.chars[i].off:stop])
		if n == 0 || i+n > end || int(p.chars[i+n-1].off-p.chars[i].off) != n-1 || !allText(p.chars[i:i+n]) {
			i++
			continue
		}
		w := l.advances.of(r) + l.spacing
		if l.kern && i+n < end {
			w += l.pair(r, p.chars[i+n].r)
		}
		p.chars[i].w = int32(w)
		for k := i + 1; k < i+n; k++ {
			p.chars[k].w = 0
		}
		i += n
	}
}

func allText(chars []char) bool {
	for i := range chars {
		if chars[i].kind != charText {
			return false
		}
	}
	return true
}

// kern narrows the character before r.
func (f *flattener) kern(lk *look, left, r rune) {
	f.p.chars[len(f.p.chars)-1].w += int32(lk.pair(left, r))
}

// fieldText returns the value of a computed field on the page being filled.
func (e *engine) fieldText(r *wml.Run) string {
	ps := e.pageState
	switch r.Field {
	case wml.PageField:
		if ps == nil {
			return r.Text
		}
		return ps.label
	case wml.PagesField:
		e.totalUsed = true
		if e.totalGuess > 0 {
			return strconv.Itoa(e.totalGuess)
		}
		return r.Text
	case wml.SectionField:
		if ps != nil {
			return strconv.Itoa(ps.section.index + 1)
		}
	case wml.PageRefField:
		text := r.Text
		if label := e.labels[r.Link.Anchor]; label != "" {
			text = label
		}
		e.references = append(e.references, reference{r.Link.Anchor, text})
		return text
	}
	return r.Text
}

// mark returns the look of the paragraph mark.
func (e *engine) mark(p *para) *look {
	e.reading = p
	return e.look(p.src.Mark)
}
