package layout

import (
	"fmt"
	"strconv"
	"strings"
	"testing"

	"nastavnik/internal/page"
	"nastavnik/internal/unit"
	"nastavnik/internal/wml"
)

// TestPresets: every name in shapes.txt's formulas and steps is a number or a
// guide worked out before, and no outline leaves the neighbourhood of its box.
func TestPresets(t *testing.T) {
	const w, h = 2_000_000, 1_000_000
	for name, g := range presets() {
		v := newValues(w, h)
		known := func(s string) {
			if _, err := strconv.ParseFloat(s, 64); err != nil {
				if _, ok := v[s]; !ok {
					t.Errorf("%s: %q is not known", name, s)
				}
			}
		}
		for _, guide := range g.Guides {
			f := strings.Fields(guide.Formula)
			for _, s := range f[1:] {
				known(s)
			}
			v[guide.Name] = v.formula(guide.Formula)
		}
		for _, s := range g.Text {
			known(s)
		}
		for _, o := range g.Paths {
			for _, s := range o.Steps {
				if len(s.Args) != wml.StepArgs(s.Kind) {
					t.Errorf("%s: step %c has %d arguments", name, s.Kind, len(s.Args))
				}
				for _, a := range s.Args {
					known(a)
				}
			}
		}
		f, ok := figureOf(&wml.Drawing{Shape: name}, w, h)
		if !ok || len(f.outlines) == 0 {
			t.Errorf("%s: no outline", name)
		}
		for _, o := range f.outlines {
			for _, s := range o.steps {
				if s.To.X < -w || s.To.X > 2*w || s.To.Y < -h || s.To.Y > 2*h {
					t.Errorf("%s: a step to %d, %d", name, s.To.X, s.To.Y)
				}
			}
		}
	}
}

// TestFigure holds outlines of shapes 100 by 50 in EMU.
func TestFigure(t *testing.T) {
	custom := &wml.Geometry{Guides: []wml.Guide{{Name: "a", Formula: "*/ w 1 4"}},
		Paths: []wml.Outline{{Width: 10, Height: 10, Steps: []wml.GeometryStep{{Kind: 'M', Args: []string{"1", "2"}}, {Kind: 'L', Args: []string{"9", "10"}}, {Kind: 'Z'}}}}}
	for _, c := range []struct {
		name string
		d    *wml.Drawing
		want string
	}{
		{"a triangle", &wml.Drawing{Shape: "triangle"}, "M0,50 L50,0 L100,50 Z"},
		{"adjusted", &wml.Drawing{Shape: "triangle", Adjust: map[string]int{"adj": 0}}, "M0,50 L0,0 L100,50 Z"},
		{"upside down", &wml.Drawing{Shape: "triangle", FlipV: true}, "M0,0 L50,50 L100,0 Z"},
		{"a line from right to left", &wml.Drawing{Shape: "line", FlipH: true}, "M100,0 L0,50"},
		{"a form of its own, scaled", &wml.Drawing{Geometry: custom}, "M10,10 L90,50 Z"},
		{"a quarter of a circle", &wml.Drawing{Geometry: &wml.Geometry{Paths: []wml.Outline{{Steps: []wml.GeometryStep{
			{Kind: 'M', Args: []string{"l", "50"}}, {Kind: 'A', Args: []string{"50", "50", "cd2", "cd4"}}}}}}}, "M0,50 C50,0"},
		{"half an ellipse", &wml.Drawing{Geometry: &wml.Geometry{Paths: []wml.Outline{{Steps: []wml.GeometryStep{
			{Kind: 'M', Args: []string{"l", "vc"}}, {Kind: 'A', Args: []string{"wd2", "hd2", "cd2", "cd2"}}}}}}}, "M0,25 C50,0 C100,25"},
	} {
		f, _ := figureOf(c.d, 100, 50)
		var got []string
		for _, s := range f.outlines[0].steps {
			if s.Kind == page.Close {
				got = append(got, "Z")
				continue
			}
			got = append(got, fmt.Sprintf("%c%d,%d", "MLC"[s.Kind], s.To.X, s.To.Y))
		}
		if s := strings.Join(got, " "); s != c.want {
			t.Errorf("%s: got %s, want %s", c.name, s, c.want)
		}
	}
}

// TestUnknownShape: a form that is not known is drawn as its box and told with
// its place.
func TestUnknownShape(t *testing.T) {
	body := par("x", "") + `<w:p><w:r><w:drawing xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"><wp:inline><wp:extent cx="900000" cy="900000"/><a:graphic><a:graphicData><wps:wsp><wps:spPr><a:prstGeom prst="gear6"/><a:solidFill><a:srgbClr val="FF0000"/></a:solidFill></wps:spPr></wps:wsp></a:graphicData></a:graphic></wp:inline></w:drawing></w:r></w:p>`
	list := told(t, body)
	if want := "страница 1, абзац 2: фигура «gear6» показана прямоугольником"; len(list) != 1 || list[0] != want {
		t.Errorf("got %q, want %q", list, want)
	}
}

// TestFrames: what stands in a turned frame comes to its place of the page.
func TestFrames(t *testing.T) {
	var f frame
	for _, c := range []struct {
		name   string
		f      frame
		x, y   unit.EMU
		wx, wy unit.EMU
		deg    int
	}{
		{"the page", f, 3, 4, 3, 4, 0},
		{"upwards", f.moved(10, 20, -90), 3, 4, 14, 17, 90},
		{"downwards", f.moved(10, 20, 90), 3, 4, 6, 23, 270},
		{"about a place", f.about(10, 10, 90), 10, 0, 20, 10, 270},
		{"twice", f.about(10, 10, 90).about(10, 10, 90), 10, 0, 10, 20, 180},
		{"the middle stays", f.about(10, 10, 33), 10, 10, 10, 10, 327},
	} {
		x, y := c.f.at(c.x, c.y)
		if x != c.wx || y != c.wy || c.f.degrees() != c.deg {
			t.Errorf("%s: got %d, %d at %d°, want %d, %d at %d°", c.name, x, y, c.f.degrees(), c.wx, c.wy, c.deg)
		}
	}
}

// TestGroupFigure: a group with words for a listener and none of its own is one
// figure.
func TestGroupFigure(t *testing.T) {
	child := `<wps:wsp><wps:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="100" cy="100"/></a:xfrm><a:prstGeom prst="ellipse"/><a:solidFill><a:srgbClr val="FF0000"/></a:solidFill></wps:spPr></wps:wsp>`
	body := `<w:p><w:r><w:drawing ` + floatNS + ` xmlns:wpg="http://schemas.microsoft.com/office/word/2010/wordprocessingGroup"><wp:inline><wp:extent cx="900000" cy="900000"/><wp:docPr id="1" name="g" descr="Эмблема школы"/><a:graphic><a:graphicData><wpg:wgp><wpg:grpSpPr><a:xfrm><a:chOff x="0" y="0"/><a:chExt cx="100" cy="100"/></a:xfrm></wpg:grpSpPr>` + child + child + `</wpg:wgp></a:graphicData></a:graphic></wp:inline></w:drawing></w:r></w:p>`
	out, _ := layLoose(t, body)
	figures := 0
	for i, el := range out.Elements {
		if el.Role != page.RoleFigure {
			continue
		}
		figures++
		if el.Alt != "Эмблема школы" {
			t.Errorf("got a figure «%s»", el.Alt)
		}
		for _, it := range out.Pages[0].Items {
			if s, ok := it.(*page.Path); ok && s.Element != i {
				t.Errorf("an outline belongs to element %d, want %d", s.Element, i)
			}
		}
	}
	if figures != 1 {
		t.Errorf("got %d figures, want 1", figures)
	}
}
