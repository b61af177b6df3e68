package generate

import "testing"

func TestMeaning(t *testing.T) {
	for _, c := range []struct{ key, want string }{
		{"person.phone | blank 20", "телефон"},
		{"curator.name.sign | blank 14", "фамилия, имя, отчество"},
		{"one.mentee_category", "молодой специалист, вновь принятый, …"},
		{"meeting.topic", "тема"},
		{"docs.order_pairs.date.long", "дата"},
		{"blank 12", ""},
		{"nothing.like_this", ""},
	} {
		if got := meaning(c.key); got != c.want {
			t.Errorf("meaning(%q): got %q, want %q", c.key, got, c.want)
		}
	}
}
