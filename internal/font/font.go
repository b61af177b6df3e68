// Package font reads TrueType faces: metrics, coverage, substitution, subsets.
package font

// Face is a parsed TrueType face, immutable and safe for concurrent use.
type Face struct{}
