package main

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// TestFaults holds testdata/faults.tsv, the list of faults that the program is
// held to: each has its script, which names it, its test, or the reason why
// it does not concern the program.
func TestFaults(t *testing.T) {
	list, err := os.ReadFile("testdata/faults.tsv")
	if err != nil {
		t.Fatal(err)
	}
	where := map[string]string{}
	for line := range strings.Lines(string(list)) {
		id, place, found := strings.Cut(strings.TrimRight(line, "\n"), "\t")
		if !found || where[id] != "" {
			t.Errorf("got %q, want one line for each fault", line)
		}
		where[id] = place
	}
	var ids []string
	for i := 1; i <= 173; i++ {
		if i <= 137 || i >= 154 { // between them are those of serve, a page that there is not
			ids = append(ids, fmt.Sprintf("F%03d", i))
		}
	}
	tests := map[string][]byte{} // sources of a package's tests
	for _, id := range ids {
		kind, name, _ := strings.Cut(where[id], ":")
		switch kind {
		case "script":
			text, err := os.ReadFile("testdata/script/" + name + ".txtar")
			if err != nil || !mentions(string(text), id) {
				t.Errorf("%s: script %s does not speak of it (%v)", id, name, err)
			}
		case "test":
			pkg, test, _ := strings.Cut(name, ".")
			if tests[pkg] == nil {
				tests[pkg] = testSources(t, pkg)
			}
			if !bytes.Contains(tests[pkg], []byte("func "+test+"(")) {
				t.Errorf("%s: there is no test %s", id, name)
			}
		case "n/a":
			if len(strings.TrimSpace(name)) < 10 {
				t.Errorf("%s: got %q, want a reason", id, name)
			}
		default:
			t.Errorf("%s: got %q, want a script, a test or a reason", id, where[id])
		}
	}
	if len(where) != len(ids) {
		t.Errorf("got %d lines, want %d", len(where), len(ids))
	}
}

var faultRange = regexp.MustCompile(`F(\d{3})–F(\d{3})`)

// mentions reports whether a script names a fault, by itself or in a range.
func mentions(text, id string) bool {
	if strings.Contains(text, id) {
		return true
	}
	for _, m := range faultRange.FindAllStringSubmatch(text, -1) {
		if "F"+m[1] <= id && id <= "F"+m[2] {
			return true
		}
	}
	return false
}

func testSources(t *testing.T, pkg string) []byte {
	t.Helper()
	pattern := "../../internal/" + pkg + "/*_test.go"
	if pkg == "nastavnik" {
		pattern = "*_test.go"
	}
	names, err := filepath.Glob(pattern)
	if err != nil || len(names) == 0 {
		t.Fatalf("package %s has no tests", pkg)
	}
	var all []byte
	for _, name := range names {
		b, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, b...)
	}
	return all
}
