package catalog

import (
	"strconv"
	"strings"

	"nastavnik/internal/profile"
	"nastavnik/internal/russian"
)

// builder makes the views of one school.
type builder struct {
	library  *Library
	school   *profile.School
	acts     []act
	people   map[string]Person
	citation profile.Date // the day on which ages and acts of undated papers are taken
	first    int          // year of 1 September
	public   bool
	view     View // what all documents of the school share
}

// newBuilder builds everything that the documents of a school share.
func newBuilder(l *Library, s *profile.School, public bool) *builder {
	b := &builder{library: l, school: s, people: map[string]Person{}, public: public}
	b.first = startYear(s.SchoolYear)
	b.citation = s.CitationDate
	if b.citation.IsZero() {
		b.citation = profile.Date{Year: b.first, Month: 9, Day: 1}
	}
	b.acts = joinActs(l.acts, s.Acts)

	v := &b.view
	v.Year = yearOf(b.first)
	v.School = schoolOf(&s.School)
	v.Founder = Founder{Name: founderCases(s.Founder), Head: b.named(s.Founder.Head)}
	v.Director = b.person(s.School.Director)
	v.Curator = b.person(s.Curator.Person)
	v.Curator.Phone, v.Curator.Email = text(s.Curator.PhonePublic), s.Curator.EmailPublic
	v.Duties = items(s.Curator.ExtraDuties)
	v.Letterhead = b.letterhead()
	v.Group = b.members(s.WorkingGroup.Members)
	v.Limits = limitsOf(s.Limits)
	v.Calendar = b.calendar()

	b.addForms() // needs no pairs
	b.addPairs()
	b.countForms(b.view.Forms, b.view.Pairs)
	b.addHas()
	v.Labour = b.labour()
	b.addLabour()
	v.Payment = b.payment()
	v.Has.Payment = v.Payment.Known || v.Payment.Text != ""
	v.Minutes = b.minutes()
	v.Approvals = approvalsOf(s.Approvals)
	v.FirstYear = s.Mode == "first" || s.Mode == "" && !b.hasSupersedes()
	b.addParticipants()
	v.Partners = b.partners()
	v.Counts = b.counts()
	v.Roadmap = b.roadmap()
	v.Indicators = b.indicators()
	v.ProgramReason = text(s.Program.Reason)
	v.Monitoring = b.monitoring()
	v.Report = b.report()
	v.Event = b.event()
	v.Awards = b.awards()
	v.Site = b.site()
	b.addDocs()
	v.Site.Published = b.published()
	return b
}

// startYear is the first year of «2026-2027», 0 when it cannot be read.
func startYear(s string) int {
	n := 0
	for i := 0; i < 4 && i < len(s); i++ {
		if s[i] < '0' || s[i] > '9' {
			return 0
		}
		n = n*10 + int(s[i]-'0')
	}
	return n
}

func yearOf(first int) Year {
	return Year{
		Title:  strconv.Itoa(first) + "–" + strconv.Itoa(first+1),
		First:  strconv.Itoa(first),
		Second: russian.Group(first + 1),
		Start:  dateOf(profile.Date{Year: first, Month: 9, Day: 1}),
		End:    dateOf(profile.Date{Year: first + 1, Month: 8, Day: 31}),
	}
}

var schoolWords = map[string]string{
	"sosh": "школа", "oosh": "школа", "nosh": "школа", "boarding": "школа-интернат",
	"gymnasium": "гимназия", "lyceum": "лицей", "kindergarten": "детский сад", "college": "колледж",
}

func schoolOf(o *profile.Org) School {
	word := schoolWords[o.Type]
	if word == "" {
		word = "учреждение"
		if o.Type == "" {
			word = "школа"
		}
	}
	full := casesOf(russian.Org(text(o.NameFull)))
	short := casesOf(russian.Org(text(o.NameShort))).over(profile.Cases{Gen: text(o.NameShortGen), Pre: text(o.NameShortPre)})
	return School{
		ID: o.ID, NameFull: full, NameShort: short, Word: casesOf(russian.Org(word)), Type: o.Type,
		Locality: text(o.Locality), Region: text(o.Region), District: text(o.District), Address: text(o.Address),
		Phone: text(o.Phone), Email: o.Email, Site: o.Site, INN: o.INN, KPP: o.KPP, OGRN: o.OGRN, OKPO: o.OKPO,
		Pupils: count(o.PupilsTotal), Pupils1019: count(o.Pupils1019),
		Teachers: count(o.TeachersTotal), Young: count(o.TeachersYoung),
	}
}

func founderCases(f profile.Founder) Cases {
	if f.Name == "" {
		return Cases{}
	}
	return orgCases(f.Name).over(profile.Cases{Gen: text(f.NameGen)})
}

// named returns the text of a value that may be the id of a person or words.
func (b *builder) named(value string) string {
	if p := b.school.Person(value); p != nil {
		return b.person(value).Name.Short.Nom
	}
	return text(value)
}

func (b *builder) letterhead() Letterhead {
	s := b.school
	h := Letterhead{Layout: s.Letterhead.Layout, Language: s.Letterhead.Language, ShortName: true}
	if h.Layout == "" {
		h.Layout = "stacked"
	}
	for _, line := range s.Letterhead.Lines {
		l := LetterheadLine{Ru: text(line.Ru), Alt: strings.TrimSpace(line.Alt)}
		if s.Letterhead.FixHomoglyphs {
			l.Ru, l.Alt = russian.Mend(l.Ru, "ru"), russian.Mend(l.Alt, h.Language)
		}
		h.Bilingual = h.Bilingual || l.Alt != ""
		h.Lines = append(h.Lines, l)
		if strings.Contains(strings.ToUpper(line.Ru), strings.ToUpper(s.School.NameShort)) {
			h.ShortName = false
		}
	}
	if len(h.Lines) == 0 {
		if s.Founder.Name != "" {
			h.Lines = append(h.Lines, LetterheadLine{Ru: text(s.Founder.Name)})
		}
		for _, line := range nameLines(text(s.School.NameFull)) {
			h.Lines = append(h.Lines, LetterheadLine{Ru: line})
		}
	}
	if h.Bilingual {
		h.ShortName = false
	}
	h.Requisites = requisites(&s.School, s.Letterhead.Show)
	return h
}

// nameLines parts a school's name before its name in quotes, or before its
// kind: «Муниципальное … учреждение» and «Гимназия № 3» are two lines of the
// letterhead.
func nameLines(name string) []string {
	if kind, own, quoted := strings.Cut(name, " «"); quoted && len(strings.Fields(kind)) > 1 {
		return []string{kind, "«" + own}
	}
	for _, word := range [...]string{"гимназия", "лицей", "школа", "средняя", "основная", "начальная", "колледж", "техникум"} {
		if kind, own, found := strings.Cut(name, "учреждение "+word); found {
			return []string{kind + "учреждение", word + own}
		}
	}
	return []string{name}
}

// requisites writes the requisites that the letterhead shows, in one line.
func requisites(o *profile.Org, show []string) string {
	values := map[string][2]string{
		"address": {"", o.Address}, "phone": {"тел.: ", o.Phone}, "email": {"e-mail: ", o.Email}, "site": {"сайт: ", o.Site},
		"okpo": {"ОКПО ", o.OKPO}, "ogrn": {"ОГРН ", o.OGRN}, "inn": {"ИНН ", o.INN}, "kpp": {"КПП ", o.KPP},
	}
	var parts []string
	for _, key := range show {
		v := values[key]
		if key == "phone" { // a number does not break
			v[1] = strings.ReplaceAll(v[1], " ", nbsp)
		}
		if v[1] != "" {
			parts = append(parts, strings.ReplaceAll(v[0], " ", nbsp)+text(v[1]))
		}
	}
	return strings.Join(parts, ", ")
}

func (b *builder) members(list []profile.Member) []Member {
	var out []Member
	for _, m := range list {
		out = append(out, Member{Person: b.person(m.Person), Role: m.Role})
	}
	return out
}

func limitsOf(l profile.Limits) Limits {
	out := Limits{MenteesPerMentor: 2, PupilMentees: 3, GroupSize: 10, Experience: count(l.MentorExperienceYears)}
	if l.MenteesPerMentor != nil {
		out.MenteesPerMentor, out.PupilMentees = *l.MenteesPerMentor, *l.MenteesPerMentor
	}
	if l.GroupSize != nil {
		out.GroupSize = *l.GroupSize
	}
	return out
}

func (b *builder) addHas() {
	h := &b.view.Has
	for _, f := range b.view.Forms {
		h.Staff = h.Staff || f.StaffForm
		h.Pupils = h.Pupils || !f.StaffForm
		h.Minors = h.Minors || f.Minors
		h.Outsiders = h.Outsiders || f.Outsiders
		h.Students = h.Students || strings.Contains(f.ID, "student")
	}
	for _, p := range b.view.Pairs {
		h.Group = h.Group || p.Group
		for _, m := range p.Mentors {
			h.Outsiders = h.Outsiders || m.Kind == "external"
		}
		for _, m := range p.Mentees {
			h.Minors = h.Minors || m.Minor
		}
		h.Minors = h.Minors || p.Class != ""
	}
	h.WorkingGroup = len(b.view.Group) > 0
	h.OneForm = len(b.view.Forms) == 1
}

// labourFrom is the day from which art. 351.8 of the Labour Code is in force.
var labourFrom = profile.Date{Year: 2025, Month: 3, Day: 1}

func (b *builder) labour() Labour {
	mode := b.school.LabourMode
	inForce := compare(b.citation, labourFrom) >= 0
	if mode == "" {
		mode = "none"
		if inForce {
			mode = "addendum"
		}
	}
	l := Labour{Mode: mode}
	for _, f := range b.view.Forms {
		l.Applies = l.Applies || f.Labour && inForce && mode != "none"
	}
	l.Addendum = l.Applies && mode == "addendum"
	return l
}

func (b *builder) payment() Payment {
	p := b.school.Payment
	out := Payment{None: p.Mode == "none", Text: text(p.Text), Known: p.Amount != nil && p.Mode != "none"}
	switch {
	case p.Amount == nil:
	case p.Mode == "percent":
		out.Sum = strings.TrimSpace(number(p.Amount) + nbsp + "% " + text(p.Base))
	case p.Mode == "points":
		out.Sum = number(p.Amount) + nbsp + russian.Plural(int(*p.Amount), "балл", "балла", "баллов")
	case p.Mode == "fixed":
		out.Sum = number(p.Amount) + nbsp + russian.Plural(int(*p.Amount), "рубль", "рубля", "рублей")
	}
	out.Act = text(p.Act)
	for _, a := range b.acts {
		if a.ID == p.Act && p.Act != "" {
			out.Act = a.view().Full
		}
	}
	return out
}

func approvalsOf(a profile.Approvals) Approvals {
	given := func(d profile.DateNumber) bool { return !d.Date.IsZero() || d.Number != "" }
	ref := func(d profile.DateNumber) Ref { return refOf(d.Date, d.Number) }
	return Approvals{
		ByPerson: a.ApproveBy == "person",
		Parents:  ref(a.ParentsCouncil), Pupils: ref(a.PupilsCouncil), Union: ref(a.Union), Governing: ref(a.GoverningCouncil),
		HasParents: given(a.ParentsCouncil), HasPupils: given(a.PupilsCouncil), HasUnion: given(a.Union), HasGoverning: given(a.GoverningCouncil),
	}
}

func (b *builder) hasSupersedes() bool {
	for _, d := range b.school.Docs {
		if !d.Supersedes.Date.IsZero() || d.Supersedes.Number != "" {
			return true
		}
	}
	return false
}

func (b *builder) minutes() Minutes {
	m := b.school.Minutes
	out := Minutes{
		Date: dateOf(m.Date), Number: m.Number,
		Ref:   "протокол " + refOf(m.Date, m.Number).Text,
		Chair: b.person(m.Chair), Secretary: b.person(m.Secretary),
		Members: count(m.MembersTotal), Present: count(m.Present), Invited: texts(m.Invited),
	}
	for _, id := range m.PresentList {
		if p := b.school.Person(id); p != nil {
			out.PresentList = append(out.PresentList, b.person(id))
			continue
		}
		name, post, female := freePerson(id, "")
		out.PresentList = append(out.PresentList, Person{Known: true, Name: name, Position: post, Female: female})
	}
	for i, item := range m.Agenda {
		it := Item{N: i + 1, Title: strings.TrimRight(text(item.Title), "."), Heard: text(item.Heard), Decisions: texts(item.Decisions)}
		it.Speaker = b.personOrName(item.Speaker)
		for _, d := range item.Discussed {
			it.Discussed = append(it.Discussed, Speech{Person: b.personOrName(d.Person), Text: text(d.Text)})
		}
		if v := item.Votes; v != nil {
			it.For, it.Against, it.Abstain = russian.Group(v.For), russian.Group(v.Against), russian.Group(v.Abstain)
		}
		out.Agenda = append(out.Agenda, it)
	}
	for _, n := range m.ExtractItems {
		if n >= 1 && n <= len(out.Agenda) {
			out.Extract = append(out.Extract, out.Agenda[n-1])
		}
	}
	if len(m.ExtractItems) == 0 {
		out.Extract = out.Agenda
	}
	return out
}

// personOrName reads a value that is the id of a person or a name in words.
func (b *builder) personOrName(value string) Person {
	if value == "" {
		return Person{}
	}
	if b.school.Person(value) != nil {
		return b.person(value)
	}
	name, _, female := freePerson(value, "")
	return Person{Known: true, Name: name, Female: female}
}
