/* demo_steering.c -- what SQL alone cannot make: digests, register and history of the demo. */
#include "demo_steering.h"

#include "app/app.h"
#include "base/clock.h"
#include "features/steering/decision_handlers.h"
#include "features/steering/decision_text.h"
#include "features/steering/meeting_handlers.h"
#include "features/steering/register_key.h"
#include "features/steering/register_records.h"

/* In the order of time: the register knows no other. */
static const struct {
	int days_ago;
	int64_t decision, person;
	enum decision_step step;
	struct str reason;
} steps[] = {
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

/* The coming meeting has invited a week ago, so its letters and its record are there. */
static enum err invite(struct request *rq)
{
	static const char sql[] =
	    "SELECT year || '-' || number FROM meeting ORDER BY day DESC LIMIT 1";
	struct meeting m;
	struct agenda a;
	struct str slug;

	rq->viewer.person_id = 1;
	TRY(db_text(rq->db, sql, WITH_NOTHING, &slug));
	TRY(meeting_load(rq, slug, &m));
	TRY(agenda_load(rq, &m, &a));
	return meeting_call(rq, &m, &a);
}

/* The meeting that was held long ago: the register knows no minutes of one it never heard of. */
static enum err announce_past(struct request *rq)
{
	static const char sql[] = "SELECT year || '-' || number FROM meeting ORDER BY day LIMIT 1";
	struct register_book book = register_of(rq);
	struct meeting m;
	struct str slug;

	TRY(db_text(rq->db, sql, WITH_NOTHING, &slug));
	TRY(meeting_load(rq, slug, &m));
	return register_meeting_invited(
	    &book, &(struct register_meeting_invited){.meeting = m.id,
						      .number = m.slug,
						      .day = date_iso(rq->arena, m.day),
						      .start = m.start_minute,
						      .chair = WHO(m.chair_id),
						      .minute_taker = WHO(m.minute_taker_id)});
}

enum err demo_steering(struct db *db, struct arena *a, const struct config *c)
{
	struct secret_key key;
	struct app app = {.config = *c, .register_key = &key};
	struct request rq = {.app = &app, .arena = a, .db = db};
	int64_t now = clock_now();
	enum err err = OK;

	TRY(register_key_load(a, c, &key));
	TRY(view_load(c->views, false)); /* the letters of the invitation */
	rq.viewer = (struct viewer){.municipality_id = 1, .roles = ROLE_PMO};
	TRY(derive(&rq));
	clock_set(now - 105 * 86400);
	err = announce_past(&rq);
	for (size_t i = 0; err == OK && i < sizeof steps / sizeof steps[0]; i++) {
		clock_set(now - steps[i].days_ago * 86400 + (int64_t)i);
		err = take(&rq, i);
	}
	clock_set(now - 6 * 86400);
	if (err == OK)
		err = invite(&rq);
	clock_set(0);
	return err;
}
