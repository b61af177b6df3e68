package font

import "strings"

// twins are families with the same advance widths as another one, by
// lower-case name. The XO families are those of МойОфис, PT Astra Serif that
// of Astra Linux; both are common in Russian schools.
var twins = map[string]string{
	"times new roman":    "liberation serif",
	"times":              "liberation serif",
	"times roman":        "liberation serif",
	"tinos":              "liberation serif",
	"thorndale":          "liberation serif",
	"thorndale amt":      "liberation serif",
	"nimbus roman":       "liberation serif",
	"nimbus roman no9 l": "liberation serif",
	"xo thames":          "liberation serif",
	"pt astra serif":     "liberation serif",
	"arial":              "liberation sans",
	"arimo":              "liberation sans",
	"helvetica":          "liberation sans",
	"albany":             "liberation sans",
	"albany amt":         "liberation sans",
	"nimbus sans":        "liberation sans",
	"nimbus sans l":      "liberation sans",
	"xo oriel":           "liberation sans",
	"courier new":        "liberation mono",
	"courier":            "liberation mono",
	"cousine":            "liberation mono",
	"cumberland":         "liberation mono",
	"cumberland amt":     "liberation mono",
	"nimbus mono l":      "liberation mono",
	"xo courser":         "liberation mono",
	"calibri":            "carlito",
	"xo caliburn":        "carlito",
	"cambria":            "caladea",
	"liberation serif":   "times new roman",
	"liberation sans":    "arial",
	"liberation mono":    "courier new",
	"carlito":            "calibri",
	"caladea":            "cambria",
}

// twin returns the family with the same widths as name, «» when there is none.
// Old Windows fonts for one alphabet («Times New Roman CYR», «Arial Tat»,
// «Courier New KZ») are as wide as the family they were cut from.
func twin(name string) string {
	if family, found := twins[name]; found {
		return family
	}
	for _, family := range []string{"times new roman", "courier new", "arial", "calibri", "cambria"} {
		rest, found := strings.CutPrefix(name, family+" ")
		if !found {
			continue
		}
		switch rest {
		case "cyr", "ce", "greek", "tur", "baltic", "tat", "bash", "chv", "kz", "kaz", "uni", "(headings)", "(body)", "mt", "ps", "psmt", "bold", "italic", "полужирный":
			return twins[family]
		}
	}
	return ""
}

// serifWords and the two lists after it are parts of names that tell the
// class of a family.
var (
	monoWords  = []string{"mono", "courier", "consolas", "typewriter", "lucida console", "code", "fixed", "terminal", "courser"}
	sansWords  = []string{"sans", "arial", "helvetica", "calibri", "verdana", "tahoma", "segoe", "trebuchet", "gothic", "roboto", "futura", "ubuntu", "impact", "candara", "corbel", "lucida", "franklin", "century gothic", "inter", "noto", "geneva", "aptos", "oriel", "caliburn", "comic"}
	serifWords = []string{"serif", "times", "roman", "georgia", "garamond", "cambria", "antiqua", "palatino", "bookman", "century", "baskerville", "constantia", "minion", "schoolbook", "thames", "sylfaen", "book"}
)

// standIns returns the families to take for one that is not there, the most
// alike first. A name that says nothing is taken for a serif family, for
// papers are set in Times New Roman.
func standIns(name string) []string {
	holds := func(words []string) bool {
		for _, word := range words {
			if strings.Contains(name, word) {
				return true
			}
		}
		return false
	}
	switch {
	case holds(monoWords):
		return []string{"liberation mono", "courier new", "liberation sans", "arial"}
	case strings.Contains(name, "sans serif"), holds(sansWords):
		return []string{"liberation sans", "arial", "carlito", "liberation serif"}
	case holds(serifWords):
		return []string{"liberation serif", "times new roman", "caladea", "liberation sans"}
	}
	return []string{"liberation serif", "times new roman", "liberation sans", "arial"}
}

// fallbacks returns the families in which to look for a character that f
// lacks, the most alike first.
func fallbacks(f *Face) []string {
	switch {
	case f.fixed:
		return []string{"liberation mono", "liberation sans", "liberation serif", "carlito"}
	case f.serif:
		return []string{"liberation serif", "times new roman", "liberation sans", "carlito"}
	}
	return []string{"liberation sans", "arial", "carlito", "liberation serif"}
}

// symbolic maps characters of symbol fonts, by their low byte, to Unicode.
// Word keeps bullets and check marks as U+F000 + code in these fonts.
var symbolic = map[string]map[rune]rune{
	"symbol": {
		0xB7: '•', 0xA8: '♦', 0xAE: '→', 0xAC: '←', 0xAD: '↑', 0xAF: '↓', 0xB0: '°', 0xB1: '±',
		0xB3: '≥', 0xA3: '≤', 0xB9: '≠', 0xBB: '≈', 0xB4: '×', 0xB8: '÷', 0xD6: '√', 0xE5: '∑',
		0x2D: '−', 0xA5: '∞', 0xD7: '⋅', 0x20: ' ', 0xD2: '®', 0xD3: '©', 0xD4: '™', 0xBE: '—', 0xBC: '…',
		0x61: 'α', 0x62: 'β', 0x67: 'γ', 0x64: 'δ', 0x65: 'ε', 0x6C: 'λ', 0x6D: 'μ', 0x70: 'π', 0x73: 'σ', 0x77: 'ω', 0x44: 'Δ', 0x53: 'Σ', 0x57: 'Ω',
	},
	"wingdings": {
		0xA7: '▪', 0xA8: '□', 0x6F: '□', 0x71: '❑', 0x72: '❒', 0xFE: '☑', 0xFD: '☒', 0xFC: '✓', 0xFB: '✗',
		0xD8: '➢', 0x76: '❖', 0x6C: '●', 0x6E: '■', 0xA1: '○', 0x9F: '•', 0x9E: '·', 0x75: '◆', 0x77: '◆',
		0xE0: '→', 0xDF: '←', 0xE1: '↑', 0xE2: '↓', 0xF0: '→', 0xE8: '➔', 0x20: ' ', 0x2A: '✉', 0x28: '☎', 0x22: '✂',
	},
	"wingdings 2": {0x50: '✓', 0x4F: '✗', 0x52: '☑', 0x53: '☒', 0x54: '☒', 0xA3: '☐', 0x2A: '☐', 0x97: '●', 0x98: '●', 0xA0: '■', 0x20: ' '},
	"wingdings 3": {0x7D: '▶', 0x20: ' '},
	"webdings":    {0x61: '✔', 0x63: '□', 0x67: '■', 0x6E: '●', 0x3D: '•', 0x20: ' '},
}

// alikes are characters to draw in the place of rarer ones of symbol fonts.
var alikes = map[rune]rune{'❑': '□', '❒': '□', '➔': '→', '▶': '►'}

// Symbol returns the Unicode character for one of a symbol font (Symbol,
// Wingdings, Webdings), written as U+0020…U+00FF or U+F020…U+F0FF. It is
// false for any other family and for a character without a Unicode twin.
func Symbol(family string, r rune) (rune, bool) {
	codes := symbolic[strings.ToLower(strings.TrimSpace(family))]
	if codes == nil {
		return r, false
	}
	if r >= 0xF000 && r <= 0xF0FF {
		r -= 0xF000
	}
	symbol, found := codes[r]
	if alike, rare := alikes[symbol]; rare {
		symbol = alike
	}
	return symbol, found
}
