/*
 * pages.h -- pages that the operator edits as Markdown files (settings: pages), and the help.
 *
 * "/impressum" is impressum.md; its first heading is the title.  A file that is missing says so on
 * the page, because a site without an imprint must not look finished.
 */
#ifndef HOME_PAGES_H
#define HOME_PAGES_H

#include "app/app.h"

MUST enum err page_show(struct request *rq);
MUST enum err help_show(struct request *rq);
MUST enum err health_show(struct request *rq); /* for monitoring */

#endif
