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
	int64_t decided_at; /* 0: not yet */
	bool granted;
};
MUST enum err role_propose(struct request *rq, const struct role_form *f, enum message *why);
/* To whoever proposed it. */
MUST enum err role_tell_decided(struct request *rq, const struct role_proposal *p, bool granted);

/* What is proposed for a person and not decided: S_PROPOSALS, for those who may know of it. */
MUST enum err proposals_of_show(struct request *rq, int64_t person_id);

handler proposal_list, proposal_show, proposal_decide;
/* GET /rollen: who may do what, as the table of rights says. */
handler rights_show;

#endif
