/*
 * decision_rows.h -- the register page of all templates: what somebody asks for, and the rows.
 */
#ifndef STEERING_DECISION_ROWS_H
#define STEERING_DECISION_ROWS_H

#include "features/steering/decision.h"

enum { LIST_PAGE_ROWS = 25, LIST_EXPORT_ROWS = 10000, WISH_TERMS = 4, WISH_TYPED_CHARS = 100 };

enum wish_tab { TAB_ALL, TAB_RUNNING, TAB_DECIDED, WISH_TABS };
enum wish_sort { SORT_NUMBER, SORT_TITLE, SORT_STATE, SORT_MEETING, WISH_SORTS };
extern const struct str wish_tab_words[WISH_TABS], wish_sort_words[WISH_SORTS];

/* Everything stands in the address, so it can be kept and sent. */
struct decision_wish {
	struct str typed;                 /* the search word */
	struct str terms[WISH_TERMS];     /* in the normal form; empty: none */
	struct str folded[WISH_TERMS];    /* the same with "ae" as "a": "Gebuehr" finds "Gebühr" */
	int64_t year;                     /* 0: any */
	int64_t asked_year, asked_number; /* "2026-14" was typed; 0: no number */
	struct str task_force;            /* slug, "projektbuero" or empty */
	struct str state;                 /* stored name or empty */
	enum wish_tab tab;
	enum wish_sort sort;
	bool down;
	int64_t page; /* from 1 */
};
void decision_wish_read(struct request *rq, struct decision_wish *out);
/* Anything but tab and order. */
bool decision_wish_filters(const struct decision_wish *w);
bool wish_sort_starts_down(enum wish_sort sort);
struct str decision_wish_address(struct arena *a, struct str path, const struct decision_wish *w);

struct decision_row {
	int64_t year, number;
	struct str title, task_force; /* empty: the project office */
	enum decision_state state;
	struct date meeting; /* of the agenda it is or was last on */
	bool hidden;         /* from the viewer: nothing but number and state */
	bool deferred;       /* from there */
	/* The vote; poll_id 0: none.  While it is open only `cast` and `units` mean something. */
	int64_t poll_id, units, cast, of[UNIT_STATUSES];
	bool open, overdue, quorate, voided;
};
struct decision_rows {
	size_t n;
	struct decision_row *v;
	int64_t total, counts[WISH_TABS]; /* of all pages; of each tab with the same filter */
};
MUST enum err decision_rows_load(struct request *rq, const struct decision_wish *w, int64_t limit,
				 struct decision_rows *out);

/* "5 von 8 Stimmen abgegeben", "6 Ja, 1 Nein", "noch keine Abstimmung". */
struct str decision_row_result(struct arena *a, const struct decision_row *row);

#endif
