package docx

import (
	"archive/zip"
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"hash/crc32"
	"io"
	"path"
	"slices"
	"strings"

	"github.com/klauspost/compress/flate"

	"nastavnik/internal/diag"
)

// Limits of a package, against files made to exhaust memory. They are told in
// the messages and in the help.
const (
	MaxPacked   = 20 << 20  // bytes of the file
	MaxUnpacked = 200 << 20 // bytes of all parts together
	MaxPart     = 50 << 20  // bytes of one part
	MaxParts    = 2_000
	maxRatio    = 100     // unpacked to packed, of a part above graceSize
	graceSize   = 1 << 20 // honest styles.xml of 100 KB pack 130:1
)

// Safety is the code of problems for which a file is refused as dangerous,
// not as broken: limits, macros, references to other files.
const Safety = "безопасность"

// level is the deflate level of changed parts: with klauspost/compress, three
// times as fast as level 6 of compress/flate and 3 % larger.
const level = 5

const resave = "откройте файл в Word и сохраните его заново как «Документ Word (.docx)»"

// Open reads a package. The parts share b, which must not be changed after.
//
// A file that is no Word document is refused with what it really is; one
// beyond the limits, with duplicate names or names that leave the folder, with
// code Safety. Errors are *diag.Problem; their Place.File is left to the
// caller.
func Open(b []byte) (*Package, error) { return open(b, nil) }

func open(b []byte, c *Cache) (*Package, error) {
	if err := sniff(b); err != nil {
		return nil, err
	}
	if len(b) > MaxPacked {
		return nil, unsafe("файл больше %d МБ", MaxPacked>>20)
	}
	// Open of archive/zip with zipinsecurepath=0 would refuse some names for
	// us, with an English word; names are checked below instead.
	r, err := zip.NewReader(bytes.NewReader(b), int64(len(b)))
	if err != nil && !errors.Is(err, zip.ErrInsecurePath) {
		return nil, broken("файл повреждён или обрезан: оглавление архива не читается")
	}
	p := &Package{index: map[string]*Part{}, rels: map[string][]Rel{},
		defaults: map[string]string{}, overrides: map[string]string{}, cache: c}
	if err := p.list(r, b); err != nil {
		return nil, err
	}
	if p.Part(typesName) == nil {
		if p.Part("mimetype") != nil {
			return nil, wrongKind("документ OpenDocument (.odt)")
		}
		return nil, broken("это не документ Word: в архиве нет части %s", typesName)
	}
	if err := p.readTypes(); err != nil {
		return nil, err
	}
	return p, p.checkMain()
}

// list takes the entries of the zip, within the limits.
func (p *Package) list(r *zip.Reader, b []byte) error {
	if len(r.File) > MaxParts {
		return unsafe("в файле больше %d частей", MaxParts)
	}
	total := uint64(0)
	for _, f := range r.File {
		name := strings.ReplaceAll(f.Name, `\`, "/")
		name = strings.TrimPrefix(name, "/")
		switch {
		case strings.HasSuffix(name, "/"): // a folder
			continue
		case name == "" || strings.ContainsFunc(name, func(c rune) bool { return c < ' ' }):
			continue // cannot name a part, so nothing can point to it
		case path.Clean(name) != name || strings.HasPrefix(name, "../") || strings.Contains(name, ":"):
			return unsafe("недопустимое имя части %q", name)
		case p.Part(name) != nil:
			return unsafe("часть %q записана дважды", name)
		case f.Flags&1 != 0:
			return broken("файл защищён паролем")
		case f.Method != zip.Store && f.Method != zip.Deflate:
			return broken("часть %q сжата неизвестным способом", name)
		case f.UncompressedSize64 > MaxPart:
			return unsafe("часть %q в распакованном виде больше %d МБ", name, MaxPart>>20)
		case f.UncompressedSize64 > graceSize && f.UncompressedSize64/maxRatio > f.CompressedSize64 && !picture[strings.ToLower(path.Ext(name))]:
			return unsafe("часть %q сжата больше чем в %d раз: так делают файлы, которые переполняют память", name, maxRatio)
		}
		if total += f.UncompressedSize64; total > MaxUnpacked {
			return unsafe("файл в распакованном виде больше %d МБ", MaxUnpacked>>20)
		}
		at, err := f.DataOffset()
		if err != nil || f.CompressedSize64 > uint64(len(b)) || uint64(at)+f.CompressedSize64 > uint64(len(b)) {
			return broken("файл повреждён или обрезан: часть %q", name)
		}
		p.add(&Part{Name: name, packed: b[at : uint64(at)+f.CompressedSize64 : uint64(at)+f.CompressedSize64],
			method: f.Method, crc: f.CRC32, size: int64(f.UncompressedSize64), cache: p.cache})
	}
	return nil
}

// picture has the files that may be packed tighter than maxRatio: a metafile
// of one blank page is, and nobody here unpacks it unless it is drawn.
var picture = map[string]bool{".emf": true, ".wmf": true, ".bmp": true, ".tif": true, ".tiff": true}

// checkMain refuses a package without a Word document in it.
func (p *Package) checkMain() error {
	if _, err := p.readRels(nil); err != nil {
		return err
	}
	var target string
	for _, r := range p.Rels(nil) {
		if r.Kind == "officeDocument" {
			target = r.Target
		}
	}
	main := p.Main()
	switch {
	case target == "":
		return broken("это не документ Word: в файле не указана главная часть (_rels/.rels)")
	case main == nil:
		return broken("файл повреждён: в нём нет главной части %s", target)
	}
	switch {
	case strings.Contains(main.ContentType, "wordprocessingml"), strings.Contains(main.ContentType, "ms-word"):
	case strings.Contains(main.ContentType, "spreadsheetml"):
		return wrongKind("таблица Excel (.xlsx)")
	case strings.Contains(main.ContentType, "presentationml"):
		return wrongKind("презентация PowerPoint (.pptx)")
	default:
		return broken("это не документ Word: главная часть %s имеет тип %q", main.Name, main.ContentType)
	}
	tree, err := main.Peek()
	if err != nil {
		return err
	}
	if root := tree.Root(); root.Name != "w:document" {
		return broken("это не документ Word: главная часть %s начинается с <%s>", main.Name, root.Tag())
	}
	return nil
}

// sniff names files that are no zip at all.
func sniff(b []byte) error {
	has := func(magic string) bool { return bytes.HasPrefix(b, []byte(magic)) }
	switch {
	case len(b) == 0:
		return broken("файл пуст")
	case has("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
		if bytes.Contains(b, utf16le("EncryptedPackage")) {
			p := broken("файл защищён паролем")
			p.Hint = "снимите пароль: Word, «Файл → Сведения → Защита документа», и сохраните заново"
			return p
		}
		return wrongKind("документ Word 97–2003 (.doc)")
	case has(`{\rtf`):
		return wrongKind("документ RTF")
	case has("%PDF"):
		return wrongKind("файл PDF")
	case has("<!DOCTYPE"), has("<html"), has("<HTML"), has("<?xml"):
		return wrongKind("веб-страница или документ XML")
	}
	if !bytes.Contains(b, []byte("PK\x03\x04")) {
		if bytes.HasPrefix(b, []byte("PK\x05\x06")) {
			return broken("архив пуст")
		}
		return broken("это не документ Word")
	}
	return nil
}

func utf16le(s string) []byte {
	var b []byte
	for _, c := range s {
		b = append(b, byte(c), 0)
	}
	return b
}

func broken(format string, args ...any) *diag.Problem {
	return &diag.Problem{Text: fmt.Sprintf(format, args...), Hint: resave}
}

func wrongKind(what string) *diag.Problem {
	return &diag.Problem{Text: "это не документ .docx, а " + what, Hint: resave}
}

func unsafe(format string, args ...any) *diag.Problem {
	return &diag.Problem{Code: Safety, Text: fmt.Sprintf(format, args...),
		Hint: "возьмите файл там, где он был сделан, или " + resave}
}

// unpack inflates a part and checks its size and sum against the directory.
func (part *Part) unpack() ([]byte, error) {
	bad := broken("файл повреждён: часть %q не распаковывается", part.Name)
	var b []byte
	if part.method == zip.Store {
		b = part.packed
	} else {
		r := newInflater(part.packed)
		defer r.free()
		// A directory that lies cannot make us reserve more than the packed
		// bytes could hold: deflate gives at most 1032:1.
		expect := min(part.size, int64(len(part.packed))*1032)
		out := bytes.NewBuffer(make([]byte, 0, expect+bytes.MinRead))
		if _, err := out.ReadFrom(io.LimitReader(r, part.size+1)); err != nil {
			return nil, bad
		}
		b = out.Bytes()
	}
	if int64(len(b)) != part.size || crc32.ChecksumIEEE(b) != part.crc {
		return nil, bad
	}
	if b == nil {
		b = []byte{}
	}
	return b, nil
}

// inflater unpacks parts; its window and tables, some 45 KB, are used again.
type inflater struct {
	io.ReadCloser
	source bytes.Reader
}

// spare holds inflaters that nobody uses. It is not a sync.Pool, which every
// collection empties: small documents cause one each.
var spare = make(chan *inflater, 8)

func newInflater(packed []byte) *inflater {
	var r *inflater
	select {
	case r = <-spare:
	default:
		r = &inflater{}
		r.ReadCloser = flate.NewReader(&r.source)
	}
	r.source.Reset(packed)
	r.ReadCloser.(flate.Resetter).Reset(&r.source, nil) // never fails
	return r
}

// free hands the inflater back, without the file it read.
func (r *inflater) free() {
	r.source.Reset(nil)
	select {
	case spare <- r:
	default:
	}
}

// Verify reads every part once, keeping nothing, and refuses a package with one
// that does not unpack to the size and the sum that the directory says.
func (p *Package) Verify() error {
	for _, part := range p.parts {
		if part.packed == nil || part.bytes != nil || part.method == zip.Store && crc32.ChecksumIEEE(part.packed) == part.crc {
			continue
		}
		sum := crc32.NewIEEE()
		r := newInflater(part.packed)
		n, err := io.Copy(sum, io.LimitReader(r, part.size+1))
		r.free()
		if part.method == zip.Store || err != nil || n != part.size || sum.Sum32() != part.crc {
			return broken("файл повреждён: часть %q не распаковывается", part.Name)
		}
	}
	return nil
}

// Freeze packs a part as it now is, so that Archive.Copy may take it again and
// again, from several goroutines.
func (part *Part) Freeze() error {
	if !part.changed() {
		return nil
	}
	b, err := part.Bytes()
	if err != nil {
		return err
	}
	var a Archive
	a.deflate(b)
	part.packed, part.method, part.crc, part.size = a.buf, zip.Deflate, crc32.ChecksumIEEE(b), int64(len(b))
	part.bytes, part.tree, part.used, part.shared = b, nil, false, false
	return nil
}

// Bytes writes the package: [Content_Types].xml first, then the parts in their
// order; unchanged ones as they were packed; every date 1980-01-01.
func (p *Package) Bytes() ([]byte, error) {
	var a Archive
	for _, part := range p.Ordered() {
		if !part.changed() {
			a.Copy(part)
			continue
		}
		b, err := part.Bytes()
		if err != nil {
			return nil, err
		}
		a.Write(part.Name, b)
	}
	return a.Close(), nil
}

// Ordered returns the parts as Bytes writes them, with [Content_Types].xml first, where programs
// that only look at the first bytes expect it.
func (p *Package) Ordered() []*Part {
	parts := slices.Clone(p.parts)
	slices.SortStableFunc(parts, func(a, b *Part) int {
		switch {
		case a.Name == typesName && b.Name != typesName:
			return -1
		case b.Name == typesName && a.Name != typesName:
			return 1
		}
		return 0
	})
	return parts
}

// Archive writes a zip into memory without a clock, and may be used again
// after Reset; the zero Archive is ready. It writes what Word reads: no data
// descriptors, no zip64 (a package stays below MaxUnpacked), names in UTF-8.
type Archive struct {
	buf     []byte
	dir     []byte
	entries int
	packer  *flate.Writer
}

// Reset empties the archive and keeps its memory.
func (a *Archive) Reset() { a.buf, a.dir, a.entries = a.buf[:0], a.dir[:0], 0 }

// Copy adds an unchanged part as it was packed.
func (a *Archive) Copy(part *Part) {
	at := len(a.buf)
	a.header(part.Name, part.method, part.crc, len(part.packed), int(part.size))
	a.buf = append(a.buf, part.packed...)
	a.entry(at, part.Name)
}

// Write adds a part from its bytes, deflated.
func (a *Archive) Write(name string, b []byte) {
	at := len(a.buf)
	a.header(name, zip.Deflate, crc32.ChecksumIEEE(b), 0, len(b))
	start := len(a.buf)
	a.deflate(b)
	binary.LittleEndian.PutUint32(a.buf[at+18:], uint32(len(a.buf)-start))
	a.entry(at, name)
}

// Store adds a part from its bytes as they are, for pictures that are packed
// already.
func (a *Archive) Store(name string, b []byte) {
	at := len(a.buf)
	a.header(name, zip.Store, crc32.ChecksumIEEE(b), len(b), len(b))
	a.buf = append(a.buf, b...)
	a.entry(at, name)
}

func (a *Archive) deflate(b []byte) {
	if a.packer == nil {
		a.packer, _ = flate.NewWriter(nil, level) // the level is a good one
	}
	a.packer.Reset((*appender)(&a.buf))
	a.packer.Write(b) // an appender cannot fail
	a.packer.Close()
}

type appender []byte

func (a *appender) Write(b []byte) (int, error) {
	*a = append(*a, b...)
	return len(b), nil
}

// Fields of a zip header (APPNOTE 4.3.7): version 2.0, names in UTF-8,
// 1980-01-01 00:00.
const (
	zipVersion = 20
	zipUTF8    = 0x800
	zipDate    = 0<<9 | 1<<5 | 1
)

func (a *Archive) header(name string, method uint16, crc uint32, packed, size int) {
	le := binary.LittleEndian
	b := append(a.buf, "PK\x03\x04"...)
	b = le.AppendUint16(b, zipVersion)
	b = le.AppendUint16(b, zipUTF8)
	b = le.AppendUint16(b, method)
	b = le.AppendUint16(b, 0)
	b = le.AppendUint16(b, zipDate)
	b = le.AppendUint32(b, crc)
	b = le.AppendUint32(b, uint32(packed))
	b = le.AppendUint32(b, uint32(size))
	b = le.AppendUint16(b, uint16(len(name)))
	b = le.AppendUint16(b, 0)
	a.buf = append(b, name...)
}

// entry adds the directory entry of the header at offset at.
func (a *Archive) entry(at int, name string) {
	le := binary.LittleEndian
	d := append(a.dir, "PK\x01\x02"...)
	d = le.AppendUint16(d, zipVersion)
	d = append(d, a.buf[at+4:at+28]...) // version to length of the name
	d = append(d, make([]byte, 12)...)  // no extra field, comment, disk, attributes
	d = le.AppendUint32(d, uint32(at))
	a.dir = append(d, name...)
	a.entries++
}

// Close ends the archive and returns its bytes, which stay valid until Reset.
func (a *Archive) Close() []byte {
	le := binary.LittleEndian
	at := len(a.buf)
	b := append(a.buf, a.dir...)
	b = append(b, "PK\x05\x06\x00\x00\x00\x00"...)
	b = le.AppendUint16(b, uint16(a.entries))
	b = le.AppendUint16(b, uint16(a.entries))
	b = le.AppendUint32(b, uint32(len(a.dir)))
	b = le.AppendUint32(b, uint32(at))
	a.buf = le.AppendUint16(b, 0)
	return a.buf
}
