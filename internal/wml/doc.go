// Package wml reads a WordprocessingML package into plain data: sections,
// paragraphs, runs and tables with every style resolved.
//
// In goes a docx.Package; out comes a Document in which nothing is left to
// look up: document defaults, the chains of styles, conditional formatting of
// tables, numbering levels, theme fonts, toggles and direct formatting are
// folded into the properties of each paragraph, run and cell, and the numbers
// of list items are counted. Fields whose value depends on the page stay
// fields; all others are their cached result. Tracked changes are read as
// accepted, hidden text is marked.
//
// Drawings come out as shapes of three kinds: pictures in PNG or JPEG, outlines
// whose form layout works out, and boxes of text. What the file keeps in other
// ways — VML, Windows metafiles, SmartArt, charts — is turned into them, and
// formulas into text.
//
// The package measures nothing and places nothing: that is layout's. It never
// changes the XML: that is fill's. What it does not understand is a warning
// with its place.
package wml
