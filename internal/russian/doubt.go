package russian

import (
	"strings"
)

// Doubt is a word of a name that spelling alone does not decide: the form
// chosen, the other one that may be right, and why, in Russian.
type Doubt struct {
	Word   string // «Чаплин»
	Case   Case   // the case in which the two differ first
	Chosen string // «Чаплиным»
	Other  string // «Чаплином»
	Why    string // «русская фамилия – на -ым, иностранная – на -ом»
}

// String tells the doubt in a line: «Чаплин: выбрано «Чаплиным», может быть
// «Чаплином»: русская фамилия – на -ым, иностранная – на -ом».
func (d Doubt) String() string {
	return d.Word + ": выбрано «" + d.Chosen + "», может быть «" + d.Other + "»: " + d.Why
}

// Doubts lists what the spelling of a name leaves open, to be looked at once
// by someone who knows the person. An empty list says nothing is known to be
// doubtful. The sex must be given or be sure to guess, or the list is about
// that alone.
func (p Person) Doubts() []Doubt {
	g := p.sex()
	if p.Indeclinable {
		p.Last = ""
	}
	if g == Unknown && p.Last+p.First != "" {
		word := strings.TrimSpace(p.Last + " " + p.First)
		m := Person{Last: p.Last, First: p.First, Middle: p.Middle, Gender: Masculine}.Full()
		f := Person{Last: p.Last, First: p.First, Middle: p.Middle, Gender: Feminine}.Full()
		if m == f {
			return nil
		}
		return []Doubt{{word, firstDifference(m, f), p.Full()[firstDifference(m, f)],
			m[firstDifference(m, f)] + " или " + f[firstDifference(m, f)], "не сказано, мужчина это или женщина"}}
	}
	var list []Doubt
	for i, word := range strings.FieldsFunc(p.Last, func(r rune) bool { return r == '-' || isSpace(r) }) {
		if first := i == 0 && strings.Contains(p.Last, "-"); first && g == Masculine {
			list = appendDoubt(list, firstHalfDoubt(word))
			continue
		}
		list = appendDoubt(list, surnameDoubt(word, g))
	}
	if g == Feminine && !strings.Contains(p.First, ".") {
		list = appendDoubt(list, firstNameDoubt(p.First))
	}
	return list
}

func appendDoubt(list []Doubt, d Doubt) []Doubt {
	if d.Why != "" && d.Chosen != d.Other {
		list = append(list, d)
	}
	return list
}

// firstDifference returns the first case in which two words differ.
func firstDifference(a, b Forms) Case {
	for c := Gen; c < Pre; c++ {
		if a[c] != b[c] {
			return c
		}
	}
	return Pre
}

// doubt says that word is declined as the pattern chosen and might be as
// other.
func doubt(word string, chosen, other pattern, why string) Doubt {
	a := compose([]piece{{text: word, pat: chosen}})
	b := compose([]piece{{text: word, pat: other}})
	c := firstDifference(a, b)
	return Doubt{Word: word, Case: c, Chosen: a[c], Other: b[c], Why: why}
}

// surnameDoubt looks at one part of a surname.
func surnameDoubt(word string, g Gender) Doubt {
	var space [96]byte
	low := lower(space[:0], word)
	chosen := surname(low, g)
	if g == Feminine {
		switch {
		case surnameBothA.has(low):
			other := nounA(low)
			if chosen == other {
				other = pattern{cut: 2, ends: &endsPossF}
			}
			return doubt(word, chosen, other, "склоняется как прилагательное, если у мужчин в семье фамилия без -а")
		case has(low, "ая") && surnameNounAya.has(low):
			return doubt(word, chosen, pattern{cut: 4, ends: &endsAdjF}, "грузинская фамилия склоняется как существительное, русская – как прилагательное")
		}
		return Doubt{}
	}
	last := letter(low, 0)
	switch {
	case hasAny(low, "ин", "ов", "ев", "ын") && (foreignInOv(low) || surnameBothIn.has(low)):
		other := pattern{ends: &endsPossM}
		if chosen == other {
			other = pattern{ends: &endsHard}
		}
		return doubt(word, chosen, other, "русская фамилия – на -ым, иностранная – на -ом")
	case has(low, "их") && chosen.ends != nil:
		return doubt(word, chosen, pattern{}, "немецкая фамилия склоняется, русская на -их – нет")
	case has(low, "ий") && chosen.ends == &endsIy && vowels(low) > 1:
		adj, _ := adjective(low)
		return doubt(word, chosen, adj, "склоняется как существительное или как прилагательное")
	case has(low, "ой") && chosen.cut == 2 && vowels(low) > 1:
		adj, _ := adjective(low)
		return doubt(word, chosen, adj, "склоняется как существительное или как прилагательное")
	case chosen.cut > 2 && chosen.ends != nil && !hasAny(low, "ый", "ий", "ой", "ей", "онок", "ёнок", "енок"):
		other := pattern{ends: &endsHard}
		if has(low, "ь") {
			other = pattern{cut: 2, ends: &endsSoft}
		} else if last == 'ц' {
			other = pattern{ends: &endsHush}
		}
		return doubt(word, chosen, other, "в некоторых семьях гласная перед последней буквой сохраняется")
	case has(low, "ей") && chosen.cut == 4:
		return doubt(word, chosen, pattern{cut: 2, ends: &endsSoft}, "в некоторых семьях гласная перед последней буквой сохраняется")
	case has(low, "ок") && chosen.cut == 0 && vowels(low) > 1 && !isVelar(letter(low, 2)) && !keepsOk.has(low):
		return doubt(word, chosen, pattern{cut: 4, mid: "к", ends: &endsHard}, "гласная перед последней буквой может выпадать")
	case isHush(last) && !hasAny(low, "ович", "евич", "ич", "ач"):
		other := chosen
		if other.ends == &endsHush {
			other.ends = &endsHard
		} else {
			other.ends = &endsHush
		}
		return doubt(word, chosen, other, "под ударением – -ом, без ударения – -ем")
	case has(low, "ь") && chosen.cut == 2 && (softStressed.has(low) || hasAny(low, "арь", "ырь", "аль", "уль")):
		other := chosen
		if other.ends == &endsSoft {
			other.ends = &endsSoftYo
		} else {
			other.ends = &endsSoft
		}
		return doubt(word, chosen, other, "под ударением – -ём, без ударения – -ем")
	case has(low, "ая"):
		return doubt(word, chosen, pattern{}, "проверьте, склоняется ли фамилия")
	}
	return Doubt{}
}

// firstHalfDoubt looks at the first half of a man's double surname: custom
// keeps some of them.
func firstHalfDoubt(word string) Doubt {
	var space [96]byte
	low := lower(space[:0], word)
	chosen, other := surname(low, Masculine), pattern{}
	switch {
	case surnameParticles.has(low) || chosen.ends == nil:
		return Doubt{}
	case hasAny(low, "ов", "ев", "ёв", "ин", "ын", "ий", "ый", "ой", "ич") && !foreignInOv(low):
		return Doubt{}
	case firstHalfFixed(low, surnamePart, Masculine):
		chosen, other = other, chosen
	}
	return doubt(word, chosen, other, "первая часть двойной фамилии иногда не склоняется")
}

// firstNameDoubt looks at a woman's first name.
func firstNameDoubt(word string) Doubt {
	var space [96]byte
	low := lower(space[:0], word)
	switch {
	case has(low, "ь") && !hasAny(low, "любовь", "рахиль", "эсфирь", "юдифь", "руфь", "нинель"):
		return doubt(word, pattern{cut: 2, ends: &endsThird}, pattern{}, "восточное имя на мягкий знак иногда не склоняют")
	case firstNameIyaStressed.has(low):
		return doubt(word, pattern{cut: 2, ends: &endsYaYo}, pattern{cut: 2, ends: &endsIya}, "под ударением – -ие, без ударения – -ии")
	}
	return Doubt{}
}

// Women's surnames that are nouns and may come of a man's on -ов, -ин too;
// men's on -ин that are Russian or not, or nouns.
var (
	surnameBothA = words(`голова дуброва сова корова подкова вдова основа обнова калина малина
		рябина кручина година личина былина долина вершина перлина осина тычина щербина
		дружина половина скотина картина свитина тина глина паутина 
		слива королева царева сирота ворона`)
	surnameBothIn = words(`чаплин рубин литвин русин турчин волошин мордвин татарин сербин болгарин
		рабин левин бельвин павлин дельфин мартин эдвин калвин 
		гарин бензин моисеевин вульфин азимов`)
)
