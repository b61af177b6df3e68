package pdf_test

import (
	"bytes"
	"fmt"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"nastavnik/fonts"
	"nastavnik/internal/docx"
	"nastavnik/internal/font"
	"nastavnik/internal/layout"
	"nastavnik/internal/page"
	"nastavnik/internal/pdf"
	"nastavnik/internal/pdfread"
	"nastavnik/internal/wml"
	"nastavnik/templates"
)

// TestEverythingMarked holds real documents to what ISO 14289-1 asks of every
// file: nothing is drawn outside a marked content sequence, each sequence has
// its element and each element its sequences, nothing is told twice, every
// picture and link says what it is.
func TestEverythingMarked(t *testing.T) {
	check := func(name string, doc *page.Document, o pdf.Options, ours bool) {
		var out bytes.Buffer
		if err := pdf.Write(&out, doc, o); err != nil {
			t.Errorf("%s: %v", name, err)
			return
		}
		f, err := pdfread.Open(out.Bytes())
		if err != nil {
			t.Errorf("%s: %v", name, err)
			return
		}
		for _, fault := range faults(f, ours) {
			t.Errorf("%s: %s", name, fault)
		}
	}
	for name, o := range variants {
		check(name, sample(t), o, true)
	}
	set, err := font.Open(fonts.FS)
	if err != nil {
		t.Fatal(err)
	}
	entries, err := templates.FS.ReadDir(".")
	if err != nil {
		t.Fatal(err)
	}
	for i, e := range entries {
		if filepath.Ext(e.Name()) != ".docx" || i%corpusStep != 0 {
			continue
		}
		data, err := templates.FS.ReadFile(e.Name())
		if err != nil {
			t.Fatal(err)
		}
		pkg, err := docx.Open(data)
		if err != nil {
			t.Fatal(err)
		}
		parsed, _ := wml.Parse(pkg)
		doc, _ := layout.Pages(parsed, layout.Options{Fonts: set})
		check(e.Name(), doc, pdf.Options{}, true)
	}
	corpus(t, func(name string, doc *page.Document) { check(name, doc, pdf.Options{}, false) })
}

var (
	literal  = regexp.MustCompile(`(?s)\((?:[^()\\]|\\.)*\)`)
	operator = regexp.MustCompile(`/(\w+)\s*<</MCID (\d+)>>BDC|/(\w+)\s*<<[^>]*(?:>[^>]+)*>>BDC|\b(BT|ET|EMC|Tj|TJ|S|f|Do|BDC)\b`)
)

// holds says what may stand in elements that hold only other elements
// (ISO 32000-1, 14.8.4.3).
var holds = map[pdfread.Name]string{
	"L": "L LI Caption", "LI": "Lbl LBody", "Table": "TR THead TBody Caption", "THead": "TR", "TBody": "TR", "TR": "TH TD", "TOC": "TOC TOCI Caption",
}

// irregular tells the first row of a table that covers more or fewer columns
// than the first one, spans counted; PAC and screen readers stumble over it.
func irregular(f *pdfread.File, table pdfread.Dict) string {
	var rows []pdfread.Dict
	var walk func(d pdfread.Dict)
	walk = func(d pdfread.Dict) {
		for _, kid := range kidsOf(f, d) {
			switch k := f.Dict(kid); f.Name(k["S"]) {
			case "TR":
				rows = append(rows, k)
			case "THead", "TBody":
				walk(k)
			}
		}
	}
	walk(table)
	var below []int // rows that each column is still covered from above
	width := -1
	for n, row := range rows {
		column := 0
		skip := func() {
			for column < len(below) && below[column] > 0 {
				below[column]--
				column++
			}
		}
		for _, kid := range kidsOf(f, row) {
			skip()
			a := f.Dict(f.Dict(kid)["A"])
			across, down := max(1, f.Int(a["ColSpan"])), max(1, f.Int(a["RowSpan"]))
			for range across {
				for column >= len(below) {
					below = append(below, 0)
				}
				below[column] = down - 1
				column++
			}
		}
		skip()
		if width < 0 {
			width = column
		}
		if column != width {
			return fmt.Sprintf("row %d of a table covers %d columns, the first %d", n+1, column, width)
		}
	}
	return ""
}

func kidsOf(f *pdfread.File, d pdfread.Dict) pdfread.Array {
	if kids := f.Array(d["K"]); kids != nil || d["K"] == nil {
		return kids
	}
	return pdfread.Array{d["K"]}
}

// faults looks through a file; in tables of ours every row is whole, those of
// others may be ragged in the DOCX already.
func faults(f *pdfread.File, ours bool) (list []string) {
	say := func(format string, args ...any) { list = append(list, fmt.Sprintf(format, args...)) }
	root := f.Dict(f.Catalog()["StructTreeRoot"])
	nums := f.Array(f.Dict(root["ParentTree"])["Nums"])
	parents := map[int]pdfread.Object{}
	for i := 0; i+1 < len(nums); i += 2 {
		parents[nums[i].(int)] = nums[i+1]
	}

	// What the tree says: page → sequence → element.
	told := map[string]pdfread.Ref{}
	pages := map[pdfread.Ref]int{}
	for i, p := range f.Pages() {
		pages[p.Ref] = i
	}
	var walk func(r pdfread.Ref, depth int)
	walk = func(r pdfread.Ref, depth int) {
		d := f.Dict(r)
		role := f.Name(d["S"])
		if role == "Figure" && f.Text(d["Alt"]) == "" {
			say("a Figure without Alt")
		}
		if role == "Table" && ours {
			if fault := irregular(f, d); fault != "" {
				say("%s", fault)
			}
		}
		if role == "TH" && f.Dict(d["A"])["Scope"] == nil {
			say("a TH without Scope")
		}
		home, _ := d["Pg"].(pdfread.Ref)
		note := func(page pdfread.Ref, mcid int) {
			key := fmt.Sprintf("%d/%d", pages[page], mcid)
			if _, twice := told[key]; twice {
				say("sequence %s stands in two elements", key)
			}
			told[key] = r
		}
		kids := f.Array(d["K"])
		if kids == nil && d["K"] != nil {
			kids = pdfread.Array{d["K"]}
		}
		for _, kid := range kids {
			switch kid := kid.(type) {
			case int:
				if _, ruled := holds[role]; ruled {
					say("content in a %s", role)
				}
				note(home, kid)
			case pdfread.Ref:
				if may, ruled := holds[role]; ruled && !slices.Contains(strings.Fields(may), string(f.Name(f.Dict(kid)["S"]))) {
					say("%s in a %s", f.Name(f.Dict(kid)["S"]), role)
				}
				if f.Dict(kid)["P"] != r {
					say("element %v names another parent", kid)
				}
				walk(kid, depth+1)
			case pdfread.Dict:
				page, ok := kid["Pg"].(pdfread.Ref)
				if !ok {
					page = home
				}
				if f.Name(kid["Type"]) == "MCR" {
					note(page, f.Int(kid["MCID"]))
				} else if f.Text(f.Dict(kid["Obj"])["Contents"]) == "" {
					say("an annotation that says nothing")
				}
			}
		}
	}
	walk(root["K"].(pdfread.Ref), 0)

	drawn := 0
	for i, p := range f.Pages() {
		data, err := f.Decode(f.Resolve(p.Dict["Contents"]).(*pdfread.Stream))
		if err != nil {
			say("page %d: %v", i+1, err)
			continue
		}
		elements := f.Array(parents[i])
		depth, sequences := 0, 0
		for _, m := range operator.FindAllStringSubmatch(literal.ReplaceAllString(string(data), "()"), -1) {
			switch {
			case m[2] != "":
				if depth > 0 {
					say("page %d: a sequence within another", i+1)
				}
				depth++
				mcid, _ := strconv.Atoi(m[2])
				if mcid != sequences {
					say("page %d: sequence %d is the %d-th", i+1, mcid, sequences)
				}
				sequences++
				if mcid >= len(elements) {
					say("page %d: sequence %d is not in the parent tree", i+1, mcid)
					continue
				}
				element, found := told[fmt.Sprintf("%d/%d", i, mcid)]
				if !found || element != elements[mcid] {
					say("page %d: sequence %d: tree says %v, parent tree %v", i+1, mcid, element, elements[mcid])
				}
				if role := string(f.Name(f.Dict(element)["S"])); role != m[1] {
					say("page %d: sequence %d is %s in a %s", i+1, mcid, m[1], role)
				}
				drawn++
			case m[3] != "":
				depth++
			case m[4] == "EMC":
				depth--
			case m[4] == "BT", m[4] == "ET":
			case depth <= 0:
				say("page %d: %s outside of any sequence", i+1, m[4])
			}
		}
		if depth != 0 {
			say("page %d: %d sequences are left open", i+1, depth)
		}
	}
	if drawn != len(told) {
		say("%d sequences are drawn, %d are in the tree", drawn, len(told))
	}
	f.Objects(func(r pdfread.Ref, o pdfread.Object) {
		d, _ := o.(pdfread.Dict)
		if f.Name(d["Type"]) != "Font" || f.Name(d["Subtype"]) != "Type0" {
			return
		}
		descendant := f.Dict(f.Array(d["DescendantFonts"])[0])
		if d["ToUnicode"] == nil || f.Dict(descendant["FontDescriptor"])["FontFile2"] == nil || !strings.Contains(string(f.Name(d["BaseFont"])), "+") {
			say("font %v is not embedded, not a subset or not read back", r)
		}
	})
	return list
}
