/* poll_lead.c -- what the chair does with a vote: open, close, abort. */
#include "features/steering/poll_handlers.h"
#include "features/steering/poll_presence.h"
#include "features/steering/poll_words.h"

static const struct form_field RECUSAL = {S_INIT("befangenheit"), NULL, S_BEFANGENHEIT_FEHLER};
static const struct form_field REASON = {S_INIT("grund"), V_GRUND, S_GRUND_FEHLER};
enum { REASON_MAX = 1000 };

enum err poll_of_form(struct request *rq, struct decision *d, struct poll *p)
{
	int64_t id = 0;

	TRY(decision_load(rq, rq->slug, d));
	if (!str_to_int(field_text(&rq->http.form, S("abstimmung")), &id))
		return E_BAD_REQUEST;
	return poll_by_id(rq, d->id, id, p);
}

enum err poll_stale(struct request *rq, const struct decision *d)
{
	struct poll_page page = {.stale = true};
	struct poll p;
	enum err err = poll_newest(rq, d->id, &p);

	if (err != OK && err != E_NOT_FOUND)
		return err;
	page.poll = err == OK ? &p : NULL;
	return poll_page(rq, d, &page, 409);
}

static enum err back(struct request *rq, const struct decision *d, enum message done)
{
	return reply_redirect(rq, done, "/entscheidungen/%.*s/abstimmung", ARG(d->slug));
}

/* The agenda's point, for whoever leads its meeting. */
static enum err stage_for_lead(struct request *rq, const struct decision *d, struct poll_stage *s)
{
	TRY(poll_stage_load(rq, d, s));
	return s->leads ? OK : E_FORBIDDEN;
}

/* Asked of the vote itself: its point may have left the agenda meanwhile.  Who is recused leads the
 * others' vote no more than it casts one of its own. */
static enum err leads(struct request *rq, const struct poll *p)
{
	static const char sql[] = "SELECT $2 IN (coalesce(chair_id, 0), coalesce(deputy_id, 0)) "
				  "FROM meeting WHERE id = $1";
	bool recused = false;
	int64_t leads = 0;

	TRY(poll_viewer_recused(rq, p, &recused));
	if (recused)
		return E_FORBIDDEN;
	if (right_to_all(rq->viewer.roles, MEETING_CHAIR))
		return OK;
	TRY(db_int(rq->db, sql, WITH(INT(p->meeting_id), INT(rq->viewer.person_id)), &leads));
	return leads != 0 ? OK : E_FORBIDDEN;
}

/* ---- Opening ---- */

static bool is_recused(const struct electorate *e, int64_t person_id)
{
	for (size_t i = 0; i < e->n; i++)
		for (size_t v = 0; v < e->units[i].n; v++)
			if (e->units[i].voters[v].person_id == person_id &&
			    e->units[i].voters[v].recused)
				return true;
	return false;
}

/* Only what the committee's presence decides; the state was asked before. */
static enum err check_room(struct request *rq, const struct poll *p, struct form *f)
{
	struct electorate e;
	struct poll_outcome o;

	TRY(electorate_draft(rq, p, &e));
	TRY(poll_count(rq->arena, p, &e, &o));
	if (is_recused(&e, rq->viewer.person_id))
		form_problem(f, &RECUSAL, M_POLL_CHAIR_RECUSED, 0);
	if (!o.tally.enough_units || !o.tally.enough_persons)
		form_problem(f, &RECUSAL, M_POLL_NO_QUORUM, 0);
	return OK;
}

static enum err kind_of_form(struct request *rq, enum poll_kind *kind)
{
	struct str word = field_text(&rq->http.form, S("art"));

	static const enum poll_kind kinds[] = {POLL_RESOLUTION, POLL_URGENCY, POLL_RECUSAL};

	for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++) {
		*kind = kinds[i];
		if (str_eq(word, poll_kind_names[*kind]))
			return OK;
	}
	return E_BAD_REQUEST;
}

/* POST /entscheidungen/:slug/abstimmung */
enum err poll_create(struct request *rq)
{
	static const struct str asked[] = {S_INIT("gefragt")};
	struct poll_page page = {.late = false};
	enum poll_kind kind;
	struct poll_stage s;
	struct decision d;
	struct poll p;
	struct form f;
	int64_t version = 0;

	TRY(decision_load(rq, rq->slug, &d));
	TRY(stage_for_lead(rq, &d, &s));
	TRY(kind_of_form(rq, &kind));
	(void)str_to_int(field_text(&rq->http.form, S("version")), &version);
	form_begin(&f, rq);
	if (form_choice(&f, &RECUSAL, OPTIONAL, asked, 1) < 0)
		form_problem(&f, &RECUSAL, M_POLL_ASK_RECUSAL, 0);
	if (version != d.row_version || poll_obstacle(&d, &s, kind) != M_NONE)
		return poll_stale(rq, &d);
	TRY(poll_draft(rq, &d, &s, kind, &p));
	TRY(check_room(rq, &p, &f));
	page.opening = &f;
	if (form_wrong(&f))
		return poll_page(rq, &d, &page, 422);
	TRY(poll_open(rq, &d, &p));
	return back(rq, &d, M_POLL_OPENED);
}

/* ---- Closing ---- */

static enum err show_question(struct request *rq, const struct decision *d, const struct poll *p)
{
	struct electorate e;
	struct poll_outcome o;

	TRY(electorate_load(rq, p, &e));
	TRY(poll_count(rq->arena, p, &e, &o));
	view_text(rq->view, V_DECISION_SLUG, d->slug);
	view_text(rq->view, V_DECISION_TITLE, d->title);
	view_int(rq->view, V_POLL_ID, p->id);
	view_text(rq->view, V_KIND, poll_kind_label(p->kind));
	view_int(rq->view, V_ROUND, p->round);
	int64_t cast, of;
	poll_turnout(p, &e, &cast, &of);
	view_int(rq->view, V_CAST_COUNT, cast);
	view_int(rq->view, V_OF_COUNT, of);
	if (o.in.units.of[UNIT_SILENT] > 0)
		view_int(view_row(rq->view, S_SILENT), V_COUNT, o.in.units.of[UNIT_SILENT]);
	view_show_if(rq->view, S_NOT_QUORATE, !o.tally.enough_units || !o.tally.enough_persons);
	return OK;
}

static enum err running_for_lead(struct request *rq, struct decision *d, struct poll *p)
{
	struct poll_stage s;

	TRY(decision_load(rq, rq->slug, d));
	TRY(stage_for_lead(rq, d, &s));
	TRY(poll_newest(rq, d->id, p));
	return poll_runs(p) && p->meeting_id != 0 ? leads(rq, p) : E_CONFLICT;
}

static enum err ask(struct request *rq, const char *template_file)
{
	struct decision d;
	struct poll p;
	enum err err = running_for_lead(rq, &d, &p);

	if (err == E_CONFLICT)
		return back(rq, &d, M_NONE);
	TRY(err);
	TRY(show_question(rq, &d, &p));
	return reply_page(rq, 200, template_file);
}

/* GET /entscheidungen/:slug/abstimmung/schliessen */
enum err poll_close_ask(struct request *rq)
{
	return ask(rq, "steering/poll_close.html");
}

/* POST /entscheidungen/:slug/abstimmung/schliessen */
enum err poll_finish(struct request *rq)
{
	struct decision d;
	struct poll p;

	TRY(poll_of_form(rq, &d, &p));
	if (p.meeting_id == 0)
		return E_NOT_FOUND;
	TRY(leads(rq, &p));
	if (p.aborted_at != 0)
		return poll_stale(rq, &d);
	/* Who was second gets what the first one got: there is one result. */
	if (p.closed_at == 0)
		TRY(poll_close(rq, &d, &p));
	return back(rq, &d, M_POLL_CLOSED);
}

/* ---- Aborting ---- */

/* GET /entscheidungen/:slug/abstimmung/abbrechen */
enum err poll_abort_ask(struct request *rq)
{
	view_text(rq->view, V_GRUND, S(""));
	return ask(rq, "steering/poll_abort.html");
}

/* POST /entscheidungen/:slug/abstimmung/abbrechen */
enum err poll_stop(struct request *rq)
{
	struct decision d;
	struct poll p;
	struct form f;

	TRY(poll_of_form(rq, &d, &p));
	if (p.meeting_id == 0)
		return E_NOT_FOUND;
	TRY(leads(rq, &p));
	form_begin(&f, rq);
	struct str reason = form_lines(&f, &REASON, OPTIONAL, REASON_MAX);
	if (!poll_runs(&p))
		return poll_stale(rq, &d);
	if (reason.n == 0)
		form_problem(&f, &REASON, M_POLL_REASON, 0);
	if (form_wrong(&f)) {
		TRY(show_question(rq, &d, &p));
		form_show(&f, rq->view);
		return reply_page(rq, 422, "steering/poll_abort.html");
	}
	TRY(poll_abort(rq, &d, &p, reason));
	return back(rq, &d, M_POLL_ABORTED);
}
