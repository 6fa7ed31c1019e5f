/* demo_test.c -- the demo is what the program would have made: its votes can be verified. */
#include "base/daytime.h"
#include "db/migrate.h"
#include "demo.h"
#include "features/people/audit_words.h"
#include "features/people/retention.h"
#include "features/steering/register_file.h"
#include "features/steering/register_key.h"
#include "features/steering/register_verify.h"
#include "fixtures.h"
#include "quiet.h"

static struct db *fresh;

static void make_demo_at(int64_t now)
{
	fixtures();
	clock_set(now);
	test_app.config.development = true;
	CHECK_INT(db_open(S(""), &fresh), OK);
	CHECK_INT(migrate(fresh, test_arena, S("")), OK);
	test_app.config.register_key =
	    arena_fmt(test_arena, "%.*s/demo.key", ARG(test_app.config.data));
	CHECK_INT(register_key_prepare(fresh, test_arena, &test_app.config), OK);
	struct quiet q = hush();
	int status = demo_command(fresh, test_arena, &test_app.config);
	struct str printed = speak(test_arena, q);
	if (status != 0)
		print_error("%.*s\n", ARG(printed));
	CHECK_INT(status, 0);
}

static void make_demo(void)
{
	make_demo_at(FIXTURE_NOW);
}

static struct str in_demo(const char *sql)
{
	struct str out = S("");

	CHECK_INT(db_begin_read(fresh, test_arena), OK);
	CHECK_INT(db_text(fresh, sql, WITH_NOTHING, &out), OK);
	db_rollback(fresh);
	return out;
}

TEST(nobody_of_the_demo_is_warned_on_its_first_day)
{
	make_demo();
	CHECK_INT(people_sleep_due(&test_app, fresh, test_arena), OK);
	CHECK_STR(in_demo("SELECT count(*) || '' FROM person WHERE warned_on IS NOT NULL"), S("0"));
	db_close(fresh);
}

/* What the program writes down about itself must be German on /protokoll; numbers are numbers. */
TEST(every_act_of_the_demo_has_its_words)
{
	static const char sql[] = "SELECT DISTINCT action, coalesce(after ->> 'state', '')"
				  " FROM audit WHERE coalesce(after ->> 'state', '') NOT GLOB "
				  "'[0-9]*'";
	size_t count = 0;

	make_demo();
	CHECK_INT(db_begin_read(fresh, test_arena), OK);
	struct rows r = db_query(fresh, sql, WITH_NOTHING);
	for (; rows_next(&r); count++) {
		struct str action = col_text(&r, 0), state = col_text(&r, 1);
		size_t dot = str_find(action, S("."));
		struct str act = dot < action.n ? str_from(action, dot + 1) : action;
		struct str said = audit_action_label(test_arena, action);
		struct str line = arena_fmt(test_arena, "state: %.*s", ARG(state));
		struct str stands = audit_lines_label(test_arena, line);
		bool german = str_find(said, act) >= said.n &&
			      (state.n == 0 || str_find(stands, state) >= stands.n);
		if (!german)
			print_error("%.*s, %.*s\n", ARG(action), ARG(state));
		CHECK(german);
	}
	CHECK_INT(r.err, OK);
	CHECK(count > 20);
	db_rollback(fresh);
	db_close(fresh);
}

TEST(the_register_of_the_demo_can_be_verified)
{
	struct register_verdict verdict;
	struct str file;

	make_demo();
	CHECK_INT(db_begin_read(fresh, test_arena), OK);
	CHECK_INT(register_file_write(fresh, test_arena, &file), OK);
	db_rollback(fresh);
	register_verify(test_arena, file, S(""), &verdict);
	if (!verdict.fine)
		print_error("line %d: %.*s\n", (int)verdict.line, ARG(verdict.why));
	CHECK(verdict.fine);
	CHECK_INT(verdict.vote_count, 2);
	CHECK_INT(verdict.witness_count, 1);
	CHECK_INT(verdict.open_count, 1);
	db_close(fresh);
}

TEST(the_demo_shows_a_vote_its_follow_up_and_one_to_vote_in)
{
	make_demo();
	/* A first round that became void, and the one that counts. */
	CHECK_STR(in_demo("SELECT round || ' ' || (SELECT count(*) FROM follow_up_void) FROM poll p"
			  " JOIN poll_void x ON x.poll_id = p.id AND x.confirmed_at IS NOT NULL"),
		  S("1 1"));
	CHECK_STR(in_demo("SELECT group_concat(status, ' ') FROM (SELECT status FROM poll_unit"
			  " WHERE status IS NOT NULL AND poll_id = 2 ORDER BY name)"),
		  S("yes no yes yes"));
	CHECK_STR(
	    in_demo("SELECT count(*) || '' FROM ballot WHERE capacity = 'proxy' AND poll_id = 2"),
	    S("1"));
	CHECK_STR(in_demo("SELECT light FROM follow_up_report"), S("yellow"));
	CHECK_STR(in_demo("SELECT state FROM meeting WHERE id = 1"), S("closed"));
	/* It comes back to the meeting that comes. */
	CHECK_STR(in_demo("SELECT meeting_id || ' ' || kind FROM agenda_entry"
			  " WHERE follows_id IS NOT NULL"),
		  S("2 information"));
	/* Three of the first seven logins can vote in the circular that runs. */
	CHECK_STR(in_demo("SELECT group_concat(person_id, ' ') FROM (SELECT person_id FROM"
			  " poll_voter v JOIN poll p ON p.id = v.poll_id AND p.closed_at IS NULL"
			  " WHERE person_id <= 7 ORDER BY person_id)"),
		  S("2 3 5"));
	CHECK_STR(in_demo("SELECT count(*) || '' FROM agenda_entry e JOIN meeting m ON"
			  " m.id = e.meeting_id WHERE m.state = 'closed' AND (outcome IS NULL"
			  "  OR ended_at IS NULL)"),
		  S("0"));
	db_close(fresh);
}

static int64_t number_in_demo(const char *sql)
{
	int64_t n = 0;

	CHECK_INT(db_begin_read(fresh, test_arena), OK);
	CHECK_INT(db_int(fresh, sql, WITH_NOTHING, &n), OK);
	db_rollback(fresh);
	return n;
}

/* On the four days one of the two meetings, both or none lie in summer time. */
TEST(the_meetings_of_the_demo_begin_at_ten_in_summer_and_in_winter)
{
	static const int64_t days[] = {1768471200, 1782122400, 1794996000, 1774519200};
	static const char *const starts[] = {
	    "SELECT starts_at FROM meeting WHERE id = 1",
	    "SELECT starts_at FROM meeting WHERE id = 2",
	    "SELECT opened_at - 120 FROM meeting WHERE id = 1",
	    "SELECT started_at - 120 FROM agenda_entry WHERE meeting_id = 1 AND pos = 1"};

	for (size_t d = 0; d < sizeof days / sizeof days[0]; d++) {
		make_demo_at(days[d]);
		for (size_t i = 0; i < sizeof starts / sizeof starts[0]; i++)
			CHECK_INT(daytime_of(number_in_demo(starts[i])), 600);
		db_close(fresh);
	}
}

TESTS_MAIN
