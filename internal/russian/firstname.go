package russian

// firstName returns how one part of a first name declines; low is the part
// in small letters.
func firstName(low []byte, g Gender) pattern {
	if g != Feminine {
		switch string(low) {
		case "пётр", "петр":
			return pattern{cut: uint8(len(low) - 2), mid: "етр", ends: &endsHard}
		case "павел":
			return pattern{cut: 4, mid: "л", ends: &endsHard}
		case "лев":
			return pattern{cut: 4, mid: "ьв", ends: &endsHard}
		}
	}
	switch r := letter(low, 0); r {
	case 'а':
		if g != Feminine && (firstNameFixed.has(low) || has(low, "уа")) {
			return pattern{}
		}
		switch {
		case hasAny(low, "раа", "маа"):
			return pattern{} // Чодураа
		case isHush(letter(low, 1)) && !hasAny(low, "ходжа", "хожа"):
			return pattern{cut: 2, ends: &endsAHush} // Паша, though паша is Пашой
		}
		return nounA(low)
	case 'я':
		switch {
		case g != Feminine && firstNameFixed.has(low):
			return pattern{}
		case firstNameIyaStressed.has(low):
			return pattern{cut: 2, ends: &endsYaYo}
		}
		return nounA(low)
	case 'о', 'е', 'ё', 'и', 'у', 'ы', 'э', 'ю', 'і', 'ө', 'ү', 'ә':
		return pattern{}
	case 'ь':
		if g == Feminine {
			if has(low, "любовь") {
				return pattern{cut: 6, mid: "", ends: &endsLyubov}
			}
			return pattern{cut: 2, ends: &endsThird}
		}
		return pattern{cut: 2, ends: &endsSoft}
	case 'й':
		if g == Feminine {
			return pattern{}
		}
		if has(low, "ий") {
			return pattern{cut: 2, ends: &endsIy}
		}
		return pattern{cut: 2, ends: &endsSoft}
	case 'ж', 'ш', 'ч', 'щ', 'ц':
		if g == Feminine {
			return pattern{}
		}
		return pattern{ends: &endsHush}
	case 'к':
		if g != Feminine && has(low, "ёк") && vowels(low) > 1 {
			return fleetingYok(low)
		}
		fallthrough
	default:
		if g == Feminine || r < 'а' || r > 'я' || r == 'ъ' {
			return pattern{}
		}
		return pattern{ends: &endsHard}
	}
}

// Любовь as a name keeps the vowel that любовь as a feeling loses.
var endsLyubov = endings{"ови", "ови", "овь", "овью", "ови"}

// patronymic returns how one word of a patronymic declines. Turkic оглы,
// кызы, улы do not, nor does the father's name before them.
func patronymic(low []byte, g Gender) pattern {
	switch {
	case has(low, "ич"):
		if hasAny(low, "ович", "евич") || !patronymicStressed.has(low) {
			return pattern{ends: &endsHush}
		}
		return pattern{ends: &endsHard} // Ильич, Лукич
	case has(low, "на"):
		return pattern{cut: 2, ends: &endsA}
	case hasAny(low, "оглы", "огли", "оглу", "кызы", "гызы", "кизи", "улы", "уулу", "заде"):
		return pattern{}
	}
	return firstName(low, g)
}
