package font

import "strings"

// Known shortcoming: of GSUB only the feature liga is read, and of that only
// ligatures of Latin letters; contextual forms are not.

// ligature is letters that one glyph shows. In the face it has a character of
// private use, so that it has a slot of its own in a subset.
type ligature struct {
	letters string
	r       rune
}

// firstLigature begins the characters of ligatures, in the last private plane.
const firstLigature = 0x100000

// Ligatures reports whether the face joins letters.
func (f *Face) Ligatures() bool { return len(f.ligatures) > 0 }

// Ligature returns the character of the ligature with which text begins and how
// many bytes, which are letters of ASCII, it joins; 0 when there is none.
func (f *Face) Ligature(text string) (r rune, n int) {
	if text == "" || !f.joins[text[0]] {
		return 0, 0
	}
	for _, l := range f.ligatures {
		if strings.HasPrefix(text, l.letters) {
			return l.r, len(l.letters)
		}
	}
	return 0, 0
}

// Ligate returns text with the characters of ligatures in the place of the
// letters they join.
func (f *Face) Ligate(text string) string {
	var b strings.Builder
	done := 0
	for i := 0; i < len(text); {
		r, n := rune(0), 0
		if f.joins[text[i]] {
			r, n = f.Ligature(text[i:])
		}
		if n == 0 {
			i++
			continue
		}
		b.WriteString(text[done:i])
		b.WriteRune(r)
		i += n
		done = i
	}
	if done == 0 {
		return text
	}
	b.WriteString(text[done:])
	return b.String()
}

// Letters returns the letters that the character of a ligature joins, and any
// other character as it is.
func (f *Face) Letters(r rune) string {
	if i := int(r - firstLigature); i >= 0 && i < len(f.ligatures) {
		return f.ligatures[i].letters
	}
	return string(r)
}

// readLigatures reads the ligatures of feature liga in the order in which they
// are tried (OpenType, GSUB lookup types 4 and 7).
func (f *Face) readLigatures() {
	g := lenient(f.tables["GSUB"])
	letters := map[int]byte{}
	for c := byte('!'); c <= '~'; c++ {
		if glyph := f.Glyph(rune(c)); glyph != 0 {
			letters[int(glyph)] = c
		}
	}
	features, lookups := g.u16(6), g.u16(8)
	seen := map[int]bool{}
	for i := range min(g.u16(features), 500) {
		at := features + 2 + 6*i
		if g.u32(at) != 'l'<<24|'i'<<16|'g'<<8|'a' {
			continue
		}
		feature := features + g.u16(at+4)
		for k := range min(g.u16(feature+2), 100) {
			index := g.u16(feature + 4 + 2*k)
			if seen[index] || index >= g.u16(lookups) {
				continue
			}
			seen[index] = true
			f.readLigatureLookup(g, lookups+g.u16(lookups+2+2*index), letters)
		}
	}
}

func (f *Face) readLigatureLookup(g lenient, at int, letters map[int]byte) {
	kind := g.u16(at)
	for i := range min(g.u16(at+4), 100) {
		sub := at + g.u16(at+6+2*i)
		k := kind
		if k == 7 && g.u16(sub) == 1 { // an extension: the table is elsewhere
			k, sub = g.u16(sub+2), sub+g.u32(sub+4)
		}
		if k != 4 || g.u16(sub) != 1 {
			continue
		}
		firsts := g.covered(sub + g.u16(sub+2))
		for n, first := range firsts {
			if n >= g.u16(sub+4) {
				break
			}
			set := sub + g.u16(sub+6+2*n)
			for j := range min(g.u16(set), 200) {
				f.readLigature(g, set+g.u16(set+2+2*j), first, letters)
			}
		}
	}
}

func (f *Face) readLigature(g lenient, at, first int, letters map[int]byte) {
	const most = 64 // in a face
	joined := []byte{letters[first]}
	for i := range min(g.u16(at+2), 8) - 1 {
		joined = append(joined, letters[g.u16(at+4+2*i)])
	}
	glyph := g.u16(at)
	for _, c := range joined {
		if c == 0 { // not a letter of ASCII
			return
		}
	}
	if len(joined) < 2 || glyph == 0 || glyph >= f.numGlyphs || len(f.ligatures) >= most {
		return
	}
	r := rune(firstLigature + len(f.ligatures))
	f.ligatures = append(f.ligatures, ligature{string(joined), r})
	f.joins[joined[0]] = true
	f.setGlyph(r, uint16(glyph))
}

// covered returns the glyphs of a coverage table in its order, not more than
// a thousand.
func (l lenient) covered(at int) (glyphs []int) {
	const most = 1000
	switch l.u16(at) {
	case 1:
		for i := range min(l.u16(at+2), most) {
			glyphs = append(glyphs, l.u16(at+4+2*i))
		}
	case 2:
		for i := range min(l.u16(at+2), most) {
			from, to := l.u16(at+4+6*i), l.u16(at+6+6*i)
			for g := from; g <= to && len(glyphs) < most; g++ {
				glyphs = append(glyphs, g)
			}
		}
	}
	return glyphs
}
