package catalog

import (
	"slices"
	"strings"

	"nastavnik/internal/profile"
	"nastavnik/internal/russian"
)

// Citing follows the order of force: codes and federal laws, decrees, the
// Government, ministries, the region, the municipality, local acts; inside a
// level by date (domain specification, 1.2).
var levels = [...]string{"federal", "regional", "municipal", "local"}

// cited returns the acts that a document may cite on its date: inside the
// act's own dates, of a scope that the document names, and of the profile's
// own where they name the document.
func (b *builder) cited(d *Document, on profile.Date) []act {
	var list []act
	for _, a := range b.acts {
		if !a.CiteFrom.IsZero() && compare(on, a.CiteFrom) < 0 || !a.CiteTo.IsZero() && compare(on, a.CiteTo) > 0 {
			continue
		}
		if len(a.useIn) > 0 {
			if slices.Contains(a.useIn, "all") && len(d.Cites) > 0 && !strings.HasPrefix(d.ID, "pd_") || slices.Contains(a.useIn, d.ID) {
				list = append(list, a)
			}
			continue
		}
		if b.inScope(a, d, on) {
			list = append(list, a)
		}
	}
	slices.SortStableFunc(list, func(x, y act) int {
		if c := slices.Index(levels[:], x.Level) - slices.Index(levels[:], y.Level); c != 0 {
			return c
		}
		if c := force(x) - force(y); c != 0 {
			return c
		}
		return compare(x.Date, y.Date)
	})
	return list
}

// force orders federal acts: codes −1, laws 0, decrees 1, the Government 2,
// ministries 3, letters 4.
func force(a act) int {
	name := a.Nom + a.FullNom
	switch {
	case a.Letter:
		return 4
	case strings.HasPrefix(name, "Указ"):
		return 1
	case strings.Contains(name, "Правительства"):
		return 2
	case strings.Contains(name, "кодекс"):
		return -1
	case strings.Contains(name, "акон"):
		return 0
	}
	return 3
}

func (b *builder) inScope(a act, d *Document, on profile.Date) bool {
	if a.Scope == "none" || !slices.Contains(d.Cites, a.Scope) &&
		!(a.Scope == "pupils_letter" && slices.Contains(d.Cites, "pupils")) {
		return false
	}
	switch a.Scope {
	case "pupils", "pupils_letter":
		// Until the letter on teachers the methodology stood for all forms.
		return b.view.Has.Pupils || b.view.Has.Staff && !a.StaffUntil.IsZero() && compare(on, a.StaffUntil) <= 0 ||
			b.methodologyForm()
	case "staff":
		return b.view.Has.Staff
	case "labour":
		return b.view.Labour.Applies
	}
	return true
}

// methodologyForm reports whether the school uses the form «учитель – учитель»
// of the methodology Р-145 itself.
func (b *builder) methodologyForm() bool {
	return slices.ContainsFunc(b.school.Forms, func(f profile.Form) bool { return f.ID == "teacher_teacher" })
}

// joinActs joins the library's acts and the profile's: by id the profile wins,
// drop removes.
func joinActs(library []act, own []profile.Act) []act {
	list := slices.Clone(library)
	for _, o := range own {
		a := ownAct(o)
		at := slices.IndexFunc(list, func(x act) bool { return x.ID == o.ID })
		switch {
		case o.Drop && at >= 0:
			list = slices.Delete(list, at, at+1)
		case o.Drop:
		case at >= 0:
			if len(a.useIn) == 0 {
				a.Scope = list[at].Scope
			}
			list[at] = a
		default:
			if len(a.useIn) == 0 {
				a.useIn = []string{"all"}
			}
			list = append(list, a)
		}
	}
	return list
}

func ownAct(o profile.Act) act {
	a := act{ID: o.ID, Level: o.Level, Date: o.Date, Number: o.Number, Title: text(o.Title),
		CiteFrom: o.CiteFrom, CiteTo: o.CiteTo, useIn: o.UseIn}
	if a.CiteFrom.IsZero() {
		a.CiteFrom = o.Date
	}
	kind := casesOf(russian.Post(text(o.Kind), russian.Unknown))
	issuer := text(o.IssuerGen)
	if issuer == "" && o.Issuer != "" {
		issuer = russian.Org(text(o.Issuer))[russian.Gen]
	}
	if issuer != "" && !strings.Contains(o.Kind, issuer) {
		kind = kind.plus(" ", fixed(issuer))
	}
	a.Nom, a.Gen, a.Ins = kind.Nom, kind.Gen, kind.Ins
	a.Letter = strings.HasPrefix(strings.ToLower(o.Kind), "письм") || strings.Contains(o.Kind, "рекомендаци")
	if o.Cite != "" {
		a.FullNom, a.FullGen, a.FullIns = text(o.Cite), text(o.Cite), text(o.Cite)
	}
	if o.CiteIns != "" {
		a.FullIns = text(o.CiteIns)
	}
	return a
}

// details are the date, number and title after the kind of an act.
func (a act) details(titled bool) string {
	var b strings.Builder
	if !a.Date.IsZero() {
		b.WriteString(" от" + nbsp + a.Date.Short())
	}
	if a.Number != "" {
		b.WriteString(" №" + nbsp + a.Number)
	}
	if titled && a.Title != "" {
		b.WriteString(" " + quoted(a.Title))
	}
	return b.String()
}

// quoted puts a title into «», its inner quotes becoming „“.
func quoted(s string) string {
	return "«" + strings.NewReplacer("«", "„", "»", "“").Replace(strings.Trim(s, " ")) + "»"
}

// view writes an act for templates; short leaves out long titles.
func (a act) view() Act {
	full := func(ready, kind string) string {
		if ready != "" {
			return text(ready)
		}
		return kind + a.details(true)
	}
	short := func(ready, fullReady, kind string) string {
		if ready != "" {
			return text(ready)
		}
		if fullReady != "" {
			return text(fullReady)
		}
		return kind + a.details(len([]rune(a.Title)) <= 60)
	}
	return Act{ID: a.ID, Level: a.Level, Letter: a.Letter,
		Full: full(a.FullNom, a.Nom), FullGen: full(a.FullGen, a.Gen), FullIns: full(a.FullIns, a.Ins),
		Short: short(a.ShortNom, a.FullNom, a.Nom), ShortGen: short(a.ShortGen, a.FullGen, a.Gen),
		ShortIns: short(a.ShortIns, a.FullIns, a.Ins)}
}

// manyKinds are the words that open the kind of an act, and of several acts.
var manyKinds = [...][2]string{
	{"Федеральным законом", "Федеральными законами"}, {"Указом", "Указами"},
	{"распоряжением", "распоряжениями"}, {"постановлением", "постановлениями"}, {"приказом", "приказами"},
	{"распоряжения", "распоряжений"}, {"постановления", "постановлений"}, {"приказа", "приказов"}, {"письма", "писем"},
}

// several joins acts for a sentence; neighbours of one kind and issuer share
// its words: «распоряжениями Правительства … от … № … и от … № …».
func several(acts []string) string {
	var out []string
	for i := 0; i < len(acts); {
		kind, first, _ := strings.Cut(acts[i], " от"+nbsp)
		same := []string{"от" + nbsp + first}
		for _, next := range acts[i+1:] {
			other, details, dated := strings.Cut(next, " от"+nbsp)
			if !dated || other != kind {
				break
			}
			same = append(same, "от"+nbsp+details)
		}
		at := slices.IndexFunc(manyKinds[:], func(k [2]string) bool { return strings.HasPrefix(kind, k[0]+" ") || kind == k[0] })
		if len(same) == 1 || at < 0 {
			out = append(out, acts[i])
			i++
			continue
		}
		last := len(same) - 1
		out = append(out, manyKinds[at][1]+strings.TrimPrefix(kind, manyKinds[at][0])+" "+strings.Join(same[:last], ", ")+" и "+same[last])
		i += len(same)
	}
	return strings.Join(out, ", ")
}

// preamble composes the opening of a paper: «В соответствии с …, во
// исполнение …, с учётом …». It is "" when the document cites nothing.
func preamble(acts []Act, style string) string {
	var law, founder, letters []string
	for _, a := range acts {
		ins, gen := a.FullIns, a.FullGen
		if style == "short" {
			ins, gen = a.ShortIns, a.ShortGen
		}
		switch {
		case a.Letter:
			letters = append(letters, gen)
		case (a.Level == "regional" || a.Level == "municipal") && !strings.Contains(a.Full, "акон "):
			founder = append(founder, gen)
		default:
			law = append(law, ins)
		}
	}
	var parts []string
	if len(law) > 0 {
		with := "в соответствии с "
		if strings.HasPrefix(law[0], "ста") {
			with = "в соответствии со "
		}
		parts = append(parts, with+several(law))
	}
	if len(founder) > 0 {
		parts = append(parts, "во исполнение "+several(founder))
	}
	if len(letters) > 0 {
		parts = append(parts, "с учётом "+several(letters))
	}
	return upper(strings.Join(parts, ", "))
}
