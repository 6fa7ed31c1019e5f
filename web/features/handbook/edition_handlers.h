/* edition_handlers.h -- the pages of editions inside, shared by what shows and what acts. */
#ifndef HANDBOOK_EDITION_HANDLERS_H
#define HANDBOOK_EDITION_HANDLERS_H

#include "app/form.h"
#include "features/handbook/edition.h"

extern const struct form_field EDITION_TITLE, EDITION_LICENCE, EDITION_REASON;

/* What a page answers besides showing the edition. */
struct edition_page {
	const struct form *making, *withdrawing; /* the form that was refused, or NULL */
	bool stale;                              /* somebody was faster */
};
MUST enum err edition_page(struct request *rq, const struct edition *e,
			   const struct edition_page *p, int status);
/* `f`: the refused form of a new edition, or NULL. */
MUST enum err edition_list_page(struct request *rq, const struct form *f, int status);

handler edition_create, edition_check_again, edition_release_post, edition_publish_post,
    edition_withdraw_post, edition_discard_post, editions_recheck_post;

#endif
