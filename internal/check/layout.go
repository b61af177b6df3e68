package check

import (
	"fmt"
	"math"
	"strconv"
	"strings"
	"unicode/utf8"

	"nastavnik/internal/pattern"
	"nastavnik/internal/unit"
)

const (
	mm        = 56.6929 // twips
	tolerance = unit.Twip(28)
)

// layout applies the rules P that the parsed document can answer, without
// laying it out.
func (r *reader) layout() {
	for n := range r.paper.Sections {
		r.sheet(n)
	}
	if len(r.paper.Sections) > 0 {
		r.numbers()
	}
	if !r.paper.Plain {
		r.faces()
		r.paragraphs()
	}
	r.tabs()
	r.heads()
}

// millimetres writes a length for a message.
func millimetres(t unit.Twip) string {
	return strings.TrimSuffix(strings.Replace(fmt.Sprintf("%.1f", float64(t)/mm), ".", ",", 1), ",0")
}

func near(a, b unit.Twip) bool { return math.Abs(float64(a-b)) <= 20 }

// sheet holds the sheet to A4 and the margins to their least: 20, 10, 20 and
// 20 mm from the left, right, top and bottom (ГОСТ Р 7.0.97, 6 and 3.2).
func (r *reader) sheet(n int) {
	s := &r.paper.Sections[n]
	where := ""
	if len(r.paper.Sections) > 1 {
		where = fmt.Sprintf(" (часть %d)", n+1)
	}
	w, h := s.Width, s.Height
	if s.Landscape {
		w, h = h, w
	}
	if !near(w, 11906) || !near(h, 16838) {
		r.say("P01", -1, 0, 0, "210 × 297 мм", "лист не А4: %s × %s мм%s", millimetres(s.Width), millimetres(s.Height), where)
	}
	for _, m := range []struct {
		name  string
		have  unit.Twip
		least unit.Twip
	}{{"левое", s.Left, 1134}, {"правое", s.Right, 567}, {"верхнее", s.Top, 1134}, {"нижнее", s.Bottom, 1134}} {
		least := m.least
		if m.name == "левое" && !s.Landscape && n == 0 && r.kept() && m.have >= least-tolerance && m.have < 1701-tolerance {
			r.say("P03", -1, 0, 0, "30 мм", "левое поле %s мм, а документ хранят дольше 10 лет", millimetres(m.have))
		}
		if s.Landscape && m.name == "нижнее" { // the right edge of the sheet upright
			least = 567
		}
		have := m.have
		if have < 0 {
			have = -have
		}
		if have < least-tolerance {
			r.say("P02", -1, 0, 0, "не меньше "+millimetres(least)+" мм", "%s поле %s мм%s", m.name, millimetres(have), where)
		}
	}
}

// kept reports whether papers of this kind are kept longer than 10 years, so
// that their left margin is 30 mm for the binding.
func (r *reader) kept() bool {
	if r.facts.kindPara < 0 {
		return false
	}
	switch r.facts.kind.word {
	case "приказ", "протокол", "положение", "программа":
		return true
	}
	return false
}

// numbers holds page numbers: none on the first page, the others at the top
// in the middle. How many pages there are is Pages' to say.
func (r *reader) numbers() {
	for n := range r.paper.Sections {
		s := &r.paper.Sections[n]
		if n == 0 && s.FirstNumber {
			r.say("P09", -1, 0, 0, "особый колонтитул первой страницы", "номер на первой странице")
		}
		switch s.PageNumber {
		case Elsewhere:
			r.say("P09", -1, 0, 0, "вверху посередине", "номер страницы стоит не в середине верхнего поля%s", part(n, len(r.paper.Sections)))
		case TopCenter:
			if s.Header < 567-tolerance {
				r.say("P09", -1, 0, 0, "не меньше 10 мм", "номер страницы в %s мм от края листа", millimetres(s.Header))
			}
		}
	}
}

func part(n, of int) string {
	if of < 2 {
		return ""
	}
	return fmt.Sprintf(" (часть %d)", n+1)
}

// faces measures sizes and families of the body, by characters.
func (r *reader) faces() {
	sizes, families := map[unit.HalfPoint]int{}, map[string]int{}
	total := 0
	for i := range r.paras {
		p := &r.paras[i]
		for _, run := range p.Runs {
			n := utf8.RuneCountInString(strings.TrimSpace(run.Text))
			if n == 0 || run.Hidden {
				continue
			}
			families[run.Face] += n
			if p.table == 0 && p.Heading == 0 && p.Align == Both {
				sizes[run.Size] += n
				total += n
			}
		}
	}
	good := sizes[24] + sizes[26] + sizes[28]
	if total > 400 && good*100 < total*95 {
		most := unit.HalfPoint(0)
		for s, n := range sizes {
			if n > sizes[most] || n == sizes[most] && s < most {
				most = s
			}
		}
		r.say("P04", -1, 0, 0, "12, 13 или 14 пунктов", "размер шрифта текста %s пт", strconv.FormatFloat(float64(most)/2, 'f', -1, 64))
	}
	var main string
	for f, n := range families {
		if n > families[main] || n == families[main] && f < main {
			main = f
		}
	}
	for _, p := range r.paras {
		for _, run := range p.Runs {
			if run.Face != main && run.Face != "" && utf8.RuneCountInString(run.Text) > 3 && !symbolFace(run.Face) {
				r.say("P05", -1, 0, 0, "один шрифт на весь документ", "в документе два шрифта: %s и %s", main, run.Face)
				return
			}
		}
	}
}

func symbolFace(name string) bool {
	low := strings.ToLower(name)
	return strings.Contains(low, "symbol") || strings.Contains(low, "wingdings") || strings.Contains(low, "webdings")
}

// paragraphs judges spacing, first lines, alignment and colours.
func (r *reader) paragraphs() {
	var body, wide, first, ragged int
	firstAt, wideAt, contrastAt := -1, -1, -1
	for i := range r.paras {
		p := &r.paras[i]
		for _, run := range p.Runs {
			if contrastAt < 0 && strings.TrimSpace(run.Text) != "" && !run.Hidden && contrast(run.Color) < 4.5 && run.Color != "FFFFFF" {
				contrastAt = i
				r.sayOf("P17", i, "не меньше 4,5 : 1, лучше чёрный", "бледный текст: контраст %.1f : 1 с белым", contrast(run.Color))
			}
		}
		if p.table > 0 || p.Heading > 0 || p.Label != "" || utf8.RuneCountInString(p.flat) < 160 || p.Align == Center || p.Align == Right {
			continue
		}
		body++
		if p.Line240 != 0 && (p.Line240 < 240 || p.Line240 > 365) {
			wide++
			if wideAt < 0 {
				wideAt = i
			}
		}
		if p.FirstLine < 680 || p.FirstLine > 737 {
			first++
			if firstAt < 0 {
				firstAt = i
			}
		}
		if p.Align != Both {
			ragged++
		}
	}
	if wide > 0 {
		r.sayOf("P06", wideAt, "от 1 до 1,5", "межстрочный интервал %.2f", float64(r.paras[wideAt].Line240)/240)
	}
	if first > 0 && first*2 >= body && body >= 3 {
		r.sayOf("P07", firstAt, "12,5 мм", "отступ первой строки %s мм", millimetres(r.paras[firstAt].FirstLine))
	}
	if ragged > 0 && ragged*2 >= body && body >= 3 {
		r.say("P08", -1, 0, 0, "", "текст не выровнен по ширине")
	}
}

// contrast is the WCAG contrast of a colour with white paper, 1 to 21.
func contrast(rgb string) float64 {
	if len(rgb) != 6 {
		return 21
	}
	v, err := strconv.ParseUint(rgb, 16, 32)
	if err != nil {
		return 21
	}
	linear := func(c uint64) float64 {
		f := float64(c&255) / 255
		if f <= 0.03928 {
			return f / 12.92
		}
		return math.Pow((f+0.055)/1.055, 2.4)
	}
	l := 0.2126*linear(v>>16) + 0.7152*linear(v>>8) + 0.0722*linear(v)
	return 1.05 / (l + 0.05)
}

var (
	manyTabs  = pattern.New(`\t{2,}|[ \x{00A0}]{5,}`)
	spacedOut = pattern.New(`(?:^|[^\p{L}])(?:\p{L} ){4,}\p{L}(?:[^\p{L}]|$)`)
)

// tabs finds places made by hand: runs of tabs, spaces and empty paragraphs,
// and letters spaced out by typing.
func (r *reader) tabs() {
	for i := range r.paras {
		p := &r.paras[i]
		if m := manyTabs.FindStringIndex(strings.TrimLeft(p.Text, " ")); m != nil {
			at := utf8.RuneCountInString(p.Text) - utf8.RuneCountInString(strings.TrimLeft(p.Text, " ")) + utf8.RuneCountInString(strings.TrimLeft(p.Text, " ")[:m[0]])
			r.say("P10", i, at, at+1, "отступ, таблица без рамок или табуляция с позицией", "место в строке набрано табуляциями или пробелами")
		}
		if m := spacedOut.FindStringIndex(p.flat); m != nil {
			r.sayIn("P16", i, m[0], m[1], "разрядка – в свойствах шрифта", "слово набрано вразрядку пробелами")
		}
		if (p.Empty > 2 || p.Empty > 1 && !r.paper.Plain) && p.Heading == 0 && !p.PageBreak {
			r.sayOf("P10", i, "интервал перед абзацем или начало новой страницы", "перед абзацем %d пустых подряд", p.Empty)
		}
	}
}

// heads holds headings to the paragraph below and long tables to a repeated
// head, and finds headings without text.
func (r *reader) heads() {
	for i := range r.paras {
		p := &r.paras[i]
		if p.Heading == 0 || p.table > 0 {
			continue
		}
		if !r.paper.Plain && !p.KeepNext && i+1 < len(r.paras) {
			r.sayOf("P12", i, "«Не отрывать от следующего»", "заголовок может остаться внизу страницы")
		}
		if textHeading.MatchString(strings.TrimSpace(p.Label+" "+p.bare)) && i+1 < len(r.paras) && r.paras[i+1].Heading > 0 && r.paras[i+1].Heading <= p.Heading && r.paras[i+1].numberOf() != nil {
			r.sayOf("N13", i, "", "под заголовком нет текста")
		}
	}
	if r.paper.Plain {
		return
	}
	for n, b := range r.tables() {
		if len(b.Rows) > 12 && !b.Rows[0].Head && len(b.Rows[0].Cells) > 2 {
			for i := range r.paras {
				if r.paras[i].table == n+1 {
					r.sayOf("P13", i, "«Повторять как заголовок на каждой странице»", "у длинной таблицы (%d строк) шапка не повторяется", len(b.Rows))
					break
				}
			}
		}
	}
}

// tables lists the tables of the body.
func (r *reader) tables() []*Table {
	var out []*Table
	for _, b := range r.paper.Blocks {
		if b.Table != nil {
			out = append(out, b.Table)
		}
	}
	return out
}
