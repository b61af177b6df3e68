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
// Word. The law: a template without placeholders comes out part for part as it
// went in. What values mean (cases, dates) is left to those who make the data.
package fill
