/*
 * own_data.h -- everything that is stored about somebody, for this person alone: one table of
 * statements makes the page and the download.
 */
#ifndef FEATURES_PEOPLE_OWN_DATA_H
#define FEATURES_PEOPLE_OWN_DATA_H

#include "app/app.h"

struct own_list {
	const char *title;
	/* "Kommune|seit|@angelegt": of the statement's columns.  '@' an instant, '!' the word of a
	 * role, anything else text. */
	const char *columns;
	const char *sql; /* $1: the person */
};
extern const struct own_list own_lists[];
extern const size_t own_list_count;

/* The download. */
MUST enum err own_data_json(struct request *rq, struct str *out);
/* S_LIST rows of rq->view; long lists are cut. */
MUST enum err own_data_show(struct request *rq);

#endif
