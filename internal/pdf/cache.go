package pdf

import (
	"sync"

	"nastavnik/internal/font"
)

// Cache keeps font subsets and pictures of earlier documents, packed:
// documents made of one template by one school often use the same characters,
// and all of them the same emblem. It is safe for concurrent use, and its
// bounds keep it to some megabytes. A nil Cache keeps nothing.
type Cache struct {
	mu       sync.Mutex
	subsets  map[subsetKey]*Font
	pictures map[pictureKey]*picture
	held     int // bytes of pictures
}

type subsetKey struct {
	face  *font.Face
	runes string
}

type pictureKey struct {
	sum    [32]byte
	plain  bool // for level A-1, which knows no transparency
	shrink int  // made smaller by this factor
}

// Bounds of a Cache. A packed subset has 10 to 30 KB. When either is reached
// all of its kind is dropped.
const (
	maxSubsets  = 256
	maxPictures = 16 << 20 // bytes
)

// font returns the subset of a face for the characters in use.
func (c *Cache) font(u *usage) (*Font, error) {
	if c == nil {
		return PackFont(u.face, u.runes)
	}
	key := subsetKey{u.face, string(u.runes)}
	c.mu.Lock()
	f := c.subsets[key]
	c.mu.Unlock()
	if f != nil {
		return f, nil
	}
	f, err := PackFont(u.face, u.runes)
	if err != nil {
		return nil, err
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.subsets == nil || len(c.subsets) >= maxSubsets {
		c.subsets = map[subsetKey]*Font{}
	}
	c.subsets[key] = f
	return f, nil
}

// picture returns a picture ready for a file.
func (c *Cache) picture(key pictureKey, src source, data []byte) (*picture, error) {
	if c == nil {
		return encode(key, src, data)
	}
	c.mu.Lock()
	p := c.pictures[key]
	c.mu.Unlock()
	if p != nil {
		return p, nil
	}
	p, err := encode(key, src, data)
	if err != nil || p.size() > maxPictures/4 {
		return p, err
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.pictures == nil || c.held+p.size() > maxPictures {
		c.pictures, c.held = map[pictureKey]*picture{}, 0
	}
	c.pictures[key] = p
	c.held += p.size()
	return p, nil
}
