// Package site makes the public set for a school's site: the public papers
// made anew without personal data (never boxes over text), as tagged PDF/A
// with an HTML twin of each, and an index page that a site editor uploads or
// pastes.
//
// What must not be public is decided where the views are built (package
// catalog, Selection.Public): children are never named, grown-ups by name only
// with their consent or by office, lists of those acquainted and of pairs are
// left out. Here the finished bytes are read back (verify.go): the text,
// metadata and attachments of each PDF, the HTML, the names of the files. A
// hit stops the school before anything of it is written.
//
// The marks itemprop of the section «Сведения об образовательной организации»
// (приказ Рособрнадзора № 1493) name a closed list of papers; orders, plans and
// reports of mentoring are not in it, so the page carries no such marks: a
// wrong one misleads the checker. See Options.ItemProp for a school that files
// a paper there all the same.
package site
