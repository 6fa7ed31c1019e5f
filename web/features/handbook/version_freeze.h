/*
 * version_freeze.h -- a version comes into being: a frozen copy of the working copy, put up for
 * review or for decision.
 */
#ifndef HANDBOOK_VERSION_FREEZE_H
#define HANDBOOK_VERSION_FREEZE_H

#include "features/handbook/version.h"

enum version_change { CHANGE_EDITORIAL, CHANGE_CONTENT };

/*
 * Copies the working copy into a new version in `state`: pointers to texts, chapters, and the
 * places of feedback that waits for the editors.  (As long as nobody has begun a working copy, the
 * version in force is copied.)  Its number is the one it may become, counted from the version in
 * force: 1.3 becomes 2.0 with new content and 1.4 editorially; its draft is the next one free for
 * that number.  Work in the working copy goes on and never reaches the new version.  E_NOT_FOUND
 * when there is no handbook.
 */
MUST enum err version_freeze(struct request *rq, enum version_state state,
			     enum version_change change, struct str summary, int64_t *id);

#endif
