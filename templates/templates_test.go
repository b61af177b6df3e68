package templates

import (
	"bytes"
	"io/fs"
	"path"
	"strings"
	"testing"

	"nastavnik/internal/markup"
)

// TestStep holds every source and the Word file made of it in step. A Word
// file without a source is an original, and that is fine.
func TestStep(t *testing.T) {
	for _, dir := range []string{".", "blocks"} {
		sources, err := fs.Glob(FS, path.Join("src", dir, "*.md"))
		if err != nil || len(sources) == 0 {
			t.Fatalf("no sources in src/%s: %v", dir, err)
		}
		for _, source := range sources {
			text, err := fs.ReadFile(FS, source)
			if err != nil {
				t.Fatal(err)
			}
			want, err := markup.CompileBytes(source, text)
			if err != nil {
				t.Error(err)
				continue
			}
			name := path.Join(dir, strings.TrimSuffix(path.Base(source), ".md")+".docx")
			got, err := fs.ReadFile(FS, name)
			if err != nil || !bytes.Equal(got, want) {
				t.Errorf("%s is not what %s gives; run go generate ./templates", name, source)
			}
		}
	}
}
