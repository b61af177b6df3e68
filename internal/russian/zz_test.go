package russian

import (
	"fmt"
	"os"
	"strings"
	"testing"
)

func TestZZ(t *testing.T) {
	for _, kind := range []string{"posts", "orgs"} {
		b, _ := os.ReadFile("/tmp/" + kind + ".txt")
		for l := range strings.Lines(string(b)) {
			l = strings.TrimSuffix(l, "\n")
			var f Forms
			if kind == "posts" {
				f = Post(l, Unknown)
			} else {
				f = Org(l)
			}
			fmt.Println(f[1], "|", f[3], "|", f[4])
		}
	}
}
