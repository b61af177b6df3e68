//go:build interop

package pdfform_test

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/pdfcpu/pdfcpu/pkg/api"
	"github.com/pdfcpu/pdfcpu/pkg/pdfcpu/model"
)

// TestValuesReadBack wants pdfcpu to find the values in the fields, and mutool
// in what they show.
func TestValuesReadBack(t *testing.T) {
	model.ConfigPath = "disable" // pdfcpu would write one into the home folder
	out, _, _ := fill(t, anketa(t), answers, false)
	fields, err := api.FormFields(bytes.NewReader(out), model.NewDefaultConfiguration())
	if err != nil {
		t.Fatal(err)
	}
	values := map[string]string{}
	for _, f := range fields {
		values[f.Name] = f.V
	}
	for name, want := range map[string]string{"наставник": "Ёлкина Щукаря Ильинична", "телефон": "89001234567", "стаж": "20", "сбоку": "№ 7", "пол": "ж"} {
		if values[name] != want {
			t.Errorf("pdfcpu: %s: got %q, want %q", name, values[name], want)
		}
	}
	if _, err := exec.LookPath("mutool"); err != nil {
		t.Skip("mutool is not installed")
	}
	path := filepath.Join(t.TempDir(), "filled.pdf")
	if err := os.WriteFile(path, out, 0o600); err != nil {
		t.Fatal(err)
	}
	told, err := exec.Command("mutool", "draw", "-F", "text", path).Output()
	if err != nil {
		t.Fatalf("mutool: %v %s", err, told)
	}
	for _, want := range []string{"Ёлкина Щукаря Ильинична", "МБОУ «СОШ № 1» с. Өскөн"} {
		if !strings.Contains(string(told), want) {
			t.Errorf("mutool does not find %q:\n%s", want, told)
		}
	}
}

// TestOtherReaders wants the filled form to be read by qpdf, mutool and
// poppler, with the values as text on the page.
func TestOtherReaders(t *testing.T) {
	for _, flatten := range []bool{false, true} {
		out, _, _ := fill(t, anketa(t), answers, flatten)
		path := filepath.Join(t.TempDir(), "filled.pdf")
		if err := os.WriteFile(path, out, 0o600); err != nil {
			t.Fatal(err)
		}
		run := func(name string, args ...string) string {
			if _, err := exec.LookPath(name); err != nil {
				if os.Getenv("CI") != "" {
					t.Fatalf("%s is not installed", name)
				}
				t.Skipf("%s is not installed", name)
			}
			text, err := exec.Command(name, args...).CombinedOutput()
			if err != nil {
				t.Fatalf("%s: %v\n%s", name, err, text)
			}
			return string(text)
		}
		if text := run("qpdf", "--check", path); !strings.Contains(text, "No syntax or stream encoding errors") {
			t.Errorf("qpdf: %s", text)
		}
		if text := run("mutool", "draw", "-o", os.DevNull, "-F", "png", path); strings.Contains(text, "error") {
			t.Errorf("mutool: %s", text)
		}
		text := run("pdftotext", path, "-")
		for _, want := range []string{"МБОУ «СОШ № 1» с. Өскөн", "Ёлкина Щукаря Ильинична", "классах и кружок робототехники."} {
			if !strings.Contains(text, want) {
				t.Errorf("flatten %v: pdftotext lacks %q:\n%s", flatten, want, text)
			}
		}
	}
}

// TestOtherWriters fills the form as qpdf rewrites it: linearized, with
// object streams and without, spread out, and with its cross-reference lost.
func TestOtherWriters(t *testing.T) {
	if _, err := exec.LookPath("qpdf"); err != nil {
		if os.Getenv("CI") != "" {
			t.Fatal("qpdf is not installed")
		}
		t.Skip("qpdf is not installed")
	}
	dir := t.TempDir()
	source := filepath.Join(dir, "source.pdf")
	if err := os.WriteFile(source, anketa(t), 0o600); err != nil {
		t.Fatal(err)
	}
	for name, args := range map[string][]string{
		"linearized": {"--linearize"}, "streams": {"--object-streams=generate"}, "none": {"--object-streams=disable"}, "qdf": {"--qdf"}, "lost": {"--object-streams=disable"},
	} {
		changed, filled := filepath.Join(dir, name+".pdf"), filepath.Join(dir, name+"-filled.pdf")
		if out, err := exec.Command("qpdf", append(args, source, changed)...).CombinedOutput(); err != nil {
			t.Fatalf("qpdf: %v %s", err, out)
		}
		form, err := os.ReadFile(changed)
		if err != nil {
			t.Fatal(err)
		}
		if name == "lost" {
			form = form[:len(form)-60] // without startxref
		}
		for _, flatten := range []bool{false, true} {
			data, result, problems := fill(t, form, answers, flatten)
			if len(problems) > 0 || result.Filled != len(answers) {
				t.Errorf("%s: got %+v %v", name, result, problems)
				continue
			}
			if err := os.WriteFile(filled, data, 0o600); err != nil {
				t.Fatal(err)
			}
			if out, err := exec.Command("qpdf", "--check", filled).CombinedOutput(); err != nil {
				t.Errorf("%s: %s", name, out)
			}
			if text, err := exec.Command("pdftotext", filled, "-").Output(); err != nil || !strings.Contains(string(text), "Ёлкина Щукаря Ильинична") {
				t.Errorf("%s: pdftotext: %v %s", name, err, text)
			}
		}
	}
}
