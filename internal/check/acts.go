package check

import (
	_ "embed"
	"nastavnik/internal/pattern"
	"strings"
	"sync"
	"time"
	"unicode/utf8"
)

// act is a cited act.
type act struct {
	kind           string // «приказ», «письмо», …
	body           string // what stands between the kind and the date
	date           time.Time
	number         string // as written
	title          string // without its quotes, "" when not given
	para, from, to int    // bytes of flat, from the kind to the end of number or title
	dateText       string
	verbal         bool
}

// Known is an act whose date and number are known.
type Known struct {
	Kind   string // «приказ»
	Body   string // a pattern of the issuing body in any case, lower case; "" fits any
	Date   time.Time
	Number string
	Title  string // a pattern of the title, lower case; "" when the act is known without
	Until  time.Time
	After  string // what stands in its place after Until
	Name   string // to be shown: «распоряжение Минпросвещения России»
}

//go:embed acts.tsv
var actsText string

var knownActs = sync.OnceValue(func() []Known { return readActs(actsText) })

// readActs reads acts.tsv: kind, body, date, number, title, until, after, name.
func readActs(text string) []Known {
	var list []Known
	for line := range strings.Lines(text) {
		f := strings.Split(strings.TrimRight(line, "\r\n"), "\t")
		if strings.HasPrefix(line, "#") || len(f) != 8 {
			continue
		}
		date, _ := time.Parse("2006-01-02", f[2])
		until, _ := time.Parse("2006-01-02", f[5])
		list = append(list, Known{f[0], f[1], date, f[3], f[4], until, f[6], f[7]})
	}
	return list
}

const actKinds = `приказ|распоряжени|письм|постановлени|федеральн\p{L}+ закон|закон|указ`

var (
	actStart = pattern.New(`(?i)(?:^|[^\p{L}])((?:` + actKinds + `)\p{L}{0,3})(?:[^\p{L}]|$)`)
	actRest  = pattern.New(`^([^;:»№]{0,240}?)[ (]от (` + dateText + `)` + dateTail + `(?: ?(?:№|N) ?(` + numberText + `))?`)
	actRev   = pattern.New(`^([^;:»№]{0,240}?) ?(?:№|N) ?(` + numberText + `) от (` + dateText + `)` + dateTail)
	actNext  = pattern.New(`^,? и ([^;:»«№]{3,120}?) от (` + dateText + `)` + dateTail + `(?: ?(?:№|N) ?(` + numberText + `))?`)
	actTitle = pattern.New(`^[ ,]{0,3}(?:\([^)]{0,80}\) )?[«"]`)
	stemKind = map[string]string{"приказ": "приказ", "распоряжени": "распоряжение", "письм": "письмо", "постановлени": "постановление", "закон": "закон", "указ": "указ"}
)

// kindOfAct returns the nominative of an act's kind in any case.
func kindOfAct(word string) string {
	word = strings.ToLower(word)
	if strings.Contains(word, "закон") {
		return "закон"
	}
	for stem, name := range stemKind {
		if strings.HasPrefix(word, stem) {
			return name
		}
	}
	return word
}

// actsOf finds the acts cited with a date in a flat paragraph.
func actsOf(flat string, para int) []act {
	var out []act
	for pos := 0; pos < len(flat); {
		m := actStart.FindStringSubmatchIndex(flat[pos:])
		if m == nil {
			break
		}
		start, end := pos+m[2], pos+m[3]
		pos = end
		word := flat[start:end]
		low := strings.ToLower(word)
		if strings.HasPrefix(low, "указан") || strings.HasPrefix(low, "законн") || strings.HasPrefix(low, "приказыв") {
			continue
		}
		a := act{kind: kindOfAct(word), para: para, from: start}
		rest := window(flat, end)
		if n := actRest.FindStringSubmatchIndex(rest); n != nil && !otherKind(flat[end:end+n[3]]) {
			a.body = strings.TrimSpace(flat[end+n[2] : end+n[3]])
			a.dateText = flat[end+n[4] : end+n[5]]
			if n[6] >= 0 {
				a.number = flat[end+n[6] : end+n[7]]
			}
			a.to = end + n[1]
		} else if n := actRev.FindStringSubmatchIndex(rest); n != nil && !otherKind(flat[end:end+n[3]]) {
			a.body = strings.TrimSpace(flat[end+n[2] : end+n[3]])
			a.number = flat[end+n[4] : end+n[5]]
			a.dateText = flat[end+n[6] : end+n[7]]
			a.to = end + n[1]
		} else {
			continue
		}
		out = append(out, a.finish(flat))
		for { // «письма А от … № … и Б от … № …»
			n := actNext.FindStringSubmatchIndex(window(flat, out[len(out)-1].to))
			if n == nil {
				break
			}
			base := out[len(out)-1].to
			b := act{kind: a.kind, para: para, from: base + n[2], to: base + n[1]}
			b.body = flat[base+n[2] : base+n[3]]
			b.dateText = flat[base+n[4] : base+n[5]]
			if n[6] >= 0 {
				b.number = flat[base+n[6] : base+n[7]]
			}
			if otherKind(b.body) {
				break
			}
			out = append(out, b.finish(flat))
		}
		pos = out[len(out)-1].to
	}
	return out
}

// window is the text from a byte on, as far as an act and its title may go.
func window(flat string, from int) string {
	end := min(len(flat), from+1600)
	for end < len(flat) && !utf8.RuneStart(flat[end]) {
		end++
	}
	return flat[from:end]
}

// otherKind reports whether another act begins in s, so that a date after it
// is not of the first.
func otherKind(s string) bool {
	return actStart.MatchString(s) || strings.Contains(s, "протокол") || strings.Contains(s, "утвержд")
}

// finish reads the date, cuts the number's tail and takes the title.
func (a act) finish(flat string) act {
	a.date, _ = parseDate(a.dateText)
	a.verbal = strings.ContainsRune(a.dateText, ' ')
	if n := strings.TrimRight(a.number, ".-/_"); n != a.number {
		a.to -= len(a.number) - len(n)
		a.number = n
	}
	if m := actTitle.FindStringIndex(window(flat, a.to)); m != nil {
		start := a.to + m[1]
		depth := 1
		for i, c := range window(flat, start) {
			switch {
			case c == '«' || c == '„':
				depth++
			case c == '»' || c == '“' || c == '"':
				depth--
			}
			if depth == 0 || utf8.RuneCountInString(flat[start:start+i]) > 500 {
				a.title, a.to = flat[start:start+i], start+i+utf8.RuneLen(c)
				break
			}
		}
	}
	return a
}

// plainNumber makes numbers comparable: capitals, Latin look-alikes as
// Cyrillic, no spaces.
func plainNumber(s string) string {
	s = strings.ToUpper(strings.ReplaceAll(s, " ", ""))
	return strings.Map(func(c rune) rune {
		if i := strings.IndexRune("ABCEHKMOPTX", c); i >= 0 {
			return []rune("АВСЕНКМОРТХ")[i]
		}
		return c
	}, s)
}

// similar is the share of equal words of two titles, 0 to 1.
func similar(a, b string) float64 {
	wa, wb := words(a), words(b)
	if len(wa) == 0 || len(wb) == 0 {
		return 0
	}
	same := 0
	for w := range wa {
		if wb[w] {
			same++
		}
	}
	return float64(same) / float64(max(len(wa), len(wb)))
}

func words(s string) map[string]bool {
	out := map[string]bool{}
	for _, w := range strings.FieldsFunc(strings.ToLower(s), func(r rune) bool { return !isWord(r) }) {
		if utf8.RuneCountInString(w) > 2 {
			if r := []rune(w); len(r) > 5 {
				w = string(r[:len(r)-2]) // cases differ in the ending
			}
			out[w] = true
		}
	}
	return out
}
