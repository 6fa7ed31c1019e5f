/* review_date.c -- when the handbook is looked through again: said, set by editors, moved on. */
#include "features/handbook/review_date.h"

#include "app/audit.h"
#include "app/form.h"
#include "features/features.h"
#include "features/handbook/version.h"

#include <inttypes.h>

enum { MONTHS_MAX = 60 };

static const struct form_field MONTHS = {S_INIT("monate"), V_MONATE, S_MONATE_FEHLER};
static const struct form_field DAY = {S_INIT("tag"), V_TAG, S_TAG_FEHLER};

struct review_date {
	int64_t document_id, months, row_version;
	struct date next; /* none: not set yet */
};

static enum err load(struct db *db, int64_t document_id, struct review_date *out)
{
	static const char sql[] = "SELECT review_every_months, coalesce(next_review_on, ''),"
				  " row_version FROM document WHERE id = $1";
	struct rows r = db_query(db, sql, WITH(INT(document_id)));

	if (!rows_next(&r))
		return r.err != OK ? r.err : E_NOT_FOUND;
	*out = (struct review_date){
	    .document_id = document_id, .months = col_int(&r, 0), .row_version = col_int(&r, 2)};
	(void)date_parse_iso(col_text(&r, 1), &out->next);
	return OK;
}

static struct str every(struct arena *a, int64_t months)
{
	return months == 1 ? S("jeden Monat") : arena_fmt(a, "alle %" PRId64 " Monate", months);
}

enum err review_date_show(struct request *rq, int64_t document_id)
{
	struct review_date d;

	TRY(load(rq->db, document_id, &d));
	view_text(rq->view, V_REVIEW_EVERY, every(rq->arena, d.months));
	if (date_is_none(d.next)) {
		view_show(rq->view, S_REVIEW_NEVER);
		return OK;
	}
	view_text(view_row(rq->view, S_REVIEW_ON), V_REVIEW_DATE, date_long(rq->arena, d.next));
	view_show_if(rq->view, S_REVIEW_DUE, date_cmp(d.next, date_today()) <= 0);
	return OK;
}

enum err review_date_move(struct db *db, struct arena *a, int64_t document_id, int64_t revision_id)
{
	static const char keep[] =
	    "UPDATE revision SET review_before = coalesce(d.next_review_on, ''), review_after = $3"
	    "  FROM document d WHERE d.id = $1 AND revision.id = $2"
	    "   AND coalesce(d.next_review_on, '') < $3";
	static const char sql[] =
	    "UPDATE document SET next_review_on = $2, row_version = row_version + 1"
	    " WHERE id = $1 AND coalesce(next_review_on, '') < $2";
	struct review_date d;

	TRY(load(db, document_id, &d));
	struct str next = date_iso(a, date_add_months(date_today(), (int)d.months));
	TRY(db_run(db, keep, WITH(INT(document_id), INT(revision_id), TEXT(next)), NULL));
	return db_run(db, sql, WITH(INT(document_id), TEXT(next)), NULL);
}

static enum err forget(struct db *db, int64_t revision_id)
{
	static const char sql[] =
	    "UPDATE revision SET review_before = NULL, review_after = NULL WHERE id = $1";

	return db_run(db, sql, WITH(INT(revision_id)), NULL);
}

enum err review_date_move_back(struct db *db, int64_t document_id, int64_t revision_id)
{
	static const char sql[] =
	    "UPDATE document SET next_review_on = nullif(r.review_before, ''),"
	    " row_version = document.row_version + 1 FROM revision r"
	    " WHERE document.id = $1 AND r.id = $2 AND document.next_review_on = r.review_after";

	TRY(db_run(db, sql, WITH(INT(document_id), INT(revision_id)), NULL));
	return forget(db, revision_id);
}

enum err review_date_pass_on(struct db *db, int64_t document_id, int64_t revision_id)
{
	static const char sql[] =
	    "UPDATE revision SET review_before = r.review_before FROM revision r"
	    " WHERE revision.document_id = $1 AND r.id = $2 AND revision.id > r.id"
	    "   AND revision.review_before = r.review_after";

	TRY(db_run(db, sql, WITH(INT(document_id), INT(revision_id)), NULL));
	return forget(db, revision_id);
}

/* Setting it ------------------------------------------------------------------------------------
 */

static void fill(struct form *f, struct request *rq, const struct review_date *d)
{
	form_begin(f, rq);
	form_fill(f, &MONTHS, arena_fmt(rq->arena, "%" PRId64, d->months));
	form_fill(f, &DAY, date_is_none(d->next) ? S("") : date_short(rq->arena, d->next));
}

/* What the form says, of the same document. */
static struct review_date form_read(struct form *f, struct request *rq,
				    const struct review_date *before)
{
	struct review_date d = *before;

	form_begin(f, rq);
	d.months = form_number(f, &MONTHS, REQUIRED);
	d.next = form_date(f, &DAY, REQUIRED);
	if (!form_wrong_at(f, &MONTHS) && (d.months < 1 || d.months > MONTHS_MAX))
		form_problem(f, &MONTHS, M_REVIEW_MONTHS, MONTHS_MAX);
	if (!form_wrong_at(f, &DAY) && date_cmp(d.next, date_today()) < 0)
		form_problem(f, &DAY, M_ROUND_DAY_PAST, 0);
	return d;
}

static enum err page(struct request *rq, const struct review_date *d, const struct form *f,
		     int status)
{
	view_int(rq->view, V_VERSION, d->row_version);
	TRY(review_date_show(rq, d->document_id));
	form_show(f, rq->view);
	return reply_page(rq, status, "handbook/review_date_edit.html");
}

static enum err begin(struct request *rq, struct review_date *out)
{
	struct version working;

	TRY(version_working(rq, &working));
	return load(rq->db, working.document_id, out);
}

/* GET /handbuch/ueberpruefung */
static enum err review_date_edit(struct request *rq)
{
	struct review_date d;
	struct form f;

	TRY(begin(rq, &d));
	fill(&f, rq, &d);
	return page(rq, &d, &f, 200);
}

static struct str as_json(struct arena *a, const struct review_date *d)
{
	struct buf b = {.arena = a};

	json_pair(&b, "months", arena_fmt(a, "%" PRId64, d->months));
	json_pair(&b, "next", date_is_none(d->next) ? S("") : date_iso(a, d->next));
	return json_end(&b);
}

static enum err store(struct request *rq, const struct review_date *before,
		      const struct review_date *after)
{
	static const char sql[] =
	    "UPDATE document SET review_every_months = $3, next_review_on = $4,"
	    " row_version = row_version + 1 WHERE id = $1 AND row_version = $2";
	int64_t changed = 0;

	TRY(db_run(rq->db, sql,
		   WITH(INT(before->document_id), INT(before->row_version), INT(after->months),
			TEXT(date_iso(rq->arena, after->next))),
		   &changed));
	if (changed == 0)
		return E_CONFLICT;
	return audit(rq, "handbook.review_date",
		     arena_fmt(rq->arena, "document/%" PRId64, before->document_id),
		     as_json(rq->arena, before), as_json(rq->arena, after));
}

/* POST /handbuch/ueberpruefung */
static enum err review_date_update(struct request *rq)
{
	struct review_date before, after;
	int64_t version = 0;
	struct form f;

	TRY(begin(rq, &before));
	bool current = str_to_int(field_text(&rq->http.form, S("version")), &version) &&
		       version == before.row_version;
	after = form_read(&f, rq, &before);
	if (!current) {
		view_show(rq->view, S_CONFLICT);
		return page(rq, &before, &f, 409);
	}
	if (form_wrong(&f))
		return page(rq, &before, &f, 422);
	TRY(store(rq, &before, &after));
	return reply_redirect(rq, M_SAVED, "/handbuch/arbeitsfassung");
}

const struct route review_date_routes[] = {
    GET("/handbuch/ueberpruefung", HANDBOOK_EDIT, review_date_edit),
    POST("/handbuch/ueberpruefung", HANDBOOK_EDIT, review_date_update),
    ROUTES_END,
};
