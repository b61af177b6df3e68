package main

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"testing"

	"nastavnik/templates"
)

// BenchmarkMany makes the PDFs of many files in one run of the command, and
// prints the peak of memory, which does not grow with their number, and files a
// second.
//
//	go test ./cmd/nastavnik -run - -bench Many -benchtime 1x
func BenchmarkMany(b *testing.B) {
	papers, err := fs.Glob(templates.FS, "*.docx")
	if err != nil {
		b.Fatal(err)
	}
	held := make([]byte, ballast)
	defer runtime.KeepAlive(held)
	for _, n := range []int{1_000, 10_000} {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			b.ReportAllocs()
			dir := b.TempDir()
			args := []string{"pdf", "-o", filepath.Join(dir, "pdf")}
			for i := range n {
				name := filepath.Join(dir, fmt.Sprintf("%05d.docx", i))
				if i < len(papers) {
					data, err := templates.FS.ReadFile(papers[i])
					if err != nil {
						b.Fatal(err)
					}
					err = os.WriteFile(name, data, 0o600)
					if err != nil {
						b.Fatal(err)
					}
				} else if err := os.Link(args[3+i%len(papers)], name); err != nil {
					b.Fatal(err)
				}
				args = append(args, name)
			}
			for b.Loop() {
				var talk bytes.Buffer
				if code := run(process{nil, io.Discard, &talk, context.Background()}, args); code != exitDone {
					b.Fatal(code, talk.String())
				}
			}
			b.ReportMetric(float64(b.N*n)/b.Elapsed().Seconds(), "files/s")
			b.ReportMetric(peakMemory(), "MB-peak")
		})
	}
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
