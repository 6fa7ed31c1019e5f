/* compare_test.c -- what changed between two versions. */
#include "fixtures.h"

#include "features/handbook/compare.h"
#include "features/handbook/handbook.h"

enum { MOST = 12 };

/* "a1" is block a with the wording 1. */
static struct manuscript text_of_blocks(const char *blocks)
{
	struct manuscript m = {.v = ARENA_ARRAY(test_arena, struct passage, MOST)};
	struct str rest = str_of(blocks), word;

	while (str_cut(&rest, ' ', &word)) {
		if (word.n < 2)
			continue;
		m.v[m.n++] = (struct passage){.block_id = word.p[0],
					      .text_id = word.p[0] * 100 + word.p[1],
					      .hash = word,
					      .audience = S("internal")};
	}
	return m;
}

/* "=a1 ~b1>b2 +c1 -d1 <e1": same, words, new, deleted, moved. */
static struct str compared(const char *from, const char *to)
{
	static const char signs[CHANGE_KINDS] = {'=', '~', '#', '<', '+', '-'};
	struct manuscript a = text_of_blocks(from), b = text_of_blocks(to);
	struct change *v;
	size_t n = compare(test_arena, &a, &b, &v);
	struct buf out = {.arena = test_arena};

	for (size_t i = 0; i < n; i++) {
		const struct passage *p = v[i].to != NULL ? v[i].to : v[i].from;
		buf_fmt(&out, "%s%c%.*s", i > 0 ? " " : "", signs[v[i].kind], ARG(p->hash));
	}
	return buf_str(&out);
}

TEST(blocks_are_the_same_changed_new_gone_or_moved)
{
	fixtures();
	CHECK_STR(compared("a1 b1 c1", "a1 b1 c1"), S("=a1 =b1 =c1"));
	CHECK_STR(compared("a1 b1 c1", "a1 b2 c1"), S("=a1 ~b2 =c1"));
	CHECK_STR(compared("a1 c1", "a1 b1 c1"), S("=a1 +b1 =c1"));
	CHECK_STR(compared("a1 b1 c1", "a1 c1"), S("=a1 -b1 =c1"));
	CHECK_STR(compared("a1 b1 c1 d1", "b1 c1 d1 a1"), S("=b1 =c1 =d1 <a1"));
	CHECK_STR(compared("", "a1"), S("+a1"));
	CHECK_STR(compared("a1", ""), S("-a1"));
	CHECK_STR(compared("", ""), S(""));
}

TEST(what_is_gone_stands_where_it_stood)
{
	fixtures();
	CHECK_STR(compared("x1 a1 y1 b1 z1", "a1 b1"), S("-x1 =a1 -y1 =b1 -z1"));
	CHECK_STR(compared("a1 x1 b1", "b1 n1 a1"), S("<b1 +n1 =a1 -x1"));
}

/* Whatever was done, every block of both sides is there exactly once, those of `to` in order. */
TEST(nothing_is_lost_or_doubled_in_a_thousand_random_versions)
{
	fixtures();
	for (unsigned seed = 1; seed <= 1000; seed++) {
		unsigned r = seed * 2654435761u;
		struct manuscript from = text_of_blocks("a1 b1 c1 d1 e1 f1"),
				  to = {.v = ARENA_ARRAY(test_arena, struct passage, MOST)};
		for (int i = 0; i < 6; i++, r = r * 1103515245u + 12345u) {
			size_t k = (r >> 16) % (from.n + 2);
			bool twice = false;
			for (size_t j = 0; k < from.n && j < to.n; j++)
				twice |= to.v[j].block_id == from.v[k].block_id;
			if (k < from.n && !twice)
				to.v[to.n++] = from.v[k];
			else if (k >= from.n)
				to.v[to.n++] =
				    (struct passage){.block_id = 1000 + i, .hash = S("new")};
		}
		struct change *v;
		size_t n = compare(test_arena, &from, &to, &v), next = 0, gone = 0, both = 0;
		for (size_t i = 0; i < n; i++) {
			if (v[i].to != NULL)
				CHECK(v[i].to == &to.v[next++]);
			gone += v[i].to == NULL;
			both += v[i].to != NULL && v[i].from != NULL;
		}
		CHECK_INT(next, to.n);
		CHECK_INT(gone + both, from.n);
	}
}

static void begin(const char *text)
{
	fixtures();
	CHECK_INT(db_begin_write(test_db, test_arena), OK);
	CHECK_INT(handbook_import(test_db, test_arena, str_of(text)), OK);
	CHECK_INT(db_commit(test_db), OK);
}

TEST(the_page_shows_words_that_changed)
{
	begin("# T\n\n## Kapitel\n\nJede Stadt entsendet drei Personen.\n");
	run_sql(
	    "UPDATE revision SET state = 'superseded' WHERE state = 'in_force';"
	    "INSERT INTO revision (id, document_id, major, minor, state, base_id, change,"
	    " created_at) SELECT 90, 1, 2, 0, 'in_force', id, 'content', 1 FROM revision"
	    " WHERE major = 1 AND state = 'superseded';"
	    "INSERT INTO block_text (id, block_id, kind, markdown, plain, html, hash, created_at)"
	    " SELECT 90, block_id, kind, 'Jede Stadt entsendet zwei <Personen>.',"
	    " 'Jede Stadt entsendet zwei <Personen>.', 'x', zeroblob(32), 1 FROM block_text"
	    " WHERE plain LIKE 'Jede Stadt%';"
	    "INSERT INTO revision_block SELECT 90, pos, section_uid, CASE WHEN block_text_id IN"
	    " (SELECT id FROM block_text WHERE block_id = (SELECT block_id FROM block_text WHERE"
	    " id = 90)) THEN 90 ELSE block_text_id END, list, number FROM revision_block"
	    " WHERE revision_id = (SELECT base_id FROM revision WHERE id = 90)");
	struct answer a = get_as(DORA, "/handbuch/vergleich");
	CHECK_INT(a.status, 200);
	CHECK(shows(&a, "2.0 gegenüber 1.0: 1 Absatz geändert."));
	CHECK(shows(&a, "<del><span class=\"hs-vorlesen\">[gestrichen: </span>drei"));
	CHECK(shows(&a, "<ins><span class=\"hs-vorlesen\">[eingefügt: </span>zwei"));
	CHECK(shows(&a, "&lt;") && !shows(&a, "<Personen>"));
	a = get_as(DORA, "/handbuch/vergleich?von=1-0&bis=2-0&ansicht=nebeneinander");
	CHECK(shows(&a, ">bisher<") &&
	      !shows(&a, "<del><span class=\"hs-vorlesen\">[gestrichen: </span>drei"));
	a = get_as(DORA, "/handbuch/vergleich?von=1-0&bis=2-0&ansicht=neu");
	CHECK(shows(&a, "zwei") && !shows(&a, "drei Personen"));
	a = get_as(DORA, "/handbuch/vergleich?von=2.0&bis=1.0");
	CHECK(shows(&a, "1.0 gegenüber 2.0"));
}

TEST(versions_that_are_not_there_or_not_for_the_viewer_are_404)
{
	begin("# T\n\n## Kapitel\n\nText.\n");
	CHECK_INT(get_as(DORA, "/handbuch/vergleich").status, 200);
	CHECK_INT(get_as(DORA, "/handbuch/vergleich?von=9-9").status, 404);
	CHECK_INT(get_as(DORA, "/handbuch/vergleich?von=1-0&bis=arbeitsfassung").status, 404);
	CHECK_INT(get_as(ANNA, "/handbuch/vergleich?von=1-0&bis=arbeitsfassung").status, 200);
	CHECK_INT(get_as(DORA, "/handbuch/kapitel?fassung=arbeitsfassung").status, 404);
	CHECK_INT(get_as(ANNA, "/handbuch/kapitel?fassung=arbeitsfassung").status, 200);
	CHECK_INT(get_as(DORA, "/handbuch/vergleich?von=1-0-entwurf-&bis=-").status, 404);
}

TESTS_MAIN
