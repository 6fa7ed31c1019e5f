/* diff_show.h -- two wordings on a page: the rows of the partial part/diff.html. */
#ifndef APP_DIFF_SHOW_H
#define APP_DIFF_SHOW_H

#include "markup/diff.h"
#include "view/view.h"

/* Deleted and inserted words carry hidden words too, so colour and lines are never alone. */
void diff_show(struct view *v, const struct diff *d);
/* The same with a link to each change, for the only comparison of a page: also the rows of
 * part/diff_jumps.html. */
void diff_show_jumps(struct view *v, const struct diff *d);

#endif
