package generate

import (
	"fmt"
	"path"
	"strings"
	"unicode"

	"nastavnik/internal/catalog"
	"nastavnik/internal/russian"
)

// File names are the same on Linux and Windows: characters that Windows
// forbids become a hyphen or go, no name is reserved, none ends in a dot or a
// blank, none is longer than longest bytes with its extension and the suffix
// of a temporary file; names that differ only in case, in Ё and Е or in й
// written with a combining mark get «(2)» (faults of names: F076–F081).

// longest leaves room in the 255 bytes of a Linux name for a temporary suffix.
const longest = 200

// fileNames names the files of a set, without extension, in the order of its
// jobs.
func fileNames(set catalog.Set, translit bool) []string {
	names := make([]string, len(set.Jobs))
	taken := map[string]bool{}
	for i, job := range set.Jobs {
		name := portable(fmt.Sprintf("%02d %s", job.Document.Number, job.FileTitle()))
		if translit {
			name = portable(russian.Translit(name))
		}
		unique := name
		for n := 2; taken[fold(unique)]; n++ {
			unique = fmt.Sprintf("%s (%d)", name, n)
		}
		taken[fold(unique)] = true
		names[i] = unique
	}
	return names
}

// portable makes a name that every file system takes.
func portable(name string) string {
	var b strings.Builder
	for _, r := range name {
		switch {
		case strings.ContainsRune(`/\|:`, r):
			b.WriteRune('-')
		case strings.ContainsRune(`*?"<>`, r) || r < ' ' || r == 0x7F:
		case unicode.IsSpace(r):
			b.WriteRune(' ')
		case r == '«' || r == '»' || r == '„' || r == '“':
		default:
			b.WriteRune(r)
		}
	}
	name = strings.Join(strings.Fields(b.String()), " ")
	const room = longest - len(".docx")
	for len(name) > room {
		cut := 0
		for i := range name {
			if i > room {
				break
			}
			cut = i
		}
		name = name[:cut]
	}
	name = strings.TrimRight(name, ". ")
	if reserved(name) {
		name = "_" + name
	}
	return name
}

// reserved reports whether Windows keeps the name, with any extension, for a
// device.
func reserved(name string) bool {
	stem, _, _ := strings.Cut(strings.ToUpper(name), ".")
	switch stem {
	case "", "CON", "PRN", "AUX", "NUL":
		return true
	}
	rest, found := strings.CutPrefix(stem, "COM")
	if !found {
		rest, found = strings.CutPrefix(stem, "LPT")
	}
	return found && strings.ContainsAny(rest, "123456789¹²³") && len([]rune(rest)) == 1
}

// fold makes equal what a file system or an eye may take for equal.
func fold(name string) string {
	return strings.NewReplacer("ё", "е", "и\u0306", "й").Replace(strings.ToLower(name))
}

// stem is a file's name without its extension.
func stem(name string) string { return strings.TrimSuffix(name, path.Ext(name)) }
