package pdfread

import (
	"bytes"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strconv"
	"sync"

	"nastavnik/internal/diag"
)

// Limits of a file from outside.
const (
	maxFile    = 64 << 20 // bytes of a file
	maxStream  = 64 << 20 // bytes of a stream, unpacked
	maxObjects = 1 << 20
	maxPages   = 20_000
)

// File is an open PDF. It is not safe for concurrent use.
type File struct {
	Data    []byte
	Trailer Dict

	// StreamXref is set when the newest cross-reference is a stream, so that
	// an update must bring one too; StartXref is where it stands.
	StreamXref bool
	StartXref  int
	rebuilt    bool

	entries map[int]entry
	cache   map[int]Object
	streams map[int][]packedObject // object streams, unpacked
	busy    map[int]bool
}

// entry says where an object stands: at offset, or in an object stream.
type entry struct {
	offset     int
	generation int
	stream     int // when > 0
	index      int
	free       bool
}

type packedObject struct {
	number int
	object Object
}

// refuse builds the error of a file that cannot be read.
func refuse(text, hint string) error { return &diag.Problem{Text: text, Hint: hint} }

// Open reads the cross-reference of a PDF. Errors are *diag.Problem without a
// place, for the caller knows the file's name.
func Open(data []byte) (f *File, err error) {
	defer func() {
		if r := recover(); r != nil {
			f, err = nil, refuse("файл PDF повреждён", "пересохраните его в программе, где он был сделан")
		}
	}()
	if len(data) > maxFile {
		return nil, refuse(fmt.Sprintf("файл PDF больше %d МБ", maxFile>>20), "уменьшите рисунки в нём")
	}
	head := bytes.Index(data[:min(len(data), 1024)], []byte("%PDF-"))
	if head < 0 {
		return nil, refuse("это не PDF", "нужен файл .pdf")
	}
	f = &File{Data: data, entries: map[int]entry{}, cache: map[int]Object{}, streams: map[int][]packedObject{}, busy: map[int]bool{}}
	if !f.readXref() || f.root() == nil {
		f.rebuild()
	}
	if f.Trailer["Encrypt"] != nil {
		return nil, refuse("файл PDF зашифрован", "сохраните его без пароля и ограничений")
	}
	if f.root() == nil {
		return nil, refuse("файл PDF повреждён: нет каталога", "пересохраните его в программе, где он был сделан")
	}
	return f, nil
}

func (f *File) root() Dict {
	root := f.Dict(f.Trailer["Root"])
	if root == nil || f.Dict(root["Pages"]) == nil {
		return nil
	}
	return root
}

// Catalog returns the document catalog.
func (f *File) Catalog() Dict { return f.Dict(f.Trailer["Root"]) }

// Size returns the number that a new object may take.
func (f *File) Size() int {
	size := 1
	for n := range f.entries {
		size = max(size, n+1)
	}
	if n, ok := f.Trailer["Size"].(int); ok && n < maxObjects {
		size = max(size, n)
	}
	return size
}

// readXref reads the cross-references from the newest to the oldest.
func (f *File) readXref() bool {
	tail := f.Data[max(0, len(f.Data)-2048):]
	at := bytes.LastIndex(tail, []byte("startxref"))
	if at < 0 {
		return false
	}
	l := lexer{b: tail, at: at + len("startxref")}
	start, ok := l.object(0).(int)
	if !ok {
		return false
	}
	f.StartXref = start
	seen := map[int]bool{}
	for start > 0 || !seen[0] && start == 0 {
		if start < 0 || start >= len(f.Data) || seen[start] {
			return len(seen) > 0
		}
		seen[start] = true
		trailer, isStream, ok := f.readSection(start)
		if !ok {
			return false
		}
		if f.Trailer == nil {
			f.Trailer, f.StreamXref = trailer, isStream
		}
		if hybrid, ok := trailer["XRefStm"].(int); ok && hybrid > 0 && hybrid < len(f.Data) && !seen[hybrid] {
			seen[hybrid] = true
			if _, _, ok := f.readSection(hybrid); !ok {
				return false
			}
		}
		previous, ok := trailer["Prev"].(int)
		if !ok {
			return true
		}
		start = previous
	}
	return true
}

// readSection reads one cross-reference, a table or a stream.
func (f *File) readSection(at int) (trailer Dict, isStream, ok bool) {
	l := lexer{b: f.Data, at: at}
	if word, _ := l.object(0).(keyword); word == "xref" {
		trailer, ok = f.readTable(&l)
		return trailer, false, ok
	}
	l.at = at
	_, o, ok := f.indirect(&l)
	stream, isStream := o.(*Stream)
	if !ok || !isStream || stream.Dict["Type"] != Name("XRef") {
		return nil, true, false
	}
	return stream.Dict, true, f.readCross(stream)
}

func (f *File) readTable(l *lexer) (Dict, bool) {
	for {
		switch first := l.object(0).(type) {
		case keyword:
			if first != "trailer" {
				return nil, false
			}
			trailer, ok := l.object(0).(Dict)
			return trailer, ok
		case int:
			count, ok := l.object(0).(int)
			if !ok || count < 0 || count > maxObjects || first < 0 {
				return nil, false
			}
			for i := range count {
				offset, ok1 := l.object(0).(int)
				generation, ok2 := l.object(0).(int)
				kind, ok3 := l.object(0).(keyword)
				if !ok1 || !ok2 || !ok3 {
					return nil, false
				}
				f.note(first+i, entry{offset: offset, generation: generation, free: kind != "n"})
			}
		default:
			return nil, false
		}
	}
}

// note keeps the newest entry of an object.
func (f *File) note(n int, e entry) {
	if _, known := f.entries[n]; !known && len(f.entries) < maxObjects {
		f.entries[n] = e
	}
}

// readCross reads the rows of a cross-reference stream.
func (f *File) readCross(s *Stream) bool {
	data, err := f.Decode(s)
	widths, _ := s.Dict["W"].(Array)
	if err != nil || len(widths) != 3 {
		return false
	}
	var w [3]int
	row := 0
	for i := range w {
		n, ok := widths[i].(int)
		if !ok || n < 0 || n > 8 {
			return false
		}
		w[i] = n
		row += n
	}
	index, _ := s.Dict["Index"].(Array)
	if index == nil {
		index = Array{0, s.Dict["Size"]}
	}
	for i := 0; i+1 < len(index); i += 2 {
		first, ok1 := index[i].(int)
		count, ok2 := index[i+1].(int)
		if !ok1 || !ok2 || first < 0 || count < 0 || row == 0 {
			return false
		}
		for k := 0; k < count && len(data) >= row; k++ {
			var v [3]int
			for c, n := range w {
				for _, b := range data[:n] {
					v[c] = v[c]<<8 | int(b)
				}
				data = data[n:]
			}
			if w[0] == 0 {
				v[0] = 1
			}
			switch v[0] {
			case 0:
				f.note(first+k, entry{free: true})
			case 1:
				f.note(first+k, entry{offset: v[1], generation: v[2]})
			case 2:
				f.note(first+k, entry{stream: v[1], index: v[2]})
			}
		}
	}
	return true
}

var objectHead = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`(?:^|[\s>])(\d{1,10})[ \t\r\n]+(\d{1,5})[ \t\r\n]+obj\b`)
})

// rebuild finds objects by looking for «n g obj», the last of a number wins.
func (f *File) rebuild() {
	f.entries, f.cache, f.streams = map[int]entry{}, map[int]Object{}, map[int][]packedObject{}
	f.Trailer, f.StreamXref, f.rebuilt = Dict{}, false, true
	var streams []int
	for _, m := range objectHead().FindAllSubmatchIndex(f.Data, maxObjects) {
		n, _ := strconv.Atoi(string(f.Data[m[2]:m[3]]))
		g, _ := strconv.Atoi(string(f.Data[m[4]:m[5]]))
		f.entries[n] = entry{offset: m[2], generation: g}
		body := f.Data[m[1]:min(len(f.Data), m[1]+200)]
		if bytes.Contains(body, []byte("/ObjStm")) {
			streams = append(streams, n)
		}
	}
	for _, n := range streams {
		for i, packed := range f.unpack(n) {
			f.note(packed.number, entry{stream: n, index: i})
		}
	}
	for at := 0; ; {
		n := bytes.Index(f.Data[at:], []byte("trailer"))
		if n < 0 {
			break
		}
		at += n + len("trailer")
		l := lexer{b: f.Data, at: at}
		if d, ok := l.object(0).(Dict); ok {
			for k, v := range d {
				f.Trailer[k] = v
			}
		}
	}
	if f.Dict(f.Trailer["Root"]) == nil {
		for n := range f.entries {
			if d := f.Dict(Ref{n, 0}); d["Type"] == Name("Catalog") {
				if old, ok := f.Trailer["Root"].(Ref); !ok || old.Number < n {
					f.Trailer["Root"] = Ref{n, f.entries[n].generation}
				}
			}
			if s, ok := f.Resolve(Ref{n, 0}).(*Stream); ok && s.Dict["Type"] == Name("XRef") && s.Dict["Encrypt"] != nil {
				f.Trailer["Encrypt"] = s.Dict["Encrypt"]
			}
		}
	}
}

// indirect reads «n g obj … endobj».
func (f *File) indirect(l *lexer) (number int, o Object, ok bool) {
	number, ok1 := l.object(0).(int)
	_, ok2 := l.object(0).(int)
	word, ok3 := l.object(0).(keyword)
	if !ok1 || !ok2 || !ok3 || word != "obj" {
		return 0, nil, false
	}
	o = l.object(0)
	switch v := o.(type) {
	case keyword, end:
		return number, nil, true
	case Dict:
		length := -1
		switch n := v["Length"].(type) {
		case int:
			length = n
		case Ref:
			if n.Number != number {
				length, _ = f.Resolve(n).(int)
			}
		}
		if raw, isStream := l.stream(length); isStream {
			return number, &Stream{v, raw}, true
		}
	}
	return number, o, true
}

// Resolve follows references; what is not there is nil.
func (f *File) Resolve(o Object) Object {
	for range 32 {
		r, ok := o.(Ref)
		if !ok {
			return o
		}
		o = f.load(r.Number)
	}
	return nil
}

func (f *File) load(n int) Object {
	if o, ok := f.cache[n]; ok {
		return o
	}
	e, ok := f.entries[n]
	if !ok || e.free || f.busy[n] {
		return nil
	}
	f.busy[n] = true
	defer delete(f.busy, n)
	var o Object
	if e.stream > 0 {
		packed := f.unpack(e.stream)
		if e.index < len(packed) && packed[e.index].number == n {
			o = packed[e.index].object
		} else {
			for _, p := range packed {
				if p.number == n {
					o = p.object
				}
			}
		}
	} else if e.offset >= 0 && e.offset < len(f.Data) {
		l := lexer{b: f.Data, at: e.offset}
		if number, read, ok := f.indirect(&l); ok && number == n {
			o = read
		}
	}
	f.cache[n] = o
	return o
}

// unpack reads an object stream.
func (f *File) unpack(n int) []packedObject {
	if objects, ok := f.streams[n]; ok {
		return objects
	}
	f.streams[n] = nil
	s, ok := f.Resolve(Ref{n, 0}).(*Stream)
	if !ok {
		return nil
	}
	data, err := f.Decode(s)
	count, _ := f.Resolve(s.Dict["N"]).(int)
	first, _ := f.Resolve(s.Dict["First"]).(int)
	if err != nil || first < 0 || first > len(data) || count < 0 || count > maxObjects {
		return nil
	}
	head := lexer{b: data[:first]}
	var objects []packedObject
	for range count {
		number, ok1 := head.object(0).(int)
		offset, ok2 := head.object(0).(int)
		if !ok1 || !ok2 || offset < 0 || offset > len(data)-first {
			break
		}
		l := lexer{b: data, at: first + offset}
		o := l.object(0)
		switch o.(type) {
		case keyword, end:
			o = nil
		}
		objects = append(objects, packedObject{number, o})
	}
	f.streams[n] = objects
	return objects
}

// Dict returns the dictionary that o is or refers to, a stream's too; nil
// when it is none.
func (f *File) Dict(o Object) Dict {
	switch o := f.Resolve(o).(type) {
	case Dict:
		return o
	case *Stream:
		return o.Dict
	}
	return nil
}

// Array returns the array that o is or refers to, nil when it is none.
func (f *File) Array(o Object) Array {
	a, _ := f.Resolve(o).(Array)
	return a
}

// Name returns the name that o is or refers to.
func (f *File) Name(o Object) Name {
	n, _ := f.Resolve(o).(Name)
	return n
}

// Number returns the number that o is or refers to.
func (f *File) Number(o Object) (v float64, ok bool) {
	switch n := f.Resolve(o).(type) {
	case int:
		return float64(n), true
	case float64:
		return n, true
	}
	return 0, false
}

// Int returns the whole number that o is or refers to, otherwise 0.
func (f *File) Int(o Object) int {
	v, _ := f.Number(o)
	return int(v)
}

// Text returns the text string that o is or refers to.
func (f *File) Text(o Object) string {
	s, _ := f.Resolve(o).(String)
	return s.Text()
}

// Page is a page with what it inherits.
type Page struct {
	Ref       Ref
	Dict      Dict
	Resources Dict
	MediaBox  [4]float64 // left, bottom, right, top, in points
	CropBox   [4]float64 // what is shown: MediaBox when it names none
	Rotate    int        // clockwise, 0, 90, 180 or 270
}

// Pages returns the pages in order.
func (f *File) Pages() []Page {
	var pages []Page
	seen := map[int]bool{}
	var walk func(o Object, inherited Page, depth int)
	walk = func(o Object, inherited Page, depth int) {
		r, _ := o.(Ref)
		d := f.Dict(o)
		if d == nil || depth > maxDepth || len(pages) >= maxPages || seen[r.Number] && r.Number != 0 {
			return
		}
		seen[r.Number] = true
		if res := f.Dict(d["Resources"]); res != nil {
			inherited.Resources = res
		}
		if box, ok := f.Box(d["MediaBox"]); ok {
			inherited.MediaBox = box
		}
		if box, ok := f.Box(d["CropBox"]); ok {
			inherited.CropBox = box
		}
		if d["Rotate"] != nil {
			inherited.Rotate = (f.Int(d["Rotate"])/90%4 + 4) % 4 * 90
		}
		if kids := f.Array(d["Kids"]); kids != nil {
			for _, kid := range kids {
				walk(kid, inherited, depth+1)
			}
			return
		}
		inherited.Ref, inherited.Dict = r, d
		inherited.CropBox = within(inherited.CropBox, inherited.MediaBox)
		pages = append(pages, inherited)
	}
	if root := f.Catalog(); root != nil {
		walk(root["Pages"], Page{}, 0)
	}
	return pages
}

// within returns the part of a crop box that lies on the page; the whole page
// when there is none (ISO 32000-1, 14.11.2).
func within(crop, page [4]float64) [4]float64 {
	part := [4]float64{max(crop[0], page[0]), max(crop[1], page[1]), min(crop[2], page[2]), min(crop[3], page[3])}
	if part[2]-part[0] <= 0 || part[3]-part[1] <= 0 {
		return page
	}
	return part
}

// Box returns a rectangle as left, bottom, right, top.
func (f *File) Box(o Object) (box [4]float64, ok bool) {
	a := f.Array(o)
	if len(a) != 4 {
		return box, false
	}
	for i := range box {
		box[i], _ = f.Number(a[i])
	}
	return [4]float64{min(box[0], box[2]), min(box[1], box[3]), max(box[0], box[2]), max(box[1], box[3])}, true
}

// Placing returns the transformation that lays the appearance s of an
// annotation onto its rectangle; false when it has no size.
//
// ISO 32000-1, 12.5.5, algorithm 8.1.
func (f *File) Placing(rect [4]float64, s *Stream) (m [6]float64, ok bool) {
	box, _ := f.Box(s.Dict["BBox"])
	own := identity
	if a := f.Array(s.Dict["Matrix"]); len(a) == 6 {
		for i := range own {
			own[i], _ = f.Number(a[i])
		}
	}
	left, bottom, right, top := 1e9, 1e9, -1e9, -1e9
	for _, corner := range [4][2]float64{{box[0], box[1]}, {box[2], box[1]}, {box[0], box[3]}, {box[2], box[3]}} {
		x, y := own[0]*corner[0]+own[2]*corner[1]+own[4], own[1]*corner[0]+own[3]*corner[1]+own[5]
		left, bottom, right, top = min(left, x), min(bottom, y), max(right, x), max(top, y)
	}
	if right-left < 1e-6 || top-bottom < 1e-6 {
		return m, false
	}
	sx, sy := (rect[2]-rect[0])/(right-left), (rect[3]-rect[1])/(top-bottom)
	return [6]float64{sx, 0, 0, sy, rect[0] - left*sx, rect[1] - bottom*sy}, true
}

// Objects calls visit for each object in use, in the order of their numbers.
func (f *File) Objects(visit func(Ref, Object)) {
	for _, n := range slices.Sorted(maps.Keys(f.entries)) {
		if e := f.entries[n]; n > 0 && !e.free {
			visit(Ref{n, e.generation}, f.Resolve(Ref{n, e.generation}))
		}
	}
}
