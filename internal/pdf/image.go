package pdf

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"fmt"
	"image"
	"image/color"
	"image/draw"
	_ "image/gif" // for image.Decode
	"image/jpeg"
	_ "image/png" // likewise
	"io"
	"slices"

	"github.com/klauspost/compress/zlib"

	"nastavnik/internal/unit"
)

// images are the pictures of a document, each stored once for each size at
// which it is shown.
type images struct {
	objects []int
	errors  []error
	byKey   map[pictureKey]int // index into objects
	sources map[*byte]source   // by place in memory: a shared emblem is hashed once
}

// source is what is known of a picture's file before it is decoded.
type source struct {
	sum           [32]byte
	width, height int // pixels
	kind          string
	err           error
}

// maxPixels bounds a picture: 50 million are A4 at 700 dpi, the photo of a
// good telephone, and 200 MB of memory when decoded.
const maxPixels = 50_000_000

// enough is how many dots an inch of paper can show; a picture with at least
// twice as many both ways is made smaller by a whole factor, so that the photo
// of a 12 megapixel phone does not weigh the file down.
const enough = 300

// load returns the number of a picture that is shown with the given size,
// writing it when it is new.
func (m *images) load(d *document, data []byte, width, height unit.EMU) (number int, err error) {
	if len(data) == 0 {
		return 0, errors.New("пустой файл")
	}
	if m.byKey == nil {
		m.byKey, m.sources = map[pictureKey]int{}, map[*byte]source{}
	}
	src, found := m.sources[&data[0]]
	if !found {
		src = look(data)
		m.sources[&data[0]] = src
	}
	if src.err != nil {
		return 0, src.err
	}
	key := pictureKey{sum: src.sum, plain: d.plain, shrink: src.shrink(width, height)}
	index, found := m.byKey[key]
	if !found {
		p, err := d.options.Cache.picture(key, src, data)
		object := 0
		if err == nil {
			object = p.write(d.objects)
		}
		index = len(m.objects)
		m.objects, m.errors = append(m.objects, object), append(m.errors, err)
		m.byKey[key] = index
	}
	return index + 1, m.errors[index]
}

// look reads the head of a picture's file.
func look(data []byte) source {
	config, kind, err := image.DecodeConfig(bytes.NewReader(data))
	if err != nil {
		return source{err: errors.New("неизвестный или повреждённый вид рисунка (нужен PNG или JPEG)")}
	}
	if config.Width <= 0 || config.Height <= 0 || config.Width > maxPixels/config.Height {
		return source{err: fmt.Errorf("рисунок слишком велик: %d×%d точек", config.Width, config.Height)}
	}
	return source{sum: sha256.Sum256(data), width: config.Width, height: config.Height, kind: kind}
}

// shrink returns the factor by which the picture can be made smaller.
func (s source) shrink(width, height unit.EMU) int {
	const inch = 72 * unit.PerPoint
	dots := func(pixels int, length unit.EMU) int {
		return int(unit.EMU(pixels) * inch / max(length, 1) / enough)
	}
	return max(1, min(dots(s.width, width), dots(s.height, height)))
}

// picture is a picture as it goes into a file.
type picture struct {
	width, height int
	bits          int
	space         string // with its key: /ColorSpace/DeviceRGB
	rest          string // /DecodeParms
	data          []byte // deflated, or a JPEG
	jpeg          bool
	mask          *picture // its transparency, or nil
}

// size is what a picture takes up in a Cache.
func (p *picture) size() int {
	n := len(p.data)
	if p.mask != nil {
		n += len(p.mask.data)
	}
	return n
}

// write writes the picture and returns its object.
func (p *picture) write(o *objects) int {
	var s syntax
	s.key("/Type/XObject/Subtype/Image/Width", p.width)
	s.key("/Height", p.height)
	s.key("/BitsPerComponent", p.bits)
	s.put(p.space)
	s.put(p.rest)
	if p.mask != nil {
		mask := p.mask.write(o)
		s.put("/SMask ")
		s.ref(mask)
	}
	object := o.alloc()
	if p.jpeg {
		o.raw(object, append(s, "/Filter/DCTDecode"...), p.data)
	} else {
		o.packed(object, s, p.data)
	}
	return object
}

// encode makes a picture ready for a file. A PNG without transparency and a
// JPEG of grey or RGB go in as they are stored, after a look through them,
// unless they are to be made smaller; all else is decoded.
func encode(key pictureKey, src source, data []byte) (*picture, error) {
	space, asJPEG := "", false
	if src.kind == "jpeg" {
		space, asJPEG = jpegSpace(data)
	}
	if src.kind == "png" && key.shrink == 1 {
		if p, ok := plainPNG(data, key.plain); ok {
			return p, nil
		}
	}
	decoded, _, err := image.Decode(bytes.NewReader(data))
	if err != nil {
		return nil, errors.New("повреждён файл рисунка")
	}
	width, height := src.width, src.height
	if asJPEG {
		if key.shrink > 1 {
			var b bytes.Buffer
			small := reduced(decoded, key.shrink)
			if space == "/ColorSpace/DeviceGray" {
				grey := image.NewGray(small.Bounds())
				draw.Draw(grey, grey.Bounds(), small, image.Point{}, draw.Src)
				err = jpeg.Encode(&b, grey, &jpeg.Options{Quality: 90})
			} else {
				err = jpeg.Encode(&b, small, &jpeg.Options{Quality: 90})
			}
			if err == nil && b.Len() < len(data) {
				data, width, height = b.Bytes(), small.Bounds().Dx(), small.Bounds().Dy()
			}
		}
		return &picture{width: width, height: height, bits: 8, space: space, data: data, jpeg: true}, nil
	}
	if key.shrink > 1 {
		decoded = reduced(decoded, key.shrink)
	}
	return sampled(decoded, key.plain), nil
}

// straight returns a picture's colours not multiplied by its transparency.
func straight(m image.Image) *image.NRGBA {
	if s, ok := m.(*image.NRGBA); ok {
		return s
	}
	s := image.NewNRGBA(m.Bounds())
	draw.Draw(s, s.Bounds(), m, m.Bounds().Min, draw.Src)
	return s
}

// reduced makes a picture smaller by a whole factor: each dot is the mean of a
// square of dots, cut off at the right and lower edges.
func reduced(m image.Image, factor int) *image.NRGBA {
	bounds := m.Bounds()
	width, height := bounds.Dx(), bounds.Dy()
	var at func(x, y int) color.NRGBA
	if photo, ok := m.(*image.YCbCr); ok { // without a copy four times its size
		at = func(x, y int) color.NRGBA {
			c := photo.YCbCrAt(bounds.Min.X+x, bounds.Min.Y+y)
			r, g, b := color.YCbCrToRGB(c.Y, c.Cb, c.Cr)
			return color.NRGBA{R: r, G: g, B: b, A: 0xFF}
		}
	} else {
		from := straight(m)
		at = func(x, y int) color.NRGBA {
			p := from.Pix[y*from.Stride+4*x:]
			return color.NRGBA{R: p[0], G: p[1], B: p[2], A: p[3]}
		}
	}
	to := image.NewNRGBA(image.Rect(0, 0, (width+factor-1)/factor, (height+factor-1)/factor))
	for y := range to.Bounds().Dy() {
		for x := range to.Bounds().Dx() {
			var r, g, b, a, n int
			for j := y * factor; j < min((y+1)*factor, height); j++ {
				for i := x * factor; i < min((x+1)*factor, width); i++ {
					c := at(i, j)
					alpha := int(c.A)
					r += int(c.R) * alpha
					g += int(c.G) * alpha
					b += int(c.B) * alpha
					a += alpha
					n++
				}
			}
			if a > 0 {
				pixel := to.Pix[y*to.Stride+4*x:]
				pixel[0], pixel[1], pixel[2] = uint8((r+a/2)/a), uint8((g+a/2)/a), uint8((b+a/2)/a)
				pixel[3] = uint8((a + n/2) / n)
			}
		}
	}
	return to
}

// sampled returns a decoded picture as RGB or grey with its transparency
// beside it, or laid on white where the level forbids that.
func sampled(m image.Image, plain bool) *picture {
	bounds := m.Bounds()
	width, height := bounds.Dx(), bounds.Dy()
	pixels := straight(m)
	samples := make([]byte, 0, height*(1+3*width))
	alpha := make([]byte, 0, height*(1+width))
	opaque, grey := true, true
	for y := range height {
		samples, alpha = append(samples, 0), append(alpha, 0)
		line := pixels.Pix[y*pixels.Stride:][:4*width]
		for ; len(line) > 0; line = line[4:] {
			r, g, b, a := line[0], line[1], line[2], line[3]
			if plain && a != 0xFF {
				over := func(v uint8) uint8 { return uint8((int(v)*int(a) + 255*(255-int(a)) + 127) / 255) }
				r, g, b, a = over(r), over(g), over(b), 0xFF
			}
			opaque = opaque && a == 0xFF
			grey = grey && r == g && g == b
			samples, alpha = append(samples, r, g, b), append(alpha, a)
		}
	}
	p := &picture{width: width, height: height, bits: 8, space: "/ColorSpace/DeviceRGB"}
	colors := 3
	if grey {
		p.space, colors = "/ColorSpace/DeviceGray", 1
		samples = greyOf(samples, width, height)
	}
	predict(samples, width*colors, colors)
	p.rest = fmt.Sprintf("/DecodeParms<</Predictor 15/Colors %d/Columns %d>>", colors, width)
	d := newDeflater()
	defer d.free()
	p.data = slices.Clone(d.deflate(samples))
	if !opaque {
		predict(alpha, width, 1)
		p.mask = &picture{
			width: width, height: height, bits: 8, space: "/ColorSpace/DeviceGray",
			rest: fmt.Sprintf("/DecodeParms<</Predictor 15/Columns %d>>", width), data: slices.Clone(d.deflate(alpha)),
		}
	}
	return p
}

// greyOf keeps one sample of three, in place.
func greyOf(samples []byte, width, height int) []byte {
	n := 0
	for y := range height {
		row := samples[y*(1+3*width):][:1+3*width]
		samples[n] = 0
		n++
		for x := range width {
			samples[n] = row[1+3*x]
			n++
		}
	}
	return samples[:n]
}

// predict filters rows of the given bytes, each with a filter byte before it,
// by PNG's filters «sub» or «up», whichever leaves less.
func predict(rows []byte, row, colors int) {
	size := func(b byte) int { return int(min(b, -b)) }
	for at := len(rows) - row - 1; at >= 0; at -= row + 1 {
		line := rows[at+1 : at+1+row]
		var above []byte
		if at > 0 {
			above = rows[at-row:][:row]
		}
		sub, up := 0, 0
		for i, v := range line {
			left, top := byte(0), byte(0)
			if i >= colors {
				left = line[i-colors]
			}
			if above != nil {
				top = above[i]
			}
			sub += size(v - left)
			up += size(v - top)
		}
		if sub <= up || above == nil {
			rows[at] = 1
			for i := row - 1; i >= colors; i-- {
				line[i] -= line[i-colors]
			}
		} else {
			rows[at] = 2
			for i := range line {
				line[i] -= above[i]
			}
		}
	}
}

// plainPNG returns a PNG that needs no decoding: not interlaced, not
// transparent. PDF 1.4 (level A-1) has no 16-bit samples.
func plainPNG(data []byte, plain bool) (p *picture, ok bool) {
	const signature = 8
	var palette []byte
	p = &picture{}
	colors := 0
	for at := signature; at+12 <= len(data); {
		length := int(binary.BigEndian.Uint32(data[at:]))
		if length < 0 || length > len(data)-at-12 {
			return nil, false
		}
		body := data[at+8 : at+8+length]
		switch string(data[at+4 : at+8]) {
		case "IHDR":
			if length != 13 || body[12] != 0 {
				return nil, false
			}
			p.width, p.height = int(binary.BigEndian.Uint32(body)), int(binary.BigEndian.Uint32(body[4:]))
			p.bits = int(body[8])
			switch body[9] {
			case 0:
				colors, p.space = 1, "/ColorSpace/DeviceGray"
			case 2:
				colors, p.space = 3, "/ColorSpace/DeviceRGB"
			case 3:
				colors = 1
			default:
				return nil, false
			}
			if plain && p.bits == 16 {
				return nil, false
			}
		case "PLTE":
			palette = body
		case "tRNS":
			return nil, false
		case "IDAT":
			p.data = append(p.data, body...)
		}
		at += length + 12
	}
	if colors == 0 {
		return nil, false
	}
	if p.space == "" {
		if len(palette) == 0 || len(palette)%3 != 0 || len(palette) > 768 {
			return nil, false
		}
		var s syntax
		s.key("/ColorSpace[/Indexed/DeviceRGB", len(palette)/3-1)
		s.literal(palette)
		s.put("]")
		p.space = string(s)
	}
	p.rest = fmt.Sprintf("/DecodeParms<</Predictor 15/Colors %d/BitsPerComponent %d/Columns %d>>", colors, p.bits, p.width)
	row := (p.width*colors*p.bits + 7) / 8
	return p, wholeRows(p.data, row, p.height)
}

// wholeRows reports whether packed holds just the given rows, each after a
// byte that names its filter.
func wholeRows(packed []byte, row, count int) bool {
	z, err := zlib.NewReader(bytes.NewReader(packed))
	if err != nil {
		return false
	}
	defer z.Close()
	line := make([]byte, row+1)
	for range count {
		if _, err := io.ReadFull(z, line); err != nil || line[0] > 4 {
			return false
		}
	}
	n, err := z.Read(line[:1])
	return n == 0 && err == io.EOF
}

// jpegSpace returns the colour space of a JPEG that a PDF takes as it is:
// 8 bits, grey or RGB. CMYK has no place beside an sRGB output intent
// (ISO 19005-2, 6.2.4.3), so it is decoded.
func jpegSpace(data []byte) (space string, ok bool) {
	for at := 2; at+10 < len(data) && data[at] == 0xFF; {
		marker := data[at+1]
		if marker == 0xFF {
			at++
			continue
		}
		if marker >= 0xC0 && marker <= 0xC2 {
			switch components := data[at+9]; components {
			case 1:
				space = "/ColorSpace/DeviceGray"
			case 3:
				space = "/ColorSpace/DeviceRGB"
				if at+16 < len(data) && data[at+10] == 'R' && data[at+13] == 'G' && data[at+16] == 'B' {
					return "", false // not YCbCr, which only its names tell
				}
			}
			return space, space != "" && data[at+4] == 8
		}
		at += 2 + int(binary.BigEndian.Uint16(data[at+2:]))
	}
	return "", false
}
