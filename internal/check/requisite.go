package check

import (
	"nastavnik/internal/pattern"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// requisites applies the rules H: what must stand on a paper, and how.
func (r *reader) requisites() {
	r.organisation()
	r.heading()
	r.approvals()
	r.signatures()
	r.annexes()
	r.electronic()
	r.emblem()
	r.codes()
	r.control()
	r.acquainted()
}

var quoted = pattern.New(`[^ ]{2,12} «[^«»]{2,60}»`)

// organisation compares the names in the paper with the school's own.
func (r *reader) organisation() {
	s := r.o.School
	if s.Full != "" && r.facts.kind != nil && r.facts.kind.official && r.facts.kindPara > 0 {
		head := ""
		for i := range r.paras[:r.facts.kindPara] {
			head += " " + r.paras[i].bare
		}
		if key := nameKey(s.Full); !strings.Contains(nameKey(head), key) && (s.Short == "" || !strings.Contains(nameKey(head), nameKey(s.Short))) {
			r.sayOf("H01", 0, "по уставу: «"+s.Full+"»", "наименование организации в заголовочной части не совпадает с уставом")
		}
	}
	own := append([]string{s.Short, s.Full}, s.Also...)
	for i := range r.paras {
		flat := r.paras[i].flat
		for _, other := range r.o.Others {
			if slices.ContainsFunc(own, func(n string) bool { return n != "" && strings.Contains(nameKey(n), nameKey(other)) }) {
				continue
			}
			if at := strings.Index(flat, other); at >= 0 && other != "" {
				r.sayIn("H26", i, at, at+len(other), "школа этого документа: "+s.Short, "осталось имя другой школы: %s", other)
			}
		}
		if s.Short == "" {
			continue
		}
		for _, m := range quoted.FindAllStringIndex(flat, -1) {
			got := flat[m[0]:m[1]]
			key := nameKey(got)
			near := false
			for _, n := range own {
				if n == "" {
					continue
				}
				if strings.Contains(nameKey(n), key) || strings.Contains(key, nameKey(n)) {
					near = false
					break
				}
				if d := distance(nameKey(n), key); d > 0 && d <= 2 && utf8.RuneCountInString(key) > 8 {
					near = true
				}
			}
			if near && !slices.Contains(r.o.Others, got) {
				r.sayIn("H02", i, m[0], m[1], "объявлено: "+s.Short, "похоже на опечатку в имени школы: %s", got)
			}
		}
	}
	r.likeNames()
}

var (
	dashName = pattern.New(`\p{Lu}\p{Ll}+-\p{Lu}\p{Ll}{3,}`)
	nameEnds = pattern.New(`(?:ая|ой|ую|ий|ого|ому|ым|ом|ое|ые|ых)$`)
)

// likeNames finds a double name («Кызыл-…») that stands once beside a nearly
// equal one that stands more often: a slip in one of them.
func (r *reader) likeNames() {
	type place struct{ para, from, to int }
	at, count := map[string]place{}, map[string]int{}
	var order []string
	for i := range r.paras {
		for _, m := range dashName.FindAllStringIndex(r.paras[i].flat, -1) {
			stem := nameEnds.ReplaceAllString(r.paras[i].flat[m[0]:m[1]], "")
			if count[stem]++; count[stem] == 1 {
				at[stem] = place{i, m[0], m[1]}
				order = append(order, stem)
			}
		}
	}
	for _, name := range order {
		for _, other := range order {
			if count[name] == 1 && count[other] > 1 && name != other && distance(name, other) == 1 {
				p := at[name]
				r.sayIn("H02", p.para, p.from, p.to, "рядом написано: "+other+"…", "имя написано по-разному: %s", r.paras[p.para].flat[p.from:p.to])
			}
		}
	}
}

// nameKey folds what may differ in two writings of one name: spaces, quotes,
// case, dashes, ё.
func nameKey(s string) string {
	return strings.Map(func(c rune) rune {
		switch {
		case c == 'ё' || c == 'Ё':
			return 'е'
		case unicode.IsLetter(c) || unicode.IsDigit(c):
			return unicode.ToLower(c)
		}
		return -1
	}, s)
}

// distance is the edit distance, 3 at most.
func distance(a, b string) int {
	if d := utf8.RuneCountInString(a) - utf8.RuneCountInString(b); d > 3 || d < -3 {
		return 3
	}
	ra, rb := []rune(a), []rune(b)
	prev := make([]int, len(rb)+1)
	for j := range prev {
		prev[j] = j
	}
	for i := range ra {
		diagonal := prev[0]
		prev[0] = i + 1
		for j := range rb {
			cost := diagonal
			if ra[i] != rb[j] {
				cost++
			}
			diagonal, prev[j+1] = prev[j+1], min(cost, prev[j]+1, prev[j+1]+1)
		}
	}
	return min(3, prev[len(rb)])
}

var (
	actsOnly   = pattern.New(`(?i)^приказываю ?:?$|приказываю ?:$`)
	hearings   = pattern.New(`^(?:\d+\. ?)?СЛУШАЛИ`)
	localities = pattern.New(`^(?:г|с|д|п|х|пос|пгт|дер|ст-ца|аул|город|село|деревня|посёлок|поселок|хутор|станица|рп|р\. ?п)\.? ?\p{Lu}`)
	oWrong     = pattern.New(`(^|[«„] ?)(О) ([аоуэиАОУЭИ]\p{Ll}+)`)
	obWrong    = pattern.New(`(^|[«„] ?)(Об) ([^аоуэиАОУЭИёЁ\P{L}]\p{Ll}+)`)
)

// heading judges kind, date, number, place and title of an order or minutes.
func (r *reader) heading() {
	f := &r.facts
	like := "" // what the paper is by its text
	for i := range r.paras {
		switch {
		case actsOnly.MatchString(r.paras[i].bare):
			like = "приказ"
		case hearings.MatchString(r.paras[i].bare):
			like = "протокол"
		}
	}
	if like != "" && f.kindPara < 0 {
		r.say("H03", -1, 0, 0, "под наименованием школы прописными: "+strings.ToUpper(like), "не назван вид документа")
	}
	if f.kindPara >= 0 && f.kind.official {
		p := &r.paras[f.kindPara]
		if word := p.bare[:len(f.kind.word)]; word != strings.ToUpper(word) && len(p.bare) == len(word) {
			r.sayOf("H03", f.kindPara, "напишите "+strings.ToUpper(word), "вид документа не прописными буквами: %s", word)
		}
	}
	order := f.kind != nil && (f.kind.word == "приказ" || f.kind.word == "распоряжение")
	minutes := ofMinutes(f.kind)
	if f.kindPara < 0 || !order && !minutes {
		r.titles()
		return
	}
	switch {
	case f.datePara < 0:
		r.sayOf("H04", f.kindPara, "под видом документа: дата цифрами и «№ …»", "нет строки с датой и номером")
	case r.o.Issued && f.date.IsZero():
		r.sayOf("H04", f.datePara, "", "документ выпущен без даты")
	case r.o.Issued && f.number == "":
		r.sayOf("H04", f.datePara, "", "документ выпущен без номера")
	}
	if order && f.titlePara < 0 {
		r.sayOf("H06", f.kindPara, "под датой и номером: «О …» или «Об …»", "нет заголовка к тексту")
	}
	place := false
	for i := range r.paras[:f.headEnd] {
		t := r.paras[i].bare
		place = place || localities.MatchString(t) || blankRe.MatchString(t) && i > f.kindPara && utf8.RuneCountInString(t) < 60 ||
			strings.Contains(t, " д. ") || strings.Contains(t, " с. ") || strings.Contains(t, " г. ")
	}
	if !place && f.datePara >= 0 {
		r.sayOf("H05", f.datePara, "под датой и номером: «с. …», «г. …»", "не указано место составления")
	}
	r.titles()
}

// titles judges the title to the text and «О» or «Об» in quoted titles.
func (r *reader) titles() {
	if i := r.facts.titlePara; i >= 0 && r.facts.kindPara >= 0 {
		t := r.paras[i].bare
		if strings.HasSuffix(t, ".") && !strings.HasSuffix(t, " г.") && !strings.HasSuffix(t, "..") {
			r.sayOf("H07", i, "уберите точку", "точка в конце заголовка к тексту")
		}
		if strings.HasPrefix(t, "«") && strings.HasSuffix(t, "»") && strings.Count(t, "«") == 1 {
			r.sayOf("H07", i, "уберите кавычки", "заголовок к тексту в кавычках")
		}
	}
	for i := range r.paras {
		flat := r.paras[i].flat
		for _, m := range oWrong.FindAllStringSubmatchIndex(flat, -1) {
			r.sayIn("H08", i, m[4], m[7], "Об "+flat[m[6]:m[7]], "перед гласной нужно «Об»")
		}
		for _, m := range obWrong.FindAllStringSubmatchIndex(flat, -1) {
			if word := strings.ToLower(flat[m[6]:m[7]]); !strings.HasPrefix(word, "вс") && !strings.HasPrefix(word, "мн") {
				r.sayIn("H08", i, m[4], m[7], "О "+flat[m[6]:m[7]], "перед согласной и перед е, ё, ю, я нужно «О»")
			}
		}
	}
}

var (
	byAct      = pattern.New(`(?i)приказом|распоряжением|постановлением|решением|протокол`)
	actNumber  = pattern.New(`№ ?(?:[\p{L}\d]|_)`)
	actDate    = pattern.New(dateText + `|_{2,}|«_+»`)
	protocol   = pattern.New(`(?i)протокол`)
	councilBad = pattern.New(`(?i)(педагогическ|управляющ|методическ|попечительск)(ого|его|им|ому|ему) (совет(?:а|ом|у|е)?)(?:[^\p{L}]|$)`)
)

// approvals judges the stamps.
func (r *reader) approvals() {
	for n := range r.facts.stamps {
		s := &r.facts.stamps[n]
		low := strings.ToLower(s.word)
		p := &r.paras[s.first]
		if strings.HasPrefix(p.bare, "«") || strings.HasPrefix(p.bare, "\"") || strings.HasPrefix(p.bare[len(s.word):], ":") {
			r.sayOf("H11", s.first, strings.ToUpper(s.word), "слово грифа в кавычках или с двоеточием")
		} else if s.word != strings.ToUpper(s.word) && strings.HasPrefix(low, "утвер") {
			r.sayOf("H11", s.first, strings.ToUpper(s.word), "слово грифа не прописными буквами")
		}
		dated, numbered := actDate.MatchString(s.text), actNumber.MatchString(s.text)
		if r.o.Issued && blankRe.MatchString(s.text) {
			r.sayOf("H09", s.first, "", "в грифе не заполнены реквизиты")
		}
		switch {
		case low == "утверждаю":
			if !postAny.MatchString(s.text) {
				r.sayOf("H09", s.first, "должность, подпись, И. О. Фамилия, дата", "в грифе утверждения нет должности")
			}
			if !nameRe.MatchString(s.text) && !blankRe.MatchString(s.text) {
				r.sayOf("H09", s.first, "должность, подпись, И. О. Фамилия, дата", "в грифе утверждения нет имени того, кто утвердил")
			}
			if !dated {
				r.sayOf("H09", s.first, "", "в грифе утверждения нет даты")
			}
		case strings.HasPrefix(low, "утвер"):
			r.participle(s)
			switch {
			case !byAct.MatchString(s.text):
				r.sayOf("H09", s.first, "приказом … от … № … (или УТВЕРЖДАЮ, должность, подпись, имя, дата)", "в грифе утверждения не назван акт, которым утвержден документ")
				if !numbered {
					r.sayOf("H09", s.first, "от … № …", "в грифе утверждения нет номера акта")
				}
				if postAny.MatchString(s.text) && !nameRe.MatchString(s.text) && !blankRe.MatchString(s.text) {
					r.sayOf("H09", s.first, "И. О. Фамилия", "в грифе утверждения названа должность, но нет имени")
				}
			case !dated || !numbered:
				r.sayOf("H09", s.first, "от … № …", "в грифе утверждения нет даты или номера акта")
			}
		case strings.HasPrefix(low, "принят") || strings.HasPrefix(low, "рассмотрен"):
			if !protocol.MatchString(s.text) || !dated || !numbered {
				r.sayOf("H12", s.first, "протокол от … № …", "в отметке «%s» нет протокола с датой и номером", s.word)
			}
		}
		for _, m := range councilBad.FindAllStringSubmatch(s.text, -1) {
			want := map[string]string{"ого": "совета", "его": "совета", "им": "советом", "ому": "совету", "ему": "совету"}[strings.ToLower(m[2])]
			if strings.ToLower(m[3]) != want {
				r.sayOf("H12", s.first, m[1]+m[2]+" "+want, "падеж не согласован: %s%s %s", m[1], m[2], m[3])
			}
		}
	}
}

var postAny = pattern.New(`(?i)директор|заведующ|начальник|исполняющ|и\. ?о\.?|руководител|председател|глава`)

// participle holds «УТВЕРЖДЕН…» against the head noun of what is approved:
// the first name of a kind after the stamp.
func (r *reader) participle(s *stamp) {
	for i := s.last + 1; i < min(len(r.paras), s.last+25); i++ {
		p := &r.paras[i]
		k := kindOf(p.bare)
		if k == nil || r.underStamp(i) && p.bare[:len(k.word)] != strings.ToUpper(p.bare[:len(k.word)]) || p.Label != "" {
			continue
		}
		if first, _ := utf8.DecodeRuneInString(p.bare); !unicode.IsUpper(first) {
			continue
		}
		ending := strings.TrimPrefix(strings.ReplaceAll(strings.ToLower(s.word), "ё", "е"), "утвержден")
		if ending != k.ending {
			r.sayOf("H10", s.first, "УТВЕРЖДЁН"+strings.ToUpper(k.ending)+" ("+k.word+")", "«%s» не согласовано с «%s»", s.word, k.word)
		}
		return
	}
}

var (
	ioDots    = pattern.New(`(?:^|[^\p{L}.])([Ии]\.о|[Ии]о)(?: |$)`)
	forPost   = pattern.New(`^(?:/ ?|За |за )(?:` + postStart + `|директор)`)
	nameFirst = pattern.New(`^\p{Lu}\p{Ll}+(?:-\p{Lu}\p{Ll}+)? \p{Lu}\. ?\p{Lu}\.$`)
)

// signatures judges who signs and how.
func (r *reader) signatures() {
	f := &r.facts
	if f.kindPara >= 0 && (f.kind.word == "приказ" || f.kind.word == "распоряжение" || f.kind.word == "протокол") && len(f.signs) == 0 {
		r.say("H13", -1, 0, 0, "после текста: должность, место подписи, И. О. Фамилия", "нет подписи с должностью и именем")
	}
	for i := range r.paras {
		p := &r.paras[i]
		for _, m := range ioDots.FindAllStringSubmatchIndex(p.flat, -1) {
			word := p.flat[m[2]:m[3]]
			if rest := strings.TrimSpace(p.flat[m[3]:]); word == "ио" || word == "Ио" {
				if kindPost := strings.ToLower(rest); !strings.HasPrefix(kindPost, "директор") && !strings.HasPrefix(kindPost, "заведующ") && !strings.HasPrefix(kindPost, "начальник") {
					continue
				}
			}
			r.sayIn("H14", i, m[2], m[3], "и. о. или «исполняющий обязанности»", "сокращение без точки: %s", word)
		}
		if forPost.MatchString(p.bare) && i >= f.headEnd {
			r.sayOf("H14", i, "подписывает тот, кто исполняет обязанности: «И. о. директора»", "предлог «за» или косая черта перед должностью")
		}
	}
	for _, s := range f.signs {
		if s.name != "" && !strings.ContainsAny(s.post, "–—") && nameFirst.MatchString(s.name) {
			r.sayOf("H14", s.para, "И. О. Фамилия", "в подписи фамилия стоит перед инициалами: %s", s.name)
		}
		r.official(s)
	}
}

// official holds a head's signature against the people known for the date.
func (r *reader) official(s sign) {
	post := strings.ToLower(s.post)
	head := strings.HasPrefix(post, "директор") || strings.HasPrefix(post, "заведующ") || strings.HasPrefix(post, "и.") || strings.HasPrefix(post, "исполня")
	if s.name == "" || !head || len(r.o.Officials) == 0 || r.facts.date.IsZero() {
		return
	}
	var due []string
	for _, o := range r.o.Officials {
		if r.facts.date.Before(o.From) || !o.To.IsZero() && r.facts.date.After(o.To) {
			continue
		}
		due = append(due, o.Signature)
		if nameKey(o.Signature) == nameKey(s.name) {
			return
		}
	}
	if len(due) > 0 {
		r.sayOf("H15", s.para, "на "+r.facts.date.Format("02.01.2006")+" подписывает "+strings.Join(due, ", "), "подписал не тот, кто занимал должность в день документа: %s", s.name)
	}
}

var (
	annexTo  = pattern.New(`(?i)(?:к (?:приказ|распоряжени)\p{L}*|^приказом|^распоряжением)([^;]{0,120}?) ?от (` + dateText + `|[_«» ]+\d{0,4})` + dateTail + ` № ?(` + numberText + `|_+)`)
	annexRef = pattern.New(`(?i)приложени\p{L}{1,3} № ?(\d{1,2})(?: (к)[^\p{L}])?`)
)

// annexes holds the marks of the annexes against the order and the text.
func (r *reader) annexes() {
	type mark struct{ n, para int }
	var marks []mark
	for i := range r.paras {
		p := &r.paras[i]
		m := annexMark.FindStringSubmatch(p.bare)
		if m == nil || p.Label != "" || p.Align == Both && utf8.RuneCountInString(p.bare) > 60 {
			continue
		}
		// Only a mark on the right, or alone in its line, begins an annex.
		n, _ := strconv.Atoi(m[1])
		marks = append(marks, mark{n, i})
		block := p.bare
		for j := i + 1; j < min(len(r.paras), i+6) && (!r.paras[j].Gap || p.cell != 0) && r.paras[j].cell == p.cell; j++ {
			block += " " + r.paras[j].bare
		}
		if t := annexTo.FindStringSubmatch(block); t != nil && r.facts.kindPara >= 0 && i > r.facts.kindPara && r.facts.kind.word == "приказ" {
			date, ok := parseDate(t[2])
			if ok && !r.facts.date.IsZero() && !date.Equal(r.facts.date) {
				r.sayOf("H16", i, "от "+r.facts.date.Format("02.01.2006"), "дата в отметке о приложении (%s) не совпадает с датой приказа", t[2])
			}
			if strings.Trim(t[3], "_") != "" && r.facts.number != "" && plainNumber(t[3]) != plainNumber(r.facts.number) {
				r.sayOf("H16", i, "№ "+r.facts.number, "номер в отметке о приложении (№ %s) не совпадает с номером приказа", t[3])
			}
		}
	}
	if len(marks) == 0 || r.facts.kindPara < 0 || marks[0].para <= r.facts.kindPara {
		return
	}
	mentioned := map[int]bool{}
	any := false
	for i := range r.paras[:marks[0].para] {
		flat := r.paras[i].flat
		any = any || strings.Contains(strings.ToLower(flat), "приложени") || strings.Contains(strings.ToLower(flat), "прилага")
		for _, m := range annexRef.FindAllStringSubmatchIndex(flat, -1) {
			if m[4] >= 0 {
				continue // an annex to another act
			}
			n, _ := strconv.Atoi(flat[m[2]:m[3]])
			mentioned[n] = true
		}
	}
	// An annex that the text names may be a file of its own, such as a
	// regulation; so only a number that nothing accounts for is a gap.
	want := 1
	for _, m := range marks {
		for mentioned[want] && want < m.n && !slices.ContainsFunc(marks, func(k mark) bool { return k.n == want }) {
			want++
		}
		switch {
		case m.n == 0 && len(marks) > 1:
			r.sayOf("H17", m.para, "Приложение № "+strconv.Itoa(want), "приложений несколько, а у этого нет номера")
		case m.n > 0 && m.n != want:
			r.sayOf("H17", m.para, "Приложение № "+strconv.Itoa(want), "приложения идут не по порядку: после № %d стоит № %d", want-1, m.n)
			want = m.n
		}
		want++
	}
	for _, m := range marks {
		if m.n > 0 && !mentioned[m.n] || m.n == 0 && !any {
			r.sayOf("H17", m.para, "упомяните в тексте: «(приложение № "+strconv.Itoa(max(1, m.n))+")»", "на это приложение в тексте нет ссылки")
		}
	}
}

var (
	eMark  = pattern.New(`(?i)^документ подписан (?:усиленной )?(?:квалифицированной )?электронной подписью`)
	eTerm  = pattern.New(`(?i)действител\p{L}*:? (?:с|от) (` + dateText + `) (?:по|до) (` + dateText + `)`)
	eCert  = pattern.New(`(?i)сертификат:? ?[№\dA-Fa-f]`)
	eOwner = pattern.New(`(?i)владелец:? ?\p{Lu}`)
)

// electronic holds the mark of an electronic signature against its four parts.
func (r *reader) electronic() {
	for i := range r.paras {
		p := &r.paras[i]
		if !eMark.MatchString(p.bare) {
			continue
		}
		block := p.flat
		for j := i + 1; j < min(len(r.paras), i+6); j++ {
			block += " " + r.paras[j].flat
		}
		var lacks []string
		if !eCert.MatchString(block) {
			lacks = append(lacks, "номер сертификата")
		}
		if !eOwner.MatchString(block) {
			lacks = append(lacks, "владелец")
		}
		term := eTerm.FindStringSubmatch(block)
		if term == nil {
			lacks = append(lacks, "срок действия")
		}
		if len(lacks) > 0 {
			r.sayOf("H19", i, "", "в отметке об электронной подписи нет: %s", strings.Join(lacks, ", "))
		}
		if term != nil && !r.facts.date.IsZero() {
			from, ok1 := parseDate(term[1])
			to, ok2 := parseDate(term[2])
			if ok1 && ok2 && (r.facts.date.Before(from) || r.facts.date.After(to)) {
				r.sayOf("H19", i, "", "в день документа сертификат не действовал: с %s по %s", term[1], term[2])
			}
		}
	}
}

// emblem judges arms and emblems by what their alternative texts say.
func (r *reader) emblem() {
	arms, emblems := 0, 0
	for _, m := range r.paper.Meta.Images {
		alt := strings.ToLower(m.Alt)
		switch {
		case strings.Contains(alt, "герб"):
			arms++
			if strings.Contains(alt, "российской федерации") || strings.Contains(alt, "государственн") {
				r.say("H20", -1, 0, 0, "2-ФКЗ от 25.12.2000", "государственный герб на бланке школы")
			} else if r.o.EmblemBasis == "" {
				r.say("H20", -1, 0, 0, "назовите в профиле акт, который разрешает герб на бланке", "герб на бланке без основания")
			}
		case strings.Contains(alt, "эмблем"):
			emblems++
		}
	}
	if arms > 1 || arms > 0 && emblems > 0 {
		r.say("H20", -1, 0, 0, "оставьте одно изображение", "на бланке два герба или герб вместе с эмблемой")
	}
}

var codesRe = pattern.New(`(ИНН|ОГРН|КПП|СНИЛС)(?: ?/ ?(КПП))?[:\s№]{0,3}([\d -]{9,20})(?:/ ?(\d{9}))?`)

// codes checks the check digits of ИНН, ОГРН, КПП and СНИЛС.
func (r *reader) codes() {
	for i := range r.paras {
		flat := r.paras[i].flat
		for _, m := range codesRe.FindAllStringSubmatchIndex(flat, -1) {
			name := flat[m[2]:m[3]]
			digits := strings.Map(func(c rune) rune {
				if c >= '0' && c <= '9' {
					return c
				}
				return -1
			}, flat[m[6]:m[7]])
			if text, ok := CodeFault(name, digits); !ok {
				r.sayIn("H22", i, m[6], m[7], "", "%s %s: %s", name, digits, text)
			}
		}
	}
}

// CodeFault tells what is wrong with a code: name is ИНН, ОГРН, КПП or СНИЛС
// and digits its digits; ok is true for a right one.
func CodeFault(name, digits string) (text string, ok bool) {
	want := map[string][]int{"ИНН": {10, 12}, "ОГРН": {13}, "КПП": {9}, "СНИЛС": {11}}[name]
	if !slices.Contains(want, len(digits)) {
		return "должно быть " + map[string]string{"ИНН": "10 цифр (12 у человека)", "ОГРН": "13 цифр", "КПП": "9 цифр", "СНИЛС": "11 цифр"}[name], false
	}
	d := func(i int) int { return int(digits[i] - '0') }
	sum := func(weights ...int) int {
		s := 0
		for i, w := range weights {
			s += w * d(i)
		}
		return s
	}
	good := true
	switch {
	case name == "ИНН" && len(digits) == 10:
		good = sum(2, 4, 10, 3, 5, 9, 4, 6, 8)%11%10 == d(9)
	case name == "ИНН":
		good = sum(7, 2, 4, 10, 3, 5, 9, 4, 6, 8)%11%10 == d(10) && sum(3, 7, 2, 4, 10, 3, 5, 9, 4, 6, 8)%11%10 == d(11)
	case name == "ОГРН":
		n, _ := strconv.ParseInt(digits[:12], 10, 64)
		good = int(n%11%10) == d(12)
	case name == "СНИЛС":
		s := sum(9, 8, 7, 6, 5, 4, 3, 2, 1) % 101 % 100
		good = s == d(9)*10+d(10)
	}
	if !good {
		return "не сходится контрольная цифра", false
	}
	return "", true
}

var (
	orderItem = pattern.New(`^\d{1,2}\. ?\p{L}`)
	controls  = pattern.New(`(?i)контроль (?:за |над )?(?:исполнени|выполнени|реализац)|контроль исполнения|контроль выполнения`)
)

// control holds the last item of an order: who controls it.
func (r *reader) control() {
	if r.facts.kindPara < 0 || r.facts.kind.word != "приказ" {
		return
	}
	last, said := -1, false
	for i := r.facts.headEnd; i < len(r.paras); i++ {
		p := &r.paras[i]
		if annexMark.MatchString(p.bare) {
			break
		}
		said = said || controls.MatchString(p.flat)
		if orderItem.MatchString(strings.TrimSpace(p.Label + " " + p.bare)) {
			last = i
		}
	}
	if last >= 0 && !said {
		r.sayOf("H23", last, "последним пунктом: «Контроль за исполнением приказа оставляю за собой» или «возложить на …»", "в приказе не сказано, кто контролирует исполнение")
	}
}

var (
	ackHead = pattern.New(`(?i)^(?:с (?:приказом|распоряжением) ознакомлен|лист ознакомления)`)
	fullIn  = pattern.New(`(\p{Lu}\p{Ll}+(?:-\p{Lu}\p{Ll}+)?) (\p{Lu})\p{Ll}+ (\p{Lu})\p{Ll}+(?:[^\p{L}.]|$)`)
	// A school's name may hold a person's: «СОШ им. С. Т. …».
	namedAfter = pattern.New(`(?:им\.|имени) ?(?:\p{Lu}\. ?){1,2}\p{Lu}\p{Ll}+`)
	personIn   = pattern.New(`(\p{Lu}\p{Ll}+(?:-\p{Lu}\p{Ll}+)?) (\p{Lu})\. ?(\p{Lu})\.|(\p{Lu})\. ?(\p{Lu})\. ?(\p{Lu}\p{Ll}+(?:-\p{Lu}\p{Ll}+)?)`)
)

// acquainted holds the people that the items of an order name against the list
// of those who are to sign that they have read it.
func (r *reader) acquainted() {
	if r.facts.kindPara < 0 || r.facts.kind.word != "приказ" {
		return
	}
	head := -1
	for i := range r.paras {
		if ackHead.MatchString(r.paras[i].bare) {
			head = i
			break
		}
	}
	if head < 0 {
		return
	}
	var listed [][3]string
	for i := head; i < len(r.paras); i++ {
		listed = append(listed, peopleIn(r.paras[i].flat)...)
	}
	if len(listed) == 0 {
		return // lines for the pen
	}
	for i := r.facts.headEnd; i < head; i++ {
		p := &r.paras[i]
		if p.table > 0 || !orderItem.MatchString(strings.TrimSpace(p.Label+" "+p.bare)) {
			continue
		}
		for _, named := range peopleIn(strings.Join(personIn.FindAllString(namedAfter.ReplaceAllString(p.flat, ""), -1), "; ")) {
			if !slices.ContainsFunc(listed, func(l [3]string) bool { return samePerson(named, l) }) {
				r.sayOf("H18", i, "добавьте в лист ознакомления", "назван в приказе, но не в листе ознакомления: %s. %s. %s", named[1], named[2], named[0])
			}
		}
	}
}

// peopleIn returns surname and initials of the people in a text.
func peopleIn(flat string) [][3]string {
	var out [][3]string
	flat = namedAfter.ReplaceAllString(flat, "")
	for _, m := range personIn.FindAllStringSubmatch(flat, -1) {
		if m[1] != "" {
			out = append(out, [3]string{m[1], m[2], m[3]})
		} else {
			out = append(out, [3]string{m[6], m[4], m[5]})
		}
	}
	for _, m := range fullIn.FindAllStringSubmatch(flat, -1) {
		out = append(out, [3]string{m[1], m[2], m[3]})
	}
	return out
}

// samePerson compares people whose surnames may stand in different cases.
func samePerson(a, b [3]string) bool {
	if a[1] != b[1] || a[2] != b[2] {
		return false
	}
	pa, pb := strings.Split(a[0], "-"), strings.Split(b[0], "-")
	if len(pa) != len(pb) {
		return false
	}
	for i := range pa {
		if !sameStem(nameKey(pa[i]), nameKey(pb[i])) {
			return false
		}
	}
	return true
}

// sameStem reports whether two forms of one surname agree but for an ending.
func sameStem(a, b string) bool {
	ra, rb := []rune(a), []rune(b)
	same := 0
	for same < len(ra) && same < len(rb) && ra[same] == rb[same] {
		same++
	}
	return same >= min(len(ra), len(rb))-2 && same >= 2
}
