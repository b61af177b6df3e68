package russian

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
	if !hasPrefix(low, "зам") && !hasPrefix(low, "зав") && !hasPrefix(low, "пом") {
		return false
	}
	return has(low, "а") && personWords.has(low[6:len(low)-2]) ||
		hasAny(low, "ора", "ела", "ика", "ла", "ой", "ом", "ей", "ем", "еля", "вы", "тра", "ами", "аря", "ры") && !personWords.has(low) && !orgWords.has(low)
}

// ministryFixed reports Минпросвещения, Минобрнауки.
func ministryFixed(low []byte) bool {
	return hasPrefix(low, "мин") && hasAny(low, "ния", "уки", "туры", "сти")
}

func hasPrefix(low []byte, s string) bool { return len(low) > len(s) && string(low[:len(s)]) == s }
