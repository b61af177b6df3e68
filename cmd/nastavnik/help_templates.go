package main

// templatesTopic explains how templates are written.
const templatesTopic = `Как писать шаблоны

Шаблон – обычный файл Word. Метка – текст в двойных фигурных скобках; набирайте
её как простой текст. Оформление берётся от первой буквы метки.

Значения
  {{ school.name }}                     значение; имена: nastavnik fields
  {{ director.name.dat }}               падежи: nom gen dat acc ins pre
  {{ director.phone }}                  нет значения – черта для ручки
  {{ director.phone | blank 20 }}       черта длиной 20 знаков
  {{ director.phone | opt }}            нет значения – ничего; пустой абзац исчезает
  {{ doc.number | required }}           нет значения – ошибка
  {{ doc.place | default "Сыктывкар" }} другое значение вместо пустого
  {{ blank 12 }}                        черта для ручки
  {{ image school.emblem width=20mm }}  рисунок PNG или JPEG; есть и height; последним – alt="описание"
  {{> letterhead}}                      вставить блок blocks/letterhead.docx, один в абзаце

Повторы и условия
  {{#each pairs as pair}} … {{else}} … {{/each}}     else – для пустого списка
  {{#if условие}} … {{else if …}} … {{else}} … {{/if}}
  {{#unless условие}} … {{/unless}}                  если не
  loop.index, loop.first, loop.last, loop.count, loop.parent – о проходе цикла

  Что повторяется, видно по тому, где стоят метки:
    обе в одном абзаце               – слова между ними
    каждая в своём абзаце            – абзацы между ними (сами метки исчезают)
    в первой и последней ячейке      – строка таблицы или несколько строк
    каждая в своей пустой строке     – строки между ними
    в одном столбце, в первой и      – столбец; его ширина делится поровну
    последней строке таблицы
    вокруг разрыва раздела           – раздел со своей ориентацией листа

  Указания в конце открывающей метки:
    @p @row @col     повторять абзац, строку, столбец
    @page            каждый проход с новой страницы
    @restart @continue   начинать нумерованный список в каждом проходе заново или нет;
                     без указания заново начинается список, который весь в цикле
                     и перед которым в цикле есть другой текст

Таблицы
  {{ pair.class | merge }}    соединить ячейку с верхней, если значения равны
  {{ month.name | hmerge }}   в цикле по столбцам – с левой
  Таблица, в которой не осталось строк, исчезает; пустая ячейка остаётся ячейкой.

Условия и выражения
  + - * / %   = ≠ < > ≤ ≥   и или не   a ? b : c   a ?? b   "текст" или «текст»
  pairs[0]    pairs | count    sum(pairs, .hours)    filter(pairs, .hours > 5)
  Пустое значение, ноль и пустой список в условии – «нет».

Функции (пишутся и через черту: {{ x | upper }})
  upper lower cap quote nbsp trim replace          буквы, кавычки, пробелы
  gen dat acc ins pre                              падеж имени: {{ name | dat }};
                                                   должности и организации:
                                                   {{ post | dat "post" }}, {{ x | gen "org" }}
  initials signature                               «Петров И. И.», «И. И. Петров»
  long short year                                  «1 сентября 2026 г.», «01.09.2026», «2026»
  plural counted words                             {{ n | counted "пара", "пары", "пар" }}
  count sum min max mean round                     числа
  join lines                                       список в строку, в столбик
  filter map sortBy groupBy first last take        {{#each sortBy(pairs, .name) as p}}
  reverse uniq find any all none                   {{#each groupBy(pairs, .class) as g}} {{ g.key }}
                                                   {{#each g.items as p}} … {{/each}}{{/each}}

Где работают метки: текст, таблицы, колонтитулы, сноски, надписи, ссылки,
элементы управления, название и другие свойства файла. В диаграммах и
рисунках SmartArt – нет, программа об этом скажет.

Правки и примечания рецензентов в документ не попадают. Данные – всегда
текст: скобки {{ }} в них печатаются как есть.

Проверить шаблон: nastavnik check --templates ПАПКА, а шаблон со своими
данными: nastavnik fill ШАБЛОН.docx ДАННЫЕ.toml --check --unused; с ключом
--mark КОПИЯ.docx ошибки станут примечаниями Word в копии шаблона
По документу на запись списка: nastavnik fill ШАБЛОН.docx ДАННЫЕ.toml
  --each pupils --name 'Справка {{ name }}.docx' -o ПАПКА
`
