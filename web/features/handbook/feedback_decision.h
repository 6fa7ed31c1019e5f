/* feedback_decision.h -- what the editors make of a remark: read from a form, checked, stored. */
#ifndef HANDBOOK_FEEDBACK_DECISION_H
#define HANDBOOK_FEEDBACK_DECISION_H

#include "app/form.h"
#include "features/handbook/feedback.h"

struct feedback_decision {
	enum outcome outcome; /* OUTCOME_COUNT: none was chosen */
	struct str reason;
	struct date until;    /* of what is postponed */
	int64_t duplicate_of; /* 0: none */
};

/* The fields FEEDBACK_OUTCOME, _REASON, _UNTIL and _DUPLICATE of a form that has begun. */
MUST enum err feedback_decision_read(struct form *form, struct feedback_decision *out);
/* No remark is a duplicate of itself, and no two are duplicates of each other. */
MUST enum err feedback_decision_fits(struct request *rq, const struct feedback *f,
				     const struct feedback_decision *d, bool *fits);
/* Decides, asks the committee if that is the outcome, writes to the author.  E_CONFLICT when
 * somebody was faster. */
MUST enum err feedback_decision_store(struct request *rq, const struct feedback *f,
				      const struct feedback_decision *d, int64_t row_version);

#endif
