package generate

import (
	"errors"
	"fmt"
	"io/fs"
	"runtime/debug"
	"strings"
	"time"

	"nastavnik/internal/diag"
)

// Trouble is why a folder of papers cannot be used.
type Trouble uint8

const (
	Busy    Trouble = iota // another run holds it
	Newer                  // a newer program wrote it
	Foreign                // it holds somebody's files and no trace of ours
	Linked                 // a link leads out of the output folder
	Full                   // the disk is full
)

// FolderError says why nothing of a target was written, in words for the
// person.
type FolderError struct {
	Trouble Trouble
	Problem *diag.Problem
}

func (e *FolderError) Error() string { return e.Problem.Error() }

// errBusy says that another run holds the lock.
var errBusy = errors.New("папка занята другим запуском")

// busy tells who holds a folder: pid as the lock file has it, "" when unknown,
// and when that run began.
func busy(path, pid string, since time.Time) error {
	text := "папка занята другим запуском"
	if pid = strings.TrimSpace(pid); pid != "" {
		text += fmt.Sprintf(" (процесс %s, начат в %s)", pid, since.Format("15:04"))
	}
	return &FolderError{Busy, &diag.Problem{Place: diag.Place{File: path}, Text: text, Hint: "дождитесь его конца и повторите"}}
}

func newer(path string) error {
	return &FolderError{Newer, &diag.Problem{Place: diag.Place{File: path},
		Text: "комплект записан более новой версией программы", Hint: "обновите программу или назовите другую папку"}}
}

func foreign(path string) error {
	return &FolderError{Foreign, &diag.Problem{Place: diag.Place{File: path},
		Text: "в папке уже есть чужие файлы", Hint: "назовите другую папку (-o) или добавьте --force: чужие файлы останутся"}}
}

func linked(path string) error {
	return &FolderError{Linked, &diag.Problem{Place: diag.Place{File: path},
		Text: "это ссылка, а не папка: документы по ссылке не пишутся", Hint: "уберите ссылку или назовите другую папку (-o)"}}
}

// full tells how much room is wanted and how much there is, in bytes; a
// negative free is unknown.
func full(path string, need, free int64) error {
	text := "на диске нет места"
	if need > 0 {
		text += ": нужно около " + amount(need)
	}
	if free >= 0 {
		text += ", свободно " + amount(free)
	}
	return &FolderError{Full, &diag.Problem{Place: diag.Place{File: path}, Text: text,
		Hint: "освободите место или назовите папку на другом диске (-o); прежние файлы целы"}}
}

// amount is a number of bytes for a person.
func amount(n int64) string {
	if n < 1<<20 {
		return fmt.Sprintf("%d КБ", (n+1023)/1024)
	}
	return fmt.Sprintf("%d МБ", (n+1<<20-1)>>20)
}

// readOnly says that a paper of ours was marked against changes.
func readOnly(path string) error {
	return &fs.PathError{Op: "write", Path: path,
		Err: errors.New("файл помечен «только чтение» и не тронут; снимите пометку или добавьте --force")}
}

// BugError is a panic of ours, kept from crossing the package: it stops one
// target only.
type BugError struct {
	Value any
	Stack []byte // for those who ask for it
}

func (e *BugError) Error() string { return fmt.Sprint(e.Value) }

// guard calls f and turns a panic into a *BugError.
func guard(f func() error) (err error) {
	defer func() {
		if r := recover(); r != nil {
			err = &BugError{r, debug.Stack()}
		}
	}()
	return f()
}
