package russian

import (
	"unicode"
	"unicode/utf8"
)

// tokenKind sorts the stretches of a phrase.
type tokenKind uint8

const (
	spaceToken tokenKind = iota
	wordToken            // letters, digits, hyphens, a full stop of an abbreviation
	quoteToken           // «…» as a whole
	openToken            // (
	closeToken           // )
	commaToken           // , ; /
	dashToken            // – or — or a hyphen between spaces
	otherToken
)

type token struct {
	kind   tokenKind
	text   string
	low    []byte // of a word, in small letters
	abbr   bool   // of a word: capitals that are not a Russian word, or digits
	dotted bool   // of a word: ends with a full stop
	pat    pattern
	parts  []piece // of a word with hyphens that declines
}

// tokenize cuts s into tokens; the small letters of words live in arena.
func tokenize(toks []token, arena []byte, s string) []token {
	for len(s) > 0 {
		r, n := utf8.DecodeRuneInString(s)
		t := token{kind: otherToken}
		switch {
		case isSpace(r):
			t.kind = spaceToken
		case r == '(':
			t.kind = openToken
		case r == ')':
			t.kind = closeToken
		case r == ',' || r == ';' || r == '/':
			t.kind = commaToken
		case r == '–' || r == '—' || r == '-':
			t.kind = dashToken
		case r == '«' || r == '"' || r == '„' || r == '“':
			t.kind, n = quoteToken, quoteLen(s, r, n)
		case isWordRune(r):
			t.kind = wordToken
			for n < len(s) {
				next, size := utf8.DecodeRuneInString(s[n:])
				if isWordRune(next) || next == '-' && n+1 < len(s) && !isSpaceAt(s, n+1) {
					n += size
					continue
				}
				if next == '.' {
					n, t.dotted = n+size, true
					continue
				}
				break
			}
		}
		t.text, s = s[:n], s[n:]
		if t.kind == wordToken {
			from := len(arena)
			arena = lower(arena, t.text)
			t.low = arena[from:len(arena):len(arena)]
			t.abbr = isAbbreviation(t.text, t.low)
		}
		toks = append(toks, t)
	}
	return toks
}

func isWordRune(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) || r == '\u0301' }

func isSpaceAt(s string, i int) bool {
	r, _ := utf8.DecodeRuneInString(s[i:])
	return isSpace(r)
}

// quoteLen returns the bytes from the opening quote that s begins with to its
// closing one, or to the end when there is none; « nests.
func quoteLen(s string, opening rune, n int) int {
	depth := 1
	for i, r := range s[n:] {
		switch {
		case opening == '«' && r == '«':
			depth++
			continue
		case opening == '«' && r != '»', opening == '"' && r != '"',
			(opening == '„' || opening == '“') && r != '“' && r != '”':
			continue
		}
		if depth--; depth == 0 {
			return n + i + utf8.RuneLen(r)
		}
	}
	return len(s)
}

// isAbbreviation reports a word that does not decline by its look: digits,
// other scripts, capitals such as МБОУ and РайОНО.
func isAbbreviation(text string, low []byte) bool {
	if ordinalDigits(low).ends != nil {
		return false
	}
	for i := len(text) - 1; i > 0; i-- {
		if text[i] == '-' && !isNumber(text) { // IT-специалист goes by its last part
			at := len(low) - 1
			for low[at] != '-' {
				at--
			}
			return isAbbreviation(text[i+1:], low[at+1:])
		}
	}
	capitalsIn, letters := 0, 0
	for _, r := range text {
		if unicode.IsDigit(r) || unicode.Is(unicode.Latin, r) {
			return true
		}
		if unicode.IsLetter(r) {
			letters++
			if isUpper(r) {
				capitalsIn++
			}
		}
	}
	if capitalsIn < 2 || letters < 2 {
		return letters == 1 && capitalsIn == 1
	}
	if capitalsIn == letters {
		_, g := nominativeAdjective(low)
		return g == Unknown && !known(low, true) && !known(low, false)
	}
	return true // РайОНО
}

// ordinalDigits returns how a number with the ending of an adjective
// declines: 10-й, 1-я; a zero pattern when low is none.
func ordinalDigits(low []byte) pattern {
	if len(low) < 4 || low[0] < '0' || low[0] > '9' {
		return pattern{}
	}
	for _, c := range low[:len(low)-3] {
		if c < '0' || c > '9' {
			return pattern{}
		}
	}
	switch {
	case has(low, "-й"):
		return pattern{cut: 2, ends: &endings{"го", "му", "го", "м", "м"}}
	case has(low, "-я"):
		return pattern{cut: 2, ends: &endings{"й", "й", "ю", "й", "й"}}
	case has(low, "-е"):
		return pattern{cut: 2, ends: &endings{"го", "му", "е", "м", "м"}}
	}
	return pattern{}
}
