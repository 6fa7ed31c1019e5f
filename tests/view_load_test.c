/* view_load_test.c -- template files: partials, mails, what is refused and what is reported. */
#include "view_fixture.h"

#include <sys/wait.h>

/* Parsing a malformed template leaks inside the library, so it happens in a child. */
static enum err load_in_child(void)
{
	int status = 0;
	pid_t child = fork();

	if (child == 0)
		_exit((int)load());
	assert_int_equal(waitpid(child, &status, 0), child);
	assert_true(WIFEXITED(status));
	return (enum err)WEXITSTATUS(status);
}

TEST(a_partial_sees_the_values_of_its_place_and_is_escaped_for_it)
{
	struct view *v = view_new(arena);

	view_strict(true);
	put("part/form_hidden.html",
	    PRAGMA "<input value=\"{{CSRF}}\">{{>INNER}}{{! no {{>NOTHING}} here\n");
	put("part/inner.html", PRAGMA "{{NAME}}\n");
	put_page("{{#ROW}}\n<form>\n  {{>FORM_HIDDEN}}\n</form>\n{{/ROW}}\n<a "
		 "href=\"{{>INNER}}\">x</a>\n");
	CHECK_INT(load(), OK);
	view_text(v, "CSRF", S("<t>"));
	view_text(v, "NAME", S("javascript:x"));
	view_text(view_row(v, "ROW"), "NAME", S("<n>"));
	CHECK_STR(render(v), S("<form>\n  <input value=\"&lt;t&gt;\">&lt;n&gt; here\n</form>\n"
			       "<a href=\"#\">x</a>\n"));
}

TEST(a_partial_is_no_page)
{
	struct str out;

	put("part/inner.html", PRAGMA "{{NAME}}\n");
	put_page("{{>INNER}}\n");
	CHECK_INT(load(), OK);
	CHECK_INT(view_render(view_new(arena), "part/inner.html", &out), E_INTERNAL);
	CHECK(logged("view_unknown template=part/inner.html"));
}

TEST(a_missing_partial_is_found_when_loading)
{
	put_page("<p>{{>NOWHERE}}</p>\n");
	CHECK_INT(load(), E_INTERNAL);
	CHECK(logged("view_partial template=page.html name=>NOWHERE"));
}

TEST(a_partial_that_holds_itself_is_refused)
{
	put("part/inner.html", PRAGMA "{{>INNER}}\n");
	CHECK_INT(load(), E_INTERNAL);
	CHECK(logged("view_partial template=part/inner.html name=>INNER"));
}

TEST(a_page_without_pragma_is_refused)
{
	put("page.html", "<p>{{V}}</p>\n");
	CHECK_INT(load(), E_INTERNAL);
	CHECK(logged("view_pragma template=page.html"));
}

TEST(a_malformed_template_is_refused)
{
	static const char *const bad[] = {"<p>{{V",     "{{#A}}x",           "{{#A}}{{/B}}",
					  "{{ V }}",    "<p>{{V:nope}}</p>", "<a href={{V}}>",
					  "{{=<% %>=}}"};

	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
		put_page(bad[i]);
		CHECK_INT(load_in_child(), E_INTERNAL);
		CHECK(logged("view_malformed template=page.html"));
		rewind(log_file);
		CHECK_INT(ftruncate(fileno(log_file), 0), 0);
	}
}

TEST(a_failed_load_keeps_the_templates_loaded_before)
{
	put_page("<p>{{V}}</p>\n");
	CHECK_INT(load(), OK);
	put_page("<p>new {{V}}</p>\n");
	put("other.html", "no pragma");
	CHECK_INT(load(), E_INTERNAL);
	struct view *v = view_new(arena);
	view_text(v, "V", S("b"));
	CHECK_STR(render(v), S("<p>b</p>\n"));
}

TEST(a_directory_that_is_missing_is_refused)
{
	CHECK_INT(view_load(S("/nonexistent"), false), E_INTERNAL);
	CHECK(logged("view_directory"));
}

TEST(an_unknown_template_is_our_bug)
{
	struct str out = S("rest");

	put_page("<p></p>\n");
	CHECK_INT(load(), OK);
	CHECK_INT(view_render(view_new(arena), "nowhere.html", &out), E_INTERNAL);
	CHECK_INT(view_render(view_new(arena), "../page.html", &out), E_INTERNAL);
	CHECK(logged("view_unknown template=nowhere.html"));
}

TEST(a_mail_is_not_escaped_and_keeps_its_blank_lines)
{
	struct view *v = view_new(arena);
	struct str out;

	view_strict(true);
	put("part/greeting.txt", "Viele Grüße\n");
	put("mail/invitation.txt", "Hallo {{NAME}},\n\n{{#LINK}}\nhier: {{URL}}\n{{/LINK}}\n\n"
				   "{{>GREETING}}\n{{! done }}\n");
	CHECK_INT(load(), OK);
	view_text(v, "NAME", S("Müller & Söhne"));
	view_text(view_row(v, "LINK"), "URL", S("https://x.example/?a=1&b=2"));
	CHECK_INT(view_render(v, "mail/invitation.txt", &out), OK);
	CHECK_STR(out, S("Hallo Müller & Söhne,\n\nhier: https://x.example/?a=1&b=2\n\n"
			 "Viele Grüße\n"));
}

TEST(a_marker_nobody_set_is_blank_but_fatal_when_strict)
{
	struct view *v = view_new(arena);
	struct str out;

	put_page("<p>{{V}}{{FORGOTTEN}}{{BI_SPACE}}{{BI_NEWLINE}}</p>\n");
	CHECK_INT(load(), OK);
	view_text(v, "V", S("v"));
	CHECK_STR(render(v), S("<p>v \n</p>\n"));
	view_strict(true);
	CHECK_INT(view_render(v, "page.html", &out), E_INTERNAL);
	CHECK_INT(out.n, 0);
	CHECK(logged("view_unset template=page.html name=FORGOTTEN"));
	view_text(v, "FORGOTTEN", S("f"));
	CHECK_STR(render(v), S("<p>vf \n</p>\n"));
}

TEST(a_value_no_marker_reads_is_fatal_when_strict)
{
	struct view *v = view_new(arena);
	struct str out;

	view_strict(true);
	put_page("<p>{{#HIDDEN}}{{V}}{{/HIDDEN}}{{#ROW}}{{R}}{{/ROW}}</p>{{OUTSIDE}}\n");
	CHECK_INT(load(), OK);
	view_text(v, "V", S("read in a hidden section only"));
	view_text(v, "OUTSIDE", S("o"));
	struct view *row = view_row(v, "ROW");
	view_text(row, "R", S("r"));
	CHECK_STR(render(v), S("<p>r</p>o\n"));
	view_text(row, "OUTSIDE", S("set where no marker is"));
	CHECK_INT(view_render(v, "page.html", &out), E_INTERNAL);
	CHECK(logged("view_unread template=page.html name=OUTSIDE"));
}

TEST(an_ambient_value_need_not_be_read)
{
	struct view *v = view_new(arena);
	struct str out;

	view_strict(true);
	put_page("<p></p>\n");
	CHECK_INT(load(), OK);
	view_ambient(v, "CSRF", S("t"));
	CHECK_STR(render(v), S("<p></p>\n"));
	view_text(v, "CSRF", S("t"));
	CHECK_INT(view_render(v, "page.html", &out), E_INTERNAL);
	CHECK(logged("view_unread template=page.html name=CSRF"));
}

TEST(a_section_the_template_does_not_have_is_fatal_when_strict)
{
	struct view *v = view_new(arena);
	struct str out;

	view_strict(true);
	put_page("<p>{{#A}}a{{/A}}</p>\n");
	CHECK_INT(load(), OK);
	view_show(v, "B");
	CHECK_INT(view_render(v, "page.html", &out), E_INTERNAL);
	CHECK(logged("view_unread template=page.html name=B"));
}

TEST(reloading_shows_the_changed_file)
{
	struct view *v = view_new(arena);
	struct str out;

	put_page("<p>one</p>\n");
	CHECK_INT(view_load(str_of(dir), true), OK);
	CHECK_STR(render(v), S("<p>one</p>\n"));
	CHECK_STR(render(v), S("<p>one</p>\n"));
	put_page("<p>another</p>\n"); /* of another size: the clock of the files is a coarse one */
	CHECK_STR(render(v), S("<p>another</p>\n"));
	CHECK_INT(view_render(v, "new.html", &out), E_INTERNAL);
	put("new.html", PRAGMA "<p>new</p>\n");
	CHECK_INT(view_render(v, "new.html", &out), OK);
	CHECK_STR(out, S("<p>new</p>\n"));
	put("page.html", "broken");
	CHECK_INT(view_render(v, "page.html", &out), E_INTERNAL);
	put_page("<p>three</p>\n");
	CHECK_STR(render(v), S("<p>three</p>\n"));
}

TESTS_MAIN_EACH(begin, end)
