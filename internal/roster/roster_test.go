package roster

import (
	"archive/zip"
	"bytes"
	"fmt"
	"io"
	"io/fs"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"

	"nastavnik/internal/diag"
	"nastavnik/internal/profile"
	"nastavnik/samples"
)

func school(t testing.TB, path string) ([]byte, *profile.School) {
	t.Helper()
	b, err := fs.ReadFile(samples.FS, path)
	if err != nil {
		t.Fatal(err)
	}
	s, list := profile.LoadFS(samples.FS, path)
	if s == nil || list.Failed() {
		t.Fatal(list)
	}
	return b, s
}

func understand(t testing.TB, b []byte, o Options) *Roster {
	t.Helper()
	book, list := Open("список.xlsx", b)
	if book == nil {
		t.Fatal(list)
	}
	return Understand(book, o)
}

// sheetOf makes a workbook of one sheet by hand: rows of values, nil for an
// empty cell.
func sheetOf(t testing.TB, rows [][]any, more func(f *excelize.File, sheet string)) []byte {
	t.Helper()
	f := excelize.NewFile()
	for i, row := range rows {
		for k, v := range row {
			if v == nil {
				continue
			}
			if err := f.SetCellValue("Sheet1", fmt.Sprintf("%s%d", Letters(k), i+1), v); err != nil {
				t.Fatal(err)
			}
		}
	}
	if more != nil {
		more(f, "Sheet1")
	}
	var b bytes.Buffer
	if err := f.Write(&b); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestSampleIsUnderstood(t *testing.T) {
	b, err := Sample()
	if err != nil {
		t.Fatal(err)
	}
	r := understand(t, b, Options{})
	if r.Problems.Failed() || len(r.People) != 7 || len(r.Pairs) != 3 {
		t.Fatalf("got %d people, %d pairs, %v", len(r.People), len(r.Pairs), r.Problems)
	}
	_, changes, err := r.Merge("new.toml", nil, nil)
	if err != nil || len(changes.NewPeople) != 7 || len(changes.NewPairs) != 3 || len(changes.NewPartners) != 1 {
		t.Fatalf("got %+v, %v", changes, err)
	}
	starter, _ := profile.Starter("")
	own, _ := profile.Read("school.toml", starter)
	text, changes, err := r.Merge("school.toml", starter, own)
	if err != nil {
		t.Fatal(err)
	}
	s, list := profile.Read("school.toml", text)
	if s == nil || list.Failed() {
		t.Fatalf("got %v\n%s", list, text)
	}
	if len(changes.NewPeople) != 3 || len(changes.NewPairs) != 2 || len(s.People) != 7 || len(s.Pairs) != 3 || len(s.Forms) != 3 {
		t.Errorf("got %+v and a profile of %d people", changes, len(s.People))
	}
	if e := s.People[4]; e.Last != "Звонкова" || e.Class != "9А" || e.Birth.Year != 2011 || e.Representative == nil || e.Representative.Relation != "мать" {
		t.Errorf("got %+v, want all that the list says", e)
	}
	for line := range strings.Lines(string(starter)) { // comments and everything else stay
		if !strings.Contains(string(text), line) {
			t.Errorf("the line %q is lost", line)
		}
	}
}

// TestExportComesBack exports every school of the samples and imports it: the
// profile has everything already, and a new one gets the same people.
func TestExportComesBack(t *testing.T) {
	err := fs.WalkDir(samples.FS, ".", func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() || strings.HasSuffix(path, "municipality.toml") {
			return err
		}
		text, s := school(t, path)
		b, err := Registry(s)
		if err != nil {
			t.Fatal(err)
		}
		again, _ := Registry(s)
		if !bytes.Equal(b, again) {
			t.Errorf("%s: two exports differ", path)
		}
		r := understand(t, b, Options{Old: s, Year: s.SchoolYear})
		if r.Problems.Failed() {
			t.Errorf("%s: %v", path, r.Problems)
			return nil
		}
		_, changes, err := r.Merge(path, text, s)
		if err != nil || !changes.Empty() || len(changes.Kept) > 0 {
			t.Errorf("%s: got %+v, %v; want nothing new", path, changes, err)
		}
		fresh := understand(t, b, Options{Year: s.SchoolYear})
		if len(fresh.People) < len(s.People)-2 || len(fresh.Pairs) != len(s.Pairs) {
			t.Errorf("%s: got %d people, %d pairs; the profile has %d and %d\n%v", path, len(fresh.People), len(fresh.Pairs), len(s.People), len(s.Pairs), fresh.Problems)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

// TestMessyList reads a list as offices keep it: a title, a group header, a
// mentor merged over three rows, dates of all looks, names with Latin letters.
func TestMessyList(t *testing.T) {
	b := sheetOf(t, [][]any{
		{"Список наставнических пар МБОУ «Примерская СОШ» на 2026-2027 учебный год"},
		{"№ п/п", "Наставник", nil, "Наставляемый", nil, "Срок", nil, "Форма\u00A0наставничества "},
		{nil, "ФИО", " Должность", "Ф.И.О.", "Класс,\nдолжность", "Дата начала", "Окончание"},
		{1, 2, 3, 4, 5, 6, 7, 8},
		{1, "Указкин Аржан Эркеменович", "Учитель математики", "Параграфова Алина Игоревна", "учитель математики", 46279, "31.05.2027 г.", "педагог-педагог"},
		{},
		{2, "УЧЕБНАЯ НИНА САВВИЧНА", "директор", "Доска\nАнна\nОлеговна", "педагог-психолог", "14 сентября 2026 г.", "31.05.27", "Педагог – педагог"},
		{3, "Карандаш Илья Фомич", "обучающийся 10А класса", "Линейкин Роман Ильич, 6Б", nil, "2026-09-14", nil, nil},
		{4, nil, nil, "Мелков Тимур (5А)", nil, nil, nil, nil},
		{5, nil, nil, "Звонков\u0430 Полинa Романовна, 9 «А»", nil, nil, nil, nil},
		{"Итого", 5},
	}, func(f *excelize.File, sheet string) {
		style, _ := f.NewStyle(&excelize.Style{NumFmt: 14})
		must(t, f.SetCellStyle(sheet, "F5", "F5", style))
		for _, m := range [][2]string{{"A1", "H1"}, {"A2", "A3"}, {"B2", "C2"}, {"D2", "E2"}, {"F2", "G2"}, {"H2", "H3"}, {"B8", "B10"}, {"C8", "C10"}} {
			must(t, f.MergeCell(sheet, m[0], m[1]))
		}
	})
	r := understand(t, b, Options{Year: "2026-2027"})
	var got []string
	for _, p := range r.Pairs {
		got = append(got, fmt.Sprintf("%s|%s|%s|%s", p.title(), p.Form, p.Start.Short(), p.End.Short()))
	}
	want := []string{
		"Указкин А. Э. – Параграфова А. И.|ped_ped|14.09.2026|31.05.2027",
		"Учебная Н. С. – Доска А. О.|ped_ped|14.09.2026|31.05.2027",
		"Карандаш И. Ф. – Линейкин Р. И.|pupil_pupil|14.09.2026|",
	}
	for i := range got {
		got[i] = strings.ReplaceAll(got[i], "\u00A0", " ")
	}
	if d := cmp.Diff(want, got[:min(len(got), 3)]); d != "" {
		t.Errorf("%s\n%v", d, r.Problems)
	}
	find := func(last string) *Person {
		for _, p := range r.People {
			if p.Last == last {
				return p
			}
		}
		t.Fatalf("%s is not there: %v", last, r.Problems)
		return nil
	}
	if p := find("Звонкова"); p.Class != "9А" || p.Kind != "pupil" || p.First != "Полина" {
		t.Errorf("got %+v", p.Person)
	}
	if p := find("Учебная"); p.First != "Нина" || p.Position != "директор" || p.Kind != "staff" {
		t.Errorf("got %+v, want capitals put right", p.Person)
	}
	if p := find("Доска"); p.Position != "педагог-психолог" {
		t.Errorf("got %+v, want a name of three lines", p.Person)
	}
	text := r.Problems.Error()
	for _, want := range []string{"латинские буквы", `"31.05.27" прочитана как 31 мая 2027`, "ячейка G7"} {
		if !strings.Contains(strings.ReplaceAll(text, "\u00A0", " "), want) {
			t.Errorf("got %s\nwant %q", text, want)
		}
	}
}

// TestListOfPosts reads posts with a category, names with posts and classes in
// one cell, and the first of two parents.
func TestListOfPosts(t *testing.T) {
	r := understand(t, sheetOf(t, [][]any{
		{"№", "Наставник (Ф.И.О., должность)", "Наставляемый (Ф.И.О., класс)", "Цель"},
		{1, "Указкин Аржан Эркеменович, учитель математики", "Параграфова Алина Игоревна (учитель физики)", "урок"},
		{2, "1. Звонкова Полина Романовна, 10А\n2. Линейкин Роман Ильич, 10А", "Мелков Тимур Олегович, 5 «А» класс; Ластиков Илья Павлович, 5А", nil},
	}, nil), Options{})
	if r.Problems.Failed() || len(r.Pairs) != 2 || len(r.Pairs[1].Mentors) != 2 || len(r.Pairs[1].Mentees) != 2 || r.Pairs[1].Mentees[0].Class != "5А" {
		t.Fatalf("got %v, %v", r.Pairs, r.Problems)
	}
	if p := r.Pairs[0]; p.Mentors[0].Position != "учитель математики" || p.Mentees[0].Position != "учитель физики" || p.Goal != "урок" {
		t.Errorf("got %+v, %+v", p.Mentors[0].Person, p.Mentees[0].Person)
	}
	r = understand(t, sheetOf(t, [][]any{
		{"Фамилия", "Имя", "Отчество", "Должность, категория", "Мать (ФИО)", "Отец (ФИО)"},
		{"Указкин", "Аржан", "Эркеменович", "Учитель математики, высшая категория", nil, nil},
		{"Мелков", "Тимур", "Олегович", "5А", "Мелкова Ольга Павловна", "Мелков Олег Ильич"},
	}, nil), Options{})
	if r.Problems.Failed() || len(r.People) != 2 {
		t.Fatalf("got %v", r.Problems)
	}
	if p := r.People[0]; p.Position != "учитель математики" || p.Category != "высшая" {
		t.Errorf("got %+v", p.Person)
	}
	if p := r.People[1]; p.Class != "5А" || p.Kind != "pupil" || p.Representative == nil || p.Representative.First != "Ольга" || p.Representative.Relation != "мать" {
		t.Errorf("got %+v", p.Person)
	}
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// TestCells holds what single cells are read as.
func TestCells(t *testing.T) {
	row := func(header string, value any, more func(f *excelize.File, sheet string)) *Roster {
		return understand(t, sheetOf(t, [][]any{{"ФИО", "Кто это", "Должность", header}, {"Указкин Аржан Эркеменович", "работник", "учитель", value}}, more), Options{})
	}
	date := func(format string) func(f *excelize.File, sheet string) {
		return func(f *excelize.File, sheet string) {
			style, err := f.NewStyle(&excelize.Style{CustomNumFmt: &format})
			must(t, err)
			must(t, f.SetCellStyle(sheet, "D2", "D2", style))
		}
	}
	birth := profile.Date{Year: 2026, Month: 9, Day: 1}
	for _, c := range []struct {
		name   string
		header string
		value  any
		more   func(f *excelize.File, sheet string)
		check  func(p *Person) bool
		says   string
	}{
		{"a number of a day with a date's format", "Дата рождения", 46266, date("dd.mm.yyyy"), func(p *Person) bool { return p.Birth == birth }, ""},
		{"a format that shows no day", "Дата рождения", 46266, date("mmm-yy"), func(p *Person) bool { return p.Birth == birth }, ""},
		{"the 1904 system", "Дата рождения", 44804, func(f *excelize.File, sheet string) {
			date("dd.mm.yyyy")(f, sheet)
			yes := true
			must(t, f.SetWorkbookProps(&excelize.WorkbookPropsOptions{Date1904: &yes}))
		}, func(p *Person) bool { return p.Birth == birth }, ""},
		{"words", "Дата рождения", "1 сентября 2026 года", nil, func(p *Person) bool { return p.Birth == birth }, ""},
		{"slashes", "Дата рождения", "01/09/2026", nil, func(p *Person) bool { return p.Birth == birth }, ""},
		{"a number without format is told", "Дата рождения", 46266, nil, func(p *Person) bool { return p.Birth == birth }, "прочитано как дата 01.09.2026"},
		{"two digits of a year are told", "Дата рождения", "03.04.12", nil, func(p *Person) bool { return p.Birth.Year == 2012 }, "прочитана как 3 апреля 2012"},
		{"a day that is not", "Дата рождения", "31.02.2012", nil, nil, "дата \"31.02.2012\" не понята"},
		{"a phone as a number", "Телефон", 79001234567, nil, func(p *Person) bool { return p.Phone == "+7 (900) 123-45-67" }, ""},
		{"a phone as text", "Телефон", "+7 900 123-45-67", nil, func(p *Person) bool { return p.Phone == "+7 900 123-45-67" }, ""},
		{"text that begins like a formula", "Организация", "=cmd|'/C calc'!A0", func(f *excelize.File, sheet string) {
			must(t, f.SetCellStr(sheet, "D2", "=cmd|'/C calc'!A0"))
		}, func(p *Person) bool { return p.Org == "=cmd|'/C calc'!A0" }, ""},
		{"years of work in words", "Стаж", "12 лет", nil, func(p *Person) bool { return *p.Experience == 12 }, ""},
		{"less than a year", "Стаж", "менее года", nil, func(p *Person) bool { return *p.Experience == 0 }, ""},
		{"a category", "Категория", "высшая кв. категория", nil, func(p *Person) bool { return p.Category == "высшая" }, ""},
		{"a category in three letters", "Категория", "ВКК", nil, func(p *Person) bool { return p.Category == "высшая" }, ""},
		{"a category that is none", "Категория", "есть", nil, func(p *Person) bool { return p.Category == "" }, "категория \"есть\" не понята"},
		{"a class with a Latin letter", "Класс", "5A", nil, func(p *Person) bool { return p.Class == "5А" }, ""},
		{"a class that became a date", "Класс", 46266, date("d.m"), nil, "похоже, Excel изменил значение"},
		{"an error of Excel", "Стаж", nil, func(f *excelize.File, sheet string) {
			must(t, f.SetCellFormula(sheet, "D2", "1/0"))
		}, nil, "формула без значения"},
	} {
		t.Run(c.name, func(t *testing.T) {
			r := row(c.header, c.value, c.more)
			if c.says != "" && !strings.Contains(strings.ReplaceAll(r.Problems.Error(), "\u00A0", " "), c.says) {
				t.Errorf("got %v, want %q", r.Problems, c.says)
			}
			switch {
			case c.check == nil:
				if !r.Problems.Failed() || len(r.People) != 0 {
					t.Errorf("got %d people, want the row refused", len(r.People))
				}
			case len(r.People) != 1 || !c.check(r.People[0]):
				t.Errorf("got %+v, %v", r.People, r.Problems)
			case c.says == "" && len(r.Problems) > 0:
				t.Errorf("got %v, want no remark", r.Problems)
			}
		})
	}
}

func TestErrorValueAndFormulaOnDisk(t *testing.T) {
	b := patch(t, sheetOf(t, [][]any{{"ФИО", "Должность"}, {"Указкин Аржан Эркеменович", "учитель"}, {"Доска Анна Олеговна", "x"}}, nil), "xl/worksheets/sheet1.xml",
		`<c r="B3" t="s"><v>5</v></c>`, `<c r="B3" t="e"><f>[1]Лист1!A1</f><v>#REF!</v></c>`)
	r := understand(t, b, Options{})
	if !strings.Contains(r.Problems.Error(), "ошибка Excel #REF!") || len(r.People) != 1 {
		t.Errorf("got %v and %d people", r.Problems, len(r.People))
	}
	b = patch(t, sheetOf(t, [][]any{{"ФИО", "Должность"}, {"Указкин Аржан Эркеменович", "x"}}, nil), "xl/worksheets/sheet1.xml",
		`<c r="B2" t="s"><v>3</v></c>`, `<c r="B2" t="str"><f>WEBSERVICE("http://x")</f><v>учитель</v></c>`)
	if r := understand(t, b, Options{}); len(r.People) != 1 || r.People[0].Position != "учитель" {
		t.Errorf("got %v, want the value that was kept", r.Problems)
	}
}

// patch replaces text in a part of a workbook.
func patch(t testing.TB, b []byte, part, old, new string) []byte {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(b), int64(len(b)))
	must(t, err)
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	for _, f := range z.File {
		r, err := f.Open()
		must(t, err)
		text, err := io.ReadAll(r)
		must(t, err)
		if f.Name == part {
			if !bytes.Contains(text, []byte(old)) {
				t.Fatalf("%s does not hold %s:\n%s", part, old, text)
			}
			text = bytes.Replace(text, []byte(old), []byte(new), 1)
		}
		to, err := w.Create(f.Name)
		must(t, err)
		_, err = to.Write(text)
		must(t, err)
	}
	must(t, w.Close())
	return out.Bytes()
}

func TestHiddenIsSkippedAndTold(t *testing.T) {
	b := sheetOf(t, [][]any{{"ФИО", "Должность"}, {"Указкин Аржан Эркеменович", "учитель"}, {"Доска Анна Олеговна", "психолог"}}, func(f *excelize.File, sheet string) {
		must(t, f.SetRowVisible(sheet, 3, false))
		_, err := f.NewSheet("Старое")
		must(t, err)
		must(t, f.SetCellValue("Старое", "A1", "ФИО"))
		must(t, f.SetSheetVisible("Старое", false))
	})
	r := understand(t, b, Options{})
	text := r.Problems.Error()
	if len(r.People) != 1 || !strings.Contains(text, "скрытых строк: 1") || !strings.Contains(text, "скрытый лист «Старое»") {
		t.Errorf("got %d people, %v", len(r.People), r.Problems)
	}
}

func TestHeaders(t *testing.T) {
	for _, c := range []struct {
		header string
		side   Side
		field  string
	}{
		{"ФИО", NoSide, "name"}, {"Ф. И. О. ", NoSide, "name"}, {"Фамилия, имя, отчество", NoSide, "name"}, {"Фамилия", NoSide, "last"}, {"Имя", NoSide, "first"},
		{"Наставник", Mentor, "name"}, {"ФИО наставника", Mentor, "name"}, {"Hаставник", Mentor, "name"}, {"Педагог-наставник", Mentor, "name"},
		{"ФИО наставляемого", Mentee, "name"}, {"Молодой специалист", Mentee, "name"}, {"Должность наставляемого", Mentee, "position"},
		{"Стаж наставника (лет)", Mentor, "experience"}, {"Квалификационная\u00A0категория", NoSide, "category"}, {"Класс", NoSide, "class"},
		{"Классный руководитель", NoSide, ""}, {"Дата рождения", NoSide, "birth"}, {"Телефон", NoSide, "phone"}, {"E-mail", NoSide, "email"},
		{"Форма наставничества", NoSide, "form"}, {"Срок реализации", NoSide, "period"}, {"Дата начала работы", NoSide, "start"},
		{"Законный представитель", NoSide, "representative"}, {"Родитель (ФИО)", NoSide, "representative"}, {"№ п/п", NoSide, ""}, {"Примечание", NoSide, ""},
		{"Место работы", NoSide, "org"}, {"Номер приказа", NoSide, ""}, {"Пол", NoSide, "sex"}, {"Цвет", NoSide, ""},
		{"Наставник (Ф.И.О., должность)", Mentor, "name"}, {"ФИО педагога-наставника", Mentor, "name"}, {"Стажёр", Mentee, "name"}, {"Мать (ФИО)", NoSide, "representative"},
		{"Дата и номер приказа", NoSide, ""}, {"Дата закрепления", NoSide, "start"}, {"ФИО классного руководителя", NoSide, ""},
	} {
		if side, field, _ := meaning(c.header); side != c.side || field != c.field {
			t.Errorf("%q: got %v %q, want %v %q", c.header, side, field, c.side, c.field)
		}
	}
}

func TestTwoColumnsOfOneMeaning(t *testing.T) {
	b := sheetOf(t, [][]any{{"ФИО", "Фамилия Имя Отчество", "Должность"}, {"Указкин Аржан Эркеменович", "Доска Анна Олеговна", "учитель"}}, nil)
	r := understand(t, b, Options{})
	if !r.Problems.Failed() || !strings.Contains(r.Problems.Error(), "столбцы A") || !strings.Contains(r.Problems.Error(), "--map") {
		t.Errorf("got %v, want both letters", r.Problems)
	}
	col, c, err := ParseMap("b=нет")
	must(t, err)
	if r = understand(t, b, Options{Map: map[int]Column{col: c}}); r.Problems.Failed() || len(r.People) != 1 || r.People[0].Last != "Указкин" {
		t.Errorf("got %v, %d people; want column A", r.Problems, len(r.People))
	}
	for _, bad := range []string{"", "B", "1=name", "B=nmae", "B=teacher.name"} {
		if _, _, err := ParseMap(bad); err == nil {
			t.Errorf("%q was taken", bad)
		}
	}
}

func TestNoHeaderIsTold(t *testing.T) {
	r := understand(t, sheetOf(t, [][]any{{"Цвет", "Вес"}, {"красный", 3}}, nil), Options{})
	if !r.Problems.Failed() || !strings.Contains(r.Problems[len(r.Problems)-1].Hint, "«Цвет», «Вес»") {
		t.Errorf("got %v, want the headers found", r.Problems)
	}
}

func TestInitialsFindTheFullName(t *testing.T) {
	b := sheetOf(t, [][]any{{"Наставник", "Наставляемый"}, {"Указкин А.Э.", "Параграфова А. И."}, {"Глобус М.П.", "Параграфова А. И."}}, nil)
	_, s := school(t, samples.Demo)
	r := understand(t, b, Options{Old: s})
	if r.Problems.Failed() || len(r.Pairs) != 2 {
		t.Fatalf("got %v", r.Problems)
	}
	text, _ := fs.ReadFile(samples.FS, samples.Demo)
	got, changes, err := r.Merge("s", text, s)
	if err != nil || len(changes.NewPeople) != 0 || len(changes.NewPairs) != 1 || changes.Same == 0 {
		t.Errorf("got %+v, %v; want one new pair", changes, err)
	}
	if !strings.Contains(string(got), "mentors = [\"m3\"]\nmentees = [\"y1\"]") {
		t.Errorf("the pair is not of the profile's people")
	}
	if r = understand(t, b, Options{}); !r.Problems.Failed() || len(r.Pairs) != 0 {
		t.Errorf("got %v, want the initials refused without a profile", r.Problems)
	}
}

func TestMistakesComeBack(t *testing.T) {
	b := sheetOf(t, [][]any{{"ФИО", "Должность", "Класс"}, {"Указкин Аржан Эркеменович", "учитель"}, {"Доска", "психолог"}, {"Мелков Тимур Олегович", nil, "55Ъ"}, {"Глобус Мария Петровна"}}, nil)
	r := understand(t, b, Options{})
	if len(r.People) != 1 {
		t.Errorf("got %d people, want the good row", len(r.People))
	}
	back, err := r.Mistakes()
	must(t, err)
	book, list := Open("ошибки.xlsx", back)
	if book == nil {
		t.Fatal(list)
	}
	rows := book.Sheets[0].Rows
	if len(rows) != 4 || rows[0].Cell(4).Text != "Ошибка" {
		t.Fatalf("got %+v", rows)
	}
	for i, want := range []string{"имя не полное", "класс \"55Ъ\" не понят", "не видно, кто это"} {
		if !strings.Contains(rows[i+1].Cell(4).Text, want) {
			t.Errorf("got %q, want %q", rows[i+1].Cell(4).Text, want)
		}
	}
	if rows[1].Cell(3).Number != 3 {
		t.Errorf("got row %v, want the number of the row in the list", rows[1].Cell(3))
	}
}

func TestExportHasNoFormulas(t *testing.T) {
	_, s := school(t, samples.Demo)
	s.People[0].Position = "=cmd|'/C calc'!A0"
	s.People[0].Phone = "+7 900 000-00-00"
	s.People[1].Position = "@сумма"
	b, err := Registry(s)
	must(t, err)
	z, err := zip.NewReader(bytes.NewReader(b), int64(len(b)))
	must(t, err)
	for _, f := range z.File {
		if !strings.HasPrefix(f.Name, "xl/worksheets/sheet") {
			continue
		}
		r, _ := f.Open()
		text, _ := io.ReadAll(r)
		for _, must := range []string{"<autoFilter", `state="frozen"`, `orientation="landscape"`} {
			if !bytes.Contains(text, []byte(must)) {
				t.Errorf("%s has no %s", f.Name, must)
			}
		}
		if bytes.Contains(text, []byte("<f>")) || bytes.Contains(text, []byte("<f ")) {
			t.Errorf("%s holds a formula", f.Name)
		}
	}
	r := understand(t, b, Options{})
	i := slices.IndexFunc(r.People, func(p *Person) bool { return p.Last == s.People[0].Last })
	if i < 0 || r.People[i].Position != "=cmd|'/C calc'!A0" || r.People[i].Phone != "+7 900 000-00-00" {
		t.Errorf("got %+v, want the texts as they were", r.People)
	}
	s.People[0].Position = strings.Repeat("я", maxText+1)
	if _, err := Registry(s); err == nil {
		t.Error("a text that Excel cannot hold was cut")
	}
}

// TestDistrictTotals recomputes the totals of both districts by hand.
func TestDistrictTotals(t *testing.T) {
	for _, c := range []struct {
		path  string
		pairs []any // of each school; text when not known
	}{
		{"000-maima/municipality.toml", nil},
		{"001-onguday/municipality.toml", []any{"5", "5", "нет данных", "4", "нет данных", "2", "1"}},
	} {
		m, list := profile.LoadMunicipalityFS(samples.FS, c.path)
		if m == nil || list.Failed() {
			t.Fatal(list)
		}
		b, err := DistrictRegistry(m)
		must(t, err)
		book, problems := Open("d.xlsx", b)
		if book == nil {
			t.Fatal(problems)
		}
		totals, registry := book.Sheets[0], book.Sheets[1]
		if len(totals.Rows) != len(m.Schools)+3 {
			t.Fatalf("%s: got %d rows, want a title, a header, %d schools and the sum", c.path, len(totals.Rows), len(m.Schools))
		}
		listed := 0
		for i, s := range m.Schools {
			listed += len(s.Pairs)
			row := totals.Rows[i+2]
			if row.Cell(1).Text != s.School.NameShort {
				t.Errorf("%s: got %q, want the order of the district's list", c.path, row.Cell(1).Text)
			}
			if c.pairs != nil && row.Cell(3).Text != c.pairs[i] {
				t.Errorf("%s: %s: got %s pairs, want %v", c.path, s.School.ID, row.Cell(3).Text, c.pairs[i])
			}
			if c.pairs == nil && row.Cell(3).Text != fmt.Sprint(len(s.Pairs)) {
				t.Errorf("%s: %s: got %s pairs, want %d", c.path, s.School.ID, row.Cell(3).Text, len(s.Pairs))
			}
		}
		if sum := totals.Rows[len(totals.Rows)-1]; sum.Cell(1).Text != "Итого" || sum.Cell(3).Text != fmt.Sprint(listed) {
			t.Errorf("%s: got the sum %v, want %d pairs", c.path, sum, listed)
		}
		if len(registry.Rows) != listed+2 {
			t.Errorf("%s: got %d rows of pairs, want %d", c.path, len(registry.Rows)-2, listed)
		}
		for _, row := range registry.Rows[2:] {
			for _, s := range m.Schools {
				for _, p := range s.People {
					if p.Kind == "pupil" && strings.Contains(row.Cell(2).Text+row.Cell(3).Text, p.Last) && row.Cell(1).Text == s.School.NameShort {
						t.Errorf("%s: a pupil is named: %v", c.path, row)
					}
				}
			}
		}
	}
}

func TestCSV(t *testing.T) {
	const text = "ФИО;Должность;Стаж\nУказкин Аржан Эркеменович;учитель математики;24\n\"Доска Анна\nОлеговна\";психолог;3\n"
	cp1251 := func(s string) []byte {
		var b []byte
		for _, r := range s {
			if r < 0x80 {
				b = append(b, byte(r))
			} else {
				b = append(b, byte(r-'А'+0xC0))
			}
		}
		return b
	}
	for name, b := range map[string][]byte{
		"semicolons":  []byte(text),
		"commas":      []byte(strings.ReplaceAll(text, ";", ",")),
		"tabs, BOM":   []byte("\xEF\xBB\xBF" + strings.ReplaceAll(text, ";", "\t")),
		"sep=":        []byte("sep=;\r\n" + strings.ReplaceAll(text, "\n", "\r\n")),
		"CP1251":      cp1251(text),
		"a short row": []byte(text + "Глобус Мария Петровна;учитель\n"),
	} {
		book, list := Open("список.csv", b)
		if book == nil {
			t.Errorf("%s: %v", name, list)
			continue
		}
		r := Understand(book, Options{})
		if r.Problems.Failed() || len(r.People) < 2 || r.People[0].Position != "учитель математики" || *r.People[0].Experience != 24 {
			t.Errorf("%s: got %d people, %v", name, len(r.People), r.Problems)
		}
	}
	if book, list := Open("список.csv", []byte(text+"Глобус Мария Петровна;учитель;3;лишнее\n")); book != nil || list[0].Place.Line != 5 {
		t.Errorf("got %v, want the ragged row 5", list)
	}
}

// TestNotAWorkbook tells what a file really is.
func TestNotAWorkbook(t *testing.T) {
	archive := func(parts ...string) []byte {
		var b bytes.Buffer
		w := zip.NewWriter(&b)
		for i := 0; i < len(parts); i += 2 {
			f, _ := w.Create(parts[i])
			f.Write([]byte(parts[i+1]))
		}
		w.Close()
		return b.Bytes()
	}
	good := sheetOf(t, [][]any{{"ФИО", "Должность"}, {"Указкин Аржан Эркеменович", "учитель"}}, nil)
	const types = "[Content_Types].xml"
	for _, c := range []struct {
		name, says, code string
		b                []byte
	}{
		{"an old workbook", "старого формата", "", []byte("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1" + strings.Repeat("\x00", 600))},
		{"a workbook with a password", "паролем", "", append([]byte("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"), utf16le("EncryptedPackage")...)},
		{"a web page", "веб-страница", "", []byte("<html><table></table></html>")},
		{"an OpenDocument", "OpenDocument", "", archive("mimetype", "application/vnd.oasis.opendocument.spreadsheet")},
		{"a Word document", "документ Word", "", archive("word/document.xml", "x")},
		{"another archive", "это архив", "", archive("a.txt", "x")},
		{"half a file", "архив обрывается", "", good[:len(good)/2]},
		{"an empty file", "пустой", "", nil},
		{"a PDF", "PDF", "", []byte("%PDF-1.7")},
		{"a path outside", "архив подозрительный", CodeLimit, archive(types, "x", "../x", "y")},
		{"two parts of one name", "архив подозрительный", CodeLimit, archive(types, "x", "a", "y", "A", "z")},
		{"a DTD", "DTD", CodeLimit, archive(types, "x", "_rels/.rels", "<!DOCTYPE r [<!ENTITY a \"b\">]><r/>")},
		{"a row far below its turn", "не по порядку", CodeLimit, patch(t, good, "xl/worksheets/sheet1.xml", `<row r="2"`, `<row r="2147483647"`)},
		{"a row below nought", "не по порядку", CodeLimit, patch(t, good, "xl/worksheets/sheet1.xml", `<row r="2"`, `<row r="-1"`)},
		{"a cell in column XFD", "больше 64 столбцов", CodeLimit, patch(t, good, "xl/worksheets/sheet1.xml", `r="B2"`, `r="XFD2"`)},
		{"a cell of another row", "не на своём месте", "", patch(t, good, "xl/worksheets/sheet1.xml", `r="B2"`, `r="B7"`)},
		{"XML that breaks off", "ошибка XML", "", patch(t, good, "xl/worksheets/sheet1.xml", `</worksheet>`, `</`)},
		{"merges that lie on one another", "объединённых", CodeLimit, patch(t, thousands(t, 1000), "xl/worksheets/sheet1.xml", "</sheetData>",
			"</sheetData><mergeCells>"+strings.Repeat(`<mergeCell ref="B2:B1001"/>`, 2_100)+"</mergeCells>")},
		{"a bomb", "разворачивается", CodeLimit, bomb(t, good)},
	} {
		book, list := Open("список.xlsx", c.b)
		if book != nil || len(list) != 1 || !strings.Contains(list[0].Text, c.says) || list[0].Code != c.code {
			t.Errorf("%s: got %v (code %q), want %q", c.name, list, codeOf(list), c.says)
		}
	}
}

func codeOf(list diag.List) string {
	if len(list) == 0 {
		return ""
	}
	return list[0].Code
}

// bomb is a workbook whose sheet unpacks to more than the limit.
func bomb(t testing.TB, good []byte) []byte {
	return patch(t, good, "xl/worksheets/sheet1.xml", "</sheetData>", strings.Repeat(" ", 65<<20)+"</sheetData>")
}

func TestThousandsOfRows(t *testing.T) {
	r := understand(t, thousands(t, 3_000), Options{})
	if r.Problems.Failed() || len(r.Pairs) != 3_000 {
		t.Fatalf("got %d pairs, %v", len(r.Pairs), r.Problems[:min(3, len(r.Problems))])
	}
}

// thousands makes a list of n pairs with names that do not repeat.
func thousands(t testing.TB, n int) []byte {
	t.Helper()
	f := excelize.NewFile()
	w, err := f.NewStreamWriter("Sheet1")
	must(t, err)
	must(t, w.SetRow("A1", []any{"№", "Наставник", "Должность", "Стаж", "Категория", "Наставляемый", "Должность", "Форма", "Начало", "Окончание", "Запрос", "Цель"}))
	letters := []rune("абвгдежзик")
	word := func(i int) string {
		var b []rune
		for ; i > 0; i /= 10 {
			b = append(b, letters[i%10])
		}
		return string(b)
	}
	for i := range n {
		must(t, w.SetRow(fmt.Sprintf("A%d", i+2), []any{i + 1, "Указкин" + word(i+1) + " Аржан Эркеменович", "учитель математики", 12, "высшая",
			"Параграфова" + word(i+1) + " Алина Игоревна", "учитель физики", "педагог – педагог", "14.09.2026", "31.05.2027", "урок", "цель"}))
	}
	must(t, w.Flush())
	var b bytes.Buffer
	must(t, f.Write(&b))
	return b.Bytes()
}

func BenchmarkImport10000(b *testing.B) {
	list := thousands(b, 10_000)
	b.ReportAllocs()
	for b.Loop() {
		book, _ := Open("x.xlsx", list)
		if r := Understand(book, Options{}); len(r.Pairs) != 10_000 {
			b.Fatal(len(r.Pairs))
		}
	}
}

func BenchmarkExportDemo(b *testing.B) {
	_, s := school(b, samples.Demo)
	b.ReportAllocs()
	for b.Loop() {
		if _, err := Registry(s); err != nil {
			b.Fatal(err)
		}
	}
}

// FuzzOpen holds that no file makes the reader panic or forget its limits.
func FuzzOpen(f *testing.F) {
	sample, _ := Sample()
	f.Add(sample)
	f.Add([]byte("ФИО;Должность\nА Б;в"))
	f.Fuzz(func(t *testing.T, b []byte) {
		book, list := Open("x", b)
		if book == nil && len(list) == 0 {
			t.Fatal("neither a book nor a reason")
		}
		if book != nil {
			r := Understand(book, Options{})
			if _, err := r.Mistakes(); err != nil {
				t.Log(err)
			}
		}
	})
}
