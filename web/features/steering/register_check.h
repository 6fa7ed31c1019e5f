/* register_check.h -- what the parts of register_verify.h share: what the lines so far have said.
 */
#ifndef STEERING_REGISTER_CHECK_H
#define STEERING_REGISTER_CHECK_H

#include "app/deadline.h"
#include "features/steering/register_line.h"
#include "features/steering/register_verify.h"

/* All lists begin with the newest. */
struct seen_template {
	const struct register_template_published *r;
	struct seen_template *next;
};
struct seen_guest { /* of a meeting: somebody with a digest */
	struct str person;
	bool there;
	struct seen_guest *next;
};
struct seen_meeting {
	int64_t id, start;
	struct str day;
	struct seen_guest *guests;
	int64_t came;          /* different persons */
	int64_t began;         /* not before this record: the first that came, or the invitation */
	bool sealed, approved; /* its minutes */
	struct seen_meeting *next;
};
struct seen_proxy {
	const struct register_proxy_granted *r;
	bool revoked;
	struct seen_proxy *next;
};
struct seen_recusal {
	const struct register_recusal *r;
	bool disputed, decided;
	struct seen_recusal *next;
};
struct seen_waiver {
	const struct register_waiver *r;
	struct seen_waiver *next;
};
struct seen_ballot {
	const struct register_ballot *r;
	struct seen_ballot *next;
};
enum poll_state { POLL_OPEN, POLL_CLOSED, POLL_ABORTED, POLL_VOIDED };
struct seen_poll {
	int64_t counts_from; /* of the template's version */
	const struct register_poll_opened *r;
	int64_t n;
	enum poll_state state;
	int64_t ended; /* the record that closed it */
	enum tally_result result;
	bool late;        /* admitted by a waiver */
	struct str about; /* of a vote on a recusal: the person */
	struct seen_ballot *ballots;
	struct seen_poll *next;
};
struct seen_follow_up {
	int64_t decision, superseded_by;
	struct str number;
	bool done;
	bool gone; /* its vote became void */
	struct seen_follow_up *next;
};
struct seen_witness_key {
	const struct register_witness_key *r;
	int64_t n, until;    /* numbers of records; until: where it was replaced, 0: not yet */
	int64_t count, head; /* countersignatures, and the newest head among them */
	struct seen_witness *witnesses;
	struct seen_witness_key *next, *later; /* the one before, the one after */
};
struct seen_witness {
	const struct register_witness *r;
	struct seen_witness *next;
};
struct seen_hidden {
	int64_t n, line;
	struct seen_hidden *next;
};

struct check {
	struct arena *a;
	struct register_verdict *out;
	struct buf votes;
	struct register_begin now; /* of the record at hand */
	struct seen_template *templates;
	struct seen_meeting *meetings;
	struct seen_proxy *proxies;
	struct seen_recusal *recusals;
	struct seen_waiver *waivers;
	struct seen_poll *polls;
	struct seen_follow_up *follow_ups;
	struct seen_witness_key *witness_keys;
	struct seen_hidden *hidden;
};

/* Notes why it fails; always false. */
bool check_fails(struct check *c, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* Each takes a record of its kind and is false when it contradicts what was before. */
bool check_template(struct check *c, const struct register_template_published *r);
bool check_wording(struct check *c, const struct register_wording_read *r);
bool check_invited(struct check *c, const struct register_meeting_invited *r);
bool check_moved(struct check *c, const struct register_meeting_moved *r);
bool check_attendance(struct check *c, const struct register_attendance *r);
bool check_granted(struct check *c, const struct register_proxy_granted *r);
bool check_revoked(struct check *c, const struct register_proxy_revoked *r);
bool check_recusal(struct check *c, const struct register_recusal *r);
bool check_disputed(struct check *c, const struct register_recusal_disputed *r);
bool check_decided(struct check *c, const struct register_recusal_decided *r);
bool check_waiver(struct check *c, const struct register_waiver *r);
bool check_opened(struct check *c, const struct register_poll_opened *r);
bool check_ballot(struct check *c, const struct register_ballot *r);
bool check_closed(struct check *c, const struct register_poll_closed *r);
bool check_aborted(struct check *c, const struct register_poll_aborted *r);
bool check_voided(struct check *c, const struct register_poll_voided *r);
bool check_approved(struct check *c, const struct register_minutes_approved *r);
bool check_minutes(struct check *c, const struct register_minutes_sealed *r);
bool check_correction(struct check *c, const struct register_correction *r);
bool check_follow_up(struct check *c, const struct register_follow_up *r);
bool check_witness_key(struct check *c, const struct register_witness_key *r);
bool check_witness(struct check *c, const struct register_witness *r);
/* At the end: no key both seals and countersigns; and the report about witnesses. */
bool check_witnesses(struct check *c);

struct seen_template *check_template_of(const struct check *c, int64_t decision); /* the newest */
struct seen_meeting *check_meeting(const struct check *c, int64_t id);
bool check_is_there(const struct check *c, int64_t meeting, struct str person);
struct seen_proxy *check_proxy(const struct check *c, int64_t id);
bool check_is_recused(const struct check *c, int64_t decision, int64_t meeting, struct str person);
/* Of the disputed recusals that are to be decided, the first that was noted; NULL: none. */
struct seen_recusal *check_to_decide(const struct check *c, int64_t decision, int64_t meeting);
/* This voter of the roll is recused now, or who granted the proxy is. */
bool check_voter_recused(const struct check *c, const struct seen_poll *p,
			 const struct register_voter *v);
/* As whom the ballot was cast, NULL: nobody of the roll. */
const struct register_voter *check_voter_of(const struct register_poll_opened *r,
					    const struct register_ballot *b);
struct seen_poll *check_poll(const struct check *c, int64_t id);
/* Votes on urgency and on recusals decide nothing about the matter. */
bool check_is_on_matter(const struct seen_poll *p);
/* A vote on the matter with that result. */
bool check_has_result(const struct check *c, int64_t decision, enum tally_result result);

/* The status of a unit when a vote ends, see register_records.h. */
enum unit_status check_status(const struct check *c, const struct seen_poll *p,
			      const struct register_unit *u);

#endif
