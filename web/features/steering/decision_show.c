/* decision_show.c -- the page of one template: its words, the steps, the discussion. */
#include "features/steering/decision_handlers.h"
#include "features/steering/poll_show.h"

static void show_texts(struct request *rq, const struct decision_text *t,
		       const struct decision_html *html)
{
	static const char *const sections[] = {S_SUMMARY,      S_RESOLUTION, S_REASONS,
					       S_ALTERNATIVES, S_COSTS,      S_CONSULTATION};

	for (int f = TEXT_LONG_FIRST; f <= TEXT_LONG_LAST; f++)
		if (t->v[f].n > 0)
			view_text(view_row(rq->view, sections[f - TEXT_LONG_FIRST]), V_HTML,
				  html->v[f - TEXT_LONG_FIRST]);
	view_show_if(rq->view, S_NO_RESOLUTION, t->v[TEXT_RESOLUTION].n == 0);
}

static void show_links(struct request *rq, const struct decision_text *t)
{
	struct decision_link links[LINKS_MAX];
	size_t n = decision_links(t->v[TEXT_LINKS], links);
	struct view *list = n == 0 ? NULL : view_row(rq->view, S_LINKS);

	for (size_t i = 0; i < n; i++) {
		struct view *v = view_row(list, S_LINK);
		struct str rest = str_from(links[i].url, S("https://").n);
		view_text(v, V_TITLE, links[i].title);
		view_text(v, V_URL, links[i].url);
		view_text(v, V_HOST, str_head(rest, str_find_char(rest, '/')));
		if (links[i].sha256.n > 0)
			view_text(view_row(v, S_DIGEST), V_SHA256, links[i].sha256);
	}
	view_show_if(rq->view, S_WITHOUT_LINKS, t->v[TEXT_WITHOUT_LINKS].n > 0);
}

static bool is_decided(const struct decision *d)
{
	return d->state == DECISION_ADOPTED || d->state == DECISION_REJECTED ||
	       d->state == DECISION_IN_FOLLOW_UP || d->state == DECISION_DONE ||
	       d->state == DECISION_SUPERSEDED;
}

static void show_head(struct request *rq, const struct decision *d)
{
	struct view *v = rq->view;

	view_text(v, V_SLUG, d->slug);
	view_text(v, V_NAME, d->title);
	view_int(v, V_ROW_VERSION, d->row_version);
	decision_show_badge(v, d->state);
	view_show_if(v, S_SECOND, d->second_meeting);
	if (d->version > 1)
		view_int(view_row(v, S_LATER_VERSION), V_VERSION, d->version);
	view_show_if(v, S_FIRST_VERSION, d->version == 1);
	/* Of what is decided the result is what people come for; before, it is an earlier vote. */
	view_show(v, is_decided(d) ? S_RESULT_FIRST : S_RESULT_LAST);
}

/* What its author still has to do; for those who can. */
static void show_missing(struct request *rq, const struct decision *d,
			 const struct decision_text *t, bool refused)
{
	enum decision_field missing[TEXT_FIELDS];
	size_t n = decision_missing(t, missing);

	view_show_if(rq->view, S_COMPLETE, n == 0);
	view_show_if(rq->view, S_PARTLY, n > 0);
	if (n == 0 || !decision_may(rq, d, STEP_SUBMIT))
		return;
	struct view *list = view_row(rq->view, S_MISSING);
	view_show_if(list, S_REFUSED, refused);
	for (size_t i = 0; i < n; i++) {
		struct view *v = view_row(list, S_MISSING_FIELD);
		view_text(v, V_FIELD, decision_field_id(missing[i]));
		view_text(v, V_FIELD_LABEL, decision_field_label(missing[i]));
	}
}

/* A form with a reason: as it was sent, or as it begins. */
static void reason_form(struct request *rq, const char *section, const struct form_field *field,
			const struct form *sent)
{
	struct form empty;

	form_begin(&empty, rq);
	form_fill(&empty, field, S(""));
	form_show_fields(sent != NULL ? sent : &empty, view_row(rq->view, section));
}

/* Why it came back, as long as nothing has happened since but writing. */
static enum err show_returned(struct request *rq, const struct decision *d)
{
	static const char sql[] =
	    "SELECT e.action, e.reason, e.at, coalesce(p.name, 'Handschlag')"
	    "  FROM steering_event e LEFT JOIN person p ON p.id = e.actor_id"
	    " WHERE e.object = 'decision' AND e.object_id = $1 AND e.action <> 'edit'"
	    " ORDER BY e.id DESC LIMIT 1";

	if (d->state != DECISION_DRAFT)
		return OK;
	struct rows r = db_query(rq->db, sql, WITH(INT(d->id)));
	if (!rows_next(&r) || !str_eq(col_text(&r, 0), S("return")))
		return r.err;
	struct view *v = view_row(rq->view, S_RETURNED);
	view_text(v, V_TEXT, col_text(&r, 1));
	view_text(v, V_DATE, date_short(rq->arena, date_of(col_int(&r, 2))));
	view_text(v, V_PERSON, col_text(&r, 3));
	return OK;
}

static void show_steps(struct request *rq, const struct decision *d, const struct decision_text *t,
		       const struct decision_answer *answer)
{
	static const struct {
		enum decision_step step;
		enum decision_sent sent;
		const struct form_field *field;
		const char *section;
	} reasons[] = {
	    {STEP_RETURN, SENT_RETURN, &DECISION_RETURN, S_MAY_RETURN}, /* in the card above */
	    {STEP_REVISE, SENT_REVISE, &DECISION_REVISE, S_MAY_REVISE},
	    {STEP_WITHDRAW, SENT_WITHDRAW, &DECISION_WITHDRAW, S_MAY_WITHDRAW},
	};
	enum decision_field missing[TEXT_FIELDS];
	bool submit = decision_may(rq, d, STEP_SUBMIT), publish = decision_may(rq, d, STEP_PUBLISH);
	bool others = false;

	view_show_if(rq->view, S_MAY_EDIT, submit);
	view_show_if(rq->view, S_MAY_SUBMIT, submit && decision_missing(t, missing) == 0);
	view_show_if(rq->view, S_MAY_PUBLISH, publish);
	for (size_t i = 0; i < sizeof reasons / sizeof reasons[0]; i++) {
		bool sent = answer->which == reasons[i].sent && answer->form != NULL;
		if (!decision_may(rq, d, reasons[i].step))
			continue;
		others = others || reasons[i].step != STEP_RETURN;
		reason_form(rq, reasons[i].section, reasons[i].field, sent ? answer->form : NULL);
	}
	bool place =
	    d->state == DECISION_PUBLISHED && right_to_all(rq->viewer.roles, DECISION_REVIEW);
	view_show_if(rq->view, S_MAY_PLACE, place);
	view_show_if(rq->view, S_VOTE_RUNS,
		     d->state == DECISION_VOTING || d->state == DECISION_CIRCULATING);
	view_show_if(rq->view, S_VOTE_ON_URGENCY, d->held && decision_may_write(rq, d));
	view_show_if(rq->view, S_STEPS, submit || publish || place);
	view_show_if(rq->view, S_OTHER_STEPS, others);
	view_show_if(rq->view, S_WAITS_FOR_OFFICE, d->state == DECISION_IN_REVIEW && !publish);
}

/* Somebody was faster; what was typed stands here, because its form may be gone. */
static void show_stale(struct request *rq, const struct decision_answer *answer)
{
	static const struct form_field *const fields[] = {&DECISION_RETURN, &DECISION_REVISE,
							  &DECISION_WITHDRAW};
	struct view *v = view_row(rq->view, S_STALE);

	for (size_t i = 0; i < sizeof fields / sizeof fields[0]; i++) {
		struct str typed = form_value(answer->form, fields[i]);
		if (typed.n > 0)
			view_text(view_row(v, S_TYPED), V_TEXT, typed);
	}
}

static void show_comment_form(struct request *rq, const struct decision_answer *answer)
{
	bool sent = answer->which == SENT_COMMENT && answer->form != NULL;

	if (right_to_enter(rq->viewer.roles, DECISION_DISCUSS))
		reason_form(rq, S_MAY_COMMENT, &DECISION_COMMENT, sent ? answer->form : NULL);
}

enum err decision_page(struct request *rq, const struct decision *d,
		       const struct decision_answer *answer)
{
	struct decision_text t;
	struct decision_html html;

	TRY(decision_text_load(rq, d->id, d->version, &t));
	TRY(decision_html_load(rq, d->id, d->version, &t, &html));
	show_head(rq, d);
	show_texts(rq, &t, &html);
	show_links(rq, &t);
	show_missing(rq, d, &t, !answer->complete);
	TRY(show_returned(rq, d));
	show_steps(rq, d, &t, answer);
	if (answer->stale)
		show_stale(rq, answer);
	else if (answer->form != NULL)
		form_show_problems(answer->form, rq->view);
	TRY(decision_show_comments(rq, d));
	show_comment_form(rq, answer);
	TRY(decision_show_meeting(rq, d));
	TRY(decision_show_facts(rq, d, &t));
	TRY(decision_show_history(rq, d));
	TRY(poll_section(rq, d, rq->view));
	return reply_page(rq, answer->status, "steering/decision_show.html");
}

/* Number, class and reason, as on the agenda. */
static enum err hidden_page(struct request *rq, const struct decision *d)
{
	view_text(rq->view, V_SLUG, d->slug);
	view_text(rq->view, V_REASON, d->restricted);
	return reply_page(rq, 200, "steering/decision_hidden.html");
}

/* GET /entscheidungen/:slug */
enum err decision_show(struct request *rq)
{
	struct decision d;

	TRY(decision_load_hidden(rq, rq->slug, &d));
	if (d.hidden)
		return hidden_page(rq, &d);
	return decision_page(rq, &d, &(struct decision_answer){SENT_NONE, NULL, 200, false, true});
}
