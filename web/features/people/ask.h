/* ask.h -- asks the operator, on the terminal or from a pipe. */
#ifndef FEATURES_PEOPLE_ASK_H
#define FEATURES_PEOPLE_ASK_H

#include "base/arena.h"

/* One line from the terminal; false when standard input is none, or ended. */
bool ask_line(struct arena *a, const char *question, struct str *answer);
/* On a terminal without echo and twice; from a pipe its first line.  false: none, or not the same
 * twice (said on standard error). */
bool ask_password(struct arena *a, struct str *password);

#endif
