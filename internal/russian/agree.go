package russian

// HeadGender returns the gender of the head noun of a title or of the name of
// an organisation: Neuter for «Положение о наставничестве», Feminine for
// «Программа наставничества», Several for «Методические рекомендации».
func HeadGender(s string) Gender {
	var arena [1024]byte
	var space [48]token
	p := phraseParser{toks: tokenize(space[:0], arena[:0], s)}
	_, g := p.one(0, false)
	return g
}

// Agree chooses a word by gender; Unknown takes the masculine, as a school's
// papers do.
func Agree(g Gender, masculine, feminine, neuter, several string) string {
	switch g {
	case Feminine:
		return feminine
	case Neuter:
		return neuter
	case Several:
		return several
	}
	return masculine
}

// Approved returns the first word of the stamp over a document with this
// title: УТВЕРЖДЁН план, УТВЕРЖДЕНА программа, УТВЕРЖДЕНО положение,
// УТВЕРЖДЕНЫ рекомендации.
func Approved(title string) string {
	return Agree(HeadGender(title), "УТВЕРЖДЁН", "УТВЕРЖДЕНА", "УТВЕРЖДЕНО", "УТВЕРЖДЕНЫ")
}

// Agreed is Approved for the stamp СОГЛАСОВАН.
func Agreed(title string) string {
	return Agree(HeadGender(title), "СОГЛАСОВАН", "СОГЛАСОВАНА", "СОГЛАСОВАНО", "СОГЛАСОВАНЫ")
}

// Adjective returns the six forms in gender g of an adjective or participle
// given in the masculine nominative: назначенный in Feminine is назначенная,
// назначенной, … The accusative of the masculine and the plural is that of
// people. A word with no such ending comes back as it is.
func Adjective(word string, g Gender) Forms {
	var space [96]byte
	low := lower(space[:0], word)
	tail := ""
	if has(low, "ся") {
		tail = word[len(word)-4:]
		word, low = word[:len(word)-4], low[:len(low)-4]
	}
	pat, masculine := adjective(low)
	if masculine != Masculine {
		return Fixed(word + tail)
	}
	p := letter(low, 2)
	narrow := isVelar(p) || isHush(p) || has(low, "ий") // и and not ы after the stem
	soft := pat.ends == &endsAdjMSoft
	stem := word[:len(word)-4]
	var nominative string
	switch g {
	case Feminine:
		nominative, pat.ends = "ая", &endsAdjF
		switch {
		case pat.mid != "":
			nominative, pat.ends = "ья", &endsPossFYa
		case soft && isHush(p):
			pat.ends = &endsAdjFSoft
		case soft:
			nominative, pat.ends = "яя", &endsAdjFYa
		}
	case Neuter:
		nominative, pat.accNom = "ое", true
		switch {
		case pat.mid != "":
			nominative = "ье"
		case soft:
			nominative = "ее"
		}
		if pat.mid != "" || soft {
			pat.ends = &endsAdjMSoft
		}
	case Several:
		nominative, pat.ends = "ые", &endsAdjPl
		switch {
		case pat.mid != "":
			nominative, pat.ends = "ьи", &endsAdjPlSoft
		case narrow:
			nominative, pat.ends = "ие", &endsAdjPlSoft
		}
	default:
		pat.tail = uint8(len(tail))
		return compose([]piece{{text: word + tail, pat: pat}})
	}
	if pat.mid != "" {
		pat.cut = 4 // the soft sign stands in the nominative too
		if g == Feminine {
			pat.cut, pat.mid = 2, ""
		}
	} else {
		pat.cut = 4
	}
	pat.tail = uint8(len(tail))
	return compose([]piece{{text: stem + nominative + tail, pat: pat}})
}

// pronouns of the third person by case; after a preposition all but the
// nominative begin with н: «к нему».
var pronouns = [...]Forms{
	Masculine: {"он", "его", "ему", "его", "им", "нём"},
	Feminine:  {"она", "её", "ей", "её", "ей", "ней"},
	Neuter:    {"оно", "его", "ему", "его", "им", "нём"},
	Several:   {"они", "их", "им", "их", "ими", "них"},
}

// Pronoun returns он, она, оно, они in six cases; the prepositional has its н
// already. Unknown is Masculine.
func Pronoun(g Gender) Forms {
	if g == Unknown {
		g = Masculine
	}
	return pronouns[g]
}

// PronounAfter is Pronoun after a preposition: «к нему», «для неё», «с ними».
func PronounAfter(g Gender) Forms {
	f := Pronoun(g)
	for c := Gen; c < Pre; c++ {
		f[c] = "н" + f[c]
	}
	return f
}
