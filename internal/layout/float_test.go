package layout

import (
	"fmt"
	"strings"
	"testing"

	"nastavnik/internal/page"
)

const floatNS = `xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"`

// anchored makes a floating drawing 100 by 50 pt, 10 pt away from text at its
// sides; h and v are the children of positionH and positionV.
func anchored(graphic, h, v, wrap string) string {
	return `<w:r><w:drawing ` + floatNS + `><wp:anchor distT="0" distB="0" distL="127000" distR="127000"><wp:positionH relativeFrom="column">` + h +
		`</wp:positionH><wp:positionV relativeFrom="paragraph">` + v + `</wp:positionV><wp:extent cx="1270000" cy="635000"/>` + wrap +
		`<a:graphic><a:graphicData>` + graphic + `</a:graphicData></a:graphic></wp:anchor></w:drawing></w:r>`
}

const (
	shapeGraphic   = `<wps:wsp><wps:spPr><a:prstGeom prst="rect"/></wps:spPr></wps:wsp>`
	pictureGraphic = `<pic:pic><pic:spPr/></pic:pic>`
	square         = `<wp:wrapSquare wrapText="bothSides"/>`
)

func offset(points int) string { return fmt.Sprintf(`<wp:posOffset>%d</wp:posOffset>`, points*12700) }

func aligned(to string) string { return `<wp:align>` + to + `</wp:align>` }

// floatPar is a paragraph that anchors a float, with its properties.
func floatPar(float, pPr, text string) string {
	return `<w:p><w:pPr>` + pPr + `</w:pPr>` + float + `<w:r><w:t>` + text + `</w:t></w:r></w:p>`
}

// starts lists where each line begins, from the margin and from the first base
// line, in points.
func starts(out *page.Document) string {
	var b strings.Builder
	first, last := -1.0, -1.0
	for i := range out.Pages {
		for _, it := range out.Pages[i].Items {
			t, ok := it.(*page.Text)
			if !ok || t.Y.Points() == last {
				continue
			}
			last = t.Y.Points()
			if first < 0 {
				first = last
			}
			fmt.Fprintf(&b, " %d:%.0f,%.0f", i+1, t.X.Points()-85.05, last-first)
		}
	}
	return strings.TrimSpace(b.String())
}

// cells makes a table of one cell without rules, 300 pt wide.
func cells(content string) string {
	return `<w:tbl><w:tblPr/><w:tblGrid><w:gridCol w:w="6000"/></w:tblGrid><w:tr><w:tc>` + content + `</w:tc></w:tr></w:tbl>`
}

// TestFloats holds lines beside floats to where LibreOffice 7.4 puts them.
func TestFloats(t *testing.T) {
	long := strings.Repeat("наставничество ", 20)
	for _, c := range []struct{ name, body, want string }{
		{"text right of a float at the left edge", floatPar(anchored(pictureGraphic, offset(0), offset(0), square), "", long),
			"1:110,0 1:110,16 1:110,32 1:110,48 1:0,64"},
		{"indents count from the float", floatPar(anchored(pictureGraphic, offset(0), offset(0), square), `<w:ind w:left="400" w:firstLine="200"/>`, long),
			"1:140,0 1:130,16 1:130,32 1:130,48 1:20,64"},
		{"a picture aligned left touches the margin", floatPar(anchored(pictureGraphic, aligned("left"), offset(0), square), "", long),
			"1:110,0 1:110,16 1:110,32 1:110,48 1:0,64"},
		{"a shape aligned left keeps its distance", floatPar(anchored(shapeGraphic, aligned("left"), offset(0), square), "", long),
			"1:120,0 1:120,16 1:120,32 1:120,48 1:0,64"},
		{"a picture is kept on the page", floatPar(anchored(pictureGraphic, offset(-500), offset(0), square), "", long),
			"1:25,0 1:25,16 1:25,32 1:25,48 1:0,64"},
		{"a shape may leave it", floatPar(anchored(shapeGraphic, offset(-500), offset(0), square), "", long),
			"1:0,0 1:0,16 1:0,32 1:0,48"},
		{"no word is torn to fill a narrow room", floatPar(anchored(pictureGraphic, offset(70), offset(0), square), "", long),
			"1:180,0 1:180,16 1:180,32 1:180,48 1:0,64"},
		{"only to the right", floatPar(anchored(pictureGraphic, offset(200), offset(0), `<wp:wrapSquare wrapText="right"/>`), `<w:ind w:firstLine="200"/>`, long),
			"1:320,0 1:310,16 1:310,32 1:310,48 1:0,64"},
		{"nothing beside", floatPar(anchored(pictureGraphic, offset(200), offset(-10), `<wp:wrapTopAndBottom/>`), "", long),
			"1:0,0 1:0,16 1:0,32 1:0,48"},
		{"a cell holds its picture", cells(floatPar(anchored(pictureGraphic, offset(0), offset(0), square), "", "в")) + par("под", ""),
			"1:110,0 1:0,50"},
		{"a cell holds one that text runs through", cells(floatPar(anchored(pictureGraphic, offset(0), offset(0), `<wp:wrapNone/>`), "", "в")) + par("под", ""),
			"1:0,0 1:0,50"},
		{"a shape may leave its cell", cells(floatPar(anchored(shapeGraphic, offset(0), offset(0), `<wp:wrapNone/>`), "", "в")) + par("под", ""),
			"1:0,0 1:0,16"},
		{"a table stands below a float", floatPar(anchored(pictureGraphic, offset(50), offset(10), square), "", "я") + cells(par("в", "")),
			"1:0,0 1:0,60"},
	} {
		out, _ := layLoose(t, c.body)
		if got := starts(out); !strings.HasPrefix(got, c.want) {
			t.Errorf("%s: got %s, want %s", c.name, got, c.want)
		}
	}
}

// TestFloatAtPageEnd: a float is anchored once, on the page where its paragraph
// begins.
func TestFloatAtPageEnd(t *testing.T) {
	lines := strings.Repeat(par("строка", ""), 42)
	long := strings.Repeat("наставничество ", 20)
	out, _ := layLoose(t, lines+floatPar(anchored(pictureGraphic, offset(0), offset(0), square), "", long))
	if got, want := starts(out), "2:0,0"; !strings.Contains(got, " 1:110,") || strings.Contains(got, " 2:110,") {
		t.Errorf("got %s, want lines beside the float on page 1 only, then %s", got, want)
	}
	out, _ = layLoose(t, lines+par("строка", `<w:keepNext/>`)+floatPar(anchored(pictureGraphic, offset(0), offset(20), square), `<w:keepLines/>`, long))
	if got := starts(out); strings.Contains(got, " 1:110,") || !strings.Contains(got, " 2:110,") {
		t.Errorf("got %s, want the float on page 2, where its paragraph went", got)
	}
}

// TestHighFloatingTable: a floating table that is higher than a page breaks.
func TestHighFloatingTable(t *testing.T) {
	rows := strings.Repeat(`<w:tr><w:tc>`+par("строка", "")+`</w:tc></w:tr>`, 60)
	out, _ := layLoose(t, par("до", "")+`<w:tbl><w:tblPr><w:tblpPr w:vertAnchor="text" w:tblpY="1"/></w:tblPr><w:tblGrid><w:gridCol w:w="3000"/></w:tblGrid>`+rows+`</w:tbl>`+par("после", ""))
	count := 0
	for i := range out.Pages {
		for _, it := range out.Pages[i].Items {
			if s, ok := it.(*page.Text); ok && s.Text == "строка" && s.Y < out.Pages[i].Height {
				count++
			}
		}
	}
	if len(out.Pages) != 2 || count != 60 {
		t.Errorf("got %d rows on %d pages, want 60 on 2", count, len(out.Pages))
	}
}
