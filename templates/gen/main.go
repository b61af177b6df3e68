// Gen compiles templates/src/*.md and templates/src/blocks/*.md into the Word
// files beside them. Run it with «go generate ./templates».
package main

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"nastavnik/internal/markup"
)

func main() {
	if err := run("."); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

// run compiles every source below dir and writes what changed.
func run(dir string) error {
	for _, sub := range []string{"", "blocks"} {
		sources, err := filepath.Glob(filepath.Join(dir, "src", sub, "*.md"))
		if err != nil {
			return err
		}
		for _, source := range sources {
			text, err := os.ReadFile(source)
			if err != nil {
				return err
			}
			made, err := markup.CompileBytes(filepath.ToSlash(source), text)
			if err != nil {
				return err
			}
			name := strings.TrimSuffix(filepath.Base(source), ".md") + ".docx"
			target := filepath.Join(dir, sub, name)
			if old, err := os.ReadFile(target); err == nil && bytes.Equal(old, made) {
				continue
			}
			if err := os.WriteFile(target, made, 0o644); err != nil {
				return err
			}
			fmt.Fprintln(os.Stderr, target)
		}
	}
	return nil
}
