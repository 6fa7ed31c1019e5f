/* diff_show.h -- two wordings on a page: the rows of the partial part/diff.html. */
#ifndef APP_DIFF_SHOW_H
#define APP_DIFF_SHOW_H

#include "markup/diff.h"
#include "view/view.h"

/* Deleted and inserted words carry hidden words too, so colour and lines are never alone. */
void diff_show(struct view *v, const struct diff *d);

#endif
