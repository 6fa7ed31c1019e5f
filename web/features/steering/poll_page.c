/* poll_page.c -- the page of a decision's votes: the wording, who leads, who votes, the result. */
#include "features/steering/poll_handlers.h"
#include "features/steering/poll_presence.h"
#include "features/steering/poll_words.h"

static enum err show_wording(struct request *rq, const struct decision *d, const struct poll *p)
{
	static const char sql[] = "SELECT title, resolution FROM decision_version WHERE "
				  "decision_id = $1 AND version = $2";
	struct rows r =
	    db_query(rq->db, sql, WITH(INT(d->id), INT(p != NULL ? p->version : d->version)));

	if (!rows_next(&r))
		return r.err != OK ? r.err : E_INTERNAL;
	view_text(rq->view, V_DECISION_SLUG, d->slug);
	view_text(rq->view, V_DECISION_TITLE, col_text(&r, 0));
	view_text(rq->view, V_RESOLUTION, col_text(&r, 1));
	return OK;
}

/* ---- For those who lead ---- */

static enum err show_opening(struct request *rq, const struct decision *d,
			     const struct poll_stage *s, enum poll_kind kind,
			     const struct form *typed, struct view *lead)
{
	struct view *v = view_row(lead, S_OPENING);
	struct electorate e;
	struct poll_outcome o;
	struct poll p;

	TRY(poll_draft(rq, d, s, kind, &p));
	TRY(electorate_draft(rq, &p, &e));
	TRY(poll_count(rq->arena, &p, &e, &o));
	view_text(v, V_DECISION_SLUG, d->slug);
	view_int(v, V_ROW_VERSION, d->row_version);
	view_text(v, V_MEETING_SLUG, s->meeting);
	view_int(v, V_ENTRY_ID, s->entry_id);
	view_text(v, V_KIND_NAME, poll_kind_names[kind]);
	view_show_if(v, S_OF_URGENCY, kind == POLL_URGENCY);
	if (kind == POLL_RECUSAL)
		view_text(view_row(v, S_OF_RECUSAL), V_NAME, s->disputed_name);
	if (kind == POLL_RESOLUTION)
		view_text(view_row(v, S_MAY_AMEND), V_DECISION_SLUG, d->slug);
	view_text(v, V_RULE_WORDS, tally_rule_words(rq->arena, &p.rule));
	bool quorate = o.tally.enough_units && o.tally.enough_persons;
	struct view *line = view_row(v, quorate ? S_QUORATE : S_NOT_QUORATE);
	view_int(line, V_REPRESENTED, o.tally.represented);
	view_int(line, V_OF_COUNT, o.tally.all);
	view_int(line, V_NEEDED, o.tally.quorum);
	view_int(line, V_PERSONS, o.in.persons);
	for (size_t i = 0; i < e.n; i++) {
		struct view *row = view_row(v, S_ROLL_UNIT);
		bool there = o.status[i] == UNIT_SILENT;
		view_text(row, V_UNIT_NAME, e.units[i].label);
		view_text(row, V_STATUS, there ? S("vertreten") : unit_status_label(o.status[i]));
		view_show(row, there ? S_SIGN_GREEN : S_SIGN_GREY);
	}
	if (typed != NULL)
		form_show_fields(typed, v);
	return OK;
}

static enum err show_running(struct request *rq, const struct decision *d, const struct poll *p,
			     struct view *lead)
{
	bool recused = false;

	TRY(poll_viewer_recused(rq, p, &recused));
	if (recused)
		view_text(view_row(lead, S_OBSTACLE), V_MELDUNG,
			  message_text(rq->arena, M_POLL_CHAIR_RECUSED, 0));
	else
		view_text(view_row(lead, S_RUNNING), V_DECISION_SLUG, d->slug);
	return OK;
}

/* The vote has ended the point: for who leads, the way to the next one. */
static enum err show_way_back(struct request *rq, const struct poll *p)
{
	static const char sql[] = "SELECT year || '-' || number FROM meeting WHERE id = $1"
				  " AND state IN ('running', 'paused') AND ($3 OR"
				  " $2 IN (coalesce(chair_id, 0), coalesce(deputy_id, 0)))";
	bool all = right_to_all(rq->viewer.roles, MEETING_CHAIR);

	if (p == NULL || p->meeting_id == 0 || !right_to_enter(rq->viewer.roles, MEETING_CHAIR))
		return OK;
	struct rows r = db_query(
	    rq->db, sql, WITH(INT(p->meeting_id), INT(rq->viewer.person_id), INT(all ? 1 : 0)));
	if (rows_next(&r))
		view_text(view_row(rq->view, S_WAY_BACK), V_MEETING_SLUG, col_text(&r, 0));
	return r.err;
}

static enum err show_lead(struct request *rq, const struct decision *d, const struct poll *p,
			  const struct form *typed)
{
	struct poll_stage s;
	enum err err = poll_stage_load(rq, d, &s);

	if (err == E_NOT_FOUND)
		return show_way_back(rq, p);
	if (err == OK && !s.leads)
		return OK;
	TRY(err);
	struct view *lead = view_row(rq->view, S_LEAD);
	view_text(lead, V_MEETING_SLUG, s.meeting);
	view_int(lead, V_POS, s.pos);
	if (p != NULL && poll_runs(p))
		return show_running(rq, d, p, lead);
	bool late = d->state == DECISION_SCHEDULED && !s.timely && !s.waived;
	enum poll_kind kind = s.disputed != 0 ? POLL_RECUSAL
			      : late          ? POLL_URGENCY
					      : POLL_RESOLUTION;
	view_show_if(lead, S_ABOUT_URGENCY, kind == POLL_URGENCY);
	view_show_if(lead, S_ABOUT_RECUSAL, kind == POLL_RECUSAL);
	enum message obstacle = poll_obstacle(d, &s, kind);
	if (obstacle == M_NONE)
		return show_opening(rq, d, &s, kind, typed, lead);
	view_text(view_row(lead, S_OBSTACLE), V_MELDUNG, message_text(rq->arena, obstacle, 0));
	return OK;
}

/* The project office leads the voting in writing. */
static enum err show_office(struct request *rq, const struct decision *d, const struct poll *p)
{
	if (!right_to_all(rq->viewer.roles, DECISION_REVIEW))
		return OK;
	if (d->state == DECISION_PUBLISHED)
		view_text(view_row(rq->view, S_MAY_CIRCULATE), V_DECISION_SLUG, d->slug);
	if (p == NULL || p->kind != POLL_CIRCULAR || !poll_runs(p))
		return OK;
	struct electorate e;
	TRY(electorate_load(rq, p, &e));
	if (!circular_all_answered(rq->arena, p, &e))
		return OK;
	struct view *v = view_row(rq->view, S_MAY_END);
	view_text(v, V_DECISION_SLUG, d->slug);
	view_int(v, V_POLL_ID, p->id);
	return OK;
}

/* ---- The page ---- */

/* What could not be taken any more stays to be read. */
static void show_late(struct request *rq, const struct poll_page *page)
{
	const struct poll *p = page->poll;
	int64_t ended = p->closed_at != 0    ? p->closed_at
			: p->aborted_at != 0 ? p->aborted_at
					     : p->closes_at;
	struct view *v = view_row(rq->view, S_LATE);

	view_text(v, V_WHEN, instant_words(rq->arena, ended));
	for (size_t i = 0; i < page->form->n; i++) {
		const struct ballot_part *part = &page->form->parts[i];
		if (part->choice < 0)
			continue;
		struct view *row = view_row(v, S_NOT_TAKEN);
		view_text(row, V_UNIT_NAME, part->unit->label);
		view_text(row, V_CHOICE, choice_label(choice_names[part->choice]));
		if (part->reason.n > 0)
			view_text(view_row(row, S_WITH_REASON), V_REASON, part->reason);
	}
}

enum err poll_page(struct request *rq, const struct decision *d, const struct poll_page *page,
		   int status)
{
	const struct poll *p = page->poll;
	const struct ballot_form *typed = page->late ? NULL : page->form;

	TRY(show_wording(rq, d, p));
	if (page->late)
		show_late(rq, page);
	view_show_if(rq->view, S_BLOCKED, page->blocked);
	view_show_if(rq->view, S_STALE, page->stale);
	if (typed != NULL)
		form_show_problems(&typed->form, rq->view);
	if (page->opening != NULL)
		form_show_problems(page->opening, rq->view);
	TRY(show_lead(rq, d, p, page->opening));
	TRY(show_office(rq, d, p));
	if (p == NULL) {
		view_show(rq->view, S_NO_POLL);
		return reply_page(rq, status, "steering/poll_show.html");
	}
	view_show_if(rq->view, S_REFRESH, poll_runs(p));
	TRY(poll_show_one(rq, d, p, typed, rq->view));
	TRY(poll_show_list(rq, d, rq->view));
	return reply_page(rq, status, "steering/poll_show.html");
}

/* GET /entscheidungen/:slug/abstimmung */
enum err poll_show(struct request *rq)
{
	struct poll_page page = {.late = false};
	struct decision d;
	struct poll p;
	int64_t wanted = 0;

	TRY(decision_load(rq, rq->slug, &d));
	enum err err = str_to_int(field_text(&rq->http.query, S("nr")), &wanted)
			   ? poll_by_id(rq, d.id, wanted, &p)
			   : poll_newest(rq, d.id, &p);
	if (err != OK && (err != E_NOT_FOUND || wanted != 0))
		return err;
	page.poll = err == OK ? &p : NULL;
	return poll_page(rq, &d, &page, 200);
}
