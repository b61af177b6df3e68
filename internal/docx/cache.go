package docx

import (
	"bytes"
	"sync"
)

// Cache keeps what was read of parts that many packages have alike: the papers
// of one template share its styles, numbering and settings. Trees of a package
// opened by a Cache are shared, so they may be read by several goroutines.
//
// The zero Cache is ready; a nil one keeps nothing. It is safe for concurrent
// use, and its bounds keep it to some megabytes.
type Cache struct {
	mu   sync.Mutex
	seen map[partKey]bool   // parts met once, not yet worth keeping
	kept map[partKey]*alike // parts met again
	held int                // bytes of parts kept, unpacked
}

// partKey is what the directory of the zip says of a part.
type partKey struct {
	crc    uint32
	method uint16
	packed int
	size   int64
}

// alike is a part as it stands in a zip with what was read of it.
type alike struct {
	packed []byte
	bytes  []byte
	tree   *Node
}

// Bounds of a Cache. When one is reached all of its kind is dropped; a tree
// has about ten times the bytes of its part.
const (
	maxSeen = 10_000
	maxHeld = 1 << 20
)

// Open is as the function of that name, and shares what it can with packages
// opened before.
func (c *Cache) Open(b []byte) (*Package, error) { return open(b, c) }

// peek returns the tree of a packed part. It is the caller's own, to be changed
// freely, unless shared.
func (c *Cache) peek(part *Part) (tree *Node, shared bool, err error) {
	if c == nil || part.packed == nil || part.used || part.size > maxHeld/4 {
		tree, err = part.parse()
		return tree, false, err
	}
	key := partKey{part.crc, part.method, len(part.packed), part.size}
	c.mu.Lock()
	found, again := c.kept[key], c.seen[key]
	c.mu.Unlock()
	if found != nil && bytes.Equal(found.packed, part.packed) {
		part.bytes = found.bytes
		return found.tree, true, nil
	}
	if tree, err = part.parse(); err != nil {
		return nil, false, err
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if !again {
		if c.seen == nil || len(c.seen) >= maxSeen {
			c.seen = map[partKey]bool{}
		}
		c.seen[key] = true
		return tree, false, nil
	}
	if c.kept == nil || c.held+len(part.bytes) > maxHeld {
		c.kept, c.held = map[partKey]*alike{}, 0
	}
	if old := c.kept[key]; old != nil {
		return tree, false, nil // another was as quick
	}
	c.kept[key] = &alike{bytes.Clone(part.packed), part.bytes, tree}
	c.held += len(part.bytes)
	return tree, true, nil
}
