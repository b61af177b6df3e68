package wml

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"image/png"
	"math/rand"
	"strings"
	"testing"
)

// record is one record of a metafile: EMF counts its length in bytes and has
// words of 32 bits, WMF in words of 16.
func emfRecord(kind uint32, words ...int32) []byte {
	b := binary.LittleEndian.AppendUint32(nil, kind)
	b = binary.LittleEndian.AppendUint32(b, uint32(8+4*len(words)))
	for _, w := range words {
		b = binary.LittleEndian.AppendUint32(b, uint32(w))
	}
	return b
}

func wmfRecord(kind uint16, words ...int16) []byte {
	b := binary.LittleEndian.AppendUint32(nil, uint32(3+len(words)))
	b = binary.LittleEndian.AppendUint16(b, kind)
	for _, w := range words {
		b = binary.LittleEndian.AppendUint16(b, uint16(w))
	}
	return b
}

// emfHeader says that the picture is 100 by 50 units of the device.
func emfHeader() []byte {
	return emfRecord(1, 0, 0, 100, 50, 0, 0, 10000, 5000, 0x464D4520, 0x10000, 0, 0, 0, 0, 0, 0, 100, 100, 100, 100)
}

// wmfHeader says that the picture is 100 by 50 units.
func wmfHeader() []byte {
	return append([]byte{0xD7, 0xCD, 0xC6, 0x9A, 0, 0, 0, 0, 0, 0, 100, 0, 50, 0, 96, 0, 0, 0, 0, 0, 0, 0}, 1, 0, 9, 0, 0, 3, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0)
}

// shapesOf writes what a metafile made: outlines in per mille of the box.
func shapesOf(d *Drawing) string {
	var list []string
	for _, c := range d.Children {
		s := ""
		switch {
		case c.Image != nil:
			s = fmt.Sprintf("image %d,%d %dx%d", c.ChildX, c.ChildY, c.Width, c.Height)
		case len(c.Blocks) > 0:
			p := c.Blocks[0].(*Paragraph)
			s = fmt.Sprintf("text %s %d", p.Text(), p.Mark.Size)
		default:
			for _, st := range c.Geometry.Paths[0].Steps {
				s += strings.TrimSpace(string(st.Kind)+strings.Join(st.Args, ",")) + " "
			}
			s += fmt.Sprintf("fill %X line %X", uint32(c.Fill)&0xFFFFFFF, uint32(c.Line)&0xFFFFFFF)
		}
		list = append(list, s)
	}
	return strings.Join(list, "; ")
}

// TestMetafiles plays small metafiles into a box of 1000 by 500 EMU.
func TestMetafiles(t *testing.T) {
	dib := []int16{40, 0, 1, 0, 1, 0, 1, 24, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0x0000, 0x00FF} // one red dot
	for _, c := range []struct {
		name string
		data [][]byte
		want string
	}{
		{"EMF: a red polygon", [][]byte{emfHeader(), emfRecord(39, 1, 0, 0x0000FF, 0), emfRecord(37, 1),
			emfRecord(3, 0, 0, 0, 0, 3, 0, 0, 100, 0, 50, 50)}, "M0,0 L1000,0 L500,500 Z fill FF0000 line 0"},
		{"EMF: no pen, stock brush", [][]byte{emfHeader(), emfRecord(37, -0x80000000+8), emfRecord(37, -0x80000000+4), emfRecord(43, 10, 10, 20, 20)},
			"M100,100 L200,100 L200,200 L100,200 Z fill 0 line FFFFFFF"},
		{"EMF: a window twice as large", [][]byte{emfHeader(), emfRecord(17, 8), emfRecord(9, 200, 100), emfRecord(27, 0, 0), emfRecord(54, 200, 100)},
			"M0,0 L1000,500 fill FFFFFFF line 0"},
		{"EMF: a path", [][]byte{emfHeader(), emfRecord(59), emfRecord(27, 0, 0), emfRecord(54, 100, 0), emfRecord(61), emfRecord(60), emfRecord(64)},
			"M0,0 L1000,0 Z fill FFFFFFF line 0"},
		{"WMF: a line", [][]byte{wmfHeader(), wmfRecord(0x020B, 0, 0), wmfRecord(0x020C, 50, 100), wmfRecord(0x0214, 0, 0), wmfRecord(0x0213, 25, 50)},
			"M0,0 L500,250 fill FFFFFFF line 0"},
		{"WMF: blue brush", [][]byte{wmfHeader(), wmfRecord(0x02FC, 0, 0, 0xFF, 0), wmfRecord(0x012D, 0), wmfRecord(0x041B, 50, 100, 0, 0)},
			"M0,0 L1000,0 L1000,500 L0,500 Z fill FF line 0"},
		{"WMF: a bitmap", [][]byte{wmfHeader(), wmfRecord(0x0F43, append([]int16{0x20, 0xCC, 0, 1, 1, 0, 0, 25, 50, 5, 10}, dib...)...)},
			"image 100,50 500x250"},
		{"WMF: cut short", [][]byte{wmfHeader(), wmfRecord(0x0213, 25, 50), {9, 9}}, "M0,0 L500,250 fill FFFFFFF line 0"},
	} {
		data := bytes.Join(c.data, nil)
		doc, _ := parseWith(t, "")
		p := &parser{doc: doc, styles: readStyles(nil), theme: officeTheme}
		d := &Drawing{Width: 1000, Height: 500}
		if !isMetafile(data) || !p.playMetafile(d, data) {
			t.Errorf("%s: nothing came of it", c.name)
			continue
		}
		if got := shapesOf(d); got != c.want {
			t.Errorf("%s: got %s, want %s", c.name, got, c.want)
		}
		for _, s := range d.Children {
			if s.Image == nil {
				continue
			}
			if img, err := png.Decode(bytes.NewReader(s.Image)); err != nil {
				t.Error(err)
			} else if r, g, _, _ := img.At(0, 0).RGBA(); r != 0xFFFF || g != 0 {
				t.Errorf("%s: the dot is %v, want red", c.name, img.At(0, 0))
			}
		}
	}
}

// TestMetafileText: words with their size in the box.
func TestMetafileText(t *testing.T) {
	text := wmfRecord(0x0521, 4, 'A'|'B'<<8, 'C'|'D'<<8, 5, 10)
	data := bytes.Join([][]byte{wmfHeader(), wmfRecord(0x02FB, -10, 0, 0, 0, 700, 0, 0, 0, 0, 'A'|'r'<<8, 'i'|'a'<<8, 'l'), wmfRecord(0x012D, 0), text}, nil)
	p := &parser{doc: &Document{}, styles: readStyles(nil), theme: officeTheme}
	d := &Drawing{Width: 1270000, Height: 635000}
	if !p.playMetafile(d, data) || shapesOf(d) != "text ABCD 20" {
		t.Errorf("got %s", shapesOf(d))
	}
}

// TestSpoiledMetafiles: no metafile brings the program down.
func TestSpoiledMetafiles(t *testing.T) {
	seeds := [][]byte{
		bytes.Join([][]byte{emfHeader(), emfRecord(39, 1, 0, 255, 0), emfRecord(37, 1), emfRecord(8, 0, 0, 0, 0, 1, 3, 3, 0, 0, 9, 9, 5, 5), emfRecord(81, 0, 0, 0, 0, 1, 1, 0, 0, 1, 1, 80, 40, 120, 4, 0, 0, 9, 9, 40, 1, 1)}, nil),
		bytes.Join([][]byte{wmfHeader(), wmfRecord(0x0538, 1, 3, 0, 0, 9, 9, 5, 5), wmfRecord(0x0F43, 0, 0, 0, 1, 1, 0, 0, 25, 50, 5, 10, 40, 0, 1, 0, 1, 0, 1, 24)}, nil),
	}
	rng := rand.New(rand.NewSource(1))
	for i := range 2000 {
		data := bytes.Clone(seeds[i%2])
		for range 1 + rng.Intn(8) {
			data[44+rng.Intn(len(data)-44)] = byte(rng.Intn(256))
		}
		p := &parser{doc: &Document{}, styles: readStyles(nil), theme: officeTheme}
		p.playMetafile(&Drawing{Width: 1000, Height: 500}, data)
	}
}
