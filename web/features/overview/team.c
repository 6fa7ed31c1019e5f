/* team.c -- the rows of a team, and what is written to people about them. */
#include "features/overview/team.h"

#include "app/audit.h"
#include "app/outbox.h"
#include "app/session.h"

#include <inttypes.h>

static const struct {
	struct str word, label;
} roles[TEAM_ROLES] = {
    [TEAM_LEAD] = {S_INIT("lead"), S_INIT("Leitung")},
    [TEAM_DEPUTY] = {S_INIT("deputy"), S_INIT("Stellvertretung")},
    [TEAM_MEMBER] = {S_INIT("member"), S_INIT("Mitarbeit")},
    [TEAM_NONE] = {S_INIT("keine"), S_INIT("")},
};

struct str team_word(enum team_role role)
{
	return roles[role].word;
}

struct str team_label(enum team_role role)
{
	return roles[role].label;
}

enum team_role team_role_named(struct str word)
{
	for (int i = 0; i < TEAM_NONE; i++)
		if (str_eq(word, roles[i].word))
			return (enum team_role)i;
	return TEAM_NONE;
}

enum err team_member_load(struct request *rq, const struct task_force *tf, struct team_member *out)
{
	static const char sql[] =
	    "SELECT p.id, p.name, coalesce(m.short, ''), t.role, t.since"
	    "  FROM task_force_member t JOIN person p ON p.id = t.person_id"
	    "  LEFT JOIN membership s ON s.person_id = p.id AND s.until IS NULL"
	    "  LEFT JOIN municipality m ON m.id = s.municipality_id"
	    " WHERE t.task_force_id = $1 AND t.person_id = $2 AND t.until IS NULL";
	struct rows r = db_query(rq->db, sql, WITH(INT(tf->id), INT(rq->id)));

	if (!rows_next(&r))
		return r.err != OK ? r.err : E_NOT_FOUND;
	*out = (struct team_member){.person_id = col_int(&r, 0),
				    .name = col_text(&r, 1),
				    .city = col_text(&r, 2),
				    .role = team_role_named(col_text(&r, 3)),
				    .since = tf_date(col_text(&r, 4))};
	return OK;
}

/* ---- Letters ---- */

static enum err tell(struct request *rq, int64_t task_force_id, int64_t person_id,
		     enum team_role was, enum team_role to)
{
	static const char sql[] = "SELECT p.name, t.name, t.slug, (SELECT coalesce(max(id), 0)"
				  "   FROM task_force_member WHERE task_force_id = t.id"
				  "    AND person_id = p.id)"
				  "  FROM person p, task_force t WHERE p.id = $1 AND t.id = $2";
	struct letter l = {.person_id = person_id, .topic = "account"};
	struct rows r = db_query(rq->db, sql, WITH(INT(person_id), INT(task_force_id)));
	struct view *v = view_new(rq->arena);

	if (!rows_next(&r))
		return r.err != OK ? r.err : E_INTERNAL;
	view_text(v, V_NAME, col_text(&r, 0));
	view_text(v, V_TF_NAME, col_text(&r, 1));
	view_text(v, V_BY_NAME, rq->viewer.name);
	view_text(v, V_ROLE_NAME, team_label(to));
	view_text(v, V_BEFORE, team_label(was));
	view_show(v, to == TEAM_NONE ? S_LEFT : was == TEAM_NONE ? S_JOINED : S_MOVED);
	view_show_if(v, S_WORKS, to != TEAM_NONE);
	struct str slug = col_text(&r, 2);
	view_text(v, V_LINK,
		  arena_fmt(rq->arena, "%.*s/task-forces/%.*s", ARG(rq->app->config.base_url),
			    ARG(slug)));
	/* The newest row of this person here is that of this change; ended ones are told once. */
	l.dedupe = arena_fmt(rq->arena, "team/%" PRId64 "/%" PRId64 "/%.*s", person_id,
			     col_int(&r, 3), ARG(team_word(to)));
	TRY(letter_render(rq->arena, v, "mail/team_changed.txt", &l));
	return outbox_put(rq->db, &l);
}

/* ---- Moving ---- */

static struct str as_json(struct request *rq, int64_t person_id, enum team_role role)
{
	struct buf json = {.arena = rq->arena};

	if (role != TEAM_NONE) {
		json_pair(&json, "person_id", arena_fmt(rq->arena, "%" PRId64, person_id));
		json_pair(&json, "role", team_word(role));
	}
	return json_end(&json);
}

static enum err write_rows(struct request *rq, int64_t task_force_id, int64_t person_id,
			   enum team_role to)
{
	static const char end_sql[] =
	    "UPDATE task_force_member SET until = CASE WHEN since > $3 THEN since ELSE $3 END"
	    " WHERE task_force_id = $1 AND person_id = $2 AND until IS NULL";
	static const char begin_sql[] =
	    "INSERT INTO task_force_member (task_force_id, person_id, since, role)"
	    " VALUES ($1, $2, $3, $4)";
	struct bind force = INT(task_force_id), person = INT(person_id),
		    today = TEXT(date_iso(rq->arena, date_today()));

	TRY(db_run(rq->db, end_sql, WITH(force, person, today), NULL));
	if (to == TEAM_NONE)
		return OK;
	return db_run(rq->db, begin_sql, WITH(force, person, today, TEXT(team_word(to))), NULL);
}

enum err team_move(struct request *rq, int64_t task_force_id, int64_t person_id, enum team_role to)
{
	static const char sql[] =
	    "SELECT coalesce((SELECT role FROM task_force_member WHERE task_force_id = $1"
	    "   AND person_id = $2 AND until IS NULL), '')";
	struct str object = arena_fmt(rq->arena, "task_force/%" PRId64, task_force_id), word;

	TRY(db_text(rq->db, sql, WITH(INT(task_force_id), INT(person_id)), &word));
	enum team_role was = team_role_named(word);
	if (was == to)
		return OK;
	TRY(write_rows(rq, task_force_id, person_id, to));
	TRY(audit(rq, "task_force.team", object, as_json(rq, person_id, was),
		  as_json(rq, person_id, to)));
	TRY(session_end_all(rq->db, person_id));
	if (rq->viewer.person_id == 0)
		return OK;
	if (rq->viewer.person_id == person_id)
		TRY(session_create(rq, person_id));
	return tell(rq, task_force_id, person_id, was, to);
}
