package layout

import "unicode"

// breakAllowed reports whether a line may end between a and b; before is the
// last character up to a that is no blank, 0 at the start of the paragraph. The rules are
// those of LibreOffice 7.4 (ICU with its own line.txt), found by probes of
// single tokens; where newer ICU differs, the house templates use characters
// on which both agree.
func breakAllowed(before, a, b rune) bool {
	if a < 0x80 && b < 0x80 || a >= 0x400 && a < 0x530 || b >= 0x400 && b < 0x530 {
		// the common case: letters, digits and blanks
		if a != ' ' && isWord(a) && isWord(b) {
			return false
		}
	}
	switch a {
	case ' ':
		switch b { // UAX 14, LB13 and LB14: not even after blanks
		case ' ', '.', ',', ':', ';', '!', '?', ')', ']', '}', noBreak, 0x2060, 0x202f:
			return false
		}
		return !isOpening(before)
	case '\t':
		return b != ' '
	case noBreak, 0x202f, 0x2011, 0x2060, 0xfeff:
		return false
	case 0xad, 0x200b:
		return b != ' '
	}
	switch b {
	case ' ', '\t', noBreak, 0x202f, 0x2011, 0x2060, 0x200b, 0xfeff:
		return false
	}
	if a == 0x2009 || a >= 0x2000 && a <= 0x2006 || a >= 0x2008 && a <= 0x200a || a == 0x3000 {
		return true
	}
	if a == '—' || b == '—' {
		switch {
		case a == b:
			return false
		case a == '—':
			return !isQuote(b) && !isClosing(b) && b != '-' && b != '–'
		case a == '…':
			return true
		}
		return !isQuote(a) && !isOpening(a) && a != '-' && a != '–' && a != '/'
	}
	switch a {
	case '-', '‐', '–':
		return !isQuote(b) && !isClosing(b) && b != '-' && b != '–'
	case '!', '?', '…':
		return !isClosing(b) && !isQuote(b) && b != '-' && b != '–'
	case '|', '\\':
		return isLetterOrDigit(b)
	case '%':
		if isOpening(b) || b == '+' || b == '$' {
			return true
		}
	case '№':
		if isOpening(b) || b == '%' {
			return true
		}
	case '.', ',', ':', ';':
		if isOpening(b) || b == '№' {
			return true
		}
	case '+', '$':
		if b == '№' {
			return true
		}
	case ')', ']', '}':
		return isOpening(b) || a == '}' && b == '%'
	}
	if b == '%' {
		return isLetterOrDigit(a) && !(a >= '0' && a <= '9')
	}
	if b == '№' && (a == '№' || a == '%') {
		return true
	}
	return isWide(a) && !isClosing(b) && !isQuote(b) && !isWideClosing(b) && b != ' ' || isWide(b) && !isOpening(a) && !isQuote(a) && !isWideClosing(b) && a != ' '
}

const noBreak = 0xa0

func isWord(r rune) bool {
	return r >= '0' && r <= '9' || r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= 0x400 && r < 0x530
}

func isLetterOrDigit(r rune) bool { return isWord(r) || unicode.IsLetter(r) || unicode.IsDigit(r) }

func isQuote(r rune) bool {
	switch r {
	case '«', '»', '"', '\'', '“', '”', '‘', '’', '„', '‹', '›':
		return true
	}
	return false
}

func isClosing(r rune) bool {
	switch r {
	case ')', ']', '}', '.', ',', ':', ';', '!', '?', '/', '…', '%':
		return true
	}
	return false
}

func isOpening(r rune) bool { return r == '(' || r == '[' || r == '{' }

// isWide reports ideographs and kana, between which a line may end anywhere.
func isWide(r rune) bool {
	return r >= 0x2e80 && r < 0xa4d0 || r >= 0xac00 && r < 0xd7a4 || r >= 0xf900 && r < 0xfb00 || r >= 0xff00 && r < 0xff61 || r >= 0x20000 && r < 0x30000
}

func isWideClosing(r rune) bool {
	switch r {
	case '、', '。', '，', '．', '」', '』', '）', '】', '》', '！', '？', '：', '；', '・', 'ー', '々', '〉', '〕', '％':
		return true
	}
	return false
}
