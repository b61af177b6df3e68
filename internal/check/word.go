package check

import (
	"bytes"
	"fmt"
	"slices"
	"strings"

	"nastavnik/internal/diag"
	"nastavnik/internal/docx"
	"nastavnik/internal/wml"
)

// Document checks a parsed document. pkg is the package it was read from; nil
// leaves out what only the package tells: comments, properties, who saved it.
func Document(name string, pkg *docx.Package, doc *wml.Document, o Options) diag.List {
	return Read(FromWord(name, pkg, doc), o)
}

// FromWord makes a Paper of a parsed document; pkg may be nil.
func FromWord(name string, pkg *docx.Package, doc *wml.Document) *Paper {
	paper := &Paper{Name: name, Meta: Meta{Author: doc.Author, Title: doc.Title}}
	w := &wordReader{paper: paper}
	for i, s := range doc.Sections {
		paper.Sections = append(paper.Sections, section(s))
		blocks := w.blocks(s.Blocks)
		if i > 0 && s.Type != wml.Continuous {
			for k := range blocks {
				if p := blocks[k].Paragraph; p != nil && p.Text != "" {
					p.Gap, p.PageBreak = true, true
					break
				}
			}
		}
		paper.Blocks = append(paper.Blocks, blocks...)
	}
	if pkg != nil {
		w.meta(pkg)
	}
	return paper
}

// section reads geometry and where the page number stands.
func section(s *wml.Section) Section {
	out := Section{Width: s.Width, Height: s.Height, Left: s.Left, Right: s.Right, Top: s.Top, Bottom: s.Bottom,
		Header: s.Header, Landscape: s.Width > s.Height, TitlePage: s.TitlePage}
	out.Left += max(0, s.Gutter)
	head, foot := numberIn(s.Headers[wml.Default]), numberIn(s.Footers[wml.Default])
	switch {
	case head == alignment(wml.AlignCenter) && foot < 0:
		out.PageNumber = TopCenter
	case head >= 0 || foot >= 0:
		out.PageNumber = Elsewhere
	}
	first := wml.Default
	if s.TitlePage {
		first = wml.First
	}
	out.FirstNumber = numberIn(s.Headers[first]) >= 0 || numberIn(s.Footers[first]) >= 0
	return out
}

// alignment is a wml.Align, or noNumber.
type alignment = int

// numberIn returns the alignment of the paragraph with the page number in a
// head or foot, -1 when there is none. A number in the middle of three tabs
// or cells counts as centred.
func numberIn(s *wml.Story) alignment {
	if s == nil {
		return -1
	}
	for p := range wml.Paragraphs(s.Blocks) {
		tabs := 0
		for i := range p.Runs {
			switch run := &p.Runs[i]; {
			case run.Kind == wml.TabRun:
				tabs++
			case run.Kind == wml.FieldRun && run.Field == wml.PageField:
				if tabs == 1 && len(p.Props.Tabs) > 0 && p.Props.Tabs[0].Align == wml.AlignCenter {
					return alignment(wml.AlignCenter)
				}
				if p.Props.Frame != nil && p.Props.Frame.XAlign == "center" {
					return alignment(wml.AlignCenter)
				}
				return alignment(p.Props.Align)
			}
		}
	}
	return -1
}

type wordReader struct {
	paper  *Paper
	depth  int
	ground bool // the cell or box being read is filled: white text shows
}

func (w *wordReader) blocks(blocks []wml.Block) []Block {
	if w.depth > 40 {
		return nil
	}
	w.depth++
	defer func() { w.depth-- }()
	var out []Block
	for _, b := range blocks {
		switch b := b.(type) {
		case *wml.Paragraph:
			out = append(out, w.paragraph(b)...)
		case *wml.Table:
			t := &Table{}
			for _, r := range b.Rows {
				row := Row{Head: r.Header}
				for _, c := range r.Cells {
					cell := Cell{Span: c.Span}
					if c.VMerge != wml.MergeContinue {
						before := w.ground
						w.ground = before || filled(c.Shade)
						cell.Blocks = w.blocks(c.Blocks)
						w.ground = before
					} else {
						cell.Joined = true
					}
					row.Cells = append(row.Cells, cell)
				}
				t.Rows = append(t.Rows, row)
			}
			out = append(out, Block{Table: t})
		}
	}
	return out
}

// penLine stands for an empty paragraph with a rule under it.
const penLine = "________"

// paragraph returns the paragraph and after it the text of its boxes.
func (w *wordReader) paragraph(p *wml.Paragraph) []Block {
	if p.SectionEnd {
		return nil
	}
	out := &Paragraph{Text: ruled(p), Heading: p.Outline(), Align: aligns[p.Props.Align],
		FirstLine: p.Props.First, KeepNext: p.Props.KeepNext, PageBreak: p.Props.PageBreakBefore}
	if p.Props.LineRule == wml.LineAuto {
		out.Line240 = int(p.Props.Line)
	}
	if p.Label != nil {
		out.Label = p.Label.Text
	}
	var boxes []Block
	drawn := false
	for i := range p.Runs {
		run := &p.Runs[i]
		if run.Drawing != nil {
			drawn = true
			boxes = append(boxes, w.drawing(run.Drawing)...)
		}
		if run.Kind == wml.PageBreak {
			drawn = true
			if strings.TrimSpace(out.Text) == "" {
				out.PageBreak = true
			}
		}
		if (run.Kind == wml.TextRun || run.Kind == wml.FieldRun) && run.Props != nil {
			r := Run{Text: run.Text, Lang: run.Props.Lang, Size: run.Props.Size, Face: run.Props.Font, Hidden: run.Props.Hidden}
			if !w.ground && !filled(p.Props.Shade) && !filled(run.Props.Shade) {
				r.Color = hex(run.Props.Color)
			}
			out.Runs = append(out.Runs, r)
		}
	}
	if strings.TrimSpace(out.Text) == "" {
		for _, run := range out.Runs {
			if t := strings.TrimSpace(run.Text); run.Hidden && t != "" && w.paper.Meta.Hidden == "" {
				w.paper.Meta.Hidden = t
			}
		}
	}
	if strings.TrimSpace(out.Text) == "" && (p.Props.Bottom.Visible() || p.Props.Between.Visible() || p.Props.Top.Visible()) {
		out.Text = penLine // a ruled line to write on
	}
	if drawn && strings.TrimSpace(out.Text) == "" {
		return boxes // a picture or a break of its own is no empty paragraph
	}
	return append([]Block{{Paragraph: out}}, boxes...)
}

// ruled is the paragraph's text with a tab that draws a rule as a line for the
// pen.
func ruled(p *wml.Paragraph) string {
	text := p.Text()
	for i, tab := range p.Props.Tabs {
		if tab.Leader != wml.LeaderUnderscore {
			continue
		}
		at := -1 // the i-th tab goes to the i-th stop
		for range i + 1 {
			next := strings.IndexByte(text[at+1:], '\t')
			if next < 0 {
				return text
			}
			at += 1 + next
		}
		text = text[:at] + penLine + text[at+1:]
		return text // one rule a paragraph tells enough
	}
	return text
}

var aligns = map[wml.Align]Align{wml.AlignCenter: Center, wml.AlignRight: Right, wml.AlignBoth: Both, wml.AlignDistribute: Both}

// filled reports whether a shade is a ground of its own.
func filled(c wml.Color) bool { return c != wml.Auto && c != 0xFFFFFF }

// hex writes a colour as RRGGBB, "" for automatic.
func hex(c wml.Color) string {
	if c == wml.Auto {
		return ""
	}
	return fmt.Sprintf("%06X", int32(c)&0xFFFFFF)
}

func (w *wordReader) drawing(d *wml.Drawing) []Block {
	if d.Image != nil {
		w.paper.Meta.Images = append(w.paper.Meta.Images, Image{Alt: d.Alt, EXIF: exif(d.Image)})
	}
	var out []Block
	if w.depth <= 40 {
		before := w.ground
		w.ground = before || filled(d.Fill)
		defer func() { w.ground = before }()
		w.depth++
		out = w.blocks(d.Blocks)
		for _, child := range d.Children {
			out = append(out, w.drawing(child)...)
		}
		w.depth--
	}
	return out
}

// exif reports whether a picture carries a camera's data: an Exif segment of
// JPEG or an eXIf chunk of PNG.
func exif(b []byte) bool {
	head := b[:min(len(b), 1<<16)]
	return bytes.HasPrefix(b, []byte("\xff\xd8")) && bytes.Contains(head, []byte("Exif\x00\x00")) ||
		bytes.HasPrefix(b, []byte("\x89PNG")) && bytes.Contains(head, []byte("eXIf"))
}

// meta reads what the package tells of its making.
func (w *wordReader) meta(pkg *docx.Package) {
	m := &w.paper.Meta
	main := pkg.Main()
	for _, part := range pkg.Related(main, "comments") {
		if root, err := part.Tree(); err == nil {
			count(root, func(n *docx.Node) {
				if n.Name == "w:comment" {
					m.Comments++
				}
			})
		}
	}
	if main != nil {
		if root, err := main.Tree(); err == nil {
			count(root, func(n *docx.Node) {
				m.Tracked = m.Tracked || slices.Contains([]string{"w:ins", "w:del", "w:moveFrom", "w:moveTo"}, n.Name)
			})
		}
	}
	for _, part := range pkg.Related(nil, "custom-properties") {
		if root, err := part.Tree(); err == nil {
			count(root, func(n *docx.Node) { m.Custom = m.Custom || strings.HasSuffix(n.Name, "property") })
		}
	}
	for _, part := range pkg.Related(nil, "core-properties") {
		if root, err := part.Tree(); err == nil {
			count(root, func(n *docx.Node) {
				if strings.HasSuffix(n.Name, "lastModifiedBy") {
					m.LastBy = n.Text()
				}
			})
		}
	}
}

// count calls f for every node below n.
func count(n *docx.Node, f func(*docx.Node)) {
	f(n)
	for _, c := range n.Children {
		count(c, f)
	}
}
