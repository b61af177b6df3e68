package pdfcheck

import (
	"strings"

	"nastavnik/internal/pdfread"
)

// known are the operators of ISO 32000-1, annex A.
var known = map[string]bool{}

func init() {
	for _, op := range strings.Fields("b B b* B* BDC BI BMC BT BX c cm CS cs d d0 d1 Do DP EMC ET EX f F f* G g gs h i j J K k l M m MP n " +
		"q Q re RG rg ri s S SC sc SCN scn sh T* Tc Td TD Tf Tj TJ TL Tm Tr Ts Tw Tz v w W W* y ' \"") {
		known[op] = true
	}
}

// maxNested bounds q within q (ISO 19005-2, 6.1.13), maxForms forms within
// forms, maxOperators what is run in the forms of a file: some that draw
// themselves many times over would go on for ever.
const (
	maxNested    = 28
	maxForms     = 16
	maxOperators = 1 << 20
)

// page judges a page.
func (c *checker) page(i int) {
	f, p := c.f, c.pages[i]
	if p.Dict["AA"] != nil {
		c.say("A 6.5.2", i+1, "действия по событиям у страницы")
	}
	if p.Dict["PresSteps"] != nil {
		c.say("A 6.10", i+1, "иные представления страницы")
	}
	for _, key := range []pdfread.Name{"MediaBox", "CropBox", "TrimBox", "BleedBox", "ArtBox"} {
		box := f.Array(p.Dict[key])
		if key == "MediaBox" {
			box = pdfread.Array{p.MediaBox[0], p.MediaBox[1], p.MediaBox[2], p.MediaBox[3]}
		}
		if len(box) != 4 {
			continue
		}
		var v [4]float64
		for k := range v {
			v[k], _ = f.Number(box[k])
		}
		if w, h := v[2]-v[0], v[3]-v[1]; max(w, -w) < 3 || max(w, -w) > 14400 || max(h, -h) < 3 || max(h, -h) > 14400 {
			c.say("A 6.1.13", i+1, "размер страницы %s", key)
		}
	}
	if group := f.Dict(p.Dict["Group"]); group != nil && c.claim.Part == 1 && f.Name(group["S"]) == "Transparency" {
		c.say("A 6.2.10", i+1, "прозрачность в PDF/A-1")
	}
	r := &reader{checker: c, page: i + 1, owner: p.Ref, parents: -1, group: f.Dict(p.Dict["Group"])["CS"] != nil}
	if n, ok := f.Resolve(p.Dict["StructParents"]).(int); ok {
		r.parents = n
	}
	r.state.fill, r.state.stroke = "DeviceGray", "DeviceGray"
	r.run(f.Content(p), p.Resources)
	c.annotations(i)
	for _, o := range f.Array(p.Dict["Annots"]) {
		c.appearances(i, f.Dict(o))
	}
}

// appearances judges the content of an annotation's appearances.
func (c *checker) appearances(i int, d pdfread.Dict) {
	draw := func(o pdfread.Object) {
		if s, ok := c.f.Resolve(o).(*pdfread.Stream); ok {
			ref, _ := o.(pdfread.Ref)
			r := &reader{checker: c, page: i + 1, owner: ref, parents: -1, group: true, appearance: true}
			r.state.fill, r.state.stroke = "DeviceGray", "DeviceGray"
			r.form(s, c.pages[i].Resources)
		}
	}
	normal := c.f.Dict(d["AP"])["N"]
	switch states := c.f.Resolve(normal).(type) {
	case *pdfread.Stream:
		draw(normal)
	case pdfread.Dict:
		for _, o := range states {
			draw(o)
		}
	}
}

// reader runs a content stream.
type reader struct {
	*checker
	page       int
	owner      pdfread.Ref // page or form that owns the sequences
	parents    int         // its key in the tree of parents
	group      bool        // transparency has a colour space of its own to blend in
	appearance bool        // of an annotation, which is content of its element as a whole
	depth      int         // forms within forms

	state graphics
	saved []graphics
	open  []sequence
	text  int // sequences open at BT; -1 outside of text
}

// graphics is the part of the graphics state that is judged.
type graphics struct {
	fill, stroke pdfread.Name // device spaces, or «» for others
	font         *usedFont
	rendering    int // mode of text; 3 shows nothing
}

// sequence is an open marked content sequence.
type sequence struct {
	artifact, tagged, told bool
}

func (r *reader) run(data []byte, resources pdfread.Dict) {
	if resources == nil {
		resources = pdfread.Dict{}
		r.say("A 6.2.2", r.page, "у содержимого нет своих ресурсов")
	}
	r.text = -1
	base := len(r.saved)
	pdfread.Operators(data, func(op string, operands []pdfread.Object) bool {
		if !known[op] { // between BX and EX too
			r.say("A 6.2.2", r.page, "оператор «%.20s»", op)
		}
		r.operator(op, operands, resources)
		if r.depth > 0 {
			r.budget--
		}
		return len(r.faults) < maxFaults && r.budget > 0
	})
	if len(r.saved) != base {
		r.say("A 6.2.2", r.page, "операторов q и Q не поровну")
	}
}

func (r *reader) operator(op string, operands []pdfread.Object, resources pdfread.Dict) {
	f := r.f
	last := func() pdfread.Object {
		if len(operands) == 0 {
			return nil
		}
		return operands[len(operands)-1]
	}
	name := func() pdfread.Name { n, _ := last().(pdfread.Name); return n }
	s := &r.state
	switch op {
	case "q":
		if len(r.saved) == maxNested {
			r.say("A 6.1.13", r.page, "вложенность q больше %d", maxNested)
		}
		if len(r.saved) < 256 {
			r.saved = append(r.saved, *s)
		}
	case "Q":
		if n := len(r.saved); n > 0 {
			*s, r.saved = r.saved[n-1], r.saved[:n-1]
		} else {
			r.say("A 6.2.2", r.page, "операторов q и Q не поровну")
		}
	case "g":
		s.fill = "DeviceGray"
	case "G":
		s.stroke = "DeviceGray"
	case "rg":
		s.fill = "DeviceRGB"
	case "RG":
		s.stroke = "DeviceRGB"
	case "k":
		s.fill = "DeviceCMYK"
	case "K":
		s.stroke = "DeviceCMYK"
	case "cs":
		s.fill = r.space(r.lookUp(resources, "ColorSpace", name()), name(), resources)
	case "CS":
		s.stroke = r.space(r.lookUp(resources, "ColorSpace", name()), name(), resources)
	case "ri":
		r.renderingIntent(name())
	case "gs":
		r.extended(f.Dict(r.lookUp(resources, "ExtGState", name())))
	case "Tr":
		s.rendering = f.Int(last())
	case "Tf":
		if len(operands) >= 2 {
			n, _ := operands[0].(pdfread.Name)
			s.font = r.fontOf(r.lookUp(resources, "Font", n), r.page)
		}
	case "BT":
		r.text = len(r.open)
	case "ET":
		if r.text >= 0 && r.text != len(r.open) {
			r.say("UA 7.1", r.page, "пометка содержимого пересекает текст BT … ET")
		}
		r.text = -1
	case "BMC", "BDC":
		r.begin(operands, resources)
	case "EMC":
		if len(r.open) == 0 {
			r.say("UA 7.1", r.page, "EMC без начала")
		} else {
			r.open = r.open[:len(r.open)-1]
		}
	case "Tj", "'", "\"", "TJ":
		r.show(last(), resources)
	case "S", "s":
		r.paint(resources, s.stroke)
	case "f", "F", "f*":
		r.paint(resources, s.fill)
	case "B", "B*", "b", "b*":
		r.paint(resources, s.fill)
		r.paint(resources, s.stroke)
	case "sh":
		r.paint(resources, r.space(f.Dict(r.lookUp(resources, "Shading", name()))["ColorSpace"], "", resources))
	case "BI":
		r.inline(operands, resources)
	case "Do":
		r.object(name(), resources)
	}
}

// lookUp returns a named resource.
func (c *checker) lookUp(resources pdfread.Dict, kind, name pdfread.Name) pdfread.Object {
	return c.f.Dict(resources[kind])[name]
}

// begin opens a marked content sequence.
func (r *reader) begin(operands []pdfread.Object, resources pdfread.Dict) {
	f := r.f
	var now sequence
	if n := len(r.open); n > 0 {
		now = r.open[n-1]
	}
	tag := pdfread.Name("")
	if len(operands) > 0 {
		tag, _ = operands[0].(pdfread.Name)
	}
	var properties pdfread.Dict
	if len(operands) > 1 {
		properties = f.Dict(operands[1])
		if n, ok := operands[1].(pdfread.Name); ok {
			properties = f.Dict(r.lookUp(resources, "Properties", n))
		}
	}
	if properties["ActualText"] != nil {
		now.told = true
	}
	r.lang(f.Text(properties["Lang"]))
	mcid, hasID := f.Resolve(properties["MCID"]).(int)
	switch {
	case tag == "Artifact":
		if now.tagged && r.ua() {
			r.say("UA 7.1", r.page, "украшение внутри содержимого")
		}
		now.artifact = true
	case hasID:
		if now.artifact && r.ua() {
			r.say("UA 7.1", r.page, "содержимое внутри украшения")
		}
		now.tagged = true
		if r.tagged() {
			r.marked(r.owner, r.parents, mcid, r.page)
		}
	}
	r.open = append(r.open, now)
}

// outside reports content that is neither in an element nor an artifact.
func (r *reader) outside() {
	if !r.ua() || r.appearance {
		return
	}
	if n := len(r.open); n == 0 || !r.open[n-1].artifact && !r.open[n-1].tagged {
		r.say("UA 7.1", r.page, "содержимое вне элементов структуры, и это не украшение")
	}
}

func (r *reader) paint(resources pdfread.Dict, space pdfread.Name) {
	r.outside()
	r.device(space, resources)
}

// device judges a device colour space in use.
//
// ISO 19005-2, 6.2.4.3: RGB and CMYK want an output intent of their own kind
// or a default space, grey any intent.
func (r *reader) device(space pdfread.Name, resources pdfread.Dict) {
	defaults := r.f.Dict(resources["ColorSpace"])
	ok := true
	switch space {
	case "DeviceRGB":
		ok = r.intent == 3 || defaults["DefaultRGB"] != nil
	case "DeviceCMYK":
		ok = r.intent == 4 || defaults["DefaultCMYK"] != nil
	case "DeviceGray":
		ok = r.intent != 0 || defaults["DefaultGray"] != nil
	}
	if !ok {
		r.say("A 6.2.4.3", r.page, "цвет %s, который ничем не объяснён", space)
	}
}

// space returns the device space in which a colour space ends up, «» when it
// is none; name is what stands for a device space itself.
func (r *reader) space(o pdfread.Object, name pdfread.Name, resources pdfread.Dict) pdfread.Name {
	f := r.f
	for range 8 {
		if o == nil {
			o = name
		}
		switch v := f.Resolve(o).(type) {
		case pdfread.Name:
			switch v {
			case "G":
				return "DeviceGray"
			case "RGB":
				return "DeviceRGB"
			case "CMYK":
				return "DeviceCMYK"
			case "DeviceGray", "DeviceRGB", "DeviceCMYK":
				return v
			}
			if named := r.lookUp(resources, "ColorSpace", v); named != nil && named != o {
				o = named
				continue
			}
			return ""
		case pdfread.Array:
			if len(v) < 2 {
				if len(v) == 1 {
					o = v[0]
					continue
				}
				return ""
			}
			switch f.Name(v[0]) {
			case "Indexed", "I", "Pattern":
				o = v[1]
				continue
			case "Separation", "DeviceN":
				if len(v) > 2 {
					o = v[2]
					continue
				}
			}
			return ""
		default:
			return ""
		}
	}
	return ""
}

// extended judges a graphics state dictionary.
func (r *reader) extended(d pdfread.Dict) {
	f := r.f
	if tr2 := f.Name(d["TR2"]); d["TR"] != nil || d["HTP"] != nil || d["TR2"] != nil && tr2 != "Default" {
		r.say("A 6.2.5", r.page, "графическое состояние с TR, TR2 или HTP")
	}
	if ht := f.Dict(d["HT"]); ht != nil && f.Int(ht["HalftoneType"]) != 1 && f.Int(ht["HalftoneType"]) != 5 {
		r.say("A 6.2.5", r.page, "полутона вида %d", f.Int(ht["HalftoneType"]))
	}
	r.renderingIntent(d["RI"])
	modes := f.Array(d["BM"])
	if name := f.Name(d["BM"]); name != "" {
		modes = pdfread.Array{name}
	}
	transparent := d["SMask"] != nil && f.Name(d["SMask"]) != "None"
	for _, o := range modes {
		mode := f.Name(o)
		if !strings.Contains(" Normal Compatible Multiply Screen Overlay Darken Lighten ColorDodge ColorBurn HardLight SoftLight Difference Exclusion Hue Saturation Color Luminosity ",
			" "+string(mode)+" ") {
			r.say("A 6.2.10", r.page, "режим смешения «%s»", mode)
		}
		transparent = transparent || mode != "Normal" && mode != "Compatible"
	}
	for _, key := range []pdfread.Name{"CA", "ca"} {
		if v, ok := f.Number(d[key]); ok && v != 1 {
			transparent = true
		}
	}
	r.transparency(transparent)
}

func (r *reader) transparency(on bool) {
	switch {
	case !on:
	case r.claim.Part == 1:
		r.say("A 6.2.10", r.page, "прозрачность в PDF/A-1")
	case r.intent == 0 && !r.group:
		r.say("A 6.2.10", r.page, "прозрачность без выходного намерения и цветового пространства страницы")
	}
}

func (r *reader) inline(operands []pdfread.Object, resources pdfread.Dict) {
	r.outside()
	for i := 0; i+1 < len(operands); i += 2 {
		key, _ := operands[i].(pdfread.Name)
		switch value := operands[i+1]; key {
		case "CS", "ColorSpace":
			r.device(r.space(value, "", resources), resources)
		case "F", "Filter":
			for _, o := range append(r.f.Array(value), value) {
				if n, _ := o.(pdfread.Name); n == "LZW" || n == "LZWDecode" {
					r.say("A 6.1.7.2", r.page, "рисунок в содержимом сжат LZW")
				}
			}
		case "I", "Interpolate":
			if on, _ := value.(bool); on {
				r.say("A 6.2.8", r.page, "рисунок с Interpolate")
			}
		}
	}
}

// object draws a picture or a form.
func (r *reader) object(name pdfread.Name, resources pdfread.Dict) {
	f := r.f
	o := r.lookUp(resources, "XObject", name)
	s, ok := f.Resolve(o).(*pdfread.Stream)
	if !ok {
		r.say("A 6.2.2", r.page, "нет ресурса «%s»", name)
		return
	}
	ref, _ := o.(pdfread.Ref)
	switch f.Name(s.Dict["Subtype"]) {
	case "Image":
		r.outside()
		if mask, _ := f.Resolve(s.Dict["ImageMask"]).(bool); mask {
			r.device(r.state.fill, resources)
		} else {
			r.device(r.space(s.Dict["ColorSpace"], "", resources), resources)
		}
		r.transparency(s.Dict["SMask"] != nil || f.Int(s.Dict["SMaskInData"]) != 0)
	case "Form":
		inner := *r
		inner.depth++
		if inner.depth > maxForms {
			return
		}
		if n, ok := f.Resolve(s.Dict["StructParents"]).(int); ok {
			inner.owner, inner.parents = ref, n
		}
		inner.saved = nil
		inner.form(s, resources)
	}
}

// form runs the content of a form, which starts with the state around it.
func (r *reader) form(s *pdfread.Stream, around pdfread.Dict) {
	f := r.f
	if f.Name(f.Dict(s.Dict["Group"])["S"]) == "Transparency" {
		r.transparency(r.claim.Part == 1)
		r.group = r.group || f.Dict(s.Dict["Group"])["CS"] != nil
	}
	data, err := f.Decode(s)
	if err != nil {
		return
	}
	r.budget -= len(data) / 16 // to unpack it costs as well
	own := f.Dict(s.Dict["Resources"])
	if own == nil && len(data) > 0 {
		if strings.Contains(string(data), "/") && len(around) > 0 {
			r.say("A 6.2.2", r.page, "у формы нет своих ресурсов")
		}
		own = around
	}
	if own == nil {
		own = pdfread.Dict{}
	}
	r.run(data, own)
}
