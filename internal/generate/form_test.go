package generate

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"nastavnik/internal/pdfform"
	"nastavnik/internal/pdfread"
	"nastavnik/samples"
)

// TestForm puts a fillable PDF into the folder of own templates: it is filled
// where its fields bear names of the dictionary, and what it cannot fill is
// told with the place.
func TestForm(t *testing.T) {
	anketa, err := os.ReadFile(filepath.Join("..", "pdfform", "testdata", "anketa.pdf"))
	if err != nil {
		t.Fatal(err)
	}
	e := engineWith(t, fstest.MapFS{"minutes.pdf": {Data: anketa}, "order_pairs.pdf": {Data: []byte("no form")}})
	out := t.TempDir()
	r := runOne(t, e, Options{Out: out, IDs: []string{"minutes"}, DOCX: true, Print: true}, samples.Demo)
	files := contents(t, out)
	var filled []byte
	for name, data := range files {
		if strings.Contains(name, "Протокол") {
			if !strings.HasSuffix(name, ".pdf") {
				t.Errorf("%s is there beside the filled form", name)
			}
			filled = []byte(data)
		}
	}
	form, err := pdfform.Open(filled)
	if err != nil {
		t.Fatal(err)
	}
	if field := form.Fields()[0]; field.Name != "school.name_short" || !strings.Contains(field.Value, "Образцовская СОШ") {
		t.Errorf("%s: got %q", field.Name, field.Value)
	}
	// It is written though only DOCX was asked for, and is in the file for the printer.
	print, err := pdfread.Open([]byte(files[filepath.Join(filepath.Base(r.Folder), "Все документы для печати.pdf")]))
	if err != nil {
		t.Fatal(err)
	}
	if text := print.PageText(print.Pages()[0]); !strings.Contains(text, "Образцовская СОШ") || !strings.Contains(text, "АНКЕТА НАСТАВНИКА") {
		t.Errorf("the file for the printer has %q", text)
	}
	told := r.Problems.Error()
	if !strings.Contains(told, "minutes.pdf: страница 1, поле «телефон»: нет данных с таким именем") {
		t.Errorf("got %s", told)
	}
	if _, err := e.Template("order_pairs"); err == nil || !strings.Contains(err.Error(), "order_pairs.pdf: это не PDF") {
		t.Errorf("a file that is no form: got %v", err)
	}
}
