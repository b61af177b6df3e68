//go:build interop

package layout

import (
	"os/exec"
	"strings"
	"testing"
)

// TestLibreOfficeFloats holds text around shapes, floating tables and frames,
// and drop caps, against the LibreOffice of this machine, which must be 7.4.
func TestLibreOfficeFloats(t *testing.T) {
	for _, tool := range []string{"soffice", "pdftotext"} {
		if _, err := exec.LookPath(tool); err != nil {
			t.Fatalf("%s is needed for the interop tests", tool)
		}
	}
	long := strings.Repeat("Наставник и наставляемый вместе составляют план работы на учебный год. ", 6)
	const both = `<w:jc w:val="both"/><w:ind w:firstLine="709"/><w:spacing w:after="120"/>`
	around := func(h, v, wrap string) string { return floatPar(anchored(shapeGraphic, h, v, wrap), both, long) }
	floating := func(place string) string {
		row := `<w:tr><w:tc>` + par("ячейка", "") + `</w:tc><w:tc>` + par("вторая ячейка строки", "") + `</w:tc></w:tr>`
		return `<w:tbl><w:tblPr><w:tblpPr w:leftFromText="180" w:rightFromText="180" ` + place + `/><w:tblLayout w:type="fixed"/></w:tblPr><w:tblGrid><w:gridCol w:w="1500"/><w:gridCol w:w="2000"/></w:tblGrid>` + strings.Repeat(row, 3) + `</w:tbl>`
	}
	framed := func(place string) string {
		return par("Текст рамки в три короткие строки", `<w:framePr `+place+`/>`)
	}
	bodies := []string{
		around(aligned("right"), offset(0), square) + par(long, both) + around(aligned("left"), offset(28), square) + par(long, both),
		around(offset(140), offset(10), square) + around(offset(140), offset(10), `<wp:wrapSquare wrapText="right"/>`) + around(offset(140), offset(10), `<wp:wrapSquare wrapText="largest"/>`),
		around(offset(60), offset(20), `<wp:wrapTopAndBottom/>`) + par(long, both) + around(offset(30), offset(-20), square),
		strings.Repeat(par("строка", ""), 40) + around(offset(0), offset(0), square) + par(long, both),
		par(long, both) + floating(`w:vertAnchor="text" w:horzAnchor="margin" w:tblpXSpec="right" w:tblpY="1"`) + par(long, both) + floating(`w:vertAnchor="text" w:horzAnchor="text" w:tblpX="300" w:tblpY="400"`) + par(long, both) + par(long, both),
		par(long, both) + framed(`w:w="3000" w:hSpace="180" w:wrap="around" w:vAnchor="text" w:hAnchor="margin" w:xAlign="right" w:y="200"`) + par(long, both) + par(long, both),
		par(long, both) + par("Н", `<w:framePr w:dropCap="drop" w:lines="3" w:wrap="around" w:vAnchor="text" w:hAnchor="text"/>`) + par(long, "") + par(long, both),
	}
	var lines, placed int
	for i, a := range againstLibreOffice(t, bodies) {
		if a.pages != a.refPages {
			t.Errorf("document %d: got %d pages, want %d", i, a.pages, a.refPages)
		}
		lines, placed = lines+a.lines, placed+a.placed
		t.Logf("document %d: %d of %d lines", i, a.placed, a.lines)
		for k := range min(3, len(a.missing), len(a.extra)) {
			t.Logf("  page %d: %s, ours %s", a.missing[k].page, a.missing[k].text, a.extra[k].text)
		}
	}
	t.Logf("lines placed %.2f%% of %d", share(placed, lines), lines)
	if share(placed, lines) < 99 {
		t.Error("below the floor of 99% of lines")
	}
}
