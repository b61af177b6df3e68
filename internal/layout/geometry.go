package layout

import (
	_ "embed"
	"math"
	"strconv"
	"strings"
	"sync"

	"nastavnik/internal/page"
	"nastavnik/internal/unit"
	"nastavnik/internal/wml"
)

// figure is the form of a shape of a certain size: outlines from its upper left
// corner in EMU, and the box of the text in it.
type figure struct {
	outlines []outline
	text     [4]unit.EMU // left, top, right, bottom
}

type outline struct {
	steps  []page.Step
	filled bool
	lined  bool
}

//go:embed shapes.txt
var shapesText string

// presets are the forms of shapes.txt by name, read once.
var presets = sync.OnceValue(func() map[string]*wml.Geometry {
	m := map[string]*wml.Geometry{}
	for _, line := range strings.Split(shapesText, "\n") {
		if line = strings.TrimSpace(line); line != "" && line[0] != '#' {
			names, g := readPreset(line)
			for _, name := range names {
				m[name] = g
			}
		}
	}
	return m
})

// readPreset reads a line of shapes.txt; its head says how one is written.
func readPreset(line string) (names []string, g *wml.Geometry) {
	fields := strings.Split(line, "|")
	names, g = strings.Fields(fields[0]), &wml.Geometry{}
	if len(fields) < 4 {
		return names, g
	}
	for _, guide := range strings.Split(fields[1], ";") {
		if name, formula, ok := strings.Cut(strings.TrimSpace(guide), " "); ok {
			g.Guides = append(g.Guides, wml.Guide{Name: name, Formula: formula})
		}
	}
	if f := strings.Fields(fields[2]); len(f) == 4 {
		g.Text = [4]string(f)
	}
	for _, path := range fields[3:] {
		var o wml.Outline
		for f := strings.Fields(path); len(f) > 0; {
			kind := f[0]
			f = f[1:]
			switch kind {
			case "nofill":
				o.NoFill = true
			case "noline":
				o.NoLine = true
			default:
				n := min(wml.StepArgs(kind[0]), len(f))
				o.Steps = append(o.Steps, wml.GeometryStep{Kind: kind[0], Args: f[:n]})
				f = f[n:]
			}
		}
		g.Paths = append(g.Paths, o)
	}
	return names, g
}

// figureOf works out the form of a drawing in the size w by h; ok is false when
// its preset is not known.
func figureOf(d *wml.Drawing, w, h unit.EMU) (f figure, ok bool) {
	g := d.Geometry
	if g == nil {
		name := d.Shape
		if name == "" {
			name = "rect"
		}
		if g = presets()[name]; g == nil {
			f, _ = figureOf(&wml.Drawing{Shape: "rect", FlipH: d.FlipH, FlipV: d.FlipV}, w, h)
			return f, false
		}
	}
	v := newValues(float64(w), float64(h))
	for _, guide := range g.Guides {
		if adjust, said := d.Adjust[guide.Name]; said {
			v[guide.Name] = float64(adjust)
		} else {
			v[guide.Name] = v.formula(guide.Formula)
		}
	}
	f.text = [4]unit.EMU{0, 0, w, h}
	if g.Text[0] != "" {
		for i, name := range g.Text {
			f.text[i] = unit.EMU(v.of(name))
		}
	}
	for _, path := range g.Paths {
		o := outline{steps: v.steps(path, d, w, h), filled: !path.NoFill, lined: !path.NoLine}
		f.outlines = append(f.outlines, o)
	}
	return f, true
}

// values are the guides worked out, by name.
type values map[string]float64

// newValues returns the guides that every shape has (20.1.9.11).
func newValues(w, h float64) values {
	short, long := min(w, h), max(w, h)
	v := values{"w": w, "h": h, "l": 0, "t": 0, "r": w, "b": h, "hc": w / 2, "vc": h / 2, "ss": short, "ls": long,
		"cd2": 180 * degree, "cd4": 90 * degree, "cd8": 45 * degree, "3cd4": 270 * degree, "3cd8": 135 * degree,
		"5cd8": 225 * degree, "7cd8": 315 * degree}
	for _, n := range [...]int{2, 3, 4, 5, 6, 8, 10, 16, 32} {
		s := strconv.Itoa(n)
		v["wd"+s], v["hd"+s], v["ssd"+s] = w/float64(n), h/float64(n), short/float64(n)
	}
	return v
}

// degree is a degree in the unit of DrawingML's angles.
const degree = 60000

func radians(angle float64) float64 { return angle / degree * math.Pi / 180 }

// of returns the value of a guide or a number.
func (v values) of(name string) float64 {
	if x, ok := v[name]; ok {
		return x
	}
	x, err := strconv.ParseFloat(name, 64)
	if err != nil {
		return 0
	}
	return x
}

// formula works a formula out (20.1.9.11); what is not one is 0.
func (v values) formula(s string) float64 {
	f := strings.Fields(s)
	if len(f) == 0 {
		return 0
	}
	var a [3]float64
	for i, name := range f[1:min(len(f), 4)] {
		a[i] = v.of(name)
	}
	x := v.operate(f[0], a[0], a[1], a[2])
	if math.IsNaN(x) || math.IsInf(x, 0) {
		return 0
	}
	return x
}

func (v values) operate(name string, x, y, z float64) float64 {
	switch name {
	case "val":
		return x
	case "*/":
		return x * y / z
	case "+-":
		return x + y - z
	case "+/":
		return (x + y) / z
	case "?:":
		if x > 0 {
			return y
		}
		return z
	case "abs":
		return math.Abs(x)
	case "at2":
		return math.Atan2(y, x) * 180 / math.Pi * degree
	case "cat2":
		return x * math.Cos(math.Atan2(z, y))
	case "sat2":
		return x * math.Sin(math.Atan2(z, y))
	case "cos":
		return x * math.Cos(radians(y))
	case "sin":
		return x * math.Sin(radians(y))
	case "tan":
		return x * math.Tan(radians(y))
	case "max":
		return max(x, y)
	case "min":
		return min(x, y)
	case "mod":
		return math.Sqrt(x*x + y*y + z*z)
	case "pin":
		return max(x, min(y, z))
	case "sqrt":
		return math.Sqrt(x)
	}
	return 0
}

// steps turns an outline into steps in EMU, mirrored as the drawing says.
func (v values) steps(o wml.Outline, d *wml.Drawing, w, h unit.EMU) []page.Step {
	sx, sy := 1.0, 1.0
	if o.Width > 0 {
		sx = float64(w) / float64(o.Width)
	}
	if o.Height > 0 {
		sy = float64(h) / float64(o.Height)
	}
	point := func(x, y float64) page.Point {
		p := page.Point{X: bounded(x * sx), Y: bounded(y * sy)}
		if d.FlipH {
			p.X = w - p.X
		}
		if d.FlipV {
			p.Y = h - p.Y
		}
		return p
	}
	var steps []page.Step
	var x, y float64 // where the pen is, in the path's units
	curve := func(x1, y1, x2, y2, x3, y3 float64) {
		steps = append(steps, page.Step{Kind: page.Curve, C1: point(x1, y1), C2: point(x2, y2), To: point(x3, y3)})
		x, y = x3, y3
	}
	for _, s := range o.Steps {
		var a [6]float64
		for i, name := range s.Args {
			a[i] = v.of(name)
		}
		if len(steps) == 0 && s.Kind != 'M' {
			steps = append(steps, page.Step{Kind: page.Move, To: point(0, 0)})
		}
		switch s.Kind {
		case 'M':
			x, y = a[0], a[1]
			steps = append(steps, page.Step{Kind: page.Move, To: point(x, y)})
		case 'L':
			x, y = a[0], a[1]
			steps = append(steps, page.Step{Kind: page.Line, To: point(x, y)})
		case 'C':
			curve(a[0], a[1], a[2], a[3], a[4], a[5])
		case 'Q': // raised to a cubic one
			curve(x+(a[0]-x)*2/3, y+(a[1]-y)*2/3, a[2]+(a[0]-a[2])*2/3, a[3]+(a[1]-a[3])*2/3, a[2], a[3])
		case 'A':
			arc(x, y, a[0], a[1], a[2], a[3], curve)
		case 'Z':
			steps = append(steps, page.Step{Kind: page.Close})
		}
	}
	return steps
}

// arc draws an arc of an ellipse with half axes rx and ry that begins at x, y,
// at the angle from, and goes on by sweep, clockwise when positive.
func arc(x, y, rx, ry, from, sweep float64, curve func(x1, y1, x2, y2, x3, y3 float64)) {
	// a:arcTo's angles are those that a ray to the ellipse makes
	param := func(angle float64) float64 {
		t := radians(angle)
		if rx == ry || rx == 0 || ry == 0 {
			return t
		}
		p := math.Atan2(math.Sin(t)*rx, math.Cos(t)*ry)
		return p + math.Round((t-p)/(2*math.Pi))*2*math.Pi
	}
	sweep = max(-360*degree, min(360*degree, sweep))
	t0 := param(from)
	t1 := param(from + sweep)
	if math.Abs(sweep) == 360*degree {
		t1 = t0 + math.Copysign(2*math.Pi, sweep)
	}
	cx, cy := x-rx*math.Cos(t0), y-ry*math.Sin(t0)
	pieces := int(math.Ceil(math.Abs(t1-t0)/(math.Pi/2) - 1e-9))
	for i := range pieces {
		a := t0 + (t1-t0)*float64(i)/float64(pieces)
		b := t0 + (t1-t0)*float64(i+1)/float64(pieces)
		k := 4.0 / 3 * math.Tan((b-a)/4)
		curve(cx+rx*(math.Cos(a)-k*math.Sin(a)), cy+ry*(math.Sin(a)+k*math.Cos(a)),
			cx+rx*(math.Cos(b)+k*math.Sin(b)), cy+ry*(math.Sin(b)-k*math.Cos(b)),
			cx+rx*math.Cos(b), cy+ry*math.Sin(b))
	}
}

// bounded keeps a place within a hundred metres.
func bounded(x float64) unit.EMU {
	const most = 3.6e9
	if math.IsNaN(x) {
		return 0
	}
	return unit.EMU(math.Round(max(-most, min(most, x))))
}
