/* preview.h -- a text that is not stored yet, as it will be read. */
#ifndef HANDBOOK_PREVIEW_H
#define HANDBOOK_PREVIEW_H

#include "app/app.h"
#include "markup/markdown.h"

/* HTML of a parsed text of any length, with the internal values of placeholders and the table of
 * the task forces; headings from <h3> on. */
MUST enum err preview_html(struct request *rq, const struct markdown_document *doc,
			   struct str *out);

/* What its reading found, as S_WARNINGS of S_WARNING; nothing when nothing was found.  Lines only
 * where the reader has typed the whole text. */
void preview_show_warnings(struct view *v, const struct markdown_document *doc, bool lines);

#endif
