package profile_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"nastavnik/internal/diag"
	"nastavnik/internal/profile"
)

const district = `format = 1
kind = "municipality"
school_year = "2026-2027"
schools = ["schools/one.toml", "schools/two.toml", "schools/нет.toml"]
[municipality]
id = "primer"
name = "муниципальное образование «Примерный район»"
name_short = "МО «Примерный район»"
[authority]
name = "Управление образования"
head = "head"
[coordinator]
person = "head"
[founder]
name = "Администрация района"
[calendar]
event = 2027-05-12
report_until = 2027-06-10
[limits]
group_size = 12
[[people]]
id = "head"
last = "Образцов"
first = "Игорь"
middle = "Павлович"
kind = "staff"
position = "начальник Управления образования"
[[people]]
id = "met"
last = "Методичкина"
first = "Ольга2"
middle = "Ильинична"
kind = "staff"
position = "методист"
[[acts]]
id = "r1"
level = "regional"
kind = "приказ"
date = 2022-03-01
number = "1"
[[acts]]
id = "r2"
level = "regional"
kind = "приказ"
date = 2022-03-02
number = "2"
`

func one(extra string) string {
	b, _ := profile.Starter("")
	return strings.Replace(string(b), "#municipality = \"../район.toml\"", "municipality = \"../district.toml\"", 1) + extra
}

func districtFS() fstest.MapFS {
	return fstest.MapFS{
		"district.toml": {Data: []byte(district)},
		"schools/one.toml": {Data: []byte(one(`
[calendar]
event = 2027-05-20
[[acts]]
id = "r2"
level = "regional"
kind = "письмо"
date = 2022-03-03
number = "22"
`))},
		"schools/two.toml": {Data: []byte("format = да\n")},
	}
}

func TestSchoolInherits(t *testing.T) {
	s, list := profile.LoadFS(districtFS(), "schools/one.toml")
	if s == nil {
		t.Fatal(list)
	}
	if s.Founder.Name != "Администрация района" || *s.Limits.GroupSize != 12 || s.Calendar.ReportUntil.Month != 6 {
		t.Errorf("got %+v, %+v, %+v; want the district's", s.Founder, s.Limits, s.Calendar)
	}
	if s.Calendar.Event.Day != 20 {
		t.Errorf("got %v, want the school's own day of the event", s.Calendar.Event)
	}
	if len(s.Acts) != 2 || s.Act("r2").Kind != "письмо" || s.Act("r1") == nil || s.Person("head") == nil || s.District == nil {
		t.Errorf("got acts %+v, want them joined by id, the school's first", s.Acts)
	}
	// A slip in a lent entry is told at its own file.
	var told *diag.Problem
	for _, p := range list {
		if strings.Contains(p.Text, "Ольга2") {
			told = p
		}
	}
	if told == nil || told.Place.File != "district.toml" || told.Place.Line != 31 {
		t.Errorf("got %v, want the slip at district.toml:31", list)
	}
	if at := s.Place("people[4].last"); at.File != "district.toml" || at.Line != 23 {
		t.Errorf("got %v, want the place of a lent person", at)
	}
	if at := s.Place("limits.group_size"); at.File != "district.toml" {
		t.Errorf("got %v, want the place of a lent limit", at)
	}
	if at := s.Place("school.inn"); at.File != "schools/one.toml" || at.Line == 0 {
		t.Errorf("got %v, want the table of a key that is not given", at)
	}
}

func TestSchoolWithoutItsDistrict(t *testing.T) {
	fsys := districtFS()
	delete(fsys, "district.toml")
	_, list := profile.LoadFS(fsys, "schools/one.toml")
	if !list.Failed() || list[0].Code != "E05" || list[0].Place.Line == 0 || !strings.Contains(list[0].Text, "файл не найден") {
		t.Errorf("got %v, want the key named with its line", list)
	}
}

func TestDistrictTellsOfEachSchool(t *testing.T) {
	fsys := districtFS()
	fsys["district.toml"] = &fstest.MapFile{Data: []byte(strings.Replace(district, "Ольга2", "Ольга", 1))}
	m, list := profile.LoadMunicipalityFS(fsys, "district.toml")
	if m == nil || list.Failed() {
		t.Fatal(list)
	}
	if len(m.Sites) != 3 || len(m.Schools) != 1 || m.Sites[0].Problems.Failed() {
		t.Fatalf("got %+v, want one good school of three", m.Sites)
	}
	if bad := m.Sites[1]; !bad.Problems.Failed() || bad.Problems[0].Place.File != "schools/two.toml" || bad.Problems[0].Place.Line != 1 {
		t.Errorf("got %v, want the place in the school's file", bad.Problems)
	}
	if gone := m.Sites[2]; gone.School != nil || !strings.Contains(gone.Problems.Error(), "файл не найден") {
		t.Errorf("got %v, want the missing file told", gone.Problems)
	}

	dir := t.TempDir()
	if err := os.CopyFS(dir, fsys); err != nil {
		t.Fatal(err)
	}
	name := filepath.Join(dir, "district.toml")
	lazy, list := profile.LoadDistrict(name)
	if lazy == nil || list.Failed() || len(lazy.Sites) != 0 {
		t.Fatalf("got %v", list)
	}
	if site := lazy.LoadSite(name, 0); site.School == nil || site.Problems.Failed() || site.School.Founder.Name != "Администрация района" {
		t.Errorf("got %v, want the school with what it inherits", site.Problems)
	}
}

func TestDistrictNamesDoubles(t *testing.T) {
	fsys := districtFS()
	fsys["schools/two.toml"] = fsys["schools/one.toml"]
	fsys["schools/нет.toml"] = fsys["schools/one.toml"]
	_, list := profile.LoadMunicipalityFS(fsys, "district.toml")
	ids := 0
	for _, p := range list {
		if p.Code == "E06" && p.Place.Line == 4 {
			ids++
		}
	}
	if ids != 2 {
		t.Errorf("got %v, want both doubles of one id", list)
	}
}

// TestSameProblemsEachTime holds that the order of maps is not seen.
func TestSameProblemsEachTime(t *testing.T) {
	text := []byte(strings.NewReplacer("id = ", "ib = ", "kind = ", "kynd = ").Replace(demo(t)))
	_, first := profile.Read("p.toml", text)
	for range 5 {
		if _, again := profile.Read("p.toml", text); again.Error() != first.Error() {
			t.Fatal("two readings of one file tell different problems")
		}
	}
}
