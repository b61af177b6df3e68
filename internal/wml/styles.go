package wml

import (
	"nastavnik/internal/docx"
)

// maxBasedOn bounds a chain of styles; Word itself stops near ten.
const maxBasedOn = 32

// style is w:style as read.
type style struct {
	id, name, kind string
	basedOn        string
	node           *docx.Node
}

// styles is word/styles.xml with its theme and the caches of what was resolved.
type styles struct {
	byID     map[string]*style
	defaults map[string]*style // by kind: the default paragraph, character, table style
	docRPr   *docx.Node
	docPPr   *docx.Node
	widows   bool              // what w:widowControl is when nobody says
	bare     bool              // there is no w:rPrDefault
	override bool              // w:overrideTableStyleFontSizeAndJustification
	theme    map[string]string // «major/latin» → face
	numbers  *numbering

	runs   map[RunProps]*RunProps // interned
	bases  map[baseKey]RunProps   // paragraph style and table context → its run properties
	paras  map[baseKey]ParaProps  // the same, numbering left out, where no w:numPr is met
	chains map[string][]*style
}

// baseKey names what a paragraph stands in: its style and the conditional
// formatting of a table style, if any.
type baseKey struct {
	style string
	table *tableLook
}

func readStyles(root *docx.Node) *styles {
	s := &styles{byID: map[string]*style{}, defaults: map[string]*style{}, theme: map[string]string{},
		runs: map[RunProps]*RunProps{}, bases: map[baseKey]RunProps{}, paras: map[baseKey]ParaProps{},
		chains: map[string][]*style{}, bare: true}
	if root == nil {
		return s
	}
	s.bare = root.Path("w:docDefaults", "w:rPrDefault") == nil
	s.docRPr = root.Path("w:docDefaults", "w:rPrDefault", "w:rPr")
	s.docPPr = root.Path("w:docDefaults", "w:pPrDefault", "w:pPr")
	// True by 17.3.1.44; LibreOffice takes it so only where w:pPrDefault is.
	s.widows = root.Path("w:docDefaults", "w:pPrDefault") != nil
	for n := range root.All("w:style") {
		st := &style{id: n.Attr("w:styleId"), name: n.Child("w:name").Attr("w:val"), kind: n.Attr("w:type"),
			basedOn: n.Child("w:basedOn").Attr("w:val"), node: n}
		if st.kind == "" {
			st.kind = "paragraph"
		}
		if _, twice := s.byID[st.id]; !twice {
			s.byID[st.id] = st
		}
		if d := n.Attr("w:default"); d != "" && isOn(d) && s.defaults[st.kind] == nil {
			s.defaults[st.kind] = st
		}
	}
	return s
}

// find returns the style of that id and kind, or the kind's default one, or nil.
func (s *styles) find(id, kind string) *style {
	if st := s.byID[id]; st != nil && st.kind == kind {
		return st
	}
	return s.defaults[kind]
}

// chain returns the styles that st builds on, the farthest first, st last.
func (s *styles) chain(st *style) []*style {
	if st == nil {
		return nil
	}
	if c, ok := s.chains[st.id]; ok {
		return c
	}
	var c []*style
	seen := map[*style]bool{}
	for at := st; at != nil && !seen[at] && len(c) < maxBasedOn; {
		seen[at] = true
		c = append(c, at)
		if at.basedOn == "" {
			break
		}
		next := s.byID[at.basedOn]
		if next != nil && next.kind != st.kind {
			break
		}
		at = next
	}
	for i, j := 0, len(c)-1; i < j; i, j = i+1, j-1 {
		c[i], c[j] = c[j], c[i]
	}
	s.chains[st.id] = c
	return c
}

// intern returns the shared pointer to equal properties.
func (s *styles) intern(p RunProps) *RunProps {
	if shared := s.runs[p]; shared != nil {
		return shared
	}
	shared := new(RunProps)
	*shared = p
	s.runs[p] = shared
	return shared
}

// defaultRun is what holds before any style: Word's own defaults under
// w:docDefaults (17.3.2 has 10 pt Times New Roman). LibreOffice takes Calibri
// of 11 pt where the file says nothing of defaults.
func (s *styles) defaultRun() RunProps {
	p := RunProps{Font: "Times New Roman", Size: 20, Scale: 100, Color: Auto, UnderlineColor: Auto, Shade: Auto}
	if s.bare {
		p.Font, p.Size = "Calibri", 22
	}
	s.applyRun(&p, s.docRPr)
	return p
}

// baseRun returns the run properties of a paragraph style in a table context,
// before numbering, character styles and direct formatting. The order is
// document defaults, table style, paragraph style (17.7.2).
func (s *styles) baseRun(id string, look *tableLook) RunProps {
	key := baseKey{id, look}
	if p, ok := s.bases[key]; ok {
		return p
	}
	p := s.defaultRun()
	font := p.Font
	for _, rPr := range look.runs() {
		s.applyRun(&p, rPr)
	}
	table := p
	for _, st := range s.chain(s.find(id, "paragraph")) {
		s.applyRun(&p, st.node.Child("w:rPr"))
	}
	if s.isDefault(id) {
		// a size of 11 or 12 pt of the default paragraph style yields to the table
		// style's ([MS-OI29500] 2.1.160), as does a face repeated from the defaults
		if !s.override && (p.Size == 22 || p.Size == 24) && look.says("w:sz") {
			p.Size = table.Size
		}
		if table.Font != font && p.Font == font {
			p.Font = table.Font
		}
	}
	s.bases[key] = p
	return p
}

func (s *styles) isDefault(id string) bool {
	st := s.find(id, "paragraph")
	return st != nil && st == s.defaults["paragraph"]
}

// run returns the properties of a run: base is its paragraph's, rPr its own.
// Toggle properties of a character style switch those of the paragraph style
// over; direct ones are absolute (17.7.3).
func (s *styles) run(base RunProps, rPr *docx.Node) *RunProps {
	if rPr == nil || len(rPr.Children) == 0 {
		return s.intern(base)
	}
	p := base
	if ref := rPr.Child("w:rStyle"); ref != nil {
		p = s.applyCharStyle(p, ref.Attr("w:val"))
	}
	s.applyRun(&p, rPr)
	return s.intern(p)
}

func (s *styles) applyCharStyle(p RunProps, id string) RunProps {
	st := s.byID[id]
	if st == nil || st.kind != "character" {
		return p
	}
	was := p
	p.Bold, p.Italic, p.Caps, p.SmallCaps, p.Strike, p.Hidden = false, false, false, false, false, false
	for _, st := range s.chain(st) {
		s.applyRun(&p, st.node.Child("w:rPr"))
	}
	p.Bold = p.Bold != was.Bold
	p.Italic = p.Italic != was.Italic
	p.Caps = p.Caps != was.Caps
	p.SmallCaps = p.SmallCaps != was.SmallCaps
	p.Strike = p.Strike != was.Strike
	p.Hidden = p.Hidden != was.Hidden
	p.Style = id
	return p
}

// para returns the paragraph properties of w:pPr in a table context, and the
// numbering it ends up with. The indents of a numbering level stand just
// before those of whatever named the list, style or paragraph (17.9.23).
func (s *styles) para(pPr *docx.Node, look *tableLook) (ParaProps, numRef) {
	st := s.find(pPr.Child("w:pStyle").Attr("w:val"), "paragraph")
	id := ""
	if st != nil {
		id = st.id
	}
	chain := s.chain(st)
	ref := s.numbers.choose(chain, pPr)
	if ref.from < 0 {
		key := baseKey{id, look}
		p, ok := s.paras[key]
		if !ok {
			p = s.paraStart(look)
			align := p.Align
			for _, st := range chain {
				s.applyPara(&p, st.node.Child("w:pPr"))
			}
			if !s.override && p.Align == AlignLeft && s.isDefault(id) && look.says("w:jc") {
				p.Align = align // as with the size of runs
			}
			s.paras[key] = p
		}
		s.applyPara(&p, pPr)
		return p, ref
	}
	p := s.paraStart(look)
	for i, st := range chain {
		if ref.from == i {
			s.applyLevel(&p, ref)
		}
		s.applyPara(&p, st.node.Child("w:pPr"))
	}
	if ref.from == len(chain) {
		s.applyLevel(&p, ref)
	}
	s.applyPara(&p, pPr)
	p.NumID, p.NumLevel = ref.num, ref.level
	return p, ref
}

func (s *styles) paraStart(look *tableLook) ParaProps {
	p := ParaProps{Line: 240, WidowControl: s.widows, Shade: Auto, SnapToGrid: true}
	s.applyPara(&p, s.docPPr)
	for _, pPr := range look.paras() {
		s.applyPara(&p, pPr)
	}
	return p
}

func (s *styles) applyLevel(p *ParaProps, ref numRef) {
	if l := s.numbers.level(ref.num, ref.level); l != nil {
		s.applyPara(p, l.pPr)
	}
}

// themeFont returns the face that a theme reference («minorHAnsi») names.
func (s *styles) themeFont(ref string) string {
	switch ref {
	case "majorAscii", "majorHAnsi":
		return s.theme["major/latin"]
	case "minorAscii", "minorHAnsi":
		return s.theme["minor/latin"]
	case "majorEastAsia":
		return s.theme["major/ea"]
	case "minorEastAsia":
		return s.theme["minor/ea"]
	case "majorBidi":
		return s.theme["major/cs"]
	case "minorBidi":
		return s.theme["minor/cs"]
	}
	return ""
}

func (s *styles) readTheme(root *docx.Node) {
	scheme := root.Path("a:themeElements", "a:fontScheme")
	for _, which := range []string{"major", "minor"} {
		fonts := scheme.Child("a:" + which + "Font")
		for _, script := range []string{"latin", "ea", "cs"} {
			if face := fonts.Child("a:" + script).Attr("typeface"); face != "" {
				s.theme[which+"/"+script] = face
			}
		}
	}
}

// tableLook is the conditional formatting that a table style gives to a cell:
// the w:pPr and w:rPr that hold in it, weakest first. Cells with the same
// conditions share one, so the pointer serves as a key.
type tableLook struct {
	pPr, rPr []*docx.Node
}

// says reports whether the table style sets that property of runs or paragraphs.
func (l *tableLook) says(name string) bool {
	for _, list := range [][]*docx.Node{l.runs(), l.paras()} {
		for _, n := range list {
			if n.Child(name) != nil {
				return true
			}
		}
	}
	return false
}

func (l *tableLook) runs() []*docx.Node {
	if l == nil {
		return nil
	}
	return l.rPr
}

func (l *tableLook) paras() []*docx.Node {
	if l == nil {
		return nil
	}
	return l.pPr
}
