package check

import (
	"nastavnik/internal/pattern"
	"strings"
)

var (
	initials  = `\p{Lu}\p{Ll}+(?:-\p{Lu}\p{Ll}+)? \p{Lu}\. ?\p{Lu}\.|\p{Lu}\. ?\p{Lu}\. ?\p{Lu}\p{Ll}+`
	fullName  = `\p{Lu}\p{Ll}+(?:-\p{Lu}\p{Ll}+)? \p{Lu}\p{Ll}+ \p{Lu}\p{Ll}+(?:вич|ич|вна|ична|вны|ичны|вне|ичне|вну|ичну|вной|ичной|вича|ича|вичу|ичу|вичем|ичем|виче|иче)(?:[^\p{L}]|$)`
	personRe  = pattern.New(fullName + `|` + initials)
	pupilRe   = pattern.New(`(?i)учени(?:к|ц)|учащ|обучающ(?:ийся|аяся|егося|ейся|емуся|имся)|воспитанни|(?:^|[^\d])\d{1,2}(?:-?[«"]?[А-Е][»"]?)? класс`)
	staffRe   = pattern.New(`(?i)(?:директор|учител|педагог|куратор|заместител|классн\p{L}+ руководител|психолог|методист|председател|секретар)\p{L}*(?: [\p{Ll}-]+){0,6}[ ,:–-]*$`)
	birthRe   = pattern.New(`(?i)дат\p{L} рождения[: ]+` + dateText + `|` + dateText + `(?: г\.)? ?р(?:\.|ожд)`)
	passport  = pattern.New(`(?i)паспорт\p{L}*[^.;]{0,30}?\d{2} ?\d{2} ?№? ?\d{6}|серия ?\d{2} ?\d{2} ?№? ?\d{6}`)
	snils     = pattern.New(`\d{3}-\d{3}-\d{3}[ -]\d{2}`)
	homeRe    = pattern.New(`(?i)(?:проживающ|зарегистрирован|адрес регистрации|домашний адрес)[^.;]{0,60}?(?:ул\.|д\.|кв\.)`)
	mobile    = pattern.New(`(?:\+7|8)[ (-]{0,2}9\d\d[ )-]{0,2}\d{3}[ -]?\d\d[ -]?\d\d`)
	special   = pattern.New(`(?i)(?:^|[^\p{L}])(?:состо\p{L}+ на учет\p{L}*|состо\p{L}+ на учёт\p{L}*|на учет\p{L}? в ПДН|ПДН|КДН|КДНиЗП|ОВЗ|инвалид\p{L}*|опек[аиуой]|сирот\p{L}*|малообеспеченн\p{L}*|неблагополучн\p{L}*)(?:[^\p{L}]|$)`)
	consentRe = pattern.New(`(?i)(?:даю|выражаю)(?: сво[её])? согласие (?:[^.;]{0,60} )?на обработку`)
)

// pupilNear is how far from a name, in bytes, a word about pupils is taken to
// speak of it.
const pupilNear = 120

// privacy applies the rules D: what must not be published, and what must be a
// paper of its own.
func (r *reader) privacy() {
	consent := r.facts.kind != nil && r.facts.kind.word == "согласие" || strings.Contains(strings.ToLower(r.o.Kind), "согласие")
	titled := false
	for i := range r.paras[:min(len(r.paras), headSpan)] {
		low := strings.ToLower(r.paras[i].bare)
		titled = titled || strings.HasPrefix(low, "согласие")
	}
	for i := range r.paras {
		p := &r.paras[i]
		if m := consentRe.FindStringIndex(p.flat); m != nil && !consent && !titled {
			r.sayIn("D09", i, m[0], m[1], "с 01.09.2025 согласие – отдельный документ (152-ФЗ, ст. 9)", "согласие на обработку персональных данных внутри другого документа")
		}
		for _, run := range p.Runs {
			if strings.TrimSpace(run.Text) == "" {
				continue
			}
			if run.Hidden || run.Color == "FFFFFF" {
				r.sayOf("D04", i, "удалите текст совсем", "скрытый или белый текст: «%s»", cut(strings.TrimSpace(run.Text), 40))
				break
			}
		}
	}
	if t := r.paper.Meta.Hidden; t != "" {
		r.say("D04", -1, 0, 0, "удалите текст совсем", "скрытый абзац: «%s»", cut(t, 40))
	}
	if r.o.Public {
		r.published()
	}
}

// published judges a paper that goes to the site.
func (r *reader) published() {
	for i := range r.paras {
		p := &r.paras[i]
		if !r.o.Consent {
			for _, m := range personRe.FindAllStringIndex(p.flat, -1) {
				near := p.flat[max(0, m[0]-pupilNear):min(len(p.flat), m[1]+pupilNear)]
				if p.table > 0 { // the row tells who it is
					near = r.rowText(i)
				}
				if pupilRe.MatchString(near) && !staffRe.MatchString(p.flat[max(0, m[0]-pupilNear):m[0]]) {
					r.sayIn("D01", i, m[0], m[1], "[данные скрыты]", "имя рядом со словами об ученике в открытом документе")
					break
				}
			}
		}
		for _, c := range []struct {
			re   *pattern.Pattern
			what string
		}{{birthRe, "дата рождения"}, {passport, "паспорт"}, {snils, "СНИЛС"}, {homeRe, "домашний адрес"}, {mobile, "мобильный телефон"}} {
			if m := c.re.FindStringIndex(p.flat); m != nil {
				r.sayIn("D02", i, m[0], m[1], "[данные скрыты]", "%s в открытом документе", c.what)
			}
		}
		if m := special.FindStringIndex(p.flat); m != nil {
			r.sayIn("D03", i, m[0], m[1], "уберите из открытого документа", "сведения, которые вместе с классом и школой укажут на человека")
		}
		if strings.HasPrefix(strings.ToLower(p.bare), "с приказом ознакомлен") || strings.HasPrefix(strings.ToLower(p.bare), "лист ознакомления") {
			r.sayOf("D08", i, "в открытую копию не включают", "лист ознакомления в открытом документе")
		}
	}
	m := &r.paper.Meta
	if m.Comments > 0 || m.Tracked || m.Custom {
		r.say("D05", -1, 0, 0, "примите исправления, удалите примечания и свойства", "в файле остались примечания, исправления или свойства")
	}
	for _, author := range []string{m.Author, m.LastBy} {
		if personRe.MatchString(author+" ") || mistaken(author) {
			r.say("D06", -1, 0, 0, "укажите организацию", "в свойствах файла имя человека: %s", author)
			break
		}
	}
	for _, img := range m.Images {
		if img.EXIF {
			r.say("D07", -1, 0, 0, "сохраните картинку без EXIF", "картинка хранит данные камеры")
			break
		}
	}
}

// mistaken reports whether an author is a login or «User», not an organisation.
func mistaken(author string) bool {
	switch strings.ToLower(author) {
	case "user", "admin", "администратор", "пользователь", "windows user":
		return true
	}
	return false
}

// rowText is the text of the table row in which paragraph i stands.
func (r *reader) rowText(i int) string {
	var b strings.Builder
	for j := range r.paras {
		if r.paras[j].table == r.paras[i].table && r.paras[j].row == r.paras[i].row {
			b.WriteString(r.paras[j].flat + " ")
		}
	}
	return b.String()
}
