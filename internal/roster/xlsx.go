package roster

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"math"
	"path"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"nastavnik/internal/diag"
	"nastavnik/internal/russian"
)

// Known shortcomings: threaded comments, pictures and data validation are not
// read; a rich text in a cell is its letters.

// workbook is an .xlsx file while it is read.
type workbook struct {
	name     string
	parts    map[string]*zip.File
	left     int64 // bytes that may still be unpacked
	cells    int   // cells seen so far
	shared   []string
	dates    []bool // by style number: the cell shows a date
	year1904 bool
	book     *Book
}

// refusal is a file refused for safety.
type refusal string

func (r refusal) Error() string { return string(r) }

// damage is a file that is broken.
type damage string

func (d damage) Error() string { return string(d) }

func readXLSX(name string, b []byte) (*Book, diag.List) {
	w := &workbook{name: name, left: maxUnpacked, book: &Book{Name: name}}
	err := w.read(b)
	if err == nil {
		return w.book, nil
	}
	p := &diag.Problem{Place: diag.Place{File: name}, Text: err.Error()}
	var refused refusal
	var damaged damage
	switch {
	case errors.As(err, &refused):
		p.Code, p.Hint = CodeLimit, "список школы занимает сотни килобайт; проверьте, тот ли это файл"
	case errors.As(err, &damaged):
		p.Hint = "откройте его в Excel и сохраните заново; если не открывается, возьмите копию"
	default:
		p.Text = "файл повреждён: " + plain(err)
		p.Hint = "откройте его в Excel и сохраните заново; если не открывается, возьмите копию"
	}
	return nil, diag.List{p}
}

// plain says in Russian what the readers of zip and XML found.
func plain(err error) string {
	var syntax *xml.SyntaxError
	switch {
	case errors.Is(err, zip.ErrFormat), errors.Is(err, io.ErrUnexpectedEOF), errors.Is(err, io.EOF):
		return "архив обрывается"
	case errors.Is(err, zip.ErrChecksum):
		return "контрольная сумма не сходится"
	case errors.Is(err, zip.ErrAlgorithm):
		return "неизвестное сжатие"
	case errors.As(err, &syntax):
		return fmt.Sprintf("ошибка XML в строке %d", syntax.Line)
	}
	return "содержимое не читается"
}

func (w *workbook) read(b []byte) error {
	z, err := zip.NewReader(bytes.NewReader(b), int64(len(b)))
	if err != nil {
		return err
	}
	if err := w.open(z); err != nil {
		return err
	}
	main, err := w.main()
	if err != nil {
		return err
	}
	sheets, err := w.sheets(main)
	if err != nil {
		return err
	}
	rels, err := w.rels(main)
	if err != nil {
		return err
	}
	for _, r := range rels {
		switch r.kind {
		case "sharedStrings":
			if err := w.strings(r.target); err != nil {
				return err
			}
		case "styles":
			if err := w.styles(r.target); err != nil {
				return err
			}
		case "externalLink":
			w.note("в книге есть ссылки на другие книги: взяты сохранённые значения, другие книги не открывались")
		}
	}
	for _, s := range sheets {
		if s.hidden {
			w.note(fmt.Sprintf("скрытый лист «%s» пропущен", s.name))
			continue
		}
		for _, r := range rels {
			if r.id == s.id && r.kind == "worksheet" {
				if err := w.sheet(s.name, r.target); err != nil {
					return err
				}
			}
		}
	}
	if len(w.book.Sheets) == 0 {
		return damage("в книге нет видимых листов")
	}
	return nil
}

func (w *workbook) note(text string) {
	for _, p := range w.book.Notes {
		if p.Text == text {
			return
		}
	}
	w.book.Notes.Note(diag.Place{File: w.name}, "%s", text)
}

// open checks the archive before a byte of it is unpacked.
func (w *workbook) open(z *zip.Reader) error {
	if len(z.File) > maxEntries {
		return refusal(fmt.Sprintf("архив подозрительный: %d частей", len(z.File)))
	}
	w.parts = make(map[string]*zip.File, len(z.File))
	var total uint64
	for _, f := range z.File {
		name := f.Name
		if strings.ContainsAny(name, "\\:\x00") || strings.HasPrefix(name, "/") || strings.Contains("/"+name+"/", "/../") {
			return refusal("архив подозрительный: имя части " + strconv.Quote(name))
		}
		if _, twice := w.parts[strings.ToLower(name)]; twice {
			return refusal("архив подозрительный: две части " + strconv.Quote(name))
		}
		if total += f.UncompressedSize64; total > maxUnpacked {
			return refusal(fmt.Sprintf("книга разворачивается больше чем на %d МиБ", maxUnpacked>>20))
		}
		w.parts[strings.ToLower(name)] = f
	}
	if f := w.parts["mimetype"]; f != nil {
		return damage("это документ OpenDocument (.ods), а не книга Excel: сохраните его как .xlsx")
	}
	if w.parts["word/document.xml"] != nil {
		return damage("это документ Word, а не книга Excel")
	}
	if w.parts["[content_types].xml"] == nil {
		return damage("это архив, а не книга Excel")
	}
	return nil
}

// part opens a part for reading; what it unpacks is counted.
func (w *workbook) part(name string) (io.ReadCloser, error) {
	f := w.parts[strings.ToLower(strings.TrimPrefix(name, "/"))]
	if f == nil {
		return nil, damage("в книге нет части " + name)
	}
	r, err := f.Open()
	if err != nil {
		return nil, err
	}
	return &counted{r, w}, nil
}

type counted struct {
	io.ReadCloser
	w *workbook
}

func (c *counted) Read(b []byte) (int, error) {
	n, err := c.ReadCloser.Read(b)
	if c.w.left -= int64(n); c.w.left < 0 {
		return n, refusal(fmt.Sprintf("книга разворачивается больше чем на %d МиБ", maxUnpacked>>20))
	}
	return n, err
}

// walk calls visit at the start and end of every element of a part, with its
// path of local names. DTDs are refused, depth is limited; entities that XML
// does not know are errors of encoding/xml.
func (w *workbook) walk(name string, visit func(d *xml.Decoder, t xml.Token) error) error {
	r, err := w.part(name)
	if err != nil {
		return err
	}
	defer r.Close()
	d := xml.NewDecoder(r)
	depth := 0
	for {
		t, err := d.RawToken()
		if err == io.EOF {
			if depth != 0 {
				return io.ErrUnexpectedEOF
			}
			return nil
		}
		if err != nil {
			return err
		}
		switch t.(type) {
		case xml.StartElement:
			if depth++; depth > 64 {
				return refusal("в книге слишком глубокий XML")
			}
		case xml.EndElement:
			if depth--; depth < 0 {
				return damage("файл повреждён: лишний закрывающий тег")
			}
		case xml.Directive:
			return refusal("в книге есть объявление DTD: так пишут только вредные файлы")
		}
		if err := visit(d, t); err != nil {
			return err
		}
	}
}

func attr(e xml.StartElement, local string) string {
	for _, a := range e.Attr {
		if a.Name.Local == local {
			return a.Value
		}
	}
	return ""
}

// rel is a relationship with its target as the name of a part.
type rel struct{ id, kind, target string }

func (w *workbook) rels(part string) ([]rel, error) {
	dir, file := path.Split(part)
	name := dir + "_rels/" + file + ".rels"
	if w.parts[strings.ToLower(name)] == nil {
		return nil, nil
	}
	var list []rel
	err := w.walk(name, func(_ *xml.Decoder, t xml.Token) error {
		if e, ok := t.(xml.StartElement); ok && e.Name.Local == "Relationship" && attr(e, "TargetMode") != "External" {
			kind := attr(e, "Type")
			target := attr(e, "Target")
			if !strings.HasPrefix(target, "/") {
				target = path.Join(dir, target)
			}
			list = append(list, rel{attr(e, "Id"), kind[strings.LastIndexByte(kind, '/')+1:], strings.TrimPrefix(target, "/")})
		}
		return nil
	})
	return list, err
}

func (w *workbook) main() (string, error) {
	rels, err := w.rels("")
	if err != nil {
		return "", err
	}
	for _, r := range rels {
		if r.kind == "officeDocument" {
			return r.target, nil
		}
	}
	return "", damage("это архив, а не книга Excel")
}

type sheetRef struct {
	name, id string
	hidden   bool
}

func (w *workbook) sheets(main string) ([]sheetRef, error) {
	var list []sheetRef
	err := w.walk(main, func(_ *xml.Decoder, t xml.Token) error {
		e, ok := t.(xml.StartElement)
		if !ok {
			return nil
		}
		switch e.Name.Local {
		case "workbookPr":
			w.year1904 = yes(attr(e, "date1904"))
		case "sheet":
			id := ""
			for _, a := range e.Attr {
				if a.Name.Local == "id" && a.Name.Space != "" {
					id = a.Value
				}
			}
			list = append(list, sheetRef{attr(e, "name"), id, attr(e, "state") != "" && attr(e, "state") != "visible"})
		}
		return nil
	})
	return list, err
}

// strings reads the table of texts that cells point into.
func (w *workbook) strings(name string) error {
	var text strings.Builder
	phonetic, inText := 0, false
	return w.walk(name, func(_ *xml.Decoder, t xml.Token) error {
		switch t := t.(type) {
		case xml.StartElement:
			switch t.Name.Local {
			case "si":
				text.Reset()
			case "rPh":
				phonetic++
			case "t":
				inText = phonetic == 0
			}
		case xml.EndElement:
			switch t.Name.Local {
			case "si":
				if len(w.shared) >= maxCells {
					return refusal("в книге слишком много текстов")
				}
				w.shared = append(w.shared, text.String())
			case "rPh":
				phonetic--
			case "t":
				inText = false
			}
		case xml.CharData:
			if inText {
				text.Write(t)
			}
		}
		return nil
	})
}

// styles finds which cell styles show dates.
func (w *workbook) styles(name string) error {
	custom := map[int]bool{}
	inCells := false
	return w.walk(name, func(_ *xml.Decoder, t xml.Token) error {
		switch t := t.(type) {
		case xml.StartElement:
			switch t.Name.Local {
			case "numFmt":
				id, _ := strconv.Atoi(attr(t, "numFmtId"))
				custom[id] = dateFormat(attr(t, "formatCode"))
			case "cellXfs":
				inCells = true
			case "xf":
				if inCells {
					id, _ := strconv.Atoi(attr(t, "numFmtId"))
					// Built-in formats of dates, ECMA-376 part 1, 18.8.30; 45–47 are times.
					builtin := id >= 14 && id <= 17 || id == 22 || id >= 27 && id <= 36 || id >= 50 && id <= 58
					own, given := custom[id]
					w.dates = append(w.dates, given && own || !given && builtin)
				}
			}
		case xml.EndElement:
			if t.Name.Local == "cellXfs" {
				inCells = false
			}
		}
		return nil
	})
}

// dateFormat reports whether a format code shows days, months or years; what
// stands in quotes or brackets does not count.
func dateFormat(code string) bool {
	quoted, bracket := false, false
	for i, r := range strings.ToLower(code) {
		switch {
		case r == '"':
			quoted = !quoted
		case quoted || i > 0 && code[i-1] == '\\':
		case r == '[':
			bracket = true
		case r == ']':
			bracket = false
		case bracket:
		case r == 'y' || r == 'd' || r == 'г' || r == 'д':
			return true
		}
	}
	return false
}

// sheetReader reads the rows of one sheet.
type sheetReader struct {
	w *workbook
	s *Sheet

	rows          int // seen so far
	last          int // number of the row that is read
	row           Row
	hiddenRow     bool
	hiddenRows    int
	hiddenColumns [maxColumns]bool
	merges        []merge

	cell            Cell
	next            int    // the column after the last cell of the row
	kind            string // attribute t of the cell
	style           int
	formula         bool
	value           strings.Builder
	inValue, inText bool
}

// sheet reads the rows of a sheet.
func (w *workbook) sheet(name, part string) error {
	r := &sheetReader{w: w, s: &Sheet{Name: name}}
	w.book.Sheets = append(w.book.Sheets, r.s)
	err := w.walk(part, func(_ *xml.Decoder, t xml.Token) error {
		switch t := t.(type) {
		case xml.StartElement:
			return r.start(t)
		case xml.EndElement:
			return r.end(t)
		case xml.CharData:
			if r.inValue || r.inText {
				r.value.Write(t)
			}
		}
		return nil
	})
	if err != nil {
		return err
	}
	here := diag.Place{File: w.name, In: "лист «" + name + "»"}
	if r.hiddenRows > 0 {
		w.book.Notes.Note(here, "пропущено скрытых строк: %d", r.hiddenRows).Hint = "снимите фильтр или покажите строки, если они нужны"
	}
	for i, h := range r.hiddenColumns {
		if h {
			w.book.Notes.Note(here, "скрытый столбец %s пропущен", Letters(i))
		}
	}
	return r.s.spread(r.merges)
}

func yes(s string) bool { return s == "1" || s == "true" }

func (r *sheetReader) start(t xml.StartElement) error {
	switch t.Name.Local {
	case "col":
		from, _ := strconv.Atoi(attr(t, "min"))
		to, _ := strconv.Atoi(attr(t, "max"))
		if yes(attr(t, "hidden")) {
			for i := max(1, from); i <= min(to, maxColumns); i++ {
				r.hiddenColumns[i-1] = true
			}
		}
	case "row":
		return r.startRow(t)
	case "c":
		return r.startCell(t)
	case "f":
		r.formula = true
	case "v":
		r.inValue = true
	case "t":
		r.inText = true
	case "mergeCell":
		from, to, found := strings.Cut(attr(t, "ref"), ":")
		left, top, ok := parseRef(from)
		right, bottom, ok2 := parseRef(to)
		if found && ok && ok2 && len(r.merges) < maxRows {
			r.merges = append(r.merges, merge{left, top, right, bottom})
		}
	}
	return nil
}

// startRow holds that rows come in order and are not too many: a row far
// below its turn costs other readers gigabytes.
func (r *sheetReader) startRow(t xml.StartElement) error {
	number := r.last + 1
	if s := attr(t, "r"); s != "" {
		n, err := strconv.ParseInt(s, 10, 64)
		if err != nil || n < int64(number) || n > 1<<20 {
			return refusal("лист «" + r.s.Name + "»: номера строк не по порядку")
		}
		number = int(n)
	}
	if r.rows++; r.rows > maxRows {
		return refusal(fmt.Sprintf("лист «%s»: больше %d строк", r.s.Name, maxRows))
	}
	r.last, r.next = number, 0
	r.row = Row{Number: number}
	r.hiddenRow = yes(attr(t, "hidden"))
	return nil
}

func (r *sheetReader) startCell(t xml.StartElement) error {
	if r.w.cells++; r.w.cells > maxCells {
		return refusal(fmt.Sprintf("в книге больше %d ячеек", maxCells))
	}
	r.cell = Cell{Col: r.next}
	if ref := attr(t, "r"); ref != "" {
		col, at, ok := parseRef(ref)
		if !ok || at+1 != r.last || col < r.next {
			return damage("файл повреждён: ячейка " + strconv.Quote(ref) + " не на своём месте")
		}
		r.cell.Col = col
	}
	r.next = r.cell.Col + 1
	r.kind = attr(t, "t")
	r.style, _ = strconv.Atoi(attr(t, "s"))
	r.formula = false
	r.value.Reset()
	return nil
}

func (r *sheetReader) end(t xml.EndElement) error {
	switch t.Name.Local {
	case "v":
		r.inValue = false
	case "t":
		r.inText = false
	case "c":
		return r.endCell()
	case "row":
		switch {
		case len(r.row.Cells) == 0:
		case r.hiddenRow:
			r.hiddenRows++
		default:
			r.s.Rows = append(r.s.Rows, r.row)
		}
	}
	return nil
}

func (r *sheetReader) endCell() error {
	if utf8.RuneCountInString(r.value.String()) > maxText {
		return damage(fmt.Sprintf("лист «%s», ячейка %s%d: больше %d знаков", r.s.Name, Letters(r.cell.Col), r.last, maxText))
	}
	if !r.w.fill(&r.cell, r.kind, r.style, r.value.String(), r.formula) {
		return nil
	}
	if r.cell.Col >= maxColumns {
		return refusal(fmt.Sprintf("лист «%s», строка %d: больше %d столбцов", r.s.Name, r.last, maxColumns))
	}
	if !r.hiddenColumns[r.cell.Col] {
		r.row.Cells = append(r.row.Cells, r.cell)
	}
	return nil
}

// fill puts a cell's value into it; false says that the cell is empty.
func (w *workbook) fill(c *Cell, kind string, style int, raw string, formula bool) bool {
	c.Text = tidy(raw)
	switch kind {
	case "s":
		i, err := strconv.Atoi(strings.TrimSpace(raw))
		if err != nil || i < 0 || i >= len(w.shared) {
			return false
		}
		c.Text = tidy(w.shared[i])
	case "str", "inlineStr":
	case "b":
		c.Text = map[string]string{"1": "да", "0": "нет"}[c.Text]
	case "e":
		c.Kind = KindError
		return true
	case "d":
		if t, err := time.Parse("2006-01-02", c.Text[:min(10, len(c.Text))]); err == nil {
			c.Kind, c.Date = KindDate, russian.DateOf(t)
			c.Text = c.Date.Short()
		}
	default:
		if c.Text == "" {
			if formula {
				c.Kind, c.Text = KindFormula, "формула без значения"
				return true
			}
			return false
		}
		n, err := strconv.ParseFloat(c.Text, 64)
		if err != nil || math.IsInf(n, 0) || math.IsNaN(n) {
			return true
		}
		if style >= 0 && style < len(w.dates) && w.dates[style] {
			if d, ok := w.day(n); ok {
				c.Kind, c.Date, c.Text = KindDate, d, d.Short()
				return true
			}
		}
		c.Kind, c.Number = KindNumber, n
		c.Text = strconv.FormatFloat(n, 'f', -1, 64)
	}
	if c.Text == "" && formula {
		c.Kind, c.Text = KindFormula, "формула без значения"
	}
	return c.Text != ""
}

// day turns Excel's number of a day into a date: day 60 is the 29 February
// 1900 that was not, and the 1904 system starts four years later.
func (w *workbook) day(n float64) (russian.Date, bool) {
	days := int(math.Floor(n))
	switch {
	case w.year1904:
		days += 1462
	case days < 61:
		days++
	}
	if days < 1 || days > 2_958_465 {
		return russian.Date{}, false
	}
	return russian.Date{Year: 1899, Month: 12, Day: 30}.AddDays(days), true
}

// tidy drops spaces at the ends and joins the rest; a line break stays one,
// for it may part two people.
func tidy(s string) string {
	if s == "" {
		return ""
	}
	lines := strings.FieldsFunc(strings.ReplaceAll(s, "_x000D_", ""), func(r rune) bool { return r == '\n' || r == '\r' || r == '\v' || r == '\u2028' })
	kept := lines[:0]
	for _, line := range lines {
		line = strings.Map(func(r rune) rune {
			switch {
			case r == '\u00A0' || r == '\u202F' || r == '\t' || r == '\u2007':
				return ' '
			case r < ' ' || r == 0x7F || r >= 0x200B && r <= 0x200F || r >= 0x202A && r <= 0x202E || r >= 0x2060 && r <= 0x206F || r == 0xFEFF || r == 0xAD:
				return -1
			}
			return r
		}, line)
		if line = strings.Join(strings.Fields(line), " "); line != "" {
			kept = append(kept, line)
		}
	}
	return strings.Join(kept, "\n")
}

// spread gives the value of a merge over several rows to each of them, in its
// first column: one mentor beside three mentees. Merges over several columns
// are kept for group headers.
func (s *Sheet) spread(merges []merge) error {
	at := func(row int) int { // index of the first row at or below
		i, _ := slices.BinarySearchFunc(s.Rows, row+1, func(r Row, n int) int { return r.Number - n })
		return i
	}
	visited := 0
	for _, m := range merges {
		if m.right > m.left {
			s.wide = append(s.wide, m)
		}
		first := at(m.top)
		if m.bottom <= m.top || m.left >= maxColumns || first == len(s.Rows) || s.Rows[first].Number != m.top+1 {
			continue
		}
		value := s.Rows[first].Cell(m.left)
		if value.Text == "" {
			continue
		}
		for i := first + 1; i < len(s.Rows) && s.Rows[i].Number <= m.bottom+1; i++ {
			if visited++; visited > maxCells { // merges that lie on one another
				return refusal("лист «" + s.Name + "»: слишком много объединённых ячеек")
			}
			if s.Rows[i].Cell(m.left).Text == "" {
				s.Rows[i].Cells = append(s.Rows[i].Cells, value)
			}
		}
	}
	return nil
}
