/* attendance_list.c -- the page of who is there, and its buttons. */
#include "app/form.h"
#include "base/daytime.h"
#include "features/steering/attendance.h"
#include "features/steering/meeting_handlers.h"
#include "features/steering/meeting_people.h"
#include "features/steering/recusal.h"

enum { GUEST_CHARS = 120 };

static const struct form_field guest_field = {S_INIT("gast"), V_GAST, S_GAST_FEHLER};
static const struct form_field mode_field = {S_INIT("art"), NULL, S_ART_FEHLER};
static const struct form_field person_field = {S_INIT("kommt"), NULL, S_KOMMT_FEHLER};

/* Whoever notes attendance does it for everybody; the others say of themselves that they are there
 * by video, if the meeting has a part for them. */
static enum err may_enter(struct request *rq, const struct meeting *m, int64_t person_id,
			  enum attendance_mode mode)
{
	enum attendance_role role;
	int64_t place;

	if (m->may_note)
		return OK;
	if (person_id == 0 || person_id != rq->viewer.person_id || mode != MODE_REMOTE)
		return E_FORBIDDEN;
	TRY(attendance_role_of(rq, m, person_id, &role, &place));
	return role == ROLE_GUEST ? E_FORBIDDEN : OK;
}

static enum err may_leave(struct request *rq, const struct meeting *m, const struct attendance *who)
{
	bool own = who->person_id != 0 && who->person_id == rq->viewer.person_id;

	return m->may_note || own ? OK : E_FORBIDDEN;
}

/* ---- The page ---- */

static void show_there(struct request *rq, struct view *row, const struct meeting *m,
		       const struct attendance *a)
{
	struct view *there = view_row(row, S_THERE);

	view_text(there, V_MODE, attendance_mode_label(a->mode));
	view_text(there, V_TIME, daytime_short_of(rq->arena, a->from_at));
	if (attendance_is_open(m) && may_leave(rq, m, a) == OK) {
		struct view *leave = view_row(there, S_CAN_LEAVE);
		view_int(leave, V_ATTENDANCE_ID, a->id);
		view_text(leave, V_NAME, a->name);
	}
}

static enum err show_seat(struct request *rq, struct view *place, const struct meeting *m,
			  const struct attendances *all, const struct seat *seat)
{
	struct view *row = view_row(place, S_SEAT);
	const struct attendance *there = attendance_of(all, seat->person_id);

	view_text(row, V_NAME, seat->name);
	view_text(row, V_CAPACITY, capacity_label(seat->capacity));
	if (there != NULL) {
		show_there(rq, row, m, there);
		return OK;
	}
	view_show(row, S_AWAY);
	if (!attendance_is_open(m))
		return OK;
	if (m->may_note) {
		struct view *come = view_row(row, S_CAN_NOTE);
		view_int(come, V_PERSON_ID, seat->person_id);
		view_text(come, V_NAME, seat->name);
	}
	return OK;
}

static enum err show_seats(struct request *rq, const struct meeting *m,
			   const struct attendances *all)
{
	struct roll roll;

	TRY(roll_load(rq, m->day, &roll));
	for (size_t u = 0; u < roll.n; u++) {
		struct view *place = view_row(rq->view, S_UNIT);
		view_text(place, V_PLACE_NAME, roll.units[u].name);
		for (size_t s = 0; s < roll.units[u].n; s++)
			TRY(show_seat(rq, place, m, all, &roll.units[u].seats[s]));
	}
	return OK;
}

static void show_others(struct request *rq, const struct meeting *m, const struct attendances *all)
{
	struct view *list = NULL;

	for (size_t i = 0; i < all->n; i++) {
		const struct attendance *a = &all->v[i];
		if (a->until_at != 0 || a->role == ROLE_HOLDER || a->role == ROLE_DEPUTY)
			continue;
		if (list == NULL)
			list = view_row(rq->view, S_OTHERS);
		struct view *row = view_row(list, S_OTHER_PERSON);
		view_text(row, V_NAME, a->name);
		view_text(row, V_CAPACITY, attendance_role_label(a->role));
		view_text(row, V_PLACE_NAME, a->place);
		show_there(rq, row, m, a);
	}
}

static void show_past(struct request *rq, const struct attendances *all)
{
	struct view *list = NULL;

	for (size_t i = 0; i < all->n; i++) {
		const struct attendance *a = &all->v[i];
		if (a->until_at == 0)
			continue;
		if (list == NULL)
			list = view_row(rq->view, S_PAST);
		struct view *row = view_row(list, S_STAY);
		view_text(row, V_NAME, a->name);
		view_text(row, V_CAPACITY, attendance_role_label(a->role));
		view_text(row, V_MODE, attendance_mode_label(a->mode));
		view_text(row, V_FROM, daytime_short_of(rq->arena, a->from_at));
		view_text(row, V_TO, daytime_short_of(rq->arena, a->until_at));
	}
}

/* Who left for a point and is back, or will be: the seat's own line goes on. */
static enum err show_recused(struct request *rq, const struct meeting *m)
{
	static const char sql[] =
	    "SELECT p.name,"
	    " x.at, coalesce(x.lifted_at, 0), coalesce(e.started_at, 0), coalesce(e.ended_at, 0),"
	    " (SELECT count(*) FROM agenda_entry f WHERE f.meeting_id = e.meeting_id"
	    "   AND f.pos <= e.pos AND f.kind <> 'break')"
	    "  FROM recusal x JOIN person p ON p.id = x.person_id JOIN agenda_entry e"
	    "   ON e.decision_id = x.decision_id AND e.meeting_id = x.meeting_id"
	    " WHERE x.meeting_id = $1 ORDER BY e.pos, p.sort_key, x.id";
	struct rows r = db_query(rq->db, sql, WITH(INT(m->id)));
	struct view *list = NULL;

	while (rows_next(&r)) {
		struct str out = recusal_absence(
		    rq->arena, &(struct recusal_span){col_int(&r, 1), col_int(&r, 2),
						      col_int(&r, 3), col_int(&r, 4)});
		if (out.n == 0)
			continue;
		if (list == NULL)
			list = view_row(rq->view, S_OUT);
		struct view *row = view_row(list, S_OUT_PERSON);
		view_text(row, V_NAME, col_text(&r, 0));
		view_int(row, V_POINT, col_int(&r, 5));
		view_text(row, V_TIME, out);
	}
	return r.err;
}

static enum err show_own(struct request *rq, const struct meeting *m, const struct attendances *all)
{
	enum attendance_role role;
	int64_t place;

	if (m->may_note || !attendance_is_open(m) ||
	    attendance_of(all, rq->viewer.person_id) != NULL)
		return OK;
	TRY(attendance_role_of(rq, m, rq->viewer.person_id, &role, &place));
	if (role != ROLE_GUEST)
		view_int(view_row(rq->view, S_CAN_JOIN), V_PERSON_ID, rq->viewer.person_id);
	return OK;
}

static enum err list_page(struct request *rq, const struct meeting *m, struct form *f, int status)
{
	struct person_options people;
	struct attendances all;

	TRY(attendance_load(rq, m, &all));
	meeting_head(rq, rq->view, m);
	view_show_if(rq->view, S_STALE, status == 409);
	view_show_if(rq->view, S_NOT_OPEN, !attendance_is_open(m) && !meeting_is_over(m));
	TRY(show_seats(rq, m, &all));
	show_others(rq, m, &all);
	show_past(rq, &all);
	TRY(show_recused(rq, m));
	TRY(show_own(rq, m, &all));
	if (attendance_is_open(m) || meeting_has_begun(m))
		TRY(quorum_show(rq, rq->view, m, 0));
	view_show_if(rq->view, S_LEADS, m->may_lead && meeting_runs(m));
	form_show(f, rq->view);
	if (m->may_note && attendance_is_open(m)) {
		view_show(rq->view, S_NOTES);
		TRY(person_options_load(rq, PEOPLE_PROJECT, &people));
		person_options_show(rq, &people, rq->view, S_PERSON_OPTION, 0);
	}
	return reply_page(rq, status, "steering/attendance_list.html");
}

static void empty_form(struct form *f, struct request *rq)
{
	form_begin(f, rq);
	form_fill(f, &guest_field, S(""));
}

/* GET /sitzungen/:slug/anwesenheit */
enum err attendance_list(struct request *rq)
{
	struct meeting m;
	struct form f;

	TRY(meeting_load(rq, rq->slug, &m));
	empty_form(&f, rq);
	return list_page(rq, &m, &f, 200);
}

static enum err come(struct request *rq, const struct meeting *m, struct form *f, enum err *done)
{
	bool guest = field_present(&rq->http.form, S("gast"));
	int mode = form_choice(f, &mode_field, REQUIRED, attendance_mode_names, ATTENDANCE_MODES);
	struct str name = guest ? form_line(f, &guest_field, REQUIRED, GUEST_CHARS) : S("");
	int64_t person = guest ? 0 : form_number(f, &person_field, REQUIRED);

	if (form_wrong(f))
		return OK;
	TRY(may_enter(rq, m, person, (enum attendance_mode)mode));
	*done = attendance_come(rq, m, person, name, (enum attendance_mode)mode);
	return OK;
}

static enum err leave(struct request *rq, const struct meeting *m, enum err *done)
{
	struct attendances all;
	int64_t id = 0;

	if (!str_to_int(field_text(&rq->http.form, S("geht")), &id))
		return E_BAD_REQUEST;
	TRY(attendance_load(rq, m, &all));
	for (size_t i = 0; i < all.n; i++) {
		if (all.v[i].id != id)
			continue;
		TRY(may_leave(rq, m, &all.v[i]));
		*done = attendance_leave(rq, m, &all.v[i]);
		return OK;
	}
	return E_NOT_FOUND;
}

/* POST /sitzungen/:slug/anwesenheit */
enum err attendance_act(struct request *rq)
{
	bool leaves = field_present(&rq->http.form, S("geht"));
	enum err done = OK;
	struct meeting m;
	struct form f;

	TRY(meeting_load(rq, rq->slug, &m));
	empty_form(&f, rq);
	if (!attendance_is_open(&m))
		return E_CONFLICT;
	TRY(leaves ? leave(rq, &m, &done) : come(rq, &m, &f, &done));
	if (form_wrong(&f))
		return list_page(rq, &m, &f, 422);
	if (done == E_CONFLICT)
		return list_page(rq, &m, &f, 409);
	TRY(done);
	return reply_redirect(rq, leaves ? M_LEFT : M_CAME, "/sitzungen/%.*s/anwesenheit",
			      ARG(m.slug));
}
