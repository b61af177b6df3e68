//go:build interop && linux

package main

import (
	"fmt"
	"math/rand/v2"
	"os/exec"
	"path/filepath"
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
