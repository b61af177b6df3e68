package russian

import (
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"
)

// A word is looked at in small letters, as bytes in a buffer of the caller's,
// so that nothing is allocated: a Russian letter is two bytes.

// lower appends s in small letters to buf, byte for byte: a letter whose
// small form has another length stays as it is, and so does what is no UTF-8.
func lower(buf []byte, s string) []byte {
	for i := 0; i < len(s); {
		c, d := s[i], byte(0)
		if i+1 < len(s) {
			d = s[i+1]
		}
		switch {
		case c < 'A' || c >= 'a' && c < utf8.RuneSelf:
			buf = append(buf, c)
			i++
		case c == 0xD0 && d >= 0xB0 && d <= 0xBF, c == 0xD1 && d >= 0x80 && d <= 0x9F: // а to я, ё
			buf = append(buf, c, d)
			i += 2
		case c == 0xD0 && d >= 0xA0 && d <= 0xAF: // Р to Я
			buf = append(buf, 0xD1, d-0x20)
			i += 2
		case c == 0xD0 && d >= 0x90 && d < 0xA0: // А to П
			buf = append(buf, c, d+0x20)
			i += 2
		default:
			r, n := utf8.DecodeRuneInString(s[i:])
			if low := unicode.ToLower(r); r != utf8.RuneError && utf8.RuneLen(low) == n {
				buf = utf8.AppendRune(buf, low)
			} else {
				buf = append(buf, s[i:i+n]...)
			}
			i += n
		}
	}
	return buf
}

// upper puts the small Russian letters of b into capitals in place; endings
// hold no others.
func upper(b []byte) {
	for i := 0; i+1 < len(b); i += 2 {
		r, _ := utf8.DecodeRune(b[i:])
		utf8.EncodeRune(b[i:], unicode.ToUpper(r))
	}
}

func isUpper(r rune) bool {
	switch {
	case r >= 'а' && r <= 'я' || r < utf8.RuneSelf:
		return false
	case r >= 'А' && r <= 'Я':
		return true
	}
	return unicode.IsUpper(r)
}

// has reports whether b ends with s.
func has(b []byte, s string) bool {
	return len(b) >= len(s) && string(b[len(b)-len(s):]) == s
}

// hasAny reports whether b ends with one of ends.
func hasAny(b []byte, ends ...string) bool {
	for _, s := range ends {
		if len(b) >= len(s) && string(b[len(b)-len(s):]) == s {
			return true
		}
	}
	return false
}

// letter returns the letter that stands n letters before the end of b, 0 for
// the last; 0 when b is too short.
func letter(b []byte, n int) rune {
	for {
		end := len(b)
		if end == 0 {
			return 0
		}
		var r rune
		size := 2
		if end > 1 && b[end-2]&^1 == 0xD0 && b[end-1]&0xC0 == 0x80 { // the Russian letters
			r = rune(b[end-2]&0x1F)<<6 | rune(b[end-1]&0x3F)
		} else {
			r, size = utf8.DecodeLastRune(b)
		}
		if n == 0 {
			return r
		}
		b = b[:end-size]
		n--
	}
}

func isVowel(r rune) bool {
	switch r {
	case 'а', 'е', 'ё', 'и', 'о', 'у', 'ы', 'э', 'ю', 'я', 'ө', 'ү', 'ә', 'ӧ', 'ӱ', 'ӓ', 'ӑ', 'ӗ', 'ӹ', 'і', 'ї', 'є':
		return true
	}
	return false
}

// isVelar reports к, г, х, after which ы is not written.
func isVelar(r rune) bool { return r == 'к' || r == 'г' || r == 'х' }

// isHush reports ж, ш, ч, щ, after which ы is not written and an unstressed
// о turns into е.
func isHush(r rune) bool { return r == 'ж' || r == 'ш' || r == 'ч' || r == 'щ' }

// vowels counts the vowels of b, that is its syllables.
func vowels(b []byte) int {
	n := 0
	for i := 0; i < len(b); {
		r, size := rune(b[i]), 1
		switch {
		case b[i]&^1 == 0xD0 && i+1 < len(b):
			r, size = rune(b[i]&0x1F)<<6|rune(b[i+1]&0x3F), 2
		case b[i] >= utf8.RuneSelf:
			r, size = utf8.DecodeRune(b[i:])
		}
		if isVowel(r) {
			n++
		}
		i += size
	}
	return n
}

// set is a list of words in small letters, looked up without allocation. It is
// made when it is first asked: most commands need few of fifty.
type set struct {
	lists []string
	once  sync.Once
	words map[string]struct{}
}

// words makes a set of the words in its lists, which are divided by white
// space; it is called for package variables only.
func words(lists ...string) *set { return &set{lists: lists} }

func (s *set) has(b []byte) bool {
	s.once.Do(s.make)
	_, ok := s.words[string(b)]
	return ok
}

func (s *set) make() {
	s.words = map[string]struct{}{}
	for _, list := range s.lists {
		for _, w := range strings.Fields(list) {
			s.words[w] = struct{}{}
		}
	}
}
