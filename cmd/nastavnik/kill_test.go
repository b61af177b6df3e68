//go:build interop && linux

package main

import (
	"archive/zip"
	"bytes"
	"fmt"
	"io"
	"io/fs"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// kills is how many runs are killed.
const kills = 200

// TestKill kills runs at random moments, also the runs that mend what others
// left. After each, every file under a final name is whole; the run that is
// let be ends with the bytes of a clean one.
func TestKill(t *testing.T) {
	program := filepath.Join(t.TempDir(), "nastavnik")
	if b, err := exec.Command("go", "build", "-o", program, ".").CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, b)
	}
	args := func(out string, more ...string) []string {
		return append([]string{"generate", "-o", out, "--docs", "minutes,order_launch,order_pairs,personal_plan,pd_consent,packing_list", "-q"}, more...)
	}
	clean := t.TempDir()
	begun := time.Now()
	if b, err := exec.Command(program, args(clean)...).CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, b)
	}
	whole := time.Since(begun)

	random := rand.New(rand.NewPCG(1, 2))
	out := t.TempDir()
	late := 0
	for i := range kills {
		if i%20 == 0 { // begin afresh now and then
			out = t.TempDir()
		}
		// Another watermark makes every PDF another file.
		run := exec.Command(program, args(out, "--watermark", fmt.Sprint("№ ", i))...)
		if err := run.Start(); err != nil {
			t.Fatal(err)
		}
		time.Sleep(time.Duration(random.Int64N(int64(whole))))
		run.Process.Kill()
		run.Wait()
		if run.ProcessState.Exited() {
			late++
			if !run.ProcessState.Success() {
				t.Fatalf("run %d ended by itself: %v", i, run.ProcessState)
			}
		}
		wholeFiles(t, out)
		if t.Failed() {
			t.Fatalf("after kill %d", i)
		}
		if i%20 == 19 {
			if b, err := exec.Command(program, args(out)...).CombinedOutput(); err != nil {
				t.Fatalf("the run after the kills: %v\n%s", err, b)
			}
			sameFiles(t, clean, out)
		}
	}
	t.Logf("%d runs killed, of which %d had just ended; a whole run takes %v", kills, late, whole)
	if late > kills*3/4 {
		t.Error("too few runs were killed in time to prove anything")
	}
}

// wholeFiles opens every file that bears a final name.
func wholeFiles(t *testing.T, dir string) {
	t.Helper()
	filepath.WalkDir(dir, func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || strings.HasSuffix(name, ".tmp") {
			return nil
		}
		b, err := os.ReadFile(name)
		if err != nil {
			t.Error(err)
			return nil
		}
		switch filepath.Ext(name) {
		case ".docx":
			err = readZip(b)
		case ".pdf":
			if !bytes.HasPrefix(b, []byte("%PDF-")) || !bytes.HasSuffix(bytes.TrimSpace(b), []byte("%%EOF")) {
				err = fmt.Errorf("not a whole PDF")
			}
		case ".json":
			if !bytes.HasSuffix(b, []byte("}\n")) {
				err = fmt.Errorf("not a whole manifest")
			}
		}
		if err != nil {
			t.Errorf("%s: %v", name, err)
		}
		return nil
	})
}

func readZip(b []byte) error {
	z, err := zip.NewReader(bytes.NewReader(b), int64(len(b)))
	if err != nil {
		return err
	}
	for _, f := range z.File {
		r, err := f.Open()
		if err != nil {
			return err
		}
		if _, err := io.Copy(io.Discard, r); err != nil { // the checksum is looked at
			return err
		}
	}
	return nil
}

func sameFiles(t *testing.T, clean, out string) {
	t.Helper()
	filepath.WalkDir(clean, func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		rel, _ := filepath.Rel(clean, name)
		want, _ := os.ReadFile(name)
		got, err := os.ReadFile(filepath.Join(out, rel))
		if err != nil || !bytes.Equal(got, want) {
			t.Errorf("%s is not what a clean run writes (%v)", rel, err)
		}
		return nil
	})
	filepath.WalkDir(out, func(name string, d fs.DirEntry, err error) error {
		if err == nil && strings.HasSuffix(name, ".tmp") {
			t.Errorf("%s is left", name)
		}
		return nil
	})
}
