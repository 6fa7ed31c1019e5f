/* version_void.c -- takes a version out of force, and what was built on it. */
#include "features/handbook/version_void.h"

#include "base/clock.h"
#include "features/handbook/edition.h"
#include "features/handbook/feedback.h"
#include "features/handbook/manuscript.h"
#include "features/handbook/reanchor.h"
#include "features/handbook/review_date.h"
#include "features/handbook/version_enforce.h"

/* ---- What falls ---- */

/* The version in force and those it was built on by editorial changes alone, the newest first. */
struct chain {
	size_t n;
	int64_t *ids;
	bool complete; /* it ends with the version whose vote is void */
};

static enum err chain_load(struct request *rq, const struct version *v, struct chain *out)
{
	static const char sql[] =
	    "WITH RECURSIVE up(depth, id, base_id, change) AS ("
	    "  SELECT 0, id, base_id, change FROM revision WHERE document_id = $1"
	    "    AND state = 'in_force' UNION ALL SELECT up.depth + 1, r.id, r.base_id, r.change"
	    "  FROM revision r JOIN up ON r.id = up.base_id"
	    "   WHERE up.id <> $2 AND up.change = 'editorial')"
	    " SELECT count(*) OVER (), id FROM up ORDER BY depth";
	struct rows r = db_query(rq->db, sql, WITH(INT(v->document_id), INT(v->id)));

	*out = (struct chain){.n = 0};
	while (rows_next(&r)) {
		if (out->n == 0)
			out->ids = ARENA_ARRAY(rq->arena, int64_t, (size_t)col_int(&r, 0));
		out->ids[out->n++] = col_int(&r, 1);
	}
	out->complete = out->n > 0 && out->ids[out->n - 1] == v->id;
	return r.err;
}

/* The version before it that is not void itself. */
static enum err predecessor(struct request *rq, const struct version *v, struct version *out)
{
	static const char sql[] =
	    "WITH RECURSIVE up(depth, id, base_id) AS ("
	    "  SELECT 0, id, base_id FROM revision WHERE id = $1 UNION ALL"
	    "  SELECT up.depth + 1, r.id, r.base_id FROM revision r JOIN up ON r.id = up.base_id)"
	    " SELECT id FROM up WHERE depth > 0 AND NOT EXISTS"
	    "  (SELECT 1 FROM revision_void x WHERE x.revision_id = up.id)"
	    " ORDER BY depth LIMIT 1";
	int64_t id = 0;

	TRY(db_int(rq->db, sql, WITH(INT(v->id)), &id));
	return version_by_id(rq, id, out);
}

/* What stood with the version is kept before it is taken away. */
static enum err keep(struct request *rq, int64_t id, struct str reason)
{
	static const char sql[] =
	    "INSERT INTO revision_void (revision_id, at, reason, effective_on, decision, "
	    "decided_by,"
	    " decided_at) SELECT id, $2, $3, coalesce(effective_on, ''), decision, decided_by,"
	    " decided_at FROM revision WHERE id = $1";
	struct handbook_event e = {.object = "revision",
				   .id = id,
				   .action = "voided",
				   .before = version_state_name(VERSION_IN_FORCE),
				   .reason = reason};

	TRY(db_run(rq->db, sql, WITH(INT(id), INT(clock_now()), TEXT(reason)), NULL));
	return handbook_event(rq, &e);
}

/* ---- What is in force again ---- */

static enum err change_states(struct request *rq, const struct version *v, const struct chain *c,
			      const struct version *again)
{
	static const char end[] =
	    "UPDATE revision SET state = $2, effective_on = NULL, decision = '',"
	    " decided_by = NULL, decided_at = NULL, row_version = row_version + 1 WHERE id = $1";
	static const char restore[] =
	    "UPDATE revision SET state = 'in_force', row_version = row_version + 1"
	    " WHERE id = $1 AND state = 'superseded'";
	static const char working[] = "UPDATE revision SET base_id = $2, major = $3, minor = $4"
				      " WHERE document_id = $1 AND state = 'working'";
	int64_t changed = 0;

	/* It lies before the committee again, as its template does; what was built on it does not.
	 */
	for (size_t i = 0; i < c->n; i++)
		TRY(db_run(rq->db, end,
			   WITH(INT(c->ids[i]),
				TEXT(version_state_name(c->ids[i] == v->id ? VERSION_PROPOSED
									   : VERSION_SUPERSEDED))),
			   NULL));
	TRY(db_run(rq->db, restore, WITH(INT(again->id)), &changed));
	if (changed != 1)
		return E_INTERNAL;
	return db_run(
	    rq->db, working,
	    WITH(INT(v->document_id), INT(again->id), INT(again->major), INT(again->minor)), NULL);
}

/* No edition of it stays with the public; what was on its way goes back to the start. */
static enum err take_editions_back(struct request *rq, const struct chain *c,
				   const struct version *again)
{
	struct str why = arena_fmt(
	    rq->arena, "Der Beschluss zu dieser Fassung ist ungültig. Es gilt wieder Fassung %.*s.",
	    ARG(again->label));
	struct edition *all;
	size_t n;

	TRY(editions_load(rq, &all, &n));
	for (size_t i = 0; i < n; i++)
		for (size_t k = 0; k < c->n; k++) {
			if (all[i].revision_id != c->ids[k])
				continue;
			if (edition_is_public(&all[i]))
				TRY(edition_withdraw(rq, &all[i], why));
			else if (edition_is_open(&all[i]))
				TRY(edition_discard(rq, &all[i]));
		}
	return OK;
}

static enum err fall_back(struct request *rq, const struct version *v, const struct chain *c,
			  struct str reason)
{
	struct handbook_event e = {.object = "revision",
				   .action = "restored",
				   .before = version_state_name(VERSION_SUPERSEDED),
				   .after = version_state_name(VERSION_IN_FORCE),
				   .reason = reason};
	struct version again;

	for (size_t i = 0; i < c->n; i++)
		TRY(keep(rq, c->ids[i], reason));
	TRY(predecessor(rq, v, &again));
	TRY(change_states(rq, v, c, &again));
	TRY(manuscript_retire(rq->db, v->document_id, again.id));
	for (size_t i = 0; i < c->n; i++)
		TRY(anchors_carry(rq->db, c->ids[i], again.id));
	TRY(version_name_document(rq, &again));
	TRY(review_date_move_back(rq->db, v->document_id, v->id));
	TRY(take_editions_back(rq, c, &again));
	e.id = again.id;
	return handbook_event(rq, &e);
}

/* A later resolution of the committee on the whole text stands; this one is noted. */
static enum err note_alone(struct request *rq, const struct version *v, struct str reason)
{
	TRY(keep(rq, v->id, reason));
	return review_date_pass_on(rq->db, v->document_id, v->id);
}

static enum err take_out(struct request *rq, int64_t id, struct str reason)
{
	struct version v;
	struct chain c;

	TRY(version_by_id(rq, id, &v));
	TRY(chain_load(rq, &v, &c));
	return c.complete ? fall_back(rq, &v, &c, reason) : note_alone(rq, &v, reason);
}

enum err versions_vote_voided(struct request *rq, int64_t decision_id, struct str reason)
{
	static const char sql[] =
	    "SELECT q.revision_id FROM decision_request q JOIN revision r ON r.id = q.revision_id"
	    " WHERE q.decision_id = $1 AND r.state IN ('in_force', 'superseded')"
	    " ORDER BY r.id DESC LIMIT 1";
	int64_t id = 0;
	enum err err = db_int(rq->db, sql, WITH(INT(decision_id)), &id);

	if (err == E_NOT_FOUND)
		return OK;
	TRY(err);
	return take_out(rq, id, reason);
}

/* ---- On the page ---- */

enum err version_void_show(struct request *rq, const struct version *v)
{
	static const char sql[] =
	    "SELECT x.at, x.reason, x.effective_on FROM revision_void x WHERE x.revision_id = $1"
	    " ORDER BY x.id DESC LIMIT 1";
	struct version now;
	struct date since;

	if (v->state == VERSION_IN_FORCE)
		return OK;
	struct rows r = db_query(rq->db, sql, WITH(INT(v->id)));
	if (!rows_next(&r))
		return r.err;
	struct view *row = view_row(rq->view, S_VOIDED);
	view_text(row, V_UNTIL, date_long(rq->arena, date_of(col_int(&r, 0))));
	view_text(row, V_REASON, col_text(&r, 1));
	if (date_parse_iso(col_text(&r, 2), &since))
		view_text(view_row(row, S_SINCE), V_DATE, date_long(rq->arena, since));
	TRY(version_in_force(rq, &now));
	view_text(row, V_IN_FORCE_LABEL, now.label);
	view_show(row, now.id < v->id ? S_AGAIN : S_STILL);
	return OK;
}
