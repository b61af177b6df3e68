// Package catalog knows the documents: what each is called, for whom it is
// made, what it needs, which acts it may cite on its date; and it turns a
// profile into the View that templates name.
//
// # Front matter
//
// Every template source opens with a TOML table between lines of «+++». The
// catalog reads it from templates/src; nothing about a document is written in
// Go, so a new document is a new file.
//
//	+++
//	number = 3                       # place in the set and in file names
//	title = "Приказ о внедрении целевой модели наставничества"   # in lists and file names
//	file = "Приказ о внедрении"      # in file names, where the title is long
//	heading = "О внедрении целевой модели наставничества в {{ school.name_short.pre }}"
//	kind = "приказ"                  # вид документа, nominative
//	journal = "main"                 # main, staff or none: whose numbers it takes
//	audience = "public"              # public, internal, personal
//	per = "school"                   # school, pair, mentor, mentee, adult, minor, participant,
//	                                 # form, partner, award, change, municipality
//	signer = "director"              # director, curator, chair, person, mentor, coordinator, head, none
//	presets = ["typical", "start"]
//	cites = ["all", "staff", "pupils", "labour"]   # scopes of acts.toml that it cites
//	cite = "short"                   # short or full: how acts stand in doc.preamble
//	annex_of = "order_regulation"    # the document that approves it
//	on_date = true                   # names the pairs, mentors and mentees of its own day
//	signs = ["mentors", "mentees"]   # who else signs: mentors, mentees, parents, curator, secretary,
//	                                 # partner, members, person
//	ack = ["curator", "mentors"]     # which staff is acquainted: curator, group, mentors, mentees,
//	                                 # committee, site, supply, change, awarded
//	when = [ { if = "len(pairs) > 0", else = "в профиле нет пар" } ]   # all must hold
//	+++
//
// heading and when hold expressions over View. heading is what doc.heading
// prints and what the PDF's title says; without it the title stands.
package catalog
