package check

import (
	_ "embed"
	"fmt"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"nastavnik/internal/diag"
)

// Options is what is known about the school and the paper. The zero Options
// knows nothing, and the rules judge by the paper alone.
type Options struct {
	Kind    string    // «приказ», «протокол», …; "" reads it from the paper
	Title   string    // of the paper, for the places of a set
	Date    time.Time // of the paper; zero reads it from the paper
	Year    int       // the first year of the school year; 0 reads it from the title
	Issued  bool      // the paper has left the school: lines for the pen are faults
	Public  bool      // it goes to the site: no pupils, no private data
	Consent bool      // the people named have agreed to be published

	School      School
	Others      []string   // short names of other schools: one in a paper is a copy-paste
	Officials   []Official // who signs, and when
	Langs       []string   // titular languages of the school's papers, BCP 47: "kv", "alt"
	Acts        []Known    // acts of the region, of the founder, of the school
	EmblemBasis string     // the act that allows a coat of arms
	Every       bool       // do not fold repeated finds of one rule
}

// School is the names of the school as its charter gives them.
type School struct {
	Full, Short string
	Also        []string // other declared names
}

// Official is a person who signs during a time; a zero end is open.
type Official struct {
	Post, Signature string // «Директор», «И. О. Фамилия»
	From, To        time.Time
}

// Rule is a line of rules.tsv.
type Rule struct {
	Code  string
	Level diag.Level
	Name  string
}

//go:embed rules.tsv
var rulesText string

var levels, ruleList = func() (map[string]diag.Level, []Rule) {
	letters := map[string]diag.Level{"E": diag.Error, "W": diag.Warning, "I": diag.Info}
	byCode := map[string]diag.Level{}
	var list []Rule
	for line := range strings.Lines(rulesText) {
		f := strings.Split(strings.TrimSpace(line), "\t")
		if len(f) != 3 || strings.HasPrefix(line, "#") {
			continue
		}
		r := Rule{f[0], letters[f[1]], f[2]}
		byCode[r.Code] = r.Level
		list = append(list, r)
	}
	return byCode, list
}()

// Rules returns every rule that this package can find broken, in the order
// of the codes.
func Rules() []Rule { return ruleList }

// Text checks plain text.
func Text(name, text string, o Options) diag.List {
	return Read(FromText(name, text), o)
}

// Read checks one paper by every rule that needs nothing but it.
func Read(paper *Paper, o Options) diag.List {
	r := newReader(paper, o)
	r.layout()
	r.requisites()
	r.references()
	r.numbering()
	r.typography()
	r.language()
	r.privacy()
	return r.finish()
}

// reader holds a paper, what it says of itself, and what was found.
type reader struct {
	paper *Paper
	o     Options
	paras []para
	facts facts
	finds []find
	told  map[string]int // finds of each rule, the folded ones too
}

type find struct {
	problem *diag.Problem
	para    int // -1: the whole paper
	at      int // rune
}

func newReader(paper *Paper, o Options) *reader {
	r := &reader{paper: paper, o: o, paras: paper.paras(), told: map[string]int{}}
	r.facts = r.read()
	return r
}

// say records a breach of a rule in runes [from, to) of a paragraph's text;
// para -1 is the paper as a whole.
func (r *reader) say(code string, para, from, to int, hint, format string, args ...any) {
	level, known := levels[code]
	if !known {
		panic("check: no rule " + code)
	}
	if r.enough(code) {
		return
	}
	r.told[code]++
	p := &diag.Problem{Level: level, Code: code, Text: fmt.Sprintf(format, args...), Hint: hint}
	p.Place.File = r.paper.Name
	if para >= 0 {
		at := &r.paras[para]
		p.Place.In = at.place()
		if at.runes == nil {
			at.runes = []rune(at.Text)
		}
		if at.Line > 0 {
			p.Place.Line = at.Line
			for _, c := range at.runes[:min(from, len(at.runes))] {
				if c == '\n' {
					p.Place.Line++
				}
			}
		}
		p.Place.Around, p.Place.Caret, p.Place.Width = around(at.runes, from, to)
	}
	r.finds = append(r.finds, find{p, para, from})
}

// sayIn is say for bytes [from, to) of the paragraph's flat text.
func (r *reader) sayIn(code string, para int, from, to int, hint, format string, args ...any) {
	if r.enough(code) {
		return
	}
	flat := r.paras[para].flat
	a := utf8.RuneCountInString(flat[:from])
	r.say(code, para, a, a+utf8.RuneCountInString(flat[from:to]), hint, format, args...)
}

// sayOf is say for a whole paragraph.
func (r *reader) sayOf(code string, para int, hint, format string, args ...any) {
	r.say(code, para, 0, min(30, utf8.RuneCountInString(r.paras[para].flat)), hint, format, args...)
}

// around returns the words around runes [from, to) of a text, the caret's offset
// in them and its width.
func around(runes []rune, from, to int) (string, int, int) {
	const side, widest = 36, 60
	to = min(to, from+widest)
	from, to = min(from, len(runes)), min(to, len(runes))
	a, b := max(0, from-side), min(len(runes), max(to, from)+side)
	for a > 0 && a < from && !unicode.IsSpace(runes[a-1]) {
		a++
	}
	for b < len(runes) && b > to && !unicode.IsSpace(runes[b]) {
		b--
	}
	for a < from && unicode.IsSpace(runes[a]) {
		a++
	}
	text, caret := flatten(string(runes[a:b])), from-a
	if a > 0 {
		text, caret = "…"+text, caret+1
	}
	if b < len(runes) {
		text += "…"
	}
	return strings.TrimRight(text, " "), caret, max(1, to-from)
}

// shown is how many finds of one rule are told one by one; the rest are
// counted. Errors of sense (references, numbering, requisites) are all told.
const shown = 3

// folds reports whether repeated finds of a rule are counted, not told.
func (r *reader) folds(code string) bool { return !r.o.Every && strings.Contains("TPL", code[:1]) }

// enough reports whether one more find of the rule is counted only, and counts
// it.
func (r *reader) enough(code string) bool {
	if !r.folds(code) || r.told[code] < shown {
		return false
	}
	r.told[code]++
	return true
}

// finish orders the finds by place and tells how many more there are of those
// that fold.
func (r *reader) finish() diag.List {
	sortFinds(r.finds)
	var list diag.List
	last := map[string]*diag.Problem{}
	for _, f := range r.finds {
		last[f.problem.Code] = f.problem
		list = append(list, f.problem)
	}
	for code, p := range last {
		if n := r.told[code]; r.folds(code) && n > shown {
			p.Text += fmt.Sprintf(" (таких мест ещё %d)", n-shown)
		}
	}
	return list
}
