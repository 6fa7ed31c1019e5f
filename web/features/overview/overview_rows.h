/*
 * overview_rows.h -- what the table of all task forces shows: the wish in the address (filter,
 * order, page), and the rows and sums that answer it.  Screen and export share both.
 */
#ifndef OVERVIEW_ROWS_H
#define OVERVIEW_ROWS_H

#include "app/app.h"
#include "app/words.h"

enum list_sort { SORT_LIGHT, SORT_NAME, SORT_PERIOD, SORT_BUDGET, SORT_QUESTIONS, SORT_COUNT };

/* ?kommune=&ampel=&laufzeit=&sortierung=&richtung=&seite= -- only known words; empty: all. */
struct list_wish {
	struct str place; /* slug of a municipality */
	int64_t place_id;
	struct str light;   /* kritisch, gefaehrdet (or worse), im-plan, nicht-bewertet */
	struct str runtime; /* laeuft, geplant, pausiert, abgeschlossen */
	enum list_sort sort;
	bool down;    /* largest, latest, worst first */
	int64_t page; /* from 1 */
};

struct list_place {
	int64_t id;
	struct str slug, name;
};
struct list_places {
	size_t n;
	struct list_place *v;
};

struct list_row {
	int64_t id, budget, drawn, questions;
	int64_t changed_at; /* newest change or report of any part of the row */
	struct str slug, name, goal, link;
	struct str question;     /* the oldest open one */
	struct str lead;         /* name; empty: "Leitung offen" */
	struct str first_place;  /* municipality in the lead; empty: none */
	struct str other_places; /* "Lindheim, Seefeld (Nachnutzung)" */
	struct date starts_on, ends_on, review_on;
	enum tf_status status;
	/* CONTENT_NOW and RESOURCES_NOW: the last ones at rest, LIGHT_DONE when done. */
	enum light content, resources;
};

/* Rows of one page in the wished order, those at rest behind the others; sums over all pages. */
struct list_rows {
	size_t n;
	struct list_row *v;
	int64_t page; /* the wished one, or 1 when that is behind the end */
	bool more;
	int64_t total, budget, drawn, questions;
};

/* One glance over everything is what the table is for, so a page is ten times longer than in
 * other lists; a cooperation that outgrows it still gets pages. */
enum { LIST_PAGE_ROWS = 250, LIST_EXPORT_ROWS = 1000000 };

/* Municipalities for the filter, by name. */
MUST enum err list_places_load(struct db *db, struct arena *a, struct list_places *out);
/* Unknown words, numbers and municipalities are ignored. */
void list_wish_read(struct request *rq, const struct list_places *places, struct list_wish *out);
bool list_wish_filters(const struct list_wish *w);
/* "/task-forces?ampel=kritisch&sortierung=name": an address of ours for this wish. */
struct str list_wish_address(struct arena *a, struct str path, const struct list_wish *w);
/* Which way a column is sorted at the first click. */
bool list_sort_starts_down(enum list_sort sort);

MUST enum err list_load(struct db *db, struct arena *a, const struct list_wish *w, size_t rows,
			struct list_rows *out);

#endif
