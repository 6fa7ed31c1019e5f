/* letter_test.c -- a template of a mail becomes subject and body. */
#include "app/outbox.h"
#include "view_fixture.h"

static struct letter letter;

static enum err rendered(const char *template, struct str name)
{
	struct view *v = view_new(arena);

	letter = (struct letter){0};
	put("mail/letter.txt", template);
	view_strict(true);
	CHECK_INT(load(), OK);
	view_text(v, "NAME", name);
	return letter_render(arena, v, "mail/letter.txt", &letter);
}

TEST(the_first_line_is_the_subject_and_the_rest_the_body)
{
	CHECK_INT(
	    rendered("Neues für {{NAME}}\n\nHallo {{NAME}},\n\nes gibt Neues.\n", S("Anna & Ben")),
	    OK);
	CHECK_STR(letter.subject, S("Neues für Anna & Ben"));
	CHECK_STR(letter.body, S("Hallo Anna & Ben,\n\nes gibt Neues."));
}

TEST(a_letter_needs_subject_and_body)
{
	CHECK_INT(rendered("{{NAME}}\n\nText\n", S("")), E_INTERNAL);
	CHECK(logged("letter_incomplete template=mail/letter.txt"));
	CHECK_INT(rendered("{{NAME}}\n\n \n", S("Betreff")), E_INTERNAL);
	CHECK_INT(rendered("{{NAME}}", S("Betreff")), E_INTERNAL);
}

TEST(a_long_subject_is_cut_between_characters)
{
	struct buf b = {.arena = arena};

	for (int i = 0; i < LETTER_SUBJECT_MAX; i++)
		buf_add(&b, S("ü"));
	CHECK_INT(rendered("{{NAME}}\n\nText\n", buf_str(&b)), OK);
	CHECK_STR(letter.subject, buf_str(&b));
	CHECK_INT(rendered("{{NAME}}ü\n\nText\n", buf_str(&b)), OK);
	CHECK_INT(letter.subject.n, 2 * (LETTER_SUBJECT_MAX - 1) + S("…").n);
	CHECK(str_ends(letter.subject, S("ü…")));
}

TEST(a_template_that_is_not_there_is_our_bug)
{
	put("mail/letter.txt", "A\n\nB\n");
	CHECK_INT(load(), OK);
	CHECK_INT(letter_render(arena, view_new(arena), "mail/other.txt", &letter), E_INTERNAL);
	CHECK(logged("other.txt"));
}

TESTS_MAIN_EACH(begin, end)
