package russian

// surname returns how one part of a surname declines; low is the part in
// small letters. Without a gender only what declines alike for both sexes
// does.
//
// What spelling cannot decide is decided for the more frequent bearer in a
// Russian school, and told by Doubts.
func surname(low []byte, g Gender) pattern {
	if g == Masculine && hasAny(low, "ов", "ев", "ин", "ёв", "ын") && string(low) != "лев" {
		if foreignInOv(low) {
			return pattern{ends: &endsHard}
		}
		return pattern{ends: &endsPossM}
	}
	switch letter(low, 0) {
	case 'а':
		return surnameA(low, g)
	case 'я':
		return surnameYa(low, g)
	case 'о', 'е', 'ё', 'и', 'у', 'ы', 'э', 'ю', 'і', 'ө', 'ү', 'ә':
		return pattern{}
	}
	if g != Masculine || hasAny(low, "ых", "іх") {
		return pattern{}
	}
	if p, ok := surnameWords[string(low)]; ok {
		return p
	}
	switch letter(low, 0) {
	case 'й':
		return surnameY(low)
	case 'ь':
		switch {
		case isHush(letter(low, 1)):
			return pattern{cut: 2, ends: &endsHush} // Мышь
		case softStressed.has(low), hasAny(low, "арь", "ярь", "ырь", "ирь") && vowels(low) > 1 && !softUnstressed.has(low):
			return pattern{cut: 2, ends: &endsSoftYo} // Грабарь, Пушкарь
		}
		return pattern{cut: 2, ends: &endsSoft}
	case 'х':
		if has(low, "их") && !germanIh(low) {
			return pattern{}
		}
	case 'ц':
		return surnameTs(low)
	case 'ж', 'ш', 'ч', 'щ':
		return surnameHush(low)
	case 'к':
		if cut := fleetingOk(low); cut > 0 {
			return pattern{cut: uint8(cut), mid: "к", ends: &endsHard}
		}
		if has(low, "ёк") && vowels(low) > 1 {
			return fleetingYok(low)
		}
	default:
		if r := letter(low, 0); r < 'а' || r > 'я' || r == 'ъ' {
			return pattern{}
		}
	}
	return pattern{ends: &endsHard}
}

// surnameA is surname for a part on -а.
func surnameA(low []byte, g Gender) pattern {
	switch p := letter(low, 1); {
	case surnameFixedA.has(low), isVowel(p), len(low) == 4:
		return pattern{} // Дюма, Галуа, Гулиа, Ма
	case g == Feminine && possessiveA(low):
		return pattern{cut: 2, ends: &endsPossF}
	}
	return nounA(low)
}

// possessiveA tells Петрова, which a woman bears beside a man called Петров,
// from the nouns Сова, Рева, Тина, Куросава.
func possessiveA(low []byte) bool {
	return len(low) > 8 && hasAny(low, "ова", "ева", "ёва", "ина", "ына") && !surnameNounA.has(low)
}

// adjectiveAya tells Белая, Злая from the nouns Мая, Стая, Цулая.
func adjectiveAya(low []byte) bool {
	return hasAny(low, "ая", "яя") && len(low) > 6 && !surnameNounAya.has(low)
}

// surnameYa is surname for a part on -я.
func surnameYa(low []byte, g Gender) pattern {
	switch {
	case surnameFixedA.has(low):
		return pattern{} // Золя, Труайя
	case len(low) == 4:
		return pattern{} // Ся
	case g == Feminine && adjectiveAya(low):
		p, _ := adjective(low)
		return p
	case g == Feminine && hasAny(low, "чья", "жья", "сья", "зья", "тья", "вья", "бья") && possessives.has(low[:len(low)-4]):
		return pattern{cut: 2, ends: &endsPossFYa} // Третья
	}
	return nounA(low)
}

// surnameY is surname for a man's on -й: an adjective (Белый, Толстой,
// Тихий) or a noun (Цой, Мамай, Палий).
func surnameY(low []byte) pattern {
	p := letter(low, 2)
	noun := pattern{cut: 2, ends: &endsSoft}
	switch letter(low, 1) {
	case 'ы':
		adj, _ := adjective(low)
		return adj
	case 'о':
		if (vowels(low) < 2 || isVowel(p) || has(low, "бой") || surnameNounOy.has(low)) && !surnameAdjOy.has(low) {
			return noun
		}
		adj, _ := adjective(low)
		return adj
	case 'и':
		if vowels(low) < 2 {
			return noun // Кий, Вий
		}
		if adjectiveIy(low) {
			adj, _ := adjective(low)
			return adj
		}
		noun.ends = &endsIy
	}
	return noun
}

// adjectiveIy tells Тихий, Рыжий, Средний from the nouns Палий, Топчий,
// Багрий.
func adjectiveIy(low []byte) bool {
	p, before := letter(low, 2), letter(low, 3)
	stem := low[:len(low)-4]
	switch {
	case possessives.has(stem):
		return !surnameNounIy.has(low)
	case isVelar(p):
		return (hasAny(low, "ский", "цкий") || vowels(low) > 2 || !isVowel(before) || surnameAdjKiy.has(low)) && !surnameNounIy.has(low)
	case isHush(p):
		return !surnameNounIy.has(low)
	case p == 'н':
		return softAdjective(low)
	}
	return p == 'ц' || string(stem) == "кар" // Куций, Карий
}

// softAdjective reports an adjective on -ний: средний, вечерний, Синий.
func softAdjective(low []byte) bool {
	stem := low[:len(low)-4]
	return hasAny(stem, "шн", "жн", "здн", "едн", "рхн", "зимн", "летн", "осенн", "весенн", "вечерн", "утренн", "ночн", "дальн", "задн", "внутренн", "древн", "давн", "крайн", "ранн", "синн", "посторонн", "искренн", "сторонн") || softAdjectives.has(stem)
}

// germanIh tells Дитрих, Мюних, which decline, from the old genitives
// Долгих, Синих, which do not.
func germanIh(low []byte) bool {
	p := letter(low, 2)
	switch {
	case surnameGermanIh.has(low):
		return true
	case surnameRussIh.has(low):
		return false
	case isVelar(p), isHush(p), p == 'ь':
		return false
	case p == 'н':
		return !softAdjective(append(low[:len(low)-2:len(low)-2], "й"...)) && !surnameNih.has(low)
	}
	return true
}

// foreignInOv reports surnames on -ин, -ов that are not Russian and so have
// -ом in the instrumental: Грин, Дарвин, Бюлов.
func foreignInOv(low []byte) bool {
	if vowels(low) < 2 {
		return !surnameRussianShort.has(low)
	}
	return hasAny(low, "уин", "рвин", "лвин", "двин", "швин", "ддин", "тдин") && !surnameRussianVin.has(low) ||
		has(low, "тцов") && !has(low, "отцов") || surnameForeignInOv.has(low)
}

// surnameTs is surname for a man's on -ц: Горобец and Немец lose a vowel,
// Кац does not.
func surnameTs(low []byte) pattern {
	if !has(low, "ец") {
		return pattern{ends: &endsHush} // Кац, Шварц, Лившиц
	}
	ends := &endsHard
	if tsUnstressed.has(low) {
		ends = &endsHush
	}
	stem := low[:len(low)-4]
	p, before := letter(stem, 0), letter(stem, 1)
	switch {
	case vowels(stem) == 0:
		if len(stem) < 4 {
			return pattern{ends: &endsHush} // Бец
		}
		return pattern{ends: ends} // Швец, Жнец
	case isVowel(p):
		if !has(low, "боец") {
			ends = &endsHush
		}
		return pattern{cut: 4, mid: "йц", ends: ends} // Боец, Коломиец
	case !isVowel(before) && before != 'ь' && before != 'й':
		return pattern{ends: ends} // Кузнец, Мертвец, Карпец
	case p == 'л':
		return pattern{cut: 4, mid: "ьц", ends: ends} // Стрелец
	}
	return pattern{cut: 4, mid: "ц", ends: ends}
}

// surnameHush is surname for a man's on a hushing letter: the instrumental
// is -ом under stress (Ткач) and -ем else (Петрович).
func surnameHush(low []byte) pattern {
	if hushStressed(low) {
		return pattern{ends: &endsHard}
	}
	return pattern{ends: &endsHush}
}

func hushStressed(low []byte) bool {
	switch {
	case hushStress.has(low):
		return true
	case hushUnstressed.has(low):
		return false
	}
	// Nouns of the doer on -ач and those on -ыш of two syllables have the
	// stress on the ending: ткача, трубача, малыша.
	return has(low, "ач") || has(low, "яч") && vowels(low) > 1 || has(low, "ыш") && vowels(low) == 2
}

// fleetingYok returns how a word on -ёк declines: Игорёк, Игорька; Раёк,
// Райка.
func fleetingYok(low []byte) pattern {
	if isVowel(letter(low, 2)) {
		return pattern{cut: 4, mid: "йк", ends: &endsHard}
	}
	return pattern{cut: 4, mid: "ьк", ends: &endsHard}
}

// fleetingOk returns how many bytes go from the end of a word on -ок that
// loses its о (Починок, Сверчок), or 0 when it keeps it (Блок, Чеснок).
func fleetingOk(low []byte) int {
	if !has(low, "ок") || keepsOk.has(low) {
		return 0
	}
	stem := low[:len(low)-4]
	p, before := letter(stem, 0), letter(stem, 1)
	if vowels(stem) == 0 || isVowel(p) {
		return 0
	}
	if isVowel(before) || before == 'ь' || before == 'й' || isHush(p) || hasAny(stem, "ст", "зд") || losesOk.has(low) {
		return 4
	}
	return 0
}
