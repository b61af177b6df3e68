package font

import (
	"sync"
)

// Face is a parsed face, immutable and safe for concurrent use.
// Lengths are in font units, UnitsPerEm to the em, unless said otherwise.
type Face struct {
	tables map[string][]byte
	names  names

	unitsPerEm int
	numGlyphs  int // of the file; glyphs of our making follow
	bbox       [4]int
	bold       bool
	italic     bool
	weight     int // OS/2 usWeightClass
	angle      int // post italicAngle, whole degrees
	fixed      bool
	serif      bool

	ascent, descent, lineGap int
	capHeight, xHeight       int
	underline, underlineSize int
	strike, strikeSize       int

	advances []uint16 // one per glyph, our own glyphs included
	bearings []int16  // left side bearings, likewise
	offsets  []uint32 // into glyf, numGlyphs + 1
	cff      *cff     // in place of glyf: PostScript outlines
	made     [][]byte // outlines of our own glyphs: glyph numGlyphs+i is made[i]

	pages  [256]*[256]uint16 // glyphs of the Basic Multilingual Plane by high byte
	astral map[rune]uint16   // glyphs above U+FFFF

	ligatures []ligature
	joins     [256]bool // letters with which a ligature begins

	kernOnce sync.Once
	kern     *kerning
}

// PostScriptName returns name ID 6, cleaned for a PDF name.
func (f *Face) PostScriptName() string { return f.names.postScript }

// Family returns name ID 1, the family as a word processor lists it.
func (f *Face) Family() string { return f.names.family }

// Bold reports whether the face calls itself bold.
func (f *Face) Bold() bool { return f.bold }

// Italic reports whether the face calls itself italic or oblique.
func (f *Face) Italic() bool { return f.italic }

// Weight returns usWeightClass, 400 for regular and 700 for bold.
func (f *Face) Weight() int { return f.weight }

// ItalicAngle returns the slant in degrees, negative when leaning right.
func (f *Face) ItalicAngle() int { return f.angle }

// FixedPitch reports whether every character is equally wide.
func (f *Face) FixedPitch() bool { return f.fixed }

// Serif reports whether the face is of a serif class.
func (f *Face) Serif() bool { return f.serif }

// UnitsPerEm returns the number of font units to the em.
func (f *Face) UnitsPerEm() int { return f.unitsPerEm }

// Bounds returns the box around all glyphs: left, bottom, right, top.
func (f *Face) Bounds() [4]int { return f.bbox }

// Ascent returns the height of a line above the base line, Descent its depth
// below as a positive number, LineGap the space between lines.
//
// They are those of hhea; of OS/2 typo when the face says so (fsSelection bit
// 7, as LibreOffice and Word read it); of OS/2 win when hhea is empty.
func (f *Face) Ascent() int  { return f.ascent }
func (f *Face) Descent() int { return f.descent }
func (f *Face) LineGap() int { return f.lineGap }

// CapHeight returns the height of capital letters.
func (f *Face) CapHeight() int { return f.capHeight }

// XHeight returns the height of small letters without ascenders.
func (f *Face) XHeight() int { return f.xHeight }

// UnderlinePosition returns the middle of the underline, negative below the
// base line; UnderlineThickness its width.
func (f *Face) UnderlinePosition() int  { return f.underline }
func (f *Face) UnderlineThickness() int { return f.underlineSize }

// StrikePosition returns the middle of the strike-through line above the base
// line; StrikeThickness its width.
func (f *Face) StrikePosition() int  { return f.strike }
func (f *Face) StrikeThickness() int { return f.strikeSize }

// Glyph returns the glyph of a character, 0 when the face has none and we
// make none.
func (f *Face) Glyph(r rune) uint16 {
	if r>>16 == 0 {
		if page := f.pages[r>>8]; page != nil {
			return page[r&0xFF]
		}
		return 0
	}
	return f.astral[r]
}

// Advance returns the advance width of a glyph; that of glyph 0 for a glyph
// that does not exist.
func (f *Face) Advance(glyph uint16) int {
	if int(glyph) >= len(f.advances) {
		glyph = 0
	}
	return int(f.advances[glyph])
}

func (f *Face) setGlyph(r rune, glyph uint16) {
	if r>>16 != 0 {
		if f.astral == nil {
			f.astral = map[rune]uint16{}
		}
		f.astral[r] = glyph
		return
	}
	page := f.pages[r>>8]
	if page == nil {
		page = new([256]uint16)
		f.pages[r>>8] = page
	}
	page[r&0xFF] = glyph
}

// outline returns the glyf entry of a glyph of the file or of our making;
// empty for a blank.
func (f *Face) outline(glyph uint16) []byte {
	if g := int(glyph); g < f.numGlyphs {
		if f.cff != nil {
			return f.cff.outline(g)
		}
		return f.tables["glyf"][f.offsets[g]:f.offsets[g+1]]
	}
	return f.made[int(glyph)-f.numGlyphs]
}
