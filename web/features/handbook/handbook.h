/*
 * handbook.h -- the cooperation handbook: import and what other places need of it.
 *
 * One installation has one handbook.  An imported text becomes version 1.0, in force: blocks with
 * ids of their own, immutable texts, chapters (schema/0003_handbook.sql).  A later import becomes
 * the next version; blocks whose words stayed keep their ids, and the version before is kept as
 * superseded.
 */
#ifndef HANDBOOK_HANDBOOK_H
#define HANDBOOK_HANDBOOK_H

#include "app/app.h"
#include "markup/markdown.h"

/* In the running write transaction.  The first "# Heading" is the title; every heading of the
 * highest remaining level begins a chapter, text before it belongs to "Einleitung".  E_CONFLICT
 * when there is a handbook already. */
MUST enum err handbook_import(struct db *db, struct arena *a, struct str markdown);

/* handschlag import-handbook FILE.md [--dry-run] [--new-version]: prints chapters, counts and
 * warnings by line. */
int handbook_import_command(struct db *db, struct arena *a, int argc, char **argv);

#endif
