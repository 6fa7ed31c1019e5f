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
