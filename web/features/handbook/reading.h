/* reading.h -- a page of the handbook: also the answer to a form below one of its blocks. */
#ifndef HANDBOOK_READING_H
#define HANDBOOK_READING_H

#include "features/handbook/feedback_form.h"

/* The chapter rq->slug of a version (empty: in force), or the contents with the text before the
 * first chapter when there is no slug; `place`: whose thread is open, or NULL; `sheet`: the form
 * below it, or NULL. */
MUST enum err reading_page(struct request *rq, struct str version_slug,
			   const struct feedback_place *place, const struct feedback_sheet *sheet,
			   int status);

#endif
