// Package templates holds the built-in documents: Word files, the readable
// sources that they are made of, and the data that they are composed from.
//
// <id>.docx is the template of a document and blocks/<name>.docx a piece that
// templates include with {{> name}}. src/<id>.md and src/blocks/<name>.md are
// their sources in the language of package markup; «go generate ./templates»
// compiles them, and a test holds both in step.
package templates

import "embed"

//go:generate go run ./gen

// FS holds *.docx, blocks/*.docx, src/*.md, src/blocks/*.md and *.toml.
//
//go:embed *.docx *.toml blocks/*.docx src/*.md src/blocks/*.md
var FS embed.FS
