/* demo_steering.h -- takes the demo's templates through their steps. */
#ifndef DEMO_STEERING_H
#define DEMO_STEERING_H

#include "base/config.h"
#include "db/db.h"

/* In the running write transaction, after demo_steering.sql. */
MUST enum err demo_steering(struct db *db, struct arena *a, const struct config *c);

struct request;
/* The viewer's municipality stores a key that nobody has afterwards, and signs the newest head. */
MUST enum err demo_countersign(struct request *rq);

#endif
