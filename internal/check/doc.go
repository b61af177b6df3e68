// Package check reads a finished paper the way a careful clerk does and tells
// what she would send back: margins, requisites, references and dates,
// numbering, typography, letters of another alphabet, personal data.
//
// In: a Paper, made from a parsed DOCX (FromWord) or from plain text
// (FromText), and Options with what is known about the school. Out: a
// diag.List whose problems carry the code of the rule (rules.tsv), the place
// as a person sees it and the right text as the hint. Set adds the rules that
// need several papers: one name, one year, dates in order, numbers that do
// not repeat.
//
// A rule speaks only when it is sure from the paper itself: a false alarm
// costs more trust than a miss. A line for the pen is never a fault unless
// Options.Issued says that the paper has left the school.
//
// The rules follow ГОСТ Р 7.0.97-2025 (and 2016); both are voluntary, so the
// texts say what differs, never that it is unlawful. What needs the laid-out
// page (a signature alone on a page, a glyph that no face has) is Pages'.
package check
