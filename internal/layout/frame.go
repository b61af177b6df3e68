package layout

import (
	"math"

	"nastavnik/internal/unit"
)

// frame turns places of what is being drawn, a rotated cell or shape, into
// places of the page. The zero frame is the page itself.
type frame struct {
	turned   bool
	angle    float64 // degrees clockwise
	cos, sin float64
	ox, oy   unit.EMU // where the frame's origin stands on the page
}

// at turns a place of the frame into one of the page.
func (f *frame) at(x, y unit.EMU) (unit.EMU, unit.EMU) {
	if !f.turned {
		return x, y
	}
	fx, fy := float64(x), float64(y)
	return f.ox + unit.EMU(math.Round(f.cos*fx-f.sin*fy)), f.oy + unit.EMU(math.Round(f.sin*fx+f.cos*fy))
}

// moved returns a frame inside f with its origin at x, y of f, turned further
// by degrees clockwise.
func (f frame) moved(x, y unit.EMU, degrees float64) frame {
	ox, oy := f.at(x, y)
	angle := math.Mod(f.angle+degrees, 360)
	sin, cos := math.Sincos(angle * math.Pi / 180)
	if math.Mod(angle, 90) == 0 {
		sin, cos = math.Round(sin), math.Round(cos)
	}
	return frame{turned: true, angle: angle, cos: cos, sin: sin, ox: ox, oy: oy}
}

// about returns a frame inside f that turns everything about the place x, y
// and leaves the places as they are numbered.
func (f frame) about(x, y unit.EMU, degrees float64) frame {
	g := f.moved(x, y, degrees)
	dx, dy := g.at(-x, -y)
	g.ox, g.oy = dx, dy
	return g
}

// upright reports whether rectangles of the frame are rectangles of the page.
func (f *frame) upright() bool { return !f.turned || f.cos == 0 || f.sin == 0 }

// degrees returns the turn of text, counter-clockwise, from 0 to 359.
func (f *frame) degrees() int {
	return (360 - int(math.Round(f.angle))%360) % 360
}
