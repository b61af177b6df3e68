package russian

import "testing"

func TestDoubts(t *testing.T) {
	for _, row := range []struct {
		p             Person
		chosen, other string // empty: there must be no doubt
	}{
		{Person{"Чаплин", "Иван", "", Masculine, false}, "Чаплиным", "Чаплином"},
		{Person{"Чаплин", "Иван", "", Masculine, true}, "", ""},
		{Person{"Грин", "Иван", "", Masculine, false}, "Грином", "Гриным"},
		{Person{"Указкин", "Аржан", "Эркеменович", Unknown, false}, "", ""},
		{Person{"Голова", "Анна", "", Feminine, false}, "Головой", "Головы"},
		{Person{"Доскина", "Айгуль", "", Feminine, false}, "Айгули", "Айгуль"},
		{Person{"Доскина", "Любовь", "", Feminine, false}, "", ""},
		{Person{"Горобец", "Иван", "", Masculine, false}, "Горобца", "Горобеца"},
		{Person{"Кныш", "Иван", "", Masculine, false}, "Кнышом", "Кнышем"},
		{Person{"Дитрих", "Иван", "", Masculine, false}, "Дитриха", "Дитрих"},
		{Person{"Топчий", "Иван", "", Masculine, false}, "Топчия", "Топчего"},
		{Person{"Шмидт-Доскин", "Иван", "", Masculine, false}, "Шмидта", "Шмидт"},
		{Person{"Доскин-Мелов", "Иван", "", Masculine, false}, "", ""},
		{Person{"Бондарь", "Иван", "", Masculine, false}, "Бондарем", "Бондарём"},
		{Person{"Миллер", "Иван", "", Masculine, false}, "", ""},
		{Person{"Миллер", "Анна", "", Feminine, false}, "", ""},
		{Person{"Ткаченко", "Саша", "", Unknown, false}, "", ""}, // declines alike for both
		{Person{"Ким", "Саша", "", Unknown, false}, "Ким Саши", "Кима Саши или Ким Саши"},
		{Person{"Соловей", "Иван", "", Masculine, false}, "Соловья", "Соловея"},
		{Person{"Доскина", "Зульфия", "", Feminine, false}, "Зульфие", "Зульфии"},
	} {
		list := row.p.Doubts()
		switch {
		case row.chosen == "" && len(list) > 0:
			t.Errorf("%v: got doubt %v, want none", row.p, list)
		case row.chosen == "":
		case len(list) != 1 || list[0].Chosen != row.chosen || list[0].Other != row.other:
			t.Errorf("%v: got %v, want %s or %s", row.p, list, row.chosen, row.other)
		}
	}
}

// TestDoubtsChooseTheFormUsed holds the form that a doubt names against the
// form that declension gives.
func TestDoubtsChooseTheFormUsed(t *testing.T) {
	for _, row := range gold(t, "hard_open.tsv", "hard.tsv") {
		if row["kind"] == "patronymic" {
			continue
		}
		p := Person{Gender: ParseGender(row["gender"])}
		if row["kind"] == "surname" {
			p.Last = row["nominative"]
		} else {
			p.First = row["nominative"]
		}
		full := p.Full()
		for _, d := range p.Doubts() {
			if d.Word == full[Nom] && full[d.Case] != d.Chosen {
				t.Errorf("%s: the doubt says %q, declension %q", full[Nom], d.Chosen, full[d.Case])
			}
		}
	}
}
