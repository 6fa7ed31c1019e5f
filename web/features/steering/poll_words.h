/* poll_words.h -- votes in German: results, statuses, what abstaining does. */
#ifndef STEERING_POLL_WORDS_H
#define STEERING_POLL_WORDS_H

#include "features/steering/poll.h"

struct str poll_result_label(const struct poll *p); /* "angenommen", "abgebrochen" */
/* What was counted, also when it counts no more. */
struct str poll_tally_label(const struct poll *p);
struct str unit_status_label(enum unit_status s);           /* "Ja", "befangen" */
const char *unit_status_sign(enum unit_status s);           /* section of the sign: S_SIGN_GREEN */
struct str abstaining_words(const struct tally_rule *rule); /* said before anybody casts */
/* With its seconds, as it is kept: "26. November 2026, 10:51:07 Uhr". */
struct str instant_words(struct arena *a, int64_t instant);

#endif
