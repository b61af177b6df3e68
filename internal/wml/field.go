package wml

import (
	"strings"

	"nastavnik/internal/docx"
)

// field is an open Word field: between its begin and end marks.
type field struct {
	instr     strings.Builder
	separated bool // past the separate mark: what follows is the result
	kind      FieldKind
	target    string // the bookmark of PAGEREF
	link      *Link
	props     *RunProps // of the result's first run, else of the instruction
	seen      bool      // props are the result's
	result    strings.Builder
	fixed     string // shown at the end mark: a check box, a drop-down's choice
}

// dynamic reports whether layout computes the value.
func (f *field) dynamic() bool { return f.kind != NoField }

// open reads the instruction (17.16.5). Anything unknown shows its result.
func (f *field) open() {
	words := fields(f.instr.String())
	if len(words) == 0 {
		return
	}
	switch strings.ToUpper(words[0]) {
	case "PAGE":
		f.kind = PageField
	case "NUMPAGES":
		f.kind = PagesField
	case "SECTION":
		f.kind = SectionField
	case "SECTIONPAGES":
		f.kind = SectionPagesField
	case "HYPERLINK":
		f.link = &Link{}
		for i := 1; i < len(words); i++ {
			switch w := words[i]; {
			case w == `\l` && i+1 < len(words):
				i++
				f.link.Anchor = words[i]
			case w == `\o` && i+1 < len(words):
				i++
				f.link.Tip = words[i]
			case (w == `\t`) && i+1 < len(words):
				i++
			case strings.HasPrefix(w, `\`):
			case f.link.URI == "":
				f.link.URI = w
			}
		}
	case "REF", "PAGEREF", "NOTEREF":
		if words[0] = strings.ToUpper(words[0]); words[0] == "PAGEREF" && len(words) > 1 && plainNumber(words[2:]) {
			f.kind, f.target = PageRefField, words[1]
		}
		if len(words) > 1 && strings.Contains(f.instr.String(), `\h`) {
			f.link = &Link{Anchor: words[1]}
		}
	}
}

// plainNumber reports whether the switches of PAGEREF ask for the number as
// the page bears it: not for «above» or «on page 5» (\p), nor for a format of
// its own (17.16.5.45).
func plainNumber(switches []string) bool {
	for i, w := range switches {
		if w == `\p` || w == `\*` && (i+1 == len(switches) || !strings.EqualFold(switches[i+1], "MERGEFORMAT") && !strings.EqualFold(switches[i+1], "CHARFORMAT")) {
			return false
		}
	}
	return true
}

// fields splits an instruction at blanks, quoted arguments whole.
func fields(s string) (words []string) {
	for s = strings.TrimSpace(s); s != "" && len(words) < 64; s = strings.TrimSpace(s) {
		if s[0] == '"' {
			word, rest, _ := strings.Cut(s[1:], `"`)
			words, s = append(words, word), rest
			continue
		}
		if i := strings.IndexAny(s, " \t\n\u00a0"); i > 0 {
			words, s = append(words, s[:i]), s[i:]
		} else {
			words, s = append(words, s), ""
		}
	}
	return words
}

// fieldChar reads w:fldChar.
func (p *parser) fieldChar(para *Paragraph, props *RunProps, n *docx.Node) {
	switch n.Attr("w:fldCharType") {
	case "begin":
		if len(p.story.fields) > 32 {
			return
		}
		f := &field{props: props, fixed: formValue(n.Child("w:ffData"))}
		p.story.fields = append(p.story.fields, f)
	case "separate":
		if k := len(p.story.fields); k > 0 && !p.story.fields[k-1].separated {
			f := p.story.fields[k-1]
			f.separated = true
			f.open()
		}
	case "end":
		p.endField(para)
	}
}

// formValue returns what an old form field shows: a check box or the choice.
func formValue(ff *docx.Node) string {
	if box := ff.Child("w:checkBox"); box != nil {
		state := box.Child("w:checked")
		if state == nil {
			state = box.Child("w:default")
		}
		if state != nil && on(state) {
			return "☒"
		}
		return "☐"
	}
	if list := ff.Child("w:ddList"); list != nil {
		chosen := number(list.Child("w:result").Attr("w:val"))
		i := 0
		for e := range list.All("w:listEntry") {
			if i == chosen {
				return e.Attr("w:val")
			}
			i++
		}
	}
	return ""
}

// endField closes the innermost field and emits what layout is to compute.
func (p *parser) endField(para *Paragraph) {
	k := len(p.story.fields)
	if k == 0 {
		return
	}
	f := p.story.fields[k-1]
	if !f.separated {
		f.separated = true
		f.open()
	}
	p.story.fields = p.story.fields[:k-1]
	if f.kind == PageRefField {
		p.emit(para, Run{Kind: FieldRun, Field: f.kind, Text: f.result.String(), Props: f.props, Link: p.linkTo(f.target)})
	} else if f.dynamic() {
		p.emit(para, Run{Kind: FieldRun, Field: f.kind, Text: f.result.String(), Props: f.props})
	} else if f.fixed != "" {
		p.emit(para, Run{Kind: TextRun, Text: f.fixed, Props: f.props})
	}
}

// linkTo returns a link to a bookmark: that around the text when it leads there,
// so that an entry of a table of contents stays one link.
func (p *parser) linkTo(anchor string) *Link {
	if n := len(p.story.links); n > 0 && p.story.links[n-1].Anchor == anchor {
		return p.story.links[n-1]
	}
	return &Link{Anchor: anchor}
}

// flushFields ends the computed fields that a broken file leaves open at the
// end of a paragraph; others, such as a table of contents, go on.
func (p *parser) flushFields(para *Paragraph) {
	for k := len(p.story.fields); k > 0 && p.story.fields[k-1].separated && p.story.fields[k-1].dynamic(); k-- {
		p.endField(para)
	}
}
