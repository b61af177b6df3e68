package main

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"nastavnik/internal/diag"
	"nastavnik/internal/profile"
	"nastavnik/internal/russian"
)

func init() {
	usages["decline"] = `nastavnik decline [--kind ВИД] [--sex ПОЛ] [ТЕКСТ…]
nastavnik decline < СПИСОК        строки «вид, пол, именительный» через табуляцию
nastavnik decline --review ПРОФИЛЬ.toml`
}

// declineKinds are the kinds of what is declined, by every name they may be
// given.
var declineKinds = map[string]string{
	"name": "name", "fio": "name", "фио": "name",
	"surname": "surname", "last": "surname", "фамилия": "surname",
	"first": "first", "firstname": "first", "имя": "first",
	"patronymic": "patronymic", "middle": "patronymic", "отчество": "patronymic",
	"post": "post", "title": "post", "position": "post", "должность": "post",
	"org": "org", "organisation": "org", "организация": "org",
}

// declineCommand puts names, posts and organisations into the six cases.
func declineCommand(p process, args []string) int {
	flags := newFlags("decline")
	kind := flags.String("kind", "name", "`вид`: name (ФИО), surname, first, patronymic, post, org")
	sex := flags.String("sex", "", "`пол`: m или f; без него угадывается")
	asJSON := flags.Bool("json", false, "строки JSON для программ")
	review := flags.Bool("review", false, "все люди и должности профиля во всех падежах, чтобы прочесть один раз")
	if code, on := parse(p, flags, args); !on {
		return code
	}
	if *review {
		return reviewNames(p, flags.Args(), *asJSON)
	}
	known := declineKinds[strings.ToLower(*kind)]
	if known == "" {
		fmt.Fprintf(p.talk, "ошибка: нет вида %q\n  подсказка: name, surname, first, patronymic, post или org\n", *kind)
		return exitUsage
	}
	if *sex != "" && russian.ParseGender(*sex) == russian.Unknown {
		fmt.Fprintf(p.talk, "ошибка: пол %q не понят\n  подсказка: m или f\n", *sex)
		return exitUsage
	}
	if len(flags.Args()) == 0 {
		return declineLines(p, *asJSON)
	}
	for i, text := range flags.Args() {
		g, forms := declineOne(known, russian.ParseGender(*sex), text)
		if *asJSON {
			writeDeclined(p.out, known, g.String(), forms, true)
			continue
		}
		if i > 0 {
			fmt.Fprintln(p.out)
		}
		for c := russian.Nom; c <= russian.Pre; c++ {
			fmt.Fprintf(p.out, "%s\t%s\n", c, forms[c])
		}
		if g == russian.Unknown && known != "post" && known != "org" {
			fmt.Fprintf(p.talk, "предупреждение: не понять, мужчина это или женщина: %s\n  подсказка: добавьте --sex m или --sex f\n", text)
		}
	}
	return exitDone
}

// declineOne declines text of a known kind; the gender comes back guessed
// when it was not given.
func declineOne(kind string, g russian.Gender, text string) (russian.Gender, russian.Forms) {
	switch kind {
	case "post":
		return g, russian.Post(text, g)
	case "org":
		return g, russian.Org(text)
	case "name":
		if g == russian.Unknown {
			g = russian.ParseName(text).Gender
		}
		return g, russian.Decline(text, g)
	}
	var who russian.Person
	switch kind {
	case "surname":
		who.Last = text
	case "first":
		who.First = text
	case "patronymic":
		who.Middle = text
	}
	if g == russian.Unknown {
		g = russian.GuessGender(who.Last, who.First, who.Middle)
	}
	who.Gender = g
	// One of the three is the whole name here, so the name is its forms, and
	// the spaces of the text stay as they are.
	switch kind {
	case "surname":
		return g, who.Surname()
	case "first":
		return g, who.FirstName()
	}
	return g, who.Patronymic()
}

// declineLines answers each line «kind, sex, nominative» with a line «kind,
// sex, six forms». A line that cannot be read is told and answered with the
// text alone, so that answers and questions stay in step.
func declineLines(p process, asJSON bool) int {
	in, out := bufio.NewReader(p.in), bufio.NewWriter(p.out)
	code := exitDone
	for n := 1; ; n++ {
		line, err := in.ReadString('\n')
		if line == "" && err != nil {
			if !errors.Is(err, io.EOF) {
				fmt.Fprintln(p.talk, "ошибка:", plain(err))
				code = exitData
			}
			break
		}
		line = strings.TrimRight(line, "\r\n")
		if n == 1 {
			line = strings.TrimPrefix(line, "\ufeff")
		}
		cells := strings.Split(line, "\t")
		switch {
		case strings.TrimSpace(line) == "":
			fmt.Fprintln(out)
			continue
		case n == 1 && cells[0] == "kind": // the head of a table
			fmt.Fprintln(out, "kind\tsex\tnominative\tgenitive\tdative\taccusative\tinstrumental\tprepositional")
			continue
		}
		kind := declineKinds[strings.ToLower(strings.TrimSpace(cells[0]))]
		if kind == "" || len(cells) < 3 {
			fmt.Fprintf(p.talk, "ошибка: строка %d: нужно «вид, пол, именительный» через табуляцию, а написано %q\n", n, line)
			fmt.Fprintln(out, line)
			code = exitData
			continue
		}
		g, forms := declineOne(kind, russian.ParseGender(strings.TrimSpace(cells[1])), cells[2])
		sex := strings.TrimSpace(cells[1])
		if sex == "" {
			sex = g.String()
		}
		writeDeclined(out, cells[0], sex, forms, asJSON)
	}
	if err := out.Flush(); err != nil {
		return exitWrite
	}
	return code
}

func writeDeclined(w io.Writer, kind, sex string, forms russian.Forms, asJSON bool) {
	if asJSON {
		b, _ := json.Marshal(struct {
			Kind  string        `json:"kind"`
			Sex   string        `json:"sex,omitempty"`
			Forms russian.Forms `json:"forms"`
		}{kind, sex, forms})
		fmt.Fprintf(w, "%s\n", b)
		return
	}
	fmt.Fprintf(w, "%s\t%s\t%s\n", kind, sex, strings.Join(forms[:], "\t"))
}

// reviewNames prints everybody of a profile, a school's or a district's, and
// their posts in all cases, as papers will have them, with what spelling
// leaves open.
func reviewNames(p process, names []string, asJSON bool) int {
	if len(names) != 1 {
		fmt.Fprintln(p.talk, "ошибка: назовите один профиль: nastavnik decline --review school.toml")
		return exitUsage
	}
	r := reviewer{p: p, asJSON: asJSON, seen: map[string]bool{}}
	var problems diag.List
	if b, err := os.ReadFile(names[0]); err == nil && profile.IsMunicipality(b) {
		district, list := profile.LoadMunicipality(names[0])
		problems = list
		if district != nil {
			r.org(district.Authority.Name, profile.Cases{Gen: district.Authority.NameGen})
			r.org(district.Founder.Name, profile.Cases{Gen: district.Founder.NameGen})
			r.everybody(district.People)
		}
	} else {
		school, list := profile.Load(names[0])
		problems = list
		if school != nil {
			r.org(school.School.NameFull, profile.Cases{})
			r.org(school.Founder.Name, profile.Cases{Gen: school.Founder.NameGen})
			r.everybody(school.People)
		}
	}
	if problems.Failed() {
		tell(p.talk, problems)
		return exitData
	}
	if !asJSON {
		fmt.Fprintf(p.talk, "Прочтите: %s, сомнений – %d. Верные формы впишите в профиль: cases и position_cases\n",
			russian.Count(r.people, "человек", "человека", "человек"), r.doubts)
	}
	return exitDone
}

// reviewer prints names and phrases in the six cases.
type reviewer struct {
	p              process
	asJSON         bool
	seen           map[string]bool // posts and organisations that are printed
	people, doubts int
}

// everybody prints all people and then their posts, each once.
func (r *reviewer) everybody(people []profile.Person) {
	for i := range people {
		e := &people[i]
		r.person(russian.Person{Last: e.Last, First: e.First, Middle: e.Middle,
			Gender: russian.ParseGender(e.Sex), Indeclinable: e.Indeclinable}, e.Cases)
		if parent := e.Representative; parent != nil {
			r.person(russian.Person{Last: parent.Last, First: parent.First, Middle: parent.Middle,
				Gender: russian.ParseGender(parent.Sex), Indeclinable: parent.Indeclinable}, parent.Cases)
		}
	}
	for i := range people {
		r.phrase("post", people[i].Position, russian.Post(people[i].Position, russian.Unknown), people[i].PositionCases)
	}
}

// over puts the forms that a profile gives in place of the rules'.
func over(f russian.Forms, own profile.Cases) russian.Forms {
	for c, s := range [...]string{own.Nom, own.Gen, own.Dat, own.Acc, own.Ins, own.Pre} {
		if s != "" {
			f[c] = s
		}
	}
	return f
}

func (r *reviewer) person(who russian.Person, own profile.Cases) {
	if who.Gender == russian.Unknown {
		who.Gender = russian.GuessGender(who.Last, who.First, who.Middle)
	}
	r.people++
	r.forms("name", who.Gender, over(who.Full(), own))
	if r.asJSON || own != (profile.Cases{}) {
		return // somebody has looked already
	}
	for _, d := range who.Doubts() {
		r.doubts++
		fmt.Fprintf(r.p.out, "    проверьте: %s\n", d)
	}
}

func (r *reviewer) org(name string, own profile.Cases) {
	r.phrase("org", name, russian.Org(name), own)
}

func (r *reviewer) phrase(kind, text string, f russian.Forms, own profile.Cases) {
	f = over(f, own)
	if key := strings.Join(f[:], "\n"); text != "" && !r.seen[key] {
		r.seen[key] = true
		r.forms(kind, russian.Unknown, f)
	}
}

func (r *reviewer) forms(kind string, g russian.Gender, f russian.Forms) {
	if r.asJSON {
		writeDeclined(r.p.out, kind, g.String(), f, true)
		return
	}
	for c, question := range [...]string{"", "нет", "дать", "вижу", "доволен", "думаю о"} {
		if question == "" {
			fmt.Fprintf(r.p.out, "%s\n", f[c])
			continue
		}
		fmt.Fprintf(r.p.out, "    %-8s %s\n", question, f[c])
	}
}
