package layout

import (
	"bytes"
	"fmt"
	"runtime"
	"strings"
	"testing"

	"nastavnik/internal/docx"
	"nastavnik/internal/pdf"
	"nastavnik/internal/wml"
)

// paper makes a school-like document of about n pages: a heading, justified
// text and a table on each, set in four faces of one family.
func paper(t testing.TB, pages int) []byte {
	t.Helper()
	const ns = `xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"`
	text := strings.Repeat("Наставник — педагогический работник, имеющий измеримые позитивные результаты профессиональной деятельности, готовый и способный организовать индивидуальную траекторию профессионального развития наставляемого. ", 3)
	var body strings.Builder
	run := func(text, rPr string) string {
		return `<w:r><w:rPr>` + rPr + `</w:rPr><w:t xml:space="preserve">` + text + `</w:t></w:r>`
	}
	for i := range pages {
		fmt.Fprintf(&body, `<w:p><w:pPr><w:keepNext/><w:outlineLvl w:val="0"/><w:jc w:val="center"/></w:pPr>%s</w:p>`, run(fmt.Sprintf("%d. Общие положения", i+1), "<w:b/>"))
		for range 4 {
			body.WriteString(`<w:p><w:pPr><w:ind w:firstLine="709"/><w:jc w:val="both"/></w:pPr>` + run(text, "") + run("Курсив: ", "<w:i/>") + run("важно.", "<w:b/><w:i/>") + `</w:p>`)
		}
		body.WriteString(`<w:tbl><w:tblPr><w:tblBorders><w:top w:val="single" w:sz="4"/><w:left w:val="single" w:sz="4"/><w:bottom w:val="single" w:sz="4"/><w:right w:val="single" w:sz="4"/><w:insideH w:val="single" w:sz="4"/><w:insideV w:val="single" w:sz="4"/></w:tblBorders><w:tblLayout w:type="fixed"/></w:tblPr><w:tblGrid><w:gridCol w:w="700"/><w:gridCol w:w="5500"/><w:gridCol w:w="3438"/></w:tblGrid>`)
		for k := range 4 {
			body.WriteString(`<w:tr>`)
			for _, cell := range []string{fmt.Sprint(k + 1), "Проведение открытых занятий и их анализ", "до 25 числа каждого месяца"} {
				body.WriteString(`<w:tc><w:tcPr/><w:p>` + run(cell, `<w:sz w:val="24"/>`) + `</w:p></w:tc>`)
			}
			body.WriteString(`</w:tr>`)
		}
		body.WriteString(`</w:tbl>`)
	}
	body.WriteString(`<w:p/><w:sectPr><w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="1134" w:right="567" w:bottom="1134" w:left="1701" w:header="567" w:footer="567" w:gutter="0"/></w:sectPr>`)
	styles := `<w:styles ` + ns + `><w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii="Times New Roman" w:hAnsi="Times New Roman"/><w:sz w:val="28"/></w:rPr></w:rPrDefault><w:pPrDefault/></w:docDefaults><w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style></w:styles>`
	pkg := docx.New()
	const ct = "application/vnd.openxmlformats-officedocument.wordprocessingml."
	main := pkg.Put("word/document.xml", ct+"document.main+xml", []byte(`<w:document `+ns+`><w:body>`+body.String()+`</w:body></w:document>`))
	pkg.AddRel(nil, docx.RelType("officeDocument"), "word/document.xml", false)
	pkg.Put("word/styles.xml", ct+"styles+xml", []byte(styles))
	pkg.AddRel(main, docx.RelType("styles"), "word/styles.xml", false)
	b, err := pkg.Bytes()
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// BenchmarkPages is layout alone; BenchmarkPDF is the whole way from the bytes
// of a DOCX to those of a PDF.
func BenchmarkPages(b *testing.B) {
	set := testFonts(b)
	for _, n := range []int{1, 10} {
		data := paper(b, n)
		pkg, err := docx.Open(data)
		if err != nil {
			b.Fatal(err)
		}
		b.Run(fmt.Sprintf("parse/%d", n), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				wml.Parse(pkg)
			}
		})
		doc, _ := wml.Parse(pkg)
		b.Run(fmt.Sprintf("layout/%d", n), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				Pages(doc, Options{Fonts: set})
			}
		})
	}
}

func BenchmarkPDF(b *testing.B) {
	set := testFonts(b)
	ballast := make([]byte, 16<<20) // as the program has it
	defer runtime.KeepAlive(ballast)
	for _, n := range []int{1, 10} {
		data := paper(b, n)
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				pkg, err := docx.Open(data)
				if err != nil {
					b.Fatal(err)
				}
				doc, _ := wml.Parse(pkg)
				out, _ := Pages(doc, Options{Fonts: set})
				var buf bytes.Buffer
				if err := pdf.Write(&buf, out, pdf.Options{}); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
