package markup

import (
	_ "embed"
	"strings"
	"text/template"

	"nastavnik/internal/diag"
	"nastavnik/internal/docx"
)

//go:embed house/styles.xml
var stylesXML string

var styles = template.Must(template.New("styles").Parse(stylesXML))

const (
	xmlHead   = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>` + "\n"
	wordSpace = `xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"` +
		` xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"`
	wordType = "application/vnd.openxmlformats-officedocument.wordprocessingml."
)

// Compile turns a template source into a template. file names the source in
// messages. The error is a diag.List with every problem of the source.
//
// The same source gives the same bytes: no clock, no machine, no map order.
func Compile(file string, src []byte) (*docx.Package, error) {
	c := &compiler{}
	c.compile(readSource(file, string(src), &c.problems))
	if err := c.problems.Err(); err != nil {
		return nil, err
	}
	return c.pack(), nil
}

// pack writes the parts of the package.
func (c *compiler) pack() *docx.Package {
	p := docx.New()
	main := "word/document.xml"
	p.AddRel(nil, docx.RelType("officeDocument"), main, false)
	p.Put("docProps/core.xml", "application/vnd.openxmlformats-package.core-properties+xml", []byte(xmlHead+
		`<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties"`+
		` xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>`+escape.Replace(c.front.Title)+
		`</dc:title><dc:language>ru-RU</dc:language></cp:coreProperties>`))
	p.AddRel(nil, "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties", "docProps/core.xml", false)

	document := p.Put(main, wordType+"document.main+xml", nil)
	p.Put("word/styles.xml", wordType+"styles+xml", []byte(c.styles()))
	p.AddRel(document, docx.RelType("styles"), "word/styles.xml", false)
	p.Put("word/settings.xml", wordType+"settings+xml", []byte(settingsXML))
	p.AddRel(document, docx.RelType("settings"), "word/settings.xml", false)
	p.Put("word/numbering.xml", wordType+"numbering+xml", []byte(c.numbering()))
	p.AddRel(document, docx.RelType("numbering"), "word/numbering.xml", false)
	if !c.front.Page.Plain {
		p.Put("word/header1.xml", wordType+"header+xml", []byte(headerXML))
		id := p.AddRel(document, docx.RelType("header"), "word/header1.xml", false)
		for _, s := range c.sections {
			s.header = id
		}
	}
	for i, blocks := range c.footers {
		w := &writer{}
		w.raw(xmlHead + "<w:ftr " + wordSpace + ">")
		for _, b := range blocks {
			b.write(w)
		}
		w.raw("</w:ftr>")
		name := "word/footer" + itoa(i+1) + ".xml"
		p.Put(name, wordType+"footer+xml", []byte(w.b.String()))
		id := p.AddRel(document, docx.RelType("footer"), name, false)
		for _, s := range c.sections {
			if s.footer == "rIdFooter"+itoa(i+1) {
				s.footer = id
			}
		}
	}
	p.Put(main, wordType+"document.main+xml", []byte(c.document()))
	return p
}

// document writes the body. A section's properties stand in its last paragraph
// when that is one that stays; settle gave it one.
func (c *compiler) document() string {
	w := &writer{}
	w.raw(xmlHead + "<w:document " + wordSpace + "><w:body>")
	for i, s := range c.sections {
		if i < len(c.sections)-1 {
			last, ok := s.blocks[len(s.blocks)-1].(*paragraph)
			if !ok || last.control {
				last = &paragraph{style: "AfterTable"}
				s.blocks = append(s.blocks, last)
			}
			last.section = s
		}
		for _, b := range s.blocks {
			b.write(w)
		}
	}
	last := &section{left: c.front.Page.Margin}
	if n := len(c.sections); n > 0 {
		last = c.sections[n-1]
	}
	last.write(w)
	w.raw("</w:body></w:document>")
	return w.b.String()
}

func (c *compiler) styles() string {
	var b strings.Builder
	order := c.front.Kind == "приказ"
	text := section{left: c.front.Page.Margin, landscape: c.front.Page.Landscape}
	err := styles.Execute(&b, map[string]any{
		"Size": c.front.Page.Size * 2, "Line": lineOf[c.front.Page.Spacing],
		"OrderTitle": order, "TitleRight": text.textWidth() - mm(80),
	})
	if err != nil {
		panic(err) // the template is ours
	}
	return strings.ReplaceAll(b.String(), "\n", "")
}

// settingsXML keeps to what Word, LibreOffice and our layout do alike:
// compatibility mode 14, no squeezing of blanks, no stretching before a break.
const settingsXML = xmlHead + `<w:settings ` + wordSpace + `><w:zoom w:percent="100"/>` +
	`<w:defaultTabStop w:val="709"/><w:characterSpacingControl w:val="doNotCompress"/>` +
	`<w:compat><w:doNotExpandShiftReturn/>` +
	`<w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="14"/>` +
	`</w:compat><w:themeFontLang w:val="ru-RU"/><w:decimalSymbol w:val=","/><w:listSeparator w:val=";"/></w:settings>`

// headerXML is the running head: the page number in the middle.
const headerXML = xmlHead + `<w:hdr ` + wordSpace + `><w:p><w:pPr><w:pStyle w:val="Header"/></w:pPr>` +
	`<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText xml:space="preserve"> PAGE </w:instrText></w:r>` +
	`<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>2</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>` +
	`</w:p></w:hdr>`

// level is a w:lvl. Lengths are twips; tab is the numbering's own stop, 0 for
// a blank after the number.
type level struct {
	format, text string
	left, first  int // first is w:firstLine, or w:hanging when negative
	tab          int
}

// lists are the abstract lists by the constants of compile.go. Numbers stand
// at the first-line indent of 12.5 mm and the text runs on at the margin.
var lists = [][]level{
	listChapters: {
		{format: "decimal", text: "%1."},
		{format: "decimal", text: "%1.%2.", first: 709, tab: 1418},
		{format: "decimal", text: "%1.%2.%3.", first: 709, tab: 1701},
		{format: "decimal", text: "%1.%2.%3.%4.", first: 709, tab: 1985},
	},
	listClauses: {
		{format: "decimal", text: "%1.", first: 709, tab: 1134},
		{format: "decimal", text: "%1.%2.", first: 709, tab: 1418},
		{format: "decimal", text: "%1.%2.%3.", first: 709, tab: 1701},
		{format: "decimal", text: "%1.%2.%3.%4.", first: 709, tab: 1985},
	},
	listDash: {
		{format: "bullet", text: "–", first: 709, tab: 1134},
		{format: "bullet", text: "–", first: 1134, tab: 1559},
		{format: "bullet", text: "–", first: 1559, tab: 1985},
	},
	listParen: {
		{format: "decimal", text: "%1)", first: 709, tab: 1134},
		{format: "russianLower", text: "%2)", first: 1134, tab: 1559},
		{format: "bullet", text: "–", first: 1559, tab: 1985},
	},
	listCellParen: {{format: "decimal", text: "%1)", left: 284, first: -284, tab: 284}},
	listCellDash:  {{format: "bullet", text: "–", left: 227, first: -227, tab: 227}},
}

// numbering writes the abstract lists and an instance for every list that
// begins anew.
func (c *compiler) numbering() string {
	w := &writer{}
	w.raw(xmlHead + "<w:numbering " + wordSpace + ">")
	for i, levels := range lists {
		kind := "multilevel"
		if len(levels) == 1 {
			kind = "singleLevel"
		}
		w.f(`<w:abstractNum w:abstractNumId="%d"><w:multiLevelType w:val="%s"/>`, i, kind)
		for n, l := range levels {
			w.f(`<w:lvl w:ilvl="%d"><w:start w:val="1"/><w:numFmt w:val="%s"/>`, n, l.format)
			if l.tab == 0 {
				w.raw(`<w:suff w:val="space"/>`)
			}
			w.f(`<w:lvlText w:val="%s"/><w:lvlJc w:val="left"/><w:pPr>`, l.text)
			if l.tab > 0 {
				w.f(`<w:tabs><w:tab w:val="num" w:pos="%d"/></w:tabs>`, l.tab)
			}
			if l.first < 0 {
				w.f(`<w:ind w:left="%d" w:hanging="%d"/>`, l.left, -l.first)
			} else {
				w.f(`<w:ind w:left="%d" w:firstLine="%d"/>`, l.left, l.first)
			}
			w.raw("</w:pPr></w:lvl>")
		}
		w.raw("</w:abstractNum>")
	}
	for i, n := range c.nums {
		w.f(`<w:num w:numId="%d"><w:abstractNumId w:val="%d"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="%d"/></w:lvlOverride></w:num>`,
			i+1, n.list, n.start)
	}
	w.raw("</w:numbering>")
	return w.b.String()
}

// CompileBytes is Compile to the bytes of a .docx.
func CompileBytes(file string, src []byte) ([]byte, error) {
	p, err := Compile(file, src)
	if err != nil {
		return nil, err
	}
	b, err := p.Bytes()
	if err != nil {
		return nil, &diag.Problem{Place: diag.Place{File: file}, Text: err.Error()}
	}
	return b, nil
}
