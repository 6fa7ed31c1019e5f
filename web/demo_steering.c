/* demo_steering.c -- what SQL alone cannot make: digests, register, history and votes of the demo.
 */
#include "demo_steering.h"

#include "app/app.h"
#include "base/clock.h"
#include "base/daytime.h"
#include "features/features.h"
#include "features/steering/attendance.h"
#include "features/steering/ballot.h"
#include "features/steering/decision_handlers.h"
#include "features/steering/decision_text.h"
#include "features/steering/follow_up.h"
#include "features/steering/meeting_handlers.h"
#include "features/steering/poll_letter.h"
#include "features/steering/poll_void.h"
#include "features/steering/proxy.h"
#include "features/steering/register_key.h"

/* In the order of time: the register knows no other. */
static const struct {
	int days_ago;
	int64_t decision, person;
	enum decision_step step;
	struct str reason;
} steps[] = {
    {108, 7, 4, STEP_SUBMIT, S_INIT("")},
    {104, 7, 1, STEP_PUBLISH, S_INIT("")},
    {103, 7, 1, STEP_SCHEDULE, S_INIT("")},
    {38, 1, 2, STEP_SUBMIT, S_INIT("")},
    {32, 2, 8, STEP_SUBMIT, S_INIT("")},
    {31, 1, 1, STEP_RETURN, S_INIT("Bitte schreibt dazu, wie viel Arbeit es ist.")},
    {29, 1, 2, STEP_SUBMIT, S_INIT("")},
    {28, 1, 1, STEP_PUBLISH, S_INIT("")},
    {27, 2, 1, STEP_PUBLISH, S_INIT("")},
    {27, 3, 1, STEP_SUBMIT, S_INIT("")},
    {26, 3, 1, STEP_PUBLISH, S_INIT("")},
    {25, 6, 1, STEP_SUBMIT, S_INIT("")},
    {24, 6, 1, STEP_PUBLISH, S_INIT("")},
    {18, 3, 1, STEP_REVISE, S_INIT("Im Text fehlte, wie lange die Benennung gilt.")},
    {17, 3, 1, STEP_SUBMIT, S_INIT("")},
    {16, 3, 1, STEP_PUBLISH, S_INIT("")},
    {12, 6, 1, STEP_WITHDRAW, S_INIT("Die Halle ist belegt. Wir versuchen es im nächsten Jahr.")},
    {11, 2, 1, STEP_SCHEDULE, S_INIT("")},
    {11, 3, 1, STEP_SCHEDULE, S_INIT("")},
    {9, 8, 1, STEP_SUBMIT, S_INIT("")},
    {8, 8, 1, STEP_PUBLISH, S_INIT("")},
    {7, 4, 9, STEP_SUBMIT, S_INIT("")},
};

/* The second version, written on the day it was opened. */
static enum err rewrite(struct request *rq, struct decision *d)
{
	struct decision_text t;

	TRY(decision_text_copy(rq, d));
	TRY(decision_text_load(rq, d->id, d->version, &t));
	t.v[TEXT_RESOLUTION] = S("Jeder Ort benennt bis zum Monatsende eine Stellvertretung für "
				 "den Steuerungskreis. Die Benennung gilt zwei Jahre.");
	return decision_text_save(rq, d, &t);
}

static enum err take(struct request *rq, size_t i)
{
	struct decision d;

	rq->viewer.person_id = steps[i].person;
	TRY(decision_by_id(rq, steps[i].decision, &d));
	TRY(decision_step(rq, &d, steps[i].step, steps[i].reason));
	if (steps[i].step == STEP_PUBLISH)
		return decision_put_out(rq, &d);
	return steps[i].step == STEP_REVISE ? rewrite(rq, &d) : OK;
}

/* As if each had been saved in the form. */
static enum err derive(struct request *rq)
{
	static const char sql[] = "SELECT id FROM decision ORDER BY id";
	struct rows r = db_query(rq->db, sql, WITH_NOTHING);
	struct decision_text t;
	struct decision d;

	while (rows_next(&r)) {
		TRY(decision_by_id(rq, col_int(&r, 0), &d));
		TRY(decision_text_load(rq, d.id, d.version, &t));
		TRY(decision_text_derive(rq, &d, &t));
	}
	return r.err;
}

/* ---- Meetings ---- */

enum { MEETING_WAS = 1, MEETING_COMES, DECISION_WAS = 7, DECISION_CIRCULATES };
enum { PAULA = 1, LEVENT, MINA, SASCHA, VERA, JANA = 8, RUBEN, OLGA };
enum { LINDHEIM = 1, AUENTAL, BERGSTEDT, SEEFELD };

static enum err load_meeting(struct request *rq, int64_t id, struct meeting *out)
{
	static const char sql[] = "SELECT year || '-' || number FROM meeting WHERE id = $1";
	struct str slug;

	TRY(db_text(rq->db, sql, WITH(INT(id)), &slug));
	return meeting_load(rq, slug, out);
}

static enum err shift(struct request *rq, int64_t meeting_id, int64_t seconds)
{
	static const char meeting_sql[] =
	    "UPDATE meeting SET starts_at = starts_at + $2 WHERE id = $1";
	static const char entry_sql[] =
	    "UPDATE agenda_entry SET started_at = started_at + $2, ended_at = ended_at + $2"
	    " WHERE meeting_id = $1";

	TRY(db_run(rq->db, meeting_sql, WITH(INT(meeting_id), INT(seconds)), NULL));
	return db_run(rq->db, entry_sql, WITH(INT(meeting_id), INT(seconds)), NULL);
}

/* Ten o'clock is what the clock in the town hall shows, in summer and in winter. */
static enum err set_clocks(struct request *rq)
{
	struct meeting m;

	for (int64_t id = MEETING_WAS; id <= MEETING_COMES; id++) {
		int64_t instant;
		TRY(load_meeting(rq, id, &m));
		if (!daytime_instant(m.day, m.start_minute, &instant))
			return E_INTERNAL;
		TRY(shift(rq, id, instant - m.starts_at));
	}
	return OK;
}

static enum err act_as(struct request *rq, int64_t person, unsigned roles)
{
	static const char sql[] = "SELECT p.name, s.municipality_id FROM person p"
				  "  JOIN membership s ON s.person_id = p.id WHERE p.id = $1";
	struct rows r = db_query(rq->db, sql, WITH(INT(person)));

	if (!rows_next(&r))
		return r.err != OK ? r.err : E_NOT_FOUND;
	rq->viewer = (struct viewer){.person_id = person,
				     .municipality_id = col_int(&r, 1),
				     .roles = roles,
				     .name = col_text(&r, 0)};
	return OK;
}

static enum err invite(struct request *rq, int64_t meeting_id)
{
	struct meeting m;

	TRY(act_as(rq, PAULA, ROLE_PMO));
	TRY(load_meeting(rq, meeting_id, &m));
	return meeting_call(rq, &m);
}

/* Nobody of Auental could come, so Jana of Lindheim speaks for it. */
static enum err grant_proxy(struct request *rq)
{
	struct proxy p = {.municipality_id = AUENTAL, .principal_id = OLGA, .proxy_id = JANA};
	struct meeting m;

	TRY(act_as(rq, OLGA, ROLE_COMMITTEE));
	TRY(load_meeting(rq, MEETING_WAS, &m));
	return proxy_add(rq, &m, &p);
}

static enum err come(struct request *rq, const struct meeting *m)
{
	static const struct {
		int64_t person;
		enum attendance_mode mode;
	} people[] = {{VERA, MODE_ROOM},  {JANA, MODE_ROOM},   {RUBEN, MODE_REMOTE},
		      {PAULA, MODE_ROOM}, {SASCHA, MODE_ROOM}, {MINA, MODE_ROOM}};

	for (size_t i = 0; i < sizeof people / sizeof people[0]; i++)
		TRY(attendance_come(rq, m, people[i].person, S(""), people[i].mode));
	return OK;
}

static enum err cast(struct request *rq, int64_t decision_id, int64_t person, enum choice choice,
		     struct str reason)
{
	struct electorate e;
	struct ballot_form f;
	struct decision d;
	struct poll p;

	TRY(act_as(rq, person, ROLE_COMMITTEE));
	TRY(decision_by_id(rq, decision_id, &d));
	TRY(poll_newest(rq, d.id, &p));
	TRY(electorate_load(rq, &p, &e));
	TRY(ballot_form_load(rq, &p, &e, &f));
	for (size_t i = 0; i < f.n; i++) {
		f.parts[i].choice = (int)choice;
		f.parts[i].reason = reason;
	}
	return ballots_cast(rq, &d, &p, &e, &f);
}

static enum err begin_point(struct request *rq, struct decision *d)
{
	static const char sql[] = "UPDATE agenda_entry SET started_at = $2,"
				  " row_version = row_version + 1 WHERE decision_id = $1";

	TRY(decision_by_id(rq, DECISION_WAS, d));
	TRY(decision_step(rq, d, STEP_CALL, S("")));
	return db_run(rq->db, sql, WITH(INT(d->id), INT(clock_now())), NULL);
}

static enum err open_vote(struct request *rq)
{
	struct poll_stage s;
	struct decision d;
	struct poll p;

	TRY(act_as(rq, VERA, ROLE_CHAIR | ROLE_COMMITTEE));
	TRY(decision_by_id(rq, DECISION_WAS, &d));
	TRY(poll_stage_load(rq, &d, &s));
	TRY(poll_draft(rq, &d, &s, POLL_RESOLUTION, &p));
	return poll_open(rq, &d, &p);
}

static enum err close_vote(struct request *rq)
{
	struct decision d;
	struct poll p;

	TRY(act_as(rq, VERA, ROLE_CHAIR | ROLE_COMMITTEE));
	TRY(decision_by_id(rq, DECISION_WAS, &d));
	TRY(poll_newest(rq, d.id, &p));
	clock_set(clock_now() + 3 * 60);
	return poll_close(rq, &d, &p);
}

static enum err end_point(struct request *rq)
{
	static const char sql[] = "UPDATE agenda_entry SET ended_at = $2 WHERE decision_id = $1";

	return db_run(rq->db, sql, WITH(INT(DECISION_WAS), INT(clock_now() + 120)), NULL);
}

/* In the first round Bergstedt was not to be heard; chair and minute-taker declare it void. */
static enum err declare_void(struct request *rq)
{
	struct poll_void x;
	struct decision d;
	struct poll p;

	clock_set(clock_now() + 60);
	TRY(act_as(rq, VERA, ROLE_CHAIR | ROLE_COMMITTEE));
	TRY(decision_by_id(rq, DECISION_WAS, &d));
	TRY(poll_newest(rq, d.id, &p));
	TRY(poll_void_propose(
	    rq, &d, &p, S("Die Leitung nach Bergstedt war gestört. Die Stimme kam nicht an.")));
	clock_set(clock_now() + 60);
	TRY(act_as(rq, MINA, ROLE_COMMITTEE));
	TRY(poll_void_load(rq, &d, &p, &x));
	return poll_void_confirm(rq, &d, &p, &x);
}

static enum err vote(struct request *rq, bool heard)
{
	TRY(open_vote(rq));
	clock_set(clock_now() + 40);
	if (heard)
		TRY(cast(rq, DECISION_WAS, RUBEN, CHOICE_NO,
			 S("Zwei Abende im Jahr sind uns zu viel.")));
	TRY(cast(rq, DECISION_WAS, VERA, CHOICE_YES, S("")));
	TRY(cast(rq, DECISION_WAS, JANA, CHOICE_YES, S("")));
	return close_vote(rq);
}

/* The vote of the meeting that was, as the committee took it. */
static enum err hold(struct request *rq)
{
	struct decision d;
	struct meeting m;

	TRY(act_as(rq, VERA, ROLE_CHAIR | ROLE_COMMITTEE));
	TRY(load_meeting(rq, MEETING_WAS, &m));
	int64_t start = m.starts_at;
	clock_set(start);
	TRY(come(rq, &m));
	clock_set(start + 120);
	TRY(meeting_set_state(rq, &m, MEETING_RUNNING, "open", S("")));
	clock_set(start + 60 * 60);
	TRY(begin_point(rq, &d));
	clock_set(clock_now() + 14 * 60);
	TRY(vote(rq, false));
	TRY(declare_void(rq));
	clock_set(clock_now() + 60);
	TRY(vote(rq, true));
	TRY(end_point(rq));
	TRY(act_as(rq, VERA, ROLE_CHAIR | ROLE_COMMITTEE));
	clock_set(start + 100 * 60);
	TRY(attendance_end(rq, &m));
	return meeting_set_state(rq, &m, MEETING_CLOSED, "close", S(""));
}

/* What became of it: Levent carries it out, and it is not quite on its way. */
static enum err follow(struct request *rq, int64_t now)
{
	static const char sql[] = "UPDATE follow_up SET responsible_id = $2, due_on = $3,"
				  " row_version = row_version + 1 WHERE decision_id = $1";
	struct follow_up_report report = {
	    .light = LIGHT_YELLOW,
	    .text = S("Drei Task Forces laden schon ein. Die Liste der Vereine ist erst halb "
		      "fertig, weil Seefeld noch Ansprechpersonen sucht.")};
	struct date due = date_add_days(date_of(now), 20);
	struct follow_up f;
	struct decision d;

	TRY(act_as(rq, LEVENT, ROLE_COMMITTEE));
	TRY(decision_by_id(rq, DECISION_WAS, &d));
	TRY(db_run(rq->db, sql, WITH(INT(d.id), INT(LEVENT), TEXT(date_iso(rq->arena, due))),
		   NULL));
	TRY(follow_up_load(rq, d.slug, &f));
	return follow_up_add_report(rq, &f, &report);
}

/* Runs for nine more days, so that whoever looks around can vote. */
static enum err circulate(struct request *rq, int64_t now)
{
	struct decision d;
	struct poll p;

	TRY(act_as(rq, PAULA, ROLE_PMO));
	TRY(decision_by_id(rq, DECISION_CIRCULATES, &d));
	TRY(poll_draft(rq, &d, NULL, POLL_CIRCULAR, &p));
	p.closes_at = date_end_of_day(date_add_days(date_of(now), 9));
	TRY(poll_open(rq, &d, &p));
	TRY(poll_letters_circular(rq, &d, &p));
	clock_set(clock_now() + 4 * 3600);
	return cast(rq, DECISION_CIRCULATES, JANA, CHOICE_YES, S(""));
}

/* Letters of months ago have arrived. */
static enum err deliver(struct request *rq)
{
	return db_run(rq->db, "UPDATE outbox SET sent_at = $1 WHERE cancelled_at IS NULL",
		      WITH(INT(clock_now())), NULL);
}

/* All of it in the order of time: the register knows no other. */
static enum err live(struct request *rq, int64_t now)
{
	size_t n = sizeof steps / sizeof steps[0], i = 0;

	for (; i < n && steps[i].days_ago > 90; i++) {
		clock_set(now - steps[i].days_ago * 86400 + (int64_t)i);
		TRY(take(rq, i));
	}
	clock_set(now - 102 * 86400);
	TRY(invite(rq, MEETING_WAS));
	clock_set(now - 93 * 86400);
	TRY(grant_proxy(rq));
	TRY(hold(rq));
	TRY(deliver(rq));
	clock_set(now - 88 * 86400);
	TRY(act_as(rq, OLGA, ROLE_COMMITTEE));
	TRY(demo_countersign(rq));
	TRY(act_as(rq, PAULA, ROLE_PMO));
	for (; i < n; i++) {
		clock_set(now - steps[i].days_ago * 86400 + (int64_t)i);
		TRY(take(rq, i));
	}
	clock_set(now - 6 * 86400 - 7200);
	TRY(follow(rq, now));
	clock_set(now - 6 * 86400);
	TRY(invite(rq, MEETING_COMES));
	clock_set(now - 5 * 86400);
	return circulate(rq, now);
}

enum err demo_steering(struct db *db, struct arena *a, const struct config *c)
{
	struct secret_key key;
	struct app app = sitemap;
	struct request rq = {.app = &app, .arena = a, .db = db};
	int64_t now = clock_now();

	app.config = *c;
	app.register_key = &key;
	TRY(register_key_load(a, c, &key));
	TRY(view_load(c->views, false)); /* the letters of the invitation */
	rq.viewer = (struct viewer){.municipality_id = 1, .roles = ROLE_PMO};
	TRY(derive(&rq));
	TRY(set_clocks(&rq));
	enum err err = live(&rq, now);
	clock_set(0);
	return err;
}
