/*
 * outbox.h -- letters to people: rows of the request's transaction, sent later by another process.
 *
 *	struct letter l = {.not_before = half_time};
 *	TRY(round_reminder(rq->arena, &mail, days, &l));
 *	l.dedupe = arena_fmt(rq->arena, "round/%" PRId64 "/half/%" PRId64, round, person);
 *	TRY(outbox_put(rq->db, &l));
 */
#ifndef APP_OUTBOX_H
#define APP_OUTBOX_H

#include "base/arena.h"
#include "base/err.h"
#include "db/db.h"
#include "view/view.h"

enum { LETTER_SUBJECT_MAX = 200 }; /* characters */

struct letter {
	int64_t person_id;
	const char *topic;        /* "review_round": one of mail_topics.h */
	struct str subject, body; /* plain text; links from config.base_url, never from a request */
	/* A path that says what makes it this letter and no other, and by whose beginning it can be
	 * called back: "round/3/half/12". */
	struct str dedupe;
	int64_t not_before; /* UTC seconds; 0: at once */
	/* Where it goes, when not to the address the person has on the day it is sent: a new one
	 * that is not confirmed, an old one.  Empty: to that one. */
	struct str email;
	/* "invitation", "password_reset" or "email_change", and the row there: the sender makes a
	 * token, writes its hash into that row and the address instead of the line {LINK}.  NULL:
	 * no secret link. */
	const char *link;
	int64_t link_id;
};

/*
 * Fills in subject and body from a template of views/mail: its first line is the subject, cut after
 * LETTER_SUBJECT_MAX characters; the body begins behind the blank lines that follow.  E_INTERNAL as
 * for view_render, and when one of the two is empty.
 */
MUST enum err letter_render(struct arena *a, struct view *v, const char *template_file,
			    struct letter *out);

/*
 * The same dedupe again replaces what has not been sent: text, time, recipient; a letter that was
 * called back, or given up, comes to life.  One that was sent stays as it is, and no second one is
 * written.
 * E_INTERNAL for a letter that is none: without text or dedupe, about no topic of mail_topics.h, or
 * with control characters.
 */
MUST enum err outbox_put(struct db *db, const struct letter *l);

/*
 * Calls back the letter with this dedupe and all below it, as far as they are not sent: "round/3"
 * (or "round/3/") means "round/3/half/12" too, but not "round/30".
 */
MUST enum err outbox_cancel(struct db *db, struct str dedupe_prefix);

#endif
