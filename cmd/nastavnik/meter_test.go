package main

import (
	"bytes"
	"strings"
	"testing"
	"unicode/utf8"

	"nastavnik/internal/generate"
)

// TestMeterWidth holds the line of a terminal to its width, so that it never
// scrolls, and a run elsewhere to whole lines (F125, F131).
func TestMeterWidth(t *testing.T) {
	for _, width := range []int{2, 20, 80, 500} {
		var b bytes.Buffer
		m, err := newMeter(&b, "none", false)
		if err != nil {
			t.Fatal(err)
		}
		m.mode, m.width = "line", width
		for done := 1; done <= 3; done++ {
			m.tell(done, 3, &generate.Result{Name: "школа"})
		}
		m.end()
		for line := range strings.SplitSeq(b.String(), "\r") {
			if n := utf8.RuneCountInString(line); n > width-1 {
				t.Errorf("width %d: got a line of %d: %q", width, n, line)
			}
		}
		if strings.Contains(b.String(), "\n") || !strings.HasSuffix(b.String(), "\r") {
			t.Errorf("width %d: got %q, want one line, and an empty one at the end", width, b.String())
		}
	}
	var b bytes.Buffer
	m, err := newMeter(&b, "auto", false)
	if err != nil || m.mode != "plain" {
		t.Errorf("got %q, %v; want whole lines where there is no terminal", m.mode, err)
	}
	if _, err := newMeter(&b, "бегом", false); err == nil {
		t.Error("an unknown kind of progress was taken")
	}
}
