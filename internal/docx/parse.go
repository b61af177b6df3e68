package docx

import (
	"bytes"
	"encoding/binary"
	"strings"
	"unicode/utf16"
	"unicode/utf8"

	"nastavnik/internal/diag"
)

// parser reads one part. It slices the source and copies nothing; nodes,
// attributes and lists of children come from slabs.
type parser struct {
	s       string
	pos     int
	nodes   int
	open    []frame
	pending []*Node // finished children of all open elements, in order
	scopes  []binding
	last    *binding // the one found last, when there were lastOf in scopes
	lastOf  int
	names   map[string]string // "{uri}local" or "w:p" for names written otherwise
	refused *diag.Problem

	nodeSlab  []Node
	attrSlab  []Attr
	childSlab []*Node
}

// frame is an element that is still open.
type frame struct {
	node   *Node
	tag    string // as written
	at     int    // offset of its start tag
	first  int    // its first child in parser.pending
	scopes int    // len(parser.scopes) before its own declarations
}

// binding is a namespace declaration in force.
type binding struct{ prefix, uri, canonical string }

// ParseXML reads an XML part and returns its document node.
//
// It refuses what is not well-formed, a document type declaration (OPC forbids
// one, ISO/IEC 29500-2 8.1.4, and entities come with it), nesting over 256 and
// more than a million nodes. Every error is a *diag.Problem with line and
// column. The tree shares one copy of b's text.
func ParseXML(b []byte) (*Node, error) {
	p := &parser{names: map[string]string{}}
	wide := ""
	switch {
	case bytes.HasPrefix(b, []byte(bomLE)):
		wide = bomLE
	case bytes.HasPrefix(b, []byte(bomBE)):
		wide = bomBE
	}
	if wide == "" {
		p.s = string(b)
	} else {
		p.s = fromUTF16(b[2:], wide)
		if !bytes.Equal(toUTF16(p.s, wide), b) {
			return nil, problem(p.s, 0, "недопустимые знаки UTF-16, файл повреждён")
		}
	}
	doc, refused := p.parse()
	if refused != nil {
		return nil, refused
	}
	doc.tag = wide
	return doc, nil
}

// The byte order marks of UTF-16, which OPC allows (ISO/IEC 29500-2, 8.1.4) and
// which custom XML data are sometimes in.
const (
	bomLE = "\xff\xfe"
	bomBE = "\xfe\xff"
)

func fromUTF16(b []byte, bom string) string {
	order := byteOrder(bom)
	units := make([]uint16, len(b)/2)
	for i := range units {
		units[i] = order.Uint16(b[2*i:])
	}
	return string(utf16.Decode(units))
}

func toUTF16(s, bom string) []byte {
	b := append(make([]byte, 0, 2+2*len(s)), bom...)
	order := byteOrder(bom)
	for _, u := range utf16.Encode([]rune(s)) {
		b = order.AppendUint16(b, u)
	}
	return b
}

func byteOrder(bom string) interface {
	binary.ByteOrder
	binary.AppendByteOrder
} {
	if bom == bomLE {
		return binary.LittleEndian
	}
	return binary.BigEndian
}

func (p *parser) parse() (*Node, *diag.Problem) {
	if at := invalidAt(p.s); at >= 0 {
		return nil, problem(p.s, at, "недопустимый символ, файл повреждён")
	}
	doc := p.node(Document)
	p.open = append(p.open, frame{node: doc})
	if strings.HasPrefix(p.s, "\ufeff") {
		p.add(Other, len("\ufeff"))
	}
	hasRoot := false
	for p.pos < len(p.s) && p.refused == nil {
		rest := p.s[p.pos:]
		top := len(p.open) == 1
		switch {
		case rest[0] != '<':
			end := strings.IndexByte(rest, '<')
			if end < 0 {
				end = len(rest)
			}
			if top && strings.Trim(rest[:end], " \t\r\n") != "" {
				return nil, problem(p.s, p.pos, "текст вне документа")
			}
			p.checkEntities(rest[:end])
			p.add(Text, end)
		case strings.HasPrefix(rest, "</"):
			p.closeTag(rest)
		case strings.HasPrefix(rest, "<?"):
			p.until(Other, "?>", "инструкция не закрыта")
		case strings.HasPrefix(rest, "<!--"):
			p.until(Other, "-->", "примечание XML не закрыто")
		case strings.HasPrefix(rest, "<![CDATA["):
			if top {
				return nil, problem(p.s, p.pos, "текст вне документа")
			}
			p.until(CData, "]]>", "раздел CDATA не закрыт")
		case strings.HasPrefix(rest, "<!"):
			return nil, safety(problem(p.s, p.pos, "объявление DOCTYPE или сущностей: в документе Word их быть не может"))
		default:
			if top && hasRoot {
				return nil, problem(p.s, p.pos, "второй корневой элемент")
			}
			hasRoot = true
			p.openTag(rest)
		}
		if p.nodes > maxNodes {
			return nil, safety(problem(p.s, p.pos, "слишком большой документ: больше %d элементов", maxNodes))
		}
	}
	if p.refused != nil {
		return nil, p.refused
	}
	if f := p.open[len(p.open)-1]; len(p.open) > 1 {
		return nil, problem(p.s, len(p.s), "часть обрывается: элемент <%s> не закрыт", f.tag)
	}
	if !hasRoot {
		return nil, problem(p.s, len(p.s), "часть пуста")
	}
	doc.Children = p.children(0)
	return doc, nil
}

// safety marks a problem as a refusal of something dangerous.
func safety(p *diag.Problem) *diag.Problem {
	p.Code = Safety
	return p
}

// invalidAt returns the offset of the first byte that is not UTF-8 or not a
// character of XML, or -1.
func invalidAt(s string) int {
	for i := 0; i < len(s); {
		c := s[i]
		if c|1 == 0xD1 && i+1 < len(s) && s[i+1]&0xC0 == 0x80 { // Russian letters
			i += 2
			continue
		}
		if c < utf8.RuneSelf {
			switch {
			case i+8 <= len(s) && plainASCII(s[i:i+8]):
				i += 8
			case c < 0x20 && c != '\t' && c != '\n' && c != '\r':
				return i
			default:
				i++
			}
			continue
		}
		r, size := utf8.DecodeRuneInString(s[i:])
		if r == utf8.RuneError && size == 1 || r == 0xFFFE || r == 0xFFFF {
			return i
		}
		i += size
	}
	return -1
}

// plainASCII reports whether all of eight bytes stand between 0x20 and 0x7F;
// it looks at them as one number, which markup is read fastest with.
func plainASCII(s string) bool {
	_ = s[7]
	w := uint64(s[0]) | uint64(s[1])<<8 | uint64(s[2])<<16 | uint64(s[3])<<24 |
		uint64(s[4])<<32 | uint64(s[5])<<40 | uint64(s[6])<<48 | uint64(s[7])<<56
	const low, top = 0x2020202020202020, 0x8080808080808080
	return (w|(w-low))&top == 0
}

// fail keeps the first problem.
func (p *parser) fail(at int, format string, args ...any) {
	if p.refused == nil {
		p.refused = problem(p.s, at, format, args...)
	}
}

// slab returns the size of a slab of at most so many pieces: for as much text
// as is yet to be read, at one piece to 64 bytes.
func (p *parser) slab(most int) int { return min(most, 16+(len(p.s)-p.pos)/64) }

func (p *parser) node(kind Kind) *Node {
	if len(p.nodeSlab) == 0 {
		p.nodeSlab = make([]Node, p.slab(512))
	}
	n := &p.nodeSlab[0]
	p.nodeSlab = p.nodeSlab[1:]
	p.nodes++
	n.Kind = kind
	return n
}

// add appends a leaf of the next length bytes.
func (p *parser) add(kind Kind, length int) {
	n := p.node(kind)
	n.raw = p.s[p.pos : p.pos+length]
	p.pos += length
	p.pending = append(p.pending, n)
}

// children takes the pending nodes from first on as a list of their own.
func (p *parser) children(first int) []*Node {
	list := p.pending[first:]
	if len(list) == 0 {
		return nil
	}
	if len(p.childSlab) < len(list) {
		p.childSlab = make([]*Node, max(len(list), p.slab(1024)))
	}
	taken := p.childSlab[:len(list):len(list)]
	p.childSlab = p.childSlab[len(list):]
	copy(taken, list)
	p.pending = p.pending[:first]
	return taken
}

func (p *parser) until(kind Kind, end, message string) {
	at := strings.Index(p.s[p.pos:], end)
	if at < 0 {
		p.fail(p.pos, "%s", message)
		return
	}
	raw := p.s[p.pos : p.pos+at+len(end)]
	if strings.HasPrefix(raw, "<?xml ") {
		switch enc := strings.ToLower(pseudoAttr(raw, "encoding")); {
		case enc == "", enc == "utf-8", enc == "utf8":
		case strings.HasPrefix(enc, "utf-16"): // by its mark, or a program only says so
		case !isASCII(p.s): // another one differs from UTF-8 above ASCII only
			p.fail(p.pos, "кодировка %q не поддерживается", enc)
		}
	}
	p.add(kind, len(raw))
}

func isASCII(s string) bool {
	for i := range len(s) {
		if s[i] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

// pseudoAttr returns the value of name="…" in an XML declaration.
func pseudoAttr(decl, name string) string {
	_, after, found := strings.Cut(decl, name)
	after = strings.TrimLeft(after, " \t\r\n=")
	if !found || after == "" || after[0] != '"' && after[0] != '\'' {
		return ""
	}
	value, _, _ := strings.Cut(after[1:], after[:1])
	return value
}

// checkEntities refuses an entity that only a DTD could define.
func (p *parser) checkEntities(text string) {
	for from := 0; ; {
		at := strings.IndexByte(text[from:], '&')
		if at < 0 {
			return
		}
		at += from
		end := strings.IndexByte(text[at:], ';')
		if _, ok := entity(text[at+1 : at+max(1, end)]); !ok {
			p.fail(p.pos, "неизвестная сущность «&…;»")
			return
		}
		from = at + end
	}
}

// skipSpace returns the offset of the first byte of s from i on that is no white
// space.
func skipSpace(s string, i int) int {
	for i < len(s) && (s[i] == ' ' || s[i] == '\n' || s[i] == '\t' || s[i] == '\r') {
		i++
	}
	return i
}

// openTag reads a start tag with its attributes.
func (p *parser) openTag(rest string) {
	start := p.pos
	i := 1
	tag := qname(rest[i:])
	if tag == "" {
		p.fail(start, "лишний знак «<»")
		return
	}
	i += len(tag)
	n := p.node(Element)
	f := frame{node: n, tag: tag, at: start, first: len(p.pending) + 1, scopes: len(p.scopes)}
	firstAttr := len(p.attrSlab)
	var attrs []Attr
	if cap(p.attrSlab)-firstAttr < 64 {
		p.attrSlab, firstAttr = make([]Attr, 0, 64+p.slab(1024)), 0
	}
	attrs = p.attrSlab[firstAttr:firstAttr]
	closed := false
	for {
		at := skipSpace(rest, i)
		if at >= len(rest) {
			p.fail(start, "тег <%s> не закрыт", tag)
			return
		}
		if rest[at] == '>' {
			i = at + 1
			break
		}
		if strings.HasPrefix(rest[at:], "/>") {
			i, closed = at+2, true
			break
		}
		name := qname(rest[at:])
		eq := skipSpace(rest, at+len(name))
		if name == "" || at == i || eq >= len(rest) || rest[eq] != '=' {
			p.fail(start+at, "ошибка в атрибутах элемента <%s>", tag)
			return
		}
		open := skipSpace(rest, eq+1)
		if open >= len(rest) || rest[open] != '"' && rest[open] != '\'' {
			p.fail(start+at, "значение атрибута %s не в кавычках", name)
			return
		}
		value, plain := attrValue(rest[open+1:], rest[open])
		switch {
		case open+1+len(value) >= len(rest):
			p.fail(start+at, "значение атрибута %s не закрыто", name)
			return
		case !plain && strings.IndexByte(value, '<') >= 0:
			p.fail(start+at, "знак «<» в значении атрибута %s", name)
			return
		}
		end := open + 1 + len(value) + 1
		if !plain {
			p.checkEntities(value)
			value = decode(value, true)
		}
		attrs = append(attrs, Attr{Name: name, Value: value, raw: rest[i:end]})
		if len(attrs) > maxAttrs {
			p.fail(start, "слишком много атрибутов у элемента <%s>", tag)
			safety(p.refused)
			return
		}
		i = end
	}
	if cap(attrs) == cap(p.attrSlab[firstAttr:]) { // still in the slab
		p.attrSlab = p.attrSlab[:firstAttr+len(attrs)]
		attrs = attrs[:len(attrs):len(attrs)]
	}
	p.nodes += len(attrs) / 2
	n.Attrs = attrs
	n.raw = rest[:i]
	p.pos = start + i
	p.bind(n, tag, start)
	p.pending = append(p.pending, n)
	if closed {
		p.scopes = p.scopes[:f.scopes]
		return
	}
	p.open = append(p.open, f)
	if len(p.open)-1 > maxDepth {
		p.fail(start, "слишком глубокая вложенность: больше %d", maxDepth)
		safety(p.refused)
	}
}

// attrValue returns what stands in s before the quote, all of s when there is
// none; plain says that nothing in it must be decoded or is forbidden.
func attrValue(s string, quote byte) (value string, plain bool) {
	plain = true
	for i := range len(s) {
		switch c := s[i]; c {
		case quote:
			return s[:i], plain
		case '&', '<', '\r', '\n', '\t':
			plain = false
		}
	}
	return s, plain
}

func (p *parser) closeTag(rest string) {
	f := p.open[len(p.open)-1]
	tag := qname(rest[2:])
	end := skipSpace(rest, 2+len(tag))
	switch {
	case len(p.open) == 1:
		p.fail(p.pos, "лишний закрывающий тег </%s>", tag)
		return
	case tag != f.tag:
		p.fail(p.pos, "тег <%s> закрыт тегом </%s>", f.tag, tag)
		return
	case end == len(rest) || rest[end] != '>':
		p.fail(p.pos, "закрывающий тег </%s> не закончен", tag)
		return
	}
	length := end + 1
	f.node.end = rest[:length]
	f.node.Children = p.children(f.first)
	p.pos += length
	p.scopes = p.scopes[:f.scopes]
	p.open = p.open[:len(p.open)-1]
}

// endsName has the bytes that end a name.
var endsName = [256]bool{' ': true, '\t': true, '\r': true, '\n': true, '/': true, '>': true, '=': true, '<': true, '"': true, '\'': true, '&': true}

// qname returns the name at the start of s. Only the characters that end a
// name are known here; Word writes ASCII names, others pass as they are.
func qname(s string) string {
	end := 0
	for end < len(s) && !endsName[s[end]] {
		end++
	}
	if end > 0 && (s[0] == '-' || s[0] == '.' || s[0] >= '0' && s[0] <= '9' || s[0] == '!' || s[0] == '?') {
		return ""
	}
	return s[:end]
}

// bind puts the declarations of n in force and resolves its names.
func (p *parser) bind(n *Node, tag string, at int) {
	for i := range n.Attrs {
		a := &n.Attrs[i]
		for j := range i {
			if n.Attrs[j].Name == a.Name {
				p.fail(at, "атрибут %s повторён", a.Name)
			}
		}
		if prefix, is := strings.CutPrefix(a.Name, "xmlns"); is && (prefix == "" || prefix[0] == ':') {
			prefix = strings.TrimPrefix(prefix, ":")
			p.scopes = append(p.scopes, binding{prefix, a.Value, namespaces[a.Value]})
			p.last = nil // it may stand in the place of another
		}
	}
	n.Name = p.resolve(tag, true)
	for i := range n.Attrs {
		a := &n.Attrs[i]
		if !strings.HasPrefix(a.Name, "xmlns") {
			a.Name = p.resolve(a.Name, false)
		}
	}
}

// resolve returns the canonical form of a qualified name. An attribute
// without a prefix is in no namespace (Namespaces in XML, 6.2); a prefix that
// nothing declares gives "{?}prefix:local".
func (p *parser) resolve(name string, element bool) string {
	prefix, local, found := strings.Cut(name, ":")
	if !found {
		if !element {
			return name
		}
		prefix, local = "", name
	}
	if prefix == "xml" {
		return name
	}
	if b := p.bound(prefix); b != nil {
		switch {
		case b.canonical != "" && b.canonical == prefix:
			return name
		case b.canonical != "":
			return p.join(b.canonical, ":", local)
		case b.uri == "":
			return local
		}
		return p.join("{"+b.uri, "}", local)
	}
	if prefix == "" {
		return local
	}
	return p.join("{?", "}", name) // not declared: nobody will take it for ours
}

// bound returns the declaration of a prefix that is in force, nil when there is
// none. Most names have the prefix of the name before.
func (p *parser) bound(prefix string) *binding {
	if p.last != nil && p.lastOf == len(p.scopes) && p.last.prefix == prefix {
		return p.last
	}
	for i := len(p.scopes) - 1; i >= 0; i-- {
		if p.scopes[i].prefix == prefix {
			p.last, p.lastOf = &p.scopes[i], len(p.scopes)
			return p.last
		}
	}
	return nil
}

// join makes a name once.
func (p *parser) join(space, sep, local string) string {
	name := space + sep + local
	if known, ok := p.names[name]; ok {
		return known
	}
	p.names[name] = name
	return name
}
