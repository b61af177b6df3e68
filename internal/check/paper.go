package check

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"nastavnik/internal/unit"
)

// Paper is one finished document as the rules read it.
type Paper struct {
	Name     string    // the file, as the user named it
	Blocks   []Block   // the body in reading order
	Sections []Section // empty for plain text: the rules on pages are silent
	Meta     Meta
	Plain    bool // made from plain text: no fonts, no pages
}

// Block is a paragraph or a table; exactly one of them is set.
type Block struct {
	Paragraph *Paragraph
	Table     *Table
}

// Paragraph is one logical paragraph.
type Paragraph struct {
	Text    string // a line break is \n, a tab \t; the automatic number is not in it
	Label   string // the automatic number or bullet as it prints: "1.1.", "–"
	Line    int    // of a text file, from 1; 0 when there are no lines
	Gap     bool   // an empty line or paragraph stands before it
	Empty   int    // how many empty paragraphs stand before it
	Heading int    // outline level from 1; 0 is body text
	Runs    []Run  // Text cut into runs; nil for plain text

	Align     Align
	FirstLine unit.Twip // indent of the first line; negative hangs
	Line240   int       // line spacing in 240ths of a single line; 0 when not proportional
	KeepNext  bool
	PageBreak bool // a page begins with it
}

// Align is how the lines of a paragraph stand.
type Align uint8

const (
	Left Align = iota
	Center
	Right
	Both
)

// Run is a stretch of a paragraph with one look.
type Run struct {
	Text   string
	Lang   string // BCP 47, "" when not said
	Size   unit.HalfPoint
	Face   string
	Color  string // RRGGBB; "" is automatic, or on a ground that is not white
	Hidden bool
}

// Table is rows of cells.
type Table struct {
	Rows []Row
}

// Row is one row of a table.
type Row struct {
	Head  bool // repeats on every page
	Cells []Cell
}

// Cell holds blocks as a body does.
type Cell struct {
	Blocks []Block
	Span   int  // grid columns; 0 and 1 are one
	Joined bool // goes on with the cell above: nothing of its own
}

// Section is the page of one section, in twips.
type Section struct {
	Width, Height            unit.Twip
	Left, Right, Top, Bottom unit.Twip
	Header                   unit.Twip // from the sheet's top edge to the header
	Landscape                bool
	TitlePage                bool   // its first page has a header of its own
	PageNumber               Number // of the pages after the first
	FirstNumber              bool   // the first page carries a number
	Mirror                   bool
}

// Number says where the pages of a section carry their number.
type Number uint8

const (
	NoNumber Number = iota
	TopCenter
	Elsewhere // a footer, or a header not centred
)

// Meta is what a file tells about its making.
type Meta struct {
	Author, LastBy, Title string
	Comments              int    // comments of reviewers
	Tracked               bool   // insertions or deletions not yet accepted
	Custom                bool   // properties of somebody's own
	Hidden                string // the first text of a wholly hidden paragraph
	Images                []Image
}

// Image is one picture of the body.
type Image struct {
	Alt  string
	EXIF bool // carries a camera's data
}

// para is a paragraph with its place.
type para struct {
	*Paragraph
	runes []rune // of Text, made when a find needs them
	flat  string // Text with every space, tab and break as one space: same runes
	bare  string // flat without emphasis marks, tags and spaces at its ends

	section         string // the heading above, "" before the first
	n               int    // which paragraph it is under that heading, from 1
	table, row, col int    // from 1; 0 in the body
	cell            int    // the cell's running number, 0 in the body
	head            bool   // in a repeating row
}

// place says where the paragraph stands as a person sees it.
func (p *para) place() string {
	var parts []string
	if p.section != "" && p.Heading == 0 {
		parts = append(parts, "раздел «"+cut(p.section, 60)+"»")
	}
	switch {
	case p.table > 0:
		parts = append(parts, fmt.Sprintf("таблица %d, строка %d, столбец %d", p.table, p.row, p.col))
	case p.Heading > 0:
		parts = append(parts, "заголовок")
	default:
		parts = append(parts, fmt.Sprintf("абзац %d", p.n))
	}
	return strings.Join(parts, ", ")
}

// paras lists the paragraphs of the paper in reading order; empty ones are
// left out and told by Gap and Empty of the next.
func (paper *Paper) paras() []para {
	w := &walker{}
	w.blocks(paper.Blocks, para{})
	return w.out
}

type walker struct {
	out           []para
	section       string
	n             int
	tables, cells int
	empty         int
}

func (w *walker) blocks(blocks []Block, at para) {
	for _, b := range blocks {
		if b.Table != nil {
			w.table(b.Table, at)
			continue
		}
		if strings.TrimSpace(flatten(b.Paragraph.Text)) == "" {
			w.empty++
			continue
		}
		p := at
		p.Paragraph = b.Paragraph
		if w.empty > 0 {
			p.Empty += w.empty
			p.Gap = true
			w.empty = 0
		}
		p.flat = flatten(p.Text)
		p.bare = bare(p.flat)
		if p.Heading > 0 && at.table == 0 {
			w.section, w.n = strings.TrimSpace(p.Label+" "+p.bare), 0
		} else if at.table == 0 {
			w.n++
		}
		p.section, p.n = w.section, w.n
		w.out = append(w.out, p)
	}
}

func (w *walker) table(t *Table, at para) {
	nested := at.table > 0
	if !nested {
		w.tables++
		at.table = w.tables
	}
	for i, row := range t.Rows {
		col := 1
		for _, c := range row.Cells {
			if !nested {
				at.row, at.col, at.head = i+1, col, row.Head
			}
			w.cells++
			at.cell = w.cells
			w.empty = 0
			w.blocks(c.Blocks, at)
			w.empty = 0
			col += max(1, c.Span)
		}
	}
}

// flatten makes every kind of space one plain space; the runes keep their count.
func flatten(s string) string {
	return strings.Map(func(r rune) rune {
		switch r {
		case '\n', '\t', '\r', '\v', '\u00a0', '\u202f', '\u2007', '\u2009':
			return ' '
		case '\u2011':
			return '-'
		}
		return r
	}, s)
}

// bare strips tags and marks of emphasis that stand at the ends of a text.
func bare(s string) string {
	s = strings.TrimSpace(s)
	for {
		t := s
		for _, tag := range []string{"<p>", "</p>", "**"} {
			t = strings.TrimSpace(strings.TrimSuffix(strings.TrimPrefix(t, tag), tag))
		}
		if t == s {
			return s
		}
		s = t
	}
}

// cut shortens s to n runes with an ellipsis.
func cut(s string, n int) string {
	if utf8.RuneCountInString(s) <= n {
		return s
	}
	return strings.TrimSpace(string([]rune(s)[:n-1])) + "…"
}
