/* markdown_test.c -- Markdown to HTML and to blocks: rules, bad input, and bounded work. */
#include "base/utf8.h"
#include "markup/markdown.h"

#include "test.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

static struct arena *arena;

static int setup(void **state)
{
	(void)state;
	arena = arena_new(256u * 1024 * 1024);
	return 0;
}

static int teardown(void **state)
{
	(void)state;
	arena_free(arena);
	return 0;
}

static struct str html(struct str source)
{
	struct str out;

	CHECK_INT(markdown_html(arena, source, &out), OK);
	return out;
}

static struct markdown_document document(struct str source)
{
	struct markdown_document d;

	CHECK_INT(markdown_document(arena, source, &d), OK);
	return d;
}

static struct block *nth(const struct markdown_document *d, int n)
{
	struct block *b = d->blocks;

	while (n-- > 0 && b != NULL)
		b = b->next;
	assert_non_null(b);
	return b;
}

static bool has(struct str s, struct str what)
{
	return str_find(s, what) < s.n;
}

/* Warnings of a document as "LINE words…", the first that contains `what`; 0 when there is none. */
static int64_t warned(struct str source, struct str what)
{
	struct markdown_document d = document(source);

	for (struct markdown_warning *w = d.warnings; w != NULL; w = w->next)
		if (has(w->text, what))
			return w->line;
	return 0;
}

static size_t warnings(struct str source)
{
	return document(source).warning_count;
}

static struct str repeated(struct str s, size_t times)
{
	struct buf b = {.arena = arena};

	for (size_t i = 0; i < times; i++)
		buf_add(&b, s);
	return buf_str(&b);
}

static struct str joined(struct str a, struct str b)
{
	return arena_fmt(arena, "%.*s%.*s", ARG(a), ARG(b));
}

/* ---- The gender star ---- */

TEST(a_star_inside_a_word_stays_a_character)
{
	CHECK_STR(html(S("Bürger*innen und Akteur*innen")),
		  S("<p>Bürger*innen und Akteur*innen</p>\n"));
	CHECK_STR(html(S("**Kolleg*innen** und *Leser*innen*")),
		  S("<p><strong>Kolleg*innen</strong> und <em>Leser*innen</em></p>\n"));
	CHECK_STR(html(S("Jede*r Ärzt*in, die*der é*è kennt")),
		  S("<p>Jede*r Ärzt*in, die*der é*è kennt</p>\n"));
}

TEST(stars_at_word_boundaries_still_make_emphasis)
{
	CHECK_STR(html(S("*kursiv* **fett** ***beides***")),
		  S("<p><em>kursiv</em> <strong>fett</strong> "
		    "<em><strong>beides</strong></em></p>\n"));
	CHECK_STR(html(S("Wort**fett**Wort")), S("<p>Wort<strong>fett</strong>Wort</p>\n"));
}

TEST(a_star_inside_code_or_an_address_comes_back_unchanged)
{
	CHECK_STR(html(S("`a*b*c`")), S("<p><code>a*b*c</code></p>\n"));
	CHECK(has(html(S("```\na*b*c \\* \\[^1]\n```\n\n[^1]: x")), S("<code>a*b*c \\* \\[^1]\n")));
	CHECK(has(html(S("[x](/a*b*c)")), S("href=\"/a*b*c\"")));
	CHECK_STR(html(S("<https://a.de/x*y*z>")),
		  S("<p><a class=\"hs-extern\" href=\"https://a.de/x*y*z\">"
		    "https://a.de/x*y*z</a></p>\n"));
	CHECK(has(html(S("https://a.de/x*y*z")), S("href=\"https://a.de/x*y*z\"")));
}

TEST(a_star_in_a_table_cell_stays_a_character)
{
	struct markdown_document d = document(S("| Bürger*innen | Akteur*innen |\n|-|-|\n"
						"| **Leser*innen** | *b*c* |\n"));

	CHECK_STR(nth(&d, 0)->plain, S("Bürger*innen Akteur*innen"));
	CHECK(has(nth(&d, 1)->html, S("<strong>Leser*innen</strong>")));
	CHECK(has(nth(&d, 1)->html, S("<em>b*c</em>")));
}

/* ---- HTML ---- */

TEST(headings_begin_at_h2_and_never_skip_a_level)
{
	CHECK_STR(html(S("# A\n\n#### B\n\n## C\n\nT\n=\n")),
		  S("<h2>A</h2>\n<h3>B</h3>\n<h3>C</h3>\n<h2>T</h2>\n"));
	CHECK_STR(html(S("###### A")), S("<h2>A</h2>\n"));
	CHECK_STR(html(S("# 1\n## 2\n### 3\n#### 4\n##### 5\n###### 6")),
		  S("<h2>1</h2>\n<h3>2</h3>\n<h4>3</h4>\n<h5>4</h5>\n<h6>5</h6>\n<h6>6</h6>\n"));
	CHECK_STR(html(S("#\n\n## <b></b>")), S(""));
	CHECK_STR(html(S("# <b></b>\n\n## A")), S("<h2>A</h2>\n"));
}

TEST(lists_keep_their_start_and_nesting)
{
	CHECK_STR(
	    html(S("3. a\n4. b\n   - c\n")),
	    S("<ol start=\"3\">\n<li>a</li>\n<li>b\n<ul>\n<li>c</li>\n</ul>\n</li>\n</ol>\n"));
}

TEST(task_items_say_their_state_to_eye_and_ear)
{
	struct str out = html(S("- [ ] a\n- [x] b\n"));

	CHECK(has(out, S("☐ </span><span class=\"hs-vorlesen\">Offen: </span>a")));
	CHECK(has(out, S("☑ </span><span class=\"hs-vorlesen\">Erledigt: </span>b")));
	CHECK(has(html(S("- [x] a\n\n- b\n")), S("<li><p><span aria-hidden")));
}

TEST(tables_have_scoped_heads_and_scroll_in_their_own_box)
{
	struct str out = html(S("|A||\n|:-|-:|\n|1|2|\n|3|\n"));

	CHECK(has(out, S("<div class=\"hs-tabelle-rahmen\" role=\"group\" "
			 "aria-label=\"Tabelle 1\" tabindex=\"0\">")));
	CHECK(has(out, S("<table class=\"kern-table hs-tabelle kern-table--small\">")));
	CHECK(has(out, S("<th class=\"kern-table__header\" scope=\"col\">A</th>"
			 "<td class=\"kern-table__header\"></td>")));
	CHECK(has(out, S("<td class=\"kern-table__cell\">1</td>")));
	CHECK(!has(out, S("align")) && !has(out, S("style")));
}

TEST(inline_marks_and_breaks_are_written_plainly)
{
	CHECK_STR(html(S("~~weg~~ `c<d` a\\\nb  \nc <br> d\n\n***\n")),
		  S("<p><del>weg</del> <code>c&lt;d</code> a<br>\nb<br>\nc <br> d</p>\n<hr>\n"));
	CHECK_STR(html(S("> a & \"b\"")),
		  S("<blockquote>\n<p>a &amp; &quot;b&quot;</p>\n</blockquote>\n"));
	CHECK_STR(html(S("")), S(""));
	CHECK_STR(html(S("\xef\xbb\xbf"
			 "a\r\nb\rc")),
		  S("<p>a\nb\nc</p>\n"));
}

TEST(external_links_are_marked_and_own_ones_are_not)
{
	CHECK_STR(html(S("[a](https://a.example/x?y=1&z=2 \"T<\")")),
		  S("<p><a class=\"hs-extern\" href=\"https://a.example/x?y=1&amp;z=2\" "
		    "title=\"T&lt;\">a</a></p>\n"));
	CHECK_STR(html(S("[a](/x) [b](#y) [c](mailto:d@e.example)")),
		  S("<p><a href=\"/x\">a</a> <a href=\"#y\">b</a> "
		    "<a href=\"mailto:d@e.example\">c</a></p>\n"));
	CHECK_STR(html(S("[a](</ä b\"|%zz%20#c#d>)")),
		  S("<p><a href=\"/%C3%A4%20b%22%7C%25zz%20#c%23d\">a</a></p>\n"));
	CHECK_STR(html(S("[](/x)")), S("<p><a href=\"/x\">/x</a></p>\n"));
}

TEST(bare_addresses_become_links_without_the_punctuation_of_the_sentence)
{
	CHECK_STR(html(S("(Siehe https://a.example/b_(c).)")),
		  S("<p>(Siehe <a class=\"hs-extern\" href=\"https://a.example/b_(c)\">"
		    "https://a.example/b_(c)</a>.)</p>\n"));
	CHECK(has(html(S("www.a.example, b")),
		  S("<a class=\"hs-extern\" href=\"https://www.a.example\">www.a.example</a>,")));
	CHECK(has(html(S("an a.b@c.example.")),
		  S("<a href=\"mailto:a.b@c.example\">a.b@c.example</a>.")));
	CHECK(has(html(S("„https://a.example“")), S("\">https://a.example</a>“")));
	CHECK(!has(html(S("a@b http:// www. x@.de xhttps://a.example")), S("<a")));
	CHECK(!has(html(S("[https://a.example](/x)")), S("</a></a>")));
}

TEST(images_come_from_our_own_paths_only)
{
	CHECK_STR(html(S("![Karte *Ost*](/medien/k.png \"Bild 1\")")),
		  S("<figure><img src=\"/medien/k.png\" alt=\"Karte Ost\" loading=\"lazy\">"
		    "<figcaption>Bild 1</figcaption></figure>\n"));
	CHECK(has(html(S("a ![x](/statisch/y.svg)")), S("<img src=\"/statisch/y.svg\"")));
	CHECK(!has(html(S("![a](https://b.example/c.png) ![d](//e/f) ![g](/medien/../h) "
			  "![i](/medien/%2e%2e/j) ![k](/medien\\l) ![m](/other/n)")),
		   S("<img")));
}

TEST(raw_html_goes_and_its_words_stay)
{
	CHECK_STR(html(S("a <b>fett</b> <i class=\"x\">b</i> c")), S("<p>a fett b c</p>\n"));
	CHECK_STR(html(S("<div>\n<p>Eins</p><p>Zwei & Drei</p>\n</div>")),
		  S("<p>Eins Zwei &amp; Drei</p>\n"));
	CHECK_STR(html(S("<!-- weg -->\n\n<script>alert(1)</script>\n\nda")), S("<p>da</p>\n"));
	CHECK_STR(html(S("a <script>alert(1)</script> b")), S("<p>a  b</p>\n"));
	CHECK_STR(html(S("<style>\np{}\n</style>")), S(""));
}

/* ---- Attacks ---- */

TEST(no_link_leaves_the_list_of_allowed_schemes)
{
	static const char *const urls[] = {"javascript:alert(1)",
					   "JaVaScRiPt:alert(1)",
					   "&#106;avascript:alert(1)",
					   "java&#x0A;script:alert(1)",
					   "data:text/html,x",
					   "vbscript:x",
					   "file:///etc",
					   "feed:x",
					   "view-source:https://a",
					   "blob:https://a",
					   "//host.example",
					   "/\\host.example",
					   "\\\\host.example",
					   "/&#9;/host.example",
					   "&#1;javascript:x",
					   "https:host.example",
					   "https:///a",
					   "https://user@host.example",
					   "https://a b",
					   "http://",
					   "mailto:",
					   "mailto:a",
					   "mailto:a@b.example%0d%0aBcc:c",
					   "relative",
					   "?q",
					   "javascript&colon;x",
					   "https://&quot;onload=x"};

	for (size_t i = 0; i < sizeof urls / sizeof *urls; i++) {
		struct str out = html(arena_fmt(arena, "[x](<%s>) ![y](<%s>)\n\n[z]\n\n[z]: %s\n",
						urls[i], urls[i], urls[i]));
		if (has(out, S("href")) || has(out, S("src"))) {
			print_error("%s -> %.*s\n", urls[i], ARG(out));
			fail();
		}
		CHECK(has(out, S("x")) && has(out, S("y")));
	}
}

TEST(no_attribute_can_be_left)
{
	struct str out =
	    html(S("[a](/b 'c\" onclick=\"x') ![d\" onerror=\"x](/medien/e.png '\">f')\n"
		   "\n[g](/\"onclick=x) <https://a.example/\"onclick=x>\n\n"
		   "```\" onclick=\"x\ny\n```\n"));

	CHECK(!has(out, S("\" onclick")) && !has(out, S("\" onerror")) && !has(out, S("\">f")));
	CHECK(!has(out, S("\"onclick")));
}

TEST(no_tag_of_the_source_survives)
{
	struct str out = html(S("<img src=x onerror=alert(1)>\n\na <svg/onload=x> "
				"<a href='javascript:x'>k</a> <x\n\n&lt;script&gt; `<script>`\n\n"
				"| <script> |\n|-|\n| <iframe src=x> |\n\n- <object>\n\n"
				"[^1]\n\n[^1]: <script>x</script>"));

	CHECK(!has(out, S("<img")) && !has(out, S("<svg")) && !has(out, S("<script")));
	CHECK(!has(out, S("<iframe")) && !has(out, S("<object")) && !has(out, S("<x")));
	CHECK(!has(out, S("javascript")));
}

TEST(bytes_that_are_no_text_become_harmless)
{
	struct str out = html(((struct str){"a\0b\x01"
					    "c\x04"
					    "d\x7f\xff\xc3\xe2\x82",
					    12}));

	CHECK(utf8_clean(out, true));
	CHECK(has(out, S("a b c d")));
	CHECK_STR(html(S("a&#1;b&#4;&#5;&#127;&#0; [c](/d '&#6;e')")),
		  S("<p>a*b\xef\xbf\xbd <a href=\"/d\" title=\"e\">c</a></p>\n"));
	CHECK_STR(html(S("a\xc2\x98"
			 "b\xc2\xa0"
			 "c")),
		  S("<p>a b\xc2\xa0"
		    "c</p>\n"));
}

/* ---- Footnotes ---- */

TEST(footnotes_link_both_ways_with_words_for_the_ear)
{
	struct str out = html(S("Text[^a] und[^a] und[^b].\n\n[^b]: Zwei\n[^a]: Eins\n"));
	size_t at = str_find(out, S("href=\"#"));
	struct str prefix = str_head(str_from(out, at + 7), 10);

	CHECK(prefix.p[0] == 't' && prefix.p[9] == '-');
	CHECK(has(out,
		  arena_fmt(arena,
			    "<sup class=\"hs-fussnote\"><a href=\"#%.*sfn-1\" id=\"%.*sfnref-1\">"
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
	CHECK(!has(html(S("[Wort[^1]](/x)\n\n[^1]: c")), S("<sup class=\"hs-fussnote\"><a")));
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

	CHECK(has(nth(&d, 0)->html, S("href=\"#fn-1\" id=\"fnref-1\"")));
	CHECK_STR(nth(&d, 0)->plain, S("Kapitel"));
	CHECK(has(nth(&d, 1)->html, S("href=\"#fn-2\" id=\"fnref-2\"")));
	CHECK(has(nth(&d, 2)->html, S("href=\"#fn-1\" id=\"fnref-1-2\"")));
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
	CHECK(has(b.html, S("<a href=\"#k2-fn-1\" id=\"k2-fnref-1\">")));
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
	CHECK(has(nth(&d, 0)->html, S("<pre class=\"hs-code\" tabindex=\"0\"><code>int x;")));
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

TESTS_MAIN_WITH(setup, teardown)
