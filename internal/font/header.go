package font

import (
	"encoding/binary"
	"fmt"
	"io"
)

// header is what the index of a Set needs of a face.
type header struct {
	names      names
	bold       bool
	italic     bool
	restricted bool // the licence forbids to embed a subset
}

// faceCount returns how many faces the file has.
func faceCount(file io.ReaderAt) (int, error) {
	var b [12]byte
	if _, err := file.ReadAt(b[:], 0); err != nil {
		return 0, fmt.Errorf("файл повреждён")
	}
	if binary.BigEndian.Uint32(b[:]) != versionCollection {
		return 1, nil
	}
	return int(min(binary.BigEndian.Uint32(b[8:]), 64)), nil
}

// readHeader reads name, head and OS/2 of one face without the rest of it.
func readHeader(file io.ReaderAt, index int) (h header, err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("файл повреждён")
			if d, ok := r.(damage); ok {
				err = fmt.Errorf("%s", string(d))
			}
		}
	}()
	read := func(at int64, size int) table {
		if size > 1<<20 {
			panic(damage("файл повреждён"))
		}
		b := make([]byte, size)
		if _, err := file.ReadAt(b, at); err != nil && err != io.EOF {
			panic(damage("файл не читается"))
		}
		return b
	}
	start := int64(0)
	if read(0, 4).u32(0) == versionCollection {
		start = int64(read(12+4*int64(index), 4).u32(0))
	}
	first := read(start, 12)
	switch first.u32(0) {
	case versionTrueType, versionApple, versionPostScript:
	default:
		panic(damage("это не шрифт TrueType или OpenType"))
	}
	outlines := false
	for i := range first.u16(4) {
		record := read(start+12+16*int64(i), 16)
		at, size := int64(record.u32(8)), record.u32(12)
		switch string(record[:4]) {
		case "name":
			h.names = readNames(read(at, size))
		case "head":
			style := read(at, 54).u16(44)
			h.bold, h.italic = h.bold || style&1 != 0, h.italic || style&2 != 0
		case "OS/2":
			os2 := read(at, 64)
			h.restricted = restricted(os2.u16(8))
			selection := os2.u16(62)
			h.bold, h.italic = h.bold || selection&0x20 != 0, h.italic || selection&1 != 0
		case "glyf", "CFF ":
			outlines = true
		case "CFF2":
			panic(damage("изменяемый шрифт с контурами CFF2; возьмите обычный файл того же шрифта"))
		}
	}
	if !outlines {
		panic(damage("в шрифте нет контуров"))
	}
	if len(h.names.all) == 0 {
		panic(damage("у шрифта нет имени"))
	}
	return h, nil
}

// restricted reports whether the licence of a face, fsType of OS/2, forbids
// what we do: to embed it (only bit 1 of the low four), to embed a part of it
// (bit 8), or to embed outlines (bit 9).
func restricted(fsType int) bool { return fsType&0xF == 2 || fsType&0x300 != 0 }
