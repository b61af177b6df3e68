package check

import (
	"nastavnik/internal/pattern"
	"strings"
	"unicode"
	"unicode/utf8"
)

// FromText makes a Paper of plain text, such as one copied out of a PDF or
// from a site. Lines that a narrow page or an editor wrapped are joined into
// logical paragraphs (with \n at the joint); two lines or more with the same
// number of tabs, two at least, are a table.
func FromText(name, text string) *Paper {
	paper := &Paper{Name: name, Plain: true}
	lines := strings.Split(strings.ReplaceAll(text, "\r\n", "\n"), "\n")
	var open *Paragraph // may still grow
	last := ""          // its last line
	empty := 0
	for i := 0; i < len(lines); i++ {
		line := strings.TrimRightFunc(lines[i], unicode.IsSpace)
		if strings.TrimSpace(line) == "" {
			empty++
			open = nil
			continue
		}
		if rows := tableLines(lines[i:]); rows > 0 {
			paper.Blocks = append(paper.Blocks, Block{Table: textTable(lines[i:i+rows], i+1)})
			i += rows - 1
			open, empty = nil, 0
			continue
		}
		if open != nil && joins(open.Text, last, line) {
			open.Text += "\n" + line
		} else {
			open = &Paragraph{Text: line, Line: i + 1, Empty: empty, Gap: empty > 0}
			paper.Blocks = append(paper.Blocks, Block{Paragraph: open})
		}
		last, empty = line, 0
	}
	textHeadings(paper.Blocks)
	return paper
}

// tableLines returns how many lines from the first make a table, 0 for none.
// One empty line may stand between two rows.
func tableLines(lines []string) int {
	tabs := strings.Count(lines[0], "\t")
	if tabs < 2 || strings.TrimSpace(lines[0]) == "" {
		return 0
	}
	end, rows := 0, 0
	for i := 0; i < len(lines); i++ {
		if strings.TrimSpace(lines[i]) == "" && !strings.Contains(lines[i], "\t") && i > 0 && strings.TrimSpace(lines[i-1]) != "" {
			continue
		}
		if strings.Count(lines[i], "\t") != tabs {
			break
		}
		end, rows = i+1, rows+1
	}
	if rows < 2 {
		return 0
	}
	return end
}

func textTable(lines []string, first int) *Table {
	t := &Table{}
	for i, line := range lines {
		if strings.TrimSpace(line) == "" {
			continue
		}
		var row Row
		for text := range strings.SplitSeq(line, "\t") {
			var cell Cell
			for part := range strings.SplitSeq(strings.ReplaceAll(text, "</p> <p>", "</p>\x00<p>"), "\x00") {
				cell.Blocks = append(cell.Blocks, Block{Paragraph: &Paragraph{Text: part, Line: first + i}})
			}
			row.Cells = append(row.Cells, cell)
		}
		t.Rows = append(t.Rows, row)
	}
	return t
}

var (
	listMark   = pattern.New(`^\s*(?:[-–—•·▪*]|\d{1,3}(?:\.\d{1,3})*[.)]|[а-я]\))`)
	bareNumber = pattern.New(`^\s*\d{1,3}(?:\.\d{1,3})*\.?$`)
	hangs      = pattern.New(`(?i)(?:^|\s)(?:в|во|к|ко|с|со|о|об|и|а|на|по|из|от|до|для|при|за|или|приказ\p{L}{0,3}|распоряжени\p{L}{1,2}|письм\p{L}{1,2}|постановлени\p{L}{1,2})$`)
)

// joins reports whether line goes on with the paragraph text, whose last line
// is last.
func joins(text, last, line string) bool {
	next := strings.TrimSpace(line)
	if bareNumber.MatchString(last) {
		return true
	}
	if listMark.MatchString(line) || isStamp(bare(next)) || utf8.RuneCountInString(text) > 4000 {
		return false
	}
	end, _ := utf8.DecodeLastRuneInString(last)
	start, _ := utf8.DecodeRuneInString(next)
	switch {
	case strings.ContainsRune(".!?;:…", end):
		return false
	case strings.ContainsRune(",-–—(", end), unicode.IsLower(start), hangs.MatchString(last):
		return true
	case strings.Count(text, "«") > strings.Count(text, "»"):
		return true
	}
	return strings.ContainsRune("«(№", start) && utf8.RuneCountInString(last) >= 50
}

var textHeading = pattern.New(`^\d{1,2}\.\s+\p{Lu}`)

// textHeadings marks the numbered headings of sections: short, without a
// final stop, between empty lines.
func textHeadings(blocks []Block) {
	for i, b := range blocks {
		p := b.Paragraph
		if p == nil || !p.Gap || i+1 < len(blocks) && blocks[i+1].Paragraph != nil && !blocks[i+1].Paragraph.Gap {
			continue
		}
		text := bare(flatten(p.Text))
		if textHeading.MatchString(text) && utf8.RuneCountInString(text) < 60 && !strings.ContainsAny(text[len(text)-1:], ".;:,") {
			p.Heading = 1
		}
	}
}
