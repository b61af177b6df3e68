package generate

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"nastavnik/fonts"
	"nastavnik/internal/font"
	"nastavnik/internal/profile"
	"nastavnik/samples"
	"nastavnik/templates"
)

// newEngine makes an engine over the embedded templates and fonts, and the
// user's templates, if any.
func newEngine(own fs.FS) (*Engine, error) {
	faces, err := font.Open(fonts.FS)
	if err != nil {
		return nil, err
	}
	return New(Setup{Templates: templates.FS, Fonts: faces, Own: own})
}

func engine(t testing.TB) *Engine { return engineWith(t, nil) }

// engineWith is an engine with a folder of the user's templates.
func engineWith(t testing.TB, own fs.FS) *Engine {
	t.Helper()
	e, err := newEngine(own)
	if err != nil {
		t.Fatal(err)
	}
	return e
}

// sample returns a target of an embedded profile.
func sample(name string) Target {
	return Target{Name: name, Load: func() Loaded {
		s, problems := profile.LoadFS(samples.FS, name)
		return Loaded{School: s, Problems: problems, Hash: [32]byte{1}}
	}}
}

// contents reads a folder of papers, keyed by path.
func contents(t *testing.T, dir string) map[string]string {
	t.Helper()
	out := map[string]string{}
	err := filepath.WalkDir(dir, func(name string, d os.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		b, err := os.ReadFile(name)
		rel, _ := filepath.Rel(dir, name)
		out[rel] = string(b)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func runOne(t *testing.T, e *Engine, o Options, name string) *Result {
	t.Helper()
	results := e.Run(context.Background(), []Target{sample(name)}, o, nil)
	if len(results) != 1 {
		t.Fatalf("got %d results, want 1", len(results))
	}
	if results[0].Failed() {
		t.Fatalf("%s: %v %v", name, results[0].Err, results[0].Problems.Err())
	}
	return results[0]
}

func TestSameBytes(t *testing.T) {
	e := engine(t)
	one, many := t.TempDir(), t.TempDir()
	ids := []string{"minutes", "order_pairs", "personal_plan", "packing_list"}
	runOne(t, e, Options{Out: one, Workers: 1, IDs: ids}, samples.Demo)
	runOne(t, engine(t), Options{Out: many, Workers: 8, IDs: ids}, samples.Demo)
	a, b := contents(t, one), contents(t, many)
	if len(a) < 10 {
		t.Fatalf("got %d files, want at least 10", len(a))
	}
	for name, bytes := range a {
		if b[name] != bytes {
			t.Errorf("%s differs between two runs", name)
		}
	}
}

func TestSecondRun(t *testing.T) {
	e := engine(t)
	out := t.TempDir()
	o := Options{Out: out, IDs: []string{"minutes", "order_pairs"}}
	first := runOne(t, e, o, samples.Demo)
	if first.Count(Created) != 4 {
		t.Fatalf("first run: got %d new files, want 4", first.Count(Created))
	}
	before := contents(t, out)
	if second := runOne(t, e, o, samples.Demo); second.Count(Unchanged) != 4 {
		t.Errorf("second run: got %d unchanged files, want 4", second.Count(Unchanged))
	}
	edited := filepath.Join(first.Folder, first.Files[0].Name)
	os.WriteFile(edited, []byte("правка"), 0o644)
	if r := runOne(t, e, o, samples.Demo); r.Count(Edited) != 1 || r.Count(Unchanged) != 3 {
		t.Errorf("after an edit: got %v", r.Files)
	}
	if b, _ := os.ReadFile(edited); string(b) != "правка" {
		t.Error("an edited file was overwritten unasked")
	}
	o.Force = true
	r := runOne(t, e, o, samples.Demo)
	if r.Count(Replaced) != 1 {
		t.Fatalf("with force: got %v", r.Files)
	}
	if b, _ := os.ReadFile(filepath.Join(r.Folder, r.Files[0].Copy)); string(b) != "правка" {
		t.Errorf("the edited file is not kept as %q", r.Files[0].Copy)
	}
	after := contents(t, out)
	for name, bytes := range before {
		if !strings.Contains(name, keeping) && after[name] != bytes {
			t.Errorf("%s is not what a clean run writes", name)
		}
	}
}

func TestStale(t *testing.T) {
	e := engine(t)
	out := t.TempDir()
	runOne(t, e, Options{Out: out, IDs: []string{"minutes"}}, samples.Demo)
	folder := filepath.Join(out, "demo")
	f, err := openFolder(folder, files{}, false, false)
	if err != nil {
		t.Fatal(err)
	}
	f.next = append(slices.Clone(f.old.Files), entry{Name: "прежний.docx", Doc: "minutes", SHA256: hashOf([]byte("x")), Size: 1})
	os.WriteFile(filepath.Join(folder, "прежний.docx"), []byte("x"), 0o644)
	if err := f.commit(""); err != nil {
		t.Fatal(err)
	}
	f.close()
	o := Options{Out: out, IDs: []string{"minutes"}}
	if r := runOne(t, e, o, samples.Demo); r.Count(Stale) != 1 {
		t.Fatalf("got %v, want one stale file", r.Files)
	}
	o.Prune = true
	if r := runOne(t, e, o, samples.Demo); r.Count(Removed) != 1 {
		t.Fatalf("got %v, want one removed file", r.Files)
	}
	if _, err := os.Stat(filepath.Join(folder, "прежний.docx")); !os.IsNotExist(err) {
		t.Error("a stale file is still there after prune")
	}
}

func TestDryRun(t *testing.T) {
	out := filepath.Join(t.TempDir(), "нет")
	r := runOne(t, engine(t), Options{Out: out, IDs: []string{"minutes"}, DryRun: true}, samples.Demo)
	if r.Count(Created) != 2 {
		t.Errorf("got %v, want two new files told", r.Files)
	}
	if _, err := os.Stat(out); !os.IsNotExist(err) {
		t.Error("a dry run wrote something")
	}
}

func TestBusyFolder(t *testing.T) {
	out := t.TempDir()
	f, err := openFolder(filepath.Join(out, "demo"), files{}, false, false)
	if err != nil {
		t.Fatal(err)
	}
	defer f.close()
	r := engine(t).Run(context.Background(), []Target{sample(samples.Demo)}, Options{Out: out, IDs: []string{"minutes"}}, nil)[0]
	if r.Err == nil || !strings.Contains(r.Err.Error(), fmt.Sprintf("папка занята другим запуском (процесс %d, начат в ", os.Getpid())) {
		t.Errorf("got %v, want the folder to be busy", r.Err)
	}
}

func TestForeignFolder(t *testing.T) {
	out := t.TempDir()
	os.MkdirAll(filepath.Join(out, "demo"), 0o755)
	os.WriteFile(filepath.Join(out, "demo", "чужое.txt"), []byte("важное"), 0o644)
	r := engine(t).Run(context.Background(), []Target{sample(samples.Demo)}, Options{Out: out, IDs: []string{"minutes"}}, nil)[0]
	if r.Err == nil {
		t.Error("a folder of somebody's files was taken")
	}
}

func TestNames(t *testing.T) {
	for _, c := range []struct{ in, want string }{
		{"03 Приказ: пары", "03 Приказ- пары"},
		{`а/б\в|г*д?е"ж<з>`, "а-б-в-гдежз"},
		{"ГБОУ им. А. С.", "ГБОУ им. А. С"},
		{"con", "_con"},
		{"LPT¹", "_LPT¹"},
		{"консул", "консул"},
		{"  два   пробела\n", "два пробела"},
	} {
		if got := portable(c.in); got != c.want {
			t.Errorf("portable(%q): got %q, want %q", c.in, got, c.want)
		}
	}
	if got := portable(strings.Repeat("я", 300)); len(got) > longest || !strings.HasPrefix(got, "яя") {
		t.Errorf("a long name has %d bytes, want at most %d", len(got), longest)
	}
}

// Of two targets with one id the first wins, however many work (F116).
func TestTwins(t *testing.T) {
	e := engine(t)
	for range 5 {
		slow, fast := sample(samples.Demo), sample(samples.Demo)
		slow.Name, fast.Name = "slow", "fast"
		load := slow.Load
		slow.Load = func() Loaded {
			time.Sleep(5 * time.Millisecond)
			return load()
		}
		results := e.Run(context.Background(), []Target{slow, fast}, Options{Out: t.TempDir(), IDs: []string{"minutes"}, DOCX: true, Workers: 2}, nil)
		if results[0].Failed() || !results[1].Failed() || !strings.Contains(results[1].Err.Error(), `код "demo" уже занят профилем slow`) {
			t.Fatalf("got %v and %v, want the second refused", results[0].Err, results[1].Err)
		}
	}
}

// A panic of ours stops its own target (F136).
func TestPanic(t *testing.T) {
	bad := Target{Name: "bad", Load: func() Loaded { panic("нарочно") }}
	results := engine(t).Run(context.Background(), []Target{bad, sample(samples.Demo)}, Options{Out: t.TempDir(), IDs: []string{"minutes"}, DOCX: true}, nil)
	if bug := (*BugError)(nil); !errors.As(results[0].Err, &bug) || results[1].Failed() {
		t.Errorf("got %v and %v, want a bug and a set", results[0].Err, results[1].Err)
	}
}
