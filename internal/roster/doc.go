// Package roster reads the lists of people and pairs that school offices keep
// in Excel, and writes registries for them.
//
// The way in: Open takes a workbook or CSV file within limits and gives plain
// rows (book.go, xlsx.go, csv.go); Understand finds the header of each sheet,
// maps columns by meaning, reads people and pairs and joins what several rows
// say of one person (roster.go, columns.go, rows.go, values.go, settle.go);
// Merge puts them into a profile's text by [profile.Editor], which keeps its
// comments (merge.go). Nothing is written before a person has seen what was
// understood.
//
// The way out: Registry, DistrictRegistry, Sample and Mistakes are workbooks
// made by excelize (sheet.go, export.go). A text is always a text
// cell there, never a formula.
//
// Sheets are read by our own small reader over encoding/xml and not by
// excelize: the limits on rows, columns and cells must hold before memory is
// taken (a 31 KB file with cells in column XFD costs excelize 2.35 GB), and
// once they are counted the cells are read.
package roster
