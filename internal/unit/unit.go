// Package unit has the lengths of WordprocessingML and of layout as types, so
// that a twip is never added to a point. All layout is in EMU; points appear
// only in package pdf and in messages.
package unit

// EMU is the English Metric Unit: 1/914400 inch, 1/12700 point, 1/36000 mm.
type EMU int64

// Twip is 1/20 of a point: w:ind, w:spacing, w:pgMar, w:tblGrid.
type Twip int64

// HalfPoint is the unit of font sizes: w:sz.
type HalfPoint int64

// EighthPoint is the unit of border widths: w:sz of w:top, w:left and so on.
type EighthPoint int64

// Ratios of EMU to the other units.
const (
	PerPoint EMU = 12700
	PerTwip  EMU = 635
	PerMM    EMU = 36000
)

// EMU converts twips exactly.
func (t Twip) EMU() EMU { return EMU(t) * PerTwip }

// EMU converts half points exactly.
func (h HalfPoint) EMU() EMU { return EMU(h) * (PerPoint / 2) }

// Twip converts half points exactly.
func (h HalfPoint) Twip() Twip { return Twip(h) * 10 }

// EMU converts eighths of a point, truncated to a whole EMU.
func (e EighthPoint) EMU() EMU { return EMU(e) * PerPoint / 8 }

// Points returns e in points, for the PDF writer and for messages.
func (e EMU) Points() float64 { return float64(e) / float64(PerPoint) }

// MM returns e in millimetres, for messages.
func (e EMU) MM() float64 { return float64(e) / float64(PerMM) }

// Twip returns e in twips, rounded down.
func (e EMU) Twip() Twip {
	if e < 0 {
		return -Twip((-e + PerTwip - 1) / PerTwip)
	}
	return Twip(e / PerTwip)
}
