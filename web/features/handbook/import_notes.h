/*
 * import_notes.h -- footnotes that an import brings: mostly notes for other municipalities, so they
 * are proposed for people outside ("nur öffentlich").
 *
 * Nothing becomes public by itself: the proposal is a choice on the preview, and a footnote that
 * the form says nothing of stays in the project.
 */
#ifndef HANDBOOK_IMPORT_NOTES_H
#define HANDBOOK_IMPORT_NOTES_H

#include "features/handbook/import_draft.h"

/* So many are asked for one by one; all others stay in the project. */
enum { IMPORT_NOTES_ASKED = 200 };

/* S_NEW_NOTES of the form, when there are any; what was sent stays chosen. */
void import_notes_show(struct request *rq, struct view *form, const struct import_plan *p);
/* Field "fussnote-NUMBER", the number counting the blocks of p->next from 1.  Counts the fields as
 * read. */
void import_notes_read(struct request *rq, struct import_plan *p);

#endif
