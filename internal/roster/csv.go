package roster

import (
	"bytes"
	"encoding/csv"
	"errors"
	"io"
	"strconv"
	"strings"
	"unicode/utf16"
	"unicode/utf8"

	"nastavnik/internal/diag"
	"nastavnik/internal/profile"
)

// readCSV reads a list of values parted by semicolons, commas or tabs, in
// UTF-8, UTF-16 or one of the one-byte Cyrillic encodings. How it was read is
// told.
func readCSV(name string, b []byte) (*Book, diag.List) {
	book := &Book{Name: name}
	text, encoding, ok := decodeCSV(b)
	if !ok {
		return nil, diag.List{{Place: diag.Place{File: name}, Text: "это не таблица: внутри двоичные данные", Hint: "нужна книга Excel (*.xlsx) или CSV"}}
	}
	if encoding != "" {
		book.Notes.Note(diag.Place{File: name}, "кодировка: %s", encoding)
	}
	comma := ';'
	first, rest, _ := strings.Cut(text, "\n")
	if mark, found := strings.CutPrefix(strings.TrimRight(strings.ToLower(first), "\r"), "sep="); found && len(mark) == 1 {
		comma, text = rune(mark[0]), rest
	} else {
		best := 0
		for _, c := range ";,\t" {
			if n := strings.Count(first, string(c)); n > best {
				best, comma = n, c
			}
		}
	}
	r := csv.NewReader(strings.NewReader(text))
	r.Comma, r.FieldsPerRecord, r.LazyQuotes, r.ReuseRecord = comma, -1, true, true
	sheet := &Sheet{Name: "CSV"}
	book.Sheets = []*Sheet{sheet}
	width, cells := 0, 0
	for {
		record, err := r.Read()
		if err == io.EOF {
			break
		}
		if err != nil {
			var bad *csv.ParseError
			line := 0
			if errors.As(err, &bad) {
				line = bad.StartLine
			}
			return nil, diag.List{{Place: diag.Place{File: name, Line: line}, Text: "строка CSV не разбирается", Hint: "проверьте кавычки в этой строке"}}
		}
		line, _ := r.FieldPos(0)
		if len(sheet.Rows) >= maxRows || len(record) > maxColumns {
			return nil, diag.List{{Code: CodeLimit, Place: diag.Place{File: name, Line: line}, Text: "больше " + strconv.Itoa(maxRows) + " строк или " + strconv.Itoa(maxColumns) + " столбцов"}}
		}
		row := Row{Number: line}
		for i, field := range record {
			if cells++; utf8.RuneCountInString(field) > maxText || cells > maxCells {
				return nil, diag.List{{Code: CodeLimit, Place: diag.Place{File: name, Line: line}, Text: "слишком длинная ячейка или слишком много ячеек"}}
			}
			if text := tidy(strings.TrimPrefix(field, "'")); text != "" {
				row.Cells = append(row.Cells, Cell{Col: i, Text: text})
			}
		}
		if len(row.Cells) == 0 {
			continue
		}
		last := row.Cells[len(row.Cells)-1].Col
		if width > 0 && last >= width {
			return nil, diag.List{{Place: diag.Place{File: name, Line: line}, Text: "в строке больше значений, чем столбцов в заголовке",
				Hint: "значение с разделителем внутри берут в кавычки"}}
		}
		if width == 0 && len(row.Cells) > 1 {
			width = len(record)
		}
		sheet.Rows = append(sheet.Rows, row)
	}
	return book, nil
}

// decodeCSV returns the text and, when it is not plain UTF-8, the name of the
// encoding it was in.
func decodeCSV(b []byte) (text, encoding string, ok bool) {
	switch {
	case bytes.HasPrefix(b, []byte("\xEF\xBB\xBF")):
		b = b[3:]
	case bytes.HasPrefix(b, []byte("\xFF\xFE")), bytes.HasPrefix(b, []byte("\xFE\xFF")):
		big := b[0] == 0xFE
		units := make([]uint16, 0, len(b)/2)
		for i := 2; i+1 < len(b); i += 2 {
			lo, hi := b[i], b[i+1]
			if big {
				lo, hi = hi, lo
			}
			units = append(units, uint16(lo)|uint16(hi)<<8)
		}
		return string(utf16.Decode(units)), "UTF-16", true
	}
	if bytes.IndexByte(b, 0) >= 0 {
		return "", "", false
	}
	if utf8.Valid(b) {
		return string(b), "", true
	}
	encoding, text = profile.GuessEncoding(b)
	return text, encoding, encoding != ""
}
