package wml

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"nastavnik/internal/docx"
)

// shared returns a folder of the reference corpus, or skips.
func shared(t testing.TB, elem ...string) string {
	t.Helper()
	root := os.Getenv("NASTAVNIK_SHARED")
	if root == "" {
		root = filepath.Join("..", "..", "..", "shared")
	}
	dir := filepath.Join(append([]string{root}, elem...)...)
	if _, err := os.Stat(dir); err != nil {
		t.Skipf("no corpus at %s: set NASTAVNIK_SHARED", dir)
	}
	return dir
}

const ns = `xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"`

// parse makes a package of the given parts and reads it.
func parse(t *testing.T, body, styles, numbering string) *Document {
	t.Helper()
	pkg := docx.New()
	const ct = "application/vnd.openxmlformats-officedocument.wordprocessingml."
	main := pkg.Put("word/document.xml", ct+"document.main+xml", []byte(`<w:document `+ns+`><w:body>`+body+`</w:body></w:document>`))
	pkg.AddRel(nil, docx.RelType("officeDocument"), "word/document.xml", false)
	if styles != "" {
		pkg.Put("word/styles.xml", ct+"styles+xml", []byte(`<w:styles `+ns+`>`+styles+`</w:styles>`))
		pkg.AddRel(main, docx.RelType("styles"), "word/styles.xml", false)
	}
	if numbering != "" {
		pkg.Put("word/numbering.xml", ct+"numbering+xml", []byte(`<w:numbering `+ns+`>`+numbering+`</w:numbering>`))
		pkg.AddRel(main, docx.RelType("numbering"), "word/numbering.xml", false)
	}
	doc, problems := Parse(pkg)
	if problems.Failed() {
		t.Fatal(problems)
	}
	return doc
}

func paragraphs(doc *Document) (list []*Paragraph) {
	for _, s := range doc.Sections {
		for p := range Paragraphs(s.Blocks) {
			list = append(list, p)
		}
	}
	return list
}

// TestRunStyles holds the order of 17.7.2: defaults, styles by inheritance,
// character style, direct; and 17.7.3: toggles switch over.
func TestRunStyles(t *testing.T) {
	styles := `<w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii="Arial"/><w:sz w:val="24"/></w:rPr></w:rPrDefault></w:docDefaults>
<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style>
<w:style w:type="paragraph" w:styleId="Head"><w:name w:val="heading 1"/><w:basedOn w:val="Normal"/><w:rPr><w:b/><w:sz w:val="32"/></w:rPr></w:style>
<w:style w:type="paragraph" w:styleId="Sub"><w:name w:val="Sub"/><w:basedOn w:val="Head"/><w:rPr><w:sz w:val="28"/></w:rPr></w:style>
<w:style w:type="paragraph" w:styleId="LoopA"><w:name w:val="A"/><w:basedOn w:val="LoopB"/></w:style>
<w:style w:type="paragraph" w:styleId="LoopB"><w:name w:val="B"/><w:basedOn w:val="LoopA"/><w:rPr><w:i/></w:rPr></w:style>
<w:style w:type="character" w:styleId="Strong"><w:name w:val="Strong"/><w:rPr><w:b/></w:rPr></w:style>`
	for _, c := range []struct{ name, pStyle, rPr, want string }{
		{"document defaults", "", "", "Arial 24"},
		{"inherited bold, own size", "Sub", "", "Arial 28 bold"},
		{"character style over plain", "", `<w:rStyle w:val="Strong"/>`, "Arial 24 bold"},
		{"toggle over bold is plain", "Head", `<w:rStyle w:val="Strong"/>`, "Arial 32"},
		{"direct is absolute", "Head", `<w:rStyle w:val="Strong"/><w:b/>`, "Arial 32 bold"},
		{"direct off", "Head", `<w:b w:val="0"/>`, "Arial 32"},
		{"styles in a circle end", "LoopA", "", "Arial 24 italic"},
		{"an unknown style is the default one", "Nobody", "", "Arial 24"},
	} {
		body := `<w:p><w:pPr><w:pStyle w:val="` + c.pStyle + `"/></w:pPr><w:r><w:rPr>` + c.rPr + `</w:rPr><w:t>x</w:t></w:r></w:p>`
		p := paragraphs(parse(t, body, styles, ""))[0].Runs[0].Props
		got := fmt.Sprintf("%s %d", p.Font, p.Size)
		if p.Bold {
			got += " bold"
		}
		if p.Italic {
			got += " italic"
		}
		if got != c.want {
			t.Errorf("%s: got %s, want %s", c.name, got, c.want)
		}
	}
}

// TestLabels counts lists as Word does.
func TestLabels(t *testing.T) {
	lvl := func(i int, format, text, more string) string {
		return fmt.Sprintf(`<w:lvl w:ilvl="%d"><w:start w:val="1"/><w:numFmt w:val="%s"/>%s<w:lvlText w:val="%s"/><w:pPr><w:ind w:left="%d" w:hanging="360"/></w:pPr></w:lvl>`, i, format, more, text, 720*(i+1))
	}
	numbering := `<w:abstractNum w:abstractNumId="0">` + lvl(0, "decimal", "%1.", "") + lvl(1, "decimal", "%1.%2.", "") + lvl(2, "russianLower", "%3)", "") + `</w:abstractNum>
<w:abstractNum w:abstractNumId="1">` + lvl(0, "upperRoman", "%1", "") + lvl(1, "decimal", "%1.%2", "<w:isLgl/>") + `</w:abstractNum>
<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>
<w:num w:numId="2"><w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/></w:lvlOverride></w:num>
<w:num w:numId="3"><w:abstractNumId w:val="1"/></w:num>`
	for _, c := range []struct {
		name  string
		items [][2]int // numId, ilvl
		want  string
	}{
		{"levels restart under a new number", [][2]int{{1, 0}, {1, 1}, {1, 1}, {1, 0}, {1, 1}}, "1. 1.1. 1.2. 2. 2.1."},
		{"a deeper level alone shows the start of the first one, and does not use it up", [][2]int{{1, 1}, {1, 0}, {1, 0}}, "1.1. 1. 2."},
		{"but it uses up a level between", [][2]int{{1, 0}, {1, 2}, {1, 1}}, "1. а) 1.2."},
		{"russian letters", [][2]int{{1, 2}, {1, 2}, {1, 2}}, "а) б) в)"},
		{"a start override restarts once", [][2]int{{1, 0}, {2, 0}, {2, 0}, {1, 0}}, "1. 5. 6. 7."},
		{"legal numbering is decimal", [][2]int{{3, 0}, {3, 0}, {3, 1}}, "I II 2.1"},
		{"number 0 is no list", [][2]int{{1, 0}, {0, 0}, {1, 0}}, "1. - 2."},
	} {
		var body strings.Builder
		for _, it := range c.items {
			fmt.Fprintf(&body, `<w:p><w:pPr><w:numPr><w:ilvl w:val="%d"/><w:numId w:val="%d"/></w:numPr></w:pPr></w:p>`, it[1], it[0])
		}
		var got []string
		for _, p := range paragraphs(parse(t, body.String(), "", numbering)) {
			if p.Label == nil {
				got = append(got, "-")
				continue
			}
			got = append(got, p.Label.Text)
		}
		if s := strings.Join(got, " "); s != c.want {
			t.Errorf("%s: got %s, want %s", c.name, s, c.want)
		}
	}
}

// TestFields: what layout computes stays a field, the rest is its result.
func TestFields(t *testing.T) {
	fld := func(instr, result string) string {
		return `<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText xml:space="preserve"> ` + instr + ` </w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>` + result + `</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>`
	}
	for _, c := range []struct {
		name, body, want string
		field            FieldKind
	}{
		{"page", fld("PAGE", "7"), "7", PageField},
		{"pages with a switch", fld(`NUMPAGES \* MERGEFORMAT`, "9"), "9", PagesField},
		{"date as cached", fld(`DATE \@ "dd.MM.yyyy"`, "01.02.2026"), "01.02.2026", NoField},
		{"page of a bookmark", fld(`PAGEREF _Toc1 \h`, "4"), "4", PageRefField},
		{"page of a bookmark in words", fld(`PAGEREF _Toc1 \p`, "выше"), "выше", NoField},
		{"page of a bookmark in a format of its own", fld(`PAGEREF _Toc1 \* roman`, "iv"), "iv", NoField},
		{"simple", `<w:fldSimple w:instr="PAGE"><w:r><w:t>3</w:t></w:r></w:fldSimple>`, "3", PageField},
		{"nested in an instruction", fld(`IF `+"</w:instrText></w:r>"+fld("PAGE", "1")+`<w:r><w:instrText> = 1 "a" "b"`, "a"), "a", NoField},
		{"not closed", `<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>PAGE</w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>5</w:t></w:r>`, "5", PageField},
	} {
		p := paragraphs(parse(t, `<w:p>`+c.body+`</w:p>`, "", ""))[0]
		var field FieldKind
		for _, r := range p.Runs {
			field = max(field, r.Field)
		}
		if p.Text() != c.want || field != c.field {
			t.Errorf("%s: got %q field %d, want %q field %d", c.name, p.Text(), field, c.want, c.field)
		}
	}
}

// TestTableStyle: conditional formatting reaches borders, shading and runs.
func TestTableStyle(t *testing.T) {
	styles := `<w:style w:type="table" w:styleId="T"><w:tblPr><w:tblBorders><w:top w:val="single" w:sz="4"/><w:insideH w:val="single" w:sz="8"/></w:tblBorders></w:tblPr>
<w:tblStylePr w:type="firstRow"><w:rPr><w:b/></w:rPr><w:tcPr><w:shd w:val="clear" w:fill="CCCCCC"/></w:tcPr></w:tblStylePr></w:style>`
	cell := `<w:tc><w:tcPr/><w:p><w:r><w:t>x</w:t></w:r></w:p></w:tc>`
	body := `<w:tbl><w:tblPr><w:tblStyle w:val="T"/><w:tblLook w:firstRow="1"/></w:tblPr><w:tblGrid><w:gridCol w:w="100"/><w:gridCol w:w="100"/></w:tblGrid><w:tr>` + cell + cell + `</w:tr><w:tr>` + cell + cell + `</w:tr></w:tbl>`
	table := parse(t, body, styles, "").Sections[0].Blocks[0].(*Table)
	head, below := table.Rows[0].Cells[0], table.Rows[1].Cells[1]
	if head.Shade != 0xCCCCCC || below.Shade != Auto {
		t.Errorf("shading: got %06x and %d, want CCCCCC and none", head.Shade, below.Shade)
	}
	if head.Top.Width != 4 || head.Bottom.Width != 8 || below.Top.Width != 8 || below.Bottom.Visible() {
		t.Errorf("borders: got %+v %+v", head, below)
	}
	bold := func(c *Cell) bool { return c.Blocks[0].(*Paragraph).Runs[0].Props.Bold }
	if !bold(head) || bold(below) {
		t.Errorf("bold: got %v and %v, want true and false", bold(head), bold(below))
	}
}

// TestCorpus reads every file of the corpus, good and hostile: a document with
// a section always comes out, and never by way of a panic.
func TestCorpus(t *testing.T) {
	for _, set := range []string{"open", "hostile"} {
		files, _ := filepath.Glob(filepath.Join(shared(t, "corpus", set), "*.docx"))
		if len(files) == 0 {
			t.Skip("no files")
		}
		for _, name := range files {
			data, err := os.ReadFile(name)
			if err != nil {
				t.Fatal(err)
			}
			if testing.Short() && len(data) > 200_000 {
				continue
			}
			pkg, err := docx.Open(data)
			if err != nil {
				continue
			}
			doc, problems := Parse(pkg)
			if len(doc.Sections) == 0 {
				t.Errorf("%s: no section", name)
			}
			for _, p := range problems {
				if strings.Contains(p.Text, "внутренняя") {
					t.Errorf("%s: %s", filepath.Base(name), p.Text)
				}
			}
		}
	}
}
