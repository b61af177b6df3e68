// Package profile reads a school's or a district's TOML profile.
//
// In: the bytes of a file, as a person wrote them in an editor. Out: a School
// or a Municipality with everything it inherits, and every problem of the
// file at once, each with its line and column, as a [diag.List].
//
// The way of a file: size, encoding and depth are checked before the parser
// sees a byte (guard.go); BurntSushi/toml reads the values, and its
// complaints are put into plain Russian (syntax.go); our own scanner finds
// the place of every key and value (scan.go); decode.go puts the values into
// the types of types.go and reports unknown keys and wrong types; load.go
// joins the school with its district; check*.go hold the rules E03–W36 of the
// domain specification. edit.go changes one value of a file and leaves the
// rest of its bytes alone.
//
// Left to others: what a document needs and which acts it cites (catalog),
// cases of names (russian), glyphs of fonts (layout).
package profile
