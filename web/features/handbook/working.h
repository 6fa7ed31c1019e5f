/*
 * working.h -- the working copy ("Arbeitsfassung"): the one text that editors change.
 *
 * It always exists beside the version in force.  Reviews and decisions look at frozen copies of it,
 * so work goes on meanwhile.
 */
#ifndef HANDBOOK_WORKING_H
#define HANDBOOK_WORKING_H

#include "app/app.h"

/* A new working copy with the text of this version.  The one before, if there is one, is kept as a
 * dropped draft. */
MUST enum err working_copy_renew(struct db *db, int64_t document_id, int64_t base_id);

/* Copies the list of pointers from one version to another, which has none yet. */
MUST enum err version_copy_text(struct db *db, int64_t from_id, int64_t to_id);

#endif
