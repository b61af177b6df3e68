package russian

// The endings of Russian declension from the genitive to the prepositional;
// Зализняк's numbers are beside the kinds a reader may want to look up.
var (
	endsHard      = endings{"а", "у", "а", "ом", "е"}        // стол, Мороз
	endsHush      = endings{"а", "у", "а", "ем", "е"}        // Петрович, Кац
	endsSoft      = endings{"я", "ю", "я", "ем", "е"}        // Бондарь, Сергей
	endsSoftYo    = endings{"я", "ю", "я", "ём", "е"}        // Король, Соловей
	endsIy        = endings{"я", "ю", "я", "ем", "и"}        // Виталий, Палий
	endsPossM     = endings{"а", "у", "а", "ым", "е"}        // Петров, Маймин
	endsA         = endings{"ы", "е", "у", "ой", "е"}        // Гайда
	endsAVelar    = endings{"и", "е", "у", "ой", "е"}        // Скрипка, Ходжа
	endsAHush     = endings{"и", "е", "у", "ей", "е"}        // Саша
	endsATs       = endings{"ы", "е", "у", "ей", "е"}        // Синица
	endsYa        = endings{"и", "е", "ю", "ей", "е"}        // Зозуля
	endsYaYo      = endings{"и", "е", "ю", "ёй", "е"}        // Илья
	endsIya       = endings{"и", "и", "ю", "ей", "и"}        // Мария
	endsThird     = endings{"и", "и", "ь", "ью", "и"}        // Рахиль
	endsPossF     = endings{"ой", "ой", "у", "ой", "ой"}     // Петрова
	endsAdjM      = endings{"ого", "ому", "ого", "ым", "ом"} // Белый
	endsAdjMVelar = endings{"ого", "ому", "ого", "им", "ом"} // Долгий, Чужой
	endsAdjMSoft  = endings{"его", "ему", "его", "им", "ем"} // Хороший, Средний
	endsAdjF      = endings{"ой", "ой", "ую", "ой", "ой"}    // Белая
	endsAdjFSoft  = endings{"ей", "ей", "ую", "ей", "ей"}    // Хорошая
	endsAdjFYa    = endings{"ей", "ей", "юю", "ей", "ей"}    // Средняя
	endsPossFYa   = endings{"ей", "ей", "ю", "ей", "ей"}     // третья
	endsAdjPl     = endings{"ых", "ым", "ых", "ыми", "ых"}   // белые
	endsAdjPlSoft = endings{"их", "им", "их", "ими", "их"}   // долгие, средние
	endsNeuter    = endings{"а", "у", "о", "ом", "е"}        // общество
	endsNeuterTs  = endings{"а", "у", "е", "ем", "е"}        // училище
	endsNeuterYe  = endings{"я", "ю", "е", "ем", "е"}        // поле, общежитье
	endsNeuterIe  = endings{"я", "ю", "е", "ем", "и"}        // учреждение
)

// nounA returns how a word on -а or -я declines as a noun: Гайда, Синица,
// Зозуля, Мария. low is the word in small letters.
func nounA(low []byte) pattern {
	p := letter(low, 1)
	if has(low, "я") {
		switch {
		case yaStressed.has(low):
			return pattern{cut: 2, ends: &endsYaYo}
		case p == 'и':
			return pattern{cut: 2, ends: &endsIya}
		}
		return pattern{cut: 2, ends: &endsYa}
	}
	switch {
	case isHush(p) && !aStressed.has(low) && !hasAny(low, "ходжа", "хожа"):
		return pattern{cut: 2, ends: &endsAHush}
	case isVelar(p) || isHush(p):
		return pattern{cut: 2, ends: &endsAVelar}
	case p == 'ц' && !aStressed.has(low):
		return pattern{cut: 2, ends: &endsATs}
	}
	return pattern{cut: 2, ends: &endsA}
}

// adjective returns how a word on -ый -ий -ой -ая -яя -ое -ее -ые -ие
// declines as an adjective, with its gender; a zero pattern when it does not
// end so.
func adjective(low []byte) (pattern, Gender) {
	p := letter(low, 2)
	soft := isHush(p)
	switch {
	case has(low, "ый"):
		return pattern{cut: 4, ends: &endsAdjM}, Masculine
	case has(low, "ой"):
		if isVelar(p) || soft {
			return pattern{cut: 4, ends: &endsAdjMVelar}, Masculine
		}
		return pattern{cut: 4, ends: &endsAdjM}, Masculine
	case has(low, "ий"):
		switch {
		case possessive(low[:len(low)-4]):
			return pattern{cut: 4, mid: "ь", ends: &endsAdjMSoft}, Masculine
		case isVelar(p):
			return pattern{cut: 4, ends: &endsAdjMVelar}, Masculine
		}
		return pattern{cut: 4, ends: &endsAdjMSoft}, Masculine
	case has(low, "ая"):
		if (soft || p == 'ц') && !stressedHush.has(low[:len(low)-4]) {
			return pattern{cut: 4, ends: &endsAdjFSoft}, Feminine
		}
		return pattern{cut: 4, ends: &endsAdjF}, Feminine
	case has(low, "яя"):
		return pattern{cut: 4, ends: &endsAdjFYa}, Feminine
	case has(low, "ое"):
		if isVelar(p) || soft {
			return pattern{cut: 4, ends: &endsAdjMVelar, accNom: true}, Neuter
		}
		return pattern{cut: 4, ends: &endsAdjM, accNom: true}, Neuter
	case has(low, "ее"):
		return pattern{cut: 4, ends: &endsAdjMSoft, accNom: true}, Neuter
	case has(low, "ые"):
		return pattern{cut: 4, ends: &endsAdjPl}, Several
	case has(low, "ие"):
		return pattern{cut: 4, ends: &endsAdjPlSoft}, Several
	}
	return pattern{}, Unknown
}

// Stems on a hushing letter with the stress on the ending: большой, чужой.
var stressedHush = words(`больш чуж небольш`)

// possessive reports whether an adjective of this stem, without its ending,
// is one like третий, волчий, казачий, that has a soft sign in oblique cases.
func possessive(stem []byte) bool { return possessives.has(stem) }
