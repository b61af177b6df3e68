package main

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"nastavnik/internal/profile"
	"nastavnik/internal/roster"
)

// initCommand writes a commented profile, and a list for Excel when asked;
// nothing that is there already is overwritten.
func initCommand(p process, args []string) int {
	flags := newFlags("init")
	year := flags.String("year", "", "учебный год профиля, например 2026-2027")
	excel := flags.Bool("excel", false, "сделать и список людей и пар для Excel, с подсказками")
	if code, on := parse(p, flags, args); !on {
		return code
	}
	if flags.NArg() > 1 {
		fmt.Fprintln(p.talk, "ошибка: назовите одну папку")
		return exitUsage
	}
	dir := "."
	if flags.NArg() == 1 {
		dir = flags.Arg(0)
	}
	text, ok := profile.Starter(*year)
	if !ok {
		fmt.Fprintf(p.talk, "ошибка: учебный год %q написан неверно\n  подсказка: два соседних года, например 2026-2027\n", *year)
		return exitUsage
	}
	name := filepath.Join(dir, "school.toml")
	if strings.EqualFold(filepath.Ext(dir), ".toml") { // a file was named, not a folder
		name = dir
		dir = filepath.Dir(dir)
	}
	files := []struct {
		name string
		b    []byte
	}{{name, text}}
	if *excel {
		sheet, err := roster.Sample()
		if err != nil {
			tellError(p.talk, err)
			return exitBug
		}
		files = append(files, struct {
			name string
			b    []byte
		}{filepath.Join(dir, "список.xlsx"), sheet})
	}
	for _, f := range files {
		if _, err := os.Lstat(f.name); err == nil {
			fmt.Fprintf(p.talk, "ошибка: %s уже есть, он не тронут\n  подсказка: назовите другую папку: nastavnik init МояШкола\n", f.name)
			return exitWrite
		}
	}
	for _, f := range files {
		if err := saveNew(f.name, f.b); err != nil {
			if errors.Is(err, os.ErrExist) {
				fmt.Fprintf(p.talk, "ошибка: %s уже есть, он не тронут\n", f.name)
			} else {
				tellError(p.talk, err)
			}
			return exitWrite
		}
		fmt.Fprintln(p.out, f.name)
	}
	fmt.Fprintf(p.talk, "Откройте %s, замените вымышленную школу своей и проверьте: nastavnik check %s\n", name, name)
	if *excel {
		fmt.Fprintf(p.talk, "Людей и пары можно внести в %s, а затем: nastavnik import %s --profile %s --write\n", files[1].name, files[1].name, name)
	}
	return exitDone
}
