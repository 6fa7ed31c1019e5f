/*
 * thread.h -- the feedback below the blocks of one chapter, and the form to give some.
 */
#ifndef HANDBOOK_THREAD_H
#define HANDBOOK_THREAD_H

#include "features/handbook/feedback_form.h"

struct thread_item {
	int64_t id, text_id; /* of the wording it holds on to; 0: it has lost its place */
	int64_t pos;         /* of that wording, or of the one in front of what is gone */
	struct str label, author, org, text, quote, reason, on_behalf_of;
	enum feedback_kind kind;
	enum feedback_state state;
	enum outcome outcome;
	struct date given;
	int64_t replies;
	enum visibility visibility;
	struct str op, before, proposal; /* Markdown of a suggestion; op empty: none */
	enum block_kind of;              /* what it is about */
	bool unsure;                     /* placed by the program: "bitte prüfen" */
	bool shown;
};

/* What a chapter's page needs to hang threads on its blocks. */
struct threads {
	struct request *rq;
	const struct version *version;
	struct str chapter;                 /* its address; empty: before the first one */
	struct str open_uid;                /* the block whose thread is open; empty: none */
	const struct feedback_sheet *sheet; /* the form below it; NULL: none */
	int64_t budget;                     /* of comparing, for all suggestions together */
	size_t n;
	struct thread_item *v;
};

/* One query for the whole chapter.  Drafts and the working copy have no threads: n is 0. */
MUST enum err threads_load(struct request *rq, const struct version *version,
			   const struct chapter *c, struct threads *out);

/* Remarks of no chapter: on the text before the first one, or written in a chapter that is gone
 * while nothing of what stood before it is left. */
MUST enum err threads_load_apart(struct request *rq, const struct version *version,
				 struct threads *out);

/* One block of the group that is shown: its uid, wording and first words. */
struct thread_place {
	struct str uid, beginning;
	int64_t text_id, pos;
};
/* Only what is frozen has threads, and ways to begin one. */
bool threads_live(const struct threads *t);
/* A remark that has lost its place stands at the group with the block in front of it. */
void threads_show(struct threads *t, struct view *block, const struct thread_place *places,
		  size_t n);
/* Only the way to begin one, as S_GIVE with V_UID: false when it is not all there is to show. */
bool threads_show_way(struct threads *t, struct view *page, const struct thread_place *place);
/* All that stood below no block, in S_REST of the page: what has lost its place together with all
 * that stood before it. */
void threads_show_rest(struct threads *t, struct str heading);

#endif
