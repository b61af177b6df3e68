//go:build unix

package main

import (
	"bufio"
	"bytes"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"nastavnik/samples"
)

// TestInterrupt stops a run after its first school, by Ctrl-C and by SIGTERM:
// it ends with 130 and says how far it came, every file is whole, and the next
// run ends as one that was let be (F102, F104).
func TestInterrupt(t *testing.T) {
	dir := t.TempDir()
	if err := os.CopyFS(filepath.Join(dir, "s"), samples.FS); err != nil {
		t.Fatal(err)
	}
	program := func(out string) *exec.Cmd {
		c := exec.Command("nastavnik", "generate", "s/000-maima", "-o", out, "--docs", "typical,mun_order", "--format", "docx", "-j", "1", "--progress", "json")
		c.Dir = dir
		return c
	}
	if b, err := program("clean").CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, b)
	}
	for _, signal := range []os.Signal{os.Interrupt, syscall.SIGTERM} {
		out := signal.String()
		run := program(out)
		talk, err := run.StderrPipe()
		if err != nil {
			t.Fatal(err)
		}
		if err := run.Start(); err != nil {
			t.Fatal(err)
		}
		lines := bufio.NewScanner(talk)
		var told strings.Builder
		for sent := false; lines.Scan(); {
			told.WriteString(lines.Text() + "\n")
			if !sent && strings.Contains(lines.Text(), `"type":"progress"`) {
				run.Process.Signal(signal)
				sent = true
			}
		}
		err = run.Wait()
		var exit *exec.ExitError
		if !errors.As(err, &exit) || exit.ExitCode() != exitInterrupted {
			t.Fatalf("%s: got %v, want exit code %d\n%s", signal, err, exitInterrupted, told.String())
		}
		if !strings.Contains(told.String(), "прервано: сделано ") || !strings.Contains(told.String(), " из 9; повторите команду") {
			t.Errorf("%s: got %s\nwant how far it came", signal, told.String())
		}
		whole, _ := filepath.Glob(filepath.Join(dir, "clean", "*"))
		if made, _ := filepath.Glob(filepath.Join(dir, out, "*")); len(made) == 0 || len(made) >= len(whole) {
			t.Errorf("%s: got %d folders of %d, want some", signal, len(made), len(whole))
		}
		wholeFiles(t, filepath.Join(dir, out))
		if b, err := program(out).CombinedOutput(); err != nil {
			t.Fatalf("%v\n%s", err, b)
		}
		sameFiles(t, filepath.Join(dir, "clean"), filepath.Join(dir, out))
	}
}

// TestSecondInterrupt sends Ctrl-C until the program ends: the first asks it
// to finish what it writes, another ends it at once (F103).
func TestSecondInterrupt(t *testing.T) {
	dir := t.TempDir()
	if err := os.CopyFS(filepath.Join(dir, "s"), samples.FS); err != nil {
		t.Fatal(err)
	}
	run := exec.Command("nastavnik", "generate", "s/000-maima", "-o", "out", "-j", "1", "--progress", "json")
	run.Dir = dir
	var talk bytes.Buffer
	events, err := run.StderrPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := run.Start(); err != nil {
		t.Fatal(err)
	}
	lines := bufio.NewScanner(events)
	for lines.Scan() && !strings.Contains(lines.Text(), `"type":"progress"`) {
		talk.WriteString(lines.Text() + "\n")
	}
	ended := make(chan error)
	go func() {
		for lines.Scan() {
		}
		ended <- run.Wait()
	}()
	for {
		run.Process.Signal(os.Interrupt)
		select {
		case err := <-ended:
			var exit *exec.ExitError
			if !errors.As(err, &exit) {
				t.Fatalf("got %v, want an end by Ctrl-C\n%s", err, talk.String())
			}
			if status := exit.Sys().(syscall.WaitStatus); !status.Signaled() && exit.ExitCode() != exitInterrupted {
				t.Errorf("got %v, want an end by Ctrl-C", err)
			}
			wholeFiles(t, filepath.Join(dir, "out"))
			return
		case <-time.After(time.Millisecond):
		}
	}
}
