package pdf_test

import (
	"bytes"
	"image"
	"image/color"
	"image/jpeg"
	"image/png"
	"strings"
	"testing"

	"nastavnik/fonts"
	"nastavnik/internal/font"
	"nastavnik/internal/page"
	"nastavnik/internal/unit"
)

const mm = unit.PerMM

// sheet sets simple pages by hand, in the way layout does.
type sheet struct {
	doc  *page.Document
	set  *font.Set
	y    unit.EMU
	size unit.EMU
}

func newSheet(t testing.TB) *sheet {
	t.Helper()
	set, err := font.Open(fonts.FS)
	if err != nil {
		t.Fatal(err)
	}
	s := &sheet{set: set, size: 14 * unit.PerPoint, doc: &page.Document{
		Title: "Приказ «О наставничестве»", Author: "МБОУ «СОШ № 1»", Subject: "образец", Lang: "ru-RU",
		Elements: []page.Element{{Role: page.RoleDocument, Parent: -1}},
	}}
	s.newPage("")
	return s
}

func (s *sheet) newPage(label string) {
	s.doc.Pages = append(s.doc.Pages, page.Page{Width: 210 * mm, Height: 297 * mm, Label: label})
	s.y = 25 * mm
}

func (s *sheet) page() *page.Page { return &s.doc.Pages[len(s.doc.Pages)-1] }

func (s *sheet) put(item page.Item) { s.page().Items = append(s.page().Items, item) }

func (s *sheet) element(e page.Element) int {
	s.doc.Elements = append(s.doc.Elements, e)
	return len(s.doc.Elements) - 1
}

// width returns the advance of text.
func (s *sheet) width(m font.Match, text string) unit.EMU {
	n := 0
	for _, r := range text {
		n += m.Face.Advance(m.Face.Glyph(r))
	}
	return unit.EMU(n) * s.size / unit.EMU(m.Face.UnitsPerEm())
}

// line puts words at x, a word a piece, and returns where it ends.
func (s *sheet) line(element int, x unit.EMU, m font.Match, text string) unit.EMU {
	words := strings.SplitAfter(text, " ")
	for _, word := range words {
		width := s.width(m, word)
		s.put(&page.Text{X: x, Y: s.y, Width: width, Face: m.Face, Size: s.size, Text: word,
			Element: element, Skew: m.Skew, Embolden: m.Embolden})
		x += width
	}
	return x
}

// paragraph breaks text greedily.
func (s *sheet) paragraph(role page.Role, parent int, bold bool, text string) int {
	e := s.element(page.Element{Role: role, Parent: parent})
	m := s.set.Face("Times New Roman", bold, false)
	x, rest := 30*mm, strings.Fields(text)
	for len(rest) > 0 {
		n := 1
		for n < len(rest) && s.width(m, strings.Join(rest[:n+1], " ")) < 165*mm {
			n++
		}
		s.y += 6 * mm
		end := " "
		if n == len(rest) {
			end = ""
		}
		s.line(e, x, m, strings.Join(rest[:n], " ")+end)
		rest = rest[n:]
	}
	return e
}

const prose = "В целях реализации целевой модели наставничества и во исполнение распоряжения утвердить положение о наставничестве, назначить кураторами заместителей директора и закрепить наставнические пары согласно приложению к настоящему приказу."

// sample is a document that has one of everything.
func sample(t testing.TB) *page.Document {
	s := newSheet(t)
	figure := s.element(page.Element{Role: page.RoleFigure, Parent: 0, Alt: "Эмблема школы"})
	s.put(&page.Image{X: 95 * mm, Y: 15 * mm, Width: 20 * mm, Height: 20 * mm, Data: emblem(t), Element: figure})
	s.y = 40 * mm
	h := s.paragraph(page.RoleH1, 0, true, "ПРИКАЗ")
	s.doc.Bookmarks = append(s.doc.Bookmarks, page.Bookmark{Title: "Приказ", Level: 1, Page: 0, Y: 40 * mm})
	_ = h
	p := s.paragraph(page.RoleP, 0, false, prose)
	s.put(&page.Rule{X1: 30 * mm, Y1: s.y + mm, X2: 80 * mm, Y2: s.y + mm, Width: unit.PerPoint / 2, Element: p})

	// A paragraph with a link in its middle.
	q := s.element(page.Element{Role: page.RoleP, Parent: 0})
	link := s.element(page.Element{Role: page.RoleLink, Parent: q, Alt: "Сайт школы"})
	regular := s.set.Face("Times New Roman", false, false)
	s.y += 8 * mm
	x := s.line(q, 30*mm, regular, "Смотри ")
	start := x
	x = s.line(link, x, regular, "сайт школы")
	s.put(&page.Link{X: start, Y: s.y - 5*mm, Width: x - start, Height: 6 * mm, URI: "https://школа.рф/путь?a=1", Alt: "Сайт школы", Element: link})
	s.line(q, x, regular, " в разделе «Наставничество».")

	list := s.element(page.Element{Role: page.RoleL, Parent: 0, Ordered: true})
	for i, text := range []string{"Утвердить положение.", "Назначить куратора ☑ 5 000 ₽."} {
		li := s.element(page.Element{Role: page.RoleLI, Parent: list})
		label := s.element(page.Element{Role: page.RoleLbl, Parent: li})
		body := s.element(page.Element{Role: page.RoleLBody, Parent: li})
		s.y += 7 * mm
		s.line(label, 30*mm, regular, []string{"1.", "2."}[i])
		s.line(body, 38*mm, regular, text)
	}

	table := s.element(page.Element{Role: page.RoleTable, Parent: 0})
	head := s.element(page.Element{Role: page.RoleTHead, Parent: table})
	body := s.element(page.Element{Role: page.RoleTBody, Parent: table})
	bold := s.set.Face("Times New Roman", true, false)
	for r, cells := range [][]string{{"№", "Наставник"}, {"1", "Иванов И. И."}, {"2", ""}, {"", ""}} {
		parent, role, m := body, page.RoleTD, regular
		if r == 0 {
			parent, role, m = head, page.RoleTH, bold
		}
		row := s.element(page.Element{Role: page.RoleTR, Parent: parent})
		s.y += 9 * mm
		s.put(&page.Fill{X: 30 * mm, Y: s.y - 6*mm, Width: 100 * mm, Height: 8 * mm, Color: 0xEEEEEE, Element: row})
		s.put(&page.Rule{X1: 30 * mm, Y1: s.y + 2*mm, X2: 130 * mm, Y2: s.y + 2*mm, Width: unit.PerPoint / 2, Element: page.Artifact, Dash: []unit.EMU{unit.PerPoint, unit.PerPoint}})
		for c, text := range cells {
			cell := s.element(page.Element{Role: role, Parent: row, Scope: page.ScopeColumn})
			inner := s.element(page.Element{Role: page.RoleP, Parent: cell})
			if text != "" {
				s.line(inner, 32*mm+unit.EMU(c)*20*mm, m, text)
			}
		}
	}

	s.newPage("2")
	s.line(page.Artifact, 105*mm, regular, "2")
	s.paragraph(page.RoleH2, 0, true, "Приложение")
	s.doc.Bookmarks = append(s.doc.Bookmarks, page.Bookmark{Title: "Приложение", Level: 2, Page: 1, Y: 25 * mm})
	e := s.element(page.Element{Role: page.RoleP, Parent: 0})
	s.y += 8 * mm
	s.put(&page.Text{X: 30 * mm, Y: s.y, Face: regular.Face, Size: s.size, Text: "настав-", Hyphen: true, Element: e})
	s.y += 7 * mm
	s.put(&page.Text{X: 30 * mm, Y: s.y, Face: regular.Face, Size: s.size, Text: "ничество Р‑145 и АVA", Kern: true, Element: e})
	s.put(&page.Text{X: 150 * mm, Y: s.y, Face: regular.Face, Size: s.size, Text: "вверх", Rotate: 90, Element: e})
	s.put(&page.Text{X: 160 * mm, Y: s.y, Face: regular.Face, Size: s.size, Text: "косо жирно", Skew: true, Embolden: true, Color: 0xC00000, Element: e})
	s.put(&page.Text{X: 110 * mm, Y: s.y, Face: regular.Face, Size: s.size, Text: "редко", Spacing: 2 * unit.PerPoint, Element: e})
	note := s.element(page.Element{Role: page.RoleNote, Parent: 0})
	s.y += 7 * mm
	s.line(note, 30*mm, regular, "Сноска.")
	f := s.element(page.Element{Role: page.RoleFigure, Parent: 0, Alt: "Фотография"})
	s.put(&page.Image{X: 30 * mm, Y: 120 * mm, Width: 40 * mm, Height: 30 * mm, Data: photo(t), Crop: [4]float64{0.25, 0, 0, 0}, Rotate: 30, Element: f})
	g := s.element(page.Element{Role: page.RoleFigure, Parent: 0, Alt: "Чертёж"})
	s.put(&page.Image{X: 90 * mm, Y: 120 * mm, Width: 40 * mm, Height: 30 * mm, Data: drawing(t), Element: g})
	s.put(&page.Fill{Points: []page.Point{{X: 150 * mm, Y: 120 * mm}, {X: 170 * mm, Y: 150 * mm}, {X: 130 * mm, Y: 150 * mm}}, Color: 0x336699, Element: page.Artifact})
	s.put(&page.Link{X: 30 * mm, Y: 160 * mm, Width: 20 * mm, Height: 6 * mm, Page: 0, ToY: 40 * mm, Element: page.Artifact})
	return s.doc
}

func encodePNG(t testing.TB, m image.Image) []byte {
	var b bytes.Buffer
	if err := png.Encode(&b, m); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// emblem is a PNG with a transparent ground.
func emblem(t testing.TB) []byte {
	m := image.NewNRGBA(image.Rect(0, 0, 60, 60))
	for y := range 60 {
		for x := range 60 {
			if dx, dy := x-30, y-30; dx*dx+dy*dy < 900 {
				m.Set(x, y, color.NRGBA{0, byte(4 * y), 160, byte(255 - 2*x)})
			}
		}
	}
	return encodePNG(t, m)
}

// drawing is a PNG with a palette, which goes in as it is.
func drawing(t testing.TB) []byte {
	m := image.NewPaletted(image.Rect(0, 0, 40, 30), color.Palette{color.White, color.Black, color.RGBA{200, 0, 0, 255}})
	for i := range 30 {
		m.SetColorIndex(i, i, 1)
		m.SetColorIndex(39-i, i, 2)
	}
	return encodePNG(t, m)
}

func photo(t testing.TB) []byte {
	m := image.NewRGBA(image.Rect(0, 0, 80, 60))
	for y := range 60 {
		for x := range 80 {
			m.Set(x, y, color.RGBA{byte(3 * x), byte(4 * y), 90, 255})
		}
	}
	var b bytes.Buffer
	if err := jpeg.Encode(&b, m, nil); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}
