package check

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"nastavnik/internal/diag"
	"nastavnik/internal/pattern"
)

// Set checks the papers of one school together: an order is cited everywhere
// with the same date and number, numbers do not repeat in a year and grow with
// the dates, minutes stand before the orders that rest on them, the school
// year is one. Papers of several schools are several sets.
func Set(papers []*Paper, o Options) diag.List {
	s := &set{}
	for _, p := range papers {
		s.readers = append(s.readers, newReader(p, o))
	}
	s.register()
	s.numbers()
	s.citations()
	s.years(o.Year)
	s.names()
	var list diag.List
	for _, r := range s.readers {
		list = append(list, r.finish()...)
	}
	return list
}

type set struct {
	readers []*reader
	orders  []registered
}

// registered is an order or minutes with its date and number.
type registered struct {
	reader *reader
	kind   string
	date   time.Time
	number string
}

// register lists the orders and minutes of the set that have date and number.
func (s *set) register() {
	for _, r := range s.readers {
		f := &r.facts
		if f.kindPara < 0 || f.datePara < 0 || f.date.IsZero() || f.number == "" {
			continue
		}
		if w := f.kind.word; w == "приказ" || w == "протокол" || w == "распоряжение" {
			s.orders = append(s.orders, registered{r, w, f.date, f.number})
		}
	}
	slices.SortStableFunc(s.orders, func(a, b registered) int {
		return cmp.Or(cmp.Compare(a.kind, b.kind), a.date.Compare(b.date))
	})
}

var leading = pattern.New(`^(\d+)(.*)$`)

// numbers finds numbers that repeat within a year, and orders whose numbers
// run against their dates: № 12 of a later day than № 15 of the same register.
func (s *set) numbers() {
	for i, b := range s.orders {
		for _, a := range s.orders[:i] {
			if a.kind != b.kind || a.date.Year() != b.date.Year() {
				continue
			}
			if plainNumber(a.number) == plainNumber(b.number) {
				b.reader.sayOf("R14", b.reader.facts.datePara, "", "номер %s уже у документа %s", b.number, a.reader.paper.Name)
				continue
			}
			ma, mb := leading.FindStringSubmatch(a.number), leading.FindStringSubmatch(b.number)
			if ma == nil || mb == nil || plainNumber(ma[2]) != plainNumber(mb[2]) {
				continue
			}
			na, _ := strconv.Atoi(ma[1])
			nb, _ := strconv.Atoi(mb[1])
			if na > nb && a.date.Before(b.date) {
				b.reader.sayOf("R17", b.reader.facts.datePara, "", "номер меньше, а дата позже, чем у № %s от %s (%s)", a.number, a.date.Format("02.01.2006"), a.reader.paper.Name)
			}
		}
	}
}

var (
	ownOrder   = pattern.New(`(?i)приказ\p{L}*([^.;«»№]{0,60}(?:«[^«»]{0,60}(?:«[^«»]{0,40}»)?[^«»]{0,20}»)?[^.;«»№]{0,40}?) ?от (` + dateText + `)` + dateTail + ` № ?(` + numberText + `)`)
	ownMinutes = pattern.New(`(?i)протокол\p{L}*(?:[^.;№]{0,80}?) ?от (` + dateText + `)` + dateTail + ` № ?(` + numberText + `)`)
	outside    = pattern.New(`(?i)минист|минпросв|минобр|управлени|департамент|комитет|рособр|роскомнадз|отдел`)
)

// citations holds every mention of an order or minutes of the school against
// the set's own: a mention that shares the number but not the date, or the
// date but a near number, is a slip.
func (s *set) citations() {
	for _, r := range s.readers {
		for i := range r.paras {
			flat := r.paras[i].flat
			for _, m := range ownOrder.FindAllStringSubmatchIndex(flat, -1) {
				if !outside.MatchString(flat[m[2]:m[3]]) {
					s.cite(r, i, m[0], m[1], "приказ", flat[m[4]:m[5]], flat[m[6]:m[7]])
				}
			}
			for _, m := range ownMinutes.FindAllStringSubmatchIndex(flat, -1) {
				s.cite(r, i, m[0], m[1], "протокол", flat[m[2]:m[3]], flat[m[4]:m[5]])
			}
			// A stamp of several paragraphs: «приказом …», «от … № …».
			if st := headLine.FindStringSubmatchIndex(r.paras[i].bare); st != nil && st[4] >= 0 && i > 0 && r.underStamp(i) && i != r.facts.datePara {
				before := strings.ToLower(r.paras[i-1].bare)
				kind := ""
				switch {
				case strings.Contains(before, "приказ"):
					kind = "приказ"
				case strings.Contains(before, "протокол"):
					kind = "протокол"
				}
				if kind != "" && !outside.MatchString(before) {
					bare := r.paras[i].bare
					off := strings.Index(flat, bare)
					s.cite(r, i, max(0, off), max(0, off)+len(bare), kind, bare[st[2]:st[3]], bare[st[4]:st[5]])
				}
			}
		}
	}
}

func (s *set) cite(r *reader, para, from, to int, kind, dateText, number string) {
	date, ok := parseDate(dateText)
	number = strings.TrimRight(number, ".-/_")
	if !ok {
		return
	}
	var slip *registered
	for i := range s.orders {
		o := &s.orders[i]
		if o.kind != kind {
			continue
		}
		sameDate, sameNumber := o.date.Equal(date), plainNumber(o.number) == plainNumber(number)
		switch {
		case sameDate && sameNumber:
			return
		case sameNumber && o.date.Year() == date.Year() && kind == "приказ",
			sameNumber && kind == "протокол" && absDays(o.date, date) < 40,
			sameDate && distance(plainNumber(o.number), plainNumber(number)) == 1 && len(number) > 2:
			slip = o
		}
	}
	if slip != nil {
		r.sayIn("R16", para, from, to, fmt.Sprintf("от %s № %s (%s)", slip.date.Format("02.01.2006"), slip.number, slip.reader.paper.Name),
			"%s назван не так, как в самом документе: от %s № %s", kind, dateText, number)
	}
}

func absDays(a, b time.Time) int {
	d := int(a.Sub(b).Hours() / 24)
	return max(d, -d)
}

// years finds papers whose own school year is not the set's.
func (s *set) years(own int) {
	titled := map[*reader]schoolYear{}
	count := map[int]int{}
	for _, r := range s.readers {
		for _, y := range r.facts.years {
			if y.para < r.facts.headEnd {
				titled[r] = y
				count[y.first]++
				break
			}
		}
	}
	if own == 0 {
		for year, n := range count {
			if n > count[own] || n == count[own] && year > own {
				own = year
			}
		}
	}
	for _, r := range s.readers {
		if y, found := titled[r]; found && y.first != own && y.second == y.first+1 && count[own] > count[y.first] {
			if flat := r.paras[y.para].flat; !otherYear.MatchString(flat) {
				r.sayIn("R04", y.para, y.from, y.to, fmt.Sprintf("%d/%d", own, own+1), "учебный год %s, а остальные документы на %d/%d", y.text, own, own+1)
			}
		}
	}
}

var shortName = pattern.New(`^\(((?:М[А-Я]{1,4}|ГБ[А-Я]{1,3}|ГА[А-Я]{1,3})ОУ [^()]{3,80})\)$`)

// names holds the school's short name in the head of each paper against the
// one that most papers have.
func (s *set) names() {
	at := map[*reader][3]int{}
	name := map[*reader]string{}
	count := map[string]int{}
	for _, r := range s.readers {
		for i := range r.paras[:min(len(r.paras), 12)] {
			if m := shortName.FindStringSubmatchIndex(strings.TrimSpace(r.paras[i].flat)); m != nil {
				n := strings.TrimSpace(r.paras[i].flat)[m[2]:m[3]]
				at[r], name[r] = [3]int{i, m[2], m[3]}, n
				count[n]++
				break
			}
		}
	}
	most := ""
	for n, c := range count {
		if c > count[most] || c == count[most] && n < most {
			most = n
		}
	}
	for _, r := range s.readers {
		if n := name[r]; n != "" && n != most && count[most] > 1 && count[n] < count[most] {
			p := at[r]
			r.sayIn("R16", p[0], p[1], p[2], most, "имя школы не то, что в остальных документах: %s", n)
		}
	}
}
