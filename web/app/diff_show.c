/* diff_show.c -- deleted and inserted words as rows of a template. */
#include "app/diff_show.h"

#include "gen/views.h"

void diff_show(struct view *v, const struct diff *d)
{
	for (size_t i = 0; i < d->n; i++) {
		const struct diff_part *p = &d->parts[i];
		struct view *part = view_row(v, S_PART);
		const char *kind = p->kind == DIFF_DELETED    ? S_DELETED
				   : p->kind == DIFF_INSERTED ? S_PUT_IN
							      : S_SAME;
		view_text(view_row(part, kind), V_TEXT, p->text);
	}
}
