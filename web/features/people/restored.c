/* restored.c -- after a copy of the database was put back. */
#include "features/people/restored.h"

#include "app/audit.h"
#include "base/clock.h"
#include "base/date.h"
#include "features/people/erase.h"
#include "features/people/erasure_list.h"

#include <inttypes.h>
#include <stdio.h>

struct done {
	int64_t sessions, links, letters, calendars, erased, elsewhere, waiting;
};

/* Whoever is logged in, half logged in or trusted on a device, was so at the time of the copy. */
static enum err end_sessions(struct db *db, struct done *d)
{
	TRY(db_run(db, "DELETE FROM session", WITH_NOTHING, &d->sessions));
	TRY(db_run(db, "DELETE FROM login_step", WITH_NOTHING, NULL));
	return db_run(db, "DELETE FROM trusted_device", WITH_NOTHING, NULL);
}

/*
 * An invitation stays, to be sent anew with another link.  A letter with a link that waits in the
 * copy may have gone out since, and the link have been used.
 */
static enum err void_links(struct db *db, struct done *d)
{
	static const char invitation_sql[] =
	    "UPDATE invitation SET token_hash = NULL, expires_at = min(expires_at, $1),"
	    "  version = version + 1 WHERE accepted_at IS NULL AND revoked_at IS NULL";
	static const char reset_sql[] =
	    "UPDATE password_reset SET token_hash = NULL, used_at = $1 WHERE used_at IS NULL";
	static const char email_sql[] =
	    "UPDATE email_change SET token_hash = NULL, used_at = $1 WHERE used_at IS NULL";
	static const char letter_sql[] =
	    "UPDATE outbox SET cancelled_at = $1 WHERE link <> '' AND sent_at IS NULL"
	    "   AND cancelled_at IS NULL";
	static const char calendar_sql[] =
	    "UPDATE calendar_feed SET revoked_at = $1 WHERE revoked_at IS NULL";
	struct bind now = INT(clock_now());
	int64_t resets = 0;

	TRY(db_run(db, invitation_sql, WITH(now), &d->links));
	TRY(db_run(db, reset_sql, WITH(now), &resets));
	d->links += resets;
	TRY(db_run(db, email_sql, WITH(now), &resets));
	d->links += resets;
	TRY(db_run(db, letter_sql, WITH(now), &d->letters));
	return db_run(db, calendar_sql, WITH(now), &d->calendars);
}

/* Numbers of people may be given again after a restore, so the day of the account counts too. */
static enum err erase_again(const struct restored *where, const struct erasure *e, struct done *d)
{
	struct db *db = where->db;
	static const char sql[] =
	    "SELECT status = 'anonymised' FROM person WHERE id = $1 AND created_at = $2";
	struct rows r = db_query(db, sql, WITH(INT(e->person_id), INT(e->created_at)));
	struct erased p;

	if (!rows_next(&r)) {
		d->elsewhere++;
		return r.err;
	}
	if (col_int(&r, 0) != 0)
		return OK;
	TRY(erased_load(db, e->person_id, &p));
	d->erased++;
	TRY(where->leave(where, e->person_id));
	return person_erase(db, where->arena, &p, 0);
}

static enum err forget(const struct restored *where, const struct erasures *list, struct done *d)
{
	struct db *db = where->db;
	static const char waiting_sql[] =
	    "SELECT count(*) FROM outbox WHERE sent_at IS NULL AND cancelled_at IS NULL"
	    "   AND given_up_at IS NULL AND digest_id IS NULL AND not_before <= $1";

	TRY(end_sessions(db, d));
	TRY(void_links(db, d));
	for (size_t i = 0; i < list->n; i++)
		TRY(erase_again(where, &list->v[i], d));
	TRY(db_int(db, waiting_sql, WITH(INT(clock_now())), &d->waiting));
	return audit_operator(db, "restore", S("database"), S(""));
}

static void print_done(const struct done *d)
{
	printf("sessions ended: %" PRId64 "\n", d->sessions);
	printf("open links made void (invitations, passwords): %" PRId64
	       "; letters with such a link called back: %" PRId64 "\n",
	       d->links, d->letters);
	printf("calendar addresses made void: %" PRId64 "\n", d->calendars);
	printf("people erased anew: %" PRId64 "; on the list but not in this copy: %" PRId64 "\n",
	       d->erased, d->elsewhere);
	if (d->waiting > 0)
		printf("%" PRId64 " letters wait in this copy and go out when the service starts;"
		       " some may go out a second time\n",
		       d->waiting);
}

/* The head that those who watched the register compare. */
static enum err print_head(struct db *db, struct arena *a)
{
	static const char sql[] = "SELECT n, at, hash FROM register_record ORDER BY n DESC LIMIT 1";

	TRY(db_begin_read(db, a));
	struct rows r = db_query(db, sql, WITH_NOTHING);
	if (rows_next(&r))
		printf("register: last number %" PRId64 ", %.*s\n%.*s\n", col_int(&r, 0),
		       ARG(date_time_long(a, col_int(&r, 1))), ARG(col_text(&r, 2)));
	else if (r.err == OK)
		printf("register: empty\n");
	return r.err;
}

static enum err run(const struct restored *where, const struct erasures *list, struct done *d)
{
	TRY(db_begin_write(where->db, where->arena));
	TRY(forget(where, list, d));
	return db_commit(where->db);
}

int after_restore_command(const struct restored *where, int argc, char **argv)
{
	struct db *db = where->db;
	struct arena *a = where->arena;
	struct erasures list = {.arena = a};
	struct done d = {.sessions = 0};
	struct str own = arena_fmt(a, "%.*s/" ERASURES_FILE, ARG(where->config->data));

	if (erasures_read(&list, own) != OK)
		return 1;
	for (int i = 0; i < argc; i++)
		if (erasures_read(&list, str_of(argv[i])) != OK)
			return 1;
	enum err err = run(where, &list, &d);
	db_rollback(db);
	if (err != OK) {
		fprintf(stderr, "Nothing was changed: see the log line above.\n");
		return 1;
	}
	print_done(&d);
	err = print_head(db, a);
	db_rollback(db);
	if (err != OK)
		fprintf(stderr, "The register could not be read.\n");
	return err == OK ? 0 : 1;
}
