package roster

import (
	"fmt"
	"slices"
	"strings"
	"unicode"

	"nastavnik/internal/diag"
)

// Column is a column of a sheet and what it was taken for.
type Column struct {
	Col    int
	Header string // as the sheet has it, in one line
	Side   Side   // whose it is, on a sheet of pairs
	Field  string // one of fields; empty when the column is not used
}

// Side is a side of a pair.
type Side uint8

const (
	NoSide Side = iota // the pair itself, or a sheet of people
	Mentor
	Mentee
)

// fields are what columns may mean, with the words people know them by.
var fields = []struct{ id, ru string }{
	{"name", "фамилия, имя, отчество"}, {"last", "фамилия"}, {"first", "имя"}, {"middle", "отчество"},
	{"sex", "пол"}, {"role", "кто это"}, {"position", "должность"}, {"class", "класс"}, {"birth", "дата рождения"},
	{"category", "категория"}, {"experience", "стаж"}, {"phone", "телефон"}, {"email", "почта"}, {"org", "организация"},
	{"representative", "законный представитель"}, {"relation", "кем приходится"},
	{"contract_number", "номер трудового договора"}, {"contract_date", "дата трудового договора"},
	{"form", "форма наставничества"}, {"role_model", "ролевая модель"}, {"start", "начало"}, {"end", "окончание"},
	{"period", "срок"}, {"direction", "направление"}, {"topic", "тема"}, {"request", "запрос"}, {"goal", "цель"},
	{"schedule", "график встреч"},
}

func fieldRu(id string) string {
	for _, f := range fields {
		if f.id == id {
			return f.ru
		}
	}
	return id
}

// ofPair are fields that belong to the pair and not to a person.
func ofPair(field string) bool {
	switch field {
	case "form", "role_model", "start", "end", "period", "direction", "topic", "request", "goal", "schedule":
		return true
	}
	return false
}

// String says a column's meaning: «наставник: должность».
func (c Column) String() string {
	side := [...]string{"", "наставник: ", "наставляемый: "}[c.Side]
	return side + fieldRu(c.Field)
}

// signs are beginnings of words by which a header is known, tried in order; a
// space at the end asks for the whole word. An empty field means a column that
// is known and not used.
var signs = []struct{ word, field string }{
	{"классн рук", ""}, {"классный рук", ""}, {"классного рук", ""}, {"приказ", ""}, {"примеч", ""}, {"подпис", ""}, {"коммент", ""}, {"числ", ""}, {"количеств", ""},
	{"представител", "representative"}, {"родител", "representative"}, {"законн", "representative"}, {"опекун", "representative"},
	{"мать ", "representative"}, {"матер", "representative"}, {"отец ", "representative"}, {"отца ", "representative"},
	{"родств", "relation"}, {"кем приход", "relation"},
	{"дата рожд", "birth"}, {"рожд", "birth"}, {"д р ", "birth"},
	{"фио ", "name"}, {"ф и о ", "name"}, {"фамилия имя", "name"}, {"фамилия и ", "name"}, {"стажер", "name"},
	{"дата договор", "contract_date"}, {"договор дата", "contract_date"}, {"номер договор", "contract_number"}, {"трудовой договор", "contract_number"}, {"договор", "contract_number"},
	{"дата нач", "start"}, {"начал", "start"}, {"дата закреп", "start"}, {"дата назнач", "start"}, {"с какого", "start"},
	{"дата оконч", "end"}, {"оконч", "end"}, {"дата заверш", "end"}, {"заверш", "end"}, {"по какое", "end"},
	{"период", "period"}, {"срок", "period"},
	{"должност", "position"}, {"класс", "class"}, {"категор", "category"}, {"стаж", "experience"},
	{"телеф", "phone"}, {"мобил", "phone"}, {"тел ", "phone"}, {"почт", "email"}, {"email ", "email"}, {"e mail ", "email"}, {"mail ", "email"},
	{"ролев", "role_model"}, {"модел", "role_model"}, {"форма", "form"}, {"вид настав", ""},
	{"направлен", "direction"}, {"тема ", "topic"}, {"тематик", "topic"}, {"запрос", "request"}, {"дефицит", "request"}, {"затрудн", "request"},
	{"цель ", "goal"}, {"график", "schedule"}, {"периодичн", "schedule"},
	{"организац", "org"}, {"место раб", "org"}, {"место уч", "org"}, {"партнер", "org"},
	{"фамил", "last"}, {"имя ", "first"}, {"отчеств", "middle"},
	{"пол ", "sex"}, {"роль", "role"}, {"кто это", "role"}, {"статус", "role"},
	{"школа ", ""}, {"предмет", ""}, {"номер", ""}, {"n ", ""}, {"п п ", ""}, {"снилс ", ""},
}

// normal writes a header for comparing: small letters, ё as е, Latin letters
// that look Russian as Russian, only letters and digits, one space between.
func normal(s string) string {
	s = spellings.Replace(s)
	if strings.ContainsFunc(s, func(r rune) bool { return unicode.Is(unicode.Cyrillic, r) }) {
		s = cyrillic.Replace(s)
	}
	return strings.Join(strings.FieldsFunc(strings.ToLower(s), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }), " ")
}

var spellings = strings.NewReplacer("ё", "е", "Ё", "Е", "№", " n ", "e-mail", "email", "E-mail", "email", "E-Mail", "email")

var cyrillic = strings.NewReplacer("a", "а", "e", "е", "o", "о", "p", "р", "c", "с", "y", "у", "x", "х", "k", "к",
	"A", "А", "B", "В", "E", "Е", "K", "К", "M", "М", "H", "Н", "O", "О", "P", "Р", "C", "С", "T", "Т", "X", "Х")

// meaning reads a header. known is false when nothing in it is known.
func meaning(header string) (side Side, field string, known bool) {
	h := " " + normal(header) + " "
	if len([]rune(h)) > 90 {
		return NoSide, "", false
	}
	switch {
	case strings.Contains(h, " наставляем"), strings.Contains(h, " подопечн"), strings.Contains(h, " молод"), strings.Contains(h, " стажер"), strings.Contains(h, " менти"):
		side = Mentee
	case strings.Contains(h, " наставник"), strings.Contains(h, " ментор"):
		side = Mentor
	}
	for _, s := range signs {
		if strings.Contains(h, " "+s.word) {
			return side, s.field, true
		}
	}
	if side != NoSide {
		return side, "name", true
	}
	switch strings.TrimSpace(h) {
	case "педагог", "сотрудник", "работник", "учитель", "ученик", "обучающийся", "обучающиеся", "участник", "педагоги", "список":
		return NoSide, "name", true
	}
	return NoSide, "", false
}

// understand finds the header row of a sheet: the one of the first twenty
// with the most known columns, a name among them.
func (s *Sheet) understand(own map[int]Column) (header int, columns []Column, found bool) {
	best := 0
	for i := range min(20, len(s.Rows)) {
		list := s.columns(i)
		for k := range list {
			if c, given := own[list[k].Col]; given {
				list[k].Side, list[k].Field = c.Side, c.Field
			}
		}
		count, named := 0, false
		for _, c := range list {
			if c.Field != "" {
				count++
			}
			named = named || c.Field == "name" || c.Field == "last"
		}
		if named && count > best && (count > 1 || s.oneColumn()) {
			best, header, columns = count, i, list
		}
	}
	return header, columns, best > 0
}

func (s *Sheet) oneColumn() bool {
	return !slices.ContainsFunc(s.Rows, func(r Row) bool { return len(r.Cells) > 1 })
}

// columns reads row i as a header, with the group header above it.
func (s *Sheet) columns(i int) []Column {
	var list []Column
	row := s.Rows[i]
	for _, c := range row.Cells {
		if c.Kind != KindText {
			continue
		}
		header := strings.ReplaceAll(c.Text, "\n", " ")
		side, field, _ := meaning(header)
		if i > 0 && s.Rows[i-1].Number == row.Number-1 {
			for _, m := range s.wide {
				if m.top == row.Number-2 && m.left <= c.Col && c.Col <= m.right {
					group := s.Rows[i-1].Cell(m.left).Text
					if groupSide, _, _ := meaning(group); side == NoSide && groupSide != NoSide {
						side = groupSide
					}
				}
			}
		}
		list = append(list, Column{c.Col, header, side, field})
	}
	// A header above that spans both rows («№», «Наставник») stands in row i-1.
	slices.SortFunc(list, func(a, b Column) int { return a.Col - b.Col })
	// «ФИО» beside «Наставник»: the sheet's own people are the other side.
	if mentor, mentee := hasName(list, Mentor), hasName(list, Mentee); mentor != mentee && hasName(list, NoSide) {
		other := Mentee
		if mentee {
			other = Mentor
		}
		for k := range list {
			if list[k].Side == NoSide && list[k].Field != "" && !ofPair(list[k].Field) {
				list[k].Side = other
			}
		}
	}
	list = oneRepresentative(list)
	both := hasName(list, Mentor) && hasName(list, Mentee)
	side := NoSide
	for k := range list {
		c := &list[k]
		switch {
		case ofPair(c.Field):
			c.Side = NoSide
		case !both:
		case c.Side != NoSide:
			side = c.Side
		case c.Field != "":
			c.Side = side // «Должность» after «Наставник» is the mentor's
		}
	}
	return list
}

// oneRepresentative keeps the first of «Мать» and «Отец»: one signs.
func oneRepresentative(list []Column) []Column {
	seen := false
	for k := range list {
		if list[k].Field != "representative" {
			continue
		}
		if seen && relation(list[k].Header) != "" {
			list[k].Field = ""
		}
		seen = true
	}
	return list
}

func hasName(list []Column, side Side) bool {
	return slices.ContainsFunc(list, func(c Column) bool { return c.Side == side && (c.Field == "name" || c.Field == "last") })
}

// twice reports two columns of one meaning.
func (s *Sheet) twice(book string, row int, columns []Column) diag.List {
	var list diag.List
	for i, c := range columns {
		for _, before := range columns[:i] {
			if c.Field != "" && c.Field == before.Field && c.Side == before.Side {
				list.Add(cellPlace(book, s.Name, row, c.Col), "столбцы %s («%s») и %s («%s») значат одно: %s",
					Letters(before.Col), before.Header, Letters(c.Col), c.Header, c.String()).Hint =
					fmt.Sprintf("назовите нужный ключом --map %s=%s, а другой --map %s=нет", Letters(c.Col), c.Field, Letters(before.Col))
			}
		}
	}
	return list
}

// ParseMap reads one --map: «B=mentor.name», «C=class», «D=нет».
func ParseMap(s string) (col int, c Column, err error) {
	letters, what, found := strings.Cut(strings.TrimSpace(s), "=")
	col, rest := parseColumn(strings.ToUpper(letters))
	if !found || col < 0 || rest != "" {
		return 0, c, fmt.Errorf("не понято %q: пишите столбец и значение, например B=mentor.name", s)
	}
	side, field, dotted := strings.Cut(what, ".")
	if !dotted {
		side, field = "", what
	}
	c.Col = col
	switch side {
	case "mentor":
		c.Side = Mentor
	case "mentee":
		c.Side = Mentee
	case "":
	default:
		return 0, c, fmt.Errorf("не понято %q: перед точкой бывает mentor или mentee", s)
	}
	if field == "нет" || field == "no" {
		return col, c, nil
	}
	var ids []string
	for _, f := range fields {
		ids = append(ids, f.id)
	}
	if !slices.Contains(ids, field) {
		return 0, c, fmt.Errorf("нет поля %q; бывают: %s", field, strings.Join(ids, ", "))
	}
	c.Field = field
	return col, c, nil
}
