/* agenda_edit.c -- writing the agenda: adding, changing, moving and taking off points. */
#include "base/clock.h"
#include "features/steering/agenda_form.h"
#include "features/steering/meeting_handlers.h"
#include "features/steering/meeting_letter.h"

#include <inttypes.h>

enum { REASON_CHARS = 500 };

static enum err new_page(struct agenda_form *f, int status)
{
	struct request *rq = f->form.rq;

	meeting_head(rq, rq->view, f->m);
	agenda_form_show(f);
	view_int(rq->view, V_MEETING_VERSION, f->m->row_version);
	return reply_page(rq, status, "steering/agenda_new.html");
}

/* GET /sitzungen/:slug/punkte/neu */
enum err agenda_new(struct request *rq)
{
	struct agenda_form f;
	struct meeting m;

	TRY(meeting_load_for(rq, rq->slug, MEETING_PREPARE, &m));
	if (meeting_is_over(&m))
		return E_CONFLICT;
	TRY(agenda_form_begin(&f, rq, &m, NULL));
	agenda_form_fill(&f);
	return new_page(&f, 200);
}

static enum err event(struct request *rq, const struct meeting *m, const char *action,
		      struct str what, struct str reason)
{
	return steering_event(rq, &(struct steering_event){.object = "meeting",
							   .id = m->id,
							   .action = action,
							   .after = what,
							   .reason = reason});
}

/* Nobody comes to a meeting that decides on something the invitation did not name. */
static enum err announce(struct request *rq, const struct meeting *m, int64_t id)
{
	struct meeting_news news = {.kind = NEWS_ADDED};
	struct agenda_entry *e;
	struct agenda a;

	TRY(agenda_load(rq, m, &a));
	TRY(agenda_find(&a, id, &e));
	news.added = e;
	return meeting_news(rq, m, &news);
}

enum err agenda_add(struct request *rq, struct meeting *m, const struct agenda_entry *e,
		    enum decision_step step)
{
	static const char sql[] =
	    "INSERT INTO agenda_entry (meeting_id, pos, kind, decision_id, title, presenter_id,"
	    " minutes, restricted, second_told_at) VALUES ($1, (SELECT coalesce(max(pos), 0) + 1"
	    "   FROM agenda_entry WHERE meeting_id = $1), $2, $3, $4, $5, $6, $7, $8) RETURNING id";
	struct decision d = {.second_meeting = false};
	bool told = e->decision_id != 0 && m->state == MEETING_INVITED;
	int64_t id = 0;

	if (e->decision_id != 0) {
		TRY(decision_by_id(rq, e->decision_id, &d));
		TRY(decision_step(rq, &d, step, S("")));
	}
	TRY(db_int(rq->db, sql,
		   WITH(INT(m->id), TEXT(agenda_kind_names[e->kind]), INT_OR_NONE(e->decision_id),
			TEXT(e->title), INT_OR_NONE(e->presenter_id), INT(e->minutes),
			TEXT(e->restricted),
			INT_OR_NONE(told && d.second_meeting ? clock_now() : 0)),
		   &id));
	TRY(meeting_touch(rq, m));
	TRY(event(rq, m, "agenda_add", e->title, S("")));
	return told ? announce(rq, m, id) : OK;
}

/* POST /sitzungen/:slug/punkte/neu.  Somebody else's new point is no conflict: both stay. */
enum err agenda_create(struct request *rq)
{
	struct agenda_form f;
	struct meeting m;

	TRY(meeting_load_for(rq, rq->slug, MEETING_PREPARE, &m));
	TRY(agenda_form_begin(&f, rq, &m, NULL));
	agenda_form_read(&f);
	if (meeting_version_asked(rq, &m) == E_BAD_REQUEST)
		return E_BAD_REQUEST;
	if (meeting_is_over(&m))
		return E_CONFLICT;
	if (form_wrong(&f.form))
		return new_page(&f, 422);
	TRY(agenda_add(rq, &m, &f.e, STEP_SCHEDULE));
	return reply_redirect(rq, M_AGENDA_ADDED, "/sitzungen/%.*s", ARG(m.slug));
}

/* ---- Changing one ---- */

static enum err edit_page(struct agenda_form *f, const struct agenda_entry *stored, int status)
{
	struct request *rq = f->form.rq;

	meeting_head(rq, rq->view, f->m);
	agenda_form_show(f);
	view_int(rq->view, V_ENTRY_ID, stored->id);
	view_text(rq->view, V_ENTRY_TITLE, stored->title);
	view_int(rq->view, V_ENTRY_VERSION, stored->row_version);
	return reply_page(rq, status, "steering/agenda_edit.html");
}

/* GET /sitzungen/:slug/punkte/:id/bearbeiten */
enum err agenda_edit(struct request *rq)
{
	struct agenda_form f;
	struct agenda_entry *e;
	struct meeting m;
	struct agenda a;

	TRY(agenda_entry_load(rq, MEETING_PREPARE, &m, &a, &e));
	if (meeting_is_over(&m) || !agenda_open(e))
		return E_CONFLICT;
	TRY(agenda_form_begin(&f, rq, &m, e));
	agenda_form_fill(&f);
	return edit_page(&f, e, 200);
}

static enum err save(struct request *rq, struct meeting *m, const struct agenda_entry *e)
{
	static const char sql[] =
	    "UPDATE agenda_entry SET kind = $3, title = $4, presenter_id = $5, minutes = $6,"
	    " restricted = $7, row_version = row_version + 1"
	    " WHERE id = $1 AND row_version = $2 AND started_at IS NULL AND outcome IS NULL";
	int64_t changed = 0;

	TRY(db_run(rq->db, sql,
		   WITH(INT(e->id), INT(e->row_version), TEXT(agenda_kind_names[e->kind]),
			TEXT(e->title), INT_OR_NONE(e->presenter_id), INT(e->minutes),
			TEXT(e->restricted)),
		   &changed));
	if (changed != 1)
		return E_CONFLICT;
	return event(rq, m, "agenda_edit", e->title, S(""));
}

/* POST /sitzungen/:slug/punkte/:id/bearbeiten */
enum err agenda_update(struct request *rq)
{
	struct agenda_form f;
	struct agenda_entry *e;
	struct meeting m;
	struct agenda a;
	int64_t version = 0;

	TRY(agenda_entry_load(rq, MEETING_PREPARE, &m, &a, &e));
	TRY(agenda_form_begin(&f, rq, &m, e));
	agenda_form_read(&f);
	if (!str_to_int(field_text(&rq->http.form, S("version")), &version))
		return E_BAD_REQUEST;
	if (meeting_is_over(&m) || !agenda_open(e))
		return E_CONFLICT;
	if (version != e->row_version) {
		agenda_form_differences(&f, e, view_row(rq->view, S_CONFLICT));
		return edit_page(&f, e, 409);
	}
	if (form_wrong(&f.form))
		return edit_page(&f, e, 422);
	TRY(save(rq, &m, &f.e));
	return reply_redirect(rq, M_SAVED, "/sitzungen/%.*s", ARG(m.slug));
}

/* ---- Up and down ---- */

static enum err set_pos(struct request *rq, int64_t id, int64_t pos)
{
	return db_run(rq->db, "UPDATE agenda_entry SET pos = $2 WHERE id = $1",
		      WITH(INT(id), INT(pos)), NULL);
}

static enum err swap(struct request *rq, const struct agenda_entry *a, const struct agenda_entry *b)
{
	enum { NOWHERE = 1 << 30 };

	TRY(set_pos(rq, a->id, NOWHERE)); /* none is used twice, not even in between */
	TRY(set_pos(rq, b->id, a->pos));
	return set_pos(rq, a->id, b->pos);
}

/* POST /sitzungen/:slug/punkte/:id/schieben */
enum err agenda_shift(struct request *rq)
{
	struct agenda_entry *e;
	struct meeting m;
	struct agenda a;

	TRY(agenda_entry_load(rq, MEETING_PREPARE, &m, &a, &e));
	bool up = str_eq(field_text(&rq->http.form, S("richtung")), S("rauf"));
	enum err fresh = meeting_version_asked(rq, &m);
	ptrdiff_t to = e - a.entries + (up ? -1 : 1);
	if (fresh == E_BAD_REQUEST)
		return fresh;
	if (fresh == E_CONFLICT || meeting_is_over(&m) || !agenda_open(e) || to < 0 ||
	    to >= (ptrdiff_t)a.n || (up && !agenda_open(&a.entries[to])))
		return meeting_page(rq, &m, 409);
	TRY(swap(rq, e, &a.entries[to]));
	TRY(meeting_touch(rq, &m));
	TRY(event(rq, &m, up ? "agenda_up" : "agenda_down", e->title, S("")));
	return reply_redirect(rq, M_NONE, "/sitzungen/%.*s#punkt-%" PRId64, ARG(m.slug), e->id);
}

/* POST /sitzungen/:slug/punkte/:id/aufnehmen: a revised template that was published again. */
enum err agenda_return(struct request *rq)
{
	struct agenda_entry *e;
	struct decision d;
	struct meeting m;
	struct agenda a;

	TRY(agenda_entry_load(rq, MEETING_PREPARE, &m, &a, &e));
	enum err fresh = meeting_version_asked(rq, &m);
	if (fresh == E_BAD_REQUEST)
		return fresh;
	if (fresh == E_CONFLICT || e->decision_id == 0 || !agenda_open(e) || meeting_is_over(&m))
		return meeting_page(rq, &m, 409);
	TRY(decision_by_id(rq, e->decision_id, &d));
	TRY(decision_step(rq, &d, STEP_SCHEDULE, S("")));
	TRY(meeting_touch(rq, &m));
	return reply_redirect(rq, M_AGENDA_ADDED, "/sitzungen/%.*s", ARG(m.slug));
}

/* ---- Taking one off ---- */

static const struct form_field reason_field = {S_INIT("grund"), V_GRUND, S_GRUND_FEHLER};

static enum err remove_page(struct request *rq, const struct meeting *m,
			    const struct agenda_entry *e, struct form *f, int status)
{
	form_show(f, rq->view);
	meeting_head(rq, rq->view, m);
	view_int(rq->view, V_ENTRY_ID, e->id);
	view_text(rq->view, V_ENTRY_TITLE, e->title);
	view_int(rq->view, V_ENTRY_VERSION, e->row_version);
	view_show_if(rq->view, S_TO_POOL, e->decision_id != 0);
	view_show_if(rq->view, S_STAYS_VISIBLE, m->state != MEETING_DRAFT);
	view_show_if(rq->view, S_CAME_BY_ITSELF, m->state == MEETING_DRAFT && e->by_itself);
	return reply_page(rq, status, "steering/agenda_remove.html");
}

/* GET /sitzungen/:slug/punkte/:id/entfernen */
enum err agenda_remove_ask(struct request *rq)
{
	struct agenda_entry *e;
	struct meeting m;
	struct agenda a;
	struct form f;

	TRY(agenda_entry_load(rq, MEETING_PREPARE, &m, &a, &e));
	if (meeting_is_over(&m) || !agenda_open(e))
		return E_CONFLICT;
	form_begin(&f, rq);
	form_fill(&f, &reason_field, S(""));
	return remove_page(rq, &m, e, &f, 200);
}

/* What came by itself would come back if nothing said that it had been here. */
static bool stays_visible(const struct meeting *m, const struct agenda_entry *e)
{
	return m->state != MEETING_DRAFT || e->by_itself;
}

/* What people were invited to stays to be seen, with the reason why it is off. */
static enum err take_off(struct request *rq, struct meeting *m, const struct agenda_entry *e,
			 struct str reason)
{
	static const char drop[] = "DELETE FROM agenda_entry WHERE id = $1";
	static const char mark[] =
	    "UPDATE agenda_entry SET outcome = 'withdrawn', outcome_reason = $2,"
	    " row_version = row_version + 1 WHERE id = $1";
	struct decision d;

	if (e->decision_id != 0) {
		TRY(decision_by_id(rq, e->decision_id, &d));
		if (d.state == DECISION_SCHEDULED)
			TRY(decision_step(rq, &d, STEP_UNSCHEDULE, reason));
	}
	if (stays_visible(m, e))
		TRY(db_run(rq->db, mark, WITH(INT(e->id), TEXT(reason)), NULL));
	else
		TRY(db_run(rq->db, drop, WITH(INT(e->id)), NULL));
	TRY(meeting_touch(rq, m));
	return event(rq, m, "agenda_remove", e->title, reason);
}

/* POST /sitzungen/:slug/punkte/:id/entfernen */
enum err agenda_remove(struct request *rq)
{
	struct agenda_entry *e;
	struct meeting m;
	struct agenda a;
	struct form f;
	int64_t version = 0;

	TRY(agenda_entry_load(rq, MEETING_PREPARE, &m, &a, &e));
	form_begin(&f, rq);
	struct str reason =
	    form_lines(&f, &reason_field, e->decision_id != 0 ? REQUIRED : OPTIONAL, REASON_CHARS);
	if (!str_to_int(field_text(&rq->http.form, S("version")), &version))
		return E_BAD_REQUEST;
	if (meeting_is_over(&m) || !agenda_open(e))
		return E_CONFLICT;
	if (version != e->row_version || form_wrong(&f)) {
		view_show_if(rq->view, S_STALE, version != e->row_version);
		return remove_page(rq, &m, e, &f, version != e->row_version ? 409 : 422);
	}
	TRY(take_off(rq, &m, e, reason));
	return reply_redirect(rq, M_AGENDA_REMOVED, "/sitzungen/%.*s", ARG(m.slug));
}
