/*
 * worked_in.h -- which version has what a remark asked for ("eingearbeitet in").
 *
 * Editors note it when they change the working copy, so the mark says "nächste Fassung" at first.
 * It goes along when the working copy is frozen: with the first frozen version that has it, at last
 * with the one that comes into force.  A version that is dropped gives it back.
 */
#ifndef HANDBOOK_WORKED_IN_H
#define HANDBOOK_WORKED_IN_H

#include "features/handbook/feedback.h"
#include "features/handbook/version.h"

/* The author hears of it when the version can be read. */
MUST enum err worked_in_mark(struct request *rq, const struct feedback *f, int64_t revision_id);

/* A frozen copy of the working copy came into being, in the same transaction. */
MUST enum err worked_in_freeze(struct request *rq, int64_t working_id, int64_t frozen_id);
/* It is in force: it has what all drafts before it had. */
MUST enum err worked_in_enforce(struct request *rq, const struct version *v);
MUST enum err worked_in_drop(struct request *rq, const struct version *v);

/* What a mark may name: the working copy first, then what is on its way, then what is in force. */
MUST enum err worked_in_choices(struct request *rq, struct version **out, size_t *n);

#endif
