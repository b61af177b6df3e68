package docx

import (
	"bytes"
	"fmt"
	"strings"

	"nastavnik/internal/diag"
)

// Hazards names what a document must not carry into a school's papers: macros,
// embedded programs, and references by which Word or a converter would fetch a
// file from the network or the disk. Problems of level Error have the code
// Safety; what Strip removes is a warning. Nothing here is fetched or run.
func (p *Package) Hazards() diag.List {
	var l diag.List
	told := map[string]bool{}
	unsafe := func(hint, format string, args ...any) {
		text := fmt.Sprintf(format, args...)
		if !told[text] {
			told[text] = true
			w := l.Add(diag.Place{}, "%s", text)
			w.Code, w.Hint = Safety, hint
		}
	}
	if main := p.Main(); main != nil && strings.Contains(main.ContentType, "macroEnabled") {
		unsafe("в Word выберите «Сохранить как → Документ Word (.docx)»", "в файле макросы")
	}
	for _, part := range append([]*Part{nil}, p.parts...) {
		for _, r := range p.Rels(part) {
			what, hint := hazard(r)
			if what == "" {
				continue
			}
			if stripped(r) {
				l.Warn(diag.Place{}, "%s «%s» не попадёт в документ", what, shown(r.Target))
				continue
			}
			if r.External {
				what += " «" + shown(r.Target) + "»"
			}
			unsafe(hint, "%s", what)
		}
	}
	p.fieldHazards(unsafe)
	return l
}

// hazard names what is wrong with a relationship, "" for a harmless one.
func hazard(r Rel) (what, hint string) {
	const embed = "вставьте рисунок в документ: «Вставка → Рисунки», без связи с файлом"
	const drop = "удалите этот объект и сохраните шаблон заново"
	switch r.Kind {
	case "vbaProject", "wordVbaData":
		return "в файле макросы", "в Word выберите «Сохранить как → Документ Word (.docx)»"
	case "oleObject", "package", "control", "activeXControlBinary", "activeX":
		if r.External {
			return "объект, связанный с другим файлом,", drop
		}
		return "в файл вложен объект другой программы (OLE или ActiveX)", drop
	case "aFChunk":
		return "в файл вложен документ другого вида (altChunk)", "вставьте его текст в документ и сохраните заново"
	case "attachedTemplate":
		return "присоединённый шаблон", "отсоедините его: «Файл → Параметры → Надстройки → Шаблоны»"
	}
	if !r.External {
		return "", ""
	}
	switch r.Kind {
	case "image", "svgBlip", "hdphoto", "video", "audio", "media":
		return "рисунок по ссылке", embed
	case "subDocument", "frame", "externalLink", "externalLinkPath", "recipientData", "mailMergeSource", "mailMergeHeaderSource", "transform":
		return "ссылка на другой файл", drop
	case "hyperlink":
		if scheme, _, found := strings.Cut(strings.ToLower(strings.TrimSpace(r.Target)), ":"); found {
			switch scheme {
			case "http", "https", "mailto", "tel":
			default:
				return "гиперссылка", "оставьте только ссылки http, https и mailto"
			}
		} else if strings.HasPrefix(r.Target, `\\`) {
			return "гиперссылка", "оставьте только ссылки http, https и mailto"
		}
	}
	return "", ""
}

// stripped reports whether a hazard is honest enough to be left out quietly:
// the template on the author's own disk.
func stripped(r Rel) bool {
	if r.Kind != "attachedTemplate" {
		return false
	}
	target := strings.ToLower(r.Target)
	if path, file := strings.CutPrefix(target, "file:"); file {
		path = strings.TrimLeft(path, `/\`)
		return len(path) > 1 && path[1] == ':' // a drive
	}
	return !strings.Contains(target, "://") && !strings.HasPrefix(target, `\\`)
}

// Strip removes the relationships that Hazards warns of.
func (p *Package) Strip() {
	for _, part := range append([]*Part(nil), p.parts...) {
		for _, r := range append([]Rel(nil), p.Rels(part)...) {
			if what, _ := hazard(r); what == "" || !stripped(r) {
				continue
			}
			p.RemoveRel(part, r.ID)
			tree, err := part.Tree()
			if err != nil {
				continue
			}
			root := tree.Root()
			kept := root.Children[:0:0]
			for _, n := range root.Children {
				if n.Name != "w:attachedTemplate" {
					kept = append(kept, n)
				}
			}
			root.Children = kept
		}
	}
}

// fieldHazards looks for fields that read files or start programs.
func (p *Package) fieldHazards(unsafe func(hint, format string, args ...any)) {
	for _, part := range p.parts {
		if !strings.Contains(part.ContentType, "wordprocessingml") {
			continue
		}
		b, err := part.Bytes()
		if err != nil || !bytes.Contains(b, []byte("instr")) && !bytes.Contains(b, []byte("object")) {
			continue // nothing there to parse for
		}
		tree, err := part.Peek()
		if err != nil {
			continue
		}
		var code strings.Builder
		for n := range tree.Walk() {
			switch n.Name {
			case "w:instrText":
				code.WriteString(n.Text())
			case "w:fldSimple":
				code.WriteString("\n" + n.Attr("w:instr") + "\n")
			case "w:fldChar":
				code.WriteString("\n")
			case "w:object":
				unsafe("удалите этот объект и сохраните шаблон заново", "в файл вложен объект другой программы (OLE или ActiveX)")
			}
		}
		for line := range strings.Lines(code.String()) {
			word := strings.ToUpper(strings.TrimSpace(line))
			word, _, _ = strings.Cut(word, " ")
			switch strings.Trim(word, `\"`) {
			case "DDE", "DDEAUTO", "INCLUDETEXT", "INCLUDEPICTURE", "INCLUDE", "IMPORT", "LINK", "RD", "DATABASE":
				unsafe("выделите поле и нажмите Ctrl+Shift+F9: останется его текст", "поле %s читает другие файлы", word)
			}
		}
	}
}

func shown(target string) string {
	if r := []rune(target); len(r) > 80 {
		return string(r[:79]) + "…"
	}
	return target
}
