package wml

import (
	"math"
	"strconv"
	"strings"

	"nastavnik/internal/docx"
	"nastavnik/internal/unit"
)

// This file draws charts (21.2) from the values that the file keeps of them:
// bars, lines and pies with title, legend and axes, plainly. Two axes of
// values, trends, labels at points and three dimensions are left out.

// chart is a chart read, and the box into which it is drawn.
type chart struct {
	p     *parser
	d     *Drawing
	title string
	names []string // of the categories
	sers  []series

	// the part of the box that is still free, in EMU
	left, top, right, bottom float64
}

type series struct {
	name   string
	color  Color
	points []Color // of a pie's sectors, where it says them
	values []float64
}

// chartKinds are the plots that are drawn; 3-D ones are drawn flat.
var chartKinds = map[string]string{"c:barChart": "bar", "c:bar3DChart": "bar", "c:lineChart": "line", "c:line3DChart": "line",
	"c:areaChart": "line", "c:pieChart": "pie", "c:pie3DChart": "pie", "c:doughnutChart": "pie", "c:ofPieChart": "pie"}

// Bounds of one chart.
const (
	maxSeries     = 50
	maxCategories = 500
)

// chart reads the chart behind a relationship and draws it as members of the
// drawing; false when it is of another kind or holds no values.
func (p *parser) chart(d *Drawing, id string) bool {
	root := p.relatedTree(id)
	node := root.Child("c:chart")
	var plot *docx.Node
	for n := range node.Child("c:plotArea").Elements() {
		if chartKinds[n.Name] != "" {
			plot = n
			break
		}
	}
	if plot == nil || d.Width < 360_000 || d.Height < 360_000 {
		return false
	}
	c := &chart{p: p, d: d, right: float64(d.Width), bottom: float64(d.Height)}
	for ser := range plot.All("c:ser") {
		c.read(ser)
	}
	if len(c.sers) == 0 || len(c.names) == 0 {
		return false
	}
	if t := node.Child("c:title"); t != nil {
		var b strings.Builder
		for n := range t.Walk() {
			if n.Name == "a:t" {
				b.WriteString(n.Text())
			}
		}
		if c.title = strings.TrimSpace(b.String()); c.title == "" && len(c.sers) == 1 {
			c.title = c.sers[0].name
		}
	}
	d.Picture = true
	if d.Alt == "" {
		d.Alt = strings.TrimSpace("Диаграмма. " + c.title)
	}
	c.shape(0xFFFFFF, 0xD9D9D9, 6350, append(through(0, 0, c.right, 0, c.right, c.bottom, 0, c.bottom), step('Z'))...)
	const edge = 90_000
	c.left, c.top, c.right, c.bottom = edge, edge, c.right-edge, c.bottom-edge
	if c.title != "" {
		c.text(c.title, c.left, c.top, c.right-c.left, 14, AlignCenter)
		c.top += 330_000
	}
	kind := chartKinds[plot.Name]
	if l := node.Child("c:legend"); l != nil {
		c.legend(l.Child("c:legendPos").Attr("val"), kind == "pie")
	}
	grouping := plot.Child("c:grouping").Attr("val")
	switch {
	case kind == "pie":
		c.pie()
	case kind == "line":
		c.axes(false, false)
	default:
		c.axes(plot.Child("c:barDir").Attr("val") == "bar", true, grouping)
	}
	return true
}

// read reads a series with its names and values.
func (c *chart) read(ser *docx.Node) {
	if len(c.sers) >= maxSeries {
		return
	}
	s := series{color: c.p.theme.colors["accent"+strconv.Itoa(len(c.sers)%6+1)]}
	for n := range ser.Child("c:tx").Walk() {
		if n.Name == "c:v" {
			s.name = n.Text()
		}
	}
	if f := ser.Path("c:spPr", "a:solidFill"); f != nil {
		s.color, _ = c.p.drawingColor(f)
	} else if f := ser.Path("c:spPr", "a:ln", "a:solidFill"); f != nil {
		s.color, _ = c.p.drawingColor(f)
	}
	points := func(n *docx.Node, each func(i int, v string)) {
		for pt := range n.Walk() {
			if i := number(pt.Attr("idx")); pt.Name == "c:pt" && i >= 0 && i < maxCategories {
				each(i, pt.Child("c:v").Text())
			}
		}
	}
	name := func(i int, v string) {
		for len(c.names) <= i {
			c.names = append(c.names, "")
		}
		if c.names[i] == "" {
			c.names[i] = v
		}
	}
	points(ser.Child("c:cat"), name)
	points(ser.Child("c:val"), func(i int, v string) {
		name(i, "")
		for len(s.values) <= i {
			s.values = append(s.values, 0)
		}
		if f, err := strconv.ParseFloat(v, 64); err == nil && !math.IsInf(f, 0) && !math.IsNaN(f) {
			s.values[i] = f
		}
	})
	for pt := range ser.All("c:dPt") {
		i := number(pt.Child("c:idx").Attr("val"))
		if f := pt.Path("c:spPr", "a:solidFill"); f != nil && i >= 0 && i < maxCategories {
			for len(s.points) <= i {
				s.points = append(s.points, Auto)
			}
			s.points[i], _ = c.p.drawingColor(f)
		}
	}
	c.sers = append(c.sers, s)
}

// sector returns the colour of a pie's sector.
func (c *chart) sector(i int) Color {
	if s := c.sers[0]; i < len(s.points) && s.points[i] != Auto {
		return s.points[i]
	}
	return c.p.theme.colors["accent"+strconv.Itoa(i%6+1)]
}

// shape adds an outline of steps with numbers for arguments, in EMU.
func (c *chart) shape(fill, line Color, width unit.EMU, steps ...GeometryStep) {
	c.d.Children = append(c.d.Children, &Drawing{Fill: fill, Line: line, LineWidth: width, Wrap: WrapNone, Width: c.d.Width, Height: c.d.Height,
		Geometry: &Geometry{Paths: []Outline{{Width: int(c.d.Width), Height: int(c.d.Height), Steps: steps}}}})
}

func step(kind byte, places ...float64) GeometryStep {
	s := GeometryStep{Kind: kind}
	for _, v := range places {
		s.Args = append(s.Args, strconv.Itoa(int(math.Round(v))))
	}
	return s
}

// through returns the steps through places, x after y.
func through(places ...float64) []GeometryStep {
	steps := []GeometryStep{step('M', places[:2]...)}
	for i := 2; i+1 < len(places); i += 2 {
		steps = append(steps, step('L', places[i:i+2]...))
	}
	return steps
}

func (c *chart) polygon(fill Color, places ...float64) {
	c.shape(fill, Auto, 0, append(through(places...), step('Z'))...)
}

func (c *chart) line(color Color, width unit.EMU, places ...float64) {
	c.shape(Auto, color, width, through(places...)...)
}

// text sets one line of text of the size in points.
func (c *chart) text(s string, x, y, width float64, size int, align Align) {
	para := c.p.plainParagraph()
	props := *para.Mark
	props.Size, props.Color = unit.HalfPoint(2*size), 0x404040
	para.Mark = c.p.styles.intern(props)
	para.Base, para.Runs, para.Props.Align = para.Mark, []Run{{Text: s, Props: para.Mark}}, align
	c.d.Children = append(c.d.Children, &Drawing{Fill: Auto, Line: Auto, Wrap: WrapNone, ChildX: unit.EMU(x), ChildY: unit.EMU(y),
		Width: unit.EMU(width), Height: unit.EMU(size * 17_000), Blocks: []Block{para}})
}

// small is the size of labels in points, row the height of one with its room.
const (
	small = 9
	row   = 190_000
)

// width guesses how wide a label is: letters are half as wide as high.
func width(s string) float64 { return float64(len([]rune(s))) * small * 12_700 * 0.56 }

// legend draws the legend at its side and takes its room from the plot.
func (c *chart) legend(pos string, pie bool) {
	var names []string
	var colors []Color
	if pie {
		for i, name := range c.names {
			names, colors = append(names, name), append(colors, c.sector(i))
		}
	} else {
		for _, s := range c.sers {
			names, colors = append(names, s.name), append(colors, s.color)
		}
	}
	const mark, gap = 90_000, 60_000
	entry := func(i int, x, y float64) {
		c.polygon(colors[i], x, y+45_000, x+mark, y+45_000, x+mark, y+45_000+mark, x, y+45_000+mark)
		c.text(names[i], x+mark+gap, y, width(names[i])+300_000, small, AlignLeft)
	}
	widest, all := 0.0, 0.0
	for _, name := range names {
		widest = max(widest, width(name))
		all += mark + 3*gap + width(name)
	}
	if pos == "b" || pos == "t" {
		lines := math.Ceil(all / (c.right - c.left))
		y := c.bottom - lines*row
		if pos == "t" {
			y = c.top
			c.top += lines * row
		} else {
			c.bottom -= lines*row + gap
		}
		x := c.left + max(0, (c.right-c.left-all)/2)
		for i := range names {
			if w := mark + 3*gap + width(names[i]); x+w > c.right && x > c.left {
				x, y = c.left, y+row
			}
			entry(i, x, y)
			x += mark + 3*gap + width(names[i])
		}
		return
	}
	w := min(mark+2*gap+widest, (c.right-c.left)/2)
	y := (c.top+c.bottom)/2 - float64(len(names))*row/2
	x := c.right - w
	if pos == "l" {
		x = c.left
		c.left += w + gap
	} else {
		c.right -= w + gap
	}
	for i := range names {
		entry(i, x, y+float64(i)*row)
	}
}

// pie draws the first series as sectors, clockwise from the top.
func (c *chart) pie() {
	total := 0.0
	for _, v := range c.sers[0].values {
		total += max(0, v)
	}
	if total == 0 {
		return
	}
	cx, cy := (c.left+c.right)/2, (c.top+c.bottom)/2
	r := min(c.right-c.left, c.bottom-c.top) / 2 * 0.95
	const full = 360 * 60_000
	at := -90.0 * 60_000
	for i, v := range c.sers[0].values {
		sweep := max(0, v) / total * full
		if sweep == 0 {
			continue
		}
		rad := at / full * 2 * math.Pi
		x, y := cx+r*math.Cos(rad), cy+r*math.Sin(rad)
		c.shape(c.sector(i), 0xFFFFFF, 9525, step('M', cx, cy), step('L', x, y), step('A', r, r, at, sweep), step('Z'))
		at += sweep
	}
}

// axes draws bars or lines with their axes; across says that bars lie.
func (c *chart) axes(across, bars bool, grouping ...string) {
	stacked := len(grouping) > 0 && (grouping[0] == "stacked" || grouping[0] == "percentStacked")
	shares := stacked && grouping[0] == "percentStacked"
	value := func(s *series, i int) float64 {
		if i >= len(s.values) {
			return 0
		}
		if !shares {
			return s.values[i]
		}
		sum := 0.0
		for k := range c.sers {
			if i < len(c.sers[k].values) {
				sum += math.Abs(c.sers[k].values[i])
			}
		}
		if sum == 0 {
			return 0
		}
		return 100 * s.values[i] / sum
	}
	lo, hi := 0.0, 0.0
	for i := range c.names {
		up, down := 0.0, 0.0
		for k := range c.sers {
			v := value(&c.sers[k], i)
			if stacked {
				up, down = up+max(0, v), down+min(0, v)
			} else {
				up, down = max(up, v), min(down, v)
			}
		}
		lo, hi = min(lo, down), max(hi, up)
	}
	tick := niceStep((hi - lo) / 5)
	lo, hi = math.Floor(lo/tick)*tick, math.Ceil(hi/tick)*tick
	if hi == lo {
		hi = lo + tick
	}
	label := func(v float64) string {
		s := strings.Replace(strconv.FormatFloat(math.Round(v/tick*1000)/1000*tick, 'g', 6, 64), ".", ",", 1)
		if shares {
			s += "%"
		}
		return s
	}
	beside := max(width(label(lo)), width(label(hi)))
	if across {
		for _, name := range c.names {
			beside = max(beside, min(width(name), (c.right-c.left)/3))
		}
	}
	c.left += beside + 60_000
	c.bottom -= row
	// along the values and along the categories
	from, to := c.bottom, c.top
	if across {
		from, to = c.left, c.right
	}
	place := func(v float64) float64 { return from + (v-lo)/(hi-lo)*(to-from) }
	for v := lo; v <= hi+tick/2; v += tick {
		if at := place(v); across {
			c.line(0xD9D9D9, 6350, at, c.top, at, c.bottom)
			c.text(label(v), at-400_000, c.bottom+20_000, 800_000, small, AlignCenter)
		} else {
			c.line(0xD9D9D9, 6350, c.left, at, c.right, at)
			c.text(label(v), c.left-beside-660_000, at-80_000, beside+600_000, small, AlignRight)
		}
	}
	cell := (c.right - c.left) / float64(len(c.names))
	if across {
		cell = (c.bottom - c.top) / float64(len(c.names))
	}
	every := 1 // of the categories is named
	if !across {
		widest := 0.0
		for _, name := range c.names {
			widest = max(widest, width(name))
		}
		every = max(1, int(math.Ceil(widest/1.6/cell)))
	}
	for i, name := range c.names {
		if i%every != 0 {
			continue
		}
		if across { // the first category stands at the bottom
			c.text(name, c.left-beside-60_000, c.bottom-(float64(i)+0.5)*cell-80_000, beside, small, AlignRight)
		} else {
			c.text(name, c.left+float64(i)*cell, c.bottom+20_000, cell*float64(every), small, AlignCenter)
		}
	}
	if bars {
		c.bars(value, place, cell, across, stacked)
	} else {
		for k := range c.sers {
			var places []float64
			for i := range c.sers[k].values {
				places = append(places, c.left+(float64(i)+0.5)*cell, place(value(&c.sers[k], i)))
			}
			if len(places) > 2 {
				c.line(c.sers[k].color, 28_575, places...)
			}
		}
	}
	if at := place(0); across {
		c.line(0x808080, 9525, at, c.top, at, c.bottom)
	} else {
		c.line(0x808080, 9525, c.left, at, c.right, at)
	}
}

// bars draws the bars of all categories, those of one beside or on each other.
func (c *chart) bars(value func(*series, int) float64, place func(float64) float64, cell float64, across, stacked bool) {
	count := float64(len(c.sers))
	if stacked {
		count = 1
	}
	thick := cell / (count + 1) // the gap between categories is as wide as a bar
	for i := range c.names {
		up, down := 0.0, 0.0
		for k := range c.sers {
			v := value(&c.sers[k], i)
			base := 0.0
			if stacked {
				if v >= 0 {
					base, up = up, up+v
				} else {
					base, down = down, down+v
				}
			}
			if v == 0 {
				continue
			}
			a := float64(i)*cell + thick/2
			if !stacked {
				a += float64(k) * thick
			}
			v0, v1 := place(base), place(base+v)
			if across {
				y := c.bottom - a
				c.polygon(c.sers[k].color, v0, y, v1, y, v1, y-thick, v0, y-thick)
			} else {
				x := c.left + a
				c.polygon(c.sers[k].color, x, v0, x+thick, v0, x+thick, v1, x, v1)
			}
		}
	}
}

// niceStep returns the least of 1, 2, 5, 10 and so on that is not below v.
func niceStep(v float64) float64 {
	if v <= 0 || math.IsInf(v, 0) {
		return 1
	}
	power := math.Pow(10, math.Floor(math.Log10(v)))
	for _, f := range []float64{1, 2, 5} {
		if f*power >= v*0.999 {
			return f * power
		}
	}
	return 10 * power
}
