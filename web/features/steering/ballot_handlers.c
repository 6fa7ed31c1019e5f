/* ballot_handlers.c -- casting a vote, and what the voter gets for it. */
#include "features/steering/poll_handlers.h"
#include "features/steering/poll_words.h"

#include <inttypes.h>

/* Cast after the end: refused, whatever the reason of the end was, with the time it came. */
static enum err refuse_late(struct request *rq, const struct decision *d, const struct poll *p,
			    const struct ballot_form *f)
{
	struct poll_page page = {.poll = p, .form = f, .late = true};

	return poll_page(rq, d, &page, 409);
}

/* Chosen for a unit for which the viewer may not vote now: nothing at all is cast. */
static bool is_blocked(const struct ballot_form *f)
{
	for (size_t i = 0; i < f->n; i++)
		if (f->parts[i].choice >= 0 && f->parts[i].voter == NULL)
			return true;
	return false;
}

static enum err to_receipt(struct request *rq, const struct decision *d, const struct poll *p,
			   int64_t first, int64_t last)
{
	if (last == 0) /* all of it was said before */
		return reply_redirect(rq, M_NONE,
				      "/entscheidungen/%.*s/bestaetigung?abstimmung=%" PRId64,
				      ARG(d->slug), p->id);
	return reply_redirect(rq, M_NONE,
			      "/entscheidungen/%.*s/bestaetigung?abstimmung=%" PRId64
			      "&von=%" PRId64 "&bis=%" PRId64,
			      ARG(d->slug), p->id, first, last);
}

/* POST /entscheidungen/:slug/stimme */
enum err ballot_create(struct request *rq)
{
	struct poll_page page = {.late = false};
	struct electorate e;
	struct ballot_form f;
	struct decision d;
	struct poll p;

	TRY(poll_of_form(rq, &d, &p));
	TRY(electorate_load(rq, &p, &e));
	TRY(ballot_form_load(rq, &p, &e, &f));
	TRY(ballot_form_read(&f));
	page.poll = &p;
	page.form = &f;
	if (!poll_runs(&p))
		return refuse_late(rq, &d, &p, &f);
	if (form_wrong(&f.form))
		return poll_page(rq, &d, &page, 422);
	if (is_blocked(&f)) {
		page.blocked = true;
		return poll_page(rq, &d, &page, 409);
	}
	TRY(ballots_cast(rq, &d, &p, &e, &f));
	return to_receipt(rq, &d, &p, f.first, f.last);
}

/* ---- The confirmation ---- */

struct span {
	int64_t poll_id, first, last;
};

static struct span span_of(struct request *rq)
{
	struct span s = {0, 0, INT64_MAX};

	(void)str_to_int(field_text(&rq->http.query, S("abstimmung")), &s.poll_id);
	if (!str_to_int(field_text(&rq->http.query, S("von")), &s.first) ||
	    !str_to_int(field_text(&rq->http.query, S("bis")), &s.last))
		s = (struct span){s.poll_id, 0, INT64_MAX};
	return s;
}

/* With the span of a form, what it cast; without, what the viewer said last for each unit. */
static bool belongs(const struct request *rq, const struct electorate *e,
		    const struct poll_ballot *b, const struct span *s)
{
	if (b->person_id != rq->viewer.person_id || b->seq < s->first || b->seq > s->last)
		return false;
	for (size_t i = 0; s->first == 0 && i < e->ballot_count; i++)
		if (e->ballots[i].seq > b->seq && e->ballots[i].person_id == b->person_id &&
		    e->ballots[i].unit == b->unit)
			return false;
	return true;
}

static void show_ballot(struct request *rq, const struct poll *p, const struct poll_unit *u,
			const struct poll_ballot *b)
{
	struct view *v = view_row(rq->view, S_CAST);

	view_text(v, V_UNIT_NAME, u->label);
	view_show(v, unit_status_sign(unit_status_named(b->choice)));
	view_text(v, V_CHOICE, choice_label(b->choice));
	view_show_if(v, S_BY_DEPUTY, b->capacity == CAPACITY_DEPUTY);
	view_show_if(v, S_BY_PROXY, b->capacity == CAPACITY_PROXY);
	if (b->reason.n > 0)
		view_text(view_row(v, S_WITH_REASON), V_REASON, b->reason);
	else
		view_show(v, S_WITHOUT_REASON);
	struct view *receipt = view_row(rq->view, S_RECEIPT);
	view_text(receipt, V_UNIT_NAME, u->name);
	view_int(receipt, V_SEQ, b->seq);
	view_text(receipt, V_RECEIPTS, ballot_receipt(rq->arena, p, u, b));
}

static void show_future(struct request *rq, const struct decision *d, const struct poll *p)
{
	struct view *v = rq->view;

	view_text(v, V_DECISION_SLUG, d->slug);
	view_text(v, V_DECISION_TITLE, d->title);
	if (!poll_runs(p)) {
		view_show(v, S_ENDED);
		return;
	}
	if (p->kind == POLL_CIRCULAR)
		view_text(view_row(v, S_IN_WRITING), V_DATE,
			  date_time_long(rq->arena, p->closes_at));
	else
		view_show(v, S_IN_MEETING);
}

static enum err newest_cast(struct request *rq, const struct decision *d, int64_t *poll_id)
{
	static const char sql[] =
	    "SELECT coalesce(max(b.poll_id), 0) FROM ballot b JOIN poll p ON p.id = b.poll_id"
	    " WHERE p.decision_id = $1 AND b.person_id = $2";

	return db_int(rq->db, sql, WITH(INT(d->id), INT(rq->viewer.person_id)), poll_id);
}

/* GET /entscheidungen/:slug/bestaetigung */
enum err ballot_show(struct request *rq)
{
	struct span s = span_of(rq);
	struct electorate e;
	struct decision d;
	struct poll p;
	int64_t at = 0, shown = 0;

	TRY(decision_load(rq, rq->slug, &d));
	if (s.poll_id == 0)
		TRY(newest_cast(rq, &d, &s.poll_id));
	TRY(poll_by_id(rq, d.id, s.poll_id, &p));
	TRY(electorate_load_all(rq, &p, &e));
	for (size_t i = 0; i < e.n; i++)
		for (size_t k = 0; k < e.ballot_count; k++) {
			const struct poll_ballot *b = &e.ballots[k];
			if (b->unit != e.units[i].id || !belongs(rq, &e, b, &s))
				continue;
			show_ballot(rq, &p, &e.units[i], b);
			at = b->at > at ? b->at : at;
			shown++;
		}
	if (shown == 0)
		return E_NOT_FOUND;
	view_show_if(rq->view, S_OF_URGENCY, p.kind == POLL_URGENCY);
	view_text(rq->view, V_WHEN, instant_words(rq->arena, at));
	view_show(rq->view, shown == 1 ? S_ONE_VOTE : S_SEVERAL_VOTES);
	show_future(rq, &d, &p);
	return reply_page(rq, 200, "steering/ballot_show.html");
}
