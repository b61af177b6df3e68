package generate

import (
	"nastavnik/internal/catalog"
	"nastavnik/internal/pdf"
)

// printFile gathers the pages of a set into one file for the printer, in the
// order of signing, each paper under its own bookmark.
type printFile struct{ parts []pdf.Part }

func (p *printFile) add(job catalog.Job, paper *Paper) {
	if paper.Layout != nil {
		p.parts = append(p.parts, pdf.Part{Title: job.Title(), Document: paper.Layout})
	}
}

// write draws them. What cannot be drawn was told when the papers were read.
func (p *printFile) write(e *Engine, want Want) ([]byte, error) {
	return e.Draw(pdf.Join(p.parts, pdf.Joining{Title: "Комплект документов", Duplex: true}), want, nil)
}
