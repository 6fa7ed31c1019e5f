/* purge_test.c -- words that data protection hid, answers their authors removed and drafts nobody
 * goes on with: after their term they are gone from the database. */
#include "feedback_world.h"

#include "features/people/retention.h"

#define SECRET "Geheimname Xaver"
enum { DAY = 86400 };

static void after_days(int days)
{
	run_sql("INSERT INTO retention VALUES ('session', 36500, 5, 1) ON CONFLICT DO NOTHING");
	clock_set(FIXTURE_NOW + (int64_t)days * DAY);
	CHECK_INT(retention_apply(test_db, test_arena), OK);
	clock_set(FIXTURE_NOW); /* sessions end otherwise */
}

/* "feedback_text.text reply.text": columns that hold the name; letters have a term of their own. */
static struct str where(void)
{
	struct str columns =
	    text_of("SELECT group_concat('SELECT ''' || m.name || '.' || c.name || ''' AS w FROM '"
		    " || m.name || ' WHERE ' || c.name || ' LIKE ''%Xaver%''', ' UNION ALL ')"
		    " FROM sqlite_master m, pragma_table_info(m.name) c WHERE m.type = 'table'"
		    " AND c.type = 'TEXT' AND m.name <> 'outbox'");
	struct str sql = arena_fmt(test_arena,
				   "SELECT coalesce(group_concat(w, ' '), '') FROM (SELECT DISTINCT"
				   " w FROM (%.*s) ORDER BY w)",
				   ARG(columns));

	return text_of(arena_cstr(test_arena, sql));
}

static struct str why(const char *reply)
{
	return FORM(FIELD_STR("schutz", str_of(reply)), FIELD("schutzgrund", "Ein Name."));
}

static void say(int64_t person, const char *text)
{
	CHECK_INT(post_as(person, "/feedback/1/antworten",
			  FORM(FIELD_STR("antwort", str_of(text)), FIELD("auf", "")))
		      .status,
		  303);
}

/* A suggestion that was edited, answered, decided and objected to: the name everywhere. */
static void named_everywhere(void)
{
	begin();
	give(JULE, "Erster",
	     GIVEN(.kind = "suggestion", .text = SECRET " war es.", .proposal = SECRET "."));
	CHECK_INT(
	    post_as(JULE, "/feedback/1/bearbeiten", FORM(FIELD("worte", SECRET " war es doch.")))
		.status,
	    303);
	say(BEN, SECRET " auch hier.");
	say(CEM, "Nichts weiter.");
	struct str version = text_of("SELECT row_version || '' FROM feedback");
	CHECK_INT(
	    post_as(ANNA, "/feedback/1/entscheidung",
		    decision("rejected", SECRET " ist gemeint.", arena_cstr(test_arena, version)))
		.status,
	    303);
	CHECK_INT(post_as(JULE, "/feedback/1/reaktion",
			  FORM(FIELD("reaktion", "objected"), FIELD("einwand", SECRET "!")))
		      .status,
		  303);
}

TEST(hidden_words_go_after_their_term_and_that_they_were_hidden_stays)
{
	named_everywhere();
	CHECK_INT(post_as(GRETA, "/feedback/1/ausblenden", why("")).status, 303);
	after_days(89);
	CHECK_STR(where(),
		  S("audit.after feedback.reason feedback.response_reason feedback_text.text"
		    " handbook_event.reason reply.text suggestion.markdown"));
	after_days(91);
	CHECK_STR(where(), S(""));
	CHECK_INT(count_of("SELECT count(*) FROM reply WHERE text = '(gelöscht)'"), 2);
	CHECK_STR(text_of("SELECT hidden_reason || hidden_by FROM feedback"), S("Ein Name.7"));
	CHECK_INT(count_of("SELECT count(*) FROM handbook_event WHERE action = 'hidden'"
			   " AND reason = 'Ein Name.'"),
		  1);
	/* Nothing is left to show again. */
	struct answer a = get_as(GRETA, "/feedback/1");
	CHECK(shows(&a, "Sie sind nach der Frist gelöscht.") && !shows(&a, "Wieder einblenden"));
	CHECK_INT(post_as(GRETA, "/feedback/1/einblenden", why("")).status, 409);
}

TEST(what_is_shown_again_in_time_stays)
{
	named_everywhere();
	CHECK_INT(post_as(GRETA, "/feedback/1/ausblenden", why("")).status, 303);
	struct answer a = get_as(GRETA, "/feedback/1");
	CHECK(shows(&a, "Wieder einblenden") && !shows(&a, "nach der Frist gelöscht"));
	after_days(80);
	CHECK_INT(post_as(GRETA, "/feedback/1/einblenden", why("")).status, 303);
	after_days(200);
	a = get_as(DORA, "/feedback/1");
	CHECK(shows(&a, SECRET " war es doch."));
}

TEST(a_single_answer_goes_hidden_or_removed)
{
	begin();
	give(JULE, "Erster", GIVEN(.kind = "question", .text = "Wie?"));
	say(BEN, SECRET " weiß es.");
	say(CEM, SECRET " nicht.");
	say(ANNA, "Danke.");
	CHECK_INT(post_as(GRETA, "/feedback/1/ausblenden", why("1")).status, 303);
	CHECK_INT(
	    post_as(CEM, "/feedback/1/antworten/entfernen", FORM(FIELD("nummer", "2"))).status,
	    303);
	after_days(89);
	CHECK_STR(where(), S("reply.text"));
	after_days(91);
	CHECK_STR(where(), S(""));
	CHECK_STR(text_of("SELECT group_concat(text, '|') FROM reply"),
		  S("(gelöscht)|(gelöscht)|Danke."));
	CHECK_STR(text_of("SELECT text FROM feedback_text"), S("Wie?"));
}

TEST(drafts_of_every_kind_go_after_a_year)
{
	static const char count[] =
	    "SELECT (SELECT count(*) FROM feedback_draft) || (SELECT count(*) FROM reply_draft)"
	    " || (SELECT count(*) FROM section_draft) || (SELECT count(*) FROM import_draft)";

	named_everywhere();
	run_sql("INSERT INTO feedback_draft SELECT 10, 1, id, '', '', '', '', 'Halb', '', '',"
		" 1795165200 FROM block LIMIT 1;"
		"INSERT INTO reply_draft VALUES (10, 1, NULL, 'Halb', 1795165200);"
		"INSERT INTO section_draft SELECT uid, 1, '', 'Halb', 1795165200 FROM block LIMIT"
		" 1;"
		"INSERT INTO import_draft (person_id, file_name, markdown, at) VALUES (1, '',"
		" 'Halb', 1795165200)");
	after_days(364);
	CHECK_STR(text_of(count), S("1111"));
	after_days(366);
	CHECK_STR(text_of(count), S("0000"));
}

/* Would the database let it happen? */
static bool allowed(const char *sql)
{
	CHECK_INT(db_begin_write(test_db, test_arena), OK);
	enum err err = db_run(test_db, sql, WITH_NOTHING, NULL);
	db_rollback(test_db);
	return err == OK;
}

TEST(no_other_way_changes_what_happened)
{
	named_everywhere();
	CHECK(!allowed("UPDATE handbook_event SET reason = 'anders' WHERE action = 'decided'"));
	CHECK(!allowed("UPDATE handbook_event SET action = '(gelöscht)' WHERE action = 'decided'"));
	CHECK(allowed("UPDATE handbook_event SET reason = '(gelöscht)' WHERE action = 'decided'"));
}

TEST(a_failing_database_is_tried_again)
{
	for (int n = 1; n < 80; n++) {
		named_everywhere();
		CHECK_INT(post_as(GRETA, "/feedback/1/ausblenden", why("")).status, 303);
		clock_set(FIXTURE_NOW + 100 * (int64_t)DAY);
		db_fail_after(test_db, n, E_INTERNAL);
		enum err err = retention_apply(test_db, test_arena);
		db_fail_after(test_db, 0, OK);
		CHECK_INT(retention_apply(test_db, test_arena), OK);
		CHECK_STR(where(), S(""));
		if (err == OK)
			return;
	}
	fail_msg("never got through");
}

TESTS_MAIN
