package generate

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
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

// volatile is a disk that loses power at its n-th change: what was written and
// not flushed since is then empty, whatever its name.
type volatile struct {
	files
	n     int
	loose map[string]bool // written, not flushed
}

var errPower = errors.New("the power is gone")

func (d *volatile) change() error {
	if d.n--; d.n > 0 {
		return nil
	}
	for name := range d.loose {
		os.WriteFile(name, nil, 0o600)
	}
	clear(d.loose)
	return errPower
}

func (d *volatile) Write(name string, b []byte) error {
	if err := d.change(); err != nil {
		return err
	}
	d.loose[name] = true
	return d.files.Write(name, b)
}

// Flush reaches everything of the file system, as syncfs does.
func (d *volatile) Flush(string, []string) error {
	if err := d.change(); err != nil {
		return err
	}
	clear(d.loose)
	return nil
}

func (d *volatile) Rename(from, to string) error {
	if err := d.change(); err != nil {
		return err
	}
	if d.loose[from] {
		delete(d.loose, from)
		d.loose[to] = true
	}
	return d.files.Rename(from, to)
}

// After a loss of power at any change every paper is whole, old or new, and
// the next run ends as a clean one does (F107).
func TestPowerLoss(t *testing.T) {
	old, fresh := setOf("old"), setOf("new")
	for n := 1; ; n++ {
		dir := filepath.Join(t.TempDir(), "set")
		if err := write(dir, files{}, old); err != nil {
			t.Fatal(err)
		}
		d := &volatile{n: n, loose: map[string]bool{}}
		err := write(dir, d, fresh)
		if d.n > 0 {
			if err != nil || n < 10 {
				t.Fatalf("change %d: %v", n, err)
			}
			return
		}
		if err == nil {
			t.Fatalf("change %d failed and the run did not say so", n)
		}
		for name, b := range contents(t, dir) {
			if filepath.Ext(name) == ".docx" && b != old[name] && b != fresh[name] {
				t.Errorf("change %d: %s is neither the old file nor the new one", n, name)
			}
		}
		if err := write(dir, files{}, fresh); err != nil {
			t.Fatalf("change %d: the next run: %v", n, err)
		}
		for name, want := range fresh {
			if b, _ := os.ReadFile(filepath.Join(dir, name)); string(b) != want {
				t.Errorf("change %d: %s is not what a clean run writes", n, name)
			}
		}
	}
}

// A full disk is told with what it lacks, and nothing of the set is written
// (F086).
func TestFullDisk(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "set")
	if err := write(dir, files{}, setOf("old")); err != nil {
		t.Fatal(err)
	}
	f, err := openFolder(dir, &failing{n: 3}, false, false)
	if err != nil {
		t.Fatal(err)
	}
	for i := range 5 {
		f.put(fmt.Sprintf("%02d.docx", i), "minutes", make([]byte, 1<<20))
	}
	err = f.commit("input")
	f.close()
	if err == nil || !strings.Contains(err.Error(), "на диске нет места: нужно около 5 МБ, свободно ") {
		t.Errorf("got %v, want the room that is lacking", err)
	}
	for name, want := range setOf("old") {
		if b, _ := os.ReadFile(filepath.Join(dir, name)); string(b) != want {
			t.Errorf("%s was changed", name)
		}
	}
	if left, _ := filepath.Glob(filepath.Join(dir, ".*"+temporary)); len(left) > 0 {
		t.Errorf("%v is left", left)
	}
}

// A paper of ours that is marked read-only is replaced only by force (F090).
func TestReadOnlyPaper(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "set")
	if err := write(dir, files{}, setOf("old")); err != nil {
		t.Fatal(err)
	}
	paper := filepath.Join(dir, "00.docx")
	os.Chmod(paper, 0o444)
	if err := write(dir, files{}, setOf("new")); err == nil || !strings.Contains(err.Error(), "только чтение") {
		t.Errorf("got %v, want a refusal", err)
	}
	f, err := openFolder(dir, files{}, false, true)
	if err != nil {
		t.Fatal(err)
	}
	defer f.close()
	f.put("00.docx", "minutes", []byte("new"))
	if err := f.commit("input"); err != nil {
		t.Fatal(err)
	}
	if b, _ := os.ReadFile(paper); string(b) != "new" {
		t.Errorf("got %q, want the new paper", b)
	}
}

// A link in place of the folder, or of the folder of its manifest, leads
// nowhere (F083).
func TestLinks(t *testing.T) {
	for _, link := range []string{"", keeping} {
		dir, elsewhere := filepath.Join(t.TempDir(), "set"), t.TempDir()
		if link != "" {
			os.Mkdir(dir, 0o755)
		}
		if err := os.Symlink(elsewhere, filepath.Join(dir, link)); err != nil {
			t.Skip(err)
		}
		err := write(dir, files{}, setOf("new"))
		if trouble := (*FolderError)(nil); !errors.As(err, &trouble) || trouble.Trouble != Linked {
			t.Errorf("%q: got %v, want a refusal", link, err)
		}
		if left, _ := os.ReadDir(elsewhere); len(left) > 0 {
			t.Errorf("%q: %v was written through the link", link, left)
		}
	}
}

// Papers are their owner's alone, unless they are public; a folder that was
// opened stays so (F155).
func TestModes(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("Windows has no such modes")
	}
	for _, c := range []struct {
		public       bool
		folder, file fs.FileMode
	}{{false, 0o700, 0o600}, {true, 0o755, 0o644}} {
		dir := filepath.Join(t.TempDir(), "set")
		d := files{public: c.public}
		if err := write(dir, d, setOf("old")); err != nil {
			t.Fatal(err)
		}
		for name, want := range map[string]fs.FileMode{"": c.folder, keeping: c.folder, "00.docx": c.file, keeping + "/" + manifestName: c.file} {
			info, err := os.Stat(filepath.Join(dir, name))
			if err != nil || info.Mode().Perm() != want {
				t.Errorf("public %t: %q has %v, want %v", c.public, name, info.Mode().Perm(), want)
			}
		}
	}
	dir := filepath.Join(t.TempDir(), "set")
	write(dir, files{}, setOf("old"))
	os.Chmod(dir, 0o750)
	write(dir, files{}, setOf("new"))
	if info, _ := os.Stat(filepath.Join(dir, "00.docx")); info.Mode().Perm() != 0o640 {
		t.Errorf("in an opened folder: got %v, want what its group may read", info.Mode().Perm())
	}
}

func TestManifests(t *testing.T) {
	for _, c := range []struct {
		name, manifest, says string
		fails                bool
	}{
		{"damaged counts as none", `{"format": 1, "files": [{"na`, "повреждён", false},
		{"empty counts as none", ``, "повреждён", false},
		{"gone counts as none", "-", "пропал", false},
		{"a newer program's is refused", `{"format": 99}`, "", true},
		{"an entry outside is ignored", `{"format": 1, "files": [{"name": "../../чужое", "sha256": "x", "size": 1}]}`, "", false},
	} {
		dir := filepath.Join(t.TempDir(), "set")
		if err := write(dir, files{}, setOf("old")); err != nil {
			t.Fatal(err)
		}
		os.WriteFile(filepath.Join(dir, keeping, manifestName), []byte(c.manifest), 0o644)
		if c.manifest == "-" {
			os.Remove(filepath.Join(dir, keeping, manifestName))
		}
		f, err := openFolder(dir, files{}, true, false)
		if (err != nil) != c.fails {
			t.Errorf("%s: got %v", c.name, err)
		}
		if err == nil && (len(f.notes) == 0) != (c.says == "") {
			t.Errorf("%s: got %v, want %q", c.name, f.notes, c.says)
		}
		if err == nil && c.says != "" && !strings.Contains(f.notes.Error(), c.says) {
			t.Errorf("%s: got %v, want %q", c.name, f.notes, c.says)
		}
		if err := write(dir, files{}, setOf("old")); (err != nil) != c.fails {
			t.Errorf("%s: got %v", c.name, err)
		}
	}
}
