/* edition_steps.c -- an edition goes from state to state. */
#include "base/clock.h"
#include "base/secret.h"
#include "features/handbook/edition.h"
#include "features/handbook/edition_build.h"
#include "features/handbook/edition_pack.h"
#include "features/handbook/feedback.h"
#include "features/handbook/placeholders.h"
#include "features/handbook/version.h"

#include <inttypes.h>

static enum err event(struct request *rq, const struct edition *e, const char *action,
		      enum edition_state after, struct str reason)
{
	struct handbook_event event = {.object = "edition",
				       .id = e->id,
				       .action = action,
				       .before = edition_state_name(e->state),
				       .after = edition_state_name(after),
				       .reason = reason};

	return handbook_event(rq, &event);
}

/* Only from the state and the row_version that was loaded. */
static enum err changed_one(int64_t changed)
{
	return changed == 1 ? OK : E_CONFLICT;
}

/* Making --------------------------------------------------------------------------------------- */

static enum err keep_findings(struct request *rq, int64_t id, const struct edition_text *t,
			      const struct edition_findings *f)
{
	static const char sql[] = "UPDATE edition SET report = $2, blocking = $3, warnings = $4,"
				  " checked_at = $5 WHERE id = $1";

	return db_run(rq->db, sql,
		      WITH(INT(id), TEXT(edition_report(rq->arena, t, f)),
			   INT((int64_t)f->blocking), INT((int64_t)f->warnings), INT(clock_now())),
		      NULL);
}

/* The text of the version, stored and checked; the row is a draft until it is clean. */
static enum err make(struct request *rq, struct edition *e, int64_t document_id)
{
	static const char sql[] = "UPDATE edition SET state = 'checked' WHERE id = $1";
	struct edition_findings findings;
	struct edition_build build;
	struct placeholders p;

	TRY(placeholders_load(rq, document_id, &p));
	TRY(edition_uids_give(rq->db, rq->arena, e->revision_id));
	TRY(edition_build(rq->db, rq->arena, e->revision_id, &p, &build));
	build.text.title = e->title;
	build.text.licence = e->licence;
	TRY(edition_text_store(rq->db, e->id, &build.text));
	TRY(edition_findings_now(rq, &build.text, &findings));
	TRY(keep_findings(rq, e->id, &build.text, &findings));
	/* What is empty is not for release either. */
	if (findings.blocking > 0 || build.text.n == 0)
		return OK;
	e->state = EDITION_CHECKED;
	return db_run(rq->db, sql, WITH(INT(e->id)), NULL);
}

static struct str number_of(struct request *rq, const struct version *v)
{
	return arena_fmt(rq->arena, "%" PRId64 ".%" PRId64, v->major, v->minor);
}

static struct str day_of(struct request *rq, const struct version *v)
{
	return date_iso(rq->arena, date_is_none(v->since) ? date_of(v->created_at) : v->since);
}

enum err edition_prepare(struct request *rq, const struct edition_draft *d, int64_t *id)
{
	static const char sql[] =
	    "INSERT INTO edition (number, revision_id, state, title, licence, version, as_of,"
	    " checked_at, created_by, created_at)"
	    " VALUES ((SELECT coalesce(max(number), 0) + 1 FROM edition"
	    "   WHERE state <> 'discarded'), $1, 'draft', $2, $3, $4, $5, $6, $7, $6) RETURNING id";
	struct edition e = {.state = EDITION_DRAFT, .title = d->title, .licence = d->licence};
	struct version v;

	TRY(version_in_force(rq, &v));
	e.revision_id = v.id;
	TRY(db_int(rq->db, sql,
		   WITH(INT(v.id), TEXT(d->title), TEXT(d->licence), TEXT(number_of(rq, &v)),
			TEXT(day_of(rq, &v)), INT(clock_now()), INT_OR_NONE(rq->viewer.person_id)),
		   &e.id));
	*id = e.id;
	struct edition before = e;
	TRY(make(rq, &e, v.document_id));
	return event(rq, &before, "prepared", e.state, S(""));
}

enum err edition_remake(struct request *rq, const struct edition *e, const struct edition_draft *d)
{
	static const char sql[] =
	    "UPDATE edition SET state = 'draft', revision_id = $3, title = $4, licence = $5,"
	    " version = $6, as_of = $7, html_hash = '', markdown_hash = '', released_by = NULL,"
	    " released_municipality = NULL, released_at = NULL, row_version = row_version + 1"
	    " WHERE id = $1 AND row_version = $2 AND state IN ('draft', 'checked', 'released')";
	struct edition next = *e;
	struct version v;
	int64_t changed = 0;

	TRY(version_in_force(rq, &v));
	next.state = EDITION_DRAFT;
	next.revision_id = v.id;
	next.title = d->title;
	next.licence = d->licence;
	TRY(db_run(rq->db, sql,
		   WITH(INT(e->id), INT(e->row_version), INT(v.id), TEXT(d->title),
			TEXT(d->licence), TEXT(number_of(rq, &v)), TEXT(day_of(rq, &v))),
		   &changed));
	TRY(changed_one(changed));
	TRY(make(rq, &next, v.document_id));
	return event(rq, e, "remade", next.state, S(""));
}

/* Keys ----------------------------------------------------------------------------------------- */

/* Nothing leaves with a finding that forbids it, whenever it was last looked at. */
static enum err check_clean(struct request *rq, const struct edition *e, struct edition_text *t)
{
	struct edition_findings findings;

	TRY(edition_whole(rq, e, t));
	TRY(edition_findings_now(rq, t, &findings));
	TRY(keep_findings(rq, e->id, t, &findings));
	return findings.blocking == 0 ? OK : E_CONFLICT;
}

static struct str pack_hash(struct request *rq, const struct edition *e,
			    const struct edition_text *t)
{
	return secret_sha256_hex(rq->arena, edition_pack(rq->arena, e, t));
}

enum err edition_release(struct request *rq, const struct edition *e)
{
	static const char sql[] =
	    "UPDATE edition SET state = 'released', released_by = $3, released_municipality = $4,"
	    " released_at = $5, html_hash = $6, markdown_hash = $7, row_version = row_version + 1"
	    " WHERE id = $1 AND row_version = $2 AND state = 'checked'";
	struct edition_text t;
	int64_t changed = 0;

	if (rq->viewer.municipality_id == 0)
		return E_FORBIDDEN; /* nobody could be of another one */
	TRY(check_clean(rq, e, &t));
	TRY(db_run(rq->db, sql,
		   WITH(INT(e->id), INT(e->row_version), INT(rq->viewer.person_id),
			INT(rq->viewer.municipality_id), INT(clock_now()),
			TEXT(edition_html_hash(rq->arena, &t)), TEXT(pack_hash(rq, e, &t))),
		   &changed));
	TRY(changed_one(changed));
	return event(rq, e, "released", EDITION_RELEASED, S(""));
}

static enum err replace_published(struct request *rq)
{
	static const char find[] =
	    "SELECT coalesce(max(id), 0) FROM edition WHERE state = 'published'";
	static const char sql[] = "UPDATE edition SET state = 'replaced',"
				  " row_version = row_version + 1 WHERE id = $1";
	struct edition before = {.state = EDITION_PUBLISHED};

	TRY(db_int(rq->db, find, WITH_NOTHING, &before.id));
	if (before.id == 0)
		return OK;
	TRY(db_run(rq->db, sql, WITH(INT(before.id)), NULL));
	return event(rq, &before, "replaced", EDITION_REPLACED, S(""));
}

enum err edition_publish(struct request *rq, const struct edition *e)
{
	static const char sql[] =
	    "UPDATE edition SET state = 'published', published_by = $3,"
	    " published_municipality = $4, published_at = $5, row_version = row_version + 1"
	    " WHERE id = $1 AND row_version = $2 AND state = 'released'";
	struct edition_text t;
	int64_t changed = 0;

	if (!edition_may_publish(rq, e))
		return E_FORBIDDEN;
	TRY(check_clean(rq, e, &t));
	if (!str_eq(e->html_hash, edition_html_hash(rq->arena, &t)) ||
	    !str_eq(e->markdown_hash, pack_hash(rq, e, &t)))
		return E_CONFLICT;
	TRY(replace_published(rq));
	TRY(db_run(rq->db, sql,
		   WITH(INT(e->id), INT(e->row_version), INT(rq->viewer.person_id),
			INT(rq->viewer.municipality_id), INT(clock_now())),
		   &changed));
	TRY(changed_one(changed));
	return event(rq, e, "published", EDITION_PUBLISHED, S(""));
}

enum err edition_withdraw(struct request *rq, const struct edition *e, struct str reason)
{
	static const char sql[] =
	    "UPDATE edition SET state = 'withdrawn', withdrawn_by = $3, withdrawn_at = $4,"
	    " withdrawn_reason = $5, row_version = row_version + 1"
	    " WHERE id = $1 AND row_version = $2 AND state IN ('published', 'replaced')";
	int64_t changed = 0;

	TRY(db_run(rq->db, sql,
		   WITH(INT(e->id), INT(e->row_version), INT(rq->viewer.person_id),
			INT(clock_now()), TEXT(reason)),
		   &changed));
	TRY(changed_one(changed));
	return event(rq, e, "withdrawn", EDITION_WITHDRAWN, reason);
}

enum err edition_discard(struct request *rq, const struct edition *e)
{
	static const char sql[] =
	    "UPDATE edition SET state = 'discarded', row_version = row_version + 1"
	    " WHERE id = $1 AND row_version = $2 AND state IN ('draft', 'checked', 'released')";
	int64_t changed = 0;

	TRY(db_run(rq->db, sql, WITH(INT(e->id), INT(e->row_version)), &changed));
	TRY(changed_one(changed));
	return event(rq, e, "discarded", EDITION_DISCARDED, S(""));
}

/* Looking again -------------------------------------------------------------------------------- */

static enum err recheck(struct request *rq, const struct disclosure_world *w,
			const struct edition *e)
{
	struct edition_findings findings;
	struct edition_text t;

	TRY(edition_whole(rq, e, &t));
	edition_check(rq->arena, w, &t, &findings);
	TRY(keep_findings(rq, e->id, &t, &findings));
	if ((int64_t)findings.blocking == e->blocking)
		return OK;
	return event(rq, e, "rechecked", e->state,
		     arena_fmt(rq->arena, "Befunde: %zu", findings.blocking));
}

enum err editions_recheck(struct request *rq)
{
	struct disclosure_world world;
	struct edition *all;
	size_t n;

	TRY(editions_load(rq, &all, &n));
	TRY(edition_world_load(rq, &world));
	for (size_t i = 0; i < n; i++)
		if (edition_is_public(&all[i]))
			TRY(recheck(rq, &world, &all[i]));
	return OK;
}

enum err editions_recheck_all(struct db *db, struct arena *a, const struct app *app)
{
	struct request rq = {.db = db, .arena = a, .app = app};

	TRY(db_begin_write(db, a));
	TRY(editions_recheck(&rq));
	return db_commit(db);
}
