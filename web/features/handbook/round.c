/* round.c -- rounds by the clock. */
#include "features/handbook/round.h"

static const struct {
	struct str name, label;
} states[ROUND_STATES] = {
    [ROUND_PLANNED] = {S_INIT("planned"), S_INIT("geplant")},
    [ROUND_OPEN] = {S_INIT("open"), S_INIT("läuft")},
    [ROUND_EXTENDED] = {S_INIT("extended"), S_INIT("läuft, verlängert")},
    [ROUND_CLOSED] = {S_INIT("closed"), S_INIT("geschlossen")},
    [ROUND_EVALUATED] = {S_INIT("evaluated"), S_INIT("ausgewertet")},
};

struct str round_state_name(enum round_state s)
{
	return states[s].name;
}

struct str round_state_label(enum round_state s)
{
	return states[s].label;
}

bool round_runs(const struct round *r)
{
	return r->state == ROUND_OPEN || r->state == ROUND_EXTENDED;
}

static enum round_state state_of(const struct round *r)
{
	struct date today = date_today();

	if (r->evaluated_at != 0)
		return ROUND_EVALUATED;
	if (r->closed_at != 0 || date_cmp(today, r->closes_on) > 0)
		return ROUND_CLOSED;
	if (date_cmp(today, r->opens_on) < 0)
		return ROUND_PLANNED;
	return date_cmp(r->closes_on, r->first_closes_on) > 0 ? ROUND_EXTENDED : ROUND_OPEN;
}

#define ROUND_SELECT                                                                               \
	"SELECT r.id, r.number, r.revision_id, r.created_by, coalesce(r.closed_at, 0),"            \
	" coalesce(r.evaluated_at, 0), r.row_version, r.note, r.opens_on, r.closes_on,"            \
	" r.first_closes_on, r.late = 'accept' FROM review_round r"

static enum err read_round(struct rows *r, struct round *out)
{
	*out = (struct round){.id = col_int(r, 0),
			      .number = col_int(r, 1),
			      .revision_id = col_int(r, 2),
			      .created_by = col_int(r, 3),
			      .closed_at = col_int(r, 4),
			      .evaluated_at = col_int(r, 5),
			      .row_version = col_int(r, 6),
			      .note = col_text(r, 7),
			      .takes_late = col_int(r, 11) != 0};
	if (!date_parse_iso(col_text(r, 8), &out->opens_on) ||
	    !date_parse_iso(col_text(r, 9), &out->closes_on) ||
	    !date_parse_iso(col_text(r, 10), &out->first_closes_on))
		return E_INTERNAL;
	out->state = state_of(out);
	return OK;
}

static enum err one(struct rows r, struct round *out)
{
	if (!rows_next(&r))
		return r.err != OK ? r.err : E_NOT_FOUND;
	return read_round(&r, out);
}

enum err round_load(struct request *rq, int64_t id, struct round *out)
{
	static const char sql[] = ROUND_SELECT " WHERE r.id = $1";

	return one(db_query(rq->db, sql, WITH(INT(id))), out);
}

enum err round_open(struct request *rq, struct round *out)
{
	static const char sql[] =
	    ROUND_SELECT " WHERE r.closed_at IS NULL AND r.opens_on <= $1 AND r.closes_on >= $1";

	return one(db_query(rq->db, sql, WITH(TEXT(date_iso(rq->arena, date_today())))), out);
}

static enum err read_all(struct request *rq, struct rows r, struct round **out, size_t *n)
{
	size_t room = 0;

	*n = 0;
	*out = NULL;
	while (rows_next(&r)) {
		if (*n == room) {
			struct round *old = *out;
			room = room * 2 + 16;
			*out = ARENA_ARRAY(rq->arena, struct round, room);
			for (size_t i = 0; i < *n; i++)
				(*out)[i] = old[i];
		}
		TRY(read_round(&r, &(*out)[(*n)++]));
	}
	return r.err;
}

enum err rounds_load(struct request *rq, struct round **out, size_t *n)
{
	static const char sql[] = ROUND_SELECT " ORDER BY r.number DESC";

	return read_all(rq, db_query(rq->db, sql, WITH_NOTHING), out, n);
}

enum err rounds_close_over(struct request *rq)
{
	static const char sql[] =
	    ROUND_SELECT " WHERE r.closed_at IS NULL AND r.closes_on < $1 ORDER BY r.number";
	struct request clock = {.app = rq->app, .arena = rq->arena, .db = rq->db};
	struct round *over;
	size_t n;

	/* Whoever happens to be asking did not end it: the clock did. */
	TRY(read_all(rq, db_query(rq->db, sql, WITH(TEXT(date_iso(rq->arena, date_today())))),
		     &over, &n));
	for (size_t i = 0; i < n; i++)
		TRY(round_close(&clock, &over[i]));
	return OK;
}
