/* overview.h -- what the command line needs of the task forces. */
#ifndef OVERVIEW_OVERVIEW_H
#define OVERVIEW_OVERVIEW_H

#include "db/db.h"

/*
 * handschlag import-overview FILE.csv [--dry-run]: reads a table as /task-forces.csv writes it.
 *
 * Rows are found by "Kürzel", else by "Task Force"; others are new.  Columns that are missing leave
 * their fields as they are.  Prints what is new, changed (with the fields) and unchanged, and does
 * all or nothing: any mistake is named by line and column and nothing is changed.  A preview takes
 * the same way and is rolled back.  Exit status 0, 1 on mistakes, 2 on wrong use.
 */
int overview_import_command(struct db *db, struct arena *a, int argc, char **argv);

#endif
