//go:build interop

package fill_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// TestInterop holds what the examples give against the schema, and opens it
// with LibreOffice, whose PDF must have the same words.
func TestInterop(t *testing.T) {
	dir := t.TempDir()
	var files []string
	for _, e := range examples {
		template, err := os.ReadFile(filepath.Join("testdata", e.name+".docx"))
		if err != nil {
			t.Fatal(err)
		}
		filled, _ := fillExample(t, template)
		file := filepath.Join(dir, e.name+".docx")
		if err := os.WriteFile(file, filled, 0o644); err != nil {
			t.Fatal(err)
		}
		files = append(files, file)
	}
	root := os.Getenv("NASTAVNIK_SHARED")
	if root == "" {
		root = filepath.Join("..", "..", "..", "shared")
	}
	validator := filepath.Join(root, "tools", "validate.sh")
	if _, err := os.Stat(validator); err == nil {
		if out, err := exec.Command("sh", append([]string{validator, "-q"}, files...)...).CombinedOutput(); err != nil {
			t.Errorf("%s: %v\n%s", validator, err, out)
		}
	} else {
		t.Logf("no validator in %s; set NASTAVNIK_SHARED", root)
	}

	office, err := exec.LookPath("soffice")
	if err != nil {
		t.Fatal("soffice is not installed; install libreoffice-writer")
	}
	args := append([]string{"-env:UserInstallation=file://" + filepath.Join(dir, "profile"), "--headless", "--convert-to", "pdf", "--outdir", dir}, files...)
	if out, err := exec.Command(office, args...).CombinedOutput(); err != nil {
		t.Fatalf("soffice: %v\n%s", err, out)
	}
	for i, file := range files {
		pdf := strings.TrimSuffix(file, ".docx") + ".pdf"
		out, err := exec.Command("pdftotext", pdf, "-").Output()
		if err != nil {
			t.Errorf("%s: no PDF: %v", examples[i].name, err)
			continue
		}
		text := string(out)
		if strings.Contains(text, "{{") || strings.Contains(text, "}}") {
			t.Errorf("%s: braces are left:\n%s", examples[i].name, text)
		}
		golden, _ := os.ReadFile(filepath.Join("testdata", examples[i].name+".txt"))
		for _, word := range []string{"Белов", "Ёлкина", "Авдеев", "сентябрь", "Росток"} {
			bare := strings.Join(strings.Fields(text), "") // a narrow column breaks words
			if strings.Contains(string(golden), word) && !strings.Contains(bare, word) {
				t.Errorf("%s: LibreOffice does not show %s:\n%s", examples[i].name, word, text)
			}
		}
	}
	if keep := os.Getenv("NASTAVNIK_KEEP"); keep != "" {
		os.CopyFS(keep, os.DirFS(dir))
	}
}
