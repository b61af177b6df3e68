//go:build interop

package pdf_test

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/jung-kurt/gofpdf"
	"github.com/pdfcpu/pdfcpu/pkg/api"
	"github.com/pdfcpu/pdfcpu/pkg/pdfcpu/model"

	"nastavnik/fonts"
	"nastavnik/internal/docx"
	"nastavnik/internal/font"
	"nastavnik/internal/layout"
	"nastavnik/internal/page"
	"nastavnik/internal/pdf"
	"nastavnik/internal/wml"
	"nastavnik/templates"
)

const corpusStep = 1

// tool runs a program of another maker; where it is absent the test skips,
// in CI that is a failure.
func tool(t *testing.T, name string, args ...string) string {
	t.Helper()
	if _, err := exec.LookPath(name); err != nil {
		if os.Getenv("CI") != "" {
			t.Fatalf("%s is not installed", name)
		}
		t.Skipf("%s is not installed", name)
	}
	var out, talk bytes.Buffer
	cmd := exec.Command(name, args...)
	cmd.Stdout, cmd.Stderr = &out, &talk
	if err := cmd.Run(); err != nil {
		t.Fatalf("%s %s: %v\n%s%s", name, strings.Join(args, " "), err, out.String(), talk.String())
	}
	return out.String() + talk.String()
}

func files(t *testing.T) map[string]string {
	t.Helper()
	dir := t.TempDir()
	paths := map[string]string{}
	for name, o := range variants {
		path := filepath.Join(dir, name+".pdf")
		if err := os.WriteFile(path, write(t, sample(t), o), 0o600); err != nil {
			t.Fatal(err)
		}
		paths[name] = path
	}
	return paths
}

func TestOtherReaders(t *testing.T) {
	model.ConfigPath = "disable" // pdfcpu would write one into the home folder
	for name, path := range files(t) {
		if out := tool(t, "qpdf", "--check", path); !strings.Contains(out, "No syntax or stream encoding errors found") {
			t.Errorf("%s: qpdf: %s", name, out)
		}
		if out := tool(t, "mutool", "draw", "-o", os.DevNull, "-F", "png", path); strings.Contains(out, "error") {
			t.Errorf("%s: mutool: %s", name, out)
		}
		conf := model.NewDefaultConfiguration()
		conf.ValidationMode = model.ValidationStrict
		if len(variants[name].Attachments) > 0 {
			conf.ValidationMode = model.ValidationRelaxed // AFRelationship of PDF/A-3 is to pdfcpu of PDF 2.0
		}
		if err := api.ValidateFile(path, conf); err != nil {
			t.Errorf("%s: pdfcpu: %v", name, err)
		}
		if out := tool(t, "pdftoppm", "-r", "50", "-png", path, filepath.Join(t.TempDir(), "p")); strings.Contains(out, "rror") {
			t.Errorf("%s: poppler: %s", name, out)
		}
		text := tool(t, "pdftotext", path, "-")
		for _, want := range []string{"Назначить куратора ☑ 5 000 ₽.", "Р\u2011145 и АVA", "закрепить наставнические пары"} {
			if !strings.Contains(text, want) {
				t.Errorf("%s: pdftotext lacks %q:\n%s", name, want, text)
			}
		}
		spoken := tool(t, "pdfinfo", "-struct-text", path)
		for _, want := range []string{"/Scope /Column", "\"настав", "Link (inline)\n      \"сайт школы\"", "Lbl (block)\n        \"1.\""} {
			if !strings.Contains(spoken, want) {
				t.Errorf("%s: pdfinfo -struct-text lacks %q:\n%s", name, want, spoken)
			}
		}
		fonts := tool(t, "pdffonts", path)
		for line := range strings.Lines(fonts) {
			if strings.Contains(line, "Liberation") && !regexp.MustCompile(`yes yes yes`).MatchString(line) {
				t.Errorf("%s: not embedded, subset and with Unicode: %s", name, line)
			}
		}
	}
}

func TestPreflightA1b(t *testing.T) {
	shared := os.Getenv("NASTAVNIK_SHARED")
	if shared == "" {
		shared = filepath.Join("..", "..", "..", "shared")
	}
	script := filepath.Join(shared, "tools", "preflight.sh")
	if _, err := os.Stat(script); err != nil {
		t.Skip("tools/preflight.sh is not here")
	}
	papers := []string{files(t)["A-1b"]}
	dir := t.TempDir()
	layTemplates(t, 6, func(name string, doc *page.Document) {
		path := filepath.Join(dir, name+".pdf")
		if err := os.WriteFile(path, write(t, doc, pdf.Options{Level: pdf.LevelA1b}), 0o600); err != nil {
			t.Fatal(err)
		}
		papers = append(papers, path)
	})
	if len(papers) < 5 {
		t.Fatalf("got %d papers, want some of the templates", len(papers))
	}
	for _, path := range papers {
		if out := tool(t, script, path); !strings.Contains(out, "is a valid PDF/A-1b file") {
			t.Error(out)
		}
	}
}

// second draws the text and rules of a document with gofpdf.
func second(t testing.TB, doc *page.Document) []byte {
	f := gofpdf.NewCustom(&gofpdf.InitType{UnitStr: "pt", Size: gofpdf.SizeType{Wd: 595.28, Ht: 841.89}})
	f.SetCatalogSort(true)
	known := map[string]bool{}
	f.SetMargins(0, 0, 0)
	f.SetAutoPageBreak(false, 0)
	for i := range doc.Pages {
		f.AddPage()
		for _, item := range doc.Pages[i].Items {
			text, ok := item.(*page.Text)
			if !ok {
				continue
			}
			name := text.Face.PostScriptName()
			if !known[name] {
				known[name] = true
				file := name
				if !strings.Contains(file, "-") {
					file += "-Regular"
				}
				data, err := fonts.FS.ReadFile(file + ".ttf")
				if err != nil {
					t.Fatal(err)
				}
				f.AddUTF8FontFromBytes(name, "", data)
			}
			f.SetFont(name, "", text.Size.Points())
			f.Text(text.X.Points(), text.Y.Points(), text.Text)
		}
	}
	var b bytes.Buffer
	if err := f.Output(&b); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// words returns «page x y word», to a tenth of a point, as poppler finds them.
func words(t *testing.T, data []byte) []string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "x.pdf")
	if err := os.WriteFile(path, data, 0o600); err != nil {
		t.Fatal(err)
	}
	var list []string
	pageNumber := 0
	box := regexp.MustCompile(`<word xMin="([\d.]+)" yMin="[\d.]+" xMax="[\d.]+" yMax="([\d.]+)">(.*)</word>`)
	for line := range strings.Lines(tool(t, "pdftotext", "-bbox", path, "-")) {
		if strings.Contains(line, "<page ") {
			pageNumber++
		}
		if m := box.FindStringSubmatch(line); m != nil {
			var x, y float64
			fmt.Sscan(m[1], &x)
			fmt.Sscan(m[2], &y)
			list = append(list, fmt.Sprintf("%d %.0f %.0f %s", pageNumber, x, y, m[3]))
		}
	}
	return list
}

// TestSecondWriter wants the same words at the same places from gofpdf.
func TestSecondWriter(t *testing.T) {
	doc := prosePages(t, 3)
	ours, theirs := words(t, write(t, doc, pdf.Options{})), words(t, second(t, doc))
	if len(ours) < 300 || len(ours) != len(theirs) {
		t.Fatalf("got %d words, gofpdf %d", len(ours), len(theirs))
	}
	different := 0
	for i := range ours {
		// The box of a word hangs on the font's declared ascent: x and text count.
		a, b := strings.Fields(ours[i]), strings.Fields(theirs[i])
		if a[0] != b[0] || a[1] != b[1] || a[3] != b[3] {
			different++
			t.Logf("ours %s, gofpdf %s", ours[i], theirs[i])
		}
	}
	if different > 0 {
		t.Errorf("%d of %d words differ", different, len(ours))
	}
}

func BenchmarkSecondWriter(b *testing.B) {
	for _, pages := range []int{1, 10} {
		doc := prosePages(b, pages)
		b.Run(fmt.Sprintf("pages=%d/ours", pages), func(b *testing.B) {
			var out bytes.Buffer
			b.ReportAllocs()
			for b.Loop() {
				out.Reset()
				if err := pdf.Write(&out, doc, pdf.Options{}); err != nil {
					b.Fatal(err)
				}
			}
		})
		b.Run(fmt.Sprintf("pages=%d/gofpdf", pages), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				second(b, doc)
			}
		})
	}
}

// BenchmarkLibreOffice turns the same 20 templates into PDF. What a user has to
// choose from are two processes, «nastavnik pdf» and «soffice --convert-to pdf»,
// each over all the files, from the start of the program to the last file
// written, with all cores. «core» is our work alone on one core in the midst of
// a long run: fonts and their subsets are known, the files are not; «cores» is
// the same on all cores.
func BenchmarkLibreOffice(b *testing.B) {
	entries, err := templates.FS.ReadDir(".")
	if err != nil {
		b.Fatal(err)
	}
	dir := b.TempDir()
	var names []string
	var data [][]byte
	for _, e := range entries {
		if filepath.Ext(e.Name()) != ".docx" || len(names) == 20 {
			continue
		}
		docx, err := templates.FS.ReadFile(e.Name())
		if err != nil {
			b.Fatal(err)
		}
		name := filepath.Join(dir, e.Name())
		if err := os.WriteFile(name, docx, 0o600); err != nil {
			b.Fatal(err)
		}
		names, data = append(names, name), append(data, docx)
	}
	set, err := font.Open(fonts.FS)
	if err != nil {
		b.Fatal(err)
	}
	// inProcess converts all files on so many cores, as the command pdf does.
	inProcess := func(b *testing.B, cores int) {
		defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(cores))
		ballast := make([]byte, 16<<20) // as the program has it
		defer runtime.KeepAlive(ballast)
		cache := &pdf.Cache{}
		b.ReportAllocs()
		for b.Loop() {
			parts := &docx.Cache{}
			var next atomic.Int32
			var wait sync.WaitGroup
			for range cores {
				wait.Go(func() {
					var out bytes.Buffer
					for i := next.Add(1) - 1; int(i) < len(data); i = next.Add(1) - 1 {
						pkg, err := parts.Open(data[i])
						if err != nil {
							b.Error(err)
							return
						}
						doc, _ := wml.Parse(pkg)
						pages, _ := layout.Pages(doc, layout.Options{Fonts: set})
						out.Reset()
						if err := pdf.Write(&out, pages, pdf.Options{Cache: cache}); err != nil {
							b.Error(err)
						}
					}
				})
			}
			wait.Wait()
		}
	}
	b.Run("core", func(b *testing.B) { inProcess(b, 1) })
	b.Run("cores", func(b *testing.B) { inProcess(b, runtime.NumCPU()) })
	process := func(b *testing.B, name string, args ...string) {
		for b.Loop() {
			if out, err := exec.Command(name, append(args, names...)...).CombinedOutput(); err != nil {
				b.Fatalf("%v %s", err, out)
			}
		}
	}
	b.Run("nastavnik", func(b *testing.B) {
		program := filepath.Join(dir, "nastavnik")
		if out, err := exec.Command("go", "build", "-o", program, "nastavnik/cmd/nastavnik").CombinedOutput(); err != nil {
			b.Skipf("%v %s", err, out)
		}
		process(b, program, "pdf", "-o", filepath.Join(dir, "ours"))
	})
	b.Run("soffice", func(b *testing.B) {
		if _, err := exec.LookPath("soffice"); err != nil {
			b.Skip("soffice is not installed")
		}
		process(b, "soffice", "-env:UserInstallation=file://"+filepath.Join(dir, "profile"),
			"--headless", "--convert-to", "pdf", "--outdir", filepath.Join(dir, "theirs"))
	})
}
