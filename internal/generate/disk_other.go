//go:build !linux && !windows

package generate

import (
	"os"
	"syscall"
)

func flush(dir string, names []string) error { return flushEach(dir, names) }

// lockFile takes the lock that the system drops when the process ends.
func lockFile(name string) (release func(), err error) {
	f, err := os.OpenFile(name, os.O_RDWR|os.O_CREATE, 0o644)
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
	return func() { f.Close() }, nil
}

func held(error) bool { return false }
