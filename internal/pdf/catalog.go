package pdf

import (
	"bytes"
	"encoding/binary"
	"encoding/xml"
	"math"
	"slices"
	"strconv"
	"strings"
	"sync"

	"nastavnik/internal/page"
)

// producer stands in the metadata of every file.
const producer = "nastavnik"

// title returns the document's title, which PDF/UA wants to be there.
func (d *document) title() string {
	if d.doc.Title != "" {
		return d.doc.Title
	}
	for _, b := range d.doc.Bookmarks {
		if b.Title != "" {
			return b.Title
		}
	}
	return "Документ"
}

func (d *document) lang() string {
	if d.doc.Lang != "" {
		return d.doc.Lang
	}
	return "ru-RU"
}

// writeCatalog writes the catalog with all that hangs on it, and the document
// information.
func (d *document) writeCatalog() (root, info int) {
	root, info = d.alloc(), d.alloc()
	var s syntax
	s.put("<</Title")
	s.text(d.title())
	for _, field := range []struct{ key, value string }{
		{"/Author", d.doc.Author}, {"/Subject", d.doc.Subject}, {"/Keywords", d.doc.Keywords},
		{"/Producer", producer},
	} {
		if field.value != "" {
			s.put(field.key)
			s.text(field.value)
		}
	}
	s.put(">>")
	d.object(info, s)

	s = nil
	s.put("<</Type/Catalog/Pages ")
	s.ref(d.pageTree)
	s.put("/MarkInfo<</Marked true>>/StructTreeRoot ")
	s.ref(d.writeStructure())
	s.put("/Lang")
	s.text(d.lang())
	s.put("/ViewerPreferences<</DisplayDocTitle true>>/Metadata ")
	s.ref(d.writeMetadata())
	s.put("/OutputIntents[")
	s.ref(d.writeIntent())
	s.put("]")
	if outline := d.writeOutline(); outline != 0 {
		s.put("/Outlines ")
		s.ref(outline)
		if len(d.pages) > 3 {
			s.put("/PageMode/UseOutlines")
		}
	}
	d.labels(&s)
	d.attachments(&s)
	s.put(">>")
	d.object(root, s)
	return root, info
}

// writeIntent writes the output intent: sRGB.
func (d *document) writeIntent() int {
	profile, intent := d.alloc(), d.alloc()
	var dict syntax
	dict.key("/N", 3)
	d.packed(profile, dict, packedSRGB())
	var s syntax
	s.put("<</Type/OutputIntent/S/GTS_PDFA1/OutputConditionIdentifier(sRGB IEC61966-2.1)/Info(sRGB IEC61966-2.1)/DestOutputProfile ")
	s.ref(profile)
	s.put(">>")
	d.object(intent, s)
	return intent
}

var packedSRGB = sync.OnceValue(func() []byte {
	d := newDeflater()
	defer d.free()
	return slices.Clone(d.deflate(sRGB()))
})

// sRGB builds an ICC profile of version 2.1: the primaries of IEC 61966-2-1
// adapted to D50, and its curve in 256 steps.
//
// ICC.1:2001-04, 6.3.1.2 (three-component matrix-based input profiles).
func sRGB() []byte {
	be := binary.BigEndian
	fixed := func(values ...float64) (b []byte) {
		b = append(b, "XYZ \x00\x00\x00\x00"...)
		for _, v := range values {
			b = be.AppendUint32(b, uint32(math.Round(v*65536)))
		}
		return b
	}
	description := "sRGB IEC61966-2.1"
	desc := append([]byte("desc\x00\x00\x00\x00"), 0, 0, 0, byte(len(description)+1))
	desc = append(append(desc, description...), make([]byte, 1+4+4+2+1+67)...)
	right := append([]byte("text\x00\x00\x00\x00"), "Public domain\x00"...)
	curve := append([]byte("curv\x00\x00\x00\x00"), 0, 0, 1, 0)
	for i := range 256 {
		v := float64(i) / 255
		if v <= 0.04045 {
			v /= 12.92
		} else {
			v = math.Pow((v+0.055)/1.055, 2.4)
		}
		curve = be.AppendUint16(curve, uint16(math.Round(v*65535)))
	}
	tags := []struct {
		name string
		data []byte
	}{
		{"desc", desc}, {"cprt", right}, {"wtpt", fixed(0.9642, 1, 0.8249)},
		{"rXYZ", fixed(0.43607, 0.22249, 0.01392)}, {"gXYZ", fixed(0.38515, 0.71687, 0.09708)}, {"bXYZ", fixed(0.14307, 0.06061, 0.7141)},
		{"rTRC", curve}, {"gTRC", nil}, {"bTRC", nil},
	}
	head := make([]byte, 128)
	copy(head[8:], []byte{2, 0x10, 0, 0})
	copy(head[12:], "mntrRGB XYZ ")
	copy(head[24:], []byte{0x07, 0xCE, 0, 2, 0, 9}) // 1998-02-09, the year of sRGB
	copy(head[36:], "acsp")
	be.PutUint32(head[68:], 0xF6D6) // the D50 white of the connection space
	be.PutUint32(head[72:], 0x10000)
	be.PutUint32(head[76:], 0xD32D)
	table := be.AppendUint32(nil, uint32(len(tags)))
	var data []byte
	at, curveAt := 128+4+12*len(tags), 0
	for _, t := range tags {
		size := len(t.data)
		place := at + len(data)
		switch {
		case t.name == "rTRC":
			curveAt = place
		case t.data == nil: // the curve is the same for all three
			place, size = curveAt, len(curve)
		}
		table = append(table, t.name...)
		table = be.AppendUint32(table, uint32(place))
		table = be.AppendUint32(table, uint32(size))
		data = append(data, t.data...)
		for len(data)%4 != 0 {
			data = append(data, 0)
		}
	}
	profile := slices.Concat(head, table, data)
	be.PutUint32(profile, uint32(len(profile)))
	return profile
}

// claimUA says that the file is PDF/UA-1, and describes the schema in which it
// says so, as PDF/A wants of every schema but its own.
const claimUA = `<rdf:Description rdf:about="" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/"><pdfuaid:part>1</pdfuaid:part></rdf:Description>` + "\n" +
	`<rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/" xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">` +
	`<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource"><pdfaSchema:schema>PDF/UA identification schema</pdfaSchema:schema>` +
	`<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI><pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>` +
	`<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource"><pdfaProperty:name>part</pdfaProperty:name><pdfaProperty:valueType>Integer</pdfaProperty:valueType>` +
	`<pdfaProperty:category>internal</pdfaProperty:category><pdfaProperty:description>Part of ISO 14289 to which the file conforms</pdfaProperty:description></rdf:li></rdf:Seq></pdfaSchema:property></rdf:li></rdf:Bag></pdfaExtension:schemas></rdf:Description>` + "\n"

// writeMetadata writes the XMP packet, which says the same as the document
// information (ISO 19005-1, 6.7.3), and in clear, for PDF/A wants it so.
func (d *document) writeMetadata() int {
	var b strings.Builder
	tag := func(s string) string {
		var e strings.Builder
		xml.EscapeText(&e, []byte(s)) // a strings.Builder takes all
		return e.String()
	}
	part, conformance := "2", "A"
	switch {
	case d.plain:
		part, conformance = "1", "B"
	case len(d.options.Attachments) > 0:
		part = "3"
	}
	claim := "<pdfaid:part>" + part + "</pdfaid:part><pdfaid:conformance>" + conformance + "</pdfaid:conformance>"
	foreign := len(d.foreign.objects) > 0 // pages for which nobody vouches
	if foreign {
		claim = ""
	}
	b.WriteString("<?xpacket begin=\"\uFEFF\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?>\n" +
		`<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">` + "\n" +
		`<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:pdf="http://ns.adobe.com/pdf/1.3/" xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/">` +
		claim + "<dc:format>application/pdf</dc:format>" +
		`<dc:title><rdf:Alt><rdf:li xml:lang="x-default">` + tag(d.title()) + "</rdf:li></rdf:Alt></dc:title>" +
		"<dc:language><rdf:Bag><rdf:li>" + tag(d.lang()) + "</rdf:li></rdf:Bag></dc:language>")
	if d.doc.Author != "" {
		b.WriteString("<dc:creator><rdf:Seq><rdf:li>" + tag(d.doc.Author) + "</rdf:li></rdf:Seq></dc:creator>")
	}
	if d.doc.Subject != "" {
		b.WriteString(`<dc:description><rdf:Alt><rdf:li xml:lang="x-default">` + tag(d.doc.Subject) + "</rdf:li></rdf:Alt></dc:description>")
	}
	if d.doc.Keywords != "" {
		b.WriteString("<pdf:Keywords>" + tag(d.doc.Keywords) + "</pdf:Keywords>")
	}
	b.WriteString("<pdf:Producer>" + producer + "</pdf:Producer></rdf:Description>\n")
	if !d.plain && !foreign { // PDF/UA-1 is a PDF 1.7
		b.WriteString(claimUA)
	}
	b.WriteString("</rdf:RDF></x:xmpmeta>\n<?xpacket end=\"r\"?>")
	n := d.alloc()
	var dict syntax
	dict.put("/Type/Metadata/Subtype/XML")
	d.raw(n, dict, []byte(b.String()))
	return n
}

// maxOpen is how many bookmarks are shown all at once; of more, as a set of
// papers has, only those of the first level are, and open at a click.
const maxOpen = 40

// writeOutline writes the bookmarks and returns the outline's object, 0 when
// there are none. A level that skips one hangs under the nearest above it.
func (d *document) writeOutline() int {
	marks := slices.DeleteFunc(slices.Clone(d.doc.Bookmarks), func(b page.Bookmark) bool {
		return b.Page < 0 || b.Page >= len(d.pages) || strings.TrimSpace(b.Title) == ""
	})
	if len(marks) == 0 {
		return 0
	}
	type entry struct{ object, parent, first, last, prev, next, count int }
	entries := make([]entry, len(marks)+1) // 0 is the outline
	entries[0].object = d.alloc()
	closed := len(marks) > maxOpen
	path := []int{0} // the open entry of each level
	levels := []int{0}
	for i := range marks {
		e := i + 1
		entries[e].object = d.alloc()
		for len(path) > 1 && levels[len(levels)-1] >= max(marks[i].Level, 1) {
			path, levels = path[:len(path)-1], levels[:len(levels)-1]
		}
		parent := path[len(path)-1]
		entries[e].parent = parent
		if last := entries[parent].last; last != 0 {
			entries[e].prev, entries[last].next = last, e
		} else {
			entries[parent].first = e
		}
		entries[parent].last = e
		for p := e; p != 0; {
			p = entries[p].parent
			entries[p].count++
			if closed {
				break
			}
		}
		path, levels = append(path, e), append(levels, max(marks[i].Level, 1))
	}
	for i, e := range entries {
		var s syntax
		if i == 0 {
			s.put("<</Type/Outlines")
		} else {
			s.put("<</Title")
			s.text(strings.Join(strings.Fields(marks[i-1].Title), " "))
			s.put("/Parent ")
			s.ref(entries[e.parent].object)
			s.put("/Dest")
			d.destination(&s, marks[i-1].Page, marks[i-1].Y)
		}
		for _, link := range []struct {
			key string
			to  int
		}{{"/First ", e.first}, {"/Last ", e.last}, {"/Prev ", e.prev}, {"/Next ", e.next}} {
			if link.to != 0 {
				s.put(link.key)
				s.ref(entries[link.to].object)
			}
		}
		if closed && i > 0 {
			e.count = -e.count
		}
		if e.count != 0 {
			s.key("/Count", e.count)
		}
		s.put(">>")
		d.object(e.object, s)
	}
	return entries[0].object
}

// labels writes page labels where the numbers that are printed differ from
// the count of pages; a page without a printed number gets its place.
func (d *document) labels(s *syntax) {
	label := func(i int) string {
		if l := d.doc.Pages[i].Label; l != "" {
			return l
		}
		return strconv.Itoa(i + 1)
	}
	plain := true
	for i := range d.pages {
		plain = plain && label(i) == strconv.Itoa(i+1)
	}
	if plain {
		return
	}
	s.put("/PageLabels<</Nums[")
	for i := range d.pages {
		l := label(i)
		n, err := strconv.Atoi(l)
		decimal := err == nil && n > 0 && strconv.Itoa(n) == l
		if decimal && i > 0 && label(i-1) == strconv.Itoa(n-1) && n > 1 {
			continue // goes on counting
		}
		s.int(i)
		if decimal {
			s.key("<</S/D/St", n)
			s.put(">>")
		} else {
			s.put("<</P")
			s.text(l)
			s.put(">>")
		}
	}
	s.put("]>>")
}

// attachments writes the files inside the PDF (ISO 19005-3, 6.8 and annex E).
func (d *document) attachments(s *syntax) {
	if len(d.options.Attachments) == 0 || d.plain {
		return
	}
	type named struct {
		name string
		spec int
	}
	var list []named
	for i := range d.options.Attachments {
		a := &d.options.Attachments[i]
		file, spec := d.alloc(), d.alloc()
		var dict syntax
		dict.put("/Type/EmbeddedFile/Subtype/")
		dict.name(a.MIME)
		dict.key("/Params<</Size", len(a.Data))
		dict.put(">>")
		d.stream(file, dict, a.Data)
		var f syntax
		f.put("<</Type/Filespec/F")
		f.text(a.Name)
		f.put("/UF")
		f.text(a.Name)
		if a.Description != "" {
			f.put("/Desc")
			f.text(a.Description)
		}
		if a.Source {
			f.put("/AFRelationship/Source")
		} else {
			f.put("/AFRelationship/Supplement")
		}
		f.put("/EF<</F ")
		f.ref(file)
		f.put("/UF ")
		f.ref(file)
		f.put(">>>>")
		d.object(spec, f)
		list = append(list, named{a.Name, spec})
	}
	s.put("/AF[")
	for _, a := range list {
		s.ref(a.spec)
		s.put(" ")
	}
	s.put("]/Names<</EmbeddedFiles<</Names[")
	slices.SortStableFunc(list, func(a, b named) int {
		var x, y syntax
		x.text(a.name)
		y.text(b.name)
		return slices.Compare(x, y)
	})
	for _, a := range list {
		s.text(a.name)
		s.ref(a.spec)
		s.put(" ")
	}
	s.put("]>>>>")
}

// name writes the characters of a name, escaping what may not stand in one.
func (s *syntax) name(text string) {
	const digits = "0123456789ABCDEF"
	for i := range len(text) {
		if c := text[i]; c > ' ' && c < 0x7F && !strings.ContainsRune("()<>[]{}/%#", rune(c)) {
			*s = append(*s, c)
		} else {
			*s = append(*s, '#', digits[c>>4], digits[c&15])
		}
	}
}

// IsOurs reports whether this package wrote the file, by its metadata.
func IsOurs(data []byte) bool {
	return bytes.Contains(data, []byte("<pdf:Producer>"+producer+"</pdf:Producer>"))
}
