/* feedback_show.c -- the page of one remark: words, place, answers, decision, history. */
#include "app/diff_show.h"
#include "base/clock.h"
#include "features/handbook/feedback_handlers.h"
#include "features/handbook/history.h"
#include "features/handbook/placeholders.h"
#include "features/handbook/suggestion.h"
#include "features/handbook/version.h"

#include <inttypes.h>

enum { RESPONSE_DAYS = 14 };

static bool waits(const struct feedback *f)
{
	return f->state == FEEDBACK_OPENED || f->state == FEEDBACK_IN_PROGRESS ||
	       f->state == FEEDBACK_QUERY;
}

/* A released statement is the municipality's, whoever wrote it. */
static bool is_own(const struct request *rq, const struct feedback *f)
{
	if (f->on_behalf_of.n == 0)
		return f->author_id == rq->viewer.person_id;
	return (rq->viewer.roles & ROLE_MUNICIPALITY) != 0 && f->municipality_id != 0 &&
	       f->municipality_id == rq->viewer.municipality_id;
}

bool feedback_may_edit(const struct request *rq, const struct feedback *f)
{
	return f->author_id == rq->viewer.person_id && is_own(rq, f) && f->state == FEEDBACK_OPENED;
}

bool feedback_may_withdraw(const struct request *rq, const struct feedback *f)
{
	return is_own(rq, f) && waits(f);
}

bool feedback_may_release(const struct request *rq, const struct feedback *f)
{
	return right_to_own(ROLE_MUNICIPALITY, FEEDBACK_SPEAK) &&
	       (rq->viewer.roles & ROLE_MUNICIPALITY) != 0 &&
	       f->visibility == VISIBLE_MUNICIPALITY && waits(f) &&
	       f->municipality_id == rq->viewer.municipality_id;
}

bool feedback_may_decide(const struct request *rq, const struct feedback *f)
{
	/* What a municipality has not released yet is not the editors' business. */
	return right_to_all(rq->viewer.roles, FEEDBACK_DECIDE) && waits(f) &&
	       f->author_id != rq->viewer.person_id && f->visibility != VISIBLE_MUNICIPALITY;
}

bool feedback_may_reopen(const struct request *rq, const struct feedback *f)
{
	return right_to_all(rq->viewer.roles, FEEDBACK_DECIDE) &&
	       f->author_id != rq->viewer.person_id && f->outcome < OUTCOME_COUNT &&
	       f->state != FEEDBACK_WITHDRAWN;
}

/* The author, once, within fourteen calendar days; the municipality for a statement of its own, and
 * for people who have left. */
bool feedback_may_respond(const struct request *rq, const struct feedback *f)
{
	bool speaks = (rq->viewer.roles & ROLE_MUNICIPALITY) != 0 &&
		      (f->on_behalf_of.n > 0 || f->author_gone) && f->municipality_id != 0 &&
		      f->municipality_id == rq->viewer.municipality_id;
	int64_t days = date_days(date_today()) - date_days(date_of(f->decided_at));

	return (f->author_id == rq->viewer.person_id || speaks) && f->outcome < OUTCOME_COUNT &&
	       f->response.n == 0 && days <= RESPONSE_DAYS && f->state != FEEDBACK_WITHDRAWN;
}

enum err feedback_load_for(struct request *rq,
			   bool (*may)(const struct request *, const struct feedback *),
			   struct feedback *out)
{
	TRY(feedback_load(rq, rq->id, out));
	return may(rq, out) ? OK : E_FORBIDDEN;
}

static enum err show_proposal(struct request *rq, const struct feedback *f)
{
	static const char sql[] =
	    "SELECT t.markdown, g.markdown, g.op, g.applied_id IS NOT NULL, t.kind"
	    "  FROM suggestion g JOIN block_text t ON t.id = g.base_text_id"
	    " WHERE g.feedback_id = $1";
	struct rows r = db_query(rq->db, sql, WITH(INT(f->id)));
	int64_t budget = DIFF_BUDGET;
	struct diff d;

	if (!rows_next(&r))
		return r.err;
	enum suggestion_op op = op_named(col_text(&r, 2));
	struct view *v = view_row(rq->view, S_PROPOSAL);
	view_text(v, V_KIND, op_label(rq->arena, op, block_kind_read(col_text(&r, 4))));
	diff_words(rq->arena, op == OP_INSERT_AFTER ? S("") : internal_text(rq, col_text(&r, 0)),
		   internal_text(rq, col_text(&r, 1)), &budget, &d);
	diff_show_jumps(v, &d);
	view_show_if(v, S_MAY_ACCEPT, feedback_may_decide(rq, f));
	view_show_if(v, S_APPLIED, col_int(&r, 3) != 0);
	return OK;
}

static enum err show_version_with_it(struct request *rq, const struct feedback *f, struct view *v)
{
	struct str label = S("");

	if (f->done_in == 0)
		return OK;
	TRY(version_announced(rq, f->done_in, &label));
	view_text(view_row(v, S_DONE_IN), V_VERSION_LABEL, label);
	return OK;
}

static enum err show_decision(struct request *rq, const struct feedback *f)
{
	if (f->outcome == OUTCOME_COUNT)
		return OK;
	struct view *v = view_row(rq->view, S_DECISION);
	view_text(v, V_OUTCOME, outcome_label(f->outcome));
	view_text(v, V_DECIDER, f->decider);
	view_text(v, V_WHEN, date_time_long(rq->arena, f->decided_at));
	if (f->reason.n > 0)
		view_text(view_row(v, S_ANSWERED), V_REASON, f->reason);
	if (!date_is_none(f->postponed_until))
		view_text(view_row(v, S_UNTIL), V_DATE, date_long(rq->arena, f->postponed_until));
	if (f->duplicate_of != 0)
		view_int(view_row(v, S_SAME_AS), V_OTHER_ID, f->duplicate_of);
	view_show_if(v, S_AGREED, str_eq(f->response, S("agreed")));
	if (str_eq(f->response, S("objected")))
		view_text(view_row(v, S_OBJECTED), V_TEXT, f->response_reason);
	return show_version_with_it(rq, f, v);
}

static void show_head(struct request *rq, const struct feedback *f)
{
	struct view *v = rq->view;

	view_int(v, V_ID, f->id);
	view_int(v, V_ROW_VERSION, f->row_version);
	view_text(v, V_NAME, f->label);
	view_text(v, V_KIND, kind_label(f->kind));
	view_text(v, V_AUTHOR, f->author);
	view_text(v, V_ORG, f->author_org);
	view_text(v, V_GIVEN, date_time_long(rq->arena, f->created_at));
	view_text(v, V_TEXT, f->text);
	feedback_show_badge(v, f->state, f->outcome);
	view_show_if(v, S_LATE, f->late);
	if (f->on_behalf_of.n > 0)
		view_text(view_row(v, S_ON_BEHALF), V_MUNICIPALITY, f->on_behalf_of);
	if (f->visibility != VISIBLE_PROJECT)
		view_text(view_row(v, S_NARROW), V_VISIBLE, visibility_label(f->visibility));
}

/* A form of the page: as it was sent, or as it begins. */
static struct view *show_form(struct request *rq, const char *section, const struct form *sent,
			      const struct form_field *const *fields)
{
	struct view *v = view_row(rq->view, section);
	struct form empty;

	form_begin(&empty, rq);
	for (; *fields != NULL; fields++)
		form_fill(&empty, *fields, S(""));
	form_show_fields(sent != NULL ? sent : &empty, v);
	return v;
}

static void show_decision_form(struct request *rq, const struct form *sent)
{
	static const struct form_field *const fields[] = {&FEEDBACK_REASON, &FEEDBACK_UNTIL,
							  &FEEDBACK_DUPLICATE, NULL};
	struct view *v = show_form(rq, S_MAY_DECIDE, sent, fields);
	struct str chosen = sent != NULL ? form_value(sent, &FEEDBACK_OUTCOME) : S("");

	for (int o = 0; o < OUTCOME_COUNT; o++) {
		struct view *option = view_row(v, S_OUTCOME_OPTION);
		view_text(option, V_NAME, outcome_names[o]);
		view_text(option, V_LABEL, outcome_label((enum outcome)o));
		view_show_if(option, S_PICKED, str_eq(chosen, outcome_names[o]));
	}
}

static void show_response_form(struct request *rq, const struct form *sent)
{
	static const struct form_field *const fields[] = {&FEEDBACK_OBJECTION, NULL};
	struct view *v = show_form(rq, S_MAY_RESPOND, sent, fields);
	struct str chosen = sent != NULL ? form_value(sent, &FEEDBACK_RESPONSE) : S("");

	view_show_if(v, S_YES, str_eq(chosen, S("agreed")));
	view_show_if(v, S_NO, str_eq(chosen, S("objected")));
}

static void show_forms(struct request *rq, const struct feedback *f, enum feedback_form which,
		       const struct form *form)
{
	static const struct form_field *const query[] = {&FEEDBACK_QUERY_TEXT, NULL};
	static const struct form_field *const reopen[] = {&FEEDBACK_REOPEN_REASON, NULL};
	struct form words;

	if (feedback_may_edit(rq, f)) {
		form_begin(&words, rq);
		form_fill(&words, &FEEDBACK_WORDS, f->text);
		form_show_fields(which == FORM_EDIT ? form : &words,
				 view_row(rq->view, S_MAY_EDIT));
	}
	view_show_if(rq->view, S_MAY_WITHDRAW, feedback_may_withdraw(rq, f));
	view_show_if(rq->view, S_MAY_RELEASE, feedback_may_release(rq, f));
	if (feedback_may_respond(rq, f))
		show_response_form(rq, which == FORM_RESPONSE ? form : NULL);
	/* Also when somebody was faster: what was typed is not lost. */
	if (feedback_may_decide(rq, f) || which == FORM_DECISION)
		show_decision_form(rq, which == FORM_DECISION ? form : NULL);
	if (feedback_may_decide(rq, f))
		show_form(rq, S_MAY_CLARIFY, which == FORM_QUERY ? form : NULL, query);
	if (feedback_may_reopen(rq, f))
		show_form(rq, S_MAY_REOPEN, which == FORM_REOPEN ? form : NULL, reopen);
}

enum err feedback_page(struct request *rq, const struct feedback *f, enum feedback_form which,
		       const struct form *form, int status)
{
	bool answers =
	    right_to_all(rq->viewer.roles, FEEDBACK_GIVE) && f->state != FEEDBACK_WITHDRAWN;

	show_head(rq, f);
	TRY(feedback_place_show(rq, f));
	TRY(feedback_checks_show(rq, f, which == FORM_PLACE ? form : NULL));
	TRY(show_proposal(rq, f));
	TRY(replies_show(rq, f, answers));
	if (answers)
		TRY(reply_form_show(rq, f, which == FORM_REPLY ? form : NULL));
	TRY(show_decision(rq, f));
	show_forms(rq, f, which, form);
	TRY(feedback_show_work(rq, f, which, form));
	TRY(feedback_show_hiding(rq, f, which == FORM_HIDE ? form : NULL));
	if (form != NULL)
		form_show_problems(form, rq->view);
	TRY(history_show(rq, S("feedback"), f->id));
	return reply_page(rq, status, "handbook/feedback_show.html");
}

/* GET /feedback/:id */
enum err feedback_show(struct request *rq)
{
	struct feedback f;
	enum err err = feedback_load(rq, rq->id, &f);

	if (err == E_NOT_FOUND)
		return feedback_show_bare(rq);
	TRY(err);
	return feedback_page(rq, &f, FORM_NONE, NULL, 200);
}
