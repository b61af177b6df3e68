package fill

import (
	"bytes"
	"hash/fnv"
	"image"
	_ "image/jpeg" // the two kinds that Word and every reader draw
	_ "image/png"
	"reflect"
	"slices"
	"strconv"

	"nastavnik/internal/docx"
)

// Limits of pictures, and the size of one that says none: 96 dots to the inch,
// at most the width of a text column of A4.
const (
	maxPicture  = 10 << 20 // bytes
	maxPixels   = 50_000_000
	emuPerPixel = 9525
	maxWidth    = 165 * 36000
)

// images are the pictures of one rendering: each different one is a part, and
// each part of the document that shows it has a relationship.
type images struct {
	files []picture
	rels  map[*partPlan][]int // by the plan of the document part: indexes of files
}

type picture struct {
	sum  uint64
	ext  string
	data []byte
	w, h int // pixels
}

func (m *images) begin() {
	m.files = m.files[:0]
	clear(m.rels)
}

// image prepares the parts that a picture needs and writes its operation.
func (e *emitter) image(p *placeholder, m mode) {
	x := e.c.compileExpr(p, e.scope)
	if x == nil {
		return
	}
	if m != modeText {
		e.c.problems.Add(p.place, "рисунок можно вставить только в текст документа")
		return
	}
	e.declareImages()
	e.add(op{do: opImage, expr: x, p: p, part: e.plan})
}

// declareImages readies the package and the part for pictures that come with
// the data.
func (e *emitter) declareImages() {
	e.c.pkg.DeclareDefault("png", "image/png")
	e.c.pkg.DeclareDefault("jpeg", "image/jpeg")
	e.c.needRels[e.plan] = true
}

// image writes a picture.
func (r *run) image(o *op) {
	v, ok := r.eval(o.expr)
	if !ok {
		return
	}
	if empty(v) {
		place := o.p.place
		place.File = r.t.name
		r.blanks = append(r.blanks, Blank{Key: o.p.expr.text, Place: place})
		return
	}
	at := r.picture(o, v)
	if at < 0 {
		return
	}
	pic := &r.images.files[at]
	r.relate(o.part, at)
	w, h := pic.size(o.p.wide, o.p.high)
	r.drawing++
	r.visible++
	r.out = append(r.out, "</w:t>"...)
	r.out = appendDrawing(r.out, at, r.drawing, w, h, o.p.alt)
	r.out = append(r.out, `<w:t xml:space="preserve">`...)
}

// relate notes that a part shows picture at.
func (r *run) relate(part *partPlan, at int) {
	if r.images.rels == nil {
		r.images.rels = map[*partPlan][]int{}
	}
	if !slices.Contains(r.images.rels[part], at) {
		r.images.rels[part] = append(r.images.rels[part], at)
	}
}

// swap writes the relationship of a picture that takes the place of another;
// when there is none, the other stays.
func (r *run) swap(o *op) {
	v, ok := r.eval(o.expr)
	if !ok {
		return
	}
	if empty(v) {
		r.out = append(r.out, o.lit...)
		return
	}
	if at := r.picture(o, v); at >= 0 {
		r.relate(o.part, at)
		r.out = append(r.out, imageRel...)
		r.out = strconv.AppendInt(r.out, int64(at+1), 10)
	}
}

// picture returns the index of the picture in r.images, -1 when it is none.
func (r *run) picture(o *op, v reflect.Value) int {
	v = deref(v, false)
	var data []byte
	switch x := v.Interface().(type) {
	case []byte:
		data = x
	case string:
		if r.t.image == nil {
			r.fail(o.p, "", "рисунок «%s» не найден", x)
			return -1
		}
		b, err := r.t.image(x)
		if err != nil {
			r.fail(o.p, "", "рисунок «%s» не читается: %v", x, err)
			return -1
		}
		data = b
	default:
		r.fail(o.p, "", "«%s» — не рисунок", o.p.expr.text)
		return -1
	}
	sum := fnv.New64a()
	sum.Write(data)
	for i, f := range r.images.files {
		if f.sum == sum.Sum64() && bytes.Equal(f.data, data) {
			return i
		}
	}
	config, kind, err := image.DecodeConfig(bytes.NewReader(data))
	switch {
	case err != nil:
		r.fail(o.p, "", "«%s»: это не рисунок PNG и не JPEG", o.p.expr.text).Hint = "сохраните рисунок как PNG или JPEG"
	case len(data) > maxPicture:
		r.fail(o.p, docx.Safety, "рисунок больше %d МБ", maxPicture>>20)
	case config.Width < 1 || config.Height < 1 || config.Width*config.Height > maxPixels:
		r.fail(o.p, docx.Safety, "рисунок имеет недопустимый размер %d × %d точек", config.Width, config.Height)
	default:
		r.images.files = append(r.images.files, picture{sum.Sum64(), kind, data, config.Width, config.Height})
		return len(r.images.files) - 1
	}
	return -1
}

// size returns the width and the height in EMU: as asked, the other by the
// proportions; without either, by the pixels.
func (p *picture) size(w, h int64) (int64, int64) {
	switch {
	case w > 0 && h > 0:
	case w > 0:
		h = max(1, w*int64(p.h)/int64(p.w))
	case h > 0:
		w = max(1, h*int64(p.w)/int64(p.h))
	default:
		w, h = int64(p.w)*emuPerPixel, int64(p.h)*emuPerPixel
		if w > maxWidth {
			w, h = maxWidth, max(1, h*maxWidth/w)
		}
	}
	return w, h
}

// name returns the part of picture i.
func (p *picture) name(i int) string {
	return "word/media/fill" + strconv.Itoa(i+1) + "." + p.ext
}

// appendDrawing writes an inline picture; it declares its namespaces itself,
// so that it may stand in any part.
func appendDrawing(b []byte, at, id int, w, h int64, alt string) []byte {
	num := func(n int64) { b = strconv.AppendInt(b, n, 10) }
	put := func(s string) { b = append(b, s...) }
	put(`<w:drawing><wp:inline xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" distT="0" distB="0" distL="0" distR="0"><wp:extent cx="`)
	num(w)
	put(`" cy="`)
	num(h)
	put(`"/><wp:effectExtent l="0" t="0" r="0" b="0"/><wp:docPr id="`)
	num(int64(id))
	put(`" name="Рисунок `)
	num(int64(id))
	if alt != "" {
		put(`" descr="`)
		b = docx.AppendEscaped(b, alt)
	}
	put(`"/><wp:cNvGraphicFramePr><a:graphicFrameLocks xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" noChangeAspect="1"/></wp:cNvGraphicFramePr>` +
		`<a:graphic xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture">` +
		`<pic:pic xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:nvPicPr><pic:cNvPr id="`)
	num(int64(id))
	put(`" name="Рисунок `)
	num(int64(id))
	put(`"/><pic:cNvPicPr/></pic:nvPicPr><pic:blipFill><a:blip xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" r:embed="`)
	put(imageRel)
	num(int64(at + 1))
	put(`"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill><pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="`)
	num(w)
	put(`" cy="`)
	num(h)
	put(`"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing>`)
	return b
}

// imageRel begins the ids of relationships to pictures; no other writer uses
// such ids.
const imageRel = "rIdFill"

// relsPart writes the relationships of a part with those of its pictures.
func (r *run) relsPart(b []byte, plan *partPlan, of *partPlan) []byte {
	b = append(b, plan.relsHead...)
	for _, i := range r.images.rels[of] {
		b = append(b, `<Relationship Id="`+imageRel...)
		b = strconv.AppendInt(b, int64(i+1), 10)
		b = append(b, `" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/image" Target="/`...)
		b = append(append(b, r.images.files[i].name(i)...), `"/>`...)
	}
	return append(b, plan.tail...)
}

// write adds the pictures to the archive.
func (m *images) write(a *docx.Archive) {
	for i := range m.files {
		a.Store(m.files[i].name(i), m.files[i].data)
	}
}
