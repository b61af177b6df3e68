package russian

// noun returns how a common noun in the nominative declines, and its gender;
// Several when the word is a plural. animate is whether it names a person,
// whose accusative is the genitive. low is the word in small letters, without
// hyphens.
func noun(low []byte, animate bool) (pattern, Gender) {
	if w, ok := nounWords[string(low)]; ok {
		if w.gender == Masculine || w.gender == Several {
			w.pattern.accNom = w.pattern.accNom || !animate
		}
		return w.pattern, w.gender
	}
	if p, ok := nounFleeting[string(low)]; ok {
		p.accNom = !animate
		return p, Masculine
	}
	if nounFixed.has(low) {
		return pattern{}, Neuter
	}
	last, before := letter(low, 0), letter(low, 1)
	switch last {
	case 'а', 'я':
		switch {
		case animate && pluralOf(low):
			return pluralNoun(low, animate)
		case nounMasculineA.has(low):
			return nounA(low), Masculine
		case !animate && pluralIya(low):
			return pluralNoun(low, animate)
		case has(low, "мя"):
			return pattern{cut: 2, ends: &endsMya, accNom: true}, Neuter
		}
		return nounA(low), Feminine
	case 'о':
		return pattern{cut: 2, ends: &endsNeuter}, Neuter
	case 'е', 'ё':
		switch {
		case has(low, "ане"), has(low, "яне"):
			return pluralNoun(low, animate)
		case before == 'и':
			return pattern{cut: 2, ends: &endsNeuterIe}, Neuter
		case isHush(before), before == 'ц':
			return pattern{cut: 2, ends: &endsNeuterTs}, Neuter
		case before == 'ь', before == 'л', before == 'р':
			return pattern{cut: 2, ends: &endsNeuterYe}, Neuter
		}
		return pattern{}, Neuter
	case 'ы', 'и':
		return pluralNoun(low, animate)
	case 'ь':
		if !animate && !hasAny(low, "тель", "арь", "ырь") && !nounMasculineSoft.has(low) ||
			animate && nounFeminineSoft.has(low) {
			return pattern{cut: 2, ends: &endsThird}, Feminine
		}
		if softStressed.has(low) {
			return pattern{cut: 2, ends: &endsSoftYo, accNom: !animate}, Masculine
		}
		return pattern{cut: 2, ends: &endsSoft, accNom: !animate}, Masculine
	case 'й':
		if before == 'и' {
			return pattern{cut: 2, ends: &endsIy, accNom: !animate}, Masculine
		}
		return pattern{cut: 2, ends: &endsSoft, accNom: !animate}, Masculine
	}
	p := consonantNoun(low)
	p.accNom = !animate
	return p, Masculine
}

// consonantNoun is noun for a masculine word on a consonant.
func consonantNoun(low []byte) pattern {
	switch r := letter(low, 0); {
	case r == 'ц':
		p := surnameTs(low)
		if has(low, "ец") {
			p.ends = &endsHush // суворовцем
			if nounTsStressed.has(low) {
				p.ends = &endsHard // отцом
			}
		}
		return p
	case isHush(r):
		return surnameHush(low)
	case r == 'к':
		if cut := fleetingOk(low); cut > 0 {
			return pattern{cut: uint8(cut), mid: "к", ends: &endsHard}
		}
		if has(low, "ёк") && vowels(low) > 1 {
			return fleetingYok(low)
		}
	case r < 'а' || r > 'я' || isVowel(r) || r == 'ъ':
		return pattern{}
	}
	return pattern{ends: &endsHard}
}

var endsMya = endings{"ени", "ени", "я", "енем", "ени"} // время: cut «я»

// Endings of the plural from the genitive on; the genitive takes most rules.
var (
	endsPlOv   = endings{"ов", "ам", "ов", "ами", "ах"} // методисты
	endsPlEv   = endings{"ев", "ям", "ев", "ями", "ях"} // лицеи
	endsPlTsEv = endings{"ев", "ам", "ев", "ами", "ах"} // иностранцы
	endsPlEy   = endings{"ей", "ям", "ей", "ями", "ях"} // учителя
	endsPlEyA  = endings{"ей", "ам", "ей", "ами", "ах"} // врачи
	endsPlY    = endings{"й", "ям", "й", "ями", "ях"}   // комиссии, учреждения
	endsPlZero = endings{"", "ам", "", "ами", "ах"}     // школы, граждане
	endsPlOk   = endings{"ок", "кам", "ок", "ками", "ках"}
	endsPlEk   = endings{"ек", "кам", "ек", "ками", "ках"}
)

// pluralNoun is noun for a plural.
func pluralNoun(low []byte, animate bool) (pattern, Gender) {
	p := pattern{cut: 2, accNom: !animate}
	before, third := letter(low, 1), letter(low, 2)
	stem := low[:len(low)-2]
	switch letter(low, 0) {
	case 'е': // граждане
		p.ends = &endsPlZero
	case 'я':
		p.ends = &endsPlEy
		if before == 'и' {
			p.ends = &endsPlY
		}
	case 'а':
		switch {
		case isHush(before) && !has(stem, "ищ"):
			p.ends = &endsPlEyA // сторожа
		case hasAny(stem, "ств", "ищ", "дел", "мест", "лиц"):
			p.ends = &endsPlZero
		default:
			p.ends = &endsPlOv
		}
	case 'ы':
		switch {
		case before == 'ц' && third == 'и', pluralFeminine.has(stem):
			p.ends = &endsPlZero
		case before == 'ц' && !stressedPluralTs(low):
			p.ends = &endsPlTsEv
		default:
			p.ends = &endsPlOv
		}
	default: // и
		switch {
		case before == 'и':
			p.ends = &endsPlY
		case isVowel(before):
			p.ends = &endsPlEv
		case isHush(before):
			p.ends = &endsPlEyA
		case before == 'к' && !isVowel(third) && !pluralMasculineKi.has(low):
			p.cut, p.ends = 4, &endsPlOk
			if third == 'ь' || third == 'й' {
				p.cut, p.ends = 6, &endsPlEk
			} else if isHush(third) {
				p.ends = &endsPlEk
			}
		case isVelar(before) && pluralFeminine.has(stem):
			p.ends = &endsPlZero
		case isVelar(before):
			p.ends = &endsPlOv
		default:
			p.ends = &endsPlEy
		}
	}
	return p, Several
}

// stressedPluralTs reports a plural on -цы with the stress there: отцы,
// бойцы, жильцы.
func stressedPluralTs(low []byte) bool {
	var space [96]byte
	stem := append(space[:0], low[:len(low)-4]...)
	if has(stem, "ь") || has(stem, "й") {
		stem = stem[:len(stem)-2]
	}
	return nounTsStressed.has(append(stem, "ец"...))
}

// pluralIya reports a plural of a noun on -ние or -тие: изменения, требования,
// мероприятия. A singular on -ия seldom ends so.
func pluralIya(low []byte) bool {
	return hasAny(low, "ения", "ятия", "ытия") ||
		has(low, "ания") && !hasAny(low, "мпания", "британия", "германия")
}

// pluralOf reports a plural on -а or -я of a man's title: учителя, мастера.
func pluralOf(low []byte) bool {
	var space [96]byte
	stem := append(space[:0], low[:len(low)-2]...)
	if has(low, "я") {
		return personWords.has(append(stem, "ь"...))
	}
	return pluralA.has(stem)
}

// nounWord is a noun whose forms no rule makes.
type nounWord struct {
	pattern pattern
	gender  Gender
}

var nounWords = map[string]nounWord{
	"мать":      {pattern{cut: 2, mid: "ер", ends: &endings{"и", "и", "", "ью", "и"}, accNom: true}, Feminine},
	"дочь":      {pattern{cut: 2, mid: "ер", ends: &endings{"и", "и", "", "ью", "и"}, accNom: true}, Feminine},
	"церковь":   {pattern{cut: 6, ends: &endings{"ви", "ви", "овь", "овью", "ви"}}, Feminine},
	"путь":      {pattern{cut: 2, ends: &endings{"и", "и", "ь", "ём", "и"}}, Masculine},
	"дитя":      {pattern{ends: &endings{"ти", "ти", "", "тей", "ти"}, accNom: true}, Neuter},
	"дети":      {pattern{cut: 2, ends: &endings{"ей", "ям", "ей", "ьми", "ях"}}, Several},
	"люди":      {pattern{cut: 2, ends: &endings{"ей", "ям", "ей", "ьми", "ях"}}, Several},
	"ясли":      {pattern{cut: 2, ends: &endsPlEy}, Several},
	"няни":      {pattern{cut: 2, ends: &endings{"ь", "ям", "ь", "ями", "ях"}}, Several},
	"судьи":     {pattern{cut: 4, ends: &endings{"ей", "ьям", "ей", "ьями", "ьях"}}, Several},
	"семьи":     {pattern{cut: 4, ends: &endings{"ей", "ьям", "ей", "ьями", "ьях"}}, Several},
	"сёстры":    {pattern{cut: 10, ends: &endings{"естёр", "ёстрам", "естёр", "ёстрами", "ёстрах"}}, Several},
	"сестры":    {pattern{cut: 6, ends: &endings{"тер", "трам", "тер", "трами", "трах"}}, Several},
	"медсёстры": {pattern{cut: 10, ends: &endings{"естёр", "ёстрам", "естёр", "ёстрами", "ёстрах"}}, Several},
	"медсестры": {pattern{cut: 6, ends: &endings{"тер", "трам", "тер", "трами", "трах"}}, Several},
	"братья":    {pattern{cut: 2, ends: &endsPlEv}, Several},
	"друзья":    {pattern{cut: 4, ends: &endings{"ей", "ьям", "ей", "ьями", "ьях"}}, Several},
	"сыновья":   {pattern{cut: 4, ends: &endings{"ей", "ьям", "ей", "ьями", "ьях"}}, Several},
	"матери":    {pattern{cut: 2, ends: &endsPlEy}, Several},
	"дочери":    {pattern{cut: 2, ends: &endings{"ей", "ям", "ей", "ьми", "ях"}}, Several},
	"господа":   {pattern{cut: 2, ends: &endsPlZero}, Several},
	"правила":   {pattern{cut: 2, ends: &endsPlZero}, Several},
	"права":     {pattern{cut: 2, ends: &endsPlZero}, Several},
	"письма":    {pattern{cut: 6, ends: &endings{"ем", "ьмам", "ем", "ьмами", "ьмах"}}, Several},
	"дела":      {pattern{cut: 2, ends: &endsPlZero}, Several},
}

// Masculine nouns that lose a vowel and are no surnames, beside those that
// are.
var nounFleeting = irregular(fleetingWords + ` отец/отца* конец/конца* боец/бойца*
	огонёк/огонька василёк/василька ручеёк/ручейка уголёк/уголька мотылёк/мотылька
	родничок/родничка светлячок/светлячка пенёк/пенька паренёк/паренька
	рот/рта лоб/лба замысел/замысла умысел/умысла промысел/промысла
	китаец/китайца шов/шва ров/рва день/дня* полдень/полдня
	перечень/перечня уровень/уровня бюллетень/бюллетеня стебель/стебля`)
