package generate

import (
	"errors"
	"os"

	"golang.org/x/sys/windows"
)

func flush(dir string, names []string) error { return flushEach(dir, names) }

// lockFile takes the lock that the system drops when the process ends.
func lockFile(name string) (release func(), err error) {
	f, err := os.OpenFile(name, os.O_RDWR|os.O_CREATE, 0o644)
	if err != nil {
		return nil, err
	}
	const flags = windows.LOCKFILE_EXCLUSIVE_LOCK | windows.LOCKFILE_FAIL_IMMEDIATELY
	if err := windows.LockFileEx(windows.Handle(f.Fd()), flags, 0, 1, 0, new(windows.Overlapped)); err != nil {
		f.Close()
		if errors.Is(err, windows.ERROR_LOCK_VIOLATION) {
			return nil, errBusy
		}
		return nil, os.NewSyscallError("LockFileEx", err)
	}
	return func() { f.Close() }, nil
}

// held reports whether a file is held by another program: Word answers with
// «access denied», others with a sharing violation.
func held(err error) bool {
	return errors.Is(err, windows.ERROR_ACCESS_DENIED) || errors.Is(err, windows.ERROR_SHARING_VIOLATION)
}
