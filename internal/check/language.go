package check

import (
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"nastavnik/internal/russian"
)

// languages are those of Russia's republics with letters that Russian has not,
// the smaller alphabets first: of two that explain a text alike, the smaller
// one says less by chance.
var languages = []struct{ code, name string }{
	{"os", "осетинский"}, {"kv", "коми"}, {"koi", "коми-пермяцкий"}, {"bua", "бурятский"}, {"tyv", "тувинский"},
	{"mhr", "марийский (луговой)"}, {"alt", "алтайский"}, {"cv", "чувашский"}, {"mrj", "марийский (горный)"},
	{"udm", "удмуртский"}, {"sah", "якутский"}, {"tt", "татарский"}, {"xal", "калмыцкий"}, {"kjh", "хакасский"}, {"ba", "башкирский"},
	{"ce", "чеченский"}, {"inh", "ингушский"}, {"kbd", "кабардино-черкесский"}, {"ady", "адыгейский"}, {"av", "аварский"}, {"lez", "лезгинский"},
}

// languageName returns the Russian name of a language, or its code.
func languageName(code string) string {
	for _, l := range languages {
		if l.code == code {
			return l.name
		}
	}
	return code
}

// language applies the rules L and T12: letters of another alphabet.
func (r *reader) language() {
	lang := r.titular()
	for i := range r.paras {
		p := &r.paras[i]
		r.letters(i, p.flat, 0, lang, func(rune) bool { return true })
		for _, run := range p.Runs {
			base, _, _ := strings.Cut(run.Lang, "-")
			if lang != "" && (base == "ru" || base == "") && strings.ContainsFunc(run.Text, isTitular) {
				r.sayOf("L05", i, "язык проверки правописания: "+lang, "у текста на втором языке не указан язык")
				break
			}
			if base != lang && languageName(base) != base {
				at := max(0, strings.Index(p.Text, run.Text))
				r.letters(i, run.Text, utf8.RuneCountInString(p.Text[:at]), base, isTitular)
			}
		}
	}
}

// letters tells the wrong letters of a text, a find a word: L01 a letter that
// the language has not, L02 a Latin one in the place of a letter of its own,
// T12 both alphabets in one word. from is the rune of the paragraph at which
// the text begins; only letters that judge accepts are told.
func (r *reader) letters(para int, text string, from int, lang string, judge func(rune) bool) {
	finds := russian.Homoglyphs(text, lang)
	for len(finds) > 0 {
		word := finds[0].Word
		n := 1 // finds of the same word
		for n < len(finds) && finds[n].Word == word && finds[n].Rune-finds[0].Rune < utf8.RuneCountInString(word) {
			n++
		}
		var bad []string
		code := "T12"
		for _, f := range finds[:n] {
			if !judge(f.Got) {
				continue
			}
			switch {
			case isTitular(f.Got):
				code = "L01"
			case isTitular(f.Right) && code != "L01":
				code = "L02"
			}
			if s := fmt.Sprintf("%c (U+%04X)", f.Got, f.Got); !slices.Contains(bad, s) {
				bad = append(bad, s)
			}
		}
		if len(bad) > 0 {
			hint := russian.Mend(word, lang)
			if hint == word {
				hint = ""
			}
			at := from + finds[0].Rune
			if code == "L01" {
				r.say(code, para, at, at+1, hint, "в слове «%s» нет такой буквы языка: %s, язык – %s", word, strings.Join(bad, ", "), languageName(lang))
			} else {
				r.say(code, para, at, at+1, hint, "в слове «%s» буквы другого алфавита: %s", word, strings.Join(bad, ", "))
			}
		}
		finds = finds[n:]
	}
}

// titular returns the second language of the paper: the one the school
// declares, or the one that explains its letters beyond the Russian ones, the
// look-alikes mended. "" when the paper is Russian alone.
func (r *reader) titular() string {
	if len(r.o.Langs) > 0 {
		return r.o.Langs[0]
	}
	var text strings.Builder
	strange := map[rune]bool{}
	for i := range r.paras {
		if !strings.ContainsFunc(r.paras[i].flat, isTitular) {
			continue
		}
		for word := range strings.FieldsSeq(r.paras[i].flat) {
			if strings.ContainsFunc(word, isTitular) {
				text.WriteString(word + " ")
			}
		}
		for _, c := range r.paras[i].flat {
			if isTitular(c) {
				strange[unicode.ToUpper(c)] = true
			}
		}
	}
	best, bestCost := "", 1<<30
	for _, l := range languages {
		cost := 0
		for _, f := range russian.Homoglyphs(text.String(), l.code) {
			if isTitular(f.Got) {
				if cost++; f.Right == 0 {
					cost = 1 << 30
					break
				}
			}
		}
		if cost < bestCost {
			best, bestCost = l.code, cost
		}
	}
	if len(strange) == 0 || bestCost > 0 && len(strange) == 1 {
		return "" // one strange letter says nothing of a language
	}
	return best
}

// isTitular reports whether c is a Cyrillic letter that Russian has not.
func isTitular(c rune) bool {
	return unicode.Is(unicode.Cyrillic, c) && !(c >= 'А' && c <= 'я') && c != 'Ё' && c != 'ё' && unicode.IsLetter(c)
}
