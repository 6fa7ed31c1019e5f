/* minutes_approve.c -- sealed minutes come onto the next agenda by themselves and are approved
 * there; the tasks out of them are done. */
#include "base/clock.h"
#include "features/steering/minutes_handlers.h"
#include "features/steering/register_records.h"

#include <inttypes.h>

enum { MINUTES_PLANNED = 5 };

static enum err note(struct request *rq, int64_t meeting_id, struct str title)
{
	return steering_event(rq, &(struct steering_event){.object = "meeting",
							   .id = meeting_id,
							   .action = "agenda_minutes",
							   .after = title});
}

static enum err place(struct request *rq, int64_t meeting_id, int64_t minutes_of, struct str title)
{
	static const char sql[] =
	    "INSERT INTO agenda_entry (meeting_id, pos, kind, title, minutes, minutes_of)"
	    " SELECT $1, (SELECT coalesce(min(pos), 1) - 1 FROM agenda_entry"
	    "  WHERE meeting_id = $1), 'formal', $2, $3, $4";

	TRY(db_run(rq->db, sql,
		   WITH(INT(meeting_id), TEXT(title), INT(MINUTES_PLANNED), INT(minutes_of)),
		   NULL));
	return note(rq, meeting_id, title);
}

/* Dealt with is dealt with, though the button is still to be pressed; deferred comes back. */
static enum err place_all(struct request *rq, int64_t meeting_id)
{
	static const char sql[] =
	    "SELECT m.id, 'Protokoll der Sitzung ' || m.number || '/' || m.year"
	    "  FROM minutes x JOIN meeting m ON m.id = x.meeting_id"
	    " WHERE x.text <> '' AND x.approved_at IS NULL AND m.id <> $1"
	    "   AND NOT EXISTS (SELECT 1 FROM agenda_entry e WHERE e.minutes_of = m.id"
	    "    AND (e.outcome IS NULL OR e.outcome IN ('decided', 'heard')"
	    "     OR e.meeting_id = $1))"
	    " ORDER BY m.starts_at DESC, m.id DESC";
	struct rows r = db_query(rq->db, sql, WITH(INT(meeting_id)));

	while (rows_next(&r))
		TRY(place(rq, meeting_id, col_int(&r, 0), col_text(&r, 1)));
	return r.err;
}

enum err minutes_place(struct request *rq)
{
	static const char sql[] = "SELECT id FROM meeting WHERE state IN ('draft', 'invited')"
				  " AND day >= $1 ORDER BY starts_at, id LIMIT 1";
	int64_t meeting_id = 0;
	enum err err =
	    db_int(rq->db, sql, WITH(TEXT(date_iso(rq->arena, date_today()))), &meeting_id);

	if (err == E_NOT_FOUND)
		return OK;
	TRY(err);
	return place_all(rq, meeting_id);
}

enum err minutes_approver(struct request *rq, int64_t meeting_id, int64_t *out)
{
	static const char sql[] =
	    "SELECT coalesce((SELECT meeting_id FROM agenda_entry WHERE minutes_of = $1"
	    " AND outcome IN ('decided', 'heard') ORDER BY ended_at DESC, id DESC LIMIT 1), 0)";

	return db_int(rq->db, sql, WITH(INT(meeting_id)), out);
}

static enum err approve(struct request *rq, struct minutes *x, int64_t in)
{
	static const char sql[] = "UPDATE minutes SET approved_at = $2, approved_in = $3,"
				  " row_version = row_version + 1"
				  " WHERE meeting_id = $1 AND approved_at IS NULL";
	struct register_book book = register_of(rq);
	int64_t changed = 0;

	TRY(db_run(rq->db, sql, WITH(INT(x->m.id), INT(clock_now()), INT(in)), &changed));
	if (changed != 1)
		return E_CONFLICT;
	TRY(register_minutes_approved(
	    &book, &(struct register_minutes_approved){.meeting = x->m.id, .by_meeting = in}));
	return meeting_set_state(rq, &x->m, MEETING_MINUTES_APPROVED, "minutes_approve", S(""));
}

/* POST /sitzungen/:slug/protokoll/genehmigen */
enum err minutes_approve(struct request *rq)
{
	struct minutes x;
	struct form f;
	int64_t in = 0;

	TRY(minutes_load_to_sign(rq, &x));
	TRY(minutes_approver(rq, x.m.id, &in));
	if (!x.sealed || x.approved_at != 0 || in == 0) {
		minutes_form_begin(&f, rq);
		return minutes_page(&f, &x, 409);
	}
	TRY(approve(rq, &x, in));
	return reply_redirect(rq, M_MINUTES_APPROVED, "/sitzungen/%.*s/protokoll", ARG(x.m.slug));
}

/* ---- Tasks ---- */

struct task {
	int64_t person_id, done_at;
	struct str text, slug;
	struct meeting m;
};

/* Done by the person it was given to, or said so by who plans or notes. */
static enum err task_load(struct request *rq, struct task *t)
{
	static const char sql[] =
	    "SELECT coalesce(n.person_id, 0), coalesce(n.done_at, 0), n.text,"
	    " m.year || '-' || m.number FROM minutes_note n JOIN meeting m ON m.id = n.meeting_id"
	    " WHERE n.id = $1 AND n.kind = 'task'";
	struct rows r = db_query(rq->db, sql, WITH(INT(rq->id)));

	if (!rows_next(&r))
		return r.err != OK ? r.err : E_NOT_FOUND;
	*t = (struct task){.person_id = col_int(&r, 0),
			   .done_at = col_int(&r, 1),
			   .text = col_text(&r, 2),
			   .slug = col_text(&r, 3)};
	TRY(meeting_load(rq, t->slug, &t->m));
	bool own = t->person_id != 0 && t->person_id == rq->viewer.person_id;
	return own || t->m.may_note || t->m.may_prepare ? OK : E_FORBIDDEN;
}

/* POST /sitzungen/auftraege/:id/erledigt */
enum err task_done(struct request *rq)
{
	static const char sql[] = "UPDATE minutes_note SET done_at = $2, done_by = $3"
				  " WHERE id = $1 AND done_at IS NULL";
	int64_t changed = 0;
	struct task t;

	TRY(task_load(rq, &t));
	TRY(db_run(rq->db, sql, WITH(INT(rq->id), INT(clock_now()), INT(rq->viewer.person_id)),
		   &changed));
	if (changed != 1)
		return E_CONFLICT;
	TRY(steering_event(
	    rq, &(struct steering_event){
		    .object = "meeting", .id = t.m.id, .action = "task_done", .after = t.text}));
	return reply_redirect(rq, M_TASK_DONE, "/sitzungen#auftraege");
}
