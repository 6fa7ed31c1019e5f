/*
 * version_enforce.h -- what becomes of a version that was put up for decision.
 *
 * An editorial version needs a second person, one with new content the steering committee; nobody
 * decides on a version of their own (handbook: short path and resolution).
 */
#ifndef HANDBOOK_VERSION_ENFORCE_H
#define HANDBOOK_VERSION_ENFORCE_H

#include "features/handbook/version.h"

/* May the viewer answer this version, by this action (VERSION_APPROVE for editorial ones,
 * VERSION_DECIDE for content)? */
bool version_may_answer(const struct request *rq, const struct version *v, enum action action);
/* The same as a load: E_NOT_FOUND, or E_FORBIDDEN for one's own or one that is not proposed. */
MUST enum err version_load_proposed(struct request *rq, int64_t id, enum action action,
				    struct version *out);

/*
 * In force from today, as MAJOR.MINOR; the version before is superseded, the working copy goes on
 * from here, open feedback finds its place in it.  E_CONFLICT when another version has come into
 * force since this one was made.
 */
MUST enum err version_enforce(struct request *rq, const struct version *v, struct str decision);
/* The handbook is called as this version's first heading says. */
MUST enum err version_name_document(struct request *rq, const struct version *v);
MUST enum err version_drop(struct request *rq, const struct version *v, struct str reason);

#endif
