/* circular.c -- circular resolutions: starting, objecting, ending. */
#include "features/steering/circular.h"

#include "base/clock.h"
#include "features/steering/agenda.h"
#include "features/steering/poll_handlers.h"
#include "features/steering/poll_letter.h"
#include "features/steering/poll_presence.h"
#include "features/steering/recusal.h"

static const struct form_field UNTIL = {S_INIT("bis"), V_BIS, S_BIS_FEHLER};
static const struct form_field REASON = {S_INIT("grund"), V_GRUND, S_GRUND_FEHLER};
enum { LONGEST_DAYS = 60, REASON_MAX = 1000, RECUSAL_MAX = 500, POINT_MINUTES = 15 };

static enum err back(struct request *rq, const struct decision *d, enum message done)
{
	return reply_redirect(rq, done, "/entscheidungen/%.*s/abstimmung", ARG(d->slug));
}

bool circular_all_answered(struct arena *a, const struct poll *p, const struct electorate *e)
{
	struct poll_outcome o;

	return poll_count(a, p, e, &o) == OK && o.in.units.of[UNIT_ABSENT] == 0;
}

/* ---- Starting ---- */

static enum err show_new(struct request *rq, const struct decision *d,
			 const struct committee_rules *rules, int status)
{
	view_text(rq->view, V_DECISION_SLUG, d->slug);
	view_text(rq->view, V_DECISION_TITLE, d->title);
	view_int(rq->view, V_ROW_VERSION, d->row_version);
	view_int(rq->view, V_DAYS_NEEDED, rules->circular_days);
	return reply_page(rq, status, "steering/circular_new.html");
}

/* GET /entscheidungen/:slug/umlauf */
enum err circular_new(struct request *rq)
{
	struct committee_rules rules;
	struct decision d;
	struct form f;

	TRY(decision_load(rq, rq->slug, &d));
	if (!decision_may(rq, &d, STEP_CIRCULATE))
		return back(rq, &d, M_NONE);
	TRY(committee_rules_load(rq, &rules));
	form_begin(&f, rq);
	form_fill(&f, &UNTIL,
		  date_short(rq->arena, date_add_days(date_today(), rules.circular_days + 9)));
	form_show(&f, rq->view);
	return show_new(rq, &d, &rules, 200);
}

/* POST /entscheidungen/:slug/umlauf */
enum err circular_create(struct request *rq)
{
	struct committee_rules rules;
	struct decision d;
	struct poll p;
	struct form f;
	int64_t version = 0;

	TRY(decision_load(rq, rq->slug, &d));
	TRY(committee_rules_load(rq, &rules));
	form_begin(&f, rq);
	struct date until = form_date(&f, &UNTIL, REQUIRED);
	int64_t days = date_days(until) - date_days(date_today());
	(void)str_to_int(field_text(&rq->http.form, S("version")), &version);
	if (version != d.row_version || !decision_may(rq, &d, STEP_CIRCULATE))
		return poll_stale(rq, &d);
	if (!date_is_none(until) && days < rules.circular_days)
		form_problem(&f, &UNTIL, M_CIRCULAR_TOO_SOON, rules.circular_days);
	if (!date_is_none(until) && days > LONGEST_DAYS)
		form_problem(&f, &UNTIL, M_CIRCULAR_TOO_FAR, 0);
	if (form_wrong(&f)) {
		form_show(&f, rq->view);
		return show_new(rq, &d, &rules, 422);
	}
	TRY(poll_draft(rq, &d, NULL, POLL_CIRCULAR, &p));
	p.closes_at = date_end_of_day(until);
	TRY(poll_open(rq, &d, &p));
	TRY(poll_letters_circular(rq, &d, &p));
	return back(rq, &d, M_CIRCULAR_STARTED);
}

/* ---- For a municipality's seats: objecting, taking no part ---- */

/* The municipality whose seat the viewer has in the roll; E_FORBIDDEN without one. */
static enum err own_unit(struct request *rq, const struct poll *p, int64_t *municipality_id)
{
	static const char sql[] = "SELECT u.municipality_id FROM poll_voter v JOIN poll_unit u"
				  "  ON u.poll_id = v.poll_id AND u.unit = v.unit"
				  " WHERE v.poll_id = $1 AND v.person_id = $2"
				  "  AND v.capacity <> 'proxy'";
	enum err err =
	    db_int(rq->db, sql, WITH(INT(p->id), INT(rq->viewer.person_id)), municipality_id);

	return err == E_NOT_FOUND ? E_FORBIDDEN : err;
}

/* To a question about the circular that runs: E_CONFLICT when none does any more, or when the
 * viewer takes no part in it. */
static enum err begin_asking(struct request *rq, struct decision *d, struct poll *p)
{
	bool recused = false;
	int64_t unit;

	TRY(decision_load(rq, rq->slug, d));
	TRY(poll_newest(rq, d->id, p));
	if (p->kind != POLL_CIRCULAR || !poll_runs(p))
		return E_CONFLICT;
	TRY(own_unit(rq, p, &unit));
	TRY(poll_viewer_recused(rq, p, &recused));
	return recused ? E_CONFLICT : OK;
}

/* To what was submitted; whether it still runs comes after the fields have been read. */
static enum err begin_acting(struct request *rq, struct decision *d, struct poll *p, int64_t *unit)
{
	TRY(poll_of_form(rq, d, p));
	if (p->kind != POLL_CIRCULAR)
		return E_NOT_FOUND;
	return own_unit(rq, p, unit);
}

static enum err show_question(struct request *rq, const struct decision *d, const struct poll *p,
			      struct form *f, const char *template_file, int status)
{
	form_show(f, rq->view);
	view_text(rq->view, V_DECISION_SLUG, d->slug);
	view_text(rq->view, V_DECISION_TITLE, d->title);
	view_int(rq->view, V_POLL_ID, p->id);
	return reply_page(rq, status, template_file);
}

static enum err ask(struct request *rq, const char *template_file)
{
	struct decision d;
	struct poll p;
	struct form f;

	enum err err = begin_asking(rq, &d, &p);
	if (err == E_CONFLICT)
		return back(rq, &d, M_NONE);
	TRY(err);
	form_begin(&f, rq);
	form_fill(&f, &REASON, S(""));
	return show_question(rq, &d, &p, &f, template_file, 200);
}

/* ---- Objecting ---- */

static const char object_page[] = "steering/circular_object.html";

/* GET /entscheidungen/:slug/umlauf/einwand */
enum err circular_object_ask(struct request *rq)
{
	return ask(rq, object_page);
}

/* The next one that has not begun; E_NOT_FOUND when none is planned. */
static enum err next_meeting(struct request *rq, struct meeting *m)
{
	static const char sql[] =
	    "SELECT year || '-' || number FROM meeting WHERE state IN ('draft', 'invited')"
	    " AND day >= $1 ORDER BY starts_at, id LIMIT 1";
	struct str slug;

	TRY(db_text(rq->db, sql, WITH(TEXT(date_iso(rq->arena, date_today()))), &slug));
	return meeting_load(rq, slug, m);
}

/* Onto its agenda; without a meeting the template waits in the pool. */
static enum err move_to_meeting(struct request *rq, const struct decision *d)
{
	static const char sql[] = "SELECT coalesce(presenter_id, 0) FROM decision_version"
				  " WHERE decision_id = $1 AND version = $2";
	struct agenda_entry e = {.kind = AGENDA_DECISION,
				 .decision_id = d->id,
				 .title = d->title,
				 .minutes = POINT_MINUTES};
	struct meeting m;
	enum err err = next_meeting(rq, &m);

	if (err == E_NOT_FOUND)
		return OK;
	TRY(err);
	TRY(db_int(rq->db, sql, WITH(INT(d->id), INT(d->version)), &e.presenter_id));
	return agenda_add(rq, &m, &e, STEP_PLACE);
}

static enum err object(struct request *rq, struct decision *d, struct poll *p, int64_t unit,
		       struct str reason)
{
	static const char sql[] =
	    "INSERT INTO circular_objection (poll_id, municipality_id, person_id, reason, at)"
	    " VALUES ($1, $2, $3, $4, $5)";
	static const char name_sql[] =
	    "SELECT u.name FROM poll_unit u JOIN poll_voter v ON v.poll_id = u.poll_id"
	    "  AND v.unit = u.unit WHERE u.poll_id = $1 AND v.person_id = $2"
	    "  AND v.capacity <> 'proxy'";
	struct str name;

	TRY(db_text(rq->db, name_sql, WITH(INT(p->id), INT(rq->viewer.person_id)), &name));
	TRY(db_run(
	    rq->db, sql,
	    WITH(INT(p->id), INT(unit), INT(rq->viewer.person_id), TEXT(reason), INT(clock_now())),
	    NULL));
	TRY(poll_abort(rq, d, p,
		       arena_fmt(rq->arena, "%.*s will in einer Sitzung entscheiden: %.*s",
				 ARG(name), ARG(reason))));
	return move_to_meeting(rq, d);
}

/* POST /entscheidungen/:slug/umlauf/einwand */
enum err circular_object(struct request *rq)
{
	struct decision d;
	struct poll p;
	struct form f;
	bool recused = false;
	int64_t unit;

	TRY(begin_acting(rq, &d, &p, &unit));
	TRY(poll_viewer_recused(rq, &p, &recused));
	form_begin(&f, rq);
	struct str reason = form_lines(&f, &REASON, OPTIONAL, REASON_MAX);
	if (!poll_runs(&p) || recused)
		return poll_stale(rq, &d);
	if (reason.n == 0)
		form_problem(&f, &REASON, M_POLL_REASON, 0);
	if (form_wrong(&f))
		return show_question(rq, &d, &p, &f, object_page, 422);
	TRY(object(rq, &d, &p, unit, reason));
	return back(rq, &d, M_CIRCULAR_OBJECTED);
}

/* ---- Taking no part ---- */

static const char recuse_page[] = "steering/circular_recuse.html";

/* GET /entscheidungen/:slug/umlauf/befangen */
enum err circular_recuse_ask(struct request *rq)
{
	return ask(rq, recuse_page);
}

/* POST /entscheidungen/:slug/umlauf/befangen -- for oneself; there is no chair to note it. */
enum err circular_recuse(struct request *rq)
{
	struct decision d;
	struct poll p;
	struct form f;
	bool recused = false;
	int64_t unit;

	TRY(begin_acting(rq, &d, &p, &unit));
	form_begin(&f, rq);
	struct str reason = form_lines(&f, &REASON, OPTIONAL, RECUSAL_MAX);
	TRY(poll_viewer_recused(rq, &p, &recused));
	if (!poll_runs(&p) || recused)
		return poll_stale(rq, &d);
	if (form_wrong(&f))
		return show_question(rq, &d, &p, &f, recuse_page, 422);
	struct recusal_place where = {.decision_id = d.id};
	TRY(recusal_add(rq, &where, rq->viewer.person_id, unit, reason));
	return back(rq, &d, M_RECUSED);
}

/* ---- Ending ---- */

/* POST /entscheidungen/:slug/umlauf/schliessen -- before its day, when all have answered. */
enum err circular_finish(struct request *rq)
{
	struct electorate e;
	struct decision d;
	struct poll p;

	TRY(poll_of_form(rq, &d, &p));
	if (p.kind != POLL_CIRCULAR)
		return E_NOT_FOUND;
	if (p.closed_at != 0)
		return back(rq, &d, M_POLL_CLOSED);
	TRY(electorate_load(rq, &p, &e));
	if (!poll_runs(&p) || !circular_all_answered(rq->arena, &p, &e))
		return poll_stale(rq, &d);
	TRY(poll_close(rq, &d, &p));
	return back(rq, &d, M_POLL_CLOSED);
}

static enum err find_due(struct request *rq, int64_t *decision_id)
{
	static const char sql[] = "SELECT coalesce(min(decision_id), 0) FROM poll"
				  " WHERE closed_at IS NULL AND aborted_at IS NULL"
				  "   AND closes_at < $1";

	return db_int(rq->db, sql, WITH(INT(clock_now())), decision_id);
}

static enum err close_due(struct request *rq)
{
	struct decision d;
	struct poll p;
	int64_t id = 0;

	TRY(find_due(rq, &id));
	while (id != 0) {
		TRY(decision_by_id(rq, id, &d));
		TRY(poll_newest(rq, id, &p));
		TRY(poll_close(rq, &d, &p));
		TRY(find_due(rq, &id));
	}
	return OK;
}

enum err circulars_close_due(const struct app *app, struct db *db, struct arena *a)
{
	struct request rq = {.app = app, .arena = a, .db = db};
	int64_t id = 0;

	TRY(db_begin_read(db, a));
	enum err err = find_due(&rq, &id);
	db_rollback(db);
	if (err != OK || id == 0)
		return err;
	TRY(db_begin_write(db, a));
	err = close_due(&rq);
	if (err == OK)
		return db_commit(db);
	db_rollback(db);
	return err;
}
