/* diff_show.c -- deleted and inserted words as rows of a template. */
#include "app/diff_show.h"

#include "gen/views.h"

enum { JUMPS_MAX = 30 };

static struct view *show_part(struct view *v, const struct diff_part *p)
{
	struct view *part = view_row(v, S_PART);
	const char *kind = p->kind == DIFF_DELETED    ? S_DELETED
			   : p->kind == DIFF_INSERTED ? S_PUT_IN
						      : S_SAME;
	struct view *words = view_row(part, kind);

	view_text(words, V_TEXT, p->text);
	return words;
}

void diff_show(struct view *v, const struct diff *d)
{
	for (size_t i = 0; i < d->n; i++)
		(void)show_part(v, &d->parts[i]);
}

void diff_show_jumps(struct view *v, const struct diff *d)
{
	struct view *list = d->changes > 1 ? view_row(v, S_CHANGES) : NULL;
	size_t last = 0;

	for (size_t i = 0; i < d->n; i++) {
		struct view *words = show_part(v, &d->parts[i]);
		size_t change = d->parts[i].change;
		if (list == NULL || change <= last || change > JUMPS_MAX)
			continue;
		last = change;
		view_int(view_row(words, S_MARK), V_CHANGE, (int64_t)change);
		struct view *link = view_row(list, S_CHANGE_LINK);
		view_int(link, V_CHANGE, (int64_t)change);
		view_int(link, V_COUNT, (int64_t)d->changes);
	}
}
