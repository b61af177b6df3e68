package layout

import (
	"strings"
	"testing"

	"nastavnik/internal/page"
)

// TestBidi: lines with Hebrew are drawn in the order of UAX #9; each text of
// the page is as it is drawn from left to right.
func TestBidi(t *testing.T) {
	for _, c := range []struct{ name, text, pPr, want string }{
		{"Russian alone", "слово и слово", "", "слово и слово"},
		{"Hebrew in Russian", "слово אבג слово", "", "слово גבא слово"},
		{"two words keep together", "слово אב גד конец", "", "слово דג בא конец"},
		{"numbers keep their order", "אב 12 גד", "", "דג 12 בא"},
		{"a decimal too", "אב 1,5% גד", "", "דג 1,5% בא"},
		{"numbers behind Russian", "класс 5 אב", "", "класс 5 בא"},
		{"brackets turn over", "אב (גד) הו", "", "וה (דג) בא"},
		{"from right to left", "אב и", `<w:bidi/>`, "и בא"},
		{"the full stop of a Russian line in it", "Слово.", `<w:bidi/>`, ".Слово"},
	} {
		out, _ := layLoose(t, par(c.text, c.pPr))
		var got strings.Builder
		for _, it := range out.Pages[0].Items {
			if s, ok := it.(*page.Text); ok {
				got.WriteString(s.Text)
			}
		}
		if s := strings.TrimSpace(got.String()); s != c.want {
			t.Errorf("%s: got %q, want %q", c.name, s, c.want)
		}
	}
}

// TestRightToLeftBegins at the right margin.
func TestRightToLeft(t *testing.T) {
	out, _ := layLoose(t, par("אבג", `<w:bidi/>`))
	s := out.Pages[0].Items[0].(*page.Text)
	if end := (s.X + s.Width).Points(); end < 566.8 || end > 567 {
		t.Errorf("the line ends at %.1f pt, want 566.9", end)
	}
}
