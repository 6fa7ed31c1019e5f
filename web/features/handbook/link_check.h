/*
 * link_check.h -- links that lead nowhere, told to editors before they save.
 *
 * Checked is what can be known here: chapters and blocks of the text as it will be, and addresses
 * of this program.  Whether an object behind an address exists is not asked (that could be a
 * secret), nor what other versions have; other sites are never called.
 */
#ifndef HANDBOOK_LINK_CHECK_H
#define HANDBOOK_LINK_CHECK_H

#include "features/handbook/manuscript.h"
#include "features/handbook/outline.h"

#include "app/app.h"

enum { LINKS_WARNED = 50 };

/* Looks through v[at.from] … v[at.to - 1] of the text to come, whose outline this is, and adds a
 * warning to `doc` for each, LINKS_WARNED at most. */
void links_check(const struct request *rq, const struct manuscript *next, struct passages at,
		 const struct outline *o, struct markdown_document *doc);

#endif
