package generate

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"nastavnik/internal/profile"
	"nastavnik/samples"
)

// The orders of the year, the programme, consents and agreements.
var yearPapers = []string{
	"minutes_extract", "order_group", "order_plan", "program", "order_change", "order_event", "order_awards", "order_results",
	"consent_mentor", "consent_mentee", "consent_parent", "pd_consent_minor", "pd_publish",
	"addendum", "notice_end", "agreement", "partner_agreement",
}

const (
	kyzylOzek = "000-maima/schools/kyzyl-ozek.toml"
	karasuk   = "000-maima/schools/karasuk.toml"
	inya      = "001-onguday/schools/inya.toml"
	sargat    = "002-sargat/school.toml"
	gymnasium = "003-gymnasium144/school.toml"
	zakharvan = "004-zakharvan/school.toml"
)

var yearFacts = []fact{
	// 000-21, 000-22: the region's and the district's orders are inherited; only acts of the time.
	{kyzylOzek, "order_group", "", []string{"приказа Министерства образования и науки Республики Алтай от 30.06.2020 № 557", "№ 254", "Р-145", "МР-42/02"},
		[]string{"АЗ-1128/08", "351.8", "1264-р", "№ 309"}},
	{kyzylOzek, "order_plan", "", []string{"№ 557", "№ 254", "Р-145", "МР-42/02", "273-ФЗ"}, []string{"АЗ-1128/08", "351.8", "1264-р"}},
	{kyzylOzek, "program", "", []string{"№ 557", "№ 254", "Форма «учитель – учитель»", "Форма «ученик – ученик»", "Форма «работодатель – ученик»"},
		[]string{"АЗ-1128/08", "351.8", "1264-р", "Указ Президента"}},
	{kyzylOzek, "agreement", "5", []string{"Список наставляемых – обучающихся 5 класса"}, nil},
	{kyzylOzek, "pd_publish", "", []string{"статьёй 9 Федерального закона"}, []string{"статьёй 10.1"}},
	// 000-24: the student is a mentee, without art. 351.8.
	{karasuk, "agreement", "Рифмин", []string{"форме «работодатель – студент»", "наставляемая – студентка"}, []string{"351.8"}},

	// 001-30, 001-32
	{inya, "order_plan", "", []string{"Об утверждении плана реализации целевой модели наставничества и программы наставничества на 2020-2021 учебный год"}, nil},
	{inya, "program", "", []string{"наставник-консультант, наставник-предметник", "закрепился на месте работы"}, []string{"учителю"}},

	// 002-22: no locality, a line for the pen.
	{sargat, "order_plan", "", []string{"МБОУ «Саргатская ОШ»", "2021-2022 учебный год"}, []string{"351.8", "1264-р"}},
	{sargat, "agreement", "2 класс", []string{"Наставляемые – обучающиеся 2 класса", "Список наставляемых – обучающихся 2 класса"}, nil},

	// 003-20, 003-21: «гимназия» declines, and so do its people.
	{gymnasium, "order_plan", "", []string{"приказа МАОУ гимназии № 144"}, []string{"приказа МАОУ гимназия"}},
	{gymnasium, "consent_parent", "Ластиков", []string{"Директору МАОУ гимназии № 144", "Пробному Льву Ильичу", "отец обучающегося", "в МАОУ гимназии № 144"}, nil},
	{gymnasium, "order_event", "", []string{"Куратору Звонковой-Мелковой А. С."}, nil},

	// 004-13, 004-21: the acting director; gates of 2023.
	{zakharvan, "order_plan", "", []string{"Исполняющий обязанности директора", "АЗ-1128/08", "Р-145"}, []string{"351.8", "1264-р", "Указ"}},
	{zakharvan, "program", "", []string{"форма: учитель – учитель", "АЗ-1128/08", "№ 657"}, []string{"351.8", "1264-р", "2021-2022"}},
	{zakharvan, "consent_mentor", "", []string{"Исполняющему обязанности директора"}, []string{"351.8", "выплат"}},

	// D-01
	{samples.Demo, "order_plan", "", []string{"273-ФЗ", "1264-р", "Р-145", "3273-р", "АЗ-1128/08"}, []string{"№ 204", "№ 474", "№ 401", "НП «Образование»", "70 %"}},
	{samples.Demo, "program", "", []string{"351.8", "1264-р", "День наставника (2 марта)", "Безопасность и участие несовершеннолетних", "Участие организаций-партнёров"},
		[]string{"№ 204", "№ 474", "№ 401", "НП «Образование»", "70 %"}},
	// D-02
	{samples.Demo, "addendum", "Указкин", []string{"ДОПОЛНИТЕЛЬНОЕ СОГЛАШЕНИЕ № 1", "к трудовому договору от 25.08.2009 № 12", "07.09.2026",
		"в отношении учителя математики Параграфовой Алины Игоревны", "с 14.09.2026 по 31.05.2027", "индивидуально, очно", "10 % оклада",
		"не менее чем за три рабочих дня", "в лице директора Учебной Нины Саввичны, действующей на основании Устава"}, []string{"Дополненко"}},
	// D-04
	{samples.Demo, "consent_mentor", "Указкин", []string{"в отношении Параграфовой Алины Игоревны", "статьёй 351.8", "согласен по поручению работодателя", "10 % оклада",
		"Директору МБОУ «Образцовская СОШ» Учебной Нине Саввичне от учителя математики Указкина Аржана Эркеменовича"}, nil},
	{samples.Demo, "consent_mentor", "Глобус", []string{"согласна по поручению работодателя", "от учителя географии Глобус Марии Петровны"}, nil},
	{samples.Demo, "consent_mentor", "Звонкова", []string{"добровольно согласна", "Мелкову Тимуру Олеговичу"}, []string{"351.8", "выплат"}},
	{samples.Demo, "consent_mentor", "Черных", []string{"безвозмездно согласен", "ООО «Примерное хозяйство»"}, []string{"351.8"}},
	{samples.Demo, "consent_mentee", "Параграфова", []string{"согласна участвовать", "Указкин Аржан Эркеменович"}, nil},
	{samples.Demo, "consent_parent", "Звонкова", []string{"Звонкова Ольга Павловна, мать обучающейся 9 «А» класса Звонковой Полины Романовны", "статьёй 64 Семейного кодекса", "+7 (900) 000-00-01", "участвую в программе добровольно"}, nil},
	{samples.Demo, "consent_parent", "Мелков", []string{"отец обучающегося 5 «А» класса Мелкова Тимура Олеговича"}, []string{"участвую в программе добровольно"}},
	{samples.Demo, "consent_parent", "Переменкин", []string{"опекун обучающегося 10 класса", "«Об опеке и попечительстве»"}, []string{"Семейного кодекса"}},
	// D-05
	{samples.Demo, "pd_consent_minor", "Звонкова", []string{"Звонковой Полины Романовны, дата рождения 05.03.2011", "ИНН 9901234561", "ОГРН 1029900001449", "Отзыв согласия", "моих персональных данных согласна"}, nil},
	{samples.Demo, "pd_publish", "Указкин", []string{"статьёй 10.1", "ИНН 9901234561", "ОГРН 1029900001449", "https://school.example.org", "Разрешаю", "Срок действия согласия"}, []string{"ребёнка"}},
	{samples.Demo, "pd_publish", "Мелков", []string{"Мелков Олег Ильич", "как законный представитель Мелкова Тимура Олеговича"}, []string{"моих персональных данных согласен"}},
	// D-06
	{samples.Demo, "order_change", "", []string{"13.11.2026", "№ 118-ОД", "О внесении изменений в приказ от 11.09.2026 № 95-ОД",
		"Прекратить с 16.11.2026 осуществление наставничества учителем физики Дополненко Игорем Львовичем в отношении Абзацева Степана Викторовича",
		"за Абзацевым Степаном Викторовичем наставника – учителя географии Глобус Марию Петровну", "от 10.11.2026 об отказе"}, nil},
	{samples.Demo, "notice_end", "", []string{"ЗАЯВЛЕНИЕ", "не ранее 13.11.2026", "(дополнительное соглашение от 07.09.2026 № 2 к трудовому договору от 26.08.2013 № 31)"}, []string{"УВЕДОМЛЕНИЕ"}},
	{samples.Demo, "agreement", "Мелков", []string{"Наставник обещает", "Мелков Олег Ильич", "Звонкова Ольга Павловна"}, []string{"трудовым"}},
	{samples.Demo, "agreement", "Параграфова", []string{"не является трудовым", "ролевая модель «опытный педагог – молодой специалист»"}, nil},
	{samples.Demo, "partner_agreement", "", []string{"СОГЛАШЕНИЕ № 3", "10.09.2026", "в лице директора Шаблонова Виктора Ильича, действующего на основании Устава", "Черных Павел Лукич"}, nil},
	{samples.Demo, "order_event", "", []string{"14.05.2027 в 14:00", "«Фестиваль наставников»", "актовый зал", "Журналова Т. С."}, nil},
	{samples.Demo, "order_results", "", []string{"Признать программу наставничества на 2026-2027 учебный год выполненной", "Глобус Мария Петровна"}, nil},
	{samples.Demo, "minutes_extract", "", []string{"ВЫПИСКА ИЗ ПРОТОКОЛА", "28.08.2026", "Выписка верна", "М. П."}, nil},
}

func TestYearPapers(t *testing.T) {
	bySample := map[string][]made{}
	for _, f := range yearFacts {
		if bySample[f.sample] == nil {
			bySample[f.sample] = papers(t, f.sample, false, nil, yearPapers...)
		}
		f.check(t, bySample[f.sample])
	}
	for sample, list := range bySample {
		everyPaper(t, sample, list)
	}
}

// leftovers are what no paper may hold (acceptance G1, G2).
var leftovers = regexp.MustCompile(`<no value>|<nil>|\bnil\b|\b0001\b|%!|\{\{|\}\}|№ ?[,.;]|от +г\.|\(\)|\.\.(?:[^.]|$)|,,| ,|\x{fffd}|\*\*`)

// everyPaper holds for all papers of all samples: nothing is left over, the
// school is the profile's, the heading stands (G1–G4, D-11).
func everyPaper(t *testing.T, sample string, list []made) {
	t.Helper()
	for _, m := range list {
		id := m.job.Document.ID
		anonymous := strings.HasPrefix(id, "survey_") // sheets without a head
		if broken := brokenWords(m); len(broken) > 0 {
			t.Errorf("%s: %s %s: a narrow cell broke %v", sample, id, m.job.Suffix, broken)
		}
		if m.job.Document.Kind == "приказ" {
			if points := pointsOf(m.pdf); !consecutive(points) {
				t.Errorf("%s: %s %s: points are numbered %v", sample, id, m.job.Suffix, points)
			}
		}
		for file, text := range map[string]string{"docx": m.word, "pdf": m.pdf} {
			if found := leftovers.FindString(text); found != "" {
				t.Errorf("%s: %s %s (%s): left over %q", sample, id, m.job.Suffix, file, found)
			}
			if name := folded(m.job.View.School.NameShort.Nom); !anonymous && !strings.Contains(text, name) && !strings.Contains(text, folded(m.job.View.School.NameShort.Gen)) &&
				!strings.Contains(text, folded(m.job.View.School.NameFull.Nom)) {
				t.Errorf("%s: %s %s (%s): the school is not named", sample, id, m.job.Suffix, file)
			}
			year := m.job.View.Year
			for _, y := range schoolYears.FindAllStringSubmatch(text, -1) {
				if y[1] != year.First || y[2] != year.Second {
					t.Errorf("%s: %s %s (%s): another school year %s", sample, id, m.job.Suffix, file, y[0])
				}
			}
			// A number may stand between the words of a heading: «СОГЛАШЕНИЕ № 3 о …».
			for _, word := range strings.Fields(folded(m.job.View.Doc.Heading)) {
				if !anonymous && !strings.Contains(text, strings.Trim(word, "(),")) {
					t.Errorf("%s: %s %s (%s): no heading «%s»", sample, id, m.job.Suffix, file, m.job.View.Doc.Heading)
				}
			}
		}
	}
}

// pointsOf are the numbers of an order's points as the PDF prints them.
func pointsOf(text string) []int {
	_, text, _ = strings.Cut(text, "приказываю:")
	if end := strings.Index(text, "контроль за исполнением"); end >= 0 {
		text = text[:end]
	}
	var points []int
	for _, m := range pointNumber.FindAllStringSubmatch(text, -1) {
		n, _ := strconv.Atoi(m[1])
		points = append(points, n)
	}
	return points
}

var pointNumber = regexp.MustCompile(` (\d{1,2})\. ?[а-яё]`)

func consecutive(numbers []int) bool {
	for i, n := range numbers {
		if n != i+1 {
			return false
		}
	}
	return len(numbers) > 1
}

// brokenWords are long words of the Word file that the PDF does not have: the
// cell they stand in is too narrow and broke them.
func brokenWords(m made) []string {
	var broken []string
	for _, w := range longWords.FindAllString(m.word, -1) {
		if !strings.Contains(m.pdf, w) {
			broken = append(broken, w)
		}
	}
	return broken
}

var longWords = regexp.MustCompile(`[а-яё]{5,}`)

var schoolYears = regexp.MustCompile(`\b(20\d\d)-(20\d\d) учебн`)

// 000-24, D-03: an addendum is for employees who help employees.
func TestAddendaOnlyOfEmployees(t *testing.T) {
	for sample, want := range map[string][]string{
		karasuk:      nil,
		samples.Demo: {"Указкин", "Глобус", "Дополненко"},
	} {
		var got []string
		for _, m := range papers(t, sample, false, nil, "addendum") {
			got = append(got, strings.Fields(m.job.Suffix)[0])
		}
		if !slices.Equal(got, want) {
			t.Errorf("%s: got addenda of %v, want %v", sample, got, want)
		}
	}
}

// 000-26: parents consent for children that are named, not for a class.
func TestParentsOfNamedChildren(t *testing.T) {
	if got := len(papers(t, kyzylOzek, false, nil, "consent_parent")); got != 5 {
		t.Errorf("got %d consents, want 5", got)
	}
}

// 001-30: the preset makes every paper that the source names.
func TestTypicalSet(t *testing.T) {
	var got []string
	for _, m := range papers(t, inya, false, nil, "typical") {
		got = append(got, m.job.Document.ID)
	}
	for _, id := range []string{"minutes", "order_plan", "regulation", "order_curator", "order_pairs", "order_event", "order_launch", "program"} {
		if !slices.Contains(got, id) {
			t.Errorf("no %s in the typical set", id)
		}
	}
}

// D-09: what goes on the site names no child, and of the grown-ups only
// officials and those who agreed.
func TestPublicPapers(t *testing.T) {
	list := papers(t, samples.Demo, true, nil, yearPapers...)
	var ids []string
	for _, m := range list {
		ids = append(ids, m.job.Document.ID)
		for _, name := range []string{"Звонков", "Мелков", "Переменкин", "Глобус", "Дополненко", "Абзацев", "Параграфов", "Доска", "ознакомлен"} {
			if strings.Contains(m.word, folded(name)) || strings.Contains(m.pdf, folded(name)) {
				t.Errorf("%s names «%s»", m.job.Document.ID, name)
			}
		}
	}
	for _, id := range []string{"minutes_extract", "order_group", "order_plan", "program", "order_event", "order_results"} {
		if !slices.Contains(ids, id) {
			t.Errorf("no public copy of %s", id)
		}
	}
	if slices.Contains(ids, "order_change") || slices.Contains(ids, "agreement") {
		t.Errorf("personal papers among the public ones: %v", ids)
	}
}

// Variants that no sample has: the employer's notice, the end of a pair, an
// addition, awards.
func TestVariants(t *testing.T) {
	change := func(edit func(c *profile.Change)) func(*profile.School) {
		return func(s *profile.School) { edit(&s.Changes[0]) }
	}
	for _, test := range []struct {
		name   string
		change func(*profile.School)
		fact   fact
	}{
		{"the employer cancels", change(func(c *profile.Change) { c.Reason = "cancelled" }),
			fact{samples.Demo, "notice_end", "", []string{"УВЕДОМЛЕНИЕ", "Уважаемый Игорь Львович!", "Уведомление получил"}, []string{"ЗАЯВЛЕНИЕ"}}},
		{"a pair ends", change(func(c *profile.Change) { c.Mode, c.Reason = "end", "goal_reached" }),
			fact{samples.Demo, "order_change", "", []string{"О прекращении работы наставнической пары", "в связи с достижением цели работы пары", "Исключить указанную пару"}, []string{"Новая редакция"}}},
		{"a mentor is added", change(func(c *profile.Change) { c.Mode, c.Reason = "add", "" }),
			fact{samples.Demo, "order_change", "", []string{"О дополнении приказа", "Строка, дополняющая приложение", "Глобус Марию Петровну"}, []string{"Прекратить"}}},
		{"awards of an employee, a pupil and a partner", func(s *profile.School) {
			s.Awards = []profile.Award{
				{Person: "m1", Kind: "благодарность", For: "работу с молодым учителем"}, {Person: "e1", Kind: "грамота", For: "помощь младшим"}, {Org: "farm", Kind: "письмо"}}
		}, fact{samples.Demo, "order_awards", "", []string{"статьёй 191", "раздел «Работники»", "раздел «Обучающиеся»", "раздел «Партнёры»", "благодарственное письмо", "Звонкова Полина Романовна"}, nil}},
		{"an acting director signs", func(s *profile.School) { s.School.Acting = true },
			fact{samples.Demo, "addendum", "Указкин", []string{"в лице исполняющего обязанности директора Учебной Нины Саввичны, действующей на основании приказа _"}, []string{"на основании Устава"}}},
		{"two mentors of one", func(s *profile.School) { s.Pairs[0].Mentors = []string{"m1", "m3"} },
			fact{samples.Demo, "agreement", "Параграфова", []string{"между наставниками и наставляемым", "Наставники обязуются", "Наставляемая обязуется"}, []string{"наставляемые"}}},
	} {
		t.Run(test.name, func(t *testing.T) {
			list := papers(t, samples.Demo, false, test.change, test.fact.doc)
			test.fact.check(t, list)
			everyPaper(t, samples.Demo, list)
		})
	}
}

// A profile of the barest kind gives the same papers with room for the pen:
// nothing is left over, and no sentence loses its end.
func TestBareProfile(t *testing.T) {
	bare := func(s *profile.School) {
		s.School.Locality, s.School.Address, s.School.Phone, s.School.INN, s.School.OGRN, s.School.Site = "", "", "", "", "", ""
		s.School.PupilsTotal, s.School.TeachersTotal = nil, nil
		s.School.Director = ""
		s.Founder = profile.Founder{}
		s.Curator = profile.Curator{}
		s.Minutes = profile.Minutes{}
		s.Docs = nil
		s.Payment = profile.Payment{}
		s.Event = profile.Event{}
		s.Site = profile.Site{}
		s.Indicators = nil
		s.Mentors = nil
		s.Awards = []profile.Award{{Person: "m1", Kind: "грамота"}}
		for i := range s.People {
			s.People[i].Representative, s.People[i].Contract, s.People[i].Position = nil, profile.DateNumber{}, ""
		}
		for i := range s.Pairs {
			p := &s.Pairs[i]
			p.RoleModel, p.Schedule, p.Goal, p.Request, p.Plan = "", "", "", "", nil
			p.Start, p.End = profile.Date{}, profile.Date{}
		}
		for i := range s.Partners {
			s.Partners[i].Head, s.Partners[i].HeadPosition, s.Partners[i].Basis = "", "", ""
		}
		for i := range s.Changes {
			s.Changes[i].Date, s.Changes[i].NoticeDate, s.Changes[i].Order = profile.Date{}, profile.Date{}, profile.DateNumber{}
		}
	}
	list := papers(t, samples.Demo, false, bare, yearPapers...)
	if len(list) < 30 {
		t.Errorf("got %d papers, want at least 30", len(list))
	}
	everyPaper(t, samples.Demo, list)
	for _, m := range list {
		if at := unfinished.FindString(m.word); at != "" {
			t.Errorf("%s %s: «%s»", m.job.Document.ID, m.job.Suffix, at)
		}
	}
}

// unfinished are marks that stand where a value is missing.
var unfinished = regexp.MustCompile(`.{20}(?: [,;:)]|[(,] ?[.,;)]|: ?[.;]|-[.,;]|, \.| {2}).{0,20}`)

// What holds for every paper holds for the whole set of a school.
func TestWholeSets(t *testing.T) {
	for _, sample := range []string{samples.Demo, sargat, gymnasium, zakharvan} {
		everyPaper(t, sample, papers(t, sample, false, nil, "all"))
	}
}
