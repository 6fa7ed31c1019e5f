/* witness.c -- keys and countersignatures into register and rows. */
#include "features/steering/witness.h"

#include "base/date.h"
#include "features/steering/register_records.h"

enum err witness_unit_find(struct request *rq, struct witness_unit *out)
{
	/* A seat counts before the office: its holder speaks for the municipality. */
	static const char sql[] =
	    "SELECT m.id, m.short, coalesce(k.record, 0), coalesce(k.key, '')"
	    "  FROM role_held g"
	    "  LEFT JOIN membership s ON s.person_id = g.person_id AND s.until IS NULL"
	    "  JOIN municipality m ON m.id = CASE g.role WHEN 'committee' THEN g.municipality_id"
	    "    ELSE s.municipality_id END"
	    "  LEFT JOIN witness_key k ON k.record = (SELECT max(record) FROM witness_key"
	    "    WHERE municipality_id = m.id)"
	    " WHERE g.person_id = $1 AND g.since <= $2 AND (g.until IS NULL OR g.until >= $2)"
	    "   AND (g.role = 'committee' AND $3 OR g.role = 'municipality' AND $4)"
	    "   AND m.kind = 'municipality' AND m.joined_on <= $2"
	    "   AND (m.left_on IS NULL OR m.left_on >= $2)"
	    " ORDER BY g.role LIMIT 1";
	struct rows r =
	    db_query(rq->db, sql,
		     WITH(INT(rq->viewer.person_id), TEXT(date_iso(rq->arena, date_today())),
			  INT(right_to_own(ROLE_COMMITTEE, WITNESS_ACT) ? 1 : 0),
			  INT(right_to_own(ROLE_MUNICIPALITY, WITNESS_ACT) ? 1 : 0)));

	*out = (struct witness_unit){0};
	if (rows_next(&r))
		*out = (struct witness_unit){col_int(&r, 0), col_text(&r, 1), col_int(&r, 2),
					     col_text(&r, 3)};
	return r.err;
}

enum err witness_unit_load(struct request *rq, struct witness_unit *out)
{
	TRY(witness_unit_find(rq, out));
	return out->id != 0 ? OK : E_FORBIDDEN;
}

/* A key that seals the register is no witness of it. */
static enum err key_is_taken(struct request *rq, struct str key, bool *taken)
{
	static const char sql[] = "SELECT (SELECT count(*) FROM witness_key WHERE key = $1)"
				  " + EXISTS (SELECT 1 FROM register_seal WHERE key = $1)";
	int64_t count = 0;

	TRY(db_int(rq->db, sql, WITH(TEXT(key)), &count));
	*taken = count > 0 || str_eq(key, secret_key_public(rq->app->register_key));
	return OK;
}

enum err witness_key_add(struct request *rq, const struct witness_unit *u, struct str key,
			 enum message *why)
{
	static const char sql[] = "INSERT INTO witness_key (record, municipality_id, key,"
				  " person_id, at) VALUES ($1, $2, $3, $4, $5)";
	struct register_book book = register_of(rq);
	struct register_witness_key record = {
	    .unit = u->id, .name = u->name, .key = key, .person = WHO(rq->viewer.person_id)};
	struct register_entry done;
	bool taken = false;

	TRY(key_is_taken(rq, key, &taken));
	*why = taken ? M_WITNESS_KEY_TAKEN : M_NONE;
	if (taken)
		return OK;
	TRY(register_witness_key(&book, &record, &done));
	return db_run(
	    rq->db, sql,
	    WITH(INT(done.n), INT(u->id), TEXT(key), INT(rq->viewer.person_id), INT(done.at)),
	    NULL);
}

/* The hash of the head, and whether this key has signed it before. */
static enum err look_at(struct request *rq, const struct witness_unit *u, int64_t head,
			struct str *hash, bool *again)
{
	static const char sql[] = "SELECT r.hash, EXISTS (SELECT 1 FROM witness w"
				  "  WHERE w.head = r.n AND w.key_record = $2)"
				  "  FROM register_record r WHERE r.n = $1";
	struct rows r = db_query(rq->db, sql, WITH(INT(head), INT(u->key_record)));

	*hash = S("");
	*again = false;
	if (rows_next(&r)) {
		*hash = col_text(&r, 0);
		*again = col_int(&r, 1) != 0;
	}
	return r.err;
}

enum err witness_add(struct request *rq, const struct witness_unit *u, int64_t head,
		     struct str signature, enum message *why)
{
	static const char sql[] = "INSERT INTO witness (record, key_record, head, signature,"
				  " person_id, at) VALUES ($1, $2, $3, $4, $5, $6)";
	struct register_book book = register_of(rq);
	struct register_witness record = {.unit = u->id,
					  .head = head,
					  .key = u->key,
					  .signature = signature,
					  .person = WHO(rq->viewer.person_id)};
	struct register_entry done;
	bool again;

	TRY(look_at(rq, u, head, &record.hash, &again));
	*why = record.hash.n == 0                               ? M_WITNESS_HEAD_UNKNOWN
	       : again                                          ? M_WITNESS_AGAIN
	       : !secret_verify(u->key, record.hash, signature) ? M_WITNESS_SIGNATURE_WRONG
								: M_NONE;
	if (*why != M_NONE)
		return OK;
	TRY(register_witness(&book, &record, &done));
	return db_run(rq->db, sql,
		      WITH(INT(done.n), INT(u->key_record), INT(head), TEXT(signature),
			   INT(rq->viewer.person_id), INT(done.at)),
		      NULL);
}

enum err witness_list(struct request *rq, struct view *v)
{
	static const char sql[] =
	    "SELECT m.short, w.head, w.at,"
	    " (SELECT count(*) FROM witness x JOIN witness_key y ON y.record = x.key_record"
	    "   WHERE y.municipality_id = m.id)"
	    "  FROM municipality m JOIN witness w ON w.record ="
	    "   (SELECT x.record FROM witness x JOIN witness_key y ON y.record = x.key_record"
	    "     WHERE y.municipality_id = m.id ORDER BY x.head DESC, x.record DESC LIMIT 1)"
	    " ORDER BY m.sort_key, m.id";
	struct rows r = db_query(rq->db, sql, WITH_NOTHING);
	bool any = false;

	for (; rows_next(&r); any = true) {
		struct view *row = view_row(v, S_WITNESS);
		view_text(row, V_UNIT_NAME, col_text(&r, 0));
		view_int(row, V_N, col_int(&r, 1));
		view_text(row, V_WHEN, date_time_long(rq->arena, col_int(&r, 2)));
		view_int(row, V_COUNT, col_int(&r, 3));
	}
	view_show_if(v, S_NO_WITNESS, !any);
	return r.err;
}
