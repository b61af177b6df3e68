package profile

import (
	"bytes"
	"errors"
	"io"
	"io/fs"
	"strings"
	"unicode/utf8"

	"nastavnik/internal/diag"
)

// Limits of a profile. BurntSushi/toml v1.6.0 dies on deep nesting, which no
// recover catches, so they are checked before it sees a byte.
const (
	maxSize  = 1 << 20 // bytes
	maxDepth = 32      // brackets inside one another, and parts of a dotted key
)

// CodeLimit marks a file that is refused for its size or depth and was not
// read at all; a run that meets one ends with exit code 8.
const CodeLimit = "limit"

// readAll reads a profile, at most a byte more than the limit.
func readAll(r io.Reader) ([]byte, error) {
	return io.ReadAll(io.LimitReader(r, maxSize+1))
}

// newSource refuses what is too large, too deep or not UTF-8, and drops the
// byte order mark that Notepad writes.
func newSource(name string, b []byte) (*source, *diag.Problem) {
	fail := func(at diag.Place, code, text, hint string) (*source, *diag.Problem) {
		at.File = name
		return nil, &diag.Problem{Code: code, Place: at, Text: text, Hint: hint}
	}
	if len(b) > maxSize {
		return fail(diag.Place{}, CodeLimit, "файл больше 1 МиБ; профиль школы занимает десятки килобайт",
			"проверьте, тот ли это файл")
	}
	const resave = "сохраните файл как UTF-8: Блокнот → Файл → Сохранить как → Кодировка: UTF-8"
	if looksUTF16(b) {
		return fail(diag.Place{}, "E01", "файл в кодировке UTF-16, нужна UTF-8", resave)
	}
	b = bytes.TrimPrefix(b, []byte("\xEF\xBB\xBF"))
	src := &source{name: name, text: b}
	if bad := invalidUTF8(b); bad >= 0 {
		start := bytes.LastIndexByte(b[:bad], '\n') + 1
		line := b[start:]
		if n := bytes.IndexByte(line, '\n'); n >= 0 {
			line = line[:n]
		}
		at := src.place(span{bad, bad + 1})
		at.Around, at.Caret, at.Width = "", 0, 0
		encoding, decoded := GuessEncoding(b)
		if encoding == "" {
			return fail(at, "E01", "файл не в кодировке UTF-8", resave)
		}
		runes := []rune(decoded) // one a byte
		at.Around = strings.TrimRight(string(runes[start:start+len(line)]), "\r")
		at.Col = bad - start + 1
		at.Caret, at.Width = bad-start, 1
		return fail(at, "E01", "файл не в кодировке UTF-8, похоже на "+encoding, resave)
	}
	if at, deep := tooDeep(b); deep {
		return fail(src.place(span{at, at + 1}), CodeLimit,
			"вложенность больше 32: скобки внутри скобок или ключ из многих частей", "в профиле вложенность не больше пяти")
	}
	return src, nil
}

func looksUTF16(b []byte) bool {
	if bytes.HasPrefix(b, []byte("\xFF\xFE")) || bytes.HasPrefix(b, []byte("\xFE\xFF")) {
		return true
	}
	// Without a mark: every second byte of Latin text is zero.
	zeros, head := 0, b[:min(len(b), 64)]
	for _, c := range head {
		if c == 0 {
			zeros++
		}
	}
	return len(head) >= 4 && zeros*4 >= len(head)
}

// invalidUTF8 returns the offset of the first byte that is not UTF-8, or -1.
func invalidUTF8(b []byte) int {
	if utf8.Valid(b) {
		return -1
	}
	for i := 0; i < len(b); {
		r, n := utf8.DecodeRune(b[i:])
		if r == utf8.RuneError && n == 1 {
			return i
		}
		i += n
	}
	return -1
}

// GuessEncoding tells which one-byte Cyrillic encoding a text is in, and the
// text decoded, a rune a byte; the name is empty when it looks like none. Lower case letters
// are more frequent than capitals in any text, which separates the three.
func GuessEncoding(text []byte) (name, decoded string) {
	best := 0
	for _, enc := range encodings {
		var b strings.Builder
		score := 0
		for _, c := range text {
			r := rune(c)
			if c >= 0x80 {
				r = enc.decode(c)
				switch {
				case r >= 'а' && r <= 'я', r == 'ё':
					score += 2
				case r >= 'А' && r <= 'Я', r == 'Ё', strings.ContainsRune("«»№–—“”„…", r):
				default:
					score -= 3
				}
			}
			b.WriteRune(r)
		}
		if score > best || score == best && name == "" && score >= 0 {
			best, name, decoded = score, enc.name, b.String()
		}
	}
	return name, decoded
}

// encodings are the one-byte encodings of Cyrillic that schools still have.
var encodings = [...]struct {
	name   string
	decode func(byte) rune
}{{"Windows-1251", cp1251}, {"CP866 (DOS)", cp866}, {"KOI8-R", koi8r}}

// Decode reads a text in an encoding named by a user: utf-8, windows-1251,
// cp1251, cp866, koi8-r; ok is false for any other.
func Decode(b []byte, encoding string) (text string, ok bool) {
	encoding = strings.ToLower(encoding)
	if encoding == "utf-8" || encoding == "utf8" {
		return strings.ToValidUTF8(string(b), "\uFFFD"), true
	}
	for _, e := range encodings {
		name := strings.ToLower(e.name)
		if encoding != name && encoding != strings.Fields(name)[0] && encoding != strings.Replace(name, "windows-", "cp", 1) {
			continue
		}
		var s strings.Builder
		for _, c := range b {
			if c < 0x80 {
				s.WriteByte(c)
			} else {
				s.WriteRune(e.decode(c))
			}
		}
		return s.String(), true
	}
	return "", false
}

func cp1251(c byte) rune {
	switch {
	case c >= 0xC0:
		return 'А' + rune(c-0xC0)
	case c == 0xA8:
		return 'Ё'
	case c == 0xB8:
		return 'ё'
	}
	if i := strings.IndexByte("\xAB\xBB\xB9\x96\x97\x93\x94\x84\x85\xA0", c); i >= 0 {
		return []rune("«»№–—“”„…\u00A0")[i]
	}
	return utf8.RuneError
}

func cp866(c byte) rune {
	switch {
	case c < 0xB0:
		return 'А' + rune(c-0x80)
	case c >= 0xE0 && c < 0xF0:
		return 'р' + rune(c-0xE0)
	case c == 0xF0:
		return 'Ё'
	case c == 0xF1:
		return 'ё'
	case c == 0xFC:
		return '№'
	}
	return utf8.RuneError
}

func koi8r(c byte) rune {
	const letters = "юабцдефгхийклмнопярстужвьызшэщчъЮАБЦДЕФГХИЙКЛМНОПЯРСТУЖВЬЫЗШЭЩЧЪ"
	switch {
	case c >= 0xC0:
		return []rune(letters)[c-0xC0]
	case c == 0xA3:
		return 'ё'
	case c == 0xB3:
		return 'Ё'
	}
	return utf8.RuneError
}

// tooDeep returns the offset where brackets or a dotted key pass maxDepth.
func tooDeep(b []byte) (int, bool) {
	depth, dots := 0, 0
	for i := 0; i < len(b); {
		switch c := b[i]; {
		case c == '"' || c == '\'':
			i = skipString(b, i)
			continue
		case c == '#':
			i = skipLine(b, i)
			continue
		case c == '[' || c == '{':
			if depth++; depth > maxDepth {
				return i, true
			}
			dots = 0
		case c == ']' || c == '}':
			depth, dots = max(0, depth-1), 0
		case c == '.':
			if dots++; dots >= maxDepth {
				return i, true
			}
		case c == '=' || c == ',' || c == '\n':
			dots = 0
		}
		i++
	}
	return 0, false
}

// skipString returns the offset after the string that opens at i. A string
// that does not close ends with its line, or with the file when it is a
// multi-line one.
func skipString(b []byte, i int) int {
	quote := b[i]
	if i+2 < len(b) && b[i+1] == quote && b[i+2] == quote {
		for i += 3; i < len(b); i++ {
			if b[i] == '\\' && quote == '"' {
				i++
			} else if b[i] == quote && i+2 < len(b) && b[i+1] == quote && b[i+2] == quote {
				for i += 3; i < len(b) && b[i] == quote; i++ { // up to two more belong to the text
				}
				return i
			}
		}
		return len(b)
	}
	for i++; i < len(b) && b[i] != '\n'; i++ {
		if b[i] == '\\' && quote == '"' && i+1 < len(b) && b[i+1] != '\n' {
			i++
		} else if b[i] == quote {
			return i + 1
		}
	}
	return i
}

// skipLine returns the offset of the next line feed, or of the end.
func skipLine(b []byte, i int) int {
	if n := bytes.IndexByte(b[i:], '\n'); n >= 0 {
		return i + n
	}
	return len(b)
}

// notRead puts a failure to read a file into words.
func notRead(name string, err error) *diag.Problem {
	p := &diag.Problem{Code: "E01", Place: diag.Place{File: name}}
	var path *fs.PathError
	switch {
	case errors.Is(err, fs.ErrNotExist):
		p.Text, p.Hint = "файл не найден", "проверьте путь; новый профиль делает «nastavnik init»"
	case errors.Is(err, fs.ErrPermission):
		p.Text, p.Hint = "нет права читать файл", "проверьте права на файл и папку"
	case errors.Is(err, errNotRegular):
		p.Text, p.Hint = "это не обычный файл", "укажите файл профиля *.toml"
	case errors.Is(err, errFolder):
		p.Text, p.Hint = "это папка, а не файл", "укажите файл профиля *.toml в ней"
	case errors.As(err, &path):
		p.Text = "файл не читается: " + path.Err.Error()
	default:
		p.Text = "файл не читается: " + err.Error()
	}
	return p
}

var (
	errNotRegular = errors.New("not a regular file")
	errFolder     = errors.New("is a directory")
)
