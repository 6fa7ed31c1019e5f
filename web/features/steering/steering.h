/*
 * steering.h -- what all parts of the steering committee share: its rules, the roll of votes,
 * addresses, history.
 *
 * Decision templates and meetings are addressed by year and number ("2026-14"), which are never
 * used again.  Everybody in the project sees them; drafts too, because nothing here is secret from
 * the members.
 */
#ifndef STEERING_STEERING_H
#define STEERING_STEERING_H

#include "app/app.h"
#include "app/deadline.h"
#include "features/steering/tally.h"

/* ---- Rules ---- */

enum seats { SEATS_SPEAKER, SEATS_ONE_VOICE, SEATS_MAJORITY, SEATS_COUNT };
struct committee_rules {
	/* mode, min_persons, casting_vote, absent_counts, quorum_by_weight; the majority is the
	 * template's. */
	struct tally_rule tally;
	enum seats seats;
	struct deadline_rule deadline;
	int64_t urgency_a, urgency_b; /* 0: more than half of those represented */
	int64_t proxy_cap;            /* foreign units one person may hold a proxy of */
	int64_t circular_days;        /* shortest time to answer in writing */
	int64_t row_version;
};
MUST enum err committee_rules_load(struct request *rq, struct committee_rules *out);
/* "heads", "weighted", "dual", "member"; "speaker", "block", "inner", as stored. */
extern const struct str tally_mode_names[TALLY_MODES], seat_names[SEATS_COUNT];

/* ---- Roll ---- */

enum capacity { CAPACITY_HOLDER, CAPACITY_DEPUTY, CAPACITY_PROXY, CAPACITY_COUNT };
extern const struct str capacity_names[CAPACITY_COUNT]; /* as stored: "holder" */
struct str capacity_label(enum capacity c);             /* "Stimmführung" */

struct seat {
	int64_t municipality_id, person_id;
	struct str name;
	enum capacity capacity; /* holder or deputy */
};
struct unit {
	int64_t municipality_id;
	struct str name; /* the municipality's short name; where members vote with a number */
	int64_t weight;  /* 1 unless set otherwise */
	size_t n;
	const struct seat *seats; /* holder first */
	int64_t id;               /* in a vote: the municipality's; where members vote 1, 2 … */
};
struct roll {
	size_t n;
	const struct unit *units; /* by name */
};
/* The municipalities of the cooperation on a day with the people who may vote for them. */
MUST enum err roll_load(struct request *rq, struct date day, struct roll *out);
/*
 * The same for a way of counting: with TALLY_MEMBERS everybody with a seat, holder or deputy, is a
 * unit with one vote and its own holder, in the order of the roll.  So a deputy has a vote beside
 * the holder's and stands in for nobody; who is away names a proxy.
 */
MUST enum err roll_load_voting(struct request *rq, struct date day, enum tally_mode mode,
			       struct roll *out);
struct roll roll_by_members(struct arena *a, const struct roll *roll);
const struct unit *roll_unit(const struct roll *roll, int64_t municipality_id); /* NULL: none */
/* The seat of a person, NULL for none. */
const struct seat *roll_seat(const struct roll *roll, int64_t person_id);

/* ---- Addresses and history ---- */

/* "2026-14"; false for anything else. */
bool number_parse(struct str slug, int64_t *year, int64_t *number);
struct str number_slug(struct arena *a, int64_t year, int64_t number);

struct steering_event {
	const char *object; /* "decision", "meeting", "poll", "rules" */
	int64_t id;
	const char *action; /* "publish" */
	struct str before, after, reason;
};
/* One step in the history, also an audit row. */
MUST enum err steering_event(struct request *rq, const struct steering_event *e);

#endif
