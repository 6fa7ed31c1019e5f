/* decision_handlers.h -- handlers of the pages of templates; decision_routes.c has their table. */
#ifndef STEERING_DECISION_HANDLERS_H
#define STEERING_DECISION_HANDLERS_H

#include "app/form.h"
#include "features/steering/decision_text.h"

handler decision_list, decision_list_csv, decision_new, decision_create, decision_show,
    decision_edit, decision_update, decision_submit, decision_return, decision_publish,
    decision_revise, decision_withdraw, decision_versions, decision_words, comment_create,
    comment_remove, request_take;

/* Which form of the page was sent. */
enum decision_sent { SENT_NONE, SENT_COMMENT, SENT_RETURN, SENT_REVISE, SENT_WITHDRAW };
/* The page of one template, also as the answer to a form that was refused. */
struct decision_answer {
	enum decision_sent which;
	const struct form *form; /* NULL: none was sent */
	int status;
	bool stale;    /* somebody was faster */
	bool complete; /* false on a submission: it says what is missing */
};
MUST enum err decision_page(struct request *rq, const struct decision *d,
			    const struct decision_answer *answer);

extern const struct form_field DECISION_COMMENT, DECISION_RETURN, DECISION_REVISE,
    DECISION_WITHDRAW;

/* Parts of the page. */
MUST enum err decision_show_meeting(struct request *rq, const struct decision *d);
MUST enum err decision_show_history(struct request *rq, const struct decision *d);
MUST enum err decision_show_comments(struct request *rq, const struct decision *d);
MUST enum err decision_show_facts(struct request *rq, const struct decision *d,
				  const struct decision_text *t);

/* Letters to all members of the project about the newest version. */
MUST enum err decision_tell(struct request *rq, const struct decision *d);
/* To its author: it came back, and why. */
MUST enum err decision_tell_author(struct request *rq, const struct decision *d, struct str reason);
/* What `publish` does beside the step: freeze and register; for the demo too. */
MUST enum err decision_put_out(struct request *rq, struct decision *d);
/* A comment of the viewer's. */
MUST enum err comment_insert(struct request *rq, const struct decision *d, struct str text);

#endif
