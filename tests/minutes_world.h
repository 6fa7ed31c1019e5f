/*
 * minutes_world.h -- a meeting (2026-1) that held one vote and has ended, by the product's own
 * forms: Ivo chairs, Jule is deputy chair, Cem takes the minutes, so all stands in the register.
 */
#ifndef TESTS_MINUTES_WORLD_H
#define TESTS_MINUTES_WORLD_H

#include "poll_world.h"

#define M1 "/sitzungen/2026-1"
#define MINUTES M1 "/protokoll"
#define NOTES MINUTES "/notizen"
#define SIGN MINUTES "/unterschreiben"
#define RETURN MINUTES "/zurueckgeben"
#define APPROVE MINUTES "/genehmigen"
#define CORRECTIONS MINUTES "/berichtigungen"

__attribute__((unused)) static struct str meeting_version(int number)
{
	return arena_fmt(
	    test_arena, "%d",
	    (int)count_of(arena_cstr(test_arena,
				     arena_fmt(test_arena,
					       "SELECT row_version FROM meeting WHERE number = %d",
					       number))));
}

/* The vote is held, its point ended; the meeting runs. */
__attribute__((unused)) static void minutes_running(void)
{
	poll_world();
	OPENS();
	CHECK_INT(votes(IVO, SEEFELD, "yes"), 303);
	CHECK_INT(votes(JULE, LINDHEIM, "yes"), 303);
	CHECK_INT(votes(GRETA, AUENTAL, "no"), 303);
	CLOSES();
	/* The vote said the outcome; when it ended, the chair says. */
	CHECK_INT(
	    post_as(IVO, M1 "/punkte/1/beenden", FORM(FIELD_STR("version", meeting_version(1))))
		.status,
	    303);
}

__attribute__((unused)) static void minutes_world(void)
{
	minutes_running();
	clock_set(FIXTURE_NOW + 1200);
	CHECK_INT(
	    post_as(IVO, M1 "/schliessen", FORM(FIELD_STR("version", meeting_version(1)))).status,
	    303);
}

__attribute__((unused)) static struct str note_form(const char *kind, const char *text,
						    const char *who, const char *due)
{
	return FORM(FIELD("punkt", "1"), FIELD_STR("art", str_of(kind)),
		    FIELD_STR("text", str_of(text)), FIELD_STR("wer", str_of(who)),
		    FIELD_STR("frist", str_of(due)));
}

/* The digest that the page shows to the minute-taker. */
__attribute__((unused)) static struct str digest(void)
{
	struct answer a = get_as(CEM, MINUTES);
	struct str mark = S("SHA-256: <code>");
	size_t at = str_find(a.body, mark);

	CHECK(at < a.body.n);
	return arena_str(test_arena, str_head(str_from(a.body, at + mark.n), 64));
}

__attribute__((unused)) static struct str signing(const char *password)
{
	return FORM(FIELD_STR("passwort", str_of(password)), FIELD_STR("pruefsumme", digest()));
}

__attribute__((unused)) static void minutes_sealed(void)
{
	minutes_world();
	CHECK_INT(post_as(CEM, SIGN, signing(PASSWORD)).status, 303);
	CHECK_INT(post_as(IVO, SIGN, signing(PASSWORD)).status, 303);
	CHECK_STR(text_of("SELECT state FROM meeting WHERE number = 1"), S("minutes_draft"));
}

__attribute__((unused)) static struct str next_form(void)
{
	return FORM(FIELD("tag", "04.12.2026"), FIELD("uhrzeit", "14:00"), FIELD("dauer", "90"),
		    FIELD("ort", "Rathaus Lindheim"), FIELD("video", ""), FIELD("zugang", ""),
		    FIELD("moderation", "9"), FIELD("vertretung", "10"), FIELD("protokoll", "3"),
		    FIELD("antworten", ""));
}

__attribute__((unused)) static void next_meeting(void)
{
	CHECK_INT(post_as(ANNA, "/sitzungen/neu", next_form()).status, 303);
}

__attribute__((unused)) static struct str correction_form(const char *old, const char *new,
							  const char *poll)
{
	return FORM(FIELD_STR("stelle", str_of(old)), FIELD_STR("richtig", str_of(new)),
		    FIELD("grund", "Schreibfehler"), FIELD_STR("betrifft", str_of(poll)));
}

#endif
