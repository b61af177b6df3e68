package profile

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/BurntSushi/toml"

	"nastavnik/internal/diag"
	"nastavnik/internal/pattern"
)

// Known shortcomings: a table that the file writes with dotted keys
// («school.inn = …» at the top) takes no new keys, and a list of people that
// stands in square brackets, not as [[people]], takes no new entries. Both
// are told, and the file stays as it was.

// Editor changes values of a profile and leaves every other byte of the file
// alone: comments, order, spaces, line ends.
//
// Edits are collected and made together by Bytes. Paths are those of the file
// as it was read.
type Editor struct {
	src   *source
	at    *outline
	eol   string
	bom   bool
	edits []edit
}

// edit puts text in place of a span of the file.
type edit struct {
	at   span
	text string
}

// KV is a key with its value: string, bool, int, float64, Date, []string, or
// []KV for a table in curly brackets.
type KV struct {
	Key   string
	Value any
}

// NewEditor takes a profile's bytes, which must be TOML.
func NewEditor(name string, b []byte) (*Editor, diag.List) {
	src, bad := newSource(name, b)
	if bad != nil {
		return nil, diag.List{bad}
	}
	var list diag.List
	parse(src, &list)
	if list.Failed() {
		return nil, list
	}
	e := &Editor{src: src, at: scan(src.text), eol: "\n", bom: bytes.HasPrefix(b, []byte("\xEF\xBB\xBF"))}
	if bytes.Contains(src.text, []byte("\r\n")) {
		e.eol = "\r\n"
	}
	return e, nil
}

// Set changes one value of a profile: a key that the file has gets the new
// value in its place, another is added to its table, which is made when there
// is none. path is «school.inn», «people[3].last», «docs.order_launch.date».
func Set(b []byte, path string, value any) ([]byte, error) {
	e, list := NewEditor("", b)
	if err := list.Err(); err != nil {
		return nil, err
	}
	if err := e.Set(path, value); err != nil {
		return nil, err
	}
	return e.Bytes()
}

// Has reports whether the file gives a key or table.
func (e *Editor) Has(path string) bool {
	_, found := e.at.item(path)
	return found
}

// Len returns how many entries a list has: [[people]] or people = [ … ].
func (e *Editor) Len(list string) int {
	n := 0
	for e.Has(element(list, n)) {
		n++
	}
	return n
}

// Set changes or adds one value; see the function Set.
func (e *Editor) Set(path string, value any) error {
	text, err := literal(value)
	if err != nil {
		return err
	}
	if it, found := e.at.item(path); found {
		if it.kind != itemValue && it.kind != itemElement {
			return fmt.Errorf("%s – раздел, а не значение", path)
		}
		e.edits = append(e.edits, edit{it.value, text})
		return nil
	}
	if !pathShape.MatchString(path) {
		return fmt.Errorf("нет такого ключа: %q", path)
	}
	table, key := "", path
	if i := strings.LastIndexByte(path, '.'); i >= 0 {
		table, key = path[:i], path[i+1:]
	}
	if strings.HasSuffix(key, "]") {
		return fmt.Errorf("в файле нет %s", path)
	}
	return e.add(table, KV{key, value})
}

// pathShape is a path whose parts need no quotes.
var pathShape = pattern.New(`^[A-Za-z0-9_-]+(\[\d+\])?(\.[A-Za-z0-9_-]+(\[\d+\])?)*$`)

// add puts a new key into a table.
func (e *Editor) add(table string, kv KV) error {
	text, err := literal(kv.Value)
	if err != nil {
		return err
	}
	entry := key(kv.Key) + " = " + text
	it, found := e.at.item(table)
	switch {
	case table == "":
		e.insertTop(entry)
	case found && it.kind == itemValue || found && it.kind == itemElement:
		return e.addInline(it, entry)
	case found && it.key == it.value:
		return fmt.Errorf("раздел %s записан ключами с точкой: добавьте %s сами", table, entry)
	case found:
		e.insertAfter(e.tableEnd(it), entry)
	default:
		parent, name := "", table
		if i := strings.LastIndexByte(table, '.'); i >= 0 {
			parent, name = table[:i], table[i+1:]
		}
		if strings.HasSuffix(name, "]") {
			return fmt.Errorf("в файле нет %s", table)
		}
		if strings.Contains(parent, "[") || e.isInline(parent) {
			return e.add(parent, KV{name, []KV{kv}})
		}
		e.appendBlock("[" + table + "]" + e.eol + entry)
	}
	return nil
}

func (e *Editor) isInline(path string) bool {
	it, found := e.at.item(path)
	return found && it.kind == itemValue
}

// addInline puts a key into a table in curly brackets.
func (e *Editor) addInline(it item, entry string) error {
	text := e.src.text[it.value.start:it.value.end]
	if len(text) < 2 || text[0] != '{' {
		return fmt.Errorf("%s – значение, а не раздел", it.path)
	}
	inner := bytes.TrimRight(text[1:len(text)-1], " \t\r\n")
	at := it.value.start + 1 + len(inner)
	if trimmed := bytes.TrimSpace(inner); len(trimmed) > 0 && trimmed[len(trimmed)-1] != ',' {
		entry = ", " + entry
	} else {
		entry = " " + entry
	}
	if at == it.value.end-1 {
		entry += " "
	}
	e.edits = append(e.edits, edit{span{at, at}, entry})
	return nil
}

// tableEnd returns the offset of the end of the last line of a table's own
// keys; the tables inside it come later in the file.
func (e *Editor) tableEnd(header item) int {
	end := header.value.end
	for i := e.at.first[header.path] + 1; i < len(e.at.items); i++ {
		it := e.at.items[i]
		if it.kind == itemArray || it.kind == itemTable && it.key != it.value {
			break
		}
		end = max(end, it.value.end)
	}
	return skipLine(e.src.text, end)
}

// insertAfter adds a line after the line that ends at an offset.
func (e *Editor) insertAfter(at int, line string) {
	if at > 0 && at <= len(e.src.text) && e.eol == "\r\n" && e.src.text[at-1] == '\r' {
		at-- // before the line end
	}
	indent := ""
	first := bytes.LastIndexByte(e.src.text[:at], '\n') + 1
	for i := first; i < at && (e.src.text[i] == ' ' || e.src.text[i] == '\t'); i++ {
		indent += string(e.src.text[i])
	}
	e.edits = append(e.edits, edit{span{at, at}, e.eol + indent + line})
}

// insertTop adds a key before the first header.
func (e *Editor) insertTop(line string) {
	end := -1
	for _, it := range e.at.items {
		if it.kind == itemArray || it.kind == itemTable && it.key != it.value {
			break
		}
		end = max(end, it.value.end)
	}
	if end < 0 {
		e.edits = append(e.edits, edit{span{0, 0}, line + e.eol})
		return
	}
	e.insertAfter(skipLine(e.src.text, end), line)
}

// appendBlock adds a table at the end of the file after an empty line.
func (e *Editor) appendBlock(block string) {
	end := len(e.src.text)
	lead := e.eol
	if end > 0 && e.src.text[end-1] != '\n' {
		lead = e.eol + e.eol
	}
	if end == 0 {
		lead = ""
	}
	e.edits = append(e.edits, edit{span{end, end}, lead + block + e.eol})
}

// Append adds an entry to a list of tables: after the last [[list]] of the
// file with all that belongs to it, or at the end of the file.
func (e *Editor) Append(list string, keys []KV) error {
	if it, found := e.at.item(list); found {
		return fmt.Errorf("список %s записан не разделами [[%s]], строка %d: добавьте запись сами", list, list, e.src.place(it.key).Line)
	}
	var b strings.Builder
	b.WriteString("[[" + list + "]]")
	for _, kv := range keys {
		text, err := literal(kv.Value)
		if err != nil {
			return err
		}
		b.WriteString(e.eol + key(kv.Key) + " = " + text)
	}
	n := e.Len(list)
	if n == 0 {
		e.appendBlock(b.String())
		return nil
	}
	last := element(list, n-1)
	end := 0
	for _, it := range e.at.items {
		if it.path == last || strings.HasPrefix(it.path, last+".") || strings.HasPrefix(it.path, last+"[") {
			end = max(end, it.value.end)
		}
	}
	at := skipLine(e.src.text, end)
	if at > 0 && e.eol == "\r\n" && e.src.text[at-1] == '\r' {
		at--
	}
	e.edits = append(e.edits, edit{span{at, at}, e.eol + e.eol + b.String()})
	return nil
}

// Bytes makes the edits. The result is read again before it is given out, so
// that a file is never replaced by one that cannot be read.
func (e *Editor) Bytes() ([]byte, error) {
	edits := slices.Clone(e.edits)
	slices.SortStableFunc(edits, func(a, b edit) int { return cmp.Compare(a.at.start, b.at.start) })
	var b bytes.Buffer
	if e.bom {
		b.WriteString("\xEF\xBB\xBF")
	}
	at := 0
	for _, ed := range edits {
		if ed.at.start < at {
			return nil, fmt.Errorf("ключ меняется дважды: строка %d", e.src.place(ed.at).Line)
		}
		b.Write(e.src.text[at:ed.at.start])
		b.WriteString(ed.text)
		at = ed.at.end
	}
	b.Write(e.src.text[at:])
	src, bad := newSource(e.src.name, b.Bytes())
	if bad != nil {
		return nil, bad
	}
	var values map[string]any
	if _, err := toml.Decode(string(src.text), &values); err != nil {
		var list diag.List
		parse(src, &list)
		if len(list) == 0 {
			return nil, err
		}
		return nil, fmt.Errorf("правка испортила бы файл: %w", list)
	}
	return b.Bytes(), nil
}

// key writes a key, in quotes when it needs them.
func key(k string) string {
	if k != "" && !strings.ContainsFunc(k, func(r rune) bool { return r >= 0x80 || !bareKey(byte(r)) }) {
		return k
	}
	return quote(k)
}

// literal writes a value as TOML.
func literal(value any) (string, error) {
	switch v := value.(type) {
	case string:
		if !utf8.ValidString(v) {
			return "", errors.New("текст не в кодировке UTF-8")
		}
		return quote(v), nil
	case bool:
		return strconv.FormatBool(v), nil
	case int:
		return strconv.Itoa(v), nil
	case float64:
		s := strconv.FormatFloat(v, 'f', -1, 64)
		if !strings.Contains(s, ".") {
			s += ".0"
		}
		return s, nil
	case Date:
		if !v.Valid() {
			return "", fmt.Errorf("нет такого дня: %v", v)
		}
		return fmt.Sprintf("%04d-%02d-%02d", v.Year, v.Month, v.Day), nil
	case []string:
		words := make([]string, len(v))
		for i, s := range v {
			words[i] = quote(s)
		}
		return "[" + strings.Join(words, ", ") + "]", nil
	case []KV:
		words := make([]string, len(v))
		for i, kv := range v {
			text, err := literal(kv.Value)
			if err != nil {
				return "", err
			}
			words[i] = key(kv.Key) + " = " + text
		}
		return "{ " + strings.Join(words, ", ") + " }", nil
	}
	panic(fmt.Sprintf("profile: no literal for %T", value))
}

// quote writes a basic string: everything but quotes, backslashes and
// control characters stands as it is.
func quote(s string) string {
	var b strings.Builder
	b.WriteByte('"')
	for _, r := range s {
		switch {
		case r == '"' || r == '\\':
			b.WriteByte('\\')
			b.WriteRune(r)
		case r == '\n':
			b.WriteString(`\n`)
		case r == '\t':
			b.WriteString(`\t`)
		case r < ' ' || r == 0x7F:
			fmt.Fprintf(&b, `\u%04X`, r)
		default:
			b.WriteRune(r)
		}
	}
	b.WriteByte('"')
	return b.String()
}
