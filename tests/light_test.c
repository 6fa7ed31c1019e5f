/* light_test.c -- the two lights: what is proposed, what is reported, how they changed. */
#include "features/overview/propose.h"
#include "fixtures.h"

#define PAGE "/task-forces/dateninventur"
#define SET PAGE "/stand"
#define COUNT "SELECT count(*) FROM assessment"

static struct proposal propose(int64_t budget, int64_t drawn, int64_t spent, int elapsed)
{
	return light_propose(&(struct light_facts){.budget = budget,
						   .drawn = drawn,
						   .spent = spent,
						   .bookings = drawn != 0 || spent != 0,
						   .elapsed = elapsed});
}

TEST(the_proposal_follows_money_and_time)
{
	static const struct {
		int64_t budget, drawn, spent;
		int elapsed;
		enum light light;
		enum light_cause cause;
	} cases[] = {
	    {0, 0, 0, 50, LIGHT_GREY, CAUSE_TOO_LITTLE},
	    {0, 100, 100, 50, LIGHT_GREY, CAUSE_TOO_LITTLE},
	    {1000, 0, 0, 50, LIGHT_GREY, CAUSE_TOO_LITTLE},
	    {1000, 500, 0, -1, LIGHT_GREY, CAUSE_TOO_LITTLE},
	    {1000, 500, 0, 50, LIGHT_GREEN, CAUSE_ON_PLAN},
	    {1000, 250, 0, 50, LIGHT_GREEN, CAUSE_ON_PLAN},
	    {1000, 249, 0, 50, LIGHT_YELLOW, CAUSE_BEHIND},
	    {1000, 750, 0, 50, LIGHT_GREEN, CAUSE_ON_PLAN},
	    {1000, 751, 0, 50, LIGHT_YELLOW, CAUSE_AHEAD},
	    {1000, 500, 249, 50, LIGHT_YELLOW, CAUSE_BEHIND},
	    {1000, 0, 950, 100, LIGHT_GREEN, CAUSE_ON_PLAN},
	    {1000, 0, 951, 100, LIGHT_YELLOW, CAUSE_NEARLY_USED},
	    {1000, 0, 951, -1, LIGHT_YELLOW, CAUSE_NEARLY_USED},
	    {1000, 1000, 1200, 100, LIGHT_YELLOW, CAUSE_NEARLY_USED},
	    {1000, 1000, 1201, 100, LIGHT_RED, CAUSE_OVERSPENT},
	    {1000, 1001, 0, 100, LIGHT_RED, CAUSE_OVERDRAWN},
	    {1000, 1, 0, 0, LIGHT_GREEN, CAUSE_ON_PLAN},
	};

	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		struct proposal p =
		    propose(cases[i].budget, cases[i].drawn, cases[i].spent, cases[i].elapsed);
		if (p.light != cases[i].light || p.cause != cases[i].cause)
			print_error("case %zu: light %d cause %d\n", i, (int)p.light, (int)p.cause);
		CHECK_INT(p.light, cases[i].light);
		CHECK_INT(p.cause, cases[i].cause);
	}
}

struct report {
	const char *content, *money, *reason, *solution, *money_reason;
};
static struct str form(struct report r)
{
	return FORM(FIELD_STR("inhalt", str_of(r.content)), FIELD("inhalt-tendenz", "worse"),
		    FIELD_STR("inhalt-grund", str_of(r.reason)),
		    FIELD_STR("inhalt-loesung", str_of(r.solution)),
		    FIELD_STR("mittel", str_of(r.money)), FIELD("mittel-tendenz", "same"),
		    FIELD_STR("mittel-grund", str_of(r.money_reason)), FIELD("mittel-loesung", ""));
}
#define RED                                                                                        \
	form((struct report){.content = "red",                                                     \
			     .money = "yellow",                                                    \
			     .reason = "Zwei <Ämter> fehlen",                                      \
			     .solution = "Nachfassen",                                             \
			     .money_reason = "Vergabe verschoben"})

TEST(both_lights_are_reported_for_this_quarter)
{
	fixtures();
	struct answer a = post_as(BEN, SET, RED);

	CHECK_STR(a.location, S(PAGE "?meldung=gemeldet"));
	CHECK_STR(
	    text_of("SELECT group_concat(quarter || dimension || proposed || colour || trend ||"
		    " reason || solution || by, ' ') FROM assessment"),
	    S("2026-4contentgreyredworseZwei <Ämter> fehlenNachfassen2 "
	      "2026-4resourcesgreyyellowsameVergabe verschoben2"));
	CHECK_INT(count_of("SELECT count(*) FROM audit WHERE action = 'light.set'"), 2);
	a = get_as(DORA, PAGE);
	CHECK(shows(&a, "Gemeldet am 20.\u00a0November 2026"));
	CHECK(shows(&a, "<use href=\"#zeichen-red\"/></svg>kritisch"));
	CHECK(shows(&a, "<use href=\"#zeichen-yellow\"/></svg>gefährdet"));
	CHECK(shows(&a, "Zwei &lt;Ämter&gt; fehlen"));
	CHECK(shows(&a, "Tendenz: schlechter"));
	a = get_as(BEN, SET);
	CHECK(shows(&a, "value=\"red\" checked"));
	CHECK(shows(&a, "value=\"yellow\" checked"));
	CHECK(shows(&a, ">Nachfassen</textarea>"));
}

TEST(the_newest_report_of_a_quarter_counts)
{
	fixtures();
	CHECK_INT(post_as(BEN, SET, RED).status, 303);
	CHECK_INT(post_as(BEN, SET, form((struct report){"green", "green", "", "", ""})).status,
		  303);
	CHECK_INT(count_of(COUNT), 4);
	struct answer a = get_as(DORA, PAGE);
	CHECK(!shows(&a, "kritisch"));
	CHECK_INT(times(&a, "im Plan"), 4);
}

TEST(a_new_quarter_starts_grey_and_history_stays)
{
	fixtures();
	CHECK_INT(post_as(BEN, SET, RED).status, 303);
	run_sql(
	    "INSERT INTO assessment (task_force_id, quarter, dimension, proposed, colour, reason,"
	    " at) VALUES (1, '2025-4', 'content', 'grey', 'green', 'Guter Start', 1),"
	    " (1, '2024-4', 'content', 'grey', 'red', 'Uralt', 1)");
	clock_set(FIXTURE_NOW + 50 * 24 * 3600);
	run_sql("UPDATE session SET last_at = 1795165200 + 50 * 86400, ends_at = ends_at * 2");
	struct answer a = get_as(DORA, PAGE);
	CHECK_INT(a.status, 200);
	CHECK(!shows(&a, "Gemeldet am"));
	CHECK(shows(&a, "1/2027 <span class=\"hs-leise\">(laufend)"));
	CHECK(shows(&a, "kritisch"));
	CHECK(shows(&a, "Guter Start"));
	CHECK(!shows(&a, "Uralt"));
	/* From the quarter of the first day (3/2025) to now. */
	CHECK_INT(times(&a, "data-label=\"Quartal\""), 7);
	a = get_as(BEN, SET);
	CHECK(!shows(&a, " checked>"));
}

TEST(an_ended_task_force_without_a_last_day_keeps_its_history)
{
	fixtures();
	run_sql(
	    "INSERT INTO assessment (task_force_id, quarter, dimension, proposed, colour, reason,"
	    " at) VALUES (1, '2026-3', 'content', 'grey', 'red', 'Zu wenige', 1);"
	    "UPDATE task_force SET status = 'cancelled', ends_on = NULL,"
	    " review_on = '2027-01-01' WHERE id = 1");
	struct answer a = get_as(DORA, PAGE);
	CHECK(shows(&a, "Zu wenige"));
	/* From the quarter of the first day (3/2025) to now. */
	CHECK_INT(times(&a, "data-label=\"Quartal\""), 6);
}

TEST(a_task_force_at_rest_keeps_its_last_lights_everywhere)
{
	fixtures();
	run_sql("INSERT INTO assessment (task_force_id, quarter, dimension, proposed, colour, at)"
		" VALUES (1, '2026-2', 'resources', 'grey', 'yellow', 1780000000),"
		" (1, '2026-3', 'content', 'grey', 'green', 1790000000),"
		" (1, '2026-3', 'content', 'grey', 'red', 1790000000)");
	struct answer page = get_as(BEN, PAGE), home = get_as(BEN, "/");
	struct answer table = get_as(BEN, "/task-forces?kommune=bergstedt");
	CHECK_INT(times(&page, "#zeichen-red"), 1); /* in the history */
	CHECK(!shows(&home, "kritisch") && !shows(&table, "</svg> kritisch"));
	CHECK(!shows(&page, "Gemeldet am"));
	run_sql("UPDATE task_force SET status = 'paused' WHERE id = 1");
	page = get_as(BEN, PAGE);
	home = get_as(BEN, "/");
	table = get_as(BEN, "/task-forces?kommune=bergstedt");
	CHECK_INT(times(&page, "#zeichen-red"), 2);
	CHECK_INT(times(&page, "#zeichen-yellow"), 2);
	CHECK(shows(&page, "Gemeldet am 21.\u00a0September 2026"));
	CHECK(shows(&home, "kritisch") && shows(&home, "gefährdet"));
	CHECK(shows(&table, "</svg> kritisch") && shows(&table, "</svg> gefährdet"));
	run_sql("UPDATE task_force SET status = 'done' WHERE id = 1");
	page = get_as(BEN, PAGE);
	table = get_as(BEN, "/task-forces?kommune=bergstedt");
	CHECK_INT(times(&page, "#zeichen-done"), 2);
	CHECK_INT(times(&table, "#zeichen-done"), 2);
	CHECK(!shows(&page, "Gemeldet am") && !shows(&table, "</svg> kritisch"));
}

TEST(each_missing_word_is_asked_for)
{
	fixtures();
	struct answer a = post_as(BEN, SET, S(""));
	CHECK_INT(a.status, 422);
	CHECK(shows(&a, "Vier Angaben passen noch nicht"));
	a = post_as(BEN, SET, form((struct report){"red", "yellow", "", "", ""}));
	CHECK_INT(a.status, 422);
	CHECK(summary_says(&a, "inhalt-grund",
			   "Was ist der Grund? (Inhalt):", "Nenne den Grund beim Inhalt."));
	CHECK(summary_says(&a, "inhalt-loesung", "Was schlagt ihr vor? (Inhalt):",
			   "Schlage eine Lösung beim Inhalt vor."));
	CHECK(summary_says(&a, "mittel-grund",
			   "Was ist der Grund? (Mittel):", "Nenne den Grund bei den Mitteln."));
	CHECK(shows(&a, "value=\"red\" checked"));
	CHECK(shows(&a, "value=\"worse\" checked"));
	a = post_as(BEN, SET, form((struct report){"grey", "done", "", "", ""}));
	CHECK(summary_says(&a, "inhalt", "Wie steht es inhaltlich?",
			   "Wähle eine der Möglichkeiten."));
	CHECK(summary_says(&a, "mittel", "Wie steht es mit Geld und Personal?",
			   "Wähle eine der Möglichkeiten."));
	struct str form = FORM(FIELD("inhalt", "green"), FIELD("inhalt-tendenz", "same"),
			       FIELD_STR("inhalt-grund", repeated("é", 2001)),
			       FIELD("mittel", "green"), FIELD("mittel-tendenz", "same"));
	a = post_as(BEN, SET, form);
	CHECK_INT(a.status, 422);
	CHECK(shows(&a, "auf höchstens 2000 Zeichen"));
	CHECK_INT(count_of(COUNT), 0);
}

TEST(another_colour_than_the_proposal_needs_a_reason)
{
	fixtures();
	run_sql("INSERT INTO booking (task_force_id, kind, amount, on_date, at)"
		" VALUES (1, 'draw', 2210000, '2026-01-01', 1)");
	struct answer a = get_as(BEN, SET);
	CHECK(shows(&a, "Vorschlag: "));
	CHECK(shows(&a, "Es ist deutlich weniger Geld verwendet als Zeit verstrichen."));
	a = post_as(BEN, SET, form((struct report){"green", "green", "", "", ""}));
	CHECK_INT(a.status, 422);
	CHECK(summary_says(&a, "mittel-grund", "Was ist der Grund? (Mittel):",
			   "Nenne den Grund, warum du vom Vorschlag"));
	a = post_as(BEN, SET, form((struct report){"green", "green", "", "", "Rechnung folgt"}));
	CHECK_INT(a.status, 303);
	CHECK_STR(text_of("SELECT proposed FROM assessment WHERE dimension = 'resources'"),
		  S("yellow"));
}

TEST(lights_are_set_by_the_own_lead_and_the_pmo)
{
	fixtures();
	CHECK_INT(post_as(CEM, SET, RED).status, 403);
	CHECK_INT(post_as(KIM, SET, RED).status, 403);
	CHECK_INT(post_as(DORA, SET, RED).status, 403);
	CHECK_INT(post_as(HEIDI, SET, RED).status, 403);
	CHECK_INT(count_of(COUNT), 0);
	run_sql("UPDATE task_force_member SET role = 'deputy' WHERE person_id = 3");
	CHECK_INT(post_as(CEM, SET, RED).status, 303);
}

TEST(one_at_rest_takes_no_report)
{
	static const char *const resting[] = {"paused", "done", "cancelled"};

	fixtures();
	for (size_t i = 0; i < sizeof resting / sizeof resting[0]; i++) {
		run_sql(arena_cstr(test_arena,
				   arena_fmt(test_arena,
					     "UPDATE task_force SET status = '%s' WHERE id = 1",
					     resting[i])));
		CHECK_INT(get_as(BEN, SET).status, 409);
		CHECK_INT(post_as(BEN, SET, RED).status, 409);
		/* Who may not report anyway learns nothing about its status. */
		CHECK_INT(post_as(CEM, SET, RED).status, 403);
		struct answer a = get_as(BEN, PAGE);
		CHECK(!shows(&a, "Stand melden"));
		CHECK(shows(&a, ">Bearbeiten<"));
	}
	CHECK_INT(count_of(COUNT), 0);
	run_sql("UPDATE task_force SET status = 'planned' WHERE id = 1");
	CHECK_INT(post_as(BEN, SET, RED).status, 303);
}

TEST(reporting_stands_bad_requests_double_clicks_and_failures)
{
	fixtures();
	check_refusals(BEN, SET, RED, COUNT);
	check_failures(BEN, SET, RED,
		       "SELECT (SELECT count(*) FROM assessment) + (SELECT count(*) FROM audit)");
	check_once(BEN, SET, RED, COUNT);
}

TEST(the_office_overrides_a_light_only_with_a_reason_of_its_own)
{
#define STAND(colour, why)                                                                         \
	FORM(FIELD("inhalt", colour), FIELD("inhalt-tendenz", "same"), FIELD("inhalt-grund", why), \
	     FIELD("inhalt-loesung", "So."), FIELD("mittel", "green"),                             \
	     FIELD("mittel-tendenz", "same"), FIELD("mittel-grund", "Passt."),                     \
	     FIELD("mittel-loesung", ""))
	fixtures();
	CHECK_INT(
	    post_as(BEN, "/task-forces/dateninventur/stand", STAND("red", "Es klemmt.")).status,
	    303);
	struct answer same =
	    post_as(ANNA, "/task-forces/dateninventur/stand", STAND("green", "Es klemmt."));
	CHECK(same.status == 422 && shows(&same, "Die Leitung hat etwas anderes gemeldet"));
	CHECK_INT(post_as(ANNA, "/task-forces/dateninventur/stand", STAND("green", "")).status,
		  422);
	CHECK_INT(
	    post_as(ANNA, "/task-forces/dateninventur/stand", STAND("green", "Geklärt.")).status,
	    303);
	CHECK_INT(count_of("SELECT count(*) FROM audit WHERE action = 'light.override'"), 2);
	CHECK_INT(post_as(BEN, "/task-forces/dateninventur/stand", STAND("yellow", "Fast.")).status,
		  303);
#undef STAND
}

TESTS_MAIN
