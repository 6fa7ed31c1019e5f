/* overview_csv.h -- the columns of the exported table, which the import knows again by name. */
#ifndef OVERVIEW_CSV_H
#define OVERVIEW_CSV_H

#include "app/app.h"

enum csv_column {
	COLUMN_NAME,
	COLUMN_GOAL,
	COLUMN_STARTS,
	COLUMN_ENDS,
	COLUMN_REVIEW,
	COLUMN_STATUS,
	COLUMN_BUDGET,
	COLUMN_DRAWN, /* read back only for a new task force */
	COLUMN_PLACES,
	COLUMN_QUESTIONS, /* one per line; an import adds, it never answers */
	COLUMN_LINK,
	COLUMN_SLUG,
	/* For people only; an import passes over them. */
	COLUMN_LEAD,
	COLUMN_CONTENT,
	COLUMN_RESOURCES,
	COLUMN_CHANGED,
	CSV_COLUMNS
};
extern const struct str csv_column_names[CSV_COLUMNS];

/* A question in its line: line ends become blanks. */
struct str csv_question(struct arena *a, struct str text);

/* GET /task-forces.csv: the table with the same filter and order as the page. */
MUST enum err task_force_list_csv(struct request *rq);

#endif
