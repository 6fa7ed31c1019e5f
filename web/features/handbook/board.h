/*
 * board.h -- what the table of all feedback shows: tab, filters, order, page.  All of it stands in
 * the address, so it can be kept and sent.
 */
#ifndef HANDBOOK_BOARD_H
#define HANDBOOK_BOARD_H

#include "features/handbook/feedback.h"

enum board_tab { TAB_OPEN, TAB_ASSIGNED, TAB_OWN, TAB_DONE, TAB_ALL, BOARD_TABS };
enum board_sort {
	SORT_GIVEN,
	SORT_PLACE,
	SORT_KIND,
	SORT_ORG,
	SORT_STATE,
	SORT_ASSIGNEE,
	BOARD_SORTS
};
/* Where a remark holds on to in the version at hand. */
enum board_place { PLACE_ANY, PLACE_LOST, PLACE_UNSURE, BOARD_PLACES };
enum { ASSIGNED_ANY = -1, ASSIGNED_NOBODY = 0 };

/* In place of a chapter's address, which never is so: the text before the first one. */
extern const struct str board_preface;

struct board {
	enum board_tab tab;
	struct str kind, state, outcome, chapter, words; /* empty: any */
	int64_t round, municipality;                     /* 0: any */
	int64_t assignee;                                /* ASSIGNED_… or a person */
	enum board_place place;
	bool objected, late;
	enum board_sort sort;
	bool reverse;
	int64_t page; /* from 0 */
};

/* From the query of a request; what it does not know counts as not chosen. */
void board_read(struct fields *query, struct board *out);
struct str board_tab_name(enum board_tab t);   /* "offen" */
struct str board_sort_name(enum board_sort s); /* "eingang" */
/* "/feedback?status=offen&art=hint" */
struct str board_address(struct arena *a, const struct board *b);
/* Without filters, on the first page; tab and order stay. */
struct board board_reset(const struct board *b);
bool board_filtered(const struct board *b);

/* How many remarks each tab has; the filter form; the addresses that sort. */
MUST enum err board_show(struct request *rq, const struct board *b,
			 const int64_t counts[BOARD_TABS]);

/*
 * The rows that a board asks for, as conditions on the table "f" after FEEDBACK_FOR: $4 kind, $5
 * state, $6 outcome, $7 number of the round, $8 municipality, $9 assignee, $10 objected, $11 late,
 * $12 place, $13 the version whose places count, $14 section, $15 the version in force, $16 words.
 * The tab is not among them: all tabs are counted by one query.  CROSS JOIN keeps the order of
 * tables as written; without statistics SQLite would begin with the largest.
 */
#define BOARD_WHERE                                                                                \
	"($4 IS NULL OR f.kind = $4) AND ($5 IS NULL OR f.state = $5)"                             \
	" AND ($6 IS NULL OR f.outcome = $6) AND ($7 IS NULL OR f.round_id ="                      \
	"  (SELECT n.id FROM review_round n WHERE n.number = $7))"                                 \
	" AND ($8 IS NULL OR f.municipality_id = $8)"                                              \
	" AND ($9 IS NULL OR coalesce(f.assignee_id, 0) = $9)"                                     \
	" AND ($10 = 0 OR f.response = 'objected') AND ($11 = 0 OR f.late = 1)"                    \
	" AND ($12 <> 1 OR f.id IN (SELECT a.feedback_id FROM anchor a"                            \
	"  WHERE a.revision_id = $13 AND a.block_text_id IS NULL))"                                \
	" AND ($12 <> 2 OR f.id IN (SELECT a.feedback_id FROM anchor a"                            \
	"  WHERE a.revision_id = $13 AND a.by IS NULL"                                             \
	"   AND a.state IN ('moved', 'changed', 'ambiguous')))"                                    \
	" AND ($14 IS NULL OR f.id IN (SELECT a.feedback_id FROM revision r"                       \
	"  CROSS JOIN revision_block rb ON rb.revision_id = r.id AND rb.section_uid = $14"         \
	"  CROSS JOIN anchor a ON a.revision_id = r.id AND a.block_text_id = rb.block_text_id"     \
	"  WHERE r.state NOT IN ('working', 'dropped') AND (a.first = 1 OR r.id = $15)))"          \
	" AND ($16 IS NULL OR f.id IN (SELECT s.rowid FROM feedback_search s"                      \
	"  WHERE feedback_search MATCH $16)) AND " FEEDBACK_VISIBLE
enum { BOARD_BINDS = 13 };
/* The binds $4 to $16.  Words too short to be looked for find nothing. */
MUST enum err board_binds(struct request *rq, const struct board *b, struct bind out[BOARD_BINDS]);

#endif
