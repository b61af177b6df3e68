//go:build interop

package layout

import (
	"fmt"
	"html"
	"math/rand"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"nastavnik/internal/docx"
	"nastavnik/internal/wml"
)

var (
	pdfWord = regexp.MustCompile(`<word xMin="([-\d.]+)" yMin="([-\d.]+)" xMax="([-\d.]+)" yMax="([-\d.]+)">(.*?)</word>`)
	words   = strings.Fields("работа учитель наставник молодой специалист профессиональный план мероприятие отчёт проведение анализ результат деятельность система организация образовательный процесс обучающийся методика урок занятие класс контроль оценка качество развитие поддержка адаптация индивидуальный маршрут педагог-психолог внеурочная воспитательная программа консультация взаимопосещение и в на с по для от до не что это же ли и/или во-первых кое-что")
)

// randomBody makes a school-like document: justified text, runs of several
// looks, headings, lists by hand, tabs with leaders, tables with heads, merges
// and borders.
func randomBody(rng *rand.Rand) string {
	text := func(n int) string {
		var list []string
		for range n {
			w := words[rng.Intn(len(words))]
			switch rng.Intn(14) {
			case 0:
				w = "«" + w + "»"
			case 1:
				w += ","
			case 2:
				w += " —"
			case 3:
				w += fmt.Sprintf(" №\u00a0%d", rng.Intn(300))
			}
			list = append(list, w)
		}
		return strings.Join(list, " ")
	}
	pick := func(list ...string) string { return list[rng.Intn(len(list))] }
	// rich is text in runs of several looks, with initials, and a blank behind
	rich := func(n int) string {
		var b strings.Builder
		for n > 0 {
			k := min(n, 2+rng.Intn(15))
			n -= k
			b.WriteString(`<w:r><w:rPr>` + pick("", "", "<w:b/>", "<w:i/>", "<w:b/><w:i/>", `<w:sz w:val="24"/>`, "<w:caps/>", `<w:u w:val="single"/>`,
				`<w:rFonts w:ascii="Liberation Sans" w:hAnsi="Liberation Sans"/>`) + `</w:rPr><w:t xml:space="preserve">` + text(k) + pick(" ", " А.\u00a0Б.\u00a0Иванов-Петров, ") + `</w:t></w:r>`)
		}
		return b.String()
	}
	runs := func(runs, pPr string) string { return `<w:p><w:pPr>` + pPr + `</w:pPr>` + runs + `</w:p>` }
	line := pick("240", "252", "276", "360")
	space := func(before, after int) string {
		return fmt.Sprintf(`<w:spacing w:before="%d" w:after="%d" w:line="%s" w:lineRule="auto"/>`, before, after, line)
	}
	table := func() string {
		n := 2 + rng.Intn(3)
		var b strings.Builder
		b.WriteString(`<w:tbl><w:tblPr><w:tblBorders>`)
		for _, side := range []string{"top", "left", "bottom", "right", "insideH", "insideV"} {
			b.WriteString(`<w:` + side + ` w:val="single" w:sz="4"/>`)
		}
		b.WriteString(`</w:tblBorders><w:tblLayout w:type="fixed"/></w:tblPr><w:tblGrid>`)
		left := 9638
		for i := range n {
			w := left
			if i < n-1 {
				w = 1400 + rng.Intn(left-1400*(n-i)+1)
			}
			left -= w
			fmt.Fprintf(&b, `<w:gridCol w:w="%d"/>`, w)
		}
		b.WriteString(`</w:tblGrid>`)
		cell := func(tcPr, jc, text string) {
			b.WriteString(`<w:tc><w:tcPr>` + tcPr + `</w:tcPr>` + par(text, `<w:jc w:val="`+jc+`"/>`) + `</w:tc>`)
		}
		merge := rng.Intn(3) == 0
		for k := range 2 + rng.Intn(14) {
			b.WriteString(`<w:tr><w:trPr>`)
			if k == 0 {
				b.WriteString(`<w:cantSplit/><w:tblHeader/>`)
			} else if rng.Intn(2) == 0 {
				b.WriteString(`<w:cantSplit/>`)
			}
			b.WriteString(`</w:trPr>`)
			for i := range n {
				switch {
				case k == 0:
					cell(`<w:vAlign w:val="center"/>`, "center", text(1+rng.Intn(2)))
				case merge && i == n-1 && k == 1:
					cell(`<w:vMerge w:val="restart"/>`, "left", text(3))
				case merge && i == n-1:
					cell(`<w:vMerge/>`, "left", "")
				default:
					cell("", pick("left", "left", "both"), text(1+rng.Intn(12)))
				}
			}
			b.WriteString(`</w:tr>`)
		}
		return b.String() + `</w:tbl>`
	}
	var b strings.Builder
	for range 8 + rng.Intn(25) {
		switch rng.Intn(14) {
		case 10, 11:
			b.WriteString(runs(rich(5+rng.Intn(80)), space(0, 0)+`<w:ind w:firstLine="709"/><w:jc w:val="both"/>`))
		case 12:
			b.WriteString(runs(rich(20+rng.Intn(40)), space(0, 60)))
		case 13:
			b.WriteString(par(text(3)+"\t"+text(1)+" ", `<w:tabs><w:tab w:val="right" w:leader="dot" w:pos="9638"/></w:tabs>`+space(0, 0)))
		case 0:
			b.WriteString(par(text(4), `<w:keepNext/>`+space(240, 120)+`<w:jc w:val="center"/>`))
		case 1:
			b.WriteString(par(text(2)+"\t"+text(1), `<w:tabs><w:tab w:val="right" w:pos="9638"/></w:tabs>`+space(0, 0)))
		case 2:
			b.WriteString(par("1.\t"+text(20+rng.Intn(20)), space(0, 0)+`<w:ind w:left="709" w:hanging="425"/><w:jc w:val="both"/>`))
		case 3:
			b.WriteString(table() + par(text(6), space(0, 0)))
		case 4:
			b.WriteString(par(text(30), `<w:keepLines/>`+space(0, 60)))
		default:
			b.WriteString(par(text(5+rng.Intn(80)), space(0, rng.Intn(2)*120)+`<w:ind w:firstLine="709"/><w:jc w:val="both"/>`))
		}
	}
	return b.String() + sheet
}

// TestLibreOffice lays random documents out and holds every line against the
// LibreOffice of this machine, which must be 7.4 for the figures to be exact.
func TestLibreOffice(t *testing.T) {
	for _, tool := range []string{"soffice", "pdftotext"} {
		if _, err := exec.LookPath(tool); err != nil {
			t.Fatalf("%s is needed for the interop tests", tool)
		}
	}
	const count = 12
	bodies := make([]string, count)
	for i := range bodies {
		bodies[i] = randomBody(rand.New(rand.NewSource(int64(i))))
	}
	var lines, placed, samePages int
	for i, a := range againstLibreOffice(t, bodies) {
		if a.pages == a.refPages {
			samePages++
		}
		lines += a.lines
		placed += a.placed
		for k := range min(3, len(a.missing), len(a.extra)) {
			t.Logf("document %d, page %d: %s, ours %s", i, a.missing[k].page, a.missing[k].text, a.extra[k].text)
		}
		for k := range min(1, len(a.moved)) {
			t.Logf("document %d, page %d: moved %s", i, a.moved[k].page, a.moved[k].text)
		}
	}
	t.Logf("page counts equal %d of %d, lines placed %.2f%% of %d", samePages, count, share(placed, lines), lines)
	if samePages < count || share(placed, lines) < 99.7 {
		t.Error("below the floor of equal page counts and 99.7% of lines")
	}
}

// againstLibreOffice lays out documents of these bodies and has LibreOffice do
// the same.
func againstLibreOffice(t *testing.T, bodies []string) []agreement {
	t.Helper()
	dir := t.TempDir()
	args := []string{"-env:UserInstallation=file://" + filepath.Join(dir, "profile"), "--headless", "--convert-to", "pdf", "--outdir", dir}
	docs := make([][]byte, len(bodies))
	for i, body := range bodies {
		docs[i] = packed(t, body)
		name := filepath.Join(dir, fmt.Sprintf("%d.docx", i))
		if err := os.WriteFile(name, docs[i], 0o644); err != nil {
			t.Fatal(err)
		}
		args = append(args, name)
	}
	if out, err := exec.Command("soffice", args...).CombinedOutput(); err != nil {
		t.Fatalf("soffice: %v\n%s", err, out)
	}
	set := testFonts(t)
	list := make([]agreement, len(docs))
	for i, data := range docs {
		pkg, err := docx.Open(data)
		if err != nil {
			t.Fatal(err)
		}
		doc, _ := wml.Parse(pkg)
		out, _ := Pages(doc, Options{Fonts: set})
		list[i] = agree(ourLines(out), pdfLines(t, filepath.Join(dir, fmt.Sprintf("%d.pdf", i))))
	}
	return list
}

// pdfLines returns the visual lines of a PDF.
func pdfLines(t *testing.T, name string) (pages [][]visual) {
	t.Helper()
	out, err := exec.Command("pdftotext", "-bbox", name, "-").Output()
	if err != nil {
		t.Fatal(err)
	}
	for i, p := range strings.Split(string(out), "<page ")[1:] {
		var list []word
		for _, m := range pdfWord.FindAllStringSubmatch(p, -1) {
			n := func(k int) float64 { v, _ := strconv.ParseFloat(m[k], 64); return v }
			if s := bare(html.UnescapeString(m[5])); s != "" {
				list = append(list, word{n(1), (n(2) + n(4)) / 2, n(4) - n(2), s})
			}
		}
		pages = append(pages, visuals(i+1, list))
	}
	return pages
}
