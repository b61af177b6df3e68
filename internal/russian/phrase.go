package russian

import "strings"

// Post returns the name of a post in six cases. The head noun declines with
// the words that agree with it, the rest stays: «заместителю директора по
// учебной работе».
func Post(s string, g Gender) Forms { return phrase(s, true) }

// Org returns the name of an organisation in six cases; what stands in quotes
// does not change.
func Org(s string) Forms { return phrase(s, false) }

// phrase is the first version: adjectives up to the head and the head.
func phrase(s string, animate bool) Forms {
	var pieces []piece
	for i, w := range strings.SplitAfter(s, " ") {
		word := strings.TrimSpace(w)
		low := lower(nil, word)
		pat, _ := adjective(low)
		if pat.ends == nil && i < 4 {
			pat = surname(low, Masculine)
			pat.accNom = !animate
			pieces = append(pieces, piece{word, pat}, piece{text: w[len(word):] + s[strings.Index(s, w)+len(w):]})
			break
		}
		pieces = append(pieces, piece{word, pat}, piece{text: w[len(word):]})
	}
	return compose(pieces)
}
