/* member.c -- the page of a person, for the administrator of the municipality. */
#include "features/people/member.h"

#include "app/audit.h"
#include "app/fresh_password.h"
#include "features/features.h"
#include "features/people/account.h"
#include "features/people/account_letter.h"
#include "features/people/email_change.h"
#include "features/people/municipality.h"
#include "features/people/role_last.h"

#include <inttypes.h>

enum err member_load_any(struct request *rq, struct member *out)
{
	static const char sql[] =
	    "SELECT p.id, coalesce(m.id, 0), p.name, p.email, coalesce(m.name, ''),"
	    "       coalesce(m.slug, ''), coalesce(s.since, ''),"
	    "       coalesce(p.last_seen_on, ''), p.status = 'suspended', p.asleep,"
	    "       p.totp_secret IS NOT NULL,"
	    "       EXISTS (SELECT 1 FROM role_held g WHERE g.person_id = $2"
	    "         AND g.role = 'municipality' AND g.municipality_id = m.id"
	    "         AND g.since <= $3 AND (g.until IS NULL OR g.until >= $3)), p.version"
	    "  FROM person p"
	    "  LEFT JOIN membership s ON s.person_id = p.id AND s.until IS NULL"
	    "  LEFT JOIN municipality m ON m.id = s.municipality_id"
	    " WHERE p.id = $1 AND p.status IN ('active', 'suspended')";
	struct rows r = db_query(
	    rq->db, sql,
	    WITH(INT(rq->id), INT(rq->viewer.person_id), TEXT(date_iso(rq->arena, date_today()))));

	if (!rows_next(&r))
		return r.err != OK ? r.err : E_NOT_FOUND;
	*out = (struct member){.id = col_int(&r, 0),
			       .municipality_id = col_int(&r, 1),
			       .name = col_text(&r, 2),
			       .email = col_text(&r, 3),
			       .municipality = col_text(&r, 4),
			       .slug = col_text(&r, 5),
			       .seen = col_text(&r, 7),
			       .suspended = col_int(&r, 8) != 0,
			       .asleep = col_int(&r, 9) != 0,
			       .has_factor = col_int(&r, 10) != 0,
			       .version = col_int(&r, 12),
			       .self = col_int(&r, 0) == rq->viewer.person_id,
			       .own = col_int(&r, 11) != 0};
	(void)date_parse_iso(col_text(&r, 6), &out->since);
	return OK;
}

enum err member_load(struct request *rq, struct member *out)
{
	TRY(member_load_any(rq, out));
	return out->own && right_to_own(ROLE_MUNICIPALITY, PEOPLE_MANAGE) ? OK : E_FORBIDDEN;
}

enum err member_load_other(struct request *rq, struct member *out)
{
	TRY(member_load(rq, out));
	return out->self ? E_FORBIDDEN : OK;
}

enum err member_last_of(struct request *rq, const struct member *p, enum message *why)
{
	struct last_roles last;

	TRY(roles_last_of(rq->db, rq->arena, p->id, &last));
	*why = last.n > 0 ? last.v[0].why : M_NONE;
	return OK;
}

/* ---- The page ---- */

static enum err show_roles(struct request *rq, const struct member *p)
{
	static const char role_sql[] =
	    "SELECT role, since, coalesce(until, '') FROM role_held WHERE person_id = $1"
	    "   AND (until IS NULL OR until >= $2) ORDER BY since, id";
	static const char force_sql[] =
	    "SELECT t.slug, t.name, m.role FROM task_force_member m"
	    "  JOIN task_force t ON t.id = m.task_force_id"
	    " WHERE m.person_id = $1 AND m.until IS NULL ORDER BY t.sort_key";
	struct rows r =
	    db_query(rq->db, role_sql, WITH(INT(p->id), TEXT(date_iso(rq->arena, date_today()))));
	bool any = false;
	struct date day;

	for (; rows_next(&r); any = true) {
		struct view *v = view_row(rq->view, S_ROLE);
		view_text(v, V_ROLE_NAME, role_label(col_text(&r, 0)));
		if (date_parse_iso(col_text(&r, 1), &day))
			view_text(v, V_SINCE, date_short(rq->arena, day));
		if (date_parse_iso(col_text(&r, 2), &day))
			view_text(view_row(v, S_ENDS), V_UNTIL, date_short(rq->arena, day));
	}
	TRY(r.err);
	view_show_if(rq->view, S_NO_ROLE, !any);
	struct rows t = db_query(rq->db, force_sql, WITH(INT(p->id)));
	while (rows_next(&t)) {
		struct view *v = view_row(rq->view, S_FORCE);
		view_text(v, V_SLUG, col_text(&t, 0));
		view_text(v, V_FORCE_NAME, col_text(&t, 1));
		view_show_if(v, S_LEADS, str_eq(col_text(&t, 2), S("lead")));
	}
	return t.err;
}

static enum err show_pending(struct request *rq, const struct member *p)
{
	struct str email;

	TRY(email_change_pending(rq, p->id, &email));
	if (email.n > 0)
		view_text(view_row(rq->view, S_NEW_EMAIL), V_WANTED, email);
	return OK;
}

static enum err page(struct request *rq, const struct member *p)
{
	struct view *v = rq->view;

	view_text(v, V_NAME, p->name);
	view_text(v, V_EMAIL, p->email);
	view_text(v, V_MUNICIPALITY, p->municipality);
	view_text(v, V_UNIT_SLUG, p->slug);
	view_text(v, V_MEMBER_SINCE, date_long(rq->arena, p->since));
	view_text(v, V_SEEN, seen_label(rq->arena, p->seen));
	view_show(v, p->has_factor ? S_FACTOR_ACTIVE : S_FACTOR_NONE);
	view_show(v, !p->suspended ? S_ACTIVE : p->asleep ? S_ASLEEP : S_SUSPENDED);
	TRY(show_pending(rq, p));
	TRY(show_roles(rq, p));
	view_show_if(v, S_SELF, p->self);
	if (!p->self) {
		struct view *acts = view_row(v, S_ACTS);
		view_int(acts, V_ID, p->id);
		view_show(acts, p->suspended ? S_CAN_REACTIVATE : S_CAN_SUSPEND);
		view_show_if(acts, S_CAN_RESET, p->has_factor);
	}
	return reply_page(rq, 200, "people/member_show.html");
}

/* GET /personen/:id */
enum err member_show(struct request *rq)
{
	struct member p;

	TRY(member_load(rq, &p));
	return page(rq, &p);
}

/* ---- Acts ---- */

enum err member_note(struct request *rq, const struct member *p, const char *action)
{
	return audit(rq, action, arena_fmt(rq->arena, "person/%" PRId64, p->id), S(""), S(""));
}

struct str member_back_path(struct request *rq, const struct member *p)
{
	return p->own ? arena_fmt(rq->arena, "/personen/%" PRId64, p->id)
		      : arena_fmt(rq->arena, "/kommunen/%.*s", ARG(p->slug));
}

enum err member_back(struct request *rq, const struct member *p, enum message done)
{
	return reply_redirect(rq, done, "%.*s", ARG(member_back_path(rq, p)));
}

/* POST /personen/:id/freigeben -- also for an account that slept because nobody came. */
enum err member_reactivate(struct request *rq)
{
	struct member p;

	TRY(member_load_other(rq, &p));
	TRY(account_open(rq->db, rq->arena, p.id));
	TRY(member_note(rq, &p, "person.reactivate"));
	TRY(account_letter(rq, p.id, NEWS_REACTIVATED, p.municipality));
	return reply_redirect(rq, M_MEMBER_REACTIVATED, "/personen/%" PRId64, p.id);
}

const struct route member_routes[] = {
    GET("/personen/:id", PEOPLE_MANAGE, member_show),
    GET("/personen/:id/sperren", PEOPLE_MANAGE, member_suspend_ask),
    POST_PREPARED("/personen/:id/sperren", PEOPLE_MANAGE, fresh_password_prepare, member_suspend,
		  0),
    POST("/personen/:id/freigeben", PEOPLE_MANAGE, member_reactivate),
    GET("/personen/:id/zwei-schritte", ACCOUNT_RESCUE, member_factor_ask),
    POST_PREPARED("/personen/:id/zwei-schritte", ACCOUNT_RESCUE, fresh_password_prepare,
		  member_factor_reset, 0),
    GET("/personen/:id/angaben", ACCOUNT_RESCUE, member_edit),
    POST_PREPARED("/personen/:id/angaben", ACCOUNT_RESCUE, fresh_password_prepare, member_correct,
		  0),
    GET("/personen/:id/ende", PEOPLE_MANAGE, member_leave_ask),
    POST("/personen/:id/ende", PEOPLE_MANAGE, member_leave),
    ROUTES_END,
};
