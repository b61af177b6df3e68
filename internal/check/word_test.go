package check

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"nastavnik/internal/docx"
	"nastavnik/internal/wml"
)

// text makes a body paragraph as our own papers have it.
func text(s string) *wml.Paragraph {
	return &wml.Paragraph{
		Props: &wml.ParaProps{Align: wml.AlignBoth, First: 709, Line: 360, Shade: wml.Auto},
		Runs:  []wml.Run{{Kind: wml.TextRun, Text: s, Props: &wml.RunProps{Font: "Times New Roman", Size: 28, Color: wml.Auto, Shade: wml.Auto, Lang: "ru-RU"}}},
	}
}

func numberStory(align wml.Align) *wml.Story {
	return &wml.Story{Blocks: []wml.Block{&wml.Paragraph{
		Props: &wml.ParaProps{Align: align},
		Runs:  []wml.Run{{Kind: wml.FieldRun, Field: wml.PageField, Text: "2", Props: &wml.RunProps{}}},
	}}}
}

// sheet is a section as our own papers have it.
func sheet(blocks ...wml.Block) *wml.Section {
	s := &wml.Section{Width: 11906, Height: 16838, Left: 1701, Right: 567, Top: 1134, Bottom: 1134, Header: 567, TitlePage: true, Blocks: blocks}
	s.Headers[wml.Default] = numberStory(wml.AlignCenter)
	return s
}

func TestDocument(t *testing.T) {
	const long = "Наставничество осуществляется в формах «учитель – учитель» и «ученик – ученик»; пары закрепляет приказ директора школы, в котором указаны срок, содержание и порядок оплаты."
	clean := func() *wml.Section { return sheet(text(long), text(long), text(long)) }
	for _, tt := range []struct {
		code string
		make func(s *wml.Section)
	}{
		{"P01", func(s *wml.Section) { s.Width, s.Height = 12240, 15840 }},
		{"P02", func(s *wml.Section) { s.Left = 851 }},
		{"P02", func(s *wml.Section) { s.Right = 400 }},
		{"P04", func(s *wml.Section) {
			for _, b := range s.Blocks {
				b.(*wml.Paragraph).Runs[0].Props.Size = 22
			}
		}},
		{"P05", func(s *wml.Section) { s.Blocks[1].(*wml.Paragraph).Runs[0].Props.Font = "Calibri" }},
		{"P06", func(s *wml.Section) { s.Blocks[1].(*wml.Paragraph).Props.Line = 480 }},
		{"P07", func(s *wml.Section) {
			for _, b := range s.Blocks {
				b.(*wml.Paragraph).Props.First = 0
			}
		}},
		{"P08", func(s *wml.Section) {
			for _, b := range s.Blocks {
				b.(*wml.Paragraph).Props.Align = wml.AlignLeft
			}
		}},
		{"P09", func(s *wml.Section) { s.TitlePage = false }},
		{"P09", func(s *wml.Section) { s.Headers[wml.Default] = numberStory(wml.AlignRight) }},
		{"P09", func(s *wml.Section) { s.Header = 284 }},
		{"P10", func(s *wml.Section) {
			s.Blocks = append(s.Blocks, text(""), text(""), text(""), text("Директор"))
		}},
		{"P12", func(s *wml.Section) { s.Blocks[0].(*wml.Paragraph).Props.Outline = 1 }},
		{"P13", func(s *wml.Section) {
			table := &wml.Table{}
			for range 20 {
				row := &wml.Row{}
				for range 3 {
					row.Cells = append(row.Cells, &wml.Cell{Span: 1, Shade: wml.Auto, Blocks: []wml.Block{text("да")}})
				}
				table.Rows = append(table.Rows, row)
			}
			s.Blocks = append(s.Blocks, table)
		}},
		{"P17", func(s *wml.Section) { s.Blocks[1].(*wml.Paragraph).Runs[0].Props.Color = 0xAAAAAA }},
		{"D04", func(s *wml.Section) { s.Blocks[1].(*wml.Paragraph).Runs[0].Props.Color = 0xFFFFFF }},
		{"D04", func(s *wml.Section) { s.Blocks[1].(*wml.Paragraph).Runs[0].Props.Hidden = true }},
		{"L05", func(s *wml.Section) { s.Blocks = append(s.Blocks, text("ВЕСЬКӦДЛАНІН")) }},
		{"P03", func(s *wml.Section) {
			p := text("ПОЛОЖЕНИЕ")
			p.Props.Align = wml.AlignCenter
			s.Left, s.Blocks = 1134, append([]wml.Block{p}, s.Blocks...)
		}},
		{"L01", func(s *wml.Section) {
			p := text("ВЕСЬКӨДЛАНІН")
			p.Runs[0].Props.Lang = "kv"
			s.Blocks = append(s.Blocks, p)
		}},
		{"H20", func(s *wml.Section) {
			p := text("")
			p.Runs = append(p.Runs, wml.Run{Kind: wml.DrawingRun, Drawing: &wml.Drawing{Alt: "Государственный герб", Image: []byte("x")}})
			s.Blocks = append(s.Blocks, p)
		}},
	} {
		s := clean()
		tt.make(s)
		list := Document("a.docx", nil, &wml.Document{Sections: []*wml.Section{s}}, Options{})
		if len(finds(list, tt.code)) == 0 {
			t.Errorf("%s is silent; said %v", tt.code, list)
		}
	}
	if list := Document("a.docx", nil, &wml.Document{Sections: []*wml.Section{clean()}}, Options{}); len(list) > 0 {
		t.Errorf("false alarms on a clean document: %v", list)
	}
}

func TestCellPlace(t *testing.T) {
	row := func(texts ...string) *wml.Row {
		r := &wml.Row{}
		for _, s := range texts {
			r.Cells = append(r.Cells, &wml.Cell{Span: 1, Shade: wml.Auto, Blocks: []wml.Block{text(s)}})
		}
		return r
	}
	s := sheet(text("План"), &wml.Table{Rows: []*wml.Row{row("Дело", "Срок"), row("Отчёт", "31.04.2026")}})
	list := Document("a.docx", nil, &wml.Document{Sections: []*wml.Section{s}}, Options{})
	if len(list) != 1 || list[0].Place.In != "таблица 1, строка 2, столбец 2" || list[0].Code != "R06" {
		t.Errorf("got %v, want R06 in table 1, row 2, column 2", list)
	}
}

func TestSet(t *testing.T) {
	doc := func(name, s string) *Paper { return FromText(name, nb(s)) }
	order := func(date, number, more string) string {
		return paper("(МБОУ «Берёзовская СОШ»)\n\nПРИКАЗ\n\n"+date+" №·"+number+"\n\nс.·Берёзово\n\nО наставничестве на 2026/2027 учебный год", "7. Утвердить.\n8. "+more)
	}
	clean := []*Paper{
		doc("01.docx", order("01.09.2026", "101-ОД", "Довести.")),
		doc("02.docx", order("02.09.2026", "102-ОД", "Исполнить приказ МБОУ «Берёзовская СОШ» от 01.09.2026 №·101-ОД.")),
		doc("03.docx", "УТВЕРЖДЕНО\nприказом МБОУ «Берёзовская СОШ»\nот 02.09.2026 №·102-ОД\n\nПОЛОЖЕНИЕ\nо наставничестве"),
	}
	if list := Set(clean, Options{}); len(list) > 0 {
		t.Errorf("false alarms on a clean set: %v", list)
	}
	for _, tt := range []struct {
		code, name, text string
	}{
		{"R14", "04.docx", order("03.09.2026", "102-ОД", "Довести.")},
		{"R17", "04.docx", order("07.09.2026", "99-ОД", "Довести.")},
		{"R16", "04.docx", order("03.09.2026", "103-ОД", "Исполнить приказ МБОУ «Берёзовская СОШ» от 04.09.2026 №·101-ОД.")},
		{"R16", "04.docx", "УТВЕРЖДЕНО\nприказом МБОУ «Берёзовская СОШ»\nот 03.09.2026 №·102-ОД\n\nПОЛОЖЕНИЕ\nо наставничестве"},
		{"R16", "04.docx", strings.Replace(order("03.09.2026", "103-ОД", "Довести."), "Берёзовская", "Ольховская", 1)},
		{"R04", "04.docx", strings.Replace(order("03.09.2026", "103-ОД", "Довести."), "2026/2027", "2025/2026", 1)},
	} {
		list := Set(append(append([]*Paper(nil), clean...), doc(tt.name, tt.text)), Options{})
		if len(finds(list, tt.code)) == 0 {
			t.Errorf("%s is silent; said %v", tt.code, list)
		}
	}
}

// TestCorpus reads every third of the documents that nobody here wrote: no rule
// may panic, and every place must lie inside its text.
func TestCorpus(t *testing.T) {
	shared := os.Getenv("NASTAVNIK_SHARED")
	if shared == "" {
		shared = "../../../shared"
	}
	files, _ := filepath.Glob(filepath.Join(shared, "corpus", "open", "*.docx"))
	if len(files) == 0 {
		t.Skip("no corpus beside the repository (NASTAVNIK_SHARED)")
	}
	read, tried := 0, 0
	for i, f := range files {
		if i%3 != 0 {
			continue
		}
		tried++
		b, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		pkg, err := docx.Open(b)
		if err != nil {
			continue
		}
		doc, _ := wml.Parse(pkg)
		for _, p := range Document(filepath.Base(f), pkg, doc, Options{Public: true}) {
			if n := len([]rune(p.Place.Around)); p.Place.Caret > n || p.Text == "" {
				t.Errorf("%s: %+v", f, p)
			}
		}
		read++
	}
	if read < tried/2 {
		t.Errorf("only %d of %d documents could be read", read, tried)
	}
}
