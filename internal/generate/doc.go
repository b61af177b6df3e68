// Package generate is the only place that joins the stages: profiles in, a
// folder of papers out.
//
// An Engine holds what a run shares: the catalog, the templates compiled once
// each, the fonts. Run takes targets (schools and districts), several at a
// time; for each it reads the profile, asks the catalog which papers apply,
// fills, lays out and draws them, and hands the bytes to a folder, which
// decides what is new, changed, unchanged, edited by hand or stale and writes
// it safely (folder.go). A target that fails does not stop the others.
//
// The same targets and options give the same bytes whatever the number of
// workers: no stage looks at a clock, and results are told in the order of
// the targets.
package generate
