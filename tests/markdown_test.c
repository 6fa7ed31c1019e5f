/* markdown_test.c -- Markdown to HTML: the rules, and what must never come through. */
#include "base/utf8.h"
#include "markdown_fixture.h"

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

	CHECK(has(out, S("<div class=\"hs-rollen\" role=\"group\" "
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

TESTS_MAIN_WITH(before, after)
