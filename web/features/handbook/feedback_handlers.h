/* feedback_handlers.h -- handlers of the pages of feedback; feedback_routes.c has their table. */
#ifndef HANDBOOK_FEEDBACK_HANDLERS_H
#define HANDBOOK_FEEDBACK_HANDLERS_H

#include "app/form.h"
#include "features/handbook/feedback.h"
#include "features/handbook/version.h"

handler feedback_create, feedback_list, feedback_own, feedback_show, reply_create,
    feedback_withdraw, feedback_edit, feedback_release, feedback_decide, feedback_respond,
    feedback_clarify, feedback_reopen, suggestion_show, suggestion_accept, feedback_preview,
    feedback_draft_save, feedback_draft_discard, reply_remove, feedback_place_check,
    feedback_origin, feedback_assign, feedback_work_in, feedback_close, batch_create, batch_show,
    feedback_hide, feedback_unhide, feedback_propose_hiding, statistics_show, statistics_csv;

/* Which form of the page was sent. */
enum feedback_form {
	FORM_NONE,
	FORM_REPLY,
	FORM_EDIT,
	FORM_DECISION,
	FORM_RESPONSE,
	FORM_QUERY,
	FORM_REOPEN,
	FORM_PLACE,
	FORM_ASSIGN,
	FORM_WORKED_IN,
	FORM_HIDE
};
MUST enum err feedback_page(struct request *rq, const struct feedback *f, enum feedback_form which,
			    const struct form *form, int status);

/* The part of the page where editors work: who looks after it, which version has it. */
MUST enum err feedback_show_work(struct request *rq, const struct feedback *f,
				 enum feedback_form which, const struct form *form);

/* The page of a remark that is hidden, or of which only its hiding is the viewer's business. */
MUST enum err feedback_show_bare(struct request *rq);
MUST enum err feedback_show_hiding(struct request *rq, const struct feedback *f,
				   const struct form *sent);

/* What the viewer may do with this remark now. */
bool feedback_may_edit(const struct request *rq, const struct feedback *f);
bool feedback_may_withdraw(const struct request *rq, const struct feedback *f);
bool feedback_may_release(const struct request *rq, const struct feedback *f);
bool feedback_may_decide(const struct request *rq, const struct feedback *f);
bool feedback_may_reopen(const struct request *rq, const struct feedback *f);
bool feedback_may_respond(const struct request *rq, const struct feedback *f);

/* Loads for an action: E_FORBIDDEN when `may` says no. */
MUST enum err feedback_load_for(struct request *rq,
				bool (*may)(const struct request *, const struct feedback *),
				struct feedback *out);

extern const struct form_field FEEDBACK_REPLY, FEEDBACK_WORDS, FEEDBACK_OUTCOME, FEEDBACK_REASON,
    FEEDBACK_UNTIL, FEEDBACK_DUPLICATE, FEEDBACK_RESPONSE, FEEDBACK_OBJECTION, FEEDBACK_QUERY_TEXT,
    FEEDBACK_REOPEN_REASON;

/* The viewer's drafts, in S_DRAFTS. */
MUST enum err feedback_drafts_show(struct request *rq);

/* Parts of the page of one remark: its places, those that editors should check (`sent`: the form of
 * one of them, or NULL), its answers, and the form to give one. */
MUST enum err feedback_place_show(struct request *rq, const struct feedback *f);
MUST enum err feedback_checks_show(struct request *rq, const struct feedback *f,
				   const struct form *sent);
MUST enum err replies_show(struct request *rq, const struct feedback *f, bool may_answer);
MUST enum err reply_form_show(struct request *rq, const struct feedback *f,
			      const struct form *sent);

/* The next answer of the viewer's, to another one (its id) or to none (0). */
MUST enum err reply_insert(struct request *rq, const struct feedback *f, struct str text,
			   int64_t reply_to);
/* A letter to the author: the outcome with its reason, or (OUTCOME_COUNT) a question back. */
MUST enum err feedback_tell(struct request *rq, const struct feedback *f, enum outcome outcome,
			    struct str said);
/* The same when a version that can be read has what it asked for. */
MUST enum err feedback_tell_worked_in(struct request *rq, const struct feedback *f,
				      const struct version *in);
/* One step in the history of a remark. */
MUST enum err feedback_note(struct request *rq, const struct feedback *f, const char *action,
			    struct str after, struct str reason);

#endif
