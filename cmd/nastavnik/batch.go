package main

import (
	"github.com/spf13/pflag"

	"nastavnik/internal/diag"
	"nastavnik/internal/generate"
)

// batch is what the commands that make whole sets share: their keys, and the
// engine, targets and options that come of them.
type batch struct {
	out, own, fontDir, progress string
	docs                        []string
	workers                     int
	dry, force, prune           bool
	json, quiet                 bool

	engine  *generate.Engine
	targets []generate.Target
	options generate.Options // without version and formats
	meter   *meter
}

// what declares the keys of what is made and where; they come first in the help.
func (b *batch) what(flags *pflag.FlagSet, out, docs string) {
	flags.StringVarP(&b.out, "output", "o", out, "`папка` для документов; в ней по папке на школу")
	flags.StringSliceVar(&b.docs, "docs", nil, docs)
}

// how declares the keys of the run.
func (b *batch) how(flags *pflag.FlagSet) {
	flags.IntVarP(&b.workers, "jobs", "j", 0, "`сколько` документов составлять сразу (0 – по числу ядер)")
	flags.BoolVar(&b.dry, "dry-run", false, "показать, что будет сделано, и ничего не записывать")
	flags.BoolVar(&b.force, "force", false, "переписать и правленные вручную файлы (старые останутся рядом с датой в имени)")
	flags.BoolVar(&b.prune, "prune", false, "удалить файлы прежних наборов, которые больше не нужны")
	flags.StringVar(&b.own, "templates", "", "`папка` своих шаблонов: они важнее встроенных")
	flags.StringVar(&b.fontDir, "font-dir", "", "`папка` своих шрифтов для PDF")
	flags.StringVar(&b.progress, "progress", "auto", "`ход` работы: auto, plain, json, none")
	flags.BoolVar(&b.json, "json", false, "итог строками JSON в стандартный вывод")
	flags.BoolVarP(&b.quiet, "quiet", "q", false, "только ошибки")
}

// prepare opens what the keys name. With an error comes its exit code.
func (b *batch) prepare(p process, args []string, strict bool) (code int, err error) {
	b.options = generate.Options{Out: b.out, Workers: b.workers, DryRun: b.dry, Force: b.force, Prune: b.prune}
	if b.engine, err = newEngine(b.own, b.fontDir); err != nil {
		return exitData, err
	}
	if b.options.IDs, err = documentIDs(b.engine.Library, b.docs); err != nil {
		return exitUsage, err
	}
	if err := checkOut(b.out, b.own); err != nil {
		return exitWrite, err
	}
	var problems diag.List
	if b.targets, problems = targetsOf(args, strict); problems.Failed() {
		return exitData, problems
	}
	if b.meter, err = newMeter(p.talk, b.progress, b.quiet); err != nil {
		return exitUsage, err
	}
	return exitDone, nil
}
