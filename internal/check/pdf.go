package check

import (
	"bytes"
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"unicode"

	"nastavnik/internal/diag"
	"nastavnik/internal/pattern"
	"nastavnik/internal/pdfcheck"
	"nastavnik/internal/pdfread"
)

// PDF checks a finished PDF: that it can be read by machines and by people who
// do not see (постановление № 102 of 2026, ГОСТ Р 70176-2022), and by its text
// what must not stand in it. Options.Public adds the rules of a site.
func PDF(name string, b []byte, o Options) diag.List {
	r := &pdfChecker{name: name, options: o}
	f, err := pdfread.Open(b)
	if err != nil {
		r.unreadable(b, err)
		return r.list
	}
	r.file = f
	r.catalog()
	r.faces()
	r.text()
	r.names(len(b))
	return r.list
}

type pdfChecker struct {
	name    string
	options Options
	file    *pdfread.File
	list    diag.List
}

func (r *pdfChecker) say(code, hint, format string, args ...any) {
	r.list = append(r.list, &diag.Problem{Level: levels[code], Code: code, Text: fmt.Sprintf(format, args...), Hint: hint, Place: diag.Place{File: r.name}})
}

// unreadable tells why a file could not be opened.
func (r *pdfChecker) unreadable(b []byte, err error) {
	var problem *diag.Problem
	switch {
	case bytes.Contains(b, []byte("/Encrypt")):
		r.say("W10", "сохраните файл без пароля и запретов", "файл зашифрован: его не прочтёт программа экранного доступа")
	case errors.As(err, &problem):
		told := *problem
		told.Place.File = r.name
		r.list = append(r.list, &told)
	default:
		r.list.Add(diag.Place{File: r.name}, "%v", err)
	}
}

// catalog judges structure, language, title and outline.
func (r *pdfChecker) catalog() {
	f := r.file
	root := f.Catalog()
	marked, _ := f.Resolve(f.Dict(root["MarkInfo"])["Marked"]).(bool)
	tree := f.Dict(root["StructTreeRoot"])
	switch {
	case !marked || tree == nil:
		r.say("W02", "сохраните с тегами структуры (PDF/UA)", "файл без разметки: порядок чтения и таблицы не определены")
	case f.Resolve(tree["K"]) == nil:
		r.say("W02", "", "дерево структуры пустое")
	default:
		r.structure(tree)
	}
	switch lang := f.Text(root["Lang"]); {
	case lang == "":
		r.say("W03", "ru-RU", "не указан язык документа")
	case !strings.HasPrefix(strings.ToLower(lang), "ru"):
		r.say("W03", "ru-RU", "язык документа – %s", lang)
	}
	title := f.Text(f.Dict(f.Trailer["Info"])["Title"])
	xmp := ""
	if s, ok := f.Resolve(root["Metadata"]).(*pdfread.Stream); ok {
		if data, err := f.Decode(s); err == nil {
			xmp = string(data)
		}
	}
	if title == "" {
		if m := xmpTitle.FindStringSubmatch(xmp); m != nil {
			title = strings.TrimSpace(m[1])
		}
	}
	shown, _ := f.Resolve(f.Dict(root["ViewerPreferences"])["DisplayDocTitle"]).(bool)
	switch {
	case title == "":
		r.say("W04", "вид, дата, номер и заголовок документа", "у файла нет заголовка")
	case !shown:
		r.say("W04", "DisplayDocTitle", "в окне программы видно имя файла, а не заголовок")
	}
	if claim := pdfcheck.Claims(f); claim == (pdfcheck.Claim{}) {
		r.say("W05", "PDF/A", "файл не архивного формата PDF/A")
	} else {
		r.claims()
	}
	if pages := len(f.Pages()); pages > 5 && f.Dict(root["Outlines"]) == nil {
		r.say("W09", "", "в файле %d страниц и нет закладок", pages)
	}
}

// claims holds the file against the standards that it claims to keep; a
// problem for each condition that it breaks.
func (r *pdfChecker) claims() {
	faults := pdfcheck.Check(r.file)
	for len(faults) > 0 {
		first, n := faults[0], 1
		for n < len(faults) && faults[n].Clause == first.Clause {
			n++
		}
		more := ""
		if n > 1 {
			more = fmt.Sprintf(" (и ещё %d)", n-1)
		}
		standard, clause, _ := strings.Cut(first.Clause, " ")
		standard = map[string]string{"A": "ISO 19005-2 (PDF/A)", "UA": "ISO 14289-1 (PDF/UA)"}[standard]
		r.say("W11", fmt.Sprintf("%s, п. %s: %s", standard, clause, pdfcheck.Asks(first.Clause)), "%s%s", first.Text, more)
		if first.Page > 0 {
			r.list[len(r.list)-1].Place.In = fmt.Sprintf("страница %d", first.Page)
		}
		faults = faults[n:]
	}
}

var xmpTitle = pattern.New(`(?s)<dc:title>.*?<rdf:li[^>]*>([^<]*)</rdf:li>`)

// maxElements bounds the walk of a structure tree.
const maxElements = 1 << 20

// structure judges the elements: a picture needs a text, a table header cells.
func (r *pdfChecker) structure(tree pdfread.Dict) {
	f := r.file
	seen := map[pdfread.Ref]bool{}
	elements, bareFigures, tables, headed := 0, 0, 0, 0
	var walk func(o pdfread.Object, inTable *bool, depth int)
	walk = func(o pdfread.Object, inTable *bool, depth int) {
		if ref, ok := o.(pdfread.Ref); ok {
			if seen[ref] {
				return
			}
			seen[ref] = true
		}
		elements++
		if depth > 200 || elements > maxElements {
			return
		}
		if kids, ok := f.Resolve(o).(pdfread.Array); ok {
			for _, k := range kids {
				walk(k, inTable, depth+1)
			}
			return
		}
		d := f.Dict(o)
		if d == nil {
			return
		}
		switch f.Name(d["S"]) {
		case "Figure":
			if strings.TrimSpace(f.Text(d["Alt"])) == "" && f.Text(d["ActualText"]) == "" {
				bareFigures++
			}
		case "Table":
			tables++
			has := false
			inTable = &has
			walk(d["K"], inTable, depth+1)
			if has {
				headed++
			}
			return
		case "TH":
			if inTable != nil {
				*inTable = true
			}
		}
		walk(d["K"], inTable, depth+1)
	}
	walk(tree["K"], nil, 0)
	if bareFigures > 0 {
		r.say("W02", "замещающий текст", "картинок без описания: %d", bareFigures)
	}
	if tables > headed {
		r.say("W02", "ячейки TH", "таблиц без шапки: %d из %d", tables-headed, tables)
	}
}

// faces judges the fonts: embedded, and with a way back to letters.
func (r *pdfChecker) faces() {
	f := r.file
	var loose, mute []string
	seen := map[string]bool{}
	for _, p := range f.Pages() {
		for _, o := range sortedFonts(f.Dict(p.Resources["Font"])) {
			d := f.Dict(o)
			name := string(f.Name(d["BaseFont"]))
			if d == nil || seen[name] || f.Name(d["Subtype"]) == "Type3" {
				continue
			}
			seen[name] = true
			inner := d
			if kids := f.Array(d["DescendantFonts"]); len(kids) > 0 {
				inner = f.Dict(kids[0])
			}
			desc := f.Dict(inner["FontDescriptor"])
			if desc == nil || desc["FontFile"] == nil && desc["FontFile2"] == nil && desc["FontFile3"] == nil {
				loose = append(loose, name)
			}
			if f.Name(d["Subtype"]) == "Type0" && d["ToUnicode"] == nil {
				mute = append(mute, name)
			}
		}
	}
	if len(loose) > 0 {
		r.say("P05", "внедрите шрифты при сохранении", "шрифты не внедрены: %s", strings.Join(loose, ", "))
	}
	if len(mute) > 0 {
		r.say("W01", "", "текст нельзя скопировать: у шрифтов нет таблицы ToUnicode: %s", strings.Join(mute, ", "))
	}
}

// sortedFonts returns the fonts of a resource dictionary by their names.
func sortedFonts(d pdfread.Dict) []pdfread.Object {
	names := make([]string, 0, len(d))
	for n := range d {
		names = append(names, string(n))
	}
	slices.Sort(names)
	out := make([]pdfread.Object, 0, len(names))
	for _, n := range names {
		out = append(out, d[pdfread.Name(n)])
	}
	return out
}

// textRules are those that hold on text taken out of a PDF, where cells and
// lines are not told apart.
var textRules = map[string]bool{"D01": true, "D02": true, "D03": true, "R02": true, "R05": true, "R06": true,
	"T14": true, "T19": true, "T25": true, "H22": true, "H26": true, "L01": true}

// text judges the text layer.
func (r *pdfChecker) text() {
	var all strings.Builder
	letters, broken := 0, 0
	for n, p := range r.file.Pages() {
		page := r.pageText(p)
		for _, c := range page {
			if unicode.IsLetter(c) {
				letters++
			} else if c == unicode.ReplacementChar || c >= 0xE000 && c <= 0xF8FF {
				broken++
			}
		}
		if n == 0 && r.options.Public {
			r.watermark(p)
		}
		if n < 200 {
			all.WriteString(page + "\n\n")
		}
	}
	if letters == 0 {
		r.say("W01", "распознайте скан или возьмите файл из программы", "в файле нет текста: это картинки страниц")
		return
	}
	if broken*20 > letters {
		r.say("W01", "", "текст не читается: знаков без буквы %d", broken)
		return
	}
	for _, p := range Text(r.name, all.String(), r.options) {
		if textRules[p.Code] {
			p.Place.Line = 0
			r.list = append(r.list, p)
		}
	}
}

var draftMark = pattern.New(`^(?:ПРОЕКТ|ЧЕРНОВИК|ОБРАЗЕЦ|DRAFT)$`)

// watermark finds the mark of a draft on a file that goes to the site.
func (r *pdfChecker) watermark(p pdfread.Page) {
	for _, piece := range r.file.Pieces(p) {
		if word := strings.TrimSpace(piece.Text); draftMark.MatchString(word) && piece.Size > 30 {
			r.say("W08", "возьмите подписанный документ", "на открытом документе надпись «%s»", word)
			return
		}
	}
}

// pageText is a page's text with a space where the next piece stands off.
func (r *pdfChecker) pageText(p pdfread.Page) string {
	var b strings.Builder
	pieces := r.file.Pieces(p)
	for i, piece := range pieces {
		if i > 0 {
			last := pieces[i-1]
			switch {
			case piece.Y-last.Y > 1 || last.Y-piece.Y > 1:
				b.WriteByte('\n')
			case !strings.HasSuffix(last.Text, " ") && piece.X-last.X > last.Size*0.7*float64(len([]rune(last.Text))):
				b.WriteByte(' ')
			}
		}
		b.WriteString(piece.Text)
	}
	return b.String()
}

var siteName = pattern.New(`^[0-9a-z][0-9a-z_.-]{0,99}\.pdf$`)

// names judges the file's name and size for a site.
func (r *pdfChecker) names(size int) {
	if !r.options.Public {
		return
	}
	if base := filepath.Base(r.name); !siteName.MatchString(base) {
		r.say("W06", "латиница в нижнем регистре, цифры, дефис: 2026-09-01_prikaz_145.pdf", "имя файла неудобно для сайта: %s", base)
	}
	if size > 15<<20 {
		r.say("W07", "не больше 15 МБ", "файл велик: %d МБ", size>>20)
	}
}
