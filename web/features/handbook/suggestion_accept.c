/* suggestion_accept.c -- editors take a suggestion over into the working copy: look, merge, save.
 */
#include "app/diff_show.h"
#include "features/features.h"
#include "features/handbook/feedback_decision.h"
#include "features/handbook/feedback_handlers.h"
#include "features/handbook/lost_form.h"
#include "features/handbook/preview.h"
#include "features/handbook/suggestion.h"
#include "features/handbook/worked_in.h"
#include "markup/normal.h"

#include <inttypes.h>

enum { WORDS_MAX = 20000, REASON_MAX = 5000 };

static const struct form_field WORDS = {S_INIT("text"), V_TEXT_VALUE, S_TEXT_FEHLER};

struct acceptance {
	struct feedback f;
	struct suggestion s;
	struct form form;
	bool open;  /* nobody has decided yet */
	bool gone;  /* the block is */
	bool merge; /* with words of the editor's own */
	bool looks; /* the preview was asked for, or is all there is to see */
	struct str words;
	struct feedback_decision decision;
	struct manuscript next;       /* the text with it, while `looks` */
	struct markdown_document doc; /* its section, with what its reading found */
	struct lost lost;             /* remarks that it leaves without a block, but itself */
};

/* E_FORBIDDEN for one's own, and for what a municipality has not released. */
static enum err load(struct request *rq, struct acceptance *a)
{
	*a = (struct acceptance){.open = false};
	TRY(feedback_load(rq, rq->id, &a->f));
	if (a->f.author_id == rq->viewer.person_id || a->f.visibility == VISIBLE_MUNICIPALITY)
		return E_FORBIDDEN;
	TRY(suggestion_load(rq, a->f.id, &a->s));
	a->open = feedback_may_decide(rq, &a->f);
	a->gone = a->s.at == SUGGESTION_NOWHERE;
	a->words = a->s.op == OP_DELETE ? S("") : a->s.proposal;
	a->decision.outcome = OUTCOME_ACCEPTED;
	form_begin(&a->form, rq);
	return OK;
}

/* Changes with the words that an editor has looked at. */
static int64_t token(const struct acceptance *a)
{
	return a->gone ? 0 : a->s.section.text.v[a->s.at].text_id;
}

/* The page ------------------------------------------------------------------------------------- */

static void show_diff(struct request *rq, const char *section, struct str from, struct str to)
{
	int64_t budget = DIFF_BUDGET;
	struct diff d;

	diff_words(rq->arena, from, to, &budget, &d);
	diff_show(view_row(rq->view, section), &d);
}

static void show_preview(struct request *rq, const struct acceptance *a)
{
	struct view *v = view_row(rq->view, S_PREVIEW);
	int64_t budget = DIFF_BUDGET;
	struct diff d;

	preview_show_warnings(rq->view, &a->doc, false);
	diff_words(rq->arena, suggestion_before(&a->s), a->words, &budget, &d);
	diff_show_jumps(v, &d);
	if (a->s.op == OP_INSERT_AFTER)
		view_text(view_row(v, S_BEHIND), V_TEXT,
			  a->s.section.text.v[a->s.at].text.markdown);
}

static void show_merge(struct request *rq, struct view *steps, const struct acceptance *a)
{
	struct view *v = view_row(steps, S_MERGE);
	struct form form = a->form;
	struct str outcome = form_value(&form, &FEEDBACK_OUTCOME);

	if (!field_present(&rq->http.form, WORDS.name)) {
		form_fill(&form, &WORDS, a->words);
		form_fill(&form, &FEEDBACK_REASON, S(""));
	}
	view_show_if(v, S_ACCEPTED, !str_eq(outcome, outcome_names[OUTCOME_PARTLY]));
	view_show_if(v, S_PARTLY, str_eq(outcome, outcome_names[OUTCOME_PARTLY]));
	form_show_fields(&form, v);
}

/* What was written for, what stands there now, what is wanted. */
static void show_three(struct request *rq, const struct acceptance *a)
{
	struct view *v = view_row(rq->view, S_CHANGED);

	view_text(v, V_OLD, a->s.base);
	view_text(v, V_THEIRS, a->s.section.text.v[a->s.at].text.markdown);
	view_text(v, V_NEW, a->s.op == OP_DELETE ? S("") : a->s.proposal);
	view_show_if(v, S_GONE, a->s.op == OP_DELETE);
	show_diff(rq, S_SINCE, a->s.base, a->s.section.text.v[a->s.at].text.markdown);
}

/* Others on the same block: each is looked at again after this one. */
static enum err show_others(struct request *rq, const struct acceptance *a)
{
	static const char sql[] =
	    "SELECT f.id, f.number, coalesce(n.number, 0), g.op,"
	    " p.name, t.kind"
	    "  FROM suggestion g JOIN block_text t ON t.id = g.base_text_id"
	    "  JOIN feedback f ON f.id = g.feedback_id JOIN person p ON p.id = f.author_id"
	    "  LEFT JOIN review_round n ON n.id = f.round_id"
	    " WHERE t.block_id = $4 AND f.id <> $5 AND " FEEDBACK_OPEN " AND " FEEDBACK_VISIBLE
	    " ORDER BY f.id LIMIT 50";
	struct rows r =
	    db_query(rq->db, sql, WITH(FEEDBACK_FOR(rq), INT(a->s.block_id), INT(a->f.id)));
	struct view *list = NULL;

	while (rows_next(&r)) {
		if (list == NULL)
			list = view_row(rq->view, S_OTHERS);
		struct view *v = view_row(list, S_OTHER_SUGGESTION);
		view_int(v, V_ID, col_int(&r, 0));
		view_text(v, V_LABEL, feedback_label(rq->arena, col_int(&r, 2), col_int(&r, 1)));
		view_text(v, V_KIND,
			  op_label(rq->arena, op_named(col_text(&r, 3)),
				   block_kind_read(col_text(&r, 5))));
		view_text(v, V_AUTHOR, col_text(&r, 4));
	}
	return r.err;
}

static struct lost_places places(const struct acceptance *a)
{
	const struct section *s = &a->s.section;

	return (struct lost_places){&a->next, s->at.from, a->next.n - (s->text.n - s->at.to)};
}

/* Nothing can be applied by itself: the words to copy, and the place nearest to it. */
static enum err show_gone(struct request *rq, const struct acceptance *a)
{
	static const char sql[] =
	    "SELECT rb.section_uid FROM anchor n JOIN revision r ON r.id = n.revision_id"
	    "  JOIN block_text t ON t.block_id = n.near_id OR t.id = n.block_text_id"
	    "  JOIN revision_block rb ON rb.revision_id = r.id AND rb.block_text_id = t.id"
	    " WHERE n.feedback_id = $1 AND r.state = 'working' LIMIT 1";
	struct view *v = view_row(rq->view, S_NOWHERE);
	struct str uid = S("");
	enum err err = db_text(rq->db, sql, WITH(INT(a->f.id)), &uid);

	if (err != E_NOT_FOUND)
		TRY(err);
	view_text(v, V_OLD, a->s.base);
	view_text(v, V_NEW, a->s.proposal);
	view_show_if(v, S_GONE, a->s.op == OP_DELETE);
	if (uid.n > 0)
		view_text(view_row(v, S_NEAR), V_UID, uid);
	return OK;
}

static enum err show_change(struct request *rq, const struct acceptance *a)
{
	const struct lost_places p = places(a);

	TRY(section_show_lock(rq, a->s.section.uid));
	view_text(view_row(rq->view, S_PLACE), V_TITLE, a->s.section.title);
	TRY(show_others(rq, a));
	if (!a->s.current)
		show_three(rq, a);
	if (a->looks)
		show_preview(rq, a);
	struct view *steps = view_row(rq->view, S_STEPS);
	if (a->merge)
		show_merge(rq, steps, a);
	if (!a->open)
		return OK;
	struct view *v = view_row(steps, S_MAY_ACCEPT);
	if (a->looks)
		lost_form_show(rq, steps, &a->lost, &p);
	view_show_if(v, S_LOOK_FIRST, !a->looks);
	view_show_if(v, S_READY, a->looks);
	view_show_if(v, S_AGAIN, a->looks && a->merge);
	view_show_if(v, S_AS_IT_IS, !a->merge);
	return OK;
}

static enum err page(struct request *rq, struct acceptance *a, int status)
{
	struct view *v = rq->view;

	a->merge = a->merge || (!a->gone && !a->s.current) || form_wrong(&a->form);
	a->looks = !a->gone && (a->looks || !a->merge);
	view_int(v, V_ID, a->f.id);
	view_text(v, V_NAME, a->f.label);
	view_text(v, V_AUTHOR, a->f.author);
	view_text(v, V_ORG, a->f.author_org);
	view_text(v, V_TEXT, a->f.text);
	view_text(v, V_KIND, op_label(rq->arena, a->s.op, a->s.kind));
	view_int(v, V_ROW_VERSION, a->f.row_version);
	view_int(v, V_STATE, token(a));
	view_show_if(v, S_DECIDED, !a->open);
	TRY(a->gone ? show_gone(rq, a) : show_change(rq, a));
	form_show_problems(&a->form, v);
	return reply_page(rq, status, "handbook/suggestion_show.html");
}

/* The text with it; M_NONE in *wrong, or what is wrong with its words. */
static enum err plan(struct request *rq, struct acceptance *a, enum message *wrong)
{
	struct change *changes;
	size_t kept = 0;

	TRY(suggestion_next(rq, &a->s, a->words, &a->doc, &a->next, wrong));
	if (*wrong != M_NONE)
		return OK;
	size_t n = compare(rq->arena, &a->s.section.text, &a->next, &changes);
	TRY(lost_find(rq, a->s.section.version.id, changes, n, SIZE_MAX, &a->lost));
	for (size_t i = 0; i < a->lost.n; i++)
		if (a->lost.v[i].feedback_id != a->f.id)
			a->lost.v[kept++] = a->lost.v[i];
	a->lost.n = kept;
	return OK;
}

/* GET /feedback/:id/uebernehmen?anpassen=1 */
enum err suggestion_show(struct request *rq)
{
	enum message wrong = M_NONE; /* is said when it is sent */
	struct acceptance a;

	TRY(load(rq, &a));
	a.merge = field_present(&rq->http.query, S("anpassen"));
	if (!a.open)
		return reply_redirect(rq, M_NONE, "/feedback/%" PRId64, a.f.id);
	if (!a.gone)
		TRY(plan(rq, &a, &wrong));
	return page(rq, &a, 200);
}

/* What was sent ---------------------------------------------------------------------------------
 */

static void read(struct request *rq, struct acceptance *a)
{
	static const struct str outcomes[] = {S_INIT("accepted"), S_INIT("partly")};

	a->merge = field_present(&rq->http.form, WORDS.name);
	if (!a->merge)
		return;
	a->words = normal_nfc(rq->arena, form_lines(&a->form, &WORDS, OPTIONAL, WORDS_MAX));
	int outcome = form_choice(&a->form, &FEEDBACK_OUTCOME, REQUIRED, outcomes, 2);
	a->decision.outcome = outcome == 1 ? OUTCOME_PARTLY : OUTCOME_ACCEPTED;
	a->decision.reason = form_lines(&a->form, &FEEDBACK_REASON, OPTIONAL, REASON_MAX);
	if (outcome == 1 && a->decision.reason.n == 0)
		form_problem(&a->form, &FEEDBACK_REASON, M_REASON_MISSING, 0);
}

/* Has anything happened since the page was made?  Says so on the next one. */
static bool overtaken(struct request *rq, const struct acceptance *a)
{
	struct str state = field_text(&rq->http.form, S("stand"));
	struct str version = field_text(&rq->http.form, S("version"));
	bool same = str_eq(state, arena_fmt(rq->arena, "%" PRId64, token(a))) &&
		    str_eq(version, arena_fmt(rq->arena, "%" PRId64, a->f.row_version)) &&
		    (a->merge || a->s.current);

	if (a->gone || !a->open)
		return true;
	view_show_if(rq->view, S_CONFLICT, !same);
	return !same;
}

/* The new text, the decision and the history, in the transaction of the request. */
static enum err apply(struct request *rq, struct acceptance *a)
{
	static const char sql[] = "UPDATE suggestion SET applied_id = $2 WHERE feedback_id = $1";

	const struct lost_places p = places(a);

	TRY(section_save(rq, &a->s.section, &a->next, "handbook.suggestion"));
	TRY(lost_form_apply(rq, a->s.section.version.id, &a->lost, &p));
	TRY(db_run(rq->db, sql,
		   WITH(INT(a->f.id), INT_OR_NONE(suggestion_applied(&a->s, a->words, &a->next))),
		   NULL));
	TRY(feedback_decision_store(rq, &a->f, &a->decision, a->f.row_version));
	TRY(feedback_note(rq, &a->f, "applied", state_names[FEEDBACK_DECIDED], S("")));
	return worked_in_mark(rq, &a->f, a->s.section.version.id);
}

/* With nothing wrong there is something to look at. */
static enum err build(struct request *rq, struct acceptance *a)
{
	enum message wrong = M_NONE;

	read(rq, a);
	if (a->gone)
		return OK;
	TRY(plan(rq, a, &wrong));
	if (wrong != M_NONE)
		form_problem(&a->form, &WORDS, wrong, 0);
	a->looks = wrong == M_NONE;
	return OK;
}

/* POST /feedback/:id/uebernehmen -- with "vorschau" only to look; what somebody else did meanwhile
 * is shown above what was typed. */
enum err suggestion_accept(struct request *rq)
{
	struct acceptance a;

	TRY(load(rq, &a));
	bool look = field_present(&rq->http.form, S("vorschau"));
	TRY(build(rq, &a));
	bool answered = lost_form_answered(rq, &a.lost);
	if (overtaken(rq, &a))
		return page(rq, &a, 409);
	if (form_wrong(&a.form))
		return page(rq, &a, 422);
	if (look || !answered)
		return page(rq, &a, look ? 200 : 409);
	TRY(apply(rq, &a));
	return reply_redirect(rq, M_SUGGESTION_APPLIED, "/feedback/%" PRId64, a.f.id);
}
