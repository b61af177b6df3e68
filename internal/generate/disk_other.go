//go:build !linux && !windows

package generate

import (
	"errors"
	"os"
	"syscall"
)

func flush(dir string, names []string) error { return flushEach(dir, names) }

// lockFile takes the lock that the system drops when the process ends.
func lockFile(name string) (release func(), err error) {
	f, err := os.OpenFile(name, os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return nil, err
	}
	if err := syscall.Flock(int(f.Fd()), syscall.LOCK_EX|syscall.LOCK_NB); err != nil {
		f.Close()
		if err == syscall.EWOULDBLOCK {
			return nil, errBusy
		}
		return nil, os.NewSyscallError("flock", err)
	}
	return signLock(f), nil
}

func held(error) bool { return false }

// diskFull reports whether a write failed for want of room.
func diskFull(err error) bool {
	return errors.Is(err, syscall.ENOSPC) || errors.Is(err, syscall.EDQUOT)
}

func freeSpace(string) (int64, error) { return 0, errors.ErrUnsupported }
