//go:build interop

package generate

import (
	"context"
	"os/exec"
	"path/filepath"
	"testing"
	"time"

	"nastavnik/samples"
)

// TestLibreOffice opens every paper of a school in LibreOffice, which must make
// a PDF of each (F163).
func TestLibreOffice(t *testing.T) {
	office, err := exec.LookPath("soffice")
	if err != nil {
		t.Fatal("no soffice here: ", err)
	}
	out, pdfs := t.TempDir(), t.TempDir()
	r := runOne(t, engine(t), Options{Out: out, IDs: []string{"typical"}, DOCX: true}, samples.Demo)
	names, _ := filepath.Glob(filepath.Join(r.Folder, "*.docx"))
	if len(names) < 20 {
		t.Fatalf("got %d papers, want more", len(names))
	}
	ctx, cancel := context.WithTimeout(t.Context(), 5*time.Minute)
	defer cancel()
	args := append([]string{"-env:UserInstallation=file://" + t.TempDir(), "--headless", "--convert-to", "pdf", "--outdir", pdfs}, names...)
	if b, err := exec.CommandContext(ctx, office, args...).CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, b)
	}
	if made, _ := filepath.Glob(filepath.Join(pdfs, "*.pdf")); len(made) != len(names) {
		t.Errorf("LibreOffice opened %d of %d papers", len(made), len(names))
	}
}
