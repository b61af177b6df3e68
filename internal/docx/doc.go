// Package docx holds a Word file as what it is: a zip of parts, their content
// types and relationships, and XML kept byte for byte.
//
// In: the bytes of a .docx, within the limits below. Out: parts, relationships
// and trees that the stages above read; and bytes again, the same on every
// machine, with untouched entries copied as they were packed. Nothing that a
// user's Word put in is lost: for every well-formed XML part the law holds
//
//	ParseXML(b).AppendTo(nil) == b
//
// Names are canonical by namespace, whatever prefix the file uses, and the
// same for the transitional and the strict form: "w:p", "a:blip", "r:id".
// What the elements mean is left to package wml; placeholders to package fill.
package docx
