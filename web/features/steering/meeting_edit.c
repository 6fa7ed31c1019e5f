/* meeting_edit.c -- planning a meeting and changing its place, time and people. */
#include "base/clock.h"
#include "base/secret.h"
#include "features/steering/follow_up.h"
#include "features/steering/meeting_form.h"
#include "features/steering/meeting_handlers.h"
#include "features/steering/meeting_letter.h"
#include "features/steering/minutes.h"

#include <inttypes.h>

/* GET /sitzungen/neu */
enum err meeting_new(struct request *rq)
{
	struct meeting_form f;

	TRY(meeting_form_begin(&f, rq, NULL));
	meeting_form_fill(&f);
	meeting_form_show(&f);
	return reply_page(rq, 200, "steering/meeting_new.html");
}

static enum err insert(struct request *rq, struct meeting *m)
{
	static const char next[] =
	    "SELECT coalesce(max(number), 0) + 1 FROM meeting WHERE year = $1";
	static const char sql[] =
	    "INSERT INTO meeting (year, number, day, start_minute, starts_at, slot, place, link,"
	    " access, chair_id, deputy_id, minute_taker_id, answer_by, uid, created_by, created_at)"
	    " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)"
	    " RETURNING id";
	struct arena *a = rq->arena;

	m->year = m->day.year;
	TRY(db_int(rq->db, next, WITH(INT(m->year)), &m->number));
	m->slug = number_slug(a, m->year, m->number);
	TRY(db_int(rq->db, sql,
		   WITH(INT(m->year), INT(m->number), TEXT(date_iso(a, m->day)),
			INT(m->start_minute), INT(m->starts_at), INT(m->slot), TEXT(m->place),
			TEXT(m->link), TEXT(m->access), INT_OR_NONE(m->chair_id),
			INT_OR_NONE(m->deputy_id), INT_OR_NONE(m->minute_taker_id),
			TEXT_OR_NONE(date_iso(a, m->answer_by)), TEXT(secret_id(a)),
			INT(rq->viewer.person_id), INT(clock_now())),
		   &m->id));
	return steering_event(
	    rq, &(struct steering_event){
		    .object = "meeting", .id = m->id, .action = "create", .after = S("draft")});
}

/* POST /sitzungen/neu */
enum err meeting_create(struct request *rq)
{
	struct meeting_form f;

	TRY(meeting_form_begin(&f, rq, NULL));
	meeting_form_read(&f);
	if (form_wrong(&f.form)) {
		meeting_form_show(&f);
		return reply_page(rq, 422, "steering/meeting_new.html");
	}
	TRY(insert(rq, &f.m));
	TRY(minutes_place(rq));
	TRY(follow_ups_place(rq->db, rq->arena, NULL));
	return reply_redirect(rq, M_MEETING_PLANNED, "/sitzungen/%.*s", ARG(f.m.slug));
}

static enum err edit_page(struct meeting_form *f, const struct meeting *stored, int status)
{
	struct request *rq = f->form.rq;

	meeting_head(rq, rq->view, stored);
	meeting_form_show(f);
	view_int(rq->view, V_MEETING_VERSION, stored->row_version);
	view_show_if(rq->view, S_ANNOUNCED, !f->dated);
	return reply_page(rq, status, "steering/meeting_edit.html");
}

/* GET /sitzungen/:slug/bearbeiten */
enum err meeting_edit(struct request *rq)
{
	struct meeting_form f;
	struct meeting m;

	TRY(meeting_load_for(rq, rq->slug, MEETING_PREPARE, &m));
	if (meeting_is_over(&m))
		return E_CONFLICT;
	TRY(meeting_form_begin(&f, rq, &m));
	meeting_form_fill(&f);
	return edit_page(&f, &m, 200);
}

/* What stands in calendars. */
static bool differs(const struct meeting *a, const struct meeting *b)
{
	return !str_eq(a->place, b->place) || !str_eq(a->link, b->link) || a->slot != b->slot;
}

static enum err save(struct request *rq, const struct meeting *old, struct meeting *m)
{
	static const char sql[] =
	    "UPDATE meeting SET day = $3, start_minute = $4, starts_at = $5, slot = $6, place = $7,"
	    " link = $8, access = $9, chair_id = $10, deputy_id = $11, minute_taker_id = $12,"
	    " answer_by = $13, sequence = $14, row_version = row_version + 1"
	    " WHERE id = $1 AND row_version = $2";
	struct arena *a = rq->arena;
	int64_t changed = 0;
	bool announced = m->state != MEETING_DRAFT && differs(old, m);

	m->sequence += announced;
	TRY(db_run(rq->db, sql,
		   WITH(INT(m->id), INT(m->row_version), TEXT(date_iso(a, m->day)),
			INT(m->start_minute), INT(m->starts_at), INT(m->slot), TEXT(m->place),
			TEXT(m->link), TEXT(m->access), INT_OR_NONE(m->chair_id),
			INT_OR_NONE(m->deputy_id), INT_OR_NONE(m->minute_taker_id),
			TEXT_OR_NONE(date_iso(a, m->answer_by)), INT(m->sequence)),
		   &changed));
	if (changed != 1)
		return E_CONFLICT;
	TRY(steering_event(rq, &(struct steering_event){.object = "meeting",
							.id = m->id,
							.action = "edit",
							.before = meeting_where(a, old),
							.after = meeting_where(a, m)}));
	if (announced)
		TRY(meeting_news(rq, m, &(struct meeting_news){.kind = NEWS_CHANGED}));
	return m->state == MEETING_INVITED ? meeting_reminders(rq, m) : OK;
}

/* POST /sitzungen/:slug/bearbeiten */
enum err meeting_update(struct request *rq)
{
	struct meeting_form f;
	struct meeting m;

	TRY(meeting_load_for(rq, rq->slug, MEETING_PREPARE, &m));
	TRY(meeting_form_begin(&f, rq, &m));
	meeting_form_read(&f);
	enum err fresh = meeting_version_asked(rq, &m);
	if (meeting_is_over(&m))
		return E_CONFLICT;
	if (fresh == E_CONFLICT) {
		meeting_form_differences(&f, &m, view_row(rq->view, S_CONFLICT));
		return edit_page(&f, &m, 409);
	}
	TRY(fresh);
	if (form_wrong(&f.form))
		return edit_page(&f, &m, 422);
	TRY(save(rq, &m, &f.m));
	return reply_redirect(rq, M_SAVED, "/sitzungen/%.*s", ARG(m.slug));
}
