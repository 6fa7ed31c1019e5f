/* task_force.c -- reading a task force through its viewer, and writing its versions. */
#include "features/overview/task_force.h"

#include "app/audit.h"
#include "base/clock.h"
#include "base/utf8.h"
#include "features/overview/team.h"

#include <inttypes.h>

int64_t tf_number(struct str digits)
{
	int64_t n = 0;

	return str_to_int(digits, &n) ? n : 0;
}

struct date tf_date(struct str iso)
{
	struct date d = {0, 0, 0};

	return date_parse_iso(iso, &d) ? d : (struct date){0, 0, 0};
}

struct str tf_object(struct request *rq, const struct task_force *tf)
{
	return arena_fmt(rq->arena, "task_force/%" PRId64, tf->id);
}

static bool may_with_own(enum action action, struct str own_role)
{
	enum role role = str_eq(own_role, S("member")) ? ROLE_TF_MEMBER : ROLE_TF_LEAD;

	return own_role.n > 0 && right_to_own(role, action);
}

static bool may(const struct request *rq, enum action action, struct str own_role)
{
	return right_to_all(rq->viewer.roles, action) || may_with_own(action, own_role);
}

/* Administrators of a municipality may do some things where it takes part. */
static bool may_for_place(const struct request *rq, enum action action, bool own_place)
{
	return own_place && (rq->viewer.roles & (unsigned)ROLE_MUNICIPALITY) != 0 &&
	       right_to_own(ROLE_MUNICIPALITY, action);
}

/* "2 1 3" of the municipalities, the lead's first. */
static enum err municipalities_load(struct request *rq, int64_t id, struct str *out)
{
	static const char sql[] =
	    "SELECT municipality_id, role = 'lead' FROM task_force_municipality"
	    " WHERE task_force_id = $1 AND until IS NULL AND role <> 'reuse'"
	    " ORDER BY role = 'lead' DESC, municipality_id";
	struct rows r = db_query(rq->db, sql, WITH(INT(id)));
	struct buf ids = {.arena = rq->arena};

	while (rows_next(&r)) {
		if (ids.n == 0 && col_int(&r, 1) == 0)
			buf_char(&ids, '0');
		if (ids.n > 0)
			buf_char(&ids, ' ');
		buf_fmt(&ids, "%" PRId64, col_int(&r, 0));
	}
	*out = ids.n > 0 ? buf_str(&ids) : S("0");
	return r.err;
}

static void rights_fill(const struct request *rq, struct str own_role, bool own_place,
			struct task_force *tf)
{
	tf->can_create = may(rq, TASK_FORCE_CREATE, own_role);
	tf->can_edit = may(rq, TASK_FORCE_EDIT, own_role);
	tf->can_ask = may(rq, QUESTION_ASK, own_role);
	tf->can_team = may(rq, TEAM_SET, own_role);
	tf->leads = str_eq(own_role, S("lead"));
	tf->light_is_own = may_with_own(LIGHT_SET, own_role);
	tf->can_light = may(rq, LIGHT_SET, own_role);
	tf->can_book = may(rq, MONEY_BOOK, own_role);
	tf->can_see_money = may(rq, MONEY_SEE, own_role) || may_for_place(rq, MONEY_SEE, own_place);
}

enum err task_force_load(struct request *rq, struct str slug, enum action action,
			 struct task_force *tf)
{
	static const char sql[] =
	    "SELECT t.id, t.version, t.updated_at, t.name, t.goal, t.starts_on, t.ends_on,"
	    " t.review_on, t.status, t.budget, t.link_url, coalesce(l.person_id, 0),"
	    " coalesce(own.role, ''), coalesce(p.name, ''), EXISTS (SELECT 1"
	    "   FROM task_force_municipality m WHERE m.task_force_id = t.id AND m.until IS NULL"
	    "    AND m.municipality_id = $3)"
	    "  FROM task_force t"
	    "  LEFT JOIN task_force_member l"
	    "    ON l.task_force_id = t.id AND l.until IS NULL AND l.role = 'lead'"
	    "  LEFT JOIN task_force_member own"
	    "    ON own.task_force_id = t.id AND own.until IS NULL AND own.person_id = $2"
	    "  LEFT JOIN person p ON p.id = t.updated_by"
	    " WHERE t.slug = $1";
	struct rows r =
	    db_query(rq->db, sql,
		     WITH(TEXT(slug), INT(rq->viewer.person_id), INT(rq->viewer.municipality_id)));

	if (!rows_next(&r))
		return r.err != OK ? r.err : E_NOT_FOUND;
	*tf = (struct task_force){.id = col_int(&r, 0),
				  .version = col_int(&r, 1),
				  .updated_at = col_int(&r, 2),
				  .slug = slug,
				  .budget = col_int(&r, 9),
				  .updated_by = col_text(&r, 13)};
	for (int f = TF_NAME; f <= TF_STATUS; f++)
		tf->values.v[f] = col_text(&r, 3 + f - TF_NAME);
	tf->values.v[TF_BUDGET] = arena_fmt(rq->arena, "%" PRId64, tf->budget);
	tf->values.v[TF_LINK] = col_text(&r, 10);
	if (col_int(&r, 11) != 0)
		tf->values.v[TF_LEAD] = arena_fmt(rq->arena, "%" PRId64, col_int(&r, 11));
	tf->starts_on = tf_date(tf->values.v[TF_STARTS_ON]);
	tf->ends_on = tf_date(tf->values.v[TF_ENDS_ON]);
	tf->review_on = tf_date(tf->values.v[TF_REVIEW_ON]);
	struct str own_role = col_text(&r, 12);
	if (!may(rq, action, own_role))
		return E_FORBIDDEN;
	rights_fill(rq, own_role, col_int(&r, 14) != 0, tf);
	if (!status_named(tf->values.v[TF_STATUS], &tf->status))
		return E_INTERNAL;
	tf->can_light = tf->can_light && !status_at_rest(tf->status);
	if (action == LIGHT_SET && !tf->can_light)
		return E_CONFLICT;
	return municipalities_load(rq, tf->id, &tf->values.v[TF_MUNICIPALITIES]);
}

enum err task_force_version_load(struct request *rq, int64_t id, int64_t version,
				 struct tf_values *out)
{
	static const char sql[] =
	    "SELECT name, goal, starts_on, ends_on, review_on, status, budget, link_url,"
	    " municipalities, coalesce(lead_id, 0) FROM task_force_version"
	    " WHERE task_force_id = $1 AND version = $2";
	struct rows r = db_query(rq->db, sql, WITH(INT(id), INT(version)));

	if (!rows_next(&r))
		return r.err != OK ? r.err : E_BAD_REQUEST;
	for (int f = TF_NAME; f <= TF_STATUS; f++)
		out->v[f] = col_text(&r, f - TF_NAME);
	out->v[TF_BUDGET] = arena_fmt(rq->arena, "%" PRId64, col_int(&r, 6));
	out->v[TF_LINK] = col_text(&r, 7);
	out->v[TF_MUNICIPALITIES] = col_text(&r, 8);
	out->v[TF_LEAD] =
	    col_int(&r, 9) == 0 ? S("") : arena_fmt(rq->arena, "%" PRId64, col_int(&r, 9));
	return OK;
}

static enum err version_keep(struct request *rq, int64_t id, int64_t version,
			     const struct tf_values *t)
{
	static const char sql[] =
	    "INSERT INTO task_force_version (task_force_id, version, name, goal, starts_on,"
	    " ends_on, review_on, status, budget, link_url, municipalities, lead_id, at, by)"
	    " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)";

	return db_run(rq->db, sql,
		      WITH(INT(id), INT(version), TEXT(t->v[TF_NAME]), TEXT(t->v[TF_GOAL]),
			   TEXT(t->v[TF_STARTS_ON]), TEXT_OR_NONE(t->v[TF_ENDS_ON]),
			   TEXT_OR_NONE(t->v[TF_REVIEW_ON]), TEXT(t->v[TF_STATUS]),
			   INT(tf_number(t->v[TF_BUDGET])), TEXT(t->v[TF_LINK]),
			   TEXT(t->v[TF_MUNICIPALITIES]), INT_OR_NONE(tf_number(t->v[TF_LEAD])),
			   INT(clock_now()), INT_OR_NONE(rq->viewer.person_id)),
		      NULL);
}

/* Which role a municipality has in "2 1 3"; empty: none. */
static struct str municipality_role(struct str ids, int64_t id)
{
	struct str part;
	bool first = true;

	while (str_cut(&ids, ' ', &part)) {
		if (tf_number(part) == id)
			return first ? S("lead") : S("partner");
		first = false;
	}
	return S("");
}

/* Ends the rows that no longer hold and begins new ones: history stays. */
static enum err municipalities_save(struct request *rq, int64_t id, struct str wanted)
{
	static const char current_sql[] =
	    "SELECT id, municipality_id, role FROM task_force_municipality"
	    " WHERE task_force_id = $1 AND until IS NULL";
	static const char end_sql[] = "UPDATE task_force_municipality"
				      " SET until = CASE WHEN since > $2 THEN since ELSE $2 END"
				      " WHERE id = $1";
	static const char begin_sql[] =
	    "INSERT INTO task_force_municipality (task_force_id, municipality_id, role, since)"
	    " VALUES ($1, $2, $3, $4)"
	    " ON CONFLICT (task_force_id, municipality_id) WHERE until IS NULL DO NOTHING";
	struct str today = date_iso(rq->arena, date_today()), rest = wanted, part;
	struct rows r = db_query(rq->db, current_sql, WITH(INT(id)));

	while (rows_next(&r)) {
		struct str role = municipality_role(wanted, col_int(&r, 1));
		struct str has = col_text(&r, 2);
		/* Those who use the results later are nobody's business here. */
		if (str_eq(role, has) || (role.n == 0 && str_eq(has, S("reuse"))))
			continue;
		TRY(db_run(rq->db, end_sql, WITH(INT(col_int(&r, 0)), TEXT(today)), NULL));
	}
	TRY(r.err);
	while (str_cut(&rest, ' ', &part)) {
		int64_t municipality = tf_number(part);
		if (municipality == 0)
			continue;
		TRY(db_run(rq->db, begin_sql,
			   WITH(INT(id), INT(municipality),
				TEXT(municipality_role(wanted, municipality)), TEXT(today)),
			   NULL));
	}
	return OK;
}

/* A lead who is followed by another stays in the team as a member. */
static enum err lead_save(struct request *rq, int64_t id, int64_t lead)
{
	static const char sql[] = "SELECT coalesce((SELECT person_id FROM task_force_member"
				  " WHERE task_force_id = $1 AND until IS NULL"
				  " AND role = 'lead'), 0)";
	int64_t old;

	TRY(db_int(rq->db, sql, WITH(INT(id)), &old));
	if (old == lead)
		return OK;
	if (old != 0)
		TRY(team_move(rq, id, old, TEAM_MEMBER));
	return lead == 0 ? OK : team_move(rq, id, lead, TEAM_LEAD);
}

static enum err parts_save(struct request *rq, int64_t id, int64_t version,
			   const struct tf_values *t)
{
	TRY(municipalities_save(rq, id, t->v[TF_MUNICIPALITIES]));
	TRY(lead_save(rq, id, tf_number(t->v[TF_LEAD])));
	return version_keep(rq, id, version, t);
}

/* "sensorik", "sensorik-2" …; never a word of our own addresses. */
static enum err slug_find(struct request *rq, struct str name, struct str *out)
{
	static const char sql[] = "SELECT count(*) FROM task_force WHERE slug = $1";
	struct str stem = str_head(utf8_slug(rq->arena, name), 52);

	if (stem.n == 0)
		stem = S("task-force");
	while (str_ends(stem, S("-")))
		stem = str_head(stem, stem.n - 1);
	*out = stem;
	for (int n = 2;; n++) {
		int64_t taken;
		TRY(db_int(rq->db, sql, WITH(TEXT(*out)), &taken));
		if (taken == 0 && !str_eq(*out, S("neu")))
			return OK;
		*out = arena_fmt(rq->arena, "%.*s-%d", ARG(stem), n);
	}
}

/* The differing fields of two versions as JSON. */
static struct str difference(struct request *rq, const struct tf_values *of,
			     const struct tf_values *against)
{
	static const char *const keys[TF_FIELDS] = {
	    "name",   "goal",   "starts_on", "ends_on",        "review_on",
	    "status", "budget", "link_url",  "municipalities", "lead_id"};
	struct buf b = {.arena = rq->arena};

	for (int f = 0; f < TF_FIELDS; f++)
		if (!str_eq(of->v[f], against->v[f]))
			json_pair(&b, keys[f], of->v[f]);
	return json_end(&b);
}

enum err task_force_insert(struct request *rq, const struct tf_values *t, struct task_force *out)
{
	static const char sql[] =
	    "INSERT INTO task_force (slug, name, sort_key, goal, starts_on, ends_on, review_on,"
	    " status, budget, link_url, updated_at, updated_by)"
	    " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12) RETURNING id";
	static const struct tf_values nothing;

	*out = (struct task_force){.version = 1};
	TRY(slug_find(rq, t->v[TF_NAME], &out->slug));
	TRY(db_int(rq->db, sql,
		   WITH(TEXT(out->slug), TEXT(t->v[TF_NAME]),
			TEXT(utf8_sort_key(rq->arena, t->v[TF_NAME])), TEXT(t->v[TF_GOAL]),
			TEXT(t->v[TF_STARTS_ON]), TEXT_OR_NONE(t->v[TF_ENDS_ON]),
			TEXT_OR_NONE(t->v[TF_REVIEW_ON]), TEXT(t->v[TF_STATUS]),
			INT(tf_number(t->v[TF_BUDGET])), TEXT(t->v[TF_LINK]), INT(clock_now()),
			INT_OR_NONE(rq->viewer.person_id)),
		   &out->id));
	TRY(parts_save(rq, out->id, 1, t));
	return audit(rq, "task_force.create", tf_object(rq, out), S(""),
		     difference(rq, t, &nothing));
}

enum err task_force_save(struct request *rq, const struct task_force *tf, const struct tf_values *t,
			 const char *action)
{
	static const char sql[] =
	    "UPDATE task_force SET name = $3, sort_key = $4, goal = $5, starts_on = $6,"
	    " ends_on = $7, review_on = $8, status = $9, budget = $10, link_url = $11,"
	    " link_checked_on = CASE WHEN link_url = $11 THEN link_checked_on END,"
	    " version = version + 1, updated_at = $12, updated_by = $13"
	    " WHERE id = $1 AND version = $2";
	int64_t changed;

	if (tf_values_equal(t, &tf->values))
		return OK;
	TRY(db_run(rq->db, sql,
		   WITH(INT(tf->id), INT(tf->version), TEXT(t->v[TF_NAME]),
			TEXT(utf8_sort_key(rq->arena, t->v[TF_NAME])), TEXT(t->v[TF_GOAL]),
			TEXT(t->v[TF_STARTS_ON]), TEXT_OR_NONE(t->v[TF_ENDS_ON]),
			TEXT_OR_NONE(t->v[TF_REVIEW_ON]), TEXT(t->v[TF_STATUS]),
			INT(tf_number(t->v[TF_BUDGET])), TEXT(t->v[TF_LINK]), INT(clock_now()),
			INT_OR_NONE(rq->viewer.person_id)),
		   &changed));
	if (changed != 1)
		return E_CONFLICT;
	TRY(parts_save(rq, tf->id, tf->version + 1, t));
	return audit(rq, action, tf_object(rq, tf), difference(rq, &tf->values, t),
		     difference(rq, t, &tf->values));
}

enum err task_force_name_taken(struct request *rq, struct str name, int64_t id, bool *taken)
{
	static const char sql[] = "SELECT name FROM task_force WHERE sort_key = $1 AND id <> $2";
	struct rows r = db_query(rq->db, sql, WITH(TEXT(utf8_sort_key(rq->arena, name)), INT(id)));
	struct str slug = utf8_slug(rq->arena, name);

	*taken = false;
	/* "Gärten" and "Garten" sort alike but are two names; their slugs tell them apart. */
	while (rows_next(&r)) {
		struct str other = col_text(&r, 0);
		if (str_eq(other, name) ||
		    (slug.n > 0 && str_eq(utf8_slug(rq->arena, other), slug)))
			*taken = true;
	}
	return r.err;
}
