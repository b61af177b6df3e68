package pdf

import (
	"strconv"

	"nastavnik/internal/page"
	"nastavnik/internal/unit"
)

// Part is a document in a joined file.
type Part struct {
	Title    string // its bookmark
	Document *page.Document
}

// Joining says how Join puts documents together.
type Joining struct {
	Title string

	// Duplex starts each document on the front of a sheet: an empty page
	// follows one with an odd number of pages.
	Duplex bool

	// Copies prints part i so many times; nil, or 0, is once.
	Copies []int
}

// Join makes one document of many, in their order, each under a bookmark of
// its own; its headings hang under that. Fonts and pictures are stored once.
// The documents are not changed; the result shares their items' data.
func Join(parts []Part, j Joining) *page.Document {
	joined := &page.Document{
		Title:    j.Title,
		Elements: []page.Element{{Role: page.RoleDocument, Parent: -1}},
	}
	for i, part := range parts {
		if i == 0 {
			joined.Lang, joined.Author = part.Document.Lang, part.Document.Author
		}
		copies := 1
		if i < len(j.Copies) && j.Copies[i] > 1 {
			copies = j.Copies[i]
		}
		for range copies {
			appendDocument(joined, part)
			if n := len(joined.Pages); j.Duplex && n%2 == 1 {
				last := &joined.Pages[n-1]
				joined.Pages = append(joined.Pages, page.Page{Width: last.Width, Height: last.Height})
			}
		}
	}
	for i := range joined.Pages {
		// Printed numbers start anew in each part: in the whole the place counts.
		joined.Pages[i].Label = strconv.Itoa(i + 1)
	}
	return joined
}

// appendDocument adds the pages of one part with its elements as a Sect.
func appendDocument(joined *page.Document, part Part) {
	pages, elements := len(joined.Pages), len(joined.Elements)
	doc := part.Document
	for i, e := range doc.Elements {
		if i == 0 {
			e.Role, e.Parent = page.RoleSect, 0
			if doc.Lang != joined.Lang {
				e.Lang = doc.Lang
			}
		} else {
			e.Parent += elements
		}
		joined.Elements = append(joined.Elements, e)
	}
	shift := func(element int) int {
		if element < 0 || element >= len(doc.Elements) {
			return page.Artifact
		}
		return element + elements
	}
	for _, p := range doc.Pages {
		items := make([]page.Item, len(p.Items))
		for i, item := range p.Items {
			switch item := item.(type) {
			case *page.Text:
				moved := *item
				moved.Element = shift(item.Element)
				items[i] = &moved
			case *page.Rule:
				moved := *item
				moved.Element = shift(item.Element)
				items[i] = &moved
			case *page.Fill:
				moved := *item
				moved.Element = shift(item.Element)
				items[i] = &moved
			case *page.Path:
				moved := *item
				moved.Element = shift(item.Element)
				items[i] = &moved
			case *page.Image:
				moved := *item
				moved.Element = shift(item.Element)
				items[i] = &moved
			case *page.Foreign:
				moved := *item
				moved.Element = shift(item.Element)
				items[i] = &moved
			case *page.Link:
				moved := *item
				moved.Element = shift(item.Element)
				moved.Page += pages
				items[i] = &moved
			}
		}
		p.Items = items
		joined.Pages = append(joined.Pages, p)
	}
	level := 0
	if part.Title != "" && len(doc.Pages) > 0 {
		level = 1
		joined.Bookmarks = append(joined.Bookmarks, page.Bookmark{Title: part.Title, Level: 1, Page: pages, Y: unit.EMU(0)})
	}
	for _, b := range doc.Bookmarks {
		b.Level += level
		b.Page += pages
		joined.Bookmarks = append(joined.Bookmarks, b)
	}
}
