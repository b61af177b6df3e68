package wml

import (
	"strings"
	"unicode/utf8"

	"nastavnik/internal/docx"
)

// This file writes formulas (22.1) in one line: powers and indices raised and
// lowered, fractions with a slash, roots with their sign. Word stacks them;
// that a formula looks different is told.

// math reads m:oMath or m:oMathPara into the paragraph.
func (p *parser) math(para *Paragraph, n *docx.Node) {
	p.warn("math", "формула записана в одну строку", "проверьте её вид или вставьте формулу картинкой")
	if n.Name == "m:oMathPara" {
		switch n.Path("m:oMathParaPr", "m:jc").Attr("m:val") {
		case "left":
		case "right":
			para.Props.Align = AlignRight
		default:
			para.Props.Align = AlignCenter
		}
	}
	f := formula{p: p, para: para, base: *para.Mark}
	f.base.Underline, f.base.VertAlign = UnderlineNone, Baseline
	f.all(n)
}

// formula is the state of one formula being read.
type formula struct {
	p     *parser
	para  *Paragraph
	base  RunProps
	level VertAlign
	depth int
}

// text emits text in the formula's face, slanted when it is a name of a
// quantity.
func (f *formula) text(s string, italic bool) {
	if s == "" {
		return
	}
	props := f.base
	props.Italic, props.VertAlign = italic, f.level
	f.p.emit(f.para, Run{Kind: TextRun, Text: s, Props: f.p.styles.intern(props)})
}

// all reads the children of n one after another.
func (f *formula) all(n *docx.Node) {
	if f.depth++; f.depth > maxNesting {
		f.depth--
		return
	}
	defer func() { f.depth-- }()
	for c := range n.Elements() {
		f.element(c)
	}
}

// at reads n raised or lowered; what is raised already stays as it is.
func (f *formula) at(level VertAlign, n *docx.Node) {
	old := f.level
	if old == Baseline {
		f.level = level
	}
	f.all(n)
	f.level = old
}

// group reads n in brackets when it is more than one name or number.
func (f *formula) group(n *docx.Node) {
	if isAtom(n) {
		f.all(n)
		return
	}
	f.text("(", false)
	f.all(n)
	f.text(")", false)
}

// isAtom reports whether n needs no brackets: it is one name, number or
// bracketed term.
func isAtom(n *docx.Node) bool {
	count := 0
	for c := range n.Elements() {
		switch c.Name {
		case "m:ctrlPr":
			continue
		case "m:r":
			text := strings.TrimSpace(c.Child("m:t").Text())
			if strings.Trim(text, "0123456789.,") != "" && utf8.RuneCountInString(text) > 1 {
				return false
			}
		case "m:d", "m:sSup", "m:sSub", "m:sSubSup":
		default:
			return false
		}
		count++
	}
	return count < 2
}

// value returns an attribute m:val of a property of n, or the default.
func value(n *docx.Node, pr, name, otherwise string) string {
	if v := n.Path(pr, name); v != nil {
		return v.Attr("m:val")
	}
	return otherwise
}

func (f *formula) element(n *docx.Node) {
	switch n.Name {
	case "m:r":
		f.run(n)
	case "m:f":
		f.group(n.Child("m:num"))
		f.text("\u2044", false)
		f.group(n.Child("m:den"))
	case "m:sSup":
		f.group(n.Child("m:e"))
		f.at(Superscript, n.Child("m:sup"))
	case "m:sSub":
		f.group(n.Child("m:e"))
		f.at(Subscript, n.Child("m:sub"))
	case "m:sSubSup":
		f.group(n.Child("m:e"))
		f.at(Subscript, n.Child("m:sub"))
		f.at(Superscript, n.Child("m:sup"))
	case "m:sPre":
		f.at(Subscript, n.Child("m:sub"))
		f.at(Superscript, n.Child("m:sup"))
		f.group(n.Child("m:e"))
	case "m:rad":
		if deg := n.Child("m:deg"); deg != nil {
			f.at(Superscript, deg)
		}
		f.text("√", false)
		f.group(n.Child("m:e"))
	case "m:nary":
		f.text(value(n, "m:naryPr", "m:chr", "∫"), false)
		f.at(Subscript, n.Child("m:sub"))
		f.at(Superscript, n.Child("m:sup"))
		f.text("\u2009", false)
		f.all(n.Child("m:e"))
	case "m:d":
		f.text(value(n, "m:dPr", "m:begChr", "("), false)
		first := true
		for e := range n.All("m:e") {
			if !first {
				f.text(value(n, "m:dPr", "m:sepChr", "|"), false)
			}
			first = false
			f.all(e)
		}
		f.text(value(n, "m:dPr", "m:endChr", ")"), false)
	case "m:func":
		f.all(n.Child("m:fName"))
		f.text("\u2009", false)
		f.all(n.Child("m:e"))
	case "m:limLow":
		f.all(n.Child("m:e"))
		f.at(Subscript, n.Child("m:lim"))
	case "m:limUpp":
		f.all(n.Child("m:e"))
		f.at(Superscript, n.Child("m:lim"))
	case "m:m":
		f.rows(n, "m:mr", "[", "]")
	case "m:eqArr":
		f.rows(n, "m:e", "", "")
	case "m:acc", "m:bar", "m:box", "m:borderBox", "m:groupChr", "m:phant":
		f.all(n.Child("m:e"))
	case "m:oMath", "m:e", "m:num", "m:den", "m:sup", "m:sub", "m:deg", "m:lim", "m:fName", "w:ins", "w:moveTo", "w:smartTag":
		f.all(n)
	}
}

// rows reads the rows of a matrix or of a system of equations, parted by
// semicolons.
func (f *formula) rows(n *docx.Node, name, before, after string) {
	f.text(before, false)
	first := true
	for row := range n.All(name) {
		if !first {
			f.text("; ", false)
		}
		first = false
		if name == "m:e" {
			f.all(row)
			continue
		}
		cell := 0
		for e := range row.All("m:e") {
			if cell++; cell > 1 {
				f.text("\u2002", false)
			}
			f.all(e)
		}
	}
	f.text(after, false)
}

// run reads m:r: letters are slanted unless it says that they are plain, and
// signs of relation have room around them.
func (f *formula) run(n *docx.Node) {
	rPr := n.Child("m:rPr")
	sty := rPr.Child("m:sty").Attr("m:val")
	plain := sty == "p" || sty == "b" || rPr.Child("m:nor") != nil
	var text strings.Builder
	for c := range n.Elements() {
		switch c.Name {
		case "m:t", "w:t":
			text.WriteString(c.Text())
		case "w:br":
			text.WriteByte(' ')
		}
	}
	slanted := false
	var part strings.Builder
	flush := func() {
		f.text(part.String(), slanted)
		part.Reset()
	}
	for _, r := range text.String() {
		letter := !plain && (r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= 0x3B1 && r <= 0x3C9)
		if letter != slanted {
			flush()
			slanted = letter
		}
		switch {
		case strings.ContainsRune("=<>≤≥≈≠≡∼→⇒⇔", r):
			part.WriteString("\u2009" + string(r) + "\u2009")
		case r == '&': // aligns systems of equations, not printed
		case r >= 0x1D434 && r <= 0x1D467: // slanted mathematical letters
			flush()
			letter := 'A' + r - 0x1D434
			if r >= 0x1D44E {
				letter = 'a' + r - 0x1D44E
			}
			f.text(string(letter), true)
		default:
			part.WriteRune(r)
		}
	}
	flush()
}
