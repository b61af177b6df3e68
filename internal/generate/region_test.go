package generate

import (
	"bytes"
	"context"
	"crypto/sha256"
	"fmt"
	"io/fs"
	"os"
	"strings"
	"testing"
	"time"

	"nastavnik/internal/profile"
	"nastavnik/samples"
)

// regionTarget is the i-th school of a made-up region: the demo school under
// another name, read from TOML like any other.
func regionTarget(demo []byte, i int) Target {
	name := fmt.Sprintf("region/school%05d.toml", i)
	return Target{Name: name, Load: func() Loaded {
		text := strings.NewReplacer(
			`id = "demo"`, fmt.Sprintf(`id = "school%05d"`, i),
			"Образцовская", fmt.Sprintf("Образцовская № %d", i),
		).Replace(string(demo))
		s, problems := profile.Read(name, []byte(text))
		return Loaded{School: s, Problems: problems, Hash: sha256.Sum256([]byte(text))}
	}}
}

func region(tb testing.TB, n int) []Target {
	tb.Helper()
	demo, err := fs.ReadFile(samples.FS, samples.Demo)
	if err != nil {
		tb.Fatal(err)
	}
	targets := make([]Target, n)
	for i := range targets {
		targets[i] = regionTarget(demo, i)
	}
	return targets
}

// peakMemory is the most memory the process has had, in MB; 0 where the system
// does not tell.
func peakMemory() float64 {
	b, err := os.ReadFile("/proc/self/status")
	if err != nil {
		return 0
	}
	_, after, found := bytes.Cut(b, []byte("VmHWM:"))
	var kb float64
	if found {
		fmt.Sscan(string(after), &kb)
	}
	return kb / 1024
}

// BenchmarkRegion makes the typical set of 100 schools, DOCX and PDF, then runs
// again with nothing changed. It prints papers (a DOCX and a PDF) a second, the
// peak of memory, and the share of time that the second run takes.
//
//	go test ./internal/generate -run - -bench Region -benchtime 1x
//
// NASTAVNIK_REGION=1000 makes as many schools.
//
// Measured on two cores of a server of 2026: 442 papers a second and 129 MB at
// 100 schools, 550 and 132 MB at 600, a second run 45 to 52 times as fast. The
// typical set of this school has 62 papers, so 40,000 schools are 2.5 million
// papers: 75 to 95 minutes on such a machine, a quarter of it on four with
// --shard; the memory does not grow with their number.
func BenchmarkRegion(b *testing.B) {
	b.ReportAllocs()
	n := 100
	if s := os.Getenv("NASTAVNIK_REGION"); s != "" {
		fmt.Sscan(s, &n)
	}
	targets := region(b, n)
	for b.Loop() {
		e := engine(b)
		o := Options{Out: b.TempDir(), IDs: []string{"typical"}}
		begun := time.Now()
		papers := 0
		for _, r := range e.Run(context.Background(), targets, o, nil) {
			if r.Failed() {
				b.Fatal(r.Name, r.Err, r.Problems.Err())
			}
			papers += r.Papers
		}
		first := time.Since(begun)
		begun = time.Now()
		e.Run(context.Background(), targets, o, nil)
		second := time.Since(begun)
		b.ReportMetric(float64(papers)/first.Seconds(), "papers/s")
		b.ReportMetric(peakMemory(), "MB-peak")
		b.ReportMetric(first.Seconds()/second.Seconds(), "×faster-again")
	}
}
