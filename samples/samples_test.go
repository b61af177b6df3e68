package samples

import (
	"io/fs"
	"strings"
	"testing"

	"nastavnik/internal/diag"
	"nastavnik/internal/profile"
)

// TestSamplesLoad holds every embedded profile to the rules of the program:
// no errors, and the warnings that are there on purpose.
func TestSamplesLoad(t *testing.T) {
	count := 0
	err := fs.WalkDir(FS, ".", func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		count++
		var list diag.List
		if strings.HasSuffix(path, "municipality.toml") {
			var m *profile.Municipality
			m, list = profile.LoadMunicipalityFS(FS, path)
			if m == nil || len(m.Schools) != len(m.SchoolPaths) {
				t.Errorf("%s: not every school of the list could be read", path)
			}
		} else {
			_, list = profile.LoadFS(FS, path)
		}
		if list.Failed() {
			t.Errorf("%s:\n%v", path, list)
		}
		for _, p := range list {
			t.Log(p.Format())
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if count < 20 {
		t.Errorf("got %d profiles, want all 21 of the folders", count)
	}
}
