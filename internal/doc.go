// Package internal draws the order in which the packages of nastavnik stand:
// one line a package, with all it may import of ours, every one of them
// further down. order_test.go reads these lines and fails on any other
// import. A new import is a change to the drawing, argued for in its commit.
//
//	cmd/nastavnik: internal/* templates fonts samples
//	templates/gen: markup
//	internal/site: generate profile pdfread wml docx russian diag
//	internal/generate: catalog profile fill docx wml layout pdfform pdf page font check russian diag unit
//	internal/check: catalog profile wml docx page font pdfcheck pdfread russian pattern diag unit
//	internal/catalog: profile russian diag
//	internal/roster: profile russian pattern diag
//	internal/profile: russian pattern diag
//	internal/markup: docx diag
//	internal/fill: docx russian diag
//	internal/layout: wml page font docx diag unit
//	internal/wml: docx diag unit
//	internal/pdfform: pdf pdfread font diag
//	internal/pdfcheck: pdfread
//	internal/pdf: page pdfread font diag unit
//	internal/pdfread: diag
//	internal/page: font unit
//	internal/docx: diag
//	internal/font: unit diag
//	internal/russian:
//	internal/pattern:
//	internal/golden:
//	internal/diag:
//	internal/unit:
package internal
