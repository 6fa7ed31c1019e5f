/* erase.c -- what goes when a person is erased, statement by statement. */
#include "features/people/erase.h"

#include "base/clock.h"
#include "base/date.h"
#include "base/utf8.h"

#include <inttypes.h>

enum err erased_load(struct db *db, int64_t person_id, struct erased *out)
{
	static const char sql[] =
	    "SELECT p.name, p.email, p.status, coalesce(m.id, 0), coalesce(m.name, ''),"
	    "       s.id IS NOT NULL AND s.until IS NULL"
	    "  FROM person p"
	    "  LEFT JOIN membership s ON s.id = (SELECT id FROM membership WHERE person_id = p.id"
	    "   ORDER BY until IS NULL DESC, until DESC, id DESC LIMIT 1)"
	    "  LEFT JOIN municipality m ON m.id = s.municipality_id"
	    " WHERE p.id = $1";
	struct rows r = db_query(db, sql, WITH(INT(person_id)));

	if (!rows_next(&r))
		return r.err != OK ? r.err : E_NOT_FOUND;
	*out = (struct erased){.id = person_id,
			       .name = col_text(&r, 0),
			       .email = col_text(&r, 1),
			       .status = col_text(&r, 2),
			       .municipality_id = col_int(&r, 3),
			       .municipality = col_text(&r, 4),
			       .member = col_int(&r, 5) != 0};
	return OK;
}

/* What belonged to the account alone, for the person $1. */
static const char *const gone[] = {
    "DELETE FROM session WHERE person_id = $1",
    "DELETE FROM trusted_device WHERE person_id = $1",
    "DELETE FROM login_step WHERE person_id = $1",
    "DELETE FROM login_network WHERE person_id = $1",
    "DELETE FROM recovery_code WHERE person_id = $1",
    "DELETE FROM password_reset WHERE person_id = $1",
    "DELETE FROM email_change WHERE person_id = $1",
    /* They tell the address she was invited at, which may be another one by now. */
    ("UPDATE audit SET before = NULL, after = NULL WHERE object IN"
     " (SELECT 'invitation/' || id FROM invitation WHERE person_id = $1)"),
    "DELETE FROM invitation WHERE person_id = $1",
    "DELETE FROM answered_form WHERE person_id = $1",
    "DELETE FROM feedback_draft WHERE author_id = $1",
    "DELETE FROM reply_draft WHERE author_id = $1",
    "DELETE FROM section_draft WHERE person_id = $1",
    "DELETE FROM section_lock WHERE person_id = $1",
    "DELETE FROM import_draft WHERE person_id = $1",
    "DELETE FROM mail_setting WHERE person_id = $1",
    "DELETE FROM calendar_feed WHERE person_id = $1",
    "DELETE FROM register_person WHERE person_id = $1",
};

/* What ends now: $1 the person, $2 the instant. */
static const char *const ends_at[] = {
    "UPDATE outbox SET cancelled_at = $2"
    " WHERE person_id = $1 AND sent_at IS NULL AND cancelled_at IS NULL",
    "UPDATE role_proposal SET decided_at = $2, granted = 0, version = version + 1"
    " WHERE person_id = $1 AND decided_at IS NULL",
    "UPDATE role_grant SET ended_at = $2 WHERE person_id = $1 AND ended_at IS NULL",
    "UPDATE barrier_report SET email = '' WHERE person_id = $1 AND $2 > 0",
};

/* … and on the day $2. */
static const char *const ends_on[] = {
    "UPDATE membership SET until = max(since, $2) WHERE person_id = $1 AND until IS NULL",
    "UPDATE task_force_member SET until = max(since, $2) WHERE person_id = $1 AND until IS NULL",
};

#define COUNT(list) (sizeof(list) / sizeof(list)[0])

static enum err rewrite_person(struct db *db, struct arena *a, const struct erased *p,
			       struct str name)
{
	static const char sql[] =
	    "UPDATE person SET name = $2, sort_key = $3, email = $4, password_hash = '',"
	    " totp_secret = NULL, totp_draft = NULL, totp_since = NULL, totp_last = 0,"
	    " status = 'anonymised', theme = 'auto', pronouns = '', password_set_at = NULL,"
	    " last_seen_on = NULL, warned_on = NULL, asleep = 0, version = version + 1"
	    " WHERE id = $1";
	struct str email = arena_fmt(a, "geloescht-%" PRId64 "@person.invalid", p->id);

	return db_run(
	    db, sql, WITH(INT(p->id), TEXT(name), TEXT(utf8_sort_key(a, name)), TEXT(email)), NULL);
}

/* Words of the audit that are about her: who acted, when and on what stays. */
static enum err blank_audit(struct db *db, struct arena *a, const struct erased *p)
{
	static const char sql[] = "UPDATE audit SET before = NULL, after = NULL WHERE object = $1";

	return db_run(db, sql, WITH(TEXT(arena_fmt(a, "person/%" PRId64, p->id))), NULL);
}

enum err person_erase(struct db *db, struct arena *a, const struct erased *p, int64_t by)
{
	static const char note_sql[] =
	    "INSERT INTO erasure (person_id, municipality_id, at, by) VALUES ($1, $2, $3, $4)"
	    " ON CONFLICT DO NOTHING";
	static const char letters_sql[] =
	    "UPDATE outbox SET subject = '(gelöscht)', body = '(gelöscht)', last_error = '',"
	    "  email = ''"
	    " WHERE person_id = $1";
	struct bind id = INT(p->id), now = INT(clock_now());
	struct bind today = TEXT(date_iso(a, date_today()));
	struct str name = p->municipality.n == 0
			      ? S("ehemalige Person")
			      : arena_fmt(a, "ehemalige Person (%.*s)", ARG(p->municipality));

	for (size_t i = 0; i < COUNT(gone); i++)
		TRY(db_run(db, gone[i], WITH(id), NULL));
	TRY(db_run(db, letters_sql, WITH(id), NULL));
	for (size_t i = 0; i < COUNT(ends_at); i++)
		TRY(db_run(db, ends_at[i], WITH(id, now), NULL));
	for (size_t i = 0; i < COUNT(ends_on); i++)
		TRY(db_run(db, ends_on[i], WITH(id, today), NULL));
	TRY(erased_names_go(db, a, p, name));
	TRY(rewrite_person(db, a, p, name));
	TRY(blank_audit(db, a, p));
	return db_run(db, note_sql, WITH(id, INT_OR_NONE(p->municipality_id), now, INT_OR_NONE(by)),
		      NULL);
}
