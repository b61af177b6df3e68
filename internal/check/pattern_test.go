package check

import (
	"testing"

	"nastavnik/internal/pattern"
)

// TestPatterns compiles the expressions of the rules, those of the profile
// among them: a bad one would be found only by the paper that needs it.
func TestPatterns(t *testing.T) {
	if n := pattern.Verify(); n < 100 {
		t.Errorf("got %d patterns, want them all", n)
	}
}
