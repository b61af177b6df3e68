package russian

import (
	"flag"
	"os"
	"strings"
	"testing"
)

var update = flag.Bool("update", false, "write testdata anew")

// TestPhrases holds the posts and organisations of testdata/phrases.tsv, all
// of our own making and read through by eye, form by form.
func TestPhrases(t *testing.T) {
	const path = "testdata/phrases.tsv"
	var fresh strings.Builder
	fresh.WriteString("kind\tnominative\tgenitive\tdative\taccusative\tinstrumental\tprepositional\n")
	for _, row := range table(t, path) {
		want := formsOf(row)
		got := Org(want[Nom])
		if row["kind"] == "post" {
			got = Post(want[Nom], Unknown)
		}
		fresh.WriteString(row["kind"] + "\t" + strings.Join(got[:], "\t") + "\n")
		if got != want && !*update {
			t.Errorf("%s: got %q, want %q", row["kind"], [6]string(got), [6]string(want))
		}
	}
	if *update {
		if err := os.WriteFile(path, []byte(fresh.String()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}
