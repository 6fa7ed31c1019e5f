/*
 * presence.h -- who is there, and so who may cast for which unit.
 *
 * Derived from the rows of attendance, proxy and recusal at a moment; there is no second counter.
 * The holder comes before the deputies, they come before a foreign proxy; where members vote, each
 * seat is a unit and a proxy is that person's.  Who is recused from the
 * point counts for nobody: a deputy without conflict may vote for the municipality, otherwise the
 * unit is recused, and a proxy that a recused person granted does not stand on that point.
 *
 * Such a person leaves for the point (HGO § 25), and yet her attendance is not ended: an ended row
 * ends the proxies she holds, for all points that follow, and would want her checked in anew. Being
 * recused is about one point; so it is counted here, and minutes and attendance say from when until
 * when she was out (recusal_absence).
 *
 * presence_of is pure; presence_load asks the database for its input.
 */
#ifndef STEERING_PRESENCE_H
#define STEERING_PRESENCE_H

#include "features/steering/steering.h"

/* A proxy that stands on the point in question. */
struct presence_proxy {
	int64_t id, municipality_id; /* whose vote */
	int64_t principal_id, proxy_id;
	struct str name; /* of the proxy */
};
struct presence_input {
	const struct roll *roll;
	struct committee_rules rules;
	bool
	    second_meeting; /* the point failed before for lack of quorum, and the letters say so */
	size_t here_n, recused_n, proxies_n;
	const int64_t *here;    /* persons checked in */
	const int64_t *recused; /* from the point */
	const struct presence_proxy *proxies;
	int64_t chair_id, deputy_id; /* of the meeting */
};

struct caster {
	int64_t person_id, proxy_id; /* proxy_id: row of the proxy, 0 for a seat */
	struct str name;
	enum capacity capacity;
	bool here, recused;
};
enum standing { STANDING_REPRESENTED, STANDING_ABSENT, STANDING_RECUSED };
struct presence_unit {
	const struct unit *unit;
	enum standing standing;
	/* Everybody who might cast, present or not: the holder, the deputies, a foreign proxy. */
	size_t n;
	const struct caster *casters;
};
struct presence {
	size_t n;
	const struct presence_unit *units; /* in the order of the roll */
	int64_t represented, absent, recused;
	int64_t needed;  /* for the quorum, in units (or weights, if the rules say so) */
	int64_t persons; /* natural persons who may cast */
	int64_t min_persons;
	bool enough_units, enough_persons, quorate;
	/* The chair, or the deputy chair when the chair is away or recused; 0: neither. */
	int64_t acting_chair_id;
};

MUST enum err presence_of(struct arena *a, const struct presence_input *in, struct presence *out);

/* Who may cast for the unit now: the person with the highest capacity among those who are here and
 * not recused (of several deputies each); NULL when this person may not. */
const struct caster *presence_caster(const struct presence_unit *u, int64_t person_id);
/* The first of them, NULL when the unit is not represented. */
const struct caster *presence_first(const struct presence_unit *u);
const struct presence_unit *presence_unit(const struct presence *p, int64_t municipality_id);

/* "Beschlussfähig: 3 von 4 vertreten, nötig 3; 3 Personen" */
struct str presence_words(struct arena *a, const struct presence *p);

/* Now, on one point of the agenda, or on the meeting as a whole (agenda_entry_id 0: no recusal and
 * no proxy for single points counts).  The roll is that of the meeting's day. */
MUST enum err presence_load(struct request *rq, int64_t meeting_id, int64_t agenda_entry_id,
			    struct presence *out);
/* As the answers to the invitation promise: who said "room" or "remote" counts as here. */
MUST enum err presence_expected(struct request *rq, int64_t meeting_id, struct presence *out);

#endif
