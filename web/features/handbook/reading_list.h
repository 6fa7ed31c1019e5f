/* reading_list.h -- which chapters of a version the viewer has confirmed as read. */
#ifndef HANDBOOK_READING_LIST_H
#define HANDBOOK_READING_LIST_H

#include "features/handbook/version.h"

/* For whoever is asked about a version: V_CHAPTERS_READ of V_CHAPTERS, S_LOOKED_AT and
 * S_NOT_LOOKED_AT with their S_CHAPTER, each with its address. */
MUST enum err reading_progress_show(struct request *rq, const struct version *v, struct view *into);

#endif
