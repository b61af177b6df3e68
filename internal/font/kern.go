package font

import (
	"encoding/binary"
	"sort"
)

// Known shortcomings: device tables are not applied; only the first pair that
// is found counts, as in HarfBuzz, but over the lookups of all scripts
// together; chained contexts are not followed.

// kerning holds the places of pair adjustments in GPOS, or the pairs of kern.
type kerning struct {
	gpos  lenient
	pairs []int // offsets of PairPos subtables in lookup order
	table lenient
	start int // of the pairs in table, when GPOS has no kern feature
	count int
}

// Kern returns what is added to the advance of left before right, mostly
// negative, in font units: GPOS pairs of the feature kern, otherwise format 0
// of the table kern.
func (f *Face) Kern(left, right uint16) int {
	f.kernOnce.Do(func() { f.kern = readKerning(f.tables["GPOS"], f.tables["kern"]) })
	if int(left) >= f.numGlyphs || int(right) >= f.numGlyphs {
		return 0
	}
	for _, at := range f.kern.pairs {
		if value, found := f.kern.gpos.pair(at, int(left), int(right)); found {
			return value
		}
	}
	if k := f.kern; k.count > 0 {
		key := int(left)<<16 | int(right)
		i := sort.Search(k.count, func(i int) bool { return k.table.u32(k.start+6*i) >= key })
		if i < k.count && k.table.u32(k.start+6*i) == key {
			return k.table.i16(k.start + 6*i + 4)
		}
	}
	return 0
}

// lenient reads big-endian numbers and gives 0 outside: a damaged kerning
// table means no kerning, not a damaged font.
type lenient []byte

func (l lenient) u16(at int) int {
	if at < 0 || at+2 > len(l) {
		return 0
	}
	return int(binary.BigEndian.Uint16(l[at:]))
}

func (l lenient) i16(at int) int { return int(int16(l.u16(at))) }
func (l lenient) u32(at int) int { return l.u16(at)<<16 | l.u16(at+2) }

func readKerning(gpos, kern lenient) *kerning {
	k := &kerning{gpos: gpos}
	features, lookups := gpos.u16(6), gpos.u16(8)
	wanted := map[int]bool{}
	for i := range gpos.u16(features) {
		record := features + 2 + 6*i
		if gpos.u32(record) != 0x6B65726E { // «kern»
			continue
		}
		feature := features + gpos.u16(record+4)
		for j := range gpos.u16(feature + 2) {
			wanted[gpos.u16(feature+4+2*j)] = true
		}
	}
	for i := range gpos.u16(lookups) {
		if !wanted[i] {
			continue
		}
		lookup := lookups + gpos.u16(lookups+2+2*i)
		kind := gpos.u16(lookup)
		for j := range gpos.u16(lookup + 4) {
			sub, subKind := lookup+gpos.u16(lookup+6+2*j), kind
			if kind == 9 { // extension
				subKind = gpos.u16(sub + 2)
				sub += gpos.u32(sub + 4)
			}
			if subKind == 2 && len(k.pairs) < 4096 {
				k.pairs = append(k.pairs, sub)
			}
		}
	}
	if len(k.pairs) == 0 && kern.u16(0) == 0 {
		at := 4
		for range kern.u16(2) {
			length, coverage := kern.u16(at+2), kern.u16(at+4)
			if coverage&1 != 0 && coverage>>8 == 0 {
				k.table, k.start, k.count = kern, at+14, kern.u16(at+6)
				break
			}
			at += max(length, 6)
		}
	}
	return k
}

// pair looks a pair up in one PairPos subtable and returns the change of the
// first glyph's horizontal advance.
//
// OpenType 1.9, GPOS lookup type 2, formats 1 and 2.
func (l lenient) pair(at, left, right int) (value int, found bool) {
	index, covered := l.coverage(at+l.u16(at+2), left)
	if !covered {
		return 0, false
	}
	first, second := l.u16(at+4), l.u16(at+6)
	size1, size2 := valueSize(first), valueSize(second)
	advance := func(at int) int {
		if first&4 == 0 {
			return 0
		}
		return l.i16(at + valueSize(first&3))
	}
	switch l.u16(at) {
	case 1:
		if index >= l.u16(at+8) {
			return 0, false
		}
		set := at + l.u16(at+10+2*index)
		size := 2 + size1 + size2
		n := l.u16(set)
		i := sort.Search(n, func(i int) bool { return l.u16(set+2+size*i) >= right })
		if i < n && l.u16(set+2+size*i) == right {
			return advance(set + 2 + size*i + 2), true
		}
	case 2:
		class1 := l.class(at+l.u16(at+8), left)
		class2 := l.class(at+l.u16(at+10), right)
		count1, count2 := l.u16(at+12), l.u16(at+14)
		if class1 < count1 && class2 < count2 {
			return advance(at + 16 + (class1*count2+class2)*(size1+size2)), true
		}
	}
	return 0, false
}

// valueSize returns the bytes of a ValueRecord of the given format.
func valueSize(format int) (n int) {
	for ; format != 0; format &= format - 1 {
		n += 2
	}
	return n
}

func (l lenient) coverage(at, glyph int) (index int, found bool) {
	n := l.u16(at + 2)
	switch l.u16(at) {
	case 1:
		i := sort.Search(n, func(i int) bool { return l.u16(at+4+2*i) >= glyph })
		return i, i < n && l.u16(at+4+2*i) == glyph
	case 2:
		i := sort.Search(n, func(i int) bool { return l.u16(at+6+6*i) >= glyph })
		if i < n && l.u16(at+4+6*i) <= glyph {
			return l.u16(at+8+6*i) + glyph - l.u16(at+4+6*i), true
		}
	}
	return 0, false
}

func (l lenient) class(at, glyph int) int {
	switch l.u16(at) {
	case 1:
		if i := glyph - l.u16(at+2); i >= 0 && i < l.u16(at+4) {
			return l.u16(at + 6 + 2*i)
		}
	case 2:
		n := l.u16(at + 2)
		i := sort.Search(n, func(i int) bool { return l.u16(at+6+6*i) >= glyph })
		if i < n && l.u16(at+4+6*i) <= glyph {
			return l.u16(at + 8 + 6*i)
		}
	}
	return 0
}
