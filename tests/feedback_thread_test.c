/* feedback_thread_test.c -- answers to answers. */
#include "feedback_world.h"

static struct answer reply(int64_t person, const char *text, const char *to)
{
	return post_as(person, "/feedback/1/antworten",
		       FORM(FIELD_STR("antwort", str_of(text)), FIELD_STR("auf", str_of(to))));
}

TEST(deep_threads_are_flat_and_say_what_they_answer)
{
	begin();
	give(JULE, "Erster", GIVEN(.kind = "question", .text = "Wie?"));
	reply(ANNA, "So.", "");
	for (int i = 1; i <= 60; i++) {
		struct str to = arena_fmt(test_arena, "%d", i);
		CHECK_INT(reply(i % 2 ? JULE : BEN, "Und dann?", to.p).status, 303);
	}
	struct answer a = get_as(DORA, "/feedback/1");
	CHECK_INT(times(&a, "<li class=\"hs-kommentar\""), 61);
	CHECK(shows(&a, "<a class=\"hs-klein\" href=\"#antwort-60\">Antwort auf #60</a>"));
	CHECK_INT(times(&a, "<ol class=\"hs-faden\">"), 1);
	CHECK(!shows(&a, "?antwort-auf=")); /* readers do not answer */
	a = get_as(CEM, "/feedback/1?antwort-auf=3");
	CHECK(shows(&a, "?antwort-auf=3#antwort") && shows(&a, "name=\"auf\" value=\"3\""));
	CHECK(shows(&a, "Lieber auf die Rückmeldung antworten"));
	a = get_as(CEM, "/feedback/1?antwort-auf=99");
	CHECK(!shows(&a, "name=\"auf\""));
	/* an answer of another remark is none of this one */
	give(JULE, "zwei", GIVEN(.kind = "question", .text = "Und das?"));
	CHECK_INT(
	    post_as(ANNA, "/feedback/2/antworten", FORM(FIELD("antwort", "Ja."), FIELD("auf", "5")))
		.status,
	    303);
	CHECK_INT(count_of("SELECT reply_to IS NULL FROM reply WHERE feedback_id = 2"), 1);
}

TEST(deleting_a_parent_leaves_its_place_and_the_answers)
{
	begin();
	give(JULE, "Erster", GIVEN(.kind = "question", .text = "Wie?"));
	reply(BEN, "Unüberlegtes.", "");
	reply(CEM, "Das sehe ich anders.", "1");
	struct str first = FORM(FIELD("nummer", "1"));
	CHECK_INT(post_as(CEM, "/feedback/1/antworten/entfernen", first).status, 404);
	CHECK_INT(post_as(ANNA, "/feedback/1/antworten/entfernen", first).status, 404);
	struct answer a = get_as(BEN, "/feedback/1");
	CHECK_INT(times(&a, "Antwort entfernen</span>"), 1);
	CHECK_INT(post_as(BEN, "/feedback/1/antworten/entfernen", first).status, 303);
	CHECK_INT(post_as(BEN, "/feedback/1/antworten/entfernen", first).status, 404);
	a = get_as(DORA, "/feedback/1");
	CHECK(shows(&a, "Diese Antwort wurde entfernt.") && !shows(&a, "Unüberlegtes"));
	CHECK(shows(&a, "Das sehe ich anders.") && shows(&a, "Antwort auf #1"));
	CHECK(shows(&a, "Antwort entfernt von"));
	CHECK_INT(count_of("SELECT count(*) FROM feedback_search WHERE text MATCH 'unuberlegtes'"),
		  0);
	CHECK_INT(count_of("SELECT count(*) FROM reply"), 2);
	a = get_as(CEM, "/feedback/1?antwort-auf=1");
	CHECK(!shows(&a, "name=\"auf\"")); /* what is gone is not answered */
}

TEST(an_answer_is_kept_as_a_draft_until_it_is_sent)
{
	begin();
	give(JULE, "Erster", GIVEN(.kind = "question", .text = "Wie?"));
	reply(ANNA, "So.", "");
	struct str draft =
	    FORM(FIELD("antwort", "Ich überlege noch"), FIELD("auf", "1"), FIELD("entwurf", "1"));
	CHECK_INT(post_as(BEN, "/feedback/1/antworten", draft).status, 303);
	struct answer a = get_as(BEN, "/feedback/1");
	CHECK(shows(&a, "Ich überlege noch</textarea>") && shows(&a, "Das ist dein Entwurf vom"));
	CHECK(shows(&a, "name=\"auf\" value=\"1\""));
	a = get_as(ANNA, "/feedback/1");
	CHECK(!shows(&a, "Ich überlege noch"));
	CHECK_INT(reply(BEN, "Fertig überlegt.", "1").status, 303);
	CHECK_INT(count_of("SELECT count(*) FROM reply_draft"), 0);
	post_as(BEN, "/feedback/1/antworten", draft);
	post_as(BEN, "/feedback/1/antworten", FORM(FIELD("antwort", " "), FIELD("entwurf", "1")));
	CHECK_INT(count_of("SELECT count(*) FROM reply_draft"), 0);
	CHECK_INT(count_of("SELECT count(*) FROM reply"), 2);
}

TEST(every_form_here_stands_what_forms_must_stand)
{
	static const char removed[] = "SELECT count(*) FROM reply WHERE removed_at IS NOT NULL",
			  drafts[] = "SELECT count(*) FROM reply_draft";

	begin();
	give(JULE, "Erster", GIVEN(.kind = "question", .text = "Wie?"));
	reply(BEN, "So.", "");
	struct str form = FORM(FIELD("nummer", "1"));
	check_refusals(BEN, "/feedback/1/antworten/entfernen", form, removed);
	check_failures(BEN, "/feedback/1/antworten/entfernen", form, removed);
	check_failures(BEN, "/feedback/1/antworten",
		       FORM(FIELD("antwort", "Halb"), FIELD("auf", "1"), FIELD("entwurf", "1")),
		       drafts);
}

TESTS_MAIN
