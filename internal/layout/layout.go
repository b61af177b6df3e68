package layout

import (
	"slices"

	"nastavnik/internal/diag"
	"nastavnik/internal/font"
	"nastavnik/internal/page"
	"nastavnik/internal/unit"
	"nastavnik/internal/wml"
)

// Options of Pages. Fonts must not be nil.
type Options struct {
	Fonts *font.Set

	// MaxPages stops a document that would never end; 0 is 5000.
	MaxPages int
}

// defaultMaxPages is far beyond any paper that a school signs.
const defaultMaxPages = 5000

// Pages lays the document out. It always returns a document, with at least
// one page; what was not drawn as it stands in the file is in the list: a
// substituted font, a character that no font has. An Error in the list means
// that layout stopped and the pages are not complete.
func Pages(doc *wml.Document, o Options) (out *page.Document, problems diag.List) {
	if o.MaxPages == 0 {
		o.MaxPages = defaultMaxPages
	}
	e := newEngine(doc, o, nil)
	defer func() {
		if r := recover(); r != nil {
			at := diag.Place{}
			if e.reading != nil {
				at.In = e.reading.src.Place
			}
			e.problems.Add(at, "внутренняя ошибка вёрстки: %v", r).Hint = "пришлите файл разработчику"
			if len(e.out.Pages) == 0 {
				e.out.Pages = []page.Page{{Width: 11906 * unit.PerTwip, Height: 16838 * unit.PerTwip}}
			}
			out, problems = e.out, e.problems
		}
	}()
	e.run()
	for try := 0; e.guessedWrong() && try < 2; try++ {
		next := newEngine(doc, o, e)
		next.totalGuess, next.labels = len(e.out.Pages), e.pageLabels()
		e = next
		e.run()
	}
	if len(e.references) > 0 {
		e.out.PageNumbers = e.pageLabels()
	}
	return e.out, e.problems
}

// guessedWrong reports whether the body shows another number of pages than
// there are, or in a table of contents another page than that of the heading.
func (e *engine) guessedWrong() bool {
	if e.totalUsed && e.totalGuess != len(e.out.Pages) {
		return true
	}
	return slices.ContainsFunc(e.references, func(r reference) bool {
		label := e.pageLabel(r.anchor)
		return label != "" && label != r.shown
	})
}

// pageLabel returns the number of the page on which a bookmark stands, as PAGE
// shows it there; «» when there is no such bookmark.
func (e *engine) pageLabel(anchor string) string {
	t, ok := e.anchors[anchor]
	if !ok || t.page >= len(e.states) {
		return ""
	}
	return e.states[t.page].label
}

// pageLabels returns the numbers for all references.
func (e *engine) pageLabels() map[string]string {
	labels := map[string]string{}
	for _, r := range e.references {
		labels[r.anchor] = e.pageLabel(r.anchor)
	}
	return labels
}

// engine is the state of one layout.
type engine struct {
	doc   *wml.Document
	fonts *font.Set
	max   int
	out   *page.Document

	problems diag.List
	causes   map[string]*cause
	ordered  []*cause
	reading  *para // the paragraph being measured, for warnings

	looks  map[*wml.RunProps]*look
	widths map[faceSize]*advances
	heads  map[headKey]*headBox
	tables map[*wml.Table]*tableBox

	sections   []*section
	textWidth  twip // of the section being prepared
	grid       twip // its pitch of lines, 0 for none
	footnotes  bool // the document has some
	textHeight twip
	endnotes   []*block          // in the order of their references
	anchors    map[string]target // bookmarks met while drawing
	links      []pendingLink
	pageState  *pageState  // the page being filled
	texts      []page.Text // slab, of so many at first
	slab       int

	states     []*pageState // all pages
	total      int          // of pages, once known
	totalUsed  bool         // the body shows the number of pages
	totalGuess int
	labels     map[string]string // page numbers of bookmarks, by an earlier layout
	references []reference
	depth      int
}

// reference is a page number that PAGEREF showed.
type reference struct{ anchor, shown string }

// section is a wml.Section with its blocks made ready.
type section struct {
	src    *wml.Section
	index  int
	blocks []*block
}

// target is the place of a bookmark.
type target struct {
	page int
	y    unit.EMU
}

// pendingLink is an inner link whose target may stand on a later page.
type pendingLink struct {
	link   *page.Link
	anchor string
}

func newEngine(doc *wml.Document, o Options, old *engine) *engine {
	e := &engine{doc: doc, fonts: o.Fonts, max: o.MaxPages, causes: map[string]*cause{},
		looks: map[*wml.RunProps]*look{}, widths: map[faceSize]*advances{},
		heads: map[headKey]*headBox{}, tables: map[*wml.Table]*tableBox{}, anchors: map[string]target{},
		out: &page.Document{Title: doc.Title, Author: doc.Author, Subject: doc.Subject, Keywords: doc.Keywords, Lang: doc.Lang}}
	if old != nil {
		e.widths = old.widths
	}
	return e
}

func (e *engine) run() {
	e.prepare()
	e.guessPages()
	e.flow()
	e.finishHeads()
	for _, p := range e.links {
		t, ok := e.anchors[p.anchor]
		if !ok {
			continue
		}
		p.link.Page, p.link.ToY = t.page, t.y
	}
	e.dropDeadLinks()
	e.countCauses()
}

// dropDeadLinks takes out links to bookmarks that are not there.
func (e *engine) dropDeadLinks() {
	dead := map[*page.Link]bool{}
	for _, p := range e.links {
		if _, ok := e.anchors[p.anchor]; !ok {
			dead[p.link] = true
		}
	}
	if len(dead) == 0 {
		return
	}
	for i := range e.out.Pages {
		items := e.out.Pages[i].Items[:0]
		for _, it := range e.out.Pages[i].Items {
			if l, ok := it.(*page.Link); !ok || !dead[l] {
				items = append(items, it)
			}
		}
		e.out.Pages[i].Items = items
	}
}
