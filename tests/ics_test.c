/* ics_test.c -- an appointment as a calendar reads it. */
#include "export/ics.h"
#include "test.h"

TEST(what_is_written_is_read_back)
{
	struct arena *a = arena_new(1 << 20);
	struct ics_event in = {.uid = S("x@handschlag.example"),
			       .sequence = 3,
			       .stamp = 1795165200,
			       .starts_at = 1796907600,
			       .ends_at = 1796913000,
			       .summary = S("Sitzung; mit Komma, und „Umlauten“ äöüß"),
			       .location = S("Rathaus\\Saal"),
			       .description =
				   S("Zeile eins\nZeile zwei: https://h.example/a?b=1&c"),
			       .url = S("https://h.example/sitzungen/2026-1")},
			 out;
	struct str text;

	CHECK_INT(ics_write(a, &in, &text), OK);
	CHECK(str_starts(text, S("BEGIN:VCALENDAR\r\n")));
	CHECK(str_find(text, S("DTSTART:20261210T130000Z\r\n")) < text.n);
	CHECK(str_find(text, S("METHOD:PUBLISH\r\n")) < text.n);
	CHECK(str_find(text, S("STATUS:CONFIRMED\r\n")) < text.n);
	/* No line longer than 75 bytes. */
	struct str rest = text, line;
	while (str_cut(&rest, '\n', &line))
		CHECK(line.n <= 76);
	CHECK_INT(ics_read(a, text, &out), OK);
	CHECK_STR(out.uid, in.uid);
	CHECK_STR(out.summary, in.summary);
	CHECK_STR(out.location, in.location);
	CHECK_STR(out.description, in.description);
	CHECK_STR(out.url, in.url);
	CHECK_INT(out.sequence, 3);
	CHECK_INT(out.stamp, in.stamp);
	CHECK_INT(out.starts_at, in.starts_at);
	CHECK_INT(out.ends_at, in.ends_at);
	CHECK(!out.cancelled);
	in.cancelled = true;
	CHECK_INT(ics_write(a, &in, &text), OK);
	CHECK(str_find(text, S("METHOD:CANCEL\r\n")) < text.n);
	CHECK_INT(ics_read(a, text, &out), OK);
	CHECK(out.cancelled);
	arena_free(a);
}

TEST(a_text_cannot_break_out_of_its_line)
{
	struct arena *a = arena_new(1 << 20);
	struct ics_event in = {.uid = S("x"),
			       .summary = S("Titel\r\nSTATUS:CANCELLED\r\nEND:VEVENT")},
			 out;
	struct str text;

	CHECK_INT(ics_write(a, &in, &text), OK);
	CHECK_INT(ics_read(a, text, &out), OK);
	CHECK(!out.cancelled);
	CHECK_INT(ics_read(a, S("kein Kalender"), &out), E_BAD_REQUEST);
	CHECK_INT(ics_read(a, S(""), &out), E_BAD_REQUEST);
	arena_free(a);
}

TESTS_MAIN
