// Package font reads TrueType and OpenType faces: metrics, coverage,
// substitution, kerning and subsets.
//
// In go the bytes of .ttf, .otf and .ttc files; out come immutable faces that every
// document of a run shares, and, for package pdf, font programs that hold no
// more than the characters of one document. A Set knows the faces by family
// name, puts a metric twin in the place of a family that is not there, and
// finds a face for a character that the wished face lacks.
//
// Characters that school papers need and that common fonts lack (₽ ☐ ☑ ☒ ✓ ➢
// the non-breaking hyphen, the narrow blanks) get glyphs of our own making in
// each face, so that neither layout nor pdf has to know of them.
//
// What is left to others: places on the page (layout) and PDF syntax (pdf).
// Not read: variable fonts' axes, of which the default is taken, GSUB but for
// ligatures of Latin letters, marks
// placed by GPOS.
package font
