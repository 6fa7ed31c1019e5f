/* round_manage.c -- what the editors do with a round: extend, close early, evaluate. */
#include "base/clock.h"
#include "features/handbook/feedback.h"
#include "features/handbook/round_handlers.h"
#include "features/handbook/round_mailing.h"
#include "features/handbook/version.h"

#include <inttypes.h>

enum { LONGEST_DAYS = 366 };

/* Somebody was faster, or the clock was: the page shows what holds now. */
static enum err stale(struct request *rq, const struct round *r)
{
	struct round_page p = {.stale = true};

	return round_page(rq, r, &p, 409);
}

static bool is_current(struct request *rq, const struct round *r)
{
	return round_number_field(rq, S("version")) == r->row_version;
}

static enum err back(struct request *rq, const struct round *r, enum message done)
{
	return reply_redirect(rq, done, "/feedback/runden/%" PRId64, r->id);
}

static enum err extend(struct request *rq, struct round *r, struct date until)
{
	static const char sql[] = "UPDATE review_round SET closes_on = $2,"
				  " row_version = row_version + 1 WHERE id = $1";
	struct handbook_event e = {.object = "round",
				   .id = r->id,
				   .action = "extended",
				   .before = date_iso(rq->arena, r->closes_on),
				   .after = date_iso(rq->arena, until)};

	TRY(db_run(rq->db, sql, WITH(INT(r->id), TEXT(e.after)), NULL));
	TRY(handbook_event(rq, &e));
	r->closes_on = until;
	return round_letters(rq, r, 0);
}

/* POST /feedback/runden/:id/verlaengern */
enum err round_extend(struct request *rq)
{
	struct round_page p = {.stale = false};
	struct round r;
	struct form f;

	TRY(round_load(rq, rq->id, &r));
	form_begin(&f, rq);
	struct date until = form_date(&f, &round_day_field, REQUIRED);
	if (!round_runs(&r) || !is_current(rq, &r))
		return stale(rq, &r);
	if (!date_is_none(until) && date_cmp(until, r.closes_on) <= 0)
		form_problem(&f, &round_day_field, M_ROUND_DAY_LATER, 0);
	if (!date_is_none(until) && date_days(until) - date_days(date_today()) > LONGEST_DAYS)
		form_problem(&f, &round_day_field, M_ROUND_DAY_FAR, 0);
	p.extending = &f;
	if (form_wrong(&f))
		return round_page(rq, &r, &p, 422);
	TRY(extend(rq, &r, until));
	return back(rq, &r, M_ROUND_EXTENDED);
}

/* GET /feedback/runden/:id/schliessen */
enum err round_close_ask(struct request *rq)
{
	static const char sql[] =
	    "SELECT count(*) FROM round_invitation WHERE round_id = $1 AND state = 'invited'";
	struct round r;
	int64_t silent;

	TRY(round_load(rq, rq->id, &r));
	if (!round_runs(&r))
		return back(rq, &r, M_NONE);
	TRY(db_int(rq->db, sql, WITH(INT(r.id)), &silent));
	view_int(rq->view, V_ROUND_ID, r.id);
	view_int(rq->view, V_ROUND_NUMBER, r.number);
	view_int(rq->view, V_ROUND_VERSION, r.row_version);
	view_text(rq->view, V_CLOSES, date_long(rq->arena, r.closes_on));
	if (silent > 0)
		view_int(view_row(rq->view, S_SILENT), V_COUNT, silent);
	return reply_page(rq, 200, "handbook/round_close.html");
}

/* POST /feedback/runden/:id/schliessen */
enum err round_finish(struct request *rq)
{
	struct round r;

	TRY(round_load(rq, rq->id, &r));
	if (!is_current(rq, &r) || !round_runs(&r))
		return stale(rq, &r);
	TRY(round_close(rq, &r));
	return back(rq, &r, M_ROUND_CLOSED);
}

/* What only a municipality sees as yet cannot be decided and must not be counted either. */
static enum err count_undecided(struct request *rq, const struct round *r, int64_t *count)
{
	static const char sql[] =
	    "SELECT count(*) FROM feedback f WHERE f.round_id = $1 AND f.hidden_at IS NULL"
	    " AND f.visibility IN ('project', 'editors') AND " FEEDBACK_OPEN;

	return db_int(rq->db, sql, WITH(INT(r->id)), count);
}

static enum err evaluate(struct request *rq, const struct round *r)
{
	static const char round_sql[] = "UPDATE review_round SET evaluated_at = $2,"
					" row_version = row_version + 1 WHERE id = $1";
	static const char revision_sql[] =
	    "UPDATE revision SET state = 'reworking', row_version = row_version + 1"
	    " WHERE id = $1 AND state = 'in_review'";
	struct handbook_event round = {.object = "round",
				       .id = r->id,
				       .action = "evaluated",
				       .before = S("closed"),
				       .after = S("evaluated")};
	struct handbook_event revision = {.object = "revision",
					  .id = r->revision_id,
					  .action = "reviewed",
					  .before = version_state_name(VERSION_IN_REVIEW),
					  .after = version_state_name(VERSION_REWORKING)};
	int64_t changed = 0;

	TRY(db_run(rq->db, round_sql, WITH(INT(r->id), INT(clock_now())), NULL));
	TRY(handbook_event(rq, &round));
	TRY(db_run(rq->db, revision_sql, WITH(INT(r->revision_id)), &changed));
	return changed > 0 ? handbook_event(rq, &revision) : OK;
}

/* POST /feedback/runden/:id/auswerten */
enum err round_evaluate(struct request *rq)
{
	struct round_page p = {.stale = false};
	struct round r;

	TRY(round_load(rq, rq->id, &r));
	TRY(rounds_close_over(rq)); /* by the clock, not by whoever evaluates */
	if (!is_current(rq, &r) || r.state != ROUND_CLOSED)
		return stale(rq, &r);
	TRY(count_undecided(rq, &r, &p.undecided));
	if (p.undecided > 0)
		return round_page(rq, &r, &p, 409);
	TRY(evaluate(rq, &r));
	return back(rq, &r, M_ROUND_EVALUATED);
}
