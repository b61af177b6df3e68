package main

import (
	"errors"
	"fmt"
	"path/filepath"
	"slices"

	"nastavnik/internal/diag"
	"nastavnik/internal/generate"
	"nastavnik/internal/site"
)

// siteCommand makes the public set for a school's site.
func siteCommand(p process, args []string) int {
	flags := newFlags("site")
	out := flags.StringP("output", "o", "сайт", "`папка` для страниц; в ней по папке на школу")
	status := flags.String("status", "public", "`вид` документов: draft – проекты, public – публичные копии, signed – подписанные")
	docs := flags.StringSlice("docs", nil, "какие документы: `коды` через запятую (без ключа – набор site)")
	marks := flags.StringToString("itemprop", nil, "пометки ссылок для «Сведений об образовательной организации»: `код=метка`")
	workers := flags.IntP("jobs", "j", 0, "`сколько` документов составлять сразу (0 – по числу ядер)")
	dry := flags.Bool("dry-run", false, "показать, что будет сделано, и ничего не записывать")
	force := flags.Bool("force", false, "переписать и правленные вручную файлы (старые останутся рядом с датой в имени)")
	prune := flags.Bool("prune", false, "удалить файлы прежних наборов, которые больше не нужны")
	own := flags.String("templates", "", "`папка` своих шаблонов: они важнее встроенных")
	fontDir := flags.String("font-dir", "", "`папка` своих шрифтов для PDF")
	progress := flags.String("progress", "auto", "`ход` работы: auto, plain, json, none")
	asJSON := flags.Bool("json", false, "итог строками JSON в стандартный вывод")
	quiet := flags.BoolP("quiet", "q", false, "только ошибки")
	if code, on := parse(p, flags, args); !on {
		return code
	}
	report := summary{p: p, dry: *dry, quiet: *quiet, json: *asJSON}
	if !slices.Contains(site.Statuses, site.Status(*status)) {
		return report.stop(exitUsage, &diag.Problem{Text: fmt.Sprintf("нет вида документов %q", *status), Hint: "есть draft, public, signed"})
	}
	engine, err := newEngine(*own, *fontDir)
	if err != nil {
		return report.stop(exitData, err)
	}
	o := site.Options{Status: site.Status(*status), ItemProp: *marks}
	o.Options = generate.Options{Out: *out, Workers: *workers, DryRun: *dry, Force: *force, Prune: *prune,
		Version: buildHash() + " site " + *status + " " + fmt.Sprint(sortedPairs(*marks))}
	if o.IDs, err = documentIDs(engine.Library, *docs); err != nil {
		return report.stop(exitUsage, err)
	}
	if err := checkOut(*out, *own); err != nil {
		return report.stop(exitWrite, err)
	}
	targets, problems := targetsOf(flags.Args(), false)
	if problems.Failed() {
		return report.stop(exitData, problems)
	}
	meter, err := newMeter(p.talk, *progress, *quiet)
	if err != nil {
		return report.stop(exitUsage, err)
	}
	results, err := site.Build(p.ctx, engine, targets, o, meter.tell)
	meter.end()
	report.interrupted, report.planned = p.ctx.Err() != nil, len(targets)
	code := report.print(results)
	if err != nil {
		tellError(p.talk, err)
		return exitWrite
	}
	if code == exitDone && !*quiet && !*dry {
		index := filepath.Join(*out, "index.html")
		if len(targets) == 1 && len(results) == 1 {
			index = filepath.Join(results[0].Folder, "index.html")
		}
		fmt.Fprintf(p.talk, "страница для сайта: %s; личных данных в файлах не найдено\n", index)
	}
	return code
}

func sortedPairs(m map[string]string) []string {
	var out []string
	for k, v := range m {
		out = append(out, k+"="+v)
	}
	slices.Sort(out)
	return out
}

// leaked returns the error of a target stopped by personal data, nil when it
// was not.
func leaked(r *generate.Result) *site.LeakError {
	var leak *site.LeakError
	if errors.As(r.Err, &leak) {
		return leak
	}
	return nil
}
