/* four_eyes.c -- address and second factor are not in one hand. */
#include "features/people/four_eyes.h"

#include "base/clock.h"

#include <inttypes.h>

/* What one must not have done oneself. */
static const struct str other_acts[RESCUES] = {
    [RESCUE_FACTOR] = S_INIT(" person.email_ask person.email "),
    [RESCUE_EMAIL] = S_INIT(" second_factor.reset "),
};

#define DID_OTHER(who)                                                                             \
	" EXISTS (SELECT 1 FROM audit x WHERE x.object = 'person/' || $1 AND x.actor_id = " who    \
	"   AND x.at > $2 AND instr($3, ' ' || x.action || ' ') > 0)"

static struct bind since(void)
{
	return INT(clock_now() - FOUR_EYES_DAYS * INT64_C(86400));
}

/* Names of those with the role who can do it to this person; empty: nobody. */
static enum err helpers(struct request *rq, struct str role, enum rescue act,
			const struct member *p, struct str *names)
{
	static const char sql[] =
	    "SELECT coalesce(group_concat(name, ', '), '') FROM (SELECT DISTINCT p.name AS name"
	    "  FROM role_held g JOIN person p ON p.id = g.person_id AND p.status = 'active'"
	    "  LEFT JOIN membership s ON s.person_id = p.id AND s.until IS NULL"
	    " WHERE g.role = $4 AND (g.role = 'installation'"
	    "    OR (g.municipality_id = $5 AND s.municipality_id = $5))"
	    "   AND g.since <= $6 AND (g.until IS NULL OR g.until >= $6)"
	    "   AND p.id <> $1 AND NOT" DID_OTHER("p.id") " ORDER BY p.sort_key)";

	return db_text(rq->db, sql,
		       WITH(INT(p->id), since(), TEXT(other_acts[act]), TEXT(role),
			    INT(p->municipality_id), TEXT(date_iso(rq->arena, date_today()))),
		       names);
}

enum err rescue_falls_to_installation(struct request *rq, enum rescue act, int64_t person_id,
				      int64_t municipality_id, bool *out)
{
	const struct member p = {.id = person_id, .municipality_id = municipality_id};
	struct str names;

	TRY(helpers(rq, S("municipality"), act, &p, &names));
	*out = names.n == 0;
	return OK;
}

static enum err is_installation(struct request *rq, bool *out)
{
	static const char sql[] =
	    "SELECT count(*) FROM role_held WHERE person_id = $1 AND role = 'installation'"
	    "   AND since <= $2 AND (until IS NULL OR until >= $2)";
	int64_t n = 0;

	TRY(db_int(rq->db, sql,
		   WITH(INT(rq->viewer.person_id), TEXT(date_iso(rq->arena, date_today()))), &n));
	*out = n > 0 && right_to_own(ROLE_INSTALLATION, ACCOUNT_RESCUE);
	return OK;
}

enum err member_load_rescue(struct request *rq, enum rescue act, struct member *out)
{
	bool technical = false, falls = false;

	TRY(member_load_any(rq, out));
	if (out->self || out->municipality_id == 0)
		return E_FORBIDDEN;
	if (out->own && right_to_own(ROLE_MUNICIPALITY, ACCOUNT_RESCUE))
		return OK;
	TRY(is_installation(rq, &technical));
	if (!technical)
		return E_FORBIDDEN;
	TRY(rescue_falls_to_installation(rq, act, out->id, out->municipality_id, &falls));
	return falls ? OK : E_FORBIDDEN;
}

enum err four_eyes_show(struct request *rq, enum rescue act, const struct member *p, bool *blocked)
{
	static const char sql[] = "SELECT" DID_OTHER("$4");
	int64_t did = 0;
	struct str own, technical;

	TRY(db_int(rq->db, sql,
		   WITH(INT(p->id), since(), TEXT(other_acts[act]), INT(rq->viewer.person_id)),
		   &did));
	*blocked = did != 0;
	if (!*blocked)
		return OK;
	TRY(helpers(rq, S("municipality"), act, p, &own));
	TRY(helpers(rq, S("installation"), act, p, &technical));
	struct view *v = view_row(rq->view, S_FOUR_EYES);
	view_show(v, act == RESCUE_FACTOR ? S_TOUCHED_EMAIL : S_TOUCHED_FACTOR);
	view_text(v, V_NAME, p->name);
	view_text(v, V_UNIT_NAME, p->municipality);
	view_show(v, p->own ? S_OWN : S_FOREIGN);
	if (own.n > 0)
		view_text(view_row(v, S_OTHER_ADMINISTRATOR), V_WORDS, own);
	else if (technical.n > 0)
		view_text(view_row(v, S_TECHNICAL), V_WORDS, technical);
	else
		view_show(v, S_NOBODY_ELSE);
	return OK;
}
