package profile_test

import (
	"regexp"
	"strings"
	"testing"

	"nastavnik/internal/diag"
	"nastavnik/internal/profile"
)

var switchedOff = regexp.MustCompile(`(?m)^#([^ \n])`)

func TestStarterIsValid(t *testing.T) {
	b, ok := profile.Starter("")
	if !ok {
		t.Fatal("no starter")
	}
	s, list := profile.Read("school.toml", b)
	if s == nil || list.Failed() {
		t.Fatalf("got %v, want a valid profile", list)
	}
	for _, p := range list {
		if p.Code != "W31" { // papers that a new school does not have yet
			t.Errorf("got %s", p.Format())
		}
	}
	needed := 0
	for line := range strings.Lines(string(b)) {
		if line = strings.TrimSpace(line); line != "" && line[0] != '#' {
			needed++
		}
	}
	if needed > 45 {
		t.Errorf("got %d lines that must be filled in, want about 30 with the headers", needed)
	}
}

// TestStarterHasEveryKey holds that a curator finds all settings in it.
func TestStarterHasEveryKey(t *testing.T) {
	b, _ := profile.Starter("")
	for _, key := range profile.Keys() {
		name := key[strings.LastIndexByte(key, '.')+1:]
		if !regexp.MustCompile(`(^|[^a-z_])` + name + `( =|\]|\.)`).Match(b) {
			t.Errorf("the starter does not speak of %s", key)
		}
	}
}

// TestStarterSwitchedOn uncomments every setting: the explanations must not
// teach keys that do not exist.
func TestStarterSwitchedOn(t *testing.T) {
	b, _ := profile.Starter("")
	all := switchedOff.ReplaceAll(b, []byte("$1"))
	all = []byte(strings.Replace(string(all), "municipality = \"../район.toml\"\n", "", 1))
	s, list := profile.Read("school.toml", all)
	if s == nil || len(list) > 0 {
		t.Errorf("got %v, want none", list)
	}
	if s != nil && (len(s.Pairs) != 6 || len(s.Forms) != 4 || s.Payment.Mode != "percent" || len(s.Docs) != 4) {
		t.Errorf("got %d pairs, %d forms, %d documents: a setting is not switched on", len(s.Pairs), len(s.Forms), len(s.Docs))
	}
}

func TestStarterOfAnotherYear(t *testing.T) {
	b, ok := profile.Starter("2028/2029")
	if !ok {
		t.Fatal("the year was refused")
	}
	s, list := profile.Read("school.toml", switchedOff.ReplaceAll(b, []byte("$1")))
	if s == nil || s.SchoolYear != "2028-2029" || s.Curator.Since.Year != 2028 || s.Event.Date.Year != 2029 {
		t.Fatalf("got %+v, want days of 2028-2029", s)
	}
	for _, p := range list {
		if p.Level == diag.Error && p.Code != "E05" || p.Code == "W11" && strings.Contains(p.Text, "вне") {
			t.Errorf("got %s", p.Format())
		}
	}
	if _, ok := profile.Starter("2028-2030"); ok {
		t.Error("a year of two years was taken")
	}
}
