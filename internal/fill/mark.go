package fill

import (
	"slices"
	"strings"

	"nastavnik/internal/diag"
	"nastavnik/internal/docx"
)

// spot is a paragraph of a part.
type spot struct {
	part   *docx.Part
	number int
}

// numberParagraphs counts the paragraphs of a part as it was read, before
// anything moves.
func (c *compiler) numberParagraphs(tree *docx.Node) {
	n := 0
	for p := range tree.Walk() {
		if p.Name == "w:p" {
			c.numbers[p] = n
			n++
		}
	}
}

// Mark writes what Check found into a copy of the template, as comments that
// Word shows beside the text. pkg is the template opened anew. Problems outside
// the body, where Word has no comments, are left out; marked counts the rest.
func Mark(pkg *docx.Package, r Report) (b []byte, marked int, err error) {
	main := pkg.Main()
	tree, err := main.Tree()
	if err != nil {
		return nil, 0, err
	}
	byParagraph := map[int][]*diag.Problem{}
	for _, f := range r.Problems {
		if at, known := r.spots[f.Problem]; known && at.part.Name == main.Name {
			byParagraph[at.number] = append(byParagraph[at.number], f.Problem)
		}
	}
	comments, err := commentsOf(pkg)
	if err != nil {
		return nil, 0, err
	}
	next := 0
	for c := range comments.All("w:comment") {
		next = max(next, number(c.Attr("w:id"), 0)+1)
	}
	tree.Declare("w")
	n := 0
	boxed := inBoxes(tree)
	for p := range tree.Walk() {
		if p.Name != "w:p" {
			continue
		}
		for _, problem := range byParagraph[n] {
			if boxed[p] {
				continue
			}
			id := itoa(next + marked)
			comments.Add(comment(id, problem))
			annotate(p, id)
			marked++
		}
		n++
	}
	b, err = pkg.Bytes()
	return b, marked, err
}

// inBoxes returns the paragraphs inside text boxes, which take no comments.
func inBoxes(tree *docx.Node) map[*docx.Node]bool {
	found := map[*docx.Node]bool{}
	for box := range tree.Walk() {
		if box.Name != "w:txbxContent" {
			continue
		}
		for p := range box.Walk() {
			found[p] = true
		}
	}
	return found
}

// commentsOf returns the root of the comments part, made when there is none.
func commentsOf(pkg *docx.Package) (*docx.Node, error) {
	if parts := pkg.Related(pkg.Main(), "comments"); len(parts) > 0 {
		tree, err := parts[0].Tree()
		if err != nil {
			return nil, err
		}
		tree.Declare("w")
		return tree.Root(), nil
	}
	part := pkg.Put("word/comments.xml", "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml",
		[]byte(`<?xml version="1.0" encoding="UTF-8" standalone="yes"?>`+"\n"+`<w:comments xmlns:w="`+docx.Namespace("w")+`"></w:comments>`))
	pkg.AddRel(pkg.Main(), docx.RelType("comments"), part.Name, false)
	tree, err := part.Tree()
	if err != nil {
		return nil, err
	}
	return tree.Root(), nil
}

// comment makes a comment: what is wrong, and the hint in a paragraph of its
// own.
func comment(id string, p *diag.Problem) *docx.Node {
	c := docx.NewElement("w:comment", "w:id", id, "w:author", "nastavnik", "w:initials", "н")
	add := func(text string) {
		t := docx.NewElement("w:t", "xml:space", "preserve")
		t.SetText(text)
		c.Add(docx.NewElement("w:p").Add(docx.NewElement("w:r").Add(t)))
	}
	r := []rune(p.Text)
	add(strings.ToUpper(string(r[:1])) + string(r[1:]) + ".")
	if p.Hint != "" {
		r := []rune(p.Hint)
		add("Подсказка: " + string(r) + ".")
	}
	return c
}

// annotate ties a comment to the whole of a paragraph (17.13.4).
func annotate(p *docx.Node, id string) {
	at := 0
	if props := p.Child("w:pPr"); props != nil {
		at = slices.Index(p.Children, props) + 1
	}
	p.Children = slices.Insert(slices.Clone(p.Children), at, docx.NewElement("w:commentRangeStart", "w:id", id))
	p.Add(docx.NewElement("w:commentRangeEnd", "w:id", id),
		docx.NewElement("w:r").Add(docx.NewElement("w:commentReference", "w:id", id)))
}
