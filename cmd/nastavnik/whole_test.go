package main

import (
	"archive/zip"
	"bytes"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// wholeFiles opens every file that bears a final name.
func wholeFiles(t *testing.T, dir string) {
	t.Helper()
	filepath.WalkDir(dir, func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || strings.HasSuffix(name, ".tmp") {
			return nil
		}
		b, err := os.ReadFile(name)
		if err != nil {
			t.Error(err)
			return nil
		}
		switch filepath.Ext(name) {
		case ".docx":
			err = readZip(b)
		case ".pdf":
			if !bytes.HasPrefix(b, []byte("%PDF-")) || !bytes.HasSuffix(bytes.TrimSpace(b), []byte("%%EOF")) {
				err = fmt.Errorf("not a whole PDF")
			}
		case ".json":
			if !bytes.HasSuffix(b, []byte("}\n")) {
				err = fmt.Errorf("not a whole manifest")
			}
		}
		if err != nil {
			t.Errorf("%s: %v", name, err)
		}
		return nil
	})
}

func readZip(b []byte) error {
	z, err := zip.NewReader(bytes.NewReader(b), int64(len(b)))
	if err != nil {
		return err
	}
	for _, f := range z.File {
		r, err := f.Open()
		if err != nil {
			return err
		}
		if _, err := io.Copy(io.Discard, r); err != nil { // the checksum is looked at
			return err
		}
	}
	return nil
}

func sameFiles(t *testing.T, clean, out string) {
	t.Helper()
	filepath.WalkDir(clean, func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		rel, _ := filepath.Rel(clean, name)
		want, _ := os.ReadFile(name)
		got, err := os.ReadFile(filepath.Join(out, rel))
		if err != nil || !bytes.Equal(got, want) {
			t.Errorf("%s is not what a clean run writes (%v)", rel, err)
		}
		return nil
	})
	filepath.WalkDir(out, func(name string, d fs.DirEntry, err error) error {
		if err == nil && strings.HasSuffix(name, ".tmp") {
			t.Errorf("%s is left", name)
		}
		return nil
	})
}
