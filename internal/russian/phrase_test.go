package russian

import (
	"flag"
	"os"
	"strings"
	"testing"
)

var update = flag.Bool("update", false, "write testdata anew")

// TestOwnTables holds names, posts and organisations that are chosen by us
// and read through by eye, form by form.
func TestOwnTables(t *testing.T) {
	ownTable(t, "testdata/names.tsv")
	ownTable(t, "testdata/phrases.tsv")
}

func ownTable(t *testing.T, path string) {
	var fresh strings.Builder
	fresh.WriteString("kind\tgender\tnominative\tgenitive\tdative\taccusative\tinstrumental\tprepositional\n")
	for _, row := range table(t, path) {
		want := formsOf(row)
		var got Forms
		switch row["kind"] {
		case "post":
			got = Post(want[Nom], Unknown)
		case "org":
			got = Org(want[Nom])
		default:
			got = declinePart(row["kind"], want[Nom], ParseGender(row["gender"]))
		}
		fresh.WriteString(row["kind"] + "\t" + row["gender"] + "\t" + strings.Join(got[:], "\t") + "\n")
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
