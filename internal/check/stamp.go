package check

import (
	"nastavnik/internal/pattern"
	"strings"
	"unicode/utf8"
)

// stamp is the block of an approval, an agreement or an adoption.
type stamp struct {
	word  string // as written: «УТВЕРЖДЕНО», «Принято»
	text  string // the whole block, flat, its lines joined by a space
	first int    // paragraph
	last  int
}

var (
	stampRe   = pattern.New(`^["«]?((?i:утверждаю|утвержд[её]н[аоы]?|согласовано|принят[аоы]?|рассмотрен[аоы]?))(?:["»]?[:.]?$|[»"]|: | (?:на заседани|приказ|решени|постановлени|распоряжени|протокол|педагогическ|советом|директор|и\. ?о|общ|заведующ))`)
	annexMark = pattern.New(`^(?i:приложение)(?: ?№ ?(\d+|_+))?(?:$| (?:к|УТВЕРЖ))`)
	nameRe    = pattern.New(`\p{Lu}\. ?(?:\p{Lu}\. ?)?\p{Lu}\p{Ll}+|\p{Lu}\p{Ll}+(?:-\p{Lu}\p{Ll}+)? \p{Lu}\. ?\p{Lu}\.|\p{Lu}\p{Ll}+ \p{Lu}\p{Ll}+ \p{Lu}\p{Ll}+(?:вич|вн|ич|ьич)`)
	blankRe   = pattern.New(`_{3,}`)
)

// isStamp reports whether a bare paragraph begins a stamp. The word must stand
// in capitals or alone, or go on with what stamps go on with.
func isStamp(text string) bool {
	m := stampRe.FindStringSubmatch(text)
	if m == nil {
		return false
	}
	r, _ := utf8.DecodeRuneInString(m[1])
	return strings.ContainsRune("УСПР", r) && utf8.RuneCountInString(text) < 160
}

// readStamps finds the stamps before the text proper, and those of annexes.
func (r *reader) readStamps() []stamp {
	var out []stamp
	for i := 0; i < len(r.paras); i++ {
		p := &r.paras[i]
		if !isStamp(p.bare) || p.Heading > 0 {
			continue
		}
		s := stamp{word: stampRe.FindStringSubmatch(p.bare)[1], text: p.bare, first: i, last: i}
		for j := i + 1; j < len(r.paras); j++ {
			q := &r.paras[j]
			if q.cell != p.cell || q.Gap && p.cell == 0 || isStamp(q.bare) || q.Heading > 0 ||
				utf8.RuneCountInString(q.bare) > 150 || p.cell == 0 && q.Align == Center && p.Align != Center || j-i > 8 ||
				p.cell == 0 && q.bare == strings.ToUpper(q.bare) && kindOf(q.bare) != nil {
				break
			}
			s.text += " " + q.bare
			s.last = j
		}
		out = append(out, s)
		i = s.last
	}
	return out
}

// sign is a signature: a post, a place for the hand and a name.
type sign struct {
	post, name string // name "" when only a line stands
	para       int
}

var (
	postStart = `(?:Директор|И\. ?о\.|и\. ?о|Исполняющ|Заведующ|Начальник|Председатель|Секретарь|Руководитель|Куратор|Заместитель|Глава|Министр|Ректор|Координатор)`
	signRe    = pattern.New(`^(` + postStart + `[^.;:]{0,160}?)(?:[_ ]{3,}|(?: ?\(подпись\) ?)| )(\p{Lu}\. ?(?:\p{Lu}\. ?)?\p{Lu}[\p{Ll}-]+(?:-\p{Lu}\p{Ll}+)?|\p{Lu}\p{Ll}+ \p{Lu}\. ?\p{Lu}\.|_{3,}|\(?расшифровка)\)?$`)
	postRe    = pattern.New(`^/?(?:За )?` + postStart)
	signName  = pattern.New(`^(?:\p{Lu}\. ?(?:\p{Lu}\. ?)?\p{Lu}[\p{Ll}-]+(?:-\p{Lu}\p{Ll}+)?|\p{Lu}\p{Ll}+(?:-\p{Lu}\p{Ll}+)? \p{Lu}\. ?\p{Lu}\.)$`)
)

// readSigns finds the signatures: a table row or a paragraph that begins with
// a post and ends with a name or a line for one.
func (r *reader) readSigns() []sign {
	var out []sign
	for i := range r.paras {
		p := &r.paras[i]
		if !postRe.MatchString(p.bare) {
			continue
		}
		if p.cell == 0 {
			if m := signRe.FindStringSubmatch(strings.Join(strings.Fields(p.bare), " ")); m != nil {
				out = append(out, sign{m[1], strings.Trim(m[2], "_("), i})
			}
			continue
		}
		// A row of cells: post | line | name, the name in the row's last text.
		for j := i + 1; j < len(r.paras) && r.paras[j].table == p.table && r.paras[j].row == p.row; j++ {
			if t := r.paras[j].bare; signName.MatchString(t) || strings.Trim(t, "_ ") == "" && r.paras[j].cell != p.cell {
				out = append(out, sign{p.bare, strings.Trim(t, "_ "), i})
				if signName.MatchString(t) {
					out[len(out)-1].name = t
				}
			}
		}
	}
	// One signature a row: keep the find with a name.
	var best []sign
	for _, s := range out {
		if n := len(best); n > 0 && best[n-1].para == s.para {
			if best[n-1].name == "" {
				best[n-1] = s
			}
			continue
		}
		best = append(best, s)
	}
	return best
}
