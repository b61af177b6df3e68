// Package pdfread reads PDF files: objects, streams, pages and the text on
// them. In go the bytes of any PDF, however old or damaged; out come plain Go
// values. Package pdfform fills forms with it, the tests of package pdf read
// back what was written, and the check of a public set searches its text.
//
// Files from outside are hostile: sizes, depths and counts are bounded, and a
// broken cross-reference is rebuilt by a search for objects. Encrypted files
// are refused. Pictures are not decoded.
//
// ISO 32000-1:2008, chapter 7.
package pdfread
