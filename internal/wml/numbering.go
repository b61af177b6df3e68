package wml

import (
	"strconv"
	"strings"

	"nastavnik/internal/docx"
	"nastavnik/internal/unit"
)

// numbering is word/numbering.xml and the counters of the document.
type numbering struct {
	abstracts map[string]*abstractNum
	nums      map[int]*num
}

type abstractNum struct {
	levels [9]*level
	link   string // w:numStyleLink: the levels are those of a numbering style
	style  string // w:styleLink

	counts [9]int
	begun  [9]bool
	shown  bool // level 0 only by a deeper one: its own first paragraph has the same number
}

type num struct {
	abstract  *abstractNum
	levels    [9]*level // overrides
	starts    [9]int    // w:startOverride; -1 when none
	restarted [9]bool
}

// level is w:lvl.
type level struct {
	start   int
	format  string
	text    string
	suffix  Suffix
	align   Align
	legal   bool
	restart int // w:lvlRestart; -1 when absent
	style   string
	pPr     *docx.Node
	rPr     *docx.Node
	tab     unit.Twip
	picture bool
}

func readNumbering(root *docx.Node) *numbering {
	n := &numbering{abstracts: map[string]*abstractNum{}, nums: map[int]*num{}}
	if root == nil {
		return n
	}
	byStyle := map[string]*abstractNum{}
	for a := range root.All("w:abstractNum") {
		an := &abstractNum{link: a.Child("w:numStyleLink").Attr("w:val"), style: a.Child("w:styleLink").Attr("w:val")}
		for l := range a.All("w:lvl") {
			if i := number(l.Attr("w:ilvl")); i >= 0 && i < 9 {
				an.levels[i] = readLevel(l)
			}
		}
		n.abstracts[a.Attr("w:abstractNumId")] = an
		if an.style != "" {
			byStyle[an.style] = an
		}
	}
	for x := range root.All("w:num") {
		an := n.abstracts[x.Child("w:abstractNumId").Attr("w:val")]
		if an == nil {
			continue
		}
		if real := byStyle[an.link]; an.link != "" && real != nil {
			an = real
		}
		nm := &num{abstract: an, starts: [9]int{-1, -1, -1, -1, -1, -1, -1, -1, -1}}
		for o := range x.All("w:lvlOverride") {
			i := number(o.Attr("w:ilvl"))
			if i < 0 || i > 8 {
				continue
			}
			if s := o.Child("w:startOverride"); s != nil {
				nm.starts[i] = max(0, number(s.Attr("w:val")))
			}
			if l := o.Child("w:lvl"); l != nil {
				nm.levels[i] = readLevel(l)
			}
		}
		n.nums[number(x.Attr("w:numId"))] = nm
	}
	return n
}

func readLevel(n *docx.Node) *level {
	l := &level{format: "decimal", restart: -1, pPr: n.Child("w:pPr"), rPr: n.Child("w:rPr"),
		text: n.Child("w:lvlText").Attr("w:val"), style: n.Child("w:pStyle").Attr("w:val"),
		picture: n.Child("w:lvlPicBulletId") != nil}
	if s := n.Child("w:start"); s != nil {
		l.start = max(0, number(s.Attr("w:val")))
	}
	if f := n.Child("w:numFmt"); f != nil {
		l.format = f.Attr("w:val")
	}
	if r := n.Child("w:lvlRestart"); r != nil {
		l.restart = number(r.Attr("w:val"))
	}
	if g := n.Child("w:isLgl"); g != nil {
		l.legal = on(g)
	}
	switch n.Child("w:suff").Attr("w:val") {
	case "space":
		l.suffix = SuffixSpace
	case "nothing":
		l.suffix = SuffixNothing
	}
	l.align = align(n.Child("w:lvlJc").Attr("w:val"), false)
	for t := range l.pPr.Child("w:tabs").All("w:tab") {
		if v := t.Attr("w:val"); v == "num" || v == "left" || v == "" {
			l.tab = twips(t.Attr("w:pos"))
		}
	}
	return l
}

// level returns the level in force, nil when there is none.
func (n *numbering) level(id, lvl int) *level {
	nm := n.nums[id]
	if nm == nil || lvl < 0 || lvl > 8 {
		return nil
	}
	if nm.levels[lvl] != nil {
		return nm.levels[lvl]
	}
	return nm.abstract.levels[lvl]
}

// numRef is the list and level of a paragraph, and the index in its chain of
// styles of the one that named the list; len(chain) is the paragraph itself,
// -1 nobody.
type numRef struct{ num, level, from int }

// choose finds the list that a paragraph belongs to. Level by level the last
// w:numId said wins; a style without w:ilvl stands at the level that names it
// by w:pStyle (17.9.24).
func (n *numbering) choose(chain []*style, pPr *docx.Node) numRef {
	ref := numRef{from: -1}
	take := func(i int, pPr *docx.Node, styleID string) {
		np := pPr.Child("w:numPr")
		if np == nil {
			return
		}
		if id := np.Child("w:numId"); id != nil {
			ref.num, ref.from = number(id.Attr("w:val")), i
			if styleID != "" || np.Child("w:ilvl") != nil {
				ref.level = 0
			}
		}
		if lvl := np.Child("w:ilvl"); lvl != nil {
			ref.level = min(8, max(0, number(lvl.Attr("w:val"))))
		} else if styleID != "" && ref.num != 0 {
			for l := range 9 {
				if lv := n.level(ref.num, l); lv != nil && lv.style == styleID {
					ref.level = l
				}
			}
		}
	}
	for i, st := range chain {
		take(i, st.node.Child("w:pPr"), st.id)
	}
	take(len(chain), pPr, "")
	if ref.num == 0 || n.level(ref.num, ref.level) == nil {
		return numRef{from: -1}
	}
	return ref
}

// next counts a paragraph and returns its label's text.
func (n *numbering) next(ref numRef) (text string, value int) {
	nm, lv := n.nums[ref.num], n.level(ref.num, ref.level)
	an := nm.abstract
	for l := 0; l <= ref.level; l++ {
		if nm.starts[l] >= 0 && !nm.restarted[l] {
			nm.restarted[l] = true
			an.counts[l], an.begun[l] = nm.starts[l], false
			if l < ref.level { // shown by the deeper level before it was used
				an.begun[l], an.shown = true, an.shown || l == 0
			}
			if l == ref.level {
				an.counts[l]--
				an.begun[l] = true
				an.shown = false
			}
		}
	}
	switch {
	case !an.begun[ref.level]:
		an.counts[ref.level], an.begun[ref.level] = lv.start, true
	case ref.level == 0 && an.shown:
	default:
		an.counts[ref.level]++
	}
	if ref.level == 0 {
		an.shown = false
	}
	for l := range ref.level {
		if !an.begun[l] {
			if up := n.level(ref.num, l); up != nil {
				an.counts[l], an.begun[l] = up.start, true
				an.shown = an.shown || l == 0
			}
		}
	}
	for l := ref.level + 1; l < 9; l++ {
		deeper := n.level(ref.num, l)
		if deeper != nil && deeper.restart >= 0 && ref.level >= deeper.restart {
			continue // w:lvlRestart: only after a level above that one, 0 never
		}
		an.begun[l] = false
	}
	value = an.counts[ref.level]
	if lv.format == "bullet" {
		return lv.text, value
	}
	if lv.format == "none" && !strings.Contains(lv.text, "%") {
		return lv.text, value
	}
	var b strings.Builder
	for i := 0; i < len(lv.text); i++ {
		if c := lv.text[i]; c != '%' || i+1 == len(lv.text) || lv.text[i+1] < '1' || lv.text[i+1] > '9' {
			b.WriteByte(c)
			continue
		}
		i++
		l := int(lv.text[i] - '1')
		up := n.level(ref.num, l)
		if up == nil || l > ref.level {
			continue
		}
		format := up.format
		if lv.legal && format != "none" && format != "bullet" && format != "decimalZero" {
			format = "decimal"
		}
		b.WriteString(FormatNumber(an.counts[l], format))
	}
	return b.String(), value
}

// FormatNumber writes n as ST_NumberFormat says (17.18.59); a format that is
// not known is decimal. It serves labels and page numbers.
func FormatNumber(n int, format string) string {
	switch format {
	case "none", "bullet":
		return ""
	case "decimalZero":
		if n >= 0 && n < 10 {
			return "0" + strconv.Itoa(n)
		}
	case "upperRoman":
		return roman(n)
	case "lowerRoman":
		return strings.ToLower(roman(n))
	case "upperLetter":
		return letters(n, "ABCDEFGHIJKLMNOPQRSTUVWXYZ")
	case "lowerLetter":
		return letters(n, "abcdefghijklmnopqrstuvwxyz")
	case "russianUpper":
		return letters(n, "АБВГДЕЖЗИКЛМНОПРСТУФХЦЧШЩЭЮЯ")
	case "russianLower":
		return letters(n, "абвгдежзиклмнопрстуфхцчшщэюя")
	case "cardinalText":
		return spell(n, false)
	case "ordinalText":
		return spell(n, true)
	case "ordinal":
		return strconv.Itoa(n) + "."
	case "numberInDash":
		return "- " + strconv.Itoa(n) + " -"
	case "decimalEnclosedParen":
		return "(" + strconv.Itoa(n) + ")"
	case "decimalEnclosedFullstop":
		return strconv.Itoa(n) + "."
	case "hex":
		return strings.ToUpper(strconv.FormatInt(int64(n), 16))
	case "chicago":
		return letters(n, "*†‡§")
	}
	return strconv.Itoa(n)
}

// letters writes 1 as the first letter; after the last they double: АА, ББ.
func letters(n int, alphabet string) string {
	if n < 1 {
		return strconv.Itoa(n)
	}
	runes := []rune(alphabet)
	return strings.Repeat(string(runes[(n-1)%len(runes)]), min(100, (n-1)/len(runes)+1))
}

func roman(n int) string {
	if n < 1 || n > 32767 {
		return strconv.Itoa(n)
	}
	var b strings.Builder
	values := [...]int{1000, 900, 500, 400, 100, 90, 50, 40, 10, 9, 5, 4, 1}
	signs := [...]string{"M", "CM", "D", "CD", "C", "XC", "L", "XL", "X", "IX", "V", "IV", "I"}
	for i, v := range values {
		for ; n >= v; n -= v {
			b.WriteString(signs[i])
		}
	}
	return b.String()
}

// spell writes n from 1 to 99 in English words, as LibreOffice does for
// w:numFmt cardinalText and ordinalText; other numbers are digits.
func spell(n int, ordinal bool) string {
	cardinals := [...]string{"", "One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine", "Ten", "Eleven", "Twelve",
		"Thirteen", "Fourteen", "Fifteen", "Sixteen", "Seventeen", "Eighteen", "Nineteen"}
	ordinals := [...]string{"", "First", "Second", "Third", "Fourth", "Fifth", "Sixth", "Seventh", "Eighth", "Ninth", "Tenth", "Eleventh", "Twelfth",
		"Thirteenth", "Fourteenth", "Fifteenth", "Sixteenth", "Seventeenth", "Eighteenth", "Nineteenth"}
	tens := [...]string{2: "Twenty", "Thirty", "Forty", "Fifty", "Sixty", "Seventy", "Eighty", "Ninety"}
	switch {
	case n < 1 || n > 99:
		return strconv.Itoa(n)
	case n < 20 && ordinal:
		return ordinals[n]
	case n < 20:
		return cardinals[n]
	}
	ten, unit := tens[n/10], n%10
	switch {
	case unit == 0 && ordinal:
		return strings.TrimSuffix(ten, "y") + "ieth"
	case unit == 0:
		return ten
	case ordinal:
		return ten + "-" + strings.ToLower(ordinals[unit])
	}
	return ten + "-" + strings.ToLower(cardinals[unit])
}
