package profile_test

import (
	"io/fs"
	"slices"
	"strings"
	"testing"

	"nastavnik/internal/diag"
	"nastavnik/internal/profile"
	"nastavnik/samples"
)

// demo is a profile without a single remark; the cases below spoil it.
func demo(t testing.TB) string {
	t.Helper()
	b, err := fs.ReadFile(samples.FS, samples.Demo)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

func TestDemoHasNoRemarks(t *testing.T) {
	s, list := profile.Read("school.toml", []byte(demo(t)))
	if s == nil || len(list) > 0 {
		t.Errorf("got %v, want none", list)
	}
}

// TestRules spoils the sample in one place a case and expects one remark of
// one code, on the line that holds at (the new text when at is empty).
func TestRules(t *testing.T) {
	const (
		E = diag.Error
		W = diag.Warning
		I = diag.Info
	)
	p1 := "id = \"p1\"\nform = \"ped_ped\""
	for _, c := range []struct {
		name, old, new string
		level          diag.Level
		code, says, at string
	}{
		// E02
		{"a misspelt key gets the nearest", `director = "dir"`, `direktor = "dir"`, E, "E02", `неизвестный ключ "direktor" в разделе [school]`, ""},
		{"a misspelt table too", "[curator]\n", "[kurator]\n", E, "E02", `неизвестный раздел "kurator"`, "[kurator]"},
		{"a misspelt list of tables", "[[indicators]]", "[[indikators]]", E, "E02", `неизвестный раздел "indikators"`, ""},
		{"a key under another header", `[school]`, "[school]\nmode_of_work = 1", E, "E02", "mode_of_work", "mode_of_work"},
		// E03
		{"no full name", `name_full = "Муниципальное`, `name_pre = "Муниципальное`, E, "E03", "нет обязательного ключа school.name_full", "[school]"},
		{"an empty short name", `name_short = "МБОУ «Образцовская СОШ»"`, `name_short = " – "`, E, "E03", "краткое наименование школы: пусто", ""},
		{"a person without surname", "last = \"Доска\"\n", "", E, "E03", `фамилия человека А. О.`, "[[people]]"},
		{"staff without position", `position = "агроном"`, ``, E, "E03", "должность, Черных П. Л. (x1)", "[[people]]"},
		{"a pupil without class", `class = "10"`, ``, E, "E03", "класс, Переменкин", "[[people]]"},
		{"a sex that is not to be guessed", "last = \"Указкин\"\nfirst = \"Аржан\"\nmiddle = \"Эркеменович\"\nsex = \"m\"", "last = \"Ким\"\nfirst = \"Саша\"", E, "E03", "пол не указан", "[[people]]"},
		{"a replaced pair without reason", "end_reason = \"refusal\"\n", "", E, "E03", "причина прекращения пары p2", "[[pairs]]"},
		{"no format", "format = 1\n", "", E, "E03", "format", "школа"},
		// E04
		{"a format of long ago", "format = 1\n", "format = 0\n", E, "E04", "неизвестная версия формата профиля: 0", "format = 0"},
		{"a format of a newer program", "format = 1\n", "format = 2\n", E, "E04", "неизвестная версия формата профиля: 2", "format = 2"},
		{"a number for a text", `class = "10"`, `class = 10`, E, "E04", "нужен текст, а стоит число", ""},
		{"a text for a number", `experience = 24`, `experience = "24"`, E, "E04", "нужно целое число", ""},
		{"an unknown word", `kind = "pupil"
class = "9А"`, `kind = "pupils"
class = "9А"`, E, "E04", `неизвестное значение "pupils"`, `kind = "pupils"`},
		{"an unknown form", `id = "employer_pupil"`, `id = "employer_pupils"`, E, "E04", "employer_pupils", ""},
		{"a class of another kind", `class = "9А"`, `class = "12Б"`, E, "E04", `класс "12Б"`, ""},
		{"a day that is not", `date = 2026-08-28`, `date = "31.02.2027"`, E, "E04", "такого дня в календаре нет", ""},
		{"a year of long ago", `birth = 2011-03-05`, `birth = "05.03.0206"`, E, "E04", "год должен быть", ""},
		{"a whole date-time", `date = 2026-08-28`, `date = 2026-08-28T10:00:00`, E, "E04", "дата без времени", ""},
		{"unbalanced quotes", `name_short = "МБОУ «Образцовская СОШ»"`, `name_short = "МБОУ «Образцовская СОШ"`, E, "E04", "кавычки не закрыты", ""},
		{"more present than members", `present = 26`, `present = 29`, E, "E04", "присутствовало 29 из 28", ""},
		{"a part over the whole", `teachers_young = 4`, `teachers_young = 40`, E, "E04", "часть больше целого", ""},
		{"one table where a list stands", "[[indicators]]", "[indicators]", E, "E04", "это список", "[indicators]"},
		{"digits in a name", `first = "Полина"`, `first = "Полина2"`, E, "E04", "посторонние знаки", ""},
		{"a control character", `title = "Фестиваль наставников"`, `title = "Фестиваль\u000Bнаставников"`, E, "E04", "U+000B", ""},
		// E05
		{"a pair that names nobody", `mentors = ["x1"]`, `mentors = ["x2"]`, E, "E05", `человек "x2" не найден`, ""},
		{"a director that is not there", `director = "dir"`, `director = "director"`, E, "E05", `"director" не найден`, ""},
		{"a partner that is not there", `org = "farm"`, `org = "ferma"`, E, "E05", `партнёр "ferma"`, ""},
		{"a form that is not chosen", p1, "id = \"p1\"\nform = \"teacher_teacher\"", E, "E05", `форма "teacher_teacher"`, `form = "teacher_teacher"`},
		{"a document that is not", "[docs.order_plan]", "[docs.order_plans]", E, "E05", `документа "order_plans" нет`, ""},
		// E06
		{"an id twice", "id = \"m2\"\nlast", "id = \"m1\"\nlast", E, "E06", `код "m1" уже есть в строке`, `id = "m1"`},
		// W07
		{"namesakes", "last = \"Глобус\"\nfirst = \"Мария\"\nmiddle = \"Петровна\"\nsex = \"f\"", "last = \"Доска\"\nfirst = \"Анна\"\nmiddle = \"Олеговна\"\nsex = \"f\"", W, "W07", "полный тёзка", `last = "Доска"`},
		// E08, W09
		{"a wrong digit in the INN", `inn = "9901234561"`, `inn = "9901234567"`, E, "E08", "ИНН", ""},
		{"a wrong digit in the OGRN", `ogrn = "1029900001449"`, `ogrn = "1029900001440"`, E, "E08", "ОГРН", ""},
		{"a short phone", `phone = "+7 (900) 000-00-00"`, `phone = "+7 (900) 000-00"`, W, "W09", "цифр 9", ""},
		{"an address without @", `email = "school@example.org"`, `email = "school.example.org"`, W, "W09", "почты", ""},
		{"a surname in capitals", `last = "Абзацев"`, `last = "АБЗАЦЕВ"`, W, "W09", "набрано заглавными", ""},
		{"an initial for a name", `first = "Полина"`, `first = "П."`, W, "W09", "только инициал", ""},
		{"a post with a capital", `position = "агроном"`, `position = "Агроном"`, W, "W09", "с большой буквы", ""},
		// E10, W11
		{"two years that do not follow", `school_year = "2026-2027"`, `school_year = "2026-2028"`, E, "E10", "учебный год", ""},
		{"a pair that ends before it begins", "start = 2026-10-01\nend = 2027-05-21", "start = 2026-10-01\nend = 2026-05-21", E, "E10", "не позже начала", "end = 2026-05-21"},
		{"an order on a Sunday", "[docs.order_pairs]\ndate = 2026-09-11", "[docs.order_pairs]\ndate = 2026-09-13", W, "W11", "воскресенье", "date = 2026-09-13"},
		{"an order on a holiday", "[docs.order_pairs]\ndate = 2026-09-11\nnumber = \"95-ОД\"", "[docs.order_results]\ndate = 2027-06-12", W, "W11", "праздничный", "date = 2027-06-12"},
		{"an order of another year", "[docs.order_pairs]\ndate = 2026-09-11\nnumber = \"95-ОД\"", "[docs.order_results]\ndate = 2028-06-13", W, "W11", "вне учебного года", "date = 2028-06-13"},
		// W12–W14
		{"minutes after the order", `date = 2026-08-28`, `date = 2026-09-02`, W, "W12", "раньше, чем протокол", "date = 2026-09-01"},
		{"consent after the order", "person = \"m1\"\nconsent = { date = 2026-09-02", "person = \"m1\"\nconsent = { date = 2026-09-18", W, "W12", "согласие от 18.09.2026 позже приказа", "consent = { date = 2026-09-18"},
		{"an addendum after the start", `addendum = { number = "1", date = 2026-09-07 }`, `addendum = { number = "1", date = 2026-09-21 }`, W, "W12", "позже начала работы", ""},
		{"a number twice", `number = "85-ОД"`, `number = "84-ОД"`, W, "W13", "номер 84-ОД уже у другого документа", "84-ОД"},
		{"numbers against dates", "date = 2026-09-11\nnumber = \"95-ОД\"", "date = 2026-09-11\nnumber = \"90-ОД\"", W, "W13", "номера идут не по датам", `number = "90-ОД"`},
		{"a strange number", `number = "87-ОД"`, `number = "ОД восемьдесят семь"`, W, "W14", "необычный номер", ""},
		// W15–W18
		{"last year's text", `goal = "к маю 2027 года`, `goal = "к маю 2024 года`, W, "W15", "2024 год", ""},
		{"last school year's text", `title = "Фестиваль наставников"`, `title = "Фестиваль наставников 2025-2026 учебного года"`, W, "W15", "2025–2026", ""},
		{"a Latin P in the act's number", `title = "Фестиваль наставников"`, `title = "Фестиваль по распоряжению P-145"`, W, "W16", "латинская буква P", ""},
		{"the wrong article", `text = "ежемесячно`, `text = "по ст. 358.1 ТК РФ ежемесячно`, W, "W16", "351.8", ""},
		{"Latin letters in a surname", `last = "Абзацев"`, "last = \"A\u0431з\u0061цев\"", W, "W17", "латинские буквы", ""},
		{"a surname that spelling leaves open", `last = "Абзацев"`, `last = "Чаплин"`, diag.Info, "I41", "проверьте падеж: Чаплин: выбрано «Чаплиным»", `last = "Чаплин"`},
		{"Latin letters in a text", `title = "Фестиваль наставников"`, "title = \"Фестивaль наставников\"", W, "W17", "Фестивaль", ""},
		{"Ө for Ӧ in a line in Komi", "[letterhead]\nlayout = \"stacked\"\nlines = [ { ru = \"Управление образования администрации Учебного муниципального округа\" }", "[letterhead]\nlayout = \"stacked\"\nlanguage = \"kv\"\nlines = [ { ru = \"Управление\", alt = \"ВЕЛӨДАНІН\" }", W, "W17", "U+04E8", "ВЕЛӨДАНІН"},
		{"a zero-width space", `title = "Фестиваль наставников"`, "title = \"Фестиваль\u200B наставников\"", W, "W17", "U+200B", "Фестиваль"},
		{"another school's name", `request = "ведение урока`, `request = "в «Карасукской СОШ» ведение урока`, W, "W18", "названа другая школа", ""},
		{"another school's number", `request = "ведение урока`, `request = "как в школе № 17 ведение урока`, W, "W18", "№ 17", ""},
		// pairs
		{"mentor and mentee in one", `mentees = ["e2"]`, `mentees = ["e1"]`, E, "E20", "один человек", ""},
		{"the same two again", `mentors = ["m3"]
mentees = ["y2"]`, `mentors = ["m1"]
mentees = ["y1"]`, W, "W21", "уже в паре p1", "[[pairs]]"},
		{"pupil with pupil in a staff form", `mentees = ["y1"]`, `mentees = ["e1"]`, E, "E25", "обучающийся", ""},
		{"the younger mentors the older", "mentors = [\"e1\"]\nmentees = [\"e2\"]", "mentors = [\"e2\"]\nmentees = [\"e1\"]", W, "W26", "младше", `mentors = ["e2"]`},
		{"a child of the first class", "class = \"5А\"\nbirth = 2015-07-21", "class = \"1А\"\nbirth = 2019-07-21", W, "W27", "7 лет", "mentees"},
		{"a mentor short of the school's own criterion", "[payment]", "[limits]\nmentor_experience_years = 20\n[payment]", W, "W28", "стаж 19", "mentors = [\"m3\"]"},
		{"a total that is not so", "pairs_count = 2", "pairs_count = 3", W, "W29", "указано 3, а в парах – 2", ""},
		{"a child without representative", `representative = { last = "Мелков", first = "Олег", middle = "Ильич", sex = "m", relation = "отец" }`, ``, W, "W30", "законный представитель", "mentees"},
		{"no addendum", `addendum = { number = "1", date = 2026-09-07 }`, ``, W, "W31", "нет дополнительного соглашения", "[[pairs]]"},
		{"a notice of two days", `notice_date = 2026-11-10`, `notice_date = 2026-11-11`, E, "E32", "их 2", ""},
		// papers and figures
		{"a private word in a public text", `title = "Фестиваль наставников"`, `title = "Фестиваль для детей, которые состоят на учёте"`, W, "W34", "состоит на учёте", ""},
		{"a share that five people cannot make", "[event]", "[report]\nconclusion = \"довольны 98 % наставников\"\n[event]", W, "W35", "98 %", "98 %"},
		{"no quorum", `present = 26`, `present = 14`, W, "W36", "нет кворума", ""},
		{"votes that do not add up", "[docs.order_launch]", "agenda = [{ title = \"О внедрении\", votes = { for = 20, against = 1, abstain = 0 } }]\n[docs.order_launch]", W, "W36", "20 + 1 + 0 = 21", "agenda"},
		{"a local number on a public page", `phone_public = "+7 (900) 000-00-01"`, `phone_public = "360 – 62 – 28"`, I, "W09", "местный номер", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			text := demo(t)
			if !strings.Contains(text, c.old) {
				t.Fatalf("the sample does not hold %q", c.old)
			}
			_, list := profile.Read("school.toml", []byte(strings.Replace(text, c.old, c.new, 1)))
			i := slices.IndexFunc(list, func(p *diag.Problem) bool {
				return p.Code == c.code && p.Level == c.level && strings.Contains(strings.ReplaceAll(p.Text, "\u00A0", " "), c.says)
			})
			if i < 0 {
				t.Fatalf("got %v, want %s %q", list, c.code, c.says)
			}
			at := c.at
			if at == "" {
				at = c.new
			}
			if c.name == "no format" {
				return // what is missing at the top has no line
			}
			if p := list[i]; p.Place.Line == 0 || !strings.Contains(line(strings.Replace(text, c.old, c.new, 1), p.Place.Line), at) {
				t.Errorf("got line %d (%s), want the one with %q", p.Place.Line, p.Place.Around, at)
			}
			for _, p := range list {
				if p.Text == "" || strings.HasSuffix(p.Text, ".") || p.Place.File != "school.toml" {
					t.Errorf("got %+v, want a sentence without full stop and a file", p)
				}
			}
		})
	}
}

func line(text string, n int) string {
	lines := strings.Split(text, "\n")
	return lines[n-1]
}

// TestChecksums holds the invented numbers of the specification.
func TestChecksums(t *testing.T) {
	for _, c := range []struct {
		name  string
		valid func(string) bool
		s     string
		want  bool
	}{
		{"an INN of an organisation", profile.ValidINN, "9901234561", true},
		{"one digit off", profile.ValidINN, "9901234562", false},
		{"a public body's real INN", profile.ValidINN, "7707083893", true},
		{"an INN of a person", profile.ValidINN, "500100732259", true},
		{"a person's INN, one digit off", profile.ValidINN, "500100732258", false},
		{"letters", profile.ValidINN, "99012345A1", false},
		{"too short", profile.ValidINN, "990123456", false},
		{"an OGRN", profile.ValidOGRN, "1029900001449", true},
		{"an OGRN, one digit off", profile.ValidOGRN, "1029900001448", false},
		{"an OKPO", profile.ValidOKPO, "00032537", true},
		{"an OKPO, one digit off", profile.ValidOKPO, "00032538", false},
	} {
		if got := c.valid(c.s); got != c.want {
			t.Errorf("%s: got %v for %s, want %v", c.name, got, c.s, c.want)
		}
	}
}

// codes lists the codes of a sample's remarks, each once, after a change to
// its text.
func codes(t *testing.T, path, old, new string) map[string]*diag.Problem {
	t.Helper()
	b, err := fs.ReadFile(samples.FS, path)
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(string(b), old) {
		t.Fatalf("%s does not hold %q", path, old)
	}
	_, list := profile.Read("school.toml", []byte(strings.Replace(string(b), old, new, 1)))
	found := map[string]*diag.Problem{}
	for _, p := range list {
		if found[p.Code] == nil {
			found[p.Code] = p
		}
	}
	return found
}

// TestSourcesValidate holds what the samples of the sources must be told of.
func TestSourcesValidate(t *testing.T) {
	sargat := codes(t, "002-sargat/school.toml", "format = 1", "format = 1")
	if sargat["W24"] == nil || sargat["W27"] == nil || sargat["W23"] != nil {
		t.Errorf("002: got %v, want W24 and W27 and no W23", sargat)
	}
	if tenga := codes(t, "001-onguday/schools/tenga.toml", "format = 1", "format = 1"); tenga["W35"] == nil {
		t.Errorf("001: got %v, want W35 about 98 %%", tenga)
	}
	const roadmap = "[roadmap]\npreset = \"custom\"\n"
	for _, c := range []struct{ code, old, new, says, hint string }{
		{"W15", roadmap, roadmap + "intro = \"План на 2021-2022 учебный год\"\n", "roadmap.intro", "2023-2024"},
		{"W16", roadmap, roadmap + "intro = \"По распоряжению № Р-14\"\n", "roadmap.intro", "Р-145"},
		{"W17", "ВЕЛӦДӦМӦН", "ВЕЛӨДӨМӨН", "letterhead.lines.alt", "ВЕЛӦДӦМӦН"},
	} {
		p := codes(t, "004-zakharvan/school.toml", c.old, c.new)[c.code]
		if p == nil || !strings.Contains(p.Text, c.says) || !strings.Contains(p.Hint, c.hint) {
			t.Errorf("004: got %v, want %s that names %s and proposes %s", p, c.code, c.says, c.hint)
		}
	}
	if late := codes(t, samples.Demo, "notice_date = 2026-11-10", "notice_date = 2026-11-12"); late["E32"] == nil {
		t.Errorf("demo: got %v, want E32 for a notice of one working day", late)
	}
}
