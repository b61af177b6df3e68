package markup

import (
	"regexp"
	"strings"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/util"

	"nastavnik/internal/diag"
)

// run is a stretch of text of one look. Text may hold the marks tabMark and
// breakMark; a placeholder stands in it whole.
type run struct {
	text         string
	bold, italic bool
}

const (
	tabMark   = '⇥' // a tab, as an author writes it
	breakMark = '\v'
)

// Placeholders are hidden from the Markdown parser behind private-use letters,
// for they hold pipes, underscores, quotes and stars of their own.
const (
	hideOpen  = '\uE000'
	hideClose = '\uE001'
	hideDigit = '\uE010' // … \uE019

	// hideEdge stands around a hidden control tag: punctuation to the parser, so
	// that «**Имя.**{{#if …}}» closes its stars.
	hideEdge = "‖"
)

var (
	hidable = regexp.MustCompile(`\{\{[^{}]*\}\}|_{3,}`)
	hidden  = regexp.MustCompile("‖?\uE000[\uE010-\uE019]+\uE001‖?")

	controlTag  = `\{\{\s*(?:[#/>][^{}]*|else(?:\s[^{}]*)?)\}\}`
	controlLine = regexp.MustCompile(`^\s*(?:` + controlTag + `\s*)+$`)
	includeLine = regexp.MustCompile(`^\s*\{\{>\s*([\pL\d_./-]+)[^{}]*\}\}\s*$`)
)

// hider keeps what is hidden, in order of appearance.
type hider struct{ kept []string }

// hide replaces placeholders and pen lines by private letters.
func (h *hider) hide(s string) string {
	return hidable.ReplaceAllStringFunc(s, func(tag string) string {
		n := len(h.kept)
		h.kept = append(h.kept, tag)
		var b strings.Builder
		b.WriteRune(hideOpen)
		for _, digit := range itoa(n) {
			b.WriteRune(hideDigit + digit - '0')
		}
		b.WriteRune(hideClose)
		if controlTags.MatchString(tag) {
			return hideEdge + b.String() + hideEdge
		}
		return b.String()
	})
}

// show puts back what hide took away.
func (h *hider) show(s string) string {
	if !strings.ContainsRune(s, hideOpen) {
		return s
	}
	return hidden.ReplaceAllStringFunc(s, func(mark string) string {
		n := 0
		for _, r := range mark {
			if r >= hideDigit && r < hideDigit+10 {
				n = n*10 + int(r-hideDigit)
			}
		}
		return h.kept[n]
	})
}

// typography sets no-break spaces where Russian office practice wants them, in
// text whose placeholders are hidden. It knows the author's words only; values
// are the business of package fill.
func typography(s string) string {
	for _, rule := range spaceRules {
		s = rule.re.ReplaceAllString(s, rule.with)
	}
	return s
}

var spaceRules = []struct {
	re   *regexp.Regexp
	with string
}{
	{regexp.MustCompile(`№ ([^\s|])`), "№\u00a0$1"},
	{regexp.MustCompile(`(\d) ([а-яё%])`), "$1\u00a0$2"},
	{regexp.MustCompile("(\uE001) (г\\.|гг\\.|руб\\.|%)"), "$1\u00a0$2"},
	{regexp.MustCompile(`(^|[\s(])(ст|п|пп|ч|гл|разд|стр|рис|табл|ул|им)\. (\S)`), "$1$2.\u00a0$3"},
	{regexp.MustCompile("(^|[\\s(])(г|с|д|п|пос)\\. ([А-ЯЁ\uE000])"), "$1$2.\u00a0$3"},
	{regexp.MustCompile(`([^\s|]) – `), "$1\u00a0– "},
	{regexp.MustCompile(`([А-ЯЁ])\. ([А-ЯЁ])\. ([А-ЯЁ])`), "$1.\u00a0$2.\u00a0$3"},
	{regexp.MustCompile(`([Ии])\. о\. `), "$1.\u00a0о.\u00a0"},
	{regexp.MustCompile(`т\. (е|д|п|ч)\.`), "т.\u00a0$1."},
	{regexp.MustCompile(`М\. П\.`), "М.\u00a0П."},
}

// inlines flattens the inline children of a Markdown node into runs.
func (c *compiler) inlines(n ast.Node, source []byte) []run {
	var runs []run
	add := func(text string, bold, italic bool) {
		if text == "" {
			return
		}
		if k := len(runs) - 1; k >= 0 && runs[k].bold == bold && runs[k].italic == italic {
			runs[k].text += text
			return
		}
		runs = append(runs, run{text, bold, italic})
	}
	var walk func(n ast.Node, bold, italic bool)
	walk = func(n ast.Node, bold, italic bool) {
		for child := n.FirstChild(); child != nil; child = child.NextSibling() {
			switch child := child.(type) {
			case *ast.Text:
				text := string(util.UnescapePunctuations(resolve(child.Segment.Value(source))))
				add(text, bold, italic)
				switch {
				case child.HardLineBreak():
					add(string(breakMark), bold, italic)
				case child.SoftLineBreak():
					add(" ", bold, italic)
				}
			case *ast.String:
				add(string(child.Value), bold, italic)
			case *ast.Emphasis:
				walk(child, bold || child.Level == 2, italic || child.Level == 1)
			case *ast.RawHTML:
				tag := string(child.Segments.Value(source))
				if tag != "<br>" {
					c.fail("тег %s не поддерживается", tag)
				}
				add(string(breakMark), bold, italic)
			default:
				c.fail("разметка %s не поддерживается", child.Kind())
			}
		}
	}
	walk(n, false, false)
	for i := range runs {
		if strings.Contains(runs[i].text, "**") {
			c.fail("звёздочки ** ничего не выделяют: «%s»", c.hider.show(runs[i].text)).Hint = "между ** и буквой слова снаружи нужен пробел"
		}
		runs[i].text = c.hider.show(runs[i].text)
	}
	return runs
}

func resolve(b []byte) []byte {
	return util.ResolveEntityNames(util.ResolveNumericReferences(b))
}

// plain joins the text of runs.
func plain(runs []run) string {
	var b strings.Builder
	for _, r := range runs {
		b.WriteString(r.text)
	}
	return b.String()
}

// lint reports what a typist would do and a typesetter would not.
func lint(file string, line int, text string, problems *diag.List) {
	text = hidable.ReplaceAllString(text, "x")
	for i, l := range strings.Split(text, "\n") {
		at := diag.Place{File: file, Line: line + i}
		if strings.Contains(l, `"`) {
			problems.Add(at, "прямая кавычка").Hint = "«ёлочки», внутри них „лапки“"
		}
		if strings.Contains(strings.TrimSpace(l), "  ") && !strings.Contains(l, "|") {
			problems.Add(at, "два пробела подряд")
		}
		if strings.Contains(strings.TrimSpace(l), " - ") {
			problems.Add(at, "дефис вместо тире").Hint = "тире – это «–»"
		}
	}
}
