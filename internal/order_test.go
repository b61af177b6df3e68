package internal

import (
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// TestOrder holds every import between our packages against the drawing in
// doc.go (the way of Go's own go/build/deps_test.go).
func TestOrder(t *testing.T) {
	source, err := os.ReadFile("doc.go")
	if err != nil {
		t.Fatal(err)
	}
	allowed := map[string][]string{}
	var order []string
	for line := range strings.Lines(string(source)) {
		drawn, found := strings.CutPrefix(line, "//\t")
		if !found {
			continue
		}
		name, imports, _ := strings.Cut(strings.TrimSpace(drawn), ":")
		order = append(order, name)
		allowed[name] = strings.Fields(imports)
	}
	for i, name := range order {
		for _, imported := range allowed[name] {
			if at := slices.Index(order, "internal/"+imported); at >= 0 && at <= i {
				t.Errorf("doc.go: %s may import %s, which does not stand below it", name, imported)
			}
		}
	}

	err = filepath.WalkDir("..", func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() && strings.HasPrefix(entry.Name(), ".") && len(entry.Name()) > 2 {
			return cmpSkip(err)
		}
		if entry.IsDir() || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
			return nil
		}
		dir, _ := filepath.Rel("..", filepath.Dir(path))
		dir = filepath.ToSlash(dir)
		if strings.Contains(dir, "testdata") {
			return nil
		}
		file, err := parser.ParseFile(token.NewFileSet(), path, nil, parser.ImportsOnly)
		if err != nil {
			return err
		}
		for _, spec := range file.Imports {
			imported, _ := strconv.Unquote(spec.Path.Value)
			ours, found := strings.CutPrefix(imported, "nastavnik/")
			if !found {
				continue
			}
			may := allowed[dir]
			short := strings.TrimPrefix(ours, "internal/")
			if !slices.Contains(may, short) && !slices.Contains(may, "internal/*") {
				t.Errorf("%s imports %s, which internal/doc.go does not draw", dir, ours)
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

func cmpSkip(err error) error {
	if err != nil {
		return err
	}
	return filepath.SkipDir
}
