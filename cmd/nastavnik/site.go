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
	var b batch
	b.what(flags, "сайт", "какие документы: `коды` через запятую (без ключа – набор site)")
	status := flags.String("status", "public", "`вид` документов: draft – проекты, public – публичные копии, signed – подписанные")
	marks := flags.StringToString("itemprop", nil, "пометки ссылок для «Сведений об образовательной организации»: `код=метка`")
	b.how(flags)
	if code, on := parse(p, flags, args); !on {
		return code
	}
	report := summary{p: p, dry: b.dry, quiet: b.quiet, json: b.json}
	if !slices.Contains(site.Statuses, site.Status(*status)) {
		return report.stop(exitUsage, &diag.Problem{Text: fmt.Sprintf("нет вида документов %q", *status), Hint: "есть draft, public, signed"})
	}
	code, err := b.prepare(p, flags.Args(), false)
	if err != nil {
		return report.stop(code, err)
	}
	o := site.Options{Options: b.options, Status: site.Status(*status), ItemProp: *marks}
	o.Version = buildHash() + " site " + *status + " " + fmt.Sprint(sortedPairs(*marks))

	results, err := site.Build(p.ctx, b.engine, b.targets, o, b.meter.tell)
	b.meter.end()
	report.interrupted, report.planned = p.ctx.Err() != nil, len(b.targets)
	code = report.print(results)
	if err != nil {
		tellError(p.talk, err)
		return exitWrite
	}
	if code == exitDone && !b.quiet && !b.dry {
		index := filepath.Join(b.out, "index.html")
		if len(b.targets) == 1 && len(results) == 1 {
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
