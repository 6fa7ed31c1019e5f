/* sleep.c -- accounts that nobody uses: warned, put to sleep, woken. */
#include "app/audit.h"
#include "app/outbox.h"
#include "app/session.h"
#include "base/clock.h"
#include "base/date.h"
#include "features/features.h"
#include "features/people/retention.h"
#include "features/people/role_last.h"

#include <inttypes.h>

enum { WARN_DAYS = 150, SLEEP_DAYS = 180, NOTICE_DAYS = SLEEP_DAYS - WARN_DAYS };

struct sleeper {
	int64_t id;
	struct str name, seen, municipality;
};

static enum err letter(const struct app *app, struct db *db, struct arena *a,
		       const struct sleeper *who, const char *file, const char *kind)
{
	struct view *v = view_new(a);
	struct letter l = {.person_id = who->id, .topic = "account"};

	view_text(v, V_NAME, who->name);
	view_text(v, V_MUNICIPALITY, who->municipality);
	view_text(v, V_LINK, arena_fmt(a, "%.*s/anmelden", ARG(app->config.base_url)));
	TRY(letter_render(a, v, file, &l));
	l.dedupe = arena_fmt(a, "%s/%" PRId64 "/%.*s", kind, who->id, ARG(who->seen));
	return outbox_put(db, &l);
}

static enum err next(struct db *db, const char *sql, struct binds with, struct sleeper *out)
{
	struct rows r = db_query(db, sql, with);

	*out = (struct sleeper){.id = 0};
	if (!rows_next(&r))
		return r.err;
	*out = (struct sleeper){.id = col_int(&r, 0),
				.name = col_text(&r, 1),
				.seen = col_text(&r, 2),
				.municipality = col_text(&r, 3)};
	return OK;
}

/* Not seen since the day $1; who never came counts from the instant $2, when the account was made.
 */
#define SLEEPER(where)                                                                             \
	"SELECT p.id, p.name, coalesce(p.last_seen_on, 'never/' || p.created_at),"                 \
	"       coalesce(m.name, 'deiner Kommune')"                                                \
	"  FROM person p LEFT JOIN membership s ON s.person_id = p.id AND s.until IS NULL"         \
	"  LEFT JOIN municipality m ON m.id = s.municipality_id"                                   \
	" WHERE p.status = 'active' AND (p.last_seen_on <= $1"                                     \
	"    OR (p.last_seen_on IS NULL AND p.created_at <= $2)) AND " where                       \
	" ORDER BY p.id LIMIT 1"

static struct bind day_before(struct arena *a, int days)
{
	return TEXT(date_iso(a, date_add_days(date_today(), -days)));
}

static struct bind instant_before(int days)
{
	return INT(clock_now() - (int64_t)days * 86400);
}

static enum err warn(const struct app *app, struct db *db, struct arena *a, bool *found)
{
	static const char sql[] = SLEEPER("p.warned_on IS NULL");
	static const char mark_sql[] = "UPDATE person SET warned_on = $2 WHERE id = $1";
	struct sleeper who;

	TRY(next(db, sql, WITH(day_before(a, WARN_DAYS), instant_before(WARN_DAYS)), &who));
	*found = who.id != 0;
	if (!*found)
		return OK;
	TRY(db_run(db, mark_sql, WITH(INT(who.id), day_before(a, 0)), NULL));
	TRY(letter(app, db, a, &who, "mail/account_warning.txt", "warn"));
	return audit_operator(db, "person.warn", arena_fmt(a, "person/%" PRId64, who.id), S(""));
}

/* Somebody without a warning that is a month old is left out, as the program may have stood still;
 * and the last of a kind, as nobody would be there to wake others. */
static enum err next_sleeper(struct db *db, struct arena *a, struct sleeper *who)
{
	static const char sql[] = SLEEPER("p.warned_on <= $3 AND p.id > $4");
	struct last_roles last;

	who->id = 0;
	do {
		TRY(next(db, sql,
			 WITH(day_before(a, SLEEP_DAYS), instant_before(SLEEP_DAYS),
			      day_before(a, NOTICE_DAYS), INT(who->id)),
			 who));
		TRY(roles_last_of(db, a, who->id, &last));
	} while (who->id != 0 && last.n > 0);
	return OK;
}

static enum err put_to_sleep(const struct app *app, struct db *db, struct arena *a, bool *found)
{
	static const char mark_sql[] = "UPDATE person SET status = 'suspended', asleep = 1,"
				       " version = version + 1 WHERE id = $1";
	struct sleeper who;

	TRY(next_sleeper(db, a, &who));
	*found = who.id != 0;
	if (!*found)
		return OK;
	TRY(db_run(db, mark_sql, WITH(INT(who.id)), NULL));
	TRY(session_end_all(db, who.id));
	TRY(letter(app, db, a, &who, "mail/account_asleep.txt", "sleep"));
	return audit_operator(db, "person.sleep", arena_fmt(a, "person/%" PRId64, who.id), S(""));
}

static enum err one(const struct app *app, struct db *db, struct arena *a, bool *found)
{
	enum err err;

	TRY(db_begin_write(db, a));
	err = put_to_sleep(app, db, a, found);
	if (err == OK && !*found)
		err = warn(app, db, a, found);
	if (err == OK)
		err = db_commit(db);
	db_rollback(db);
	return err;
}

enum err people_sleep_due(const struct app *app, struct db *db, struct arena *a)
{
	bool found = true;

	for (int i = 0; i < RETENTION_STEP && found; i++)
		TRY(one(app, db, a, &found));
	return OK;
}
