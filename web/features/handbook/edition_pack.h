/* edition_pack.h -- an edition as a Markdown file that others make their own from. */
#ifndef HANDBOOK_EDITION_PACK_H
#define HANDBOOK_EDITION_PACK_H

#include "features/handbook/edition.h"

/* Slots in square brackets, notes for re-users as quotes and footnotes, licence and day at the
 * top.  The same bytes from the making of an edition to its end. */
struct str edition_pack(struct arena *a, const struct edition *e, const struct edition_text *t);

#endif
