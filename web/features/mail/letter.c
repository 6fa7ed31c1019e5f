/* letter.c -- takes, writes and marks one letter. */
#include "features/mail/letter.h"

#include "app/mail_topics.h"
#include "base/clock.h"
#include "base/log.h"
#include "base/secret.h"
#include "base/utf8.h"
#include "export/mail_message.h"
#include "gen/views.h"
#include "view/view.h"

#include <inttypes.h>

enum { BACK_OFF_MAX = 4 * 3600, WHY_MAX = 300 };

/* What decides whether a letter goes out. */
struct candidate {
	struct taken t;
	struct str status;
	enum mail_mode mode;
};

int64_t letter_back_off(int64_t attempt)
{
	int64_t seconds = 60;

	for (int64_t i = 1; i < attempt && seconds < BACK_OFF_MAX; i++)
		seconds *= 2;
	return seconds < BACK_OFF_MAX ? seconds : BACK_OFF_MAX;
}

/* ---- Taking ---- */

static enum err load(struct sender *s, int64_t id, struct candidate *c)
{
	static const char sql[] =
	    "SELECT o.attempts, o.created_at, o.topic, o.subject, o.body, o.link,"
	    "       coalesce(o.link_id, 0), p.name,"
	    "       CASE o.email WHEN '' THEN p.email ELSE o.email END, p.status, coalesce(m.mode, "
	    "'')"
	    "  FROM outbox o JOIN person p ON p.id = o.person_id"
	    "  LEFT JOIN mail_setting m ON m.person_id = o.person_id AND m.topic = o.topic"
	    " WHERE o.id = $1 AND o.sent_at IS NULL AND o.cancelled_at IS NULL"
	    "   AND o.given_up_at IS NULL AND o.digest_id IS NULL AND o.not_before <= $2";
	struct rows r = db_query(s->db, sql, WITH(INT(id), INT(clock_now())));

	if (!rows_next(&r))
		return r.err != OK ? r.err : E_NOT_FOUND;
	*c = (struct candidate){.t = {.id = id,
				      .attempt = col_int(&r, 0) + 1,
				      .created_at = col_int(&r, 1),
				      .topic = col_text(&r, 2),
				      .subject = col_text(&r, 3),
				      .body = col_text(&r, 4),
				      .link = col_text(&r, 5),
				      .link_id = col_int(&r, 6),
				      .name = col_text(&r, 7),
				      .email = col_text(&r, 8)},
				.status = col_text(&r, 9),
				.mode = mail_mode_named(col_text(&r, 10))};
	return OK;
}

/* People who left get nothing; who is not here yet, or suspended, only what concerns that. */
static bool is_wanted(const struct candidate *c)
{
	const struct mail_topic *topic = mail_topic_named(c->t.topic);

	if (str_eq(c->status, S("active")))
		return topic == NULL || !topic->chosen || c->mode != MAIL_OFF;
	if (topic == NULL)
		return false;
	return (str_eq(c->status, S("invited")) && topic->to_invited) ||
	       (str_eq(c->status, S("suspended")) && topic->to_suspended);
}

/* Links by their word: the page behind them, and the statement that writes the token's hash $2 into
 * the row $1 at the instant $3. */
static const struct link_kind {
	struct str word;
	const char *page, *bind;
} link_kinds[] = {
    {S_INIT("invitation"), "einladung",
     "UPDATE invitation SET token_hash = $2, version = version + 1"
     " WHERE id = $1 AND accepted_at IS NULL AND revoked_at IS NULL AND expires_at > $3"},
    {S_INIT("password_reset"), "passwort",
     "UPDATE password_reset SET token_hash = $2, expires_at = $3 + 3600"
     " WHERE id = $1 AND used_at IS NULL AND created_at > $3 - 86400"},
    {S_INIT("email_change"), "adresse",
     "UPDATE email_change SET token_hash = $2, expires_at = $3 + 86400"
     " WHERE id = $1 AND used_at IS NULL AND created_at > $3 - 3 * 86400"},
};

static const struct link_kind *link_kind_named(struct str word)
{
	for (size_t i = 0; i < sizeof link_kinds / sizeof link_kinds[0]; i++)
		if (str_eq(link_kinds[i].word, word))
			return &link_kinds[i];
	return NULL;
}

static struct str with_link(struct arena *a, struct str body, struct str address)
{
	struct str rest = body, line;
	struct buf b = {.arena = a};

	while (str_cut(&rest, '\n', &line)) {
		buf_add(&b, str_eq(str_trim(line), S("{LINK}")) ? address : line);
		buf_char(&b, '\n');
	}
	return buf_str(&b);
}

/* The hash of a new token is written down: that of an earlier attempt opens nothing any more.  No
 * row changed: the link is no longer wanted. */
static enum err add_link(struct sender *s, struct taken *t)
{
	const struct link_kind *kind = link_kind_named(t->link);
	struct str token = secret_token(s->arena);
	struct bind hash = BLOB(secret_hash(s->arena, token, S("")));
	int64_t changed = 0;

	if (kind == NULL)
		return E_INTERNAL;
	TRY(db_run(s->db, kind->bind, WITH(INT(t->link_id), hash, INT(clock_now())), &changed));
	t->wanted = changed == 1;
	t->body = with_link(
	    s->arena, t->body,
	    arena_fmt(s->arena, "%.*s/%s/%.*s", ARG(s->config->base_url), kind->page, ARG(token)));
	return OK;
}

static enum err take(struct sender *s, int64_t id, struct taken *out)
{
	static const char lease[] =
	    "UPDATE outbox SET attempts = $2, not_before = $3 WHERE id = $1";
	static const char call_back[] =
	    "UPDATE outbox SET cancelled_at = $2"
	    " WHERE (id = $1 OR digest_id = $1) AND sent_at IS NULL AND cancelled_at IS NULL";
	int64_t now = clock_now();
	struct candidate c;

	TRY(load(s, id, &c));
	c.t.wanted = is_wanted(&c);
	if (c.t.wanted && c.t.link.n > 0)
		TRY(add_link(s, &c.t));
	*out = c.t;
	if (!c.t.wanted)
		return db_run(s->db, call_back, WITH(INT(id), INT(now)), NULL);
	return db_run(s->db, lease,
		      WITH(INT(id), INT(c.t.attempt), INT(now + letter_back_off(c.t.attempt))),
		      NULL);
}

enum err letter_take(struct sender *s, int64_t id, struct taken *out)
{
	TRY(db_begin_write(s->db, s->arena));
	enum err err = take(s, id, out);
	if (err == OK)
		err = db_commit(s->db);
	db_rollback(s->db);
	return err;
}

/* ---- Writing ---- */

static enum err frame(struct sender *s, const struct taken *t, struct str *out)
{
	const struct mail_topic *topic = mail_topic_named(t->topic);
	struct view *v = view_new(s->arena);

	view_text(v, V_BODY, t->body);
	view_text(v, V_COOPERATION, s->config->cooperation);
	if (str_eq(t->topic, S(MAIL_DIGEST)) || (topic != NULL && topic->chosen))
		view_text(view_row(v, S_CHOICE), V_SETTINGS,
			  arena_fmt(s->arena, "%.*s/profil/benachrichtigungen",
				    ARG(s->config->base_url)));
	return view_render(v, "mail/letter_frame.txt", out);
}

enum err letter_message(struct sender *s, const struct taken *t, struct str *out)
{
	struct mail_message m = {
	    .from_name = arena_fmt(s->arena, "Handschlag %.*s", ARG(s->config->cooperation)),
	    .from = s->config->mail_from,
	    .to_name = t->name,
	    .to = t->email,
	    .subject = t->subject,
	    .date = clock_now()};

	m.id = arena_fmt(s->arena, "%" PRId64 ".%" PRId64 "@%.*s", t->id, t->created_at,
			 ARG(str_host(s->config->base_url)));
	TRY(frame(s, t, &m.body));
	return mail_message(s->arena, &m, out) ? OK : E_INTERNAL;
}

/* ---- Marking ---- */

/* A letter that was replaced while it was under way has begun anew and is not marked. */
static enum err mark_sent(struct sender *s, const struct taken *t)
{
	static const char letter[] = "UPDATE outbox SET sent_at = $3, cancelled_at = NULL,"
				     "  last_error = '' WHERE id = $1 AND attempts = $2";
	static const char inside[] = "UPDATE outbox SET sent_at = $2"
				     " WHERE digest_id = $1 AND cancelled_at IS NULL";
	static const char invited[] =
	    "UPDATE invitation SET sent_count = sent_count + 1 WHERE id = $1";
	static const char run[] =
	    "INSERT INTO mail_run (id, ran_at, sent_at) VALUES (1, $1, $1)"
	    " ON CONFLICT (id) DO UPDATE SET ran_at = excluded.ran_at, sent_at = excluded.sent_at";
	struct bind now = INT(clock_now()), id = INT(t->id);

	TRY(db_run(s->db, letter, WITH(id, INT(t->attempt), now), NULL));
	TRY(db_run(s->db, inside, WITH(id, now), NULL));
	if (str_eq(t->link, S("invitation")))
		TRY(db_run(s->db, invited, WITH(INT(t->link_id)), NULL));
	return db_run(s->db, run, WITH(now), NULL);
}

/* A line of a stranger's server: one line of clean text, and not a long one. */
static struct str tidy(struct arena *a, struct str why)
{
	struct buf b = {.arena = a};
	size_t at = 0;

	while (at < why.n && b.n < WHY_MAX) {
		uint32_t c = utf8_next(why, &at);
		utf8_put(&b, c < ' ' || (c >= 0x7f && c < 0xa0) ? ' ' : c);
	}
	return str_trim(buf_str(&b));
}

static enum err mark_failed(struct sender *s, const struct taken *t, enum smtp_outcome outcome,
			    struct str why)
{
	static const char letter[] = "UPDATE outbox SET last_error = $3, given_up_at = $4"
				     " WHERE id = $1 AND attempts = $2 AND sent_at IS NULL";
	static const char run[] =
	    "INSERT INTO mail_run (id, ran_at, error_at, last_error) VALUES (1, $1, $1, $2)"
	    " ON CONFLICT (id) DO UPDATE SET ran_at = excluded.ran_at,"
	    "  error_at = excluded.error_at, last_error = excluded.last_error";
	bool over = outcome == SMTP_REFUSED || t->attempt >= ATTEMPTS_MAX;
	int64_t now = clock_now();

	TRY(db_run(s->db, letter,
		   WITH(INT(t->id), INT(t->attempt), TEXT(why), INT_OR_NONE(over ? now : 0)),
		   NULL));
	log_event(over ? LOG_ERROR : LOG_WARN, over ? "letter_given_up" : "letter_later",
		  KV_INT("letter", t->id), KV_INT("attempt", t->attempt), KV("why", why));
	if (outcome != SMTP_DOWN)
		return OK;
	return db_run(s->db, run, WITH(INT(now), TEXT(why)), NULL);
}

enum err letter_mark(struct sender *s, const struct taken *t, enum smtp_outcome outcome,
		     struct str why)
{
	TRY(db_begin_write(s->db, s->arena));
	enum err err = outcome == SMTP_TAKEN ? mark_sent(s, t)
					     : mark_failed(s, t, outcome, tidy(s->arena, why));
	if (err == OK)
		err = db_commit(s->db);
	db_rollback(s->db);
	return err;
}
