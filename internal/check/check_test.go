package check

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"nastavnik/internal/diag"
)

// nb turns the dots of a test's text into no-break spaces.
func nb(s string) string { return strings.ReplaceAll(s, "·", "\u00a0") }

func codes(list diag.List) map[string]int {
	out := map[string]int{}
	for _, p := range list {
		out[p.Code]++
	}
	return out
}

// finds returns the problems of one code.
func finds(list diag.List, code string) diag.List {
	var out diag.List
	for _, p := range list {
		if p.Code == code {
			out = append(out, p)
		}
	}
	return out
}

func sources(t *testing.T) map[string]string {
	t.Helper()
	shared := os.Getenv("NASTAVNIK_SHARED")
	if shared == "" {
		shared = "../../../shared"
	}
	files, _ := filepath.Glob(filepath.Join(shared, "sources", "*.txt"))
	if len(files) == 0 {
		t.Skip("no source papers beside the repository (NASTAVNIK_SHARED)")
	}
	out := map[string]string{}
	for _, f := range files {
		b, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		out[filepath.Base(f)[:3]] = string(b)
	}
	return out
}

// TestVectors counts the bare patterns on five real papers; the numbers were
// found by an independent run of the same patterns.
func TestVectors(t *testing.T) {
	texts := sources(t)
	want := map[string][5]int{
		"T01": {0, 0, 0, 5, 2}, "T02": {0, 1, 0, 0, 0}, "T04": {0, 3, 0, 0, 0}, "T07": {0, 8, 0, 5, 4},
		"T08": {0, 2, 1, 0, 4}, "T09": {0, 14, 1, 0, 1}, "T10": {3, 31, 12, 0, 0}, "T11": {0, 4, 0, 0, 0},
		"T13": {0, 0, 0, 0, 1}, "T14": {0, 1, 1, 0, 40}, "T15": {0, 2, 0, 0, 2}, "T21": {0, 2, 0, 0, 2}, "T22": {0, 1, 0, 0, 0},
	}
	for i := range marks {
		counts, known := want[marks[i].code]
		if !known {
			continue
		}
		for n, name := range []string{"000", "001", "002", "003", "004"} {
			if got := len(marks[i].re.FindAllString(texts[name], -1)); got != counts[n] {
				t.Errorf("%s on %s: %d matches, want %d", marks[i].code, name, got, counts[n])
			}
		}
	}
}

// TestSources holds what the rules say of five real papers: every defect that
// a careful reader listed, and of errors nothing else.
func TestSources(t *testing.T) {
	texts := sources(t)
	for _, tt := range []struct {
		name string
		want map[string]int // finds of a code, all of them told
		none []string       // codes that would be false alarms
	}{
		{"000", map[string]int{"H02": 1, "T10": 3}, []string{"T05", "R02", "N01"}},
		{"001", map[string]int{"R01": 2, "R12": 1, "T02": 1, "T05": 3, "T09": 14, "T14": 1, "T15": 2, "T21": 2, "T22": 1, "T08": 2, "P10": 2}, []string{"R04", "R02", "N02", "H09"}},
		{"002", map[string]int{"T09": 1, "T14": 1, "T08": 1, "T10": 12}, []string{"R04", "R12", "N02"}},
		{"003", map[string]int{"T01": 5, "T18": 1}, []string{"T05", "R02", "N01", "N02", "R01"}},
		{"004", map[string]int{"R02": 1, "R04": 2, "N01": 1, "N02": 1, "N04": 1, "N10": 1, "H09": 3, "H10": 1, "H12": 1, "H14": 1, "T01": 2, "T13": 1, "L01": 6, "T14": 40, "R10": 1, "T21": 2}, []string{"T05", "R05", "R03"}},
	} {
		list := Text(tt.name, texts[tt.name], Options{Every: true})
		got := codes(list)
		for code, n := range tt.want {
			if got[code] != n {
				t.Errorf("%s: %d finds of %s, want %d:\n%v", tt.name, got[code], code, n, finds(list, code))
			}
		}
		for _, code := range tt.none {
			if got[code] > 0 {
				t.Errorf("%s: a false alarm: %v", tt.name, finds(list, code))
			}
		}
		for _, p := range list {
			if p.Level == diag.Error && tt.want[p.Code] == 0 {
				t.Errorf("%s: an error nobody listed: %s", tt.name, p.Format())
			}
		}
	}
	for code, hint := range map[string]string{"R02": "от 25.12.2019 № Р-145", "H10": "УТВЕРЖДЁН (план)", "N01": "номер по порядку – 3",
		"H12": "педагогического совета", "T13": "ОСНОВНАЯ", "R04": "2023/2024", "L01": "ЮКӦНЛӦН"} {
		list := finds(Text("004", texts["004"], Options{}), code)
		if len(list) == 0 || list[0].Hint != hint {
			t.Errorf("004 %s: hint of %v, want %q", code, list, hint)
		}
	}
}

func TestClean(t *testing.T) {
	for _, name := range []string{"order", "minutes", "regulation"} {
		b, err := os.ReadFile("testdata/" + name + ".txt")
		if err != nil {
			t.Fatal(err)
		}
		for _, p := range Text(name, nb(string(b)), Options{}) {
			t.Errorf("%s: a false alarm: %s", name, p.Format())
		}
	}
}

// paper wraps items in an order without faults.
func paper(head, items string) string {
	if head == "" {
		head = "ПРИКАЗ\n\n01.09.2026 №·145\n\nс.·Берёзово\n\nО наставничестве"
	}
	return nb(head + "\n\nПРИКАЗЫВАЮ:\n\n" + items + "\n9. Контроль за исполнением приказа оставляю за собой.\n\nДиректор ____________ А.·И.·Указкин")
}

func date(y, m, d int) time.Time { return time.Date(y, time.Month(m), d, 0, 0, 0, 0, time.UTC) }

// TestRules has a faulty text and its mended twin for each rule.
func TestRules(t *testing.T) {
	const body = "7. Утвердить план.\n8. Назначить куратора."
	for _, tt := range []struct {
		code      string
		bad, good string
		o         Options
	}{
		{"H01", "МБОУ «Ольховская СОШ»\n\n" + paper("", body), "МБОУ «Берёзовская СОШ»\n\n" + paper("", body), Options{School: School{Full: "МБОУ «Берёзовская СОШ»"}}},
		{"H02", paper("", "7. Директору МБОУ «Берёзавская СОШ».\n8. Довести."), paper("", "7. Директору МБОУ «Берёзовская СОШ».\n8. Довести."), Options{School: School{Short: "МБОУ «Берёзовская СОШ»"}}},
		{"H03", "Школа\n\nПриказ\n\n01.09.2026 № 1", "Школа\n\nПРИКАЗ\n\n01.09.2026 № 1", Options{}},
		{"H04", paper("ПРИКАЗ\n\nс.·Берёзово\n\nО наставничестве", body), paper("", body), Options{}},
		{"H04", paper("ПРИКАЗ\n\n________ №·____\n\nс.·Берёзово\n\nО наставничестве", body), paper("", body), Options{Issued: true}},
		{"H05", paper("ПРИКАЗ\n\n01.09.2026 №·145\n\nО наставничестве", body), paper("", body), Options{}},
		{"H06", paper("ПРИКАЗ\n\n01.09.2026 №·145\n\nс.·Берёзово", body), paper("", body), Options{}},
		{"H07", paper("ПРИКАЗ\n\n01.09.2026 №·145\n\nс.·Берёзово\n\nО наставничестве.", body), paper("", body), Options{}},
		{"H08", paper("ПРИКАЗ\n\n01.09.2026 №·145\n\nс.·Берёзово\n\nО утверждении плана", body), paper("ПРИКАЗ\n\n01.09.2026 №·145\n\nс.·Берёзово\n\nОб утверждении плана", body), Options{}},
		{"H08", "Приказ «Об ежегодном отчёте»", "Приказ «О ежегодном отчёте», «Об этапах», «Об отчёте»", Options{}},
		{"H09", "УТВЕРЖДАЮ\nДиректор\n\nПЛАН", "УТВЕРЖДАЮ\nДиректор\nА. И. Указкин\n01.09.2026\n\nПЛАН", Options{}},
		{"H09", "УТВЕРЖДЁН\nприказом школы\n\nПЛАН", "УТВЕРЖДЁН\nприказом школы\nот 01.09.2026 № 4\n\nПЛАН", Options{}},
		{"H10", "УТВЕРЖДЕНА\nприказом от 01.09.2026 № 4\n\nПОЛОЖЕНИЕ\nо наставничестве", "УТВЕРЖДЕНО\nприказом от 01.09.2026 № 4\n\nПОЛОЖЕНИЕ\nо наставничестве", Options{}},
		{"H11", "УТВЕРЖДЕНО:\nприказом от 01.09.2026 № 4\n\nПОЛОЖЕНИЕ", "УТВЕРЖДЕНО\nприказом от 01.09.2026 № 4\n\nПОЛОЖЕНИЕ", Options{}},
		{"H12", "ПРИНЯТО\nпедагогическим советом\n\nПОЛОЖЕНИЕ", "ПРИНЯТО\nпедагогическим советом\nпротокол от 31.08.2026 № 1\n\nПОЛОЖЕНИЕ", Options{}},
		{"H13", strings.Split(paper("", body), "Директор")[0], paper("", body), Options{}},
		{"H14", strings.Replace(paper("", body), "Директор", "И.о директора", 1), strings.Replace(paper("", body), "Директор", "И. о. директора", 1), Options{}},
		{"H15", paper("", body), strings.Replace(paper("", body), "А.\u00a0И.\u00a0Указкин", "О. П. Тетрадкина", 1), Options{Officials: []Official{{"Директор", "О. П. Тетрадкина", date(2026, 1, 1), time.Time{}}}}},
		{"H16", paper("", body) + "\n\nПриложение\nк приказу школы\nот 02.09.2026 № 145", paper("", body+" (приложение)") + "\n\nПриложение\nк приказу школы\nот 01.09.2026 № 145", Options{}},
		{"H17", paper("", "7. План (приложение № 2).\n8. Форма.") + "\n\nПриложение № 1\nк приказу от 01.09.2026 № 145", paper("", "7. План (приложение № 1).\n8. Форма.") + "\n\nПриложение № 1\nк приказу от 01.09.2026 № 145", Options{}},
		{"H19", "Документ подписан электронной подписью\nВладелец: Указкин Антон Ильич", "Документ подписан электронной подписью\nСертификат: 00A1B2\nВладелец: Указкин Антон Ильич\nДействителен: с 10.01.2026 по 10.04.2027", Options{}},
		{"H22", "ИНН 7707083894", "ИНН 7707083893, ОГРН 1027700132195, СНИЛС 112-233-445 95", Options{}},
		{"H22", "ОГРН 1027700132196", "ОГРН 1027700132195", Options{}},
		{"H22", "СНИЛС 112-233-445 96", "СНИЛС 112-233-445 95", Options{}},
		{"H23", strings.Replace(paper("", body), "Контроль за исполнением приказа оставляю за собой", "Ознакомить с приказом", 1), paper("", body), Options{}},
		{"H26", "Пары МБОУ «Ольховская СОШ» закреплены.", "Пары МБОУ «Берёзовская СОШ» закреплены.", Options{School: School{Short: "МБОУ «Берёзовская СОШ»"}, Others: []string{"МБОУ «Ольховская СОШ»", "МБОУ «Берёзовская СОШ»"}}},
		{"R01", "На основании приказа Министерства образования от 30.06.2020 «О внедрении модели»", "На основании приказа Министерства образования от 30.06.2020 № 557 «О внедрении модели»", Options{}},
		{"R02", "распоряжением Министерства просвещения Российской Федерации от 24.12.2019 № Р-145", "распоряжением Министерства просвещения Российской Федерации от 25.12.2019 № Р-145", Options{}},
		{"R02", "распоряжением Минпросвещения России от 25.12.2019 № 145-р", "распоряжением Минпросвещения России от 25.12.2019 № Р-145", Options{}},
		{"R02", "распоряжением Минпросвещения России от 25.12.2019 № P-145", "Федеральный закон от 29.12.2012 № 273-ФЗ", Options{}},
		{"R02", "Федеральный закон от 29.11.2012 № 273-ФЗ «Об образовании в Российской Федерации»", "Федеральный закон от 29.12.2012 № 273-ФЗ «Об образовании в Российской Федерации»", Options{}},
		{"R03", "приказом Управления образования от 01.09.2020 № 15 «О рабочей группе по наставничеству», … приказ Управления образования от 01.09.2020 № 16 «О рабочей группе по наставничеству»", "приказом Управления образования от 01.09.2020 № 15 «О рабочей группе», приказ Управления образования от 01.09.2020 № 16 «Об аттестации»", Options{}},
		{"R04", "ПЛАН\nработы на 2026/2027 учебный год\n\nПлан на 2025/2026 учебный год утверждён.", "ПЛАН\nработы на 2026/2027 учебный год\n\nПо сравнению с прошлым 2025/2026 учебным годом пар больше.", Options{}},
		{"R05", "на 2026/2028 учебный год", "на 2026/2027 учебный год, программа 2026–2029 годов", Options{}},
		{"R06", "до 31.09.2026", "до 30.09.2026", Options{}},
		{"R06", "30 февраля 2026 г.", "28 февраля 2026 г.", Options{}},
		{"R07", paper("", "7. Исполнить приказ Управления образования от 02.10.2026 № 3.\n8. Назначить."), paper("", "7. Исполнить приказ Управления образования от 02.08.2026 № 3.\n8. Назначить."), Options{}},
		{"R08", strings.Replace(paper("", body), "ПРИКАЗЫВАЮ", "На основании решения (протокол от 05.09.2026 № 1)\n\nПРИКАЗЫВАЮ", 1), strings.Replace(paper("", body), "ПРИКАЗЫВАЮ", "На основании решения (протокол от 31.08.2026 № 1)\n\nПРИКАЗЫВАЮ", 1), Options{}},
		{"R09", paper("", "7. Составить план до 01.08.2026.\n8. Назначить."), paper("", "7. Составить план до 01.10.2026.\n8. Назначить."), Options{}},
		{"R11", strings.Replace(paper("", body), "ПРИКАЗЫВАЮ", "В соответствии с Указом Президента Российской Федерации от 07.05.2018 № 204\n\nПРИКАЗЫВАЮ", 1), paper("", body), Options{}},
		{"R12", "Опрошены 5 педагогов. Довольны 98 %.", "Опрошены 5 педагогов. Довольны 80 %. Опрошены 3 учителя, довольны 67 %.", Options{}},
		{"R12", "Школа\tПар\tЛюдей\nПервая\t2\t4\nВторая\t3\t6\nИтого\t6\t10", "Школа\tПар\tЛюдей\nПервая\t2\t4\nВторая\t3\t6\nИтого\t5\t9", Options{}},
		{"R15", paper("ПРИКАЗ\n\n06.09.2026 №·145\n\nс.·Берёзово\n\nО наставничестве", body), paper("", body), Options{}},
		{"N01", "\n1. Общие положения\n\nТекст.\n\n3. Порядок\n\nТекст.", "\n1. Общие положения\n\nТекст.\n\n2. Порядок\n\nТекст.", Options{}},
		{"N02", "1. Первое.\n2. Второе.\n4. Четвёртое.", "1. Первое.\n2. Второе.\n3. Третье.\n1. Снова первое.", Options{}},
		{"N02", "1.1. Первое.\n1.3. Третье.", "1.1. Первое.\n1.2. Второе.\n2.1. Другое.", Options{}},
		{"N03", "1.2.3.4.5. Глубоко.", "1.2.3.4. Глубоко.", Options{}},
		{"N04", "1 этап. Подготовка\n\nII этап. Работа", "I этап. Подготовка\n\nII этап. Работа", Options{}},
		{"N05", "1.1. Порядок дан в пункте 4.5 настоящего Положения.", "1.1. Порядок дан в пункте 1.1 настоящего Положения, пункт 9.9 приказа № 5.", Options{}},
		{"N08", "ПРОТОКОЛ\n\n31.08.2026 № 1\n\nПОВЕСТКА ДНЯ:\n1. О плане.\n2. О кураторе.\n\nСЛУШАЛИ: доклад.\n\nРЕШИЛИ:\nУтвердить.", "ПРОТОКОЛ\n\n31.08.2026 № 1\n\nПОВЕСТКА ДНЯ:\n1. О плане.\n\nСЛУШАЛИ: доклад.\n\nРЕШИЛИ:\nУтвердить.", Options{}},
		{"N09", "ПРОТОКОЛ\n\n31.08.2026 № 1\n\nПрисутствовали: 14.\n\nГолосовали: «за» – 12, «против» – 0, «воздержались» – 1.", "ПРОТОКОЛ\n\n31.08.2026 № 1\n\nПрисутствовали: 14.\n\nГолосовали: «за» – 13, «против» – нет, «воздержались» – 1.", Options{}},
		{"N09", "ПРОТОКОЛ\n\n31.08.2026 № 1\n\nПрисутствовали: 5 из 16 членов.", "ПРОТОКОЛ\n\n31.08.2026 № 1\n\nПрисутствовали: 14 из 16 членов.", Options{}},
		{"N10", "№\tДело\tСрок\tРезультат\n1\tПлан\tмай\t\n2\tОтчёт\tмай\tотчёт\n3\tИтог\tмай\tитог", "№\tДело\tСрок\tРезультат\n1\tПлан\tмай\t–\n2\tОтчёт\tмай\t\n3\tИтог\tмай\t", Options{}},
		{"N07", "Задачи:\n– учить\n– помогать;\n– хвалить;\n– спрашивать.", "Задачи:\n– учить;\n– помогать;\n– хвалить.", Options{}},
		{"H18", paper("", "7. Куратору Тетрадкиной О. П. составить план.\n8. Назначить.") + "\n\nС приказом ознакомлены:\n\nГлобус М. И. ____", paper("", "7. Куратору МБОУ «СОШ им. С. Т. Глобуса» Тетрадкиной О. П. составить план.\n8. Назначить.") + "\n\nС приказом ознакомлены:\n\nТетрадкина Ольга Павловна ____", Options{}},
		{"T01", "приказ №145", "приказ № 145", Options{}},
		{"T02", "приказ N 145", "приказ № 145, класс N", Options{}},
		{"T03", "приказ № 145 А.\u00a0И.\u00a0Указкина", "приказ №\u00a0145 А.\u00a0И.\u00a0Указкина", Options{}},
		{"T04", "школа \"Лидер\"", "школа «Лидер»", Options{}},
		{"T05", "школа «Лидер", "школа «Лидер»", Options{}},
		{"T05", "««Лидер» »", "«Школа „Лидер“»", Options{}},
		{"T07", "наставник - педагог", "наставник – педагог, учебно- и внеурочная", Options{}},
		{"T08", "2026-2027 годы", "2026–2027 годы, ГОСТ Р 7.0.97-2025", Options{}},
		{"T09", "в 2021году", "в 2021 году", Options{}},
		{"T10", "два  пробела", "один пробел", Options{}},
		{"T11", "слово , слово", "слово, слово, сайт school.example.ru", Options{}},
		{"T12", "Bерёзовская школа", "IT-специалист, Wi-Fi, VK", Options{}},
		{"T13", "«ОС-\nНОВНАЯ школа»", "«ОСНОВНАЯ школа»", Options{}},
		{"T14", "Директор {{ director }}", "Директор ________", Options{}},
		{"T15", "2023–2024 гг", "2023–2024 гг.", Options{}},
		{"T19", "О\u0308", "Ӧ", Options{}},
		{"T19", "\uf0b7 пункт", "– пункт", Options{}},
		{"T21", "31.08.2026 г.", "31.08.2026", Options{}},
		{"T22", "совещание 25.03.21", "совещание 25.03.2021, специальность 44.02.01", Options{}},
		{"T23", "01 сентября 2026 г.", "1 сентября 2026 г.", Options{}},
		{"T25", "Директор <no value>", "Директор", Options{}},
		{"T25", "%!d(string=5) пар", "5 % пар!", Options{}},
		{"T26", "приказ № , от", "приказ № ____, от ____", Options{}},
		{"T26", "школа «»", "школа «___»", Options{}},
		{"L01", "ШКӨЛА ВЕСЬКӦДЛАНІН", "ШКӦЛА ВЕСЬКӦДЛАНІН", Options{Langs: []string{"kv"}}},
		{"L02", "ВЕСЬКÖДЛАНІН", "ВЕСЬКӦДЛАНІН", Options{Langs: []string{"kv"}}},
		{"D01", "Ученик 8 класса Циркуль П. О. выступил.", "Ученик 8 класса выступил. Директор Указкин А. И. открыл встречу.", Options{Public: true}},
		{"D02", "паспорт 12 34 567890", "телефон школы 8 (38800) 00-0-00", Options{Public: true}},
		{"D02", "дата рождения: 01.02.2012", "дата: 01.02.2026", Options{Public: true}},
		{"D03", "семиклассник состоит на учёте в ПДН", "семиклассник участвует", Options{Public: true}},
		{"D08", "С приказом ознакомлены:", "Приказ", Options{Public: true}},
		{"D09", "СОГЛАШЕНИЕ\n\nДаю согласие на обработку персональных данных.", "СОГЛАСИЕ\n\nДаю согласие на обработку персональных данных.", Options{}},
		{"P10", "слово\t\tслово", "слово\tслово", Options{}},
		{"P16", "п р и к а з ы в а ю", "приказываю", Options{}},
	} {
		bad, good := Text("bad", tt.bad, tt.o), Text("good", tt.good, tt.o)
		if len(finds(bad, tt.code)) == 0 {
			t.Errorf("%s is silent on %q; said %v", tt.code, tt.bad, codes(bad))
		}
		if f := finds(good, tt.code); len(f) > 0 {
			t.Errorf("a false alarm on %q: %v", tt.good, f)
		}
		for _, p := range bad {
			if p.Text != strings.TrimSuffix(p.Text, ".") || p.Place.File == "" {
				t.Errorf("%s: text %q, place %+v", p.Code, p.Text, p.Place)
			}
		}
	}
}

func TestPlaces(t *testing.T) {
	list := Text("письмо.txt", "Первая строка\n\nСрок до 31.09.2026 включительно", Options{})
	if len(list) != 1 {
		t.Fatalf("got %v, want one problem", list)
	}
	got, want := list[0].Format(), `письмо.txt:3: абзац 2: такого дня нет в календаре: 31.09.2026 [R06]
    Срок до 31.09.2026 включительно
            ^^^^^^^^^^`
	if got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

func TestFold(t *testing.T) {
	list := Text("a", strings.Repeat("слово  слово\n\n", 9), Options{})
	if len(list) != 3 || !strings.HasSuffix(list[2].Text, "(таких мест ещё 6)") {
		t.Errorf("got %v, want three finds, the last counting six more", list)
	}
}

func FuzzText(f *testing.F) {
	for _, name := range []string{"order", "minutes", "regulation"} {
		b, _ := os.ReadFile("testdata/" + name + ".txt")
		f.Add(string(b))
	}
	f.Add("1.\n\t\t\n\t\t\n«\u00a0")
	f.Fuzz(func(t *testing.T, text string) {
		a, b := Text("a", text, Options{Public: true, Issued: true}), Text("a", text, Options{Public: true, Issued: true})
		if a.Error() != b.Error() {
			t.Error("two runs differ")
		}
		for _, p := range a {
			if n := len([]rune(p.Place.Around)); p.Place.Caret > n {
				t.Errorf("caret %d of %d runes: %q", p.Place.Caret, n, p.Place.Around)
			}
		}
	})
}

func BenchmarkText(b *testing.B) {
	text, err := os.ReadFile("testdata/order.txt")
	if err != nil {
		b.Fatal(err)
	}
	b.ReportAllocs()
	for b.Loop() {
		Text("order", string(text), Options{})
	}
}
