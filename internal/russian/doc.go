// Package russian puts Russian words into the form that a paper asks for.
//
// In go words as a school writes them, in the nominative: a person's surname,
// first name and patronymic, the name of a post or of an organisation, a
// number, a date. Out come the six cases, the gender, the form that goes with
// a number, typography, and a list of what the spelling alone cannot decide
// (Doubt), to be shown to a person. The rules are those of school grammar
// with lists of exception words; no dictionary of names stands behind them.
//
// Declension keeps the letters of its input: Ё stays Ё, capitals stay
// capitals, spaces and punctuation are not touched. Whether a paper should
// use a form at all is for others to say; so are explicit forms of a profile,
// which win over this package.
//
// All functions are pure and may be called from many goroutines.
package russian
