package fill_test

import (
	"bytes"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/klauspost/compress/flate"

	"nastavnik/internal/docx"
	"nastavnik/internal/fill"
)

// order makes a two-page order: 13 placeholders, five of them torn across
// runs, and a table with a loop over rows of five columns; with the styles
// and the theme that Word adds, so that copying them counts.
func order(t testing.TB) *docx.Package {
	var b strings.Builder
	run := func(text string) string {
		return `<w:r w:rsidR="00A77B3E"><w:rPr><w:rFonts w:ascii="Times New Roman" w:hAnsi="Times New Roman" w:cs="Times New Roman"/><w:sz w:val="28"/><w:szCs w:val="28"/><w:lang w:val="ru-RU"/></w:rPr><w:t xml:space="preserve">` + text + `</w:t></w:r>`
	}
	para := func(texts ...string) {
		b.WriteString(`<w:p w:rsidR="00A77B3E" w:rsidRDefault="00A77B3E"><w:pPr><w:spacing w:line="360" w:lineRule="auto"/><w:ind w:firstLine="709"/><w:jc w:val="both"/></w:pPr>`)
		for _, text := range texts {
			b.WriteString(run(text))
		}
		b.WriteString("</w:p>")
	}
	para("{{ school.name }}")
	para("ПРИКАЗ")
	para("от {", "{ doc.date", " }} № {{ doc.", "number }", "}")
	para("О закреплении наставнических пар на ", "{{ doc", ".year }} учебный год")
	for i := range 24 {
		para(fmt.Sprintf("%d. В целях реализации целевой модели наставничества, в соответствии с приказом и на основании решения педагогического совета, назначить куратором ", i+1), "наставничества работника школы и возложить на него обязанности, изложенные в положении.")
	}
	para("Назначить куратором {{ curator.name }}, {{ curator.post }}, тел. {{", " curator.phone }}.")
	b.WriteString(`<w:tbl><w:tblPr><w:tblW w:w="9350" w:type="dxa"/></w:tblPr><w:tblGrid><w:gridCol w:w="700"/><w:gridCol w:w="2500"/><w:gridCol w:w="2500"/><w:gridCol w:w="1500"/><w:gridCol w:w="2150"/></w:tblGrid>`)
	for _, row := range [][]string{{"№", "Наставник", "Наставляемый", "Класс", "Форма"},
		{"{{#each pairs as x}}{{ loop.index }}", "{{ x.mentor }}", "{{ x.mentee }}", "{{ x.class }}", "{{ x.form }}{{/each}}"}} {
		b.WriteString("<w:tr>")
		for _, cell := range row {
			b.WriteString(`<w:tc><w:tcPr><w:tcW w:w="2000" w:type="dxa"/></w:tcPr><w:p><w:pPr><w:spacing w:after="0"/></w:pPr>` + run(cell) + "</w:p></w:tc>")
		}
		b.WriteString("</w:tr>")
	}
	b.WriteString("</w:tbl>")
	para("Контроль оставляю за собой: {{ director.post }} {{ director.name }}")
	para("С приказом ознакомлены: {", "{ curator.name }}, {{ director.name }}")
	b.WriteString(`<w:sectPr><w:pgSz w:w="11906" w:h="16838"/></w:sectPr>`)
	var styles strings.Builder
	for i := range 120 {
		fmt.Fprintf(&styles, `<w:style w:type="paragraph" w:styleId="S%d"><w:name w:val="Style %d"/><w:pPr><w:spacing w:after="%d"/></w:pPr></w:style>`, i, i, i*7)
	}
	return document(t, b.String(), "styles", styles.String())
}

type orderData struct {
	School struct {
		Name string `expr:"name"`
	} `expr:"school"`
	Doc struct {
		Date   string `expr:"date"`
		Number string `expr:"number"`
		Year   string `expr:"year"`
	} `expr:"doc"`
	Curator  orderPerson `expr:"curator"`
	Director orderPerson `expr:"director"`
	Pairs    []orderPair `expr:"pairs"`
}

type orderPerson struct {
	Name  string `expr:"name"`
	Post  string `expr:"post"`
	Phone string `expr:"phone"`
}

type orderPair struct {
	Mentor string `expr:"mentor"`
	Mentee string `expr:"mentee"`
	Class  string `expr:"class"`
	Form   string `expr:"form"`
}

func orderOf(pairs int) *orderData {
	d := &orderData{Curator: orderPerson{"Белова О. П.", "педагог-психолог", "+7 900 000-00-00"}, Director: orderPerson{"Орлов А. С.", "директор", ""}}
	d.School.Name = "МБОУ «СОШ № 7»"
	d.Doc.Date, d.Doc.Number, d.Doc.Year = "31 августа 2026 г.", "45-од", "2026/27"
	for i := range pairs {
		d.Pairs = append(d.Pairs, orderPair{fmt.Sprintf("Наставник %d", i), fmt.Sprintf("Наставляемый %d", i), "10А", "ученик – ученик"})
	}
	return d
}

// BenchmarkRender fills and packs an order compiled once. limit-µs is the best
// time of deflating the changed part alone, in the same run, and times-limit
// how many times longer the best rendering took.
func BenchmarkRender(b *testing.B) {
	for _, pairs := range []int{5, 500} {
		b.Run(fmt.Sprintf("pairs=%d", pairs), func(b *testing.B) {
			tmpl, err := fill.Compile(order(b), fill.Options{Env: orderData{}})
			if err != nil {
				b.Fatal(err)
			}
			data := orderOf(pairs)
			var out bytes.Buffer
			if _, err := tmpl.Render(&out, data); err != nil {
				b.Fatal(err)
			}
			pkg, err := docx.Open(bytes.Clone(out.Bytes()))
			if err != nil {
				b.Fatal(err)
			}
			changed, _ := pkg.Main().Bytes()
			limit := best(func() func() {
				packer, _ := flate.NewWriter(nil, 5)
				var packed bytes.Buffer
				return func() {
					packed.Reset()
					packer.Reset(&packed)
					packer.Write(changed)
					packer.Close()
				}
			}())
			whole := best(func() {
				out.Reset()
				tmpl.Render(&out, data)
			})
			b.ReportAllocs()
			for b.Loop() {
				out.Reset()
				if _, err := tmpl.Render(&out, data); err != nil {
					b.Fatal(err)
				}
			}
			b.ReportMetric(float64(limit.Microseconds()), "limit-µs")
			b.ReportMetric(float64(whole.Microseconds()), "best-µs")
			b.ReportMetric(float64(whole)/float64(limit), "times-limit")
		})
	}
}

// best returns the shortest of many runs, which a busy machine disturbs least.
func best(f func()) time.Duration {
	shortest := time.Hour
	for range 300 {
		start := time.Now()
		f()
		shortest = min(shortest, time.Since(start))
	}
	return shortest
}

func BenchmarkCompile(b *testing.B) {
	packed, err := order(b).Bytes()
	if err != nil {
		b.Fatal(err)
	}
	b.ReportAllocs()
	for b.Loop() {
		pkg, err := docx.Open(packed)
		if err != nil {
			b.Fatal(err)
		}
		if _, err := fill.Compile(pkg, fill.Options{Env: orderData{}}); err != nil {
			b.Fatal(err)
		}
	}
}

// TestAllocations holds a rendering of five pairs to 50 allocations.
func TestAllocations(t *testing.T) {
	tmpl, err := fill.Compile(order(t), fill.Options{Env: orderData{}})
	if err != nil {
		t.Fatal(err)
	}
	data := orderOf(5)
	var out bytes.Buffer
	got := testing.AllocsPerRun(20, func() {
		out.Reset()
		tmpl.Render(&out, data)
	})
	if got > 50 {
		t.Errorf("got %.0f allocations, want at most 50", got)
	}
}
