package russian

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Typography puts s into the typography of a Russian paper: « » with „ “
// inside, no-break spaces after № and between initials and a surname, dashes
// with spaces around and in ranges of years, №, composed letters. It changes
// no letter of a word, and a text that is right already comes back as it is.
// Addresses of sites and mail stay untouched.
//
// The rules are those of ГОСТ Р 7.0.97 and of the typesetter's custom; a dash
// of either kind (– or —) is kept, and a hyphen between spaces becomes –.
func Typography(s string) string {
	if onlyWords(s) || !utf8.ValidString(s) {
		return s
	}
	t := typesetter{}
	t.read(quotes(composeLetters(s)))
	for i := range t.toks {
		t.dash(i)
	}
	for i := range t.toks {
		t.number(i)
		t.initials(i)
		t.short(i)
		t.punctuation(i)
	}
	return t.String()
}

// onlyWords reports a text of letters and single spaces, where there is
// nothing to do.
func onlyWords(s string) bool {
	space := true // none at the beginning
	for i := 0; i < len(s); i++ {
		c := s[i]
		switch {
		case c == ' ' && !space:
			space = true
			continue
		case c == 0xD0 && i+1 < len(s) && s[i+1] >= 0x81, c == 0xD1 && i+1 < len(s) && s[i+1] <= 0x9F:
			i++
		default:
			return false
		}
		space = false
	}
	return true
}

// gap is what stands between two tokens.
type gap uint8

const (
	glued gap = iota
	spaced
	bound // a no-break space
)

// glyphs is a token of text: a word, a number, a sign, a line break.
type glyphs struct {
	kind   glyphKind
	text   string
	before gap
}

type glyphKind uint8

const (
	letters glyphKind = iota
	number
	sign
	lineBreak
	raw // an address, not to be touched
)

// typesetter holds a text as tokens and the gaps between them.
type typesetter struct {
	toks []glyphs
	end  gap // after the last token
}

// read cuts s into tokens.
func (t *typesetter) read(s string) {
	t.toks = make([]glyphs, 0, len(s)/6+4)
	before := glued
	for len(s) > 0 {
		r, n := utf8.DecodeRuneInString(s)
		tok := glyphs{kind: sign, before: before}
		switch {
		case r == ' ':
			if before == glued {
				before = spaced
			}
			s = s[n:]
			continue
		case r == '\u00a0' || r == '\u202f' || r == '\u2009':
			before = bound
			s = s[n:]
			continue
		case r == '\n' || r == '\r' || r == '\t':
			tok.kind = lineBreak
		case before != glued || len(t.toks) == 0 || t.toks[len(t.toks)-1].kind == lineBreak:
			if at := addressLen(s); at > 0 {
				tok.kind, n = raw, at
				break
			}
			tok.kind, n = span(s, r, n)
		default:
			tok.kind, n = span(s, r, n)
		}
		tok.text, s = s[:n], s[n:]
		t.toks = append(t.toks, tok)
		before = glued
	}
	t.end = before
}

// span returns the kind and the length of the token that s begins with.
func span(s string, r rune, n int) (glyphKind, int) {
	kind, in := sign, func(rune) bool { return false }
	switch {
	case unicode.IsLetter(r):
		kind, in = letters, func(r rune) bool { return unicode.IsLetter(r) || unicode.Is(unicode.Mn, r) }
	case r >= '0' && r <= '9':
		kind, in = number, func(r rune) bool { return r >= '0' && r <= '9' }
	case r == '-':
		in = func(r rune) bool { return r == '-' }
	case r == '.':
		in = func(r rune) bool { return r == '.' }
	}
	for n < len(s) {
		r, size := utf8.DecodeRuneInString(s[n:])
		if !in(r) {
			break
		}
		n += size
	}
	return kind, n
}

// addressLen returns the length of the word that s begins with when it is
// the address of a site or of mail, otherwise 0.
func addressLen(s string) int {
	n := strings.IndexFunc(s, unicode.IsSpace)
	if n < 0 {
		n = len(s)
	}
	word := s[:n]
	if strings.Contains(word, "://") || strings.HasPrefix(word, "www.") ||
		strings.IndexByte(word, '@') > 0 && strings.LastIndexByte(word, '.') > strings.IndexByte(word, '@') {
		return len(strings.TrimRight(word, ",;:!?)»…."))
	}
	return 0
}

// String writes the tokens with their gaps.
func (t *typesetter) String() string {
	var b strings.Builder
	n := 0
	for i := range t.toks {
		n += len(t.toks[i].text) + 2
	}
	b.Grow(n)
	write := func(g gap) {
		switch g {
		case spaced:
			b.WriteByte(' ')
		case bound:
			b.WriteString(nbsp)
		}
	}
	for i := range t.toks {
		write(t.toks[i].before)
		b.WriteString(t.toks[i].text)
	}
	write(t.end)
	return b.String()
}

// is reports whether token i is one of the signs or words in list, which is
// divided by single spaces.
func (t *typesetter) is(i int, list string) bool {
	if i < 0 || i >= len(t.toks) {
		return false
	}
	text := t.toks[i].text
	for list != "" {
		var w string
		w, list, _ = strings.Cut(list, " ")
		if w == text {
			return true
		}
	}
	return false
}

func (t *typesetter) kind(i int, k glyphKind) bool {
	return i >= 0 && i < len(t.toks) && t.toks[i].kind == k
}

// begins reports that token i stands at the beginning of a line or after a
// space, an opening bracket or quote.
func (t *typesetter) begins(i int) bool {
	return i == 0 || t.toks[i].before != glued || t.kind(i-1, lineBreak) || t.is(i-1, "( « „ [ /")
}

func (t *typesetter) gapAfter(i int) gap {
	if i+1 < len(t.toks) {
		return t.toks[i+1].before
	}
	return t.end
}

// set gives the gap before token i, if there is one and no line breaks there.
func (t *typesetter) set(i int, g gap) {
	if i > 0 && i < len(t.toks) && !t.kind(i, lineBreak) && !t.kind(i-1, lineBreak) {
		t.toks[i].before = g
	}
}

// dash sorts hyphens, dashes and ranges.
func (t *typesetter) dash(i int) {
	if !t.is(i, "- -- – — ‒ −") {
		return
	}
	tok := &t.toks[i]
	left, right := i-1, i+1
	before, after := tok.before, t.gapAfter(i)
	years := t.year(left) && t.year(right)
	switch {
	case years && tok.text != "—" && t.begins(left) && !(t.gapAfter(right) == glued && t.is(right+1, "- / – .") && (t.kind(right+2, number) || !t.is(right+1, "."))):
		tok.text = "–"
		t.set(i, glued)
		t.set(right, glued)
	case before != glued && after != glued && (t.solid(left) || t.is(left, "» “ ) . , % …")) && (t.solid(right) || t.is(right, "« „ ( №")):
		if tok.text == "−" && t.kind(left, number) && t.kind(right, number) {
			return
		}
		if tok.text != "—" {
			tok.text = "–"
		}
		t.set(i, bound)
		t.set(right, spaced)
	case after != glued && (left < 0 || t.kind(left, lineBreak)) && (t.kind(right, letters) || t.is(right, "«")):
		if tok.text != "—" {
			tok.text = "–"
		}
		t.set(right, bound)
	case tok.text == "-" && before == glued && after == glued && t.kind(left, number) && t.kind(right, number):
		pages := t.is(left-1, ".") && t.is(left-2, "с С стр Стр") && t.begins(left-2)
		counted := t.begins(left) && len(t.toks[left].text) < 3 && len(t.toks[right].text) < 3 &&
			t.gapAfter(right) != glued && t.kind(right+1, letters) && rangeUnit(t.toks[right+1].text)
		if pages || counted {
			tok.text = "–"
		}
	}
}

// solid reports a word, a number or an address.
func (t *typesetter) solid(i int) bool {
	return t.kind(i, letters) || t.kind(i, number) || t.kind(i, raw)
}

// year reports a number from 1900 to 2099.
func (t *typesetter) year(i int) bool {
	return t.kind(i, number) && len(t.toks[i].text) == 4 &&
		(t.toks[i].text[:2] == "19" || t.toks[i].text[:2] == "20")
}

// rangeUnit reports a noun that is counted: «1–4 классы».
func rangeUnit(w string) bool {
	for _, s := range [...]string{"класс", "лет", "год", "час", "мин", "дн", "дней", "раз", "чел", "пар", "недел", "месяц", "балл", "стр"} {
		if strings.HasPrefix(w, s) {
			return true
		}
	}
	return false
}

// number binds № to its number, numbers to what they count, days to months
// and months to years.
func (t *typesetter) number(i int) {
	tok := &t.toks[i]
	switch {
	case tok.text == "№":
		if i+1 < len(t.toks) && !t.is(i+1, ", ; : ! ? » ) … .") {
			t.set(i+1, bound)
		}
	case t.is(i, "N No") && t.begins(i) && t.kind(i+1, number):
		tok.text = "№"
		t.set(i+1, bound)
	case t.kind(i, letters) && t.year(i+1) && t.toks[i+1].before != glued && isMonthOf(tok.text):
		t.set(i+1, bound)
	case tok.kind == number && i+1 < len(t.toks):
		next := &t.toks[i+1]
		switch {
		case next.text == "%" || next.text == "₽":
			t.set(i+1, bound)
		case next.kind != letters:
		case t.is(i+1, "гг г вв в тыс млн млрд руб коп ч мин сек чел шт экз см мм кг км") && t.is(i+2, ".") && t.toks[i+2].before == glued:
			t.set(i+1, bound)
		case next.before != glued && counts(next.text):
			t.set(i+1, bound)
		}
	}
}

func isMonthOf(w string) bool {
	for _, m := range monthsOf[1:] {
		if w == m {
			return true
		}
	}
	return false
}

// counts reports a word that a number before it holds: a noun in small
// letters or an abbreviation such as ТК, and no preposition.
func counts(w string) bool {
	switch w {
	case "и", "или", "по", "до", "с", "со", "в", "во", "на", "а", "не", "от", "из", "к", "ко", "о", "об", "у", "за", "для", "при", "но":
		return false
	}
	first, _ := utf8.DecodeRuneInString(w)
	return !isUpper(first) || len(w) <= 6 && capitals(w)
}

// initials binds «И. И. Петров» and «Петров И. И.».
func (t *typesetter) initials(i int) {
	switch {
	case t.initial(i) && t.initial(i+2):
		t.set(i+2, bound)
		if t.initial(i + 4) {
			t.set(i+4, bound)
			i += 2
		}
		switch {
		case t.name(i + 4):
			t.set(i+4, bound)
		case i > 0 && t.toks[i].before != glued && t.name(i-1):
			t.set(i, bound)
		}
	case t.initial(i) && t.begins(i) && t.name(i+2) && t.toks[i+2].before != glued && utf8.RuneCountInString(t.toks[i+2].text) > 2:
		t.set(i+2, bound)
	case t.is(i, "ТК ГК НК УК СК БК ЖК") && t.is(i+1, "РФ") && t.toks[i+1].before != glued:
		t.set(i+1, bound)
	}
}

// initial reports a single capital and its full stop at i.
func (t *typesetter) initial(i int) bool {
	if !t.kind(i, letters) || !t.is(i+1, ".") || t.toks[i+1].before != glued {
		return false
	}
	r, n := utf8.DecodeRuneInString(t.toks[i].text)
	return n == len(t.toks[i].text) && isUpper(r)
}

// name reports a word with a capital and a small letter.
func (t *typesetter) name(i int) bool {
	if !t.kind(i, letters) {
		return false
	}
	first, n := utf8.DecodeRuneInString(t.toks[i].text)
	second, _ := utf8.DecodeRuneInString(t.toks[i].text[n:])
	return isUpper(first) && n < len(t.toks[i].text) && unicode.IsLower(second)
}

// short binds shortened words to what they belong to: «ст. 351.8», «ул.
// Ленина», «и. о.», «т. е.», «и др.».
func (t *typesetter) short(i int) {
	if !t.kind(i, letters) || !t.is(i+1, ".") || t.toks[i+1].before != glued || !t.begins(i) {
		if t.is(i, "и") && t.begins(i) && t.is(i+1, "т др пр") && t.toks[i+1].before != glued && t.is(i+2, ".") {
			t.set(i+1, bound)
		}
		return
	}
	var space [32]byte
	if len(t.toks[i].text) > len(space) {
		return
	}
	low := string(lower(space[:0], t.toks[i].text))
	next := i + 2
	switch {
	case low == "и" && t.is(next, "о О") && t.is(next+1, ".") && t.toks[next+1].before == glued:
		t.set(next, bound)
		if t.kind(next+2, letters) && t.toks[next+2].before == glued {
			t.set(next+2, spaced)
		}
	case low == "т" && t.is(next, "е к н ч п д с") && t.is(next+1, ".") && t.toks[next+1].before == glued:
		t.set(next, bound)
	case t.kind(next, number) && shortNumbered.has([]byte(low)):
		t.set(next, bound)
	case (t.name(next) || t.initial(next) || t.is(next, "«") || t.shouted(i, next)) && shortNamed.has([]byte(low)) && (!t.kind(i-1, number) || t.placeAfterNumber(i, low)):
		t.set(next, bound)
	}
}

// shouted reports «Д. ЗАХАРВАНЬ»: a letterhead all in capitals.
func (t *typesetter) shouted(i, next int) bool {
	first, n := utf8.DecodeRuneInString(t.toks[i].text)
	return isUpper(first) && (n == len(t.toks[i].text) || capitals(t.toks[i].text)) &&
		t.kind(next, letters) && capitals(t.toks[next].text)
}

// placeAfterNumber reports that the «с.» after a number begins a place, as in
// «школа № 7 с. Малая»: the number is a name's, after №, or no year is meant.
func (t *typesetter) placeAfterNumber(i int, low string) bool {
	switch low {
	case "с", "д", "пос", "дер", "гор", "ст", "х":
		return t.is(i-2, "№")
	case "г":
		return t.is(i-2, "№") && !t.year(i-1)
	}
	return false
}

var (
	shortNumbered = words(`ст стр с пп п пункт ч гл разд рис табл прил абз подп кв каб д корп оф
		тел вып т`)
	shortNamed = words(`гор г с пос дер д ул просп пр пер пл наб обл р им ж ст х мкр шк`)
)

// punctuation takes the spaces before stops and inside brackets and quotes.
func (t *typesetter) punctuation(i int) {
	tok := &t.toks[i]
	switch {
	case tok.text == "...":
		tok.text = "…"
		fallthrough
	case t.is(i, ", ; : ! ? » ) …"):
		if i > 0 && !t.is(i-1, "– — -") {
			t.set(i, glued)
		}
	case tok.text == "." && (t.solid(i-1) || t.is(i-1, "» ) “ %")) && (t.gapAfter(i) != glued || i+1 == len(t.toks) || t.kind(i+1, lineBreak)):
		t.set(i, glued)
	case t.is(i-1, "( « „"):
		t.set(i, glued)
	}
}

// quotes turns straight and foreign quotes into « » and, inside them, „ “. A
// quote opens where no letter, digit or stop stands before it.
func quotes(s string) string {
	if !strings.ContainsAny(s, "\"“”„«»‟") {
		return s
	}
	var b strings.Builder
	depth := 0
	before := ' '
	runes := []rune(s)
	for i, r := range runes {
		after := ' '
		if i+1 < len(runes) {
			after = runes[i+1]
		}
		switch r {
		case '«', '„', '‟':
			depth++
			b.WriteRune(openQuote(depth))
		case '»':
			b.WriteRune(closeQuote(depth))
			depth = max(0, depth-1)
		case '"', '“', '”':
			opens := (r != '“' || depth < 2) && !unicode.IsLetter(before) && !unicode.IsDigit(before) &&
				!strings.ContainsRune(".,!?…)»“%", before) && !unicode.IsSpace(after)
			if r == '"' && unicode.IsDigit(before) && depth == 0 {
				b.WriteRune(r) // inches and seconds
				break
			}
			if opens && (r != '”' || depth == 0) {
				depth++
				b.WriteRune(openQuote(depth))
				r = '«'
				break
			}
			b.WriteRune(closeQuote(depth))
			depth = max(0, depth-1)
			r = '»'
		default:
			b.WriteRune(r)
		}
		before = r
	}
	return b.String()
}

func openQuote(depth int) rune {
	if depth > 1 {
		return '„'
	}
	return '«'
}

func closeQuote(depth int) rune {
	if depth > 1 {
		return '“'
	}
	return '»'
}

// composed holds letters that keyboards and PDF files give in two parts, by
// the letter and the mark over it.
var composed = map[[2]rune]rune{
	{'и', 0x306}: 'й', {'И', 0x306}: 'Й', {'е', 0x308}: 'ё', {'Е', 0x308}: 'Ё',
	{'о', 0x308}: 'ӧ', {'О', 0x308}: 'Ӧ', {'у', 0x308}: 'ӱ', {'У', 0x308}: 'Ӱ',
	{'а', 0x308}: 'ӓ', {'А', 0x308}: 'Ӓ', {'ы', 0x308}: 'ӹ', {'Ы', 0x308}: 'Ӹ',
	{'ж', 0x308}: 'ӝ', {'Ж', 0x308}: 'Ӝ', {'з', 0x308}: 'ӟ', {'З', 0x308}: 'Ӟ',
	{'и', 0x308}: 'ӥ', {'И', 0x308}: 'Ӥ', {'ч', 0x308}: 'ӵ', {'Ч', 0x308}: 'Ӵ',
	{'а', 0x306}: 'ӑ', {'А', 0x306}: 'Ӑ', {'е', 0x306}: 'ӗ', {'Е', 0x306}: 'Ӗ',
	{'у', 0x30B}: 'ӳ', {'У', 0x30B}: 'Ӳ', {'у', 0x306}: 'ў', {'У', 0x306}: 'Ў',
	{'і', 0x308}: 'ї', {'І', 0x308}: 'Ї', {'у', 0x304}: 'ӯ', {'У', 0x304}: 'Ӯ',
	{'и', 0x304}: 'ӣ', {'И', 0x304}: 'Ӣ',
}

// composeLetters joins a letter and its mark into one letter.
func composeLetters(s string) string {
	if !strings.ContainsAny(s, "\u0304\u0306\u0308\u030b") {
		return s
	}
	var b strings.Builder
	for i, r := range s {
		next, _ := utf8.DecodeRuneInString(s[i+utf8.RuneLen(r):])
		if one, ok := composed[[2]rune{r, next}]; ok {
			b.WriteRune(one)
			continue
		}
		if before, _ := utf8.DecodeLastRuneInString(s[:i]); composed[[2]rune{before, r}] == 0 {
			b.WriteRune(r)
		}
	}
	return b.String()
}
