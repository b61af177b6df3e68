package pdfread

import (
	"bytes"
	"crypto/sha256"
	"maps"
	"slices"
	"strconv"
)

// Update is changes to a file, written behind its bytes as an incremental
// update, so that nothing of the original is lost. A file whose
// cross-reference had to be rebuilt is written anew, and so is one when asked
// for: with what its catalog still reaches, and nothing else.
//
// ISO 32000-1, 7.5.6.
type Update struct {
	f       *File
	changed map[Ref]Object
	next    int
	anew    bool
}

// NewUpdate returns an update without changes.
func (f *File) NewUpdate() *Update {
	return &Update{f: f, changed: map[Ref]Object{}, next: f.Size()}
}

// Add takes in a new object.
func (u *Update) Add(o Object) Ref {
	r := Ref{u.next, 0}
	u.next++
	u.changed[r] = o
	return r
}

// Set gives an object a new value. The file's own Resolve goes on giving the
// old one.
func (u *Update) Set(r Ref, o Object) { u.changed[r] = o }

// Get returns the object as this update has it.
func (u *Update) Get(r Ref) Object {
	if o, ok := u.changed[r]; ok {
		return o
	}
	return u.f.Resolve(r)
}

// Anew asks for the file to be written anew: what was taken out of it is gone
// from its bytes as well.
func (u *Update) Anew() { u.anew = true }

// reached drops the objects that neither the catalog nor the document
// information leads to.
func (u *Update) reached() {
	// By number alone, as Resolve finds them: some files name a wrong generation.
	byNumber := map[int]Object{}
	for r, o := range u.changed {
		byNumber[r.Number] = o
	}
	seen := map[int]bool{}
	queue := []Object{u.f.Trailer["Root"], u.f.Trailer["Info"]}
	for len(queue) > 0 {
		o := queue[len(queue)-1]
		queue = queue[:len(queue)-1]
		switch o := o.(type) {
		case Ref:
			if !seen[o.Number] {
				seen[o.Number] = true
				queue = append(queue, byNumber[o.Number])
			}
		case Array:
			queue = append(queue, o...)
		case Dict:
			for _, v := range o {
				queue = append(queue, v)
			}
		case *Stream:
			queue = append(queue, o.Dict)
		}
	}
	maps.DeleteFunc(u.changed, func(r Ref, _ Object) bool { return !seen[r.Number] })
}

// Bytes returns the file with its changes. The same file and changes give the
// same bytes.
func (u *Update) Bytes() []byte {
	var out []byte
	whole := u.f.rebuilt || u.anew
	if whole {
		out = []byte("%PDF-1.7\n%\xE2\xE3\xCF\xD3\n")
		u.f.Objects(func(r Ref, o Object) {
			if _, ok := u.changed[r]; ok {
				return
			}
			if s, ok := o.(*Stream); ok && (s.Dict["Type"] == Name("XRef") || s.Dict["Type"] == Name("ObjStm")) {
				return
			}
			u.changed[r] = o
		})
		u.reached()
	} else {
		out = slices.Clone(u.f.Data)
		if !bytes.HasSuffix(out, []byte("\n")) {
			out = append(out, '\n')
		}
	}
	refs := slices.SortedFunc(maps.Keys(u.changed), func(a, b Ref) int { return a.Number - b.Number })
	offsets := map[Ref]int{}
	for _, r := range refs {
		offsets[r] = len(out)
		out = strconv.AppendInt(out, int64(r.Number), 10)
		out = append(out, ' ')
		out = strconv.AppendInt(out, int64(r.Generation), 10)
		out = append(out, " obj\n"...)
		out = Append(out, u.changed[r])
		out = append(out, "\nendobj\n"...)
	}

	trailer := Dict{"Root": u.f.Trailer["Root"]}
	for _, key := range []Name{"Info", "ID"} {
		if o := u.f.Trailer[key]; o != nil {
			trailer[key] = o
		}
	}
	if !whole {
		trailer["Prev"] = u.f.StartXref
	}
	sum := sha256.Sum256(out)
	id := String(sum[:16])
	if old := u.f.Array(trailer["ID"]); len(old) == 2 {
		trailer["ID"] = Array{old[0], id}
	} else {
		trailer["ID"] = Array{id, id}
	}
	at := len(out)
	if u.f.StreamXref && !whole {
		out = u.crossStream(out, refs, offsets, trailer)
	} else {
		out = u.table(out, refs, offsets, trailer)
	}
	out = append(out, "startxref\n"...)
	out = strconv.AppendInt(out, int64(at), 10)
	return append(out, "\n%%EOF\n"...)
}

// table writes a cross-reference table, a section for each run of numbers.
func (u *Update) table(out []byte, refs []Ref, offsets map[Ref]int, trailer Dict) []byte {
	out = append(out, "xref\n0 1\n0000000000 65535 f \n"...)
	for i := 0; i < len(refs); {
		n := 1
		for i+n < len(refs) && refs[i+n].Number == refs[i].Number+n {
			n++
		}
		out = strconv.AppendInt(out, int64(refs[i].Number), 10)
		out = append(out, ' ')
		out = strconv.AppendInt(out, int64(n), 10)
		out = append(out, '\n')
		for _, r := range refs[i : i+n] {
			offset, generation := strconv.Itoa(offsets[r]), strconv.Itoa(r.Generation)
			out = append(out, "0000000000"[len(offset):]...)
			out = append(append(out, offset...), ' ')
			out = append(out, "00000"[len(generation):]...)
			out = append(append(out, generation...), " n \n"...)
		}
		i += n
	}
	trailer["Size"] = u.next
	out = append(out, "trailer\n"...)
	out = Append(out, trailer)
	return append(out, '\n')
}

// crossStream writes a cross-reference stream with columns of 1, 4 and 2 bytes.
func (u *Update) crossStream(out []byte, refs []Ref, offsets map[Ref]int, trailer Dict) []byte {
	own := Ref{u.next, 0}
	offsets[own] = len(out)
	refs = append(refs, own)
	var rows []byte
	var index Array
	for i, r := range refs {
		if i == 0 || refs[i-1].Number != r.Number-1 {
			index = append(index, r.Number, 0)
		}
		index[len(index)-1] = index[len(index)-1].(int) + 1
		at := offsets[r]
		rows = append(rows, 1, byte(at>>24), byte(at>>16), byte(at>>8), byte(at), byte(r.Generation>>8), byte(r.Generation))
	}
	trailer["Type"], trailer["W"], trailer["Index"], trailer["Size"] = Name("XRef"), Array{1, 4, 2}, index, u.next+1
	out = strconv.AppendInt(out, int64(own.Number), 10)
	out = append(out, " 0 obj\n"...)
	out = Append(out, &Stream{trailer, rows})
	return append(out, "\nendobj\n"...)
}
