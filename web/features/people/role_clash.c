/* role_clash.c -- a seat is held once. */
#include "features/people/role_grant.h"

enum err role_clash(struct db *db, struct arena *a, const struct role_person *p,
		    const struct role_term *t, enum message *why)
{
	static const char same_sql[] =
	    "SELECT count(*) FROM role_held WHERE person_id = $1"
	    " AND (role = $2 OR ($2 IN ('committee', 'committee_deputy')"
	    "   AND role IN ('committee', 'committee_deputy')))"
	    " AND (until IS NULL OR until >= $3) AND ($4 IS NULL OR since <= $4)";
	static const char holder_sql[] =
	    "SELECT count(*) FROM role_held g JOIN person p ON p.id = g.person_id"
	    " WHERE g.role = 'committee' AND g.municipality_id = $1 AND p.status <> 'anonymised'"
	    " AND (g.until IS NULL OR g.until >= $2) AND ($3 IS NULL OR g.since <= $3)";
	struct bind since = TEXT(date_iso(a, t->since)),
		    until = TEXT_OR_NONE(date_iso(a, t->until));
	int64_t same = 0, holders = 0;

	TRY(db_int(db, same_sql, WITH(INT(p->id), TEXT(t->kind->word), since, until), &same));
	if (str_eq(t->kind->word, S("committee")))
		TRY(db_int(db, holder_sql, WITH(INT(p->municipality_id), since, until), &holders));
	*why = same > 0 ? M_ROLE_HAS_ALREADY : holders > 0 ? M_ROLE_SEAT_TAKEN : M_NONE;
	return OK;
}
