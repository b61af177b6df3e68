//go:build interop

package roster

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"nastavnik/samples"
)

// TestLibreOffice lets another program read our books and write them anew:
// what it saves says the same to the import.
func TestLibreOffice(t *testing.T) {
	if _, err := exec.LookPath("soffice"); err != nil {
		if os.Getenv("CI") != "" {
			t.Fatal("soffice is not installed; install libreoffice-calc")
		}
		t.Skip("soffice is not installed")
	}
	text, s := school(t, samples.Demo)
	b, err := Registry(s)
	must(t, err)
	dir := t.TempDir()
	must(t, os.WriteFile(filepath.Join(dir, "book.xlsx"), b, 0o666))
	convert := func(to, out string) {
		cmd := exec.Command("soffice", "-env:UserInstallation=file://"+filepath.Join(dir, "profile"), "--headless", "--convert-to", to, "--outdir", filepath.Join(dir, out), filepath.Join(dir, "book.xlsx"))
		if said, err := cmd.CombinedOutput(); err != nil || strings.Contains(string(said), "Error") {
			t.Fatalf("soffice: %v\n%s", err, said)
		}
	}
	convert("csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,-1", "csv")
	pairs, err := filepath.Glob(filepath.Join(dir, "csv", "*"+PairsSheet+"*.csv"))
	must(t, err)
	if len(pairs) != 1 {
		t.Fatalf("got %v, want the sheet of pairs", pairs)
	}
	shown, err := os.ReadFile(pairs[0])
	must(t, err)
	for _, want := range []string{"Указкин Аржан Эркеменович", "Параграфова Алина Игоревна", "педагог – педагог", "от 11.09.2026 № 95-ОД"} {
		if !strings.Contains(string(shown), want) {
			t.Errorf("got %s\nwant %q as LibreOffice shows it", shown, want)
		}
	}

	convert("xlsx", "xlsx")
	saved, err := os.ReadFile(filepath.Join(dir, "xlsx", "book.xlsx"))
	must(t, err)
	r := understand(t, saved, Options{Old: s})
	if r.Problems.Failed() || len(r.Pairs) != len(s.Pairs) {
		t.Fatalf("got %d pairs, %v", len(r.Pairs), r.Problems)
	}
	if _, changes, err := r.Merge("school.toml", text, s); err != nil || !changes.Empty() || len(changes.Kept) > 0 {
		t.Errorf("got %+v, %v; want nothing new", changes, err)
	}
}
