//go:build interop

package generate

import (
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/pdfcpu/pdfcpu/pkg/api"
	"github.com/pdfcpu/pdfcpu/pkg/pdfcpu/model"

	"nastavnik/internal/pdfcheck"
	"nastavnik/internal/pdfread"
	"nastavnik/samples"
)

// TestLibreOffice opens every paper of a school in LibreOffice, which must make
// a PDF of each (F163).
func TestLibreOffice(t *testing.T) {
	office, err := exec.LookPath("soffice")
	if err != nil {
		t.Fatal("no soffice here: ", err)
	}
	out, pdfs := t.TempDir(), t.TempDir()
	r := runOne(t, engine(t), Options{Out: out, IDs: []string{"typical"}, DOCX: true}, samples.Demo)
	names, _ := filepath.Glob(filepath.Join(r.Folder, "*.docx"))
	if len(names) < 20 {
		t.Fatalf("got %d papers, want more", len(names))
	}
	ctx, cancel := context.WithTimeout(t.Context(), 5*time.Minute)
	defer cancel()
	args := append([]string{"-env:UserInstallation=file://" + t.TempDir(), "--headless", "--convert-to", "pdf", "--outdir", pdfs}, names...)
	if b, err := exec.CommandContext(ctx, office, args...).CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, b)
	}
	if made, _ := filepath.Glob(filepath.Join(pdfs, "*.pdf")); len(made) != len(names) {
		t.Errorf("LibreOffice opened %d of %d papers", len(made), len(names))
	}
}

// TestOtherReaders reads every PDF of a school, a draft of each and the file
// for the printer by qpdf and by pdfcpu, which takes the standard strictly.
func TestOtherReaders(t *testing.T) {
	qpdf, err := exec.LookPath("qpdf")
	if err != nil {
		t.Fatal("no qpdf here: ", err)
	}
	model.ConfigPath = "disable" // pdfcpu would write one into the home folder
	for name, o := range map[string]Options{
		"print": {IDs: []string{"typical"}, PDF: true, Print: true},
		"draft": {IDs: []string{"typical"}, PDF: true, Watermark: "ПРОЕКТ"},
	} {
		o.Out = t.TempDir()
		r := runOne(t, engine(t), o, samples.Demo)
		names, _ := filepath.Glob(filepath.Join(r.Folder, "*.pdf"))
		if len(names) < 20 {
			t.Fatalf("%s: got %d papers, want more", name, len(names))
		}
		for _, path := range names {
			if out, err := exec.Command(qpdf, "--check", path).CombinedOutput(); err != nil || strings.Contains(string(out), "WARNING") {
				t.Errorf("%s: qpdf: %s", filepath.Base(path), out)
			}
			conf := model.NewDefaultConfiguration()
			conf.ValidationMode = model.ValidationStrict
			if err := api.ValidateFile(path, conf); err != nil {
				t.Errorf("%s: pdfcpu: %v", filepath.Base(path), err)
			}
			data, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			f, err := pdfread.Open(data)
			if err != nil {
				t.Fatal(err)
			}
			for _, fault := range pdfcheck.Check(f) {
				t.Errorf("%s: %s", filepath.Base(path), fault)
			}
		}
	}
}

// TestJoinedForm reads the file for the printer that has a filled form of
// another maker in it.
func TestJoinedForm(t *testing.T) {
	anketa, err := os.ReadFile(filepath.Join("..", "pdfform", "testdata", "anketa.pdf"))
	if err != nil {
		t.Fatal(err)
	}
	e := engineWith(t, fstest.MapFS{"minutes.pdf": {Data: anketa}})
	r := runOne(t, e, Options{Out: t.TempDir(), IDs: []string{"minutes", "order_pairs"}, PDF: true, Print: true, Watermark: "ПРОЕКТ"}, samples.Demo)
	path := filepath.Join(r.Folder, "Все документы для печати.pdf")
	if out, err := exec.Command("qpdf", "--check", path).CombinedOutput(); err != nil || strings.Contains(string(out), "WARNING") {
		t.Errorf("qpdf: %v %s", err, out)
	}
	model.ConfigPath = "disable"
	if err := api.ValidateFile(path, model.NewDefaultConfiguration()); err != nil {
		t.Errorf("pdfcpu: %v", err)
	}
	text, err := exec.Command("pdftotext", path, "-").Output()
	for _, want := range []string{"АНКЕТА НАСТАВНИКА", "МБОУ «Образцовская СОШ»", "ПРИКАЗ"} {
		if err != nil || !strings.Contains(string(text), want) {
			t.Errorf("pdftotext does not find %q: %v", want, err)
		}
	}
}
