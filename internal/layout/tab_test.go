package layout

import (
	"slices"
	"testing"

	"nastavnik/internal/wml"
)

// The lines are those that LibreOffice 7.4 makes of such paragraphs.
func TestTabs(t *testing.T) {
	text := func(s string, italic bool) wml.Run {
		return wml.Run{Text: s, Props: &wml.RunProps{Font: "Arial", Size: 20, Scale: 100, Italic: italic, Color: wml.Auto}}
	}
	tab := wml.Run{Kind: wml.TabRun, Props: &wml.RunProps{Font: "Arial", Size: 20, Scale: 100, Color: wml.Auto}}
	left := []wml.Tab{{Pos: 5000}}
	tests := []struct {
		name   string
		compat int
		tabs   []wml.Tab
		right  twip
		runs   []wml.Run
		want   []int32 // where each line ends
	}{
		{"a default stop at the margin goes to the next line", 14, nil, 0, []wml.Run{text("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", false), tab, text("b", false)}, []int32{30, 32}},
		{"at the paragraph's end it may stand there", 14, nil, 0, []wml.Run{text("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", false), tab}, []int32{31}},
		{"an own stop at the margin holds the line", 14, []wml.Tab{{Pos: 3600}}, 0, []wml.Run{text("a", false), tab, text("b", false)}, []int32{2, 3}},
		{"text behind a stop past the margin stays in the line up to mode 14", 14, left, 0, []wml.Run{text("a", false), tab, text("b", false)}, []int32{3}},
		{"in mode 15 a stop past the column breaks the line", 15, left, 0, []wml.Run{text("a", false), tab, text("b", false)}, []int32{1, 2, 3}},
		{"slanted text keeps room at the margin in mode 15", 15, nil, 3600 - 1065, []wml.Run{text("aaaaa aaaa", true)}, []int32{6, 10}},
		{"and none before", 14, nil, 3600 - 1065, []wml.Run{text("aaaaa aaaa", true)}, []int32{10}},
	}
	for _, tt := range tests {
		doc := &wml.Document{Settings: wml.Settings{Compat: tt.compat, DefaultTab: 720}}
		e := newEngine(doc, Options{Fonts: testFonts(t)}, nil)
		p := &para{src: &wml.Paragraph{Mark: tt.runs[0].Props, Base: tt.runs[0].Props}, runs: tt.runs, first: true,
			props: &wml.ParaProps{Tabs: tt.tabs, Right: tt.right, Line: 240}}
		var got []int32
		for _, l := range e.lines(p, 3600) {
			got = append(got, l.end)
		}
		if !slices.Equal(got, tt.want) {
			t.Errorf("%s: lines end at %v, want %v", tt.name, got, tt.want)
		}
	}
}
