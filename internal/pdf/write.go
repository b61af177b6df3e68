package pdf

import (
	"bytes"
	"fmt"
	"slices"

	"nastavnik/internal/diag"
	"nastavnik/internal/font"
	"nastavnik/internal/page"
)

// Options of a file. The zero Options give PDF/A-2a and PDF/UA-1.
type Options struct {
	Level Level

	// Attachments lie inside the file, such as the DOCX it was laid out from.
	// With one the file is PDF/A-3a, for A-2 takes only PDF/A inside.
	Attachments []Attachment

	// Watermark is laid slanting under the text of every page, such as
	// «ПРОЕКТ»; WatermarkFace draws it, or the first face of the document.
	Watermark     string
	WatermarkFace *font.Face

	// Cache keeps font subsets between documents; nil makes them each time.
	Cache *Cache

	// Warnings takes what could not be drawn; nil drops it.
	Warnings *diag.List
}

// Level is the archival profile.
type Level uint8

const (
	LevelA2a Level = iota // PDF/A-2a and PDF/UA-1
	LevelA1b              // PDF/A-1b, still tagged: no transparency, no object streams
)

// Attachment is a file inside the PDF.
type Attachment struct {
	Name        string // «Приказ.docx»
	MIME        string
	Description string
	Data        []byte
	Source      bool // the document was made from it
}

// document is a file under construction.
type document struct {
	*objects
	doc      *page.Document
	options  Options
	elements []page.Element // those of doc and the links we had to add
	tree     *tree
	faces    faces
	images   images
	foreign  foreigners

	resources int   // fonts and images, shared by all pages
	pages     []int // object of each page
	pageTree  int
	parents   [][]int   // per page: element of each marked content sequence
	links     []int     // element of each link annotation
	clear     [101]bool // per cents of transparency in use
}

// Write appends doc to w as a PDF.
//
// Pictures that cannot be decoded are drawn as an empty frame and told in
// o.Warnings. An error is a damaged font, or our own mistake.
func Write(w *bytes.Buffer, doc *page.Document, o Options) (err error) {
	before := w.Len()
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("pdf: %v", r)
		}
		if err != nil {
			w.Truncate(before)
		}
	}()
	d := &document{
		objects: newObjects(w, o.Level == LevelA1b), doc: doc, options: o,
		elements: headings(doc.Elements),
	}
	if len(d.elements) == 0 {
		d.elements = []page.Element{{Role: page.RoleDocument, Parent: -1}}
	}
	if o.Watermark != "" && o.WatermarkFace == nil {
		d.options.WatermarkFace = firstFace(doc)
	}
	d.tree = newTree(d.elements, doc)
	d.resources, d.pageTree = d.alloc(), d.alloc()
	d.faces.collect(doc, d.options)
	d.faces.allocate(d.objects)
	d.writePages()
	if err := d.faces.write(d.objects, o.Cache); err != nil {
		return err
	}
	d.writeResources()
	root, info := d.writeCatalog()
	d.finish(root, info)
	return nil
}

// warn tells of something on a page, by its number from 0.
func (d *document) warn(number int, hint, format string, args ...any) {
	if d.options.Warnings != nil {
		d.options.Warnings.Warn(diag.Place{In: fmt.Sprintf("страница %d", number+1)}, format, args...).Hint = hint
	}
}

func firstFace(doc *page.Document) *font.Face {
	for i := range doc.Pages {
		for _, item := range doc.Pages[i].Items {
			if t, ok := item.(*page.Text); ok && t.Face != nil {
				return t.Face
			}
		}
	}
	return nil
}

// writePages writes every page with its content and its links.
func (d *document) writePages() {
	d.pages = make([]int, len(d.doc.Pages))
	for i := range d.pages {
		d.pages[i] = d.alloc()
	}
	d.parents = make([][]int, len(d.doc.Pages))
	c := content{out: make(syntax, 0, 8<<10)}
	for i := range d.doc.Pages {
		p := &d.doc.Pages[i]
		c.reset(d, i)
		foreign := slices.ContainsFunc(p.Items, func(item page.Item) bool { _, is := item.(*page.Foreign); return is })
		if len(p.Items) > 0 && !foreign { // the empty back of a sheet is no draft of anything
			c.watermark("")
		}
		for _, item := range p.Items {
			c.draw(item)
		}
		if foreign { // such a page may cover all that lies under it, as a scan does
			c.endText()
			c.watermark("/Multiply gs ")
		}
		c.close()
		d.parents[i] = c.marks
		stream := d.alloc()
		d.stream(stream, nil, c.out)

		var s syntax
		s.put("<</Type/Page/Parent ")
		s.ref(d.pageTree)
		s.put("/MediaBox[0 0 ")
		s.points(p.Width)
		s.put(" ")
		s.points(p.Height)
		s.put("]/Contents ")
		s.ref(stream)
		s.put("/Resources ")
		s.ref(d.resources)
		s.key("/StructParents", i)
		if !d.plain {
			s.put("/Tabs/S")
		}
		if len(c.annotations) > 0 {
			s.put("/Annots[")
			for _, n := range c.annotations {
				s.ref(n)
				s.put(" ")
			}
			s.put("]")
		}
		s.put(">>")
		d.object(d.pages[i], s)
	}

	var s syntax
	s.put("<</Type/Pages")
	s.key("/Count", len(d.pages))
	s.put("/Kids[")
	for _, n := range d.pages {
		s.ref(n)
		s.put(" ")
	}
	s.put("]>>")
	d.object(d.pageTree, s)
}

// writeResources writes the one resource dictionary that all pages share.
func (d *document) writeResources() {
	var s syntax
	s.put("<<")
	if d.options.Watermark != "" && len(d.foreign.objects) > 0 {
		s.put("/ExtGState<</Multiply<</Type/ExtGState/BM/Multiply>>>>")
	}
	if len(d.faces.order) > 0 {
		s.put("/Font<<")
		for i, u := range d.faces.order {
			s.put("/F")
			s.int(i + 1)
			s.put(" ")
			s.ref(u.object)
		}
		s.put(">>")
	}
	if len(d.images.objects)+len(d.foreign.objects) > 0 {
		s.put("/XObject<<")
		for i, n := range d.foreign.objects {
			s.put("/X")
			s.int(i + 1)
			s.put(" ")
			s.ref(n)
		}
		for i, n := range d.images.objects {
			s.put("/I")
			s.int(i + 1)
			s.put(" ")
			s.ref(n)
		}
		s.put(">>")
	}
	if slices.Contains(d.clear[:], true) {
		s.put("/ExtGState<<")
		for percent, used := range d.clear {
			if used {
				s.put("/T")
				s.int(percent)
				s.put("<</ca ")
				s.thousandths(int64(100-percent) * 10)
				s.put("/CA ")
				s.thousandths(int64(100-percent) * 10)
				s.put(">>")
			}
		}
		s.put(">>")
	}
	s.put(">>")
	d.object(d.resources, s)
}
