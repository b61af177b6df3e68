package markup

import (
	"errors"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/BurntSushi/toml"

	"nastavnik/internal/diag"
)

// Front is what markup reads of the TOML front matter; the other keys belong
// to the catalog. Lengths are whole millimetres, sizes whole points; a zero
// takes the value of the kind.
type Front struct {
	Title string `toml:"title"` // of the document, for the file's properties
	Kind  string `toml:"kind"`  // приказ, положение, протокол …: sets margins and title
	Page  Page   `toml:"page"`
}

// Page is the look of the whole document: «page = { margin = 20, spacing = 1 }».
type Page struct {
	Margin    int     `toml:"margin"`    // left margin: 20 or 30
	Size      int     `toml:"size"`      // body text: 12, 13 or 14
	Spacing   float64 `toml:"spacing"`   // body lines: 1, 1.15, 1.2, 1.25, 1.3 or 1.5
	Landscape bool    `toml:"landscape"` // the whole document lies
	Plain     bool    `toml:"plain"`     // no page numbers at all, as on certificates
}

// longKept are the kinds whose papers are kept for more than ten years: their
// left margin is 30 mm, that of the others 20 (ГОСТ Р 7.0.97-2025, 3.2).
var longKept = []string{
	"приказ", "положение", "протокол", "выписка", "программа", "план", "отчёт",
	"соглашение", "реестр", "персонализированная программа",
}

// lineOf maps the spacing of body text to w:line. Word, LibreOffice 7.4 and
// 25.2 agree to the twip on these values.
var lineOf = map[float64]int{1: 240, 1.15: 276, 1.2: 288, 1.25: 300, 1.3: 312, 1.5: 360}

// settle fills what the source left out and reports what it may not say.
func (f *Front) settle(at diag.Place, problems *diag.List) {
	p := &f.Page
	if p.Margin == 0 {
		p.Margin = 20
		if slices.Contains(longKept, f.Kind) {
			p.Margin = 30
		}
	}
	if p.Size == 0 {
		p.Size = 14
	}
	if p.Spacing == 0 {
		p.Spacing = 1.5
	}
	if f.Title == "" {
		problems.Add(at, "нет title").Hint = "название документа, как в перечне"
	}
	if p.Margin < 20 || p.Margin > 40 {
		problems.Add(at, "margin = %d: левое поле бывает 20–40 мм", p.Margin)
	}
	if p.Size < 10 || p.Size > 16 {
		problems.Add(at, "size = %d: кегль бывает 10–16", p.Size)
	}
	if lineOf[p.Spacing] == 0 {
		problems.Add(at, "spacing = %v: бывает 1, 1.15, 1.2, 1.25, 1.3 и 1.5", p.Spacing).Hint =
			"другие значения Word и LibreOffice считают по-разному"
	}
}

// source is a template source in pieces: front matter and the tree of divs.
type source struct {
	file  string
	front Front
	body  []*div // one root
}

// div is a fenced division or, with an empty name, a run of plain text lines.
type div struct {
	name  string
	attrs map[string]string // a bare word has the value ""
	inner []*div
	text  string // of a plain piece
	line  int    // from 1: the line of the fence, or of the first text line
}

func (d *div) has(name string) bool { _, ok := d.attrs[name]; return ok }

// readSource splits a source into front matter and divs.
func readSource(file string, src string, problems *diag.List) source {
	s := source{file: file}
	src = strings.ReplaceAll(src, "\r\n", "\n")
	for i, line := range strings.Split(src, "\n") {
		if strings.ContainsFunc(line, foreign) {
			problems.Add(diag.Place{File: file, Line: i + 1}, "недопустимый символ")
			return s
		}
	}
	first := 1
	if rest, ok := strings.CutPrefix(src, "+++\n"); ok {
		head, body, ok := strings.Cut(rest, "\n+++\n")
		if !ok {
			problems.Add(diag.Place{File: file, Line: 1}, "front matter не закрыт строкой +++")
			return s
		}
		meta, err := toml.Decode(head, &s.front)
		if err != nil {
			at := diag.Place{File: file, Line: 2}
			var parse toml.ParseError
			if errors.As(err, &parse) {
				at.Line = parse.Position.Line + 1
			}
			problems.Add(at, "front matter: %v", err)
		}
		for _, key := range meta.Undecoded() {
			if key[0] == "page" {
				problems.Add(diag.Place{File: file, Line: 2}, "front matter: нет ключа %q", key.String())
			}
		}
		first += strings.Count(head, "\n") + 3
		src = body
	}
	s.front.settle(diag.Place{File: file, Line: 1}, problems)
	s.body = readDivs(file, src, first, problems)
	return s
}

// foreign reports runes that XML cannot hold, and the private ones that stand
// for hidden placeholders.
func foreign(r rune) bool {
	return r < ' ' && r != '\t' || r == utf8.RuneError || r == '\ufffe' || r == '\uffff' || r >= hideOpen && r < hideDigit+10
}

// readDivs reads «:::» fences into a tree. A fence with a name opens, a bare
// one closes the innermost open div.
func readDivs(file, src string, first int, problems *diag.List) []*div {
	root := &div{}
	open := []*div{root}
	var text []string
	textLine := first
	flush := func(next int) {
		if strings.TrimSpace(strings.Join(text, "")) != "" {
			top := open[len(open)-1]
			top.inner = append(top.inner, &div{text: strings.Join(text, "\n") + "\n", line: textLine})
		}
		text, textLine = nil, next
	}
	for i, line := range strings.Split(src, "\n") {
		number := first + i
		fence, ok := strings.CutPrefix(strings.TrimSpace(line), ":::")
		if !ok {
			text = append(text, line)
			continue
		}
		flush(number + 1)
		fence = strings.Trim(fence, ": ")
		if fence != "" {
			name, attrs := parseAttrs(fence)
			d := &div{name: name, attrs: attrs, line: number}
			top := open[len(open)-1]
			top.inner = append(top.inner, d)
			if name != "pagebreak" { // stands alone
				open = append(open, d)
			}
			continue
		}
		if len(open) == 1 {
			problems.Add(diag.Place{File: file, Line: number}, "::: закрывает раздел, которого нет")
			continue
		}
		open = open[:len(open)-1]
	}
	flush(0)
	for _, d := range open[1:] {
		problems.Add(diag.Place{File: file, Line: d.line}, "раздел ::: %s не закрыт", d.name)
	}
	return root.inner
}

// parseAttrs reads «name key=value word …».
func parseAttrs(s string) (name string, attrs map[string]string) {
	words := strings.Fields(s)
	attrs = map[string]string{}
	for _, word := range words[1:] {
		key, value, _ := strings.Cut(word, "=")
		attrs[key] = strings.Trim(value, `"`)
	}
	return words[0], attrs
}
