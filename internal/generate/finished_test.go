package generate

import (
	"strings"
	"testing"

	"nastavnik/internal/catalog"
	"nastavnik/internal/check"
	"nastavnik/internal/diag"
	"nastavnik/internal/docx"
	"nastavnik/internal/pdfcheck"
	"nastavnik/internal/pdfread"
	"nastavnik/internal/profile"
	"nastavnik/samples"
)

// TestFinishedPapers reads every paper of a school back, DOCX and PDF, and
// holds both to what a person would see at once (F164–F168, F171).
func TestFinishedPapers(t *testing.T) {
	if testing.Short() {
		t.Skip("makes some seventy papers")
	}
	e := engine(t)
	s, problems := profile.LoadFS(samples.FS, samples.Demo)
	if problems.Failed() {
		t.Fatal(problems)
	}
	set, err := e.Library.Plan(s, catalog.Selection{IDs: []string{"typical"}})
	if err != nil {
		t.Fatal(err)
	}
	for _, job := range set.Jobs {
		p, err := e.Paper(job, Want{PDF: true, Layout: true})
		if err != nil {
			t.Fatalf("%s: %v", job.Title(), err)
		}
		for _, problem := range check.Pages(job.Title(), p.Layout) { // a signature alone, a heading at the foot, a letter without a glyph
			if problem.Level == diag.Error {
				t.Error(problem)
			}
		}
		words := finishedWord(t, job.Title(), p.DOCX)
		finishedPDF(t, job.Title(), p.PDF, words)
	}
}

// finishedWord holds a DOCX to repeating heads, rows in one piece and fields
// with results, and returns its paragraphs.
func finishedWord(t *testing.T, title string, b []byte) (paragraphs []string) {
	t.Helper()
	pkg, err := docx.Open(b)
	if err != nil {
		t.Fatalf("%s: %v", title, err)
	}
	if list := pkg.Hazards(); len(list) > 0 {
		t.Errorf("%s: %v", title, list)
	}
	for _, part := range pkg.Parts() {
		if !strings.HasPrefix(part.Name, "word/") || !strings.HasSuffix(part.Name, ".xml") {
			continue
		}
		tree, err := part.Tree()
		if err != nil {
			t.Fatalf("%s: %v", title, err)
		}
		begun, results := 0, 0
		for n := range tree.Walk() {
			switch n.Name {
			case "w:p":
				if part == pkg.Main() && n.Text() != "" {
					paragraphs = append(paragraphs, n.Text())
				}
			case "w:fldChar":
				switch n.Attr("w:fldCharType") {
				case "begin":
					begun++
				case "separate":
					results++
				}
			case "w:tbl":
				rows, data := 0, n.Child("w:tr").Path("w:trPr", "w:tblHeader") != nil
				for row := range n.All("w:tr") {
					rows++
					if data && row.Path("w:trPr", "w:cantSplit") == nil {
						t.Errorf("%s: row %d of a table may be split", title, rows)
						break
					}
				}
				if rows > 12 && !data {
					t.Errorf("%s: a table of %d rows does not repeat its head", title, rows)
				}
			}
		}
		if begun != results {
			t.Errorf("%s: %s: %d fields of %d have no result", title, part.Name, begun-results, begun)
		}
	}
	return paragraphs
}

// finishedPDF holds a PDF to the same text and to the standards that it claims.
func finishedPDF(t *testing.T, title string, b []byte, paragraphs []string) {
	t.Helper()
	f, err := pdfread.Open(b)
	if err != nil {
		t.Fatalf("%s: %v", title, err)
	}
	var text strings.Builder
	for i, p := range f.Pages() {
		var page strings.Builder
		for _, piece := range f.Pieces(p) {
			page.WriteString(piece.Text)
		}
		if i == 0 {
			text.WriteString(letters(page.String()))
			continue
		}
		text.WriteString(strings.TrimLeft(letters(page.String()), "0123456789")) // without its number
	}
	all := text.String()
	for _, p := range paragraphs {
		for _, line := range strings.Split(p, "\n") {
			if line = letters(line); !strings.Contains(all, line) {
				t.Errorf("%s: the PDF lacks %q", title, line)
			}
		}
	}
	for _, fault := range pdfcheck.Check(f) {
		t.Errorf("%s: %s", title, fault)
	}
}

// letters leaves out what line breaking may change: blanks and hyphens.
func letters(s string) string {
	return strings.Map(func(r rune) rune {
		if strings.ContainsRune(" \t\n\u00a0\u00ad-\u2010\u2011", r) {
			return -1
		}
		return r
	}, s)
}
