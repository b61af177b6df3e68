package wml

import (
	"slices"
	"strconv"
	"strings"

	"nastavnik/internal/diag"
	"nastavnik/internal/docx"
	"nastavnik/internal/unit"
)

// maxNesting bounds tables in tables, boxes in boxes and content controls.
const maxNesting = 40

// Parse reads the main document of pkg with all that belongs to it. It always
// returns a document with at least one section; what could not be read or is
// not understood is in the list, each with its place, an Error only when the
// main document itself cannot be read.
func Parse(pkg *docx.Package) (doc *Document, problems diag.List) {
	p := &parser{pkg: pkg, doc: &Document{}, rels: map[*docx.Part]map[string]docx.Rel{}, told: map[string]*told{}, theme: officeTheme}
	defer func() {
		if r := recover(); r != nil { // ours to mend, but never the user's crash
			p.problems.Add(diag.Place{}, "внутренняя ошибка при чтении документа: %v", r).Place = p.place()
			doc, problems = p.finish(), p.problems
		}
	}()
	p.parse()
	return p.finish(), p.problems
}

type parser struct {
	pkg      *docx.Package
	doc      *Document
	problems diag.List
	told     map[string]*told // warnings, said once a document
	ordered  []*told

	main    *docx.Part
	part    *docx.Part // the part being read, for its relationships
	rels    map[*docx.Part]map[string]docx.Rel
	styles  *styles
	numbers *numbering

	notes      [2]map[string]*docx.Node // footnotes, endnotes by id
	notesPart  [2]*docx.Part
	noteCount  [2]int
	noteFormat [2]string

	story  storyState
	tables int // counted in the body, for places
	depth  int
	images map[string]picture
	theme  drawingTheme

	looks map[lookKey]*tableLook
}

// storyState is what belongs to one flow of text and is put aside while a
// note or text box inside it is read.
type storyState struct {
	name       string // «», «верхний колонтитул», «сноска 2»
	paragraphs int
	table      string // place of the innermost cell
	fields     []*field
	links      []*Link
	look       *tableLook
	noteNumber string // what w:footnoteRef shows
}

func (p *parser) parse() {
	p.main = p.pkg.Main()
	if p.main == nil {
		p.problems.Add(diag.Place{}, "в файле нет главной части документа")
		return
	}
	root := p.tree(p.main)
	p.readParts()
	p.core()
	if root == nil {
		p.problems.Add(diag.Place{}, "главная часть документа %q не читается", p.main.Name)
		return
	}
	p.part = p.main
	p.body(root.Child("w:body"))
	if bg := root.Child("w:background"); bg != nil && p.doc.Settings.HasBackground {
		p.doc.Settings.Background = color(bg.Attr("w:color"))
	}
	if p.doc.Settings.Background == Auto {
		p.doc.Settings.HasBackground = false
	}
}

// finish makes sure that the document has a section with a page, and counts
// the warnings.
func (p *parser) finish() *Document {
	for _, t := range p.ordered {
		if t.count > 1 {
			t.problem.Text += "; всего таких мест: " + itoa(t.count)
		}
	}
	if len(p.doc.Sections) == 0 {
		if p.styles == nil {
			p.styles = readStyles(nil)
			p.numbers = readNumbering(nil)
			p.styles.numbers = p.numbers
		}
		p.doc.Sections = []*Section{p.section(nil, nil)}
	}
	if p.doc.Settings.DefaultTab == 0 {
		p.doc.Settings.DefaultTab = 720
	}
	return p.doc
}

// tree returns the root element of a part, or nil with a warning.
func (p *parser) tree(part *docx.Part) *docx.Node {
	n, err := part.Peek()
	if err != nil {
		p.problems.Warn(diag.Place{In: "часть " + part.Name}, "не читается: %v", err).Hint = "откройте файл в Word и сохраните его"
		return nil
	}
	return n.Root()
}

// related returns the root of the first part related to the main one.
func (p *parser) related(kind string) (*docx.Node, *docx.Part) {
	for _, part := range p.pkg.Related(p.main, kind) {
		return p.tree(part), part
	}
	return nil, nil
}

func (p *parser) readParts() {
	stylesRoot, _ := p.related("styles")
	p.styles = readStyles(stylesRoot)
	numRoot, _ := p.related("numbering")
	p.numbers = readNumbering(numRoot)
	p.styles.numbers = p.numbers
	if theme, _ := p.related("theme"); theme != nil {
		p.styles.readTheme(theme)
		p.theme = readDrawingTheme(theme)
	}
	settings, _ := p.related("settings")
	p.settings(settings)
	p.doc.Lang = p.styles.defaultRun().Lang
	for i, kind := range []string{"footnotes", "endnotes"} {
		root, part := p.related(kind)
		p.notes[i], p.notesPart[i] = map[string]*docx.Node{}, part
		for n := range root.Elements() {
			if t := n.Attr("w:type"); t == "" || t == "normal" {
				p.notes[i][n.Attr("w:id")] = n
			}
		}
	}
}

func (p *parser) settings(root *docx.Node) {
	s := &p.doc.Settings
	s.Compat, s.DefaultTab, s.Background = 12, 720, Auto
	flag := func(name string) bool { n := root.Child(name); return n != nil && on(n) }
	s.EvenAndOdd = flag("w:evenAndOddHeaders")
	s.MirrorMargins = flag("w:mirrorMargins")
	s.GutterAtTop = flag("w:gutterAtTop")
	s.HasBackground = flag("w:displayBackgroundShape")
	if t := root.Child("w:defaultTabStop"); t != nil {
		if v := twips(t.Attr("w:val")); v > 0 {
			s.DefaultTab = v
		}
	}
	compat := root.Child("w:compat")
	on := func(name string) bool { n := compat.Child(name); return n != nil && on(n) }
	s.DoNotExpandBreak = on("w:doNotExpandShiftReturn")
	s.SumParagraphSpaces = on("w:doNotUseHTMLParagraphAutoSpacing")
	s.NoColumnBalance = on("w:noColumnBalance")
	s.SplitPageBreak = on("w:splitPgBreakAndParaMark")
	for c := range compat.All("w:compatSetting") {
		switch c.Attr("w:name") {
		case "compatibilityMode":
			s.Compat = number(c.Attr("w:val"))
		case "overrideTableStyleFontSizeAndJustification":
			p.styles.override = isOn(c.Attr("w:val"))
		}
	}
	p.noteFormat = [2]string{"decimal", "lowerRoman"}
	for i, name := range []string{"w:footnotePr", "w:endnotePr"} {
		if f := root.Child(name).Child("w:numFmt"); f != nil {
			p.noteFormat[i] = f.Attr("w:val")
		}
	}
}

func (p *parser) core() {
	for _, part := range p.pkg.Related(nil, "core-properties") {
		n := p.tree(part)
		p.doc.Title = strings.TrimSpace(n.Child("dc:title").Text())
		p.doc.Author = strings.TrimSpace(n.Child("dc:creator").Text())
		p.doc.Subject = strings.TrimSpace(n.Child("dc:subject").Text())
		p.doc.Keywords = strings.TrimSpace(n.Child("cp:keywords").Text())
		return
	}
}

// place is where reading stands, for a warning.
func (p *parser) place() diag.Place {
	parts := make([]string, 0, 3)
	if p.story.name != "" {
		parts = append(parts, p.story.name)
	}
	if p.story.table != "" {
		parts = append(parts, p.story.table)
	} else if p.story.paragraphs > 0 {
		parts = append(parts, "абзац "+strconv.Itoa(p.story.paragraphs))
	}
	return diag.Place{In: strings.Join(parts, ", ")}
}

// told is a warning: it has the first place, the others are counted.
type told struct {
	problem *diag.Problem
	count   int
}

// maxTold bounds the warnings of one document.
const maxTold = 1000

// warn tells of something that will not be drawn as it stands in the file,
// and what to do, once for each what.
func (p *parser) warn(what, text, hint string) {
	t := p.told[what]
	if t == nil {
		if len(p.told) >= maxTold {
			return
		}
		t = &told{problem: p.problems.Warn(p.place(), "%s", text)}
		t.problem.Hint = hint
		p.told[what] = t
		p.ordered = append(p.ordered, t)
	}
	t.count++
}

func (p *parser) rel(id string) (docx.Rel, bool) {
	table := p.rels[p.part]
	if table == nil {
		table = map[string]docx.Rel{}
		for _, r := range p.pkg.Rels(p.part) {
			table[r.ID] = r
		}
		p.rels[p.part] = table
	}
	r, ok := table[id]
	return r, ok
}

// body reads w:body into sections.
func (p *parser) body(body *docx.Node) {
	var blocks []Block
	var prev *Section
	end := func(sectPr *docx.Node) {
		s := p.section(sectPr, prev)
		s.Blocks = blocks
		p.doc.Sections = append(p.doc.Sections, s)
		prev, blocks = s, nil
	}
	p.blocks(body, func(b Block, sectPr *docx.Node) {
		blocks = append(blocks, b)
		if sectPr != nil {
			end(sectPr)
		}
	})
	last := body.Child("w:sectPr")
	if last != nil || len(blocks) > 0 || len(p.doc.Sections) == 0 {
		end(last)
	}
}

// otherStory reads the blocks of another flow: a head, a text box.
func (p *parser) otherStory(name string, part *docx.Part, n *docx.Node) []Block {
	oldStory, oldPart := p.story, p.part
	p.story, p.part = storyState{name: name}, part
	if part == oldPart { // a text box in a note
		p.story.noteNumber = oldStory.noteNumber
	}
	var blocks []Block
	p.blocks(n, func(b Block, _ *docx.Node) { blocks = append(blocks, b) })
	p.story, p.part = oldStory, oldPart
	return blocks
}

// blocks reads the paragraphs and tables below n, content controls and the
// like opened up, and gives each to emit with the section it ends, if any.
func (p *parser) blocks(n *docx.Node, emit func(Block, *docx.Node)) {
	if p.depth++; p.depth > maxNesting {
		p.warn("depth", "слишком глубокая вложенность, содержимое пропущено", "уберите таблицы, вложенные одна в другую")
		p.depth--
		return
	}
	defer func() { p.depth-- }()
	var joined *Paragraph // a paragraph whose mark is deleted goes on in the next
	for c := range n.Elements() {
		switch c.Name {
		case "w:p":
			para, sectPr := p.paragraph(c, joined)
			joined = nil
			if sectPr == nil && c.Path("w:pPr", "w:rPr", "w:del") != nil {
				joined = para
				continue
			}
			emit(para, sectPr)
		case "w:tbl":
			if t := p.table(c); t != nil {
				emit(t, nil)
			}
		case "w:sdt":
			p.blocks(c.Child("w:sdtContent"), emit)
		case "w:customXml", "w:ins", "w:moveTo", "w:smartTag":
			p.blocks(c, emit)
		case "mc:AlternateContent":
			p.blocks(alternative(c), emit)
		case "w:altChunk":
			p.warn("altChunk", "вложенный документ (altChunk) не показан", "откройте файл в Word и сохраните его")
		case "m:oMathPara":
			para := &Paragraph{Props: new(ParaProps), Mark: p.styles.intern(p.styles.baseRun("", nil))}
			para.Base = para.Mark
			*para.Props, _ = p.styles.para(nil, nil)
			p.math(para, c)
			emit(para, nil)
		}
	}
	if joined != nil {
		emit(joined, nil)
	}
}

// alternative picks the branch of mc:AlternateContent that we understand.
func alternative(n *docx.Node) *docx.Node {
	for c := range n.All("mc:Choice") {
		known := true
		for _, ns := range strings.Fields(c.Attr("Requires")) {
			switch ns {
			case "wps", "wpg", "wpc", "wp14", "w14", "w15", "a14", "pic", "w16se", "v2", "mv":
			default:
				known = false
			}
		}
		if known {
			return c
		}
	}
	return n.Child("mc:Fallback")
}

// paragraph reads w:p, going on with joined when that is not nil.
func (p *parser) paragraph(n *docx.Node, joined *Paragraph) (*Paragraph, *docx.Node) {
	p.story.paragraphs++
	pPr := n.Child("w:pPr")
	para := &Paragraph{Props: new(ParaProps), Place: p.place().In}
	if st := p.styles.find(pPr.Child("w:pStyle").Attr("w:val"), "paragraph"); st != nil {
		para.StyleID, para.StyleName = st.id, st.name
	}
	props, ref := p.styles.para(pPr, p.story.look)
	*para.Props = props
	base := p.styles.baseRun(para.StyleID, p.story.look)
	rPr := pPr.Child("w:rPr")
	para.Mark = p.styles.run(base, rPr)
	para.Base = p.styles.intern(base)
	if ref.from >= 0 && !para.Mark.Hidden {
		para.Label = p.label(ref, para.Mark)
	}
	if joined != nil {
		para.Runs, para.Anchors = joined.Runs, joined.Anchors
		if joined.Label != nil {
			para.Label = joined.Label
		}
	}
	if n.Children != nil && para.Runs == nil {
		para.Runs = make([]Run, 0, len(n.Children))
	}
	p.inline(para, n, base)
	p.flushFields(para)
	sectPr := pPr.Child("w:sectPr")
	para.SectionEnd = sectPr != nil && len(para.Runs) == 0 && para.Label == nil
	return para, sectPr
}

// label counts the paragraph and makes its number or bullet.
func (p *parser) label(ref numRef, mark *RunProps) *Label {
	lv := p.numbers.level(ref.num, ref.level)
	text, value := p.numbers.next(ref)
	props := *mark
	props.Underline, props.Hidden = UnderlineNone, false
	if id := lv.rPr.Child("w:rStyle"); id != nil {
		props = p.styles.applyCharStyle(props, id.Attr("w:val"))
	}
	p.styles.applyRun(&props, lv.rPr)
	l := &Label{Suffix: lv.suffix, Align: lv.align, Tab: lv.tab, List: ref.num, Level: ref.level,
		Bullet: lv.format == "bullet", Value: value, Text: text}
	if l.Bullet {
		text, ok := symbols(props.Font, text)
		l.Text = text
		if ok {
			props.Font = SymbolFont
		}
		if lv.picture {
			l.Text = "•"
		}
	}
	l.Props = p.styles.intern(props)
	return l
}

// inline reads what stands in a paragraph.
func (p *parser) inline(para *Paragraph, n *docx.Node, base RunProps) {
	if p.depth++; p.depth > maxNesting*4 {
		p.warn("depth", "слишком глубокая вложенность, содержимое пропущено", "уберите таблицы, вложенные одна в другую")
		p.depth--
		return
	}
	defer func() { p.depth-- }()
	for c := range n.Elements() {
		switch c.Name {
		case "w:r":
			p.run(para, c, base)
		case "w:ins", "w:moveTo", "w:smartTag", "w:customXml", "w:dir", "w:bdo":
			p.inline(para, c, base)
		case "w:sdt":
			p.inline(para, c.Child("w:sdtContent"), base)
		case "mc:AlternateContent":
			p.inline(para, alternative(c), base)
		case "w:hyperlink":
			link := &Link{Anchor: c.Attr("w:anchor"), Tip: c.Attr("w:tooltip")}
			if r, ok := p.rel(c.Attr("r:id")); ok && r.External {
				link.URI = r.Target
			}
			p.story.links = append(p.story.links, link)
			p.inline(para, c, base)
			p.story.links = p.story.links[:len(p.story.links)-1]
		case "w:fldSimple":
			f := &field{separated: true}
			f.instr.WriteString(c.Attr("w:instr"))
			f.open()
			f.props = p.styles.intern(base)
			p.story.fields = append(p.story.fields, f)
			p.inline(para, c, base)
			p.endField(para)
		case "w:bookmarkStart":
			if name := c.Attr("w:name"); name != "" && name != "_GoBack" {
				para.Anchors = append(para.Anchors, name)
			}
		case "m:oMath", "m:oMathPara":
			p.math(para, c)
		case "w:ruby":
			p.warn("ruby", "подстрочные пояснения (ruby) показаны без пояснений", "напишите пояснение в скобках")
			p.inline(para, c.Child("w:rubyBase"), base)
		}
	}
}

// emit appends a run to the paragraph, or to the field whose result it is.
func (p *parser) emit(para *Paragraph, r Run) {
	for i, f := range p.story.fields {
		if !f.separated {
			return // part of an instruction
		}
		if f.dynamic() {
			if !f.seen && r.Props != nil {
				f.props, f.seen = r.Props, true
			}
			if r.Kind == TextRun {
				f.result.WriteString(r.Text)
			}
			return
		}
		if f.link != nil && r.Link == nil {
			r.Link = p.story.fields[i].link
		}
	}
	if r.Link == nil && len(p.story.links) > 0 {
		r.Link = p.story.links[len(p.story.links)-1]
	}
	if n := len(para.Runs); n > 0 && r.Kind == TextRun {
		if last := &para.Runs[n-1]; last.Kind == TextRun && last.Props == r.Props && last.Link == r.Link && len(last.Text) < 1<<16 {
			last.Text += r.Text
			return
		}
	}
	para.Runs = append(para.Runs, r)
}

// run reads w:r.
func (p *parser) run(para *Paragraph, n *docx.Node, base RunProps) {
	rPr := n.Child("w:rPr")
	props := p.styles.run(base, rPr)
	for c := range n.Elements() {
		switch c.Name {
		case "w:t":
			text := c.Text()
			if c.Attr("xml:space") != "preserve" {
				text = strings.Trim(text, " \t\r\n")
			}
			p.text(para, props, text)
		case "w:tab":
			p.emit(para, Run{Kind: TabRun, Props: props})
		case "w:ptab":
			pt := &PTab{FromMargin: c.Attr("w:relativeTo") == "margin"}
			switch c.Attr("w:alignment") {
			case "center":
				pt.Align = AlignCenter
			case "right":
				pt.Align = AlignRight
			}
			p.emit(para, Run{Kind: PositionTab, Props: props, PTab: pt})
		case "w:br":
			r := Run{Kind: LineBreak, Props: props, Clear: c.Attr("w:clear") != "" && c.Attr("w:clear") != "none"}
			switch c.Attr("w:type") {
			case "page":
				r.Kind = PageBreak
			case "column":
				r.Kind = ColumnBreak
			}
			p.emit(para, r)
		case "w:cr":
			p.emit(para, Run{Kind: LineBreak, Props: props})
		case "w:noBreakHyphen":
			p.emit(para, Run{Text: "\u2011", Props: props})
		case "w:softHyphen":
			p.emit(para, Run{Text: "\u00ad", Props: props})
		case "w:sym":
			p.sym(para, props, c)
		case "w:pgNum":
			p.emit(para, Run{Kind: FieldRun, Field: PageField, Props: props})
		case "w:fldChar":
			p.fieldChar(para, props, c)
		case "w:instrText":
			if k := len(p.story.fields); k > 0 && !p.story.fields[k-1].separated {
				f := p.story.fields[k-1]
				if f.instr.Len() < 4096 {
					f.instr.WriteString(c.Text())
				}
				if !f.seen {
					f.props = props
				}
			}
		case "w:drawing", "w:pict", "w:object":
			for _, d := range p.drawing(c) {
				p.emit(para, Run{Kind: DrawingRun, Drawing: d, Props: props})
			}
		case "mc:AlternateContent":
			if branch := alternative(c); branch != nil {
				for _, name := range []string{"w:drawing", "w:pict", "w:object"} {
					for g := range branch.All(name) {
						for _, d := range p.drawing(g) {
							p.emit(para, Run{Kind: DrawingRun, Drawing: d, Props: props})
						}
					}
				}
				for t := range branch.All("w:t") {
					p.text(para, props, t.Text())
				}
				for s := range branch.All("w:sym") {
					p.sym(para, props, s)
				}
			}
		case "w:footnoteReference":
			p.note(para, props, 0, c)
		case "w:endnoteReference":
			p.note(para, props, 1, c)
		case "w:footnoteRef", "w:endnoteRef":
			if p.story.noteNumber != "" {
				p.emit(para, Run{Text: p.story.noteNumber, Props: props})
			}
		case "w:ruby":
			p.warn("ruby", "подстрочные пояснения (ruby) показаны без пояснений", "напишите пояснение в скобках")
			p.inline(para, c.Child("w:rubyBase"), base)
		}
	}
}

// text emits character data; line ends are blanks and control characters go.
func (p *parser) text(para *Paragraph, props *RunProps, text string) {
	if strings.ContainsAny(text, "\n\r\t") {
		text = strings.ReplaceAll(strings.ReplaceAll(text, "\r\n", " "), "\n", " ")
		for i, s := range strings.Split(strings.ReplaceAll(text, "\r", " "), "\t") {
			if i > 0 {
				p.emit(para, Run{Kind: TabRun, Props: props})
			}
			if s != "" {
				p.text(para, props, s)
			}
		}
		return
	}
	if text == "" {
		return
	}
	if isSymbolFont(props.Font) {
		if mapped, ok := symbols(props.Font, text); ok {
			q := *props
			q.Font = SymbolFont
			text, props = mapped, p.styles.intern(q)
		}
	}
	p.emit(para, Run{Kind: TextRun, Text: text, Props: props})
}

func (p *parser) sym(para *Paragraph, props *RunProps, n *docx.Node) {
	code, err := strconv.ParseUint(n.Attr("w:char"), 16, 32)
	if err != nil || code > 0xFFFF {
		return
	}
	font := n.Attr("w:font")
	q := *props
	text, ok := symbols(font, string(rune(code)))
	if ok {
		q.Font = SymbolFont
	} else {
		q.Font = font
	}
	p.emit(para, Run{Kind: TextRun, Text: text, Props: p.styles.intern(q)})
}

// note emits the reference and reads the note's text.
func (p *parser) note(para *Paragraph, props *RunProps, kind int, n *docx.Node) {
	src := p.notes[kind][n.Attr("w:id")]
	if src == nil || p.notesPart[kind] == nil {
		return
	}
	note := &Note{End: kind == 1}
	if custom := n.Attr("w:customMarkFollows"); custom != "" && isOn(custom) {
		p.noteRead(note, kind, src)
		p.emit(para, Run{Kind: NoteRun, Note: note, Props: props})
		return
	}
	p.noteCount[kind]++
	note.Number = FormatNumber(p.noteCount[kind], p.noteFormat[kind])
	p.noteRead(note, kind, src)
	p.emit(para, Run{Kind: NoteRun, Text: note.Number, Note: note, Props: props})
}

// noteRead reads the text of a note; a note in a note has none.
func (p *parser) noteRead(note *Note, kind int, src *docx.Node) {
	if strings.HasPrefix(p.story.name, "сноска") {
		return
	}
	story, part := p.story, p.part
	p.story, p.part = storyState{name: "сноска " + note.Number, noteNumber: note.Number}, p.notesPart[kind]
	p.blocks(src, func(b Block, _ *docx.Node) { note.Blocks = append(note.Blocks, b) })
	p.story, p.part = story, part
}

// section reads w:sectPr; nil gives Word's defaults. Heads and feet that it
// does not name are those of the section before (17.10.5).
func (p *parser) section(n *docx.Node, prev *Section) *Section {
	s := &Section{Width: 12240, Height: 15840, Top: 1440, Right: 1440, Bottom: 1440, Left: 1440,
		Header: 720, Footer: 720, PageNumbers: PageNumbers{Format: "decimal"}}
	switch n.Child("w:type").Attr("w:val") {
	case "continuous":
		s.Type = Continuous
	case "nextColumn":
		s.Type = NextColumn
	case "evenPage":
		s.Type = EvenPage
	case "oddPage":
		s.Type = OddPage
	}
	set := func(into *unit.Twip, n *docx.Node, name string) {
		if n.HasAttr(name) {
			*into = twips(n.Attr(name))
		}
	}
	size, mar := n.Child("w:pgSz"), n.Child("w:pgMar")
	set(&s.Width, size, "w:w")
	set(&s.Height, size, "w:h")
	s.Width, s.Height = min(max(s.Width, 720), 31680), min(max(s.Height, 720), 31680)
	set(&s.Top, mar, "w:top")
	set(&s.Right, mar, "w:right")
	set(&s.Bottom, mar, "w:bottom")
	set(&s.Left, mar, "w:left")
	set(&s.Header, mar, "w:header")
	set(&s.Footer, mar, "w:footer")
	set(&s.Gutter, mar, "w:gutter")
	if t := n.Child("w:titlePg"); t != nil {
		s.TitlePage = on(t)
	}
	s.VAlign = valign(n.Child("w:vAlign").Attr("w:val"))
	if t := n.Child("w:bidi"); t != nil {
		s.RTL = on(t)
	}
	if g := n.Child("w:docGrid"); g != nil && (g.Attr("w:type") == "lines" || g.Attr("w:type") == "linesAndChars" || g.Attr("w:type") == "snapToChars") {
		s.LineGrid = twips(g.Attr("w:linePitch"))
	}
	if num := n.Child("w:pgNumType"); num != nil {
		if f := num.Attr("w:fmt"); f != "" {
			s.PageNumbers.Format = f
		}
		if v := num.Attr("w:start"); v != "" {
			s.PageNumbers.Start, s.PageNumbers.Restart = max(0, number(v)), true
		}
	}
	p.columns(s, n.Child("w:cols"))
	if b := n.Child("w:pgBorders"); b != nil {
		s.Borders = &PageBorders{FromText: b.Attr("w:offsetFrom") != "page",
			NotFirst: b.Attr("w:display") == "notFirstPage", OnlyFirst: b.Attr("w:display") == "firstPage"}
		for side := range b.Elements() {
			switch x := border(side); side.Name {
			case "w:top":
				s.Borders.Top = x
			case "w:left":
				s.Borders.Left = x
			case "w:bottom":
				s.Borders.Bottom = x
			case "w:right":
				s.Borders.Right = x
			}
		}
	}
	if n.Child("w:lnNumType") != nil {
		p.warn("lnNumType", "номера строк на полях не показаны", "")
	}
	p.heads(s, n, prev)
	return s
}

func (p *parser) columns(s *Section, n *docx.Node) {
	width := max(s.Width-s.Left-s.Right-s.Gutter, 240)
	count, space := 1, unit.Twip(720)
	if v := number(n.Attr("w:num")); v > 1 {
		count = min(v, 45)
	}
	if n.HasAttr("w:space") {
		space = max(0, twips(n.Attr("w:space")))
	}
	s.ColumnLine = n != nil && n.HasAttr("w:sep") && isOn(n.Attr("w:sep"))
	if n != nil && n.HasAttr("w:equalWidth") && !isOn(n.Attr("w:equalWidth")) {
		for c := range n.All("w:col") {
			s.Columns = append(s.Columns, Column{max(240, twips(c.Attr("w:w"))), max(0, twips(c.Attr("w:space")))})
			if len(s.Columns) == 45 {
				break
			}
		}
		if len(s.Columns) > 1 {
			return
		}
		s.Columns = nil
	}
	if count > 1 && space*unit.Twip(count-1) >= width-unit.Twip(count)*240 {
		space = 0
	}
	each := (width - space*unit.Twip(count-1)) / unit.Twip(count)
	for range count {
		s.Columns = append(s.Columns, Column{each, space})
	}
}

func (p *parser) heads(s *Section, n *docx.Node, prev *Section) {
	if prev != nil {
		s.Headers, s.Footers = prev.Headers, prev.Footers
	}
	for c := range n.Elements() {
		into, name := &s.Headers, "верхний колонтитул"
		switch c.Name {
		case "w:headerReference":
		case "w:footerReference":
			into, name = &s.Footers, "нижний колонтитул"
		default:
			continue
		}
		kind := slices.Index([]string{"default", "first", "even"}, c.Attr("w:type"))
		p.part = p.main
		r, ok := p.rel(c.Attr("r:id"))
		if !ok || kind < 0 {
			continue
		}
		part := p.pkg.Part(r.Target)
		if part == nil {
			p.problems.Warn(diag.Place{In: name}, "нет части %q", r.Target).Hint = "откройте файл в Word и сохраните его"
			continue
		}
		root := p.tree(part)
		into[kind] = &Story{Blocks: p.otherStory(name, part, root)}
	}
	p.part = p.main
}

func itoa(n int) string { return strconv.Itoa(n) }
