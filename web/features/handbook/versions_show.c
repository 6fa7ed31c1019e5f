/* versions_show.c -- all versions; one version with what is to be decided about it. */
#include "app/form.h"
#include "base/clock.h"
#include "features/features.h"
#include "features/handbook/compare.h"
#include "features/handbook/feedback.h"
#include "features/handbook/history.h"
#include "features/handbook/live_table.h"
#include "features/handbook/markdown_export.h"
#include "features/handbook/placeholders.h"
#include "features/handbook/version_decision.h"
#include "features/handbook/version_enforce.h"
#include "features/handbook/version_freeze.h"
#include "features/handbook/version_void.h"

#include <inttypes.h>

enum { SUMMARY_MAX = 1000, REASON_MAX = 1000 };

static const struct form_field CHANGE = {S_INIT("art"), NULL, S_ART_FEHLER};
static const struct form_field SUMMARY = {S_INIT("anlass"), V_ANLASS, S_ANLASS_FEHLER};
static const struct form_field REASON = {S_INIT("grund"), V_GRUND, S_GRUND_FEHLER};
static const struct str changes[] = {S_INIT("editorial"), S_INIT("content")};

static void show_badge(struct view *v, const struct version *version)
{
	const char *section = version->state == VERSION_IN_FORCE    ? S_IN_FORCE
			      : version->state == VERSION_PROPOSED  ? S_TO_DECIDE
			      : version->state == VERSION_IN_REVIEW ? S_TO_DECIDE
								    : S_PAST;

	view_text(view_row(v, section), V_STATE, version_state_label(version->state));
}

static void show_version(struct request *rq, struct view *v, const struct version *version)
{
	struct date created = date_of(version->created_at);

	view_int(v, V_ID, version->id);
	view_text(v, V_LABEL, version->label);
	view_text(v, V_SUMMARY, version->summary);
	view_show_if(v, S_EDITORIAL, str_eq(version->change, S("editorial")));
	view_text(v, V_CREATED, date_short(rq->arena, created));
	if (!date_is_none(version->since))
		view_text(view_row(v, S_SINCE), V_DATE, date_short(rq->arena, version->since));
	version_show_address(v, version);
	show_badge(v, version);
}

/* Accepted and in no version yet, as far as anybody has noted: to be looked at before freezing. */
static enum err show_unmarked(struct request *rq, struct view *v)
{
	static const char sql[] =
	    "SELECT count(*) FROM feedback f WHERE f.state = 'decided'"
	    "   AND f.outcome IN ('accepted', 'partly', 'otherwise') AND " FEEDBACK_VISIBLE;
	int64_t count = 0;

	TRY(db_int(rq->db, sql, WITH(FEEDBACK_FOR(rq)), &count));
	if (count > 0)
		view_int(view_row(v, S_UNMARKED), V_COUNT, count);
	return OK;
}

static enum err list_page(struct request *rq, const struct form *f, int status)
{
	struct version *all;
	size_t n;
	bool editor = right_to_all(rq->viewer.roles, HANDBOOK_EDIT);

	TRY(versions_load(rq, &all, &n));
	for (size_t i = 0; i < n; i++)
		if (all[i].state != VERSION_WORKING)
			show_version(rq, view_row(rq->view, S_VERSION), &all[i]);
	view_show_if(rq->view, S_NO_VERSION, n == 0);
	view_show_if(rq->view, S_EDITIONS, right_to_all(rq->viewer.roles, EDITION_SEE));
	if (editor && n > 0) {
		struct view *v = view_row(rq->view, S_PROPOSE);
		struct str change = field_text(&rq->http.form, CHANGE.name);
		view_show_if(v, S_IS_EDITORIAL, str_eq(change, changes[0]));
		view_show_if(v, S_IS_CONTENT, str_eq(change, changes[1]));
		if (f == NULL)
			view_text(v, V_ANLASS, S(""));
		else
			form_show(f, v);
		TRY(show_unmarked(rq, v));
	}
	return reply_page(rq, status, "handbook/version_list.html");
}

/* GET /handbuch/fassungen */
static enum err version_list(struct request *rq)
{
	return list_page(rq, NULL, 200);
}

/* What the working copy has that the version in force has not. */
static enum err count_changes(struct request *rq, size_t *count)
{
	struct version working, in_force;
	struct manuscript from, to;
	struct change *v;

	TRY(version_working(rq, &working));
	TRY(version_in_force(rq, &in_force));
	TRY(manuscript_load(rq->db, rq->arena, in_force.id, &from));
	TRY(live_text_load(rq->db, rq->arena, working.id, &to));
	size_t n = compare(rq->arena, &from, &to, &v);
	for (size_t i = *count = 0; i < n; i++)
		*count += v[i].kind != CHANGE_NONE;
	return OK;
}

static enum err check_proposal(struct request *rq, struct form *f)
{
	static const char sql[] = "SELECT count(*) FROM revision WHERE state = 'proposed'";
	int64_t proposed = 0;
	size_t count = 0;

	TRY(db_int(rq->db, sql, WITH_NOTHING, &proposed));
	TRY(count_changes(rq, &count));
	if (proposed > 0)
		form_problem(f, &SUMMARY, M_VERSION_PENDING, 0);
	else if (count == 0)
		form_problem(f, &SUMMARY, M_VERSION_SAME, 0);
	return OK;
}

/* New content goes to the steering committee, by a row its part of the program picks up. */
static enum err ask_committee(struct request *rq, int64_t id, struct str summary)
{
	static const char sql[] =
	    "INSERT INTO decision_request (revision_id, title, text, requested_by, requested_at)"
	    " VALUES ($1, $2, $3, $4, $5)";
	struct version v;

	TRY(version_by_id(rq, id, &v));
	struct str title = arena_fmt(rq->arena, "%.*s: Version %" PRId64 ".%" PRId64, ARG(v.title),
				     v.major, v.minor);
	return db_run(
	    rq->db, sql,
	    WITH(INT(id), TEXT(title), TEXT(summary), INT(rq->viewer.person_id), INT(clock_now())),
	    NULL);
}

/* POST /handbuch/fassungen */
static enum err version_propose(struct request *rq)
{
	struct form f;
	int64_t id = 0;

	form_begin(&f, rq);
	int change = form_choice(&f, &CHANGE, REQUIRED, changes, 2);
	struct str summary = form_lines(&f, &SUMMARY, REQUIRED, SUMMARY_MAX);
	TRY(check_proposal(rq, &f));
	if (form_wrong(&f))
		return list_page(rq, &f, 422);
	TRY(version_freeze(rq, VERSION_PROPOSED, change == 0 ? CHANGE_EDITORIAL : CHANGE_CONTENT,
			   summary, &id));
	if (change == 1)
		TRY(ask_committee(rq, id, summary));
	return reply_redirect(rq, M_VERSION_PROPOSED, "/handbuch/fassungen/%" PRId64, id);
}

/* One version ---------------------------------------------------------------------------------- */

/* Objections are shown with the decision, they do not block it. */
static enum err show_objections(struct request *rq, const struct version *v)
{
	static const char sql[] =
	    "SELECT f.id, f.number, coalesce(n.number, 0), f.author_org, f.response_reason"
	    "  FROM feedback f LEFT JOIN review_round n ON n.id = f.round_id"
	    " WHERE f.response = 'objected' AND f.document_id = $4 AND " FEEDBACK_VISIBLE
	    " ORDER BY f.response_at DESC LIMIT 200";
	struct rows r = db_query(rq->db, sql, WITH(FEEDBACK_FOR(rq), INT(v->document_id)));
	struct view *list = NULL;

	while (rows_next(&r)) {
		if (list == NULL)
			list = view_row(rq->view, S_OBJECTIONS);
		struct view *row = view_row(list, S_OBJECTION);
		view_int(row, V_ID, col_int(&r, 0));
		view_text(row, V_LABEL, feedback_label(rq->arena, col_int(&r, 2), col_int(&r, 1)));
		view_text(row, V_ORG, col_text(&r, 3));
		view_text(row, V_TEXT, col_text(&r, 4));
	}
	return r.err;
}

static void show_form(const struct form *f, struct view *v, const char *value)
{
	if (f == NULL)
		view_text(v, value, S(""));
	else
		form_show(f, v);
}

/* What the committee said of it, and the way into force. */
static enum err show_decision(struct request *rq, const struct version *v)
{
	struct version_decision d;

	TRY(version_decision_load(rq, v, &d));
	struct view *box = view_row(rq->view, S_DECISION);
	if (d.slug.n == 0) {
		view_show(box, S_REQUESTED);
		return OK;
	}
	struct view *row = view_row(box, d.adopted    ? S_ADOPTED
					 : d.rejected ? S_REJECTED
						      : S_UNDECIDED);
	view_text(row, V_SLUG, d.slug);
	view_text(row, V_TITLE, d.title);
	if (d.adopted && version_may_answer(rq, v, VERSION_DECIDE))
		view_int(view_row(row, S_ENFORCE), V_ID, v->id);
	return OK;
}

/* `f`: the form for dropping it that was sent; NULL: none was. */
static enum err version_page(struct request *rq, const struct version *v, const struct form *f,
			     int status)
{
	show_version(rq, rq->view, v);
	view_text(rq->view, V_HANDBOOK_TITLE, internal_text(rq, v->title));
	if (version_may_answer(rq, v, VERSION_APPROVE))
		view_show(rq->view, S_APPROVE);
	if (v->state == VERSION_PROPOSED && str_eq(v->change, S("content")))
		TRY(show_decision(rq, v));
	if (v->state == VERSION_PROPOSED && right_to_all(rq->viewer.roles, HANDBOOK_EDIT))
		show_form(f, view_row(rq->view, S_DROP), V_GRUND);
	view_show_if(rq->view, S_WAITS,
		     v->state == VERSION_PROPOSED && v->created_by == rq->viewer.person_id);
	TRY(version_void_show(rq, v));
	TRY(show_objections(rq, v));
	TRY(history_show(rq, S("revision"), v->id));
	return reply_page(rq, status, "handbook/version_show.html");
}

/* GET /handbuch/fassungen/:id */
static enum err version_show(struct request *rq)
{
	struct version v;

	TRY(version_by_id(rq, rq->id, &v));
	return version_page(rq, &v, NULL, 200);
}

static enum err enforce(struct request *rq, const struct version *v, struct str decision)
{
	TRY(version_enforce(rq, v, decision));
	return reply_redirect(rq, M_VERSION_ENFORCED, "/handbuch/fassungen/%" PRId64, v->id);
}

/* POST /handbuch/fassungen/:id/freigabe -- the second person of an editorial version. */
static enum err version_approve(struct request *rq)
{
	struct version v;

	TRY(version_load_proposed(rq, rq->id, VERSION_APPROVE, &v));
	return enforce(rq, &v, S("redaktionell, von einer zweiten Person freigegeben"));
}

/* POST /handbuch/fassungen/:id/beschluss -- what the committee has adopted comes into force. */
static enum err version_decide(struct request *rq)
{
	struct version_decision d;
	struct version v;

	TRY(version_load_proposed(rq, rq->id, VERSION_DECIDE, &v));
	TRY(version_decision_load(rq, &v, &d));
	if (!d.adopted)
		return version_page(rq, &v, NULL, 409);
	return enforce(rq, &v, version_decision_words(rq->arena, &d));
}

/* POST /handbuch/fassungen/:id/verwerfen */
static enum err version_discard(struct request *rq)
{
	struct version v;
	struct form f;

	TRY(version_by_id(rq, rq->id, &v));
	if (v.state != VERSION_PROPOSED)
		return E_CONFLICT;
	form_begin(&f, rq);
	struct str reason = form_lines(&f, &REASON, REQUIRED, REASON_MAX);
	if (form_wrong(&f))
		return version_page(rq, &v, &f, 422);
	TRY(version_drop(rq, &v, reason));
	return reply_redirect(rq, M_VERSION_DROPPED, "/handbuch/fassungen");
}

/* GET /handbuch/fassungen/:id/handbuch.md */
static enum err version_markdown(struct request *rq)
{
	struct manuscript m;
	struct version v;

	TRY(version_by_id(rq, rq->id, &v));
	TRY(manuscript_load(rq->db, rq->arena, v.id, &m));
	return reply_file(rq, S("text/markdown; charset=utf-8"),
			  arena_fmt(rq->arena, "handbuch-%.*s.md", ARG(v.slug)),
			  markdown_export(rq->arena, &m));
}

const struct route version_routes[] = {
    GET("/handbuch/fassungen", PROJECT_SEE, version_list),
    POST("/handbuch/fassungen", HANDBOOK_EDIT, version_propose),
    GET("/handbuch/fassungen/:id", PROJECT_SEE, version_show),
    POST("/handbuch/fassungen/:id/freigabe", VERSION_APPROVE, version_approve),
    POST("/handbuch/fassungen/:id/beschluss", VERSION_DECIDE, version_decide),
    POST("/handbuch/fassungen/:id/verwerfen", HANDBOOK_EDIT, version_discard),
    GET("/handbuch/fassungen/:id/handbuch.md", PROJECT_SEE, version_markdown),
    ROUTES_END,
};
