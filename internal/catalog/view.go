package catalog

import "nastavnik/internal/profile"

// View is everything that a template may name, one View a document. Field
// tags are the contract: expr is the name in a template, ru its meaning as
// `nastavnik fields` prints it. Text that the profile does not give is "",
// and prints as a line for the pen.
type View struct {
	Doc  Doc   `expr:"doc" ru:"этот документ"`
	Docs *Docs `expr:"docs" ru:"документы комплекта по их id: docs.order_pairs.ref"`

	School     School     `expr:"school" ru:"школа"`
	Founder    Founder    `expr:"founder" ru:"учредитель"`
	Letterhead Letterhead `expr:"letterhead" ru:"бланк"`
	Year       Year       `expr:"year" ru:"учебный год"`
	FirstYear  bool       `expr:"first_year" ru:"первый год программы (mode = \"first\")"`

	Director Person   `expr:"director" ru:"директор (или исполняющий обязанности)"`
	Curator  Person   `expr:"curator" ru:"куратор; телефон и почта – только для публикации"`
	Duties   []string `expr:"curator_duties" ru:"дополнительные обязанности куратора из профиля"`

	Group     []Member  `expr:"group" ru:"рабочая группа"`
	Minutes   Minutes   `expr:"minutes" ru:"протокол педагогического совета"`
	Approvals Approvals `expr:"approvals" ru:"согласования"`
	Calendar  Calendar  `expr:"calendar" ru:"сроки года"`
	Labour    Labour    `expr:"labour" ru:"наставничество работников по ст. 351.8 ТК РФ"`
	Payment   Payment   `expr:"payment" ru:"выплата наставнику-работнику"`
	Limits    Limits    `expr:"limits" ru:"пределы нагрузки наставника"`

	Forms    []Form        `expr:"forms" ru:"формы наставничества школы"`
	Kinds    []Kind        `expr:"kinds" ru:"виды наставничества, применяемые школой"`
	Pairs    []Pair        `expr:"pairs" ru:"действующие пары и группы"`
	AllPairs []Pair        `expr:"all_pairs" ru:"все пары года, включая завершённые"`
	Mentors  []Participant `expr:"mentors" ru:"наставники (каждый один раз)"`
	Mentees  []Participant `expr:"mentees" ru:"наставляемые (каждый один раз)"`
	Partners []Partner     `expr:"partners" ru:"организации-партнёры"`
	Counts   Counts        `expr:"counts" ru:"числа участников"`
	Has      Has           `expr:"has" ru:"что есть в программе школы"`

	Roadmap       Roadmap      `expr:"roadmap" ru:"дорожная карта"`
	Indicators    []Indicator  `expr:"indicators" ru:"показатели программы: из профиля и из форм без повторов"`
	ProgramReason string       `expr:"program_reason" ru:"почему школе нужна программа"`
	Monitoring    Monitoring   `expr:"monitoring" ru:"мониторинг"`
	Report        Report       `expr:"report" ru:"отчёт школы"`
	Event         Event        `expr:"event" ru:"итоговое мероприятие"`
	Awards        []Award      `expr:"awards" ru:"поощрения"`
	Site          Site         `expr:"site" ru:"сайт школы"`
	Ack           []Person     `expr:"ack" ru:"кто знакомится с этим документом под подпись"`
	Packing       Packing      `expr:"packing" ru:"опись комплекта"`
	Municipality  Municipality `expr:"mun" ru:"район: только в муниципальных документах"`

	// Set in documents made for one pair, person, form, partner, award, change.
	Pair    Pair        `expr:"pair" ru:"пара документа"`
	Person  Participant `expr:"person" ru:"человек, для которого документ"`
	Form    Form        `expr:"form" ru:"форма документа"`
	Partner Partner     `expr:"partner" ru:"партнёр документа"`
	Award   Award       `expr:"award" ru:"поощрение документа"`
	Change  Change      `expr:"change" ru:"изменение состава пар"`
}

// Cases is a text in six cases; by itself it prints the nominative.
type Cases struct {
	Nom string `expr:"nom" ru:"именительный: кто, что"`
	Gen string `expr:"gen" ru:"родительный: кого, чего"`
	Dat string `expr:"dat" ru:"дательный: кому, чему"`
	Acc string `expr:"acc" ru:"винительный: кого, что"`
	Ins string `expr:"ins" ru:"творительный: кем, чем"`
	Pre string `expr:"pre" ru:"предложный: о ком, о чём"`
}

// String returns the nominative.
func (c Cases) String() string { return c.Nom }

// Date is a date as papers write it; all fields are "" when it is not known,
// but for Line and Quoted, which then leave room for the pen.
type Date struct {
	Known  bool         `expr:"known" ru:"дата известна"`
	Short  string       `expr:"short" ru:"фамилия и инициалы: 31.08.2026"`
	Long   string       `expr:"long" ru:"дата словами: 31 августа 2026 г."`
	Line   string       `expr:"line" ru:"дата или место для неё: 31.08.2026 или место для даты"`
	Quoted string       `expr:"quoted" ru:"дата словами или место для неё: 31 августа 2026 г. или «___» __________ 20___ г."`
	Day    profile.Date `expr:"-"`
}

// String returns the short form.
func (d Date) String() string { return d.Short }

// School is the organisation.
type School struct {
	ID         string `expr:"id" ru:"код школы"`
	NameFull   Cases  `expr:"name_full" ru:"полное наименование"`
	NameShort  Cases  `expr:"name_short" ru:"краткое наименование"`
	Word       Cases  `expr:"word" ru:"школа, гимназия, лицей, колледж, учреждение"`
	Type       string `expr:"type" ru:"тип организации"`
	Locality   string `expr:"locality" ru:"населённый пункт"`
	Region     string `expr:"region" ru:"регион"`
	District   string `expr:"district" ru:"район"`
	Address    string `expr:"address" ru:"адрес"`
	Phone      string `expr:"phone" ru:"телефон"`
	Email      string `expr:"email" ru:"электронная почта"`
	Site       string `expr:"site" ru:"сайт"`
	INN        string `expr:"inn" ru:"ИНН"`
	KPP        string `expr:"kpp" ru:"КПП"`
	OGRN       string `expr:"ogrn" ru:"ОГРН"`
	OKPO       string `expr:"okpo" ru:"ОКПО"`
	Pupils     int    `expr:"pupils" ru:"обучающихся всего (0 – не указано)"`
	Pupils1019 int    `expr:"pupils_10_19" ru:"обучающихся 10–19 лет"`
	Teachers   int    `expr:"teachers" ru:"педагогов всего"`
	Young      int    `expr:"teachers_young" ru:"педагогов со стажем до 3 лет"`
}

// Founder is the founder of the school.
type Founder struct {
	Name Cases  `expr:"name" ru:"наименование учредителя"`
	Head string `expr:"head" ru:"руководитель учредителя"`
}

// Letterhead is the head of papers.
type Letterhead struct {
	Layout     string           `expr:"layout" ru:"stacked или columns"`
	Lines      []LetterheadLine `expr:"lines" ru:"строки бланка"`
	Bilingual  bool             `expr:"bilingual" ru:"бланк на двух языках"`
	Language   string           `expr:"language" ru:"второй язык: kv, alt, …"`
	Emblem     []byte           `expr:"emblem" ru:"эмблема школы, рисунок PNG или JPEG"`
	Requisites string           `expr:"requisites" ru:"адрес, телефон, ИНН и прочее одной строкой"`
	ShortName  bool             `expr:"short_name" ru:"печатать краткое наименование в скобках"`
}

// LetterheadLine is one line with its twin in the second state language.
type LetterheadLine struct {
	Ru  string `expr:"ru" ru:"по-русски"`
	Alt string `expr:"alt" ru:"на втором государственном языке"`
}

// Year is the school year.
type Year struct {
	Title  string `expr:"title" ru:"название: 2026–2027"`
	First  string `expr:"first" ru:"первый год: 2026"`
	Second string `expr:"second" ru:"второй год: 2027"`
	Start  Date   `expr:"start" ru:"начало: 1 сентября"`
	End    Date   `expr:"end" ru:"конец: 31 августа"`
}

// Person is anybody named in papers. The zero Person prints blanks.
type Person struct {
	ID         string `expr:"id" ru:"код"`
	Known      bool   `expr:"known" ru:"человек назван в профиле"`
	Name       Name   `expr:"name" ru:"фамилия, имя, отчество: name.dat, name.short.gen, name.sign"`
	Position   Cases  `expr:"position" ru:"должность"`
	Who        Cases  `expr:"who" ru:"должность и полное имя: «учителя математики Указкина Аржана Эркеменовича»"`
	WhoShort   Cases  `expr:"who_short" ru:"должность и фамилия с инициалами"`
	Title      string `expr:"title" ru:"должность с прописной буквы, как в подписи"`
	Titles     Cases  `expr:"titles" ru:"должность с прописной буквы по падежам: «Директору» в заявлении"`
	Place      string `expr:"place" ru:"должность, класс или организация, как в таблицах"`
	Female     bool   `expr:"female" ru:"женщина"`
	Kind       string `expr:"kind" ru:"staff, pupil, student, external, graduate, parent"`
	Staff      bool   `expr:"staff" ru:"работник школы"`
	Pupil      bool   `expr:"pupil" ru:"обучающийся школы"`
	Class      string `expr:"class" ru:"класс: 9 «А»"`
	Org        string `expr:"org" ru:"организация"`
	Category   string `expr:"category" ru:"квалификационная категория"`
	Experience string `expr:"experience" ru:"стаж: «24 года»"`
	Phone      string `expr:"phone" ru:"телефон"`
	Email      string `expr:"email" ru:"электронная почта"`
	Birth      Date   `expr:"birth" ru:"дата рождения"`
	Minor      bool   `expr:"minor" ru:"несовершеннолетний"`
	Over14     bool   `expr:"over14" ru:"14 лет и старше (подписывает сам)"`
	Junior     bool   `expr:"junior" ru:"учится не старше 6 класса: простые слова"`
	Little     bool   `expr:"little" ru:"учится в 1–4 классе"`
	Publish    bool   `expr:"publish" ru:"есть согласие на публикацию"`
	Contract   Ref    `expr:"contract" ru:"трудовой договор"`
	Parent     Parent `expr:"parent" ru:"законный представитель несовершеннолетнего"`
}

// Name is a person's name.
type Name struct {
	Nom   string `expr:"nom" ru:"имя: Указкин Аржан Эркеменович"`
	Gen   string `expr:"gen" ru:"имя: Указкина Аржана Эркеменовича"`
	Dat   string `expr:"dat" ru:"имя: Указкину Аржану Эркеменовичу"`
	Acc   string `expr:"acc" ru:"имя: Указкина Аржана Эркеменовича"`
	Ins   string `expr:"ins" ru:"имя: Указкиным Аржаном Эркеменовичем"`
	Pre   string `expr:"pre" ru:"имя: Указкине Аржане Эркеменовиче"`
	Short Cases  `expr:"short" ru:"фамилия с инициалами: Указкин А. Э., по падежам"`
	Sign  string `expr:"sign" ru:"инициалы и фамилия, как в подписи: А. Э. Указкин, как в подписи"`
	Call  string `expr:"call" ru:"имя и отчество, как в обращении: Аржан Эркеменович, как в обращении"`
}

// String returns the nominative.
func (n Name) String() string { return n.Nom }

// Parent is a legal representative.
type Parent struct {
	Known    bool   `expr:"known" ru:"представитель назван"`
	Name     Name   `expr:"name" ru:"имя"`
	Relation string `expr:"relation" ru:"мать, отец, опекун"`
	Female   bool   `expr:"female" ru:"женщина"`
}

// Ref is the date and number of a paper.
type Ref struct {
	Known  bool   `expr:"known" ru:"известны дата и номер"`
	Date   Date   `expr:"date" ru:"дата"`
	Number string `expr:"number" ru:"номер"`
	Text   string `expr:"ref" ru:"дата и номер или место для них: «от 11.09.2026 № 95-ОД» или место для даты и номера"`
}

// String returns the reference.
func (r Ref) String() string { return r.Text }

// Doc is a document of the set.
type Doc struct {
	ID          string   `expr:"id" ru:"код документа"`
	Title       string   `expr:"title" ru:"название"`
	Heading     string   `expr:"heading" ru:"заголовок к тексту: «О внедрении …»"`
	Kind        Cases    `expr:"kind" ru:"вид документа"`
	KindCaps    string   `expr:"kind_caps" ru:"вид документа прописными: ПРИКАЗ"`
	Date        Date     `expr:"date" ru:"дата"`
	Number      string   `expr:"number" ru:"номер"`
	NumberLine  string   `expr:"number_line" ru:"номер или место для него: «№ 45-ОД» или место для номера"`
	Ref         string   `expr:"ref" ru:"дата и номер или место для них: «от 11.09.2026 № 95-ОД» или место для даты и номера"`
	Known       bool     `expr:"known" ru:"дата и номер известны"`
	Made        bool     `expr:"made" ru:"документ входит в этот комплект"`
	Supersedes  Ref      `expr:"supersedes" ru:"прежний документ, утративший силу"`
	ExtraPoints []string `expr:"extra_points" ru:"дополнительные пункты из профиля"`
	Signer      Person   `expr:"signer" ru:"кто подписывает"`
	Executor    Person   `expr:"executor" ru:"исполнитель (по желанию)"`
	Public      bool     `expr:"public" ru:"публичная копия без персональных данных"`
	Preamble    string   `expr:"preamble" ru:"ссылки на акты по дате документа: «В соответствии с …, с учётом …, на основании …» – акты по дате документа"`
	Acts        []Act    `expr:"acts" ru:"акты, на которые вправе сослаться документ"`
	By          Ref      `expr:"by" ru:"документ, которым утверждён этот"`
	AckMode     string   `expr:"ack" ru:"list, sheet или none"`
	CitesLabour bool     `expr:"cites_labour" ru:"документ вправе ссылаться на ст. 351.8 ТК РФ"`
}

// Docs are the documents of the set by id.
type Docs struct {
	Minutes          Doc `expr:"minutes"`
	MinutesExtract   Doc `expr:"minutes_extract"`
	OrderLaunch      Doc `expr:"order_launch"`
	OrderGroup       Doc `expr:"order_group"`
	OrderRegulation  Doc `expr:"order_regulation"`
	Regulation       Doc `expr:"regulation"`
	OrderPlan        Doc `expr:"order_plan"`
	Roadmap          Doc `expr:"roadmap"`
	Program          Doc `expr:"program"`
	OrderCurator     Doc `expr:"order_curator"`
	OrderPairs       Doc `expr:"order_pairs"`
	OrderChange      Doc `expr:"order_change"`
	OrderEvent       Doc `expr:"order_event"`
	OrderAwards      Doc `expr:"order_awards"`
	OrderResults     Doc `expr:"order_results"`
	ConsentMentor    Doc `expr:"consent_mentor"`
	ConsentMentee    Doc `expr:"consent_mentee"`
	ConsentParent    Doc `expr:"consent_parent"`
	PdConsent        Doc `expr:"pd_consent"`
	PdConsentMinor   Doc `expr:"pd_consent_minor"`
	PdPublish        Doc `expr:"pd_publish"`
	Addendum         Doc `expr:"addendum"`
	NoticeEnd        Doc `expr:"notice_end"`
	Agreement        Doc `expr:"agreement"`
	PartnerAgreement Doc `expr:"partner_agreement"`
	PersonalPlan     Doc `expr:"personal_plan"`
	Registry         Doc `expr:"registry"`
	Journal          Doc `expr:"journal"`
	MentorReport     Doc `expr:"mentor_report"`
	SurveyEntry      Doc `expr:"survey_entry"`
	SurveyMentor     Doc `expr:"survey_mentor"`
	SurveyMentee     Doc `expr:"survey_mentee"`
	Swot             Doc `expr:"swot"`
	MonitoringReport Doc `expr:"monitoring_report"`
	SchoolReport     Doc `expr:"school_report"`
	SitePage         Doc `expr:"site_page"`
	Thanks           Doc `expr:"thanks"`
	Certificate      Doc `expr:"certificate"`
	Confirmation     Doc `expr:"confirmation"`
	PackingList      Doc `expr:"packing_list"`
	MunOrder         Doc `expr:"mun_order"`
	MunRoadmap       Doc `expr:"mun_roadmap"`
	MunMonitoring    Doc `expr:"mun_monitoring"`
	MunReport        Doc `expr:"mun_report"`
	MunRegistry      Doc `expr:"mun_registry"`
}

// Act is an act that a document may cite on its date.
type Act struct {
	ID       string `expr:"id" ru:"код акта"`
	Level    string `expr:"level" ru:"federal, regional, municipal, local"`
	Full     string `expr:"full" ru:"именительный, полностью: «приказ Министерства … от … № … «…»»"`
	FullIns  string `expr:"full_ins" ru:"творительный, полностью"`
	FullGen  string `expr:"full_gen" ru:"родительный, полностью"`
	Short    string `expr:"short" ru:"кратко: «приказ … от … № …»"`
	ShortGen string `expr:"short_gen" ru:"родительный, кратко"`
	ShortIns string `expr:"short_ins" ru:"творительный, кратко"`
	Letter   bool   `expr:"letter" ru:"письмо или рекомендации: «с учётом»"`
}

// Member is a member of a group or committee.
type Member struct {
	Person Person `expr:"person" ru:"человек"`
	Role   string `expr:"role" ru:"роль в группе"`
}

// Minutes are the minutes of the council.
type Minutes struct {
	Ref         string   `expr:"ref" ru:"дата и номер или место для них: «протокол от 28.08.2026 № 1» или место для даты и номера"`
	Date        Date     `expr:"date" ru:"дата"`
	Number      string   `expr:"number" ru:"номер"`
	Chair       Person   `expr:"chair" ru:"председатель"`
	Secretary   Person   `expr:"secretary" ru:"секретарь"`
	Members     int      `expr:"members" ru:"членов совета (0 – не указано)"`
	Present     int      `expr:"present" ru:"присутствовали"`
	PresentList []Person `expr:"present_list" ru:"список присутствовавших"`
	Invited     []string `expr:"invited" ru:"приглашённые"`
	Agenda      []Item   `expr:"agenda" ru:"вопросы повестки"`
	Extract     []Item   `expr:"extract" ru:"вопросы выписки"`
}

// Item is an item of the agenda.
type Item struct {
	N         int      `expr:"n" ru:"номер вопроса"`
	Title     string   `expr:"title" ru:"название: «О …»"`
	Speaker   Person   `expr:"speaker" ru:"докладчик"`
	Heard     string   `expr:"heard" ru:"о чём доклад: одно–три предложения"`
	Discussed []Speech `expr:"discussed" ru:"выступили"`
	Decisions []string `expr:"decisions" ru:"решили"`
	For       string   `expr:"for" ru:"голосов за (пусто – не указано)"`
	Against   string   `expr:"against" ru:"против"`
	Abstain   string   `expr:"abstain" ru:"воздержались"`
}

// Speech is what one person said.
type Speech struct {
	Person Person `expr:"person" ru:"кто"`
	Text   string `expr:"text" ru:"о чём"`
}

// Approvals are the opinions of councils.
type Approvals struct {
	ByPerson     bool `expr:"by_person" ru:"утверждает должностное лицо (УТВЕРЖДАЮ), а не приказ"`
	Parents      Ref  `expr:"parents" ru:"совет родителей"`
	Pupils       Ref  `expr:"pupils" ru:"совет обучающихся"`
	Union        Ref  `expr:"union" ru:"профсоюз"`
	Governing    Ref  `expr:"governing" ru:"управляющий совет"`
	HasParents   bool `expr:"has_parents" ru:"совет родителей назван в профиле"`
	HasPupils    bool `expr:"has_pupils" ru:"совет обучающихся назван"`
	HasUnion     bool `expr:"has_union" ru:"профсоюз назван"`
	HasGoverning bool `expr:"has_governing" ru:"управляющий совет назван"`
}

// Calendar holds the dates of the year; every one is known, from the profile
// or by default, and none is a Sunday.
type Calendar struct {
	Start         Date `expr:"start" ru:"начало программы"`
	BasesUntil    Date `expr:"bases_until" ru:"базы наставников и наставляемых готовы"`
	PairsUntil    Date `expr:"pairs_until" ru:"пары закреплены"`
	PlansUntil    Date `expr:"plans_until" ru:"персонализированные программы составлены"`
	SurveyBefore  Date `expr:"survey_before" ru:"анкета «до»"`
	MidMonitoring Date `expr:"mid_monitoring" ru:"промежуточный мониторинг"`
	MentorDay     Date `expr:"mentor_day" ru:"День наставника (2 марта); пусто до 2026 года"`
	SurveyAfter   Date `expr:"survey_after" ru:"анкета «после»"`
	MentorReports Date `expr:"mentor_reports" ru:"отчёты наставников"`
	Event         Date `expr:"event" ru:"итоговое мероприятие"`
	ReportUntil   Date `expr:"report_until" ru:"отчёт школы"`
	End           Date `expr:"end" ru:"конец программы года"`
}

// Labour says whether art. 351.8 of the Labour Code stands behind the set.
type Labour struct {
	Applies  bool   `expr:"applies" ru:"есть наставничество работников, и документы не раньше 01.03.2025"`
	Addendum bool   `expr:"addendum" ru:"оформляется дополнительным соглашением"`
	Mode     string `expr:"mode" ru:"addendum, in_contract, none"`
}

// Payment is the payment of an employee who is a mentor.
type Payment struct {
	Known bool   `expr:"known" ru:"размер выплаты указан"`
	None  bool   `expr:"none" ru:"выплата не предусмотрена"`
	Sum   string `expr:"sum" ru:"размер выплаты: «10 % оклада», «3 000 рублей», «5 баллов»"`
	Text  string `expr:"text" ru:"условия из профиля"`
	Act   string `expr:"act" ru:"акт, которым установлена выплата"`
}

// Limits are the school's limits.
type Limits struct {
	MenteesPerMentor int `expr:"mentees_per_mentor" ru:"наставляемых у наставника-педагога"`
	PupilMentees     int `expr:"pupil_mentees" ru:"наставляемых у наставника-ученика"`
	GroupSize        int `expr:"group_size" ru:"человек в группе"`
	Experience       int `expr:"experience" ru:"стаж наставника-педагога, лет (0 – не установлен)"`
}

// Form is a form of mentoring with the profile's changes applied.
type Form struct {
	ID           string      `expr:"id" ru:"код формы"`
	Title        string      `expr:"title" ru:"название: «педагог – педагог» с кавычками"`
	Plain        string      `expr:"plain" ru:"педагог – педагог без кавычек"`
	ProgramTitle string      `expr:"program_title" ru:"название программы: Коллега – будущий коллега"`
	Mentor       string      `expr:"mentor" ru:"кто наставник"`
	Mentee       string      `expr:"mentee" ru:"кто наставляемый"`
	MentorTypes  []string    `expr:"mentor_types" ru:"типы наставников школы: наставник-консультант, наставник-предметник"`
	Goal         string      `expr:"goal" ru:"цель"`
	Tasks        []string    `expr:"tasks" ru:"задачи"`
	Results      []string    `expr:"results" ru:"ожидаемые результаты"`
	Activities   []string    `expr:"activities" ru:"формы работы"`
	Criteria     []string    `expr:"criteria" ru:"критерии отбора наставника"`
	Duties       []string    `expr:"duties" ru:"что делает наставник (содержание работы)"`
	RoleModels   []RoleModel `expr:"role_models" ru:"ролевые модели"`
	Kinds        []Kind      `expr:"kinds" ru:"виды наставничества"`
	Indicators   []Indicator `expr:"indicators" ru:"показатели"`
	Plan         []PlanRow   `expr:"plan" ru:"план мероприятий по форме на год"`
	Growth       string      `expr:"growth" ru:"что растёт у наставляемого, для анкет: «уверенность на уроке»"`
	Start        Date        `expr:"start" ru:"начало"`
	End          Date        `expr:"end" ru:"конец"`
	Period       string      `expr:"period" ru:"с … по …"`
	Mentors      int         `expr:"mentors" ru:"наставников"`
	Mentees      int         `expr:"mentees" ru:"наставляемых"`
	PairsCount   int         `expr:"pairs_count" ru:"пар и групп"`
	Counted      bool        `expr:"counted" ru:"числа известны"`
	Pairs        []Pair      `expr:"pairs" ru:"действующие пары формы"`
	Labour       bool        `expr:"labour" ru:"наставник и наставляемый – работники"`
	StaffForm    bool        `expr:"staff" ru:"форма для педагогов"`
	Minors       bool        `expr:"minors" ru:"участвуют дети"`
	MinorMentors bool        `expr:"minor_mentors" ru:"наставники – дети"`
	Outsiders    bool        `expr:"outsiders" ru:"наставники из других организаций"`

	// Who of either side learns in grades 1–4 and needs a plainer survey.
	LittleMentors bool `expr:"little_mentors" ru:"есть наставники из 1–4 классов"`
	OlderMentors  bool `expr:"older_mentors" ru:"есть наставники старше 4 класса"`
	LittleMentees bool `expr:"little_mentees" ru:"есть наставляемые из 1–4 классов"`
	OlderMentees  bool `expr:"older_mentees" ru:"есть наставляемые старше 4 класса"`
}

// RoleModel is a role model of a form.
type RoleModel struct {
	Title string `expr:"title" ru:"название: «опытный педагог – молодой специалист» без кавычек"`
	Use   string `expr:"use" ru:"для чего"`
}

// Kind is a kind of mentoring: traditional, group, …
type Kind struct {
	Title string `expr:"title" ru:"традиционное («один на один»)"`
	Text  string `expr:"text" ru:"в чём состоит"`
}

// Indicator is a measured result.
type Indicator struct {
	Title string `expr:"title" ru:"показатель"`
	Unit  string `expr:"unit" ru:"единица"`
	Base  string `expr:"base" ru:"исходное значение"`
	Plan  string `expr:"plan" ru:"план"`
	Fact  string `expr:"fact" ru:"факт"`
}

// PlanRow is a row of a plan.
type PlanRow struct {
	N      int    `expr:"n" ru:"номер"`
	When   string `expr:"when" ru:"срок"`
	Task   string `expr:"task" ru:"задача, направление"`
	Action string `expr:"action" ru:"мероприятие"`
	Result string `expr:"result" ru:"ожидаемый результат"`
	Done   string `expr:"done" ru:"фактический результат"`
	Who    string `expr:"who" ru:"ответственный"`
}

// Pair is a pair or a group.
type Pair struct {
	ID          string    `expr:"id" ru:"код пары"`
	N           int       `expr:"n" ru:"номер по порядку"`
	Code        string    `expr:"code" ru:"шифр для анкет: П-01"`
	Title       string    `expr:"title" ru:"название: Указкин А. Э. – Параграфова А. И."`
	FormID      string    `expr:"form_id" ru:"код формы"`
	FormTitle   string    `expr:"form" ru:"форма: «педагог – педагог»"`
	RoleModel   string    `expr:"role_model" ru:"ролевая модель"`
	Kinds       string    `expr:"kinds" ru:"виды через запятую"`
	Group       bool      `expr:"group" ru:"группа, а не пара"`
	Word        Cases     `expr:"word" ru:"пара или группа"`
	ManyMentors bool      `expr:"many_mentors" ru:"наставников больше одного"`
	ManyMentees bool      `expr:"many_mentees" ru:"наставляемых больше одного"`
	Mentors     []Person  `expr:"mentors" ru:"наставники"`
	Mentees     []Person  `expr:"mentees" ru:"наставляемые по именам"`
	Mentor      Person    `expr:"mentor" ru:"первый наставник"`
	Mentee      Person    `expr:"mentee" ru:"первый наставляемый"`
	MentorNames Cases     `expr:"mentor_names" ru:"все наставники через запятую, полные имена"`
	MenteeNames Cases     `expr:"mentee_names" ru:"все наставляемые через запятую; для класса – «обучающиеся 5 «А» класса»"`
	MenteeWho   Cases     `expr:"mentee_who" ru:"наставляемые с должностью или классом"`
	MentorWho   Cases     `expr:"mentor_who" ru:"наставники с должностью или классом"`
	Class       string    `expr:"class" ru:"класс-группа без имён: 5 «А»"`
	Size        int       `expr:"size" ru:"наставляемых"`
	Direction   string    `expr:"direction" ru:"направление, тема работы"`
	Start       Date      `expr:"start" ru:"начало"`
	End         Date      `expr:"end" ru:"конец"`
	Period      string    `expr:"period" ru:"период: «14.09.2026 – 31.05.2027»"`
	Term        string    `expr:"term" ru:"срок: «с 14 сентября 2026 г. по 31 мая 2027 г.»"`
	Schedule    string    `expr:"schedule" ru:"один раз в неделю"`
	Place       string    `expr:"place" ru:"место встреч"`
	Format      string    `expr:"format" ru:"очно, дистанционно"`
	Active      bool      `expr:"active" ru:"действует"`
	Continues   bool      `expr:"continues" ru:"срок кончается после этого учебного года"`
	Status      string    `expr:"status" ru:"действует, приостановлена, завершена, заменена"`
	Ended       Date      `expr:"ended" ru:"дата прекращения"`
	Order       Ref       `expr:"order" ru:"приказ, которым пара закреплена: общий или об изменении состава"`
	EndReason   string    `expr:"end_reason" ru:"причина прекращения"`
	Goal        string    `expr:"goal" ru:"цель"`
	Request     string    `expr:"request" ru:"запрос, затруднения"`
	Plan        []PlanRow `expr:"plan" ru:"план: из профиля или по форме"`
	Meetings    []Meeting `expr:"meetings" ru:"встречи: из профиля или по графику"`
	Held        string    `expr:"held" ru:"проведено встреч (пусто – не указано)"`
	Metrics     []Metric  `expr:"metrics" ru:"показатели пары"`
	Duties      []string  `expr:"duties" ru:"что делает наставник"`
	duties      []string  // the same, for one mentee
	Labour      bool      `expr:"labour" ru:"оба – работники школы, действует ст. 351.8"`
	StaffForm   bool      `expr:"staff" ru:"форма для педагогов"`
	Minors      bool      `expr:"minors" ru:"участвуют дети"`
	Plain       bool      `expr:"plain" ru:"участники не старше 6 класса: простые слова"`
}

// Meeting is a meeting of a pair.
type Meeting struct {
	N       int    `expr:"n" ru:"номер"`
	Planned Date   `expr:"planned" ru:"дата по плану"`
	Date    Date   `expr:"date" ru:"дата по факту"`
	Topic   string `expr:"topic" ru:"тема"`
	Length  string `expr:"length" ru:"длительность: 45 минут"`
	Note    string `expr:"note" ru:"итог"`
}

// Metric is a measured value before and after.
type Metric struct {
	Title  string `expr:"title" ru:"показатель"`
	Unit   string `expr:"unit" ru:"единица"`
	Before string `expr:"before" ru:"до"`
	After  string `expr:"after" ru:"после"`
	Change string `expr:"change" ru:"изменение"`
}

// Participant is a mentor or a mentee with what the programme knows of them.
type Participant struct {
	Person
	Role           string   `expr:"role" ru:"наставник или наставляемый"`
	RoleCases      Cases    `expr:"role_cases" ru:"роль по падежам"`
	IsMentor       bool     `expr:"is_mentor" ru:"наставник"`
	Forms          string   `expr:"forms" ru:"формы через запятую"`
	Pairs          []Pair   `expr:"pairs" ru:"пары человека в этой роли"`
	Others         Cases    `expr:"others" ru:"с кем в паре: полные имена через запятую"`
	OthersWho      Cases    `expr:"others_who" ru:"с кем в паре: должность или класс и имя"`
	Start          Date     `expr:"start" ru:"с какого дня"`
	End            Date     `expr:"end" ru:"по какой день"`
	Term           string   `expr:"term" ru:"срок: «с … по …»"`
	Consent        Date     `expr:"consent" ru:"дата согласия"`
	ConsentPD      bool     `expr:"consent_pd" ru:"есть согласие на обработку персональных данных"`
	ConsentPublish bool     `expr:"consent_publish" ru:"есть согласие на распространение"`
	Addendum       Ref      `expr:"addendum" ru:"дополнительное соглашение"`
	Labour         bool     `expr:"labour" ru:"работник, поручение по ст. 351.8"`
	Competences    []string `expr:"competences" ru:"компетенции"`
	Achievements   []string `expr:"achievements" ru:"достижения"`
	Request        string   `expr:"request" ru:"запрос"`
	MenteeCategory string   `expr:"mentee_category" ru:"молодой специалист, вновь принятый, …"`
	Result         string   `expr:"result" ru:"результат"`
	Status         string   `expr:"status" ru:"действует, завершено"`
	Duties         []string `expr:"duties" ru:"что делает наставник"`
}

// Partner is a partner organisation.
type Partner struct {
	ID           string   `expr:"id" ru:"код"`
	Name         Cases    `expr:"name" ru:"полное наименование"`
	NameShort    string   `expr:"name_short" ru:"краткое наименование"`
	Head         Name     `expr:"head" ru:"руководитель"`
	HeadPosition Cases    `expr:"head_position" ru:"должность руководителя"`
	HeadTitle    string   `expr:"head_title" ru:"должность руководителя с прописной буквы, как в подписи"`
	HeadFemale   bool     `expr:"head_female" ru:"руководитель – женщина"`
	Basis        string   `expr:"basis" ru:"на основании чего действует: Устава"`
	INN          string   `expr:"inn" ru:"ИНН"`
	Agreement    Ref      `expr:"agreement" ru:"соглашение"`
	Mentors      []Person `expr:"mentors" ru:"наставники партнёра"`
	Forms        []Form   `expr:"forms" ru:"формы с участием партнёра"`
}

// Counts are the numbers of the programme.
type Counts struct {
	Pairs   int  `expr:"pairs" ru:"действующих пар и групп"`
	Mentors int  `expr:"mentors" ru:"наставников (каждый один раз)"`
	Mentees int  `expr:"mentees" ru:"наставляемых"`
	Forms   int  `expr:"forms" ru:"форм"`
	Adults  int  `expr:"adults" ru:"взрослых участников"`
	Minors  int  `expr:"minors" ru:"несовершеннолетних участников по именам"`
	Known   bool `expr:"known" ru:"числа известны"`
}

// Has says what the programme holds, for conditions.
type Has struct {
	Staff        bool `expr:"staff" ru:"формы для педагогов"`
	Pupils       bool `expr:"pupils" ru:"формы с обучающимися"`
	Minors       bool `expr:"minors" ru:"участвуют дети"`
	Outsiders    bool `expr:"outsiders" ru:"наставники из других организаций"`
	Students     bool `expr:"students" ru:"участвуют студенты"`
	Group        bool `expr:"group" ru:"есть группы"`
	WorkingGroup bool `expr:"working_group" ru:"рабочая группа названа"`
	Payment      bool `expr:"payment" ru:"предусмотрена выплата"`
	OneForm      bool `expr:"one_form" ru:"одна форма"`
}

// Roadmap is the plan of the year.
type Roadmap struct {
	Intro   string   `expr:"intro" ru:"вступление из профиля"`
	Goal    string   `expr:"goal" ru:"цель"`
	Tasks   []string `expr:"tasks" ru:"задачи"`
	Results []string `expr:"results" ru:"ожидаемые результаты"`
	Stages  []Stage  `expr:"stages" ru:"этапы"`
	Marks   bool     `expr:"with_marks" ru:"столбец «Отметка о выполнении»"`
}

// Stage is a stage of the roadmap.
type Stage struct {
	N      int          `expr:"n" ru:"номер"`
	Title  string       `expr:"title" ru:"название: «Этап 1. …»"`
	Task   string       `expr:"task" ru:"задача этапа"`
	Events []StageEvent `expr:"events" ru:"мероприятия"`
	When   string       `expr:"when" ru:"сроки этапа"`
	Result string       `expr:"result" ru:"результат этапа"`
}

// StageEvent is a row of the roadmap.
type StageEvent struct {
	Title       string   `expr:"title" ru:"мероприятие"`
	Content     []string `expr:"content" ru:"содержание деятельности"`
	Result      []string `expr:"result" ru:"планируемый результат"`
	When        string   `expr:"when" ru:"срок"`
	Responsible string   `expr:"responsible" ru:"ответственный"`
}

// Monitoring is what was measured.
type Monitoring struct {
	Known           bool            `expr:"known" ru:"данные мониторинга есть"`
	Period          string          `expr:"period" ru:"период"`
	Instruments     []string        `expr:"instruments" ru:"инструменты"`
	Rows            []MonitoringRow `expr:"rows" ru:"строки по формам"`
	Answers         string          `expr:"answers" ru:"опрошено: «18 из 20 (90 %)»"`
	Difficulties    []Share         `expr:"difficulties" ru:"затруднения"`
	Tables          []FreeTable     `expr:"tables" ru:"свободные таблицы"`
	Strengths       []string        `expr:"strengths" ru:"сильные стороны"`
	Weaknesses      []string        `expr:"weaknesses" ru:"слабые стороны"`
	Opportunities   []string        `expr:"opportunities" ru:"возможности"`
	Threats         []string        `expr:"threats" ru:"угрозы"`
	Conclusions     []string        `expr:"conclusions" ru:"выводы"`
	Recommendations []string        `expr:"recommendations" ru:"рекомендации"`
	Metrics         []Metric        `expr:"metrics" ru:"динамика показателей пар и программы"`
}

// MonitoringRow is a form's line of the monitoring.
type MonitoringRow struct {
	Form      string `expr:"form" ru:"форма"`
	Mentors   string `expr:"mentors" ru:"наставников"`
	Mentees   string `expr:"mentees" ru:"наставляемых"`
	Pairs     string `expr:"pairs" ru:"пар"`
	Answers   string `expr:"answers" ru:"опрошено"`
	Before    string `expr:"before" ru:"средняя оценка до"`
	After     string `expr:"after" ru:"средняя оценка после"`
	Satisfied string `expr:"satisfied" ru:"доля довольных"`
}

// Share is a title with a share.
type Share struct {
	Title string `expr:"title" ru:"что"`
	Share string `expr:"share" ru:"доля: «61 %»"`
}

// FreeTable is a table of the profile's own.
type FreeTable struct {
	Title   string     `expr:"title" ru:"название"`
	Columns []string   `expr:"columns" ru:"столбцы"`
	Rows    [][]string `expr:"rows" ru:"строки"`
}

// Report is the school's report.
type Report struct {
	Period       string        `expr:"period" ru:"за какой период"`
	Short        bool          `expr:"short" ru:"краткий, на одну страницу"`
	Intro        string        `expr:"intro" ru:"вступление"`
	Done         []Done        `expr:"done" ru:"что сделано"`
	Practice     string        `expr:"practice" ru:"практика школы"`
	Problems     []string      `expr:"problems" ru:"трудности"`
	Plans        []string      `expr:"plans" ru:"задачи на следующий период"`
	Conclusion   string        `expr:"conclusion" ru:"вывод"`
	Achievements []Achievement `expr:"achievements" ru:"достижения"`
}

// Done is work done, by month or stage when When is known.
type Done struct {
	When string `expr:"when" ru:"месяц, этап"`
	Text string `expr:"text" ru:"что сделано"`
}

// Achievement is a result of a contest or the like.
type Achievement struct {
	School string `expr:"school" ru:"школа (в районном отчёте)"`
	Who    string `expr:"who" ru:"кто"`
	Event  string `expr:"event" ru:"событие"`
	Level  string `expr:"level" ru:"уровень"`
	Result string `expr:"result" ru:"итог"`
	When   string `expr:"when" ru:"дата"`
}

// Event is the closing event of the year.
type Event struct {
	Title     string       `expr:"title" ru:"название без кавычек"`
	Format    string       `expr:"format" ru:"конференция, круглый стол, фестиваль"`
	Date      Date         `expr:"date" ru:"дата"`
	Time      string       `expr:"time" ru:"время"`
	Place     string       `expr:"place" ru:"место"`
	Programme []EventPoint `expr:"programme" ru:"программа: из профиля или обычная"`
	Committee []Person     `expr:"committee" ru:"оргкомитет"`
}

// EventPoint is a point of the event's programme.
type EventPoint struct {
	Time string `expr:"time" ru:"время"`
	What string `expr:"what" ru:"содержание"`
	Who  string `expr:"who" ru:"ответственный"`
}

// Award is an award of a person or an organisation.
type Award struct {
	N        int    `expr:"n" ru:"номер"`
	Person   Person `expr:"person" ru:"человек"`
	Org      string `expr:"org" ru:"организация, если награждается она"`
	OrgShort string `expr:"org_short" ru:"организация кратко"`
	OrgCases Cases  `expr:"org_cases" ru:"организация по падежам"`
	IsOrg    bool   `expr:"is_org" ru:"награждается организация"`
	Kind     string `expr:"kind" ru:"благодарность, грамота, диплом, сертификат, письмо"`
	KindCaps string `expr:"kind_caps" ru:"вид документа прописными: СЕРТИФИКАТ"`
	For      string `expr:"for" ru:"за что"`
	Number   string `expr:"number" ru:"номер"`
	Staff    bool   `expr:"staff" ru:"награждается работник"`
	Who      string `expr:"who" ru:"должность и имя: ФИО или организация"`
	Place    string `expr:"place" ru:"должность, класс или организация"`
}

// Site is the school's site.
type Site struct {
	SectionURL  string     `expr:"section_url" ru:"адрес раздела «Наставничество»"`
	URLs        []string   `expr:"urls" ru:"адреса, где публикуются сведения"`
	Responsible Person     `expr:"responsible" ru:"ответственный за сайт"`
	Intro       string     `expr:"intro" ru:"вступление"`
	Definition  string     `expr:"definition" ru:"определение наставничества"`
	Roles       []SiteRole `expr:"roles" ru:"роли"`
	Goal        string     `expr:"goal" ru:"цель"`
	Tasks       []string   `expr:"tasks" ru:"задачи"`
	Phone       string     `expr:"contact_phone" ru:"телефон для связи"`
	Published   []Doc      `expr:"published" ru:"опубликованные документы"`
}

// SiteRole is a role as the site explains it.
type SiteRole struct {
	Role string `expr:"role" ru:"роль"`
	Who  string `expr:"who" ru:"кто"`
	Age  string `expr:"age" ru:"возраст"`
}

// Change is a change of a mentor, an end of a pair or an addition.
type Change struct {
	Mode        string `expr:"mode" ru:"replace, end, add"`
	Date        Date   `expr:"date" ru:"с какого дня"`
	Order       Ref    `expr:"order" ru:"приказ"`
	Notice      Date   `expr:"notice" ru:"дата уведомления или заявления"`
	Earliest    Date   `expr:"earliest" ru:"первый возможный день: уведомление и 3 рабочих дня"`
	Reason      string `expr:"reason" ru:"основание словами"`
	ReasonID    string `expr:"reason_id" ru:"refusal, cancelled, …"`
	ByWorker    bool   `expr:"by_worker" ru:"отказ самого работника"`
	Pair        Pair   `expr:"pair" ru:"прежняя пара"`
	NewPair     Pair   `expr:"new_pair" ru:"новая пара"`
	Old         Person `expr:"old" ru:"прежний наставник"`
	New         Person `expr:"new" ru:"новый наставник"`
	Labour      bool   `expr:"labour" ru:"касается работников (ст. 351.8)"`
	OldAddendum Ref    `expr:"old_addendum" ru:"соглашение с прежним наставником"`
}

// Packing is the list of the set.
type Packing struct {
	Docs     []PackingDoc    `expr:"docs" ru:"документы комплекта"`
	People   []PackingPerson `expr:"people" ru:"кому что подписать"`
	Skipped  []PackingDoc    `expr:"skipped" ru:"что не составлено и почему"`
	Warnings []string        `expr:"warnings" ru:"замечания проверки"`
	Blanks   []PackingBlank  `expr:"blanks" ru:"что вписать от руки"`
}

// PackingDoc is a document of the set.
type PackingDoc struct {
	N       int    `expr:"n" ru:"номер"`
	Title   string `expr:"title" ru:"документ"`
	File    string `expr:"file" ru:"файл"`
	Signers string `expr:"signers" ru:"кто подписывает"`
	Date    string `expr:"date" ru:"дата"`
	Number  string `expr:"number" ru:"номер документа"`
	Annexes int    `expr:"annexes" ru:"сколько документов утверждено им как приложения"`
	Blanks  string `expr:"blanks" ru:"что не заполнено"`
	Reason  string `expr:"reason" ru:"почему не составлен"`
}

// PackingPerson is a person and what to sign.
type PackingPerson struct {
	N     int      `expr:"n" ru:"номер; 0 в продолжении строки"`
	Name  string   `expr:"name" ru:"ФИО"`
	Place string   `expr:"place" ru:"должность, класс"`
	Docs  []string `expr:"docs" ru:"бумаги на подпись"`
}

// PackingBlank is a document and its blanks.
type PackingBlank struct {
	Doc    string   `expr:"doc" ru:"документ"`
	Blanks []string `expr:"blanks" ru:"что вписать"`
}

// Municipality is the district in its own papers.
type Municipality struct {
	Name             Cases         `expr:"name" ru:"муниципальное образование"`
	NameShort        string        `expr:"name_short" ru:"кратко"`
	Region           string        `expr:"region" ru:"регион"`
	Authority        Cases         `expr:"authority" ru:"орган управления образованием"`
	AuthorityShort   string        `expr:"authority_short" ru:"кратко"`
	Head             Person        `expr:"head" ru:"начальник"`
	Coordinator      Person        `expr:"coordinator" ru:"муниципальный координатор"`
	CoordinatorSince Date          `expr:"coordinator_since" ru:"с какого дня"`
	Group            []Member      `expr:"group" ru:"рабочая группа"`
	Schools          []MunSchool   `expr:"schools" ru:"школы района по порядку"`
	FormTotals       []FormTotal   `expr:"form_totals" ru:"итоги по формам"`
	FormTitles       []string      `expr:"form_titles" ru:"формы, которые есть в районе"`
	Totals           MunTotals     `expr:"totals" ru:"итоги"`
	Training         []Training    `expr:"training" ru:"курсы"`
	Events           []MunEvent    `expr:"events" ru:"события"`
	SiteChecks       []SiteCheck   `expr:"site_checks" ru:"проверки сайтов"`
	Achievements     []Achievement `expr:"achievements" ru:"достижения"`
	Report           MunReport     `expr:"report" ru:"сводный отчёт"`
	Plan             []PlanRow     `expr:"plan" ru:"муниципальная дорожная карта"`
}

// MunSchool is a school in the district's papers; Missing when its profile
// could not be read.
type MunSchool struct {
	N            int       `expr:"n" ru:"номер"`
	Name         string    `expr:"name" ru:"краткое наименование"`
	School       School    `expr:"school" ru:"школа"`
	Missing      bool      `expr:"missing" ru:"нет данных"`
	Director     Person    `expr:"director" ru:"директор"`
	Curator      Person    `expr:"curator" ru:"куратор"`
	Forms        []Form    `expr:"forms" ru:"формы"`
	FormTitles   string    `expr:"form_titles" ru:"формы через запятую"`
	Marks        []string  `expr:"marks" ru:"по столбцам mun.form_titles: «+» или «–»"`
	Mentors      string    `expr:"mentors" ru:"наставников или «нет данных»"`
	Mentees      string    `expr:"mentees" ru:"наставляемых или «нет данных»"`
	Pairs        string    `expr:"pairs" ru:"пар или «нет данных»"`
	Term         string    `expr:"term" ru:"срок"`
	Practice     string    `expr:"practice" ru:"практика"`
	Docs         []string  `expr:"docs" ru:"по столбцам: «+ № 84-ОД от 01.09.2026» или «–»"`
	Rows         []Pair    `expr:"rows" ru:"пары"`
	PairRows     []MunPair `expr:"pair_rows" ru:"строки реестра"`
	Consents     string    `expr:"consents" ru:"согласия наставников: «+», «3 из 5», «–»"`
	SiteMark     string    `expr:"site_mark" ru:"раздел сайта: «+», «–» или «нет данных»"`
	Lacking      []string  `expr:"lacking" ru:"документы, сведений о которых нет"`
	Partners     string    `expr:"partners" ru:"организации-партнёры через запятую"`
	Models       []string  `expr:"models" ru:"программы и ролевые модели по формам: «ученик – ученик»: …"`
	SiteURL      string    `expr:"site_url" ru:"адрес раздела"`
	Difficulties []Share   `expr:"difficulties" ru:"затруднения"`

	pairs, mentors, mentees int
}

// MunPair is a line of the consolidated registry.
type MunPair struct {
	N      int    `expr:"n" ru:"номер"`
	School string `expr:"school" ru:"школа"`
	Mentor string `expr:"mentor" ru:"наставник (дети – числом)"`
	Mentee string `expr:"mentee" ru:"наставляемый (дети – числом)"`
	Form   string `expr:"form" ru:"форма"`
	Period string `expr:"period" ru:"период"`
	Order  string `expr:"order" ru:"приказ; пусто, если дата и номер неизвестны"`
}

// FormTotal is a form's total over the district.
type FormTotal struct {
	Form    string `expr:"form" ru:"форма"`
	Schools int    `expr:"schools" ru:"школ"`
	Pairs   int    `expr:"pairs" ru:"пар"`
}

// MunTotals are the district's totals over schools that gave numbers.
type MunTotals struct {
	Schools   int    `expr:"schools" ru:"школ"`
	Given     int    `expr:"given" ru:"школ, давших числа"`
	Pairs     int    `expr:"pairs" ru:"пар"`
	Mentors   int    `expr:"mentors" ru:"наставников"`
	Mentees   int    `expr:"mentees" ru:"наставляемых"`
	PairsText string `expr:"pairs_text" ru:"пар по району: «17 пар по данным 5 школ из 7»"`
}

// Training is a course.
type Training struct {
	Org      string `expr:"org" ru:"кто учил"`
	Topic    string `expr:"topic" ru:"тема"`
	Hours    string `expr:"hours" ru:"часов: «36 часов»"`
	Mode     string `expr:"mode" ru:"форма"`
	When     string `expr:"when" ru:"когда"`
	Audience string `expr:"audience" ru:"кто учился"`
	Count    string `expr:"count" ru:"сколько"`
	Offline  string `expr:"offline" ru:"из них очно"`
}

// MunEvent is an event of the district.
type MunEvent struct {
	Date     Date     `expr:"date" ru:"дата"`
	Title    string   `expr:"title" ru:"название"`
	Place    string   `expr:"place" ru:"место"`
	Mode     string   `expr:"mode" ru:"форма"`
	Topics   []string `expr:"topics" ru:"вопросы"`
	Audience string   `expr:"audience" ru:"участники"`
}

// SiteCheck is a check of a school's site.
type SiteCheck struct {
	School  string `expr:"school" ru:"школа"`
	Date    Date   `expr:"date" ru:"дата"`
	URL     string `expr:"url" ru:"адрес"`
	Section string `expr:"section" ru:"раздел есть: да, нет"`
	Note    string `expr:"note" ru:"замечания"`
}

// MunReport is the district's report.
type MunReport struct {
	Title    string   `expr:"title" ru:"заголовок"`
	Date     Date     `expr:"date" ru:"дата"`
	Occasion string   `expr:"occasion" ru:"повод"`
	Intro    string   `expr:"intro" ru:"вступление"`
	Problems []string `expr:"problems" ru:"проблемы"`
	Plans    []string `expr:"plans" ru:"планы"`
	Region   []string `expr:"region_facts" ru:"сведения о регионе"`
}
