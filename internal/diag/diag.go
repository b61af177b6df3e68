// Package diag holds what a user can mend: a problem, its place and a hint.
//
// A text file's place is file, line and column; a document's place is said as
// a person sees it («таблица 2, строка 3, ячейка 1») with the words around it.
// Texts are Russian, lower case, without a full stop; the user's own words
// stand in quotes.
package diag

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"
)

// Level says what a problem stops.
type Level uint8

const (
	Error   Level = iota // stops the document or the run
	Warning              // told, and listed in the packing list
	Info                 // a note, such as a blank left for the pen
)

// String returns the Russian word for the level.
func (l Level) String() string {
	return [...]string{"ошибка", "предупреждение", "заметка"}[l]
}

// Place is where a problem stands. The zero Place is «somewhere».
type Place struct {
	File string `json:"file,omitempty"` // as the user named it
	Line int    `json:"line,omitempty"` // from 1; 0 when unknown
	Col  int    `json:"col,omitempty"`  // from 1, in runes; 0 when unknown
	In   string `json:"in,omitempty"`   // inside a document: «раздел «…», таблица 2, строка 3, столбец 1»

	// Around holds the words around the place in one line, and Caret the rune
	// offset in it that a caret marks, with Width runes (at least 1).
	Around string `json:"around,omitempty"`
	Caret  int    `json:"caret,omitempty"`
	Width  int    `json:"width,omitempty"`
}

// String writes «file:line:col» or «file: in», whichever parts are known.
func (p Place) String() string {
	var b strings.Builder
	b.WriteString(p.File)
	if p.Line > 0 {
		fmt.Fprintf(&b, ":%d", p.Line)
		if p.Col > 0 {
			fmt.Fprintf(&b, ":%d", p.Col)
		}
	}
	if p.In != "" {
		if b.Len() > 0 {
			b.WriteString(": ")
		}
		b.WriteString(p.In)
	}
	return b.String()
}

// Problem is one thing that a user can mend.
type Problem struct {
	Level Level  `json:"-"`
	Code  string `json:"code,omitempty"` // «E05» of the validation rules, or empty
	Place Place  `json:"place"`
	Text  string `json:"text"`           // what is wrong
	Hint  string `json:"hint,omitempty"` // what to do
}

// Error writes the problem in one line, without its hint.
func (p *Problem) Error() string {
	if s := p.Place.String(); s != "" {
		return s + ": " + p.Text
	}
	return p.Text
}

// Format writes the problem for a terminal: the line of Error with its code,
// the words around with a caret under them, and the hint.
func (p *Problem) Format() string {
	var b strings.Builder
	b.WriteString(p.Error())
	if p.Code != "" {
		fmt.Fprintf(&b, " [%s]", p.Code)
	}
	if p.Place.Around != "" {
		caret := min(p.Place.Caret, utf8.RuneCountInString(p.Place.Around))
		fmt.Fprintf(&b, "\n    %s\n    %s%s", p.Place.Around,
			strings.Repeat(" ", caret), strings.Repeat("^", max(1, p.Place.Width)))
	}
	if p.Hint != "" {
		b.WriteString("\n  подсказка: " + p.Hint)
	}
	return b.String()
}

// List is the problems of one run, all told at once. The zero List is empty
// and ready to use; it is an error only through Err.
type List []*Problem

// Add appends a problem of level Error and returns it for its hint and code.
func (l *List) Add(at Place, format string, args ...any) *Problem {
	return l.add(Error, at, format, args)
}

// Warn appends a problem of level Warning.
func (l *List) Warn(at Place, format string, args ...any) *Problem {
	return l.add(Warning, at, format, args)
}

// Note appends a problem of level Info.
func (l *List) Note(at Place, format string, args ...any) *Problem {
	return l.add(Info, at, format, args)
}

func (l *List) add(level Level, at Place, format string, args []any) *Problem {
	p := &Problem{Level: level, Place: at, Text: fmt.Sprintf(format, args...)}
	*l = append(*l, p)
	return p
}

// Failed reports whether the list holds a problem of level Error.
func (l List) Failed() bool {
	return slices.ContainsFunc(l, func(p *Problem) bool { return p.Level == Error })
}

// Err returns the list as an error when it has Failed, otherwise nil.
func (l List) Err() error {
	if l.Failed() {
		return l
	}
	return nil
}

// Error writes every problem, one after another.
func (l List) Error() string {
	var b strings.Builder
	for i, p := range l {
		if i > 0 {
			b.WriteByte('\n')
		}
		b.WriteString(p.Format())
	}
	return b.String()
}

// Sort orders the list by file, line, column and level; problems of one place
// keep the order in which they were found.
func (l List) Sort() {
	slices.SortStableFunc(l, func(a, b *Problem) int {
		return cmp.Or(
			cmp.Compare(a.Place.File, b.Place.File),
			cmp.Compare(a.Place.Line, b.Place.Line),
			cmp.Compare(a.Place.Col, b.Place.Col),
			cmp.Compare(a.Level, b.Level),
		)
	})
}

// Nearest returns the candidate closest to name by edit distance, or "" when
// none is near: a third of its length in edits, at least one and at most
// four. Case is ignored.
func Nearest(name string, candidates []string) string {
	best, bestDist := "", min(4, max(1, utf8.RuneCountInString(name)/3))+1
	low := []rune(strings.ToLower(name))
	for _, c := range candidates {
		if d := distance(low, []rune(strings.ToLower(c))); d < bestDist {
			best, bestDist = c, d
		}
	}
	return best
}

// distance returns the optimal string alignment distance of a and b:
// insertions, deletions, substitutions and swaps of neighbours count one each.
func distance(a, b []rune) int {
	before, prev, cur := make([]int, len(b)+1), make([]int, len(b)+1), make([]int, len(b)+1)
	for j := range prev {
		prev[j] = j
	}
	for i := 1; i <= len(a); i++ {
		cur[0] = i
		for j := 1; j <= len(b); j++ {
			cost := 1
			if a[i-1] == b[j-1] {
				cost = 0
			}
			cur[j] = min(prev[j]+1, cur[j-1]+1, prev[j-1]+cost)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				cur[j] = min(cur[j], before[j-2]+1)
			}
		}
		before, prev, cur = prev, cur, before
	}
	return prev[len(b)]
}
