package generate

import (
	"regexp"
	"strings"
	"sync"
	"testing"

	"nastavnik/internal/catalog"
	"nastavnik/internal/docx"
	"nastavnik/internal/pdfread"
	"nastavnik/internal/profile"
	"nastavnik/samples"
)

// shared is one engine for all acceptance tests, so that a template is
// compiled once.
var shared = sync.OnceValues(func() (*Engine, error) { return newEngine(nil) })

// made is a paper as a reader finds it: its plain text in both files.
type made struct {
	job       catalog.Job
	word, pdf string // folded
}

// papers makes the documents of these ids (or presets) from an embedded
// profile and reads both files back. change may alter the profile first.
func papers(t *testing.T, sample string, public bool, change func(*profile.School), ids ...string) []made {
	t.Helper()
	return readBack(t, planned(t, sample, public, change, ids))
}

// planned is the set of an embedded profile.
func planned(t *testing.T, sample string, public bool, change func(*profile.School), ids []string) catalog.Set {
	t.Helper()
	s, problems := profile.LoadFS(samples.FS, sample)
	if problems.Failed() {
		t.Fatal(problems.Err())
	}
	if change != nil {
		change(s)
	}
	set, err := sharedEngine(t).Library.Plan(s, catalog.Selection{IDs: ids, Public: public})
	if err != nil {
		t.Fatal(err)
	}
	return set
}

// readBack makes the papers of a set and reads both files of each.
func readBack(t *testing.T, set catalog.Set) []made {
	t.Helper()
	var out []made
	for _, job := range set.Jobs {
		p := paper(t, job)
		out = append(out, made{job, folded(wordText(t, p.DOCX)), folded(pdfText(t, p.PDF))})
	}
	return out
}

func sharedEngine(t *testing.T) *Engine {
	t.Helper()
	e, err := shared()
	if err != nil {
		t.Fatal(err)
	}
	return e
}

func paper(t *testing.T, job catalog.Job) *Paper {
	t.Helper()
	p, err := sharedEngine(t).Paper(job, Want{PDF: true})
	if err != nil {
		t.Fatalf("%s: %v", job.Title(), err)
	}
	return p
}

// wordText is the text of the main part, a line a paragraph.
func wordText(t *testing.T, b []byte) string {
	t.Helper()
	pkg, err := docx.Open(b)
	if err != nil {
		t.Fatal(err)
	}
	tree, err := pkg.Main().Tree()
	if err != nil {
		t.Fatal(err)
	}
	var text strings.Builder
	var walk func(n *docx.Node)
	walk = func(n *docx.Node) {
		switch n.Name {
		case "w:t":
			text.WriteString(n.Text())
			return
		case "w:tab", "w:br":
			text.WriteString(" ")
		case "w:noBreakHyphen":
			text.WriteString("-")
		}
		for _, child := range n.Children {
			walk(child)
		}
		if n.Name == "w:p" {
			text.WriteString("\n")
		}
	}
	walk(tree)
	return text.String()
}

func pdfText(t *testing.T, b []byte) string {
	t.Helper()
	f, err := pdfread.Open(b)
	if err != nil {
		t.Fatal(err)
	}
	var text strings.Builder
	for _, p := range f.Pages() {
		text.WriteString(f.PageText(p))
		text.WriteString("\n")
	}
	return text.String()
}

var (
	quoteMarks = regexp.MustCompile(`[«»„“”]`)
	hyphens    = regexp.MustCompile(`\s*[-‑–—]\s*`)
	blankSpace = regexp.MustCompile(`[\s\x{a0}]+`)
	runsOfPen  = regexp.MustCompile(`_[_ ]*`)
	shortDates = regexp.MustCompile(`\b(\d{1,2}) (января|февраля|марта|апреля|мая|июня|июля|августа|сентября|октября|ноября|декабря) (\d{4}) г\.`)
)

var monthNumber = map[string]string{"января": "01", "февраля": "02", "марта": "03", "апреля": "04", "мая": "05", "июня": "06",
	"июля": "07", "августа": "08", "сентября": "09", "октября": "10", "ноября": "11", "декабря": "12"}

// folded makes texts comparable: spaces, quotes and dashes of one kind, small
// letters, dates as 31.08.2026, a line for the pen as one underscore.
func folded(s string) string {
	s = strings.ToLower(blankSpace.ReplaceAllString(s, " "))
	s = quoteMarks.ReplaceAllString(s, `"`)
	s = hyphens.ReplaceAllString(s, "-")
	s = runsOfPen.ReplaceAllString(s, "_")
	return shortDates.ReplaceAllStringFunc(s, func(d string) string {
		m := shortDates.FindStringSubmatch(d)
		if len(m[1]) == 1 {
			m[1] = "0" + m[1]
		}
		return m[1] + "." + monthNumber[m[2]] + "." + m[3]
	})
}

// fact is what the papers of a document must hold and must not.
type fact struct {
	sample string
	doc    string
	who    string // part of the suffix of the paper; "" looks into all of them
	has    []string
	lacks  []string
}

// check reports every fact that a file does not bear out: a text in has must
// stand in one paper at least, a text in lacks in none.
func (f fact) check(t *testing.T, list []made) {
	t.Helper()
	var found []made
	for _, m := range list {
		if m.job.Document.ID == f.doc && strings.Contains(m.job.Suffix, f.who) {
			found = append(found, m)
		}
	}
	if len(found) == 0 {
		t.Errorf("%s: no paper %s %q", f.sample, f.doc, f.who)
	}
	for _, file := range []string{"docx", "pdf"} {
		holds := func(want string) bool {
			for _, m := range found {
				text := m.word
				if file == "pdf" {
					text = m.pdf
				}
				if strings.Contains(text, folded(want)) {
					return true
				}
			}
			return false
		}
		for _, want := range f.has {
			if !holds(want) {
				t.Errorf("%s: %s %s (%s): no «%s»", f.sample, f.doc, f.who, file, want)
			}
		}
		for _, wrong := range f.lacks {
			if holds(wrong) {
				t.Errorf("%s: %s %s (%s): has «%s»", f.sample, f.doc, f.who, file, wrong)
			}
		}
	}
}
