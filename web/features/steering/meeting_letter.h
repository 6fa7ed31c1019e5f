/*
 * meeting_letter.h -- what a meeting writes to the seats of the committee and to those who lead it,
 * take its minutes or present something: rows of the outbox, topic "meeting".
 *
 * Whoever has no seat reads nothing of a restricted point, except of an own one.
 */
#ifndef STEERING_MEETING_LETTER_H
#define STEERING_MEETING_LETTER_H

#include "features/steering/agenda.h"

/* With the agenda, and with the head of the register: so a rewritten history would be noticed. */
MUST enum err meeting_invitations(struct request *rq, const struct meeting *m,
				  const struct agenda *a);

/*
 * Reminders at eight in the morning, the day before the last day for answers and two days before
 * the meeting, to the seats of every municipality that has not answered; those of the others, and
 * of an earlier date, are called back.
 */
MUST enum err meeting_reminders(struct request *rq, const struct meeting *m);

enum news { NEWS_CHANGED, NEWS_ADDED, NEWS_MOVED, NEWS_CANCELLED };
struct meeting_news {
	enum news kind;
	struct str reason;           /* moved, cancelled */
	struct date old_day;         /* moved */
	const struct agenda *agenda; /* moved: templates whose deadline reads differently now */
	const struct agenda_entry *added;
};
/* Also to the authors of the templates. */
MUST enum err meeting_news(struct request *rq, const struct meeting *m,
			   const struct meeting_news *news);

/* To the person who holds a new proxy. */
MUST enum err proxy_letter(struct request *rq, const struct meeting *m, int64_t proxy_id);

#endif
