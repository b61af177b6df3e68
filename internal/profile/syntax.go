package profile

import (
	"bytes"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/BurntSushi/toml"

	"nastavnik/internal/diag"
	"nastavnik/internal/pattern"
)

// maxSyntax is how many slips of syntax one file is asked about.
const maxSyntax = 20

// parse reads the values of a file. The parser stops at the first slip of
// syntax; a line that is wrong by itself is then hidden and the rest read
// again, so that a person sees all of them at once. The values are those of
// the readable lines.
func parse(src *source, list *diag.List) map[string]any {
	text := src.text
	seen := 0
	for {
		if at, deep := tooDeep(text); deep { // hiding a line may have opened a string
			list.Add(src.place(span{at, at + 1}), "вложенность больше 32").Code = CodeLimit
			return nil
		}
		values := map[string]any{}
		_, err := toml.Decode(string(text), &values)
		if err == nil {
			return values
		}
		var bad toml.ParseError
		if !errors.As(err, &bad) {
			p := list.Add(diag.Place{File: src.name}, "файл не разбирается")
			p.Code, p.Hint = "E01", "проверьте кавычки и скобки"
			return nil
		}
		problem, line := explain(src, text, bad)
		*list = append(*list, problem)
		if line <= seen || len(*list) >= maxSyntax {
			return nil
		}
		seen = line
		_, at := src.line(line)
		if !wrongAlone(text[at.start:at.end]) {
			return nil // the slip is further up: an open quote or bracket
		}
		if bytes.Equal(text, src.text) {
			text = bytes.Clone(text)
		}
		for i := at.start; i < at.end; i++ {
			text[i] = ' '
		}
	}
}

// wrongAlone reports whether hiding a line may mend the file: the line is no
// TOML by itself, or says again what another said.
func wrongAlone(line []byte) bool {
	return !parses(string(line)) || duplicateHeader.Match(line) || duplicateKey.Match(line)
}

// parses reports whether a line is TOML by itself.
func parses(line string) bool {
	if _, deep := tooDeep([]byte(line)); deep {
		return true
	}
	var v map[string]any
	_, err := toml.Decode(line, &v)
	return err == nil
}

var (
	duplicateHeader = pattern.New(`^\s*\[[^\[]`)
	duplicateKey    = pattern.New(`^\s*[A-Za-z0-9_."'-]+\s*=`)

	pairLine     = pattern.New(`^(\s*)([^=:\[\]"'#]*[^=:\[\]"'#\s])(\s*)([=:])(\s*)(.*)$`)
	headerLine   = pattern.New(`^(\s*\[\[?\s*)([^\[\]]*)(\]*)`)
	dottedDate   = pattern.New(`^(\d{1,2})\.(\d{1,2})\.(\d{4})`)
	isoDate      = pattern.New(`^\d{4}-\d{1,2}-\d{1,2}`)
	leadingZero  = pattern.New(`^[+-]?0\d+`)
	commaNumber  = pattern.New(`^(\d+),(\d+)\s*(#.*)?$`)
	spacedNumber = pattern.New(`^[+(]?\d[\d\s()+–-]*$`)
	wordBool     = pattern.New(`^(?i)(true|false|да|нет|yes|no|истина|ложь)\b?`)
	bareWord     = pattern.New(`^[^"'\[{#\s]`)
)

// explain puts one complaint of the parser into plain Russian. It looks at
// the line first, for the parser's words tell what it met and not what the
// person meant. text is the file with the lines hidden so far. The line
// returned is the one the problem stands on.
func explain(src *source, text []byte, bad toml.ParseError) (*diag.Problem, int) {
	n := max(1, bad.Position.Line)
	if n > 1 { // an open header is noticed on the next line only
		above, _ := src.line(n - 1)
		if line, _ := src.line(n); strings.HasPrefix(strings.TrimSpace(above), "[") && !parses(above) && parses(line) {
			n--
		}
	}
	line, at := src.line(n)
	p := &diag.Problem{Code: "E01"}
	say := func(from, to int, text, hint string) (*diag.Problem, int) {
		p.Place = src.place(span{at.start + from, at.start + max(to, from)})
		p.Text, p.Hint = text, hint
		return p, n
	}
	has := func(words ...string) bool {
		for _, w := range words {
			if strings.Contains(bad.Message, w) {
				return true
			}
		}
		return false
	}
	if has("already been defined", "already created") {
		return duplicate(src, text, bad, p, n)
	}
	if has("unexpected EOF") {
		if open := unclosed(text); open >= 0 {
			what := map[byte]string{'[': "скобка [", '{': "скобка {"}[text[open]]
			if what == "" {
				what = "кавычка"
			}
			p.Place = src.place(span{open, open + 1})
			p.Text, p.Hint = what+" не закрыта до конца файла", "закройте её там, где кончается значение"
			return p, 0 // nothing below it can be read
		}
	}
	lead := len(line) - len(strings.TrimLeft(line, " \t"))
	for _, mark := range []string{"//", ";", "--", "/*"} {
		if strings.HasPrefix(line[lead:], mark) {
			return say(lead, lead+len(mark), "строка не похожа ни на ключ, ни на раздел", "примечание начинают знаком #")
		}
	}
	if m := headerLine.FindStringSubmatchIndex(line); m != nil && strings.HasPrefix(line[lead:], "[") {
		name := line[m[4]:m[5]]
		switch {
		case nonLatin(name):
			return say(m[4], m[5], fmt.Sprintf("название раздела %q не латиницей", strings.TrimSpace(name)), hintLatin(name))
		case m[6] == m[7]:
			return say(m[0]+lead, len(line), "у заголовка раздела нет закрывающей скобки", "пишите, например, [school] или [[pairs]]")
		case strings.TrimSpace(name) == "":
			return say(lead, m[7], "пустое название раздела", "пишите, например, [school] или [[pairs]]")
		case strings.HasPrefix(line[lead:], "[[") != (m[7]-m[6] == 2):
			return say(lead, m[7], "скобок в начале и в конце заголовка не поровну", "пишите [school], но [[pairs]]")
		}
	}
	if m := pairLine.FindStringSubmatchIndex(line); m != nil {
		key, sep, value := line[m[4]:m[5]], line[m[8]:m[9]], line[m[12]:m[13]]
		from, to := m[12], m[13]
		switch {
		case nonLatin(key):
			return say(m[4], m[5], fmt.Sprintf("ключ %q не латиницей", key), hintLatin(key))
		case sep == ":":
			return say(m[8], m[9], fmt.Sprintf("после ключа %q стоит двоеточие", key), "ставьте знак «=»: "+key+" = …")
		case strings.ContainsAny(key, " \t"):
			return say(m[4], m[5], fmt.Sprintf("в ключе %q пробел", key), "пишите одним словом: "+strings.Join(strings.Fields(key), "_"))
		}
		if text, hint, width := explainValue(key, value, bad.Message); text != "" {
			return say(from, min(from+width, to), text, hint)
		}
	}
	start := bad.Position.Start
	if start < at.start || start > at.end {
		start = at.start + lead
	}
	from, to := start-at.start, start-at.start+max(1, bad.Position.Len)
	switch {
	case has("comma", "array terminator", "inline table terminator"):
		return say(from, to, "между значениями списка нет запятой или список не закрыт скобкой",
			"значения разделяют запятыми: [\"а\", \"б\"], { person = \"dir\", role = \"секретарь\" }")
	case has("newlines not allowed within inline tables"):
		return say(from, to, "таблица в фигурных скобках разорвана по строкам", "пишите её в одну строку")
	case has("strings cannot contain newlines"):
		return say(lead, len(line), "кавычка не закрыта до конца строки", "закройте кавычку; длинный текст пишите между тремя кавычками \"\"\"")
	case has("control characters"):
		return say(from, to, "управляющий знак "+codePoint(src.text, start), "удалите его: наберите это место заново")
	case has("invalid escape", "hexadecimal digits"):
		return say(from, to, "после обратной черты \\ стоит не то", backslashHint)
	case has("datetime"):
		return say(from, to, "такого дня в календаре нет", "дату пишут 2026-09-01 или \"01.09.2026\"")
	case has("leading zero"):
		return say(from, to, "число начинается с нуля", "возьмите его в кавычки, чтобы нуль не пропал")
	case has("expected '.' or '='", "expected key separator"):
		return say(lead, len(line), "после ключа нет знака «=»", "пишите: ключ = \"значение\"")
	case has("top-level item to end"):
		return say(from, to, "лишнее после значения", "одна строка – один ключ; примечание начинают знаком #")
	}
	return say(lead, len(line), "строка не разбирается", "пишите: ключ = \"значение\" или [раздел]")
}

const backslashHint = "обратную черту пишут дважды (\\\\) или берут значение в одинарные кавычки: 'C:\\Школа\\герб.png'; годится и прямая: \"C:/Школа/герб.png\""

// explainValue looks at what stands after «=»; text is empty when the value
// shows nothing wrong. width is how much of the value to point at, in bytes.
func explainValue(key, value, message string) (text, hint string, width int) {
	trimmed := strings.TrimRight(value, " \t")
	first, size := utf8.DecodeRuneInString(value)
	switch {
	case trimmed == "" || strings.HasPrefix(trimmed, "#"):
		return fmt.Sprintf("у ключа %q нет значения", key), "впишите его или сделайте строку примечанием: # в начале", 1
	case strings.ContainsRune("“”„‟‘’‚″", first):
		return "вместо прямых кавычек стоят фигурные", fmt.Sprintf("пишите %s = \"%s\"", key, strings.Trim(trimmed, "“”„‟‘’‚″\"")), size
	case first == '«':
		return "значение не взято в прямые кавычки", fmt.Sprintf("пишите %s = \"%s\"", key, trimmed), len(trimmed)
	case first == '"' && !strings.HasPrefix(value, `"""`):
		end := skipString([]byte(value), 0)
		if strings.Contains(message, "escape") || strings.Contains(message, "hexadecimal") {
			if i := strings.IndexByte(value, '\\'); i >= 0 {
				return "после обратной черты \\ стоит не то", backslashHint, end
			}
		}
		if strings.Contains(message, "control") {
			return "", "", 0
		}
		if end == len(value) && (end == 1 || value[end-1] != '"') {
			return "кавычка не закрыта до конца строки", "закройте кавычку; длинный текст пишите между тремя кавычками \"\"\"", len(trimmed)
		}
		if rest := strings.TrimSpace(value[end:]); rest != "" && rest[0] != '#' {
			return "лишние кавычки внутри значения", "внутри пишите «ёлочки»: " + key + " = \"" + guillemets(trimmed) + "\"; или берите всё в одинарные '…'", len(trimmed)
		}
	case first == '[' || first == '{' || first == '\'' || first == '"':
	case dottedDate.MatchString(value):
		m := dottedDate.FindStringSubmatch(value)
		return "дата без кавычек", fmt.Sprintf("пишите \"%s\" в кавычках или %s-%02s-%02s", m[0], m[3], m[2], m[1]), len(m[0])
	case isoDate.MatchString(value) && strings.Contains(message, "datetime"):
		m := isoDate.FindString(value)
		if _, err := parseDate(m); err != nil {
			return fmt.Sprintf("даты %s в календаре нет", m), "проверьте день и месяц", len(m)
		}
		return "дата записана не так", "пишите 2026-09-01 или \"01.09.2026\"", len(m)
	case commaNumber.MatchString(value):
		m := commaNumber.FindStringSubmatch(value)
		return "в числе запятая", fmt.Sprintf("пишите %s.%s", m[1], m[2]), len(m[1]) + 1 + len(m[2])
	case leadingZero.MatchString(value), spacedNumber.MatchString(trimmed):
		return "число начинается с нуля или написано с пробелами", fmt.Sprintf("возьмите значение в кавычки: %s = \"%s\"", key, strings.TrimSpace(cutComment(value))), len(strings.TrimSpace(cutComment(value)))
	case wordBool.MatchString(value) && len(strings.Fields(cutComment(value))) == 1:
		return "неизвестное слово вместо «да» или «нет»", "«да» пишут true, «нет» – false, маленькими буквами и без кавычек", len(strings.TrimSpace(cutComment(value)))
	case bareWord.MatchString(value):
		word := strings.TrimSpace(cutComment(value))
		return "текст без кавычек", fmt.Sprintf("пишите %s = \"%s\"", key, strings.Trim(guillemets(word), `"`)), len(word)
	}
	return "", "", 0
}

// guillemets turns the inner straight quotes of a value into «ёлочки»; outer
// ones are dropped.
func guillemets(value string) string {
	value = strings.TrimSuffix(strings.TrimPrefix(cutCommentAfterQuote(value), `"`), `"`)
	var b strings.Builder
	for i, r := range value {
		if r != '"' {
			b.WriteRune(r)
			continue
		}
		before, _ := utf8.DecodeLastRuneInString(value[:i])
		if i == 0 || unicode.IsSpace(before) || before == '(' {
			b.WriteRune('«')
		} else {
			b.WriteRune('»')
		}
	}
	return b.String()
}

func cutComment(s string) string {
	before, _, _ := strings.Cut(s, "#")
	return before
}

// cutCommentAfterQuote drops a comment that follows the last quote.
func cutCommentAfterQuote(s string) string {
	if q := strings.LastIndexByte(s, '"'); q >= 0 {
		if i := strings.IndexByte(s[q:], '#'); i >= 0 {
			return strings.TrimSpace(s[:q+i])
		}
	}
	return strings.TrimSpace(s)
}

// duplicate tells of a key or table that stands twice, with both lines. The
// parser's own place may be that of the next thing it has read.
func duplicate(src *source, text []byte, bad toml.ParseError, p *diag.Problem, n int) (*diag.Problem, int) {
	seen := map[string]item{}
	for _, it := range scan(text).items {
		before, twice := seen[it.path]
		switch {
		case it.kind == itemElement:
			continue
		case twice && (it.kind != itemTable || before.kind == itemTable && before.key != before.value):
			p.Place = src.place(it.key)
			first := src.place(before.key)
			what := "ключ"
			if it.kind != itemValue {
				what = "раздел"
			}
			p.Text = fmt.Sprintf("%s %q уже есть в строке %d", what, it.path, first.Line)
			p.Hint = "оставьте одно из двух мест; списки – людей, пары – пишут в двойных скобках: [[pairs]]"
			return p, p.Place.Line
		}
		if !twice {
			seen[it.path] = it
		}
	}
	_, at := src.line(n)
	p.Place = src.place(at)
	p.Text, p.Hint = "ключ или раздел уже есть выше", "оставьте одно из двух мест"
	return p, n
}

// unclosed returns the offset of the bracket or quote that stays open at the
// end of the text, or -1.
func unclosed(text []byte) int {
	var open []int
	for i := 0; i < len(text); {
		switch c := text[i]; c {
		case '"', '\'':
			end := skipString(text, i)
			triple := string([]byte{c, c, c})
			if bytes.HasPrefix(text[i:], []byte(triple)) && end == len(text) && !(end >= i+6 && bytes.HasSuffix(text, []byte(triple))) {
				return i
			}
			i = end
			continue
		case '#':
			i = skipLine(text, i)
			continue
		case '[', '{':
			open = append(open, i)
		case ']', '}':
			if len(open) > 0 {
				open = open[:len(open)-1]
			}
		}
		i++
	}
	if len(open) > 0 {
		return open[len(open)-1]
	}
	return -1
}

func nonLatin(key string) bool {
	return strings.ContainsFunc(key, func(r rune) bool { return r > unicode.MaxASCII && unicode.IsLetter(r) })
}

// hintLatin proposes the key that a person meant by a key not in Latin
// letters: Cyrillic look-alikes put back, or the Russian name of a key.
func hintLatin(key string) string {
	const hint = "ключи пишут латинскими буквами"
	key = strings.TrimSpace(key)
	if meant := latin(key); !nonLatin(meant) {
		for _, k := range allKeys() {
			if k == meant {
				return hint + "; в " + strconv.Quote(key) + " есть русские буквы, похожие на латинские, нужно " + k
			}
		}
	}
	if k := keyByRussian(key); k != "" {
		return hint + "; возможно, " + k
	}
	return hint + "; список ключей даёт «nastavnik fields»"
}

// lookAlikes are Cyrillic letters and the Latin ones they look like.
var lookAlikes = strings.NewReplacer("а", "a", "е", "e", "о", "o", "р", "p", "с", "c", "у", "y", "х", "x", "і", "i", "ј", "j", "ѕ", "s",
	"А", "A", "В", "B", "Е", "E", "К", "K", "М", "M", "Н", "H", "О", "O", "Р", "P", "С", "C", "Т", "T", "Х", "X", "І", "I", "Ј", "J", "Ѕ", "S")

func latin(s string) string { return lookAlikes.Replace(s) }

func codePoint(text []byte, at int) string {
	if at < 0 || at >= len(text) {
		return ""
	}
	r, _ := utf8.DecodeRune(text[at:])
	return fmt.Sprintf("U+%04X", r)
}
