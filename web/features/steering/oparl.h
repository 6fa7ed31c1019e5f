/*
 * oparl.h -- meetings, templates and results as OParl 1.1 objects
 * (https://oparl.org/spezifikation), for the council information systems of the municipalities.
 *
 * A tree of files that any web server can hand out: each object at its own address, each list at
 * one page.  What comes out may be read by the whole world, so it holds less than members see: no
 * drafts, no restricted point nor anything about its template, no vote before it is closed, no
 * links of annexes, no video rooms, and of people only those with a seat.  Votes are in the
 * extension "handschlag:vote" of a Consultation, by municipality.  What once came out and may not
 * any more stays as a "deleted" object (oparl_gone.c).
 */
#ifndef STEERING_OPARL_H
#define STEERING_OPARL_H

#include "export/json.h"
#include "features/steering/steering.h"

enum oparl_type {
	OPARL_SYSTEM,
	OPARL_BODY,
	OPARL_ORGANIZATION,
	OPARL_PERSON,
	OPARL_MEMBERSHIP,
	OPARL_MEETING,
	OPARL_AGENDA_ITEM,
	OPARL_PAPER,
	OPARL_CONSULTATION,
	OPARL_LOCATION,
	OPARL_TYPES
};
struct oparl_file {
	struct str path; /* "meeting/2026-4.json", below the folder and below the address */
	struct str json;
	struct oparl_file *next;
};
struct oparl {
	struct request *rq; /* inside a transaction; nobody's */
	struct str base;    /* address of the folder, without a slash at the end */
	struct str now;
	struct oparl_file *files;      /* done; the newest first */
	struct buf lists[OPARL_TYPES]; /* their objects, one behind the other */
};
/* Everything, into o->files; rq and base are given. */
MUST enum err oparl_make(struct oparl *o);

/* For the parts: an object begins with its id and type and ends with when it was made. */
struct str oparl_url(struct oparl *o, enum oparl_type type, struct str name);
struct buf oparl_begin(struct oparl *o, enum oparl_type type, struct str name);
/* `created`: an instant.  Into the list of its type and a file of its own. */
struct str oparl_done(struct oparl *o, enum oparl_type type, struct str name, struct buf *b,
		      int64_t created);
bool oparl_has(const struct oparl *o, enum oparl_type type, struct str name); /* done */
struct str oparl_time(struct arena *a, int64_t instant);              /* 2026-11-20T09:00:00Z */
void oparl_link_list(struct buf *b, const char *key, struct str url); /* of one */

/* The committee, municipalities, task forces, people with a seat. */
MUST enum err oparl_people(struct oparl *o);
MUST enum err oparl_meetings(struct oparl *o);
MUST enum err oparl_papers(struct oparl *o);
/* What came out once and is not among them: after all of them. */
MUST enum err oparl_gone(struct oparl *o);

#define OPARL_COMMITTEE S("steuerungskreis")
/* Templates that stood on an agenda as restricted: nothing about them. */
#define OPARL_RESTRICTED                                                                           \
	"(SELECT decision_id FROM agenda_entry WHERE restricted <> '' AND decision_id IS NOT "     \
	"NULL)"

#endif
