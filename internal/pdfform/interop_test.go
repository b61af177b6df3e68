//go:build interop

package pdfform_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// TestOtherReaders wants the filled form to be read by qpdf, mutool and
// poppler, with the values as text on the page.
func TestOtherReaders(t *testing.T) {
	for _, flatten := range []bool{false, true} {
		out, _, _ := fill(t, anketa(t), answers, flatten)
		path := filepath.Join(t.TempDir(), "filled.pdf")
		if err := os.WriteFile(path, out, 0o600); err != nil {
			t.Fatal(err)
		}
		run := func(name string, args ...string) string {
			if _, err := exec.LookPath(name); err != nil {
				if os.Getenv("CI") != "" {
					t.Fatalf("%s is not installed", name)
				}
				t.Skipf("%s is not installed", name)
			}
			text, err := exec.Command(name, args...).CombinedOutput()
			if err != nil {
				t.Fatalf("%s: %v\n%s", name, err, text)
			}
			return string(text)
		}
		if text := run("qpdf", "--check", path); !strings.Contains(text, "No syntax or stream encoding errors") {
			t.Errorf("qpdf: %s", text)
		}
		if text := run("mutool", "draw", "-o", os.DevNull, "-F", "png", path); strings.Contains(text, "error") {
			t.Errorf("mutool: %s", text)
		}
		text := run("pdftotext", path, "-")
		for _, want := range []string{"МБОУ «СОШ № 1» с. Өскөн", "Ёлкина Щукаря Ильинична", "классах и кружок робототехники."} {
			if !strings.Contains(text, want) {
				t.Errorf("flatten %v: pdftotext lacks %q:\n%s", flatten, want, text)
			}
		}
	}
}
