package fill

import (
	"slices"
	"strings"

	"nastavnik/internal/diag"
	"nastavnik/internal/docx"
)

// Report is what Check found in a template; it marshals to JSON.
type Report struct {
	Template string    `json:"template"`
	Problems []Finding `json:"problems"`
	Fields   []string  `json:"fields,omitempty"` // paths of the data that the template uses
	Unused   []string  `json:"unused,omitempty"` // paths of the data that it does not

	spots map[*diag.Problem]spot
}

// Finding is a problem with its level in words.
type Finding struct {
	Level string `json:"level"`
	*diag.Problem
}

// Check compiles a template without filling it: every placeholder against the
// schema or the data of o.Env, all mistakes at once, and what of the data no
// placeholder uses. It reads pkg as Compile does.
func Check(pkg *docx.Package, o Options) (Report, diag.List) {
	report := Report{Template: o.Name, Problems: []Finding{}, spots: map[*diag.Problem]spot{}}
	c, t := compile(pkg, o)
	problems := c.sorted()
	if !problems.Failed() {
		report.Fields = t.fields
		if o.Env != nil {
			report.Unused = unused(envShape(o.Env), t.fields)
		}
	}
	for _, p := range problems {
		if at, known := c.spots[placeKey(p.Place)]; known {
			report.spots[p] = at
		}
		report.Problems = append(report.Problems, Finding{p.Level.String(), p})
	}
	return report, problems
}

// unused returns the paths of a shape that no field of a template reaches, the
// shortest for each: "director" rather than all that a director has.
func unused(s *shape, fields []string) []string {
	var list []string
	var walk func(s *shape, path string, seen []*shape) bool
	walk = func(s *shape, path string, seen []*shape) (all bool) {
		if slices.Contains(fields, path) && path != "" {
			return false
		}
		if !slices.ContainsFunc(fields, func(f string) bool { return under(f, path) }) || slices.Contains(seen, s) {
			return true
		}
		seen = append(slices.Clone(seen), s)
		if s.form == formList {
			if walk(orAny(s.elem), path+"[]", seen) {
				list = append(list, path)
			}
			return false
		}
		for _, name := range s.names {
			below := strings.TrimPrefix(path+"."+name, ".")
			if walk(s.fields[name].shape, below, seen) {
				list = append(list, below)
			}
		}
		return false
	}
	walk(s, "", nil)
	slices.Sort(list)
	return list
}

// under reports whether path is above f, or is it.
func under(f, path string) bool {
	rest, found := strings.CutPrefix(f, path)
	return path == "" || found && (rest == "" || rest[0] == '.' || rest[0] == '[')
}
