package pdf

import (
	"bytes"
	"crypto/sha256"
	"strconv"
	"unicode/utf16"

	"github.com/klauspost/compress/zlib"

	"nastavnik/internal/unit"
)

// syntax is PDF text under construction.
type syntax []byte

func (s *syntax) put(text string)     { *s = append(*s, text...) }
func (s *syntax) int(n int)           { *s = strconv.AppendInt(*s, int64(n), 10) }
func (s *syntax) key(k string, n int) { s.put(k); *s = append(*s, ' '); s.int(n) }

// hex writes a number of 16 bits as four digits.
func (s *syntax) hex(n int) {
	const digits = "0123456789ABCDEF"
	*s = append(*s, digits[n>>12&15], digits[n>>8&15], digits[n>>4&15], digits[n&15])
}

// ref writes a reference to an indirect object.
func (s *syntax) ref(n int) {
	s.int(n)
	s.put(" 0 R")
}

// hundredths writes n/100 without trailing zeros.
func (s *syntax) hundredths(n int64) {
	if n < 0 {
		*s = append(*s, '-')
		n = -n
	}
	*s = strconv.AppendInt(*s, n/100, 10)
	if rest := n % 100; rest != 0 {
		*s = append(*s, '.', byte('0'+rest/10))
		if rest%10 != 0 {
			*s = append(*s, byte('0'+rest%10))
		}
	}
}

// points writes a length in points, to a hundredth.
func (s *syntax) points(e unit.EMU) { s.hundredths(hundredths(e)) }

// hundredths returns a length in hundredths of a point, rounded to nearest.
func hundredths(e unit.EMU) int64 {
	const per = int64(unit.PerPoint / 100)
	if e < 0 {
		return -((-int64(e) + per/2) / per)
	}
	return (int64(e) + per/2) / per
}

// maxText bounds a text string to what an archive takes, 32767 bytes
// (ISO 19005-2, 6.1.13); nobody reads on in a title or a tool tip that far.
const maxText = 16_000 // code units

// text writes a text string: ASCII as it is, anything else in UTF-16.
func (s *syntax) text(t string) {
	if len(t) > maxText {
		units := utf16.Encode([]rune(t))
		t = string(utf16.Decode(units[:min(len(units), maxText)]))
	}
	ascii := true
	for i := range len(t) {
		if t[i] < 0x20 || t[i] > 0x7E {
			ascii = false
			break
		}
	}
	if ascii {
		s.literal([]byte(t))
		return
	}
	b := []byte{0xFE, 0xFF}
	for _, u := range utf16.Encode([]rune(t)) {
		b = append(b, byte(u>>8), byte(u))
	}
	s.literal(b)
}

// literal writes a string in parentheses.
func (s *syntax) literal(b []byte) {
	*s = append(*s, '(')
	for _, c := range b {
		*s = appendEscaped(*s, c)
	}
	*s = append(*s, ')')
}

// appendEscaped appends a byte of a literal string; a bare CR would be read
// back as LF (ISO 32000-1, 7.3.4.2).
func appendEscaped(s []byte, c byte) []byte {
	switch c {
	case '(', ')', '\\':
		return append(s, '\\', c)
	case '\r':
		return append(s, '\\', 'r')
	}
	return append(s, c)
}

// objects writes indirect objects: streams at once, all others gathered into
// object streams, unless plain.
type objects struct {
	out     *bytes.Buffer
	start   int // of this file in out
	plain   bool
	entries []entry

	gathered syntax // bodies of the object stream under construction
	numbers  []int
	offsets  []int
}

// entry says where an object stands.
type entry struct {
	offset int // from the start of the file, when stream is 0
	stream int // object stream that holds it
	index  int // place in that stream
}

// inOneStream is how many objects an object stream holds. Larger streams pack
// better, and a reader unpacks all of a stream for one object.
const inOneStream = 200

func newObjects(out *bytes.Buffer, plain bool) *objects {
	o := &objects{out: out, start: out.Len(), plain: plain, entries: make([]entry, 1, 256)}
	if plain {
		out.WriteString("%PDF-1.4\n%\xE2\xE3\xCF\xD3\n")
	} else {
		out.WriteString("%PDF-1.7\n%\xE2\xE3\xCF\xD3\n")
		o.gathered = make(syntax, 0, 16<<10) // 200 objects have 12 KB
	}
	return o
}

// alloc returns the number of a new object, to be written later.
func (o *objects) alloc() int {
	o.entries = append(o.entries, entry{})
	return len(o.entries) - 1
}

// object writes the object n, which is not a stream. It does not keep body.
func (o *objects) object(n int, body syntax) {
	if o.plain {
		o.begin(n)
		o.out.Write(body)
		o.out.WriteString("\nendobj\n")
		return
	}
	o.numbers = append(o.numbers, n)
	o.offsets = append(o.offsets, len(o.gathered))
	o.gathered = append(append(o.gathered, body...), '\n')
	if len(o.numbers) == inOneStream {
		o.flush()
	}
}

// flush writes the object stream under construction.
func (o *objects) flush() {
	if len(o.numbers) == 0 {
		return
	}
	stream := o.alloc()
	var index syntax
	for i, n := range o.numbers {
		o.entries[n] = entry{stream: stream, index: i}
		index.int(n)
		index.put(" ")
		index.int(o.offsets[i])
		index.put(" ")
	}
	var dict syntax
	dict.key("/Type/ObjStm/N", len(o.numbers))
	dict.key("/First", len(index))
	o.stream(stream, dict, append(index, o.gathered...))
	o.gathered, o.numbers, o.offsets = o.gathered[:0], o.numbers[:0], o.offsets[:0]
}

func (o *objects) begin(n int) {
	o.entries[n] = entry{offset: o.out.Len() - o.start}
	o.out.Write(strconv.AppendInt(o.out.AvailableBuffer(), int64(n), 10))
	o.out.WriteString(" 0 obj\n")
}

// stream writes the stream n, deflated; dict holds entries besides Length and
// Filter.
func (o *objects) stream(n int, dict syntax, data []byte) {
	d := newDeflater()
	defer d.free()
	o.packed(n, dict, d.deflate(data))
}

// packed writes the stream n, of which data is deflated already.
func (o *objects) packed(n int, dict syntax, data []byte) {
	o.raw(n, append(dict, "/Filter/FlateDecode"...), data)
}

// raw writes the stream n as it is.
func (o *objects) raw(n int, dict syntax, data []byte) {
	o.begin(n)
	dict.key("/Length", len(data))
	o.out.WriteString("<<")
	o.out.Write(dict)
	o.out.WriteString(">>\nstream\n")
	o.out.Write(data)
	o.out.WriteString("\nendstream\nendobj\n")
}

// deflater packs streams; its buffers, most of a megabyte, are used again.
type deflater struct {
	buffer bytes.Buffer
	writer *zlib.Writer
}

// spare holds deflaters that nobody uses. It is not a sync.Pool, which every
// collection empties: small documents cause one each.
var spare = make(chan *deflater, 8)

func newDeflater() *deflater {
	select {
	case d := <-spare:
		return d
	default:
		d := &deflater{}
		d.writer, _ = zlib.NewWriterLevel(&d.buffer, packLevel)
		return d
	}
}

// free hands the deflater back; what deflate returned is no longer good.
func (d *deflater) free() {
	if d.buffer.Cap() > 4<<20 {
		return // grown by a large picture
	}
	select {
	case spare <- d:
	default:
	}
}

// packLevel is the level at which a page costs least time for its size. At 3
// files are 5 % smaller, and take a sixth more time in all: its table has 1 MB
// and falls out of the cache for each small stream.
const packLevel = 1

// deflate returns data packed; the result is good until the next call.
func (d *deflater) deflate(data []byte) []byte {
	d.buffer.Reset()
	d.writer.Reset(&d.buffer)
	d.writer.Write(data) // a bytes.Buffer takes all
	d.writer.Close()
	return d.buffer.Bytes()
}

// finish writes the cross-reference and the trailer. The file identifier is a
// hash of all that stands before it (ISO 32000-1, 14.4).
func (o *objects) finish(root, info int) {
	o.flush()
	sum := sha256.Sum256(o.out.Bytes()[o.start:])
	var trailer syntax
	trailer.put("/Root ")
	trailer.ref(root)
	trailer.put("/Info ")
	trailer.ref(info)
	trailer.put("/ID[<")
	for range 2 {
		const digits = "0123456789ABCDEF"
		for _, c := range sum[:16] {
			trailer = append(trailer, digits[c>>4], digits[c&15])
		}
		trailer.put("><")
	}
	trailer = append(trailer[:len(trailer)-1], ']')
	at := o.out.Len() - o.start
	if o.plain {
		o.table(trailer)
	} else {
		o.crossStream(trailer)
	}
	o.out.WriteString("startxref\n" + strconv.Itoa(at) + "\n%%EOF\n")
}

func (o *objects) table(trailer syntax) {
	var s syntax
	s.put("xref\n0 ")
	s.int(len(o.entries))
	s.put("\n0000000000 65535 f \n")
	for _, e := range o.entries[1:] {
		digits := strconv.Itoa(e.offset)
		s.put("0000000000"[len(digits):])
		s.put(digits)
		s.put(" 00000 n \n")
	}
	s.put("trailer\n<<")
	s.key("/Size", len(o.entries))
	s = append(s, trailer...)
	s.put(">>\n")
	o.out.Write(s)
}

// crossStream writes a cross-reference stream with columns of 1, 4 and 2
// bytes (ISO 32000-1, 7.5.8).
func (o *objects) crossStream(trailer syntax) {
	n := o.alloc()
	o.entries[n] = entry{offset: o.out.Len() - o.start}
	rows := make([]byte, 0, 7*len(o.entries))
	rows = append(rows, 0, 0, 0, 0, 0, 0xFF, 0xFF)
	for _, e := range o.entries[1:] {
		kind, a, b := byte(1), e.offset, 0
		if e.stream != 0 {
			kind, a, b = 2, e.stream, e.index
		}
		rows = append(rows, kind, byte(a>>24), byte(a>>16), byte(a>>8), byte(a), byte(b>>8), byte(b))
	}
	// Columns differ little from row to row: predictor «up» halves the size.
	filtered := make([]byte, 0, len(rows)+len(o.entries))
	var above [7]byte
	for i := 0; i < len(rows); i += 7 {
		filtered = append(filtered, 2)
		for k := range 7 {
			filtered = append(filtered, rows[i+k]-above[k])
			above[k] = rows[i+k]
		}
	}
	var dict syntax
	dict.put("/Type/XRef/W[1 4 2]/DecodeParms<</Predictor 12/Columns 7>>")
	dict.key("/Size", len(o.entries))
	o.stream(n, append(dict, trailer...), filtered)
}
