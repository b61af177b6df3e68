package wml

import (
	"bytes"
	"fmt"
	"image"
	_ "image/gif" // decoders
	_ "image/jpeg"
	"image/png"
	"math"
	"path"
	"strings"

	_ "golang.org/x/image/bmp" // likewise
	_ "golang.org/x/image/tiff"

	"nastavnik/internal/docx"
	"nastavnik/internal/unit"
)

// maxPixels bounds a picture: 100 million pixels are an A0 sheet at 300 dpi.
const maxPixels = 100_000_000

// maxEMU bounds a place or size of a drawing: ten metres.
const maxEMU = 360_000_000

// asPicture is what to do with what only Word can draw.
const asPicture = "в Word: вырезать и вставить как рисунок PNG"

// insertAgain is what to do with a damaged picture.
const insertAgain = "вставьте картинку заново, в формате PNG или JPEG"

// picture is a decoded reference: what a drawing may show.
type picture struct {
	data          []byte
	metafile      []byte // drawn by its records
	width, height int    // pixels
}

func emu(s string) unit.EMU {
	return unit.EMU(max(-maxEMU, min(maxEMU, number(s))))
}

// drawing reads w:drawing, w:pict or w:object; several shapes of one VML
// picture give several drawings.
func (p *parser) drawing(n *docx.Node) []*Drawing {
	if p.depth++; p.depth > maxNesting {
		p.warn("depth", "слишком глубокая вложенность, содержимое пропущено", "уберите надписи, вложенные одна в другую")
		p.depth--
		return nil
	}
	defer func() { p.depth-- }()
	var list []*Drawing
	for c := range n.Elements() {
		switch c.Name {
		case "wp:inline":
			d := p.anchored(c)
			d.Wrap = WrapInline
			if e := c.Child("wp:effectExtent"); e != nil {
				d.Dist.Left += emu(e.Attr("l"))
				d.Dist.Right += emu(e.Attr("r"))
				d.Dist.Top += emu(e.Attr("t"))
				d.Dist.Bottom += emu(e.Attr("b"))
			}
			list = append(list, d)
		case "wp:anchor":
			if d := p.anchor(c); d != nil {
				list = append(list, d)
			}
		case "v:shape", "v:rect", "v:roundrect", "v:oval", "v:line", "v:group", "v:polyline", "v:image":
			if d := p.vml(c, false); d != nil {
				list = append(list, d)
			}
		case "mc:AlternateContent":
			list = append(list, p.drawing(alternative(c))...)
		case "o:OLEObject":
			p.warn("ole", "внедрённый объект показан картинкой", "")
		}
	}
	return list
}

// anchored reads what wp:inline and wp:anchor share.
func (p *parser) anchored(n *docx.Node) *Drawing {
	d := &Drawing{Fill: Auto, Line: Auto}
	ext := n.Child("wp:extent")
	d.Width, d.Height = max(0, emu(ext.Attr("cx"))), max(0, emu(ext.Attr("cy")))
	pr := n.Child("wp:docPr")
	d.Alt = strings.TrimSpace(pr.Attr("descr"))
	if d.Alt == "" {
		d.Alt = strings.TrimSpace(pr.Attr("title"))
	}
	d.Dist.Top, d.Dist.Bottom = emu(n.Attr("distT")), emu(n.Attr("distB"))
	d.Dist.Left, d.Dist.Right = emu(n.Attr("distL")), emu(n.Attr("distR"))
	p.graphic(d, n.Path("a:graphic", "a:graphicData"))
	return d
}

func (p *parser) anchor(n *docx.Node) *Drawing {
	if h := n.Child("wp:docPr").Attr("hidden"); h != "" && isOn(h) {
		return nil
	}
	d := p.anchored(n)
	d.Wrap = WrapNone
	d.Behind = n.Attr("behindDoc") != "" && isOn(n.Attr("behindDoc"))
	d.Z = number(n.Attr("relativeHeight"))
	position := func(n *docx.Node) (from, align string, at unit.EMU, percent int) {
		from = n.Attr("relativeFrom")
		for c := range n.Elements() {
			switch c.Name {
			case "wp:align":
				align = strings.TrimSpace(c.Text())
			case "wp:posOffset":
				at = emu(strings.TrimSpace(c.Text()))
			case "wp14:pctPosHOffset", "wp14:pctPosVOffset":
				percent = number(strings.TrimSpace(c.Text()))
			case "mc:AlternateContent":
				for x := range alternative(c).Elements() {
					percent = number(strings.TrimSpace(x.Text()))
				}
			}
		}
		return
	}
	named := func(name string) *docx.Node { // Word wraps a place by percent
		if c := n.Child(name); c != nil {
			return c
		}
		for c := range n.All("mc:AlternateContent") {
			if c := alternative(c).Child(name); c != nil {
				return c
			}
		}
		return nil
	}
	d.HFrom, d.HAlign, d.X, d.HPercent = position(named("wp:positionH"))
	d.VFrom, d.VAlign, d.Y, d.VPercent = position(named("wp:positionV"))
	if s := n.Attr("simplePos"); s != "" && isOn(s) {
		sp := n.Child("wp:simplePos")
		d.HFrom, d.VFrom, d.HAlign, d.VAlign = "page", "page", "", ""
		d.X, d.Y = emu(sp.Attr("x")), emu(sp.Attr("y"))
	}
	for c := range n.Elements() {
		switch c.Name {
		case "wp:wrapSquare", "wp:wrapTight", "wp:wrapThrough":
			d.Wrap, d.WrapSide = WrapSquare, c.Attr("wrapText")
		case "wp:wrapTopAndBottom":
			d.Wrap = WrapTopBottom
		case "wp14:sizeRelH":
			d.RelWFrom = c.Attr("relativeFrom")
			d.RelWidth = float64(number(strings.TrimSpace(c.Child("wp14:pctWidth").Text()))) / 100000
		case "wp14:sizeRelV":
			d.RelHFrom = c.Attr("relativeFrom")
			d.RelHeight = float64(number(strings.TrimSpace(c.Child("wp14:pctHeight").Text()))) / 100000
		}
	}
	if d.Behind && d.Wrap == WrapSquare && n.Child("wp:wrapSquare") == nil && n.Child("wp:wrapTight") == nil {
		d.Wrap = WrapNone
	}
	return d
}

// graphic reads a:graphicData.
func (p *parser) graphic(d *Drawing, n *docx.Node) {
	for c := range n.Elements() {
		switch c.Name {
		case "pic:pic":
			p.pic(d, c)
		case "wps:wsp":
			p.shape(d, c)
		case "wpg:wgp", "wpg:grpSp":
			p.group(d, c)
		case "wpc:wpc":
			p.group(d, c)
		case "c:chart":
			if p.chart(d, c.Attr("r:id")) {
				p.warn("plain chart", "диаграмма нарисована упрощённо, по сохранённым значениям", asPicture)
				continue
			}
			d.missing()
			p.warn("chart", "диаграмма не показана, оставлено место", asPicture)
		case "dgm:relIds":
			if p.diagram(d, c) {
				continue
			}
			d.missing()
			p.warn("smartart", "рисунок SmartArt не показан, оставлено место", asPicture)
		default:
			d.missing()
			p.warn("graphic "+c.Name, "рисунок неизвестного вида не показан, оставлено место", asPicture)
		}
	}
}

func (p *parser) pic(d *Drawing, n *docx.Node) {
	d.Fly = true
	blip := n.Path("pic:blipFill", "a:blip")
	if id := blip.Attr("r:embed"); id != "" {
		p.showPicture(d, id)
	} else if blip.Attr("r:link") != "" {
		p.warn("link image", "картинка лежит вне документа и не показана", "вставьте картинку в сам документ")
	}
	if r := n.Path("pic:blipFill", "a:srcRect"); r != nil {
		for i, side := range []string{"l", "t", "r", "b"} {
			d.Crop[i] = percent(r.Attr(side))
		}
	}
	if alt := n.Path("pic:nvPicPr", "pic:cNvPr"); d.Alt == "" {
		d.Alt = strings.TrimSpace(alt.Attr("descr"))
	}
	p.shapeProps(d, n.Child("pic:spPr"))
	if d.Image == nil && len(d.Children) == 0 {
		d.missing()
	}
}

// showPicture puts the picture behind a relationship into the drawing.
func (p *parser) showPicture(d *Drawing, id string) {
	pic := p.image(id)
	d.Image = pic.data
	if pic.metafile != nil && !p.playMetafile(d, pic.metafile) {
		p.warn("metafile "+id, "рисунок WMF или EMF не показан, оставлено место", asPicture)
	}
}

// missing makes an empty frame of a drawing that cannot be shown.
func (d *Drawing) missing() {
	d.Shape, d.Line, d.LineWidth = "rect", 0x808080, 6350
}

func percent(s string) float64 {
	if v, ok := strings.CutSuffix(s, "%"); ok {
		return points(v, 1) / 100
	}
	return float64(number(s)) / 100000
}

// shapeProps reads a:xfrm's turn, the geometry, fill and line of spPr.
func (p *parser) shapeProps(d *Drawing, n *docx.Node) {
	d.turn(n.Child("a:xfrm"))
	if g := n.Child("a:custGeom"); g != nil {
		d.Geometry = customGeometry(g)
	} else if g := n.Child("a:prstGeom"); g != nil {
		d.Shape = g.Attr("prst")
		for gd := range g.Child("a:avLst").All("a:gd") {
			v, ok := strings.CutPrefix(gd.Attr("fmla"), "val ")
			if !ok || len(d.Adjust) > 20 {
				continue
			}
			if d.Adjust == nil {
				d.Adjust = map[string]int{}
			}
			d.Adjust[gd.Attr("name")] = number(v)
		}
	}
	p.fillOf(d, n)
	if l := n.Child("a:ln"); l != nil && l.Child("a:noFill") == nil {
		p.lineOf(d, l)
	}
}

// turn reads the rotation and flips of a:xfrm.
func (d *Drawing) turn(x *docx.Node) {
	if x == nil {
		return
	}
	d.Rotate = math.Mod(float64(number(x.Attr("rot")))/60000, 360)
	d.FlipH = x.Attr("flipH") != "" && isOn(x.Attr("flipH"))
	d.FlipV = x.Attr("flipV") != "" && isOn(x.Attr("flipV"))
}

// fillOf reads the fill among the children of n.
func (p *parser) fillOf(d *Drawing, n *docx.Node) {
	for c := range n.Elements() {
		switch c.Name {
		case "a:solidFill":
			d.Fill, d.FillClear = p.drawingColor(c)
		case "a:gradFill":
			d.Fill, d.FillClear = p.gradient(c)
		case "a:pattFill":
			d.Fill, d.FillClear = p.drawingColor(c.Child("a:bgClr"))
		case "a:blipFill":
			if id := c.Child("a:blip").Attr("r:embed"); id != "" && d.Image == nil {
				d.Image = p.image(id).data
			}
		}
	}
}

// dashes are ST_PresetLineDashVal (20.1.10.49) in widths of the line.
var dashes = map[string][]float64{
	"dot": {1, 3}, "dash": {4, 3}, "lgDash": {8, 3}, "dashDot": {4, 3, 1, 3}, "lgDashDot": {8, 3, 1, 3},
	"lgDashDotDot": {8, 3, 1, 3, 1, 3}, "sysDash": {3, 1}, "sysDot": {1, 1}, "sysDashDot": {3, 1, 1, 1}, "sysDashDotDot": {3, 1, 1, 1, 1, 1},
}

// lineOf reads a:ln.
func (p *parser) lineOf(d *Drawing, l *docx.Node) {
	if f := l.Child("a:solidFill"); f != nil {
		d.Line, d.LineClear = p.drawingColor(f)
	} else if f := l.Child("a:gradFill"); f != nil {
		d.Line, d.LineClear = p.gradient(f)
	}
	d.LineWidth = 9525
	if w := l.Attr("w"); w != "" {
		d.LineWidth = max(0, emu(w))
	}
	d.Dash = dashes[l.Child("a:prstDash").Attr("val")]
	size := map[string]float64{"sm": 2, "lg": 5}
	arrow := func(n *docx.Node) Arrow {
		a := Arrow{Kind: n.Attr("type"), Width: size[n.Attr("w")], Length: size[n.Attr("len")]}
		if a.Kind == "none" || a.Kind == "" {
			return Arrow{}
		}
		if a.Width == 0 {
			a.Width = 3
		}
		if a.Length == 0 {
			a.Length = 3
		}
		return a
	}
	d.Head, d.Tail = arrow(l.Child("a:headEnd")), arrow(l.Child("a:tailEnd"))
}

// styleOf reads what a shape takes from the theme where it says nothing itself.
func (p *parser) styleOf(d *Drawing, style, spPr *docx.Node) {
	chosen := func(ref string) *docx.Node {
		if r := style.Child(ref); r != nil && r.Attr("idx") != "0" {
			return r
		}
		return nil
	}
	if r := chosen("a:fillRef"); r != nil && d.Fill == Auto && spPr.Child("a:noFill") == nil && spPr.Child("a:blipFill") == nil {
		d.Fill, d.FillClear = p.drawingColor(r)
	}
	ln := spPr.Child("a:ln")
	if r := chosen("a:lnRef"); r != nil && ln.Child("a:noFill") == nil {
		if d.Line == Auto {
			d.Line, d.LineClear = p.drawingColor(r)
		}
		if ln.Attr("w") == "" {
			d.LineWidth = p.theme.lineWidth(number(r.Attr("idx")))
		}
	}
}

// shape reads wps:wsp, a text box when it holds text.
func (p *parser) shape(d *Drawing, n *docx.Node) {
	p.shapeProps(d, n.Child("wps:spPr"))
	if s := n.Child("wps:style"); s != nil {
		p.styleOf(d, s, n.Child("wps:spPr"))
	}
	d.bodyProps(n.Child("wps:bodyPr"))
	if text := n.Path("wps:txbx", "w:txbxContent"); text != nil {
		d.Blocks = p.otherStory(p.boxName(), p.part, text)
	}
}

// bodyProps reads insets, direction and anchor of the text in a shape.
func (d *Drawing) bodyProps(body *docx.Node) {
	d.Inset.Left, d.Inset.Right, d.Inset.Top, d.Inset.Bottom = 91440, 91440, 45720, 45720
	if body == nil {
		body = &docx.Node{}
	}
	for _, a := range body.Attrs {
		switch a.Name {
		case "lIns":
			d.Inset.Left = emu(a.Value)
		case "rIns":
			d.Inset.Right = emu(a.Value)
		case "tIns":
			d.Inset.Top = emu(a.Value)
		case "bIns":
			d.Inset.Bottom = emu(a.Value)
		case "vert":
			switch a.Value {
			case "vert270":
				d.TextRotate = 90
			case "vert", "eaVert":
				d.TextRotate = 270
			}
		case "anchor":
			switch a.Value {
			case "ctr":
				d.TextVAlign = VAlignCenter
			case "b":
				d.TextVAlign = VAlignBottom
			}
		}
	}
	d.AutoFit = body.Child("a:spAutoFit") != nil
}

func (p *parser) boxName() string {
	if p.story.name == "" {
		return "надпись"
	}
	return p.story.name + ", надпись"
}

// group reads the shapes of a group; their places are scaled from the group's
// own coordinates to its size on the page.
func (p *parser) group(d *Drawing, n *docx.Node) {
	if p.depth++; p.depth > maxNesting {
		p.depth--
		return
	}
	defer func() { p.depth-- }()
	x := n.Path("wpg:grpSpPr", "a:xfrm")
	d.turn(x)
	chOff, chExt := x.Child("a:chOff"), x.Child("a:chExt")
	sx, sy := 1.0, 1.0
	if cx := number(chExt.Attr("cx")); cx > 0 {
		sx = float64(d.Width) / float64(cx)
	}
	if cy := number(chExt.Attr("cy")); cy > 0 {
		sy = float64(d.Height) / float64(cy)
	}
	for c := range n.Elements() {
		child := &Drawing{Fill: Auto, Line: Auto, Wrap: WrapNone}
		var xfrm *docx.Node
		switch c.Name {
		case "wps:wsp":
			xfrm = c.Path("wps:spPr", "a:xfrm")
		case "pic:pic":
			xfrm = c.Path("pic:spPr", "a:xfrm")
		case "wpg:grpSp":
			xfrm = c.Path("wpg:grpSpPr", "a:xfrm")
		default:
			continue
		}
		off, ext := xfrm.Child("a:off"), xfrm.Child("a:ext")
		child.ChildX = unit.EMU(float64(number(off.Attr("x"))-number(chOff.Attr("x"))) * sx)
		child.ChildY = unit.EMU(float64(number(off.Attr("y"))-number(chOff.Attr("y"))) * sy)
		child.Width = unit.EMU(float64(number(ext.Attr("cx"))) * sx)
		child.Height = unit.EMU(float64(number(ext.Attr("cy"))) * sy)
		switch c.Name {
		case "wps:wsp":
			p.shape(child, c)
		case "pic:pic":
			p.pic(child, c)
		case "wpg:grpSp":
			p.group(child, c)
		}
		if len(d.Children) < 1000 {
			d.Children = append(d.Children, child)
		}
	}
	d.flipChildren()
}

// flipChildren mirrors the members of a group that is flipped.
func (d *Drawing) flipChildren() {
	if d.FlipH {
		d.mirror(true)
	}
	if d.FlipV {
		d.mirror(false)
	}
}

// mirror mirrors the places and forms of a group's members, not their text,
// from left to right or upside down.
func (d *Drawing) mirror(across bool) {
	for _, c := range d.Children {
		if c.Rotate = -c.Rotate; across {
			c.ChildX, c.FlipH = d.Width-c.ChildX-c.Width, !c.FlipH
		} else {
			c.ChildY, c.FlipV = d.Height-c.ChildY-c.Height, !c.FlipV
		}
		c.mirror(across)
	}
}

// image returns the picture behind a relationship; its data is nil, and a
// warning said, when it cannot be shown.
func (p *parser) image(id string) picture {
	r, ok := p.rel(id)
	if !ok || r.External {
		p.warn("image "+id, "картинки нет в документе, оставлено место", "вставьте картинку заново")
		return picture{}
	}
	if pic, ok := p.images[r.Target]; ok {
		return pic
	}
	pic := p.decode(r.Target)
	if p.images == nil {
		p.images = map[string]picture{}
	}
	p.images[r.Target] = pic
	return pic
}

// decode reads a picture of the file. PNG and JPEG go on as they are, others
// become PNG.
func (p *parser) decode(name string) picture {
	fail := func(text, hint string) picture {
		p.warn("image "+name, "картинка "+path.Base(name)+" "+text+", оставлено место", hint)
		return picture{}
	}
	part := p.pkg.Part(name)
	if part == nil {
		p.warn("image "+name, "нет картинки "+path.Base(name)+", оставлено место", "вставьте картинку заново")
		return picture{}
	}
	data, err := part.Bytes()
	if err != nil {
		return fail("не читается", insertAgain)
	}
	data = unzipped(data)
	if isMetafile(data) {
		return picture{metafile: data}
	}
	config, format, err := image.DecodeConfig(bytes.NewReader(data))
	switch {
	case err != nil && strings.HasSuffix(strings.ToLower(name), ".svg"):
		return fail("в формате SVG без замены", asPicture)
	case err != nil:
		return fail("повреждена или не в формате PNG, JPEG, GIF, BMP, TIFF, WMF или EMF", asPicture)
	case config.Width < 1 || config.Height < 1 || config.Width > maxPixels/config.Height:
		return fail("слишком велика", "уменьшите картинку: 600 точек на дюйм довольно и для печати")
	case format == "png" || format == "jpeg":
		return picture{data: data, width: config.Width, height: config.Height}
	}
	data, err = asPNG(data)
	if err != nil {
		return fail("не читается", insertAgain)
	}
	return picture{data: data, width: config.Width, height: config.Height}
}

// asPNG turns a picture of another format, of an animation the first frame,
// into PNG. A decoder's panic is its error: files come from anywhere.
func asPNG(data []byte) (out []byte, err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("%v", r)
		}
	}()
	img, _, err := image.Decode(bytes.NewReader(data))
	if err != nil {
		return nil, err
	}
	return encodePNG(img)
}

func encodePNG(img image.Image) ([]byte, error) {
	var b bytes.Buffer
	err := png.Encode(&b, img)
	return b.Bytes(), err
}
