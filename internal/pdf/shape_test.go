package pdf_test

import (
	"strings"
	"testing"

	"nastavnik/internal/page"
	"nastavnik/internal/pdf"
	"nastavnik/internal/pdfread"
	"nastavnik/internal/unit"
)

// stream returns the decoded content of the first page.
func stream(t *testing.T, f *pdfread.File) string {
	t.Helper()
	data, err := f.Decode(f.Resolve(f.Pages()[0].Dict["Contents"]).(*pdfread.Stream))
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

// TestPath: outlines with curves, filled and stroked; transparency is a state
// in PDF/A-2 and a paler colour in PDF/A-1.
func TestPath(t *testing.T) {
	pt := func(x, y int) page.Point {
		return page.Point{X: unit.EMU(x) * unit.PerPoint, Y: unit.EMU(y) * unit.PerPoint}
	}
	path := &page.Path{Filled: true, Stroked: true, Color: 0, Fill: 0xFF0000, Width: 2 * unit.PerPoint, Dash: []unit.EMU{unit.PerPoint}, Clear: 50, Element: page.Artifact,
		Steps: []page.Step{{Kind: page.Move, To: pt(10, 10)}, {Kind: page.Line, To: pt(20, 10)}, {Kind: page.Curve, C1: pt(30, 10), C2: pt(30, 20), To: pt(20, 20)}, {Kind: page.Close}}}
	for _, c := range []struct {
		level pdf.Level
		want  []string
		not   string
	}{
		{pdf.LevelA2a, []string{"/T50 gs", "1 0 0 rg", "[1 ]0 d", "10 831.89 m 20 831.89 l 30 831.89 30 821.89 20 821.89 c h B", "/T0 gs"}, "0.502"},
		{pdf.LevelA1b, []string{"1 0.502 0.502 rg", "0.502 G", "c h B"}, " gs"},
	} {
		s := newSheet(t)
		s.put(path)
		f := read(t, write(t, s.doc, pdf.Options{Level: c.level}))
		got := stream(t, f)
		for _, w := range c.want {
			if !strings.Contains(got, w) {
				t.Errorf("level %d: no %q in %s", c.level, w, got)
			}
		}
		if strings.Contains(got, c.not) {
			t.Errorf("level %d: %q in %s", c.level, c.not, got)
		}
	}
}

// TestTurnedText: text at any angle, stretched; pictures mirrored.
func TestTurnedText(t *testing.T) {
	s := newSheet(t)
	face := s.set.Face("Liberation Serif", false, false).Face
	s.put(&page.Text{X: 100 * unit.PerPoint, Y: 100 * unit.PerPoint, Face: face, Size: 20 * unit.PerPoint, Text: "ПРОЕКТ", Rotate: 30, Stretch: 200, Element: page.Artifact})
	s.put(&page.Image{X: 10 * unit.PerPoint, Y: 20 * unit.PerPoint, Width: 30 * unit.PerPoint, Height: 40 * unit.PerPoint, Data: emblem(t), FlipH: true, Element: page.Artifact})
	got := stream(t, read(t, write(t, s.doc, pdf.Options{})))
	for _, want := range []string{"1.7321 1 -0.5 0.866 100 741.89 Tm", "-1 0 0 1 50 0 cm"} {
		if !strings.Contains(got, want) {
			t.Errorf("no %q in %s", want, got)
		}
	}
}
