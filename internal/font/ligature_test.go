package font_test

import "testing"

func TestLigate(t *testing.T) {
	set := open(t)
	carlito := set.Face("Carlito", false, false).Face
	got := carlito.Ligate("hitting off, tip")
	read := ""
	for _, r := range got {
		read += carlito.Letters(r)
	}
	if read != "hitting off, tip" {
		t.Errorf("ligatures are read back as %q", read)
	}
	if n := len([]rune(got)); n != 12 { // h tti n g blank o ff , blank ti p
		t.Errorf("got %d characters in %q, want 12", n, got)
	}
	r, n := carlito.Ligature("tting")
	if n != 3 {
		t.Fatalf("tting begins with a ligature of %d letters, want 3", n)
	}
	whole, parts := carlito.Advance(carlito.Glyph(r)), 0
	for _, c := range "tti" {
		parts += carlito.Advance(carlito.Glyph(c))
	}
	if whole == 0 || whole >= parts {
		t.Errorf("the ligature is %d wide, its letters %d", whole, parts)
	}
	if serif := set.Face("Liberation Serif", false, false).Face; serif.Ligatures() || serif.Ligate("office") != "office" {
		t.Error("Liberation Serif joins letters")
	}
}
