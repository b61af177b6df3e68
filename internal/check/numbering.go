package check

import (
	"nastavnik/internal/pattern"
	"strconv"
	"strings"
	"unicode/utf8"
)

// numbering applies the rules N: sections, lists, references inside, minutes.
func (r *reader) numbering() {
	r.sections()
	r.lists()
	r.stages()
	r.crossReferences()
	r.minutes()
	r.cells()
	r.endings()
}

var (
	labelRe = pattern.New(`^(\d{1,3}(?:\.\d{1,3})*)(?:[.)]?(?: |$)|\)\p{L})`)
	deep    = pattern.New(`^\d{1,3}(?:\.\d{1,3}){4,}`)
)

// numberOf returns the parts of a paragraph's number, automatic or typed:
// «1.2.» is [1 2]; nil when it has none.
func (p *para) numberOf() []int {
	text := p.bare
	if p.Label != "" {
		text = strings.TrimSpace(p.Label) + " "
	}
	m := labelRe.FindStringSubmatch(text)
	if m == nil || p.Label == "" && !strings.Contains(m[1], ".") && !strings.HasPrefix(text[len(m[1]):], ".") && !strings.HasPrefix(text[len(m[1]):], ")") {
		return nil
	}
	if p.Label == "" && dateRe.MatchString(m[0]) {
		return nil
	}
	var parts []int
	for s := range strings.SplitSeq(m[1], ".") {
		n, _ := strconv.Atoi(s)
		parts = append(parts, n)
	}
	if len(parts) == 3 && parts[2] > 1900 || parts[len(parts)-1] > 300 {
		return nil // a date
	}
	return parts
}

// sections holds the numbers of headings to 1, 2, 3 … on each level.
func (r *reader) sections() {
	counts := []int{}
	for i := range r.paras {
		p := &r.paras[i]
		if annexMark.MatchString(p.bare) {
			counts = nil // the sections of an annex are its own
		}
		if p.Heading == 0 || p.table > 0 {
			continue
		}
		n := p.numberOf()
		if n == nil {
			continue
		}
		level := len(n)
		for len(counts) < level {
			counts = append(counts, 0)
		}
		want := counts[level-1] + 1
		got := n[level-1]
		if got == 1 && level == 1 && want > 2 && p.Gap {
			want = 1 // another document in the same file
		}
		if got != want {
			r.sayOf("N01", i, "номер по порядку – "+strconv.Itoa(want), "разделы идут не по порядку: после %d стоит %d", want-1, got)
		}
		counts = append(counts[:level-1], got)
	}
}

var inline = pattern.New(`(?:^|[ ;.])(\d{1,2})\. ?\p{L}`)

// lists holds the typed numbers of list items to 1, 2, 3 …: a run of items
// side by side, in a cell or between headings. Automatic numbers cannot skip.
func (r *reader) lists() {
	var prev []int
	prevCell, prevAt := -1, -1
	for i := range r.paras {
		p := &r.paras[i]
		if deep.MatchString(p.bare) || deep.MatchString(p.Label) {
			r.sayOf("N03", i, "не больше четырёх: 1.1.1.1.", "больше четырёх уровней нумерации")
		}
		if p.Heading > 0 || annexMark.MatchString(p.bare) || actsOnly.MatchString(p.bare) {
			prev = nil
			continue
		}
		if p.Label != "" {
			prev = nil
			continue
		}
		if p.cell != prevCell {
			prev, prevCell = nil, p.cell
		}
		if p.cell > 0 {
			r.inlineItems(i)
		}
		n := p.numberOf()
		if n == nil {
			continue
		}
		if len(prev) == len(n) && samePrefix(prev, n) {
			last, got := prev[len(prev)-1], n[len(n)-1]
			adjacent := i-prevAt <= 12
			if got != last+1 && !(got == 1) && adjacent {
				r.sayOf("N02", i, strconv.Itoa(last+1)+".", "пункты идут не по порядку: после %d стоит %d", last, got)
			}
		}
		prev, prevAt = n, i
	}
}

func samePrefix(a, b []int) bool {
	for i := range a[:len(a)-1] {
		if a[i] != b[i] {
			return false
		}
	}
	return true
}

// inlineItems holds the numbers of items that stand in one paragraph of a
// cell: «1. … 2. … 3. …».
func (r *reader) inlineItems(i int) {
	p := &r.paras[i]
	all := inline.FindAllStringSubmatchIndex(p.flat, -1)
	if len(all) < 2 || strings.TrimSpace(bare(p.flat[:all[0][2]])) != "" {
		return
	}
	for k, m := range all {
		got, _ := strconv.Atoi(p.flat[m[2]:m[3]])
		if k == 0 && got != 1 {
			return
		}
		if got != k+1 {
			r.sayIn("N02", i, m[2], m[3], strconv.Itoa(k+1)+".", "пункты в ячейке идут не по порядку: после %d стоит %d", k, got)
			return
		}
	}
}

var stageRe = pattern.New(`^(\d{1,2}|[IVXІХ]{1,4})(?:-?й)? этап(?:$|[^\p{L}])`)

// stages finds stages counted in Arabic and Roman numerals in one paper.
func (r *reader) stages() {
	var arabic, roman []string
	first := -1
	for i := range r.paras {
		m := stageRe.FindStringSubmatch(strings.TrimSpace(r.paras[i].bare))
		if m == nil {
			continue
		}
		if m[1][0] >= '0' && m[1][0] <= '9' {
			arabic = append(arabic, m[1])
		} else {
			roman = append(roman, m[1])
		}
		if len(arabic) > 0 && len(roman) > 0 && first < 0 {
			first = i
		}
	}
	if first >= 0 {
		r.sayOf("N04", first, "", "этапы пронумерованы и арабскими, и римскими цифрами: %s", strings.Join(append(arabic, roman...), ", "))
	}
}

var pointRef = pattern.New(`(?:^|[^\p{L}])((?:п\.|пункт(?:а|е|ом|у|ы|ами|ах|ов)?) ?(\d{1,2}(?:\.\d{1,2})*))(\.?)(?: (настоящ\p{L}+|данн\p{L}+))?`)

// crossReferences holds «пункт 2.3 настоящего …» against the points that are
// there. Only references to the paper itself can be judged.
func (r *reader) crossReferences() {
	have := map[string]bool{}
	for i := range r.paras {
		n := r.paras[i].numberOf()
		var parts []string
		for _, k := range n {
			parts = append(parts, strconv.Itoa(k))
		}
		have[strings.Join(parts, ".")] = true
	}
	for i := range r.paras {
		flat := r.paras[i].flat
		for _, m := range pointRef.FindAllStringSubmatchIndex(flat, -1) {
			if m[8] < 0 {
				continue
			}
			if point := flat[m[4]:m[5]]; !have[point] {
				r.sayIn("N05", i, m[2], m[3], "", "ссылка на пункт %s, которого нет", point)
			}
		}
	}
}

var (
	agendaRe  = pattern.New(`(?i)^повестка(?: дня)?:?$`)
	heardRe   = pattern.New(`^(?:(?:По )?\p{L}* ?\d*\.? ?)?СЛУШАЛИ|^Слушали:|^По \p{L}+ вопросу`)
	decidedRe = pattern.New(`^(?:\d+\.? ?)?(?:РЕШИЛИ|ПОСТАНОВИЛИ|Решили:|Постановили:)`)
	presentRe = pattern.New(`(?i)присутствовал[иоа]:?(?: –| —| -)? ?(\d{1,3})(?: из (\d{1,3}))?`)
	absentRe  = pattern.New(`(?i)(?:всего|членов)[^.;]{0,40}?(?:–|—|-|:) ?(\d{1,3})`)
	voteRe    = pattern.New(`(?i)[«"]?за[»"]?(?: –| —| -|:)? ?(\d{1,3})[^\d]{1,30}против[»"]?(?: –| —| -|:)? ?(\d{1,3}|нет)[^\d]{1,30}воздержал[^\d]{0,8}?(?: –| —| -|:)? ?(\d{1,3}|нет)`)
)

// minutes holds agenda, hearings, decisions and votes together.
func (r *reader) minutes() {
	if r.facts.kind == nil || r.facts.kind.word != "протокол" {
		return
	}
	agenda, heard, decided, present, members := 0, 0, 0, 0, 0
	inAgenda, at := false, -1
	for i := range r.paras {
		p := &r.paras[i]
		switch {
		case agendaRe.MatchString(p.bare):
			inAgenda, at = true, i
			continue
		case heardRe.MatchString(p.bare):
			if !strings.HasPrefix(p.bare, "По ") {
				heard++
			}
			inAgenda = false
		case decidedRe.MatchString(p.bare):
			decided++
			inAgenda = false
		}
		if inAgenda && len(p.numberOf()) == 1 {
			agenda++
		}
		if m := presentRe.FindStringSubmatch(p.flat); m != nil && present == 0 {
			present, _ = strconv.Atoi(m[1])
			members, _ = strconv.Atoi(m[2])
		} else if m := absentRe.FindStringSubmatch(p.flat); m != nil && members == 0 && p.Heading == 0 && i < at {
			members, _ = strconv.Atoi(m[1])
		}
		if m := voteRe.FindStringSubmatchIndex(p.flat); m != nil && present > 0 {
			sum := 0
			for g := 1; g <= 3; g++ {
				n, _ := strconv.Atoi(p.flat[m[2*g]:m[2*g+1]])
				sum += n
			}
			if sum != present {
				r.sayIn("N09", i, m[0], m[1], "", "голосов %d, а присутствовали %d", sum, present)
			}
		}
	}
	if members > 0 && present > members {
		r.say("N09", -1, 0, 0, "", "присутствовали %d, а всего членов %d", present, members)
	} else if members > 0 && present*2 <= members {
		r.say("N09", -1, 0, 0, "", "нет кворума: %d из %d", present, members)
	}
	if at >= 0 && agenda > 0 && (heard > 0 && heard != agenda || decided > 0 && decided != agenda) {
		r.sayOf("N08", at, "на каждый вопрос – СЛУШАЛИ и РЕШИЛИ", "вопросов в повестке %d, СЛУШАЛИ %d, РЕШИЛИ %d", agenda, heard, decided)
	}
}

var mustFill = pattern.New(`(?i)результат|срок|ответственн`)

// cells finds empty cells in columns that must be filled: result, term,
// responsible. Rows of one cell (stages) are left out.
func (r *reader) cells() {
	for n, t := range r.tables() {
		r.emptyCells(t, n+1)
	}
}

func (r *reader) emptyCells(t *Table, number int) {
	if len(t.Rows) < 3 {
		return
	}
	head := t.Rows[0]
	for ri, row := range t.Rows[1:] {
		filled := 0
		for _, c := range row.Cells {
			if cellText(c) != "" {
				filled++
			}
		}
		if len(row.Cells) != len(head.Cells) || filled < 3 {
			continue
		}
		for ci, c := range row.Cells {
			title := cellText(head.Cells[ci])
			if cellText(c) != "" || c.Joined || !mustFill.MatchString(title) || utf8.RuneCountInString(title) > 60 || forPen(t, ci) {
				continue
			}
			for i := range r.paras { // the row's first text carries the place
				if p := &r.paras[i]; p.table == number && p.row == ri+2 {
					r.sayOf("N10", i, "впишите или поставьте «–»", "пустая ячейка в столбце %d «%s»", ci+1, cut(title, 40))
					break
				}
			}
		}
	}
}

// forPen reports whether a column is left to be filled in by hand: half of its
// cells or more are empty.
func forPen(t *Table, col int) bool {
	empty, all := 0, 0
	for _, row := range t.Rows[1:] {
		filled := 0
		for _, c := range row.Cells {
			if cellText(c) != "" {
				filled++
			}
		}
		if len(row.Cells) == len(t.Rows[0].Cells) && filled >= 3 {
			all++
			if cellText(row.Cells[col]) == "" {
				empty++
			}
		}
	}
	return empty*2 >= all
}

// cellText is all the text of a cell in one line.
func cellText(c Cell) string {
	var parts []string
	for _, b := range c.Blocks {
		if b.Paragraph != nil {
			parts = append(parts, bare(flatten(b.Paragraph.Text)))
			if b.Paragraph.Label != "" {
				parts = append(parts, b.Paragraph.Label)
			}
		}
	}
	return strings.TrimSpace(strings.Join(parts, " "))
}

// endings finds lists whose items end now with one sign, now with another:
// side by side, three or more. The last item and items that lead to a list of
// their own (ending with a colon) may differ.
func (r *reader) endings() {
	var run []int
	flush := func() {
		if len(run) >= 3 {
			count := map[string]int{}
			first := map[string]int{}
			for _, i := range run[:len(run)-1] {
				e := ending(r.paras[i].bare)
				if e == ":" {
					continue
				}
				if count[e]++; count[e] == 1 {
					first[e] = i
				}
			}
			if len(count) > 1 {
				odd, least := "", len(run)
				for _, e := range []string{"", ".", ";", ","} { // the rarest, in a fixed order
					if n, found := count[e]; found && n < least {
						odd, least = e, n
					}
				}
				r.sayOf("N07", first[odd], "«;» в конце пунктов, «.» в конце последнего", "пункты перечня оканчиваются по-разному")
			}
		}
		run = nil
	}
	for i := range r.paras {
		p := &r.paras[i]
		bullet := p.Label != "" && p.numberOf() == nil || p.Label == "" && bulletRe.MatchString(p.bare)
		short := utf8.RuneCountInString(p.bare) < 400
		same := len(run) == 0 || r.paras[run[len(run)-1]].cell == p.cell && run[len(run)-1] == i-1
		if !bullet || !short || p.Heading > 0 || !same {
			flush()
		}
		if bullet && short && p.Heading == 0 {
			run = append(run, i)
		}
	}
	flush()
}

var bulletRe = pattern.New(`^(?:[-–—•·] ?\p{L}|[а-я]\) ?\p{L})`)

// ending is the sign at the end of a text: ".", ";", ",", ":" or "".
func ending(s string) string {
	if s == "" {
		return ""
	}
	if e := s[len(s)-1:]; strings.Contains(".;,:", e) {
		return e
	}
	return ""
}
