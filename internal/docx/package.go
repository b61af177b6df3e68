package docx

import (
	"bytes"
	"cmp"
	"net/url"
	"path"
	"slices"
	"strconv"
	"strings"

	"nastavnik/internal/diag"
)

// Names and content types of the parts that make a package one
// (ISO/IEC 29500-2, 9.1.2 and 10.1).
const (
	typesName = "[Content_Types].xml"
	relsType  = "application/vnd.openxmlformats-package.relationships+xml"
	MainType  = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
)

// Package is a Word file: its parts in the order of the zip. It is not safe
// for concurrent use.
type Package struct {
	parts []*Part
	index map[string]*Part // by lower-case name
	rels  map[string][]Rel // by lower-case name of the source part, "" for the package

	// defaults and overrides are [Content_Types].xml as read, keys in lower case.
	defaults, overrides map[string]string
	types               *Node // its root
	cache               *Cache
}

// Part is one zip entry: a document, a picture, relationships. Name has no
// leading slash.
type Part struct {
	Name        string
	ContentType string

	packed []byte // as it stands in the zip, nil when the part is new or changed
	method uint16
	crc    uint32
	size   int64 // unpacked, as the directory says
	bytes  []byte
	tree   *Node
	used   bool // tree was handed out, so it is written instead of bytes
	shared bool // tree belongs to the cache
	cache  *Cache
}

// Rel is one relationship, its target resolved.
type Rel struct {
	ID       string
	Type     string // the whole URI
	Kind     string // its last segment: "image", "header", "styles"
	Target   string // the name of a part, or a URI when External
	External bool
}

// New returns a package with no parts but its content types.
func New() *Package {
	p := &Package{index: map[string]*Part{}, rels: map[string][]Rel{},
		defaults: map[string]string{}, overrides: map[string]string{}}
	const empty = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>` + "\n" +
		`<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">` +
		`<Default Extension="rels" ContentType="` + relsType + `"/>` +
		`<Default Extension="xml" ContentType="application/xml"/></Types>`
	p.add(&Part{Name: typesName, bytes: []byte(empty)})
	if err := p.readTypes(); err != nil {
		panic(err) // the text above is well-formed
	}
	return p
}

func (p *Package) add(part *Part) {
	p.parts = append(p.parts, part)
	p.index[strings.ToLower(part.Name)] = part
}

// Parts returns the parts in the order of the zip, [Content_Types].xml and
// relationships among them.
func (p *Package) Parts() []*Part { return p.parts }

// Part returns the part of that name, nil when there is none. Names of parts
// do not depend on case (ISO/IEC 29500-2, 6.2.2.3).
func (p *Package) Part(name string) *Part {
	return p.index[strings.ToLower(strings.TrimPrefix(name, "/"))]
}

// Main returns the part with the document itself. Open makes sure that it is
// there; a new package has none until Put and AddRel made it.
func (p *Package) Main() *Part {
	for _, r := range p.Rels(nil) {
		if r.Kind == "officeDocument" && !r.External {
			if part := p.Part(r.Target); part != nil {
				return part
			}
		}
	}
	return nil
}

// Related returns the parts that part points to with relationships of that
// kind, in the order of the relationships; part nil is the package.
func (p *Package) Related(part *Part, kind string) []*Part {
	var found []*Part
	for _, r := range p.Rels(part) {
		if r.Kind == kind && !r.External {
			if target := p.Part(r.Target); target != nil && !slices.Contains(found, target) {
				found = append(found, target)
			}
		}
	}
	return found
}

// Rels returns the relationships of a part, or of the package for nil. What
// cannot be read there is taken as none; Open refuses a package whose own
// relationships are broken.
func (p *Package) Rels(part *Part) []Rel {
	key := ""
	if part != nil {
		key = strings.ToLower(part.Name)
	}
	if rels, known := p.rels[key]; known {
		return rels
	}
	rels, _ := p.readRels(part)
	p.rels[key] = rels
	return rels
}

func (p *Package) readRels(part *Part) ([]Rel, error) {
	source := p.Part(relsName(part))
	if source == nil {
		return nil, nil
	}
	tree, err := source.Peek()
	if err != nil {
		return nil, err
	}
	var rels []Rel
	for n := range tree.Root().All("rel:Relationship") {
		r := Rel{ID: n.Attr("Id"), Type: n.Attr("Type"), Target: n.Attr("Target")}
		r.Kind = r.Type[strings.LastIndexByte(r.Type, '/')+1:]
		r.External = strings.EqualFold(n.Attr("TargetMode"), "External")
		if !r.External {
			r.Target = p.resolve(part, r.Target)
		}
		rels = append(rels, r)
	}
	return rels, nil
}

// relsName returns the name of the part that holds the relationships of part
// (ISO/IEC 29500-2, 9.3.3).
func relsName(part *Part) string {
	if part == nil {
		return "_rels/.rels"
	}
	dir, file := path.Split(part.Name)
	return dir + "_rels/" + file + ".rels"
}

// resolve returns the name of the part that an internal target means, seen
// from part.
func (p *Package) resolve(part *Part, target string) string {
	target, _, _ = strings.Cut(target, "#")
	target = strings.ReplaceAll(target, `\`, "/")
	name := strings.TrimPrefix(target, "/")
	if name == target && part != nil {
		name = path.Join(path.Dir(part.Name), target)
	}
	name = path.Clean(name)
	if p.Part(name) == nil {
		if plain, err := url.PathUnescape(name); err == nil && p.Part(plain) != nil {
			name = plain
		}
	}
	if found := p.Part(name); found != nil {
		return found.Name
	}
	return name
}

// readTypes reads [Content_Types].xml and gives each part its type.
func (p *Package) readTypes() error {
	tree, err := p.Part(typesName).Peek()
	if err != nil {
		return err
	}
	p.types = tree.Root()
	for n := range p.types.Elements() {
		switch n.Name {
		case "ct:Default":
			p.defaults[strings.ToLower(n.Attr("Extension"))] = n.Attr("ContentType")
		case "ct:Override":
			name := strings.ToLower(strings.TrimPrefix(n.Attr("PartName"), "/"))
			if plain, err := url.PathUnescape(name); err == nil && p.Part(name) == nil {
				name = plain
			}
			p.overrides[name] = n.Attr("ContentType")
		}
	}
	for _, part := range p.parts {
		part.ContentType = p.typeOf(part.Name)
	}
	return nil
}

func (p *Package) typeOf(name string) string {
	name = strings.ToLower(name)
	if t, ok := p.overrides[name]; ok {
		return t
	}
	return p.defaults[strings.TrimPrefix(path.Ext(name), ".")]
}

// Put adds a part, or gives the part of that name new bytes; an empty
// contentType keeps the type it has. Pictures are declared by their extension,
// other parts by name.
func (p *Package) Put(name, contentType string, b []byte) *Part {
	name = strings.TrimPrefix(name, "/")
	part := p.Part(name)
	if part == nil {
		part = &Part{Name: name}
		p.add(part)
		part.ContentType = p.typeOf(name)
	}
	part.packed, part.tree, part.used, part.shared, part.bytes = nil, nil, false, false, b
	p.rels = map[string][]Rel{} // b may be relationships, or their target
	if contentType != "" && contentType != part.ContentType {
		p.declare(name, contentType)
		part.ContentType = contentType
	}
	return part
}

// DeclareDefault makes parts whose name ends with ext have a content type, if
// the package does not say otherwise already. ext has no dot.
func (p *Package) DeclareDefault(ext, contentType string) {
	if _, known := p.defaults[ext]; !known {
		p.ownTypes()
		p.defaults[ext] = contentType
		p.types.Children = slices.Insert(p.types.Children, 0, p.typeNode("Default", "Extension", ext, contentType))
	}
}

// SetMainType gives the main part a content type, for a document made from a
// .dotx template.
func (p *Package) SetMainType(contentType string) {
	main := p.Main()
	p.declare(main.Name, contentType)
	main.ContentType = contentType
}

// declare writes a content type into [Content_Types].xml.
func (p *Package) declare(name, contentType string) {
	p.ownTypes()
	ext := strings.ToLower(strings.TrimPrefix(path.Ext(name), "."))
	if _, taken := p.defaults[ext]; !taken && strings.HasPrefix(contentType, "image/") {
		p.defaults[ext] = contentType
		p.types.Children = slices.Insert(p.types.Children, 0, // defaults stand first
			p.typeNode("Default", "Extension", ext, contentType))
		return
	}
	lower := strings.ToLower(name)
	for n := range p.types.All("ct:Override") {
		if strings.ToLower(n.Attr("PartName")) == "/"+lower {
			n.SetAttr("ContentType", contentType)
			p.overrides[lower] = contentType
			return
		}
	}
	p.overrides[lower] = contentType
	p.types.Add(p.typeNode("Override", "PartName", "/"+name, contentType))
}

// ownTypes makes [Content_Types].xml a tree to be changed.
func (p *Package) ownTypes() {
	if tree, err := p.Part(typesName).Tree(); err == nil { // it was read before
		p.types = tree.Root()
	}
}

// typeNode makes an element with the prefix that the file gives the namespace.
func (p *Package) typeNode(local, key, value, contentType string) *Node {
	n := NewElement("ct:"+local, key, value, "ContentType", contentType)
	n.tag = prefixOf(p.types) + local
	return n
}

// prefixOf returns the prefix of n as written, with its colon, or "".
func prefixOf(n *Node) string {
	return n.Tag()[:strings.IndexByte(n.Tag(), ':')+1]
}

// AddRel adds a relationship from a part, or from the package for nil, and
// returns its id, «rId» with the next free number. target is the name of a
// part, or a URI when external; typ the whole type, see RelType. A
// relationship that is there already is used again.
func (p *Package) AddRel(from *Part, typ, target string, external bool) (id string) {
	target = strings.TrimPrefix(target, "/")
	next := 1
	for _, r := range p.Rels(from) {
		if r.Type == typ && r.Target == target && r.External == external {
			return r.ID
		}
		if n, err := strconv.Atoi(strings.TrimPrefix(r.ID, "rId")); err == nil {
			next = max(next, n+1)
		}
	}
	tree, _ := p.EnsureRels(from).Tree()
	id = "rId" + strconv.Itoa(next)
	written := target
	if !external {
		written = relative(from, target)
	}
	n := NewElement("rel:Relationship", "Id", id, "Type", typ, "Target", written)
	if external {
		n.SetAttr("TargetMode", "External")
	}
	root := tree.Root()
	n.tag = prefixOf(root) + "Relationship"
	root.Add(n)
	key := ""
	if from != nil {
		key = strings.ToLower(from.Name)
	}
	p.rels[key] = append(p.Rels(from), Rel{ID: id, Type: typ, Kind: typ[strings.LastIndexByte(typ, '/')+1:],
		Target: target, External: external})
	return id
}

// EnsureRels returns the part with the relationships of part, or of the
// package for nil; it makes an empty one when there is none that can be read.
func (p *Package) EnsureRels(part *Part) *Part {
	name := relsName(part)
	if rels := p.Part(name); rels != nil {
		if _, err := rels.Peek(); err == nil {
			return rels
		}
	}
	const empty = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>` + "\n" +
		`<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"/>`
	return p.Put(name, relsType, []byte(empty))
}

// relative writes a target as Word does: from the folder of the source when
// it stands there, else from the root.
func relative(from *Part, target string) string {
	if from == nil {
		return target
	}
	if dir := path.Dir(from.Name) + "/"; strings.HasPrefix(target, dir) {
		return target[len(dir):]
	}
	return "/" + target
}

// RemoveRel removes a relationship.
func (p *Package) RemoveRel(from *Part, id string) {
	part := p.Part(relsName(from))
	if part == nil {
		return
	}
	tree, err := part.Tree()
	if err != nil {
		return
	}
	root := tree.Root()
	root.Children = slices.DeleteFunc(root.Children, func(n *Node) bool {
		return n.Name == "rel:Relationship" && n.Attr("Id") == id
	})
	p.rels = map[string][]Rel{}
}

// Remove takes a part out of the package with its relationships and its
// content type. What points to it is left as it is.
func (p *Package) Remove(part *Part) {
	if rels := p.Part(relsName(part)); rels != nil && rels != part {
		p.Remove(rels)
	}
	p.parts = slices.DeleteFunc(p.parts, func(q *Part) bool { return q == part })
	lower := strings.ToLower(part.Name)
	delete(p.index, lower)
	if _, named := p.overrides[lower]; named {
		delete(p.overrides, lower)
		p.ownTypes()
		p.types.Children = slices.DeleteFunc(p.types.Children, func(n *Node) bool {
			return n.Name == "ct:Override" && strings.ToLower(n.Attr("PartName")) == "/"+lower
		})
	}
	p.rels = map[string][]Rel{}
}

// Tree returns the document node of an XML part, parsed once. Changes to it
// are written by Bytes of the part and of the package. An error is a
// *diag.Problem that names the part.
func (part *Part) Tree() (*Node, error) {
	if part.shared { // a tree of its own, to be changed
		part.tree, part.shared, part.cache = nil, false, nil
	}
	tree, err := part.Peek()
	if err == nil {
		part.used, part.cache = true, nil
	}
	return tree, err
}

// Peek is Tree for those who only read: the part is still copied as it is.
func (part *Part) Peek() (*Node, error) {
	if part.tree == nil {
		tree, shared, err := part.cache.peek(part)
		if err != nil {
			return nil, err
		}
		part.tree, part.shared = tree, shared
	}
	return part.tree, nil
}

// parse makes the tree of a part.
func (part *Part) parse() (*Node, error) {
	b, err := part.Bytes()
	if err != nil {
		return nil, err
	}
	tree, err := ParseXML(b)
	if err != nil {
		var p diag.Problem = *err.(*diag.Problem)
		p.Place.In = cmp.Or(p.Place.In, "часть "+part.Name)
		if p.Place.Line > 0 {
			p.Place.In += ", строка " + strconv.Itoa(p.Place.Line) + ", знак " + strconv.Itoa(p.Place.Col)
			p.Place.Line, p.Place.Col = 0, 0
		}
		return nil, &p
	}
	return tree, nil
}

// Bytes returns the unpacked contents of a part. The caller must not change
// them.
func (part *Part) Bytes() ([]byte, error) {
	if part.used {
		return part.tree.AppendTo(make([]byte, 0, part.size+part.size/8)), nil
	}
	if part.bytes == nil && part.packed != nil {
		b, err := part.unpack()
		if err != nil {
			return nil, err
		}
		part.bytes = b
	}
	return part.bytes, nil
}

// Forget drops what was read of a part that stands in the package as it was
// packed. It is read again when it is asked for.
func (part *Part) Forget() {
	if part.packed != nil && !part.used {
		part.tree, part.bytes, part.shared = nil, nil, false
	}
}

// Packed reports whether the part stands in the package as it was read, so that
// Archive.Copy may take it.
func (part *Part) Packed() bool { return !part.changed() }

// changed reports whether the part must be packed anew.
func (part *Part) changed() bool {
	if part.packed == nil {
		return true
	}
	if !part.used {
		return false
	}
	now, _ := part.Bytes()
	return !bytes.Equal(now, part.bytes)
}
