/*
 * barrier.h -- reports of barriers: anybody may write one, six weeks are the time for an answer.
 *
 * Who is logged in gets the answer as a letter.  A guest may leave an address; letters of the
 * outbox go to people of the installation alone, so whoever answers writes to it by hand.
 */
#ifndef FEATURES_PEOPLE_BARRIER_H
#define FEATURES_PEOPLE_BARRIER_H

#include "app/form.h"

enum { BARRIER_DAYS = 42, BARRIER_TEXT_MAX = 5000, BARRIER_PAGE_MAX = 500 };

struct barrier {
	int64_t id, at, version, answered_at;
	struct str page, text, email, answer, answered_by;
	int64_t person_id;   /* 0: a guest */
	struct str reporter; /* name of the person */
	bool gone;           /* the person was erased since */
	struct date due;
};

/* "noch 12 Tage" with its sign, or "seit 3 Tagen überfällig". */
void barrier_clock_show(struct arena *a, struct view *v, const struct barrier *b);

handler barrier_new, barrier_create, barrier_list, barrier_show, barrier_answer;

#endif
