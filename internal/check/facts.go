package check

import (
	"cmp"
	"nastavnik/internal/pattern"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"
)

// facts is what a paper says of itself.
type facts struct {
	kind      *kind
	kindPara  int // -1 when the paper names no kind
	titlePara int // «О …» of an order; -1 when there is none
	date      time.Time
	datePara  int // the head line of date and number; -1
	number    string
	headEnd   int // paragraphs [0, headEnd) stand before the text proper
	acts      []act
	years     []schoolYear
	dates     []dated
	stamps    []stamp
	signs     []sign
}

// kind is a kind of paper by its head noun.
type kind struct {
	word     string // lower case, nominative
	ending   string // of «УТВЕРЖДЁН…»: "", "а", "о", "ы"
	official bool   // carries date, number, place and a signature by the standard
}

// kinds holds the head nouns; the longer name of two that begin alike stands
// first.
var kinds = []kind{
	{"выписка из протокола", "а", true},
	{"дополнительное соглашение", "о", true},
	{"дорожная карта", "а", false},
	{"календарный план", "", false},
	{"приказ", "", true},
	{"распоряжение", "о", true},
	{"протокол", "", true},
	{"положение", "о", false},
	{"правила", "ы", false},
	{"порядок", "", false},
	{"регламент", "", false},
	{"устав", "", false},
	{"план", "", false},
	{"график", "", false},
	{"программа", "а", false},
	{"инструкция", "а", false},
	{"форма", "а", false},
	{"анкета", "а", false},
	{"смета", "а", false},
	{"номенклатура", "а", false},
	{"структура", "а", false},
	{"расписание", "о", false},
	{"соглашение", "о", true},
	{"договор", "", true},
	{"задание", "о", false},
	{"отчет", "", false},
	{"отчёт", "", false},
	{"состав", "", false},
	{"перечень", "", false},
	{"паспорт", "", false},
	{"список", "", false},
	{"кодекс", "", false},
	{"проект", "", false},
	{"изменения", "ы", false},
	{"требования", "ы", false},
	{"формы", "ы", false},
	{"списки", "ы", false},
	{"рекомендации", "ы", false},
	{"справка", "а", false},
	{"согласие", "о", false},
	{"письмо", "о", false},
	{"уведомление", "о", false},
	{"акт", "", true},
}

// kindOf returns the kind whose name text begins with, nil for none.
func kindOf(text string) *kind {
	low := strings.ToLower(text)
	for i := range kinds {
		rest, found := strings.CutPrefix(low, kinds[i].word)
		if !found {
			continue
		}
		if r, _ := utf8.DecodeRuneInString(rest); rest == "" || !unicode.IsLetter(r) {
			return &kinds[i]
		}
	}
	return nil
}

const (
	monthWords = `января|февраля|марта|апреля|мая|июня|июля|августа|сентября|октября|ноября|декабря`
	dateText   = `(?:\d{1,2}\.\d{1,2}\.\d{4}|[«"]?\d{1,2}[»"]? (?:` + monthWords + `) \d{4})`
	dateTail   = `(?: ?(?:года|г\.?))?`
	numberText = `[\p{L}\d][\p{L}\d./_-]*`
)

var (
	dateRe    = pattern.New(`(?:^|[^\d.])(\d{1,2})\.(\d{1,2})\.(\d{4})(?:[^\d]|$)|[«"]?(\d{1,2})[»"]? (` + monthWords + `) (\d{4})`)
	months    = strings.Split(monthWords, "|")
	headLine  = pattern.New(`^(?:от )?(` + dateText + `)` + dateTail + `\s*(?:№ ?(` + numberText + `))?`)
	headBlank = pattern.New(`^(?:от )?[«"]?_{2,}.*№`)
	numOnly   = pattern.New(`^№ ?(` + numberText + `|_+)$`)
	yearRe    = pattern.New(`((?:19|20)\d\d) ?[-–—/] ?((?:19|20)?\d\d)([^\d]{0,3}(?:учебн|уч\.)| ?/ ?уч)?`)
	orderRe   = pattern.New(`(?i)^(?:п ?р ?и ?к ?а ?з ?ы ?в ?а ?ю|приказываю|обязываю|распоряжаюсь) ?:?$|(?i)приказываю ?:$`)
	titleRe   = pattern.New(`^(?:О|Об|Обо) \p{L}`)
)

// schoolYear is a span of two years followed by «учебный год».
type schoolYear struct {
	first, second  int
	para, from, to int // bytes of flat
	text           string
}

// dated is a date in the text.
type dated struct {
	time           time.Time // zero when the calendar has no such day
	verbal         bool
	para, from, to int
	text           string
}

// day makes a date; ok is false when the calendar has none such.
func day(y, m, d int) (time.Time, bool) {
	t := time.Date(y, time.Month(m), d, 0, 0, 0, 0, time.UTC)
	return t, m >= 1 && m <= 12 && t.Day() == d && int(t.Month()) == m
}

// parseDate reads the first date of s.
func parseDate(s string) (time.Time, bool) {
	ds := datesOf(s)
	if len(ds) == 0 || ds[0].time.IsZero() {
		return time.Time{}, false
	}
	return ds[0].time, true
}

func datesOf(flat string) []dated {
	var out []dated
	for pos := 0; pos < len(flat); {
		m := dateRe.FindStringSubmatchIndex(flat[pos:])
		if m == nil {
			break
		}
		group := func(i int) string { return flat[pos+m[2*i] : pos+m[2*i+1]] }
		var d dated
		var y, mo, dd int
		if m[2] >= 0 {
			dd, _ = strconv.Atoi(group(1))
			mo, _ = strconv.Atoi(group(2))
			y, _ = strconv.Atoi(group(3))
			d.from, d.to = pos+m[2], pos+m[7]
		} else {
			dd, _ = strconv.Atoi(group(4))
			mo = slices.Index(months, group(5)) + 1
			y, _ = strconv.Atoi(group(6))
			d.from, d.to, d.verbal = pos+m[0], pos+m[1], true
		}
		if t, ok := day(y, mo, dd); ok {
			d.time = t
		}
		d.text = flat[d.from:d.to]
		out = append(out, d)
		pos = d.to
	}
	return out
}

// headSpan is how many paragraphs, the letterhead among them, may stand
// before a paper's kind and title.
const headSpan = 40

// read collects the facts.
func (r *reader) read() facts {
	f := facts{kindPara: -1, titlePara: -1, datePara: -1, number: ""}
	f.headEnd = min(len(r.paras), headSpan)
	for i := range r.paras[:f.headEnd] {
		p := &r.paras[i]
		if orderRe.MatchString(p.bare) || p.Heading > 0 && textHeading.MatchString(strings.TrimSpace(p.Label+" "+p.bare)) && i > 0 {
			f.headEnd = i
			break
		}
	}
	r.readKind(&f)
	r.readHead(&f)
	for i := range r.paras {
		p := &r.paras[i]
		for _, d := range datesOf(p.flat) {
			d.para = i
			f.dates = append(f.dates, d)
		}
		f.acts = append(f.acts, actsOf(p.flat, i)...)
	}
	for i := range r.paras {
		f.years = append(f.years, r.yearsOf(i, f.acts)...)
	}
	f.stamps = r.readStamps()
	f.signs = r.readSigns()
	return f
}

// readKind finds the paragraph that names the kind of the paper: the kind
// alone or in capitals, or the first heading-like line that begins with it.
func (r *reader) readKind(f *facts) {
	inStamp := false
	for i := range r.paras[:f.headEnd] {
		p := &r.paras[i]
		switch {
		case isStamp(p.bare):
			inStamp = true
		case p.Gap || p.cell == 0 && utf8.RuneCountInString(p.bare) > 60:
			inStamp = false
		}
		k := kindOf(p.bare)
		if k == nil || inStamp && p.cell > 0 || p.Label != "" || utf8.RuneCountInString(p.bare) > 400 {
			continue
		}
		word := p.bare[:len(k.word)]
		alone := len(p.bare) == len(k.word)
		capitals := word == strings.ToUpper(word)
		first, _ := utf8.DecodeRuneInString(word)
		if !alone && !capitals && !(unicode.IsUpper(first) && (p.Align == Center || r.paper.Plain) && !inStamp) {
			continue
		}
		if inStamp && !alone && !capitals {
			continue
		}
		f.kind, f.kindPara = k, i
		break
	}
	if r.o.Kind != "" {
		if k := kindOf(r.o.Kind); k != nil {
			f.kind = k
		}
	}
}

// readHead finds date, number and title of a paper of an official kind.
func (r *reader) readHead(f *facts) {
	start := max(0, f.kindPara)
	for i := start; i < f.headEnd; i++ {
		p := &r.paras[i]
		if m := headLine.FindStringSubmatch(p.bare); m != nil && f.datePara < 0 && !r.underStamp(i) && (f.kind != nil && f.kind.official || m[2] != "") {
			f.datePara = i
			f.date, _ = parseDate(m[1])
			f.number = m[2]
			if f.number == "" {
				for j := i + 1; j < min(i+4, f.headEnd) && p.cell > 0 && r.paras[j].cell > 0; j++ {
					if n := numOnly.FindStringSubmatch(r.paras[j].bare); n != nil && !strings.HasPrefix(n[1], "_") {
						f.number = n[1]
						break
					}
				}
			}
		} else if f.datePara < 0 && headBlank.MatchString(p.bare) {
			f.datePara = i
		}
		if f.titlePara < 0 && titled(f.kind) && titleRe.MatchString(strings.TrimLeft(p.bare, "«\"")) && utf8.RuneCountInString(p.bare) < 500 {
			f.titlePara = i
		}
	}
	if !r.o.Date.IsZero() {
		f.date = r.o.Date
	}
	if f.date.IsZero() { // a plan, a regulation: the date of its approval
		for i := range r.paras[:f.headEnd] {
			if r.underStamp(i) {
				if t, ok := parseDate(r.paras[i].flat); ok && t.After(f.date) {
					f.date = t
				}
			}
		}
	}
}

// ofMinutes reports whether the kind has a title in the genitive, «заседания …»,
// so that an «О …» in it is a point of the agenda.
func ofMinutes(k *kind) bool {
	return k != nil && (k.word == "протокол" || k.word == "выписка из протокола")
}

// titled reports whether the kind has a title of its own that begins with «О»,
// apart from its name; a paper of no known kind may have one.
func titled(k *kind) bool {
	return k == nil || k.word == "приказ" || k.word == "распоряжение" || k.word == "письмо"
}

// underStamp reports whether paragraph i stands in the block of a stamp.
func (r *reader) underStamp(i int) bool {
	for j := i; j >= 0 && j > i-8; j-- {
		p := &r.paras[j]
		if isStamp(p.bare) || annexMark.MatchString(p.bare) {
			return true
		}
		if p.Gap && p.cell == 0 || j > 0 && r.paras[j-1].cell != p.cell {
			return false
		}
	}
	return false
}

// yearsOf finds the school years of a paragraph outside cited acts.
func (r *reader) yearsOf(i int, acts []act) []schoolYear {
	flat := r.paras[i].flat
	var out []schoolYear
	for _, m := range yearRe.FindAllStringSubmatchIndex(flat, -1) {
		if m[6] < 0 {
			continue
		}
		if slices.ContainsFunc(acts, func(a act) bool { return a.para == i && a.from <= m[0] && m[0] < a.to }) {
			continue
		}
		y := schoolYear{para: i, from: m[0], to: m[5], text: flat[m[0]:m[5]]}
		y.first, _ = strconv.Atoi(flat[m[2]:m[3]])
		y.second, _ = strconv.Atoi(flat[m[4]:m[5]])
		if y.second < 100 {
			y.second += y.first / 100 * 100
			if y.second < y.first {
				y.second += 100
			}
		}
		out = append(out, y)
	}
	return out
}

func sortFinds(finds []find) {
	slices.SortStableFunc(finds, func(a, b find) int {
		return cmp.Or(cmp.Compare(a.para, b.para), cmp.Compare(a.at, b.at), cmp.Compare(a.problem.Level, b.problem.Level))
	})
}
