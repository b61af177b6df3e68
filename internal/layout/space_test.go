package layout

import (
	"testing"

	"nastavnik/internal/wml"
)

// Expected heights follow LibreOffice 7.4.
func TestSpaceLine(t *testing.T) {
	tests := []struct {
		name                             string
		rule                             wml.LineRule
		line, grid                       twip
		first                            bool
		wantPre, wantAscent, wantH, tail twip
	}{
		{"single", wml.LineAuto, 240, 0, false, 0, 262, 322, 0},
		{"one and a half goes above all lines but the first", wml.LineAuto, 360, 0, false, 161, 262, 322, 161},
		{"the first line has it below the paragraph", wml.LineAuto, 360, 0, true, 0, 262, 322, 161},
		{"less than single narrows", wml.LineAuto, 192, 0, false, 0, 197, 257, 0},
		{"and a first line keeps four fifths above", wml.LineAuto, 192, 0, true, 0, 205, 257, 0},
		{"exact", wml.LineExact, 400, 0, false, 0, 320, 400, 0},
		{"at least puts the rest above", wml.LineAtLeast, 400, 0, false, 0, 340, 400, 0},
		{"a grid holds whole pitches, the line in their middle", wml.LineExact, 500, 360, false, 0, 281, 360, 0},
		{"two pitches when one is too low", wml.LineAuto, 240, 200, true, 0, 301, 400, 0},
	}
	for _, tt := range tests {
		p := &para{props: &wml.ParaProps{Line: tt.line, LineRule: tt.rule}, grid: tt.grid}
		l := line{ascent: 262, height: 322}
		tail := (&engine{}).spaceLine(p, &l, tt.first)
		if l.pre != tt.wantPre || l.ascent != tt.wantAscent || l.height != tt.wantH || tail != tt.tail {
			t.Errorf("%s: got pre %d, ascent %d, height %d, tail %d", tt.name, l.pre, l.ascent, l.height, tail)
		}
	}
}

func TestBottomAboveNotes(t *testing.T) {
	f := filler{r: region{bottom: 500, page: &pageState{bottom: 1000}}}
	for notes, want := range map[twip]twip{0: 500, 300: 500, 600: 400} {
		if got := f.bottom(notes); got != want {
			t.Errorf("balanced columns to 500 on a page to 1000 with notes of %d end at %d, want %d", notes, got, want)
		}
	}
}
