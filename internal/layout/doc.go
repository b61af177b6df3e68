// Package layout decides places: it takes a wml.Document and makes finished
// pages, broken into lines and pages as LibreOffice Writer breaks them.
//
// The work goes in four steps. prepare makes the tree of structure elements
// and, of each paragraph and table, a box that remembers what was measured.
// A breaker cuts a paragraph into lines; tables become rows of cells. fill
// stacks lines and rows into a region — a column of a page, a cell, a head —
// and finds the place to break it. draw turns what was stacked into texts,
// rules, fills and images of package page.
//
// Vertical lengths are twips, for LibreOffice rounds each line to them.
// Horizontal ones are px, sixths of a twip: it measures text at 8640 dots per
// inch, six to the twip, and rounds each glyph there; then each portion, a
// stretch of like text, to whole twips (char.cut). Places on the finished
// page are EMU. The formulas were found by experiment against LibreOffice
// 7.4.7; where Word is known to differ, the code says so.
//
// Where LibreOffice is known to err and the law or Word is clear, we do not
// follow: isLgl numbering is decimal, dates stay as they are in the file,
// deleted text is not shown, text behind a page break keeps the properties of
// its paragraph, and a table that begins a document with footnotes begins at
// the top, where LibreOffice leaves an empty paragraph before it. Justified
// lines end at the margin, where its PDF falls short by up to a point and a
// half, as long as no word is more than a point off (para.shortfall). Nor where
// it loses text: a row that may not be cut and does not fit the page beside its
// repeated head goes on over the end of its sheet there; repeated heads are as
// high as the rows without their vertical merges, whose text then runs into the
// rows below.
//
// Known shortcomings: formulas stand in one line, charts are drawn plainly;
// Arabic letters are not joined; contours of tight wrapping are rectangles; words
// are not hyphenated automatically; lines are not numbered; emphasis marks are not
// drawn and add no height; the frame of a run adds to its height, not to its width;
// a style that the file names but does not define is the default one, where
// LibreOffice takes its own of that name.
package layout
