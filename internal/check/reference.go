package check

import (
	"fmt"
	"math"
	"nastavnik/internal/pattern"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"time"
	"unicode/utf8"
)

// references applies the rules R: acts, dates, school years, counts.
func (r *reader) references() {
	r.citations()
	r.schoolYears()
	r.calendar()
	r.percentages()
	r.totals()
}

// citations holds the cited acts against what is known and against each other.
func (r *reader) citations() {
	known := append(append([]Known(nil), r.o.Acts...), knownActs()...)
	for i, a := range r.facts.acts {
		r.knownAct(a, known)
		if a.number == "" && a.body != "" {
			r.sayIn("R01", a.para, a.from, min(a.to, a.from+utf8.RuneCountInString(a.kind)*2), "… от "+a.dateText+" № …", "у акта нет номера: %s", cut(r.paras[a.para].flat[a.from:a.to], 70))
		}
		if !r.facts.date.IsZero() && a.date.After(r.facts.date) {
			r.sayIn("R07", a.para, a.from, a.to, "дата документа "+r.facts.date.Format("02.01.2006"), "акт от %s принят позже этого документа", a.dateText)
		}
		for _, b := range r.facts.acts[:i] {
			if a.kind != b.kind || a.number == "" || b.number == "" || a.date.IsZero() || b.date.IsZero() {
				continue
			}
			sameNumber, sameDate := plainNumber(a.number) == plainNumber(b.number), a.date.Equal(b.date)
			if sameNumber && sameDate || sameNumber == sameDate && !(a.title != "" && similar(a.title, b.title) >= 0.8) {
				continue
			}
			titled := a.title != "" && b.title != "" && similar(a.title, b.title) >= 0.8 && similar(a.body, b.body) >= 0.3
			numbered := sameNumber && a.date.Year() == b.date.Year() && similar(a.body, b.body) >= 0.5
			if titled || numbered {
				r.sayIn("R03", a.para, a.from, a.to, "", "один акт назван дважды по-разному: от %s № %s и от %s № %s", b.dateText, b.number, a.dateText, a.number)
				break
			}
		}
	}
	r.bareTitles()
}

// knownAct compares one citation with the known acts.
func (r *reader) knownAct(a act, known []Known) {
	if a.date.IsZero() || a.number == "" {
		return
	}
	body := strings.ToLower(a.body)
	title := strings.ToLower(a.title)
	num := plainNumber(a.number)
	var slip *Known
	for i := range known {
		k := &known[i]
		if k.Kind != a.kind {
			continue
		}
		bodyFits := k.Body == "" || matches(k.Body, body)
		titleFits := k.Title != "" && title != "" && matches(k.Title, title)
		sameNum, sameDate := plainNumber(k.Number) == num, k.Date.Equal(a.date)
		if bodyFits && sameNum && sameDate {
			if strings.ContainsAny(a.number, "ABCEHKMOPTX") {
				r.sayIn("R02", a.para, a.from, a.to, "№ "+k.Number+" (буква русская)", "в номере акта латинская буква: № %s", a.number)
			}
			if !k.Until.IsZero() && !r.facts.date.IsZero() && r.facts.date.After(k.Until) {
				hint := "уберите ссылку"
				if k.After != "" {
					hint = k.After
				}
				r.sayIn("R11", a.para, a.from, a.to, hint, "акт не действует с %s: %s", k.Until.AddDate(0, 0, 1).Format("02.01.2006"), cut(r.paras[a.para].flat[a.from:a.to], 60))
			}
			return
		}
		if !bodyFits {
			continue
		}
		near := nearNumber(k.Number, a.number)
		if titleFits && (!sameNum || !sameDate) && (sameNum || sameDate || near) ||
			title == "" && sameDate && near ||
			title == "" && sameNum && !sameDate && len([]rune(k.Number)) > 3 && k.Body != "" {
			slip = k
		}
	}
	if slip != nil {
		r.sayIn("R02", a.para, a.from, a.to, "от "+slip.Date.Format("02.01.2006")+" № "+slip.Number, "дата или номер акта не те: %s от %s № %s", a.kind, a.dateText, a.number)
	}
}

var digits = pattern.New(`\d+`)

// nearNumber reports whether b looks like a slip in a: two edits at most in a
// number of four signs or more, or the same digits in another order of parts.
func nearNumber(a, b string) bool {
	pa, pb := plainNumber(a), plainNumber(b)
	if utf8.RuneCountInString(pa) >= 4 && distance(pa, pb) <= 1 {
		return true
	}
	da, db := digits.FindString(pa), digits.FindString(pb)
	return len(da) >= 3 && da == db && pa != pb || len(da) >= 3 && len(db) >= 2 && strings.HasPrefix(da, db) && strings.HasPrefix(pa, pb)
}

// patterns are those of acts.tsv, by their text.
var patterns = sync.OnceValue(func() map[string]*regexp.Regexp {
	all := map[string]*regexp.Regexp{}
	for _, k := range knownActs() {
		for _, p := range []string{k.Body, k.Title} {
			if p != "" {
				all[p] = regexp.MustCompile(p)
			}
		}
	}
	return all
})

// matches reports whether the pattern fits s; a pattern that is not of
// acts.tsv is compiled here, and a broken one is a plain text.
func matches(pattern, s string) bool {
	if re := patterns()[pattern]; re != nil {
		return re.MatchString(s)
	}
	re, err := regexp.Compile(pattern)
	if err != nil {
		return strings.Contains(s, pattern)
	}
	return re.MatchString(s)
}

var bareAct = pattern.New(`(?i)(?:^|[^\p{L}])((?:приказ|распоряжени|письм|постановлени)\p{L}{0,2}) ((?:Мин|Рособр|Правительств|Департамент|Управлени|Комитет)[^«»;:.№]{0,140}?) ?«(О|Об) [^«»]{10,}`)

// bareTitles finds acts of a state body cited by title without date and number.
func (r *reader) bareTitles() {
	for i := range r.paras {
		flat := r.paras[i].flat
		for _, m := range bareAct.FindAllStringSubmatchIndex(flat, -1) {
			if len(datesOf(flat[m[2]:m[5]])) == 0 && !otherKind(flat[m[4]:m[5]]) {
				r.sayIn("R01", i, m[2], m[5], "… от … № …", "у акта нет даты и номера: %s", cut(flat[m[2]:m[5]], 70))
			}
		}
	}
}

var otherYear = pattern.New(`(?i)прошл|предыдущ|предшеств|следующ|ранее|по сравнени|прежн|будущ|за три|за последни|истекш`)

// schoolYears holds every school year of the text against the paper's own.
func (r *reader) schoolYears() {
	f := &r.facts
	own := r.o.Year
	if own == 0 && len(f.years) > 0 {
		// The year of the title: the first one before the text proper; without
		// a title, the one most often named.
		count, best := map[int]int{}, 0
		for _, y := range f.years {
			count[y.first]++
			if y.para < f.headEnd && own == 0 && (f.kindPara >= 0 || r.paras[y.para].Heading > 0) {
				own = y.first
			}
			best = max(best, count[y.first])
		}
		for _, y := range f.years {
			if own == 0 && count[y.first] == best {
				own = y.first
			}
		}
	}
	for _, y := range f.years {
		if y.second != y.first+1 {
			r.sayIn("R05", y.para, y.from, y.to, fmt.Sprintf("%d/%d", y.first, y.first+1), "учебный год из двух годов не подряд: %s", y.text)
			continue
		}
		flat := r.paras[y.para].flat
		near := flat[max(0, y.from-160):min(len(flat), y.to+60)]
		if y.first != own && !otherYear.MatchString(near) {
			r.sayIn("R04", y.para, y.from, y.to, fmt.Sprintf("%d/%d", own, own+1), "другой учебный год: %s, а документ на %d/%d", y.text, own, own+1)
		}
	}
}

var (
	term      = pattern.New(`(?:^|[^\p{L}])(?:до|в срок до|не позднее|к) $`)
	minutesRe = pattern.New(`(?i)протокол\p{L}*[^.;]{0,80}?от (` + dateText + `)`)
	minutesNo = pattern.New(`(?i)протокол\p{L}* № ?\d+[^.;]{0,20}?от (` + dateText + `)`)
)

// calendar judges the dates: impossible ones, minutes after the order, terms
// before it, the day of the week.
func (r *reader) calendar() {
	f := &r.facts
	numeric, verbal := 0, 0
	for _, a := range f.acts {
		if a.verbal {
			verbal++
		} else {
			numeric++
		}
	}
	if numeric > 0 && verbal > 0 {
		for _, a := range f.acts {
			if a.verbal == (verbal <= numeric) {
				r.sayIn("R10", a.para, a.from, a.to, "один вид дат во всём документе", "даты актов то цифрами, то словами (%d и %d)", numeric, verbal)
				break
			}
		}
	}
	for _, d := range f.dates {
		if d.time.IsZero() {
			r.sayIn("R06", d.para, d.from, d.to, "", "такого дня нет в календаре: %s", d.text)
			continue
		}
		flat := r.paras[d.para].flat
		if !f.date.IsZero() && d.para >= f.headEnd && d.time.Before(f.date) && term.MatchString(strings.ToLower(flat[max(0, d.from-40):d.from])) &&
			f.kindPara >= 0 && f.kind.word == "приказ" && !annexTo.MatchString(flat) {
			r.sayIn("R09", d.para, d.from, d.to, "дата документа "+f.date.Format("02.01.2006"), "срок раньше самого документа: %s", d.text)
		}
	}
	if f.date.IsZero() {
		return
	}
	if f.kindPara >= 0 && f.kind.word != "протокол" && f.kind.word != "выписка из протокола" {
		for i := range r.paras {
			flat := r.paras[i].flat
			for _, re := range []*pattern.Pattern{minutesRe, minutesNo} {
				m := re.FindStringSubmatchIndex(flat)
				if m == nil {
					continue
				}
				if t, ok := parseDate(flat[m[2]:m[3]]); ok && t.After(f.date) {
					r.sayIn("R08", i, m[2], m[3], "дата документа "+f.date.Format("02.01.2006"), "протокол от %s позже документа, который на него опирается", flat[m[2]:m[3]])
					break
				}
			}
		}
	}
	if f.datePara >= 0 {
		if f.date.Weekday() == time.Sunday {
			r.sayOf("R15", f.datePara, "", "дата документа %s – воскресенье", f.date.Format("02.01.2006"))
		} else if name := holiday(f.date); name != "" {
			r.sayOf("R15", f.datePara, "", "дата документа %s – праздник (%s)", f.date.Format("02.01.2006"), name)
		}
	}
	if name := r.paper.Name; f.number != "" && f.kindPara >= 0 {
		if m := fileDate.FindStringSubmatch(name); m != nil {
			if y, _ := strconv.Atoi(m[1]); y != f.date.Year() {
				r.say("R13", -1, 0, 0, "", "год в имени файла (%s) не совпадает с датой документа", m[1])
			}
		}
	}
}

var fileDate = pattern.New(`(?:^|/)(20\d\d)-\d\d-\d\d_`)

// holiday names the non-working holiday of article 112 of the Labour Code
// that falls on the day; transfers of days off are not known here.
func holiday(t time.Time) string {
	switch m, d := t.Month(), t.Day(); {
	case m == time.January && d <= 8:
		return "новогодние каникулы"
	case m == time.February && d == 23:
		return "День защитника Отечества"
	case m == time.March && d == 8:
		return "Международный женский день"
	case m == time.May && d == 1:
		return "Праздник Весны и Труда"
	case m == time.May && d == 9:
		return "День Победы"
	case m == time.June && d == 12:
		return "День России"
	case m == time.November && d == 4:
		return "День народного единства"
	}
	return ""
}

var (
	people  = pattern.New(`(?:^|[^\p{L}\d–—-])(\d{1,2}) ?(?:[\p{Ll}-]+ )?(?:человек|чел\.|наставляем|наставник|участник|педагог|учител|обучающ|учащихся|респондент|школьник|родител)`)
	percent = pattern.New(`(\d{1,3}(?:,\d+)?) ?%`)
)

// percentages finds shares that no count of the people named just before can
// give: 98 % of 5.
func (r *reader) percentages() {
	type base struct{ n, para int }
	var bases []base
	for i := range r.paras {
		p := &r.paras[i]
		if p.table > 0 {
			continue
		}
		for _, m := range people.FindAllStringSubmatch(p.flat, -1) {
			if n, _ := strconv.Atoi(m[1]); n > 1 && n <= 40 {
				bases = append(bases, base{n, i})
			}
		}
		var near []int
		for _, b := range bases {
			if i-b.para <= 1 {
				near = append(near, b.n)
			}
		}
		if len(near) == 0 {
			continue
		}
		for _, m := range percent.FindAllStringSubmatchIndex(p.flat, -1) {
			share, _ := strconv.ParseFloat(strings.Replace(p.flat[m[2]:m[3]], ",", ".", 1), 64)
			if share > 100 {
				continue
			}
			possible := false
			for _, n := range near {
				k := math.Round(share * float64(n) / 100)
				possible = possible || math.Abs(k*100/float64(n)-share) < 1
			}
			if !possible {
				r.sayIn("R12", i, m[0], m[1], fmt.Sprintf("у %d человек доли кратны %.3g %%", near[0], 100/float64(near[0])), "такой доли не бывает: %s %% при числе людей %d", p.flat[m[2]:m[3]], near[0])
				break
			}
		}
	}
}

// totals holds the last row «Итого» of a table against the sum of its column.
func (r *reader) totals() {
	cells := map[[3]int]string{}
	para := map[[3]int]int{}
	last := map[int][2]int{}
	for i := range r.paras {
		p := &r.paras[i]
		if p.table == 0 {
			continue
		}
		key := [3]int{p.table, p.row, p.col}
		cells[key] = strings.TrimSpace(cells[key] + " " + p.bare)
		para[key] = i
		last[p.table] = [2]int{max(last[p.table][0], p.row), max(last[p.table][1], p.col)}
	}
	for table := 1; table <= len(last); table++ {
		rows, cols := last[table][0], last[table][1]
		label := strings.ToLower(cells[[3]int{table, rows, 1}] + cells[[3]int{table, rows, 2}])
		if !strings.Contains(label, "итого") && !strings.Contains(label, "всего") || rows < 3 {
			continue
		}
		for col := 2; col <= cols; col++ {
			total, err := strconv.Atoi(cells[[3]int{table, rows, col}])
			if err != nil {
				continue
			}
			sum, numbers := 0, 0
			for row := 2; row < rows; row++ {
				if n, err := strconv.Atoi(cells[[3]int{table, row, col}]); err == nil {
					sum += n
					numbers++
				} else if t := cells[[3]int{table, row, col}]; t != "" && t != "–" && t != "—" && t != "-" {
					numbers = -1000 // words or mixed data: not a column of counts
				}
			}
			// A total may count a person or a school once that several rows
			// count, so a smaller one is a slip only of what cannot be shared.
			head := strings.ToLower(cells[[3]int{table, 1, col}])
			shared := total < sum && !strings.HasPrefix(head, "пар") && !strings.HasPrefix(head, "час")
			if numbers >= 2 && sum != total && !shared && !strings.Contains(head, "№") {
				r.sayOf("R12", para[[3]int{table, rows, col}], strconv.Itoa(sum), "итог %d не равен сумме столбца %d", total, sum)
			}
		}
	}
}
