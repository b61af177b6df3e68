package pdfcheck

import (
	"bytes"
	"encoding/xml"
	"io"
	"strings"
	"unicode/utf8"

	"nastavnik/internal/pdfread"
)

// Namespaces of metadata.
const (
	nsRDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
	nsDC  = "http://purl.org/dc/elements/1.1/"
	nsPDF = "http://ns.adobe.com/pdf/1.3/"
	nsXMP = "http://ns.adobe.com/xap/1.0/"
	nsA   = "http://www.aiim.org/pdfa/ns/id/"
	nsUA  = "http://www.aiim.org/pdfua/ns/id/"
	nsExt = "http://www.aiim.org/pdfa/ns/extension/"
)

// predefined are the schemas whose properties need no description
// (ISO 19005-2, 6.6.2.3.1).
var predefined = map[string]bool{
	nsRDF: true, nsDC: true, nsPDF: true, nsXMP: true, nsA: true, nsExt: true,
	"http://ns.adobe.com/xap/1.0/mm/": true, "http://ns.adobe.com/xap/1.0/rights/": true,
	"http://ns.adobe.com/xap/1.0/bj/": true, "http://ns.adobe.com/xap/1.0/t/pg/": true,
	"http://ns.adobe.com/xmp/1.0/DynamicMedia/": true, "http://ns.adobe.com/photoshop/1.0/": true,
	"http://ns.adobe.com/tiff/1.0/": true, "http://ns.adobe.com/exif/1.0/": true, "http://ns.adobe.com/exif/1.0/aux/": true,
	"http://ns.adobe.com/camera-raw-settings/1.0/": true,
}

// xmp is the metadata of a file.
type xmp struct {
	there     bool
	fault     string
	values    map[xml.Name]string // of top properties, parts of a list joined by «; »
	described map[string]bool     // namespaces that extension schemas describe
}

// readMetadata reads the packet and what it claims.
func (c *checker) readMetadata() {
	c.xmp = xmp{values: map[xml.Name]string{}, described: map[string]bool{}}
	s, ok := c.f.Resolve(c.root["Metadata"]).(*pdfread.Stream)
	if !ok {
		return
	}
	data, err := c.f.Decode(s)
	if err != nil {
		return
	}
	c.xmp.read(data)
	value := func(ns, name string) string { return strings.TrimSpace(c.xmp.values[xml.Name{Space: ns, Local: name}]) }
	c.claim = Claim{Part: digit(value(nsA, "part")), Level: value(nsA, "conformance"), UA: digit(value(nsUA, "part"))}
}

func digit(s string) int {
	if len(s) == 1 && s[0] >= '1' && s[0] <= '9' {
		return int(s[0] - '0')
	}
	return 0
}

// read walks the packet: rdf:RDF, in it descriptions, in them properties, as
// elements or as attributes.
func (x *xmp) read(data []byte) {
	x.there = true
	if !utf8.Valid(data) {
		x.fault = "метаданные не в UTF-8"
		return
	}
	d := xml.NewDecoder(bytes.NewReader(data))
	depth, base := 0, -1 // base: depth of the properties
	var property xml.Name
	var text strings.Builder
	inNamespace := false
	for {
		t, err := d.Token()
		if err == io.EOF {
			return
		}
		if err != nil {
			x.fault = "метаданные – не XML"
			return
		}
		switch t := t.(type) {
		case xml.ProcInst:
			if t.Target == "xpacket" && (bytes.Contains(t.Inst, []byte("bytes=")) || bytes.Contains(t.Inst, []byte("encoding="))) {
				x.fault = "в начале пакета XMP стоит bytes или encoding"
			}
		case xml.StartElement:
			depth++
			switch {
			case t.Name == (xml.Name{Space: nsRDF, Local: "Description"}) && (base < 0 || base == depth+1):
				base = depth + 1
				for _, a := range t.Attr {
					if a.Name.Space != "" && a.Name.Space != "xmlns" && a.Name.Space != nsRDF && a.Name.Space != "xml" {
						x.values[a.Name] = a.Value
					}
				}
			case depth == base:
				property = t.Name
				text.Reset()
			case t.Name.Space == nsRDF && t.Name.Local == "li" && text.Len() > 0:
				text.WriteString("; ")
			}
			inNamespace = t.Name.Local == "namespaceURI"
		case xml.CharData:
			if s := strings.TrimSpace(string(t)); s != "" && depth >= base && base > 0 {
				if inNamespace {
					x.described[s] = true
				}
				text.Write(bytes.Trim(t, "\n\r\t"))
			}
		case xml.EndElement:
			if depth == base {
				x.values[property] = text.String()
			}
			inNamespace = false
			depth--
		}
	}
}

// metadata judges the packet and holds the document information against it.
func (c *checker) metadata() {
	switch {
	case !c.xmp.there:
		c.say("A 6.6.2", 0, "нет метаданных XMP")
		return
	case c.xmp.fault != "":
		c.say("A 6.6.2", 0, "%s", c.xmp.fault)
	}
	for name := range c.xmp.values {
		if !predefined[name.Space] && !c.xmp.described[name.Space] && name.Space != nsUA {
			c.say("A 6.6.2", 0, "свойство %s из неизвестной схемы %s", name.Local, name.Space)
		}
		if name.Space == nsUA && !c.xmp.described[nsUA] && c.claim.Part > 0 {
			c.say("A 6.6.2", 0, "схема PDF/UA не описана")
		}
	}
	if c.claim.Part < 1 || c.claim.Part > 3 || !strings.Contains("AB", c.claim.Level) && (c.claim.Level != "U" || c.claim.Part == 1) || c.claim.Level == "" {
		c.say("A 6.6.4", 0, "часть «%d» и уровень «%s» PDF/A", c.claim.Part, c.claim.Level)
	}
	if c.ua() && c.claim.UA != 1 {
		c.say("UA 5", 0, "метаданные не называют PDF/UA-1")
	}
	if c.ua() && c.xmp.values[xml.Name{Space: nsDC, Local: "title"}] == "" {
		c.say("UA 7.1", 0, "в метаданных нет заголовка")
	}
	info := c.f.Dict(c.f.Trailer["Info"])
	for key, name := range map[pdfread.Name]xml.Name{
		"Title": {Space: nsDC, Local: "title"}, "Author": {Space: nsDC, Local: "creator"}, "Subject": {Space: nsDC, Local: "description"},
		"Keywords": {Space: nsPDF, Local: "Keywords"}, "Producer": {Space: nsPDF, Local: "Producer"}, "Creator": {Space: nsXMP, Local: "CreatorTool"},
	} {
		if said := c.f.Text(info[key]); said != "" && said != c.xmp.values[name] {
			c.say("A 6.6.3", 0, "%s: сведения говорят «%s», метаданные – «%s»", key, said, c.xmp.values[name])
		}
	}
	for key, name := range map[pdfread.Name]string{"CreationDate": "CreateDate", "ModDate": "ModifyDate"} {
		said := digits(c.f.Text(info[key]))
		told := digits(c.xmp.values[xml.Name{Space: nsXMP, Local: name}])
		if n := min(len(said), len(told), 14); said != "" && (n < 8 || said[:n] != told[:n]) {
			c.say("A 6.6.3", 0, "%s: сведения говорят «%s», метаданные – «%s»", key, said, told)
		}
	}
}

// digits keeps the digits of a date: year, month, day, time.
func digits(s string) string {
	return strings.Map(func(r rune) rune {
		if r >= '0' && r <= '9' {
			return r
		}
		return -1
	}, s)
}
