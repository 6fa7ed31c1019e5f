/*
 * shelf.h -- what pages said last, kept in the memory of a worker while it stays true.
 *
 * For routes marked GET_SHARED: a body is found again by its address with the query and by the
 * roles and the municipality of the viewer, and only until anything in the database or the date
 * changes. For GET_KEPT: by the person as well, and for a minute at most.
 */
#ifndef APP_SHELF_H
#define APP_SHELF_H

#include "app/app.h"

/* In the running transaction, before the handler.  What is found lives until the next shelf_put. */
bool shelf_find(struct request *rq, struct page_body *out);
/* Keeps a copy, in place of the oldest; no promise: a very large body is not kept. */
void shelf_put(const struct request *rq, const struct page_body *body);

/* What stands in the body of a GET_KEPT where its forms have their tokens: as long as these, and a
 * secret of this process, so that nobody can write it into a page. */
struct str shelf_csrf(void);
struct str shelf_key(void);

#endif
