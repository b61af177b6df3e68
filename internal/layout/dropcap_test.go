package layout

import (
	"strings"
	"testing"

	"nastavnik/internal/page"
)

// TestDropCap: the letter is as high as its lines, they stand beside it, and a
// listener hears the word whole.
func TestDropCap(t *testing.T) {
	long := strings.Repeat("наставничество ", 30)
	out, _ := layLoose(t, par("Н", `<w:framePr w:dropCap="drop" w:lines="3" w:wrap="around" w:vAnchor="text" w:hAnchor="text"/>`)+par(long, ""))
	var cap *page.Text
	beside, below, lines := 0, 0, map[int64]bool{}
	for _, it := range out.Pages[0].Items {
		s, ok := it.(*page.Text)
		switch {
		case !ok:
		case s.Text == "Н":
			cap = s
		case !lines[int64(s.Y)]:
			lines[int64(s.Y)] = true
			if s.X.Points() > 100 {
				beside++
			} else {
				below++
			}
		}
	}
	if cap == nil || beside != 3 || below == 0 {
		t.Fatalf("got %d lines beside the letter and %d below, want 3 and some", beside, below)
	}
	if size := cap.Size.Points(); size < 65 || size > 72 {
		t.Errorf("the letter has %.1f pt, want about 69 for three lines of 16.1", size)
	}
	var heard []string
	for _, it := range out.Pages[0].Items {
		if s, ok := it.(*page.Text); ok && s.Element == cap.Element {
			heard = append(heard, s.Text)
		}
	}
	if got := strings.Join(heard, ""); !strings.HasPrefix(got, "Ннаставничество") {
		t.Errorf("a listener hears %.30q", got)
	}
}
