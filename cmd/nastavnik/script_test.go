package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path"
	"strconv"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
	"github.com/xuri/excelize/v2"

	"nastavnik/internal/docx"
	"nastavnik/samples"
)

// TestMain lets scripts call the program by its name, and one with a mistake
// of ours in it.
func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){
		"nastavnik": main,
		"nastavnik-broken": func() {
			os.Exit(guard(process{os.Stdin, os.Stdout, os.Stderr, context.Background()}, func() int {
				return len(os.Args[1:][1])
			}))
		},
	})
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
//	change FILE OLD NEW    replaces the first OLD, which must be there; «\\n»
//	                       in NEW is a new line
//	unpack FILE.docx TO    writes all parts into one file, for grep
//	word FILE.docx LIST    makes a document: a line a paragraph; see scriptWord
//
// and [root] on a line that root cannot fail.
func TestScript(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir: "testdata/script",
		Cmds: map[string]func(ts *testscript.TestScript, neg bool, args []string){
			"code":    scriptCode,
			"samples": scriptSamples,
			"cp1251":  scriptCP1251,
			"book":    scriptBook,
			"change":  scriptChange,
			"unpack":  scriptUnpack,
			"word":    scriptWord,
		},
		Condition: func(name string) (bool, error) {
			if name == "root" {
				return os.Geteuid() == 0, nil
			}
			return false, fmt.Errorf("unknown condition %s", name)
		},
		Setup: func(e *testscript.Env) error {
			e.Setenv("HOME", e.WorkDir+"/дом") // a folder that is not the work folder
			return os.Mkdir(e.WorkDir+"/дом", 0o755)
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

func scriptChange(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 3 {
		ts.Fatalf("usage: change FILE OLD NEW")
	}
	text, old, new := ts.ReadFile(args[0]), strings.ReplaceAll(args[1], "⏎", "\n"), strings.ReplaceAll(args[2], "⏎", "\n")
	if !strings.Contains(text, old) {
		ts.Fatalf("%s does not hold %q", args[0], old)
	}
	text = strings.Replace(text, old, new, 1)
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), []byte(text), 0o666))
}

func scriptUnpack(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: unpack FILE.docx TO")
	}
	pkg, err := docx.Open([]byte(ts.ReadFile(args[0])))
	ts.Check(err)
	var all bytes.Buffer
	for _, part := range pkg.Parts() {
		b, err := part.Bytes()
		ts.Check(err)
		fmt.Fprintf(&all, "-- %s --\n%s\n", part.Name, b)
	}
	ts.Check(os.WriteFile(ts.MkAbs(args[1]), all.Bytes(), 0o666))
}

// scriptWord makes a document of a list. A line is a paragraph, or
//
//	<w:…           markup of the body
//	@KIND TARGET   an external relationship of the document
//	@settings KIND TARGET  the same of its settings
//	@part NAME TYPE TEXT   a part of the package
//	@macro         the content type of documents with macros
func scriptWord(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: word FILE.docx LIST")
	}
	pkg := docx.New()
	mainType := docx.MainType
	var body strings.Builder
	var later []func(main *docx.Part)
	for line := range strings.Lines(ts.ReadFile(args[1])) {
		line = strings.TrimRight(line, "\r\n")
		word := strings.Fields(line)
		switch {
		case strings.HasPrefix(line, "<"):
			body.WriteString(line)
		case line == "@macro":
			mainType = "application/vnd.ms-word.document.macroEnabled.main+xml"
		case strings.HasPrefix(line, "@settings "):
			later = append(later, func(main *docx.Part) {
				settings := pkg.Put("word/settings.xml", "application/vnd.openxmlformats-officedocument.wordprocessingml.settings+xml",
					[]byte(`<w:settings xmlns:w="`+docx.Namespace("w")+`"/>`))
				pkg.AddRel(main, docx.RelType("settings"), settings.Name, false)
				pkg.AddRel(settings, docx.RelType(word[1]), word[2], true)
			})
		case strings.HasPrefix(line, "@part "):
			later = append(later, func(main *docx.Part) {
				part := pkg.Put(word[1], word[2], []byte(strings.Join(word[3:], " ")))
				kind := strings.TrimSuffix(path.Base(part.Name), path.Ext(part.Name))
				pkg.AddRel(main, docx.RelType(kind), part.Name, false)
			})
		case strings.HasPrefix(line, "@"):
			later = append(later, func(main *docx.Part) { pkg.AddRel(main, docx.RelType(word[0][1:]), word[1], true) })
		default:
			body.WriteString(`<w:p><w:r><w:t xml:space="preserve">` + string(docx.AppendEscaped(nil, line)) + "</w:t></w:r></w:p>")
		}
	}
	main := pkg.Put("word/document.xml", mainType, []byte(`<w:document xmlns:w="`+docx.Namespace("w")+`"><w:body>`+body.String()+
		`<w:sectPr><w:pgSz w:w="11906" w:h="16838"/></w:sectPr></w:body></w:document>`))
	pkg.AddRel(nil, docx.RelType("officeDocument"), main.Name, false)
	for _, f := range later {
		f(main)
	}
	b, err := pkg.Bytes()
	ts.Check(err)
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), b, 0o666))
}
