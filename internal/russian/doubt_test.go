package russian

import "testing"

func TestDoubts(t *testing.T) {
	for _, row := range []struct {
		p             Person
		chosen, other string // empty: there must be no doubt
	}{
		{Person{"Чаплин", "Иван", "", Masculine}, "Чаплиным", "Чаплином"},
		{Person{"Грин", "Иван", "", Masculine}, "Грином", "Гриным"},
		{Person{"Указкин", "Аржан", "Эркеменович", Unknown}, "", ""},
		{Person{"Голова", "Анна", "", Feminine}, "Головой", "Головы"},
		{Person{"Доскина", "Айгуль", "", Feminine}, "Айгули", "Айгуль"},
		{Person{"Доскина", "Любовь", "", Feminine}, "", ""},
		{Person{"Горобец", "Иван", "", Masculine}, "Горобца", "Горобеца"},
		{Person{"Кныш", "Иван", "", Masculine}, "Кнышом", "Кнышем"},
		{Person{"Дитрих", "Иван", "", Masculine}, "Дитриха", "Дитрих"},
		{Person{"Топчий", "Иван", "", Masculine}, "Топчия", "Топчего"},
		{Person{"Шмидт-Доскин", "Иван", "", Masculine}, "Шмидта", "Шмидт"},
		{Person{"Доскин-Мелов", "Иван", "", Masculine}, "", ""},
		{Person{"Бондарь", "Иван", "", Masculine}, "Бондарем", "Бондарём"},
		{Person{"Миллер", "Иван", "", Masculine}, "", ""},
		{Person{"Миллер", "Анна", "", Feminine}, "", ""},
		{Person{"Ткаченко", "Саша", "", Unknown}, "", ""}, // declines alike for both
		{Person{"Ким", "Саша", "", Unknown}, "Ким Саши", "Кима Саши или Ким Саши"},
		{Person{"Соловей", "Иван", "", Masculine}, "Соловья", "Соловея"},
		{Person{"Доскина", "Зульфия", "", Feminine}, "Зульфие", "Зульфии"},
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
