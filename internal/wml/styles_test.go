package wml

import "testing"

// LibreOffice takes Calibri of 11 pt where w:rPrDefault is missing, and lets a
// table style's size win over 11 or 12 pt of the default paragraph style.
func TestDefaults(t *testing.T) {
	const (
		cell   = `<w:tbl><w:tblPr><w:tblStyle w:val="T"/></w:tblPr><w:tr><w:tc><w:p><w:r><w:t>a</w:t></w:r></w:p></w:tc></w:tr></w:tbl>`
		table  = `<w:style w:type="table" w:styleId="T"><w:name w:val="T"/><w:pPr><w:jc w:val="center"/></w:pPr><w:rPr><w:sz w:val="18"/></w:rPr></w:style>`
		rpr    = `<w:docDefaults><w:rPrDefault><w:rPr/></w:rPrDefault></w:docDefaults>`
		normal = `<w:style w:type="paragraph" w:default="1" w:styleId="N"><w:name w:val="Normal"/>`
	)
	tests := []struct {
		name, body, styles string
		font               string
		size               int
		align              Align
	}{
		{"no styles", `<w:p><w:r><w:t>a</w:t></w:r></w:p>`, ``, "Calibri", 22, AlignLeft},
		{"no defaults", `<w:p><w:r><w:t>a</w:t></w:r></w:p>`, normal + `</w:style>`, "Calibri", 22, AlignLeft},
		{"empty defaults", `<w:p><w:r><w:t>a</w:t></w:r></w:p>`, rpr, "Times New Roman", 20, AlignLeft},
		{"12 pt of Normal yields to the table style", cell, rpr + normal + `<w:rPr><w:sz w:val="24"/></w:rPr></w:style>` + table, "Times New Roman", 18, AlignCenter},
		{"13 pt does not", cell, rpr + normal + `<w:rPr><w:sz w:val="26"/></w:rPr></w:style>` + table, "Times New Roman", 26, AlignCenter},
		{"nor does right alignment", cell, rpr + normal + `<w:pPr><w:jc w:val="right"/></w:pPr></w:style>` + table, "Times New Roman", 18, AlignRight},
		{"left alignment yields", cell, rpr + normal + `<w:pPr><w:jc w:val="left"/></w:pPr></w:style>` + table, "Times New Roman", 18, AlignCenter},
	}
	for _, tt := range tests {
		p := paragraphs(parse(t, tt.body, tt.styles, ""))[0]
		if r := p.Runs[0].Props; r.Font != tt.font || int(r.Size) != tt.size || p.Props.Align != tt.align {
			t.Errorf("%s: got %s %d align %d, want %s %d align %d", tt.name, r.Font, r.Size, p.Props.Align, tt.font, tt.size, tt.align)
		}
	}
}
