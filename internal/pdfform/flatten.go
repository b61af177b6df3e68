package pdfform

import (
	"bytes"
	"fmt"
	"maps"
	"slices"

	"nastavnik/internal/pdfread"
)

// flatten draws the appearance of every widget into its page and takes the
// widgets away. A hidden widget vanishes.
func (f *Form) flatten(p *painter) {
	tags := f.tags(p)
	for i, page := range f.pages {
		var content bytes.Buffer
		xobjects := pdfread.Dict{}
		var rest pdfread.Array
		for _, o := range f.file.Array(page.Dict["Annots"]) {
			r, _ := o.(pdfread.Ref)
			d, _ := p.update.Get(r).(pdfread.Dict)
			if f.file.Name(d["Subtype"]) != "Widget" {
				rest = append(rest, o)
				continue
			}
			form, stream := f.appearance(p, d)
			if stream == nil || f.file.Int(d["F"])&(1<<1|1<<5) != 0 {
				tags.drop(r, d)
				continue
			}
			name := pdfread.Name(fmt.Sprintf("NastavnikForm%d", len(xobjects)+1))
			xobjects[name] = form
			content.WriteString(tags.open(i, r, d))
			content.WriteString(f.placing(d, stream, string(name)))
			content.WriteString(tags.shut())
		}
		if content.Len() == 0 && len(rest) == len(f.file.Array(page.Dict["Annots"])) {
			continue
		}
		d := clone(page.Dict)
		delete(d, "Annots")
		if len(rest) > 0 {
			d["Annots"] = rest
		}
		resources := clone(page.Resources)
		all := clone(f.file.Dict(resources["XObject"]))
		for name, form := range xobjects {
			all[name] = form
		}
		resources["XObject"] = all
		d["Resources"] = resources
		contents := f.file.Array(d["Contents"])
		if contents == nil && d["Contents"] != nil {
			contents = pdfread.Array{d["Contents"]}
		}
		open := p.update.Add(&pdfread.Stream{Dict: pdfread.Dict{}, Raw: []byte("q\n")})
		shut := p.update.Add(&pdfread.Stream{Dict: pdfread.Dict{}, Raw: append([]byte("\nQ\n"), content.Bytes()...)})
		d["Contents"] = append(append(pdfread.Array{open}, contents...), shut)
		p.update.Set(f.pages[i].Ref, d)
	}
	tags.write()
}

// tags keeps the structure of a tagged form in step with its flattening: what
// an element Form had as an annotation it now has as content of the page.
//
// ISO 32000-1, 14.7.4; ISO 14289-1, 7.1 and 7.18.4.
type tags struct {
	p       *painter
	root    pdfread.Ref // StructTreeRoot; zero when the form has no tags
	parents map[int]pdfread.Object
}

func (f *Form) tags(p *painter) *tags {
	t := &tags{p: p, parents: map[int]pdfread.Object{}}
	root, ok := f.file.Catalog()["StructTreeRoot"].(pdfread.Ref)
	if !ok || f.file.Dict(root)["ParentTree"] == nil {
		return t
	}
	t.root = root
	var walk func(o pdfread.Object, depth int)
	walk = func(o pdfread.Object, depth int) {
		node := f.file.Dict(o)
		if node == nil || depth > maxLevels {
			return
		}
		for _, kid := range f.file.Array(node["Kids"]) {
			walk(kid, depth+1)
		}
		nums := f.file.Array(node["Nums"])
		for i := 0; i+1 < len(nums); i += 2 {
			t.parents[f.file.Int(nums[i])] = nums[i+1]
		}
	}
	walk(f.file.Dict(root)["ParentTree"], 0)
	return t
}

// element takes the element of a widget out of the tree of parents, and
// replaces the widget in it; nil takes it away.
func (t *tags) element(w pdfread.Ref, d pdfread.Dict, by pdfread.Object) {
	f := t.p.form.file
	key := f.Int(d["StructParent"])
	ref, ok := t.parents[key].(pdfread.Ref)
	if !ok || d["StructParent"] == nil {
		return
	}
	delete(t.parents, key)
	element, _ := t.p.update.Get(ref).(pdfread.Dict)
	kids := slices.Clone(f.Array(element["K"]))
	if kids == nil {
		kids = pdfread.Array{element["K"]}
	}
	var kept pdfread.Array
	for _, kid := range kids {
		switch {
		case f.Dict(kid)["Obj"] != pdfread.Object(w):
			kept = append(kept, kid)
		case by != nil:
			kept = append(kept, by)
		}
	}
	element = clone(element)
	element["K"] = kept
	t.p.update.Set(ref, element)
}

// drop takes a widget that shows nothing out of the structure.
func (t *tags) drop(w pdfread.Ref, d pdfread.Dict) { t.element(w, d, nil) }

// open begins the marked content of a widget on a page: that of its element,
// or decoration when it has none.
func (t *tags) open(page int, w pdfread.Ref, d pdfread.Dict) string {
	if t.root == (pdfread.Ref{}) {
		return ""
	}
	f := t.p.form.file
	on := t.p.form.pages[page]
	key, numbered := f.Resolve(on.Dict["StructParents"]).(int)
	element, ok := t.parents[f.Int(d["StructParent"])].(pdfread.Ref)
	if !ok || !numbered || d["StructParent"] == nil {
		t.drop(w, d)
		return "/Artifact BMC "
	}
	list := slices.Clone(f.Array(t.parents[key]))
	mcid := len(list)
	t.parents[key] = append(list, element)
	t.element(w, d, pdfread.Dict{"Type": pdfread.Name("MCR"), "Pg": on.Ref, "MCID": mcid})
	return fmt.Sprintf("/Form<</MCID %d>>BDC ", mcid)
}

func (t *tags) shut() string {
	if t.root == (pdfread.Ref{}) {
		return ""
	}
	return "EMC\n"
}

// write writes the tree of parents anew.
func (t *tags) write() {
	if t.root == (pdfread.Ref{}) {
		return
	}
	var nums pdfread.Array
	for _, key := range slices.Sorted(maps.Keys(t.parents)) {
		nums = append(nums, key, t.parents[key])
	}
	root := clone(t.p.form.file.Dict(t.root))
	root["ParentTree"] = t.p.update.Add(pdfread.Dict{"Nums": nums})
	t.p.update.Set(t.root, root)
}
