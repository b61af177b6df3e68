package roster

import (
	"bytes"
	"fmt"
	"strconv"
	"strings"

	"nastavnik/internal/diag"
	"nastavnik/internal/russian"
)

// Limits of a workbook. An honest roster of ten thousand rows is a tenth of
// them.
const (
	maxUnpacked = 64 << 20 // bytes of all parts
	maxEntries  = 4096     // of the zip archive
	maxRows     = 50_000   // a sheet
	maxColumns  = 64
	maxCells    = 2_000_000 // a workbook
	maxText     = 32_767    // runes a cell, as in Excel
)

// CodeLimit marks a file that was refused for safety; the run ends with exit
// code 8.
const CodeLimit = "limit"

// Book is the visible part of a workbook: what a person sees in it.
type Book struct {
	Name   string // as the user named the file
	Sheets []*Sheet
	Notes  diag.List // what was skipped and why
}

// Sheet is one list. Rows are in order, empty ones left out.
type Sheet struct {
	Name string
	Rows []Row

	wide []merge // merges over several columns, for group headers
}

// Row is a row with at least one filled cell.
type Row struct {
	Number int // as Excel shows it, from 1
	Cells  []Cell
}

// Cell is one filled cell.
type Cell struct {
	Col    int // from 0
	Kind   Kind
	Text   string       // what it says, without spaces at the ends
	Date   russian.Date // for KindDate
	Number float64      // for KindNumber
}

// Kind is what a cell holds.
type Kind uint8

const (
	KindText Kind = iota
	KindNumber
	KindDate
	KindError   // #ССЫЛКА! and the like; Text is the sign
	KindFormula // a formula without a value kept; nothing is calculated here
)

// Cell returns the cell of a column, or an empty one.
func (r *Row) Cell(col int) Cell {
	for _, c := range r.Cells {
		if c.Col == col {
			return c
		}
	}
	return Cell{Col: col}
}

// merge is a merged range, columns and rows from 0, ends included.
type merge struct{ left, top, right, bottom int }

// Letters writes a column's letters: 0 is A.
func Letters(n int) string {
	var b []byte
	for n++; n > 0; n = (n - 1) / 26 {
		b = append([]byte{byte('A' + (n-1)%26)}, b...)
	}
	return string(b)
}

// parseColumn reads a column's letters and returns the rest; -1 when there
// are none.
func parseColumn(s string) (col int, rest string) {
	n := 0
	for n < len(s) && n < 4 && s[n] >= 'A' && s[n] <= 'Z' {
		col = col*26 + int(s[n]-'A') + 1
		n++
	}
	return col - 1, s[n:]
}

// cellPlace is where a cell stands, as a person finds it: «лист «Пары»,
// ячейка B17».
func cellPlace(book, sheet string, row, col int) diag.Place {
	return diag.Place{File: book, In: fmt.Sprintf("лист «%s», ячейка %s%d", sheet, Letters(col), row)}
}

// Open reads a roster: .xlsx, .xlsm or CSV. What is not one is told by what it
// is. Nothing is calculated, no link followed, no file written.
func Open(name string, b []byte) (*Book, diag.List) {
	fail := func(code, text, hint string) (*Book, diag.List) {
		return nil, diag.List{{Code: code, Place: diag.Place{File: name}, Text: text, Hint: hint}}
	}
	const saveAs = "откройте его в Excel и сохраните: Файл → Сохранить как → Книга Excel (*.xlsx)"
	switch {
	case len(b) == 0:
		return fail("", "файл пустой", "")
	case bytes.HasPrefix(b, []byte("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1")):
		if bytes.Contains(b[:min(len(b), 1<<16)], utf16le("EncryptedPackage")) || bytes.Contains(b[:min(len(b), 1<<16)], utf16le("EncryptionInfo")) {
			return fail("", "книга закрыта паролем", "снимите пароль: Файл → Сведения → Защита книги")
		}
		return fail("", "это книга старого формата (.xls) или другой документ Office 97–2003", saveAs)
	case bytes.HasPrefix(b, []byte("PK")):
		return readXLSX(name, b)
	case bytes.HasPrefix(b, []byte("%PDF")):
		return fail("", "это PDF, а не таблица", "нужна книга Excel (*.xlsx) или CSV")
	case bytes.HasPrefix(b, []byte("{\\rtf")):
		return fail("", "это текст RTF, а не таблица", "нужна книга Excel (*.xlsx) или CSV")
	}
	head := strings.ToLower(string(bytes.TrimLeft(b[:min(len(b), 512)], "\xEF\xBB\xBF \t\r\n")))
	if strings.HasPrefix(head, "<html") || strings.HasPrefix(head, "<!doctype html") || strings.HasPrefix(head, "<table") || strings.HasPrefix(head, "<?xml") {
		return fail("", "это веб-страница или XML, а не книга Excel", saveAs)
	}
	return readCSV(name, b)
}

func utf16le(s string) []byte {
	var b []byte
	for _, r := range s {
		b = append(b, byte(r), byte(r>>8))
	}
	return b
}

// parseRef reads «B17» into column and row, from 0; ok is false for anything else.
func parseRef(s string) (col, row int, ok bool) {
	col, rest := parseColumn(s)
	n, err := strconv.ParseInt(rest, 10, 64)
	if col < 0 || err != nil || n < 1 || n > 1<<20 || rest[0] == '+' {
		return 0, 0, false
	}
	return col, int(n) - 1, true
}
