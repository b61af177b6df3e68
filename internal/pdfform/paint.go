package pdfform

import (
	"bytes"
	"fmt"
	"maps"
	"slices"
	"strings"

	"nastavnik/internal/diag"
	"nastavnik/internal/font"
	"nastavnik/internal/pdf"
	"nastavnik/internal/pdfread"
)

// Sizes of type in points: usual is that of an automatic size in a roomy
// field, least the smallest that is still read on paper; text is set smaller
// than the form wants rather than cut.
const (
	usualSize = 12
	leastSize = 6
	padding   = 2 // between the border and the text
)

// painter gathers what the fields show; fonts are made at the end, when all
// characters are known.
type painter struct {
	form   *Form
	fonts  *font.Set
	update *pdfread.Update
	dicts  map[pdfread.Ref]pdfread.Dict // changed fields and widgets
	faces  []*usedFace
	pieces []*appearance
}

// usedFace is a face with the characters that fields need of it.
type usedFace struct {
	face  *font.Face
	runes map[rune]bool
	slots map[rune]int
	name  string // in the resources
	ref   pdfread.Ref
}

// appearance is what one widget shows, before the fonts are made.
type appearance struct {
	widget   *widget
	ground   string // operators behind the text
	color    string // operators that set the colour of the text
	width    float64
	height   float64
	matrix   pdfread.Array
	lines    []textRun
	cramped  bool
	field    *Field
	clipping float64 // width of the border
}

// textRun is text in one face at one place.
type textRun struct {
	face *usedFace
	size float64
	x, y float64
	text string
}

// dict returns the dictionary of an object for change.
func (p *painter) dict(ref pdfread.Ref, original pdfread.Dict) pdfread.Dict {
	d := p.dicts[ref]
	if d == nil {
		d = clone(original)
		p.dicts[ref] = d
		p.update.Set(ref, d)
	}
	return d
}

// change sets the value of a field.
func (p *painter) change(field *Field, value pdfread.Object) {
	d := p.dict(field.ref, field.dict)
	d["V"] = value
	delete(d, "RV") // rich text of the old value
	delete(d, "I")
}

// text shows a value in a widget.
func (p *painter) text(field *Field, w *widget, value string) {
	a := p.begin(field, w)
	look := p.look(field, w)
	size := look.size
	padded := padding + a.clipping
	width, height := a.width-2*padded, a.height-2*a.clipping
	switch {
	case field.Comb:
		p.comb(a, look, value)
	case field.Lines || field.Kind == List:
		if size == 0 {
			size = usualSize
		}
		lines := p.breakLines(look.match, value, size, width)
		for ; size > leastSize && float64(len(lines))*leading(look.match.Face, size)+padding > height; size -= 0.5 {
			lines = p.breakLines(look.match, value, size-0.5, width)
		}
		a.cramped = float64(len(lines))*leading(look.match.Face, size)+padding > height+0.5
		y := a.height - a.clipping - padding/2 - ascent(look.match.Face, size)
		for _, line := range lines {
			p.line(a, look, line, size, padded, width, field.align, y)
			y -= leading(look.match.Face, size)
		}
	default:
		if size == 0 {
			size = min(usualSize, max(height/1.25, 4))
		}
		if natural := p.width(look.match, value, size); natural > width && width > 0 {
			fitting := size * width / natural
			a.cramped = fitting < leastSize
			size = max(fitting, 4)
		}
		f := look.match.Face
		y := (a.height-ascent(f, size)-descent(f, size))/2 + descent(f, size)
		p.line(a, look, value, size, padded, width, field.align, y)
	}
}

// comb puts each character into the middle of a cell of its own.
func (p *painter) comb(a *appearance, look look, value string) {
	field := a.field
	cell := a.width / float64(field.MaxLen)
	size := look.size
	if size == 0 {
		size = min(usualSize, (a.height-2*a.clipping)/1.25)
	}
	runes := []rune(value)
	shift := 0
	switch field.align {
	case 1:
		shift = (field.MaxLen - len(runes)) / 2
	case 2:
		shift = field.MaxLen - len(runes)
	}
	f := look.match.Face
	y := (a.height-ascent(f, size)-descent(f, size))/2 + descent(f, size)
	for i, r := range runes {
		s := string(r)
		x := cell*(float64(i+shift)+0.5) - p.width(look.match, s, size)/2
		p.run(a, look, s, size, x, y)
	}
}

// line sets one line, aligned within its width.
func (p *painter) line(a *appearance, look look, text string, size, left, width float64, align int, y float64) {
	x := left
	if rest := width - p.width(look.match, text, size); rest > 0 {
		x += [...]float64{0, rest / 2, rest}[max(0, min(align, 2))]
	}
	p.run(a, look, text, size, x, y)
}

// run sets text at a place, changing the face where one lacks a character.
func (p *painter) run(a *appearance, look look, text string, size, x, y float64) {
	var current *usedFace
	var b strings.Builder
	flush := func() {
		if b.Len() > 0 {
			a.lines = append(a.lines, textRun{current, size, x, y, b.String()})
			x += advance(current.face, b.String(), size)
			b.Reset()
		}
	}
	for _, r := range text {
		if r < ' ' {
			continue
		}
		face := p.faceFor(look.match, r)
		used := p.use(face)
		if used != current {
			flush()
			current = used
		}
		used.runes[r] = true
		b.WriteRune(r)
	}
	flush()
}

func (p *painter) faceFor(m font.Match, r rune) *font.Face {
	if m.Face.Glyph(r) != 0 {
		return m.Face
	}
	if f := p.fonts.Fallback(m.Face, m.Face.Bold(), m.Face.Italic(), r); f != nil {
		return f
	}
	return m.Face
}

func (p *painter) use(face *font.Face) *usedFace {
	for _, u := range p.faces {
		if u.face == face {
			return u
		}
	}
	u := &usedFace{face: face, runes: map[rune]bool{}, name: fmt.Sprintf("Nst%d", len(p.faces)+1)}
	p.faces = append(p.faces, u)
	return u
}

func (p *painter) width(m font.Match, text string, size float64) (w float64) {
	for _, r := range text {
		w += advance(p.faceFor(m, r), string(r), size)
	}
	return w
}

func advance(f *font.Face, text string, size float64) float64 {
	n := 0
	for _, r := range text {
		n += f.Advance(f.Glyph(r))
	}
	return float64(n) * size / float64(f.UnitsPerEm())
}

func ascent(f *font.Face, size float64) float64 {
	return float64(f.Ascent()) * size / float64(f.UnitsPerEm())
}

func descent(f *font.Face, size float64) float64 {
	return float64(f.Descent()) * size / float64(f.UnitsPerEm())
}

func leading(f *font.Face, size float64) float64 {
	return float64(f.Ascent()+f.Descent()+f.LineGap()) * size / float64(f.UnitsPerEm())
}

// breakLines breaks text at blanks, first fit; a word longer than a line is
// cut where it ends.
func (p *painter) breakLines(m font.Match, text string, size, width float64) (lines []string) {
	for paragraph := range strings.SplitSeq(text, "\n") {
		line := ""
		for _, word := range strings.Fields(paragraph) {
			next := word
			if line != "" {
				next = line + " " + word
			}
			if p.width(m, next, size) <= width {
				line = next
				continue
			}
			if line != "" {
				lines = append(lines, line)
			}
			line = word
			for p.width(m, line, size) > width {
				runes := []rune(line)
				n := 1
				for n < len(runes)-1 && p.width(m, string(runes[:n+1]), size) <= width {
					n++
				}
				if n >= len(runes) {
					break
				}
				lines = append(lines, string(runes[:n]))
				line = string(runes[n:])
			}
		}
		lines = append(lines, line)
	}
	return lines
}

// look is the default appearance of a field.
type look struct {
	match font.Match
	size  float64 // 0 is automatic
	color string
}

// look reads DA: «/Helv 12 Tf 0 g». The font's name leads through the form's
// resources to its BaseFont, and that to a face of ours.
func (p *painter) look(field *Field, w *widget) look {
	da := field.look
	if own, ok := p.form.file.Resolve(w.dict["DA"]).(pdfread.String); ok {
		da = string(own)
	}
	l := look{color: "0 g"}
	words := strings.Fields(da)
	name := ""
	for i, word := range words {
		switch word {
		case "Tf":
			if i >= 2 {
				name = strings.TrimPrefix(words[i-2], "/")
				fmt.Sscanf(words[i-1], "%g", &l.size)
			}
		case "g":
			if i >= 1 {
				l.color = strings.Join(words[i-1:i+1], " ")
			}
		case "rg":
			if i >= 3 {
				l.color = strings.Join(words[i-3:i+1], " ")
			}
		case "k":
			if i >= 4 {
				l.color = strings.Join(words[i-4:i+1], " ")
			}
		}
	}
	l.size = max(0, min(l.size, 200))
	f := p.form.file
	base := string(f.Name(f.Dict(f.Dict(f.Dict(p.form.acro["DR"])["Font"])[pdfread.Name(name)])["BaseFont"]))
	if base == "" {
		base = name
	}
	l.match = p.match(base)
	return l
}

// match turns a PostScript name into a family and a style. Names that say
// nothing, such as Helv, are sans.
func (p *painter) match(base string) font.Match {
	if i := strings.IndexByte(base, '+'); i == 6 {
		base = base[7:]
	}
	low := strings.ToLower(base)
	bold := strings.Contains(low, "bold") || low == "hebo"
	italic := strings.Contains(low, "italic") || strings.Contains(low, "oblique")
	family := "Arial"
	switch {
	case strings.HasPrefix(low, "times"), strings.HasPrefix(low, "tiro"), strings.Contains(low, "serif") && !strings.Contains(low, "sans"), strings.Contains(low, "roman"):
		family = "Times New Roman"
	case strings.HasPrefix(low, "cour"), strings.Contains(low, "mono"):
		family = "Courier New"
	case strings.HasPrefix(low, "calibri"), strings.HasPrefix(low, "carlito"):
		family = "Calibri"
	}
	return p.fonts.Face(family, bold, italic)
}

// begin starts the appearance of a widget: its ground and border.
func (p *painter) begin(field *Field, w *widget) *appearance {
	f := p.form.file
	rect := p.form.rectangle(w.dict["Rect"])
	a := &appearance{widget: w, field: field, width: rect[2] - rect[0], height: rect[3] - rect[1]}
	mk := f.Dict(w.dict["MK"])
	switch ((f.Int(mk["R"]) % 360) + 360) % 360 {
	case 90:
		a.matrix = pdfread.Array{0, 1, -1, 0, a.width, 0}
		a.width, a.height = a.height, a.width
	case 180:
		a.matrix = pdfread.Array{-1, 0, 0, -1, a.width, a.height}
	case 270:
		a.matrix = pdfread.Array{0, -1, 1, 0, 0, a.height}
		a.width, a.height = a.height, a.width
	}
	border := 1.0
	if bs := f.Dict(w.dict["BS"]); bs["W"] != nil {
		border, _ = f.Number(bs["W"])
	} else if b := f.Array(w.dict["Border"]); len(b) >= 3 {
		border, _ = f.Number(b[2])
	}
	a.clipping = max(0, min(border, 10))
	var b strings.Builder
	if ground := p.color(mk["BG"], "g", "rg", "k"); ground != "" {
		fmt.Fprintf(&b, "%s 0 0 %s %s re f\n", ground, number(a.width), number(a.height))
	}
	if line := p.color(mk["BC"], "G", "RG", "K"); line != "" && border > 0 {
		fmt.Fprintf(&b, "%s %s w %s %s %s %s re S\n", line, number(border),
			number(border/2), number(border/2), number(a.width-border), number(a.height-border))
		if field.Comb {
			for i := 1; i < field.MaxLen; i++ {
				x := number(a.width * float64(i) / float64(field.MaxLen))
				fmt.Fprintf(&b, "%s 0 m %s %s l S\n", x, x, number(a.height))
			}
		}
	}
	a.ground = b.String()
	if field.Kind != Check && field.Kind != Radio {
		a.color = p.look(field, w).color
	}
	p.pieces = append(p.pieces, a)
	return a
}

// color writes a colour of 1, 3 or 4 parts with its operator.
func (p *painter) color(o pdfread.Object, grey, rgb, cmyk string) string {
	parts := p.form.file.Array(o)
	var words []string
	for _, part := range parts {
		v, _ := p.form.file.Number(part)
		words = append(words, number(v))
	}
	switch len(parts) {
	case 1:
		return words[0] + " " + grey
	case 3:
		return strings.Join(words, " ") + " " + rgb
	case 4:
		return strings.Join(words, " ") + " " + cmyk
	}
	return ""
}

// button turns one button of a field on or off; the appearances it has are
// kept, a button without any gets a tick or a dot.
func (p *painter) button(field *Field, w *widget, state string) {
	d := p.dict(w.ref, w.dict)
	on := w.state
	if on == "" { // without appearances of its own
		on = "Yes"
		if field.Kind == Radio {
			on = fmt.Sprint(slices.IndexFunc(field.widgets, func(o widget) bool { return o.ref == w.ref }))
		}
		rect := p.form.rectangle(w.dict["Rect"])
		side, height := rect[2]-rect[0], rect[3]-rect[1]
		box := pdfread.Array{0, 0, side, height}
		stream := func(content string) pdfread.Ref {
			return p.update.Add(&pdfread.Stream{
				Dict: pdfread.Dict{"Type": pdfread.Name("XObject"), "Subtype": pdfread.Name("Form"), "BBox": box, "Resources": pdfread.Dict{}},
				Raw:  []byte(content),
			})
		}
		mark := fmt.Sprintf("0 g %s %s m %s %s l %s %s l %s %s l %s %s l %s %s l f\n",
			number(.2*side), number(.5*height), number(.3*side), number(.58*height), number(.43*side), number(.36*height),
			number(.72*side), number(.82*height), number(.82*side), number(.74*height), number(.44*side), number(.16*height))
		if field.Kind == Radio {
			mark = fmt.Sprintf("0 g %s %s %s %s re f\n", number(.3*side), number(.3*height), number(.4*side), number(.4*height))
		}
		d["AP"] = pdfread.Dict{"N": pdfread.Dict{pdfread.Name(on): stream(mark), "Off": stream("")}}
	}
	if state != "" && (on == state || field.Kind == Check && len(field.Options) == 0) {
		d["AS"] = pdfread.Name(on)
	} else {
		d["AS"] = pdfread.Name("Off")
	}
}

// finish makes the fonts and writes the appearances.
func (p *painter) finish(problems *diag.List) error {
	for _, u := range p.faces {
		if err := p.embed(u); err != nil {
			return err
		}
	}
	cramped := map[*Field]bool{}
	for _, a := range p.pieces {
		if a.cramped && !cramped[a.field] {
			cramped[a.field] = true
			problems.Warn(a.field.place(), "текст не помещается в поле").Hint = "сократите его или увеличьте поле"
		}
		p.write(a)
	}
	return nil
}

// write makes the appearance stream of a widget.
func (p *painter) write(a *appearance) {
	var b bytes.Buffer
	b.WriteString(a.ground)
	fmt.Fprintf(&b, "/Tx BMC\nq\n%s %s %s %s re W n\nBT\n%s\n", number(a.clipping), number(a.clipping),
		number(a.width-2*a.clipping), number(a.height-2*a.clipping), a.color)
	fontsUsed := pdfread.Dict{}
	for _, run := range a.lines {
		fontsUsed[pdfread.Name(run.face.name)] = run.face.ref
		fmt.Fprintf(&b, "/%s %s Tf 1 0 0 1 %s %s Tm <", run.face.name, number(run.size), number(run.x), number(run.y))
		for _, r := range run.text {
			fmt.Fprintf(&b, "%04X", run.face.slots[r])
		}
		b.WriteString("> Tj\n")
	}
	b.WriteString("ET\nQ\nEMC\n")
	d := pdfread.Dict{
		"Type": pdfread.Name("XObject"), "Subtype": pdfread.Name("Form"),
		"BBox":      pdfread.Array{0, 0, round(a.width), round(a.height)},
		"Resources": pdfread.Dict{"Font": fontsUsed},
	}
	if a.matrix != nil {
		d["Matrix"] = a.matrix
	}
	stream := p.update.Add(&pdfread.Stream{Dict: d, Raw: b.Bytes()})
	w := p.dict(a.widget.ref, a.widget.dict)
	w["AP"] = pdfread.Dict{"N": stream}
}

func round(v float64) float64 { return float64(int(v*1000+0.5)) / 1000 }

// embed writes the objects of a font (ISO 32000-1, 9.7).
func (p *painter) embed(u *usedFace) error {
	runes := slices.Sorted(maps.Keys(u.runes))
	u.slots = map[rune]int{}
	for i, r := range runes {
		u.slots[r] = i + 1
	}
	packed, err := pdf.PackFont(u.face, runes)
	if err != nil {
		return err
	}
	flate := pdfread.Name("FlateDecode")
	file := p.update.Add(&pdfread.Stream{Dict: pdfread.Dict{"Filter": flate, "Length1": packed.Length}, Raw: packed.Program})
	unicode := p.update.Add(&pdfread.Stream{Dict: pdfread.Dict{"Filter": flate}, Raw: packed.Unicode})
	em := func(units int) int { return units * 1000 / u.face.UnitsPerEm() }
	box := pdfread.Array{}
	for _, v := range u.face.Bounds() {
		box = append(box, em(v))
	}
	name := pdfread.Name(packed.Name)
	descriptor := p.update.Add(pdfread.Dict{
		"Type": pdfread.Name("FontDescriptor"), "FontName": name, "Flags": pdf.FontFlags(u.face), "FontBBox": box,
		"ItalicAngle": u.face.ItalicAngle(), "Ascent": em(u.face.Ascent()), "Descent": -em(u.face.Descent()),
		"CapHeight": em(u.face.CapHeight()), "StemV": pdf.StemV(u.face), "FontFile2": file,
	})
	widths := pdfread.Array{}
	for _, w := range packed.Widths {
		widths = append(widths, float64(w)/100)
	}
	descendant := p.update.Add(pdfread.Dict{
		"Type": pdfread.Name("Font"), "Subtype": pdfread.Name("CIDFontType2"), "BaseFont": name,
		"CIDSystemInfo": pdfread.Dict{"Registry": pdfread.String("Adobe"), "Ordering": pdfread.String("Identity"), "Supplement": 0},
		"CIDToGIDMap":   pdfread.Name("Identity"), "FontDescriptor": descriptor, "W": pdfread.Array{0, widths},
	})
	u.ref = p.update.Add(pdfread.Dict{
		"Type": pdfread.Name("Font"), "Subtype": pdfread.Name("Type0"), "BaseFont": name, "Encoding": pdfread.Name("Identity-H"),
		"DescendantFonts": pdfread.Array{descendant}, "ToUnicode": unicode,
	})
	return nil
}
