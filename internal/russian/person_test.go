package russian

import (
	"testing"
)

// full names that are usually declined wrong; all people are invented.
func TestFull(t *testing.T) {
	for _, row := range []struct {
		name string
		sex  Gender // Unknown where it must be guessed
		want Forms  // without the nominative
	}{
		{"Указкин Аржан Эркеменович", Unknown, Forms{"", "Указкина Аржана Эркеменовича", "Указкину Аржану Эркеменовичу", "Указкина Аржана Эркеменовича", "Указкиным Аржаном Эркеменовичем", "Указкине Аржане Эркеменовиче"}},
		{"Тетрадкина Любовь Ильинична", Unknown, Forms{"", "Тетрадкиной Любови Ильиничны", "Тетрадкиной Любови Ильиничне", "Тетрадкину Любовь Ильиничну", "Тетрадкиной Любовью Ильиничной", "Тетрадкиной Любови Ильиничне"}},
		{"Карандаш Илья Фомич", Unknown, Forms{"", "Карандаша Ильи Фомича", "Карандашу Илье Фомичу", "Карандаша Илью Фомича", "Карандашом Ильёй Фомичом", "Карандаше Илье Фомиче"}},
		{"Глобус Мария Петровна", Unknown, Forms{"", "Глобус Марии Петровны", "Глобус Марии Петровне", "Глобус Марию Петровну", "Глобус Марией Петровной", "Глобус Марии Петровне"}},
		{"Дополненко Игорь Львович", Unknown, Forms{"", "Дополненко Игоря Львовича", "Дополненко Игорю Львовичу", "Дополненко Игоря Львовича", "Дополненко Игорем Львовичем", "Дополненко Игоре Львовиче"}},
		{"Черных Павел Лукич", Unknown, Forms{"", "Черных Павла Лукича", "Черных Павлу Лукичу", "Черных Павла Лукича", "Черных Павлом Лукичом", "Черных Павле Лукиче"}},
		{"Пробный Лев Ильич", Unknown, Forms{"", "Пробного Льва Ильича", "Пробному Льву Ильичу", "Пробного Льва Ильича", "Пробным Львом Ильичом", "Пробном Льве Ильиче"}},
		{"Учебная Нина Саввична", Unknown, Forms{"", "Учебной Нины Саввичны", "Учебной Нине Саввичне", "Учебную Нину Саввичну", "Учебной Ниной Саввичной", "Учебной Нине Саввичне"}},
		{"Циркуль Олег Юрьевич", Unknown, Forms{"", "Циркуля Олега Юрьевича", "Циркулю Олегу Юрьевичу", "Циркуля Олега Юрьевича", "Циркулем Олегом Юрьевичем", "Циркуле Олеге Юрьевиче"}},
		{"Доска Анна Олеговна", Unknown, Forms{"", "Доски Анны Олеговны", "Доске Анне Олеговне", "Доску Анну Олеговну", "Доской Анной Олеговной", "Доске Анне Олеговне"}},
		{"Звонкова-Мелкова Айана Сергеевна", Unknown, Forms{"", "Звонковой-Мелковой Айаны Сергеевны", "Звонковой-Мелковой Айане Сергеевне", "Звонкову-Мелкову Айану Сергеевну", "Звонковой-Мелковой Айаной Сергеевной", "Звонковой-Мелковой Айане Сергеевне"}},
		{"Параграфов Эмиль", Masculine, Forms{"", "Параграфова Эмиля", "Параграфову Эмилю", "Параграфова Эмиля", "Параграфовым Эмилем", "Параграфове Эмиле"}},
		{"Линейкина Гюзель Рашид кызы", Unknown, Forms{"", "Линейкиной Гюзели Рашид кызы", "Линейкиной Гюзели Рашид кызы", "Линейкину Гюзель Рашид кызы", "Линейкиной Гюзелью Рашид кызы", "Линейкиной Гюзели Рашид кызы"}},
		{"Задачник Али Гасан оглы", Unknown, Forms{"", "Задачника Али Гасан оглы", "Задачнику Али Гасан оглы", "Задачника Али Гасан оглы", "Задачником Али Гасан оглы", "Задачнике Али Гасан оглы"}},
		{"Пенал-оол Шолбан Аясович", Unknown, Forms{"", "Пенал-оола Шолбана Аясовича", "Пенал-оолу Шолбану Аясовичу", "Пенал-оола Шолбана Аясовича", "Пенал-оолом Шолбаном Аясовичем", "Пенал-ооле Шолбане Аясовиче"}},
		{"Тетрадь Анна-Мария Олеговна", Unknown, Forms{"", "Тетрадь Анны-Марии Олеговны", "Тетрадь Анне-Марии Олеговне", "Тетрадь Анну-Марию Олеговну", "Тетрадь Анной-Марией Олеговной", "Тетрадь Анне-Марии Олеговне"}},
		{"МЕЛОВ ПЁТР ИЛЬИЧ", Unknown, Forms{"", "МЕЛОВА ПЕТРА ИЛЬИЧА", "МЕЛОВУ ПЕТРУ ИЛЬИЧУ", "МЕЛОВА ПЕТРА ИЛЬИЧА", "МЕЛОВЫМ ПЕТРОМ ИЛЬИЧОМ", "МЕЛОВЕ ПЕТРЕ ИЛЬИЧЕ"}},
		{"Анна Олеговна Доскина", Unknown, Forms{"", "Анны Олеговны Доскиной", "Анне Олеговне Доскиной", "Анну Олеговну Доскину", "Анной Олеговной Доскиной", "Анне Олеговне Доскиной"}},
		{"Анна Олеговна", Unknown, Forms{"", "Анны Олеговны", "Анне Олеговне", "Анну Олеговну", "Анной Олеговной", "Анне Олеговне"}},
		{"Иван Тетрадкин", Unknown, Forms{"", "Ивана Тетрадкина", "Ивану Тетрадкину", "Ивана Тетрадкина", "Иваном Тетрадкиным", "Иване Тетрадкине"}},
		{"Доскина А. О.", Unknown, Forms{"", "Доскиной А. О.", "Доскиной А. О.", "Доскину А. О.", "Доскиной А. О.", "Доскиной А. О."}},
		{"А.-М. О. Доскина", Unknown, Forms{"", "А.-М. О. Доскиной", "А.-М. О. Доскиной", "А.-М. О. Доскину", "А.-М. О. Доскиной", "А.-М. О. Доскиной"}},
	} {
		row.want[Nom] = row.name
		if got := Decline(row.name, row.sex); got != row.want {
			t.Errorf("Decline(%s): got %q, want %q", row.name, [6]string(got), [6]string(row.want))
		}
	}
}

func TestShort(t *testing.T) {
	for _, row := range []struct {
		p                Person
		short, signature string
	}{
		{Person{Last: "Доскин", First: "Иван", Middle: "Ильич"}, "Доскину_И._И.", "И._И._Доскин"},
		{Person{Last: "Доскина", First: "Анна-Мария", Middle: "Олеговна"}, "Доскиной_А.-М._О.", "А.-М._О._Доскина"},
		{Person{Last: "Линейкина", First: "Гюзель", Middle: "Рашид кызы"}, "Линейкиной_Г._Р.", "Г._Р._Линейкина"},
		{Person{Last: "Параграфов", First: "Эмиль"}, "Параграфову_Э.", "Э._Параграфов"},
		{Person{Last: "Мелов", First: "Амыр", Middle: "Гасан-оглы"}, "Мелову_А._Г.", "А._Г._Мелов"},
		{Person{Last: "Мелов"}, "", "Мелов"},
	} {
		if got := row.p.Short().Dat(); row.short != "" && got != under(row.short) {
			t.Errorf("Short(%v): got %q, want %q", row.p, got, under(row.short))
		}
		if got := row.p.Signature(); got != under(row.signature) {
			t.Errorf("Signature(%v): got %q, want %q", row.p, got, under(row.signature))
		}
	}
	fixed := Person{Last: "Мелов", First: "Пётр", Middle: "Ильич", Indeclinable: true}
	if got := fixed.Full().Dat() + ", " + fixed.Short().Gen(); got != "Мелов Петру Ильичу, "+under("Мелов_П._И.") {
		t.Errorf("an indeclinable surname: got %q", got)
	}
	p := Person{Last: "Доскина", First: "Анна", Middle: "Олеговна"}
	if got := p.SignatureForms().Acc(); got != under("А._О._Доскину") {
		t.Errorf("SignatureForms: got %q", got)
	}
	if got := p.NamePatronymic().Ins() + p.FirstName().Gen() + p.Patronymic().Dat() + p.Surname().Pre(); got != "Анной ОлеговнойАнныОлеговнеДоскиной" {
		t.Errorf("parts: got %q", got)
	}
}

// under puts no-break spaces for underscores.
func under(s string) string {
	b := []rune(s)
	for i, r := range b {
		if r == '_' {
			b[i] = '\u00a0'
		}
	}
	return string(b)
}

func TestParseName(t *testing.T) {
	for s, want := range map[string]Person{
		"Доскина Анна Олеговна":       {"Доскина", "Анна", "Олеговна", Feminine, false},
		"Анна Олеговна Доскина":       {"Доскина", "Анна", "Олеговна", Feminine, false},
		"Линейкина Гюзель Рашид кызы": {"Линейкина", "Гюзель", "Рашид кызы", Feminine, false},
		"Мелов  Пётр":                 {"Мелов", "Пётр", "", Masculine, false},
		"Петрович Анна":               {"Петрович", "Анна", "", Feminine, false},
		"Доскин":                      {"Доскин", "", "", Masculine, false},
		"Ким Саша":                    {"Ким", "Саша", "", Unknown, false},
		"":                            {},
	} {
		if got := ParseName(s); got != want {
			t.Errorf("ParseName(%q): got %+v, want %+v", s, got, want)
		}
	}
}

func TestGuessGender(t *testing.T) {
	for _, row := range []struct {
		last, first, middle string
		want                Gender
	}{
		{"Ким", "Саша", "", Unknown},
		{"Петрова", "Саша", "", Feminine},
		{"Ткач", "Меруерт", "", Feminine},
		{"Ткач", "Абай", "", Masculine},
		{"Шойгу", "Кару", "", Feminine},
		{"Скрипка", "Никита", "", Masculine},
		{"Ли", "", "Гасан-кызы", Feminine},
		{"Дополненко", "Женя", "Ильич", Masculine},
		{"Бойко-Ракшина", "Шура", "", Feminine},
		{"Доскин", "И.", "", Masculine},
		{"", "", "", Unknown},
		{"Ткач", "А.", "О.", Unknown},
	} {
		if got := GuessGender(row.last, row.first, row.middle); got != row.want {
			t.Errorf("GuessGender(%q, %q, %q): got %v, want %v", row.last, row.first, row.middle, got, row.want)
		}
	}
}

// FuzzDecline holds that nothing panics, that the nominative is the input,
// and that every form keeps the spaces and stops of the input.
func FuzzDecline(f *testing.F) {
	for _, s := range []string{"Доскина Анна Олеговна", "А.-М. О. Ёж", "", "-", "ий", "я", "№ 5 «", "\xff", "оглы кызы", "ОЙ", "ся"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		for g := Unknown; g <= Several; g++ {
			if got := Decline(s, g); got[Nom] != s {
				t.Errorf("Decline(%q, %v): nominative %q", s, g, got[Nom])
			}
			if got := Post(s, g); got[Nom] != s {
				t.Errorf("Post(%q): nominative %q", s, got[Nom])
			}
			Person{Last: s, First: s, Middle: s, Gender: g}.Full()
		}
		if got := Org(s); got[Nom] != s {
			t.Errorf("Org(%q): nominative %q", s, got[Nom])
		}
		ParseName(s)
		HeadGender(s)
		Adjective(s, Feminine)
	})
}
