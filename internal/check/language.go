package check

import (
	_ "embed"
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

//go:embed alphabets.tsv
var alphabetsText string

//go:embed confusables.tsv
var confusablesText string

// alphabets holds, for a language, its letters beyond the Russian ones, both
// cases; langOrder keeps the order of the file.
var alphabets, langOrder = func() (map[string]string, []string) {
	all := map[string]string{}
	var order []string
	for line := range strings.Lines(alphabetsText) {
		if lang, letters, found := strings.Cut(strings.TrimSpace(line), "\t"); found && lang[0] != '#' {
			all[lang] = letters + strings.Map(lowerLetter, letters)
			order = append(order, lang)
		}
	}
	return all, order
}()

func lowerLetter(r rune) rune {
	if r == 'Ӏ' {
		return 'ӏ'
	}
	return unicode.ToLower(r)
}

// confusables holds, for a language, the right letter for a wrong one.
var confusables = func() map[string]map[rune]rune {
	all := map[string]map[rune]rune{}
	for line := range strings.Lines(confusablesText) {
		langs, pairs, found := strings.Cut(strings.TrimSpace(line), "\t")
		if !found || langs[0] == '#' {
			continue
		}
		runes := []rune(pairs)
		for lang := range strings.SplitSeq(langs, ",") {
			if all[lang] == nil {
				all[lang] = map[rune]rune{}
			}
			for i := 0; i+1 < len(runes); i += 2 {
				all[lang][runes[i]] = runes[i+1]
			}
		}
	}
	return all
}()

var langNames = map[string]string{"tt": "татарском", "ba": "башкирском", "cv": "чувашском", "sah": "якутском", "bua": "бурятском",
	"xal": "калмыцком", "tyv": "тувинском", "kjh": "хакасском", "alt": "алтайском", "kv": "коми", "koi": "коми-пермяцком",
	"udm": "удмуртском", "mhr": "марийском (луговом)", "mrj": "марийском (горном)", "os": "осетинском"}

// twins are Latin letters that look like Cyrillic ones, and these.
const (
	twinLatin    = "ABCEHKMOPTXaceopxy"
	twinCyrillic = "АВСЕНКМОРТХасеорху"
)

// language applies the rules L and T12: letters of another alphabet.
func (r *reader) language() {
	lang := r.titular()
	for i := range r.paras {
		p := &r.paras[i]
		r.mixedWords(i, lang)
		if lang != "" {
			r.alphabet(i, lang)
		}
		for _, run := range p.Runs {
			if base, _, _ := strings.Cut(run.Lang, "-"); lang != "" && (base == "ru" || base == "") && strings.ContainsFunc(run.Text, isTitular) {
				r.sayOf("L05", i, "язык проверки правописания: "+lang, "у текста на втором языке не указан язык")
				break
			}
			if base, _, _ := strings.Cut(run.Lang, "-"); base != lang && base != "ru" && alphabets[base] != "" {
				r.runAlphabet(i, run, base)
			}
		}
	}
}

// titular returns the second language of the paper: the one the school
// declares, or the only one whose alphabet, look-alikes mended, holds every
// letter beyond the Russian ones. "" when the paper is Russian alone.
func (r *reader) titular() string {
	if len(r.o.Langs) > 0 {
		return r.o.Langs[0]
	}
	seen := map[rune]bool{}
	for i := range r.paras {
		for _, c := range r.paras[i].flat {
			if isTitular(c) {
				seen[unicode.ToUpper(c)] = true
			}
		}
	}
	if len(seen) == 0 {
		return ""
	}
	best, bestCost := "", 1<<30
	for _, lang := range langOrder {
		cost, fits := 0, true
		for c := range seen {
			if strings.ContainsRune(alphabets[lang], c) {
				continue
			}
			if to, ok := confusables[lang][c]; !ok || !unicode.Is(unicode.Cyrillic, to) {
				fits = false
			}
			cost++
		}
		// Of two that fit alike, the smaller alphabet says less by chance.
		if fits && (cost < bestCost || cost == bestCost && len(alphabets[lang]) < len(alphabets[best])) {
			best, bestCost = lang, cost
		}
	}
	if bestCost > 0 && len(seen) == 1 {
		return "" // one strange letter says nothing of a language
	}
	return best
}

// isTitular reports whether c is a Cyrillic letter that Russian has not.
func isTitular(c rune) bool {
	return unicode.Is(unicode.Cyrillic, c) && !(c >= 'А' && c <= 'я') && c != 'Ё' && c != 'ё' && unicode.IsLetter(c)
}

// alphabet finds letters outside the language's alphabet, a find a word.
func (r *reader) alphabet(i int, lang string) {
	at := 0
	for _, word := range splitWords(r.paras[i].flat) {
		n := utf8.RuneCountInString(word)
		if !isWord(firstRune(word)) {
			at += n
			continue
		}
		var bad []string
		right := strings.Map(func(c rune) rune {
			if isTitular(c) && !strings.ContainsRune(alphabets[lang], c) {
				if !slices.Contains(bad, string(c)) {
					bad = append(bad, string(c))
				}
				if to, ok := confusables[lang][c]; ok {
					return to
				}
			}
			return c
		}, word)
		if len(bad) > 0 {
			hint := ""
			if right != word {
				hint = right
			}
			name := langNames[lang]
			if name == "" {
				name = lang
			}
			r.say("L01", i, at, at+n, hint, "в алфавите языка нет буквы %s (U+%04X): язык – %s", strings.Join(bad, ", "), firstRune(bad[0]), name)
		}
		at += n
	}
}

func (r *reader) runAlphabet(i int, run Run, lang string) {
	for _, c := range run.Text {
		if isTitular(c) && !strings.ContainsRune(alphabets[lang], c) {
			hint := ""
			if to, ok := confusables[lang][c]; ok {
				hint = string(to)
			}
			at := max(0, strings.Index(r.paras[i].Text, run.Text))
			from := utf8.RuneCountInString(r.paras[i].Text[:at])
			r.say("L01", i, from, from+utf8.RuneCountInString(run.Text), hint, "в алфавите языка %s нет буквы %c (U+%04X)", lang, c, c)
			return
		}
	}
}

// mixedWords finds words of both alphabets (T12) and Latin letters that stand
// for a titular one (L02).
func (r *reader) mixedWords(i int, lang string) {
	at := 0
	for _, word := range splitWords(r.paras[i].flat) {
		n := utf8.RuneCountInString(word)
		latin, cyrillic := 0, 0
		for _, c := range word {
			switch {
			case unicode.Is(unicode.Latin, c):
				latin++
			case unicode.Is(unicode.Cyrillic, c):
				cyrillic++
			}
		}
		if latin > 0 && cyrillic > 0 {
			r.mixedWord(i, at, n, word, lang)
		}
		at += n
	}
}

func (r *reader) mixedWord(i, at, n int, word, lang string) {
	code, bad := "T12", []string(nil)
	right := strings.Map(func(c rune) rune {
		if !unicode.Is(unicode.Latin, c) {
			return c
		}
		bad = append(bad, fmt.Sprintf("%c (U+%04X)", c, c))
		if to, ok := confusables[lang][c]; ok {
			code = "L02"
			return to
		}
		if k := strings.IndexRune(twinLatin, c); k >= 0 {
			return []rune(twinCyrillic)[k]
		}
		return c
	}, word)
	hint := ""
	if !strings.ContainsFunc(right, func(c rune) bool { return unicode.Is(unicode.Latin, c) }) {
		hint = right
	}
	bad = slices.Compact(bad)
	r.say(code, i, at, at+n, hint, "в русском слове «%s» латинские буквы: %s", word, strings.Join(bad, ", "))
}

// splitWords cuts s into words and what stands between them; nothing is lost.
func splitWords(s string) []string {
	var out []string
	start, in := 0, false
	for i, c := range s {
		if word := isWord(c); i > 0 && word != in {
			out = append(out, s[start:i])
			start = i
		}
		in = isWord(c)
	}
	if start < len(s) {
		out = append(out, s[start:])
	}
	return out
}

func firstRune(s string) rune {
	r, _ := utf8.DecodeRuneInString(s)
	return r
}
