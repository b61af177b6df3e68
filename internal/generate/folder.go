package generate

import (
	"bufio"
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"nastavnik/internal/diag"
)

// Status is what a run does to a file.
type Status uint8

const (
	Unchanged Status = iota // the file holds these bytes already
	Created                 // there was none
	Changed                 // ours, with other bytes
	Edited                  // changed by hand since we wrote it: left alone
	Replaced                // changed by hand, overwritten by --force, kept as a dated copy
	Stale                   // ours, and no longer part of the set
	Removed                 // stale, and removed by --prune
	Failed                  // could not be written
)

// String returns the word that a summary prints.
func (s Status) String() string {
	return [...]string{"без изменений", "новый", "изменён", "правлен вручную", "заменён", "устарел", "удалён", "не записан"}[s]
}

// Names inside a folder of papers that are ours and no papers.
const (
	keeping      = ".nastavnik" // the folder of what follows
	manifestName = "manifest.json"
	journalName  = "journal"
	lockName     = "lock"
	temporary    = ".tmp"
)

// manifestFormat is the version of the manifest's form.
const manifestFormat = 1

// manifest says what we wrote into a folder, and from what.
type manifest struct {
	Format int     `json:"format"`
	Input  string  `json:"input"` // hash of the profile, the templates, the program and the options
	Files  []entry `json:"files"` // by name
}

// entry is a file of ours.
type entry struct {
	Name   string `json:"name"`
	Doc    string `json:"doc"` // id of the document
	SHA256 string `json:"sha256"`
	Size   int64  `json:"size"`
	Stale  bool   `json:"stale,omitempty"` // no longer part of the set
}

// folder is the output of one target. Papers are put in one by one, each
// staged in a temporary file beside its place; commit flushes them once, notes
// their hashes in a journal, renames them and writes the manifest. Killed at
// any moment it leaves whole files under final names, and a journal by which
// the next run knows its own.
type folder struct {
	path    string
	disk    disk
	dry     bool
	force   bool
	release func()
	fresh   []string // folders that this run made, innermost first

	old     manifest
	written time.Time           // when the manifest was written; zero when there is none
	notes   diag.List           // what the person should know of the folder
	ours    map[string][]string // name → hashes that were written by us, from the journal
	staged  []entry
	next    []entry
	done    []FileResult
	need    int64 // bytes that this run has to write
	broken  error // the first write that failed: the disk's fault, not one file's
}

// FileResult is what became of one file.
type FileResult struct {
	Name   string `json:"name"`
	Doc    string `json:"doc,omitempty"`
	Status Status `json:"-"`
	Size   int64  `json:"size,omitempty"`
	Copy   string `json:"copy,omitempty"` // where the edited file went
	Err    error  `json:"-"`
}

// openFolder takes a folder for a run. It fails with a *FolderError, or with
// the file system's.
func openFolder(path string, d disk, dry, force bool) (*folder, error) {
	f := &folder{path: path, disk: d, dry: dry, force: force, release: func() {}, ours: map[string][]string{}}
	info, err := d.Stat(path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		if dry {
			return f, nil
		}
	case err != nil:
		return nil, err
	case info.Mode()&fs.ModeSymlink != 0:
		return nil, linked(path)
	case !info.IsDir():
		return nil, &fs.PathError{Op: "open", Path: path, Err: errors.New("это не папка")}
	default:
		if err := f.inspect(); err != nil {
			return nil, err
		}
	}
	if !dry {
		for _, dir := range []string{filepath.Join(path, keeping), path, filepath.Dir(path)} {
			if _, err := d.Stat(dir); errors.Is(err, fs.ErrNotExist) {
				f.fresh = append(f.fresh, dir)
			}
		}
		if err := d.Mkdir(filepath.Join(path, keeping)); err != nil {
			return nil, f.fail(err)
		}
		lock := filepath.Join(path, keeping, lockName)
		release, err := lockFile(lock)
		if errors.Is(err, errBusy) {
			pid, _ := d.Read(lock)
			var since time.Time
			if info, err := d.Stat(lock); err == nil {
				since = info.ModTime()
			}
			return nil, busy(path, string(pid), since)
		}
		if err != nil {
			return nil, f.fail(err)
		}
		f.release = release
	}
	if err := f.readManifest(); err != nil {
		f.release()
		return nil, err
	}
	f.readJournal()
	if !dry {
		f.clean()
	}
	return f, nil
}

// inspect refuses a folder that holds files and no trace of ours, and one
// whose trace leads elsewhere.
func (f *folder) inspect() error {
	list, err := f.disk.List(f.path)
	if err != nil {
		return err
	}
	for _, e := range list {
		if e.Name() != keeping {
			continue
		}
		if e.Type()&fs.ModeSymlink != 0 {
			return linked(f.kept(""))
		}
		return nil
	}
	if len(list) == 0 || f.force {
		return nil
	}
	return foreign(f.path)
}

func (f *folder) file(name string) string { return filepath.Join(f.path, name) }

func (f *folder) kept(name string) string { return filepath.Join(f.path, keeping, name) }

// readManifest reads the manifest; a damaged one counts as none, and files on
// disk are then known only by their bytes.
func (f *folder) readManifest() error {
	b, err := f.disk.Read(f.kept(manifestName))
	if err != nil {
		if errors.Is(err, fs.ErrNotExist) {
			f.noManifest("пропал")
			return nil
		}
		return err
	}
	if json.Unmarshal(b, &f.old) != nil {
		f.old = manifest{}
		f.noManifest("повреждён")
		return nil
	}
	if f.old.Format > manifestFormat {
		return newer(f.path)
	}
	// An entry that points outside the folder is not ours.
	f.old.Files = slices.DeleteFunc(f.old.Files, func(e entry) bool { return e.Name != filepath.Base(e.Name) })
	if info, err := f.disk.Stat(f.kept(manifestName)); err == nil {
		f.written = info.ModTime()
	}
	return nil
}

// noManifest warns that the manifest is gone or damaged where papers stand; a
// journal tells of a run that was interrupted, which is nothing strange.
func (f *folder) noManifest(what string) {
	if _, err := f.disk.Stat(f.kept(journalName)); err == nil {
		return
	}
	list, err := f.disk.List(f.path)
	if err != nil || !slices.ContainsFunc(list, func(e fs.DirEntry) bool { return !strings.HasPrefix(e.Name(), ".") }) {
		return
	}
	f.notes.Warn(diag.Place{File: f.kept(manifestName)}, "список файлов комплекта %s и составлен заново", what).Hint =
		"файлы, которых программа не узнала, она не тронет"
}

// readJournal reads what an interrupted run was writing.
func (f *folder) readJournal() {
	b, err := f.disk.Read(f.kept(journalName))
	if err != nil {
		return
	}
	lines := bufio.NewScanner(bytes.NewReader(b))
	for lines.Scan() {
		if hash, name, found := strings.Cut(lines.Text(), " "); found {
			f.ours[name] = append(f.ours[name], hash)
		}
	}
}

// clean removes temporary files of a run that was killed.
func (f *folder) clean() {
	list, err := f.disk.List(f.path)
	if err != nil {
		return
	}
	for _, e := range list {
		if name := e.Name(); strings.HasPrefix(name, ".") && strings.HasSuffix(name, temporary) && e.Type().IsRegular() {
			f.disk.Remove(f.file(name))
		}
	}
}

func hashOf(b []byte) string {
	sum := sha256.Sum256(b)
	return hex.EncodeToString(sum[:])
}

// entry returns what the manifest knows of a file, nil when nothing.
func (f *folder) entry(name string) *entry {
	i, found := slices.BinarySearchFunc(f.old.Files, name, func(e entry, name string) int { return strings.Compare(e.Name, name) })
	if !found {
		return nil
	}
	return &f.old.Files[i]
}

// hashOnDisk returns the hash of a file in the folder. A file of the
// manifest's size and not younger than the manifest is not read again.
func (f *folder) hashOnDisk(name string, info fs.FileInfo) (string, error) {
	if e := f.entry(name); e != nil && e.Size == info.Size() && info.ModTime().Before(f.written) {
		return e.SHA256, nil
	}
	b, err := f.disk.Read(f.file(name))
	if err != nil {
		return "", err
	}
	return hashOf(b), nil
}

// put decides what becomes of a file and stages its bytes when they are to be
// written. After a write that failed nothing more is written, and need goes on
// counting.
func (f *folder) put(name, doc string, b []byte) {
	e := entry{Name: name, Doc: doc, SHA256: hashOf(b), Size: int64(len(b))}
	r := FileResult{Name: name, Doc: doc, Size: e.Size}
	r.Status, r.Err = f.judge(&e)
	if r.Err == nil && (r.Status == Created || r.Status == Changed || r.Status == Replaced) {
		f.need += e.Size
		if r.Err = f.broken; r.Err == nil && !f.dry {
			r.Err = f.disk.Write(f.file(temporaryName(name)), b)
			f.broken = r.Err
		}
		if r.Err == nil {
			f.staged = append(f.staged, e)
		}
	}
	switch {
	case r.Err != nil:
		r.Status = Failed
	case r.Status == Edited:
		// The manifest keeps what we wrote last, so that the edit stays known.
		if old := f.entry(name); old != nil {
			f.next = append(f.next, *old)
		}
	default:
		f.next = append(f.next, e)
	}
	f.done = append(f.done, r)
}

func temporaryName(name string) string { return "." + name + temporary }

// judge compares a new file with what stands in its place.
func (f *folder) judge(e *entry) (Status, error) {
	info, err := f.disk.Stat(f.file(e.Name))
	if errors.Is(err, fs.ErrNotExist) {
		return Created, nil
	}
	if err != nil {
		return Failed, err
	}
	if !info.Mode().IsRegular() {
		return Failed, &fs.PathError{Op: "write", Path: f.file(e.Name), Err: errors.New("на этом месте не обычный файл")}
	}
	hash, err := f.hashOnDisk(e.Name, info)
	if err != nil {
		return Failed, err
	}
	switch {
	case hash == e.SHA256:
		return Unchanged, nil
	case f.own(e.Name, hash) && !f.force && info.Mode().Perm()&0o200 == 0:
		return Failed, readOnly(f.file(e.Name))
	case f.own(e.Name, hash):
		return Changed, nil
	case f.force:
		return Replaced, nil
	}
	return Edited, nil
}

// own reports whether we wrote a file of this hash under this name.
func (f *folder) own(name, hash string) bool {
	if e := f.entry(name); e != nil && e.SHA256 == hash {
		return true
	}
	return slices.Contains(f.ours[name], hash)
}

// stale finds files of the manifest that this run did not make, of documents
// that it was asked for; prune removes those that nobody edited.
func (f *folder) stale(asked func(doc string) bool, prune bool) {
	made := map[string]bool{}
	for _, r := range f.done {
		made[r.Name] = true
	}
	for _, e := range f.old.Files {
		if made[e.Name] {
			continue
		}
		info, err := f.disk.Stat(f.file(e.Name))
		if err != nil {
			continue // gone already
		}
		if !asked(e.Doc) {
			f.next = append(f.next, e)
			continue
		}
		r := FileResult{Name: e.Name, Doc: e.Doc, Status: Stale, Size: e.Size}
		hash, err := f.hashOnDisk(e.Name, info)
		if prune && err == nil && f.own(e.Name, hash) {
			r.Status = Removed
			if !f.dry {
				if r.Err = f.disk.Remove(f.file(e.Name)); r.Err != nil {
					r.Status = Failed
				}
			}
		}
		if r.Status != Removed {
			e.Stale = true
			f.next = append(f.next, e)
		}
		f.done = append(f.done, r)
	}
}

// commit puts the staged files in their places and writes the manifest. An
// error leaves old files as they were, or new ones whole.
func (f *folder) commit(input string) error {
	if f.dry {
		return nil
	}
	if f.broken != nil {
		return f.fail(f.broken)
	}
	b, changed, err := f.list(input)
	if err != nil || !changed && len(f.staged) == 0 {
		return err
	}
	if len(f.staged) > 0 {
		// The manifest takes its room on the disk before any file is replaced.
		if err := f.disk.Write(f.kept(manifestName+temporary), b); err != nil {
			return f.fail(err)
		}
		if err := f.place(); err != nil {
			return f.fail(err)
		}
		if b, _, err = f.list(input); err != nil {
			return err
		}
	}
	if err := f.replace(manifestName, b, true); err != nil {
		return f.fail(err)
	}
	if err := f.disk.Remove(f.kept(journalName)); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	return nil
}

// list writes the manifest of what the folder now holds, and reports whether
// it differs from the one that is there.
func (f *folder) list(input string) (b []byte, changed bool, err error) {
	if slices.ContainsFunc(f.done, func(r FileResult) bool { return r.Status == Failed }) {
		input = "" // the next run has something to do
	}
	slices.SortFunc(f.next, func(a, b entry) int { return strings.Compare(a.Name, b.Name) })
	m := manifest{Format: manifestFormat, Input: input, Files: f.next}
	changed = m.Input != f.old.Input || !slices.Equal(m.Files, f.old.Files) || f.old.Format != manifestFormat
	b, err = json.MarshalIndent(m, "", " ")
	return append(b, '\n'), changed, err
}

// fail drops what was staged and tells of a full disk how full it is.
func (f *folder) fail(err error) error {
	f.discard()
	if !diskFull(err) {
		return err
	}
	free, unknown := freeSpace(f.path)
	if unknown != nil {
		free = -1
	}
	return full(f.path, f.need, free)
}

// place flushes the staged files, journals them and renames each.
func (f *folder) place() error {
	var journal strings.Builder
	names := make([]string, len(f.staged))
	for i, e := range f.staged {
		names[i] = temporaryName(e.Name)
		fmt.Fprintf(&journal, "%s %s\n", e.SHA256, e.Name)
	}
	for _, name := range sortedKeys(f.ours) {
		for _, hash := range f.ours[name] {
			fmt.Fprintf(&journal, "%s %s\n", hash, name)
		}
	}
	if err := f.replace(journalName, []byte(journal.String()), false); err != nil {
		return err
	}
	if err := f.disk.Flush(f.path, names); err != nil {
		return err
	}
	for i, e := range f.staged {
		if err := f.install(names[i], e.Name); err != nil {
			return err
		}
	}
	return nil
}

// install renames one staged file into its place, moving an edited file aside
// first. A file held by another program fails alone.
func (f *folder) install(staged, name string) error {
	r := f.result(name)
	if r.Status == Replaced {
		info, err := f.disk.Stat(f.file(name))
		if err != nil {
			return err
		}
		r.Copy = f.free(stem(name) + " (правка " + info.ModTime().Format("2006-01-02") + ")" + filepath.Ext(name))
		if err := f.disk.Rename(f.file(name), f.file(r.Copy)); err != nil {
			return err
		}
	}
	err := f.disk.Rename(f.file(staged), f.file(name))
	if err != nil && held(err) {
		r.Status, r.Err = Failed, err
		f.disk.Remove(f.file(staged))
		f.next = slices.DeleteFunc(f.next, func(e entry) bool { return e.Name == name })
		if old := f.entry(name); old != nil {
			f.next = append(f.next, *old)
		}
		return nil
	}
	return err
}

func (f *folder) result(name string) *FileResult {
	i := slices.IndexFunc(f.done, func(r FileResult) bool { return r.Name == name })
	return &f.done[i]
}

// free returns name, or name with a number when it is taken.
func (f *folder) free(name string) string {
	try := name
	for n := 2; ; n++ {
		if _, err := f.disk.Stat(f.file(try)); errors.Is(err, fs.ErrNotExist) {
			return try
		}
		try = fmt.Sprintf("%s (%d)%s", stem(name), n, filepath.Ext(name))
	}
}

// replace writes a file of the keeping folder whole: beside it, then renamed.
// durable flushes it, and all renames before it, first.
func (f *folder) replace(name string, b []byte, durable bool) error {
	beside := f.kept(name + temporary)
	if err := f.disk.Write(beside, b); err != nil {
		return err
	}
	if durable {
		if err := f.disk.Flush(filepath.Join(f.path, keeping), []string{name + temporary}); err != nil {
			return err
		}
	}
	return f.disk.Rename(beside, f.kept(name))
}

// discard removes the temporary files of a run that failed.
func (f *folder) discard() {
	for _, e := range f.staged {
		f.disk.Remove(f.file(temporaryName(e.Name)))
	}
	f.disk.Remove(f.kept(manifestName + temporary))
}

// close lets the folder go. A run that wrote nothing into a new folder leaves
// no trace: removing fails where something is inside, and that is right.
func (f *folder) close() {
	_, noManifest := f.disk.Stat(f.kept(manifestName))
	_, noJournal := f.disk.Stat(f.kept(journalName))
	if len(f.fresh) > 0 && !f.dry && errors.Is(noManifest, fs.ErrNotExist) && errors.Is(noJournal, fs.ErrNotExist) {
		f.disk.Remove(f.kept(lockName))
		for _, dir := range f.fresh {
			f.disk.Remove(dir)
		}
	}
	f.release()
}

func sortedKeys(m map[string][]string) []string {
	keys := make([]string, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys
}
