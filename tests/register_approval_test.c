/* register_approval_test.c -- the record that minutes were approved, and what it forbids. */
#include "register_world.h"

enum { NEXT = 2 };
static struct register_receipt receipt;

static void invite_next(const char *day)
{
	struct register_meeting_invited r = {.meeting = NEXT,
					     .number = S("2026-5"),
					     .day = str_of(day),
					     .start = 600,
					     .chair = WHO(IVO),
					     .minute_taker = WHO(ANNA)};

	CHECK_INT(register_meeting_invited(&book, &r), OK);
}

static void approve(int64_t meeting, int64_t in)
{
	struct register_minutes_approved r = {.meeting = meeting, .by_meeting = in};

	CHECK_INT(register_minutes_approved(&book, &r), OK);
}

static void void_vote(int64_t poll)
{
	struct register_poll_voided r = {poll, S("Technik fiel aus"), WHO(IVO), WHO(ANNA)};

	CHECK_INT(register_poll_voided(&book, &r), OK);
}

/* The sample, with a second meeting that approves the minutes of the first. */
static void approved(void)
{
	sample(&receipt);
	invite_next("2026-12-17");
	approve(MEETING, NEXT);
}

TEST(a_vote_becomes_void_before_its_minutes_are_approved)
{
	voided_sample(&receipt);
	invite_next("2026-12-17");
	approve(MEETING, NEXT);
	CHECK_FINE(written());
}

TEST(and_not_afterwards)
{
	approved();
	CHECK_FINE(written());
	void_vote(1);
	CHECK_REFUSED(written(), "die Niederschrift ist schon genehmigt");
}

/* Of a circular vote a meeting told that was invited to after it. */
TEST(of_a_circular_vote_the_minutes_of_a_later_meeting_count)
{
	struct register_minutes_sealed m = {NEXT, S(SHA_1), WHO(IVO), WHO(ANNA)};

	approved();
	CHECK_INT(register_minutes_sealed(&book, &m), OK);
	void_vote(5);
	CHECK_FINE(written());
	sample(&receipt);
	invite_next("2026-12-17");
	CHECK_INT(register_minutes_sealed(&book, &m), OK);
	approve(NEXT, MEETING);
	void_vote(5);
	CHECK_REFUSED(written(), "die Niederschrift ist schon genehmigt");
}

static void come_to_next(int64_t person, const char *role)
{
	struct register_attendance r = {.meeting = NEXT,
					.person = WHO(person),
					.role = str_of(role),
					.mode = S("room"),
					.event = S("came")};

	CHECK_INT(register_attendance(&book, &r), OK);
}

/* Invited to before a circular vote ended.  Whoever opens a meeting has come: where the first came
 * after the vote it began after it, so its minutes close the case; where not, nobody can tell. */
static struct str void_circular(bool came_before)
{
	struct register_minutes_sealed m = {NEXT, S(SHA_1), WHO(IVO), WHO(ANNA)};
	struct register_minutes_sealed first = {MEETING, S(SHA_2), WHO(IVO), WHO(ANNA)};
	struct register_proxy_granted granted = {1, MEETING, 0, AUENTAL, WHO(BEN), WHO(JULE)};

	begin_register();
	publish(TEMPLATE_1, "2026-14", SHA_1, "");
	publish(TEMPLATE_2, "2026-15", SHA_2, "");
	invite();
	CHECK_INT(register_proxy_granted(&book, &granted), OK);
	invite_next("2026-12-17");
	if (came_before)
		come_to_next(IVO, "holder");
	circular_vote();
	come_to_next(ANNA, "minute_taker");
	CHECK_INT(register_minutes_sealed(&book, &first), OK);
	CHECK_INT(register_minutes_sealed(&book, &m), OK);
	approve(NEXT, MEETING);
	CHECK_FINE(written());
	void_vote(5);
	return written();
}

TEST(a_meeting_that_began_after_a_circular_vote_tells_of_it)
{
	CHECK_REFUSED(void_circular(false), "die Niederschrift ist schon genehmigt");
	CHECK_FINE(void_circular(true));
}

TEST(minutes_are_approved_once_when_sealed_and_by_another_meeting)
{
	approved();
	struct str text = written();
	const char *sealed = "\"kind\":\"minutes_sealed\"", *kind = "\"kind\":\"minutes_approved\"";

	CHECK_REFUSED(forged(text, sealed, NULL, NULL), "ist nicht unterschrieben");
	CHECK_REFUSED(forged(text, kind, "\"by_meeting\":2", "\"by_meeting\":1"),
		      "genehmigt eine andere Sitzung");
	CHECK_REFUSED(forged(text, kind, "\"by_meeting\":2", "\"by_meeting\":7"),
		      "wurde nicht eingeladen");
	CHECK_REFUSED(forged(text, kind, "\"meeting\":1", "\"meeting\":2"),
		      "ist nicht unterschrieben");
	CHECK_REFUSED(forged(text, kind, NULL, arena_cstr(test_arena, record_with(text, kind))),
		      "schon genehmigt");
}

/* Somebody with the key takes the approval out, or puts it behind the void vote. */
TEST(a_forged_approval_is_noticed_by_those_who_kept_the_head)
{
	struct register_verdict v;

	approved();
	struct str text = written();
	struct str without = forged(text, "\"kind\":\"minutes_approved\"", NULL, NULL);
	CHECK_FINE(without);
	register_verify(test_arena, without, text, &v);
	CHECK(!v.fine);
}

TEST(every_flipped_byte_of_it_is_noticed)
{
	approved();
	struct str text = written();
	size_t from = str_find(text, S("\"kind\":\"minutes_approved\""));
	char *copy = arena_alloc(test_arena, text.n);

	CHECK(from < text.n);
	memcpy(copy, text.p, text.n);
	while (from > 0 && text.p[from - 1] != '\n')
		from--;
	for (size_t i = from; i < text.n; i++)
		for (unsigned bit = 0; bit < 8; bit++) {
			struct register_verdict v;
			copy[i] = (char)((unsigned char)text.p[i] ^ (1u << bit));
			register_verify(test_arena, (struct str){copy, text.n}, S(""), &v);
			if (v.fine)
				fail_msg("byte %zu, bit %u", i, bit);
			copy[i] = text.p[i];
		}
}

TESTS_MAIN
