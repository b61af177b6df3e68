package fill

import (
	"cmp"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"nastavnik/internal/diag"
	"nastavnik/internal/docx"
)

// kind is what a placeholder does.
type kind uint8

const (
	kindValue kind = iota
	kindEach
	kindIf
	kindElseIf
	kindElse
	kindEnd
	kindInclude
	kindImage
	kindBlank
)

// control reports whether a placeholder prints nothing itself.
func (k kind) control() bool { return k >= kindEach && k <= kindEnd }

// level is where a block stands when its author said so.
type level uint8

const (
	levelAuto      level = iota
	levelParagraph       // @p
	levelRow             // @row
	levelColumn          // @col
)

// options are the words with @ at the end of an opening placeholder, in
// English or in Russian.
var options = map[string]func(*placeholder){
	"p":        func(p *placeholder) { p.level = levelParagraph },
	"row":      func(p *placeholder) { p.level = levelRow },
	"col":      func(p *placeholder) { p.level = levelColumn },
	"page":     func(p *placeholder) { p.newPage = true },
	"restart":  func(p *placeholder) { p.numbering = numberingRestart },
	"continue": func(p *placeholder) { p.numbering = numberingContinue },
}

// numbering says what a loop does with the lists inside it.
type numbering uint8

const (
	numberingAuto numbering = iota
	numberingRestart
	numberingContinue
)

// placeholder is one pair of braces in the text.
type placeholder struct {
	kind kind
	raw  []rune // between the braces, as typed
	expr source // what to evaluate: value, list, condition, picture
	name string // loop variable, block to include, or what {{/each x}} names

	level     level
	newPage   bool
	numbering numbering

	language source // what gives the language of the run: «kv»; "" when it stays as it is

	opt           bool   // print nothing when empty
	required      bool   // empty is an error
	width         int    // characters of the line for the pen
	wide, high    int64  // of a picture, EMU; 0 when not given
	alt           string // of a picture
	merge, hmerge bool   // merge equal cells down, across

	place diag.Place
	order int // in the text of the template
	node  *docx.Node
}

// source is an expression healed for the evaluator, with the way back.
type source struct {
	text string
	at   []int // offset in raw of each rune of text, and of the end
}

// defaultBlank is the width of a line for the pen, in characters.
const defaultBlank = 12

// quotes maps an opening quotation mark to the marks that close it.
var quotes = map[rune]string{
	'"': `"“”`, '\'': "'‘’", '“': "”“\"", '”': "”“\"", '„': "“”\"", '«': "»", '‘': "’'", '’': "’'", '`': "`",
}

// words are Russian operators and the evaluator's names for them.
var words = map[string]string{"и": "and", "или": "or", "не": "not", "да": "true", "нет": "false", "пусто": "nil"}

// signs are typographic operators.
var signs = map[rune]string{'≠': "!=", '≥': ">=", '≤': "<=", '−': "-", '–': "-", '—': "-", '×': "*", '·': "*"}

// invisible reports whether Word may have put r between what was typed.
func invisible(r rune) bool {
	switch r {
	case '\u00ad', '\u200b', '\u200c', '\u200d', '\u200e', '\u200f', '\u2060', '\ufeff':
		return true
	}
	return false
}

// heal turns raw[from:to] into an expression: quotation marks of any kind
// delimit strings, invisible characters go, spaces are plain, «=» compares,
// operators may be typographic or Russian words.
func heal(raw []rune, from, to int) source {
	var b strings.Builder
	var s source
	put := func(text string, at int) {
		b.WriteString(text)
		for range text { // one entry a rune
			s.at = append(s.at, at)
		}
	}
	closing := ""
	for i := from; i < to; i++ {
		r := raw[i]
		switch {
		case closing != "": // inside a string
			switch {
			case strings.ContainsRune(closing, r):
				put(`"`, i)
				closing = ""
			case r == '"' || r == '\\':
				put(`\`+string(r), i)
			case r == '\n' || r == '\t':
				put(" ", i)
			default:
				put(string(r), i)
			}
		case quotes[r] != "":
			closing = quotes[r]
			put(`"`, i)
		case invisible(r):
		case unicode.IsSpace(r):
			put(" ", i)
		case signs[r] != "":
			put(signs[r], i)
		case r == '=':
			switch {
			case i+1 < to && raw[i+1] == '=':
				put("==", i)
				i++
			case i > from && strings.ContainsRune("!<>", raw[i-1]):
				put("=", i)
			default:
				put("==", i)
			}
		case unicode.IsLetter(r) || r == '_':
			end := i
			for end < to && (unicode.IsLetter(raw[end]) || unicode.IsDigit(raw[end]) || raw[end] == '_' || invisible(raw[end])) {
				end++
			}
			var word strings.Builder
			for _, c := range raw[i:end] {
				if !invisible(c) {
					word.WriteRune(c)
				}
			}
			text := word.String()
			if operator := words[strings.ToLower(text)]; operator != "" && before(raw, from, i) != '.' {
				text = operator
			}
			put(text, i)
			i = end - 1
		default:
			put(string(r), i)
		}
	}
	s.at = append(s.at, to)
	s.text = b.String()
	trimmed := strings.TrimLeft(s.text, " ")
	cut := len(s.text) - len(trimmed) // spaces are one byte each
	s.at, s.text = s.at[cut:], strings.TrimRight(trimmed, " ")
	return s
}

// before returns the last visible rune of raw[from:to], 0 when there is none.
func before(raw []rune, from, to int) rune {
	for i := min(to, len(raw)) - 1; i >= from; i-- {
		if !unicode.IsSpace(raw[i]) && !invisible(raw[i]) {
			return raw[i]
		}
	}
	return 0
}

// slice returns the part of s between two byte offsets of its text.
func (s source) slice(from, to int) source {
	text := s.text[from:to]
	lead := len(text) - len(strings.TrimLeft(text, " "))
	first := utf8.RuneCountInString(s.text[:from+lead])
	text = strings.TrimSpace(text)
	return source{text, s.at[first : first+utf8.RuneCountInString(text)+1]}
}

// replace returns s with text in the place of its bytes [from, to).
func (s source) replace(from, to int, text string) source {
	a, b := utf8.RuneCountInString(s.text[:from]), utf8.RuneCountInString(s.text[:to])
	at := append([]int(nil), s.at[:a]...)
	for range text {
		at = append(at, s.at[a])
	}
	return source{s.text[:from] + text + s.text[to:], append(at, s.at[b:]...)}
}

// mistake is what is wrong inside a placeholder, at a rune offset of raw.
type mistake struct {
	at    int
	width int
	text  string
	hint  string
}

// parsePlaceholder reads what stands between braces.
func parsePlaceholder(raw []rune) (*placeholder, *mistake) {
	p := &placeholder{raw: raw, width: defaultBlank}
	whole := heal(raw, 0, len(raw))
	text := whole.text
	at := func(offset int) int { return whole.at[utf8.RuneCountInString(text[:offset])] }
	word, rest := text, ""
	if space := strings.IndexByte(text, ' '); space >= 0 {
		word, rest = text[:space], text[space+1:]
	}
	restAt := len(text) - len(rest)
	switch {
	case text == "":
		return nil, &mistake{0, 1, "пустые скобки «{{ }}»", "напишите имя поля или уберите скобки"}
	case text[0] == '#' || strings.HasPrefix(text, "# "):
		return p.opening(whole)
	case text[0] == '/':
		p.kind = kindEnd
		p.name = strings.TrimSpace(text[1:])
		return p, nil
	case text[0] == '>':
		p.kind = kindInclude
		p.name = strings.Trim(strings.TrimSpace(text[1:]), `"`)
		if p.name == "" {
			return nil, &mistake{0, len(raw), "не сказано, какой блок вставить", "напишите «{{> имя_блока}}»"}
		}
		return p, nil
	case text == "else":
		p.kind = kindElse
		return p, nil
	case word == "else":
		cond, found := strings.CutPrefix(strings.TrimSpace(rest), "if")
		if !found || cond == "" || cond[0] != ' ' && cond[0] != '(' {
			return nil, &mistake{at(restAt), len([]rune(rest)), "непонятное слово после «else»", "напишите «{{else}}» или «{{else if условие}}»"}
		}
		p.kind = kindElseIf
		p.expr = whole.slice(strings.LastIndex(text, cond), len(text))
		return p, nil
	case word == "image":
		return p.picture(whole, restAt)
	case word == "blank":
		p.kind = kindBlank
		if rest == "" {
			return p, nil
		}
		n, err := strconv.Atoi(strings.TrimSpace(rest))
		if err != nil || n < 1 || n > 200 {
			return nil, &mistake{at(restAt), len([]rune(rest)), "ширина черты должна быть числом от 1 до 200", "напишите «{{ blank 20 }}»"}
		}
		p.width = n
		return p, nil
	}
	return p.value(whole)
}

// opening reads {{#each list as x @option}} and {{#if condition @option}}.
func (p *placeholder) opening(whole source) (*placeholder, *mistake) {
	text := whole.text
	from := 1 + len(text[1:]) - len(strings.TrimLeft(text[1:], " "))
	word := text[from:]
	if end := strings.IndexAny(word, " ("); end >= 0 {
		word = word[:end]
	}
	body := whole.slice(from+len(word), len(text))
	for {
		at := strings.LastIndex(body.text, "@")
		if at < 0 || strings.ContainsAny(body.text[at:], `")`) {
			break
		}
		option := options[strings.TrimSpace(body.text[at+1:])]
		if option == nil {
			return nil, &mistake{body.at[utf8.RuneCountInString(body.text[:at])], utf8.RuneCountInString(body.text[at:]),
				"неизвестное указание «" + body.text[at:] + "»", "есть @p, @row, @col, @page, @restart, @continue"}
		}
		option(p)
		body = body.slice(0, at)
	}
	p.expr = body
	switch word {
	case "if":
		p.kind = kindIf
		if body.text == "" {
			return nil, &mistake{0, len(p.raw), "после «#if» нет условия", "напишите, например, «{{#if director.phone}}»"}
		}
	case "unless":
		p.kind = kindIf
		p.expr = body.replace(0, 0, "not (")
		p.expr = p.expr.replace(len(p.expr.text), len(p.expr.text), ")")
	case "each":
		p.kind = kindEach
		p.name = "it"
		if as := strings.LastIndex(body.text, " as "); as >= 0 {
			p.name = strings.TrimSpace(body.text[as+4:])
			p.expr = body.slice(0, as)
		}
		if p.expr.text == "" {
			return nil, &mistake{0, len(p.raw), "после «#each» нет списка", "напишите, например, «{{#each pairs as pair}}»"}
		}
		if !isName(p.name) {
			return nil, &mistake{0, len(p.raw), "имя «" + p.name + "» не годится: нужны буквы, цифры и «_»", "напишите, например, «{{#each pairs as pair}}»"}
		}
	default:
		hint := "есть «{{#each …}}» и «{{#if …}}»"
		if near := diag.Nearest(word, []string{"each", "if", "unless"}); near != "" {
			hint = "возможно, «{{#" + near + " …}}»"
		}
		return nil, &mistake{0, len(p.raw), "неизвестная метка «#" + word + "»", hint}
	}
	return p, nil
}

func isName(s string) bool {
	for i, r := range s {
		if !unicode.IsLetter(r) && r != '_' && (i == 0 || !unicode.IsDigit(r)) {
			return false
		}
	}
	return s != ""
}

// picture reads {{ image value width=20mm height=10mm alt="герб" }}; alt is
// what a screen reader says and stands last.
func (p *placeholder) picture(whole source, from int) (*placeholder, *mistake) {
	p.kind = kindImage
	p.expr = whole.slice(from, len(whole.text))
	if at := strings.Index(p.expr.text, ` alt==`); at >= 0 { // «=» has been healed to «==»
		quoted := strings.TrimSpace(p.expr.text[at+len(` alt==`):])
		p.alt = strings.Trim(quoted, `"'«»`)
		p.expr = p.expr.slice(0, at)
	}
	for {
		text := p.expr.text
		space := strings.LastIndexByte(text, ' ')
		key, size, found := strings.Cut(text[space+1:], "==") // heal doubled «=»
		if !found || key != "width" && key != "height" {
			break
		}
		emu, ok := length(size)
		if !ok {
			return nil, &mistake{p.expr.at[utf8.RuneCountInString(text[:space+1])], utf8.RuneCountInString(text[space+1:]),
				"непонятный размер «" + size + "»", "напишите в миллиметрах: «width=20mm»"}
		}
		if key == "width" {
			p.wide = emu
		} else {
			p.high = emu
		}
		p.expr = p.expr.slice(0, max(0, space))
	}
	if p.expr.text == "" {
		return nil, &mistake{0, len(p.raw), "не сказано, какой рисунок вставить", "напишите «{{ image school.emblem width=20mm }}»"}
	}
	return p, nil
}

// length reads a size such as 20mm, 20мм, 2cm, 3.5см, 1in or 40pt as EMU.
func length(s string) (int64, bool) {
	units := []struct {
		suffix string
		emu    float64
	}{{"mm", 36000}, {"мм", 36000}, {"cm", 360000}, {"см", 360000}, {"in", 914400}, {"pt", 12700}, {"", 36000}}
	for _, u := range units {
		digits, found := strings.CutSuffix(s, u.suffix)
		if !found {
			continue
		}
		n, err := strconv.ParseFloat(strings.ReplaceAll(digits, ",", "."), 64)
		emu := n * u.emu
		return int64(emu + 0.5), err == nil && emu >= 36000 && emu <= 36000*1000 // 1 mm to 1 m
	}
	return 0, false
}

// value reads {{ expression | filter | filter argument }}.
func (p *placeholder) value(whole source) (*placeholder, *mistake) {
	p.expr = whole
	pipes := topLevel(whole.text)
	for i := len(pipes) - 1; i >= 0; i-- { // the last first, so offsets hold
		from, to := pipes[i]+1, len(p.expr.text)
		if i+1 < len(pipes) {
			to = min(pipes[i+1], to)
		}
		segment := strings.TrimSpace(p.expr.text[from:to])
		name, argument := segment, ""
		if space := strings.IndexAny(segment, " ("); space >= 0 {
			name, argument = segment[:space], strings.TrimSpace(segment[space:])
		}
		if name == "" {
			return nil, &mistake{p.expr.at[utf8.RuneCountInString(p.expr.text[:pipes[i]])], 1, "после «|» нет функции",
				"напишите, например, «| upper», или уберите черту"}
		}
		inner := strings.TrimSuffix(strings.TrimPrefix(argument, "("), ")")
		own := true
		switch name {
		case "opt":
			p.opt = true
		case "required":
			p.required = true
		case "lang":
			start := from + strings.Index(p.expr.text[from:to], name) + len(name)
			p.language = p.expr.slice(start, to)
			p.language.text = strings.Trim(p.language.text, "()")
		case "merge":
			p.merge = true
		case "hmerge":
			p.hmerge = true
		case "blank":
			n, err := strconv.Atoi(cmp.Or(inner, strconv.Itoa(defaultBlank)))
			if err != nil || n < 1 || n > 200 {
				at := p.expr.at[utf8.RuneCountInString(p.expr.text[:from])]
				return nil, &mistake{at, utf8.RuneCountInString(segment) + 1, "ширина черты должна быть числом от 1 до 200", "напишите «| blank 20»"}
			}
			p.width = n
		default:
			own = false
		}
		switch {
		case own:
			p.expr = p.expr.replace(pipes[i], to, "")
		case argument == "":
			p.expr = p.expr.replace(from, to, " "+name+"()")
		case argument[0] != '(':
			p.expr = p.expr.replace(from, to, " "+name+"("+argument+")")
		}
	}
	p.expr = p.expr.slice(0, len(p.expr.text))
	if p.expr.text == "" {
		return nil, &mistake{0, len(p.raw), "перед «|» нет имени поля", ""}
	}
	return p, nil
}

// topLevel returns the offsets of the pipes of text outside strings and
// brackets; «||» is an operator.
func topLevel(text string) []int {
	var pipes []int
	depth, quoted := 0, false
	for i := 0; i < len(text); i++ {
		switch c := text[i]; {
		case quoted && c == '\\':
			i++
		case c == '"':
			quoted = !quoted
		case quoted:
		case c == '(' || c == '[' || c == '{':
			depth++
		case c == ')' || c == ']' || c == '}':
			depth--
		case c == '|' && i+1 < len(text) && text[i+1] == '|':
			i++
		case c == '|' && depth == 0:
			pipes = append(pipes, i)
		}
	}
	return pipes
}

// problemAt returns the place of a placeholder with the caret moved to width
// runes of raw from at on.
func (p *placeholder) problemAt(at, width int) diag.Place {
	place := p.place
	place.Caret += 2 + at // the braces stand before raw
	place.Width = max(1, min(width, len(p.raw)-at))
	return place
}

// braces returns the placeholder as its author sees it, shortened.
func (p *placeholder) braces() string {
	text := strings.Join(strings.FieldsFunc(string(p.raw), func(r rune) bool { return unicode.IsSpace(r) || invisible(r) }), " ")
	if r := []rune(text); len(r) > 60 {
		text = string(r[:59]) + "…"
	}
	if p.kind.control() || p.kind == kindInclude {
		return "{{" + text + "}}"
	}
	return "{{ " + text + " }}"
}
