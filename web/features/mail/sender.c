/* sender.c -- one run through the outbox. */
#include "features/mail/sender.h"

#include "app/mail_topics.h"
#include "base/clock.h"
#include "base/log.h"
#include "features/mail/digest.h"
#include "features/mail/letter.h"

/* How often the page about the state of sending is told that we are there. */
enum { SIGN_OF_LIFE_SECONDS = 15 * 60 };

/* A sign of life only now and then: every write makes the workers' kept pages old. */
static enum err say_alive(struct sender *s)
{
	static const char last_sql[] = "SELECT coalesce(max(ran_at), 0) FROM mail_run";
	static const char sql[] = "INSERT INTO mail_run (id, ran_at) VALUES (1, $1)"
				  " ON CONFLICT (id) DO UPDATE SET ran_at = excluded.ran_at";
	int64_t now = clock_now(), last = 0;

	TRY(db_begin_read(s->db, s->arena));
	enum err err = db_int(s->db, last_sql, WITH_NOTHING, &last);
	db_rollback(s->db);
	if (err != OK || now < last + SIGN_OF_LIFE_SECONDS)
		return err;
	TRY(db_begin_write(s->db, s->arena));
	err = db_run(s->db, sql, WITH(INT(now)), NULL);
	if (err == OK)
		err = db_commit(s->db);
	db_rollback(s->db);
	return err;
}

/* The next letter behind `after` in the order of their numbers; E_NOT_FOUND: none is due. */
static enum err next_due(struct sender *s, int64_t after, int64_t *id)
{
	static const char sql[] =
	    "SELECT o.id FROM outbox o"
	    "  LEFT JOIN mail_setting m ON m.person_id = o.person_id AND m.topic = o.topic"
	    "   AND instr($2, ' ' || o.topic || ' ') > 0"
	    " WHERE o.sent_at IS NULL AND o.cancelled_at IS NULL AND o.given_up_at IS NULL"
	    "   AND o.digest_id IS NULL AND o.not_before <= $1 AND o.id > $3"
	    "   AND coalesce(m.mode, '') NOT IN ('daily', 'weekly')"
	    " ORDER BY o.id LIMIT 1";

	TRY(db_begin_read(s->db, s->arena));
	enum err err = db_int(
	    s->db, sql, WITH(INT(clock_now()), TEXT(mail_topics_chosen(s->arena)), INT(after)), id);
	db_rollback(s->db);
	return err;
}

/* A letter that cannot be written is nobody's fault but ours or the address's: given up, shown. */
static enum err send_one(struct sender *s, int64_t id, enum smtp_outcome *outcome)
{
	struct str message, why = S("");
	struct taken t;

	TRY(letter_take(s, id, &t));
	if (!t.wanted)
		return E_NOT_FOUND;
	if (letter_message(s, &t, &message) == OK) {
		*outcome = s->carrier.carry(s->carrier.context, s->arena, s->config->mail_from,
					    t.email, message, &why);
	} else {
		*outcome = SMTP_REFUSED;
		why = S("Der Brief ließ sich nicht schreiben; meist stimmt die Adresse nicht.");
	}
	return letter_mark(s, &t, *outcome, why);
}

static bool stopped(const struct sender *s)
{
	return s->stop != NULL && *s->stop != 0;
}

enum err sender_run(struct sender *s, int64_t *sent)
{
	enum smtp_outcome outcome = SMTP_TAKEN;
	int64_t id = 0;

	*sent = 0;
	arena_reset(s->arena);
	TRY(say_alive(s));
	TRY(digests_compose(s));
	while (outcome != SMTP_DOWN && !stopped(s)) {
		arena_reset(s->arena);
		enum err err = next_due(s, id, &id);
		if (err == E_NOT_FOUND)
			return OK;
		TRY(err);
		err = send_one(s, id, &outcome);
		if (err == E_NOT_FOUND) /* called back meanwhile, or by us */
			continue;
		TRY(err);
		*sent += outcome == SMTP_TAKEN;
	}
	return OK;
}
