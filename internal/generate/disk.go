package generate

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"time"
)

// disk is what a folder does to the file system; tests count its calls and
// make the n-th fail.
type disk interface {
	Mkdir(dir string) error
	Write(name string, b []byte) error // a whole new file, or an error and none
	Flush(dir string, names []string) error
	Rename(from, to string) error
	Remove(name string) error
	Read(name string) ([]byte, error)
	Stat(name string) (fs.FileInfo, error) // does not follow links
	List(dir string) ([]fs.DirEntry, error)
}

// files is the real disk. A new folder is its owner's alone, for papers name
// people, unless it is public; a file may be read by whoever may look into its
// folder, so that opening the folder to others opens what is written later.
type files struct{ public bool }

func (d files) Mkdir(dir string) error {
	if d.public {
		return os.MkdirAll(dir, 0o755)
	}
	return os.MkdirAll(dir, 0o700)
}

func (files) Write(name string, b []byte) error {
	mode := fs.FileMode(0o600)
	if info, err := os.Stat(filepath.Dir(name)); err == nil {
		mode = info.Mode().Perm() & 0o666
	}
	f, err := os.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_TRUNC, mode)
	if err != nil {
		return err
	}
	_, err = f.Write(b)
	if err == nil {
		// Some file systems take a write and tell of the full disk later.
		var info fs.FileInfo
		if info, err = f.Stat(); err == nil && info.Size() != int64(len(b)) {
			err = &fs.PathError{Op: "write", Path: name, Err: errors.New("записано не всё")}
		}
	}
	if closeErr := f.Close(); err == nil {
		err = closeErr
	}
	if err != nil {
		os.Remove(name)
	}
	return err
}

// Rename replaces a file. On Windows a virus scanner or an office program may
// hold either file for a moment, so it is tried for up to two seconds, with
// growing pauses, as cmd/go does.
func (files) Rename(from, to string) error {
	err := os.Rename(from, to)
	if runtime.GOOS != "windows" {
		return err
	}
	if info, statErr := os.Lstat(to); err != nil && statErr == nil && info.Mode().Perm()&0o200 == 0 {
		os.Chmod(to, 0o666) // judge let it be replaced
	}
	for pause := 20 * time.Millisecond; err != nil && held(err) && pause < time.Second; pause *= 2 {
		time.Sleep(pause)
		err = os.Rename(from, to)
	}
	return err
}

func (files) Remove(name string) error               { return os.Remove(name) }
func (files) Read(name string) ([]byte, error)       { return os.ReadFile(name) }
func (files) Stat(name string) (fs.FileInfo, error)  { return os.Lstat(name) }
func (files) List(dir string) ([]fs.DirEntry, error) { return os.ReadDir(dir) }

// Flush makes files of a folder, and the folder's list of names, survive a
// loss of power.
func (files) Flush(dir string, names []string) error { return flush(dir, names) }

// signLock writes into a lock that was taken who holds it, for the message of
// another run, and returns what lets it go.
func signLock(f *os.File) (release func()) {
	f.Truncate(0)
	fmt.Fprintln(f, os.Getpid())
	return func() {
		f.Truncate(0)
		f.Close()
	}
}
