//go:build !interop

package pdf_test

// corpusStep takes every third real document; the interop tests take all.
const corpusStep = 3
