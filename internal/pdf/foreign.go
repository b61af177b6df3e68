package pdf

import (
	"bytes"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strconv"

	"nastavnik/internal/page"
	"nastavnik/internal/pdfread"
	"nastavnik/internal/unit"
)

// Foreign returns the pages of another PDF as a document, to be joined with
// others: each page is a picture of which title tells. The error is a
// *diag.Problem without a place.
func Foreign(title string, data []byte) (*page.Document, error) {
	f, err := pdfread.Open(data)
	if err != nil {
		return nil, err
	}
	doc := &page.Document{Title: title, Lang: "ru-RU", Elements: []page.Element{{Role: page.RoleDocument, Parent: -1}}}
	pages := f.Pages()
	for i, p := range pages {
		alt := title
		if len(pages) > 1 {
			alt = fmt.Sprintf("%s, страница %d", title, i+1)
		}
		doc.Elements = append(doc.Elements, page.Element{Role: page.RoleFigure, Parent: 0, Alt: alt})
		width, height := shown(p)
		doc.Pages = append(doc.Pages, page.Page{Width: width, Height: height, Label: strconv.Itoa(i + 1), Items: []page.Item{
			&page.Foreign{Width: width, Height: height, Data: data, Page: i, Element: i + 1},
		}})
	}
	return doc, nil
}

// shown returns the size of a page as it is shown, A4 when it has none.
func shown(p pdfread.Page) (width, height unit.EMU) {
	w, h := p.CropBox[2]-p.CropBox[0], p.CropBox[3]-p.CropBox[1]
	if w < 3 || h < 3 || w > 14400 || h > 14400 {
		return 210 * unit.PerMM, 297 * unit.PerMM
	}
	if p.Rotate%180 != 0 {
		w, h = h, w
	}
	return unit.EMU(w * float64(unit.PerPoint)), unit.EMU(h * float64(unit.PerPoint))
}

// foreigners are the pages of other files, each stored once as a form.
type foreigners struct {
	files   map[*byte]*copier // by place in memory
	objects []int
}

// copier takes objects over from another file.
type copier struct {
	d     *document
	f     *pdfread.File
	pages []pdfread.Page
	err   error
	known map[int]int // number there → number here
	queue []int       // numbers there, to be written
	forms map[int]int // index of a page → number of its form
}

// foreign draws a page of another file into its box.
func (c *content) foreign(m *page.Foreign) {
	c.endText()
	number, p, err := c.d.load(m)
	if err != nil {
		c.d.warn(c.number, "пересохраните тот файл в программе, где он был сделан", "страница другого файла PDF не нарисована: %s", err)
		c.frame(m.X, m.Y, m.Width, m.Height)
		return
	}
	// The corners of the box that is shown, turned clockwise.
	l, b, r, t := p.CropBox[0], p.CropBox[1], p.CropBox[2], p.CropBox[3]
	turn := [4][6]float64{{1, 0, 0, 1, -l, -b}, {0, -1, 1, 0, -b, r}, {-1, 0, 0, -1, r, t}, {0, 1, -1, 0, t, -l}}[p.Rotate/90]
	width, height := r-l, t-b
	if p.Rotate%180 != 0 {
		width, height = height, width
	}
	sx, sy := m.Width.Points()/width, m.Height.Points()/height
	x, y := m.X.Points(), (c.height - m.Y - m.Height).Points()
	c.out.put("q ")
	for _, v := range [6]float64{turn[0] * sx, turn[1] * sy, turn[2] * sx, turn[3] * sy, turn[4]*sx + x, turn[5]*sy + y} {
		c.out = append(strconv.AppendFloat(c.out, v, 'f', 4, 64), ' ')
	}
	c.out.put("cm/X")
	c.out.int(number)
	c.out.put(" Do Q\n")
}

// load returns the number of the form of a page, writing it when it is new.
func (d *document) load(m *page.Foreign) (number int, p pdfread.Page, err error) {
	if len(m.Data) == 0 {
		return 0, p, errors.New("пустой файл")
	}
	c := d.foreign.files[&m.Data[0]]
	if c == nil {
		c = &copier{d: d, known: map[int]int{}, forms: map[int]int{}}
		if c.f, c.err = pdfread.Open(m.Data); c.err == nil {
			c.pages = c.f.Pages()
		}
		if d.foreign.files == nil {
			d.foreign.files = map[*byte]*copier{}
		}
		d.foreign.files[&m.Data[0]] = c
	}
	if c.err != nil {
		return 0, p, c.err
	}
	if m.Page < 0 || m.Page >= len(c.pages) {
		return 0, p, errors.New("такой страницы нет")
	}
	p = c.pages[m.Page]
	if p.CropBox[2]-p.CropBox[0] < 1 || p.CropBox[3]-p.CropBox[1] < 1 {
		return 0, p, errors.New("у неё нет размера")
	}
	number, known := c.forms[m.Page]
	if !known {
		if number, err = c.form(p); err != nil {
			return 0, p, err
		}
		c.forms[m.Page] = number
	}
	return number, p, nil
}

// form writes a page as a form with the appearances of its annotations.
func (c *copier) form(p pdfread.Page) (number int, err error) {
	f, d := c.f, c.d
	contents := f.Array(p.Dict["Contents"])
	if contents == nil && p.Dict["Contents"] != nil {
		contents = pdfread.Array{p.Dict["Contents"]}
	}
	for _, o := range contents {
		if s, ok := f.Resolve(o).(*pdfread.Stream); ok {
			if _, err := f.Decode(s); err != nil {
				return 0, err
			}
		}
	}
	resources := maps.Clone(p.Resources)
	if resources == nil {
		resources = pdfread.Dict{}
	}
	data := append(append([]byte("q\n"), f.Content(p)...), "\nQ\n"...)
	data = c.annotations(p, resources, data)

	dict := pdfread.Dict{"Type": pdfread.Name("XObject"), "Subtype": pdfread.Name("Form"), "Resources": c.object(resources)}
	box := pdfread.Array{}
	for _, v := range p.CropBox {
		box = append(box, v)
	}
	dict["BBox"] = box
	if group := f.Dict(p.Dict["Group"]); group != nil {
		dict["Group"] = c.object(group)
	}
	object := d.alloc()
	d.stream(object, entries(dict), data)
	c.write()
	d.foreign.objects = append(d.foreign.objects, object)
	return len(d.foreign.objects), nil
}

// annotations draws what annotations show on paper behind the content of the
// page: the values of a form's fields, stamps, notes.
func (c *copier) annotations(p pdfread.Page, resources pdfread.Dict, data []byte) []byte {
	f := c.f
	forms := maps.Clone(f.Dict(resources["XObject"]))
	if forms == nil {
		forms = pdfread.Dict{}
	}
	for i, o := range f.Array(p.Dict["Annots"]) {
		look, placing, ok := f.Appearance(f.Dict(o))
		if !ok {
			continue
		}
		name := pdfread.Name(fmt.Sprintf("NastavnikAnnotation%d", i+1))
		forms[name] = look
		data = append(data, "q "...)
		for _, v := range placing {
			data = append(strconv.AppendFloat(data, v, 'f', 4, 64), ' ')
		}
		data = append(append(append(data, "cm /"...), name...), " Do Q\n"...)
	}
	if len(forms) > 0 {
		resources["XObject"] = forms
	}
	return data
}

// entries writes the entries of a dictionary without its brackets.
func entries(d pdfread.Dict) syntax {
	return syntax(bytes.TrimSuffix(bytes.TrimPrefix(pdfread.Append(nil, d), []byte("<<")), []byte(">>")))
}

// object returns an object with its references turned to numbers of this
// file; what they name is queued. The structure of the other file stays there.
func (c *copier) object(o pdfread.Object) pdfread.Object {
	switch o := o.(type) {
	case pdfread.Ref:
		number, known := c.known[o.Number]
		if !known {
			switch c.f.Name(c.f.Dict(o)["Type"]) {
			case "Page", "Pages", "Catalog", "StructTreeRoot", "StructElem":
				return nil
			}
			number = c.d.alloc()
			c.known[o.Number] = number
			c.queue = append(c.queue, o.Number)
		}
		return pdfread.Ref{Number: number}
	case pdfread.Array:
		list := slices.Clone(o)
		for i := range list {
			list[i] = c.object(list[i])
		}
		return list
	case pdfread.Dict:
		d := pdfread.Dict{}
		for _, key := range slices.Sorted(maps.Keys(o)) { // in order, for it numbers objects
			if key != "StructParent" && key != "StructParents" {
				d[key] = c.object(o[key])
			}
		}
		return d
	}
	return o
}

// write writes what is queued, and what that refers to.
func (c *copier) write() {
	for len(c.queue) > 0 {
		there := c.queue[0]
		c.queue = c.queue[1:]
		here := c.known[there]
		switch o := c.f.Resolve(pdfread.Ref{Number: there}).(type) {
		case *pdfread.Stream:
			dict := c.object(o.Dict).(pdfread.Dict)
			delete(dict, "Length")
			c.d.raw(here, entries(dict), o.Raw)
		default:
			c.d.objects.object(here, syntax(pdfread.Append(nil, c.object(o))))
		}
	}
}
