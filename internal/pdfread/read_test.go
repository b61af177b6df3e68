package pdfread

import (
	"bytes"
	"math/rand/v2"
	"strconv"
	"strings"
	"testing"
)

// old is a file of the simplest kind, with an update behind it.
const old = `%PDF-1.4
1 0 obj
<</Type/Catalog/Pages 2 0 R>>
endobj
2 0 obj
<</Type/Pages/Kids[3 0 R]/Count 1/MediaBox[0 0 595 842]/Resources<</Font<</F 5 0 R>>>>>>
endobj
3 0 obj
<</Type/Page/Parent 2 0 R/Contents[4 0 R]>>
endobj
4 0 obj
<</Length 6 0 R>>
stream
BT /F 12 Tf 72 700 Td (Hello \(\101\) ) Tj 0 -14 Td [<57> -250 (orld)] TJ ET
endstream
endobj
5 0 obj
<</Type/Font/Subtype/Type1/BaseFont/Times-Roman>>
endobj
6 0 obj
77
endobj
trailer
<</Root 1 0 R/Size 7>>
startxref
0
%%EOF
`

func TestRebuild(t *testing.T) {
	f, err := Open([]byte(old))
	if err != nil {
		t.Fatal(err)
	}
	pages := f.Pages()
	if len(pages) != 1 || pages[0].MediaBox != [4]float64{0, 0, 595, 842} {
		t.Fatalf("got pages %+v", pages)
	}
	if got, want := f.PageText(pages[0]), "Hello (A) \nW orld"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestObjects(t *testing.T) {
	for _, c := range []struct{ in, want string }{
		{"<</B true/A[1 -2.50 (x\\\n\\)y)/N#20ame<4a4>]>>", "<</A [1 -2.5 (x\\)y) /N#20ame (J@)]/B true>>"},
		{"[1 0 R 2 3]", "[1 0 R 2 3]"},
		{"(a\\053(b)\r\nc)", "(a+\\(b\\)\nc)"},
		{"[[[]]", "[[[]]]"},
		{"<</A null>>", "<</A null>>"},
		{"--5", "-5"},
	} {
		l := lexer{b: []byte(c.in)}
		if got := string(Append(nil, l.object(0))); got != c.want {
			t.Errorf("%s: got %s, want %s", c.in, got, c.want)
		}
	}
}

// TestLZW undoes what an encoder of the test makes, for long data the table of
// which fills up, and the example of ISO 32000-1, 7.4.4.2.
func TestLZW(t *testing.T) {
	got, err := unLZW([]byte{0x80, 0x0B, 0x60, 0x50, 0x22, 0x0C, 0x0C, 0x85, 0x01}, true)
	if want := "-----A---B"; err != nil || string(got) != want {
		t.Errorf("got %q %v, want %q", got, err, want)
	}
	random := rand.New(rand.NewPCG(5, 5))
	data := make([]byte, 40_000)
	for i := range data {
		data[i] = byte(random.IntN(4)) * byte(i>>8)
	}
	for _, early := range []bool{true, false} {
		if got, err := unLZW(packLZW(data, early), early); err != nil || !bytes.Equal(got, data) {
			t.Errorf("early %v: %d bytes of %d come back, %v", early, len(got), len(data), err)
		}
	}
}

// packLZW packs data, in a slow and plain way.
func packLZW(data []byte, early bool) (out []byte) {
	margin := 0
	if early {
		margin = 1
	}
	held, bits := uint(0), 0
	width := 9
	emit := func(code int) {
		held, bits = held<<width|uint(code), bits+width
		for bits >= 8 {
			out = append(out, byte(held>>(bits-8)))
			bits -= 8
		}
	}
	table := map[string]int{}
	start := func() {
		emit(256)
		clear(table)
		for i := range 256 {
			table[string([]byte{byte(i)})] = i
		}
		width = 9
	}
	start()
	next := 258
	word := ""
	for _, c := range data {
		if _, known := table[word+string([]byte{c})]; known {
			word += string([]byte{c})
			continue
		}
		emit(table[word])
		table[word+string([]byte{c})] = next
		next++
		if next == 4095 {
			emit(table[string([]byte{c})]) // the reader adds one more string before it clears
			word = ""
			start()
			next = 258
			continue
		}
		// The reader is one string behind.
		if next-1+margin >= 1<<width {
			width++
		}
		word = string([]byte{c})
	}
	if word != "" {
		emit(table[word])
	}
	emit(257)
	if bits > 0 {
		out = append(out, byte(held<<(8-bits)))
	}
	return out
}

// TestFormsWithinForms reads a page whose form draws itself: it ends.
func TestFormsWithinForms(t *testing.T) {
	draw := strings.Repeat("/F Do ", 400)
	bomb := "%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n" +
		"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Contents 4 0 R/Resources<</XObject<</F 4 0 R>>>>>>endobj\n" +
		"4 0 obj<</Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</F 4 0 R>>>>/Length " + strconv.Itoa(len(draw)) + ">>stream\n" + draw + "\nendstream endobj\ntrailer<</Root 1 0 R>>\n"
	f, err := Open([]byte(bomb))
	if err != nil {
		t.Fatal(err)
	}
	if text := f.PageText(f.Pages()[0]); text != "" {
		t.Errorf("got %q", text)
	}
}

func TestTextStrings(t *testing.T) {
	for _, s := range []string{"Plain", "Ёлка № 5 — «да»", "𝄞"} {
		if got := TextString(s).Text(); got != s {
			t.Errorf("got %q, want %q", got, s)
		}
	}
	if got := String("\x93Lig\x84").Text(); got != "ﬁLig—" {
		t.Errorf("PDFDocEncoding: got %q", got)
	}
}

func TestRefusals(t *testing.T) {
	for _, c := range []struct{ name, in, want string }{
		{"not a PDF", "PK\x03\x04", "это не PDF"},
		{"empty", "", "это не PDF"},
		{"nothing in it", "%PDF-1.4\n", "повреждён"},
		{"encrypted", strings.Replace(old, "/Root", "/Encrypt 9 0 R/Root", 1), "зашифрован"},
	} {
		if _, err := Open([]byte(c.in)); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: got %v, want %q", c.name, err, c.want)
		}
	}
}

// TestMutations reads damaged files: any result but a panic or a hang.
func TestMutations(t *testing.T) {
	for i := range 3000 {
		random := rand.New(rand.NewPCG(2, uint64(i)))
		data := []byte(old)
		for range 1 + random.IntN(12) {
			data[random.IntN(len(data))] = byte(random.Uint32())
		}
		if i%3 == 0 {
			data = data[:random.IntN(len(data))]
		}
		walk(data)
	}
}

func walk(data []byte) {
	f, err := Open(data)
	if err != nil {
		return
	}
	for _, p := range f.Pages() {
		f.PageText(p)
	}
	f.Objects(func(_ Ref, o Object) { Append(nil, o) })
}

func FuzzOpen(f *testing.F) {
	f.Add([]byte(old))
	f.Fuzz(func(_ *testing.T, data []byte) { walk(bytes.Clone(data)) })
}
