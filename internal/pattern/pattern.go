package pattern

import (
	"regexp"
	"sync"
)

// Pattern is a regular expression; its methods are those of regexp.Regexp.
type Pattern struct {
	text string
	once sync.Once
	re   *regexp.Regexp
}

// all are the patterns made so far, for Verify.
var all struct {
	sync.Mutex
	list []*Pattern
}

// New makes a pattern for a package variable. A text that is no regular
// expression panics when it is first used; a test calls Verify to find it.
func New(text string) *Pattern {
	p := &Pattern{text: text}
	all.Lock()
	all.list = append(all.list, p)
	all.Unlock()
	return p
}

// Verify compiles every pattern and returns how many there are.
func Verify() int {
	all.Lock()
	list := all.list
	all.Unlock()
	for _, p := range list {
		p.get()
	}
	return len(list)
}

func (p *Pattern) get() *regexp.Regexp {
	p.once.Do(func() { p.re = regexp.MustCompile(p.text) })
	return p.re
}

// String returns the text of the expression.
func (p *Pattern) String() string { return p.text }

func (p *Pattern) MatchString(s string) bool              { return p.get().MatchString(s) }
func (p *Pattern) Match(b []byte) bool                    { return p.get().Match(b) }
func (p *Pattern) FindString(s string) string             { return p.get().FindString(s) }
func (p *Pattern) FindStringIndex(s string) []int         { return p.get().FindStringIndex(s) }
func (p *Pattern) FindStringSubmatch(s string) []string   { return p.get().FindStringSubmatch(s) }
func (p *Pattern) FindStringSubmatchIndex(s string) []int { return p.get().FindStringSubmatchIndex(s) }
func (p *Pattern) FindSubmatch(b []byte) [][]byte         { return p.get().FindSubmatch(b) }
func (p *Pattern) FindSubmatchIndex(b []byte) []int       { return p.get().FindSubmatchIndex(b) }
func (p *Pattern) FindAllString(s string, n int) []string { return p.get().FindAllString(s, n) }
func (p *Pattern) FindAllStringIndex(s string, n int) [][]int {
	return p.get().FindAllStringIndex(s, n)
}
func (p *Pattern) FindAllStringSubmatch(s string, n int) [][]string {
	return p.get().FindAllStringSubmatch(s, n)
}
func (p *Pattern) FindAllStringSubmatchIndex(s string, n int) [][]int {
	return p.get().FindAllStringSubmatchIndex(s, n)
}
func (p *Pattern) ReplaceAllString(s, with string) string { return p.get().ReplaceAllString(s, with) }
func (p *Pattern) ReplaceAllStringFunc(s string, f func(string) string) string {
	return p.get().ReplaceAllStringFunc(s, f)
}
func (p *Pattern) Split(s string, n int) []string { return p.get().Split(s, n) }
