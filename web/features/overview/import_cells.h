/*
 * import_cells.h -- one row of an imported table: cells become the values of a task force, and
 * every mistake is noted with line and column.
 */
#ifndef OVERVIEW_IMPORT_CELLS_H
#define OVERVIEW_IMPORT_CELLS_H

#include "export/csv.h"
#include "features/overview/overview_csv.h"
#include "features/overview/task_force.h"

struct mistake {
	size_t line;
	struct str column, text; /* English: for the operator */
	struct mistake *next;
};

struct import_place {
	int64_t id;
	struct str name, short_name;
	bool left; /* stays where it was, joins nowhere */
};

struct import {
	struct request rq; /* the operator's: all rights, no person */
	struct csv_table table;
	int columns[CSV_COLUMNS]; /* index in the file, or -1 */
	size_t place_count;
	struct import_place *places;
	struct mistake *mistakes, **last;
	int64_t added, changed, unchanged;
	int64_t *seen; /* ids of the rows before this one */
	size_t seen_count;
};

void import_mistake(struct import *im, size_t line, struct str column, struct str text);

/* The header: every column known and none twice. */
void import_columns(struct import *im);
bool import_has(const struct import *im, enum csv_column column);
struct str import_cell(const struct import *im, const struct csv_row *row, enum csv_column column);

/* Overwrites in `values` what the row has; false after noting at least one mistake.  `reuse`
 * receives the ids of municipalities that only use the result, "4 7". */
bool import_values(struct import *im, const struct csv_row *row, struct tf_values *values,
		   struct str *reuse);

#endif
