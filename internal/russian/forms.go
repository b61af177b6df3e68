package russian

import "unicode/utf8"

// Case is a grammatical case and the index of its form in Forms.
type Case uint8

const (
	Nom Case = iota // кто, что
	Gen             // кого, чего
	Dat             // кому, чему
	Acc             // кого, что
	Ins             // кем, чем
	Pre             // о ком, о чём
)

// String returns the Russian name of the case.
func (c Case) String() string {
	return [...]string{"именительный", "родительный", "дательный",
		"винительный", "творительный", "предложный"}[c]
}

// Key returns the short name of the case in profiles and templates.
func (c Case) Key() string {
	return [...]string{"nom", "gen", "dat", "acc", "ins", "pre"}[c]
}

// Gender is the sex of a person or the gender of a word; Several stands beside
// them because Russian agreement knows the four.
type Gender uint8

const (
	Unknown Gender = iota
	Masculine
	Feminine
	Neuter
	Several // the plural, where agreement counts it as a fourth gender
)

// String returns m, f, n, p, or nothing for Unknown.
func (g Gender) String() string {
	return [...]string{"", "m", "f", "n", "p"}[g]
}

// ParseGender reads what String writes, м and ж, and the Russian words
// «муж…» and «жен…»; anything else is Unknown.
func ParseGender(s string) Gender {
	switch s {
	case "m", "м", "муж", "мужской", "М":
		return Masculine
	case "f", "ж", "жен", "женский", "Ж":
		return Feminine
	case "n":
		return Neuter
	case "p":
		return Several
	}
	return Unknown
}

// Forms is a word or phrase in the six cases, indexed by Case.
type Forms [6]string

func (f Forms) Nom() string { return f[Nom] } // именительный
func (f Forms) Gen() string { return f[Gen] } // родительный
func (f Forms) Dat() string { return f[Dat] } // дательный
func (f Forms) Acc() string { return f[Acc] } // винительный
func (f Forms) Ins() string { return f[Ins] } // творительный
func (f Forms) Pre() string { return f[Pre] } // предложный

// String returns the nominative.
func (f Forms) String() string { return f[Nom] }

// Fixed returns s for every case.
func Fixed(s string) Forms { return Forms{s, s, s, s, s, s} }

// endings are what a pattern puts in place of the end of a word, by case
// from the genitive on.
type endings = [5]string

// pattern says how one word changes: in an oblique case cut bytes go from its
// end, then come mid and the ending of the case. The zero pattern changes
// nothing.
type pattern struct {
	mid  string
	ends *endings
	cut  uint8

	// tail is how many bytes at the end of the word stand after its ending
	// and never change: 4 for «ся» of «учащийся».
	tail uint8

	// accNom makes the accusative equal to the nominative, as things without
	// a soul have it.
	accNom bool
}

// piece is a stretch of text with its own pattern; a space between words is
// a piece that does not change.
type piece struct {
	text  string
	pat   pattern
	upper bool // written in capitals; compose fills it
}

// compose writes pieces one after another in each case. The six forms share
// the memory of one string.
func compose(pieces []piece) Forms {
	var space [640]byte
	buf := space[:0]
	changes := false
	for i := range pieces {
		p := &pieces[i]
		buf = append(buf, p.text...)
		if p.pat.ends != nil {
			changes = true
			p.upper = capitals(p.text[:len(p.text)-int(p.pat.tail)])
		}
	}
	if !changes {
		return Fixed(string(buf))
	}
	var at [7]int
	at[1] = len(buf)
	for c := Gen; c <= Pre; c++ {
		for i := range pieces {
			p := &pieces[i]
			switch {
			case len(p.text) == 1:
				buf = append(buf, p.text[0])
				continue
			case p.pat.ends == nil, p.pat.accNom && c == Acc:
				buf = append(buf, p.text...)
				continue
			}
			end := len(p.text) - int(p.pat.tail)
			buf = append(buf, p.text[:end-int(p.pat.cut)]...)
			from := len(buf)
			if p.pat.mid != "" {
				buf = append(buf, p.pat.mid...)
			}
			buf = append(buf, p.pat.ends[c-1]...)
			switch {
			case p.upper:
				upper(buf[from:])
			case int(p.pat.cut) == end && isUpperFirst(p.text):
				upper(buf[from : from+2]) // Ёрш: Ерша
			}
			if end < len(p.text) {
				buf = append(buf, p.text[end:]...)
			}
		}
		at[c+1] = len(buf)
	}
	all := string(buf)
	var f Forms
	for c := range f {
		f[c] = all[at[c]:at[c+1]]
	}
	return f
}

// capitals reports whether the last two letters of s are capitals.
func capitals(s string) bool {
	if n := len(s); n > 1 && (s[n-2] == 0xD1 || s[n-2] == 0xD0 && s[n-1] >= 0xB0) {
		return false // the most frequent by far: а to я
	}
	last, n := utf8.DecodeLastRuneInString(s)
	if !isUpper(last) {
		return false
	}
	before, _ := utf8.DecodeLastRuneInString(s[:len(s)-n])
	return isUpper(before)
}
