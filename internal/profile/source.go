package profile

import (
	"bytes"
	"strings"
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

// spot is where a key or value stands; sources are shared, so that a district
// of a thousand schools does not keep a thousand built places for each.
type spot struct {
	src *source
	at  span
}

// places holds the spots of one profile by path: «people[3].last».
type places map[string]spot

func (p places) at(path string) diag.Place {
	for {
		if s, found := p[path]; found {
			return s.src.place(s.at)
		}
		if path == "" {
			return diag.Place{}
		}
		i := len(path) - 1
		for i > 0 && path[i] != '.' && path[i] != '[' {
			i--
		}
		path = path[:i]
		if _, found := p[path]; path == "" && found {
			return diag.Place{File: p[""].src.name}
		}
	}
}

// has reports whether the file gives this very key.
func (p places) has(path string) bool {
	_, found := p[path]
	return found
}
