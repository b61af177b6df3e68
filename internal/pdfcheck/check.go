package pdfcheck

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"nastavnik/internal/pdfread"
)

// Fault is a broken condition.
type Fault struct {
	Clause string // of a Condition
	Page   int    // from 1; 0 when it is not on one page
	Text   string // what is wrong, in Russian
}

// String writes the fault in one line.
func (f Fault) String() string {
	if f.Page > 0 {
		return fmt.Sprintf("%s: страница %d: %s", f.Clause, f.Page, f.Text)
	}
	return f.Clause + ": " + f.Text
}

// Claim is what a file says of itself in its metadata.
type Claim struct {
	Part  int    // of PDF/A: 1 to 4; 0 is no PDF/A
	Level string // A, B or U
	UA    int    // part of PDF/UA; 0 is none
}

// Claims returns what the file says of itself.
func Claims(f *pdfread.File) Claim {
	c := newChecker(f)
	c.readMetadata()
	return c.claim
}

// maxFaults bounds the list; a file with so many is not worth more reading.
const maxFaults = 1000

// Check returns the faults of a file, in the order of the conditions; nothing
// when it keeps all that its claims ask. A file that claims nothing is held to
// PDF/A-2a and PDF/UA-1, and that it claims nothing is its first fault.
func Check(f *pdfread.File) (faults []Fault) {
	c := newChecker(f)
	defer func() {
		if r := recover(); r != nil {
			c.faults = append(c.faults, Fault{"A 6.1.2", 0, "файл устроен так, что проверка его не поняла"})
		}
		order := func(f Fault) int {
			return slices.IndexFunc(conditions, func(c Condition) bool { return c.Clause == f.Clause })
		}
		slices.SortFunc(c.faults, func(a, b Fault) int {
			return cmp.Or(cmp.Compare(order(a), order(b)), cmp.Compare(a.Page, b.Page), cmp.Compare(a.Text, b.Text))
		})
		faults = c.faults
	}()
	c.readMetadata()
	c.bytes()
	c.objects()
	c.metadata()
	c.catalog()
	c.structure()
	for i := range c.pages {
		c.page(i)
	}
	c.sequences()
	c.fonts()
	return c.faults
}

// checker is a file under judgement.
type checker struct {
	f      *pdfread.File
	pages  []pdfread.Page
	root   pdfread.Dict
	claim  Claim
	xmp    xmp
	faults []Fault
	said   map[string]bool
	budget int // operators of forms that may still be run

	intent   int // components of the output intent; 0 is none
	fontsOf  map[string]*usedFont
	fontList []*usedFont

	// What the structure tree says: the element of each marked content
	// sequence and of each annotation, and what the content of pages drew.
	elements   map[pdfread.Ref]*element
	marks      map[mark]pdfread.Ref
	objectsOf  map[pdfread.Ref]pdfread.Ref
	parentTree map[int]pdfread.Object
	drawn      map[mark]bool
	roles      map[pdfread.Name]pdfread.Name
}

func newChecker(f *pdfread.File) *checker {
	return &checker{
		f: f, pages: f.Pages(), root: f.Catalog(), said: map[string]bool{}, budget: maxOperators, fontsOf: map[string]*usedFont{},
		elements: map[pdfread.Ref]*element{}, marks: map[mark]pdfread.Ref{}, objectsOf: map[pdfread.Ref]pdfread.Ref{},
		parentTree: map[int]pdfread.Object{}, drawn: map[mark]bool{}, roles: map[pdfread.Name]pdfread.Name{},
	}
}

// say notes a fault once a page.
func (c *checker) say(clause string, page int, format string, args ...any) {
	fault := Fault{clause, page, fmt.Sprintf(format, args...)}
	if key := fault.String(); !c.said[key] && len(c.faults) < maxFaults {
		c.said[key] = true
		c.faults = append(c.faults, fault)
	}
}

// levelA and ua report whether the rules of tagged files and of PDF/UA hold.
func (c *checker) levelA() bool { return c.claim.Level == "A" || c.claim == Claim{} }
func (c *checker) ua() bool     { return c.claim.UA > 0 || c.claim == Claim{} }

// tagged judges a rule that both standards have.
func (c *checker) tagged() bool { return c.levelA() || c.ua() }

// bytes judges the head and the end of the file.
func (c *checker) bytes() {
	data := c.f.Data
	line, rest := firstLine(data)
	if len(line) != 8 || !strings.HasPrefix(line, "%PDF-1.") || line[7] < '0' || line[7] > '7' {
		c.say("A 6.1.2", 0, "первая строка – «%.20s»", line)
	}
	second, _ := firstLine(rest)
	high := 0
	for i := 1; i < len(second) && i < 5; i++ {
		if second[i] > 127 {
			high++
		}
	}
	if !strings.HasPrefix(second, "%") || high < 4 {
		c.say("A 6.1.2", 0, "нет второй строки с байтами старше 127")
	}
	id := c.f.Array(c.f.Trailer["ID"])
	if len(id) != 2 {
		c.say("A 6.1.3", 0, "нет идентификатора файла")
	}
	tail := string(data[max(0, len(data)-1024):])
	if i := strings.LastIndex(tail, "%%EOF"); i < 0 {
		c.say("A 6.1.3", 0, "нет конца файла %%%%EOF")
	} else if rest := tail[i+5:]; rest != "" && rest != "\n" && rest != "\r" && rest != "\r\n" {
		c.say("A 6.1.3", 0, "после %%%%EOF ещё %d байт", len(rest))
	}
}

func firstLine(b []byte) (line string, rest []byte) {
	for i, c := range b[:min(len(b), 1024)] {
		if c == '\n' || c == '\r' {
			rest = b[i+1:]
			if c == '\r' && len(rest) > 0 && rest[0] == '\n' {
				rest = rest[1:]
			}
			return string(b[:i]), rest
		}
	}
	return string(b[:min(len(b), 1024)]), nil
}

// forbidden are the actions that an archive does not take (ISO 19005-2, 6.5.1).
var forbidden = map[pdfread.Name]bool{
	"Launch": true, "Sound": true, "Movie": true, "ResetForm": true, "ImportData": true, "Hide": true,
	"SetOCGState": true, "Rendition": true, "Trans": true, "GoTo3DView": true, "JavaScript": true,
}

// objects judges every object by itself.
func (c *checker) objects() {
	c.f.Objects(func(_ pdfread.Ref, o pdfread.Object) { c.object(o, 0) })
}

func (c *checker) object(o pdfread.Object, depth int) {
	if depth > 64 {
		return
	}
	switch o := o.(type) {
	case pdfread.Name:
		c.name(o)
	case pdfread.String:
		if len(o) > 32767 {
			c.say("A 6.1.13", 0, "строка в %d байт", len(o))
		}
	case int:
		if o > 1<<31-1 || o < -1<<31 {
			c.say("A 6.1.13", 0, "число %d", o)
		}
	case pdfread.Array:
		for _, part := range o {
			c.object(part, depth+1)
		}
	case pdfread.Dict:
		c.dict(o, depth)
	case *pdfread.Stream:
		c.stream(o)
		c.dict(o.Dict, depth)
	}
}

func (c *checker) name(n pdfread.Name) {
	if len(n) > 127 {
		c.say("A 6.1.13", 0, "имя в %d байт", len(n))
	}
	if strings.ToValidUTF8(string(n), "") != string(n) {
		c.say("A 6.1.8", 0, "имя «%s» не в UTF-8", strings.ToValidUTF8(string(n), "?"))
	}
}

func (c *checker) dict(d pdfread.Dict, depth int) {
	for key, value := range d {
		c.name(key)
		c.object(value, depth+1)
	}
	if kind := c.f.Name(d["Type"]); kind == "Action" || kind == "" && d["P"] == nil {
		switch action := c.f.Name(d["S"]); {
		case forbidden[action]:
			c.say("A 6.5.1", 0, "действие %s", action)
		case action == "Named" && !slices.Contains([]pdfread.Name{"NextPage", "PrevPage", "FirstPage", "LastPage"}, c.f.Name(d["N"])):
			c.say("A 6.5.1", 0, "действие «%s»", c.f.Name(d["N"]))
		}
	}
}

// stream judges a stream and the pictures and forms among them.
func (c *checker) stream(s *pdfread.Stream) {
	d := s.Dict
	for _, key := range []pdfread.Name{"F", "FFilter", "FDecodeParms"} {
		if d[key] != nil {
			c.say("A 6.1.7.1", 0, "поток хранится в другом файле")
		}
	}
	if n, ok := c.f.Resolve(d["Length"]).(int); !ok || n != len(s.Raw) {
		c.say("A 6.1.7.1", 0, "длина потока %d байт, а названа %v", len(s.Raw), c.f.Resolve(d["Length"]))
	}
	filters := c.f.Array(d["Filter"])
	if name := c.f.Name(d["Filter"]); name != "" {
		filters = pdfread.Array{name}
	}
	for _, o := range filters {
		if name := c.f.Name(o); name == "LZWDecode" || name == "LZW" || name == "Crypt" {
			c.say("A 6.1.7.2", 0, "поток с фильтром %s", name)
		}
	}
	if d["Subtype"] == pdfread.Name("XML") && len(filters) > 0 && d["Type"] == pdfread.Name("Metadata") {
		c.say("A 6.6.2", 0, "метаданные сжаты")
	}
	switch c.f.Name(d["Subtype"]) {
	case "Image":
		interpolate, _ := c.f.Resolve(d["Interpolate"]).(bool)
		if d["Alternates"] != nil || d["OPI"] != nil || interpolate {
			c.say("A 6.2.8", 0, "рисунок с Alternates, OPI или Interpolate")
		}
		c.renderingIntent(d["Intent"])
	case "Form":
		if d["OPI"] != nil || d["PS"] != nil || d["Ref"] != nil || c.f.Name(d["Subtype2"]) == "PS" {
			c.say("A 6.2.9", 0, "форма с OPI, PS или Ref")
		}
	case "PS":
		c.say("A 6.2.9", 0, "XObject вида PS")
	}
}

func (c *checker) renderingIntent(o pdfread.Object) {
	switch intent := c.f.Name(o); intent {
	case "", "RelativeColorimetric", "AbsoluteColorimetric", "Perceptual", "Saturation":
	default:
		c.say("A 6.2.6", 0, "способ передачи цвета «%s»", intent)
	}
}

// catalog judges what hangs on the catalog.
func (c *checker) catalog() {
	f, root := c.f, c.root
	c.outputIntents()
	if root["AA"] != nil {
		c.say("A 6.5.2", 0, "действия по событиям у документа")
	}
	for key := range f.Dict(root["Perms"]) {
		if key != "DocMDP" && key != "UR3" {
			c.say("A 6.1.12", 0, "право %s", key)
		}
	}
	names := f.Dict(root["Names"])
	if names["AlternatePresentations"] != nil {
		c.say("A 6.10", 0, "иные представления страниц")
	}
	if root["Requirements"] != nil {
		c.say("A 6.11", 0, "у документа есть Requirements")
	}
	if needs, _ := f.Resolve(root["NeedsRendering"]).(bool); needs {
		c.say("A 6.4.2", 0, "страницы строит форма XFA")
	}
	c.layers(f.Dict(root["OCProperties"]))
	c.attachments(names)
	c.form(f.Dict(root["AcroForm"]))
	marked, _ := f.Resolve(f.Dict(root["MarkInfo"])["Marked"]).(bool)
	if c.tagged() && !marked {
		c.say("A 6.7.2", 0, "файл не назван размеченным")
	}
	if suspects, _ := f.Resolve(f.Dict(root["MarkInfo"])["Suspects"]).(bool); suspects && c.ua() {
		c.say("UA 7.1", 0, "разметка названа сомнительной")
	}
	lang := f.Text(root["Lang"])
	if lang == "" && c.tagged() {
		c.say("UA 7.2", 0, "не назван язык документа")
	}
	c.lang(lang)
	if shown, _ := f.Resolve(f.Dict(root["ViewerPreferences"])["DisplayDocTitle"]).(bool); !shown && c.ua() {
		c.say("UA 7.1", 0, "в окне видно имя файла, а не заголовок")
	}
}

// outputIntents judges the intents and remembers how many colours the
// profile has.
func (c *checker) outputIntents() {
	var profile pdfread.Object
	for _, o := range c.f.Array(c.root["OutputIntents"]) {
		d := c.f.Dict(o)
		if d["DestOutputProfile"] == nil {
			if c.f.Name(d["S"]) == "GTS_PDFA1" && d["OutputConditionIdentifier"] == nil {
				c.say("A 6.2.3", 0, "намерение без профиля")
			}
			continue
		}
		if profile != nil && profile != d["DestOutputProfile"] {
			c.say("A 6.2.3", 0, "у намерений разные профили")
		}
		profile = d["DestOutputProfile"]
		s, ok := c.f.Resolve(profile).(*pdfread.Stream)
		var data []byte
		if ok {
			data, _ = c.f.Decode(s)
		}
		if len(data) < 132 || string(data[36:40]) != "acsp" || data[8] > 4 {
			c.say("A 6.2.3", 0, "профиль ICC повреждён")
			continue
		}
		if class := string(data[12:16]); class != "mntr" && class != "prtr" {
			c.say("A 6.2.3", 0, "профиль ICC вида «%s»", class)
		}
		n := map[string]int{"RGB ": 3, "CMYK": 4, "GRAY": 1}[string(data[16:20])]
		if n == 0 || n != c.f.Int(s.Dict["N"]) {
			c.say("A 6.2.3", 0, "у профиля ICC %d цветов, а названо %d", n, c.f.Int(s.Dict["N"]))
		}
		c.intent = n
	}
}

func (c *checker) layers(d pdfread.Dict) {
	configs := append(pdfread.Array{d["D"]}, c.f.Array(d["Configs"])...)
	for _, o := range configs {
		config := c.f.Dict(o)
		if config == nil {
			continue
		}
		if c.f.Text(config["Name"]) == "" || config["AS"] != nil {
			c.say("A 6.9", 0, "настройка слоёв без имени или с AS")
		}
	}
}

// attachments judges the files inside the file.
func (c *checker) attachments(names pdfread.Dict) {
	f := c.f
	associated := f.Array(c.root["AF"])
	var walk func(o pdfread.Object, depth int)
	walk = func(o pdfread.Object, depth int) {
		node := f.Dict(o)
		if node == nil || depth > 32 {
			return
		}
		for _, kid := range f.Array(node["Kids"]) {
			walk(kid, depth+1)
		}
		list := f.Array(node["Names"])
		for i := 1; i < len(list); i += 2 {
			c.attachment(list[i], associated)
		}
	}
	walk(names["EmbeddedFiles"], 0)
}

func (c *checker) attachment(o pdfread.Object, associated pdfread.Array) {
	f := c.f
	spec := f.Dict(o)
	name := f.Text(spec["UF"])
	if spec["F"] == nil || spec["UF"] == nil {
		c.say("UA 7.11", 0, "вложение без имени F или UF")
	}
	s, ok := f.Resolve(f.Dict(spec["EF"])["F"]).(*pdfread.Stream)
	if !ok {
		c.say("A 6.8", 0, "вложение «%s» пусто", name)
		return
	}
	switch c.claim.Part {
	case 1:
		c.say("A 6.8", 0, "в PDF/A-1 вложений нет, а есть «%s»", name)
	case 3:
		if f.Name(spec["AFRelationship"]) == "" || f.Name(s.Dict["Subtype"]) == "" || !slices.Contains(associated, o) {
			c.say("A 6.8", 0, "вложение «%s» без вида, без связи или не связано с документом", name)
		}
	default:
		data, err := f.Decode(s)
		if err == nil {
			var inner *pdfread.File
			if inner, err = pdfread.Open(data); err == nil {
				if part := Claims(inner).Part; part == 1 || part == 2 {
					return
				}
			}
		}
		c.say("A 6.8", 0, "вложение «%s» – не PDF/A-1 и не PDF/A-2", name)
	}
}

// form judges the form dictionary and the fields below it.
func (c *checker) form(d pdfread.Dict) {
	f := c.f
	if d == nil {
		return
	}
	if needs, _ := f.Resolve(d["NeedAppearances"]).(bool); needs {
		c.say("A 6.4.1", 0, "внешний вид полей строит программа просмотра")
	}
	if d["XFA"] != nil {
		c.say("A 6.4.2", 0, "форма XFA")
	}
	seen := map[pdfread.Ref]bool{}
	var walk func(o pdfread.Object, named bool, depth int)
	walk = func(o pdfread.Object, named bool, depth int) {
		r, _ := o.(pdfread.Ref)
		field := f.Dict(o)
		if field == nil || seen[r] || depth > 32 {
			return
		}
		seen[r] = true
		if field["AA"] != nil || field["A"] != nil {
			c.say("A 6.4.1", 0, "поле «%s» с действием", f.Text(field["T"]))
		}
		named = named || f.Text(field["TU"]) != ""
		kids := f.Array(field["Kids"])
		if (len(kids) == 0 || f.Dict(kids[0])["T"] == nil) && !named && c.ua() && field["FT"] != nil {
			c.say("UA 7.18.4", 0, "поле «%s» не названо словами (TU)", f.Text(field["T"]))
		}
		for _, kid := range kids {
			walk(kid, named, depth+1)
		}
	}
	for _, o := range f.Array(d["Fields"]) {
		walk(o, false, 0)
	}
}

// lang judges a language identifier: a word of letters, and more behind
// hyphens (RFC 3066).
func (c *checker) lang(tag string) {
	if tag == "" {
		return
	}
	for i, part := range strings.Split(tag, "-") {
		ok := len(part) >= 1 && len(part) <= 8
		for _, r := range part {
			ok = ok && (r|0x20 >= 'a' && r|0x20 <= 'z' || i > 0 && r >= '0' && r <= '9')
		}
		if !ok {
			c.say("A 6.7.4", 0, "язык «%s»", tag)
			return
		}
	}
}
