/* decision_act_test.c -- submitting, returning, publishing, revising, withdrawing a template. */
#include "decision_world.h"

#include "base/secret.h"

#define LETTERS "SELECT count(*) FROM outbox WHERE topic = 'decision' AND cancelled_at IS NULL"
#define EVENTS "SELECT count(*) FROM steering_event"
#define RECORDS "SELECT count(*) FROM register_record WHERE kind = 'template_published'"

TEST(a_template_is_submitted_returned_submitted_and_published)
{
	draft_world();
	struct answer a = get_as(CEM, DECISION_2_PAGE);
	CHECK(shows(&a, "Zur Prüfung einreichen") && !shows(&a, ">Veröffentlichen<"));
	CHECK_STR(step(CEM, "einreichen", NULL).location,
		  S(DECISION_2_PAGE "?meldung=vorlage-eingereicht"));
	a = get_as(CEM, DECISION_2_PAGE);
	CHECK(shows(&a, "Das Projektbüro prüft") && !shows(&a, "Zur Prüfung einreichen"));
	a = get_as(ANNA, DECISION_2_PAGE);
	CHECK(shows(&a, ">Veröffentlichen<") && shows(&a, "/zurueckgeben\""));
	CHECK_INT(step(ANNA, "zurueckgeben", "rueckgabe").status, 303);
	a = get_as(BEN, DECISION_2_PAGE);
	CHECK(shows(&a, "<b>Zurückgegeben</b>") && shows(&a, "Aus gutem Grund."));
	CHECK(shows(&a, "Anna Ahorn hat die Vorlage am") && shows(&a, "zurückgegeben:"));
	CHECK_INT(step(BEN, "einreichen", NULL).status, 303);
	CHECK_STR(step(ANNA, "veroeffentlichen", NULL).location,
		  S(DECISION_2_PAGE "?meldung=vorlage-veroeffentlicht"));
	a = get_as(DORA, DECISION_2_PAGE);
	CHECK(shows(&a, "in Beratung") && shows(&a, "fest seit 20."));
	CHECK_STR(text_of("SELECT group_concat(action, ' ') FROM (SELECT action FROM steering_event"
			  " ORDER BY id)"),
		  S("create submit return submit publish"));
}

TEST(reasons_are_asked_for_where_the_table_says_so)
{
	static const struct {
		const char *word, *field, *from;
	} cases[] = {{"zurueckgeben", "rueckgabe", "review"},
		     {"ueberarbeiten", "aenderung", "published"},
		     {"ueberarbeiten", "aenderung", "scheduled"},
		     {"zurueckziehen", "rueckzug", "draft"},
		     {"zurueckziehen", "rueckzug", "scheduled"}};

	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		draft_world();
		run_sql(arena_fmt(test_arena, "UPDATE decision SET state = '%s' WHERE id = 2",
				  cases[i].from)
			    .p);
		struct test_field fields[2] = {FIELD_STR("version", row_version("2")),
					       {str_of(cases[i].field), S(" ")}};
		struct answer a =
		    post_as(ANNA, arena_fmt(test_arena, DECISION_2_PAGE "/%s", cases[i].word).p,
			    form_of(fields, 2));
		CHECK_INT(a.status, 422);
		CHECK(shows(&a, arena_fmt(test_arena, "id=\"%s-fehler\"", cases[i].field).p));
		CHECK_STR(state_of("2"), str_of(cases[i].from));
		CHECK_INT(step(ANNA, cases[i].word, cases[i].field).status, 303);
		CHECK_STR(text_of("SELECT reason FROM steering_event ORDER BY id DESC LIMIT 1"),
			  S("Aus gutem Grund."));
	}
}

/* Every step from every state as every kind of person: the table of steps decides. */
TEST(the_table_of_steps_decides_for_every_state_and_person)
{
	static const struct {
		enum decision_step step;
		const char *word, *field;
		bool office; /* alone */
	} words[] = {{STEP_SUBMIT, "einreichen", NULL, false},
		     {STEP_RETURN, "zurueckgeben", "rueckgabe", true},
		     {STEP_PUBLISH, "veroeffentlichen", NULL, true},
		     {STEP_REVISE, "ueberarbeiten", "aenderung", false},
		     {STEP_WITHDRAW, "zurueckziehen", "rueckzug", false}};
	static const int64_t people[] = {ANNA, BEN, KIM, IVO, DORA};

	draft_world();
	for (size_t w = 0; w < sizeof words / sizeof words[0]; w++)
		for (int s = 0; s < DECISION_STATES; s++)
			for (size_t p = 0; p < sizeof people / sizeof people[0]; p++) {
				bool may =
				    people[p] == ANNA || (people[p] == BEN && !words[w].office);
				bool fits = decision_step_row((enum decision_state)s,
							      words[w].step) != NULL;
				if (may && fits)
					draft_world();
				run_sql(arena_fmt(test_arena,
						  "UPDATE decision SET state = '%.*s' WHERE id = 2",
						  ARG(decision_state_names[s]))
					    .p);
				struct answer a = step(people[p], words[w].word, words[w].field);
				CHECK_INT(a.status, !may ? 403 : fits ? 303 : 409);
				if (!may || !fits)
					CHECK_STR(state_of("2"), decision_state_names[s]);
			}
}

TEST(who_decides_has_read_what_there_is)
{
	draft_world();
	CHECK_INT(step(BEN, "einreichen", NULL).status, 303);
	struct str read = row_version("2");
	CHECK_INT(step(ANNA, "zurueckgeben", "rueckgabe").status, 303);
	CHECK_INT(post_as(BEN, DECISION_2_PAGE "/bearbeiten",
			  template_form(arena_cstr(test_arena, row_version("2")),
					TYPED(.resolution = "Wir fällen alles.")))
		      .status,
		  303);
	CHECK_INT(step(BEN, "einreichen", NULL).status, 303);
	struct answer a =
	    post_as(ANNA, DECISION_2_PAGE "/veroeffentlichen", FORM(FIELD_STR("version", read)));
	CHECK_INT(a.status, 409);
	CHECK(shows(&a, "Da war jemand schneller") && shows(&a, "Wir fällen alles."));
	CHECK_STR(state_of("2"), S("review"));
	a = post_as(ANNA, DECISION_2_PAGE "/zurueckgeben",
		    FORM(FIELD_STR("version", read), FIELD("rueckgabe", "Mein langer Grund.")));
	CHECK_INT(a.status, 409);
	CHECK_INT(times(&a, "Mein langer Grund."), 2); /* in the notice and in its form */
}

/* Its words, the title among them, may become restricted later; a register never forgets. */
TEST(the_record_of_a_template_has_its_digest_and_no_words)
{
	published_world();
	struct str line = arena_str(test_arena, text_of("SELECT line FROM register_record ORDER BY"
							" n DESC LIMIT 1"));
	struct str digest = text_of("SELECT sha256 FROM decision_version WHERE decision_id = 2");
	CHECK(str_find(line, S("\"kind\":\"template_published\"")) < line.n);
	CHECK(str_find(line, digest) < line.n);
	CHECK(str_find(line, S("title")) == line.n && str_find(line, S("Bäume")) == line.n);
	struct answer a = get_as(DORA, DECISION_2_PAGE "/fassungen/1/wortlaut");
	CHECK(shows(&a, "\"title\":\"Bäume zählen\""));
	CHECK_STR(secret_sha256_hex(test_arena, a.body), digest);
}

TEST(publication_freezes_words_that_anybody_can_check)
{
	published_world();
	struct str digest = text_of("SELECT sha256 FROM decision_version WHERE decision_id = 2");
	struct answer a = get_as(DORA, DECISION_2_PAGE "/fassungen/1/wortlaut");
	CHECK_INT(a.status, 200);
	CHECK_STR(secret_sha256_hex(test_arena, a.body), digest);
	CHECK_STR(header_of(&a, "Content-Disposition"),
		  S("attachment; filename=\"vorlage-2026-2-fassung-1.json\""));
	CHECK(str_starts(a.body, S("{\"number\":\"2026-2\",\"version\":\"1\",\"title\":\"Bäume")));
	CHECK(shows(&a, "\"lead\":\"auental\",\"affected\":\"bergstedt lindheim\""));
	CHECK(shows(&a, "\"link_1_url\":\"https://raum.example/karte\""));
	a = get_as(DORA, DECISION_2_PAGE "/fassungen");
	CHECK(shows(&a, arena_fmt(test_arena, "SHA-256: %.*s", ARG(digest)).p));
	/* A municipality gets another name: the same words. */
	run_sql("UPDATE municipality SET short = 'Neuauental' WHERE id = 2");
	a = get_as(DORA, DECISION_2_PAGE "/fassungen/1/wortlaut");
	CHECK_STR(secret_sha256_hex(test_arena, a.body), digest);
	CHECK_INT(count_of(RECORDS), 1);
	CHECK_INT(count_of("SELECT count(*) FROM register_record WHERE instr(line, (SELECT sha256"
			   " FROM decision_version WHERE decision_id = 2)) > 0"),
		  1);
	CHECK_INT(count_of("SELECT published_at = counts_from AND published_at = 1795165200"
			   " FROM decision_version WHERE decision_id = 2"),
		  1);
}

static bool refused(const char *sql)
{
	bool is;

	CHECK_INT(db_begin_write(test_db, test_arena), OK);
	is = db_script(test_db, str_of(sql)) != OK;
	db_rollback(test_db);
	return is;
}

TEST(what_was_published_stays_as_it_is)
{
	published_world();
	CHECK(refused("UPDATE decision_version SET costs = 'x' WHERE decision_id = 2"));
	CHECK(refused("DELETE FROM decision_version WHERE decision_id = 2"));
	CHECK(refused("UPDATE decision_link SET url = 'https://x.example/' WHERE decision_id = 2"));
	CHECK(refused("DELETE FROM decision_link WHERE decision_id = 2"));
	CHECK(refused("INSERT INTO decision_link (decision_id, version, pos, title, url)"
		      " VALUES (2, 1, 9, 'x', 'https://x.example/')"));
	CHECK(refused("UPDATE decision_municipality SET municipality_id = 2"
		      " WHERE decision_id = 2 AND municipality_id = 1"));
	CHECK(refused("DELETE FROM decision_municipality WHERE decision_id = 2"));
	CHECK(refused("INSERT INTO decision_municipality VALUES (2, 1, 4)"));
	CHECK_INT(get_as(BEN, DECISION_2_PAGE "/bearbeiten").status, 409);
}

TEST(all_members_of_the_project_are_told_once)
{
	published_world();
	/* Everybody but the installation's administrator and the funder. */
	CHECK_INT(count_of(LETTERS), 9);
	CHECK_INT(count_of("SELECT count(*) FROM outbox WHERE person_id IN (5, 6)"), 0);
	CHECK(str_find(text_of("SELECT subject || body FROM outbox WHERE person_id = 4"),
		       S("http://127.0.0.1:8080/entscheidungen/2026-2")) <
	      text_of("SELECT subject || body FROM outbox WHERE person_id = 4").n);
	CHECK_STR(text_of("SELECT subject FROM outbox WHERE person_id = 4"),
		  S("Vorlage 2026-2: Bäume zählen"));
	/* A revision calls back what was not sent yet. */
	CHECK_INT(step(BEN, "ueberarbeiten", "aenderung").status, 303);
	CHECK_INT(count_of(LETTERS), 0);
}

TEST(the_author_hears_why_a_template_came_back)
{
	static const char returned[] = LETTERS " AND dedupe LIKE 'decision/2/return/%'";

	draft_world();
	CHECK_INT(step(CEM, "einreichen", NULL).status, 303);
	CHECK_INT(step(ANNA, "zurueckgeben", "rueckgabe").status, 303);
	CHECK_INT(count_of(returned), 1);
	CHECK_STR(text_of("SELECT person_id || ' ' || subject FROM outbox"),
		  S("2 Zurück an dich: Vorlage 2026-2, Bäume zählen"));
	struct str body = text_of("SELECT body FROM outbox");
	CHECK(str_find(body, S("Anna")) < body.n);
	CHECK(str_find(body, S("Aus gutem Grund.")) < body.n);
	CHECK(str_find(body, S("http://127.0.0.1:8080/entscheidungen/2026-2")) < body.n);
	/* Handed in again before it was sent: nothing to tell any more. */
	CHECK_INT(step(BEN, "einreichen", NULL).status, 303);
	CHECK_INT(count_of(returned), 0);
	CHECK_INT(step(ANNA, "zurueckgeben", "rueckgabe").status, 303);
	CHECK_INT(count_of(returned), 1);
	CHECK_INT(count_of("SELECT count(*) FROM outbox"), 2);
}

TEST(nobody_is_told_what_she_did_herself_or_after_she_has_left)
{
	draft_world();
	run_sql("UPDATE decision SET author_id = 1 WHERE id = 2");
	CHECK_INT(step(ANNA, "einreichen", NULL).status, 303);
	CHECK_INT(step(ANNA, "zurueckgeben", "rueckgabe").status, 303);
	CHECK_INT(count_of(LETTERS), 0);
	run_sql("UPDATE decision SET author_id = 2 WHERE id = 2;"
		"UPDATE person SET status = 'suspended' WHERE id = 2");
	CHECK_INT(step(ANNA, "einreichen", NULL).status, 303);
	CHECK_INT(step(ANNA, "zurueckgeben", "rueckgabe").status, 303);
	CHECK_INT(count_of(LETTERS), 0);
}

TEST(returning_fails_whole)
{
	static const char all[] = "SELECT (SELECT count(*) FROM steering_event)"
				  " + (SELECT count(*) FROM outbox)";

	draft_world();
	CHECK_INT(step(BEN, "einreichen", NULL).status, 303);
	struct str back =
	    FORM(FIELD_STR("version", row_version("2")), FIELD("rueckgabe", "Noch nicht."));
	check_once(ANNA, DECISION_2_PAGE "/zurueckgeben", back, all);
	CHECK_INT(step(BEN, "einreichen", NULL).status, 303);
	back = FORM(FIELD_STR("version", row_version("2")), FIELD("rueckgabe", "Noch nicht."));
	check_failures(ANNA, DECISION_2_PAGE "/zurueckgeben", back, all);
}

/* v2, with these words, published ten minutes later. */
static void second_version(struct typed t)
{
	published_world();
	CHECK_STR(step(BEN, "ueberarbeiten", "aenderung").location,
		  S(DECISION_2_PAGE "/bearbeiten?meldung=vorlage-in-arbeit"));
	clock_set(FIXTURE_NOW + 600);
	CHECK_INT(post_as(BEN, DECISION_2_PAGE "/bearbeiten",
			  template_form(arena_cstr(test_arena, row_version("2")), t))
		      .status,
		  303);
	CHECK_INT(step(BEN, "einreichen", NULL).status, 303);
	CHECK_INT(step(ANNA, "veroeffentlichen", NULL).status, 303);
}

#define NEWEST(column)                                                                             \
	"SELECT " column " FROM decision_version WHERE decision_id = 2 ORDER BY version DESC"      \
	" LIMIT 1"

TEST(template_edited_after_publication_gets_a_new_version_and_time)
{
	second_version(TYPED(.resolution = "Wir zählen nur Linden."));
	CHECK_INT(count_of(NEWEST("version")), 2);
	CHECK_INT(count_of(NEWEST("counts_from")), FIXTURE_NOW + 600);
	CHECK_INT(count_of(NEWEST("editorial")), 0);
	CHECK_INT(count_of("SELECT count(DISTINCT sha256) FROM decision_version"
			   " WHERE decision_id = 2"),
		  2);
	CHECK_INT(count_of(RECORDS), 2);
	struct answer a = get_as(DORA, DECISION_2_PAGE "/fassungen?von=1&bis=2");
	CHECK(shows(&a, "[gestrichen: </span>alle Straßenbäume"));
	CHECK(shows(&a, "[eingefügt: </span>nur Linden"));
	a = get_as(DORA, DECISION_2_PAGE);
	CHECK(shows(&a, "Fassung 2") && shows(&a, "nur Linden"));
}

TEST(an_editorial_change_keeps_its_time)
{
	second_version(TYPED(.costs = "2.000 Euro", .editorial = "1"));
	CHECK_INT(count_of(NEWEST("counts_from")), FIXTURE_NOW);
	CHECK_INT(count_of(NEWEST("published_at")), FIXTURE_NOW + 600);
	CHECK_INT(count_of(NEWEST("editorial")), 1);
	struct answer a = get_as(DORA, DECISION_2_PAGE "/fassungen");
	CHECK(shows(&a, ", redaktionell"));
}

TEST(without_the_tick_the_same_resolution_counts_anew)
{
	second_version(TYPED(.costs = "2.000 Euro"));
	CHECK_INT(count_of(NEWEST("counts_from")), FIXTURE_NOW + 600);
}

TEST(a_change_of_resolution_or_majority_is_never_editorial)
{
	static const struct typed cases[] = {
	    {.resolution = "Wir zählen nur Linden."}, {.majority = "unanimous"}, {.min_yes = "3"}};

	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		published_world();
		CHECK_INT(step(BEN, "ueberarbeiten", "aenderung").status, 303);
		struct typed t = cases[i];
		t.editorial = "1";
		struct answer a =
		    post_as(BEN, DECISION_2_PAGE "/bearbeiten",
			    template_form(arena_cstr(test_arena, row_version("2")), t));
		CHECK_INT(a.status, 422);
		CHECK(shows(&a, "mehr als redaktionell") &&
		      shows(&a, "id=\"redaktionell-fehler\""));
		/* Ticked behind the form's back: publication looks at the words again. */
		t.editorial = NULL;
		CHECK_INT(post_as(BEN, DECISION_2_PAGE "/bearbeiten",
				  template_form(arena_cstr(test_arena, row_version("2")), t))
			      .status,
			  303);
		run_sql("UPDATE decision_version SET editorial = 1 WHERE decision_id = 2"
			" AND version = 2");
		clock_set(FIXTURE_NOW + 60);
		CHECK_INT(step(BEN, "einreichen", NULL).status, 303);
		CHECK_INT(step(ANNA, "veroeffentlichen", NULL).status, 303);
		CHECK_INT(count_of(NEWEST("counts_from")), FIXTURE_NOW + 60);
		CHECK_INT(count_of(NEWEST("editorial")), 0);
	}
}

TEST(every_failure_of_a_step_leaves_nothing)
{
	static const char returns[] = "SELECT count(*) FROM steering_event WHERE action = 'return'";

	draft_world();
	struct str version = FORM(FIELD_STR("version", row_version("2")));
	check_refusals(BEN, DECISION_2_PAGE "/einreichen", version, EVENTS);
	check_failures(BEN, DECISION_2_PAGE "/einreichen", version, EVENTS);
	struct str back =
	    FORM(FIELD_STR("version", row_version("2")), FIELD("rueckgabe", "Noch nicht."));
	check_refusals(ANNA, DECISION_2_PAGE "/zurueckgeben", back, returns);
	check_failures(ANNA, DECISION_2_PAGE "/zurueckgeben", back, returns);
}

/* Step, digest, register, letters: all or nothing. */
TEST(every_failure_while_publishing_leaves_nothing)
{
	static const char all[] =
	    "SELECT (SELECT count(*) FROM outbox) + (SELECT count(*) FROM register_record)"
	    " + (SELECT count(*) FROM register_seal) + (SELECT count(*) FROM steering_event)"
	    " + (SELECT count(*) FROM decision_version WHERE published_at IS NOT NULL)";

	draft_world();
	CHECK_INT(step(BEN, "einreichen", NULL).status, 303);
	struct str version = FORM(FIELD_STR("version", row_version("2")));
	check_refusals(ANNA, DECISION_2_PAGE "/veroeffentlichen", version, all);
	check_failures(ANNA, DECISION_2_PAGE "/veroeffentlichen", version, all);
}

TEST(a_double_click_publishes_once)
{
	draft_world();
	CHECK_INT(step(BEN, "einreichen", NULL).status, 303);
	check_once(ANNA, DECISION_2_PAGE "/veroeffentlichen",
		   FORM(FIELD_STR("version", row_version("2"))), RECORDS);
}

TEST(every_failure_while_revising_or_withdrawing_leaves_nothing)
{
	published_world();
	struct str form = FORM(FIELD_STR("version", row_version("2")), FIELD("aenderung", "Neu."));
	check_refusals(BEN, DECISION_2_PAGE "/ueberarbeiten", form, VERSIONS);
	check_failures(BEN, DECISION_2_PAGE "/ueberarbeiten", form, VERSIONS);
	form = FORM(FIELD_STR("version", row_version("2")), FIELD("rueckzug", "Erledigt."));
	check_refusals(BEN, DECISION_2_PAGE "/zurueckziehen", form, EVENTS);
	check_failures(BEN, DECISION_2_PAGE "/zurueckziehen", form, EVENTS);
}

TESTS_MAIN
