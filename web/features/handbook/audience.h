/* audience.h -- who reads a block: the project alone, everybody, or only people outside. */
#ifndef HANDBOOK_AUDIENCE_H
#define HANDBOOK_AUDIENCE_H

#include "app/app.h"

/* As stored; empty when it is none. */
struct str audience_named(struct str value);
/* S_IS_INTERNAL, S_IS_BOTH or S_IS_PUBLIC of a select. */
void audience_show(struct view *v, struct str audience);

#endif
