package main

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"nastavnik/internal/diag"
	"nastavnik/internal/pattern"
	"nastavnik/internal/profile"
	"nastavnik/internal/roster"
	"nastavnik/internal/russian"
	"nastavnik/samples"
)

func init() {
	usages["import"] = `nastavnik import СПИСОК.xlsx [--profile ПРОФИЛЬ [--write]] [ключи]

Читает людей и пары из книги Excel или CSV и показывает, что понято. Без --write
ничего не меняет; без --profile печатает найденное строками профиля. Строки с
ошибками возвращаются книгой с графой «Ошибка». Что в профиле уже сказано, то
остаётся; примечания и порядок в нём не меняются, прежний вид хранит файл .bak.`
	usages["export"] = `nastavnik export [ПРОФИЛЬ|РАЙОН] [-o ФАЙЛ.xlsx] [ключи]

Пишет реестр наставников, наставляемых и пар школы, а по профилю района – сводный
реестр, сводку по школам и мониторинг документов. Без имени – вымышленная школа.`
	usages["init"] = `nastavnik init [ПАПКА|ФАЙЛ.toml] [ключи]

Пишет профиль для заполнения, с пояснениями. То, что уже есть, не трогает.`
}

// importCommand reads a roster, shows what it understood, and puts it into a
// profile when asked to.
func importCommand(p process, args []string) int {
	flags := newFlags("import")
	into := flags.StringP("profile", "p", "", "профиль школы, в который вносить")
	write := flags.Bool("write", false, "записать изменения в профиль")
	maps := flags.StringArray("map", nil, "значение столбца: B=mentor.name, C=class, D=нет; можно несколько раз")
	skip := flags.Bool("skip-bad", false, "строки с ошибками пропустить, остальные внести")
	encoding := flags.String("encoding", "", "кодировка CSV, если угадана неверно: utf-8, windows-1251, cp866, koi8-r")
	year := flags.String("year", "", "учебный год, если профиля нет: от него зависит форма пар")
	quiet := flags.BoolP("quiet", "q", false, "только ошибки и итог")
	if code, on := parse(p, flags, args); !on {
		return code
	}
	usage := func(format string, args ...any) int {
		fmt.Fprintf(p.talk, "ошибка: "+format+"\n  подсказка: nastavnik help import\n", args...)
		return exitUsage
	}
	switch {
	case flags.NArg() != 1:
		return usage("назовите один список: книгу Excel или CSV")
	case *write && *into == "":
		return usage("ключу --write нужен профиль: --profile school.toml")
	}
	options := roster.Options{Year: *year, Map: map[int]roster.Column{}}
	for _, m := range *maps {
		col, c, err := roster.ParseMap(m)
		if err != nil {
			return usage("%v", err)
		}
		options.Map[col] = c
	}

	text, code := importInto(p, *into, &options)
	if code != exitDone {
		return code
	}
	r, code := importList(p, flags.Arg(0), *encoding, options)
	if r == nil {
		return code
	}
	if !*quiet {
		showUnderstood(p, r)
	}
	tellSome(p, r.Problems, *quiet)
	if r.Problems.Failed() {
		if code := giveBack(p, r, flags.Arg(0)); code != exitDone {
			return code
		}
		if !*skip || len(r.People)+len(r.Pairs) == 0 {
			fmt.Fprintln(p.talk, "Ничего не записано. Исправьте список или добавьте --skip-bad, чтобы внести остальные строки.")
			return exitData
		}
	}
	return applyRoster(p, r, *into, text, options.Old, *write)
}

// importInto reads the profile that a roster goes into.
func importInto(p process, name string, o *roster.Options) (text []byte, code int) {
	if name == "" {
		return nil, exitDone
	}
	s, list := profile.Load(name)
	if s == nil || list.Failed() {
		tell(p.talk, list)
		fmt.Fprintln(p.talk, "Сначала исправьте профиль.")
		return nil, listCode(list)
	}
	text, err := readInput(name)
	if err != nil {
		tellError(p.talk, err)
		return nil, exitData
	}
	o.Old = s
	if o.Year == "" {
		o.Year = s.SchoolYear
	}
	return text, exitDone
}

// importList reads the roster itself; the Roster is nil when it cannot be
// read.
func importList(p process, name, encoding string, o roster.Options) (*roster.Roster, int) {
	if strings.HasPrefix(filepath.Base(name), "~$") {
		fmt.Fprintf(p.talk, "ошибка: %s: это служебный файл Excel, а не список\n  подсказка: закройте книгу и назовите её саму\n", name)
		return nil, exitData
	}
	b, err := readInput(name)
	if err != nil {
		tellError(p.talk, err)
		return nil, exitData
	}
	if encoding != "" {
		text, ok := profile.Decode(b, encoding)
		if !ok {
			fmt.Fprintf(p.talk, "ошибка: неизвестная кодировка %q\n  подсказка: бывают utf-8, windows-1251, cp866, koi8-r\n", encoding)
			return nil, exitUsage
		}
		b = []byte(text)
	}
	book, list := roster.Open(name, b)
	if book == nil {
		tell(p.talk, list)
		return nil, listCode(list)
	}
	return roster.Understand(book, o), exitDone
}

// listCode is the exit code of data that could not be taken.
func listCode(list diag.List) int {
	for _, problem := range list {
		if problem.Code == profile.CodeLimit || problem.Code == roster.CodeLimit {
			return exitRefused
		}
	}
	return exitData
}

// showUnderstood tells what each sheet and column was taken for.
func showUnderstood(p process, r *roster.Roster) {
	for _, l := range r.Lists {
		what := "люди"
		if l.OfPairs {
			what = "пары"
		}
		fmt.Fprintf(p.talk, "лист «%s»: %s; заголовок в строке %d, под ним %s\n", l.Sheet.Name, what,
			l.Sheet.Rows[l.Header].Number, russian.Count(l.Rows, "строка", "строки", "строк"))
		var unused []string
		for _, c := range l.Columns {
			if c.Field == "" {
				unused = append(unused, "«"+c.Header+"»")
				continue
			}
			fmt.Fprintf(p.talk, "  %-3s «%s» – %s\n", roster.Letters(c.Col), c.Header, c)
		}
		if len(unused) > 0 {
			fmt.Fprintf(p.talk, "  не использованы: %s\n", strings.Join(unused, ", "))
		}
	}
	fmt.Fprintf(p.talk, "понято: %s, %s\n", russian.Count(len(r.People), "человек", "человека", "человек"), russian.Count(len(r.Pairs), "пара", "пары", "пар"))
	for i, pair := range r.Pairs {
		if i == 5 {
			fmt.Fprintf(p.talk, "  … и ещё %d\n", len(r.Pairs)-i)
			break
		}
		fmt.Fprintf(p.talk, "  %s\n", pair)
	}
}

// told is how many remarks are shown one by one, alike how many of one kind
// are shown before the rest of it is counted.
const told, alike = 20, 3

// tellSome tells the first remarks, errors before warnings; many of one kind
// are told once with their places.
func tellSome(p process, list diag.List, quiet bool) {
	var kinds []string
	groups := map[string]diag.List{}
	for _, level := range []diag.Level{diag.Error, diag.Warning, diag.Info} {
		for _, problem := range list {
			if problem.Level != level || quiet && level != diag.Error {
				continue
			}
			kind := level.String() + kindOf(problem.Text)
			if groups[kind] == nil {
				kinds = append(kinds, kind)
			}
			groups[kind] = append(groups[kind], problem)
		}
	}
	for n, kind := range kinds {
		if n == told {
			fmt.Fprintf(p.talk, "… и ещё %s\n", russian.Count(len(kinds)-n, "вид замечаний", "вида замечаний", "видов замечаний"))
			break
		}
		group := groups[kind]
		for i, problem := range group {
			if i == alike && len(group) > alike+1 {
				var places []string
				for _, q := range group[i:min(len(group), i+10)] {
					places = append(places, q.Place.In)
				}
				more := ""
				if len(group) > i+10 {
					more = "; …"
				}
				fmt.Fprintf(p.talk, "  и ещё %d таких: %s%s\n", len(group)-i, strings.Join(places, "; "), more)
				break
			}
			fmt.Fprintf(p.talk, "%s: %s\n", problem.Level, problem.Format())
		}
	}
}

var ownWords = pattern.New(`"[^"]*"|«[^»]*»|\d+|^\p{Lu}[^:]*: `)

// kindOf is a remark's text without what is of this row alone.
func kindOf(text string) string { return ownWords.ReplaceAllString(text, "…") }

// giveBack writes the rows with errors beside the roster.
func giveBack(p process, r *roster.Roster, name string) int {
	b, err := r.Mistakes()
	if err != nil {
		tellError(p.talk, err)
		return exitBug
	}
	if b == nil {
		return exitDone
	}
	back := strings.TrimSuffix(name, filepath.Ext(name)) + "_ошибки.xlsx"
	if err := save(back, b); err != nil {
		tellError(p.talk, err)
		return exitWrite
	}
	fmt.Fprintf(p.talk, "Строки с ошибками – в %s, графа «Ошибка».\n", back)
	return exitDone
}

// applyRoster joins the roster with the profile and writes it when asked.
func applyRoster(p process, r *roster.Roster, name string, text []byte, old *profile.School, write bool) int {
	merged, changes, err := r.Merge(name, text, old)
	if err != nil {
		tellError(p.talk, err)
		return exitData
	}
	if name == "" {
		if _, err := p.out.Write(merged); err != nil {
			return exitWrite
		}
		return exitDone
	}
	tellSome(p, changes.Kept, false)
	for _, c := range []struct {
		what  string
		names []string
	}{{"новые люди", changes.NewPeople}, {"новые пары", changes.NewPairs}, {"новые формы", changes.NewForms}, {"новые партнёры", changes.NewPartners}, {"дополнено", changes.Filled}} {
		if len(c.names) > 0 {
			more := ""
			if len(c.names) > 10 {
				more = fmt.Sprintf(" и ещё %d", len(c.names)-10)
			}
			fmt.Fprintf(p.talk, "%s (%d): %s%s\n", c.what, len(c.names), strings.Join(c.names[:min(10, len(c.names))], "; "), more)
		}
	}
	if changes.Empty() {
		fmt.Fprintf(p.talk, "В %s всё это уже есть.\n", name)
		return exitDone
	}
	s, list := profile.LoadText(name, merged)
	if s == nil || list.Failed() {
		tell(p.talk, list)
		fmt.Fprintln(p.talk, "Ничего не записано: с этим списком в профиле будут ошибки.")
		return listCode(list)
	}
	tellSome(p, freshWarnings(name, text, list), false)
	if !write {
		fmt.Fprintf(p.talk, "Ничего не записано. Чтобы внести в %s, повторите с ключом --write.\n", name)
		return exitDone
	}
	err = save(name+".bak", text)
	if err == nil {
		err = save(name, merged)
	}
	if err != nil {
		tellError(p.talk, err)
		return exitWrite
	}
	fmt.Fprintf(p.talk, "Записано: %s; прежний вид – %s.bak\n", name, name)
	return exitDone
}

// freshWarnings are those of the new profile that the old one did not have:
// a limit passed, a mentee with two mentors.
func freshWarnings(name string, old []byte, list diag.List) diag.List {
	_, before := profile.LoadText(name, old)
	known := map[string]bool{}
	for _, problem := range before {
		known[problem.Text] = true
	}
	return slices.DeleteFunc(slices.Clone(list), func(problem *diag.Problem) bool {
		return problem.Level != diag.Warning || known[problem.Text]
	})
}

// exportCommand writes the registry of a school or a district.
func exportCommand(p process, args []string) int {
	flags := newFlags("export")
	out := flags.StringP("output", "o", "", "книга .xlsx; без ключа – реестр-КОД.xlsx в текущей папке")
	force := flags.Bool("force", false, "заменить книгу, если она уже есть")
	if code, on := parse(p, flags, args); !on {
		return code
	}
	if flags.NArg() > 1 {
		fmt.Fprintln(p.talk, "ошибка: назовите один профиль школы или района")
		return exitUsage
	}
	id, b, code := exportBook(p, flags.Arg(0))
	if b == nil {
		return code
	}
	name := *out
	if name == "" {
		name = "реестр-" + id + ".xlsx"
	}
	put := saveNew
	if *force {
		put = save
	}
	if err := put(name, b); err != nil {
		if os.IsExist(err) {
			fmt.Fprintf(p.talk, "ошибка: %s уже есть, он не тронут\n  подсказка: назовите другой файл ключом -o или замените ключом --force\n", name)
		} else {
			tellError(p.talk, err)
		}
		return exitWrite
	}
	fmt.Fprintln(p.out, name)
	return code
}

// exportBook makes the workbook; it is nil when the profile has errors.
func exportBook(p process, name string) (id string, b []byte, code int) {
	var list diag.List
	var err error
	text := []byte(nil)
	if name != "" {
		if text, err = readInput(name); err != nil {
			tellError(p.talk, err)
			return "", nil, exitData
		}
	}
	if profile.IsMunicipality(text) {
		m, list := profile.LoadMunicipality(name)
		if m == nil || list.Failed() {
			tell(p.talk, list)
			return "", nil, listCode(list)
		}
		for _, site := range m.Sites {
			if site.School == nil || site.Problems.Failed() {
				tell(p.talk, site.Problems)
				code = exitPartly
			}
		}
		if len(m.Schools) == 0 {
			fmt.Fprintln(p.talk, "ошибка: не прочитана ни одна школа")
			return "", nil, exitData
		}
		id, b, err = exported(m.Municipality.ID, roster.DistrictRegistry, m)
	} else {
		var s *profile.School
		if name == "" {
			s, list = profile.LoadFS(samples.FS, samples.Demo)
		} else {
			s, list = profile.Load(name)
		}
		if s == nil || list.Failed() {
			tell(p.talk, list)
			return "", nil, listCode(list)
		}
		id, b, err = exported(s.School.ID, roster.Registry, s)
	}
	if err != nil {
		tellError(p.talk, err)
		return "", nil, exitData
	}
	return id, b, code
}

func exported[T any](id string, write func(T) ([]byte, error), from T) (string, []byte, error) {
	b, err := write(from)
	return id, b, err
}
