package main

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
)

// saveNew writes a file that must not be there yet. Half a file is never left
// behind: it is written beside under another name and then takes its own.
func saveNew(name string, b []byte) error {
	if _, err := os.Lstat(name); err == nil {
		return &os.PathError{Op: "create", Path: name, Err: os.ErrExist}
	} else if !errors.Is(err, os.ErrNotExist) {
		return err
	}
	return save(name, b)
}

// save writes a file in place of the one of this name, if any, and with its
// permissions; a new file is its owner's alone, for it names people.
func save(name string, b []byte) (err error) {
	const own os.FileMode = 0o600 // what os.CreateTemp gives
	mode := own
	if info, err := os.Lstat(name); err == nil {
		if !info.Mode().IsRegular() {
			return &os.PathError{Op: "write", Path: name, Err: errors.New("это не обычный файл")}
		}
		mode = info.Mode().Perm()
	}
	if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		return err
	}
	file, err := os.CreateTemp(filepath.Dir(name), "."+filepath.Base(name)+".*.tmp")
	if err != nil {
		return err
	}
	defer func() {
		if err != nil {
			os.Remove(file.Name())
		}
	}()
	if _, err := file.Write(b); err != nil {
		file.Close()
		return err
	}
	if mode != own {
		err = file.Chmod(mode)
	}
	if err := errors.Join(err, file.Sync(), file.Close()); err != nil {
		return err
	}
	return os.Rename(file.Name(), name)
}

// maxRead is how much of a roster or other input is read.
const maxRead = 32 << 20

// readInput reads a regular file of at most maxRead bytes; a FIFO or a device
// is refused before it is opened.
func readInput(name string) ([]byte, error) {
	info, err := os.Stat(name)
	switch {
	case err != nil:
		return nil, err
	case info.IsDir():
		return nil, &os.PathError{Op: "open", Path: name, Err: errors.New("это папка, а не файл")}
	case !info.Mode().IsRegular():
		return nil, &os.PathError{Op: "open", Path: name, Err: errors.New("это не обычный файл")}
	case info.Size() > maxRead:
		return nil, &os.PathError{Op: "open", Path: name, Err: fmt.Errorf("файл больше %d МиБ", maxRead>>20)}
	}
	file, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	return io.ReadAll(io.LimitReader(file, maxRead))
}
