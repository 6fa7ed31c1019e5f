/*
 * tally.h -- counts a vote of the steering committee.  Pure: integers in, verdict out; no database,
 * no clock, no fractions.
 *
 * The unit of a vote is the holder of one voting right, by default a municipality.  At closing
 * every unit of the frozen roll has exactly one status.  With E = all units, R = recused, C = E - R
 * competent, P = represented (yes, no, abstained, silent, invalid) and V = yes + no votes cast:
 *
 *   quorum   P >= Qmin; Qmin = max(floor(E/2) + 1, min(3, E)), or 1 when more than half are recused
 *            or when the item failed before and the second invitation said so.  After VwVfG § 90
 *            (1), (2) and HGO § 53 (2), (3); we count represented units because the committee knows
 *            proxies.  And at least `min_persons` natural persons, unless Qmin is 1.
 *   base     abstentions, silent, invalid, absent and recused units are in no count of votes cast
 *            (HGO § 54).
 *   always   at least one yes.
 *   tie      rejected (HGO § 54); with `casting_vote` the own yes or no of the acting chair decides
 *            (VwVfG § 91).
 */
#ifndef STEERING_TALLY_H
#define STEERING_TALLY_H

#include "base/arena.h"
#include "base/err.h"

enum unit_status {
	UNIT_YES,
	UNIT_NO,
	UNIT_ABSTAINED,
	UNIT_SILENT,  /* represented, nothing cast */
	UNIT_INVALID, /* the seats of one municipality disagree under the block rule */
	UNIT_ABSENT,  /* and no proxy */
	UNIT_RECUSED,
	UNIT_STATUSES
};
struct str unit_status_name(enum unit_status s);  /* as stored: "yes" */
enum unit_status unit_status_named(struct str s); /* UNIT_STATUSES for another word */

enum tally_majority {
	MAJORITY_SIMPLE,         /* Y > N */
	MAJORITY_CAST,           /* b·Y >= a·V */
	MAJORITY_MORE_COMPETENT, /* 2·Y > C */
	MAJORITY_MORE_ALL,       /* 2·Y > E */
	MAJORITY_COMPETENT,      /* b·Y >= a·C */
	MAJORITY_UNANIMOUS,      /* N = 0 */
	MAJORITY_UNANIMOUS_ALL,  /* Y = C */
	/* Of a vote on urgency: */
	MAJORITY_MORE_REPRESENTED, /* 2·Y > P */
	MAJORITY_REPRESENTED,      /* b·Y >= a·P */
	MAJORITY_COUNT
};
struct str tally_majority_name(enum tally_majority m);  /* as stored: "simple" */
enum tally_majority tally_majority_named(struct str s); /* MAJORITY_COUNT for another word */

/* The words they are stored by are tally_mode_names in steering.h. */
enum tally_mode {
	TALLY_HEADS,    /* each unit once; a unit is a municipality */
	TALLY_WEIGHTED, /* the sums of weights decide */
	TALLY_DUAL,     /* both must: the members (as weights) and the municipalities (as heads) */
	TALLY_MEMBERS,  /* as heads, and a unit is a person with a seat */
	TALLY_MODES
};

bool tally_by_weight(enum tally_mode mode); /* do weights decide, alone or with heads? */

struct tally_rule {
	enum tally_majority majority;
	int64_t a, b; /* of the fraction a/b, 1 <= a <= b <= 1000; otherwise unused */
	enum tally_mode mode;
	int64_t min_yes;     /* at least so many yes in the deciding count; 0: no such rule */
	int64_t min_persons; /* natural persons who take part */
	bool casting_vote;
	bool second_meeting; /* failed for lack of quorum before, and the invitation said so */
	bool absent_counts;  /* absent units count for the quorum */
	bool quorum_by_weight;
};

/* How many units, or what sum of weights, have each status. */
struct tally_count {
	int64_t of[UNIT_STATUSES];
};
enum { TALLY_MAX = 1000000000 }; /* of any count or sum */
struct tally_input {
	struct tally_count units;
	struct tally_count weights; /* read in the weighted and the dual mode only */
	int64_t persons;            /* natural persons who take part: present, or answered */
	enum unit_status chair;     /* the acting chair's own vote; other than yes or no: none */
};

enum tally_result { TALLY_ADOPTED, TALLY_REJECTED, TALLY_NOT_QUORATE, TALLY_RESULTS };
struct str tally_result_name(enum tally_result r);  /* as stored: "not_quorate" */
enum tally_result tally_result_named(struct str s); /* TALLY_RESULTS for another word */

/* One inequality: is `left` above (or at) `right`? */
struct tally_check {
	int64_t left, right;
	bool holds;
	bool tie;           /* as many yes as no, under the simple majority */
	bool chair_decided; /* and the casting vote settled it */
};
struct tally {
	enum tally_result result;
	int64_t all, competent, represented, cast, quorum; /* E, C, P, V, Qmin, in what counts */
	bool enough_units, enough_persons, some_yes, enough_yes;
	struct tally_check heads;   /* by units; not looked at in the weighted mode */
	struct tally_check weights; /* by weights; looked at in the weighted and the dual mode */
};

/* E_BAD_REQUEST for counts below 0 or above TALLY_MAX and for impossible fractions. */
MUST enum err tally(const struct tally_rule *rule, const struct tally_input *in, struct tally *out);

/*
 * Several seats of one municipality give it one vote, from the seats that voted (the others are
 * silent and do not matter): block, all alike or the vote is invalid; inner, more than half of the
 * seats that voted, otherwise an abstention.
 */
enum seat_rule { SEATS_BLOCK, SEATS_INNER };
enum unit_status tally_seats(enum seat_rule rule, int64_t yes, int64_t no, int64_t abstained);

/* The arithmetic as a sentence: "3 Ja > 1 Nein; beschlussfähig: 4 von 4, nötig 3". */
struct str tally_words(struct arena *a, const struct tally_rule *rule, const struct tally_input *in,
		       const struct tally *t);
/* The rule as a sentence: "einfache Mehrheit: mehr Ja als Nein". */
struct str tally_rule_words(struct arena *a, const struct tally_rule *rule);

#endif
