package roster

import (
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"nastavnik/internal/pattern"
	"nastavnik/internal/profile"
)

var (
	nameWord   = pattern.New(`^\p{Lu}[\p{L}’'-]*\.?(\p{Lu}\.)?,?$`)
	numbering  = pattern.New(`^\d+\s*[.)]\s*`)
	classIn    = pattern.New(`^(?:обучающ\p{L}+\s+|учащ\p{L}+\s+|ученик\p{L}*\s+)?(1[01]|[1-9])\s*[-–]?\s*[«"]?\s*([А-ЯЁа-яё]?)\s*[»"]?\s*(?:кл\.?|класс\p{L}*)?$`)
	inBrackets = pattern.New(`\(([^()]*)\)`)
	joined     = pattern.New(`(\p{Lu})\.(\p{Lu})\.`) // «А.И.» without a space
	tailWords  = pattern.New(`(?i)\b(оглы|кызы|углы|гызы)\b`)
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

var (
	twoDigits = pattern.New(`^(\d{1,2})[./-](\d{1,2})[./-](\d{2})$`)
	digitsIn  = pattern.New(`\d+`)
	yearWord  = pattern.New(`\s*(года|г\.?)?[\s.]*$`)
	anyDate   = pattern.New(`\d{1,2}\.\d{1,2}\.\d{4}|\d{4}-\d{2}-\d{2}|\d{1,2}\s+\p{L}+\s+\d{4}`)
)

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
	case strings.Contains(t, "высш"), t == "вкк", t == "в":
		return "высшая"
	case strings.Contains(t, "перв") || t == "1" || t == "i" || t == "1кк" || t == "пкк" || strings.HasPrefix(t, "1 ") || strings.HasPrefix(t, "i "):
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
