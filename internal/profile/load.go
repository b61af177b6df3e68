package profile

import (
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"nastavnik/internal/diag"
)

// Read reads one school's profile from memory and checks it; name stands in
// messages. A key «municipality» is not followed: see Load.
//
// The School is nil when the file could not be read at all. Problems are in
// order of lines; the profile may be used when the list has not Failed.
func Read(name string, b []byte) (*School, diag.List) {
	s, list := readSchool(name, b)
	return finish(s, list)
}

// Load reads a school's profile from disk, joins it with the district's that
// it names, and checks the whole.
func Load(name string) (*School, diag.List) { return load(disk{}, name) }

// LoadFS is Load from a file system, such as the embedded samples.
func LoadFS(fsys fs.FS, name string) (*School, diag.List) { return load(tree{fsys}, name) }

// LoadText is Load of a file whose text is at hand, and may not be on disk
// yet; name is where it stands, for messages and for the district's path.
func LoadText(name string, b []byte) (*School, diag.List) { return loadText(disk{}, name, b) }

// LoadMunicipality reads a district's profile from disk with the schools it
// lists. The list is of the district's own problems; each school's are in
// Sites. The Municipality is nil when its file could not be read at all.
func LoadMunicipality(name string) (*Municipality, diag.List) { return loadMunicipality(disk{}, name) }

// LoadDistrict is LoadMunicipality without its schools, which LoadSite reads
// one by one: for lists that are too long to hold at once. Its problems are
// those of the file's syntax and types alone.
func LoadDistrict(name string) (*Municipality, diag.List) {
	b, bad := disk{}.read(name)
	if bad != nil {
		return nil, diag.List{bad}
	}
	return readMunicipality(name, b)
}

// LoadSite reads the i-th school of the list of a district that LoadDistrict
// or LoadMunicipality read from a file of this name.
func (m *Municipality) LoadSite(name string, i int) Listed { return m.listed(disk{}, name, i) }

// LoadMunicipalityFS is LoadMunicipality from a file system.
func LoadMunicipalityFS(fsys fs.FS, name string) (*Municipality, diag.List) {
	return loadMunicipality(tree{fsys}, name)
}

// IsMunicipality reports whether a file calls itself a district's profile:
// kind = "municipality". A file that cannot be read is a school's, whose
// reading then tells what is wrong.
func IsMunicipality(b []byte) bool {
	src, bad := newSource("", b)
	if bad != nil {
		return false
	}
	var ignored diag.List
	kind, _ := parse(src, &ignored)["kind"].(string)
	return kind == "municipality"
}

// files is where profiles are read from.
type files interface {
	read(name string) ([]byte, *diag.Problem)
	beside(name, relative string) string // the path that a profile names relative to itself
}

type disk struct{}

func (disk) read(name string) ([]byte, *diag.Problem) {
	info, err := os.Stat(name) // a FIFO would block in Open
	switch {
	case err != nil:
		return nil, notRead(name, err)
	case info.IsDir():
		return nil, notRead(name, errFolder)
	case !info.Mode().IsRegular():
		return nil, notRead(name, errNotRegular)
	}
	file, err := os.Open(name)
	if err != nil {
		return nil, notRead(name, err)
	}
	defer file.Close()
	b, err := readAll(file)
	if err != nil {
		return nil, notRead(name, err)
	}
	return b, nil
}

func (disk) beside(name, relative string) string {
	relative = filepath.FromSlash(strings.ReplaceAll(relative, `\`, "/"))
	if filepath.IsAbs(relative) {
		return relative
	}
	return filepath.Join(filepath.Dir(name), relative)
}

type tree struct{ fsys fs.FS }

func (t tree) read(name string) ([]byte, *diag.Problem) {
	file, err := t.fsys.Open(name)
	if err != nil {
		return nil, notRead(name, err)
	}
	defer file.Close()
	if info, err := file.Stat(); err == nil && info.IsDir() {
		return nil, notRead(name, errFolder)
	}
	b, err := readAll(file)
	if err != nil {
		return nil, notRead(name, err)
	}
	return b, nil
}

func (tree) beside(name, relative string) string {
	return path.Join(path.Dir(name), strings.ReplaceAll(relative, `\`, "/"))
}

// readSchool reads a school's file without joining or checking.
func readSchool(name string, b []byte) (*School, diag.List) {
	src, bad := newSource(name, b)
	if bad != nil {
		return nil, diag.List{bad}
	}
	var list diag.List
	values := parse(src, &list)
	if values == nil {
		return nil, list
	}
	s := &School{}
	s.places = decode(src, values, s, &list)
	s.settle()
	s.hidden = hidesLines(list)
	return s, list
}

// hidesLines reports whether slips of syntax kept lines from being read.
func hidesLines(list diag.List) bool {
	return slices.ContainsFunc(list, func(p *diag.Problem) bool { return p.Code == "E01" })
}

// settle puts what a school wrote into the one form that the program reads.
func (s *School) settle() {
	s.SchoolYear = yearHyphen(s.SchoolYear)
	if s.School.ID == "" {
		s.School.ID = slugOf(s.School.NameShort)
	}
	for i := range s.Pairs {
		if s.Pairs[i].Status == "" {
			s.Pairs[i].Status = "active"
		}
	}
}

// yearHyphen writes a school year with a hyphen: «2026–2027», «2026/2027».
func yearHyphen(year string) string {
	return strings.NewReplacer("–", "-", "—", "-", "/", "-", " ", "", "\u00A0", "", "\u2011", "-").Replace(year)
}

// finish checks what was read and puts the problems in order.
func finish(s *School, list diag.List) (*School, diag.List) {
	if s != nil {
		list = append(list, Check(s)...)
		s.places.rest()
	}
	list.Sort()
	return s, list
}

func load(from files, name string) (*School, diag.List) {
	b, bad := from.read(name)
	if bad != nil {
		return nil, diag.List{bad}
	}
	return loadText(from, name, b)
}

func loadText(from files, name string, b []byte) (*School, diag.List) {
	s, list := readSchool(name, b)
	if s == nil || s.Municipality == "" {
		return finish(s, list)
	}
	district := from.beside(name, s.Municipality)
	b, bad := from.read(district)
	if bad != nil {
		p := list.Add(s.Place("municipality"), "муниципальный профиль %q: %s", s.Municipality, bad.Text)
		p.Code, p.Hint = "E05", "путь считается от файла школы; школа может работать и без него"
		s.hidden = true
		return finish(s, list)
	}
	m, problems := readMunicipality(district, b)
	list = append(list, problems...)
	if m != nil {
		s.inherit(m)
	}
	s.hidden = s.hidden || hidesLines(problems)
	return finish(s, list)
}

func readMunicipality(name string, b []byte) (*Municipality, diag.List) {
	src, bad := newSource(name, b)
	if bad != nil {
		return nil, diag.List{bad}
	}
	var list diag.List
	values := parse(src, &list)
	if values == nil {
		return nil, list
	}
	m := &Municipality{}
	m.places = decode(src, values, m, &list)
	m.SchoolYear = yearHyphen(m.SchoolYear)
	m.hidden = hidesLines(list)
	return m, list
}

func loadMunicipality(from files, name string) (*Municipality, diag.List) {
	b, bad := from.read(name)
	if bad != nil {
		return nil, diag.List{bad}
	}
	m, list := readMunicipality(name, b)
	if m == nil {
		return nil, list
	}
	for i := range m.SchoolPaths {
		site := m.listed(from, name, i)
		if site.School != nil && !site.Problems.Failed() {
			m.Schools = append(m.Schools, site.School)
		}
		m.Sites = append(m.Sites, site)
	}
	list = append(list, CheckMunicipality(m)...)
	list.Sort()
	return m, list
}

// listed reads the i-th school of a district's list.
func (m *Municipality) listed(from files, name string, i int) Listed {
	site := Listed{Path: m.SchoolPaths[i]}
	file := from.beside(name, site.Path)
	b, bad := from.read(file)
	if bad != nil {
		site.Problems = diag.List{bad}
		return site
	}
	s, problems := readSchool(file, b)
	if s != nil {
		s.inherit(m)
	}
	site.School, site.Problems = finish(s, problems)
	return site
}

// inherit fills what the school does not give from the district: founder,
// letterhead, calendar, limits, payment and holidays as wholes (calendar and
// limits key by key), people and acts joined by id.
func (s *School) inherit(m *Municipality) {
	s.District = m
	take := func(table string) { s.places.lend(m.places, table, table) }
	if s.Founder == (Founder{}) {
		s.Founder = m.Founder
		take("founder")
	}
	if !s.places.has("letterhead") && len(s.Letterhead.Lines) == 0 && s.Letterhead.Layout == "" {
		s.Letterhead = m.Letterhead
		take("letterhead")
	}
	if s.Payment == (Payment{}) {
		s.Payment = m.Payment
		take("payment")
	}
	if len(s.Holidays) == 0 {
		s.Holidays = m.Holidays
		take("holidays")
	}
	if s.CitationDate.IsZero() {
		s.CitationDate = m.CitationDate
	}
	s.Calendar.inherit(m.Calendar)
	take("calendar")
	s.Limits.inherit(m.Limits)
	take("limits")

	for i := range m.People {
		if s.Person(m.People[i].ID) == nil {
			s.places.lend(m.places, element("people", i), element("people", len(s.People)))
			s.People = append(s.People, m.People[i])
		}
	}
	own := len(s.Acts)
	for i := range m.Acts {
		if find(s.Acts[:own], m.Acts[i].ID, func(a *Act) string { return a.ID }) == nil {
			s.places.lend(m.places, element("acts", i), element("acts", len(s.Acts)))
			s.Acts = append(s.Acts, m.Acts[i])
		}
	}
}

func (c *Calendar) inherit(d Calendar) {
	for _, pair := range []struct{ own, theirs *Date }{
		{&c.Start, &d.Start}, {&c.BasesUntil, &d.BasesUntil}, {&c.PairsUntil, &d.PairsUntil},
		{&c.SurveyBefore, &d.SurveyBefore}, {&c.MidMonitoring, &d.MidMonitoring}, {&c.SurveyAfter, &d.SurveyAfter},
		{&c.Event, &d.Event}, {&c.ReportUntil, &d.ReportUntil}, {&c.End, &d.End},
	} {
		if pair.own.IsZero() {
			*pair.own = *pair.theirs
		}
	}
}

func (l *Limits) inherit(d Limits) {
	for _, pair := range []struct{ own, theirs **int }{
		{&l.MenteesPerMentor, &d.MenteesPerMentor}, {&l.GroupSize, &d.GroupSize},
		{&l.MentorExperienceYears, &d.MentorExperienceYears},
	} {
		if *pair.own == nil {
			*pair.own = *pair.theirs
		}
	}
	if l.WorkingHours == "" {
		l.WorkingHours = d.WorkingHours
	}
}

// slugOf makes a code for the output folder from a school's short name: the
// words in quotes, in Latin letters; "school" when nothing is left.
func slugOf(name string) string {
	if _, quoted, found := strings.Cut(name, "«"); found {
		name, _, _ = strings.Cut(quoted, "»")
	}
	if s := Latin(name); len(s) >= 2 {
		return s
	}
	return "school"
}

// Latin writes a name as a code: the letters of foreign passports, digits,
// and hyphens between words, at most 40 signs; empty when nothing is left.
func Latin(name string) string {
	var b strings.Builder
	for _, r := range strings.ToLower(name) {
		switch {
		case r >= 'a' && r <= 'z' || r >= '0' && r <= '9':
			b.WriteRune(r)
		case r >= 'а' && r <= 'я':
			b.WriteString(latinLetters[r-'а'])
		case r == 'ё':
			b.WriteByte('e')
		case b.Len() > 0 && !strings.HasSuffix(b.String(), "-"):
			b.WriteByte('-')
		}
	}
	return strings.Trim(b.String()[:min(40, b.Len())], "-")
}

// latinLetters are а…я as foreign passports write them.
var latinLetters = [32]string{"a", "b", "v", "g", "d", "e", "zh", "z", "i", "i", "k", "l", "m", "n", "o", "p", "r", "s", "t", "u",
	"f", "kh", "ts", "ch", "sh", "shch", "ie", "y", "", "e", "iu", "ia"}
