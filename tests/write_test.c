/* write_test.c -- blocks back to Markdown: what is read again is what was written. */
#include "markdown_fixture.h"

#include "markup/write.h"

#include "base/file.h"

static struct str written(const struct markdown_document *doc)
{
	const struct block **v = ARENA_ARRAY(arena, const struct block *, doc->count);
	size_t n = 0;

	for (const struct block *b = doc->blocks; b != NULL; b = b->next)
		v[n++] = b;
	return markdown_write(arena, v, n);
}

/* The law of write.h. */
static void check_law(struct str source)
{
	struct markdown_document first, again;

	CHECK_INT(markdown_document(arena, source, &first), OK);
	struct str text = written(&first);
	CHECK_INT(markdown_document(arena, text, &again), OK);
	CHECK_INT(again.count, first.count);
	const struct block *b = again.blocks;
	for (const struct block *a = first.blocks; a != NULL; a = a->next, b = b->next) {
		CHECK_INT(b->kind, a->kind);
		CHECK_INT(b->level, a->level);
		CHECK_INT(b->ordered, a->ordered);
		CHECK_INT(b->number, a->number);
		CHECK_STR(b->plain, a->plain);
		CHECK_STR(b->html, a->html);
		CHECK_STR(b->label, a->label);
	}
	CHECK_STR(written(&again), text);
}

TEST(every_kind_of_block_comes_back)
{
	check_law(S("# Titel\n\nAbsatz mit **fett** und Bürger*innen.\n\n## Zwei\n\n"
		    "- eins\n- zwei\n  - zwei a\n  - zwei b\n- drei\n\n1. erstens\n2. zweitens\n\n"
		    "| A | B |\n| --- | --- |\n| 1 | 2 |\n| 3 | 4 |\n\n> Zitat\n> zweite Zeile\n\n"
		    "```\ncode mit # und -\n```\n\n---\n\nEnde.[^a]\n\n[^a]: Anmerkung\n"));
}

TEST(neighbouring_lists_stay_apart)
{
	check_law(S("- a\n- b\n\n* c\n* d\n\n1. e\n\n1) f\n"));
}

TEST(links_from_elsewhere_and_marks_at_line_starts_survive)
{
	check_law(S("Text mit [Verweis][v] und\n\\# keiner Überschrift\n\n- Punkt [zwei][v]\n\n"
		    "[v]: https://stadt.example/seite\n"));
	check_law(S("3\\. Kein Listenpunkt\n\n\\- auch nicht\n\n\\> und kein Zitat\n"));
}

TEST(the_handbook_of_the_demo_comes_back)
{
	struct str text;

	CHECK(file_read(arena, "schema/demo_handbuch.md", MARKDOWN_DOCUMENT_BYTES, &text));
	check_law(text);
}

/* Pieces in random order, thousands of times. */
TEST(documents_put_together_at_random_come_back)
{
	static const char *const pieces[] = {"## Überschrift\n\n",
					     "### Kleiner\n\n",
					     "Ein Absatz mit Worten.\n\n",
					     "Noch *einer* mit `code`.\n\n",
					     "- eins\n- zwei\n\n",
					     "- a\n  - b\n    - c\n- d\n\n",
					     "1. eins\n2. zwei\n\n",
					     "| A | B |\n| --- | --- |\n| x | y |\n\n",
					     "> Zitat\n\n",
					     "```\nText\n```\n\n",
					     "---\n\n"};
	uint32_t seed = 1;

	for (int run = 0; run < 3000; run++) {
		struct arena *kept = arena;
		arena = arena_new(64u << 20);
		struct buf b = {.arena = arena};
		for (int i = 0; i < 6; i++) {
			seed = seed * 1664525u + 1013904223u;
			buf_add(&b,
				str_of(pieces[(seed >> 16) % (sizeof pieces / sizeof pieces[0])]));
		}
		check_law(buf_str(&b));
		arena_free(arena);
		arena = kept;
	}
}

TESTS_MAIN_WITH(setup, teardown)
