package main

import (
	"bytes"
	"errors"
	"io/fs"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
	"github.com/xuri/excelize/v2"

	"nastavnik/samples"
)

// TestMain lets scripts call the program by its name.
func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){"nastavnik": main})
}

// TestScript runs testdata/script: the program as a user sees it. Besides
// the commands of testscript a script may say
//
//	code N command…        runs it and wants this exit code
//	samples DIR            puts the embedded profiles there
//	cp1251 FILE            rewrites a UTF-8 file in Windows-1251
//	book FILE.xlsx LIST    makes a workbook of a list: a line a row, cells
//	                       parted by « | »; «[Name]» begins a sheet; digits
//	                       are numbers
func TestScript(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir: "testdata/script",
		Cmds: map[string]func(ts *testscript.TestScript, neg bool, args []string){
			"code":    scriptCode,
			"samples": scriptSamples,
			"cp1251":  scriptCP1251,
			"book":    scriptBook,
		},
	})
}

func scriptCode(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: code N command…")
	}
	err := ts.Exec(args[1], args[2:]...)
	got := "0"
	var exit *exec.ExitError
	switch {
	case errors.As(err, &exit):
		got = strconv.Itoa(exit.ExitCode())
	case err != nil:
		ts.Fatalf("%v", err)
	}
	if got != args[0] {
		ts.Fatalf("got exit code %s, want %s", got, args[0])
	}
}

func scriptSamples(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 1 {
		ts.Fatalf("usage: samples DIR")
	}
	ts.Check(os.CopyFS(ts.MkAbs(args[0]), samples.FS))
}

func scriptCP1251(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 1 {
		ts.Fatalf("usage: cp1251 FILE")
	}
	var b []byte
	for _, r := range ts.ReadFile(args[0]) {
		switch i := strings.IndexRune("«»№–Ёё", r); {
		case r < 0x80:
			b = append(b, byte(r))
		case r >= 'А' && r <= 'я':
			b = append(b, byte(r-'А'+0xC0))
		case i >= 0:
			b = append(b, map[rune]byte{'«': 0xAB, '»': 0xBB, '№': 0xB9, '–': 0x96, 'Ё': 0xA8, 'ё': 0xB8}[r])
		default:
			b = append(b, '?')
		}
	}
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), b, 0o666))
}

func scriptBook(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: book FILE.xlsx LIST")
	}
	f := excelize.NewFile()
	sheet, row := "Sheet1", 0
	for line := range strings.Lines(ts.ReadFile(args[1])) {
		line = strings.TrimRight(line, "\r\n")
		if name, found := strings.CutPrefix(line, "["); found {
			name = strings.TrimSuffix(name, "]")
			if row == 0 && sheet == "Sheet1" {
				ts.Check(f.SetSheetName(sheet, name))
			} else {
				_, err := f.NewSheet(name)
				ts.Check(err)
			}
			sheet, row = name, 0
			continue
		}
		row++
		for i, text := range strings.Split(line, "|") {
			text = strings.ReplaceAll(strings.TrimSpace(text), `\n`, "\n")
			at, err := excelize.CoordinatesToCellName(i+1, row)
			ts.Check(err)
			if n, err := strconv.Atoi(text); err == nil {
				ts.Check(f.SetCellInt(sheet, at, int64(n)))
			} else if text != "" {
				ts.Check(f.SetCellStr(sheet, at, text))
			}
		}
	}
	var b bytes.Buffer
	ts.Check(f.Write(&b))
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), b.Bytes(), fs.FileMode(0o666)))
}
