package wml

import (
	"bytes"
	"image"
	palette "image/color"
	"image/gif"
	"image/png"
	"strings"
	"testing"

	"golang.org/x/image/bmp"
	"golang.org/x/image/tiff"

	"nastavnik/internal/docx"
)

const drawingNS = ns + ` xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture" xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" xmlns:wpg="http://schemas.microsoft.com/office/word/2010/wordprocessingGroup" xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"`

// parseWith reads a document of the body with more parts beside it, related
// to it as rId1, rId2 and so on by the kinds.
func parseWith(t *testing.T, body string, parts ...part) (*Document, []string) {
	t.Helper()
	pkg := docx.New()
	main := pkg.Put("word/document.xml", "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml",
		[]byte(`<w:document `+drawingNS+`><w:body>`+body+`</w:body></w:document>`))
	pkg.AddRel(nil, docx.RelType("officeDocument"), "word/document.xml", false)
	for _, p := range parts {
		pkg.Put(p.name, p.mime, p.data)
		kind := p.kind
		if !strings.Contains(kind, ":") {
			kind = docx.RelType(kind)
		}
		pkg.AddRel(main, kind, p.name, false)
	}
	doc, problems := Parse(pkg)
	var told []string
	for _, p := range problems {
		told = append(told, p.Error())
		if p.Place.In == "" {
			t.Errorf("%v: no place", p)
		}
	}
	return doc, told
}

type part struct {
	name, mime, kind string
	data             []byte
}

// inlineDrawing is a paragraph with the graphic 2 by 1 inch.
func inlineDrawing(graphic string) string {
	return `<w:p><w:r><w:drawing><wp:inline><wp:extent cx="1828800" cy="914400"/><a:graphic><a:graphicData>` + graphic + `</a:graphicData></a:graphic></wp:inline></w:drawing></w:r></w:p>`
}

// firstDrawing returns the first drawing of the body.
func firstDrawing(t *testing.T, doc *Document) *Drawing {
	t.Helper()
	for _, p := range paragraphs(doc) {
		for _, r := range p.Runs {
			if r.Drawing != nil {
				return r.Drawing
			}
		}
	}
	t.Fatal("no drawing")
	return nil
}

// TestPictures: every raster format comes out as one that a PDF can take, and
// what cannot be read leaves a frame and a warning.
func TestPictures(t *testing.T) {
	img := image.NewPaletted(image.Rect(0, 0, 3, 2), palette.Palette{palette.White, palette.RGBA{255, 0, 0, 255}})
	img.SetColorIndex(1, 1, 1)
	encoded := func(encode func(*bytes.Buffer) error) []byte {
		var b bytes.Buffer
		if err := encode(&b); err != nil {
			t.Fatal(err)
		}
		return b.Bytes()
	}
	for _, c := range []struct {
		name string
		data []byte
		want string
	}{
		{"a.png", encoded(func(b *bytes.Buffer) error { return png.Encode(b, img) }), ""},
		{"a.gif", encoded(func(b *bytes.Buffer) error { return gif.Encode(b, img, nil) }), ""},
		{"a.bmp", encoded(func(b *bytes.Buffer) error { return bmp.Encode(b, img) }), ""},
		{"a.tiff", encoded(func(b *bytes.Buffer) error { return tiff.Encode(b, img, nil) }), ""},
		{"a.svg", []byte(`<svg/>`), "абзац 1: картинка a.svg в формате SVG без замены, оставлено место"},
		{"a.jpg", []byte(`no picture`), "абзац 1: картинка a.jpg повреждена или не в формате PNG, JPEG, GIF, BMP, TIFF, WMF или EMF, оставлено место"},
	} {
		doc, told := parseWith(t, inlineDrawing(`<pic:pic><pic:blipFill><a:blip r:embed="rId1"/></pic:blipFill></pic:pic>`),
			part{"word/media/" + c.name, "image/png", "image", c.data})
		d := firstDrawing(t, doc)
		if strings.Join(told, "; ") != c.want {
			t.Errorf("%s: got %q, want %q", c.name, told, c.want)
		}
		if c.want != "" {
			if d.Image != nil || d.Line == Auto {
				t.Errorf("%s: no frame in its place", c.name)
			}
			continue
		}
		got, err := png.Decode(bytes.NewReader(d.Image))
		if err != nil {
			t.Errorf("%s: %v", c.name, err)
			continue
		}
		if r, g, _, _ := got.At(1, 1).RGBA(); r != 0xFFFF || g != 0 {
			t.Errorf("%s: the red dot is %v", c.name, got.At(1, 1))
		}
	}
}

// TestGroup: members are placed in the group's own units and mirrored with it.
func TestGroup(t *testing.T) {
	child := func(x, y, w, h int) string {
		return `<wps:wsp><wps:spPr><a:xfrm><a:off x="` + itoa(x) + `" y="` + itoa(y) + `"/><a:ext cx="` + itoa(w) + `" cy="` + itoa(h) + `"/></a:xfrm><a:prstGeom prst="triangle"/></wps:spPr></wps:wsp>`
	}
	group := func(flip string) string {
		return `<wpg:wgp><wpg:grpSpPr><a:xfrm` + flip + `><a:chOff x="100" y="100"/><a:chExt cx="200" cy="100"/></a:xfrm></wpg:grpSpPr>` + child(150, 100, 50, 50) + `</wpg:wgp>`
	}
	for _, c := range []struct {
		flip         string
		x, y         int
		flipH, flipV bool
	}{{"", 457200, 0, false, false}, {` flipH="1"`, 914400, 0, true, false}, {` flipV="1"`, 457200, 457200, false, true}} {
		doc, _ := parseWith(t, inlineDrawing(group(c.flip)))
		d := firstDrawing(t, doc).Children[0]
		if int(d.ChildX) != c.x || int(d.ChildY) != c.y || d.FlipH != c.flipH || d.FlipV != c.flipV || d.Width != 457200 {
			t.Errorf("%q: got %d, %d, %v, %v, wide %d", c.flip, d.ChildX, d.ChildY, d.FlipH, d.FlipV, d.Width)
		}
	}
}

// TestShapeColors: theme colours, their changes, gradients and transparency.
func TestShapeColors(t *testing.T) {
	for _, c := range []struct {
		fill  string
		want  Color
		clear uint8
	}{
		{`<a:solidFill><a:srgbClr val="102030"/></a:solidFill>`, 0x102030, 0},
		{`<a:solidFill><a:srgbClr val="102030"><a:alpha val="25000"/></a:srgbClr></a:solidFill>`, 0x102030, 75},
		{`<a:solidFill><a:schemeClr val="bg1"><a:lumMod val="50000"/></a:schemeClr></a:solidFill>`, 0x808080, 0},
		{`<a:solidFill><a:schemeClr val="accent1"/></a:solidFill>`, 0x4F81BD, 0},
		{`<a:solidFill><a:schemeClr val="accent1"><a:lumMod val="20000"/><a:lumOff val="80000"/></a:schemeClr></a:solidFill>`, 0xDCE6F2, 0},
		{`<a:gradFill><a:gsLst><a:gs><a:srgbClr val="000000"/></a:gs><a:gs><a:srgbClr val="FF0000"/></a:gs></a:gsLst></a:gradFill>`, 0x800000, 0},
		{`<a:noFill/>`, Auto, 0},
	} {
		doc, _ := parseWith(t, inlineDrawing(`<wps:wsp><wps:spPr><a:prstGeom prst="rect"/>`+c.fill+`</wps:spPr></wps:wsp>`))
		d := firstDrawing(t, doc)
		if d.Fill != c.want || d.FillClear != c.clear {
			t.Errorf("%s: got %06X clear %d, want %06X clear %d", c.fill, d.Fill, d.FillClear, c.want, c.clear)
		}
	}
}

// TestVMLPath: the path of a VML shape, and what is not understood is told.
func TestVMLPath(t *testing.T) {
	for _, c := range []struct{ path, want string }{
		{"m0,100l50,,100,100xe", "M0 100 L50 0 L100 100 Z"},
		{"m10,10r5,5t1,1c0,0,1,1,2,2x", "M10 10 L15 15 M16 16 C0 0 1 1 2 2 Z"},
		{"m,l@1,5e", ""},
		{"m,wa0,0,5,5,0,0,5,5e", ""},
	} {
		got := ""
		if g := vmlGeometry(c.path, "100,100"); g != nil {
			var steps []string
			for _, s := range g.Paths[0].Steps {
				steps = append(steps, strings.TrimSpace(string(s.Kind)+strings.Join(s.Args, " ")))
			}
			got = strings.Join(steps, " ")
		}
		if got != c.want {
			t.Errorf("%s: got %q, want %q", c.path, got, c.want)
		}
	}
	_, told := parseWith(t, `<w:p><w:r><w:pict><v:shape style="width:10pt;height:10pt" path="m,l@1,5e"/></w:pict></w:r></w:p>`)
	if len(told) != 1 || told[0] != "абзац 1: фигура не показана, оставлено место" {
		t.Errorf("got %q", told)
	}
}

// TestDiagram: the shapes that Word keeps of SmartArt are drawn with their text;
// without them a frame and a warning stay.
func TestDiagram(t *testing.T) {
	body := inlineDrawing(`<dgm:relIds xmlns:dgm="http://schemas.openxmlformats.org/drawingml/2006/diagram" r:dm="rId1"/>`)
	const dsp = `xmlns:dsp="http://schemas.microsoft.com/office/drawing/2008/diagram" xmlns:dgm="http://schemas.openxmlformats.org/drawingml/2006/diagram" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"`
	data := part{"word/diagrams/data1.xml", "application/xml", "diagramData", []byte(`<dgm:dataModel ` + dsp + `><dgm:extLst><a:ext><dsp:dataModelExt relId="rId2"/></a:ext></dgm:extLst></dgm:dataModel>`)}
	drawing := part{"word/diagrams/drawing1.xml", "application/xml", "http://schemas.microsoft.com/office/2007/relationships/diagramDrawing",
		[]byte(`<dsp:drawing ` + dsp + `><dsp:spTree><dsp:sp><dsp:spPr><a:xfrm><a:off x="10" y="20"/><a:ext cx="300" cy="400"/></a:xfrm><a:prstGeom prst="ellipse"/></dsp:spPr><dsp:txBody><a:bodyPr anchor="ctr"/><a:p><a:pPr algn="ctr"/><a:r><a:rPr sz="1200" b="1"/><a:t>Куратор</a:t></a:r></a:p></dsp:txBody></dsp:sp></dsp:spTree></dsp:drawing>`)}
	doc, told := parseWith(t, body, data, drawing)
	d := firstDrawing(t, doc)
	if len(told) > 0 || len(d.Children) != 2 || d.Children[0].Shape != "ellipse" || d.Children[0].ChildX != 10 {
		t.Fatalf("got %+v, told %q", d.Children, told)
	}
	p := d.Children[1].Blocks[0].(*Paragraph)
	if r := p.Runs[0]; r.Text != "Куратор" || r.Props.Size != 24 || !r.Props.Bold || p.Props.Align != AlignCenter || d.Children[1].TextVAlign != VAlignCenter {
		t.Errorf("got text %+v of %+v", p.Runs, p.Props)
	}
	_, told = parseWith(t, body, data)
	if len(told) != 1 || told[0] != "абзац 1: рисунок SmartArt не показан, оставлено место" {
		t.Errorf("got %q", told)
	}
}

// TestMath writes formulas in a line: ^ and _ stand for raised and lowered.
func TestMath(t *testing.T) {
	r := func(s string) string { return `<m:r><m:t>` + s + `</m:t></m:r>` }
	e := func(name, s string) string { return `<m:` + name + `>` + s + `</m:` + name + `>` }
	for _, c := range []struct{ math, want string }{
		{r("x") + r("=1"), "x\u2009=\u20091"},
		{e("f", e("num", r("a+b"))+e("den", r("2"))), "(a+b)\u20442"},
		{e("sSup", e("e", r("x"))+e("sup", r("2"))), "x^2"},
		{e("sSub", e("e", r("x"))+e("sub", r("i"))), "x_i"},
		{e("rad", `<m:deg/>`+e("e", r("b"))), "√b"},
		{e("rad", e("deg", r("3"))+e("e", r("x+1"))), "^3√(x+1)"},
		{`<m:nary><m:naryPr><m:chr m:val="∑"/></m:naryPr>` + e("sub", r("i=1")) + e("sup", r("n")) + e("e", r("i")) + `</m:nary>`, "∑_i\u2009=\u20091^n\u2009i"},
		{e("d", e("e", r("x"))+e("e", r("y"))), "(x|y)"},
		{e("m", e("mr", e("e", r("1"))+e("e", r("0")))+e("mr", e("e", r("0"))+e("e", r("1")))), "[1\u20020; 0\u20021]"},
		{e("func", e("fName", `<m:r><m:rPr><m:sty m:val="p"/></m:rPr><m:t>sin</m:t></m:r>`)+e("e", r("𝑥"))), "sin\u2009x"},
	} {
		doc, told := parseWith(t, `<w:p><m:oMathPara><m:oMath>`+c.math+`</m:oMath></m:oMathPara></w:p>`)
		p := paragraphs(doc)[0]
		got, level := "", Baseline
		for _, r := range p.Runs {
			if r.Props.VertAlign != level {
				level = r.Props.VertAlign
				got += [...]string{"", "^", "_"}[level]
			}
			got += r.Text
		}
		if got != c.want || p.Props.Align != AlignCenter {
			t.Errorf("got %q, want %q", got, c.want)
		}
		if len(told) != 1 || told[0] != "абзац 1: формула записана в одну строку" {
			t.Errorf("told %q", told)
		}
	}
}

// TestVMLTextBox: direction and growth of the text in a VML box.
func TestVMLTextBox(t *testing.T) {
	for _, c := range []struct {
		style  string
		rotate int
		grows  bool
	}{
		{"", 0, false},
		{"mso-fit-shape-to-text:t", 0, true},
		{"layout-flow:vertical", 270, false},
		{"layout-flow:vertical;mso-layout-flow-alt:bottom-to-top", 90, false},
	} {
		doc, _ := parseWith(t, `<w:p><w:r><w:pict><v:rect style="width:10pt;height:10pt"><v:textbox style="`+c.style+`"><w:txbxContent><w:p/></w:txbxContent></v:textbox></v:rect></w:pict></w:r></w:p>`)
		if d := firstDrawing(t, doc); d.TextRotate != c.rotate || d.AutoFit != c.grows || !d.GrowOnly {
			t.Errorf("%q: got turn %d, grows %v", c.style, d.TextRotate, d.AutoFit)
		}
	}
}
