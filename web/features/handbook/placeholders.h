/* placeholders.h -- the placeholders of a handbook, as they are stored. */
#ifndef HANDBOOK_PLACEHOLDERS_H
#define HANDBOOK_PLACEHOLDERS_H

#include "app/app.h"
#include "features/handbook/placeholder.h"

/* All of them, in the order of their keys; they live in the request's arena. */
MUST enum err placeholders_load(struct request *rq, int64_t document_id, struct placeholders *out);

#endif
