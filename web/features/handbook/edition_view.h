/* edition_view.h -- the text of an edition on a page: the partial part/edition_text.html. */
#ifndef HANDBOOK_EDITION_VIEW_H
#define HANDBOOK_EDITION_VIEW_H

#include "features/handbook/edition_text.h"
#include "view/view.h"

/* Blocks of one section (0: before the first) into `v`.  `below_chapter`: several chapters share
 * the page, so headings stand one level deeper and footnotes get ids of their own. */
void edition_view_section(struct arena *a, struct view *v, const struct edition_text *t,
			  int64_t section, bool below_chapter);
/* The whole text: S_PREFACE and a row of S_CHAPTER_TEXT for each chapter. */
void edition_view_whole(struct arena *a, struct view *v, const struct edition_text *t);

#endif
