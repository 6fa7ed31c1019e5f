/* poll_letter.c -- fills the templates views/mail/vote_*.txt. */
#include "features/steering/poll_letter.h"

#include "app/outbox.h"
#include "base/clock.h"
#include "base/daytime.h"
#include "features/steering/poll_words.h"

#include <inttypes.h>

static struct str link_to(struct request *rq, const struct decision *d)
{
	return arena_fmt(rq->arena, "%.*s/entscheidungen/%.*s/abstimmung",
			 ARG(rq->app->config.base_url), ARG(d->slug));
}

static struct view *begin(struct request *rq, const struct decision *d, struct str name)
{
	struct view *v = view_new(rq->arena);

	view_text(v, V_NAME, name);
	view_text(v, V_DECISION_SLUG, d->slug);
	view_text(v, V_DECISION_TITLE, d->title);
	view_text(v, V_LINK, link_to(rq, d));
	return v;
}

enum err poll_letter_receipt(struct request *rq, const struct decision *d, const struct poll *p,
			     int64_t seq, struct str receipts)
{
	struct view *v = begin(rq, d, rq->viewer.name);
	struct letter l = {.person_id = rq->viewer.person_id, .topic = "vote_receipt"};

	l.dedupe = arena_fmt(rq->arena, "poll/%" PRId64 "/receipt/%" PRId64, p->id, seq);
	view_text(v, V_RECEIPTS, receipts);
	TRY(letter_render(rq->arena, v, "mail/vote_receipt.txt", &l));
	return outbox_put(rq->db, &l);
}

/* ---- To everybody in the roll ---- */

typedef enum err write_letter(struct request *rq, const struct decision *d, const struct poll *p,
			      struct str name, struct letter *l);

static enum err to_all(struct request *rq, const struct decision *d, const struct poll *p,
		       write_letter *write)
{
	static const char sql[] =
	    "SELECT DISTINCT q.id, q.name FROM poll_voter v JOIN person q ON q.id = v.person_id"
	    " WHERE v.poll_id = $1 AND q.status = 'active' ORDER BY q.id";
	struct rows r = db_query(rq->db, sql, WITH(INT(p->id)));

	while (rows_next(&r)) {
		struct letter l = {.person_id = col_int(&r, 0), .topic = "vote"};
		TRY(write(rq, d, p, col_text(&r, 1), &l));
	}
	return r.err;
}

static enum err write_result(struct request *rq, const struct decision *d, const struct poll *p,
			     struct str name, struct letter *l)
{
	struct view *v = begin(rq, d, name);

	view_text(v, V_RESULT, poll_result_label(p));
	view_text(v, V_WORDS, p->words);
	l->dedupe = arena_fmt(rq->arena, "poll/%" PRId64 "/result/%" PRId64, p->id, l->person_id);
	TRY(letter_render(rq->arena, v, "mail/vote_result.txt", l));
	return outbox_put(rq->db, l);
}

enum err poll_letters_result(struct request *rq, const struct decision *d, const struct poll *p)
{
	TRY(poll_letters_cancel(rq, p));
	return to_all(rq, d, p, write_result);
}

static enum err write_stopped(struct request *rq, const struct decision *d, const struct poll *p,
			      struct str name, struct letter *l)
{
	struct view *v = begin(rq, d, name);

	if (l->person_id == rq->viewer.person_id)
		return OK;
	view_text(v, V_REASON, p->abort_reason);
	l->dedupe = arena_fmt(rq->arena, "poll/%" PRId64 "/stopped/%" PRId64, p->id, l->person_id);
	TRY(letter_render(rq->arena, v, "mail/vote_stopped.txt", l));
	return outbox_put(rq->db, l);
}

enum err poll_letters_stopped(struct request *rq, const struct decision *d, const struct poll *p)
{
	return to_all(rq, d, p, write_stopped);
}

static enum err write_voided(struct request *rq, const struct decision *d, const struct poll *p,
			     struct str name, struct letter *l)
{
	static const char sql[] =
	    "SELECT reason FROM poll_void WHERE poll_id = $1 AND withdrawn_at IS NULL";
	struct view *v = begin(rq, d, name);
	struct str reason;

	TRY(db_text(rq->db, sql, WITH(INT(p->id)), &reason));
	view_text(v, V_REASON, reason);
	view_text(v, V_RESULT, poll_tally_label(p));
	view_int(v, V_ROUND, p->round);
	l->dedupe = arena_fmt(rq->arena, "poll/%" PRId64 "/void/%" PRId64, p->id, l->person_id);
	TRY(letter_render(rq->arena, v, "mail/vote_void.txt", l));
	return outbox_put(rq->db, l);
}

enum err poll_letters_voided(struct request *rq, const struct decision *d, const struct poll *p)
{
	return to_all(rq, d, p, write_voided);
}

static enum err put_circular(struct request *rq, const struct decision *d, const struct poll *p,
			     struct str name, bool reminder, struct letter *l)
{
	struct view *v = begin(rq, d, name);

	view_show_if(v, S_REMINDER, reminder);
	view_text(v, V_DATE, date_time_long(rq->arena, p->closes_at));
	l->dedupe = arena_fmt(rq->arena, "poll/%" PRId64 "/%s/%" PRId64, p->id,
			      reminder ? "remind" : "invite", l->person_id);
	l->topic = "vote_call";
	TRY(letter_render(rq->arena, v, "mail/vote_circular.txt", l));
	return outbox_put(rq->db, l);
}

static enum err write_circular(struct request *rq, const struct decision *d, const struct poll *p,
			       struct str name, struct letter *l)
{
	struct letter reminder = *l;

	TRY(put_circular(rq, d, p, name, false, l));
	reminder.not_before = daytime_eight(date_add_days(date_of(p->closes_at), -1));
	if (reminder.not_before <= clock_now())
		return OK;
	return put_circular(rq, d, p, name, true, &reminder);
}

enum err poll_letters_circular(struct request *rq, const struct decision *d, const struct poll *p)
{
	return to_all(rq, d, p, write_circular);
}

enum err poll_letters_cancel(struct request *rq, const struct poll *p)
{
	TRY(outbox_cancel(rq->db, arena_fmt(rq->arena, "poll/%" PRId64 "/invite", p->id)));
	return outbox_cancel(rq->db, arena_fmt(rq->arena, "poll/%" PRId64 "/remind", p->id));
}

enum err poll_letters_corrected(struct request *rq, const struct decision *d, const struct poll *p,
				int64_t correction_id)
{
	static const char sql[] =
	    "SELECT DISTINCT q.id, q.name, c.old, c.new, c.reason FROM ballot b"
	    "  JOIN person q ON q.id = b.person_id JOIN correction c ON c.id = $2"
	    " WHERE b.poll_id = $1 AND q.status = 'active' ORDER BY q.id";
	struct rows r = db_query(rq->db, sql, WITH(INT(p->id), INT(correction_id)));

	while (rows_next(&r)) {
		struct view *v = begin(rq, d, col_text(&r, 1));
		struct letter l = {.person_id = col_int(&r, 0), .topic = "vote"};
		view_text(v, V_OLD_TEXT, col_text(&r, 2));
		view_text(v, V_NEW_TEXT, col_text(&r, 3));
		view_text(v, V_REASON, col_text(&r, 4));
		l.dedupe = arena_fmt(rq->arena, "correction/%" PRId64 "/%" PRId64, correction_id,
				     l.person_id);
		TRY(letter_render(rq->arena, v, "mail/vote_correction.txt", &l));
		TRY(outbox_put(rq->db, &l));
	}
	return r.err;
}
