package roster

import (
	"bytes"
	"fmt"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/xuri/excelize/v2"

	"nastavnik/internal/profile"
)

// table is a sheet to write: a header and rows of values.
type table struct {
	name    string
	title   string // above the header; may be empty
	columns []tableColumn
	rows    [][]any // string, int, float64, profile.Date, nil; as long as columns
	marked  int     // a column to show in red, counted from 1; 0 for none
}

// tableColumn is a column with its width in letters.
type tableColumn struct {
	header string
	width  float64
	note   string   // a comment on the header
	list   []string // words of a drop-down
	date   bool     // dates are typed here
	text   bool     // numbers typed here are texts
}

// writer makes a workbook. Cells are typed; a text never becomes a formula.
type writer struct {
	file   *excelize.File
	sheets int

	head, body, number, day, bad, title, asText int
}

func newWriter() (*writer, error) {
	w := &writer{file: excelize.NewFile()}
	thin := []excelize.Border{}
	for _, side := range []string{"left", "top", "right", "bottom"} {
		thin = append(thin, excelize.Border{Type: side, Color: "A6A6A6", Style: 1})
	}
	font := func(bold bool, color string) *excelize.Font {
		return &excelize.Font{Family: "Times New Roman", Size: 11, Bold: bold, Color: color}
	}
	wrap := func(horizontal string) *excelize.Alignment {
		return &excelize.Alignment{Horizontal: horizontal, Vertical: "top", WrapText: true}
	}
	dateFormat := "dd.mm.yyyy"
	for _, s := range []struct {
		id    *int
		style excelize.Style
	}{
		{&w.head, excelize.Style{Border: thin, Font: font(true, ""), Alignment: &excelize.Alignment{Horizontal: "center", Vertical: "center", WrapText: true},
			Fill: excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{"E7E6E6"}}}},
		{&w.body, excelize.Style{Border: thin, Font: font(false, ""), Alignment: wrap("left")}},
		{&w.asText, excelize.Style{Border: thin, Font: font(false, ""), Alignment: wrap("left"), NumFmt: 49}},
		{&w.number, excelize.Style{Border: thin, Font: font(false, ""), Alignment: wrap("center")}},
		{&w.day, excelize.Style{Border: thin, Font: font(false, ""), Alignment: wrap("center"), CustomNumFmt: &dateFormat}},
		{&w.bad, excelize.Style{Border: thin, Font: font(false, "C00000"), Alignment: wrap("left")}},
		{&w.title, excelize.Style{Font: &excelize.Font{Family: "Times New Roman", Size: 14, Bold: true}, Alignment: &excelize.Alignment{Vertical: "center"}}},
	} {
		id, err := w.file.NewStyle(&s.style)
		if err != nil {
			return nil, err
		}
		*s.id = id
	}
	return w, nil
}

// add writes a table as the next sheet.
func (w *writer) add(t table) error {
	f := w.file
	if w.sheets == 0 {
		if err := f.SetSheetName("Sheet1", t.name); err != nil {
			return err
		}
	} else if _, err := f.NewSheet(t.name); err != nil {
		return err
	}
	w.sheets++
	top := 1
	last := Letters(len(t.columns) - 1)
	if t.title != "" {
		if err := w.text(t.name, "A1", t.title, w.title); err != nil {
			return err
		}
		top = 2
	}
	for i, c := range t.columns {
		at := Letters(i) + strconv.Itoa(top)
		if err := w.text(t.name, at, c.header, w.head); err != nil {
			return err
		}
		if err := f.SetColWidth(t.name, Letters(i), Letters(i), c.width); err != nil {
			return err
		}
		if c.note != "" {
			if err := f.AddComment(t.name, excelize.Comment{Cell: at, Author: "nastavnik", Text: c.note, Width: 260, Height: 90}); err != nil {
				return err
			}
		}
	}
	for r, row := range t.rows {
		for i, value := range row {
			at := Letters(i) + strconv.Itoa(top+1+r)
			style := w.body
			if t.columns[i].text {
				style = w.asText
			}
			if i+1 == t.marked {
				style = w.bad
			}
			if err := w.cell(t.name, at, value, style); err != nil {
				return err
			}
		}
	}
	if err := w.heights(t, top); err != nil {
		return err
	}
	return w.finish(t, top, last)
}

// lineHeight is the height of a line of 11 points, in points.
const lineHeight = 15

// heights gives each row the height of its longest text, in lines: programs
// differ in whether they do that by themselves on opening.
func (w *writer) heights(t table, top int) error {
	headers := make([]any, len(t.columns))
	for i, c := range t.columns {
		headers[i] = c.header
	}
	for r, row := range append([][]any{headers}, t.rows...) {
		most := 1
		for i, value := range row {
			if s, ok := value.(string); ok {
				width := t.columns[i].width
				if r == 0 {
					width *= 0.85 // bold
				}
				most = max(most, lines(s, width))
			}
		}
		if most > 1 || r == 0 {
			if err := w.file.SetRowHeight(t.name, top+r, float64(min(most*lineHeight+2, 400))); err != nil {
				return err
			}
		}
	}
	if t.title != "" {
		return w.file.SetRowHeight(t.name, 1, 24)
	}
	return nil
}

// lines counts the lines of a text in a column of a width in letters.
func lines(s string, width float64) int {
	n := 0
	for _, paragraph := range strings.Split(s, "\n") {
		n++
		room := width
		for i, word := range strings.Fields(paragraph) {
			need := float64(utf8.RuneCountInString(word))
			if i > 0 && need+1 > room {
				n++
				room = width
			}
			for ; need > width; need -= width {
				n++
			}
			room -= need + 1
		}
	}
	return n
}

// finish sets what makes a list handy: the head stays, filters, drop-downs,
// and a print on A4 across with the head on each page.
func (w *writer) finish(t table, top int, last string) error {
	f := w.file
	bottom := top + max(1, len(t.rows))
	if err := f.SetPanes(t.name, &excelize.Panes{Freeze: true, YSplit: top, TopLeftCell: "A" + strconv.Itoa(top+1), ActivePane: "bottomLeft"}); err != nil {
		return err
	}
	if err := f.AutoFilter(t.name, fmt.Sprintf("A%d:%s%d", top, last, bottom), nil); err != nil {
		return err
	}
	for i, c := range t.columns {
		from, to := Letters(i)+strconv.Itoa(top+1), Letters(i)+strconv.Itoa(top+500)
		if len(t.rows) == 0 || c.list != nil {
			style := w.body
			switch {
			case c.date:
				style = w.day
			case c.text:
				style = w.asText
			}
			if len(t.rows) < 100 && (c.date || c.text || c.list != nil) { // cells to be filled in
				if err := f.SetCellStyle(t.name, Letters(i)+strconv.Itoa(top+1+len(t.rows)), to, style); err != nil {
					return err
				}
			}
		}
		if c.list == nil {
			continue
		}
		v := excelize.NewDataValidation(true)
		v.SetSqref(from + ":" + to)
		if err := v.SetDropList(c.list); err != nil {
			return err
		}
		title, text := "Нет такого слова", "Выберите из списка или оставьте пустым"
		v.SetError(excelize.DataValidationErrorStyleWarning, title, text)
		if err := f.AddDataValidation(t.name, v); err != nil {
			return err
		}
	}
	across, a4, one, many := "landscape", 9, 1, 0
	if err := f.SetPageLayout(t.name, &excelize.PageLayoutOptions{Orientation: &across, Size: &a4, FitToWidth: &one, FitToHeight: &many}); err != nil {
		return err
	}
	fit := true
	if err := f.SetSheetProps(t.name, &excelize.SheetPropsOptions{FitToPage: &fit}); err != nil {
		return err
	}
	left, right, up, down := 0.78, 0.39, 0.59, 0.59 // inches: 20, 10, 15, 15 mm
	if err := f.SetPageMargins(t.name, &excelize.PageLayoutMarginsOptions{Left: &left, Right: &right, Top: &up, Bottom: &down}); err != nil {
		return err
	}
	if err := f.SetHeaderFooter(t.name, &excelize.HeaderFooterOptions{OddFooter: "&L&A&RСтр. &P из &N"}); err != nil {
		return err
	}
	return f.SetDefinedName(&excelize.DefinedName{Name: "_xlnm.Print_Titles", RefersTo: fmt.Sprintf("'%s'!$%d:$%d", t.name, top, top), Scope: t.name})
}

// text writes a text cell. Excel holds 32 767 characters in a cell, and
// excelize would cut the rest without a word.
func (w *writer) text(sheet, at, s string, style int) error {
	if utf8.RuneCountInString(s) > maxText {
		return fmt.Errorf("лист «%s», ячейка %s: текст длиннее %d знаков не помещается в Excel", sheet, at, maxText)
	}
	if err := w.file.SetCellStr(sheet, at, s); err != nil {
		return err
	}
	return w.file.SetCellStyle(sheet, at, at, style)
}

func (w *writer) cell(sheet, at string, value any, style int) error {
	switch v := value.(type) {
	case nil:
		return w.file.SetCellStyle(sheet, at, at, style)
	case string:
		if v == "" {
			return w.file.SetCellStyle(sheet, at, at, style)
		}
		return w.text(sheet, at, v, style)
	case int:
		if err := w.file.SetCellInt(sheet, at, int64(v)); err != nil {
			return err
		}
		return w.file.SetCellStyle(sheet, at, at, w.number)
	case float64:
		if err := w.file.SetCellFloat(sheet, at, v, -1, 64); err != nil {
			return err
		}
		return w.file.SetCellStyle(sheet, at, at, w.number)
	case profile.Date:
		if !v.IsZero() {
			if err := w.file.SetCellInt(sheet, at, serial(v)); err != nil {
				return err
			}
		}
		return w.file.SetCellStyle(sheet, at, at, w.day)
	}
	panic(fmt.Sprintf("roster: no cell for %T", value))
}

// serial is Excel's number of a day after February 1900.
func serial(d profile.Date) int64 {
	return int64(d.Time().Sub(profile.Date{Year: 1899, Month: 12, Day: 30}.Time()).Hours() / 24)
}

// bytes closes the workbook. The same tables give the same bytes: the file's
// properties hold no clock.
func (w *writer) bytes() ([]byte, error) {
	if err := w.file.SetDocProps(&excelize.DocProperties{Creator: "nastavnik", LastModifiedBy: "nastavnik", Language: "ru-RU",
		Created: "2020-01-01T00:00:00Z", Modified: "2020-01-01T00:00:00Z"}); err != nil {
		return nil, err
	}
	w.file.SetActiveSheet(0)
	var b bytes.Buffer
	if err := w.file.Write(&b); err != nil {
		return nil, err
	}
	return b.Bytes(), w.file.Close()
}

func workbookOf(tables ...table) ([]byte, error) {
	w, err := newWriter()
	if err != nil {
		return nil, err
	}
	for _, t := range tables {
		if err := w.add(t); err != nil {
			return nil, err
		}
	}
	return w.bytes()
}
