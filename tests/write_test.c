/*
 * write_test.c -- blocks back to Markdown: each kind in its marks, and the law that reading what
 * was written gives the same blocks.
 */
#include "markup/write.h"

#include "base/file.h"
#include "markdown_fixture.h"

static struct str written(const struct markdown_document *d)
{
	const struct block **blocks = ARENA_ARRAY(arena, const struct block *, d->count);
	size_t n = 0;

	for (const struct block *b = d->blocks; b != NULL; b = b->next)
		blocks[n++] = b;
	return markdown_write(arena, blocks, n);
}

static bool same(const struct block *a, const struct block *b)
{
	bool together = a->next != NULL && b->next != NULL;

	return a->kind == b->kind && a->level == b->level && a->ordered == b->ordered &&
	       a->number == b->number && str_eq(a->markdown, b->markdown) &&
	       str_eq(a->plain, b->plain) && str_eq(a->html, b->html) &&
	       str_eq(a->label, b->label) &&
	       (!together || (a->group == a->next->group) == (b->group == b->next->group));
}

/* Checks the law; returns what was written. */
static struct str kept(struct str source)
{
	struct markdown_document first = document(source);
	struct str text = written(&first);
	struct markdown_document second = document(text);
	const struct block *a = first.blocks, *b = second.blocks;

	for (; a != NULL && b != NULL && same(a, b); a = a->next)
		b = b->next;
	if (a != NULL || b != NULL) {
		print_error("source:\n%.*s\nwritten:\n%.*s\n%s \"%.*s\"\n%s \"%.*s\"\n",
			    ARG(source), ARG(text), a == NULL ? "-" : block_kind_name(a->kind),
			    ARG(a == NULL ? S("") : a->markdown),
			    b == NULL ? "-" : block_kind_name(b->kind),
			    ARG(b == NULL ? S("") : b->markdown));
		fail();
	}
	CHECK_STR(written(&second), text);
	return text;
}

/* A text that is already as it would be written. */
#define CHECK_KEPT(source) CHECK_STR(kept(S(source)), S(source))

/* ---- Each kind ---- */

TEST(each_kind_is_written_in_its_own_marks)
{
	CHECK_KEPT(
	    "# Eins\n\n###### Sechs\n\nEin Absatz\nmit zwei Zeilen  \nund Umbruch.\n\n---\n\n"
	    "> Zitat\n>\n> > darin\n> - Liste\n\n```c\nint x;\n\n    x++;\n```\n\n"
	    "![Bild](/medien/a.png \"Titel\")\n\nEnde\n");
	CHECK_STR(kept(S("Titel\n===\n\n Text\n***\n")), S("# Titel\n\nText\n\n---\n"));
	CHECK_STR(kept(S("")), S(""));
}

TEST(lists_are_indented_by_the_width_of_their_marks)
{
	CHECK_KEPT("- a\n  - b\n    - c\n  - d\n- e\n");
	CHECK_KEPT("1. a\n   - b\n     weiter\n\n     noch\n2. c\n   1. d\n   2. e\n");
	CHECK_KEPT("9. a\n10. b\n    - c\n");
	CHECK_KEPT("0. a\n1. b\n");
	CHECK_KEPT("- a\n\n  3. b\n  4. c\n");
	CHECK_KEPT("- [ ] offen\n- [x] fertig\n");
	CHECK_KEPT("- a\n\n  ```\n  code\n\n  mehr\n  ```\n\n  > Zitat\n\n  - b\n- c\n");
	CHECK_STR(kept(S("* a\n\n* b\n\n    * c\n")), S("- a\n- b\n  - c\n"));
}

TEST(items_without_words_stay_items)
{
	CHECK_KEPT("-\n- a\n-\n");
	CHECK_KEPT("-\n  - a\n");
	CHECK_KEPT("1.\n   -\n     - a\n");
	CHECK_KEPT("- a\n\n  -\n");
	CHECK_STR(kept(S("* ---\n* b\n")), S("-\n  ---\n- b\n"));
	CHECK_STR(kept(S("+ * * *\n+ ---\n")), S("- * * *\n-\n  ---\n"));
	CHECK_STR(kept(S("-\n    ```\n    x\n    ```\n")), S("-\n    ```\n    x\n    ```\n"));
	CHECK_STR(kept(S("-     code\n\n  danach\n")), S("-     code\n\n  danach\n"));
}

TEST(neighbouring_lists_do_not_melt_into_one)
{
	CHECK_KEPT("- a\n- b\n\n* c\n\n- d\n  - e\n\n* f\n");
	CHECK_KEPT("1. a\n\n1) b\n\n1. c\n");
	CHECK_KEPT("- a\n\n1. b\n\n- c\n\nText\n\n- d\n");
	CHECK_KEPT("- a\n  1. b\n  5) c\n  - d\n");
}

TEST(tables_get_their_line_of_dashes)
{
	CHECK_KEPT("| A | B |\n| --- | --- |\n| 1 \\| 2 | |\n| `3` | [x](/y) |\n\n"
		   "| C |\n| --- |\n\n| D |\n| --- |\n| 4 |\n");
	CHECK_STR(kept(S("A | B\n:-- | --:\n1 | 2 | 3\n")),
		  S("| A | B |\n| --- | --- |\n| 1 | 2 \\| 3 |\n"));
}

TEST(footnotes_come_last_with_their_lines_indented)
{
	CHECK_KEPT("Text[^a] und[^b].\n\n[^a]: Eins\n    weiter\n\n    - Liste\n    - darin\n\n"
		   "[^b]: Zwei [Ziel]\n\n[Ziel]: https://a.example \"Titel\"\n");
	CHECK_STR(kept(S("A[^1]\n\n[^1]: x\n\nB[^2]\n\n[^2]:\n    y\n")),
		  S("A[^1]\n\nB[^2]\n\n[^1]: x\n\n[^2]:\n    y\n"));
}

TEST(link_definitions_are_gathered_once)
{
	CHECK_STR(
	    kept(S("[a]: /x\n\n# Zu [a]\n\n- [b] und [A]\n\n| [b] |\n|-|\n\n[b]: /y\n[c]: /z\n")),
	    S("# Zu [a]\n\n- [b] und [A]\n\n| [b] |\n| --- |\n\n[a]: /x\n[b]: /y\n"));
	CHECK_STR(kept(S("[a] [a]\n\n[a]: /x\n[a]: /y\n")), S("[a] [a]\n\n[a]: /x\n"));
	CHECK_STR(kept(S("[a]\n\n[a]:\n  /x\n")), S("[a]\n\n[a]: /x\n"));
}

/* ---- What edited blocks and selections become ---- */

static struct str written_blocks(const struct block *blocks, size_t n)
{
	const struct block **list = ARENA_ARRAY(arena, const struct block *, n);

	for (size_t i = 0; i < n; i++)
		list[i] = &blocks[i];
	return markdown_write(arena, list, n);
}

TEST(one_label_with_two_addresses_becomes_two_labels)
{
	const struct block blocks[] = {
	    {.kind = BLOCK_PARAGRAPH, .markdown = S("[a] [b-7]\n\n[a]: /x")},
	    {.kind = BLOCK_PARAGRAPH,
	     .markdown = S("[a] `[a]` \\[a] [a][] [w][a] [a](/i)\n\n[a]: /y")},
	    {.kind = BLOCK_PARAGRAPH, .markdown = S("[c]\n\n[c]: /z")},
	    {.kind = BLOCK_QUOTE, .markdown = S("[c]")}};
	struct str text = written_blocks(blocks, 4);
	struct markdown_document d = document(text);

	CHECK_STR(text, S("[a] [b-7]\n\n[a][a-8] `[a]` \\[a] [a][a-8] [w][a-8] [a](/i)\n\n"
			  "[c][c-9]\n\n> [c]\n\n[a]: /x\n[a-8]: /y\n[c-9]: /z\n"));
	CHECK_STR(nth(&d, 1)->html,
		  S("<a href=\"/y\">a</a> <code>[a]</code> [a] <a href=\"/y\">a</a> "
		    "<a href=\"/y\">w</a> <a href=\"/i\">a</a>"));
	CHECK_STR(nth(&d, 2)->html, S("<a href=\"/z\">c</a>"));
	CHECK_STR(nth(&d, 3)->html, S("<p>[c]</p>"));
}

TEST(a_selection_of_blocks_reads_as_well_as_it_can)
{
	const struct block blocks[] = {
	    {.kind = BLOCK_TABLE_ROW, .group = 1, .markdown = S("| 1 | 2 |")},
	    {.kind = BLOCK_TABLE_ROW, .group = 1, .markdown = S("3 | 4")},
	    {.kind = BLOCK_FOOTNOTE, .label = S("n"), .markdown = S("Fuß")},
	    {.kind = BLOCK_LIST_ITEM, .group = 2, .level = 3, .markdown = S("tief")},
	    {.kind = BLOCK_LIST_ITEM, .group = 2, .level = 1, .markdown = S("oben")},
	    {.kind = BLOCK_CODE, .markdown = S("x = `y`")},
	    {.kind = BLOCK_CODE, .markdown = S("~~~\noffen")},
	    {.kind = BLOCK_HEADING, .level = 9, .markdown = S("C #")}};

	CHECK_STR(written_blocks(blocks, 8),
		  S("| | |\n| --- | --- |\n| 1 | 2 |\n| 3 | 4\n\n- tief\n- oben\n\n"
		    "```\nx = `y`\n```\n\n~~~\noffen\n~~~\n\n###### C # #\n\n[^n]: Fuß\n"));
}

/* ---- The law ---- */

TEST(the_handbook_of_the_demo_stays_as_it_is)
{
	struct str text;

	CHECK(file_read(arena, "schema/demo_handbuch.md", MARKDOWN_BYTES, &text));
	kept(text);
}

TEST(nasty_documents_stay_as_they_are)
{
	static const char *const sources[] = {
	    "a\n    - b\n    # c\n        d\n", /* far from the margin: words */
	    "- a\nfaul\n    # b\n\n  c\n",      /* lazy lines */
	    "> a\nfaul\n    > b\n> c\n",
	    "a #\n===\n\n#b\n---\n\n# c \\#\n\n## d ##\n",
	    "    code\n\n      mehr\n\n[a]: /x\n\n    nach [a]\n",
	    "  ```\n  a\n    ```\n   b\n",
	    "- ```\n  a\n\nText[^1]\n\n[^1]: Note\n", /* a fence that its item ends */
	    "- a\n\n  ```\n  b\n  ```\n\n[c]\n\n[c]: /d\n",
	    "<div>\n- a\n</div>\n\n<p>\n[a]: /b\n</p>\n\n<i>\n&lt;x> <<b>y>\n</i>\n",
	    "<pre>\n```\n\n</pre>\n\na[^1]\n\n[^1]: b\n",
	    "<!-- - -->\n- a\n\n<!-- -->\n\n- b\n\n<!-- -->\n\n    c\n",
	    "a[^1]\n\n[^1]: b\n\n[^1]: c\n", /* the second stays text */
	    "10. a\n\n    [^1]: b\n\n    [c]: /d\n\n[c] [^1]\n",
	    "> a [b]\n>\n> [b]: /c\n\n[d]:\n/e\n\n[d]\n",
	    "---\n[a]: /b\n\n[a]\n",
	    "[a]: /b junk\n\n[c]: )\n\n[a] [c]\n",
	    "|\n:-\n|-\n\na\nb | c\n-|-\n",
	    "1. a\n\n   2. b\n\n999999999. c\n\n- d\n",
	    "- a\n\n      code\n- b\n\n  | c |\n  |-|\n  | d |\n\n  - e\n",
	    "- <div>\n\n  - a\n- [ ] \n  - b\n",
	    "* a\n  * * *\n* b\n\n  c\n  ===\n",
	    "\xef\xbb\xbf# a\n\n\xef\xbb\xbf"
	    "b\n\n\x01\tc\n\n1.\t\td\n",
	    "Bürger*innen\n*\n\n**a*b\n\n\\# a\n\n\\- b\n\n1\\. c\n\n\\[^1]: d\n",
	    "999999999. a\n1. b\n",
	    "[r]\n\n- <!-- [r]\n\n  [r]: /u\n\n[r]: /v\n",
	    "- - - a\n- 1. - b\n- > c\n  > d\n- # e\n",
	};

	for (size_t i = 0; i < sizeof sources / sizeof *sources; i++)
		kept(str_of(sources[i]));
}

/* ---- Random documents ---- */

static uint32_t seed;

static unsigned dice(unsigned sides)
{
	seed = seed * 1664525u + 1013904223u;
	return (seed >> 16) % sides;
}

static struct str one_of(const char *const *list, size_t n)
{
	return str_of(list[dice((unsigned)n)]);
}
#define ONE_OF(...)                                                                                \
	one_of((const char *const[]){__VA_ARGS__},                                                 \
	       sizeof((const char *const[]){__VA_ARGS__}) / sizeof(char *))

static void words(struct buf *b)
{
	for (unsigned n = dice(6) + 1; n > 0; n--) {
		struct str word = ONE_OF("Wort", "Rat*innen", "**fett**", "`a*b`", "[^1]", "[^b]",
					 "[x](/y)", "[r]", "[s]", "![i](/medien/i)", "*", "_",
					 "<b>", "\\*", "[", "]", "#", "1.", "-", "ß", "|", "\\|",
					 "> ", "``", "===", "2)", "+", "&lt;", "~~x~~", "---");
		buf_fmt(b, "%.*s%s", ARG(word), n > 1 ? " " : "");
	}
	buf_char(b, '\n');
}

/* The lines of `text` behind `first`, then behind `next`. */
static void behind(struct buf *b, struct str text, struct str first, struct str next)
{
	struct str line;

	for (bool begun = false; str_cut(&text, '\n', &line) && (line.n > 0 || text.p != NULL);
	     begun = true)
		buf_fmt(b, "%.*s%.*s\n", ARG(begun ? (line.n > 0 ? next : str_trim(next)) : first),
			ARG(line));
}

static struct str blocks(int depth);

static void list(struct buf *b, int depth)
{
	struct str mark = ONE_OF("- ", "* ", "+  ", "1. ", "3) ", "-    ", "10. ");
	struct str indent = str_head(S("                "), mark.n);

	for (unsigned n = dice(3) + 1; n > 0; n--) {
		behind(b, dice(8) == 0 ? S("\n") : blocks(depth - 1), mark, indent);
		buf_add(b, dice(3) == 0 ? S("\n") : S(""));
	}
}

static void lines(struct buf *b)
{
	words(b);
	for (unsigned n = dice(3); n > 0; n--) {
		buf_add(b, ONE_OF("", "", "", "  ", "    ", "        "));
		words(b);
	}
}

static void block(struct buf *b, int depth)
{
	struct buf inner = {.arena = arena};
	unsigned kind = dice(depth > 0 ? 15 : 11);

	lines(&inner);
	if (kind < 4)
		buf_add(b, buf_str(&inner));
	else if (kind == 4)
		behind(b, buf_str(&inner), S("## "), S(""));
	else if (kind == 5)
		buf_fmt(b, "%.*s%.*s\n", ARG(buf_str(&inner)),
			ARG(ONE_OF("===", "-", "***", "--- ")));
	else if (kind == 6)
		buf_fmt(b, "%.*s\n%.*s%.*s\n", ARG(ONE_OF("```", "~~~~ c", "  ```")),
			ARG(buf_str(&inner)), ARG(ONE_OF("```", "~~~~", "", "    ```")));
	else if (kind == 7)
		behind(b, buf_str(&inner), S("    "), S("    "));
	else if (kind == 8)
		behind(b, buf_str(&inner), S("| a | b |\n|---|---|\n| "), S("| x | "));
	else if (kind == 9)
		buf_fmt(b, "%.*s\n%.*s%.*s\n", ARG(ONE_OF("<div>", "<i>", "<!--", "<pre>")),
			ARG(buf_str(&inner)), ARG(ONE_OF("</div>", "-->", "</pre>", "")));
	else if (kind == 10)
		buf_add(b, ONE_OF("![B](/medien/b.png)\n", "[r]: /r\n", "[^1]: Eins [r]\n",
				  "[s]:\n/s\n", "[^b]: zwei\n\n    drei\n"));
	else if (kind == 11)
		behind(b, blocks(depth - 1), S("> "), dice(4) == 0 ? S("") : S("> "));
	else
		list(b, depth);
}

static struct str blocks(int depth)
{
	struct buf b = {.arena = arena};

	for (unsigned n = dice(depth > 2 ? 7 : 3) + 1; n > 0; n--) {
		block(&b, depth);
		buf_add(&b, dice(4) > 0 ? S("\n") : S(""));
	}
	return buf_str(&b);
}

/* As a hasty hand leaves it: a sign too many here, a blank or a line end too few there. */
static struct str damaged(struct str text)
{
	struct buf b = {.arena = arena};

	for (size_t i = 0; i < text.n; i++) {
		if (dice(60) == 0)
			buf_add(&b, ONE_OF(" ", "\n", "\t", "-", "#", "`", "|", ">", "[", "    "));
		if (dice(60) > 0)
			buf_char(&b, text.p[i]);
	}
	return buf_str(&b);
}

TEST(random_documents_stay_as_they_are)
{
	uint32_t runs = 4000;

	for (uint32_t run = 0; run < runs; run++) {
		seed = run * 7919u + 1;
		struct str text = blocks(3);
		kept(run % 2 == 0 ? text : damaged(text));
		arena_reset(arena);
	}
}

TESTS_MAIN_WITH(before, after)
