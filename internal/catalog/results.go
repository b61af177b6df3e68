package catalog

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"nastavnik/internal/profile"
	"nastavnik/internal/russian"
)

// indicators are the profile's, followed by those of the forms that it does
// not name, each title once.
func (b *builder) indicators() []Indicator {
	var out []Indicator
	seen := map[string]bool{}
	for _, i := range b.school.Indicators {
		out = append(out, Indicator{Title: upper(text(i.Title)), Unit: i.Unit, Base: number(i.Base), Plan: number(i.Plan), Fact: number(i.Fact)})
		seen[strings.ToLower(i.Title)] = true
	}
	for _, f := range b.view.Forms {
		for _, i := range f.Indicators {
			if !seen[strings.ToLower(i.Title)] {
				seen[strings.ToLower(i.Title)] = true
				i.Title = upper(i.Title)
				out = append(out, i)
			}
		}
	}
	return out
}

// fewest is the number of answers below which a share is printed as «4 из 5»
// and never as a per cent: sense, and the privacy of those who answered.
const fewest = 5

// share writes n of total as a per cent, or as numbers when total is small.
func share(n, total int) string {
	if total == 0 {
		return ""
	}
	if total < fewest {
		return fmt.Sprintf("%d из%s%d", n, nbsp, total)
	}
	return fmt.Sprintf("%d%s%%", int(math.Round(float64(n)*100/float64(total))), nbsp)
}

func (b *builder) monitoring() Monitoring {
	m := b.school.Monitoring
	out := Monitoring{
		Period: periodOf(m.Period), Instruments: items(m.Instruments), Conclusions: sentences(m.Conclusions), Recommendations: sentences(m.Recommendations),
		Strengths: items(m.SWOT.Strengths), Weaknesses: items(m.SWOT.Weaknesses), Opportunities: items(m.SWOT.Opportunities), Threats: items(m.SWOT.Threats),
	}
	for _, d := range m.Difficulties {
		s := Share{Title: upper(text(d.Title))}
		if d.Percent != nil {
			s.Share = number(d.Percent) + nbsp + "%"
		}
		out.Difficulties = append(out.Difficulties, s)
	}
	for _, t := range m.Tables {
		table := FreeTable{Title: text(t.Title), Columns: texts(t.Columns)}
		for _, row := range t.Rows {
			cells := make([]string, len(table.Columns))
			for i := range cells {
				cells[i] = "–"
				if i < len(row) && row[i] != "" {
					cells[i] = text(row[i])
				}
			}
			table.Rows = append(table.Rows, cells)
		}
		out.Tables = append(out.Tables, table)
	}
	answers, total := 0, 0
	for _, f := range b.view.Forms {
		row := MonitoringRow{Form: f.Title, Mentors: known(f.Counted, f.Mentors), Mentees: known(f.Counted, f.Mentees), Pairs: known(f.Counted, f.PairsCount)}
		before, after := average{}, average{}
		asked, of, satisfied, last := 0, 0, -1, 0
		for _, r := range m.Rounds {
			if r.Form != f.ID {
				continue
			}
			a := &before
			if r.When == "after" {
				a = &after
			}
			a.add(r.Avg, count(r.Answers))
			asked, of = asked+count(r.Answers), of+count(r.Total)
			if r.Satisfied != nil {
				satisfied, last = max(satisfied, 0)+*r.Satisfied, last+count(r.Answers)
			}
		}
		row.Before, row.After = before.String(), after.String()
		if asked > 0 {
			row.Answers = russian.Group(asked)
		}
		if satisfied >= 0 {
			row.Satisfied = share(satisfied, last)
		}
		answers, total = answers+asked, total+of
		out.Rows = append(out.Rows, row)
	}
	switch {
	case total > 0:
		out.Answers = fmt.Sprintf("%d из%s%d", answers, nbsp, total)
		if total >= fewest {
			out.Answers += " (" + share(answers, total) + ")"
		}
	case m.N != nil:
		out.Answers = russian.Group(*m.N)
	}
	if m.Satisfied != nil && m.N != nil {
		n := int(math.Round(*m.Satisfied * float64(*m.N)))
		for i := range out.Rows {
			if out.Rows[i].Satisfied == "" && len(out.Rows) == 1 {
				out.Rows[i].Satisfied = share(n, *m.N)
			}
		}
	}
	for _, i := range b.school.Indicators {
		if i.Fact != nil {
			out.Metrics = append(out.Metrics, metric(upper(i.Title), i.Unit, i.Base, i.Fact))
		}
	}
	for _, p := range b.view.Pairs {
		for _, x := range p.Metrics {
			if x.After != "" {
				x.Title += " (" + p.Code + ")"
				out.Metrics = append(out.Metrics, x)
			}
		}
	}
	out.Known = len(m.Rounds)+len(m.Difficulties)+len(m.Tables)+len(m.Conclusions) > 0 || m.N != nil
	return out
}

func known(counted bool, n int) string {
	if !counted {
		return ""
	}
	return russian.Group(n)
}

// average is a mean of means weighted by answers.
type average struct {
	sum    float64
	weight float64
}

func (a *average) add(byQuestion map[string]float64, answers int) {
	if len(byQuestion) == 0 {
		return
	}
	keys := make([]string, 0, len(byQuestion))
	for k := range byQuestion {
		keys = append(keys, k)
	}
	slices.Sort(keys) // addition of floats depends on the order
	mean := 0.0
	for _, k := range keys {
		mean += byQuestion[k]
	}
	w := float64(max(answers, 1))
	a.sum += mean / float64(len(keys)) * w
	a.weight += w
}

func (a average) String() string {
	if a.weight == 0 {
		return ""
	}
	v := math.Round(a.sum/a.weight*10) / 10
	return number(&v)
}

func (b *builder) report() Report {
	r := b.school.Report
	out := Report{Period: periodOf(r.PeriodTitle), Short: r.Length == "short", Intro: sentence(r.Intro), Practice: sentence(r.Practice),
		Problems: items(r.Problems), Plans: items(r.Plans), Conclusion: sentence(r.Conclusion)}
	for _, d := range r.Done {
		out.Done = append(out.Done, Done{When: text(d.When), Text: strings.TrimRight(text(d.Text), ".;")})
	}
	for _, a := range r.Achievements {
		out.Achievements = append(out.Achievements, b.achievement(a))
	}
	return out
}

// periodOf is a period as it stands after «за»: the profile may begin with
// the preposition itself.
func periodOf(s string) string { return strings.TrimPrefix(text(s), "за ") }

func (b *builder) achievement(a profile.Achievement) Achievement {
	out := Achievement{Who: text(a.Who), Event: text(a.Event), Level: text(a.Level), Result: text(a.Result), When: dateOf(a.Date).Short}
	switch {
	case b.school.Person(a.Who) != nil:
		out.Who = b.person(a.Who).Name.Nom
	case b.public && !strings.EqualFold(out.Who, "школа"): // it may be somebody's name
		out.Who = "участник программы"
	}
	return out
}

func (b *builder) event() Event {
	e := b.school.Event
	out := Event{Title: strings.Trim(text(e.Title), "«»"), Format: text(e.Format), Date: dateOf(e.Date), Time: e.Time, Place: text(e.Place)}
	if out.Title == "" {
		out.Title = "Итоги наставничества"
	}
	if e.Date.IsZero() {
		out.Date = dateOf(profile.Date{})
	}
	for _, p := range e.Programme {
		who := text(p.Who)
		if b.school.Person(p.Who) != nil {
			who = b.person(p.Who).Name.Short.Nom
		}
		out.Programme = append(out.Programme, EventPoint{Time: p.Time, What: text(p.What), Who: who})
	}
	for _, id := range e.Committee {
		out.Committee = append(out.Committee, b.person(id))
	}
	if len(out.Committee) == 0 {
		for _, m := range b.view.Group {
			out.Committee = append(out.Committee, m.Person)
		}
	}
	return out
}

func (b *builder) awards() []Award {
	var out []Award
	for i, a := range b.school.Awards {
		w := Award{N: i + 1, Kind: a.Kind, KindCaps: strings.ToUpper(a.Kind), For: strings.TrimPrefix(strings.TrimRight(text(a.For), "."), "за "), Number: a.Number}
		if a.Kind == "письмо" {
			w.KindCaps = "БЛАГОДАРСТВЕННОЕ ПИСЬМО"
		}
		if p := b.school.Person(a.Person); p != nil {
			w.Person = b.person(a.Person)
			w.Staff, w.Who, w.Place = w.Person.Staff, w.Person.Name.Nom, w.Person.Place
		} else if o := b.school.Partner(a.Org); o != nil {
			w.IsOrg, w.Org, w.OrgShort = true, text(o.Name), text(o.NameShort)
			w.OrgCases = orgCases(o.Name)
			if w.OrgShort == "" {
				w.OrgShort = w.Org
			}
			w.Who, w.Place = w.Org, "организация-партнёр"
			name, _, female := freePerson(o.Head, o.HeadPosition)
			if o.Head != "" {
				w.Person = Person{Known: true, Name: name, Female: female, Position: casesOf(russian.Post(text(o.HeadPosition), russian.Unknown))}
			}
		}
		out = append(out, w)
	}
	return out
}

func (b *builder) site() Site {
	s := b.school.Site
	out := Site{SectionURL: s.SectionURL, URLs: s.URLs, Responsible: b.person(s.Responsible), Intro: text(s.Intro),
		Definition: text(s.Definition), Goal: strings.TrimRight(text(s.Goal), "."), Tasks: items(s.Tasks), Phone: text(s.ContactPhone)}
	if out.Phone == "" {
		out.Phone = text(b.school.Curator.PhonePublic)
	}
	for _, r := range s.Roles {
		out.Roles = append(out.Roles, SiteRole{Role: text(r.Role), Who: text(r.Who), Age: text(r.Age)})
	}
	return out
}
