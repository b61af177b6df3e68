package layout

import (
	"fmt"
	"math/rand"
	"reflect"
	"strings"
	"testing"

	"nastavnik/internal/docx"
	"nastavnik/internal/page"
	"nastavnik/internal/wml"
)

const testNS = `xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"`

// sheet is A4 with margins of 20 mm at top and bottom, 30 and 10 at the sides:
// text 481.9 pt wide.
const sheet = `<w:sectPr><w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="1134" w:right="567" w:bottom="1134" w:left="1701" w:header="567" w:footer="567" w:gutter="0"/></w:sectPr>`

// packed makes a DOCX of the body, set in Liberation Serif of 14 pt.
func packed(t testing.TB, body string) []byte {
	t.Helper()
	if !strings.Contains(body, "<w:sectPr") {
		body += sheet
	}
	pkg := docx.New()
	const ct = "application/vnd.openxmlformats-officedocument.wordprocessingml."
	main := pkg.Put("word/document.xml", ct+"document.main+xml", []byte(`<w:document `+testNS+`><w:body>`+body+`</w:body></w:document>`))
	pkg.AddRel(nil, docx.RelType("officeDocument"), "word/document.xml", false)
	for _, part := range [][2]string{
		{"styles", `<w:styles ` + testNS + `><w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii="Liberation Serif" w:hAnsi="Liberation Serif"/><w:sz w:val="28"/></w:rPr></w:rPrDefault><w:pPrDefault/></w:docDefaults><w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style></w:styles>`},
		{"settings", `<w:settings ` + testNS + `><w:defaultTabStop w:val="709"/><w:compat><w:doNotExpandShiftReturn/><w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="14"/></w:compat></w:settings>`},
	} {
		pkg.Put("word/"+part[0]+".xml", ct+part[0]+"+xml", []byte(part[1]))
		pkg.AddRel(main, docx.RelType(part[0]), "word/"+part[0]+".xml", false)
	}
	b, err := pkg.Bytes()
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// lay lays out a body set in Liberation Serif of 14 pt.
func lay(t testing.TB, body string) (*page.Document, *wml.Document) {
	t.Helper()
	pkg, err := docx.Open(packed(t, body))
	if err != nil {
		t.Fatal(err)
	}
	doc, problems := wml.Parse(pkg)
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	out, problems := Pages(doc, Options{Fonts: testFonts(t)})
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	return out, doc
}

// layLoose is lay for a body that may give warnings.
func layLoose(t testing.TB, body string) (*page.Document, *wml.Document) {
	t.Helper()
	pkg, err := docx.Open(packed(t, body))
	if err != nil {
		t.Fatal(err)
	}
	doc, _ := wml.Parse(pkg)
	out, _ := Pages(doc, Options{Fonts: testFonts(t)})
	return out, doc
}

// par makes a paragraph with the properties.
func par(text, pPr string) string {
	text = strings.ReplaceAll(text, "\t", `</w:t></w:r><w:r><w:tab/></w:r><w:r><w:t xml:space="preserve">`)
	text = strings.ReplaceAll(text, "\n", `</w:t></w:r><w:r><w:br/></w:r><w:r><w:t xml:space="preserve">`)
	return `<w:p><w:pPr>` + pPr + `</w:pPr><w:r><w:t xml:space="preserve">` + text + `</w:t></w:r></w:p>`
}

// pen writes the texts of the pages as «page x y text», places in points,
// one base line a line.
func pen(out *page.Document) string {
	var b strings.Builder
	for i := range out.Pages {
		y := -1.0
		for _, it := range out.Pages[i].Items {
			t, ok := it.(*page.Text)
			if !ok || strings.TrimSpace(t.Text) == "" {
				continue
			}
			if t.Y.Points() != y {
				y = t.Y.Points()
				fmt.Fprintf(&b, "\n%d %.2f:", i+1, y)
			}
			fmt.Fprintf(&b, " %.1f|%s", t.X.Points(), strings.TrimRight(t.Text, " "))
		}
	}
	return strings.TrimPrefix(b.String(), "\n")
}

// TestPlaces holds places found in LibreOffice 7.4.7: base lines to 0.05 pt.
func TestPlaces(t *testing.T) {
	for _, c := range []struct{ name, body, want string }{
		{"the first base line is the top margin and the ascent", par("а", ""), "1 69.80: 85.0|а"},
		{"single lines of 14 pt are 16.1 pt apart", par("а", "") + par("б", ""), "1 69.80: 85.0|а\n1 85.90: 85.0|б"},
		{"line spacing of 1.5 begins above the second line",
			par("а\nб", `<w:spacing w:line="360" w:lineRule="auto"/>`) + par("в", ""),
			"1 69.80: 85.0|а\n1 93.95: 85.0|б\n1 118.10: 85.0|в"},
		{"exact lines stand four fifths down", par("а\nб", `<w:spacing w:line="400" w:lineRule="exact"/>`), "1 72.70: 85.0|а\n1 92.70: 85.0|б"},
		{"the larger of two spaces counts", par("а", `<w:spacing w:after="100"/>`) + par("б", `<w:spacing w:before="200"/>`), "1 69.80: 85.0|а\n1 95.90: 85.0|б"},
		{"space before counts at the start of the document", par("а", `<w:spacing w:before="200"/>`), "1 79.80: 85.0|а"},
		{"a right tab ends at its stop", par("а\tб", `<w:tabs><w:tab w:val="right" w:pos="9638"/></w:tabs>`), "1 69.80: 85.0|а 559.8|б"},
		{"blanks behind the text of a right tab stand before its stop", par("а\tб ", `<w:tabs><w:tab w:val="right" w:pos="9638"/></w:tabs>`), "1 69.80: 85.0|а 556.3|б"},
		{"a right tab goes to the next line with its text", par(strings.Repeat("а", 76)+"\tбб", `<w:tabs><w:tab w:val="right" w:pos="9638"/></w:tabs>`),
			"1 69.80: 85.0|" + strings.Repeat("а", 76) + "\n1 85.90: 552.7|бб"},
		{"a hanging indent is a tab stop", par("а\tб", `<w:ind w:left="709" w:hanging="709"/>`), "1 69.80: 85.0|а 120.5|б"},
		{"default stops are counted from the margin", par("а\tб", `<w:ind w:firstLine="200"/>`), "1 69.80: 95.0|а 120.5|б"},
		{"centred without the blanks at the end", par("ааа  ", `<w:jc w:val="center"/>`), "1 69.80: 316.7|ааа"},
		{"right-aligned", par("ааа", `<w:jc w:val="right"/>`), "1 69.80: 548.3|ааа"},
		{"capitals", `<w:p><w:r><w:rPr><w:caps/></w:rPr><w:t>приказ</w:t></w:r></w:p>`, "1 69.80: 85.0|ПРИКАЗ"},
		{"hidden text is not drawn", `<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>а</w:t></w:r><w:r><w:t>б</w:t></w:r></w:p>`, "1 69.80: 85.0|б"},
		{"a superscript stands 0.42 of the ascent up and is no higher line",
			`<w:p><w:r><w:t>а</w:t></w:r><w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:t>2</w:t></w:r></w:p>` + par("б", ""),
			"1 69.80: 85.0|а\n1 64.30: 91.2|2\n1 85.90: 85.0|б"},
		{"each portion is rounded to twips: beside no-break spaces a line of 9638 twips does not fit 9638",
			`<w:p><w:r><w:rPr><w:sz w:val="26"/></w:rPr><w:t>основная школа» (далее&#160;– Организация) в лице директора Указкиной Анны Петровны,</w:t></w:r></w:p>`,
			"1 68.85: 85.0|основная школа» (далее\u00a0– Организация) в лице директора Указкиной Анны\n1 83.80: 85.0|Петровны,"},
		{"a page break in front moves the paragraph", par("а", "") + `<w:p><w:r><w:br w:type="page"/></w:r><w:r><w:t>б</w:t></w:r></w:p>`, "1 69.80: 85.0|а\n2 69.80: 85.0|б"},
		{"a page break at the end moves the next", `<w:p><w:r><w:t>а</w:t></w:r><w:r><w:br w:type="page"/></w:r></w:p>` + par("б", ""), "1 69.80: 85.0|а\n2 69.80: 85.0|б"},
	} {
		out, _ := lay(t, c.body)
		if got := pen(out); got != c.want {
			t.Errorf("%s:\ngot  %s\nwant %s", c.name, got, c.want)
		}
	}
}

// TestPageEnds holds the rules of page breaking; 45 single lines fit a page.
func TestPageEnds(t *testing.T) {
	filler := func(n int) string { return strings.Repeat(par("строка", ""), n) }
	lines := func(n int, pPr string) string {
		return par(strings.TrimSuffix(strings.Repeat("текст\n", n), "\n"), pPr)
	}
	row := func(text, trPr string) string {
		return `<w:tr><w:trPr>` + trPr + `</w:trPr><w:tc><w:tcPr/>` + par(text, "") + `</w:tc></w:tr>`
	}
	table := func(rows string) string {
		return `<w:tbl><w:tblPr/><w:tblGrid><w:gridCol w:w="4000"/></w:tblGrid>` + rows + `</w:tbl>`
	}
	keep := `<w:tr><w:trPr><w:cantSplit/></w:trPr><w:tc><w:tcPr/>` + par("ряд", `<w:keepNext/>`) + `</w:tc></w:tr>`
	for _, c := range []struct {
		name string
		body string
		want []int // base lines with text on each page
	}{
		{"a full page", filler(45), []int{45}},
		{"one more", filler(46), []int{45, 1}},
		{"no orphan: two of three lines do not part", filler(43) + lines(3, ""), []int{43, 3}},
		{"no widow: of five lines four fit, three stay", filler(41) + lines(5, ""), []int{44, 2}},
		{"widows allowed", filler(41) + lines(5, `<w:widowControl w:val="0"/>`), []int{45, 1}},
		{"a heading stays where LibreOffice guessed the page to end, after 20 paragraphs",
			strings.Repeat(lines(2, ""), 14) + strings.Repeat(lines(3, ""), 5) + par("глава", `<w:keepNext/>`) + lines(3, "") + filler(78), []int{44, 45, 36}},
		{"of few paragraphs LibreOffice guesses 25 on a page",
			strings.Repeat(lines(2, ""), 14) + strings.Repeat(lines(3, ""), 5) + par("глава", `<w:keepNext/>`) + lines(3, "") + filler(77), []int{43, 45, 36}},
		{"rows that keep with the next hold on to it", filler(41) + table(keep+keep) + lines(3, ""), []int{41, 5}},
		{"a single row that may not be cut does not", filler(41) + table(keep) + lines(4, `<w:keepLines/>`), []int{42, 4}},
		{"lines kept together", filler(41) + lines(6, `<w:keepLines/>`), []int{41, 6}},
		{"kept with the next", filler(44) + par("глава", `<w:keepNext/>`) + lines(2, ""), []int{44, 3}},
		{"a chain of headings moves whole", filler(43) + par("глава", `<w:keepNext/>`) + par("раздел", `<w:keepNext/>`) + lines(4, ""), []int{43, 6}},
		{"a chain longer than a page is broken", strings.Repeat(par("глава", `<w:keepNext/>`), 50), []int{45, 5}},
		{"a page break before", filler(2) + par("б", `<w:pageBreakBefore/>`), []int{2, 1}},
		{"a row that may be cut is", filler(43) + table(row(strings.TrimSuffix(strings.Repeat("текст\n", 4), "\n"), "")), []int{45, 2}},
		{"a row that may not is not", filler(43) + table(row(strings.TrimSuffix(strings.Repeat("текст\n", 4), "\n"), `<w:cantSplit/>`)), []int{43, 4}},
		{"heads are repeated", filler(43) + table(row("шапка", `<w:tblHeader/>`)+row("а", "")+row("б", "")), []int{45, 2}},
		{"a head stays with its first row", filler(44) + table(row("шапка", `<w:tblHeader/>`)+row("а", "")), []int{44, 2}},
		{"a row taller than the page is cut where it stands", filler(40) + table(row(strings.TrimSuffix(strings.Repeat("текст\n", 60), "\n"), `<w:cantSplit/>`)), []int{45, 45, 10}},
		{"a head is not left alone by a row as high as the page", filler(1) + table(row("шапка", `<w:tblHeader/>`)+row(strings.TrimSuffix(strings.Repeat("текст\n", 45), "\n"), `<w:cantSplit/>`)), []int{1, 45, 2}},
		{"a row taller than the page is cut", table(row(strings.TrimSuffix(strings.Repeat("текст\n", 60), "\n"), `<w:cantSplit/>`)), []int{45, 15}},
	} {
		out, _ := lay(t, c.body)
		var got []int
		for i := range out.Pages {
			n := 0
			one := *out
			one.Pages = out.Pages[i : i+1]
			if s := pen(&one); s != "" {
				n = strings.Count(s, "\n") + 1
			}
			got = append(got, n)
		}
		if !reflect.DeepEqual(got, c.want) {
			t.Errorf("%s: got %v lines, want %v", c.name, got, c.want)
		}
	}
}

// TestPageReferences: a table of contents shows the pages on which its
// headings stand, as the pages bear them, whatever the file remembers.
func TestPageReferences(t *testing.T) {
	entry := func(title, mark, cached string) string {
		char := func(kind string) string { return `<w:r><w:fldChar w:fldCharType="` + kind + `"/></w:r>` }
		return `<w:p><w:hyperlink w:anchor="` + mark + `"><w:r><w:t xml:space="preserve">` + title + ` </w:t></w:r>` + char("begin") +
			`<w:r><w:instrText>PAGEREF ` + mark + ` \h</w:instrText></w:r>` + char("separate") + `<w:r><w:t>` + cached + `</w:t></w:r>` + char("end") + `</w:hyperlink></w:p>`
	}
	heading := func(text, mark string) string {
		return `<w:p><w:pPr><w:pageBreakBefore/></w:pPr><w:bookmarkStart w:id="0" w:name="` + mark + `"/><w:r><w:t>` + text + `</w:t></w:r><w:bookmarkEnd w:id="0"/></w:p>`
	}
	section := `<w:p><w:pPr><w:sectPr><w:pgSz w:w="11906" w:h="16838"/><w:pgNumType w:start="5"/></w:sectPr></w:pPr><w:r><w:t>конец</w:t></w:r></w:p>`
	out, _ := lay(t, entry("Цель", "_a", "1")+entry("Срок", "_b", "7")+entry("Нет", "_none", "3")+
		heading("Цель", "_a")+section+heading("Срок", "_b")+
		`<w:sectPr><w:pgSz w:w="11906" w:h="16838"/><w:pgNumType w:fmt="lowerRoman" w:start="2"/></w:sectPr>`)
	var first strings.Builder
	links := 0
	for _, item := range out.Pages[0].Items {
		switch item := item.(type) {
		case *page.Text:
			first.WriteString(item.Text)
		case *page.Link:
			links++
		}
	}
	if got, want := strings.Join(strings.Fields(first.String()), " "), "Цель 6Срок iiНет 3"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	if links != 2 {
		t.Errorf("got %d links, want one an entry that leads somewhere", links)
	}
}

// TestJustified: a stretched line ends at the margin, its last one does not,
// and a no-break space keeps its width.
func TestJustified(t *testing.T) {
	out, _ := lay(t, par(strings.Repeat("наставничество и №\u00a05 ", 12), `<w:jc w:val="both"/>`))
	right := map[float64]float64{}
	for _, it := range out.Pages[0].Items {
		if x, ok := it.(*page.Text); ok {
			width := x.Width.Points()
			if strings.HasSuffix(x.Text, " ") {
				width -= 3.5 * float64(len(x.Text)-len(strings.TrimRight(x.Text, " ")))
			}
			right[x.Y.Points()] = x.X.Points() + width
			if strings.Contains(x.Text, "№") && !strings.Contains(x.Text, "№\u00a05") {
				t.Errorf("number and sign parted: %q", x.Text)
			}
		}
	}
	const margin = (11906 - 567) / 20.0
	short := 0
	for y, x := range right {
		if d := margin - x; d > 0.06 || d < -0.06 {
			short++
			if d < 0 {
				t.Errorf("line at %.2f ends %.2f pt beyond the margin", y, -d)
			}
		}
	}
	if len(right) < 3 || short != 1 {
		t.Errorf("%d of %d lines end before the margin, want 1", short, len(right))
	}
}

// TestStructure: headings, lists and tables are told to a screen reader.
func TestStructure(t *testing.T) {
	body := par("Глава", `<w:outlineLvl w:val="0"/>`) + par("Текст", "") + par("", "") +
		`<w:tbl><w:tblPr/><w:tblGrid><w:gridCol w:w="2000"/><w:gridCol w:w="2000"/></w:tblGrid>` +
		`<w:tr><w:trPr><w:tblHeader/></w:trPr><w:tc><w:tcPr/>` + par("а", "") + `</w:tc><w:tc><w:tcPr/>` + par("б", "") + `</w:tc></w:tr>` +
		`<w:tr><w:tc><w:tcPr><w:gridSpan w:val="2"/></w:tcPr>` + par("в", "") + `</w:tc></w:tr></w:tbl>` + par("", "")
	out, _ := lay(t, body)
	var b strings.Builder
	for _, e := range out.Elements {
		depth := 0
		for p := e.Parent; p >= 0; p = out.Elements[p].Parent {
			depth++
		}
		fmt.Fprintf(&b, "%s%s", strings.Repeat(" ", depth), e.Role)
		if e.Scope == page.ScopeColumn {
			b.WriteString(" column")
		}
		if e.ColSpan > 1 {
			fmt.Fprintf(&b, " %d", e.ColSpan)
		}
		b.WriteByte('\n')
	}
	want := "Document\n H1\n P\n Table\n  THead\n   TR\n    TH column\n     P\n    TH column\n     P\n  TBody\n   TR\n    TD 2\n     P\n"
	if b.String() != want {
		t.Errorf("got\n%swant\n%s", b.String(), want)
	}
	if len(out.Bookmarks) != 1 || out.Bookmarks[0].Title != "Глава" || out.Bookmarks[0].Level != 1 {
		t.Errorf("bookmarks: got %+v", out.Bookmarks)
	}
}

// TestLaw: whatever the text and the width, every character stands in one
// line, in order, and each line but one of a single word fits.
func TestLaw(t *testing.T) {
	rng := rand.New(rand.NewSource(3))
	letters := []rune("абвгд   ---«»(),.!…—№/\u00a0\u00ad\u2011слово word 12\t\n")
	for range 300 {
		var text []rune
		for range rng.Intn(400) {
			text = append(text, letters[rng.Intn(len(letters))])
		}
		_, doc := lay(t, par(string(text), ""))
		e := newEngine(doc, Options{Fonts: testFonts(t), MaxPages: 10}, nil)
		e.prepare()
		p := e.sections[0].blocks[0].para
		width := twip(200 + rng.Intn(9000))
		at := int32(0)
		for i, l := range e.lines(p, width) {
			if l.from != at {
				t.Fatalf("%q in %d: line %d begins at %d, want %d", string(text), width, i, l.from, at)
			}
			if l.end < l.from || l.end == l.from && len(p.chars) > 0 && int(l.end) != len(p.chars) {
				t.Fatalf("%q in %d: line %d is empty", string(text), width, i)
			}
			at = l.end
		}
		if int(at) != len(p.chars) {
			t.Fatalf("%q in %d: %d of %d characters stand in lines", string(text), width, at, len(p.chars))
		}
	}
}

// TestSame: the same document gives the same pages.
func TestSame(t *testing.T) {
	data := paper(t, 3)
	var first *page.Document
	for range 2 {
		pkg, err := docx.Open(data)
		if err != nil {
			t.Fatal(err)
		}
		doc, _ := wml.Parse(pkg)
		out, _ := Pages(doc, Options{Fonts: testFonts(t)})
		if first == nil {
			first = out
			continue
		}
		if pen(first) != pen(out) || !reflect.DeepEqual(first.Elements, out.Elements) {
			t.Error("two runs differ")
		}
	}
}

// TestConcurrent lays one document out in several goroutines at once: layout
// only reads it (run with -race).
func TestConcurrent(t *testing.T) {
	pkg, err := docx.Open(paper(t, 2))
	if err != nil {
		t.Fatal(err)
	}
	doc, _ := wml.Parse(pkg)
	set := testFonts(t)
	results := make(chan string)
	for range 4 {
		go func() {
			out, _ := Pages(doc, Options{Fonts: set})
			results <- pen(out)
		}()
	}
	first := <-results
	for range 3 {
		if <-results != first {
			t.Error("the pages differ between goroutines")
		}
	}
}
