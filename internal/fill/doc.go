// Package fill puts data into a Word file that somebody typed placeholders in.
//
// In: a package with text such as «{{ director.name.dat }}» and, once for all,
// the schema of the data. Compile reads the tree, heals what Word tore apart,
// pairs the blocks, lifts each to the level that its two ends mean (run,
// paragraph, row, column, section) and flattens it all to operations. Out, for
// each set of data: the same package with everything else as it was. A
// Template is immutable, and Render may run in parallel.
//
// All that a person can mend is told at once, with the place as they see it in
// Word, and may be written into a copy of the template as comments. The law: a
// template without placeholders comes out part for part as it went in. What
// values mean (cases, dates) is left to those who make the data.
//
// The files, in the order of the work: placeholder.go reads what stands between
// braces, scan.go finds it, include.go brings blocks in, revise.go accepts
// tracked changes, pair.go matches, lift.go lifts, emit.go and cell.go flatten,
// expr.go and shape.go know names and types, render.go writes.
//
// Known shortcomings: text in charts, SmartArt and addresses of links is not
// filled, but reported; a table of contents gets the pages of the filled
// document by Renumber, but its entries only when Word renews it; the
// description of a link that a block divides is filled in its first half only.
package fill
