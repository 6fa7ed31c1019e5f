/* contents.h -- the chapters of a version as a list: where one is, its sections, what waits. */
#ifndef HANDBOOK_CONTENTS_H
#define HANDBOOK_CONTENTS_H

#include "features/handbook/version.h"

/* Rows S_CHAPTER; the current one with its sections to jump to. */
MUST enum err contents_show(struct request *rq, const struct version *version,
			    const struct chapters *chapters);

#endif
