// Package fonts holds the faces that nastavnik carries with it, so that a PDF
// looks the same on a machine without fonts.
//
// Liberation Serif, Sans and Mono 2.1.5 are metric twins of Times New Roman,
// Arial and Courier New; Carlito that of Calibri; Caladea that of Cambria
// (without Cyrillic). All are under the SIL Open Font License 1.1, which
// stands in OFL-1.1.txt; README.md has the copyright notices.
package fonts

import "embed"

// FS holds the faces as *.ttf.
//
//go:embed *.ttf
var FS embed.FS
