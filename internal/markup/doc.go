// Package markup compiles the readable source of a template into a template
// DOCX with the one house style. In: TOML front matter and a small part of
// CommonMark. Out: a docx.Package in which the placeholders still stand; to
// fill them is the work of package fill. The same source gives the same bytes.
//
// # The source language
//
// A source opens with front matter (the catalog documents its keys; markup
// itself reads title, kind and page):
//
//	+++
//	title = "Приказ о закреплении наставнических пар (групп)"
//	kind = "приказ"
//	page = { spacing = 1.15 }    # and margin = 20|30, size = 12|13|14, landscape = true, plain = true
//	+++
//
// kind sets the left margin (30 mm for papers kept over ten years, else 20)
// and, for «приказ», a title on the left, 80 mm wide; other titles stand in
// the middle. plain leaves out the page numbers.
//
//	# Title                      the title to the text; in an annex, the annex's
//	## Section                   «1. Section»; its ordered lists are 1.1., 1.1.1.
//	## Section {-}               without a number
//	### Subheading               bold, no number
//	text                         body text, justified, first line 12.5 mm
//	**bold** *italic*            and \ at a line's end for a line break
//	1. clause                    «1.» before the first ## (orders); «1.1.» after it
//	   1. clause of a clause     indent by three blanks: «1.1.» or «1.1.1.»
//	- item                       a dash list; indent to nest
//	1) item                      a list of its own, from 1 each time
//	⇥                            a tab to the right margin: «Дата ⇥ № 5»
//	Адрес: ⇥____                 a pen line up to the right margin
//	____                         alone: a pen line over the whole width
//	№ 5, ст. 30, 1 мая, слово –  get their no-break spaces by themselves
//
// A list begun by a number other than 1 goes on with the list before it, so an
// order may have a table or a paragraph between its clauses. A list that
// control tags alone part from the one before goes on too: a loop over clauses
// is written as
//
//	{{#each tasks as task}}
//	1. {{ task }};
//	{{/each}}
//
// A line of control tags alone is a paragraph that vanishes; inside an item it
// is indented like the item's text. Placeholders pass through untouched.
//
// # Tables
//
// Pipe tables; the dashes of the second line give the relative widths, a
// colon aligns. In a cell, <br> begins a paragraph, «1) » and «– » at its start
// make an item of the cell's own list. Empty cells are taken over by the cell
// before them, so a full-width row is a text and bars. «_» is an empty cell
// for the pen, «^» goes on with the cell above, «–» says «none».
//
//	| № | Мероприятие | Срок |
//	|--|--------|---|
//	| **Этап 1** |||
//	| {{#each events as e}}{{ loop.index }} | {{ e.title }} | {{ e.when }}{{/each}} |
//
// A row is repeated by tags in its first and last cell; several rows by tags
// alone in rows of their own («| {{#each stages as s}} |||»), which vanish.
// Heads repeat on every page and rows do not tear. The first line is the head.
//
//	::: table widths=10,60,30 size=11 colnumbers
//	…
//	:::
//
// widths in any unit; size 12 (usual), 11 or 10; colnumbers adds a head row
// 1, 2, 3 for tables longer than a page; head=2 when the second row is head
// too; nohead; noborder; keep (the whole table on one page); split (rows may
// tear); pad=1.2 (mm above and below the text, 0.4 when left out; more for
// handwriting); valign=center. A row of one full-width cell stays with the row
// below it.
//
// # Divs
//
// «::: name attributes» opens, «:::» closes, both on lines of their own.
//
//	annex [landscape] [margin=20] [continue]   a new page with numbers from 1, for an annex; # is its title
//	landscape, portrait                        a section of lying or standing sheets
//	titlepage                                  a first page of its own; ::: footer inside is its foot
//	pagebreak                                  (no closing) what follows opens a page
//	keep                                       the paragraphs inside stay on one page
//	columns [widths=50,50] [valign=bottom]     side by side without rules; holds ::: column [align=center] [line=bottom]
//	frame                                      a double frame that fills the page, what is inside in the middle
//	sign [captions]                            signatures, a line each: «Секретарь | {{ minutes.secretary.name.sign }}»;
//	                                           captions: «(подпись)» under the line; stays with the text before it
//	list                                       ordered lists inside are 1., 2. even after ##
//	table                                      see above
//
// The rest name a paragraph style: noindent, command (ПРИКАЗЫВАЮ:), left,
// center, right, caption (10 pt under a pen line), tablecaption, subtitle,
// title, small (12 pt), tabletext, requisite, approval, annexmark, signature,
// executor, body; in letterheads letterhead, founder, name, data, kind; on
// awards award-kind, award-name, award-text. They take left=, right=, first=
// (mm), before=, after=, size= (pt), align=, bold, keep, line=bottom.
//
// # Blocks
//
// {{> letterhead}}, {{> requisites}} (kind, date, number, place), {{> approval}},
// {{> signature}}, {{> acknowledgement}}, {{> annex}}, {{> executor}} and
// {{> stamp}}, each on a line of its own, stand for templates/blocks/*.docx.
// Blocks are drawn for 170 mm between the margins; package fill fits them to
// the page that they are put on. Two lines of text before a signature stay with
// it, and a phrase that ends with a colon stays with its list or table.
//
// The house style is house/styles.xml, the lists are in package.go and the page
// in xml.go; a change there changes every document at the next go generate.
//
// Straight quotes, a hyphen for a dash, doubled blanks, links, code and
// anything else of Markdown are errors with their line.
package markup
