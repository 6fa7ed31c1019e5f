/*
 * write.h -- blocks of a document back to Markdown: for editing a section in one field, and for
 * the export of the whole.  Pure.
 */
#ifndef MARKUP_WRITE_H
#define MARKUP_WRITE_H

#include "markup/markdown.h"

/*
 * Reads kind, level, ordered, number, group, markdown and label of each block.  markdown_document
 * of the result gives the same blocks again (groups are counted anew), as long as they came from
 * there, and in this order.  Footnotes are written at the end, after them the link definitions
 * that the blocks brought along, each once.  Neighbouring lists of different groups stay apart by
 * another bullet or another sign behind the number.
 *
 * Not kept: where a document of more than 24 KB without a heading was cut in the middle of a list,
 * and a table whose first line stands further left than the item that it is in.
 *
 * A block that was edited alone may come back as several ("a\n\nb" as two paragraphs).  Where two
 * of them mean different addresses by one [label], one gets another label.  A selection of blocks
 * reads as well as it can: items whose parent is missing move up, rows whose head is missing get an
 * empty one.  Labels of footnotes must be unique.
 */
struct str markdown_write(struct arena *a, const struct block *const *blocks, size_t n);

/* The first block that would not come back the same from what is written of these; NULL: all do.
 * What a person saves is asked this, so that nothing changes by itself the next time. */
const struct block *markdown_unkept(struct arena *a, const struct block *const *blocks, size_t n);

#endif
