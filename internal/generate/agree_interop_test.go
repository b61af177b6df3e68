//go:build interop

package generate

import (
	"context"
	"html"
	"math"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"nastavnik/internal/profile"
	"nastavnik/samples"
)

// TestSamePagesAsLibreOffice holds our PDF of the samples' papers against
// LibreOffice's of the DOCX beside it: pages, their first and last lines, every
// line, and the places of words. A school gives one paper of each kind.
//
// The figures hold for LibreOffice 7.4; others break lines by other rules.
func TestSamePagesAsLibreOffice(t *testing.T) {
	for _, tool := range []string{"soffice", "pdftotext"} {
		if _, err := exec.LookPath(tool); err != nil {
			t.Fatalf("%s is needed for the interop tests", tool)
		}
	}
	out, pdfs := t.TempDir(), t.TempDir()
	targets := []Target{sample(samples.Demo), sample("002-sargat/school.toml"), sample("003-gymnasium144/school.toml"), sample("004-zakharvan/school.toml")}
	for _, name := range []string{"000-maima", "001-onguday"} {
		targets = append(targets, Target{Name: name, Load: func() Loaded {
			m, problems := profile.LoadMunicipalityFS(samples.FS, name+"/municipality.toml")
			return Loaded{District: m, Problems: problems, Hash: [32]byte{1}}
		}})
	}
	args := []string{"-env:UserInstallation=file://" + t.TempDir(), "--headless", "--convert-to", "pdf", "--outdir", pdfs}
	var names []string
	for _, r := range engine(t).Run(context.Background(), targets, Options{Out: out}, nil) {
		if r.Failed() {
			t.Fatalf("%s: %v %v", r.Name, r.Err, r.Problems.Err())
		}
		found, _ := filepath.Glob(filepath.Join(r.Folder, "*.docx"))
		kinds := map[string]int{}
		for _, name := range found {
			kind, _, _ := strings.Cut(filepath.Base(name), " ")
			if kinds[kind]++; kinds[kind] == 1 {
				// schools have papers of the same names
				copied := filepath.Join(t.TempDir(), strconv.Itoa(len(names))+".docx")
				if err := exec.Command("cp", name, copied).Run(); err != nil {
					t.Fatal(err)
				}
				names = append(names, name)
				args = append(args, copied)
			}
		}
	}
	ctx, cancel := context.WithTimeout(t.Context(), 5*time.Minute)
	defer cancel()
	start := time.Now()
	if b, err := exec.CommandContext(ctx, "soffice", args...).CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, b)
	}
	t.Logf("LibreOffice took %s", time.Since(start).Round(time.Second))

	var sum tally
	for i, name := range names {
		ref := pdfPages(t, filepath.Join(pdfs, strconv.Itoa(i)+".pdf"))
		one := compare(ref, pdfPages(t, strings.TrimSuffix(name, ".docx")+".pdf"))
		if one.edges < one.pages || one.placed < one.lines || one.dx > 1 || one.dy > 0.2 {
			t.Logf("%s: %+v", filepath.Base(name), one)
		}
		sum.add(one)
	}
	t.Logf("%d papers: %+v", len(names), sum)
	if len(names) < 110 {
		t.Errorf("got %d papers, want more", len(names))
	}
	if sum.counts > 0 {
		t.Errorf("%d papers have other page counts, want none", sum.counts)
	}
	if sum.edges < sum.pages {
		t.Errorf("%d of %d pages begin and end alike, want all", sum.edges, sum.pages)
	}
	if 1000*sum.placed < 999*sum.lines {
		t.Errorf("%d of %d lines are in their place, want 99.9%%", sum.placed, sum.lines)
	}
	if sum.dx > 1 || sum.dy > 0.2 {
		t.Errorf("words stand up to %.2f and %.2f pt off, want 1 and 0.2", sum.dx, sum.dy)
	}
}

// tally counts in how much two PDFs agree.
type tally struct {
	counts        int // papers of other page counts
	pages, edges  int
	lines, placed int
	dx, dy        float64 // the largest, in points, of words in lines that agree
}

func (t *tally) add(u tally) {
	t.counts += u.counts
	t.pages += u.pages
	t.edges += u.edges
	t.lines += u.lines
	t.placed += u.placed
	t.dx, t.dy = max(t.dx, u.dx), max(t.dy, u.dy)
}

// pdfWord is a word as pdftotext sees it, in points from the upper left.
type pdfWord struct {
	x, top, bottom float64
	text           string
}

// pdfLine is the words of one height, from left to right.
type pdfLine []pdfWord

func (l pdfLine) text() string {
	var b strings.Builder
	for _, w := range l {
		b.WriteString(w.text)
	}
	return b.String()
}

var wordBox = regexp.MustCompile(`<word xMin="([-\d.]+)" yMin="([-\d.]+)" xMax="[-\d.]+" yMax="([-\d.]+)">(.*?)</word>`)

// pdfPages reads the lines of each page.
func pdfPages(t *testing.T, name string) (pages [][]pdfLine) {
	t.Helper()
	out, err := exec.Command("pdftotext", "-bbox", name, "-").Output()
	if err != nil {
		t.Fatal(name, err)
	}
	for _, p := range strings.Split(string(out), "<page ")[1:] {
		var words pdfLine
		for _, m := range wordBox.FindAllStringSubmatch(p, -1) {
			n := func(k int) float64 { v, _ := strconv.ParseFloat(m[k], 64); return v }
			words = append(words, pdfWord{n(1), n(2), n(3), strings.Trim(html.UnescapeString(m[4]), "\u00a0\u00ad")})
		}
		slices.SortStableFunc(words, func(a, b pdfWord) int {
			return int(math.Round(10 * (a.top + a.bottom - b.top - b.bottom)))
		})
		var lines []pdfLine
		for _, w := range words {
			if n := len(lines); n > 0 {
				first := lines[n-1][0]
				if math.Abs(first.top+first.bottom-w.top-w.bottom) < 0.8*min(first.bottom-first.top, w.bottom-w.top) {
					lines[n-1] = append(lines[n-1], w)
					continue
				}
			}
			lines = append(lines, pdfLine{w})
		}
		for _, l := range lines {
			slices.SortStableFunc(l, func(a, b pdfWord) int { return int(math.Round(100 * (a.x - b.x))) })
		}
		pages = append(pages, lines)
	}
	return pages
}

// compare holds ours against the reference.
func compare(ref, ours [][]pdfLine) (t tally) {
	if len(ref) != len(ours) {
		t.counts++
	}
	t.pages = max(len(ref), len(ours))
	shifts := map[int][]float64{} // by the height of words: producers state other ascents
	for i, a := range ref {
		t.lines += len(a)
		if i >= len(ours) {
			break
		}
		b := ours[i]
		same := func(k, m int) bool { return k < len(a) && m < len(b) && a[k].text() == b[m].text() }
		if len(a) == 0 && len(b) == 0 || len(a) > 0 && len(b) > 0 && same(0, 0) && same(len(a)-1, len(b)-1) {
			t.edges++
		}
		for k := range a {
			if !same(k, k) {
				continue
			}
			t.placed++
			if len(a[k]) != len(b[k]) {
				continue // cut into words otherwise
			}
			for j, w := range a[k] {
				v := b[k][j]
				if v.text != w.text {
					break
				}
				t.dx = max(t.dx, math.Abs(v.x-w.x))
				height := int(math.Round(10 * (w.bottom - w.top)))
				shifts[height] = append(shifts[height], v.top-w.top)
			}
		}
	}
	for _, list := range shifts {
		slices.Sort(list)
		middle := list[len(list)/2]
		t.dy = max(t.dy, list[len(list)-1]-middle, middle-list[0])
	}
	return t
}
