package profile

import (
	"bytes"
	"strconv"
	"strings"
)

// item is one key of a file, an element of an array, or a table header.
type item struct {
	path  string // «people[3].last»; the index of an array of tables counts from 0
	kind  itemKind
	key   span // the key as written; inside the brackets of a header
	value span // the value's own bytes; for a header, the header with its brackets
}

type itemKind uint8

const (
	itemValue   itemKind = iota // key = value
	itemTable                   // [table]
	itemArray                   // [[array]]: one more element
	itemElement                 // an element of an array in square brackets
)

// outline is where everything of a file stands, in the order of the file.
// It is made of text that the TOML parser accepted; of any other it is
// something, without panic.
type outline struct {
	items []item
	first map[string]int // path → index of the first item that has it
}

func (o *outline) item(path string) (item, bool) {
	i, found := o.first[path]
	if !found {
		return item{}, false
	}
	return o.items[i], true
}

// scanner reads keys and values and builds no values; BurntSushi/toml has
// done that.
type scanner struct {
	text  []byte
	at    int
	count map[string]int // elements so far of each [[array]]
	out   outline
}

func scan(text []byte) *outline {
	s := &scanner{text: text, count: map[string]int{}}
	s.out.first = map[string]int{}
	table := ""
	for s.at < len(s.text) {
		s.blank(true)
		if s.at >= len(s.text) {
			break
		}
		start := s.at
		if s.text[s.at] == '[' {
			table = s.header(table)
		} else {
			s.pair(table, 0)
		}
		if s.at == start { // not TOML: go on with the next line
			s.at = skipLine(s.text, s.at) + 1
		}
	}
	return &s.out
}

func (s *scanner) add(it item) {
	if _, found := s.out.first[it.path]; !found {
		s.out.first[it.path] = len(s.out.items)
	}
	s.out.items = append(s.out.items, it)
}

// blank skips spaces, comments and, when lines says so, line ends.
func (s *scanner) blank(lines bool) {
	for s.at < len(s.text) {
		switch c := s.text[s.at]; {
		case c == ' ' || c == '\t':
		case lines && (c == '\n' || c == '\r'):
		case lines && c == '#':
			s.at = skipLine(s.text, s.at)
			continue
		default:
			return
		}
		s.at++
	}
}

// header reads [a.b] or [[a.b]] and returns the path of the table it opens.
func (s *scanner) header(before string) string {
	start := s.at
	array := bytes.HasPrefix(s.text[s.at:], []byte("[["))
	s.at++
	if array {
		s.at++
	}
	keys, key := s.key()
	if len(keys) == 0 {
		return before
	}
	s.blank(false)
	for s.at < len(s.text) && s.text[s.at] == ']' {
		s.at++
	}
	path := ""
	for i, k := range keys {
		path = join(path, k)
		if array && i == len(keys)-1 {
			s.count[path]++
		}
		if n := s.count[path]; n > 0 {
			path = element(path, n-1)
		}
	}
	kind := itemTable
	if array {
		kind = itemArray
	}
	s.add(item{path, kind, key, span{start, s.at}})
	s.at = skipLine(s.text, s.at)
	return path
}

// pair reads «key = value» into a table.
func (s *scanner) pair(table string, depth int) {
	keys, key := s.key()
	s.blank(false)
	if len(keys) == 0 || s.at >= len(s.text) || s.text[s.at] != '=' {
		return
	}
	s.at++
	s.blank(false)
	path := table
	for _, k := range keys {
		path = join(path, k)
	}
	i := len(s.out.items)
	s.add(item{path, itemValue, key, span{s.at, s.at}})
	s.value(path, depth)
	s.out.items[i].value.end = s.at
	for _, k := range keys[:len(keys)-1] { // a.b = 1 gives a, too
		table = join(table, k)
		if _, found := s.out.first[table]; !found {
			s.add(item{table, itemTable, key, key})
		}
	}
}

// key reads a dotted key and returns its parts, decoded.
func (s *scanner) key() ([]string, span) {
	var keys []string
	s.blank(false)
	at := span{s.at, s.at}
	for s.at < len(s.text) {
		start := s.at
		switch c := s.text[s.at]; {
		case c == '"' || c == '\'':
			s.at = skipString(s.text, s.at)
			keys = append(keys, unquote(string(s.text[start:s.at])))
		case bareKey(c):
			for s.at < len(s.text) && bareKey(s.text[s.at]) {
				s.at++
			}
			keys = append(keys, string(s.text[start:s.at]))
		default:
			return keys, at
		}
		at.end = s.at
		s.blank(false)
		if s.at >= len(s.text) || s.text[s.at] != '.' {
			return keys, at
		}
		s.at++
		s.blank(false)
	}
	return keys, at
}

// bareKey reports what may stand in a key without quotes; letters of other
// alphabets are taken too, for the sake of messages.
func bareKey(c byte) bool {
	return c == '_' || c == '-' || '0' <= c && c <= '9' || 'a' <= c|0x20 && c|0x20 <= 'z' || c >= 0x80
}

// unquote decodes a quoted key or value; what does not decode stays as it is.
func unquote(s string) string {
	if strings.HasPrefix(s, "'") {
		return strings.Trim(s, "'")
	}
	if u, err := strconv.Unquote(s); err == nil {
		return u
	}
	return strings.Trim(s, `"`)
}

// value skips one value and notes the elements of arrays and the keys of
// inline tables.
func (s *scanner) value(path string, depth int) {
	if s.at >= len(s.text) || depth > maxDepth {
		return
	}
	switch s.text[s.at] {
	case '"', '\'':
		s.at = skipString(s.text, s.at)
	case '[':
		s.at++
		for n := 0; ; n++ {
			s.between()
			if s.at >= len(s.text) {
				return
			}
			if s.text[s.at] == ']' {
				s.at++
				return
			}
			i, start := len(s.out.items), s.at
			s.add(item{element(path, n), itemElement, span{start, start}, span{start, start}})
			s.value(element(path, n), depth+1)
			s.out.items[i].value.end = s.at
			if s.at == start {
				return
			}
		}
	case '{':
		s.at++
		for {
			s.between()
			if s.at >= len(s.text) {
				return
			}
			if s.text[s.at] == '}' {
				s.at++
				return
			}
			start := s.at
			s.pair(path, depth+1)
			if s.at == start {
				return
			}
		}
	default:
		start := s.at
		for s.at < len(s.text) && !strings.ContainsRune(",]}#\r\n", rune(s.text[s.at])) {
			s.at++
		}
		s.at = start + len(bytes.TrimRight(s.text[start:s.at], " \t"))
	}
}

// between skips what stands between the elements of an array.
func (s *scanner) between() {
	for {
		s.blank(true)
		if s.at >= len(s.text) || s.text[s.at] != ',' {
			return
		}
		s.at++
	}
}

func join(path, key string) string {
	if path == "" {
		return key
	}
	return path + "." + key
}

func element(path string, n int) string {
	return path + "[" + strconv.Itoa(n) + "]"
}
