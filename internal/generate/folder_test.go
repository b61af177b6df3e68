package generate

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
)

// failing is a disk whose n-th change fails, as a full disk does: the way of
// SQLite's I/O error tests.
type failing struct {
	files
	n    int // counts down; the call that brings it to 0 fails
	torn bool
}

func (d *failing) fails() bool {
	d.n--
	return d.n == 0
}

func (d *failing) Write(name string, b []byte) error {
	if d.fails() {
		if d.torn { // the disk filled up in the middle
			os.WriteFile(name, b[:len(b)/2], 0o644)
			os.Remove(name)
		}
		return &fs.PathError{Op: "write", Path: name, Err: syscall.ENOSPC}
	}
	return d.files.Write(name, b)
}

func (d *failing) Flush(dir string, names []string) error {
	if d.fails() {
		return &fs.PathError{Op: "sync", Path: dir, Err: syscall.EIO}
	}
	return nil // no real sync: the tests make thousands
}

func (d *failing) Rename(from, to string) error {
	if d.fails() {
		return &os.LinkError{Op: "rename", Old: from, New: to, Err: syscall.EIO}
	}
	return d.files.Rename(from, to)
}

func (d *failing) Mkdir(dir string) error {
	if d.fails() {
		return &fs.PathError{Op: "mkdir", Path: dir, Err: syscall.ENOSPC}
	}
	return d.files.Mkdir(dir)
}

// write puts a set of files into a folder as a run does.
func write(dir string, d disk, set map[string]string) error {
	f, err := openFolder(dir, d, false, false)
	if err != nil {
		return err
	}
	defer f.close()
	for i := range len(set) {
		name := fmt.Sprintf("%02d.docx", i)
		f.put(name, "minutes", []byte(set[name]))
	}
	f.stale(func(string) bool { return true }, false)
	for _, r := range f.done {
		if r.Err != nil {
			f.discard()
			return r.Err
		}
	}
	return f.commit("input")
}

func setOf(version string) map[string]string {
	set := map[string]string{}
	for i := range 5 {
		set[fmt.Sprintf("%02d.docx", i)] = strings.Repeat(fmt.Sprintf("%s %d ", version, i), 100)
	}
	return set
}

// Whatever call fails, every file under a final name is whole, old or new,
// nothing temporary is left, and the next run ends as a clean one does.
func TestEveryFailure(t *testing.T) {
	old, fresh := setOf("old"), setOf("new")
	for _, torn := range []bool{false, true} {
		for n := 1; ; n++ {
			dir := filepath.Join(t.TempDir(), "set")
			if err := write(dir, files{}, old); err != nil {
				t.Fatal(err)
			}
			d := &failing{n: n, torn: torn}
			err := write(dir, d, fresh)
			if d.n > 0 {
				if err != nil {
					t.Fatal(err)
				}
				if n < 10 {
					t.Fatalf("a run makes only %d changes", n)
				}
				break // no call failed: the run made fewer than n
			}
			if err == nil {
				t.Fatalf("change %d failed and the run did not say so", n)
			}
			for name, b := range contents(t, dir) {
				if strings.HasPrefix(name, keeping) {
					continue
				}
				if b != old[name] && b != fresh[name] {
					t.Errorf("change %d: %s is neither the old file nor the new one", n, name)
				}
			}
			if err := write(dir, files{}, fresh); err != nil {
				t.Fatalf("change %d: the next run: %v", n, err)
			}
			for name, b := range contents(t, dir) {
				if strings.HasSuffix(name, temporary) {
					t.Errorf("change %d: %s is left", n, name)
				}
				if want, paper := fresh[name]; paper && b != want {
					t.Errorf("change %d: %s is not what a clean run writes", n, name)
				}
			}
		}
	}
}

// A run killed between renames leaves new files that the manifest does not
// know; the journal does.
func TestKilledBetweenRenames(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "set")
	if err := write(dir, files{}, setOf("old")); err != nil {
		t.Fatal(err)
	}
	f, err := openFolder(dir, files{}, false, false)
	if err != nil {
		t.Fatal(err)
	}
	for name, b := range setOf("new") {
		f.put(name, "minutes", []byte(b))
	}
	if err := f.place(); err != nil { // and here the power goes
		t.Fatal(err)
	}
	f.close()
	next := setOf("newer")
	if err := write(dir, files{}, next); err != nil {
		t.Fatal(err)
	}
	for name, want := range next {
		if b, _ := os.ReadFile(filepath.Join(dir, name)); string(b) != want {
			t.Errorf("%s was taken for a hand-edited file", name)
		}
	}
}

func TestOddTargets(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "set")
	if err := write(dir, files{}, setOf("old")); err != nil {
		t.Fatal(err)
	}
	os.Remove(filepath.Join(dir, "00.docx"))
	os.Mkdir(filepath.Join(dir, "00.docx"), 0o755)
	os.Remove(filepath.Join(dir, "01.docx"))
	os.Symlink("/etc/hostname", filepath.Join(dir, "01.docx"))
	if err := write(dir, files{}, setOf("new")); err == nil {
		t.Error("a folder and a link were replaced by papers")
	}
	if link, err := os.Readlink(filepath.Join(dir, "01.docx")); err != nil || link != "/etc/hostname" {
		t.Error("the link is gone")
	}
}

func TestManifests(t *testing.T) {
	for _, c := range []struct {
		name, manifest string
		fails          bool
	}{
		{"damaged counts as none", `{"format": 1, "files": [{"na`, false},
		{"empty counts as none", ``, false},
		{"a newer program's is refused", `{"format": 99}`, true},
		{"an entry outside is ignored", `{"format": 1, "files": [{"name": "../../чужое", "sha256": "x", "size": 1}]}`, false},
	} {
		dir := filepath.Join(t.TempDir(), "set")
		if err := write(dir, files{}, setOf("old")); err != nil {
			t.Fatal(err)
		}
		os.WriteFile(filepath.Join(dir, keeping, manifestName), []byte(c.manifest), 0o644)
		err := write(dir, files{}, setOf("old"))
		if (err != nil) != c.fails {
			t.Errorf("%s: got %v", c.name, err)
		}
	}
}
