package pdfcheck

import (
	"slices"
	"strings"

	"nastavnik/internal/pdfread"
)

// mark names a marked content sequence: a page, or a form drawn on one, and
// the number of the sequence.
type mark struct {
	owner pdfread.Ref
	mcid  int
}

// element is a structure element that was walked.
type element struct {
	role pdfread.Name // a standard one
	dict pdfread.Dict
}

// standard are the structure types of ISO 32000-1, 14.8.4.
var standard = map[pdfread.Name]bool{}

func init() {
	for _, name := range strings.Fields("Document Part Art Sect Div BlockQuote Caption TOC TOCI Index NonStruct Private " +
		"P H H1 H2 H3 H4 H5 H6 L LI Lbl LBody Table TR TH TD THead TBody TFoot Span Quote Note Reference BibEntry Code " +
		"Link Annot Ruby RB RT RP Warichu WT WP Figure Formula Form") {
		standard[pdfread.Name(name)] = true
	}
}

// holds says what may stand in elements that hold only other elements, within
// what elements they may stand themselves (ISO 32000-1, 14.8.4.3).
var (
	holds = map[pdfread.Name]string{
		"L": "L LI Caption", "LI": "Lbl LBody", "Table": "TR THead TBody TFoot Caption",
		"THead": "TR", "TBody": "TR", "TFoot": "TR", "TR": "TH TD", "TOC": "TOC TOCI Caption",
	}
	within = map[pdfread.Name]string{
		"LI": "L", "LBody": "LI", "TR": "Table THead TBody TFoot", "TH": "TR", "TD": "TR",
		"THead": "Table", "TBody": "Table", "TFoot": "Table", "TOCI": "TOC",
	}
)

// structure walks the tree and remembers what it says.
func (c *checker) structure() {
	f := c.f
	root := f.Dict(c.root["StructTreeRoot"])
	if !c.tagged() {
		return
	}
	if root == nil || root["K"] == nil {
		c.say("A 6.7.3", 0, "нет дерева структуры")
		return
	}
	c.roleMap(f.Dict(root["RoleMap"]))
	c.readParents(root["ParentTree"], 0)
	w := &walker{checker: c, ids: map[string]bool{}}
	rootRef, _ := c.root["StructTreeRoot"].(pdfread.Ref)
	for _, kid := range c.kids(root) {
		w.element(kid, rootRef, "StructTreeRoot", 0)
	}
}

func (c *checker) roleMap(d pdfread.Dict) {
	for from := range d {
		to, steps := from, 0
		for to != "" && (to == from || !standard[to]) && steps <= len(d) {
			to = c.f.Name(d[to])
			steps++
		}
		switch {
		case standard[from]:
			c.say("A 6.7.3", 0, "стандартный вид %s переназначен", from)
		case !standard[to]:
			c.say("A 6.7.3", 0, "вид %s не ведёт к стандартному", from)
		default:
			c.roles[from] = to
		}
	}
}

// readParents reads the number tree of parents.
func (c *checker) readParents(o pdfread.Object, depth int) {
	node := c.f.Dict(o)
	if node == nil || depth > 32 {
		return
	}
	for _, kid := range c.f.Array(node["Kids"]) {
		c.readParents(kid, depth+1)
	}
	nums := c.f.Array(node["Nums"])
	for i := 0; i+1 < len(nums); i += 2 {
		c.parentTree[c.f.Int(nums[i])] = nums[i+1]
	}
}

// kids returns what an element holds, as an array.
func (c *checker) kids(d pdfread.Dict) pdfread.Array {
	if kids := c.f.Array(d["K"]); kids != nil || d["K"] == nil {
		return kids
	}
	return pdfread.Array{d["K"]}
}

// walker goes through the tree in the order of reading.
type walker struct {
	*checker
	heading  int // level of the last heading; 0 before the first
	numbered bool
	plain    bool // a heading H was met
	ids      map[string]bool
	elements int
}

// maxElements bounds the walk.
const maxElements = 1 << 20

func (w *walker) element(o pdfread.Object, parent pdfread.Ref, parentRole pdfread.Name, depth int) {
	f := w.f
	ref, isRef := o.(pdfread.Ref)
	d := f.Dict(o)
	w.elements++
	if d == nil || depth > 200 || w.elements > maxElements {
		return
	}
	if isRef {
		if w.checker.elements[ref] != nil {
			w.say("UA 7.2", 0, "элемент %d стоит в дереве дважды", ref.Number)
			return
		}
		if d["P"] != parent && parent != (pdfread.Ref{}) {
			w.say("UA 7.2", 0, "элемент %d называет другого родителя", ref.Number)
		}
	}
	said := f.Name(d["S"])
	role := said
	if to, mapped := w.roles[said]; mapped {
		role = to
	} else if !standard[said] && w.tagged() {
		w.say("A 6.7.3", 0, "вид элемента «%s» не из стандарта", said)
	}
	w.checker.elements[ref] = &element{role, d}
	w.lang(f.Text(d["Lang"]))
	if w.ua() {
		w.judge(role, parentRole, d)
	}
	var roles []pdfread.Name
	home, _ := d["Pg"].(pdfread.Ref)
	note := func(owner pdfread.Ref, mcid int) {
		if _, may := holds[role]; may {
			w.say("UA 7.2", 0, "в элементе %s стоит содержимое", role)
		}
		key := mark{owner, mcid}
		if _, twice := w.marks[key]; twice {
			w.say("UA 7.2", 0, "содержимое %d стоит в двух элементах", mcid)
		}
		w.marks[key] = ref
	}
	for _, kid := range w.kids(d) {
		switch k := f.Resolve(kid).(type) {
		case int:
			note(home, k)
		case pdfread.Dict:
			page, ok := k["Pg"].(pdfread.Ref)
			if !ok {
				page = home
			}
			switch {
			case f.Name(k["Type"]) == "MCR":
				if stream, ok := k["Stm"].(pdfread.Ref); ok {
					page = stream
				}
				note(page, f.Int(k["MCID"]))
			case f.Name(k["Type"]) == "OBJR":
				if object, ok := k["Obj"].(pdfread.Ref); ok {
					w.objectsOf[object] = ref
				}
			default:
				kidRole := f.Name(k["S"])
				if to, mapped := w.roles[kidRole]; mapped {
					kidRole = to
				}
				roles = append(roles, kidRole)
				w.element(kid, ref, role, depth+1)
			}
		}
	}
	if w.ua() {
		w.parts(role, roles, d)
	}
}

// judge holds an element to the rules of its role.
func (w *walker) judge(role, parent pdfread.Name, d pdfread.Dict) {
	f := w.f
	if may, ruled := within[role]; ruled && !slices.Contains(strings.Fields(may), string(parent)) {
		w.say("UA 7.2", 0, "%s стоит в %s", role, parent)
	}
	told := strings.TrimSpace(f.Text(d["Alt"])) != "" || d["ActualText"] != nil
	switch {
	case role == "Figure" && !told:
		w.say("UA 7.3", 0, "рисунок без замещающего текста")
	case role == "Formula" && !told:
		w.say("UA 7.7", 0, "формула без замещающего текста")
	case role == "Note":
		id := f.Text(d["ID"])
		if id == "" || w.ids[id] {
			w.say("UA 7.9", 0, "у сноски нет своего ID")
		}
		w.ids[id] = true
	case role == "H":
		w.plain = true
	case len(role) == 2 && role[0] == 'H' && role[1] >= '1' && role[1] <= '6':
		level := int(role[1] - '0')
		if w.heading == 0 && level != 1 {
			w.say("UA 7.4", 0, "первый заголовок – %s", role)
		} else if level > w.heading+1 {
			w.say("UA 7.4", 0, "за заголовком H%d стоит %s", w.heading, role)
		}
		w.heading, w.numbered = level, true
	}
	if w.plain && w.numbered {
		w.say("UA 7.4", 0, "заголовки H вместе с H1…H6")
	}
}

// parts holds an element to the rules for those that it holds.
func (w *walker) parts(role pdfread.Name, roles []pdfread.Name, d pdfread.Dict) {
	if may, ruled := holds[role]; ruled {
		for _, kid := range roles {
			if !slices.Contains(strings.Fields(may), string(kid)) {
				w.say("UA 7.2", 0, "%s в %s", kid, role)
			}
		}
	}
	count := func(name pdfread.Name) (n int) {
		for _, r := range roles {
			if r == name {
				n++
			}
		}
		return n
	}
	if role != "Table" {
		return
	}
	if count("THead") > 1 || count("TFoot") > 1 || count("THead")+count("TFoot") > 0 && count("TBody") == 0 {
		w.say("UA 7.2", 0, "таблица с двумя шапками или без TBody")
	}
	w.table(d)
}

// cell is a cell of a table with the columns that it covers.
type cell struct {
	role         pdfread.Name
	across, down int
	scope        pdfread.Name
	headers      bool
}

// rows returns the cells of a table, a list for each row.
func (w *walker) rows(table pdfread.Dict) (rows [][]cell) {
	f := w.f
	var walk func(d pdfread.Dict, depth int)
	walk = func(d pdfread.Dict, depth int) {
		for _, kid := range w.kids(d) {
			k := f.Dict(kid)
			switch w.role(k) {
			case "THead", "TBody", "TFoot":
				if depth == 0 {
					walk(k, 1)
				}
			case "TR":
				var row []cell
				for _, o := range w.kids(k) {
					t := f.Dict(o)
					if role := w.role(t); role == "TH" || role == "TD" {
						row = append(row, w.cell(role, t))
					}
				}
				rows = append(rows, row)
			}
		}
	}
	walk(table, 0)
	return rows
}

func (c *checker) role(d pdfread.Dict) pdfread.Name {
	role := c.f.Name(d["S"])
	if to, mapped := c.roles[role]; mapped {
		return to
	}
	return role
}

func (c *checker) cell(role pdfread.Name, d pdfread.Dict) cell {
	t := cell{role: role, across: 1, down: 1}
	attributes := c.f.Array(d["A"])
	if attributes == nil {
		attributes = pdfread.Array{d["A"]}
	}
	for _, o := range attributes {
		a := c.f.Dict(o)
		if c.f.Name(a["O"]) != "Table" {
			continue
		}
		t.across, t.down = max(t.across, min(c.f.Int(a["ColSpan"]), 1000)), max(t.down, min(c.f.Int(a["RowSpan"]), 100_000))
		t.headers = t.headers || a["Headers"] != nil
		if scope := c.f.Name(a["Scope"]); scope != "" {
			t.scope = scope
		}
	}
	return t
}

// table judges that every row covers as many columns as the first, and that a
// header cell says of what it is the head.
func (w *walker) table(d pdfread.Dict) {
	rows := w.rows(d)
	byHeaders := false
	for _, row := range rows {
		byHeaders = byHeaders || slices.ContainsFunc(row, func(t cell) bool { return t.headers })
	}
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
		for _, t := range row {
			if t.role == "TH" && t.scope == "" && !byHeaders {
				w.say("UA 7.5", 0, "ячейка шапки без Scope")
			}
			skip()
			for range t.across {
				for column >= len(below) {
					below = append(below, 0)
				}
				below[column] = t.down - 1
				column++
			}
		}
		skip()
		if width < 0 {
			width = column
		}
		if column != width {
			w.say("UA 7.5", 0, "в строке %d таблицы столбцов %d, а в первой %d", n+1, column, width)
			return
		}
	}
}

// sequences holds the content that pages draw against the tree.
func (c *checker) sequences() {
	if !c.tagged() {
		return
	}
	missing := 0
	for key := range c.marks {
		if !c.drawn[key] {
			missing++
		}
	}
	if missing > 0 {
		c.say("UA 7.2", 0, "в дереве есть содержимое, которого нет на страницах: %d", missing)
	}
}

// marked notes a sequence that is drawn and holds it against the tree and the
// tree of parents; parents is the key StructParents of the page or form.
func (c *checker) marked(owner pdfread.Ref, parents, mcid, page int) {
	key := mark{owner, mcid}
	if c.drawn[key] {
		c.say("UA 7.2", page, "содержимое %d помечено дважды", mcid)
	}
	c.drawn[key] = true
	element, told := c.marks[key]
	list := c.f.Array(c.parentTree[parents])
	switch {
	case !told:
		c.say("UA 7.2", page, "содержимого %d нет в дереве структуры", mcid)
	case mcid < 0 || mcid >= len(list):
		c.say("UA 7.2", page, "содержимого %d нет в дереве родителей", mcid)
	case list[mcid] != pdfread.Object(element):
		c.say("UA 7.2", page, "дерево родителей называет для содержимого %d другой элемент", mcid)
	}
}

// annotations judges the annotations of a page.
func (c *checker) annotations(i int) {
	f := c.f
	page := c.pages[i].Dict
	list := f.Array(page["Annots"])
	if len(list) > 0 && f.Name(page["Tabs"]) != "S" && c.ua() {
		c.say("UA 7.18.3", i+1, "порядок перехода не по структуре")
	}
	for _, o := range list {
		if d := f.Dict(o); d != nil {
			ref, _ := o.(pdfread.Ref)
			c.annotation(i+1, ref, d)
		}
	}
}

// Flags of an annotation (ISO 32000-1, 12.5.3).
const (
	flagInvisible = 1 << 0
	flagHidden    = 1 << 1
	flagPrint     = 1 << 2
	flagNoView    = 1 << 5
	flagToggle    = 1 << 8
)

func (c *checker) annotation(page int, ref pdfread.Ref, d pdfread.Dict) {
	f := c.f
	kind := f.Name(d["Subtype"])
	switch kind {
	case "Text", "Link", "FreeText", "Line", "Square", "Circle", "Polygon", "PolyLine", "Highlight", "Underline", "Squiggly",
		"StrikeOut", "Stamp", "Caret", "Ink", "Popup", "Widget", "PrinterMark", "Watermark", "Redact", "TrapNet":
	case "FileAttachment": // its file is judged as an attachment is
	default:
		c.say("A 6.3.1", page, "пометка вида «%s»", kind)
	}
	flags := f.Int(d["F"])
	if kind != "Popup" && (flags&flagPrint == 0 || flags&(flagInvisible|flagHidden|flagNoView|flagToggle) != 0) {
		c.say("A 6.3.2", page, "пометка %s скрыта или не печатается", kind)
	}
	c.look(page, kind, d)
	if kind == "Widget" && (d["A"] != nil || d["AA"] != nil) {
		c.say("A 6.4.1", page, "поле с действием")
	}
	if !c.ua() || kind == "Popup" || flags&flagHidden != 0 {
		return
	}
	c.lang(f.Text(d["Lang"]))
	clause, want := "UA 7.18.1", pdfread.Name("Annot")
	switch kind {
	case "Widget":
		clause, want = "UA 7.18.4", "Form"
	case "Link":
		clause, want = "UA 7.18.5", "Link"
	}
	element := c.elements[c.objectsOf[ref]]
	switch {
	case element == nil || c.parentTree[f.Int(d["StructParent"])] != pdfread.Object(c.objectsOf[ref]) || d["StructParent"] == nil:
		c.say(clause, page, "пометка %s не стоит в дереве структуры", kind)
	case element.role != want && (kind == "Widget" || kind == "Link"):
		c.say(clause, page, "пометка %s стоит в элементе %s", kind, element.role)
	}
	if kind != "Widget" && strings.TrimSpace(f.Text(d["Contents"])) == "" && (kind == "Link" || element == nil || f.Text(element.dict["Alt"]) == "") {
		c.say(clause, page, "пометка %s не сказана словами (Contents)", kind)
	}
}

// look judges the appearance of an annotation.
func (c *checker) look(page int, kind pdfread.Name, d pdfread.Dict) {
	f := c.f
	ap := f.Dict(d["AP"])
	if ap == nil {
		rect := f.Array(d["Rect"])
		empty := len(rect) == 4 && f.Int(rect[0]) == f.Int(rect[2]) && f.Int(rect[1]) == f.Int(rect[3])
		if kind != "Link" && kind != "Popup" && !empty {
			c.say("A 6.3.3", page, "пометка %s без внешнего вида", kind)
		}
		return
	}
	if len(ap) > 1 || ap["N"] == nil {
		c.say("A 6.3.3", page, "у пометки %s вид не только обычный", kind)
	}
	_, drawn := f.Resolve(ap["N"]).(*pdfread.Stream)
	button := kind == "Widget" && c.fieldType(d) == "Btn" && f.Int(c.inherited(d, "Ff"))&(1<<16) == 0
	if button == drawn {
		c.say("A 6.3.3", page, "вид пометки %s – не того рода", kind)
	}
}

func (c *checker) fieldType(d pdfread.Dict) pdfread.Name { return c.f.Name(c.inherited(d, "FT")) }

// inherited returns an entry of a field or of those above it.
func (c *checker) inherited(d pdfread.Dict, key pdfread.Name) pdfread.Object {
	for range 32 {
		if d == nil || d[key] != nil {
			break
		}
		d = c.f.Dict(d["Parent"])
	}
	return d[key]
}
