// Package pdfform fills fillable PDF forms (AcroForm): in go the bytes of a
// form and the values of its fields by name, out come the bytes of the filled
// form, in which every field shows its value in our own fonts, Cyrillic
// included, whichever reader opens it. The original stands unchanged before
// the update, unless the form is flattened: then values are part of the pages
// and nothing can be typed in.
//
// Text, several lines, combs, check boxes, radio buttons, combo and list
// boxes are filled; push buttons and signatures are left as they are. A form
// of XFA alone (Adobe LiveCycle) is refused, and so is a signed one.
//
// ISO 32000-1:2008, 12.7.
package pdfform
