package russian

import (
	_ "embed"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"
)

// Finding is a letter that does not belong where it stands.
type Finding struct {
	Offset int    // of the letter in the text, in bytes
	Rune   int    // the same in runes, from 0
	Word   string // the word around it
	Got    rune
	Right  rune // the letter to put there, 0 when that is not known
}

//go:embed alphabets.tsv
var alphabetsText string

// script is what a language of Russia writes beyond the Russian letters.
type script struct {
	letters string        // both cases
	right   map[rune]rune // the right letter for a wrong one
}

var scripts = sync.OnceValue(func() map[string]script {
	all := map[string]script{}
	for line := range strings.Lines(alphabetsText) {
		cells := strings.Split(strings.TrimRight(line, "\n"), "\t")
		if len(cells) < 3 || line[0] == '#' {
			continue
		}
		s := script{letters: cells[1], right: map[rune]rune{}}
		for _, r := range cells[1] {
			s.letters += string(smallLetter(r))
		}
		pairs := []rune(cells[2])
		for i := 0; i+1 < len(pairs); i += 2 {
			s.right[pairs[i]] = pairs[i+1]
		}
		all[cells[0]] = s
	}
	return all
})

// smallLetter is unicode.ToLower, which does not know the small palochka.
func smallLetter(r rune) rune {
	if r == 'Ӏ' {
		return 'ӏ'
	}
	return unicode.ToLower(r)
}

// Latin letters that look like Cyrillic ones, and these.
const (
	twinsLatin    = "ABCEHKMOPTXYaceopxyk"
	twinsCyrillic = "АВСЕНКМОРТХУасеорхук"
)

// twin returns the Cyrillic letter that looks like the Latin r, or the Latin
// one for a Cyrillic r, or 0.
func twin(r rune) rune {
	from, to := twinsLatin, twinsCyrillic
	if r >= utf8.RuneSelf {
		from, to = to, from
	}
	at := 0
	for _, c := range from {
		if c == r {
			for _, d := range to {
				if at == 0 {
					return d
				}
				at--
			}
		}
		at++
	}
	return 0
}

// Homoglyphs finds letters that only look right: Latin ones in Cyrillic words
// and the reverse, digits inside words, and letters that the language of the
// text has not. lang is its code as in w:lang or /Lang («ru», «kv-RU»,
// «alt»); an empty or unknown one lets every Cyrillic letter pass.
func Homoglyphs(s, lang string) []Finding {
	lang, _, _ = strings.Cut(lang, "-")
	alphabet, known := scripts()[lang]
	var list []Finding
	runes := 0
	cyrillicText := strings.IndexFunc(s, isCyrillic) >= 0
	for from := 0; from < len(s); {
		r, n := utf8.DecodeRuneInString(s[from:])
		if !inWord(r) {
			from, runes = from+n, runes+1
			continue
		}
		end := from
		for end < len(s) {
			r, n := utf8.DecodeRuneInString(s[end:])
			if !inWord(r) {
				break
			}
			end += n
		}
		w := wordLetters{text: s[from:end], before: s[:from], after: s[end:], cyrillicText: cyrillicText}
		for i, got := range w.text {
			right, wrong := w.look(i, got, alphabet, known)
			if wrong {
				list = append(list, Finding{from + i, runes, w.text, got, right})
			}
			runes++
		}
		from = end
	}
	return list
}

// Mend puts the right letters where Homoglyphs knows them.
func Mend(s, lang string) string {
	var b strings.Builder
	from := 0
	for _, f := range Homoglyphs(s, lang) {
		if f.Right != 0 {
			b.WriteString(s[from:f.Offset])
			b.WriteRune(f.Right)
			from = f.Offset + utf8.RuneLen(f.Got)
		}
	}
	if from == 0 {
		return s
	}
	b.WriteString(s[from:])
	return b.String()
}

func inWord(r rune) bool {
	return unicode.IsLetter(r) || unicode.Is(unicode.Mn, r) || r >= '0' && r <= '9' || r == '|'
}

func isCyrillic(r rune) bool { return unicode.Is(unicode.Cyrillic, r) && unicode.IsLetter(r) }

func isLatin(r rune) bool { return unicode.Is(unicode.Latin, r) }

// wordLetters is a word and the text around it.
type wordLetters struct {
	text, before, after string
	cyrillicText        bool
}

// look reports whether the letter got at byte i of the word is wrong, and
// the right one.
func (w *wordLetters) look(i int, got rune, alphabet script, known bool) (right rune, wrong bool) {
	cyrillic := strings.IndexFunc(w.text, isCyrillic) >= 0
	right = alphabet.right[got]
	switch {
	case isCyrillic(got):
		if w.latinWord() && twin(got) != 0 {
			return twin(got), true
		}
		if known && !isRussian(got) && !strings.ContainsRune(alphabet.letters, got) {
			return right, true
		}
	case isLatin(got):
		switch {
		case cyrillic && right != 0:
			return right, true
		case cyrillic && !w.latinWord():
			return twin(got), true
		case !cyrillic && w.cyrillicText && w.disguised():
			return twin(got), true
		}
	case cyrillic && (got >= '0' && got <= '9' || got == '|'):
		before, _ := utf8.DecodeLastRuneInString(w.text[:i])
		after, _ := utf8.DecodeRuneInString(w.text[i+1:])
		if !isCyrillic(before) || !isCyrillic(after) && right == 0 {
			return 0, false
		}
		switch {
		case right != 0:
			if unicode.IsLower(before) {
				right = smallLetter(right)
			}
			return right, true
		case got == '0' || got == '3':
			right = map[rune]rune{'0': 'о', '3': 'з'}[got]
			if unicode.IsUpper(before) && unicode.IsUpper(after) {
				right = unicode.ToUpper(right)
			}
			return right, true
		}
	}
	return 0, false
}

// latinWord reports a word of both alphabets that is Latin: it has Latin
// letters that look like no Cyrillic one, and no such Cyrillic ones.
func (w *wordLetters) latinWord() bool {
	own := false
	for _, r := range w.text {
		if isCyrillic(r) && twin(r) == 0 {
			return false
		}
		own = own || isLatin(r) && twin(r) == 0
	}
	return own
}

// Abbreviations of a school's papers whose capitals have Latin twins only.
var disguises = words(`моу маоу мкоу ооо ано нко всоко анпо`)

// disguised reports a word of Latin letters that is meant to be Cyrillic:
// MAOY, the number P-145, the preposition c before a Russian word.
func (w *wordLetters) disguised() bool {
	mapped := ""
	for _, r := range w.text {
		c := twin(r)
		if c == 0 {
			return false
		}
		mapped += string(unicode.ToLower(c))
	}
	gap, _ := utf8.DecodeRuneInString(w.after)
	next, _ := utf8.DecodeRuneInString(strings.TrimLeftFunc(w.after, isSpace))
	switch {
	case disguises.has([]byte(mapped)):
		return true
	case w.text == "P":
		return strings.HasPrefix(w.after, "-145")
	case len(w.text) == 1 && strings.Contains("acoky", w.text), len(w.text) == 1 && strings.Contains("ACOKYB", w.text) && strings.TrimSpace(w.before) == "":
		return isSpace(gap) && (isCyrillic(next) || unicode.IsDigit(next))
	}
	return false
}

func isRussian(r rune) bool {
	return r >= 'А' && r <= 'я' || r == 'Ё' || r == 'ё'
}
