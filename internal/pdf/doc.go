// Package pdf writes finished pages as a PDF: in goes a page.Document, out
// come bytes that are the same for the same input on every machine.
//
// By default the file is PDF/A-2a and PDF/UA-1: fonts embedded as subsets,
// every character readable back, the structure tree that a screen reader
// follows, decorations marked as artifacts, XMP metadata and an sRGB output
// intent. With attachments it is PDF/A-3a. LevelA1b gives the twin that
// PDFBox Preflight can check.
//
// The package only draws. Where things stand, what is a heading and what a
// decoration was decided by layout. Join puts many documents into one file
// for the printer.
//
// ISO 32000-1:2008 (PDF 1.7), ISO 19005-2:2011, ISO 14289-1:2014.
package pdf
