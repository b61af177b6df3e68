package profile_test

import (
	"bytes"
	"strings"
	"testing"
	"testing/fstest"
	"unicode/utf16"

	"nastavnik/internal/diag"
	"nastavnik/internal/profile"
)

// TestSyntax writes one bad line under a good one and expects one sentence in
// Russian with its line and a hint.
func TestSyntax(t *testing.T) {
	for _, c := range []struct{ name, line, says, hint string }{
		{"quotes inside quotes", `name_full = "МБОУ "СОШ № 1""`, "лишние кавычки внутри значения", `name_full = "МБОУ «СОШ № 1»"`},
		{"curly quotes", `name_full = “Школа”`, "фигурные", `name_full = "Школа"`},
		{"guillemets for quotes", `name_full = «Школа»`, "прямые кавычки", `name_full = "«Школа»"`},
		{"a Cyrillic key", `школа = "1"`, `ключ "школа" не латиницей`, "возможно, school"},
		{"a Cyrillic header", `[школа]`, `раздела "школа" не латиницей`, "возможно, school"},
		{"a key with one Cyrillic letter", "n\u0430me_full = \"1\"", "не латиницей", "нужно name_full"},
		{"a date without quotes", `since = 01.09.2026`, "дата без кавычек", `"01.09.2026" в кавычках или 2026-09-01`},
		{"a day that is not", `since = 2027-02-31`, "даты 2027-02-31 в календаре нет", ""},
		{"a number with a leading zero", `inn = 0123`, "число начинается с нуля", `inn = "0123"`},
		{"a phone without quotes", `phone = +7 900 000-00-00`, "с пробелами", `phone = "+7 900 000-00-00"`},
		{"a comma in a number", `amount = 1,5`, "в числе запятая", "пишите 1.5"},
		{"a Windows path", `emblem = "C:\Users\Школа\герб.png"`, "обратной черты", "'C:\\"},
		{"no quotes", `name_full = Школа № 1`, "текст без кавычек", `name_full = "Школа № 1"`},
		{"no value", `name_full =`, "нет значения", "#"},
		{"a colon", `name_full: "Школа"`, "двоеточие", "name_full = …"},
		{"a space in the key", `name full = "Школа"`, "в ключе \"name full\" пробел", "name_full"},
		{"a quote that does not close", `name_full = "Школа`, "не закрыта", "закройте"},
		{"a word for yes", `acting = да`, "вместо «да» или «нет»", "true"},
		{"a capital True", `acting = True`, "вместо «да» или «нет»", "true"},
		{"a header that does not close", `[school`, "закрывающей скобки", "[school]"},
		{"brackets that do not agree", `[[people]`, "не поровну", "[[pairs]]"},
		{"a comment of another language", `// заметка`, "не похожа", "#"},
		{"a list without commas", `kinds = ["group" "short"]`, "нет запятой", "запятыми"},
		{"no equals sign", `name_full "Школа"`, "нет знака «=»", "ключ = "},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, list := profile.Read("p.toml", []byte("format = 1\n"+c.line+"\nmode = \"next\"\n"))
			if len(list) == 0 || list[0].Code != "E01" {
				t.Fatalf("got %v, want an E01", list)
			}
			p := list[0]
			if p.Place.Line != 2 || !strings.Contains(p.Text, c.says) || !strings.Contains(p.Hint, c.hint) {
				t.Errorf("got %s\nwant line 2, %q, hint %q", p.Format(), c.says, c.hint)
			}
			if strings.ContainsAny(strings.NewReplacer(c.line, "", "format", "").Replace(p.Text), "{}%") {
				t.Errorf("got %q, want no English", p.Text)
			}
			for _, q := range list[1:] {
				if q.Code == "E01" && q.Place.Line == 2 || q.Code == "E03" {
					t.Errorf("got also %s, want one remark on the line and none of what it hides", q.Format())
				}
			}
		})
	}
}

func TestEverySlipIsTold(t *testing.T) {
	text := "format = 1\r\nschool_year = 2026/2027\r\n[school]\r\nname_full = МБОУ\r\nname_short = «Школа»\r\nnmae = \"x\"\r\nacting = \"да\"\r\n"
	_, list := profile.Read("p.toml", []byte(text))
	var got []string
	for _, p := range list {
		got = append(got, p.Code+" "+string(rune('0'+p.Place.Line)))
	}
	if want := "E01 2,E01 4,E01 5,E02 6,E04 7"; strings.Join(got, ",") != want {
		t.Errorf("got %v, want %s\n%v", got, want, list)
	}
}

// TestHiddenLinesRaiseNoAlarms breaks the line of an id: only that line is
// told, not the pairs that name the id.
func TestHiddenLinesRaiseNoAlarms(t *testing.T) {
	for _, c := range []struct{ old, new string }{
		{"id = \"m1\"\nlast", "id = m1\nlast"},
		{"school_year = \"2026-2027\"", "school_year = 2026-2027"},
		{"id = \"farm\"", "id = «farm»"},
	} {
		_, list := profile.Read("p.toml", []byte(strings.Replace(demo(t), c.old, c.new, 1)))
		for _, p := range list {
			if p.Level == diag.Error && p.Code != "E01" {
				t.Errorf("%s: got also %s", c.new, p.Format())
			}
		}
		if len(list) == 0 {
			t.Errorf("%s: nothing is told", c.new)
		}
	}
}

func TestDuplicatesNameBothLines(t *testing.T) {
	for _, c := range []struct{ name, text, says string }{
		{"a key", "format = 1\nmode = \"next\"\nmode = \"first\"\n", `ключ "mode" уже есть в строке 2`},
		{"a table", "format = 1\n[school]\nid = \"ab\"\n[school]\ninn = \"1\"\n", `раздел "school" уже есть в строке 2`},
		{"a key in a table", "[school]\nid = \"ab\"\nid = \"cd\"\n", `ключ "school.id" уже есть в строке 2`},
		{"a list after a table", "[pairs]\nid = \"a\"\n[[pairs]]\nid = \"b\"\n", "уже есть"},
	} {
		_, list := profile.Read("p.toml", []byte(c.text))
		if len(list) == 0 || !strings.Contains(list[0].Text, c.says) || list[0].Code != "E01" {
			t.Errorf("%s: got %v, want %q", c.name, list, c.says)
		}
	}
}

func TestUnclosedIsToldWhereItOpens(t *testing.T) {
	for _, c := range []struct {
		name, text string
		line       int
	}{
		{"an array", "format = 1\nholidays = [\n  2027-01-11,\n\n", 2},
		{"a long text", "format = 1\nsurveys = \"\"\"\nтекст\nещё\n", 2},
	} {
		_, list := profile.Read("p.toml", []byte(c.text))
		if len(list) != 1 || list[0].Place.Line != c.line || !strings.Contains(list[0].Text, "не закрыта") {
			t.Errorf("%s: got %v, want one remark on line %d", c.name, list, c.line)
		}
	}
}

func TestEncodings(t *testing.T) {
	text := "format = 1\n[school]\nname_full = \"Школа\"\n"
	cp1251 := func(s string) []byte {
		var b []byte
		for _, r := range s {
			switch {
			case r < 0x80:
				b = append(b, byte(r))
			default:
				b = append(b, byte(r-'А'+0xC0))
			}
		}
		return b
	}
	cp866 := bytes.ReplaceAll(cp1251(text), cp1251("Школа"), []byte{0x98, 0xAA, 0xAE, 0xAB, 0xA0})
	koi8 := bytes.ReplaceAll(cp1251(text), cp1251("Школа"), []byte{0xFB, 0xCB, 0xCF, 0xCC, 0xC1})
	utf16le := []byte{0xFF, 0xFE}
	for _, u := range utf16.Encode([]rune(text)) {
		utf16le = append(utf16le, byte(u), byte(u>>8))
	}
	for _, c := range []struct {
		name, says string
		b          []byte
		line       int
	}{
		{"Windows-1251", "Windows-1251", cp1251(text), 3},
		{"CP866", "CP866", cp866, 3},
		{"KOI8-R", "KOI8-R", koi8, 3},
		{"UTF-16 with a mark", "UTF-16", utf16le, 0},
		{"UTF-16 without", "UTF-16", utf16le[2:], 0},
	} {
		s, list := profile.Read("p.toml", c.b)
		if s != nil || len(list) != 1 || !strings.Contains(list[0].Text, c.says) || list[0].Place.Line != c.line || !strings.Contains(list[0].Hint, "UTF-8") {
			t.Errorf("%s: got %v, want one remark on line %d", c.name, list, c.line)
		}
	}
	if _, list := profile.Read("p.toml", cp1251(text)); !strings.Contains(list[0].Place.Around, "Школа") {
		t.Errorf("got %q, want the line decoded", list[0].Place.Around)
	}

	plain, _ := profile.Read("p.toml", []byte(demo(t)))
	for name, b := range map[string][]byte{
		"a byte order mark": []byte("\xEF\xBB\xBF" + demo(t)),
		"CRLF":              []byte(strings.ReplaceAll(demo(t), "\n", "\r\n")),
	} {
		s, list := profile.Read("p.toml", b)
		if len(list) > 0 || s == nil || s.School.NameFull != plain.School.NameFull || s.Report.Conclusion != plain.Report.Conclusion || len(s.People) != len(plain.People) {
			t.Errorf("%s: got %v, want the same profile", name, list)
		}
	}
}

func TestLimits(t *testing.T) {
	for _, c := range []struct{ name, text string }{
		{"nested arrays", "x = " + strings.Repeat("[", 100_000)},
		{"nested inline tables", "x = " + strings.Repeat("{a=", 10_000)},
		{"a long dotted key", strings.Repeat("a.", 10_000) + "a = 1"},
		{"more than 1 MiB", "# " + strings.Repeat("я", 1<<20)},
		{"depth behind a slip of syntax", "a = 'x\n" + "b = \"" + strings.Repeat("[", 100)},
	} {
		s, list := profile.Read("p.toml", []byte(c.text))
		if s != nil && !list.Failed() || len(list) == 0 {
			t.Errorf("%s: got %v, want a refusal", c.name, list)
		}
		if c.name != "depth behind a slip of syntax" && list[0].Code != profile.CodeLimit {
			t.Errorf("%s: got %v, want code %s", c.name, list, profile.CodeLimit)
		}
	}
}

func TestLoadRefuses(t *testing.T) {
	fsys := fstest.MapFS{"школа/x": {Data: []byte("")}}
	for _, c := range []struct{ name, path, says string }{
		{"a file that is not there", "нет.toml", "файл не найден"},
		{"a folder", "школа", "это папка"},
	} {
		s, list := profile.LoadFS(fsys, c.path)
		if s != nil || len(list) != 1 || !strings.Contains(list[0].Text, c.says) {
			t.Errorf("%s: got %v, want %q", c.name, list, c.says)
		}
	}
	_, list := profile.Load(t.TempDir())
	if len(list) != 1 || !strings.Contains(list[0].Text, "это папка") {
		t.Errorf("got %v, want a folder refused", list)
	}
}

func TestEmptyProfileTellsAllThatIsNeeded(t *testing.T) {
	_, list := profile.Read("p.toml", nil)
	if !list.Failed() {
		t.Fatal("an empty profile was taken")
	}
	all := list.Error()
	for _, want := range []string{"format", "school_year", "school.name_full", "school.name_short", "school.director", "curator.person", "ни одного человека", "форма наставничества"} {
		if !strings.Contains(all, want) {
			t.Errorf("got %s\nwant %s among it", all, want)
		}
	}
}

// FuzzRead holds the laws of reading: no panic, and places inside the file.
func FuzzRead(f *testing.F) {
	f.Add([]byte(demo(f)))
	f.Add([]byte("a = [1, {b = 'x'}]\n[[c.d]]\ne.\"f\" = \"\"\"x\n\"\"\"\n[c.g]"))
	f.Add([]byte("школа = 1\n[[[\n{{{\n'''\n\"\"\"\\"))
	f.Add([]byte("[people]\n[[people]]\n[pairs.plan]\na=[[],[{}]]"))
	f.Fuzz(func(t *testing.T, b []byte) {
		_, list := profile.Read("p.toml", b)
		lines := bytes.Count(b, []byte{'\n'}) + 1
		for _, p := range list {
			if p.Place.Line > lines || p.Text == "" || p.Place.Caret < 0 {
				t.Errorf("got %+v in a file of %d lines", p, lines)
			}
			p.Format()
		}
	})
}

func BenchmarkRead(b *testing.B) {
	text := []byte(demo(b))
	b.SetBytes(int64(len(text)))
	b.ReportAllocs()
	for b.Loop() {
		if _, list := profile.Read("p.toml", text); len(list) > 0 {
			b.Fatal(list)
		}
	}
}
