/* amendment.c -- the committee changes the words of a resolution before it votes: the chair reads
 * them out, and they are what is voted on. */
#include "base/clock.h"
#include "features/steering/decision_text.h"
#include "features/steering/poll_handlers.h"
#include "features/steering/register_records.h"
#include "markup/markdown.h"

enum { REASON_MAX = 1000 };

static const struct form_field TEXT_F = {S_INIT("beschluss"), V_BESCHLUSS, S_BESCHLUSS_FEHLER};
static const struct form_field REASON_F = {S_INIT("grund"), V_GRUND, S_GRUND_FEHLER};
static const struct form_field READ_F = {S_INIT("verlesen"), NULL, S_VERLESEN_FEHLER};

/* A called point about which a vote could be opened right now, and its wording. */
struct amendment {
	struct decision d;
	struct poll_stage stage;
	struct decision_text before;
	bool possible;
};

static enum err load(struct request *rq, struct amendment *a)
{
	TRY(decision_load(rq, rq->slug, &a->d));
	TRY(poll_stage_load(rq, &a->d, &a->stage));
	if (!a->stage.leads)
		return E_FORBIDDEN;
	a->possible = poll_obstacle(&a->d, &a->stage, POLL_RESOLUTION) == M_NONE;
	return decision_text_load(rq, a->d.id, a->d.version, &a->before);
}

static enum err page(struct form *f, const struct amendment *a, int status)
{
	struct view *v = f->rq->view;

	form_show(f, v);
	view_text(v, V_DECISION_SLUG, a->d.slug);
	view_text(v, V_DECISION_TITLE, a->d.title);
	view_text(v, V_RESOLUTION, a->before.v[TEXT_RESOLUTION]);
	view_int(v, V_ROW_VERSION, a->d.row_version);
	return reply_page(f->rq, status, "steering/amendment_new.html");
}

/* GET /entscheidungen/:slug/abstimmung/wortlaut */
enum err amendment_new(struct request *rq)
{
	struct amendment a;
	struct form f;

	TRY(load(rq, &a));
	if (!a.possible)
		return reply_redirect(rq, M_NONE, "/entscheidungen/%.*s/abstimmung", ARG(a.d.slug));
	form_begin(&f, rq);
	form_fill(&f, &TEXT_F, a.before.v[TEXT_RESOLUTION]);
	form_fill(&f, &REASON_F, S(""));
	return page(&f, &a, 200);
}

/* Who is recused hands the point over, not only the vote; and nobody reads out from elsewhere. */
static enum err check_chair(struct form *f, const struct amendment *a)
{
	static const char sql[] =
	    "SELECT EXISTS (SELECT 1 FROM recusal WHERE decision_id = $1 AND meeting_id = $2"
	    "   AND person_id = $3 AND lifted_at IS NULL),"
	    "  EXISTS (SELECT 1 FROM attendance WHERE meeting_id = $2 AND person_id = $3"
	    "   AND until_at IS NULL)";
	struct rows r =
	    db_query(f->rq->db, sql,
		     WITH(INT(a->d.id), INT(a->stage.meeting_id), INT(f->rq->viewer.person_id)));

	if (!rows_next(&r))
		return r.err != OK ? r.err : E_INTERNAL;
	if (col_int(&r, 0) != 0)
		form_problem(f, &TEXT_F, M_POLL_CHAIR_RECUSED, 0);
	if (col_int(&r, 1) == 0)
		form_problem(f, &TEXT_F, M_POLL_NOT_THERE, 0);
	return OK;
}

static enum err read(struct form *f, const struct amendment *a, struct str *text,
		     struct str *reason)
{
	static const struct str ticked[] = {S_INIT("ja")};
	struct str html;

	*text = form_lines(f, &TEXT_F, REQUIRED, LONG_CHARS);
	*reason = form_lines(f, &REASON_F, REQUIRED, REASON_MAX);
	if (form_choice(f, &READ_F, OPTIONAL, ticked, 1) < 0)
		form_problem(f, &READ_F, M_AMENDMENT_READ, 0);
	if (str_eq(*text, a->before.v[TEXT_RESOLUTION]))
		form_problem(f, &TEXT_F, M_CORRECTION_SAME, 0);
	enum err err = markdown_html(f->rq->arena, *text, &html);
	if (err == E_TOO_LARGE)
		form_problem(f, &TEXT_F, M_DECISION_TEXT_SHAPE, 0);
	else
		TRY(err);
	return check_chair(f, a);
}

static enum err amend(struct request *rq, struct amendment *a, struct str text, struct str reason)
{
	static const char sql[] = "SELECT sha256 FROM decision_version"
				  " WHERE decision_id = $1 AND version = $2";
	struct str state = decision_state_names[a->d.state];
	struct register_book book = register_of(rq);
	struct str sha256;

	book.at = clock_now();
	TRY(decision_text_amend(rq, &a->d, text, book.at));
	TRY(db_text(rq->db, sql, WITH(INT(a->d.id), INT(a->d.version)), &sha256));
	TRY(register_wording_read(
	    &book, &(struct register_wording_read){.meeting = a->stage.meeting_id,
						   .entry = a->stage.entry_id,
						   .decision = a->d.id,
						   .version = a->d.version,
						   .sha256 = sha256,
						   .chair = WHO(rq->viewer.person_id)}));
	return steering_event(rq, &(struct steering_event){.object = "decision",
							   .id = a->d.id,
							   .action = "amend",
							   .before = state,
							   .after = state,
							   .reason = reason});
}

/* POST /entscheidungen/:slug/abstimmung/wortlaut */
enum err amendment_create(struct request *rq)
{
	struct amendment a;
	struct str text, reason;
	struct form f;
	int64_t version = 0;

	TRY(load(rq, &a));
	form_begin(&f, rq);
	TRY(read(&f, &a, &text, &reason));
	(void)str_to_int(field_text(&rq->http.form, S("version")), &version);
	if (!a.possible)
		return poll_stale(rq, &a.d);
	if (version != a.d.row_version) {
		view_show(rq->view, S_STALE);
		return page(&f, &a, 409);
	}
	if (form_wrong(&f))
		return page(&f, &a, 422);
	TRY(amend(rq, &a, text, reason));
	return reply_redirect(rq, M_SAVED, "/entscheidungen/%.*s/abstimmung", ARG(a.d.slug));
}
