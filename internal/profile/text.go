package profile

import "nastavnik/internal/diag"

// Guard refuses, as reading a profile does, text that is too large, nested too
// deeply or not UTF-8, and returns it without the byte order mark. It is for
// others who hand text from a user to a parser of TOML or JSON.
func Guard(name string, b []byte) ([]byte, *diag.Problem) {
	src, wrong := newSource(name, b)
	if wrong != nil {
		return nil, wrong
	}
	return src.text, nil
}
