package pdfread

import (
	"bytes"
	"slices"
	"strconv"
	"unicode/utf16"
)

// Object is nil, bool, int, float64, Name, String, Array, Dict, Ref or *Stream.
type Object any

// Name is a name without its slash, escapes undone.
type Name string

// String holds the bytes of a string.
type String []byte

// Array is an array of objects, which may be references.
type Array []Object

// Dict is a dictionary; its values may be references.
type Dict map[Name]Object

// Ref names an indirect object.
type Ref struct{ Number, Generation int }

// Stream is a stream as it is stored.
type Stream struct {
	Dict Dict
	Raw  []byte
}

// Text returns a text string in Unicode: UTF-16 or UTF-8 by its mark,
// otherwise PDFDocEncoding.
//
// ISO 32000-1, 7.9.2.2 and annex D.3.
func (s String) Text() string {
	switch {
	case bytes.HasPrefix(s, []byte{0xFE, 0xFF}):
		var units []uint16
		for i := 2; i+1 < len(s); i += 2 {
			units = append(units, uint16(s[i])<<8|uint16(s[i+1]))
		}
		return string(utf16.Decode(units))
	case bytes.HasPrefix(s, []byte{0xFF, 0xFE}):
		var units []uint16
		for i := 2; i+1 < len(s); i += 2 {
			units = append(units, uint16(s[i+1])<<8|uint16(s[i]))
		}
		return string(utf16.Decode(units))
	case bytes.HasPrefix(s, []byte{0xEF, 0xBB, 0xBF}):
		return string(s[3:])
	}
	runes := make([]rune, len(s))
	for i, c := range s {
		runes[i] = docEncoding(c)
	}
	return string(runes)
}

// docEncoding returns the character of a byte in PDFDocEncoding.
func docEncoding(c byte) rune {
	const low, high = "˘ˇˆ˙˝˛˚˜", "•†‡…—–ƒ⁄‹›−‰„“”‘’‚™ﬁﬂŁŒŠŸŽıłœšž"
	switch {
	case c >= 0x18 && c < 0x20:
		return []rune(low)[c-0x18]
	case c >= 0x80 && c < 0x9F:
		return []rune(high)[c-0x80]
	case c == 0xA0:
		return '€'
	}
	return rune(c)
}

// TextString returns t as a text string: ASCII as it is, else UTF-16.
func TextString(t string) String {
	ascii := true
	for i := range len(t) {
		ascii = ascii && (t[i] >= 0x20 && t[i] < 0x7F || t[i] == '\n' || t[i] == '\r' || t[i] == '\t')
	}
	if ascii {
		return String(t)
	}
	b := String{0xFE, 0xFF}
	for _, u := range utf16.Encode([]rune(t)) {
		b = append(b, byte(u>>8), byte(u))
	}
	return b
}

// Append writes an object in PDF syntax behind b; dictionaries by sorted
// keys, so that the same object gives the same bytes.
func Append(b []byte, o Object) []byte {
	const digits = "0123456789ABCDEF"
	switch o := o.(type) {
	case bool:
		return strconv.AppendBool(b, o)
	case int:
		return strconv.AppendInt(b, int64(o), 10)
	case float64:
		return strconv.AppendFloat(b, o, 'f', -1, 64)
	case Name:
		b = append(b, '/')
		for i := range len(o) {
			if c := o[i]; isRegular(c) && c != '#' && c > ' ' && c < 0x7F {
				b = append(b, c)
			} else {
				b = append(b, '#', digits[c>>4], digits[c&15])
			}
		}
		return b
	case String:
		b = append(b, '(')
		for _, c := range o {
			switch c {
			case '(', ')', '\\':
				b = append(b, '\\', c)
			case '\r': // a bare one would be read back as a line feed
				b = append(b, `\r`...)
			default:
				b = append(b, c)
			}
		}
		return append(b, ')')
	case Array:
		b = append(b, '[')
		for i, v := range o {
			if i > 0 {
				b = append(b, ' ')
			}
			b = Append(b, v)
		}
		return append(b, ']')
	case Dict:
		b = append(b, "<<"...)
		for _, k := range o.keys() {
			b = append(Append(b, k), ' ')
			b = Append(b, o[k])
		}
		return append(b, ">>"...)
	case Ref:
		b = strconv.AppendInt(b, int64(o.Number), 10)
		b = strconv.AppendInt(append(b, ' '), int64(o.Generation), 10)
		return append(b, " R"...)
	case *Stream:
		d := Dict{}
		for k, v := range o.Dict {
			d[k] = v
		}
		d["Length"] = len(o.Raw)
		b = Append(b, d)
		b = append(b, "\nstream\n"...)
		b = append(b, o.Raw...)
		return append(b, "\nendstream"...)
	}
	return append(b, "null"...)
}

func (d Dict) keys() []Name {
	keys := make([]Name, 0, len(d))
	for k := range d {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys
}
