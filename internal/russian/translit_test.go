package russian

import "testing"

func TestTranslit(t *testing.T) {
	for _, c := range []struct{ in, want string }{
		{"03 Приказ о внедрении целевой модели", "03-prikaz-o-vnedrenii-tselevoi-modeli"},
		{"МБОУ «СОШ № 5»", "mbou-sosh-5"},
		{"объём, съезд, шью", "obem-sezd-shiu"},
		{"ЙӦЗӦС", "iozos"},
		{"– «» –", ""},
	} {
		if got := Translit(c.in); got != c.want {
			t.Errorf("Translit(%q): got %q, want %q", c.in, got, c.want)
		}
	}
}
