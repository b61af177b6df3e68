package russian

import (
	"fmt"
	"os"
	"path/filepath"
	"sort"
	"strings"
	"testing"
)

// gold returns the rows of a table: the whole one among the shared files
// when they are there, otherwise the copy in testdata.
func gold(t testing.TB, whole, copied string) []map[string]string {
	t.Helper()
	root := os.Getenv("NASTAVNIK_SHARED")
	if root == "" {
		root = "../../../shared"
	}
	path := filepath.Join(root, "language", whole)
	if _, err := os.Stat(path); err != nil {
		path = filepath.Join("testdata", "gold", copied)
	}
	return table(t, path)
}

// table reads a tab-separated file with a head line into rows by column name.
func table(t testing.TB, path string) []map[string]string {
	t.Helper()
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	var head []string
	var rows []map[string]string
	for line := range strings.Lines(string(b)) {
		line = strings.TrimSuffix(line, "\n")
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		cells := strings.Split(line, "\t")
		if head == nil {
			head = cells
			continue
		}
		row := map[string]string{}
		for i, name := range head {
			row[name] = cells[i]
		}
		rows = append(rows, row)
	}
	return rows
}

func formsOf(row map[string]string) Forms {
	return Forms{row["nominative"], row["genitive"], row["dative"],
		row["accusative"], row["instrumental"], row["prepositional"]}
}

// score counts right rows by class.
type score struct {
	right, all map[string]int
	wrong      []string
}

func newScore() *score { return &score{right: map[string]int{}, all: map[string]int{}} }

func (s *score) add(class string, got, want Forms) {
	s.all[class]++
	if got == want {
		s.right[class]++
		return
	}
	s.wrong = append(s.wrong, fmt.Sprintf("%s: got %q, want %q", class, [6]string(got), [6]string(want)))
}

// report prints the share by class and fails when the whole is under floor
// (a share from 0 to 1).
func (s *score) report(t *testing.T, set string, floor float64) {
	t.Helper()
	var classes []string
	right, all := 0, 0
	for class, n := range s.all {
		classes = append(classes, class)
		right, all = right+s.right[class], all+n
	}
	sort.Strings(classes)
	for _, class := range classes {
		t.Logf("%-12s %-18s %5d of %5d %7.2f %%", set, class, s.right[class], s.all[class],
			100*float64(s.right[class])/float64(s.all[class]))
	}
	share := float64(right) / float64(all)
	t.Logf("%-12s %-18s %5d of %5d %7.2f %%", set, "all", right, all, 100*share)
	for i, w := range s.wrong {
		if i == 60 {
			break
		}
		t.Log(w)
	}
	if share < floor {
		t.Errorf("%s: %d of %d right, got %.4f, want at least %.4f", set, right, all, share, floor)
	}
}

func declinePart(kind, s string, g Gender) Forms {
	p := Person{Gender: g}
	switch kind {
	case "surname":
		p.Last = s
	case "firstname":
		p.First = s
	default:
		p.Middle = s
	}
	return p.Full()
}

func TestDictionary(t *testing.T) {
	s := newScore()
	for _, row := range gold(t, "open.tsv", "dictionary.tsv") {
		want := formsOf(row)
		s.add(row["kind"]+" "+row["gender"], declinePart(row["kind"], want[Nom], ParseGender(row["gender"])), want)
	}
	s.report(t, "dictionary", 0.9995)
}

func TestHard(t *testing.T) {
	s := newScore()
	for _, row := range gold(t, "hard_open.tsv", "hard.tsv") {
		want := formsOf(row)
		s.add(row["class"], declinePart(row["kind"], want[Nom], ParseGender(row["gender"])), want)
	}
	s.report(t, "hard", 0.995)
}

func TestFullNames(t *testing.T) {
	s, guessed := newScore(), newScore()
	for _, row := range gold(t, "fio_open.tsv", "fio.tsv") {
		want := formsOf(row)
		s.add(row["region"]+" "+row["style"], Decline(want[Nom], ParseGender(row["gender"])), want)
		if row["style"] == "full" {
			guessed.add(row["region"], Decline(want[Nom], Unknown), want)
		}
	}
	s.report(t, "full names", 1)
	guessed.report(t, "no gender", 1)
}

func TestPosts(t *testing.T) {
	s := newScore()
	for _, row := range gold(t, "titles_open.tsv", "titles.tsv") {
		want := formsOf(row)
		s.add(row["class"], Post(want[Nom], ParseGender(row["gender"])), want)
	}
	s.report(t, "posts", 1)
}

func TestOrgs(t *testing.T) {
	s := newScore()
	for _, row := range gold(t, "orgs_open.tsv", "orgs.tsv") {
		want := formsOf(row)
		s.add(row["gender"], Org(want[Nom]), want)
	}
	s.report(t, "organisations", 1)
}

// TestGenderGold guesses the sex of the full names without and with the
// patronymic, and of the dictionary's first names alone.
func TestGenderGold(t *testing.T) {
	full, two := newScore(), newScore()
	for _, row := range gold(t, "fio_open.tsv", "fio.tsv") {
		if row["style"] != "full" {
			continue
		}
		p := ParseName(row["nominative"])
		full.add(row["region"], Forms{GuessGender(p.Last, p.First, p.Middle).String(), row["nominative"]},
			Forms{row["gender"], row["nominative"]})
		two.add(row["region"], Forms{GuessGender(p.Last, p.First, "").String(), row["nominative"]},
			Forms{row["gender"], row["nominative"]})
	}
	full.report(t, "sex by three", 1)
	two.report(t, "sex by two", 0.993)

	alone := newScore()
	for _, row := range gold(t, "open.tsv", "dictionary.tsv") {
		if row["kind"] == "firstname" {
			alone.add(row["gender"], Forms{GuessGender("", row["nominative"], "").String(), row["nominative"]},
				Forms{row["gender"], row["nominative"]})
		}
	}
	alone.report(t, "sex by first", 0.85)
}
