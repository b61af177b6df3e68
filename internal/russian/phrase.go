package russian

import "unicode/utf8"

// Post returns the name of a post in six cases. The head noun declines with
// the words that agree with it, the rest stays: «заместителю директора по
// учебной работе»; so do further posts after a comma or in brackets. «и. о.»
// and врио do not change. The sex of the bearer is not asked for: a post
// declines by the gender of its own word, учитель as he and as she.
func Post(s string, _ Gender) Forms { return phrase(s, true) }

// Org returns the name of an organisation in six cases. Abbreviations and
// what stands in quotes do not change.
func Org(s string) Forms { return phrase(s, false) }

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
	i = p.remark(i, head)
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
			if t.kind == openToken {
				for i < len(p.toks) && p.toks[i].kind != closeToken {
					i++ // «(английский, немецкий)» belongs to the tail
				}
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

// remark declines an adjective alone in brackets right after the head at the
// end before token i, when it agrees with a head of gender g: «воспитатель
// (сменный)». It returns the index after the brackets, or i.
func (p *phraseParser) remark(i int, g Gender) int {
	open := p.next(i)
	in := p.next(open + 1)
	end := p.next(in + 1)
	if open >= len(p.toks) || p.toks[open].kind != openToken || !p.word(in) || p.toks[in].abbr ||
		end >= len(p.toks) || p.toks[end].kind != closeToken {
		return i
	}
	pat, also := nominativeAdjective(p.toks[in].low)
	if also == Unknown || also != g {
		return i
	}
	p.set(in, pat, p.people)
	return end + 1
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
	if p.people || !p.word(0) || p.toks[0].text != "ИП" || !p.word(at) {
		return 0, Unknown
	}
	if string(p.toks[at].low) == "глава" { // ИП глава КФХ Иванов И. И.
		p.toks[at].pat = nounA(p.toks[at].low)
		at = p.next(at + 1)
		if p.word(at) && p.toks[at].abbr {
			at = p.next(at + 1)
		}
	}
	if !p.word(at) || !isUpperFirst(p.toks[at].text) {
		return 0, Unknown
	}
	return p.person(at), Unknown
}

// joined declines a phrase that goes with the first one: a post or
// organisation that is known, or, after a comma, a participle or adjective
// that agrees with the head of gender head. It returns the index after it,
// or i when there is none.
func (p *phraseParser) joined(i int, head Gender, comma bool) (int, Gender) {
	var before [48]token
	saved := append(before[:0], p.toks...)
	if end, g := p.one(i, true); end > i {
		if !p.people || head == Unknown || (g == Several) == (head == Several) {
			return end, g
		}
		copy(p.toks, saved) // «учитель технологии (мальчики)»
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
// whose head is not a known post or organisation, and returns i.
func (p *phraseParser) one(i int, strict bool) (int, Gender) {
	at, strict, fixed := p.prefix(i, strict)
	switch {
	case fixed && strict, !fixed && !p.word(at):
		return i, Unknown
	case fixed:
		return at + 1, Unknown
	}
	run := p.adjectives(at)
	last := run.last()
	head := -1
	if p.word(run.next) && p.isHead(run.next, run.gender, last) {
		head = run.next
	}
	switch {
	case head < 0 && last < 0,
		strict && head >= 0 && !known(p.toks[head].low, p.people),
		strict && head < 0 && !knownAdjective(p.toks[last].low, p.people):
		return i, Unknown
	}
	people, gender, after := p.people, run.gender, last+1
	if head >= 0 {
		low := p.toks[head].low
		people = people || personWords.has(low) && !orgWords.has(low) // индивидуальный предприниматель
		gender = p.setNoun(head, people, gender)
		after = head + 1
	} else {
		low := p.toks[last].low
		people = people || substantives.has(low) && !orgAdjectives.has(low) // уполномоченный по правам ребёнка
	}
	for _, k := range run.at[:run.n] {
		pat, _ := nominativeAdjective(p.toks[k].low)
		p.set(k, pat, people)
	}
	return p.behind(after, head, gender, people), gender
}

// prefix returns the index of the first word from i on that may decline: what
// stands before it – numbers, the «А» of «5 «А» класс», МБОУ, «временно»,
// «ст.» – does not. strict comes back true after an abbreviation, for what
// follows it must be known. fixed says that the word there is a head that
// does not change with all that follows: «и. о.», врио, замдиректора.
func (p *phraseParser) prefix(i int, strict bool) (at int, _ bool, fixed bool) {
	start := i
	for i = p.next(i); i < len(p.toks); i = p.next(i + 1) {
		t := &p.toks[i]
		switch {
		case t.kind == quoteToken && p.onlyNumbers(start, i):
		case t.kind == wordToken && t.abbr && !t.dotted && !p.endsAfter(i):
			strict = strict || !isNumber(t.text)
		case t.kind == wordToken && (p.adverb(i) || t.dotted && adjectiveShort.has(t.low)):
		default:
			return i, strict, t.kind == wordToken && (t.dotted || headFixed.has(t.low) || shortHead(t.low))
		}
	}
	return i, strict, false
}

// adverb reports that the word at i does not change and belongs to the
// adjective or participle after it: временно, социально ориентированная.
func (p *phraseParser) adverb(i int) bool {
	low := p.toks[i].low
	if adverbs.has(low) {
		return true
	}
	at := p.next(i + 1)
	if !has(low, "о") || hasAny(low, "ство", "лицо") || known(low, false) || nounFixed.has(low) || !p.word(at) {
		return false
	}
	_, g := nominativeAdjective(p.toks[at].low)
	return g != Unknown && !has(p.toks[at].low, "ой")
}

// agreement is a run of adjectives of one gender.
type agreement struct {
	at     [24]int // their tokens
	n      int
	gender Gender
	next   int // the token after them
}

// last returns the token of the last adjective, or -1.
func (a *agreement) last() int {
	if a.n == 0 {
		return -1
	}
	return a.at[a.n-1]
}

// adjectives reads the adjectives that agree from token i on, over what
// stands between them.
func (p *phraseParser) adjectives(i int) (run agreement) {
	for p.word(i) && run.n < len(run.at) {
		t := &p.toks[i]
		_, g := nominativeAdjective(t.low)
		if t.abbr || g == Unknown || run.gender != Unknown && g != run.gender ||
			has(t.low, "ой") && !p.goodOy(i, run.last()) {
			break
		}
		run.gender = g
		run.at[run.n] = i
		run.n++
		i = p.afterAdjective(i, &run)
	}
	run.next = i
	return run
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
func (p *phraseParser) afterAdjective(i int, run *agreement) int {
	g := run.gender
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
			if inner != g || out >= len(p.toks) || p.toks[out].kind != closeToken || run.n == len(run.at) {
				return i
			}
			run.at[run.n] = in
			run.n++
			i = p.next(out + 1)
			continue
		case t.kind == wordToken && p.adverb(i):
			i = p.next(i + 1)
			continue
		case t.kind == quoteToken && len(t.text) <= len("«АБ»") && p.word(p.next(i+1)):
			i = p.next(i + 1) // первый «А» класс
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
