/* demo.h -- invented data for a first look and for the browser tests. */
#ifndef DEMO_H
#define DEMO_H

#include "base/config.h"
#include "db/db.h"

/* Fills an empty database and prints the logins; exit status, 1 when there are people already
 * or the instance is not for development. */
int demo_command(struct db *db, struct arena *a, const struct config *c);

#endif
