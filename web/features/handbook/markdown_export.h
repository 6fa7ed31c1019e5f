/* markdown_export.h -- a whole version as one Markdown text. */
#ifndef HANDBOOK_MARKDOWN_EXPORT_H
#define HANDBOOK_MARKDOWN_EXPORT_H

#include "features/handbook/manuscript.h"

/* Reads back as the same handbook.  Footnotes of two chapters that have one name get different
 * ones; a note that stands in two chapters word for word is written once. */
struct str markdown_export(struct arena *a, const struct manuscript *m);

#endif
