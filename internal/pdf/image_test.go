package pdf_test

import (
	"bytes"
	"fmt"
	"go/build"
	"image"
	"image/color"
	"image/gif"
	"image/jpeg"
	"os"
	"path/filepath"
	"testing"

	"nastavnik/internal/page"
	"nastavnik/internal/pdf"
	"nastavnik/internal/pdfread"
	"nastavnik/internal/unit"
)

// pictures are one of each kind that a PNG can be.
func pictures() map[string]image.Image {
	box := image.Rect(0, 0, 7, 5)
	list := map[string]image.Image{}
	grey, grey16, rgb, rgb16 := image.NewGray(box), image.NewGray16(box), image.NewRGBA(box), image.NewRGBA64(box)
	clear8, clear16 := image.NewNRGBA(box), image.NewNRGBA64(box)
	two := image.NewPaletted(box, color.Palette{color.White, color.RGBA{200, 10, 20, 255}})
	hole := image.NewPaletted(box, color.Palette{color.NRGBA{}, color.NRGBA{10, 20, 200, 255}, color.NRGBA{1, 2, 3, 128}})
	shade := image.NewNRGBA(box)
	for y := range 5 {
		for x := range 7 {
			v := uint8(30*x + 5*y)
			grey.SetGray(x, y, color.Gray{v})
			grey16.SetGray16(x, y, color.Gray16{uint16(v) * 257})
			rgb.Set(x, y, color.RGBA{v, 255 - v, uint8(50 * y), 255})
			rgb16.Set(x, y, color.RGBA64{uint16(v) * 257, uint16(y) * 257, 9 * 257, 0xFFFF})
			clear8.Set(x, y, color.NRGBA{v, uint8(60 * y), 7, uint8(255 - 36*x)})
			clear16.Set(x, y, color.NRGBA64{uint16(v) * 257, 0, 255 * 257, uint16(36*x) * 257})
			two.SetColorIndex(x, y, uint8((x+y)%2))
			hole.SetColorIndex(x, y, uint8((x+y)%3))
			shade.Set(x, y, color.NRGBA{v, v, v, uint8(200 + y)})
		}
	}
	list["grey"], list["grey 16"], list["rgb"], list["rgb 16"] = grey, grey16, rgb, rgb16
	list["alpha"], list["alpha 16"], list["palette"], list["palette with a hole"], list["grey alpha"] = clear8, clear16, two, hole, shade
	return list
}

// TestPictures reads the samples of each kind back and compares them with the
// picture; at level A-1b with the picture laid on white.
func TestPictures(t *testing.T) {
	for name, m := range pictures() {
		data := encodePNG(t, m)
		for _, level := range []pdf.Level{pdf.LevelA2a, pdf.LevelA1b} {
			s := newSheet(t)
			s.put(&page.Image{X: mm, Y: mm, Width: 10 * mm, Height: 10 * mm, Data: data, Element: page.Artifact})
			f := read(t, write(t, s.doc, pdf.Options{Level: level}))
			xobjects := f.Dict(f.Pages()[0].Resources["XObject"])
			got := samples(t, f, f.Resolve(xobjects["I1"]).(*pdfread.Stream))
			for y := range 5 {
				for x := range 7 {
					want := color.NRGBAModel.Convert(m.At(x, y)).(color.NRGBA)
					if level == pdf.LevelA1b {
						over := func(v uint8) uint8 { return uint8((int(v)*int(want.A) + 255*(255-int(want.A)) + 127) / 255) }
						want = color.NRGBA{over(want.R), over(want.G), over(want.B), 255}
					}
					if have := got(x, y); have != want && !(have.A == 0 && want.A == 0) {
						t.Errorf("%s, level %d: at %d, %d got %v, want %v", name, level, x, y, have, want)
					}
				}
			}
		}
	}
}

// samples returns a function that gives the colour at a place of a picture.
func samples(t *testing.T, f *pdfread.File, s *pdfread.Stream) func(x, y int) color.NRGBA {
	t.Helper()
	data, err := f.Decode(s)
	if err != nil {
		t.Fatal(err)
	}
	width, bits := f.Int(s.Dict["Width"]), f.Int(s.Dict["BitsPerComponent"])
	var mask func(x, y int) color.NRGBA
	if o, ok := f.Resolve(s.Dict["SMask"]).(*pdfread.Stream); ok {
		mask = samples(t, f, o)
	}
	colors := 1
	var palette pdfread.String
	switch space := f.Resolve(s.Dict["ColorSpace"]).(type) {
	case pdfread.Name:
		if space == "DeviceRGB" {
			colors = 3
		}
	case pdfread.Array:
		palette, _ = f.Resolve(space[3]).(pdfread.String)
	}
	row := (width*colors*bits + 7) / 8
	value := func(x, y, c int) uint8 {
		at := (x*colors + c) * bits
		v := data[y*row+at/8]
		if bits < 8 {
			v = v >> (8 - bits - at%8) & (1<<bits - 1)
		}
		return v
	}
	return func(x, y int) color.NRGBA {
		var c color.NRGBA
		switch {
		case palette != nil:
			i := 3 * int(value(x, y, 0))
			c = color.NRGBA{palette[i], palette[i+1], palette[i+2], 255}
		case colors == 3:
			c = color.NRGBA{value(x, y, 0), value(x, y, 1), value(x, y, 2), 255}
		default:
			v := value(x, y, 0)
			c = color.NRGBA{v, v, v, 255}
		}
		if mask != nil {
			c.A = mask(x, y).R
		}
		return c
	}
}

// TestPassedThrough wants a JPEG to stand in the file as it is, a picture
// that is used twice only once, and a GIF to be drawn too.
func TestPassedThrough(t *testing.T) {
	data := photo(t)
	var animated bytes.Buffer
	if err := gif.Encode(&animated, pictures()["palette"], nil); err != nil {
		t.Fatal(err)
	}
	var grey bytes.Buffer
	if err := jpeg.Encode(&grey, pictures()["grey"], nil); err != nil {
		t.Fatal(err)
	}
	s := newSheet(t)
	for i, picture := range [][]byte{data, bytes.Clone(data), animated.Bytes(), grey.Bytes(), data} {
		s.put(&page.Image{X: mm, Y: mm * 10, Width: 10 * mm, Height: 10 * mm, Data: picture, Rotate: i, Element: page.Artifact})
	}
	out := write(t, s.doc, pdf.Options{Cache: &pdf.Cache{}})
	if got := bytes.Count(out, data); got != 1 {
		t.Errorf("the JPEG stands in the file %d times, want once", got)
	}
	f := read(t, out)
	var got []string
	for _, name := range []pdfread.Name{"I1", "I2", "I3", "I4"} {
		o, _ := f.Resolve(f.Dict(f.Pages()[0].Resources["XObject"])[name]).(*pdfread.Stream)
		if o == nil {
			got = append(got, "none")
			continue
		}
		space := f.Name(o.Dict["ColorSpace"])
		got = append(got, fmt.Sprintf("%s %s", f.Name(o.Dict["Filter"]), space))
	}
	if want := "[DCTDecode DeviceRGB FlateDecode DeviceRGB DCTDecode DeviceGray none]"; fmt.Sprint(got) != want {
		t.Errorf("got %v, want %s", got, want)
	}
}

// TestReduced wants a large picture in a small box to be made smaller, to no
// less than 300 dots an inch, and its colours to be kept.
func TestReduced(t *testing.T) {
	big := image.NewNRGBA(image.Rect(0, 0, 1003, 1001))
	for y := range 1001 {
		for x := range 1003 {
			big.Set(x, y, color.NRGBA{uint8(x / 4), uint8(y / 4), 40, uint8(255 - 100*(x/600))})
		}
	}
	var file bytes.Buffer
	if err := jpeg.Encode(&file, big, nil); err != nil {
		t.Fatal(err)
	}
	for name, data := range map[string][]byte{"PNG": encodePNG(t, big), "JPEG": file.Bytes()} {
		for _, c := range []struct {
			side unit.EMU
			want int
		}{{25400 * unit.PerMM / 1000, 335}, {12700 * unit.PerMM / 1000, 168}, {60 * mm, 1003}} {
			s := newSheet(t)
			s.put(&page.Image{X: mm, Y: mm, Width: c.side, Height: c.side, Data: data, Element: page.Artifact})
			out := write(t, s.doc, pdf.Options{})
			f := read(t, out)
			o := f.Resolve(f.Dict(f.Pages()[0].Resources["XObject"])["I1"]).(*pdfread.Stream)
			if got := f.Int(o.Dict["Width"]); got != c.want {
				t.Errorf("%s in %.1f mm: got %d dots, want %d", name, c.side.MM(), got, c.want)
			}
			if name == "PNG" {
				got := samples(t, f, o)(c.want/4, c.want/4)
				if d := int(got.R) - 62; d < -2 || d > 2 || got.B != 40 || got.A != 255 {
					t.Errorf("%s in %.1f mm: got %v a quarter into it", name, c.side.MM(), got)
				}
			}
		}
	}
}

// TestKindsOfJPEG writes the JPEG files that Go itself is tested with, where
// its sources are at hand: CMYK has no place beside an sRGB intent and is
// decoded, the others go in as they are.
func TestKindsOfJPEG(t *testing.T) {
	dir := filepath.Join(build.Default.GOROOT, "src", "image", "testdata")
	for _, c := range []struct{ file, want string }{
		{"video-001.cmyk.jpeg", "FlateDecode DeviceRGB"},
		{"video-001.progressive.jpeg", "DCTDecode DeviceRGB"},
		{"video-001.q50.444.jpeg", "DCTDecode DeviceRGB"},
		{"video-001.rgb.jpeg", "FlateDecode DeviceRGB"},
		{"video-005.gray.jpeg", "DCTDecode DeviceGray"},
		{"video-005.gray.gif", "FlateDecode DeviceGray"},
	} {
		data, err := os.ReadFile(filepath.Join(dir, c.file))
		if err != nil {
			t.Skip("Go's test pictures are not here: ", err)
		}
		s := newSheet(t)
		s.put(&page.Image{X: mm, Y: mm, Width: 60 * mm, Height: 40 * mm, Data: data, Element: page.Artifact})
		f := read(t, write(t, s.doc, pdf.Options{}))
		o := f.Resolve(f.Dict(f.Pages()[0].Resources["XObject"])["I1"]).(*pdfread.Stream)
		if got := fmt.Sprintf("%s %s", f.Name(o.Dict["Filter"]), f.Name(o.Dict["ColorSpace"])); got != c.want {
			t.Errorf("%s: got %s, want %s", c.file, got, c.want)
		}
	}
}
