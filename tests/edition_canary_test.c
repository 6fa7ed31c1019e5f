/*
 * edition_canary_test.c -- a bird in every internal field there is; none may be heard outside.
 *
 * Every secret contains the word BIRD.  What the world can ask for is asked for, with all headers,
 * as a guest and as everybody who is logged in.
 */
#include "edition_world.h"

#define BIRD "zqkanari"

static const char sample[] =
    "# Titel " BIRD "titel\n\nStand " BIRD "vorwort.\n\n"
    "## Kapitel von {{" BIRD "-schluessel}}\n\n"
    "Offen eins mit {{" BIRD "-schluessel}}.[^" BIRD "note]\n\n"
    "Offen zwei.[^" BIRD "intern] Rest <!-- " BIRD "kommentar --> da.\n\n"
    "Offen drei <span title=\"" BIRD "marke\">Wort</span> und"
    " [Verweis](/handbuch/geheimes-" BIRD "kapitel#b-" BIRD ").\n\n"
    "Verborgen " BIRD "absatz.\n\n"
    "- Offen vier\n- Verborgen " BIRD "punkt\n- Offen sechs\n\n"
    "| Offen | Kopf |\n| --- | --- |\n| Offen sieben | a |\n| Verborgen | " BIRD "zeile |\n\n"
    "### Verborgen " BIRD "zwischentitel\n\nOffen darunter.\n\n"
    "## Geheimes " BIRD "kapitel\n\nOffen im geheimen Kapitel.\n\n"
    "[^" BIRD "note]: Offen als Note.\n[^" BIRD "intern]: Verborgen " BIRD "note.\n";

static const char *const fields[] = {
    "UPDATE person SET name = name || ' " BIRD "name', email = '" BIRD "' || email,"
    " sort_key = '" BIRD "'",
    "INSERT INTO placeholder (document_id, key, internal, public) VALUES"
    " (1, '" BIRD "-schluessel', '" BIRD "innen', 'Person 1 (Stadt A)'),"
    " (1, '" BIRD "-zwei', '" BIRD "zwei', 'Person 2 (Stadt B)')",
    "UPDATE document SET title = '" BIRD "dokument', slug = '" BIRD "'",
    "UPDATE revision SET summary = '" BIRD "anlass', decision = '" BIRD "beschluss'",
    "INSERT INTO revision (document_id, major, minor, draft, state, change, summary, created_at)"
    " VALUES (1, 2, 0, 1, 'dropped', 'content', '" BIRD "verworfen', 1)",
    "INSERT INTO section_draft SELECT section_uid, 1, '" BIRD "', '" BIRD "entwurf', 1"
    " FROM revision_block LIMIT 1",
    "INSERT INTO review_round (number, revision_id, note, opens_on, closes_on, first_closes_on,"
    " created_by, created_at) VALUES (1, 1, '" BIRD "runde', '2026-11-01', '2026-12-01',"
    " '2026-12-01', 1, 1)",
    "INSERT INTO feedback (document_id, number, kind, visibility, author_id, author_org, state,"
    " outcome, reason, decided_by, decided_at, response, response_reason, created_at) VALUES"
    " (1, 1, 'hint', 'project', 2, '" BIRD "ort', 'decided', 'rejected', '" BIRD "grund', 1, 1,"
    " 'objected', '" BIRD "einwand', 1)",
    "INSERT INTO feedback_text VALUES (1, 1, '" BIRD "rueckmeldung', 1, 2)",
    "INSERT INTO reply (feedback_id, number, author_id, author_org, text, at) VALUES"
    " (1, 1, 1, '" BIRD "', '" BIRD "antwort', 1)",
    "INSERT INTO suggestion SELECT 1, 'replace', min(id), '" BIRD
    "vorschlag', NULL FROM block_text",
    "INSERT INTO anchor SELECT 1, 1, 1, 1, min(id), NULL, '" BIRD "zitat', '" BIRD "', '" BIRD
    "', 0, 3, 'exact', '" BIRD "', 100, 1, 1 FROM block_text",
    "INSERT INTO decision_request (feedback_id, title, text, requested_by, requested_at) VALUES"
    " (1, '" BIRD "vorlage', '" BIRD "vorlagentext', 1, 1)",
    "INSERT INTO handbook_event (at, actor_id, object, object_id, action, before, after, reason)"
    " VALUES (1, 1, 'edition', 1, '" BIRD "tat', '" BIRD "', '" BIRD "', '" BIRD "warum')",
    "UPDATE task_force SET name = '" BIRD "gruppe' || id, goal = '" BIRD "ziel',"
    " link_url = 'https://" BIRD ".example/x'",
    "UPDATE municipality SET email_domains = '" BIRD ".example', slug = '" BIRD "' || id",
};

static void begin_with_birds(void)
{
	import(sample);
	/* Everything whose words begin with "Offen", and the heading above them. */
	run_sql("INSERT INTO block_text (block_id, kind, level, ordered, number, label, audience,"
		" markdown, plain, html, hash, created_at) SELECT block_id, kind, level, ordered,"
		" number, label, 'both', markdown, plain, html, hash, 2 FROM block_text"
		" WHERE plain GLOB 'Offen*' OR plain GLOB 'Kapitel von*';"
		"UPDATE revision_block SET block_text_id = (SELECT max(n.id)"
		"   FROM block_text n JOIN block_text o ON o.block_id = n.block_id"
		"  WHERE o.id = revision_block.block_text_id)");
	for (size_t i = 0; i < sizeof fields / sizeof fields[0]; i++)
		run_sql(fields[i]);
}

static void two_editions(void)
{
	publish_all();
	audience("Offen drei", "internal");
	publish_all();
	/* A third one is being prepared, and a fourth was discarded. */
	CHECK_INT(post_as(ANNA, EDITIONS, edition_form("Titel " BIRD "dritter", NULL)).status, 303);
	CHECK_INT(post_as(ANNA, newest("/verwerfen"), version_form()).status, 303);
	CHECK_INT(post_as(ANNA, EDITIONS, edition_form("Titel " BIRD "vierter", NULL)).status, 303);
}

static const char *const addresses[] = {
    PUBLIC,
    PUBLIC "?ansicht=druck",
    PUBLIC "?meldung=gespeichert",
    PUBLIC "/kapitel-von-person-1-stadt-a",
    PUBLIC "/handbuch.md",
    PUBLIC "/ausgabe/1",
    PUBLIC "/ausgabe/1?ansicht=druck",
    PUBLIC "/ausgabe/1/kapitel-von-person-1-stadt-a",
    PUBLIC "/ausgabe/1/handbuch.md",
    PUBLIC "/ausgabe/2",
    PUBLIC "/ausgabe/3",
    PUBLIC "/ausgabe/3/handbuch.md",
    PUBLIC "/ausgabe/99",
    PUBLIC "/vergleich",
    PUBLIC "/vergleich?von=1&bis=2",
    PUBLIC "/vergleich?von=1&bis=2&ansicht=nebeneinander",
    PUBLIC "/vergleich?von=1&bis=2&ansicht=neu",
    PUBLIC "/vergleich?von=1&bis=3",
    PUBLIC "/vergleich?von=x&bis=3",
    PUBLIC "/gibt-es-nicht",
    PUBLIC "/kapitel-von-person-1-stadt-a?absatz=1",
};
/* Not of the public handbook, but open to guests. */
static const char *const doors[] = {"/oeffentlich", "/oeffentlich/gibt-es-nicht", "/suche?q=Offen",
				    "/handbuch",    "/handbuch/ausgaben",         "/hilfe",
				    "/impressum"};

static void quiet(const char *target, const struct answer *a)
{
	struct str bird = S(BIRD), body = a->body;

	if (str_find(body, bird) < body.n)
		fail_msg("%s: %.*s", target,
			 ARG(str_head(str_from(body, str_find(body, bird)), 60)));
	for (size_t i = 0; i < a->raw.n; i++)
		if (str_find(a->raw.headers[i].value, bird) < a->raw.headers[i].value.n)
			fail_msg("%s: %.*s", target, ARG(a->raw.headers[i].name));
}

/* The names of blocks inside say when they came and which is which. */
static void without_inside_names(const char *target, const struct answer *a)
{
	struct str all = text_of("SELECT group_concat(uid, ' ') FROM block"), uid;

	while (str_cut(&all, ' ', &uid))
		if (str_find(a->body, uid) < a->body.n)
			fail_msg("%s: block %.*s", target, ARG(uid));
}

static bool same(const struct answer *a, const struct answer *b)
{
	if (a->status != b->status || a->raw.n != b->raw.n || !str_eq(a->body, b->body))
		return false;
	for (size_t i = 0; i < a->raw.n; i++)
		if (!str_eq(a->raw.headers[i].name, b->raw.headers[i].name) ||
		    !str_eq(a->raw.headers[i].value, b->raw.headers[i].value))
			return false;
	return true;
}

/* An error page carries the id of its request. */
static bool alike(const struct answer *a, const struct answer *b)
{
	return a->status >= 400 && a->status != 410 ? a->status == b->status : same(a, b);
}

static void listen_everywhere(void)
{
	for (size_t i = 0; i < sizeof addresses / sizeof addresses[0]; i++) {
		struct answer guest = get_as(NOBODY, addresses[i]);
		CHECK(guest.status < 500);
		quiet(addresses[i], &guest);
		without_inside_names(addresses[i], &guest);
		CHECK(header_of(&guest, "Set-Cookie").n == 0);
		for (int64_t person = ANNA; person < PERSON_END; person++) {
			struct answer a = get_as(person, addresses[i]);
			quiet(addresses[i], &a);
			if (!alike(&guest, &a))
				fail_msg("%s differs for person %d", addresses[i], (int)person);
		}
	}
	for (size_t i = 0; i < sizeof doors / sizeof doors[0]; i++) {
		struct answer a = get_as(NOBODY, doors[i]);
		quiet(doors[i], &a);
	}
}

TEST(no_bird_is_heard_outside)
{
	begin_with_birds();
	two_editions();
	struct answer a = get_as(NOBODY, PUBLIC "/ausgabe/1/kapitel-von-person-1-stadt-a");
	CHECK_INT(a.status, 200);
	CHECK(shows(&a, "Offen eins mit Person 1 (Stadt A)") && shows(&a, "Offen als Note."));
	CHECK(shows(&a, "Offen sechs") && shows(&a, "Offen sieben"));
	CHECK(!shows(&a, "Offen darunter"));
	CHECK_INT(get_as(NOBODY, PUBLIC "/vergleich?von=1&bis=2").status, 200);
	/* What is being prepared does not even exist. */
	CHECK_INT(get_as(NOBODY, PUBLIC "/ausgabe/3").status, 404);
	CHECK_INT(get_as(NOBODY, PUBLIC "/vergleich?von=1&bis=3").status, 404);
	listen_everywhere();
	/* Inside it is loud, so the test can hear. */
	a = get_as(ANNA, EDITIONS "/1");
	CHECK(shows(&a, BIRD "name") && shows(&a, BIRD "warum"));
}

TEST(nor_is_one_after_a_withdrawal)
{
	begin_with_birds();
	two_editions();
	CHECK_INT(post_as(GRETA, EDITIONS "/2/ruecknahme",
			  FORM(FIELD("version", "3"), FIELD("grund", "Ein Fehler im Text.")))
		      .status,
		  303);
	struct answer a = get_as(NOBODY, PUBLIC "/ausgabe/2");
	CHECK_INT(a.status, 410);
	CHECK(shows(&a, "Ein Fehler im Text.") && !shows(&a, "Offen"));
	a = get_as(NOBODY, PUBLIC "/kapitel-von-person-1-stadt-a");
	CHECK_INT(a.status, 410);
	CHECK(!shows(&a, "Offen"));
	listen_everywhere();
}

TESTS_MAIN
