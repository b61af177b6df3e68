package russian

import "strings"

// latin is how file names on sites write Cyrillic letters (ГОСТ Р 52535.1-2006
// simplified to ASCII letters, as passports did; soft and hard signs go).
var latin = map[rune]string{
	'а': "a", 'б': "b", 'в': "v", 'г': "g", 'д': "d", 'е': "e", 'ё': "e", 'ж': "zh", 'з': "z", 'и': "i", 'й': "i",
	'к': "k", 'л': "l", 'м': "m", 'н': "n", 'о': "o", 'п': "p", 'р': "r", 'с': "s", 'т': "t", 'у': "u", 'ф': "f",
	'х': "kh", 'ц': "ts", 'ч': "ch", 'ш': "sh", 'щ': "shch", 'ъ': "", 'ы': "y", 'ь': "", 'э': "e", 'ю': "iu", 'я': "ia",
	// letters of the republics' languages, by their nearest sound
	'ӧ': "o", 'ө': "o", 'ӱ': "u", 'ү': "u", 'ҥ': "n", 'ң': "n", 'ј': "j", 'і': "i", 'ә': "a", 'җ': "zh", 'һ': "h",
	'ғ': "g", 'ҙ': "z", 'ҡ': "k", 'ҫ': "s", 'ӑ': "a", 'ӗ': "e", 'ӳ': "u", 'ҕ': "g", 'ӝ': "zh", 'ӟ': "z", 'ӥ': "i",
	'ӵ': "ch", 'ӓ': "a", 'ӹ': "y", 'ӕ': "ae", 'ӏ': "", 'ӌ': "ch", 'ї': "i", 'є': "e", 'ґ': "g", 'ў': "u",
}

// Translit writes a text for a file name on a site: ASCII small letters,
// digits, hyphens; words stand apart by hyphens. It is "" when nothing of the
// text can be written so.
func Translit(s string) string {
	var b strings.Builder
	gap := false
	for _, r := range strings.ToLower(s) {
		word, known := latin[r]
		switch {
		case known:
		case r >= 'a' && r <= 'z' || r >= '0' && r <= '9':
			word = string(r)
		default:
			gap = b.Len() > 0
			continue
		}
		if gap && word != "" {
			b.WriteByte('-')
			gap = false
		}
		b.WriteString(word)
	}
	return b.String()
}
