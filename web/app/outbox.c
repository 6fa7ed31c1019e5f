/* outbox.c -- letters wait as rows. */
#include "app/outbox.h"

#include "app/mail_topics.h"
#include "base/clock.h"
#include "base/log.h"
#include "base/utf8.h"

enum { DEDUPE_MAX = 200 };

static struct str shortened(struct arena *a, struct str subject)
{
	if (utf8_chars(subject) <= LETTER_SUBJECT_MAX)
		return subject;
	return arena_fmt(a, "%.*s…", ARG(str_trim(utf8_head(subject, LETTER_SUBJECT_MAX - 1))));
}

enum err letter_render(struct arena *a, struct view *v, const char *template_file,
		       struct letter *out)
{
	struct str text;

	TRY(view_render(v, template_file, &text));
	size_t end = str_find_char(text, '\n');
	out->subject = shortened(a, str_trim(str_head(text, end)));
	out->body = str_trim(str_from(text, end));
	if (out->subject.n > 0 && out->body.n > 0)
		return OK;
	log_event(LOG_ERROR, "letter_incomplete", KV_C("template", template_file));
	return E_INTERNAL;
}

/* A line end in the subject would begin a header of its own. */
static bool is_letter(const struct letter *l)
{
	struct str topic = str_of(l->topic);

	return (mail_topic_named(topic) != NULL || str_eq(topic, S(MAIL_DIGEST))) &&
	       l->subject.n > 0 && utf8_clean(l->subject, false) &&
	       utf8_chars(l->subject) <= LETTER_SUBJECT_MAX && str_trim(l->body).n > 0 &&
	       utf8_clean(l->body, true) && l->dedupe.n > 0 && l->dedupe.n <= DEDUPE_MAX &&
	       utf8_clean(l->dedupe, false);
}

enum err outbox_put(struct db *db, const struct letter *l)
{
	static const char sql[] =
	    "INSERT INTO outbox"
	    " (person_id, topic, subject, body, dedupe, created_at, not_before, link, link_id,"
	    "  email) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)"
	    " ON CONFLICT (dedupe) DO UPDATE SET person_id = excluded.person_id,"
	    "  topic = excluded.topic, subject = excluded.subject, body = excluded.body,"
	    "  not_before = excluded.not_before, link = excluded.link, link_id = excluded.link_id,"
	    "  email = excluded.email,"
	    "  cancelled_at = NULL, given_up_at = NULL, digest_id = NULL, attempts = 0,"
	    "  last_error = ''"
	    "  WHERE outbox.sent_at IS NULL";

	if (!is_letter(l)) {
		log_event(LOG_ERROR, "letter_refused", KV("dedupe", l->dedupe));
		return E_INTERNAL;
	}
	return db_run(db, sql,
		      WITH(INT(l->person_id), TEXT(str_of(l->topic)), TEXT(l->subject),
			   TEXT(l->body), TEXT(l->dedupe), INT(clock_now()), INT(l->not_before),
			   TEXT(str_of(l->link)), INT_OR_NONE(l->link_id), TEXT(l->email)),
		      NULL);
}

enum err outbox_cancel(struct db *db, struct str dedupe_prefix)
{
	/* '0' is the character behind '/'. */
	static const char sql[] =
	    "UPDATE outbox SET cancelled_at = $1 WHERE sent_at IS NULL AND cancelled_at IS NULL"
	    " AND (dedupe = $2 OR (dedupe > $2 || '/' AND dedupe < $2 || '0'))";
	struct str path = dedupe_prefix;

	if (str_ends(path, S("/")))
		path = str_head(path, path.n - 1);
	if (path.n == 0) {
		log_event(LOG_ERROR, "outbox_cancel", KV("prefix", dedupe_prefix));
		return E_INTERNAL;
	}
	return db_run(db, sql, WITH(INT(clock_now()), TEXT(path)), NULL);
}
