package wml

import (
	"math"

	"nastavnik/internal/docx"
	"nastavnik/internal/unit"
)

// drawingTheme is what shapes take from the theme.
type drawingTheme struct {
	colors map[string]Color // by the names of a:clrScheme: dk1, accent1
	lines  []unit.EMU       // widths of a:lnStyleLst
}

// officeTheme is Word's own theme of 2007, for files without one.
var officeTheme = drawingTheme{
	colors: map[string]Color{"dk1": 0, "lt1": 0xFFFFFF, "dk2": 0x1F497D, "lt2": 0xEEECE1, "accent1": 0x4F81BD, "accent2": 0xC0504D,
		"accent3": 0x9BBB59, "accent4": 0x8064A2, "accent5": 0x4BACC6, "accent6": 0xF79646, "hlink": 0x0000FF, "folHlink": 0x800080},
	lines: []unit.EMU{9525, 25400, 38100},
}

// readDrawingTheme reads the colours and line widths of the theme.
func readDrawingTheme(root *docx.Node) drawingTheme {
	t := drawingTheme{colors: map[string]Color{}}
	for c := range root.Path("a:themeElements", "a:clrScheme").Elements() {
		name := c.Name[min(2, len(c.Name)):]
		if v := c.Child("a:srgbClr"); v != nil {
			t.colors[name] = color(v.Attr("val"))
		} else if v := c.Child("a:sysClr"); v != nil {
			t.colors[name] = color(v.Attr("lastClr"))
		}
	}
	for ln := range root.Path("a:themeElements", "a:fmtScheme", "a:lnStyleLst").All("a:ln") {
		t.lines = append(t.lines, max(0, emu(ln.Attr("w"))))
	}
	if len(t.colors) == 0 {
		t.colors = officeTheme.colors
	}
	if len(t.lines) == 0 {
		t.lines = officeTheme.lines
	}
	return t
}

// lineWidth returns the width of the line style idx, from 1.
func (t *drawingTheme) lineWidth(idx int) unit.EMU {
	if idx < 1 || idx > len(t.lines) {
		return 9525
	}
	return t.lines[idx-1]
}

// presetColors are those names of ST_PresetColorVal (20.1.10.48) and of VML
// that are in use, beside the highlights.
var presetColors = map[string]Color{
	"green": 0x008000, "gray": 0x808080, "grey": 0x808080, "silver": 0xC0C0C0, "navy": 0x000080, "maroon": 0x800000, "purple": 0x800080,
	"olive": 0x808000, "teal": 0x008080, "lime": 0x00FF00, "aqua": 0x00FFFF, "fuchsia": 0xFF00FF, "orange": 0xFFA500,
	"brown": 0xA52A2A, "pink": 0xFFC0CB, "gold": 0xFFD700, "ltGray": 0xD3D3D3, "dkGray": 0xA9A9A9, "dkBlue": 0x00008B, "dkRed": 0x8B0000,
}

// drawingColor reads the colour below n, a solidFill, a style reference or a
// gradient stop, with its changes of lightness; clear is per cent of
// transparency. It is Auto when there is none.
func (p *parser) drawingColor(n *docx.Node) (c Color, clear uint8) {
	var v *docx.Node
	c = Auto
	for v = range n.Elements() {
		val := v.Attr("val")
		switch v.Name {
		case "a:srgbClr":
			c = color(val)
		case "a:scrgbClr":
			part := func(s string) Color { return Color(255*gamma(percent(s)) + 0.5) }
			c = part(v.Attr("r"))<<16 | part(v.Attr("g"))<<8 | part(v.Attr("b"))
		case "a:sysClr":
			c = color(v.Attr("lastClr"))
		case "a:prstClr":
			var ok bool
			if c, ok = presetColors[val]; !ok {
				c = highlights[val]
			}
		case "a:schemeClr":
			switch val {
			case "bg1":
				val = "lt1"
			case "tx1":
				val = "dk1"
			case "bg2":
				val = "lt2"
			case "tx2":
				val = "dk2"
			}
			c = p.theme.colors[val]
		default:
			continue
		}
		break
	}
	if c == Auto {
		return Auto, 0
	}
	for m := range v.Elements() {
		share := max(0, percent(m.Attr("val")))
		switch m.Name {
		case "a:alpha":
			clear = uint8(min(100, math.Round(100*(1-min(1, share)))))
		case "a:lumMod":
			c = c.withLightness(func(l float64) float64 { return l * share })
		case "a:lumOff":
			c = c.withLightness(func(l float64) float64 { return l + percent(m.Attr("val")) })
		case "a:shade":
			c = c.each(func(v float64) float64 { return gamma(linear(v) * min(1, share)) })
		case "a:tint":
			c = c.each(func(v float64) float64 { return gamma(linear(v)*min(1, share) + 1 - min(1, share)) })
		}
	}
	return c, clear
}

// gradient returns the mean colour of a:gradFill: gradients are not drawn.
func (p *parser) gradient(n *docx.Node) (c Color, clear uint8) {
	var sum [4]float64
	count := 0.0
	for gs := range n.Child("a:gsLst").All("a:gs") {
		c, clear := p.drawingColor(gs)
		if c == Auto {
			continue
		}
		for i, v := range [4]float64{float64(c >> 16 & 255), float64(c >> 8 & 255), float64(c & 255), float64(clear)} {
			sum[i] += v
		}
		count++
	}
	if count == 0 {
		return Auto, 0
	}
	part := func(i int) Color { return Color(sum[i]/count + 0.5) }
	return part(0)<<16 | part(1)<<8 | part(2), uint8(part(3))
}

// linear and gamma turn a share of a colour into a share of light and back
// (sRGB).
func linear(v float64) float64 {
	if v <= 0.04045 {
		return v / 12.92
	}
	return math.Pow((v+0.055)/1.055, 2.4)
}

func gamma(v float64) float64 {
	v = max(0, min(1, v))
	if v <= 0.0031308 {
		return v * 12.92
	}
	return 1.055*math.Pow(v, 1/2.4) - 0.055
}

// each changes red, green and blue, from 0 to 1.
func (c Color) each(change func(float64) float64) Color {
	part := func(shift uint) Color {
		v := change(float64(c>>shift&255) / 255)
		return Color(255*max(0, min(1, v))+0.5) << shift
	}
	return part(16) | part(8) | part(0)
}

// withLightness changes the lightness of hue, saturation and lightness.
func (c Color) withLightness(change func(float64) float64) Color {
	r, g, b := float64(c>>16&255)/255, float64(c>>8&255)/255, float64(c&255)/255
	hi, lo := max(r, g, b), min(r, g, b)
	l := (hi + lo) / 2
	to := max(0, min(1, change(l)))
	if hi == lo {
		return c.each(func(float64) float64 { return to })
	}
	// with the same saturation, distances from the lightness grow with its chroma
	scale := (1 - math.Abs(2*to-1)) / (1 - math.Abs(2*l-1))
	return c.each(func(v float64) float64 { return to + (v-l)*scale })
}
