package fill

import (
	"bytes"
	"strings"

	"nastavnik/internal/diag"
	"nastavnik/internal/docx"
)

// attribute is one of an element that is computed.
type attribute struct {
	name string
	ops  []attributeOp
}

// attributeOp is a piece of an attribute: text, a value, or a fresh number.
type attributeOp struct {
	text  string
	p     *placeholder
	fresh bool
	swap  bool // p is a picture that takes the place of the one there, whose relationship is text
}

// filledAttributes are those that a person types text into: the description of
// a picture, the tip of a link, the title of a content control.
var filledAttributes = map[string]string{
	"wp:docPr/descr": "замещающий текст", "wp:docPr/title": "замещающий текст",
	"pic:cNvPr/descr": "замещающий текст", "pic:cNvPr/title": "замещающий текст",
	"v:shape/alt": "замещающий текст", "w:hyperlink/w:tooltip": "подсказка ссылки", "w:alias/w:val": "имя элемента управления",
	"w:tblCaption/w:val": "замещающий текст таблицы", "w:tblDescription/w:val": "замещающий текст таблицы",
}

// scanAttributes finds the placeholders in attributes. Those that nobody fills
// are reported, and so are those in the addresses of links.
func (c *compiler) scanAttributes(root *docx.Node, scan *scanner) {
	walkAll(root, func(n *docx.Node) {
		for i := range n.Attrs {
			a := &n.Attrs[i]
			if strings.Contains(a.Value, "{{") {
				c.scanAttribute(root, n, a, scan)
			}
		}
	})
	for _, r := range c.pkg.Rels(scan.part) {
		if target := strings.ToUpper(r.Target); r.External && (strings.Contains(target, "{{") || strings.Contains(target, "%7B%7B")) {
			c.problems.Add(diag.Place{File: c.name, In: "адрес ссылки «" + r.Target + "»"}, "метки в адресе ссылки не заполняются").Hint =
				"наберите метку в тексте, без ссылки"
		}
	}
}

func (c *compiler) scanAttribute(root, n *docx.Node, a *docx.Attr, scan *scanner) {
	what := filledAttributes[n.Name+"/"+a.Name]
	if what == "" {
		c.problems.Add(diag.Place{File: c.name, In: "свойство " + a.Name, Around: a.Value}, "метки здесь не заполняются").Hint =
			"перенесите метку в текст документа"
		return
	}
	one := &scanner{c: c, part: scan.part, parent: map[*docx.Node]*docx.Node{}, story: what, list: &story{}}
	if scan.story != "" {
		one.story = scan.story + ", " + what
	}
	text := []rune(a.Value)
	holder := docx.NewElement("w:t")
	one.find(&gathered{runes: text, pieces: []piece{{holder, true, 0}}})
	found := attribute{name: a.Name}
	for _, child := range holder.Children {
		p := c.markers[child]
		if p == nil {
			found.ops = append(found.ops, attributeOp{text: child.Text()})
			continue
		}
		delete(c.markers, child)
		if p.kind == kindImage && len(holder.Children) == 1 && n.Name == "wp:docPr" {
			c.linkUp(root, n, scan.parent)
			c.swapPicture(root, n, p, scan.parent)
			return
		}
		if p.kind != kindValue {
			c.problems.Add(p.place, "«%s»: здесь можно только вставить значение", p.braces())
			continue
		}
		found.ops = append(found.ops, attributeOp{p: p})
	}
	if len(found.ops) == 0 {
		return
	}
	c.attrs[n] = append(c.attrs[n], found)
	c.linkUp(root, n, scan.parent)
}

// swapPicture puts another picture into the frame whose description says
// {{ image … }}; the frame keeps its place and its size.
func (c *compiler) swapPicture(root, docPr *docx.Node, p *placeholder, parent map[*docx.Node]*docx.Node) {
	docPr.SetAttr("descr", "")
	for n := range parent[docPr].Walk() {
		if n.Name == "a:blip" && n.HasAttr("r:embed") {
			c.attrs[n] = append(c.attrs[n], attribute{"r:embed", []attributeOp{{p: p, swap: true, text: n.Attr("r:embed")}}})
			c.linkUp(root, n, parent)
			return
		}
	}
	c.problems.Add(p.place, "«%s»: это описание не рисунка", p.braces()).Hint = "метку рисунка пишут в замещающем тексте рисунка, на месте которого он встанет"
}

// linkUp notes the parents of n, which a scan of paragraphs may have passed by.
func (c *compiler) linkUp(root, n *docx.Node, parent map[*docx.Node]*docx.Node) {
	if parent[n] != nil {
		return
	}
	walkAll(root, func(d *docx.Node) {
		for _, child := range d.Children {
			if child.Kind == docx.Element && parent[child] == nil {
				parent[child] = d
			}
		}
	})
}

// attributes writes an element some of whose attributes are computed.
func (e *emitter) attributes(n *docx.Node, attrs []attribute) {
	c := *n
	for _, a := range attrs {
		c.SetAttr(a.name, hole+a.name+hole)
	}
	start := len(e.lit)
	e.lit = c.AppendOpen(e.lit, len(n.Children) == 0)
	tag := bytes.Clone(e.lit[start:])
	e.lit = e.lit[:start]
	for {
		before, after, found := bytes.Cut(tag, []byte(hole))
		e.lit = append(e.lit, before...)
		if !found {
			break
		}
		name, rest, _ := bytes.Cut(after, []byte(hole))
		tag = rest
		for _, a := range attrs {
			if a.name == string(name) {
				e.attributeOps(a)
			}
		}
	}
	if len(n.Children) > 0 {
		e.children(n)
		e.lit = n.AppendEnd(e.lit)
	}
}

func (e *emitter) attributeOps(a attribute) {
	for _, o := range a.ops {
		switch {
		case o.fresh:
			e.add(op{do: opID})
		case o.swap:
			if x := e.c.compileExpr(o.p, e.scope); x != nil {
				e.declareImages()
				e.add(op{do: opSwap, expr: x, p: o.p, part: e.plan, lit: []byte(o.text)})
			}
		case o.p == nil:
			e.lit = docx.AppendEscaped(e.lit, o.text)
		default:
			x := e.c.compileExpr(o.p, e.scope)
			if x == nil {
				continue
			}
			if !x.shape.prints() {
				e.c.notText(o.p, x.shape)
				continue
			}
			e.add(op{do: opValue, expr: x, p: o.p, mode: modeAttribute})
		}
	}
}

// renumber gives drawings that share a number numbers of their own: a block
// included twice has the same, and Word asks to repair the file.
func (c *compiler) renumber(scanned []*scannedPart) {
	highest := 0
	for _, s := range scanned {
		walkAll(s.tree, func(n *docx.Node) {
			if n.Name == "wp:docPr" {
				highest = max(highest, number(n.Attr("id"), 0))
			}
		})
	}
	taken := map[string]bool{}
	for _, s := range scanned {
		walkAll(s.tree, func(n *docx.Node) {
			if n.Name != "wp:docPr" {
				return
			}
			if taken[n.Attr("id")] {
				highest++
				n.SetAttr("id", itoa(highest))
			}
			taken[n.Attr("id")] = true
		})
	}
}
