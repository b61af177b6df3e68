package russian

// GuessGender tells a person's sex by the patronymic, then by a first name
// that only one sex bears, then by the surname, then by the end of the first
// name. Unknown means that a person must be asked.
func GuessGender(last, first, middle string) Gender {
	var space [3][96]byte
	if g := patronymicGender(lower(space[0][:0], middle)); g != Unknown {
		return g
	}
	name := lower(space[1][:0], first)
	if g := knownName(name); g != Unknown {
		// Eastern names of one sex are borne by the other here and there, and
		// then the surname tells: Тойдонова Мерген.
		if !namesRussianMale.has(name) && !namesRussianFemale.has(name) {
			if sure := surnameSure(lower(space[2][:0], last)); sure != Unknown {
				return sure
			}
		}
		return g
	}
	if g := surnameGender(lower(space[2][:0], last)); g != Unknown {
		return g
	}
	return nameGender(name)
}

// patronymicGender reads the sex from -ич, -на, оглы, кызы and their kin.
func patronymicGender(low []byte) Gender {
	switch {
	case hasAny(low, "ич", "оглы", "огли", "оглу", "улы", "уулу"):
		return Masculine
	case hasAny(low, "вна", "чна", "шна", "кызы", "гызы", "кизи"):
		return Feminine
	}
	return Unknown
}

// surnameGender reads the sex from a surname that has two forms: Петров,
// Петрова. A double surname tells by either part.
func surnameGender(low []byte) Gender {
	for i := len(low); i > 0; i-- {
		if low[i-1] == '-' {
			if g := surnameGender(low[i:]); g != Unknown {
				return g
			}
			return surnameGender(low[:i-1])
		}
	}
	switch {
	case surnameRussianShort.has(low):
		return Masculine // Львов
	case vowels(low) < 2:
		return Unknown
	case possessiveA(low), adjectiveAya(low):
		return Feminine
	case hasAny(low, "ов", "ев", "ёв", "ин", "ын") && !foreignInOv(low), hasAny(low, "ый", "ский", "цкий"):
		return Masculine
	case hasAny(low, "ий", "ой"):
		if surnameY(low).cut == 4 {
			return Masculine
		}
	}
	return Unknown
}

// surnameSure reads the sex from the ends -ов, -ева and their like, which no
// noun and no foreign surname has as often.
func surnameSure(low []byte) Gender {
	switch {
	case possessiveA(low) && hasAny(low, "ова", "ева", "ёва") && !surnameBothA.has(low):
		return Feminine
	case hasAny(low, "ов", "ев", "ёв") && vowels(low) > 1 && !foreignInOv(low):
		return Masculine
	}
	return Unknown
}

// knownName looks a first name up; a double name goes by its first part that
// is known.
func knownName(low []byte) Gender {
	switch {
	case namesBoth.has(low):
		return Unknown
	case namesFemale.has(low):
		return Feminine
	case namesMale.has(low):
		return Masculine
	}
	for i := range low {
		if low[i] == '-' {
			if g := knownName(low[:i]); g != Unknown {
				return g
			}
			return knownName(low[i+1:])
		}
	}
	return Unknown
}

// nameGender guesses by the end of a first name.
func nameGender(low []byte) Gender {
	if namesBoth.has(low) || len(low) < 4 {
		return Unknown
	}
	switch letter(low, 0) {
	case 'а', 'я':
		if hasAny(low, "улла", "мирза", "ага", "ходжа", "хожа", "баба") {
			return Masculine
		}
		return Feminine
	case 'е', 'э', 'у':
		return Feminine
	case 'ы', 'о':
		return Masculine
	case 'и', 'ю', 'ё':
		return Unknown
	case 'ь':
		if hasAny(low, "иль") {
			return Masculine
		}
		return Feminine
	}
	if hasPrefix(low, "гуль") || hasPrefix(low, "гюль") || hasPrefix(low, "гюл") || hasAny(low, "кыс", "гюль", "назым") {
		return Feminine
	}
	if r := letter(low, 0); r < 'а' || r > 'ё' {
		return Unknown
	}
	return Masculine
}
