package font

import (
	"fmt"
	"io"
	"io/fs"
	"path"
	"slices"
	"strings"
	"sync"

	"nastavnik/internal/diag"
)

// Set is faces by family, bold and italic. A file is indexed when it is added
// and parsed when a face of it is first asked for, once per process. A Set is
// safe for concurrent use once the last Add has returned.
type Set struct {
	families map[string]*[4]*entry // by lower-case family; index bold + 2·italic
	order    []string              // families as added, for the search of a fallback
	skipped  diag.List

	mu      sync.RWMutex
	matches map[query]Match
	rescues map[rescue]*Face
}

// entry is a face that lies in a file.
type entry struct {
	fsys  fs.FS
	path  string
	index int // in a .ttc
	once  sync.Once
	face  *Face
	err   error
}

type query struct {
	family       string
	bold, italic bool
}

type rescue struct {
	face         *Face
	bold, italic bool
	r            rune
}

// Match is the face that stands for a wish.
type Match struct {
	Face *Face // never nil

	// Substituted is set when Face is neither of the family that was asked
	// for nor its metric twin, so that line breaks may differ.
	Substituted bool

	Skew     bool // italic was asked for, Face is upright: draw it slanted
	Embolden bool // bold was asked for, Face is lighter: draw it with a stroke
}

// Open returns a set of all .ttf, .otf and .ttc files in fsys. The error says that
// there is none that can be used.
func Open(fsys fs.FS) (*Set, error) {
	s := &Set{families: map[string]*[4]*entry{}, matches: map[query]Match{}, rescues: map[rescue]*Face{}}
	if err := s.Add(fsys); err != nil {
		return nil, err
	}
	return s, nil
}

// Add puts all .ttf, .otf and .ttc files of fsys, at any depth, into the set; they
// win over faces of the same family that are there. Files that cannot be used
// are left out and listed by Skipped; an error says that none could be.
func (s *Set) Add(fsys fs.FS) error {
	added := 0
	err := fs.WalkDir(fsys, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		ext := strings.ToLower(path.Ext(name))
		if d.IsDir() || ext != ".ttf" && ext != ".ttc" && ext != ".otf" {
			return nil
		}
		n, err := s.addFile(fsys, name)
		added += n
		if err != nil {
			s.skipped.Warn(diag.Place{File: name}, "шрифт не взят: %s", err)
		}
		return nil
	})
	if err != nil {
		return fmt.Errorf("папка шрифтов: %w", err)
	}
	if added == 0 {
		return &diag.Problem{
			Text: "в папке шрифтов нет ни одного пригодного файла",
			Hint: "нужны файлы .ttf, .otf или .ttc",
		}
	}
	clear(s.matches)
	clear(s.rescues)
	return nil
}

// Skipped returns a warning for each file that could not be used.
func (s *Set) Skipped() diag.List { return s.skipped }

// maxFontSize bounds a font file; the largest common one, for Chinese, has
// about 40 MB.
const maxFontSize = 64 << 20

// addFile indexes the faces of a file and returns how many it added.
func (s *Set) addFile(fsys fs.FS, name string) (added int, err error) {
	file, err := fsys.Open(name)
	if err != nil {
		return 0, err
	}
	defer file.Close()
	info, err := file.Stat()
	if err != nil {
		return 0, err
	}
	if info.Size() > maxFontSize {
		return 0, fmt.Errorf("файл больше %d МБ", maxFontSize>>20)
	}
	at, ok := file.(io.ReaderAt)
	if !ok {
		data, err := io.ReadAll(io.LimitReader(file, maxFontSize))
		if err != nil {
			return 0, err
		}
		at = strings.NewReader(string(data))
	}
	count, err := faceCount(at)
	if err != nil {
		return 0, err
	}
	for index := range count {
		h, err := readHeader(at, index)
		if err != nil {
			return added, err
		}
		if h.restricted {
			return added, fmt.Errorf("правообладатель запретил встраивать шрифт «%s»", h.names.full)
		}
		e := &entry{fsys: fsys, path: name, index: index}
		style := 0
		if h.bold {
			style |= 1
		}
		if h.italic {
			style |= 2
		}
		for _, family := range h.names.all {
			faces := s.families[family]
			if faces == nil {
				faces = new([4]*entry)
				s.families[family] = faces
				s.order = append(s.order, family)
			}
			// Light and other weights of a family carry the same style bits;
			// the one whose subfamily is plainly named wins.
			if faces[style] == nil || faces[style].fsys != fsys || plainStyle(h.names.style) {
				faces[style] = e
			}
		}
		added++
	}
	return added, nil
}

func plainStyle(style string) bool {
	switch strings.ToLower(style) {
	case "regular", "bold", "italic", "bold italic", "normal", "обычный":
		return true
	}
	return false
}

// load parses the face, once.
func (e *entry) load() (*Face, error) {
	e.once.Do(func() {
		data, err := fs.ReadFile(e.fsys, e.path)
		if err != nil {
			e.err = err
			return
		}
		e.face, e.err = parse(data, e.index)
	})
	return e.face, e.err
}

// Face returns the face for a family as a document names it.
//
// A family that is not there is replaced by its metric twin, then by a family
// of the same class (serif, sans, mono), then by any.
func (s *Set) Face(family string, bold, italic bool) Match {
	q := query{family, bold, italic}
	s.mu.RLock()
	m, found := s.matches[q]
	s.mu.RUnlock()
	if found {
		return m
	}
	m = s.find(q)
	s.mu.Lock()
	s.matches[q] = m
	s.mu.Unlock()
	return m
}

func (s *Set) find(q query) Match {
	name := strings.ToLower(strings.TrimSpace(q.family))
	if face := s.style(name, q); face != nil {
		return match(face, q, false)
	}
	if face := s.style(twin(name), q); face != nil {
		return match(face, q, false)
	}
	for _, family := range standIns(name) {
		if face := s.style(family, q); face != nil {
			return match(face, q, true)
		}
	}
	for _, family := range s.order {
		if face := s.style(family, q); face != nil {
			return match(face, q, true)
		}
	}
	return Match{Face: blank(), Substituted: true}
}

func match(f *Face, q query, substituted bool) Match {
	return Match{
		Face: f, Substituted: substituted,
		Skew:     q.italic && !f.italic,
		Embolden: q.bold && !f.bold && f.weight < 600,
	}
}

// style returns the face of a family nearest to the wish, nil when the family
// is not there or its files are damaged.
func (s *Set) style(family string, q query) *Face {
	faces := s.families[family]
	if faces == nil {
		return nil
	}
	wish := 0
	if q.bold {
		wish |= 1
	}
	if q.italic {
		wish |= 2
	}
	for _, style := range [4]int{wish, wish &^ 2, wish &^ 1, 0} {
		if e := faces[style]; e != nil {
			if face, err := e.load(); err == nil {
				return face
			}
		}
	}
	for _, e := range faces {
		if e != nil {
			if face, err := e.load(); err == nil {
				return face
			}
		}
	}
	return nil
}

// Fallback returns a face that has the character: f itself, then the faces
// most like it, then any of the set; nil when none has it.
func (s *Set) Fallback(f *Face, bold, italic bool, r rune) *Face {
	if f.Glyph(r) != 0 {
		return f
	}
	key := rescue{f, bold, italic, r}
	s.mu.RLock()
	face, found := s.rescues[key]
	s.mu.RUnlock()
	if found {
		return face
	}
	q := query{bold: bold, italic: italic}
	families := slices.Concat(fallbacks(f), s.order)
	for _, family := range families {
		if candidate := s.style(family, q); candidate != nil && candidate.Glyph(r) != 0 {
			face = candidate
			break
		}
	}
	s.mu.Lock()
	s.rescues[key] = face
	s.mu.Unlock()
	return face
}

// blank stands in when every file of a set turned out damaged after it was
// indexed: all characters are missing and half an em wide.
var blank = sync.OnceValue(func() *Face {
	f := &Face{
		tables:     map[string][]byte{"head": make([]byte, 54), "hhea": make([]byte, 36), "maxp": make([]byte, 32)},
		names:      names{family: "blank", full: "blank", postScript: "Blank"},
		unitsPerEm: 1000, numGlyphs: 1, ascent: 800, descent: 200, weight: 400,
		underline: -100, underlineSize: 50, strike: 260, strikeSize: 50, capHeight: 700, xHeight: 500,
		advances: []uint16{500}, bearings: []int16{0}, offsets: []uint32{0, 0},
	}
	return f
})
