package pdfread

import (
	"bytes"
	"strconv"
)

// maxDepth bounds arrays and dictionaries within one another.
const maxDepth = 64

// lexer reads objects from a place in a file or stream.
type lexer struct {
	b  []byte
	at int
}

// keyword is a bare word: an operator, obj, stream, xref.
type keyword string

// end is returned at the end of the bytes, and for what cannot be read.
type end struct{}

func isSpace(c byte) bool {
	return c == ' ' || c == '\n' || c == '\r' || c == '\t' || c == '\f' || c == 0
}

func isDelimiter(c byte) bool {
	switch c {
	case '(', ')', '<', '>', '[', ']', '{', '}', '/', '%':
		return true
	}
	return false
}

func isRegular(c byte) bool { return !isSpace(c) && !isDelimiter(c) }

func (l *lexer) skip() {
	for l.at < len(l.b) {
		switch c := l.b[l.at]; {
		case isSpace(c):
			l.at++
		case c == '%':
			for l.at < len(l.b) && l.b[l.at] != '\n' && l.b[l.at] != '\r' {
				l.at++
			}
		default:
			return
		}
	}
}

// object reads one object, or a keyword, or end. References are put together
// of two numbers and an R.
func (l *lexer) object(depth int) Object {
	l.skip()
	if l.at >= len(l.b) || depth > maxDepth {
		l.at = len(l.b)
		return end{}
	}
	switch c := l.b[l.at]; {
	case c == '/':
		l.at++
		return l.name()
	case c == '(':
		return l.literal()
	case c == '<':
		if l.at+1 < len(l.b) && l.b[l.at+1] == '<' {
			l.at += 2
			return l.dict(depth)
		}
		return l.hex()
	case c == '[':
		l.at++
		a := Array{}
		for {
			l.skip()
			if l.at < len(l.b) && l.b[l.at] == ']' {
				l.at++
				return a
			}
			switch o := l.object(depth + 1).(type) {
			case end:
				return a
			case keyword:
				if o == ">>" || o == "endobj" {
					return a
				}
			default:
				a = append(a, o)
			}
		}
	case c == '>' && l.at+1 < len(l.b) && l.b[l.at+1] == '>':
		l.at += 2
		return keyword(">>")
	case isDelimiter(c):
		l.at++
		return keyword(string(c))
	}
	from := l.at
	for l.at < len(l.b) && isRegular(l.b[l.at]) {
		l.at++
	}
	word := string(l.b[from:l.at])
	switch word {
	case "true":
		return true
	case "false":
		return false
	case "null":
		return nil
	}
	if n, ok := number(word); ok {
		if i, ok := n.(int); ok && i >= 0 {
			if r, ok := l.reference(i); ok {
				return r
			}
		}
		return n
	}
	return keyword(word)
}

// number reads an integer or a real; readers take +1, -.5, 4. and --3 too.
func number(word string) (Object, bool) {
	c := word[0]
	if c != '+' && c != '-' && c != '.' && (c < '0' || c > '9') {
		return nil, false
	}
	if n, err := strconv.Atoi(word); err == nil {
		return n, true
	}
	for len(word) > 1 && word[0] == '-' && word[1] == '-' {
		word = word[1:]
	}
	if f, err := strconv.ParseFloat(word, 64); err == nil && f < 1e18 && f > -1e18 {
		return f, true
	}
	return nil, false
}

// reference reads the generation and R behind a number, or nothing.
func (l *lexer) reference(n int) (Ref, bool) {
	at := l.at
	i := at
	for i < len(l.b) && isSpace(l.b[i]) {
		i++
	}
	from := i
	for i < len(l.b) && l.b[i] >= '0' && l.b[i] <= '9' && i-from < 6 {
		i++
	}
	if i == from || i == at {
		return Ref{}, false
	}
	generation, _ := strconv.Atoi(string(l.b[from:i]))
	space := i
	for i < len(l.b) && isSpace(l.b[i]) {
		i++
	}
	if i == space || i >= len(l.b) || l.b[i] != 'R' || i+1 < len(l.b) && isRegular(l.b[i+1]) {
		return Ref{}, false
	}
	l.at = i + 1
	return Ref{n, generation}, true
}

func (l *lexer) name() Name {
	var name []byte
	for l.at < len(l.b) && isRegular(l.b[l.at]) {
		c := l.b[l.at]
		if c == '#' && l.at+2 < len(l.b) {
			if v, err := strconv.ParseUint(string(l.b[l.at+1:l.at+3]), 16, 8); err == nil {
				c = byte(v)
				l.at += 2
			}
		}
		name = append(name, c)
		l.at++
	}
	return Name(name)
}

func (l *lexer) dict(depth int) Dict {
	d := Dict{}
	for {
		switch key := l.object(depth + 1).(type) {
		case Name:
			switch value := l.object(depth + 1).(type) {
			case keyword:
				if value == ">>" {
					return d
				}
			case end:
				return d
			default:
				d[key] = value
			}
		case keyword:
			if key == ">>" || key == "endobj" || key == "stream" {
				return d
			}
		case end:
			return d
		}
	}
}

func (l *lexer) literal() String {
	l.at++
	s, depth := String{}, 1
	for l.at < len(l.b) {
		c := l.b[l.at]
		l.at++
		switch c {
		case '(':
			depth++
		case ')':
			if depth--; depth == 0 {
				return s
			}
		case '\r':
			if l.at < len(l.b) && l.b[l.at] == '\n' {
				l.at++
			}
			c = '\n'
		case '\\':
			var ok bool
			if c, ok = l.escape(); !ok {
				continue
			}
		}
		s = append(s, c)
	}
	return s
}

// escape reads what stands behind a backslash; ok is false for a line break
// that joins two lines.
func (l *lexer) escape() (c byte, ok bool) {
	if l.at >= len(l.b) {
		return 0, false
	}
	c = l.b[l.at]
	l.at++
	switch c {
	case 'n':
		return '\n', true
	case 'r':
		return '\r', true
	case 't':
		return '\t', true
	case 'b':
		return '\b', true
	case 'f':
		return '\f', true
	case '\n':
		return 0, false
	case '\r':
		if l.at < len(l.b) && l.b[l.at] == '\n' {
			l.at++
		}
		return 0, false
	}
	if c < '0' || c > '7' {
		return c, true
	}
	v := c - '0'
	for range 2 {
		if l.at < len(l.b) && l.b[l.at] >= '0' && l.b[l.at] <= '7' {
			v = v<<3 | (l.b[l.at] - '0')
			l.at++
		}
	}
	return v, true
}

func (l *lexer) hex() String {
	l.at++
	s := String{}
	half, high := false, byte(0)
	for l.at < len(l.b) {
		c := l.b[l.at]
		l.at++
		var v byte
		switch {
		case c == '>':
			if half {
				s = append(s, high<<4)
			}
			return s
		case c >= '0' && c <= '9':
			v = c - '0'
		case c >= 'a' && c <= 'f':
			v = c - 'a' + 10
		case c >= 'A' && c <= 'F':
			v = c - 'A' + 10
		default:
			continue
		}
		if half {
			s = append(s, high<<4|v)
		}
		half, high = !half, v
	}
	return s
}

// stream reads the bytes of a stream whose dictionary was just read; length
// is what it says of itself, which is checked, for many lie.
func (l *lexer) stream(length int) (raw []byte, ok bool) {
	l.skip()
	if !bytes.HasPrefix(l.b[l.at:], []byte("stream")) {
		return nil, false
	}
	at := l.at + len("stream")
	if at < len(l.b) && l.b[at] == '\r' {
		at++
	}
	if at < len(l.b) && l.b[at] == '\n' {
		at++
	}
	if length >= 0 && length <= len(l.b)-at {
		after := lexer{b: l.b, at: at + length}
		after.skip()
		if bytes.HasPrefix(l.b[after.at:], []byte("endstream")) {
			l.at = after.at + len("endstream")
			return l.b[at : at+length], true
		}
	}
	n := bytes.Index(l.b[at:], []byte("endstream"))
	if n < 0 {
		return nil, false
	}
	l.at = at + n + len("endstream")
	raw = l.b[at : at+n]
	raw = bytes.TrimSuffix(raw, []byte("\n"))
	return bytes.TrimSuffix(raw, []byte("\r")), true
}

// maxOperands bounds the operands of one operator; more are dropped.
const maxOperands = 64

// Operators calls visit for each operator of a content stream with its
// operands, until visit returns false. An inline picture is one operator, BI,
// whose operands are the names and values of its dictionary.
//
// ISO 32000-1, 7.8.2 and 8.9.7.
func Operators(data []byte, visit func(name string, operands []Object) bool) {
	l := lexer{b: data}
	var operands []Object
	for {
		switch o := l.object(0).(type) {
		case end:
			return
		case keyword:
			if o == "BI" { // its operands stand behind it
				operands = operands[:0]
				continue
			}
			name := string(o)
			if o == "ID" {
				name = "BI"
				l.picture()
			}
			if !visit(name, operands) {
				return
			}
			operands = operands[:0]
		default:
			if len(operands) < maxOperands {
				operands = append(operands, o)
			}
		}
	}
}

// picture skips the bytes of an inline picture up to its EI, which stands
// alone between blanks.
func (l *lexer) picture() {
	for at := l.at; ; {
		i := bytes.Index(l.b[at:], []byte("EI"))
		if i < 0 {
			l.at = len(l.b)
			return
		}
		at += i
		if at > 0 && isSpace(l.b[at-1]) && (at+2 == len(l.b) || isSpace(l.b[at+2])) {
			l.at = at + 2
			return
		}
		at += 2
	}
}
