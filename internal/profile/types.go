package profile

import "nastavnik/internal/diag"

// School is one school's profile: one TOML file together with what it
// inherits from its district.
//
// The tag toml is the key in the file; ru is what a school calls it, used in
// messages and in the dictionary of fields. A pointer is nil when the file
// does not give the value and zero would be a value («experience = 0»).
type School struct {
	Format       int                 `toml:"format" expr:"format" ru:"версия формата профиля"`
	Kind         string              `toml:"kind" expr:"kind" ru:"вид профиля" enum:"school"`
	SchoolYear   string              `toml:"school_year" expr:"school_year" ru:"учебный год"` // «2026-2027», always with a hyphen after reading
	Municipality string              `toml:"municipality" expr:"municipality" ru:"файл муниципального профиля"`
	CitationDate Date                `toml:"citation_date" expr:"citation_date" ru:"дата, на которую цитируются акты"`
	Mode         string              `toml:"mode" expr:"mode" ru:"первый год программы или продолжение" enum:"first next"`
	LabourMode   string              `toml:"labour_mode" expr:"labour_mode" ru:"оформление труда наставника" enum:"addendum in_contract none"`
	Holidays     []Date              `toml:"holidays" expr:"holidays" ru:"нерабочие праздничные дни"`
	Surveys      string              `toml:"surveys" expr:"surveys" ru:"файл своих анкет"`
	School       Org                 `toml:"school" expr:"school" ru:"школа"`
	Founder      Founder             `toml:"founder" expr:"founder" ru:"учредитель"`
	Letterhead   Letter              `toml:"letterhead" expr:"letterhead" ru:"бланк"`
	People       []Person            `toml:"people" expr:"people" ru:"люди"`
	Curator      Curator             `toml:"curator" expr:"curator" ru:"куратор"`
	WorkingGroup Group               `toml:"working_group" expr:"working_group" ru:"рабочая группа"`
	Partners     []Partner           `toml:"partners" expr:"partners" ru:"партнёры"`
	Forms        []Form              `toml:"forms" expr:"forms" ru:"формы наставничества"`
	Mentors      []Mentor            `toml:"mentors" expr:"mentors" ru:"наставники"`
	Mentees      []Mentee            `toml:"mentees" expr:"mentees" ru:"наставляемые"`
	Pairs        []Pair              `toml:"pairs" expr:"pairs" ru:"пары и группы"`
	Minutes      Minutes             `toml:"minutes" expr:"minutes" ru:"протокол педагогического совета"`
	Approvals    Approvals           `toml:"approvals" expr:"approvals" ru:"согласования"`
	Calendar     Calendar            `toml:"calendar" expr:"calendar" ru:"сроки года"`
	Roadmap      Roadmap             `toml:"roadmap" expr:"roadmap" ru:"дорожная карта"`
	Program      Program             `toml:"program" expr:"program" ru:"программа наставничества"`
	Docs         map[string]Document `toml:"docs" expr:"docs" ru:"реквизиты документов"`
	Changes      []Change            `toml:"changes" expr:"changes" ru:"изменения состава пар"`
	Payment      Payment             `toml:"payment" expr:"payment" ru:"оплата наставничества"`
	Limits       Limits              `toml:"limits" expr:"limits" ru:"ограничения"`
	Acts         []Act               `toml:"acts" expr:"acts" ru:"свои акты"`
	Indicators   []Indicator         `toml:"indicators" expr:"indicators" ru:"показатели"`
	Monitoring   Monitoring          `toml:"monitoring" expr:"monitoring" ru:"мониторинг"`
	Report       Report              `toml:"report" expr:"report" ru:"отчёт школы"`
	Event        Event               `toml:"event" expr:"event" ru:"итоговое мероприятие"`
	Awards       []Award             `toml:"awards" expr:"awards" ru:"поощрения"`
	Site         Site                `toml:"site" expr:"site" ru:"страница сайта"`
	Output       Output              `toml:"output" expr:"output" ru:"оформление"`

	// District is the municipal profile the school inherits from, nil when it
	// works alone. What is inherited already stands in the fields above.
	District *Municipality `toml:"-"`

	places *places
	hidden bool // some lines could not be read: what is missing may stand there
}

// Org is the table [school].
type Org struct {
	ID                string `toml:"id" expr:"id" ru:"код школы"`
	NameFull          string `toml:"name_full" expr:"name_full" ru:"полное наименование школы"`
	NameShort         string `toml:"name_short" expr:"name_short" ru:"краткое наименование школы"`
	NameShortGen      string `toml:"name_short_gen" expr:"name_short_gen" ru:"краткое наименование, родительный падеж"`
	NameShortPre      string `toml:"name_short_pre" expr:"name_short_pre" ru:"краткое наименование, предложный падеж"`
	Type              string `toml:"type" expr:"type" ru:"тип организации" enum:"sosh oosh nosh gymnasium lyceum boarding kindergarten extra college other"`
	Locality          string `toml:"locality" expr:"locality" ru:"населённый пункт"`
	Region            string `toml:"region" expr:"region" ru:"регион"`
	District          string `toml:"district" expr:"district" ru:"район или округ"`
	Address           string `toml:"address" expr:"address" ru:"адрес"`
	Phone             string `toml:"phone" expr:"phone" ru:"телефон"`
	Email             string `toml:"email" expr:"email" ru:"электронная почта"`
	Site              string `toml:"site" expr:"site" ru:"сайт"`
	INN               string `toml:"inn" expr:"inn" ru:"ИНН"`
	KPP               string `toml:"kpp" expr:"kpp" ru:"КПП"`
	OGRN              string `toml:"ogrn" expr:"ogrn" ru:"ОГРН"`
	OKPO              string `toml:"okpo" expr:"okpo" ru:"ОКПО"`
	Director          string `toml:"director" expr:"director" ru:"руководитель (код человека)"`
	Acting            bool   `toml:"acting" expr:"acting" ru:"исполняющий обязанности"`
	PupilsTotal       *int   `toml:"pupils_total" expr:"pupils_total" ru:"обучающихся всего"`
	Pupils1019        *int   `toml:"pupils_10_19" expr:"pupils_10_19" ru:"обучающихся 10–19 лет"`
	TeachersTotal     *int   `toml:"teachers_total" expr:"teachers_total" ru:"педагогов всего"`
	TeachersYoung     *int   `toml:"teachers_young" expr:"teachers_young" ru:"педагогов со стажем до 3 лет"`
	ResponsibleSupply string `toml:"responsible_supply" expr:"responsible_supply" ru:"ответственный за обеспечение (код человека)"`
}

// Founder is the table [founder].
type Founder struct {
	Name    string `toml:"name" expr:"name" ru:"учредитель"`
	NameGen string `toml:"name_gen" expr:"name_gen" ru:"учредитель, родительный падеж"`
	Head    string `toml:"head" expr:"head" ru:"руководитель учредителя (код человека или имя)"`
}

// Letter is the table [letterhead].
type Letter struct {
	Layout        string       `toml:"layout" expr:"layout" ru:"расположение языков на бланке" enum:"stacked columns"`
	Emblem        string       `toml:"emblem" expr:"emblem" ru:"файл эмблемы"`
	Lines         []LetterLine `toml:"lines" expr:"lines" ru:"строки бланка"`
	Language      string       `toml:"language" expr:"language" ru:"второй государственный язык (код)"`
	Show          []string     `toml:"show" expr:"show" ru:"реквизиты на бланке" enum:"address phone email site okpo ogrn inn kpp"`
	FixHomoglyphs bool         `toml:"fix_homoglyphs" expr:"fix_homoglyphs" ru:"исправлять похожие буквы"`
}

// LetterLine is one line of the letterhead and its twin in the second state
// language, which may be empty.
type LetterLine struct {
	Ru  string `toml:"ru" expr:"ru" ru:"строка по-русски"`
	Alt string `toml:"alt" expr:"alt" ru:"строка на втором языке"`
}

// Person is an entry of [[people]]: staff, pupil, student, outsider, parent.
type Person struct {
	ID             string          `toml:"id" expr:"id" ru:"код"`
	Last           string          `toml:"last" expr:"last" ru:"фамилия"`
	First          string          `toml:"first" expr:"first" ru:"имя"`
	Middle         string          `toml:"middle" expr:"middle" ru:"отчество"`
	Sex            string          `toml:"sex" expr:"sex" ru:"пол" enum:"m f"`
	Kind           string          `toml:"kind" expr:"kind" ru:"кто это" enum:"staff pupil student external graduate parent"`
	Position       string          `toml:"position" expr:"position" ru:"должность"`
	Class          string          `toml:"class" expr:"class" ru:"класс"`
	Birth          Date            `toml:"birth" expr:"birth" ru:"дата рождения"`
	Org            string          `toml:"org" expr:"org" ru:"организация (код партнёра)"`
	Category       string          `toml:"category" expr:"category" ru:"квалификационная категория" enum:"первая|высшая|соответствие|педагог-наставник|педагог-методист|нет"`
	Experience     *int            `toml:"experience" expr:"experience" ru:"стаж, лет"`
	Contract       DateNumber      `toml:"contract" expr:"contract" ru:"трудовой договор"`
	Phone          string          `toml:"phone" expr:"phone" ru:"телефон"`
	Email          string          `toml:"email" expr:"email" ru:"электронная почта"`
	Representative *Representative `toml:"representative" expr:"representative" ru:"законный представитель"`
	Publish        bool            `toml:"publish" expr:"publish" ru:"есть согласие на публикацию"`
	Cases          Cases           `toml:"cases" expr:"cases" ru:"имя по падежам"`
	Indeclinable   bool            `toml:"indeclinable" expr:"indeclinable" ru:"фамилия не склоняется"`
	PositionCases  Cases           `toml:"position_cases" expr:"position_cases" ru:"должность по падежам"`
	PrivateNote    string          `toml:"private_note" expr:"private_note" ru:"закрытая заметка"` // never printed
}

// Cases are forms that win over the engine; empty ones are left to it.
type Cases struct {
	Nom string `toml:"nom" expr:"nom" ru:"именительный падеж"`
	Gen string `toml:"gen" expr:"gen" ru:"родительный падеж"`
	Dat string `toml:"dat" expr:"dat" ru:"дательный падеж"`
	Acc string `toml:"acc" expr:"acc" ru:"винительный падеж"`
	Ins string `toml:"ins" expr:"ins" ru:"творительный падеж"`
	Pre string `toml:"pre" expr:"pre" ru:"предложный падеж"`
}

// Representative is a minor's lawful representative.
type Representative struct {
	Last     string `toml:"last" expr:"last" ru:"фамилия"`
	First    string `toml:"first" expr:"first" ru:"имя"`
	Middle   string `toml:"middle" expr:"middle" ru:"отчество"`
	Sex      string `toml:"sex" expr:"sex" ru:"пол" enum:"m f"`
	Relation string `toml:"relation" expr:"relation" ru:"кем приходится" enum:"мать|отец|опекун|попечитель|представитель организации"`
	Cases    Cases  `toml:"cases" expr:"cases" ru:"имя по падежам"`

	Indeclinable bool `toml:"indeclinable" expr:"indeclinable" ru:"фамилия не склоняется"`
}

// DateNumber is the date and number of a paper; either may be absent.
type DateNumber struct {
	Date   Date   `toml:"date" expr:"date" ru:"дата"`
	Number string `toml:"number" expr:"number" ru:"номер"`
}

// Curator is the table [curator].
type Curator struct {
	Person      string   `toml:"person" expr:"person" ru:"куратор (код человека)"`
	Since       Date     `toml:"since" expr:"since" ru:"с какого дня"`
	PhonePublic string   `toml:"phone_public" expr:"phone_public" ru:"телефон для сайта"`
	EmailPublic string   `toml:"email_public" expr:"email_public" ru:"почта для сайта"`
	ExtraDuties []string `toml:"extra_duties" expr:"extra_duties" ru:"дополнительные обязанности"`
}

// Group is the table [working_group].
type Group struct {
	Members []Member `toml:"members" expr:"members" ru:"состав рабочей группы"`
}

// Member is a person in a group.
type Member struct {
	Person string `toml:"person" expr:"person" ru:"член группы (код человека)"`
	Role   string `toml:"role" expr:"role" ru:"роль" enum:"руководитель|заместитель руководителя|секретарь|член группы"`
}

// Partner is an entry of [[partners]].
type Partner struct {
	ID           string     `toml:"id" expr:"id" ru:"код"`
	Name         string     `toml:"name" expr:"name" ru:"наименование партнёра"`
	NameShort    string     `toml:"name_short" expr:"name_short" ru:"краткое наименование партнёра"`
	Head         string     `toml:"head" expr:"head" ru:"руководитель партнёра"`
	HeadPosition string     `toml:"head_position" expr:"head_position" ru:"должность руководителя партнёра"`
	Basis        string     `toml:"basis" expr:"basis" ru:"на основании чего действует («Устава»)"`
	INN          string     `toml:"inn" expr:"inn" ru:"ИНН партнёра"`
	Agreement    DateNumber `toml:"agreement" expr:"agreement" ru:"соглашение с партнёром"`
	Kind         string     `toml:"kind" expr:"kind" ru:"вид партнёра" enum:"enterprise culture sport education college university other"`
}

// Form is an entry of [[forms]]; what is empty comes from the library.
type Form struct {
	ID              string   `toml:"id" expr:"id" ru:"код формы"` // one of FormIDs or custom-…
	Title           string   `toml:"title" expr:"title" ru:"название формы"`
	ProgramTitle    string   `toml:"program_title" expr:"program_title" ru:"название программы"`
	RoleModels      []string `toml:"role_models" expr:"role_models" ru:"ролевые модели"`
	Kinds           []string `toml:"kinds" expr:"kinds" ru:"виды наставничества"`
	Goal            string   `toml:"goal" expr:"goal" ru:"цель"`
	Tasks           []string `toml:"tasks" expr:"tasks" ru:"задачи"`
	Results         []string `toml:"results" expr:"results" ru:"результаты"`
	Activities      []string `toml:"activities" expr:"activities" ru:"формы работы"`
	MentorText      string   `toml:"mentor_text" expr:"mentor_text" ru:"портрет наставника"`
	MenteeText      string   `toml:"mentee_text" expr:"mentee_text" ru:"портрет наставляемого"`
	MentorCriteria  []string `toml:"mentor_criteria" expr:"mentor_criteria" ru:"критерии отбора наставников"`
	ExtraTasks      []string `toml:"extra_tasks" expr:"extra_tasks" ru:"добавить к задачам"`
	ExtraResults    []string `toml:"extra_results" expr:"extra_results" ru:"добавить к результатам"`
	ExtraActivities []string `toml:"extra_activities" expr:"extra_activities" ru:"добавить к формам работы"`
	Start           Date     `toml:"start" expr:"start" ru:"начало"`
	End             Date     `toml:"end" expr:"end" ru:"окончание"`
	MentorsCount    *int     `toml:"mentors_count" expr:"mentors_count" ru:"число наставников"`
	MenteesCount    *int     `toml:"mentees_count" expr:"mentees_count" ru:"число наставляемых"`
	PairsCount      *int     `toml:"pairs_count" expr:"pairs_count" ru:"число пар"`
	Labour          *bool    `toml:"labour" expr:"labour" ru:"своя форма: действует ст. 351.8 ТК РФ"`
	Minors          []string `toml:"minors" expr:"minors" ru:"своя форма: кто несовершеннолетний" enum:"mentor mentee"`
}

// Consent is a paper of consent that the school already has.
type Consent struct {
	Date    Date `toml:"date" expr:"date" ru:"дата согласия"`
	PD      bool `toml:"pd" expr:"pd" ru:"согласие на обработку персональных данных"`
	Publish bool `toml:"publish" expr:"publish" ru:"согласие на распространение"`
}

// Mentor is an entry of [[mentors]]; the table is optional for each person.
type Mentor struct {
	Person       string     `toml:"person" expr:"person" ru:"наставник (код человека)"`
	Competences  []string   `toml:"competences" expr:"competences" ru:"компетенции"`
	Achievements []string   `toml:"achievements" expr:"achievements" ru:"достижения"`
	MentorType   []string   `toml:"mentor_type" expr:"mentor_type" ru:"тип наставника"`
	HoursWeek    *float64   `toml:"hours_week" expr:"hours_week" ru:"часов в неделю"`
	Consent      Consent    `toml:"consent" expr:"consent" ru:"согласие"`
	Addendum     DateNumber `toml:"addendum" expr:"addendum" ru:"дополнительное соглашение"`
	Reviewed     bool       `toml:"reviewed" expr:"reviewed" ru:"собеседование пройдено"`
}

// Mentee is an entry of [[mentees]]; the table is optional for each person.
type Mentee struct {
	Person   string  `toml:"person" expr:"person" ru:"наставляемый (код человека)"`
	Request  string  `toml:"request" expr:"request" ru:"запрос"`
	Category string  `toml:"category" expr:"category" ru:"категория наставляемого"`
	Consent  Consent `toml:"consent" expr:"consent" ru:"согласие"`
	Result   string  `toml:"result" expr:"result" ru:"результат"`
}

// Pair is an entry of [[pairs]]: a pair or a group.
type Pair struct {
	ID           string    `toml:"id" expr:"id" ru:"код пары"`
	Form         string    `toml:"form" expr:"form" ru:"форма"`
	Mentors      []string  `toml:"mentors" expr:"mentors" ru:"наставники"`
	Mentees      []string  `toml:"mentees" expr:"mentees" ru:"наставляемые"`
	MenteeClass  string    `toml:"mentee_class" expr:"mentee_class" ru:"класс наставляемых"`
	MenteesCount *int      `toml:"mentees_count" expr:"mentees_count" ru:"число наставляемых"`
	RoleModel    string    `toml:"role_model" expr:"role_model" ru:"ролевая модель"`
	Kinds        []string  `toml:"kinds" expr:"kinds" ru:"виды наставничества"`
	Direction    string    `toml:"direction" expr:"direction" ru:"направление"`
	Topic        string    `toml:"topic" expr:"topic" ru:"тема"`
	Start        Date      `toml:"start" expr:"start" ru:"начало работы пары"`
	End          Date      `toml:"end" expr:"end" ru:"окончание работы пары"`
	Schedule     string    `toml:"schedule" expr:"schedule" ru:"график встреч"` // weekly, biweekly, monthly or free text
	Place        string    `toml:"place" expr:"place" ru:"место встреч"`
	Format       string    `toml:"format" expr:"format" ru:"формат встреч"`
	Status       string    `toml:"status" expr:"status" ru:"состояние пары" enum:"active paused ended replaced"` // "active" after reading when absent
	Ended        Date      `toml:"ended" expr:"ended" ru:"дата прекращения"`
	EndReason    string    `toml:"end_reason" expr:"end_reason" ru:"причина прекращения" enum:"refusal cancelled dismissed transfer left goal_reached incompatibility other"`
	ReplacedBy   string    `toml:"replaced_by" expr:"replaced_by" ru:"какой парой заменена"`
	Goal         string    `toml:"goal" expr:"goal" ru:"цель пары"`
	Request      string    `toml:"request" expr:"request" ru:"запрос наставляемого"`
	Plan         []PlanRow `toml:"plan" expr:"plan" ru:"план пары"`
	Meetings     []Meeting `toml:"meetings" expr:"meetings" ru:"встречи"`
	Metrics      []Metric  `toml:"metrics" expr:"metrics" ru:"показатели пары"`
}

// Active reports whether the pair works, or will.
func (p *Pair) Active() bool { return p.Status == "" || p.Status == "active" || p.Status == "paused" }

// PlanRow is a row of a pair's plan.
type PlanRow struct {
	When   string `toml:"when" expr:"when" ru:"срок"`
	Task   string `toml:"task" expr:"task" ru:"задача"`
	Action string `toml:"action" expr:"action" ru:"действия"`
	Result string `toml:"result" expr:"result" ru:"результат"`
	Done   string `toml:"done" expr:"done" ru:"отметка о выполнении"`
}

// Meeting is a meeting of a pair that took place.
type Meeting struct {
	Date    Date   `toml:"date" expr:"date" ru:"дата встречи"`
	Topic   string `toml:"topic" expr:"topic" ru:"тема встречи"`
	Minutes *int   `toml:"minutes" expr:"minutes" ru:"длительность, мин"`
	Note    string `toml:"note" expr:"note" ru:"заметка"`
}

// Metric is a measure of a pair before and after.
type Metric struct {
	Title  string   `toml:"title" expr:"title" ru:"показатель"`
	Unit   string   `toml:"unit" expr:"unit" ru:"единица"`
	Before *float64 `toml:"before" expr:"before" ru:"до"`
	After  *float64 `toml:"after" expr:"after" ru:"после"`
}

// Minutes is the table [minutes].
type Minutes struct {
	Number       string       `toml:"number" expr:"number" ru:"номер протокола"`
	Date         Date         `toml:"date" expr:"date" ru:"дата протокола"`
	Chair        string       `toml:"chair" expr:"chair" ru:"председатель (код человека)"`
	Secretary    string       `toml:"secretary" expr:"secretary" ru:"секретарь (код человека)"`
	MembersTotal *int         `toml:"members_total" expr:"members_total" ru:"членов совета"`
	Present      *int         `toml:"present" expr:"present" ru:"присутствовало"`
	PresentList  []string     `toml:"present_list" expr:"present_list" ru:"присутствовали (коды людей или имена)"`
	Invited      []string     `toml:"invited" expr:"invited" ru:"приглашённые"`
	Agenda       []AgendaItem `toml:"agenda" expr:"agenda" ru:"повестка"`
	ExtractItems []int        `toml:"extract_items" expr:"extract_items" ru:"вопросы для выписки"` // from 1
}

// AgendaItem is a question of the meeting.
type AgendaItem struct {
	Title     string   `toml:"title" expr:"title" ru:"вопрос"`
	Speaker   string   `toml:"speaker" expr:"speaker" ru:"докладчик (код человека или имя)"`
	Heard     string   `toml:"heard" expr:"heard" ru:"слушали"`
	Discussed []Speech `toml:"discussed" expr:"discussed" ru:"выступили"`
	Decisions []string `toml:"decisions" expr:"decisions" ru:"решили"`
	Votes     *Votes   `toml:"votes" expr:"votes" ru:"голосование"`
}

// Speech is what somebody said at the meeting.
type Speech struct {
	Person string `toml:"person" expr:"person" ru:"выступивший (код человека или имя)"`
	Text   string `toml:"text" expr:"text" ru:"о чём говорил"`
}

// Votes are the votes on one question.
type Votes struct {
	For     int `toml:"for" expr:"for" ru:"за"`
	Against int `toml:"against" expr:"against" ru:"против"`
	Abstain int `toml:"abstain" expr:"abstain" ru:"воздержались"`
}

// Approvals is the table [approvals].
type Approvals struct {
	ParentsCouncil   DateNumber `toml:"parents_council" expr:"parents_council" ru:"совет родителей"`
	PupilsCouncil    DateNumber `toml:"pupils_council" expr:"pupils_council" ru:"совет обучающихся"`
	Union            DateNumber `toml:"union" expr:"union" ru:"профсоюз"`
	GoverningCouncil DateNumber `toml:"governing_council" expr:"governing_council" ru:"управляющий совет"`
	ApproveBy        string     `toml:"approve_by" expr:"approve_by" ru:"чем утверждается" enum:"order person"`
}

// Calendar is the table [calendar]; absent dates follow from the school year.
type Calendar struct {
	Start         Date `toml:"start" expr:"start" ru:"начало программы"`
	BasesUntil    Date `toml:"bases_until" expr:"bases_until" ru:"базы сформированы до"`
	PairsUntil    Date `toml:"pairs_until" expr:"pairs_until" ru:"пары закреплены до"`
	SurveyBefore  Date `toml:"survey_before" expr:"survey_before" ru:"входной опрос"`
	MidMonitoring Date `toml:"mid_monitoring" expr:"mid_monitoring" ru:"промежуточный мониторинг"`
	SurveyAfter   Date `toml:"survey_after" expr:"survey_after" ru:"итоговый опрос"`
	Event         Date `toml:"event" expr:"event" ru:"итоговое мероприятие"`
	ReportUntil   Date `toml:"report_until" expr:"report_until" ru:"отчёт до"`
	End           Date `toml:"end" expr:"end" ru:"окончание программы"`
}

// Roadmap is the table [roadmap].
type Roadmap struct {
	Preset  string   `toml:"preset" expr:"preset" ru:"образец дорожной карты" enum:"seven_stage three_stage custom"`
	Intro   string   `toml:"intro" expr:"intro" ru:"вступление"`
	Goal    string   `toml:"goal" expr:"goal" ru:"цель"`
	Tasks   []string `toml:"tasks" expr:"tasks" ru:"задачи"`
	Results []string `toml:"results" expr:"results" ru:"ожидаемые результаты"`
	Stages  []Stage  `toml:"stages" expr:"stages" ru:"этапы"`
}

// Stage is a stage of the road map.
type Stage struct {
	Title  string       `toml:"title" expr:"title" ru:"этап"`
	Task   string       `toml:"task" expr:"task" ru:"задача этапа"`
	Events []StageEvent `toml:"events" expr:"events" ru:"мероприятия этапа"`
}

// StageEvent is a row of the road map.
type StageEvent struct {
	Title       string   `toml:"title" expr:"title" ru:"мероприятие"`
	Content     []string `toml:"content" expr:"content" ru:"содержание"`
	Result      []string `toml:"result" expr:"result" ru:"результат"`
	When        string   `toml:"when" expr:"when" ru:"срок словами"`
	From        Date     `toml:"from" expr:"from" ru:"с"`
	To          Date     `toml:"to" expr:"to" ru:"по"`
	Responsible string   `toml:"responsible" expr:"responsible" ru:"ответственный (код человека или текст)"`
}

// Program is the table [program].
type Program struct {
	Title  string `toml:"title" expr:"title" ru:"название программы"`
	Reason string `toml:"reason" expr:"reason" ru:"почему программа нужна школе"`
}

// Document is a table [docs.ID]: what the school knows of one document.
type Document struct {
	Date        Date       `toml:"date" expr:"date" ru:"дата"`
	Number      string     `toml:"number" expr:"number" ru:"номер"`
	Title       string     `toml:"title" expr:"title" ru:"заголовок"`
	Include     *bool      `toml:"include" expr:"include" ru:"делать ли документ"`
	ExtraPoints []string   `toml:"extra_points" expr:"extra_points" ru:"дополнительные пункты"`
	Signer      string     `toml:"signer" expr:"signer" ru:"подписывает (код человека)"`
	Executor    string     `toml:"executor" expr:"executor" ru:"исполнитель (код человека)"`
	Supersedes  DateNumber `toml:"supersedes" expr:"supersedes" ru:"какой приказ отменяет"`
	Journal     string     `toml:"journal" expr:"journal" ru:"журнал регистрации" enum:"main staff"`
}

// Change is an entry of [[changes]].
type Change struct {
	Date       Date       `toml:"date" expr:"date" ru:"дата изменения"`
	Mode       string     `toml:"mode" expr:"mode" ru:"что меняется" enum:"replace end add"`
	Pair       string     `toml:"pair" expr:"pair" ru:"пара"`
	OldMentor  string     `toml:"old_mentor" expr:"old_mentor" ru:"прежний наставник"`
	NewMentor  string     `toml:"new_mentor" expr:"new_mentor" ru:"новый наставник"`
	Reason     string     `toml:"reason" expr:"reason" ru:"причина" enum:"refusal cancelled dismissed transfer left goal_reached incompatibility other"`
	NoticeDate Date       `toml:"notice_date" expr:"notice_date" ru:"дата предупреждения"`
	Order      DateNumber `toml:"order" expr:"order" ru:"приказ об изменении"`
}

// Payment is the table [payment].
type Payment struct {
	Mode   string   `toml:"mode" expr:"mode" ru:"способ оплаты" enum:"fixed percent points none"`
	Amount *float64 `toml:"amount" expr:"amount" ru:"размер"`
	Base   string   `toml:"base" expr:"base" ru:"от чего считается"`
	Act    string   `toml:"act" expr:"act" ru:"акт об оплате (код или текст)"`
	Text   string   `toml:"text" expr:"text" ru:"порядок выплаты"`
}

// Limits is the table [limits]; absent values have defaults by form.
type Limits struct {
	MenteesPerMentor      *int   `toml:"mentees_per_mentor" expr:"mentees_per_mentor" ru:"наставляемых на одного наставника"`
	GroupSize             *int   `toml:"group_size" expr:"group_size" ru:"размер группы"`
	MentorExperienceYears *int   `toml:"mentor_experience_years" expr:"mentor_experience_years" ru:"стаж наставника, лет"`
	WorkingHours          string `toml:"working_hours" expr:"working_hours" ru:"время работы наставника"`
}

// Act is an entry of [[acts]].
type Act struct {
	ID        string   `toml:"id" expr:"id" ru:"код акта"`
	Level     string   `toml:"level" expr:"level" ru:"уровень акта" enum:"federal regional municipal local"`
	Kind      string   `toml:"kind" expr:"kind" ru:"вид акта"`
	Issuer    string   `toml:"issuer" expr:"issuer" ru:"кто издал"`
	IssuerGen string   `toml:"issuer_gen" expr:"issuer_gen" ru:"кто издал, родительный падеж"`
	Date      Date     `toml:"date" expr:"date" ru:"дата акта"`
	Number    string   `toml:"number" expr:"number" ru:"номер акта"`
	Title     string   `toml:"title" expr:"title" ru:"название акта"`
	Cite      string   `toml:"cite" expr:"cite" ru:"готовая ссылка"`
	CiteIns   string   `toml:"cite_ins" expr:"cite_ins" ru:"готовая ссылка, творительный падеж"`
	CiteFrom  Date     `toml:"cite_from" expr:"cite_from" ru:"цитировать с"`
	CiteTo    Date     `toml:"cite_to" expr:"cite_to" ru:"цитировать по"`
	UseIn     []string `toml:"use_in" expr:"use_in" ru:"в каких документах"` // document ids, or the one word "all"
	Drop      bool     `toml:"drop" expr:"drop" ru:"не цитировать встроенный акт"`
}

// Indicator is an entry of [[indicators]].
type Indicator struct {
	ID    string   `toml:"id" expr:"id" ru:"код показателя"`
	Title string   `toml:"title" expr:"title" ru:"показатель"`
	Unit  string   `toml:"unit" expr:"unit" ru:"единица"`
	Base  *float64 `toml:"base" expr:"base" ru:"исходное значение"`
	Plan  *float64 `toml:"plan" expr:"plan" ru:"план"`
	Fact  *float64 `toml:"fact" expr:"fact" ru:"факт"`
}

// Monitoring is the table [monitoring].
type Monitoring struct {
	Period          string            `toml:"period" expr:"period" ru:"период мониторинга"`
	Instruments     []string          `toml:"instruments" expr:"instruments" ru:"инструменты"`
	SatisfiedFrom   *float64          `toml:"satisfied_from" expr:"satisfied_from" ru:"с какого балла участник доволен"`
	Satisfied       *float64          `toml:"satisfied" expr:"satisfied" ru:"доля довольных, от 0 до 1"`
	N               *int              `toml:"n" expr:"n" ru:"опрошено"`
	Rounds          []Round           `toml:"rounds" expr:"rounds" ru:"опросы"`
	Difficulties    []Difficulty      `toml:"difficulties" expr:"difficulties" ru:"затруднения"`
	Tables          []MonitoringTable `toml:"tables" expr:"tables" ru:"таблицы"`
	SWOT            SWOT              `toml:"swot" expr:"swot" ru:"SWOT-анализ"`
	Conclusions     []string          `toml:"conclusions" expr:"conclusions" ru:"выводы"`
	Recommendations []string          `toml:"recommendations" expr:"recommendations" ru:"рекомендации"`
}

// Round is one survey of one group.
type Round struct {
	Form      string             `toml:"form" expr:"form" ru:"форма"`
	When      string             `toml:"when" expr:"when" ru:"до или после" enum:"before after"`
	Role      string             `toml:"role" expr:"role" ru:"кто отвечал" enum:"mentor mentee"`
	Answers   *int               `toml:"answers" expr:"answers" ru:"ответили"`
	Total     *int               `toml:"total" expr:"total" ru:"всего в группе"`
	Avg       map[string]float64 `toml:"avg" expr:"avg" ru:"средний балл по вопросам"`
	Satisfied *int               `toml:"satisfied" expr:"satisfied" ru:"довольны, человек"`
}

// Difficulty is a line of the table of difficulties.
type Difficulty struct {
	Title   string   `toml:"title" expr:"title" ru:"затруднение"`
	Percent *float64 `toml:"percent" expr:"percent" ru:"процент"`
}

// MonitoringTable is a table as the school has it; rows are as long as
// columns.
type MonitoringTable struct {
	Title   string     `toml:"title" expr:"title" ru:"название таблицы"`
	Columns []string   `toml:"columns" expr:"columns" ru:"столбцы"`
	Rows    [][]string `toml:"rows" expr:"rows" ru:"строки"`
}

// SWOT is the table [monitoring.swot].
type SWOT struct {
	Strengths     []string `toml:"strengths" expr:"strengths" ru:"сильные стороны"`
	Weaknesses    []string `toml:"weaknesses" expr:"weaknesses" ru:"слабые стороны"`
	Opportunities []string `toml:"opportunities" expr:"opportunities" ru:"возможности"`
	Threats       []string `toml:"threats" expr:"threats" ru:"угрозы"`
}

// Report is the table [report] of a school.
type Report struct {
	PeriodTitle  string        `toml:"period_title" expr:"period_title" ru:"период отчёта"`
	Length       string        `toml:"length" expr:"length" ru:"объём отчёта" enum:"short full"`
	Intro        string        `toml:"intro" expr:"intro" ru:"вступление"`
	Done         []Done        `toml:"done" expr:"done" ru:"что сделано"`
	Practice     string        `toml:"practice" expr:"practice" ru:"практика школы"`
	Problems     []string      `toml:"problems" expr:"problems" ru:"трудности"`
	Plans        []string      `toml:"plans" expr:"plans" ru:"планы"`
	Conclusion   string        `toml:"conclusion" expr:"conclusion" ru:"вывод"`
	Achievements []Achievement `toml:"achievements" expr:"achievements" ru:"достижения"`
}

// Done is one thing done; When is empty when the file gives a plain string.
// A table by month («"сентябрь" = "…"») becomes one Done an entry, in order.
type Done struct {
	When string `toml:"when" expr:"when" ru:"когда"`
	Text string `toml:"text" expr:"text" ru:"что сделано"`
}

// Achievement is an entry of [[report.achievements]], and of a district's
// [[achievements]], where School is set.
type Achievement struct {
	School string `toml:"school" expr:"school" ru:"школа (код)"`
	Who    string `toml:"who" expr:"who" ru:"кто (код человека или текст)"`
	Event  string `toml:"event" expr:"event" ru:"событие"`
	Level  string `toml:"level" expr:"level" ru:"уровень"`
	Result string `toml:"result" expr:"result" ru:"результат"`
	Date   Date   `toml:"date" expr:"date" ru:"дата"`
}

// Event is the table [event]: the year's closing event.
type Event struct {
	Title     string          `toml:"title" expr:"title" ru:"название мероприятия"`
	Format    string          `toml:"format" expr:"format" ru:"формат"`
	Date      Date            `toml:"date" expr:"date" ru:"дата"`
	Time      string          `toml:"time" expr:"time" ru:"время"`
	Place     string          `toml:"place" expr:"place" ru:"место"`
	Programme []ProgrammeItem `toml:"programme" expr:"programme" ru:"программа мероприятия"`
	Committee []string        `toml:"committee" expr:"committee" ru:"оргкомитет (коды людей)"`
}

// ProgrammeItem is a line of the event's programme.
type ProgrammeItem struct {
	Time string `toml:"time" expr:"time" ru:"время"`
	What string `toml:"what" expr:"what" ru:"что"`
	Who  string `toml:"who" expr:"who" ru:"кто (код человека или текст)"`
}

// Award is an entry of [[awards]]: to a person or to a partner.
type Award struct {
	Person string `toml:"person" expr:"person" ru:"кому (код человека)"`
	Org    string `toml:"org" expr:"org" ru:"кому (код партнёра)"`
	Kind   string `toml:"kind" expr:"kind" ru:"вид поощрения" enum:"благодарность|грамота|диплом|сертификат|письмо"`
	For    string `toml:"for" expr:"for" ru:"за что"`
	Number string `toml:"number" expr:"number" ru:"номер"`
}

// Site is the table [site].
type Site struct {
	SectionURL   string     `toml:"section_url" expr:"section_url" ru:"адрес раздела «Наставничество»"`
	URLs         []string   `toml:"urls" expr:"urls" ru:"адреса сайтов школы"`
	Responsible  string     `toml:"responsible" expr:"responsible" ru:"ответственный за сайт (код человека)"`
	Intro        string     `toml:"intro" expr:"intro" ru:"вступление"`
	Definition   string     `toml:"definition" expr:"definition" ru:"определение наставничества"`
	Roles        []SiteRole `toml:"roles" expr:"roles" ru:"роли"`
	Goal         string     `toml:"goal" expr:"goal" ru:"цель"`
	Tasks        []string   `toml:"tasks" expr:"tasks" ru:"задачи"`
	ContactPhone string     `toml:"contact_phone" expr:"contact_phone" ru:"телефон для связи"`
	Published    []string   `toml:"published" expr:"published" ru:"опубликованные документы"`
}

// SiteRole is who may be a mentor or a mentee.
type SiteRole struct {
	Role string `toml:"role" expr:"role" ru:"роль"`
	Who  string `toml:"who" expr:"who" ru:"кто"`
	Age  string `toml:"age" expr:"age" ru:"возраст"`
}

// Output is the table [output].
type Output struct {
	Formats        []string  `toml:"formats" expr:"formats" ru:"форматы файлов" enum:"docx pdf"`
	Font           string    `toml:"font" expr:"font" ru:"шрифт"`
	FontSize       *float64  `toml:"font_size" expr:"font_size" ru:"кегль, пт"` // 12…14
	Margins        []float64 `toml:"margins" expr:"margins" ru:"поля, мм: левое, правое, верхнее, нижнее"`
	LineSpacing    *float64  `toml:"line_spacing" expr:"line_spacing" ru:"межстрочный интервал"`
	FileNames      string    `toml:"file_names" expr:"file_names" ru:"имена файлов" enum:"ru translit"`
	CombinedOrders bool      `toml:"combined_orders" expr:"combined_orders" ru:"один приказ вместо нескольких"`
	DateStyle      string    `toml:"date_style" expr:"date_style" ru:"вид дат" enum:"long short"`
	Ack            string    `toml:"ack" expr:"ack" ru:"лист ознакомления" enum:"list sheet none"`
	OrderVerbStyle string    `toml:"order_verb_style" expr:"order_verb_style" ru:"написание «приказываю»" enum:"spaced plain"`
	Chefs          bool      `toml:"chefs" expr:"chefs" ru:"порядок работы шефских пар"`
	WithMarks      bool      `toml:"with_marks" expr:"with_marks" ru:"графа «Отметка о выполнении»"`
	AddendumPer    string    `toml:"addendum_per" expr:"addendum_per" ru:"дополнительное соглашение на" enum:"mentor pair"`
	PlanPer        string    `toml:"plan_per" expr:"plan_per" ru:"план на" enum:"pair mentee"`
	PlainLanguage  bool      `toml:"plain_language" expr:"plain_language" ru:"соглашение простыми словами для детей"`
}

// Municipality is a district's profile.
type Municipality struct {
	Format       int                 `toml:"format" expr:"format" ru:"версия формата профиля"`
	Kind         string              `toml:"kind" expr:"kind" ru:"вид профиля" enum:"municipality"`
	SchoolYear   string              `toml:"school_year" expr:"school_year" ru:"учебный год"`
	CitationDate Date                `toml:"citation_date" expr:"citation_date" ru:"дата, на которую цитируются акты"`
	SchoolPaths  []string            `toml:"schools" expr:"schools" ru:"файлы школ"`
	Municipality District            `toml:"municipality" expr:"municipality" ru:"муниципалитет"`
	Authority    Authority           `toml:"authority" expr:"authority" ru:"орган управления образованием"`
	Founder      Founder             `toml:"founder" expr:"founder" ru:"учредитель"`
	Letterhead   Letter              `toml:"letterhead" expr:"letterhead" ru:"бланк"`
	Coordinator  Curator             `toml:"coordinator" expr:"coordinator" ru:"муниципальный координатор"`
	WorkingGroup Group               `toml:"working_group" expr:"working_group" ru:"рабочая группа"`
	People       []Person            `toml:"people" expr:"people" ru:"люди"`
	Acts         []Act               `toml:"acts" expr:"acts" ru:"свои акты"`
	Calendar     Calendar            `toml:"calendar" expr:"calendar" ru:"сроки года"`
	Limits       Limits              `toml:"limits" expr:"limits" ru:"ограничения"`
	Payment      Payment             `toml:"payment" expr:"payment" ru:"оплата наставничества"`
	Holidays     []Date              `toml:"holidays" expr:"holidays" ru:"нерабочие праздничные дни"`
	Docs         map[string]Document `toml:"docs" expr:"docs" ru:"реквизиты документов"`
	Training     []Training          `toml:"training" expr:"training" ru:"обучение"`
	Events       []DistrictEvent     `toml:"events" expr:"events" ru:"мероприятия района"`
	SiteChecks   []SiteCheck         `toml:"site_checks" expr:"site_checks" ru:"проверки сайтов"`
	Report       DistrictReport      `toml:"report" expr:"report" ru:"сводный отчёт"`
	Achievements []Achievement       `toml:"achievements" expr:"achievements" ru:"достижения"`
	Output       Output              `toml:"output" expr:"output" ru:"оформление"`

	// Schools are the schools that could be read, in the order of the file;
	// Sites tells of every one, the unreadable too.
	Schools []*School `toml:"-"`
	Sites   []Listed  `toml:"-"`

	places *places
	hidden bool // some lines could not be read: what is missing may stand there
}

// Listed is a school as the district's list names it.
type Listed struct {
	Path     string    // as the list gives it
	School   *School   // nil when the file could not be read
	Problems diag.List // of this school alone
}

// District is the table [municipality] of a municipal profile.
type District struct {
	ID        string `toml:"id" expr:"id" ru:"код муниципалитета"`
	Name      string `toml:"name" expr:"name" ru:"муниципалитет"`
	NameShort string `toml:"name_short" expr:"name_short" ru:"муниципалитет, кратко"`
	NameGen   string `toml:"name_gen" expr:"name_gen" ru:"муниципалитет, родительный падеж"`
	NamePre   string `toml:"name_pre" expr:"name_pre" ru:"муниципалитет, предложный падеж"`
	Region    string `toml:"region" expr:"region" ru:"регион"`
}

// Authority is the table [authority].
type Authority struct {
	Name      string `toml:"name" expr:"name" ru:"орган управления образованием"`
	NameShort string `toml:"name_short" expr:"name_short" ru:"орган управления, кратко"`
	NameGen   string `toml:"name_gen" expr:"name_gen" ru:"орган управления, родительный падеж"`
	Head      string `toml:"head" expr:"head" ru:"начальник (код человека)"`
	Locality  string `toml:"locality" expr:"locality" ru:"населённый пункт"`
	Address   string `toml:"address" expr:"address" ru:"адрес"`
	Phone     string `toml:"phone" expr:"phone" ru:"телефон"`
	Email     string `toml:"email" expr:"email" ru:"электронная почта"`
	Site      string `toml:"site" expr:"site" ru:"сайт"`
}

// Training is an entry of [[training]].
type Training struct {
	Org          string   `toml:"org" expr:"org" ru:"кто обучал"`
	Topic        string   `toml:"topic" expr:"topic" ru:"тема"`
	Hours        *float64 `toml:"hours" expr:"hours" ru:"часов"`
	Mode         string   `toml:"mode" expr:"mode" ru:"как проходило"`
	When         string   `toml:"when" expr:"when" ru:"когда"`
	Audience     string   `toml:"audience" expr:"audience" ru:"для кого"`
	Count        *int     `toml:"count" expr:"count" ru:"человек"`
	CountOffline *int     `toml:"count_offline" expr:"count_offline" ru:"из них очно"`
}

// DistrictEvent is an entry of [[events]].
type DistrictEvent struct {
	Date     Date     `toml:"date" expr:"date" ru:"дата"`
	Title    string   `toml:"title" expr:"title" ru:"мероприятие"`
	Place    string   `toml:"place" expr:"place" ru:"место"`
	Mode     string   `toml:"mode" expr:"mode" ru:"как проходило"`
	Topics   []string `toml:"topics" expr:"topics" ru:"вопросы"`
	Audience string   `toml:"audience" expr:"audience" ru:"для кого"`
}

// SiteCheck is an entry of [[site_checks]].
type SiteCheck struct {
	School  string          `toml:"school" expr:"school" ru:"школа (код)"`
	Date    Date            `toml:"date" expr:"date" ru:"дата проверки"`
	URL     string          `toml:"url" expr:"url" ru:"адрес"`
	Section string          `toml:"section" expr:"section" ru:"раздел"`
	Docs    map[string]bool `toml:"docs" expr:"docs" ru:"документы на сайте"`
	Note    string          `toml:"note" expr:"note" ru:"примечание"`
}

// DistrictReport is the table [report] of a municipal profile.
type DistrictReport struct {
	Title       string   `toml:"title" expr:"title" ru:"название отчёта"`
	Date        Date     `toml:"date" expr:"date" ru:"дата отчёта"`
	Occasion    string   `toml:"occasion" expr:"occasion" ru:"по какому случаю"`
	Intro       string   `toml:"intro" expr:"intro" ru:"вступление"`
	Problems    []string `toml:"problems" expr:"problems" ru:"трудности"`
	Plans       []string `toml:"plans" expr:"plans" ru:"планы"`
	RegionFacts []string `toml:"region_facts" expr:"region_facts" ru:"о регионе"`
}

// FormIDs are the ten forms of the library.
var FormIDs = [...]string{
	"pupil_pupil", "teacher_teacher", "student_pupil", "employer_pupil", "employer_student",
	"ped_ped", "head_ped", "employer_pedstudent", "prof_young", "partner_ped",
}

// KindIDs are the kinds of mentoring; a pair may have several.
var KindIDs = [...]string{"traditional", "group", "short", "situational", "speed", "reverse", "virtual", "network"}
