package pattern

import "testing"

func TestPattern(t *testing.T) {
	p := New(`(\d+)-(\p{L})`)
	if p.re != nil {
		t.Error("compiled before it was used")
	}
	if got := p.FindStringSubmatch("класс 10-А"); len(got) != 3 || got[1] != "10" || got[2] != "А" {
		t.Errorf("got %q", got)
	}
	if got := p.ReplaceAllString("10-А", "$2$1"); got != "А10" {
		t.Errorf("got %q", got)
	}
	before := Verify()
	New(`(`)
	defer func() {
		if recover() == nil {
			t.Error("got no panic for a bad expression")
		}
		all.list = all.list[:before]
	}()
	Verify()
}
