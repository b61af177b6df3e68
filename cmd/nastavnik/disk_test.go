//go:build interop && linux

package main

import (
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// shell runs a script in an empty folder; $N is the program.
func shell(t *testing.T, script string) string {
	t.Helper()
	program := filepath.Join(t.TempDir(), "nastavnik")
	if b, err := exec.Command("go", "build", "-o", program, ".").CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, b)
	}
	c := exec.Command("sh", "-c", script)
	c.Dir = t.TempDir()
	c.Env = append(c.Environ(), "N="+program)
	b, _ := c.CombinedOutput()
	return string(b)
}

// TestSmallDisk fills a disk of 64 KB: nothing is left under a final name, and
// the message says what is lacking (F086, F088).
func TestSmallDisk(t *testing.T) {
	said := shell(t, `mkdir D; exec unshare -rm sh -c 'mount -t tmpfs -o size=64k tmpfs D || exit
		$N generate -o D/out; echo code $?; find D -type f; echo end; $N generate -o D/out --docs minutes --format docx -q && ls D/out/demo'`)
	if !strings.Contains(said, "code ") {
		t.Skip("no small disk may be mounted here: " + said)
	}
	for _, want := range []string{"на диске нет места: нужно около ", ", свободно 6", "прежние файлы целы", "code 6\nend\n", "01 Протокол педсовета.docx\n"} {
		if !strings.Contains(said, want) {
			t.Errorf("got %s\nwant %q", said, want)
		}
	}
}

// TestReadOnlyDisk runs as another user in a folder of root's (F089).
func TestReadOnlyDisk(t *testing.T) {
	said := shell(t, `cp $N ./n; mkdir D; chmod 755 . D n; setpriv --reuid=65534 --regid=65534 --clear-groups ./n generate -o D --docs minutes; echo code $?`)
	if strings.Contains(said, "setpriv: ") || strings.Contains(said, "not found") || strings.Contains(said, "./n: Permission denied") {
		t.Skip(said)
	}
	if !strings.Contains(said, "D/demo: нет прав; выберите другую папку, например «Документы»") || !strings.Contains(said, "code 6") {
		t.Errorf("got %s, want the folder named and exit code 6", said)
	}
}

// TestNoNetwork runs where there is none, and watches that none is sought
// (F062, F154).
func TestNoNetwork(t *testing.T) {
	if said := shell(t, `unshare -rn $N site -o s -q --docs minutes; echo code $?`); !strings.Contains(said, "code 0") {
		t.Errorf("got %s, want a run without a network", said)
	}
	if _, err := exec.LookPath("strace"); err != nil {
		t.Skip("no strace here")
	}
	said := shell(t, `strace -f -e trace=network -o calls $N generate -o out -q --docs minutes; echo code $?; cat calls`)
	if !strings.Contains(said, "code 0") || strings.Contains(said, "connect(") || strings.Contains(said, "socket(") {
		t.Errorf("got %s, want no call of the network", said)
	}
}
