package roster

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"nastavnik/internal/diag"
	"nastavnik/internal/profile"
	"nastavnik/internal/russian"
)

// Roster is what was understood of a book.
type Roster struct {
	Book   *Book
	Lists  []List
	People []*Person
	Pairs  []*Pair

	// Problems are those of the book as a whole and of its rows; rows with
	// errors are left out of People and Pairs.
	Problems diag.List
	bad      map[rowID][]string

	byName map[string][]*Person // by nameKey
	byLast map[string][]*Person // by surname, for initials
}

// List is a sheet that was understood.
type List struct {
	Sheet   *Sheet
	Header  int // index of the header in Sheet.Rows
	Columns []Column
	Rows    int // of data
	OfPairs bool
}

// Person is a person of a list. Org of the embedded Person is the partner's
// name, not an id.
type Person struct {
	profile.Person
	at       rowID
	initials bool // the list gives initials only
}

// Pair is a pair of a list.
type Pair struct {
	profile.Pair // without the ids of people
	Mentors      []*Person
	Mentees      []*Person
	at           rowID
}

// PeopleSheet and PairsSheet are the names of the sheets of our own books that
// are meant for import.
const (
	PeopleSheet = "Люди"
	PairsSheet  = "Пары"
)

// rowID is a row of the book.
type rowID struct {
	sheet string
	row   int
}

// Options of Understand.
type Options struct {
	Map  map[int]Column  // columns named by the user, on every sheet
	Year string          // school year, for the form of pairs when no column tells
	Old  *profile.School // the profile the list goes into; nil when there is none
}

// Understand reads people and pairs from a book.
func Understand(book *Book, o Options) *Roster {
	r := &Roster{Book: book, bad: map[rowID][]string{}, byName: map[string][]*Person{}, byLast: map[string][]*Person{}}
	r.Problems = append(r.Problems, book.Notes...)
	var heads []string
	ours := slices.ContainsFunc(book.Sheets, func(s *Sheet) bool { return s.Name == PeopleSheet }) &&
		slices.ContainsFunc(book.Sheets, func(s *Sheet) bool { return s.Name == PairsSheet })
	for _, s := range book.Sheets {
		if len(s.Rows) == 0 || ours && s.Name != PeopleSheet && s.Name != PairsSheet {
			continue // in our own books the other sheets say the same once more
		}
		header, columns, found := s.understand(o.Map)
		if !found {
			heads = append(heads, s.headings())
			r.Problems.Note(diag.Place{File: book.Name, In: "лист «" + s.Name + "»"}, "лист пропущен: заголовок с именами не найден")
			continue
		}
		list := List{Sheet: s, Header: header, Columns: columns, OfPairs: hasName(columns, Mentor) && hasName(columns, Mentee)}
		if twice := s.twice(book.Name, s.Rows[header].Number, columns); len(twice) > 0 {
			r.Problems = append(r.Problems, twice...)
			continue
		}
		r.Lists = append(r.Lists, list)
	}
	if len(r.Lists) == 0 && !r.Problems.Failed() {
		p := r.Problems.Add(diag.Place{File: book.Name}, "не найдено ни одного списка людей или пар")
		p.Hint = "нужен заголовок с «ФИО» или «Наставник» и «Наставляемый»; образец делает «nastavnik init --excel»"
		if len(heads) > 0 {
			p.Hint = "есть заголовки: " + strings.Join(heads, "; ") + "; " + p.Hint
		}
		return r
	}
	// People first: pairs may name them by initials.
	for _, ofPairs := range []bool{false, true} {
		for i := range r.Lists {
			if l := &r.Lists[i]; l.OfPairs == ofPairs {
				r.rows(l, o)
			}
		}
	}
	r.settle(o)
	return r
}

// headings lists the first row with several texts, for the message that no
// header was known.
func (s *Sheet) headings() string {
	for _, row := range s.Rows[:min(20, len(s.Rows))] {
		if len(row.Cells) < 2 {
			continue
		}
		var words []string
		for _, c := range row.Cells[:min(8, len(row.Cells))] {
			words = append(words, "«"+strings.ReplaceAll(clip(c.Text, 30), "\n", " ")+"»")
		}
		return "лист «" + s.Name + "» – " + strings.Join(words, ", ")
	}
	return "лист «" + s.Name + "» – таблицы нет"
}

func clip(s string, n int) string {
	if r := []rune(s); len(r) > n {
		return string(r[:n]) + "…"
	}
	return s
}

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

var (
	nameWord   = regexp.MustCompile(`^\p{Lu}[\p{L}’'-]*\.?(\p{Lu}\.)?,?$`)
	numbering  = regexp.MustCompile(`^\d+\s*[.)]\s*`)
	classIn    = regexp.MustCompile(`^(?:обучающ\p{L}+\s+|учащ\p{L}+\s+|ученик\p{L}*\s+)?(1[01]|[1-9])\s*[-–]?\s*[«"]?\s*([А-ЯЁа-яё]?)\s*[»"]?\s*(?:кл\.?|класс\p{L}*)?$`)
	inBrackets = regexp.MustCompile(`\(([^()]*)\)`)
	joined     = regexp.MustCompile(`(\p{Lu})\.(\p{Lu})\.`) // «А.И.» without a space
	tailWords  = regexp.MustCompile(`(?i)\b(оглы|кызы|углы|гызы)\b`)
)

// looksLikeName reports two to five words with capitals: a person's name.
func looksLikeName(s string) bool {
	words := strings.Fields(s)
	if len(words) < 2 || len(words) > 5 {
		return false
	}
	capital := 0
	for _, w := range words {
		if nameWord.MatchString(w) {
			capital++
		} else if !tailWords.MatchString(w) {
			return false
		}
	}
	return capital >= 2
}

// parseClass reads «7 «А» класс» as «7А».
func parseClass(s string) (string, bool) {
	s = strings.TrimSpace(s)
	if strings.ContainsFunc(s, unicode.IsDigit) {
		s = cyrillic.Replace(s)
	}
	m := classIn.FindStringSubmatch(s)
	if m == nil {
		return "", false
	}
	return m[1] + strings.ToUpper(m[2]), true
}

// mention is one person in a cell, with what stands beside the name.
type mention struct{ name, class, note string }

// mentions parts a cell that may hold several people: on lines, after
// semicolons or commas, with a class or post in brackets or after a comma.
func mentions(text string) []mention {
	lines := strings.FieldsFunc(text, func(r rune) bool { return r == '\n' || r == ';' })
	single, words := false, 0 // a name broken over lines: «Доска Анна» / «Олеговна»
	for _, l := range lines {
		n := len(strings.Fields(l))
		words += n
		single = single || n == 1
	}
	oneName := len(lines) > 1 && single && words <= 4
	if oneName {
		lines = []string{strings.Join(lines, " ")}
	}
	var list []mention
	for _, line := range lines {
		line = numbering.ReplaceAllString(strings.TrimSpace(line), "")
		var beside []string
		for _, m := range inBrackets.FindAllStringSubmatch(line, -1) {
			beside = append(beside, m[1])
		}
		line = inBrackets.ReplaceAllString(line, " ")
		for i, piece := range strings.Split(line, ",") {
			piece = strings.Join(strings.Fields(numbering.ReplaceAllString(strings.TrimSpace(piece), "")), " ")
			switch {
			case piece == "":
			case i == 0 || looksLikeName(piece):
				list = append(list, mention{name: piece})
			default:
				beside = append(beside, piece)
			}
		}
		if len(list) == 0 {
			continue
		}
		last := &list[len(list)-1]
		for _, b := range beside {
			b = strings.TrimSpace(b)
			if class, ok := parseClass(b); ok {
				last.class = class
			} else if b != "" && last.note == "" {
				last.note = b
			}
		}
		// «Мелков Тимур 5А»: the class as the last word.
		if words := strings.Fields(last.name); len(words) > 2 {
			if class, ok := parseClass(words[len(words)-1]); ok {
				last.class, last.name = class, strings.Join(words[:len(words)-1], " ")
			}
		}
	}
	return list
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
	if c := category(d.text(side, "category")); c != "" {
		p.Category = c
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

var (
	twoDigits = regexp.MustCompile(`^(\d{1,2})[./-](\d{1,2})[./-](\d{2})$`)
	digitsIn  = regexp.MustCompile(`\d+`)
	yearWord  = regexp.MustCompile(`\s*(года|г\.?)?[\s.]*$`)
	anyDate   = regexp.MustCompile(`\d{1,2}\.\d{1,2}\.\d{4}|\d{4}-\d{2}-\d{2}|\d{1,2}\s+\p{L}+\s+\d{4}`)
)

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

func onlyDigits(s string) string {
	return strings.Map(func(r rune) rune {
		if r >= '0' && r <= '9' {
			return r
		}
		return -1
	}, s)
}

func years(c Cell) (int, bool) {
	if c.Kind == KindNumber {
		return int(c.Number), c.Number >= 0 && c.Number <= 60
	}
	t := normal(c.Text)
	if strings.Contains(t, "менее") || strings.Contains(t, "меньше") || strings.HasPrefix(t, "до 1") {
		return 0, true
	}
	digits := digitsIn.FindString(t)
	n, err := strconv.Atoi(digits)
	if strings.Contains(t, "мес") && !strings.Contains(t, "лет") && !strings.Contains(t, "год") {
		n = 0
	}
	return n, err == nil && n <= 60
}

func category(s string) string {
	t := normal(s)
	switch {
	case t == "":
		return ""
	case strings.Contains(t, "высш"):
		return "высшая"
	case strings.Contains(t, "перв") || t == "1" || t == "i" || strings.HasPrefix(t, "1 "):
		return "первая"
	case strings.Contains(t, "соответств") || t == "сзд":
		return "соответствие"
	case strings.Contains(t, "методист"):
		return "педагог-методист"
	case strings.Contains(t, "наставник"):
		return "педагог-наставник"
	case strings.HasPrefix(t, "без") || t == "нет" || t == "б к" || t == "бк":
		return "нет"
	}
	return ""
}

func sex(s string) string {
	switch t := normal(s); {
	case strings.HasPrefix(t, "м"):
		return "m"
	case strings.HasPrefix(t, "ж"):
		return "f"
	}
	return ""
}

func relation(s string) string {
	for _, w := range strings.Fields(s) {
		if r := relationWord(w); r != "" {
			return r
		}
	}
	return ""
}

func relationWord(w string) string {
	switch t := normal(w); {
	case t == "мать" || t == "мама" || t == "матери":
		return "мать"
	case t == "отец" || t == "папа" || t == "отца":
		return "отец"
	case strings.HasPrefix(t, "опекун"):
		return "опекун"
	case strings.HasPrefix(t, "попечител"):
		return "попечитель"
	}
	return ""
}

// forms are the forms of mentoring by the words of their two sides.
var forms = []struct{ id, mentor, mentee string }{
	{"pupil_pupil", "ученик", "ученик"}, {"pupil_pupil", "обучающ", "обучающ"}, {"teacher_teacher", "учител", "учител"},
	{"student_pupil", "студент", "ученик"}, {"employer_pupil", "работодател", "ученик"},
	{"employer_pedstudent", "работодател", "студент пед"}, {"employer_student", "работодател", "студент"},
	{"ped_ped", "педагог", "педагог"}, {"head_ped", "руководител", "педагог"}, {"partner_ped", "партнер", "педагог"},
	{"prof_young", "педагог вуза", "молодой педагог"}, {"prof_young", "преподавател", "педагог"},
}

// parseForm reads «учитель – учитель», «Педагог-педагог», or an id.
func parseForm(s string) string {
	trimmed := strings.TrimSpace(s)
	if slices.Contains(profile.FormIDs[:], trimmed) || strings.HasPrefix(trimmed, "custom-") {
		return trimmed
	}
	t := normal(s)
	if strings.Contains(t, "студент") && strings.Contains(t, "педагогическ") {
		return "employer_pedstudent"
	}
	if strings.Contains(t, "вуза") || strings.Contains(t, "колледжа") {
		return "prof_young"
	}
	for _, f := range forms {
		i := strings.Index(t, f.mentor)
		if i >= 0 && strings.Contains(t[i+len(f.mentor):], f.mentee) {
			return f.id
		}
	}
	return ""
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

func schedule(s string) string {
	switch t := normal(s); {
	case strings.Contains(t, "раз в неделю") || t == "еженедельно":
		return "weekly"
	case strings.Contains(t, "раз в две недели") || strings.Contains(t, "2 раза в месяц") || strings.Contains(t, "два раза в месяц"):
		return "biweekly"
	case strings.Contains(t, "раз в месяц") || t == "ежемесячно":
		return "monthly"
	}
	return s
}

// key is a full name for comparing: ё as е, small letters.
func (p *Person) key() string { return nameKey(p.Last, p.First, p.Middle) }

func nameKey(last, first, middle string) string {
	return normal(last + " " + first + " " + middle)
}

// fits reports whether a person may be the one that initials name.
func fits(short, full *profile.Person) bool {
	initial := func(a, b string) bool {
		if a == "" || b == "" {
			return a == ""
		}
		x, _ := utf8.DecodeRuneInString(normal(a))
		y, _ := utf8.DecodeRuneInString(normal(b))
		return x == y
	}
	return normal(short.Last) == normal(full.Last) && initial(short.First, full.First) && initial(short.Middle, full.Middle)
}

// differ reports two people of one name who cannot be one person.
func differ(a, b *profile.Person) bool {
	return !a.Birth.IsZero() && !b.Birth.IsZero() && a.Birth != b.Birth ||
		a.Class != "" && b.Class != "" && a.Class != b.Class && classDigits(a.Class) != classDigits(b.Class)
}

func classDigits(class string) string { return onlyDigits(class) }

// add takes a person into the roster, or joins what it says to the same
// person met before, and returns the one that stays.
func (r *Roster) add(p *Person) *Person {
	if p.initials {
		return r.byInitials(p)
	}
	for _, q := range r.byName[p.key()] {
		if q == p {
			return q
		}
		if !differ(&p.Person, &q.Person) {
			join(&q.Person, &p.Person)
			return q
		}
	}
	return r.keep(p)
}

func (r *Roster) keep(p *Person) *Person {
	r.People = append(r.People, p)
	r.byName[p.key()] = append(r.byName[p.key()], p)
	last := normal(p.Last)
	r.byLast[last] = append(r.byLast[last], p)
	return p
}

func (r *Roster) byInitials(p *Person) *Person {
	var found []*Person
	for _, q := range r.byLast[normal(p.Last)] {
		if q == p {
			return q
		}
		if fits(&p.Person, &q.Person) && !differ(&p.Person, &q.Person) {
			found = append(found, q)
		}
	}
	if len(found) == 1 {
		join(&found[0].Person, &p.Person)
		return found[0]
	}
	return r.keep(p)
}

// join fills the empty fields of a person from another record of the same.
func join(to, from *profile.Person) {
	text := func(a *string, b string) {
		if *a == "" {
			*a = b
		}
	}
	text(&to.Middle, from.Middle)
	text(&to.Sex, from.Sex)
	text(&to.Kind, from.Kind)
	text(&to.Position, from.Position)
	text(&to.Class, from.Class)
	text(&to.Org, from.Org)
	text(&to.Category, from.Category)
	text(&to.Phone, from.Phone)
	text(&to.Email, from.Email)
	text(&to.Contract.Number, from.Contract.Number)
	if to.Contract.Date.IsZero() {
		to.Contract.Date = from.Contract.Date
	}
	if to.Birth.IsZero() {
		to.Birth = from.Birth
	}
	if to.Experience == nil {
		to.Experience = from.Experience
	}
	if to.Representative == nil {
		to.Representative = from.Representative
	}
}

// settle joins the people of pairs, gives pairs their form and tells what
// only the whole list shows.
func (r *Roster) settle(o Options) {
	for _, p := range r.Pairs { // full names first, so that initials find them
		for _, side := range [][]*Person{p.Mentors, p.Mentees} {
			for i, person := range side {
				if !person.initials {
					side[i] = r.add(person)
				}
			}
		}
	}
	for _, p := range r.Pairs {
		for _, side := range [][]*Person{p.Mentors, p.Mentees} {
			for i, person := range side {
				if person.initials {
					side[i] = r.byInitials(person)
				}
			}
		}
	}
	old := registerOf(o.Old)
	r.outsiders(old)
	r.whoTheyAre(old)
	r.initialsOnly(old)
	kept := r.Pairs[:0]
	for _, p := range r.Pairs {
		r.formOf(p, o)
		same := slices.ContainsFunc(p.Mentees, func(q *Person) bool { return slices.Contains(p.Mentors, q) })
		if same {
			r.failRow(p.at, "наставник и наставляемый – один человек: %s", p.Mentors[0].full())
		}
		broken := func(q *Person) bool { return len(r.bad[q.at]) > 0 && q.at == p.at }
		if len(r.bad[p.at]) > 0 || slices.ContainsFunc(p.Mentors, broken) || slices.ContainsFunc(p.Mentees, broken) {
			continue
		}
		kept = append(kept, p)
	}
	r.Pairs = kept
	r.People = slices.DeleteFunc(r.People, func(p *Person) bool { return len(r.bad[p.at]) > 0 })
	r.twicePaired()
	for i := range r.Lists {
		if r.Lists[i].Rows == 0 {
			r.Problems.Warn(diag.Place{File: r.Book.Name, In: "лист «" + r.Lists[i].Sheet.Name + "»"}, "под заголовком нет ни одной строки")
		}
	}
}

func (p *Person) full() string {
	return strings.Join(strings.Fields(p.Last+" "+p.First+" "+p.Middle), " ")
}

func (r *Roster) failRow(at rowID, format string, args ...any) *diag.Problem {
	text := fmt.Sprintf(format, args...)
	r.bad[at] = append(r.bad[at], text)
	return r.Problems.Add(diag.Place{File: r.Book.Name, In: fmt.Sprintf("лист «%s», строка %d", at.sheet, at.row)}, "%s", text)
}

// outsiders are those whom the form of their pair shows to be no employees of
// the school, whatever their post.
func (r *Roster) outsiders(old register) {
	for _, p := range r.Pairs {
		mentor, mentee := "", ""
		switch p.Form {
		case "employer_pupil", "partner_ped", "prof_young":
			mentor = "external"
		case "student_pupil":
			mentor = "student"
		case "employer_student", "employer_pedstudent":
			mentee = "student"
		}
		for _, side := range []struct {
			people []*Person
			kind   string
		}{{p.Mentors, mentor}, {p.Mentees, mentee}} {
			for _, q := range side.people {
				if side.kind != "" && (q.Kind == "" || q.Kind == "staff") && old.known(&q.Person) == nil {
					q.Kind = side.kind
				}
			}
		}
	}
}

// whoTheyAre looks people up in the profile and tells of those whose kind
// nothing shows.
func (r *Roster) whoTheyAre(old register) {
	for _, p := range r.People {
		if q := old.known(&p.Person); q != nil {
			if p.Kind == "" {
				p.Kind = q.Kind
			}
			if p.initials {
				p.Last, p.First, p.Middle, p.initials = q.Last, q.First, q.Middle, false
			}
			continue
		}
		if p.Kind == "" && !p.initials {
			r.failRow(p.at, "%s: не видно, кто это – нет ни должности, ни класса", p.full()).Hint = "добавьте столбец «Должность», «Класс» или «Кто это»"
		}
		if p.Kind == "external" && p.Org == "" && !p.initials {
			r.failRow(p.at, "%s: не указана организация", p.full()).Hint = "добавьте столбец «Организация»: человек не из школы представляет партнёра"
		}
	}
}

// register is the people of a profile by surname.
type register map[string][]*profile.Person

func registerOf(s *profile.School) register {
	r := register{}
	if s != nil {
		for i := range s.People {
			p := &s.People[i]
			r[normal(p.Last)] = append(r[normal(p.Last)], p)
		}
	}
	return r
}

// known finds a person in a profile, nil when there is none or several.
func (r register) known(p *profile.Person) *profile.Person {
	var found *profile.Person
	for _, q := range r[normal(p.Last)] {
		full := nameKey(q.Last, q.First, q.Middle) == nameKey(p.Last, p.First, p.Middle)
		if (full || strings.Contains(p.First, ".") && fits(p, q)) && !differ(p, q) {
			if found != nil {
				return nil
			}
			found = q
		}
	}
	return found
}

// initialsOnly tells of people named by initials whom no list names in full.
func (r *Roster) initialsOnly(old register) {
	for _, p := range r.People {
		if p.initials && old.known(&p.Person) == nil {
			r.failRow(p.at, "%s: имя не полное, а полного нет ни в списках, ни в профиле", p.full()).Hint = "впишите имя и отчество: из инициала падеж не построить"
		}
	}
}

// formOf chooses the form of a pair by who stands in it, when no column says.
func (r *Roster) formOf(p *Pair, o Options) {
	if p.Form != "" || len(p.Mentors) == 0 {
		return
	}
	mentor, mentee := p.Mentors[0].Kind, "pupil"
	if len(p.Mentees) > 0 {
		mentee = p.Mentees[0].Kind
	}
	staff := "ped_ped" // from 2021-12-21; before, the form of the methodology
	if o.Year != "" && o.Year < "2021-2022" {
		staff = "teacher_teacher"
	}
	if o.Old != nil && o.Old.Form("ped_ped") == nil && o.Old.Form("teacher_teacher") != nil {
		staff = "teacher_teacher"
	}
	switch mentor + " " + mentee {
	case "staff staff":
		p.Form = staff
	case "pupil pupil":
		p.Form = "pupil_pupil"
	case "student pupil", "graduate pupil":
		p.Form = "student_pupil"
	case "external pupil":
		p.Form = "employer_pupil"
	case "staff student", "external student":
		p.Form = "employer_student"
	case "external staff":
		p.Form = "partner_ped"
	default:
		hint := "добавьте столбец «Форма»"
		if mentor == "staff" && mentee == "pupil" {
			hint = "формы «учитель – ученик» в методологии нет; свою назовите в столбце «Форма»: custom-teacher-pupil"
		}
		r.failRow(p.at, "не видно, какая это форма наставничества").Hint = hint
	}
}

// twicePaired warns of a mentee in two pairs and of a pair that stands twice.
func (r *Roster) twicePaired() {
	seen := map[*Person]*Pair{}
	for _, p := range r.Pairs {
		for _, q := range p.Mentees {
			if before := seen[q]; before != nil && before.Form == p.Form {
				r.Problems.Warn(diag.Place{File: r.Book.Name, In: fmt.Sprintf("лист «%s», строка %d", p.at.sheet, p.at.row)},
					"наставляемый %s уже в паре строки %d", q.full(), before.at.row)
			}
			seen[q] = p
		}
	}
}

func hasCyrillic(s string) bool {
	return strings.ContainsFunc(s, func(r rune) bool { return unicode.Is(unicode.Cyrillic, r) })
}

func capitals(s string) bool {
	letters := 0
	for _, r := range s {
		if unicode.IsLower(r) {
			return false
		}
		if unicode.IsLetter(r) {
			letters++
		}
	}
	return letters > 5
}

func title(s string) string {
	up := true
	return strings.Map(func(r rune) rune {
		was := up
		up = !unicode.IsLetter(r)
		if was {
			return unicode.ToUpper(r)
		}
		return unicode.ToLower(r)
	}, s)
}

// lowerFirst writes a post with a small letter, unless it is an abbreviation.
func lowerFirst(s string) string {
	r, n := utf8.DecodeRuneInString(s)
	next, _ := utf8.DecodeRuneInString(s[n:])
	if s == "" || unicode.IsUpper(next) || next == '.' {
		return s
	}
	return string(unicode.ToLower(r)) + s[n:]
}
