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
	cut  int
	mid  string
	ends *endings

	// accNom makes the accusative equal to the nominative, as things without
	// a soul have it.
	accNom bool

	// tail is how many bytes at the end of the word stand after its ending
	// and never change: 4 for «ся» of «учащийся».
	tail int
}

// piece is a stretch of text with its own pattern; a space between words is
// a piece that does not change.
type piece struct {
	text string
	pat  pattern
}

// compose writes pieces one after another in each case. The six forms share
// the memory of one string.
func compose(pieces []piece) Forms {
	var space [768]byte
	buf := space[:0]
	var at [7]int
	changes := false
	for i := range pieces {
		buf = append(buf, pieces[i].text...)
		changes = changes || pieces[i].pat.ends != nil
	}
	if !changes {
		return Fixed(string(buf))
	}
	at[1] = len(buf)
	for c := Gen; c <= Pre; c++ {
		for i := range pieces {
			buf = pieces[i].append(buf, c)
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

// append appends the piece in case c, not the nominative. A word whose last
// letters are capitals gets its ending in capitals.
func (p *piece) append(buf []byte, c Case) []byte {
	pat := &p.pat
	if pat.ends == nil || pat.accNom && c == Acc {
		return append(buf, p.text...)
	}
	end := len(p.text) - pat.tail
	buf = append(buf, p.text[:end-pat.cut]...)
	from := len(buf)
	buf = append(buf, pat.mid...)
	buf = append(buf, pat.ends[c-1]...)
	if capitals(p.text[:end]) {
		upper(buf[from:])
	}
	return append(buf, p.text[end:]...)
}

// capitals reports whether the last two letters of s are capitals.
func capitals(s string) bool {
	last, n := utf8.DecodeLastRuneInString(s)
	if !isUpper(last) {
		return false
	}
	before, _ := utf8.DecodeLastRuneInString(s[:len(s)-n])
	return isUpper(before)
}
