package catalog

import (
	"strconv"
	"strings"

	"nastavnik/internal/profile"
)

// calendar returns the dates of the year: the profile's own, otherwise the
// usual ones, moved back from weekends and holidays.
func (b *builder) calendar() Calendar {
	own := b.school.Calendar
	at := func(given profile.Date, month, day int) Date {
		if !given.IsZero() {
			return dateOf(given)
		}
		return dateOf(workday(b.inYear(month, day), b.school.Holidays))
	}
	none := profile.Date{}
	c := Calendar{
		Start:         at(own.Start, 9, 1),
		BasesUntil:    at(own.BasesUntil, 9, 25),
		PairsUntil:    at(own.PairsUntil, 10, 1),
		PlansUntil:    at(none, 10, 15),
		SurveyBefore:  at(own.SurveyBefore, 10, 25),
		MidMonitoring: at(own.MidMonitoring, 1, 31),
		SurveyAfter:   at(own.SurveyAfter, 5, 15),
		MentorReports: at(none, 5, 20),
		Event:         at(own.Event, 5, 22),
		ReportUntil:   at(own.ReportUntil, 6, 15),
		End:           at(own.End, 5, 31),
	}
	if e := b.school.Event.Date; own.Event.IsZero() && !e.IsZero() {
		c.Event = dateOf(e)
	}
	// The event shows what the surveys and the reports say.
	if compare(c.Event.Day, c.MentorReports.Day) < 0 {
		c.MentorReports = c.Event
	}
	if own.SurveyAfter.IsZero() && compare(c.Event.Day, c.SurveyAfter.Day) < 0 {
		c.SurveyAfter = c.Event
	}
	// Указ Президента от 01.04.2025 № 197: the day was first kept in 2026.
	if b.first+1 >= 2026 {
		c.MentorDay = dateOf(profile.Date{Year: b.first + 1, Month: 3, Day: 2})
	}
	return c
}

// inYear is a day of the school year: September to December of the first
// calendar year (and August before it), January to July of the second.
func (b *builder) inYear(month, day int) profile.Date {
	year := b.first
	if month < 8 {
		year++
	}
	return profile.Date{Year: year, Month: month, Day: day}
}

// roadmap returns the stages of the profile's preset, or its own.
func (b *builder) roadmap() Roadmap {
	own := b.school.Roadmap
	r := Roadmap{Intro: text(own.Intro), Goal: strings.TrimRight(text(own.Goal), "."), Tasks: items(own.Tasks),
		Results: items(own.Results), Marks: b.school.Output.WithMarks}
	if own.Preset == "custom" || len(own.Stages) > 0 {
		for i, s := range own.Stages {
			stage := Stage{N: i + 1, Title: text(s.Title), Task: strings.TrimRight(text(s.Task), ".")}
			for _, e := range s.Events {
				when := text(e.When)
				if when == "" && !e.From.IsZero() {
					when = e.From.Short() + nbsp + "– " + dateOf(e.To).Line
				}
				stage.Events = append(stage.Events, StageEvent{Title: text(e.Title), Content: items(e.Content), Result: items(e.Result),
					When: when, Responsible: b.responsible(e.Responsible)})
			}
			r.Stages = append(r.Stages, stage)
		}
		return r
	}
	preset := own.Preset
	if preset == "" {
		preset = "seven_stage"
	}
	for i, s := range b.library.presets[preset] {
		stage := Stage{N: i + 1, Title: "Этап" + nbsp + strconv.Itoa(i+1) + ". " + b.word(s.Title), Task: b.word(s.Task)}
		for _, e := range s.Events {
			if !b.holds(e.If) {
				continue
			}
			stage.Events = append(stage.Events, StageEvent{Title: b.word(e.Title), Content: b.wordList(e.Content), Result: b.wordList(e.Result),
				When: oneYear(b.words(e.When)), Responsible: upper(b.words(e.Responsible))})
		}
		r.Stages = append(r.Stages, stage)
	}
	return r
}

// responsible is the post of a person named by id, since a post outlives its
// holder, or the words of the profile.
func (b *builder) responsible(value string) string {
	if b.school.Person(value) != nil {
		return b.person(value).Title
	}
	return text(value)
}

// holds evaluates the conditions of roadmap.toml.
func (b *builder) holds(name string) bool {
	positive := strings.TrimPrefix(name, "!")
	var is bool
	switch positive {
	case "":
		return true
	case "staff":
		is = b.view.Has.Staff
	case "pupils":
		is = b.view.Has.Pupils
	case "minors":
		is = b.view.Has.Minors
	case "labour":
		is = b.view.Labour.Addendum
	case "outsiders":
		is = b.view.Has.Outsiders
	case "payment":
		is = b.view.Has.Payment
	case "mentor_day":
		is = b.view.Calendar.MentorDay.Known
	}
	return is == (positive == name)
}

// words puts dates and posts into a text of roadmap.toml: {pairs_until},
// {month:9}, {curator}. Dates are short, as tables write them.
func (b *builder) words(s string) string {
	c := &b.view.Calendar
	var out strings.Builder
	for {
		before, rest, found := strings.Cut(s, "{")
		out.WriteString(before)
		if !found {
			return out.String()
		}
		name, after, _ := strings.Cut(rest, "}")
		s = after
		if m, isMonth := strings.CutPrefix(name, "month:"); isMonth {
			n, _ := strconv.Atoi(m)
			out.WriteString(monthNames[n-1] + nbsp + strconv.Itoa(b.inYear(n, 1).Year) + nbsp + "г.")
			continue
		}
		switch name {
		case "curator":
			out.WriteString(b.post(b.view.Curator, "куратор"))
		case "director":
			out.WriteString(b.post(b.view.Director, "директор"))
		case "heads":
			if b.school.School.Type == "college" {
				out.WriteString("кураторы учебных групп")
			} else {
				out.WriteString("классные руководители")
			}
		case "site":
			out.WriteString("ответственный за сайт")
		case "minutes":
			d := b.school.Minutes.Date
			if d.IsZero() {
				d = workday(b.inYear(8, 31), b.school.Holidays)
				out.WriteString("до ")
			}
			out.WriteString(dateOf(d).Short)
		case "orders_until":
			out.WriteString(dateOf(workday(b.inYear(9, 10), b.school.Holidays)).Short)
		case "survey_entry":
			out.WriteString(dateOf(workday(b.inYear(9, 18), b.school.Holidays)).Short)
		default:
			out.WriteString(map[string]Date{
				"bases_until": c.BasesUntil, "pairs_until": c.PairsUntil, "plans_until": c.PlansUntil,
				"survey_before": c.SurveyBefore, "mid_monitoring": c.MidMonitoring, "mentor_day": c.MentorDay,
				"survey_after": c.SurveyAfter, "mentor_reports": c.MentorReports, "event": c.Event, "report_until": c.ReportUntil,
			}[name].Short)
		}
	}
}

// oneYear leaves the year of a span of months to its last month: «сентябрь –
// октябрь 2026 г.».
func oneYear(when string) string {
	first, last, span := strings.Cut(when, " – ")
	month, year, dated := strings.Cut(first, nbsp)
	if !span || !dated || !strings.HasSuffix(last, nbsp+year) {
		return when
	}
	return month + nbsp + "– " + last
}

// word puts the school's own word into a text of the library: «в {школе}» is
// «в гимназии».
func (b *builder) word(s string) string {
	if !strings.Contains(s, "{школ") {
		return s
	}
	w := b.view.School.Word
	return strings.NewReplacer("{школа}", w.Nom, "{школы}", w.Gen, "{школу}", w.Acc, "{школой}", w.Ins, "{школе}", w.Pre).Replace(s)
}

func (b *builder) wordList(list []string) []string {
	out := make([]string, len(list))
	for i, s := range list {
		out[i] = b.word(s)
	}
	return out
}

// post is a person's post in small letters, or the word of the role.
func (b *builder) post(p Person, role string) string {
	if p.Position.Nom == "" {
		return role
	}
	return p.Position.Nom
}
