/*
 * mail_topics.h -- what letters are about: which of them a person may read once a day or not at
 * all, and who gets them without being active.  outbox_put refuses any other topic; one that
 * waits since an older version is sent at once, and to active people only.
 */
#ifndef APP_MAIL_TOPICS_H
#define APP_MAIL_TOPICS_H

#include "base/arena.h"

enum mail_mode { MAIL_AT_ONCE, MAIL_DAILY, MAIL_WEEKLY, MAIL_OFF };
enum { MAIL_MODES = 4 };

struct mail_topic {
	struct str name;  /* in outbox.topic */
	struct str label; /* "Rückmelderunden zum Handbuch" */
	struct str what;  /* which letters these are */
	bool chosen;      /* the person chooses how */
	bool to_invited, to_suspended;
};

enum { MAIL_TOPICS = 12 };
extern const struct mail_topic mail_topics[MAIL_TOPICS]; /* those to choose come first */

const struct mail_topic *mail_topic_named(struct str name); /* NULL for an unknown one */

/* A summary of letters is about none of them. */
#define MAIL_DIGEST "digest"

/* " feedback review_round … ": the names of those to choose, for a query to look in. */
struct str mail_topics_chosen(struct arena *a);

struct str mail_mode_name(enum mail_mode mode);  /* in mail_setting.mode: "at_once" */
enum mail_mode mail_mode_named(struct str name); /* MAIL_AT_ONCE for anything unknown */

#endif
