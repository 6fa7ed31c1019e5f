/* register_command.h -- `handschlag register export FILE`; `verify` is in register_verify.h. */
#ifndef STEERING_REGISTER_COMMAND_H
#define STEERING_REGISTER_COMMAND_H

#include "db/db.h"

int register_command(struct db *db, struct arena *a, int argc, char **argv);

#endif
