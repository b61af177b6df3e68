package layout

import (
	"fmt"
	"strconv"
	"strings"

	"nastavnik/internal/diag"
	"nastavnik/internal/font"
	"nastavnik/internal/wml"
)

// cause is something that is not drawn as the file has it. It is told once,
// at the first paragraph where it holds; the others are counted.
type cause struct {
	problem *diag.Problem
	seen    map[*wml.Paragraph]bool
	last    *wml.Paragraph // that was counted

	lacking []rune // for characters that no font has: each, in order
	lacked  map[rune]bool
}

// maxCauses bounds what is told of one document.
const maxCauses = 1000

// warn tells of what cannot be drawn in the paragraph p, once for each key.
// The page is put into the place when the paragraph is drawn.
func (e *engine) warn(key string, p *para, text, hint string) *cause {
	c := e.causes[key]
	if c == nil {
		if len(e.causes) >= maxCauses {
			return nil
		}
		c = &cause{seen: map[*wml.Paragraph]bool{}}
		e.causes[key] = c
		e.ordered = append(e.ordered, c)
		at := diag.Place{}
		if p != nil {
			at.In = p.src.Place
		}
		c.problem = e.problems.Warn(at, "%s", text)
		c.problem.Hint = hint
		if p != nil {
			p.told = append(p.told, c.problem)
		}
	}
	c.again(p)
	return c
}

// again counts the paragraph p among those where the cause holds.
func (c *cause) again(p *para) {
	if c != nil && p != nil && c.last != p.src {
		c.last = p.src
		c.seen[p.src] = true
	}
}

// drawnOn puts the page into the places of what was told of the paragraph.
func (p *para) drawnOn(ps *pageState) {
	for _, problem := range p.told {
		in := "страница " + strconv.Itoa(ps.index+1)
		if problem.Place.In != "" {
			in += ", " + problem.Place.In
		}
		problem.Place.In = in
	}
	p.told = nil
}

// countCauses says how many paragraphs a warning holds for.
func (e *engine) countCauses() {
	for _, c := range e.ordered {
		if c.lacking != nil {
			c.problem.Text = lackText(c.lacking)
		}
		if n := len(c.seen); n > 1 {
			c.problem.Text += fmt.Sprintf("; всего таких абзацев: %d", n)
		}
	}
}

func (e *engine) substituted(family string, f *font.Face) *cause {
	if family == "" {
		return nil
	}
	return e.warn("font "+family, e.reading, fmt.Sprintf("шрифта «%s» нет, взят %s: строки могут разойтись", family, f.Family()),
		"положите файлы шрифта в папку и укажите её ключом --font-dir")
}

// tofu notes a character that no font has. All such characters of a document
// are one cause, or a page in a foreign script would fill the screen.
func (e *engine) tofu(r rune) {
	c := e.warn("tofu", e.reading, "", "замените знак или положите шрифт, где он есть, в папку и укажите её ключом --font-dir")
	if c == nil || c.lacked[r] {
		return
	}
	if c.lacked == nil {
		c.lacked = map[rune]bool{}
	}
	c.lacked[r] = true
	c.lacking = append(c.lacking, r)
}

// maxLacking is how many characters without a font are told by name.
const maxLacking = 6

func lackText(lacking []rune) string {
	named := lacking[:min(len(lacking), maxLacking)]
	var list []string
	for _, r := range named {
		list = append(list, fmt.Sprintf("«%c» (U+%04X)", r, r))
	}
	text := strings.Join(list, ", ")
	switch more := len(lacking) - len(named); {
	case more > 0:
		return fmt.Sprintf("ни в одном шрифте нет знаков %s и ещё %d, вместо них пустые места", text, more)
	case len(named) > 1:
		return fmt.Sprintf("ни в одном шрифте нет знаков %s, вместо них пустые места", text)
	}
	return fmt.Sprintf("ни в одном шрифте нет знака %s, вместо него пустое место", text)
}
