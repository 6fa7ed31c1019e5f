/* section_large_test.c -- a long section that loses many remarks at once. */
#include "lost_fields.h"

#include "features/handbook/handbook.h"
#include "upload.h"

#include <time.h>

enum { BLOCKS = 1500, ASKED = 200 };
#define WORKING "(SELECT id FROM revision WHERE state = 'working')"

/* The first blocks of a long section have a remark each and go; sends the section without them. */
static struct answer lose(int remarks, const char *rest_goes)
{
	struct buf text = {.arena = NULL};

	fixtures();
	text.arena = test_arena;
	buf_add(&text, S("# Probe\n\n## Lang\n\n"));
	for (int i = 0; i < BLOCKS; i++)
		buf_fmt(&text, "w%dx w%dy\n\n", i, i);
	CHECK_INT(db_begin_write(test_db, test_arena), OK);
	CHECK_INT(handbook_import(test_db, test_arena, buf_str(&text)), OK);
	CHECK_INT(db_commit(test_db), OK);
	for (int i = 1; i <= remarks; i++)
		run_sql(
		    arena_fmt(
			test_arena,
			"INSERT INTO feedback (id, document_id, number, kind, visibility,"
			" author_id, author_org, state, created_at) VALUES (%d, 1, %d, 'hint',"
			" 'project', 10, 'Lindheim', 'open', 1);"
			"INSERT INTO feedback_text VALUES (%d, 1, 'Hinweis', 1, 10);"
			"INSERT INTO anchor (feedback_id, revision_id, block_text_id, state, at)"
			" SELECT %d, " WORKING ", id, 'exact', 1 FROM block_text"
			" WHERE plain = 'w%dx w%dy'",
			i, i, i, i, i, i)
			.p);
	struct str uid = text_of("SELECT uid FROM revision_section WHERE revision_id = " WORKING);
	struct answer a =
	    get_as(ANNA, arena_fmt(test_arena, "/handbuch/bearbeiten?abschnitt=%.*s", ARG(uid)).p);
	struct str rest = str_from(a.body, str_find(a.body, S("name=\"stand\" value=\"")) + 20);
	struct str state = str_head(rest, str_find_char(rest, '"'));
	text.n = 0;
	buf_add(&text, S("## Lang\n\n"));
	for (int i = remarks + 1; i < BLOCKS; i++)
		buf_fmt(&text, "w%dx w%dy\n\n", i, i);
	struct str form = FORM(FIELD_STR("abschnitt", uid), FIELD_STR("stand", state),
			       FIELD_STR("text", buf_str(&text)));
	if (rest_goes == NULL)
		return post_as(ANNA, "/handbuch/bearbeiten", form);
	return post_keeping(ANNA, "/handbuch/bearbeiten",
			    arena_fmt(test_arena, "%.*s&ort-rest=%s", ARG(form), rest_goes));
}

TEST(many_remarks_losing_their_blocks_fit_on_one_page)
{
	struct answer a = lose(ASKED, NULL);
	CHECK_INT(a.status, 409);
	CHECK_INT(times(&a, "ohne Bezug behalten"), ASKED);
	CHECK(!shows(&a, "name=\"ort-rest\""));
	/* At most the blocks around each: a page that a browser and the worker can hold. */
	CHECK(a.body.n < 2 * 1024 * 1024);
}

static struct str hidden(const struct answer *a, const char *mark)
{
	size_t at = str_find(a->body, str_of(mark));
	struct str rest = str_from(a->body, at + strlen(mark));

	CHECK(at < a->body.n);
	return str_head(rest, str_find_char(rest, '"'));
}

static struct str uid;

static struct answer open_page(const char *page)
{
	struct answer a =
	    get_as(ANNA, arena_fmt(test_arena, "/handbuch/bearbeiten%s%s=%.*s", page,
				   str_find(str_of(page), S("?")) < strlen(page) ? "&abschnitt"
										 : "?abschnitt",
				   ARG(uid))
			     .p);

	CHECK_INT(a.status, 200);
	return a;
}

/* One chapter of so many paragraphs, each of so many bytes. */
static struct str chapter(int blocks, int bytes, const char *word)
{
	struct buf b = {.arena = test_arena};

	buf_add(&b, S("## Lang\n\n"));
	for (int i = 0; i < blocks; i++) {
		buf_fmt(&b, "Absatz %d sagt: ", i);
		for (int k = 16; k < bytes; k += 8)
			buf_fmt(&b, "%s%d ", word, (i * 31 + k) % 997);
		buf_add(&b, S("\n\n"));
	}
	return buf_str(&b);
}

static void long_chapter(int blocks, int bytes)
{
	fixtures();
	CHECK_INT(db_begin_write(test_db, test_arena), OK);
	CHECK_INT(handbook_import(test_db, test_arena,
				  arena_fmt(test_arena, "# Probe\n\n%.*s",
					    ARG(chapter(blocks, bytes, "wort")))),
		  OK);
	CHECK_INT(db_commit(test_db), OK);
	uid = text_of("SELECT uid FROM revision_section WHERE revision_id = " WORKING);
}

static struct answer send(const char *target, struct str state, struct str text)
{
	return upload_as(
	    ANNA, target,
	    PARTS(TEXT_PART("abschnitt", uid), TEXT_PART("stand", state), TEXT_PART("text", text)));
}

TEST(a_chapter_of_nearly_a_megabyte_is_edited_like_any_other)
{
	long_chapter(1900, 480);
	struct str next = chapter(1900, 500, "satz");
	CHECK(next.n > 900 * 1024 && next.n < MARKDOWN_DOCUMENT_BYTES);
	struct answer a = open_page("");
	struct str state = hidden(&a, "name=\"stand\" value=\"");
	CHECK(shows(&a, "enctype=\"multipart/form-data\"") && shows(&a, "Absatz 1899 sagt"));
	a = send("/handbuch/bearbeiten/vorschau", state, next);
	CHECK_INT(a.status, 200);
	CHECK(shows(&a, "<h3>Lang</h3><p>Absatz 0 sagt") && shows(&a, "<p>Absatz 1899 sagt"));
	CHECK_INT(send("/handbuch/bearbeiten/entwurf", state, next).status, 303);
	a = open_page("");
	CHECK(shows(&a, "Das ist dein Entwurf") && times(&a, "satz") > 1000);
	CHECK_INT(send("/handbuch/bearbeiten", S("alt"), next).status, 409);
	CHECK_INT(send("/handbuch/bearbeiten", state, next).status, 303);
	CHECK_INT(count_of("SELECT count(*) FROM revision_block WHERE revision_id = " WORKING),
		  1902);
}

TEST(order_and_audience_of_a_long_chapter_have_pages)
{
	long_chapter(1000, 16);
	struct answer a = open_page("/absaetze");
	CHECK_INT(times(&a, "name=\"fuer-"), 200);
	CHECK(shows(&a, "Seite 6</a>") && shows(&a, "aria-current=\"page\">Seite 1"));
	a = open_page("/absaetze?seite=6");
	CHECK_INT(times(&a, "name=\"fuer-"), 1);
	CHECK(!shows(&a, "runter-") && shows(&a, "hoch-"));
	struct str block = hidden(&a, "name=\"fuer-");
	struct str form =
	    FORM(FIELD_STR("abschnitt", uid), FIELD("seite", "6"),
		 FIELD_STR("stand", hidden(&a, "name=\"stand\" value=\"")), FIELD_STR("x", S("")));
	form = str_head(form, form.n - 3);
	form = arena_fmt(test_arena, "%.*s&fuer-%.*s=both&hoch-%.*s=1", ARG(form), ARG(block),
			 ARG(block));
	a = post_as(ANNA, "/handbuch/bearbeiten/absaetze", form);
	CHECK_INT(a.status, 303);
	CHECK(str_find(a.location, S("&seite=6")) < a.location.n);
	CHECK_INT(count_of("SELECT rb.pos FROM revision_block rb JOIN block_text t"
			   " ON t.id = rb.block_text_id WHERE t.audience = 'both'"
			   " AND rb.revision_id = " WORKING),
		  1001);
	/* The others keep what they had. */
	CHECK_INT(count_of("SELECT count(*) FROM revision_block rb JOIN block_text t"
			   " ON t.id = rb.block_text_id WHERE t.audience = 'internal'"
			   " AND rb.revision_id = " WORKING),
		  1001);
	a = post_as(ANNA, "/handbuch/bearbeiten/absaetze", form);
	CHECK_INT(a.status, 409);
	CHECK_INT(times(&a, "name=\"fuer-"), 1);
	a = open_page("/absaetze?seite=99");
	CHECK(shows(&a, "aria-current=\"page\">Seite 1"));
}

TEST(no_remark_loses_its_place_unasked)
{
	struct answer a = lose(ASKED + 37, NULL);
	CHECK_INT(a.status, 409);
	CHECK(shows(&a, "Weitere Rückmeldungen ohne Absatz: 37."));
	CHECK_INT(times(&a, "ohne Bezug behalten"), ASKED + 1);
	CHECK_INT(lose(ASKED + 37, "").status, 303);
	CHECK_INT(count_of("SELECT count(*) FROM anchor WHERE state = 'orphan' AND near_id IS NOT"
			   " NULL"),
		  ASKED + 37);
	CHECK_INT(lose(ASKED + 37, "davor").status, 303);
	CHECK_INT(count_of("SELECT count(*) FROM anchor WHERE state = 'orphan'"), ASKED);
	CHECK_INT(count_of("SELECT count(*) FROM anchor WHERE method = 'hand' AND by = 1"), 37);
}

/* Everything is written anew from three words, and each remark holds on to a long quote: the search
 * would find something alike everywhere.  Measured without sanitizers: 0.8 s for the whole save. */
TEST(a_save_with_thousands_of_lost_remarks_ends_in_time)
{
	enum { PARAGRAPHS = 100, HELD = 2000, WORDS = 150 };
	static const char *const words[] = {"der ", "die ", "das "};
	struct buf old = {.arena = NULL}, next = {.arena = NULL};
	unsigned seed = 1;

	fixtures();
	old.arena = next.arena = test_arena;
	buf_add(&old, S("# Probe\n\n## Lang\n\n"));
	buf_add(&next, S("## Lang\n\n"));
	for (int i = 0; i < 2 * PARAGRAPHS; i++) {
		struct buf *b = i % 2 ? &next : &old;
		for (int k = 0; k < WORDS; k++, seed = seed * 1103515245u + 12345u)
			buf_add(b, str_of(words[(seed >> 16) % 3]));
		buf_add(b, S("Ende.\n\n"));
	}
	CHECK_INT(db_begin_write(test_db, test_arena), OK);
	CHECK_INT(handbook_import(test_db, test_arena, buf_str(&old)), OK);
	CHECK_INT(db_commit(test_db), OK);
	run_sql("WITH RECURSIVE c(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM c WHERE i < 2000)"
		" INSERT INTO feedback (id, document_id, number, kind, visibility, author_id,"
		" author_org, state, created_at) SELECT i, 1, i, 'hint', 'project', 10, 'Lindheim',"
		" 'open', 1 FROM c;"
		"INSERT INTO feedback_text SELECT id, 1, 'Hinweis', 1, 10 FROM feedback;"
		"INSERT INTO anchor (feedback_id, revision_id, block_text_id, quote, prefix, start,"
		" length, state, at) SELECT f.id, " WORKING ", t.id, substr(t.plain, 21, 290),"
		" substr(t.plain, 1, 20), 20, 290, 'exact', 1 FROM feedback f JOIN block_text t"
		" ON t.kind = 'paragraph' AND t.id % 100 = f.id % 100");
	CHECK_INT(count_of("SELECT count(*) FROM anchor"), HELD);
	uid = text_of("SELECT uid FROM revision_section WHERE revision_id = " WORKING);
	struct answer a =
	    get_as(ANNA, arena_fmt(test_arena, "/handbuch/bearbeiten?abschnitt=%.*s", ARG(uid)).p);
	struct str rest = str_from(a.body, str_find(a.body, S("name=\"stand\" value=\"")) + 20);
	struct timespec begin, end;
	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &begin);
	a = post_keeping(ANNA, "/handbuch/bearbeiten",
			 FORM(FIELD_STR("abschnitt", uid),
			      FIELD_STR("stand", str_head(rest, str_find_char(rest, '"'))),
			      FIELD_STR("text", buf_str(&next))));
	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &end);
	CHECK_INT(a.status, 303);
	/* With sanitizers 3 s; without the budget 27 s. */
	CHECK(end.tv_sec - begin.tv_sec < 12);
	CHECK_INT(
	    count_of("SELECT count(*) FROM anchor WHERE state = 'orphan' AND near_id IS NULL"), 0);
}

TESTS_MAIN
