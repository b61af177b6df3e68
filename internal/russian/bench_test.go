package russian

import "testing"

var benchPeople = []Person{
	{Last: "Указкин", First: "Аржан", Middle: "Эркеменович"},
	{Last: "Тетрадкина", First: "Любовь", Middle: "Ильинична"},
	{Last: "Карандаш", First: "Илья", Middle: "Фомич"},
	{Last: "Глобус", First: "Мария", Middle: "Петровна"},
	{Last: "Звонкова-Мелкова", First: "Айана", Middle: "Сергеевна"},
	{Last: "Черных", First: "Павел", Middle: "Лукич"},
	{Last: "Горобец", First: "Лев", Middle: "Ильич", Gender: Masculine},
	{Last: "Пробный", First: "Игорь", Middle: "Львович", Gender: Masculine},
}

// BenchmarkFull declines one full name in six cases, guessing the sex of most.
func BenchmarkFull(b *testing.B) {
	b.ReportAllocs()
	i := 0
	for b.Loop() {
		_ = benchPeople[i&7].Full()
		i++
	}
}

// BenchmarkSurname declines one surname in six cases, the sex being known.
func BenchmarkSurname(b *testing.B) {
	b.ReportAllocs()
	p := Person{Last: "Указкин", Gender: Masculine}
	for b.Loop() {
		_ = p.Surname()
	}
}

// BenchmarkDecline splits and declines a full name written in one string.
func BenchmarkDecline(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		_ = Decline("Тетрадкина Любовь Ильинична", Feminine)
	}
}

func BenchmarkPost(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		_ = Post("учитель математики, классный руководитель 6 класса", Unknown)
	}
}

// BenchmarkTypography sets a sentence that is right already but for one
// number sign.
func BenchmarkTypography(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		_ = Typography("Закрепить за наставником И. И. Петровым пару №5 с 1 сентября 2026 г. в МБОУ «СОШ № 5».")
	}
}
