package wml

import (
	"fmt"
	"math"
	"strings"
	"testing"
)

const chartNS = `xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"`

// chartPart makes a chart part of a plot, in a drawing of 2 by 1 inch.
func chartPart(plot string) part {
	return part{"word/charts/chart1.xml", "application/vnd.openxmlformats-officedocument.drawingml.chart+xml", "chart",
		[]byte(`<c:chartSpace ` + chartNS + `><c:chart><c:plotArea>` + plot + `</c:plotArea></c:chart></c:chartSpace>`)}
}

func chartSeries(name string, values ...float64) string {
	points := ""
	for i, v := range values {
		points += fmt.Sprintf(`<c:pt idx="%d"><c:v>%g</c:v></c:pt>`, i, v)
	}
	return `<c:ser><c:tx><c:strRef><c:strCache><c:pt idx="0"><c:v>` + name + `</c:v></c:pt></c:strCache></c:strRef></c:tx><c:val><c:numRef><c:numCache>` + points + `</c:numCache></c:numRef></c:val></c:ser>`
}

// heights returns the heights of what is filled with the colour.
func heights(d *Drawing, fill Color) (list []int) {
	for _, c := range d.Children {
		if c.Fill != fill || c.Geometry == nil {
			continue
		}
		lo, hi := math.MaxInt, 0
		for _, s := range c.Geometry.Paths[0].Steps {
			if len(s.Args) == 2 {
				lo, hi = min(lo, number(s.Args[1])), max(hi, number(s.Args[1]))
			}
		}
		list = append(list, hi-lo)
	}
	return list
}

// TestChart: bars are as high as their values, in the colours of the theme.
func TestChart(t *testing.T) {
	body := inlineDrawing(`<c:chart xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart" r:id="rId1"/>`)
	for _, c := range []struct{ name, plot string }{
		{"beside each other", `<c:barChart><c:barDir val="col"/><c:grouping val="clustered"/>` + chartSeries("А", 1, 2, 4) + chartSeries("Б", 4, 4, 4) + `</c:barChart>`},
		{"on each other", `<c:barChart><c:barDir val="col"/><c:grouping val="stacked"/>` + chartSeries("А", 1, 2, 4) + chartSeries("Б", 4, 4, 4) + `</c:barChart>`},
	} {
		doc, told := parseWith(t, body, chartPart(c.plot))
		d := firstDrawing(t, doc)
		a, b := heights(d, officeTheme.colors["accent1"]), heights(d, officeTheme.colors["accent2"])
		if len(a) != 3 || len(b) != 3 {
			t.Fatalf("%s: got %d and %d bars, want 3 and 3", c.name, len(a), len(b))
		}
		for _, r := range [][2]int{{a[1], 2 * a[0]}, {a[2], 4 * a[0]}, {b[0], 4 * a[0]}, {b[1], b[0]}} {
			if diff := r[0] - r[1]; diff < -4 || diff > 4 { // rounded to whole EMU
				t.Errorf("%s: bars %v and %v are not in proportion", c.name, a, b)
			}
		}
		if len(told) != 1 || !strings.HasPrefix(told[0], "абзац 1: диаграмма нарисована упрощённо") {
			t.Errorf("%s: told %q", c.name, told)
		}
	}
	doc, _ := parseWith(t, body, chartPart(`<c:pieChart>`+chartSeries("А", 1, 1, 2)+`</c:pieChart>`))
	var sweeps []string
	for _, s := range firstDrawing(t, doc).Children {
		if s.Geometry != nil && len(s.Geometry.Paths[0].Steps) == 4 && s.Geometry.Paths[0].Steps[2].Kind == 'A' {
			sweeps = append(sweeps, s.Geometry.Paths[0].Steps[2].Args[3])
		}
	}
	if got := strings.Join(sweeps, " "); got != "5400000 5400000 10800000" {
		t.Errorf("a pie: got sectors %s", got)
	}
	_, told := parseWith(t, body, chartPart(`<c:radarChart>`+chartSeries("А", 1)+`</c:radarChart>`))
	if len(told) != 1 || told[0] != "абзац 1: диаграмма не показана, оставлено место" {
		t.Errorf("a radar: told %q", told)
	}
}

func TestNiceStep(t *testing.T) {
	for _, c := range [][2]float64{{0, 1}, {0.3, 0.5}, {1, 1}, {1.1, 2}, {3, 5}, {70, 100}} {
		if got := niceStep(c[0]); math.Abs(got-c[1]) > 1e-9 {
			t.Errorf("niceStep(%g): got %g, want %g", c[0], got, c[1])
		}
	}
}
