package profile

// DocumentIDs are the papers that [docs.ID], acts.use_in and site.published
// may name; the catalogue makes them.
var DocumentIDs = [...]string{
	"minutes", "minutes_extract", "order_launch", "order_group", "order_regulation", "regulation",
	"order_plan", "roadmap", "program", "order_curator", "order_pairs", "order_change", "order_event",
	"order_awards", "order_results", "consent_mentor", "consent_mentee", "consent_parent", "pd_consent",
	"pd_consent_minor", "pd_publish", "addendum", "notice_end", "agreement", "partner_agreement",
	"personal_plan", "registry", "journal", "mentor_report", "survey_entry", "survey_mentor",
	"survey_mentee", "swot", "monitoring_report", "school_report", "site_page", "thanks", "certificate",
	"confirmation", "packing_list", "mun_order", "mun_roadmap", "mun_monitoring", "mun_report", "mun_registry",
	"regulation_peer", "survey_curator", "mun_letter",
}
