package profile

import (
	"bytes"
	"io/fs"
	"strings"
	"testing"

	"github.com/BurntSushi/toml"
	"github.com/google/go-cmp/cmp"

	"nastavnik/samples"
)

func TestSetTouchesNothingElse(t *testing.T) {
	const text = "# школа\nformat = 1   # версия\n\n[school]\nid = \"ab\" # код\n# конец школы\n\n[curator]\nperson = \"cur\"\n\n[[people]]\nid = \"m1\"\n  contract = { number = \"1\" }\n\n[[people]]\nid = \"m2\"\n[[pairs]]\nid = \"p\"\n  [[pairs.plan]]\n  when = \"май\"\n"
	for _, c := range []struct {
		name, path string
		value      any
		old, new   string
	}{
		{"a value in its place, comment kept", "school.id", "cd", `id = "ab" # код`, `id = "cd" # код`},
		{"a number", "format", 2, "format = 1   # версия", "format = 2   # версия"},
		{"a new key of a table", "school.inn", "0123456789", "id = \"ab\" # код\n", "id = \"ab\" # код\ninn = \"0123456789\"\n"},
		{"a new key at the top", "mode", "next", "format = 1   # версия\n", "format = 1   # версия\nmode = \"next\"\n"},
		{"a new key of an entry", "people[1].last", "Доска", "id = \"m2\"\n", "id = \"m2\"\nlast = \"Доска\"\n"},
		{"a new key in curly brackets", "people[0].contract.date", Date{Year: 2015, Month: 8, Day: 25}, `{ number = "1" }`, `{ number = "1", date = 2015-08-25 }`},
		{"a value in curly brackets", "people[0].contract.number", "7-к", `{ number = "1" }`, `{ number = "7-к" }`},
		{"a new table of an entry", "people[1].contract.number", "5", "id = \"m2\"\n", "id = \"m2\"\ncontract = { number = \"5\" }\n"},
		{"a new table", "docs.order_launch.number", "45-ОД", "  when = \"май\"\n", "  when = \"май\"\n\n[docs.order_launch]\nnumber = \"45-ОД\"\n"},
		{"an indented table", "pairs[0].plan[0].task", "урок", "  when = \"май\"\n", "  when = \"май\"\n  task = \"урок\"\n"},
		{"quotes and backslashes", "school.id", `a"b\c`, `"ab"`, `"a\"b\\c"`},
		{"a list", "curator.extra_duties", []string{"а", "б"}, "person = \"cur\"\n", "person = \"cur\"\nextra_duties = [\"а\", \"б\"]\n"},
	} {
		for _, eol := range []string{"\n", "\r\n"} {
			use := strings.NewReplacer("\n", eol)
			got, err := Set([]byte(use.Replace(text)), c.path, c.value)
			want := strings.Replace(use.Replace(text), use.Replace(c.old), use.Replace(c.new), 1)
			if err != nil || string(got) != want {
				t.Errorf("%s: %v\n%s", c.name, err, cmp.Diff(want, string(got)))
			}
		}
	}
	for _, path := range []string{"school", "people[5].last", "people[0]"} {
		if got, err := Set([]byte(text), path, "x"); err == nil {
			t.Errorf("%s: got %q, want an error", path, got)
		}
	}
}

func TestAppendPutsEntriesTogether(t *testing.T) {
	const text = "[[people]]\nid = \"m1\"\n  [people.contract]\n  number = \"1\"  # договор\n\n# пары\n[[pairs]]\nid = \"p\"\n"
	e, list := NewEditor("p.toml", []byte(text))
	if len(list) > 0 {
		t.Fatal(list)
	}
	for _, id := range []string{"m2", "m3"} {
		if err := e.Append("people", []KV{{"id", id}, {"birth", Date{Year: 2012, Month: 3, Day: 4}}}); err != nil {
			t.Fatal(err)
		}
	}
	if err := e.Append("partners", []KV{{"id", "farm"}}); err != nil {
		t.Fatal(err)
	}
	got, err := e.Bytes()
	want := "[[people]]\nid = \"m1\"\n  [people.contract]\n  number = \"1\"  # договор\n\n[[people]]\nid = \"m2\"\nbirth = 2012-03-04\n\n[[people]]\nid = \"m3\"\nbirth = 2012-03-04\n\n# пары\n[[pairs]]\nid = \"p\"\n\n[[partners]]\nid = \"farm\"\n"
	if err != nil || string(got) != want {
		t.Errorf("%v\n%s", err, cmp.Diff(want, string(got)))
	}
	e, _ = NewEditor("p.toml", []byte("people = [ { id = \"a\" } ]\n"))
	if err := e.Append("people", []KV{{"id", "b"}}); err == nil {
		t.Error("a list in square brackets took a section")
	}
}

// TestSetEveryValueOfTheSamples changes every text of every sample, one at a
// time: the bytes outside it stay, and the file reads as before but for it.
func TestSetEveryValueOfTheSamples(t *testing.T) {
	count := 0
	err := fs.WalkDir(samples.FS, ".", func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() || testing.Short() && count > 200 {
			return err
		}
		b, err := fs.ReadFile(samples.FS, path)
		if err != nil {
			return err
		}
		const fresh = "новое \"значение\" \\ # [x]"
		for i, it := range scan(b).items {
			if it.kind != itemValue || b[it.value.start] != '"' || i%7 != 0 {
				continue
			}
			count++
			got, err := Set(b, it.path, fresh)
			if err != nil {
				t.Errorf("%s: %s: %v", path, it.path, err)
				continue
			}
			after := len(got) - (len(b) - it.value.end)
			if !bytes.Equal(got[:it.value.start], b[:it.value.start]) || !bytes.Equal(got[after:], b[it.value.end:]) {
				t.Errorf("%s: %s: bytes outside the value changed", path, it.path)
			}
			var was, is map[string]any
			if _, err := toml.Decode(string(b), &was); err != nil {
				t.Fatal(err)
			}
			if _, err := toml.Decode(string(got), &is); err != nil {
				t.Errorf("%s: %s: %v", path, it.path, err)
			}
			if n := differences(was, is); n != 1 {
				t.Errorf("%s: %s: %d values changed, want 1", path, it.path, n)
			}
		}
		return nil
	})
	if err != nil || count < 100 {
		t.Errorf("got %d values, %v", count, err)
	}
}

func differences(a, b any) int {
	n := 0
	switch a := a.(type) {
	case map[string]any:
		other, _ := b.(map[string]any)
		if len(a) != len(other) {
			n++
		}
		for k := range a {
			n += differences(a[k], other[k])
		}
	case []map[string]any:
		other, _ := b.([]map[string]any)
		if len(a) != len(other) {
			return 1
		}
		for i := range a {
			n += differences(a[i], other[i])
		}
	case []any:
		other, _ := b.([]any)
		if len(a) != len(other) {
			return 1
		}
		for i := range a {
			n += differences(a[i], other[i])
		}
	default:
		if !cmp.Equal(a, b) {
			n++
		}
	}
	return n
}

// FuzzSet holds that a value that was set reads back, whatever the file.
func FuzzSet(f *testing.F) {
	f.Add([]byte("a = 1\n[b]\nc = { d = 1, }\n[[e]]\n"), "b.x", "значение")
	f.Add([]byte("b = {}\r\n"), "b.x", "\"\n\\")
	f.Add([]byte("b.x = '''\n'''\n[b.c]"), "b.c.d", "x")
	f.Fuzz(func(t *testing.T, b []byte, path, value string) {
		got, err := Set(b, path, value)
		if err != nil {
			return
		}
		var values map[string]any
		if _, err := toml.Decode(strings.TrimPrefix(string(got), "\uFEFF"), &values); err != nil {
			t.Fatalf("Set(%q, %q, %q) wrote %q: %v", b, path, value, got, err)
		}
		if it, found := scan(bytes.TrimPrefix(got, []byte("\xEF\xBB\xBF"))).item(path); !found || unquote(string(bytes.TrimPrefix(got, []byte("\xEF\xBB\xBF"))[it.value.start:it.value.end])) != value {
			t.Errorf("Set(%q, %q, %q) wrote %q: the value does not read back", b, path, value, got)
		}
	})
}
