/* member.h -- one person, as the administrator of the own municipality sees and helps her or him.
 * What ends here is a membership, never a person. */
#ifndef FEATURES_PEOPLE_MEMBER_H
#define FEATURES_PEOPLE_MEMBER_H

#include "app/form.h"

struct member {
	int64_t id, municipality_id, version;
	struct str name, email, municipality, slug; /* the municipality's name and address */
	struct date since;                          /* of the membership */
	struct str seen;                            /* day of the last visit, may be empty */
	bool suspended, asleep, has_factor;
	bool self; /* the viewer */
	bool own;  /* the viewer looks after that municipality's people */
};

/* rq->id; E_NOT_FOUND for somebody who is not there (any more), E_FORBIDDEN where the viewer does
 * not look after that municipality. */
MUST enum err member_load(struct request *rq, struct member *out);
/* The same without asking whose. */
MUST enum err member_load_any(struct request *rq, struct member *out);
/* The same for what nobody does to themselves: E_FORBIDDEN. */
MUST enum err member_load_other(struct request *rq, struct member *out);

/* M_NONE, or why the municipality or the project cannot do without this person. */
MUST enum err member_last_of(struct request *rq, const struct member *p, enum message *why);

/* What is still in somebody's hands.  Into the page; `blocking` counts what others must take over
 * before the membership can end. */
MUST enum err handover_show(struct request *rq, const struct member *p, int64_t *blocking);
/* What blocks alone. */
MUST enum err handover_blocking_show(struct request *rq, const struct member *p, int64_t *blocking);
MUST enum err handover_open(struct request *rq, const struct member *p, int64_t *blocking);
/* Roles and memberships in task forces end, drafts and assigned remarks go to others. */
MUST enum err handover_finish(struct request *rq, const struct member *p);

/* The membership ends today, with all that goes with it, and the person is told. */
MUST enum err member_end(struct request *rq, const struct member *p);
/* To the person's page, or to the municipality's for who looks after it by way of exception. */
MUST enum err member_back(struct request *rq, const struct member *p, enum message done);
struct str member_back_path(struct request *rq, const struct member *p);
/* Into the audit, about this person. */
MUST enum err member_note(struct request *rq, const struct member *p, const char *action);

handler member_show, member_reactivate;
handler member_suspend_ask, member_suspend, member_factor_ask, member_factor_reset;
handler member_edit, member_correct;
handler member_leave_ask, member_leave;

#endif
