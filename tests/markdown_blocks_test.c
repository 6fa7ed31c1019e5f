/* markdown_blocks_test.c -- a document cut into blocks, its footnotes, and blocks that stand alone.
 */
#include "base/utf8.h"
#include "markdown_fixture.h"

/* ---- Footnotes ---- */

TEST(footnotes_link_both_ways_with_words_for_the_ear)
{
	struct str out = html(S("Text[^a] und[^a] und[^b].\n\n[^b]: Zwei\n[^a]: Eins\n"));
	size_t at = str_find(out, S("href=\"#"));
	struct str prefix = str_head(str_from(out, at + 7), 10);

	CHECK(prefix.p[0] == 't' && prefix.p[9] == '-');
	CHECK(has(out, arena_fmt(arena,
				 "<sup id=\"%.*sfnref-1\"><a href=\"#%.*sfn-1\">"
				 "<span class=\"hs-vorlesen\">Fußnote </span>1</a></sup>",
				 ARG(prefix), ARG(prefix))));
	CHECK(has(out, arena_fmt(arena, "id=\"%.*sfnref-1-2\"", ARG(prefix))));
	CHECK(has(out, arena_fmt(arena, "<li id=\"%.*sfn-1\"><p>Eins ", ARG(prefix))));
	CHECK(has(out, arena_fmt(arena,
				 "<li id=\"%.*sfn-2\"><p>Zwei "
				 "<a class=\"hs-zurueck\" href=\"#%.*sfnref-2\">"
				 "<span aria-hidden=\"true\">↩</span>"
				 "<span class=\"hs-vorlesen\">zurück zum Text</span></a></p>",
				 ARG(prefix), ARG(prefix))));
	CHECK(has(out, S("zurück zum Text, Stelle 2")));
}

TEST(two_texts_on_one_page_do_not_share_ids)
{
	struct str a = html(S("A[^1]\n\n[^1]: x")), b = html(S("B[^1]\n\n[^1]: x"));
	size_t at = str_find(a, S("id=\""));

	CHECK(!has(b, str_head(str_from(a, at), 14)));
}

TEST(a_mark_without_a_footnote_and_an_escaped_mark_stay_text)
{
	CHECK(has(html(S("a[^x] \\[^1] `[^1]` [^1](b)\n\n[^1]: c")),
		  S("a[^x] [^1] <code>[^1]</code>")));
	CHECK(has(html(S("[^1](b)\n\n[^1]: c")), S("</sup>(b)")));
	CHECK(has(html(S("**Satz.**[^1]\n\n[^1]: c")), S("<strong>Satz.</strong><sup")));
	CHECK(!has(html(S("[Wort[^1]](/x)\n\n[^1]: c")), S("<sup id")));
}

TEST(a_footnote_may_have_paragraphs_and_name_another)
{
	struct markdown_document d =
	    document(S("A[^1]\n\n[^1]: Eins\nzwei\n\n    Drei[^2]\n\n[^2]: Vier\n\nEnde\n"));

	CHECK_INT(d.count, 4);
	CHECK_STR(nth(&d, 1)->plain, S("Ende"));
	CHECK_STR(nth(&d, 2)->markdown, S("Eins\nzwei\n\nDrei[^2]"));
	CHECK_STR(nth(&d, 2)->plain, S("Eins zwei Drei"));
	CHECK_INT(nth(&d, 2)->number, 1);
	CHECK_STR(nth(&d, 3)->label, S("2"));
	CHECK_INT(nth(&d, 3)->line, 8);
}

TEST(footnotes_are_numbered_by_first_reference_across_blocks)
{
	struct markdown_document d = document(S("# Kapitel[^z]\n\n- Punkt[^a]\n\n| T[^z] |\n|-|\n\n"
						"[^a]: A\n[^z]: Z\n[^ü-1]: nie\n"));

	CHECK(has(nth(&d, 0)->html, S("id=\"fnref-1\"><a href=\"#fn-1\"")));
	CHECK_STR(nth(&d, 0)->plain, S("Kapitel"));
	CHECK(has(nth(&d, 1)->html, S("id=\"fnref-2\"><a href=\"#fn-2\"")));
	CHECK(has(nth(&d, 2)->html, S("id=\"fnref-1-2\"><a href=\"#fn-1\"")));
	CHECK_STR(nth(&d, 3)->label, S("z"));
	CHECK_STR(nth(&d, 4)->label, S("a"));
	CHECK_STR(nth(&d, 5)->label, S("ü-1"));
	CHECK_INT(nth(&d, 5)->number, 3);
	CHECK(!has(nth(&d, 5)->html, S("zurück")));
	CHECK_INT(warned(S("A\n\n[^q]: x"), S("nirgends genannt")), 3);
}

TEST(a_block_can_be_rendered_with_the_notes_of_its_page)
{
	struct markdown_note list[] = {{.label = S("x")}, {.label = S("y")}};
	struct markdown_notes notes = {.prefix = S("k2-"), .list = list, .count = 2};
	struct block b = {.kind = BLOCK_PARAGRAPH, .markdown = S("A[^y] B[^X]")};
	struct block note = {.kind = BLOCK_FOOTNOTE, .label = S("y"), .markdown = S("Y")};

	CHECK_INT(markdown_block(arena, &b, &notes), OK);
	CHECK(has(b.html, S("<sup id=\"k2-fnref-1\"><a href=\"#k2-fn-1\">")));
	CHECK_INT(list[0].number, 2);
	CHECK_INT(markdown_block(arena, &note, &notes), OK);
	CHECK_INT(note.number, 1);
	CHECK(has(note.html, S("href=\"#k2-fnref-1\"")));
	CHECK_INT(markdown_block(arena, &b, NULL), OK);
	CHECK_STR(b.html, S("A[^y] B[^X]"));
}

/* ---- Blocks ---- */

TEST(each_kind_of_block_keeps_its_own_source)
{
	struct markdown_document d = document(
	    S("Titel\n=====\n\n## Zwei ##\n\nAbsatz\nweiter\n\n> Zitat\n> > innen\nlose\n\n"
	      "```c\nint x;\n```\n\n***\n\n![B](/medien/b.png \"U\")\n"));

	CHECK_INT(d.count, 7);
	CHECK_STR(nth(&d, 0)->markdown, S("Titel"));
	CHECK_INT(nth(&d, 0)->level, 1);
	CHECK_STR(nth(&d, 1)->markdown, S("Zwei"));
	CHECK_INT(nth(&d, 1)->line, 4);
	CHECK_STR(nth(&d, 2)->html, S("Absatz\nweiter"));
	CHECK_STR(nth(&d, 2)->plain, S("Absatz weiter"));
	CHECK_STR(nth(&d, 3)->markdown, S("Zitat\n> innen\nlose"));
	CHECK_STR(nth(&d, 4)->markdown, S("```c\nint x;\n```"));
	CHECK_STR(nth(&d, 4)->html, S("int x;\n"));
	CHECK_INT(nth(&d, 5)->kind, BLOCK_RULE);
	CHECK_INT(nth(&d, 6)->kind, BLOCK_FIGURE);
	CHECK_STR(nth(&d, 6)->html, S("<img src=\"/medien/b.png\" alt=\"B\" loading=\"lazy\">"
				      "<figcaption>U</figcaption>"));
	CHECK_STR(nth(&d, 6)->plain, S("B U"));
}

TEST(each_list_item_is_a_block_with_its_own_paragraphs)
{
	struct markdown_document d = document(S("3. **A**\n\n   mehr\n   - B\n     - C\n4. D\n\n"
						"* E\n\n\t* F\n"));
	static const struct {
		int level, group;
		bool ordered;
		int number;
		const char *markdown;
	} want[] = {{1, 1, true, 3, "**A**\n\nmehr"},
		    {2, 1, false, 0, "B"},
		    {3, 1, false, 0, "C"},
		    {1, 1, true, 4, "D"},
		    {1, 2, false, 0, "E"},
		    {2, 2, false, 0, "F"}};

	CHECK_INT(d.count, 6);
	for (int i = 0; i < 6; i++) {
		struct block *b = nth(&d, i);
		CHECK_INT(b->kind, BLOCK_LIST_ITEM);
		CHECK_INT(b->level, want[i].level);
		CHECK_INT(b->group, want[i].group);
		CHECK_INT(b->ordered, want[i].ordered);
		CHECK_INT(b->number, want[i].number);
		CHECK_STR(b->markdown, str_of(want[i].markdown));
	}
	CHECK_STR(nth(&d, 0)->html, S("<p><strong>A</strong></p>\n<p>mehr</p>"));
	CHECK_STR(nth(&d, 1)->html, S("B"));
}

TEST(a_list_in_the_middle_of_an_item_stays_with_it)
{
	struct markdown_document d = document(S("- a\n  - b\n\n  c\n- ```\n  x\n  ```\n- - d\n"));

	CHECK_STR(nth(&d, 0)->markdown, S("a\n- b\n\nc"));
	CHECK_STR(nth(&d, 0)->plain, S("a b c"));
	CHECK_STR(nth(&d, 1)->markdown, S("```\nx\n```"));
	CHECK_STR(nth(&d, 2)->markdown, S(""));
	CHECK_STR(nth(&d, 3)->markdown, S("d"));
	CHECK_INT(nth(&d, 3)->level, 2);
	d = document(S("-     int x;\n\n  danach\n"));
	CHECK_STR(nth(&d, 0)->markdown, S("    int x;\n\ndanach"));
	CHECK(has(nth(&d, 0)->html, S("<pre class=\"hs-rollen\" tabindex=\"0\"><code>int x;")));
}

TEST(each_table_row_is_a_block_with_as_many_cells_as_the_head)
{
	struct markdown_document d =
	    document(S("davor\nA | B\n--|--\n1 \\| 2 | `3`\n| 4\n|5|6|7|8|\n"));

	CHECK_STR(nth(&d, 0)->markdown, S("davor"));
	CHECK_INT(nth(&d, 1)->kind, BLOCK_TABLE_HEAD);
	CHECK_INT(nth(&d, 1)->line, 2);
	CHECK_STR(nth(&d, 1)->html, S("<th class=\"kern-table__header\" scope=\"col\">A</th>"
				      "<th class=\"kern-table__header\" scope=\"col\">B</th>"));
	CHECK_STR(nth(&d, 2)->markdown, S("| 1 \\| 2 | `3` |"));
	CHECK_STR(nth(&d, 2)->html, S("<td class=\"kern-table__cell\">1 | 2</td>"
				      "<td class=\"kern-table__cell\"><code>3</code></td>"));
	CHECK_STR(nth(&d, 3)->markdown, S("| 4 | |"));
	CHECK_STR(nth(&d, 4)->plain, S("5 6 | 7 | 8"));
	CHECK_INT(nth(&d, 4)->group, nth(&d, 1)->group);
	CHECK_INT(nth(&d, 4)->line, 6);
	d = document(S("# A\n\ndavor\nnoch\n| B |\n|---|\n"));
	CHECK_STR(nth(&d, 1)->markdown, S("davor\nnoch"));
	CHECK_INT(nth(&d, 1)->line, 3);
	CHECK_INT(nth(&d, 2)->line, 5);
}

TEST(a_block_brings_the_link_definitions_that_it_names)
{
	struct markdown_document d = document(S("[x]: https://a.example\n\nSiehe [X] und [y].\n\n"
						"| [x] |\n|-|\n\n- [x]\n\nnichts\n"));

	CHECK_STR(nth(&d, 0)->markdown, S("Siehe [X] und [y].\n\n[x]: https://a.example"));
	for (int i = 0; i < 3; i++)
		CHECK(has(nth(&d, i)->html, S("href=\"https://a.example\"")));
	CHECK_STR(nth(&d, 2)->html, S("<a class=\"hs-extern\" href=\"https://a.example\">x</a>"));
	CHECK_STR(nth(&d, 3)->markdown, S("nichts"));
	d = document(S("a [x] [x]\n[y]: /kein-ziel\n\n[x]: /ziel\n"));
	CHECK_STR(nth(&d, 0)->markdown, S("a [x] [x]\n[y]: /kein-ziel\n\n[x]: /ziel"));
}

TEST(an_edited_block_stays_valid_inside_its_tag)
{
	struct block p = {.kind = BLOCK_PARAGRAPH, .markdown = S("a\n\n- b\n- c\n\n# d\n\n> e")};
	struct block row = {.kind = BLOCK_TABLE_ROW, .markdown = S("- a | b")};
	struct block h = {.kind = BLOCK_HEADING, .markdown = S("1. a")};
	struct block item = {.kind = BLOCK_LIST_ITEM, .markdown = S("- -")};

	CHECK_INT(markdown_block(arena, &p, NULL), OK);
	CHECK_STR(p.html, S("a<br>b<br>c<br>d<br>e"));
	CHECK_INT(markdown_block(arena, &row, NULL), OK);
	CHECK_STR(row.html, S("<td class=\"kern-table__cell\">- a</td>"
			      "<td class=\"kern-table__cell\">b</td>"));
	CHECK_INT(markdown_block(arena, &h, NULL), OK);
	CHECK_STR(h.html, S("1. a"));
	CHECK_INT(markdown_block(arena, &item, NULL), OK);
}

TEST(kinds_have_names_for_storing)
{
	enum block_kind kind;

	CHECK_STR(str_of(block_kind_name(BLOCK_LIST_ITEM)), S("list_item"));
	for (int i = BLOCK_HEADING; i <= (int)BLOCK_FOOTNOTE; i++) {
		CHECK(block_kind_named(str_of(block_kind_name((enum block_kind)i)), &kind));
		CHECK_INT(kind, i);
	}
	CHECK(!block_kind_named(S("List_item"), &kind));
}

/* ---- A block alone gives what the document gave ---- */

static uint32_t seed;

static unsigned dice(unsigned sides)
{
	seed = seed * 1664525u + 1013904223u;
	return (seed >> 16) % sides;
}

static void words(struct buf *b)
{
	static const char *const parts[] = {"Wort",        "Bürger*innen",
					    "**fett**",    "*kursiv*",
					    "`code*x`",    "[^1]",
					    "[^b]",        "[link](/x)",
					    "[r]",         "https://a.example/b.",
					    "~~weg~~",     "**",
					    "*",           "_",
					    "<b>",         "&amp;",
					    "\\*",         "[",
					    "]",           "![i](/medien/i.png)",
					    "a@b.example", "(",
					    ")",           "#",
					    "1.",          "-",
					    "ß",           "\"",
					    "<",           "\\|"};

	for (unsigned i = dice(8) + 1; i > 0; i--)
		buf_fmt(b, "%s%s", parts[dice(sizeof parts / sizeof *parts)], i > 1 ? " " : "");
}

static void lines_of(struct buf *b, const char *first, const char *next)
{
	for (unsigned i = 0, n = dice(3) + 1; i < n; i++) {
		buf_fmt(b, "%s", i == 0 ? first : next);
		words(b);
		buf_char(b, '\n');
	}
}

static struct str random_document(void)
{
	struct buf b = {.arena = arena};

	for (unsigned i = dice(12) + 1; i > 0; i--) {
		unsigned kind = dice(9);
		if (kind == 0)
			lines_of(&b, "## ", "");
		else if (kind == 1)
			lines_of(&b, "- ", "  ");
		else if (kind == 2)
			lines_of(&b, "- ", "  - ");
		else if (kind == 3)
			lines_of(&b, "7. ", "");
		else if (kind == 4)
			lines_of(&b, "> ", "");
		else if (kind == 5)
			lines_of(&b, "| a | b |\n|---|---|\n| ", "| x | ");
		else if (kind == 6)
			lines_of(&b, "```\n", "  ");
		else
			lines_of(&b, "", "");
		buf_add(&b, kind == 6 ? S("```\n") : dice(4) > 0 ? S("\n") : S(""));
	}
	buf_add(&b, S("\n[^1]: Eins [r] [^b]\n\n[^b]: Zwei\n\n[r]: https://r.example \"T\"\n"));
	return buf_str(&b);
}

TEST(rendering_a_block_again_gives_the_same)
{
	for (seed = 1; seed < 2000 * 7919u; seed += 7919u) {
		uint32_t started = seed;
		struct markdown_document d = document(random_document());
		struct markdown_note list[8] = {{.label = S("1")}, {.label = S("b")}};
		struct markdown_notes notes = {.list = list, .count = 2};
		for (struct block *b = d.blocks; b != NULL; b = b->next) {
			struct block again = {
			    .kind = b->kind, .markdown = b->markdown, .label = b->label};
			CHECK_INT(markdown_block(arena, &again, &notes), OK);
			CHECK_STR(again.html, b->html);
			CHECK_STR(again.plain, b->plain);
			CHECK(utf8_clean(again.html, true) && utf8_clean(again.plain, false));
		}
		arena_reset(arena);
		seed = started;
	}
}

TESTS_MAIN_WITH(before, after)
