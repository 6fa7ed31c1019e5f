/* role_proposal.h -- roles of the whole cooperation are proposed by the project office and given by
 * the committee. */
#ifndef FEATURES_PEOPLE_ROLE_PROPOSAL_H
#define FEATURES_PEOPLE_ROLE_PROPOSAL_H

#include "features/people/role_grant.h"

struct role_proposal {
	int64_t id, proposer_id, proposed_at, municipality_id, version;
	struct role_person person;
	struct role_term term;
	struct str reason, proposer, decider;
	int64_t decided_at, decider_id; /* 0: not yet; by who proposed it: withdrawn */
	bool granted;
};
MUST enum err role_propose(struct request *rq, const struct role_form *f, enum message *why);
/* To whoever proposed it. */
MUST enum err role_tell_decided(struct request *rq, const struct role_proposal *p, bool granted);

/* What is proposed for a person and not decided: S_PROPOSALS, for those who may know of it. */
MUST enum err proposals_of_show(struct request *rq, int64_t person_id);

/* What the viewer proposed: the newest first.  Fills `out`, at most `most`, and `n`. */
MUST enum err proposals_by_viewer(struct request *rq, struct role_proposal *out, size_t most,
				  size_t *n);
/* rq->id as it stands, without what the person is now; E_NOT_FOUND. */
MUST enum err proposal_load(struct request *rq, struct role_proposal *out);
const char *proposal_outcome(const struct role_proposal *p); /* S_GRANTED, S_WITHDRAWN, S_REFUSED */
void proposal_facts_show(struct request *rq, struct view *v, const struct role_proposal *p);

handler proposal_list, proposal_show, proposal_decide, proposal_own_list, proposal_withdraw;
/* GET /rollen: who may do what, as the table of rights says. */
handler rights_show;

#endif
