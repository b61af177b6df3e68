// Package pdfcheck holds a PDF against what archives and screen readers ask of
// it: PDF/A-2 (ISO 19005-2:2011), PDF/A-3 where it differs, and PDF/UA-1
// (ISO 14289-1:2014, in Russia ГОСТ Р 70176-2022), as far as a machine can
// judge. In goes an open file, out comes a list of faults, each with the
// clause that it breaks.
//
// The conditions are listed in conditions.go. They follow the clauses of the
// standards and, for PDF/UA, the failure conditions of the Matterhorn Protocol
// 1.1 that are marked as decidable by software. A file is held to what it
// claims: the rules for a tagged file (level A) only where its metadata say
// level A, those of PDF/UA where they say PDF/UA.
//
// Not judged: the inside of ICC profiles beyond their head, of JPEG 2000, of
// Type 1 and CFF font programs, and what only a person can judge, such as
// whether the alternative text of a picture is true.
package pdfcheck
