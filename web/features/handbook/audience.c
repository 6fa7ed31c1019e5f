/* audience.c -- names of who reads a block. */
#include "features/handbook/audience.h"

static const struct {
	struct str name;
	const char *mark;
} audiences[] = {{S_INIT("internal"), S_IS_INTERNAL},
		 {S_INIT("both"), S_IS_BOTH},
		 {S_INIT("public"), S_IS_PUBLIC}};
enum { AUDIENCES = sizeof audiences / sizeof audiences[0] };

struct str audience_named(struct str value)
{
	for (size_t k = 0; k < AUDIENCES; k++)
		if (str_eq(value, audiences[k].name))
			return audiences[k].name;
	return S("");
}

void audience_show(struct view *v, struct str audience)
{
	for (size_t k = 0; k < AUDIENCES; k++)
		view_show_if(v, audiences[k].mark, str_eq(audience, audiences[k].name));
}
