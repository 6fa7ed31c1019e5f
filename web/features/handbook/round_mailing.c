/* round_mailing.c -- invitations and reminders as rows of the outbox. */
#include "features/handbook/round_mailing.h"

#include "base/clock.h"
#include "base/daytime.h"
#include "features/handbook/round_letter.h"

#include <inttypes.h>

enum { HALF, THREE, ONE };
static const char *const names[ROUND_REMINDERS] = {
    [HALF] = "half", [THREE] = "three", [ONE] = "one"};

void round_reminder_days(const struct round *r, struct date out[ROUND_REMINDERS])
{
	int64_t span = date_days(r->closes_on) - date_days(r->opens_on);
	static const struct date none = {0, 0, 0};

	out[HALF] = date_add_days(r->opens_on, span / 2);
	out[THREE] = date_add_days(r->closes_on, -3);
	out[ONE] = date_add_days(r->closes_on, -1);
	if (date_cmp(out[HALF], out[THREE]) == 0 || date_cmp(out[HALF], out[ONE]) == 0)
		out[HALF] = none;
	for (int i = 0; i < ROUND_REMINDERS; i++)
		if (!date_is_none(out[i]) &&
		    (date_cmp(out[i], r->opens_on) <= 0 || daytime_eight(out[i]) <= clock_now()))
			out[i] = none;
}

static struct str dedupe(struct request *rq, const struct round *r, const char *name,
			 int64_t person_id)
{
	return arena_fmt(rq->arena, "round/%" PRId64 "/%s/%" PRId64, r->number, name, person_id);
}

static enum err remind(struct request *rq, const struct round *r, const struct round_mail *m)
{
	struct date days[ROUND_REMINDERS];

	round_reminder_days(r, days);
	for (int i = 0; i < ROUND_REMINDERS; i++) {
		struct letter l = {.dedupe = dedupe(rq, r, names[i], m->person_id)};
		if (date_is_none(days[i])) {
			TRY(outbox_cancel(rq->db, l.dedupe));
			continue;
		}
		l.not_before = daytime_eight(days[i]);
		TRY(round_reminder(rq->arena, m, date_days(r->closes_on) - date_days(days[i]), &l));
		TRY(outbox_put(rq->db, &l));
	}
	return OK;
}

static enum err contact(struct request *rq, const struct round *r, struct str *out)
{
	static const char sql[] =
	    "SELECT CASE status WHEN 'anonymised' THEN 'das Projektbüro'"
	    " ELSE name || ' (' || email || ')' END FROM person WHERE id = $1";

	return db_text(rq->db, sql, WITH(INT(r->created_by)), out);
}

/* Invites and reminds everybody in question who has not answered. */
static enum err write_letters(struct request *rq, const struct round *r, int64_t person_id)
{
	static const char sql[] =
	    "SELECT p.id, p.name FROM person p WHERE p.status = 'active' AND ($2 = 0 OR p.id = $2)"
	    " AND EXISTS (SELECT 1 FROM round_invitation i WHERE i.round_id = $1"
	    "  AND i.state = 'invited' AND (i.person_id = p.id OR (i.person_id IS NULL AND EXISTS ("
	    "   SELECT 1 FROM membership s JOIN role_held g ON g.person_id = s.person_id"
	    "    WHERE s.person_id = p.id AND s.until IS NULL"
	    "      AND s.municipality_id = i.municipality_id AND g.role = 'municipality'"
	    "      AND g.since <= $3 AND (g.until IS NULL OR g.until >= $3)))))"
	    " ORDER BY p.id";
	struct round_mail m = {.number = r->number, .closes_on = r->closes_on};
	struct rows rows = db_query(
	    rq->db, sql, WITH(INT(r->id), INT(person_id), TEXT(date_iso(rq->arena, date_today()))));

	m.link = arena_fmt(rq->arena, "%.*s/feedback/runden/%" PRId64,
			   ARG(rq->app->config.base_url), r->id);
	TRY(contact(rq, r, &m.contact));
	while (rows_next(&rows)) {
		struct letter l = {.not_before = 0};
		m.person_id = col_int(&rows, 0);
		m.name = col_text(&rows, 1);
		l.dedupe = dedupe(rq, r, "invite", m.person_id);
		TRY(round_invitation(rq->arena, &m, &l));
		TRY(outbox_put(rq->db, &l));
		TRY(remind(rq, r, &m));
	}
	return rows.err;
}

enum err round_letters(struct request *rq, const struct round *r, int64_t person_id)
{
	for (int i = 0; person_id != 0 && i < ROUND_REMINDERS; i++)
		TRY(outbox_cancel(rq->db, dedupe(rq, r, names[i], person_id)));
	return write_letters(rq, r, person_id);
}

enum err round_letters_speakers(struct request *rq, const struct round *r, int64_t municipality_id)
{
	static const char sql[] = "SELECT DISTINCT s.person_id FROM membership s JOIN role_held g"
				  "    ON g.person_id = s.person_id AND g.role = 'municipality'"
				  "   AND g.since <= $2 AND (g.until IS NULL OR g.until >= $2)"
				  " WHERE s.municipality_id = $1 AND s.until IS NULL";
	struct rows rows = db_query(
	    rq->db, sql, WITH(INT(municipality_id), TEXT(date_iso(rq->arena, date_today()))));

	while (rows_next(&rows))
		TRY(round_letters(rq, r, col_int(&rows, 0)));
	return rows.err;
}

enum err round_letters_cancel(struct request *rq, const struct round *r)
{
	return outbox_cancel(rq->db, arena_fmt(rq->arena, "round/%" PRId64, r->number));
}
