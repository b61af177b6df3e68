package fill_test

import (
	"bytes"
	"strings"
	"testing"

	"nastavnik/internal/docx"
	"nastavnik/internal/fill"
)

// TestRenumber sets the numbers of a table of contents, and nothing else.
func TestRenumber(t *testing.T) {
	char := func(kind string) string { return `<w:r><w:fldChar w:fldCharType="` + kind + `"/></w:r>` }
	field := func(instruction, result string) string {
		return char("begin") + `<w:r><w:instrText xml:space="preserve"> ` + instruction + ` </w:instrText></w:r>` + char("separate") + `<w:r><w:t>` + result + `</w:t></w:r>` + char("end")
	}
	body := func(a, b, c string) string {
		return `<w:p>` + char("begin") + `<w:r><w:instrText>TOC \o</w:instrText></w:r>` + char("separate") + `<w:r><w:t>Цель</w:t></w:r>` + field(`PAGEREF _a \h`, a) + `</w:p>` +
			`<w:p><w:r><w:t>Срок</w:t></w:r><w:fldSimple w:instr="PAGEREF _b"><w:r><w:t>` + b + `</w:t></w:r></w:fldSimple>` + char("end") + `</w:p>` +
			`<w:p>` + field(`PAGEREF _a \p`, "выше") + field(`PAGEREF _none`, c) + field("PAGE", "9") + `</w:p>`
	}
	before, err := document(t, body("1", "2", "3")).Bytes()
	if err != nil {
		t.Fatal(err)
	}
	after, err := fill.Renumber(before, map[string]string{"_a": "6", "_b": "ii"})
	if err != nil {
		t.Fatal(err)
	}
	pkg, err := docx.Open(after)
	if err != nil {
		t.Fatal(err)
	}
	main, err := pkg.Main().Bytes()
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(string(main), body("6", "ii", "3")) {
		t.Errorf("got %s", main)
	}
	if again, err := fill.Renumber(after, map[string]string{"_a": "6", "_b": "ii"}); err != nil || !bytes.Equal(again, after) {
		t.Errorf("right numbers: the bytes changed, %v", err)
	}
	if template, err := fill.Compile(pkg, fill.Options{}); err != nil || !template.PageReferences() {
		t.Errorf("PAGEREF is not seen, %v", err)
	}
}
