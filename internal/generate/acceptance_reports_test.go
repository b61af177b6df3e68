package generate

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"nastavnik/internal/catalog"
	"nastavnik/internal/diag"
	"nastavnik/internal/page"
	"nastavnik/internal/pdfread"
	"nastavnik/internal/profile"
	"nastavnik/internal/russian"
	"nastavnik/samples"
)

// The papers of pairs through the year, surveys, reports, awards, references.
var reportPapers = []string{
	"registry", "journal", "mentor_report", "survey_entry", "survey_mentor", "survey_mentee", "swot", "monitoring_report",
	"school_report", "site_page", "thanks", "certificate", "confirmation",
}

const (
	maima   = "000-maima/municipality.toml"
	onguday = "001-onguday/municipality.toml"
	tenga   = "001-onguday/schools/tenga.toml"
)

var reportFacts = []fact{
	// 001-33
	{tenga, "monitoring_report", "", []string{"5 наставляемых", "100 %", "61 %", "52 %", "51 %", "35 %", "32 %", "98 %", "за октябрь – ноябрь 2020 г.",
		"управление своей эмоциональной сферой", "тест психологической совместимости"}, []string{"за за", "учителю"}},
	// 001-34
	{tenga, "school_report", "", []string{"15 декабря 2020 г.", "по 6 уроков", "01.09.2020 – 31.08.2023", "пандемии", "2020-2021"}, []string{"2020 г;", "АЗ-1128/08"}},

	// 002-01 … 002-09
	{sargat, "school_report", "", []string{"Саргатская", "ОТЧЁТ", "2021-2022 учебного года",
		"«учитель – учитель», программа «Опытный учитель – молодой специалист»;", "«ученик – ученик», программа «Вместе мы команда».",
		"двум направлениям",
		"11 наставников и 4 наставляемых", "закрепить молодых специалистов", "стажем до 3 лет",
		"добровольное согласие", "первая или высшая", "стаж работы 10 лет и более",
		"Сетевое наставничество", "МБОУ ДО «Центр детского творчества»", "учителя музыки",
		"2 класс – 3 наставника (образование, спорт, творчество)", "3 класс – 3 наставника", "4 класс – 3 наставника", "у каждого наставника 7 наставляемых",
		"В сентябре 2021 года подготовлены программы, определены пары", "приступили в октябре",
		"обращаются к старшим коллегам", "учатся работать вместе", "нужно больше времени"}, []string{"за за", "наставляемые;", "задачами;"}},
	{sargat, "survey_mentee", "ученик", []string{"для 1–4 классов (до начала работы)", "для 1–4 классов (по итогам работы)", "Да, радуюсь", "Так себе", "Нет, грущу"}, []string{"от 1 до 10"}},
	{sargat, "survey_mentee", "учитель", []string{"от 1 до 10", "q10"}, []string{"Дорогой друг"}},
	{sargat, "registry", "", []string{"2 класс, 7 человек, образование – наставник"}, []string{"_ класс"}},

	// 003-01 … 003-11
	{gymnasium, "site_page", "", []string{"О внедрении целевой модели наставничества в МАОУ гимназии № 144",
		"распоряжение Министерства просвещения Российской Федерации от 25.12.2019 № Р-145 «Об утверждении методологии (целевой модели) наставничества обучающихся",
		"письмо Министерства образования и молодежной политики Свердловской области от 22.09.2020 № 10670 «Об этапах внедрения",
		"Наставничество – это", "две роли", "обучающийся, 10–15 лет", "молодой специалист, педагог", "обучающийся, 15–18 лет", "выпускник", "работодатель",
		"раскрыть потенциал", "самоопределения и профориентации",
		"Выполнить мероприятия «дорожной карты»", "Разработать и провести программы", "Вести кадровую работу", "Обеспечить программы",
		"Вести персонифицированный учёт", "Проводить внутренний мониторинг", "Собрать базу программ", "Дать педагогам",
		"проектная деятельность;", "классные часы;", "подготовка к мероприятиям", "волонтёрство, подготовка к конкурсам, олимпиадам.",
		"консультации;", "взаимопосещение уроков;", "конкурсы;", "курсы;", "творческие мастерские;", "практико-ориентированные семинары;", "разработка методического пособия.",
		"Звонкова-Мелкова Айана Сергеевна, заместитель директора по УВР", "000-00-00"},
		[]string{"Ластиков", "АЗ-1128/08", "351.8", "1264-р", "МАОУ гимназия"}},

	// D-07: the ended pair stays in the registry.
	{samples.Demo, "registry", "", []string{"Дополненко Игорь Львович (завершено 16.11.2026)", "Глобус Мария Петровна", "по 16.11.2026", "13.11.2026 № 3",
		"5 «А» класс, 21.07.2015 г. р.", "9 «А» класс"}, nil},
	{samples.Demo, "journal", "Указкин", []string{"14.09.2026", "31.05.2027", "один раз в неделю", "П-01", "Замечания куратора", "Журналова Т. С., тел. +7 (900) 000-00-01"},
		[]string{"01.01.2027", "02.11.2026"}},
	{samples.Demo, "mentor_report", "Звонкова", []string{"Средний балл по математике, балл", "3,4", "Предложение"}, []string{"готовности"}},
	{samples.Demo, "mentor_report", "Указкин", []string{"Заключение о готовности наставляемой", "Наставляемая", "по плану – 34"}, []string{"наставляемого"}},
	{samples.Demo, "survey_mentor", "педагог", []string{"Анкета наставника (до начала работы)", "Анкета наставника (по итогам работы)", "q1.", "q10", "o1.", "o3.", "уверенность на уроке"}, []string{"Дорогой друг"}},
	{samples.Demo, "survey_entry", "", []string{"возможного наставляемого", "возможного наставника", "Чем Вы могли бы поделиться", "С кем Вам было бы легче работать"}, nil},
	{samples.Demo, "swot", "", []string{"Сильные стороны", "Угрозы", "Форма «педагог – педагог»", "Форма «ученик – ученик»", "Вывод"}, nil},
	// A certificate is handed to somebody, a diploma honours somebody.
	{samples.Demo, "certificate", "Звонкова", []string{"СЕРТИФИКАТ", "№ 1", "вручается", "Звонковой Полине Романовне", "обучающейся 9 «А» класса", "М. П."}, []string{"награждается"}},
	{samples.Demo, "certificate", "Указкин", []string{"ГРАМОТА", "награждается", "Указкин Аржан Эркеменович", "учитель математики", "2026-2027"}, []string{"вручается"}},
	{samples.Demo, "thanks", "Глобус", []string{"БЛАГОДАРСТВЕННОЕ ПИСЬМО", "Уважаемая Мария Петровна!", "благодарит Вас за поддержку молодого коллеги", "М. П."}, []string{"за за"}},
	{samples.Demo, "thanks", "Примерное хозяйство", []string{"Уважаемый Виктор Ильич!", "благодарит коллектив Общества с ограниченной ответственностью «Примерное хозяйство» за знакомство"}, []string{"благодарит Вас"}},
	// The pair that a change brought in rests on the order of the change.
	{samples.Demo, "confirmation", "Указкин", []string{"Дана Указкину Аржану Эркеменовичу, учителю математики", "он осуществлял", "от 11.09.2026 № 95-ОД", "№ 196", "Параграфова Алина Игоревна"}, nil},
	{samples.Demo, "confirmation", "Глобус", []string{"Дана Глобус Марии Петровне, учителю географии", "она осуществляла", "от 13.11.2026 № 118-ОД"}, []string{"95-ОД"}},
	{samples.Demo, "confirmation", "Дополненко", []string{"14.09.2026 – 16.11.2026", "95-ОД"}, []string{"31.05.2027"}},
}

func TestReportPapers(t *testing.T) {
	bySample := map[string][]made{}
	for _, f := range reportFacts {
		if bySample[f.sample] == nil {
			bySample[f.sample] = papers(t, f.sample, false, nil, reportPapers...)
		}
		f.check(t, bySample[f.sample])
	}
	for sample, list := range bySample {
		everyPaper(t, sample, list)
	}
	// 003-07: eight tasks and no ninth; 002-02: the directions in their order.
	rows(t, bySample[gymnasium], "site_page", "1.Выполнить мероприятия", "8.Дать педагогам-участникам")
	rows(t, bySample[sargat], "school_report", "1)«учитель – учитель», программа", "2)«ученик – ученик», программа")
	for _, m := range bySample[gymnasium] {
		if m.job.Document.ID == "site_page" && regexp.MustCompile(`\D9\.[а-я]`).MatchString(squeezed(m.pdf)) {
			t.Error("003: a ninth task")
		}
	}
	for _, m := range bySample[sargat] {
		if m.job.Document.ID == "school_report" && strings.Index(m.pdf, "опытный учитель") > strings.Index(m.pdf, "вместе мы команда") {
			t.Error("002: the directions stand in another order")
		}
	}
}

// squeezed is a text without its spaces: a PDF parts cells and numbers by
// place alone.
func squeezed(s string) string { return strings.ReplaceAll(s, " ", "") }

// rows reports each row of cells, or numbered point, that the PDF lacks.
func rows(t *testing.T, list []made, doc string, want ...string) {
	t.Helper()
	for _, m := range list {
		for _, row := range want {
			if m.job.Document.ID == doc && !strings.Contains(squeezed(m.pdf), squeezed(folded(row))) {
				t.Errorf("%s: no row «%s»", doc, row)
			}
		}
	}
}

// sheets are the pages of each paper of these ids, as folded text.
func sheets(t *testing.T, sample string, change func(*profile.School), ids ...string) map[string][]string {
	t.Helper()
	out := map[string][]string{}
	for _, job := range planned(t, sample, false, change, ids).Jobs {
		f, err := pdfread.Open(paper(t, job).PDF)
		if err != nil {
			t.Fatal(err)
		}
		for _, page := range f.Pages() {
			out[job.Title()] = append(out[job.Title()], folded(f.PageText(page)))
		}
	}
	return out
}

// 002-10, and what is given out by the sheet: a report of one page, a mentor's
// report of one page, a survey's sheet a page, an award a page.
func TestOneSheet(t *testing.T) {
	for title, pages := range sheets(t, sargat, nil, "school_report") {
		if len(pages) != 1 {
			t.Errorf("%s: got %d pages, want 1", title, len(pages))
		}
	}
	for _, sample := range []string{samples.Demo, sargat, zakharvan} {
		for title, pages := range sheets(t, sample, nil, "mentor_report", "thanks", "certificate") {
			if len(pages) != 1 {
				t.Errorf("%s: %s: got %d pages, want 1", sample, title, len(pages))
			}
		}
		for title, pages := range sheets(t, sample, nil, "survey_entry", "survey_mentor", "survey_mentee") {
			if len(pages) != 2 {
				t.Errorf("%s: %s: got %d pages, want 2 sheets", sample, title, len(pages))
			}
			for i, text := range pages {
				if !strings.Contains(text, "нкета") || !strings.Contains(text, "спасибо") {
					t.Errorf("%s: %s: page %d is no whole sheet: %.80q", sample, title, i+1, text)
				}
			}
		}
	}
	// Little ones and older ones in one form get sheets of their own.
	both := func(s *profile.School) { s.Person("e2").Class = "3" }
	for title, pages := range sheets(t, samples.Demo, both, "survey_mentee") {
		if strings.Contains(title, "ученик – ученик") && (len(pages) != 2 || !strings.Contains(pages[0], "дорогой друг")) {
			t.Errorf("%s: no sheet for the third form", title)
		}
	}
}

// A table of the school's own has its own columns and rows.
func TestFreeTables(t *testing.T) {
	change := func(s *profile.School) {
		s.Monitoring.Tables = []profile.MonitoringTable{
			{Title: "психологическая совместимость", Columns: []string{"Пара", "Наставник", "Наставляемый", "Совместимость"},
				Rows: [][]string{{"П-01", "рациональный", "эмоциональный", "высокая"}, {"П-02", "эмоциональный", "эмоциональный"}}},
			{Title: "удовлетворённость", Columns: []string{"Вопрос", "Оценка"}, Rows: [][]string{{"Общение", "8,5"}}},
		}
		s.Monitoring.SWOT.Threats = []string{"уход молодых учителей"}
	}
	list := papers(t, tenga, false, change, "monitoring_report")
	fact{tenga, "monitoring_report", "", []string{"Психологическая совместимость", "Угрозы: уход молодых учителей."}, nil}.check(t, list)
	rows(t, list, "monitoring_report", "№ Пара Наставник Наставляемый Совместимость", "1 П-01 рациональный эмоциональный высокая",
		"2 П-02 эмоциональный эмоциональный –", "№ Вопрос Оценка", "1 Общение 8,5")
}

// Shares of few people stand as numbers, never as per cents.
func TestSharesOfFew(t *testing.T) {
	round := func(answers, satisfied int) func(*profile.School) {
		return func(s *profile.School) {
			s.Monitoring.Rounds = []profile.Round{{Form: "ped_ped", When: "after", Role: "mentee", Answers: &answers, Total: &answers,
				Avg: map[string]float64{"q2": 8, "q10": 9}, Satisfied: &satisfied}}
		}
	}
	for _, test := range []struct {
		answers, satisfied int
		has, lacks         string
	}{{4, 3, "3 из 4", "75 %"}, {20, 18, "90 %", "18 из 20 90"}} {
		fact{samples.Demo, "monitoring_report", "", []string{test.has, "8,5"}, []string{test.lacks}}.
			check(t, papers(t, samples.Demo, false, round(test.answers, test.satisfied), "monitoring_report"))
	}
}

// D-09: the public reports name no child and no grown-up who did not agree.
func TestPublicReports(t *testing.T) {
	list := papers(t, samples.Demo, true, nil, reportPapers...)
	var ids []string
	for _, m := range list {
		ids = append(ids, m.job.Document.ID)
		for _, name := range []string{"Звонков", "Мелков", "Переменкин", "Глобус", "Дополненко", "Абзацев", "Параграфов"} {
			if strings.Contains(m.word, folded(name)) || strings.Contains(m.pdf, folded(name)) {
				t.Errorf("%s names «%s»", m.job.Document.ID, name)
			}
		}
	}
	if !slices.Equal(ids, []string{"monitoring_report", "school_report", "site_page"}) {
		t.Errorf("got public papers %v", ids)
	}
	// An organisation is no person: the public copy names the partner.
	fact{sargat, "school_report", "", []string{"Партнёры: МБОУ ДО «Центр детского творчества»."}, []string{"Скрипичкина"}}.
		check(t, papers(t, sargat, true, nil, "school_report"))
	rows(t, list, "school_report", "Указкин Аржан Эркеменович Муниципальный конкурс", "учитель географии Неделя открытых уроков")
}

// D-10: the packing list says by person what to sign.
func TestPackingList(t *testing.T) {
	out := t.TempDir()
	e := sharedEngine(t)
	results := e.Run(context.Background(), []Target{sample(samples.Demo)}, Options{Out: out, DOCX: true, IDs: []string{"all"}}, nil)
	if results[0].Failed() {
		t.Fatal(results[0].Err, results[0].Problems.Err())
	}
	names, _ := filepath.Glob(filepath.Join(results[0].Folder, "40*.docx"))
	if len(names) != 1 {
		t.Fatalf("got packing lists %v, want one", names)
	}
	b, err := os.ReadFile(names[0])
	if err != nil {
		t.Fatal(err)
	}
	text := folded(wordText(t, b))
	_, people, _ := strings.Cut(text, "кому что подписать")
	_, row, _ := strings.Cut(people, "указкин аржан эркеменович")
	row, _, _ = strings.Cut(row, " 9 ") // rows are numbered; a person's row is shorter than nine of them
	row = row[:min(len(row), 3000)]
	for _, paper := range []string{"Согласие на осуществление наставничества;", "Согласие на обработку персональных данных", "Согласие на распространение",
		"Дополнительное соглашение к трудовому договору", "Соглашение между наставником и наставляемым", "Персонализированная программа", "(ознакомление)"} {
		if !strings.Contains(row, folded(paper)) {
			t.Errorf("Указкин: no «%s» in %.700q", paper, row)
		}
	}
	for _, column := range []string{"Документ", "Файл", "Кто подписывает", "Дата", "Номер", "Приложений", "Что вписать"} {
		if !strings.Contains(text, folded(column)) {
			t.Errorf("no column «%s»", column)
		}
	}
	if !strings.Contains(text, "95-од") || !strings.Contains(text, "что не составлено") && len(results[0].Skipped) > 0 {
		t.Error("numbers or reasons are missing")
	}
}

// A row of the packing list is never higher than its page: LibreOffice would
// lose the end of one that does not tear.
func TestPackingRows(t *testing.T) {
	var many []string
	for i := range 2*maxPapers + 1 {
		many = append(many, fmt.Sprint("Бумага ", i))
	}
	rows := inRows([]catalog.PackingPerson{{Name: "Глобус Мария Петровна", Docs: many}, {Name: "Доска Анна Олеговна", Docs: many[:1]}})
	var got []string
	var papers []string
	for _, r := range rows {
		got = append(got, fmt.Sprint(r.N, " ", r.Name, " ", len(r.Docs)))
		papers = append(papers, r.Docs...)
	}
	want := []string{"1 Глобус Мария Петровна 24", "0 Глобус Мария Петровна (продолжение) 24", "0 Глобус Мария Петровна (продолжение) 1", "2 Доска Анна Олеговна 1"}
	if !slices.Equal(got, want) || !slices.Equal(papers, append(many, many[0])) {
		t.Errorf("got %q", got)
	}
}

// 001-15: an impossible per cent is told in the packing list, W35.
func TestImpossibleShare(t *testing.T) {
	e := sharedEngine(t)
	load := func() Loaded {
		s, problems := profile.LoadFS(samples.FS, tenga)
		problems = append(problems, profile.Check(s)...)
		return Loaded{School: s, Problems: problems}
	}
	out := t.TempDir()
	results := e.Run(context.Background(), []Target{{Name: tenga, Load: load}}, Options{Out: out, DOCX: true, IDs: []string{"packing_list"}}, nil)
	b, err := os.ReadFile(filepath.Join(results[0].Folder, results[0].Files[0].Name))
	if err != nil {
		t.Fatal(err)
	}
	if text := wordText(t, b); !strings.Contains(text, "W35") {
		t.Errorf("no W35 in %.600q", text)
	}
}

// districtPapers makes the papers of a district.
func districtPapers(t *testing.T, sample string, change func(*profile.Municipality)) (*profile.Municipality, []made) {
	t.Helper()
	m, problems := profile.LoadMunicipalityFS(samples.FS, sample)
	if problems.Failed() {
		t.Fatal(problems.Err())
	}
	if change != nil {
		change(m)
	}
	set, err := sharedEngine(t).Library.PlanMunicipality(m, catalog.Selection{})
	if err != nil {
		t.Fatal(err)
	}
	return m, readBack(t, set)
}

var districtFacts = []fact{
	// 000-01 … 000-15
	{maima, "mun_report", "", []string{"Развитие наставничества в МО «Майминский район»",
		"Министерства образования и науки Республики Алтай от 30.06.2020 № 557", "8 площадок",
		"МБОУ «Кызыл-Озекская СОШ», МБОУ «Манжерокская СОШ», МБОУ «Соузгинская СОШ», МБОУ «Подгорновская СОШ», МБОУ «Бирюлинская СОШ», МБОУ «Урлу-Аспакская ООШ», МБОУ «Карасукская ООШ», МБОУ «Верх-Карагужская ООШ»",
		"Управления образования от 30.06.2020 № 254", "Рабочая группа", "Муниципальный координатор", "установочный семинар",
		"Институт развития образования Омской области", "координатор и 8 кураторов", "на сайтах", "разделе «Наставничество»",
		"Центр туризма, отдыха и оздоровления", "Майминский Центр культуры", "«Ученик – наставник – друг» (10 класс – 5 класс)", "«равный – равному» (8 класс – 7 класс)",
		"программа «Коллега – будущий коллега»", "«Педагогический дебют»", "победитель", "третье место", "«Школа наставничества»",
		"«Наставничество в образовании: от теории к практике»", "Году науки и технологий",
		"Продолжить работу в следующем учебном году", "Развивать разные формы", "муниципальных педагогических чтениях"},
		[]string{"состоит на учёте", "ПДН", "Кызы-Озекская", "науки технологий", "учителю", "АЗ-1128/08", "351.8", "1264-р", "Указ"}},
	// 000-20, 000-22
	{maima, "mun_order", "", []string{"30.06.2020", "№ 254", "во исполнение приказа Министерства образования и науки Республики Алтай от 30.06.2020 № 557", "МР-42/02", "Р-145",
		"8 образовательных организаций", "Координатову Веру Сергеевну", "Методичкина Ольга Ильинична", "член группы", "Состав муниципальной рабочей группы",
		"провести установочный семинар", "представлять сведения", "Рассылка"},
		[]string{"приказа Управления образования от 30.06.2020 № 254", "АЗ-1128/08", "351.8", "1264-р", "№ 309"}},
	{maima, "mun_roadmap", "", []string{"УТВЕРЖДЁН приказом Управления образования", "от 30.06.2020 № 254", "Установочный семинар", "руководители и кураторы площадок", "Сводный отчёт"}, []string{"День наставника"}},
	{maima, "mun_registry", "", []string{"3 обучающихся", "обучающиеся 5 класса", "Рифмина Зоя Ивановна", "13 пар по данным 8 школ", "от 28.09.2020"}, []string{"Звонков"}},

	// 001-01 … 001-15
	{onguday, "mun_report", "", []string{"О реализации программ наставничества", "25.03.2021", "от 25.12.2019 № Р-145 «Об утверждении методологии (целевой модели)",
		"Министерства образования и науки Республики Алтай от 30.06.2020 № 557", "Региональный центр наставничества", "июле 2020",
		"БУ ДПО РА «Институт повышения квалификации и профессиональной переподготовки работников образования Республики Алтай»",
		"82 организации", "72 школы", "7 площадок", "МБОУ «Еловская СОШ им. Э. Палкина», МБОУ «Теньгинская СОШ», МБОУ «Туектинская ООШ», МБОУ «Каракольская СОШ», МБОУ «Шашикманская СОШ», МБОУ «Онгудайская СОШ им. С. Т. Пекпеева», МБОУ «Ининская СОШ»",
		"прошли 8 человек (кураторы школ), из них очно – 2", "36 часов", "«Реализация технологий наставничества в практике проектных педагогических команд»", "октябрь 2020", "дистанционно",
		"04.09.2020", "установочный семинар «Внедрение целевой модели наставничества»", "5 вопросов", "«Горно-Алтайский педагогический колледж»",
		"пять форм наставничества: «ученик – ученик», «учитель – учитель», «студент – ученик», «работодатель – ученик», «работодатель – студент»", "применяют форму «учитель – учитель»",
		"17 пар по данным 5 школ из 7", "нет данных", "01.09.2020 – 31.08.2023", "01.09.2020 – 01.09.2021",
		"мониторинг программ и анализ сайтов", "размещены на сайтах", "Апрель – май 2021 г.", "экспертиза программ", "«Почётный наставник»", "грамоты отдела образования"},
		[]string{"учителю", "Туектинская ООШ им", "АЗ-1128/08", "1264-р"}},
	{onguday, "mun_order", "", []string{"Состав муниципальной рабочей группы", "руководитель", "7 образовательных организаций"}, nil},
	{onguday, "mun_roadmap", "", []string{"Курсы «Реализация технологий наставничества", "04.09.2020", "25.03.2021", "Обучены кураторы школ"}, nil},
	// 001-20, 001-21
	{onguday, "mun_monitoring", "", []string{"Приказ о внедрении", "Положение", "Программа", "Куратор и наставники", "Раздел сайта", "Согласия",
		"+ № 60 от 01.09.2020", "МБОУ «Ининская СОШ» – дорожная карта, программа, закрепление пар"}, nil},
}

func TestDistrictPapers(t *testing.T) {
	for _, sample := range []string{maima, onguday} {
		m, list := districtPapers(t, sample, nil)
		rows(t, list, "mun_order", "4.1.провести установочный семинар", "6.4.представлять сведения", "7.Контроль")
		if len(list) != 5 {
			t.Errorf("%s: got %d papers, want 5", sample, len(list))
		}
		for _, f := range districtFacts {
			if f.sample == sample {
				f.check(t, list)
			}
		}
		for _, p := range list {
			if broken := brokenWords(p); len(broken) > 0 {
				t.Errorf("%s: %s: a narrow cell broke %v", sample, p.job.Document.ID, broken)
			}
			for file, text := range map[string]string{"docx": p.word, "pdf": p.pdf} {
				if found := leftovers.FindString(text); found != "" {
					t.Errorf("%s: %s (%s): left over %q", sample, p.job.Document.ID, file, found)
				}
				for _, y := range schoolYears.FindAllStringSubmatch(text, -1) {
					if y[1]+"-"+y[2] != m.SchoolYear {
						t.Errorf("%s: %s (%s): another school year %s", sample, p.job.Document.ID, file, y[0])
					}
				}
			}
		}
		// Every school stands in the report with its forms (000-07, 001-10).
		for _, p := range list {
			if p.job.Document.ID != "mun_report" {
				continue
			}
			for _, s := range m.Schools {
				if n := strings.Count(p.word, folded(s.School.NameShort)); n < 2 {
					t.Errorf("%s: %s stands %d times in the report", sample, s.School.NameShort, n)
				}
			}
		}
	}
}

// The totals of the district's report are those of its schools, counted anew
// from the profiles.
func TestDistrictTotals(t *testing.T) {
	for _, sample := range []string{maima, onguday} {
		m, list := districtPapers(t, sample, nil)
		pairs, given := 0, 0
		schools := map[string]int{}
		byForm := map[string]int{}
		var forms []string
		for _, s := range m.Schools {
			own := 0
			for _, f := range s.Forms {
				if !slices.Contains(forms, f.ID) {
					forms = append(forms, f.ID)
				}
				schools[f.ID]++
				n := 0
				for _, p := range s.Pairs {
					if p.Form == f.ID && p.Active() {
						n++
					}
				}
				if n == 0 && f.PairsCount != nil {
					n = *f.PairsCount
				}
				byForm[f.ID] += n
				own += n
			}
			pairs += own
			if own > 0 {
				given++
			}
		}
		total := fmt.Sprintf("%s по данным %d %s", russian.Count(pairs, "пара", "пары", "пар"), given, russian.Plural(given, "школы", "школ", "школ"))
		rows(t, list, "mun_report", fmt.Sprintf("Всего школ %d %d", len(m.Schools), pairs))
		e, _ := shared()
		for _, p := range list {
			if p.job.Document.ID != "mun_report" && p.job.Document.ID != "mun_registry" {
				continue
			}
			for _, text := range []string{p.word, p.pdf} {
				if !strings.Contains(text, folded(total)) {
					t.Errorf("%s: %s: no «%s»", sample, p.job.Document.ID, total)
				}
			}
		}
		for _, id := range forms {
			title := formTitle(t, e, m, id)
			rows(t, list, "mun_report", fmt.Sprintf("%s %d %d", title, schools[id], byForm[id]))
		}
	}
}

// formTitle is the form's name as the first school that has it prints it.
func formTitle(t *testing.T, e *Engine, m *profile.Municipality, id string) string {
	t.Helper()
	for _, s := range m.Schools {
		set, err := e.Library.Plan(s, catalog.Selection{IDs: []string{"swot"}})
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range set.Jobs[0].View.Forms {
			if f.ID == id {
				return f.Title
			}
		}
	}
	return ""
}

// A school that gave no number is «нет данных», never 0 (001-10); a paper
// without date and number is «–» (001-21).
func TestNoDataIsNotZero(t *testing.T) {
	_, list := districtPapers(t, onguday, nil)
	row := regexp.MustCompile(`мбоу "туектинская оош" "учитель-учитель" (\S+ \S+) (\S+ \S+) (\S+ \S+)`)
	for _, p := range list {
		if p.job.Document.ID != "mun_report" {
			continue
		}
		m := row.FindStringSubmatch(p.word)
		if m == nil || m[1] != "нет данных" || m[2] != "нет данных" || m[3] != "нет данных" {
			t.Errorf("got row %q, want «нет данных» three times", m)
		}
	}
	change := func(m *profile.Municipality) {
		m.SiteChecks = []profile.SiteCheck{{School: "tenga", Section: "да", URL: "https://example.org", Note: "нет программы"}}
	}
	_, list = districtPapers(t, onguday, change)
	fact{onguday, "mun_monitoring", "", []string{"https://example.org", "нет программы"}, nil}.check(t, list)
}

// A school whose profile has errors is named, and nothing of its numbers gets
// into the district's paper: half of them may be missing.
func TestSchoolWithErrors(t *testing.T) {
	row := regexp.MustCompile(`мбоу "теньгинская сош" нет данных нет данных нет данных нет данных`)
	for _, broken := range []bool{false, true} {
		_, list := districtPapers(t, onguday, func(m *profile.Municipality) {
			for i := range m.Sites {
				if broken && strings.HasSuffix(m.Sites[i].Path, "tenga.toml") {
					m.Sites[i].Problems.Add(diag.Place{}, "не читается")
				}
			}
		})
		for _, p := range list {
			if p.job.Document.ID == "mun_report" && row.MatchString(p.word) != broken {
				t.Errorf("broken %v: the row of no data is found: %v", broken, !broken)
			}
		}
	}
}

// A certificate is a framed page; to a screen reader the frame is no table.
func TestFramedPage(t *testing.T) {
	e := sharedEngine(t)
	s, problems := profile.LoadFS(samples.FS, samples.Demo)
	if problems.Failed() {
		t.Fatal(problems.Err())
	}
	set, err := e.Library.Plan(s, catalog.Selection{IDs: []string{"certificate"}})
	if err != nil {
		t.Fatal(err)
	}
	for _, job := range set.Jobs {
		p, err := e.Paper(job, Want{PDF: true, Layout: true})
		if err != nil {
			t.Fatal(err)
		}
		if first := p.Layout.Pages[0]; p.Pages != 1 || first.Width <= first.Height {
			t.Errorf("%s: got %d pages of %v × %v, want one lying sheet", job.Title(), p.Pages, first.Width, first.Height)
		}
		for _, el := range p.Layout.Elements {
			if el.Role == page.RoleTable {
				t.Errorf("%s: the frame is tagged as a table", job.Title())
			}
		}
	}
}

// A profile that gives next to nothing: room for the pen and no loose ends.
func TestBareReports(t *testing.T) {
	bare := func(s *profile.School) {
		s.School.Locality, s.School.Director, s.Curator = "", "", profile.Curator{}
		s.Docs, s.Calendar, s.Event, s.Site, s.Report, s.Monitoring = nil, profile.Calendar{}, profile.Event{}, profile.Site{}, profile.Report{}, profile.Monitoring{}
		s.Indicators, s.Mentors, s.Mentees, s.Partners = nil, nil, nil, nil
		s.Awards = []profile.Award{{Person: "m1", Kind: "грамота"}, {Person: "y1", Kind: "благодарность"}, {Person: "e1", Kind: "диплом"}}
		for i := range s.People {
			s.People[i].Position, s.People[i].Contract, s.People[i].Org, s.People[i].Experience, s.People[i].Category = "", profile.DateNumber{}, "", nil, ""
		}
		for i := range s.Pairs {
			p := &s.Pairs[i]
			p.RoleModel, p.Schedule, p.Goal, p.Request, p.Plan, p.Kinds, p.Metrics = "", "", "", "", nil, nil, nil
			p.Start, p.End, p.Ended, p.EndReason = profile.Date{}, profile.Date{}, profile.Date{}, ""
		}
		s.Changes = nil
	}
	for name, change := range map[string]func(*profile.School){
		"bare": bare,
		"no pairs": func(s *profile.School) {
			bare(s)
			s.Pairs, s.Awards = nil, nil
		},
		"a short report": func(s *profile.School) {
			bare(s)
			s.Report.Length = "short"
		},
		"an acting director": func(s *profile.School) { s.School.Acting = true },
	} {
		t.Run(name, func(t *testing.T) {
			list := papers(t, samples.Demo, false, change, reportPapers...)
			everyPaper(t, samples.Demo, list)
			for _, m := range list {
				if at := unfinished.FindString(m.word); at != "" {
					t.Errorf("%s %s: «%s»", m.job.Document.ID, m.job.Suffix, at)
				}
			}
		})
	}
}

// A document is told as left out only when none of its papers was made.
func TestAwardsNotSkipped(t *testing.T) {
	e := sharedEngine(t)
	s, problems := profile.LoadFS(samples.FS, samples.Demo)
	if problems.Failed() {
		t.Fatal(problems.Err())
	}
	s.Awards = []profile.Award{{Person: "e1", Kind: "диплом"}, {Person: "m1", Kind: "письмо"}} // each document's last award is of the other kind
	set, err := e.Library.Plan(s, catalog.Selection{IDs: []string{"thanks", "certificate"}})
	if err != nil {
		t.Fatal(err)
	}
	if len(set.Jobs) != 2 || len(set.Skipped) != 0 {
		t.Errorf("got %d papers and skipped %v, want 2 and none", len(set.Jobs), set.Skipped)
	}
}

// Warnings of one rule are told a few times and then counted.
func TestWarningsFold(t *testing.T) {
	var list diag.List
	for i := range 5 {
		list.Warn(diag.Place{}, "нет представителя %d", i).Code = "W30"
	}
	list.Warn(diag.Place{}, "без кода")
	list.Note(diag.Place{}, "заметка")
	want := []string{"W30: нет представителя 0", "W30: нет представителя 1", "W30: нет представителя 2", "без кода", "W30: и ещё 2 – все покажет nastavnik check"}
	if got := warnings(list); !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}
