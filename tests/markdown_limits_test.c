/* markdown_limits_test.c -- what a person is warned of, and work that stays bounded whatever comes.
 */
#include "markdown_fixture.h"

#include <time.h>

/* ---- Warnings ---- */

TEST(a_clean_text_gives_no_warning)
{
	CHECK_INT(warnings(S("# Titel\n\n## Teil\n\n**Fett:** Kolleg*innen, 12 m², x².[^1]\n\n"
			     "- a\n- b\n\n| A | B |\n|---|---|\n| 1 | |\n\nEin Satz. NATO\n\n"
			     "`**` und \\*\\* und 2 * 3\n\n```\nA\tB\nC\tD\n¹\n```\n\n"
			     "[^1]: Text\n")),
		  0);
}

TEST(warnings_name_the_line_and_what_to_do)
{
	CHECK_INT(warned(S("a\n\nb\n**c d\n"), S("** ohne Gegenstück")), 4);
	CHECK_INT(warned(S("a\n\n- b\n- c <b>d</b>\n"), S("HTML")), 4);
	CHECK_INT(warned(S("a\n\n<div>x</div>\n"), S("HTML")), 3);
	CHECK_INT(warned(S("| A |\n|-|\n| <i>a</i> |\n"), S("HTML")), 3);
	CHECK_INT(warned(S("x\n\nA\tB\n1\t2\n"), S("Tabulatoren")), 3);
	CHECK_INT(warned(S("Inhalt\n\nEins\t3\nZwei\t14\n"), S("Inhaltsverzeichnis")), 3);
	CHECK_INT(warned(S("Eins ..... 3\n\nZwei ....... 14\n"), S("Inhaltsverzeichnis")), 1);
	CHECK_INT(warned(S("a\n\nSiehe Plan³ dort\n"), S("[^3].")), 3);
	CHECK_INT(warned(S("⁴ Erklärung\n"), S("[^4]: an ihren Anfang")), 1);
	CHECK_INT(warned(S("# A\n\n### B\n"), S("überspringt")), 3);
	CHECK_INT(warned(S("a\n\n##\n"), S("keinen Text")), 3);
	CHECK_INT(warned(S("| A |\n|-|\n| 1 | 2 |\n"), S("mehr Spalten")), 3);
	CHECK_INT(warned(S("a\n[b](javascript:c)\n"), S("nicht erlaubt")), 2);
	CHECK_INT(warned(S("a\n[b](#)\n"), S("kein Ziel")), 2);
	CHECK_INT(warned(S("a\n\nb[^9]\n"), S("[^9]")), 3);
	CHECK_INT(warned(S("a[^1]\n\n[^1]: b\n[^1]: c\n"), S("schon in Zeile 3")), 4);
	CHECK_INT(warned(S("![](/medien/a.png)\n"), S("fehlt die Beschreibung")), 1);
	CHECK_INT(warned(S("![a](https://b.example/c.png)\n"), S("/medien/")), 1);
	CHECK_INT(warned(S("a\n\nÜBERSICHT\n\nb\n"), S("Überschrift")), 3);
}

TEST(warnings_come_by_line_and_are_not_endless)
{
	struct markdown_document d = document(repeated(S("a [b](c)\n\n## x\n\n"), 150));
	int64_t line = 0, count = 0;

	for (struct markdown_warning *w = d.warnings; w != NULL; w = w->next, count++) {
		CHECK(w->line >= line);
		line = w->line;
	}
	CHECK_INT(count, 150);
	d = document(repeated(S("a [b](c)\n\n"), 900));
	CHECK_INT(d.warning_count, MARKDOWN_WARNINGS + 1);
}

/* ---- Limits ---- */

TEST(a_text_beyond_the_limits_is_refused_before_parsing)
{
	struct str out;

	CHECK_INT(markdown_html(arena, repeated(S("a"), MARKDOWN_BYTES + 1), &out), E_TOO_LARGE);
	CHECK_INT(markdown_html(arena, repeated(S("a\n"), MARKDOWN_LINES + 1), &out), E_TOO_LARGE);
	CHECK_INT(markdown_html(arena, repeated(S("a"), MARKDOWN_LINE_BYTES + 1), &out),
		  E_TOO_LARGE);
	CHECK_INT(markdown_html(arena, repeated(S("|"), MARKDOWN_PIPES + 1), &out), E_TOO_LARGE);
	CHECK_INT(markdown_html(arena, repeated(S("![\n"), MARKDOWN_IMAGES + 1), &out),
		  E_TOO_LARGE);
	CHECK_INT(markdown_html(arena, repeated(S("a"), MARKDOWN_LINE_BYTES), &out), OK);
}

TEST(link_addresses_and_html_are_bounded)
{
	struct str out, url = joined(S("[a]: /"), repeated(S("x"), 1900));
	struct str many = joined(joined(url, S("\n\n")), repeated(S("[a] "), 2000));

	CHECK_INT(markdown_html(arena, many, &out), E_TOO_LARGE);
	CHECK_INT(markdown_html(arena, joined(S("|a|\n|-|\n"), repeated(S("|\n"), 2900)), &out),
		  OK);
	struct str wide = joined(joined(repeated(S("|a"), 39), S("|\n")),
				 joined(repeated(S("|-"), 39), S("|\n")));
	CHECK_INT(markdown_html(arena, joined(wide, repeated(S("|b\n"), 2900)), &out), E_TOO_LARGE);
}

TEST(a_few_long_addresses_may_not_be_repeated_without_end)
{
	struct str out, url = joined(S("[a]: /"), repeated(S("x"), 1900));
	struct str few = joined(joined(url, S("\n\n")), repeated(S("[a] "), 100));
	struct str more = joined(joined(url, S("\n\n")), repeated(S("[a] "), 115));
	struct str huge = joined(S("> [a]: /"), repeated(S("x"), 9000));

	CHECK_INT(markdown_html(arena, few, &out), OK);
	CHECK_INT(markdown_html(arena, more, &out), E_TOO_LARGE);
	CHECK_INT(markdown_html(arena, joined(huge, repeated(S("\n\n[b]"), 900)), &out), OK);
	CHECK_INT(markdown_html(arena, joined(huge, repeated(S("\n\n[b]"), 990)), &out),
		  E_TOO_LARGE);
}

TEST(a_long_document_is_split_and_its_footnotes_still_resolve)
{
	struct buf b = {.arena = arena};

	buf_add(&b, S("Anfang[^ende] [verweis]\n\n"));
	for (int i = 0; i < 800; i++)
		buf_fmt(&b, "## Teil %d\n\n%.*s\n\n", i, ARG(repeated(S("Wort "), 60)));
	buf_add(&b, S("Schluss[^ende] [verweis]\n\n[^ende]: Da\n\n[verweis]: /ziel\n"));
	struct markdown_document d = document(buf_str(&b));
	CHECK_INT(d.count, 1603);
	CHECK_INT(d.warning_count, 0);
	struct block *last = nth(&d, 1601);
	CHECK(has(last->html, S("id=\"fnref-1-2\"")));
	CHECK(has(last->html, S("href=\"/ziel\"")));
	CHECK_INT(last->line, 3203);
	CHECK_STR(nth(&d, 1600)->plain, str_trim(repeated(S("Wort "), 60)));
}

TEST(a_document_is_never_refused_for_its_content)
{
	struct str lines[] = {
	    repeated(S("a "), 20000),
	    repeated(S("a"), 30000),
	    repeated(S("ä"), 30000),
	    repeated(S("|"), 500),
	    joined(S("|a|\n|-|\n"), repeated(S("|b"), 300)),
	    repeated(S("![x](/medien/y)"), 3000),
	    joined(S("[a]: /"),
		   joined(repeated(S("x"), 5000), repeated(S("\n\n[a] [a] [a]"), 900))),
	    joined(S("[a]: /"), joined(repeated(S("x"), 900), repeated(S("\n[a]"), 9000))),
	    joined(S("```\n"), repeated(S("code\n"), 9000)),
	    repeated(S("- "), 30000),
	    repeated(S("> "), 30000),
	};

	for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) {
		struct markdown_document d;
		CHECK_INT(markdown_document(arena, lines[i], &d), OK);
		CHECK(d.count > 0);
	}
	CHECK(warned(lines[3], S("Spalten")) == 1);
	CHECK(warned(lines[0], S("umgebrochen")) == 1);
}

TEST(a_document_has_an_upper_size)
{
	struct markdown_document d;

	CHECK_INT(markdown_document(arena, repeated(S("a"), MARKDOWN_DOCUMENT_BYTES + 1), &d),
		  E_TOO_LARGE);
	CHECK_INT(markdown_document(arena, repeated(S("a\n\n"), 2001), &d), E_TOO_LARGE);
	CHECK_INT(markdown_document(arena, repeated(S("a\n\n"), 2000), &d), OK);
}

static double seconds(void)
{
	struct timespec t;

	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

/* Each piece repeated to the full size, with line ends so that the limits let most of it through.
 */
TEST(pathological_texts_are_refused_or_quick)
{
	static const char *const pieces[] = {
	    "[",        "]",        "[]",         "![",        "![[]()",    "*a ",
	    "**a ",     "*a_",      "_a ",        "a**b",      "> ",        "- ",
	    "1. ",      "`",        "` a `` ",    "<",         "<a ",       "<!--",
	    "<!",       "<?",       "&",          "\\",        "~~a ",      "[a](",
	    "[a](<",    "[a](b \"", "(",          ")",         "http://a)", "https://a.b/(",
	    "www.a.b ", "a@b.",     "a@b.c ",     "a.b.c.",    "[^1]",      "[^a",
	    "[^",       "]:",       "[a]: b\n",   "[^a]: b\n", "|",         "|-|\n",
	    "| a ",     "- [ ] ",   "#",          "# a\n",     "===\n",     "a\n",
	    "a\n\n",    "\t",       "\t-",        "```\n",     "~~~ a\n",   "<b>",
	    "</b>",     "<script>", "*a **b _c ", "[a][",      "[a]: <",    "\\[^",
	    "*",        "a*b",      "_",          "ä",         "  \n",      ">\n",
	    "-\n",      "1)\n",     "    a\n",    "<div>\n",   "<pre>\n",   "[^1]:\n    - ",
	    "- a\n  "};

	for (size_t i = 0; i < sizeof pieces / sizeof *pieces; i++)
		for (int width = 1; width <= 2; width++) {
			struct str piece = str_of(pieces[i]), out;
			struct buf b = {.arena = arena};
			size_t line = width == 1 ? MARKDOWN_LINE_BYTES - 100 : 38 * piece.n;
			buf_add(&b, S("|a|b|\n|-|-|\n"));
			for (size_t n = 0; b.n + piece.n + 1 < MARKDOWN_BYTES; n += piece.n) {
				if (n + piece.n > line) {
					buf_char(&b, '\n');
					n = 0;
				}
				buf_add(&b, piece);
			}
			double start = seconds();
			enum err err = markdown_html(arena, buf_str(&b), &out);
			double taken = seconds() - start;
			if (taken > 0.5 || (err != OK && err != E_TOO_LARGE)) {
				print_error("\"%s\" x %d: %.2f s\n", pieces[i], width, taken);
				fail();
			}
			arena_reset(arena);
		}
}

TESTS_MAIN_WITH(before, after)
