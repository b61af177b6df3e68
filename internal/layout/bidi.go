package layout

import "unicode"

// This file orders lines with Hebrew or Arabic in them from left to right, by
// the rules of UAX #9 that texts without embeddings need: letters have a
// direction, numbers keep theirs, and what is neither follows its neighbours.
// Arabic letters are not joined.

// isRTL reports whether a character is written from right to left.
func isRTL(r rune) bool {
	return r >= 0x0590 && r <= 0x08FF && !unicode.IsDigit(r) || r >= 0xFB1D && r <= 0xFDFF || r >= 0xFE70 && r <= 0xFEFE
}

// bidiClass is the direction of a character.
type bidiClass uint8

const (
	bidiNeutral bidiClass = iota
	bidiLeft              // letters written from left to right
	bidiRight             // letters written from right to left
	bidiNumber
)

func classOf(r rune) bidiClass {
	switch {
	case isRTL(r):
		return bidiRight
	case unicode.IsDigit(r):
		return bidiNumber
	case unicode.IsLetter(r):
		return bidiLeft
	}
	return bidiNeutral
}

// bidiLevels returns the embedding level of each character; base is that of the
// paragraph, 1 when it is written from right to left.
func bidiLevels(chars []char, base uint8) []uint8 {
	n := len(chars)
	classes := make([]bidiClass, n)
	for i := range chars {
		classes[i] = classOf(chars[i].r)
	}
	last := bidiLeft // W7: numbers behind letters written left to right belong to them
	if base == 1 {
		last = bidiRight
	}
	for i, c := range classes {
		switch c {
		case bidiLeft, bidiRight:
			last = c
		case bidiNumber:
			if last == bidiLeft {
				classes[i] = bidiLeft
			}
		case bidiNeutral: // W4, W5: one sign between numbers, per cent beside one
			if i > 0 && i+1 < n && classes[i-1] == bidiNumber && classOf(chars[i+1].r) == bidiNumber && chars[i].kind == charText {
				classes[i] = bidiNumber
			} else if i > 0 && classes[i-1] == bidiNumber && (chars[i].r == '%' || chars[i].r == '°') {
				classes[i] = bidiNumber
			}
		}
	}
	levels := make([]uint8, n)
	side := func(c bidiClass) bidiClass { // of a neighbour of neutrals
		if c == bidiNumber {
			return bidiRight
		}
		return c
	}
	edge := bidiLeft
	if base == 1 {
		edge = bidiRight
	}
	for i := 0; i < n; {
		if classes[i] != bidiNeutral {
			switch classes[i] {
			case bidiLeft:
				levels[i] = base * 2
			case bidiRight:
				levels[i] = 1
			default:
				levels[i] = 2
			}
			i++
			continue
		}
		j := i
		for j < n && classes[j] == bidiNeutral {
			j++
		}
		before, after := edge, edge
		if i > 0 {
			before = side(classes[i-1])
		}
		if j < n {
			after = side(classes[j])
		}
		level := base // N2
		if before == after {
			if level = 1; before == bidiLeft {
				level = base * 2
			}
		}
		for ; i < j; i++ {
			levels[i] = level
		}
	}
	return levels
}

// reorder puts the frags of a line of p, which stand as they are read, into the
// order in which they are written; frags are cut where the direction changes.
// Tabs keep their places: what stands between two is ordered by itself.
func (b *breaker) reorder(l *line, stop int) {
	p := b.p
	base := uint8(0)
	if p.props.RTL {
		base = 1
	}
	from := int(l.from)
	levels := bidiLevels(p.chars[from:stop], base)
	for i := int(l.vis) - from; i < len(levels); i++ { // L1
		levels[i] = base
	}
	var out []frag
	for k := 0; k < len(l.frags); {
		end := k
		for end < len(l.frags) && !b.isTab(&l.frags[end]) {
			end++
		}
		if end == k {
			out = append(out, l.frags[k])
			k++
			continue
		}
		out = append(out, b.reorderPart(l.frags[k:end], levels, from)...)
		k = end
	}
	l.frags = out
}

func (b *breaker) isTab(f *frag) bool {
	k := b.p.chars[f.from].kind
	return k == charTab || k == charLabelTab
}

// reorderPart orders frags without tabs between them.
func (b *breaker) reorderPart(frags []frag, levels []uint8, from int) []frag {
	type piece struct {
		frag
		level uint8
		room  px // to the next one
	}
	var pieces []piece
	for i, f := range frags {
		room := px(0)
		if i+1 < len(frags) {
			room = frags[i+1].x - f.x - f.w
		}
		x := f.x
		for at := f.from; at < f.to; {
			end := at + 1
			level := levels[int(at)-from]
			w := px(b.p.chars[at].w)
			for end < f.to && levels[int(end)-from] == level {
				w += px(b.p.chars[end].w)
				end++
			}
			g := f
			g.from, g.to, g.x, g.w, g.rtl = at, end, x, w, level%2 == 1
			if b.p.spans[f.span].obj != nil {
				g.w = f.w
			}
			pieces = append(pieces, piece{g, level, 0})
			x += w
			at = end
		}
		pieces[len(pieces)-1].room = room
	}
	top := uint8(0)
	for _, pc := range pieces {
		top = max(top, pc.level)
	}
	x := pieces[0].x
	for level := top; level > 0; level-- { // L2
		for i := 0; i < len(pieces); i++ {
			if pieces[i].level < level {
				continue
			}
			j := i
			for j < len(pieces) && pieces[j].level >= level {
				j++
			}
			for a, z := i, j-1; a < z; a, z = a+1, z-1 {
				pieces[a], pieces[z] = pieces[z], pieces[a]
			}
			i = j
		}
	}
	out := make([]frag, len(pieces))
	for i, pc := range pieces {
		out[i] = pc.frag
		out[i].x = x
		x += pc.w + pc.room
	}
	return out
}

// mirrored are the signs that are turned over in text from right to left (L4).
var mirrored = map[rune]rune{'(': ')', ')': '(', '[': ']', ']': '[', '{': '}', '}': '{', '<': '>', '>': '<', '«': '»', '»': '«'}

// backwards returns text as it is drawn from left to right.
func backwards(text string) string {
	runes := []rune(text)
	for i, j := 0, len(runes)-1; i < j; i, j = i+1, j-1 {
		runes[i], runes[j] = runes[j], runes[i]
	}
	for i, r := range runes {
		if m, ok := mirrored[r]; ok {
			runes[i] = m
		}
	}
	return string(runes)
}
