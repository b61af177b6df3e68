package unit

import "testing"

func TestUnits(t *testing.T) {
	if got := Twip(567).EMU(); got != 360045 {
		t.Errorf("567 twips: got %d EMU, want 360045", got)
	}
	if got := HalfPoint(28).EMU().Points(); got != 14 {
		t.Errorf("28 half points: got %v pt, want 14", got)
	}
	if got := EighthPoint(4).EMU(); got != 6350 {
		t.Errorf("half a point: got %d EMU, want 6350", got)
	}
	if got := EMU(10 * PerMM).MM(); got != 10 {
		t.Errorf("got %v mm, want 10", got)
	}
	for _, c := range []struct {
		emu  EMU
		want Twip
	}{{0, 0}, {634, 0}, {635, 1}, {-1, -1}, {-635, -1}, {-636, -2}} {
		if got := c.emu.Twip(); got != c.want {
			t.Errorf("%d EMU: got %d twips, want %d (rounded down)", c.emu, got, c.want)
		}
	}
}
