//go:build render

package layout

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"nastavnik/internal/pdf"
)

// TestRender writes the files of LAYOUT_FILES as PDF into LAYOUT_OUT.
func TestRender(t *testing.T) {
	files, _ := filepath.Glob(os.Getenv("LAYOUT_FILES"))
	set := testFonts(t)
	for _, name := range files {
		out, problems := Pages(openDoc(t, name), Options{Fonts: set})
		for _, p := range problems {
			t.Log(filepath.Base(name), p)
		}
		var b bytes.Buffer
		if err := pdf.Write(&b, out, pdf.Options{}); err != nil {
			t.Error(name, err)
			continue
		}
		base := strings.TrimSuffix(filepath.Base(name), ".docx") + ".pdf"
		if err := os.WriteFile(filepath.Join(os.Getenv("LAYOUT_OUT"), base), b.Bytes(), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}
