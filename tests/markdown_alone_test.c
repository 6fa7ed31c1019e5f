/*
 * markdown_alone_test.c -- what a person edits of a block: its text alone says what it is, wherever
 * it is put; and definitions count for the whole document, wherever they stand.
 */
#include "markdown_fixture.h"

/* ---- The text of a block ---- */

struct want {
	const char *source;
	int block;
	enum block_kind kind;
	const char *markdown;
};

static void check_texts(const struct want *want, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		struct markdown_document d = document(str_of(want[i].source));
		struct block *b = nth(&d, want[i].block);
		CHECK_INT(b->kind, want[i].kind);
		CHECK_STR(b->markdown, str_of(want[i].markdown));
	}
}
#define CHECK_TEXTS(...)                                                                           \
	check_texts((const struct want[]){__VA_ARGS__},                                            \
		    sizeof((const struct want[]){__VA_ARGS__}) / sizeof(struct want))

TEST(code_always_has_its_fences)
{
	CHECK_TEXTS({"    int x;\n\n      y;\n", 0, BLOCK_CODE, "```\nint x;\n\n  y;\n```"},
		    {"    ```\n", 0, BLOCK_CODE, "````\n```\n````"},
		    {"~~~ c\noffen\n\n", 0, BLOCK_CODE, "~~~ c\noffen\n~~~"},
		    {"  ```\n  a\n      ```\n b\n", 0, BLOCK_CODE, "````\na\n    ```\nb\n````"},
		    {"- ```\n  offen\n\nText\n", 0, BLOCK_LIST_ITEM, "```\noffen\n```"},
		    {"> ```\n> offen\n", 0, BLOCK_QUOTE, "```\noffen\n```"},
		    {"a[^1]\n\n[^1]: ```\n    offen\n", 1, BLOCK_FOOTNOTE, "```\noffen\n```"});
}

TEST(words_far_from_the_margin_do_not_become_a_mark)
{
	CHECK_TEXTS({"a\n     - b\n    c\n", 0, BLOCK_PARAGRAPH, "a\n\\- b\nc"},
		    {"a\n    12. b\n", 0, BLOCK_PARAGRAPH, "a\n12\\. b"},
		    {"- a\n===\n", 0, BLOCK_LIST_ITEM, "a\n\\==="},
		    {"> a\nfaul\n    # b\n", 0, BLOCK_QUOTE, "a\nfaul\n\\# b"},
		    {"a\n    [^1]: b\n\n[^1]: c\n", 0, BLOCK_PARAGRAPH, "a\n[^1]\\: b"});
}

TEST(headings_keep_their_signs)
{
	CHECK_TEXTS({"a #\n===\n", 0, BLOCK_HEADING, "a #"}, {"#a\n---\n", 0, BLOCK_HEADING, "#a"},
		    {"# a\t#\n", 0, BLOCK_HEADING, "a"},
		    {"a\nb\n===\n[x]:\n/y\n'z\nz'\n", 0, BLOCK_HEADING, "a b"});
	struct markdown_document d = document(S("a #\n===\n"));
	CHECK_STR(nth(&d, 0)->html, S("a #"));
}

TEST(items_that_begin_below_their_mark_keep_their_indentation)
{
	CHECK_TEXTS({"-\n      code\n", 0, BLOCK_LIST_ITEM, "    code"},
		    {"-   \n  a\n", 0, BLOCK_LIST_ITEM, "a"},
		    {"-\n    # a\n  b\n", 0, BLOCK_LIST_ITEM, "  # a\nb"},
		    {"-\n\n  a\n", 0, BLOCK_LIST_ITEM, ""},
		    {"-\n\n  a\n", 1, BLOCK_PARAGRAPH, "a"});
	struct markdown_document d = document(S("-\n    # a\n  # b\n"));
	CHECK_STR(nth(&d, 0)->html, S("<p class=\"hs-fett\">a</p>\n<p class=\"hs-fett\">b</p>"));
}

TEST(words_of_raw_html_are_words)
{
	CHECK_TEXTS({"<div>\n# a\n</div>\n", 0, BLOCK_PARAGRAPH, "\\# a"},
		    {"<div>\n1. a\n</div>\n", 0, BLOCK_PARAGRAPH, "1\\. a"},
		    {"<div>[a]: /b</div>\n", 0, BLOCK_PARAGRAPH, "[a]\\: /b"},
		    {"<div>\n![a](/medien/b)\n</div>\n", 0, BLOCK_PARAGRAPH, "\\![a](/medien/b)"},
		    {"<div>\n<<b>a>\n</div>\n", 0, BLOCK_PARAGRAPH, "\\<a>"});
}

TEST(a_block_ends_where_its_kind_ends)
{
	CHECK_TEXTS({"a\n\n[b\nc]: /d\n\ne\n", 0, BLOCK_PARAGRAPH, "a"},
		    {"```\na\n```\n[b\nc]: /d\n", 0, BLOCK_CODE, "```\na\n```"},
		    {"- a\n\n[b\nc]: /d\n", 0, BLOCK_LIST_ITEM, "a"},
		    {"> a\n\n[b\nc]: /d\n", 0, BLOCK_QUOTE, "a"},
		    {"|\n:-\n|-\n", 0, BLOCK_PARAGRAPH, "|"},
		    {"|\n:-\n|-\n", 1, BLOCK_TABLE_HEAD, "| :- |"});
	CHECK_INT(warned(S("a\n\n[b\nc]: /d\n\ne\n"), S("wurde weggelassen")), 3);
	CHECK_INT(warnings(S("a\n\n[b]: /d\n\ne\n")), 0);
}

TEST(marks_of_files_and_control_characters_are_blanks_or_nothing)
{
	CHECK_TEXTS({"a\n\xef\xbb\xbf# b\n", 1, BLOCK_HEADING, "b"},
		    {"\x01\ta\n", 0, BLOCK_CODE, "```\na\n```"});
}

/* ---- Definitions ---- */

static void check_linked(const char *source, const char *in)
{
	struct markdown_document d = document(str_of(source));
	size_t found = 0;

	for (const struct block *b = d.blocks; b != NULL; b = b->next)
		found += has(b->html, str_of(in));
	if (found != 1) {
		print_error("%s", source);
		fail();
	}
}

TEST(definitions_count_wherever_they_stand)
{
	static const char *const sources[] = {
	    "[r]\n\n- a\n  - b\n\n    [r]: /u\n",
	    "[r]\n\n> a\n>\n> [r]: /u\n",
	    "[r]\n\n- ```\n  a\n\n[r]: /u\n",
	    "[r]\n\n- a\n\n  ```\n  b\n  ```\n\n[r]: /u\n",
	    "[r]\n\n<pre>\n```\n</pre>\n[r]: /u\n",
	    "[r]\n\na\n===\n[r]: /u\n",
	    "[r]\n\n---\n[r]: /u\n",
	    "[r]\n\n[r]:\n  /u\n",
	    "[r]\n\n- [r]: /u\n",
	    "[r]\n\n[^n]: a\n\n    [r]: /u\n",
	    "[r]\n\n[r]: /u\n\n[r]: /v\n",
	};

	for (size_t i = 0; i < sizeof sources / sizeof *sources; i++)
		check_linked(sources[i], "<a href=\"/u\">r</a>");
	check_linked("a[^1]\n\n- b\n  - c\n\n    [^1]: d\n", "d <a class=\"hs-zurueck\"");
	check_linked("a[^1]\n\n- ```\n  b\n\n[^1]: d\n", "d <a class=\"hs-zurueck\"");
}

TEST(words_that_only_look_like_a_definition_stay)
{
	static const char *const sources[] = {
	    "[r]: /u und mehr\n", "[r]: )\n",       "[r]: <a>b\n",    "[r]: /u \"a\"b\"\n",
	    "a\n[r]: /u\n",       "- a\n[r]: /u\n", "> a\n[r]: /u\n", "```\n[r]: /u\n```\n",
	    "- - a\n[r]: /u\n",   "    [r]: /u\n",  "[r\\]: /u\n",    "| a |\n|-|\n[r]: /u\n",
	};

	for (size_t i = 0; i < sizeof sources / sizeof *sources; i++) {
		struct markdown_document d = document(str_of(sources[i]));
		CHECK(has(nth(&d, (int)d.count - 1)->plain, S("r]: ")));
	}
}

TEST(a_footnote_too_many_or_out_of_place_stays_text)
{
	struct markdown_document d = document(S("a[^1]\n\n[^1]: b\n\n[^1]: c\n"));

	CHECK_INT(d.count, 3);
	CHECK_STR(nth(&d, 1)->markdown, S("[^1]\\: c"));
	CHECK_STR(nth(&d, 2)->markdown, S("b"));
	d = document(S("- [^1]: a\n\n> [^2]: b\n"));
	CHECK_STR(nth(&d, 0)->html, S("[^1]: a"));
	CHECK_STR(nth(&d, 1)->html, S("<p>[^2]: b</p>"));
	CHECK_INT(warned(S("a\n\n- [^1]: a\n"), S("hinter dem Zeichen")), 3);
}

TESTS_MAIN_WITH(before, after)
