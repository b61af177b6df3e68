package profile

import (
	"bytes"
	"strings"
	"sync"
	"unicode/utf8"

	"nastavnik/internal/diag"
)

// span is a piece of a file in bytes, [start, end).
type span struct{ start, end int }

// source is the text of one file without its byte order mark.
type source struct {
	name string // as the user named it
	text []byte
}

// aroundRunes is how much of a long line a problem shows on each side of its
// place.
const aroundRunes = 60

// place turns a span into line, column and the line itself; both count from
// 1, the column in runes, as an editor shows them.
func (s *source) place(at span) diag.Place {
	start := max(0, min(at.start, len(s.text)))
	first := bytes.LastIndexByte(s.text[:start], '\n') + 1
	last := len(s.text)
	if n := bytes.IndexByte(s.text[start:], '\n'); n >= 0 {
		last = start + n
	}
	before := []rune(string(s.text[first:start]))
	line := []rune(strings.TrimRight(string(s.text[first:last]), "\r"))
	p := diag.Place{
		File:  s.name,
		Line:  1 + bytes.Count(s.text[:first], []byte{'\n'}),
		Col:   len(before) + 1,
		Caret: len(before),
		Width: max(1, utf8.RuneCount(s.text[start:max(start, min(at.end, last))])),
	}
	if cut := p.Caret - aroundRunes; cut > 0 {
		line = append([]rune{'…'}, line[min(cut+1, len(line)):]...)
		p.Caret -= cut
	}
	if len(line) > 2*aroundRunes {
		line = append(line[:2*aroundRunes:2*aroundRunes], '…')
	}
	p.Width = max(1, min(p.Width, len(line)-p.Caret))
	p.Around = strings.Map(func(r rune) rune {
		if r < ' ' || r == 0x7F {
			return ' ' // a tab would move the caret
		}
		return r
	}, string(line))
	return p
}

// line returns the text of a line, counted from 1, and its span; empty when
// there is no such line.
func (s *source) line(n int) (string, span) {
	start := 0
	for ; n > 1; n-- {
		i := bytes.IndexByte(s.text[start:], '\n')
		if i < 0 {
			return "", span{len(s.text), len(s.text)}
		}
		start += i + 1
	}
	end := len(s.text)
	if i := bytes.IndexByte(s.text[start:], '\n'); i >= 0 {
		end = start + i
	}
	return strings.TrimRight(string(s.text[start:end]), "\r"), span{start, end}
}

// places tells where a profile's keys and values stand. It keeps the text and
// finds them when somebody asks, which most profiles never see: a district of
// a thousand schools keeps no thousand tables of places.
//
// A nil *places knows nothing.
type places struct {
	src   *source
	once  sync.Once
	found *outline
	lent  []loan
}

// loan is a table that another file gives: its path here and there.
type loan struct {
	from        *places
	here, there string
}

// lend says that what stands at path there in another file is used at path
// here when this file does not give it.
func (p *places) lend(from *places, there, here string) {
	if p != nil && from != nil {
		p.lent = append(p.lent, loan{from, here, there})
	}
}

// find returns where a key or value stands, with its file.
func (p *places) find(path string) (*source, span, bool) {
	if p == nil {
		return nil, span{}, false
	}
	p.once.Do(func() { p.found = scan(p.src.text) })
	if it, found := p.found.item(path); found {
		return p.src, it.value, true
	}
	for _, l := range p.lent {
		if rest, found := strings.CutPrefix(path, l.here); found && (rest == "" || rest[0] == '.' || rest[0] == '[') {
			if src, at, found := l.from.find(l.there + rest); found {
				return src, at, true
			}
		}
	}
	return nil, span{}, false
}

// rest forgets what was found until somebody asks again. Nobody else may use
// the places meanwhile.
func (p *places) rest() {
	if p != nil {
		p.found, p.once = nil, sync.Once{}
	}
}

// at returns the place of a key, or of the nearest table around it, or of the
// file as a whole.
func (p *places) at(path string) diag.Place {
	for path != "" {
		if src, at, found := p.find(path); found {
			return src.place(at)
		}
		i := len(path) - 1
		for i > 0 && path[i] != '.' && path[i] != '[' {
			i--
		}
		path = path[:i]
	}
	if p == nil {
		return diag.Place{}
	}
	return diag.Place{File: p.src.name}
}

// has reports whether the file gives this very key.
func (p *places) has(path string) bool {
	_, _, found := p.find(path)
	return found
}
