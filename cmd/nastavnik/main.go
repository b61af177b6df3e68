// Nastavnik writes a Russian school's whole set of mentoring paperwork from
// one TOML profile, as DOCX and PDF.
//
// One file a subcommand; this one finds the subcommand and holds what they
// share: exit codes, flags, the words in which problems are told.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"path/filepath"
	"runtime"
	"runtime/debug"
	"slices"
	"strings"
	"syscall"

	"github.com/spf13/pflag"

	"nastavnik/internal/diag"
)

// Exit codes.
const (
	exitDone        = 0
	exitBug         = 1
	exitUsage       = 2
	exitPartly      = 3 // some documents or schools failed
	exitData        = 4 // bad profile, roster or data; nothing written
	exitTemplate    = 5
	exitWrite       = 6
	exitBusy        = 7
	exitRefused     = 8 // refused for safety
	exitInterrupted = 130
)

// command is a subcommand.
type command struct {
	name  string
	brief string // a line of the list of commands
	run   func(p process, args []string) int
}

// process is what a subcommand works with instead of globals.
type process struct {
	in   io.Reader
	out  io.Writer // data
	talk io.Writer // messages
	ctx  context.Context
}

// ballast counts as part of the heap and is never touched, so that no memory
// stands behind it. Documents are small: after each few megabytes the collector
// would run, for a fifth of all time. It is due when the heap has doubled, and
// so now runs after each 16 MB more; a large heap grows no further than before,
// which it would with a higher GOGC.
const ballast = 16 << 20

func main() {
	held := make([]byte, ballast)
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	go func() {
		// A second Ctrl-C ends the program at once.
		<-ctx.Done()
		stop()
	}()
	out := &checkedWriter{w: os.Stdout}
	code := run(process{os.Stdin, out, os.Stderr, ctx}, os.Args[1:])
	if out.err != nil && code == exitDone {
		if !errors.Is(out.err, syscall.EPIPE) {
			fmt.Fprintln(os.Stderr, "ошибка: не удалось записать вывод:", plain(out.err))
		}
		code = exitWrite
	}
	holdWindow()
	runtime.KeepAlive(held)
	os.Exit(code)
}

// checkedWriter remembers the first error, so that a full disk behind a pipe
// is not taken for success.
type checkedWriter struct {
	w   io.Writer
	err error
}

func (c *checkedWriter) Write(b []byte) (int, error) {
	n, err := c.w.Write(b)
	if err != nil && c.err == nil {
		c.err = err
	}
	return n, err
}

// run finds and runs a subcommand.
func run(p process, args []string) (code int) {
	return guard(p, func() int { return dispatch(p, args) })
}

// guard makes of a panic, which is our mistake, one Russian sentence and exit
// code 1; the stack only for those who ask for it.
func guard(p process, f func() int) (code int) {
	defer func() {
		if r := recover(); r != nil {
			tellBug(p.talk, "", r, debug.Stack())
			code = exitBug
		}
	}()
	return f()
}

func tellBug(w io.Writer, where string, value any, stack []byte) {
	fmt.Fprintf(w, "ошибка программы: %s%v\n  подсказка: пришлите разработчикам это сообщение; подробности – с переменной окружения NASTAVNIK_TRACE=1\n", where, value)
	if os.Getenv("NASTAVNIK_TRACE") != "" {
		w.Write(stack)
	}
}

func dispatch(p process, args []string) int {
	if len(args) == 0 {
		fmt.Fprint(p.out, overview())
		return exitDone
	}
	name := args[0]
	switch name {
	case "-h", "--help", "help", "помощь":
		return help(p, args[1:])
	case "--version":
		name = "version"
	}
	for _, c := range commands() {
		if c.name == name {
			return c.run(p, args[1:])
		}
	}
	fmt.Fprintf(p.talk, "ошибка: нет команды «%s»\n", name)
	var names []string
	for _, c := range commands() {
		names = append(names, c.name)
	}
	if near := diag.Nearest(name, names); near != "" {
		fmt.Fprintf(p.talk, "  подсказка: возможно, %s\n", near)
	} else if command := commandFor(name); command != "" {
		fmt.Fprintf(p.talk, "  подсказка: это файл; возможно, nastavnik %s \"%s\"\n", command, name)
	} else {
		fmt.Fprintln(p.talk, "  подсказка: список команд – nastavnik help")
	}
	return exitUsage
}

// commandFor names the subcommand for a file that stands in a command's place,
// as when it was dropped on the program.
func commandFor(name string) string {
	switch strings.ToLower(filepath.Ext(name)) {
	case ".toml":
		return "generate"
	case ".docx":
		return "pdf"
	case ".xlsx", ".csv":
		return "import"
	}
	return ""
}

// newFlags makes the flags of a subcommand; errors are told by parse.
func newFlags(name string) *pflag.FlagSet {
	flags := pflag.NewFlagSet(name, pflag.ContinueOnError)
	flags.SetOutput(io.Discard)
	flags.Usage = func() {}
	flags.SortFlags = false
	return flags
}

// parse reads flags. It returns false with an exit code when the command is
// over: help was asked for, or a flag is wrong.
func parse(p process, flags *pflag.FlagSet, args []string) (code int, on bool) {
	err := flags.Parse(args)
	if err == nil {
		return exitDone, true
	}
	// Who asks for help is helped, whatever else is wrong.
	if errors.Is(err, pflag.ErrHelp) || slices.Contains(args, "--help") || slices.Contains(args, "-h") {
		fmt.Fprint(p.out, helpOf(flags))
		return exitDone, false
	}
	fmt.Fprintln(p.talk, "ошибка:", flagError(err, flags))
	return exitUsage, false
}

// flagError puts pflag's words into Russian.
func flagError(err error, flags *pflag.FlagSet) string {
	var unknown *pflag.NotExistError
	var value *pflag.ValueRequiredError
	var invalid *pflag.InvalidValueError
	switch {
	case errors.As(err, &unknown):
		name := unknown.GetSpecifiedName()
		text := fmt.Sprintf("нет ключа --%s", name)
		if len([]rune(name)) == 1 {
			text = fmt.Sprintf("нет ключа -%s", name)
		}
		var names []string
		flags.VisitAll(func(f *pflag.Flag) { names = append(names, f.Name) })
		if near := diag.Nearest(name, names); near != "" {
			text += "\n  подсказка: возможно, --" + near
		}
		return text
	case errors.As(err, &value):
		return fmt.Sprintf("ключу --%s нужно значение", value.GetSpecifiedName())
	case errors.As(err, &invalid):
		return fmt.Sprintf("у ключа --%s неверное значение %q", invalid.GetFlag().Name, invalid.GetValue())
	}
	return err.Error()
}

// tell writes problems to the person: errors and warnings, each with its
// place, the words around it and a hint.
func tell(w io.Writer, list diag.List) {
	for _, p := range list {
		if p.Level != diag.Info {
			fmt.Fprintf(w, "%s: %s\n", p.Level, p.Format())
		}
	}
}

// tellError writes any error: a list of problems as tell does, another in a
// sentence.
func tellError(w io.Writer, err error) {
	var list diag.List
	var problem *diag.Problem
	switch {
	case errors.As(err, &list):
		tell(w, list)
	case errors.As(err, &problem):
		tell(w, diag.List{problem})
	default:
		fmt.Fprintln(w, "ошибка:", plain(err))
	}
}

// plain puts the errors of the system that a school may meet into Russian.
func plain(err error) string {
	var path *os.PathError
	var link *os.LinkError
	where := ""
	switch {
	case errors.As(err, &path):
		where = path.Path + ": "
	case errors.As(err, &link):
		where = link.New + ": "
	}
	for _, known := range []struct {
		is   error
		text string
	}{
		{os.ErrNotExist, "файл не найден"},
		{os.ErrPermission, "нет прав; выберите другую папку, например «Документы»"},
		{syscall.ENOSPC, "на диске нет места"},
		{syscall.EFBIG, "файл больше, чем разрешено"},
		{syscall.EROFS, "папка только для чтения"},
		{syscall.EISDIR, "это папка, а не файл"},
		{syscall.ENOTDIR, "на этом месте файл, а не папка"},
		{syscall.ENAMETOOLONG, "имя файла слишком длинное"},
	} {
		if errors.Is(err, known.is) {
			return where + known.text
		}
	}
	if path != nil {
		return where + path.Err.Error()
	}
	return strings.TrimPrefix(err.Error(), "open ")
}
