package wml

import "strings"

// SymbolFont is the family given to runs whose font is one of Word's symbol
// fonts, once their private codes are turned into Unicode.
const SymbolFont = "OpenSymbol"

func isSymbolFont(font string) bool {
	switch strings.ToLower(font) {
	case "symbol", "wingdings", "wingdings 2", "wingdings 3", "webdings", "zapf dingbats":
		return true
	}
	return false
}

// symbols turns the private codes (U+F020 to U+F0FF, or plain Latin in a
// symbol font) into Unicode; ok says that the font was a symbol font.
func symbols(font, text string) (mapped string, ok bool) {
	ok = isSymbolFont(font)
	private := strings.ContainsFunc(text, func(r rune) bool { return r >= 0xF000 && r <= 0xF0FF })
	if !ok && !private {
		return text, false
	}
	table := wingdings
	switch strings.ToLower(font) {
	case "symbol":
		table = symbolGreek
	case "wingdings 2":
		table = wingdings2
	case "webdings", "wingdings 3":
		table = nil
	}
	var b strings.Builder
	for _, r := range text {
		code := r
		if code >= 0xF000 && code <= 0xF0FF {
			code -= 0xF000
		}
		switch m, found := table[code]; {
		case found:
			b.WriteRune(m)
		case r >= 0xF000 && r <= 0xF0FF:
			if ok {
				b.WriteRune('•')
			} else {
				b.WriteRune(code)
			}
		case ok && strings.EqualFold(font, "symbol") && code < 0x80:
			b.WriteRune(code)
		case code == ' ' || code >= 0x100:
			b.WriteRune(r)
		default:
			b.WriteRune('•')
		}
	}
	return b.String(), true
}

var symbolGreek = map[rune]rune{
	0x22: '∀', 0x24: '∃', 0x27: '∋', 0x2A: '∗', 0x2D: '−', 0x40: '≅', 0x5C: '∴', 0x5E: '⊥',
	'A': 'Α', 'B': 'Β', 'C': 'Χ', 'D': 'Δ', 'E': 'Ε', 'F': 'Φ', 'G': 'Γ', 'H': 'Η', 'I': 'Ι',
	'J': 'ϑ', 'K': 'Κ', 'L': 'Λ', 'M': 'Μ', 'N': 'Ν', 'O': 'Ο', 'P': 'Π', 'Q': 'Θ', 'R': 'Ρ',
	'S': 'Σ', 'T': 'Τ', 'U': 'Υ', 'V': 'ς', 'W': 'Ω', 'X': 'Ξ', 'Y': 'Ψ', 'Z': 'Ζ',
	'a': 'α', 'b': 'β', 'c': 'χ', 'd': 'δ', 'e': 'ε', 'f': 'φ', 'g': 'γ', 'h': 'η', 'i': 'ι',
	'j': 'ϕ', 'k': 'κ', 'l': 'λ', 'm': 'μ', 'n': 'ν', 'o': 'ο', 'p': 'π', 'q': 'θ', 'r': 'ρ',
	's': 'σ', 't': 'τ', 'u': 'υ', 'v': 'ϖ', 'w': 'ω', 'x': 'ξ', 'y': 'ψ', 'z': 'ζ',
	0xA2: '′', 0xA3: '≤', 0xA5: '∞', 0xA7: '♣', 0xA8: '♦', 0xA9: '♥', 0xAA: '♠', 0xAB: '↔',
	0xAC: '←', 0xAD: '↑', 0xAE: '→', 0xAF: '↓', 0xB0: '°', 0xB1: '±', 0xB2: '″', 0xB3: '≥',
	0xB4: '×', 0xB5: '∝', 0xB6: '∂', 0xB7: '•', 0xB8: '÷', 0xB9: '≠', 0xBA: '≡', 0xBB: '≈',
	0xBC: '…', 0xC5: '⊕', 0xC6: '∅', 0xC7: '∩', 0xC8: '∪', 0xCE: '∈', 0xD0: '∠', 0xD1: '∇',
	0xD2: '®', 0xD3: '©', 0xD4: '™', 0xD6: '√', 0xD7: '⋅', 0xD8: '¬', 0xDB: '⇔', 0xDC: '⇐', 0xDE: '⇒',
	0xE5: '∑', 0xF2: '∫',
}

var wingdings = map[rune]rune{
	0x21: '✏', 0x22: '✂', 0x28: '☎', 0x29: '✆', 0x2A: '✉', 0x46: '☞', 0x6C: '●', 0x6D: '❍',
	0x6E: '■', 0x6F: '□', 0x71: '❑', 0x72: '❒', 0x74: '⧫', 0x75: '◆', 0x76: '❖', 0x77: '⬥',
	0x78: '⌧', 0x9E: '·', 0x9F: '•', 0xA0: '▪', 0xA1: '○', 0xA7: '▪', 0xA8: '◻', 0xAB: '★',
	0xD8: '➢', 0xDC: '➲', 0xE0: '→', 0xE8: '➔', 0xEF: '⇦', 0xF0: '⇨', 0xFB: '✗', 0xFC: '✓',
	0xFD: '☒', 0xFE: '☑', 0x4A: '☺', 0x4C: '☹', 0xDF: '←', 0xE1: '↑', 0xE2: '↓',
}

var wingdings2 = map[rune]rune{
	0x50: '✓', 0x51: '✗', 0x52: '☑', 0x53: '☒', 0x54: '☒', 0x55: '⊗', 0x97: '●', 0xA3: '□', 0x98: '•',
}
