package layout

import (
	"math"

	"nastavnik/internal/font"
	"nastavnik/internal/page"
	"nastavnik/internal/unit"
	"nastavnik/internal/wml"
)

// twip is the unit of all vertical lengths.
type twip = unit.Twip

// px is a sixth of a twip: LibreOffice's reference device has 8640 dpi.
type px int64

const perTwip px = 6

func toPx(t twip) px { return px(t) * perTwip }

// whole returns p as whole twips, a half up.
func (p px) whole() px { return px(floorDiv(int64(p)+int64(perTwip)/2, int64(perTwip))) * perTwip }

func (p px) emu() unit.EMU { return unit.EMU(p) * unit.PerTwip / unit.EMU(perTwip) }

func floorDiv(a, b int64) int64 {
	q := a / b
	if a%b != 0 && (a < 0) != (b < 0) {
		q--
	}
	return q
}

// round is LibreOffice's: halves go up.
func round(x float64) int64 { return int64(math.Floor(x + 0.5)) }

// look is how a run's characters are measured and drawn: its properties, the
// face found for them and the metrics of a line that holds it.
type look struct {
	props    *wml.RunProps
	face     *font.Face
	skew     bool
	embolden bool
	kern     bool
	size     twip // as drawn
	raise    twip // of the base line, up
	spacing  px   // after each character
	scale    int  // per cent
	color    page.Color
	auto     bool // the colour is automatic: white on dark ground

	ascent, descent twip // of a line with this run

	advances *advances
	small    *look // small capitals: for lower-case letters

	substituted bool                 // the font asked for is not to be had
	lack        *cause               // what was told of that
	rescue      map[*font.Face]*look // the same in another face
}

// advances holds the widths of one face in one size.
type advances struct {
	face *font.Face
	size twip
	low  [lowPages]*[256]int32 // by high byte; advance + 1, 0 when not yet measured
	high map[rune]int32
}

// lowPages covers Latin, Greek and Cyrillic.
const lowPages = 6

// of returns the advance of r, rounded as LibreOffice rounds each glyph.
func (a *advances) of(r rune) px {
	if r < lowPages<<8 {
		low := a.low[r>>8]
		if low == nil {
			low = new([256]int32)
			a.low[r>>8] = low
		}
		w := &low[r&0xFF]
		if *w == 0 {
			*w = int32(a.measure(r)) + 1
		}
		return px(*w - 1)
	}
	if w, ok := a.high[r]; ok {
		return px(w)
	}
	w := a.measure(r)
	if a.high == nil {
		a.high = map[rune]int32{}
	}
	a.high[r] = int32(w)
	return w
}

func (a *advances) measure(r rune) px {
	adv := int64(a.face.Advance(a.face.Glyph(r)))
	em := int64(a.face.UnitsPerEm())
	return px(floorDiv(2*adv*int64(a.size)*int64(perTwip)+em, 2*em))
}

// metrics returns ascent and descent of a line in the face at the size, both
// positive. The gap lies above the text.
func metrics(f *font.Face, size twip) (ascent, descent twip) {
	return lineMetrics(f.Ascent(), f.Descent(), f.LineGap(), f.UnitsPerEm(), size)
}

// lineMetrics takes hhea's ascender, descender (positive) and gap in font
// units. Found by experiment: 204 pairs of face and size without an error.
func lineMetrics(asc, desc, gap, em int, size twip) (ascent, descent twip) {
	scale := func(v int) int64 { return round(float64(v) * float64(size) * 6 / float64(em)) }
	a, d, g := scale(asc), scale(desc), scale(gap)
	lead := round(float64(g) / 6)
	ascent = twip(round(float64(a)/6) + lead)
	return ascent, twip(round(float64(a+d)/6)+lead) - ascent
}

// OpenSymbol, the font in which LibreOffice draws bullets of Symbol and
// Wingdings: hhea in font units of 2048.
const (
	symbolAscent  = 1420
	symbolDescent = 442
	symbolGap     = 307
	symbolEm      = 2048
)

// escape is the share of the size at which super- and subscripts are drawn.
const escape = 58

// look returns the shared look of the properties.
func (e *engine) look(props *wml.RunProps) *look {
	l := e.looks[props]
	if l == nil {
		l = e.newLook(props, 100)
		e.looks[props] = l
	}
	if l.substituted {
		if l.lack == nil {
			l.lack = e.substituted(props.Font, l.face)
		} else {
			l.lack.again(e.reading)
		}
	}
	return l
}

func (e *engine) newLook(props *wml.RunProps, percent int) *look {
	family := props.Font
	symbol := family == wml.SymbolFont
	m := e.fonts.Face(family, props.Bold, props.Italic)
	size := twip(max(props.Size, 2)) * 10
	l := &look{props: props, face: m.Face, substituted: m.Substituted && !symbol, skew: m.Skew, embolden: m.Embolden, size: size,
		spacing: toPx(props.Spacing), scale: props.Scale,
		kern: props.Kern > 0 && props.Size >= props.Kern}
	if l.scale == 0 {
		l.scale = 100
	}
	l.auto = props.Color == wml.Auto
	if !l.auto {
		l.color = page.Color(props.Color)
	}
	if symbol {
		l.ascent, l.descent = lineMetrics(symbolAscent, symbolDescent, symbolGap, symbolEm, size)
	} else {
		l.ascent, l.descent = metrics(m.Face, size)
	}
	switch props.VertAlign {
	case wml.Superscript:
		l.raise = l.ascent * 42 / 100
		l.size = size * escape / 100
	case wml.Subscript:
		l.raise = -l.descent * 42 / 100
		l.size = size * escape / 100
	}
	if percent != 100 {
		l.size = l.size * twip(percent) / 100
	}
	if props.Position != 0 {
		// LibreOffice keeps it as whole per cents of the size, and raises by as
		// many of the line's height
		percent := twip(round(float64(props.Position) * 100 / float64(max(props.Size, 2))))
		raise := (l.ascent + l.descent) * max(-100, min(percent, 100)) / 100
		l.raise += raise
		l.ascent += max(0, raise)
		l.descent += max(0, -raise)
	}
	if room := borderRoom(props.Border); room > 0 {
		l.ascent += room
		l.descent += room
	}
	l.advances = e.advancesOf(l.face, l.size)
	return l
}

// ligates reports whether letters in the look are joined.
func (l *look) ligates() bool {
	return l.scale == 100 && l.face.Ligatures()
}

// pair returns what kerning adds to the width of left before r.
func (l *look) pair(left, r rune) px {
	k := l.face.Kern(l.face.Glyph(left), l.face.Glyph(r))
	if k == 0 {
		return 0
	}
	em := int64(l.face.UnitsPerEm())
	w := floorDiv(2*int64(k)*int64(l.size)*int64(perTwip)+em, 2*em)
	return px(w * int64(l.scale) / 100)
}

type faceSize struct {
	face *font.Face
	size twip
}

func (e *engine) advancesOf(f *font.Face, size twip) *advances {
	key := faceSize{f, size}
	if a := e.widths[key]; a != nil {
		return a
	}
	a := &advances{face: f, size: size}
	e.widths[key] = a
	return a
}

// forRune returns the look in which r is drawn: l itself, or the same in a
// face that has the character.
func (e *engine) forRune(l *look, r rune) *look {
	if l.face.Glyph(r) != 0 || r == '\u00ad' || r == '\u200b' || r == ' ' {
		return l
	}
	f := e.fonts.Fallback(l.face, l.props.Bold, l.props.Italic, r)
	if f == nil {
		e.tofu(r)
		return l
	}
	if f == l.face {
		return l
	}
	if other := l.rescue[f]; other != nil {
		return other
	}
	other := *l
	other.face, other.advances, other.small, other.rescue = f, e.advancesOf(f, l.size), nil, nil
	other.skew, other.embolden = l.props.Italic && !f.Italic(), l.props.Bold && !f.Bold()
	if l.rescue == nil {
		l.rescue = map[*font.Face]*look{}
	}
	l.rescue[f] = &other
	return &other
}

// bullet returns the look of a bullet of the font Symbol, which is half as
// large again as those of text faces and stands as high.
func (e *engine) bullet(l *look) *look {
	if l.small == nil {
		b := *l
		b.size = l.size * 3 / 2
		b.raise = -l.size / 5
		b.advances = e.advancesOf(b.face, b.size)
		b.rescue = nil
		l.small = &b
	}
	return l.small
}

// smallCaps returns the look of the lower-case letters of small capitals,
// which LibreOffice draws at 80 %.
func (e *engine) smallCaps(l *look) *look {
	if l.small == nil {
		l.small = e.newLook(l.props, 80)
		l.small.small = l.small
	}
	return l.small
}
