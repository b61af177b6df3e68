package layout

import (
	"strings"
	"testing"
)

// A cell merged downwards that begins in the row where a page ends is cut there
// too: its text once ran off the page.
func TestMergeCutWithItsRow(t *testing.T) {
	lines := func(n int) string { return strings.Repeat(`<w:p><w:r><w:t>a</w:t></w:r></w:p>`, n) }
	cell := func(merge, body string) string {
		return `<w:tc><w:tcPr><w:tcW w:w="2000" w:type="dxa"/>` + merge + `</w:tcPr>` + body + `</w:tc>`
	}
	for above := range 60 {
		body := lines(above) + `<w:tbl><w:tblGrid><w:gridCol w:w="2000"/><w:gridCol w:w="2000"/></w:tblGrid>` +
			`<w:tr>` + cell("", lines(8)) + cell(`<w:vMerge w:val="restart"/>`, lines(30)) + `</w:tr>` +
			`<w:tr>` + cell("", lines(2)) + cell(`<w:vMerge/>`, lines(1)) + `</w:tr></w:tbl>` + lines(1)
		out, doc := lay(t, body)
		s, total := doc.Sections[0], 0
		for i, lines := range ourLines(out) {
			for _, l := range lines {
				total += len(l.text)
				if l.y > (s.Height - s.Bottom).EMU().Points() {
					t.Errorf("%d lines above: text at %.0f on page %d, below its margin", above, l.y, i+1)
				}
			}
		}
		if want := above + 8 + 30 + 2 + 1; total != want {
			t.Errorf("%d lines above: %d letters are drawn, want %d", above, total, want)
		}
	}
}
