//go:build !linux

package generate

import (
	"os"
	"path/filepath"
)

// flushEach syncs file by file, for systems without a way to sync them all.
func flushEach(dir string, names []string) error {
	for _, name := range names {
		f, err := os.OpenFile(filepath.Join(dir, name), os.O_RDWR, 0)
		if err != nil {
			return err
		}
		err = f.Sync()
		if closeErr := f.Close(); err == nil {
			err = closeErr
		}
		if err != nil {
			return err
		}
	}
	return nil
}
