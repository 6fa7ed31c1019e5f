/* meeting_move.c -- inviting to a meeting, moving it and calling it off. */
#include "app/outbox.h"
#include "base/clock.h"
#include "base/daytime.h"
#include "features/steering/follow_up.h"
#include "features/steering/meeting_form.h"
#include "features/steering/meeting_handlers.h"
#include "features/steering/meeting_letter.h"
#include "features/steering/register_records.h"

#include <inttypes.h>

enum { REASON_CHARS = 500 };
static const struct form_field reason_field = {S_INIT("grund"), V_GRUND, S_GRUND_FEHLER};

/* ---- Inviting ---- */

/* What is missing before anybody can be invited; true when nothing is. */
static bool ready(struct view *v, const struct meeting *m, const struct agenda *a)
{
	bool place = m->place.n > 0 || m->link.n > 0, past = date_cmp(m->day, date_today()) < 0;

	view_show_if(v, S_NEEDS_DAY, past);
	view_show_if(v, S_NEEDS_PLACE, !place);
	view_show_if(v, S_NEEDS_CHAIR, m->chair_id == 0);
	view_show_if(v, S_NEEDS_WRITER, m->minute_taker_id == 0);
	view_show_if(v, S_NEEDS_POINT, a->points == 0);
	return place && !past && m->chair_id != 0 && m->minute_taker_id != 0 && a->points > 0;
}

static void list_guests(struct view *v, const struct roll *roll)
{
	for (size_t u = 0; u < roll->n; u++) {
		struct view *place = view_row(v, S_PLACE);
		view_text(place, V_PLACE_NAME, roll->units[u].name);
		view_show_if(place, S_NO_SEAT, roll->units[u].n == 0);
		for (size_t s = 0; s < roll->units[u].n; s++) {
			struct view *guest = view_row(place, S_GUEST);
			view_text(guest, V_NAME, roll->units[u].seats[s].name);
			view_text(guest, V_CAPACITY,
				  capacity_label(roll->units[u].seats[s].capacity));
		}
	}
}

static void count_late(struct view *v, const struct agenda *a)
{
	int64_t late = 0;

	for (size_t i = 0; i < a->n; i++)
		late += a->entries[i].decision_id != 0 && !a->entries[i].timely;
	if (late > 0)
		view_int(view_row(v, S_LATE_TEMPLATES), V_COUNT, late);
}

static enum err count_second_times(struct request *rq, const struct meeting *m)
{
	static const char sql[] =
	    "SELECT count(*) FROM agenda_entry e JOIN decision d ON d.id = e.decision_id"
	    " WHERE e.meeting_id = $1 AND e.outcome IS NULL AND d.second_meeting = 1";
	int64_t count = 0;

	TRY(db_int(rq->db, sql, WITH(INT(m->id)), &count));
	if (count > 0)
		view_int(view_row(rq->view, S_SECOND_TEMPLATES), V_COUNT, count);
	return OK;
}

static enum err invite_page(struct request *rq, const struct meeting *m, const struct agenda *a,
			    int status)
{
	struct roll roll;

	TRY(roll_load(rq, m->day, &roll));
	meeting_head(rq, rq->view, m);
	view_int(rq->view, V_MEETING_VERSION, m->row_version);
	bool fine = ready(rq->view, m, a);
	view_show_if(rq->view, S_READY, fine);
	view_show_if(rq->view, S_NOT_READY, !fine);
	list_guests(rq->view, &roll);
	count_late(rq->view, a);
	TRY(count_second_times(rq, m));
	return reply_page(rq, status, "steering/meeting_invite.html");
}

/* GET /sitzungen/:slug/einladen */
enum err meeting_invite_ask(struct request *rq)
{
	struct meeting m;
	struct agenda a;

	TRY(meeting_load_for(rq, rq->slug, MEETING_PREPARE, &m));
	if (m.state != MEETING_DRAFT)
		return E_CONFLICT;
	TRY(agenda_load(rq, &m, &a));
	return invite_page(rq, &m, &a, 200);
}

/* The letters say it, so it holds (VwVfG § 90 (2)). */
static enum err note_second_times(struct request *rq, const struct meeting *m)
{
	static const char sql[] =
	    "UPDATE agenda_entry SET second_told_at = $2 WHERE meeting_id = $1"
	    " AND decision_id IN (SELECT id FROM decision WHERE second_meeting = 1)";

	return db_run(rq->db, sql, WITH(INT(m->id), INT(clock_now())), NULL);
}

enum err meeting_call(struct request *rq, struct meeting *m)
{
	struct register_book book = register_of(rq);
	struct agenda a;

	TRY(meeting_set_state(rq, m, MEETING_INVITED, "invite", S("")));
	TRY(register_meeting_invited(
	    &book, &(struct register_meeting_invited){.meeting = m->id,
						      .number = m->slug,
						      .day = date_iso(rq->arena, m->day),
						      .start = m->start_minute,
						      .chair = WHO(m->chair_id),
						      .minute_taker = WHO(m->minute_taker_id)}));
	TRY(follow_ups_place(rq->db, rq->arena, NULL));
	TRY(note_second_times(rq, m));
	TRY(agenda_load(rq, m, &a)); /* with what was just put on it */
	TRY(meeting_invitations(rq, m, &a));
	return meeting_reminders(rq, m);
}

/* POST /sitzungen/:slug/einladen */
enum err meeting_invite(struct request *rq)
{
	struct meeting m;
	struct agenda a;

	TRY(meeting_load_for(rq, rq->slug, MEETING_PREPARE, &m));
	TRY(agenda_load(rq, &m, &a));
	enum err fresh = meeting_version_asked(rq, &m);
	if (fresh == E_BAD_REQUEST)
		return fresh;
	if (m.state != MEETING_DRAFT)
		return meeting_page(rq, &m, 409);
	if (fresh == E_CONFLICT) {
		view_show(rq->view, S_STALE);
		return invite_page(rq, &m, &a, 409);
	}
	if (!ready(view_new(rq->arena), &m, &a))
		return invite_page(rq, &m, &a, 422);
	TRY(meeting_call(rq, &m));
	return reply_redirect(rq, M_MEETING_INVITED, "/sitzungen/%.*s", ARG(m.slug));
}

/* ---- Moving ---- */

static enum err move_page(struct request *rq, const struct meeting *m, struct form *f, int status)
{
	form_show(f, rq->view);
	meeting_head(rq, rq->view, m);
	view_int(rq->view, V_MEETING_VERSION, m->row_version);
	return reply_page(rq, status, "steering/meeting_move.html");
}

/* GET /sitzungen/:slug/verschieben */
enum err meeting_move_ask(struct request *rq)
{
	struct meeting m;
	struct form f;

	TRY(meeting_load_for(rq, rq->slug, MEETING_PREPARE, &m));
	if (m.state != MEETING_INVITED)
		return E_CONFLICT;
	form_begin(&f, rq);
	meeting_form_fill_date(&f, &m);
	form_fill(&f, &reason_field, S(""));
	return move_page(rq, &m, &f, 200);
}

static enum err keep_old_date(struct request *rq, const struct meeting *m, struct str reason)
{
	static const char sql[] =
	    "INSERT INTO meeting_date (meeting_id, sequence, day, start_minute, moved_at,"
	    " moved_by, reason) VALUES ($1, $2, $3, $4, $5, $6, $7)";

	return db_run(rq->db, sql,
		      WITH(INT(m->id), INT(m->sequence), TEXT(date_iso(rq->arena, m->day)),
			   INT(m->start_minute), INT(clock_now()), INT(rq->viewer.person_id),
			   TEXT(reason)),
		      NULL);
}

static enum err save_date(struct request *rq, struct meeting *m)
{
	/* A last day for answers behind the meeting would be none. */
	static const char sql[] =
	    "UPDATE meeting SET day = $3, start_minute = $4, starts_at = $5, sequence = $6,"
	    " answer_by = CASE WHEN answer_by > $3 THEN $3 ELSE answer_by END,"
	    " row_version = row_version + 1 WHERE id = $1 AND row_version = $2";
	int64_t changed = 0;

	m->sequence++;
	TRY(db_run(rq->db, sql,
		   WITH(INT(m->id), INT(m->row_version), TEXT(date_iso(rq->arena, m->day)),
			INT(m->start_minute), INT(m->starts_at), INT(m->sequence)),
		   &changed));
	m->row_version++;
	if (!date_is_none(m->answer_by) && date_cmp(m->answer_by, m->day) > 0)
		m->answer_by = m->day;
	return changed == 1 ? OK : E_CONFLICT;
}

static struct str moment(struct arena *a, const struct meeting *m)
{
	return arena_fmt(a, "%.*s %.*s", ARG(date_iso(a, m->day)),
			 ARG(daytime_short(a, m->start_minute)));
}

static enum err record_move(struct request *rq, const struct meeting *old, const struct meeting *m,
			    struct str reason)
{
	struct register_book book = register_of(rq);
	struct arena *a = rq->arena;

	TRY(steering_event(rq, &(struct steering_event){.object = "meeting",
							.id = m->id,
							.action = "move",
							.before = moment(a, old),
							.after = moment(a, m),
							.reason = reason}));
	return register_meeting_moved(
	    &book, &(struct register_meeting_moved){.meeting = m->id,
						    .old_day = date_iso(a, old->day),
						    .old_start = old->start_minute,
						    .day = date_iso(a, m->day),
						    .start = m->start_minute,
						    .reason = reason});
}

static enum err move(struct request *rq, const struct meeting *old, struct meeting *m,
		     struct str reason)
{
	struct meeting_news news = {.kind = NEWS_MOVED, .reason = reason, .old_day = old->day};
	struct agenda a;

	TRY(keep_old_date(rq, old, reason));
	TRY(save_date(rq, m));
	TRY(record_move(rq, old, m, reason));
	TRY(agenda_load(rq, m, &a));
	news.agenda = &a;
	TRY(meeting_news(rq, m, &news));
	return meeting_reminders(rq, m);
}

/* POST /sitzungen/:slug/verschieben */
enum err meeting_move(struct request *rq)
{
	struct meeting m, moved;
	struct form f;

	TRY(meeting_load_for(rq, rq->slug, MEETING_PREPARE, &m));
	moved = m;
	form_begin(&f, rq);
	meeting_form_read_date(&f, &moved);
	struct str reason = form_lines(&f, &reason_field, REQUIRED, REASON_CHARS);
	enum err fresh = meeting_version_asked(rq, &m);
	if (fresh == E_BAD_REQUEST)
		return fresh;
	if (m.state != MEETING_INVITED)
		return meeting_page(rq, &m, 409);
	if (fresh == E_CONFLICT) {
		view_show(rq->view, S_STALE);
		return move_page(rq, &m, &f, 409);
	}
	if (form_wrong(&f))
		return move_page(rq, &m, &f, 422);
	TRY(move(rq, &m, &moved, reason));
	return reply_redirect(rq, M_MEETING_MOVED, "/sitzungen/%.*s", ARG(m.slug));
}

/* ---- Calling off ---- */

static enum err cancel_page(struct request *rq, const struct meeting *m, struct form *f, int status)
{
	struct agenda a;

	TRY(agenda_load(rq, m, &a));
	form_show(f, rq->view);
	meeting_head(rq, rq->view, m);
	view_int(rq->view, V_MEETING_VERSION, m->row_version);
	view_show_if(rq->view, S_TOLD, m->state == MEETING_INVITED);
	view_show_if(rq->view, S_TO_POOL, a.decisions > 0);
	return reply_page(rq, status, "steering/meeting_cancel.html");
}

static bool can_cancel(const struct meeting *m)
{
	return m->state == MEETING_DRAFT || m->state == MEETING_INVITED;
}

/* GET /sitzungen/:slug/absagen */
enum err meeting_cancel_ask(struct request *rq)
{
	struct meeting m;
	struct form f;

	TRY(meeting_load_for(rq, rq->slug, MEETING_PREPARE, &m));
	if (!can_cancel(&m))
		return E_CONFLICT;
	form_begin(&f, rq);
	form_fill(&f, &reason_field, S(""));
	return cancel_page(rq, &m, &f, 200);
}

static enum err back_to_pool(struct request *rq, const struct meeting *m, struct str reason)
{
	static const char mark[] =
	    "UPDATE agenda_entry SET outcome = 'withdrawn', outcome_reason = $2"
	    " WHERE id = $1 AND outcome IS NULL";
	struct decision d;
	struct agenda a;

	TRY(agenda_load(rq, m, &a));
	for (size_t i = 0; i < a.n; i++) {
		if (a.entries[i].decision_id != 0) {
			TRY(decision_by_id(rq, a.entries[i].decision_id, &d));
			if (d.state == DECISION_SCHEDULED)
				TRY(decision_step(rq, &d, STEP_UNSCHEDULE, reason));
		}
		TRY(db_run(rq->db, mark, WITH(INT(a.entries[i].id), TEXT(reason)), NULL));
	}
	return OK;
}

static enum err cancel(struct request *rq, struct meeting *m, struct str reason)
{
	static const char raise[] = "UPDATE meeting SET sequence = sequence + 1 WHERE id = $1";
	bool told = m->state == MEETING_INVITED;

	TRY(back_to_pool(rq, m, reason));
	TRY(meeting_set_state(rq, m, MEETING_CANCELLED, "cancel", reason));
	TRY(db_run(rq->db, raise, WITH(INT(m->id)), NULL));
	m->sequence++;
	TRY(outbox_cancel(rq->db, arena_fmt(rq->arena, "meeting/%" PRId64, m->id)));
	if (!told)
		return OK;
	return meeting_news(rq, m,
			    &(struct meeting_news){.kind = NEWS_CANCELLED, .reason = reason});
}

/* POST /sitzungen/:slug/absagen */
enum err meeting_cancel(struct request *rq)
{
	struct meeting m;
	struct form f;

	TRY(meeting_load_for(rq, rq->slug, MEETING_PREPARE, &m));
	form_begin(&f, rq);
	struct str reason = form_lines(&f, &reason_field, REQUIRED, REASON_CHARS);
	enum err fresh = meeting_version_asked(rq, &m);
	if (fresh == E_BAD_REQUEST)
		return fresh;
	if (!can_cancel(&m))
		return meeting_page(rq, &m, 409);
	if (fresh == E_CONFLICT) {
		view_show(rq->view, S_STALE);
		return cancel_page(rq, &m, &f, 409);
	}
	if (form_wrong(&f))
		return cancel_page(rq, &m, &f, 422);
	TRY(cancel(rq, &m, reason));
	return reply_redirect(rq, M_MEETING_CANCELLED, "/sitzungen/%.*s", ARG(m.slug));
}
