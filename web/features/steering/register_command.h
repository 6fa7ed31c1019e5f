/* register_command.h -- `handschlag register export FILE` and `register oparl DIRECTORY [ADDRESS]`;
 * `verify` is in register_verify.h. */
#ifndef STEERING_REGISTER_COMMAND_H
#define STEERING_REGISTER_COMMAND_H

#include "app/app.h"

/* Of the app only its settings count. */
int register_command(struct db *db, struct arena *a, const struct app *app, int argc, char **argv);

#endif
