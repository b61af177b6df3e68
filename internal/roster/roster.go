package roster

import (
	"slices"
	"strings"

	"nastavnik/internal/diag"
	"nastavnik/internal/profile"
)

// Roster is what was understood of a book.
type Roster struct {
	Book   *Book
	Lists  []List
	People []*Person
	Pairs  []*Pair

	// Problems are those of the book as a whole and of its rows; rows with
	// errors are left out of People and Pairs.
	Problems diag.List
	bad      map[rowID][]string

	byName map[string][]*Person // by nameKey
	byLast map[string][]*Person // by surname, for initials
}

// List is a sheet that was understood.
type List struct {
	Sheet   *Sheet
	Header  int // index of the header in Sheet.Rows
	Columns []Column
	Rows    int // of data
	OfPairs bool
}

// Person is a person of a list. Org of the embedded Person is the partner's
// name, not an id.
type Person struct {
	profile.Person
	at       rowID
	initials bool // the list gives initials only
}

// Pair is a pair of a list.
type Pair struct {
	profile.Pair // without the ids of people
	Mentors      []*Person
	Mentees      []*Person
	at           rowID
}

// PeopleSheet and PairsSheet are the names of the sheets of our own books that
// are meant for import.
const (
	PeopleSheet = "Люди"
	PairsSheet  = "Пары"
)

// rowID is a row of the book.
type rowID struct {
	sheet string
	row   int
}

// Options of Understand.
type Options struct {
	Map  map[int]Column  // columns named by the user, on every sheet
	Year string          // school year, for the form of pairs when no column tells
	Old  *profile.School // the profile the list goes into; nil when there is none
}

// Understand reads people and pairs from a book.
func Understand(book *Book, o Options) *Roster {
	r := &Roster{Book: book, bad: map[rowID][]string{}, byName: map[string][]*Person{}, byLast: map[string][]*Person{}}
	r.Problems = append(r.Problems, book.Notes...)
	var heads []string
	ours := slices.ContainsFunc(book.Sheets, func(s *Sheet) bool { return s.Name == PeopleSheet }) &&
		slices.ContainsFunc(book.Sheets, func(s *Sheet) bool { return s.Name == PairsSheet })
	for _, s := range book.Sheets {
		if len(s.Rows) == 0 || ours && s.Name != PeopleSheet && s.Name != PairsSheet {
			continue // in our own books the other sheets say the same once more
		}
		header, columns, found := s.understand(o.Map)
		if !found {
			heads = append(heads, s.headings())
			r.Problems.Note(diag.Place{File: book.Name, In: "лист «" + s.Name + "»"}, "лист пропущен: заголовок с именами не найден")
			continue
		}
		list := List{Sheet: s, Header: header, Columns: columns, OfPairs: hasName(columns, Mentor) && hasName(columns, Mentee)}
		if twice := s.twice(book.Name, s.Rows[header].Number, columns); len(twice) > 0 {
			r.Problems = append(r.Problems, twice...)
			continue
		}
		r.Lists = append(r.Lists, list)
	}
	if len(r.Lists) == 0 && !r.Problems.Failed() {
		p := r.Problems.Add(diag.Place{File: book.Name}, "не найдено ни одного списка людей или пар")
		p.Hint = "нужен заголовок с «ФИО» или «Наставник» и «Наставляемый»; образец делает «nastavnik init --excel»"
		if len(heads) > 0 {
			p.Hint = "есть заголовки: " + strings.Join(heads, "; ") + "; " + p.Hint
		}
		return r
	}
	// People first: pairs may name them by initials.
	for _, ofPairs := range []bool{false, true} {
		for i := range r.Lists {
			if l := &r.Lists[i]; l.OfPairs == ofPairs {
				r.rows(l, o)
			}
		}
	}
	r.settle(o)
	return r
}

// headings lists the first row with several texts, for the message that no
// header was known.
func (s *Sheet) headings() string {
	for _, row := range s.Rows[:min(20, len(s.Rows))] {
		if len(row.Cells) < 2 {
			continue
		}
		var words []string
		for _, c := range row.Cells[:min(8, len(row.Cells))] {
			words = append(words, "«"+strings.ReplaceAll(clip(c.Text, 30), "\n", " ")+"»")
		}
		return "лист «" + s.Name + "» – " + strings.Join(words, ", ")
	}
	return "лист «" + s.Name + "» – таблицы нет"
}

func clip(s string, n int) string {
	if r := []rune(s); len(r) > n {
		return string(r[:n]) + "…"
	}
	return s
}
