/* role_grant.c -- roles are given and taken. */
#include "features/people/role_grant.h"

#include "app/audit.h"
#include "app/session.h"
#include "base/clock.h"
#include "features/people/role_last.h"

#include <inttypes.h>

const struct role_kind role_kinds[ROLE_KINDS] = {
    {S_INIT("reader"), PROJECT_ROLE_GRANT, false, false,
     S_INIT("Sieht alles im Projekt und kann Hinweise zum Handbuch geben.")},
    {S_INIT("reviewer"), PROJECT_ROLE_GRANT, false, false,
     S_INIT("Gibt Rückmeldungen zum Handbuch und diskutiert mit.")},
    {S_INIT("municipality"), PEOPLE_MANAGE, true, false,
     S_INIT("Verwaltet die Zugänge der eigenen Kommune und spricht im Handbuch für sie.")},
    {S_INIT("committee"), ROLE_GRANT, true, false,
     S_INIT("Führt die Stimme der Kommune. Jede Kommune hat genau eine Stimmführung.")},
    {S_INIT("committee_deputy"), ROLE_GRANT, true, false,
     S_INIT("Stimmt ab, wenn die Stimmführung nicht kann. Es können mehrere sein.")},
    {S_INIT("chair"), ROLE_GRANT, true, false,
     S_INIT("Leitet die Sitzungen und legt die Regeln des Kreises fest.")},
    {S_INIT("pmo"), ROLE_GRANT, false, false,
     S_INIT("Führt Task Forces, Handbuch und Sitzungen; prüft und veröffentlicht Vorlagen.")},
    {S_INIT("funder"), ROLE_GRANT, true, true, S_INIT("Liest nur, was als Bericht gesendet ist.")},
};

const struct role_kind *role_kind_named(struct str word)
{
	for (size_t i = 0; i < ROLE_KINDS; i++)
		if (str_eq(role_kinds[i].word, word))
			return &role_kinds[i];
	return NULL;
}

/* ---- Who may ---- */

/* The only role that gives to own people alone. */
static bool gives_to_own(const struct request *rq, enum action action)
{
	return (rq->viewer.roles & ROLE_MUNICIPALITY) != 0 &&
	       right_to_own(ROLE_MUNICIPALITY, action);
}

static bool may(const struct request *rq, enum action action, int64_t municipality_id)
{
	return right_to_all(rq->viewer.roles, action) ||
	       (gives_to_own(rq, action) && municipality_id != 0 &&
		municipality_id == rq->viewer.municipality_id);
}

bool role_may_end(const struct request *rq, const struct role_kind *kind, int64_t municipality_id)
{
	return may(rq, kind->given_by, municipality_id);
}

static bool on_way(const struct role_kind *kind, enum role_way way)
{
	switch (way) {
	case WAY_PROJECT:
		return kind->given_by == PROJECT_ROLE_GRANT || kind->given_by == PEOPLE_MANAGE;
	case WAY_FIRST:
		return kind->given_by == PEOPLE_MANAGE;
	case WAY_COOPERATION:
	case WAY_PROPOSAL:
	case ROLE_WAYS:
		break;
	}
	return kind->given_by == ROLE_GRANT;
}

static bool may_give(const struct request *rq, const struct role_kind *kind, enum role_way way,
		     const struct role_person *p)
{
	if (!on_way(kind, way) || kind->funder != p->is_funder)
		return false;
	if (way == WAY_FIRST)
		return right_to_all(rq->viewer.roles, MUNICIPALITY_FOUND);
	if (way == WAY_PROPOSAL)
		return right_to_all(rq->viewer.roles, ROLE_PROPOSE);
	return may(rq, kind->given_by, p->municipality_id);
}

enum err role_person_load(struct request *rq, int64_t id, struct role_person *out)
{
	static const char sql[] =
	    "SELECT p.id, p.name, p.status = 'active', coalesce(m.id, 0), coalesce(m.short, ''),"
	    "  coalesce(m.kind = 'funder', 0), EXISTS (SELECT 1 FROM role_held g"
	    "    JOIN person a ON a.id = g.person_id AND a.status IN ('active', 'invited')"
	    "    WHERE g.role = 'municipality' AND g.municipality_id = m.id"
	    "      AND (g.until IS NULL OR g.until >= $2))"
	    "  FROM person p LEFT JOIN membership s ON s.person_id = p.id AND s.until IS NULL"
	    "  LEFT JOIN municipality m ON m.id = s.municipality_id"
	    " WHERE p.id = $1 AND p.status <> 'anonymised'";
	struct rows r =
	    db_query(rq->db, sql, WITH(INT(id), TEXT(date_iso(rq->arena, date_today()))));

	if (!rows_next(&r))
		return r.err != OK ? r.err : E_NOT_FOUND;
	*out = (struct role_person){.id = col_int(&r, 0),
				    .name = col_text(&r, 1),
				    .active = col_int(&r, 2) != 0,
				    .municipality_id = col_int(&r, 3),
				    .municipality = col_text(&r, 4),
				    .is_funder = col_int(&r, 5) != 0,
				    .has_administrator = col_int(&r, 6) != 0};
	return OK;
}

enum err role_person_load_for(struct request *rq, enum role_way way, struct role_person *out)
{
	bool own = way == WAY_PROJECT && !right_to_all(rq->viewer.roles, PROJECT_ROLE_GRANT);

	TRY(role_person_load(rq, rq->id, out));
	if (own && out->municipality_id != rq->viewer.municipality_id)
		return E_FORBIDDEN;
	for (size_t i = 0; i < ROLE_KINDS; i++)
		if (may_give(rq, &role_kinds[i], way, out))
			out->offered[out->n++] = &role_kinds[i];
	return OK;
}

enum message role_obstacle(const struct request *rq, const struct role_person *p, enum role_way way)
{
	if (p->id == rq->viewer.person_id)
		return M_ROLE_SELF;
	if (!p->active)
		return M_ROLE_INACTIVE;
	if (p->municipality_id == 0)
		return M_ROLE_NO_MUNICIPALITY;
	if (way == WAY_FIRST && p->has_administrator)
		return M_ROLE_NOT_FIRST;
	return p->n == 0 ? M_ROLE_NONE_FITS : M_NONE;
}

/* ---- Giving ---- */

static struct str as_json(struct request *rq, struct str role, struct str municipality,
			  struct date since, struct date until)
{
	struct buf json = {.arena = rq->arena};

	json_pair(&json, "role", role);
	json_pair(&json, "municipality", municipality);
	json_pair(&json, "since", date_iso(rq->arena, since));
	json_pair(&json, "until", date_iso(rq->arena, until));
	return json_end(&json);
}

/* The viewer's own go on under a new token, as after any change of what a session may. */
static enum err end_sessions(struct request *rq, int64_t person_id)
{
	TRY(session_end_all(rq->db, person_id));
	return person_id == rq->viewer.person_id ? session_create(rq, person_id) : OK;
}

static struct str object(struct request *rq, int64_t person_id)
{
	return arena_fmt(rq->arena, "person/%" PRId64, person_id);
}

enum err role_give(struct request *rq, const struct role_person *p, const struct role_term *t,
		   int64_t *id, enum message *why)
{
	static const char sql[] =
	    "INSERT INTO role_grant (person_id, role, municipality_id, since, until, granted_by,"
	    " granted_at) VALUES ($1, $2, $3, $4, $5, $6, $7) RETURNING id";
	int64_t seat = t->kind->seat ? p->municipality_id : 0;

	TRY(role_clash(rq->db, rq->arena, p, t, why));
	if (*why != M_NONE)
		return OK;
	TRY(db_int(rq->db, sql,
		   WITH(INT(p->id), TEXT(t->kind->word), INT_OR_NONE(seat),
			TEXT(date_iso(rq->arena, t->since)),
			TEXT_OR_NONE(date_iso(rq->arena, t->until)), INT(rq->viewer.person_id),
			INT(clock_now())),
		   id));
	TRY(audit(
	    rq, "role.grant", object(rq, p->id), S(""),
	    as_json(rq, t->kind->word, seat != 0 ? p->municipality : S(""), t->since, t->until)));
	if (date_cmp(t->since, date_today()) <= 0)
		TRY(end_sessions(rq, p->id));
	return role_tell_given(rq, p, t, *id);
}

/* ---- Taking ---- */

enum err role_held_load_for(struct request *rq, enum role_way way, struct role_held *out)
{
	static const char sql[] =
	    "SELECT g.id, p.id, p.name, g.role, g.since, coalesce(g.until, ''),"
	    "  coalesce(g.municipality_id, s.municipality_id, 0), coalesce(m.short, '')"
	    "  FROM role_held g JOIN person p ON p.id = g.person_id"
	    "  LEFT JOIN membership s ON s.person_id = p.id AND s.until IS NULL"
	    "  LEFT JOIN municipality m ON m.id = g.municipality_id"
	    " WHERE g.id = $1 AND (g.until IS NULL OR g.until >= $2) AND p.status <> 'anonymised'";
	struct rows r =
	    db_query(rq->db, sql, WITH(INT(rq->id), TEXT(date_iso(rq->arena, date_today()))));

	if (!rows_next(&r))
		return r.err != OK ? r.err : E_NOT_FOUND;
	*out = (struct role_held){.id = col_int(&r, 0),
				  .person_id = col_int(&r, 1),
				  .name = col_text(&r, 2),
				  .kind = role_kind_named(col_text(&r, 3)),
				  .municipality_id = col_int(&r, 6),
				  .municipality = col_text(&r, 7)};
	if (!date_parse_iso(col_text(&r, 4), &out->since))
		return E_INTERNAL;
	(void)date_parse_iso(col_text(&r, 5), &out->until);
	if (out->kind == NULL || !on_way(out->kind, way))
		return E_NOT_FOUND;
	return role_may_end(rq, out->kind, out->municipality_id) ? OK : E_FORBIDDEN;
}

enum err role_take(struct request *rq, const struct role_held *h, struct date until,
		   enum message *why)
{
	static const char end_sql[] =
	    "UPDATE role_grant SET ended_at = $2, ended_by = $3 WHERE id = $1";
	static const char until_sql[] = "UPDATE role_grant SET until = $2 WHERE id = $1";
	const struct role_seat seat = {h->person_id, h->id, h->kind->word, h->municipality_id};
	bool now = date_is_none(until);
	struct date last = now ? date_today() : until;

	*why = M_NONE;
	/* What begins later holds nobody's place yet. */
	if (date_cmp(h->since, date_today()) <= 0)
		TRY(role_seat_last(rq->db, rq->arena, &seat, last, why));
	if (*why != M_NONE)
		return OK;
	if (now)
		TRY(db_run(rq->db, end_sql,
			   WITH(INT(h->id), INT(clock_now()), INT(rq->viewer.person_id)), NULL));
	else
		TRY(db_run(rq->db, until_sql, WITH(INT(h->id), TEXT(date_iso(rq->arena, until))),
			   NULL));
	TRY(audit(rq, "role.end", object(rq, h->person_id),
		  as_json(rq, h->kind->word, h->municipality, h->since, h->until),
		  as_json(rq, h->kind->word, h->municipality, h->since, last)));
	if (now)
		TRY(end_sessions(rq, h->person_id));
	return role_tell_ended(rq, h, until);
}
