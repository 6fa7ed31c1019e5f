/* register_forgery_test.c -- a forger who has the key, rule by rule: each change is refused for its
 * own reason, and what is allowed stays allowed. */
#include "register_world.h"

static struct register_receipt receipt;
static struct str text;

static void fresh(void)
{
	text = sample(&receipt);
	db_rollback(test_db);
}

/* A record of the sample, changed, put behind another one. */
static struct str with_copy(const char *behind, const char *like, const char *from, const char *to)
{
	struct str line = replaced(record_with(text, like), from, to);
	size_t at = str_find(line, S("\"at\":"));
	struct str place = record_with(text, behind);
	size_t there = str_find(place, S("\"at\":"));

	/* At the instant of the record before. */
	line =
	    arena_fmt(test_arena, "%.*s%.*s%.*s", ARG(str_head(line, at + 5)),
		      ARG(str_head(str_from(place, there + 5), 10)), ARG(str_from(line, at + 15)));
	return forged(text, behind, NULL, arena_cstr(test_arena, line));
}

#define OPENED(id) "\"kind\":\"poll_opened\",\"poll\":" id
#define CLOSED(id) "\"kind\":\"poll_closed\",\"poll\":" id

TEST(templates_are_published_in_order)
{
	const char *like = "\"kind\":\"template_published\",\"decision\":1";

	fresh();
	CHECK_REFUSED(with_copy(like, like, "", ""), "wurde schon veröffentlicht");
	CHECK_REFUSED(with_copy(like, like, "\"version\":1", "\"version\":0"),
		      "wurde schon veröffentlicht");
	CHECK_REFUSED(forged(text, like, "\"editorial\":0", "\"editorial\":1"),
		      "zählt nicht ab der Fassung davor");
	struct str second = replaced(record_with(text, like), "\"version\":1", "\"version\":2");
	second = replaced(second, "\"editorial\":0", "\"editorial\":1");
	const char *end = "\"event\":\"done\"";
	second = replaced(second, "\"at\":1795165200", "\"at\":1799999999");
	CHECK_FINE(forged(text, end, NULL, arena_cstr(test_arena, second)));
	second = replaced(second, "\"counts_from\":1795165200", "\"counts_from\":1795165201");
	CHECK_REFUSED(forged(text, end, NULL, arena_cstr(test_arena, second)),
		      "zählt nicht ab der Fassung davor");
}

TEST(meetings_are_invited_once_and_known)
{
	fresh();
	CHECK_REFUSED(
	    with_copy("\"kind\":\"meeting_invited\"", "\"kind\":\"meeting_invited\"", "", ""),
	    "wurde schon eingeladen");
	CHECK_REFUSED(forged(text, "\"kind\":\"meeting_invited\"", NULL, NULL),
		      "wurde nicht eingeladen");
	CHECK_REFUSED(forged(text, "\"kind\":\"meeting_moved\"", "\"meeting\":1", "\"meeting\":3"),
		      "zu Sitzung 3 wurde nicht eingeladen");
	CHECK_REFUSED(forged(text, "\"role\":\"guest\"", "\"meeting\":1", "\"meeting\":3"),
		      "zu Sitzung 3 wurde nicht eingeladen");
	CHECK_REFUSED(forged(text, "\"kind\":\"recusal\"", "\"meeting\":1", "\"meeting\":3"),
		      "zu Sitzung 3 wurde nicht eingeladen");
	CHECK_REFUSED(with_copy("\"role\":\"guest\"", "\"role\":\"guest\"", "", ""),
		      "die Person ist schon da");
}

TEST(proxies_are_granted_by_one_person_to_another)
{
	const char *one = "\"kind\":\"proxy_granted\",\"proxy\":1";
	struct str line, to;

	fresh();
	CHECK_REFUSED(with_copy(one, one, "", ""), "wurde schon erteilt");
	CHECK_REFUSED(with_copy("\"kind\":\"proxy_revoked\"", "\"kind\":\"proxy_revoked\"", "", ""),
		      "Vollmacht 2 gilt nicht (mehr)");
	line = record_with(text, one);
	to = str_head(str_from(line, str_find(line, S("\"person\":\"")) + 10), 64);
	line = str_from(line, str_find(line, S("\"principal\":\"")) + 13);
	CHECK_REFUSED(forged(text, one, arena_cstr(test_arena, str_head(line, 64)),
			     arena_cstr(test_arena, to)),
		      "braucht zwei Personen");
	CHECK_REFUSED(forged(text, OPENED("1"), "\"capacity\":\"proxy\",\"proxy\":1",
			     "\"capacity\":\"proxy\",\"proxy\":0"),
		      "fehlt eine Vollmacht");
	CHECK_REFUSED(forged(text, OPENED("1"), "\"capacity\":\"proxy\",\"proxy\":1",
			     "\"capacity\":\"proxy\",\"proxy\":2"),
		      "Vollmacht 2 wurde so nicht erteilt");
	CHECK_REFUSED(forged(text, one, "\"entry\":0", "\"entry\":2"), "so nicht erteilt");
}

TEST(who_is_recused_or_late_does_not_cast)
{
	fresh();
	CHECK_REFUSED(with_copy(OPENED("4"), "\"poll\":3,\"seq\":1", "\"poll\":3", "\"poll\":4"),
		      "wer abstimmt, ist befangen");
	CHECK_REFUSED(with_copy("\"kind\":\"recusal\"", "\"kind\":\"recusal\"", "", ""),
		      "die Person ist schon befangen");
	CHECK_REFUSED(forged(text, "\"kind\":\"recusal\"", "\"noted\"", "\"lifted\""),
		      "die Person war nicht befangen");
	CHECK_REFUSED(
	    forged(text, OPENED("5"), "\"closes_at\":1796202000", "\"closes_at\":1795683600"),
	    "die Frist ist schon vorbei");
	struct str late = replaced(record_with(text, "\"poll\":5,\"seq\":3"), "\"at\":1795683600",
				   "\"at\":1796202001");
	CHECK_REFUSED(forged(text, "\"poll\":5,\"seq\":2", NULL, arena_cstr(test_arena, late)),
		      "die Frist der Abstimmung war vorbei");
}

/* Auental's Ben casts by himself; then its proxy is locked out. */
TEST(after_the_holder_no_proxy_casts)
{
	first_meeting();
	attend(BEN, AUENTAL, "holder", "came");
	open_poll(1, TEMPLATE_1, "resolution");
	cast_as(1, 1, AUENTAL, "yes", JULE, "proxy");
	cast_as(1, 2, AUENTAL, "no", BEN, "holder");
	close_poll(1, (enum unit_status[]){UNIT_SILENT, UNIT_NO, UNIT_SILENT, UNIT_SILENT}, 6,
		   UNIT_SILENT);
	text = written();
	CHECK_FINE(text);
	const char *third = arena_cstr(
	    test_arena, replaced(record_with(text, "\"seq\":1"), "\"seq\":1", "\"seq\":3"));
	CHECK_REFUSED(forged(text, "\"poll\":1,\"seq\":2", NULL, third),
		      "die Stimmführung hat schon selbst abgestimmt");
	db_rollback(test_db);
}

/* Votes of somebody who is recused afterwards do not count. */
TEST(a_recusal_after_the_cast_takes_the_vote_out)
{
	first_meeting();
	open_poll(1, TEMPLATE_1, "resolution");
	cast_as(1, 1, BERGSTEDT, "yes", CEM, "deputy");
	cast_as(1, 2, BERGSTEDT, "no", HEIDI, "holder");
	cast_as(1, 3, LINDHEIM, "no", ANNA, "holder");
	recuse(TEMPLATE_1, HEIDI, BERGSTEDT);
	recuse(TEMPLATE_1, ANNA, LINDHEIM);
	close_poll(1, (enum unit_status[]){UNIT_RECUSED, UNIT_SILENT, UNIT_YES, UNIT_SILENT}, 5,
		   UNIT_SILENT);
	CHECK_FINE(written());
	db_rollback(test_db);
}

/* Jule stays, but no longer speaks for Auental. */
TEST(a_revoked_proxy_represents_nobody)
{
	struct register_proxy_revoked revoked = {1};

	first_meeting();
	open_poll(1, TEMPLATE_1, "resolution");
	CHECK_INT(register_proxy_revoked(&book, &revoked), OK);
	close_poll(1, (enum unit_status[]){UNIT_SILENT, UNIT_ABSENT, UNIT_SILENT, UNIT_SILENT}, 5,
		   UNIT_SILENT);
	CHECK_FINE(written());
	db_rollback(test_db);
}

/* Admitted at one point of the agenda is not admitted at another. */
TEST(a_waiver_counts_for_its_entry)
{
	fresh();
	CHECK_REFUSED(forged(text, OPENED("4"), "\"entry\":2", "\"entry\":1"), "lag zu spät vor");
}

TEST(seats_of_one_unit_are_counted_by_their_rule)
{
	first_meeting();
	open_poll(1, TEMPLATE_1, "resolution");
	cast_as(1, 1, BERGSTEDT, "yes", CEM, "deputy");
	cast_as(1, 2, BERGSTEDT, "no", HEIDI, "holder");
	close_poll(1, (enum unit_status[]){UNIT_SILENT, UNIT_SILENT, UNIT_INVALID, UNIT_SILENT}, 5,
		   UNIT_SILENT);
	text = written();
	CHECK_REFUSED(text, "Kommune 3: nach den Stimmen „no“, eingetragen ist „invalid“");
	CHECK_FINE(forged(text, OPENED("1"), "\"speaker\"", "\"block\""));
	CHECK_REFUSED(forged(text, OPENED("1"), "\"speaker\"", "\"inner\""),
		      "Kommune 3: nach den Stimmen „abstained“");
	db_rollback(test_db);
}

TEST(polls_do_not_overlap)
{
	fresh();
	CHECK_REFUSED(with_copy(CLOSED("1"), OPENED("1"), "", ""), "Abstimmung 1 gab es schon");
	CHECK_REFUSED(with_copy(OPENED("1"), OPENED("1"), "\"poll\":1,", "\"poll\":9,"),
		      "Abstimmung 1 läuft noch");
	CHECK_REFUSED(
	    with_copy(CLOSED("1"), "\"kind\":\"poll_aborted\"", "\"poll\":3", "\"poll\":1"),
	    "Abstimmung 1 ist nicht offen");
	CHECK_REFUSED(with_copy(CLOSED("1"), CLOSED("1"), "", ""), "Abstimmung 1 ist nicht offen");
	CHECK_REFUSED(with_copy(OPENED("4"), "\"kind\":\"minutes_sealed\"", "", ""),
		      "Abstimmung 4 läuft noch");
	CHECK_REFUSED(forged(text, CLOSED("1"), ",{\"unit\":4,\"status\":\"abstained\"}", ""),
		      "nicht jede Kommune hat ein Ergebnis");
}

TEST(papers_need_two_persons_and_their_order)
{
	static const char *const pairs[][3] = {
	    {"\"kind\":\"minutes_sealed\"", "\"chair\":\"", "unterschreiben zwei Personen"},
	    {"\"kind\":\"correction\"", "\"confirmed\":\"", "brauchen zwei Personen"}};

	fresh();
	for (size_t i = 0; i < 2; i++) {
		struct str line = record_with(text, pairs[i][0]), key = str_of(pairs[i][1]);
		struct str digest = str_head(str_from(line, str_find(line, key) + key.n), 64);
		struct register_verdict v =
		    verdict_of(forged(text, pairs[i][0], arena_cstr(test_arena, digest), ""));
		CHECK(!v.fine);
		CHECK(str_find(v.why, str_of(pairs[i][2])) < v.why.n);
	}
	CHECK_REFUSED(with_copy("\"event\":\"done\"", "\"event\":\"done\"", "", ""),
		      "die Umsetzung ist schon beendet");
	CHECK_REFUSED(with_copy("\"event\":\"started\"", "\"event\":\"started\"", "", ""),
		      "schon eine Umsetzung");
	CHECK_REFUSED(
	    forged(text, "\"event\":\"done\"", "\"number\":\"2026-7\"", "\"number\":\"2026-8\""),
	    "nicht begonnen");
	struct str line =
	    replaced(record_with(text, "\"event\":\"done\""), "\"done\"", "\"superseded\"");
	CHECK_REFUSED(forged(text, "\"event\":\"reported\"", NULL,
			     arena_cstr(test_arena, replaced(line, "\"superseded_by\":0",
							     "\"superseded_by\":9"))),
		      "der ersetzende Beschluss fehlt");
	CHECK_REFUSED(forged(text, "\"kind\":\"follow_up\"", "\"2027-01-31\"", "\"bald\""),
		      "passen nicht zusammen");
}

static void with_void(void)
{
	text = voided_sample(&receipt);
	db_rollback(test_db);
}

TEST(a_vote_becomes_void_once_by_two_persons)
{
	const char *it = "\"kind\":\"poll_voided\"";

	with_void();
	CHECK_FINE(text);
	struct register_verdict v = verdict_of(text);
	CHECK(str_find(v.votes, S("Abstimmung 1: für ungültig erklärt")) < v.votes.n);
	/* Without a second person, or with the same one twice. */
	struct str line = record_with(text, it);
	struct str one = str_head(str_from(line, str_find(line, S("\"proposed\":\"")) + 12), 64);
	struct str two = str_head(str_from(line, str_find(line, S("\"confirmed\":\"")) + 13), 64);
	CHECK_REFUSED(forged(text, it, arena_cstr(test_arena, two), ""), "zwei Personen");
	CHECK_REFUSED(forged(text, it, arena_cstr(test_arena, one), ""), "zwei Personen");
	CHECK_REFUSED(forged(text, it, arena_cstr(test_arena, two), arena_cstr(test_arena, one)),
		      "zwei Personen");
	CHECK_REFUSED(forged(text, it, "Technik fiel aus", ""), "der Grund fehlt");
	CHECK_REFUSED(with_copy(it, it, "", ""), "Abstimmung 1 ist nicht geschlossen");
	CHECK_REFUSED(forged(text, it, "\"poll\":1", "\"poll\":3"),
		      "Abstimmung 3 ist nicht geschlossen");
	CHECK_REFUSED(forged(text, it, "\"poll\":1", "\"poll\":2"), "hat nichts entschieden");
	CHECK_REFUSED(forged(text, it, "\"poll\":1", "\"poll\":4"), "hat nichts entschieden");
	/* Nothing follows from it any more, and its number is not free. */
	CHECK_REFUSED(with_copy(it, "\"event\":\"reported\"", "", ""), "nicht begonnen");
	CHECK_REFUSED(with_copy(it, "\"event\":\"started\"", "\"2026-7\"", "\"2026-8\""),
		      "wurde nicht beschlossen");
}

static void adopt(int64_t poll)
{
	open_poll(poll, TEMPLATE_1, "resolution");
	cast_as(poll, 1, LINDHEIM, "yes", ANNA, "holder");
	close_poll(poll, (enum unit_status[]){UNIT_YES, UNIT_SILENT, UNIT_SILENT, UNIT_SILENT}, 5,
		   UNIT_SILENT);
}

TEST(after_a_void_vote_another_number)
{
	struct register_poll_voided r = {1, S("Technik fiel aus"), {.id = IVO}, {.id = ANNA}};
	struct register_follow_up f = {
	    .decision = TEMPLATE_1, .number = S("2026-7"), .event = S("started")};
	const char *second = "\"2026-8\"";

	first_meeting();
	adopt(1);
	CHECK_INT(register_follow_up(&book, &f), OK);
	CHECK_INT(register_poll_voided(&book, &r), OK);
	adopt(2);
	f.number = S("2026-8");
	CHECK_INT(register_follow_up(&book, &f), OK);
	text = written();
	db_rollback(test_db);
	CHECK_FINE(text);
	CHECK_REFUSED(forged(text, second, second, "\"2026-7\""), "schon eine Umsetzung");
	CHECK_REFUSED(with_copy(CLOSED("2"), "\"kind\":\"poll_voided\"", "", ""),
		      "Abstimmung 1 ist nicht geschlossen");
	struct str late = arena_str(test_arena, record_with(text, "\"kind\":\"poll_voided\""));
	text = forged(forged(text, "\"kind\":\"poll_voided\"", NULL, NULL), second, NULL, NULL);
	CHECK_REFUSED(forged(text, CLOSED("2"), NULL, arena_cstr(test_arena, late)),
		      "danach neu abgestimmt");
}

TESTS_MAIN
