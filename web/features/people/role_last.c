/* role_last.c -- who is the last of a kind. */
#include "features/people/role_last.h"

static const struct {
	struct str role;
	enum message why;
} kinds[] = {
    {S_INIT("pmo"), M_ROLE_LAST_OFFICE},
    {S_INIT("installation"), M_ROLE_LAST_INSTALLATION},
    {S_INIT("municipality"), M_ROLE_LAST_ADMINISTRATOR},
    {S_INIT("committee"), M_ROLE_LAST_COMMITTEE},
    {S_INIT("committee_deputy"), M_ROLE_LAST_COMMITTEE},
    {S_INIT("chair"), M_ROLE_LAST_COMMITTEE},
};

static enum message message_of(struct str role)
{
	for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++)
		if (str_eq(kinds[i].role, role))
			return kinds[i].why;
	return M_NONE;
}

/* Who goes: the person of the seat, or all of the municipality `leaving`. */
static enum err is_last(struct db *db, struct arena *a, const struct role_seat *s, int64_t leaving,
			struct date last, enum message *why)
{
	static const char sql[] =
	    "SELECT count(*) FROM role_held g JOIN person p ON p.id = g.person_id"
	    "  LEFT JOIN membership m ON m.person_id = p.id AND m.until IS NULL"
	    "  LEFT JOIN municipality u ON u.id = m.municipality_id"
	    /* Who is about to leave with a municipality follows nobody. */
	    " WHERE (u.left_on IS NULL OR $2 = 'municipality') AND p.status = 'active' AND g.until "
	    "IS NULL AND g.since <= $4"
	    /* A second role of the same kind keeps the same person. */
	    "   AND (g.person_id <> $1 OR ($5 <> 0 AND g.id <> $5))"
	    "   AND ($6 = 0 OR coalesce(m.municipality_id, 0) <> $6)"
	    "   AND CASE WHEN $2 IN ('committee', 'committee_deputy', 'chair')"
	    "     THEN g.role IN ('committee', 'committee_deputy', 'chair')"
	    "     WHEN $2 = 'municipality' THEN g.role = $2 AND g.municipality_id = $3"
	    "     ELSE g.role = $2 END";
	int64_t others = 0;

	*why = message_of(s->role);
	if (*why == M_NONE)
		return OK;
	TRY(db_int(db, sql,
		   WITH(INT(s->person_id), TEXT(s->role), INT(s->municipality_id),
			TEXT(date_iso(a, last)), INT(s->grant_id), INT(leaving)),
		   &others));
	if (others > 0)
		*why = M_NONE;
	return OK;
}

enum err role_seat_last(struct db *db, struct arena *a, const struct role_seat *s, struct date last,
			enum message *why)
{
	return is_last(db, a, s, 0, last, why);
}

/* Of the rows (person, role, municipality) those that are the last. */
static enum err collect(struct db *db, struct arena *a, struct rows r, int64_t leaving,
			struct last_roles *out)
{
	*out = (struct last_roles){.n = 0};
	while (out->n < LAST_ROLES_MAX && rows_next(&r)) {
		struct role_seat s = {.person_id = col_int(&r, 0),
				      .role = col_text(&r, 1),
				      .municipality_id = col_int(&r, 2)};
		enum message why;
		TRY(is_last(db, a, &s, leaving, date_today(), &why));
		if (why != M_NONE)
			out->v[out->n++] = (struct last_role){s.role, why};
	}
	return r.err;
}

enum err roles_last_of(struct db *db, struct arena *a, int64_t person_id, struct last_roles *out)
{
	static const char sql[] =
	    "SELECT person_id, role, coalesce(municipality_id, 0) FROM role_held"
	    " WHERE person_id = $1 AND since <= $2 AND (until IS NULL OR until >= $2) ORDER BY id";

	return collect(db, a,
		       db_query(db, sql, WITH(INT(person_id), TEXT(date_iso(a, date_today())))), 0,
		       out);
}

enum err roles_last_in(struct db *db, struct arena *a, int64_t municipality_id,
		       struct last_roles *out)
{
	/* One of each kind is enough to ask for. */
	static const char sql[] =
	    "SELECT min(g.person_id), min(g.role), 0 FROM role_held g"
	    "  JOIN membership s ON s.person_id = g.person_id AND s.until IS NULL"
	    " WHERE s.municipality_id = $1 AND g.role <> 'municipality'"
	    "   AND g.since <= $2 AND (g.until IS NULL OR g.until >= $2)"
	    " GROUP BY CASE WHEN g.role IN ('committee', 'committee_deputy', 'chair') THEN 'chair'"
	    "   ELSE g.role END ORDER BY min(g.id)";

	return collect(
	    db, a, db_query(db, sql, WITH(INT(municipality_id), TEXT(date_iso(a, date_today())))),
	    municipality_id, out);
}
