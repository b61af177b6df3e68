package profile

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"nastavnik/internal/pattern"
	"nastavnik/internal/russian"
)

// paper is a dated paper of the school, for rules that compare them.
type paper struct {
	id      string
	path    string // of its table
	date    Date
	number  string
	journal string
	ru      string
}

// paperNames are short names for messages.
func paperName(id string) string {
	switch id {
	case "minutes":
		return "протокол педагогического совета"
	case "order_launch":
		return "приказ о внедрении целевой модели"
	case "order_group":
		return "приказ о рабочей группе"
	case "order_regulation":
		return "приказ о Положении"
	case "order_plan":
		return "приказ о плане (дорожной карте)"
	case "order_curator":
		return "приказ о кураторе и наставниках"
	case "order_pairs":
		return "приказ о закреплении пар"
	case "order_change":
		return "приказ об изменении"
	case "order_event":
		return "приказ об итоговом мероприятии"
	case "order_awards":
		return "приказ о поощрении"
	case "order_results":
		return "приказ об итогах"
	}
	return "документ " + id
}

// papers checks the days, numbers and order of papers: E10, W11–W14, W36.
func (c *checker) papers() {
	list := c.allPapers()
	for _, p := range list {
		if !p.date.IsZero() {
			c.day(p.path+".date", p.ru, p.date)
		}
		if strings.HasPrefix(p.id, "order_") || p.id == "mun_order" {
			c.number(p.path+".number", p.number)
		}
	}
	c.numbers(list)
	c.orderOfPapers()
	c.orderOfConsents()
	c.calendar()
	c.votes()
}

func (c *checker) allPapers() []paper {
	var list []paper
	add := func(id, path string, date Date, number, journal string) {
		if date.IsZero() && number == "" {
			return
		}
		list = append(list, paper{id, path, date, number, journal, paperName(id)})
	}
	if d := c.Docs["minutes"]; d.Date.IsZero() && d.Number == "" {
		add("minutes", "minutes", c.Minutes.Date, c.Minutes.Number, "minutes")
	}
	for _, id := range c.docIDs() {
		d := c.Docs[id]
		journal := d.Journal
		if journal == "" && strings.HasPrefix(id, "order_") {
			journal = "main"
			if id == "order_awards" {
				journal = "staff"
			}
		}
		add(id, "docs."+id, d.Date, d.Number, journal)
	}
	for i, h := range c.Changes {
		add("order_change", fmt.Sprintf("changes[%d].order", i), h.Order.Date, h.Order.Number, "main")
	}
	return list
}

// day checks one day against the school year, Sundays and holidays, W11.
func (c *checker) day(path, what string, d Date) {
	if first, ok := c.FirstYear(); ok {
		from, to := Date{Year: first, Month: 6, Day: 1}, Date{Year: first + 1, Month: 8, Day: 31}
		if before(d, from) || before(to, d) {
			c.warn("W11", path, "проверьте год: бумаги этого года датируют с "+from.Short()+" по "+to.Short(), "%s: дата %s вне учебного года %s", what, d.Short(), c.SchoolYear)
			return
		}
	}
	switch {
	case c.Holiday(d):
		c.warn("W11", path, "поставьте рабочий день", "%s: %s – нерабочий праздничный день", what, d.Short())
	case d.Weekday() == 0:
		c.warn("W11", path, "поставьте рабочий день", "%s: %s – воскресенье", what, d.Short())
	}
}

// orderNumber is the shape of numbers that schools give: 557, 45-ОД, 56/1-о,
// 01-09/106-1, 3.12-55.
var orderNumber = pattern.New(`^\d+([/.-]\d+)*\s?([-/]?[А-ЯЁа-яёA-Za-z./-]+)?$`)

func (c *checker) number(path, number string) {
	if blank(number) {
		return
	}
	if !orderNumber.MatchString(number) || utf8.RuneCountInString(number) > 24 {
		c.warn("W14", path, "обычный вид: 557, 45-ОД, 56/1-о, 01-09/106-1", "необычный номер приказа %q", number)
	}
}

// numbers checks that numbers of one journal do not repeat and do not go
// down as days go on, W13.
func (c *checker) numbers(list []paper) {
	for i, p := range list {
		if p.journal == "" || p.number == "" {
			continue
		}
		for _, q := range list[:i] {
			if q.journal != p.journal || q.number == "" || calendarYear(p) != calendarYear(q) {
				continue
			}
			if p.number == q.number {
				if !c.Output.CombinedOrders {
					c.warn("W13", p.path+".number", "у каждого приказа свой номер; если приказ один, впишите [output] combined_orders = true",
						"номер %s уже у другого документа: %s", p.number, q.ru)
				}
				continue
			}
			a, b, same := leading(p.number, q.number)
			if same && (before(p.date, q.date) && a > b || before(q.date, p.date) && b > a) {
				c.warn("W13", p.path+".number", "сверьте с журналом регистрации", "номера идут не по датам: № %s от %s (%s) и № %s от %s (%s)",
					p.number, p.date.Short(), p.ru, q.number, q.date.Short(), q.ru)
			}
		}
	}
}

func calendarYear(p paper) int { return p.date.Year }

var firstNumber = pattern.New(`^\d+`)

// leading returns the counting parts of two numbers; same says that the rest
// is alike, so that they count in one row.
func leading(p, q string) (a, b int, same bool) {
	x, y := firstNumber.FindString(p), firstNumber.FindString(q)
	a, _ = strconv.Atoi(x)
	b, _ = strconv.Atoi(y)
	return a, b, x != "" && y != "" && strings.TrimSpace(p[len(x):]) == strings.TrimSpace(q[len(y):])
}

func (c *checker) docDate(id string) (Date, string) {
	if d := c.Docs[id]; !d.Date.IsZero() {
		return d.Date, "docs." + id + ".date"
	}
	if id == "minutes" {
		return c.Minutes.Date, "minutes.date"
	}
	return Date{}, ""
}

// orderOfPapers checks the chain of W12.
func (c *checker) orderOfPapers() {
	chain := func(earlier, later string) {
		a, _ := c.docDate(earlier)
		b, path := c.docDate(later)
		if before(b, a) {
			c.warn("W12", path, "поменяйте даты местами", "%s (%s) раньше, чем %s (%s)", paperName(later), b.Short(), paperName(earlier), a.Short())
		}
	}
	chain("minutes", "order_launch")
	for _, id := range []string{"order_group", "order_regulation", "order_plan"} {
		chain("order_launch", id)
		chain(id, "order_curator")
	}
	chain("order_launch", "order_curator")
	chain("order_curator", "order_pairs")
	if pairs, _ := c.docDate("order_pairs"); !pairs.IsZero() {
		brought := c.broughtIn()
		for i := range c.Pairs {
			p := &c.Pairs[i]
			if _, later := brought[p.ID]; !later && before(p.Start, pairs) {
				c.warn("W12", fmt.Sprintf("pairs[%d].start", i), "пара работает со дня приказа или позже", "пара %s начинается %s, раньше приказа о закреплении (%s)", p.ID, p.Start.Short(), pairs.Short())
			}
		}
	}
	if event, path := c.docDate("order_event"); before(c.Event.Date, event) {
		c.warn("W12", path, "приказ издают до мероприятия", "приказ об итоговом мероприятии (%s) позже самого мероприятия (%s)", event.Short(), c.Event.Date.Short())
	}
	if awards, path := c.docDate("order_awards"); before(awards, c.Event.Date) && !(awards.Month == 3 && awards.Day <= 2 || awards.Month == 2 && awards.Day >= 15) {
		c.warn("W12", path, "поощряют по итогам или ко Дню наставника 2 марта", "приказ о поощрении (%s) раньше итогового мероприятия (%s)", awards.Short(), c.Event.Date.Short())
	}
}

// broughtIn are the pairs that an order of change brought in, with its day:
// their papers follow that order, not the first one.
func (c *checker) broughtIn() map[string]Date {
	brought := map[string]Date{}
	for _, h := range c.Changes {
		day := h.Order.Date
		if day.IsZero() {
			day = h.Date
		}
		if h.Mode == "add" {
			brought[h.Pair] = day
		}
		if old := c.Pair(h.Pair); old != nil && old.ReplacedBy != "" {
			brought[old.ReplacedBy] = day
		}
	}
	for i := range c.Pairs { // replaced, though no [[changes]] tells of it
		if id := c.Pairs[i].ReplacedBy; id != "" {
			if _, found := brought[id]; !found {
				brought[id] = c.Pairs[i].Ended
			}
		}
	}
	return brought
}

// orderOfConsents checks that a mentor agreed before the order that names
// him, and that his contract was amended before he began, W12.
func (c *checker) orderOfConsents() {
	brought := c.broughtIn()
	order, _ := c.docDate("order_pairs")
	for i := range c.Mentors {
		m := &c.Mentors[i]
		at := fmt.Sprintf("mentors[%d]", i)
		var start, named Date
		for k := range c.Pairs {
			p := &c.Pairs[k]
			if !slices.Contains(p.Mentors, m.Person) {
				continue
			}
			if start.IsZero() || before(p.Start, start) {
				start = p.Start
			}
			day := order
			if later, found := brought[p.ID]; found {
				day = later
			}
			if named.IsZero() || before(day, named) {
				named = day
			}
		}
		if before(named, m.Consent.Date) {
			c.warn("W12", at+".consent.date", "согласие берут до приказа", "наставник %s: согласие от %s позже приказа, который его называет (%s)", c.who(m.Person), m.Consent.Date.Short(), named.Short())
		}
		if before(start, m.Addendum.Date) {
			c.warn("W12", at+".addendum.date", "дополнительное соглашение заключают до начала работы", "наставник %s: дополнительное соглашение от %s позже начала работы (%s)", c.who(m.Person), m.Addendum.Date.Short(), start.Short())
		}
	}
}

func (c *checker) calendar() {
	k := &c.Calendar
	steps := []struct {
		key string
		day Date
	}{{"start", k.Start}, {"bases_until", k.BasesUntil}, {"pairs_until", k.PairsUntil}, {"survey_before", k.SurveyBefore},
		{"mid_monitoring", k.MidMonitoring}, {"survey_after", k.SurveyAfter}, {"event", k.Event}, {"report_until", k.ReportUntil}}
	for i, step := range steps {
		if first, ok := c.FirstYear(); ok && !step.day.IsZero() && (before(step.day, Date{Year: first, Month: 6, Day: 1}) || before(Date{Year: first + 1, Month: 8, Day: 31}, step.day)) {
			c.warn("W11", "calendar."+step.key, "проверьте год", "срок %s: %s вне учебного года %s", step.key, step.day.Short(), c.SchoolYear)
		}
		for _, earlier := range steps[:i] {
			// Surveys, the report and the event may change places with their neighbours.
			if (earlier.key == "start" || step.key == "report_until" && earlier.key != "event" || earlier.key == "survey_before" && step.key == "survey_after") && before(step.day, earlier.day) {
				c.warn("W12", "calendar."+step.key, "проверьте порядок сроков", "срок %s (%s) раньше, чем %s (%s)", step.key, step.day.Short(), earlier.key, earlier.day.Short())
			}
		}
	}
	c.span("calendar.end", k.Start, k.End, "срок программы")
	for i, stage := range c.Roadmap.Stages {
		at := fmt.Sprintf("roadmap.stages[%d]", i)
		c.need(at+".title", stage.Title, "название этапа", `title = "Подготовка условий"`)
		for j, e := range stage.Events {
			at := fmt.Sprintf("%s.events[%d]", at, j)
			c.need(at+".title", e.Title, "мероприятие дорожной карты", `title = "Издание приказов"`)
			if !e.From.IsZero() && !e.To.IsZero() && before(e.To, e.From) {
				c.fail("E10", at+".to", "проверьте обе даты", "мероприятие кончается %s, раньше начала %s", e.To.Short(), e.From.Short())
			}
		}
	}
}

// votes checks the minutes, W36.
func (c *checker) votes() {
	m := &c.Minutes
	total, present := orElse(m.MembersTotal, -1), orElse(m.Present, -1)
	c.notNegative("minutes.members_total", m.MembersTotal)
	c.notNegative("minutes.present", m.Present)
	switch {
	case total >= 0 && present > total:
		c.fail("E04", "minutes.present", "", "на совете присутствовало %d из %d", present, total)
	case total > 0 && present >= 0 && present*2 <= total:
		c.warn("W36", "minutes.present", "решение совета правомочно, когда есть больше половины; сверьте с положением о совете", "нет кворума: присутствовало %d из %d", present, total)
	}
	if n := len(m.PresentList); n > 0 && present >= 0 && n != present {
		c.warn("W36", "minutes.present_list", "исправьте число или список", "присутствовало %d, а в списке %s", present, russian.Count(n, "человек", "человека", "человек"))
	}
	if m.Chair != "" && m.Chair == m.Secretary {
		c.warn("W36", "minutes.secretary", "назначьте секретарём другого", "председатель и секретарь совета – один человек: %s", c.who(m.Chair))
	}
	for i, item := range m.Agenda {
		at := fmt.Sprintf("minutes.agenda[%d]", i)
		c.need(at+".title", item.Title, "вопрос повестки", `title = "О внедрении целевой модели наставничества"`)
		if v := item.Votes; v != nil {
			sum := v.For + v.Against + v.Abstain
			switch {
			case v.For < 0 || v.Against < 0 || v.Abstain < 0:
				c.fail("E04", at+".votes", "", "число голосов меньше нуля")
			case present >= 0 && sum != present:
				c.warn("W36", at+".votes", "сумма голосов равна числу присутствующих", "голоса не сходятся: %d + %d + %d = %d, а присутствовало %d", v.For, v.Against, v.Abstain, sum, present)
			case v.For <= v.Against+v.Abstain && len(item.Decisions) > 0:
				c.warn("W36", at+".votes", "проверьте голоса", "решение записано, а за него %d из %d", v.For, sum)
			}
		}
	}
}
