/* presence_load.c -- reads who is there, which proxies stand and who is recused. */
#include "features/steering/presence.h"

#include "features/steering/meeting_answer.h"

struct head {
	struct date day;
	int64_t decision_id;
};

static enum err head_load(struct request *rq, int64_t meeting_id, int64_t entry_id,
			  struct presence_input *in, struct head *out)
{
	static const char sql[] =
	    "SELECT m.day, coalesce(m.chair_id, 0), coalesce(m.deputy_id, 0),"
	    "       coalesce(e.decision_id, 0), "
	    "       coalesce(d.second_meeting AND e.second_told_at IS NOT NULL, 0)"
	    "  FROM meeting m"
	    "  LEFT JOIN agenda_entry e ON e.meeting_id = m.id AND e.id = $2"
	    "  LEFT JOIN decision d ON d.id = e.decision_id WHERE m.id = $1";
	struct rows r = db_query(rq->db, sql, WITH(INT(meeting_id), INT(entry_id)));

	if (!rows_next(&r))
		return r.err != OK ? r.err : E_NOT_FOUND;
	if (!date_parse_iso(col_text(&r, 0), &out->day))
		return E_INTERNAL;
	in->chair_id = col_int(&r, 1);
	in->deputy_id = col_int(&r, 2);
	out->decision_id = col_int(&r, 3);
	in->second_meeting = col_int(&r, 4) != 0;
	return OK;
}

/* Ids of one column; `sql` begins with their number in each row. */
static enum err ids(struct request *rq, struct rows r, const int64_t **out, size_t *n)
{
	int64_t *v = NULL;

	*n = 0;
	while (rows_next(&r)) {
		if (v == NULL)
			v = ARENA_ARRAY(rq->arena, int64_t, (size_t)col_int(&r, 0));
		v[(*n)++] = col_int(&r, 1);
	}
	*out = v;
	return r.err;
}

static enum err here_load(struct request *rq, int64_t meeting_id, struct presence_input *in)
{
	static const char sql[] =
	    "SELECT count(*) OVER (), person_id FROM attendance"
	    " WHERE meeting_id = $1 AND until_at IS NULL AND person_id IS NOT NULL";

	return ids(rq, db_query(rq->db, sql, WITH(INT(meeting_id))), &in->here, &in->here_n);
}

static enum err recused_load(struct request *rq, int64_t meeting_id, int64_t decision_id,
			     struct presence_input *in)
{
	static const char sql[] =
	    "SELECT count(*) OVER (), person_id FROM recusal"
	    " WHERE decision_id = $2 AND meeting_id = $1 AND lifted_at IS NULL";

	return ids(rq, db_query(rq->db, sql, WITH(INT(meeting_id), INT(decision_id))), &in->recused,
		   &in->recused_n);
}

/* For one point a proxy of its own comes before that for the whole meeting. */
static enum err proxies_load(struct request *rq, int64_t meeting_id, int64_t entry_id,
			     struct presence_input *in)
{
	static const char sql[] =
	    "SELECT count(*) OVER (), x.id, x.municipality_id, x.principal_id, x.proxy_id, p.name"
	    "  FROM proxy x JOIN person p ON p.id = x.proxy_id"
	    " WHERE x.meeting_id = $1 AND x.revoked_at IS NULL"
	    "   AND (x.agenda_entry_id = $2 OR (x.agenda_entry_id IS NULL AND NOT EXISTS"
	    "    (SELECT 1 FROM proxy o WHERE o.meeting_id = $1 AND o.agenda_entry_id = $2"
	    "      AND o.municipality_id = x.municipality_id AND o.revoked_at IS NULL"
	    "      AND ($3 = 0 OR o.principal_id = x.principal_id))))"
	    " ORDER BY x.id";
	bool members = in->rules.tally.mode == TALLY_MEMBERS;
	struct rows r =
	    db_query(rq->db, sql, WITH(INT(meeting_id), INT(entry_id), INT(members ? 1 : 0)));
	struct presence_proxy *v = NULL;

	while (rows_next(&r)) {
		if (v == NULL)
			v = ARENA_ARRAY(rq->arena, struct presence_proxy, (size_t)col_int(&r, 0));
		v[in->proxies_n++] = (struct presence_proxy){.id = col_int(&r, 1),
							     .municipality_id = col_int(&r, 2),
							     .principal_id = col_int(&r, 3),
							     .proxy_id = col_int(&r, 4),
							     .name = col_text(&r, 5)};
	}
	in->proxies = v;
	return r.err;
}

static enum err begin(struct request *rq, int64_t meeting_id, int64_t entry_id,
		      struct presence_input *in, struct roll *roll)
{
	struct head head;

	TRY(head_load(rq, meeting_id, entry_id, in, &head));
	TRY(committee_rules_load(rq, &in->rules));
	TRY(roll_load_voting(rq, head.day, in->rules.tally.mode, roll));
	in->roll = roll;
	TRY(recused_load(rq, meeting_id, head.decision_id, in));
	return proxies_load(rq, meeting_id, entry_id, in);
}

enum err presence_load(struct request *rq, int64_t meeting_id, int64_t agenda_entry_id,
		       struct presence *out)
{
	struct presence_input in = {.here_n = 0};
	struct roll *roll = ARENA_NEW(rq->arena, struct roll);

	TRY(begin(rq, meeting_id, agenda_entry_id, &in, roll));
	TRY(here_load(rq, meeting_id, &in));
	return presence_of(rq->arena, &in, out);
}

/* Whose unit will come is as good as here; of "proxy" the proxy counts, if that person comes. */
enum err presence_expected(struct request *rq, int64_t meeting_id, struct presence *out)
{
	static const char sql[] =
	    "SELECT a.municipality_id FROM meeting_answer a WHERE a.meeting_id = $1"
	    " AND a.answer IN ('room', 'remote') AND " ANSWER_COUNTS;
	struct presence_input in = {.here_n = 0};
	struct roll *roll = ARENA_NEW(rq->arena, struct roll);

	TRY(begin(rq, meeting_id, 0, &in, roll));
	int64_t *here = ARENA_ARRAY(rq->arena, int64_t, roll->n + 1);
	struct rows r = db_query(rq->db, sql, WITH(INT(meeting_id)));
	while (rows_next(&r)) {
		for (size_t i = 0; i < roll->n; i++)
			if (roll->units[i].municipality_id == col_int(&r, 0) &&
			    roll->units[i].n > 0)
				here[in.here_n++] = roll->units[i].seats[0].person_id;
	}
	TRY(r.err);
	in.here = here;
	return presence_of(rq->arena, &in, out);
}
