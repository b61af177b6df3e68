package site

import (
	"html/template"
	"strconv"
	"strings"

	"nastavnik/internal/wml"
)

// write turns blocks into semantic HTML: headings by outline level, lists by
// numbering, tables with header cells and their scope. Direct formatting is
// dropped but bold and italic: the site has a style of its own.
//
// tables counts the tables of the page, so that each has a name of its own.
func write(b *strings.Builder, blocks []wml.Block, tables *int) {
	list := listWriter{b: b}
	for _, block := range blocks {
		switch block := block.(type) {
		case *wml.Paragraph:
			list.paragraph(block)
		case *wml.Table:
			list.close()
			table(b, block, tables)
		}
	}
	list.close()
}

// listWriter keeps a run of numbered paragraphs together as one list; labels
// stay as text, since «1.2.» of an order is a reference, not decoration.
type listWriter struct {
	b    *strings.Builder
	open bool
}

func (l *listWriter) close() {
	if l.open {
		l.b.WriteString("</ul>\n")
		l.open = false
	}
}

func (l *listWriter) paragraph(p *wml.Paragraph) {
	inner := runs(p)
	if strings.TrimSpace(inner) == "" {
		return
	}
	switch {
	case p.Outline() > 0 || strings.Contains(strings.ToLower(p.StyleName), "title"):
		l.close()
		level := "h2"
		if p.Outline() > 1 {
			level = "h3"
		}
		label := ""
		if p.Label != nil && p.Label.Text != "" {
			label = template.HTMLEscapeString(p.Label.Text) + " "
		}
		l.b.WriteString("<" + level + ">" + label + inner + "</" + level + ">\n")
	case p.Label != nil && p.Label.Text != "":
		if !l.open {
			l.b.WriteString(`<ul class="plain">` + "\n")
			l.open = true
		}
		label := ""
		if !p.Label.Bullet {
			label = template.HTMLEscapeString(p.Label.Text) + " "
		} else {
			label = "– "
		}
		l.b.WriteString("<li>" + label + inner + "</li>\n")
	default:
		l.close()
		l.b.WriteString("<p>" + inner + "</p>\n")
	}
}

// runs writes the text of a paragraph. Text of another language says so, so
// that a screen reader pronounces it right.
func runs(p *wml.Paragraph) string {
	var b strings.Builder
	for i := range p.Runs {
		r := &p.Runs[i]
		if r.Props != nil && r.Props.Hidden {
			continue
		}
		switch r.Kind {
		case wml.TextRun, wml.FieldRun:
			text := template.HTMLEscapeString(r.Text)
			if lang := r.Props.Lang; lang != "" && !strings.HasPrefix(lang, "ru") && strings.TrimSpace(r.Text) != "" {
				text = `<span lang="` + template.HTMLEscapeString(lang) + `">` + text + "</span>"
			}
			if r.Props.Bold && p.Outline() == 0 {
				text = "<strong>" + text + "</strong>"
			}
			b.WriteString(text)
		case wml.TabRun, wml.PositionTab:
			b.WriteByte(' ')
		case wml.LineBreak:
			b.WriteString("<br>")
		}
	}
	return strings.ReplaceAll(b.String(), "</strong><strong>", "")
}

// table writes a table of data with its head, or the cells of a table that
// only places things side by side as paragraphs.
func table(b *strings.Builder, t *wml.Table, tables *int) {
	if !ruled(t) {
		for _, row := range t.Rows {
			var parts []string
			for _, cell := range row.Cells {
				if text := strings.TrimSpace(cellText(cell)); text != "" {
					parts = append(parts, text)
				}
			}
			if len(parts) > 0 {
				b.WriteString("<p>" + strings.Join(parts, " ") + "</p>\n")
			}
		}
		return
	}
	*tables++
	b.WriteString(`<div class="wide" role="region" aria-label="Таблица ` + strconv.Itoa(*tables) + `" tabindex="0"><table>` + "\n")
	body := false
	for _, row := range t.Rows {
		if row.Header && numbersOnly(row) {
			continue // the row 1, 2, 3 helps on paper only
		}
		cell, scope := "td", ""
		if row.Header && !body {
			cell, scope = "th", ` scope="col"`
		}
		if cell == "td" {
			body = true
		}
		b.WriteString("<tr>")
		for _, c := range row.Cells {
			if c.VMerge == wml.MergeContinue {
				b.WriteString("<" + cell + "></" + cell + ">")
				continue
			}
			span := ""
			if c.Span > 1 {
				span = ` colspan="` + strconv.Itoa(c.Span) + `"`
			}
			b.WriteString("<" + cell + scope + span + ">" + cellText(c) + "</" + cell + ">")
		}
		b.WriteString("</tr>\n")
	}
	b.WriteString("</table></div>\n")
}

// ruled reports whether a table has rules: otherwise it only places things.
func ruled(t *wml.Table) bool {
	for _, row := range t.Rows {
		for _, c := range row.Cells {
			if c.Top.Visible() && c.Bottom.Visible() && c.Left.Visible() {
				return true
			}
		}
	}
	return false
}

func numbersOnly(row *wml.Row) bool {
	for i, c := range row.Cells {
		if cellText(c) != strconv.Itoa(i+1) {
			return false
		}
	}
	return true
}

func cellText(c *wml.Cell) string {
	var parts []string
	for p := range wml.Paragraphs(c.Blocks) {
		text := strings.TrimSpace(runs(p))
		if p.Label != nil && p.Label.Text != "" && text != "" {
			text = template.HTMLEscapeString(p.Label.Text) + " " + text
		}
		if text != "" {
			parts = append(parts, text)
		}
	}
	return strings.Join(parts, "<br>")
}
