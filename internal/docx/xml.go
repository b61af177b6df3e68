package docx

import (
	"iter"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"nastavnik/internal/diag"
)

// Limits of one XML part. A Word document of 300 pages stays below a fifth of
// maxNodes; the memory of a tree is about 110 bytes a node.
const (
	maxDepth = 256
	maxNodes = 1_000_000
	maxAttrs = 1_000 // of one element
)

// Kind is what a Node is.
type Kind uint8

// The kinds of nodes.
const (
	Document Kind = iota // the whole part: declaration, comments, one element
	Element
	Text  // character data, with its entities
	CData // <![CDATA[…]]>
	Other // XML declaration, processing instruction, comment, byte order mark
)

// Node is a piece of an XML part. Children may be changed freely; attributes
// only through SetAttr and RemoveAttr, which keep the others as they stood.
type Node struct {
	Kind     Kind
	Name     string // canonical by namespace: "w:p"; a foreign one is "{uri}local"
	Attrs    []Attr // with xmlns declarations, Name "xmlns" or "xmlns:w"
	Children []*Node

	// raw is the start tag, or all of a text, comment or instruction, as it
	// stood in the source; "" for an element made or changed here.
	raw string
	// end is the end tag as it stood; "" when the element closed itself.
	end string
	// tag is the qualified name of an element whose raw was dropped; of a
	// document node, the encoding that it is written in when not UTF-8.
	tag string
}

// Attr is an attribute. Value is decoded.
type Attr struct {
	Name  string // canonical: "w:val", "r:id"; without a prefix as written
	Value string

	raw string // ` w:val="1"` with the space before it; "" when new
}

// NewElement makes an element with canonical prefixes; attrs are name and
// value in turn. The root above it must declare the prefixes.
func NewElement(name string, attrs ...string) *Node {
	n := &Node{Kind: Element, Name: name}
	for i := 0; i+1 < len(attrs); i += 2 {
		n.Attrs = append(n.Attrs, Attr{Name: attrs[i], Value: attrs[i+1]})
	}
	return n
}

// NewText makes a text node; s is plain text and is escaped.
func NewText(s string) *Node {
	return &Node{Kind: Text, raw: string(AppendEscaped(nil, s))}
}

// Add appends children and returns n.
func (n *Node) Add(children ...*Node) *Node {
	n.Children = append(n.Children, children...)
	return n
}

// Root returns the outermost element of a document node, n itself otherwise.
func (n *Node) Root() *Node {
	if n.Kind != Document {
		return n
	}
	for _, c := range n.Children {
		if c.Kind == Element {
			return c
		}
	}
	return n
}

// Child returns the first child element of that name, nil when there is none.
// It may be called on nil.
func (n *Node) Child(name string) *Node {
	if n == nil {
		return nil
	}
	for _, c := range n.Children {
		if c.Kind == Element && c.Name == name {
			return c
		}
	}
	return nil
}

// Path returns the element reached by Child for each name in turn, or nil.
func (n *Node) Path(names ...string) *Node {
	for _, name := range names {
		n = n.Child(name)
	}
	return n
}

// All yields the child elements of that name.
func (n *Node) All(name string) iter.Seq[*Node] {
	return func(yield func(*Node) bool) {
		if n == nil {
			return
		}
		for _, c := range n.Children {
			if c.Kind == Element && c.Name == name && !yield(c) {
				return
			}
		}
	}
}

// Elements yields the child elements.
func (n *Node) Elements() iter.Seq[*Node] {
	return func(yield func(*Node) bool) {
		if n == nil {
			return
		}
		for _, c := range n.Children {
			if c.Kind == Element && !yield(c) {
				return
			}
		}
	}
}

// Walk yields n and every element below it, in the order of the text.
func (n *Node) Walk() iter.Seq[*Node] {
	return func(yield func(*Node) bool) { n.walk(yield) }
}

func (n *Node) walk(yield func(*Node) bool) bool {
	if n == nil {
		return true
	}
	if n.Kind == Element && !yield(n) {
		return false
	}
	for _, c := range n.Children {
		if (c.Kind == Element || c.Kind == Document) && !c.walk(yield) {
			return false
		}
	}
	return true
}

// Attr returns the value of an attribute, "" when absent. It may be called on
// nil.
func (n *Node) Attr(name string) string {
	if n == nil {
		return ""
	}
	for i := range n.Attrs {
		if n.Attrs[i].Name == name {
			return n.Attrs[i].Value
		}
	}
	return ""
}

// HasAttr reports whether the attribute is there, though it be empty.
func (n *Node) HasAttr(name string) bool {
	if n == nil {
		return false
	}
	for i := range n.Attrs {
		if n.Attrs[i].Name == name {
			return true
		}
	}
	return false
}

// SetAttr sets or adds an attribute.
func (n *Node) SetAttr(name, value string) {
	n.open()
	for i := range n.Attrs {
		if n.Attrs[i].Name != name {
			continue
		}
		a := n.Attrs[i]
		if a.raw != "" { // keep the spelling of the name
			written := strings.TrimSpace(a.raw[:strings.IndexByte(a.raw, '=')])
			a.raw = " " + written + `="` + string(AppendEscaped(nil, value)) + `"`
		}
		a.Value = value
		n.Attrs[i] = a
		return
	}
	n.Attrs = append(n.Attrs[:len(n.Attrs):len(n.Attrs)], Attr{Name: name, Value: value})
}

// RemoveAttr removes an attribute when it is there.
func (n *Node) RemoveAttr(name string) {
	for i := range n.Attrs {
		if n.Attrs[i].Name == name {
			n.open()
			attrs := append([]Attr(nil), n.Attrs[:i]...)
			n.Attrs = append(attrs, n.Attrs[i+1:]...)
			return
		}
	}
}

// open drops the start tag as written, so that AppendTo composes it from Attrs.
func (n *Node) open() {
	if n.raw != "" {
		n.tag, n.raw = n.Tag(), ""
		n.Attrs = append([]Attr(nil), n.Attrs...)
	}
}

// Tag returns the qualified name of an element as it is written.
func (n *Node) Tag() string {
	switch {
	case n.tag != "":
		return n.tag
	case n.raw != "":
		end := strings.IndexAny(n.raw, " \t\r\n/>")
		return n.raw[1:end]
	}
	return n.Name
}

// Text returns the decoded text of n and all below it, in order.
func (n *Node) Text() string {
	if n == nil {
		return ""
	}
	switch n.Kind {
	case Text:
		return decode(n.raw, false)
	case CData:
		return newlines.Replace(n.raw[len("<![CDATA[") : len(n.raw)-len("]]>")])
	case Other:
		return ""
	}
	switch len(n.Children) {
	case 0:
		return ""
	case 1:
		return n.Children[0].Text()
	}
	var b strings.Builder
	for _, c := range n.Children {
		b.WriteString(c.Text())
	}
	return b.String()
}

// SetText makes s the only content of n.
func (n *Node) SetText(s string) { n.Children = []*Node{NewText(s)} }

// Clone returns a deep copy that shares only strings with n.
func (n *Node) Clone() *Node {
	c := *n
	c.Children = make([]*Node, len(n.Children))
	for i, child := range n.Children {
		c.Children[i] = child.Clone()
	}
	return &c
}

// AppendTo writes n to b: what was not changed, as it stood in the source.
func (n *Node) AppendTo(b []byte) []byte {
	switch n.Kind {
	case Text, CData, Other:
		return append(b, n.raw...)
	case Document:
		from := len(b)
		for _, c := range n.Children {
			b = c.AppendTo(b)
		}
		if n.tag != "" {
			wide := toUTF16(string(b[from:]), n.tag)
			b = append(b[:from], wide...)
		}
		return b
	}
	b = n.AppendOpen(b, len(n.Children) == 0 && n.end == "")
	if len(n.Children) == 0 && n.end == "" {
		return b
	}
	for _, c := range n.Children {
		b = c.AppendTo(b)
	}
	return n.AppendEnd(b)
}

// AppendOpen writes the start tag of an element; closed says that it closes
// itself («<w:b/>»).
func (n *Node) AppendOpen(b []byte, closed bool) []byte {
	if n.raw != "" {
		if wasClosed := strings.HasSuffix(n.raw, "/>"); wasClosed == closed {
			return append(b, n.raw...)
		}
		b = append(b, strings.TrimRight(n.raw, "/>")...)
	} else {
		b = append(append(b, '<'), n.Tag()...)
		for _, a := range n.Attrs {
			if a.raw != "" {
				b = append(b, a.raw...)
				continue
			}
			b = append(append(append(b, ' '), a.Name...), `="`...)
			b = append(AppendEscaped(b, a.Value), '"')
		}
	}
	if closed {
		b = append(b, '/')
	}
	return append(b, '>')
}

// AppendEnd writes the end tag of an element.
func (n *Node) AppendEnd(b []byte) []byte {
	if n.end != "" {
		return append(b, n.end...)
	}
	return append(append(append(b, "</"...), n.Tag()...), '>')
}

// Raw returns a text, comment or instruction as it stands in the source.
func (n *Node) Raw() string { return n.raw }

// Declare makes sure that the root element binds the canonical prefix, so
// that elements made with NewElement may stand below it. It reports false when
// the file binds that prefix to something else.
func (n *Node) Declare(prefix string) bool {
	root := n.Root()
	if uri := root.Attr("xmlns:" + prefix); uri != "" {
		return namespaces[uri] == prefix
	}
	uri := transitional[prefix]
	for _, a := range root.Attrs { // the strict form, when the file is strict
		if strings.HasPrefix(a.Name, "xmlns") && namespaces[a.Value] == prefix {
			uri = a.Value
		}
	}
	if uri == "" {
		return false
	}
	root.SetAttr("xmlns:"+prefix, uri)
	return true
}

// IsStrict reports whether the root declares a namespace of the strict form
// (ISO/IEC 29500-1), which many programs do not read.
func (n *Node) IsStrict() bool {
	for _, a := range n.Root().Attrs {
		if strings.HasPrefix(a.Name, "xmlns") && strings.HasPrefix(a.Value, strictRoot) {
			return true
		}
	}
	return false
}

// Prefixes returns the namespace prefixes that n and all below it are written
// with, each once, in order.
func (n *Node) Prefixes() []string {
	var found []string
	add := func(name string) {
		prefix, _, prefixed := strings.Cut(name, ":")
		if prefixed && prefix != "xml" && prefix != "xmlns" && !slices.Contains(found, prefix) {
			found = append(found, prefix)
		}
	}
	for d := range n.Walk() {
		add(d.Tag())
		for _, a := range d.Attrs {
			if name, _, raw := strings.Cut(a.raw, "="); raw {
				add(strings.TrimSpace(name))
			} else {
				add(a.Name)
			}
		}
	}
	return found
}

// AppendEscaped writes s as character data or as an attribute value. What XML
// 1.0 cannot hold (section 2.2: most control characters) is left out.
func AppendEscaped(b []byte, s string) []byte {
	from := 0
	for i := 0; i < len(s); {
		c, size := rune(s[i]), 1
		if c >= utf8.RuneSelf {
			c, size = utf8.DecodeRuneInString(s[i:])
		}
		var as string
		switch {
		case c == '&':
			as = "&amp;"
		case c == '<':
			as = "&lt;"
		case c == '>':
			as = "&gt;"
		case c == '"':
			as = "&quot;"
		case c == '\t':
			as = "&#9;"
		case c == '\n':
			as = "&#10;"
		case c == '\r':
			as = "&#13;"
		case !validChar(c) || c == utf8.RuneError && size == 1:
		default:
			i += size
			continue
		}
		b = append(append(b, s[from:i]...), as...)
		i += size
		from = i
	}
	return append(b, s[from:]...)
}

// validChar reports whether XML 1.0 (production 2, Char) has c.
func validChar(c rune) bool {
	return c >= 0x20 && c != 0xFFFE && c != 0xFFFF && (c < 0xD800 || c > 0xDFFF) ||
		c == '\t' || c == '\n' || c == '\r'
}

var newlines = strings.NewReplacer("\r\n", "\n", "\r", "\n")

// decode resolves the entities of raw and normalises line ends (XML 1.0,
// 2.11), in an attribute white space too (3.3.3). raw was checked by the
// parser, so an unknown entity cannot occur; it is kept as it stands.
func decode(raw string, attr bool) string {
	at := special(raw, attr)
	if at < 0 {
		return raw
	}
	b := make([]byte, 0, len(raw))
	for at >= 0 {
		b = append(b, raw[:at]...)
		c := raw[at]
		raw = raw[at+1:]
		switch c {
		case '&':
			end := strings.IndexByte(raw, ';')
			if r, ok := entity(raw[:max(0, end)]); ok {
				b = utf8.AppendRune(b, r)
				raw = raw[end+1:]
			} else {
				b = append(b, '&')
			}
		case '\r':
			raw = strings.TrimPrefix(raw, "\n")
			fallthrough
		default:
			if attr {
				b = append(b, ' ')
			} else {
				b = append(b, '\n')
			}
		}
		at = special(raw, attr)
	}
	return string(append(b, raw...))
}

// special returns the offset of the first byte that decode must look at, or -1.
func special(raw string, attr bool) int {
	for i := range len(raw) {
		switch raw[i] {
		case '&', '\r':
			return i
		case '\n', '\t':
			if attr {
				return i
			}
		}
	}
	return -1
}

// entity returns the character that &name; stands for. Only the five
// predefined ones and character references exist without a DTD.
func entity(name string) (rune, bool) {
	switch name {
	case "amp":
		return '&', true
	case "lt":
		return '<', true
	case "gt":
		return '>', true
	case "quot":
		return '"', true
	case "apos":
		return '\'', true
	}
	digits, base := strings.CutPrefix(name, "#")
	if !base {
		return 0, false
	}
	radix := 10
	if hex, is := strings.CutPrefix(digits, "x"); is {
		digits, radix = hex, 16
	}
	n, err := strconv.ParseUint(digits, radix, 32)
	return rune(n), err == nil && n <= utf8.MaxRune && validChar(rune(n))
}

// problem is the mistake of an XML part at a byte offset.
func problem(source string, at int, format string, args ...any) *diag.Problem {
	before := source[:min(at, len(source))]
	line := 1 + strings.Count(before, "\n")
	col := 1 + utf8.RuneCountInString(before[strings.LastIndexByte(before, '\n')+1:])
	var l diag.List
	p := l.Add(diag.Place{Line: line, Col: col}, format, args...)
	p.Hint = "откройте файл в Word и сохраните его заново как «Документ Word (.docx)»"
	return p
}
