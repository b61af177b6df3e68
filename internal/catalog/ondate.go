package catalog

import (
	"slices"

	"nastavnik/internal/profile"
)

// onDate turns a view into what the school knew on the day of a paper: an order
// of September names the pairs of September, and not the mentor who came by an
// order of November. day is zero when the paper has no date yet; then it is the
// composition that the year begins with.
func (b *builder) onDate(v *View, day profile.Date) {
	pairs := b.pairsOn(day)
	v.Pairs = nil
	v.Forms = slices.Clone(v.Forms)
	for i := range v.Forms {
		v.Forms[i].Pairs, v.Forms[i].MentorTypes = nil, nil
		for _, p := range pairs {
			if p.FormID == v.Forms[i].ID {
				p.N = len(v.Pairs) + 1
				v.Pairs = append(v.Pairs, p)
			}
		}
	}
	b.countForms(v.Forms, v.Pairs)
	v.Mentors, v.Mentees = b.participants(true, pairs), b.participants(false, pairs)
	later := func(p Participant) bool { // whose only pairs are of another day
		return len(p.Pairs) == 0 && slices.ContainsFunc(b.view.AllPairs, func(x Pair) bool {
			named := func(y Person) bool { return y.ID == p.ID }
			return slices.ContainsFunc(x.Mentors, named) || slices.ContainsFunc(x.Mentees, named)
		})
	}
	v.Mentors, v.Mentees = slices.DeleteFunc(v.Mentors, later), slices.DeleteFunc(v.Mentees, later)
}

// pairsOn returns the pairs that work on a day, in the order of the profile.
func (b *builder) pairsOn(day profile.Date) []Pair {
	brought := map[string]profile.Date{} // pairs that a change brought in, by its day
	ended := map[string]profile.Date{}
	for _, c := range b.school.Changes {
		decided := c.Order.Date
		if decided.IsZero() {
			decided = c.Date
		}
		switch old := b.school.Pair(c.Pair); {
		case c.Mode == "add":
			brought[c.Pair] = decided
		case old != nil:
			ended[c.Pair] = decided
			if old.ReplacedBy != "" {
				brought[old.ReplacedBy] = decided
			}
		}
	}
	past := func(d profile.Date) bool { return !day.IsZero() && !d.IsZero() && compare(d, day) <= 0 }
	var out []Pair
	for _, p := range b.view.AllPairs {
		if decided, found := brought[p.ID]; found && !past(decided) {
			continue
		}
		decided, found := ended[p.ID]
		if !found {
			decided = p.Ended.Day
		}
		if !p.Active && (decided.IsZero() || past(decided)) {
			continue
		}
		p.Active, p.Status = true, statuses[""]
		out = append(out, p)
	}
	return out
}
