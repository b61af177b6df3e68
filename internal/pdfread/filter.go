package pdfread

import (
	"bytes"
	"encoding/ascii85"
	"errors"
	"fmt"
	"io"

	"github.com/klauspost/compress/flate"
)

// Decode returns the bytes of a stream with its filters undone. Filters of
// pictures (DCT, JPX, CCITT, JBIG2) are an error.
func (f *File) Decode(s *Stream) ([]byte, error) {
	filters := f.Array(s.Dict["Filter"])
	if name := f.Name(s.Dict["Filter"]); name != "" {
		filters = Array{name}
	}
	parms := f.Array(s.Dict["DecodeParms"])
	if d := f.Dict(s.Dict["DecodeParms"]); d != nil {
		parms = Array{d}
	}
	data := s.Raw
	for i, o := range filters {
		var p Dict
		if i < len(parms) {
			p = f.Dict(parms[i])
		}
		var err error
		if data, err = f.filter(f.Name(o), p, data); err != nil {
			return nil, err
		}
	}
	return data, nil
}

func (f *File) filter(name Name, p Dict, data []byte) ([]byte, error) {
	switch name {
	case "FlateDecode", "Fl":
		// Many files end their stream short or with a wrong checksum, which
		// readers forgive: what came out is taken.
		if len(data) < 2 {
			return nil, nil
		}
		z := flate.NewReader(bytes.NewReader(data[2:]))
		out, err := limited(z)
		if err != nil {
			return nil, err
		}
		return f.unpredict(p, out)
	case "LZWDecode", "LZW":
		early := 1
		if p["EarlyChange"] != nil {
			early = f.Int(p["EarlyChange"])
		}
		out, err := unLZW(data, early != 0)
		if err != nil {
			return nil, err
		}
		return f.unpredict(p, out)
	case "ASCIIHexDecode", "AHx":
		l := lexer{b: append([]byte{'<'}, data...)}
		return l.hex(), nil
	case "ASCII85Decode", "A85":
		data = bytes.TrimPrefix(bytes.TrimSpace(data), []byte("<~"))
		if i := bytes.IndexByte(data, '~'); i >= 0 {
			data = data[:i]
		}
		return limited(ascii85.NewDecoder(bytes.NewReader(data)))
	case "RunLengthDecode", "RL":
		return runLength(data)
	case "Crypt":
		return data, nil
	}
	return nil, fmt.Errorf("фильтр %s не поддерживается", name)
}

// limited reads all, up to maxStream; an error in the middle ends the data.
func limited(r io.Reader) ([]byte, error) {
	out, _ := io.ReadAll(io.LimitReader(r, maxStream+1))
	if len(out) > maxStream {
		return nil, fmt.Errorf("поток больше %d МБ", maxStream>>20)
	}
	return out, nil
}

// unLZW undoes LZW. Early, as is usual in PDF, codes grow longer one code
// before they must, which package compress/lzw does not know; an error in the
// middle ends the data.
//
// ISO 32000-1, 7.4.4.
func unLZW(data []byte, early bool) ([]byte, error) {
	const clear, stop, most = 256, 257, 4096
	var out []byte
	var from, length [most]int // where in out the string of a code stands
	next, width := 258, 9
	last := -1
	bits, held := 0, uint(0)
	margin := 0
	if early {
		margin = 1
	}
	for _, b := range data {
		held, bits = held<<8|uint(b), bits+8
		if bits < width {
			continue
		}
		code := int(held >> (bits - width) & (1<<width - 1))
		bits -= width
		if code == clear {
			next, width, last = 258, 9, -1
			continue
		}
		if code == stop || code > next || code == next && last < 0 {
			break
		}
		at := len(out)
		switch {
		case code < 256:
			out = append(out, byte(code))
		case code < next:
			out = append(out, out[from[code]:from[code]+length[code]]...)
		default: // the string that this code makes: the last and its own first
			start, n := last, at-last
			out = append(append(out, out[start:start+n]...), out[start])
		}
		if len(out) > maxStream {
			return nil, fmt.Errorf("поток больше %d МБ", maxStream>>20)
		}
		if last >= 0 && next < most {
			from[next], length[next] = last, at-last+1
			next++
		}
		for width < 12 && next+margin >= 1<<width {
			width++
		}
		last = at
	}
	return out, nil
}

func runLength(data []byte) ([]byte, error) {
	var out []byte
	for i := 0; i < len(data) && data[i] != 128; {
		n := int(data[i])
		i++
		switch {
		case n < 128:
			n = min(n+1, len(data)-i)
			out = append(out, data[i:i+n]...)
			i += n
		case i < len(data):
			out = append(out, bytes.Repeat(data[i:i+1], 257-n)...)
			i++
		}
		if len(out) > maxStream {
			return nil, fmt.Errorf("поток больше %d МБ", maxStream>>20)
		}
	}
	return out, nil
}

// unpredict undoes the predictors of PNG and TIFF (ISO 32000-1, 7.4.4.4).
func (f *File) unpredict(p Dict, data []byte) ([]byte, error) {
	predictor := f.Int(p["Predictor"])
	if predictor < 2 {
		return data, nil
	}
	number := func(key Name, usual int) int {
		if p[key] == nil {
			return usual
		}
		return f.Int(p[key])
	}
	columns, colors, bits := number("Columns", 1), number("Colors", 1), number("BitsPerComponent", 8)
	if columns < 1 || columns > 1<<20 || colors < 1 || colors > 32 || bits < 1 || bits > 16 {
		return nil, errors.New("неверные параметры предсказателя")
	}
	row, step := (columns*colors*bits+7)/8, max(1, colors*bits/8)
	if predictor < 10 {
		if bits != 8 {
			return nil, fmt.Errorf("предсказатель TIFF по %d бит не поддерживается", bits)
		}
		for at := 0; at < len(data); at += row {
			line := data[at:min(at+row, len(data))]
			for i := step; i < len(line); i++ {
				line[i] += line[i-step]
			}
		}
		return data, nil
	}
	out := make([]byte, 0, len(data))
	above := make([]byte, row)
	for len(data) > 1 {
		kind := data[0]
		n := min(row, len(data)-1)
		line := make([]byte, row)
		copy(line, data[1:1+n])
		data = data[1+n:]
		for i := range line {
			var left, corner byte
			if i >= step {
				left, corner = line[i-step], above[i-step]
			}
			switch kind {
			case 1:
				line[i] += left
			case 2:
				line[i] += above[i]
			case 3:
				line[i] += byte((int(left) + int(above[i])) / 2)
			case 4:
				line[i] += paeth(left, above[i], corner)
			}
		}
		out = append(out, line[:n]...)
		above = line
	}
	return out, nil
}

func paeth(a, b, c byte) byte {
	abs := func(n int) int { return max(n, -n) }
	p := int(a) + int(b) - int(c)
	da, db, dc := abs(p-int(a)), abs(p-int(b)), abs(p-int(c))
	switch {
	case da <= db && da <= dc:
		return a
	case db <= dc:
		return b
	}
	return c
}
