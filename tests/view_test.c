/* view_test.c -- pages: what is escaped where, and which values are seen where. */
#include "view_fixture.h"

#include "base/clock.h"

#include <inttypes.h>

/* The page made of `text` with {{V}} set to `value`. */
static struct str page_with(const char *text, struct str value)
{
	struct view *v = view_new(arena);

	put_page(text);
	CHECK_INT(load(), OK);
	view_text(v, "V", value);
	return render(v);
}

TEST(text_and_attributes_are_escaped)
{
	CHECK_STR(page_with("<p title=\"{{V}}\">{{V}}</p>\n", S("<b>\"x\" & 'y'</b>")),
		  S("<p title=\"&lt;b&gt;&quot;x&quot; &amp; &#39;y&#39;&lt;/b&gt;\">"
		    "&lt;b&gt;&quot;x&quot; &amp; &#39;y&#39;&lt;/b&gt;</p>\n"));
}

TEST(a_script_address_becomes_harmless)
{
	CHECK_STR(page_with("<a href=\"{{V}}\">x</a>\n", S("javascript:alert(1)")),
		  S("<a href=\"#\">x</a>\n"));
	CHECK_STR(page_with("<a href=\"{{V}}\">x</a>\n", S("/a?b=1&c=2")),
		  S("<a href=\"/a?b=1&amp;c=2\">x</a>\n"));
}

TEST(a_part_of_an_address_is_percent_encoded_but_for_dots_and_slashes)
{
	CHECK_STR(page_with("<a href=\"/x/{{V:u}}\">x</a>\n", S("../a?b#c\"ä")),
		  S("<a href=\"/x/../a%3Fb%23c%22%C3%A4\">x</a>\n"));
}

TEST(letters_beyond_ascii_stay_as_they_are)
{
	CHECK_STR(page_with("<p>{{V}} für Bürger*innen</p>\n",
			    S("Größe – 12.345,67 € „gut“ 🙂")),
		  S("<p>Größe – 12.345,67 € „gut“ 🙂 für Bürger*innen</p>\n"));
}

TEST(a_textarea_keeps_its_lines)
{
	CHECK_STR(page_with("<textarea>{{V:p}}</textarea>\n", S("a\n\n  b\t<c>")),
		  S("<textarea>a\n\n  b\t&lt;c&gt;</textarea>\n"));
}

TEST(a_nul_byte_does_not_cut_a_value)
{
	CHECK_STR(page_with("<p>{{V}}</p>\n", ((struct str){"a\0b", 3})), S("<p>a\0b</p>\n"));
}

TEST(markup_goes_only_through_a_marker_with_none)
{
	CHECK_STR(page_with("<p>{{V:none}} {{V}}</p>\n", S("<b>x</b>")),
		  S("<p><b>x</b> &lt;b&gt;x&lt;/b&gt;</p>\n"));
}

TEST(an_empty_text_without_address_is_a_value)
{
	view_strict(true);
	CHECK_STR(page_with("<p>{{V}}</p>\n", ((struct str){NULL, 0})), S("<p></p>\n"));
}

TEST(a_value_that_looks_like_a_marker_stays_text)
{
	CHECK_STR(page_with("<p>{{V}}</p>\n", S("{{V}}")), S("<p>{{V}}</p>\n"));
}

TEST(the_value_set_last_wins)
{
	struct view *v = view_new(arena);

	view_text(v, "V", S("old"));
	view_text(v, "W", S("w"));
	put_page("<p>{{V}}{{W}}</p>\n");
	CHECK_INT(load(), OK);
	view_text(v, "V", S("new"));
	CHECK_STR(render(v), S("<p>neww</p>\n"));
}

TEST(numbers_are_written_in_digits)
{
	struct view *v = view_new(arena);

	put_page("<p>{{A}} {{B}} {{C}}</p>\n");
	CHECK_INT(load(), OK);
	view_int(v, "A", 0);
	view_int(v, "B", INT64_MIN);
	view_int(v, "C", INT64_MAX);
	CHECK_STR(render(v), S("<p>0 -9223372036854775808 9223372036854775807</p>\n"));
}

TEST(many_names_are_told_apart)
{
	struct view *v = view_new(arena);
	struct buf text = {.arena = arena}, want = {.arena = arena};

	buf_add(&text, S(PRAGMA));
	for (int i = 0; i < 200; i++) {
		const char *name = arena_fmt(arena, "MILESTONE_%d_TITLE", i * 7 % 200).p;
		buf_fmt(&text, "{{MILESTONE_%d_TITLE}},", i);
		buf_fmt(&want, "%d,", i);
		view_int(v, name, i * 7 % 200);
	}
	buf_char(&text, '\0');
	put("page.html", text.p);
	CHECK_INT(load(), OK);
	CHECK_STR(render(v), buf_str(&want));
}

TEST(a_section_nobody_shows_is_hidden)
{
	struct view *v = view_new(arena);

	view_strict(true);
	put_page("<p>{{#A}}a{{/A}}{{#B}}b{{/B}}{{#C}}c{{UNSET}}{{/C}}</p>\n");
	CHECK_INT(load(), OK);
	view_show(v, "A");
	view_show_if(v, "B", true);
	view_show_if(v, "C", false);
	CHECK_STR(render(v), S("<p>ab</p>\n"));
}

TEST(a_section_is_shown_once_however_often_it_was_asked_for)
{
	struct view *v = view_new(arena);

	put_page("<p>{{#A}}a{{/A}}{{#A}}b{{/A}}</p>\n");
	CHECK_INT(load(), OK);
	view_show(v, "A");
	view_show(v, "A");
	CHECK_STR(render(v), S("<p>ab</p>\n"));
}

TEST(rows_come_in_order_and_see_the_page_around_them)
{
	struct view *v = view_new(arena);

	view_strict(true);
	put_page("{{#ROW}}<p>{{NAME}} {{PLACE}}{{#TAG}} [{{TAG_NAME}} {{NAME}}]{{/TAG}}"
		 "{{#EDIT}} edit{{/EDIT}}</p>\n{{/ROW}}\n");
	CHECK_INT(load(), OK);
	view_text(v, "PLACE", S("hier"));
	struct view *first = view_row(v, "ROW"), *second = view_row(v, "ROW");
	view_text(first, "NAME", S("eins"));
	view_text(second, "NAME", S("zwei"));
	view_text(second, "PLACE", S("dort"));
	view_text(view_row(second, "TAG"), "TAG_NAME", S("x"));
	view_text(view_row(second, "TAG"), "TAG_NAME", S("y"));
	view_show(v, "EDIT");
	CHECK_STR(render(v), S("<p>eins hier edit</p>\n<p>zwei dort [x zwei] [y zwei] edit</p>\n"));
}

TEST(a_separator_stands_between_rows_only)
{
	struct view *v = view_new(arena);

	view_strict(true);
	put_page("<p>{{#ROW}}{{NAME}}{{#ROW_separator}}, {{/ROW_separator}}{{/ROW}}</p>\n");
	CHECK_INT(load(), OK);
	for (int i = 0; i < 3; i++)
		view_int(view_row(v, "ROW"), "NAME", i);
	CHECK_STR(render(v), S("<p>0, 1, 2</p>\n"));
}

TEST(an_inner_list_without_rows_does_not_show_the_outer_one)
{
	struct view *v = view_new(arena);
	struct str out;

	put_page("{{#ROW}}<p>{{#MEMBER}}[{{NAME}}]{{/MEMBER}}</p>{{/ROW}}"
		 "{{#MEMBER}}{{NAME}}{{/MEMBER}}\n");
	CHECK_INT(load(), OK);
	view_text(view_row(v, "MEMBER"), "NAME", S("Anna"));
	view_row(v, "ROW");
	CHECK_STR(render(v), S("<p></p>Anna\n"));
	view_strict(true);
	CHECK_INT(view_render(v, "page.html", &out), E_INTERNAL);
	CHECK(logged("view_outer_rows template=page.html name=MEMBER"));
}

enum { ROWS = 200, CELLS = 25 };

static struct str big_table(char (*names)[16])
{
	struct view *v = view_new(arena);

	view_text(v, "CSRF", S("token"));
	for (int r = 0; r < ROWS; r++) {
		struct view *row = view_row(v, "ROW");
		for (int c = 0; c < CELLS; c++)
			view_text(row, names[c], S("Bürger & Amt"));
		view_show_if(row, "LATE", r % 2 == 0);
	}
	return render(v);
}

TEST(a_table_of_200_rows_is_complete_and_its_time_is_shown)
{
	struct buf text = {.arena = arena};
	char names[CELLS][16];

	buf_add(&text, S("<table>\n{{#ROW}}<tr data-csrf=\"{{CSRF}}\">"));
	for (int c = 0; c < CELLS; c++) {
		snprintf(names[c], sizeof names[c], "CELL_%c", 'A' + c);
		buf_fmt(&text, "<td>{{%s}}</td>", names[c]);
	}
	buf_add(&text, S("{{#LATE}}<td>spät</td>{{/LATE}}</tr>\n{{/ROW}}</table>\n"));
	buf_char(&text, '\0');
	put_page(text.p);
	CHECK_INT(load(), OK);
	int64_t best = INT64_MAX;
	size_t bytes = 0;
	for (int i = 0; i < 20; i++) {
		int64_t start = clock_micros();
		bytes = big_table(names).n;
		int64_t took = clock_micros() - start;
		best = took < best ? took : best;
		arena_reset(arena);
	}
	size_t row =
	    strlen("<tr data-csrf=\"token\"></tr>\n") + CELLS * strlen("<td>Bürger &amp; Amt</td>");
	CHECK_INT(bytes,
		  strlen("<table>\n</table>\n") + ROWS * row + ROWS / 2 * strlen("<td>spät</td>"));
	print_message("%d rows of %d values, %zu bytes: %" PRId64 " us\n", ROWS, CELLS, bytes,
		      best);
}

TESTS_MAIN_EACH(begin, end)
