//go:build interop

package fill_test

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	unioffice "github.com/unidoc/unioffice/document"
)

// TestSecondOpinion reads what the examples give with unioffice 1.1.0, a
// reader that shares no line with ours, and looks for the words of their
// paragraphs.
func TestSecondOpinion(t *testing.T) {
	for _, e := range examples {
		template, err := os.ReadFile(filepath.Join("testdata", e.name+".docx"))
		if err != nil {
			t.Fatal(err)
		}
		filled, _ := fillExample(t, template)
		doc, err := unioffice.Read(bytes.NewReader(filled), int64(len(filled)))
		if err != nil {
			t.Errorf("%s: %v", e.name, err)
			continue
		}
		var text strings.Builder
		paragraphs := doc.Paragraphs()
		for _, table := range doc.Tables() {
			for _, row := range table.Rows() {
				for _, cell := range row.Cells() {
					paragraphs = append(paragraphs, cell.Paragraphs()...)
				}
			}
		}
		for _, p := range paragraphs {
			for _, r := range p.Runs() {
				text.WriteString(r.Text())
			}
			text.WriteByte('\n')
		}
		golden, err := os.ReadFile(filepath.Join("testdata", e.name+".txt"))
		if err != nil {
			t.Fatal(err)
		}
		for _, word := range []string{"Белов", "Зуев", "Авдеев", "сентябрь"} {
			if strings.Contains(string(golden), word) && !strings.Contains(text.String(), word) && !strings.Contains(e.name, "text-boxes") && !strings.Contains(e.name, "controls") && !strings.Contains(e.name, "headers") {
				t.Errorf("%s: unioffice does not read %s:\n%s", e.name, word, text.String())
			}
		}
	}
}
