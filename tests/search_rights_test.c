/* search_rights_test.c -- who finds which remark, and the words of which version. */
#include "search_world.h"

/* Feedback --------------------------------------------------------------------------------------
 */

/* Who of Lindheim's office, the author, a colleague, the administrator of the author's town, and
 * a reader, a reviewer and the chair of other towns finds it: "A" Anna, "B" Ben … */
static struct str finders(const char *target)
{
	static const struct {
		int64_t person;
		char letter;
	} people[] = {{ANNA, 'A'},  {BEN, 'B'}, {CEM, 'C'}, {DORA, 'D'},
		      {GRETA, 'G'}, {IVO, 'I'}, {JULE, 'J'}};
	struct buf b = {.arena = test_arena};

	for (size_t i = 0; i < sizeof people / sizeof people[0]; i++)
		if (finds(people[i].person, target))
			buf_char(&b, people[i].letter);
	return buf_str(&b);
}

TEST(each_remark_is_found_by_those_who_may_see_it)
{
	world();
	run_sql(REMARK(1, "project", "open", "offenkundig")
		    REMARK(2, "municipality", "open", "hausintern")
			REMARK(3, "editors", "open", "redaktionell")
			    REMARK(4, "project", "draft", "entworfen")
				REMARK(5, "project", "withdrawn", "widerrufen")
				    REMARK(6, "project", "open", "verborgen")
					REMARK(7, "municipality", "draft", "vorläufig"));
	run_sql("UPDATE feedback SET hidden_at = 5, hidden_by = 7, hidden_reason = 'Name' WHERE id "
		"= 6");
	index_all();
	CHECK_STR(finders("/suche?q=offenkundig"), S("ABCDGIJ"));
	CHECK_STR(finders("/suche?q=hausintern"), S("BG"));
	CHECK_STR(finders("/suche?q=redaktionell"), S("AB"));
	CHECK_STR(finders("/suche?q=entworfen"), S("B"));
	CHECK_STR(finders("/suche?q=widerrufen"), S("ABCDGIJ"));
	CHECK_STR(finders("/suche?q=verborgen"), S(""));
	CHECK_STR(finders("/suche?q=vorlaeufig"), S("B"));
	/* Released as a statement of the municipality. */
	run_sql("UPDATE feedback SET visibility = 'project' WHERE id = 2");
	CHECK_STR(finders("/suche?q=hausintern"), S("ABCDGIJ"));
}

TEST(what_is_invisible_does_not_even_take_a_place_in_the_list)
{
	world();
	for (int i = 1; i <= 30; i++)
		run_sql(arena_cstr(
		    test_arena,
		    arena_fmt(test_arena,
			      "INSERT INTO feedback (id, document_id, number, kind, visibility, "
			      "author_id,"
			      " municipality_id, author_org, state, created_at) VALUES (%d, 1, %d, "
			      "'hint',"
			      " '%s', 2, 2, 'Auental', 'open', 1);"
			      "INSERT INTO feedback_text VALUES (%d, 1, 'Kreisverkehr', 1, 2);",
			      i, i, i == 30 ? "project" : "municipality", i)));
	index_all();
	struct answer a = get_as(DORA, "/suche?q=Kreisverkehr");
	CHECK_INT(times(&a, "href=\"/feedback/"), 1);
	CHECK(shows(&a, "<a href=\"/feedback/30\">F-030</a>"));
	CHECK(!shows(&a, "Weitere"));
	a = get_as(GRETA, "/suche?q=Kreisverkehr");
	CHECK_INT(times(&a, "href=\"/feedback/"), 25);
	CHECK(shows(
	    &a, "/suche?q=Kreisverkehr&amp;in=rueckmeldungen&amp;seite=2\">Weitere Rückmeldungen"));
	a = get_as(GRETA, "/suche?q=Kreisverkehr&in=rueckmeldungen&seite=2");
	CHECK_INT(times(&a, "href=\"/feedback/"), 5);
	CHECK(!shows(&a, "Weitere") && shows(&a, "seite=1\">Vorige Treffer"));
	a = get_as(GRETA, "/suche?q=Kreisverkehr&in=handbuch");
	CHECK(shows(&a, "Nichts gefunden"));
	a = get_as(GRETA, "/suche?q=Kreisverkehr&in=rueckmeldungen&seite=3");
	CHECK(shows(&a, "Mehr Treffer gibt es hier nicht."));
	for (int i = 0; i < 4; i++) {
		static const char *const pages[] = {"0", "-1", "x", "99999999999999999999"};
		a = get_as(GRETA,
			   arena_cstr(test_arena,
				      arena_fmt(test_arena,
						"/suche?q=Kreisverkehr&in=rueckmeldungen&seite=%s",
						pages[i])));
		CHECK_INT(times(&a, "href=\"/feedback/"), 25);
	}
	a = get_as(GRETA, "/suche?q=Kreisverkehr&in=anderswo");
	CHECK_INT(a.status, 200);
}

TEST(a_remark_is_shown_with_its_place_its_state_and_the_words_that_were_found)
{
	world();
	run_sql(REMARK(
	    1, "project", "open",
	    "Wer ist zuständig & <b>wofür</b>?") "INSERT INTO anchor (feedback_id, revision_id, "
						 "first, block_text_id, state, at)"
						 " SELECT 1, rb.revision_id, 1, t.id, 'exact', 1 "
						 "FROM revision_block rb"
						 " JOIN block_text t ON t.id = rb.block_text_id "
						 "WHERE t.plain LIKE 'Die Hunde%';"
						 "INSERT INTO reply (id, feedback_id, number, "
						 "author_id, author_org, text, at) VALUES"
						 " (1, 1, 1, 1, 'Lindheim', 'Das Ordnungsamt.', "
						 "2), (2, 1, 2, 7, 'Auental', 'Geheimnis', 3);"
						 "UPDATE reply SET removed_at = 4 WHERE id = 2");
	index_all();
	struct answer a = get_as(DORA, "/suche?q=zustaendig");
	CHECK(shows(&a, "<a href=\"/feedback/1\">F-001</a>"));
	CHECK(shows(&a, "Frage aus <bdi>Auental</bdi> zu 1 <bdi>Einstieg</bdi>"));
	CHECK(shows(&a, ">neu</span>"));
	CHECK(shows(&a, "Wer ist <mark>zuständig</mark> &amp; &lt;b&gt;wofür"));
	a = get_as(DORA, "/suche?q=%22zustaendig+b+wofuer%22");
	CHECK(shows(&a, "<mark>zuständig &amp; &lt;b&gt;wofür</mark>"));
	a = get_as(DORA, "/suche?q=Ordnungsamt");
	CHECK(shows(&a, "Das <mark>Ordnungsamt</mark>."));
	CHECK(!finds(DORA, "/suche?q=Geheimnis"));
	CHECK(!shows(&a, "Geheimnis"));
}

TEST(long_discussions_are_searched_within_the_memory_of_a_request)
{
	world();
	run_sql("WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 26)"
		" INSERT INTO feedback (id, document_id, number, kind, visibility, author_id,"
		" municipality_id, author_org, state, created_at) SELECT i, 1, i, 'hint', "
		"'project', 2, 2,"
		" 'Auental', 'open', 1 FROM n;"
		"INSERT INTO feedback_text SELECT id, 1, 'Anfang', 1, 2 FROM feedback;"
		"WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 60)"
		" INSERT INTO reply (feedback_id, number, author_id, author_org, text, at)"
		" SELECT f.id, i, 1, 'Lindheim', replace(hex(zeroblob(1000)), '00', 'Wort ')"
		" || iif(i = 60, 'Ende', ''), 2 FROM feedback f, n");
	index_all();
	struct answer a = get_as(DORA, "/suche?q=anfang+ende&in=rueckmeldungen");
	CHECK_INT(times(&a, "<p><mark>Anfang</mark>"), 25);
	a = get_as(DORA, "/suche?q=ende&in=rueckmeldungen");
	CHECK_INT(times(&a, "Wort <mark>Ende</mark>"), 25);
}

TEST(a_removed_answer_is_not_found_any_more)
{
	world();
	run_sql(
	    REMARK(1, "project", "open", "Anfang") "INSERT INTO reply (id, feedback_id, number, "
						   "author_id, author_org, text, at) VALUES"
						   " (1, 1, 1, 1, 'Lindheim', 'Geheimnis', 2)");
	index_all();
	CHECK(finds(DORA, "/suche?q=Geheimnis"));
	run_sql("UPDATE reply SET removed_at = 4");
	CHECK_INT(db_begin_write(test_db, test_arena), OK);
	CHECK_INT(search_index_feedback(test_db, test_arena, 1), OK);
	CHECK_INT(db_commit(test_db), OK);
	CHECK(!finds(DORA, "/suche?q=Geheimnis"));
	CHECK(finds(DORA, "/suche?q=Anfang"));
}

/* Versions --------------------------------------------------------------------------------------
 */

/* A version with the paragraph "words" in the place of the one about taxes; its texts indexed. */
#define VERSION(id, major, draft, state, words)                                                    \
	"INSERT INTO revision (id, document_id, major, minor, draft, state, change, created_at)"   \
	" VALUES (" #id ", 1, " #major ", 0, " #draft ", '" state "', 'content', 1);"              \
	"INSERT INTO block_text (id, block_id, kind, markdown, plain, html, hash, created_at)"     \
	" SELECT 1000 + " #id ", block_id, 'paragraph', '" words "', '" words "', '" words         \
	"', hash, 1 FROM block_text WHERE plain LIKE 'Die Hunde%';"                                \
	"INSERT INTO revision_block (revision_id, pos, section_uid, block_text_id, list, number)"  \
	" SELECT " #id ", pos, section_uid, iif(t.plain LIKE 'Die Hunde%', 1000 + " #id ", t.id)," \
	" b.list, b.number FROM revision_block b JOIN block_text t ON t.id = b.block_text_id"      \
	" WHERE b.revision_id = 1;"                                                                \
	"INSERT INTO revision_section (revision_id, pos, uid, slug, number, title, words)"         \
	" SELECT " #id ", pos, uid, slug, number, title, words FROM revision_section"              \
	" WHERE revision_id = 1;"

TEST(words_of_the_working_copy_and_of_old_versions_are_found_by_nobody)
{
	world();
	run_sql(
	    "DELETE FROM revision_block WHERE revision_id IN (SELECT id FROM revision WHERE state "
	    "= 'working');"
	    "DELETE FROM revision_section WHERE revision_id IN (SELECT id FROM revision WHERE "
	    "state = 'working');"
	    "DELETE FROM revision WHERE state = 'working';" VERSION(50, 2, 0, "working",
								    "Arbeitsgeheimnis")
		VERSION(51, 0, 0, "superseded", "Altlast"));
	run_sql(VERSION(52, 2, 7, "dropped", "Verworfenes") VERSION(53, 2, 8, "reworking", "Umbau")
		    VERSION(54, 2, 9, "proposed", "Vorlagentext"));
	index_all();
	CHECK_STR(finders("/suche?q=Arbeitsgeheimnis"), S(""));
	CHECK_STR(finders("/suche?q=Altlast"), S(""));
	CHECK_STR(finders("/suche?q=Verworfenes"), S(""));
	CHECK_STR(finders("/suche?q=Umbau"), S(""));
	CHECK_STR(finders("/suche?q=Vorlagentext"), S(""));
	CHECK_STR(finders("/suche?q=Hundesteuer"), S("ABCDGIJ"));
}

TEST(a_version_in_review_is_named_where_only_it_has_the_words)
{
	world();
	run_sql(VERSION(60, 2, 1, "in_review", "Katzensteuer"));
	index_all();
	struct answer a = get_as(DORA, "/suche?q=Katzensteuer");
	struct str uid = UID_OF("Die Hunde");
	struct str link = arena_fmt(
	    test_arena,
	    "<a href=\"/handbuch/einstieg?absatz=%.*s&amp;fassung=2-0-entwurf-1#b-%.*s\">",
	    ARG(uid), ARG(uid));

	CHECK(shows(&a, arena_cstr(test_arena, link)));
	CHECK(shows(&a, "in Rückmeldung: Version 2.0, Entwurf 1"));
	CHECK_INT(get_as(DORA, "/handbuch/einstieg?fassung=2-0-entwurf-1").status, 200);
	/* The same words in both versions are one hit, in the version in force. */
	a = get_as(DORA, "/suche?q=Danach");
	CHECK_INT(times(&a, "<mark>Danach</mark>"), 1);
	CHECK(!shows(&a, "in Rückmeldung"));
	a = get_as(DORA, "/suche?q=steuer");
	CHECK_INT(times(&a, "<mark>steuer</mark>"), 2);
}

TESTS_MAIN
