package main

import (
	"encoding/json"
	"fmt"
	"io"
	"os"
	"strings"
	"time"
	"unicode/utf8"

	"golang.org/x/term"

	"nastavnik/internal/diag"
	"nastavnik/internal/generate"
)

// meter shows how far a run is: one line that changes on a terminal, a line
// now and then elsewhere, JSON events on request. It alone looks at a clock,
// and nothing of it gets into a paper.
type meter struct {
	w     io.Writer
	mode  string // line, plain, json, none
	width int
	begun time.Time
	told  time.Time
	shown bool
}

// heartbeat is how often a run that is not on a terminal says that it lives.
const heartbeat = 10 * time.Second

func newMeter(w io.Writer, mode string, quiet bool) (*meter, error) {
	m := &meter{w: w, mode: mode, width: 80, begun: time.Now(), told: time.Now()}
	switch mode {
	case "auto":
		m.mode = "plain"
		if f, isFile := w.(*os.File); isFile && term.IsTerminal(int(f.Fd())) && os.Getenv("TERM") != "dumb" && os.Getenv("CI") == "" {
			m.mode = "line"
			if width, _, err := term.GetSize(int(f.Fd())); err == nil && width > 1 {
				m.width = width
			}
		}
	case "plain", "json", "none":
	default:
		return nil, &diag.Problem{Text: fmt.Sprintf("нет вида хода работы %q", mode), Hint: "есть auto, plain, json, none"}
	}
	if quiet && m.mode != "json" {
		m.mode = "none"
	}
	return m, nil
}

// tell is called after each target.
func (m *meter) tell(done, total int, r *generate.Result) {
	switch m.mode {
	case "json":
		b, err := json.Marshal(map[string]any{"type": "progress", "done": done, "total": total, "name": r.Name, "id": r.ID,
			"papers": r.Papers, "failed": r.Failed()})
		if err == nil {
			fmt.Fprintf(m.w, "%s\n", b)
		}
	case "line":
		if total > 1 {
			line := []rune(m.line(done, total))
			if len(line) > m.width-1 {
				line = line[:m.width-1]
			}
			fmt.Fprintf(m.w, "\r%s%s", string(line), strings.Repeat(" ", max(0, m.width-1-utf8.RuneCountInString(string(line)))))
			m.shown = true
		}
	case "plain":
		if now := time.Now(); now.Sub(m.told) >= heartbeat {
			m.told = now
			fmt.Fprintln(m.w, m.line(done, total))
		}
	}
}

func (m *meter) line(done, total int) string {
	left := time.Duration(float64(time.Since(m.begun)) / float64(done) * float64(total-done)).Round(time.Second)
	return fmt.Sprintf("школ %d из %d (%d %%), осталось около %d с", done, total, done*100/total, int(left.Seconds()))
}

// end clears the line of a terminal.
func (m *meter) end() {
	if m.shown {
		fmt.Fprintf(m.w, "\r%s\r", strings.Repeat(" ", m.width-1))
	}
}
