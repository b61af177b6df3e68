package russian

import (
	"strconv"
	"strings"
)

// Plural chooses the form of a noun that goes with n: 1 пара, 2 пары, 5 пар,
// 11 пар, 21 пара. A negative n goes as its absolute value.
func Plural(n int, one, few, many string) string {
	n = abs(n)
	switch {
	case n%100 >= 11 && n%100 <= 14:
		return many
	case n%10 == 1:
		return one
	case n%10 >= 2 && n%10 <= 4:
		return few
	}
	return many
}

// Count writes n with its noun after a no-break space: «5 пар», «12 500 пар».
func Count(n int, one, few, many string) string {
	return Group(n) + nbsp + Plural(n, one, few, many)
}

// Group writes n with no-break spaces between thousands, from 10 000 on.
func Group(n int) string {
	digits := strconv.Itoa(abs(n))
	if len(digits) > 4 {
		var b strings.Builder
		for i, d := range digits {
			if i > 0 && (len(digits)-i)%3 == 0 {
				b.WriteString(nbsp)
			}
			b.WriteRune(d)
		}
		digits = b.String()
	}
	if n < 0 {
		return "−" + digits
	}
	return digits
}

func abs(n int) int {
	if n < 0 {
		return -n
	}
	return n
}

// The numerals by case.
var (
	oneM     = [6]string{"один", "одного", "одному", "один", "одним", "одном"}
	oneF     = [6]string{"одна", "одной", "одной", "одну", "одной", "одной"}
	oneN     = [6]string{"одно", "одного", "одному", "одно", "одним", "одном"}
	oneP     = [6]string{"одни", "одних", "одним", "одни", "одними", "одних"}
	twoM     = [6]string{"два", "двух", "двум", "два", "двумя", "двух"}
	twoF     = [6]string{"две", "двух", "двум", "две", "двумя", "двух"}
	numerals = [...][6]string{
		0:  {"ноль", "ноля", "нолю", "ноль", "нолём", "ноле"},
		3:  {"три", "трёх", "трём", "три", "тремя", "трёх"},
		4:  {"четыре", "четырёх", "четырём", "четыре", "четырьмя", "четырёх"},
		5:  {"пять", "пяти", "пяти", "пять", "пятью", "пяти"},
		6:  {"шесть", "шести", "шести", "шесть", "шестью", "шести"},
		7:  {"семь", "семи", "семи", "семь", "семью", "семи"},
		8:  {"восемь", "восьми", "восьми", "восемь", "восемью", "восьми"},
		9:  {"девять", "девяти", "девяти", "девять", "девятью", "девяти"},
		10: {"десять", "десяти", "десяти", "десять", "десятью", "десяти"},
		11: {"одиннадцать", "одиннадцати", "одиннадцати", "одиннадцать", "одиннадцатью", "одиннадцати"},
		12: {"двенадцать", "двенадцати", "двенадцати", "двенадцать", "двенадцатью", "двенадцати"},
		13: {"тринадцать", "тринадцати", "тринадцати", "тринадцать", "тринадцатью", "тринадцати"},
		14: {"четырнадцать", "четырнадцати", "четырнадцати", "четырнадцать", "четырнадцатью", "четырнадцати"},
		15: {"пятнадцать", "пятнадцати", "пятнадцати", "пятнадцать", "пятнадцатью", "пятнадцати"},
		16: {"шестнадцать", "шестнадцати", "шестнадцати", "шестнадцать", "шестнадцатью", "шестнадцати"},
		17: {"семнадцать", "семнадцати", "семнадцати", "семнадцать", "семнадцатью", "семнадцати"},
		18: {"восемнадцать", "восемнадцати", "восемнадцати", "восемнадцать", "восемнадцатью", "восемнадцати"},
		19: {"девятнадцать", "девятнадцати", "девятнадцати", "девятнадцать", "девятнадцатью", "девятнадцати"},
	}
	tens = [...][6]string{
		2: {"двадцать", "двадцати", "двадцати", "двадцать", "двадцатью", "двадцати"},
		3: {"тридцать", "тридцати", "тридцати", "тридцать", "тридцатью", "тридцати"},
		4: {"сорок", "сорока", "сорока", "сорок", "сорока", "сорока"},
		5: {"пятьдесят", "пятидесяти", "пятидесяти", "пятьдесят", "пятьюдесятью", "пятидесяти"},
		6: {"шестьдесят", "шестидесяти", "шестидесяти", "шестьдесят", "шестьюдесятью", "шестидесяти"},
		7: {"семьдесят", "семидесяти", "семидесяти", "семьдесят", "семьюдесятью", "семидесяти"},
		8: {"восемьдесят", "восьмидесяти", "восьмидесяти", "восемьдесят", "восемьюдесятью", "восьмидесяти"},
		9: {"девяносто", "девяноста", "девяноста", "девяносто", "девяноста", "девяноста"},
	}
	hundreds = [...][6]string{
		1: {"сто", "ста", "ста", "сто", "ста", "ста"},
		2: {"двести", "двухсот", "двумстам", "двести", "двумястами", "двухстах"},
		3: {"триста", "трёхсот", "трёмстам", "триста", "тремястами", "трёхстах"},
		4: {"четыреста", "четырёхсот", "четырёмстам", "четыреста", "четырьмястами", "четырёхстах"},
		5: {"пятьсот", "пятисот", "пятистам", "пятьсот", "пятьюстами", "пятистах"},
		6: {"шестьсот", "шестисот", "шестистам", "шестьсот", "шестьюстами", "шестистах"},
		7: {"семьсот", "семисот", "семистам", "семьсот", "семьюстами", "семистах"},
		8: {"восемьсот", "восьмисот", "восьмистам", "восемьсот", "восемьюстами", "восьмистах"},
		9: {"девятьсот", "девятисот", "девятистам", "девятьсот", "девятьюстами", "девятистах"},
	}
)

// scale is a power of a thousand as a noun: one and many in six cases; few is
// the genitive singular of one.
type scale struct {
	gender    Gender
	one, many [6]string
}

var scales = [...]scale{
	1: {Feminine,
		[6]string{"тысяча", "тысячи", "тысяче", "тысячу", "тысячей", "тысяче"},
		[6]string{"тысячи", "тысяч", "тысячам", "тысячи", "тысячами", "тысячах"}},
	2: {Masculine,
		[6]string{"миллион", "миллиона", "миллиону", "миллион", "миллионом", "миллионе"},
		[6]string{"миллионы", "миллионов", "миллионам", "миллионы", "миллионами", "миллионах"}},
	3: {Masculine,
		[6]string{"миллиард", "миллиарда", "миллиарду", "миллиард", "миллиардом", "миллиарде"},
		[6]string{"миллиарды", "миллиардов", "миллиардам", "миллиарды", "миллиардами", "миллиардах"}},
	4: {Masculine,
		[6]string{"триллион", "триллиона", "триллиону", "триллион", "триллионом", "триллионе"},
		[6]string{"триллионы", "триллионов", "триллионам", "триллионы", "триллионами", "триллионах"}},
}

// agree returns the form of the scale that goes with n in case c.
func (s *scale) agree(n int, c Case) string {
	one := n%10 == 1 && n%100 != 11
	if one {
		return s.one[c]
	}
	if c == Nom || c == Acc {
		return Plural(n, s.one[c], s.one[Gen], s.many[Gen])
	}
	return s.many[c]
}

// Words writes the cardinal n in words, in case c, agreeing with a noun of
// gender g: «двадцать одна», «двум», «пятисот». The accusative is that of
// things (два, not двух). It holds to a quadrillion; beyond, digits come.
func Words(n int, g Gender, c Case) string {
	if n < 0 {
		return "минус " + Words(-n, g, c)
	}
	if n >= 1e15 {
		return strconv.Itoa(n)
	}
	if n == 0 {
		return numerals[0][c]
	}
	var b []string
	for power, unit := len(scales)-1, int(1e12); power >= 0; power, unit = power-1, unit/1000 {
		part := n / unit % 1000
		if part == 0 {
			continue
		}
		if power == 0 {
			b = appendCardinal(b, part, g, c)
			continue
		}
		b = appendCardinal(b, part, scales[power].gender, c)
		b = append(b, scales[power].agree(part, c))
	}
	return strings.Join(b, " ")
}

// appendCardinal appends the words of n, from 1 to 999.
func appendCardinal(b []string, n int, g Gender, c Case) []string {
	if h := n / 100; h > 0 {
		b = append(b, hundreds[h][c])
	}
	n %= 100
	if n >= 20 {
		b = append(b, tens[n/10][c])
		n %= 10
	}
	switch n {
	case 0:
		return b
	case 1:
		switch g {
		case Feminine:
			return append(b, oneF[c])
		case Neuter:
			return append(b, oneN[c])
		case Several:
			return append(b, oneP[c])
		}
		return append(b, oneM[c])
	case 2:
		if g == Feminine {
			return append(b, twoF[c])
		}
		return append(b, twoM[c])
	}
	return append(b, numerals[n][c])
}

// Stems of the ordinals to twenty, of the tens and the hundreds; третий alone
// is soft.
var (
	ordinals = [...]string{0: "нулев", 1: "перв", 2: "втор", 3: "трет", 4: "четвёрт",
		5: "пят", 6: "шест", 7: "седьм", 8: "восьм", 9: "девят", 10: "десят",
		11: "одиннадцат", 12: "двенадцат", 13: "тринадцат", 14: "четырнадцат",
		15: "пятнадцат", 16: "шестнадцат", 17: "семнадцат", 18: "восемнадцат",
		19: "девятнадцат"}
	ordinalTens = [...]string{2: "двадцат", 3: "тридцат", 4: "сороков", 5: "пятидесят",
		6: "шестидесят", 7: "семидесят", 8: "восьмидесят", 9: "девяност"}
	ordinalHundreds = [...]string{1: "сот", 2: "двухсот", 3: "трёхсот", 4: "четырёхсот",
		5: "пятисот", 6: "шестисот", 7: "семисот", 8: "восьмисот", 9: "девятисот"}
)

// Ordinal writes the ordinal of n, from 0 to 999 999, in words, in case c and
// gender g: «двадцать первый», «пятой», «две тысячи двадцать шестого». The
// accusative is that of things.
func Ordinal(n int, g Gender, c Case) string {
	if n < 0 || n > 999_999 {
		return strconv.Itoa(n)
	}
	head, stem := "", ""
	rest := n % 100
	switch {
	case n == 0:
		stem = ordinals[0]
	case rest == 0 && n%1000 != 0:
		head, stem = cardinalHead(n/1000*1000), ordinalHundreds[n/100%10]
	case n%1000 == 0:
		stem = thousandth(n / 1000)
	case rest < 20:
		head, stem = cardinalHead(n-rest), ordinals[rest]
	case rest%10 == 0:
		head, stem = cardinalHead(n-rest), ordinalTens[rest/10]
	default:
		head, stem = cardinalHead(n-rest%10), ordinals[rest%10]
	}
	return head + ordinalForm(stem, g, c)
}

func cardinalHead(n int) string {
	if n == 0 {
		return ""
	}
	return Words(n, Masculine, Nom) + " "
}

// thousandth returns the stem of the ordinal of n thousand: тысячн,
// двухтысячн, двадцатипятитысячн.
func thousandth(n int) string {
	var b strings.Builder
	if n > 1 {
		for _, w := range strings.Fields(Words(n, Masculine, Gen)) {
			switch w {
			case "ста":
				w = "сто"
			case "девяноста":
				w = "девяносто"
			case "сорока":
				w = "сорока"
			case "одного":
				w = "одно"
			}
			b.WriteString(w)
		}
	}
	return b.String() + "тысячн"
}

// ordinalForm adds the ending of an adjective to the stem of an ordinal.
func ordinalForm(stem string, g Gender, c Case) string {
	if stem == "трет" {
		soft := map[Gender]Forms{
			Feminine: {"ья", "ьей", "ьей", "ью", "ьей", "ьей"},
			Neuter:   {"ье", "ьего", "ьему", "ье", "ьим", "ьем"},
			Several:  {"ьи", "ьих", "ьим", "ьи", "ьими", "ьих"},
		}
		if f, ok := soft[g]; ok {
			return stem + f[c]
		}
		return stem + Forms{"ий", "ьего", "ьему", "ий", "ьим", "ьем"}[c]
	}
	switch g {
	case Feminine:
		return stem + Forms{"ая", "ой", "ой", "ую", "ой", "ой"}[c]
	case Neuter:
		return stem + Forms{"ое", "ого", "ому", "ое", "ым", "ом"}[c]
	case Several:
		return stem + Forms{"ые", "ых", "ым", "ые", "ыми", "ых"}[c]
	}
	nominative := "ый"
	switch stem {
	case "втор", "шест", "седьм", "восьм", "сороков", "нулев":
		nominative = "ой"
	}
	return stem + Forms{nominative, "ого", "ому", nominative, "ым", "ом"}[c]
}

// OrdinalDigits writes the ordinal in digits with its ending: «5-й», «10-го»,
// «1-е». The ending has one letter where the letter before the last is a
// vowel, and two where it is a consonant.
func OrdinalDigits(n int, g Gender, c Case) string {
	word := []rune(Ordinal(n, g, c))
	end := len(word) - 1
	if before := word[end-1]; !isVowel(before) && before != 'ь' {
		end--
	}
	return strconv.Itoa(n) + "-" + string(word[end:])
}

// Rubles writes a sum in kopecks as contracts have it: «12 500 (двенадцать
// тысяч пятьсот) рублей 50 копеек».
func Rubles(kopecks int64) string {
	sign := ""
	if kopecks < 0 {
		sign, kopecks = "минус ", -kopecks
	}
	r, k := int(kopecks/100), int(kopecks%100)
	cents := strconv.Itoa(k)
	if k < 10 {
		cents = "0" + cents
	}
	return sign + Group(r) + " (" + Words(r, Masculine, Nom) + ") " +
		Plural(r, "рубль", "рубля", "рублей") + " " + cents + nbsp +
		Plural(k, "копейка", "копейки", "копеек")
}

// Age writes «15 лет», «21 год», «2 года».
func Age(years int) string { return Count(years, "год", "года", "лет") }

// Decimal writes x with a decimal comma and no needless noughts.
func Decimal(x float64) string {
	return strings.Replace(strconv.FormatFloat(x, 'f', -1, 64), ".", ",", 1)
}
