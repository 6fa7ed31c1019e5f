/*
 * words.h -- the vocabulary of the task forces: lights, states, quarters, links.  Several features
 * speak of them, so it lives here.
 *
 * Each word has one name in the database and in addresses, and one label that a person reads.
 */
#ifndef APP_WORDS_H
#define APP_WORDS_H

#include "base/date.h"

/* LIGHT_DONE is only shown, never set: a finished task force is not assessed any more. */
enum light { LIGHT_GREY, LIGHT_GREEN, LIGHT_YELLOW, LIGHT_RED, LIGHT_DONE };
enum { LIGHT_COLOURS = 4 }; /* the first four can be set */

struct str light_name(enum light light);  /* "green"; its sign is the symbol "#zeichen-green" */
struct str light_label(enum light light); /* "im Plan" */
enum light light_named(struct str name);  /* LIGHT_GREY when unknown: never green by mistake */
/* For form_choice: the names of the LIGHT_COLOURS, in the order of the enum. */
extern const struct str light_names[LIGHT_COLOURS];

enum dimension { DIMENSION_CONTENT, DIMENSION_RESOURCES, DIMENSION_COUNT };
struct str dimension_name(enum dimension dimension);  /* "content" */
struct str dimension_label(enum dimension dimension); /* "Inhalt" */

/*
 * The lights of today in SQL, for the task force "t" in the quarter $1: two colours, NULL where
 * there is none, to be read by light_of_today; and when the newer one was reported, 0 for never.  A
 * running task force is judged by this quarter, one at rest keeps its last lights, a finished one
 * has none.
 */
#define LIGHT_NOW_(column, dimension)                                                              \
	"(SELECT a." column " FROM assessment a WHERE a.task_force_id = t.id"                      \
	" AND a.dimension = '" dimension "' AND a.quarter = CASE"                                  \
	" WHEN t.status IN ('planned', 'active') THEN $1 WHEN t.status <> 'done' THEN"             \
	" (SELECT max(l.quarter) FROM assessment l WHERE l.task_force_id = t.id"                   \
	" AND l.dimension = '" dimension "') END ORDER BY a.id DESC LIMIT 1)"
#define CONTENT_NOW LIGHT_NOW_("colour", "content")
#define RESOURCES_NOW LIGHT_NOW_("colour", "resources")
#define REPORTED_NOW                                                                               \
	"max(coalesce(" LIGHT_NOW_("at", "content") ", 0),"                                        \
						    " coalesce(" LIGHT_NOW_("at",                  \
									    "resources") ", 0))"

enum tf_status {
	STATUS_PLANNED,
	STATUS_ACTIVE,
	STATUS_PAUSED,
	STATUS_DONE,
	STATUS_CANCELLED,
	STATUS_COUNT
};
struct str status_name(enum tf_status status);  /* "active" */
struct str status_label(enum tf_status status); /* "läuft" */
/* False when unknown. */
bool status_named(struct str name, enum tf_status *out);
bool status_labelled(struct str label, enum tf_status *out);
extern const struct str status_names[STATUS_COUNT];
/* Paused, finished and cancelled ones are asked for nothing and listed apart. */
bool status_at_rest(enum tf_status status);

/* LIGHT_DONE when done, whatever was reported before. */
enum light light_of_today(enum tf_status status, struct str colour);

/* Lights and reports count by calendar quarters: "2026-4" in the database, "4/2026" on a page. */
struct str quarter_name(struct arena *a, struct date day);
struct str quarter_label(struct arena *a, struct date day);

/* Share of the period that has passed, in per cent 0 to 100; today counts as passed, so the first
 * of two days is 50 and the last one 100.  -1 without an end. */
int elapsed_percent(struct date starts, struct date ends, struct date today);

enum { LINK_MAX_CHARS = 500 };
/* May stand behind a link: https only, with a host, without user name and password, no blanks.
 * An empty link is fine too; the page says "fehlt". */
bool link_fits(struct str url);

#endif
