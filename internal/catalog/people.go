package catalog

import (
	"slices"
	"strings"

	"nastavnik/internal/profile"
)

// addLabour marks the pairs whose mentoring is work by art. 351.8.
func (b *builder) addLabour() {
	if b.view.Labour.Applies {
		return
	}
	for _, list := range [][]Pair{b.view.Pairs, b.view.AllPairs} {
		for i := range list {
			list[i].Labour = false
		}
	}
}

var (
	mentorCases = Cases{"наставник", "наставника", "наставнику", "наставника", "наставником", "наставнике"}
	menteeCases = Cases{"наставляемый", "наставляемого", "наставляемому", "наставляемого", "наставляемым", "наставляемом"}
	menteeWoman = Cases{"наставляемая", "наставляемой", "наставляемой", "наставляемую", "наставляемой", "наставляемой"}
)

// addParticipants lists mentors and mentees, each once, in the order of the
// pairs; those of ended pairs follow, since the registry keeps them.
func (b *builder) addParticipants() {
	b.view.Mentors = b.participants(true, b.view.AllPairs)
	b.view.Mentees = b.participants(false, b.view.AllPairs)
}

func (b *builder) participants(mentors bool, pairs []Pair) []Participant {
	var out []Participant
	at := map[string]int{}
	for _, active := range []bool{true, false} {
		for _, p := range pairs {
			if p.Active != active {
				continue
			}
			side := p.Mentees
			if mentors {
				side = p.Mentors
			}
			for _, person := range side {
				i, known := at[person.ID]
				if !known {
					i = len(out)
					at[person.ID] = i
					out = append(out, b.participant(person, mentors))
				}
				out[i].Pairs = append(out[i].Pairs, p)
			}
		}
	}
	// Those whom [[mentors]] and [[mentees]] name without a pair.
	for _, id := range b.listed(mentors) {
		if _, known := at[id]; !known && b.school.Person(id) != nil {
			at[id] = len(out)
			out = append(out, b.participant(b.person(id), mentors))
		}
	}
	for i := range out {
		finish(&out[i])
	}
	return out
}

func (b *builder) listed(mentors bool) []string {
	var ids []string
	if mentors {
		for _, m := range b.school.Mentors {
			ids = append(ids, m.Person)
		}
		return ids
	}
	for _, m := range b.school.Mentees {
		ids = append(ids, m.Person)
	}
	return ids
}

func (b *builder) participant(p Person, mentor bool) Participant {
	out := Participant{Person: p, IsMentor: mentor, RoleCases: mentorCases, Consent: dateOf(profile.Date{}), Addendum: refOf(profile.Date{}, "")}
	if !mentor {
		out.RoleCases = menteeCases
		if p.Female {
			out.RoleCases = menteeWoman
		}
	}
	out.Role = out.RoleCases.Nom
	consent := func(c profile.Consent) {
		out.Consent, out.ConsentPD, out.ConsentPublish = dateOf(c.Date), c.PD, c.Publish
	}
	if m := b.school.Mentor(p.ID); m != nil && mentor {
		consent(m.Consent)
		out.Addendum = refOf(m.Addendum.Date, m.Addendum.Number)
		out.Competences, out.Achievements = items(m.Competences), items(m.Achievements)
	}
	if m := b.school.Mentee(p.ID); m != nil && !mentor {
		consent(m.Consent)
		out.Request, out.MenteeCategory, out.Result = strings.TrimRight(text(m.Request), "."), m.Category, text(m.Result)
	}
	return out
}

// finish derives from the pairs of a participant what papers say of them all.
func finish(p *Participant) {
	var forms []string
	p.Status = "завершено"
	if len(p.Pairs) == 0 {
		p.Status = ""
	}
	var start, end profile.Date
	many := len(p.Pairs) > 1
	for _, pair := range p.Pairs {
		if !slices.Contains(forms, pair.FormTitle) {
			forms = append(forms, pair.FormTitle)
		}
		if pair.Active {
			p.Status = "действует"
		}
		names, who := pair.MentorNames, pair.MentorWho
		if p.IsMentor {
			names, who = pair.MenteeNames, pair.MenteeWho
			p.Labour = p.Labour || pair.Labour
			many = many || pair.ManyMentees
			for _, d := range pair.duties {
				if !slices.Contains(p.Duties, d) {
					p.Duties = append(p.Duties, d)
				}
			}
		}
		p.Others = p.Others.plus(", ", names)
		p.OthersWho = p.OthersWho.plus(", ", who)
		if p.Request == "" {
			p.Request = pair.Request
		}
		if d := pair.Start.Day; start.IsZero() || !d.IsZero() && compare(d, start) < 0 {
			start = d
		}
		if d := pair.End.Day; compare(d, end) > 0 {
			end = d
		}
	}
	if many {
		p.Duties = ofMany(p.Duties)
	}
	p.Forms = strings.Join(forms, ", ")
	p.Start, p.End = dateOf(start), dateOf(end)
	p.Term = term(start, end)
}

// within returns the participant as only the pairs that fit know them: an
// addendum speaks of mentees who are employees, though the mentor may have a
// student too.
func (p Participant) within(fits func(Pair) bool) Participant {
	all := p.Pairs
	p.Pairs, p.Duties, p.Others, p.OthersWho = nil, nil, Cases{}, Cases{}
	for _, pair := range all {
		if fits(pair) {
			p.Pairs = append(p.Pairs, pair)
		}
	}
	finish(&p)
	return p
}

func (b *builder) partners() []Partner {
	var out []Partner
	for _, o := range b.school.Partners {
		name, post, female := freePerson(o.Head, o.HeadPosition)
		if o.Head == "" {
			name, female = Name{}, false
		}
		p := Partner{ID: o.ID, Name: orgCases(o.Name), NameShort: text(o.NameShort), Head: name, HeadPosition: post, HeadTitle: upper(post.Nom), HeadFemale: female,
			Basis: text(o.Basis), INN: o.INN, Agreement: refOf(o.Agreement.Date, o.Agreement.Number)}
		if p.NameShort == "" {
			p.NameShort = p.Name.Nom
		}
		for _, pair := range b.view.AllPairs {
			involved := false
			for _, m := range pair.Mentors {
				if e := b.school.Person(m.ID); e != nil && e.Org == o.ID {
					involved = true
					if !slices.ContainsFunc(p.Mentors, func(x Person) bool { return x.ID == m.ID }) {
						p.Mentors = append(p.Mentors, m)
					}
				}
			}
			if involved && !slices.ContainsFunc(p.Forms, func(f Form) bool { return f.ID == pair.FormID }) {
				p.Forms = append(p.Forms, b.formByID(pair.FormID))
			}
		}
		out = append(out, p)
	}
	return out
}

// counts counts people once each over the active pairs, or adds up what the
// forms state when the profile lists no pairs.
func (b *builder) counts() Counts {
	c := Counts{Forms: len(b.view.Forms)}
	mentors, mentees, all := map[string]bool{}, map[string]bool{}, map[string]Person{}
	groups := 0
	for _, p := range b.view.Pairs {
		for _, m := range p.Mentors {
			mentors[m.ID], all[m.ID] = true, m
		}
		for _, m := range p.Mentees {
			mentees[m.ID], all[m.ID] = true, m
		}
		groups += max(0, p.Size-len(p.Mentees))
	}
	for _, p := range all {
		if p.Minor {
			c.Minors++
		} else {
			c.Adults++
		}
	}
	c.Pairs, c.Mentors, c.Mentees = len(b.view.Pairs), len(mentors), len(mentees)+groups
	c.Known = c.Pairs > 0
	unlisted := Counts{}
	for _, f := range b.view.Forms {
		if len(f.Pairs) == 0 && f.Counted {
			unlisted.Pairs += f.PairsCount
			unlisted.Mentors += f.Mentors
			unlisted.Mentees += f.Mentees
			c.Known = true
		}
	}
	c.Pairs, c.Mentors, c.Mentees = c.Pairs+unlisted.Pairs, c.Mentors+unlisted.Mentors, c.Mentees+unlisted.Mentees
	return c
}
