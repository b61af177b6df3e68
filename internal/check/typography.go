package check

import (
	"nastavnik/internal/pattern"
	"strings"
	"unicode"
	"unicode/utf8"
)

// mark is a rule of typography that one pattern can find. Patterns run on the
// paragraph with its own spaces; a line break inside it is \n.
type mark struct {
	code string
	need string // one of these must stand in the text; "" looks always
	re   *pattern.Pattern
	text string                              // what is wrong; %s is the find
	hint func(t string, from, to int) string // the right text; nil for none
	skip func(text string, from, to int) bool
}

const anyMonth = `января|февраля|марта|апреля|мая|июня|июля|августа|сентября|октября|ноября|декабря`

var marks = []mark{
	{"T01", "№", pattern.New(`№[^\s]`), "знак № без пробела перед номером", func(t string, from, to int) string { return "№ " + firstWord(t[from+len("№"):]) },
		func(t string, from, to int) bool {
			return strings.HasPrefix(t[from:], "№№") || isSpace(t[from+len("№"):])
		}},
	{"T02", "N", pattern.New(`(?:^|[\s(])N\s?(?:[РP]-)?\d`), "латинская N вместо знака №", func(string, int, int) string { return "№" }, nil},
	{"T03", "№. ", pattern.New(`№ [\p{L}\d]|\p{Lu}\.\p{Lu}\. \p{Lu}\p{Ll}|\p{Lu}\p{Ll}+ \p{Lu}\.[  ]?\p{Lu}\.|(?:^|[\s(])(?:г|с|д|п|ул|ст|пп|ч) ?\. [\p{Lu}\d]|(?:19|20)\d\d г\.|\d (?:` + anyMonth + `)(?:[^\p{L}]|$)`),
		"обычный пробел там, где строка не должна разрываться", func(string, int, int) string { return "неразрывный пробел (Ctrl+Shift+пробел)" },
		func(t string, from, to int) bool {
			return !strings.Contains(t[from:to], " ") || strings.HasPrefix(t[from:], "№ п")
		}},
	{"T04", "\"", pattern.New(`"`), "прямые кавычки в русском тексте", func(string, int, int) string { return "«…»" },
		func(t string, from, to int) bool { return !nearCyrillic(t, from, to) }},
	{"T07", "-", pattern.New(`[\p{L}\d»)]([ \x{00A0}]-[ \x{00A0}]?|-[ \x{00A0}])[\p{L}\d«(]`), "дефис вместо тире", func(string, int, int) string { return "тире с пробелами: –" }, hangingHyphen},
	{"T08", "-", pattern.New(`(?:19|20)\d\d-(?:19|20)\d\d`), "дефис между годами", func(t string, from, to int) string { return strings.Replace(t[from:to], "-", "–", 1) },
		func(t string, from, to int) bool { return strings.HasSuffix(t[:from], ".97-") || isDigitAt(t, to) }},
	{"T09", "0123456789", pattern.New(`\d(?:года?|году|г|школ[аы]?|пар[аы]?|чел|пед)(?:[^\p{L}]|$)`), "число слито со словом", nil, nil},
	{"T10", " ", pattern.New(`[^\s] {2,}[^\s]`), "лишние пробелы", nil,
		func(t string, from, to int) bool { return strings.Contains(t[from:to], "_") }},
	{"T11", ",;:.!?", pattern.New(` [,;:.!?](?:\s|$)|[\p{Ll}»)][,;:]\p{L}|\p{Ll}{3,}\.\p{Lu}`), "пробелы у знака препинания", nil, inAddress},
	{"T13", "-", pattern.New(`\p{L}-\n\p{L}`), "перенос, сделанный вручную", func(t string, from, to int) string { return lastWord(t[:from+2]) + firstWord(t[to-2:]) },
		func(t string, from, to int) bool { return false }},
	{"T14", "<*[{}TX", pattern.New(`</?[a-z]+>|\*\*|\[bookmark:[^\]]*\]|\{\{|\}\}|TODO|XXX`), "осталась разметка: %s", nil, romanOrWord},
	{"T15", "иг", pattern.New(`(?:^|[^\p{L}])(?:и\.о[^.\p{L}]|гг(?:[^.\p{L}]|$)|и др [а-яё])`), "сокращение без точки", nil,
		func(t string, from, to int) bool { return strings.Contains(t[from:to], "и.о") }},
	{"T21", ".", pattern.New(`\d\d\.\d\d\.\d{4}\s?г\.?(?:[^\p{L}]|$)`), "после даты цифрами «г.» не пишут", func(t string, from, to int) string { return t[from : from+10] }, nil},
	{"T22", ".", pattern.New(`(?:^|[^\d.])\d\d\.\d\d\.\d\d(?:[^\d]|$)`), "год двумя цифрами", nil, notDate},
	{"T23", "0", pattern.New(`(?:^|[^\d])0[1-9][\s\x{00A0}](?:` + anyMonth + `)`), "ноль перед числом в дате словами", nil, nil},
	{"T25", "", pattern.New(`(?i)<no value>|<nil>|%![a-z(]|undefined|\[object |(?:^|[^\p{L}])(?:nil|null|NaN)(?:[^\p{L}]|$)|0001-01-01|01\.01\.0001`), "осталось от программы: %s", nil, nil},
	{"T26", "", pattern.New(`«\s*»|"\s*"|\(\s*\)|№ ?[,;.)](?:\s|$)|(?:^|\s)от\s{1,2}г\.|,\s*,|;\s*;`), "пустое место вместо значения: %s", nil, ellipsisGap},
}

// firstWord is s up to a space; lastWord is what follows the last space.
func firstWord(s string) string {
	if i := strings.IndexFunc(s, unicode.IsSpace); i >= 0 {
		s = s[:i]
	}
	return strings.TrimRight(s, ".,;:»)")
}

func lastWord(s string) string {
	if i := strings.LastIndexFunc(s, unicode.IsSpace); i >= 0 {
		s = s[i:]
	}
	return strings.TrimLeftFunc(s, func(c rune) bool { return !isWord(c) })
}

func isSpace(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	return unicode.IsSpace(r)
}

func isDigitAt(s string, at int) bool { return at < len(s) && s[at] >= '0' && s[at] <= '9' }

// nearCyrillic reports whether one of the 12 bytes on either side is Cyrillic.
func nearCyrillic(t string, from, to int) bool {
	for _, r := range t[max(0, from-12):min(len(t), to+12)] {
		if unicode.Is(unicode.Cyrillic, r) {
			return true
		}
	}
	return false
}

// hangingHyphen lets «учебно- и внеурочная», «научно-, технико-» and the minus
// of a range in Latin go.
func hangingHyphen(t string, from, to int) bool {
	s := t[from:to]
	if i := strings.Index(s, "- "); i > 0 && !strings.Contains(s, " -") {
		rest := t[from+i+2:]
		return strings.HasPrefix(rest, "и ") || strings.HasPrefix(rest, "или ") || strings.HasPrefix(rest, "либо ") || strings.HasPrefix(rest, "а также")
	}
	return false
}

var address = pattern.New(`(?i)[a-zа-я0-9._-]+@[a-zа-я0-9.-]+|https?://[^\s]+|www\.[^\s]+|[a-z0-9-]+\.(?:ru|рф|com|org)(?:/[^\s]*)?`)

// inAddress lets the signs inside web and mail addresses go, and the dots of
// a leader.
func inAddress(t string, from, to int) bool {
	start := max(0, from-100)
	for _, m := range address.FindAllStringIndex(t[start:min(len(t), to+100)], -1) {
		if start+m[0] < to && from < start+m[1] {
			return true
		}
	}
	return strings.HasPrefix(t[from:], " ..") || strings.HasPrefix(t[from:], " …")
}

// romanOrWord lets XXX of a number in Roman numerals and the like go.
func romanOrWord(t string, from, to int) bool {
	if t[from:to] != "XXX" {
		return false
	}
	after, _ := utf8.DecodeRuneInString(t[to:])
	before, _ := utf8.DecodeLastRuneInString(t[:from])
	return strings.ContainsRune("IVX", after) || unicode.IsLetter(before)
}

var shortDate = pattern.New(`(\d\d)\.(\d\d)\.(\d\d)`)

// notDate lets numbers of clauses and phone-like groups go: day and month must
// be possible.
func notDate(t string, from, to int) bool {
	m := shortDate.FindStringSubmatch(t[from:to])
	if m == nil || m[1] > "31" || m[2] > "12" || m[1] == "00" || m[2] == "00" {
		return true
	}
	// ОКВЭД and codes of specialities have the same shape: 44.02.01.
	before := strings.ToLower(t[max(0, from-60):from])
	return strings.Contains(before, "код") || strings.Contains(before, "специальност") || strings.Contains(before, "направлени") || strings.Contains(before, "оквэд") || m[1] == "44"
}

// ellipsisGap lets the () of a function's name, quotes in another alphabet and
// «знак №» go.
func ellipsisGap(t string, from, to int) bool {
	if before, _ := utf8.DecodeLastRuneInString(t[:from]); t[from] == '(' && isWord(before) || t[from] == '"' && !nearCyrillic(t, from, to) {
		return true
	}
	return strings.HasPrefix(t[from:to], "№") && strings.Contains(t[max(0, from-12):from], "знак")
}

// typography applies the rules T.
func (r *reader) typography() {
	noBreaks := r.paper.Plain
	for i := range r.paras {
		if strings.ContainsRune(r.paras[i].Text, '\u00a0') {
			noBreaks = false
			break
		}
	}
	for i := range r.paras {
		text := r.paras[i].Text
		for k := range marks {
			m := &marks[k]
			if m.code == "T03" && noBreaks {
				continue // a copied text has lost them all
			}
			if m.need != "" && !strings.ContainsAny(text, m.need) {
				continue
			}
			for _, at := range m.re.FindAllStringIndex(text, -1) {
				if m.skip != nil && m.skip(text, at[0], at[1]) {
					continue
				}
				if r.enough(m.code) {
					continue
				}
				found := strings.TrimSpace(text[at[0]:at[1]])
				hint := ""
				if m.hint != nil {
					hint = m.hint(text, at[0], at[1])
				}
				format, args := m.text, []any(nil)
				if strings.Contains(format, "%s") {
					args = []any{found}
				}
				a := utf8.RuneCountInString(text[:at[0]])
				r.say(m.code, i, a, a+utf8.RuneCountInString(text[at[0]:at[1]]), hint, format, args...)
			}
		}
		r.quotes(i)
		r.runes(i)
		r.phones(i)
	}
	r.mixtures()
}

// quotes balances «» and „“ in one logical paragraph.
func (r *reader) quotes(i int) {
	text := []rune(r.paras[i].flat)
	var open []int
	told := false
	for at, c := range text {
		switch c {
		case '«':
			if at > 0 && text[at-1] == '«' && !told {
				r.say("T05", i, at-1, at+1, "внутри кавычек – „лапки“", "две открывающие кавычки подряд")
				told = true
			}
			open = append(open, at)
			if len(open) == 2 {
				r.say("T06", i, at, at+1, "„…“", "внутренние кавычки не лапками")
			}
		case '»':
			if len(open) == 0 {
				if !told {
					r.say("T05", i, at, at+1, "", "закрывающая кавычка без открывающей")
					told = true
				}
				continue
			}
			open = open[:len(open)-1]
		}
	}
	if len(open) > 0 && !told {
		r.say("T05", i, open[len(open)-1], open[len(open)-1]+1, "", "кавычка не закрыта")
	}
}

// runes finds what no paper should hold: broken, private and control
// characters, combining marks where a letter of its own exists.
func (r *reader) runes(i int) {
	text := r.paras[i].Text
	at, before := 0, rune(0)
	for _, c := range text {
		switch {
		case c == utf8.RuneError:
			r.say("T19", i, at, at+1, "", "испорченный знак (U+FFFD)")
		case c >= 0xE000 && c <= 0xF8FF:
			r.say("T19", i, at, at+1, "–", "знак из чужого символьного шрифта: U+%04X", c)
		case c < 0x20 && c != '\n' && c != '\t' && c != '\r', c == 0x7F, c == 0x200B, c == 0x200E, c == 0x200F, c == 0xFEFF:
			r.say("T19", i, at, at+1, "удалите", "невидимый знак: U+%04X", c)
		case c == 0x0306 || c == 0x0308 || c == 0x030B:
			if strings.ContainsRune("иИеЕоОуУыЫаАжЖзЗчЧэЭ", before) {
				r.say("T19", i, at-1, at+1, "один знак вместо двух", "буква составлена из двух знаков: %c и U+%04X", before, c)
			}
		}
		before = c
		at++
	}
}

var (
	phoneRe   = pattern.New(`(?i)тел(?:\.|ефон\p{L}*)[: ]{0,3}([+\d(][\d ()–—-]{5,20}\d)`)
	phoneGood = pattern.New(`^(?:(?:\+7|8) ?\(\d{3,5}\) ?\d{1,3}(?:-\d{1,2}){1,2}|\d{1,3}(?:-\d{2}){1,2})$`)
)

// phones finds telephone numbers not written +7 (000) 000-00-00.
func (r *reader) phones(i int) {
	flat := r.paras[i].flat
	for _, m := range phoneRe.FindAllStringSubmatchIndex(flat, -1) {
		if s := flat[m[2]:m[3]]; !phoneGood.MatchString(s) {
			r.sayIn("T18", i, m[2], m[3], "+7 (000) 000-00-00", "телефон записан не по образцу: %s", s)
		}
	}
}

// mixtures finds two habits in one paper: both dashes, both ways with %.
func (r *reader) mixtures() {
	var en, em, glued, spaced int
	for i := range r.paras {
		flat := r.paras[i].flat
		en += strings.Count(flat, " – ")
		em += strings.Count(flat, " — ")
		for _, m := range percent.FindAllString(flat, -1) {
			if strings.Contains(m, " ") {
				spaced++
			} else {
				glued++
			}
		}
	}
	if en > 0 && em > 0 {
		r.say("T20", -1, 0, 0, "одно тире на весь документ", "тире двух видов: – %d раз, — %d раз", en, em)
	}
	if glued > 0 && spaced > 0 {
		r.say("T17", -1, 0, 0, "", "знак %% то с пробелом (%d), то без (%d)", spaced, glued)
	}
}

// isWord reports whether c is of a word.
func isWord(c rune) bool {
	return unicode.IsLetter(c) || unicode.IsDigit(c) || unicode.Is(unicode.Mn, c)
}
