package wml

import (
	"encoding/binary"
	"image"
	rgb "image/color"
)

// decodeDIB reads an uncompressed bitmap of 1 to 32 bits a dot; nil when it is
// of another kind. The raster operation says which dots are transparent.
func decodeDIB(header, bits []byte, how uint32) image.Image {
	le := binary.LittleEndian
	if len(header) < 40 {
		return nil
	}
	w, h := int(int32(le.Uint32(header[4:]))), int(int32(le.Uint32(header[8:])))
	depth, packing := int(le.Uint16(header[14:])), le.Uint32(header[16:])
	upright := h < 0
	if upright {
		h = -h
	}
	if w <= 0 || h <= 0 || w > maxPixels/h || packing != 0 && !(packing == 3 && depth == 32) {
		return nil
	}
	var colors []rgb.NRGBA
	for at := int(le.Uint32(header)); depth <= 8 && at+4 <= len(header) && len(colors) < 1<<depth; at += 4 {
		colors = append(colors, rgb.NRGBA{header[at+2], header[at+1], header[at], 255})
	}
	stride := (w*depth + 31) / 32 * 4
	if len(bits) < stride*h {
		return nil
	}
	img := image.NewNRGBA(image.Rect(0, 0, w, h))
	for y := range h {
		row := bits[stride*y:]
		to := h - 1 - y
		if upright {
			to = y
		}
		for x := range w {
			c := rgb.NRGBA{A: 255}
			switch depth {
			case 1, 4, 8:
				index := int(row[x*depth/8]) >> (8 - depth - x*depth%8) & (1<<depth - 1)
				if index < len(colors) {
					c = colors[index]
				}
			case 16:
				v := le.Uint16(row[2*x:])
				c.R, c.G, c.B = uint8(v>>10&31)<<3, uint8(v>>5&31)<<3, uint8(v&31)<<3
			case 24:
				c.R, c.G, c.B = row[3*x+2], row[3*x+1], row[3*x]
			case 32:
				c.R, c.G, c.B = row[4*x+2], row[4*x+1], row[4*x]
			default:
				return nil
			}
			black, white := c.R|c.G|c.B == 0, c.R&c.G&c.B == 255
			switch {
			case how == andSource && white, (how == orSource || how == xorSource) && black:
				c.A = 0
			case how == blend && depth == 32:
				if c.A = row[4*x+3]; c.A > 0 { // its colours are multiplied by it
					c.R, c.G, c.B = unmultiplied(c.R, c.A), unmultiplied(c.G, c.A), unmultiplied(c.B, c.A)
				}
			}
			img.SetNRGBA(x, to, c)
		}
	}
	return img
}

func unmultiplied(v, alpha uint8) uint8 { return uint8(min(255, int(v)*255/int(alpha))) }

// dibHeader returns the length of a bitmap's header and palette.
func dibHeader(dib []byte) int {
	le := binary.LittleEndian
	size, depth, used := int(le.Uint32(dib)), int(le.Uint16(dib[14:])), int(le.Uint32(dib[32:]))
	if used == 0 && depth <= 8 {
		used = 1 << depth
	}
	if depth > 8 {
		used = 0
	}
	return min(max(size, 0)+4*min(used, 256), len(dib))
}
