package wml

import (
	"strings"

	"nastavnik/internal/docx"
)

// Geometry is the form of a shape in the words of DrawingML: formulas over the
// shape's width and height, and paths between the points that they give
// (20.1.9). It is worked out where the size is known.
type Geometry struct {
	Guides []Guide   // in the order in which they are worked out
	Text   [4]string // left, top, right, bottom of the text in it; empty: its box
	Paths  []Outline
}

// Guide is a named value: «*/ h adj1 100000».
type Guide struct{ Name, Formula string }

// Outline is one path of a Geometry.
type Outline struct {
	Width, Height int // of its own coordinates; 0: those of the shape
	NoFill        bool
	NoLine        bool
	Steps         []GeometryStep
}

// GeometryStep is one stretch of an outline. Args are numbers or names of
// guides: two of a move M and a line L, four of a quadratic curve Q, six of a
// cubic one C; of an arc A the half axes, where it begins and how far it goes,
// in 60000ths of a degree; none of Z, which closes it.
type GeometryStep struct {
	Kind byte
	Args []string
}

// Limits of one shape that a file describes.
const (
	maxGuides = 2000
	maxSteps  = 20000
)

// customGeometry reads a:custGeom.
func customGeometry(n *docx.Node) *Geometry {
	g := &Geometry{}
	for _, list := range []string{"a:avLst", "a:gdLst"} {
		for gd := range n.Child(list).All("a:gd") {
			if len(g.Guides) < maxGuides {
				g.Guides = append(g.Guides, Guide{gd.Attr("name"), gd.Attr("fmla")})
			}
		}
	}
	if r := n.Child("a:rect"); r != nil {
		g.Text = [4]string{r.Attr("l"), r.Attr("t"), r.Attr("r"), r.Attr("b")}
	}
	steps := 0
	for path := range n.Child("a:pathLst").All("a:path") {
		o := Outline{Width: number(path.Attr("w")), Height: number(path.Attr("h")), NoFill: path.Attr("fill") == "none",
			NoLine: path.Attr("stroke") != "" && !isOn(path.Attr("stroke"))}
		for c := range path.Elements() {
			if steps++; steps > maxSteps {
				break
			}
			s := GeometryStep{}
			switch c.Name {
			case "a:moveTo":
				s.Kind = 'M'
			case "a:lnTo":
				s.Kind = 'L'
			case "a:cubicBezTo":
				s.Kind = 'C'
			case "a:quadBezTo":
				s.Kind = 'Q'
			case "a:arcTo":
				s.Kind = 'A'
				s.Args = []string{c.Attr("wR"), c.Attr("hR"), c.Attr("stAng"), c.Attr("swAng")}
			case "a:close":
				s.Kind = 'Z'
			default:
				continue
			}
			for pt := range c.All("a:pt") {
				s.Args = append(s.Args, pt.Attr("x"), pt.Attr("y"))
			}
			if len(s.Args) == StepArgs(s.Kind) {
				o.Steps = append(o.Steps, s)
			}
		}
		g.Paths = append(g.Paths, o)
	}
	return g
}

// StepArgs returns how many arguments a step of the kind has.
func StepArgs(kind byte) int {
	return map[byte]int{'M': 2, 'L': 2, 'Q': 4, 'C': 6, 'A': 4}[kind]
}

// vmlGeometry reads the path of a VML shape (ISO/IEC 29500-4, 14.2.1.6): moves,
// lines and curves, absolute and relative; nil when it holds anything else.
func vmlGeometry(path, size string) *Geometry {
	w, h, _ := strings.Cut(size, ",")
	o := Outline{Width: number(strings.TrimSpace(w)), Height: number(strings.TrimSpace(h))}
	if o.Width <= 0 || o.Height <= 0 {
		o.Width, o.Height = 1000, 1000
	}
	var numbers []int
	x, y := 0, 0
	var command string
	flush := func() bool {
		step := func(kind byte, points ...int) {
			s := GeometryStep{Kind: kind}
			for _, v := range points {
				s.Args = append(s.Args, itoa(v))
			}
			o.Steps = append(o.Steps, s)
		}
		take := 2
		switch command {
		case "":
			return len(numbers) == 0
		case "x":
			step('Z')
			return len(numbers) == 0
		case "e", "nf", "ns":
			o.NoFill, o.NoLine = o.NoFill || command == "nf", o.NoLine || command == "ns"
			return len(numbers) == 0
		case "c", "v":
			take = 6
		case "m", "l", "t", "r":
		default:
			return false
		}
		if len(numbers) == 0 && command == "m" {
			numbers = []int{0, 0}
		}
		for ; len(numbers) >= take && len(o.Steps) < maxSteps; numbers = numbers[take:] {
			p := append([]int(nil), numbers[:take]...)
			if command == "t" || command == "r" || command == "v" {
				for i := range p {
					p[i] += [2]int{x, y}[i%2]
				}
			}
			x, y = p[take-2], p[take-1]
			switch command {
			case "m", "t":
				step('M', p...)
			case "l", "r":
				step('L', p...)
			default:
				step('C', p...)
			}
		}
		return len(numbers) == 0
	}
	for i := 0; i < len(path); {
		c := path[i]
		switch {
		case c == ' ' || c == '\n' || c == '\r' || c == '\t':
			i++
		case c == ',':
			// a number left out between commas is 0
			if i++; i < len(path) && (path[i] == ',' || path[i] >= 'a' && path[i] <= 'z') {
				numbers = append(numbers, 0)
			}
		case c >= '0' && c <= '9' || c == '-':
			end := i + 1
			for end < len(path) && path[end] >= '0' && path[end] <= '9' {
				end++
			}
			numbers = append(numbers, number(path[i:end]))
			i = end
		case c >= 'a' && c <= 'z':
			if !flush() {
				return nil
			}
			command, numbers = path[i:i+1], nil
			if c == 'n' && i+1 < len(path) {
				command = path[i : i+2]
			}
			i += len(command)
		default:
			return nil // a formula
		}
	}
	if !flush() || len(o.Steps) == 0 {
		return nil
	}
	return &Geometry{Paths: []Outline{o}}
}
