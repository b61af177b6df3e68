package russian

import "testing"

func TestHomoglyphs(t *testing.T) {
	for _, row := range []struct {
		s, lang, want string // the text mended
		found         int
	}{
		{"обычный текст", "ru", "обычный текст", 0},
		{"Абз\u0061цев", "ru", "Абзацев", 1},
		{"\u0041бзацев и \u0043ОШ", "ru", "Абзацев и СОШ", 2},
		{"Microsoft Word", "ru", "Microsoft Word", 0},
		{"текст в W\u043erd", "ru", "текст в Word", 1},
		{"IT-куб и Wi-Fi", "ru", "IT-куб и Wi-Fi", 0},
		{"3D-принтер, 5А класс, 10Б", "ru", "3D-принтер, 5А класс, 10Б", 0},
		{"распоряжение P-145", "ru", "распоряжение Р-145", 1},
		{"\u0063 1 сентября", "ru", "с 1 сентября", 1},
		{"vitamin c", "ru", "vitamin c", 0},
		{"MAOY «Лицей»", "ru", "МАОУ «Лицей»", 4},
		{"шк0ла", "ru", "школа", 1},
		{"COVID-19", "ru", "COVID-19", 0},
		{"ЙӨЗӨС ВЕЛӨДӨМӨН", "kv", "ЙӦЗӦС ВЕЛӦДӦМӦН", 5},
		{"ВЕСЬКӦДЛАНIН", "kv-RU", "ВЕСЬКӦДЛАНІН", 1},
		{"Өрнек", "tt", "Өрнек", 0},
		{"Öрт", "alt", "Ӧрт", 1},
		{"Нох1чийн", "ce", "Нохӏчийн", 1},
		{"Ә в русском", "ru", "Ә в русском", 1},
		{"Ә без языка", "", "Ә без языка", 0},
		{"", "ru", "", 0},
	} {
		if got := Homoglyphs(row.s, row.lang); len(got) != row.found {
			t.Errorf("Homoglyphs(%q, %s): got %d findings %v, want %d", row.s, row.lang, len(got), got, row.found)
		}
		if got := Mend(row.s, row.lang); got != row.want {
			t.Errorf("Mend(%q, %s): got %q, want %q", row.s, row.lang, got, row.want)
		}
	}
	f := Homoglyphs("слово Абз\u0061цев", "ru")
	if len(f) != 1 || f[0].Rune != 9 || f[0].Offset != 17 || f[0].Word != "Абз\u0061цев" || f[0].Got != 'a' || f[0].Right != 'а' {
		t.Errorf("place of a finding: got %+v", f)
	}
}

func FuzzHomoglyphs(f *testing.F) {
	f.Add("Абз\u0061цев P-145 шк0ла", "ru")
	f.Add("\xff1|а", "ce")
	f.Fuzz(func(t *testing.T, s, lang string) {
		for _, x := range Homoglyphs(s, lang) {
			if x.Offset < 0 || x.Offset >= len(s) {
				t.Errorf("Homoglyphs(%q): offset %d", s, x.Offset)
			}
		}
		Mend(s, lang)
	})
}
