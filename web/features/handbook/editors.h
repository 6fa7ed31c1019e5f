/* editors.h -- the people whom feedback can be given to: all who may decide on it today. */
#ifndef HANDBOOK_EDITORS_H
#define HANDBOOK_EDITORS_H

#include "app/app.h"

struct editor {
	int64_t id;
	struct str name;
};

/* By name. */
MUST enum err editors_load(struct request *rq, struct editor **out, size_t *n);

#endif
