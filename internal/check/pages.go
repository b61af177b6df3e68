package check

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"nastavnik/internal/diag"
	"nastavnik/internal/page"
	"nastavnik/internal/pattern"
	"nastavnik/internal/unit"
)

// emuPoint is a point in EMU.
const emuPoint = unit.EMU(12700)

// Pages checks what only the laid-out document tells: a signature alone on a
// page, a heading at the foot of one, text outside the sheet or over other
// text, a letter that no face has, the numbers of the pages.
func Pages(name string, doc *page.Document) diag.List {
	r := &pageReader{name: name, doc: doc}
	for n := range doc.Pages {
		r.lines = linesOf(doc, &doc.Pages[n])
		r.page(n)
	}
	return r.list
}

type pageReader struct {
	name  string
	doc   *page.Document
	lines []pageLine
	list  diag.List
	tofu  map[rune]bool
}

// pageLine is one line of body text on a page.
type pageLine struct {
	y         unit.EMU // the base line
	size      unit.EMU
	text      string
	element   int
	decorated bool // outside the structure: a running head
}

// linesOf gathers the texts of a page into lines, from the top.
func linesOf(doc *page.Document, p *page.Page) []pageLine {
	var texts []*page.Text
	for _, it := range p.Items {
		if t, ok := it.(*page.Text); ok && t.Rotate == 0 && strings.TrimSpace(t.Text) != "" {
			texts = append(texts, t)
		}
	}
	slices.SortStableFunc(texts, func(a, b *page.Text) int { return cmp.Or(cmp.Compare(a.Y, b.Y), cmp.Compare(a.X, b.X)) })
	var out []pageLine
	for i := 0; i < len(texts); {
		j := i
		for j < len(texts) && texts[j].Y-texts[i].Y < 2*emuPoint {
			j++
		}
		row := texts[i:j]
		slices.SortStableFunc(row, func(a, b *page.Text) int { return cmp.Compare(a.X, b.X) })
		l := pageLine{y: row[0].Y, size: row[0].Size, element: row[0].Element, decorated: true}
		var end unit.EMU
		for k, t := range row {
			if k > 0 && t.X-end > t.Size/8 {
				l.text += strings.Repeat(" ", 1+min(3, int((t.X-end)/t.Size)))
			}
			l.text += t.Text
			end = t.X + t.Width
			l.decorated = l.decorated && t.Element == page.Artifact
			l.size = max(l.size, t.Size)
		}
		out = append(out, l)
		i = j
	}
	return out
}

func (r *pageReader) say(code string, n int, around, hint, format string, args ...any) {
	r.list = append(r.list, &diag.Problem{Level: levels[code], Code: code, Text: fmt.Sprintf(format, args...), Hint: hint,
		Place: diag.Place{File: r.name, In: fmt.Sprintf("страница %d", n+1), Around: cut(flatten(strings.TrimSpace(around)), 80)}})
}

// page applies the rules to one page.
func (r *pageReader) page(n int) {
	p := &r.doc.Pages[n]
	var body []pageLine
	for _, l := range r.lines {
		if !l.decorated || strings.HasPrefix(strings.TrimSpace(l.text), "____") { // a line for the pen is text
			body = append(body, l)
		}
	}
	r.sheet(n, p)
	r.overlaps(n, p)
	r.torn(n, p)
	if n > 0 && len(body) > 0 {
		r.alone(n, body)
	}
	if n+1 < len(r.doc.Pages) && len(body) > 0 {
		last := body[len(body)-1]
		if e := last.element; !ruledBelow(p, last.y) && e >= 0 && e < len(r.doc.Elements) {
			if role := r.doc.Elements[e].Role; role >= page.RoleH1 && role <= page.RoleH6 && len(body) > 1 {
				r.say("P12", n, last.text, "«Не отрывать от следующего»", "заголовок – последняя строка страницы")
			}
		}
	}
	if len(r.doc.Pages) == 1 && r.numbered() {
		r.say("P18", n, "", "", "на единственной странице стоит номер")
	}
}

// ruledBelow reports whether lines for the pen stand below y: rules, or leaders
// of tabs.
func ruledBelow(p *page.Page, y unit.EMU) bool {
	for _, it := range p.Items {
		if t, ok := it.(*page.Text); ok && t.Y > y+10*emuPoint && strings.HasPrefix(t.Text, "____") {
			return true
		}
		if rule, ok := it.(*page.Rule); ok && rule.Y1 == rule.Y2 && rule.Y1 > y+10*emuPoint && rule.X2-rule.X1 > 72*emuPoint {
			return true
		}
	}
	return false
}

// numbered reports whether a running head or foot of the page is a number.
func (r *pageReader) numbered() bool {
	return slices.ContainsFunc(r.lines, func(l pageLine) bool {
		return l.decorated && pageNumber.MatchString(strings.TrimSpace(l.text))
	})
}

var pageNumber = pattern.New(`^[-–— ]*\d{1,4}[-–— ]*$`)

// alone finds a signature with fewer than two lines of text above it on its
// page (ГОСТ practice: a signature does not go to a new sheet alone).
func (r *pageReader) alone(n int, body []pageLine) {
	for k, l := range body {
		if k > 1 {
			return
		}
		text := strings.Join(strings.Fields(flatten(l.text)), " ")
		if m := signRe.FindStringSubmatch(text); m != nil && !strings.ContainsAny(m[1], "–—") {
			r.say("P11", n, l.text, "перенесите с подписью две строки текста", "подпись перешла на страницу без текста")
			return
		}
	}
}

// sheet finds text outside the sheet and letters without a glyph.
func (r *pageReader) sheet(n int, p *page.Page) {
	out := false
	for _, it := range p.Items {
		t, ok := it.(*page.Text)
		if !ok {
			continue
		}
		if !out && t.Rotate == 0 && strings.TrimSpace(t.Text) != "" &&
			(t.X < 0 || t.X+t.Width > p.Width+emuPoint || t.Y > p.Height || t.Y < 0) {
			out = true
			r.say("P15", n, t.Text, "", "текст выходит за край листа")
		}
		for _, c := range t.Text {
			if t.Face == nil || c < 0x21 || unicode.IsSpace(c) || unicode.Is(unicode.Cf, c) || t.Face.Glyph(c) != 0 || r.tofu[c] {
				continue
			}
			if r.tofu == nil {
				r.tofu = map[rune]bool{}
			}
			r.tofu[c] = true
			r.say("L04", n, t.Text, "другой шрифт или --font-dir", "в шрифте %s нет знака %c (U+%04X)", t.Face.PostScriptName(), c, c)
		}
	}
}

// torn finds a word that a narrow column broke without a hyphen.
func (r *pageReader) torn(n int, p *page.Page) {
	var last *page.Text
	for _, it := range p.Items {
		t, ok := it.(*page.Text)
		if !ok || t.Rotate != 0 || t.Element == page.Artifact || t.Text == "" {
			continue
		}
		if last != nil && last.Element == t.Element && t.Y > last.Y+last.Size/2 && t.X < last.X+last.Width {
			end, _ := utf8.DecodeLastRuneInString(last.Text)
			start, _ := utf8.DecodeRuneInString(t.Text)
			if unicode.IsLetter(end) && unicode.IsLower(start) && !last.Hyphen && r.inTable(t.Element) {
				r.say("P19", n, last.Text+"|"+t.Text, "шире столбец или мельче шрифт", "слово разорвано в узком столбце")
			}
		}
		last = t
	}
}

// inTable reports whether an element stands in a cell of a table.
func (r *pageReader) inTable(element int) bool {
	for n := 0; element >= 0 && element < len(r.doc.Elements) && n < 100; n++ {
		e := &r.doc.Elements[element]
		if e.Role == page.RoleTD || e.Role == page.RoleTH {
			return true
		}
		element = e.Parent
	}
	return false
}

// overlaps finds text drawn over the text of another element.
func (r *pageReader) overlaps(n int, p *page.Page) {
	var texts []*page.Text
	for _, it := range p.Items {
		if t, ok := it.(*page.Text); ok && t.Rotate == 0 && t.Element != page.Artifact && strings.TrimSpace(t.Text) != "" {
			texts = append(texts, t)
		}
	}
	slices.SortStableFunc(texts, func(a, b *page.Text) int { return cmp.Compare(a.Y, b.Y) })
	for i, a := range texts {
		for _, b := range texts[i+1:] {
			if b.Y-a.Y > min(a.Size, b.Size)*4/10 {
				break
			}
			if a.Element == b.Element {
				continue
			}
			left, right := max(a.X, b.X), min(a.X+inked(a), b.X+inked(b))
			if right-left > emuPoint*2 {
				if isSeal(a.Text) || isSeal(b.Text) {
					r.say("H25", n, a.Text+" / "+b.Text, "место печати – рядом с подписью", "отметка «МП» стоит на подписи или тексте")
					return
				}
				r.say("P15", n, a.Text+" / "+b.Text, "", "текст напечатан поверх другого текста")
				return
			}
		}
	}
}

// isSeal reports whether a text marks the place of a seal.
func isSeal(s string) bool {
	switch strings.TrimSpace(s) {
	case "МП", "М.П.", "М. П.", "М.\u00a0П.":
		return true
	}
	return false
}

// inked is the width of a text without the blanks at its end.
func inked(t *page.Text) unit.EMU {
	runes := []rune(t.Text)
	blanks := len(runes) - len([]rune(strings.TrimRightFunc(t.Text, unicode.IsSpace)))
	if len(runes) == 0 {
		return 0
	}
	return t.Width * unit.EMU(len(runes)-blanks) / unit.EMU(len(runes))
}
