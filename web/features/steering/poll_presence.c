/* poll_presence.c -- asks attendance, recusals and proxies who takes part in a vote now. */
#include "features/steering/poll_presence.h"

#include "base/clock.h"
#include "features/steering/attendance.h"
#include "features/steering/register_records.h"

static void mark_person(struct electorate *e, int64_t person_id, bool recused)
{
	for (size_t i = 0; i < e->n; i++)
		for (size_t v = 0; v < e->units[i].n; v++) {
			struct poll_voter *voter = &e->units[i].voters[v];
			if (voter->person_id != person_id)
				continue;
			voter->recused = voter->recused || recused;
			voter->there = voter->there || !recused;
		}
	for (size_t i = 0; recused && i < e->ballot_count; i++)
		if (e->ballots[i].person_id == person_id)
			e->ballots[i].recused = true;
}

/* What somebody may not do nobody does in her name, also when that comes out during the vote. */
static void mark_resting(struct electorate *e, int64_t proxy_id)
{
	for (size_t i = 0; i < e->n; i++)
		for (size_t v = 0; v < e->units[i].n; v++) {
			struct poll_voter *voter = &e->units[i].voters[v];
			if (voter->proxy_id != proxy_id)
				continue;
			voter->rests = true;
			for (size_t b = 0; b < e->ballot_count; b++)
				if (e->ballots[b].unit == e->units[i].id &&
				    e->ballots[b].person_id == voter->person_id &&
				    e->ballots[b].capacity == CAPACITY_PROXY)
					e->ballots[b].recused = true;
		}
}

static void mark_revoked(struct electorate *e, int64_t proxy_id)
{
	for (size_t i = 0; i < e->n; i++)
		for (size_t v = 0; v < e->units[i].n; v++)
			if (e->units[i].voters[v].proxy_id == proxy_id)
				e->units[i].voters[v].stands = false;
}

enum err poll_presence(struct request *rq, const struct poll *p, struct electorate *e)
{
	static const char sql[] =
	    "SELECT 0, a.person_id FROM attendance a JOIN person p ON p.id = a.person_id"
	    " WHERE a.meeting_id = $1 AND a.until_at IS NULL AND p.status = 'active'"
	    " UNION ALL "
	    "SELECT 1, person_id FROM recusal WHERE decision_id = $2"
	    " AND coalesce(meeting_id, 0) = $1 AND at <= $3"
	    " AND (lifted_at IS NULL OR lifted_at > $3)"
	    " UNION ALL "
	    "SELECT 2, id FROM proxy WHERE meeting_id = $1 AND revoked_at IS NOT NULL"
	    " UNION ALL "
	    "SELECT 3, x.id FROM proxy x JOIN recusal c ON c.person_id = x.principal_id"
	    " AND c.meeting_id = x.meeting_id AND c.decision_id = $2 AND c.at <= $3"
	    " AND (c.lifted_at IS NULL OR c.lifted_at > $3) WHERE x.meeting_id = $1";
	int64_t at = clock_now();

	/* What came after the end changes nothing about who voted. */
	if (p->closes_at != 0 && at > p->closes_at)
		at = p->closes_at;
	if (p->closed_at != 0 && at > p->closed_at)
		at = p->closed_at;
	struct rows r =
	    db_query(rq->db, sql, WITH(INT(p->meeting_id), INT(p->decision_id), INT(at)));
	while (rows_next(&r)) {
		int64_t what = col_int(&r, 0), id = col_int(&r, 1);
		if (what == 2)
			mark_revoked(e, id);
		else if (what == 3)
			mark_resting(e, id);
		else
			mark_person(e, id, what == 1);
	}
	return r.err;
}

enum err poll_viewer_recused(struct request *rq, const struct poll *p, bool *out)
{
	static const char sql[] =
	    "SELECT count(*) FROM recusal WHERE decision_id = $1 AND coalesce(meeting_id, 0) = $2"
	    " AND person_id = $3 AND lifted_at IS NULL";
	int64_t n = 0;

	TRY(db_int(rq->db, sql,
		   WITH(INT(p->decision_id), INT(p->meeting_id), INT(rq->viewer.person_id)), &n));
	*out = n > 0;
	return OK;
}

enum err poll_presence_tidy(struct request *rq, const struct poll *p)
{
	static const char sql[] =
	    "SELECT a.person_id FROM attendance a JOIN person p ON p.id = a.person_id"
	    " WHERE a.meeting_id = $1 AND a.until_at IS NULL AND p.status <> 'active' LIMIT 1";
	struct register_book book = register_of(rq);

	/* One at a time: the rows that are read are those that are changed. */
	for (;;) {
		struct rows r = db_query(rq->db, sql, WITH(INT(p->meeting_id)));
		if (!rows_next(&r))
			return r.err;
		TRY(attendance_gone(&book, col_int(&r, 0)));
	}
}
