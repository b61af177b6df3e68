package main

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// runDecline runs the subcommand as the program does.
func runDecline(t *testing.T, in string, args ...string) (out, talk string, code int) {
	t.Helper()
	var o, e bytes.Buffer
	code = declineCommand(process{strings.NewReader(in), &o, &e, context.Background()}, args)
	return o.String(), e.String(), code
}

func TestDeclineLines(t *testing.T) {
	in := "\ufeffname\t\tДоскина Анна Олеговна\r\n" +
		"surname\tm\tКарандаш\n" +
		"\n" +
		"первое\t\tслово\n" +
		"post\tm\tзаместитель директора по УВР\textra\n" +
		"org\tn\tлицей № 5"
	want := "name\tf\tДоскина Анна Олеговна\tДоскиной Анны Олеговны\tДоскиной Анне Олеговне\tДоскину Анну Олеговну\tДоскиной Анной Олеговной\tДоскиной Анне Олеговне\n" +
		"surname\tm\tКарандаш\tКарандаша\tКарандашу\tКарандаша\tКарандашом\tКарандаше\n" +
		"\n" +
		"первое\t\tслово\n" +
		"post\tm\tзаместитель директора по УВР\tзаместителя директора по УВР\tзаместителю директора по УВР\tзаместителя директора по УВР\tзаместителем директора по УВР\tзаместителе директора по УВР\n" +
		"org\tn\tлицей № 5\tлицея № 5\tлицею № 5\tлицей № 5\tлицеем № 5\tлицее № 5\n"
	out, talk, code := runDecline(t, in)
	if out != want {
		t.Errorf("got:\n%s\nwant:\n%s", out, want)
	}
	if code != exitData || !strings.Contains(talk, "строка 4") {
		t.Errorf("a line that is not understood: got code %d, %q", code, talk)
	}
}

func TestDeclineText(t *testing.T) {
	for _, row := range []struct {
		args []string
		want string // a line of the output
		code int
	}{
		{[]string{"Доскина Анна Олеговна"}, "творительный\tДоскиной Анной Олеговной", exitDone},
		{[]string{"--kind", "post", "старшая вожатая"}, "винительный\tстаршую вожатую", exitDone},
		{[]string{"--kind", "surname", "--sex", "m", "Доска"}, "родительный\tДоски", exitDone},
		{[]string{"--kind", "org", "--json", "лицей"}, `{"kind":"org","forms":["лицей","лицея","лицею","лицей","лицеем","лицее"]}`, exitDone},
		{[]string{"--kind", "who", "x"}, "", exitUsage},
		{[]string{"--sex", "x", "y"}, "", exitUsage},
	} {
		out, _, code := runDecline(t, "", row.args...)
		if code != row.code || row.want != "" && !strings.Contains(out, row.want+"\n") {
			t.Errorf("decline %v: got code %d,\n%s\nwant %d, %s", row.args, code, out, row.code, row.want)
		}
	}
	if _, talk, _ := runDecline(t, "", "Ким Саша"); !strings.Contains(talk, "--sex") {
		t.Errorf("decline of an unclear sex: got %q, want a word on --sex", talk)
	}
}

func TestDeclineReview(t *testing.T) {
	profiles, _ := filepath.Glob("../../samples/*/school.toml")
	if len(profiles) == 0 {
		t.Skip("no sample profiles")
	}
	for _, path := range profiles {
		out, talk, code := runDecline(t, "", "--review", path)
		if code != exitDone || !strings.Contains(talk, "сомнений") || strings.Count(out, "доволен") < 5 {
			t.Errorf("%s: got code %d, %q, %d forms", path, code, talk, strings.Count(out, "доволен"))
		}
	}
	dir := t.TempDir()
	bad := filepath.Join(dir, "school.toml")
	if err := os.WriteFile(bad, []byte("format = \n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, talk, code := runDecline(t, "", "--review", bad); code != exitData || !strings.Contains(talk, "school.toml") {
		t.Errorf("a broken profile: got code %d, %q", code, talk)
	}
}
