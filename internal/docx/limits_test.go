package docx_test

import (
	"archive/zip"
	"bytes"
	"fmt"
	"hash/crc32"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/klauspost/compress/flate"

	"nastavnik/internal/diag"
	"nastavnik/internal/docx"
)

// zipOf makes a zip of names and contents, in pairs.
func zipOf(t *testing.T, parts ...string) []byte {
	t.Helper()
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for i := 0; i < len(parts); i += 2 {
		f, err := w.Create(parts[i])
		if err != nil {
			t.Fatal(err)
		}
		f.Write([]byte(parts[i+1]))
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// good are the parts of the least document.
func good(more ...string) []string {
	return append([]string{
		"[Content_Types].xml", `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType="` + docx.MainType + `"/></Types>`,
		"_rels/.rels", `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="a" Type="` + docx.RelType("officeDocument") + `" Target="word/document.xml"/></Relationships>`,
		"word/document.xml", `<w:document xmlns:w="` + docx.Namespace("w") + `"><w:body><w:p/></w:body></w:document>`,
	}, more...)
}

// lying is a zip whose directory says that its last part is of size bytes.
func lying(t *testing.T, size uint64) []byte {
	t.Helper()
	var b, packed bytes.Buffer
	w := zip.NewWriter(&b)
	parts := good()
	for i := 0; i < len(parts); i += 2 {
		f, _ := w.Create(parts[i])
		f.Write([]byte(parts[i+1]))
	}
	content := bytes.Repeat([]byte("ложь "), 10_000)
	d, _ := flate.NewWriter(&packed, 5)
	d.Write(content)
	d.Close()
	f, err := w.CreateRaw(&zip.FileHeader{Name: "word/lie.xml", Method: zip.Deflate, CRC32: crc32.ChecksumIEEE(content),
		CompressedSize64: uint64(packed.Len()), UncompressedSize64: size})
	if err != nil {
		t.Fatal(err)
	}
	f.Write(packed.Bytes())
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// TestLimits holds the limits of a package on both sides (F048, F065–F068).
func TestLimits(t *testing.T) {
	var many []string
	for i := range docx.MaxParts {
		many = append(many, fmt.Sprintf("word/x%d.xml", i), "")
	}
	noise := make([]byte, 8<<10)
	random := rand.New(rand.NewPCG(1, 2))
	for i := range noise {
		noise[i] = byte(random.Uint32())
	}
	for _, c := range []struct {
		name, says string // says "" opens
		b          []byte
	}{
		{"the least document", "", zipOf(t, good()...)},
		{"an honest part packed 500:1 below the grace size", "", zipOf(t, good("word/styles2.xml", strings.Repeat(" ", 1<<20))...)},
		{"a large part packed well", "", zipOf(t, good("word/x.xml", strings.Repeat(string(noise), 150))...)},
		{"a part packed 1000:1", "сжата больше чем в 100 раз", zipOf(t, good("word/x.xml", strings.Repeat(" ", 2<<20))...)},
		{"a part of more than 50 MB", "больше 50 МБ", zipOf(t, good("word/x.xml", strings.Repeat(" ", docx.MaxPart+1))...)},
		{"two main parts", `часть "word/document.xml" записана дважды`, zipOf(t, good("word/document.xml", "<x/>")...)},
		{"two parts whose names differ in case", "записана дважды", zipOf(t, good("WORD/document.xml", "<x/>")...)},
		{"two lists of types", `часть "[Content_Types].xml" записана дважды`, zipOf(t, good("[Content_Types].xml", "<x/>")...)},
		{"a name that leaves the folder", "недопустимое имя части", zipOf(t, good("../x", "")...)},
		{"the same with other strokes", "недопустимое имя части", zipOf(t, good(`word\..\..\x`, "")...)},
		{"a name with a drive", "недопустимое имя части", zipOf(t, good("c:/x", "")...)},
		{"too many parts", "больше 2000 частей", zipOf(t, good(many...)...)},
	} {
		pkg, err := docx.Open(c.b)
		if c.says == "" {
			if err != nil || pkg.Verify() != nil {
				t.Errorf("%s: got %v, want it open", c.name, err)
			}
			continue
		}
		problem, _ := err.(*diag.Problem)
		if problem == nil || !strings.Contains(problem.Text, c.says) || problem.Code != docx.Safety {
			t.Errorf("%s: got %v, want %q", c.name, err, c.says)
		}
	}
	for _, size := range []uint64{10, 1 << 20} { // the truth is 90,000
		pkg, err := docx.Open(lying(t, size))
		if err == nil {
			err = pkg.Verify()
		}
		if err == nil || !strings.Contains(err.Error(), "не распаковывается") {
			t.Errorf("a directory that says %d bytes: got %v, want a damaged part", size, err)
		}
	}
}
