//go:build interop

package site

import (
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// axeVersion is the accessibility checker, from npm; used here only.
const axeVersion = "axe-core@4.10.3"

// findings is what the page says of itself in a browser.
type findings struct {
	Violations []struct{ ID, Help, Target string }
	Errors     []string // of the console
	Requests   []string // to anywhere but the checker
	Wide       bool     // it scrolls sideways
	Unreached  int      // links that the keyboard passes over
}

// probe runs in the page: it loads the checker and writes what it found.
const probe = `
<script>
const errors = [];
window.addEventListener("error", e => errors.push(String(e.message)));
console.error = (...a) => errors.push(a.join(" "));
</script>
<script src="axe.min.js"></script>
<script>
axe.run(document, {resultTypes: ["violations"]}).then(r => {
  const found = {
    Violations: r.violations.map(v => ({ID: v.id, Help: v.help, Target: v.nodes.map(n => n.target.join(" ")).join(", ")})),
    Errors: errors,
    Requests: performance.getEntriesByType("resource").map(e => e.name).filter(n => !n.endsWith("axe.min.js")),
    Wide: document.documentElement.scrollWidth > window.innerWidth,
    Unreached: [...document.querySelectorAll("a")].filter(a => !a.href || a.tabIndex < 0).length,
  };
  const out = document.createElement("pre");
  out.id = "findings";
  out.textContent = JSON.stringify(found);
  document.body.append(out);
});
</script>`

var found = regexp.MustCompile(`(?s)<pre id="findings">(.*?)</pre>`)

// TestBrowser opens the pages in headless Chromium at the width that a screen
// of 1280 has at 200 %: no errors, no requests, nothing to scroll sideways,
// nothing that the accessibility checker objects to.
func TestBrowser(t *testing.T) {
	chromium, err := exec.LookPath("chromium")
	if err != nil {
		missing(t, "chromium")
	}
	axe := axeSource(t)
	r, out := build(t, unchanged)
	if r.Failed() {
		t.Fatal(r.Err)
	}
	if err := os.WriteFile(filepath.Join(out, "demo", "axe.min.js"), axe, 0o644); err != nil {
		t.Fatal(err)
	}
	for _, page := range []string{"index.html", "08-dorozhnaia-karta.html", "06-polozhenie-o-nastavnichestve.html"} {
		b, err := os.ReadFile(filepath.Join(out, "demo", page))
		if err != nil {
			t.Fatal(err)
		}
		probed := filepath.Join(out, "demo", "probe.html")
		os.WriteFile(probed, []byte(strings.Replace(string(b), "</body>", probe+"</body>", 1)), 0o644)
		dom, err := exec.Command(chromium, "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
			"--disable-background-networking", "--disable-component-update", "--disable-sync", "--user-data-dir="+t.TempDir(),
			"--window-size=640,900", "--virtual-time-budget=20000", "--dump-dom", "file://"+probed).Output()
		if err != nil {
			t.Fatalf("chromium: %v", err)
		}
		m := found.FindSubmatch(dom)
		if m == nil {
			t.Fatalf("%s: the checker did not answer", page)
		}
		var f findings
		if err := json.Unmarshal([]byte(strings.NewReplacer("&quot;", `"`, "&lt;", "<", "&gt;", ">", "&amp;", "&").Replace(string(m[1]))), &f); err != nil {
			t.Fatalf("%s: %v", page, err)
		}
		for _, v := range f.Violations {
			t.Errorf("%s: %s: %s (%s)", page, v.ID, v.Help, v.Target)
		}
		if len(f.Errors) > 0 || len(f.Requests) > 0 {
			t.Errorf("%s: errors %v, requests %v", page, f.Errors, f.Requests)
		}
		if f.Wide {
			t.Errorf("%s scrolls sideways at 200 %%", page)
		}
		if f.Unreached > 0 {
			t.Errorf("%s: %d links are out of the keyboard's reach", page, f.Unreached)
		}
	}
}

// axeSource returns the checker, installed by npm into a folder of its own.
func axeSource(t *testing.T) []byte {
	t.Helper()
	if _, err := exec.LookPath("npm"); err != nil {
		missing(t, "npm")
	}
	dir := t.TempDir()
	if b, err := exec.Command("npm", "install", "--silent", "--no-audit", "--no-fund", "--prefix", dir, axeVersion).CombinedOutput(); err != nil {
		t.Fatalf("npm: %v\n%s", err, b)
	}
	b, err := os.ReadFile(filepath.Join(dir, "node_modules", "axe-core", "axe.min.js"))
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// missing skips a test whose tool is absent, but in CI that is a failure.
func missing(t *testing.T, tool string) {
	t.Helper()
	if os.Getenv("CI") != "" {
		t.Fatalf("%s is not installed", tool)
	}
	t.Skipf("%s is not installed", tool)
}
