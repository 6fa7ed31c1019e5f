/* changes_show.h -- what changed between two texts, on a page: the partial part/changes.html. */
#ifndef HANDBOOK_CHANGES_SHOW_H
#define HANDBOOK_CHANGES_SHOW_H

#include "app/app.h"
#include "features/handbook/compare.h"

enum changes_style { CHANGES_IN_TEXT, CHANGES_BESIDE, CHANGES_ONLY_NEW, CHANGES_STYLES };

/* In the style that the query asks for ("ansicht"): the list, the jumps to it, the counts, and
 * which style is chosen. */
/* Something about a block that changed, put into its entry; show == NULL: nothing. */
struct changes_note {
	void (*show)(const void *context, int64_t block_id, struct view *entry);
	const void *context;
};
void changes_show(struct request *rq, const struct manuscript *from, const struct manuscript *to,
		  struct changes_note note);

#endif
