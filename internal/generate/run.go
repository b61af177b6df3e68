package generate

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync"

	"nastavnik/internal/catalog"
	"nastavnik/internal/diag"
	"nastavnik/internal/profile"
	"nastavnik/internal/russian"
)

// Target is a school or a district to make papers for. Load is called by a
// worker when its turn comes, so that a thousand profiles are never in memory
// at once.
type Target struct {
	Name string // as the user named it: a file
	Load func() Loaded
}

// Loaded is a target that has been read: one of School and District is set
// when Problems has not Failed.
type Loaded struct {
	School   *profile.School
	District *profile.Municipality
	Emblem   []byte // the picture that the letterhead names
	Problems diag.List
	Hash     [32]byte // of all bytes that were read for it
}

// Options of a run. The zero Options make every paper that applies, as DOCX
// and PDF, into the current folder.
type Options struct {
	Out       string   // folder that holds a folder for each target
	IDs       []string // documents and presets; empty for all
	PDF, DOCX bool     // formats; both false is both
	Workers   int      // 0 is one a core
	Public    bool
	Watermark string
	DryRun    bool
	Force     bool // overwrite what was edited by hand, keeping a dated copy
	Prune     bool // remove stale files
	Print     bool // one joined PDF of the set, in signing order
	Version   string

	// After is called when all papers of a target are made and none is
	// written yet. Its files join the folder; its error stops the target, and
	// nothing of it is written. nil does nothing.
	After func(loaded Loaded, made []Made) ([]File, error)

	disk disk // nil is the real one
}

// Made is a paper that waits to be written.
type Made struct {
	Job   catalog.Job
	Name  string // of its files, without extension
	Paper *Paper
}

// File is a further file of a target's folder.
type File struct {
	Name string
	Doc  string // the document it belongs to, or a word for what it is
	Data []byte
}

// Result is what became of one target.
type Result struct {
	Name     string // the target's name
	ID       string // of the school, when it could be read
	Title    string // short name of the school
	Folder   string
	Files    []FileResult
	Papers   int // documents made
	Skipped  []catalog.Skipped
	Problems diag.List
	Blanks   []PaperBlanks
	Err      error // why the target as a whole failed

	counts  [Failed + 1]int // of files by status, once they are forgotten
	counted bool
}

// PaperBlanks is what a paper leaves for the pen.
type PaperBlanks struct {
	Title  string
	Blanks []string
}

// Failed reports whether the target failed as a whole.
func (r *Result) Failed() bool { return r.Err != nil || r.Problems.Failed() }

// Count returns how many files have the status.
func (r *Result) Count(s Status) int {
	if r.counted {
		return r.counts[s]
	}
	n := 0
	for _, f := range r.Files {
		if f.Status == s {
			n++
		}
	}
	return n
}

// Total returns how many files the target has, in every status.
func (r *Result) Total() int {
	if !r.counted {
		return len(r.Files)
	}
	n := 0
	for _, c := range r.counts {
		n += c
	}
	return n
}

// forget keeps of the files only those that a summary names, so that the
// results of forty thousand schools stay small; Count and Total still know all.
func (r *Result) forget() {
	var counts [Failed + 1]int
	var named []FileResult
	for _, f := range r.Files {
		counts[f.Status]++
		if f.Status > Changed {
			named = append(named, f)
		}
	}
	r.Files, r.counts, r.counted = named, counts, true
	r.Blanks, r.Skipped = nil, nil
}

// Progress tells of a run as it goes; it is called from one goroutine at a
// time, in no certain order of targets.
type Progress func(done, total int, r *Result)

// Run makes the papers of all targets, Workers at a time. The results stand in
// the order of the targets; those not begun when ctx ended are left out.
func (e *Engine) Run(ctx context.Context, targets []Target, o Options, progress Progress) []*Result {
	if o.Workers <= 0 {
		o.Workers = runtime.GOMAXPROCS(0)
	}
	if !o.PDF && !o.DOCX {
		o.PDF, o.DOCX = true, true
	}
	if o.disk == nil {
		o.disk = files{public: o.Public}
	}
	run := &run{engine: e, options: o, ids: map[string]string{}, claimed: make([]chan struct{}, len(targets))}
	for i := range run.claimed {
		run.claimed[i] = make(chan struct{})
	}
	// One target spreads its papers over the workers; many take one each.
	run.inner = max(1, o.Workers/max(1, len(targets)))

	results := make([]*Result, len(targets))
	next := make(chan int)
	var workers sync.WaitGroup
	var telling sync.Mutex
	done := 0
	for range min(o.Workers, len(targets)) {
		workers.Go(func() {
			for i := range next {
				r := run.target(ctx, targets, i)
				if len(targets) > 1 && !o.DryRun {
					r.forget()
				}
				telling.Lock()
				results[i] = r
				done++
				if progress != nil {
					progress(done, len(targets), r)
				}
				telling.Unlock()
			}
		})
	}
	for i := range targets {
		select {
		case next <- i:
		case <-ctx.Done():
		}
		if ctx.Err() != nil {
			break
		}
	}
	close(next)
	workers.Wait()
	return slices.DeleteFunc(results, func(r *Result) bool { return r == nil })
}

// run is one call of Run.
type run struct {
	engine  *Engine
	options Options
	inner   int // workers within a target
	base    [32]byte
	baseErr error
	once    sync.Once

	claimed []chan struct{} // closed when the target of this number has claimed its folder
	mu      sync.Mutex
	ids     map[string]string // folder → target that took it
	full    error             // the disk is full: what is not begun need not begin
}

// target makes the papers of the i-th target.
func (n *run) target(ctx context.Context, targets []Target, i int) *Result {
	r := &Result{Name: targets[i].Name}
	r.Err = guard(func() error {
		loaded, err := n.load(targets, i, r)
		if err != nil || loaded.Problems.Failed() {
			return err
		}
		return n.papers(ctx, loaded, r)
	})
	if trouble := (*FolderError)(nil); errors.As(r.Err, &trouble) && trouble.Trouble == Full {
		n.mu.Lock()
		n.full = r.Err
		n.mu.Unlock()
	}
	return r
}

// load reads a target and claims its folder. Targets claim in their order,
// whichever is read first, so that of two with one id always the same wins.
func (n *run) load(targets []Target, i int, r *Result) (Loaded, error) {
	wait := func() {
		if i > 0 {
			<-n.claimed[i-1]
		}
	}
	defer func() {
		wait()
		close(n.claimed[i])
	}()
	n.mu.Lock()
	full := n.full
	n.mu.Unlock()
	if full != nil {
		return Loaded{}, full
	}
	loaded := targets[i].Load()
	r.Problems = loaded.Problems
	if loaded.Problems.Failed() {
		return loaded, nil
	}
	switch {
	case loaded.School != nil:
		r.ID, r.Title = loaded.School.School.ID, loaded.School.School.NameShort
	case loaded.District != nil:
		// A district and the school of its centre may share an id.
		r.ID, r.Title = "район-"+loaded.District.Municipality.ID, loaded.District.Municipality.NameShort
	}
	r.Folder = filepath.Join(n.options.Out, portable(r.ID))
	wait()
	return loaded, n.claim(r.ID, targets[i].Name)
}

// claim keeps two targets of one run out of one folder.
func (n *run) claim(id, name string) error {
	n.mu.Lock()
	defer n.mu.Unlock()
	if other, taken := n.ids[fold(id)]; taken {
		return &diag.Problem{Code: "E06", Place: diag.Place{File: name},
			Text: fmt.Sprintf("код %q уже занят профилем %s", id, other), Hint: "дайте одной из школ другой school.id"}
	}
	n.ids[fold(id)] = name
	return nil
}

// papers plans, makes and writes the papers of a target.
func (n *run) papers(ctx context.Context, loaded Loaded, r *Result) error {
	f, err := openFolder(r.Folder, n.options.disk, n.options.DryRun, n.options.Force)
	if err != nil {
		return err
	}
	defer f.close()
	r.Problems = append(slices.Clip(r.Problems), f.notes...)
	input, err := n.input(loaded.Hash)
	if err != nil {
		return err
	}
	if n.upToDate(f, input, r) {
		return nil
	}

	set, err := n.plan(loaded)
	if err != nil {
		return err
	}
	r.Skipped = set.Skipped
	made, err := n.make(ctx, set, f, r)
	if err == nil && n.options.After != nil {
		err = n.after(loaded, made, f)
	}
	if err != nil {
		f.discard()
		return err
	}
	r.Papers = len(made)
	for i, m := range made {
		if id := m.Job.Document.ID; i == 0 || id != made[i-1].Job.Document.ID {
			r.Problems = append(r.Problems, n.engine.OwnProblems(id)...)
		}
	}
	selection := catalog.Selection{IDs: n.options.IDs, Public: n.options.Public}
	f.stale(func(doc string) bool { return n.engine.Library.Asks(selection, doc) }, n.options.Prune)
	err = f.commit(input)
	r.Files = f.done
	if err != nil {
		for i := range r.Files {
			if s := r.Files[i].Status; s == Created || s == Changed || s == Replaced {
				r.Files[i].Status = Failed
			}
		}
	}
	return err
}

// input is the hash of all that decides the bytes of a target's papers.
func (n *run) input(profile [32]byte) (string, error) {
	n.once.Do(func() {
		var templates [32]byte
		templates, n.baseErr = n.engine.Fingerprint()
		o := n.options
		n.base = sha256.Sum256(fmt.Appendf(nil, "%x %s %q %t %t %t %q %t", templates, o.Version, o.IDs, o.PDF, o.DOCX, o.Public, o.Watermark, o.Print))
	})
	h := sha256.New()
	h.Write(n.base[:])
	h.Write(profile[:])
	return hex.EncodeToString(h.Sum(nil)), n.baseErr
}

// upToDate reports whether nothing of the input changed and every file is as
// it was written; then there is nothing to make.
func (n *run) upToDate(f *folder, input string, r *Result) bool {
	if f.old.Input != input || f.old.Input == "" {
		return false
	}
	var files []FileResult
	docs := map[string]bool{}
	for _, e := range f.old.Files {
		info, err := f.disk.Stat(f.file(e.Name))
		if err != nil || !info.Mode().IsRegular() || e.Stale {
			return false // a stale file is told of in every run
		}
		if hash, err := f.hashOnDisk(e.Name, info); err != nil || hash != e.SHA256 {
			return false
		}
		files = append(files, FileResult{Name: e.Name, Doc: e.Doc, Status: Unchanged, Size: e.Size})
		docs[stem(e.Name)] = true
	}
	r.Files, r.Papers = files, len(docs)
	return true
}

func (n *run) plan(loaded Loaded) (catalog.Set, error) {
	selection := catalog.Selection{IDs: n.options.IDs, Public: n.options.Public, Emblem: loaded.Emblem}
	if loaded.District != nil {
		return n.engine.Library.PlanMunicipality(loaded.District, selection)
	}
	return n.engine.Library.Plan(loaded.School, selection)
}

// output is a paper on its way to the folder.
type output struct {
	paper *Paper
	err   error
}

// make fills every paper of a set and puts it into the folder in order; the
// packing list comes last, since it tells of the others.
func (n *run) make(ctx context.Context, set catalog.Set, f *folder, r *Result) ([]Made, error) {
	names := fileNames(set, n.options.Public)
	want := Want{PDF: n.options.PDF, Watermark: n.options.Watermark, Layout: n.options.Print}
	outputs := make([]chan output, len(set.Jobs))
	for i := range outputs {
		outputs[i] = make(chan output, 1)
	}
	list := slices.IndexFunc(set.Jobs, func(j catalog.Job) bool { return j.Document.ID == "packing_list" })

	var workers sync.WaitGroup
	jobs := make(chan int)
	for range n.inner {
		workers.Go(func() {
			for i := range jobs {
				var out output
				out.err = guard(func() (err error) {
					out.paper, err = n.engine.Paper(set.Jobs[i], want)
					return err
				})
				outputs[i] <- out
			}
		})
	}
	stop := make(chan struct{})
	go func() {
		defer close(jobs)
		for i := range set.Jobs {
			if i == list {
				continue
			}
			select {
			case jobs <- i:
			case <-stop:
				return
			}
		}
	}()
	defer workers.Wait()
	defer close(stop)

	print := printFile{}
	var made []Made
	take := func(i int, out output) error {
		if out.err != nil {
			return fmt.Errorf("%s: %w", set.Jobs[i].Title(), out.err)
		}
		n.put(f, names[i], set.Jobs[i], out.paper, r)
		print.add(set.Jobs[i], out.paper)
		m := Made{Job: set.Jobs[i], Name: names[i]}
		if n.options.After != nil {
			m.Paper = out.paper // otherwise its bytes are free to go
		}
		made = append(made, m)
		if f.broken != nil && !diskFull(f.broken) { // a full disk: go on to count what it lacks
			return f.broken
		}
		return nil
	}
	for i := range set.Jobs {
		if i == list {
			continue
		}
		if ctx.Err() != nil {
			return nil, ctx.Err()
		}
		if err := take(i, <-outputs[i]); err != nil {
			return nil, err
		}
	}
	if list >= 0 {
		n.pack(set, names, r, list)
		p, err := n.engine.Paper(set.Jobs[list], want)
		if err := take(list, output{p, err}); err != nil {
			return nil, err
		}
	}
	if n.options.Print {
		b, err := print.write(n.engine, want)
		if err != nil {
			return nil, err
		}
		f.put("Все документы для печати.pdf", "print", b)
	}
	return made, nil
}

// after adds the files that the caller makes of the papers.
func (n *run) after(loaded Loaded, made []Made, f *folder) error {
	files, err := n.options.After(loaded, made)
	if err != nil {
		return err
	}
	for _, file := range files {
		f.put(file.Name, file.Doc, file.Data)
	}
	return nil
}

// put hands the files of a paper to the folder and gathers what it tells.
func (n *run) put(f *folder, name string, job catalog.Job, p *Paper, r *Result) {
	if n.options.DOCX && p.DOCX != nil { // a filled form is a PDF alone
		f.put(name+".docx", job.Document.ID, p.DOCX)
	}
	if n.options.PDF || p.DOCX == nil { // and is written whatever was asked for
		f.put(name+".pdf", job.Document.ID, p.PDF)
	}
	if len(p.Blanks) > 0 {
		r.Blanks = append(r.Blanks, PaperBlanks{job.Title(), unique(p.Blanks)})
	}
	for _, problem := range p.Problems {
		if problem.Place.File == "" {
			problem.Place.File = name + ".docx"
		}
		r.Problems = append(r.Problems, problem)
	}
}

func unique(list []string) []string {
	var out []string
	for _, s := range list {
		if !slices.Contains(out, s) {
			out = append(out, s)
		}
	}
	return out
}

// pack fills the packing list: the papers, who signs what, what is blank and
// what the checks say.
func (n *run) pack(set catalog.Set, names []string, r *Result, at int) {
	v := set.Jobs[at].View
	p := &v.Packing
	blanks := map[string][]string{}
	for _, b := range r.Blanks {
		blanks[b.Title] = b.Blanks
		p.Blanks = append(p.Blanks, catalog.PackingBlank{Doc: b.Title, Blanks: b.Blanks})
	}
	people := map[string]int{}
	for i, job := range set.Jobs {
		row := catalog.PackingDoc{N: i + 1, Title: job.Title(), File: russian.Typography(names[i]), Date: job.View.Doc.Date.Short, Number: job.View.Doc.Number,
			Blanks: strings.Join(blanks[job.Title()], ", ")}
		for _, other := range set.Jobs {
			if other.Document.AnnexOf == job.Document.ID {
				row.Annexes++
			}
		}
		var signers []string
		for _, s := range job.Signers {
			signers = append(signers, s.Name.Short.Nom)
			k, seen := people[s.Name.Nom]
			if !seen {
				k = len(p.People)
				people[s.Name.Nom] = k
				p.People = append(p.People, catalog.PackingPerson{Name: s.Name.Nom, Place: s.Place})
			}
			p.People[k].Docs = append(p.People[k].Docs, signed(job, s))
		}
		if more := len(signers) - maxSigners; more > 0 {
			signers = append(signers[:maxSigners], fmt.Sprintf("и\u00a0ещё\u00a0%d – по списку «Кому что подписать»", more))
		}
		row.Signers = strings.Join(signers, ", ")
		p.Docs = append(p.Docs, row)
	}
	p.People = inRows(p.People)
	for i, s := range set.Skipped {
		p.Skipped = append(p.Skipped, catalog.PackingDoc{N: i + 1, Title: s.Document.Title, Reason: s.Reason})
	}
	p.Warnings = warnings(r.Problems)
}

// A row of the packing list must fit its page with room to spare: rows do not
// tear, and of one higher than a page LibreOffice loses the end.
const (
	maxSigners = 12 // named in the row of a paper
	maxPapers  = 24 // in one row of a person
)

// inRows numbers the people and gives who has many papers several rows.
func inRows(people []catalog.PackingPerson) []catalog.PackingPerson {
	var rows []catalog.PackingPerson
	for i, p := range people {
		p.N = i + 1
		for part := range slices.Chunk(p.Docs, maxPapers) {
			p.Docs = part
			rows = append(rows, p)
			p.N, p.Name = 0, people[i].Name+" (продолжение)"
		}
	}
	return rows
}

// fewAlike is how many warnings of one rule the packing list prints in full.
const fewAlike = 3

// warnings are the texts of warnings for the packing list; those of one rule
// are told a few times and then counted, or they would bury the others.
func warnings(problems diag.List) []string {
	var out, codes []string
	seen := map[string]int{}
	for _, problem := range problems {
		if problem.Level != diag.Warning {
			continue
		}
		if problem.Code == "" {
			out = append(out, problem.Text)
			continue
		}
		if seen[problem.Code]++; seen[problem.Code] == 1 {
			codes = append(codes, problem.Code)
		}
		if seen[problem.Code] <= fewAlike {
			out = append(out, problem.Code+": "+problem.Text)
		}
	}
	for _, code := range codes {
		if more := seen[code] - fewAlike; more > 0 {
			out = append(out, fmt.Sprintf("%s: и ещё %d – все покажет nastavnik check", code, more))
		}
	}
	return out
}

// signed names a paper in the list of one person: without the person's own
// name, and as acquaintance where that is all the person signs.
func signed(job catalog.Job, s catalog.Person) string {
	title := job.Title()
	if job.Suffix == s.Name.Short.Nom {
		title = job.Document.Title
	}
	acquainted := slices.ContainsFunc(job.View.Ack, func(a catalog.Person) bool { return a.Name.Nom == s.Name.Nom })
	if acquainted && len(job.Document.Signs) == 0 && job.View.Doc.Signer.Name.Nom != s.Name.Nom {
		title += " (ознакомление)"
	}
	return title
}

// HashFiles returns the hash of the named files' bytes, for Loaded.Hash; a
// file that cannot be read counts by its name.
func HashFiles(names ...string) [32]byte {
	h := sha256.New()
	for _, name := range names {
		b, err := os.ReadFile(name)
		fmt.Fprintf(h, "%d %t\n", len(b), err == nil)
		h.Write(b)
	}
	return [32]byte(h.Sum(nil))
}
