/*
 * poll.h -- votes of the steering committee: loading one with its roll, counting it, opening,
 * closing, aborting.
 *
 * A vote carries its own copy of wording, rule and roll from the moment it opens; what is changed
 * elsewhere meanwhile concerns the next one.  Who is there, who is recused and which proxies stand
 * is asked anew at each act.  A circular resolution ends by the clock: every read compares it, and
 * poll_count on the rows of that time gives the same result whenever it is written down.
 */
#ifndef STEERING_POLL_H
#define STEERING_POLL_H

#include "features/steering/decision.h"

/* Of the four, urgency and recusal decide about the way to the resolution, not about the matter. */
enum poll_kind { POLL_RESOLUTION, POLL_URGENCY, POLL_CIRCULAR, POLL_RECUSAL, POLL_KINDS };
bool poll_is_on_matter(enum poll_kind k);
extern const struct str poll_kind_names[POLL_KINDS]; /* as stored: "resolution" */
struct str poll_kind_label(enum poll_kind k);        /* "Abstimmung" */

struct poll {
	int64_t id, decision_id, version, round;
	struct str version_hash;
	enum poll_kind kind;
	int64_t meeting_id, agenda_entry_id; /* 0 for a circular one */
	struct tally_rule rule;              /* complete */
	enum seats seats;
	int64_t chair_id; /* acting; 0 for a circular one */
	int64_t opened_by, opened_at;
	int64_t closes_at;            /* circular: its last second */
	int64_t closed_by, closed_at; /* closed_at 0: not yet */
	enum tally_result result;     /* when closed */
	int64_t persons;
	struct str words;
	int64_t aborted_by, aborted_at;
	struct str abort_reason;
	int64_t recusal_id; /* whether this one stands; 0 for other kinds */
	struct str about;   /* the name of that person */
	int64_t voided_at;  /* closed, and later declared void; 0: the result counts */
};
/* Taken now, votes are counted: neither ended nor over. */
bool poll_runs(const struct poll *p);
/* A circular resolution whose last second has passed without anybody having written it down. */
bool poll_is_due(const struct poll *p);

struct poll_voter {
	int64_t person_id;
	struct str name;
	enum capacity capacity;
	int64_t proxy_id;
	bool there;   /* checked in at the meeting */
	bool recused; /* from this decision; a proxy: or the one it stands for */
	bool stands;  /* a proxy: not revoked; true for others */
	bool rests;   /* a proxy: who granted it is recused */
};
struct poll_ballot {
	int64_t seq, unit, person_id, at, record;
	struct str choice; /* "yes", "no", "abstained" */
	struct str reason, name, nonce, signature, hash;
	enum capacity capacity;
	bool recused; /* its caster is now, or who granted the proxy */
};
struct poll_unit {
	int64_t id; /* the municipality's, or where members vote 1, 2 … */
	int64_t municipality_id, weight;
	struct str name;         /* as frozen, without persons: for register and receipts */
	struct str label;        /* for pages: where members vote with the member's name */
	enum unit_status status; /* as written at closing; UNIT_STATUSES before */
	size_t n;
	struct poll_voter *voters; /* holder first, proxies last */
};
/* The roll with what was cast, in the order of seq: the newest ballot of each person for each unit,
 * which is all that counting asks for, or every one. */
struct electorate {
	size_t n;
	struct poll_unit *units;
	size_t ballot_count;
	struct poll_ballot *ballots;
};

/* The newest vote of a decision (of any kind), or E_NOT_FOUND. */
MUST enum err poll_newest(struct request *rq, int64_t decision_id, struct poll *out);
/* One vote of that decision. */
MUST enum err poll_by_id(struct request *rq, int64_t decision_id, int64_t id, struct poll *out);
/* All votes of a decision, the newest first. */
MUST enum err polls_load(struct request *rq, int64_t decision_id, struct poll **out, size_t *n);
/* Whether any vote runs: the committee's rules do not change then. */
MUST enum err poll_any_runs(struct request *rq, bool *out);

/* The frozen roll, its newest ballots, and who of it is there now. */
MUST enum err electorate_load(struct request *rq, const struct poll *p, struct electorate *out);
/* With the ballots that were replaced. */
MUST enum err electorate_load_all(struct request *rq, const struct poll *p, struct electorate *out);
/* The same as it would be frozen now; p needs decision, kind and meeting alone. */
MUST enum err electorate_draft(struct request *rq, const struct poll *p, struct electorate *out);

/* Gives each unit its label; part of the three above. */
void electorate_label(struct arena *a, const struct poll *p, struct electorate *e);

/* ---- Counting: pure ---- */

struct poll_outcome {
	enum unit_status *status; /* of each unit */
	struct tally_input in;
	struct tally tally;
	struct str words;
};
MUST enum err poll_count(struct arena *a, const struct poll *p, const struct electorate *e,
			 struct poll_outcome *out);
/* The ballot that speaks for a unit now, NULL for none; with several seats, for one person. */
const struct poll_ballot *poll_ballot_of(const struct electorate *e, const struct poll_unit *u,
					 int64_t person_id /* 0: of anybody */);
/* May this person cast for the unit now?  `why` says what stands against it. */
const struct poll_voter *poll_may_cast(const struct poll *p, const struct electorate *e,
				       const struct poll_unit *u, int64_t person_id,
				       enum message *why);
/* How many units have cast, of how many that can now. */
void poll_turnout(const struct poll *p, const struct electorate *e, int64_t *cast, int64_t *of);

/* ---- Acts ---- */

/* Where a decision stands on an agenda. */
struct poll_stage {
	int64_t meeting_id, entry_id;
	struct str meeting; /* "2026-4" */
	int64_t pos;        /* on the agenda */
	struct str meeting_state;
	bool started;     /* the point has begun */
	bool timely;      /* the template lay there in time */
	bool waived;      /* late, and admitted by a vote */
	bool second_told; /* the invitation said that any number may decide */
	bool leads;       /* the viewer leads this meeting */
	bool other_runs;  /* another vote of this meeting runs */
	int64_t disputed; /* the recusal that is to be decided first; 0: none */
	struct str disputed_name;
};
/* A vote that runs keeps its place when its point leaves the agenda.  E_NOT_FOUND when the decision
 * stands on none. */
MUST enum err poll_stage_load(struct request *rq, const struct decision *d, struct poll_stage *out);
/* Why a vote of this kind cannot be opened now; M_NONE: it can. */
enum message poll_obstacle(const struct decision *d, const struct poll_stage *s,
			   enum poll_kind kind);
/* Rule and round as they would be frozen now. */
MUST enum err poll_draft(struct request *rq, const struct decision *d, const struct poll_stage *s,
			 enum poll_kind kind, struct poll *out);

/* All in the caller's write transaction.  p->id is set. */
MUST enum err poll_open(struct request *rq, struct decision *d, struct poll *p);
/* Counts, writes down, seals, and moves the decision on. */
MUST enum err poll_close(struct request *rq, struct decision *d, struct poll *p);
MUST enum err poll_abort(struct request *rq, struct decision *d, struct poll *p, struct str reason);

#endif
