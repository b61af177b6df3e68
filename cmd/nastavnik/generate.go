package main

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"
	"image"
	_ "image/jpeg"
	_ "image/png"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"nastavnik/fonts"
	"nastavnik/internal/catalog"
	"nastavnik/internal/diag"
	"nastavnik/internal/font"
	"nastavnik/internal/generate"
	"nastavnik/internal/profile"
	"nastavnik/internal/russian"
	"nastavnik/samples"
	"nastavnik/templates"
)

// defaultOut is the folder of papers when -o names none.
const defaultOut = "комплект"

// generateCommand makes the papers of schools and districts.
func generateCommand(p process, args []string) int {
	flags := newFlags("generate")
	var b batch
	b.what(flags, defaultOut, "какие документы: `коды` и наборы через запятую (nastavnik list)")
	formats := flags.StringSlice("format", []string{"docx", "pdf"}, "`форматы` через запятую: docx, pdf")
	watermark := flags.String("watermark", "", "`надпись` поперёк страниц PDF: ПРОЕКТ, ОБРАЗЕЦ")
	print := flags.Bool("print", false, "ещё один PDF со всем комплектом для печати")
	shard := flags.String("shard", "", "только `часть` списка школ: 2/5 – вторая из пяти")
	strict := flags.Bool("strict", false, "считать предупреждения ошибками")
	b.how(flags)
	if code, on := parse(p, flags, args); !on {
		return code
	}

	report := summary{p: p, dry: b.dry, quiet: b.quiet, json: b.json}
	var docx, pdf bool
	for _, f := range *formats {
		switch strings.TrimSpace(f) {
		case "docx":
			docx = true
		case "pdf":
			pdf = true
		default:
			return report.stop(exitUsage, &diag.Problem{Text: fmt.Sprintf("нет формата %q", f), Hint: "есть docx и pdf"})
		}
	}
	code, err := b.prepare(p, flags.Args(), *strict)
	if err != nil {
		return report.stop(code, err)
	}
	if b.targets, err = shardOf(b.targets, *shard); err != nil {
		return report.stop(exitUsage, err)
	}
	o := b.options
	o.DOCX, o.PDF, o.Watermark, o.Print, o.Version = docx, pdf, *watermark, *print, buildHash()

	results := b.engine.Run(p.ctx, b.targets, o, b.meter.tell)
	b.meter.end()
	report.interrupted, report.planned = p.ctx.Err() != nil, len(b.targets)
	if len(flags.Args()) == 0 && !b.quiet {
		fmt.Fprintln(p.talk, "профиль не назван: взят вымышленный образец demo-2026 (свой профиль: nastavnik init)")
	}
	return report.print(results)
}

// buildHash tells builds of the program apart: papers made by another build
// are made again.
func buildHash() string {
	name, err := os.Executable()
	if err != nil {
		return version()
	}
	f, err := os.Open(name)
	if err != nil {
		return version()
	}
	defer f.Close()
	h := sha256.New()
	if _, err := io.Copy(h, f); err != nil {
		return version()
	}
	return fmt.Sprintf("%x", h.Sum(nil))
}

// newEngine joins the embedded templates and fonts with the user's.
func newEngine(own, fontDir string) (*generate.Engine, error) {
	faces, err := openFonts(fontDir)
	if err != nil {
		return nil, err
	}
	setup := generate.Setup{Templates: templates.FS, Fonts: faces}
	if own != "" {
		if info, err := os.Stat(own); err != nil || !info.IsDir() {
			return nil, &diag.Problem{Place: diag.Place{File: own}, Text: "нет такой папки шаблонов", Hint: "проверьте ключ --templates"}
		}
		setup.Own = os.DirFS(own)
	}
	return generate.New(setup)
}

// openFonts returns the embedded faces, and the user's before them.
func openFonts(dir string) (*font.Set, error) {
	set, err := font.Open(fonts.FS)
	if err != nil || dir == "" {
		return set, err
	}
	if info, err := os.Stat(dir); err != nil || !info.IsDir() {
		return nil, &diag.Problem{Place: diag.Place{File: dir}, Text: "нет такой папки шрифтов", Hint: "проверьте ключ --font-dir"}
	}
	return set, set.Add(os.DirFS(dir))
}

// documentIDs checks the ids and presets of --docs.
func documentIDs(l *catalog.Library, asked []string) ([]string, error) {
	var list diag.List
	names := l.Names()
	var ids []string
	for _, id := range asked {
		id = strings.TrimSpace(id)
		if id == "" || slices.Contains(ids, id) {
			continue
		}
		ids = append(ids, id)
		if strings.HasPrefix(id, "pair:") || slices.Contains(names, id) {
			continue
		}
		problem := list.Add(diag.Place{}, "нет документа или набора %q", id)
		problem.Hint = "список: nastavnik list"
		if near := diag.Nearest(id, names); near != "" {
			problem.Hint = "возможно, " + near
		}
	}
	return ids, list.Err()
}

// checkOut refuses folders that a slip of the hand may name: the root, the
// home folder, the folder of templates.
func checkOut(out, own string) error {
	if out == "" {
		return &diag.Problem{Text: "ключу --output нужна папка", Hint: "например -o комплект"}
	}
	whole, err := filepath.Abs(out)
	if err != nil {
		return err
	}
	home, _ := os.UserHomeDir()
	for _, forbidden := range []string{filepath.VolumeName(whole) + string(filepath.Separator), home, own} {
		if forbidden == "" {
			continue
		}
		if f, err := filepath.Abs(forbidden); err == nil && f == whole {
			return &diag.Problem{Place: diag.Place{File: out}, Text: "сюда документы не пишутся", Hint: "назовите отдельную папку: -o комплект"}
		}
	}
	info, err := os.Stat(out)
	if err == nil && !info.IsDir() {
		return &diag.Problem{Place: diag.Place{File: out}, Text: "на этом месте файл, а не папка", Hint: "назовите другую папку: -o комплект"}
	}
	return nil
}

// targetsOf turns the arguments into targets: a school's profile, a district's
// with all its schools, a folder with profiles in it. Without arguments it is
// the embedded sample.
func targetsOf(args []string, strict bool) ([]generate.Target, diag.List) {
	if len(args) == 0 {
		return []generate.Target{{Name: samples.Demo, Load: func() generate.Loaded {
			s, problems := profile.LoadFS(samples.FS, samples.Demo)
			b, _ := fs.ReadFile(samples.FS, samples.Demo)
			return loaded(s, nil, problems, sha256.Sum256(b), strict)
		}}}, nil
	}
	var targets []generate.Target
	var problems diag.List
	for _, arg := range args {
		info, err := os.Stat(arg)
		switch {
		case err != nil:
			problem := problems.Add(diag.Place{File: arg}, "файл не найден")
			problem.Hint = "создать профиль: nastavnik init"
		case info.IsDir():
			found := profilesIn(arg)
			if len(found) == 0 {
				problems.Add(diag.Place{File: arg}, "в папке нет профилей (*.toml)").Hint = "создать профиль: nastavnik init"
			}
			for _, name := range found {
				targets = append(targets, fileTargets(name, strict)...)
			}
		default:
			targets = append(targets, fileTargets(arg, strict)...)
		}
	}
	return targets, problems
}

// profilesIn finds the profiles of a folder: its districts, whose schools they
// list themselves, otherwise every school.
func profilesIn(dir string) []string {
	var schools, districts []string
	filepath.WalkDir(dir, func(name string, d fs.DirEntry, err error) error {
		if err != nil {
			return nil
		}
		if d.IsDir() && strings.HasPrefix(d.Name(), ".") && name != dir {
			return filepath.SkipDir
		}
		if d.IsDir() || filepath.Ext(name) != ".toml" {
			return nil
		}
		if isDistrict(name) {
			districts = append(districts, name)
		} else {
			schools = append(schools, name)
		}
		return nil
	})
	listed := map[string]bool{}
	for _, d := range districts {
		for _, path := range schoolPaths(d) {
			listed[path] = true
		}
	}
	out := slices.Clone(districts)
	for _, s := range schools {
		if !listed[filepath.Clean(s)] {
			out = append(out, s)
		}
	}
	return out
}

func isDistrict(name string) bool {
	b, err := readInput(name)
	return err == nil && profile.IsMunicipality(b)
}

// schoolPaths are the files that a district lists.
func schoolPaths(name string) []string {
	m, _ := profile.LoadDistrict(name)
	if m == nil {
		return nil
	}
	var out []string
	for _, path := range m.SchoolPaths {
		out = append(out, filepath.Clean(filepath.Join(filepath.Dir(name), filepath.FromSlash(path))))
	}
	return out
}

// fileTargets are the targets of one file: a school, or a district's schools
// and the district itself.
func fileTargets(name string, strict bool) []generate.Target {
	if !isDistrict(name) {
		return []generate.Target{{Name: name, Load: func() generate.Loaded {
			s, problems := profile.Load(name)
			if s == nil { // not to be hashed either: it may be a device
				return generate.Loaded{Problems: problems}
			}
			files := []string{name}
			if s.Municipality != "" {
				files = append(files, filepath.Join(filepath.Dir(name), filepath.FromSlash(s.Municipality)))
			}
			return loaded(s, nil, problems, generate.HashFiles(files...), strict)
		}}}
	}
	m, problems := profile.LoadMunicipality(name)
	if m == nil {
		return []generate.Target{{Name: name, Load: func() generate.Loaded { return generate.Loaded{Problems: problems} }}}
	}
	paths := schoolPaths(name)
	var targets []generate.Target
	for i, site := range m.Sites {
		targets = append(targets, generate.Target{Name: paths[i], Load: func() generate.Loaded {
			return loaded(site.School, nil, site.Problems, generate.HashFiles(paths[i], name), strict)
		}})
	}
	all := append([]string{name}, paths...)
	return append(targets, generate.Target{Name: name, Load: func() generate.Loaded {
		return loaded(nil, m, problems, generate.HashFiles(all...), strict)
	}})
}

// loaded adds the emblem to what was read, and makes warnings errors when
// strict.
func loaded(s *profile.School, m *profile.Municipality, problems diag.List, hash [32]byte, strict bool) generate.Loaded {
	l := generate.Loaded{School: s, District: m, Problems: problems, Hash: hash}
	switch {
	case s != nil && s.Letterhead.Emblem != "":
		l.Emblem = emblem(s.Letterhead.Emblem, s.Place("letterhead.emblem"), &l.Problems)
	case m != nil && m.Letterhead.Emblem != "":
		l.Emblem = emblem(m.Letterhead.Emblem, m.Place("letterhead.emblem"), &l.Problems)
	}
	if l.Emblem != nil {
		l.Hash = sha256.Sum256(append(hash[:], l.Emblem...))
	}
	if strict {
		for _, p := range l.Problems {
			if p.Level == diag.Warning {
				p.Level = diag.Error
			}
		}
	}
	return l
}

// largestEmblem is far more than a picture of 17 mm needs.
const largestEmblem = 5 << 20

// emblem reads the picture that a profile names relative to itself.
func emblem(name string, at diag.Place, problems *diag.List) []byte {
	path := filepath.FromSlash(strings.ReplaceAll(name, `\`, "/"))
	if !filepath.IsAbs(path) {
		path = filepath.Join(filepath.Dir(at.File), path)
	}
	info, err := os.Stat(path)
	switch {
	case err != nil || !info.Mode().IsRegular():
		problems.Add(at, "файл эмблемы не найден: %s", name).Hint = "путь пишется от папки профиля"
		return nil
	case info.Size() > largestEmblem:
		problems.Add(at, "эмблема больше 5 МБ: %s", name).Hint = "сохраните рисунок меньшего размера"
		return nil
	}
	b, err := os.ReadFile(path)
	if err != nil {
		problems.Add(at, "эмблема не читается: %s", plain(err))
		return nil
	}
	if _, _, err := image.DecodeConfig(bytes.NewReader(b)); err != nil {
		problems.Add(at, "эмблема %s – не рисунок PNG и не JPEG", name).Hint = "сохраните рисунок как PNG"
		return nil
	}
	return b
}

// shardOf keeps the i-th of n parts of the targets: every n-th from the i-th.
func shardOf(targets []generate.Target, shard string) ([]generate.Target, error) {
	if shard == "" {
		return targets, nil
	}
	var i, n int
	if _, err := fmt.Sscanf(shard, "%d/%d", &i, &n); err != nil || n < 1 || i < 1 || i > n {
		return nil, &diag.Problem{Text: fmt.Sprintf("неверная часть %q", shard), Hint: "пишут --shard 2/5: вторая из пяти частей"}
	}
	var out []generate.Target
	for k, t := range targets {
		if k%n == i-1 {
			out = append(out, t)
		}
	}
	return out, nil
}

// summary tells what a run did and decides its exit code.
type summary struct {
	p           process
	dry         bool
	quiet       bool
	json        bool
	interrupted bool
	planned     int
	common      map[string]bool // texts of errors that were told once for many targets
}

// stop ends a run that cannot begin.
func (s summary) stop(code int, err error) int {
	tellError(s.p.talk, err)
	if s.json {
		s.line(map[string]any{"type": "summary", "targets": 0, "failed": 0, "exit": code, "error": err.Error()})
	}
	return code
}

func (s *summary) print(results []*generate.Result) int {
	code := exitDone
	failed, edited := 0, 0
	s.tellCommon(results)
	for _, r := range results {
		c := s.one(r)
		switch {
		case c == exitPartly:
			edited++
		case c != exitDone:
			failed++
			if code == exitDone {
				code = c
			}
		}
	}
	if len(results) > 1 && !s.quiet {
		s.table(results)
	}
	switch {
	case s.interrupted:
		fmt.Fprintf(s.p.talk, "прервано: сделано %d из %d; повторите команду, и она закончит\n", len(results)-failed, s.planned)
		code = exitInterrupted
	case failed > 0 && failed < len(results) || failed == 0 && edited > 0:
		code = exitPartly
	}
	if s.json {
		s.line(map[string]any{"type": "summary", "targets": len(results), "failed": failed, "exit": code})
	}
	return code
}

// errorsOf are the problems that stopped a target.
func errorsOf(r *generate.Result) diag.List {
	var list diag.List
	for _, p := range r.Problems {
		if p.Level == diag.Error {
			list = append(list, p)
		}
	}
	if folder := (*generate.FolderError)(nil); errors.As(r.Err, &folder) {
		list = append(list, folder.Problem)
	}
	return list
}

// tellCommon tells an error that three targets or more have once, with where
// it first stands.
func (s *summary) tellCommon(results []*generate.Result) {
	const many, shown = 3, 3
	var texts []string
	problems := map[string]diag.List{}
	for _, r := range results {
		here := map[string]bool{}
		for _, p := range errorsOf(r) {
			if here[p.Text] {
				continue
			}
			here[p.Text] = true
			if problems[p.Text] == nil {
				texts = append(texts, p.Text)
			}
			problems[p.Text] = append(problems[p.Text], p)
		}
	}
	s.common = map[string]bool{}
	for _, text := range texts {
		list := problems[text]
		if len(list) < many {
			continue
		}
		s.common[text] = true
		fmt.Fprintf(s.p.talk, "ошибка: %s: %s\n", russian.Count(len(list), "профиль", "профиля", "профилей"), text)
		for _, p := range list[:shown] {
			fmt.Fprintf(s.p.talk, "    %s\n", p.Place)
		}
		if more := len(list) - shown; more > 0 {
			fmt.Fprintf(s.p.talk, "    и ещё %d\n", more)
		}
		if list[0].Hint != "" {
			fmt.Fprintf(s.p.talk, "  подсказка: %s\n", list[0].Hint)
		}
	}
}

// one tells of one target and returns the code that it alone would give.
func (s summary) one(r *generate.Result) int {
	code := codeOf(r)
	if s.json && !s.quiet {
		files := map[string]int{}
		for status := generate.Unchanged; status <= generate.Failed; status++ {
			if n := r.Count(status); n > 0 {
				files[status.String()] = n
			}
		}
		s.line(map[string]any{"type": "target", "name": r.Name, "id": r.ID, "folder": r.Folder, "papers": r.Papers, "files": files,
			"problems": r.Problems, "error": errorText(r.Err), "exit": code})
	}
	s.tellProblems(r)
	if r.Err != nil && !errors.Is(r.Err, context.Canceled) {
		s.tellFailure(r)
	}
	for _, f := range r.Files {
		switch f.Status {
		case generate.Edited:
			fmt.Fprintf(s.p.talk, "правлен вручную и не тронут: %s\n  подсказка: переписать и сохранить копию – ключ --force\n", filepath.Join(r.Folder, f.Name))
		case generate.Replaced:
			fmt.Fprintf(s.p.talk, "переписан: %s; прежний – %s\n", filepath.Join(r.Folder, f.Name), f.Copy)
		case generate.Stale:
			fmt.Fprintf(s.p.talk, "больше не входит в комплект: %s\n  подсказка: убрать такие файлы – ключ --prune\n", filepath.Join(r.Folder, f.Name))
		case generate.Removed:
			if !s.quiet {
				fmt.Fprintf(s.p.talk, "удалён: %s\n", filepath.Join(r.Folder, f.Name))
			}
		case generate.Failed:
			if f.Err != nil {
				fmt.Fprintf(s.p.talk, "ошибка: %s\n", plain(f.Err))
			}
		}
	}
	if code == exitDone || code == exitPartly {
		s.tellDone(r)
	}
	return code
}

// tellProblems tells a single school all; of many only errors, and how many
// warnings each has.
func (s summary) tellProblems(r *generate.Result) {
	if !s.quiet && s.planned == 1 {
		tell(s.p.talk, r.Problems)
		return
	}
	warnings := 0
	for _, p := range r.Problems {
		switch p.Level {
		case diag.Error:
			if !s.common[p.Text] {
				tell(s.p.talk, diag.List{p})
			}
		case diag.Warning:
			warnings++
		}
	}
	if warnings > 0 && !s.quiet {
		fmt.Fprintf(s.p.talk, "%s: предупреждений %d; посмотреть – nastavnik check %s\n", r.Name, warnings, r.Name)
	}
}

func errorText(err error) string {
	if err == nil {
		return ""
	}
	return err.Error()
}

func (s summary) tellFailure(r *generate.Result) {
	var template *generate.TemplateError
	var folder *generate.FolderError
	var bug *generate.BugError
	switch {
	case errors.As(r.Err, &folder):
		if !s.common[folder.Problem.Text] {
			tellError(s.p.talk, folder.Problem)
		}
	case errors.As(r.Err, &bug):
		tellBug(s.p.talk, r.Name+": ", bug.Value, bug.Stack)
	case errors.As(r.Err, &template):
		tellError(s.p.talk, template.Unwrap())
	default:
		tellError(s.p.talk, r.Err)
	}
}

func (s summary) tellDone(r *generate.Result) {
	if s.quiet {
		return
	}
	if s.dry {
		for _, f := range r.Files {
			fmt.Fprintf(s.p.out, "%-15s %s\n", f.Status, filepath.Join(r.Folder, f.Name))
		}
	}
	for _, k := range r.Skipped {
		if s.planned > 1 {
			break // each packing list tells
		}
		fmt.Fprintf(s.p.talk, "не составлен: %s – %s\n", k.Document.Title, k.Reason)
	}
	fmt.Fprintf(s.p.talk, "%s: документов %d, файлов %d (новых %d, изменённых %d, без изменений %d)\n", r.Folder, r.Papers,
		r.Total()-r.Count(generate.Stale)-r.Count(generate.Removed), r.Count(generate.Created), r.Count(generate.Changed)+r.Count(generate.Replaced), r.Count(generate.Unchanged))
}

// table is the summary of many targets.
func (s summary) table(results []*generate.Result) {
	fmt.Fprintf(s.p.talk, "\n%-40s %-12s %10s\n", "Школа", "Итог", "Документов")
	for _, r := range results {
		word := "готово"
		switch codeOf(r) {
		case exitDone:
		case exitPartly:
			word = "не всё"
		default:
			word = "ошибка"
		}
		title := r.Title
		if title == "" {
			title = r.Name
		}
		if n := []rune(title); len(n) > 40 {
			title = string(n[:39]) + "…"
		}
		fmt.Fprintf(s.p.talk, "%-40s %-12s %10d\n", title, word, r.Papers)
	}
}

func (s summary) line(v map[string]any) {
	b, err := json.Marshal(v)
	if err == nil {
		fmt.Fprintf(s.p.out, "%s\n", b)
	}
}

// troubleCodes are the exit codes of folders that cannot be used.
var troubleCodes = map[generate.Trouble]int{
	generate.Busy: exitBusy, generate.Newer: exitData, generate.Foreign: exitWrite, generate.Linked: exitRefused, generate.Full: exitWrite,
}

// codeOf is the exit code of one target.
func codeOf(r *generate.Result) int {
	var template *generate.TemplateError
	var folder *generate.FolderError
	var bug *generate.BugError
	var problem *diag.Problem
	switch {
	case r.Problems.Failed():
		return listCode(r.Problems)
	case r.Err == nil:
		switch failed := r.Count(generate.Failed); {
		case failed > 0 && failed == r.Total():
			return exitWrite
		case failed > 0 || r.Count(generate.Edited) > 0:
			return exitPartly
		}
		return exitDone
	case leaked(r) != nil:
		return exitRefused
	case errors.As(r.Err, &folder):
		return troubleCodes[folder.Trouble]
	case errors.As(r.Err, &bug):
		return exitBug
	case errors.Is(r.Err, context.Canceled):
		return exitInterrupted
	case errors.As(r.Err, &template):
		return templateCode(template.Unwrap())
	case errors.As(r.Err, &problem):
		return exitData
	}
	return exitWrite
}
