/* round_new.c -- opening a review round: freezes a version, asks people, writes letters. */
#include "base/clock.h"
#include "features/handbook/feedback.h"
#include "features/handbook/round_asked.h"
#include "features/handbook/round_handlers.h"
#include "features/handbook/round_mailing.h"
#include "features/handbook/version_freeze.h"

#include <inttypes.h>

enum { NOTE_CHARS = 2000, USUAL_DAYS = 21, LONGEST_DAYS = 366 };
enum { LATE_COUNT = 2 };
static const struct str late_names[LATE_COUNT] = {S_INIT("accept"), S_INIT("refuse")};

const struct form_field round_day_field = {S_INIT("bis"), V_BIS, S_BIS_FEHLER};
static const struct form_field note_field = {S_INIT("hinweis"), V_HINWEIS, S_HINWEIS_FEHLER};
static const struct form_field late_field = {S_INIT("nachfrist"), NULL, S_NACHFRIST_FEHLER};
static const struct form_field people_field = {S_INIT("eingeladen"), NULL, S_EINGELADEN_FEHLER};

/* Everybody who can be asked, and who is ticked. */
struct guests {
	size_t n;
	struct candidate *v;
	bool *person;       /* v[i] is asked */
	bool *municipality; /* the municipality of v[i] is; read at the first of its people */
	bool *speaks;       /* v[i] answers for the municipality */
};

static bool begins_municipality(const struct guests *g, size_t i)
{
	return i == 0 || g->v[i].municipality_id != g->v[i - 1].municipality_id;
}

/* Who answers for which municipality, so that the form can say where nobody does. */
static enum err speakers_load(struct request *rq, struct guests *g)
{
	static const char sql[] = "SELECT person_id FROM role_held WHERE role = 'municipality'"
				  " AND since <= $1 AND (until IS NULL OR until >= $1)";
	struct rows r = db_query(rq->db, sql, WITH(TEXT(date_iso(rq->arena, date_today()))));

	g->speaks = ARENA_ARRAY(rq->arena, bool, g->n + 1);
	for (size_t i = 0; i < g->n; i++)
		g->speaks[i] = false;
	while (rows_next(&r))
		for (size_t i = 0; i < g->n; i++)
			if (g->v[i].person_id == col_int(&r, 0))
				g->speaks[i] = true;
	return r.err;
}

static bool has_speaker(const struct guests *g, size_t first)
{
	for (size_t i = first; i < g->n && (i == first || !begins_municipality(g, i)); i++)
		if (g->speaks[i])
			return true;
	return false;
}

static enum err guests_load(struct request *rq, bool ticked, struct guests *out)
{
	TRY(candidates_load(rq, &out->v, &out->n));
	out->person = ARENA_ARRAY(rq->arena, bool, out->n + 1);
	out->municipality = ARENA_ARRAY(rq->arena, bool, out->n + 1);
	for (size_t i = 0; i < out->n; i++)
		out->person[i] = out->municipality[i] = ticked;
	return speakers_load(rq, out);
}

/* Ticks what the form says; somebody who has left in the meantime is passed over. */
static bool tick(struct request *rq, struct guests *g)
{
	struct str value;
	int64_t id;

	for (size_t at = 0; field_each(&rq->http.form, S("person"), &at, &value);) {
		if (!str_to_int(value, &id))
			return false;
		for (size_t i = 0; i < g->n; i++)
			if (g->v[i].person_id == id)
				g->person[i] = true;
	}
	for (size_t at = 0; field_each(&rq->http.form, S("kommune"), &at, &value);) {
		if (!str_to_int(value, &id))
			return false;
		for (size_t i = 0; i < g->n; i++)
			if (g->v[i].municipality_id == id)
				g->municipality[i] = true;
	}
	return true;
}

static bool anybody(const struct guests *g)
{
	for (size_t i = 0; i < g->n; i++)
		if (g->person[i] || g->municipality[i])
			return true;
	return false;
}

static void show_guests(struct view *page, const struct guests *g)
{
	struct view *place = NULL;

	for (size_t i = 0; i < g->n; i++) {
		const struct candidate *c = &g->v[i];
		if (place == NULL || begins_municipality(g, i)) {
			place = view_row(page, S_PLACE);
			view_int(place, V_PLACE_ID, c->municipality_id);
			view_text(place, V_PLACE_NAME, c->municipality);
			view_show_if(place, S_PLACE_TICKED, g->municipality[i]);
			view_show_if(place, S_NO_SPEAKER, !has_speaker(g, i));
		}
		struct view *row = view_row(place, S_GUEST);
		view_int(row, V_ID, c->person_id);
		view_text(row, V_NAME, c->person);
		view_show_if(row, S_TICKED, g->person[i]);
	}
}

struct opening {
	struct form form;
	struct guests guests;
	struct date closes_on;
	struct str note;
	int late;
};

static enum err new_page(struct request *rq, const struct opening *o, const struct round *running,
			 int status)
{
	form_show(&o->form, rq->view);
	show_guests(rq->view, &o->guests);
	view_show_if(rq->view, S_LATE_ACCEPT, o->late == 0);
	view_show_if(rq->view, S_LATE_REFUSE, o->late == 1);
	if (running != NULL) {
		struct view *v = view_row(rq->view, S_RUNNING);
		view_int(v, V_ROUND_ID, running->id);
		view_int(v, V_ROUND_NUMBER, running->number);
	}
	return reply_page(rq, status, "handbook/round_new.html");
}

/* GET /feedback/runden/neu */
enum err round_new(struct request *rq)
{
	struct opening o = {.late = 0};
	struct version in_force;
	struct round running;

	TRY(version_in_force(rq, &in_force));
	enum err err = round_open(rq, &running);
	if (err == OK)
		return reply_redirect(rq, M_NONE, "/feedback/runden/%" PRId64, running.id);
	if (err != E_NOT_FOUND)
		return err;
	form_begin(&o.form, rq);
	form_fill(&o.form, &round_day_field,
		  date_short(rq->arena, date_add_days(date_today(), USUAL_DAYS)));
	form_fill(&o.form, &note_field, S(""));
	TRY(guests_load(rq, true, &o.guests));
	return new_page(rq, &o, NULL, 200);
}

static enum err read_opening(struct request *rq, struct opening *o)
{
	struct date today = date_today();

	form_begin(&o->form, rq);
	o->closes_on = form_date(&o->form, &round_day_field, REQUIRED);
	o->note = form_lines(&o->form, &note_field, OPTIONAL, NOTE_CHARS);
	o->late = form_choice(&o->form, &late_field, REQUIRED, late_names, LATE_COUNT);
	if (!date_is_none(o->closes_on) && date_cmp(o->closes_on, today) < 0)
		form_problem(&o->form, &round_day_field, M_ROUND_DAY_PAST, 0);
	if (!date_is_none(o->closes_on) &&
	    date_days(o->closes_on) - date_days(today) > LONGEST_DAYS)
		form_problem(&o->form, &round_day_field, M_ROUND_DAY_FAR, 0);
	TRY(guests_load(rq, false, &o->guests));
	if (!tick(rq, &o->guests))
		return E_BAD_REQUEST;
	if (!anybody(&o->guests))
		form_problem(&o->form, &people_field, M_ROUND_NOBODY, 0);
	return OK;
}

static enum err ask_municipality(struct request *rq, const struct round *r, int64_t municipality_id)
{
	static const char sql[] =
	    "INSERT INTO round_invitation (round_id, municipality_id, invited_at)"
	    " VALUES ($1, $2, $3)";

	return db_run(rq->db, sql, WITH(INT(r->id), INT(municipality_id), INT(clock_now())), NULL);
}

static enum err ask_all(struct request *rq, const struct round *r, const struct guests *g)
{
	for (size_t i = 0; i < g->n; i++) {
		if (g->municipality[i] && begins_municipality(g, i))
			TRY(ask_municipality(rq, r, g->v[i].municipality_id));
		if (g->person[i])
			TRY(asked_person(rq, r, g->v[i].person_id, g->v[i].municipality_id));
	}
	return round_letters(rq, r, 0);
}

static enum err insert(struct request *rq, const struct opening *o, struct round *out)
{
	static const char sql[] =
	    "INSERT INTO review_round (number, revision_id, note, opens_on, closes_on,"
	    " first_closes_on, late, created_by, created_at)"
	    " VALUES ((SELECT coalesce(max(number), 0) + 1 FROM review_round), $1, $2, $3, $4, $4,"
	    " $5, $6, $7) RETURNING id";
	struct arena *a = rq->arena;
	int64_t revision, id;

	TRY(version_freeze(rq, VERSION_IN_REVIEW, CHANGE_CONTENT, o->note, &revision));
	TRY(db_int(rq->db, sql,
		   WITH(INT(revision), TEXT(o->note), TEXT(date_iso(a, date_today())),
			TEXT(date_iso(a, o->closes_on)), TEXT(late_names[o->late]),
			INT(rq->viewer.person_id), INT(clock_now())),
		   &id));
	return round_load(rq, id, out);
}

/* POST /feedback/runden/neu */
enum err round_create(struct request *rq)
{
	struct round running, r;
	struct opening o;

	TRY(rounds_close_over(rq));
	TRY(read_opening(rq, &o));
	enum err err = round_open(rq, &running);
	if (err == OK)
		return new_page(rq, &o, &running, 409);
	if (err != E_NOT_FOUND)
		return err;
	if (form_wrong(&o.form))
		return new_page(rq, &o, NULL, 422);
	TRY(insert(rq, &o, &r));
	TRY(ask_all(rq, &r, &o.guests));
	struct handbook_event e = {
	    .object = "round", .id = r.id, .action = "opened", .after = S("open")};
	TRY(handbook_event(rq, &e));
	return reply_redirect(rq, M_ROUND_OPENED, "/feedback/runden/%" PRId64, r.id);
}
