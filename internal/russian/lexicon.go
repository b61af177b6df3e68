package russian

import (
	"strings"
	"unicode/utf8"
)

// irregular makes patterns from «nominative/genitive» pairs of masculine
// words whose stem changes; a star after the genitive says that its ending is
// stressed, «огонь/огня*». A word with ё is taken with е too.
func irregular(list string) map[string]pattern {
	m := map[string]pattern{}
	for _, pair := range strings.Fields(list) {
		nominative, genitive, _ := strings.Cut(pair, "/")
		genitive, stressed := strings.CutSuffix(genitive, "*")
		m[nominative] = stemPattern(nominative, genitive, stressed)
		if strings.ContainsRune(nominative, 'ё') {
			plain := strings.ReplaceAll(nominative, "ё", "е")
			m[plain] = stemPattern(plain, strings.ReplaceAll(genitive, "ё", "е"), stressed)
		}
	}
	return m
}

// stemPattern compares a nominative with its genitive on -а or -я.
func stemPattern(nominative, genitive string, stressed bool) pattern {
	same := 0
	for same < len(nominative) && same < len(genitive) && nominative[same] == genitive[same] {
		same++
	}
	for same > 0 && same < len(nominative) && !utf8.RuneStart(nominative[same]) {
		same--
	}
	stem := genitive[:len(genitive)-2]
	if same > len(stem) {
		same = len(stem)
	}
	p := pattern{cut: uint8(len(nominative) - same), mid: stem[same:]}
	last, _ := utf8.DecodeLastRuneInString(stem)
	switch soft := strings.HasSuffix(genitive, "я"); {
	case soft && stressed:
		p.ends = &endsSoftYo
	case soft:
		p.ends = &endsSoft
	case stressed || !isHush(last) && last != 'ц':
		p.ends = &endsHard
	default:
		p.ends = &endsHush
	}
	return p
}

// Words of the language that are surnames too and lose a vowel.
const fleetingWords = `
	лев/льва* заяц/зайца пёс/пса орёл/орла козёл/козла осёл/осла котёл/котла
	щегол/щегла хохол/хохла посол/посла дятел/дятла узел/узла пепел/пепла
	угол/угла чехол/чехла вымысел/вымысла хребет/хребта шатёр/шатра
	ковёр/ковра костёр/костра бобёр/бобра осётр/осетра ветер/ветра бугор/бугра
	багор/багра лён/льна лёд/льда овёс/овса
	день/дня* пень/пня* огонь/огня* уголь/угля* корень/корня камень/камня
	ремень/ремня* перстень/перстня парень/парня ливень/ливня плетень/плетня*
	слепень/слепня* бредень/бредня студень/студня гребень/гребня
	селезень/селезня баловень/баловня увалень/увальня оборотень/оборотня
	ставень/ставня шершень/шершня лежень/лежня кремень/кремня* окунь/окуня
	журавель/журавля* лапоть/лаптя ломоть/ломтя* коготь/когтя ноготь/ногтя
	локоть/локтя дёготь/дёгтя
	соловей/соловья* муравей/муравья* воробей/воробья* репей/репья*
	ручей/ручья* улей/улья чирей/чирья
	орешек/орешка горошек/горошка барашек/барашка камешек/камешка
	цветочек/цветочка дубочек/дубочка кусочек/кусочка листочек/листочка
	голубочек/голубочка замочек/замочка мешочек/мешочка грибочек/грибочка
	воробушек/воробушка хлебушек/хлебушка соловушек/соловушка
	ёж/ежа* ёрш/ерша*`

var surnameWords = irregular(fleetingWords)

// Words on -ья, -ея, -ля, -ня with the stress on the ending: Ильёй.
var yaStressed = words(`илья судья свинья семья статья скамья змея кутья попадья бадья
	ладья земля клешня ступня пятерня родня западня болтовня возня резня стряпня
	швея шлея колея`)

// Words on -жа, -ша, -ча, -ща, -ца with the stress on the ending: Левшой.
var aStressed = words(`ханжа душа левша ходжа гаджа паша каланча саранча свеча парча межа
	лапша вожжа баржа праща моча епанча алыча бахча чесуча ежа парша вша лша
	овца пыльца лица кольца маца рысца ленца`)

// Foreign surnames on a stressed -а, -я, which do not decline.
var surnameFixedA = words(`дюма дега тома люка золя петипа труайя деррида николя ферма`)

// Words on -ова that a woman bears as nouns: no man is Коров or Сов.
var surnameNounA = words(`сова корова подкова вдова основа обнова`)

// Megrelian surnames on -ая, which are nouns for both sexes.
var surnameNounAya = words(`шенгелая цулая ломая гулая чкая тодая чохая булая жгулая гегелая
	габелая киртая сулая папая гогохая пачулая бжалая сордая табагая чилая шелая
	цхадая джгамая убилая ахалая кварая хубулая чедая жордая мебурая`)

// Nouns on -ой: Прибой, Герой. With two syllables and more a surname on -ой
// is an adjective otherwise: Толстой.
var surnameNounOy = words(`прибой герой покой устой застой отбой перебой разбой ковбой
	водопой изгой запой упокой аналой постой настрой перепой левкой алкой анатой
	гобой убой удой надой зверобой китобой мордобой зной перегной целой сапой
	сугой тогой алой гелой лугой хвацой`)

// Adjectives on -ой that look like those nouns.
var surnameAdjOy = words(`злой рябой любой голубой слабой грубой особой`)

// Nouns on -чий, -кий, -хий, -ний and their like: Топчий.
var surnameNounIy = words(`топчий бокий рокий сокий кокий вокий мокий лукий аверкий корчий
	бульчий скочий пугачий трачий толчий вергий сергий гергий бугий гужий дрожий
	бабий георгий евлогий елпидий шпачий кобчий копчий ричий тумачий малахий
	евстихий евтихий пелагий стахий жабчий кучий мокчий клочий жучий бучий`)

// Adjectives of two syllables on -кий, -гий, -хий after a vowel.
var surnameAdjKiy = words(`тихий лихий сухий глухий плохий строгий дикий яркий`)

// Stems of adjectives on -ний that their end does not show.
var softAdjectives = words(`син дальн последн передн соседн нын`)

// Stems of possessive adjectives: третий, третьего.
var possessives = words(`трет волч казач девич охотнич лис птич рыб заяч медвеж бож коз овеч
	коров собач кошач верблюж помещич пастуш человеч сыч барсуч олен теляч щуч
	слонов обезьян враж разбойнич рыбач батрач баран быч поросяч лягушач индюш`)

// Old genitives on -них after a vowel, and German surnames on -их after a
// letter with which Russian stems end too.
var (
	surnameNih      = words(`синих`)
	surnameGermanIh = words(`фридерих гёзих кёхих хехих клихих цихих диехих`)
)

// Surnames of one syllable on -ов, -ын that are Russian for all that.
var surnameRussianShort = words(`львов псков днов мхов псов швов ржов тнов`)

// Foreign surnames on -ин, -ов and nouns on -ин, which have -ом in the
// instrumental. Чаплин is not among them: its spelling decides nothing.
var surnameForeignInOv = words(`дарвин гершвин кронин франклин кельвин кальвин берлин
	пэйлин пейлин мартин робин колин бенджамин болдуин гудвин эдвин расин регин
	рабин бегин мерлин шамплин тёрпин марлин девлин маклин лафлин маклафлин колвин
	мелвин алвин калвин ирвин бальдвин корвин харбин жобин жоспин бельвин гарвин
	марвин кевин девин бювин голдвин лиувин холдин халдин маккейн болдвин келвин
	бюлов флотов вирхов лютцов штрезов гутцков тресков бредов рохов квитцов
	пингвин дельфин апельсин мандарин бензин жасмин господин магазин арлекин`)

// Words on -ец with the stress on the stem: Немцем.
var tsUnstressed = words(`немец палец перец старец ранец танец индеец горец гетец литовец
	ахтырец полтавец украинец кубанец волынец испанец американец иностранец владелец
	умелец страдалец скиталец сиделец земец братец китаец кореец европеец японец
	австриец агнец гвардеец армеец красногвардеец пехотинец вятец рязанец астраханец
	сибирец уралец запорожец черноморец одессец крымец саратовец киевец черниговец
	харьковец ростовец таганрожец абхазец аварец балтиец албанец африканец
	ленинградец петербуржец омич кавказец буковинец подолец
	переселенец ополченец беженец первенец младенец лишенец вырожденец отщепенец
	мартовец комсомолец доброволец богомолец`)

// Words on a hushing letter with the stress on the ending (Ткачом), and those
// on -ач without it.
var (
	hushStress = words(`ключ сыч бич кирпич москвич луч меч мяч врач грач плащ лещ хрущ плющ
		хвощ прыщ клещ борщ хлыщ свищ хрящ нож чиж морж уж стриж паж бомж кныш малыш
		крепыш голыш латыш барыш камыш шиш мыш карандаш палаш кардаш сабадаш бардаш кулиш торгаш алкаш ковш
		шалаш гуляш мураш грош ёрш ерш еж ёж кулеш сургуч паралич кулич калач рубеж
		платеж грабеж чертёж чертеж падеж мятеж драч ильич кузьмич козьмич лукич
		фомич хомич бирюч толкач хрыч тыч рвач жмач пыж гуж смерч этаж гараж тираж багаж
		силач ржач`)
	hushUnstressed = words(`ковач плач мач вач кач`)
)

// Words on -ок that keep their о though it could go, and those that lose it
// though two consonants stand before it.
var (
	keepsOk = words(`пророк порок урок знаток поток исток восток водосток приток отток
		ашок алок исхок набок голобок белобок кривобок чернобок краснобок волок широк
		игрок морок сорок брок шерлок барок дюрок дарок оброк срок новобок кособок
		рошток паток видок едок ездок челнок чеснок шорок`)
	losesOk = words(`городок бугорок ветерок вечерок топорок хуторок`)
)

// Words on a soft sign with the stress on the ending: Королём.
var softStressed = words(`король коваль москаль журавль кобель кисель хмель шмель рубль
	корабль конь дождь вождь гвоздь ферзь карась мотыль ковыль костыль куль руль
	хрусталь фитиль кремль пономарь звонарь косарь вратарь секретарь сухарь снегирь
	богатырь пузырь штырь монастырь глухарь фонарь дегтярь бунтарь словарь календарь
	янтарь царь дикарь главарь язь линь шинкарь кобзарь кистень ячмень бобыль мизгирь
	упырь поводырь пустырь щавель коростель куркуль январь февраль сентябрь октябрь
	ноябрь декабрь волдырь алтарь букварь инвентарь сизарь золотарь псарь пескарь
	лопарь мытарь чеботарь кошель кустарь груздь голавль рыбарь кремень`)

// Men's first names that do not decline.
var firstNameFixed = words(`николя франсуа тома`)

// Women's names on -ия with the stress on the last letter: Зульфиёй.
var firstNameIyaStressed = words(`зульфия галия альфия гульфия наджия`)

// Patronymics with the stress on the ending: Ильичом.
var patronymicStressed = words(`ильич лукич фомич кузьмич козьмич`)
