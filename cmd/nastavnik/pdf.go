package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"iter"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"

	"nastavnik/internal/diag"
	"nastavnik/internal/docx"
	"nastavnik/internal/font"
	"nastavnik/internal/layout"
	"nastavnik/internal/page"
	"nastavnik/internal/pdf"
	"nastavnik/internal/wml"
)

const wordMIME = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"

func init() {
	usages["pdf"] = "nastavnik pdf ФАЙЛ.docx… [-o ПАПКА|ФАЙЛ.pdf] [ключи]"
}

// pdfCommand makes PDFs of any DOCX, and tells what it could not draw.
func pdfCommand(p process, args []string) int {
	flags := newFlags("pdf")
	out := flags.StringP("output", "o", "", "папка или файл .pdf; без ключа PDF ложится рядом с DOCX")
	fontDir := flags.String("font-dir", "", "папка со своими шрифтами (.ttf, .otf, .ttc), они важнее встроенных")
	watermark := flags.String("watermark", "", "надпись через страницу: ПРОЕКТ, ОБРАЗЕЦ")
	attach := flags.Bool("attach", false, "вложить исходный DOCX в PDF")
	join := flags.Bool("join", false, "все документы, DOCX и готовые PDF, одним файлом с закладками, для печати; нужен -o ФАЙЛ.pdf")
	duplex := flags.Bool("duplex", false, "с --join: каждый документ с лицевой стороны листа")
	force := flags.Bool("force", false, "заменить PDF, сделанный другой программой")
	if code, on := parse(p, flags, args); !on {
		return code
	}
	names := flags.Args()
	toFile := strings.EqualFold(filepath.Ext(*out), ".pdf")
	usage := ""
	switch {
	case len(names) == 0:
		usage = "не назван ни один файл DOCX"
	case *join && !toFile:
		usage = "с --join нужен ключ -o ФАЙЛ.pdf"
	case *duplex && !*join:
		usage = "ключ --duplex действует вместе с --join"
	case toFile && len(names) > 1 && !*join:
		usage = "файлов несколько, а -o называет один: назовите папку или добавьте --join"
	}
	if usage != "" {
		fmt.Fprintf(p.talk, "ошибка: %s\n  подсказка: nastavnik help pdf\n", usage)
		return exitUsage
	}
	faces, err := openFonts(*fontDir)
	if err != nil {
		tellError(p.talk, err)
		return exitData
	}
	tell(p.talk, faces.Skipped())
	c := converter{process: p, faces: faces, docs: &docx.Cache{}, force: *force,
		options: pdf.Options{Watermark: strings.TrimSpace(*watermark), Cache: &pdf.Cache{}}}
	if c.options.Watermark != "" {
		c.options.WatermarkFace = faces.Face("Arial", true, false).Face
	}
	if *join {
		return c.join(names, *out, *duplex)
	}
	return c.each(names, *out, toFile, *attach)
}

// converter turns DOCX files into PDFs, several at a time.
type converter struct {
	process
	faces   *font.Set
	docs    *docx.Cache // styles and the like, which files of one make share
	force   bool
	options pdf.Options
}

// inOrder yields work(0) to work(n-1) in their order. So many run ahead as keep
// the cores busy while others wait for the disk; no more, for each holds a
// document. When ctx ends no further one is begun.
func inOrder(ctx context.Context, n int, work func(i int) *outcome) iter.Seq2[int, *outcome] {
	return func(yield func(int, *outcome) bool) {
		ctx, stop := context.WithCancel(ctx)
		defer stop()
		queue := make(chan chan *outcome, 2*runtime.GOMAXPROCS(0))
		go func() {
			defer close(queue)
			for i := 0; i < n && ctx.Err() == nil; i++ {
				result := make(chan *outcome, 1)
				select {
				case queue <- result:
					go func() { result <- work(i) }()
				case <-ctx.Done():
				}
			}
		}()
		i := 0
		for result := range queue {
			if !yield(i, <-result) {
				return
			}
			i++
		}
	}
}

// outcome is what came of one file.
type outcome struct {
	doc  *page.Document // nil when it is written already
	code int
	talk bytes.Buffer // messages, to be passed on in their turn
}

// alone calls f with a converter of which the messages are kept. A panic,
// which is our mistake, ends with its file.
func (c *converter) alone(f func(c *converter) (*page.Document, int)) *outcome {
	o := &outcome{}
	own := *c
	own.talk = &o.talk
	o.code = guard(own.process, func() (code int) {
		o.doc, code = f(&own)
		return code
	})
	return o
}

// pages lays a file out; what is wrong with it is told.
func (c *converter) pages(name string) (b []byte, doc *page.Document, err error) {
	b, err = readInput(name)
	if err != nil {
		return nil, nil, err
	}
	pkg, err := c.docs.Open(b)
	if err != nil {
		return nil, nil, placed(err, name)
	}
	parsed, problems := wml.Parse(pkg)
	doc, more := layout.Pages(parsed, layout.Options{Fonts: c.faces})
	problems = append(problems, more...)
	for _, problem := range problems {
		problem.Place.File = name
	}
	tell(c.talk, problems)
	if problems.Failed() {
		return nil, nil, errTold
	}
	if doc.Title == "" && len(doc.Bookmarks) == 0 {
		doc.Title = titleOf(name)
	}
	return b, doc, nil
}

// errTold stands for problems that the person has read already.
var errTold = errors.New("told")

// placed puts the file's name into a problem that has none.
func placed(err error, name string) error {
	var problem *diag.Problem
	if errors.As(err, &problem) && problem.Place.File == "" {
		told := *problem
		told.Place.File = name
		return &told
	}
	return err
}

func titleOf(name string) string {
	base := filepath.Base(name)
	return strings.TrimSuffix(base, filepath.Ext(base))
}

// each makes a PDF of each file. A file that fails does not stop the others.
func (c *converter) each(names []string, out string, toFile, attach bool) int {
	targets := make([]string, len(names))
	twice := map[int]string{} // a file whose PDF would be that of an earlier one, this
	first := map[string]string{}
	for i, name := range names {
		switch {
		case toFile:
			targets[i] = out
		case out != "":
			targets[i] = filepath.Join(out, titleOf(name)+".pdf")
		default:
			targets[i] = strings.TrimSuffix(name, filepath.Ext(name)) + ".pdf"
		}
		key := strings.ToLower(filepath.Clean(targets[i])) // one file in Windows
		if other, taken := first[key]; taken {
			twice[i] = other
		} else {
			first[key] = name
		}
	}
	finished, done, worst := 0, 0, exitDone
	for i, r := range inOrder(c.ctx, len(names), func(i int) *outcome {
		return c.alone(func(c *converter) (*page.Document, int) {
			if other, is := twice[i]; is {
				return nil, c.fail(&diag.Problem{Place: diag.Place{File: names[i]},
					Text: fmt.Sprintf("%s делается уже из %s", targets[i], other), Hint: "дайте файлам разные имена или сделайте PDF в разные папки"})
			}
			return nil, c.one(names[i], targets[i], attach)
		})
	}) {
		c.talk.Write(r.talk.Bytes())
		finished++
		if r.code == exitDone {
			done++
			fmt.Fprintln(c.out, targets[i])
		} else {
			worst = r.code
		}
	}
	switch {
	case finished < len(names):
		return exitInterrupted
	case worst != exitDone && done > 0:
		return exitPartly
	}
	return worst
}

func (c *converter) one(name, target string, attach bool) int {
	b, doc, err := c.pages(name)
	if err != nil {
		return c.fail(err)
	}
	o := c.options
	if attach {
		o.Attachments = []pdf.Attachment{{Name: filepath.Base(name), MIME: wordMIME, Description: "Исходный документ", Data: b, Source: true}}
	}
	return c.write(doc, o, name, target)
}

// join makes one file of all, each document under a bookmark.
func (c *converter) join(names []string, target string, duplex bool) int {
	var parts []pdf.Part
	for i, r := range inOrder(c.ctx, len(names), func(i int) *outcome {
		return c.alone(func(c *converter) (*page.Document, int) {
			doc, err := c.part(names[i])
			if err != nil {
				return nil, c.fail(err)
			}
			return doc, exitDone
		})
	}) {
		c.talk.Write(r.talk.Bytes())
		if r.code != exitDone {
			return r.code
		}
		parts = append(parts, pdf.Part{Title: titleOf(names[i]), Document: r.doc})
	}
	if len(parts) < len(names) {
		return exitInterrupted
	}
	if slices.ContainsFunc(names, isPDF) {
		fmt.Fprintf(c.talk, "%s: в файле страницы готовых PDF, поэтому он не PDF/A и не размечен целиком; для сайта берите документы по одному\n", target)
	}
	code := c.write(pdf.Join(parts, pdf.Joining{Title: titleOf(target), Duplex: duplex}), c.options, target, target)
	if code == exitDone {
		fmt.Fprintln(c.out, target)
	}
	return code
}

func isPDF(name string) bool { return strings.EqualFold(filepath.Ext(name), ".pdf") }

// part returns the pages of a document for a joined file; those of a PDF,
// such as a scan or a filled form, are taken as they are.
func (c *converter) part(name string) (*page.Document, error) {
	if !isPDF(name) {
		_, doc, err := c.pages(name)
		return doc, err
	}
	b, err := readInput(name)
	if err != nil {
		return nil, err
	}
	doc, err := pdf.Foreign(titleOf(name), b)
	return doc, placed(err, name)
}

func (c *converter) fail(err error) int {
	var problem *diag.Problem
	if errors.As(err, &problem) && problem.Code == docx.Safety {
		tellError(c.talk, err)
		return exitRefused
	}
	if err != errTold {
		tellError(c.talk, err)
	}
	return exitData
}

// write draws the pages and puts the file in its place.
func (c *converter) write(doc *page.Document, o pdf.Options, name, target string) int {
	var b bytes.Buffer
	var warnings diag.List
	o.Warnings = &warnings
	err := pdf.Write(&b, doc, o)
	for _, w := range warnings {
		w.Place.File = name
	}
	tell(c.talk, warnings)
	if err != nil {
		return c.fail(placed(err, name))
	}
	err = c.mayReplace(target)
	if err == nil {
		err = save(target, b.Bytes())
	}
	if err != nil {
		tellError(c.talk, err)
		return exitWrite
	}
	return exitDone
}

// mayReplace refuses to write over what another program made: the person's
// own PDF, saved from Word or signed, is not lost to a slip of the hand.
func (c *converter) mayReplace(target string) error {
	info, err := os.Stat(target)
	if errors.Is(err, os.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	if !info.Mode().IsRegular() {
		return &diag.Problem{Place: diag.Place{File: target}, Text: "на этом месте не файл", Hint: "назовите другое место ключом -o"}
	}
	if c.force {
		return nil
	}
	b, err := os.ReadFile(target)
	if err != nil {
		return err
	}
	if pdf.IsOurs(b) {
		return nil
	}
	return &diag.Problem{Place: diag.Place{File: target}, Text: "файл уже есть, и сделан он не этой программой", Hint: "назовите другое место ключом -o или добавьте --force"}
}
