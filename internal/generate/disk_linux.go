package generate

import (
	"errors"
	"os"

	"golang.org/x/sys/unix"
)

// flush writes out everything that waits for the folder's file system in one
// call: a set of seventy papers costs one sync instead of seventy.
func flush(dir string, _ []string) error {
	d, err := os.Open(dir)
	if err != nil {
		return err
	}
	defer d.Close()
	if err := unix.Syncfs(int(d.Fd())); err != nil {
		return os.NewSyscallError("syncfs", err)
	}
	return nil
}

// lockFile takes the lock that the system drops when the process ends.
func lockFile(name string) (release func(), err error) {
	f, err := os.OpenFile(name, os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return nil, err
	}
	if err := unix.Flock(int(f.Fd()), unix.LOCK_EX|unix.LOCK_NB); err != nil {
		f.Close()
		if err == unix.EWOULDBLOCK {
			return nil, errBusy
		}
		return nil, os.NewSyscallError("flock", err)
	}
	return signLock(f), nil
}

// held reports whether a file is held by another program; on Linux an open
// file may be replaced.
func held(error) bool { return false }

// diskFull reports whether a write failed for want of room.
func diskFull(err error) bool { return errors.Is(err, unix.ENOSPC) || errors.Is(err, unix.EDQUOT) }

// freeSpace is how many bytes a user may still write to the disk of a folder.
func freeSpace(dir string) (int64, error) {
	var s unix.Statfs_t
	if err := unix.Statfs(dir, &s); err != nil {
		return 0, err
	}
	return int64(s.Bavail) * s.Bsize, nil
}
