package russian

import (
	"unicode"
	"unicode/utf8"
)

// Post returns the name of a post in six cases. The head noun declines with
// the words that agree with it, the rest stays: «заместителю директора по
// учебной работе»; so do further posts after a comma or in brackets. «и. о.»
// and врио do not change. g is for the future and may be Unknown: Russian
// posts decline by the gender of their word.
func Post(s string, g Gender) Forms { return phrase(s, true) }

// Org returns the name of an organisation in six cases. Abbreviations and
// what stands in quotes do not change.
func Org(s string) Forms { return phrase(s, false) }

// tokenKind sorts the stretches of a phrase.
type tokenKind uint8

const (
	spaceToken tokenKind = iota
	wordToken            // letters, digits, hyphens, a full stop of an abbreviation
	quoteToken           // «…» as a whole
	openToken            // (
	closeToken           // )
	commaToken           // , ; /
	dashToken            // – or — or a hyphen between spaces
	otherToken
)

type token struct {
	kind   tokenKind
	text   string
	low    []byte // of a word, in small letters
	abbr   bool   // of a word: capitals that are not a Russian word, or digits
	dotted bool   // of a word: ends with a full stop
	pat    pattern
	parts  []piece // of a word with hyphens that declines
}

// phrase declines a noun phrase; people is whether it names posts rather
// than organisations.
func phrase(s string, people bool) Forms {
	var arena [1024]byte
	var space [48]token
	p := phraseParser{toks: tokenize(space[:0], arena[:0], s), people: people}
	p.run()
	var room [64]piece
	pieces := room[:0]
	for i := range p.toks {
		t := &p.toks[i]
		if t.parts != nil {
			pieces = append(pieces, t.parts...)
			continue
		}
		pieces = append(pieces, piece{text: t.text, pat: t.pat})
	}
	return compose(pieces)
}

// tokenize cuts s into tokens; the small letters of words live in arena.
func tokenize(toks []token, arena []byte, s string) []token {
	for len(s) > 0 {
		r, n := utf8.DecodeRuneInString(s)
		t := token{kind: otherToken}
		switch {
		case isSpace(r):
			t.kind = spaceToken
		case r == '(':
			t.kind = openToken
		case r == ')':
			t.kind = closeToken
		case r == ',' || r == ';' || r == '/':
			t.kind = commaToken
		case r == '–' || r == '—' || r == '-':
			t.kind = dashToken
		case r == '«' || r == '"' || r == '„' || r == '“':
			t.kind, n = quoteToken, quoteLen(s, r, n)
		case isWordRune(r):
			t.kind = wordToken
			for n < len(s) {
				next, size := utf8.DecodeRuneInString(s[n:])
				if isWordRune(next) || next == '-' && n+1 < len(s) && !isSpaceAt(s, n+1) {
					n += size
					continue
				}
				if next == '.' {
					n, t.dotted = n+size, true
					continue
				}
				break
			}
		}
		t.text, s = s[:n], s[n:]
		if t.kind == wordToken {
			from := len(arena)
			arena = lower(arena, t.text)
			t.low = arena[from:len(arena):len(arena)]
			t.abbr = isAbbreviation(t.text, t.low)
		}
		toks = append(toks, t)
	}
	return toks
}

func isWordRune(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) || r == '\u0301' }

func isSpaceAt(s string, i int) bool {
	r, _ := utf8.DecodeRuneInString(s[i:])
	return isSpace(r)
}

// quoteLen returns the bytes from the opening quote that s begins with to its
// closing one, or to the end when there is none; « nests.
func quoteLen(s string, opening rune, n int) int {
	depth := 1
	for i, r := range s[n:] {
		switch {
		case opening == '«' && r == '«':
			depth++
			continue
		case opening == '«' && r != '»', opening == '"' && r != '"',
			(opening == '„' || opening == '“') && r != '“' && r != '”':
			continue
		}
		if depth--; depth == 0 {
			return n + i + utf8.RuneLen(r)
		}
	}
	return len(s)
}

// isAbbreviation reports a word that does not decline by its look: digits,
// other scripts, capitals such as МБОУ and РайОНО.
func isAbbreviation(text string, low []byte) bool {
	if ordinalDigits(low).ends != nil {
		return false
	}
	for i := len(text) - 1; i > 0; i-- {
		if text[i] == '-' && !isNumber(text) { // IT-специалист goes by its last part
			at := len(low) - 1
			for low[at] != '-' {
				at--
			}
			return isAbbreviation(text[i+1:], low[at+1:])
		}
	}
	capitalsIn, letters := 0, 0
	for _, r := range text {
		if unicode.IsDigit(r) || unicode.Is(unicode.Latin, r) {
			return true
		}
		if unicode.IsLetter(r) {
			letters++
			if isUpper(r) {
				capitalsIn++
			}
		}
	}
	if capitalsIn < 2 || letters < 2 {
		return letters == 1 && capitalsIn == 1
	}
	if capitalsIn == letters {
		_, g := nominativeAdjective(low)
		return g == Unknown && !known(low, true) && !known(low, false)
	}
	return true // РайОНО
}

// ordinalDigits returns how a number with the ending of an adjective
// declines: 10-й, 1-я; a zero pattern when low is none.
func ordinalDigits(low []byte) pattern {
	if len(low) < 4 || low[0] < '0' || low[0] > '9' {
		return pattern{}
	}
	for _, c := range low[:len(low)-3] {
		if c < '0' || c > '9' {
			return pattern{}
		}
	}
	switch {
	case has(low, "-й"):
		return pattern{cut: 2, ends: &endings{"го", "му", "го", "м", "м"}}
	case has(low, "-я"):
		return pattern{cut: 2, ends: &endings{"й", "й", "ю", "й", "й"}}
	case has(low, "-е"):
		return pattern{cut: 2, ends: &endings{"го", "му", "е", "м", "м"}}
	}
	return pattern{}
}

// phraseParser gives patterns to the tokens of a phrase.
type phraseParser struct {
	toks   []token
	people bool
}

// next returns the index of the first token from i on that is not a space,
// or len(toks).
func (p *phraseParser) next(i int) int {
	for i < len(p.toks) && p.toks[i].kind == spaceToken {
		i++
	}
	return i
}

func (p *phraseParser) word(i int) bool {
	return i < len(p.toks) && p.toks[i].kind == wordToken
}

// run declines the first phrase and those joined to it.
func (p *phraseParser) run() {
	i, head := p.trader()
	if i == 0 {
		i, head = p.one(0, false)
	}
	for i < len(p.toks) {
		t := &p.toks[i]
		at := p.next(i + 1)
		switch {
		case t.kind == openToken, t.kind == commaToken, t.kind == dashToken,
			t.kind == wordToken && (string(t.low) == "и" || string(t.low) == "или"):
			if next, g := p.joined(at, head, t.kind == commaToken); next > at {
				if t.kind != commaToken || g != Unknown {
					head = g
				}
				i = next
				continue
			}
		case t.kind == wordToken && !p.people && i > 0 && p.freshHead(i):
			// учреждение дополнительного образования детская школа искусств
			if next, _ := p.one(i, true); next > i {
				i = next
				continue
			}
		}
		i++
	}
}

// freshHead reports that the word at i, in the tail of an organisation's
// name, can only begin another name in the nominative: no genitive looks so,
// and no preposition before it asks for an accusative.
func (p *phraseParser) freshHead(i int) bool {
	t := &p.toks[i]
	for k := i - 1; k >= 0; k-- {
		if p.toks[k].kind != spaceToken {
			if p.toks[k].kind != wordToken || prepositions.has(p.toks[k].low) {
				return false
			}
			break
		}
	}
	if t.abbr || t.dotted || hasAny(t.low, "ой о е ы и") {
		return false
	}
	if _, g := nominativeAdjective(t.low); g != Unknown {
		return true
	}
	return orgWords.has(t.low)
}

// trader declines the name after ИП, an individual trader, and returns the
// index after it; 0 when the phrase is about another.
func (p *phraseParser) trader() (int, Gender) {
	at := p.next(1)
	if p.people || !p.word(0) || p.toks[0].text != "ИП" || !p.word(at) || !isUpperFirst(p.toks[at].text) {
		return 0, Unknown
	}
	return p.person(at), Unknown
}

// joined declines a phrase that goes with the first one: a post or
// organisation that is known, or, after a comma, a participle or adjective
// that agrees with the head of gender head. It returns the index after it,
// or i when there is none.
func (p *phraseParser) joined(i int, head Gender, comma bool) (int, Gender) {
	if end, g := p.one(i, true); end > i {
		return end, g
	}
	if comma && p.word(i) && !p.toks[i].abbr {
		if pat, g := nominativeAdjective(p.toks[i].low); g != Unknown && g == head && !has(p.toks[i].low, "ой") {
			p.set(i, pat, p.people)
			return i + 1, head
		}
	}
	return i, Unknown
}

// one declines the phrase that begins at token i and returns the index after
// its head, and the gender of the head. A strict call leaves a phrase alone
// whose head is not a known post or organisation.
func (p *phraseParser) one(i int, strict bool) (int, Gender) {
	start := i
	i = p.next(i)
	// What stands before the phrase and does not change.
	for i < len(p.toks) {
		t := &p.toks[i]
		switch {
		case t.kind == quoteToken && p.onlyNumbers(start, i),
			t.kind == wordToken && t.abbr && !t.dotted && !p.endsAfter(i),
			t.kind == wordToken && (adverbs.has(t.low) || t.dotted && adjectiveShort.has(t.low)):
			if t.kind == wordToken && t.abbr && !isNumber(t.text) {
				strict = true // МБОУ: what follows must be known
			}
			i = p.next(i + 1)
			continue
		case t.kind == wordToken && (t.dotted || headFixed.has(t.low) || shortHead(t.low)):
			if strict {
				return start, Unknown
			}
			return i + 1, Unknown
		}
		break
	}
	if !p.word(i) {
		return start, Unknown
	}
	// Adjectives that agree, the words between them, and the head.
	last, head := -1, -1
	gender := Unknown
	var run [24]int
	n := 0
	for p.word(i) && n < len(run) {
		t := &p.toks[i]
		_, g := nominativeAdjective(t.low)
		if t.abbr || g == Unknown || gender != Unknown && g != gender ||
			has(t.low, "ой") && !p.goodOy(i, last) {
			break
		}
		gender, last = g, i
		run[n] = i
		n++
		i = p.afterAdjective(i, g, &run, &n)
	}
	if p.word(i) && p.isHead(i, gender, last) {
		head = i
	}
	switch {
	case head < 0 && last < 0:
		return start, Unknown
	case strict && head >= 0 && !known(p.toks[head].low, p.people),
		strict && head < 0 && !knownAdjective(p.toks[last].low, p.people):
		return start, Unknown
	}
	people := p.people
	if head >= 0 {
		low := p.toks[head].low
		if !people && personWords.has(low) && !orgWords.has(low) {
			people = true // индивидуальный предприниматель
		}
		gender = p.setNoun(head, people, gender)
		i = head + 1
	} else {
		i = last + 1
	}
	for _, at := range run[:n] {
		pat, _ := nominativeAdjective(p.toks[at].low)
		p.set(at, pat, people)
	}
	return p.behind(i, head, gender, people), gender
}

// onlyNumbers reports that the tokens from start to i are a number, as
// before the «А» of «5 «А» класс».
func (p *phraseParser) onlyNumbers(start, i int) bool {
	numbers := false
	for _, t := range p.toks[start:i] {
		switch {
		case t.kind == wordToken && isNumber(t.text):
			numbers = true
		case t.kind != spaceToken:
			return false
		}
	}
	return numbers
}

func isNumber(s string) bool { return s != "" && s[0] >= '0' && s[0] <= '9' }

// endsAfter reports that no word follows token i.
func (p *phraseParser) endsAfter(i int) bool { return !p.word(p.next(i+1)) && !p.quoteAt(p.next(i+1)) }

func (p *phraseParser) quoteAt(i int) bool {
	return i < len(p.toks) && p.toks[i].kind == quoteToken
}

// afterAdjective returns the index of the next word after the adjective at
// i, over adjectives in brackets, «и» and commas between adjectives, and
// adverbs before participles; the adjectives in brackets join the run.
func (p *phraseParser) afterAdjective(i int, g Gender, run *[24]int, n *int) int {
	i = p.next(i + 1)
	for i < len(p.toks) {
		t := &p.toks[i]
		switch {
		case t.kind == openToken:
			in := p.next(i + 1)
			if !p.word(in) {
				return i
			}
			_, inner := nominativeAdjective(p.toks[in].low)
			out := p.next(in + 1)
			if inner != g || out >= len(p.toks) || p.toks[out].kind != closeToken || *n == len(run) {
				return i
			}
			run[*n] = in
			*n++
			i = p.next(out + 1)
			continue
		case t.kind == wordToken && adverbs.has(t.low):
			i = p.next(i + 1)
			continue
		case t.kind == commaToken, t.kind == wordToken && string(t.low) == "и":
			at := p.next(i + 1)
			if p.word(at) && !p.toks[at].abbr {
				if _, also := nominativeAdjective(p.toks[at].low); also == g && !has(p.toks[at].low, "ой") && p.word(p.next(at+1)) && p.isHeadSomewhere(at, g) {
					return at
				}
			}
			return i
		}
		return i
	}
	return i
}

// isHeadSomewhere reports that a noun follows the adjectives from i on.
func (p *phraseParser) isHeadSomewhere(i int, g Gender) bool {
	last := -1
	for p.word(i) {
		_, also := nominativeAdjective(p.toks[i].low)
		if also != g || p.toks[i].abbr {
			return p.isHead(i, g, last)
		}
		last, i = i, p.next(i+1)
	}
	return false
}

// goodOy reports that the word on -ой at i is a man's adjective (городской
// голова, рядовой) and not the oblique case of a woman's (заведующий учебной
// частью). before is the index of the adjective before it, or -1.
func (p *phraseParser) goodOy(i, before int) bool {
	if before < 0 {
		return true
	}
	if governing(p.toks[before].low) {
		return false
	}
	at := p.next(i + 1)
	for p.word(at) {
		if _, g := nominativeAdjective(p.toks[at].low); g != Masculine || has(p.toks[at].low, "ой") {
			break
		}
		at = p.next(at + 1)
	}
	if p.word(at) && p.isHead(at, Masculine, i) {
		return true
	}
	return substantiveOy.has(p.toks[i].low)
}

// governing reports participles that take the words after them as their
// objects: заведующий хозяйством.
func governing(low []byte) bool {
	return hasAny(low, "ведующий ведующая управляющий управляющая исполняющий исполняющая командующий "+
		"командующая руководящий ведающий ведающая")
}

// isHead reports whether the word at i can be the noun in the nominative to
// which adjectives of gender g belong; g is Unknown when there are none, and
// before is the index of the last adjective.
func (p *phraseParser) isHead(i int, g Gender, before int) bool {
	t := &p.toks[i]
	low := t.low
	if g == Unknown {
		return !t.abbr && !t.dotted && !prepositions.has(low)
	}
	if t.dotted || prepositions.has(low) {
		return false
	}
	if t.abbr {
		return !isNumber(t.text) && before >= 0 && !substantive(p.toks[before].low)
	}
	if known(low, true) || known(low, false) {
		return true
	}
	last := letter(low, 0)
	switch g {
	case Masculine:
		switch {
		case isVowel(last), hasAny(low, "ом", "ем", "ём", "ым", "им", "ов", "ев", "ых", "их", "ей", "ах", "ях", "ой", "ий", "ый"):
			return nounMasculineA.has(low) || nounNominative.has(low) || has(low, "рий") || string(low) == "голова"
		}
		return true
	case Feminine:
		switch last {
		case 'а', 'я':
			return !substantive(p.toks[before].low) || hasAny(low, "ница", "щица", "чица", "истка", "тка", "льница")
		case 'ь':
			return !substantive(p.toks[before].low)
		}
		return false
	case Neuter:
		return last == 'о' || last == 'е' || has(low, "мя")
	}
	return last == 'ы' || last == 'и' || last == 'а' || last == 'я' || has(low, "ане") || has(low, "яне")
}

// set gives a word the pattern of an adjective.
func (p *phraseParser) set(i int, pat pattern, people bool) {
	if _, g := nominativeAdjective(p.toks[i].low); (g == Masculine || g == Several) && !people {
		pat.accNom = true
	}
	p.toks[i].pat = pat
}

// setNoun gives the head at i its pattern, part by part when it is written
// with hyphens, and returns its gender.
func (p *phraseParser) setNoun(i int, people bool, adjectives Gender) Gender {
	t := &p.toks[i]
	if t.abbr {
		return adjectives
	}
	hyphen := -1
	for at := range t.low {
		if t.low[at] == '-' {
			hyphen = at
			break
		}
	}
	if hyphen < 0 {
		var g Gender
		t.pat, g = headNoun(t.low, people, adjectives)
		return g
	}
	gender := Unknown
	text, low := t.text, t.low
	for {
		at := 0
		for at < len(low) && low[at] != '-' {
			at++
		}
		word := piece{text: text[:at]}
		if at < len(low) && prefixFixed.has(low[:at]) || isAbbreviation(text[:at], low[:at]) {
			// шеф-повар, IT-специалист
		} else {
			var g Gender
			word.pat, g = headNoun(low[:at], people, adjectives)
			if gender == Unknown {
				gender = g
			}
		}
		t.parts = append(t.parts, word)
		if at == len(low) {
			return gender
		}
		t.parts = append(t.parts, piece{text: "-"})
		text, low = text[at+1:], low[at+1:]
	}
}

// headNoun is noun for a head or a part of it, which may be an adjective in
// the place of a noun: «заведующая-методист».
func headNoun(low []byte, people bool, adjectives Gender) (pattern, Gender) {
	if ministryFixed(low) {
		return pattern{}, Neuter
	}
	if pat, g := nominativeAdjective(low); g != Unknown {
		if (g == Masculine || g == Several) && !people {
			pat.accNom = true
		}
		return pat, g
	}
	if adjectives == Masculine && string(low) == "голова" {
		return nounA(low), Masculine // городской голова
	}
	if adjectives == Several && !isVowelPlural(low) {
		return noun(low, people)
	}
	if adjectives == Several {
		if w, ok := nounWords[string(low)]; ok {
			if !people {
				w.pattern.accNom = true
			}
			return w.pattern, Several
		}
		return pluralNoun(low, people)
	}
	return noun(low, people)
}

func isVowelPlural(low []byte) bool {
	switch letter(low, 0) {
	case 'ы', 'и', 'а', 'я', 'е':
		return true
	}
	return false
}

// behind declines what agrees with the head right after it, at i: an
// adjective of its gender (врач участковый), a second noun in the nominative
// (врач педиатр, город Омск), the name of a trader. It returns the index
// after that.
func (p *phraseParser) behind(i, head int, gender Gender, people bool) int {
	for {
		at := p.next(i)
		if !p.word(at) || at == i {
			return i
		}
		t := &p.toks[at]
		if t.abbr || t.dotted {
			return i
		}
		pat, g := nominativeAdjective(t.low)
		switch {
		case g != Unknown && g == gender && !has(t.low, "ой"):
			p.set(at, pat, people)
		case head >= 0 && secondNoun(t.low, people):
			head, gender = at, p.setNoun(at, people, Unknown)
		case head >= 0 && string(p.toks[head].low) == "город" && isUpperFirst(t.text):
			t.pat = place(t.low)
		case head >= 0 && string(p.toks[head].low) == "предприниматель" && isUpperFirst(t.text):
			return p.person(at)
		case !people && !has(t.low, "ой"):
			// учреждение детский сад № 5
			if end, _ := p.one(at, true); end > at {
				return end
			}
			return i
		default:
			return i
		}
		i = at + 1
	}
}

// secondNoun reports that a noun right after the head stands in the
// nominative beside it and not under it.
func secondNoun(low []byte, people bool) bool {
	return known(low, people) && !isVowel(letter(low, 0))
}

func isUpperFirst(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	return isUpper(r)
}

// place returns how the name of a town declines beside the word город.
func place(low []byte) pattern {
	if pat, g := nominativeAdjective(low); g != Unknown {
		pat.accNom = g == Masculine || g == Neuter
		return pat
	}
	switch letter(low, 0) {
	case 'о', 'е', 'и', 'ы', 'у', 'э', 'ю':
		return pattern{}
	}
	if placeFeminine.has(low) {
		return pattern{cut: 2, ends: &endsThird}
	}
	if has(low, "ь") {
		return pattern{cut: 2, ends: &endsSoft, accNom: true}
	}
	pat, _ := noun(low, false)
	return pat
}

// person declines the name of a person from token i to the next comma.
func (p *phraseParser) person(i int) int {
	var words [8]string
	var parts [8]part
	var at [8]int
	n := 0
	for ; i < len(p.toks) && (p.toks[i].kind == wordToken || p.toks[i].kind == spaceToken) && n < len(words); i++ {
		if p.toks[i].kind == wordToken {
			words[n], at[n] = p.toks[i].text, i
			n++
		}
	}
	nameParts(words[:n], parts[:n])
	g := wordsGender(words[:n], parts[:n])
	for k, w := range words[:n] {
		p.toks[at[k]].parts = appendWord(nil, w, parts[k], g)
	}
	return i
}

// nominativeAdjective returns how an adjective or participle in the
// nominative declines, and its gender; Unknown when low is none. Reflexive
// participles keep their -ся.
func nominativeAdjective(low []byte) (pattern, Gender) {
	if has(low, "ся") {
		stem := low[:len(low)-4]
		if !hasAny(stem, "щий", "щая", "щее", "щие", "вший", "вшая", "вшее", "вшие") {
			return pattern{}, Unknown
		}
		pat, g := adjective(stem)
		pat.tail = 4
		return pat, g
	}
	if pat := ordinalDigits(low); pat.ends != nil {
		switch letter(low, 0) {
		case 'й':
			return pat, Masculine
		case 'я':
			return pat, Feminine
		}
		pat.accNom = true
		return pat, Neuter
	}
	if adverbs.has(low) || adjectiveNot.has(low) || vowels(low) < 2 {
		return pattern{}, Unknown
	}
	p := letter(low, 2)
	switch {
	case hasAny(low, "ий"):
		if !isVelar(p) && !isHush(p) && !softAdjective(low) && !possessives.has(low[:len(low)-4]) {
			return pattern{}, Unknown
		}
	case has(low, "ие"):
		if !isVelar(p) && !isHush(p) && !softAdjective(low) {
			return pattern{}, Unknown
		}
	case has(low, "ее"):
		if !isHush(p) && !softAdjective(low) {
			return pattern{}, Unknown
		}
	case hasAny(low, "ья", "ье", "ьи") && possessives.has(low[:len(low)-4]):
		switch letter(low, 0) {
		case 'я':
			return pattern{cut: 2, ends: &endsPossFYa}, Feminine
		case 'е':
			return pattern{cut: 2, ends: &endsAdjMSoft, accNom: true}, Neuter
		}
		return pattern{cut: 2, ends: &endsAdjPlSoft}, Several
	}
	return adjective(low)
}

// substantive reports an adjective that may stand for a person or thing by
// itself: заведующая, рабочий, дежурный.
func substantive(low []byte) bool {
	return hasAny(low, "щий", "щая", "щийся", "щаяся") || substantives.has(low)
}

// known reports a noun of a post (people) or of an organisation.
func known(low []byte, people bool) bool {
	for i := len(low) - 1; i >= 0; i-- {
		if low[i] == '-' {
			return known(low[i+1:], people) || known(low[:i], people)
		}
	}
	if people && (has(low, "и") || has(low, "ы")) && len(low) > 8 {
		stem := low[:len(low)-2]
		if known(stem, true) {
			return true
		}
		var space [96]byte
		return known(append(append(space[:0], stem...), "ь"...), true)
	}
	if people {
		return personWords.has(low) || len(low) > 10 && hasAny(low, personEnds...) && !personNot.has(low)
	}
	return orgWords.has(low)
}

// knownAdjective reports an adjective that is a post or an organisation.
func knownAdjective(low []byte, people bool) bool {
	if people {
		return substantive(low)
	}
	return orgAdjectives.has(low)
}

// shortHead reports compounds such as замдиректора, завкафедрой, which keep
// their second half in its own case.
func shortHead(low []byte) bool {
	return (hasPrefix(low, "зам") || hasPrefix(low, "зав") || hasPrefix(low, "пом")) &&
		hasAny(low, "ора", "ела", "ика", "ла", "ой", "ом", "ей", "ем", "еля", "вы", "тра", "ами", "аря", "ры") && !personWords.has(low) && !orgWords.has(low)
}

// ministryFixed reports Минпросвещения, Минобрнауки.
func ministryFixed(low []byte) bool {
	return hasPrefix(low, "мин") && hasAny(low, "ния", "уки", "туры", "сти")
}

func hasPrefix(low []byte, s string) bool { return len(low) > len(s) && string(low[:len(s)]) == s }
