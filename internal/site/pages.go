package site

import (
	"bytes"
	_ "embed"
	"html/template"
	"sync"
)

// mark stands in every page of ours, so that another's page is never taken
// for it.
const mark = `<meta name="generator" content="nastavnik">`

//go:embed pages.html
var pagesSource string

var pageTemplates = sync.OnceValue(func() *template.Template {
	return template.Must(template.New("pages").Funcs(template.FuncMap{
		"mark": func() template.HTML { return mark },
	}).Parse(pagesSource))
})

// pageData is what the pages are made of.
type pageData struct {
	Title   string
	School  string
	Status  Status
	Body    template.HTML
	Paper   paper
	Papers  []paper
	Schools []school
}

func render(name string, data pageData) ([]byte, error) {
	var out bytes.Buffer
	if err := pageTemplates().ExecuteTemplate(&out, name, data); err != nil {
		return nil, err
	}
	return out.Bytes(), nil
}
