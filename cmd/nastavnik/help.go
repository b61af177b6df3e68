package main

import (
	"fmt"
	"runtime/debug"
	"strings"
	"unicode/utf8"

	"github.com/spf13/pflag"
)

// commands are the subcommands in the order of the help.
func commands() []command {
	return []command{
		{"generate", "составить комплект документов", generateCommand},
		{"check", "проверить профиль, шаблоны и готовые документы", checkCommand},
		{"init", "профиль для заполнения, с пояснениями", initCommand},
		{"list", "документы, наборы и формы, которые знает программа", listCommand},
		{"fields", "имена, которые можно писать в шаблонах", fieldsCommand},
		{"pdf", "сделать PDF из любого DOCX", pdfCommand},
		{"decline", "имена, должности и организации по падежам", declineCommand},
		{"fill", "заполнить любой шаблон Word своими данными", fillCommand},
		{"site", "публичный набор для сайта школы, без личных данных", siteCommand},
		{"import", "люди и пары из Excel в профиль", importCommand},
		{"export", "реестры школы и района в Excel", exportCommand},
		{"version", "версия программы", versionCommand},
	}
}

// usages say how each command is called; the keys stand in its flags.
var usages = map[string]string{
	"generate": "nastavnik generate [ПРОФИЛЬ|РАЙОН|ПАПКА…] [ключи]",
	"check":    "nastavnik check [ПРОФИЛЬ|ДОКУМЕНТ|ПАПКА…] [ключи]",
	"list":     "nastavnik list [ключи]",
	"fields":   "nastavnik fields [РАЗДЕЛ] [ключи]",
	"site":     "nastavnik site [ПРОФИЛЬ|РАЙОН|ПАПКА…] [ключи]",
	"version":  "nastavnik version",
}

// overview is what the program says of itself when called bare.
func overview() string {
	var b strings.Builder
	b.WriteString("nastavnik – документы школьного наставничества из одного профиля\n\nПримеры:\n")
	for _, e := range [][2]string{
		{"nastavnik generate", "комплект вымышленной школы, чтобы посмотреть"},
		{"nastavnik init МояШкола", "профиль для заполнения, с пояснениями"},
		{"nastavnik generate МояШкола/school.toml", "документы Вашей школы"},
	} {
		fmt.Fprintf(&b, "  %-42s %s\n", e[0], e[1])
	}
	b.WriteString("\nКоманды:\n")
	for _, c := range commands() {
		fmt.Fprintf(&b, "  %-10s %s\n", c.name, c.brief)
	}
	b.WriteString("\nПодробно: nastavnik help КОМАНДА. Темы: nastavnik help exit, limits, names, privacy, templates, forms\n")
	return b.String()
}

// topics are texts of the help that belong to no one command.
var topics = map[string]string{
	"exit": `Коды завершения
  0    сделано
  1    ошибка программы
  2    неверная команда или ключ
  3    сделано не всё: часть документов или школ не получилась
  4    ошибки в профиле или данных; ничего не записано
  5    ошибки в шаблоне; ничего не записано
  6    не удалось записать файлы
  7    папка занята другим запуском
  8    отказано ради безопасности
  130  прервано
`,
	"limits": `Пределы: файл больше – отказ с кодом 8, чтобы не исчерпать память
  профиль            1 МиБ, вложенность скобок 32
  список Excel, CSV  32 МиБ; в распакованном виде 64 МиБ, 64 столбца, 50 000 строк
  шаблон Word        20 МиБ; в распакованном виде 200 МиБ, одна часть 50 МиБ, частей 2 000,
                     часть больше 1 МиБ сжата не сильнее 100 : 1, вложенность XML 256
  эмблема            5 МБ
`,
	"names": `Имена файлов – одни и те же в Windows и Linux
  / \ | :              становятся дефисом
  * ? " < > « »        пропадают, как и знаки перевода строки
  точка и пробел       в конце имени пропадают: Windows их не хранит
  CON, NUL, COM1, …    получают подчёркивание впереди: это имена устройств
  длинное имя          обрезается по букве до 195 байт (97 русских букв)
  одинаковые имена     второе получает «(2)»; регистр, Ё и Е, и й двух видов не различаются
Папка школы называется её кодом (school.id). В самих документах имена не меняются.
`,
	"privacy": `Личные данные
Программа не выходит в сеть, ничего не отправляет и не ведёт журналов. Имена и другие
сведения о людях есть только в этих местах:
  профиль                  МояШкола/school.toml; прежний вид хранит school.toml.bak
  документы                папка -o (без ключа – комплект), в ней папка на школу;
                           копии правленных файлов – там же, «… (правка ДАТА)»
  список документов        .nastavnik/manifest.json в папке школы: имена файлов, в них
                           фамилии с инициалами
  реестры и списки Excel   реестр-….xlsx, список.xlsx, …_ошибки.xlsx – где Вы их создали
  публичный набор          папка сайта: без личных данных, это проверяется перед записью
Чтобы убрать человека: удалите его раздел [[people]] и пары в профиле, уничтожьте .bak,
выполните nastavnik generate с ключом --prune, уничтожьте прежние реестры и копии.
На Linux новые файлы доступны только владельцу; чтобы открыть папку школы другим,
измените её права – новые документы их унаследуют.
`,
}

// help explains a command or a topic.
func help(p process, args []string) int {
	if len(args) == 0 {
		fmt.Fprint(p.out, overview())
		return exitDone
	}
	if text, found := topics[args[0]]; found {
		fmt.Fprint(p.out, text)
		return exitDone
	}
	for _, c := range commands() {
		if c.name == args[0] {
			return c.run(p, []string{"--help"})
		}
	}
	return run(p, args[:1]) // tells that there is no such command
}

// helpOf writes the help of a command from its flags.
func helpOf(flags *pflag.FlagSet) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s\n", usages[flags.Name()])
	type line struct{ keys, text string }
	var lines []line
	width := 0
	flags.VisitAll(func(f *pflag.Flag) {
		keys := "--" + f.Name
		if f.Shorthand != "" {
			keys = "-" + f.Shorthand + ", " + keys
		}
		value, text := pflag.UnquoteUsage(f)
		if f.Value.Type() != "bool" {
			keys += " " + strings.ToUpper(value)
		}
		lines = append(lines, line{keys, text})
		width = max(width, utf8.RuneCountInString(keys))
	})
	if len(lines) > 0 {
		b.WriteString("\nКлючи:\n")
	}
	for _, l := range lines {
		fmt.Fprintf(&b, "  %s%s  %s\n", l.keys, strings.Repeat(" ", width-utf8.RuneCountInString(l.keys)), l.text)
	}
	return b.String()
}

// versionCommand prints the version, with the revision the binary was built of.
func versionCommand(p process, args []string) int {
	flags := newFlags("version")
	if code, on := parse(p, flags, args); !on {
		return code
	}
	fmt.Fprintln(p.out, "nastavnik", version())
	return exitDone
}

// version is the module's version, or the revision of a build from a checkout.
func version() string {
	info, known := debug.ReadBuildInfo()
	if !known {
		return "неизвестной версии"
	}
	v := info.Main.Version
	if v == "" || v == "(devel)" {
		v = "разработка"
	}
	for _, s := range info.Settings {
		if s.Key == "vcs.revision" && len(s.Value) >= 12 && !strings.Contains(v, s.Value[:12]) {
			v += " " + s.Value[:12]
		}
	}
	return v
}
