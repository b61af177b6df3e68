package russian

import "testing"

func TestDate(t *testing.T) {
	d := Date{2023, 8, 31}
	for name, row := range map[string][2]string{
		"Long":         {d.Long(), nb("31 августа 2023 г.")},
		"LongGenitive": {d.LongGenitive(), nb("31 августа 2023 года")},
		"Short":        {d.Short(), "31.08.2023"},
		"ISO":          {d.ISO(), "2023-08-31"},
		"Quoted":       {d.Quoted(), nb("«31» августа 2023 г.")},
		"Words":        {d.Words(), "тридцать первое августа две тысячи двадцать третьего года"},
		"Quarter":      {d.QuarterName(), "III\u00a0квартал 2023\u00a0г."},
		"MonthYear":    {d.MonthYear(), nb("август 2023 г.")},
		"Weekday":      {d.WeekdayName(), "четверг"},
		"Next":         {d.AddDays(1).Short(), "01.09.2023"},
		"Zero":         {Date{}.Long() + Date{}.Short() + Date{}.Words() + Date{}.ISO(), ""},
		"Year":         {SchoolYearOf(d).String() + SchoolYearOf(Date{2024, 5, 31}).String(), "2023/20242023/2024"},
		"YearPhrase":   {SchoolYear(2026).Phrase().Gen(), "2026/2027\u00a0учебного года"},
		"Class":        {Class(7, "А").Gen() + Class(10, "").Pre(), nb("7 «А» класса10 классе")},
		"May":          {Month(5).Ins() + Month(8).Dat() + Month(2).Ins() + Month(4).Acc(), "маемавгустуфевралёмапрель"},
	} {
		if row[0] != row[1] {
			t.Errorf("%s: got %q, want %q", name, row[0], row[1])
		}
	}
}

func TestRange(t *testing.T) {
	a, b := Date{2026, 9, 1}, Date{2027, 5, 31}
	for _, row := range []struct {
		from, to Date
		want     string
	}{
		{a, b, "с_1_сентября_2026_г. по_31_мая_2027_г."},
		{a, Date{2026, 12, 31}, "с_1_сентября по_31_декабря_2026_г."},
		{a, Date{}, "с_1_сентября_2026_г."},
		{Date{}, b, "по_31_мая_2027_г."},
		{a, a, "1_сентября_2026_г."},
		{Date{}, Date{}, ""},
	} {
		want := []rune(row.want)
		for i := range want {
			if want[i] == '_' {
				want[i] = '\u00a0'
			}
		}
		if got := Range(row.from, row.to); got != string(want) {
			t.Errorf("Range(%v, %v): got %q, want %q", row.from, row.to, got, string(want))
		}
	}
}

func TestParseDate(t *testing.T) {
	want := Date{2026, 9, 1}
	for _, s := range []string{"2026-09-01", "01.09.2026", "1.9.2026", "1 сентября 2026 г.", "1\u00a0Сентября\u00a02026"} {
		if got, err := ParseDate(s); err != nil || got != want {
			t.Errorf("ParseDate(%q): got %v, %v", s, got, err)
		}
	}
	for _, s := range []string{"", "31.02.2026", "1 сентобря 2026", "2026", "2026-13-01", "01.09.26a", "0.0.0", "--", "..", "12345.01.01"} {
		if got, err := ParseDate(s); err == nil {
			t.Errorf("ParseDate(%q): got %v, want an error", s, got)
		}
	}
}

func TestParseSchoolYear(t *testing.T) {
	for _, s := range []string{"2026/2027", "2026-2027", "2026–2027", "2026/27", "2026 / 2027"} {
		if got, err := ParseSchoolYear(s); err != nil || got != 2026 {
			t.Errorf("ParseSchoolYear(%q): got %v, %v", s, got, err)
		}
	}
	if got, err := ParseSchoolYear("1999/00"); err != nil || got != 1999 {
		t.Errorf("ParseSchoolYear(1999/00): got %v, %v", got, err)
	}
	for _, s := range []string{"2026", "2026/2028", "2027/2026", "26/27", "2026/028", ""} {
		if got, err := ParseSchoolYear(s); err == nil {
			t.Errorf("ParseSchoolYear(%q): got %v, want an error", s, got)
		}
	}
}
