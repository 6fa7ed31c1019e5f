/* register_verify_test.c -- nothing can be changed, left out, doubled or forged in a register file
 * without `verify` saying so. */
#include "register_world.h"

#include "base/clock.h"

static struct register_receipt receipt;
static struct arena *scratch;

static struct str fresh_sample(void)
{
	struct str text = witnessed_sample(&receipt);

	db_rollback(test_db);
	if (scratch == NULL)
		scratch = arena_new(64u << 20);
	return text;
}

static bool accepted(struct str text)
{
	struct register_verdict v;

	arena_reset(scratch);
	register_verify(scratch, text, S(""), &v);
	CHECK(v.fine == (v.why.n == 0));
	return v.fine;
}

/* So many bits of every byte, another one first at each. */
static void flip_all(struct str text, size_t bits)
{
	char *copy = arena_alloc(test_arena, text.n);

	memcpy(copy, text.p, text.n);
	for (size_t i = 0; i < text.n; i++) {
		for (size_t k = 0; k < bits; k++) {
			copy[i] = (char)((unsigned char)text.p[i] ^ (1u << ((i + k) % 8)));
			if (accepted((struct str){copy, text.n}))
				fail_msg("byte %zu is accepted as %02x", i, (unsigned)copy[i]);
		}
		copy[i] = text.p[i];
	}
	CHECK(accepted((struct str){copy, text.n}));
}

TEST(every_flipped_byte_is_noticed)
{
	flip_all(fresh_sample(), 1);
}

TEST(every_flipped_bit_of_a_small_register_is_noticed)
{
	fresh_sample();
	struct str text = small_sample();
	db_rollback(test_db);
	flip_all(text, 8);
}

/* The lines of a file, with their ends. */
static size_t split(struct str text, struct str *lines, size_t most)
{
	size_t n = 0;

	while (text.n > 0 && n < most) {
		size_t end = str_find_char(text, '\n') + 1;
		lines[n++] = str_head(text, end);
		text = str_from(text, end);
	}
	return n;
}

static struct str joined(const struct str *lines, size_t n, size_t without, size_t twice)
{
	struct buf b = {.arena = test_arena};

	for (size_t i = 0; i < n; i++) {
		if (i != without)
			buf_add(&b, lines[i]);
		if (i == twice)
			buf_add(&b, lines[i]);
	}
	return buf_str(&b);
}

TEST(lines_cut_off_removed_doubled_or_swapped_are_noticed)
{
	struct str lines[200], text = fresh_sample();
	size_t n = split(text, lines, 200), none = n;

	CHECK(n > 40 && n < 200);
	CHECK(accepted(joined(lines, n, none, none)));
	for (size_t i = 0; i < n; i++) {
		CHECK(!accepted(joined(lines, i, none, none)));
		CHECK(!accepted(joined(lines, n, i, none)));
		CHECK(!accepted(joined(lines, n, none, i)));
		if (i + 1 == n)
			break;
		struct str kept = lines[i];
		lines[i] = lines[i + 1];
		lines[i + 1] = kept;
		CHECK(!accepted(joined(lines, n, none, none)));
		lines[i + 1] = lines[i];
		lines[i] = kept;
	}
	for (size_t i = 1; i < text.n; i += 7)
		CHECK(!accepted(str_head(text, i)));
	CHECK(!accepted(arena_fmt(test_arena, "%.*s\n", ARG(text))));
	CHECK(!accepted(arena_fmt(test_arena, "\n%.*s", ARG(text))));
}

TEST(the_forger_alone_changes_nothing)
{
	struct str text = fresh_sample();

	CHECK_STR(forged(text, "nowhere", "", ""), text);
}

/* With valid hashes and seals: only what the records say gives it away. */
TEST(a_forged_tally_is_noticed)
{
	struct str text = fresh_sample();

	CHECK_REFUSED(forged(text, "\"kind\":\"poll_closed\",\"poll\":1", "\"result\":\"adopted\"",
			     "\"result\":\"rejected\""),
		      "nach den Stimmen „adopted“, eingetragen ist „rejected“");
	CHECK_REFUSED(forged(text, "\"kind\":\"poll_closed\",\"poll\":1", "[2,1,1,", "[3,0,1,"),
		      "die Zählung „yes“ stimmt nicht");
	CHECK_REFUSED(forged(text, "\"kind\":\"poll_closed\",\"poll\":1", "[5,2,1,", "[5,1,2,"),
		      "die Zählung „no“ stimmt nicht");
	CHECK_REFUSED(forged(text, "\"kind\":\"poll_closed\",\"poll\":1",
			     "{\"unit\":3,\"status\":\"no\"}", "{\"unit\":3,\"status\":\"yes\"}"),
		      "Kommune 3: nach den Stimmen „no“, eingetragen ist „yes“");
	CHECK_REFUSED(forged(text, "\"kind\":\"poll_closed\",\"poll\":1", "2 Ja >", "3 Ja >"),
		      "die Rechnung lautet „2 Ja > 1 Nein");
	CHECK_REFUSED(
	    forged(text, "\"kind\":\"poll_closed\",\"poll\":1", "\"persons\":5", "\"persons\":6"),
	    "6 Personen können nicht teilgenommen haben");
	CHECK_REFUSED(
	    forged(text, "\"kind\":\"poll_closed\",\"poll\":1", "\"persons\":5", "\"persons\":4"),
	    "4 Personen können nicht teilgenommen haben");
	CHECK_REFUSED(forged(text, "\"kind\":\"poll_closed\",\"poll\":1", "\"chair\":\"abstained\"",
			     "\"chair\":\"yes\""),
		      "die eigene Stimme der Sitzungsleitung stimmt nicht");
}

TEST(a_changed_or_dropped_vote_is_noticed)
{
	struct str text = fresh_sample();

	CHECK_REFUSED(forged(text, "\"poll\":1,\"seq\":4", "\"no\"", "\"yes\""),
		      "Kommune 3: nach den Stimmen „yes“");
	CHECK_REFUSED(forged(text, "\"poll\":1,\"seq\":4", NULL, NULL), "sind nicht fortlaufend");
	CHECK_REFUSED(forged(text, "\"poll\":1,\"seq\":5", NULL, NULL), "Kommune 4");
	CHECK_REFUSED(forged(text, "\"poll\":1,\"seq\":4", "\"seq\":4", "\"seq\":5"),
		      "sind nicht fortlaufend");
}

static struct str ballot_like(struct str text, const char *like, const char *from, const char *to)
{
	return replaced(record_with(text, like), from, to);
}

TEST(a_vote_after_closing_is_noticed)
{
	struct str text = fresh_sample();
	const char *late = arena_cstr(
	    test_arena, ballot_like(text, "\"poll\":1,\"seq\":5", "\"seq\":5", "\"seq\":6"));

	CHECK_REFUSED(forged(text, "\"kind\":\"minutes_sealed\"", NULL, late),
		      "älter als der davor");
	CHECK_REFUSED(forged(text, "\"kind\":\"poll_closed\",\"poll\":1", NULL, late),
		      "Stimme außerhalb der Abstimmung");
	CHECK_REFUSED(forged(text, "\"kind\":\"poll_aborted\"", NULL,
			     arena_cstr(test_arena, ballot_like(text, "\"poll\":3,\"seq\":1",
								"\"seq\":1", "\"seq\":2"))),
		      "Stimme außerhalb der Abstimmung");
	CHECK_REFUSED(forged(text, "\"kind\":\"poll_opened\",\"poll\":1", NULL, NULL),
		      "Stimme außerhalb der Abstimmung");
}

TEST(a_vote_for_a_wrong_unit_or_by_a_wrong_person_is_noticed)
{
	struct str text = fresh_sample();
	const char *ballot = "\"poll\":1,\"seq\":2";

	CHECK_REFUSED(forged(text, ballot, "\"unit\":3", "\"unit\":4"),
		      "so steht niemand für Kommune 4 im Stimmenverzeichnis");
	CHECK_REFUSED(forged(text, ballot, "\"unit\":3", "\"unit\":9"), "Kommune 9");
	CHECK_REFUSED(forged(text, ballot, "\"deputy\"", "\"holder\""), "so steht niemand");
	CHECK_REFUSED(forged(text, "\"event\":\"came\"", "\"came\"", "\"left\""),
		      "geht, ohne da zu sein");
	CHECK_REFUSED(forged(text, "\"role\":\"deputy\"", NULL, NULL), "ist nicht anwesend");
	CHECK_REFUSED(forged(text, "\"kind\":\"proxy_granted\",\"proxy\":1", NULL, NULL),
		      "Vollmacht 1 wurde so nicht erteilt");
	CHECK_REFUSED(
	    forged(text, "\"kind\":\"proxy_granted\",\"proxy\":1", "\"unit\":2", "\"unit\":3"),
	    "Vollmacht 1 wurde so nicht erteilt");
	CHECK_REFUSED(forged(text, "\"kind\":\"poll_opened\",\"poll\":1", NULL,
			     "{\"n\":1,\"at\":1795683600,\"kind\":\"proxy_revoked\",\"proxy\":1}"),
		      "Vollmacht 1 gilt nicht mehr");
}

TEST(a_late_template_without_waiver_is_noticed)
{
	struct str text = fresh_sample();

	CHECK_REFUSED(forged(text, "\"kind\":\"waiver\"", NULL, NULL),
		      "lag zu spät vor, und die Dringlichkeit wurde nicht beschlossen");
	CHECK_REFUSED(forged(text, "\"kind\":\"waiver\"", "\"poll\":2", "\"poll\":1"),
		      "die Dringlichkeit wurde nicht beschlossen");
	CHECK_REFUSED(forged(text, "\"kind\":\"waiver\"", "\"entry\":2", "\"entry\":1"),
		      "wurde für etwas anderes beschlossen");
	/* Moved to an earlier day, the first one is late as well. */
	CHECK_REFUSED(forged(text, "\"kind\":\"meeting_moved\"", "\"day\":\"2026-11-26\"",
			     "\"day\":\"2026-11-24\""),
		      "lag zu spät vor");
	CHECK_REFUSED(forged(text, "\"kind\":\"meeting_moved\"", "\"old_day\":\"2026-11-25\"",
			     "\"old_day\":\"2026-11-24\""),
		      "auf einen anderen Termin gelegt");
	CHECK_REFUSED(forged(text, "\"number\":\"2026-15\"", "\"counts_from\":1795683600",
			     "\"counts_from\":1795165200"),
		      "zählt nicht ab ihrer Veröffentlichung");
}

TEST(what_was_voted_on_must_have_been_published)
{
	struct str text = fresh_sample();

	CHECK_REFUSED(forged(text, "\"kind\":\"template_published\"", "1111", "3111"),
		      "ist nicht die zuletzt veröffentlichte");
	CHECK_REFUSED(forged(text, "\"kind\":\"template_published\",\"decision\":2", NULL, NULL),
		      "ist nicht die zuletzt veröffentlichte");
	CHECK_REFUSED(
	    forged(text, "\"kind\":\"poll_opened\",\"poll\":1", "\"version\":1", "\"version\":2"),
	    "ist nicht die zuletzt veröffentlichte");
}

TEST(impossible_votes_are_noticed)
{
	struct str text = fresh_sample();
	const char *first = "\"kind\":\"poll_opened\",\"poll\":1";

	CHECK_REFUSED(forged(text, first, "\"second_meeting\":0", "\"second_meeting\":1"),
		      "keine erste Sitzung");
	CHECK_REFUSED(forged(text, first, "\"unit\":2", "\"unit\":1"), "steht zweimal da");
	CHECK_REFUSED(forged(text, first, "\"weight\":3", "\"weight\":0"), "hat kein Gewicht");
	CHECK_REFUSED(forged(text, first, "\"majority\":\"simple\"", "\"majority\":\"cast\""),
		      "die Regel der Abstimmung ist unmöglich");
	CHECK_REFUSED(forged(text, first, "\"closes_at\":0", "\"closes_at\":1"), "passen nicht");
	CHECK_REFUSED(forged(text, "\"kind\":\"poll_closed\",\"poll\":1", NULL, NULL),
		      "läuft noch");
	CHECK_REFUSED(
	    forged(text, "\"kind\":\"poll_opened\",\"poll\":4", "\"round\":4", "\"round\":3"),
	    "Durchgang 3 gab es schon");
	CHECK_REFUSED(forged(text, "\"kind\":\"recusal\"", NULL, NULL),
		      "Kommune 1: nach den Stimmen");
	CHECK_REFUSED(forged(text, "\"kind\":\"poll_opened\",\"poll\":5",
			     "\"closes_at\":1796202000", "\"closes_at\":1797000000"),
		      "vor der Frist geschlossen, obwohl Antworten fehlen");
}

TEST(impossible_papers_are_noticed)
{
	struct str text = fresh_sample();

	CHECK_REFUSED(forged(text, "\"kind\":\"correction\"", "\"poll\":1", "\"poll\":3"),
		      "ist nicht geschlossen");
	CHECK_REFUSED(forged(text, "\"kind\":\"correction\"", "\"meeting\":0", "\"meeting\":1"),
		      "nicht zu genau einer Sache");
	CHECK_REFUSED(forged(text, "\"kind\":\"minutes_sealed\"", "\"meeting\":1", "\"meeting\":2"),
		      "zu Sitzung 2 wurde nicht eingeladen");
	CHECK_REFUSED(forged(text, "\"kind\":\"follow_up\"", "\"decision\":1", "\"decision\":9"),
		      "wurde nicht beschlossen");
	CHECK_REFUSED(forged(text, "\"event\":\"started\"", NULL, NULL), "nicht begonnen");
	CHECK_REFUSED(forged(text, "\"event\":\"done\"", "\"done\"", "\"superseded\""),
		      "passen nicht zusammen");
}

TESTS_MAIN
