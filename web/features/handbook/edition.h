/*
 * edition.h -- public editions of the handbook ("öffentliche Fassung, Ausgabe 3"): their states,
 * and the steps from one to the next.
 *
 * An edition is made from the version in force, checked, released by an editor, published by
 * somebody of another municipality, and later replaced or withdrawn.  The steps write the event and
 * raise row_version; who may take them is decided by the load.
 */
#ifndef HANDBOOK_EDITION_H
#define HANDBOOK_EDITION_H

#include "app/app.h"
#include "base/date.h"
#include "features/handbook/edition_check.h"

enum edition_state {
	EDITION_DRAFT, /* empty, or the checks found something that forbids it */
	EDITION_CHECKED,
	EDITION_RELEASED,
	EDITION_PUBLISHED,
	EDITION_REPLACED,
	EDITION_WITHDRAWN,
	EDITION_DISCARDED,
	EDITION_STATES
};
struct str edition_state_name(enum edition_state s);  /* "checked" */
struct str edition_state_label(enum edition_state s); /* "geprüft" */

struct edition {
	int64_t id, number, revision_id, row_version;
	enum edition_state state;
	struct str title, licence, version, html_hash, markdown_hash, withdrawn_reason;
	struct date as_of;
	int64_t blocking, warnings, checked_at, created_at, released_by, released_municipality,
	    published_at, withdrawn_at;
};

/* For the pages inside; E_NOT_FOUND. */
MUST enum err edition_load(struct request *rq, int64_t id, struct edition *out);
/* The newest first, without what was discarded. */
MUST enum err editions_load(struct request *rq, struct edition **out, size_t *n);
/* May the viewer turn the second key?  Another person of another municipality than the first. */
bool edition_may_publish(const struct request *rq, const struct edition *e);
/* Being prepared: may be made anew, released or discarded. */
bool edition_is_open(const struct edition *e);
/* Strangers can read it. */
bool edition_is_public(const struct edition *e);

/* The text with the edition's title and licence. */
MUST enum err edition_whole(struct request *rq, const struct edition *e, struct edition_text *out);
/* What the checks say of it now. */
MUST enum err edition_findings_now(struct request *rq, const struct edition_text *t,
				   struct edition_findings *out);

/* Steps.  E_CONFLICT when the edition is not in a state for it. */
struct edition_draft {
	struct str title, licence;
};
MUST enum err edition_prepare(struct request *rq, const struct edition_draft *d, int64_t *id);
/* Made anew from the version in force; what was released before is no longer. */
MUST enum err edition_remake(struct request *rq, const struct edition *e,
			     const struct edition_draft *d);
MUST enum err edition_release(struct request *rq, const struct edition *e);
/* E_CONFLICT also when the text is not the one that was released. */
MUST enum err edition_publish(struct request *rq, const struct edition *e);
MUST enum err edition_withdraw(struct request *rq, const struct edition *e, struct str reason);
MUST enum err edition_discard(struct request *rq, const struct edition *e);

/*
 * Looks through all editions that strangers read once more, because a person or a placeholder has
 * been added or changed.  Nothing is taken down: what is found is counted in the edition's row,
 * written to its history, and shown to those who can act.
 */
MUST enum err editions_recheck(struct request *rq);
/* The same in a transaction of its own, for the command line. */
MUST enum err editions_recheck_all(struct db *db, struct arena *a, const struct app *app);

#endif
