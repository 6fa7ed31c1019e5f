/*
 * version_decision.h -- what the steering committee decided about a version with new content.
 *
 * The version asks for it with a row of decision_request; the committee's template stands there
 * once somebody took the request up.  Only a vote it was adopted in brings the version into force.
 */
#ifndef HANDBOOK_VERSION_DECISION_H
#define HANDBOOK_VERSION_DECISION_H

#include "features/handbook/version.h"

struct version_decision {
	struct str slug;  /* "2026-14"; empty: nobody has made a template of the request yet */
	struct str title; /* as last written */
	bool adopted, rejected;
	int64_t decided_at; /* 0: not decided */
};
MUST enum err version_decision_load(struct request *rq, const struct version *v,
				    struct version_decision *out);
/* "Beschluss zu 2026-14 vom 19. November 2026": as it is written down with the version. */
struct str version_decision_words(struct arena *a, const struct version_decision *d);

#endif
