// Package samples embeds profiles that the tests and the README run: six
// invented schools and districts. All people, telephones and numbers of
// papers in them are made up; surnames are things of the classroom on
// purpose.
//
//   - demo-2026: a school of 2026-2027, the one that «nastavnik generate»
//     works on when no profile is named;
//   - 000-maima, 001-onguday: districts of eight and seven schools;
//   - 002-sargat: eleven mentors for four mentees, classes as groups;
//   - 003-gymnasium144: a page of the school's site;
//   - 004-zakharvan: a letterhead in two languages and a road map of its own.
package samples

import "embed"

// FS holds each folder with its school.toml, or municipality.toml and
// schools/*.toml.
//
//go:embed */*.toml */schools/*.toml
var FS embed.FS

// Demo is the profile that «nastavnik generate» works on by default.
const Demo = "demo-2026/school.toml"
