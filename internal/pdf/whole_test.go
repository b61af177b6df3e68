package pdf_test

import (
	"bytes"
	"fmt"
	"testing"

	"nastavnik/fonts"
	"nastavnik/internal/docx"
	"nastavnik/internal/font"
	"nastavnik/internal/layout"
	"nastavnik/internal/pdf"
	"nastavnik/internal/wml"
	"nastavnik/templates"
)

// BenchmarkWholePath goes from the bytes of a DOCX to those of the PDF, on
// templates as they are: a page of an order and the pages of the regulation.
func BenchmarkWholePath(b *testing.B) {
	set, err := font.Open(fonts.FS)
	if err != nil {
		b.Fatal(err)
	}
	for _, id := range []string{"order_curator", "regulation"} {
		data, err := templates.FS.ReadFile(id + ".docx")
		if err != nil {
			b.Fatal(err)
		}
		for _, cached := range []bool{false, true} {
			b.Run(fmt.Sprintf("%s/cache=%v", id, cached), func(b *testing.B) {
				o := pdf.Options{}
				if cached {
					o.Cache = &pdf.Cache{}
				}
				var out bytes.Buffer
				pages := 0
				b.ReportAllocs()
				for b.Loop() {
					pkg, err := docx.Open(data)
					if err != nil {
						b.Fatal(err)
					}
					doc, _ := wml.Parse(pkg)
					laid, _ := layout.Pages(doc, layout.Options{Fonts: set})
					pages = len(laid.Pages)
					out.Reset()
					if err := pdf.Write(&out, laid, o); err != nil {
						b.Fatal(err)
					}
				}
				b.ReportMetric(float64(pages), "pages")
			})
		}
	}
}
