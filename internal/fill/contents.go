package fill

import (
	"strings"

	"nastavnik/internal/docx"
)

// PageReferences reports whether the template shows numbers of pages on which
// bookmarks stand, as a table of contents does: they are for Renumber to mend
// when the filled document has been laid out.
func (t *Template) PageReferences() bool { return t.pageReferences }

// hasPageReferences looks for PAGEREF in the main part.
func hasPageReferences(pkg *docx.Package) bool {
	tree, err := pkg.Main().Peek()
	if err != nil {
		return false
	}
	for n := range tree.Walk() {
		if n.Name == "w:instrText" && strings.Contains(n.Text(), "PAGEREF") || n.Name == "w:fldSimple" && strings.Contains(n.Attr("w:instr"), "PAGEREF") {
			return true
		}
	}
	return false
}

// Renumber returns the document b with the results of its PAGEREF fields set
// to numbers, which holds the page number of each bookmark as its page bears
// it. Only those texts change; a bookmark that numbers lacks, and a field that
// asks for another form («on page 5», roman figures), keep what they show.
//
// ISO/IEC 29500-1:2016, 17.16.5.45.
func Renumber(b []byte, numbers map[string]string) ([]byte, error) {
	if len(numbers) == 0 {
		return b, nil
	}
	pkg, err := docx.Open(b)
	if err != nil {
		return nil, err
	}
	tree, err := pkg.Main().Tree()
	if err != nil {
		return nil, err
	}
	r := renumberer{numbers: numbers}
	r.walk(tree)
	if !r.changed {
		return b, nil
	}
	return pkg.Bytes()
}

// renumberer goes through a story with the fields that are open.
type renumberer struct {
	numbers map[string]string
	open    []*openField
	changed bool
}

// openField is a field between its begin and end marks.
type openField struct {
	instruction strings.Builder
	separated   bool
	number      string // what the result is to be; «» leaves it
	written     bool
}

func (r *renumberer) walk(n *docx.Node) {
	for c := range n.Elements() {
		last := len(r.open) - 1
		switch c.Name {
		case "w:fldSimple":
			f := &openField{separated: true, number: r.number(c.Attr("w:instr"))}
			r.open = append(r.open, f)
			r.walk(c)
			r.open = r.open[:len(r.open)-1]
		case "w:fldChar":
			switch kind := c.Attr("w:fldCharType"); {
			case kind == "begin":
				r.open = append(r.open, &openField{})
			case kind == "separate" && last >= 0:
				f := r.open[last]
				f.separated, f.number = true, r.number(f.instruction.String())
			case kind == "end" && last >= 0:
				r.open = r.open[:last]
			}
		case "w:instrText":
			if last >= 0 {
				r.open[last].instruction.WriteString(c.Text())
			}
		case "w:t":
			if last >= 0 && r.open[last].separated && r.open[last].number != "" {
				r.result(r.open[last], c)
			}
		default:
			r.walk(c)
		}
	}
}

// result writes the number into the first text of a field's result and empties
// the others.
func (r *renumberer) result(f *openField, text *docx.Node) {
	want := f.number
	if f.written {
		want = ""
	}
	f.written = true
	if text.Text() != want {
		text.SetText(want)
		r.changed = true
	}
}

// number returns what a field is to show, «» when it is none of ours.
func (r *renumberer) number(instruction string) string {
	words := strings.Fields(instruction)
	if len(words) < 2 || !strings.EqualFold(words[0], "PAGEREF") {
		return ""
	}
	for i, w := range words[2:] {
		if w == `\p` || w == `\*` && (i+3 >= len(words) || !strings.EqualFold(words[i+3], "MERGEFORMAT") && !strings.EqualFold(words[i+3], "CHARFORMAT")) {
			return ""
		}
	}
	return r.numbers[strings.Trim(words[1], `"`)]
}
