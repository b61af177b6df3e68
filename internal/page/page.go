// Package page is what layout makes and pdf draws: finished pages with text,
// rules, fills and images at fixed places, and the tree of structure elements
// that a screen reader follows. Nothing here thinks; it is plain data.
//
// Places are in EMU from the upper left corner of the page, y downwards.
package page

import (
	"nastavnik/internal/font"
	"nastavnik/internal/unit"
)

// Document is a laid-out document.
type Document struct {
	Title    string // dc:title; what the reader's window shows
	Author   string
	Subject  string
	Keywords string
	Lang     string // BCP 47: «ru-RU»

	Pages []Page

	// Elements is the structure tree in reading order; Elements[0] is the
	// root of role Document and every other element stands after its parent.
	Elements  []Element
	Bookmarks []Bookmark

	// PageNumbers holds the number of the page of each bookmark that a table of
	// contents names, as that page bears it.
	PageNumbers map[string]string
}

// Page is one sheet.
type Page struct {
	Width, Height unit.EMU
	Label         string // the number printed on it, «» when none is printed

	// Items are drawn in order, so a fill stands before the text on it.
	Items []Item
}

// Item is one thing drawn: *Text, *Rule, *Fill, *Path, *Image, *Foreign or *Link.
type Item interface{ item() }

// Text is one piece of one line in one face: a word with the blanks after it,
// or more words where nothing is stretched.
type Text struct {
	X, Y     unit.EMU // start of the base line
	Width    unit.EMU // advance of Text, blanks included
	Face     *font.Face
	Size     unit.EMU // font size as drawn (58 % for superscripts already applied)
	Text     string   // what is drawn and what is read
	Color    Color
	Spacing  unit.EMU // added after every character (w:spacing)
	Rotate   int      // degrees counter-clockwise about X, Y, 0 to 359
	Stretch  int      // per cent of its natural width, of words that fill a shape; 0 is 100
	Kern     bool     // pairs are drawn closer by Face.Kern, which Width counts (w:kern)
	Ligate   bool     // letters are joined by Face.Ligate, which Width counts
	Skew     bool     // draw slanted: no italic face was to be had
	Embolden bool     // draw with a stroke: no bold face was to be had
	Element  int      // index into Document.Elements; Artifact when decoration
	Hyphen   bool     // the last character is a soft hyphen made visible
	Clear    uint8    // per cent of transparency
}

// Rule is a straight line of a given thickness, a rectangle's border side, an
// underline, a strike or a leader. Its middle runs from X1, Y1 to X2, Y2.
type Rule struct {
	X1, Y1, X2, Y2 unit.EMU
	Width          unit.EMU
	Color          Color
	Dash           []unit.EMU // on, off, …; nil is solid
	Element        int
}

// Fill is a filled rectangle, or a polygon when Points is not empty.
type Fill struct {
	X, Y, Width, Height unit.EMU
	Points              []Point // closed polygon; overrides the rectangle
	Color               Color
	Element             int
}

// Point is a place on the page.
type Point struct{ X, Y unit.EMU }

// Path is the outline of a shape, filled, stroked or both.
type Path struct {
	Steps   []Step // the first is a Move
	Filled  bool
	Fill    Color
	Stroked bool
	Color   Color    // of the stroke
	Width   unit.EMU // likewise
	Dash    []unit.EMU
	Clear   uint8 // per cent of transparency, of fill and stroke
	Element int
}

// Step is one stretch of a path, from where the one before ended to To.
type Step struct {
	Kind   StepKind
	To     Point
	C1, C2 Point // control points of a Curve
}

// StepKind is a kind of stretch.
type StepKind uint8

const (
	Move  StepKind = iota // a new outline begins at To
	Line                  // straight
	Curve                 // a cubic Bézier curve
	Close                 // straight back to where the outline began
)

// Image is a raster picture scaled into its box.
type Image struct {
	X, Y, Width, Height unit.EMU
	Data                []byte     // PNG, JPEG or GIF as stored; shared between documents, never changed
	Rotate              int        // degrees clockwise about the centre
	FlipH, FlipV        bool       // mirrored, before it is turned
	Crop                [4]float64 // share cut off at left, top, right, bottom
	Element             int        // of role Figure, which carries Alt
}

// Foreign is a page of another PDF, scaled into its box.
type Foreign struct {
	X, Y, Width, Height unit.EMU
	Data                []byte // the file; shared between its pages, never changed
	Page                int    // index of the page
	Element             int    // of role Figure, which carries Alt
}

// Link is a clickable area.
type Link struct {
	X, Y, Width, Height unit.EMU
	URI                 string // outside address, or
	Page                int    // index of a page of this document, when URI is empty
	ToY                 unit.EMU
	Alt                 string // what a screen reader says
	Element             int    // of role Link
}

func (*Text) item()    {}
func (*Rule) item()    {}
func (*Fill) item()    {}
func (*Path) item()    {}
func (*Image) item()   {}
func (*Foreign) item() {}
func (*Link) item()    {}

// Color is 0xRRGGBB; the zero Color is black.
type Color uint32

// White is the colour of paper.
const White Color = 0xFFFFFF

// Artifact is the Element of an item outside the structure tree: running
// heads and feet, page numbers, borders, shading.
const Artifact = -1

// Role is a standard structure type of ISO 32000-1, 14.8.4.
type Role uint8

const (
	RoleDocument Role = iota
	RoleSect
	RoleH1
	RoleH2
	RoleH3
	RoleH4
	RoleH5
	RoleH6
	RoleP
	RoleL
	RoleLI
	RoleLbl
	RoleLBody
	RoleTable
	RoleTHead
	RoleTBody
	RoleTR
	RoleTH
	RoleTD
	RoleFigure
	RoleCaption
	RoleNote
	RoleReference
	RoleLink
	RoleSpan
	RoleTOC
	RoleTOCI
	RoleDiv
)

// String returns the structure type's name as PDF writes it.
func (r Role) String() string {
	return [...]string{"Document", "Sect", "H1", "H2", "H3", "H4", "H5", "H6", "P",
		"L", "LI", "Lbl", "LBody", "Table", "THead", "TBody", "TR", "TH", "TD",
		"Figure", "Caption", "Note", "Reference", "Link", "Span", "TOC", "TOCI", "Div"}[r]
}

// Scope of a header cell.
type Scope uint8

const (
	ScopeNone Scope = iota
	ScopeColumn
	ScopeRow
)

// Element is a node of the structure tree.
type Element struct {
	Role             Role
	Parent           int    // index into Document.Elements; -1 for the root
	Alt              string // figures, links
	Lang             string // where it differs from the document's
	Scope            Scope  // header cells
	ColSpan, RowSpan int    // cells; 0 and 1 are the same
	Ordered          bool   // lists
}

// Bookmark is an entry of the outline, made of a heading.
type Bookmark struct {
	Title string
	Level int // from 1
	Page  int // index into Pages
	Y     unit.EMU
}
