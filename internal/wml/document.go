package wml

import (
	"iter"
	"strings"

	"nastavnik/internal/unit"
)

// Document is a whole document, read-only.
type Document struct {
	Title, Author, Subject, Keywords string // docProps/core.xml
	Lang                             string // of the default run properties: «ru-RU»

	Sections []*Section // at least one
	Settings Settings
}

// Settings is what word/settings.xml says about layout.
type Settings struct {
	Compat             int       // w:compatibilityMode; 12 when the file has none
	DefaultTab         unit.Twip // w:defaultTabStop, 720 by default
	EvenAndOdd         bool      // headers differ on even pages
	MirrorMargins      bool
	GutterAtTop        bool
	DoNotExpandBreak   bool // a line ended by w:br is not stretched
	SumParagraphSpaces bool // w:doNotUseHTMLParagraphAutoSpacing
	NoColumnBalance    bool
	Background         Color // of the page, drawn only when HasBackground
	HasBackground      bool
	FootnotesAtEnd     bool // footnotes collected at the document's end
	SplitPageBreak     bool // w:splitPgBreakAndParaMark
}

// Color is 0xRRGGBB; Auto is black on light and white on dark ground.
type Color int32

// Auto is the automatic colour.
const Auto Color = -1

// SectionType says how a section begins.
type SectionType uint8

const (
	NextPage SectionType = iota
	Continuous
	NextColumn
	EvenPage
	OddPage
)

// Section is a part of the body with one page geometry.
type Section struct {
	Type                     SectionType
	Width, Height            unit.Twip // of the sheet, as turned
	Top, Right, Bottom, Left unit.Twip // margins; a negative Top or Bottom is exact
	Header, Footer, Gutter   unit.Twip
	Columns                  []Column // at least one
	ColumnLine               bool     // a rule between columns
	TitlePage                bool     // the first page has a head and foot of its own
	Headers, Footers         [3]*Story
	VAlign                   VAlign
	PageNumbers              PageNumbers
	Borders                  *PageBorders
	RTL                      bool
	LineGrid                 unit.Twip // w:docGrid type=lines: pitch; 0 when none

	Blocks []Block
}

// Column is one column of a section and the space after it.
type Column struct{ Width, Space unit.Twip }

// The three heads and feet of a section: index into Headers and Footers. A nil
// Story is an empty one; inheritance from the previous section is resolved.
const (
	Default = iota
	First
	Even
)

// PageNumbers is w:pgNumType.
type PageNumbers struct {
	Format  string // w:numFmt value; «decimal» by default
	Start   int    // meaningful when Restart
	Restart bool
}

// PageBorders is w:pgBorders.
type PageBorders struct {
	Top, Left, Bottom, Right Border
	FromText                 bool // space is measured from the text, else from the sheet's edge
	NotFirst, OnlyFirst      bool
}

// Story is one flow of text beside the body.
type Story struct{ Blocks []Block }

// Block is a *Paragraph or a *Table.
type Block interface{ block() }

func (*Paragraph) block() {}
func (*Table) block()     {}

// Paragraph is w:p with its style resolved.
type Paragraph struct {
	StyleID, StyleName string // «Heading1», «heading 1»
	Props              *ParaProps
	Mark               *RunProps // of the paragraph mark
	Base               *RunProps // of the style, without direct formatting
	Label              *Label    // nil when not numbered
	Runs               []Run
	Anchors            []string // bookmarks that start here
	Place              string   // «абзац 12», as a person counts in its story
	SectionEnd         bool     // an empty paragraph that only carries w:sectPr
}

// Text returns what a reader sees: label excluded, hidden text left out, tabs
// and breaks as \t and \n, a field as its cached result.
func (p *Paragraph) Text() string {
	if len(p.Runs) == 1 && p.Runs[0].Kind == TextRun && !p.Runs[0].Props.Hidden {
		return p.Runs[0].Text
	}
	var b strings.Builder
	for i := range p.Runs {
		r := &p.Runs[i]
		if r.Props != nil && r.Props.Hidden {
			continue
		}
		switch r.Kind {
		case TextRun, FieldRun:
			b.WriteString(r.Text)
		case TabRun, PositionTab:
			b.WriteByte('\t')
		case LineBreak, PageBreak, ColumnBreak:
			b.WriteByte('\n')
		}
	}
	return b.String()
}

// Outline returns the paragraph's outline level, 1 to 9, or 0 for body text.
func (p *Paragraph) Outline() int { return p.Props.Outline }

// Paragraphs walks all paragraphs in reading order, those of cells, text
// boxes and notes included.
func Paragraphs(blocks []Block) iter.Seq[*Paragraph] {
	return func(yield func(*Paragraph) bool) { walk(blocks, yield) }
}

func walk(blocks []Block, yield func(*Paragraph) bool) bool {
	for _, b := range blocks {
		switch b := b.(type) {
		case *Paragraph:
			if !yield(b) {
				return false
			}
			for i := range b.Runs {
				if d := b.Runs[i].Drawing; d != nil && !walk(d.Blocks, yield) {
					return false
				}
				if n := b.Runs[i].Note; n != nil && !walk(n.Blocks, yield) {
					return false
				}
			}
		case *Table:
			for _, row := range b.Rows {
				for _, cell := range row.Cells {
					if !walk(cell.Blocks, yield) {
						return false
					}
				}
			}
		}
	}
	return true
}

// Label is the number or bullet of a list item.
type Label struct {
	Text   string // «1.2.», «•»; empty when the level shows nothing
	Props  *RunProps
	Suffix Suffix
	Align  Align     // of the label at its place
	Tab    unit.Twip // w:tabs num stop of the level, 0 when none
	List   int       // w:numId, for grouping
	Level  int       // from 0
	Bullet bool
	Value  int // the counter of this level
}

// Suffix is what stands between a label and the text.
type Suffix uint8

const (
	SuffixTab Suffix = iota
	SuffixSpace
	SuffixNothing
)

// RunKind tells the parts of a paragraph apart.
type RunKind uint8

const (
	TextRun RunKind = iota
	TabRun
	LineBreak
	PageBreak
	ColumnBreak
	FieldRun    // PAGE and its like; Text is the cached result
	DrawingRun  // Drawing is not nil
	NoteRun     // reference to Note; Text is its number
	BookmarkRun // a target of links; Text is its name
	PositionTab // w:ptab
)

// Run is a piece of a paragraph with one set of properties.
type Run struct {
	Kind    RunKind
	Field   FieldKind
	Text    string
	Props   *RunProps // shared: equal properties are the same pointer
	Link    *Link     // nil outside hyperlinks; shared by the runs of one link
	Drawing *Drawing
	Note    *Note
	PTab    *PTab
	Clear   bool // LineBreak: continue below the floats
}

// PTab is w:ptab: a tab to a place of the line that no stop defines.
type PTab struct {
	Align      Align
	FromMargin bool // else from the indent
	Leader     Leader
}

// FieldKind is a field whose value layout decides.
type FieldKind uint8

const (
	NoField FieldKind = iota
	PageField
	PagesField
	SectionField
	SectionPagesField
	PageRefField // Text holds the cached result, Link.Anchor the target
)

// Link is a hyperlink: outside by URI, inside by Anchor.
type Link struct{ URI, Anchor, Tip string }

// Note is a footnote or endnote.
type Note struct {
	End    bool
	Number string
	Blocks []Block
}

// Align is a horizontal alignment.
type Align uint8

const (
	AlignLeft Align = iota
	AlignCenter
	AlignRight
	AlignBoth
	AlignDistribute
	AlignDecimal // tab stops only
	AlignBar     // tab stops only
)

// LineRule says how ParaProps.Line is read.
type LineRule uint8

const (
	LineAuto    LineRule = iota // 240ths of the line's own height
	LineAtLeast                 // twips
	LineExact                   // twips
)

// ParaProps are the resolved properties of a paragraph.
type ParaProps struct {
	Align                 Align
	Left, Right, First    unit.Twip // First is negative when hanging
	Before, After         unit.Twip
	BeforeAuto, AfterAuto bool
	Line                  unit.Twip
	LineRule              LineRule
	Contextual            bool // no space between paragraphs of one style
	KeepNext, KeepLines   bool
	PageBreakBefore       bool
	WidowControl          bool
	NoHyphens             bool
	RTL                   bool
	MirrorIndents         bool
	Outline               int   // 1 to 9; 0 is body text
	Tabs                  []Tab // by place
	Top, Bottom, Lft, Rgt Border
	Between               Border
	Shade                 Color // Auto: none
	Frame                 *Frame
	NumID, NumLevel       int
	SnapToGrid            bool
}

// Tab is a tab stop.
type Tab struct {
	Pos    unit.Twip // from the left margin
	Align  Align
	Leader Leader
}

// Leader fills the gap of a tab.
type Leader uint8

const (
	LeaderNone Leader = iota
	LeaderDot
	LeaderHyphen
	LeaderUnderscore
	LeaderMiddleDot
)

// Frame is w:framePr: an old text frame, or a drop cap.
type Frame struct {
	Width, Height    unit.Twip
	HeightExact      bool
	HAnchor, VAnchor string // «text», «margin», «page»
	X, Y             unit.Twip
	XAlign, YAlign   string
	HSpace, VSpace   unit.Twip
	Wrap             string
	DropCap          string
	Lines            int
}

// Border is one side of a box. The zero Border is none.
type Border struct {
	Style BorderStyle
	Width unit.EighthPoint
	Space unit.Twip
	Color Color
}

// BorderStyle is the kind of rule.
type BorderStyle uint8

const (
	BorderUnset BorderStyle = iota
	BorderNil               // said to be none: overrides
	BorderSingle
	BorderDouble
	BorderDotted
	BorderDashed
	BorderThick
	BorderTriple
	BorderWave
)

// Visible reports whether the side is drawn.
func (b Border) Visible() bool { return b.Style > BorderNil }

// Underline is the kind of a run's underline.
type Underline uint8

const (
	UnderlineNone Underline = iota
	UnderlineSingle
	UnderlineDouble
	UnderlineThick
	UnderlineDotted
	UnderlineDashed
	UnderlineWave
	UnderlineWords
)

// VertAlign is the raised or lowered place of a run.
type VertAlign uint8

const (
	Baseline VertAlign = iota
	Superscript
	Subscript
)

// RunProps are the resolved properties of a run. Values are comparable, and
// equal ones are shared, so a pointer may serve as a key.
type RunProps struct {
	Font, FontEA, FontCS     string
	Size                     unit.HalfPoint
	Bold, Italic             bool
	Caps, SmallCaps          bool
	Strike, DoubleStrike     bool
	Hidden                   bool
	Outline, Emboss, Imprint bool
	Underline                Underline
	UnderlineColor           Color
	Color                    Color
	Shade                    Color // highlight or shading; Auto: none
	Spacing                  unit.Twip
	Position                 unit.HalfPoint
	Scale                    int            // w:w, per cent; 100 by default
	Kern                     unit.HalfPoint // kerning from this size on; 0: none
	VertAlign                VertAlign
	Lang                     string
	RTL                      bool
	Border                   Border
	Style                    string // character style id
}

// VAlign is a vertical alignment.
type VAlign uint8

const (
	VAlignTop VAlign = iota
	VAlignCenter
	VAlignBottom
	VAlignBoth
)

// Measure is a width as a table says it.
type Measure struct {
	Kind  MeasureKind
	Value int // twips, or fiftieths of a per cent
}

// MeasureKind is the unit of a Measure.
type MeasureKind uint8

const (
	MeasureUnset MeasureKind = iota // not said at all
	MeasureAuto
	MeasureTwips
	MeasurePercent
)

// Table is w:tbl with its style resolved into the cells.
type Table struct {
	StyleID string
	Grid    []unit.Twip
	Width   Measure
	Indent  unit.Twip
	Align   Align
	Fixed   bool
	Margins Margins // the table's default cell margins
	Spacing unit.Twip
	Float   *TableFloat
	RTL     bool
	Caption string // alternative text
	Rows    []*Row
	Place   string // «таблица 2»
}

// Margins of a cell.
type Margins struct{ Top, Right, Bottom, Left unit.Twip }

// TableFloat is w:tblpPr.
type TableFloat struct {
	HAnchor, VAnchor         string
	X, Y                     unit.Twip
	XAlign, YAlign           string
	Left, Right, Top, Bottom unit.Twip // distance of the text around
}

// Row is w:tr.
type Row struct {
	Height            unit.Twip
	HeightRule        LineRule // LineAuto: no height said
	Header, CantSplit bool
	Before, After     int // grid columns left out
	WidthBefore       unit.Twip
	Align             Align
	Cells             []*Cell
}

// Merge is a cell's part in a vertical merge.
type Merge uint8

const (
	MergeNone Merge = iota
	MergeStart
	MergeContinue
)

// Cell is w:tc; its borders are its own ones over the table's and the style's,
// not yet weighed against its neighbours'.
type Cell struct {
	Span                     int // grid columns, at least 1
	VMerge                   Merge
	Width                    Measure
	Margins                  Margins
	Top, Right, Bottom, Left Border
	Shade                    Color // Auto: none
	VAlign                   VAlign
	Rotate                   int // 0, 90 (text runs upwards), 270 (downwards)
	NoWrap                   bool
	Blocks                   []Block
}

// Wrap is how text runs around a floating object.
type Wrap uint8

const (
	WrapInline Wrap = iota // stands in the line
	WrapNone               // text runs through
	WrapSquare
	WrapTopBottom
)

// Arrow is what stands at the end of a line; its length and width are in
// widths of the line. The zero Arrow is none.
type Arrow struct {
	Kind          string // triangle, arrow, stealth, diamond, oval
	Width, Length float64
}

// Words is text stretched over a shape: WordArt, as watermarks are.
type Words struct {
	Text         string
	Font         string
	Bold, Italic bool
}

// Drawing is a picture, a text box or a shape.
type Drawing struct {
	Wrap                Wrap
	WrapSide            string // bothSides, left, right, largest
	Behind              bool
	Z                   int // order of overlapping ones, the highest in front
	Width, Height       unit.EMU
	Dist                struct{ Top, Right, Bottom, Left unit.EMU }
	HFrom, VFrom        string // relativeFrom
	HAlign, VAlign      string // «left», «center», …; empty: by X and Y
	X, Y                unit.EMU
	HPercent, VPercent  int     // wp14 percentage position, 1/1000 %; 0 when unset
	RelWidth, RelHeight float64 // share of RelWFrom/RelHFrom; 0 when unset
	RelWFrom, RelHFrom  string
	Rotate              float64 // degrees clockwise
	Alt                 string

	Image []byte // PNG or JPEG; nil for shapes
	Crop  [4]float64

	Shape          string         // preset geometry: «rect», «line», «ellipse»
	Adjust         map[string]int // its adjustments: «adj1»; nil: as preset
	Geometry       *Geometry      // of a shape of its own form; nil: Shape
	Fill           Color          // Auto: none
	FillClear      uint8          // per cent of transparency
	Line           Color          // Auto: none
	LineClear      uint8
	LineWidth      unit.EMU
	Dash           []float64 // on, off, … in widths of the line; nil is solid
	Head, Tail     Arrow     // at the beginning and the end of its line
	FlipH, FlipV   bool
	Words          *Words  // a word drawn to fill the shape
	Blocks         []Block // text box
	Inset          struct{ Top, Right, Bottom, Left unit.EMU }
	TextRotate     int // of the text in the box: 0, 90 (upwards), 270
	TextVAlign     VAlign
	AutoFit        bool       // the box is as high as its text
	GrowOnly       bool       // with AutoFit: but no lower than Height
	Rule           bool       // a horizontal rule (o:hr): its line is as high as text
	Frame          bool       // made of w:framePr: as wide as its text when Width is 0
	Fly            bool       // a picture, frame or table, which LibreOffice keeps on the page; else a shape
	Picture        bool       // its members are strokes of one picture
	Children       []*Drawing // group: places relative to the group's upper left corner
	ChildX, ChildY unit.EMU   // place in the group
}
