/*
 * decision_text.h -- the wording of a decision template: one version of it, in and out of the
 * database.
 *
 * The values are kept as a row of texts, so that comparing two wordings is one loop over fields:
 * ids as digits, several ids separated by blanks and ascending, "" for none, a choice as its stored
 * name, a tick as "1" or "".  Links are lines of title, address and digest with tabs between.
 */
#ifndef STEERING_DECISION_TEXT_H
#define STEERING_DECISION_TEXT_H

#include "features/steering/decision.h"

enum decision_field {
	TEXT_TITLE,
	TEXT_TASK_FORCE, /* "": the project office; belongs to the template, not to a version */
	TEXT_LEAD,
	TEXT_SUMMARY,
	TEXT_RESOLUTION,
	TEXT_REASONS,
	TEXT_ALTERNATIVES,
	TEXT_COSTS,
	TEXT_CONSULTATION,
	TEXT_AFFECTED,
	TEXT_LINKS,
	TEXT_WITHOUT_LINKS,
	TEXT_REVOKES, /* an earlier template whose resolution ends with this one */
	TEXT_PRESENTER,
	TEXT_MAJORITY,
	TEXT_FRACTION, /* "2/3" for cast and competent */
	TEXT_MIN_YES,  /* "": no such rule */
	TEXT_EDITORIAL,
	TEXT_FIELDS
};
/* Those written as Markdown stand side by side. */
enum { TEXT_LONG_FIRST = TEXT_SUMMARY, TEXT_LONG_LAST = TEXT_CONSULTATION };
struct decision_text {
	struct str v[TEXT_FIELDS];
};

enum { TITLE_CHARS = 200, LONG_CHARS = 10000, LINKS_MAX = 12, LINK_TITLE_CHARS = 200 };
struct decision_link {
	struct str title, url, sha256;
};
/* How many lines of TEXT_LINKS; the first LINKS_MAX of them are in `out`. */
size_t decision_links(struct str lines, struct decision_link out[LINKS_MAX]);
void decision_links_add(struct buf *lines, const struct decision_link *link);

MUST enum err decision_text_load(struct request *rq, int64_t decision_id, int64_t version,
				 struct decision_text *out);
/* A new template with the next number of this year, a draft; fills `out`. */
MUST enum err decision_insert(struct request *rq, const struct decision_text *t,
			      struct decision *out);
/* Writes what follows from a wording: its HTML, and what is searched.  Saving does it by itself. */
MUST enum err decision_text_derive(struct request *rq, const struct decision *d,
				   const struct decision_text *t);
/* Rewrites the draft; d->row_version follows.  E_CONFLICT when it is none any more. */
MUST enum err decision_text_save(struct request *rq, struct decision *d,
				 const struct decision_text *t);
/* The next version, a copy to be worked on: d->version follows. */
MUST enum err decision_text_copy(struct request *rq, struct decision *d);
/* Freezes the newest version.  counts_from is that of the version before for an editorial change,
 * otherwise `at`.  d follows. */
MUST enum err decision_text_freeze(struct request *rq, struct decision *d, int64_t at);

/* The next version at once, with another resolution, frozen: read out in the meeting in which its
 * point is called.  It counts from when the version before did.  E_CONFLICT when it is not called
 * any more; d follows. */
MUST enum err decision_text_amend(struct request *rq, struct decision *d, struct str resolution,
				  int64_t at);

/* Not filled in, and needed before it can be submitted; returns how many. */
size_t decision_missing(const struct decision_text *t, enum decision_field out[TEXT_FIELDS]);
/* Resolution and majority are those of `before`: the change may be called editorial. */
bool decision_text_same_resolution(const struct decision_text *t,
				   const struct decision_text *before);
/* The majority alone; the rest of the rule is the committee's. */
struct tally_rule decision_text_rule(const struct decision_text *t);

struct str decision_field_label(enum decision_field f); /* "Worum geht es?" */
struct str decision_field_id(enum decision_field f);    /* of its input */
struct str decision_field_name(enum decision_field f);  /* as stored */
int64_t decision_number_of(struct str digits);          /* 0 for "" */

/* The words over which the digest is made: JSON with a fixed order of keys, in normal form C, with
 * ids and slugs for people and places, because names change.  Whoever has the same version gets the
 * same words. */
MUST enum err decision_canonical(struct request *rq, const struct decision *d, int64_t version,
				 const struct decision_text *t, struct str *out);

/* Safe HTML of the long texts, "" for empty ones. */
struct decision_html {
	struct str v[TEXT_LONG_LAST - TEXT_LONG_FIRST + 1];
};
MUST enum err decision_html_load(struct request *rq, int64_t decision_id, int64_t version,
				 const struct decision_text *t, struct decision_html *out);

#endif
