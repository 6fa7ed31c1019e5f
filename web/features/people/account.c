/* account.c -- municipalities, people and roles by the operator's hand. */
#include "features/people/account.h"

#include "app/audit.h"
#include "app/password.h"
#include "app/second_factor.h"
#include "app/session.h"
#include "base/clock.h"
#include "base/date.h"
#include "base/utf8.h"
#include "features/people/credentials.h"
#include "features/people/people.h"
#include "features/people/role_grant.h"

#include <inttypes.h>
#include <string.h>

/* The operator alone gives the one role that has no row in role_kinds. */
bool is_role_word(struct str s)
{
	return str_eq(s, S("installation")) || role_kind_named(s) != NULL;
}

bool is_email(struct str s)
{
	size_t at = str_find_char(s, '@');

	if (at == 0 || at + 1 >= s.n || s.n > 254 || !utf8_clean(s, false))
		return false;
	return str_find_char(str_from(s, at + 1), '@') == s.n - at - 1 &&
	       str_find_char(s, ' ') == s.n;
}

enum err people_count(struct db *db, int64_t *count)
{
	return db_int(db, "SELECT count(*) FROM person", WITH_NOTHING, count);
}

enum err account_find_email(struct db *db, struct str email, int64_t *person_id, struct str *name)
{
	static const char sql[] =
	    "SELECT id, name FROM person WHERE email = $1 AND status <> 'anonymised'";
	struct rows r = db_query(db, sql, WITH(TEXT(email)));

	if (!rows_next(&r))
		return r.err != OK ? r.err : E_NOT_FOUND;
	*person_id = col_int(&r, 0);
	*name = col_text(&r, 1);
	return OK;
}

enum err municipality_find(struct db *db, struct str word, int64_t *id)
{
	static const char sql[] =
	    "SELECT id FROM municipality WHERE name = $1 OR short = $1 OR slug = $1 ORDER BY id";

	return db_int(db, sql, WITH(TEXT(word)), id);
}

/* "Stadt Lindheim" is "Lindheim" in tables. */
static struct str short_name(struct str name)
{
	static const struct str kinds[] = {S_INIT("Stadt "), S_INIT("Gemeinde "),
					   S_INIT("Landkreis "), S_INIT("Universitätsstadt ")};

	for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++)
		if (str_starts(name, kinds[i]))
			name = str_trim(str_from(name, kinds[i].n));
	return utf8_head(name, 30);
}

enum err municipality_insert(struct db *db, struct arena *a, const struct new_municipality *m,
			     int64_t *id)
{
	static const char sql[] =
	    "INSERT INTO municipality (kind, name, short, slug, sort_key, ags, email_domains,"
	    " joined_on) VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT DO NOTHING RETURNING "
	    "id";
	struct str brief = m->brief.n > 0 ? m->brief : short_name(m->name);
	struct str slug = utf8_slug(a, brief);

	/* "neu" is an address of ours. */
	if (slug.n == 0 || str_eq(slug, S("neu")))
		return E_CONFLICT;
	enum err err =
	    db_int(db, sql,
		   WITH(TEXT(m->funder ? S("funder") : S("municipality")), TEXT(m->name),
			TEXT(brief), TEXT(slug), TEXT(utf8_sort_key(a, brief)),
			TEXT_OR_NONE(m->ags), TEXT(m->domains), TEXT(date_iso(a, date_today()))),
		   id);
	return err == E_NOT_FOUND ? E_CONFLICT : err;
}

enum err municipality_create(struct db *db, struct arena *a, struct str name, bool funder,
			     int64_t *id)
{
	TRY(municipality_insert(db, a, &(struct new_municipality){.name = name, .funder = funder},
				id));
	struct buf json = {.arena = a};
	json_pair(&json, "name", name);
	return audit_operator(db, "municipality.create", arena_fmt(a, "municipality/%" PRId64, *id),
			      json_end(&json));
}

/* The same as for roles given on a page: see role_clash. */
static enum err clash(struct db *db, struct arena *a, const struct account *who, int64_t person_id,
		      const struct role_kind *kind)
{
	const struct role_person p = {.id = person_id, .municipality_id = who->municipality_id};
	const struct role_term t = {.kind = kind, .since = date_today()};
	enum message why;

	TRY(role_clash(db, a, &p, &t, &why));
	return why == M_NONE ? OK : E_FORBIDDEN;
}

static enum err grant(struct db *db, struct arena *a, const struct account *who, int64_t person_id)
{
	static const char sql[] =
	    "INSERT INTO role_grant (person_id, role, municipality_id, since, granted_at)"
	    " VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING";

	for (size_t i = 0; i < who->role_count; i++) {
		const struct role_kind *kind = role_kind_named(who->roles[i]);
		int64_t seat = kind != NULL && kind->seat ? who->municipality_id : 0;
		if (kind != NULL)
			TRY(clash(db, a, who, person_id, kind));
		TRY(db_run(db, sql,
			   WITH(INT(person_id), TEXT(who->roles[i]), INT_OR_NONE(seat),
				TEXT(date_iso(a, date_today())), INT(clock_now())),
			   NULL));
	}
	return OK;
}

static enum err audit_account(struct db *db, struct arena *a, const struct account *who,
			      int64_t person_id)
{
	struct buf json = {.arena = a}, roles = {.arena = a};

	for (size_t i = 0; i < who->role_count; i++) {
		if (i > 0)
			buf_char(&roles, ' ');
		buf_add(&roles, who->roles[i]);
	}
	json_pair(&json, "name", who->name);
	json_pair(&json, "email", who->email);
	json_pair(&json, "roles", buf_str(&roles));
	return audit_operator(db, "person.create", arena_fmt(a, "person/%" PRId64, person_id),
			      json_end(&json));
}

enum err account_create(struct db *db, struct arena *a, const struct account *who,
			int64_t *person_id)
{
	static const char person_sql[] =
	    "INSERT INTO person (name, sort_key, email, password_hash, status, created_at)"
	    " VALUES ($1, $2, $3, $4, 'active', $5) ON CONFLICT DO NOTHING RETURNING id";
	static const char member_sql[] =
	    "INSERT INTO membership (person_id, municipality_id, since) VALUES ($1, $2, $3)";
	enum err err = db_int(db, person_sql,
			      WITH(TEXT(who->name), TEXT(utf8_sort_key(a, who->name)),
				   TEXT(who->email), TEXT(who->password_hash), INT(clock_now())),
			      person_id);

	if (err == E_NOT_FOUND)
		return E_CONFLICT;
	TRY(err);
	if (who->municipality_id != 0)
		TRY(db_run(db, member_sql,
			   WITH(INT(*person_id), INT(who->municipality_id),
				TEXT(date_iso(a, date_today()))),
			   NULL));
	TRY(grant(db, a, who, *person_id));
	return audit_account(db, a, who, *person_id);
}

static enum err write_password(struct db *db, struct arena *a, int64_t person_id, struct str hash)
{
	static const char sql[] =
	    "UPDATE person SET password_hash = $2, version = version + 1 WHERE id = $1";

	TRY(db_begin_write(db, a));
	TRY(db_run(db, sql, WITH(INT(person_id), TEXT(hash)), NULL));
	TRY(credentials_end(db, a, person_id));
	TRY(audit_operator(db, "person.password", arena_fmt(a, "person/%" PRId64, person_id),
			   S("")));
	return db_commit(db);
}

enum err people_set_password(struct db *db, struct arena *a, struct str data_dir, int64_t person_id,
			     struct str password)
{
	struct str hash;

	TRY(password_hash(data_dir, a, password, &hash));
	enum err err = write_password(db, a, person_id, hash);
	db_rollback(db);
	return err;
}

static struct str object(struct arena *a, int64_t person_id)
{
	return arena_fmt(a, "person/%" PRId64, person_id);
}

enum err account_suspend(struct db *db, struct arena *a, int64_t person_id)
{
	static const char sql[] = "UPDATE person SET status = 'suspended', version = version + 1"
				  " WHERE id = $1 AND status = 'active'";
	int64_t changed = 0;

	TRY(db_run(db, sql, WITH(INT(person_id)), &changed));
	if (changed == 0)
		return E_CONFLICT;
	TRY(session_end_all(db, person_id));
	TRY(devices_forget(db, person_id));
	return audit_operator(db, "person.suspend", object(a, person_id), S(""));
}

enum err account_open(struct db *db, struct arena *a, int64_t person_id)
{
	static const char sql[] =
	    "UPDATE person SET status = 'active', asleep = 0, warned_on = NULL,"
	    "  last_seen_on = CASE asleep WHEN 1 THEN $2 ELSE last_seen_on END,"
	    "  version = version + 1 WHERE id = $1 AND status = 'suspended'";
	int64_t changed = 0;

	TRY(db_run(db, sql, WITH(INT(person_id), TEXT(date_iso(a, date_today()))), &changed));
	return changed == 0 ? E_CONFLICT : OK;
}

enum err account_reactivate(struct db *db, struct arena *a, int64_t person_id)
{
	TRY(account_open(db, a, person_id));
	return audit_operator(db, "person.reactivate", object(a, person_id), S(""));
}

enum err account_keepers(struct db *db, int64_t *count)
{
	static const char sql[] =
	    "SELECT count(*) FROM person p WHERE p.status = 'active' AND EXISTS"
	    " (SELECT 1 FROM role_held g WHERE g.person_id = p.id AND g.until IS NULL"
	    "   AND g.role IN ('pmo', 'installation'))";

	return db_int(db, sql, WITH_NOTHING, count);
}
