package roster

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"nastavnik/internal/profile"
	"nastavnik/internal/russian"
)

// formRu names a form in tables.
func formRu(id string, s *profile.School) string {
	if s != nil {
		if f := s.Form(id); f != nil && f.Title != "" {
			return f.Title
		}
	}
	switch id {
	case "pupil_pupil":
		return "ученик – ученик"
	case "teacher_teacher":
		return "учитель – учитель"
	case "student_pupil":
		return "студент – ученик"
	case "employer_pupil":
		return "работодатель – ученик"
	case "employer_student":
		return "работодатель – студент"
	case "ped_ped":
		return "педагог – педагог"
	case "head_ped":
		return "руководитель – педагог"
	case "employer_pedstudent":
		return "работодатель – студент педагогического вуза (колледжа)"
	case "prof_young":
		return "педагог вуза (колледжа) – молодой педагог"
	case "partner_ped":
		return "социальный партнёр – педагог"
	}
	return id
}

func kindRu(kind string) string {
	switch kind {
	case "staff":
		return "работник"
	case "pupil":
		return "обучающийся"
	case "student":
		return "студент"
	case "external":
		return "партнёр"
	case "graduate":
		return "выпускник"
	case "parent":
		return "родитель"
	}
	return kind
}

func statusRu(p *profile.Pair) string {
	switch p.Status {
	case "paused":
		return "приостановлена"
	case "ended":
		return "прекращена"
	case "replaced":
		return "заменена"
	}
	return "действует"
}

func fullName(p *profile.Person) string {
	return strings.Join(strings.Fields(p.Last+" "+p.First+" "+p.Middle), " ")
}

func sexRu(s string) string { return map[string]string{"m": "м", "f": "ж"}[s] }

func number(n *int) any {
	if n == nil {
		return nil
	}
	return *n
}

func orgName(s *profile.School, id string) string {
	if p := s.Partner(id); p != nil {
		return p.Name
	}
	return ""
}

// peopleColumns are the columns of a list of people, in the words that the
// import knows.
func peopleColumns() []tableColumn {
	return []tableColumn{
		{header: "№", width: 5},
		{header: "ФИО", width: 34, note: "Фамилия, имя, отчество полностью. Падежи программа построит сама."},
		{header: "Кто это", width: 14, note: "Работник школы, обучающийся, студент или человек из другой организации.", list: []string{"работник", "обучающийся", "студент", "партнёр", "выпускник", "родитель"}},
		{header: "Должность", width: 30, note: "Для работников и партнёров, с маленькой буквы: учитель математики."},
		{header: "Класс", width: 8, note: "Для обучающихся: 7А. Столбец текстовый, чтобы Excel не превратил 9.10 в дату.", text: true},
		{header: "Дата рождения", width: 14, note: "Для обучающихся: от неё зависит, чья нужна подпись.", date: true},
		{header: "Пол", width: 6, note: "Нужен, только если отчества нет: м или ж.", list: []string{"м", "ж"}},
		{header: "Категория", width: 16, list: []string{"первая", "высшая", "соответствие", "педагог-наставник", "педагог-методист", "нет"}},
		{header: "Стаж", width: 7, note: "Число лет."},
		{header: "Номер договора", width: 12, note: "Трудовой договор – для дополнительного соглашения наставника.", text: true},
		{header: "Дата договора", width: 13, date: true},
		{header: "Организация", width: 34, note: "Для партнёров и студентов: где работает или учится."},
		{header: "Законный представитель", width: 34, note: "Для несовершеннолетних: фамилия, имя, отчество."},
		{header: "Кем приходится", width: 14, list: []string{"мать", "отец", "опекун", "попечитель", "представитель организации"}},
		{header: "Телефон", width: 20, text: true},
		{header: "Почта", width: 24},
	}
}

func peopleRow(s *profile.School, n int, p *profile.Person) []any {
	representative, relation := "", ""
	if r := p.Representative; r != nil {
		representative = strings.Join(strings.Fields(r.Last+" "+r.First+" "+r.Middle), " ")
		relation = r.Relation
	}
	return []any{n, fullName(p), kindRu(p.Kind), p.Position, p.Class, p.Birth, sexRu(p.Sex), p.Category, number(p.Experience),
		p.Contract.Number, p.Contract.Date, orgName(s, p.Org), representative, relation, p.Phone, p.Email}
}

func pairColumns() []tableColumn {
	return []tableColumn{
		{header: "№", width: 5},
		{header: "Наставник", width: 34, note: "Фамилия, имя, отчество, как на листе «Люди». Нескольких пишут с новой строки (Alt+Enter)."},
		{header: "Наставляемый", width: 34, note: "Фамилия, имя, отчество. Нескольких пишут с новой строки. Вместо имён можно назвать класс в следующем столбце."},
		{header: "Класс наставляемых", width: 12, note: "Если наставляемые – целый класс или группа: 5А.", text: true},
		{header: "Форма", width: 26, list: []string{"педагог – педагог", "учитель – учитель", "ученик – ученик", "студент – ученик", "работодатель – ученик", "работодатель – студент", "руководитель – педагог", "партнёр – педагог"}},
		{header: "Направление", width: 24},
		{header: "Начало", width: 12, date: true},
		{header: "Окончание", width: 12, date: true},
		{header: "График встреч", width: 18, list: []string{"раз в неделю", "раз в две недели", "раз в месяц"}},
		{header: "Запрос", width: 34, note: "С чем нужна помощь."},
		{header: "Цель", width: 34},
	}
}

func scheduleRu(s string) string {
	switch s {
	case "weekly":
		return "раз в неделю"
	case "biweekly":
		return "раз в две недели"
	case "monthly":
		return "раз в месяц"
	}
	return s
}

func namesOf(s *profile.School, ids []string) string {
	var names []string
	for _, id := range ids {
		if p := s.Person(id); p != nil {
			names = append(names, fullName(p))
		}
	}
	return strings.Join(names, "\n")
}

func classOf(s *profile.School, p *profile.Pair) string {
	if len(p.Mentees) == 0 {
		return p.MenteeClass
	}
	return ""
}

// Registry writes a school's registry: people, mentors, mentees and pairs.
// The sheets «Люди» and «Пары» can be imported again.
func Registry(s *profile.School) ([]byte, error) {
	name := s.School.NameShort
	people := table{name: PeopleSheet, columns: peopleColumns()}
	for i := range s.People {
		people.rows = append(people.rows, peopleRow(s, i+1, &s.People[i]))
	}
	pairs := table{name: PairsSheet, columns: append(pairColumns(), tableColumn{header: "Состояние", width: 14}, tableColumn{header: "Приказ", width: 20})}
	for i := range s.Pairs {
		p := &s.Pairs[i]
		pairs.rows = append(pairs.rows, []any{i + 1, namesOf(s, p.Mentors), namesOf(s, p.Mentees), classOf(s, p), formRu(p.Form, s),
			p.Direction, p.Start, p.End, scheduleRu(p.Schedule), p.Request, p.Goal, statusRu(p), orderOf(s, p)})
	}
	mentors := table{name: "Наставники", title: "База наставников: " + name, columns: []tableColumn{{header: "№", width: 5}, {header: "ФИО", width: 34}, {header: "Кто это", width: 14},
		{header: "Должность, класс", width: 30}, {header: "Категория", width: 14}, {header: "Стаж", width: 7}, {header: "Число наставляемых", width: 16},
		{header: "Компетенции", width: 34}, {header: "Достижения", width: 34}, {header: "Дата согласия", width: 13}, {header: "Номер соглашения", width: 13}, {header: "Дата соглашения", width: 13}}}
	mentees := table{name: "Наставляемые", title: "База наставляемых: " + name, columns: []tableColumn{{header: "№", width: 5}, {header: "ФИО", width: 34}, {header: "Кто это", width: 14},
		{header: "Должность, класс", width: 30}, {header: "Наставники", width: 34}, {header: "Категория", width: 22}, {header: "Запрос", width: 34}, {header: "Результат", width: 34}, {header: "Дата согласия", width: 13}}}
	for i := range s.People {
		p := &s.People[i]
		own, of := map[string]bool{}, []string{}
		mentor, mentee := false, false
		for k := range s.Pairs {
			pair := &s.Pairs[k]
			if slices.Contains(pair.Mentors, p.ID) {
				mentor = true
				if pair.Active() {
					for _, id := range pair.Mentees {
						own[id] = true
					}
				}
			}
			if slices.Contains(pair.Mentees, p.ID) {
				mentee = true
				for _, id := range pair.Mentors {
					if pair.Active() && !slices.Contains(of, id) {
						of = append(of, id)
					}
				}
			}
		}
		post := p.Position
		if p.Kind == "pupil" {
			post = p.Class
		}
		if m := s.Mentor(p.ID); mentor || m != nil {
			if m == nil {
				m = &profile.Mentor{}
			}
			mentors.rows = append(mentors.rows, []any{len(mentors.rows) + 1, fullName(p), kindRu(p.Kind), post, p.Category, number(p.Experience), len(own),
				strings.Join(m.Competences, "; "), strings.Join(m.Achievements, "; "), m.Consent.Date, m.Addendum.Number, m.Addendum.Date})
		}
		if m := s.Mentee(p.ID); mentee || m != nil {
			if m == nil {
				m = &profile.Mentee{}
			}
			request := m.Request
			for k := range s.Pairs {
				if request == "" && slices.Contains(s.Pairs[k].Mentees, p.ID) {
					request = s.Pairs[k].Request
				}
			}
			mentees.rows = append(mentees.rows, []any{len(mentees.rows) + 1, fullName(p), kindRu(p.Kind), post, namesOf(s, of), m.Category, request, m.Result, m.Consent.Date})
		}
	}
	return workbookOf(mentors, mentees, pairs, people)
}

// orderOf names the order that brought a pair in.
func orderOf(s *profile.School, p *profile.Pair) string {
	order := profile.DateNumber{Date: s.Docs["order_pairs"].Date, Number: s.Docs["order_pairs"].Number}
	for _, h := range s.Changes {
		if old := s.Pair(h.Pair); h.Mode == "add" && h.Pair == p.ID || old != nil && old.ReplacedBy == p.ID {
			order = h.Order
		}
	}
	var words []string
	if !order.Date.IsZero() {
		words = append(words, "от "+order.Date.Short())
	}
	if order.Number != "" {
		words = append(words, "№ "+order.Number)
	}
	return strings.Join(words, " ")
}

// side writes a side of a pair for a district's list: adults by name, pupils
// by count.
func side(s *profile.School, ids []string) string {
	var words []string
	pupils := 0
	for _, id := range ids {
		switch p := s.Person(id); {
		case p == nil:
		case p.Kind == "pupil":
			pupils++
		default:
			words = append(words, fullName(p))
		}
	}
	if pupils > 0 {
		words = append(words, russian.Count(pupils, "обучающийся", "обучающихся", "обучающихся"))
	}
	return strings.Join(words, "\n")
}

// menteesCount is how many mentees a pair has; ok is false when the profile
// does not say.
func menteesCount(p *profile.Pair) (int, bool) {
	switch {
	case len(p.Mentees) > 0:
		return len(p.Mentees), true
	case p.MenteesCount != nil:
		return *p.MenteesCount, true
	}
	return 0, false
}

// monitored are the papers that a district looks for at its schools.
var monitored = [...]struct{ id, header string }{
	{"order_launch", "Приказ о внедрении"}, {"order_regulation", "Приказ о Положении"}, {"order_plan", "Приказ о дорожной карте"},
	{"order_curator", "Приказ о кураторе"}, {"order_pairs", "Приказ о парах"},
}

// DistrictRegistry writes a district's consolidated registry, its totals by
// school and form, and the monitoring of papers and sites. A school that
// could not be read is named with «нет данных».
func DistrictRegistry(m *profile.Municipality) ([]byte, error) {
	registry := table{name: "Реестр", title: "Сводный реестр наставнических пар: " + m.Municipality.NameShort, columns: []tableColumn{{header: "№", width: 5}, {header: "Школа", width: 30},
		{header: "Наставник", width: 34}, {header: "Наставляемый", width: 34}, {header: "Число наставляемых", width: 16}, {header: "Форма", width: 26},
		{header: "Начало", width: 12}, {header: "Окончание", width: 12}, {header: "Состояние", width: 14}, {header: "Приказ", width: 22}}}
	totals := table{name: "Сводка", title: "Наставничество в школах: " + m.Municipality.NameShort, columns: []tableColumn{{header: "№", width: 5}, {header: "Школа", width: 34}, {header: "Формы", width: 34},
		{header: "Пар и групп", width: 12}, {header: "Наставников", width: 15}, {header: "Наставляемых", width: 17}, {header: "Директор", width: 30}, {header: "Куратор", width: 30}}}
	watch := table{name: "Мониторинг", title: "Мониторинг документов и сайтов: " + m.Municipality.NameShort, columns: []tableColumn{{header: "№", width: 5}, {header: "Школа", width: 34}}}
	for _, d := range monitored {
		watch.columns = append(watch.columns, tableColumn{header: d.header, width: 18})
	}
	watch.columns = append(watch.columns, tableColumn{header: "Раздел на сайте", width: 36}, tableColumn{header: "Проверен", width: 12},
		tableColumn{header: "Документов на сайте", width: 12}, tableColumn{header: "Примечание", width: 30})

	if len(m.Sites) == 0 {
		return nil, errors.New("в районе нет ни одной школы")
	}
	for n, site := range m.Sites {
		s := site.School
		if s == nil || site.Problems.Failed() {
			totals.rows = append(totals.rows, []any{n + 1, site.Path, "нет данных", nil, nil, nil, nil, nil})
			row := make([]any, len(watch.columns))
			row[0], row[1], row[len(row)-1] = n+1, site.Path, "нет данных: профиль школы не читается"
			watch.rows = append(watch.rows, row)
			continue
		}
		for i := range s.Pairs {
			p := &s.Pairs[i]
			mentees := side(s, p.Mentees)
			if mentees == "" && p.MenteeClass != "" {
				mentees = p.MenteeClass + " класс"
			}
			var count any
			if k, ok := menteesCount(p); ok {
				count = k
			}
			registry.rows = append(registry.rows, []any{len(registry.rows) + 1, s.School.NameShort, side(s, p.Mentors), mentees, count, formRu(p.Form, s),
				p.Start, p.End, statusRu(p), orderOf(s, p)})
		}
		totals.rows = append(totals.rows, totalsRow(n+1, s))
		watch.rows = append(watch.rows, watchRow(n+1, m, s))
	}
	totals.rows = append(totals.rows, sumOf(totals.rows, 3, 6))
	return workbookOf(totals, registry, watch)
}

// sumOf is the row «Итого»: the sums of what is known in columns from up to to.
func sumOf(rows [][]any, from, to int) []any {
	sum := make([]any, len(rows[0]))
	sum[1] = "Итого"
	for i := from; i < to; i++ {
		total := 0
		for _, row := range rows {
			if n, known := row[i].(int); known {
				total += n
			}
		}
		sum[i] = total
	}
	return sum
}

func totalsRow(n int, s *profile.School) []any {
	t := Count(s)
	var forms []string
	for _, f := range s.Forms {
		forms = append(forms, formRu(f.ID, s))
	}
	known := func(n int, ok bool) any {
		if !ok {
			return "нет данных"
		}
		return n
	}
	name := func(id string) string {
		if p := s.Person(id); p != nil {
			return fullName(p)
		}
		return ""
	}
	return []any{n, s.School.NameShort, strings.Join(forms, "\n"), known(t.Pairs, t.PairsKnown), known(t.Mentors, t.MentorsKnown),
		known(t.Mentees, t.MenteesKnown), name(s.School.Director), name(s.Curator.Person)}
}

// Totals are a school's counts; what the profile does not tell is not known.
type Totals struct {
	Pairs, Mentors, Mentees                int
	PairsKnown, MentorsKnown, MenteesKnown bool
}

// Count counts a school's pairs and people over all its forms: those of the
// listed pairs, or the totals that a form states when it lists none. Pairs
// that were replaced do not count twice.
func Count(s *profile.School) Totals {
	t := Totals{PairsKnown: len(s.Forms) > 0, MentorsKnown: len(s.Forms) > 0, MenteesKnown: len(s.Forms) > 0}
	mentors, mentees := map[string]bool{}, map[string]bool{}
	for _, f := range s.Forms {
		listed := 0
		for i := range s.Pairs {
			p := &s.Pairs[i]
			if p.Form != f.ID || p.Status == "replaced" {
				continue
			}
			listed++
			for _, id := range p.Mentors {
				mentors[id] = true
			}
			for _, id := range p.Mentees {
				mentees[id] = true
			}
			if len(p.Mentees) == 0 {
				n, ok := menteesCount(p)
				t.Mentees += n
				t.MenteesKnown = t.MenteesKnown && ok
			}
		}
		t.Pairs += listed
		if listed > 0 {
			continue
		}
		stated := func(n *int, sum *int, known *bool) {
			if n == nil {
				*known = false
				return
			}
			*sum += *n
		}
		stated(f.PairsCount, &t.Pairs, &t.PairsKnown)
		stated(f.MentorsCount, &t.Mentors, &t.MentorsKnown)
		stated(f.MenteesCount, &t.Mentees, &t.MenteesKnown)
	}
	t.Mentors += len(mentors)
	t.Mentees += len(mentees)
	return t
}

func watchRow(n int, m *profile.Municipality, s *profile.School) []any {
	row := []any{n, s.School.NameShort}
	for _, d := range monitored {
		doc := s.Docs[d.id]
		var words []string
		if !doc.Date.IsZero() {
			words = append(words, doc.Date.Short())
		}
		if doc.Number != "" {
			words = append(words, "№ "+doc.Number)
		}
		row = append(row, strings.Join(words, " "))
	}
	url, note := s.Site.SectionURL, ""
	var checked profile.Date
	published := any(nil)
	if len(s.Site.Published) > 0 {
		published = len(s.Site.Published)
	}
	for _, c := range m.SiteChecks {
		if c.School != s.School.ID {
			continue
		}
		count := 0
		for _, there := range c.Docs {
			if there {
				count++
			}
		}
		checked, note, published = c.Date, c.Note, fmt.Sprintf("%d из %d", count, len(c.Docs))
		if c.URL != "" {
			url = c.URL
		}
	}
	return append(row, url, checked, published, note)
}

// Sample is the list that «nastavnik init --excel» writes: columns with
// notes, drop-downs, and a few invented people to show how it is filled in.
func Sample() ([]byte, error) {
	s := sampleSchool()
	people := table{name: PeopleSheet, columns: peopleColumns()}
	for i := range s.People {
		people.rows = append(people.rows, peopleRow(s, i+1, &s.People[i]))
	}
	pairs := table{name: PairsSheet, columns: pairColumns()}
	for i := range s.Pairs {
		p := &s.Pairs[i]
		pairs.rows = append(pairs.rows, []any{i + 1, namesOf(s, p.Mentors), namesOf(s, p.Mentees), classOf(s, p), formRu(p.Form, s),
			p.Direction, p.Start, p.End, scheduleRu(p.Schedule), p.Request, p.Goal})
	}
	help := table{name: "Как заполнять", columns: []tableColumn{{header: "Шаг", width: 6}, {header: "Что сделать", width: 100}}}
	for i, text := range []string{
		"Люди в списке вымышлены: замените их своими. Строки можно добавлять и удалять, столбцы – переставлять и убирать.",
		"Лист «Люди»: все, кто есть в бумагах, – директор, куратор, наставники, наставляемые. Один человек – одна строка.",
		"Лист «Пары»: кто кому наставник. Имена пишите так же, как на листе «Люди».",
		"Пояснение к столбцу появится, если навести указатель на его заголовок.",
		"Годится и Ваш собственный список: программа узнаёт столбцы по названиям.",
		"Сохраните книгу и посмотрите, что понято: nastavnik import список.xlsx --profile school.toml",
		"Если всё верно, добавьте в конце --write: люди и пары появятся в профиле, остальное в нём не изменится.",
	} {
		help.rows = append(help.rows, []any{i + 1, text})
	}
	return workbookOf(people, pairs, help)
}

// sampleSchool holds the invented people of the sample list.
func sampleSchool() *profile.School {
	b, _ := profile.Starter("")
	s, _ := profile.Read("starter", b)
	s.People = append(s.People,
		profile.Person{ID: "e1", Last: "Звонкова", First: "Полина", Middle: "Романовна", Kind: "pupil", Class: "9А", Birth: profile.Date{Year: 2011, Month: 3, Day: 5},
			Representative: &profile.Representative{Last: "Звонкова", First: "Ольга", Middle: "Павловна", Relation: "мать"}},
		profile.Person{ID: "e2", Last: "Мелков", First: "Тимур", Middle: "Олегович", Kind: "pupil", Class: "5А", Birth: profile.Date{Year: 2015, Month: 7, Day: 21},
			Representative: &profile.Representative{Last: "Мелков", First: "Олег", Middle: "Ильич", Relation: "отец"}},
		profile.Person{ID: "x1", Last: "Черных", First: "Павел", Middle: "Лукич", Kind: "external", Position: "агроном", Org: "farm"})
	s.Partners = []profile.Partner{{ID: "farm", Name: "ООО «Примерное хозяйство»"}}
	s.Pairs = append(s.Pairs,
		profile.Pair{ID: "p2", Form: "pupil_pupil", Mentors: []string{"e1"}, Mentees: []string{"e2"}, Schedule: "weekly"},
		profile.Pair{ID: "p3", Form: "employer_pupil", Mentors: []string{"x1"}, MenteeClass: "8", Direction: "сельское хозяйство", Schedule: "monthly"})
	return s
}

// Mistakes writes the rows of a roster that could not be taken, each as it
// stood and with a column «Ошибка» at its end; nil when there are none.
func (r *Roster) Mistakes() ([]byte, error) {
	var tables []table
	for _, l := range r.Lists {
		t := table{name: l.Sheet.Name}
		head := l.Sheet.Rows[l.Header]
		width := 0
		for _, row := range l.Sheet.Rows[l.Header:] {
			for _, c := range row.Cells {
				width = max(width, c.Col+1)
			}
		}
		for i := range width {
			t.columns = append(t.columns, tableColumn{header: strings.ReplaceAll(head.Cell(i).Text, "\n", " "), width: 22})
		}
		t.columns = append(t.columns, tableColumn{header: "Строка", width: 9}, tableColumn{header: "Ошибка", width: 60})
		t.marked = len(t.columns)
		for _, row := range l.Sheet.Rows[l.Header+1:] {
			texts := r.bad[rowID{l.Sheet.Name, row.Number}]
			if len(texts) == 0 {
				continue
			}
			values := make([]any, len(t.columns))
			for _, c := range row.Cells {
				switch c.Kind {
				case KindDate:
					values[c.Col] = c.Date
				case KindNumber:
					if c.Number == float64(int(c.Number)) && c.Number < 1e9 {
						values[c.Col] = int(c.Number)
					} else {
						values[c.Col] = c.Text
					}
				default:
					values[c.Col] = c.Text
				}
			}
			slices.Sort(texts)
			values[width], values[width+1] = row.Number, strings.Join(slices.Compact(texts), "\n")
			t.rows = append(t.rows, values)
		}
		if len(t.rows) > 0 {
			tables = append(tables, t)
		}
	}
	if len(tables) == 0 {
		return nil, nil
	}
	return workbookOf(tables...)
}
