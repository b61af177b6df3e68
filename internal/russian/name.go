package russian

import "strings"

// part says what a word of a full name is.
type part uint8

const (
	surnamePart part = iota
	firstPart
	middlePart
)

// DeclineName returns «Фамилия Имя Отчество» in six cases; an empty first
// name or patronymic is left out, and an Unknown gender is guessed.
func DeclineName(last, first, middle string, g Gender) Forms {
	return Person{Last: last, First: first, Middle: middle, Gender: g}.Full()
}

// Decline returns a full name written in one string in six cases. It knows
// «Фамилия Имя Отчество», «Имя Отчество Фамилия», «Фамилия Имя», «Имя
// Отчество», «Фамилия И. О.», «И. О. Фамилия» with any spaces, and keeps
// them. An Unknown gender is guessed.
func Decline(name string, g Gender) Forms {
	var space [24]piece
	pieces := space[:0]
	var parts [8]part
	words, n := splitName(name)
	if n == 0 {
		return Fixed(name)
	}
	nameParts(words[:n], parts[:n])
	if g == Unknown {
		g = wordsGender(words[:n], parts[:n])
	}
	for rest, i := name, 0; rest != ""; {
		if at := strings.IndexFunc(rest, isNotSpace); at != 0 {
			if at < 0 {
				at = len(rest)
			}
			pieces = append(pieces, piece{text: rest[:at]})
			rest = rest[at:]
			continue
		}
		at := strings.IndexFunc(rest, isSpace)
		if at < 0 {
			at = len(rest)
		}
		kind := middlePart
		if i < n {
			kind = parts[i]
		}
		if i+1 < n && (kind == middlePart && isParticleOfPatronymic(words[i+1]) ||
			kind == surnamePart && parts[i+1] == surnamePart && isParticleOfSurname(words[i])) {
			pieces = append(pieces, piece{text: rest[:at]}) // Рашид of «Рашид кызы», фон
		} else {
			pieces = appendWord(pieces, rest[:at], kind, g)
		}
		rest, i = rest[at:], i+1
	}
	return compose(pieces)
}

// ParseName reads a full name written in one string into its parts, in the
// orders that Decline knows, with its gender guessed.
func ParseName(name string) Person {
	words, n := splitName(name)
	var parts [8]part
	nameParts(words[:n], parts[:n])
	var p Person
	for i, w := range words[:n] {
		field := [...]*string{&p.Last, &p.First, &p.Middle}[parts[i]]
		if *field != "" {
			*field += " "
		}
		*field += w
	}
	p.Gender = GuessGender(p.Last, p.First, p.Middle)
	return p
}

func isSpace(r rune) bool    { return r == ' ' || r == '\u00a0' || r == '\u202f' || r == '\t' }
func isNotSpace(r rune) bool { return !isSpace(r) }

// splitName returns the first eight words of name and their number.
func splitName(name string) (words [8]string, n int) {
	for n < len(words) {
		name = strings.TrimLeftFunc(name, isSpace)
		if name == "" {
			break
		}
		at := strings.IndexFunc(name, isSpace)
		if at < 0 {
			at = len(name)
		}
		words[n] = name[:at]
		name = name[at:]
		n++
	}
	return words, n
}

// nameParts says what each word of a full name is. A particle before the
// surname belongs to it when it is written small (фон Бюлов) or when four
// words leave room for it (Ван Гог Винсент Теодорович).
func nameParts(words []string, parts []part) {
	if len(words) > 1 && isParticleOfSurname(words[0]) && (!isUpperFirst(words[0]) || len(words) == 4 && !isParticleOfPatronymic(words[3])) {
		parts[0] = surnamePart
		nameParts(words[1:], parts[1:])
		return
	}
	var space [8][96]byte
	var low [8][]byte
	patronymicAt, initialsAt := -1, -1
	for i, w := range words {
		low[i] = lower(space[i][:0], w)
		parts[i] = middlePart
		switch {
		case strings.Contains(w, "."):
			if initialsAt < 0 {
				initialsAt = i
			}
		case i > 0 && patronymicAt < 0 && patronymicGender(low[i]) != Unknown &&
			(len(words) > 2 || hasAny(low[i], "вич вна ична") && knownName(low[0]) != Unknown):
			patronymicAt = i
			if isParticleOfPatronymic(w) && i > 1 {
				patronymicAt = i - 1 // Рашид кызы
			}
		}
	}
	n := len(words)
	switch {
	case n == 0:
	case n == 1:
		parts[0] = surnamePart
	case initialsAt == 0: // И. О. Фамилия
		for i, w := range words {
			if !strings.Contains(w, ".") {
				parts[i] = surnamePart
			} else {
				parts[i] = firstPart
			}
		}
	case initialsAt > 0: // Фамилия И. О.
		parts[0], parts[1] = surnamePart, firstPart
	case patronymicAt == 1 && n == 2: // Имя Отчество
		parts[0] = firstPart
	case patronymicAt == 1: // Имя Отчество Фамилия
		parts[0], parts[n-1] = firstPart, surnamePart
	case n == 2 && knownName(low[0]) != Unknown && knownName(low[1]) == Unknown && !namesBoth.has(low[1]):
		parts[0], parts[1] = firstPart, surnamePart
	default:
		parts[0], parts[1] = surnamePart, firstPart
		for i := 2; i < patronymicAt; i++ {
			parts[i] = firstPart // a first name of two words
		}
	}
}

// wordsGender is GuessGender over split words.
func wordsGender(words []string, parts []part) Gender {
	var of [3]string
	for i, w := range words {
		if parts[i] != firstPart || of[parts[i]] == "" {
			of[parts[i]] = w // the last word of a patronymic tells: оглы, кызы
		}
	}
	if strings.Contains(of[firstPart], ".") {
		of[firstPart] = ""
	}
	return GuessGender(of[surnamePart], of[firstPart], of[middlePart])
}

// appendName appends the words of s, each with its pattern, after a space if
// something stands before.
func appendName(pieces []piece, s string, kind part, g Gender) []piece {
	for s != "" {
		word, rest, _ := strings.Cut(s, " ")
		s = rest
		if word == "" {
			continue
		}
		if len(pieces) > 0 {
			pieces = append(pieces, piece{text: " "})
		}
		if rest != "" && (kind == middlePart && isParticleOfPatronymic(strings.TrimSpace(rest)) ||
			kind == surnamePart && isParticleOfSurname(word)) {
			pieces = append(pieces, piece{text: word}) // Рашид of «Рашид кызы», Ван of «Ван Гог»
			continue
		}
		pieces = appendWord(pieces, word, kind, g)
	}
	return pieces
}

// appendWord appends a word, part by part when it is written with hyphens.
// Initials do not change.
func appendWord(pieces []piece, word string, kind part, g Gender) []piece {
	if strings.IndexByte(word, '.') >= 0 {
		return append(pieces, piece{text: word})
	}
	var space [96]byte
	low := lower(space[:0], word)
	if kind == middlePart {
		return append(pieces, piece{text: word, pat: patronymic(low, g)})
	}
	for {
		at := strings.IndexByte(word, '-')
		if at < 0 {
			return append(pieces, piece{text: word, pat: namePattern(low, kind, g)})
		}
		lowAt := 0
		for low[lowAt] != '-' {
			lowAt++
		}
		first := piece{text: word[:at]}
		if !firstHalfFixed(low[:lowAt], kind, g) && !keepsFirst.has(low[lowAt+1:]) {
			first.pat = namePattern(low[:lowAt], kind, g)
		}
		pieces = append(pieces, first, piece{text: "-"})
		word, low = word[at+1:], low[lowAt+1:]
	}
}

func namePattern(low []byte, kind part, g Gender) pattern {
	if len(low) <= 2 { // one Russian letter
		return pattern{}
	}
	if kind == firstPart {
		return firstName(low, g)
	}
	return surname(low, g)
}

func isParticleOfSurname(word string) bool {
	var space [96]byte
	return surnameParticles.has(lower(space[:0], word))
}

// firstHalfFixed reports that the first half of a double name does not
// decline: Тер-Петросян, Бонч-Бруевич; and Жан-Клод, Абдул-Салам, whose
// first half is a man's name that is not Russian. The first half of a man's
// surname declines but for those that are no surnames by themselves.
func firstHalfFixed(low []byte, kind part, g Gender) bool {
	if g == Feminine || isVowel(letter(low, 0)) {
		return kind == surnamePart && surnameParticles.has(low)
	}
	if kind == firstPart {
		return !namesRussian.has(low)
	}
	return surnameParticles.has(low) || vowels(low) < 2 && len(low) < 8 && !surnamesShort.has(low)
}

// First halves of double surnames that are not surnames by themselves: titles,
// articles, Turkic first names, and some that custom keeps.
var surnameParticles = words(`тер тэр бонч грум бей бек кара мелик шах хан сан сен сент санта
	мак ван фон де ла ле дель дер эль аль ас аш ибн бен абу нур мирза ага дон гаджи
	монте джуан каадыр вар гасан гусейн хасан ахмед мамед али шейх эмир амир кёр кер
	хаджи бай тан тян корвин белиц мюр экс дю ди да ду дан кок топ пур нер ак кызыл`)

// Surnames of one syllable and three letters at most, as others so short are
// seldom surnames by themselves.
var surnamesShort = words(`ким цой пак тен шин лис гай жук рак лях кац мац бах гец буш кох кон лев
	ёж еж сыч уж бык кот сом дуб гус пёс тур май лещ чиж гук юн сон нам хон ян`)

// Last parts before which nothing declines: Алдын-оол, Мамед-заде.
var keepsFirst = words(`оол заде оглы гирей ходжа мирза ипа`)

// First names that decline as the first half of a man's double name too.
var namesRussian = words(`иван пётр петр павел андрей алексей александр михаил николай сергей
	владимир дмитрий василий юрий фёдор федор яков игорь олег`)
