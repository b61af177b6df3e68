package roster

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"nastavnik/internal/diag"
	"nastavnik/internal/profile"
	"nastavnik/internal/russian"
)

// reader reads one row.
type reader struct {
	r    *Roster
	list *List
	row  *Row
	o    Options
}

func (d *reader) id() rowID { return rowID{d.list.Sheet.Name, d.row.Number} }

func (d *reader) fail(col int, format string, args ...any) *diag.Problem {
	text := fmt.Sprintf(format, args...)
	d.r.bad[d.id()] = append(d.r.bad[d.id()], text)
	return d.r.Problems.Add(cellPlace(d.r.Book.Name, d.list.Sheet.Name, d.row.Number, col), "%s", text)
}

func (d *reader) warn(col int, hint, format string, args ...any) {
	d.r.Problems.Warn(cellPlace(d.r.Book.Name, d.list.Sheet.Name, d.row.Number, col), format, args...).Hint = hint
}

// column returns the column of a meaning, or nil.
func (l *List) column(side Side, field string) *Column {
	for i := range l.Columns {
		if l.Columns[i].Side == side && l.Columns[i].Field == field {
			return &l.Columns[i]
		}
	}
	return nil
}

// cell returns the cell of a meaning; an error value in it is told.
func (d *reader) cell(side Side, field string) (Cell, bool) {
	c := d.list.column(side, field)
	if c == nil {
		return Cell{}, false
	}
	cell := d.row.Cell(c.Col)
	switch cell.Kind {
	case KindError:
		d.fail(cell.Col, "в ячейке ошибка Excel %s", cell.Text).Hint = "исправьте формулу или впишите значение"
		return Cell{Col: c.Col}, false
	case KindFormula:
		d.fail(cell.Col, "в ячейке формула без значения").Hint = "откройте книгу в Excel и сохраните, чтобы значение посчиталось"
		return Cell{Col: c.Col}, false
	}
	return cell, !none(cell.Text)
}

// none reports what people write for «nothing».
func none(s string) bool {
	return strings.Trim(s, " -–—_./") == "" || strings.EqualFold(s, "нет") || strings.EqualFold(s, "б/н")
}

func (d *reader) text(side Side, field string) string {
	c, ok := d.cell(side, field)
	if !ok {
		return ""
	}
	return strings.ReplaceAll(c.Text, "\n", " ")
}

func (r *Roster) rows(l *List, o Options) {
	s := l.Sheet
	head := s.Rows[l.Header]
	for i := l.Header + 1; i < len(s.Rows); i++ {
		d := &reader{r, l, &s.Rows[i], o}
		if d.skip(head) {
			continue
		}
		l.Rows++
		before := len(r.bad[d.id()])
		if l.OfPairs {
			d.pair()
		} else {
			side := NoSide
			for _, only := range []Side{Mentor, Mentee} { // a list of mentors alone
				if hasName(l.Columns, only) {
					side = only
				}
			}
			for _, p := range d.people(side) {
				if len(r.bad[d.id()]) == before {
					r.add(p)
				}
			}
		}
	}
}

// skip reports rows that are no data: the header again, numbers of columns,
// headings of parts, totals.
func (d *reader) skip(head Row) bool {
	same, numbers := 0, 0
	for i, c := range d.row.Cells {
		if t := head.Cell(c.Col).Text; t != "" && normal(t) == normal(c.Text) {
			same++
		}
		if c.Text == strconv.Itoa(i+1) {
			numbers++
		}
	}
	if same > 1 && same >= len(d.row.Cells)-1 || numbers > 2 && numbers == len(d.row.Cells) {
		return true
	}
	first := normal(d.row.Cells[0].Text)
	if strings.HasPrefix(first, "итого") || strings.HasPrefix(first, "всего") {
		return true
	}
	named := false
	for _, c := range d.list.Columns {
		if (c.Field == "name" || c.Field == "last") && d.row.Cell(c.Col).Text != "" {
			named = true
		}
	}
	if named && (len(d.row.Cells) > 1 || len(d.list.Columns) == 1 || len(strings.Fields(d.row.Cells[0].Text)) > 1 && looksLikeName(d.row.Cells[0].Text)) {
		return false
	}
	used := slices.ContainsFunc(d.list.Columns, func(c Column) bool { return c.Field != "" && d.row.Cell(c.Col).Text != "" })
	if !named && used && len(d.row.Cells) > 1 {
		return false // a row without a name is told by people or pair
	}
	return true
}

// people reads the people of one side of a row.
func (d *reader) people(side Side) []*Person {
	col, list := d.named(side)
	var found []*Person
	for _, m := range list {
		p := &Person{at: d.id()}
		name := m.name
		if fixed := cyrillic.Replace(name); fixed != name && hasCyrillic(name) {
			d.warn(col, "буквы заменены; исправьте и в списке", "в имени %q латинские буквы, похожие на русские", name)
			name = fixed
		}
		if capitals(name) {
			name = title(name)
		}
		parsed := russian.ParseName(joined.ReplaceAllString(name, "$1. $2."))
		p.Last, p.First, p.Middle = parsed.Last, parsed.First, parsed.Middle
		p.initials = strings.Contains(p.First, ".") || utf8.RuneCountInString(p.First) == 1
		switch {
		case strings.ContainsFunc(name, unicode.IsDigit) || !hasCyrillic(name):
			d.fail(col, "это не похоже на имя: %q", clip(m.name, 40)).Hint = "в столбце имён – фамилия, имя, отчество"
			continue
		case p.Last == "" || p.First == "":
			d.fail(col, "имя не полное: %q", clip(m.name, 40)).Hint = "нужны хотя бы фамилия и имя"
			continue
		}
		if m.class != "" {
			p.Class = m.class
		}
		d.fields(side, p, len(list) == 1)
		if p.Position == "" && m.note != "" && p.Class == "" {
			p.Position = lowerFirst(m.note)
		}
		d.kind(side, p)
		found = append(found, p)
	}
	return found
}

// named returns the names of one side of a row and their column.
func (d *reader) named(side Side) (col int, list []mention) {
	if c, ok := d.cell(side, "name"); ok {
		return c.Col, mentions(c.Text)
	}
	if d.list.column(side, "last") != nil {
		c, _ := d.cell(side, "last")
		name := strings.Join(strings.Fields(d.text(side, "last")+" "+d.text(side, "first")+" "+d.text(side, "middle")), " ")
		if name != "" {
			return c.Col, []mention{{name: name}}
		}
	}
	if c := d.list.column(side, "name"); c != nil {
		col = c.Col
	} else if c := d.list.column(side, "last"); c != nil {
		col = c.Col
	}
	if len(d.r.bad[d.id()]) == 0 && (side != NoSide || !d.list.OfPairs) {
		if side == Mentee && d.text(Mentee, "class") != "" {
			return col, nil // a whole class
		}
		what := [...]string{"имя", "имя наставника", "имя наставляемого"}[side]
		d.fail(col, "не указано %s", what)
	}
	return col, nil
}

// fields reads what else the row says of a person. alone is false when the
// cell names several, whom one birth date or post cannot fit.
func (d *reader) fields(side Side, p *Person, alone bool) {
	if c, ok := d.cell(side, "class"); ok && p.Class == "" {
		switch class, good := parseClass(c.Text); {
		case c.Kind == KindDate:
			d.fail(c.Col, "вместо класса стоит дата %s: похоже, Excel изменил значение", c.Text).Hint = "задайте столбцу формат «Текстовый» и наберите класс заново"
		case !good:
			d.fail(c.Col, "класс %q не понят", clip(c.Text, 20)).Hint = "пишите 7А или 7"
		default:
			p.Class = class
		}
	}
	d.position(side, p)
	if class, ok := parseClass(d.list.Sheet.Name); ok && p.Class == "" && !d.list.OfPairs && d.list.column(side, "class") == nil {
		p.Class = class // a sheet for each class
	}
	p.Org = d.text(side, "org")
	if !alone {
		return
	}
	p.Birth = d.date(side, "birth", true)
	if c, ok := d.cell(side, "category"); ok {
		if known := category(c.Text); known != "" {
			p.Category = known
		} else {
			d.warn(c.Col, "первая, высшая, соответствие, педагог-наставник, педагог-методист или нет", "категория %q не понята и пропущена", clip(c.Text, 30))
		}
	}
	p.Sex = sex(d.text(side, "sex"))
	p.Email = d.text(side, "email")
	p.Phone = d.phone(side)
	p.Contract.Number = d.text(side, "contract_number")
	p.Contract.Date = d.date(side, "contract_date", false)
	if c, ok := d.cell(side, "experience"); ok {
		if n, good := years(c); good {
			p.Experience = &n
		} else {
			d.warn(c.Col, "впишите число лет", "стаж %q не понят и пропущен", clip(c.Text, 20))
		}
	}
	if c, ok := d.cell(side, "representative"); ok {
		d.representative(side, c, p)
	}
}

// position reads a post, which may hold the category too, or be a class.
func (d *reader) position(side Side, p *Person) {
	text := d.text(side, "position")
	if class, ok := parseClass(text); ok {
		if p.Class == "" {
			p.Class = class
		}
		return
	}
	var kept []string
	for _, piece := range strings.Split(text, ",") {
		if t := normal(piece); strings.Contains(t, "категор") || t == "сзд" || strings.HasPrefix(t, "соответств") {
			if p.Category == "" {
				p.Category = category(piece)
			}
			continue
		}
		if piece = strings.TrimSpace(piece); piece != "" {
			kept = append(kept, piece)
		}
	}
	p.Position = lowerFirst(strings.Join(kept, ", "))
}

func (d *reader) representative(side Side, c Cell, p *Person) {
	list := mentions(c.Text)
	if len(list) == 0 {
		return
	}
	m := list[0]
	relation := relation(d.text(side, "relation") + " " + m.note + " " + d.list.column(side, "representative").Header)
	words := strings.Fields(m.name)
	if len(words) > 2 { // «мать Звонкова Ольга Павловна»
		if r := relationWord(words[0]); r != "" {
			relation, words = r, words[1:]
		}
	}
	name := russian.ParseName(strings.Join(words, " "))
	if name.Last == "" || name.First == "" {
		d.warn(c.Col, "нужны фамилия, имя, отчество", "законный представитель %q не понят и пропущен", clip(c.Text, 40))
		return
	}
	if relation == "" {
		switch name.Gender {
		case russian.Masculine:
			relation = "отец"
		case russian.Feminine:
			relation = "мать"
		}
		if relation != "" && d.list.column(side, "relation") == nil {
			d.warn(c.Col, "если это опекун, поправьте в профиле", "кем приходится %s, не сказано: записано «%s»", name.String(), relation)
		}
	}
	p.Representative = &profile.Representative{Last: name.Last, First: name.First, Middle: name.Middle, Relation: relation}
}

// kind says who a person is when no column does.
func (d *reader) kind(side Side, p *Person) {
	role := normal(d.text(side, "role"))
	position := normal(p.Position)
	starts := func(s string, words ...string) bool {
		return slices.ContainsFunc(words, func(w string) bool { return strings.HasPrefix(s, w) || strings.Contains(s, " "+w) })
	}
	switch {
	case starts(role, "ученик", "учащ", "обучающ", "школьник"):
		p.Kind = "pupil"
	case starts(role, "студент"):
		p.Kind = "student"
	case starts(role, "выпускник"):
		p.Kind = "graduate"
	case starts(role, "родител"):
		p.Kind = "parent"
	case starts(role, "партнер", "внешн", "работодател", "другая орг"):
		p.Kind = "external"
	case starts(role, "работник", "сотрудник", "педагог", "учител", "директор", "куратор"):
		p.Kind = "staff"
	case p.Class != "":
		p.Kind = "pupil"
	case starts(position, "студент"):
		p.Kind, p.Position = "student", ""
	case starts(position, "обучающ", "учени", "учащ"):
		p.Kind = "pupil"
		for _, w := range strings.Fields(p.Position) {
			if class, ok := parseClass(w); ok {
				p.Class = class
			}
		}
		p.Position = ""
	case p.Org != "" && p.Position != "":
		p.Kind = "external"
	case p.Position != "":
		p.Kind = "staff"
	}
}

// date reads a date of any look. A number without the format of a date is
// taken for Excel's number of a day, and told.
func (d *reader) date(side Side, field string, past bool) profile.Date {
	c, ok := d.cell(side, field)
	if !ok {
		return profile.Date{}
	}
	switch {
	case c.Kind == KindDate:
		return c.Date
	case c.Kind == KindNumber && c.Number > 10_000 && c.Number < 60_000:
		day := russian.Date{Year: 1899, Month: 12, Day: 30}.AddDays(int(c.Number))
		d.warn(c.Col, "проверьте; в Excel задайте ячейке формат «Дата»", "число %s прочитано как дата %s", c.Text, day.Short())
		return day
	}
	text := strings.ReplaceAll(yearWord.ReplaceAllString(c.Text, ""), "/", ".")
	if m := twoDigits.FindStringSubmatch(text); m != nil {
		year, _ := strconv.Atoi(m[3])
		year += 2000
		if past && year > 2040 || year > 2060 {
			year -= 100
		}
		text = fmt.Sprintf("%s.%s.%d", m[1], m[2], year)
		if day, err := russian.ParseDate(text); err == nil {
			d.warn(c.Col, "проверьте; пишите год четырьмя цифрами", "дата %q прочитана как %s", c.Text, day.Long())
		}
	}
	day, err := russian.ParseDate(text)
	if err != nil {
		d.fail(c.Col, "%s: дата %q не понята", fieldRu(field), clip(c.Text, 30)).Hint = "пишите 01.09.2026"
		return profile.Date{}
	}
	return day
}

// phone reads a number, which Excel may show as 7.9E+10.
func (d *reader) phone(side Side) string {
	c, ok := d.cell(side, "phone")
	if !ok {
		return ""
	}
	digits := onlyDigits(c.Text)
	if c.Kind != KindNumber {
		return strings.ReplaceAll(c.Text, "\n", ", ")
	}
	if len(digits) == 10 {
		digits = "7" + digits
	}
	if len(digits) == 11 && (digits[0] == '7' || digits[0] == '8') {
		return fmt.Sprintf("+7 (%s) %s-%s-%s", digits[1:4], digits[4:7], digits[7:9], digits[9:])
	}
	d.warn(c.Col, "задайте столбцу формат «Текстовый» и наберите номер заново", "телефон %s: похоже, Excel изменил значение", c.Text)
	return c.Text
}

func (d *reader) pair() {
	mentors, mentees := d.people(Mentor), d.people(Mentee)
	p := &Pair{Mentors: mentors, Mentees: mentees, at: d.id()}
	if len(mentees) == 0 {
		if class, ok := parseClass(d.text(Mentee, "class")); ok {
			p.MenteeClass = class
		}
	}
	if c, ok := d.cell(NoSide, "form"); ok {
		if p.Form = parseForm(c.Text); p.Form == "" {
			d.warn(c.Col, "пишите, например, «педагог – педагог», «ученик – ученик»", "форма наставничества %q не понята: взята по участникам пары", clip(c.Text, 40))
		}
	}
	p.RoleModel = d.text(NoSide, "role_model")
	p.Direction = d.text(NoSide, "direction")
	p.Topic = d.text(NoSide, "topic")
	p.Request = d.text(NoSide, "request")
	p.Goal = d.text(NoSide, "goal")
	p.Schedule = schedule(d.text(NoSide, "schedule"))
	p.Start, p.End = d.date(NoSide, "start", false), d.date(NoSide, "end", false)
	if c, ok := d.cell(NoSide, "period"); ok {
		switch found := anyDate.FindAllString(c.Text, 2); len(found) {
		case 2:
			start, err := russian.ParseDate(found[0])
			end, err2 := russian.ParseDate(found[1])
			if err == nil && err2 == nil {
				p.Start, p.End = start, end
			}
		default:
			if p.Start.IsZero() && c.Kind == KindText {
				d.warn(c.Col, "пишите «14.09.2026 – 31.05.2027» или два столбца, «Начало» и «Окончание»", "срок %q не понят и пропущен", clip(c.Text, 40))
			}
		}
	}
	if !p.Start.IsZero() && !p.End.IsZero() && !p.Start.Before(p.End) {
		d.fail(d.row.Cells[0].Col, "окончание %s не позже начала %s", p.End.Short(), p.Start.Short())
	}
	if len(d.r.bad[d.id()]) > 0 {
		return
	}
	d.r.Pairs = append(d.r.Pairs, p)
}
