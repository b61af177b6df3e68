package russian

import "testing"

func TestPlural(t *testing.T) {
	for n, want := range map[int]string{0: "0 пар", 1: "1 пара", 2: "2 пары", 4: "4 пары", 5: "5 пар", 11: "11 пар",
		12: "12 пар", 14: "14 пар", 20: "20 пар", 21: "21 пара", 22: "22 пары", 101: "101 пара", 111: "111 пар",
		1234: "1234 пары", 12500: "12_500 пар", 1000001: "1_000_001 пара", -1: "−1 пара"} {
		if got := Count(n, "пара", "пары", "пар"); got != nb(want) {
			t.Errorf("Count(%d): got %q, want %q", n, got, want)
		}
	}
}

// nb puts no-break spaces where a test has spaces before its nouns and
// underscores in its numbers.
func nb(s string) string {
	b := []rune(s)
	for i, r := range b {
		if r == '_' || r == ' ' {
			b[i] = '\u00a0'
		}
	}
	return string(b)
}

func TestWords(t *testing.T) {
	for _, row := range []struct {
		n    int
		g    Gender
		c    Case
		want string
	}{
		{0, Masculine, Nom, "ноль"},
		{1, Feminine, Nom, "одна"}, {1, Neuter, Gen, "одного"}, {1, Several, Ins, "одними"},
		{2, Feminine, Nom, "две"}, {2, Masculine, Ins, "двумя"},
		{5, Masculine, Gen, "пяти"}, {8, Masculine, Ins, "восемью"},
		{14, Masculine, Nom, "четырнадцать"},
		{21, Feminine, Acc, "двадцать одну"},
		{40, Masculine, Gen, "сорока"}, {90, Masculine, Ins, "девяноста"},
		{57, Masculine, Ins, "пятьюдесятью семью"},
		{100, Masculine, Dat, "ста"}, {200, Masculine, Gen, "двухсот"}, {300, Masculine, Ins, "тремястами"},
		{555, Masculine, Pre, "пятистах пятидесяти пяти"},
		{1000, Masculine, Nom, "одна тысяча"}, {1001, Masculine, Nom, "одна тысяча один"},
		{2026, Masculine, Nom, "две тысячи двадцать шесть"},
		{12500, Masculine, Nom, "двенадцать тысяч пятьсот"},
		{21000, Masculine, Gen, "двадцати одной тысячи"},
		{1_002_003, Feminine, Nom, "один миллион две тысячи три"},
		{5_000_000, Masculine, Dat, "пяти миллионам"},
		{-3, Masculine, Nom, "минус три"},
	} {
		if got := Words(row.n, row.g, row.c); got != row.want {
			t.Errorf("Words(%d, %s, %s): got %q, want %q", row.n, row.g, row.c, got, row.want)
		}
	}
}

func TestOrdinal(t *testing.T) {
	for _, row := range []struct {
		n            int
		g            Gender
		c            Case
		want, digits string
	}{
		{1, Masculine, Nom, "первый", "1-й"}, {2, Masculine, Nom, "второй", "2-й"},
		{3, Masculine, Nom, "третий", "3-й"}, {3, Feminine, Nom, "третья", "3-я"},
		{3, Feminine, Gen, "третьей", "3-й"}, {3, Neuter, Dat, "третьему", "3-му"},
		{5, Feminine, Acc, "пятую", "5-ю"}, {10, Masculine, Gen, "десятого", "10-го"},
		{1, Neuter, Nom, "первое", "1-е"}, {40, Masculine, Nom, "сороковой", "40-й"},
		{21, Masculine, Nom, "двадцать первый", "21-й"}, {100, Masculine, Nom, "сотый", "100-й"},
		{2026, Masculine, Gen, "две тысячи двадцать шестого", "2026-го"},
		{2000, Masculine, Nom, "двухтысячный", "2000-й"}, {1000, Masculine, Pre, "тысячном", "1000-м"},
		{25000, Masculine, Nom, "двадцатипятитысячный", "25000-й"},
		{1900, Masculine, Gen, "одна тысяча девятисотого", "1900-го"},
		{5, Several, Ins, "пятыми", "5-ми"},
	} {
		if got := Ordinal(row.n, row.g, row.c); got != row.want {
			t.Errorf("Ordinal(%d, %s, %s): got %q, want %q", row.n, row.g, row.c, got, row.want)
		}
		if got := OrdinalDigits(row.n, row.g, row.c); got != row.digits {
			t.Errorf("OrdinalDigits(%d, %s, %s): got %q, want %q", row.n, row.g, row.c, got, row.digits)
		}
	}
}

func TestRubles(t *testing.T) {
	for kopecks, want := range map[int64]string{
		1250050: "12\u00a0500 (двенадцать тысяч пятьсот) рублей 50\u00a0копеек",
		100:     "1 (один) рубль 00\u00a0копеек",
		2202:    "22 (двадцать два) рубля 02\u00a0копейки",
		1:       "0 (ноль) рублей 01\u00a0копейка",
		-100:    "минус 1 (один) рубль 00\u00a0копеек",
	} {
		if got := Rubles(kopecks); got != want {
			t.Errorf("Rubles(%d): got %q, want %q", kopecks, got, want)
		}
	}
	if got := Age(21) + Age(12) + Age(3) + Decimal(2.5); got != nb("21 год12 лет3 года2,5") {
		t.Errorf("Age: got %q", got)
	}
}
