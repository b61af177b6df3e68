// Package layout decides places: it takes a wml.Document and makes finished
// pages, broken into lines and pages as LibreOffice Writer breaks them.
//
// The work goes in four steps. prepare makes the tree of structure elements
// and, of each paragraph and table, a box that remembers what was measured.
// breakLines cuts a paragraph into lines; tables become rows of cells. fill
// stacks lines and rows into a region — a column of a page, a cell, a head —
// and finds the place to break it. draw turns what was stacked into texts,
// rules, fills and images of package page.
//
// Vertical lengths are twips, for LibreOffice rounds each line to them.
// Horizontal ones are px, sixths of a twip: it measures text at 8640 dots per
// inch, six to the twip, and rounds each glyph there. Places on the finished
// page are EMU. The formulas were found by experiment against LibreOffice
// 7.4.7; where Word is known to differ, the code says so.
//
// Known shortcomings: text beside a floating object runs on one side of it
// only; formulas, charts and SmartArt are not drawn; text from right to left
// is not reordered; floating tables stand in the flow.
package layout
