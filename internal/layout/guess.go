package layout

import "nastavnik/internal/wml"

// LibreOffice lays a document out in two steps: it puts the paragraphs on
// pages by a guess, so many on each, and then moves on what does not fit and
// back what does. A paragraph that keeps with the next is taken along when the
// next one moves on. But where a page ends as guessed nothing moves, and such
// a paragraph stays at its end alone. We do the same, for a paper is to have
// the pages that it has in LibreOffice; Word moves it. Found by experiment.

// guessPages marks the blocks with which a page begins by LibreOffice's guess.
func (e *engine) guessPages() {
	nodes, tables := 2, 0
	for _, s := range e.doc.Sections {
		countNodes(s.Blocks, &nodes, &tables)
	}
	most := 25 // paragraphs and rows of a page
	if n := nodes - 25*tables; n > 100 {
		most = min(20+n/1000*3, 53)
	}
	on, page := 0, 1
	for i, s := range e.sections {
		for k, b := range s.blocks {
			breaks := b.brk == breakPage || i > 0 && k == 0 && s.src.Type != wml.Continuous
			if on++; b.table != nil {
				on += len(b.table.Rows) - 1
				if on > most+10 {
					return // it is cut, and into how many pages is not followed
				}
			}
			if on <= most && !breaks {
				continue
			}
			if b.para != nil {
				b.guess = page
			}
			on = 0
			page++
		}
	}
}

// countNodes adds up paragraphs, and the starts and ends of tables and cells.
func countNodes(blocks []wml.Block, nodes, tables *int) {
	for _, b := range blocks {
		t, ok := b.(*wml.Table)
		*nodes++
		if !ok {
			continue
		}
		*nodes++
		*tables++
		for _, r := range t.Rows {
			for _, c := range r.Cells {
				*nodes += 2
				countNodes(c.Blocks, nodes, tables)
			}
		}
	}
}
